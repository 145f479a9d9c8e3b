/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "staff/kith-staff-view.h"

#include <glib/gi18n.h>

#include "kith-desktop-reads.h"
#include "kith-format.h"
#include "kith-list-slot.h"
#include "kith-watch.h"
#include "staff/kith-hold-row.h"
#include "staff/kith-staff-closed.h"
#include "staff/kith-staff-moved.h"
#include "staff/kith-staff-row.h"
#include "widgets/kith-facts.h"
#include "widgets/kith-revealer.h"
#include "widgets/kith-stack.h"
#include "widgets/kith-unread.h"

struct _KithStaffView
{
  AdwBin parent_instance;
  KithContext *context;
  char *id, *services;
  KithRow *row;
  GtkLabel *name, *meta, *busy_label, *moved_label;
  KithFacts *facts;
  GtkRevealer *busy, *moved;
  GtkScrolledWindow *card;
  guint fit_id;
  GtkStack *stack;
  AdwStatusPage *nothing;
  GtkListView *holds;
  KithListModel *model;
  GtkMultiSelection *selection;
  KithWatch *service_watch;
  KithStaffMoved *last_move; /* what can be taken back */
  KithStaffClosed *closed; /* NULL: nobody here may know */
};

G_DEFINE_FINAL_TYPE (KithStaffView, kith_staff_view, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Who is chosen */

static KithRow *
hold_at (KithStaffView *self,
         guint          i)
{
  return g_list_model_get_item (G_LIST_MODEL (self->selection), i);
}

/**
 * kith_staff_view_n_chosen:
 *
 * Returns: clients chosen, those whose rows have not arrived included
 */
guint
kith_staff_view_n_chosen (KithStaffView *self)
{
  g_autoptr (GtkBitset) chosen = self->selection ? gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection)) : NULL;

  return chosen ? (guint) gtk_bitset_get_size (chosen) : 0;
}

GPtrArray *
kith_staff_view_get_chosen (KithStaffView *self)
{
  g_autoptr (GtkBitset) chosen = self->selection ? gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection)) : gtk_bitset_new_empty ();
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  GtkBitsetIter iter;
  guint i;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, chosen, &i); more; more = gtk_bitset_iter_next (&iter, &i))
    {
      g_autoptr (KithRow) row = hold_at (self, i);

      if (row && kith_row_get_id (row))
        g_ptr_array_add (rows, g_steal_pointer (&row));
    }
  return rows;
}

/**
 * kith_staff_view_get_held:
 *
 * Returns: (transfer full) (element-type KithRow): all clients of the person; none of them before all rows have arrived
 */
GPtrArray *
kith_staff_view_get_held (KithStaffView *self)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = self->selection ? g_list_model_get_n_items (G_LIST_MODEL (self->selection)) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (KithRow) row = hold_at (self, i);

      if (row && kith_row_get_id (row))
        g_ptr_array_add (rows, g_steal_pointer (&row));
    }
  g_ptr_array_set_size (rows, rows->len < n ? 0 : (int) n);
  return rows;
}

GtkListView *
kith_staff_view_get_list (KithStaffView *self)
{
  return self->holds;
}

void
kith_staff_view_choose (KithStaffView *self,
                        const char    *client)
{
  guint n = self->selection ? g_list_model_get_n_items (G_LIST_MODEL (self->selection)) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (KithRow) row = hold_at (self, i);

      if (g_strcmp0 (kith_row_get_id (row), client) != 0)
        continue;
      if (!gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), i))
        gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), i, TRUE);
      return;
    }
}

static void
selection_cb (KithStaffView *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* The first one is chosen, so that A acts at once; what was chosen stays. */
static void
items_cb (KithStaffView *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  if (n > 0 && kith_staff_view_n_chosen (self) == 0)
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), 0, TRUE);
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "holds" : kith_list_model_is_known (self->model) ? "nothing" : "unread");
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
activate_cb (KithStaffView *self,
             guint          position)
{
  g_autoptr (KithRow) row = hold_at (self, position);
  g_autofree char *place = row && kith_row_get_id (row) ? g_strconcat ("clients/", kith_row_get_id (row), NULL) : NULL;

  if (place)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.go", "s", place);
}

