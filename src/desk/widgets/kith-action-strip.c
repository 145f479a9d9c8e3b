/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-action-strip.h"

#include <glib/gi18n.h>

#include "kith-shortcuts.h"
#include "widgets/kith-wrap-box.h"

/* The next steps stand in sight, what else can be done one click away: the name of the record stays in the upper part of the window. One more than these
 * needs no menu of its own. */
#define IN_SIGHT 4

typedef struct
{
  const KithActionStripItem *items;
  GPtrArray *front, *behind; /* one of each item, (element-type GtkWidget) */
  GtkWidget *more;
  guint idle;
} Strip;

static void
strip_free (gpointer data)
{
  Strip *self = data;

  g_clear_handle_id (&self->idle, g_source_remove);
  g_ptr_array_unref (self->front);
  g_ptr_array_unref (self->behind);
  g_object_unref (self->more);
  g_free (self);
}

static GtkWidget *
button_new (const KithActionStripItem *item)
{
  GtkWidget *button = gtk_button_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *label = gtk_label_new (_(item->label));
  g_autofree char *key = kith_shortcuts_label (item->action);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  if (key)
    {
      GtkWidget *hint = gtk_label_new (key);

      gtk_widget_add_css_class (hint, "key-hint");
      gtk_widget_set_valign (hint, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (box), hint);
    }
  gtk_button_set_child (GTK_BUTTON (button), box);
  g_object_set_data (G_OBJECT (button), "words", label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _(item->label), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), item->action);
  return button;
}

/* What cannot be done now is not offered; one button stands out at most, the first that may. */
static void
update (Strip *self)
{
  guint n = 0, shown = 0, most;
  gboolean out = FALSE;

  for (guint i = 0; i < self->front->len; i++)
    n += gtk_widget_get_sensitive (self->front->pdata[i]);
  most = n <= IN_SIGHT + 1 ? n : IN_SIGHT;
  for (guint i = 0; i < self->front->len; i++)
    {
      gboolean possible = gtk_widget_get_sensitive (self->front->pdata[i]), in_sight = possible && shown < most;

      shown += in_sight;
      gtk_widget_set_visible (self->front->pdata[i], in_sight);
      if (self->items[i].css_class && (!out || !in_sight))
        gtk_widget_add_css_class (self->front->pdata[i], self->items[i].css_class);
      else if (self->items[i].css_class)
        gtk_widget_remove_css_class (self->front->pdata[i], self->items[i].css_class);
      out |= in_sight && self->items[i].css_class;
      gtk_widget_set_visible (self->behind->pdata[i], possible && !in_sight);
    }
  gtk_widget_set_visible (self->more, n > most);
}

static gboolean
update_cb (gpointer data)
{
  Strip *self = data;

  self->idle = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

/* A record that is shown changes many at once. */
static void
sensitive_cb (GtkWidget  *button,
              GParamSpec *pspec,
              Strip      *self)
{
  if (!self->idle)
    self->idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, update_cb, self, NULL);
}

static void
add_item (GtkWidget                 *bar,
          Strip                     *self,
          GtkWidget                 *popover,
          GtkWidget                 *list,
          const KithActionStripItem *item)
{
  GtkWidget *front = button_new (item), *behind = button_new (item);

  gtk_widget_add_css_class (behind, "flat");
  g_signal_connect_object (behind, "clicked", G_CALLBACK (gtk_popover_popdown), popover, G_CONNECT_SWAPPED);
  g_signal_connect (front, "notify::sensitive", G_CALLBACK (sensitive_cb), self); /* the bar has both */
  g_ptr_array_add (self->front, g_object_ref_sink (front)); /* the bar may be on its way out when they are asked */
  g_ptr_array_add (self->behind, g_object_ref_sink (behind));
  kith_wrap_box_append (KITH_WRAP_BOX (bar), front);
  gtk_box_append (GTK_BOX (list), behind);
}

GtkWidget *
kith_action_strip_new (const KithActionStripItem *items,
                       guint                      n_items)
{
  GtkWidget *bar = kith_wrap_box_new (), *popover = gtk_popover_new (), *list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  Strip *self = g_new0 (Strip, 1);

  self->items = items;
  self->front = g_ptr_array_new_with_free_func (g_object_unref);
  self->behind = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_add_css_class (bar, "action-strip");
  gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL, _("What can be done"), -1);
  for (guint i = 0; i < n_items; i++)
    add_item (bar, self, popover, list, &items[i]);
  gtk_popover_set_child (GTK_POPOVER (popover), list);
  self->more = g_object_ref_sink (gtk_menu_button_new ());
  gtk_widget_set_name (self->more, "more_actions");
  /* Translators: a button; behind it is what else can be done */
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->more), _("More"));
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->more), popover);
  kith_wrap_box_append (KITH_WRAP_BOX (bar), self->more);
  g_object_set_data_full (G_OBJECT (bar), "strip", self, strip_free);
  update (self);
  return bar;
}

void
kith_action_strip_set_words (GtkWidget  *strip,
                             const char *action,
                             const char *words)
{
  Strip *self = g_object_get_data (G_OBJECT (strip), "strip");

  for (guint i = 0; i < self->front->len; i++)
    if (g_str_equal (self->items[i].action, action))
      {
        GtkWidget *buttons[] = { self->front->pdata[i], self->behind->pdata[i] };
        const char *says = words ? words : _(self->items[i].label);

        for (guint k = 0; k < G_N_ELEMENTS (buttons); k++)
          {
            gtk_label_set_text (GTK_LABEL (g_object_get_data (G_OBJECT (buttons[k]), "words")), says);
            gtk_accessible_update_property (GTK_ACCESSIBLE (buttons[k]), GTK_ACCESSIBLE_PROPERTY_LABEL, says, -1);
          }
      }
}
