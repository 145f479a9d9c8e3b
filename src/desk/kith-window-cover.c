/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-window-private.h"

#include <glib/gi18n.h>

/* The privacy screen (ux.md 2.0): somebody looks over the shoulder. Everything is out of sight at once and stays as it is: no lock, no password, nothing
 * is written or closed. Whoever shows it again has opened the record again (kith-reading.c). */

#define COVERED "kith-covered" /* a window's data: it stood over this one when the screen was covered */

static GtkWidget *
cover_new (KithWindow *self)
{
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *header = adw_header_bar_new (), *status = adw_status_page_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9), *label = gtk_label_new_with_mnemonic (_("_Show Again"));
  g_autofree char *key = kith_shortcuts_label ("win.cover");
  GtkWidget *hint = gtk_label_new (key);

  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), adw_window_title_new (NULL, NULL));
  gtk_widget_add_css_class (header, "flat");
  gtk_box_append (GTK_BOX (page), header);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (status), "view-conceal-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (status), _("The Screen Is Hidden"));
  adw_status_page_set_description (ADW_STATUS_PAGE (status), _("Everything stays as you left it.\nThis is no lock: whoever sits here can show it again."));
  gtk_widget_set_vexpand (status, TRUE);
  self->show_button = gtk_button_new ();
  gtk_widget_add_css_class (hint, "key-hint");
  gtk_box_append (GTK_BOX (content), label);
  gtk_box_append (GTK_BOX (content), hint);
  gtk_button_set_child (GTK_BUTTON (self->show_button), content);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), self->show_button);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->show_button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Show again"), -1);
  gtk_widget_set_name (self->show_button, "show-again");
  gtk_widget_set_halign (self->show_button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->show_button, "pill");
  gtk_widget_add_css_class (self->show_button, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->show_button), "win.cover");
  adw_status_page_set_child (ADW_STATUS_PAGE (status), self->show_button);
  gtk_box_append (GTK_BOX (page), status);
  return page;
}

/* An entry that is given the focus chooses all that is in it, and the next letter would take its place. */
static void
focus_again (GtkWidget *widget)
{
  int start, end;

  if (!GTK_IS_TEXT (widget))
    {
      gtk_widget_grab_focus (widget);
      return;
    }
  gtk_editable_get_selection_bounds (GTK_EDITABLE (widget), &start, &end);
  gtk_text_grab_focus_without_selecting (GTK_TEXT (widget));
  gtk_editable_select_region (GTK_EDITABLE (widget), start, end);
}

/* They are hidden and not closed: what is typed there stays. */
static void
hide_others (KithWindow *self)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l; l = l->next)
    if (kith_window_is_over (l->data, GTK_WINDOW (self)) && gtk_widget_get_visible (l->data))
      {
        g_object_set_data (l->data, COVERED, (gpointer) "");
        gtk_widget_set_visible (l->data, FALSE);
      }
}

/**
 * kith_window_hide_new:
 * @window: over this one, on its way into sight
 *
 * What comes while the screen is hidden waits until it is shown again.
 */
void
kith_window_hide_new (KithWindow *self,
                      GtkWidget  *window)
{
  if (!self->covered || !kith_window_is_over (GTK_WINDOW (window), GTK_WINDOW (self)))
    return;
  g_object_set_data (G_OBJECT (window), COVERED, (gpointer) "");
  gtk_widget_set_visible (window, FALSE);
}

/* What another stands over comes before it. */
static void
show_others (GtkWindow *below)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l; l = l->next)
    if (gtk_window_get_transient_for (l->data) == below && g_object_get_data (l->data, COVERED))
      {
        GtkWidget *focus = gtk_window_get_focus (l->data);

        g_object_set_data (l->data, COVERED, NULL);
        gtk_window_present (l->data);
        if (focus)
          focus_again (focus);
        show_others (l->data);
      }
}

/* What is behind may take the focus when it is ready, and letters would act there unseen: it has it once it is shown again. */
static void
focus_cb (KithWindow *self)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));

  if (!self->covered || !focus || gtk_widget_is_ancestor (focus, self->cover))
    return;
  g_set_weak_pointer (&self->covered_focus, focus);
  gtk_widget_grab_focus (self->show_button);
}

static void
cover (KithWindow *self)
{
  if (!self->cover)
    {
      self->cover = cover_new (self);
      gtk_stack_add_child (self->gate, self->cover);
      g_signal_connect (self, "notify::focus-widget", G_CALLBACK (focus_cb), NULL);
    }
  g_set_weak_pointer (&self->covered_focus, gtk_root_get_focus (GTK_ROOT (self)));
  self->covered = TRUE;
  hide_others (self);
  gtk_stack_set_visible_child (self->gate, self->cover);
  gtk_widget_grab_focus (self->show_button);
  kith_window_update_actions (self);
}

static void
uncover (KithWindow *self)
{
  int start = 0, end = 0;
  gboolean text = self->covered_focus && GTK_IS_TEXT (self->covered_focus);

  if (text)
    gtk_editable_get_selection_bounds (GTK_EDITABLE (self->covered_focus), &start, &end);
  self->covered = FALSE;
  gtk_stack_set_visible_child (self->gate, GTK_WIDGET (self->content)); /* the stack gives the focus back in its own way */
  kith_window_update_actions (self);
  if (text)
    gtk_editable_select_region (GTK_EDITABLE (self->covered_focus), start, end);
  if (self->covered_focus)
    focus_again (self->covered_focus);
  g_clear_weak_pointer (&self->covered_focus);
  if (self->announcer && gtk_window_is_active (GTK_WINDOW (self)))
    kith_announcer_seen (self->announcer);
  if (self->place) /* asked for meanwhile */
    {
      g_autofree char *place = g_steal_pointer (&self->place);

      kith_frame_open (self->frame, place);
    }
  show_others (GTK_WINDOW (self));
}

/**
 * kith_window_cover:
 *
 * Hides all that is in sight at once, or shows it again as it was. While nothing is open there is nothing to hide.
 */
void
kith_window_cover (KithWindow *self)
{
  if (!self->frame)
    return;
  if (self->covered)
    uncover (self);
  else
    cover (self);
}

/**
 * kith_window_forget_cover:
 *
 * A lock takes what was covered down with the rest.
 */
void
kith_window_forget_cover (KithWindow *self)
{
  self->covered = FALSE;
  g_clear_weak_pointer (&self->covered_focus);
}
