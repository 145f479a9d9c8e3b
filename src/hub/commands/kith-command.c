/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-command.h"

#include "kith-file-words.h"
#include "kith-password.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define CHOICES_SHOWN 20

void
kith_command_database_clear (KithCommandDatabase *self)
{
  g_clear_pointer (&self->database, g_free);
  g_clear_pointer (&self->key_file, g_free);
  g_clear_pointer (&self->files, g_free);
}

int
kith_command_fail (const GError *error)
{
  const char *program = g_get_prgname ();

  g_printerr ("%s: %s\n", program != NULL && g_str_has_prefix (program, "kith-hub") ? program : "kith-hub", error->message);
  return error->domain == G_OPTION_ERROR ? 2 : 1;
}

char *
kith_command_quote (const char *word)
{
  for (const char *at = word; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at) && strchr ("._-+=:,%/@#", *at) == NULL)
      return g_shell_quote (word);
  return word[0] == '#' ? g_shell_quote (word) : g_strdup (word);
}

/* parameters: as kith_command_parse() has them */
static void
print_usage (const char *command, const char *parameters)
{
  g_printerr (_("Usage: kith-hub %s [OPTION…]%s%s   (--help tells of the options)\n"), command, parameters != NULL ? " " : "", parameters != NULL ? parameters : "");
}

gboolean
kith_command_parse (int *argc, char ***argv, const char *parameters, const char *summary, const GOptionEntry *entries)
{
  g_autoptr (GOptionContext) context = g_option_context_new (parameters);
  g_autoptr (GError) error = NULL;

  g_option_context_set_summary (context, summary);
  g_option_context_add_main_entries (context, entries, NULL);
  if (g_option_context_parse (context, argc, argv, &error))
    {
      if (parameters != NULL || *argc == 1)
        return TRUE;
      g_set_error (&error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, _("“%s” is one word too many. Nothing was done."), (*argv)[1]);
    }
  g_printerr ("kith-hub %s: %s\n", (*argv)[0], error->message);
  print_usage ((*argv)[0], parameters);
  return FALSE;
}

gboolean
kith_command_take_login (int argc, char **argv, char **login)
{
  if (*login == NULL && argc == 2)
    {
      *login = g_strdup (argv[1]);
      return TRUE;
    }
  if (*login != NULL && argc == 1)
    return TRUE;
  if (argc > 1)
    g_printerr (_("kith-hub %s: “%s” is one word too many. Nothing was done.\n"), argv[0], argv[*login == NULL ? 2 : 1]);
  else
    g_printerr (_("kith-hub %s: say whose it is: the name they sign in with.\n"), argv[0]);
  print_usage (argv[0], KITH_COMMAND_NAME);
  return FALSE;
}

void
kith_command_explain_damage (const char *path, GError **error)
{
  if (*error == NULL || !g_error_matches (*error, KITH_DB_ERROR, KITH_DB_ERROR_CORRUPT))
    return;
  g_clear_error (error);
  g_set_error (error, KITH_DB_ERROR, KITH_DB_ERROR_CORRUPT,
               _("“%s” is damaged. Stop the hub, and put the last backup that is in order in its place (kith-hub restore); nothing was changed."), path);
}

/* Like ssh does; but a hub that served yesterday goes on. */
static void
warn_of_readers (const char *path)
{
  GStatBuf there;

  if (g_stat (path, &there) == 0 && (there.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    g_printerr (_("kith-hub: Others on this computer can read the key in “%s”. Make it yours alone: chmod 600 %s\n"), path, path);
}

static gboolean
read_key (const char *path, guint8 key[KITH_COMMAND_KEY], GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) local = NULL;

  if (!g_file_get_contents (path, &text, NULL, &local))
    {
      g_autofree char *words = kith_file_words (path, local);

      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("The key could not be read, and the database was not touched. %s"), words);
      return FALSE;
    }
  warn_of_readers (path);
  if (!kith_hex_decode (g_strstrip (text), key, KITH_COMMAND_KEY))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   _("The key file must hold exactly %d hexadecimal digits. The database was not touched."), KITH_COMMAND_KEY * 2);
      return FALSE;
    }
  explicit_bzero (text, strlen (text));
  return TRUE;
}

