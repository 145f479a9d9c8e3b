/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-directory-page-private.h"

#include <glib/gi18n.h>

#include "kith-desktop-reads.h"
#include "kith-service-row.h"
#include "kith-shortcuts.h"
#include "kith-text.h"
#include "widgets/kith-action-strip.h"
#include "widgets/kith-wrap-box.h"

#define LOOK_AGAIN_S 300

G_DEFINE_FINAL_TYPE (KithDirectoryPage, kith_directory_page, KITH_TYPE_SPLIT_PAGE)

#define MAX_FOUND 200
#define PENDING G_MAXUINT

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

static gboolean
is_narrowed (KithDirectoryPage *self)
{
  return only_direct (self) || only_free (self) || kith_service_filter_is_active (self->filter);
}

/* As of this moment: what is open now closes. */
static char **
filter_args (KithDirectoryPage *self)
{
  return kith_service_filter_args (self->filter, only_direct (self), only_free (self));
}

static KithListModel *
list_of (KithDirectoryPage *self)
{
  return is_narrowed (self) ? self->narrowed : self->all;
}

/* How many of those that are shown do. */
static guint
n_unsure (KithDirectoryPage *self)
{
  guint n = 0, hits = g_list_model_get_n_items (G_LIST_MODEL (self->found));

  if (!self->searching)
    g_object_get (list_of (self), "unsure", &n, NULL);
  for (guint i = 0; self->searching && i < hits; i++)
    {
      g_autoptr (KithRow) row = g_list_model_get_item (G_LIST_MODEL (self->found), i);

      n += kith_row_get_int (row, "unsure") > 0;
    }
  return n;
}

/* "7 services on this computer · 4 not known to fit": nobody takes those for what they asked for. */
static void
show_count (KithDirectoryPage *self,
            const char        *count)
{
  guint n = n_unsure (self);
  /* Translators: of the services that the filters leave, how many say too little to be sure */
  g_autofree char *unsure = n > 0 ? g_strdup_printf (ngettext ("%'u not known to fit", "%'u not known to fit", n), n) : NULL;
  g_autofree char *text = count && unsure ? g_strdup_printf ("%s · %s", count, unsure) : g_strdup (count);

  kith_split_page_set_count_text (KITH_SPLIT_PAGE (self), text);
}

/* How many of what is looked for are not in the list, once both searches of these words have answered. */
static void
show_left_out (KithDirectoryPage *self)
{
  guint all = self->n_wide, kept = self->n_kept;

  if (self->searching && is_narrowed (self) && (all == PENDING || kept == PENDING))
    return;
  if (!self->searching)
    {
      g_object_get (self->all, "total", &all, NULL);
      g_object_get (self->narrowed, "total", &kept, NULL);
    }
  kith_left_out_set (self->left_out, is_narrowed (self) ? all - MIN (kept, all) : 0, is_narrowed (self) && self->searching && all >= MAX_FOUND);
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
      const char *description = kith_service_filter_is_active (self->filter) ? _("None of those that the filters leave. Clear them, or try another word.")
                                : only_free (self) ? _("None of those that have places free. Look among all services, or try another word.")
                                : only_direct (self) ? _("None of those that take direct referrals. Look among all services, or try another word.")
                                                   : _("Try a shorter or another word: food, rent, clinic.");

      count = hits > 0 ? g_strdup_printf (ngettext ("%u of %'u services", "%u of %'u services", hits), hits, n) : NULL;
      kith_split_page_set_empty (KITH_SPLIT_PAGE (self), "system-search-symbolic", title, description, _("Clear Search"), "directory.clear");
    }
  else
    {
      gboolean filtered = kith_service_filter_is_active (self->filter);

      count = n > 0 ? g_strdup_printf (ngettext ("%'u service on this computer", "%'u services on this computer", n), n) : NULL;
      kith_split_page_set_empty (KITH_SPLIT_PAGE (self), "x-office-address-book-symbolic",
                                 filtered ? _("The Filters Leave None") : only_free (self) ? _("No Free Places Counted") : only_direct (self) ? _("None Takes Direct Referrals") : _("The Directory Is Empty"),
                                 filtered ? _("Take one away: many entries do not say their languages.")
                                 : only_free (self) ? _("Services that count their places show here when some are free.") : only_direct (self) ? _("The network’s staff say which services do.")
                                                    : _("Services appear here when the network has imported its directory."), NULL, NULL);
    }
  show_count (self, count);
  show_left_out (self);
}

static void
show_list (KithDirectoryPage *self,
           gboolean           searching)
{
  self->searching = searching;
  kith_split_page_set_model (KITH_SPLIT_PAGE (self), searching ? G_LIST_MODEL (self->found) : G_LIST_MODEL (list_of (self)), FALSE);
}

