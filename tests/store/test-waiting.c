/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What waits for whom (My Day), and what a referral goes on from and went on as (lists-referrals.sql); where it
 * stands in a board (lists-board.sql). */

#include "kith-kept.h"
#include "kith-store-private.h"
#include "waiting-town.h"

/* STAFF 2 manages S, 3 is a coordinator, 4 a supervisor, 5 a manager of another service. */
static void
fill (Fixture *f)
{
  g_autofree char *key = g_strconcat (STAFF ("2"), ":" SERVICE_S, NULL);
  g_autofree char *link = kith_id_natural ("staff_service", key);
  Page *page;

  fixture_fill (f);
  next_scope = 300;
  page = page_new (210, 3);
  put_staff (page, STAFF ("2"), "care_coordinator", "");
  put (page, "staff_service", link, "{'staff':'" STAFF ("2") "','service':'" SERVICE_S "','agency':'" AGENCY_A "','role':'referral_manager'}");
  put_staff (page, STAFF ("3"), "care_coordinator", "");
  put_staff (page, STAFF ("4"), "care_coordinator", ",'duties':['supervisor']");
  put_staff (page, STAFF ("5"), "referral_manager", "");
  put_referral (page, REFERRAL ("1"), "KB-1001", FALSE, "sent", SERVICE_S, ",'due_on':'2026-03-03'");
  put_referral (page, REFERRAL ("2"), "KB-1002", FALSE, "sent", SERVICE_S, ",'due_on':'2026-03-20'");
  put_referral (page, REFERRAL ("3"), "KB-1003", FALSE, "sent", SERVICE_S, ",'due_on':'2026-03-20'");
  put_own (page, REFERRAL ("3"), ",'decline_reason':'no_capacity','snoozed_until':'2026-03-11T08:00:00.000Z'"); /* the manager put it away before */
  put_referral (page, REFERRAL ("4"), "KB-1004", FALSE, "accepted", SERVICE_S, ",'assignee':'" STAFF ("3") "'");
  put_referral (page, REFERRAL ("5"), "KB-1005", FALSE, "accepted", SERVICE_S, "");
  put_referral (page, REFERRAL ("6"), "KB-1006", FALSE, "sent", SERVICE_S, ",'due_on':'2026-03-20'");
  put_own (page, REFERRAL ("6"), ",'snoozed_until':'2026-03-11T08:00:00.000Z'");
  put_referral (page, REFERRAL ("7"), "KA-0007", TRUE, "declined", SERVICE_S, ",'author':'" STAFF ("3") "','closed_at':'2026-03-08T09:00:00.000Z'");
  put_referral (page, REFERRAL ("8"), "KA-0008", TRUE, "declined", SERVICE_S, ",'author':'" STAFF ("3") "','closed_at':'2026-03-08T09:00:00.000Z'");
  put_referral (page, REFERRAL ("9"), "KA-0009", TRUE, "sent", SERVICE_S, ",'author':'" STAFF ("3") "'");
  put_own (page, REFERRAL ("9"), ",'previous':'" REFERRAL ("8") "'");
  put_staff (page, STAFF ("a"), "care_coordinator", ""); /* 2e: written and kept until the client agrees; Client D has, with B alone */
  for (guint i = 0; i < 4; i++)
    put (page, "referral", i == 0 ? REFERRAL ("c") : i == 1 ? REFERRAL ("d") : i == 2 ? REFERRAL ("e") : REFERRAL ("f"), "{'number':'KA-001%u','agency':'" AGENCY_A "','author':'" STAFF ("a") "','client':'%s','%s':'%s',"
         "'phase':'pending_consent','contact_date':'2026-03-0%uT09:00:00.000Z'}", i, i == 0 ? CLIENT_X : CLIENT_D, i == 3 ? "queue" : "agency_to", i == 2 ? AGENCY_A : AGENCY_B, i + 1);
  put (page, "consent", STAFF ("b"), "{'client':'" CLIENT_D "','agency':'" AGENCY_A "','permission':'granted','status':'in_force','classes':['client'],'receivers':['" AGENCY_B "'],'disclosers':['" AGENCY_A "']}");
  page_end (page, "c210", FALSE);
  page_apply (f, page);
}

static char *
waiting (Fixture *f, const char *who, const char *since)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_query (kith_store_get_db (f->store), "referrals-waiting", &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  kith_db_bind_text (stmt, 1, who);
  kith_db_bind_text (stmt, 2, "2026-03-10T08:00:00.000Z");
  kith_db_bind_text (stmt, 3, "2026-03-10");
  kith_db_bind_text (stmt, 4, since);
  while (kith_db_step (stmt, &error) == KITH_DB_ROW)
    g_string_append_printf (text, "%s%s %s", text->len > 0 ? " | " : "", kith_db_text (stmt, 1), kith_db_text (stmt, 9));
  g_assert_no_error (error);
  return g_string_free (text, FALSE);
}

/* D2, U12 to U15, D10: whoever is to act, the supervisor when nobody did; oldest first, without what was put away or went on. */
static void
test_waiting (Fixture *f, gconstpointer data)
{
  static const struct { const char *who, *since, *expected;
  } cases[] = {
    { STAFF ("2"), "2026-02-01", "KB-1001 answer | KB-1002 answer | KB-1005 assign" },
    { STAFF ("3"), "2026-02-01", "KB-1004 contact | KA-0007 go_on" },
    { STAFF ("3"), "2026-03-09", "KB-1004 contact" },
    { STAFF ("4"), "2026-02-01", "KB-1001 answer | KB-1003 confirm" },
    { STAFF ("a"), "2026-02-01", "KA-0010 consent | KA-0011 send | KA-0012 consent | KA-0013 consent" },
    { STAFF ("5"), "2026-02-01", "KB-0001 answer" }, /* that of the fixture goes to the whole agency */
  };

  fill (f);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *got = waiting (f, cases[i].who, cases[i].since);

      g_test_message ("%s", cases[i].who);
      g_assert_cmpstr (got, ==, cases[i].expected);
    }
}

