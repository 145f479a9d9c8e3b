/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-frame-private.h"

#include <glib/gi18n.h>

#include "agency/kith-agency-page.h"
#include "amendments/kith-amendments-page.h"
#include "attention/kith-attention-page.h"
#include "board/kith-board-page.h"
#include "capacity/kith-capacity-page.h"
#include "cases/kith-cases-page.h"
#include "clients/kith-clients-page.h"
#include "contacts/kith-contacts-page.h"
#include "directory/kith-directory-page.h"
#include "kith-format.h"
#include "kith-places.h"
#include "log/kith-log-page.h"
#include "referrals/kith-referrals-page.h"
#include "staff/kith-staff-page.h"
#include "today/kith-today-page.h"
#include "widgets/kith-fit.h"
#include "widgets/kith-nav-row.h"
#include "widgets/kith-one-stop.h"
#include "widgets/kith-pane.h"
#include "widgets/kith-revealer.h"
#include "widgets/kith-stack.h"
#include "widgets/kith-unread.h"

G_DEFINE_FINAL_TYPE (KithFrame, kith_frame, ADW_TYPE_BIN)

#define OFFLINE_AFTER_MS 5000 /* a short gap is not worth a word */

#define QUIET_MS 250         /* after the first page is shown: then those are built whose numbers the sidebar shows */

static KithNavRow *
row_by_name (KithFrame  *self,
             const char *name)
{
  for (int i = 0; gtk_list_box_get_row_at_index (self->nav, i); i++)
    {
      KithNavRow *row = KITH_NAV_ROW (gtk_list_box_get_row_at_index (self->nav, i));

      if (g_str_equal (kith_nav_row_get_page_class (row)->name, name))
        return row;
    }
  return NULL;
}

/* A page is built when somebody goes there for the first time. */
static KithPage *
ensure_page (KithFrame  *self,
             KithNavRow *row)
{
  KithPage *page = kith_nav_row_get_page (row);
  KithPageClass *klass = kith_nav_row_get_page_class (row);
  g_autoptr (GVariant) saved = NULL;

  if (page)
    return page;
  page = g_object_new (G_TYPE_FROM_CLASS (klass), "context", self->context, NULL);
  g_object_bind_property (self->leaflet, "folded", page, "narrow", G_BINDING_SYNC_CREATE);
  gtk_stack_add_named (self->pages, GTK_WIDGET (page), klass->name);
  kith_nav_row_set_page (row, page);
  saved = self->open ? g_variant_lookup_value (self->open, klass->name, NULL) : NULL;
  if (saved && klass->restore_open)
    klass->restore_open (page, saved);
  return page;
}

/* One at a time, so that keys pressed meanwhile are answered in between. */
static gboolean
build_counting_cb (gpointer user_data)
{
  KithFrame *self = user_data;

  for (int i = 0; gtk_list_box_get_row_at_index (self->nav, i); i++)
    {
      KithNavRow *row = KITH_NAV_ROW (gtk_list_box_get_row_at_index (self->nav, i));

      if (kith_nav_row_get_page_class (row)->counts && !kith_nav_row_get_page (row) && gtk_widget_get_visible (GTK_WIDGET (row)))
        {
          ensure_page (self, row);
          return G_SOURCE_CONTINUE;
        }
    }
  self->build_id = 0;
  return G_SOURCE_REMOVE;
}

static gboolean
quiet_cb (gpointer user_data)
{
  KithFrame *self = user_data;

  self->build_id = g_idle_add_full (G_PRIORITY_LOW, build_counting_cb, self, NULL);
  return G_SOURCE_REMOVE;
}

/* Returns (transfer none): the page in sight */
KithPage *
kith_frame_get_page (KithFrame *self)
{
  return KITH_PAGE (gtk_stack_get_visible_child (self->pages));
}

#define KITH_PAGE_EVERYBODYS "inbox" /* whatever the account */

/* The page that is open, whichever row the arrows came to. */
static void
mark_open (KithFrame *self)
{
  const char *name = self->pages ? gtk_stack_get_visible_child_name (self->pages) : NULL; /* the focus leaves also when the frame is taken down */
  KithNavRow *row = name ? row_by_name (self, name) : NULL;

  if (row)
    gtk_list_box_select_row (self->nav, GTK_LIST_BOX_ROW (row));
}

/* What is staged and not saved is asked about whichever way somebody leaves (A9). Asked: the sidebar goes on to show where they are. */
static gboolean
may_go (KithFrame  *self,
        const char *place)
{
  GtkWidget *now = self->opened ? gtk_stack_get_visible_child (self->pages) : NULL;
  g_autofree char *here = now ? kith_frame_get_place (self) : NULL;
  g_autofree char *next = g_strconcat ("win.go::", place, NULL);

  if (!now || g_str_equal (here, place) || kith_page_leave (KITH_PAGE (now), next))
    return TRUE;
  mark_open (self);
  return FALSE;
}

