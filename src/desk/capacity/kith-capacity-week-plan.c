/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The week of a service's places: what is typed on a day, and what becomes of it. */

#include "capacity/kith-capacity-week-private.h"

#include <glib/gi18n.h>

#include "capacity/kith-capacity-asks.h"
#include "capacity/kith-capacity-words.h"
#include "kith-format.h"

#define MOST 100000

KithCapacityDay *
kith_capacity_week_day (KithCapacityWeek *self,
                        int               i)
{
  return self->days->pdata[i];
}

int
kith_capacity_week_typed (KithCapacityWeek *self,
                          KithCapacityDay  *day)
{
  return GPOINTER_TO_INT (g_hash_table_lookup (self->typed, day->iso)) - 1;
}

void
kith_capacity_week_set_typed (KithCapacityWeek *self,
                              int               i,
                              int               number)
{
  if (number < 0)
    g_hash_table_remove (self->typed, kith_capacity_week_day (self, i)->iso);
  else
    g_hash_table_insert (self->typed, g_strdup (kith_capacity_week_day (self, i)->iso), GINT_TO_POINTER (number + 1));
  if (self->draft && g_hash_table_size (self->typed) > 0)
    kith_draft_touch (self->draft);
  else if (self->draft)
    kith_draft_forget (self->draft);
  kith_capacity_week_show_day (self, i);
}

JsonObject *
kith_capacity_week_collect_draft (gpointer owner)
{
  KithCapacityWeek *self = owner;
  JsonObject *typed = json_object_new ();
  GHashTableIter iter;
  gpointer day, number;

  g_hash_table_iter_init (&iter, self->typed);
  while (g_hash_table_iter_next (&iter, &day, &number))
    json_object_set_int_member (typed, day, GPOINTER_TO_INT (number) - 1);
  if (json_object_get_size (typed) > 0)
    return typed;
  json_object_unref (typed);
  return NULL;
}

/* A day that is over is planned no more. */
void
kith_capacity_week_restore_draft (gpointer    owner,
                                  JsonObject *draft,
                                  const char *words)
{
  KithCapacityWeek *self = owner;
  g_autofree char *today = kith_capacity_today (self->zone, kith_context_get_now (self->context));
  g_autoptr (GList) days = json_object_get_members (draft);

  for (GList *l = days; l; l = l->next)
    if (strcmp (l->data, today) >= 0)
      g_hash_table_insert (self->typed, g_strdup (l->data), GINT_TO_POINTER ((int) CLAMP (kith_json_int (draft, l->data, 0), 0, MOST) + 1));
  if (g_hash_table_size (self->typed) == 0)
    kith_draft_forget (self->draft);
  kith_capacity_week_update (self);
}

void
kith_capacity_week_flush (KithCapacityWeek *self)
{
  if (self->draft)
    kith_draft_flush (self->draft);
}

static gboolean
is_over (KithCapacityWeek *self,
         KithCapacityDay  *day)
{
  g_autofree char *today = kith_capacity_today (self->zone, kith_context_get_now (self->context));

  return strcmp (day->iso, today) < 0;
}

gboolean
kith_capacity_week_type (KithCapacityWeek *self,
                         int               i,
                         guint             key)
{
  KithCapacityDay *day = kith_capacity_week_day (self, i);
  int typed = kith_capacity_week_typed (self, day), digit = g_ascii_digit_value ((char) MIN (gdk_keyval_to_unicode (key), 127));
  int planned = day->plans->len > 0 ? (int) kith_record_int (day->plans->pdata[0], "free") : 0;

  if (key == GDK_KEY_Escape || key == GDK_KEY_BackSpace)
    {
      if (typed < 0)
        return FALSE;
      kith_capacity_week_set_typed (self, i, key == GDK_KEY_BackSpace && typed > 9 ? typed / 10 : -1);
      return TRUE;
    }
  if (key == GDK_KEY_plus || key == GDK_KEY_KP_Add)
    typed = MIN ((typed >= 0 ? typed : planned) + 1, MOST);
  else if (key == GDK_KEY_minus || key == GDK_KEY_KP_Subtract)
    typed = MAX ((typed >= 0 ? typed : planned) - 1, 0);
  else if (digit >= 0)
    typed = MIN (MAX (typed, 0) * 10 + digit, MOST);
  else
    return FALSE;
  if (is_over (self, day))
    kith_context_toast (self->context, _("That day is over. Nothing was planned."));
  else
    kith_capacity_week_set_typed (self, i, typed);
  return TRUE;
}

/* Planning */

/* Of what is planned there, else as anything else here is, else when the service opens that day. Yours */
static char *
hour_for (KithCapacityWeek *self,
          KithCapacityDay  *day)
{
  if (day->plans->len > 0)
    return g_strdup (kith_record_string (day->plans->pdata[0], "hour"));
  for (guint i = 0; self->plans && i < self->plans->len; i++)
    if (g_strcmp0 (kith_row_get_text (self->plans->pdata[i], "unit"), kith_row_get_text (self->row, "unit")) == 0 && kith_row_get_text (self->plans->pdata[i], "hour"))
      return g_strdup (kith_row_get_text (self->plans->pdata[i], "hour"));
  return kith_capacity_opening_hour (self->row, kith_capacity_day_weekday (day));
}

