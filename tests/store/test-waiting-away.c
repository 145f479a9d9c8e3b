/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Someone is always on leave, and someone has left: what is theirs waits for those who can act for them (My Day, U21). */

#include "waiting-town.h"

enum { COORDINATOR, MANAGER, OTHER, CHIEF, N_PEOPLE };
static const char *const people[N_PEOPLE] = { STAFF ("3"), STAFF ("2"), STAFF ("5"), STAFF ("4") };
/* The manager manages S by that service alone, the other has the role and not the service. */
static const char *const roles[N_PEOPLE] = { "'role':'care_coordinator'", "'role':'care_coordinator'", "'role':'referral_manager'",
                                             "'role':'care_coordinator','duties':['supervisor']" };

#define WORKS "'active':true"
#define LEFT "'active':false"
#define AWAY "'active':true,'away_from':'2026-03-05','away_until':'2026-03-10'"
#define FOR_LONG "'active':true,'away_from':'2026-03-10'"
#define BACK "'active':true,'away_from':'2026-03-01','away_until':'2026-03-09'"
#define SOON "'active':true,'away_from':'2026-03-11'"

static void
fill (Fixture *f, const char *const *states)
{
  g_autofree char *key = g_strconcat (STAFF ("2"), ":" SERVICE_S, NULL);
  g_autofree char *link = kith_id_natural ("staff_service", key);
  static const char assigned[] = ",'assignee':'" STAFF ("3") "'";
  Page *page;

  fixture_fill (f);
  next_scope = 300;
  page = page_new (210, 3);
  for (guint i = 0; i < N_PEOPLE; i++)
    put (page, "staff", people[i], "{'agency':'" AGENCY_A "','name':'Somebody','level':'standard','trained':true,%s,%s}", roles[i], states[i]);
  put (page, "staff", USER_U, "{'agency':'" AGENCY_A "','name':'Somebody','level':'standard','role':'care_coordinator','active':true,'trained':true}"); /* no supervisor here */
  put (page, "staff_service", link, "{'staff':'" STAFF ("2") "','service':'" SERVICE_S "','agency':'" AGENCY_A "','role':'referral_manager'}");
  put_referral (page, REFERRAL ("1"), "back", TRUE, "declined", OTHER_SERVICE, ",'author':'" STAFF ("3") "','closed_at':'2026-03-08T09:00:00.000Z'");
  put_referral (page, REFERRAL ("2"), "accepted", FALSE, "accepted", SERVICE_S, assigned);
  put_referral (page, REFERRAL ("3"), "contacting", FALSE, "contacting", SERVICE_S, assigned);
  put_referral (page, REFERRAL ("4"), "served", FALSE, "in_service", SERVICE_S, assigned);
  put_referral (page, REFERRAL ("5"), "waits", FALSE, "waitlisted", SERVICE_S, assigned);
  put_referral (page, REFERRAL ("6"), "new", FALSE, "sent", SERVICE_S, ",'due_on':'2026-03-20'");
  put_referral (page, REFERRAL ("7"), "nobodys", FALSE, "accepted", SERVICE_S, "");
  put_referral (page, REFERRAL ("8"), "old", TRUE, "expired", OTHER_SERVICE, ",'author':'" STAFF ("3") "','closed_at':'2026-01-08T09:00:00.000Z'");
  page_end (page, "c210", FALSE);
  page_apply (f, page);
}

/* The fixture's own, sent to the whole agency: of those who manage by their role. */
#define WHOLE "KB-0001:answer"
#define OPEN_ONES "accepted:assign contacting:assign served:assign waits:assign new:answer nobodys:assign"

