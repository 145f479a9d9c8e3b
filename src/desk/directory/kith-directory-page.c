/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-directory-page.h"

#include <glib/gi18n.h>

#include "kith-service-row.h"
#include "kith-service-view.h"
#include "kith-text.h"

struct _KithDirectoryPage
{
  KithSplitPage parent_instance;
  KithServiceView *view;
  KithListModel *all;
  GListStore *found;
  GCancellable *search;
  gboolean searching; /* the list shows what was found */
};

G_DEFINE_FINAL_TYPE (KithDirectoryPage, kith_directory_page, KITH_TYPE_SPLIT_PAGE)

#define MAX_FOUND 200

static void
update_words (KithDirectoryPage *self)
{
  guint n, hits = g_list_model_get_n_items (G_LIST_MODEL (self->found));
  const char *text = kith_split_page_get_search (KITH_SPLIT_PAGE (self));
  g_autofree char *count = NULL;

  g_object_get (self->all, "total", &n, NULL);
  if (self->searching)
    {
      g_autofree char *title = g_strdup_printf (_("No Service Matches “%s”"), text);

      count = hits > 0 ? g_strdup_printf (ngettext ("%u of %'u services", "%u of %'u services", hits), hits, n) : NULL;
      kith_split_page_set_empty (KITH_SPLIT_PAGE (self), "system-search-symbolic", title, _("Try a shorter or another word: food, rent, clinic."), NULL, NULL);
    }
  else
    {
      count = n > 0 ? g_strdup_printf (ngettext ("%'u service", "%'u services", n), n) : NULL;
      kith_split_page_set_empty (KITH_SPLIT_PAGE (self), "x-office-address-book-symbolic", _("The Directory Is Empty"),
                                 _("Services appear here when the network has imported its directory."), NULL, NULL);
    }
  kith_split_page_set_count_text (KITH_SPLIT_PAGE (self), count);
}

static void
show_list (KithDirectoryPage *self,
           gboolean           searching)
{
  self->searching = searching;
  kith_split_page_set_model (KITH_SPLIT_PAGE (self), searching ? G_LIST_MODEL (self->found) : G_LIST_MODEL (self->all), KITH_TYPE_SERVICE_ROW, FALSE);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (KithDirectoryPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = kith_desktop_search_finish (KITH_DESKTOP (source), result, &error);

  if (!self->all || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!rows)
    {
      kith_context_problem (kith_page_get_context (KITH_PAGE (self)), _("The search did not work"), error);
      return;
    }
  g_list_store_splice (self->found, 0, g_list_model_get_n_items (G_LIST_MODEL (self->found)), rows->pdata, rows->len);
  if (!self->searching)
    show_list (self, TRUE);
  update_words (self);
}

static void
kith_directory_page_searched (KithSplitPage *page,
                              const char    *text)
{
  KithDirectoryPage *self = KITH_DIRECTORY_PAGE (page);

  g_cancellable_cancel (self->search);
  g_clear_object (&self->search);
  if (kith_text_blank (text))
    {
      if (self->searching)
        show_list (self, FALSE);
      update_words (self);
      return;
    }
  self->search = g_cancellable_new ();
  kith_desktop_search_async (kith_context_get_desktop (kith_page_get_context (KITH_PAGE (self))), "service", text, MAX_FOUND, self->search, found_cb,
                             g_object_ref (self));
}

static void
kith_directory_page_selected (KithSplitPage *page,
                              const char    *id)
{
  kith_service_view_set_service (KITH_DIRECTORY_PAGE (page)->view, id);
}

static void
kith_directory_page_constructed (GObject *object)
{
  static const char *const kinds[] = { "service", "organization", NULL };
  KithDirectoryPage *self = KITH_DIRECTORY_PAGE (object);
  KithContext *context = kith_page_get_context (KITH_PAGE (self));

  G_OBJECT_CLASS (kith_directory_page_parent_class)->constructed (object);
  kith_split_page_set_search (KITH_SPLIT_PAGE (self), _("Service or agency"), TRUE);
  self->view = KITH_SERVICE_VIEW (kith_service_view_new (context));
  kith_split_page_set_detail (KITH_SPLIT_PAGE (self), GTK_WIDGET (self->view), "x-office-address-book-symbolic", _("Choose a service to see it here."));
  self->found = g_list_store_new (KITH_TYPE_ROW);
  self->all = kith_context_list (context, "services-all", kinds, NULL);
  g_signal_connect_object (self->all, "notify::total", G_CALLBACK (update_words), self, G_CONNECT_SWAPPED);
  show_list (self, FALSE);
  update_words (self);
}

static void
kith_directory_page_dispose (GObject *object)
{
  KithDirectoryPage *self = KITH_DIRECTORY_PAGE (object);

  g_cancellable_cancel (self->search);
  g_clear_object (&self->search);
  g_clear_object (&self->all);
  g_clear_object (&self->found);
  G_OBJECT_CLASS (kith_directory_page_parent_class)->dispose (object);
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
}

static void
kith_directory_page_init (KithDirectoryPage *self)
{
}
