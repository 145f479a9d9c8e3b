/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "capacity/kith-capacity-story.h"

#include <glib/gi18n.h>

#include "capacity/kith-capacity-week.h"
#include "capacity/kith-capacity-words.h"
#include "kith-format.h"
#include "kith-watch.h"
#include "referrals/kith-referral-brief.h"
#include "widgets/kith-cards.h"
#include "widgets/kith-lines.h"
#include "widgets/kith-wrap-box.h"

struct _KithCapacityStory
{
  AdwPreferencesRow parent_instance;
  KithContext *context;
  GtkBox *about, *waiting, *plans, *holds, *counts, *cancelled; /* each with its title, hidden while empty */
  GtkWidget *buttons;
  GtkBox *week_place;
  KithCapacityWeek *week;
  KithWatch *plan_watch;
  char *service, *unit;
  gboolean editable;
};

#define STEP 20         /* lines at first, and more at a time */
#define MOST_COUNTS 400 /* counts that are read (capacity-counts): more than a year of days */

G_DEFINE_FINAL_TYPE (KithCapacityStory, kith_capacity_story, ADW_TYPE_PREFERENCES_ROW)

static GtkBox *
section_new (const char *title)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4), *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "section-title");
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_set_visible (box, FALSE);
  return GTK_BOX (box);
}

static void
clear (GtkBox *box)
{
  GtkWidget *title = gtk_widget_get_first_child (GTK_WIDGET (box)), *line;

  while ((line = gtk_widget_get_next_sibling (title)))
    gtk_box_remove (box, line);
}

static GtkWidget *
line_new (const char *words)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *label = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (line), label);
  return line;
}

static GtkWidget *
add_line (GtkBox     *box,
          const char *words)
{
  GtkWidget *line = line_new (words);

  gtk_box_append (box, line);
  return line;
}

static GtkWidget *
add_act (KithCapacityStory *self,
         GtkWidget         *line,
         const char        *label,
         const char        *about,
         const char        *op,
         KithRow           *row,
         GCallback          clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);
  g_auto (GStrv) parts = g_strsplit (label, "_", 2);
  g_autofree char *plain = g_strjoinv ("", parts);
  /* Translators: for a screen reader: a button, and whom or what it is about */
  g_autofree char *spoken = g_strdup_printf (_("%s: %s"), plain, about);

  g_object_set_data_full (G_OBJECT (button), "row", g_object_ref (row), g_object_unref);
  g_object_set_data (G_OBJECT (button), "op", (gpointer) op);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (line), button);
  return button;
}

void
kith_capacity_story_describe (KithCapacityStory *self,
                              KithRow           *row)
{
  g_autofree char *until = kith_row_get_text (row, "until") ? kith_format_date (kith_row_get_text (row, "until")) : NULL;
  g_autofree char *holds = until ? g_strdup_printf (_("Holds until %s"), until) : NULL;
  g_autofree char *reserved = kith_capacity_reserved_words (row);
  const char *parts[] = { kith_capacity_assess_words (row), kith_row_get_text (row, "target_group"), kith_row_get_text (row, "note"), holds, reserved };
  gboolean any = FALSE;

  clear (self->about);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i])
      {
        add_line (self->about, parts[i]);
        any = TRUE;
      }
  gtk_widget_set_visible (GTK_WIDGET (self->about), any);
  kith_capacity_week_describe (self->week, row);
}

void
kith_capacity_story_flush (KithCapacityStory *self)
{
  kith_capacity_week_flush (self->week);
}

/* What is planned */

static char *
plan_days (KithRow *row)
{
  JsonNode *days = kith_row_get_text (row, "weekdays") ? json_from_string (kith_row_get_text (row, "weekdays"), NULL) : NULL;
  g_autofree char *names = days ? kith_format_codes ("weekday", json_node_get_array (days), ", ") : NULL;
  g_autofree char *last = kith_row_get_text (row, "ends_on") ? kith_format_date (kith_row_get_text (row, "ends_on")) : NULL;

  g_clear_pointer (&days, json_node_unref);
  if (!names)
    return kith_format_date (kith_row_get_text (row, "planned_on"));
  /* Translators: days of the week, and the last day of a plan */
  return last ? g_strdup_printf (_("%s, until %s"), names, last) : g_strdup (names);
}

/* When, and how many places are free then. */
static char *
plan_words (KithRow *row)
{
  g_autofree char *days = plan_days (row);
  g_autofree char *free = kith_capacity_amount (row);
  const char *hour = kith_row_get_text (row, "hour");

  /* Translators: when, at what time of day, and how many places are free then */
  return g_strdup_printf (_("%s, %s: %s"), days ? days : "", hour ? hour : "", free);
}

