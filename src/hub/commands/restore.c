/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-command.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* kith-hub restore: a backup in the place of the database. All of it is there, whole and as another life of the hub, before anything is moved; then
 * the former one takes another name and stays. */

static const char *const companions[] = { "", "-wal", "-shm", "-journal" };

/* A folder of files; no folders are in it. */
static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      g_unlink (file);
    }
  g_rmdir (path);
}

typedef struct
{
  char *from, *from_files;     /* of the backup */
  char *part, *part_files;     /* as it is made */
  char *to, *to_files;         /* where the hub looks */
  char *former, *former_files; /* where what was there is kept */
  guint8 key[KITH_COMMAND_KEY];
  gboolean has_key;
} Restore;

static void
drop_part (Restore *self)
{
  static const char *const more[] = { ".lock", "-wal", "-shm", "-journal", "" };

  for (guint i = 0; i < G_N_ELEMENTS (more); i++)
    {
      g_autofree char *path = g_strconcat (self->part, more[i], NULL);
      g_unlink (path);
    }
  remove_folder (self->part_files);
}

static void
restore_clear (Restore *self)
{
  explicit_bzero (self->key, sizeof self->key);
  g_free (self->from);
  g_free (self->from_files);
  g_free (self->part);
  g_free (self->part_files);
  g_free (self->to);
  g_free (self->to_files);
  g_free (self->former);
  g_free (self->former_files);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Restore, restore_clear)

/* The file of the folder that has its attached files beside it. */
static gboolean
find_copy (Restore *self, const char *folder, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint found = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL), *files = g_strconcat (path, "-files", NULL);

      if (!g_file_test (path, G_FILE_TEST_IS_REGULAR) || !g_file_test (files, G_FILE_TEST_IS_DIR))
        continue;
      found++;
      g_free (self->from);
      g_free (self->from_files);
      self->from = g_steal_pointer (&path);
      self->from_files = g_steal_pointer (&files);
    }
  if (found == 1)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("“%s” is no backup: kith-hub backup makes a folder with one database and its files. Nothing was changed."), folder);
  return FALSE;
}

static void
refuse_copy (Restore *self, GError **error)
{
  g_set_error (error, KITH_DB_ERROR, KITH_DB_ERROR_CORRUPT, _("The backup “%s” is damaged. Nothing was changed. Take an older one."), self->from);
}

/* A copy of what is damaged is of no use. */
static KithDb *
open_copy (Restore *self, const char *key_file, GError **error)
{
  const KithCommandDatabase copy = { .database = self->from, .key_file = (char *) key_file };
  g_autoptr (KithDb) db = kith_command_open_reader (&copy, self->key, &self->has_key, error);
  g_autoptr (GError) local = NULL;
  g_autofree char *said = NULL, *epoch = NULL;

  if (db == NULL)
    {
      if (g_error_matches (*error, KITH_DB_ERROR, KITH_DB_ERROR_CORRUPT))
        {
          g_clear_error (error);
          refuse_copy (self, error);
        }
      return NULL;
    }
  said = kith_db_fetch_text (db, &local, "db-sound", "");
  epoch = g_strcmp0 (said, "ok") == 0 ? kith_db_fetch_text (db, &local, "state-epoch", "") : NULL;
  if (epoch != NULL)
    return g_steal_pointer (&db);
  refuse_copy (self, error);
  return NULL;
}

/* Opened once: the hub's next life begins (kith-hub-life.c). */
static gboolean
begin_life (Restore *self, KithClock *clock, GError **error)
{
  const KithDbOptions options = { .path = self->part, .key = self->has_key ? self->key : NULL, .queries = KITH_HUB_QUERIES };
  KithRandom *random = kith_random_new_system ();
  KithDb *db = kith_db_open (&options, error);
  KithHub *hub = db != NULL ? kith_hub_new (db, clock, random, &(KithHubOptions) { .files = self->part_files }, error) : NULL;
  gboolean ok = hub != NULL;

  g_clear_pointer (&hub, kith_hub_free);
  kith_random_free (random);
  return ok;
}

