/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-clients-page-private.h"

#include <glib/gi18n.h>

#include "cases/kith-assign-form.h"
#include "cases/kith-task-edit.h"
#include "kith-client-actions.h"
#include "kith-client-form.h"
#include "kith-client-row.h"
#include "kith-client-view.h"
#include "kith-consent-form.h"
#include "kith-health-form.h"
#include "documents/kith-document-actions.h"
#include "kith-desktop-hits.h"
#include "kith-desktop-reads.h"
#include "kith-network-window.h"
#include "kith-shortcuts.h"
#include "import/kith-import-form.h"
#include "kith-text.h"
#include "referrals/kith-referral-form.h"
#include "referrals/kith-reason-window.h"
#include "widgets/kith-action-strip.h"

G_DEFINE_FINAL_TYPE (KithClientsPage, kith_clients_page, KITH_TYPE_SPLIT_PAGE)

/* Whose changes are seen in the lists and in what a search finds. */
static const char *const shown_kinds[] = { "client", "care", "consent", "assignment", "enrollment", "match", NULL };
/* And in what a filter leaves: a referral in work says where somebody is helped. */
static const char *const found_kinds[] = { "client", "care", "consent", "assignment", "enrollment", "match", "referral", NULL };

#define MAX_FOUND 50 /* whoever has more types another letter */
#define IN_SIGHT 16  /* of them, in a window as tall as most screens: read with each letter, the others right behind */

static KithContext *
context_of (KithClientsPage *self)
{
  return kith_page_get_context (KITH_PAGE (self));
}

static void
show_all (KithClientsPage *self)
{
  g_auto (GStrv) args = NULL;

  g_clear_pointer (&self->text, g_free);
  if (self->some)
    g_signal_handlers_disconnect_by_data (self->some, self);
  g_clear_object (&self->some);
  if (kith_client_filter_is_active (self->filter))
    {
      args = kith_client_filter_args (self->filter);
      self->some = kith_list_model_new (kith_context_get_desktop (context_of (self)), "clients-found", found_kinds, (const char *const *) args);
      g_signal_connect_object (self->some, "items-changed", G_CALLBACK (kith_clients_page_tell_words), self, G_CONNECT_SWAPPED);
    }
  kith_split_page_set_model (KITH_SPLIT_PAGE (self), G_LIST_MODEL (self->some ? self->some : self->all), FALSE);
  kith_clients_page_tell_words (self);
}

static void kith_clients_page_searched (KithSplitPage *page, const char *text);

typedef struct
{
  KithClientsPage *self;
  char *text;
} Search;

static void
search_again (KithClientsPage *self)
{
  kith_clients_page_searched (KITH_SPLIT_PAGE (self), kith_split_page_get_search (KITH_SPLIT_PAGE (self)));
}

static void
rest_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KithClientsPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!kith_desktop_search_rest_finish (KITH_DESKTOP (source), result, &error) && self->all && kith_read_failed (error))
    kith_desktop_tell_read (KITH_DESKTOP (source), self, error, (KithReadAgain) search_again);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Search *search = user_data;
  g_autoptr (KithClientsPage) self = search->self;
  g_autofree char *text = search->text;
  g_autoptr (GError) error = NULL;
  gboolean more = FALSE, fresh;
  g_autoptr (GPtrArray) rows = kith_desktop_search_finish (KITH_DESKTOP (source), result, &more, &error);

  g_free (search);
  if (!self->all || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->searching = FALSE;
  kith_desktop_tell_read (KITH_DESKTOP (source), self, error, (KithReadAgain) search_again);
  fresh = self->text == NULL;
  g_free (self->text);
  self->text = g_steal_pointer (&text);
  self->more = more;
  kith_split_page_set_unread (KITH_SPLIT_PAGE (self), rows == NULL);
  if (rows)
    kith_client_rows_take (self->found, rows);
  else
    g_list_store_remove_all (self->found);
  if (fresh)
    kith_split_page_set_model (KITH_SPLIT_PAGE (self), G_LIST_MODEL (self->found), FALSE);
  kith_clients_page_tell_words (self);
  kith_split_page_found (KITH_SPLIT_PAGE (self));
  if (self->again)
    search_again (self);
  else if (rows)
    kith_desktop_search_rest_async (KITH_DESKTOP (source), "client", rows, self->search, rest_cb, g_object_ref (self));
}

/* What was found may be somebody else's now, or gone from this computer. One search at a time: a fill tells of many changes. */
static void
changed_cb (KithClientsPage *self, char **kinds)
{
  if (!kith_reads_concern (kith_client_filter_is_active (self->filter) ? found_kinds : shown_kinds, (const char *const *) kinds) || !(self->text || self->searching))
    return;
  if (self->searching)
    self->again = TRUE;
  else
    search_again (self);
}