/* A table of who is where, and what then stands in the day of the others; all is the 10th of March. */
static void
test_away (Fixture *f, gconstpointer data)
{
  static const struct { const char *states[N_PEOPLE], *expected[N_PEOPLE]; } cases[] = {
    { { WORKS, WORKS, WORKS, WORKS }, { NULL, "new:answer nobodys:assign", WHOLE, "" } },
    { { LEFT, WORKS, WORKS, WORKS }, { NULL, OPEN_ONES, WHOLE, "back:go_on" } },
    { { AWAY, WORKS, WORKS, WORKS }, { "back:go_on accepted:contact contacting:contact served:outcome waits:place",
                                       "accepted:contact contacting:contact new:answer nobodys:assign", WHOLE, "back:go_on" } },
    { { FOR_LONG, WORKS, WORKS, WORKS }, { NULL, "accepted:contact contacting:contact new:answer nobodys:assign", WHOLE, "back:go_on" } },
    { { BACK, WORKS, WORKS, WORKS }, { NULL, "new:answer nobodys:assign", WHOLE, "" } },
    { { SOON, WORKS, WORKS, WORKS }, { NULL, "new:answer nobodys:assign", WHOLE, "" } },
    { { WORKS, AWAY, WORKS, WORKS }, { NULL, "new:answer nobodys:assign", WHOLE, "new:answer nobodys:assign" } },
    { { LEFT, LEFT, WORKS, WORKS }, { NULL, NULL, WHOLE, "back:go_on " OPEN_ONES } },
    { { LEFT, WORKS, WORKS, AWAY }, { NULL, OPEN_ONES, WHOLE " back:go_on", "back:go_on" } },
    { { LEFT, WORKS, AWAY, AWAY }, { NULL, OPEN_ONES, WHOLE " back:go_on", WHOLE " back:go_on" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      if (i > 0)
        {
          fixture_tear_down (f, data);
          fixture_set_up (f, data);
        }
      fill (f, cases[i].states);
      for (guint k = 0; k < N_PEOPLE; k++)
        {
          const char *args[] = { people[k], "2026-03-10T08:00:00.000Z", "2026-03-10", "2026-02-01", NULL };
          g_autofree char *numbers = column_of (f, "referrals-waiting", args, "number"), *waits = column_of (f, "referrals-waiting", args, "waits");
          g_auto (GStrv) number = g_strsplit (numbers, " ", -1), wait = g_strsplit (waits, " ", -1);
          g_autoptr (GString) got = g_string_new (NULL);

          for (guint n = 0; number[n] != NULL && wait[n] != NULL; n++)
            g_string_append_printf (got, "%s%s:%s", n > 0 ? " " : "", number[n], wait[n]);
          g_test_message ("case %u, person %u", i, k);
          if (cases[i].expected[k] != NULL)
            g_assert_cmpstr (got->str, ==, cases[i].expected[k]);
          if (i == 7 && k == CHIEF)
            ASSERT_COLUMN ("referrals-waiting", "instead_of", "Somebody Somebody Somebody Somebody Somebody - -", people[k], "2026-03-10T08:00:00.000Z", "2026-03-10", "2026-02-01");
        }
    }
}

#define MORNING "2026-03-10T00:00:00.000Z"

/* 2e: a draft waits for its author from the next day on, and for the supervisors where that one is away or has left. */
static void
test_drafts (Fixture *f, gconstpointer data)
{
  static const char *const states[N_PEOPLE] = { WORKS, WORKS, AWAY, WORKS };
  Page *page;

  fill (f, states);
  page = page_new (220, 4);
  put (page, "referral", REFERRAL ("a"), "{'number':'yesterday','agency':'" AGENCY_A "','agency_to':'" AGENCY_B "','phase':'draft','author':'" STAFF ("3") "','contact_date':'2026-03-09T16:00:00.000Z'}");
  put (page, "referral", REFERRAL ("b"), "{'number':'today','agency':'" AGENCY_A "','agency_to':'" AGENCY_B "','phase':'draft','author':'" STAFF ("3") "','contact_date':'2026-03-10T07:00:00.000Z'}");
  put (page, "referral", REFERRAL ("c"), "{'number':'away','agency':'" AGENCY_A "','agency_to':'" AGENCY_B "','phase':'draft','author':'" STAFF ("5") "','contact_date':'2026-03-02T16:00:00.000Z'}");
  page_end (page, "c220", FALSE);
  page_apply (f, page);
  ASSERT_COLUMN ("referrals-waiting", "number", "back accepted contacting served waits yesterday", people[COORDINATOR], "2026-03-10T08:00:00.000Z", "2026-03-10", "2026-02-01", MORNING);
  ASSERT_COLUMN ("referrals-waiting", "waits", "go_on contact contact outcome place draft", people[COORDINATOR], "2026-03-10T08:00:00.000Z", "2026-03-10", "2026-02-01", MORNING);
  ASSERT_COLUMN ("referrals-waiting", "number", "KB-0001 away", people[CHIEF], "2026-03-10T08:00:00.000Z", "2026-03-10", "2026-02-01", MORNING);
  /* In Los Angeles it is the ninth in the evening still when it is the tenth in UTC: what was begun then was begun yesterday, also there (2e). */
  ASSERT_COLUMN ("referrals-waiting", "number", "back accepted contacting served waits yesterday today", people[COORDINATOR], "2026-03-10T18:00:00.000Z", "2026-03-10", "2026-02-01",
                 "2026-03-10T07:00:00.001Z");
}

/* "C" the coordinator, who wrote it, "M" the manager, "O" the other: who is on the client, and who was */
static void
put_on (Page *page, const char *who, const char *kind)
{
  static const struct { char letter; const char *staff; } letters[] = { { 'C', STAFF ("3") }, { 'M', STAFF ("2") }, { 'O', STAFF ("5") } };

  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    if (strchr (who, letters[i].letter) != NULL)
      {
        g_autofree char *key = g_strconcat (CLIENT_C ":", letters[i].staff, kind, NULL), *id = kith_id_natural ("assignment", key);
        g_autofree char *body = g_strdup_printf ("{'client':'" CLIENT_C "','agency':'" AGENCY_A "','staff':'%s','ended_at':'2026-03-07T09:00:00.000Z'}", letters[i].staff);

        page_put (page, kind, id, SID_CARE_C, 230 + i, body);
      }
}

/* U21, A6: what came back to an author who was taken off the client, or has left, waits for who works with the client now, as far as this computer
 * knows who that is; who never was on it, or is on it, has it; with nobody there the author has it, or the supervisors. */
static void
test_taken_off (Fixture *f, gconstpointer data)
{
  static const struct { const char *states[N_PEOPLE], *on, *was, *whose; } cases[] = {
    { { WORKS, WORKS, WORKS, WORKS }, "C", "", "C" },     { { WORKS, WORKS, WORKS, WORKS }, "CM", "", "C" },
    { { WORKS, WORKS, WORKS, WORKS }, "M", "", "C" },     { { WORKS, WORKS, WORKS, WORKS }, "M", "C", "M" },
    { { WORKS, WORKS, WORKS, WORKS }, "MO", "C", "MO" },  { { WORKS, WORKS, WORKS, WORKS }, "CM", "C", "C" },
    { { WORKS, WORKS, WORKS, WORKS }, "", "C", "C" },     { { WORKS, LEFT, WORKS, WORKS }, "M", "C", "C" },
    { { LEFT, WORKS, WORKS, WORKS }, "C", "", "S" },      { { LEFT, WORKS, WORKS, WORKS }, "CM", "", "M" },
    { { LEFT, LEFT, WORKS, WORKS }, "CM", "", "S" },      { { WORKS, AWAY, WORKS, WORKS }, "M", "C", "MS" },
    { { WORKS, AWAY, WORKS, WORKS }, "MO", "C", "MO" },   { { AWAY, WORKS, WORKS, WORKS }, "CM", "", "CS" },
    { { AWAY, WORKS, WORKS, WORKS }, "M", "C", "M" },     { { WORKS, AWAY, WORKS, LEFT }, "M", "C", "MO" },
  };
  static const char letters[N_PEOPLE] = { 'C', 'M', 'O', 'S' };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) whose = g_string_new (NULL);
      Page *page;

      if (i > 0)
        {
          fixture_tear_down (f, data);
          fixture_set_up (f, data);
        }
      fill (f, cases[i].states);
      page = page_new (230, 5);
      page_scope (page, SID_CARE_C, "care:" CLIENT_C ":" AGENCY_A);
      put_on (page, cases[i].on, "assignment");
      put_on (page, cases[i].was, "past_assignment");
      put (page, "referral", REFERRAL ("a"), "{'number':'hers','client':'" CLIENT_C "','agency':'" AGENCY_A "','agency_to':'" AGENCY_B "','phase':'declined','author':'" STAFF ("3")
           "','sent_at':'2026-03-02T09:00:00.000Z','closed_at':'2026-03-08T09:00:00.000Z'}");
      page_end (page, "c230", FALSE);
      page_apply (f, page);
      for (guint k = 0; k < N_PEOPLE; k++)
        {
          const char *args[] = { people[k], "2026-03-10T08:00:00.000Z", "2026-03-10", "2026-02-01", MORNING, NULL };
          g_autofree char *numbers = column_of (f, "referrals-waiting", args, "number");
          g_auto (GStrv) list = g_strsplit (numbers, " ", -1);

          if (g_strv_contains ((const char *const *) list, "hers") && !g_str_equal (cases[i].states[k], LEFT))
            g_string_append_c (whose, letters[k]);
        }
      g_test_message ("case %u: %s", i, whose->str);
      g_assert_cmpstr (whose->str, ==, cases[i].whose);
    }
}

