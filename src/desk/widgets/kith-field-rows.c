/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-field-rows.h"

#include <glib/gi18n.h>

#include "kith-editor.h"

struct _KithFieldRows
{
  AdwBin parent_instance;
  const KithKind *kind;
  GtkWidget *box, *list; /* list: the boxed list rows are put into now */
  GPtrArray *editors;    /* (element-type KithEditor) */
  gboolean showing;
};

G_DEFINE_FINAL_TYPE (KithFieldRows, kith_field_rows, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
changed_cb (gpointer owner)
{
  KithFieldRows *self = owner;

  if (!self->showing)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
entry_activated_cb (KithFieldRows *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0);
}

static void
put_row (KithFieldRows *self,
         KithEditor    *editor)
{
  for (guint i = 0; editor->parts && i < editor->parts->len; i++)
    put_row (self, editor->parts->pdata[i]);
  if (editor->block)
    {
      gtk_box_append (GTK_BOX (self->box), editor->block);
      self->list = NULL;
    }
  if (!editor->row)
    return;
  if (!self->list)
    {
      self->list = gtk_list_box_new ();
      gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
      gtk_widget_add_css_class (self->list, "boxed-list");
      gtk_box_append (GTK_BOX (self->box), self->list);
    }
  gtk_list_box_append (GTK_LIST_BOX (self->list), editor->row);
  if (ADW_IS_ENTRY_ROW (editor->row))
    g_signal_connect_object (editor->row, "entry-activated", G_CALLBACK (entry_activated_cb), self, G_CONNECT_SWAPPED);
}

static void
add_field (KithFieldRows   *self,
           KithContext     *context,
           const KithField *field,
           const char      *label)
{
  KithEditor *editor = field ? kith_editor_new (context, field, label, self->kind ? KITH_EDITOR_OF_RECORD : KITH_EDITOR_OF_ACT, changed_cb, self) : NULL;

  if (!editor)
    return;
  g_ptr_array_add (self->editors, editor);
  put_row (self, editor);
}

static void
kith_field_rows_dispose (GObject *object)
{
  KithFieldRows *self = KITH_FIELD_ROWS (object);

  /* Before the widgets, whose signals they hold. */
  g_clear_pointer (&self->editors, g_ptr_array_unref);
  G_OBJECT_CLASS (kith_field_rows_parent_class)->dispose (object);
}

static void
kith_field_rows_class_init (KithFieldRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_field_rows_dispose;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kith_field_rows_init (KithFieldRows *self)
{
  self->editors = g_ptr_array_new_with_free_func ((GDestroyNotify) kith_editor_free);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  adw_bin_set_child (ADW_BIN (self), self->box);
}

GtkWidget *
kith_field_rows_new (KithContext           *context,
                     const KithKind        *kind,
                     const KithFieldChoice *fields,
                     guint                  n_fields)
{
  KithFieldRows *self = g_object_new (KITH_TYPE_FIELD_ROWS, NULL);

  self->kind = kind;
  for (guint i = 0; i < n_fields; i++)
    {
      const KithField *field = kith_kind_get_field (kind, fields[i].name);

      if (field)
        add_field (self, context, field, fields[i].label ? _(fields[i].label) : NULL);
    }
  return GTK_WIDGET (self);
}

GtkWidget *
kith_field_rows_new_fields (KithContext            *context,
                            const KithField *const *fields,
                            guint                   n_fields)
{
  KithFieldRows *self = g_object_new (KITH_TYPE_FIELD_ROWS, NULL);

  for (guint i = 0; i < n_fields; i++)
    add_field (self, context, fields[i], NULL);
  return GTK_WIDGET (self);
}

static KithEditor *
find_editor (KithFieldRows *self,
             const char    *field)
{
  for (guint i = 0; i < self->editors->len; i++)
    if (g_str_equal (((KithEditor *) self->editors->pdata[i])->field->name, field))
      return self->editors->pdata[i];
  return NULL;
}

GtkWidget *
kith_field_rows_new_rest (KithContext          *context,
                          const KithKind       *kind,
                          KithFieldRows *const *others)
{
  KithFieldRows *self = g_object_new (KITH_TYPE_FIELD_ROWS, NULL);

  self->kind = kind;
  for (guint i = 0; i < kind->n_fields; i++)
    {
      gboolean elsewhere = kind->fields[i].merge == KITH_MERGE_FIXED; /* what only operations set */

      for (guint k = 0; others[k] && !elsewhere; k++)
        elsewhere = find_editor (others[k], kind->fields[i].name) != NULL;
      if (!elsewhere)
        add_field (self, context, &kind->fields[i], NULL);
    }
  return GTK_WIDGET (self);
}

/* Returns: whether the kind has none of the fields that were named */
gboolean
kith_field_rows_is_empty (KithFieldRows *self)
{
  return self->editors->len == 0;
}

/**
 * kith_field_rows_show:
 * @values: (transfer none): members by field name; a field that is missing there shows empty
 *
 * Takes the place of what was typed. "changed" is emitted once, at its end: who fills a form means nobody typed (kith_form_begin_fill()).
 */
void
kith_field_rows_show (KithFieldRows *self,
                      JsonObject    *values)
{
  self->showing = TRUE;
  kith_editors_show (self->editors, values);
  self->showing = FALSE;
  changed_cb (self);
}

void
kith_field_rows_collect (KithFieldRows *self,
                         JsonObject    *values,
                         gboolean       raw)
{
  for (guint i = 0; i < self->editors->len; i++)
    {
      KithEditor *editor = self->editors->pdata[i];
      JsonNode *value = editor->get (editor, raw);

      if (value)
        json_object_set_member (values, editor->field->name, value);
    }
}

/* Nothing, null, no, and an empty list all say the same: nobody was told anything. */
static gboolean
says_nothing (JsonNode *node)
{
  if (!node || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (JSON_NODE_HOLDS_ARRAY (node))
    return json_array_get_length (json_node_get_array (node)) == 0;
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN && !json_node_get_boolean (node);
}

static gboolean
is_same (JsonNode *old,
         JsonNode *new)
{
  return (says_nothing (old) && says_nothing (new)) || (old && new && kith_json_equal (old, new));
}

static JsonNode *
find_member (JsonObject *values,
             const char *name)
{
  return values ? json_object_get_member (values, name) : NULL;
}

void
kith_field_rows_add_changes (KithFieldRows *self,
                             JsonObject    *before,
                             JsonObject    *set)
{
  for (guint i = 0; i < self->editors->len; i++)
    {
      KithEditor *editor = self->editors->pdata[i];
      g_autoptr (JsonNode) new = editor->get (editor, FALSE);
      JsonNode *old = find_member (before, editor->field->name);
      JsonObject *change;

      if (is_same (old, new))
        continue;
      change = json_object_new ();
      json_object_set_member (change, "old", old ? json_node_copy (old) : json_node_new (JSON_NODE_NULL));
      json_object_set_member (change, "new", new ? json_node_copy (new) : json_node_new (JSON_NODE_NULL));
      json_object_set_object_member (set, editor->field->name, change);
    }
}

static void
add_codes (JsonArray *codes,
           JsonArray *from,
           JsonArray *unless)
{
  for (guint i = 0; from && i < json_array_get_length (from); i++)
    {
      const char *code = kith_editor_element_text (from, i);

      if (code && !kith_json_array_has (codes, code) && !(unless && kith_json_array_has (unless, code)))
        json_array_add_string_element (codes, code);
    }
}

/* What somebody else did and what was done here, both: no code is taken off or comes back that nobody meant. NULL: none. Yours */
static JsonNode *
merge_codes (JsonNode *old,
             JsonNode *mine,
             JsonNode *now)
{
  JsonArray *was = kith_editor_node_array (old), *here = kith_editor_node_array (mine), *there = kith_editor_node_array (now);
  g_autoptr (JsonArray) taken = json_array_new ();
  JsonArray *codes = json_array_new ();

  add_codes (taken, was, here);
  add_codes (codes, there, taken);
  add_codes (codes, here, was);
  return kith_editor_array_node (codes);
}

void
kith_field_rows_follow (KithFieldRows *self,
                        JsonObject    *before,
                        JsonObject    *now)
{
  self->showing = TRUE;
  for (guint i = 0; i < self->editors->len; i++)
    {
      KithEditor *editor = self->editors->pdata[i];
      g_autoptr (JsonNode) mine = editor->get (editor, FALSE);
      JsonNode *old = find_member (before, editor->field->name), *new = find_member (now, editor->field->name);
      g_autoptr (JsonNode) merged = NULL;

      if (is_same (old, new))
        continue;
      if (is_same (old, mine))
        editor->set (editor, new);
      else if (editor->field->type == KITH_FIELD_CODES)
        {
          merged = merge_codes (old, mine, new);
          editor->set (editor, merged);
        }
    }
  self->showing = FALSE;
}

char *
kith_field_rows_check (KithFieldRows *self)
{
  for (guint i = 0; i < self->editors->len; i++)
    {
      KithEditor *editor = self->editors->pdata[i];
      g_autoptr (JsonNode) value = editor->get (editor, FALSE);
      g_autoptr (GError) error = NULL;
      char *problem = editor->problem ? editor->problem (editor) : NULL;

      if (!problem && (!value || kith_field_check (editor->field, value, &error)))
        continue;
      gtk_widget_grab_focus (kith_editor_get_focus (editor));
      return problem ? problem : g_strdup (error->message);
    }
  return NULL;
}

char *
kith_field_rows_get_text (KithFieldRows *self,
                          const char    *field)
{
  KithEditor *editor = find_editor (self, field);
  g_autoptr (JsonNode) value = editor ? editor->get (editor, FALSE) : NULL;

  return value && JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING ? json_node_dup_string (value) : NULL;
}

void
kith_field_rows_set_text (KithFieldRows *self,
                          const char    *field,
                          const char    *text)
{
  KithEditor *editor = find_editor (self, field);
  g_autoptr (JsonNode) value = text ? json_node_init_string (json_node_alloc (), text) : NULL;

  if (editor)
    editor->set (editor, value);
}

/* Returns: FALSE when there is no row of that field, or it takes no focus */
gboolean
kith_field_rows_focus (KithFieldRows *self,
                       const char    *field)
{
  KithEditor *editor = find_editor (self, field);

  return editor && gtk_widget_grab_focus (kith_editor_get_focus (editor));
}

void
kith_field_rows_set_asked (KithFieldRows *self,
                           const char    *field,
                           gboolean       asked)
{
  KithEditor *editor = find_editor (self, field);

  if (editor && (editor->row || editor->block))
    gtk_widget_set_visible (editor->row ? editor->row : editor->block, asked);
}
