/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-editor.h"

#include <glib/gi18n.h>

/* What a nested part is made of */

GPtrArray *
kith_editors_of_part (KithEditor       *self,
                      KithEditorChanged changed,
                      gpointer          owner)
{
  const KithKind *part = kith_kind_get (self->field->target);
  GPtrArray *editors = g_ptr_array_new_with_free_func ((GDestroyNotify) kith_editor_free);

  for (guint i = 0; part && i < part->n_fields; i++)
    {
      KithEditor *editor = kith_editor_new (self->context, &part->fields[i], NULL, KITH_EDITOR_OF_PART, changed, owner);

      if (editor)
        g_ptr_array_add (editors, editor);
    }
  return editors;
}

JsonObject *
kith_editors_collect (GPtrArray  *editors,
                      JsonObject *before,
                      gboolean    raw)
{
  JsonObject *values = before ? kith_json_copy_object (before) : json_object_new ();

  for (guint i = 0; i < editors->len; i++)
    {
      KithEditor *editor = editors->pdata[i];
      JsonNode *value = editor->get (editor, raw);

      if (value)
        json_object_set_member (values, editor->field->name, value);
      else
        json_object_remove_member (values, editor->field->name);
    }
  return values;
}

void
kith_editors_show (GPtrArray  *editors,
                   JsonObject *values)
{
  for (guint i = 0; i < editors->len; i++)
    {
      KithEditor *editor = editors->pdata[i];

      editor->set (editor, values ? json_object_get_member (values, editor->field->name) : NULL);
    }
}

static JsonNode *
part_get (KithEditor *self,
          gboolean    raw)
{
  JsonObject *values = kith_editors_collect (self->parts, self->before, raw);
  JsonNode *node = json_object_get_size (values) > 0 ? json_node_init_object (json_node_alloc (), values) : NULL;

  json_object_unref (values);
  return node;
}

static void
part_set (KithEditor *self,
          JsonNode   *value)
{
  JsonObject *values = value && JSON_NODE_HOLDS_OBJECT (value) ? json_node_get_object (value) : NULL;

  g_clear_pointer (&self->before, json_object_unref);
  self->before = values ? json_object_ref (values) : NULL;
  kith_editors_show (self->parts, values);
}

/* One part: its rows stand among the others. */
void
kith_editor_make_part (KithEditor *self)
{
  self->parts = kith_editors_of_part (self, self->changed, self->owner);
  self->get = part_get;
  self->set = part_set;
}

/* Nested parts: phones, addresses. A card of rows for each, and a button for one more */

typedef struct
{
  KithEditor *self;
  GtkWidget *list, *remove;
  GPtrArray *editors;
  JsonObject *before;
} Item;

typedef struct
{
  GtkWidget *items_box, *add;
  const char *label; /* of one */
  GPtrArray *items; /* (element-type Item) */
} Parts;

static void
item_free (gpointer data)
{
  Item *item = data;

  g_ptr_array_unref (item->editors);
  if (item->remove)
    g_signal_handlers_disconnect_by_data (item->remove, item);
  gtk_box_remove (GTK_BOX (gtk_widget_get_parent (item->list)), item->list);
  g_clear_pointer (&item->before, json_object_unref);
  g_free (item);
}

static gboolean
item_is_blank (Item *item)
{
  g_autoptr (JsonObject) values = kith_editors_collect (item->editors, NULL, TRUE);

  return json_object_get_size (values) == 0;
}

static void parts_add (KithEditor *self, JsonObject *values);

static void
remove_item_cb (Item *item)
{
  KithEditor *self = item->self;
  Parts *parts = self->data;

  g_ptr_array_remove (parts->items, item);
  if (parts->items->len == 0)
    parts_add (self, NULL);
  kith_editor_changed (self);
}

static void
part_changed_cb (gpointer owner)
{
  KithEditor *self = owner;
  Parts *parts = self->data;

  /* One more is offered when the last one says something. */
  if (parts->items->len > 0)
    gtk_widget_set_sensitive (parts->add, !item_is_blank (parts->items->pdata[parts->items->len - 1]));
  kith_editor_changed (self);
}

