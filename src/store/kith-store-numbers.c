/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The lane: who and which device, the counter of operations, and the numbers people read (design.md 2.2, 4). */

#include "kith-store-private.h"

#include <glib/gi18n.h>

/**
 * kith_store_new_id:
 *
 * Returns: (transfer full): for a record made here
 */
char *
kith_store_new_id (KithStore *self)
{
  return kith_id_new (self->clock, self->random);
}

/* The same inside a transaction of the caller's. */
char *
kith_store_take_number (KithStore *self, GError **error)
{
  gint64 number = self->next_number;

  if (self->lane_code == NULL)
    {
      g_set_error_literal (error, KITH_STORE_ERROR, KITH_STORE_ERROR_FAILED,
                           _("This computer has no number series yet. Sign in once with a connection to the hub."));
      return NULL;
    }
  self->next_number = number + 1;
  if (!kith_store_set_state_int (self, "next_number", self->next_number, error))
    return NULL;
  return g_strdup_printf ("%s-%04" G_GINT64_FORMAT, self->lane_code, number);
}

/**
 * kith_store_next_number:
 *
 * Returns: (transfer full): "KA-0042"; used up even when nothing comes of it, so that no number is ever given twice
 */
char *
kith_store_next_number (KithStore *self, GError **error)
{
  g_autoptr (KithDbTransaction) transaction = kith_db_transaction_begin (self->db, error);
  g_autofree char *number = NULL;

  if (transaction == NULL)
    return NULL;
  number = kith_store_take_number (self, error);
  if (!kith_store_end (self, transaction, number != NULL, error))
    return NULL;
  return g_steal_pointer (&number);
}

/**
 * kith_store_set_lane:
 * @last_n: the last operation the hub has of this lane
 * @next_number: at least this comes next in the series of numbers people read
 *
 * What the hub said of the lane. Has the hub more of it than this disk ever sent, then the disk was put back from a copy
 * (or the file was lost): going on would give the numbers of the time between a second time, so a new lane is asked for.
 */
gboolean
kith_store_set_lane (KithStore *self, gint64 last_n, gint64 next_number, GError **error)
{
  g_autoptr (KithDbTransaction) transaction = NULL;

  if (self->next_n <= last_n)
    return kith_store_fork_lane (self, error);
  if (self->next_number >= next_number)
    return TRUE;
  transaction = kith_db_transaction_begin (self->db, error);
  if (transaction == NULL)
    return FALSE;
  self->next_number = next_number;
  return kith_store_end (self, transaction, kith_store_set_state_int (self, "next_number", self->next_number, error), error);
}

gboolean
kith_store_set_refresh (KithStore *self, const char *refresh, GError **error)
{
  if (refresh == NULL)
    return kith_db_run (self->db, error, "state-drop", "s", "refresh");
  if (self->closed && !kith_db_run (self->db, error, "state-drop", "s", "closed"))
    return FALSE;
  self->closed = KITH_CLOSED_NOT; /* whom the hub signs in has an account */
  return kith_store_set_state (self, "refresh", refresh, error);
}

/**
 * kith_store_get_refresh:
 *
 * Returns: (transfer full) (nullable): the refresh token; NULL: none, a person has to sign in
 */
char *
kith_store_get_refresh (KithStore *self)
{
  return kith_db_fetch_text (self->db, NULL, "state-get", "s", "refresh");
}

/* --- a forked lane ---------------------------------------------------------------------------------------------- */

typedef struct
{
  gint64 i;
  JsonObject *args;
} Unsent;

static void
unsent_free (gpointer data)
{
  Unsent *self = data;

  json_object_unref (self->args);
  g_free (self);
}

static GPtrArray *
load_numbered (KithStore *self, GError **error)
{
  g_autoptr (GPtrArray) unsent = g_ptr_array_new_with_free_func (unsent_free);
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "op-unsent-args", error);
  KithDbStep step;

  if (stmt == NULL)
    return NULL;
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      g_autoptr (JsonObject) args = kith_store_parse_args (kith_db_text (stmt, 2));
      Unsent *op;

      if (kith_json_string (args, "id") == NULL || kith_json_string (args, "number") == NULL)
        continue;
      op = g_new0 (Unsent, 1);
      op->i = kith_db_int (stmt, 0);
      op->args = g_steal_pointer (&args);
      g_ptr_array_add (unsent, op);
    }
  return step == KITH_DB_DONE ? g_steal_pointer (&unsent) : NULL;
}

