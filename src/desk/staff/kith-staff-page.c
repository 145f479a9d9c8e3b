/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "staff/kith-staff-page.h"

#include <glib/gi18n.h>

#include "kith-form.h"
#include "kith-shortcuts.h"
#include "kith-watch.h"
#include "staff/kith-balance-form.h"
#include "staff/kith-staff-actions.h"
#include "staff/kith-staff-row.h"
#include "widgets/kith-action-strip.h"

struct _KithStaffPage
{
  KithSplitPage parent_instance;
  KithStaffView *view;
  KithListModel *model;
  KithWatch *staff_watch, *colleague_watch;
  GPtrArray *rows, *colleagues; /* (element-type KithRow): of "staff-load"; of "colleagues" */
};

G_DEFINE_FINAL_TYPE (KithStaffPage, kith_staff_page, KITH_TYPE_SPLIT_PAGE)

static const char *const kinds[] = { "staff", "assignment", "case", "referral", "task", "care", "staff_service", NULL };

static const KithActionStripItem actions[] = {
  { "staff.assign", N_("Assign to…"), "suggested-action" },
  { "staff.move-all", N_("Move All…"), NULL },
  { "staff.balance", N_("Balance…"), NULL },
  { "staff.skills", N_("Languages…"), NULL },
  { "staff.leave", N_("Leave…"), NULL },
  { "staff.supervisor", N_("Supervisor…"), NULL },
  { "staff.account", N_("Account…"), NULL },
};

static KithContext *
context_of (KithStaffPage *self)
{
  return kith_page_get_context (KITH_PAGE (self));
}

KithStaffView *
kith_staff_page_get_view (KithStaffPage *self)
{
  return self->view;
}

GPtrArray *
kith_staff_page_get_colleagues (KithStaffPage *self)
{
  return self->colleagues;
}

/* Returns: whether the signed-in person may give out and move work */
gboolean
kith_staff_page_is_supervisor (KithStaffPage *self)
{
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (context_of (self)));

  return actor && kith_actor_has_duty (actor, KITH_DUTY_SUPERVISOR);
}

/* Returns: whether the signed-in person administers the agency's accounts */
gboolean
kith_staff_page_is_admin (KithStaffPage *self)
{
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (context_of (self)));

  return actor && kith_actor_has_duty (actor, KITH_DUTY_ADMIN);
}

/* What can be done with who is shown and chosen. */
static void
update_actions (KithStaffPage *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  KithRow *row = kith_staff_view_get_row (self->view);
  gboolean supervisor = kith_staff_page_is_supervisor (self), person = row && !kith_staff_view_is_waiting (self->view);
  gboolean active = person && kith_row_get_int (row, "active") != 0;
  gboolean holds = row && kith_row_get_int (row, "load") > 0;

  gtk_widget_action_set_enabled (widget, "staff.assign", supervisor && kith_staff_view_n_chosen (self->view) > 0);
  gtk_widget_action_set_enabled (widget, "staff.select-all", supervisor);
  gtk_widget_action_set_enabled (widget, "staff.drop", supervisor);
  gtk_widget_action_set_enabled (widget, "staff.take", supervisor);
  gtk_widget_action_set_enabled (widget, "staff.move-all", supervisor && person && holds);
  gtk_widget_action_set_enabled (widget, "staff.balance", supervisor);
  gtk_widget_action_set_enabled (widget, "staff.take-back", supervisor && kith_staff_view_get_transfer (self->view));
  gtk_widget_action_set_enabled (widget, "staff.skills", active);
  gtk_widget_action_set_enabled (widget, "staff.leave", active);
  gtk_widget_action_set_enabled (widget, "staff.account", person && kith_staff_page_is_admin (self));
  gtk_widget_action_set_enabled (widget, "staff.supervisor", active && kith_staff_page_is_admin (self));
}

/* The person beside follows the list. */
static void
update_row (KithStaffPage *self)
{
  const char *id = kith_split_page_get_id (KITH_SPLIT_PAGE (self));

  for (guint i = 0; i < self->rows->len; i++)
    if (g_strcmp0 (kith_row_get_id (self->rows->pdata[i]), id) == 0)
      kith_staff_view_set_row (self->view, self->rows->pdata[i]);
  update_actions (self);
}

static void
keep (GPtrArray *to,
      GPtrArray *rows)
{
  g_ptr_array_set_size (to, 0);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (to, g_object_ref (rows->pdata[i]));
}

static void
staff_cb (GPtrArray *rows,
          gpointer   user_data)
{
  KithStaffPage *self = user_data;

  keep (self->rows, rows);
  update_row (self);
}

static void
colleagues_cb (GPtrArray *rows,
               gpointer   user_data)
{
  keep (KITH_STAFF_PAGE (user_data)->colleagues, rows);
}

static void
kith_staff_page_selected (KithSplitPage *page,
                          const char    *id)
{
  KithStaffPage *self = KITH_STAFF_PAGE (page);

  kith_staff_view_set_staff (self->view, id);
  update_row (self);
}

