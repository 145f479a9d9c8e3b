/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Clients, consents, referrals and how they went. Everything follows from the seed. */

#include "kith-demo-private.h"

#include <glib/gi18n.h>

/* Who fits both the agency that knows them and the service they are referred to. */
typedef struct
{
  guint min_age, max_age;
  KithDemoHome home;
} Fit;

static Fit
fit_of (guint owner, const KithDemoStory *wanted)
{
  const KithDemoStory *own = kith_demo_story (owner);
  Fit fit = { own->min_age, own->max_age, own->home };

  if (wanted == NULL)
    return fit;
  fit.min_age = MAX (fit.min_age, wanted->min_age);
  fit.max_age = MIN (fit.max_age, wanted->max_age);
  if (wanted->home != KITH_DEMO_ANY)
    fit.home = wanted->home;
  return fit;
}

static char *
birth_date (KithDemo *demo, const Fit *fit)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (demo->now / 1000);
  guint age = fit->min_age + kith_random_below (demo->random, fit->max_age - fit->min_age + 1);
  guint year = g_date_time_get_year (now) - 1 - age, roll = kith_random_below (demo->random, 100);

  if (roll < 4)
    return g_strdup_printf ("%u", year);
  if (roll < 6)
    return g_strdup_printf ("%u-%02u", year, 1 + kith_random_below (demo->random, 12));
  return g_strdup_printf ("%u-%02u-%02u", year, 1 + kith_random_below (demo->random, 12), 1 + kith_random_below (demo->random, 28));
}

static JsonArray *
client_phones (KithDemo *demo)
{
  g_autofree char *number = g_strdup_printf ("(619) 555-%04u", kith_random_below (demo->random, 10000));
  g_autofree char *second = g_strdup_printf ("(619) 555-%04u", kith_random_below (demo->random, 10000));
  JsonArray *phones;

  if (!kith_demo_chance (demo, 80))
    return NULL;
  phones = kith_demo_one (kith_json_new ("number", "s", number, "type", "s", "mobile", "safe_to_call", "b", kith_demo_chance (demo, 90), NULL));
  if (kith_demo_chance (demo, 15))
    json_array_add_object_element (phones, kith_json_new ("number", "s", second, "type", "s", "relative", "safe_to_call", "b", kith_demo_chance (demo, 70),
                                                          "note", "s", "Sister, speaks English", NULL));
  return phones;
}

static JsonObject *
client_values (KithDemo *demo, const Fit *fit)
{
  g_autofree char *born = birth_date (demo, fit);
  g_autofree char *street = g_strdup_printf ("%u %s", 1 + kith_random_below (demo->random, 4000), kith_demo_street (demo->random));
  g_autofree char *postal_code = g_strdup_printf ("921%02u", kith_random_below (demo->random, 50));
  gboolean roll = kith_demo_chance (demo, 60), housed = fit->home == KITH_DEMO_HOUSED || (fit->home == KITH_DEMO_ANY && roll);
  gboolean foreign, interpreter;
  KithDemoPerson person;

  kith_demo_person (demo->random, &person);
  foreign = kith_demo_chance (demo, 70) && person.language != NULL;
  interpreter = kith_demo_chance (demo, 50) && foreign;
  return kith_json_new ("given_name", "s", person.given, "family_name", "s", person.family, "second_family_name", "s", person.second_family,
                        "date_of_birth", "s", kith_demo_chance (demo, 96) ? born : NULL, "phones", "a", client_phones (demo),
                        "address", "o", housed ? kith_json_new ("address_1", "s", street, "city", "s", "Riverton", "state_province", "s", "CA",
                                                                "postal_code", "s", postal_code, "country", "s", "US", NULL) : NULL,
                        "languages", "a", foreign ? kith_json_strings (person.language, interpreter ? NULL : "en", NULL) : kith_json_strings ("en", NULL),
                        "interpreter_needed", "b", interpreter, "do_not_contact", "b", kith_demo_chance (demo, 3),
                        "contact_note", "s", kith_demo_chance (demo, 8) ? "Works nights: call after two." : NULL, NULL);
}

/* Mostly a year. Of clients nobody was referred anywhere for, some consents end within a month, some within a week, and some have ended. */
static gint64
consent_end (KithDemo *demo, guint i, gboolean referred)
{
  const gint64 day = 24 * HOUR_MS;

  if (referred)
    return demo->time + 365 * day;
  if (i % 11 == 4)
    return demo->now + (8 + i % 20) * day;
  if (i % 11 == 7)
    return demo->now + (1 + i % 6) * day;
  if (i % 11 == 9 && demo->now - demo->time > 2 * day)
    return demo->now - day;
  return demo->time + 365 * day;
}

