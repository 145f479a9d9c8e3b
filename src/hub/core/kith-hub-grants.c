/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hub-private.h"

/* Grants follow from the facts by themselves: after each operation the subjects it touched are recomputed by the model,
 * and the difference to the rows kept here is opened and closed. Nothing is counted, nothing is granted by hand. */

/**
 * kith_hub_grant_key:
 * @reason: (nullable)
 *
 * Returns: (transfer full): equal for equal grants only
 */
char *
kith_hub_grant_key (const char *scope, const char *principal, const char *reason, gint64 not_after)
{
  return g_strdup_printf ("%s\n%s\n%s\n%" G_GINT64_FORMAT, scope, principal, reason != NULL ? reason : "", not_after);
}

GHashTable *
kith_hub_wanted_grants (KithHub *self, const char *subject, GError **error)
{
  g_autoptr (GPtrArray) grants = kith_access_grants (self->world, subject, kith_hub_now (self), error);
  GHashTable *wanted;

  if (grants == NULL)
    return NULL;
  wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) kith_grant_free);
  g_ptr_array_set_free_func (grants, NULL);
  for (guint i = 0; i < grants->len; i++)
    {
      KithGrant *grant = grants->pdata[i];
      g_hash_table_replace (
          wanted, kith_hub_grant_key (grant->scope, grant->principal, grant->reason, grant->not_after), grant);
    }
  return wanted;
}

/* Ends a row: one that this transaction began never was. */
static gboolean
end_row (KithHub *self, KithHubMarks *marks, gint64 i, gint64 since, const char *drop, const char *close,
         GError **error)
{
  if (since == KITH_HUB_PENDING)
    return kith_db_run (self->db, error, drop, "i", i);
  g_array_append_val (marks->closed, i);
  return kith_db_run (self->db, error, close, "ii", i, KITH_HUB_PENDING);
}

typedef struct
{
  gint64 i;
  gint64 since;
} Row;

static gboolean
open_grant (KithHub *self, const char *subject, KithGrant *grant, GError **error)
{
  g_autoptr (KithDbStmt) stmt = NULL;
  gint64 sid, pid, i;

  if (!kith_hub_scope_number (self, grant->scope, TRUE, &sid, error) ||
      !kith_hub_principal_number (self, grant->principal, TRUE, &pid, error))
    return FALSE;
  stmt = kith_db_query (self->db, "grant-open", error);
  if (stmt == NULL)
    return FALSE;
  kith_db_bind_int (stmt, 1, sid);
  kith_db_bind_int (stmt, 2, pid);
  kith_db_bind_text (stmt, 3, grant->reason != NULL ? grant->reason : "");
  kith_db_bind_text (stmt, 4, subject);
  kith_db_bind_int (stmt, 5, KITH_HUB_PENDING);
  if (grant->not_after > 0)
    kith_db_bind_int (stmt, 6, grant->not_after);
  else
    kith_db_bind_null (stmt, 6);
  if (kith_db_step (stmt, error) != KITH_DB_ROW)
    return FALSE;
  i = kith_db_int (stmt, 0);
  g_array_append_val (self->grants.opened, i);
  return TRUE;
}

static void
note_changed (GPtrArray *changed, const char *scope, const char *principal)
{
  KithGrant *grant = g_new0 (KithGrant, 1);

  grant->scope = g_strdup (scope);
  grant->principal = g_strdup (principal);
  g_ptr_array_add (changed, grant);
}

/* Strikes from wanted what is there already; what is there and not wanted goes into gone. */
static gboolean
compare_grants (KithHub *self, const char *subject, GHashTable *wanted, GArray *gone, GPtrArray *changed, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "grants-of-subject", error);
  KithDbStep step;

  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, subject);
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      g_autofree char *key = kith_hub_grant_key (kith_db_text (stmt, 1), kith_db_text (stmt, 2), kith_db_text (stmt, 3),
                                                 kith_db_is_null (stmt, 4) ? 0 : kith_db_int (stmt, 4));
      Row row = { kith_db_int (stmt, 0), kith_db_int (stmt, 5) };

      if (g_hash_table_remove (wanted, key))
        continue;
      g_array_append_val (gone, row);
      note_changed (changed, kith_db_text (stmt, 1), kith_db_text (stmt, 2));
    }
  return step == KITH_DB_DONE;
}