/* D2, D4: who is told of a referral to a service: the supervisors, and those who manage it; whoever has the role alone, or has left, is not. */
static void
test_answerers (Fixture *f, gconstpointer data)
{
  static const char *const all[N_PEOPLE] = { WORKS, AWAY, WORKS, WORKS }, *const few[N_PEOPLE] = { WORKS, WORKS, WORKS, LEFT };

  fill (f, all);
  ASSERT_COLUMN ("service-answerers", "id", STAFF ("2") " " STAFF ("4"), SERVICE_S, AGENCY_A);
  ASSERT_COLUMN ("service-answerers", "id", STAFF ("4"), OTHER_SERVICE, AGENCY_A);
  fixture_tear_down (f, data);
  fixture_set_up (f, data);
  fill (f, few);
  ASSERT_COLUMN ("service-answerers", "id", STAFF ("2"), SERVICE_S, AGENCY_A);
  ASSERT_COLUMN ("service-answerers", "id", "", OTHER_SERVICE, AGENCY_A);
}

static void
put_event (Page *page, guint n, const char *referral, const char *type, const char *at, const char *staff)
{
  g_autofree char *id = g_strdup_printf ("0197f3e0-0000-7000-8000-0000000000%02u", n);
  g_autofree char *more = staff != NULL ? g_strdup_printf (",'staff':'%s'", staff) : g_strdup ("");

  put (page, "referral_event", id, "{'referral':'%s','type':'%s','at':'%s'%s}", referral, type, at, more);
}

