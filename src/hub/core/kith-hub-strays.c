/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hub-private.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <utime.h>

/* Files for which this database has no line. Either the hub ended between dropping the line, with the key, and the file: then it is noise. Or this is
 * an older or another database beside that folder, put there by hand: then they are somebody's only copy, and the right database has their
 * keys. Nobody can tell the two apart here, so nothing is thrown away: they are put aside, found again when a line for them is there, and
 * removed after as long as everything else is kept. */

#define ASIDE "lost"
#define DAY_MS (24 * G_GINT64_CONSTANT (3600000))

static gboolean
fail (GError **error, const char *what, const char *path)
{
  int number = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (number), "%s %s: %s", what, path, g_strerror (number));
  return FALSE;
}

static gboolean
is_known (KithHub *self, const char *id, gboolean *known, GError **error)
{
  gint64 size = -1;

  if (!kith_db_fetch_int (self->db, &size, error, "blob-get", "s", id))
    return FALSE;
  *known = size >= 0;
  return TRUE;
}

/* The names come first: what is moved while a folder is read may come again or not at all. */
static GPtrArray *
list_ids (const char *folder, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
  GPtrArray *names = dir != NULL ? g_ptr_array_new_with_free_func (g_free) : NULL;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (kith_id_is_valid (name) && g_file_test (path, G_FILE_TEST_IS_REGULAR))
        g_ptr_array_add (names, g_strdup (name));
    }
  return names;
}

static gboolean
put_aside (KithHub *self, const char *aside, guint *n, GError **error)
{
  g_autoptr (GPtrArray) names = list_ids (self->files, error);
  struct utimbuf now = { kith_hub_now (self) / 1000, kith_hub_now (self) / 1000 };

  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (self->files, names->pdata[i], NULL), *to = g_build_filename (aside, names->pdata[i], NULL);
      gboolean known;

      if (!is_known (self, names->pdata[i], &known, error))
        return FALSE;
      if (known)
        continue;
      if (g_mkdir_with_parents (aside, 0700) != 0 || g_rename (path, to) != 0)
        return fail (error, "putting aside", path);
      g_utime (to, &now); /* when it was put there, by the hub's clock */
      *n += 1;
    }
  return names != NULL;
}

static gboolean
look_again (KithHub *self, const char *aside, guint *n, GError **error)
{
  gint64 before = kith_hub_now (self) / 1000 - (gint64) self->options.keep_days * DAY_MS / 1000;
  g_autoptr (GPtrArray) names = g_file_test (aside, G_FILE_TEST_IS_DIR) ? list_ids (aside, error) : g_ptr_array_new ();

  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (aside, names->pdata[i], NULL), *back = g_build_filename (self->files, names->pdata[i], NULL);
      GStatBuf is;
      gboolean known;

      if (!is_known (self, names->pdata[i], &known, error))
        return FALSE;
      if (known && !g_file_test (back, G_FILE_TEST_EXISTS))
        {
          if (g_rename (path, back) != 0)
            return fail (error, "putting back", path);
          *n += 1;
        }
      else if (!known && g_stat (path, &is) == 0 && is.st_mtime < before && g_unlink (path) != 0)
        return fail (error, "removing", path);
    }
  return names != NULL;
}

/**
 * kith_hub_sort_strays:
 *
 * Puts aside, in a folder of their own below the files, what this database has no line for, and puts back what it has one for; said in the log. What
 * lies there longer than the hub keeps things (400 days) is removed. Once for each start.
 */
gboolean
kith_hub_sort_strays (KithHub *self, GError **error)
{
  g_autofree char *aside = g_build_filename (self->files, ASIDE, NULL);
  guint n_aside = 0, n_back = 0;
  gboolean ok = look_again (self, aside, &n_back, error) && put_aside (self, aside, &n_aside, error);

  if (n_back > 0)
    g_message ("Attached files found again in %s: %u.", aside, n_back);
  if (n_aside > 0)
    g_message ("Files that belong to no document of this database were put aside in %s: %u. If this is not the database that these files belong to, "
               "nothing is lost: start the hub with the right one.", aside, n_aside);
  return ok;
}