/* Those that count what waits, and that this account sees. */
static void
build_when_quiet (KithFrame *self)
{
  if (!self->build_id && self->opened)
    self->build_id = g_timeout_add (QUIET_MS, quiet_cb, self);
}

/**
 * kith_frame_prepare:
 * @place: as for kith_frame_open()
 *
 * Builds its page, so that it only has to be filled when it is opened.
 */
void
kith_frame_prepare (KithFrame  *self,
                    const char *place)
{
  g_auto (GStrv) parts = g_strsplit (place, "/", 2);
  KithNavRow *row = parts[0] ? row_by_name (self, parts[0]) : NULL;

  if (row)
    ensure_page (self, row);
}

void
kith_frame_open (KithFrame  *self,
                 const char *place)
{
  g_auto (GStrv) parts = g_strsplit (place, "/", 2);
  KithNavRow *row = parts[0] ? row_by_name (self, parts[0]) : NULL;
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (self->context));
  KithPage *page;

  if (!row)
    return;
  if (!kith_place_is_of (actor, place)) /* nothing for this account: it may be the last page of another one's */
    {
      kith_frame_open (self, kith_place_is_of (actor, parts[0]) ? parts[0] : KITH_PAGE_EVERYBODYS);
      return;
    }
  if (!may_go (self, place))
    return;
  self->opened = TRUE;
  build_when_quiet (self);
  page = ensure_page (self, row);
  gtk_stack_set_visible_child (self->pages, GTK_WIDGET (page));
  gtk_list_box_select_row (self->nav, GTK_LIST_BOX_ROW (row));
  g_settings_set_string (kith_context_get_settings (self->context), "last-page", parts[0]);
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->pages));
  if (parts[1])
    kith_page_show_record (page, parts[1]);
  else
    kith_page_enter (GTK_WIDGET (page));
}

/* Returns (transfer full): "clients/0190…", to come back to after a lock */
char *
kith_frame_get_place (KithFrame *self)
{
  KithPage *page = kith_frame_get_page (self);
  g_autofree char *place = kith_page_get_place (page);
  const char *name = gtk_stack_get_visible_child_name (self->pages);

  return place ? g_strconcat (name, "/", place, NULL) : g_strdup (name);
}

/**
 * kith_frame_save_open:
 *
 * Returns: (transfer full) (nullable): for kith_frame_restore_open()
 */
GVariant *
kith_frame_save_open (KithFrame *self)
{
  GVariantBuilder open;
  guint n = 0;

  g_variant_builder_init (&open, G_VARIANT_TYPE_VARDICT);
  for (int i = 0; gtk_list_box_get_row_at_index (self->nav, i); i++)
    {
      KithNavRow *row = KITH_NAV_ROW (gtk_list_box_get_row_at_index (self->nav, i));
      KithPageClass *klass = kith_nav_row_get_page_class (row);
      KithPage *page = kith_nav_row_get_page (row);
      g_autoptr (GVariant) saved = page && klass->save_open ? klass->save_open (page) : NULL;

      if (!page && self->open) /* nobody went there since */
        saved = g_variant_lookup_value (self->open, klass->name, NULL);
      if (saved)
        g_variant_builder_add (&open, "{sv}", klass->name, saved);
      n += saved != NULL;
    }
  if (n > 0)
    return g_variant_ref_sink (g_variant_builder_end (&open));
  g_variant_builder_clear (&open);
  return NULL;
}

/**
 * kith_frame_restore_open:
 * @saved: by kith_frame_save_open() of the frame before
 */
void
kith_frame_restore_open (KithFrame *self,
                         GVariant  *saved)
{
  self->open = g_variant_ref (saved);
}

/* Puts the focus into the page in sight, unless it is somewhere in the frame already. */
void
kith_frame_focus (KithFrame *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (!root || !gtk_root_get_focus (root) || !gtk_widget_is_ancestor (gtk_root_get_focus (root), GTK_WIDGET (self)))
    kith_page_enter (GTK_WIDGET (kith_frame_get_page (self)));
}

/* One step back: what the page itself can do, else, where there is room for one pane only, to the sidebar. */
void
kith_frame_back (KithFrame *self)
{
  if (!kith_page_back (kith_frame_get_page (self)) && adw_leaflet_get_folded (self->leaflet))
    adw_leaflet_set_visible_child (self->leaflet, self->sidebar);
}