/* What went to no agency, by rows as referral.send makes them: two from an agency, warm (U7), and one of a call of 2-1-1's own. */
static void
fill_network (Fixture *f)
{
  Page *page;

  fixture_fill (f);
  next_scope = 400;
  page = page_new (220, 3);
  put (page, "staff", STAFF ("6"), "{'name':'At 2-1-1','level':'network','active':true}");
#define TO_QUEUE "'queue':'0197c100-0000-7000-8000-000000000001','queue_name':'Housing','to_queue':true"
  put (page, "referral", REFERRAL ("1"), "{'number':'KB-2001','type':'warm','agency':'" AGENCY_B "','phase':'sent','sent_at':'2026-03-01T09:00:00.000Z','due_on':'2026-03-20'," TO_QUEUE "}");
  put (page, "referral", REFERRAL ("2"), "{'number':'KB-2002','type':'warm','agency':'" AGENCY_B "','phase':'sent','sent_at':'2026-03-02T09:00:00.000Z','due_on':'2026-03-09'," TO_QUEUE "}");
  put (page, "referral", REFERRAL ("3"), "{'number':'KK-2003','type':'direct','agency':'network','author':'" STAFF ("6") "','phase':'accepted','sent_at':'2026-03-03T09:00:00.000Z'," TO_QUEUE "}");
  put (page, "referral", REFERRAL ("4"), "{'number':'KB-2004','type':'direct','agency':'" AGENCY_B "','phase':'closed_resolved','sent_at':'2026-03-04T09:00:00.000Z','closed_at':'2026-03-05T09:00:00.000Z'," TO_QUEUE "}");
  put (page, "referral", REFERRAL ("5"), "{'number':'KB-2005','type':'direct','agency':'" AGENCY_B "','agency_to':'" AGENCY_A "','phase':'sent','sent_at':'2026-03-05T09:00:00.000Z'," TO_QUEUE "}");
  put (page, "referral", REFERRAL ("6"), "{'number':'KK-2006','type':'informational','agency':'network','author':'" STAFF ("6") "','phase':'given'}");
  page_end (page, "c220", FALSE);
  page_apply (f, page);
}

static char *
inbox_numbers (Fixture *f, const char *query, const char *agency, const char *phases)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_query (kith_store_get_db (f->store), query, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  kith_db_bind_text (stmt, 1, agency);
  if (phases != NULL)
    kith_db_bind_text (stmt, 2, phases);
  for (int i = 3; phases != NULL && i <= 6; i++)
    kith_db_bind_text (stmt, i, "");
  while (kith_db_step (stmt, &error) == KITH_DB_ROW)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", kith_db_text (stmt, 1));
  g_assert_no_error (error);
  return g_string_free (text, FALSE);
}

/* U7, D2: what went to no agency and to a queue is in the Inbox of the network's staff, what is due first, first; filtered too. And it waits for
 * each of them on My Day. */
static void
test_network (Fixture *f, gconstpointer data)
{
  static const struct { const char *query, *agency, *phases, *expected; } cases[] = {
    { "inbox-new", "network", NULL, "KB-2002 KB-2001" },
    { "inbox-work", "network", NULL, "KK-2003" },
    { "inbox-closed", "network", NULL, "KB-2004" },
    { "inbox-found", "network", "['sent']", "KB-2002 KB-2001" },
    { "inbox-found", "network", "['closed_resolved','declined']", "KB-2004" },
    { "inbox-new", AGENCY_A, NULL, "KB-0001 KB-2005" },
    { "inbox-new", "", NULL, "" },
    { "inbox-found", AGENCY_A, "['sent']", "KB-0001 KB-2005" },
  };
  g_autofree char *mine = NULL;

  fill_network (f);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *phases = cases[i].phases != NULL ? g_strdelimit (g_strdup (cases[i].phases), "'", '"') : NULL;
      g_autofree char *got = inbox_numbers (f, cases[i].query, cases[i].agency, phases);

      g_test_message ("%s of %s", cases[i].query, cases[i].agency);
      g_assert_cmpstr (got, ==, cases[i].expected);
    }
  mine = waiting (f, STAFF ("6"), "2026-02-01");
  g_assert_cmpstr (mine, ==, "KB-2001 answer | KB-2002 answer | KK-2003 contact");
}

/* D3, D10: each referral a side sent is in one list of Sent, with how it ended; and what was only given to a client is counted apart. */
static void
test_sent (Fixture *f, gconstpointer data)
{
  static const struct { const char *phase, *list; } phases[] = {
    { "sent", "sent-open" },       { "accepted", "sent-open" },          { "contacting", "sent-open" },          { "in_service", "sent-open" },
    { "waitlisted", "sent-open" }, { "paused", "sent-open" },            { "declined", "sent-closed" },          { "recalled", "sent-closed" },
    { "expired", "sent-closed" },  { "closed_resolved", "sent-closed" }, { "closed_unresolved", "sent-closed" }, { "voided", "sent-closed" },
    { "given", "sent-given" },     { "draft", "sent-drafts" },           { "pending_consent", "sent-open" },
  };
  static const char *const lists[] = { "sent-open", "sent-closed", "sent-given", "sent-drafts" };
  Page *page;

  fixture_fill (f);
  next_scope = 400;
  page = page_new (220, 3);
  for (guint i = 0; i < G_N_ELEMENTS (phases); i++)
    {
      g_autofree char *id = g_strdup_printf ("0197f304-0000-7000-8000-00000000000%x", i);

      put (page, "referral", id, "{'number':'%s','type':'direct','agency':'network','phase':'%s','contact_date':'2026-03-01T09:00:00.000Z'}", phases[i].phase, phases[i].phase);
    }
  page_end (page, "c220", FALSE);
  page_apply (f, page);
  for (guint l = 0; l < G_N_ELEMENTS (lists); l++)
    {
      g_autofree char *got = inbox_numbers (f, lists[l], "network", NULL);
      g_auto (GStrv) numbers = g_strsplit (got, " ", -1);
      guint n = 0;

      for (guint i = 0; i < G_N_ELEMENTS (phases); i++)
        if (g_str_equal (phases[i].list, lists[l]))
          {
            g_assert_true (g_strv_contains ((const char *const *) numbers, phases[i].phase));
            n++;
          }
      g_assert_cmpuint (g_strv_length (numbers), ==, n);
    }
}

static char *
find_in_inbox (Fixture *f, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_query (kith_store_get_db (f->store), "inbox-found", &error);
  const char *args[] = { AGENCY_A, "[\"sent\"]", "", "", "", words };
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (args); i++)
    kith_db_bind_text (stmt, (int) i + 1, args[i]);
  while (kith_db_step (stmt, &error) == KITH_DB_ROW)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", kith_db_text (stmt, 1));
  g_assert_no_error (error);
  return g_string_free (text, FALSE);
}

/* P16, P17: the number a portal user's mail names is the contact record's: it finds the referral; and what was told of and is here no more is said so,
 * by its number or its id. Also in a store of before. */
