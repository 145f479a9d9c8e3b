/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-db-private.h"

#include "kith-id.h"
#include "kith-text.h"

/* What SQL is taught beyond its own: fold (text), as records are found by (kith_text_fold): its lower () knows ASCII alone. natural_id (kind, key),
 * for migrations that make records (kith_id_natural). */

static void
fold (sqlite3_context *context, int n, sqlite3_value **values)
{
  const char *text = (const char *) sqlite3_value_text (values[0]);

  if (text == NULL)
    sqlite3_result_null (context);
  else
    sqlite3_result_text (context, kith_text_fold (text), -1, g_free);
}

static void
natural_id (sqlite3_context *context, int n, sqlite3_value **values)
{
  const char *kind = (const char *) sqlite3_value_text (values[0]), *key = (const char *) sqlite3_value_text (values[1]);

  if (kind == NULL || key == NULL)
    sqlite3_result_null (context);
  else
    sqlite3_result_text (context, kith_id_natural (kind, key), -1, g_free);
}

gboolean
kith_db_add_functions (KithDb *self, GError **error)
{
  static const struct
  {
    const char *name;
    int n;
    void (*call) (sqlite3_context *context, int n, sqlite3_value **values);
  } functions[] = { { "fold", 1, fold }, { "natural_id", 2, natural_id } };

  for (guint i = 0; i < G_N_ELEMENTS (functions); i++)
    {
      int code = sqlite3_create_function (self->handle, functions[i].name, functions[i].n, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL, functions[i].call, NULL, NULL);

      if (code != SQLITE_OK)
        {
          kith_db_set_error (self, code, functions[i].name, error);
          return FALSE;
        }
    }
  return TRUE;
}
