/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The bytes of attached files on this computer: which there are, how far they are sent or fetched, and when they go. What is in the database counts;
 * a file without a line is a stray that nobody can read. */

#include "kith-store-file.h"
#include "kith-store-private.h"

#include "kith-protocol.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#define TRIES_MOST 3
#define UNUSED_MS (30 * G_TIME_SPAN_DAY / 1000)

/**
 * kith_store_file_clear:
 *
 * Wipes the key, too.
 */
void
kith_store_file_clear (KithStoreFile *file)
{
  explicit_bzero (file->key, sizeof file->key);
  g_clear_pointer (&file->sha256, g_free);
  g_clear_pointer (&file->failed, g_free);
}

void
kith_store_transfer_clear (KithStoreTransfer *transfer)
{
  g_clear_pointer (&transfer->document, g_free);
  g_clear_pointer (&transfer->sha256, g_free);
  g_clear_pointer (&transfer->part, g_bytes_unref);
}

char *
kith_store_file_path (KithStore *self, const char *document)
{
  return self->files != NULL ? g_build_filename (self->files, document, NULL) : NULL;
}

static void
touch_files (KithStore *self)
{
  g_hash_table_add (self->changed, (gpointer) "file");
}

/* ---- the folder */

/* Kith stopped between a file and its line, or between a line and its file. */
static gboolean
remove_strays (KithStore *self, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (self->files, 0, error);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->files, name, NULL);
      gboolean found = FALSE;
      g_auto (KithStoreFile) file = { 0 };

      if (!kith_store_get_file (self, name, &file, &found, error))
        return FALSE;
      if (!found && g_unlink (path) < 0)
        g_warning ("a stray file could not be removed: %s", g_strerror (errno));
    }
  return dir != NULL;
}

/**
 * kith_store_set_files:
 * @folder: where the sealed files lie; made when it is not there
 *
 * Files without a line in the store go; what the hub had no room for is tried again.
 */
gboolean
kith_store_set_files (KithStore *self, const char *folder, GError **error)
{
  if (g_mkdir_with_parents (folder, 0700) < 0)
    {
      g_set_error (error, KITH_STORE_ERROR, KITH_STORE_ERROR_FAILED, _("The folder for attached files cannot be made: %s"), g_strerror (errno));
      return FALSE;
    }
  g_free (self->files);
  self->files = g_strdup (folder);
  return remove_strays (self, error) && kith_db_run (self->db, error, "files-try-again", "");
}

/* ---- lines */

/**
 * kith_store_get_file:
 * @file: (out caller-allocates): zeroed before; untouched when there is none
 * @found: (out): whether a line of this document is here; its bytes may still be on their way
 * @error: KITH_DB_ERROR_CORRUPT when its key cannot be read
 */
gboolean
kith_store_get_file (KithStore *self, const char *document, KithStoreFile *file, gboolean *found, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "file-get", error);
  KithDbStep step;

  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, document);
  step = kith_db_step (stmt, error);
  *found = step == KITH_DB_ROW;
  if (step != KITH_DB_ROW)
    return step == KITH_DB_DONE;
  file->sha256 = g_strdup (kith_db_text (stmt, 0));
  file->size = kith_db_int (stmt, 1);
  file->have = kith_db_int (stmt, 3);
  file->sent = kith_db_is_null (stmt, 4) ? -1 : kith_db_int (stmt, 4);
  file->failed = g_strdup (kith_db_text (stmt, 6));
  file->health = kith_db_int (stmt, 8) != 0;
  if (kith_blob_parse_key (kith_db_text (stmt, 2), file->key))
    return TRUE;
  g_set_error_literal (error, KITH_DB_ERROR, KITH_DB_ERROR_CORRUPT, "the key of a file cannot be read");
  return FALSE;
}

static gint64
tries_of (KithStore *self, const char *document)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "file-get", NULL);

  if (stmt == NULL)
    return 0;
  kith_db_bind_text (stmt, 1, document);
  return kith_db_step (stmt, NULL) == KITH_DB_ROW ? kith_db_int (stmt, 7) : 0;
}

