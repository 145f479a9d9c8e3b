/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hub-private.h"

#include <stdarg.h>

/* kith-hub check: what must hold of every hub database and of the files beside it. Grants and members are computed anew from the facts and
 * compared with the rows that decide who is sent what. */

typedef struct
{
  KithHub *hub;
  GString *report;
  guint n;
} Check;

static void problem (Check *check, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
problem (Check *check, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_string_append_vprintf (check->report, format, args);
  va_end (args);
  g_string_append_c (check->report, '\n');
  check->n++;
}

static GPtrArray *
list_texts (KithHub *self, const char *query, GError **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, query, error);
  KithDbStep step;

  if (stmt == NULL)
    return NULL;
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    g_ptr_array_add (texts, g_strdup (kith_db_text (stmt, 0)));
  return step == KITH_DB_DONE ? g_steal_pointer (&texts) : NULL;
}

static gboolean
check_database (Check *check, GError **error)
{
  g_autoptr (GPtrArray) lines = list_texts (check->hub, "check-integrity", error);
  gint64 n = 0;

  if (lines == NULL)
    return FALSE;
  for (guint i = 0; i < lines->len; i++)
    if (g_strcmp0 (lines->pdata[i], "ok") != 0)
      problem (check, "database: %s", (const char *) lines->pdata[i]);
  if (!kith_db_fetch_int (check->hub->db, &n, error, "check-numbers", "i", check->hub->q))
    return FALSE;
  if (n > 0)
    problem (check, "%d lines have a number above the hub's own", (int) n);
  n = 0;
  if (!kith_db_fetch_int (check->hub->db, &n, error, "check-lanes", ""))
    return FALSE;
  if (n > 0)
    problem (check, "%d lanes have operations without an outcome", (int) n);
  return TRUE;
}

/* Lines that tell of a record which is not there. */
static gboolean
name_missing (Check *check, const KithKind *kind, GPtrArray *records, GError **error)
{
  g_autoptr (GHashTable) there = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (KithDbStmt) stmt = kith_db_query (check->hub->db, "check-ids-of-kind", error);
  KithDbStep step;

  if (stmt == NULL)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    g_hash_table_add (there, (gpointer) kith_record_get_id (records->pdata[i]));
  kith_db_bind_text (stmt, 1, kind->name);
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    if (!g_hash_table_contains (there, kith_db_text (stmt, 0)))
      problem (check, "%s %s is told of and not there: desks go without it", kind->name, kith_db_text (stmt, 0));
  return step == KITH_DB_DONE;
}

/* Records are found by their columns, which whatever writes a body has to fill from it. */
static gboolean
check_columns (Check *check, const KithKind *kind, GError **error)
{
  g_autofree char *proof = kith_kind_sql_columns_proof (kind);
  g_autoptr (KithDbStmt) stmt = proof != NULL ? kith_db_prepare (check->hub->db, proof, error) : NULL;
  KithDbStep step;

  if (stmt == NULL)
    return proof == NULL;
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    problem (check, "%s %s is not found by what it says", kind->name, kith_db_text (stmt, 0));
  return step == KITH_DB_DONE;
}

/* Each record has its line, and the line names the scope the record says it lies in. */
static gboolean
check_kind (Check *check, const KithKind *kind, GHashTable *subjects, GHashTable *people, GError **error)
{
  g_autoptr (GPtrArray) records = kith_hub_world_list (check->hub, kind, error);
  gint64 lines = 0;

  if (records == NULL || !kith_db_fetch_int (check->hub->db, &lines, error, "check-rows-of-kind", "s", kind->name))
    return FALSE;
  if (lines != (gint64) records->len)
    {
      problem (check, "%s: %u records, %d lines that tell of them", kind->name, records->len, (int) lines);
      if (!name_missing (check, kind, records, error))
        return FALSE;
    }
  for (guint i = 0; i < records->len; i++)
    {
      KithRecord *record = records->pdata[i];
      g_autoptr (GError) local = NULL;
      g_autoptr (GPtrArray) touched = kith_access_subjects (NULL, record);
      g_autofree char *scope = kith_record_scope (record);
      g_autofree char *known = kith_db_fetch_text (check->hub->db, &local, "check-row", "ss", kind->name,
                                                   kith_record_get_id (record));

      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (g_strcmp0 (scope, known) != 0)
        problem (check, "%s %s lies in %s, but is sent as %s", kind->name, kith_record_get_id (record), scope,
                 known != NULL ? known : "nothing");
      for (guint k = 0; touched != NULL && k < touched->len; k++)
        g_hash_table_add (subjects, g_strdup (touched->pdata[k]));
      if (strcmp (kind->name, "staff") == 0)
        g_hash_table_add (people, g_strdup (kith_record_get_id (record)));
    }
  return TRUE;
}

