/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Several clients open side by side (ux.md 1 and 2.1): whoever has one of them on the telephone looks up another and comes back to the record, or the
 * form, as it was left. There is one record and one form in memory; the tabs say who they are of. A way to a client is a place like any other
 * ("tab:ID" beside who is open, "close:ID"), so a form that asks before it is left asks here too (A9). */

#include "kith-clients-page-private.h"

#include <glib/gi18n.h>

#include "kith-form.h"
#include "kith-open-strip.h"
#include "kith-shortcuts.h"

/* verb: "tab:"; NULL: none */
static void
go (KithClientsPage *self,
    const char      *verb,
    const char      *record)
{
  g_autofree char *place = g_strconcat ("clients/", verb ? verb : "", record, NULL);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.go", "s", place);
}

static const char *
place_of (KithOpenClient *client)
{
  return client->form ? client->form : client->id;
}

/* Of a form about that client; NULL: there is none, or it is about nobody yet. */
static const char *
form_about (KithClientsPage *self,
            const char      *id)
{
  GtkWidget *form = kith_split_page_get_form (KITH_SPLIT_PAGE (self));
  const char *place = form ? kith_form_get_place (KITH_FORM (form)) : NULL;
  g_auto (GStrv) parts = g_strsplit (place ? place : "", ":", 3);

  return parts[0] && parts[1] && g_str_equal (parts[1], id) ? place : NULL;
}

void
kith_clients_page_leave_form (KithClientsPage *self)
{
  KithOpenClient *shown = kith_open_clients_get_shown (self->open);

  if (!shown)
    return;
  g_free (shown->form);
  shown->form = g_strdup (form_about (self, shown->id));
}

/* Where in the record somebody was. */
static void
note_left (KithOpenClient *client,
           KithClientView *view)
{
  g_free (client->part);
  client->part = g_strdup (kith_client_view_get_tab (view));
  g_clear_pointer (&client->scrolled, g_hash_table_unref);
  client->scrolled = kith_client_view_get_scrolled (view);
}

void
kith_clients_page_turn (KithClientsPage *self,
                        const char      *id)
{
  KithClientView *view = kith_clients_page_get_view (self);
  KithOpenClient *left = kith_open_clients_get_shown (self->open), *comes;

  if (left)
    {
      note_left (left, view);
      if (!self->placing) /* from the list, where no form is */
        g_clear_pointer (&left->form, g_free);
    }
  kith_open_clients_show (self->open, id);
  kith_client_view_set_client (view, id);
  comes = kith_open_clients_get_shown (self->open);
  if (comes && comes->part)
    kith_client_view_show_tab (view, comes->part);
  if (comes && comes->scrolled)
    kith_client_view_set_scrolled (view, g_steal_pointer (&comes->scrolled));
}

static void
tell_full (KithClientsPage *self)
{
  kith_context_toast (kith_page_get_context (KITH_PAGE (self)), _("All tabs are in use: close one first (Ctrl+W)"));
}

gboolean
kith_clients_page_make_tab (KithClientsPage *self,
                            const char      *id)
{
  gboolean made = kith_open_clients_open (self->open, id);

  if (!made)
    tell_full (self);
  return made;
}

/* To the one used last before; where there is none, back to the list. */
void
kith_clients_page_drop_tab (KithClientsPage *self,
                            const char      *id)
{
  KithOpenClient *client = kith_open_clients_find (self->open, id), *last = kith_open_clients_get_last (self->open);
  gboolean shown = client && client == kith_open_clients_get_shown (self->open);

  kith_open_clients_close (self->open, id);
  if (!shown)
    return;
  if (last)
    {
      kith_page_show_record (KITH_PAGE (self), place_of (last));
      return;
    }
  kith_split_page_show_form (KITH_SPLIT_PAGE (self), NULL);
  kith_split_page_select_id (KITH_SPLIT_PAGE (self), NULL);
  if (!kith_page_back (KITH_PAGE (self)))
    kith_page_enter (GTK_WIDGET (self));
}

/* ---- actions ---- */

static void
keep_action (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  KithClientsPage *self = KITH_CLIENTS_PAGE (widget);
  KithOpenClient *shown = kith_open_clients_get_shown (self->open);

  if (!shown || shown->gone)
    return;
  if (!kith_open_clients_keep (self->open))
    {
      tell_full (self);
      return;
    }
  if (!kith_open_clients_are_several (self->open)) /* a tab alone is not in sight */
    {
      g_autofree char *words = kith_page_done (widget, _("Stays open in a tab"));

      kith_context_toast (kith_page_get_context (KITH_PAGE (self)), words);
    }
  kith_page_search (KITH_PAGE (self));
}

static void
open_tab (KithSplitPage *page)
{
  if (kith_split_page_choose_first (page) && kith_split_page_get_id (page))
    go (KITH_CLIENTS_PAGE (page), "tab:", kith_split_page_get_id (page));
}

static void
open_action (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  kith_split_page_when_found (KITH_SPLIT_PAGE (widget), open_tab);
}

/* A form about somebody who is not here yet is no tab's. */
static void
close_action (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  KithClientsPage *self = KITH_CLIENTS_PAGE (widget);
  KithOpenClient *shown = kith_open_clients_get_shown (self->open), *last = kith_open_clients_get_last (self->open);

  if (shown && kith_split_page_get_form (KITH_SPLIT_PAGE (self)) && !form_about (self, shown->id))
    return;
  if (shown)
    go (self, "close:", shown->id);
  else if (last)
    go (self, NULL, place_of (last));
}

/* The middle button on a line of the list. */
static void
middle_cb (KithClientsPage *self,
           int              n,
           double           x,
           double           y)
{
  KithRow *row = kith_split_page_find_row (KITH_SPLIT_PAGE (self), x, y);

  if (row && kith_row_get_id (row))
    go (self, "tab:", kith_row_get_id (row));
}

