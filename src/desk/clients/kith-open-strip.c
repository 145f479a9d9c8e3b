/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-open-strip.h"

#include <glib/gi18n.h>

#include "widgets/kith-tooltip.h"

#define LEAST_CHARS 8 /* of a name, before the line scrolls */
#define MOST_CHARS 22
#define GAP 2 /* px: beside each, as the style’s */

struct _KithOpenStrip
{
  AdwBin parent_instance;
  KithOpenClients *open;
  GtkWidget *line;
  GtkAdjustment *scroll;
  GtkWidget *shown; /* borrowed, of the line: brought into sight */
  guint tick_id;
};

G_DEFINE_FINAL_TYPE (KithOpenStrip, kith_open_strip, ADW_TYPE_BIN)

static void
middle_cb (GtkWidget *tab)
{
  gtk_widget_activate_action (tab, "client.close-one", "s", gtk_widget_get_name (tab));
}

static GtkWidget *
button_new (GtkWidget  *child,
            const char *action,
            const char *id)
{
  GtkWidget *button = g_object_new (GTK_TYPE_BUTTON, "accessible-role", g_str_equal (action, "client.go-tab") ? GTK_ACCESSIBLE_ROLE_TAB : GTK_ACCESSIBLE_ROLE_BUTTON,
                                    "child", child, "has-frame", FALSE, NULL);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static GtkWidget *
tab_new (const char *id)
{
  GtkWidget *tab = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0), *label = gtk_label_new (NULL), *name, *close;
  GtkGesture *middle = gtk_gesture_click_new ();

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), LEAST_CHARS);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MOST_CHARS);
  name = button_new (label, "client.go-tab", id);
  gtk_widget_set_hexpand (name, TRUE);
  close = button_new (gtk_image_new_from_icon_name ("window-close-symbolic"), "client.close-one", id);
  gtk_widget_set_focusable (close, FALSE); /* one stop of Tab for all tabs; its key closes the one shown */
  gtk_widget_set_tooltip_text (close, _("Close this tab (Ctrl+W)"));
  gtk_widget_add_css_class (close, "circular");
  gtk_widget_set_valign (close, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (tab), name);
  gtk_box_append (GTK_BOX (tab), close);
  gtk_widget_set_name (tab, id);
  gtk_widget_add_css_class (tab, "open-tab");
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (middle), GDK_BUTTON_MIDDLE);
  g_signal_connect_object (middle, "released", G_CALLBACK (middle_cb), tab, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (tab, GTK_EVENT_CONTROLLER (middle));
  return tab;
}

static GtkWidget *
find_tab (KithOpenStrip *self,
          const char    *id)
{
  GtkWidget *tab = gtk_widget_get_first_child (self->line);

  while (tab && !g_str_equal (gtk_widget_get_name (tab), id))
    tab = gtk_widget_get_next_sibling (tab);
  return tab;
}

static void
update_tab (KithOpenStrip  *self,
            GtkWidget      *tab,
            KithOpenClient *client)
{
  GtkWidget *name = gtk_widget_get_first_child (tab), *close = gtk_widget_get_last_child (tab), *label = gtk_button_get_child (GTK_BUTTON (name));
  const char *words = client->name ? client->name : "…";
  gboolean shown = client == kith_open_clients_get_shown (self->open);
  /* Translators: a client’s name */
  g_autofree char *hint = client->kept ? g_strdup (words) : g_strdup_printf (_("%s\nWhoever you open next takes this place. To keep it: Ctrl+T"), words);
  /* Translators: a client’s name */
  g_autofree char *closing = g_strdup_printf (_("Close the tab of %s"), words);

  gtk_label_set_text (GTK_LABEL (label), words);
  gtk_widget_set_tooltip_text (name, hint);
  gtk_accessible_update_property (GTK_ACCESSIBLE (name), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (name), GTK_ACCESSIBLE_STATE_SELECTED, shown, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (close), GTK_ACCESSIBLE_PROPERTY_LABEL, closing, -1);
  gtk_widget_set_focusable (name, shown);
  if (client->kept)
    gtk_widget_remove_css_class (tab, "passing");
  else
    gtk_widget_add_css_class (tab, "passing");
  if (shown)
    gtk_widget_add_css_class (tab, "shown");
  else
    gtk_widget_remove_css_class (tab, "shown");
  if (shown)
    self->shown = tab;
}

