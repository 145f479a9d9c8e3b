/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "access-loop.h"

/* Access as a desk meets it: what comes, what goes, in which order, and what one is told about what one may not see. */

/* I6, I7: a revocation purges with the first page after it, before any row. */
static void
test_revoked (void)
{
  g_autoptr (Loop) l = loop_new ("2027-03-01T00:00:00.000Z");
  g_autofree char *page = NULL;
  g_autoptr (GString) seen = NULL;
  const char *forget;

  g_assert_true (desk_has (l->b, l->client));
  desk_do_ok (l->a, "consent.revoke", "{\"consent\":\"%s\",\"reason\":\"changed their mind\"}", l->consent);
  g_string_truncate (l->b->seen, 0);
  desk_pull_page (l->b, 1, FALSE);
  g_assert_false (desk_has (l->b, l->client));
  forget = strstr (l->b->seen->str, "\"forget\"");
  g_assert_nonnull (forget);
  g_assert_true (strstr (l->b->seen->str, "\"put\"") == NULL || forget < strstr (l->b->seen->str, "\"put\""));
  g_assert_null (strstr (l->b->seen->str, "Canary"));
  desk_pull (l->b);
  g_assert_true (desk_has (l->b, l->referral)); /* the accepted referral itself stays (C1) */
  g_assert_true (desk_has (l->a, l->client));
  hub_fixture_check (l->net);
}

/* C3, C4: what the person took back they give again at the agency that has its own part of them alone. Not a byte of the record comes before the hub has
 * that consent, nor with its answer; a third agency gets neither. */
static void
test_given_anew (void)
{
  g_autoptr (Loop) l = loop_new ("2027-03-01T00:00:00.000Z");
  g_autofree char *given = hub_fixture_id (l->net), *other = hub_fixture_id (l->net), *without = NULL, *elsewhere = NULL;
  g_autoptr (JsonObject) refused = NULL, not_found = NULL;

  desk_do_ok (l->a, "consent.revoke", "{\"client\":\"%s\",\"reason\":\"changed their mind\"}", l->client);
  desk_pull (l->b);
  g_assert_false (desk_has (l->b, l->client));
  kith_manual_clock_advance (l->net->clock, 60000);
  g_string_truncate (l->b->seen, 0);
  without = g_strdup_printf ("{\"id\":\"%s\",\"client\":\"%s\",\"classes\":[\"client\"],\"receivers\":[\"%s\"],\"how\":\"verbal\"}", other, l->client, l->net->b);
  refused = desk_do (l->b, "consent.record", without);
  desk_expect (refused, "rejected", "access_ended");
  elsewhere = g_strdup_printf ("{\"id\":\"%s\",\"client\":\"%s\",\"classes\":[\"client\"],\"receivers\":[\"%s\"],\"how\":\"verbal\",\"in_person\":true}", other, l->client,
                               l->net->c);
  not_found = desk_do (l->c, "consent.record", elsewhere);
  desk_expect (not_found, "rejected", "not_found");
  desk_pull (l->b);
  g_assert_null (strstr (l->b->seen->str, "Canary"));

  desk_do_ok (l->b, "consent.record", "{\"id\":\"%s\",\"client\":\"%s\",\"classes\":[\"client\"],\"receivers\":[\"%s\"],\"how\":\"verbal\",\"in_person\":true}", given,
              l->client, l->net->b);
  g_assert_null (strstr (l->b->seen->str, "Canary"));
  desk_pull (l->b);
  desk_pull (l->c);
  g_assert_true (desk_has (l->b, l->client));
  g_assert_true (desk_has (l->b, given));
  g_assert_false (desk_has (l->c, l->client));
  g_assert_null (strstr (l->c->seen->str, "Canary"));
  hub_fixture_check (l->net);
}