/* Where there is room for both, the choice is kept in the settings; else the sidebar comes in place of the page. */
void
kith_frame_toggle_sidebar (KithFrame *self)
{
  GSettings *settings = kith_context_get_settings (self->context);

  if (adw_leaflet_get_folded (self->leaflet))
    adw_leaflet_set_visible_child (self->leaflet, self->sidebar);
  else
    g_settings_set_boolean (settings, "show-sidebar", !g_settings_get_boolean (settings, "show-sidebar"));
}

/* Folded, it is a page of its own, and there is no other way to the pages by pointer. */
static void
update_sidebar (KithFrame *self)
{
  gtk_widget_set_visible (self->sidebar, adw_leaflet_get_folded (self->leaflet) ||
                          g_settings_get_boolean (kith_context_get_settings (self->context), "show-sidebar"));
}

/* Opens the main menu, for the key that does. */
void
kith_frame_popup_menu (KithFrame *self)
{
  gtk_menu_button_popup (self->menu_button);
}

/* What is being typed on any page goes into its draft now: before a lock. */
void
kith_frame_flush (KithFrame *self)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->pages)); child; child = gtk_widget_get_next_sibling (child))
    kith_page_flush (KITH_PAGE (child));
}

static void
nav_row_cb (KithFrame     *self,
            GtkListBoxRow *row)
{
  kith_frame_open (self, kith_nav_row_get_page_class (KITH_NAV_ROW (row))->name);
}

/* Strips */

static void
problem_cb (KithFrame  *self,
            const char *title,
            const char *text)
{
  gtk_label_set_text (self->problem_title, title);
  gtk_label_set_text (self->problem_text, text);
  gtk_revealer_set_reveal_child (self->problem_strip, TRUE);
}

static void
dismiss_problem_cb (KithFrame *self)
{
  gtk_revealer_set_reveal_child (self->problem_strip, FALSE);
}

static gboolean
show_offline_cb (gpointer user_data)
{
  KithFrame *self = user_data;

  self->offline_id = 0;
  gtk_revealer_set_reveal_child (self->offline_strip, TRUE);
  return G_SOURCE_REMOVE;
}

static void
update_offline (KithFrame *self)
{
  gint64 since, left;
  gboolean closed;

  g_object_get (kith_context_get_desktop (self->context), "offline-since", &since, "account-closed", &closed, NULL);
  if (closed) /* nothing is sent from here any more: the chip and a window say so */
    since = 0;
  g_clear_handle_id (&self->offline_id, g_source_remove);
  left = since ? since + OFFLINE_AFTER_MS - kith_context_get_now (self->context) : 0;
  if (since && left > 0)
    self->offline_id = g_timeout_add (left, show_offline_cb, self);
  else
    gtk_revealer_set_reveal_child (self->offline_strip, since != 0);
}

static void
update_user (KithFrame *self)
{
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (self->context));
  g_autofree char *user = NULL, *agency = NULL;
  GtkListBoxRow *shown;

  g_object_get (kith_context_get_desktop (self->context), "user-name", &user, "agency-name", &agency, NULL);
  gtk_label_set_text (self->user_label, user ? user : "");
  gtk_label_set_text (self->agency_label, agency ? agency : "");
  gtk_widget_set_visible (GTK_WIDGET (self->agency_label), agency && *agency);
  adw_avatar_set_text (self->avatar, user);
  kith_frame_show_rows (self);
  /* The page was opened before it was known whose account this is. */
  shown = gtk_list_box_get_selected_row (self->nav);
  if (shown && !kith_place_is_of (actor, kith_nav_row_get_page_class (KITH_NAV_ROW (shown))->name))
    kith_frame_open (self, KITH_PAGE_EVERYBODYS);
  build_when_quiet (self);
}

static void
kith_frame_dispose (GObject *object)
{
  KithFrame *self = KITH_FRAME (object);

  g_clear_handle_id (&self->offline_id, g_source_remove);
  g_clear_handle_id (&self->build_id, g_source_remove);
  g_clear_pointer (&self->undos, g_ptr_array_unref);
  g_clear_weak_pointer (&self->no_undo);
  g_clear_weak_pointer (&self->said);
  gtk_widget_dispose_template (GTK_WIDGET (self), KITH_TYPE_FRAME);
  g_clear_pointer (&self->open, g_variant_unref);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_frame_parent_class)->dispose (object);
}

