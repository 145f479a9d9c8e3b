/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

/* The answers of a call are put right (P2): from what is read at that desk, from what was read before, or without saying so. Two who correct the same at
 * different desks meet at the hub, and one of them reads it again (I13); what was answered before is kept there (I14). */

void
sim_mended_draw (Sim *self)
{
  KithRandom *random = kith_random_new_seeded (self->seed ^ G_GUINT64_CONSTANT (0x6d656e6465640000));

  if (kith_random_below (random, 1000) < 300 && sim_faults_has ("mended"))
    self->mended_random = g_steal_pointer (&random);
  g_clear_pointer (&random, kith_random_free);
}

static guint
below (Sim *self, guint bound)
{
  return kith_random_below (self->mended_random, bound);
}

static void
collect_cb (gpointer data, gpointer user_data)
{
  KithRecord *answer = data;

  if (kith_record_is (answer, "t", "contact_record"))
    g_ptr_array_add (user_data, g_object_ref (answer));
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (kith_record_get_id (*(KithRecord *const *) a), kith_record_get_id (*(KithRecord *const *) b));
}

/* One that lies at this desk, as it lies there. Yours; NULL: none. */
static KithRecord *
pick (Sim *self, SimDesk *desk)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) here = g_ptr_array_new_with_free_func (g_object_unref);

  kith_memory_world_foreach (self->mirror, "form_answer", collect_cb, all);
  g_ptr_array_sort (all, compare_ids);
  for (guint i = 0; i < all->len; i++)
    {
      KithRecord *record = sim_desk_get (desk, "form_answer", kith_record_get_id (all->pdata[i]));

      if (record != NULL)
        g_ptr_array_add (here, record);
    }
  return here->len > 0 ? g_object_ref (here->pdata[below (self, here->len)]) : NULL;
}

static JsonArray *
entries (const char *form, JsonArray *answers)
{
  JsonArray *list = json_array_new ();

  json_array_add_object_element (list, kith_json_new ("form", "s", form, "version", "i", (gint64) 1, "answers", "a", answers, NULL));
  return list;
}

static JsonArray *
rooms (guint n)
{
  g_autofree char *value = g_strdup_printf ("%u", n);
  JsonArray *answers = json_array_new ();

  json_array_add_object_element (answers, kith_json_new ("key", "s", "rooms", "value", "s", value, NULL));
  return answers;
}

void
sim_mended_step (Sim *self)
{
  SimDesk *desk;
  g_autoptr (KithRecord) record = NULL;
  const char *form;
  JsonObject *args;

  if (self->mended_random == NULL || below (self, 1000) >= 40)
    return;
  desk = g_ptr_array_index (self->desks, below (self, self->desks->len));
  if (desk->closed || (record = pick (self, desk)) == NULL)
    return;
  form = kith_record_string (record, "form");
  args = kith_json_new ("contact", "s", kith_record_string (record, "record"), "answers", "a", entries (form, rooms (1 + below (self, 9))), NULL);
  if (below (self, 8) == 0)
    json_object_set_array_member (args, "seen", entries (form, rooms (1 + below (self, 9)))); /* not what stands there, or not in those words */
  else if (below (self, 8) != 0)
    json_object_set_array_member (args, "seen", entries (form, json_array_ref (kith_record_array (record, "answers"))));
  sim_desk_submit (desk, "contact.answer", args, NULL, 0);
}
