/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-command.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* kith-hub backup: a folder with a copy of the database and of its files. It has its name only when all of it is there. */

static gboolean
fail (const char *path, GError **error)
{
  int code = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s: %s", path, g_strerror (code));
  return FALSE;
}

/* A folder of files and of folders of files, which this made. */
static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static gboolean
copy_into (const KithCommandDatabase *database, const char *folder, guint *n_files, GString *report, guint *n_problems, GError **error)
{
  g_autofree char *name = g_path_get_basename (database->database);
  g_autofree char *to = g_build_filename (folder, name, NULL), *to_files = g_strconcat (to, "-files", NULL), *lock = g_strconcat (to, ".lock", NULL);
  g_autofree char *files = kith_command_files (database);
  g_autoptr (KithClock) clock = kith_clock_new_system ();
  g_autoptr (KithDb) from = NULL;
  guint8 key[KITH_COMMAND_KEY];
  gboolean has_key = FALSE, ok;

  from = kith_command_open_reader (database, key, &has_key, error);
  ok = from != NULL && kith_hub_back_up (&(KithHubBackup) { from, has_key ? key : NULL, files, to, to_files, clock }, n_files, report,
                                         n_problems, error);
  explicit_bzero (key, sizeof key);
  g_unlink (lock);
  if (!ok && error != NULL)
    kith_command_explain_damage (database->database, error);
  return ok;
}

/* All of it is on the disk before it has its name. */
static gboolean
finish (const char *part, const char *to, GError **error)
{
  int fd = g_open (part, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  gboolean ok = fd >= 0 && syncfs (fd) == 0 && g_rename (part, to) == 0 && syncfs (fd) == 0;

  if (!ok)
    fail (part, error);
  if (fd >= 0)
    close (fd);
  return ok;
}

static gboolean
back_up (const KithCommandDatabase *database, const char *to, guint *n_files, GString *report, guint *n_problems, GError **error)
{
  g_autofree char *part = g_strconcat (to, ".part", NULL);

  if (g_file_test (to, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, _("“%s” is there already and was left as it is. Give each backup a folder of its own."), to);
      return FALSE;
    }
  if (g_mkdir (part, 0700) < 0)
    {
      if (errno == ENOENT)
        {
          g_autofree char *folder = g_path_get_dirname (to);

          g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("The folder “%s” does not exist. Make it first; nothing was copied."), folder);
          return FALSE;
        }
      if (errno == EACCES || errno == EPERM || errno == EROFS)
        {
          g_autofree char *folder = g_path_get_dirname (to);

          g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, _("Whoever runs this may not write in the folder “%s”. Choose another one; nothing was copied."), folder);
          return FALSE;
        }
      if (errno != EEXIST)
        return fail (part, error);
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
                   _("“%s” is there: what a backup left that was cut off, or one that is being made just now. If none is being made, remove that folder and run this again; "
                     "nothing was copied."), part);
      return FALSE;
    }
  if (copy_into (database, part, n_files, report, n_problems, error) && finish (part, to, error))
    return TRUE;
  remove_folder (part);
  return FALSE;
}

/**
 * kith_command_backup:
 *
 * kith-hub backup: database and attached files as they are now, beside a hub that serves.
 *
 * Returns: 0, 1 when it failed or a file was missing or damaged already, 2 when the command line is wrong
 */
int
kith_command_backup (int argc, char **argv)
{
  g_auto (KithCommandDatabase) database = { 0 };
  g_autofree char *to = NULL;
  const GOptionEntry entries[] = {
    KITH_COMMAND_DATABASE_ENTRIES (&database),
    { "to", 't', 0, G_OPTION_ARG_FILENAME, &to, N_("Folder to make; it holds the database and its files; required"), N_("FOLDER") },
    { NULL }
  };
  g_autoptr (GString) report = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  guint n_files = 0, problems = 0;

  if (!kith_command_parse (&argc, &argv, NULL,
                           _("Copies the database and the attached files as they stand at this moment, while the hub goes on. To use the copy, "
                             "stop the hub, run kith-hub restore and start the hub again: the desks send what the copy does not have."),
                           entries))
    return 2;
  if (to == NULL)
    {
      g_printerr (_("kith-hub backup: say where to: --to FOLDER\n"));
      return 2;
    }
  if (!back_up (&database, to, &n_files, report, &problems, &error))
    return kith_command_fail (error);
  g_print ("%s", report->str);
  g_print (ngettext ("Copied the database and %u attached file to %s.\n", "Copied the database and %u attached files to %s.\n", n_files), n_files, to);
  if (problems > 0)
    g_print (_("%u problems.\n"), problems);
  return problems == 0 ? 0 : 1;
}
