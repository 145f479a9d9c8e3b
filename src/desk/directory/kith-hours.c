/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hours.h"

#include <glib/gi18n.h>

#include "kith-dates.h"
#include "kith-format.h"

static const char *const codes[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };

#define EVERY_DAY 0x7fu

/* One schedule, read. */
typedef struct
{
  guint days;  /* bit 0: Monday */
  char *times; /* "8:30–17:30" */
  char *rule;  /* "2nd Fri of the month", for what is not weekly; else NULL */
  char *note;  /* season and words; else NULL */
  int opens;   /* minutes, to sort by; -1: not said */
} Hours;

static void
hours_free (gpointer data)
{
  Hours *hours = data;

  g_free (hours->times);
  g_free (hours->rule);
  g_free (hours->note);
  g_free (hours);
}

static void
line_free (gpointer data)
{
  KithHoursLine *line = data;

  g_free (line->days);
  g_free (line->times);
  g_free (line);
}

/* In the language of who reads: that of the windows, or of a paper. */
static const char *
say (const KithCatalogue *in,
     const char          *text)
{
  return in ? kith_catalogue_get (in, text) : _(text);
}

/* "Mon". Yours */
static char *
day_name (const KithCatalogue *in,
          guint                day)
{
  /* 1 January 2024 was a Monday. */
  g_autoptr (GDateTime) date = g_date_time_new_utc (2024, 1, 1 + day, 0, 0, 0);

  return in ? kith_catalogue_day (in, day) : kith_dates_format (date, "%a");
}

static int
day_of (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_ascii_strncasecmp (code, codes[i], 2) == 0)
      return i;
  return -1;
}

/* "09:00", "9:00:00Z", "08:30-07:00": the zone is the place's own and is not shown. "9 pm" is not taken for the morning. */
static int
minutes_of (const char *time)
{
  int hour, minute = 0;

  if (!time || sscanf (time, "%2d:%2d", &hour, &minute) < 1 || hour < 0 || hour > 24 || minute < 0 || minute > 59 || strpbrk (time, "mM"))
    return -1;
  return hour * 60 + minute;
}

static char *
clock_of (int minutes)
{
  return g_strdup_printf ("%d:%02d", minutes / 60, minutes % 60);
}

/* "{from}" and "{to}" filled: translations come from files, so no printf formats. Yours */
static char *
fill (const KithCatalogue *in,
      const char          *text,
      const char          *from,
      const char          *to)
{
  GString *filled = g_string_new (say (in, text));

  g_string_replace (filled, "{from}", from ? from : "", 1);
  g_string_replace (filled, "{to}", to ? to : "", 1);
  return g_string_free (filled, FALSE);
}

static char *
times_of (const KithCatalogue *in,
          JsonObject          *schedule)
{
  const char *opens = kith_json_string (schedule, "opens_at"), *closes = kith_json_string (schedule, "closes_at");
  int from = minutes_of (opens), to = minutes_of (closes);
  g_autofree char *start = from >= 0 ? clock_of (from) : g_strdup (opens);
  g_autofree char *end = to >= 0 ? clock_of (to) : g_strdup (closes);

  if (from == 0 && to >= 24 * 60 - 1)
    return g_strdup (say (in, N_("all day and night")));
  if (from >= 0 && to >= 0 && to <= from)
    /* Translators: opening hours that end the day after: "17:00–8:00 the next day" */
    return fill (in, N_("{from}–{to} the next day"), start, end);
  if (start && end)
    return g_strdup_printf ("%s–%s", start, end);
  if (start)
    /* Translators: opening time, or the first day */
    return fill (in, N_("from {from}"), start, NULL);
  if (end)
    /* Translators: closing time, or the last day */
    return fill (in, N_("until {to}"), NULL, end);
  return g_strdup ("");
}