static void
kith_frame_class_init (KithFrameClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_frame_dispose;
  g_type_ensure (KITH_TYPE_ONE_STOP);
  g_type_ensure (KITH_TYPE_PANE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/kith-frame.ui");
  gtk_widget_class_bind_template_child (widget_class, KithFrame, toasts);
  gtk_widget_class_bind_template_child (widget_class, KithFrame, leaflet);
  gtk_widget_class_bind_template_child (widget_class, KithFrame, sidebar);
  gtk_widget_class_bind_template_child (widget_class, KithFrame, nav);
  gtk_widget_class_bind_template_child (widget_class, KithFrame, pages);
  gtk_widget_class_bind_template_child (widget_class, KithFrame, menu_button);
  gtk_widget_class_bind_template_child (widget_class, KithFrame, main_menu);
  gtk_widget_class_bind_template_child (widget_class, KithFrame, user_label);
  gtk_widget_class_bind_template_child (widget_class, KithFrame, agency_label);
  gtk_widget_class_bind_template_child (widget_class, KithFrame, avatar);
  gtk_widget_class_bind_template_child (widget_class, KithFrame, offline_strip);
  gtk_widget_class_bind_template_child (widget_class, KithFrame, problem_strip);
  gtk_widget_class_bind_template_child (widget_class, KithFrame, problem_title);
  gtk_widget_class_bind_template_child (widget_class, KithFrame, problem_text);
  gtk_widget_class_bind_template_callback (widget_class, nav_row_cb);
  gtk_widget_class_bind_template_callback (widget_class, dismiss_problem_cb);
}

/* Its lines are widgets, and few starts see them. */
static void
make_menu_cb (GtkMenuButton *button,
              gpointer       user_data)
{
  if (!gtk_menu_button_get_menu_model (button))
    gtk_menu_button_set_menu_model (button, KITH_FRAME (user_data)->main_menu);
}

static void
kith_frame_init (KithFrame *self)
{
  GtkEventController *left;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->undos = g_ptr_array_new_with_free_func (kith_frame_undo_free);
  kith_fit_avatar (self->avatar);
  gtk_menu_button_set_create_popup_func (self->menu_button, make_menu_cb, self, NULL);
  /* Page Up and Page Down go by what is seen; the list is no child of what scrolls. */
  gtk_list_box_set_adjustment (self->nav, gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (gtk_widget_get_ancestor (GTK_WIDGET (self->nav), GTK_TYPE_SCROLLED_WINDOW))));
  left = gtk_event_controller_focus_new ();
  g_signal_connect_object (left, "leave", G_CALLBACK (mark_open), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->nav), left);
  kith_stack_tell_readers (self->pages);
  kith_revealer_rest (self->offline_strip);
  kith_revealer_rest (self->problem_strip);
}

/* In the order of the sidebar, which is that of the numbers: first what whoever works there all day goes to (ux.md 2.0). */
static void
add_nav_rows (KithFrame *self)
{
  const GType pages[] = { KITH_TYPE_TODAY_PAGE, KITH_TYPE_INBOX_PAGE, KITH_TYPE_CONTACTS_PAGE, KITH_TYPE_CLIENTS_PAGE, KITH_TYPE_CASES_PAGE, KITH_TYPE_BOARD_PAGE,
                          KITH_TYPE_STAFF_PAGE, KITH_TYPE_DIRECTORY_PAGE, KITH_TYPE_CAPACITY_PAGE, KITH_TYPE_ATTENTION_PAGE, KITH_TYPE_SENT_PAGE, KITH_TYPE_AGENCY_PAGE,
                          KITH_TYPE_AMENDMENTS_PAGE, KITH_TYPE_LOG_PAGE };

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    gtk_list_box_append (self->nav, kith_nav_row_new (pages[i]));
}

/* Shows nothing until a place is opened: kith_frame_open(). */
GtkWidget *
kith_frame_new (KithContext *context)
{
  KithFrame *self = g_object_new (KITH_TYPE_FRAME, NULL);
  KithDesktop *desktop = kith_context_get_desktop (context);
  GtkWidget *strip;

  self->context = g_object_ref (context);
  add_nav_rows (self);
  kith_frame_show_toasts (self);
  g_signal_connect_object (context, "problem", G_CALLBACK (problem_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "actor-changed", G_CALLBACK (update_user), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desktop, "notify::offline-since", G_CALLBACK (update_offline), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desktop, "notify::account-closed", G_CALLBACK (update_offline), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desktop, "notify::user-name", G_CALLBACK (update_user), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desktop, "notify::agency-name", G_CALLBACK (update_user), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (kith_context_get_settings (context), "changed::show-sidebar", G_CALLBACK (update_sidebar), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->leaflet, "notify::folded", G_CALLBACK (update_sidebar), self, G_CONNECT_SWAPPED);
  update_user (self);
  strip = kith_unread_add_strip (GTK_WIDGET (self->problem_strip), context);
  gtk_widget_add_css_class (strip, "strip");
  gtk_widget_add_css_class (strip, "problem");
  update_offline (self);
  update_sidebar (self);
  return GTK_WIDGET (self);
}
