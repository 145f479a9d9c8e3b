/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "access-loop.h"

/* What was written before access ended and goes up after it: taken from who could not know, refused to who did (sync.md 2.4). */

/* sync.md 2.4: a note written before access ended is taken as such, once; an edit is not, nor a note from a desk that
 * knows. */
static void
test_late_note (void)
{
  g_autoptr (Loop) l = loop_new ("2027-03-01T00:00:00.000Z");
  g_autofree char *user = hub_fixture_add_staff (l->net, "dee", l->net->a, "\"role\":\"care_coordinator\"");
  g_autoptr (Desk) d = desk_new (l->net, "dee", user);
  g_autofree char *note = g_strdup_printf ("{\"referral\":\"%s\",\"text\":\"Seen on the street\"}", l->referral);
  g_autofree char *edit = g_strdup_printf (
      "{\"t\":\"client\",\"id\":\"%s\",\"set\":{\"contact_note\":{\"old\":null,\"new\":\"x\"}}}", l->client);
  g_autoptr (JsonObject) late = NULL;
  g_autoptr (JsonObject) unseen = NULL;
  g_autoptr (JsonObject) knows = NULL;
  g_autoptr (JsonObject) edited = NULL;
  g_autoptr (KithDbStmt) stmt = NULL;
  gint64 before;

  desk_do_ok (l->a, "assignment.apply", "{\"client\":\"%s\",\"changes\":[{\"do\":\"add\",\"staff\":\"%s\"}]}", l->client,
              user);
  desk_pull (d);
  g_assert_true (desk_has (d, l->referral));
  before = kith_hub_get_q (l->net->hub);
  desk_do_ok (l->a, "assignment.apply", "{\"client\":\"%s\",\"changes\":[{\"do\":\"remove\",\"staff\":\"%s\"}]}", l->client,
              user);

  unseen = desk_do_seen (d, "referral.note", note, kith_hub_get_q (l->net->hub)); /* says itself that it has seen the end */
  desk_expect (unseen, "rejected", "access_ended");
  edited = desk_do_seen (d, "record.patch", edit, before);
  desk_expect (edited, "rejected", "access_ended");
  late = desk_do_seen (d, "referral.note", note, before);
  desk_expect (late, "applied", NULL);
  stmt = kith_db_prepare (kith_hub_get_db (l->net->hub), "SELECT count(*) FROM op_log WHERE late = 1", NULL);
  g_assert_cmpint (kith_db_step (stmt, NULL), ==, KITH_DB_ROW);
  g_assert_cmpint (kith_db_int (stmt, 0), ==, 1);
  g_clear_pointer (&stmt, kith_db_reset);

  desk_pull (d); /* is told */
  desk_pull (d); /* comes with the cursor that says so */
  g_assert_false (desk_has (d, l->referral));
  g_assert_null (strstr (d->seen->str, "Seen on the street"));
  knows = desk_do_seen (d, "referral.note", note, before);
  desk_expect (knows, "rejected", "access_ended");
  hub_fixture_check (l->net);
}

/* One operation of a desk of that schema; how it came out. Yours */
static char *
do_as (Desk *d, gint64 schema, const char *op, const char *args)
{
  g_autofree char *id = hub_fixture_id (d->net), *line = desk_op_line (d, ++d->n, id, op, args);
  g_autofree char *body = g_strdup_printf ("{\"h\":{\"v\":1,\"device\":\"%s\",\"user\":\"%s\",\"epoch\":\"%s\",\"schema\":%d,\"first_n\":%d,\"mono\":1000,\"boot\":\"b\"}}\n%s",
                                           d->device, d->user, kith_hub_get_epoch (d->net->hub), (int) schema, (int) d->n, line);
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  const KithHubRequest request = { .method = "POST", .path = "/v1/sync/push", .token = d->token, .body = bytes };
  char *text = NULL;

  g_assert_cmpuint (hub_request_raw (d->net, &request, &text), ==, 200);
  return text;
}

/* 2.10, domain 2e: an end that says no reason is not lost where an older Kith, which asks for none, has taken it: it stands, and says so. Who could have said
 * it is asked for it, and words that were said stay. */
static void
test_no_reason (void)
{
  static const struct { gint64 schema; const char *more, *st, *text; } cases[] = {
    { 5, "", "applied", "No reason was given" },
    { 5, ",\"text\":\"Full until June\"", "applied", "Full until June" },
    { 6, "", "rejected", NULL },
    { 5, NULL, "rejected", NULL }, /* "other" was never taken without words */
  };
  g_autoptr (Loop) l = loop_new ("2027-03-01T00:00:00.000Z");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *id = hub_fixture_id (l->net), *st = g_strdup_printf ("\"st\":\"%s\"", cases[i].st), *answer = NULL;
      g_autofree char *args = g_strdup_printf ("{\"case\":\"%s\",\"outcome\":\"%s\"%s}", id, cases[i].more ? "referred_elsewhere" : "other", cases[i].more ? cases[i].more : "");

      desk_do_ok (l->a, "case.open", "{\"id\":\"%s\",\"number\":\"KK-02%02u\",\"client\":\"%s\",\"title\":\"Housing\"}", id, i, l->client);
      answer = do_as (l->a, cases[i].schema, "case.close", args);
      g_test_message ("%u: %s", i, answer);
      g_assert_nonnull (strstr (answer, st));
      if (cases[i].text != NULL)
        {
          g_autoptr (KithDbStmt) stmt = kith_db_prepare (kith_hub_get_db (l->net->hub), "SELECT body FROM case_event WHERE body ->> 'case' = ?1 AND body ->> 'type' = 'closed'", NULL);

          kith_db_bind_text (stmt, 1, id);
          g_assert_cmpint (kith_db_step (stmt, NULL), ==, KITH_DB_ROW);
          g_assert_nonnull (strstr (kith_db_text (stmt, 0), cases[i].text));
        }
    }
  hub_fixture_check (l->net);
}

