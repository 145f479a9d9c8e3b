/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-db-private.h"

#include "kith-text.h"

/* What SQL is taught beyond its own: fold (text), as records are found by (kith_text_fold): its lower () knows ASCII alone. */

static void
fold (sqlite3_context *context, int n, sqlite3_value **values)
{
  const char *text = (const char *) sqlite3_value_text (values[0]);

  if (text == NULL)
    sqlite3_result_null (context);
  else
    sqlite3_result_text (context, kith_text_fold (text), -1, g_free);
}

gboolean
kith_db_add_functions (KithDb *self, GError **error)
{
  int code = sqlite3_create_function (self->handle, "fold", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL, fold, NULL, NULL);

  if (code != SQLITE_OK)
    kith_db_set_error (self, code, "fold", error);
  return code == SQLITE_OK;
}
