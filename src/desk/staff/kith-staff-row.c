/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "staff/kith-staff-row.h"

#include <glib/gi18n.h>

#include "staff/kith-staff-fit.h"
#include "widgets/kith-status-pill.h"

struct _KithStaffRow
{
  KithListRow parent_instance;
  GtkLabel *name, *words, *counts;
  KithStatusPill *pill;
  GtkLevelBar *load;
};

G_DEFINE_FINAL_TYPE (KithStaffRow, kith_staff_row, KITH_TYPE_LIST_ROW)

/* What there is none of is left out. */
char *
kith_staff_counts (KithRow *row)
{
  int clients = (int) kith_row_get_int (row, "clients"), cases = (int) kith_row_get_int (row, "cases");
  int referrals = (int) kith_row_get_int (row, "referrals"), tasks = (int) kith_row_get_int (row, "tasks");
  g_autoptr (GString) text = g_string_new (NULL);

  if (clients > 0)
    g_string_append_printf (text, ngettext ("%d client", "%d clients", (gulong) clients), clients);
  if (cases > 0)
    g_string_append_printf (text, ngettext (" · %d open case", " · %d open cases", (gulong) cases), cases);
  if (referrals > 0)
    g_string_append_printf (text, ngettext (" · %d referral", " · %d referrals", (gulong) referrals), referrals);
  if (tasks > 0)
    g_string_append_printf (text, ngettext (" · %d task", " · %d tasks", (gulong) tasks), tasks);
  if (text->len == 0)
    return g_strdup (_("Nothing in hand"));
  if (clients == 0)
    g_string_erase (text, 0, (gssize) strlen (" · "));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
set_pill (KithStaffRow *self,
          KithRow      *row,
          gboolean      waiting)
{
  gint64 now = kith_context_get_now (kith_list_row_get_context (KITH_LIST_ROW (self)));

  if (waiting)
    kith_status_pill_set (self->pill, NULL, NULL, "");
  else if (kith_row_get_int (row, "active") == 0)
    kith_status_pill_set (self->pill, "dialog-warning-symbolic", _("Has left"), "warn");
  else if (kith_staff_is_away (row, now))
    kith_status_pill_set (self->pill, "weather-clear-night-symbolic", _("On leave"), "accent");
  else if (kith_staff_is_overloaded (row))
    kith_status_pill_set (self->pill, "dialog-warning-symbolic", _("A lot in hand"), "bad");
  else
    kith_status_pill_set (self->pill, NULL, NULL, "");
}

/* What is counted, and what the bar is full of. */
static void
set_tooltip (KithStaffRow *self,
             int           load)
{
  g_autofree char *words = g_strdup_printf (ngettext ("%d in hand: clients, cases, referrals and tasks together. The bar is full at %d, which is no limit: with more, “A lot in hand” stands here.",
                                                      "%d in hand: clients, cases, referrals and tasks together. The bar is full at %d, which is no limit: with more, “A lot in hand” stands here.",
                                                      (gulong) load), load, KITH_STAFF_MUCH);

  gtk_widget_set_tooltip_text (GTK_WIDGET (self), words);
}

static char *
kith_staff_row_update (KithListRow *list_row,
                       KithRow     *row)
{
  KithStaffRow *self = KITH_STAFF_ROW (list_row);
  gboolean waiting = g_strcmp0 (kith_row_get_id (row), KITH_STAFF_WAITING) == 0;
  const char *name = waiting ? _("Waiting for Somebody") : kith_row_get_text (row, "name");
  g_autofree char *words = waiting ? g_strdup (_("Nobody at work is on these")) : kith_staff_words (row, kith_context_get_now (kith_list_row_get_context (list_row)));
  g_autofree char *counts = kith_staff_counts (row);

  gtk_label_set_text (self->name, name ? name : "");
  gtk_label_set_text (self->words, words);
  gtk_label_set_text (self->counts, counts);
  gtk_widget_set_opacity (GTK_WIDGET (self->load), waiting ? 0 : 1); /* all rows are of one height */
  gtk_level_bar_set_value (self->load, MIN (KITH_STAFF_MUCH, kith_row_get_int (row, "load")));
  set_pill (self, row, waiting);
  kith_staff_mark_load (GTK_WIDGET (self), waiting || kith_row_get_int (row, "active") == 0 ? NULL : row); /* whoever has left is given nothing */
  if (waiting)
    gtk_widget_set_tooltip_text (GTK_WIDGET (self), NULL);
  else
    set_tooltip (self, (int) kith_row_get_int (row, "load"));
  return g_strjoin (", ", name ? name : "", words, counts, NULL);
}

/* Dropping */

static gboolean
drop_cb (KithStaffRow *self,
         const GValue *value)
{
  KithRow *row = kith_list_row_get_row (KITH_LIST_ROW (self));

  return row && kith_row_get_id (row) && gtk_widget_activate_action (GTK_WIDGET (self), "staff.drop", "s", kith_row_get_id (row));
}

static void
kith_staff_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), KITH_TYPE_STAFF_ROW);
  G_OBJECT_CLASS (kith_staff_row_parent_class)->dispose (object);
}

static void
kith_staff_row_class_init (KithStaffRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_staff_row_dispose;
  KITH_LIST_ROW_CLASS (klass)->tall = TRUE;
  KITH_LIST_ROW_CLASS (klass)->update = kith_staff_row_update;
  g_type_ensure (KITH_TYPE_STATUS_PILL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/staff/kith-staff-row.ui");
  gtk_widget_class_bind_template_child (widget_class, KithStaffRow, name);
  gtk_widget_class_bind_template_child (widget_class, KithStaffRow, words);
  gtk_widget_class_bind_template_child (widget_class, KithStaffRow, counts);
  gtk_widget_class_bind_template_child (widget_class, KithStaffRow, pill);
  gtk_widget_class_bind_template_child (widget_class, KithStaffRow, load);
}

static void
kith_staff_row_init (KithStaffRow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (KITH_TYPE_ROW, GDK_ACTION_MOVE);

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_level_bar_set_max_value (self->load, KITH_STAFF_MUCH);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
