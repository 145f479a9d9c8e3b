/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-db-private.h"

#include <math.h>

#include "kith-id.h"
#include "kith-text.h"

/* What SQL is taught beyond its own: fold (text), as records are found by (kith_text_fold): its lower () knows ASCII alone. natural_id (kind, key),
 * for migrations that make records (kith_id_natural). metres (latitude, longitude, latitude, longitude): from one point to the other, as the crow flies. */

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

#define EARTH_M 6371008.8 /* its mean radius */

/* In radians; FALSE: no point on earth. Latitude and longitude both 0 is what a directory says that knows neither. */
static gboolean
read_point (sqlite3_value **values, double *latitude, double *longitude)
{
  if (sqlite3_value_numeric_type (values[0]) == SQLITE_NULL || sqlite3_value_numeric_type (values[1]) == SQLITE_NULL ||
      sqlite3_value_numeric_type (values[0]) == SQLITE_TEXT || sqlite3_value_numeric_type (values[1]) == SQLITE_TEXT)
    return FALSE;
  *latitude = sqlite3_value_double (values[0]) * G_PI / 180;
  *longitude = sqlite3_value_double (values[1]) * G_PI / 180;
  return fabs (*latitude) <= G_PI / 2 && fabs (*longitude) <= G_PI;
}

/* The haversine formula; NULL where one of the two is no point. The second may be nowhere (0, 0), the first may be asked from there. */
static void
metres (sqlite3_context *context, int n, sqlite3_value **values)
{
  double latitude, longitude, to_latitude, to_longitude, h;

  if (!read_point (values, &latitude, &longitude) || !read_point (values + 2, &to_latitude, &to_longitude) || (to_latitude == 0 && to_longitude == 0))
    {
      sqlite3_result_null (context);
      return;
    }
  h = pow (sin ((to_latitude - latitude) / 2), 2) + cos (latitude) * cos (to_latitude) * pow (sin ((to_longitude - longitude) / 2), 2);
  sqlite3_result_double (context, 2 * EARTH_M * asin (sqrt (MIN (h, 1))));
}

gboolean
kith_db_add_functions (KithDb *self, GError **error)
{
  static const struct
  {
    const char *name;
    int n;
    void (*call) (sqlite3_context *context, int n, sqlite3_value **values);
  } functions[] = { { "fold", 1, fold }, { "natural_id", 2, natural_id }, { "metres", 4, metres } };

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
