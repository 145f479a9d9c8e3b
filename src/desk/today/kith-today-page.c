/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "today/kith-today-page.h"

#include <glib/gi18n.h>

#include "cases/kith-task-edit.h"
#include "kith-format.h"
#include "kith-shortcuts.h"
#include "kith-watch.h"
#include "today/kith-today-acts.h"
#include "today/kith-today-lines.h"
#include "today/kith-today-news.h"
#include "today/kith-today-next.h"
#include "today/kith-today-others.h"
#include "today/kith-today-part.h"
#include "widgets/kith-cards.h"
#include "widgets/kith-sync-chip.h"
#include "widgets/kith-unread.h"

struct _KithTodayPage
{
  KithPage parent_instance;
  KithSyncChip *chip;
  GtkStack *stack;
  GtkWidget *read_all, *tasks_box, *referrals_box, *calls_box, *steps_box, *later_box, *notices_box;
  GtkListBox *tasks, *referrals, *calls, *steps, *later, *notices; /* later: the tasks whose day has not come, or that have none */
  KithTodayOthers *others;
  KithTodayNext *next;
  GtkLabel *age;
  KithTodayPart parts[6];
  guint n_waiting, n_due; /* of the referrals, what waits for an answer: the rest goes on; of the tasks, those whose time has come. Also those not shown */
  guint read;             /* a bit for each part that was read */
  guint look_id;
  gboolean awaited;             /* entered, and nobody has done anything here yet: the focus goes to the first line, whatever comes above it */
  gconstpointer awaiting_focus; /* where it was at first; only compared */
};

G_DEFINE_FINAL_TYPE (KithTodayPage, kith_today_page, KITH_TYPE_PAGE)

enum { REFERRALS, TASKS, CALLS, STEPS, STEPLESS, NOTICES, N_PARTS }; /* stepless: of the same list, behind what has a day */
#define ALL_READ ((1u << N_PARTS) - 1)
#define STEP 50                                       /* lines of a list, and how many more are shown at a time */
#define STEPLESS_STEP 5                               /* what has no next step waits for no day: it must not bury what has */

#define AHEAD_DAYS 7                                  /* what is due later is not today's */
#define BACK_DAYS 30                                  /* how long a referral that came back waits to be sent on */
#define DAY G_GINT64_CONSTANT (86400000)
#define LOOK_AGAIN_S 300                              /* a reminder comes due without anybody changing anything */

static KithContext *
context_of (KithTodayPage *self)
{
  return kith_page_get_context (KITH_PAGE (self));
}

/* The first line there is: FALSE: there is none yet. */
static gboolean
focus_first (KithTodayPage *self)
{
  GtkListBox *lists[] = { self->tasks, self->referrals, self->calls, self->steps, self->later, kith_today_others_get_list (self->others), self->notices };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      GtkWidget *row = GTK_WIDGET (gtk_list_box_get_row_at_index (lists[i], 0));

      if (row && gtk_widget_grab_focus (row))
        return TRUE;
    }
  return FALSE;
}

/* Entered: to what is to be done first, not to the state of the line above it. */
static gboolean
kith_today_page_focus (GtkWidget       *widget,
                       GtkDirectionType direction)
{
  KithTodayPage *self = KITH_TODAY_PAGE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  gboolean entered = direction == GTK_DIR_TAB_FORWARD && root && !gtk_root_get_focus (root), moved;

  self->awaited |= entered;
  if (entered && focus_first (self))
    return TRUE;
  moved = GTK_WIDGET_CLASS (kith_today_page_parent_class)->focus (widget, direction);
  if (entered)
    self->awaiting_focus = root ? gtk_root_get_focus (root) : NULL;
  return moved;
}

/* How old what is shown is, while there is no hub to ask (ux.md 2.1). */
static void
tell_age (KithTodayPage *self)
{
  g_autofree char *when = NULL;
  g_autofree char *words = NULL;
  gint64 since, last;

  g_object_get (kith_context_get_desktop (context_of (self)), "offline-since", &since, "last-contact", &last, NULL);
  if (since)
    {
      when = kith_format_when (last ? last : since, kith_context_get_now (context_of (self)));
      /* Translators: a time, or a day and a time: how old what is shown is */
      words = g_strdup_printf (_("As of %s"), when);
    }
  gtk_label_set_text (self->age, words ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->age), words != NULL);
}

