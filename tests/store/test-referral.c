/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a window shows of one referral (lists-referrals.sql): its timeline by and by, and what stands above it whatever part of that is shown. */

#include "waiting-town.h"

enum { SID_OWN = 50 };

static void
put_event (Page *page, guint n, const char *referral, const char *type, const char *more)
{
  g_autofree char *id = g_strdup_printf ("0197f310-0000-7000-8000-%012u", n);

  put (page, "referral_event", id, "{'referral':'%s','agency':'" AGENCY_A "','actor_name':'Somebody','type':'%s','at':'2026-03-09T%02u:%02u:00.000Z'%s}", referral, type, n / 60, n % 60,
       more);
}

/* As the timeline has always been told, the other way round; all of it. */
static void
test_timeline (Fixture *f, gconstpointer data)
{
  static const char *const columns[] = { "type", "at", "actor_name", "agency", "to_phase", "text", "private", "pending" };
  Page *page;
  g_autofree char *newest = NULL;

  fixture_fill (f);
  next_scope = 300;
  page = page_new (210, 3);
  put_referral (page, REFERRAL ("1"), "KB-1001", FALSE, "accepted", SERVICE_S, "");
  for (guint n = 0; n < 200; n++)
    {
      g_autofree char *more = g_strdup_printf (",'text':'t%u'%s", n, n % 3 == 0 ? ",'private':true" : "");

      put_event (page, n, REFERRAL ("1"), "note", more);
    }
  put_event (page, 200, REFERRAL ("1"), "status", ",'from_phase':'sent','to_phase':'accepted'");
  page_end (page, "c210", FALSE);
  page_apply (f, page);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      const char *args[] = { REFERRAL ("1"), NULL };
      g_autofree char *oldest_first = column_of (f, "referral-events", args, columns[i]), *newest_first = column_of (f, "referral-timeline", args, columns[i]);
      g_auto (GStrv) there = g_strsplit (oldest_first, " ", -1), back = g_strsplit (newest_first, " ", -1);
      guint n = g_strv_length (there);

      g_test_message ("%s", columns[i]);
      g_assert_cmpuint (n, ==, g_strv_length (back));
      for (guint k = 0; k < n; k++)
        g_assert_cmpstr (there[k], ==, back[n - 1 - k]);
    }
  newest = column_of (f, "referral-timeline", (const char *const[]) { REFERRAL ("1"), NULL }, "id");
  g_assert_true (g_str_has_prefix (newest, "0197f310-0000-7000-8000-000000000200 0197f310-0000-7000-8000-000000000199 "));
}

/* P20: the note it was sent with, whatever has taken its place since, and one the timeline has not a second time; words of the end it has now; in service once is in service. */
static void
test_above (Fixture *f, gconstpointer data)
{
  static const struct { const char *note, *events[4]; const char *served, *first_note, *end_text; } cases[] = {
    { "", { NULL }, "0", "-", "-" },
    { ",'note':'Dog'", { NULL }, "0", "Dog", "-" },
    { ",'note':'Called'", { "sent|,'text':'Dog'", "note|,'text':'Called'" }, "0", "Dog", "-" },
    { ",'note':'Called'", { "sent|", "note|,'text':'Called'" }, "0", "-", "-" },
    { ",'note':'Other'", { "sent|", "note|,'text':'Called'" }, "0", "Other", "-" },
    { "", { "status|,'from_phase':'accepted','to_phase':'in_service'" }, "1", "-", "-" },
    { "", { "closed|,'from_phase':'in_service','to_phase':'closed_unresolved','text':'Gone'" }, "1", "-", "Gone" },
    { "", { "declined|,'text':'Full'", "reopened|", "closed|,'from_phase':'accepted'" }, "0", "-", "-" },
    { "", { "declined|,'text':'Full'", "reopened|", "declined|,'text':'Still'" }, "0", "-", "Still" },
  };
  guint n = 0;
  Page *page;

  fixture_fill (f);
  next_scope = 300;
  page = page_new (210, 3);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *id = g_strdup_printf ("0197f300-0000-7000-8000-00000000000%u", i + 1), *more = g_strconcat (",'agency_to':'" AGENCY_A "'", cases[i].note, NULL);

      put (page, "referral", id, "{'number':'KB-%u','type':'direct','agency':'" AGENCY_B "','phase':'accepted','sent_at':'2026-03-01T09:00:00.000Z'%s}", 1000 + i, more);
      for (guint k = 0; k < G_N_ELEMENTS (cases[i].events) && cases[i].events[k]; k++)
        {
          g_auto (GStrv) parts = g_strsplit (cases[i].events[k], "|", 2);

          put_event (page, n++, id, parts[0], parts[1]);
        }
    }
  page_end (page, "c210", FALSE);
  page_apply (f, page);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *id = g_strdup_printf ("0197f300-0000-7000-8000-00000000000%u", i + 1);

      g_test_message ("%u", i);
      ASSERT_COLUMN ("referral", "served", cases[i].served, id, NULL);
      ASSERT_COLUMN ("referral", "first_note", cases[i].first_note, id, NULL);
      ASSERT_COLUMN ("referral", "end_text", cases[i].end_text, id, NULL);
    }
}