/* Where it lies is known once the line is laid out. */
static gboolean
into_sight_cb (GtkWidget     *line,
               GdkFrameClock *clock,
               gpointer       user_data)
{
  KithOpenStrip *self = user_data;
  graphene_rect_t area;

  if (self->shown && gtk_widget_get_mapped (line) && gtk_widget_get_width (self->shown) == 0)
    return G_SOURCE_CONTINUE;
  if (self->shown && gtk_widget_compute_bounds (self->shown, line, &area))
    gtk_adjustment_clamp_page (self->scroll, area.origin.x - GAP, area.origin.x + area.size.width + GAP);
  self->tick_id = 0;
  return G_SOURCE_REMOVE;
}

/* A line that is out of sight is laid out when it comes. */
static void
bring_into_sight (KithOpenStrip *self)
{
  if (self->shown && self->tick_id == 0 && gtk_widget_get_mapped (self->line))
    self->tick_id = gtk_widget_add_tick_callback (self->line, into_sight_cb, self, NULL);
}

static void
update (KithOpenStrip *self)
{
  gboolean several = kith_open_clients_are_several (self->open);
  guint n = several ? kith_open_clients_get_n (self->open) : 0;
  GtkWidget *before = NULL, *next;

  gtk_widget_set_visible (GTK_WIDGET (self), several);
  self->shown = NULL;
  for (guint i = 0; i < n; i++)
    {
      KithOpenClient *client = kith_open_clients_get (self->open, i);
      GtkWidget *tab;

      if (client->gone)
        continue;
      tab = find_tab (self, client->id);
      if (!tab)
        tab = tab_new (client->id);
      if (!gtk_widget_get_parent (tab))
        gtk_box_insert_child_after (GTK_BOX (self->line), tab, before);
      else if (gtk_widget_get_prev_sibling (tab) != before)
        gtk_box_reorder_child_after (GTK_BOX (self->line), tab, before);
      update_tab (self, tab, client);
      before = tab;
    }
  /* What is left behind the last of them is closed. */
  while ((next = before ? gtk_widget_get_next_sibling (before) : gtk_widget_get_first_child (self->line)))
    {
      gtk_box_remove (GTK_BOX (self->line), next);
      if (gtk_widget_get_root (GTK_WIDGET (self)))
        kith_tooltip_forget (GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))));
    }
  bring_into_sight (self);
}

/* A wheel goes along the line, which has no other way to go. */
static gboolean
wheel_cb (KithOpenStrip *self,
          double         dx,
          double         dy)
{
  double way = dx != 0 ? dx : gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? -dy : dy;

  gtk_adjustment_set_value (self->scroll, gtk_adjustment_get_value (self->scroll) + way * gtk_adjustment_get_page_size (self->scroll) / 4);
  return GDK_EVENT_STOP;
}

static void
kith_open_strip_dispose (GObject *object)
{
  KithOpenStrip *self = KITH_OPEN_STRIP (object);

  self->shown = NULL;
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->open);
  G_OBJECT_CLASS (kith_open_strip_parent_class)->dispose (object);
}

static void
kith_open_strip_class_init (KithOpenStripClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_open_strip_dispose;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_TAB_LIST);
}

static void
kith_open_strip_init (KithOpenStrip *self)
{
  GtkWidget *window = gtk_scrolled_window_new ();
  GtkEventController *wheel = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);

  self->line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  g_signal_connect_object (self->line, "map", G_CALLBACK (bring_into_sight), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (window), GTK_POLICY_EXTERNAL, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (window), self->line);
  self->scroll = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (window));
  gtk_event_controller_set_propagation_phase (wheel, GTK_PHASE_CAPTURE);
  g_signal_connect_object (wheel, "scroll", G_CALLBACK (wheel_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (window, wheel);
  gtk_widget_add_css_class (GTK_WIDGET (self), "open-tabs");
  gtk_widget_set_name (GTK_WIDGET (self), "open-tabs");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Open clients"), -1);
  adw_bin_set_child (ADW_BIN (self), window);
}

/**
 * kith_open_strip_new:
 * @open: kept
 *
 * Returns: (transfer floating): above the record; it follows @open
 */
GtkWidget *
kith_open_strip_new (KithOpenClients *open)
{
  KithOpenStrip *self = g_object_new (KITH_TYPE_OPEN_STRIP, NULL);

  self->open = g_object_ref (open);
  g_signal_connect_object (open, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