/* A list was filled anew. place: (transfer full) (nullable): which of its lines had the focus and is not there as it was; it has it again, or what came in its place. */
static void
update (KithTodayPage  *self,
        GtkListBox     *list,
        KithCardsPlace *place)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;
  guint n_others = kith_today_others_get_n (self->others), n_to_do = kith_today_others_get_n_to_do (self->others);
  guint n = n_others;
  gboolean any, none;

  for (guint i = 0; i < N_PARTS; i++)
    n += self->parts[i].total;
  any = n > 0;
  none = !any && self->read == ALL_READ && kith_today_others_is_known (self->others);
  gtk_widget_set_visible (self->referrals_box, self->parts[REFERRALS].total > 0);
  gtk_widget_set_visible (self->calls_box, self->parts[CALLS].total > 0);
  gtk_widget_set_visible (self->tasks_box, self->n_due > 0);
  gtk_widget_set_visible (self->later_box, gtk_list_box_get_row_at_index (self->later, 0) != NULL); /* behind all that is due */
  gtk_widget_set_visible (self->steps_box, self->parts[STEPS].total + self->parts[STEPLESS].total > 0);
  gtk_widget_set_visible (self->notices_box, self->parts[NOTICES].total > 0);
  kith_today_next_look (self->next, none ? context_of (self) : NULL);
  gtk_stack_set_visible_child_name (self->stack, any ? "list" : none ? "none" : "unread");
  kith_page_set_count (KITH_PAGE (self), self->n_waiting + self->parts[CALLS].total + self->n_due + n_to_do + self->parts[NOTICES].total);
  if (place)
    {
      kith_cards_return (GTK_WIDGET (list), place);
      if (self->awaited || kith_cards_get_focused (GTK_WIDGET (list)) < 0)
        focus_first (self);
      if (GTK_IS_WINDOW (root)) /* with what had it went the ring around it */
        gtk_window_set_focus_visible (GTK_WINDOW (root), TRUE);
    }
  else if (self->awaited && focus && focus != self->awaiting_focus && !gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    self->awaited = FALSE; /* somebody has begun to do something else */
  else if (self->awaited && gtk_widget_get_mapped (GTK_WIDGET (self)))
    focus_first (self);
}

/* A key or a click here: from now on nothing but the hands of whoever did it moves the focus. */
static gboolean
began_cb (KithTodayPage *self)
{
  self->awaited = FALSE;
  return GDK_EVENT_PROPAGATE;
}

static void
take (KithTodayPage *self,
      guint          part,
      GPtrArray     *rows)
{
  kith_today_part_take (&self->parts[part], rows);
  self->read |= 1u << part;
}

static void
add_part (KithTodayPage *self,
          GPtrArray     *lines,
          guint          part,
          KithTodayMake  make)
{
  kith_today_part_add (&self->parts[part], context_of (self), lines, part, make);
}

static void
tasks_cb (GPtrArray *rows,
          gpointer   user_data)
{
  KithTodayPage *self = user_data;
  GPtrArray *lines = g_ptr_array_new (), *later = g_ptr_array_new ();
  KithCardsPlace *left;
  guint n_due, n_later;

  take (self, TASKS, rows);
  rows = self->parts[TASKS].rows;
  for (guint i = 0; i < rows->len; i++)
    {
      gboolean due;
      GtkWidget *line = kith_today_task_new (context_of (self), rows->pdata[i], &due);

      kith_cards_name (line, kith_row_get_id (rows->pdata[i]));
      g_ptr_array_add (due ? lines : later, line);
    }
  n_due = lines->len;
  n_later = later->len;
  self->n_due = kith_today_part_of_all (&self->parts[TASKS], "n_due", n_due);
  kith_today_add_more (lines, TASKS, n_due, self->n_due);
  if (n_due == self->n_due)
    kith_today_add_more (later, TASKS, n_later, self->parts[TASKS].total - n_due);
  left = kith_cards_fill (self->later, later);
  update (self, self->tasks, kith_cards_fill (self->tasks, lines));
  if (left)
    update (self, self->later, left);
}

