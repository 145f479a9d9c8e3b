/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A client with many calls to 2-1-1 behind it: who may read a call is worked out anew for those whose referral's detail opens or closes to a
 * portal account, and from that referral alone. Counted in records read, not in time. And what a service must know before it takes
 * a referral: asked for at the hub too (P2), but not of a desk that could not know. */

#include "hub-fixture.h"

/* ---- a world that counts what is read ---- */

#define TEST_TYPE_COUNTING (test_counting_get_type ())
G_DECLARE_FINAL_TYPE (TestCounting, test_counting, TEST, COUNTING, GObject)

struct _TestCounting
{
  GObject parent_instance;
  KithWorld *base; /* not owned */
  guint64 read;    /* records */
};

static void counting_iface_init (KithWorldInterface *iface);

G_DEFINE_TYPE_WITH_CODE (TestCounting, test_counting, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (KITH_TYPE_WORLD, counting_iface_init))

static KithRecord *
counting_get (KithWorld *world, const KithKind *kind, const char *id, GError **error)
{
  TEST_COUNTING (world)->read++;
  return kith_world_get (TEST_COUNTING (world)->base, kind->name, id, error);
}

static gboolean
counting_put (KithWorld *world, KithRecord *record, GError **error)
{
  return kith_world_put (TEST_COUNTING (world)->base, record, error);
}

static gboolean
counting_remove (KithWorld *world, const KithKind *kind, const char *id, GError **error)
{
  return kith_world_remove (TEST_COUNTING (world)->base, kind->name, id, error);
}

static GPtrArray *
counting_find (KithWorld *world, const char *scope, const KithKind *kind, const char *field, const char *value, gboolean *complete, GError **error)
{
  GPtrArray *found = kith_world_find (TEST_COUNTING (world)->base, scope, kind->name, field, value, complete, error);

  TEST_COUNTING (world)->read += 1 + (found != NULL ? found->len : 0);
  return found;
}

static gboolean
counting_holds (KithWorld *world, const char *scope)
{
  return TRUE;
}

static gboolean
counting_begin_scope (KithWorld *world, const char *scope, GError **error)
{
  return TRUE;
}

static KithSees
counting_sees (KithWorld *world, const KithActor *actor, const char *scope)
{
  return kith_world_sees (TEST_COUNTING (world)->base, actor, scope);
}

static gboolean
counting_number (KithWorld *world, const KithKind *kind, const char *id, gint64 *number, GError **error)
{
  return kith_world_number (TEST_COUNTING (world)->base, kind->name, id, number, error);
}

static void
counting_iface_init (KithWorldInterface *iface)
{
  iface->get = counting_get;
  iface->put = counting_put;
  iface->remove = counting_remove;
  iface->find = counting_find;
  iface->holds = counting_holds;
  iface->begin_scope = counting_begin_scope;
  iface->sees = counting_sees;
  iface->number = counting_number;
}

static void
test_counting_class_init (TestCountingClass *klass)
{
}

static void
test_counting_init (TestCounting *self)
{
}

/* ---- a town ---- */

typedef struct
{
  HubFixture *net;
  char *ana, *amy, *pia, *client, *consent;
  Desk *a, *portal; /* of A; of the portal, with the detail (P11) */
  char *first; /* one of the calls */
} Town;

static Town *
town_new (void)
{
  Town *t = g_new0 (Town, 1);

  t->net = hub_fixture_new (NULL);
  t->ana = hub_fixture_add_staff (t->net, "ana", t->net->a, "\"role\":\"referral_manager\",\"duties\":[\"supervisor\"]");
  t->amy = hub_fixture_add_staff (t->net, "amy", t->net->a, "\"role\":\"care_coordinator\"");
  t->pia = hub_fixture_add_portal (t->net, "pia", t->net->b, t->net->service, "\"sees_details\":true");
  t->a = desk_new (t->net, "ana", t->ana);
  t->portal = desk_new (t->net, "pia", t->pia);
  t->client = hub_fixture_id (t->net);
  t->consent = hub_fixture_id (t->net);
  desk_do_ok (t->a, "client.register",
              "{\"id\":\"%s\",\"number\":\"KK-0001\",\"values\":{\"given_name\":\"Zenobia\",\"family_name\":\"Wren\"},\"consent\":{\"id\":\"%s\",\"permission\":"
              "\"granted\",\"classes\":[\"client\"],\"receivers\":[\"%s\"],\"how\":\"verbal\",\"purpose\":\"Referral\"}}",
              t->client, t->consent, t->net->b);
  return t;
}