static void
test_contact_number (Fixture *f, gconstpointer data)
{
  static const struct { const char *referral, *words, *expected; } left[] = {
    { REFERRAL ("8"), "", "NA-0008" }, { "", "na 0008", "NA-0008" }, { "", "na 0009", "" }, { REFERRAL ("7"), "", "" }, { "", "na 0007", "" }, { "", "", "" },
  };
  Page *page;

  fixture_fill (f);
  next_scope = 500;
  page = page_new (230, 3);
  put (page, "referral", REFERRAL ("7"), "{'number':'NA-0017','contact_number':'NA-0007','type':'direct','agency':'network','agency_to':'" AGENCY_A "','phase':'sent'}");
  put (page, "notice", REFERRAL ("a"), "{'staff':'" STAFF ("7") "','type':'sent','referral':'" REFERRAL ("7") "','number':'NA-0007','at':'2026-03-01T09:00:00.000Z'}");
  put (page, "notice", REFERRAL ("b"), "{'staff':'" STAFF ("7") "','type':'rerouted','referral':'" REFERRAL ("8") "','number':'NA-0008','at':'2026-03-01T09:00:00.000Z'}");
  page_end (page, "c230", FALSE);
  page_apply (f, page);
  for (guint again = 0; again < 2; again++)
    {
      g_autofree char *found = find_in_inbox (f, "na 0007");

      g_assert_cmpstr (found, ==, "NA-0017");
      g_assert_true (kith_db_exec (kith_store_get_db (f->store), "UPDATE referral SET find = ''; UPDATE state SET value = 'before' WHERE key = 'ddl:referral'", NULL));
      fixture_reopen (f);
    }
  for (guint i = 0; i < G_N_ELEMENTS (left); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (KithDbStmt) stmt = kith_db_query (kith_store_get_db (f->store), "referral-left", &error);

      g_assert_no_error (error);
      kith_db_bind_text (stmt, 1, STAFF ("7"));
      kith_db_bind_text (stmt, 2, left[i].referral);
      kith_db_bind_text (stmt, 3, left[i].words);
      g_test_message ("%s %s", left[i].referral, left[i].words);
      g_assert_cmpstr (kith_db_step (stmt, &error) == KITH_DB_ROW ? kith_db_text (stmt, 1) : "", ==, left[i].expected);
    }
}

#define IN_HAND(n) "0197f301-0000-7000-8000-00000000000" n

static void
put_capacity (Page *page, const char *service, const char *unit, const char *more)
{
  g_autofree char *key = g_strconcat (service, ":", unit, NULL);
  g_autofree char *id = kith_id_natural ("capacity", key);

  put (page, "capacity", id, "{'service':'%s','agency':'" AGENCY_A "','unit':'%s','per_referral':true%s}", service, unit, more);
}

/* U15: what a coordinator has in hand stays in sight until its end, after what waits; what is on the wait list is somebody's, and told when
 * there is room. */
static void
test_in_hand (Fixture *f, gconstpointer data)
{
  Page *page;

  fill (f);
  next_scope = 400;
  page = page_new (220, 3);
  put_referral (page, IN_HAND ("1"), "KB-2001", FALSE, "contacting", SERVICE_S, ",'assignee':'" STAFF ("3") "'");
  put_referral (page, IN_HAND ("2"), "KB-2002", FALSE, "in_service", SERVICE_S, ",'assignee':'" STAFF ("3") "'");
  put_referral (page, IN_HAND ("3"), "KB-2003", FALSE, "waitlisted", SERVICE_S, "");
  put_referral (page, IN_HAND ("4"), "KB-2004", FALSE, "waitlisted", SERVICE_S, ",'assignee':'" STAFF ("3") "'");
  put_referral (page, IN_HAND ("5"), "KB-2005", FALSE, "paused", SERVICE_S, ",'assignee':'" STAFF ("3") "'");
  put_referral (page, IN_HAND ("6"), "KB-2006", FALSE, "in_service", SERVICE_S, ",'assignee':'" STAFF ("2") "'");
  put_capacity (page, SERVICE_S, "bed", ",'status':'none','free':0,'observed_at':'2026-03-09T09:00:00.000Z'");
  page_end (page, "c220", FALSE);
  page_apply (f, page);
  ASSERT_COLUMN ("referrals-waiting", "number", "KB-2001 KB-1004 KA-0007 KB-2002 KB-2004 KB-2005", STAFF ("3"), "2026-03-10T08:00:00.000Z", "2026-03-10", "2026-02-01");
  ASSERT_COLUMN ("referrals-waiting", "waits", "contact contact go_on outcome place paused", STAFF ("3"), "2026-03-10T08:00:00.000Z", "2026-03-10", "2026-02-01");
  ASSERT_COLUMN ("referrals-waiting", "later", "0 0 0 1 1 1", STAFF ("3"), "2026-03-10T08:00:00.000Z", "2026-03-10", "2026-02-01");
  ASSERT_COLUMN ("referrals-waiting", "number", "KB-1001 KB-1002 KB-1005 KB-2003 KB-2006", STAFF ("2"), "2026-03-10T08:00:00.000Z", "2026-03-10", "2026-02-01");

  /* A bed is free. */
  next_scope = 450;
  page = page_new (230, 4);
  put_capacity (page, SERVICE_S, "household", ",'status':'open','free':1,'observed_at':'2026-03-09T10:00:00.000Z'");
  page_end (page, "c230", FALSE);
  page_apply (f, page);
  ASSERT_COLUMN ("referrals-waiting", "waits", "answer answer room assign outcome", STAFF ("2"), "2026-03-10T08:00:00.000Z", "2026-03-10", "2026-02-01");
  ASSERT_COLUMN ("capacity-waiting", "number", "KB-2003 KB-2004", SERVICE_S);
  ASSERT_COLUMN ("referral-place", "free", "1", IN_HAND ("3"));
}

/* P4: a plan that was cancelled is told of with who did it; one that has come, or comes yet, is not. */
static void
test_cancelled_plans (Fixture *f, gconstpointer data)
{
#define PLAN(n) "0197f400-0000-7000-8000-00000000000" n
  Page *page;

  fill (f);
  next_scope = 400;
  page = page_new (220, 3);
  put (page, "capacity_plan", PLAN ("1"), "{'service':'" SERVICE_S "','unit':'bed','hour':'08:00','live':true}");
  put (page, "capacity_plan", PLAN ("2"), "{'service':'" SERVICE_S "','unit':'bed','hour':'08:00','live':false,'done_on':'2026-03-01'}");
  put (page, "capacity_plan", PLAN ("3"), "{'service':'" SERVICE_S "','unit':'bed','hour':'09:00','live':false,'cancelled_at':'2026-03-08T09:00:00.000Z','cancelled_by_name':'Ana'}");
  put (page, "capacity_plan", PLAN ("4"), "{'service':'" SERVICE_S "','unit':'bed','hour':'10:00','live':false,'cancelled_at':'2026-03-09T09:00:00.000Z','cancelled_by_name':'Ben'}");
  page_end (page, "c220", FALSE);
  page_apply (f, page);
  ASSERT_COLUMN ("capacity-plans-cancelled", "cancelled_by_name", "Ben Ana", SERVICE_S, "bed");
  ASSERT_COLUMN ("capacity-plans", "id", PLAN ("1"), SERVICE_S);
}

