/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The client's record in the made-up network: programs, care team, services given, alerts, households. */

#include "kith-demo-private.h"

#include "kith-clock.h"

static char *
day_of (gint64 time)
{
  char *day = kith_time_format (time);

  day[10] = '\0';
  return day;
}

static gboolean
enroll (KithDemo *demo, guint i, guint owner, const char *client, GError **error)
{
  static const char *const ends[] = { "completed", "need_met", "left", "moved_away" };
  g_autofree char *id = kith_demo_make_id (demo, "demo-enrollment", i), *started = NULL, *ended = NULL;

  kith_demo_later (demo, 72);
  started = day_of (demo->time);
  if (!kith_demo_submit (demo, demo->worker, "enrollment.start",
                         kith_json_new ("id", "s", id, "client", "s", client, "program", "s", demo->agencies[owner].program, "started_on", "s", started, NULL),
                         error) ||
      !kith_demo_submit (demo, demo->worker, "care_team.join",
                         kith_json_new ("client", "s", client, "staff", "s", demo->worker->user, "role", "s", "Care coordinator", "started_on", "s", started,
                                        NULL),
                         error))
    return FALSE;
  if (!kith_demo_chance (demo, 25))
    return TRUE;
  kith_demo_later (demo, 24 * 40);
  ended = day_of (demo->time);
  return kith_demo_submit (demo, demo->worker, "enrollment.end",
                           kith_json_new ("enrollment", "s", id, "ended_on", "s", ended, "end_reason", "s",
                                          ends[kith_random_below (demo->random, G_N_ELEMENTS (ends))], NULL),
                           error);
}

static gboolean
give (KithDemo *demo, guint i, guint owner, const char *client, GError **error)
{
  static const char *const types[][2] = { { "night", "shower" }, { "visit", "ride" }, { "goods", "meal" }, { "payment", "visit" }, { "visit", "other" },
                                          { "visit", "payment" } };
  const char *const *of_agency = types[owner % G_N_ELEMENTS (types)];
  guint n = 1 + kith_random_below (demo->random, 5);

  for (guint k = 0; k < n; k++)
    {
      g_autofree char *id = kith_demo_make_id (demo, "demo-service", i * 8 + k), *day = NULL;

      kith_demo_later (demo, 24 * 4);
      day = day_of (demo->time);
      if (!kith_demo_submit (demo, demo->worker, "service.record",
                             kith_json_new ("id", "s", id, "client", "s", client, "service", "s", demo->agencies[owner].service, "type", "s",
                                            of_agency[kith_demo_chance (demo, 25) ? 1 : 0], "given_on", "s", day, NULL),
                             error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
warn (KithDemo *demo, guint i, const char *client, GError **error)
{
  static const struct { const char *level, *text; } alerts[] = {
    { "info", "Comes with a service dog." },
    { "info", "Hard of hearing: speak to the left side." },
    { "caution", "Allergic to nuts and latex." },
    { "caution", "Does not read: go through letters together." },
    { "danger", "Must not be told where the family lives. Ask a supervisor first." },
    { "info", "Interpreter on the phone; the daughter does not translate." },
  };
  guint which = kith_random_below (demo->random, G_N_ELEMENTS (alerts));
  g_autofree char *id = kith_demo_make_id (demo, "demo-alert", i);

  kith_demo_later (demo, 24);
  return kith_demo_submit (demo, demo->worker, "alert.raise",
                           kith_json_new ("id", "s", id, "client", "s", client, "level", "s", alerts[which].level, "text", "s", alerts[which].text, NULL),
                           error);
}

static gboolean
build (KithDemo *demo, guint i, guint owner, const char *client, const char *before, GError **error)
{
  static const char *const relationships[] = { "3", "4", "5" };

  if (kith_demo_chance (demo, 55) && !enroll (demo, i, owner, client, error))
    return FALSE;
  if (kith_demo_chance (demo, 50) && !give (demo, i, owner, client, error))
    return FALSE;
  if (kith_demo_chance (demo, 10) && !warn (demo, i, client, error))
    return FALSE;
  if (before == NULL || !kith_demo_chance (demo, 12))
    return TRUE;
  kith_demo_later (demo, 24);
  return kith_demo_submit (demo, demo->worker, "household.join",
                           kith_json_new ("client", "s", client, "with", "s", before, "relationship", "s",
                                          relationships[kith_random_below (demo->random, G_N_ELEMENTS (relationships))], NULL),
                           error);
}

/* What is drawn here changes nothing of what is drawn for the rest of the network. */
gboolean
kith_demo_build_record (KithDemo *demo, guint i, guint owner, const char *client, const char *before, GError **error)
{
  KithRandom *kept = demo->random;
  gint64 time = demo->time;
  gboolean done;

  demo->random = kith_random_new_seeded (demo->options->seed * 998244353 + i);
  done = build (demo, i, owner, client, before, error);
  kith_random_free (demo->random);
  demo->random = kept;
  demo->time = time;
  return done;
}