static int
compare_text (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

static gboolean
close_rows (KithHub *self, GArray *rows, GError **error)
{
  for (guint i = 0; i < rows->len; i++)
    {
      Row *row = &g_array_index (rows, Row, i);

      if (!end_row (self, &self->grants, row->i, row->since, "grant-drop", "grant-close", error))
        return FALSE;
    }
  return TRUE;
}

/* changed takes the rows that began or ended. */
static gboolean
settle_one (KithHub *self, const char *subject, GPtrArray *changed, GError **error)
{
  g_autoptr (GHashTable) wanted = kith_hub_wanted_grants (self, subject, error);
  g_autoptr (GArray) gone = g_array_new (FALSE, FALSE, sizeof (Row));
  g_autoptr (GList) keys = NULL;

  if (wanted == NULL || !compare_grants (self, subject, wanted, gone, changed, error))
    return FALSE;
  if (!close_rows (self, gone, error))
    return FALSE;
  /* sorted: the same history gives the same numbers */
  keys = g_list_sort (g_hash_table_get_keys (wanted), compare_text);
  for (GList *l = keys; l != NULL; l = l->next)
    {
      KithGrant *grant = g_hash_table_lookup (wanted, l->data);

      if (!open_grant (self, subject, grant, error))
        return FALSE;
      note_changed (changed, grant->scope, grant->principal);
    }
  self->counts.subjects_settled++;
  return TRUE;
}

/* With the subjects that follow from it. */
gboolean
kith_hub_settle_subject (KithHub *self, const char *subject, GError **error)
{
  g_autoptr (GPtrArray) changed = g_ptr_array_new_with_free_func ((GDestroyNotify) kith_grant_free);
  g_autoptr (GPtrArray) more = NULL;

  if (!settle_one (self, subject, changed, error) || (more = kith_access_dependents (self->world, subject, changed, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < more->len; i++)
    if (!settle_one (self, more->pdata[i], changed, error))
      return FALSE;
  return TRUE;
}

GHashTable *
kith_hub_wanted_principals (KithHub *self, const char *user, GError **error)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) local = NULL;
  g_autoptr (KithActor) actor = NULL;
  g_autoptr (KithRecord) staff = NULL;
  g_autoptr (GPtrArray) names = NULL;

  staff = kith_world_get (self->world, "staff", user, &local);
  if (staff != NULL)
    actor = kith_hub_load_actor (self, user, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (actor != NULL)
    names = kith_access_principals (actor);
  for (guint i = 0; names != NULL && i < names->len; i++)
    g_hash_table_add (wanted, g_strdup (names->pdata[i]));
  return g_steal_pointer (&wanted);
}

/**
 * kith_hub_settle_person:
 * @user: staff id
 *
 * Opens and closes memberships until they are what kith_access_principals() says of the person now. Within a transaction, before it is stamped.
 */
gboolean
kith_hub_settle_person (KithHub *self, const char *user, GError **error)
{
  g_autoptr (GHashTable) wanted = kith_hub_wanted_principals (self, user, error);
  g_autoptr (GArray) gone = g_array_new (FALSE, FALSE, sizeof (Row));
  g_autoptr (KithDbStmt) stmt = NULL;
  g_autoptr (GList) names = NULL;
  KithDbStep step;

  if (wanted == NULL || (stmt = kith_db_query (self->db, "members-of-user", error)) == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, user);
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      Row row = { kith_db_int (stmt, 0), kith_db_int (stmt, 2) };
      if (!g_hash_table_remove (wanted, kith_db_text (stmt, 1)))
        g_array_append_val (gone, row);
    }
  if (step == KITH_DB_FAILED)
    return FALSE;
  for (guint i = 0; i < gone->len; i++)
    {
      Row *row = &g_array_index (gone, Row, i);
      if (!end_row (self, &self->members, row->i, row->since, "member-drop", "member-close", error))
        return FALSE;
    }

  names = g_list_sort (g_hash_table_get_keys (wanted), compare_text);
  for (GList *l = names; l != NULL; l = l->next)
    {
      gint64 pid, i = 0;

      if (!kith_hub_principal_number (self, l->data, TRUE, &pid, error) ||
          !kith_db_fetch_int (self->db, &i, error, "member-open", "isi", pid, user, KITH_HUB_PENDING))
        return FALSE;
      g_array_append_val (self->members.opened, i);
    }
  return TRUE;
}

static void
add_all (GHashTable *set, GPtrArray *names)
{
  for (guint i = 0; names != NULL && i < names->len; i++)
    g_hash_table_add (set, g_strdup (names->pdata[i]));
}

/* C15: of an agency with very many clients that is not worked out while everybody waits. What the query picks has come to its end, and with it all that anybody
 * may see of these clients is worked out anew in turns, before anybody is told anything (kith_hub_end_due ()), also by a hub that is started anew. */
static gboolean
end_by (KithHub *self, const char *query, const char *agency, GError **error)
{
  gint64 now = kith_hub_now (self);

  if (agency == NULL)
    return TRUE;
  if (!kith_db_run (self->db, error, query, "si", agency, now))
    return FALSE;
  self->next_end = MIN (self->next_end, now);
  return TRUE;
}

/* Goes through what the operation under way touched. Memberships come first; grants do not depend on them. */
gboolean
kith_hub_settle_access (KithHub *self, GError **error)
{
  g_autoptr (GHashTable) subjects = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GList) subject_list = NULL;
  g_autoptr (GList) people_list = NULL;

  for (guint i = self->op_start; i < self->touches->len; i++)
    {
      KithHubTouch *touch = self->touches->pdata[i];
      g_autoptr (GError) local = NULL;
      g_autoptr (GPtrArray) names = kith_access_subjects (touch->before, touch->after);
      g_autoptr (GPtrArray) persons = kith_access_people (self->world, touch->before, touch->after, &local);

      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (!end_by (self, "grants-end-consents", kith_access_closed_by (touch->before, touch->after), error) ||
          !end_by (self, "grants-end-one", kith_access_opened_by (touch->before, touch->after), error))
        return FALSE;
      add_all (subjects, names);
      add_all (people, persons);
    }

  people_list = g_list_sort (g_hash_table_get_keys (people), compare_text);
  for (GList *l = people_list; l != NULL; l = l->next)
    if (!kith_hub_settle_person (self, l->data, error))
      return FALSE;
  subject_list = g_list_sort (g_hash_table_get_keys (subjects), compare_text);
  for (GList *l = subject_list; l != NULL; l = l->next)
    if (!kith_hub_settle_subject (self, l->data, error))
      return FALSE;
  return TRUE;
}

