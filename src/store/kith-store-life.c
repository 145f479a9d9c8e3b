/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The hub was put back from a copy, or knows the cursor no more: what is here was told in a life of it that is over (sync.md 2.4, 2.12). */

#include "kith-store-private.h"

/* Whatever the hub has of them is newer. */
static gboolean
age_rows (KithStore *self, GError **error)
{
  guint n;
  const KithKind *const *kinds = kith_kinds_list (&n);

  for (guint k = 0; k < n; k++)
    {
      g_autofree char *sql = kith_store_sql (kinds[k], "UPDATE %s SET q = 0 WHERE q <> 0");
      if (!kith_db_exec (self->db, sql, error))
        return FALSE;
    }
  return kith_db_run (self->db, error, "shadow-age-all", "") && kith_db_run (self->db, error, "hidden-age-all", "");
}

/* Numbers of another life of the hub mean nothing: scopes' and records' alike. */
static gboolean
leave_life (KithStore *self, const char *epoch, GError **error)
{
  if (g_strcmp0 (self->epoch, epoch) == 0)
    return TRUE;
  if (self->epoch != NULL)
    {
      if (!age_rows (self, error) || !kith_db_run (self->db, error, "scope-lose-sids", "") || !kith_db_run (self->db, error, "until-clear", "") ||
          !kith_db_run (self->db, error, "forgotten-clear", "") || !kith_db_run (self->db, error, "refill-clear", "") ||
          !kith_db_run (self->db, error, "op-seen-nothing", "") ||
          !kith_db_run (self->db, error, "files-send-again", ""))
        return FALSE;
      self->cursor_q = 0;
      if (!kith_store_set_state_int (self, "cursor_q", 0, error))
        return FALSE;
    }
  g_free (self->epoch);
  self->epoch = g_strdup (epoch);
  return kith_store_set_state (self, "epoch", epoch, error);
}

/* What the hub has taken once and knows no more, since it was put back from a copy, is to be sent again, words and all, before anything is forgotten
 * (I2). Its epoch tells, where it noticed that itself; what it has of this lane tells in any case. */
static gboolean
resend_lost (KithStore *self, gint64 last_n, gint64 hub_q, gboolean new_epoch, GError **error)
{
  gint64 lost = 0;

  if (new_epoch && !kith_db_run (self->db, error, "op-lose-beyond", "ii", last_n, hub_q))
    return FALSE;
  if (new_epoch)
    return kith_store_resend_all (self, MAX (last_n, 0) + 1, error);
  if (last_n < 0 || !kith_db_fetch_int (self->db, &lost, error, "op-taken-beyond", "i", last_n))
    return last_n < 0;
  return lost == 0 || (kith_db_run (self->db, error, "files-send-again", "") && kith_store_resend (self, last_n + 1, error));
}

/* Whether a page says nothing new of the life that all lives of the hub come from. */
gboolean
kith_store_has_origin (KithStore *self, JsonObject *header)
{
  const char *origin = kith_json_string (header, "origin");

  return origin == NULL || g_strcmp0 (self->origin, origin) == 0;
}

gboolean
kith_store_take_origin (KithStore *self, JsonObject *header, GError **error)
{
  if (kith_store_has_origin (self, header))
    return TRUE;
  g_free (self->origin);
  self->origin = g_strdup (kith_json_string (header, "origin"));
  return kith_store_set_state (self, "origin", self->origin, error);
}

/* From the header of a page, with the hub's images in place, before its lines. last_n: the last operation of this lane that the hub knows of; -1: it
 * does not say. hub_q: how far it was when this page's round began; G_MAXINT64: it does not say. */
gboolean
kith_store_take_life (KithStore *self, const char *epoch, gint64 last_n, gint64 hub_q, GError **error)
{
  gboolean new_epoch = self->epoch != NULL && !g_str_equal (self->epoch, epoch);

  return leave_life (self, epoch, error) && resend_lost (self, last_n, hub_q, new_epoch, error);
}

/**
 * kith_store_refill:
 *
 * The hub does not know our cursor any more: everything is filled anew, and whatever it sends counts: nobody knows in which life of the hub the rows
 * that are here got their numbers. They keep showing; what a fill does not bring goes when its scope's fill ends, scopes that are not brought when the
 * round ends. The outbox stays.
 */
gboolean
kith_store_refill (KithStore *self, GError **error)
{
  gboolean own = !kith_db_in_transaction (self->db);
  g_autoptr (KithDbTransaction) transaction = own ? kith_db_transaction_begin (self->db, error) : NULL;
  gboolean ok;

  if (own && transaction == NULL)
    return FALSE;
  g_clear_pointer (&self->cursor, g_free);
  self->round = 0;
  self->refilling = TRUE;
  ok = kith_db_run (self->db, error, "state-drop", "s", "cursor") && kith_store_set_state_int (self, "round", 0, error) &&
       kith_db_run (self->db, error, "mark-clear", "") && kith_db_run (self->db, error, "refill-clear", "") &&
       kith_db_run (self->db, error, "scopes-set-stale", "") && age_rows (self, error) &&
       kith_store_set_state_int (self, "refilling", 1, error);
  return own ? kith_store_end (self, transaction, ok, error) : ok;
}

/**
 * kith_store_begin_life:
 * @epoch: of the hub, as it is now
 * @last_n: the last operation of this lane that it knows of
 *
 * As a page of that life does it, without a page: what the hub lost goes out again, and everything is to be fetched anew, whenever it sends something.
 */
gboolean
kith_store_begin_life (KithStore *self, const char *epoch, gint64 last_n, GError **error)
{
  g_autoptr (KithDbTransaction) transaction = kith_db_transaction_begin (self->db, error);

  if (transaction == NULL)
    return FALSE;
  return kith_store_end (self, transaction,
                         kith_store_restore (self, error) && kith_store_unhide_all (self, error) && kith_store_take_life (self, epoch, last_n, G_MAXINT64, error) &&
                             kith_store_refill (self, error) && kith_store_hide_due (self, kith_store_ratchet (self), NULL, error) && kith_store_replay (self, error),
                         error);
}
