/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include <string.h>

#include "kith-store-private.h"

/* A computer's disk is put back from an image of itself: what was done since is not there, and what is done next gets numbers that the hub has had
 * of this lane for something else. The hub or the desk notices (409 lane_forked; more at sign-in than was ever sent), and the desk goes on under
 * another lane (sync.md 2.4). What must hold: what the hub took stays as it is and is done once; what was still to be sent in the image is sent; no
 * record number is given twice; and all else that must hold otherwise. What was done since the image and never reached the hub nobody has any more. */

struct _SimImage
{
  KithDb *pages;
  GHashTable *announced, *typed;
  GArray *ops; /* (element-type OpState), of those done by then */
  char *epoch;
};

typedef struct
{
  gboolean withdrawn, unknown, shown;
} OpState;

void
sim_fork_draw (Sim *self)
{
  if (!self->faults.files && sim_later_chance (self, 100))
    self->faults.fork = 2 + sim_later_below (self, 12);
}

void
sim_image_free (SimImage *self)
{
  kith_db_close (self->pages);
  g_hash_table_unref (self->announced);
  g_clear_pointer (&self->typed, g_hash_table_unref);
  g_array_unref (self->ops);
  g_free (self->epoch);
  g_free (self);
}

static GHashTable *
copy_set (GHashTable *from)
{
  GHashTable *to = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, from);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_hash_table_add (to, g_strdup (key));
  return to;
}

static void
take (SimDesk *desk)
{
  static guint count;
  g_autofree char *name = g_strdup_printf ("sim-image-%u", count++);
  const KithDbOptions options = { .path = name, .memory = TRUE };
  g_autoptr (GError) error = NULL;
  SimImage *self = g_new0 (SimImage, 1);

  self->pages = kith_db_open (&options, &error);
  g_assert_no_error (error);
  sim_image_copy (self->pages, kith_store_get_db (desk->store));
  self->announced = copy_set (desk->announced);
  self->typed = desk->typed != NULL ? sim_typed_copy (desk->typed) : NULL;
  self->epoch = g_strdup (desk->epoch);
  self->ops = g_array_new (FALSE, TRUE, sizeof (OpState));
  for (guint i = 0; i < desk->ops->len; i++)
    {
      const SimOp *op = desk->ops->pdata[i];
      const OpState state = { op->withdrawn, op->unknown, op->shown };

      g_array_append_val (self->ops, state);
    }
  g_clear_pointer (&desk->image, sim_image_free);
  desk->image = self;
  sim_log (desk->sim, "desk %u: an image is made of its disk", desk->index);
}

static void
put_back (SimDesk *desk)
{
  SimImage *image = desk->image;

  sim_log (desk->sim, "desk %u: its disk is put back", desk->index);
  desk->sim->n_forked++;
  sim_desk_close (desk);
  sim_image_copy (desk->holder, image->pages);
  for (guint i = 0; i < desk->ops->len; i++)
    {
      SimOp *op = desk->ops->pdata[i];

      op->gone |= i >= image->ops->len;
      if (i < image->ops->len && !op->gone)
        {
          op->withdrawn = g_array_index (image->ops, OpState, i).withdrawn;
          op->unknown = g_array_index (image->ops, OpState, i).unknown;
          op->shown = g_array_index (image->ops, OpState, i).shown;
        }
    }
  g_hash_table_unref (desk->announced);
  desk->announced = copy_set (image->announced);
  g_clear_pointer (&desk->typed, g_hash_table_unref);
  desk->typed = image->typed != NULL ? sim_typed_copy (image->typed) : NULL;
  g_free (desk->epoch);
  desk->epoch = g_strdup (image->epoch);
  g_queue_clear_full (&desk->pages, (GDestroyNotify) g_bytes_unref);
  g_clear_pointer (&desk->last_epoch, g_free);
  desk->last_q = 0;
  desk->answer_q = -1;
  desk->n_forgets++;
  desk->put_back = TRUE;
  g_clear_pointer (&desk->token, g_free);
  g_clear_pointer (&desk->refresh, g_free);
  kith_manual_clock_reboot (desk->clock);
  sim_desk_open (desk);
  sim_fork_met (desk);
  sim_check_local_writes (desk);
}

void
sim_fork_image (SimDesk *desk)
{
  if (desk->closed || desk->damage != NULL || desk->sim->faults.files)
    return;
  if (desk->image == NULL || sim_later_chance (desk->sim, 300))
    take (desk);
  else
    put_back (desk);
}

/* Before somebody works. */
void
sim_fork_step (Sim *self)
{
  if (sim_later_chance (self, self->faults.fork))
    sim_fork_image (self->desks->pdata[sim_later_below (self, self->desks->len)]);
}

/* On another lane everything is fetched anew, whatever else there is to mend. */
static void
name (SimDesk *desk, char *device)
{
  g_free (desk->device);
  desk->device = device;
  g_hash_table_add (desk->names, g_strdup (device));
  desk->revoked = g_hash_table_contains (desk->revoked_names, device);
  if (desk->damage != NULL)
    sim_damage_all (desk);
}

void
sim_fork_rename (SimDesk *desk, const char *device)
{
  name (desk, g_strdup (device));
}

/* The computer's name is another, once the desk has another lane. */
void
sim_fork_met (SimDesk *desk)
{
  const char *device = kith_store_get_device (desk->store);

  if (device != NULL && !g_str_equal (device, desk->device))
    name (desk, g_strdup (device));
}

/* The hub is asked for another lane: from then on it knows the computer by that name too, whenever the desk hears of it. */
void
sim_fork_asked (SimDesk *desk, GBytes *body)
{
  gsize length;
  const char *text = g_bytes_get_data (body, &length);
  g_autoptr (JsonObject) asked = kith_json_parse_object (text, (gssize) length, NULL, NULL);

  if (asked != NULL && kith_json_string (asked, "device") != NULL)
    g_hash_table_add (desk->names, g_strdup (kith_json_string (asked, "device")));
}

/**
 * sim_fork_name:
 *
 * Before somebody signs in: a desk that gave its lane up and has no other yet is a new computer for the hub.
 */
void
sim_fork_name (SimDesk *desk)
{
  if (kith_store_get_user (desk->store) == NULL || kith_store_get_device (desk->store) != NULL)
    return;
  name (desk, g_strdup_printf ("device-%u-%u", desk->index, ++desk->n_devices)); /* whoever has the password may sign in on another */
}
