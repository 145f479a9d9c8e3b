/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-desktop.h"

struct _KithRow
{
  GObject parent_instance;
  JsonObject *columns;
};

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
  g_value_set_boolean (value, TRUE);
}

static void
kith_row_class_init (KithRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kith_row_finalize;
  G_OBJECT_CLASS (klass)->get_property = kith_row_get_property;
  g_object_class_install_property (G_OBJECT_CLASS (klass), 1, g_param_spec_boolean ("loaded", NULL, NULL, TRUE, G_PARAM_READABLE));
}

static void
kith_row_init (KithRow *self)
{
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
      if (JSON_NODE_HOLDS_OBJECT (node) || JSON_NODE_HOLDS_ARRAY (node))
        {
          g_autofree char *text = json_to_string (node, FALSE);

          json_object_set_string_member (row->columns, l->data, text);
        }
      else
        json_object_set_member (row->columns, l->data, json_node_copy (node));
    }
  g_list_free (members);
  return row;
}

const char *
kith_row_get_id (KithRow *self)
{
  return kith_row_get_text (self, "id");
}

const char *
kith_row_get_text (KithRow *self, const char *column)
{
  return kith_json_string (self->columns, column);
}

gint64
kith_row_get_int (KithRow *self, const char *column)
{
  return kith_json_int (self->columns, column, 0);
}