static void
close_one_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *target)
{
  go (KITH_CLIENTS_PAGE (widget), "close:", g_variant_get_string (target, NULL));
}

static void
go_action (GtkWidget  *widget,
           const char *name,
           GVariant   *target)
{
  KithOpenClient *client = kith_open_clients_find (KITH_CLIENTS_PAGE (widget)->open, g_variant_get_string (target, NULL));

  if (client)
    go (KITH_CLIENTS_PAGE (widget), NULL, place_of (client));
}

static void
move_action (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  KithClientsPage *self = KITH_CLIENTS_PAGE (widget);
  KithOpenClient *next = kith_open_clients_get_next (self->open, g_str_equal (name, "client.next-client") ? 1 : -1);

  if (next && next != kith_open_clients_get_shown (self->open))
    go (self, NULL, place_of (next));
}

/* ---- what is shown of it ---- */

static void
changed_cb (KithClientsPage *self)
{
  KithOpenClient *shown = kith_open_clients_get_shown (self->open);
  gboolean several = kith_open_clients_are_several (self->open);

  if (several && !self->tabs && self->view)
    {
      self->tabs = kith_open_strip_new (self->open);
      kith_split_page_set_above (KITH_SPLIT_PAGE (self), self->tabs);
    }
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "client.next-client", several);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "client.previous-client", several);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "client.close-tab", several || (shown && shown->kept));
}

/* The record that is shown says it in its own place. */
static void
gone_cb (KithClientsPage *self)
{
  kith_context_toast (kith_page_get_context (KITH_PAGE (self)), _("Access to a client ended: the tab was closed"));
}

static void
enter_cb (KithClientsPage *self)
{
  if (self->open) /* the focus moves about while all is taken down */
    kith_open_clients_enter (self->open, KITH_OPENED);
}

/* On the way up from a row: it is chosen by now. */
static void
pressed_cb (KithClientsPage *self)
{
  kith_open_clients_enter (self->open, KITH_CHOSEN);
}

/* Whoever was only looked at from the list gives way to the next one; whose record had the focus was opened. */
void
kith_clients_page_watch_entered (KithClientsPage *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_object (focus, "enter", G_CALLBACK (enter_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->view), focus);
}

static gboolean
enter_record (KithSplitPage *page)
{
  enter_cb (KITH_CLIENTS_PAGE (page));
  return FALSE; /* the record itself has the focus */
}

static gboolean
is_searching (KithSplitPage *page)
{
  return KITH_CLIENTS_PAGE (page)->searching;
}

static GVariant *
save_open (KithPage *page)
{
  KithClientsPage *self = KITH_CLIENTS_PAGE (page);

  kith_clients_page_leave_form (self);
  if (kith_open_clients_get_shown (self->open))
    note_left (kith_open_clients_get_shown (self->open), self->view);
  return kith_open_clients_save (self->open);
}

static void
restore_open (KithPage *page,
              GVariant *saved)
{
  KithClientsPage *self = KITH_CLIENTS_PAGE (page);
  const char *shown = kith_open_clients_restore (self->open, saved);

  if (shown)
    kith_split_page_select_id (KITH_SPLIT_PAGE (self), shown);
}

void
kith_clients_page_begin_tabs (KithClientsPage *self)
{
  GtkGesture *middle = gtk_gesture_click_new (), *press = gtk_gesture_click_new ();

  self->open = kith_open_clients_new (kith_page_get_context (KITH_PAGE (self)));
  g_signal_connect_object (self->open, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->open, "gone", G_CALLBACK (gone_cb), self, G_CONNECT_SWAPPED);
  changed_cb (self);
  kith_split_page_add_list_key (KITH_SPLIT_PAGE (self), "client.open-tab");
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (middle), GDK_BUTTON_MIDDLE);
  g_signal_connect_object (middle, "released", G_CALLBACK (middle_cb), self, G_CONNECT_SWAPPED);
  kith_split_page_add_list_controller (KITH_SPLIT_PAGE (self), GTK_EVENT_CONTROLLER (middle));
  g_signal_connect_object (press, "released", G_CALLBACK (pressed_cb), self, G_CONNECT_SWAPPED);
  kith_split_page_add_list_controller (KITH_SPLIT_PAGE (self), GTK_EVENT_CONTROLLER (press));
  /* Lists, scrolled windows and texts would take them; out of a form, too, whose text is kept. */
  kith_shortcuts_install_first (GTK_WIDGET (self), "client.next-client");
  kith_shortcuts_install_first (GTK_WIDGET (self), "client.previous-client");
  kith_shortcuts_install_first (GTK_WIDGET (self), "client.close-tab");
}

void
kith_clients_page_install_tabs (KithClientsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  KITH_PAGE_CLASS (klass)->save_open = save_open;
  KITH_PAGE_CLASS (klass)->restore_open = restore_open;
  KITH_SPLIT_PAGE_CLASS (klass)->enter_record = enter_record;
  KITH_SPLIT_PAGE_CLASS (klass)->is_searching = is_searching;
  gtk_widget_class_install_action (widget_class, "client.keep-tab", NULL, keep_action);
  gtk_widget_class_install_action (widget_class, "client.open-tab", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "client.close-tab", NULL, close_action);
  gtk_widget_class_install_action (widget_class, "client.close-one", "s", close_one_action);
  gtk_widget_class_install_action (widget_class, "client.go-tab", "s", go_action);
  gtk_widget_class_install_action (widget_class, "client.next-client", NULL, move_action);
  gtk_widget_class_install_action (widget_class, "client.previous-client", NULL, move_action);
}