static JsonObject *
client_consent (KithDemo *demo, guint i, guint owner, guint partner, gboolean referred)
{
  g_autofree char *id = kith_demo_make_id (demo, "demo-consent", i), *term = kith_time_format (consent_end (demo, i, referred));
  guint second = kith_random_below (demo->random, demo->options->agencies);
  JsonArray *receivers = kith_json_strings (demo->agencies[partner].id, NULL);

  if (second != owner && second != partner)
    json_array_add_string_element (receivers, demo->agencies[second].id);
  return kith_json_new ("id", "s", id, "permission", "s", "granted", "classes", "a", kith_json_strings ("client", "care", NULL),
                        "receivers", "a", receivers, "purpose", "s", "Coordinating services", "term", "s", term,
                        "how", "s", kith_demo_chance (demo, 60) ? "signed" : "written", "language", "s", "en", "grantor", "s", "self", NULL);
}

/* One referral on its way. */
typedef struct
{
  KithDemo *demo;
  const char *id, *phase;
  const KithActor *manager, *worker;
  const KithDemoStory *story;
} Course;

static gboolean
set_status (Course *course, const char *phase, const char *reason, GError **error)
{
  const char *from = course->phase;

  kith_demo_later (course->demo, 48);
  course->phase = phase;
  return kith_demo_submit (course->demo, course->worker, "referral.set_status",
                           kith_json_new ("referral", "s", course->id, "from", "s", from, "phase", "s", phase, "reason", "s", reason, NULL), error);
}

static gboolean
contact (Course *course, guint which, GError **error)
{
  kith_demo_later (course->demo, 48);
  return kith_demo_submit (course->demo, course->worker, "referral.record_contact",
                           kith_json_new ("referral", "s", course->id, "how", "s", course->story->contacts[which].how, "result", "s",
                                          course->story->contacts[which].result, "text", "s", course->story->contacts[which].text, NULL), error);
}

static gboolean
decline (Course *course, GError **error)
{
  guint which = kith_random_below (course->demo->random, 2);

  kith_demo_later (course->demo, 30);
  return kith_demo_submit (course->demo, course->manager, "referral.decline",
                           kith_json_new ("referral", "s", course->id, "from", "s", "sent", "reason", "s", course->story->declines[which].reason,
                                          "text", "s", course->story->declines[which].text, NULL), error);
}

static gboolean
close_it (Course *course, GError **error)
{
  guint which = kith_demo_chance (course->demo, 65) ? 0 : 1 + kith_random_below (course->demo->random, 2);

  kith_demo_later (course->demo, 24 * 15);
  return kith_demo_submit (course->demo, course->worker, "referral.close",
                           kith_json_new ("referral", "s", course->id, "from", "s", course->phase, "outcome", "s", course->story->ends[which].outcome,
                                          "text", "s", course->story->ends[which].text, NULL), error);
}

/* Accepted and given to somebody, tried to reach, in service, closed: as far as fate (of a hundred) wills. */
static gboolean
run_course (Course *course, const char *assignee, guint fate, GError **error)
{
  KithDemo *demo = course->demo;

  kith_demo_later (demo, 30);
  if (!kith_demo_submit (demo, course->manager, "referral.accept", kith_json_new ("referral", "s", course->id, "from", "s", "sent", NULL), error))
    return FALSE;
  course->phase = "accepted";
  if (fate < 45)
    return TRUE;
  if (!kith_demo_submit (demo, course->manager, "referral.assign", kith_json_new ("referral", "s", course->id, "staff", "s", assignee, NULL), error) ||
      !set_status (course, "contacting", NULL, error) || !contact (course, kith_random_below (demo->random, 3), error))
    return FALSE;
  if (fate < 58)
    return TRUE;
  if (fate < 64)
    return set_status (course, "waitlisted", "A place is free in about two weeks", error);
  if (!contact (course, kith_random_below (demo->random, 2) * 2, error) || !set_status (course, "in_service", NULL, error))
    return FALSE;
  if (fate % 3 == 0 && course->story->note != NULL &&
      !kith_demo_submit (demo, course->worker, "referral.note", kith_json_new ("referral", "s", course->id, "text", "s", course->story->note, NULL), error))
    return FALSE;
  return fate < 78 || close_it (course, error);
}