/* Work that is with nobody by name is somebody's all the same: of the service's managers, of a partner with a portal account alone (P10, P12), of 2-1-1,
 * which works as one and to which also comes back what a colleague sent (D10). */
static void
test_nobodys (Fixture *f, gconstpointer data)
{
  static const struct { const char *who, *numbers, *waits; } cases[] = {
    { STAFF ("2"), "KB-1001 KB-1002 KB-3002 KB-1005 KB-3003 KB-3004", "answer answer contact assign outcome paused" },
    { STAFF ("3"), "KB-1004 KA-0007", "contact go_on" },
    { STAFF ("7"), "KB-0001 KB-1001 KB-1002 KB-3002 KB-1005 KB-3003 KB-3004 KB-3005", "answer answer answer contact contact outcome paused place" },
    { STAFF ("8"), "", "" }, /* without P10 */
    { STAFF ("6"), "KK-3001 KK-3006 KK-3010 KK-3007 KK-3008 KK-3009", "go_on contact contact outcome paused place" },
    { STAFF ("0"), "KK-3001 KK-3006 KK-3007 KK-3008 KK-3009", "go_on contact outcome paused place" }, /* what a colleague of 2-1-1 put there is that one's */
  };
  Page *page;

  fill (f);
  next_scope = 400;
  page = page_new (220, 3);
  put (page, "staff", STAFF ("6"), "{'name':'At 2-1-1','level':'network','active':true}");
  put (page, "staff", STAFF ("7"), "{'agency':'" AGENCY_A "','name':'Partner','level':'portal','active':true,'changes_status':true,'resources':['" SERVICE_S "']}");
  put (page, "staff", STAFF ("8"), "{'agency':'" AGENCY_A "','name':'Partner','level':'portal','active':true,'resources':['" SERVICE_S "']}");
#define WORK(n) "0197f302-0000-7000-8000-00000000000" n
  put (page, "referral", WORK ("1"), "{'number':'KK-3001','type':'direct','agency':'network','author':'" STAFF ("9") "','agency_to':'" AGENCY_B "','phase':'declined','sent_at':'2026-03-01T08:00:00.000Z','closed_at':'2026-03-08T09:00:00.000Z'}");
  put_referral (page, WORK ("2"), "KB-3002", FALSE, "contacting", SERVICE_S, "");
  put_referral (page, WORK ("3"), "KB-3003", FALSE, "in_service", SERVICE_S, "");
  put_referral (page, WORK ("4"), "KB-3004", FALSE, "paused", SERVICE_S, "");
  put_referral (page, WORK ("5"), "KB-3005", FALSE, "waitlisted", SERVICE_S, ",'assignee':'" STAFF ("7") "'");
  put (page, "referral", WORK ("6"), "{'number':'KK-3006','type':'warm','agency':'" AGENCY_B "','phase':'contacting','sent_at':'2026-03-06T09:00:00.000Z'," TO_QUEUE "}");
  put (page, "referral", WORK ("7"), "{'number':'KK-3007','type':'warm','agency':'" AGENCY_B "','phase':'in_service','sent_at':'2026-03-07T09:00:00.000Z'," TO_QUEUE "}");
  put (page, "referral", WORK ("8"), "{'number':'KK-3008','type':'warm','agency':'" AGENCY_B "','phase':'paused','sent_at':'2026-03-08T09:00:00.000Z'," TO_QUEUE "}");
  put (page, "referral", WORK ("9"), "{'number':'KK-3009','type':'warm','agency':'" AGENCY_B "','phase':'waitlisted','sent_at':'2026-03-09T09:00:00.000Z'," TO_QUEUE "}");
  put (page, "staff", STAFF ("0"), "{'name':'Also at 2-1-1','level':'network','active':true}");
  put (page, "referral", "0197f302-0000-7000-8000-000000000010", "{'number':'KK-3010','type':'direct','agency':'network','author':'" STAFF ("6") "','phase':'contacting','sent_at':'2026-03-09T10:00:00.000Z'," TO_QUEUE "}");
  put (page, "referral", "0197f302-0000-7000-8000-000000000011", "{'number':'KK-3011','type':'direct','agency':'network','author':'" STAFF ("6") "','agency_to':'" AGENCY_B "','phase':'declined','sent_at':'2026-03-01T10:00:00.000Z'}");
  put (page, "referral_course", "0197f302-0000-7000-8000-000000000012", "{'referral':'0197f302-0000-7000-8000-000000000011','closed_at':'2026-01-08T09:00:00.000Z'}"); /* too long ago */
  page_end (page, "c220", FALSE);
  page_apply (f, page);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].who);
      ASSERT_COLUMN ("referrals-waiting", "number", cases[i].numbers, cases[i].who, "2026-03-10T08:00:00.000Z", "2026-03-10", "2026-02-01");
      ASSERT_COLUMN ("referrals-waiting", "waits", cases[i].waits, cases[i].who, "2026-03-10T08:00:00.000Z", "2026-03-10", "2026-02-01");
    }

  page = page_new (221, 3);
  put (page, "staff", STAFF ("6"), "{'name':'At 2-1-1','level':'network','active':true,'away_from':'2026-03-09','away_until':'2026-03-12'}");
  put (page, "referral_detail", "0197f302-0000-7000-8000-000000000013", "{'referral':'" WORK ("6") "','urgency':'urgent'}");
  put (page, "referral_detail", "0197f302-0000-7000-8000-000000000014", "{'referral':'0197f302-0000-7000-8000-000000000010','urgency':'urgent'}");
  page_end (page, "c221", FALSE);
  page_apply (f, page);
  ASSERT_COLUMN ("referrals-waiting", "number", "KK-3006 KK-3010 KK-3001 KK-3007 KK-3008 KK-3009", STAFF ("0"), "2026-03-10T08:00:00.000Z", "2026-03-10", "2026-02-01");
  ASSERT_COLUMN ("referrals-waiting", "instead_of", "- At 2-1-1 - - - -", STAFF ("0"), "2026-03-10T08:00:00.000Z", "2026-03-10", "2026-02-01");
}

