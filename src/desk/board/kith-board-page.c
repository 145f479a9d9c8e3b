/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/kith-board-page-private.h"

#include <glib/gi18n.h>

#include "board/kith-board-card.h"
#include "kith-clock.h"
#include "kith-format.h"
#include "kith-referral-rules.h"
#include "kith-shortcuts.h"
#include "kith-text.h"
#include "kith-watch.h"
#include "referrals/kith-referral-brief.h"
#include "widgets/kith-action-strip.h"
#include "widgets/kith-choice-row.h"
#include "widgets/kith-unread.h"
#include "widgets/kith-wrap-box.h"

#define LONG_MS (7 * G_GINT64_CONSTANT (86400000))

G_DEFINE_FINAL_TYPE (KithBoardPage, kith_board_page, KITH_TYPE_PAGE)

/* Returns (transfer none): what the page was made with */
KithContext *
kith_board_page_context (KithBoardPage *self)
{
  return kith_page_get_context (KITH_PAGE (self));
}

/* Lanes */

KithBoardLane *
kith_board_page_lane_at (KithBoardPage *self,
                         gint64         i)
{
  return i >= 0 && i < self->lanes->len ? self->lanes->pdata[i] : NULL;
}

/* Returns (transfer none) (nullable): the lane of a queue_status, by its id; NULL when the queue that is shown has none such */
KithBoardLane *
kith_board_page_lane_of (KithBoardPage *self,
                         const char    *status)
{
  for (guint i = 0; i < self->lanes->len; i++)
    if (g_strcmp0 (kith_board_lane_get_status (self->lanes->pdata[i]), status) == 0)
      return self->lanes->pdata[i];
  return NULL;
}

int
kith_board_page_current (KithBoardPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;
  GtkWidget *lane = focus ? gtk_widget_get_ancestor (focus, KITH_TYPE_BOARD_LANE) : NULL;

  for (guint i = 0; lane && i < self->lanes->len; i++)
    if (self->lanes->pdata[i] == lane)
      return (int) i;
  return -1;
}

/* Filter */

static char *
before_of (KithBoardPage *self)
{
  return gtk_toggle_button_get_active (self->long_ones) ? kith_time_format (kith_context_get_now (kith_board_page_context (self)) - LONG_MS) : g_strdup ("");
}

static gboolean
is_filtered (KithBoardPage *self)
{
  return gtk_toggle_button_get_active (self->mine) || gtk_toggle_button_get_active (self->long_ones) || *gtk_editable_get_text (GTK_EDITABLE (self->search));
}

static void
filter_lanes (KithBoardPage *self)
{
  g_autofree char *before = before_of (self);
  g_autofree char *text = kith_text_fold (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  KithBoardFilter filter = { gtk_toggle_button_get_active (self->mine) ? kith_context_get_user (kith_board_page_context (self)) : "", before, text };

  for (guint i = 0; i < self->lanes->len; i++)
    kith_board_lane_filter (self->lanes->pdata[i], &filter);
  gtk_widget_set_visible (self->clear, is_filtered (self));
}

static void
filter_cb (KithBoardPage *self)
{
  if (!self->settling)
    filter_lanes (self);
}

static void
clear_action (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  KithBoardPage *self = KITH_BOARD_PAGE (widget);

  self->settling = TRUE;
  gtk_toggle_button_set_active (self->mine, FALSE);
  gtk_toggle_button_set_active (self->long_ones, FALSE);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  self->settling = FALSE;
  filter_lanes (self);
}

/* Showing */

static void
show_summary (KithBoardPage *self,
              GPtrArray     *rows)
{
  gint64 n = 0, today = 0;
  const char *oldest = NULL;
  g_autofree char *age = NULL;
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      const char *phase = kith_row_get_text (rows->pdata[i], "phase"), *since = kith_row_get_text (rows->pdata[i], "oldest");

      n += kith_row_get_int (rows->pdata[i], "n");
      today += kith_row_get_int (rows->pdata[i], "today");
      /* What is over waits for nobody. */
      if (since && phase && !kith_referral_phase_is_ended (phase) && (!oldest || strcmp (since, oldest) < 0))
        oldest = since;
    }
  g_string_append_printf (words, ngettext ("%d referral", "%d referrals", (gulong) n), (int) n);
  age = kith_referral_is_brief (kith_board_page_context (self)) ? NULL : kith_board_age (oldest, kith_context_get_now (kith_board_page_context (self)));
  if (age)
    {
      g_string_append (words, " · ");
      /* Translators: since when the first of the open ones stands where it stands */
      g_string_append_printf (words, _("longest in one status: %s"), age);
    }
  g_string_append (words, " · ");
  g_string_append_printf (words, ngettext ("%d moved today", "%d moved today", (gulong) today), (int) today);
  gtk_label_set_text (self->summary, words->str);
}