/* Records that the hub has not seen get numbers of the new series: the other copy of this disk goes on with the old one. */
static gboolean
renumber_records (KithStore *self, GError **error)
{
  g_autoptr (GPtrArray) unsent = load_numbered (self, error);

  if (unsent == NULL)
    return FALSE;
  for (guint k = 0; k < unsent->len; k++)
    {
      Unsent *op = unsent->pdata[k];
      g_autofree char *number = kith_store_take_number (self, error);
      g_autofree char *text = NULL;

      if (number == NULL)
        return FALSE;
      json_object_set_string_member (op->args, "number", number);
      text = kith_json_print_object (op->args);
      if (!kith_db_run (self->db, error, "op-set-args", "is", op->i, text))
        return FALSE;
    }
  return TRUE;
}

/* A lane of its own from here on; operations keep their ids, so that none takes effect twice. */
static gboolean
begin_lane (KithStore *self, GError **error)
{
  self->next_n = 1;
  self->next_number = 1;
  return kith_store_set_state_int (self, "next_n", 1, error) && kith_store_set_state_int (self, "next_number", 1, error) &&
         kith_store_restore (self, error) && kith_db_run (self->db, error, "op-renumber", "") && renumber_records (self, error) &&
         kith_db_run (self->db, error, "state-drop", "s", "cursor") && kith_store_refill (self, error) &&
         kith_store_replay (self, error);
}

gboolean
kith_store_fork_lane (KithStore *self, GError **error)
{
  g_autoptr (KithDbTransaction) transaction = kith_db_transaction_begin (self->db, error);

  if (transaction == NULL)
    return FALSE;
  if (self->device != NULL)
    {
      g_free (self->former_device);
      self->former_device = g_steal_pointer (&self->device);
    }
  return kith_store_end (self, transaction,
                         (self->former_device == NULL || kith_store_set_state (self, "former_device", self->former_device, error)) &&
                             kith_db_run (self->db, error, "state-drop", "s", "device") && kith_store_set_state_int (self, "forked", 1, error),
                         error);
}

static void
replace (char **member, const char *value)
{
  char *copy = g_strdup (value);

  g_free (*member);
  *member = copy;
}

static gboolean
write_identity (KithStore *self, const char *device, const char *user, const char *lane_code, const char *epoch, gboolean forked,
                GError **error)
{
  replace (&self->device, device);
  replace (&self->user, user);
  replace (&self->lane_code, lane_code);
  /* From here on the members: what was handed in may have been the former ones. */
  if (!kith_store_set_state (self, "device", self->device, error) || !kith_store_set_state (self, "user", self->user, error) ||
      !kith_store_set_state (self, "lane_code", self->lane_code, error) || !kith_db_run (self->db, error, "state-drop", "s", "forked") ||
      !kith_db_run (self->db, error, "state-drop", "s", "former_device"))
    return FALSE;
  g_clear_pointer (&self->former_device, g_free);
  if (self->epoch == NULL && epoch != NULL) /* another epoch is for the next pull to notice: it refills */
    {
      replace (&self->epoch, epoch);
      if (!kith_store_set_state (self, "epoch", self->epoch, error))
        return FALSE;
    }
  return !forked || begin_lane (self, error);
}

/**
 * kith_store_set_identity:
 *
 * Whose store this is. After kith_store_fork_lane() the new device begins a new lane: unsent operations and the numbers
 * of what they make are given anew. A store never changes its user.
 */
gboolean
kith_store_set_identity (KithStore *self, const char *device, const char *user, const char *lane_code, const char *epoch, GError **error)
{
  g_autoptr (KithDbTransaction) transaction = NULL;
  gint64 forked = 0;

  if (self->user != NULL && !g_str_equal (self->user, user))
    {
      g_set_error_literal (error, KITH_STORE_ERROR, KITH_STORE_ERROR_FAILED, _("This store belongs to somebody else."));
      return FALSE;
    }
  if (!kith_db_fetch_int (self->db, &forked, error, "state-get", "s", "forked"))
    return FALSE;
  if (!forked && g_strcmp0 (self->device, device) == 0 && g_strcmp0 (self->lane_code, lane_code) == 0 && self->epoch != NULL)
    return TRUE;
  transaction = kith_db_transaction_begin (self->db, error);
  if (transaction == NULL)
    return FALSE;
  return kith_store_end (self, transaction, write_identity (self, device, user, lane_code, epoch, forked != 0, error), error);
}