/* C15: an agency that becomes a victim service agency tells others nothing more of whom it takes in; what they had of that goes. */
static void
test_victim_service (void)
{
  g_autoptr (Loop) l = loop_new ("2027-03-01T00:00:00.000Z");
  g_autofree char *consent = hub_fixture_id (l->net), *of_b = NULL, *key = g_strconcat (l->client, ":", l->net->b, NULL);
  g_autofree char *settings = g_strdup_printf ("{\"agency\":\"%s\",\"set\":{\"victim_service\":true}}", l->net->b);
  g_autoptr (JsonObject) args = kith_json_parse_object (settings, -1, NULL, NULL);
  g_autoptr (KithActor) hub = kith_actor_new_hub ();
  g_autoptr (GError) error = NULL;

  of_b = kith_id_natural ("care", key);
  desk_do_ok (l->a, "consent.record", "{\"id\":\"%s\",\"client\":\"%s\",\"classes\":[\"care\"],\"receivers\":[\"%s\"],\"how\":\"verbal\"}", consent, l->client, l->net->a);
  desk_pull (l->a);
  g_assert_true (desk_has (l->a, of_b));
  kith_hub_submit (l->net->hub, hub, "agency.configure", args, NULL, &error);
  g_assert_no_error (error);
  desk_pull (l->a);
  g_assert_false (desk_has (l->a, of_b));
  desk_pull (l->b);
  g_assert_true (desk_has (l->b, of_b));
  hub_fixture_check (l->net);
}

static gint64
count_due (Loop *l)
{
  g_autoptr (KithDbStmt) stmt =
      kith_db_prepare (kith_hub_get_db (l->net->hub), "SELECT count(DISTINCT subject) FROM scope_grant WHERE until_q IS NULL AND not_after <= ?1", NULL);

  kith_db_bind_int (stmt, 1, kith_clock_wall_ms (KITH_CLOCK (l->net->clock)));
  g_assert_cmpint (kith_db_step (stmt, NULL), ==, KITH_DB_ROW);
  return kith_db_int (stmt, 0);
}

/* The care of B for one more of A's clients, which A may read by a consent of its own. */
static char *
add_known_to_both (Loop *l, guint i)
{
  g_autofree char *client = hub_fixture_id (l->net), *referral = hub_fixture_id (l->net), *consent = hub_fixture_id (l->net), *of_a = hub_fixture_id (l->net);
  g_autofree char *key = g_strconcat (client, ":", l->net->b, NULL);

  desk_do_ok (l->a, "client.register",
              "{\"id\":\"%s\",\"number\":\"KK-1%u00\",\"values\":{\"given_name\":\"Bo\",\"family_name\":\"Number %u\"},\"consent\":{\"id\":\"%s\",\"permission\":\"granted\","
              "\"classes\":[\"client\",\"care\"],\"receivers\":[\"%s\"],\"how\":\"verbal\",\"purpose\":\"Referral\",\"term\":\"2027-03-01T00:00:00.000Z\"}}",
              client, i, i, consent, l->net->b);
  desk_do_ok (l->a, "referral.send", "{\"id\":\"%s\",\"number\":\"KK-1%u01\",\"client\":\"%s\",\"type\":\"direct\",\"service\":\"%s\",\"need\":\"A bed\",\"urgency\":\"soon\"}",
              referral, i, client, l->net->service);
  desk_do_ok (l->b, "referral.accept", "{\"referral\":\"%s\",\"from\":\"sent\"}", referral);
  desk_do_ok (l->a, "consent.record", "{\"id\":\"%s\",\"client\":\"%s\",\"classes\":[\"care\"],\"receivers\":[\"%s\"],\"how\":\"verbal\"}", of_a, client, l->net->a);
  return kith_id_natural ("care", key);
}

static guint
ask_page (Loop *l)
{
  KithHubRequest request = { .method = "POST", .path = "/v1/sync/pull", .token = l->a->token };
  g_autoptr (GBytes) body = g_bytes_new_static ("{}", 2);
  g_auto (KithHubAnswer) answer = { 0 };

  request.body = body;
  kith_hub_handle (l->net->hub, &request, &answer);
  return answer.status;
}

