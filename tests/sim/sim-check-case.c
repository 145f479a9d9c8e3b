/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

/* A5, after every commit of the hub: on a case that begins are its author and whoever supervises the author, and nobody else. */

void
sim_check_note_case (Sim *self, KithRecord *before, KithRecord *after)
{
  GHashTable *table = NULL;

  if (before != NULL)
    return;
  if (g_str_equal (kith_record_get_kind (after)->name, "case"))
    table = self->opened;
  else if (g_str_equal (kith_record_get_kind (after)->name, "assignment") && kith_record_string (after, "case") != NULL)
    table = self->joined;
  if (table != NULL)
    g_hash_table_add (table, g_strdup (kith_record_get_id (after)));
}

static KithRecord *
get (Sim *self, const char *kind, const char *id)
{
  return id != NULL ? kith_world_get (KITH_WORLD (self->mirror), kind, id, NULL) : NULL;
}

/* NULL: nobody, or nobody who can be given work. */
static char *
supervisor_of (Sim *self, KithRecord *of)
{
  g_autoptr (KithRecord) author = get (self, "staff", kith_record_string (of, "author"));
  g_autoptr (KithRecord) person = author != NULL ? get (self, "staff", kith_record_string (author, "supervisor")) : NULL;

  if (person == NULL || !kith_record_is (person, "agency", kith_record_string (of, "agency")) || !kith_record_is (person, "level", "standard") ||
      !kith_record_bool (person, "active") || !kith_record_bool (person, "trained"))
    return NULL;
  return g_strdup (kith_record_get_id (person));
}

static gboolean
is_on (Sim *self, const char *of, const char *staff)
{
  g_autoptr (GPtrArray) found = kith_world_find (KITH_WORLD (self->mirror), NULL, "assignment", "case", of, NULL, NULL);

  for (guint i = 0; i < found->len; i++)
    if (kith_record_is (found->pdata[i], "staff", staff))
      return TRUE;
  return FALSE;
}

/* Did anything in this commit put people on cases or take them off, beside the beginning of one? */
static gboolean
is_mixed (Sim *self, gint64 since)
{
  g_autofree char *sql = g_strdup_printf ("SELECT op FROM op_log WHERE q > %" G_GINT64_FORMAT " AND (op LIKE 'assignment.%%' OR op LIKE 'caseload.%%' "
                                          "OR op LIKE 'staff.%%') LIMIT 1", since);
  g_autofree char *op = NULL;

  sim_sql_text (kith_hub_get_db (self->hub), sql, NULL, &op);
  return op != NULL;
}

static void
check_joined (Sim *self, KithRecord *assignment)
{
  const char *id = kith_record_string (assignment, "case"), *staff = kith_record_string (assignment, "staff");
  g_autoptr (KithRecord) of = g_hash_table_contains (self->opened, id) ? get (self, "case", id) : NULL;
  g_autofree char *supervisor = of != NULL ? supervisor_of (self, of) : NULL;

  if (of != NULL && !kith_record_is (of, "author", staff) && g_strcmp0 (supervisor, staff) != 0)
    sim_fail (self, "A5", "%s is on case %s from its beginning", staff, id);
}

static void
check_opened (Sim *self, KithRecord *of)
{
  g_autofree char *supervisor = supervisor_of (self, of);
  const char *id = kith_record_get_id (of);

  self->n_opened++;
  if (!is_on (self, id, kith_record_string (of, "author")))
    sim_fail (self, "A5", "its author is not on case %s", id);
  if (supervisor != NULL && !is_on (self, id, supervisor))
    sim_fail (self, "A5", "%s, who supervises its author, is not on case %s", supervisor, id);
}

static void
check_each (Sim *self)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->joined);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      g_autoptr (KithRecord) assignment = get (self, "assignment", id);

      if (assignment != NULL)
        check_joined (self, assignment);
    }
  g_hash_table_iter_init (&iter, self->opened);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      g_autoptr (KithRecord) of = get (self, "case", id);

      if (of != NULL)
        check_opened (self, of);
    }
}

/* since: the q before this commit. */
void
sim_check_cases (Sim *self, gint64 since)
{
  if (g_hash_table_size (self->opened) > 0 && !is_mixed (self, since))
    check_each (self);
  g_hash_table_remove_all (self->joined);
  g_hash_table_remove_all (self->opened);
}
