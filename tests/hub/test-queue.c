/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who gets which bytes of a queue and of a referral in it (P11, P12, P13, design.md 2.4; domain.md 2f): an account of the provider portal without and with
 * access to the detail, the network's staff, the two sides, and an agency that has no part in it. */

#include "hub-fixture.h"

typedef struct
{
  HubFixture *net;
  Desk *a, *b, *c, *net_staff, *portal, *portal_detail;
  char *users[6];
  char *client, *referral, *housing, *food;
} Town;

static void
create_queue (Town *t, char **id, const char *name)
{
  g_autofree char *args = NULL;
  g_autoptr (JsonObject) outcome = NULL;

  *id = hub_fixture_id (t->net);
  args = g_strdup_printf ("{\"id\":\"%s\",\"name\":\"%s\"}", *id, name);
  outcome = desk_online (t->net_staff, "queue.create", args);
  desk_expect (outcome, "applied", NULL);
}

static void
pull_all (Town *t)
{
  Desk *all[] = { t->a, t->b, t->c, t->net_staff, t->portal, t->portal_detail };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    desk_pull (all[i]);
}

/* Sent by A to the service of B, with consent for B and the network; it stands in two queues, and moved last in Housing. */
static Town *
town_new (void)
{
  Town *t = g_new0 (Town, 1);
  g_autofree char *consent = NULL, *key = NULL, *service = NULL, *body = NULL;

  t->net = hub_fixture_new (NULL);
  t->users[0] = hub_fixture_add_staff (t->net, "ana", t->net->a, "\"role\":\"referral_manager\"");
  t->users[1] = hub_fixture_add_staff (t->net, "ben", t->net->b, "\"role\":\"referral_manager\"");
  t->users[2] = hub_fixture_add_staff (t->net, "cal", t->net->c, "\"role\":\"referral_manager\",\"duties\":[\"supervisor\"]");
  t->users[3] = hub_fixture_add_staff (t->net, "nat", NULL, NULL);
  t->users[4] = hub_fixture_add_portal (t->net, "pat", t->net->b, t->net->service, "\"changes_status\":true");
  t->users[5] = hub_fixture_add_portal (t->net, "pia", t->net->b, t->net->service, "\"sees_details\":true");
  key = g_strconcat (t->users[1], ":", t->net->service, NULL);
  service = kith_id_natural ("staff_service", key);
  body = g_strdup_printf ("{\"staff\":\"%s\",\"service\":\"%s\",\"agency\":\"%s\"}", t->users[1], t->net->service, t->net->b);
  hub_fixture_put (t->net, "staff_service", service, body);
  t->a = desk_new (t->net, "ana", t->users[0]);
  t->b = desk_new (t->net, "ben", t->users[1]);
  t->c = desk_new (t->net, "cal", t->users[2]);
  t->net_staff = desk_new (t->net, "nat", t->users[3]);
  t->portal = desk_new (t->net, "pat", t->users[4]);
  t->portal_detail = desk_new (t->net, "pia", t->users[5]);
  create_queue (t, &t->housing, "Housing");
  create_queue (t, &t->food, "Food");

  t->client = hub_fixture_id (t->net);
  t->referral = hub_fixture_id (t->net);
  consent = hub_fixture_id (t->net);
  desk_do_ok (t->a, "client.register",
              "{\"id\":\"%s\",\"number\":\"KK-0001\",\"values\":{\"given_name\":\"Zenobia\",\"family_name\":\"Wren\",\"second_family_name\":\"Finch\",\"preferred_name\":\"Zenny\",\"date_of_birth\":\"1988-04-07\","
              "\"address\":{\"address_1\":\"1 Sparrow Street\",\"postal_code\":\"91911\"}},\"consent\":{\"id\":\"%s\",\"permission\":\"granted\","
              "\"classes\":[\"client\"],\"receivers\":[\"%s\",\"network\"],\"how\":\"verbal\",\"purpose\":\"Referral\"}}",
              t->client, consent, t->net->b);
  desk_do_ok (t->a, "referral.send",
              "{\"id\":\"%s\",\"number\":\"KK-0002\",\"client\":\"%s\",\"type\":\"direct\",\"service\":\"%s\",\"need\":\"Blackbirds\",\"urgency\":\"soon\"}",
              t->referral, t->client, t->net->service);
  desk_do_ok (t->a, "queue.place", "{\"referral\":\"%s\",\"queue\":\"%s\"}", t->referral, t->food);
  desk_do_ok (t->b, "queue.place", "{\"referral\":\"%s\",\"queue\":\"%s\"}", t->referral, t->housing);
  pull_all (t);
  return t;
}