static void
take_lane (Desk *d, const char *device)
{
  g_autofree char *body = g_strdup_printf ("{\"device\":\"%s\"}", device);

  g_assert_cmpuint (hub_request (d->net, "POST", "/v1/lane", d->token, body, NULL), ==, 200);
  g_free (d->device);
  d->device = g_strdup (device);
  d->n = 0;
}

static void
begin_anew (Desk *d)
{
  g_assert_cmpuint (hub_request (d->net, "POST", "/v1/sync/pull", d->token, "{\"v\":1}", NULL), ==, 200);
}

/* Somebody of A whose access to the referral ended after they had seen it. seen: the last number they know. */
static Desk *
lose_access (Loop *l, gint64 *seen)
{
  g_autofree char *user = hub_fixture_add_staff (l->net, "dee", l->net->a, "\"role\":\"care_coordinator\"");
  Desk *d = desk_new (l->net, "dee", user);

  desk_do_ok (l->a, "assignment.apply", "{\"client\":\"%s\",\"changes\":[{\"do\":\"add\",\"staff\":\"%s\"}]}", l->client, user);
  desk_pull (d);
  *seen = kith_hub_get_q (l->net->hub);
  desk_do_ok (l->a, "assignment.apply", "{\"client\":\"%s\",\"changes\":[{\"do\":\"remove\",\"staff\":\"%s\"}]}", l->client, user);
  return d;
}

/* sync.md 2.4: what was written before waits behind the first page of a refill, and goes up under another lane after a fork: it is taken. */
static void
test_late_honest (gconstpointer way)
{
  g_autoptr (Loop) l = loop_new ("2027-03-01T00:00:00.000Z");
  g_autofree char *note = g_strdup_printf ("{\"referral\":\"%s\",\"text\":\"Seen on the street\"}", l->referral);
  gint64 before;
  g_autoptr (Desk) d = lose_access (l, &before);
  g_autoptr (JsonObject) outcome = NULL;

  if (g_str_equal (way, "refill"))
    begin_anew (d);
  else
    take_lane (d, "restored-from-an-image");
  outcome = desk_do_seen (d, "referral.note", note, before);
  desk_expect (outcome, "applied", NULL);
}

/* The same, claimed by who was told, or has asked often enough to be: on a lane made for it, by starting anew, or with the cursor of before. */
static void
test_late_liar (gconstpointer way)
{
  g_autoptr (Loop) l = loop_new ("2027-03-01T00:00:00.000Z");
  g_autofree char *note = g_strdup_printf ("{\"referral\":\"%s\",\"text\":\"Written long before\"}", l->referral);
  g_autoptr (JsonObject) outcome = NULL;
  gint64 before;
  g_autoptr (Desk) d = lose_access (l, &before);

  /* each page may have been lost */
  if (g_str_equal (way, "computer"))
    {
      g_autofree char *user = g_strdup (d->user);

      desk_free (d);
      d = desk_new (l->net, "dee", user);
    }
  else if (g_str_equal (way, "anew"))
    {
      begin_anew (d);
      begin_anew (d);
    }
  else
    {
      desk_pull_page (d, 2000, TRUE);
      if (g_str_equal (way, "between"))
        {
          take_lane (d, "made-for-it");
          begin_anew (d); /* the cursor was the former lane's */
        }
      else
        desk_pull_page (d, 2000, TRUE);
      if (g_str_equal (way, "lane"))
        take_lane (d, "made-for-it");
    }
  outcome = desk_do_seen (d, "referral.note", note, before);
  desk_expect (outcome, "rejected", "access_ended");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hub/late/note", test_late_note);
  g_test_add_func ("/hub/late/2e-no-reason", test_no_reason);
  g_test_add_data_func ("/hub/late/note-after-a-refill", "refill", test_late_honest);
  g_test_add_data_func ("/hub/late/note-after-a-fork", "fork", test_late_honest);
  g_test_add_data_func ("/hub/late/note-on-a-new-computer", "computer", test_late_liar);
  g_test_add_data_func ("/hub/late/note-on-a-new-lane", "lane", test_late_liar);
  g_test_add_data_func ("/hub/late/note-on-a-lane-between-two-pulls", "between", test_late_liar);
  g_test_add_data_func ("/hub/late/note-begun-anew-twice", "anew", test_late_liar);
  g_test_add_data_func ("/hub/late/note-with-an-old-cursor", "cursor", test_late_liar);
  return g_test_run ();
}
