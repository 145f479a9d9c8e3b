/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-format.h"

#include <stdio.h>
#include <string.h>

#include <glib/gi18n.h>

#include "kith-dates.h"
#include "kith-languages.h"
#include "kith-referral-rules.h"

static GDateTime *
local_time (gint64 ms)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (ms / 1000);

  return utc ? g_date_time_to_local (utc) : NULL;
}

/* Days from the one to the other by the calendar on the wall, not by 24 hours. */
static int
days_between (GDateTime *from,
              GDateTime *to)
{
  GDate a, b;

  g_date_set_dmy (&a, g_date_time_get_day_of_month (from), g_date_time_get_month (from), g_date_time_get_year (from));
  g_date_set_dmy (&b, g_date_time_get_day_of_month (to), g_date_time_get_month (to), g_date_time_get_year (to));
  return g_date_days_between (&a, &b);
}

char *
kith_format_when (gint64 ms,
                  gint64 now_ms)
{
  g_autoptr (GDateTime) when = local_time (ms);
  g_autoptr (GDateTime) now = local_time (now_ms);
  int days;

  if (!when || !now)
    return g_strdup ("");
  days = days_between (when, now);
  if (days == 0)
    return g_date_time_format (when, "%H:%M");
  if (days == 1)
    {
      g_autofree char *time = g_date_time_format (when, "%H:%M");

      /* Translators: %s is a time of day; it stands within a sentence or behind a point: "counted yesterday 07:42" */
      return g_strdup_printf (_("yesterday %s"), time);
    }
  if (g_date_time_get_year (when) == g_date_time_get_year (now))
    /* Translators: day and month, as strftime */
    return kith_dates_format (when, _("%-d %b"));
  /* Translators: day, month and year, as strftime */
  return kith_dates_format (when, _("%-d %b %Y"));
}

char *
kith_format_done (const char *done,
                  const char *about)
{
  /* Translators: what was done, and to whom or what: "Case closed: María López" */
  return about && *about ? g_strdup_printf (_("%s: %s"), done, about) : g_strdup (done);
}

char *
kith_format_moment (gint64 ms)
{
  g_autoptr (GDateTime) when = local_time (ms);

  /* Translators: day of the week, day, month and time, as strftime */
  return when ? kith_dates_format (when, _("%a %-d %b, %H:%M")) : g_strdup ("");
}

char *
kith_format_day (gint64 ms)
{
  g_autoptr (GDateTime) when = local_time (ms);

  /* Translators: day of the week, day and month, as strftime */
  return when ? kith_dates_format (when, _("%a %-d %b")) : g_strdup ("");
}

char *
kith_format_ago (gint64 ms,
                 gint64 now_ms)
{
  gint64 minutes = MAX (0, now_ms - ms) / 60000;

  if (minutes < 1)
    return g_strdup (_("just now"));
  if (minutes < 60)
    return g_strdup_printf (ngettext ("%d min ago", "%d min ago", minutes), (int) minutes);
  if (minutes < 24 * 60)
    return g_strdup_printf (ngettext ("%d hour ago", "%d hours ago", minutes / 60), (int) (minutes / 60));
  return g_strdup_printf (ngettext ("%d day ago", "%d days ago", minutes / 1440), (int) (minutes / 1440));
}

char *
kith_format_time (const char *iso,
                  gint64      now_ms)
{
  gint64 ms;

  if (!iso)
    return NULL;
  if (!kith_time_parse (iso, &ms))
    return g_strdup (iso);
  return kith_format_when (ms, now_ms);
}

static gboolean
split_date (const char *partial,
            int        *year,
            int        *month,
            int        *day)
{
  *year = *month = *day = 0;
  return partial && sscanf (partial, "%4d-%2d-%2d", year, month, day) >= 1 && *year > 0;
}

char *
kith_format_date (const char *partial)
{
  g_autoptr (GDateTime) date = NULL;
  int year, month, day;

  if (!split_date (partial, &year, &month, &day))
    return g_strdup (partial ? partial : "");
  if (month == 0)
    return g_strdup_printf ("%d", year);
  date = g_date_time_new_utc (year, month, day ? day : 1, 0, 0, 0);
  if (!date)
    return g_strdup (partial);
  /* Translators: month and year, as strftime */
  return kith_dates_format (date, day ? _("%-d %b %Y") : _("%b %Y"));
}

char *
kith_format_today (gint64 now_ms)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (now_ms / 1000);

  return g_date_time_format (now, "%Y-%m-%d");
}

char *
kith_format_day_begin (gint64 now_ms)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (now_ms / 1000);
  g_autoptr (GDateTime) day = g_date_time_new_local (g_date_time_get_year (now), g_date_time_get_month (now), g_date_time_get_day_of_month (now), 0, 0, 0);

  return kith_time_format (g_date_time_to_unix (day) * 1000);
}