/* "Mon–Fri"; "Sat, Sun"; "Mon, Wed–Fri". */
static char *
days_words (const KithCatalogue *in,
            guint                days)
{
  GString *text;

  if (days == EVERY_DAY)
    return g_strdup (say (in, N_("Every day")));
  text = g_string_new (NULL);
  for (guint first = 0; first < 7; first++)
    {
      guint last = first;
      g_autofree char *from = NULL;
      g_autofree char *to = NULL;

      if (!(days & (1u << first)))
        continue;
      while (last < 6 && (days & (1u << (last + 1))))
        last++;
      from = day_name (in, first);
      to = day_name (in, last);
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", from);
      if (last > first)
        g_string_append_printf (text, "%s%s", last > first + 1 ? "–" : ", ", to);
      first = last;
    }
  return g_string_free (text, FALSE);
}

static const char *
ordinal (const KithCatalogue *in,
         int                  n)
{
  static const char *const words[] = { N_("1st"), N_("2nd"), N_("3rd"), N_("4th"), N_("5th") };

  return n == -1 ? say (in, N_("last")) : n >= 1 && n <= 5 ? say (in, words[n - 1]) : "";
}

/* "2FR" of a monthly schedule: "2nd Fri". */
static char *
monthly_words (const KithCatalogue *in,
               const char          *byday)
{
  g_auto (GStrv) parts = g_strsplit (byday, ",", -1);
  GString *text = g_string_new (NULL);

  for (guint i = 0; parts[i]; i++)
    {
      char *code;
      int n = (int) strtol (g_strstrip (parts[i]), &code, 10), day = day_of (code);
      g_autofree char *name = day >= 0 ? day_name (in, day) : NULL;

      if (name)
        g_string_append_printf (text, "%s%s%s%s", text->len > 0 ? ", " : "", ordinal (in, n), *ordinal (in, n) ? " " : "", name);
    }
  return g_string_free (text, FALSE);
}

static char *
rule_of (const KithCatalogue *in,
         JsonObject          *schedule,
         guint                days)
{
  const char *freq = kith_json_string (schedule, "freq"), *byday = kith_json_string (schedule, "byday");
  const char *monthday = kith_json_string (schedule, "bymonthday");
  gint64 interval = kith_json_int (schedule, "interval", 1);
  g_autofree char *words = NULL;

  if (monthday)
    /* Translators: days of the month by number: "Day 1, 15 of the month"; {from}: the numbers */
    return fill (in, N_("Day {from} of the month"), monthday, NULL);
  if (g_strcmp0 (freq, "MONTHLY") == 0 && byday)
    {
      words = monthly_words (in, byday);
      /* Translators: "2nd Fri of the month"; {from}: which */
      return fill (in, N_("{from} of the month"), words, NULL);
    }
  if (g_strcmp0 (freq, "WEEKLY") == 0 && interval > 1)
    {
      g_autofree char *weeks = g_strdup_printf ("%d", (int) interval);

      words = days_words (in, days);
      /* Translators: days, then a number of weeks, two or more: "Tue, every 2 weeks" */
      return fill (in, N_("{from}, every {to} weeks"), words, weeks);
    }
  return NULL;
}

static char *
date_words (const KithCatalogue *in,
            const char          *day)
{
  return !day ? NULL : in ? kith_catalogue_date (in, day) : kith_format_date (day);
}

static char *
note_of (const KithCatalogue *in,
         JsonObject          *schedule)
{
  const char *from = kith_json_string (schedule, "valid_from"), *to = kith_json_string (schedule, "valid_to");
  const char *words[] = { kith_json_string (schedule, "description"), kith_json_string (schedule, "notes") };
  g_autofree char *start = date_words (in, from);
  g_autofree char *end = date_words (in, to), *one = NULL;
  GString *note = g_string_new (NULL);

  if (start && end)
    g_string_append_printf (note, "%s – %s", start, end);
  else if (start || end)
    g_string_append (note, one = start ? fill (in, N_("from {from}"), start, NULL) : fill (in, N_("until {to}"), NULL, end));
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (words[i] && *words[i] && (i == 0 || g_strcmp0 (words[0], words[1]) != 0))
      g_string_append_printf (note, "%s%s", note->len > 0 ? ". " : "", words[i]);
  return g_string_free (note, note->len == 0);
}