static void kith_directory_page_searched (KithSplitPage *page, const char *text);

static void
search_again (KithDirectoryPage *self)
{
  kith_directory_page_searched (KITH_SPLIT_PAGE (self), kith_split_page_get_search (KITH_SPLIT_PAGE (self)));
}

static void
found_cb (KithDirectorySearch *search,
          GPtrArray           *rows,
          const GError        *error,
          gpointer             user_data)
{
  KithDirectoryPage *self = user_data;

  kith_desktop_tell_read (kith_context_get_desktop (kith_page_get_context (KITH_PAGE (self))), self, error, (KithReadAgain) search_again);
  kith_split_page_set_unread (KITH_SPLIT_PAGE (self), rows == NULL);
  self->n_kept = rows ? rows->len : PENDING;
  if (!rows) /* what could not be read is not what does not match */
    kith_left_out_set (self->left_out, 0, FALSE);
  g_list_store_splice (self->found, 0, g_list_model_get_n_items (G_LIST_MODEL (self->found)), rows ? rows->pdata : NULL, rows ? rows->len : 0);
  if (!self->searching)
    show_list (self, TRUE);
  update_words (self);
}

/* What was found is told by the narrower search; of this one only how much it is. */
static void
wide_cb (KithDirectorySearch *search,
         GPtrArray           *rows,
         const GError        *error,
         gpointer             user_data)
{
  KithDirectoryPage *self = user_data;

  self->n_wide = rows ? rows->len : 0;
  show_left_out (self);
}

static void
stop_search (KithDirectoryPage *self)
{
  KithDirectorySearch *searches[] = { self->search, self->wide };

  for (guint i = 0; i < G_N_ELEMENTS (searches); i++)
    if (searches[i])
      kith_directory_search_stop (searches[i]);
  g_clear_object (&self->search);
  g_clear_object (&self->wide);
}

static void
kith_directory_page_searched (KithSplitPage *page,
                              const char    *text)
{
  KithDirectoryPage *self = KITH_DIRECTORY_PAGE (page);

  stop_search (self);
  if (!kith_text_blank (text))
    {
      g_auto (GStrv) args = is_narrowed (self) ? filter_args (self) : NULL;

      self->n_wide = self->n_kept = PENDING;
      if (args)
        self->wide = kith_directory_search_new (kith_page_get_context (KITH_PAGE (self)), text, NULL, MAX_FOUND, wide_cb, self);
      self->search = kith_directory_search_new (kith_page_get_context (KITH_PAGE (self)), text, (const char *const *) args, MAX_FOUND, found_cb, self);
      return;
    }
  if (self->searching)
    show_list (self, FALSE);
  update_words (self);
}

static gboolean
look_again_cb (gpointer user_data)
{
  KithDirectoryPage *self = user_data;
  g_auto (GStrv) args = filter_args (self);

  kith_list_model_set_args (self->narrowed, (const char *const *) args);
  return G_SOURCE_CONTINUE;
}

static void
filter_cb (KithDirectoryPage *self)
{
  const char *text = kith_split_page_get_search (KITH_SPLIT_PAGE (self));
  g_auto (GStrv) args = filter_args (self);

  if (is_narrowed (self))
    kith_list_model_set_args (self->narrowed, (const char *const *) args);
  g_clear_handle_id (&self->look_id, g_source_remove);
  if (*args[KITH_SERVICE_FILTER_OPEN])
    self->look_id = g_timeout_add_seconds (LOOK_AGAIN_S, look_again_cb, self);
  if (kith_text_blank (text))
    show_list (self, FALSE);
  kith_directory_page_searched (KITH_SPLIT_PAGE (self), text);
}

