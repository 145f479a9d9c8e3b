/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-directory-page.h"

#include <glib/gi18n.h>

#include "kith-directory-search.h"
#include "kith-service-row.h"
#include "kith-service-view.h"
#include "kith-text.h"

struct _KithDirectoryPage
{
  KithSplitPage parent_instance;
  KithServiceView *view;
  GtkToggleButton *everything, *direct, *free;
  KithListModel *all, *taking, *vacant; /* every service; those that take direct referrals; those with a place free now */
  GListStore *found;
  KithDirectorySearch *search; /* the last one */
  gboolean searching;          /* the list shows what was found */
};

G_DEFINE_FINAL_TYPE (KithDirectoryPage, kith_directory_page, KITH_TYPE_SPLIT_PAGE)

#define MAX_FOUND 200

static gboolean
only_direct (KithDirectoryPage *self)
{
  return gtk_toggle_button_get_active (self->direct);
}

static gboolean
only_free (KithDirectoryPage *self)
{
  return gtk_toggle_button_get_active (self->free);
}

static KithListModel *
list_of (KithDirectoryPage *self)
{
  if (only_free (self))
    return self->vacant;
  return only_direct (self) ? self->taking : self->all;
}

static void
update_words (KithDirectoryPage *self)
{
  guint n, hits = g_list_model_get_n_items (G_LIST_MODEL (self->found));
  const char *text = kith_split_page_get_search (KITH_SPLIT_PAGE (self));
  g_autofree char *count = NULL;

  g_object_get (list_of (self), "total", &n, NULL);
  if (self->searching)
    {
      g_autofree char *title = g_strdup_printf (_("No Service Matches “%s”"), text);
      const char *description = only_free (self) ? _("None of those that have places free. Look among all services, or try another word.")
                                : only_direct (self) ? _("None of those that take direct referrals. Look among all services, or try another word.")
                                                   : _("Try a shorter or another word: food, rent, clinic.");

      count = hits > 0 ? g_strdup_printf (ngettext ("%u of %'u services", "%u of %'u services", hits), hits, n) : NULL;
      kith_split_page_set_empty (KITH_SPLIT_PAGE (self), "system-search-symbolic", title, description, _("Clear Search"), "directory.clear");
    }
  else
    {
      count = n > 0 ? g_strdup_printf (ngettext ("%'u service on this computer", "%'u services on this computer", n), n) : NULL;
      kith_split_page_set_empty (KITH_SPLIT_PAGE (self), "x-office-address-book-symbolic",
                                 only_free (self) ? _("No Free Places Counted") : only_direct (self) ? _("None Takes Direct Referrals") : _("The Directory Is Empty"),
                                 only_free (self) ? _("Services that count their places show here when some are free.") : only_direct (self) ? _("The network’s staff say which services do.")
                                                    : _("Services appear here when the network has imported its directory."), NULL, NULL);
    }
  kith_split_page_set_count_text (KITH_SPLIT_PAGE (self), count);
}

static void
show_list (KithDirectoryPage *self,
           gboolean           searching)
{
  self->searching = searching;
  kith_split_page_set_model (KITH_SPLIT_PAGE (self), searching ? G_LIST_MODEL (self->found) : G_LIST_MODEL (list_of (self)), KITH_TYPE_SERVICE_ROW, FALSE);
}

static gboolean
takes_direct (KithRow *row)
{
  const char *status = kith_row_get_text (row, "status");

  return kith_row_get_int (row, "direct") != 0 && (!status || g_str_equal (status, "active"));
}

static void
found_cb (KithDirectorySearch *search,
          GPtrArray           *rows,
          const GError        *error,
          gpointer             user_data)
{
  KithDirectoryPage *self = user_data;
  g_autoptr (GPtrArray) shown = g_ptr_array_new ();

  if (!rows)
    {
      kith_context_problem (kith_page_get_context (KITH_PAGE (self)), _("The search did not work"), error);
      return;
    }
  for (guint i = 0; i < rows->len; i++)
    if ((!only_direct (self) || takes_direct (rows->pdata[i])) && (!only_free (self) || kith_service_row_has_free (rows->pdata[i])))
      g_ptr_array_add (shown, rows->pdata[i]);
  g_list_store_splice (self->found, 0, g_list_model_get_n_items (G_LIST_MODEL (self->found)), shown->pdata, shown->len);
  if (!self->searching)
    show_list (self, TRUE);
  update_words (self);
}

static void
stop_search (KithDirectoryPage *self)
{
  if (self->search)
    kith_directory_search_stop (self->search);
  g_clear_object (&self->search);
}

static void
kith_directory_page_searched (KithSplitPage *page,
                              const char    *text)
{
  KithDirectoryPage *self = KITH_DIRECTORY_PAGE (page);

  stop_search (self);
  if (!kith_text_blank (text))
    {
      self->search = kith_directory_search_new (kith_page_get_context (KITH_PAGE (self)), text, MAX_FOUND, found_cb, self);
      return;
    }
  if (self->searching)
    show_list (self, FALSE);
  update_words (self);
}

