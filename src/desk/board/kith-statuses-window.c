/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/kith-statuses-window-private.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "kith-shortcuts.h"
#include "widgets/kith-choice-row.h"
#include "widgets/kith-fit.h"
#include "widgets/kith-list-order.h"
#include "widgets/kith-unread.h"

/* What a status can stand for, in the order of a referral's way. */
static const char *const phases[] = {
  "sent", "accepted", "contacting", "in_service", "waitlisted", "paused", "closed_resolved", "closed_unresolved", "declined",
};

G_DEFINE_FINAL_TYPE (KithStatusesWindow, kith_statuses_window, ADW_TYPE_WINDOW)

/* One line: an entry, and beside it what the status stands for */

const char *
kith_statuses_line_get_id (GtkListBoxRow *line)
{
  return g_object_get_data (G_OBJECT (line), "id");
}

static GtkWidget *
entry_of (GtkListBoxRow *line)
{
  return g_object_get_data (G_OBJECT (line), "entry");
}

const char *
kith_statuses_line_get_was (GtkListBoxRow *line)
{
  return g_object_get_data (G_OBJECT (line), "was");
}

const char *
kith_statuses_line_get_name (GtkListBoxRow *line)
{
  return gtk_editable_get_text (GTK_EDITABLE (entry_of (line)));
}

static GtkDropDown *
phase_of (GtkListBoxRow *line)
{
  return g_object_get_data (G_OBJECT (line), "phase");
}

const char *
kith_statuses_line_get_phase (GtkListBoxRow *line)
{
  return phase_of (line) ? phases[gtk_drop_down_get_selected (phase_of (line))] : g_object_get_data (G_OBJECT (line), "code");
}

void
kith_statuses_window_update (KithStatusesWindow *self)
{
  gboolean whole = TRUE;
  guint n = 0;
  GtkListBoxRow *line;

  for (; (line = gtk_list_box_get_row_at_index (self->rows, (int) n)); n++)
    {
      g_autofree char *name = g_strstrip (g_strdup (kith_statuses_line_get_name (line)));

      whole = whole && *name;
    }
  gtk_widget_set_sensitive (self->save, self->read && n > 0 && whole);
  if (self->draft && !self->filling)
    kith_draft_touch (self->draft);
}

static int
place_of (GtkWidget *widget)
{
  GtkWidget *line = gtk_widget_get_ancestor (widget, GTK_TYPE_LIST_BOX_ROW);

  return line ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (line)) : -1;
}

static void
move_cb (KithStatusesWindow *self,
         GtkWidget          *button)
{
  int by = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "by"));

  gtk_widget_grab_focus (button);
  if (kith_list_order_move (self->rows, button, by) >= 0)
    kith_statuses_window_update (self);
}

static void
order_action (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  KithStatusesWindow *self = KITH_STATUSES_WINDOW (widget);

  if (kith_list_order_move_focused (self->rows, g_str_equal (name, KITH_ORDER_UP) ? -1 : 1) >= 0)
    kith_statuses_window_update (self);
}

static void
remove_cb (KithStatusesWindow *self,
           GtkWidget          *button)
{
  int at = place_of (button);
  GtkListBoxRow *line = at >= 0 ? gtk_list_box_get_row_at_index (self->rows, at) : NULL;

  if (!line)
    return;
  if (kith_statuses_line_get_id (line))
    g_ptr_array_add (self->retired, g_strdup (kith_statuses_line_get_id (line)));
  gtk_list_box_remove (self->rows, GTK_WIDGET (line));
  kith_statuses_window_update (self);
}

static GtkWidget *
move_new (KithStatusesWindow *self,
          const char         *label,
          int                 by)
{
  GtkWidget *button = kith_list_order_button_new (by < 0 ? KITH_ORDER_UP : KITH_ORDER_DOWN, label);

  g_object_set_data (G_OBJECT (button), "by", GINT_TO_POINTER (by));
  g_signal_connect_object (button, "clicked", G_CALLBACK (move_cb), self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
remove_new (KithStatusesWindow *self,
            const char         *label)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  return button;
}

static GtkDropDown *
phase_new (const char *phase)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GtkWidget *pick;
  guint at = 0;

  for (guint i = 0; i < G_N_ELEMENTS (phases); i++)
    {
      gtk_string_list_append (names, kith_format_code ("phase", phases[i]));
      if (g_strcmp0 (phases[i], phase) == 0)
        at = i;
    }
  pick = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&names)), NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (pick), at);
  gtk_widget_set_hexpand (pick, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (pick), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Stands for"), -1);
  gtk_widget_set_tooltip_text (pick, _("What it stands for in reports, and for partners"));
  return GTK_DROP_DOWN (pick);
}

