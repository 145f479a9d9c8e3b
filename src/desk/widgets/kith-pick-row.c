/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/kith-pick-row.h"

#include "widgets/kith-choice-row.h"

struct _KithPickRow
{
  AdwActionRow parent_instance;
  GtkDropDown *drop_down;
};

enum
{
  PROP_0,
  PROP_SELECTED,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (KithPickRow, kith_pick_row, ADW_TYPE_ACTION_ROW)

static GtkWidget *
find_of (GtkWidget *inside,
         GType      type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (inside, type) ? inside : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (inside); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find_of (child, type);
  return found;
}

/* What the list that opens shows of the words. */
static GtkFilterListModel *
shown_of (KithPickRow *self)
{
  GtkWidget *popover = find_of (GTK_WIDGET (self->drop_down), GTK_TYPE_POPOVER), *list = popover ? find_of (popover, GTK_TYPE_LIST_VIEW) : NULL;
  GtkSelectionModel *chosen = list ? gtk_list_view_get_model (GTK_LIST_VIEW (list)) : NULL;
  GListModel *shown = GTK_IS_SINGLE_SELECTION (chosen) ? gtk_single_selection_get_model (GTK_SINGLE_SELECTION (chosen)) : NULL;

  return GTK_IS_FILTER_LIST_MODEL (shown) ? GTK_FILTER_LIST_MODEL (shown) : NULL;
}

/* "birth" is for "Date of birth"; before GTK 4.12 a drop-down looks at beginnings alone. */
static void
match_anywhere (KithPickRow *self)
{
  GtkFilterListModel *shown = shown_of (self);

  if (shown && GTK_IS_STRING_FILTER (gtk_filter_list_model_get_filter (shown)))
    gtk_string_filter_set_match_mode (GTK_STRING_FILTER (gtk_filter_list_model_get_filter (shown)), GTK_STRING_FILTER_MATCH_MODE_SUBSTRING);
}

static void
enter_cb (KithPickRow    *self,
          GtkSearchEntry *entry)
{
  GtkFilterListModel *shown = shown_of (self);
  g_autoptr (GObject) first = shown ? g_list_model_get_item (G_LIST_MODEL (shown), 0) : NULL;
  GListModel *words = gtk_drop_down_get_model (self->drop_down);
  GtkWidget *popover = find_of (GTK_WIDGET (self->drop_down), GTK_TYPE_POPOVER);

  if (!first || !*gtk_editable_get_text (GTK_EDITABLE (entry)))
    return;
  for (guint i = 0; i < g_list_model_get_n_items (words); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (words, i);

      if (item == first)
        gtk_drop_down_set_selected (self->drop_down, i);
    }
  gtk_popover_popdown (GTK_POPOVER (popover));
}

static void
selected_cb (KithPickRow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SELECTED]);
}

static void
open_list (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  gtk_widget_activate (GTK_WIDGET (KITH_PICK_ROW (widget)->drop_down));
}

static void
kith_pick_row_get_property (GObject    *object,
                            guint       id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  if (id == PROP_SELECTED)
    g_value_set_uint (value, kith_pick_row_get_selected (KITH_PICK_ROW (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
kith_pick_row_set_property (GObject      *object,
                            guint         id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  if (id == PROP_SELECTED)
    kith_pick_row_set_selected (KITH_PICK_ROW (object), g_value_get_uint (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
kith_pick_row_class_init (KithPickRowClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = kith_pick_row_get_property;
  G_OBJECT_CLASS (klass)->set_property = kith_pick_row_set_property;
  props[PROP_SELECTED] = g_param_spec_uint ("selected", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "pick-row.open", NULL, open_list);
}

static void
kith_pick_row_init (KithPickRow *self)
{
  self->drop_down = GTK_DROP_DOWN (gtk_drop_down_new (NULL, gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string")));
  gtk_widget_set_valign (GTK_WIDGET (self->drop_down), GTK_ALIGN_CENTER);
  gtk_drop_down_set_enable_search (self->drop_down, TRUE);
  kith_drop_down_let_shrink (self->drop_down);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE); /* the drop-down has the focus */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (self), 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->drop_down));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), GTK_WIDGET (self->drop_down));
  g_signal_connect_object (self->drop_down, "notify::selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
}

/**
 * kith_pick_row_new:
 * @title: what it is about; also its name for a screen reader
 * @words: shared by as many rows as there are
 *
 * Returns: (transfer floating): a row with the first of the words chosen
 */
GtkWidget *
kith_pick_row_new (const char    *title,
                   GtkStringList *words)
{
  KithPickRow *self = g_object_new (KITH_TYPE_PICK_ROW, "title", title, NULL);
  GtkWidget *entry;

  gtk_drop_down_set_model (self->drop_down, G_LIST_MODEL (words));
  match_anywhere (self);
  entry = find_of (GTK_WIDGET (self->drop_down), GTK_TYPE_SEARCH_ENTRY);
  if (entry)
    g_signal_connect_object (entry, "activate", G_CALLBACK (enter_cb), self, G_CONNECT_SWAPPED);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return GTK_WIDGET (self);
}

guint
kith_pick_row_get_selected (KithPickRow *self)
{
  return gtk_drop_down_get_selected (self->drop_down);
}

void
kith_pick_row_set_selected (KithPickRow *self,
                            guint        selected)
{
  gtk_drop_down_set_selected (self->drop_down, selected);
}