/* In turns, though the hub is started anew between two, and nobody is told anything before all are. */
static void
work_out_in_turns (Loop *l)
{
  gint64 left = count_due (l), refused = 0;

  g_assert_cmpint (left, >=, 6);
  while (left > 0)
    {
      gint64 now_left;

      l->net->hub->due_most = 2;
      g_assert_cmpuint (ask_page (l), ==, left > 2 ? 503 : 200);
      now_left = count_due (l);
      g_assert_cmpint (left - now_left, >=, 1);
      g_assert_cmpint (left - now_left, <=, 2);
      left = now_left;
      if (left > 0 && refused++ == 0)
        hub_fixture_restart (l->net);
    }
  g_assert_cmpint (refused, >=, 2);
  desk_pull (l->a);
  desk_pull (l->b);
  g_assert_true (desk_has (l->a, l->client));
  g_assert_true (desk_has (l->b, l->client));
  hub_fixture_check (l->net);
}

static void
set_victim_service (Loop *l, gboolean is)
{
  g_autofree char *settings = g_strdup_printf ("{\"agency\":\"%s\",\"set\":{\"victim_service\":%s}}", l->net->b, is ? "true" : "false");
  g_autoptr (JsonObject) args = kith_json_parse_object (settings, -1, NULL, NULL);
  g_autoptr (KithActor) hub = kith_actor_new_hub ();
  guint64 settled = l->net->hub->counts.subjects_settled;
  g_autoptr (GError) error = NULL;

  kith_hub_submit (l->net->hub, hub, "agency.configure", args, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (l->net->hub->counts.subjects_settled - settled, <=, 1);
}

/* C15, I22: an agency of many clients becomes a victim service agency, and is none any more. The request that says so works out none of them. */
static void
test_victim_service_of_many (void)
{
  g_autoptr (Loop) l = loop_new ("2027-03-01T00:00:00.000Z");
  g_autoptr (GPtrArray) cares = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < 6; i++)
    g_ptr_array_add (cares, add_known_to_both (l, i));
  desk_pull (l->a);
  for (guint i = 0; i < cares->len; i++)
    g_assert_true (desk_has (l->a, cares->pdata[i]));
  g_assert_cmpint (count_due (l), ==, 0);

  set_victim_service (l, TRUE);
  work_out_in_turns (l);
  for (guint i = 0; i < cares->len; i++)
    {
      g_assert_false (desk_has (l->a, cares->pdata[i]));
      g_assert_true (desk_has (l->b, cares->pdata[i]));
    }
  set_victim_service (l, FALSE);
  work_out_in_turns (l);
  for (guint i = 0; i < cares->len; i++)
    {
      g_assert_true (desk_has (l->a, cares->pdata[i]));
      g_assert_true (desk_has (l->b, cares->pdata[i]));
    }
}

/* C15: a hub that an older Kith kept opened such records by another agency's consent. Where it is brought up to date they close before anybody is answered, and
 * what is covered still goes on. */
