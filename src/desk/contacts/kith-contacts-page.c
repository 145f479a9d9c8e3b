/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-contacts-page.h"

#include <glib/gi18n.h>

#include "contacts/kith-contact-edit.h"
#include "contacts/kith-contact-form.h"
#include "contacts/kith-contact-earlier.h"
#include "contacts/kith-contact-row.h"
#include "contacts/kith-contact-view.h"
#include "kith-shortcuts.h"
#include "kith-text.h"
#include "kith-watch.h"
#include "print/kith-print-window.h"
#include "widgets/kith-action-strip.h"

typedef enum { TAB_OPEN, TAB_ALL, N_TABS } Tab;

struct _KithContactsPage
{
  KithSplitPage parent_instance;
  KithContactView *view;
  GtkWidget *take; /* a call */
  KithWatch *saved; /* the call taken last, until it is read; NULL: none */
};

G_DEFINE_FINAL_TYPE (KithContactsPage, kith_contacts_page, KITH_TYPE_SPLIT_PAGE)

static const KithSplitTab tabs[N_TABS] = {
  [TAB_OPEN] = { N_("calls|Open"), "contacts-open", N_("Nothing Open"), N_("Calls with a need that is not settled wait here, the oldest first; a call without a need as long as its referral is under way."), TRUE,
                 .button = N_("Take a Call"), .action = "win.go::contacts/new" },
  [TAB_ALL] = { N_("calls|All"), "contacts-all", N_("No Calls Yet"), N_("What somebody calls for is taken down with Shift+Ctrl+T."),
                .button = N_("Take a Call"), .action = "win.go::contacts/new" },
};

static const KithActionStripItem actions[] = {
  { "contact.assign", N_("Find Services…"), "suggested-action" },
  { "contact.edit", N_("Edit…"), NULL },
  { "contact.print", N_("Print…"), NULL },
};

static const char *const kinds[] = { "contact_record", "contact_need", "referral", "queue", "queue_status", NULL };

static KithContext *
context_of (KithContactsPage *self)
{
  return kith_page_get_context (KITH_PAGE (self));
}

/* The list */

/* "ana lop": every word, or its beginning; "0142", "(619) 555-0142": the end of a phone or number too. Yours */
static char *
match_words (const char *text)
{
  g_autofree char *folded = kith_text_fold (text), *digits = kith_contact_phone_match (text, 3);
  g_auto (GStrv) words = g_strsplit_set (folded, " \"", -1);
  g_autoptr (GString) match = g_string_new (NULL);

  for (guint i = 0; words[i]; i++)
    if (*words[i])
      g_string_append_printf (match, "%s\"%s\"*", match->len > 0 ? " AND " : "", words[i]);
  if (match->len == 0)
    return g_strdup ("");
  return digits ? g_strdup_printf ("(find : (%s)) OR (%s)", match->str, digits) : g_strdup_printf ("find : (%s)", match->str);
}

/* Over all calls here, whichever list is shown. */
static void
kith_contacts_page_searched (KithSplitPage *page,
                             const char    *text)
{
  g_autofree char *match = match_words (text);
  const char *args[] = { match, NULL };

  if (*match)
    kith_split_page_show_found (page, "contacts-found", kinds, args, _("Search by number, name, phone or email."));
  else
    kith_split_page_show_tab (page);
}

/* A portal account with P11 reads and prints, and no more. */
static gboolean
is_network (KithContactsPage *self)
{
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (context_of (self)));

  return actor && actor->level == KITH_LEVEL_NETWORK;
}

static void
may_changed (KithContactsPage *self)
{
  gboolean shown = kith_split_page_get_id (KITH_SPLIT_PAGE (self)) != NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "contact.assign", shown && is_network (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "contact.edit", shown && is_network (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "contact.print", shown);
  gtk_widget_set_visible (self->take, is_network (self));
}

/* Made when a call is first shown. */
static KithContactView *
view_of (KithContactsPage *self)
{
  if (self->view)
    return self->view;
  self->view = KITH_CONTACT_VIEW (kith_contact_view_new (context_of (self)));
  kith_split_page_set_record (KITH_SPLIT_PAGE (self), kith_action_strip_new (actions, G_N_ELEMENTS (actions)), GTK_WIDGET (self->view));
  return self->view;
}

static void
kith_contacts_page_selected (KithSplitPage *page,
                             const char    *id)
{
  kith_contact_view_set_contact (view_of (KITH_CONTACTS_PAGE (page)), id);
  may_changed (KITH_CONTACTS_PAGE (page));
}

/* The form that takes the place of both */

static gboolean
drop_saved_cb (gpointer user_data)
{
  g_clear_object (&KITH_CONTACTS_PAGE (user_data)->saved);
  return G_SOURCE_REMOVE;
}

/* What asks for nothing is not among the open calls: whoever took it sees it in the list all the same. */
static void
saved_row_cb (GPtrArray *rows,
              gpointer   user_data)
{
  KithSplitPage *page = user_data;
  KithRow *call = rows->len > 0 ? rows->pdata[0] : NULL;

  if (!call)
    return;
  if (kith_row_get_int (call, "open") == 0 && kith_split_page_get_tab (page) == TAB_OPEN && g_strcmp0 (kith_split_page_get_id (page), kith_row_get_id (call)) == 0)
    {
      kith_split_page_choose_tab (page, TAB_ALL);
      kith_split_page_select_id (page, kith_row_get_id (call));
    }
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, drop_saved_cb, g_object_ref (page), g_object_unref);
}

