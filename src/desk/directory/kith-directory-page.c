/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-directory-page.h"

#include <glib/gi18n.h>

#include "kith-desktop-reads.h"
#include "kith-directory-search.h"
#include "kith-service-filter.h"
#include "kith-service-row.h"
#include "kith-service-view.h"
#include "kith-shortcuts.h"
#include "kith-text.h"
#include "print/kith-print-window.h"
#include "widgets/kith-action-strip.h"
#include "widgets/kith-wrap-box.h"

#define LOOK_AGAIN_S 300

struct _KithDirectoryPage
{
  KithSplitPage parent_instance;
  KithServiceView *view;
  GtkToggleButton *everything, *direct, *free;
  KithServiceFilter *filter;
  KithListModel *all, *narrowed; /* every service; those that the filters leave */
  GListStore *found;
  KithDirectorySearch *search; /* the last one */
  gboolean searching;          /* the list shows what was found */
  guint look_id;               /* what is open now closes */
  GPtrArray *handout;          /* (element-type utf8) services that go on one paper */
  GtkWidget *handout_box;
  GtkButton *print_button;
};

G_DEFINE_FINAL_TYPE (KithDirectoryPage, kith_directory_page, KITH_TYPE_SPLIT_PAGE)

#define MAX_FOUND 200
#define MAX_HANDOUT 20 /* services on one paper: nobody takes more along */

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
  g_list_store_splice (self->found, 0, g_list_model_get_n_items (G_LIST_MODEL (self->found)), rows ? rows->pdata : NULL, rows ? rows->len : 0);
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
      g_auto (GStrv) args = is_narrowed (self) ? filter_args (self) : NULL;

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

static GtkWidget *handout_box_new (KithDirectoryPage *self);
static void show_handout (KithDirectoryPage *self);

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
  kith_wrap_box_append (KITH_WRAP_BOX (extra), handout_box_new (self));
  gtk_widget_set_margin_start (extra, 12);
  gtk_widget_set_margin_end (extra, 12);
  kith_split_page_set_search_extra (KITH_SPLIT_PAGE (self), extra, NULL);
  show_handout (self);
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

/* What was typed is what is meant: the first, as for Enter. NULL: there is none */
static const char *
meant (KithDirectoryPage *self)
{
  if (!kith_split_page_get_id (KITH_SPLIT_PAGE (self)))
    kith_split_page_move (KITH_SPLIT_PAGE (self), 0);
  return kith_split_page_get_id (KITH_SPLIT_PAGE (self));
}

static void
print_handout_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *target)
{
  KithDirectoryPage *self = KITH_DIRECTORY_PAGE (widget);

  if (self->handout->len > 0)
    gtk_window_present (GTK_WINDOW (kith_print_window_new_handouts (GTK_WINDOW (gtk_widget_get_root (widget)), kith_page_get_context (KITH_PAGE (widget)), self->handout)));
}

/* Of one that is on the hand-out all of that; any other by itself. */
static void
print_action (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  KithDirectoryPage *self = KITH_DIRECTORY_PAGE (widget);
  const char *id = meant (self);

  if (id && g_ptr_array_find_with_equal_func (self->handout, id, g_str_equal, NULL))
    print_handout_action (widget, name, NULL);
  else if (id)
    gtk_window_present (GTK_WINDOW (kith_print_window_new_handout (GTK_WINDOW (gtk_widget_get_root (widget)), kith_page_get_context (KITH_PAGE (widget)), "service", id, NULL)));
}

static void
show_handout (KithDirectoryPage *self)
{
  guint n = self->handout->len;
  /* Translators: a button: so many services are printed on one paper */
  g_autofree char *words = g_strdup_printf (ngettext ("Print %u Service…", "Print %u Services…", n), n);

  gtk_button_set_label (self->print_button, words);
  gtk_widget_set_visible (self->handout_box, n > 0);
}

/* ux.md 2.1: one after the other, then all on one paper; once more takes it off again. */
static void
handout_action (GtkWidget  *widget,
                const char *name,
                GVariant   *target)
{
  KithDirectoryPage *self = KITH_DIRECTORY_PAGE (widget);
  const char *id = meant (self);
  g_autofree char *words = NULL;
  guint at, n;

  if (!id)
    return;
  if (g_ptr_array_find_with_equal_func (self->handout, id, g_str_equal, &at))
    {
      g_ptr_array_remove_index (self->handout, at);
      n = self->handout->len;
      words = n > 0 ? g_strdup_printf (ngettext ("Taken off the hand-out. %u service is on it.", "Taken off the hand-out. %u services are on it.", n), n)
                    : g_strdup (_("Taken off the hand-out. Nothing is on it."));
    }
  else if (self->handout->len >= MAX_HANDOUT)
    words = g_strdup_printf (_("A hand-out has room for %d services. Print it first, or empty it."), MAX_HANDOUT);
  else
    {
      g_ptr_array_add (self->handout, g_strdup (id));
      n = self->handout->len;
      words = g_strdup_printf (ngettext ("Added to the hand-out. %u service is on it.", "Added to the hand-out. %u services are on it.", n), n);
    }
  show_handout (self);
  kith_context_toast (kith_page_get_context (KITH_PAGE (widget)), words);
}

static void
empty_action (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  KithDirectoryPage *self = KITH_DIRECTORY_PAGE (widget);

  g_ptr_array_set_size (self->handout, 0);
  show_handout (self);
  kith_context_toast (kith_page_get_context (KITH_PAGE (widget)), _("The hand-out is empty"));
  kith_page_search (KITH_PAGE (widget)); /* the button that had the focus is gone */
}

static GtkWidget *
handout_box_new (KithDirectoryPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0), *empty = gtk_button_new_from_icon_name ("edit-clear-symbolic");

  self->print_button = GTK_BUTTON (gtk_button_new ());
  gtk_widget_set_name (GTK_WIDGET (self->print_button), "print_handout");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->print_button), "directory.print-handout");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (empty), "directory.empty");
  gtk_widget_set_tooltip_text (empty, _("Empty the Hand-Out"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (empty), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Empty the Hand-Out"), -1);
  gtk_widget_add_css_class (box, "linked");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->print_button));
  gtk_box_append (GTK_BOX (box), empty);
  self->handout_box = box;
  return box;
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
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "directory.print", NULL, print_action);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "directory.print-handout", NULL, print_handout_action);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "directory.handout", NULL, handout_action);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "directory.empty", NULL, empty_action);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "directory.direct", NULL, direct_action);
  kith_shortcuts_install_class (GTK_WIDGET_CLASS (klass), KITH_KEYS_DIRECTORY);
}

static void
kith_directory_page_init (KithDirectoryPage *self)
{
  self->handout = g_ptr_array_new_with_free_func (g_free);
}
