/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-blob.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#define NONCE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define SEAL (NONCE + crypto_aead_xchacha20poly1305_ietf_ABYTES)

static gboolean
fail_errno (const char *what, GError **error)
{
  int code = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s: %s", what, g_strerror (code));
  return FALSE;
}

/**
 * kith_blob_new_key:
 * @key: (out caller-allocates): a random key for one file; one that is kept lies in the database beside the file
 *
 * The program ends when libsodium does not start.
 */
void
kith_blob_new_key (guint8 key[KITH_BLOB_KEY])
{
  if (sodium_init () < 0)
    g_error ("libsodium could not be started: no file can be kept safely");
  randombytes_buf (key, KITH_BLOB_KEY);
}

char *
kith_blob_print_key (const guint8 key[KITH_BLOB_KEY])
{
  char *text = g_malloc (2 * KITH_BLOB_KEY + 1);

  return sodium_bin2hex (text, 2 * KITH_BLOB_KEY + 1, key, KITH_BLOB_KEY);
}

/**
 * kith_blob_parse_key:
 * @text: (nullable): 64 hex digits, as kith_blob_print_key() writes them
 * @key: (out caller-allocates): not to be used when FALSE is returned, though a part of it may be written
 */
gboolean
kith_blob_parse_key (const char *text, guint8 key[KITH_BLOB_KEY])
{
  size_t length = 0;

  return text != NULL && sodium_hex2bin (key, KITH_BLOB_KEY, text, strlen (text), NULL, &length, NULL) == 0 && length == KITH_BLOB_KEY;
}

gsize
kith_blob_part_length (gint64 size, gint64 at)
{
  if (at < 0 || at >= size || at % KITH_BLOB_PART != 0)
    return 0;
  return (gsize) MIN (size - at, KITH_BLOB_PART);
}

gboolean
kith_blob_is_sha256 (const char *text)
{
  return text != NULL && strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

/* Its place is bound to a part: parts of a file cannot change places. Another file has another key. */
static void
associated_data (gint64 at, guint8 data[8])
{
  guint64 place = GUINT64_TO_LE ((guint64) at);

  memcpy (data, &place, 8);
}

static off_t
place_on_disk (gint64 at)
{
  return (off_t) (at / KITH_BLOB_PART * (KITH_BLOB_PART + SEAL));
}

static gboolean
write_all (int fd, const guint8 *data, gsize length, off_t at, GError **error)
{
  while (length > 0)
    {
      gssize n = pwrite (fd, data, length, at);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return fail_errno ("writing a file", error);
      data += n;
      at += n;
      length -= (gsize) n;
    }
  return TRUE;
}

static gboolean
read_all (int fd, guint8 *data, gsize length, off_t at, GError **error)
{
  while (length > 0)
    {
      gssize n = pread (fd, data, length, at);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return fail_errno ("reading a file", error);
      if (n == 0)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "a kept file is shorter than it should be");
          return FALSE;
        }
      data += n;
      at += n;
      length -= (gsize) n;
    }
  return TRUE;
}

/* The name of a new file is on the disk when its folder is. */
static gboolean
sync_folder (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = g_open (folder, O_RDONLY | O_CLOEXEC | O_DIRECTORY, 0);
  gboolean ok;

  if (fd < 0)
    return fail_errno ("opening the folder of files", error);
  ok = fsync (fd) == 0 || errno == EINVAL;
  if (!ok)
    fail_errno ("keeping the folder of files", error);
  g_close (fd, NULL);
  return ok;
}

static gboolean
append_to (int fd, const guint8 *key, gint64 at, const guint8 *data, gsize length, GError **error)
{
  g_autofree guint8 *sealed = g_malloc (length + SEAL);
  guint8 place[8];
  struct stat info;

  if (fstat (fd, &info) < 0)
    return fail_errno ("looking at a file", error);
  if (info.st_size < place_on_disk (at))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "a kept file is shorter than it should be");
      return FALSE;
    }
  associated_data (at, place);
  randombytes_buf (sealed, NONCE);
  crypto_aead_xchacha20poly1305_ietf_encrypt (sealed + NONCE, NULL, data, length, place, sizeof place, NULL, sealed, key);
  if (ftruncate (fd, place_on_disk (at)) < 0)
    return fail_errno ("writing a file", error);
  return write_all (fd, sealed, length + SEAL, place_on_disk (at), error);
}

/**
 * kith_blob_append:
 * @at: where the part begins in the content, a multiple of KITH_BLOB_PART
 * @part: at most KITH_BLOB_PART bytes
 *
 * Errors: G_IO_ERROR_INVALID_DATA when what should lie before it is not there (the transfer begins anew); G_IO_ERROR_NO_SPACE and the like
 */
gboolean
kith_blob_append (const char *path, const guint8 key[KITH_BLOB_KEY], gint64 at, GBytes *part, GError **error)
{
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (part, &length);
  int fd;
  gboolean ok;

  g_return_val_if_fail (at >= 0 && at % KITH_BLOB_PART == 0 && length > 0 && length <= KITH_BLOB_PART, FALSE);
  fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    return fail_errno ("keeping a file", error);
  ok = append_to (fd, key, at, data, length, error);
  if (ok && fdatasync (fd) < 0)
    ok = fail_errno ("keeping a file", error);
  g_close (fd, NULL);
  return ok && (at > 0 || sync_folder (path, error));
}