static void
town_free (Town *t)
{
  hub_fixture_check (t->net);
  desk_free (t->a);
  desk_free (t->b);
  desk_free (t->c);
  desk_free (t->net_staff);
  desk_free (t->portal);
  desk_free (t->portal_detail);
  hub_fixture_free (t->net);
  for (guint i = 0; i < G_N_ELEMENTS (t->users); i++)
    g_free (t->users[i]);
  g_free (t->client);
  g_free (t->referral);
  g_free (t->housing);
  g_free (t->food);
  g_free (t);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Town, town_free)

/* How many records of a kind a desk holds that name the referral, or are it. */
static guint
count_of (Town *t, Desk *desk, const char *kind)
{
  GHashTableIter iter;
  gpointer id, row;
  guint n = 0;

  g_hash_table_iter_init (&iter, desk->rows);
  while (g_hash_table_iter_next (&iter, &id, &row))
    n += g_str_equal (((DeskRow *) row)->t, kind) && (g_str_equal (id, t->referral) || strstr (((DeskRow *) row)->body, t->referral) != NULL);
  return n;
}

static const char *
body_of (Desk *desk, const char *id)
{
  DeskRow *row = g_hash_table_lookup (desk->rows, id);

  return row != NULL ? row->body : "";
}

static char *
status_of (Town *t, const char *queue, const char *name)
{
  g_autofree char *scope = g_strconcat ("queue:", queue, NULL);
  g_autoptr (GPtrArray) all = kith_world_find (t->net->hub->world, scope, "queue_status", "queue", queue, NULL, NULL);

  for (guint i = 0; i < all->len; i++)
    if (kith_record_is (all->pdata[i], "name", name))
      return g_strdup (kith_record_get_id (all->pdata[i]));
  g_error ("no status %s", name);
}

/* P12: what names a person, a place or a time beside the eight and what the steps act on */
static void
assert_hides (Desk *desk, ...)
{
  va_list list;
  const char *text;

  va_start (list, desk);
  while ((text = va_arg (list, const char *)) != NULL)
    {
      if (strstr (desk->seen->str, text) != NULL)
        g_test_message ("%s was sent", text);
      g_assert_null (strstr (desk->seen->str, text));
    }
  va_end (list);
}

/* P12, P13: to an account without P11 goes the referral, byte for byte this, and nothing else that belongs to it. */
static void
test_eight_fields (void)
{
  g_autoptr (Town) t = town_new ();
  g_autofree char *status = status_of (t, t->housing, "Referred"), *expected = NULL;
  g_autoptr (JsonObject) body = kith_json_parse_object (body_of (t->portal, t->referral), -1, NULL, NULL);

  g_assert_nonnull (body);
  /* The eight are queue_name, resource_name, contact_number, status, note (none yet), contact_name, contact_date and postal_code; beside them
   * ids, the phase, and which sides have it. */
  expected = g_strdup_printf (
      "{\"agency\":\"%s\",\"agency_to\":\"%s\",\"author\":\"%s\",\"client\":\"%s\",\"contact_date\":\"%s\",\"contact_name\":\"Zenobia Wren Finch\","
      "\"contact_number\":\"KK-0002\",\"number\":\"KK-0002\",\"phase\":\"sent\",\"postal_code\":\"91911\",\"queue\":\"%s\","
      "\"queue_name\":\"Housing\",\"queue_status\":\"%s\",\"resource_name\":\"Detox\",\"resources\":[\"%s\",\"%s\"],\"service\":\"%s\","
      "\"status\":\"Referred\",\"to_queue\":true,\"turn\":1}",
      t->net->a, t->net->b, t->users[0], t->client, kith_json_string (body, "contact_date"), t->housing, status, t->net->service, t->net->b,
      t->net->service);
  g_assert_cmpstr (body_of (t->portal, t->referral), ==, expected);
  for (guint i = 0; i < 6; i++)
    {
      static const char *const kinds[] = { "referral_course", "referral_detail", "referral_event", "referral_own", "queue_item", "referral_health" };

      g_assert_cmpuint (count_of (t, t->portal, kinds[i]), ==, 0);
    }
  g_assert_true (desk_has (t->portal, t->housing)); /* that there is such a queue is no secret (design.md 2.4) */
  g_assert_false (desk_has (t->portal, t->client));
  assert_hides (t->portal, "Blackbirds", "Zenny", "Sparrow", "1988", "KK-0001", "moved_at", "placed_at", "queue_item", "referral_course", "sent_at", "due_on", "2026-03-04", NULL);

  /* The other queue moves: nothing of it comes. */
  g_string_truncate (t->portal->seen, 0);
  {
    g_autofree char *from = status_of (t, t->food, "Referred");

    desk_do_ok (t->a, "queue.take_out", "{\"referral\":\"%s\",\"queue\":\"%s\"}", t->referral, t->food);
    desk_pull (t->portal);
    assert_hides (t->portal, from, "moved_at", NULL);
  }
}

