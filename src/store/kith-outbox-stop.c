/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A revocation stops what has not left this computer: a referral of that client that still waits is not sent, unless something else than
 * the revoked consent covers it (C4, C5). Its author finds it among what needs attention. Where it had left it before, which a computer that was put
 * back from a copy of itself does not know, that is what its author is told once the hub's rows have come. */

#include "kith-access.h"
#include "kith-id.h"
#include "kith-referral-rules.h"
#include "kith-store-private.h"

#include <glib/gi18n.h>

/* revocation: the arguments of a consent.revoke. Whose consent that is; NULL: not known here. Yours */
char *
kith_store_revoked_client (KithStore *self, JsonObject *args)
{
  static const struct { const char *argument, *kind; } named[] = { { "consent", "consent" }, { "referral", "referral" } };

  if (kith_json_string (args, "client") != NULL)
    return g_strdup (kith_json_string (args, "client"));
  for (guint i = 0; i < G_N_ELEMENTS (named); i++)
    {
      const char *id = kith_json_string (args, named[i].argument);
      g_autoptr (KithRecord) record = id != NULL ? kith_world_get (self->world, named[i].kind, id, NULL) : NULL;

      if (record != NULL)
        return g_strdup (kith_record_string (record, "client"));
    }
  return NULL;
}

/**
 * kith_store_rests_on_consent:
 * @rests: (out): it is of somebody, was sent, and neither to one's own agency nor under a release
 *
 * Returns: FALSE: the store cannot be read
 */
gboolean
kith_store_rests_on_consent (KithStore *self, KithRecord *referral, gboolean *rests, GError **error)
{
  g_autofree char *id = kith_id_natural ("referral_detail", kith_record_get_id (referral));
  g_autoptr (GError) local = NULL;
  g_autoptr (KithRecord) detail = kith_world_get (self->world, "referral_detail", id, &local);

  *rests = local == NULL && kith_record_string (referral, "client") != NULL && kith_access_referral_sent (referral) &&
           (detail == NULL || kith_record_array (detail, "release_classes") == NULL) &&
           g_strcmp0 (kith_record_string (referral, "agency"), kith_referral_answerer (referral)) != 0;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Of that client, and nothing of it holds: no release, and no other consent. */
static gboolean
is_uncovered (KithStore *self, KithRecord *referral, const char *client, gboolean *stop, GError **error)
{
  const char *taker = kith_referral_answerer (referral); /* of a queue alone it is the network */
  g_autoptr (GError) local = NULL;
  gboolean covered, rests;

  *stop = FALSE;
  if (!kith_store_rests_on_consent (self, referral, &rests, error))
    return FALSE;
  if (!rests || !kith_record_is (referral, "client", client))
    return TRUE;
  covered = kith_access_consented (self->world, client, "client", kith_record_string (referral, "agency"), taker, kith_store_hub_ms (self), NULL, NULL,
                                   &local);
  *stop = local == NULL && !covered;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Ids of the waiting operations to stop: what sends a referral, and what sends it elsewhere. Of one that was kept until the client agreed (2e) it is what
 * sent it then; that it is kept needs no consent and stays. */
static GPtrArray *
find_uncovered (KithStore *self, const char *client, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "op-waiting-sends", error);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free); /* referral → what keeps it */
  KithDbStep step;

  if (stmt == NULL)
    return NULL;
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      g_autoptr (JsonObject) args = kith_store_parse_args (kith_db_text (stmt, 1));
      const char *id = kith_json_string (args, "id") != NULL ? kith_json_string (args, "id") : kith_json_string (args, "referral");
      g_autoptr (GError) local = NULL;
      g_autoptr (KithRecord) referral = kith_world_get (self->world, "referral", id, &local);
      gboolean stop = FALSE;
      guint at;

      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      if (kith_json_bool (args, "draft", FALSE)) /* nobody is told anything by it */
        continue;
      if (referral != NULL && !is_uncovered (self, referral, client, &stop, error))
        return NULL;
      if (!stop)
        continue;
      g_ptr_array_add (found, g_strdup (kith_db_text (stmt, 0)));
      if (kith_json_bool (args, "wait", FALSE))
        g_hash_table_insert (kept, g_strdup (id), g_strdup (kith_db_text (stmt, 0)));
      else if (g_str_equal (kith_db_text (stmt, 2), "referral.dispatch") && g_hash_table_contains (kept, id) &&
               g_ptr_array_find_with_equal_func (found, g_hash_table_lookup (kept, id), g_str_equal, &at))
        g_ptr_array_remove_index (found, at);
    }
  return step == KITH_DB_DONE ? g_steal_pointer (&found) : NULL;
}

/* client: whose consent was just revoked here; within the transaction of that. */
gboolean
kith_store_stop_sends (KithStore *self, const char *client, GError **error)
{
  g_autoptr (GPtrArray) stopped = NULL;

  stopped = find_uncovered (self, client, error);
  if (stopped == NULL)
    return FALSE;
  if (stopped->len == 0)
    return TRUE;
  if (!kith_store_restore (self, error))
    return FALSE;
  for (guint i = 0; i < stopped->len; i++)
    {
      g_autoptr (JsonObject) line = kith_json_new (
          "id", "s", g_ptr_array_index (stopped, i), "st", "s", "rejected", "code", "s", "consent_missing", "message", "s",
          _("The consent was revoked before this was sent. Nothing was sent."), NULL);
      gboolean rebase;

      if (!kith_store_take_result (self, line, &rebase, error))
        return FALSE;
    }
  return kith_store_replay (self, error);
}

/* Ids of the stopped operations that somebody is still to deal with and whose own entry lies in the history of their referral. */
static GPtrArray *
find_sent (KithStore *self, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "op-stopped-sent", error);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  KithDbStep step;

  if (stmt == NULL)
    return NULL;
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    g_ptr_array_add (found, g_strdup (kith_db_text (stmt, 0)));
  return step == KITH_DB_DONE ? g_steal_pointer (&found) : NULL;
}

/* With the hub's images in place: what was stopped here is not there, so that an entry of it is one the hub has taken (sync.md 2.4). Nobody is left in the
 * belief that nothing was sent, or asked to send it once more. */
gboolean
kith_store_note_gone_out (KithStore *self, GError **error)
{
  g_autoptr (GPtrArray) sent = find_sent (self, error);

  if (sent == NULL)
    return FALSE;
  for (guint i = 0; i < sent->len; i++)
    {
      if (!kith_db_run (self->db, error, "op-was-sent", "ss", sent->pdata[i],
                        _("This was sent before the consent was revoked. Kith did not know that, because this computer was put back from an older copy of "
                          "itself. Recall the referral if the client wants it taken back.")))
        return FALSE;
      g_ptr_array_add (self->outcomes, g_strdup (sent->pdata[i]));
      kith_store_touch_outbox (self);
    }
  return TRUE;
}
