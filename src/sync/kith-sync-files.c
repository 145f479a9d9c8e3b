/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Attached files, a part of 256 KB at a time: what somebody waits for is fetched before the next page, one's own are sent when nothing else is left to
 * do. How far each got is in the store, so an interrupted one goes on at its next part. */

#include "kith-sync-engine-private.h"

#define TIMEOUT_S 120 /* a part takes 100 s on 20 kbit/s */

/* transfer: its part is taken */
static KithSyncRequest *
make_request (KithSyncEngine *self, KithSyncRequestType type, KithStoreTransfer *transfer)
{
  g_autofree char *path = g_strdup_printf (KITH_PATH_BLOB "%s?document=%s", transfer->sha256, transfer->document);
  gint64 last = transfer->at + (gint64) kith_blob_part_length (transfer->size, transfer->at) - 1;
  gboolean send = type == KITH_SYNC_SEND_FILE;
  KithSyncRequest *request = kith_sync_engine_make_request (self, type, send ? "PUT" : "GET", path, g_steal_pointer (&transfer->part), TIMEOUT_S);

  request->range = send ? g_strdup_printf ("bytes %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, transfer->at, last, transfer->size)
                        : g_strdup_printf ("bytes=%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, transfer->at, last);
  g_free (self->file);
  self->file = g_strdup (transfer->document);
  self->file_at = transfer->at;
  return request;
}

static KithSyncRequest *
next (KithSyncEngine *self, KithSyncRequestType type)
{
  g_auto (KithStoreTransfer) transfer = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean ok = type == KITH_SYNC_FETCH ? kith_store_next_fetch (self->store, &transfer, &error) : kith_store_next_send (self->store, &transfer, &error);

  if (!ok)
    {
      g_warning ("files: %s", error->message);
      kith_retry_fail (&self->files, kith_sync_engine_now (self), self->random);
      return NULL;
    }
  return transfer.document != NULL ? make_request (self, type, &transfer) : NULL;
}

KithSyncRequest *
kith_sync_files_fetch (KithSyncEngine *self)
{
  return next (self, KITH_SYNC_FETCH);
}

/**
 * kith_sync_files_send:
 *
 * Returns: (transfer full) (nullable): the next part of a file that the hub lacks
 */
KithSyncRequest *
kith_sync_files_send (KithSyncEngine *self)
{
  return next (self, KITH_SYNC_SEND_FILE);
}

/* The store could not take it, the disk is full perhaps: later again. */
static void
took (KithSyncEngine *self, gboolean ok, const GError *error)
{
  if (ok)
    kith_retry_reset (&self->files);
  else
    {
      g_warning ("files: %s", error->message);
      kith_retry_fail (&self->files, kith_sync_engine_now (self), self->random);
    }
}

/**
 * kith_sync_files_answer:
 * @body: (nullable): the bytes of a fetch
 * @answer: (nullable): the hub's object after a part was sent: how far it has it
 */
void
kith_sync_files_answer (KithSyncEngine *self, KithSyncRequestType type, guint status, GBytes *body, JsonObject *answer)
{
  g_autoptr (GError) error = NULL;
  gboolean ok;

  kith_sync_engine_came_through (self);
  if (type == KITH_SYNC_FETCH)
    ok = kith_store_take_part (self->store, self->file, self->file_at, body, &error);
  else
    ok = kith_store_note_sent (self->store, self->file, kith_json_int (answer, "have", 0), FALSE, &error);
  took (self, ok, error);
}

/* What the hub said no to is not asked again by itself; what it cannot do now is. */
void
kith_sync_files_error (KithSyncEngine *self, KithSyncRequestType type, guint status, const char *error, JsonObject *answer, guint retry_after)
{
  g_autoptr (GError) failure = NULL;
  gboolean ok = TRUE;

  if (status == 409)
    ok = kith_store_note_sent (self->store, self->file, kith_json_int (answer, "have", 0), g_str_equal (error, KITH_ERROR_BLOB_MISMATCH), &failure);
  /* What the hub fails with over one file does not stand before all others: whoever wants it asks again. */
  else if (status == 404 || status == 507 || status == 400 || status == 416 || (status == 500 && type == KITH_SYNC_FETCH))
    ok = kith_store_fail_file (self->store, self->file, error, &failure);
  else
    {
      kith_sync_engine_went_wrong (self, type, retry_after, FALSE);
      return;
    }
  took (self, ok, failure);
  if (ok && status == 404 && type == KITH_SYNC_SEND_FILE) /* its document may be on its way back from the hub: no storm until then */
    kith_retry_fail (&self->files, kith_sync_engine_now (self), self->random);
}