/* I12: a note that waits while its referral is out of sight, as its time is over by this computer’s clock, and that the hub takes, stands there again as soon as
 * the referral does: its own place never went. */
static void
test_note_while_hidden (Fixture *f, gconstpointer data)
{
  const char *shown = "SELECT count(*) FROM referral_event WHERE body ->> 'text' = 'Came by'";
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) sent = NULL;
  g_autofree char *id = NULL, *line = NULL;
  Page *page;

  fixture_fill (f);
  page = page_new (120, 2);
  page_scope (page, SID_OWN, "referral_own:" REFERRAL_R ":" AGENCY_A);
  page_filled (page, SID_OWN, 2);
  page_line (page, "{'until':{'%d':'2026-03-02T10:00:00.000Z'}}", SID_REFERRAL);
  page_end (page, "c120", FALSE);
  page_apply (f, page);
  id = submit (f, "referral.private_note", "{'referral':'" REFERRAL_R "','text':'Came by'}");
  g_assert_cmpint (count (f, shown), ==, 1);
  kith_manual_clock_advance (f->clock, 3600 * 1000 + 1);
  g_assert_true (kith_store_hide_ended (f->store, &error));
  g_assert_false (kith_world_holds (kith_store_get_world (f->store), "referral:" REFERRAL_R));

  sent = push (f, NULL);
  line = g_strdup_printf ("{'n':1,'id':'%s','st':'applied','q':130}\n", id);
  answer (f, line);
  page = page_new (125, 3);
  page_line (page, "{'until':{'%d':null}}", SID_REFERRAL);
  page_end (page, "c125", FALSE);
  page_apply (f, page);
  g_assert_true (kith_world_holds (kith_store_get_world (f->store), "referral:" REFERRAL_R));
  g_assert_cmpint (count (f, shown), ==, 1);
}

/* P12, P20: an account that holds none of the timeline still reads what it wrote itself, with whose it is; not what is refused, and no step without words. */
static void
test_said (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) sent = NULL;
  g_autofree char *status = NULL, *bare = NULL, *note = NULL, *line = NULL;

  fixture_fill (f);
  ASSERT_COLUMN ("referral", "note_said", "0", REFERRAL_R, NULL);
  bare = submit (f, "referral.accept", "{'referral':'" REFERRAL_R "','from':'sent'}");
  ASSERT_COLUMN ("referral-said", "type", "", REFERRAL_R, NULL);
  status = submit (f, "referral.set_status", "{'referral':'" REFERRAL_R "','from':'accepted','phase':'contacting','text':'Twice'}");
  note = submit (f, "referral.note", "{'referral':'" REFERRAL_R "','text':'Moved'}");
  ASSERT_COLUMN ("referral-said", "type", "note status", REFERRAL_R, NULL);
  ASSERT_COLUMN ("referral-said", "text", "Moved Twice", REFERRAL_R, NULL);
  ASSERT_COLUMN ("referral-said", "to_phase", "- contacting", REFERRAL_R, NULL);
  ASSERT_COLUMN ("referral-said", "pending", "1 1", REFERRAL_R, NULL);
  ASSERT_COLUMN ("referral", "note_said", "1", REFERRAL_R, NULL);
  sent = push (f, NULL);
  line = g_strdup_printf ("{'n':1,'id':'%s','st':'applied','q':130}\n{'n':2,'id':'%s','st':'applied','q':131}\n{'n':3,'id':'%s','st':'rejected','code':'denied'}\n", bare, status,
                          note);
  answer (f, line);
  ASSERT_COLUMN ("referral-said", "text", "Twice", REFERRAL_R, NULL);
  ASSERT_COLUMN ("referral", "note_said", "0", REFERRAL_R, NULL);
}

