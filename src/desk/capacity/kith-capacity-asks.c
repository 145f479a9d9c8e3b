/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "capacity/kith-capacity-asks.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "capacity/kith-capacity-words.h"
#include "kith-format.h"
#include "widgets/kith-ask-window.h"

JsonObject *
kith_capacity_arguments (KithRow *row)
{
  return kith_json_new ("service", "s", kith_row_get_text (row, "service"), "unit", "s", kith_row_get_text (row, "unit"), NULL);
}

#define MORNING "08:00" /* where nothing else is known */

static gboolean
opens_on (JsonObject *schedule,
          const char *weekday)
{
  const char *days = kith_json_string (schedule, "byday");

  return !weekday || !days || !*days || strstr (days, weekday) != NULL;
}

/* The first of them that day, else of any. Yours */
static char *
first_hour (JsonArray  *schedules,
            const char *weekday)
{
  guint first = G_MAXUINT;

  for (guint i = 0; i < json_array_get_length (schedules); i++)
    {
      JsonObject *schedule = json_node_get_object (json_array_get_element (schedules, i));
      const char *at = schedule ? kith_json_string (schedule, "opens_at") : NULL;
      guint h, m;

      if (at && opens_on (schedule, weekday) && sscanf (at, "%2u:%2u", &h, &m) == 2 && h < 24 && m < 60)
        first = MIN (first, h * 60 + m);
    }
  return first == G_MAXUINT ? NULL : g_strdup_printf ("%02u:%02u", first / 60, first % 60);
}

char *
kith_capacity_opening_hour (KithRow    *row,
                            const char *weekday)
{
  const char *text = kith_row_get_text (row, "schedules");
  g_autoptr (JsonNode) node = text ? json_from_string (text, NULL) : NULL;
  JsonArray *schedules = node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  char *hour = schedules ? first_hour (schedules, weekday) : NULL;

  if (!hour && schedules && weekday)
    hour = first_hour (schedules, NULL);
  return hour ? hour : g_strdup (MORNING);
}

/* More than there can be, said while it is typed. row: of which a plan is; NULL: how many there are is asked beside it. */
static char *
number_in (JsonObject *args,
           const char *name)
{
  JsonNode *node = json_object_get_member (args, name);

  return node && json_node_get_value_type (node) == G_TYPE_INT64 ? g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node)) : NULL;
}

static void
note_cb (GtkWidget  *note,
         JsonObject *args)
{
  KithRow *row = g_object_get_data (G_OBJECT (note), "row");
  g_autofree char *free = number_in (args, "free"), *all = number_in (args, "maximum"), *kept = number_in (args, "reserved");
  int number = free ? (int) CLAMP (g_ascii_strtoll (free, NULL, 10), 0, G_MAXINT) : 0;
  g_autofree char *words = row ? kith_capacity_too_many (row, number) : kith_capacity_too_many_of (all, kept, number);

  gtk_label_set_text (GTK_LABEL (note), words ? words : "");
  gtk_widget_set_visible (note, words != NULL);
}

static void
say_too_many (GtkWidget *window,
              KithRow   *row)
{
  GtkWidget *note = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, "wrap", TRUE, "xalign", 0.0, "name", "too-many", NULL);

  gtk_widget_add_css_class (note, "field-error");
  if (row)
    g_object_set_data_full (G_OBJECT (note), "row", g_object_ref (row), g_object_unref);
  kith_ask_window_add_note (KITH_ASK_WINDOW (window), note, note_cb);
}

static const char *const texts[] = { "unit_name", "period", "status", "kind", "note", "target_group", "until" };
static const char *const numbers[] = { "free", "maximum", "reserved", "waiting" };
static const char *const switches[] = { "assess_first", "per_referral" };

/* A line as it stood: it is left out, so that an old number is no count and nobody else's change goes. One that was emptied no longer holds;
 * the state always does. */
static void
keep_change (JsonObject *preset,
             JsonObject *args,
             const char *name)
{
  JsonNode *before = json_object_get_member (preset, name), *now = json_object_get_member (args, name);

  if (before && now && kith_json_equal (before, now))
    json_object_remove_member (args, name);
  else if (before && !now && !g_str_equal (name, "status"))
    json_object_set_null_member (args, name);
}

static void
keep_switch (JsonObject *preset,
             JsonObject *args,
             const char *name)
{
  gboolean now = kith_json_bool (args, name, FALSE);

  json_object_remove_member (args, name);
  if (now != kith_json_bool (preset, name, FALSE))
    json_object_set_boolean_member (args, name, now);
}

static void
submit_changes (KithContext        *context,
                JsonObject         *args,
                gpointer            preset,
                GAsyncReadyCallback callback,
                gpointer            user_data)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    keep_change (preset, args, texts[i]);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    keep_change (preset, args, numbers[i]);
  for (guint i = 0; i < G_N_ELEMENTS (switches); i++)
    keep_switch (preset, args, switches[i]);
  if (json_object_get_size (args) == 2) /* the service and the unit: nothing was changed */
    {
      g_autoptr (GTask) nothing = g_task_new (context, NULL, callback, user_data);

      json_object_unref (args);
      g_task_return_boolean (nothing, TRUE);
      return;
    }
  kith_context_submit (context, "capacity.observe", args, _("Saved"), TRUE, callback, user_data);
}

static void
preset_number (KithRow    *row,
               JsonObject *preset,
               const char *name)
{
  if (kith_row_get_text (row, name))
    json_object_set_int_member (preset, name, kith_row_get_int (row, name));
}