/* A call waits on the day of whoever took it, and on everybody's while that one is away. */
static void
test_calls (Fixture *f, gconstpointer data)
{
  Page *page;

  fill (f);
  next_scope = 400;
  page = page_new (220, 3);
  put (page, "staff", STAFF ("6"), "{'name':'At 2-1-1','level':'network','active':true,'away_from':'2026-03-09','away_until':'2026-03-12'}");
  put (page, "staff", STAFF ("0"), "{'name':'Also at 2-1-1','level':'network','active':true}");
  put (page, "contact_record", WORK ("1"), "{'number':'KK-0101','submitted_at':'2026-03-01T09:00:00.000Z','author':'" STAFF ("6") "','name':'Ana'}");
  put (page, "contact_record", WORK ("2"), "{'number':'KK-0102','submitted_at':'2026-03-02T09:00:00.000Z','author':'" STAFF ("0") "','name':'Bo'}");
  put (page, "contact_record", WORK ("3"), "{'number':'KK-0103','submitted_at':'2026-03-03T09:00:00.000Z','author':'" STAFF ("9") "','name':'Cy'}");
  put (page, "contact_need", WORK ("4"), "{'contact':'" WORK ("1") "','words':'food','status':'open'}");
  put (page, "contact_need", WORK ("5"), "{'contact':'" WORK ("2") "','words':'food','status':'open'}");
  put (page, "contact_need", WORK ("6"), "{'contact':'" WORK ("3") "','words':'food','status':'open'}");
  put (page, "contact_need", WORK ("7"), "{'contact':'" WORK ("2") "','words':'rent','status':'referred'}");
  page_end (page, "c220", FALSE);
  page_apply (f, page);
  ASSERT_COLUMN ("contacts-waiting", "number", "KK-0102 KK-0103", STAFF ("0"), "2026-03-08");
  ASSERT_COLUMN ("contacts-waiting", "open", "2 1", STAFF ("0"), "2026-03-08"); /* the word means what it means in the list of calls */
  ASSERT_COLUMN ("contacts-waiting", "number", "KK-0101 KK-0102 KK-0103", STAFF ("0"), "2026-03-10");
  ASSERT_COLUMN ("contacts-waiting", "number", "KK-0101 KK-0103", STAFF ("6"), "2026-03-10");
}

/* What asks for an answer is no news once somebody gave it. */
static void
test_notices (Fixture *f, gconstpointer data)
{
  Page *page;

  fill (f);
  next_scope = 400;
  page = page_new (220, 3);
  put (page, "notice", "0197f3b0-0000-7000-8000-000000000001", "{'staff':'" STAFF ("2") "','type':'sent','referral':'" REFERRAL ("1") "','at':'2026-03-01T10:00:00.000Z','read':false}");
  put (page, "notice", "0197f3b0-0000-7000-8000-000000000002", "{'staff':'" STAFF ("2") "','type':'sent','referral':'" REFERRAL ("4") "','at':'2026-03-01T10:00:00.000Z','read':false}");
  put (page, "notice", "0197f3b0-0000-7000-8000-000000000003", "{'staff':'" STAFF ("2") "','type':'note','referral':'" REFERRAL ("4") "','at':'2026-03-01T09:00:00.000Z','read':false}");
  put (page, "notice", "0197f3b0-0000-7000-8000-000000000004", "{'staff':'" STAFF ("2") "','type':'sent','referral':'0197f3ff-0000-7000-8000-000000000001','at':'2026-03-01T08:00:00.000Z','read':false}");
  page_end (page, "c220", FALSE);
  page_apply (f, page);
  ASSERT_COLUMN ("notices-new", "type", "sent note sent", STAFF ("2"));
}

/* A filter leaves each where it stands in the list, and words are found without their accents. */
static void
test_found (Fixture *f, gconstpointer data)
{
  Page *page;

  fill (f);
  next_scope = 400;
  page = page_new (220, 3);
  put_referral (page, IN_HAND ("1"), "KB-2001", FALSE, "sent", SERVICE_S, ",'due_on':'2026-03-01','resource_name':'Abrigo da Família'");
  put_referral (page, IN_HAND ("2"), "KB-2002", FALSE, "sent", SERVICE_S, ",'resource_name':'Abrigo da Família'");
  put_referral (page, IN_HAND ("3"), "KB-2003", FALSE, "sent", SERVICE_S, ",'due_on':'2026-03-04','resource_name':'Abrigo da Família'");
  put_referral (page, IN_HAND ("4"), "KB-2004", FALSE, "closed_resolved", SERVICE_S, ",'closed_at':'2026-03-05T09:00:00.000Z','resource_name':'Abrigo da Família'");
  put_referral (page, IN_HAND ("5"), "KB-2005", FALSE, "closed_resolved", SERVICE_S, ",'closed_at':'2026-03-06T09:00:00.000Z','resource_name':'Abrigo da Família'");
  put_referral (page, IN_HAND ("6"), "KB-2006", FALSE, "paused", SERVICE_S, ",'resource_name':'Abrigo da Família'");
  put_referral (page, IN_HAND ("7"), "KB-2007", FALSE, "contacting", SERVICE_S, ",'resource_name':'Abrigo da Família'");
  page_end (page, "c220", FALSE);
  page_apply (f, page);
  ASSERT_COLUMN ("inbox-found", "number", "KB-2001 KB-2003 KB-2002", AGENCY_A, "[\"sent\"]", "", "", "", "familia");
  ASSERT_COLUMN ("inbox-found", "number", "KB-2006 KB-2007", AGENCY_A, "[\"paused\",\"contacting\"]", "", "", "", "familia");
  ASSERT_COLUMN ("inbox-found", "number", "KB-2005 KB-2004", AGENCY_A, "[\"closed_resolved\"]", "", "", "", "familia");
}

/* "Places free now": said without a number too; not by a number whose time is over, nor by a count that was given up. */
static void
test_free_now (Fixture *f, gconstpointer data)
{
  static const struct { const char *name, *capacity;
  } services[] = {
    { "1-number", ",'status':'open','free':3" },
    { "2-open", ",'status':'open'" },
    { "3-none", ",'status':'none','free':0" },
    { "4-until-over", ",'status':'open','free':3,'until':'2026-03-01'" },
    { "5-until-to-come", ",'status':'limited','free':3,'until':'2999-03-01','period':'week'" },
    { "6-week-over", ",'status':'open','free':3,'period':'week'" },
    { "7-day-over", ",'status':'open','free':3,'period':'day'" },
    { "8-month-over", ",'status':'open','period':'month'" },
    { "9-given-up", "" },
    { "a-ends-to-come", ",'status':'open','free':3,'period':'week','ends_at':'2999-03-01T08:00:00.000Z'" }, /* by the agency's clock */
    { "b-ended", ",'status':'open','free':3,'until':'2999-03-01','ends_at':'2020-03-10T08:00:00.000Z'" },
  };
  Page *page;

  fixture_fill (f);
  next_scope = 400;
  page = page_new (220, 3);
  for (guint i = 0; i < G_N_ELEMENTS (services); i++)
    {
      g_autofree char *id = g_strdup_printf ("0197b9a0-0000-7000-8000-00000000000%x", i);
      g_autofree char *more = g_strconcat (services[i].capacity, ",'observed_at':'2020-03-09T10:00:00.000Z'", NULL);

      put (page, "service", id, "{'organization_id':'" AGENCY_A "','name':'%s','status':'active'}", services[i].name);
      put_capacity (page, id, "bed", more);
    }
  page_end (page, "c220", FALSE);
  page_apply (f, page);
  ASSERT_COLUMN ("services-found", "name", "1-number 2-open 5-until-to-come a-ends-to-come", AGENCY_A, "", "1", "[]", "[]", "[]", "");
  ASSERT_COLUMN ("capacity-of", "id", "", "0197b9a0-0000-7000-8000-000000000008");
}

