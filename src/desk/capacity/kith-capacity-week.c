/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "capacity/kith-capacity-week-private.h"

#include <glib/gi18n.h>

#include "capacity/kith-capacity-words.h"
#include "kith-format.h"
#include "kith-shortcuts.h"
#include "widgets/kith-two-sides.h"

G_DEFINE_FINAL_TYPE (KithCapacityWeek, kith_capacity_week, GTK_TYPE_BOX)

/* The day that has the focus; −1: none */
static int
current (KithCapacityWeek *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  for (int i = 0; focus && i < KITH_CAPACITY_DAYS; i++)
    if (focus == self->cells[i].button)
      return i;
  return -1;
}

/* Showing */

static void
show_line (GtkLabel   *label,
           const char *title,
           const char *words,
           const char *none)
{
  /* Translators: "Planned" or "Counted", and below it what was */
  g_autofree char *line = g_strdup_printf (_("%s\n%s"), title, words ? words : none);

  gtk_label_set_text (label, line);
  if (words)
    gtk_widget_remove_css_class (GTK_WIDGET (label), "dim-label");
  else
    gtk_widget_add_css_class (GTK_WIDGET (label), "dim-label");
}

void
kith_capacity_week_show_day (KithCapacityWeek *self,
                             int               i)
{
  KithCapacityDay *day = kith_capacity_week_day (self, i);
  Cell *cell = &self->cells[i];
  int typed = kith_capacity_week_typed (self, day);
  g_autofree char *today = kith_capacity_today (self->zone, kith_context_get_now (self->context));
  gboolean is_today = g_str_equal (day->iso, today);
  g_autofree char *name = kith_capacity_day_name (day);
  g_autofree char *named = is_today ? g_strdup_printf (_("%s, today"), name) : g_strdup (name);
  g_autofree char *planned = kith_capacity_day_planned (day);
  g_autofree char *counted = kith_capacity_day_counted (day);
  g_autofree char *wrong = typed >= 0 ? kith_capacity_too_many (self->row, typed) : NULL;
  g_autofree char *waits = wrong ? g_strdup_printf (_("%d: %s"), typed, wrong) : typed >= 0 ? g_strdup_printf (_("%d, not planned yet"), typed) : NULL;
  /* Translators: for a screen reader: what is planned for a day, and what was counted on it */
  g_autofree char *plan_words = g_strdup_printf (_("Planned: %s"), planned ? planned : _("nothing"));
  g_autofree char *count_words = g_strdup_printf (_("Counted: %s"), counted ? counted : _("nothing"));
  g_autofree char *spoken = kith_format_join (named, waits, plan_words, count_words);

  gtk_label_set_text (cell->name, named);
  show_line (cell->planned, _("Planned"), planned, "–");
  show_line (cell->counted, _("Counted"), counted, "–");
  gtk_label_set_text (cell->typed, waits ? waits : "");
  gtk_widget_set_visible (GTK_WIDGET (cell->typed), waits != NULL);
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (cell->typed), "field-error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (cell->typed), "field-error");
  if (waits)
    gtk_widget_add_css_class (cell->button, "unsaved");
  else
    gtk_widget_remove_css_class (cell->button, "unsaved");
  if (is_today)
    gtk_widget_add_css_class (cell->button, "today");
  else
    gtk_widget_remove_css_class (cell->button, "today");
  gtk_accessible_update_property (GTK_ACCESSIBLE (cell->button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

/* How many weeks after the one it is now: another one begins while the page is open. */
static int
weeks_ahead (KithCapacityWeek *self)
{
  g_autoptr (GPtrArray) now = kith_capacity_week_new (self->zone, kith_context_get_now (self->context), 0);
  gint64 hours = (kith_capacity_week_day (self, 0)->begin_ms - ((KithCapacityDay *) now->pdata[0])->begin_ms) / (60 * 60 * 1000);

  return (int) ((hours + (hours < 0 ? -12 : 12)) / (KITH_CAPACITY_DAYS * 24)); /* a clock may have been put forward in between, or back */
}

void
kith_capacity_week_update (KithCapacityWeek *self)
{
  KithCapacityDay *first = kith_capacity_week_day (self, 0), *last = kith_capacity_week_day (self, KITH_CAPACITY_DAYS - 1);
  g_autofree char *from = kith_format_date (first->iso);
  g_autofree char *to = kith_format_date (last->iso);
  /* Translators: the first and the last day of a week */
  g_autofree char *title = g_strdup_printf (_("%s – %s"), from, to);

  kith_capacity_week_fill (self->days, self->plans, kith_row_get_text (self->row, "unit"), self->counts, kith_context_get_now (self->context));
  gtk_label_set_text (self->title, title);
  gtk_widget_set_visible (self->now_button, weeks_ahead (self) != 0);
  for (int i = 0; i < KITH_CAPACITY_DAYS; i++)
    kith_capacity_week_show_day (self, i);
}

static void
take (GPtrArray **rows,
      GPtrArray  *now)
{
  g_clear_pointer (rows, g_ptr_array_unref);
  *rows = g_ptr_array_ref (now);
}

static void
plans_cb (GPtrArray *rows,
          gpointer   user_data)
{
  KithCapacityWeek *self = user_data;

  take (&self->plans, rows);
  kith_capacity_week_update (self);
}

static void
counts_cb (GPtrArray *rows,
           gpointer   user_data)
{
  KithCapacityWeek *self = user_data;

  take (&self->counts, rows);
  kith_capacity_week_update (self);
}

static void
go_to_week (KithCapacityWeek *self,
            int               weeks)
{
  static const char *const kinds[] = { "capacity_observation", NULL };
  g_autofree char *since = NULL;
  g_autofree char *before = NULL;

  g_clear_pointer (&self->days, g_ptr_array_unref);
  self->days = kith_capacity_week_new (self->zone, kith_context_get_now (self->context), weeks);
  since = kith_time_format (kith_capacity_week_day (self, 0)->begin_ms);
  before = kith_capacity_week_end (self->days);
  g_clear_pointer (&self->counts, g_ptr_array_unref);
  if (self->count_watch)
    kith_watch_set_args (self->count_watch, (const char *const[]) { kith_row_get_text (self->row, "capacity"), since, before, NULL });
  else
    self->count_watch = kith_watch_new_args (self->context, "capacity-week", kinds,
                                             (const char *const[]) { kith_row_get_text (self->row, "capacity"), since, before, NULL }, counts_cb, self);
  kith_capacity_week_update (self);
}

/* Keys */

static void
week_action (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  KithCapacityWeek *self = KITH_CAPACITY_WEEK (widget);
  int i = current (self);

  if (g_str_equal (name, "week.earlier") || g_str_equal (name, "week.later"))
    go_to_week (self, weeks_ahead (self) + (g_str_equal (name, "week.later") ? 1 : -1));
  else if (g_str_equal (name, "week.now"))
    {
      go_to_week (self, 0);
      gtk_widget_grab_focus (self->cells[0].button); /* the button goes */
    }
  else if (i < 0)
    return;
  else if (g_str_equal (name, "week.cancel"))
    kith_capacity_week_cancel (self, i);
  else
    kith_capacity_week_plan (self, i, g_str_equal (name, "week.every"));
}

static gboolean
is_beside (KithCapacityWeek *self)
{
  graphene_point_t a, b, zero = GRAPHENE_POINT_INIT (0, 0);

  return gtk_widget_compute_point (self->cells[0].button, self->days_box, &zero, &a) && gtk_widget_compute_point (self->cells[1].button, self->days_box, &zero, &b) &&
         a.y == b.y;
}

/* Past either end of a week that is read from left to right lies the next one. */
static gboolean
move (KithCapacityWeek *self,
      int               from,
      int               by,
      gboolean          on)
{
  int to = from + by;

  if (to >= 0 && to < KITH_CAPACITY_DAYS)
    return gtk_widget_grab_focus (self->cells[to].button);
  if (!on)
    return FALSE;
  go_to_week (self, weeks_ahead (self) + (by > 0 ? 1 : -1));
  return gtk_widget_grab_focus (self->cells[by > 0 ? 0 : KITH_CAPACITY_DAYS - 1].button);
}

static gboolean
key_cb (KithCapacityWeek *self,
        guint             key,
        guint             code,
        GdkModifierType   state)
{
  int i = current (self);
  gboolean beside = is_beside (self), rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  if (i < 0 || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  switch (key)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      return move (self, i, ((key == GDK_KEY_Right || key == GDK_KEY_KP_Right) != rtl) ? 1 : -1, TRUE);
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      return !beside && move (self, i, key == GDK_KEY_Down || key == GDK_KEY_KP_Down ? 1 : -1, FALSE);
    case GDK_KEY_Home:
    case GDK_KEY_End:
      return gtk_widget_grab_focus (self->cells[key == GDK_KEY_Home ? 0 : KITH_CAPACITY_DAYS - 1].button);
    default:
      return self->editable && kith_capacity_week_type (self, i, key);
    }
}

static void
clicked_cb (KithCapacityWeek *self,
            GtkWidget        *button)
{
  for (int i = 0; i < KITH_CAPACITY_DAYS; i++)
    if (self->cells[i].button == button && self->editable)
      kith_capacity_week_plan (self, i, FALSE);
}

/* Making it */

static GtkLabel *
cell_label_new (GtkWidget *box)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static GtkWidget *
button_new (const char *icon,
            const char *label,
            const char *action)
{
  GtkWidget *button = icon ? gtk_button_new_from_icon_name (icon) : gtk_button_new_with_mnemonic (label);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  if (icon)
    {
      g_autofree char *keys = kith_shortcuts_label (action);
      g_autofree char *tip = g_strdup_printf ("%s (%s)", label, keys ? keys : "");

      gtk_widget_set_tooltip_text (button, tip);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
    }
  return button;
}

static void
kith_capacity_week_dispose (GObject *object)
{
  KithCapacityWeek *self = KITH_CAPACITY_WEEK (object);

  if (self->draft)
    g_object_run_dispose (G_OBJECT (self->draft));
  g_clear_object (&self->draft);
  g_clear_object (&self->plan_watch);
  g_clear_object (&self->count_watch);
  g_clear_pointer (&self->days, g_ptr_array_unref);
  g_clear_pointer (&self->plans, g_ptr_array_unref);
  g_clear_pointer (&self->counts, g_ptr_array_unref);
  g_clear_pointer (&self->typed, g_hash_table_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_object (&self->row);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_capacity_week_parent_class)->dispose (object);
}

static void
kith_capacity_week_class_init (KithCapacityWeekClass *klass)
{
  static const char *const actions[] = { "week.earlier", "week.later", "week.now", "week.plan", "week.every", "week.cancel" };

  G_OBJECT_CLASS (klass)->dispose = kith_capacity_week_dispose;
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), actions[i], NULL, week_action);
  kith_shortcuts_install_class (GTK_WIDGET_CLASS (klass), KITH_KEYS_WEEK);
}

static void
kith_capacity_week_init (KithCapacityWeek *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *title = gtk_label_new (NULL);
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  self->typed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->title = GTK_LABEL (title);
  gtk_label_set_wrap (self->title, TRUE);
  gtk_label_set_xalign (self->title, 0);
  gtk_widget_add_css_class (title, "heading");
  gtk_widget_set_hexpand (title, TRUE);
  self->now_button = button_new (NULL, _("_This Week"), "week.now");
  gtk_widget_set_name (self->now_button, "this-week");
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), self->now_button);
  gtk_box_append (GTK_BOX (head), button_new ("go-previous-symbolic", _("The week before"), "week.earlier"));
  gtk_box_append (GTK_BOX (head), button_new ("go-next-symbolic", _("The week after"), "week.later"));
  self->days_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_layout_manager (self->days_box, kith_two_sides_new_of (92, 4));
  gtk_widget_set_name (self->days_box, "days");
  for (int i = 0; i < KITH_CAPACITY_DAYS; i++)
    {
      GtkWidget *button = gtk_button_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *first = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

      gtk_widget_set_layout_manager (box, kith_two_sides_new_of (72, 6));
      gtk_box_append (GTK_BOX (box), first);
      self->cells[i].button = button;
      self->cells[i].name = cell_label_new (first);
      self->cells[i].typed = cell_label_new (first);
      self->cells[i].planned = cell_label_new (box);
      self->cells[i].counted = cell_label_new (box);
      gtk_widget_add_css_class (GTK_WIDGET (self->cells[i].name), "heading");
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_add_css_class (button, "week-day");
      gtk_button_set_child (GTK_BUTTON (button), box);
      g_signal_connect_object (button, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (self->days_box), button);
    }
  self->clock = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_set_name (GTK_WIDGET (self->clock), "clock");
  gtk_label_set_wrap (self->clock, TRUE);
  gtk_label_set_xalign (self->clock, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->clock), "dim-label");
  gtk_box_append (GTK_BOX (self), head);
  gtk_box_append (GTK_BOX (self), self->days_box);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->clock));
  /* Before the buttons, the list around them and the window have a say: arrows and digits are the week's. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->days_box, keys);
  kith_shortcuts_install_first (self->days_box, "week.plan");
}

/* Which clock it is by, where this computer's shows another time at some moment of the week. */
static void
show_clock (KithCapacityWeek *self)
{
  const char *name = kith_row_get_text (self->row, "time_zone");
  gint64 begin = kith_capacity_week_day (self, 0)->begin_ms / 1000;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (begin);
  g_autoptr (GDateTime) there = g_date_time_to_timezone (utc, self->zone);
  g_autoptr (GDateTime) here = g_date_time_to_local (utc);
  g_autofree char *words = NULL;

  if (g_date_time_get_utc_offset (there) != g_date_time_get_utc_offset (here))
    words = name ? g_strdup_printf (_("Days and hours are by the clock of the agency: %s."), name)
                 : g_strdup (_("Days and hours are by UTC: the agency has set no time zone. Its administrator can, on the page Agency."));
  gtk_label_set_text (self->clock, words ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->clock), words != NULL);
}