static GBytes *
read_from (int fd, const guint8 *key, gint64 size, gint64 at, GError **error)
{
  gsize length = kith_blob_part_length (size, at);
  g_autofree guint8 *sealed = g_malloc (length + SEAL);
  g_autofree guint8 *data = g_malloc (length + 1);
  guint8 place[8];

  if (!read_all (fd, sealed, length + SEAL, place_on_disk (at), error))
    return NULL;
  associated_data (at, place);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt (data, NULL, NULL, sealed + NONCE, length + SEAL - NONCE, place, sizeof place, sealed, key) != 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "a kept file was damaged");
      return NULL;
    }
  return g_bytes_new_take (g_steal_pointer (&data), length);
}

GBytes *
kith_blob_read (const char *path, const guint8 key[KITH_BLOB_KEY], gint64 size, gint64 at, GError **error)
{
  GBytes *part;
  int fd;

  g_return_val_if_fail (kith_blob_part_length (size, at) > 0, NULL);
  fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0);
  if (fd < 0)
    {
      fail_errno ("opening a kept file", error);
      return NULL;
    }
  part = read_from (fd, key, size, at, error);
  g_close (fd, NULL);
  return part;
}

/* Part by part, in order. */
typedef gboolean (*EachPart) (const guint8 *data, gsize length, gpointer user_data, GError **error);

static gboolean
for_each_part (const char *path, const guint8 *key, gint64 size, EachPart each, gpointer user_data, GCancellable *cancellable, GError **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0);
  gboolean ok = TRUE;

  if (fd < 0)
    return fail_errno ("opening a kept file", error);
  for (gint64 at = 0; ok && at < size; at += KITH_BLOB_PART)
    {
      g_autoptr (GBytes) part = g_cancellable_set_error_if_cancelled (cancellable, error) ? NULL : read_from (fd, key, size, at, error);

      ok = part != NULL && each (g_bytes_get_data (part, NULL), g_bytes_get_size (part), user_data, error);
    }
  g_close (fd, NULL);
  return ok;
}

static char *
print_hash (crypto_hash_sha256_state *state)
{
  guint8 hash[crypto_hash_sha256_BYTES];
  char *text = g_malloc (2 * sizeof hash + 1);

  crypto_hash_sha256_final (state, hash);
  return sodium_bin2hex (text, 2 * sizeof hash + 1, hash, sizeof hash);
}

static gboolean
hash_part (const guint8 *data, gsize length, gpointer state, GError **error)
{
  crypto_hash_sha256_update (state, data, length);
  return TRUE;
}

char *
kith_blob_hash (const char *path, const guint8 key[KITH_BLOB_KEY], gint64 size, GError **error)
{
  crypto_hash_sha256_state state;

  crypto_hash_sha256_init (&state);
  return for_each_part (path, key, size, hash_part, &state, NULL, error) ? print_hash (&state) : NULL;
}

static gboolean
give_part (const guint8 *data, gsize length, gpointer to, GError **error)
{
  return g_output_stream_write_all (to, data, length, NULL, NULL, error);
}

/**
 * kith_blob_give:
 * @to: what the content is written to, not closed
 */
gboolean
kith_blob_give (const char *path, const guint8 key[KITH_BLOB_KEY], gint64 size, GOutputStream *to, GCancellable *cancellable, GError **error)
{
  return for_each_part (path, key, size, give_part, to, cancellable, error);
}

static gboolean
take_parts (GInputStream *from, int fd, const guint8 *key, gint64 most, gint64 *size, crypto_hash_sha256_state *state, GCancellable *cancellable,
            GError **error)
{
  g_autofree guint8 *data = g_malloc (KITH_BLOB_PART);
  gsize length = 0;

  for (*size = 0; ; *size += (gint64) length)
    {
      if (!g_input_stream_read_all (from, data, KITH_BLOB_PART, &length, cancellable, error))
        return FALSE;
      if (length == 0)
        return fdatasync (fd) == 0 || fail_errno ("keeping a file", error);
      if (*size + (gint64) length > most)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "the file is too large");
          return FALSE;
        }
      crypto_hash_sha256_update (state, data, length);
      if (!append_to (fd, key, *size, data, length, error))
        return FALSE;
    }
}

/**
 * kith_blob_take:
 * @most: bytes
 * @size: (out): bytes of content
 * @sha256: (out) (transfer full): of the content, hex
 *
 * Never holds more than one part in memory.
 */
gboolean
kith_blob_take (GInputStream *from, const char *path, const guint8 key[KITH_BLOB_KEY], gint64 most, gint64 *size, char **sha256,
                GCancellable *cancellable, GError **error)
{
  crypto_hash_sha256_state state;
  int fd = g_open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  gboolean ok;

  if (fd < 0)
    return fail_errno ("keeping a file", error);
  crypto_hash_sha256_init (&state);
  ok = take_parts (from, fd, key, most, size, &state, cancellable, error);
  g_close (fd, NULL);
  ok = ok && sync_folder (path, error);
  if (ok)
    *sha256 = print_hash (&state);
  else
    g_unlink (path);
  return ok;
}