static gboolean
make_part (Restore *self, KithDb *copy, guint *n_files, GString *report, guint *n_problems, GError **error)
{
  g_autoptr (KithClock) clock = kith_clock_new_system ();

  drop_part (self); /* of an attempt that was cut off */
  return kith_hub_back_up (&(KithHubBackup) { copy, self->has_key ? self->key : NULL, self->from_files, self->part, self->part_files, clock }, n_files, report,
                           n_problems, error) &&
         begin_life (self, clock, error);
}

static gboolean
move (const char *from, const char *to, GError **error)
{
  if (g_rename (from, to) == 0 || errno == ENOENT)
    return TRUE;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", from, g_strerror (errno));
  return FALSE;
}

static gboolean
move_beside (guint i, const char *from, const char *to, GError **error)
{
  g_autofree char *source = g_strconcat (from, companions[i], NULL), *target = g_strconcat (to, companions[i], NULL);

  return move (source, target, error);
}

/* While the database has its name, all that belongs to it is beside it: when it goes it goes first, */
static gboolean
move_away (const char *from, const char *from_files, const char *to, const char *to_files, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (companions); i++)
    if (!move_beside (i, from, to, error))
      return FALSE;
  return move (from_files, to_files, error);
}

/* and where it comes it is the last. */
static gboolean
move_in (const char *from, const char *from_files, const char *to, const char *to_files, GError **error)
{
  if (!move (from_files, to_files, error))
    return FALSE;
  for (guint i = G_N_ELEMENTS (companions); i > 0; i--)
    if (!move_beside (i - 1, from, to, error))
      return FALSE;
  return TRUE;
}

static gboolean
sync_disk (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  gboolean ok = fd >= 0 && syncfs (fd) == 0;

  if (!ok)
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", folder, g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return ok;
}

static gboolean
put_in_place (Restore *self, GError **error)
{
  if (!sync_disk (self->part, error) || !sync_disk (self->part_files, error))
    return FALSE;
  if (move_away (self->to, self->to_files, self->former, self->former_files, error))
    {
      if (move_in (self->part, self->part_files, self->to, self->to_files, error))
        return sync_disk (self->to_files, error) && sync_disk (self->to, error);
      move_away (self->to, self->to_files, self->part, self->part_files, NULL);
    }
  move_in (self->former, self->former_files, self->to, self->to_files, NULL);
  return FALSE;
}

static void
name_places (Restore *self, const KithCommandDatabase *database)
{
  g_autoptr (KithClock) clock = kith_clock_new_system ();
  g_autofree char *at = kith_time_format (kith_clock_wall_ms (clock));

  g_strdelimit (at, ":.", '-');
  self->to = g_strdup (database->database);
  self->to_files = kith_command_files (database);
  self->part = g_strconcat (self->to, ".part", NULL);
  self->part_files = g_strconcat (self->to_files, ".part", NULL);
  self->former = g_strdup_printf ("%s.former-%s", self->to, at);
  self->former_files = g_strdup_printf ("%s.former-%s", self->to_files, at);
}