static void
drop_lanes (KithBoardPage *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->lanes_box))))
    gtk_box_remove (self->lanes_box, child);
  g_ptr_array_set_size (self->lanes, 0);
}

static void
enter_idle_cb (gpointer user_data)
{
  g_autoptr (KithBoardPage) self = user_data;

  if (self->awaited && self->lanes->len > 0 && gtk_widget_get_mapped (GTK_WIDGET (self->lanes_box)))
    {
      self->awaited = FALSE;
      kith_board_lane_enter (self->lanes->pdata[0]);
    }
}

#define LANE 264     /* px: no lane is narrower */
#define LATER_MS 600 /* by then what is in sight is there, also where no frame is drawn that says so */

/* A lane beyond the edge of the window is not what one waits for when a board opens. */
static gboolean
will_be_in_sight (KithBoardPage *self,
                  guint          i)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  int width = gtk_widget_get_width (GTK_WIDGET (self));

  if (width == 0 && root) /* it was not laid out yet */
    width = gtk_widget_get_width (GTK_WIDGET (root));
  return width == 0 || (int) i * LANE < width;
}

static gboolean
is_in_sight (KithBoardPage *self,
             gpointer       lane)
{
  GtkAdjustment *bar = gtk_scrolled_window_get_hadjustment (self->scroller); /* the lanes follow it with the next frame */
  double left = gtk_adjustment_get_value (bar);
  graphene_rect_t at;

  return gtk_widget_compute_bounds (lane, GTK_WIDGET (self->lanes_box), &at) && at.origin.x < left + gtk_adjustment_get_page_size (bar) && at.origin.x + at.size.width > left;
}

static void
stop_frames (KithBoardPage *self)
{
  if (self->drawn_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->lanes_box), self->drawn_id);
  self->drawn_id = 0;
}

/* One in a turn of the main loop, so that a key is answered between them; what came into sight is the next. Its first cards, then all of them. */
static gboolean
begin_next_cb (gpointer data)
{
  KithBoardPage *self = data;
  KithBoardLane *next = NULL;

  self->begin_id = 0;
  for (guint i = self->lanes->len; i > 0; i--)
    {
      KithBoardLane *lane = self->lanes->pdata[i - 1];

      if (!kith_board_lane_is_whole (lane) && (!next || is_in_sight (self, lane) || !is_in_sight (self, next)))
        next = lane;
    }
  if (!next)
    {
      stop_frames (self);
      return G_SOURCE_REMOVE;
    }
  if (kith_board_lane_is_begun (next))
    kith_board_lane_show_all (next);
  else
    kith_board_lane_begin (next);
  self->begin_id = g_idle_add (begin_next_cb, self);
  return G_SOURCE_REMOVE;
}

static void
begin_now (KithBoardPage *self)
{
  g_clear_handle_id (&self->begin_id, g_source_remove);
  if (self->lanes->len > 0)
    self->begin_id = g_idle_add (begin_next_cb, self);
}

/* A frame that shows the first cards comes before anything else is made: it was drawn when the next one begins. */
static gboolean
frame_cb (GtkWidget     *lanes_box,
          GdkFrameClock *clock,
          gpointer       data)
{
  KithBoardPage *self = data;
  gboolean drawn = self->drawn;

  self->drawn = TRUE;
  for (guint i = 0; i < self->lanes->len; i++)
    self->drawn = self->drawn && (!kith_board_lane_is_begun (self->lanes->pdata[i]) || kith_board_lane_is_known (self->lanes->pdata[i]));
  if (!drawn || !self->drawn)
    return G_SOURCE_CONTINUE;
  self->drawn_id = 0;
  begin_now (self);
  return G_SOURCE_REMOVE;
}

