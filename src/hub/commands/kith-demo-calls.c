/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Calls to 2-1-1 in the made-up network: who called, what they needed, and what was made of it (P21, P22). */

#include "kith-demo-private.h"

#include "kith-clock.h"
#include "kith-console.h"

#define MOST_CALLS 40

/* Two who take calls; the first can sign in as network1. */
static gboolean
add_staff (KithDemo *demo, guint i, char **id, GError **error)
{
  g_autofree char *login = g_strdup_printf ("network%u", i + 1);
  g_autofree char *email = g_strdup_printf ("%s@example.org", login);
  KithDemoPerson person;

  kith_demo_person (demo->random, &person);
  *id = kith_demo_make_id (demo, "demo-network", i);
  if (!kith_demo_submit (demo, demo->console, "staff.add",
                         kith_json_new ("id", "s", *id, "given_name", "s", person.given, "family_name", "s", person.family, "email", "s", email, "level", "s",
                                        "network", "trained", "b", TRUE, "login", "s", login, NULL), error) ||
      !kith_demo_flush (demo, error))
    return FALSE;
  return i > 0 || demo->options->accounts == 0 || kith_console_set_password (&(KithConsole) { .hub = demo->hub }, login, *id, KITH_DEMO_PASSWORD, TRUE, error);
}

static JsonObject *
call_values (KithDemo *demo, guint i, const char *id, const char *need_id, const KithDemoStory *story, guint ask, gboolean family)
{
  g_autofree char *number = g_strdup_printf ("CALL-%04u", i + 1), *postal_code = g_strdup_printf ("921%02u", kith_random_below (demo->random, 50));
  g_autofree char *phone = g_strdup_printf ("(619) 555-%04u", kith_random_below (demo->random, 10000));
  g_autofree char *name = NULL, *caller = NULL, *at = kith_time_format (demo->time);
  KithDemoPerson person;

  kith_demo_person (demo->random, &person);
  name = g_strjoin (" ", person.given, person.family, NULL);
  caller = family ? g_strjoin (" ", kith_demo_given_name (demo->random), person.family, NULL) : NULL;
  return kith_json_new ("id", "s", id, "number", "s", number, "submitted_at", "s", at, "how", "s", i % 5 == 4 ? "text" : "phone", "caller_kind", "s",
                        family ? "family" : "self", "caller_name", "s", caller, "name", "s", name, "phones", "a",
                        kith_demo_one (kith_json_new ("number", "s", phone, "safe_to_leave_message", "b", TRUE, NULL)), "postal_code", "s", postal_code, "notes", "s",
                        story->asks[ask].request, "needs", "a", kith_demo_one (kith_json_new ("id", "s", need_id, "words", "s", story->asks[ask].need, NULL)), NULL);
}

/* What the receiver made of it; the need is settled by whoever took the call, when it is. */
static gboolean
answer (KithDemo *demo, guint i, const KithActor *taker, const KithDemoAgency *receiver, const char *referral, const char *need, GError **error)
{
  JsonObject *set;

  if (i % 4 == 0)
    return TRUE; /* waits */
  kith_demo_later (demo, 30);
  if (!kith_demo_submit (demo, receiver->manager, "referral.accept", kith_json_new ("referral", "s", referral, "from", "s", "sent", NULL), error) || i % 4 == 1)
    return i % 4 == 1;
  kith_demo_later (demo, 100);
  if (!kith_demo_submit (demo, receiver->manager, "referral.close",
                         kith_json_new ("referral", "s", referral, "from", "s", "accepted", "outcome", "s", "need_met", "text", "s", "Was here and is looked after", NULL), error) ||
      i % 4 == 2)
    return i % 4 == 2;
  kith_demo_later (demo, 24);
  set = kith_json_new ("status", "o", kith_json_new ("old", "s", "referred", "new", "s", "met", NULL), NULL);
  return kith_demo_submit (demo, taker, "record.patch", kith_json_new ("t", "s", "contact_need", "id", "s", need, "set", "o", set, NULL), error);
}

static gboolean
build_call (KithDemo *demo, guint i, const KithActor *taker, GError **error)
{
  guint to = i % demo->options->agencies, ask = kith_random_below (demo->random, 4);
  const KithDemoAgency *receiver = &demo->agencies[to];
  const KithDemoStory *story = kith_demo_story (to);
  g_autofree char *id = kith_demo_make_id (demo, "demo-call", i), *need = kith_demo_make_id (demo, "demo-call-need", i);
  g_autofree char *referral = kith_demo_make_id (demo, "demo-call-referral", i), *number = g_strdup_printf ("CALL-%04u", 5000 + i);
  g_autofree char *queue = receiver->direct ? kith_demo_queue_of (demo, to) : NULL, *until = NULL;
  JsonObject *release = NULL;

  demo->time = demo->now - (gint64) (3 + kith_random_below (demo->random, 24 * 20)) * HOUR_MS;
  until = kith_time_format (demo->time + (gint64) 90 * 24 * HOUR_MS);
  if (!kith_demo_submit (demo, taker, "contact.record", call_values (demo, i, id, need, story, ask, i % 3 == 1), error) || i % 6 == 5)
    return i % 6 == 5; /* nobody was found yet */
  kith_demo_later (demo, 1);
  if (receiver->direct)
    release = kith_json_new ("classes", "a", kith_json_strings ("client", NULL), "until", "s", until, "basis", "s", "spoken_release", NULL);
  return kith_demo_submit (demo, taker, "contact.assign",
                           kith_json_new ("contact", "s", id, "need", "s", need, "id", "s", referral, "number", "s", number, "type", "s",
                                          receiver->direct ? "direct" : "informational", "service", "s", receiver->service, "queue", "s", queue, "answers", "a",
                                          receiver->direct ? kith_demo_answers (demo, to, i) : NULL, "release", "o", release, NULL), error) &&
         (!receiver->direct || answer (demo, i, taker, receiver, referral, need, error));
}

static gboolean
build (KithDemo *demo, GError **error)
{
  const guint n = MIN (demo->options->clients / 10, MOST_CALLS);
  g_autofree char *first_id = NULL, *second_id = NULL;
  g_autoptr (KithActor) first = NULL;
  g_autoptr (KithActor) second = NULL;

  demo->time = 0;
  if (!add_staff (demo, 0, &first_id, error) || (first = kith_hub_load_actor (demo->hub, first_id, error)) == NULL ||
      !add_staff (demo, 1, &second_id, error) || (second = kith_hub_load_actor (demo->hub, second_id, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!build_call (demo, i, i % 2 == 0 ? first : second, error))
      return FALSE;
  return kith_demo_flush (demo, error);
}

/* What is drawn here changes nothing of what is drawn for the rest of the network. */
gboolean
kith_demo_build_calls (KithDemo *demo, GError **error)
{
  KithRandom *kept = demo->random;
  gboolean done;

  demo->random = kith_random_new_seeded (demo->options->seed * 1000003 + 211);
  done = build (demo, error);
  kith_random_free (demo->random);
  demo->random = kept;
  return done;
}
