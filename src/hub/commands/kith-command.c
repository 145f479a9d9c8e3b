/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-command.h"

#include "kith-json.h"
#include "kith-password.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#define KEY_LENGTH 32

void
kith_command_database_clear (KithCommandDatabase *self)
{
  g_clear_pointer (&self->database, g_free);
  g_clear_pointer (&self->key_file, g_free);
}

int
kith_command_fail (const GError *error)
{
  g_printerr ("kith-hub: %s\n", error->message);
  return 1;
}

gboolean
kith_command_parse (int *argc, char ***argv, const char *parameters, const char *summary, const GOptionEntry *entries)
{
  g_autoptr (GOptionContext) context = g_option_context_new (parameters);
  g_autoptr (GError) error = NULL;

  g_option_context_set_summary (context, summary);
  g_option_context_add_main_entries (context, entries, NULL);
  if (g_option_context_parse (context, argc, argv, &error))
    return TRUE;
  g_printerr ("kith-hub %s: %s\n", (*argv)[0], error->message);
  return FALSE;
}

static gboolean
read_key (const char *path, guint8 key[KEY_LENGTH], GError **error)
{
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, error))
    return FALSE;
  if (!kith_hex_decode (g_strstrip (text), key, KEY_LENGTH))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   _("The key file must hold exactly %d hexadecimal digits. The database was not touched."), KEY_LENGTH * 2);
      return FALSE;
    }
  memset (text, 0, strlen (text));
  return TRUE;
}

KithHub *
kith_command_open_hub (const KithCommandDatabase *database, gboolean create, GError **error)
{
  g_autoptr (KithClock) clock = kith_clock_new_system ();
  KithDbOptions options = { .path = database->database, .queries = "/org/kith/sql/hub/queries" };
  guint8 key[KEY_LENGTH];
  KithDb *db;

  if (database->database == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("Say which database: --database FILE"));
      return NULL;
    }
  if (create && g_file_test (database->database, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, _("“%s” is there already and was left as it is."), database->database);
      return NULL;
    }
  if (!create && !g_file_test (database->database, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("“%s” does not exist. Make it with: kith-hub init --database %s"),
                   database->database, database->database);
      return NULL;
    }
  if (database->key_file != NULL)
    {
      if (!read_key (database->key_file, key, error))
        return NULL;
      options.key = key;
    }
  db = kith_db_open (&options, error);
  memset (key, 0, sizeof key);
  if (db == NULL)
    return NULL;
  g_chmod (database->database, 0600);
  return kith_hub_new (db, clock, kith_random_new_system (), NULL, error);
}

char *
kith_command_find_agency (KithHub *hub, const char *id_or_name, GError **error)
{
  g_autoptr (GPtrArray) all = kith_world_find (kith_hub_get_world (hub), "dir", "organization", NULL, NULL, NULL, error);
  const char *found = NULL;

  if (all == NULL)
    return NULL;
  for (guint i = 0; i < all->len; i++)
    {
      KithRecord *organization = g_ptr_array_index (all, i);

      if (g_str_equal (kith_record_get_id (organization), id_or_name))
        return g_strdup (id_or_name);
      if (!kith_record_is (organization, "name", id_or_name))
        continue;
      if (found != NULL)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("Two agencies are called “%s”: give the id instead."), id_or_name);
          return NULL;
        }
      found = kith_record_get_id (organization);
    }
  if (found == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("There is no agency “%s” in the directory. Import it first."), id_or_name);
  return g_strdup (found);
}

gboolean
kith_command_submit (KithHub *hub, const char *op, JsonObject *args, GError **error)
{
  g_autoptr (KithActor) actor = kith_actor_new_hub ();
  g_auto (KithOpContext) result = { 0 };

  return kith_hub_submit (hub, actor, op, args, &result, error);
}

gboolean
kith_command_set_password (KithHub *hub, const char *login, const char *staff, const char *password, GError **error)
{
  g_autoptr (JsonObject) question = kith_json_new ("login", "s", login, NULL);
  g_autofree char *text = kith_json_print_object (question);
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  KithHubRequest request = { "POST", "/v1/sign-in/start", NULL, NULL, NULL, body };
  g_auto (KithHubAnswer) answer = { 0 };
  g_autoptr (JsonObject) start = NULL;
  g_autoptr (KithPassword) derived = NULL;
  guint8 salt[KITH_PASSWORD_SALT];
  gsize length = 0;
  const char *data;

  /* The salt is asked for as a desk asks for it, so both derive the same. */
  kith_hub_handle (hub, &request, &answer);
  if (answer.status == 200 && answer.body != NULL)
    {
      data = g_bytes_get_data (answer.body, &length);
      start = kith_json_parse_object (data, length, NULL, error);
    }
  if (start == NULL || !kith_hex_decode (kith_json_string (start, "salt"), salt, sizeof salt))
    {
      g_clear_error (error);
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("The account for “%s” could not be prepared; nothing was changed."), login);
      return FALSE;
    }
  derived = kith_password_derive (password, salt, (guint64) kith_json_int (start, "ops", 0), (guint64) kith_json_int (start, "memory", 0), error);
  if (derived == NULL)
    return FALSE;
  return kith_hub_set_account (hub, login, staff, kith_secret_bytes (derived->auth), kith_secret_length (derived->auth), error);
}