/**
 * kith_hub_read_next_end:
 *
 * Looks up when the first open grant ends by itself, for kith_hub_end_due().
 */
gboolean
kith_hub_read_next_end (KithHub *self, GError **error)
{
  gint64 next = G_MAXINT64;
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "grants-next-end", error);

  if (stmt == NULL || kith_db_step (stmt, error) == KITH_DB_FAILED)
    return FALSE;
  if (!kith_db_is_null (stmt, 0))
    next = kith_db_int (stmt, 0);
  self->next_end = next;
  return TRUE;
}

static GPtrArray *
due_subjects (KithHub *self, GError **error)
{
  g_autoptr (GPtrArray) subjects = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "grants-due", error);
  KithDbStep step;

  if (stmt == NULL)
    return NULL;
  kith_db_bind_int (stmt, 1, kith_hub_now (self));
  kith_db_bind_text (stmt, 2, self->due_after != NULL ? self->due_after : "");
  kith_db_bind_int (stmt, 3, self->due_most + 1);
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    g_ptr_array_add (subjects, g_strdup (kith_db_text (stmt, 0)));
  return step == KITH_DB_DONE ? g_steal_pointer (&subjects) : NULL;
}

/**
 * kith_hub_close_damaged:
 * @all: everything that ends by itself, which is what rests on a consent; FALSE: what is past its end
 *
 * For a subject whose facts cannot be read: access by them closes, it does not stay open, and what has no end closes where a record that cannot be read
 * is what it rests on. What else was worked out before goes on until somebody mends them.
 */