/* P2, P14: the queues that take every service something is sent to; by its agency too, and one that is linked to nothing takes all. */
static void
test_queues_for (Fixture *f, gconstpointer data)
{
  Page *page;

  fixture_fill (f);
  next_scope = 300;
  page = page_new (210, 3);
  put (page, "service", "beds", "{'name':'Beds','organization_id':'house'}");
  put (page, "service", "meals", "{'name':'Meals','organization_id':'kitchen'}");
  put (page, "queue", "all", "{'name':'All'}");
  put (page, "queue", "both", "{'name':'Both'}");
  put (page, "queue", "one", "{'name':'One'}");
  put (page, "queue", "over", "{'name':'Over','inactive':true}");
  put (page, "queue_resource", "l1", "{'queue':'both','resource':'beds'}");
  put (page, "queue_resource", "l2", "{'queue':'both','resource':'kitchen'}");
  put (page, "queue_resource", "l3", "{'queue':'one','resource':'house'}");
  page_end (page, "c210", FALSE);
  page_apply (f, page);
  ASSERT_COLUMN ("queues-for", "id", "all both one", "[]", NULL);
  ASSERT_COLUMN ("queues-for", "id", "all both one", "[\"beds\"]", NULL);
  ASSERT_COLUMN ("queues-for", "id", "all both", "[\"meals\"]", NULL);
  ASSERT_COLUMN ("queues-for", "id", "all both", "[\"beds\",\"meals\"]", NULL);
  ASSERT_COLUMN ("queues-for", "id", "all", "[\"unknown\"]", NULL);
}

/* ux.md 2.1: accepted or declined since the day began, whatever became of it; not what others were sent. */
static void
test_answered (Fixture *f, gconstpointer data)
{
  static const struct { const char *phase, *more; gboolean ours; } cases[] = {
    { "in_service", ",'accepted_at':'2026-03-10T09:00:00.000Z'", FALSE },
    { "closed_resolved", ",'accepted_at':'2026-03-10T09:00:00.000Z','closed_at':'2026-03-10T11:00:00.000Z'", FALSE },
    { "declined", ",'closed_at':'2026-03-10T08:00:00.000Z'", FALSE },
    { "declined", ",'closed_at':'2026-03-09T08:00:00.000Z'", FALSE },
    { "accepted", ",'accepted_at':'2026-03-09T09:00:00.000Z'", FALSE },
    { "closed_resolved", ",'accepted_at':'2026-03-01T09:00:00.000Z','closed_at':'2026-03-10T11:00:00.000Z'", FALSE },
    { "recalled", ",'closed_at':'2026-03-10T11:00:00.000Z'", FALSE },
    { "sent", "", FALSE },
    { "accepted", ",'accepted_at':'2026-03-10T09:00:00.000Z'", TRUE },
  };
  Page *page;

  fixture_fill (f);
  next_scope = 300;
  page = page_new (210, 3);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *id = g_strdup_printf ("0197f300-0000-7000-8000-00000000000%u", i + 1);

      put_referral (page, id, "KB-1", cases[i].ours, cases[i].phase, SERVICE_S, cases[i].more);
    }
  page_end (page, "c210", FALSE);
  page_apply (f, page);
  ASSERT_COLUMN ("inbox-answered", "answered", "3", AGENCY_A, "2026-03-10T00:00:00.000Z");
}

