/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What waits to be sent can still be written otherwise: the operation keeps its place, so that what builds on it (a file, a note) stays. */

#include "kith-store-private.h"

/* *i stays 0: it was put into a push, or there is none. */
gboolean
kith_store_find_unsent (KithStore *self, const char *op, const char *record, gint64 *i, char **args, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "op-editable", error);
  KithDbStep step;

  *i = 0;
  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, op);
  kith_db_bind_text (stmt, 2, record);
  step = kith_db_step (stmt, error);
  if (step != KITH_DB_ROW)
    return step == KITH_DB_DONE;
  *i = kith_db_int (stmt, 0);
  if (args != NULL)
    *args = g_strdup (kith_db_text (stmt, 1));
  return TRUE;
}

/**
 * kith_store_get_unsent:
 * @op: an operation that makes a record of the id its argument "id" says
 * @args: (out) (transfer full) (nullable): its arguments while it was never put into a push; else %NULL
 */
gboolean
kith_store_get_unsent (KithStore *self, const char *op, const char *record, JsonObject **args, GError **error)
{
  g_autofree char *text = NULL;
  gint64 i;

  *args = NULL;
  if (!kith_store_find_unsent (self, op, record, &i, &text, error))
    return FALSE;
  if (i > 0)
    *args = kith_store_parse_args (text);
  return TRUE;
}

/* How it comes out here, as replayed with the rest. */
static gboolean
check_result (KithStore *self, gint64 i, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "op-local", error);
  KithDbStep step;
  int code;

  if (stmt == NULL)
    return FALSE;
  kith_db_bind_int (stmt, 1, i);
  step = kith_db_step (stmt, error);
  if (step == KITH_DB_FAILED)
    return FALSE;
  if (step == KITH_DB_DONE || kith_db_text (stmt, 0) == NULL)
    return TRUE;
  code = kith_refusal_from_code (kith_db_text (stmt, 0));
  g_set_error_literal (error, KITH_REFUSAL, MAX (code, 0), kith_db_text (stmt, 1) != NULL ? kith_db_text (stmt, 1) : "");
  return FALSE;
}

static gboolean
write_again (KithStore *self, gint64 i, JsonObject *args, GError **error)
{
  g_autofree char *text = kith_json_print_object (args);

  return kith_db_run (self->db, error, "op-set-args", "is", i, text) && kith_db_run (self->db, error, "op-forget-needs", "i", i) && kith_store_replay (self, error) && check_result (self, i, error) &&
         kith_store_set_base (self, i, text, error);
}

/* What the edited one needs goes out before it. */
static gboolean
write_first (KithStore *self, gint64 i, const char *first, JsonObject *first_args, JsonObject *args, GError **error)
{
  g_autofree char *text = kith_json_print_object (first_args);

  return kith_store_put_before (self, i, first, first_args, error) && write_again (self, i + 1, args, error) && check_result (self, i, error) &&
         kith_store_set_base (self, i, text, error);
}

/* With what is submitted together with it, before and after. */
static gboolean
edit (KithStore *self, gint64 i, JsonObject *args, const char *first, JsonObject *first_args, GPtrArray *then, const char *draft, GError **error)
{
  if (!kith_store_restore (self, error) ||
      !(first != NULL ? write_first (self, i, first, first_args, args, error) : write_again (self, i, args, error)))
    return FALSE;
  if (first != NULL)
    self->last_i++;
  return then == NULL || kith_store_run_steps (self, then, draft, error);
}

/**
 * kith_store_edit:
 * @args: all its arguments anew, "id" among them
 * @first: (nullable): another operation, submitted together with it: it takes its place before it; or none
 * @first_args: (nullable): its arguments
 * @then: (nullable) (element-type KithStoreStep): what is submitted after all of it, in the same transaction
 * @draft: (nullable): with @then: key of the draft that goes with it
 * @edited: (out): %FALSE: too late, it has gone out; nothing was changed
 *
 * Errors: as kith_store_submit(), and nothing was changed.
 */
gboolean
kith_store_edit (KithStore *self, const char *op, JsonObject *args, const char *first, JsonObject *first_args, GPtrArray *then, const char *draft,
                 gboolean *edited, GError **error)
{
  g_autoptr (KithDbTransaction) transaction = kith_db_transaction_begin (self->db, error);
  const KithOperation *operation = kith_operation_get (op);
  gint64 i;

  *edited = FALSE;
  if (transaction == NULL || !kith_store_find_unsent (self, op, kith_json_string (args, "id"), &i, NULL, error))
    return FALSE;
  if (i == 0)
    return TRUE;
  if (!kith_fields_check (operation->args, operation->n_args, args, FALSE, error))
    return FALSE;
  kith_store_touch_outbox (self);
  if (!kith_store_end (self, transaction, edit (self, i, args, first, first_args, then, draft, error), error))
    return FALSE;
  *edited = TRUE;
  return TRUE;
}