void
kith_capacity_ask_edit (GtkWidget   *widget,
                        KithContext *context,
                        KithRow     *row)
{
  JsonObject *preset = kith_json_new (NULL, NULL);
  GtkWidget *window;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (kith_row_get_text (row, texts[i]))
      json_object_set_string_member (preset, texts[i], kith_row_get_text (row, texts[i]));
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    preset_number (row, preset, numbers[i]);
  for (guint i = 0; i < G_N_ELEMENTS (switches); i++)
    json_object_set_boolean_member (preset, switches[i], kith_row_get_int (row, switches[i]) != 0);
  window = kith_ask_window_new (GTK_WINDOW (gtk_widget_get_root (widget)), context, "capacity.observe", kith_row_get_text (row, "name"),
                                _("What you say here is seen by everybody who may send referrals."), _("Save"), _("Saved"), kith_capacity_arguments (row), json_object_ref (preset));
  say_too_many (window, NULL);
  kith_ask_window_set_submit (KITH_ASK_WINDOW (window), submit_changes, preset, (GDestroyNotify) json_object_unref);
  kith_ask_window_keep_draft (KITH_ASK_WINDOW (window), "dir", NULL);
  gtk_window_present (GTK_WINDOW (window));
}

void
kith_capacity_ask_plan (GtkWidget   *widget,
                        KithContext *context,
                        KithRow     *row)
{
  g_autofree char *hour = kith_capacity_opening_hour (row, NULL);
  JsonObject *preset = kith_json_new ("hour", "s", hour, NULL);
  GtkWidget *window;

  preset_number (row, preset, "free");
  window = kith_ask_window_new (GTK_WINDOW (gtk_widget_get_root (widget)), context, "capacity.schedule", kith_row_get_text (row, "name"),
                                _("Choose one day, or the days of the week. At that hour the number becomes this, unless somebody counts later."), _("Plan"),
                                _("Planned"), kith_capacity_arguments (row), preset);
  say_too_many (window, row);
  kith_ask_window_keep_draft (KITH_ASK_WINDOW (window), "dir", NULL);
  gtk_window_present (GTK_WINDOW (window));
}

void
kith_capacity_ask_day (GtkWidget   *widget,
                       KithContext *context,
                       KithRow     *row,
                       const char  *day,
                       const char  *weekday,
                       const char  *weekly,
                       gboolean     every,
                       int          free,
                       const char  *hour)
{
  g_autofree char *date = kith_format_date (day);
  /* Translators: the name of a service, and below it what planning means */
  g_autofree char *about = g_strdup_printf (_("%s\n%s"), kith_row_get_text (row, "name") ? kith_row_get_text (row, "name") : "",
                                            _("At that hour the number becomes this, unless somebody counts later."));
  JsonObject *given = kith_capacity_arguments (row), *preset = kith_json_new ("hour", "s", hour, NULL), *when_on = json_object_new ();
  GtkWidget *window;

  json_object_set_string_member (given, "planned_on", day);
  json_object_set_null_member (given, "weekdays");
  json_object_set_null_member (when_on, "planned_on");
  json_object_set_array_member (when_on, "weekdays", kith_json_strings (weekday, NULL));
  if (free >= 0)
    json_object_set_int_member (preset, "free", free);
  window = kith_ask_window_new (GTK_WINDOW (gtk_widget_get_root (widget)), context, "capacity.schedule", date, about, _("Plan"), _("Planned"), given, preset);
  kith_ask_window_add_switch (KITH_ASK_WINDOW (window), "every", weekly, _("Until the last day below, or as long as nobody plans anything else."), every, when_on);
  say_too_many (window, row);
  kith_ask_window_begin_at (KITH_ASK_WINDOW (window), hour ? "free" : "hour");
  kith_ask_window_keep_draft (KITH_ASK_WINDOW (window), "dir", NULL);
  gtk_window_present (GTK_WINDOW (window));
}

/* Another unit of the same service, beside this one. */
void
kith_capacity_ask_first (GtkWidget   *widget,
                         KithContext *context,
                         const char  *service,
                         const char  *title,
                         const char  *unit)
{
  JsonObject *preset = kith_json_new ("unit", "s", unit, "per_referral", "b", TRUE, NULL);
  GtkWidget *window = kith_ask_window_new (GTK_WINDOW (gtk_widget_get_root (widget)), context, "capacity.observe", title,
                                           _("What you say here is seen by everybody who may send referrals."), _("Save"), _("Saved"),
                                           kith_json_new ("service", "s", service, NULL), preset);

  say_too_many (window, NULL);
  kith_ask_window_keep_draft (KITH_ASK_WINDOW (window), "dir", NULL);
  gtk_window_present (GTK_WINDOW (window));
}

void
kith_capacity_ask_other (GtkWidget   *widget,
                         KithContext *context,
                         KithRow     *row)
{
  kith_capacity_ask_first (widget, context, kith_row_get_text (row, "service"), kith_row_get_text (row, "name"), NULL);
}

void
kith_capacity_stop (GtkWidget   *widget,
                    KithContext *context,
                    KithRow     *row)
{
  const char *name = kith_row_get_text (row, "name"), *unit = kith_format_code ("capacity_unit", kith_row_get_text (row, "unit"));
  /* Translators: the name of a service, and what is not counted there any more: "Family shelter: Beds not counted any more" */
  g_autofree char *done = g_strdup_printf (_("%s: %s not counted any more"), name ? name : "", unit ? unit : "");

  kith_context_submit (context, "capacity.stop", kith_capacity_arguments (row), done, TRUE, NULL, NULL);
}
