/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Online operations: never queued on disk, one outcome line back. A lost answer is asked for again under the same id,
 * which the hub answers with what it decided the first time. Questions go the same way, once. */

#include "kith-sync-engine-private.h"

#include "kith-id.h"
#include "kith-store-lease.h"
#include "kith-text.h"

#include <glib/gi18n.h>
#include <string.h>

#define TRIES 3
#define TIMEOUT_S 30

static void
online_free (KithSyncOnline *self)
{
  g_bytes_unref (self->body);
  g_free (self);
}

static void
finish (KithSyncEngine *self, JsonObject *outcome, const GError *error)
{
  KithSyncOnline *online = g_queue_pop_head (&self->online_ops);

  kith_retry_reset (&self->online);
  if (online == NULL)
    return;
  if (online->done != NULL)
    online->done (outcome, error, online->user_data);
  online_free (online);
}

/* Who asks is waiting for an answer: kept until somebody signs in, it would happen when nobody expects it any more. */
static void
refuse_signed_out (KithSyncEngine *self)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED,
                                                  _("You are signed out at the hub. Nothing was changed; try again once you are signed in."));

  while (!g_queue_is_empty (&self->online_ops))
    finish (self, NULL, error);
}

static void
add (KithSyncEngine *self, const char *path, JsonObject *body, gboolean question, KithSyncOnlineDone done, gpointer user_data)
{
  KithSyncOnline *online = g_new0 (KithSyncOnline, 1);
  char *text = kith_json_print_object (body);

  online->path = path;
  online->body = g_bytes_new_take (text, strlen (text));
  online->question = question;
  online->done = done;
  online->user_data = user_data;
  g_queue_push_tail (&self->online_ops, online);
  if (self->state == KITH_SYNC_SIGN_IN)
    refuse_signed_out (self);
}

void
kith_sync_engine_submit_online (KithSyncEngine *self, const char *op, JsonObject *args, KithSyncOnlineDone done, gpointer user_data)
{
  g_autofree char *id = kith_id_new (self->clock, self->random);

  kith_sync_engine_submit_online_as (self, id, op, args, done, user_data);
}

void
kith_sync_engine_submit_online_as (KithSyncEngine *self, const char *op_id, const char *op, JsonObject *args, KithSyncOnlineDone done, gpointer user_data)
{
  const KithOperation *operation = kith_operation_get (op);
  gint64 schema = kith_store_get_hub_schema (self->store);
  JsonObject *known = operation != NULL && schema != 0 ? kith_operation_args_for (operation, args, schema) : NULL;
  g_autoptr (JsonObject) body = kith_json_new ("id", "s", op_id, "op", "s", op, "a", "o", known != NULL ? known : kith_json_copy_object (args), NULL);

  add (self, KITH_PATH_OP, body, FALSE, done, user_data);
}

void
kith_sync_engine_ask (KithSyncEngine *self, const char *path, JsonObject *body, KithSyncOnlineDone done, gpointer user_data)
{
  add (self, path, body, TRUE, done, user_data);
}

void
kith_sync_engine_forget (KithSyncEngine *self, gpointer user_data)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _("The search was given up."));

  for (GList *l = self->online_ops.head; l != NULL; l = l->next)
    {
      KithSyncOnline *online = l->data;
      gboolean out = l == self->online_ops.head && self->current != 0 && self->current_type == KITH_SYNC_ONLINE_OP;
      KithSyncOnlineDone done = online->done;

      if (online->user_data != user_data || done == NULL)
        continue;
      online->done = NULL; /* one that is out stays in its place until it is answered */
      if (!out)
        {
          g_queue_delete_link (&self->online_ops, l);
          online_free (online);
        }
      done (NULL, error, user_data);
      return;
    }
}

/* No token was to be had for it. */
void
kith_sync_online_no_token (KithSyncEngine *self)
{
  KithSyncOnline *online = g_queue_peek_head (&self->online_ops);

  if (self->state == KITH_SYNC_SIGN_IN)
    {
      refuse_signed_out (self);
      return;
    }
  if (online == NULL)
    return;
  online->tries++;
  kith_sync_online_fail (self);
}

/**
 * kith_sync_online_request:
 *
 * Only while an online operation or question waits.
 *
 * Returns: (transfer full): the first of them, once more under way; it stays in the queue until its answer
 */
KithSyncRequest *
kith_sync_online_request (KithSyncEngine *self)
{
  KithSyncOnline *online = g_queue_peek_head (&self->online_ops);
  KithSyncRequest *request = g_new0 (KithSyncRequest, 1);

  online->tries++;
  request->type = KITH_SYNC_ONLINE_OP;
  request->serial = ++self->last_serial;
  request->method = g_strdup ("POST");
  request->path = g_strdup (online->path);
  request->token = g_strdup (self->token);
  request->body = g_bytes_ref (online->body);
  request->timeout_s = TIMEOUT_S;
  self->current = request->serial;
  self->current_type = KITH_SYNC_ONLINE_OP;
  return request;
}

static const char *
failure_text (gboolean question, guint status, const char *message)
{
  if (message != NULL && (question || status != 429))
    return message;
  if (question)
    return _("The hub could not search. Try again in a minute.");
  return status == 429 ? _("The hub is busy. Nothing was changed; try again in a minute.")
                       : _("The hub could not do this. Nothing was changed.");
}

/**
 * kith_sync_online_answer:
 * @status: as the hub answered; 200 with an outcome, refusals included
 * @answer: (transfer none) (nullable): the hub's object
 *
 * Tells whoever asked and goes on to the next. After an operation its rows are pulled at once.
 */
void
kith_sync_online_answer (KithSyncEngine *self, guint status, JsonObject *answer, guint retry_after)
{
  KithSyncOnline *online = g_queue_peek_head (&self->online_ops);
  g_autoptr (GError) error = NULL;

  if (online == NULL)
    return;
  if (status != 200)
    {
      g_set_error_literal (&error, KITH_STORE_ERROR, KITH_STORE_ERROR_FAILED,
                           failure_text (online->question, status, kith_text_told (kith_json_string (answer, "message"))));
      finish (self, NULL, error);
      return;
    }
  kith_sync_engine_came_through (self);
  if (!online->question)
    {
      self->want_pull = TRUE; /* its rows */
      kith_retry_nudge (&self->pull);
    }
  finish (self, answer, NULL);
}

/* The hub does not answer the first: it does not answer those behind it either. Of a question only itself is given up, for
 * it was tried but once. */
void
kith_sync_online_fail (KithSyncEngine *self)
{
  KithSyncOnline *online = g_queue_peek_head (&self->online_ops);
  g_autoptr (GError) error = NULL;

  if (online == NULL || online->tries < (online->question ? 1 : TRIES))
    return;
  g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED,
                       _("The hub does not answer. This needs a connection; try again when you are online."));
  if (online->question)
    {
      finish (self, NULL, error);
      return;
    }
  while (!g_queue_is_empty (&self->online_ops))
    finish (self, NULL, error);
}

/**
 * kith_sync_online_clear:
 *
 * All that wait, and the one under way, hear G_IO_ERROR_CANCELLED: the hub may nevertheless have done it.
 */
void
kith_sync_online_clear (KithSyncEngine *self)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Kith was locked before the hub answered."));

  while (!g_queue_is_empty (&self->online_ops))
    finish (self, NULL, error);
}

gboolean
kith_sync_engine_is_asking (KithSyncEngine *self)
{
  return self->current != 0 || self->waiting != 0;
}