static gboolean
check_subject (Check *check, const char *subject, GError **error)
{
  g_autoptr (GHashTable) wanted = kith_hub_wanted_grants (check->hub, subject, error);
  g_autoptr (KithDbStmt) stmt = wanted != NULL ? kith_db_query (check->hub->db, "grants-of-subject", error) : NULL;
  gint64 now = kith_hub_now (check->hub);
  GHashTableIter iter;
  gpointer grant;
  KithDbStep step;

  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, subject);
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      gint64 not_after = kith_db_is_null (stmt, 4) ? 0 : kith_db_int (stmt, 4);
      g_autofree char *key = kith_hub_grant_key (kith_db_text (stmt, 1), kith_db_text (stmt, 2), kith_db_text (stmt, 3),
                                                 not_after);

      /* one whose end came since the last request sends nothing and is closed by the next */
      if (!g_hash_table_remove (wanted, key) && (not_after == 0 || not_after > now))
        problem (check, "%s: %s is open to %s because of “%s”, which the facts do not say", subject,
                 kith_db_text (stmt, 1), kith_db_text (stmt, 2), kith_db_text (stmt, 3));
    }
  g_hash_table_iter_init (&iter, wanted);
  while (g_hash_table_iter_next (&iter, NULL, &grant))
    problem (check, "%s: %s should be open to %s because of “%s”", subject, ((KithGrant *) grant)->scope,
             ((KithGrant *) grant)->principal, ((KithGrant *) grant)->reason);
  return step == KITH_DB_DONE;
}

static gboolean
check_person (Check *check, const char *user, GError **error)
{
  g_autoptr (GHashTable) wanted = kith_hub_wanted_principals (check->hub, user, error);
  g_autoptr (KithDbStmt) stmt = wanted != NULL ? kith_db_query (check->hub->db, "members-of-user", error) : NULL;
  GHashTableIter iter;
  gpointer name;
  KithDbStep step;

  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, user);
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    if (!g_hash_table_remove (wanted, kith_db_text (stmt, 1)))
      problem (check, "%s is counted to %s, which the facts do not say", user, kith_db_text (stmt, 1));
  g_hash_table_iter_init (&iter, wanted);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    problem (check, "%s should be counted to %s", user, (const char *) name);
  return step == KITH_DB_DONE;
}

static gboolean
check_places (Check *check, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (check->hub->db, "check-places", error);
  KithDbStep step;

  if (stmt == NULL)
    return FALSE;
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    problem (check, "referral %s holds %d places of %s, so fewer are shown free than there are: whoever counts them says today’s number at Capacity, and it is right again",
             kith_db_text (stmt, 0), (int) kith_db_int (stmt, 2), kith_db_text (stmt, 1));
  return step == KITH_DB_DONE;
}

typedef gboolean (*CheckOne) (Check *check, const char *name, GError **error);

static gboolean
check_each (Check *check, GHashTable *names, const char *more, CheckOne one, GError **error)
{
  g_autoptr (GPtrArray) kept = list_texts (check->hub, more, error);
  g_autoptr (GList) list = NULL;

  if (kept == NULL)
    return FALSE;
  for (guint i = 0; i < kept->len; i++)
    g_hash_table_add (names, g_strdup (kept->pdata[i]));
  list = g_list_sort (g_hash_table_get_keys (names), (GCompareFunc) strcmp);
  for (GList *l = list; l != NULL; l = l->next)
    if (!one (check, l->data, error))
      return FALSE;
  return TRUE;
}

/**
 * kith_hub_check:
 * @report: takes one line for each problem
 * @n_problems: (out): how many
 *
 * Reads everything and changes nothing.
 *
 * Returns: FALSE when the database could not be read
 */
gboolean
kith_hub_check (KithHub *self, GString *report, guint *n_problems, GError **error)
{
  g_autoptr (GHashTable) subjects = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Check check = { self, report, 0 };
  const KithKind *const *kinds;
  gboolean ok;
  guint n;

  kinds = kith_kinds_list (&n);
  ok = check_database (&check, error);
  for (guint i = 0; ok && i < n; i++)
    ok = check_kind (&check, kinds[i], subjects, people, error) && check_columns (&check, kinds[i], error);
  ok = ok && check_each (&check, subjects, "grant-subjects", check_subject, error) &&
       check_each (&check, people, "member-users", check_person, error) && check_places (&check, error) &&
       (self->files == NULL || kith_hub_check_files (self->db, self->files, report, &check.n, error));
  *n_problems = check.n;
  return ok;
}