static void
filter_cb (KithDirectoryPage *self)
{
  const char *text = kith_split_page_get_search (KITH_SPLIT_PAGE (self));

  if (kith_text_blank (text))
    show_list (self, FALSE);
  kith_directory_page_searched (KITH_SPLIT_PAGE (self), text);
}

static void
clear_action (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *entry;

  kith_page_search (KITH_PAGE (widget)); /* the entry has the focus then, for the next words */
  entry = gtk_root_get_focus (root) ? gtk_widget_get_ancestor (gtk_root_get_focus (root), GTK_TYPE_SEARCH_ENTRY) : NULL;
  if (entry)
    gtk_editable_set_text (GTK_EDITABLE (entry), "");
}

static gpointer
note_opened_job (gpointer      store,
                 gpointer      data,
                 GCancellable *cancellable,
                 GError      **error)
{
  kith_store_note_opened (store, "service", data, error);
  return NULL;
}

static void
kith_directory_page_selected (KithSplitPage *page,
                              const char    *id)
{
  KithDesktop *desktop = kith_context_get_desktop (kith_page_get_context (KITH_PAGE (page)));

  kith_service_view_set_service (KITH_DIRECTORY_PAGE (page)->view, id);
  if (id) /* "recent" of the search */
    kith_desktop_store_async (desktop, note_opened_job, g_strdup (id), g_free, NULL, NULL, NULL);
}

static GtkToggleButton *
add_filter (KithDirectoryPage *self,
            const char        *label,
            const char        *whole,
            GtkToggleButton   *group)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (label);

  gtk_widget_set_tooltip_text (button, whole);
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), group);
  kith_split_page_add_filter (KITH_SPLIT_PAGE (self), button);
  return GTK_TOGGLE_BUTTON (button);
}

static void
kith_directory_page_constructed (GObject *object)
{
  static const char *const kinds[] = { "service", "organization", "location", "service_at_location", "capacity", NULL };
  KithDirectoryPage *self = KITH_DIRECTORY_PAGE (object);
  KithContext *context = kith_page_get_context (KITH_PAGE (self));

  G_OBJECT_CLASS (kith_directory_page_parent_class)->constructed (object);
  kith_split_page_set_search (KITH_SPLIT_PAGE (self), _("Service, need or agency"), TRUE);
  self->view = KITH_SERVICE_VIEW (kith_service_view_new (context));
  kith_split_page_set_detail (KITH_SPLIT_PAGE (self), GTK_WIDGET (self->view), "x-office-address-book-symbolic",
                              _("Type what somebody needs, or the name of an agency."));
  self->found = g_list_store_new (KITH_TYPE_ROW);
  self->all = kith_context_list (context, "services-all", kinds, NULL);
  self->taking = kith_context_list (context, "services-direct", kinds, NULL);
  self->vacant = kith_context_list (context, "services-free", kinds, NULL);
  self->everything = add_filter (self, _("Everything"), _("All Services"), NULL);
  self->direct = add_filter (self, _("Direct"), _("Direct Referrals"), self->everything);
  self->free = add_filter (self, _("Free Now"), NULL, self->everything);
  gtk_toggle_button_set_active (self->everything, TRUE);
  g_signal_connect_object (self->direct, "toggled", G_CALLBACK (filter_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->free, "toggled", G_CALLBACK (filter_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->vacant, "notify::total", G_CALLBACK (update_words), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->all, "notify::total", G_CALLBACK (update_words), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->taking, "notify::total", G_CALLBACK (update_words), self, G_CONNECT_SWAPPED);
  show_list (self, FALSE);
  update_words (self);
}

static void
kith_directory_page_dispose (GObject *object)
{
  KithDirectoryPage *self = KITH_DIRECTORY_PAGE (object);

  stop_search (self);
  G_OBJECT_CLASS (kith_directory_page_parent_class)->dispose (object);
  g_clear_object (&self->all);
  g_clear_object (&self->taking);
  g_clear_object (&self->vacant);
  g_clear_object (&self->found);
}

static void
kith_directory_page_class_init (KithDirectoryPageClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = kith_directory_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = kith_directory_page_dispose;
  KITH_PAGE_CLASS (klass)->name = "directory";
  KITH_PAGE_CLASS (klass)->title = N_("Directory");
  KITH_PAGE_CLASS (klass)->icon_name = "x-office-address-book-symbolic";
  KITH_SPLIT_PAGE_CLASS (klass)->searched = kith_directory_page_searched;
  KITH_SPLIT_PAGE_CLASS (klass)->selected = kith_directory_page_selected;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "directory.clear", NULL, clear_action);
}

static void
kith_directory_page_init (KithDirectoryPage *self)
{
}