static void
begin_later (KithBoardPage *self)
{
  self->drawn = FALSE;
  if (self->drawn_id == 0)
    self->drawn_id = gtk_widget_add_tick_callback (GTK_WIDGET (self->lanes_box), frame_cb, self, NULL);
  if (self->begin_id == 0)
    self->begin_id = g_timeout_add (LATER_MS, begin_next_cb, self);
}

/* Lanes that are there already stay themselves, with what is selected and where they are scrolled to. */
static void
lanes_cb (GPtrArray *rows,
          gpointer   user_data)
{
  KithBoardPage *self = user_data;
  g_autoptr (GPtrArray) order = g_ptr_array_new ();
  GtkWidget *last = NULL;
  gboolean fresh = FALSE;

  for (guint i = 0; i < rows->len; i++)
    {
      KithBoardLane *lane = kith_board_page_lane_of (self, kith_row_get_id (rows->pdata[i]));

      if (!lane)
        {
          lane = KITH_BOARD_LANE (kith_board_lane_new (kith_board_page_context (self), self->queue, kith_row_get_id (rows->pdata[i])));
          gtk_box_append (self->lanes_box, GTK_WIDGET (lane));
          if (will_be_in_sight (self, i))
            kith_board_lane_begin (lane);
          fresh = TRUE;
        }
      else
        g_ptr_array_remove (self->lanes, lane);
      kith_board_lane_show (lane, rows->pdata[i]);
      gtk_box_reorder_child_after (self->lanes_box, GTK_WIDGET (lane), last);
      last = GTK_WIDGET (lane);
      g_ptr_array_add (order, lane);
    }
  for (guint i = 0; i < self->lanes->len; i++)
    gtk_box_remove (self->lanes_box, self->lanes->pdata[i]);
  g_ptr_array_set_size (self->lanes, 0);
  for (guint i = 0; i < order->len; i++)
    g_ptr_array_add (self->lanes, order->pdata[i]);
  if (fresh)
    begin_later (self);
  if (fresh && is_filtered (self))
    filter_lanes (self);
  show_summary (self, rows);
  gtk_stack_set_visible_child_name (self->stack, "board");
  if (self->awaited && rows->len > 0)
    g_idle_add_once (enter_idle_cb, g_object_ref (self)); /* not before the lanes are mapped */
}

void
kith_board_page_show_queue (KithBoardPage *self,
                            const char    *queue)
{
  static const char *const kinds[] = { "queue_status", "queue_item", "referral", NULL };
  g_autofree char *today = kith_format_day_begin (kith_context_get_now (kith_board_page_context (self)));
  const char *args[] = { queue, today, NULL };

  if (queue && g_strcmp0 (self->queue, queue) == 0)
    {
      kith_watch_set_args (self->lanes_watch, args); /* another day may have begun */
      return;
    }
  g_free (self->queue);
  self->queue = g_strdup (queue);
  g_clear_object (&self->lanes_watch);
  drop_lanes (self);
  if (queue)
    self->lanes_watch = kith_watch_new_args (kith_board_page_context (self), "board-lanes", kinds, args, lanes_cb, self);
}

static void
pick_cb (KithBoardPage *self)
{
  guint at = gtk_drop_down_get_selected (self->pick);

  if (self->settling || at >= self->queues->len)
    return;
  self->settled = TRUE;
  kith_board_page_show_queue (self, self->queues->pdata[at]);
}

/* The page */

static void
kith_board_page_search (KithPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (KITH_BOARD_PAGE (page)->search));
}

static char *
kith_board_page_get_place (KithPage *page)
{
  KithBoardPage *self = KITH_BOARD_PAGE (page);

  return self->queue ? g_strconcat ("board/", self->queue, NULL) : g_strdup ("board");
}

/* One comes here to look at cards: the focus is on the first of them, also when they arrive later. */
static gboolean
kith_board_page_focus (GtkWidget       *widget,
                       GtkDirectionType direction)
{
  KithBoardPage *self = KITH_BOARD_PAGE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  gboolean entered = direction == GTK_DIR_TAB_FORWARD && root && !gtk_root_get_focus (root);

  if (entered)
    kith_board_page_show_queue (self, self->queue);
  if (entered && self->lanes->len > 0 && gtk_widget_get_mapped (GTK_WIDGET (self->lanes_box)))
    {
      kith_board_lane_enter (self->lanes->pdata[0]);
      return TRUE;
    }
  self->awaited = entered;
  return GTK_WIDGET_CLASS (kith_board_page_parent_class)->focus (widget, direction);
}

