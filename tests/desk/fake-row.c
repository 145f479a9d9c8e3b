/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-desktop-private.h"

#include "kith-desktop-hits.h"

struct _KithRow
{
  GObject parent_instance;
  JsonObject *columns;
  gboolean blank; /* of which no more is known than the id */
  GThread *not_in; /* of a frozen one: the thread of the windows, which has something else to do */
};

static guint n_frozen;

G_DEFINE_FINAL_TYPE (KithRow, kith_row, G_TYPE_OBJECT)

static void
kith_row_finalize (GObject *object)
{
  g_clear_pointer (&KITH_ROW (object)->columns, json_object_unref);
  G_OBJECT_CLASS (kith_row_parent_class)->finalize (object);
}

static void
kith_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boolean (value, !KITH_ROW (object)->blank);
}

static void
kith_row_class_init (KithRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kith_row_finalize;
  G_OBJECT_CLASS (klass)->get_property = kith_row_get_property;
  g_object_class_install_property (G_OBJECT_CLASS (klass), 1, g_param_spec_boolean ("loaded", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY));
}

static void
kith_row_init (KithRow *self)
{
}

static gboolean with_long_names;

void
fake_row_set_long_names (gboolean long_names)
{
  with_long_names = long_names;
}

/* A name, wherever it stands: people have four of them, and agencies are called after people. */
static void
lengthen (JsonObject *columns)
{
  static const struct
  {
    const char *column, *more;
  } names[] = {
    { "given_name", " Guadalupe Esperanza" },
    { "family_name", " Featherstonehaugh-Cholmondeley y Etxeberria" },
    { "contact_name", " Guadalupe Featherstonehaugh-Cholmondeley y Etxeberria" },
    { "staff_name", " Wilhelmina Oyelaran-Papadopoulou" },
    { "assignee_name", " Wilhelmina Oyelaran-Papadopoulou" },
    { "agency_name", " of the Saint Bartholomew and All Angels Mission Foundation" },
    { "organization_name", " of the Saint Bartholomew and All Angels Mission Foundation" },
    { "resource_name", " with case management for families with children under the age of five" },
    { "program_name", " with case management for families with children under the age of five" },
    { "name", " of Saint Bartholomew and All Angels for families with children under five" },
    { "title", " and everything else that has to be settled before the end of the month" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (kith_json_string (columns, names[i].column))
      {
        g_autofree char *name = g_strconcat (kith_json_string (columns, names[i].column), names[i].more, NULL);

        json_object_set_string_member (columns, names[i].column, name);
      }
}

KithRow *
fake_row_new (JsonObject *columns)
{
  KithRow *row = g_object_new (KITH_TYPE_ROW, NULL);
  GList *members = json_object_get_members (columns);

  row->columns = json_object_new ();
  for (GList *l = members; l; l = l->next)
    {
      JsonNode *node = json_object_get_member (columns, l->data);

      /* Nested values arrive as the text a query would bring. */
      if (with_long_names && JSON_NODE_HOLDS_OBJECT (node))
        {
          g_autoptr (JsonObject) inner = kith_json_copy_object (json_node_get_object (node));
          g_autofree char *text = NULL;

          lengthen (inner);
          text = kith_json_print_object (inner);
          json_object_set_string_member (row->columns, l->data, text);
        }
      else if (JSON_NODE_HOLDS_OBJECT (node) || JSON_NODE_HOLDS_ARRAY (node))
        {
          g_autofree char *text = json_to_string (node, FALSE);

          json_object_set_string_member (row->columns, l->data, text);
        }
      else
        json_object_set_member (row->columns, l->data, json_node_copy (node));
    }
  g_list_free (members);
  if (with_long_names)
    lengthen (row->columns);
  return row;
}

KithRow *
kith_row_freeze (KithRow *self)
{
  KithRow *frozen = g_object_new (KITH_TYPE_ROW, NULL);

  frozen->columns = kith_json_copy_object (self->columns);
  frozen->not_in = g_thread_self ();
  n_frozen++;
  return frozen;
}

guint
fake_row_count_frozen (void)
{
  return n_frozen;
}

const char *
kith_row_get_id (KithRow *self)
{
  return kith_row_get_text (self, "id");
}

gboolean
kith_row_is_loaded (KithRow *self)
{
  return !self->blank;
}

void
fake_row_blank (KithRow *self)
{
  self->blank = TRUE;
}

void
fake_row_fill (KithRow *self)
{
  if (!self->blank)
    return;
  self->blank = FALSE;
  g_object_notify (G_OBJECT (self), "loaded");
}

const char *
kith_row_get_text (KithRow *self, const char *column)
{
  JsonNode *node = json_object_get_member (self->columns, column);
  char text[24];

  g_assert_true (self->not_in != g_thread_self ());
  if (self->blank && !g_str_equal (column, "id"))
    return NULL;
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return kith_json_string (self->columns, column);
  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, json_node_get_int (node)); /* in the store all columns are text */
  return g_intern_string (text);
}

gint64
kith_row_get_int (KithRow *self, const char *column)
{
  const char *text = kith_json_string (self->columns, column);

  if (self->blank)
    return 0;
  return text ? g_ascii_strtoll (text, NULL, 10) : kith_json_int (self->columns, column, 0);
}

gboolean
kith_row_same (KithRow *self, KithRow *other)
{
  g_autofree char *a = kith_json_print_object (self->columns), *b = kith_json_print_object (other->columns);

  return g_str_equal (a, b);
}

/* As the real list: what says nothing new is the same object still. */
void
fake_rows_keep (GPtrArray *rows, GPtrArray *before)
{
  g_autoptr (GHashTable) kept = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < before->len; i++)
    if (kith_row_get_id (before->pdata[i]))
      g_hash_table_insert (kept, (gpointer) kith_row_get_id (before->pdata[i]), before->pdata[i]);
  for (guint i = 0; i < rows->len; i++)
    {
      const char *id = kith_row_get_id (rows->pdata[i]);
      KithRow *row = id ? g_hash_table_lookup (kept, id) : NULL;

      if (row && kith_row_same (row, rows->pdata[i]))
        {
          g_hash_table_remove (kept, id);
          g_set_object ((KithRow **) &rows->pdata[i], row);
        }
    }
}
