/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hub-private.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

/* PUT and GET /v1/blob/SHA256?document=ID: the bytes of attached files, in parts (sync.md 2.11). Each file belongs to one document and lies under its
 * id: knowing a SHA-256 opens nothing, and a file of one's own tells nothing of the same file elsewhere. Whoever sees the document's
 * scope may read it, its author may send it, also when they have lost sight of the scope since: they wrote it before. To all others it
 * is as if there were no such document (I5). The database says how much of a file counts and whether it is whole. */

typedef struct
{
  KithHub *hub;
  KithHubSession *session;
  KithHubAnswer *answer;
  const char *id;
  KithRecord *document;
  gint64 first, last, size; /* of the range asked for or sent */

  gboolean known;           /* it has a line */
  gint64 have, whole;
  guint8 key[KITH_BLOB_KEY];
  char *path;
} Blob;

static void
blob_clear (Blob *self)
{
  g_clear_object (&self->document);
  g_clear_pointer (&self->path, g_free);
  explicit_bzero (self->key, sizeof self->key);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Blob, blob_clear)

static gboolean
refuse (KithHubAnswer *answer, guint status, const char *code, const char *message)
{
  kith_hub_answer_error (answer, status, code, message, NULL);
  return FALSE;
}

/* The very same words whether it does not exist or is another's. */
static gboolean
refuse_missing (Blob *self)
{
  return refuse (self->answer, 404, KITH_ERROR_NOT_FOUND, _("There is no such file."));
}

static gboolean
refuse_have (Blob *self, const char *code, const char *message)
{
  kith_hub_answer_error (self->answer, 409, code, message, kith_json_new ("have", "i", self->have, NULL));
  return FALSE;
}

#define MOST_BYTES (G_GINT64_CONSTANT (1) << 53) /* no file is so long, and counting on from there ends nowhere */

static gboolean
read_range (const char *text, const char *before, gboolean with_size, gint64 *first, gint64 *last, gint64 *size)
{
  char *end;

  if (text == NULL || !g_str_has_prefix (text, before))
    return FALSE;
  text += strlen (before);
  if (!g_ascii_isdigit (*text))
    return FALSE;
  *first = g_ascii_strtoll (text, &end, 10);
  if (*end != '-' || !g_ascii_isdigit (end[1]))
    return FALSE;
  *last = g_ascii_strtoll (end + 1, &end, 10);
  if (with_size)
    {
      if (*end != '/' || !g_ascii_isdigit (end[1]))
        return FALSE;
      *size = g_ascii_strtoll (end + 1, &end, 10);
    }
  return *end == '\0' && *first <= *last && *last < MOST_BYTES && (!with_size || *size <= MOST_BYTES) && *first % KITH_BLOB_PART == 0;
}

/* FALSE without error: answered. */
static gboolean
find_document (Blob *self, const char *sha256, gboolean to_write, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *scope = NULL;
  gboolean may;

  if (!kith_blob_is_sha256 (sha256) || self->id == NULL || !kith_id_is_valid (self->id))
    return refuse_missing (self);
  self->document = kith_world_get (self->hub->world, "document", self->id, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (self->document == NULL || !kith_record_is (self->document, "sha256", sha256) || kith_record_string (self->document, "removed_at") != NULL)
    return refuse_missing (self);
  if (to_write)
    return kith_record_is (self->document, "by", self->session->user) || refuse_missing (self);
  scope = kith_record_scope (self->document);
  return kith_hub_user_sees (self->hub, self->session->user, scope, &may, error) && (may || refuse_missing (self));
}

static gboolean
read_line (Blob *self, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->hub->db, "blob-get", error);
  KithDbStep step;

  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, self->id);
  step = kith_db_step (stmt, error);
  if (step != KITH_DB_ROW)
    return step == KITH_DB_DONE;
  self->known = TRUE;
  self->have = kith_db_int (stmt, 1);
  self->whole = kith_db_int (stmt, 2);
  if (kith_blob_parse_key (kith_db_text (stmt, 3), self->key))
    return TRUE;
  g_set_error_literal (error, KITH_DB_ERROR, KITH_DB_ERROR_CORRUPT, "the key of a file cannot be read");
  return FALSE;
}

