/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What waits for whom (My Day), and what a referral goes on from and went on as (lists-referrals.sql). */

#include "kith-store-private.h"
#include "store-fixture.h"

#define REFERRAL(n) "0197f300-0000-7000-8000-00000000000" n
#define STAFF(n) "0197b000-0000-7000-8000-00000000000" n
#define OTHER_SERVICE "0197b900-0000-7000-8000-000000000001"

static int next_scope;

static void
put (Page *page, const char *kind, const char *id, const char *format, ...) G_GNUC_PRINTF (4, 5);
static void
put (Page *page, const char *kind, const char *id, const char *format, ...)
{
  g_autofree char *body = NULL;
  g_autofree char *json_text = NULL;
  g_autofree char *scope = NULL;
  g_autoptr (KithRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  va_list args;

  va_start (args, format);
  body = g_strdup_vprintf (format, args);
  va_end (args);
  json_text = g_strdelimit (g_strdup (body), "'", '"');
  record = kith_record_parse (kith_kind_get (kind), id, json_text, -1, &error);
  g_assert_no_error (error);
  scope = kith_record_scope (record);
  page_scope (page, ++next_scope, scope);
  page_put (page, kind, id, next_scope, 200, body);
}

static void
put_staff (Page *page, const char *id, const char *role, const char *more)
{
  put (page, "staff", id, "{'agency':'" AGENCY_A "','name':'Somebody','level':'standard','role':'%s','active':true,'trained':true%s}", role, more);
}

static void
put_referral (Page *page, const char *id, const char *number, gboolean ours, const char *phase, const char *service, const char *more)
{
  put (page, "referral", id, "{'number':'%s','type':'direct','agency':'%s','agency_to':'%s','service':'%s','phase':'%s','sent_at':'2026-03-0%cT09:00:00.000Z'%s}",
       number, ours ? AGENCY_A : AGENCY_B, ours ? AGENCY_B : AGENCY_A, service, phase, id[strlen (id) - 1], more);
}

static void
put_own (Page *page, const char *referral, const char *more)
{
  g_autofree char *key = g_strconcat (referral, ":" AGENCY_A, NULL);
  g_autofree char *id = kith_id_natural ("referral_own", key);

  put (page, "referral_own", id, "{'referral':'%s','agency':'" AGENCY_A "'%s}", referral, more);
}

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

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/waiting/D2-who", Fixture, NULL, fixture_set_up, test_waiting, fixture_tear_down);
  g_test_add ("/store/waiting/2b-links", Fixture, NULL, fixture_set_up, test_links, fixture_tear_down);
  return g_test_run ();
}