static gboolean
build_referral (KithDemo *demo, guint i, guint from, guint to, const char *client, GError **error)
{
  static const char *const urgency[] = { "routine", "routine", "routine", "soon", "soon", "urgent" };
  g_autofree char *id = kith_demo_make_id (demo, "demo-referral", i), *number = g_strdup_printf ("DEMO-%06u", 500000 + i);
  const KithDemoAgency *receiver = &demo->agencies[to];
  const KithDemoStory *story = kith_demo_story (to);
  guint fate = kith_random_below (demo->random, 100), ask = kith_random_below (demo->random, G_N_ELEMENTS (story->asks));
  Course course = { demo, id, "sent", receiver->manager, receiver->team[0], story };
  g_autofree char *queue = receiver->direct && i % 3 != 0 ? kith_demo_queue_of (demo, to) : NULL;
  JsonArray *answers;

  /* What nobody has answered yet is of the last days; what is closed had the time for it. */
  if (fate < 25)
    demo->time = MAX (demo->time, demo->now - (gint64) (1 + kith_random_below (demo->random, 60)) * HOUR_MS);
  else
    kith_demo_later (demo, 24 * PAST_DAYS / 4);
  answers = receiver->direct ? kith_demo_answers (demo, to, i) : NULL;
  if (!kith_demo_submit (demo, demo->worker, "referral.send",
                         kith_json_new ("id", "s", id, "number", "s", number, "client", "s", client, "type", "s", receiver->direct ? "direct" : "informational",
                                        "service", "s", receiver->service, "queue", "s", queue, "answers", "a", answers, "need", "s", story->asks[ask].need, "request", "s", story->asks[ask].request,
                                        "urgency", "s", urgency[kith_random_below (demo->random, G_N_ELEMENTS (urgency))], NULL), error))
    return FALSE;
  if (!receiver->direct || fate < 25)
    return TRUE;
  return fate < 35 ? decline (&course, error) : run_course (&course, receiver->team[0]->user, fate, error);
}

static gboolean
build_client (KithDemo *demo, guint i, guint owner, gboolean first, GError **error)
{
  const guint n = demo->options->agencies;
  guint partner = kith_random_below (demo->random, n);
  static const guint shares[] = { 0, 0, 1, 0, 0, 2, 0, 1, 0, 3 }; /* of the team: some have more to do than others */
  g_autofree char *id = kith_demo_make_id (demo, "demo-client", i), *number = g_strdup_printf ("DEMO-%06u", i + 1);
  guint share = shares[i % G_N_ELEMENTS (shares)];
  gboolean same = !first && shares[(i - 1) % G_N_ELEMENTS (shares)] == share; /* a coordinator sees the own clients only */
  g_autofree char *before = same ? kith_demo_make_id (demo, "demo-client", i - 1) : NULL;
  gboolean shared = n > 1 && kith_demo_chance (demo, 70), referred;
  Fit fit;

  while (n > 1 && partner == owner)
    partner = kith_random_below (demo->random, n);
  referred = shared && kith_demo_chance (demo, demo->agencies[partner].direct ? 30 : 8);
  fit = fit_of (owner, referred ? kith_demo_story (partner) : NULL);
  if (fit.min_age > fit.max_age)
    {
      referred = FALSE;
      fit = fit_of (owner, NULL);
    }
  demo->worker = demo->agencies[owner].team[share % demo->agencies[owner].n_team];
  demo->time = demo->now - (gint64) kith_random_below (demo->random, 24 * PAST_DAYS) * HOUR_MS;
  return kith_demo_submit (demo, demo->worker, "client.register",
                           kith_json_new ("id", "s", id, "number", "s", number, "values", "o", client_values (demo, &fit),
                                          "consent", "o", shared ? client_consent (demo, i, owner, partner, referred) : NULL, NULL), error) &&
         (!referred || build_referral (demo, i, owner, partner, id, error)) && kith_demo_build_record (demo, i, owner, id, before, error) &&
         kith_demo_build_case (demo, i, id, error);
}

/* Each consented client's partner is an agency; a part of them is referred there, where what they need is what it offers. */
gboolean
kith_demo_build_clients (KithDemo *demo, GError **error)
{
  const guint n = demo->options->agencies, total = demo->options->clients;
  const guint per_agency = (total + n - 1) / n;

  for (guint i = 0; i < total; i++)
    {
      if (!build_client (demo, i, MIN (i / per_agency, n - 1), i % per_agency == 0, error))
        return FALSE;
      if (demo->progress != NULL && i % 500 == 0)
        demo->progress (_("clients"), i, total, demo->user_data);
    }
  return kith_demo_flush (demo, error);
}
