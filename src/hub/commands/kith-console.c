/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-console.h"

#include "kith-hub-console.h"
#include "kith-json.h"
#include "kith-password.h"

#include <glib/gi18n.h>
#include <string.h>

static gboolean
is_served (const char *path)
{
  g_autoptr (JsonObject) request = kith_json_new ("what", "s", "here", NULL);
  g_autoptr (JsonObject) answer = kith_hub_console_ask (path, request, NULL);

  return answer != NULL;
}

/**
 * kith_console_open:
 *
 * KITH_DB_ERROR_IN_USE when another process writes the database and does not serve.
 */
gboolean
kith_console_open (KithConsole *self, const KithCommandDatabase *database, GError **error)
{
  g_autofree char *path = NULL;
  GError *local = NULL;

  *self = (KithConsole) { .hub = kith_command_open_hub (database, FALSE, &local) };
  if (self->hub != NULL)
    return TRUE;
  if (!g_error_matches (local, KITH_DB_ERROR, KITH_DB_ERROR_IN_USE) || !is_served (path = kith_hub_console_path (database->database)))
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  g_error_free (local);
  self->hub = kith_command_open_hub_reader (database, error);
  self->serve = g_steal_pointer (&path);
  return self->hub != NULL;
}

gboolean
kith_console_look (KithConsole *self, const KithCommandDatabase *database, GError **error)
{
  *self = (KithConsole) { .hub = kith_command_open_hub_reader (database, error) };
  return self->hub != NULL;
}

gboolean
kith_console_list (const KithConsole *self, const char *query, void (*print) (KithDbStmt *row), const char *none, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (kith_hub_get_db (self->hub), query, error);
  KithDbStep step;
  guint n = 0;

  if (stmt == NULL)
    return FALSE;
  for (; (step = kith_db_step (stmt, error)) == KITH_DB_ROW; n++)
    print (stmt);
  if (step == KITH_DB_DONE && n == 0)
    g_print ("%s", none);
  return step == KITH_DB_DONE;
}

void
kith_console_clear (KithConsole *self)
{
  g_clear_pointer (&self->hub, kith_hub_free);
  g_clear_pointer (&self->serve, g_free);
}

JsonObject *
kith_console_ask (const KithConsole *self, JsonObject *request, GError **error)
{
  g_autoptr (JsonObject) owned = request;
  g_autoptr (JsonObject) answer = self->serve != NULL ? kith_hub_console_ask (self->serve, owned, error) : kith_hub_console_run (self->hub, owned, error);

  if (answer == NULL)
    return NULL;
  if (self->serve != NULL) /* a reader sees one moment: on to the next */
    {
      kith_db_rollback (kith_hub_get_db (self->hub));
      if (!kith_db_begin (kith_hub_get_db (self->hub), error))
        return NULL;
    }
  return g_steal_pointer (&answer);
}

gboolean
kith_console_do (const KithConsole *self, JsonObject *request, GError **error)
{
  g_autoptr (JsonObject) answer = kith_console_ask (self, request, error);

  return answer != NULL;
}

gboolean
kith_console_submit (const KithConsole *self, const char *op, JsonObject *args, GError **error)
{
  return kith_console_do (self, kith_json_new ("what", "s", "submit", "op", "s", op, "a", "o", json_object_ref (args), NULL), error);
}

gboolean
kith_console_rows (const KithConsole *self, const char *mark, GPtrArray *ops, GPtrArray *outcomes, GError **error)
{
  g_autoptr (JsonArray) rows = json_array_new ();
  g_autoptr (JsonObject) answer = NULL;
  JsonArray *list;

  for (guint i = 0; i < ops->len; i++)
    json_array_add_object_element (rows, json_object_ref (ops->pdata[i]));
  answer = kith_console_ask (self, kith_json_new ("what", "s", "rows", "mark", "s", mark, "ops", "a", json_array_ref (rows), NULL), error);
  if (answer == NULL)
    return FALSE;
  list = kith_json_array (answer, "outcomes");
  if (list == NULL || json_array_get_length (list) != ops->len)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("The hub that serves gave no outcome for every row."));
      return FALSE;
    }
  for (guint i = 0; i < ops->len; i++)
    g_ptr_array_add (outcomes, json_object_ref (json_array_get_object_element (list, i)));
  return TRUE;
}

gboolean
kith_console_rows_over (const KithConsole *self, const char *mark, GError **error)
{
  return kith_console_do (self, kith_json_new ("what", "s", "rows_over", "mark", "s", mark, NULL), error);
}

gboolean
kith_console_set_password (const KithConsole *self, const char *login, const char *staff, const char *password, gboolean made_up, GError **error)
{
  g_autoptr (JsonObject) question = kith_json_new ("login", "s", login, NULL);
  g_autofree char *text = kith_json_print_object (question), *auth = NULL;
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  KithHubRequest request = { "POST", "/v1/sign-in/start", NULL, NULL, NULL, body };
  g_auto (KithHubAnswer) answer = { 0 };
  g_autoptr (JsonObject) start = NULL;
  g_autoptr (KithPassword) derived = NULL;
  guint8 salt[KITH_PASSWORD_SALT];
  gsize length = 0;
  const char *data;

  if (!kith_console_do (self, kith_json_new ("what", "s", "low_cost", "login", "s", login, "low", "b", made_up, NULL), error))
    return FALSE;
  /* The salt is asked for as a desk asks for it, so both derive the same. */
  kith_hub_handle (self->hub, &request, &answer);
  if (answer.status == 200 && answer.body != NULL)
    {
      data = g_bytes_get_data (answer.body, &length);
      start = kith_json_parse_object (data, length, NULL, error);
    }
  if (start == NULL || !kith_hex_decode (kith_json_string (start, "salt"), salt, sizeof salt))
    {
      g_clear_error (error);
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("The sign-in for “%s” could not be prepared. Run the same command again: it finishes what is there."), login);
      return FALSE;
    }
  derived = kith_password_derive (password, salt, (guint64) kith_json_int (start, "ops", 0), (guint64) kith_json_int (start, "memory", 0), error);
  if (derived == NULL)
    return FALSE;
  auth = g_base64_encode (kith_secret_bytes (derived->auth), kith_secret_length (derived->auth));
  return kith_console_do (self, kith_json_new ("what", "s", "account", "login", "s", login, "staff", "s", staff, "auth", "s", auth, NULL), error);
}