static void
kith_board_page_constructed (GObject *object)
{
  KithBoardPage *self = KITH_BOARD_PAGE (object);

  G_OBJECT_CLASS (kith_board_page_parent_class)->constructed (object);
  kith_sync_chip_set_context (self->chip, kith_board_page_context (self));
  g_signal_connect_object (kith_board_page_context (self), "actor-changed", G_CALLBACK (kith_board_page_look_anew), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_scrolled_window_get_hadjustment (self->scroller), "value-changed", G_CALLBACK (begin_now), self, G_CONNECT_SWAPPED);
  kith_board_page_follow_time (self);
  kith_board_page_look (self);
}

static void
kith_board_page_dispose (GObject *object)
{
  KithBoardPage *self = KITH_BOARD_PAGE (object);

  g_clear_handle_id (&self->look_id, g_source_remove);
  g_clear_handle_id (&self->begin_id, g_source_remove);
  stop_frames (self);
  g_cancellable_cancel (self->job);
  g_clear_object (&self->job);
  g_clear_object (&self->taken);
  g_clear_object (&self->queues_watch);
  g_clear_object (&self->lanes_watch);
  g_ptr_array_set_size (self->lanes, 0); /* they go with the box, and the scroll bar tells of that */
  gtk_widget_dispose_template (GTK_WIDGET (object), KITH_TYPE_BOARD_PAGE);
  G_OBJECT_CLASS (kith_board_page_parent_class)->dispose (object);
}

static void
kith_board_page_finalize (GObject *object)
{
  KithBoardPage *self = KITH_BOARD_PAGE (object);

  g_ptr_array_unref (self->queues);
  g_ptr_array_unref (self->names);
  g_free (self->calls);
  g_ptr_array_unref (self->lanes);
  g_free (self->queue);
  g_free (self->wanted);
  g_free (self->taken_from);
  G_OBJECT_CLASS (kith_board_page_parent_class)->finalize (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, KithBoardPage, name)

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (KITH_TYPE_SYNC_CHIP);
  g_type_ensure (KITH_TYPE_UNREAD);
  g_type_ensure (KITH_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/board/kith-board-page.ui");
  BIND (chip);
  BIND (stack);
  BIND (none);
  BIND (create), BIND (manage), BIND (statistics);
  BIND (clear), BIND (filters), BIND (pick), BIND (search);
  BIND (mine), BIND (long_ones), BIND (summary);
  BIND (scroller);
  BIND (lanes_box);
  gtk_widget_class_bind_template_callback (widget_class, pick_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_cb);
}

static void
kith_board_page_class_init (KithBoardPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  KithPageClass *page_class = KITH_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = kith_board_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = kith_board_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = kith_board_page_finalize;
  widget_class->focus = kith_board_page_focus;
  page_class->name = "board";
  page_class->title = N_("Board");
  page_class->icon_name = "view-dual-symbolic";
  page_class->search = kith_board_page_search;
  page_class->show_record = kith_board_page_show_record;
  page_class->get_place = kith_board_page_get_place;
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "board.clear", NULL, clear_action);
  kith_board_page_install_actions (widget_class);
  kith_shortcuts_install_class (widget_class, KITH_KEYS_BOARD);
}

static void
kith_board_page_init (KithBoardPage *self)
{
  static const char *const first[] = { "board.left", "board.right", "board.move-left", "board.move-right" };

  gtk_widget_init_template (GTK_WIDGET (self));
  kith_drop_down_let_shrink (self->pick);
  kith_action_strip_print_key (GTK_BUTTON (self->statistics));
  self->queues = g_ptr_array_new_with_free_func (g_free);
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->lanes = g_ptr_array_new ();
  /* A list would take the arrows for itself, though it has nothing beside it. */
  for (guint i = 0; i < G_N_ELEMENTS (first); i++)
    kith_shortcuts_install_first (GTK_WIDGET (self->lanes_box), first[i]);
}