static void
referrals_cb (GPtrArray *rows,
              gpointer   user_data)
{
  KithTodayPage *self = user_data;
  GPtrArray *lines = g_ptr_array_new ();
  guint n_waiting = 0;

  take (self, REFERRALS, rows);
  rows = self->parts[REFERRALS].rows;
  for (guint i = 0; i < rows->len; i++)
    n_waiting += kith_row_get_int (rows->pdata[i], "later") == 0;
  self->n_waiting = kith_today_part_of_all (&self->parts[REFERRALS], "n_waiting", n_waiting);
  add_part (self, lines, REFERRALS, kith_today_referral_new);
  update (self, self->referrals, kith_cards_fill (self->referrals, lines));
}

static void
calls_cb (GPtrArray *rows,
          gpointer   user_data)
{
  KithTodayPage *self = user_data;
  GPtrArray *lines = g_ptr_array_new ();

  take (self, CALLS, rows);
  add_part (self, lines, CALLS, kith_today_call_new);
  update (self, self->calls, kith_cards_fill (self->calls, lines));
}

static void
fill_steps (KithTodayPage *self)
{
  GPtrArray *lines = g_ptr_array_new ();

  add_part (self, lines, STEPS, kith_today_step_new);
  add_part (self, lines, STEPLESS, kith_today_step_new);
  update (self, self->steps, kith_cards_fill (self->steps, lines));
}

static void
steps_cb (GPtrArray *rows,
          gpointer   user_data)
{
  take (user_data, STEPS, rows);
  fill_steps (user_data);
}

static void
stepless_cb (GPtrArray *rows,
             gpointer   user_data)
{
  take (user_data, STEPLESS, rows);
  fill_steps (user_data);
}

static void
notices_cb (GPtrArray *rows,
            gpointer   user_data)
{
  KithTodayPage *self = user_data;
  GPtrArray *lines = g_ptr_array_new ();

  take (self, NOTICES, rows);
  add_part (self, lines, NOTICES, kith_today_news_row_new);
  gtk_widget_set_visible (self->read_all, self->parts[NOTICES].total > 1);
  update (self, self->notices, kith_cards_fill (self->notices, lines));
}

static void
others_cb (KithTodayPage *self,
           gpointer       place)
{
  update (self, kith_today_others_get_list (self->others), place);
}

static void
row_activated_cb (KithTodayPage *self,
                  GtkListBoxRow *row)
{
  g_autofree char *place = g_strdup (g_object_get_data (G_OBJECT (row), "place"));
  guint part;

  if (kith_today_is_more (GTK_WIDGET (row), &part))
    {
      self->awaited = FALSE;
      if (part >= KITH_TODAY_MORE_OTHERS)
        kith_today_others_show_more (self->others, part);
      else
        kith_today_part_show_more (&self->parts[part], STEP);
      return;
    }
  if (g_object_get_data (G_OBJECT (row), "notice"))
    kith_today_news_read (context_of (self), g_object_get_data (G_OBJECT (row), "notice"));
  if (place)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.go", "s", place);
}

static void
read_all_cb (KithTodayPage *self)
{
  kith_today_news_read_all (context_of (self), self->notices, self->parts[NOTICES].total);
}

static void
watch (KithTodayPage     *self,
       guint              part,
       const char        *query,
       const char *const *kinds,
       const char *const *args,
       KithWatchFunc      func)
{
  kith_today_part_watch (&self->parts[part], context_of (self), query, kinds, args, func, self);
}