static void
parts_add (KithEditor *self,
           JsonObject *values)
{
  Parts *parts = self->data;
  Item *item = g_new0 (Item, 1);

  item->self = self;
  item->list = kith_editor_list_new ();
  item->before = values ? json_object_ref (values) : NULL;
  item->editors = kith_editors_of_part (self, part_changed_cb, self);
  for (guint i = 0; i < item->editors->len; i++)
    {
      KithEditor *editor = item->editors->pdata[i];

      if (!editor->row)
        continue;
      gtk_list_box_append (GTK_LIST_BOX (item->list), editor->row);
      if (ADW_IS_ENTRY_ROW (editor->row) && !item->remove)
        {
          /* "Phone" rather than "Number": several of them stand below each other. */
          adw_preferences_row_set_title (ADW_PREFERENCES_ROW (editor->row), parts->label);
          item->remove = kith_editor_remove_button_new (_("Take this one away"));
          g_signal_connect_swapped (item->remove, "clicked", G_CALLBACK (remove_item_cb), item);
          adw_entry_row_add_suffix (ADW_ENTRY_ROW (editor->row), item->remove);
        }
    }
  gtk_box_append (GTK_BOX (parts->items_box), item->list);
  kith_editors_show (item->editors, values);
  g_ptr_array_add (parts->items, item);
  gtk_widget_set_sensitive (parts->add, values != NULL);
}

static void
add_cb (KithEditor *self)
{
  Parts *parts = self->data;
  Item *item;

  parts_add (self, NULL);
  item = parts->items->pdata[parts->items->len - 1];
  gtk_widget_grab_focus (kith_editor_get_focus (item->editors->pdata[0]));
}

static JsonNode *
parts_get (KithEditor *self,
           gboolean    raw)
{
  Parts *parts = self->data;
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < parts->items->len; i++)
    {
      Item *item = parts->items->pdata[i];

      if (!item_is_blank (item))
        json_array_add_object_element (array, kith_editors_collect (item->editors, item->before, raw));
    }
  return kith_editor_array_node (array);
}

static void
parts_set (KithEditor *self,
           JsonNode   *value)
{
  Parts *parts = self->data;
  JsonArray *array = kith_editor_node_array (value);

  g_ptr_array_set_size (parts->items, 0);
  for (guint i = 0; array && i < json_array_get_length (array); i++)
    if (JSON_NODE_HOLDS_OBJECT (json_array_get_element (array, i)))
      parts_add (self, json_array_get_object_element (array, i));
  if (parts->items->len == 0)
    parts_add (self, NULL);
}

static void
parts_clear (KithEditor *self)
{
  Parts *parts = self->data;

  g_signal_handlers_disconnect_by_data (parts->add, self);
  g_ptr_array_unref (parts->items);
  g_free (parts);
}

/* PARTS: one block of rows for each, and a button for another. */
void
kith_editor_make_parts (KithEditor *self,
                        const char *label)
{
  const KithKind *kind = kith_kind_get (self->field->target);
  Parts *parts = g_new0 (Parts, 1);
  const char *one = kind && kind->label ? _(kind->label) : self->field->label;
  /* Translators: what there may be several of: "Add another: Phone" */
  g_autofree char *words = g_strdup_printf (_("Add another: %s"), one);

  self->data = parts;
  parts->label = one;
  self->block = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  parts->items = g_ptr_array_new_with_free_func (item_free);
  parts->items_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  parts->add = gtk_button_new_with_label (words);
  gtk_widget_set_halign (parts->add, GTK_ALIGN_START);
  gtk_widget_set_name (parts->add, self->field->name);
  g_signal_connect_swapped (parts->add, "clicked", G_CALLBACK (add_cb), self);
  gtk_box_append (GTK_BOX (self->block), parts->items_box);
  gtk_box_append (GTK_BOX (self->block), parts->add);
  self->get = parts_get;
  self->set = parts_set;
  self->clear = parts_clear;
  parts_add (self, NULL);
}