static void
cancel_cb (KithCapacityStory *self,
           GtkButton         *button)
{
  KithRow *row = g_object_get_data (G_OBJECT (button), "row");

  kith_context_submit (self->context, "capacity.cancel", kith_json_new ("plan", "s", kith_row_get_id (row), NULL), _("Plan cancelled"), TRUE, NULL, NULL);
}

static void
plans_cb (GPtrArray *rows,
          gpointer   user_data)
{
  KithCapacityStory *self = user_data;
  KithCardsPlace *focused = kith_cards_leave (GTK_WIDGET (self->plans));
  guint n = 0;

  clear (self->plans);
  for (guint i = 0; i < rows->len; i++)
    {
      KithRow *row = rows->pdata[i];
      const char *by = kith_row_get_text (row, "by_name");
      g_autofree char *words = plan_words (row);
      g_autofree char *planned = by ? g_strdup_printf (_("planned by %s"), by) : NULL;
      g_autofree char *whole = kith_format_join (words, kith_row_get_text (row, "note"), planned); /* P5: the note goes out with the number */
      GtkWidget *line;

      if (g_strcmp0 (kith_row_get_text (row, "unit"), self->unit) != 0)
        continue;
      line = add_line (self->plans, whole);
      kith_cards_name (line, kith_row_get_id (row));
      if (self->editable)
        add_act (self, line, _("_Cancel Plan"), words, NULL, row, G_CALLBACK (cancel_cb));
      n++;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->plans), n > 0);
  kith_cards_return (GTK_WIDGET (self->plans), focused);
}

/* On the wait list */

/* The receiver's side alone: who manages the service, supervises or works on the referral (hold.place). */
gboolean
kith_capacity_may_hold (KithContext *context,
                        const char  *service,
                        KithRow     *waiting)
{
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (context));

  return actor && actor->level == KITH_LEVEL_STANDARD &&
         ((actor->duties & KITH_DUTY_SUPERVISOR) != 0 || kith_actor_manages (actor, service) ||
          g_strcmp0 (kith_row_get_text (waiting, "assignee"), actor->user) == 0);
}

void
kith_capacity_hold (KithContext *context,
                    KithRow     *waiting)
{
  const char *name = kith_row_get_text (waiting, "contact_name"), *number = kith_row_get_text (waiting, "number");
  g_autofree char *done = kith_format_done (_("A place is asked for"), name ? name : number);

  kith_context_submit (context, "hold.place", kith_json_new ("referral", "s", kith_row_get_id (waiting), NULL), done, TRUE, NULL, NULL);
}

static void
hold_cb (KithCapacityStory *self,
         GtkButton         *button)
{
  kith_capacity_hold (self->context, g_object_get_data (G_OBJECT (button), "row"));
}

/* P12: since when is none of the eight fields, and the number is the contact record's. A place may be kept for a referral that is not here. */
static char *
whom (KithCapacityStory *self,
      KithRow           *row,
      const char        *since)
{
  g_autofree char *when = kith_referral_is_brief (self->context) ? NULL : kith_format_time (kith_row_get_text (row, since), kith_context_get_now (self->context));
  const char *number = kith_referral_number (self->context, row), *name = kith_row_get_text (row, "contact_name");

  if (name && when)
    return g_strdup_printf (_("%s, %s, since %s"), name, number ? number : "", when);
  if (name)
    return g_strdup_printf ("%s, %s", name, number ? number : "");
  if (number)
    return when ? g_strdup_printf (_("Referral %s, since %s"), number, when) : g_strdup_printf (_("Referral %s"), number);
  /* Translators: since when a place is kept for somebody not known here */
  return when ? g_strdup_printf (_("A referral, since %s"), when) : g_strdup (_("A referral"));
}

static GtkWidget *
waiting_line (KithRow *row,
              gpointer user_data)
{
  KithCapacityStory *self = user_data;
  g_autofree char *words = whom (self, row, "since");
  GtkWidget *line = line_new (words);

  if (kith_row_get_int (row, "asked"))
    {
      GtkWidget *asked = gtk_label_new (_("asked for, not confirmed"));

      gtk_widget_add_css_class (asked, "dim-label");
      gtk_box_append (GTK_BOX (line), asked);
    }
  else if (kith_capacity_may_hold (self->context, self->service, row))
    add_act (self, line, _("_Keep a Place"), words, "hold.place", row, G_CALLBACK (hold_cb));
  return line;
}

static void
waiting_told (guint    n,
              gpointer user_data)
{
  gtk_widget_set_visible (GTK_WIDGET (((KithCapacityStory *) user_data)->waiting), n > 0);
}

/* Held */