/* The bytes of this one were damaged, or are gone: that stays so, however often it is asked for. */
static gboolean
is_lost (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
note_lost (Blob *self, const GError *error)
{
  g_message ("The file of document %s is damaged or gone: %s. “kith-hub check” names all of these.", self->id, error->message);
  self->hub->counts.damaged++;
}

/* ---- reading */

static gboolean
give (Blob *self, const KithHubRequest *request, GError **error)
{
  gint64 size = kith_record_int (self->document, "size");
  g_autoptr (GError) local = NULL;
  GBytes *part;

  if (!self->known || !self->whole)
    return refuse (self->answer, 404, KITH_ERROR_BLOB_PENDING, _("Whoever attached this file has not sent all of it yet. It comes when they are online."));
  if (!read_range (request->range, "bytes=", FALSE, &self->first, &self->last, NULL) || kith_blob_part_length (size, self->first) == 0)
    return refuse (self->answer, 416, KITH_ERROR_BAD_REQUEST, _("A file is asked for in parts that begin at multiples of 256 KB."));
  part = kith_blob_read (self->path, self->key, size, self->first, &local);
  if (part == NULL && is_lost (local))
    {
      note_lost (self, local);
      return refuse (self->answer, 404, KITH_ERROR_BLOB_DAMAGED, _("The hub’s copy of this file is damaged or gone. Whoever attached it may have it still."));
    }
  if (part == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  self->answer->status = 206;
  self->answer->content_type = KITH_TYPE_BYTES;
  self->answer->body = part;
  self->answer->range = g_strdup_printf ("bytes %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, self->first,
                                         self->first + (gint64) g_bytes_get_size (part) - 1, size);
  return TRUE;
}

/* ---- taking */

static gboolean
check_part (Blob *self, const KithHubRequest *request)
{
  gint64 size = kith_record_int (self->document, "size");
  gsize length = request->body != NULL ? g_bytes_get_size (request->body) : 0;

  if (read_range (request->range, "bytes ", TRUE, &self->first, &self->last, &self->size) && self->size == size &&
      self->last - self->first + 1 == (gint64) length && length == kith_blob_part_length (size, self->first))
    return TRUE;
  return refuse (self->answer, 400, KITH_ERROR_BAD_REQUEST, _("This part of a file is not what its range says. Nothing was stored."));
}

/* The first part of a file: is there room for all of it? */
static gboolean
begin (Blob *self, GError **error)
{
  const char *agency = kith_record_string (self->document, "agency");
  g_autofree char *text = NULL;
  gint64 used = 0;

  if (!kith_db_fetch_int (self->hub->db, &used, error, "blob-agency-bytes", "s", agency != NULL ? agency : ""))
    return FALSE;
  if (used + self->size > self->hub->options.agency_files)
    return refuse (self->answer, 507, KITH_ERROR_BLOB_QUOTA,
                   _("Your agency’s space for files at the hub is used up. The file stays on this computer; remove others, or ask who runs the hub."));
  kith_blob_new_key (self->key);
  text = kith_blob_print_key (self->key);
  self->known = TRUE;
  return kith_db_run (self->hub->db, error, "blob-new", "ssis", self->id, agency != NULL ? agency : "", self->size, text);
}

static gboolean
set_have (Blob *self, gint64 have, gboolean whole, GError **error)
{
  self->have = have;
  self->whole = whole;
  return kith_db_run (self->hub->db, error, "blob-set-have", "sii", self->id, have, (gint64) whole);
}

/* All of it is here: is it what it should be? */
static gboolean
finish (Blob *self, gboolean *same, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *hash = kith_blob_hash (self->path, self->key, self->size, &local);

  *same = hash != NULL && kith_record_is (self->document, "sha256", hash);
  if (hash == NULL && is_lost (local))
    note_lost (self, local); /* a part before was damaged here: it begins anew */
  else if (hash == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return set_have (self, *same ? self->size : 0, *same, error);
}

static gboolean
take (Blob *self, const KithHubRequest *request, GError **error)
{
  g_autoptr (GError) local = NULL;
  gboolean same = TRUE;

  if (!check_part (self, request) || (!self->known && !begin (self, error)))
    return FALSE;
  if (!self->whole && self->first != self->have)
    return refuse_have (self, KITH_ERROR_BLOB_OFFSET, _("The file goes on at another place."));
  if (!self->whole)
    {
      if (!kith_blob_append (self->path, self->key, self->first, request->body, &local))
        {
          /* What was there is gone, a file restored without its database perhaps: it begins anew. */
          if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
            return set_have (self, 0, FALSE, error) && refuse_have (self, KITH_ERROR_BLOB_OFFSET, _("The file goes on at another place."));
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (!(self->last + 1 == self->size ? finish (self, &same, error) : set_have (self, self->last + 1, FALSE, error)))
        return FALSE;
      if (!same)
        return refuse_have (self, KITH_ERROR_BLOB_MISMATCH, _("The file did not arrive as it was. It is sent again."));
    }
  kith_hub_answer_json (self->answer, 200, kith_json_new ("have", "i", self->have, "whole", "b", self->whole != 0, NULL));
  return TRUE;
}

/**
 * kith_hub_blob:
 *
 * GET and PUT of one part of an attached file. A full disk is answered 503 with the request to come again; the others go on.
 *
 * Returns: FALSE when the database or the folder of files failed; else it is answered
 */
gboolean
kith_hub_blob (KithHub *self, const KithHubRequest *request, KithHubSession *session, KithHubAnswer *answer, GError **error)
{
  g_autofree char *id = kith_hub_query_value (request->query, "document");
  gboolean to_write = g_str_equal (request->method, "PUT");
  g_auto (Blob) blob = { .hub = self, .session = session, .answer = answer, .id = id };
  g_autoptr (GError) local = NULL;

  if (self->files == NULL)
    refuse (answer, 503, KITH_ERROR_UNAVAILABLE, _("This hub keeps no files."));
  else if (find_document (&blob, request->path + strlen (KITH_PATH_BLOB), to_write, &local) && read_line (&blob, &local))
    {
      blob.path = g_build_filename (self->files, id, NULL);
      if (!(to_write ? take (&blob, request, &local) : give (&blob, request, &local)) && local != NULL &&
          g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
        {
          refuse (answer, 503, KITH_ERROR_UNAVAILABLE, _("The hub has no room for this file right now. It stays on this computer and is sent later."));
          answer->retry_after = 300;
          g_clear_error (&local);
        }
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* ---- what belongs to nobody any more */

static gboolean
remove_file (const char *path, GError **error)
{
  if (g_unlink (path) == 0 || errno == ENOENT)
    return TRUE;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "removing a file: %s", g_strerror (errno));
  return FALSE;
}

/**
 * kith_hub_sweep_files:
 *
 * Removes the files of documents that were removed, from the hub's clock. The line with the key goes first: without it what may be left is noise.
 */
gboolean
kith_hub_sweep_files (KithHub *self, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (KithDbStmt) stmt = NULL;
  KithDbStep step;

  if (!self->files_stale)
    return TRUE;
  stmt = kith_db_query (self->db, "blobs-to-drop", error);
  if (stmt == NULL)
    return FALSE;
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    g_ptr_array_add (ids, g_strdup (kith_db_text (stmt, 0)));
  if (step == KITH_DB_FAILED)
    return FALSE;
  g_clear_pointer (&stmt, kith_db_reset);
  for (guint i = 0; i < ids->len; i++)
    {
      g_autofree char *path = g_build_filename (self->files, ids->pdata[i], NULL);

      if (!kith_db_run (self->db, error, "blob-drop", "s", ids->pdata[i]) || !remove_file (path, error))
        return FALSE;
    }
  if (!self->files_looked_at && !kith_hub_sort_strays (self, error))
    return FALSE;
  self->files_looked_at = TRUE;
  self->files_stale = FALSE;
  return TRUE;
}
