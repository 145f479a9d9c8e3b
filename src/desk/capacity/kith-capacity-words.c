/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "capacity/kith-capacity-words.h"

#include <glib/gi18n.h>

#include "capacity/kith-capacity-day.h"
#include "directory/kith-service-facts.h"
#include "kith-format.h"

#define STALE_MS G_GINT64_CONSTANT (86400000) /* a day (ux.md: stale capacity says so) */

static const char *
of_all (const char *unit,
        int         n)
{
  /* Translators: the first number is how many are free, the second how many there are */
  if (g_strcmp0 (unit, "bed") == 0)
    return ngettext ("%d of %d bed free", "%d of %d beds free", n);
  if (g_strcmp0 (unit, "unit") == 0)
    return ngettext ("%d of %d unit free", "%d of %d units free", n);
  if (g_strcmp0 (unit, "household") == 0)
    return ngettext ("Room for %d of %d household", "Room for %d of %d households", n);
  if (g_strcmp0 (unit, "pickup") == 0)
    return ngettext ("%d of %d pickup free", "%d of %d pickups free", n);
  if (g_strcmp0 (unit, "slot") == 0)
    return ngettext ("%d of %d opening free", "%d of %d openings free", n);
  return ngettext ("%d of %d free", "%d of %d free", n);
}

static const char *
alone (const char *unit,
       int         n)
{
  if (g_strcmp0 (unit, "bed") == 0)
    return ngettext ("%d bed free", "%d beds free", n);
  if (g_strcmp0 (unit, "unit") == 0)
    return ngettext ("%d unit free", "%d units free", n);
  if (g_strcmp0 (unit, "household") == 0)
    return ngettext ("Room for %d household", "Room for %d households", n);
  if (g_strcmp0 (unit, "pickup") == 0)
    return ngettext ("%d pickup free", "%d pickups free", n);
  if (g_strcmp0 (unit, "slot") == 0)
    return ngettext ("%d opening free", "%d openings free", n);
  return ngettext ("%d free", "%d free", n);
}

/* The format is one of those above, chosen by what is counted. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static char *
number_words (KithRow *row)
{
  const char *unit = kith_row_get_text (row, "unit"), *own = kith_row_get_text (row, "unit_name");
  int free = (int) kith_row_get_int (row, "free"), maximum = (int) kith_row_get_int (row, "maximum");
  g_autofree char *words = kith_row_get_text (row, "maximum") ? g_strdup_printf (of_all (unit, maximum), free, maximum) : g_strdup_printf (alone (unit, free), free);

  if (g_strcmp0 (unit, "other") == 0 && own)
    return g_strdup_printf ("%s (%s)", words, own);
  return g_steal_pointer (&words);
}

/* "Limited" is a word, not only a colour. */
static char *
status_words (KithRow *row)
{
  const char *status = kith_row_get_text (row, "status");
  gboolean full = g_strcmp0 (status, "none") == 0 || g_strcmp0 (status, "waitlist") == 0;
  g_autofree char *number = full || !kith_row_get_text (row, "free") ? NULL : number_words (row);

  if (number && g_strcmp0 (status, "limited") == 0)
    /* Translators: that there is little room, and how many places are free: "Limited: 3 openings free" */
    return g_strdup_printf (_("%s: %s"), kith_format_code ("capacity_status", status), number);
  return number ? g_steal_pointer (&number) : g_strdup (kith_format_code ("capacity_status", status));
}
#pragma GCC diagnostic pop

/* The last day a number is for: as was said with it, else the end of the day, week or month it was counted for; NULL: until the next count. Shown: when it is
 * over is_over() knows better, by the agency's clock. */
static char *
last_day (KithRow *row)
{
  const char *until = kith_row_get_text (row, "until"), *period = kith_row_get_text (row, "period");
  g_autoptr (GDateTime) counted = NULL;
  g_autoptr (GDateTime) last = NULL;
  gint64 ms;

  if (until)
    return g_strdup (until);
  if (!period || !kith_time_parse (kith_row_get_text (row, "observed_at"), &ms))
    return NULL;
  counted = g_date_time_new_from_unix_local (ms / 1000);
  if (g_str_equal (period, "day"))
    last = g_date_time_ref (counted);
  else if (g_str_equal (period, "week"))
    last = g_date_time_add_days (counted, 7 - g_date_time_get_day_of_week (counted));
  else if (g_str_equal (period, "month"))
    last = g_date_time_add_days (counted, g_date_get_days_in_month (g_date_time_get_month (counted), (GDateYear) g_date_time_get_year (counted)) -
                                            g_date_time_get_day_of_month (counted));
  return last ? g_date_time_format (last, "%Y-%m-%d") : NULL;
}