gboolean
kith_hub_close_damaged (KithHub *self, const char *subject, gboolean all, GError **error)
{
  gint64 upto = all ? G_MAXINT64 : kith_hub_now (self);
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "grants-of-subject", error);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (Row));
  KithDbStep step;

  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, subject);
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      Row row = { kith_db_int (stmt, 0), kith_db_int (stmt, 5) };
      gboolean closes = !kith_db_is_null (stmt, 4) && kith_db_int (stmt, 4) <= upto;

      if (!closes && kith_db_is_null (stmt, 4) &&
          !kith_hub_rests_on_damaged (self, subject, kith_db_text (stmt, 1), kith_db_text (stmt, 3), NULL, &closes, error))
        return FALSE;
      if (closes)
        g_array_append_val (rows, row);
    }
  g_clear_pointer (&stmt, kith_db_reset);
  return step == KITH_DB_DONE && close_rows (self, rows, error);
}

/* One that cannot be read must not keep everybody out. */
static gboolean
settle_or_close (KithHub *self, const char *subject, GError **error)
{
  g_autoptr (GError) local = NULL;
  KithHubPoint point = kith_hub_point (self);

  if (!kith_db_savepoint (self->db, "due", error))
    return FALSE;
  if (kith_hub_settle_subject (self, subject, &local))
    return kith_db_release (self->db, "due", error);
  kith_db_rollback_to (self->db, "due");
  kith_hub_cut (self, &point);
  if (kith_hub_is_the_machines (local) || !kith_db_in_transaction (self->db))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  g_warning ("Who may see %s cannot be worked out (%s). What has come to its end was closed. Run kith-hub check, which names what is damaged.", subject, local->message);
  self->counts.damaged++;
  return kith_hub_close_damaged (self, subject, FALSE, error);
}

static gboolean
settle_due (KithHub *self, GPtrArray *subjects, GError **error)
{
  gint64 q;

  if (!kith_hub_begin (self, error))
    return FALSE;
  for (guint i = 0; i < subjects->len; i++)
    if (!settle_or_close (self, subjects->pdata[i], error))
      {
        kith_hub_rollback (self);
        return FALSE;
      }
  if (kith_hub_stamp (self, &q, error))
    return kith_hub_commit (self, error);
  kith_hub_rollback (self);
  return FALSE;
}

/**
 * kith_hub_end_due:
 * @left: (out): more are due than one turn closes. Until all are closed nobody may pull, and nothing is judged by when somebody's access ended
 *
 * A grant past its end must be closed before anybody pulls: were it left open, a later one for the same scope would not count as new, and what
 * changed in between would never be sent. After a night in which many ended, that is done in turns.
 */
gboolean
kith_hub_end_due (KithHub *self, gboolean *left, GError **error)
{
  g_autoptr (GPtrArray) subjects = NULL;
  gboolean more;

  *left = FALSE;
  if (self->next_end > kith_hub_now (self))
    {
      g_clear_pointer (&self->due_after, g_free);
      self->due_again = FALSE;
      return TRUE;
    }
  subjects = due_subjects (self, error);
  if (subjects == NULL)
    return FALSE;
  more = subjects->len > self->due_most;
  g_ptr_array_set_size (subjects, (int) MIN (subjects->len, self->due_most));
  if (!settle_due (self, subjects, error))
    return FALSE;
  /* One that ended during the turns and stands before those is looked at again; once: what nothing closes would keep everybody out for good. */
  *left = more || (self->due_after != NULL && !self->due_again && self->next_end <= kith_hub_now (self));
  if (!more)
    self->due_again = *left;
  g_free (self->due_after);
  self->due_after = more ? g_strdup (subjects->pdata[self->due_most - 1]) : NULL;
  return TRUE;
}
