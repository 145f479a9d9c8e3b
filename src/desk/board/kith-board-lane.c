/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/kith-board-lane.h"

#include <glib/gi18n.h>

#include "board/kith-board-card.h"
#include "board/kith-board-menu.h"
#include "kith-desktop-reads.h"
#include "kith-first-rows.h"
#include "kith-format.h"
#include "kith-list-slot.h"
#include "referrals/kith-referral-brief.h"

#define FIRST 20 /* cards: more than most windows show */

struct _KithBoardLane
{
  AdwBin parent_instance;
  KithContext *context;
  char *queue, *status, *name, *phase;
  gboolean retired, filtered;
  guint n;
  GtkLabel *title, *count, *meta, *nothing, *blocked;
  GtkStack *stack;
  GtkListView *list;
  char **found_args;            /* of found */
  KithListModel *cards, *found; /* found: what the filter leaves; NULL: never used */
  KithFirstRows *rows; /* of the one that is shown */
  GtkSingleSelection *selection;
  KithRow *dragged;
  GtkWidget *menu; /* of a card; NULL: never asked for */
  gboolean begun;  /* its cards are made, or being made */
  gboolean whole;  /* and not its first ones alone */
};

G_DEFINE_FINAL_TYPE (KithBoardLane, kith_board_lane, ADW_TYPE_BIN)

/* Not bound: AdwBin lets go of it by itself. */
static GtkWidget *
box_of (KithBoardLane *self)
{
  return adw_bin_get_child (ADW_BIN (self));
}

static KithListModel *
model_of (KithBoardLane *self)
{
  return self->filtered ? self->found : self->cards;
}

guint
kith_board_lane_get_shown (KithBoardLane *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (model_of (self)));
}

static void
update_stack (KithBoardLane *self)
{
  guint shown = kith_board_lane_get_shown (self);
  gboolean known = kith_list_model_is_known (model_of (self));
  g_autofree char *count = self->filtered ? g_strdup_printf (_("%u of %u"), shown, self->n) : g_strdup_printf ("%u", self->n);

  gtk_label_set_text (self->count, count);
  gtk_stack_set_visible_child_name (self->stack, shown > 0 || !known ? "list" : "nothing");
  gtk_label_set_text (self->nothing, self->filtered && self->n > 0 ? _("Nothing here fits the filter.") : _("Nothing stands here."));
}