char *
kith_command_files (const KithCommandDatabase *database)
{
  return database->files != NULL ? g_strdup (database->files) : g_strconcat (database->database, "-files", NULL);
}

/* As SQLite begins a file that is not encrypted. */
static gboolean
has_no_key (const char *path)
{
  static const char begins[] = "SQLite format 3";
  char head[sizeof begins] = "";
  FILE *file = fopen (path, "rb");
  gboolean read = file != NULL && fread (head, 1, sizeof head, file) == sizeof head;

  if (file != NULL)
    fclose (file);
  return read && memcmp (head, begins, sizeof begins) == 0;
}

static gboolean
is_others (const char *path, int mode)
{
  return faccessat (AT_FDCWD, path, mode, AT_EACCESS) < 0 && (errno == EACCES || errno == EPERM || errno == EROFS);
}

/* The lock and what SQLite keeps meanwhile are written beside it. */
static gboolean
is_of_another (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path), *lock = g_strconcat (path, ".lock", NULL);

  return is_others (folder, W_OK | X_OK) || is_others (path, R_OK | W_OK) || is_others (lock, R_OK | W_OK);
}

/* What the database says, as somebody at a console can act on it. Takes local. */
static void
explain (const KithCommandDatabase *database, GError *local, GError **error)
{
  if (g_error_matches (local, KITH_DB_ERROR, KITH_DB_ERROR_IN_USE))
    g_set_error (error, KITH_DB_ERROR, KITH_DB_ERROR_IN_USE,
                 _("“%s” is in use by another kith-hub. Stop “kith-hub serve” first, and start it again afterwards; nothing was changed."), database->database);
  else if (g_error_matches (local, KITH_DB_ERROR, KITH_DB_ERROR_WRONG_KEY) && database->key_file == NULL)
    g_set_error (error, KITH_DB_ERROR, KITH_DB_ERROR_WRONG_KEY,
                 _("“%s” is no Kith database, or it is encrypted and needs its key: --key-file FILE. It was left as it is."), database->database);
  else if (g_error_matches (local, KITH_DB_ERROR, KITH_DB_ERROR_WRONG_KEY) && has_no_key (database->database))
    g_set_error (error, KITH_DB_ERROR, KITH_DB_ERROR_WRONG_KEY,
                 _("“%s” has no key. Leave --key-file off, or give it that key with: kith-hub encrypt. It was left as it is."), database->database);
  else if (g_error_matches (local, KITH_DB_ERROR, KITH_DB_ERROR_FAILED) && is_of_another (database->database))
    g_set_error (error, KITH_DB_ERROR, KITH_DB_ERROR_FAILED,
                 _("Whoever runs this may not read and write “%s”, its lock (%s.lock) or the folder they are in. Run it as the user who serves, or make them that user’s (chown); "
                   "nothing was changed."),
                 database->database, database->database);
  else
    {
      g_propagate_error (error, local);
      return;
    }
  g_error_free (local);
}

/* A new database goes into a folder that is there. */
static gboolean
need_folder (const KithCommandDatabase *database, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (database->database);

  if (g_file_test (folder, G_FILE_TEST_IS_DIR))
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("The folder “%s” does not exist. Make it first; nothing was written."), folder);
  return FALSE;
}

static gboolean
need_database (const KithCommandDatabase *database, GError **error)
{
  if (database->database == NULL)
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("Say which database: --database FILE"));
  else if (!g_file_test (database->database, G_FILE_TEST_EXISTS))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("“%s” does not exist. Make it with: kith-hub init --database %s"),
                 database->database, database->database);
  else
    return TRUE;
  return FALSE;
}

