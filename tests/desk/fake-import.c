/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The imports of the fake desktop: one at a time, in memory; what it counts is what it was given. */

#include "fake-desktop.h"
#include "kith-json.h"
#include "kith-store-import.h"

#include <string.h>

static struct
{
  char *id, *state;
  KithImportTally tally;
  gint64 maybes[8]; /* rows nobody has decided on */
  gint64 like[8];   /* the earlier row each is like, 0: a client */
  guint n_maybes;
} job;

gboolean
kith_store_import_begin (KithStore *self, const char *id, const char *file, const char *source, const char *header, gboolean *begun, GError **error)
{
  g_free (job.id);
  g_free (job.state);
  job.id = g_strdup (id);
  job.state = g_strdup ("reading");
  job.tally = (KithImportTally) { 0 };
  job.n_maybes = 0;
  *begun = TRUE;
  return TRUE;
}

static JsonArray *
list_of (KithStore *self, const char *query, gboolean anew)
{
  JsonObject *data = fake_desktop_get_data ((KithDesktop *) (gpointer) self);

  if (anew || !json_object_has_member (data, query))
    json_object_set_array_member (data, query, json_array_new ());
  return json_object_get_array_member (data, query);
}

static void
list_row (KithStore *self, const char *query, const KithImportRow *row, const char *reason)
{
  JsonObject *values = row->args != NULL ? kith_json_object (row->args, "values") : NULL;
  g_autofree char *id = g_strdup_printf ("%d", (int) row->row);

  json_array_add_object_element (list_of (self, query, FALSE), kith_json_new ("id", "s", id, "row", "i", row->row, "reason", "s", reason, "who", "s",
                                                                               values != NULL ? kith_json_string (values, "given_name") : row->who, NULL));
}

/* A family called Twin is perhaps here already; one called Known came in before, and lacks something. */
gboolean
kith_store_import_add (KithStore *self, const char *id, const KithImportRow *rows, guint n_rows, GError **error)
{
  list_of (self, "import-bad-first", TRUE);
  list_of (self, "import-remarked-first", TRUE);
  for (guint i = 0; i < n_rows; i++)
    {
      if (rows[i].args == NULL)
        {
          job.tally.bad++;
          list_row (self, "import-bad-first", &rows[i], rows[i].reason);
          continue;
        }
      if (strstr (rows[i].cells, "Twin") != NULL || rows[i].like > 0)
        job.like[job.n_maybes] = rows[i].like, job.maybes[job.n_maybes++] = rows[i].row, job.tally.maybe++;
      else if (strstr (rows[i].cells, "Known") != NULL)
        job.tally.same++, job.tally.lacking++;
      else
        job.tally.fresh++;
      if (rows[i].remark == NULL)
        continue;
      job.tally.remarked++;
      list_row (self, "import-remarked-first", &rows[i], rows[i].remark);
    }
  return TRUE;
}

gboolean
kith_store_import_end_reading (KithStore *self, GError **error)
{
  return TRUE;
}

gboolean
kith_store_import_counts (KithStore *self, const char *id, KithImportTally *counts, char **state, GError **error)
{
  *counts = job.tally;
  *state = g_strcmp0 (id, job.id) == 0 ? g_strdup (job.state) : NULL;
  return TRUE;
}

static void
set_state (const char *state)
{
  g_free (job.state);
  job.state = g_strdup (state);
}

gboolean
kith_store_import_start (KithStore *self, const char *id, gboolean fill, GError **error)
{
  if (fill)
    {
      job.tally.filled = job.tally.lacking;
      job.tally.joined += job.tally.lacking;
      job.tally.same -= job.tally.lacking;
    }
  job.tally.lacking = 0;
  set_state ("running");
  return TRUE;
}

/* Maria López is who it may be. */
GPtrArray *
kith_store_import_list_maybe (KithStore *self, const char *id, guint limit, GError **error)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);

  for (guint i = 0; i < job.n_maybes && i < limit; i++)
    {
      g_autofree char *text =
        g_strdup_printf ("{\"row\":%d,\"like\":%d,\"client\":\"c0000000-0000-7000-8000-000000000001\",\"number\":\"KA-0001\",\"agency_name\":\"Harbor House\","
                         "\"missing\":[\"email\",\"languages\"],\"body\":{\"first_values\":{\"given_name\":\"Anne\",\"family_name\":\"Twin\","
                         "\"date_of_birth\":\"2001-06-01\",\"phone\":\"619-555-0142\"},\"second_values\":{\"given_name\":\"%s\",\"family_name\":\"Twin\","
                         "\"date_of_birth\":\"2001-06-01\"},\"given_level\":\"near\",\"family_level\":\"exact\",\"birth_level\":\"exact\","
                         "\"phone_level\":\"missing\",\"street_level\":\"missing\"}}", (int) job.maybes[i], (int) job.like[i], job.maybes[i] % 2 == 0 ? "Ann" : "Bea");

      g_ptr_array_add (list, kith_json_parse_object (text, -1, NULL, NULL));
    }
  return list;
}

gboolean
kith_store_import_decide (KithStore *self, const char *id, gint64 row, const char *client, KithImportVerdict verdict, GError **error)
{
  static gint64 same; /* the row that was last said to be somebody here */

  if (verdict == KITH_IMPORT_OPEN)
    {
      job.like[job.n_maybes] = 0;
      job.maybes[job.n_maybes++] = row;
      job.tally.maybe++;
      *(same == row ? &job.tally.joined : &job.tally.fresh) -= 1;
      return TRUE;
    }
  for (guint i = 0; i < job.n_maybes; i++)
    if (job.maybes[i] == row)
      {
        memmove (&job.maybes[i], &job.maybes[i + 1], (--job.n_maybes - i) * sizeof (gint64));
        memmove (&job.like[i], &job.like[i + 1], (job.n_maybes - i) * sizeof (gint64));
        job.tally.maybe--;
        *(verdict == KITH_IMPORT_SAME ? &job.tally.joined : &job.tally.fresh) += 1;
        same = verdict == KITH_IMPORT_SAME ? row : 0;
        if (g_strcmp0 (job.state, "done") == 0)
          set_state ("running");
        return TRUE;
      }
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "This row was dealt with already.");
  return FALSE;
}

gboolean
kith_store_import_step (KithStore *self, gboolean *more, char **id, GError **error)
{
  *more = FALSE;
  *id = g_strcmp0 (job.state, "running") == 0 || g_strcmp0 (job.state, "undoing") == 0 ? g_strdup (job.id) : NULL;
  if (g_strcmp0 (job.state, "running") == 0)
    {
      job.tally.taken += job.tally.fresh;
      job.tally.fresh = 0;
      set_state ("done");
    }
  else if (g_strcmp0 (job.state, "undoing") == 0)
    {
      job.tally.undone += job.tally.taken;
      job.tally.taken = 0;
      set_state ("undone");
    }
  return TRUE;
}

gboolean
kith_store_import_undo (KithStore *self, const char *id, GError **error)
{
  set_state ("undoing");
  return TRUE;
}

gboolean
kith_store_import_each (KithStore *self, const char *id, KithImportRows which, KithImportFunc func, gpointer user_data, GError **error)
{
  return func ("[\"Name\"]", NULL, user_data, error) &&
         (which == KITH_IMPORT_REMARKED ? func ("[\"Ann\"]", "cut off", user_data, error) : func ("[\"\"]", "no name", user_data, error));
}
