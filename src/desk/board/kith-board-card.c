/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/kith-board-card.h"

#include <glib/gi18n.h>

#include "board/kith-board-lane.h"
#include "kith-clock.h"
#include "kith-format.h"
#include "referrals/kith-referral-brief.h"

#define LONG_DAYS 7 /* what stands longer in one status is marked */

struct _KithBoardCard
{
  KithListRow parent_instance;
  GtkLabel *name, *age, *service, *meta;
  GtkWidget *pending, *urgent, *menu;
};

G_DEFINE_FINAL_TYPE (KithBoardCard, kith_board_card, KITH_TYPE_LIST_ROW)

char *
kith_board_age (const char *since,
                gint64      now_ms)
{
  gint64 ms, hours;

  if (!since || !kith_time_parse (since, &ms))
    return NULL;
  hours = MAX (0, now_ms - ms) / (60 * 60 * 1000);
  if (hours < 1)
    return g_strdup (_("just now"));
  if (hours < 24)
    return g_strdup_printf (ngettext ("%d hour", "%d hours", hours), (int) hours);
  return g_strdup_printf (ngettext ("%d day", "%d days", hours / 24), (int) (hours / 24));
}

static gboolean
is_long (const char *since,
         gint64      now_ms)
{
  gint64 ms;

  return since && kith_time_parse (since, &ms) && now_ms - ms > G_GINT64_CONSTANT (86400000) * LONG_DAYS;
}

static char *
kith_board_card_update (KithListRow *list_row,
                        KithRow     *row)
{
  KithBoardCard *self = KITH_BOARD_CARD (list_row);
  gint64 now = kith_context_get_now (kith_list_row_get_context (list_row));
  const char *name = kith_row_get_text (row, "contact_name"), *service = kith_row_get_text (row, "resource_name");
  const char *number = kith_referral_brief_number (row), *assignee = kith_row_get_text (row, "assignee_name");
  const char *since = kith_row_get_text (row, "moved_at");
  gboolean brief = kith_referral_is_brief (kith_list_row_get_context (list_row)); /* P12 */
  gboolean pending = kith_row_get_int (row, "pending") != 0, urgent = !brief && g_strcmp0 (kith_row_get_text (row, "urgency"), "urgent") == 0;
  g_autofree char *age = brief ? NULL : kith_board_age (since, now);
  g_autofree char *meta = kith_format_join (number, brief ? NULL : assignee ? assignee : _("not assigned yet"));

  gtk_label_set_text (self->name, name ? name : _("Name withheld"));
  gtk_label_set_text (self->age, age ? age : "");
  gtk_label_set_text (self->service, service ? service : _("No service chosen yet"));
  gtk_label_set_text (self->meta, meta);
  if (!brief && is_long (since, now))
    gtk_widget_add_css_class (GTK_WIDGET (self->age), "late");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->age), "late");
  gtk_widget_set_visible (self->pending, pending);
  gtk_widget_set_visible (self->urgent, urgent);
  return g_strjoin (", ", name ? name : _("Name withheld"), urgent ? _("urgent") : service ? service : _("No service chosen yet"), meta, age ? age : "",
                    pending ? _("not sent yet") : NULL, NULL);
}

static GdkContentProvider *
prepare_cb (KithBoardCard *self)
{
  KithRow *row = kith_list_row_get_row (KITH_LIST_ROW (self));
  GtkWidget *lane = gtk_widget_get_ancestor (GTK_WIDGET (self), KITH_TYPE_BOARD_LANE);

  if (!row || !kith_row_get_id (row) || !lane)
    return NULL;
  kith_board_lane_drag (KITH_BOARD_LANE (lane), row);
  return gdk_content_provider_new_typed (KITH_TYPE_ROW, row);
}

/* What is carried along is the card itself. */
static void
begin_cb (KithBoardCard *self,
          GdkDrag       *drag,
          GtkDragSource *source)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (self));

  gtk_drag_source_set_icon (source, picture, 24, 24);
}

static void
end_cb (KithBoardCard *self)
{
  GtkWidget *lane = gtk_widget_get_ancestor (GTK_WIDGET (self), KITH_TYPE_BOARD_LANE);

  if (lane)
    kith_board_lane_drag (KITH_BOARD_LANE (lane), NULL);
}

/* The same for the mouse, a finger and whoever cannot drag. */
static void
menu_cb (KithBoardCard *self)
{
  GtkWidget *lane = gtk_widget_get_ancestor (GTK_WIDGET (self), KITH_TYPE_BOARD_LANE);

  if (!lane || !gtk_widget_activate_action (GTK_WIDGET (self), "listitem.select", "(bb)", FALSE, FALSE))
    return;
  kith_board_lane_open_menu (KITH_BOARD_LANE (lane), self->menu);
}

static void
kith_board_card_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), KITH_TYPE_BOARD_CARD);
  G_OBJECT_CLASS (kith_board_card_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, KithBoardCard, name)

static void
kith_board_card_class_init (KithBoardCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_board_card_dispose;
  KITH_LIST_ROW_CLASS (klass)->tall = TRUE;
  KITH_LIST_ROW_CLASS (klass)->update = kith_board_card_update;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/board/kith-board-card.ui");
  BIND (name);
  BIND (age);
  BIND (service);
  BIND (meta);
  BIND (pending);
  BIND (urgent);
  BIND (menu);
  gtk_widget_class_bind_template_callback (widget_class, menu_cb);
}

static void
kith_board_card_init (KithBoardCard *self)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkGesture *second = gtk_gesture_click_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (self->menu, TRUE); /* not before its tooltip is set, which of a visible one would ask the display where the pointer is */
  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect_object (source, "prepare", G_CALLBACK (prepare_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (source, "drag-begin", G_CALLBACK (begin_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (source, "drag-end", G_CALLBACK (end_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (second), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (second, "pressed", G_CALLBACK (menu_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (second));
}