static void
town_free (Town *t)
{
  hub_fixture_check (t->net);
  desk_free (t->a);
  desk_free (t->portal);
  hub_fixture_free (t->net);
  g_free (t->ana);
  g_free (t->amy);
  g_free (t->pia);
  g_free (t->client);
  g_free (t->consent);
  g_free (t->first);
  g_free (t);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Town, town_free)

/* Calls of the client, each with a referral to the service made from it. */
static void
add_calls (Town *t, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *call = hub_fixture_id (t->net), *referral = hub_fixture_id (t->net);
      g_autofree char *call_body = g_strdup_printf ("{\"number\":\"NA-%04u\",\"submitted_at\":\"2026-03-01T09:00:00.000Z\"}", i);
      g_autofree char *body = g_strdup_printf (
          "{\"client\":\"%s\",\"agency\":\"%s\",\"author\":\"%s\",\"agency_to\":\"%s\",\"service\":\"%s\",\"resources\":[\"%s\",\"%s\"],\"number\":\"KK-%04u\","
          "\"phase\":\"sent\",\"turn\":1,\"contact_record\":\"%s\"}",
          t->client, t->net->a, t->ana, t->net->b, t->net->service, t->net->service, t->net->b, i + 2, call);

      hub_fixture_put (t->net, "contact_record", call, call_body);
      hub_fixture_put (t->net, "referral", referral, body);
      if (t->first == NULL)
        t->first = g_steal_pointer (&call);
    }
}

typedef struct
{
  guint64 read, settled;
} Work;

/* What the hub did for one operation. */
static Work
work_for (Town *t, const char *op, const char *format, ...)
{
  g_autoptr (TestCounting) counting = g_object_new (TEST_TYPE_COUNTING, NULL);
  KithHub *hub = t->net->hub;
  guint64 before = hub->counts.subjects_settled;
  g_autofree char *args = NULL;
  va_list list;

  va_start (list, format);
  args = g_strdup_vprintf (format, list);
  va_end (list);
  counting->base = hub->world;
  hub->world = KITH_WORLD (counting);
  desk_do_ok (t->a, op, "%s", args);
  hub->world = counting->base;
  return (Work){ counting->read, hub->counts.subjects_settled - before };
}

/* The agency's own people change: no call is opened or closed by that. */
static Work
assign_staff (Town *t)
{
  return work_for (t, "assignment.apply", "{\"client\":\"%s\",\"changes\":[{\"do\":\"add\",\"staff\":\"%s\"}]}", t->client, t->amy);
}

static Work
take_back (Town *t)
{
  return work_for (t, "consent.revoke", "{\"client\":\"%s\",\"reason\":\"They asked.\"}", t->client);
}

static void
test_many_calls (void)
{
  Work assigned[2], revoked[2];

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (Town) t = town_new ();
      guint n = i == 0 ? 40 : 160;

      add_calls (t, n);
      desk_pull (t->portal);
      g_assert_true (desk_has (t->portal, t->first));
      assigned[i] = assign_staff (t);
      desk_pull (t->portal);
      g_assert_true (desk_has (t->portal, t->first));
      revoked[i] = take_back (t);
      desk_pull (t->portal);
      g_assert_false (desk_has (t->portal, t->first));
      g_test_message ("%u calls: assigned %d read, %d settled; revoked %d read, %d settled", n, (int) assigned[i].read, (int) assigned[i].settled,
                      (int) revoked[i].read, (int) revoked[i].settled);
      g_assert_cmpuint (assigned[i].settled, <=, 3);
      g_assert_cmpuint (revoked[i].settled, >=, n);
      g_assert_cmpuint (revoked[i].settled, <=, n + 3);
    }
  /* four times the calls, about four times the records read: never sixteen times */
  g_assert_cmpuint (assigned[1].read, <=, 5 * assigned[0].read);
  g_assert_cmpuint (revoked[1].read, <=, 5 * revoked[0].read);
}