/* P12: nor how it ended, nor what was released and on what ground (C5); until when it may be shown every page says (sync.md 2.3). */
static void
test_outcome_and_release (void)
{
  g_autoptr (Town) t = town_new ();
  Desk *with_detail[] = { t->portal_detail, t->a, t->b };

  desk_do_ok (t->a, "consent.revoke",
              "{\"client\":\"%s\",\"reason\":\"They asked.\",\"keep\":[{\"referral\":\"%s\",\"basis\":\"court_order\",\"classes\":[\"client\"],"
              "\"until\":\"2027-01-01T00:00:00.000Z\"}]}",
              t->client, t->referral);
  pull_all (t);
  desk_do_ok (t->b, "referral.accept", "{\"referral\":\"%s\",\"from\":\"sent\"}", t->referral);
  desk_do_ok (t->b, "referral.close", "{\"referral\":\"%s\",\"from\":\"accepted\",\"outcome\":\"need_partly_met\"}", t->referral);
  pull_all (t);
  g_assert_nonnull (strstr (body_of (t->portal, t->referral), "closed_resolved"));
  assert_hides (t->portal, "need_partly_met", "outcome", "release_", "court_order", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (with_detail); i++)
    {
      g_autofree char *detail = kith_id_natural ("referral_detail", t->referral);

      g_assert_nonnull (strstr (body_of (with_detail[i], detail), "\"outcome\":\"need_partly_met\""));
      g_assert_nonnull (strstr (body_of (with_detail[i], detail), "\"release_basis\":\"court_order\""));
    }
  hub_fixture_check (t->net);
}

/* P12: in whatever phase, nothing but the eight, ids, the phase, and which sides have it: no need, no words, no outcome, no type, no other time, no
 * reason. P19: who works in an agency's window or 2-1-1's has the same record, and with it its course; P11: so has the account with the details. */
static void
assert_brief (Town *t, const char *phase)
{
  static const char *const members[] = {
    "queue_name", "resource_name", "contact_number", "status", "note", "contact_name", "contact_date", "postal_code", /* the eight */
    "agency", "agency_to", "author", "client", "service", "resources", "assignee", "queue", "queue_status", "contact_record", "number", "phase",
    "turn", "to_queue", "accepted", "revoked", NULL };
  g_autoptr (JsonObject) body = NULL, of_course = NULL;
  g_autoptr (GList) there = NULL;
  g_autofree char *course = kith_id_natural ("referral_course", t->referral);
  const char *reason;

  pull_all (t);
  body = kith_json_parse_object (body_of (t->portal, t->referral), -1, NULL, NULL);
  g_test_message ("%s", body_of (t->portal, t->referral));
  g_assert_nonnull (body);
  g_assert_cmpstr (kith_json_string (body, "phase"), ==, phase);
  there = json_object_get_members (body);
  for (GList *l = there; l != NULL; l = l->next)
    {
      g_test_message ("%s: %s", phase, (char *) l->data);
      g_assert_true (g_strv_contains (members, l->data));
    }
  of_course = kith_json_parse_object (body_of (t->b, course), -1, NULL, NULL);
  g_assert_nonnull (of_course);
  g_assert_cmpstr (kith_json_string (of_course, "type"), ==, "direct");
  /* A code of the list, never the words that were said with it. */
  reason = kith_json_string (of_course, "reason");
  g_assert_true (reason == NULL || g_str_equal (reason, "no_response") || kith_vocabulary_has (kith_vocabulary_get ("decline_reason"), reason));
  g_assert_cmpstr (body_of (t->b, course), ==, body_of (t->a, course));
  g_assert_cmpstr (body_of (t->b, course), ==, body_of (t->net_staff, course));
  g_assert_cmpstr (body_of (t->b, course), ==, body_of (t->portal_detail, course));
  g_assert_cmpstr (body_of (t->portal, t->referral), ==, body_of (t->b, t->referral));
  g_assert_cmpstr (body_of (t->portal, t->referral), ==, body_of (t->net_staff, t->referral));
  for (guint i = 0; i < 6; i++)
    {
      static const char *const kinds[] = { "referral_course", "referral_detail", "referral_event", "referral_own", "queue_item", "referral_health" };

      g_assert_cmpuint (count_of (t, t->portal, kinds[i]), ==, 0);
    }
  assert_hides (t->portal, "Blackbirds", "Zenny", "Sparrow", "1988", "KK-0001", "Magpies", "moved_at", "placed_at", "referral_course", "sent_at", "due_on", "accepted_at", "closed_at",
                "reminded", "safety", NULL);
}