static void
test_links (Fixture *f, gconstpointer data)
{
  static const struct { const char *referral, *previous, *next;
  } cases[] = { { REFERRAL ("8"), NULL, "KA-0009" }, { REFERRAL ("9"), "KA-0008", NULL }, { REFERRAL ("7"), NULL, NULL } };

  fill (f);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (KithDbStmt) stmt = kith_db_query (kith_store_get_db (f->store), "referral", &error);

      g_assert_no_error (error);
      kith_db_bind_text (stmt, 1, cases[i].referral);
      g_assert_cmpint (kith_db_step (stmt, &error), ==, KITH_DB_ROW);
      for (int c = 0; c < kith_db_n_columns (stmt); c++)
        if (g_str_equal (kith_db_column_name (stmt, c), "previous_number"))
          g_assert_cmpstr (kith_db_text (stmt, c), ==, cases[i].previous);
        else if (g_str_equal (kith_db_column_name (stmt, c), "next_number"))
          g_assert_cmpstr (kith_db_text (stmt, c), ==, cases[i].next);
      g_assert_cmpint (kith_db_step (stmt, &error), ==, KITH_DB_DONE);
    }
}

/* The numbers of one lane's cards in their order, each with its call's, and how many the lanes, the count and the list of queues say there are */
static char *
lane (Fixture *f, const char *status)
{
  static const char *const counts[] = { "board-cards-count", "board-cards", "board-found" };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (KithDbStmt) stmt = kith_db_query (kith_store_get_db (f->store), counts[i], &error);

      g_assert_no_error (error);
      kith_db_bind_text (stmt, 1, "queue");
      kith_db_bind_text (stmt, 2, status);
      for (int input = 3; i == 2 && input <= 5; input++)
        kith_db_bind_text (stmt, input, "");
      while (kith_db_step (stmt, &error) == KITH_DB_ROW)
        {
          const char *contact = i == 0 ? NULL : kith_db_text (stmt, kith_db_n_columns (stmt) - 1);

          g_string_append_printf (text, "%s%s%s ", kith_db_text (stmt, i == 0 ? 0 : 4), contact ? "/" : "", contact ? contact : "");
        }
      g_assert_no_error (error);
      g_string_append (text, "| ");
    }
  return g_string_free (text, FALSE);
}

static char *
numbers (Fixture *f, const char *query, const char *first, int column)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_query (kith_store_get_db (f->store), query, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  kith_db_bind_text (stmt, 1, first);
  if (g_str_equal (query, "board-lanes"))
    kith_db_bind_text (stmt, 2, "2026-03-10");
  while (kith_db_step (stmt, &error) == KITH_DB_ROW)
    g_string_append_printf (text, "%s ", kith_db_text (stmt, column));
  g_assert_no_error (error);
  return g_string_free (text, FALSE);
}

/* How many stand in a lane. Yours */
static char *
numbers_of (Fixture *f, const char *status)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_query (kith_store_get_db (f->store), "board-cards-count", &error);

  g_assert_no_error (error);
  kith_db_bind_text (stmt, 1, "queue");
  kith_db_bind_text (stmt, 2, status);
  g_assert_cmpint (kith_db_step (stmt, &error), ==, KITH_DB_ROW);
  return g_strdup (kith_db_text (stmt, 0));
}