/* D3, D13: what a side sent and what it only gave counts; what is not sent yet, and what came in, does not. */
static void
test_side (Fixture *f, gconstpointer data)
{
  const char *const args[] = { AGENCY_A, "2026-03-01T00:00:00.000Z", "2026-04-01T00:00:00.000Z", NULL }, *const later[] = { AGENCY_A, "2026-04-01T00:00:00.000Z", "2026-05-01T00:00:00.000Z", NULL };
  g_autofree char *phases = NULL, *types = NULL, *none = NULL;
  Page *page;

  fixture_fill (f);
  next_scope = 300;
  page = page_new (210, 3);
  put_referral (page, REFERRAL ("1"), "KA-1001", TRUE, "sent", SERVICE_S, "");
  put_referral (page, REFERRAL ("2"), "KA-1002", TRUE, "given", SERVICE_S, ",'contact_date':'2026-03-02T09:00:00.000Z'");
  put_referral (page, REFERRAL ("3"), "KA-1003", TRUE, "draft", SERVICE_S, ",'contact_date':'2026-03-02T09:00:00.000Z'");
  put_referral (page, REFERRAL ("4"), "KB-1004", FALSE, "sent", SERVICE_S, "");
  page_end (page, "c210", FALSE);
  page_apply (f, page);
  phases = column_of (f, "side-referrals", args, "phase");
  types = column_of (f, "side-referrals", args, "type");
  none = column_of (f, "side-referrals", later, "phase");
  g_assert_true (g_str_equal (phases, "sent given") || g_str_equal (phases, "given sent"));
  g_assert_true (g_str_equal (types, "direct informational") || g_str_equal (types, "informational direct"));
  g_assert_cmpstr (none, ==, "");
}

/* P1: in the lists, too, a status has the name its queue has for it now. */
static void
test_list_status (Fixture *f, gconstpointer data)
{
  static const char *const lists[] = { "inbox-work", "referrals-all" };
  Page *page;

  fixture_fill (f);
  next_scope = 300;
  page = page_new (210, 3);
  put (page, "queue", "queue", "{'name':'Housing'}");
  put (page, "queue_status", "one", "{'queue':'queue','name':'Ringing','phase':'contacting','place':0}");
  put_referral (page, REFERRAL ("1"), "KB-1001", FALSE, "contacting", SERVICE_S, ",'queue':'queue','queue_status':'one','status':'Calling'");
  page_end (page, "c210", FALSE);
  page_apply (f, page);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      const char *const args[] = { i == 0 ? AGENCY_A : NULL, NULL };
      g_autofree char *found = column_of (f, lists[i], args, "status");

      g_assert_nonnull (strstr (found, "Ringing"));
      g_assert_null (strstr (found, "Calling"));
    }
}

/* Sync.md 2.5: what is accepted by a status of its queue has asked for a place as what is accepted has; what goes from one status to another later has not, nor what is over with it. */
static void
test_place_asked (Fixture *f, gconstpointer data)
{
  static const struct { const char *was, *status, *asked; } cases[] = {
    { "sent", "calling", "referral.accept" }, { "sent", "read", "-" }, { "calling", "papers", "-" }, { "sent", "served", "-" },
  };
  Page *page;

  fixture_fill (f);
  next_scope = 300;
  page = page_new (210, 3);
  put (page, "queue", "queue", "{'name':'Housing'}");
  put (page, "queue_status", "sent", "{'queue':'queue','name':'Referred','phase':'sent','place':0}");
  put (page, "queue_status", "read", "{'queue':'queue','name':'Read','phase':'sent','place':1}");
  put (page, "queue_status", "calling", "{'queue':'queue','name':'Calling','phase':'contacting','place':2}");
  put (page, "queue_status", "papers", "{'queue':'queue','name':'Papers','phase':'contacting','place':3}");
  put (page, "queue_status", "served", "{'queue':'queue','name':'Served','phase':'in_service','place':4}");
  put_referral (page, REFERRAL ("1"), "KB-1001", FALSE, "sent", SERVICE_S, ",'queue':'queue','queue_status':'sent'");
  page_end (page, "c210", FALSE);
  page_apply (f, page);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *const args[] = { REFERRAL ("1"), NULL };
      g_autofree char *sql = g_strdup_printf ("DELETE FROM op; INSERT INTO op (i, op_id, name, args, at, hlc, wall, mono, boot, seen, st)"
                                              " VALUES (900, 'moved', 'queue.move', json_object('referral', '" REFERRAL ("1") "', 'queue', 'queue', 'was', '%s', 'status', '%s'),"
                                              " 0, '', 0, 0, '', 0, 'waiting')",
                                              cases[i].was, cases[i].status);
      g_autofree char *asked = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_true (kith_db_exec (kith_store_get_db (f->store), sql, &error));
      g_assert_no_error (error);
      asked = column_of (f, "referral-place", args, "asked");
      g_test_message ("%s to %s", cases[i].was, cases[i].status);
      g_assert_cmpstr (asked, ==, cases[i].asked);
    }
}