/* Whoever may do nothing here is told who can change that, and sees nobody's load. */
static void
show_list (KithStaffPage *self)
{
  const char *args[] = { kith_context_get_agency (context_of (self)), NULL };
  gboolean may = kith_staff_page_is_supervisor (self) || kith_staff_page_is_admin (self);

  g_clear_object (&self->staff_watch);
  g_clear_object (&self->colleague_watch);
  g_clear_object (&self->model);
  g_ptr_array_set_size (self->rows, 0);
  if (may)
    {
      self->model = kith_list_model_new (kith_context_get_desktop (context_of (self)), "staff-load", kinds, args);
      self->staff_watch = kith_watch_new (context_of (self), "staff-load", kinds, args[0], staff_cb, self);
      self->colleague_watch = kith_watch_new (context_of (self), "colleagues", kinds, args[0], colleagues_cb, self);
      kith_split_page_set_empty (KITH_SPLIT_PAGE (self), KITH_PAGE_GET_CLASS (self)->icon_name, _("Nobody Yet"),
                                 _("The people of your agency appear here."), NULL, NULL);
      kith_split_page_set_choose (KITH_SPLIT_PAGE (self), _("Choose a colleague to see who they work with."));
      kith_split_page_set_model (KITH_SPLIT_PAGE (self), G_LIST_MODEL (self->model), TRUE);
    }
  else
    {
      g_autoptr (GListStore) none = g_list_store_new (KITH_TYPE_ROW);

      kith_split_page_set_empty (KITH_SPLIT_PAGE (self), "changes-prevent-symbolic", _("For Supervisors"),
                                 _("Work is given out by your agency’s supervisors. Your agency’s administrator says who that is."), NULL, NULL);
      kith_split_page_set_placeholder (KITH_SPLIT_PAGE (self), "changes-prevent-symbolic", NULL);
      kith_split_page_set_model (KITH_SPLIT_PAGE (self), G_LIST_MODEL (none), TRUE);
    }
  update_actions (self);
}

/* Balance */

static void
balance_action (GtkWidget  *widget,
                const char *name,
                GVariant   *target)
{
  kith_split_page_show_form (KITH_SPLIT_PAGE (widget), kith_balance_form_new (context_of (KITH_STAFF_PAGE (widget))));
}

static gboolean
kith_staff_page_show_record (KithPage   *page,
                             const char *place)
{
  if (!g_str_equal (place, "balance"))
    return KITH_PAGE_CLASS (kith_staff_page_parent_class)->show_record (page, place);
  gtk_widget_activate_action (GTK_WIDGET (page), "staff.balance", NULL);
  return TRUE;
}

static void
kith_staff_page_constructed (GObject *object)
{
  KithStaffPage *self = KITH_STAFF_PAGE (object);

  G_OBJECT_CLASS (kith_staff_page_parent_class)->constructed (object);
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  self->colleagues = g_ptr_array_new_with_free_func (g_object_unref);
  self->view = KITH_STAFF_VIEW (kith_staff_view_new (context_of (self)));
  kith_split_page_set_record (KITH_SPLIT_PAGE (self), kith_action_strip_new (actions, G_N_ELEMENTS (actions)), GTK_WIDGET (self->view));
  g_signal_connect_object (self->view, "changed", G_CALLBACK (update_actions), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context_of (self), "actor-changed", G_CALLBACK (show_list), self, G_CONNECT_SWAPPED);
  show_list (self);
}

static void
kith_staff_page_dispose (GObject *object)
{
  KithStaffPage *self = KITH_STAFF_PAGE (object);

  kith_staff_actions_stop (GTK_WIDGET (self));
  g_clear_object (&self->staff_watch);
  g_clear_object (&self->colleague_watch);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (kith_staff_page_parent_class)->dispose (object);
}

static void
kith_staff_page_finalize (GObject *object)
{
  KithStaffPage *self = KITH_STAFF_PAGE (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->colleagues, g_ptr_array_unref);
  G_OBJECT_CLASS (kith_staff_page_parent_class)->finalize (object);
}

/* Among the person's clients, at the first who is chosen: there they are chosen by Space. */
static gboolean
kith_staff_page_enter_record (KithSplitPage *page)
{
  GtkListView *view = kith_staff_view_get_list (KITH_STAFF_PAGE (page)->view);
  GtkSelectionModel *model = gtk_list_view_get_model (view);
  GtkWidget *list = GTK_WIDGET (view), *focus = gtk_widget_get_root (list) ? gtk_root_get_focus (gtk_widget_get_root (list)) : NULL;
  g_autoptr (GtkBitset) chosen = model ? gtk_selection_model_get_selection (model) : NULL;

  if (!chosen || g_list_model_get_n_items (G_LIST_MODEL (model)) == 0)
    return FALSE;
  if (focus && gtk_widget_is_ancestor (focus, list))
    return TRUE;
  gtk_widget_activate_action (list, "list.scroll-to-item", "u", gtk_bitset_is_empty (chosen) ? 0 : gtk_bitset_get_minimum (chosen));
  return gtk_widget_child_focus (list, GTK_DIR_TAB_FORWARD);
}

static void
kith_staff_page_class_init (KithStaffPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  KithPageClass *page_class = KITH_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = kith_staff_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = kith_staff_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = kith_staff_page_finalize;
  page_class->name = "staff";
  page_class->title = N_("Staff");
  page_class->icon_name = "system-users-symbolic";
  page_class->show_record = kith_staff_page_show_record;
  KITH_SPLIT_PAGE_CLASS (klass)->row_type = KITH_TYPE_STAFF_ROW;
  KITH_SPLIT_PAGE_CLASS (klass)->selected = kith_staff_page_selected;
  KITH_SPLIT_PAGE_CLASS (klass)->enter_record = kith_staff_page_enter_record;
  kith_staff_actions_install (widget_class);
  gtk_widget_class_install_action (widget_class, "staff.balance", NULL, balance_action);
  kith_shortcuts_install_class (widget_class, KITH_KEYS_STAFF);
}

static void
kith_staff_page_init (KithStaffPage *self)
{
}