/* A change of the lines alone, in a transaction of its own. */
#define IN_TRANSACTION(self, error, what) \
  g_autoptr (KithDbTransaction) transaction_ = kith_db_transaction_begin ((self)->db, error); \
  if (transaction_ == NULL) \
    return FALSE; \
  touch_files (self); \
  return kith_store_end (self, transaction_, what, error)

/* What was kept before there is a line for it goes when the store is opened (remove_strays): a lock may have come in between. */
static gboolean
check_kept (KithStore *self, const char *document, GError **error)
{
  g_autofree char *path = kith_store_file_path (self, document);

  if (path == NULL || g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  g_set_error_literal (error, KITH_STORE_ERROR, KITH_STORE_ERROR_FAILED, _("Kith was locked while the file was read. Nothing was attached; attach it once more."));
  return FALSE;
}

/* The same inside a transaction of the caller's. op_id: transfer full. */
gboolean
kith_store_attach_within (KithStore *self, JsonObject *args, const KithStoreFile *file, gint64 undo_ms, char **op_id, GError **error)
{
  g_autofree char *key = kith_blob_print_key (file->key);
  g_autoptr (JsonObject) all = NULL;

  if (!check_kept (self, kith_json_string (args, "id"), error))
    return FALSE;
  all = kith_json_copy_object (args);
  json_object_set_int_member (all, "size", file->size);
  json_object_set_string_member (all, "sha256", file->sha256);
  touch_files (self);
  return kith_store_submit_within (self, "document.attach", all, undo_ms, op_id, error) &&
         kith_db_run (self->db, error, "file-attach", "ssissi", kith_json_string (args, "id"), file->sha256, file->size, key, *op_id,
                      kith_store_hub_ms (self));
}

gboolean
kith_store_attach (KithStore *self, JsonObject *args, const KithStoreFile *file, gint64 undo_ms, char **op_id, GError **error)
{
  g_autofree char *id = NULL;
  g_autoptr (KithDbTransaction) transaction = kith_db_transaction_begin (self->db, error);

  if (transaction == NULL || !kith_store_end (self, transaction, kith_store_attach_within (self, args, file, undo_ms, &id, error), error))
    return FALSE;
  if (op_id != NULL)
    *op_id = g_steal_pointer (&id);
  return TRUE;
}

static gboolean
want (KithStore *self, const char *document, gboolean *here, GError **error)
{
  guint8 key[KITH_BLOB_KEY];
  g_autofree char *text = NULL;
  g_auto (KithStoreFile) file = { 0 };
  gboolean found = FALSE;

  kith_blob_new_key (key);
  text = kith_blob_print_key (key);
  /* It lies, is opened and goes by its id: one that leads elsewhere is no document's, whatever the hub says. */
  if (kith_id_is_valid (document) && (!kith_db_run (self->db, error, "file-want", "ssi", document, text, kith_store_hub_ms (self)) ||
                                      !kith_store_get_file (self, document, &file, &found, error)))
    return FALSE;
  if (!found)
    {
      g_set_error_literal (error, KITH_STORE_ERROR, KITH_STORE_ERROR_FAILED, _("This file was removed, or you have no access to it any more."));
      return FALSE;
    }
  *here = file.have == file.size;
  return TRUE;
}

gboolean
kith_store_want_file (KithStore *self, const char *document, gboolean *here, GError **error)
{
  IN_TRANSACTION (self, error, want (self, document, here, error));
}

gboolean
kith_store_leave_file (KithStore *self, const char *document, GError **error)
{
  IN_TRANSACTION (self, error, kith_db_run (self->db, error, "file-leave", "s", document));
}

/* ---- transfers */

static gboolean
next_transfer (KithStore *self, const char *query, KithStoreTransfer *transfer, guint8 key[KITH_BLOB_KEY], GError **error)
{
  g_autoptr (KithDbStmt) stmt = NULL;
  KithDbStep step;

  if (self->files == NULL)
    return TRUE;
  stmt = kith_db_query (self->db, query, error);
  if (stmt == NULL || (step = kith_db_step (stmt, error)) == KITH_DB_FAILED)
    return FALSE;
  if (step != KITH_DB_ROW)
    return TRUE;
  if (!kith_blob_parse_key (kith_db_text (stmt, 3), key))
    {
      g_set_error_literal (error, KITH_DB_ERROR, KITH_DB_ERROR_CORRUPT, "the key of a file cannot be read");
      return FALSE;
    }
  transfer->document = g_strdup (kith_db_text (stmt, 0));
  transfer->sha256 = g_strdup (kith_db_text (stmt, 1));
  transfer->size = kith_db_int (stmt, 2);
  transfer->at = kith_db_int (stmt, 4);
  return TRUE;
}

/**
 * kith_store_next_fetch:
 * @transfer: (out caller-allocates): zeroed before. The file that was wanted last, from the byte it has got to; its document stays NULL when nothing
 *   is wanted
 */
gboolean
kith_store_next_fetch (KithStore *self, KithStoreTransfer *transfer, GError **error)
{
  guint8 key[KITH_BLOB_KEY];
  gboolean ok = next_transfer (self, "file-next-fetch", transfer, key, error);

  explicit_bzero (key, sizeof key);
  return ok;
}

/* A file of one's own that cannot be read here can never be sent: its author is told, it does not stand before the others. */
gboolean
kith_store_next_send (KithStore *self, KithStoreTransfer *transfer, GError **error)
{
  guint8 key[KITH_BLOB_KEY];
  g_autofree char *path = NULL;
  g_autoptr (GError) local = NULL;

  if (!next_transfer (self, "file-next-send", transfer, key, error))
    return FALSE;
  if (transfer->document == NULL)
    return TRUE;
  if (kith_blob_part_length (transfer->size, transfer->at) == 0)
    transfer->at = 0;
  path = kith_store_file_path (self, transfer->document);
  transfer->part = kith_blob_read (path, key, transfer->size, transfer->at, &local);
  explicit_bzero (key, sizeof key);
  if (transfer->part != NULL)
    return TRUE;
  g_warning ("an attached file cannot be read: %s", local->message);
  if (!kith_store_fail_file (self, transfer->document, "damaged", error))
    return FALSE;
  kith_store_transfer_clear (transfer);
  return kith_store_next_send (self, transfer, error);
}

/* All of it came: is it what the document says? */
static gboolean
check_whole (KithStore *self, const char *document, const char *path, const KithStoreFile *file, GError **error)
{
  g_autofree char *hash = kith_blob_hash (path, file->key, file->size, error);
  gint64 tries = tries_of (self, document) + 1;

  if (hash == NULL)
    return FALSE;
  if (g_str_equal (hash, file->sha256))
    return kith_db_run (self->db, error, "file-set-have", "sii", document, file->size, (gint64) 0);
  return kith_db_run (self->db, error, "file-set-have", "sii", document, (gint64) 0, tries) &&
         (tries < TRIES_MOST || kith_db_run (self->db, error, "file-fail", "ss", document, KITH_ERROR_BLOB_MISMATCH));
}

static gboolean
take_part (KithStore *self, const char *document, gint64 at, GBytes *part, GError **error)
{
  g_autofree char *path = kith_store_file_path (self, document);
  g_auto (KithStoreFile) file = { 0 };
  g_autoptr (GError) local = NULL;
  gboolean found = FALSE;
  gint64 after = at + (gint64) g_bytes_get_size (part);

  if (!kith_store_get_file (self, document, &file, &found, error))
    return FALSE;
  /* Taken away since it was asked for, or a part that is here already. */
  if (!found || path == NULL || file.have != at || g_bytes_get_size (part) != kith_blob_part_length (file.size, at))
    return TRUE;
  if (!kith_blob_append (path, file.key, at, part, &local))
    {
      if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_INVALID_DATA)) /* what was here is gone: from the beginning */
        return kith_db_run (self->db, error, "file-set-have", "sii", document, (gint64) 0, (gint64) 0);
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (after == file.size)
    return check_whole (self, document, path, &file, error);
  return kith_db_run (self->db, error, "file-set-have", "sii", document, after, tries_of (self, document));
}

