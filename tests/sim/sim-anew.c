/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include <string.h>

/* Consent given anew where somebody stands (C3, C4): an agency that has nothing of a client but its own care record may write down that the person opens it
 * again, for that agency alone. Tried where the record is open as well, with other receivers too, and by agencies that know nothing of the client: who
 * sees what afterwards is the oracle's to say (I1, I5). */

void
sim_anew_draw (Sim *self)
{
  KithRandom *random = kith_random_new_seeded (self->seed ^ G_GUINT64_CONSTANT (0x616e657700000000));

  if (kith_random_below (random, 1000) < 250 && sim_faults_has ("anew"))
    self->anew_random = g_steal_pointer (&random);
  g_clear_pointer (&random, kith_random_free);
}

static guint
below (Sim *self, guint bound)
{
  return kith_random_below (self->anew_random, bound);
}

static void
collect_cb (gpointer data, gpointer user_data)
{
  g_ptr_array_add (user_data, g_object_ref (data));
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return strcmp (kith_record_get_id (*(KithRecord *const *) a), kith_record_get_id (*(KithRecord *const *) b));
}

/* Whom this desk knows by its care record alone; now and then anybody. Yours; NULL: nobody. */
static char *
pick (Sim *self, SimDesk *desk)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) alone = g_ptr_array_new ();

  if (below (self, 8) == 0 && self->clients->len > 0)
    return g_strdup (self->clients->pdata[below (self, self->clients->len)]);
  kith_memory_world_foreach (self->mirror, "care", collect_cb, all);
  g_ptr_array_sort (all, compare_ids);
  for (guint i = 0; i < all->len; i++)
    {
      const char *client = kith_record_string (all->pdata[i], "client");

      if (client != NULL && sim_desk_holds (desk, "care", kith_record_get_id (all->pdata[i])) && !sim_desk_holds (desk, "client", client))
        g_ptr_array_add (alone, (gpointer) client);
    }
  return alone->len > 0 ? g_strdup (alone->pdata[below (self, alone->len)]) : NULL;
}

void
sim_anew_step (Sim *self)
{
  SimDesk *desk;
  g_autofree char *client = NULL, *term = NULL;
  const char *agency;
  char *id;

  if (self->anew_random == NULL || below (self, 1000) >= 40 || self->consents->len >= 80)
    return;
  desk = g_ptr_array_index (self->desks, below (self, self->desks->len));
  if (desk->closed || desk->person->agency >= SIM_N_AGENCIES || (client = pick (self, desk)) == NULL)
    return;
  id = kith_store_new_id (desk->store);
  g_ptr_array_add (self->consents, id);
  term = kith_time_format (sim_wall (self) + (gint64) (1 + below (self, 72)) * SIM_MS_HOUR);
  agency = below (self, 10) == 0 ? self->agencies[below (self, SIM_N_AGENCIES)] : self->agencies[desk->person->agency];
  sim_desk_submit (desk, "consent.record",
                   kith_json_new ("id", "s", id, "client", "s", client, "classes", "a", kith_json_strings ("client", below (self, 2) ? "care" : NULL, NULL), "receivers", "a",
                                  kith_json_strings (agency, NULL), "purpose", "s", "To be helped", "term", "s", term, "how", "s", "verbal", "language", "s", "en", "grantor",
                                  "s", "self", "in_person", "b", TRUE, NULL), NULL, 0);
}