/* What is asked for depends on the day and the hour. */
static void
look (KithTodayPage *self)
{
  static const char *const task_kinds[] = { "task", "case", "client", NULL };
  static const char *const step_kinds[] = { "case", "assignment", NULL };
  static const char *const notice_kinds[] = { "notice", "referral", "client", "organization", NULL };
  static const char *const call_kinds[] = { "contact_record", "contact_need", "staff", NULL };
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (context_of (self)));
  gint64 now = kith_context_get_now (context_of (self));
  const char *me = kith_context_get_user (context_of (self));
  g_autofree char *iso = kith_time_format (now);
  g_autofree char *until = kith_format_today (now + AHEAD_DAYS * DAY);
  static const char *const referral_kinds[] = { "referral", "referral_course", "referral_detail", "referral_own", "staff", "capacity", "hold", "queue", "assignment", "past_assignment", NULL };
  g_autofree char *today = kith_format_today (now);
  g_autofree char *since = kith_time_format (now - BACK_DAYS * DAY);
  g_autofree char *morning = kith_format_day_begin (now);
  const char *referral_args[] = { me, iso, today, since, morning, NULL };
  const char *call_args[] = { me, today, NULL };
  const char *task_args[] = { me, iso, until, today, NULL }, *step_args[] = { me, until, NULL }, *my_args[] = { me, NULL };

  self->read = actor && actor->level == KITH_LEVEL_NETWORK ? 0 : 1u << CALLS;
  watch (self, REFERRALS, "referrals-waiting", referral_kinds, referral_args, referrals_cb);
  if (actor && actor->level == KITH_LEVEL_NETWORK) /* calls are 2-1-1's */
    watch (self, CALLS, "contacts-waiting", call_kinds, call_args, calls_cb);
  watch (self, TASKS, "tasks-due", task_kinds, task_args, tasks_cb);
  watch (self, STEPS, "cases-due", step_kinds, step_args, steps_cb);
  watch (self, STEPLESS, "cases-stepless", step_kinds, my_args, stepless_cb);
  watch (self, NOTICES, "notices-new", notice_kinds, my_args, notices_cb);
  kith_today_others_look (self->others, context_of (self));
}

/* Somebody else, or in another capacity: the lists begin anew. */
static void
actor_cb (KithTodayPage *self)
{
  for (guint i = 0; i < N_PARTS; i++)
    {
      kith_today_part_clear (&self->parts[i]);
      self->parts[i].limit = i == STEPLESS ? STEPLESS_STEP : STEP;
    }
  look (self);
}

static gboolean
look_again_cb (gpointer user_data)
{
  look (user_data);
  return G_SOURCE_CONTINUE;
}