static void
end_hold_cb (KithCapacityStory *self,
             GtkButton         *button)
{
  KithRow *row = g_object_get_data (G_OBJECT (button), "row");
  const char *op = g_object_get_data (G_OBJECT (button), "op"), *name = kith_row_get_text (row, "contact_name");
  g_autofree char *done = kith_format_done (g_str_equal (op, "hold.release") ? _("Place given back") : _("Place taken up"),
                                            name ? name : kith_row_get_text (row, "number"));

  kith_context_submit (self->context, op, kith_json_new ("referral", "s", kith_row_get_text (row, "referral"), NULL), done, TRUE, NULL, NULL);
}

static GtkWidget *
hold_line (KithRow *row,
           gpointer user_data)
{
  KithCapacityStory *self = user_data;
  g_autofree char *words = whom (self, row, "placed_at");
  GtkWidget *line = line_new (words);

  /* Without the referral here one is not at work on it. */
  if (!kith_row_get_text (row, "number") || !kith_capacity_may_hold (self->context, self->service, row))
    return line;
  add_act (self, line, _("_Give Back"), words, "hold.release", row, G_CALLBACK (end_hold_cb));
  add_act (self, line, _("_Taken Up"), words, "hold.convert", row, G_CALLBACK (end_hold_cb));
  return line;
}

static void
holds_told (guint    n,
            gpointer user_data)
{
  gtk_widget_set_visible (GTK_WIDGET (((KithCapacityStory *) user_data)->holds), n > 0);
}

/* Counted before */

static GtkWidget *
count_line (KithRow *row,
            gpointer user_data)
{
  KithCapacityStory *self = user_data;
  gboolean only_words = kith_row_get_int (row, "words") != 0;
  g_autofree char *when = kith_format_time (kith_row_get_text (row, only_words ? "at" : "observed_at"), kith_context_get_now (self->context));
  g_autofree char *free = only_words ? g_strdup (_("not counted, described")) : kith_capacity_amount (row);
  const char *by = kith_row_get_text (row, "plan") ? _("as planned") : kith_row_get_text (row, "by_name"), *note = kith_row_get_text (row, "note");
  /* Translators: how many places there are, free or not, as somebody said then */
  g_autofree char *all = kith_row_get_text (row, "maximum") ? g_strdup_printf (_("%s in all"), kith_row_get_text (row, "maximum")) : NULL;
  const char *kind = kith_row_get_text (row, "kind") ? kith_format_code ("capacity_kind", kith_row_get_text (row, "kind")) : NULL;
  /* Translators: what the places are for, as somebody said then: "for: An assessment" */
  g_autofree char *what = kind ? g_strdup_printf (_("for: %s"), kind) : NULL;
  const char *first = !kith_row_get_text (row, "assess_first") ? NULL : kith_row_get_int (row, "assess_first") ? C_("free places", "call first") : _("without calling first");
  const char *parts[] = { when, free, all, what, first, by, note, kith_row_get_int (row, "late") ? _("came in after a newer count") : NULL };
  g_autoptr (GString) words = g_string_new (NULL);
  GtkWidget *line;

  for (guint p = 0; p < G_N_ELEMENTS (parts); p++)
    if (parts[p] && *parts[p])
      g_string_append_printf (words, "%s%s", words->len > 0 ? " · " : "", parts[p]);
  line = line_new (words->str);
  gtk_widget_add_css_class (line, "dim-label");
  return line;
}

/* What is left out is said: of the rest there are too many to be counted each time. */
static void
counts_told (guint    n,
             gpointer user_data)
{
  KithCapacityStory *self = user_data;
  g_autofree char *last = n < MOST_COUNTS ? NULL : g_strdup_printf (ngettext ("The last %d count", "The last %d counts", MOST_COUNTS), MOST_COUNTS);

  gtk_label_set_text (GTK_LABEL (gtk_widget_get_first_child (GTK_WIDGET (self->counts))), last ? last : _("Counted before"));
  gtk_widget_set_visible (GTK_WIDGET (self->counts), n > 0);
}

/* P4: a plan that was cancelled by mistake, or by somebody else, is missed: who did it can be asked. */
static GtkWidget *
cancelled_line (KithRow *row,
                gpointer user_data)
{
  KithCapacityStory *self = user_data;
  const char *by = kith_row_get_text (row, "cancelled_by_name"), *planner = kith_row_get_text (row, "by_name");
  g_autofree char *when = kith_format_time (kith_row_get_text (row, "cancelled_at"), kith_context_get_now (self->context));
  g_autofree char *words = plan_words (row);
  g_autofree char *planned = planner ? g_strdup_printf (_("planned by %s"), planner) : NULL;
  /* Translators: a day or a time, and who cancelled a plan */
  g_autofree char *ended = by ? g_strdup_printf (_("cancelled %s by %s"), when ? when : "", by) : g_strdup_printf (_("cancelled %s"), when ? when : "");
  g_autofree char *whole = kith_format_join (words, planned, ended);
  GtkWidget *line = line_new (whole);

  gtk_widget_add_css_class (line, "dim-label");
  return line;
}

