/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hub-private.h"

#include <errno.h>
#include <glib/gstdio.h>

/* Attached files and their database belong together. Two things are done with both: looking whether each document's bytes are there and
 * right, and copying the pair so that it can be put to use as it is. */

/* One line of blobs-all; its texts last until the next. */
typedef struct
{
  const char *document, *sha256, *agency, *at;
  gint64 size, have;
  gboolean whole;
  guint8 key[KITH_BLOB_KEY];
} Line;

static gboolean
read_line (KithDbStmt *stmt, Line *line)
{
  line->document = kith_db_text (stmt, 0);
  line->size = kith_db_int (stmt, 1);
  line->have = kith_db_int (stmt, 2);
  line->whole = kith_db_int (stmt, 3) != 0;
  line->sha256 = kith_db_text (stmt, 5);
  line->agency = kith_db_text (stmt, 6);
  line->at = kith_db_text (stmt, 7);
  return kith_blob_parse_key (kith_db_text (stmt, 4), line->key);
}

/* No name of the file: a console is read by people who need not know whose letter it is. */
static void
tell (const Line *line, const char *fault, GString *report)
{
  g_string_append_printf (report, "document %s of %s, attached %.10s: %s\n", line->document, line->agency != NULL ? line->agency : "an agency that is gone",
                          line->at != NULL ? line->at : "at some time", fault);
}

/**
 * kith_hub_file_fault:
 *
 * Reads all of it.
 *
 * Returns: (transfer full) (nullable): what is wrong, in words; NULL: it is what it should be
 */
char *
kith_hub_file_fault (const char *path, const guint8 key[KITH_BLOB_KEY], gint64 size, const char *sha256)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = kith_blob_hash (path, key, size, &error);

  if (hash != NULL)
    return g_strcmp0 (hash, sha256) == 0 ? NULL : g_strdup_printf ("its bytes in %s are not those that were attached", path);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return g_strdup_printf ("its bytes are missing: there is no %s", path);
  return g_strdup_printf ("its bytes in %s cannot be read: %s", path, error->message);
}

/**
 * kith_hub_check_files:
 * @files: the folder
 *
 * Of what was not sent to its end nothing is asked: it goes on, or begins anew.
 *
 * Returns: FALSE when the database could not be read
 */
gboolean
kith_hub_check_files (KithDb *db, const char *files, GString *report, guint *n_problems, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (db, "blobs-all", error);
  KithDbStep step;

  if (stmt == NULL)
    return FALSE;
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      Line line = { 0 };
      gboolean readable = read_line (stmt, &line);
      g_autofree char *path = g_build_filename (files, line.document, NULL);
      g_autofree char *fault = !readable    ? g_strdup ("its key cannot be read")
                               : line.whole ? kith_hub_file_fault (path, line.key, line.size, line.sha256)
                                            : NULL;

      if (fault == NULL)
        continue;
      tell (&line, fault, report);
      ++*n_problems;
    }
  return step == KITH_DB_DONE;
}

/* ---- a copy */

static gboolean
copy_file (const char *from, const char *to, GError **error)
{
  g_autoptr (GFile) source = g_file_new_for_path (from), target = g_file_new_for_path (to);

  if (!g_file_copy (source, target, G_FILE_COPY_NONE, NULL, NULL, NULL, error))
    return FALSE;
  if (g_chmod (to, 0600) == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", to, g_strerror (errno));
  return FALSE;
}

/* Its document was removed while the copy was made: the line goes, as it has gone there. */
static gboolean
was_removed (const KithHubBackup *backup, const char *document, gboolean *removed, GError **error)
{
  gint64 size = -1;

  *removed = FALSE;
  if (!kith_db_fetch_int (backup->from, &size, error, "blob-get", "s", document))
    return FALSE;
  *removed = size < 0;
  return TRUE;
}

/* The files that the copy of the database tells of: none is missing that was whole when it was made. */
static gboolean
copy_files (const KithHubBackup *backup, KithDb *copy, GPtrArray *removed, guint *n_files, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (copy, "blobs-all", error);
  KithDbStep step;

  if (stmt == NULL)
    return FALSE;
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      const char *document = kith_db_text (stmt, 0);
      g_autofree char *from = g_build_filename (backup->files, document, NULL), *to = g_build_filename (backup->to_files, document, NULL);
      g_autoptr (GError) local = NULL;
      gboolean gone = FALSE;

      if (kith_db_int (stmt, 2) == 0)
        continue;
      if (copy_file (from, to, &local))
        ++*n_files;
      else if (!g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      else if (!was_removed (backup, document, &gone, error))
        return FALSE;
      else if (gone)
        g_ptr_array_add (removed, g_strdup (document));
    }
  return step == KITH_DB_DONE;
}

static gboolean
mark_copy (const KithHubBackup *backup, KithDb *copy, GPtrArray *removed, GError **error)
{
  for (guint i = 0; i < removed->len; i++)
    if (!kith_db_run (copy, error, "blob-drop", "s", removed->pdata[i]))
      return FALSE;
  return kith_db_run (copy, error, "state-set-copied", "i", kith_clock_wall_ms (backup->clock));
}

/* A copy of what is damaged is damaged: better known now than when it is needed. */
static void
look_at_copy (KithDb *copy, GString *report, guint *n_problems)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *said = kith_db_fetch_text (copy, &error, "db-sound", "");

  if (g_strcmp0 (said, "ok") == 0)
    return;
  g_string_append_printf (report, "database: damaged (%s): keep the last backup that is in order\n", error != NULL ? error->message : said);
  (*n_problems)++;
}

/**
 * kith_hub_back_up:
 * @n_files: (out): how many attached files were copied
 * @report: takes a line for each file that is not what it should be, and one for a database that is not
 * @n_problems: (out): how many
 *
 * The database first, in one snapshot, then the files it tells of: a whole file is never written again, and one that comes later belongs to
 * nothing in the copy. What an older Kith made is brought to this one's form in the copy. It is marked as one: whenever it is put to use, a new life of the hub begins (kith-hub-life.c), each desk notices, sends
 * again what the copy does not know and fetches anew what it shows (sync.md 2.7).
 *
 * Returns: FALSE when the copy is not to be used
 */
gboolean
kith_hub_back_up (const KithHubBackup *backup, guint *n_files, GString *report, guint *n_problems, GError **error)
{
  const KithDbOptions options = { .path = backup->to, .key = backup->key, .queries = KITH_HUB_QUERIES };
  g_autoptr (GPtrArray) removed = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (KithDb) copy = NULL;

  *n_files = *n_problems = 0;
  if (g_mkdir (backup->to_files, 0700) < 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", backup->to_files, g_strerror (errno));
      return FALSE;
    }
  if (!kith_db_copy (backup->from, backup->to, backup->key, error))
    return FALSE;
  copy = kith_db_open (&options, error);
  if (copy == NULL || !kith_db_migrate (copy, KITH_HUB_SQL, error) || !copy_files (backup, copy, removed, n_files, error) || !mark_copy (backup, copy, removed, error) ||
      !kith_hub_check_files (copy, backup->to_files, report, n_problems, error))
    return FALSE;
  look_at_copy (copy, report, n_problems);
  return TRUE;
}