/* As when a newer Kith prints another table of the kind. */
static void
make_anew (Fixture *f, const char *kind)
{
  g_autofree char *key = g_strconcat ("ddl:", kind, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (kith_store_set_state (f->store, key, "another", &error));
  g_assert_no_error (error);
  fixture_reopen (f);
}

static int
compare_words (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* P12: a referral of which the eight fields alone are here stands in the queue they name; one whose places are here, where those say. */
static void
test_board (Fixture *f, gconstpointer data)
{
  g_autofree char *first = NULL, *second = NULL, *lanes = NULL, *queues = NULL, *statuses = NULL, *waits = NULL;
  Page *page;

  fixture_fill (f);
  next_scope = 300;
  page = page_new (210, 3);
  put (page, "queue", "over", "{'name':'A season that is over'}");
  put (page, "queue_status", "three", "{'queue':'over','name':'Declined','phase':'declined','place':0}");
  put_referral (page, REFERRAL ("5"), "KB-1005", FALSE, "declined", SERVICE_S, ",'queue':'over','queue_status':'three','closed_at':'2026-03-04T09:00:00.000Z'");
  put (page, "queue", "queue", "{'name':'Housing'}");
  put (page, "queue_status", "one", "{'queue':'queue','name':'Referred','phase':'sent','place':0}");
  put (page, "queue_status", "two", "{'queue':'queue','name':'Declined','phase':'declined','place':1,'retired':true}");
  put_referral (page, REFERRAL ("1"), "KB-1001", FALSE, "sent", SERVICE_S, ",'queue':'queue','queue_status':'one','contact_number':'NA-1'");
  put (page, "queue_item", "item-1",
       "{'referral':'" REFERRAL ("1") "','queue':'queue','status':'one','placed_at':'2026-03-01T09:00:00.000Z','moved_at':'2026-03-01T09:00:00.000Z'}");
  put_referral (page, REFERRAL ("2"), "KB-1002", FALSE, "declined", SERVICE_S, ",'queue':'queue','queue_status':'two','closed_at':'2026-03-04T09:00:00.000Z'");
  put_referral (page, REFERRAL ("3"), "KB-1003", FALSE, "sent", SERVICE_S, ",'queue':'queue','queue_status':'one','contact_number':'NA-3'");
  put_referral (page, REFERRAL ("4"), "KB-1004", FALSE, "sent", SERVICE_S, "");
  page_end (page, "c210", FALSE);
  page_apply (f, page);
  first = lane (f, "one");
  second = lane (f, "two");
  lanes = numbers (f, "board-lanes", "queue", 4);
  waits = numbers (f, "board-queues", "", 3);
  queues = numbers (f, "queues", "0", 4);
  statuses = numbers (f, "queue-statuses", "queue", 3);
  g_assert_cmpstr (first, ==, "2 | KB-1003/NA-3 KB-1001/NA-1 | KB-1003/NA-3 KB-1001/NA-1 | "); /* since when the one stands there is not known here */
  g_assert_cmpstr (second, ==, "1 | KB-1002 | KB-1002 | ");
  g_assert_cmpstr (lanes, ==, "2 1 ");
  g_assert_cmpstr (waits, ==, "0 1 "); /* what was declined there waits for nobody */
  g_assert_cmpstr (queues, ==, "1 3 ");
  g_assert_cmpstr (statuses, ==, "2 ");
}

/* P12: which of the two says where a referral stands goes with what comes and goes, and with a table that is made anew. */
static void
test_board_changes (Fixture *f, gconstpointer data)
{
  static const struct { const char *kind, *id, *body, *one, *two; } steps[] = {
    { "referral", REFERRAL ("1"), ",'queue':'queue','queue_status':'one'", "1", "0" },
    { "queue_item", "item-1", "{'referral':'" REFERRAL ("1") "','queue':'queue','status':'two','placed_at':'2026-03-01T09:00:00.000Z','moved_at':'2026-03-01T09:00:00.000Z'}", "0", "1" },
    { "queue_item", "item-2", "{'referral':'" REFERRAL ("1") "','queue':'queue','status':'two','placed_at':'2026-03-01T09:00:00.000Z','moved_at':'2026-03-01T09:00:00.000Z'}", "0", "2" },
    { "queue_item", "item-2", NULL, "0", "1" },
    { "referral", REFERRAL ("1"), ",'queue':'queue','queue_status':'two'", "0", "1" },
    { "queue_item", "item-1", NULL, "0", "1" },
    { "referral", REFERRAL ("1"), ",'queue':'queue','queue_status':'one'", "1", "0" },
    { "queue_item", "item-1", "{'referral':'" REFERRAL ("1") "','queue':'other','status':'elsewhere','placed_at':'2026-03-01T09:00:00.000Z','moved_at':'2026-03-01T09:00:00.000Z'}", "1", "0" },
    { "referral", REFERRAL ("1"), "", "0", "0" },
    { "referral", REFERRAL ("1"), ",'queue':'queue','queue_status':'two'", "0", "1" },
    { "referral", REFERRAL ("1"), NULL, "0", "0" },
  };
  Page *page;

  fixture_fill (f);
  page = page_new (210, 3);
  page_scope (page, 301, "queue:queue");
  page_put (page, "queue", "queue", 301, 200, "{'name':'Housing'}");
  page_put (page, "queue_status", "one", 301, 200, "{'queue':'queue','name':'Referred','phase':'sent','place':0}");
  page_put (page, "queue_status", "two", 301, 200, "{'queue':'queue','name':'Accepted','phase':'accepted','place':1}");
  page_scope (page, 302, "referral:" REFERRAL ("1"));
  page_scope (page, 303, "referral_detail:" REFERRAL ("1"));
  page_end (page, "c210", FALSE);
  page_apply (f, page);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      gboolean whole = g_str_equal (steps[i].kind, "referral");
      int sid = whole ? 302 : 303;
      g_autofree char *cursor = g_strdup_printf ("c%u", 220 + i), *body = NULL, *one = NULL, *two = NULL;

      page = page_new (220 + i, 4 + i);
      if (steps[i].body == NULL)
        page_gone (page, steps[i].kind, steps[i].id, sid, 220 + i);
      else
        {
          body = whole ? g_strdup_printf ("{'number':'KB-1001','agency':'" AGENCY_B "','agency_to':'" AGENCY_A "','service':'" SERVICE_S
                                          "','phase':'sent'%s}", steps[i].body)
                       : g_strdup (steps[i].body);
          page_put (page, steps[i].kind, steps[i].id, sid, 220 + i, body);
        }
      page_end (page, cursor, FALSE);
      page_apply (f, page);
      for (int anew = 0; anew < 2; anew++)
        {
          g_clear_pointer (&one, g_free);
          g_clear_pointer (&two, g_free);
          one = numbers_of (f, "one");
          two = numbers_of (f, "two");
          g_test_message ("step %u%s", i, anew ? ", tables made anew" : "");
          g_assert_cmpstr (one, ==, steps[i].one);
          g_assert_cmpstr (two, ==, steps[i].two);
          g_assert_cmpstr (kith_kept_differs (kith_store_get_db (f->store)), ==, NULL);
          if (!anew)
            make_anew (f, steps[i].kind);
        }
    }
}

/* D13: those that came in the time, once each; one of which the eight fields alone are here goes by the day it was sent. */
static void
test_statistics (Fixture *f, gconstpointer data)
{
  static const struct { const char *from, *to, *expected; } cases[] = {
    { "", "2026-04-01T00:00:00.000Z", "declined/Declined sent/- sent/Referred sent/Referred " },
    { "2026-03-01T09:00:00.000Z", "2026-03-01T09:00:00.001Z", "sent/Referred " },
    { "2026-03-01T09:00:00.001Z", "2026-03-03T00:00:00.000Z", "declined/Declined sent/- " },
    { "2026-04-01T00:00:00.000Z", "2026-05-01T00:00:00.000Z", "" },
  };
  Page *page;

  fixture_fill (f);
  next_scope = 300;
  page = page_new (210, 3);
  put (page, "queue", "queue", "{'name':'Housing'}");
  put (page, "queue_status", "one", "{'queue':'queue','name':'Referred','phase':'sent','place':0}");
  put (page, "queue_status", "two", "{'queue':'queue','name':'Declined','phase':'declined','place':1,'retired':true}");
  put_referral (page, REFERRAL ("1"), "KB-1001", FALSE, "sent", SERVICE_S, ",'queue':'queue','queue_status':'one'");
  put (page, "queue_item", "item-1",
       "{'referral':'" REFERRAL ("1") "','queue':'queue','status':'one','placed_at':'2026-03-01T09:00:00.000Z','moved_at':'2026-03-01T09:00:00.000Z'}");
  put_referral (page, REFERRAL ("2"), "KB-1002", FALSE, "declined", SERVICE_S, ",'queue':'queue','queue_status':'two','closed_at':'2026-03-04T09:00:00.000Z'");
  put_referral (page, REFERRAL ("3"), "KB-1003", FALSE, "sent", SERVICE_S, ",'queue':'queue','queue_status':'one'");
  put_referral (page, REFERRAL ("4"), "KB-1004", FALSE, "sent", SERVICE_S, "");
  put_referral (page, REFERRAL ("5"), "KB-1005", FALSE, "sent", SERVICE_S, "");
  put (page, "queue_item", "item-5", "{'referral':'" REFERRAL ("5") "','queue':'queue','placed_at':'2026-03-02T09:00:00.000Z','moved_at':'2026-03-02T10:00:00.000Z'}"); /* taken out */
  page_end (page, "c210", FALSE);
  page_apply (f, page);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (KithDbStmt) stmt = kith_db_query (kith_store_get_db (f->store), "queue-referrals", &error);
      g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GString) text = g_string_new (NULL);

      g_assert_no_error (error);
      kith_db_bind_text (stmt, 1, "queue");
      kith_db_bind_text (stmt, 2, cases[i].from);
      kith_db_bind_text (stmt, 3, cases[i].to);
      while (kith_db_step (stmt, &error) == KITH_DB_ROW)
        g_ptr_array_add (rows, g_strdup_printf ("%s/%s ", kith_db_text (stmt, 2), kith_db_text (stmt, 9) != NULL ? kith_db_text (stmt, 9) : "-"));
      g_assert_no_error (error);
      g_ptr_array_sort (rows, compare_words);
      for (guint k = 0; k < rows->len; k++)
        g_string_append (text, rows->pdata[k]);
      g_assert_cmpstr (text->str, ==, cases[i].expected);
    }
}