void
kith_board_lane_show (KithBoardLane *self,
                      KithRow       *row)
{
  gint64 now = kith_context_get_now (self->context);
  const char *phase = kith_row_get_text (row, "phase");
  g_autofree char *age = kith_referral_is_brief (self->context) ? NULL : kith_board_age (kith_row_get_text (row, "oldest"), now);
  g_autofree char *oldest = NULL;
  g_autofree char *label = NULL;

  g_free (self->name);
  self->name = g_strdup (kith_row_get_text (row, "name"));
  g_free (self->phase);
  self->phase = g_strdup (phase);
  self->retired = kith_row_get_int (row, "retired") != 0;
  self->n = (guint) kith_row_get_int (row, "n");
  /* Translators: how long the first of a list has waited: "oldest 4 days" */
  oldest = age ? g_strdup_printf (_("oldest %s"), age) : g_strdup (kith_format_code ("phase", phase));
  gtk_label_set_text (self->title, self->name ? self->name : "");
  gtk_label_set_text (self->meta, oldest);
  if (self->retired)
    {
      g_autofree char *words = g_strdup_printf ("%s · %s", oldest, _("not used any more"));

      gtk_label_set_text (self->meta, words);
    }
  update_stack (self);
  label = g_strdup_printf (ngettext ("%s, %u referral, %s", "%s, %u referrals, %s", self->n), self->name ? self->name : "", self->n, oldest);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* Each card that is made says again how long it stands there. */
static void
tell_time (GtkWidget *inside)
{
  if (KITH_IS_LIST_ROW (inside))
    {
      kith_list_row_set_row (KITH_LIST_ROW (inside), kith_list_row_get_row (KITH_LIST_ROW (inside)));
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (inside); child; child = gtk_widget_get_next_sibling (child))
    tell_time (child);
}

void
kith_board_lane_tell_time (KithBoardLane *self)
{
  tell_time (GTK_WIDGET (self->list));
}

static void
chosen_cb (KithBoardLane *self)
{
  if (self->menu)
    kith_board_menu_keep (self->menu, self);
}

static void
use_model (KithBoardLane *self)
{
  g_autoptr (KithFirstRows) rows = kith_first_rows_new (G_LIST_MODEL (model_of (self)), self->whole ? G_MAXUINT : FIRST);
  g_autoptr (GtkSingleSelection) selection = kith_list_selection_new (G_LIST_MODEL (rows), FALSE);

  g_set_object (&self->rows, rows);
  g_set_object (&self->selection, selection);
  if (self->begun)
    gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  g_signal_connect_object (selection, "notify::selected-item", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  chosen_cb (self);
  update_stack (self);
}

void
kith_board_lane_begin (KithBoardLane *self)
{
  if (self->begun)
    return;
  self->begun = TRUE;
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
}

gboolean
kith_board_lane_is_begun (KithBoardLane *self)
{
  return self->begun;
}

/**
 * kith_board_lane_show_all:
 *
 * Its first cards stay as they are, the others can be scrolled to: a tenth of a second's work for a long lane, which a board's first frame need not wait for.
 */
void
kith_board_lane_show_all (KithBoardLane *self)
{
  self->whole = TRUE;
  kith_first_rows_show_all (self->rows);
}

gboolean
kith_board_lane_is_whole (KithBoardLane *self)
{
  return self->begun && self->whole;
}

gboolean
kith_board_lane_is_known (KithBoardLane *self)
{
  return kith_list_model_is_known (model_of (self));
}

static KithListModel *
listen (KithBoardLane *self,
        KithListModel *model)
{
  g_signal_connect_object (model, "items-changed", G_CALLBACK (update_stack), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "notify::known", G_CALLBACK (update_stack), self, G_CONNECT_SWAPPED);
  return model;
}

static const char *const kinds[] = { "queue_item", "referral", "referral_detail", "op", NULL };

/**
 * kith_board_lane_filter:
 * @filter: borrowed for the call; all of it "": every card
 *
 * The cards of the whole lane stay loaded behind a filter, so that taking it off shows them at once.
 */
void
kith_board_lane_filter (KithBoardLane         *self,
                        const KithBoardFilter *filter)
{
  const char *args[] = { self->queue, self->status, filter->whose, filter->before, filter->text, NULL };
  gboolean filtered = *filter->whose || *filter->before || *filter->text;

  if (!filtered && !self->filtered)
    return;
  if (!filtered)
    {
      self->filtered = FALSE;
      use_model (self);
      return;
    }
  g_strfreev (self->found_args);
  self->found_args = g_strdupv ((char **) args);
  if (self->found)
    kith_list_model_set_args (self->found, args);
  else
    self->found = listen (self, kith_list_model_new (kith_context_get_desktop (self->context), "board-found", kinds, args));
  if (!self->filtered)
    {
      self->filtered = TRUE;
      use_model (self);
    }
}

/**
 * kith_board_lane_get_list:
 * @args: (out) (transfer full): its inputs
 *
 * Returns: (transfer none): the query of the cards that it shows now, the filter with it
 */
const char *
kith_board_lane_get_list (KithBoardLane *self,
                          char        ***args)
{
  const char *all[] = { self->queue, self->status, NULL };

  *args = g_strdupv (self->filtered ? self->found_args : (char **) all);
  return self->filtered ? "board-found" : "board-cards";
}

void
kith_board_lane_block (KithBoardLane *self,
                       const char    *why)
{
  gtk_label_set_text (self->blocked, why ? why : "");
  gtk_widget_set_visible (GTK_WIDGET (self->blocked), why != NULL);
  if (why)
    gtk_widget_add_css_class (box_of (self), "blocked");
  else
    gtk_widget_remove_css_class (box_of (self), "blocked");
}

/**
 * kith_board_lane_get_status:
 *
 * Returns: (transfer none): id of the queue_status
 */
const char *
kith_board_lane_get_status (KithBoardLane *self)
{
  return self->status;
}

/**
 * kith_board_lane_get_name:
 *
 * Returns: (transfer none) (nullable): the status's name; NULL before kith_board_lane_show()
 */
const char *
kith_board_lane_get_name (KithBoardLane *self)
{
  return self->name;
}

/**
 * kith_board_lane_get_phase:
 *
 * Returns: (transfer none) (nullable): the phase of referrals that the status stands for (domain.md 2e); NULL before kith_board_lane_show()
 */
const char *
kith_board_lane_get_phase (KithBoardLane *self)
{
  return self->phase;
}

/**
 * kith_board_lane_is_retired:
 *
 * Returns: whether the status is no longer used: cards leave it, none comes in
 */
gboolean
kith_board_lane_is_retired (KithBoardLane *self)
{
  return self->retired;
}

KithRow *
kith_board_lane_get_card (KithBoardLane *self)
{
  KithRow *row = gtk_single_selection_get_selected_item (self->selection);

  return row && kith_row_get_id (row) ? row : NULL;
}

void
kith_board_lane_enter (KithBoardLane *self)
{
  guint at = gtk_single_selection_get_selected (self->selection);

  kith_board_lane_begin (self);
  if (kith_board_lane_get_shown (self) == 0)
    {
      gtk_widget_grab_focus (box_of (self));
      return;
    }
  if (at == GTK_INVALID_LIST_POSITION)
    gtk_single_selection_set_selected (self->selection, 0);
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", at == GTK_INVALID_LIST_POSITION ? 0 : at);
  if (!gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD))
    gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

/**
 * kith_board_lane_open_menu:
 * @at: a widget within the card that is chosen
 */
void
kith_board_lane_open_menu (KithBoardLane *self,
                           GtkWidget     *at)
{
  if (!self->menu)
    self->menu = kith_board_menu_new (self);
  kith_board_menu_open (self->menu, self, at);
}

/* Asked for when somebody points at it: to give it one beforehand asks the display, each time, where the pointer is. */
static gboolean
tip_cb (KithBoardLane *self,
        int            x,
        int            y,
        gboolean       keyboard,
        GtkTooltip    *tip)
{
  gtk_tooltip_set_text (tip, kith_format_code ("phase", self->phase));
  return self->phase != NULL;
}

static void
activate_cb (KithBoardLane *self,
             guint          position)
{
  g_autoptr (KithRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (row && kith_row_get_id (row))
    gtk_widget_activate_action (GTK_WIDGET (self), "board.open", "s", kith_row_get_id (row));
}

/* The drag and the drop */

void
kith_board_lane_drag (KithBoardLane *self,
                      KithRow       *card)
{
  g_set_object (&self->dragged, card);
  gtk_widget_activate_action (GTK_WIDGET (self), "board.take", "s", self->status);
}

/* Returns: (transfer none) (nullable): the card that is being dragged out of this lane */
KithRow *
kith_board_lane_get_dragged (KithBoardLane *self)
{
  return self->dragged;
}

static GdkDragAction
motion_cb (KithBoardLane *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->blocked)) ? 0 : GDK_ACTION_MOVE;
}

static gboolean
drop_cb (KithBoardLane *self)
{
  return !gtk_widget_get_visible (GTK_WIDGET (self->blocked)) && gtk_widget_activate_action (GTK_WIDGET (self), "board.drop", "s", self->status);
}

static void
kith_board_lane_dispose (GObject *object)
{
  KithBoardLane *self = KITH_BOARD_LANE (object);

  g_clear_pointer (&self->menu, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (object), KITH_TYPE_BOARD_LANE);
  g_clear_object (&self->selection);
  g_clear_object (&self->rows);
  g_clear_object (&self->dragged);
  g_clear_object (&self->cards);
  g_clear_object (&self->found);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_board_lane_parent_class)->dispose (object);
}

