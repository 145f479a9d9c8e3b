/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One person in two rows of a list, each with a number of its own: whoever takes the list says whether it is one. They are, then one client comes in
 * with what both rows say; nobody has said, then the later row stays out. */

#include "kith-store-import-private.h"

#include <glib/gi18n.h>

gboolean
kith_import_tell_twice (KithStore *self, const char *id, gint64 first, gint64 last, GError **error)
{
  return kith_db_run (self->db, error, "import-twice", "sii", id, first, last);
}

/* What is missing in one form; what stands there stays. */
static void
fill_in (JsonObject *form, JsonObject *client, JsonObject *values)
{
  g_autoptr (JsonObject) set = kith_import_missing_of (values, form, client);
  JsonObjectIter iter;
  const char *field;
  JsonNode *change;

  json_object_iter_init_ordered (&iter, set);
  while (json_object_iter_next_ordered (&iter, &field, &change))
    json_object_set_member (form, field, json_node_copy (json_object_get_member (json_node_get_object (change), "new")));
}

static void
merge_row (JsonObject *values, JsonObject **billing, JsonObject *other)
{
  JsonObject *insured = kith_json_object (other, KITH_IMPORT_BILLING);

  fill_in (values, values, other);
  if (insured == NULL)
    return;
  if (*billing == NULL)
    *billing = json_object_new ();
  fill_in (*billing, values, insured);
}

gboolean
kith_import_merge_twice (KithStore *self, const char *id, const char *client, JsonObject *values, JsonObject **billing, GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "import-merging", error);
  KithDbStep step;

  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, id);
  kith_db_bind_text (stmt, 2, client);
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      g_autoptr (JsonObject) other = kith_store_parse_args (kith_db_text (stmt, 1));
      gint64 row = kith_db_int (stmt, 0);

      merge_row (values, billing, other);
      g_array_append_val (rows, row);
    }
  for (guint i = 0; step == KITH_DB_DONE && i < rows->len; i++)
    if (!kith_db_run (self->db, error, "import-merged", "si", id, g_array_index (rows, gint64, i)))
      return FALSE;
  return step == KITH_DB_DONE;
}

gboolean
kith_import_settle_twice (KithStore *self, const char *id, GError **error)
{
  return kith_db_run (self->db, error, "import-settle-merged", "ss", id, _("It was said to be the same person as a row that was not taken."));
}
