/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-contacts-page.h"

#include <glib/gi18n.h>

#include "contacts/kith-contact-form.h"
#include "contacts/kith-contact-row.h"
#include "contacts/kith-contact-view.h"
#include "kith-shortcuts.h"
#include "kith-text.h"
#include "print/kith-print-window.h"
#include "widgets/kith-action-strip.h"

typedef enum { TAB_OPEN, TAB_ALL, N_TABS } Tab;

struct _KithContactsPage
{
  KithSplitPage parent_instance;
  KithContactView *view;
  GtkToggleButton *buttons[N_TABS];
  KithListModel *models[N_TABS], *found; /* found: what is searched for, NULL: nothing */
};

G_DEFINE_FINAL_TYPE (KithContactsPage, kith_contacts_page, KITH_TYPE_SPLIT_PAGE)

static const struct
{
  const char *label, *query, *empty_title, *empty_text;
} tabs[N_TABS] = {
  [TAB_OPEN] = { N_("Open"), "contacts-open", N_("Nothing Open"), N_("Calls with a need that is not settled wait here, the oldest first.") },
  [TAB_ALL] = { N_("All"), "contacts-all", N_("No Calls Yet"), N_("What somebody calls for is taken down with Ctrl+Shift+T.") },
};

static const KithActionStripItem actions[] = {
  { "contact.assign", N_("Find Services…"), "suggested-action" },
  { "contact.print", N_("Print…"), NULL },
};

static const char *const kinds[] = { "contact_record", "contact_need", "referral", NULL };

static KithContext *
context_of (KithContactsPage *self)
{
  return kith_page_get_context (KITH_PAGE (self));
}

/* The list */

static void
update_counts (KithContactsPage *self)
{
  for (guint i = 0; i < N_TABS; i++)
    {
      g_autofree char *label = NULL;
      guint n = 0;

      if (self->models[i] && i == TAB_OPEN)
        g_object_get (self->models[i], "total", &n, NULL);
      /* Translators: a list and how many lie in it: "Open 4" */
      label = n > 0 ? g_strdup_printf (_("%s %u"), _(tabs[i].label), n) : g_strdup (_(tabs[i].label));
      gtk_button_set_label (GTK_BUTTON (self->buttons[i]), label);
    }
}

static void
show_tab (KithContactsPage *self,
          Tab               tab)
{
  kith_split_page_set_empty (KITH_SPLIT_PAGE (self), KITH_PAGE_GET_CLASS (self)->icon_name, _(tabs[tab].empty_title), _(tabs[tab].empty_text), _("Take a Call"),
                             "win.go::contacts/new");
  kith_split_page_set_model (KITH_SPLIT_PAGE (self), G_LIST_MODEL (self->models[tab]), KITH_TYPE_CONTACT_ROW, TRUE);
}

static void
tab_cb (KithContactsPage *self,
        GtkToggleButton  *button)
{
  for (guint i = 0; i < N_TABS; i++)
    if (self->buttons[i] == button && gtk_toggle_button_get_active (button))
      show_tab (self, i);
}

/* "ana lop": every word, or its beginning. Yours */
static char *
match_words (const char *folded)
{
  g_auto (GStrv) words = g_strsplit_set (folded, " \"", -1);
  GString *match = g_string_new (NULL);

  for (guint i = 0; words[i]; i++)
    if (*words[i])
      g_string_append_printf (match, "%s\"%s\"*", match->len > 0 ? " " : "", words[i]);
  return g_string_free (match, FALSE);
}

/* Over all calls here, whichever list is shown. */
static void
kith_contacts_page_searched (KithSplitPage *page,
                             const char    *text)
{
  KithContactsPage *self = KITH_CONTACTS_PAGE (page);
  g_autofree char *folded = kith_text_fold (text);
  g_autofree char *match = match_words (folded);
  const char *args[] = { match, NULL };

  g_clear_object (&self->found);
  if (!*match)
    {
      show_tab (self, gtk_toggle_button_get_active (self->buttons[TAB_OPEN]) ? TAB_OPEN : TAB_ALL);
      return;
    }
  self->found = kith_list_model_new (kith_context_get_desktop (context_of (self)), "contacts-found", kinds, args);
  kith_split_page_set_empty (page, "edit-find-symbolic", _("No Match"), _("Search by number, name or email."), NULL, NULL);
  kith_split_page_set_model (page, G_LIST_MODEL (self->found), KITH_TYPE_CONTACT_ROW, TRUE);
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
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "contact.print", shown);
}

static void
kith_contacts_page_selected (KithSplitPage *page,
                             const char    *id)
{
  kith_contact_view_set_contact (KITH_CONTACTS_PAGE (page)->view, id);
  may_changed (KITH_CONTACTS_PAGE (page));
}

/* The form that takes the place of both */

static void
form_done_cb (KithContactsPage *self,
              const char       *id)
{
  kith_split_page_show_form (KITH_SPLIT_PAGE (self), NULL);
  if (id && *id)
    kith_split_page_select_id (KITH_SPLIT_PAGE (self), id);
}

static void
show_form (KithContactsPage *self,
           GtkWidget        *form)
{
  g_signal_connect_object (form, "done", G_CALLBACK (form_done_cb), self, G_CONNECT_SWAPPED);
  kith_split_page_show_form (KITH_SPLIT_PAGE (self), form);
}