/**
 * kith_store_take_part:
 * @at: the byte it begins at
 *
 * A part nobody waits for any more, one that is here already or of a wrong length is passed over: TRUE. After the last part the whole is compared
 * with the document's SHA-256; what differs is fetched anew, three times at most, then the file has failed with "blob_mismatch".
 */
gboolean
kith_store_take_part (KithStore *self, const char *document, gint64 at, GBytes *part, GError **error)
{
  IN_TRANSACTION (self, error, take_part (self, document, at, part, error));
}

static gboolean
note_sent (KithStore *self, const char *document, gint64 have, gboolean anew, GError **error)
{
  gint64 tries = anew ? tries_of (self, document) + 1 : 0;

  return kith_db_run (self->db, error, "file-set-sent", "sii", document, have, tries) &&
         (tries < TRIES_MOST || kith_db_run (self->db, error, "file-fail", "ss", document, KITH_ERROR_BLOB_MISMATCH)) &&
         kith_store_sweep_files (self, error);
}

gboolean
kith_store_note_sent (KithStore *self, const char *document, gint64 have, gboolean anew, GError **error)
{
  IN_TRANSACTION (self, error, note_sent (self, document, have, anew, error));
}

/**
 * kith_store_fail_file:
 * @code: the hub's error code, or "damaged" for what cannot be read here: shown beside the file
 *
 * It is neither fetched nor sent until somebody wants it again or, for one's own, until the next start.
 */