/* P1: a queue or a status that was renamed has its new name wherever the referral is shown, at once and without a word to the referral; the eight fields
 * stay as they came. What is in no queue has none. */
static void
test_renamed (Fixture *f, gconstpointer data)
{
#define IN_QUEUE "'queue':'queue','queue_name':'Housing','queue_status':'one','status':'Attempting contact'"
  static const char *const names[][2] = { { "Housing", "Attempting contact" }, { "Homes", "Ringing" } };

  fixture_fill (f);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *cursor = g_strdup_printf ("c%u", 210 + i), *brief = NULL;
      Page *page = page_new (210 + i, 3 + i);

      next_scope = 300;
      if (i == 0)
        {
          put (page, "contact_record", "call", "{'number':'KK-0001','submitted_at':'2026-03-01T09:00:00.000Z'}");
          put_referral (page, REFERRAL ("1"), "KB-1001", FALSE, "contacting", SERVICE_S, ",'assignee':'" STAFF ("3") "','contact_record':'call'," IN_QUEUE);
          put_referral (page, REFERRAL ("2"), "KB-1002", FALSE, "contacting", SERVICE_S, ",'assignee':'" STAFF ("3") "'");
          put_staff (page, STAFF ("3"), "care_coordinator", "");
        }
      next_scope = 330;
      put (page, "queue", "queue", "{'name':'%s'}", names[i][0]);
      put (page, "queue_status", "one", "{'queue':'queue','name':'%s','phase':'contacting','place':0}", names[i][1]);
      page_end (page, cursor, FALSE);
      page_apply (f, page);
      brief = g_strdup_printf ("%s -", names[i][0]);
      ASSERT_COLUMN ("inbox-work", "queue_name", brief, AGENCY_A);
      ASSERT_COLUMN ("referrals-waiting", "queue_name", brief, STAFF ("3"), "2026-03-10T08:00:00.000Z", "2026-03-10", "2026-02-01");
      ASSERT_COLUMN ("contact-referrals", "queue_name", names[i][0], "call");
      ASSERT_COLUMN ("contact-referrals", "status", names[i][1], "call");
      ASSERT_COLUMN ("contact-referrals", "pending", "0", "call"); /* received: nothing of it waits */
      ASSERT_COLUMN ("contacts-all", "status", names[i][1], NULL);
      for (guint k = 0; k < 2; k++)
        {
          const char *args[] = { k == 0 ? REFERRAL ("1") : REFERRAL ("2"), NULL };
          g_autofree char *text = column_of (f, "referral", args, "body");
          g_autoptr (JsonObject) body = kith_json_parse_object (text, -1, NULL, NULL);

          g_assert_cmpstr (kith_json_string (body, "queue_name"), ==, k == 0 ? names[i][0] : NULL);
          g_assert_cmpstr (kith_json_string (body, "status"), ==, k == 0 ? names[i][1] : NULL);
          g_assert_true (json_object_has_member (body, "status") == (k == 0));
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/waiting/P4-cancelled-plans", Fixture, NULL, fixture_set_up, test_cancelled_plans, fixture_tear_down);
  g_test_add ("/store/waiting/U15-in-hand", Fixture, NULL, fixture_set_up, test_in_hand, fixture_tear_down);
  g_test_add ("/store/waiting/sent-D3-D10", Fixture, NULL, fixture_set_up, test_sent, fixture_tear_down);
  g_test_add ("/store/waiting/nobodys-P10-D10", Fixture, NULL, fixture_set_up, test_nobodys, fixture_tear_down);
  g_test_add ("/store/waiting/notices", Fixture, NULL, fixture_set_up, test_notices, fixture_tear_down);
  g_test_add ("/store/waiting/found", Fixture, NULL, fixture_set_up, test_found, fixture_tear_down);
  g_test_add ("/store/waiting/free-now", Fixture, NULL, fixture_set_up, test_free_now, fixture_tear_down);
  g_test_add ("/store/waiting/D2-who", Fixture, NULL, fixture_set_up, test_waiting, fixture_tear_down);
  g_test_add ("/store/waiting/calls", Fixture, NULL, fixture_set_up, test_calls, fixture_tear_down);
  g_test_add ("/store/waiting/U7-network", Fixture, NULL, fixture_set_up, test_network, fixture_tear_down);
  g_test_add ("/store/waiting/P16-P17-contact-number", Fixture, "disk", fixture_set_up, test_contact_number, fixture_tear_down);
  g_test_add ("/store/waiting/2b-links", Fixture, NULL, fixture_set_up, test_links, fixture_tear_down);
  g_test_add ("/store/waiting/P12-board", Fixture, NULL, fixture_set_up, test_board, fixture_tear_down);
  g_test_add ("/store/waiting/P12-board-changes", Fixture, "on disk", fixture_set_up, test_board_changes, fixture_tear_down);
  g_test_add ("/store/waiting/P1-renamed", Fixture, NULL, fixture_set_up, test_renamed, fixture_tear_down);
  g_test_add ("/store/waiting/D13-statistics", Fixture, NULL, fixture_set_up, test_statistics, fixture_tear_down);
  return g_test_run ();
}