static void
test_victim_service_of_old (void)
{
  g_autoptr (Loop) l = loop_new ("2027-03-01T00:00:00.000Z");
  g_autofree char *consent = hub_fixture_id (l->net), *of_b = NULL, *key = g_strconcat (l->client, ":", l->net->b, NULL);
  g_autofree char *settings = g_strdup_printf ("{\"agency\":\"%s\",\"set\":{\"victim_service\":false}}", l->net->b);
  g_autoptr (JsonObject) args = kith_json_parse_object (settings, -1, NULL, NULL);
  g_autoptr (KithActor) hub = kith_actor_new_hub ();
  g_autoptr (GError) error = NULL;

  of_b = kith_id_natural ("care", key);
  desk_do_ok (l->a, "consent.record", "{\"id\":\"%s\",\"client\":\"%s\",\"classes\":[\"care\"],\"receivers\":[\"%s\"],\"how\":\"verbal\"}", consent, l->client, l->net->a);
  kith_hub_submit (l->net->hub, hub, "agency.configure", args, NULL, &error);
  g_assert_no_error (error);
  desk_pull (l->a);
  desk_pull (l->b);
  g_assert_true (desk_has (l->a, of_b));
  g_assert_true (desk_has (l->b, l->client));
  g_assert_true (kith_db_exec (kith_hub_get_db (l->net->hub), "UPDATE agency_settings SET body = json_set(body, '$.victim_service', json('true'));"
                               "DELETE FROM schema_migration WHERE number >= 18", &error));
  g_assert_no_error (error);
  hub_fixture_restart (l->net);
  desk_pull (l->a);
  g_assert_false (desk_has (l->a, of_b));
  g_assert_true (desk_has (l->a, l->client));
  desk_pull (l->b);
  g_assert_true (desk_has (l->b, of_b));
  g_assert_true (desk_has (l->b, l->client));
  hub_fixture_check (l->net);
}

static void
renew_token (Desk *d)
{
  g_autofree char *body = g_strdup_printf ("{\"refresh\":\"%s\"}", d->refresh);
  g_autoptr (JsonObject) answer = NULL;

  g_assert_cmpuint (hub_request (d->net, "POST", "/v1/token", NULL, body, &answer), ==, 200);
  g_free (d->token);
  g_free (d->refresh);
  d->token = g_strdup (kith_json_string (answer, "token"));
  d->refresh = g_strdup (kith_json_string (answer, "refresh"));
}

/* C4, I19: a computer whose clock stood at 1970 when its user took back everything, and was started anew since: that is dated no earlier than
 * what its author had seen, so what was given before it and comes later is not in force. */
static void
test_revoked_by_a_broken_clock (void)
{
  g_autoptr (Loop) l = loop_new ("2027-03-01T00:00:00.000Z");
  g_autofree char *id = hub_fixture_id (l->net);
  g_autofree char *line = NULL;
  g_autofree char *text = NULL;
  g_autoptr (KithRecord) client = NULL;
  guint status;

  hub_fixture_run_clock (l->net); /* the day's number */
  kith_manual_clock_set_wall (l->net->clock, KITH_TEST_NOW + G_GINT64_CONSTANT (5) * 24 * 3600 * 1000);
  hub_fixture_run_clock (l->net);
  renew_token (l->a);
  desk_do_ok (l->a, "record.patch", "{\"t\":\"client\",\"id\":\"%s\",\"set\":{\"contact_note\":{\"old\":null,\"new\":\"On the fifth day\"}}}", l->client);
  kith_manual_clock_set_wall (l->net->clock, KITH_TEST_NOW + G_GINT64_CONSTANT (9) * 24 * 3600 * 1000);
  renew_token (l->a);
  line = g_strdup_printf ("{\"n\":%d,\"id\":\"%s\",\"op\":\"consent.revoke\",\"a\":{\"client\":\"%s\",\"reason\":\"They asked.\"},"
                          "\"seen\":%d,\"mono\":900,\"boot\":\"the one before\",\"wall\":1000}\n",
                          (int) l->a->n + 1, id, l->client, (int) kith_hub_get_q (l->net->hub));
  text = desk_push_text (l->a, line, l->a->n + 1, &status);
  g_assert_cmpuint (status, ==, 200);
  g_assert_nonnull (strstr (text, "\"st\":\"applied\""));
  client = kith_world_get (kith_hub_get_world (l->net->hub), "client", l->client, NULL);
  g_test_message ("taken back at %s", kith_record_string (client, "consents_revoked_at"));
  g_assert_cmpstr (kith_record_string (client, "consents_revoked_at"), >=, "2026-03-07");
  g_assert_cmpstr (kith_record_string (client, "consents_revoked_at"), <, "2026-03-12");
}