gboolean
kith_store_fail_file (KithStore *self, const char *document, const char *code, GError **error)
{
  IN_TRANSACTION (self, error, kith_db_run (self->db, error, "file-fail", "ss", document, code) && kith_store_sweep_files (self, error));
}

/**
 * kith_store_count_unsent_files:
 *
 * Returns: files of this computer the hub has not got whole, whose operation is through; failed ones do not count. 0 when the file cannot be asked.
 */
guint
kith_store_count_unsent_files (KithStore *self)
{
  gint64 n = 0;

  kith_db_fetch_int (self->db, &n, NULL, "files-count-unsent", "");
  return (guint) n;
}

/**
 * kith_store_has_transfers:
 *
 * Returns: whether kith_store_next_fetch() or kith_store_next_send() would have something now; FALSE when the file cannot be asked
 */
gboolean
kith_store_has_transfers (KithStore *self)
{
  g_auto (KithStoreTransfer) fetch = { 0 }, send = { 0 };
  guint8 key[KITH_BLOB_KEY];
  gboolean has = (next_transfer (self, "file-next-fetch", &fetch, key, NULL) && fetch.document != NULL) ||
                 (next_transfer (self, "file-next-send", &send, key, NULL) && send.document != NULL);

  explicit_bzero (key, sizeof key);
  return has;
}

/* ---- what goes */

/* The lines go in this transaction, with the keys in them; the files as soon as it is committed (I6). */
static gboolean
drop_found (KithStore *self, KithDbStmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  KithDbStep step;

  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    g_ptr_array_add (found, g_strdup (kith_db_text (stmt, 0)));
  if (step == KITH_DB_FAILED)
    return FALSE;
  for (guint i = 0; i < found->len; i++)
    {
      if (!kith_db_run (self->db, error, "file-drop", "s", found->pdata[i]))
        return FALSE;
      touch_files (self);
      self->purged = TRUE; /* the key leaves the log, too */
      if (self->files != NULL)
        g_ptr_array_add (self->doomed, kith_store_file_path (self, found->pdata[i]));
    }
  return TRUE;
}

gboolean
kith_store_sweep_files (KithStore *self, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "files-to-drop", error);

  return stmt != NULL && drop_found (self, stmt, error);
}

/**
 * kith_store_drop_unused_files:
 *
 * Copies nobody looked at for 30 days go; they come again when they are wanted. In the caller's transaction.
 */
gboolean
kith_store_drop_unused_files (KithStore *self, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "files-unused", error);

  if (stmt == NULL)
    return FALSE;
  kith_db_bind_int (stmt, 1, kith_store_hub_ms (self) - UNUSED_MS);
  return drop_found (self, stmt, error);
}

/* After the commit. */
void
kith_store_remove_doomed (KithStore *self)
{
  for (guint i = 0; i < self->doomed->len; i++)
    if (g_unlink (self->doomed->pdata[i]) < 0 && errno != ENOENT)
      g_warning ("a file could not be removed: %s", g_strerror (errno)); /* unreadable already; tried again at the next opening */
  g_ptr_array_set_size (self->doomed, 0);
}