static void
kith_clients_page_searched (KithSplitPage *page,
                            const char    *text)
{
  KithClientsPage *self = KITH_CLIENTS_PAGE (page);
  KithDesktop *desktop = kith_context_get_desktop (context_of (self));
  g_auto (GStrv) args = NULL;
  Search *search;

  g_cancellable_cancel (self->search);
  g_clear_object (&self->search);
  self->again = FALSE;
  self->searching = !kith_text_blank (text);
  if (!self->searching)
    {
      if (self->text)
        show_all (self);
      return;
    }
  self->search = g_cancellable_new ();
  search = g_new0 (Search, 1);
  search->self = g_object_ref (self);
  search->text = g_strdup (text);
  args = kith_client_filter_is_active (self->filter) ? kith_client_filter_args (self->filter) : NULL;
  if (args)
    kith_desktop_search_in_async (desktop, "client", "clients-found", (const char *const *) args, text, MAX_FOUND, self->search, found_cb, search);
  else /* the same once more is for whoever has scrolled down too: their row stays the same row */
    kith_desktop_search_seen_async (desktop, "client", text, MAX_FOUND, g_strcmp0 (text, self->text) == 0 ? MAX_FOUND : IN_SIGHT, self->search, found_cb, search);
}

/* What was typed is searched for among those the filter leaves now. */
static void
filter_changed_cb (KithClientsPage *self)
{
  const char *text = kith_split_page_get_search (KITH_SPLIT_PAGE (self));

  show_all (self);
  if (!kith_text_blank (text))
    kith_clients_page_searched (KITH_SPLIT_PAGE (self), text);
}

static void
clear_filters_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *target)
{
  kith_client_filter_clear (KITH_CLIENTS_PAGE (widget)->filter);
}

static gpointer
note_opened_job (gpointer      store,
                 gpointer      data,
                 GCancellable *cancellable,
                 GError      **error)
{
  kith_store_note_opened (store, "client", data, error);
  return NULL;
}

static void
kith_clients_page_selected (KithSplitPage *page,
                            const char    *id)
{
  KithClientsPage *self = KITH_CLIENTS_PAGE (page);

  kith_clients_page_turn (self, id);
  kith_split_page_set_type_ahead (page, id == NULL); /* letters in the list are the record's, once there is one */
  if (id) /* "recent" of the search */
    kith_desktop_store_async (kith_context_get_desktop (context_of (self)), note_opened_job, g_strdup (id), g_free, NULL, NULL, NULL);
}

/* Sharing has ended: what works on the client's own record is not offered, for it is not here. */
static void
withheld_cb (KithClientsPage *self)
{
  static const char *const actions[] = { "client.edit", "client.renew", "client.refer", "client.health", "client.attach",
                                         "client.raise-alert", "client.join-household", "client.add-member", "client.new-member", "client.leave-household", "client.same-person",
                                         "client.print" };
  gboolean withheld = kith_client_view_is_withheld (self->view);

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i], !withheld);
  /* C19: by whom, and whether it is one way or the other, follows from the record. */
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "client.restrict", kith_client_view_offers (self->view, "client.restrict"));
  kith_action_strip_set_words (KITH_ACTION_STRIP (self->strip), "client.restrict",
                               kith_client_view_is_restricted (self->view) ? _("Lift the Restriction of the Record…") : NULL);
}

/* Forms */

static void
show_named_form (KithClientsPage *self,
                 const char      *name,
                 const char      *client,
                 const char      *consent)
{
  GtkWidget *form = NULL;

  if (g_str_equal (name, "new"))
    form = client ? kith_client_form_new_member (context_of (self), client, NULL) : kith_client_form_new (context_of (self), NULL, self->text);
  else if (g_str_equal (name, "import"))
    form = kith_import_form_new (context_of (self));
  else if (client && g_str_equal (name, "edit"))
    form = kith_client_form_new (context_of (self), client, NULL);
  else if (client && g_str_equal (name, "health"))
    {
      const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (context_of (self)));

      kith_client_view_show_tab (kith_clients_page_get_view (self), "health"); /* which says why, where there is nothing to change */
      form = actor && actor->health ? kith_health_form_new (context_of (self), client) : NULL;
    }
  else if (client && g_str_equal (name, "refer"))
    form = kith_referral_form_new (context_of (self), client, NULL);
  else if (client && g_str_equal (name, "consent"))
    form = kith_consent_form_new (context_of (self), client, NULL);
  else if (client && g_str_equal (name, "renew"))
    form = kith_consent_form_new (context_of (self), client, consent ? consent : "");
  else if (client && g_str_equal (name, "assign"))
    form = kith_assign_form_new (context_of (self), client, NULL);
  if (form)
    kith_split_page_show_form (KITH_SPLIT_PAGE (self), form);
}