static void
kith_today_page_constructed (GObject *object)
{
  KithTodayPage *self = KITH_TODAY_PAGE (object);

  G_OBJECT_CLASS (kith_today_page_parent_class)->constructed (object);
  kith_sync_chip_set_context (self->chip, context_of (self));
  g_signal_connect_object (context_of (self), "actor-changed", G_CALLBACK (actor_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (kith_context_get_desktop (context_of (self)), "notify::offline-since", G_CALLBACK (tell_age), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (kith_context_get_desktop (context_of (self)), "notify::last-contact", G_CALLBACK (tell_age), self, G_CONNECT_SWAPPED);
  tell_age (self);
  self->look_id = g_timeout_add_seconds (LOOK_AGAIN_S, look_again_cb, self);
  actor_cb (self);
}

static void
kith_today_page_dispose (GObject *object)
{
  KithTodayPage *self = KITH_TODAY_PAGE (object);

  g_clear_handle_id (&self->look_id, g_source_remove);
  for (guint i = 0; i < N_PARTS; i++)
    kith_today_part_clear (&self->parts[i]);
  gtk_widget_dispose_template (GTK_WIDGET (object), KITH_TYPE_TODAY_PAGE);
  G_OBJECT_CLASS (kith_today_page_parent_class)->dispose (object);
}

static void
kith_today_page_class_init (KithTodayPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = kith_today_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = kith_today_page_dispose;
  GTK_WIDGET_CLASS (klass)->focus = kith_today_page_focus;
  KITH_PAGE_CLASS (klass)->name = "today";
  KITH_PAGE_CLASS (klass)->title = N_("My Day");
  KITH_PAGE_CLASS (klass)->icon_name = "x-office-calendar-symbolic";
  KITH_PAGE_CLASS (klass)->counts = TRUE;
  g_type_ensure (KITH_TYPE_SYNC_CHIP);
  g_type_ensure (KITH_TYPE_TODAY_NEXT);
  g_type_ensure (KITH_TYPE_TODAY_OTHERS);
  g_type_ensure (KITH_TYPE_UNREAD);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/today/kith-today-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KithTodayPage, chip);
  gtk_widget_class_bind_template_child (widget_class, KithTodayPage, stack);
  gtk_widget_class_bind_template_child (widget_class, KithTodayPage, referrals_box);
  gtk_widget_class_bind_template_child (widget_class, KithTodayPage, referrals);
  gtk_widget_class_bind_template_child (widget_class, KithTodayPage, calls_box);
  gtk_widget_class_bind_template_child (widget_class, KithTodayPage, calls);
  gtk_widget_class_bind_template_child (widget_class, KithTodayPage, tasks_box);
  gtk_widget_class_bind_template_child (widget_class, KithTodayPage, steps_box);
  gtk_widget_class_bind_template_child (widget_class, KithTodayPage, notices_box);
  gtk_widget_class_bind_template_child (widget_class, KithTodayPage, tasks);
  gtk_widget_class_bind_template_child (widget_class, KithTodayPage, steps);
  gtk_widget_class_bind_template_child (widget_class, KithTodayPage, later_box);
  gtk_widget_class_bind_template_child (widget_class, KithTodayPage, later);
  gtk_widget_class_bind_template_child (widget_class, KithTodayPage, notices);
  gtk_widget_class_bind_template_child (widget_class, KithTodayPage, read_all);
  gtk_widget_class_bind_template_child (widget_class, KithTodayPage, others);
  gtk_widget_class_bind_template_child (widget_class, KithTodayPage, next);
  gtk_widget_class_bind_template_child (widget_class, KithTodayPage, age);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, read_all_cb);
  kith_today_acts_install (widget_class);
  kith_task_edit_install (widget_class);
  kith_shortcuts_install_class (widget_class, KITH_KEYS_TODAY);
}

/* The lists are one to whoever goes through the day with the arrows: the last line of one leads to the first of the next. */
static gboolean
keynav_failed_cb (GtkListBox      *list,
                  GtkDirectionType direction,
                  KithTodayPage   *self)
{
  GtkListBox *lists[] = { self->tasks, self->referrals, self->calls, self->steps, self->later, kith_today_others_get_list (self->others), self->notices };
  int n = G_N_ELEMENTS (lists), i = 0;

  if (direction != GTK_DIR_DOWN && direction != GTK_DIR_UP)
    return FALSE;
  while (lists[i] != list)
    i++;
  for (i += direction == GTK_DIR_DOWN ? 1 : -1; i >= 0 && i < n; i += direction == GTK_DIR_DOWN ? 1 : -1)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (lists[i], 0), *next = row;

      while (direction == GTK_DIR_UP && next)
        {
          row = next;
          next = gtk_list_box_get_row_at_index (lists[i], gtk_list_box_row_get_index (row) + 1);
        }
      if (row && gtk_widget_get_mapped (GTK_WIDGET (row)) && gtk_widget_grab_focus (GTK_WIDGET (row)))
        return TRUE;
    }
  return FALSE;
}

static void
kith_today_page_init (KithTodayPage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self->referrals, "keynav-failed", G_CALLBACK (keynav_failed_cb), self);
  g_signal_connect (self->calls, "keynav-failed", G_CALLBACK (keynav_failed_cb), self);
  g_signal_connect (self->tasks, "keynav-failed", G_CALLBACK (keynav_failed_cb), self);
  g_signal_connect (self->steps, "keynav-failed", G_CALLBACK (keynav_failed_cb), self);
  g_signal_connect (self->later, "keynav-failed", G_CALLBACK (keynav_failed_cb), self);
  g_signal_connect (kith_today_others_get_list (self->others), "keynav-failed", G_CALLBACK (keynav_failed_cb), self);
  g_signal_connect (self->notices, "keynav-failed", G_CALLBACK (keynav_failed_cb), self);
  g_signal_connect_object (kith_today_others_get_list (self->others), "row-activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->others, "changed", G_CALLBACK (others_cb), self, G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (began_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (began_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}