static gboolean
has_passed (KithCapacityWeek *self,
            KithCapacityDay  *day,
            const char       *hour)
{
  g_autofree char *when = kith_capacity_day_when (day, hour);
  gint64 ms;

  return when && kith_time_parse (when, &ms) && ms <= kith_context_get_now (self->context);
}

/* A plan of more would begin with fewer. */
static gboolean
is_too_many (KithCapacityWeek *self,
             int               number)
{
  g_autofree char *wrong = kith_capacity_too_many (self->row, number);
  g_autofree char *words = wrong ? g_strdup_printf (_("%s. Nothing was planned."), wrong) : NULL;

  if (words)
    kith_context_toast (self->context, words);
  return words != NULL;
}

static const char *
weekday_words (KithCapacityDay *day)
{
  return kith_format_code ("weekday", kith_capacity_day_weekday (day));
}

static void
ask (KithCapacityWeek *self,
     int               i,
     gboolean          every)
{
  KithCapacityDay *day = kith_capacity_week_day (self, i);
  int number = kith_capacity_week_typed (self, day);
  g_autofree char *hour = hour_for (self, day);
  /* Translators: a day of the week: "Every Friday" */
  g_autofree char *weekly = g_strdup_printf (_("Every %s"), weekday_words (day));

  kith_capacity_ask_day (GTK_WIDGET (self), self->context, self->row, day->iso, kith_capacity_day_weekday (day), weekly, every,
                         number >= 0 ? number : day->plans->len > 0 ? (int) kith_record_int (day->plans->pdata[0], "free") : -1,
                         !every && has_passed (self, day, hour) ? NULL : hour);
  kith_capacity_week_set_typed (self, i, -1); /* the window keeps it */
}

void
kith_capacity_week_plan (KithCapacityWeek *self,
                         int               i,
                         gboolean          every)
{
  KithCapacityDay *day = kith_capacity_week_day (self, i);
  int number = kith_capacity_week_typed (self, day);
  const char *name = kith_row_get_text (self->row, "name");
  g_autofree char *hour = hour_for (self, day);
  g_autofree char *id = NULL;
  g_autofree char *date = kith_capacity_day_name (day);
  g_autofree char *weekly = g_strdup_printf (_("Every %s"), weekday_words (day));
  g_autofree char *done = NULL;
  JsonObject *args;

  if (is_over (self, day))
    {
      kith_context_toast (self->context, _("That day is over. Nothing was planned."));
      return;
    }
  if (number < 0 || (!every && has_passed (self, day, hour))) /* today after that hour: another is asked for */
    {
      ask (self, i, every);
      return;
    }
  if (is_too_many (self, number))
    return;
  id = kith_context_new_id (self->context);
  args = kith_capacity_arguments (self->row);
  json_object_set_string_member (args, "id", id);
  json_object_set_string_member (args, "hour", hour);
  json_object_set_int_member (args, "free", number);
  if (every)
    json_object_set_array_member (args, "weekdays", kith_json_strings (kith_capacity_day_weekday (day), NULL));
  else
    json_object_set_string_member (args, "planned_on", day->iso);
  /* Translators: the name of a service, how many places are planned to be free, the day or the day of each week, and the time of day */
  done = g_strdup_printf (_("%s: %d free planned, %s, %s"), name ? name : "", number, every ? weekly : date, hour);
  kith_context_submit (self->context, "capacity.schedule", args, done, TRUE, NULL, NULL);
  kith_capacity_week_set_typed (self, i, -1);
}

/* Of a plan of every week this day of each; the others stay. */
void
kith_capacity_week_cancel (KithCapacityWeek *self,
                           int               i)
{
  KithCapacityDay *day = kith_capacity_week_day (self, i);
  KithRecord *first = day->plans->len > 0 ? day->plans->pdata[0] : NULL;
  gboolean weekly = first && !kith_record_string (first, "planned_on");
  g_autofree char *every = g_strdup_printf (_("Every %s"), weekday_words (day));
  g_autofree char *date = kith_capacity_day_name (day);
  g_autofree char *done = NULL;
  JsonObject *args;

  if (kith_capacity_week_typed (self, day) >= 0)
    {
      kith_capacity_week_set_typed (self, i, -1);
      return;
    }
  if (!first)
    {
      kith_context_toast (self->context, _("Nothing is planned for that day"));
      return;
    }
  args = kith_json_new ("plan", "s", kith_record_get_id (first), NULL);
  if (weekly && json_array_get_length (kith_record_array (first, "weekdays")) > 1)
    json_object_set_array_member (args, "weekdays", kith_json_strings (kith_capacity_day_weekday (day), NULL));
  /* Translators: the day, or the day of each week, and the time of day */
  done = g_strdup_printf (_("Plan cancelled: %s, %s"), weekly ? every : date, kith_record_string (first, "hour"));
  kith_context_submit (self->context, "capacity.cancel", args, done, TRUE, NULL, NULL);
}