static void
kith_board_lane_finalize (GObject *object)
{
  KithBoardLane *self = KITH_BOARD_LANE (object);

  g_free (self->queue);
  g_free (self->status);
  g_free (self->name);
  g_free (self->phase);
  g_strfreev (self->found_args);
  G_OBJECT_CLASS (kith_board_lane_parent_class)->finalize (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, KithBoardLane, name)

static void
kith_board_lane_class_init (KithBoardLaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_board_lane_dispose;
  G_OBJECT_CLASS (klass)->finalize = kith_board_lane_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/board/kith-board-lane.ui");
  BIND (title);
  BIND (count);
  BIND (meta);
  BIND (nothing);
  BIND (blocked);
  BIND (stack);
  BIND (list);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, tip_cb);
}

static void
kith_board_lane_init (KithBoardLane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * kith_board_lane_new:
 * @queue: its id
 * @status: id of the queue_status
 *
 * Returns: (transfer floating): a lane of the cards in that status, without its heading before kith_board_lane_show(), and without cards before
 *   kith_board_lane_begin()
 */
GtkWidget *
kith_board_lane_new (KithContext *context,
                     const char  *queue,
                     const char  *status)
{
  KithBoardLane *self = g_object_new (KITH_TYPE_BOARD_LANE, NULL);
  const char *args[] = { queue, status, NULL };
  g_autoptr (GtkListItemFactory) factory = kith_list_slot_factory_new (KITH_TYPE_BOARD_CARD, context, self->list);
  GtkDropTarget *target = gtk_drop_target_new (KITH_TYPE_ROW, GDK_ACTION_MOVE);

  self->context = g_object_ref (context);
  self->queue = g_strdup (queue);
  self->status = g_strdup (status);
  self->cards = listen (self, kith_list_model_new_first (kith_context_get_desktop (context), "board-cards", kinds, args, FIRST));
  gtk_list_view_set_factory (self->list, factory);
  use_model (self);
  g_signal_connect_object (target, "motion", G_CALLBACK (motion_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  return GTK_WIDGET (self);
}