void
kith_capacity_week_describe (KithCapacityWeek *self,
                             KithRow          *row)
{
  gboolean moved = g_strcmp0 (kith_row_get_text (self->row, "time_zone"), kith_row_get_text (row, "time_zone")) != 0;

  g_set_object (&self->row, row);
  if (!moved)
    return;
  g_time_zone_unref (self->zone);
  self->zone = kith_capacity_zone (row);
  go_to_week (self, 0);
  show_clock (self);
}

/**
 * kith_capacity_week_widget_new:
 *
 * Returns: (transfer floating): it begins with this week, fills when that has been read, and follows changes
 */
GtkWidget *
kith_capacity_week_widget_new (KithContext *context,
                               KithRow     *row,
                               gboolean     editable)
{
  static const char *const kinds[] = { "capacity_plan", NULL };
  KithCapacityWeek *self = g_object_new (KITH_TYPE_CAPACITY_WEEK, NULL);
  g_autofree char *key = g_strdup_printf ("capacity:%s:week", kith_row_get_text (row, "capacity"));

  self->context = g_object_ref (context);
  self->row = g_object_ref (row);
  self->zone = kith_capacity_zone (row);
  self->editable = editable;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "week.plan", editable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "week.every", editable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "week.cancel", editable);
  if (editable)
    {
      GtkWidget *hint = gtk_label_new (_("Type a number on a day: Enter plans it for that day, W for every such day of the week. Without a number Enter asks for all else; "
                                         "Delete cancels what is planned."));

      gtk_label_set_wrap (GTK_LABEL (hint), TRUE);
      gtk_label_set_xalign (GTK_LABEL (hint), 0);
      gtk_widget_add_css_class (hint, "dim-label");
      gtk_box_append (GTK_BOX (self), hint);
    }
  go_to_week (self, 0);
  show_clock (self);
  self->plan_watch = kith_watch_new (context, "capacity-plans", kinds, kith_row_get_text (row, "service"), plans_cb, self);
  if (editable)
    self->draft = kith_draft_new (context, key, NULL, kith_capacity_week_collect_draft, kith_capacity_week_restore_draft, self);
  return GTK_WIDGET (self);
}