static void
cancelled_told (guint    n,
                gpointer user_data)
{
  gtk_widget_set_visible (GTK_WIDGET (((KithCapacityStory *) user_data)->cancelled), n > 0);
}

/* A list below the title of its section, which shows as long as there is something in it. */
static void
add_lines (KithCapacityStory *self,
           GtkBox            *section,
           const char        *query,
           const char *const *kinds,
           const char *const *args,
           KithLinesMake      make,
           KithLinesTold      told)
{
  GtkWidget *lines = kith_lines_new (self->context, gtk_box_new (GTK_ORIENTATION_VERTICAL, 4), STEP, make, told, self);

  gtk_box_append (section, lines);
  kith_lines_set_query (KITH_LINES (lines), query, kinds, args);
}

static void
kith_capacity_story_dispose (GObject *object)
{
  KithCapacityStory *self = KITH_CAPACITY_STORY (object);

  g_clear_object (&self->plan_watch);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_capacity_story_parent_class)->dispose (object);
}

static void
kith_capacity_story_finalize (GObject *object)
{
  KithCapacityStory *self = KITH_CAPACITY_STORY (object);

  g_free (self->service);
  g_free (self->unit);
  G_OBJECT_CLASS (kith_capacity_story_parent_class)->finalize (object);
}

static void
kith_capacity_story_class_init (KithCapacityStoryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_capacity_story_dispose;
  G_OBJECT_CLASS (klass)->finalize = kith_capacity_story_finalize;
}

static void
add_button (KithCapacityStory *self,
            const char        *label,
            const char        *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  kith_wrap_box_append (KITH_WRAP_BOX (self->buttons), button);
}

static void
kith_capacity_story_init (KithCapacityStory *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->buttons = kith_wrap_box_new ();
  add_button (self, _("_Edit…"), "capacity.edit");
  add_button (self, _("_Plan Ahead…"), "capacity.plan");
  add_button (self, _("_Count Another Unit…"), "capacity.other");
  add_button (self, _("_Stop Counting"), "capacity.stop");
  self->about = section_new (_("Partners read"));
  self->waiting = section_new (_("On the wait list"));
  self->week_place = section_new (_("Week"));
  self->plans = section_new (_("Planned"));
  self->holds = section_new (_("Held for accepted referrals"));
  self->counts = section_new (_("Counted before"));
  self->cancelled = section_new (_("Plans cancelled"));
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_box_append (GTK_BOX (box), self->buttons);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->about));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->week_place));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->waiting));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->plans));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->holds));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->counts));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->cancelled));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
}

/**
 * kith_capacity_story_new:
 * @capacity: id of the capacity record
 * @service: id of its service: plans are made for a service
 *
 * Returns: (transfer floating): it fills when what it shows has been read, and follows changes
 */
GtkWidget *
kith_capacity_story_new (KithContext *context,
                         KithRow     *row,
                         gboolean     editable)
{
  static const char *const plan_kinds[] = { "capacity_plan", NULL }, *const hold_kinds[] = { "hold", NULL }, *const count_kinds[] = { "capacity_observation", NULL },
                    *const waiting_kinds[] = { "referral", "hold", NULL };
  KithCapacityStory *self = g_object_new (KITH_TYPE_CAPACITY_STORY, NULL);
  const char *capacity = kith_row_get_text (row, "capacity"), *service = kith_row_get_text (row, "service"), *unit = kith_row_get_text (row, "unit");
  const char *of_service[] = { service, NULL }, *of_capacity[] = { capacity, NULL }, *of_unit[] = { service, unit, NULL };

  self->context = g_object_ref (context);
  self->service = g_strdup (service);
  self->unit = g_strdup (unit);
  self->editable = editable;
  gtk_widget_set_visible (self->buttons, editable);
  self->week = KITH_CAPACITY_WEEK (kith_capacity_week_widget_new (context, row, editable));
  gtk_box_append (self->week_place, GTK_WIDGET (self->week));
  gtk_widget_set_visible (GTK_WIDGET (self->week_place), TRUE);
  add_lines (self, self->waiting, "capacity-waiting", waiting_kinds, of_service, waiting_line, waiting_told);
  self->plan_watch = kith_watch_new (context, "capacity-plans", plan_kinds, service, plans_cb, self);
  add_lines (self, self->holds, "capacity-holds", hold_kinds, of_capacity, hold_line, holds_told);
  add_lines (self, self->counts, "capacity-counts", count_kinds, of_capacity, count_line, counts_told);
  add_lines (self, self->cancelled, "capacity-plans-cancelled", plan_kinds, of_unit, cancelled_line, cancelled_told);
  return GTK_WIDGET (self);
}