static gboolean
is_over (KithRow    *row,
         const char *last,
         gint64      now_ms)
{
  g_autofree char *today = kith_format_today (now_ms);
  gint64 ends_ms;

  if (kith_row_get_text (row, "ends_at") && kith_time_parse (kith_row_get_text (row, "ends_at"), &ends_ms))
    return ends_ms <= now_ms;
  return last && strcmp (last, today) < 0;
}

static gboolean
has_room (KithRow *row)
{
  const char *status = kith_row_get_text (row, "status");

  return (g_strcmp0 (status, "open") == 0 || g_strcmp0 (status, "limited") == 0) && (!kith_row_get_text (row, "free") || kith_row_get_int (row, "free") > 0);
}

const char *
kith_capacity_assess_words (KithRow *row)
{
  if (!has_room (row))
    return NULL;
  if (g_strcmp0 (kith_row_get_text (row, "kind"), "assess") == 0)
    return _("These are places for an assessment, not in the service itself.");
  return kith_row_get_int (row, "assess_first") != 0 ? _("Call first: an assessment is needed before somebody can have a place.") : NULL;
}

char *
kith_capacity_phones (KithRow *row)
{
  JsonNode *phones = kith_capacity_assess_words (row) && kith_row_get_text (row, "phones") ? json_from_string (kith_row_get_text (row, "phones"), NULL) : NULL;
  char *words = phones && JSON_NODE_HOLDS_ARRAY (phones) ? kith_service_facts_phones (json_node_get_array (phones)) : NULL;

  g_clear_pointer (&phones, json_node_unref);
  return words;
}

const char *
kith_capacity_caution (void)
{
  return _("A free place does not mean that somebody is eligible.");
}

/* What kind of place it is, and what comes before. words: transfer full. Yours */
static char *
with_assessment (KithRow *row,
                 char    *words)
{
  g_autofree char *before = words;
  gboolean kind = g_strcmp0 (kith_row_get_text (row, "kind"), "assess") == 0;

  if (!has_room (row) || (!kind && kith_row_get_int (row, "assess_first") == 0))
    return g_steal_pointer (&before);
  /* Translators: free places, and that they are for an assessment, or that one calls first: "3 beds free, call first" */
  return g_strdup_printf ("%s, %s", before, kind ? C_("free places", "for an assessment") : C_("free places", "call first"));
}

char *
kith_capacity_words (KithRow *row,
                     gint64   now_ms)
{
  g_autofree char *last = last_day (row);
  const char *period = kith_row_get_text (row, "period");
  g_autofree char *words = with_assessment (row, status_words (row));

  if (is_over (row, last, now_ms))
    {
      g_autofree char *day = kith_format_date (last);

      /* Translators: free places, and the last day the number was for, which is over: "3 openings free, until 22 Nov 2026" */
      return g_strdup_printf (_("%s, until %s"), words, day);
    }
  if (g_strcmp0 (period, "week") == 0 || g_strcmp0 (period, "month") == 0 || g_strcmp0 (period, "day") == 0)
    /* Translators: free places, and for what time: "3 openings free · This week" */
    return g_strdup_printf (_("%s · %s"), words, kith_format_code ("capacity_period", period));
  return g_steal_pointer (&words);
}

char *
kith_capacity_amount (KithRow *row)
{
  const char *free = kith_row_get_text (row, "free");

  if (!free && !kith_row_get_text (row, "status"))
    return g_strdup (_("not counted any more"));
  return free ? g_strdup_printf (_("%s free"), free) : g_strdup (kith_format_code ("capacity_status", kith_row_get_text (row, "status")));
}

char *
kith_capacity_reserved_words (KithRow *row)
{
  int n = (int) kith_row_get_int (row, "reserved");

  /* Translators: places that the service keeps back, beside those that are free: they are not given to referrals */
  return n > 0 ? g_strdup_printf (ngettext ("%d more kept back", "%d more kept back", n), n) : NULL;
}

char *
kith_capacity_unsent_words (KithRow *row)
{
  const char *refused = kith_row_get_text (row, "refused_free");

  if (kith_row_get_int (row, "pending") != 0)
    return g_strdup (_("not sent yet"));
  /* Translators: how many places this person had counted */
  return refused ? g_strdup_printf (_("your %s was not taken, see Needs Attention"), refused) : NULL;
}

char *
kith_capacity_too_many_of (const char *all,
                           const char *kept,
                           int         number)
{
  int n_all = all ? (int) g_ascii_strtoll (all, NULL, 10) : 0, n_kept = kept ? (int) g_ascii_strtoll (kept, NULL, 10) : 0, most = MAX (n_all - n_kept, 0);

  if (!all || number <= most)
    return NULL;
  return n_kept > 0 ? g_strdup_printf (_("At most %d can be free: there are %d, of which %d are kept back"), most, n_all, n_kept)
                    : g_strdup_printf (_("At most %d can be free: there are no more"), most);
}