/* P17: the call goes with the referral it was made for, and with no other of the same client. */
static void
test_one_of_many (void)
{
  g_autoptr (Town) t = town_new ();
  g_autofree char *referral = hub_fixture_id (t->net), *call = hub_fixture_id (t->net), *body = NULL, *closed = NULL;

  add_calls (t, 3);
  hub_fixture_put (t->net, "contact_record", call, "{\"number\":\"NA-0009\",\"submitted_at\":\"2026-03-01T09:00:00.000Z\"}");
  body = g_strdup_printf ("{\"client\":\"%s\",\"agency\":\"%s\",\"author\":\"%s\",\"agency_to\":\"%s\",\"service\":\"%s\",\"resources\":[\"%s\"],\"number\":\"KK-0099\","
                          "\"phase\":\"sent\",\"turn\":1,\"contact_record\":\"%s\"}",
                          t->client, t->net->a, t->ana, t->net->b, t->net->service, t->net->service, call);
  hub_fixture_put (t->net, "referral", referral, body);
  desk_pull (t->portal);
  g_assert_true (desk_has (t->portal, call));
  desk_do_ok (t->a, "referral.recall", "{\"referral\":\"%s\",\"from\":\"sent\"}", referral);
  desk_pull (t->portal);
  g_assert_false (desk_has (t->portal, call));
  g_assert_true (desk_has (t->portal, t->first));

  /* It turns out to be another call's: both are worked out anew. */
  closed = g_strdup (body);
  g_free (body);
  body = g_strdup_printf ("{\"client\":\"%s\",\"agency\":\"%s\",\"author\":\"%s\",\"agency_to\":\"%s\",\"service\":\"%s\",\"resources\":[\"%s\"],\"number\":\"KK-0098\","
                          "\"phase\":\"sent\",\"turn\":1}",
                          t->client, t->net->a, t->ana, t->net->b, t->net->service, t->net->service);
  hub_fixture_put (t->net, "referral", referral, body);
  desk_pull (t->portal);
  g_assert_false (desk_has (t->portal, call));
  hub_fixture_put (t->net, "referral", referral, closed);
  desk_pull (t->portal);
  g_assert_true (desk_has (t->portal, call));
}

/* ---- what must be answered (P2) ---- */

static void
put_form (Town *t, const char *id, gboolean required)
{
  g_autofree char *body = NULL;
  gint64 version = required ? 2 : 1;

  body = g_strdup_printf ("{\"use\":\"service\",\"record\":\"%s\",\"name\":\"Before you come\",\"version\":%d,\"questions\":[{\"key\":\"rooms\",\"text\":\"How many rooms?\","
                          "\"type\":\"text\",\"required\":%s},{\"key\":\"floor\",\"text\":\"Which floor?\",\"type\":\"text\"}]}",
                          t->net->service, (int) version, required ? "true" : "false");
  hub_fixture_put (t->net, "form", id, body);
}

static void
send (Town *t, gint64 seen, const char *answers, const char *expected)
{
  g_autofree char *id = hub_fixture_id (t->net);
  g_autofree char *args = g_strdup_printf (
      "{\"id\":\"%s\",\"number\":\"KK-%04u\",\"client\":\"%s\",\"type\":\"direct\",\"service\":\"%s\",\"need\":\"A bed\",\"urgency\":\"soon\"%s}", id, 9000 + (guint) t->a->n,
      t->client, t->net->service, answers);
  g_autoptr (JsonObject) outcome = desk_do_seen (t->a, "referral.send", args, seen);

  desk_expect (outcome, expected, g_str_equal (expected, "rejected") ? "invalid" : NULL);
  if (g_str_equal (expected, "rejected"))
    g_assert_nonnull (strstr (kith_json_string (outcome, "message"), "How many rooms?"));
}

static void
test_required (void)
{
  g_autoptr (Town) t = town_new ();
  g_autofree char *form = hub_fixture_id (t->net), *old = NULL, *new = NULL, *empty = NULL;
  gint64 before, known;

  old = g_strdup_printf (",\"answers\":[{\"form\":\"%s\",\"version\":1,\"answers\":[{\"key\":\"floor\",\"value\":\"1\"}]}]", form);
  new = g_strdup_printf (",\"answers\":[{\"form\":\"%s\",\"version\":2,\"answers\":[{\"key\":\"rooms\",\"value\":\"2\"}]}]", form);
  empty = g_strdup_printf (",\"answers\":[{\"form\":\"%s\",\"version\":2,\"answers\":[{\"key\":\"floor\",\"value\":\"1\"}]}]", form);
  put_form (t, form, FALSE);
  before = t->net->hub->q;
  send (t, before, "", "applied"); /* nothing must be answered */
  put_form (t, form, TRUE);
  known = t->net->hub->q;

  /* A desk that was away when the question came: its referral stands, with what it saw. */
  send (t, before, "", "applied");
  send (t, before, old, "applied");
  /* One that had been told. */
  send (t, known, "", "rejected");
  send (t, known, empty, "rejected");
  send (t, known, new, "applied");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hub/calls/many", test_many_calls);
  g_test_add_func ("/hub/calls/P17-one-of-many", test_one_of_many);
  g_test_add_func ("/hub/calls/P2-required-answers", test_required);
  return g_test_run ();
}
