/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows whose number is here already. A list whose numbers begin anew each month means other people by them. */

#include "kith-store-import-private.h"

#include "kith-match.h"
#include "kith-similar.h"
#include "kith-text.h"

#include <glib/gi18n.h>

typedef struct
{
  gint64 row;
  JsonObject *values, *client_values;
  char *client;
} Same;

static void
same_clear (gpointer data)
{
  Same *same = data;

  g_clear_pointer (&same->values, json_object_unref);
  g_clear_pointer (&same->client_values, json_object_unref);
  g_free (same->client);
}

static GArray *
list_same (KithStore *self, const char *id, gint64 first, gint64 last, GError **error)
{
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (Same));
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "import-same-list", error);
  KithDbStep step;

  if (stmt == NULL)
    return NULL;
  g_array_set_clear_func (list, same_clear);
  kith_db_bind_text (stmt, 1, id);
  kith_db_bind_int (stmt, 2, first);
  kith_db_bind_int (stmt, 3, last);
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      Same same = { kith_db_int (stmt, 0), kith_store_parse_args (kith_db_text (stmt, 1)), kith_store_parse_args (kith_db_text (stmt, 3)),
                    g_strdup (kith_db_text (stmt, 2)) };

      g_array_append_val (list, same);
    }
  return step == KITH_DB_DONE ? g_steal_pointer (&list) : NULL;
}

/* What one of them does not say contradicts nothing: a list may have names alone. */
static gboolean
says_other (const Same *same, const char *field)
{
  const char *a = kith_json_string (same->values, field), *b = kith_json_string (same->client_values, field);
  g_autofree char *x = a != NULL ? kith_text_fold (a) : NULL, *y = b != NULL ? kith_text_fold (b) : NULL;

  return x != NULL && y != NULL && *x != '\0' && *y != '\0' && g_strcmp0 (x, y) != 0;
}

/* Somebody who married, or whose birth date was mended here, is still whom the row means: where anything is said otherwise the matcher weighs it. */
static gboolean
is_other (KithStore *self, const Same *same, gboolean *other, GError **error)
{
  g_autoptr (GPtrArray) clients = g_ptr_array_new (), similar = NULL;

  *other = FALSE;
  if (!says_other (same, "given_name") && !says_other (same, "family_name") && !says_other (same, "date_of_birth"))
    return TRUE;
  g_ptr_array_add (clients, same->client);
  similar = kith_similar_weigh (self->db, same->values, clients, error);
  if (similar == NULL)
    return FALSE;
  *other = similar->len == 0 || ((KithSimilar *) similar->pdata[0])->result.zone == KITH_MATCH_NO;
  return TRUE;
}

/* Whose record lacks something that the list says: filled in where that is asked for (kith_store_import_start()). */
static gboolean
tell_lacking (KithStore *self, const char *id, const char *agency, const Same *same, GError **error)
{
  g_autoptr (JsonObject) client = NULL, billing = NULL, set = NULL;

  if (!kith_import_load_client (self, same->client, &client, &billing, error))
    return FALSE;
  set = kith_import_missing (same->values, client, billing, agency);
  return kith_import_leave_emptied (self, same->client, set, error) &&
         (json_object_get_size (set) == 0 || kith_db_run (self->db, error, "import-row-set", "siss", id, same->row, "lacking", NULL));
}

/* Somebody else's is told like any row that cannot be taken, and stands in the file of those. The others are here. */
gboolean
kith_import_tell_same (KithStore *self, const char *id, const char *agency, gint64 first, gint64 last, GError **error)
{
  g_autoptr (GArray) list = list_same (self, id, first, last, error);

  if (list == NULL)
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    {
      const Same *same = &g_array_index (list, Same, i);
      gboolean other;

      if (!is_other (self, same, &other, error) ||
          (other && !kith_db_run (self->db, error, "import-row-set", "siss", id, same->row, "bad",
                                  _("Somebody else has this number here, from a list of the same name. Give this list another name, and import it again."))) ||
          (!other && !tell_lacking (self, id, agency, same, error)))
        return FALSE;
    }
  return list->len == 0 || kith_db_run (self->db, error, "import-same", "sii", id, first, last);
}