static void
saved_cb (KithContactsPage *self,
          const char       *id)
{
  static const char *const saved_kinds[] = { "contact_record", "contact_need", "referral", NULL };

  g_clear_object (&self->saved);
  if (*id)
    self->saved = kith_watch_new (context_of (self), "contact", saved_kinds, id, saved_row_cb, self);
}

static void
take_call (KithContactsPage *self,
           GtkWidget        *form)
{
  g_signal_connect_object (form, "done", G_CALLBACK (saved_cb), self, G_CONNECT_SWAPPED);
  kith_split_page_show_form (KITH_SPLIT_PAGE (self), form);
}

static void
assign_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  const char *id = kith_split_page_get_id (KITH_SPLIT_PAGE (widget));

  if (id)
    kith_split_page_show_form (KITH_SPLIT_PAGE (widget), kith_contact_form_new_assign (context_of (KITH_CONTACTS_PAGE (widget)), id));
}

static void
edit_action (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  const char *id = kith_split_page_get_id (KITH_SPLIT_PAGE (widget));

  if (id)
    kith_split_page_show_form (KITH_SPLIT_PAGE (widget), kith_contact_edit_new (context_of (KITH_CONTACTS_PAGE (widget)), id));
}

static void
print_action (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  const char *id = kith_split_page_get_id (KITH_SPLIT_PAGE (widget));

  if (id)
    gtk_window_present (GTK_WINDOW (kith_print_window_new_for_record (GTK_WINDOW (gtk_widget_get_root (widget)), context_of (KITH_CONTACTS_PAGE (widget)), "contact", id)));
}

static gboolean
kith_contacts_page_show_record (KithPage   *page,
                                const char *place)
{
  KithContactsPage *self = KITH_CONTACTS_PAGE (page);

  if (g_str_equal (place, "new"))
    take_call (self, kith_contact_form_new (context_of (self)));
  else if (g_str_has_prefix (place, "new:"))
    take_call (self, kith_contact_form_new_for_referral (context_of (self), place + strlen ("new:")));
  else if (g_str_has_prefix (place, "assign:"))
    kith_split_page_show_form (KITH_SPLIT_PAGE (page), kith_contact_form_new_assign (context_of (self), place + strlen ("assign:")));
  else if (g_str_has_prefix (place, "again:")) /* "again:CALL:REFERRAL": the call goes on from what came to nothing */
    {
      g_auto (GStrv) parts = g_strsplit (place, ":", 3);

      if (parts[1] && parts[2])
        kith_split_page_show_form (KITH_SPLIT_PAGE (page), kith_contact_form_new_again (context_of (self), parts[1], parts[2]));
    }
  else if (g_str_has_prefix (place, "edit:"))
    kith_split_page_show_form (KITH_SPLIT_PAGE (page), kith_contact_edit_new (context_of (self), place + strlen ("edit:")));
  else
    return KITH_PAGE_CLASS (kith_contacts_page_parent_class)->show_record (page, place);
  return TRUE;
}

/* The page */

static const char *
kith_contacts_page_get_about (KithPage *page)
{
  KithContactView *view = KITH_CONTACTS_PAGE (page)->view;

  return view ? kith_contact_view_get_name (view) : NULL;
}

static GtkWidget *
new_button (void)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("list-add-symbolic");

  gtk_widget_set_name (button, "take-call");
  gtk_widget_set_tooltip_text (button, _("Take a call (Shift+Ctrl+T)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Take a call"), -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", "contacts/new");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.go");
  return button;
}

static void
kith_contacts_page_constructed (GObject *object)
{
  KithContactsPage *self = KITH_CONTACTS_PAGE (object);
  KithSplitPage *page = KITH_SPLIT_PAGE (object);

  G_OBJECT_CLASS (kith_contacts_page_parent_class)->constructed (object);
  kith_split_page_set_choose (page, _("Choose a call to see it here."));
  self->take = new_button ();
  kith_split_page_add_list_button (page, self->take);
  for (guint i = 0; i < N_TABS; i++)
    kith_split_page_add_tab (page, &tabs[i], kith_context_list (context_of (self), tabs[i].query, kinds, NULL));
  kith_split_page_set_search (page, _("Number, name, phone or email"), FALSE);
  g_signal_connect_object (context_of (self), "actor-changed", G_CALLBACK (may_changed), self, G_CONNECT_SWAPPED);
  may_changed (self);
  kith_split_page_choose_tab (page, TAB_OPEN);
}

static void
kith_contacts_page_dispose (GObject *object)
{
  g_clear_object (&KITH_CONTACTS_PAGE (object)->saved);
  G_OBJECT_CLASS (kith_contacts_page_parent_class)->dispose (object);
}

static void
kith_contacts_page_class_init (KithContactsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  KithPageClass *page_class = KITH_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = kith_contacts_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = kith_contacts_page_dispose;
  page_class->name = "contacts";
  page_class->title = N_("Calls");
  page_class->icon_name = "call-start-symbolic";
  page_class->get_about = kith_contacts_page_get_about;
  page_class->show_record = kith_contacts_page_show_record;
  KITH_SPLIT_PAGE_CLASS (klass)->row_type = KITH_TYPE_CONTACT_ROW;
  KITH_SPLIT_PAGE_CLASS (klass)->selected = kith_contacts_page_selected;
  KITH_SPLIT_PAGE_CLASS (klass)->searched = kith_contacts_page_searched;
  gtk_widget_class_install_action (widget_class, "contact.assign", NULL, assign_action);
  gtk_widget_class_install_action (widget_class, "contact.edit", NULL, edit_action);
  gtk_widget_class_install_action (widget_class, "contact.print", NULL, print_action);
  kith_shortcuts_install_class (widget_class, KITH_KEYS_CONTACT);
}

static void
kith_contacts_page_init (KithContactsPage *self)
{
}