/* C3: past its term a consent opens nothing, whether or not the clock's operation has run; the desk was told when. */
static void
test_term (void)
{
  g_autoptr (Loop) l = loop_new ("2026-03-02T10:00:00.000Z");
  GHashTableIter iter;
  gpointer sid, until;
  gboolean told = FALSE;
  g_autoptr (GError) error = NULL;

  g_assert_true (desk_has (l->b, l->client));
  g_hash_table_iter_init (&iter, l->b->untils);
  while (g_hash_table_iter_next (&iter, &sid, &until))
    if (strcmp (until, "2026-03-02T10:00:00.000Z") == 0)
      told = told || g_str_has_prefix (g_hash_table_lookup (l->b->scopes, sid), "client:");
  g_assert_true (told);

  kith_manual_clock_advance (l->net->clock, 9 * 60 * 1000);
  desk_pull (l->b);
  g_assert_true (desk_has (l->b, l->client));
  kith_manual_clock_set_wall (l->net->clock, KITH_TEST_NOW + 3600 * 1000);
  g_clear_pointer (&l->b->token, g_free);
  desk_free (l->b);
  l->b = desk_new (l->net, "ben", l->ub);
  desk_pull (l->b);
  g_assert_false (desk_has (l->b, l->client));
  g_assert_true (desk_has (l->b, l->referral));

  g_assert_cmpuint (hub_fixture_run_clock (l->net), ==, 1);
  g_assert_cmpuint (hub_fixture_run_clock (l->net), ==, 0);
  hub_fixture_check (l->net);
}

/* Access of as many as a network has clients, up to the same moment. mark: comes before their ids, and so decides when their turn is. */
static void
open_many (Loop *l, guint n, const char *mark)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *nobody = hub_fixture_id (l->net), *sql = NULL;
      g_autoptr (GError) error = NULL;

      sql = g_strdup_printf ("INSERT INTO scope_grant (sid, pid, reason, subject, since_q, not_after) SELECT sid, pid, reason, 'client:%s%s', since_q, not_after "
                             "FROM scope_grant WHERE not_after IS NOT NULL ORDER BY i LIMIT 1", mark, nobody);
      kith_db_exec (kith_hub_get_db (l->net->hub), sql, &error);
      g_assert_no_error (error);
    }
}

/* I22: very many consents end at once. No request closes them all while everybody waits, and nobody is told anything before all are closed. */
static void
test_many_terms (void)
{
  g_autoptr (Loop) l = loop_new ("2026-03-02T09:05:00.000Z");
  gint64 left;
  guint status, refused = 0;

  open_many (l, 50, "");
  kith_manual_clock_set_wall (l->net->clock, KITH_TEST_NOW + 5 * 60 * 1000);
  left = count_due (l);
  g_assert_cmpint (left, >, 50);
  while (left > 0)
    {
      KithHubRequest request = { .method = "POST", .path = "/v1/sync/pull", .token = l->b->token };
      g_autoptr (GBytes) body = g_bytes_new_static ("{}", 2);
      g_auto (KithHubAnswer) answer = { 0 };
      gint64 now_left;

      request.body = body;
      kith_hub_handle (l->net->hub, &request, &answer);
      status = answer.status;
      now_left = count_due (l);
      g_assert_cmpint (left - now_left, <=, 20);
      g_assert_cmpint (now_left, <, left);
      left = now_left;
      g_assert_cmpuint (status, ==, left > 0 ? 503 : 200);
      g_assert_cmpint (answer.retry_after, ==, left > 0 ? 1 : 0);
      refused += status == 503;
      if (refused == 1) /* one whose turn is over by then */
        open_many (l, 1, "-"), left++;
    }
  g_assert_cmpuint (refused, >=, 2);
  g_assert_false (kith_hub_is_behind (l->net->hub));
  desk_pull (l->b);
  g_assert_false (desk_has (l->b, l->client));
  hub_fixture_check (l->net);
}