static void
test_every_phase (void)
{
  static const char *const worked[] = { "contacting", "in_service", "waitlisted", "paused" };
  static const struct { const char *op, *args, *phase; gboolean sender; } ended[] = {
    { "referral.decline", "\"reason\":\"safety\",\"text\":\"Magpies\"", "declined", FALSE },
    { "referral.recall", "\"reason\":\"Magpies\"", "recalled", TRUE },
  };

  {
    g_autoptr (Town) t = town_new ();
    const char *before = "accepted";

    assert_brief (t, "sent");
    desk_do_ok (t->b, "referral.accept", "{\"referral\":\"%s\",\"from\":\"sent\"}", t->referral);
    assert_brief (t, "accepted");
    for (guint i = 0; i < G_N_ELEMENTS (worked); i++)
      {
        desk_do_ok (t->b, "referral.set_status", "{\"referral\":\"%s\",\"from\":\"%s\",\"phase\":\"%s\",\"reason\":\"other\",\"text\":\"Magpies\"}", t->referral, before,
                    worked[i]);
        before = worked[i];
        assert_brief (t, worked[i]);
      }
    desk_do_ok (t->b, "referral.close", "{\"referral\":\"%s\",\"from\":\"paused\",\"outcome\":\"no_show\",\"text\":\"Magpies\"}", t->referral);
    assert_brief (t, "closed_unresolved");
  }
  for (guint i = 0; i < G_N_ELEMENTS (ended); i++)
    {
      g_autoptr (Town) t = town_new ();

      desk_do_ok (ended[i].sender ? t->a : t->b, ended[i].op, "{\"referral\":\"%s\",\"from\":\"sent\",%s}", t->referral, ended[i].args);
      assert_brief (t, ended[i].phase);
    }
}

/* P11: with access to the detail the account reads the queues it stands in. */
static void
test_detail (void)
{
  g_autoptr (Town) t = town_new ();
  Desk *all[] = { t->portal_detail, t->net_staff, t->a, t->b };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_assert_cmpuint (count_of (t, all[i], "queue_item"), ==, 2);
      g_assert_cmpuint (count_of (t, all[i], "referral_detail"), ==, 1);
      g_assert_nonnull (strstr (all[i]->seen->str, "Blackbirds"));
    }
  g_assert_cmpuint (count_of (t, t->net_staff, "referral_own"), ==, 0);
  g_assert_cmpuint (count_of (t, t->portal_detail, "referral_own"), ==, 0);
}

/* C1: an agency that has no part in it sees the queue and not that anything stands in it. */
static void
test_third (void)
{
  g_autoptr (Town) t = town_new ();

  g_assert_true (desk_has (t->c, t->housing));
  g_assert_nonnull (strstr (t->c->seen->str, "Referred"));
  assert_hides (t->c, t->referral, t->client, "KK-0002", "Zenobia", "Wren", "Blackbirds", "91911", NULL);
  desk_do_ok (t->b, "referral.accept", "{\"referral\":\"%s\",\"from\":\"sent\"}", t->referral);
  desk_do_ok (t->a, "queue.take_out", "{\"referral\":\"%s\",\"queue\":\"%s\"}", t->referral, t->food);
  pull_all (t);
  assert_hides (t->c, t->referral, t->client, "KK-0002", "Zenobia", NULL);
}

/* The network's staff see it by the consent for the network, and no longer than that: of what was purged nothing comes again. */
static void
test_network_until (void)
{
  g_autoptr (Town) t = town_new ();

  desk_do_ok (t->a, "consent.revoke", "{\"client\":\"%s\",\"reason\":\"They asked.\"}", t->client);
  g_string_truncate (t->net_staff->seen, 0);
  g_string_truncate (t->portal->seen, 0);
  pull_all (t);
  g_assert_false (desk_has (t->net_staff, t->referral));
  g_assert_cmpuint (count_of (t, t->net_staff, "queue_item"), ==, 0);
  g_assert_false (desk_has (t->portal, t->referral));
  assert_hides (t->net_staff, "Zenobia", "Blackbirds", NULL);
  assert_hides (t->portal, "Zenobia", NULL);
}

