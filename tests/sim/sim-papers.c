/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include <string.h>

/* Papers of whole records (P11, C13): each that was taken stands in the log of its maker's agency, once for each record on it and with that record's client;
 * nothing else does, and no entry is ever another. Whoever made one saw the record then, or had been shown it on that computer and not yet been told
 * otherwise. Who reads the log is the oracle's to say, as of all else (I1, I5). */

#define WHOLE "Whole record"

struct _SimPapers
{
  KithRandom *random;
  GHashTable *shown;  /* "user scope": what somebody was ever told of */
  GPtrArray *printed; /* (element-type KithRecord): entries of this commit */
};

static guint
below (Sim *self, guint bound)
{
  return kith_random_below (self->papers->random, bound);
}

void
sim_papers_draw (Sim *self)
{
  KithRandom *random = kith_random_new_seeded (self->seed ^ G_GUINT64_CONSTANT (0x7061706572730000));

  if (kith_random_below (random, 1000) < 200 && sim_faults_has ("papers"))
    {
      self->papers = g_new0 (SimPapers, 1);
      self->papers->random = g_steal_pointer (&random);
      self->papers->shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      self->papers->printed = g_ptr_array_new_with_free_func (g_object_unref);
      self->faults.papers = 30 + below (self, 120);
    }
  g_clear_pointer (&random, kith_random_free);
}

void
sim_papers_free (SimPapers *self)
{
  kith_random_free (self->random);
  g_hash_table_unref (self->shown);
  g_ptr_array_unref (self->printed);
  g_free (self);
}

/* ---- what is done ---- */

/* Now and then one that is not here. Yours; NULL: there is none. */
static char *
pick (SimDesk *desk, const char *kind, GPtrArray *ids)
{
  Sim *self = desk->sim;
  const char *id = NULL;

  for (guint i = 0; ids->len > 0 && i < 5; i++)
    {
      id = ids->pdata[below (self, ids->len)];
      if (sim_desk_holds (desk, kind, id) || below (self, 20) == 0)
        return g_strdup (id);
    }
  return NULL;
}

static void
print_one (SimDesk *desk)
{
  g_autofree char *id = pick (desk, "referral", desk->sim->referrals);

  if (id != NULL)
    sim_desk_submit (desk, "referral.print", kith_json_new ("referral", "s", id, "detail", "s", WHOLE, NULL), NULL, 0);
}

static void
print_list (SimDesk *desk)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  JsonArray *list;

  for (guint i = 0; i < 3; i++)
    {
      char *id = pick (desk, "referral", desk->sim->referrals);

      if (id == NULL || g_ptr_array_find_with_equal_func (ids, id, g_str_equal, NULL))
        g_free (id);
      else
        g_ptr_array_add (ids, id);
    }
  if (ids->len == 0)
    return;
  list = json_array_new ();
  for (guint i = 0; i < ids->len; i++)
    json_array_add_string_element (list, ids->pdata[i]);
  sim_desk_submit (desk, "referral.print_list", kith_json_new ("referrals", "a", list, "detail", "s", SIM_PAPER_LIST, NULL), NULL, 0);
}

static void
collect_id_cb (gpointer data, gpointer user_data)
{
  g_ptr_array_add (user_data, g_strdup (kith_record_get_id (data)));
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
print_contact (SimDesk *desk)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *id = NULL;

  kith_memory_world_foreach (desk->sim->mirror, "contact_record", collect_id_cb, all);
  g_ptr_array_sort (all, compare_texts);
  id = pick (desk, "contact_record", all);
  if (id != NULL)
    sim_desk_submit (desk, "contact.print", kith_json_new ("contact", "s", id, "detail", "s", WHOLE, NULL), NULL, 0);
}

/* Somebody who reads the log has a computer. */
static void
read_log (Sim *self, SimDesk *desk)
{
  sim_hub_submit (self, "staff.set_duties", kith_json_new ("staff", "s", desk->person->id, "duties", "a",
                                                           below (self, 3) > 0 ? kith_json_strings ("privacy_officer", "supervisor", NULL) : kith_json_strings ("supervisor", NULL), NULL));
}

/* Before somebody works. */
void
sim_papers_step (Sim *self)
{
  SimDesk *desk;
  guint drawn;

  if (self->faults.papers == 0 || below (self, 1000) >= self->faults.papers)
    return;
  desk = self->desks->pdata[below (self, self->desks->len)];
  drawn = below (self, 100);
  if (desk->closed || desk->damage != NULL)
    return;
  if (drawn < 45)
    print_one (desk);
  else if (drawn < 70)
    print_list (desk);
  else if (drawn < 92)
    print_contact (desk);
  else
    read_log (self, desk);
}

/* ---- what must hold ---- */

/* Of a scope that somebody is told of and may see. */
void
sim_papers_note_shown (SimDesk *desk, const char *scope)
{
  if (desk->sim->papers != NULL)
    g_hash_table_add (desk->sim->papers->shown, g_strdup_printf ("%s %s", desk->person->id, scope));
}