KithDb *
kith_command_open_reader (const KithCommandDatabase *database, guint8 key[KITH_COMMAND_KEY], gboolean *has_key, GError **error)
{
  KithDbOptions options = { .path = database->database, .readonly = TRUE, .queries = KITH_HUB_QUERIES };
  GError *local = NULL;
  KithDb *db;

  *has_key = database->key_file != NULL;
  if (!need_database (database, error) || (*has_key && !read_key (database->key_file, key, error)))
    return NULL;
  options.key = *has_key ? key : NULL;
  db = kith_db_open (&options, &local);
  if (db == NULL)
    explain (database, local, error);
  return db;
}

KithDb *
kith_command_open_unencrypted (const KithCommandDatabase *database, guint8 key[KITH_COMMAND_KEY], GError **error)
{
  GError *local = NULL;
  KithDb *db;

  if (!need_database (database, error) || !read_key (database->key_file, key, error))
    return NULL;
  db = kith_db_open (&(KithDbOptions) { .path = database->database, .queries = KITH_HUB_QUERIES }, &local);
  if (g_error_matches (local, KITH_DB_ERROR, KITH_DB_ERROR_WRONG_KEY))
    {
      g_error_free (local);
      g_set_error (error, KITH_DB_ERROR, KITH_DB_ERROR_WRONG_KEY, _("“%s” is encrypted already, or it is no Kith database. It was left as it is."), database->database);
    }
  else if (local != NULL)
    explain (database, local, error);
  return db;
}

/**
 * kith_command_open_hub:
 * @create: TRUE: there must be no such file yet; FALSE: there must be one
 *
 * Makes the folder of attached files, and the file the owner's alone to read. KITH_DB_ERROR_IN_USE while another process serves it, in words of what
 * to do.
 *
 * Returns: (transfer full): the hub, for this thread
 */
KithHub *
kith_command_open_hub_reader (const KithCommandDatabase *database, GError **error)
{
  g_autoptr (KithClock) clock = kith_clock_new_system ();
  g_autofree char *files = database->database != NULL ? kith_command_files (database) : NULL;
  guint8 key[KITH_COMMAND_KEY];
  gboolean has_key;
  KithDb *db = kith_command_open_reader (database, key, &has_key, error);

  explicit_bzero (key, sizeof key);
  if (db == NULL)
    return NULL;
  if (!kith_db_begin (db, error)) /* until it is closed */
    {
      kith_db_close (db);
      return NULL;
    }
  return kith_hub_new (db, clock, kith_random_new_system (), &(KithHubOptions) { .files = files, .reader = TRUE }, error);
}

KithHub *
kith_command_open_hub (const KithCommandDatabase *database, gboolean create, GError **error)
{
  g_autoptr (KithClock) clock = kith_clock_new_system ();
  KithDbOptions options = { .path = database->database, .queries = "/org/kith/sql/hub/queries" };
  guint8 key[KITH_COMMAND_KEY];
  g_autofree char *files = NULL;
  GError *local = NULL;
  KithDb *db;

  if (create && database->database != NULL && g_file_test (database->database, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, _("“%s” is there already and was left as it is."), database->database);
      return NULL;
    }
  if ((!create || database->database == NULL) && !need_database (database, error))
    return NULL;
  if (create && !need_folder (database, error))
    return NULL;
  if (database->key_file != NULL)
    {
      if (!read_key (database->key_file, key, error))
        return NULL;
      options.key = key;
    }
  db = kith_db_open (&options, &local);
  explicit_bzero (key, sizeof key);
  if (db == NULL)
    {
      explain (database, local, error);
      return NULL;
    }
  g_chmod (database->database, 0600);
  files = kith_command_files (database);
  if (g_mkdir_with_parents (files, 0700) < 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), _("The folder for attached files, “%s”, cannot be made: %s"), files, g_strerror (errno));
      kith_db_close (db);
      return NULL;
    }
  return kith_hub_new (db, clock, kith_random_new_system (), &(KithHubOptions) { .files = files }, error);
}

static gboolean
is_called (KithRecord *record, const char *folded)
{
  const char *name = kith_record_string (record, "name");
  g_autofree char *own = g_utf8_casefold (name != NULL ? name : "", -1);

  return g_str_equal (own, folded);
}

