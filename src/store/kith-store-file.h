/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-blob.h"
#include "kith-store.h"

G_BEGIN_DECLS

/* The bytes of attached files: kept sealed beside the store, sent to the hub after their document's operation, fetched when somebody wants them.
 * Told as a change of the kind "file". */
gboolean kith_store_set_files (KithStore *self, const char *folder, GError **error); /* makes it; before the first file. Without one nothing can be attached */
char *kith_store_file_path (KithStore *self, const char *document);                 /* NULL: no folder */

typedef struct _KithStoreFile
{
  guint8 key[KITH_BLOB_KEY];
  char *sha256;
  gint64 size, have;
  gint64 sent;  /* -1: not for this computer to send */
  char *failed; /* the hub's code, or NULL */
  gboolean health; /* of what only those may read who may see health information (U10) */
} KithStoreFile;
void kith_store_file_clear (KithStoreFile *file);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KithStoreFile, kith_store_file_clear)

gboolean kith_store_get_file (KithStore *self, const char *document, KithStoreFile *file, gboolean *found, GError **error);
/* The file lies at its path already (kith_blob_take); args: of document.attach, size and sha256 are filled in. One transaction; refused: nothing changed. */
gboolean kith_store_attach (KithStore *self, JsonObject *args, const KithStoreFile *file, gint64 undo_ms, char **op_id, GError **error);
/* One of the steps of kith_store_submit_all (): args and file: transfer full, file is cleared. */
KithStoreStep *kith_store_step_new_file (JsonObject *args, KithStoreFile *file);
gboolean kith_store_want_file (KithStore *self, const char *document, gboolean *here, GError **error); /* here: all of it is on this computer */
gboolean kith_store_leave_file (KithStore *self, const char *document, GError **error);               /* nobody waits any more; what came stays */

/* Used by the sync engine. document NULL: there is nothing. */
typedef struct
{
  char *document, *sha256;
  gint64 at, size;
  GBytes *part; /* to send; NULL of a fetch */
} KithStoreTransfer;
void kith_store_transfer_clear (KithStoreTransfer *transfer);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KithStoreTransfer, kith_store_transfer_clear)

gboolean kith_store_next_fetch (KithStore *self, KithStoreTransfer *transfer, GError **error);
gboolean kith_store_next_send (KithStore *self, KithStoreTransfer *transfer, GError **error);
gboolean kith_store_take_part (KithStore *self, const char *document, gint64 at, GBytes *part, GError **error);
gboolean kith_store_note_sent (KithStore *self, const char *document, gint64 have, gboolean anew, GError **error); /* anew: what arrived was not it */
gboolean kith_store_fail_file (KithStore *self, const char *document, const char *code, GError **error);
gboolean kith_store_has_transfers (KithStore *self);
guint kith_store_count_unsent_files (KithStore *self);

G_END_DECLS