void
sim_papers_note (Sim *self, KithRecord *before, KithRecord *after)
{
  if (!g_str_equal (kith_record_get_kind (after)->name, "audit_entry"))
    return;
  if (before != NULL)
    {
      g_autofree char *was = kith_record_print (before), *is = kith_record_print (after);

      if (!g_str_equal (was, is))
        sim_fail (self, "C13", "an entry of the log was %s and is %s", was, is);
    }
  else if (self->papers != NULL && kith_record_is (after, "what", "printed"))
    g_ptr_array_add (self->papers->printed, g_object_ref (after));
}

static char *
scope_of_paper (KithRecord *entry)
{
  const char *kind = kith_record_is (entry, "t", "contact_record")    ? "contact"
                     : kith_record_is (entry, "detail", SIM_PAPER_LIST) ? "referral"
                                                              : "referral_detail";

  return g_strconcat (kind, ":", kith_record_string (entry, "record"), NULL);
}

/* Access may begin and end before their computer asks, in one commit even; what is sent after that is taken as from one who had it. That there was such access is
 * the hub's word here, which is compared with the oracle after every commit (sim-check-access.c). */
static gboolean
could_see (Sim *self, const char *staff, const char *scope)
{
  g_autofree char *key = g_strconcat (staff, " ", scope, NULL), *once = NULL;

  sim_sql_text (kith_hub_get_db (self->hub),
                "SELECT 1 FROM scope_grant g JOIN scope s ON s.sid = g.sid JOIN member m ON m.pid = g.pid WHERE m.user_id || ' ' || s.name = ?1 LIMIT 1", key, &once);
  return once != NULL;
}

/* After each commit. */
void
sim_papers_check (Sim *self)
{
  for (guint i = 0; self->papers != NULL && i < self->papers->printed->len; i++)
    {
      KithRecord *entry = self->papers->printed->pdata[i];
      const char *staff = kith_record_string (entry, "staff");
      g_autofree char *scope = scope_of_paper (entry), *key = g_strdup_printf ("%s %s", staff, scope);

      self->n_papers++;
      if (!kith_oracle_visible (self->oracle, staff, scope, sim_wall (self)) && !g_hash_table_contains (self->papers->shown, key) && !could_see (self, staff, scope))
        sim_fail (self, "P11", "%s was printed by %s, who never could see it", scope, staff);
    }
  if (self->papers != NULL)
    g_ptr_array_set_size (self->papers->printed, 0);
}

static void
count (GHashTable *counts, const char *staff, const char *kind, const char *record, gint by)
{
  g_autofree char *key = g_strdup_printf ("%s of %s by %s", kind, record, staff);

  g_hash_table_insert (counts, g_strdup (key), GINT_TO_POINTER (GPOINTER_TO_INT (g_hash_table_lookup (counts, key)) + by));
}

static void
count_paper (Sim *self, GHashTable *counts, SimDesk *desk, const SimOp *op)
{
  JsonArray *list = kith_json_array (op->args, "referrals");
  g_autofree char *status = NULL;

  if (!g_str_has_suffix (op->op, ".print") && !g_str_equal (op->op, "referral.print_list"))
    return;
  sim_sql_text (kith_hub_get_db (self->hub), "SELECT 1 FROM op_log WHERE op_id = ?1 AND status IN ('applied', 'merged')", op->op_id, &status);
  if (status == NULL)
    return;
  if (g_str_equal (op->op, "contact.print"))
    count (counts, desk->person->id, "contact_record", kith_json_string (op->args, "contact"), 1);
  else if (list == NULL)
    count (counts, desk->person->id, "referral", kith_json_string (op->args, "referral"), 1);
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    count (counts, desk->person->id, "referral", json_array_get_string_element (list, i), 1);
}

static void
check_client (Sim *self, KithRecord *entry)
{
  g_autoptr (KithRecord) record = kith_world_get (KITH_WORLD (self->mirror), kith_record_string (entry, "t"), kith_record_string (entry, "record"), NULL);

  if (record != NULL && g_strcmp0 (kith_record_string (record, "client"), kith_record_string (entry, "client")) != 0)
    sim_fail (self, "C13", "the log says that a paper of %s was of client %s", kith_record_string (entry, "record"), kith_record_string (entry, "client"));
}

typedef struct
{
  Sim *sim;
  GHashTable *counts;
} Log;

static void
count_entry_cb (gpointer data, gpointer user_data)
{
  Log *log = user_data;

  if (!kith_record_is (data, "what", "printed"))
    return;
  check_client (log->sim, data);
  count (log->counts, kith_record_string (data, "staff"), kith_record_string (data, "t"), kith_record_string (data, "record"), -1);
}

/* At the end; not where years went by at once, which end a log. */
void
sim_papers_check_end (Sim *self)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Log log = { self, counts };
  GHashTableIter iter;
  gpointer key, left;

  if (self->papers == NULL || self->n_accepted > 0)
    return;
  for (guint d = 0; d < self->desks->len; d++)
    {
      SimDesk *desk = self->desks->pdata[d];

      for (guint i = 0; i < desk->ops->len; i++)
        count_paper (self, counts, desk, desk->ops->pdata[i]);
    }
  kith_memory_world_foreach (self->mirror, "audit_entry", count_entry_cb, &log);
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &key, &left))
    if (GPOINTER_TO_INT (left) != 0)
      sim_fail (self, "C13", "papers of %s: the log has %d too %s", (char *) key, ABS (GPOINTER_TO_INT (left)), GPOINTER_TO_INT (left) > 0 ? "few" : "many");
}