char *
kith_format_day_after (gint64 now_ms,
                       guint  days)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (now_ms / 1000);
  g_autoptr (GDateTime) day = g_date_time_new_local (g_date_time_get_year (now), g_date_time_get_month (now), g_date_time_get_day_of_month (now), 0, 0, 0);
  g_autoptr (GDateTime) after = g_date_time_add_days (day, (int) days);

  return kith_time_format (g_date_time_to_unix (after) * 1000);
}

/* Years; without a month those of the last day of this year. FALSE: nobody knows. */
static gboolean
age_of (const char *partial,
        gint64      now_ms,
        int        *age,
        gboolean   *about)
{
  g_autoptr (GDateTime) now = local_time (now_ms);
  int year, month, day;

  if (!split_date (partial, &year, &month, &day))
    return FALSE;
  *age = g_date_time_get_year (now) - year;
  *about = month == 0;
  if (month && (g_date_time_get_month (now) < month
                || (g_date_time_get_month (now) == month && day && g_date_time_get_day_of_month (now) < day)))
    --*age;
  return TRUE;
}

gboolean
kith_format_is_child (const char *partial,
                      gint64      now_ms)
{
  gboolean about;
  int age;

  return age_of (partial, now_ms, &age, &about) && age < 18;
}

/* How old somebody is at least and at most: of one whose birthday is not known a year lies between. FALSE: nobody knows. */
gboolean
kith_format_ages (const char *partial,
                  gint64      now_ms,
                  int        *least,
                  int        *most)
{
  gboolean about;
  int year, month, day;

  if (!age_of (partial, now_ms, most, &about) || !split_date (partial, &year, &month, &day))
    return FALSE;
  *least = MAX (*most - (day == 0), 0);
  return TRUE;
}

char *
kith_format_birth (const char *partial,
                   gint64      now_ms)
{
  g_autofree char *date = NULL;
  gboolean about;
  int age;

  if (!age_of (partial, now_ms, &age, &about))
    return g_strdup (_("Birth date not known"));
  date = kith_format_date (partial);
  if (about)
    /* Translators: year of birth and about how old: "1988 (about 38)" */
    return g_strdup_printf (_("%s (about %d)"), date, age);
  /* Translators: date of birth and age: "7 Apr 1988 (38)" */
  return g_strdup_printf (_("%s (%d)"), date, age);
}

/* FALSE: it names no day */
static gboolean
days_until (const char *date,
            gint64      now_ms,
            int        *days)
{
  g_autoptr (GDateTime) now = local_time (now_ms);
  g_autoptr (GDateTime) due = NULL;
  int year, month, day;

  if (!now || !split_date (date, &year, &month, &day) || !day)
    return FALSE;
  due = g_date_time_new_utc (year, month, day, 0, 0, 0);
  if (due)
    *days = days_between (now, due);
  return due != NULL;
}

KithDue
kith_format_due_state (const char *date,
                       gint64      now_ms)
{
  int days;

  if (!days_until (date, now_ms, &days))
    return KITH_DUE_NEVER;
  return days < 0 ? KITH_DUE_LATE : days == 0 ? KITH_DUE_TODAY : KITH_DUE_LATER;
}

char *
kith_format_due (const char *date,
                 gint64      now_ms,
                 gboolean   *late)
{
  int days;

  *late = FALSE;
  if (!days_until (date, now_ms, &days))
    return NULL;
  *late = days < 0;
  if (days == 0)
    return g_strdup (_("Due today"));
  if (days > 0)
    return g_strdup_printf (ngettext ("%d day left", "%d days left", days), days);
  return g_strdup_printf (ngettext ("Overdue by %d day", "Overdue by %d days", -days), -days);
}

static void
add_word (GString    *text,
          const char *separator,
          const char *word)
{
  if (!word || !*word)
    return;
  if (text->len > 0)
    g_string_append (text, separator);
  g_string_append (text, word);
}

char *
kith_format_languages (JsonObject *body)
{
  gboolean interpreter = kith_json_bool (body, "interpreter_needed", FALSE);
  g_autofree char *names = kith_language_names (kith_json_array (body, "languages"), ", ");

  if (!interpreter)
    return g_steal_pointer (&names);
  return names ? g_strdup_printf (_("%s, needs an interpreter"), names) : g_strdup (_("Needs an interpreter"));
}

const char *
kith_format_agency (const char *name,
                    const char *agency)
{
  return name ? name : g_strcmp0 (agency, "network") == 0 ? _("2-1-1, the network’s staff") : NULL;
}

const char *
kith_format_status (const char *phase,
                    const char *status)
{
  const char *own = kith_referral_own_status (phase, status);

  return own ? own : kith_format_code ("phase", phase);
}

const char *
kith_format_referral_status (KithRow *row)
{
  return kith_format_status (kith_row_field (row, "phase"), kith_row_field (row, "status"));
}

const char *
kith_format_code (const char *vocabulary,
                  const char *code)
{
  const KithVocabulary *words = kith_vocabulary_get (vocabulary);

  if (!code)
    return "";
  return words ? kith_vocabulary_label (words, code) : code;
}

