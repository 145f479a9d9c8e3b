/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-clock.h"

#include <string.h>
#include <time.h>

G_DEFINE_ABSTRACT_TYPE (KithClock, kith_clock, G_TYPE_OBJECT)

static void
kith_clock_class_init (KithClockClass *klass)
{
}

static void
kith_clock_init (KithClock *self)
{
}

gint64
kith_clock_wall_ms (KithClock *self)
{
  g_return_val_if_fail (KITH_IS_CLOCK (self), 0);
  return KITH_CLOCK_GET_CLASS (self)->wall_ms (self);
}

gint64
kith_clock_mono_ms (KithClock *self)
{
  g_return_val_if_fail (KITH_IS_CLOCK (self), 0);
  return KITH_CLOCK_GET_CLASS (self)->mono_ms (self);
}

const char *
kith_clock_boot_id (KithClock *self)
{
  g_return_val_if_fail (KITH_IS_CLOCK (self), NULL);
  return KITH_CLOCK_GET_CLASS (self)->boot_id (self);
}

/* The system's clock. */

#define KITH_TYPE_SYSTEM_CLOCK (kith_system_clock_get_type ())
G_DECLARE_FINAL_TYPE (KithSystemClock, kith_system_clock, KITH, SYSTEM_CLOCK, KithClock)

struct _KithSystemClock
{
  KithClock parent_instance;
  char *boot_id;
};

G_DEFINE_FINAL_TYPE (KithSystemClock, kith_system_clock, KITH_TYPE_CLOCK)

static gint64
system_wall_ms (KithClock *clock)
{
  return g_get_real_time () / 1000;
}

/* CLOCK_BOOTTIME goes on while the computer sleeps, as a lid closed between two contacts must not shorten the time
 * between two operations. */
static gint64
system_mono_ms (KithClock *clock)
{
  struct timespec now;

  if (clock_gettime (CLOCK_BOOTTIME, &now) != 0)
    return g_get_monotonic_time () / 1000;
  return (gint64) now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static const char *
system_boot_id (KithClock *clock)
{
  return KITH_SYSTEM_CLOCK (clock)->boot_id;
}

static void
kith_system_clock_finalize (GObject *object)
{
  g_free (KITH_SYSTEM_CLOCK (object)->boot_id);
  G_OBJECT_CLASS (kith_system_clock_parent_class)->finalize (object);
}

static void
kith_system_clock_class_init (KithSystemClockClass *klass)
{
  KithClockClass *clock_class = KITH_CLOCK_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = kith_system_clock_finalize;
  clock_class->wall_ms = system_wall_ms;
  clock_class->mono_ms = system_mono_ms;
  clock_class->boot_id = system_boot_id;
}

static void
kith_system_clock_init (KithSystemClock *self)
{
  /* Without the kernel's id each run gets its own: then mono times of two runs are never compared. */
  if (g_file_get_contents ("/proc/sys/kernel/random/boot_id", &self->boot_id, NULL, NULL))
    g_strstrip (self->boot_id);
  else
    self->boot_id = g_uuid_string_random ();
}

/**
 * kith_clock_new_system:
 *
 * Time since boot counts the hours the computer sleeps. Where the kernel tells no boot id, each object makes one up, so that its times are never
 * compared with another's.
 *
 * Returns: (transfer full): the clock of this computer; any thread
 */
KithClock *
kith_clock_new_system (void)
{
  return g_object_new (KITH_TYPE_SYSTEM_CLOCK, NULL);
}

/* The clock that stands still. */

struct _KithManualClock
{
  KithClock parent_instance;
  gint64 wall_ms;
  gint64 mono_ms;
  guint boots;
  char boot_id[24];
};

G_DEFINE_FINAL_TYPE (KithManualClock, kith_manual_clock, KITH_TYPE_CLOCK)

static gint64
manual_wall_ms (KithClock *clock)
{
  return KITH_MANUAL_CLOCK (clock)->wall_ms;
}

static gint64
manual_mono_ms (KithClock *clock)
{
  return KITH_MANUAL_CLOCK (clock)->mono_ms;
}

static const char *
manual_boot_id (KithClock *clock)
{
  return KITH_MANUAL_CLOCK (clock)->boot_id;
}

static void
kith_manual_clock_class_init (KithManualClockClass *klass)
{
  KithClockClass *clock_class = KITH_CLOCK_CLASS (klass);

  clock_class->wall_ms = manual_wall_ms;
  clock_class->mono_ms = manual_mono_ms;
  clock_class->boot_id = manual_boot_id;
}

static void
kith_manual_clock_init (KithManualClock *self)
{
  kith_manual_clock_reboot (self);
}

/**
 * kith_manual_clock_new:
 * @wall_ms: milliseconds since 1970, UTC
 *
 * Returns: (transfer full): a clock that stands at @wall_ms, 0 ms after its first boot; of one thread at a time
 */
KithManualClock *
kith_manual_clock_new (gint64 wall_ms)
{
  KithManualClock *self = g_object_new (KITH_TYPE_MANUAL_CLOCK, NULL);

  self->wall_ms = wall_ms;
  return self;
}

/**
 * kith_manual_clock_advance:
 * @ms: 0 or more
 */
void
kith_manual_clock_advance (KithManualClock *self, gint64 ms)
{
  g_return_if_fail (KITH_IS_MANUAL_CLOCK (self) && ms >= 0);
  self->wall_ms += ms;
  self->mono_ms += ms;
}

void
kith_manual_clock_set_wall (KithManualClock *self, gint64 wall_ms)
{
  g_return_if_fail (KITH_IS_MANUAL_CLOCK (self));
  self->wall_ms = wall_ms;
}

void
kith_manual_clock_reboot (KithManualClock *self)
{
  g_return_if_fail (KITH_IS_MANUAL_CLOCK (self));
  self->mono_ms = 0;
  self->boots++;
  g_snprintf (self->boot_id, sizeof self->boot_id, "boot-%u", self->boots);
}

/* Times as text. */

#define DAY_MS G_GINT64_CONSTANT (86400000)
#define LAST_MS G_GINT64_CONSTANT (253402300799999) /* the end of the year 9999 */
#define FIRST_MS (-G_GINT64_CONSTANT (62135596800000)) /* the start of the year 1 */

/**
 * kith_time_format:
 * @wall_ms: milliseconds since 1970, UTC; beyond the years 1 to 9999 it is held at their ends
 *
 * Returns: (transfer full): ISO 8601 in UTC with milliseconds, always 24 characters, so that text sorts like time
 */
char *
kith_time_format (gint64 wall_ms)
{
  gint64 clamped = CLAMP (wall_ms, FIRST_MS, LAST_MS);
  gint64 days = clamped / DAY_MS;
  gint64 rest = clamped % DAY_MS;
  GDate date;

  if (rest < 0)
    {
      rest += DAY_MS;
      days--;
    }
  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32) (days + 719163)); /* GDate counts from the first day of the year 1, as day 1 */
  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d.%03dZ",
                          g_date_get_year (&date), g_date_get_month (&date), g_date_get_day (&date),
                          (int) (rest / 3600000), (int) (rest / 60000 % 60), (int) (rest / 1000 % 60),
                          (int) (rest % 1000));
}