/* A declined one stays in the board of the receiver and of the network by what the eight fields say of it; the detail is closed. */
static void
test_declined (void)
{
  g_autoptr (Town) t = town_new ();
  g_autofree char *status = status_of (t, t->housing, "Declined");
  Desk *all[] = { t->b, t->net_staff, t->portal };

  desk_do_ok (t->b, "referral.decline", "{\"referral\":\"%s\",\"from\":\"sent\",\"reason\":\"no_capacity\"}", t->referral);
  pull_all (t);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_assert_nonnull (strstr (body_of (all[i], t->referral), status));
      g_assert_cmpuint (count_of (t, all[i], "queue_item"), ==, 0);
      g_assert_cmpuint (count_of (t, all[i], "referral_detail"), ==, 0);
    }
  g_assert_cmpuint (count_of (t, t->a, "queue_item"), ==, 2);
}

/* domain.md 2f: what 2-1-1 calls a reason reaches everybody; a decline in its words brings them to the sender, the code alone to a portal account
 * without the details (P12); another name later changes nothing of what was said; nobody else may write the list. */
static void
test_reasons (void)
{
  g_autoptr (Town) t = town_new ();
  g_autofree char *term = hub_fixture_id (t->net), *event = NULL;
  g_autofree char *put = g_strdup_printf ("{\"id\":\"%s\",\"list\":\"decline_reason\",\"code\":\"no_capacity\",\"name\":\"Wait list closed for the season\",\"seen\":0}", term);
  g_autofree char *again = g_strdup_printf ("{\"id\":\"%s\",\"list\":\"decline_reason\",\"code\":\"no_capacity\",\"name\":\"Closed until spring\",\"seen\":1}", term);
  Desk *others[] = { t->a, t->b, t->c, t->portal, t->portal_detail };
  GHashTableIter iter;
  gpointer id, row;

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (JsonObject) refused = desk_online (others[i], "reason.put", put);

      desk_expect (refused, "rejected", "denied");
    }
  {
    g_autoptr (JsonObject) applied = desk_online (t->net_staff, "reason.put", put);

    desk_expect (applied, "applied", NULL);
  }
  pull_all (t);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_nonnull (strstr (body_of (others[i], term), "Wait list closed for the season"));

  desk_do_ok (t->b, "referral.decline", "{\"referral\":\"%s\",\"from\":\"sent\",\"reason\":\"no_capacity\",\"reason_term\":\"%s\",\"term_name\":\"Wait list closed for the season\"}",
              t->referral, term);
  {
    g_autoptr (JsonObject) applied = desk_online (t->net_staff, "reason.put", again);
    g_autoptr (JsonObject) stale = desk_online (t->net_staff, "reason.put", again);

    desk_expect (applied, "applied", NULL);
    desk_expect (stale, "rejected", "stale_state");
  }
  pull_all (t);
  g_hash_table_iter_init (&iter, t->a->rows);
  while (g_hash_table_iter_next (&iter, &id, &row))
    if (g_str_equal (((DeskRow *) row)->t, "referral_event") && strstr (((DeskRow *) row)->body, "\"declined\"") != NULL)
      event = g_strdup (((DeskRow *) row)->body);
  g_assert_nonnull (event);
  g_assert_nonnull (strstr (event, "\"term_name\":\"Wait list closed for the season\""));
  g_assert_nonnull (strstr (event, "\"reason\":\"no_capacity\""));
  g_assert_nonnull (strstr (body_of (t->a, term), "\"name\":\"Closed until spring\""));
  g_hash_table_iter_init (&iter, t->portal->rows);
  while (g_hash_table_iter_next (&iter, &id, &row))
    if (!g_str_equal (id, term))
      g_assert_null (strstr (((DeskRow *) row)->body, "Wait list closed"));
  g_assert_cmpuint (count_of (t, t->c, "referral_event"), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hub/queue/P12-P13-eight-fields", test_eight_fields);
  g_test_add_func ("/hub/queue/P12-P19-every-phase", test_every_phase);
  g_test_add_func ("/hub/queue/P12-outcome-and-release", test_outcome_and_release);
  g_test_add_func ("/hub/queue/P11-detail", test_detail);
  g_test_add_func ("/hub/queue/C1-third", test_third);
  g_test_add_func ("/hub/queue/network-until", test_network_until);
  g_test_add_func ("/hub/queue/declined", test_declined);
  g_test_add_func ("/hub/queue/2f-P12-reasons", test_reasons);
  return g_test_run ();
}