static void
assign_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  const char *id = kith_split_page_get_id (KITH_SPLIT_PAGE (widget));

  if (id)
    show_form (KITH_CONTACTS_PAGE (widget), kith_contact_form_new_assign (context_of (KITH_CONTACTS_PAGE (widget)), id));
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
    show_form (self, kith_contact_form_new (context_of (self)));
  else if (g_str_has_prefix (place, "new:"))
    show_form (self, kith_contact_form_new_for_referral (context_of (self), place + strlen ("new:")));
  else if (g_str_has_prefix (place, "assign:"))
    show_form (self, kith_contact_form_new_assign (context_of (self), place + strlen ("assign:")));
  else
    return KITH_PAGE_CLASS (kith_contacts_page_parent_class)->show_record (page, place);
  return TRUE;
}

static char *
kith_contacts_page_get_place (KithPage *page)
{
  GtkWidget *form = kith_split_page_get_form (KITH_SPLIT_PAGE (page));

  if (form)
    return g_strdup (kith_form_get_place (KITH_FORM (form)));
  return KITH_PAGE_CLASS (kith_contacts_page_parent_class)->get_place (page);
}

static void
kith_contacts_page_flush (KithPage *page)
{
  GtkWidget *form = kith_split_page_get_form (KITH_SPLIT_PAGE (page));

  if (form)
    kith_form_flush (KITH_FORM (form));
}

static void
move_action (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  kith_split_page_move (KITH_SPLIT_PAGE (widget), g_str_equal (name, "list.next") ? 1 : -1);
}

/* The page */

static const char *
kith_contacts_page_get_about (KithPage *page)
{
  return kith_contact_view_get_name (KITH_CONTACTS_PAGE (page)->view);
}

static GtkWidget *
new_button (void)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("list-add-symbolic");

  gtk_widget_set_tooltip_text (button, _("Take a call (Ctrl+Shift+T)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Take a call"), -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", "contacts/new");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.go");
  return button;
}

static void
kith_contacts_page_constructed (GObject *object)
{
  KithContactsPage *self = KITH_CONTACTS_PAGE (object);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  G_OBJECT_CLASS (kith_contacts_page_parent_class)->constructed (object);
  self->view = KITH_CONTACT_VIEW (kith_contact_view_new (context_of (self)));
  gtk_widget_set_vexpand (GTK_WIDGET (self->view), TRUE);
  gtk_box_append (GTK_BOX (box), kith_action_strip_new (actions, G_N_ELEMENTS (actions)));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->view));
  kith_split_page_set_detail (KITH_SPLIT_PAGE (self), box, KITH_PAGE_GET_CLASS (self)->icon_name, _("Choose a call to see it here."));
  kith_split_page_add_list_button (KITH_SPLIT_PAGE (self), new_button ());
  for (guint i = 0; i < N_TABS; i++)
    {
      self->buttons[i] = GTK_TOGGLE_BUTTON (gtk_toggle_button_new ());
      gtk_toggle_button_set_group (self->buttons[i], i > 0 ? self->buttons[0] : NULL);
      g_signal_connect_object (self->buttons[i], "toggled", G_CALLBACK (tab_cb), self, G_CONNECT_SWAPPED);
      kith_split_page_add_filter (KITH_SPLIT_PAGE (self), GTK_WIDGET (self->buttons[i]));
      self->models[i] = kith_context_list (context_of (self), tabs[i].query, kinds, NULL);
      g_signal_connect_object (self->models[i], "notify::total", G_CALLBACK (update_counts), self, G_CONNECT_SWAPPED);
    }
  kith_split_page_set_search (KITH_SPLIT_PAGE (self), _("Number, name or email"), FALSE);
  update_counts (self);
  g_signal_connect_object (context_of (self), "actor-changed", G_CALLBACK (may_changed), self, G_CONNECT_SWAPPED);
  may_changed (self);
  gtk_toggle_button_set_active (self->buttons[TAB_OPEN], TRUE);
}

static void
kith_contacts_page_dispose (GObject *object)
{
  KithContactsPage *self = KITH_CONTACTS_PAGE (object);

  for (guint i = 0; i < N_TABS; i++)
    g_clear_object (&self->models[i]);
  g_clear_object (&self->found);
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
  page_class->flush = kith_contacts_page_flush;
  page_class->show_record = kith_contacts_page_show_record;
  page_class->get_place = kith_contacts_page_get_place;
  KITH_SPLIT_PAGE_CLASS (klass)->selected = kith_contacts_page_selected;
  KITH_SPLIT_PAGE_CLASS (klass)->searched = kith_contacts_page_searched;
  gtk_widget_class_install_action (widget_class, "contact.assign", NULL, assign_action);
  gtk_widget_class_install_action (widget_class, "contact.print", NULL, print_action);
  gtk_widget_class_install_action (widget_class, "list.next", NULL, move_action);
  gtk_widget_class_install_action (widget_class, "list.previous", NULL, move_action);
  kith_shortcuts_install_class (widget_class, KITH_KEYS_CONTACT);
}

static void
kith_contacts_page_init (KithContactsPage *self)
{
}
