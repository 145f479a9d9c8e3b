/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Do this desktop and the hub agree on what is here? Sums over (id, q) of the hub's rows, pending changes left out. */

#include "kith-protocol.h"
#include "kith-store-private.h"

#define CHECK_MS ((gint64) 24 * 60 * 60 * 1000)

static gboolean
note_checked (KithStore *self, GError **error)
{
  self->unclean = FALSE;
  self->checked_ms = kith_store_hub_ms (self);
  return kith_store_set_state_int (self, "checked", self->checked_ms, error);
}

/**
 * kith_store_check_due:
 *
 * Once a day, over all the times the program was opened and closed, and after an end without a close (sync.md 3.x).
 *
 * Returns: whether the hub should be asked for its sums
 */
gboolean
kith_store_check_due (KithStore *self)
{
  gint64 now = kith_store_hub_ms (self);

  if (self->cursor == NULL || *self->cursor == '\0')
    return FALSE;
  if (self->checked_ms == 0 && !self->unclean)
    {
      note_checked (self, NULL); /* filled just now */
      return FALSE;
    }
  return self->unclean || ABS (now - self->checked_ms) >= CHECK_MS;
}

GBytes *
kith_store_next_verify (KithStore *self, GError **error)
{
  g_autoptr (JsonObject) request = NULL;
  char *text;

  if (self->cursor == NULL || self->round != 0 || self->refilling)
    return NULL;
  request = kith_json_new ("cursor", "s", self->cursor, "by", "s", "type", NULL);
  text = kith_json_print_object (request);
  return g_bytes_new_take (text, strlen (text));
}

static gboolean
sum_rows (KithDbStmt *stmt, gint64 *rows, guint64 *sum, GError **error)
{
  KithDbStep step;

  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      *rows += 1;
      *sum += kith_protocol_row_hash (kith_db_text (stmt, 0), kith_db_int (stmt, 1));
    }
  return step == KITH_DB_DONE;
}

static gboolean
sum_kind (KithStore *self, const KithKind *kind, gint64 *rows, guint64 *sum, GError **error)
{
  g_autofree char *sql = kith_store_sql (kind, "SELECT id, q FROM %s WHERE id NOT IN (SELECT id FROM shadow WHERE t = '%s') "
                                               "UNION ALL SELECT id, q FROM shadow WHERE t = '%s' AND body IS NOT NULL");
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (self->db, sql, error);

  *rows = 0;
  *sum = 0;
  return stmt != NULL && sum_rows (stmt, rows, sum, error);
}

static gboolean
kind_agrees (KithStore *self, const KithKind *kind, JsonObject *types, gboolean *equal, GError **error)
{
  JsonObject *theirs = kith_json_object (types, kind->name);
  g_autofree char *text = NULL;
  gint64 rows;
  guint64 sum;

  if (!sum_kind (self, kind, &rows, &sum, error))
    return FALSE;
  text = kith_protocol_print_sum (sum);
  *equal = theirs == NULL ? rows == 0 : rows == kith_json_int (theirs, "rows", -1) && g_strcmp0 (text, kith_json_string (theirs, "sum")) == 0;
  return TRUE;
}

/**
 * kith_store_apply_verify:
 * @equal: (out): FALSE: something differs, and the store fetches everything anew
 */
gboolean
kith_store_apply_verify (KithStore *self, GBytes *body, gboolean *equal, GError **error)
{
  g_autoptr (JsonObject) answer = kith_json_parse_object (g_bytes_get_data (body, NULL), g_bytes_get_size (body), NULL, NULL);
  JsonObject *types = answer != NULL ? kith_json_object (answer, "types") : NULL;
  const KithKind *const *kinds;
  guint n;

  *equal = TRUE;
  if (answer != NULL && kith_json_bool (answer, "behind", FALSE))
    return TRUE; /* there is something to pull first: nothing can be said */
  if (types == NULL)
    {
      g_set_error_literal (error, KITH_STORE_ERROR, KITH_STORE_ERROR_PROTOCOL, "the answer to verify has no sums");
      return FALSE;
    }
  kinds = kith_kinds_list (&n);
  for (guint k = 0; k < n && *equal; k++)
    if (!kind_agrees (self, kinds[k], types, equal, error))
      return FALSE;
  return (*equal || kith_store_refill (self, error)) && note_checked (self, error);
}