/* One line for somebody who is to choose: the id, the name, whose it is, and what tells it from another of that name: where it came from. */
static void
append_choice (GString *list, KithHub *hub, KithRecord *record, gboolean with_source)
{
  const char *agency = kith_record_string (record, "organization_id");
  g_autoptr (KithRecord) owner = agency != NULL ? kith_world_get (kith_hub_get_world (hub), "organization", agency, NULL) : NULL;

  g_string_append_printf (list, "\n  %s  %s", kith_record_get_id (record), kith_record_string (record, "name"));
  if (owner != NULL)
    g_string_append_printf (list, " (%s)", kith_record_string (owner, "name"));
  if (with_source && kith_record_string (record, "source") != NULL && kith_record_string (record, "source_id") != NULL)
    g_string_append_printf (list, "  %s: %s", kith_record_string (record, "source"), kith_record_string (record, "source_id"));
}

/* The id, or NULL: then choices says which records are called so or, when none is, what there is. */
static char *
find_by_name (KithHub *hub, const char *kind, const char *id_or_name, guint *n, GString *choices, GError **error)
{
  g_autoptr (GPtrArray) all = kith_world_find (kith_hub_get_world (hub), "dir", kind, NULL, NULL, NULL, error);
  g_autofree char *folded = g_utf8_casefold (id_or_name, -1);
  const char *found = NULL;

  if (all == NULL)
    return NULL;
  for (guint i = 0; i < all->len; i++)
    {
      KithRecord *record = g_ptr_array_index (all, i);

      if (g_str_equal (kith_record_get_id (record), id_or_name))
        return g_strdup (id_or_name);
      if (!is_called (record, folded))
        continue;
      ++*n;
      found = kith_record_get_id (record);
      append_choice (choices, hub, record, TRUE);
    }
  if (*n == 1)
    return g_strdup (found);
  for (guint i = 0; *n == 0 && i < all->len && i < CHOICES_SHOWN; i++)
    append_choice (choices, hub, g_ptr_array_index (all, i), FALSE);
  if (*n == 0 && all->len > CHOICES_SHOWN)
    g_string_append (choices, "\n  …");
  return NULL;
}

char *
kith_command_find_agency (KithHub *hub, const char *id_or_name, GError **error)
{
  g_autoptr (GString) choices = g_string_new (NULL);
  GError *failed = NULL;
  guint n = 0;
  char *id = find_by_name (hub, "organization", id_or_name, &n, choices, &failed);

  if (failed != NULL)
    g_propagate_error (error, failed);
  else if (id == NULL && n > 1)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("Several agencies are called “%s”. Give the id instead:%s"), id_or_name, choices->str);
  else if (id == NULL && choices->len > 0)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("There is no agency “%s” in the directory. There are:%s"), id_or_name, choices->str);
  else if (id == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("There is no agency “%s” in the directory. Import it first."), id_or_name);
  return id;
}

/**
 * kith_command_find_service:
 *
 * Returns: (transfer full): its id. NULL with G_IO_ERROR_NOT_FOUND, or with G_IO_ERROR_INVALID_ARGUMENT when several are called so: the ids are in
 *   the message.
 */
char *
kith_command_find_service (KithHub *hub, const char *id_or_name, GError **error)
{
  g_autoptr (GString) choices = g_string_new (NULL);
  GError *failed = NULL;
  guint n = 0;
  char *id = find_by_name (hub, "service", id_or_name, &n, choices, &failed);

  if (failed != NULL)
    g_propagate_error (error, failed);
  else if (id == NULL && n > 1)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("Several services are called “%s”. Give the id instead:%s"), id_or_name, choices->str);
  else if (id == NULL && choices->len > 0)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("There is no service “%s” in the directory. There are:%s"), id_or_name, choices->str);
  else if (id == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("There is no service “%s” in the directory. Import it first."), id_or_name);
  return id;
}
