/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-command.h"
#include "kith-db-encrypt.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* kith-hub encrypt: a database that was made without a key gets one. The encrypted file has the database's name only when all of it is there and was
 * compared; until then the former one has it, and afterwards another. */

static void
remove_part (const char *part)
{
  static const char *const companions[] = { "", "-journal", "-wal", "-shm", ".lock" };

  for (guint i = 0; i < G_N_ELEMENTS (companions); i++)
    {
      g_autofree char *path = g_strconcat (part, companions[i], NULL);
      g_unlink (path);
    }
}

static gboolean
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  gboolean ok = fd >= 0 && syncfs (fd) == 0;

  if (fd >= 0)
    close (fd);
  return ok;
}

/* The former file has both names for a moment, so that at none the database is missing. */
static gboolean
put_in_place (const char *database, const char *part, const char *former, GError **error)
{
  if (sync_folder (database) && link (database, former) == 0)
    {
      if (g_rename (part, database) == 0)
        {
          sync_folder (database);
          return TRUE;
        }
      g_unlink (former);
    }
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", former, g_strerror (errno));
  return FALSE;
}

static gboolean
encrypt (const KithCommandDatabase *database, const char *former, GError **error)
{
  g_autofree char *part = g_strconcat (database->database, ".part", NULL);
  g_autoptr (GError) local = NULL;
  g_autoptr (KithDb) db = NULL;
  guint8 key[KITH_COMMAND_KEY];
  gboolean done;

  db = kith_command_open_unencrypted (database, key, error);
  if (db == NULL)
    return FALSE;
  if (g_file_test (former, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, _("“%s” is there already, where the former database would be kept. Move it away first; nothing was changed."), former);
      return FALSE;
    }
  remove_part (part); /* of an attempt that was cut off */
  done = kith_db_encrypt (db, part, key, &local) && put_in_place (database->database, part, former, &local);
  explicit_bzero (key, sizeof key);
  remove_part (part);
  if (!done)
    g_set_error (error, local->domain, local->code, _("“%s” could not be encrypted: %s. It was left as it is, and is not encrypted."), database->database, local->message);
  return done;
}

/**
 * kith_command_encrypt:
 *
 * kith-hub encrypt: gives a database its key, once. The lock of the database is held all the while.
 *
 * Returns: 0, 1 when it failed and the database is as it was, 2 when the command line is wrong
 */
int
kith_command_encrypt (int argc, char **argv)
{
  g_auto (KithCommandDatabase) database = { 0 };
  gboolean drop = FALSE;
  const GOptionEntry entries[] = {
    KITH_COMMAND_DATABASE_ENTRIES (&database),
    { "remove-former", 0, 0, G_OPTION_ARG_NONE, &drop, N_("Removes the database that is not encrypted, once the encrypted one was compared with it"), NULL },
    { NULL }
  };
  g_autofree char *former = NULL;
  g_autoptr (GError) error = NULL;

  if (!kith_command_parse (&argc, &argv, NULL,
                           _("Encrypts a database that was made without a key, with that of --key-file, which is required. Stop “kith-hub serve” first. Room for the database once more is needed. The former one is kept beside "
                             "it, with “.unencrypted” after its name, until you remove it. Attached files are sealed as they are and stay where they lie."),
                           entries))
    return 2;
  if (database.key_file == NULL)
    {
      g_printerr (_("kith-hub encrypt: say with which key: --key-file FILE. To make one: (umask 077; openssl rand -hex 32 > FILE). Nothing was changed.\n"));
      return 2;
    }
  former = g_strconcat (database.database != NULL ? database.database : "", ".unencrypted", NULL);
  if (!encrypt (&database, former, &error))
    return kith_command_fail (error);
  g_print (_("Encrypted %s. Every kith-hub command needs --key-file %s for it from now on.\nKeep a copy of the key away from this computer: without it nobody opens the database any more.\n"),
           database.database, database.key_file);
  if (!drop)
    g_print (_("The former database is %s. Remove it when “kith-hub check” finds the new one in order, and backups from before with it.\n"), former);
  else if (g_unlink (former) == 0)
    g_print (_("The former database was removed. Backups from before are not encrypted.\n"));
  else
    {
      g_printerr (_("kith-hub: the former database, %s, could not be removed: %s. The encrypted one is in use; remove the former one yourself.\n"), former, g_strerror (errno));
      return 1;
    }
  return 0;
}