/* What all of it comes to, as far as the rows have arrived. */
char *
kith_staff_view_preview (KithStaffView *self,
                         gboolean       all)
{
  static const char *const columns[] = { "cases", "referrals", "tasks" };
  g_autoptr (GPtrArray) rows = kith_staff_view_get_chosen (self);
  gint64 sums[G_N_ELEMENTS (columns)] = { 0 };
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = kith_staff_view_n_chosen (self);
  g_autofree char *names = NULL;

  if (all)
    return self->row ? kith_staff_counts (self->row) : g_strdup ("");
  for (guint i = 0; i < rows->len; i++)
    for (guint k = 0; k < G_N_ELEMENTS (columns); k++)
      sums[k] += kith_row_get_int (rows->pdata[i], columns[k]);
  if (n == 1 && rows->len == 1)
    names = kith_hold_name (rows->pdata[0]);
  else
    names = g_strdup_printf (ngettext ("%u client", "%u clients", n), n);
  g_string_append (text, names);
  if (sums[0] > 0)
    g_string_append_printf (text, ngettext (" · %d open case", " · %d open cases", (gulong) sums[0]), (int) sums[0]);
  if (sums[1] > 0)
    g_string_append_printf (text, ngettext (" · %d referral", " · %d referrals", (gulong) sums[1]), (int) sums[1]);
  if (sums[2] > 0)
    g_string_append_printf (text, ngettext (" · %d task", " · %d tasks", (gulong) sums[2]), (int) sums[2]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Who is shown */

static void
show_facts (KithStaffView *self)
{
  gint64 now = kith_context_get_now (self->context);
  g_auto (GStrv) languages = kith_staff_list (kith_row_get_text (self->row, "languages"));
  g_auto (GStrv) skills = kith_staff_list (kith_row_get_text (self->row, "skills"));
  g_autofree char *spoken = kith_staff_languages_words (languages);
  g_autofree char *able = kith_staff_skills_words (skills);
  g_autofree char *away = kith_staff_leave_words (self->row, now);

  kith_facts_clear (self->facts);
  if (kith_staff_view_is_waiting (self))
    return;
  kith_facts_add (self->facts, _("Languages"), spoken);
  kith_facts_add (self->facts, _("Kinds of case"), able);
  kith_facts_add (self->facts, _("Leave"), away);
  kith_facts_add (self->facts, _("Supervisor"), kith_row_get_text (self->row, "supervisor_name"));
  kith_facts_take (self->facts, _("Duties"), kith_staff_codes_words ("duty", kith_row_get_text (self->row, "duties")));
  kith_facts_add (self->facts, _("Health information"), kith_row_get_int (self->row, "health_access") ? _("May see it") : _("May not see it"));
  kith_facts_add (self->facts, _("Services"), self->services);
  if (self->closed)
    kith_facts_take (self->facts, _("Closed last week"), kith_staff_closed_words (self->closed));
}

/* domain.md 1f, 4: the overview by mail names nobody; who its numbers are of is told here. */
static void
closed_cb (gpointer user_data)
{
  KithStaffView *self = user_data;

  if (self->row)
    show_facts (self);
}

/* U11, U12: each with the role for it, where that is another than the person's own. */
static void
services_cb (GPtrArray *rows,
             gpointer   user_data)
{
  KithStaffView *self = user_data;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      const char *name = kith_row_get_text (rows->pdata[i], "name"), *role = kith_row_get_text (rows->pdata[i], "role");

      g_string_append_printf (text, role ? "%s%s (%s)" : "%s%s", i > 0 ? "\n" : "", name ? name : kith_row_get_id (rows->pdata[i]),
                              role ? kith_format_code ("role", role) : NULL);
    }
  g_free (self->services);
  self->services = text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
  if (self->row)
    show_facts (self);
}

void
kith_staff_view_set_row (KithStaffView *self,
                         KithRow       *row)
{
  gboolean waiting;
  g_autofree char *counts = row ? kith_staff_counts (row) : NULL;
  g_autofree char *meta = NULL;
  const char *name;

  g_set_object (&self->row, row);
  if (!row)
    return;
  waiting = kith_staff_view_is_waiting (self);
  name = waiting ? _("Waiting for Somebody") : kith_row_get_text (row, "name");
  meta = waiting ? g_strdup (_("Clients and open cases nobody at work is on, of people who have left or never given to anybody; and tasks of people who were taken off a client or case."))
                 : g_strdup_printf ("%s · %s", kith_format_code ("role", kith_row_get_text (row, "role")), counts);
  gtk_label_set_text (self->name, name ? name : "");
  gtk_label_set_text (self->meta, meta);
  show_facts (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

KithRow *
kith_staff_view_get_row (KithStaffView *self)
{
  return self->row;
}

/**
 * kith_staff_view_get_id:
 *
 * Returns: (transfer none) (nullable): staff id, or KITH_STAFF_WAITING; NULL: nobody is shown
 */
const char *
kith_staff_view_get_id (KithStaffView *self)
{
  return self->id;
}

/**
 * kith_staff_view_is_waiting:
 *
 * Returns: whether it shows what waits for somebody, and no person
 */
gboolean
kith_staff_view_is_waiting (KithStaffView *self)
{
  return g_strcmp0 (self->id, KITH_STAFF_WAITING) == 0;
}

void
kith_staff_view_set_staff (KithStaffView *self,
                           const char    *id)
{
  static const char *const kinds[] = { "assignment", "case", "client", "enrollment", "referral", "task", "staff", NULL };
  static const char *const of_services[] = { "staff_service", "service", NULL };
  const char *args[2] = { NULL, NULL };

  if (g_strcmp0 (self->id, id) == 0)
    return;
  gtk_list_view_set_model (self->holds, NULL);
  if (self->selection)
    {
      g_signal_handlers_disconnect_by_data (self->selection, self);
      g_signal_handlers_disconnect_by_data (self->model, self);
    }
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  g_clear_object (&self->row);
  g_clear_object (&self->service_watch);
  g_clear_pointer (&self->services, g_free);
  g_free (self->id);
  self->id = g_strdup (id);
  g_clear_pointer (&self->closed, kith_staff_closed_free);
  if (!id)
    return;
  if (!kith_staff_view_is_waiting (self))
    self->closed = kith_staff_closed_new (self->context, id, closed_cb, self);
  if (!kith_staff_view_is_waiting (self))
    self->service_watch = kith_watch_new (self->context, "staff-services", of_services, id, services_cb, self);
  args[0] = kith_staff_view_is_waiting (self) ? kith_context_get_agency (self->context) : id;
  adw_status_page_set_title (self->nothing, kith_staff_view_is_waiting (self) ? _("Nobody Waits") : _("No Clients"));
  adw_status_page_set_description (self->nothing, kith_staff_view_is_waiting (self) ? _("Every client and every open case has somebody of your agency.")
                                                                                    : _("Drop clients on this person, or choose them and press A."));
  self->model = kith_list_model_new (kith_context_get_desktop (self->context), kith_staff_view_is_waiting (self) ? "staff-waits" : "staff-holds", kinds, args);
  self->selection = gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (self->model)));
  /* After the list itself has heard of new rows: it falls over one that is selected before. */
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (items_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->model, "notify::known", G_CALLBACK (items_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (selection_cb), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_model (self->holds, GTK_SELECTION_MODEL (self->selection));
  items_cb (self);
}

static void
moved_cb (gpointer user_data)
{
  KithStaffView *self = user_data;
  g_autofree char *words = NULL;

  if (!self->last_move) /* told while it is made */
    return;
  words = kith_staff_moved_words (self->last_move);
  if (*words)
    gtk_label_set_text (self->moved_label, words);
  gtk_revealer_set_reveal_child (self->moved, kith_staff_moved_get_transfer (self->last_move) != NULL);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

const char *
kith_staff_view_get_transfer (KithStaffView *self)
{
  return self->last_move ? kith_staff_moved_get_transfer (self->last_move) : NULL;
}

void
kith_staff_view_tell (KithStaffView *self,
                      const char    *words)
{
  if (words)
    gtk_label_set_text (self->busy_label, words);
  gtk_revealer_set_reveal_child (self->busy, words != NULL);
}

/* A scrolled window asks for the height its content has at its widest. Narrower, in large text or a longer language, it has more lines: the card is
 * given the height it has at this width, up to half of the page; the list has the rest. */
static gboolean
fit_cb (gpointer data)
{
  KithStaffView *self = data;
  GtkWidget *content = gtk_scrolled_window_get_child (self->card);
  int width = gtk_widget_get_width (GTK_WIDGET (self->card)), natural;

  self->fit_id = 0;
  if (!content || width <= 0)
    return G_SOURCE_REMOVE;
  gtk_widget_measure (content, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  gtk_scrolled_window_set_min_content_height (self->card, CLAMP (natural, 90, MAX (90, gtk_widget_get_height (GTK_WIDGET (self)) / 2)));
  return G_SOURCE_REMOVE;
}

/* Told in the middle of an allocation, when nothing may change its size. */
static void
fit (KithStaffView *self)
{
  if (self->fit_id == 0 && gtk_widget_get_root (GTK_WIDGET (self))) /* not while it is taken down */
    self->fit_id = g_idle_add (fit_cb, self);
}

static void
kith_staff_view_dispose (GObject *object)
{
  KithStaffView *self = KITH_STAFF_VIEW (object);

  g_clear_handle_id (&self->fit_id, g_source_remove);
  g_clear_pointer (&self->last_move, kith_staff_moved_free);
  g_clear_pointer (&self->closed, kith_staff_closed_free);
  g_clear_object (&self->service_watch);
  if (self->holds)
    gtk_list_view_set_model (self->holds, NULL);
  if (self->selection)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  g_clear_object (&self->row);
  gtk_widget_dispose_template (GTK_WIDGET (object), KITH_TYPE_STAFF_VIEW);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->services, g_free);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_staff_view_parent_class)->dispose (object);
}

static void
kith_staff_view_class_init (KithStaffViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_staff_view_dispose;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (KITH_TYPE_FACTS);
  g_type_ensure (KITH_TYPE_UNREAD);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/staff/kith-staff-view.ui");
  gtk_widget_class_bind_template_child (widget_class, KithStaffView, name);
  gtk_widget_class_bind_template_child (widget_class, KithStaffView, meta);
  gtk_widget_class_bind_template_child (widget_class, KithStaffView, facts);
  gtk_widget_class_bind_template_child (widget_class, KithStaffView, busy);
  gtk_widget_class_bind_template_child (widget_class, KithStaffView, busy_label);
  gtk_widget_class_bind_template_child (widget_class, KithStaffView, moved);
  gtk_widget_class_bind_template_child (widget_class, KithStaffView, moved_label);
  gtk_widget_class_bind_template_child (widget_class, KithStaffView, card);
  gtk_widget_class_bind_template_child (widget_class, KithStaffView, stack);
  gtk_widget_class_bind_template_child (widget_class, KithStaffView, nothing);
  gtk_widget_class_bind_template_child (widget_class, KithStaffView, holds);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
kith_staff_view_init (KithStaffView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kith_revealer_rest (self->busy);
  kith_revealer_rest (self->moved);
  g_signal_connect_object (gtk_scrolled_window_get_hadjustment (self->card), "changed", G_CALLBACK (fit), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->card), "changed", G_CALLBACK (fit), self, G_CONNECT_SWAPPED);
  kith_stack_tell_readers (self->stack);
}

/**
 * kith_staff_view_new:
 *
 * Returns: (transfer floating): it shows nobody before kith_staff_view_set_staff()
 */
GtkWidget *
kith_staff_view_new (KithContext *context)
{
  KithStaffView *self = g_object_new (KITH_TYPE_STAFF_VIEW, NULL);
  g_autoptr (GtkListItemFactory) factory = NULL;

  self->context = g_object_ref (context);
  factory = kith_list_slot_factory_new (KITH_TYPE_HOLD_ROW, context, self->holds);
  gtk_list_view_set_factory (self->holds, factory);
  self->last_move = kith_staff_moved_new (context, moved_cb, self);
  moved_cb (self);
  return GTK_WIDGET (self);
}
