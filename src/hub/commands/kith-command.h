/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-hub.h"

G_BEGIN_DECLS

/* One sub-command of kith-hub: a name, a line of help, and what it does. Returns the program's exit status. */
typedef struct
{
  const char *name; /* "account add": words separated by a space */
  const char *help;
  int (*run) (int argc, char **argv); /* argv[0] is the whole name */
} KithCommand;

int kith_command_init (int argc, char **argv);
int kith_command_serve (int argc, char **argv);
int kith_command_account_add (int argc, char **argv);
int kith_command_account_computers (int argc, char **argv);
int kith_command_account_deactivate (int argc, char **argv);
int kith_command_account_password (int argc, char **argv);
int kith_command_account_trained (int argc, char **argv);
int kith_command_service_direct (int argc, char **argv);
int kith_command_import_hsds (int argc, char **argv);
int kith_command_import_clients (int argc, char **argv);
int kith_command_import_undo (int argc, char **argv);
int kith_command_demo (int argc, char **argv);
int kith_command_backup (int argc, char **argv);
int kith_command_parked (int argc, char **argv);
int kith_command_mail (int argc, char **argv);
int kith_command_encrypt (int argc, char **argv);
int kith_command_restore (int argc, char **argv);
int kith_command_survive (int (*run) (int argc, char **argv), int argc, char **argv);
int kith_command_check (int argc, char **argv);

/* What they share. */
typedef struct
{
  char *database;
  char *key_file;
  char *files; /* NULL: a folder beside the database, with its name and "-files" */
} KithCommandDatabase;
#define KITH_COMMAND_DATABASE_ENTRIES(d)                                                                                                \
  { "database", 'd', 0, G_OPTION_ARG_FILENAME, &(d)->database, N_("The hub’s database; required"), N_("FILE") },                                  \
  { "key-file", 0, 0, G_OPTION_ARG_FILENAME, &(d)->key_file, N_("File with the database’s key, 64 hexadecimal digits"), N_("FILE") },                                  \
  { "files", 0, 0, G_OPTION_ARG_FILENAME, &(d)->files, N_("Folder of the attached files; without it, FILE-files beside the database"), N_("FOLDER") }
void kith_command_database_clear (KithCommandDatabase *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KithCommandDatabase, kith_command_database_clear)

/* Parses, prints what was wrong; FALSE: stop with status 2. parameters: what follows the options, for the help text, or NULL. */
gboolean kith_command_parse (int *argc, char ***argv, const char *parameters, const char *summary, const GOptionEntry *entries);
/* Whose account it is, where parameters is KITH_COMMAND_NAME: after --login, or the one word beside the options; FALSE as before. */
#define KITH_COMMAND_NAME _("[NAME]") /* where gi18n.h is included */
gboolean kith_command_take_login (int argc, char **argv, char **login);
#define KITH_COMMAND_KEY 32
char *kith_command_files (const KithCommandDatabase *database); /* the folder of the attached files */
/* Reads beside a hub that serves. key: filled when there is a key file. */
KithDb *kith_command_open_reader (const KithCommandDatabase *database, guint8 key[KITH_COMMAND_KEY], gboolean *has_key, GError **error);
/* Its one writer, of a database that has no key; key: the one it is to get. */
KithDb *kith_command_open_unencrypted (const KithCommandDatabase *database, guint8 key[KITH_COMMAND_KEY], GError **error);
KithHub *kith_command_open_hub (const KithCommandDatabase *database, gboolean create, GError **error);
/* One moment of it, to look at: takes no lock, makes no file and no folder, and leaves a database of an older Kith as it is, with an error. */
KithHub *kith_command_open_hub_reader (const KithCommandDatabase *database, GError **error);
char *kith_command_quote (const char *word); /* as a shell takes it: quoted where it has to be. g_free() */
/* path: of a database. What cannot be read any more is said as it is: KITH_DB_ERROR_CORRUPT with words of what is safe and what to do; others stay. */
void kith_command_explain_damage (const char *path, GError **error);
int kith_command_fail (const GError *error); /* prints to stderr; 1, or 2 where the command line was wrong (G_OPTION_ERROR) */

/* By id or by the whole name, in whatever case; the error tells what there is to choose from. */
char *kith_command_find_agency (KithHub *hub, const char *id_or_name, GError **error);
char *kith_command_find_service (KithHub *hub, const char *id_or_name, GError **error);
char *kith_command_make_password (KithRandom *random);
char *kith_command_read_password (const char *path, GError **error);

G_END_DECLS