static gboolean
matches_pattern (const char *text, const char *pattern)
{
  gsize i;

  for (i = 0; pattern[i] != '\0'; i++)
    if (pattern[i] == '0' ? !g_ascii_isdigit (text[i]) : text[i] != pattern[i])
      return FALSE;
  return text[i] == '\0';
}

static int
digits_at (const char *text, int at, int count)
{
  int value = 0;

  for (int i = at; i < at + count; i++)
    value = value * 10 + (text[i] - '0');
  return value;
}

/**
 * kith_time_parse:
 * @text: (nullable): a time exactly as kith_time_format() writes it
 * @wall_ms: (out) (optional): milliseconds since 1970, UTC; untouched on failure
 *
 * Only the one form is taken, so that two times are equal exactly when their texts are.
 *
 * Returns: whether @text was such a time
 */
gboolean
kith_time_parse (const char *text, gint64 *wall_ms)
{
  int year, month, day, hour, minute, second;
  GDate date;

  if (text == NULL || !matches_pattern (text, "0000-00-00T00:00:00.000Z"))
    return FALSE;
  year = digits_at (text, 0, 4);
  month = digits_at (text, 5, 2);
  day = digits_at (text, 8, 2);
  hour = digits_at (text, 11, 2);
  minute = digits_at (text, 14, 2);
  second = digits_at (text, 17, 2);
  if (!g_date_valid_dmy (day, month, year) || hour > 23 || minute > 59 || second > 59)
    return FALSE;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, day, month, year);
  if (wall_ms != NULL)
    *wall_ms = ((gint64) g_date_get_julian (&date) - 719163) * DAY_MS
               + ((gint64) hour * 3600 + minute * 60 + second) * 1000 + digits_at (text, 20, 3);
  return TRUE;
}