/* id NULL: a new one, whose phase can still be chosen. */
GtkWidget *
kith_statuses_line_new (KithStatusesWindow *self,
                        const char         *id,
                        const char         *name,
                        const char         *phase,
                        gint64              n)
{
  GtkWidget *line = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4), *first = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *second = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4), *entry = gtk_entry_new ();
  GtkDropDown *pick = id ? NULL : phase_new (phase);

  if (pick)
    g_signal_connect_object (pick, "notify::selected", G_CALLBACK (kith_statuses_window_update), self, G_CONNECT_SWAPPED);
  gtk_widget_set_margin_start (box, 10);
  gtk_widget_set_margin_end (box, 6);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  kith_entry_fill (GTK_EDITABLE (entry), name);
  gtk_entry_set_max_length (GTK_ENTRY (entry), 60);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _("Name of the status"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Name of the status"), -1);
  gtk_widget_set_hexpand (entry, TRUE);
  g_signal_connect_object (entry, "changed", G_CALLBACK (kith_statuses_window_update), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (first), entry);
  gtk_box_append (GTK_BOX (first), move_new (self, _("Move up"), -1));
  gtk_box_append (GTK_BOX (first), move_new (self, _("Move down"), 1));
  gtk_box_append (GTK_BOX (first), remove_new (self, id ? _("Retire: nothing comes into it any more") : _("Remove")));
  if (pick)
    gtk_box_append (GTK_BOX (second), GTK_WIDGET (pick));
  else
    {
      g_autofree char *referrals = g_strdup_printf (ngettext ("%d referral", "%d referrals", (gulong) n), (int) n);
      g_autofree char *words = g_strdup_printf ("%s · %s", kith_format_code ("phase", phase), referrals);
      GtkWidget *label = gtk_label_new (words);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_widget_add_css_class (label, "meta");
      gtk_box_append (GTK_BOX (second), label);
    }
  gtk_box_append (GTK_BOX (box), first);
  gtk_box_append (GTK_BOX (box), second);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (line), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (line), FALSE);
  g_object_set_data_full (G_OBJECT (line), "id", g_strdup (id), g_free);
  g_object_set_data_full (G_OBJECT (line), "was", g_strdup (id ? name : NULL), g_free);
  g_object_set_data_full (G_OBJECT (line), "code", g_strdup (phase), g_free);
  g_object_set_data (G_OBJECT (line), "entry", entry);
  g_object_set_data (G_OBJECT (line), "phase", pick);
  return line;
}

static void
drop_watch_cb (gpointer user_data)
{
  g_autoptr (KithStatusesWindow) self = user_data;

  g_clear_object (&self->watch);
}

static void
rows_cb (GPtrArray *rows,
         gpointer   user_data)
{
  KithStatusesWindow *self = user_data;

  if (self->read)
    return;
  self->read = g_ptr_array_new_with_free_func (g_object_unref); /* the watch empties its own when it goes */
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (self->read, g_object_ref (rows->pdata[i]));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "statuses.add", TRUE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "form.commit", TRUE);
  kith_statuses_window_keep_draft (self);
  g_idle_add_once (drop_watch_cb, g_object_ref (self));
}