char *
kith_capacity_too_many (KithRow *row,
                        int      number)
{
  return kith_capacity_too_many_of (kith_row_get_text (row, "maximum"), kith_row_get_text (row, "reserved"), number);
}

static const struct { const char *status, *icon, *tone, *css;
} looks[] = {
  { "open", "object-select-symbolic", "good", "success" },
  { "limited", "dialog-warning-symbolic", "warn", "warning" },
  { "call", "call-start-symbolic", "warn", "warning" }, /* there is room, and an assessment comes first */
  { "none", "action-unavailable-symbolic", "bad", "error" },
  { "waitlist", "document-open-recent-symbolic", "warn", "warning" },
};

/* What was said of a time that is over says nothing of now. */
static const struct { const char *icon, *tone; } past = { "dialog-question-symbolic", "" };

/* Open, and no place free: there is no tick for it. */
static guint
look_of (KithRow *row)
{
  const char *status = kith_row_get_text (row, "status"), *free = kith_row_get_text (row, "free");
  guint i = 0;

  if (free && kith_row_get_int (row, "free") == 0 && (g_strcmp0 (status, "open") == 0 || g_strcmp0 (status, "limited") == 0))
    status = "none";
  else if (kith_capacity_assess_words (row))
    status = "call";
  while (i < G_N_ELEMENTS (looks) && g_strcmp0 (status, looks[i].status) != 0)
    i++;
  return i;
}

void
kith_capacity_pill (KithStatusPill *pill,
                    KithRow        *row,
                    gint64          now_ms)
{
  guint look = look_of (row);
  g_autofree char *last = last_day (row);
  g_autofree char *words = look < G_N_ELEMENTS (looks) ? kith_capacity_words (row, now_ms) : NULL;

  if (words && is_over (row, last, now_ms))
    kith_status_pill_set (pill, past.icon, words, past.tone);
  else
    kith_status_pill_set (pill, words ? looks[look].icon : NULL, words, words ? looks[look].tone : "");
}

void
kith_capacity_glyph (GtkImage *image,
                     KithRow  *row,
                     gint64    now_ms)
{
  guint look = look_of (row);
  g_autofree char *last = last_day (row);

  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (image), looks[i].css);
  gtk_widget_set_visible (GTK_WIDGET (image), look < G_N_ELEMENTS (looks));
  if (look == G_N_ELEMENTS (looks))
    return;
  /* Beside the number that is confirmed each day, a tick says "this one is done". */
  if (is_over (row, last, now_ms) || !kith_capacity_confirmed_today (row, now_ms))
    {
      gtk_image_set_from_icon_name (image, past.icon);
      return;
    }
  gtk_image_set_from_icon_name (image, looks[look].icon);
  gtk_widget_add_css_class (GTK_WIDGET (image), looks[look].css);
}

gboolean
kith_capacity_confirmed_today (KithRow *row,
                               gint64   now_ms)
{
  const char *at = kith_row_get_text (row, "observed_at");
  g_autoptr (GTimeZone) zone = kith_row_get_text (row, "time_zone") ? kith_capacity_zone (row) : g_time_zone_new_local ();
  g_autofree char *today = kith_capacity_today (zone, now_ms);
  g_autofree char *day = NULL;
  gint64 ms;

  if (!at || !kith_time_parse (at, &ms))
    return FALSE;
  day = kith_capacity_today (zone, ms);
  return g_str_equal (day, today);
}

gboolean
kith_capacity_period_over (KithRow *row,
                           gint64   now_ms)
{
  g_autofree char *last = last_day (row);

  return kith_row_get_text (row, "period") && is_over (row, last, now_ms);
}

/* Who saw it last, or planned it. words: transfer full. Yours */
static char *
with_who (KithRow *row,
          char    *words)
{
  g_autofree char *when = words;
  const char *by = kith_row_get_text (row, "observed_by_name");

  /* Translators: "counted 07:42 by Maria Lopez" */
  return by ? g_strdup_printf (_("%s by %s"), when, by) : g_steal_pointer (&when);
}

char *
kith_capacity_age (KithRow  *row,
                   gint64    now_ms,
                   gboolean *stale)
{
  const char *at = kith_row_get_text (row, "observed_at");
  g_autofree char *when = kith_format_time (at, now_ms);
  g_autofree char *last = last_day (row);
  gint64 ms = 0;

  *stale = FALSE;
  if (!when || !kith_time_parse (at, &ms))
    return NULL;
  *stale = is_over (row, last, now_ms) || (!kith_row_get_text (row, "until") && now_ms - ms > STALE_MS);
  return with_who (row, *stale ? g_strdup_printf (_("not confirmed since %s"), when)
                        /* Translators: for what time of day a number of free places was planned ahead; nobody counted it */
                        : kith_row_get_int (row, "planned") ? g_strdup_printf (_("planned for %s"), when) : g_strdup_printf (_("counted %s"), when));
}
