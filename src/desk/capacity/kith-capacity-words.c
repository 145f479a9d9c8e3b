/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "capacity/kith-capacity-words.h"

#include <glib/gi18n.h>

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
#pragma GCC diagnostic pop

char *
kith_capacity_words (KithRow *row)
{
  const char *status = kith_row_get_text (row, "status"), *period = kith_row_get_text (row, "period");
  gboolean full = g_strcmp0 (status, "none") == 0 || g_strcmp0 (status, "waitlist") == 0;
  g_autofree char *words = full || !kith_row_get_text (row, "free") ? g_strdup (kith_format_code ("capacity_status", status)) : number_words (row);

  if (g_strcmp0 (period, "week") == 0 || g_strcmp0 (period, "month") == 0 || g_strcmp0 (period, "day") == 0)
    /* Translators: free places, and for what time: "3 openings free · This week" */
    return g_strdup_printf (_("%s · %s"), words, kith_format_code ("capacity_period", period));
  return g_steal_pointer (&words);
}

static const struct { const char *status, *icon, *tone, *css;
} looks[] = {
  { "open", "emblem-ok-symbolic", "good", "success" },
  { "limited", "dialog-warning-symbolic", "warn", "warning" },
  { "none", "action-unavailable-symbolic", "bad", "error" },
  { "waitlist", "document-open-recent-symbolic", "warn", "warning" },
};

static guint
look_of (KithRow *row)
{
  const char *status = kith_row_get_text (row, "status");
  guint i = 0;

  while (i < G_N_ELEMENTS (looks) && g_strcmp0 (status, looks[i].status) != 0)
    i++;
  return i;
}

void
kith_capacity_pill (KithStatusPill *pill,
                    KithRow        *row)
{
  guint look = look_of (row);
  g_autofree char *words = look < G_N_ELEMENTS (looks) ? kith_capacity_words (row) : NULL;

  kith_status_pill_set (pill, words ? looks[look].icon : NULL, words, words ? looks[look].tone : "");
}

void
kith_capacity_glyph (GtkImage *image,
                     KithRow  *row)
{
  guint look = look_of (row);

  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (image), looks[i].css);
  gtk_widget_set_visible (GTK_WIDGET (image), look < G_N_ELEMENTS (looks));
  if (look == G_N_ELEMENTS (looks))
    return;
  gtk_image_set_from_icon_name (image, looks[look].icon);
  gtk_widget_add_css_class (GTK_WIDGET (image), looks[look].css);
}

gboolean
kith_capacity_confirmed_today (KithRow *row,
                               gint64   now_ms)
{
  const char *at = kith_row_get_text (row, "observed_at");
  g_autofree char *today = kith_format_today (now_ms);
  g_autofree char *day = NULL;
  gint64 ms;

  if (!at || !kith_time_parse (at, &ms))
    return FALSE;
  day = kith_format_today (ms);
  return g_str_equal (day, today);
}

char *
kith_capacity_age (KithRow  *row,
                   gint64    now_ms,
                   gboolean *stale)
{
  const char *at = kith_row_get_text (row, "observed_at"), *until = kith_row_get_text (row, "until");
  g_autofree char *when = kith_format_time (at, now_ms);
  g_autofree char *today = kith_format_today (now_ms);
  gint64 ms = 0;

  *stale = FALSE;
  if (!when || !kith_time_parse (at, &ms))
    return NULL;
  *stale = until ? strcmp (until, today) < 0 : now_ms - ms > STALE_MS;
  return g_strdup_printf (*stale ? _("not confirmed since %s") : _("counted %s"), when);
}