static void
network_opened_cb (KithClientsPage *self,
                   const char      *id)
{
  GtkWidget *form = kith_split_page_get_form (KITH_SPLIT_PAGE (self));

  if (KITH_IS_CLIENT_FORM (form))
    kith_client_form_take_found (KITH_CLIENT_FORM (form), id);
  else
    kith_page_show_record (KITH_PAGE (self), id);
}

void
kith_clients_page_ask_network (KithClientsPage *self)
{
  GtkWidget *form = kith_split_page_get_form (KITH_SPLIT_PAGE (self)), *window;
  g_autofree char *name = NULL, *birth = NULL;

  if (KITH_IS_CLIENT_FORM (form))
    kith_client_form_get_person (KITH_CLIENT_FORM (form), &name, &birth);
  else
    kith_network_window_split (kith_split_page_get_search (KITH_SPLIT_PAGE (self)), &name, &birth);
  window = kith_network_window_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), context_of (self), name, birth);
  g_signal_connect_object (window, "opened", G_CALLBACK (network_opened_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}

static void
form_action (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  KithClientsPage *self = KITH_CLIENTS_PAGE (widget);
  const char *consent = target ? g_variant_get_string (target, NULL) : NULL;
  const char *whose = consent ? kith_client_view_find_consent (kith_clients_page_get_view (self), consent) : NULL; /* of a linked record: renewed there */

  show_named_form (self, name + strlen ("client."), whose ? whose : kith_split_page_get_id (KITH_SPLIT_PAGE (widget)), consent);
}

static gboolean
kith_clients_page_show_record (KithPage   *page,
                               const char *place)
{
  g_auto (GStrv) parts = g_strsplit (place, ":", 3);
  gboolean shown = TRUE;

  kith_clients_page_leave_form (KITH_CLIENTS_PAGE (page));
  if (parts[1] && g_str_equal (parts[0], "tab")) /* beside who is open */
    return !kith_clients_page_make_tab (KITH_CLIENTS_PAGE (page), parts[1]) || kith_page_show_record (page, parts[1]);
  if (parts[1] && g_str_equal (parts[0], "close"))
    {
      kith_clients_page_drop_tab (KITH_CLIENTS_PAGE (page), parts[1]);
      return TRUE;
    }
  KITH_CLIENTS_PAGE (page)->placing = TRUE;
  if (parts[1] || g_str_equal (place, "new") || g_str_equal (place, "import"))
    {
      if (parts[1])
        kith_split_page_select_id (KITH_SPLIT_PAGE (page), parts[1]);
      show_named_form (KITH_CLIENTS_PAGE (page), parts[0], parts[1], parts[1] ? parts[2] : NULL);
    }
  else
    shown = KITH_PAGE_CLASS (kith_clients_page_parent_class)->show_record (page, place);
  KITH_CLIENTS_PAGE (page)->placing = FALSE;
  return shown;
}

static const char *
kith_clients_page_get_about (KithPage *page)
{
  KithClientView *view = KITH_CLIENTS_PAGE (page)->view;

  return view ? kith_client_view_get_name (view) : NULL;
}

/* In the list too; but not for somebody shown before whom a narrow window hides now. */
static gboolean
kith_clients_page_takes_keys (KithPage *page)
{
  return kith_split_page_is_shown (KITH_SPLIT_PAGE (page));
}

/* As in the referrals' pages: on a new computer the first fill tells who this is. */
static void
actor_changed_cb (KithClientsPage *self)
{
  const char *args[] = { kith_context_get_user (context_of (self)), NULL };

  if (!self->all)
    return;
  kith_list_model_set_args (self->all, args);
  kith_client_filter_update (self->filter);
}

/* After the hits of this computer; its key works without them too. */
static GtkWidget *
ask_button_new (void)
{
  static const KithActionStripItem item = { "win.ask-network", N_("Also Ask the Network…"), NULL };
  GtkWidget *strip = kith_action_strip_new (&item, 1);

  gtk_widget_set_halign (strip, GTK_ALIGN_CENTER);
  return strip;
}

static void
kith_clients_page_constructed (GObject *object)
{
  KithClientsPage *self = KITH_CLIENTS_PAGE (object);
  GtkWidget *button = gtk_button_new_from_icon_name ("list-add-symbolic");

  G_OBJECT_CLASS (kith_clients_page_parent_class)->constructed (object);
  gtk_widget_set_tooltip_text (button, _("New client (Ctrl+N)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("New client"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.new-client");
  kith_split_page_add_list_button (KITH_SPLIT_PAGE (self), button);
  kith_split_page_set_search (KITH_SPLIT_PAGE (self), _("Name, birth date, phone or number"), TRUE);
  self->filter = KITH_CLIENT_FILTER (kith_client_filter_new (context_of (self)));
  kith_split_page_add_filter (KITH_SPLIT_PAGE (self), GTK_WIDGET (self->filter));
  g_signal_connect_object (self->filter, "changed", G_CALLBACK (filter_changed_cb), self, G_CONNECT_SWAPPED);
  kith_split_page_set_placeholder (KITH_SPLIT_PAGE (self), "avatar-default-symbolic", _("Type a name, a birth date or the end of a phone number."));
  kith_split_page_set_footer (KITH_SPLIT_PAGE (self), self->ask = ask_button_new ());
  self->found = g_list_store_new (KITH_TYPE_ROW);
  self->all = kith_context_list (context_of (self), "clients-all", shown_kinds, kith_context_get_user (context_of (self)));
  g_signal_connect_object (self->all, "notify::total", G_CALLBACK (kith_clients_page_tell_words), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (kith_context_get_desktop (context_of (self)), "notify::filling", G_CALLBACK (kith_clients_page_tell_words), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (kith_context_get_desktop (context_of (self)), "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context_of (self), "actor-changed", G_CALLBACK (actor_changed_cb), self, G_CONNECT_SWAPPED);
  show_all (self);
  kith_clients_page_begin_tabs (self);
}

static void
kith_clients_page_dispose (GObject *object)
{
  KithClientsPage *self = KITH_CLIENTS_PAGE (object);

  g_cancellable_cancel (self->search);
  g_clear_object (&self->search);
  g_clear_object (&self->all);
  if (self->some)
    g_signal_handlers_disconnect_by_data (self->some, self);
  g_clear_object (&self->some);
  g_clear_object (&self->found);
  g_clear_pointer (&self->text, g_free);
  if (self->open)
    g_object_run_dispose (G_OBJECT (self->open));
  g_clear_object (&self->open);
  G_OBJECT_CLASS (kith_clients_page_parent_class)->dispose (object);
}

static void
kith_clients_page_class_init (KithClientsPageClass *klass)
{
  static const char *const forms[] = { "client.refer", "client.edit", "client.health", "client.consent", "client.assign" };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  KithPageClass *page_class = KITH_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = kith_clients_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = kith_clients_page_dispose;
  page_class->name = "clients";
  page_class->title = N_("Clients");
  page_class->icon_name = "avatar-default-symbolic";
  page_class->show_record = kith_clients_page_show_record;
  page_class->get_about = kith_clients_page_get_about;
  page_class->takes_keys = kith_clients_page_takes_keys;
  KITH_SPLIT_PAGE_CLASS (klass)->row_type = KITH_TYPE_CLIENT_ROW;
  KITH_SPLIT_PAGE_CLASS (klass)->searched = kith_clients_page_searched;
  KITH_SPLIT_PAGE_CLASS (klass)->selected = kith_clients_page_selected;
  gtk_widget_class_install_action (widget_class, "clients.clear-filters", NULL, clear_filters_action);
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    gtk_widget_class_install_action (widget_class, forms[i], NULL, form_action);
  gtk_widget_class_install_action (widget_class, "client.renew", "s", form_action);
  kith_client_actions_install (widget_class);
  kith_task_edit_install (widget_class);
  kith_clients_page_install_tabs (klass);
  kith_document_actions_install (widget_class);
  kith_shortcuts_install_class (widget_class, KITH_KEYS_CLIENT);
}

static void
kith_clients_page_init (KithClientsPage *self)
{
  /* Lists and scrolled windows would take them. */
  kith_shortcuts_install_first (GTK_WIDGET (self), "client.next-tab");
  kith_shortcuts_install_first (GTK_WIDGET (self), "client.previous-tab");
}

/**
 * kith_clients_page_get_view:
 *
 * Returns: (transfer none): the record beside the list, made when it is first asked for
 */
KithClientView *
kith_clients_page_get_view (KithClientsPage *self)
{
  if (self->view)
    return self->view;
  self->view = KITH_CLIENT_VIEW (kith_client_view_new (context_of (self)));
  g_signal_connect_object (self->view, "withheld", G_CALLBACK (withheld_cb), self, G_CONNECT_SWAPPED);
  kith_clients_page_watch_entered (self);
  self->strip = kith_client_strip_new ();
  kith_split_page_set_record (KITH_SPLIT_PAGE (self), self->strip, GTK_WIDGET (self->view));
  return self->view;
}