/* C16: what the client's record says now, where it is here, and any that is said to be the same person; nobody else's. */
static void
test_no_contact (Fixture *f, gconstpointer data)
{
  static const struct { const char *flagged, *state, *expected; } cases[] = {
    { NULL, "linked", "0" }, { CLIENT_C, "proposed", "1" }, { CLIENT_D, "proposed", "0" }, { CLIENT_D, "linked", "1" },
  };
  static const char *const clients[] = { CLIENT_C, CLIENT_D };
  const char *const args[] = { REFERRAL ("1"), NULL };
  Page *page;

  fixture_fill (f);
  next_scope = 300;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = NULL, *cursor = g_strdup_printf ("c%u", 210 + i);

      page = page_new (210 + 20 * i, 3);
      if (i == 0)
        put_referral (page, REFERRAL ("1"), "KB-1001", FALSE, "sent", SERVICE_S, ",'client':'" CLIENT_C "'");
      for (guint k = 0; k < G_N_ELEMENTS (clients); k++)
        put (page, "client", clients[k], "{'agency':'" AGENCY_A "','given_name':'A','do_not_contact':%s}", g_strcmp0 (cases[i].flagged, clients[k]) == 0 ? "true" : "false");
      put (page, "match", "0197f900-0000-7000-8000-000000000001", "{'first':'" CLIENT_C "','second':'" CLIENT_D "','state':'%s','zone':'link'}", cases[i].state);
      page_end (page, cursor, FALSE);
      page_apply (f, page);
      found = column_of (f, "referral", args, "no_contact");
      g_test_message ("case %u", i);
      g_assert_cmpstr (found, ==, cases[i].expected);
    }
}

/* C17, P12: a notice names nobody; who it is about, the other side and both numbers are of the record that is here. */
static void
test_news (Fixture *f, gconstpointer data)
{
  static const struct { const char *column, *value; } columns[] = { { "name", "Zenobia" }, { "referral_number", "KB-1001" }, { "contact_number", "CALL-7" } };
  Page *page;

  fixture_fill (f);
  next_scope = 300;
  page = page_new (210, 3);
  put_referral (page, REFERRAL ("1"), "KB-1001", FALSE, "accepted", SERVICE_S, ",'contact_name':'Zenobia','contact_number':'CALL-7'");
  put (page, "notice", "n1", "{'staff':'" USER_U "','type':'recalled','referral':'" REFERRAL ("1") "','number':'CALL-7','at':'2026-03-02T09:00:00.000Z','read':false}");
  page_end (page, "c210", FALSE);
  page_apply (f, page);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      const char *const args[] = { USER_U, NULL };
      g_autofree char *found = column_of (f, "notices-new", args, columns[i].column);

      g_assert_cmpstr (found, ==, columns[i].value);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/referral/timeline", Fixture, NULL, fixture_set_up, test_timeline, fixture_tear_down);
  g_test_add ("/store/referral/above-P20", Fixture, NULL, fixture_set_up, test_above, fixture_tear_down);
  g_test_add ("/store/referral/I12-note-while-hidden", Fixture, NULL, fixture_set_up, test_note_while_hidden, fixture_tear_down);
  g_test_add ("/store/referral/said-P12-P20", Fixture, NULL, fixture_set_up, test_said, fixture_tear_down);
  g_test_add ("/store/referral/queues-for-P2-P14", Fixture, NULL, fixture_set_up, test_queues_for, fixture_tear_down);
  g_test_add ("/store/referral/answered", Fixture, NULL, fixture_set_up, test_answered, fixture_tear_down);
  g_test_add ("/store/referral/side-D3-D13", Fixture, NULL, fixture_set_up, test_side, fixture_tear_down);
  g_test_add ("/store/referral/list-status-P1", Fixture, NULL, fixture_set_up, test_list_status, fixture_tear_down);
  g_test_add ("/store/referral/place-asked-P6", Fixture, NULL, fixture_set_up, test_place_asked, fixture_tear_down);
  g_test_add ("/store/referral/no-contact-C16", Fixture, NULL, fixture_set_up, test_no_contact, fixture_tear_down);
  g_test_add ("/store/referral/news-C17-P12", Fixture, NULL, fixture_set_up, test_news, fixture_tear_down);
  return g_test_run ();
}