static void
add_action (GtkWidget  *widget,
            const char *name,
            GVariant   *target)
{
  KithStatusesWindow *self = KITH_STATUSES_WINDOW (widget);
  GtkWidget *line = kith_statuses_line_new (self, NULL, NULL, "contacting", 0);

  gtk_list_box_append (self->rows, line);
  gtk_widget_grab_focus (entry_of (GTK_LIST_BOX_ROW (line)));
  kith_statuses_window_update (self);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (KithStatusesWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!self->context)
    return;
  if (kith_context_submit_finish (KITH_CONTEXT (source), result, &error))
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  gtk_label_set_text (self->problem, error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
  kith_statuses_window_update (self);
}

static void
save_action (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  KithStatusesWindow *self = KITH_STATUSES_WINDOW (widget);
  JsonArray *list, *retire;
  GtkListBoxRow *line;

  if (!self->draft || !gtk_widget_get_sensitive (self->save))
    return;
  list = json_array_new ();
  retire = json_array_new ();
  for (int i = 0; (line = gtk_list_box_get_row_at_index (self->rows, i)); i++)
    {
      g_autofree char *called = g_strstrip (g_strdup (kith_statuses_line_get_name (line)));

      json_array_add_object_element (list, kith_json_new ("id", "s", kith_statuses_line_get_id (line), "was", "s", kith_statuses_line_get_was (line), "name", "s",
                                                          called, "phase", "s", kith_statuses_line_get_phase (line), NULL));
    }
  for (guint i = 0; i < self->retired->len; i++)
    json_array_add_string_element (retire, self->retired->pdata[i]);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  gtk_widget_set_sensitive (self->save, FALSE);
  kith_draft_submit (self->draft, "queue.set_statuses", kith_json_new ("queue", "s", self->queue, "statuses", "a", list, "retire", "a", retire, NULL),
                     _("Statuses saved"), FALSE, saved_cb, g_object_ref (self));
}

static void
kith_statuses_window_dispose (GObject *object)
{
  KithStatusesWindow *self = KITH_STATUSES_WINDOW (object);

  g_clear_object (&self->watch);
  if (self->draft) /* a lock closes it too */
    {
      kith_draft_flush (self->draft);
      g_object_run_dispose (G_OBJECT (self->draft));
    }
  g_clear_object (&self->draft);
  g_clear_object (&self->context);
  gtk_widget_dispose_template (GTK_WIDGET (object), KITH_TYPE_STATUSES_WINDOW);
  G_OBJECT_CLASS (kith_statuses_window_parent_class)->dispose (object);
}

static void
kith_statuses_window_finalize (GObject *object)
{
  g_free (KITH_STATUSES_WINDOW (object)->queue);
  g_free (KITH_STATUSES_WINDOW (object)->untouched);
  g_clear_pointer (&KITH_STATUSES_WINDOW (object)->read, g_ptr_array_unref);
  g_ptr_array_unref (KITH_STATUSES_WINDOW (object)->retired);
  G_OBJECT_CLASS (kith_statuses_window_parent_class)->finalize (object);
}

static void
kith_statuses_window_class_init (KithStatusesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_statuses_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = kith_statuses_window_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/board/kith-statuses-window.ui");
  gtk_widget_class_bind_template_child (widget_class, KithStatusesWindow, rows);
  gtk_widget_class_bind_template_child (widget_class, KithStatusesWindow, problem);
  gtk_widget_class_bind_template_child (widget_class, KithStatusesWindow, restored);
  gtk_widget_class_bind_template_child (widget_class, KithStatusesWindow, restored_strip);
  gtk_widget_class_bind_template_child (widget_class, KithStatusesWindow, save);
  gtk_widget_class_install_action (widget_class, "statuses.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "statuses.discard", NULL, kith_statuses_window_discard);
  gtk_widget_class_install_action (widget_class, "form.commit", NULL, save_action);
  gtk_widget_class_install_action (widget_class, KITH_ORDER_UP, NULL, order_action);
  gtk_widget_class_install_action (widget_class, KITH_ORDER_DOWN, NULL, order_action);
  kith_shortcuts_install_class (widget_class, KITH_KEYS_ORDER);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "form.commit", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
kith_statuses_window_init (KithStatusesWindow *self)
{
  self->retired = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  kith_fit_to_text (GTK_WINDOW (self));
}

/**
 * kith_statuses_window_new:
 * @queue: its id
 * @name: its name, for the title
 *
 * Returns: (transfer none): a window that is not shown yet; GTK keeps it until it is closed
 */
GtkWidget *
kith_statuses_window_new (GtkWindow   *parent,
                          KithContext *context,
                          const char  *queue,
                          const char  *name)
{
  static const char *const kinds[] = { "queue_status", NULL };
  /* Translators: a queue's name */
  g_autofree char *title = g_strdup_printf (_("Statuses of “%s”"), name);
  KithStatusesWindow *self = g_object_new (KITH_TYPE_STATUSES_WINDOW, "transient-for", parent, "title", title, NULL);

  self->context = g_object_ref (context);
  self->queue = g_strdup (queue);
  kith_unread_add_strip (GTK_WIDGET (self->problem), context);
  /* What is new has no place before the others, and nothing is saved without them. */
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "statuses.add", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "form.commit", FALSE);
  self->watch = kith_watch_new (context, "queue-statuses", kinds, queue, rows_cb, self);
  return GTK_WIDGET (self);
}