static void
show_all_cb (KithDirectoryPage *self)
{
  gtk_toggle_button_set_active (self->everything, TRUE);
  kith_service_filter_clear (self->filter);
  kith_page_search (KITH_PAGE (self)); /* the button that was pressed is gone */
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

/* Made when a service is first shown. */
static KithServiceView *
view_of (KithDirectoryPage *self)
{
  static const KithActionStripItem actions[] = { { "directory.print", N_("Print…"), NULL }, { "directory.handout", N_("Add to Hand-Out"), NULL } };

  if (self->view)
    return self->view;
  self->view = KITH_SERVICE_VIEW (kith_service_view_new (kith_page_get_context (KITH_PAGE (self))));
  kith_split_page_set_record (KITH_SPLIT_PAGE (self), kith_action_strip_new (actions, G_N_ELEMENTS (actions)), GTK_WIDGET (self->view));
  return self->view;
}

static void
kith_directory_page_selected (KithSplitPage *page,
                              const char    *id)
{
  KithDesktop *desktop = kith_context_get_desktop (kith_page_get_context (KITH_PAGE (page)));

  kith_service_view_set_service (view_of (KITH_DIRECTORY_PAGE (page)), id);
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
  GtkWidget *extra = kith_wrap_box_new ();
  g_auto (GStrv) args = NULL;

  G_OBJECT_CLASS (kith_directory_page_parent_class)->constructed (object);
  kith_split_page_set_search (KITH_SPLIT_PAGE (self), _("Service, need or agency"), TRUE);
  kith_split_page_set_placeholder (KITH_SPLIT_PAGE (self), NULL, _("Type what somebody needs, or the name of an agency."));
  self->found = g_list_store_new (KITH_TYPE_ROW);
  self->all = kith_context_list (context, "services-all", kinds, NULL);
  self->everything = add_filter (self, _("Everything"), _("All Services"), NULL);
  self->direct = add_filter (self, _("Direct"), _("Direct Referrals"), self->everything);
  self->free = add_filter (self, _("Free Now"), NULL, self->everything);
  gtk_toggle_button_set_active (self->everything, TRUE);
  self->filter = KITH_SERVICE_FILTER (kith_service_filter_new (context));
  kith_wrap_box_append (KITH_WRAP_BOX (extra), GTK_WIDGET (self->filter)); /* beside the three buttons a narrow window has no room for it */
  self->left_out = KITH_LEFT_OUT (kith_left_out_new ());
  g_signal_connect_object (self->left_out, "clear", G_CALLBACK (show_all_cb), self, G_CONNECT_SWAPPED);
  kith_wrap_box_append (KITH_WRAP_BOX (extra), GTK_WIDGET (self->left_out));
  kith_wrap_box_append (KITH_WRAP_BOX (extra), kith_directory_handout_box_new (self));
  gtk_widget_set_margin_start (extra, 12);
  gtk_widget_set_margin_end (extra, 12);
  kith_split_page_set_search_extra (KITH_SPLIT_PAGE (self), extra, NULL);
  kith_directory_show_handout (self);
  args = filter_args (self);
  self->narrowed = kith_list_model_new (kith_context_get_desktop (context), "services-found", kinds, (const char *const *) args);
  g_signal_connect_object (self->direct, "toggled", G_CALLBACK (filter_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->free, "toggled", G_CALLBACK (filter_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->filter, "changed", G_CALLBACK (filter_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->all, "notify::total", G_CALLBACK (update_words), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->narrowed, "notify::total", G_CALLBACK (update_words), self, G_CONNECT_SWAPPED);
  show_list (self, FALSE);
  update_words (self);
}

/* D4: to the switch, which turns nothing by itself: it says first what it means, and who is told. */
static void
direct_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  KithDirectoryPage *self = KITH_DIRECTORY_PAGE (widget);

  if (!self->view || !kith_service_view_enter_direct (self->view))
    kith_context_toast (kith_page_get_context (KITH_PAGE (widget)),
                        _("Choose a service of your agency: its administrators and supervisors find the switch below the description."));
}

static void
kith_directory_page_dispose (GObject *object)
{
  KithDirectoryPage *self = KITH_DIRECTORY_PAGE (object);

  stop_search (self);
  g_clear_handle_id (&self->look_id, g_source_remove);
  G_OBJECT_CLASS (kith_directory_page_parent_class)->dispose (object);
  g_clear_object (&self->all);
  g_clear_object (&self->narrowed);
  g_clear_object (&self->found);
  g_clear_pointer (&self->handout, g_ptr_array_unref);
}

static void
kith_directory_page_class_init (KithDirectoryPageClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = kith_directory_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = kith_directory_page_dispose;
  KITH_PAGE_CLASS (klass)->name = "directory";
  KITH_PAGE_CLASS (klass)->title = N_("Directory");
  KITH_PAGE_CLASS (klass)->icon_name = "x-office-address-book-symbolic";
  KITH_SPLIT_PAGE_CLASS (klass)->row_type = KITH_TYPE_SERVICE_ROW;
  KITH_SPLIT_PAGE_CLASS (klass)->searched = kith_directory_page_searched;
  KITH_SPLIT_PAGE_CLASS (klass)->selected = kith_directory_page_selected;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "directory.clear", NULL, clear_action);
  kith_directory_handout_install (GTK_WIDGET_CLASS (klass));
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "directory.direct", NULL, direct_action);
  kith_shortcuts_install_class (GTK_WIDGET_CLASS (klass), KITH_KEYS_DIRECTORY);
}

static void
kith_directory_page_init (KithDirectoryPage *self)
{
  self->handout = g_ptr_array_new_with_free_func (g_free);
}