/* domain.md 1f, 4: what the weekly overview counts without a name is found here by one: whose it was when it was closed, whoever has it since; in that week,
 * once, and only what came to this agency. */
static void
test_closed (Fixture *f, gconstpointer data)
{
#define WEEK AGENCY_A, "2026-03-02T08:00:00.000Z", "2026-03-09T07:00:00.000Z"
  Page *page;

  fixture_fill (f);
  next_scope = 400;
  page = page_new (220, 3);
  put_referral (page, REFERRAL ("1"), "KB-1001", FALSE, "closed_resolved", SERVICE_S, ",'assignee':'" STAFF ("2") "'");
  put_referral (page, REFERRAL ("2"), "KB-1002", FALSE, "in_service", SERVICE_S, ",'assignee':'" STAFF ("3") "'"); /* opened again, by another */
  put_referral (page, REFERRAL ("3"), "KB-1003", FALSE, "closed_resolved", SERVICE_S, ",'assignee':'" STAFF ("2") "'"); /* after that week */
  put_referral (page, REFERRAL ("4"), "KA-1004", TRUE, "closed_resolved", SERVICE_S, ",'assignee':'" STAFF ("2") "'"); /* elsewhere */
  put_referral (page, REFERRAL ("5"), "KB-1005", FALSE, "voided", SERVICE_S, ",'assignee':'" STAFF ("2") "'");
  put_event (page, 1, REFERRAL ("1"), "closed", "2026-03-02T08:00:00.000Z", NULL);
  put_event (page, 2, REFERRAL ("1"), "closed", "2026-03-04T08:00:00.000Z", NULL);
  put_event (page, 3, REFERRAL ("2"), "assigned", "2026-03-03T08:00:00.000Z", STAFF ("2"));
  put_event (page, 4, REFERRAL ("2"), "closed", "2026-03-05T08:00:00.000Z", NULL);
  put_event (page, 5, REFERRAL ("2"), "assigned", "2026-03-06T08:00:00.000Z", STAFF ("3"));
  put_event (page, 6, REFERRAL ("3"), "closed", "2026-03-09T07:00:00.000Z", NULL);
  put_event (page, 7, REFERRAL ("4"), "closed", "2026-03-04T08:00:00.000Z", NULL);
  put_event (page, 8, REFERRAL ("5"), "closed", "2026-03-04T08:00:00.000Z", NULL);
  put (page, "organization", AGENCY_B, "{'name':'Harbor','time_zone':'America/Denver'}");
  put (page, "organization", AGENCY_A, "{'name':'Kettle','time_zone':'America/Denver'}");
  put (page, "agency_settings", "0197f3e0-0000-7000-8000-000000000099", "{'agency':'" AGENCY_A "','time_zone':'America/Los_Angeles'}");
  page_end (page, "c220", FALSE);
  page_apply (f, page);
  ASSERT_COLUMN ("agency-zone", "time_zone", "America/Los_Angeles", AGENCY_A); /* as kith_agency_zone() has it */
  ASSERT_COLUMN ("agency-zone", "time_zone", "America/Denver", AGENCY_B);
  ASSERT_COLUMN ("agency-zone", "time_zone", "-", STAFF ("2"));
  ASSERT_COLUMN ("staff-closed", "n", "2", STAFF ("2"), WEEK);
  ASSERT_COLUMN ("staff-closed", "n", "0", STAFF ("3"), WEEK);
#undef WEEK
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/waiting/U21-away", Fixture, NULL, fixture_set_up, test_away, fixture_tear_down);
  g_test_add ("/store/waiting/U21-A6-taken-off", Fixture, NULL, fixture_set_up, test_taken_off, fixture_tear_down);
  g_test_add ("/store/waiting/2e-drafts", Fixture, NULL, fixture_set_up, test_drafts, fixture_tear_down);
  g_test_add ("/store/waiting/D2-D4-answerers", Fixture, NULL, fixture_set_up, test_answerers, fixture_tear_down);
  g_test_add ("/store/waiting/1f-4-closed-by-whom", Fixture, NULL, fixture_set_up, test_closed, fixture_tear_down);
  return g_test_run ();
}