/* Returns: (transfer full) (nullable): their labels; NULL when there are none */
char *
kith_format_codes (const char *vocabulary,
                   JsonArray  *codes,
                   const char *separator)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; codes && i < json_array_get_length (codes); i++)
    add_word (text, separator, kith_format_code (vocabulary, json_array_get_string_element (codes, i)));
  return g_string_free (text, text->len == 0);
}

/* Returns: (transfer full) (nullable): NULL when there are none */
char *
kith_format_strings (JsonArray  *strings,
                     const char *separator)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; strings && i < json_array_get_length (strings); i++)
    add_word (text, separator, json_array_get_string_element (strings, i));
  return g_string_free (text, text->len == 0);
}

static char *
format_part (const KithKind *part,
             JsonObject     *values)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; part && values && i < part->n_fields; i++)
    {
      JsonNode *node = json_object_get_member (values, part->fields[i].name);
      gboolean id = part->fields[i].type == KITH_FIELD_ID || part->fields[i].type == KITH_FIELD_REF; /* which nobody reads */
      g_autofree char *value = node && !id ? kith_format_field (&part->fields[i], node) : NULL;

      /* A bare yes or no says nothing without its question. */
      if (value && part->fields[i].type == KITH_FIELD_BOOL)
        {
          g_autofree char *both = g_strdup_printf ("%s: %s", _(part->fields[i].label), value);

          add_word (text, ", ", both);
        }
      else
        add_word (text, ", ", value);
    }
  return g_string_free (text, text->len == 0);
}

static char *
format_parts (const KithKind *part,
              JsonArray      *array)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      g_autofree char *line = JSON_NODE_HOLDS_OBJECT (node) ? format_part (part, json_node_get_object (node)) : NULL;

      add_word (text, "\n", line);
    }
  return g_string_free (text, text->len == 0);
}

char *
kith_format_field (const KithField *field,
                   JsonNode        *value)
{
  JsonArray *array = value && JSON_NODE_HOLDS_ARRAY (value) ? json_node_get_array (value) : NULL;
  GType type = value && JSON_NODE_HOLDS_VALUE (value) ? json_node_get_value_type (value) : G_TYPE_INVALID;
  const char *text = type == G_TYPE_STRING ? json_node_get_string (value) : NULL;

  if (field->type == KITH_FIELD_CODE)
    return text ? g_strdup (kith_format_code (field->vocabulary, text)) : NULL;
  if (field->type == KITH_FIELD_CODES)
    return kith_format_codes (field->vocabulary, array, ", ");
  if (field->type == KITH_FIELD_STRINGS)
    return g_str_equal (field->name, "languages") ? kith_language_names (array, ", ") : kith_format_strings (array, ", ");
  if (field->type == KITH_FIELD_DATE || field->type == KITH_FIELD_PARTIAL_DATE)
    return text ? kith_format_date (text) : NULL;
  if (field->type == KITH_FIELD_PART)
    return value && JSON_NODE_HOLDS_OBJECT (value) ? format_part (kith_kind_get (field->target), json_node_get_object (value)) : NULL;
  if (field->type == KITH_FIELD_PARTS)
    return array ? format_parts (kith_kind_get (field->target), array) : NULL;
  if (type == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (value) ? _("Yes") : _("No"));
  if (type == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (value));
  if (type == G_TYPE_DOUBLE)
    return g_strdup_printf ("%g", json_node_get_double (value));
  return g_strdup (text);
}

char *
kith_format_masked (const char *number)
{
  gsize length = number ? strlen (number) : 0;

  return length > 4 ? g_strconcat ("••• ", number + length - 4, NULL) : g_strdup (number);
}

typedef struct
{
  char *text;
  JsonObject *body;
} Parsed;

static void
parsed_free (gpointer data)
{
  Parsed *parsed = data;

  g_free (parsed->text);
  g_clear_pointer (&parsed->body, json_object_unref);
  g_free (parsed);
}

JsonObject *
kith_row_body (KithRow    *row,
               const char *column)
{
  g_autofree char *key = g_strconcat ("kith-body-", column, NULL);
  Parsed *parsed = g_object_get_data (G_OBJECT (row), key);
  const char *text = kith_row_get_text (row, column);

  /* A row keeps its place in a list when its record changes: what was parsed holds for that text only. */
  if (parsed && g_strcmp0 (parsed->text, text) == 0)
    return parsed->body;
  parsed = g_new0 (Parsed, 1);
  parsed->text = g_strdup (text);
  parsed->body = text ? kith_json_parse_object (text, -1, NULL, NULL) : NULL;
  g_object_set_data_full (G_OBJECT (row), key, parsed, parsed_free);
  return parsed->body;
}

const char *
kith_row_field (KithRow    *row,
                const char *name)
{
  const char *text = kith_row_get_text (row, name);
  JsonObject *body = text ? NULL : kith_row_body (row, "body");

  return body ? kith_json_string (body, name) : text;
}
