/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define KITH_BLOB_KEY 32
#define KITH_BLOB_PART (256 * 1024) /* bytes of content; the last part of a file is shorter */

void kith_blob_new_key (guint8 key[KITH_BLOB_KEY]);
char *kith_blob_print_key (const guint8 key[KITH_BLOB_KEY]); /* hex */
gboolean kith_blob_parse_key (const char *text, guint8 key[KITH_BLOB_KEY]);
gsize kith_blob_part_length (gint64 size, gint64 at); /* of the part that begins at this byte; 0: none begins there */

/* Writes the part that begins at byte at, on the disk when it returns. What lay there or behind it goes. */
gboolean kith_blob_append (const char *path, const guint8 key[KITH_BLOB_KEY], gint64 at, GBytes *part, GError **error);
/* The part that begins at byte at. G_IO_ERROR_INVALID_DATA: it is not what was written, or the key is another's. (transfer full) */
GBytes *kith_blob_read (const char *path, const guint8 key[KITH_BLOB_KEY], gint64 size, gint64 at, GError **error);
char *kith_blob_hash (const char *path, const guint8 key[KITH_BLOB_KEY], gint64 size, GError **error); /* SHA-256, hex */

/* Reads a person's file and keeps it sealed at path. G_IO_ERROR_MESSAGE_TOO_LARGE when it is longer than most bytes; on failure nothing is left. */
gboolean kith_blob_take (GInputStream *from, const char *path, const guint8 key[KITH_BLOB_KEY], gint64 most, gint64 *size, char **sha256,
                         GCancellable *cancellable, GError **error);
gboolean kith_blob_give (const char *path, const guint8 key[KITH_BLOB_KEY], gint64 size, GOutputStream *to, GCancellable *cancellable, GError **error);

gboolean kith_blob_is_sha256 (const char *text); /* 64 small hex digits */

G_END_DECLS