/* The database's lock is held all the while. */
static gboolean
take_place (Restore *self, KithDb *copy, guint *n_files, GString *report, guint *n_problems, GError **error)
{
  g_autoptr (GError) local = NULL;
  gboolean ok;
  int held;

  held = kith_db_hold (self->to, &local);
  if (held < 0)
    {
      if (g_error_matches (local, KITH_DB_ERROR, KITH_DB_ERROR_IN_USE))
        g_set_error (error, KITH_DB_ERROR, KITH_DB_ERROR_IN_USE, _("“%s” is in use by another kith-hub. Stop “kith-hub serve” first, and start it again afterwards; nothing was changed."),
                     self->to);
      else
        g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  ok = make_part (self, copy, n_files, report, n_problems, &local) && put_in_place (self, &local);
  drop_part (self);
  close (held);
  if (!ok)
    g_set_error (error, local->domain, local->code, _("The backup could not be put back: %s. The database is what it was."), local->message);
  return ok;
}

/* Who reads a database leaves its log beside it; a backup's folder stays as it is. */
static void
note_companions (Restore *self, gboolean kept[])
{
  for (guint i = 0; i < G_N_ELEMENTS (companions); i++)
    {
      g_autofree char *path = g_strconcat (self->from, companions[i], NULL);

      kept[i] = g_file_test (path, G_FILE_TEST_EXISTS);
    }
}

static void
drop_companions (Restore *self, const gboolean kept[])
{
  for (guint i = 0; i < G_N_ELEMENTS (companions); i++)
    {
      g_autofree char *path = kept[i] ? NULL : g_strconcat (self->from, companions[i], NULL);

      if (path != NULL)
        g_unlink (path);
    }
}

static gboolean
restore (Restore *self, const char *folder, const KithCommandDatabase *database, guint *n_files, GString *report, guint *n_problems, GError **error)
{
  g_autoptr (KithDb) copy = NULL;
  gboolean kept[G_N_ELEMENTS (companions)], ok;

  name_places (self, database);
  if (!find_copy (self, folder, error))
    return FALSE;
  note_companions (self, kept);
  copy = open_copy (self, database->key_file, error);
  ok = copy != NULL && take_place (self, copy, n_files, report, n_problems, error);
  g_clear_pointer (&copy, kith_db_close);
  drop_companions (self, kept);
  return ok;
}

/* All that belongs to it, by name: its log too, where the hub was cut off. */
static void
print_former (Restore *self)
{
  g_autoptr (GString) names = g_string_new (self->former_files);

  for (guint i = 1; i < G_N_ELEMENTS (companions); i++)
    {
      g_autofree char *path = g_strconcat (self->former, companions[i], NULL);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        g_string_append_printf (names, ", %s", path);
    }
  g_print (_("The former database is %s. Remove it, and %s with it, once all desks have met the hub again.\n"), self->former, names->str);
}

/**
 * kith_command_restore:
 *
 * kith-hub restore: what kith-hub backup made, in the place of the database. The desks find that the hub begins another life, send again what it does
 * not know and fetch anew what they show (sync.md 2.7).
 *
 * Returns: 0, 1 when it failed and nothing was changed or when an attached file is missing or damaged, 2 when the command line is wrong
 */
int
kith_command_restore (int argc, char **argv)
{
  g_auto (KithCommandDatabase) database = { 0 };
  g_autofree char *from = NULL;
  const GOptionEntry entries[] = {
    KITH_COMMAND_DATABASE_ENTRIES (&database),
    { "from", 0, 0, G_OPTION_ARG_FILENAME, &from, N_("Folder that kith-hub backup made; it stays as it is; required"), N_("BACKUP") },
    { NULL }
  };
  g_autoptr (GString) report = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_auto (Restore) self = { 0 };
  guint n_files = 0, problems = 0;

  if (!kith_command_parse (&argc, &argv, NULL,
                           _("Puts a backup in the place of the database and its attached files. Stop “kith-hub serve” first. The backup is checked before anything is moved, and stays as "
                             "it is. What was there is kept beside it, with “.former” and the time after its name, until you remove it. Start the hub again afterwards: the desks send "
                             "what the backup does not have."),
                           entries))
    return 2;
  if (from == NULL || database.database == NULL)
    {
      g_printerr (_("kith-hub restore: say which backup and which database: --from BACKUP --database FILE. Nothing was changed.\n"));
      return 2;
    }
  if (!restore (&self, from, &database, &n_files, report, &problems, &error))
    return kith_command_fail (error);
  g_print ("%s", report->str);
  g_print (ngettext ("Put the database and %u attached file of %s in place.\n", "Put the database and %u attached files of %s in place.\n", n_files), n_files, from);
  if (g_file_test (self.former, G_FILE_TEST_EXISTS))
    print_former (&self);
  if (problems > 0)
    g_print (_("%u problems.\n"), problems);
  return problems == 0 ? 0 : 1;
}