/* The clock's turns do the same, each its part. */
static void
test_many_terms_by_the_clock (void)
{
  g_autoptr (Loop) l = loop_new ("2026-03-02T09:05:00.000Z");
  guint turns = 0;

  open_many (l, 30, "");
  kith_manual_clock_set_wall (l->net->clock, KITH_TEST_NOW + 5 * 60 * 1000);
  for (hub_fixture_tick (l->net); count_due (l) > 0; turns++, hub_fixture_tick (l->net))
    g_assert_true (kith_hub_is_behind (l->net->hub));
  g_assert_cmpuint (turns, >=, 1);
  hub_fixture_run_clock (l->net);
  g_assert_false (kith_hub_is_behind (l->net->hub));
  hub_fixture_check (l->net);
}

/* The hub's clock announces the end of a consent once, a month and a week ahead. */
static void
test_term_announced (void)
{
  g_autoptr (Loop) l = loop_new ("2026-06-01T10:00:00.000Z");
  static const struct { const char *at; guint done;
  } cases[] = {
    { "2026-05-01T10:00:00.000Z", 0 }, { "2026-05-03T10:00:00.000Z", 1 }, { "2026-05-04T10:00:00.000Z", 0 },
    { "2026-05-26T10:00:00.000Z", 1 }, { "2026-05-27T10:00:00.000Z", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 now;
      guint n;

      g_assert_true (kith_time_parse (cases[i].at, &now));
      hub_fixture_wait_until (l->net, now);
      n = hub_fixture_run_clock (l->net);
      g_test_message ("%s: %u", cases[i].at, n);
      g_assert_cmpuint (n, ==, cases[i].done);
    }
  hub_fixture_check (l->net);
}

/* Past its end a grant sends nothing to a desk that follows the scope, even in the middle of a round. */
static void
test_term_follow (void)
{
  g_autoptr (Loop) l = loop_new ("2026-03-02T09:05:00.000Z");

  g_string_truncate (l->b->seen, 0);
  desk_do_ok (l->a, "record.patch",
              "{\"t\":\"client\",\"id\":\"%s\",\"set\":{\"contact_note\":{\"old\":null,\"new\":\"Sparrow\"}}}", l->client);
  kith_manual_clock_set_wall (l->net->clock, KITH_TEST_NOW + 5 * 60 * 1000);
  desk_pull (l->b);
  g_assert_null (strstr (l->b->seen->str, "Sparrow"));
  g_assert_false (desk_has (l->b, l->client));
  hub_fixture_check (l->net);
}

#define PATCH "{\"t\":\"client\",\"id\":\"%s\",\"set\":{\"contact_note\":{\"old\":null,\"new\":\"x\"}}}"

/* Whose access ended is told so, and no more (P17); who never had any is told what anybody is told about nothing. */
static void
test_ended (void)
{
  g_autoptr (Loop) l = loop_new ("2027-03-01T00:00:00.000Z");
  g_autofree char *nobody = hub_fixture_id (l->net);
  g_autofree char *real = g_strdup_printf (PATCH, l->client);
  g_autofree char *absent = g_strdup_printf (PATCH, nobody);
  g_autoptr (JsonObject) ended = NULL;
  g_autoptr (JsonObject) never = NULL;
  g_autoptr (JsonObject) none = NULL;

  desk_do_ok (l->a, "consent.revoke", "{\"consent\":\"%s\",\"reason\":\"changed their mind\"}", l->consent);
  ended = desk_do (l->b, "record.patch", real);
  desk_expect (ended, "rejected", "access_ended");
  never = desk_do (l->c, "record.patch", real);
  desk_expect (never, "rejected", "not_found");
  none = desk_do (l->c, "record.patch", absent);
  desk_expect (none, "rejected", "not_found");
  g_assert_cmpstr (kith_json_string (never, "message"), ==, kith_json_string (none, "message"));
  g_assert_false (json_object_has_member (never, "now"));
}

/* I5 over I4: an outcome is given again as it was, but for what its reader has lost sight of since. */
static void
test_lost_sight (void)
{
  g_autoptr (Loop) l = loop_new ("2027-03-01T00:00:00.000Z");
  g_autofree char *user = hub_fixture_add_staff (l->net, "dee", l->net->a, "\"role\":\"care_coordinator\"");
  g_autoptr (Desk) d = desk_new (l->net, "dee", user);
  g_autofree char *id = hub_fixture_id (l->net);
  g_autofree char *args = g_strdup_printf ("{\"referral\":\"%s\",\"from\":\"sent\",\"reason\":\"mistake\"}", l->referral);
  g_autofree char *line = desk_op_line (d, 1, id, "referral.recall", args);
  g_autofree char *first = NULL;
  g_autofree char *same = NULL;
  g_autofree char *later = NULL;

  desk_do_ok (l->a, "assignment.apply", "{\"client\":\"%s\",\"changes\":[{\"do\":\"add\",\"staff\":\"%s\"}]}", l->client, user);
  first = desk_push_text (d, line, 1, NULL);
  g_assert_nonnull (strstr (first, "\"code\":\"stale_state\""));
  g_assert_nonnull (strstr (first, "\"now\":{"));
  same = desk_push_text (d, line, 1, NULL);
  g_assert_cmpstr (same, ==, first);
  desk_do_ok (l->a, "assignment.apply", "{\"client\":\"%s\",\"changes\":[{\"do\":\"remove\",\"staff\":\"%s\"}]}", l->client, user);
  later = desk_push_text (d, line, 1, NULL);
  g_assert_nonnull (strstr (later, "\"code\":\"stale_state\""));
  g_assert_null (strstr (later, "\"now\""));
}

/* I5: also the first time, where the same push ended its author's access after that. */
static void
test_lost_sight_within (void)
{
  g_autoptr (Loop) l = loop_new ("2027-03-01T00:00:00.000Z");
  g_autofree char *second = hub_fixture_id (l->net), *accept_id = hub_fixture_id (l->net), *revoke_id = hub_fixture_id (l->net);
  g_autofree char *accept_args = g_strdup_printf ("{\"referral\":\"%s\",\"from\":\"sent\"}", second);
  g_autofree char *revoke_args = g_strdup_printf ("{\"consent\":\"%s\",\"reason\":\"They asked.\"}", l->consent);
  g_autofree char *accept = desk_op_line (l->b, l->b->n + 1, accept_id, "referral.accept", accept_args);
  g_autofree char *revoke = desk_op_line (l->b, l->b->n + 2, revoke_id, "consent.revoke", revoke_args);
  g_autofree char *both = g_strconcat (accept, revoke, NULL);
  g_autofree char *answer = NULL;

  desk_do_ok (l->a, "referral.send",
              "{\"id\":\"%s\",\"number\":\"KK-0003\",\"client\":\"%s\",\"type\":\"direct\",\"service\":\"%s\",\"need\":\"A bed\",\"urgency\":\"soon\"}",
              second, l->client, l->net->service);
  desk_do_ok (l->a, "referral.recall", "{\"referral\":\"%s\",\"from\":\"sent\",\"reason\":\"mistake\"}", second);
  answer = desk_push_text (l->b, both, l->b->n + 1, NULL);
  g_assert_nonnull (strstr (answer, "\"code\":\"stale_state\""));
  g_assert_nonnull (strstr (answer, "\"st\":\"applied\""));
  g_assert_null (strstr (answer, "\"now\""));
}

/* Access that comes back brings everything, and drops what went meanwhile. */
static void
test_back (void)
{
  g_autoptr (Loop) l = loop_new ("2027-03-01T00:00:00.000Z");
  g_autofree char *second = hub_fixture_id (l->net);

  desk_do_ok (l->a, "consent.revoke", "{\"consent\":\"%s\",\"reason\":\"changed their mind\"}", l->consent);
  desk_pull (l->b);
  desk_do_ok (l->a, "record.patch",
              "{\"t\":\"client\",\"id\":\"%s\",\"set\":{\"contact_note\":{\"old\":null,\"new\":\"While away\"}}}",
              l->client);
  desk_do_ok (
      l->a, "consent.record",
      "{\"id\":\"%s\",\"client\":\"%s\",\"classes\":[\"client\"],\"receivers\":[\"%s\"],\"how\":\"verbal\",\"purpose\":\"Referral\","
      "\"term\":\"2027-03-01T00:00:00.000Z\"}",
      second, l->client, l->net->b);
  desk_pull (l->b);
  g_assert_true (desk_has (l->b, l->client));
  g_assert_nonnull (strstr (((DeskRow *) g_hash_table_lookup (l->b->rows, l->client))->body, "While away"));
  hub_fixture_check (l->net);
}

/* Leaving the agency's staff ends everything at once; coming into a duty brings what it sees. */
static void
test_people (void)
{
  g_autoptr (Loop) l = loop_new ("2027-03-01T00:00:00.000Z");
  g_autofree char *user = hub_fixture_add_staff (l->net, "dee", l->net->a, "\"role\":\"care_coordinator\"");
  g_autoptr (Desk) d = desk_new (l->net, "dee", user);
  g_autofree char *chief = g_strdup_printf (
      "{\"agency\":\"%s\",\"name\":\"dee\",\"level\":\"standard\",\"active\":true,\"trained\":true,"
      "\"role\":\"care_coordinator\",\"duties\":[\"supervisor\"]}",
      l->net->a);
  g_autofree char *plain = g_strdup_printf (
      "{\"agency\":\"%s\",\"name\":\"dee\",\"level\":\"standard\",\"active\":true,\"trained\":true,"
      "\"role\":\"care_coordinator\"}",
      l->net->a);

  desk_pull (d);
  g_assert_true (desk_has (d, l->net->service)); /* the directory */
  g_assert_true (desk_has (d, l->ua));           /* colleagues */
  g_assert_false (desk_has (d, l->client));
  hub_fixture_put (l->net, "staff", user, chief);
  desk_pull (d);
  g_assert_true (desk_has (d, l->client));
  g_assert_true (desk_has (d, l->referral));
  hub_fixture_put (l->net, "staff", user, plain);
  desk_pull (d);
  g_assert_false (desk_has (d, l->client));
  g_assert_true (desk_has (d, l->net->service));
  hub_fixture_check (l->net);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hub/access/C1-revoked-is-purged-first", test_revoked);
  g_test_add_func ("/hub/access/C3-C4-given-anew", test_given_anew);
  g_test_add_func ("/hub/access/C15-victim-service", test_victim_service);
  g_test_add_func ("/hub/access/C15-I22-victim-service-of-many", test_victim_service_of_many);
  g_test_add_func ("/hub/access/C15-victim-service-of-old", test_victim_service_of_old);
  g_test_add_func ("/hub/access/C3-term", test_term);
  g_test_add_func ("/hub/access/C3-term-while-following", test_term_follow);
  g_test_add_func ("/hub/access/I22-many-terms", test_many_terms);
  g_test_add_func ("/hub/access/I22-many-terms-by-the-clock", test_many_terms_by_the_clock);
  g_test_add_func ("/hub/access/term-announced", test_term_announced);
  g_test_add_func ("/hub/access/P17-ended-or-never", test_ended);
  g_test_add_func ("/hub/access/C4-revoked-by-a-broken-clock", test_revoked_by_a_broken_clock);
  g_test_add_func ("/hub/access/outcome-without-what-is-out-of-sight", test_lost_sight);
  g_test_add_func ("/hub/access/I5-out-of-sight-within-a-push", test_lost_sight_within);
  g_test_add_func ("/hub/access/comes-back", test_back);
  g_test_add_func ("/hub/access/people", test_people);
  return g_test_run ();
}