static Hours *
read_schedule (const KithCatalogue *in,
               JsonObject          *schedule)
{
  const char *byday = kith_json_string (schedule, "byday");
  g_auto (GStrv) parts = g_strsplit (byday ? byday : "", ",", -1);
  Hours *hours = g_new0 (Hours, 1);

  for (guint i = 0; parts[i]; i++)
    {
      const char *code = g_strstrip (parts[i]);
      int day;

      while (*code == '-' || *code == '+' || g_ascii_isdigit (*code))
        code++;
      day = day_of (code);
      if (day >= 0)
        hours->days |= 1u << day;
    }
  if (!hours->days && g_strcmp0 (kith_json_string (schedule, "freq"), "DAILY") == 0)
    hours->days = EVERY_DAY;
  hours->times = times_of (in, schedule);
  hours->rule = rule_of (in, schedule, hours->days);
  hours->note = note_of (in, schedule);
  hours->opens = minutes_of (kith_json_string (schedule, "opens_at"));
  return hours;
}

static int
compare_opens (gconstpointer a,
               gconstpointer b)
{
  return (*(Hours *const *) a)->opens - (*(Hours *const *) b)->opens;
}

/* Open every week, all year, with nothing to add. */
static gboolean
is_plain (Hours *hours)
{
  return hours->days && !hours->rule && !hours->note && *hours->times;
}

static void
add_line (const KithCatalogue *in,
          GPtrArray           *lines,
          char                *days,
          const char          *times,
          const char          *note)
{
  KithHoursLine *line = g_new0 (KithHoursLine, 1);

  line->days = days;
  line->times = *times && note ? g_strdup_printf ("%s\n%s", times, note) : g_strdup (*times ? times : note ? note : say (in, N_("hours not known")));
  g_ptr_array_add (lines, line);
}

/* The times of one day, "8:30–12:00, 13:00–17:30"; NULL when it is closed. */
static char *
times_of_day (GPtrArray *all,
              guint      day)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < all->len; i++)
    {
      Hours *hours = all->pdata[i];

      if (is_plain (hours) && (hours->days & (1u << day)))
        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", hours->times);
    }
  return g_string_free (text, text->len == 0);
}

static void
add_week (const KithCatalogue *in,
          GPtrArray           *lines,
          GPtrArray           *all)
{
  char *times[7] = { NULL };
  guint done = 0;

  for (guint i = 0; i < 7; i++)
    times[i] = times_of_day (all, i);
  for (guint i = 0; i < 7; i++)
    {
      guint days = 0;

      if (!times[i] || (done & (1u << i)))
        continue;
      for (guint j = i; j < 7; j++)
        if (g_strcmp0 (times[i], times[j]) == 0)
          days |= 1u << j;
      done |= days;
      add_line (in, lines, days_words (in, days), times[i], NULL);
    }
  for (guint i = 0; i < 7; i++)
    g_free (times[i]);
}

GPtrArray *
kith_hours_describe (JsonArray *schedules)
{
  return kith_hours_describe_in (schedules, NULL);
}

GPtrArray *
kith_hours_describe_in (JsonArray           *schedules,
                        const KithCatalogue *in)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (line_free);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (hours_free);

  for (guint i = 0; schedules && i < json_array_get_length (schedules); i++)
    {
      JsonNode *node = json_array_get_element (schedules, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        g_ptr_array_add (all, read_schedule (in, json_node_get_object (node)));
    }
  g_ptr_array_sort (all, compare_opens);
  add_week (in, lines, all);
  for (guint i = 0; i < all->len; i++)
    {
      Hours *hours = all->pdata[i];

      if (!is_plain (hours) && (*hours->times || hours->note || hours->days || hours->rule))
        add_line (in, lines, hours->rule ? g_strdup (hours->rule) : hours->days ? days_words (in, hours->days) : g_strdup (say (in, N_("Open"))),
                  hours->times, hours->note);
    }
  return lines;
}
