/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

/* The history of care and the consents of a client (D12, C5): what partners did carries their names, for no computer has another agency's staff. */

#define OTHER_STAFF "0197b000-0000-7000-8000-0000000000b1" /* of agency B: not here */
#define CONSENT "0197f222-0000-7000-8000-000000000001"

/* The rows of a query, each "type|agency_name|who|text", a line each. */
static char *
history (Fixture *f, const char *client)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_query (kith_store_get_db (f->store), "client-history", &error);
  g_autoptr (GString) lines = g_string_new ("\n");

  g_assert_no_error (error);
  kith_db_bind_text (stmt, 1, client);
  while (kith_db_step (stmt, &error) == KITH_DB_ROW)
    {
      static const int columns[] = { 1, 3, 4, 9 };

      for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
        g_string_append_printf (lines, "%s%s", i > 0 ? "|" : "", kith_db_is_null (stmt, columns[i]) ? "-" : kith_db_text (stmt, columns[i]));
      g_string_append_c (lines, '\n');
    }
  g_assert_no_error (error);
  g_test_message ("%s", lines->str);
  return g_string_free (g_steal_pointer (&lines), FALSE);
}

static void
assert_line (const char *lines, const char *line)
{
  g_autofree char *whole = g_strconcat ("\n", line, "\n", NULL);

  if (strstr (lines, whole) == NULL)
    g_error ("not there: %s", line);
}

/* A partner registered the person, and another one wrote down what the person took back: that one is named, not the one that had recorded it. */
static void
test_partners (Fixture *f, gconstpointer data)
{
  Page *page;
  g_autofree char *lines = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = NULL;

  fixture_fill (f);
  page = page_new (400, 9);
  page_put (page, "organization", AGENCY_B, SID_DIR, 380, "{'name':'Food Bank B'}");
  page_put (page, "client", CLIENT_C, SID_CLIENT_C, 390,
            "{'agency':'" AGENCY_B "','number':'KB-1','given_name':'Ana','registered_at':'2026-01-02T00:00:00.000Z','registered_by':'" OTHER_STAFF "',"
            "'registered_by_name':'Bea Okoro','restricted':false}");
  page_put (page, "consent", CONSENT, SID_CLIENT_C, 391,
            "{'client':'" CLIENT_C "','agency':'" AGENCY_A "','permission':'granted','status':'revoked','start':'2026-01-03T00:00:00.000Z','receivers':['" AGENCY_B "'],'end_event':'I leave the shelter',"
            "'recorded_by':'" USER_U "','recorded_by_name':'Uma Reyes','revoked_at':'2026-01-04T00:00:00.000Z','revoked_by':'" OTHER_STAFF "',"
            "'revoked_by_name':'Bea Okoro','revoked_agency':'" AGENCY_B "','revoke_reason':'No longer wants it'}");
  page_end (page, "c400", FALSE);
  page_apply (f, page);

  lines = history (f, CLIENT_C);
  assert_line (lines, "registered|Food Bank B|Bea Okoro|-");
  assert_line (lines, "consent_revoked|Food Bank B|Bea Okoro|No longer wants it");
  g_assert_nonnull (strstr (lines, "|Uma Reyes|I leave the shelter\n")); /* C3: what ends it besides its day */
  stmt = kith_db_query (kith_store_get_db (f->store), "client-consents", &error);
  g_assert_no_error (error);
  kith_db_bind_text (stmt, 1, CLIENT_C);
  g_assert_cmpint (kith_db_step (stmt, &error), ==, KITH_DB_ROW);
  g_assert_cmpstr (kith_db_text (stmt, 2), ==, "Uma Reyes");
  g_assert_cmpstr (kith_db_text (stmt, 5), ==, "Bea Okoro");
}

/* Everything taken back where no consent was here: it is told all the same, and once where there was one (C4, C5). */
static void
test_everything (Fixture *f, gconstpointer data)
{
  Page *page;
  g_autofree char *lines = NULL;

  fixture_fill (f);
  page = page_new (400, 9);
  page_put (page, "organization", AGENCY_B, SID_DIR, 380, "{'name':'Food Bank B'}");
  page_put (page, "client", CLIENT_C, SID_CLIENT_C, 390,
            "{'agency':'" AGENCY_A "','number':'KB-1','given_name':'Ana','consents_revoked_at':'2026-01-04T00:00:00.000Z','consents_revoked_by':'" OTHER_STAFF "',"
            "'consents_revoked_by_name':'Bea Okoro','consents_revoked_agency':'" AGENCY_B "','consents_revoke_reason':'Wants nothing shared','restricted':false}");
  page_end (page, "c400", FALSE);
  page_apply (f, page);
  lines = history (f, CLIENT_C);
  assert_line (lines, "consent_revoked|Food Bank B|Bea Okoro|Wants nothing shared");

  page = page_new (410, 10);
  page_put (page, "consent", CONSENT, SID_CLIENT_C, 401,
            "{'client':'" CLIENT_C "','agency':'" AGENCY_A "','permission':'granted','status':'revoked','start':'2026-01-03T00:00:00.000Z','receivers':['" AGENCY_B "'],"
            "'revoked_at':'2026-01-04T00:00:00.000Z','revoked_by_name':'Bea Okoro','revoked_agency':'" AGENCY_B "','revoke_reason':'Wants nothing shared'}");
  page_end (page, "c410", FALSE);
  page_apply (f, page);
  g_free (lines);
  lines = history (f, CLIENT_C);
  assert_line (lines, "consent_revoked|Food Bank B|Bea Okoro|Wants nothing shared");
  g_assert_null (strstr (strstr (lines, "Wants nothing shared") + 1, "Wants nothing shared"));
}

/* C11: why it was taken back, and why the record is restricted, lies apart: where the own agency was told it is read, elsewhere that it is so. */
static void
test_reasons (Fixture *f, gconstpointer data)
{
  for (guint told = 0; told < 2; told++)
    {
      Page *page;
      g_autofree char *lines = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (KithDbStmt) consents = NULL, client = NULL;

      if (told == 0)
        fixture_fill (f);
      page = page_new (told == 0 ? 400 : 410, told == 0 ? 9 : 10);
      if (told == 0)
        {
          page_put (page, "client", CLIENT_C, SID_CLIENT_C, 390,
                    "{'agency':'" AGENCY_A "','number':'KB-1','given_name':'Ana','restricted':true,'restricted_at':'2026-01-05T00:00:00.000Z','restricted_by_name':'Uma Reyes'}");
          page_put (page, "consent", CONSENT, SID_CLIENT_C, 391,
                    "{'client':'" CLIENT_C "','agency':'" AGENCY_A "','permission':'granted','status':'revoked','start':'2026-01-03T00:00:00.000Z','receivers':['" AGENCY_A "'],"
                    "'revoked_at':'2026-01-04T00:00:00.000Z','revoked_by_name':'Uma Reyes','revoked_agency':'" AGENCY_A "'}");
        }
      else
        {
          page_put (page, "client_reason", "0197f000-0000-7000-8000-0000000000a1", SID_DIR, 401,
                    "{'client':'" CLIENT_C "','agency':'" AGENCY_A "','what':'revoked','at':'2026-01-04T00:00:00.000Z','text':'Her brother works there'}");
          page_put (page, "client_reason", "0197f000-0000-7000-8000-0000000000a2", SID_DIR, 402,
                    "{'client':'" CLIENT_C "','agency':'" AGENCY_A "','what':'restricted','at':'2026-01-05T00:00:00.000Z','text':'She is known in town'}");
        }
      page_end (page, told == 0 ? "c400" : "c410", FALSE);
      page_apply (f, page);
      lines = history (f, CLIENT_C);
      assert_line (lines, told ? "consent_revoked|Alder House|Uma Reyes|Her brother works there" : "consent_revoked|Alder House|Uma Reyes|-");
      consents = kith_db_query (kith_store_get_db (f->store), "client-consents", &error);
      kith_db_bind_text (consents, 1, CLIENT_C);
      g_assert_cmpint (kith_db_step (consents, &error), ==, KITH_DB_ROW);
      g_assert_cmpstr (kith_db_text (consents, 11), ==, told ? "Her brother works there" : NULL);
      client = kith_db_query (kith_store_get_db (f->store), "client", &error);
      kith_db_bind_text (client, 1, CLIENT_C);
      g_assert_cmpint (kith_db_step (client, &error), ==, KITH_DB_ROW);
      g_assert_cmpstr (kith_db_text (client, 11), ==, told ? "She is known in town" : NULL);
    }
}

/* U3: who opened a record that others share, and why; it is not "in care" beside that. */
static void
test_opened (Fixture *f, gconstpointer data)
{
  Page *page;
  g_autofree char *lines = NULL;
  g_autofree char *care = kith_id_natural ("care", CLIENT_C ":" AGENCY_A);

  fixture_fill (f);
  page = page_new (400, 9);
  page_put (page, "client", CLIENT_C, SID_CLIENT_C, 380, "{'agency':'" AGENCY_B "','number':'KB-1','given_name':'Ana','restricted':false}");
  page_scope (page, SID_CARE_C, "care:" CLIENT_C ":" AGENCY_A);
  page_put (page, "care", care, SID_CARE_C, 391,
            "{'client':'" CLIENT_C "','agency':'" AGENCY_A "','since':'2026-01-05T00:00:00.000Z','opened_at':'2026-01-05T00:00:00.000Z','opened_by':'" OTHER_STAFF "',"
            "'opened_by_name':'Uma Reyes','open_reason':'She asks for a bed here'}");
  page_filled (page, SID_CARE_C, 9);
  page_end (page, "c400", FALSE);
  page_apply (f, page);
  lines = history (f, CLIENT_C);
  g_assert_nonnull (strstr (lines, "\nrecord_opened|"));
  g_assert_nonnull (strstr (lines, "|Uma Reyes|She asks for a bed here\n"));
  g_assert_null (strstr (lines, "\ncare|"));
}

/* The column before of "client". Yours; NULL: nothing waits */
static char *
before_of (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_query (kith_store_get_db (f->store), "client", &error);

  g_assert_no_error (error);
  kith_db_bind_text (stmt, 1, CLIENT_C);
  g_assert_cmpint (kith_db_step (stmt, &error), ==, KITH_DB_ROW);
  return g_strdup (kith_db_text (stmt, 9));
}

/* ux.md 2.1: which fields the hub does not have yet is read off what it has. */
static void
test_unsent_fields (Fixture *f, gconstpointer data)
{
  g_autofree char *id = NULL, *before = NULL;
  g_autoptr (JsonObject) body = NULL;

  fixture_fill (f);
  g_assert_null (before_of (f));
  id = submit (f, "record.patch", "{'t':'client','id':'" CLIENT_C "','set':{'email':{'old':'jose@example.org','new':'new@example.org'}}}");
  before = before_of (f);
  g_assert_nonnull (before);
  body = json (before);
  g_assert_cmpstr (kith_json_string (body, "email"), ==, "jose@example.org");
  {
    g_autofree char *now = email_of (f, CLIENT_C);

    g_assert_cmpstr (now, ==, "new@example.org");
  }
}

/* With the hub's answer, and the row it stands in, nothing waits any more. */
static void
test_sent_fields (Fixture *f, gconstpointer data)
{
  fixture_fill (f);
  finish_one (f);
  g_assert_null (before_of (f));
}

/* What was recorded on its own day stands at its time, behind the registration it followed; what was recorded later, at its day. */
static void
test_same_day (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = NULL;
  g_autofree char *care = kith_id_natural ("care", CLIENT_C ":" AGENCY_A);
  g_autoptr (GString) at = g_string_new (NULL);
  Page *page;

  fixture_fill (f);
  page = page_new (400, 9);
  page_scope (page, SID_CARE_C, "care:" CLIENT_C ":" AGENCY_A);
  page_put (page, "care", care, SID_CARE_C, 381, "{'client':'" CLIENT_C "','agency':'" AGENCY_A "','since':'2026-01-01T00:00:00.000Z'}");
  page_put (page, "enrollment", "0197e000-0000-7000-8000-000000000001", SID_CARE_C, 390,
            "{'client':'" CLIENT_C "','agency':'" AGENCY_A "','program':'0197c100-0000-7000-8000-000000000001','started_on':'2026-03-02','at':'2026-03-02T15:48:00.000Z'}");
  page_put (page, "enrollment", "0197e000-0000-7000-8000-000000000002", SID_CARE_C, 391,
            "{'client':'" CLIENT_C "','agency':'" AGENCY_A "','program':'0197c100-0000-7000-8000-000000000001','started_on':'2026-03-01','at':'2026-03-02T15:49:00.000Z'}");
  page_filled (page, SID_CARE_C, 9);
  page_end (page, "c400", FALSE);
  page_apply (f, page);
  stmt = kith_db_query (kith_store_get_db (f->store), "client-history", &error);
  g_assert_no_error (error);
  kith_db_bind_text (stmt, 1, CLIENT_C);
  while (kith_db_step (stmt, &error) == KITH_DB_ROW)
    if (g_str_equal (kith_db_text (stmt, 1), "enrolled"))
      g_string_append_printf (at, "%s ", kith_db_text (stmt, 2));
  g_assert_no_error (error);
  g_assert_cmpstr (at->str, ==, "2026-03-02T15:48:00.000Z 2026-03-01T12:00:00.000Z ");
}

/* D12: what was given is history too, and a run of it is one line, whoever was on duty; what was taken back is not told, and what begins anew after weeks is a
 * line of its own. A follow-up is told when it is done. */
static void
test_given (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = NULL;
  g_autoptr (GString) lines = g_string_new ("\n");
  g_autofree char *care = kith_id_natural ("care", CLIENT_C ":" AGENCY_A);
  guint n = 0;
  Page *page;

  fixture_fill (f);
  page = page_new (400, 9);
  page_scope (page, SID_CARE_C, "care:" CLIENT_C ":" AGENCY_A);
  page_put (page, "care", care, SID_CARE_C, 381, "{'client':'" CLIENT_C "','agency':'" AGENCY_A "','since':'2026-01-01T00:00:00.000Z'}");
  for (guint day = 3; day <= 14; day++, n++) /* a meal on the same days does not part the nights */
    {
      g_autofree char *night = g_strdup_printf ("0197e000-0000-7000-8000-0000000001%02u", day), *meal = g_strdup_printf ("0197e000-0000-7000-8000-0000000002%02u", day);
      g_autofree char *given = g_strdup_printf ("{'client':'" CLIENT_C "','agency':'" AGENCY_A "','service':'" SERVICE_S "','service_name':'Bed','type':'night','given_on':'2026-03-%02u',"
                                                "'count':1,'by_name':'%s'}", day, day < 9 ? "Rosa Ibáñez" : "Uma Reyes");
      g_autofree char *eaten = g_strdup_printf ("{'client':'" CLIENT_C "','agency':'" AGENCY_A "','type':'meal','given_on':'2026-03-%02u','count':3,'by_name':'Rosa Ibáñez'}", day);

      page_put (page, "service_event", night, SID_CARE_C, 382 + (gint64) n, given);
      page_put (page, "service_event", meal, SID_CARE_C, 382 + (gint64) n, eaten);
    }
  page_put (page, "service_event", "0197e000-0000-7000-8000-000000000301", SID_CARE_C, 395,
            "{'client':'" CLIENT_C "','agency':'" AGENCY_A "','service':'" SERVICE_S "','service_name':'Bed','type':'night','given_on':'2026-04-20','count':1,'note':'Came late',"
            "'by_name':'Uma Reyes'}");
  page_put (page, "service_event", "0197e000-0000-7000-8000-000000000302", SID_CARE_C, 396,
            "{'client':'" CLIENT_C "','agency':'" AGENCY_A "','type':'ride','given_on':'2026-04-20','count':1,'voided_at':'2026-04-21T09:00:00.000Z'}");
  page_put (page, "task", "0197e000-0000-7000-8000-000000000401", SID_CARE_C, 397,
            "{'client':'" CLIENT_C "','agency':'" AGENCY_A "','subject':'Call the landlord','done':true,'done_at':'2026-04-22T09:00:00.000Z','done_by':'" USER_U "'}");
  page_put (page, "task", "0197e000-0000-7000-8000-000000000402", SID_CARE_C, 398, "{'client':'" CLIENT_C "','agency':'" AGENCY_A "','subject':'Visit','done':false}");
  page_filled (page, SID_CARE_C, 9);
  page_end (page, "c400", FALSE);
  page_apply (f, page);
  stmt = kith_db_query (kith_store_get_db (f->store), "client-history", &error);
  g_assert_no_error (error);
  kith_db_bind_text (stmt, 1, CLIENT_C);
  while (kith_db_step (stmt, &error) == KITH_DB_ROW)
    if (g_str_equal (kith_db_text (stmt, 1), "given") || g_str_equal (kith_db_text (stmt, 1), "task_done"))
      {
        static const int columns[] = { 2, 4, 5, 8, 9, 13, 14, 15 }; /* at, who, title, to_phase, text, count, since, until */

        for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
          g_string_append_printf (lines, "%s%s", i > 0 ? "|" : "", kith_db_is_null (stmt, columns[i]) ? "-" : kith_db_text (stmt, columns[i]));
        g_string_append_c (lines, '\n');
      }
  g_assert_no_error (error);
  g_test_message ("%s", lines->str);
  g_assert_nonnull (strstr (lines->str, "\n2026-04-22T09:00:00.000Z|"));
  g_assert_nonnull (strstr (lines->str, "|Call the landlord|-|-|-|-|-\n2026-04-20T12:00:00.000Z|Uma Reyes|")); /* the newest first */
  g_assert_nonnull (strstr (lines->str, "|night|Came late|1|2026-04-20|2026-04-20\n"));
  g_assert_nonnull (strstr (lines->str, "\n2026-03-14T12:00:00.000Z|Rosa Ibáñez, Uma Reyes|"));
  g_assert_nonnull (strstr (lines->str, "|night|-|12|2026-03-03|2026-03-14\n"));
  g_assert_nonnull (strstr (lines->str, "|Rosa Ibáñez||meal|-|36|2026-03-03|2026-03-14\n"));
  g_assert_null (strstr (lines->str, "|ride|"));
  g_assert_null (strstr (lines->str, "|Visit|"));
}

/* How much colleagues have in hand is known where all of it is: whoever is no supervisor has only what they work on themselves, and is told nothing false. */
static void
test_load_known (Fixture *f, gconstpointer data)
{
  KithDb *db = kith_store_get_db (f->store);
  g_autoptr (GError) error = NULL;

  fixture_fill (f);
  for (guint supervisor = 0; supervisor < 2; supervisor++)
    {
      g_autoptr (KithDbStmt) stmt = NULL;
      guint n = 0;

      g_assert_true (kith_db_exec (db, supervisor ? "UPDATE staff SET body = json_set(body, '$.duties', json('[\"supervisor\"]'))"
                                                  : "UPDATE staff SET body = json_remove(body, '$.duties')", &error));
      g_assert_no_error (error);
      stmt = kith_db_query (db, "colleagues", &error);
      g_assert_no_error (error);
      kith_db_bind_text (stmt, 1, AGENCY_A);
      for (; kith_db_step (stmt, &error) == KITH_DB_ROW; n++)
        {
          g_assert_cmpstr (kith_db_column_name (stmt, 7), ==, "load");
          g_assert_cmpint (kith_db_is_null (stmt, 7), ==, !supervisor);
        }
      g_assert_no_error (error);
      g_assert_cmpuint (n, >, 0);
    }
}

/* domain.md 5: two that nobody proposed are linked without a network too: they read as one at once, and on the record stands who said so, until it is said
 * otherwise or undone. */
static void
test_same_by_hand (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) args = json ("{'client':'" CLIENT_D "','other':'" CLIENT_C "'}");
  g_autofree char *match = NULL, *unlink = NULL, *unlinked = NULL, *linked = NULL, *op = NULL;
  g_autoptr (GError) error = NULL;
  gboolean undone;

  fixture_fill (f);
  assert_column (f, "client-decisions", 1, CLIENT_C, NULL, "");
  kith_store_submit (f->store, "match.link", args, 8000, &op, &error);
  g_assert_no_error (error);
  assert_column (f, "client-decisions", 1, CLIENT_C, NULL, "linked");
  assert_column (f, "client-decisions", 2, CLIENT_C, NULL, CLIENT_D);
  assert_column (f, "client-decisions", 8, CLIENT_D, NULL, "Ana Ruiz");
  assert_column (f, "client-decisions", 10, CLIENT_D, NULL, "1");
  assert_column (f, "client-links", 0, CLIENT_C, NULL, CLIENT_D);
  kith_store_undo (f->store, op, &undone, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (undone);
  assert_column (f, "client-links", 0, CLIENT_C, NULL, "");
  assert_column (f, "client-decisions", 1, CLIENT_C, NULL, "");

  linked = submit (f, "match.link", "{'client':'" CLIENT_C "','other':'" CLIENT_D "'}");
  match = column_texts (f, "client-decisions", 0, CLIENT_C, NULL);
  unlink = g_strdup_printf ("{'match':'%s'}", match);
  unlinked = submit (f, "match.unlink", unlink);
  assert_column (f, "client-decisions", 1, CLIENT_C, NULL, "dismissed");
  assert_column (f, "client-links", 0, CLIENT_C, NULL, "");
}

/* The columns of the one row of a query on a record, with "|" between them; "-" is NULL. */
static char *
only_row (Fixture *f, const char *query, const char *record, int from, int to)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_query (kith_store_get_db (f->store), query, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  kith_db_bind_text (stmt, 1, record);
  g_assert_cmpint (kith_db_step (stmt, &error), ==, KITH_DB_ROW);
  for (int i = from; i <= to; i++)
    g_string_append_printf (text, "%s%s", i > from ? "|" : "", kith_db_is_null (stmt, i) ? "-" : kith_db_text (stmt, i));
  g_assert_cmpint (kith_db_step (stmt, &error), ==, KITH_DB_DONE);
  return g_string_free (text, FALSE);
}

/* Somebody of a partner looks after the client, and works on a case of theirs: who, of which agency and by whom stands with it as long as it lasts, as it does
 * when it has ended. A hub of before says neither: then it is the agency. That nobody here knows them does not say that they have left. */
static void
test_assigned (Fixture *f, gconstpointer data)
{
  static const char *const kase = "0197f333-0000-7000-8000-000000000001";
  static const struct { const char *names, *line, *staff, *joined; } cases[] = {
    { ",'name':'Bea Okoro','by_name':'Sol Reyes'", "assigned|Food Bank B|Sol Reyes|-", "Bea Okoro", "staff_joined|2026-01-04T00:00:00.000Z|Sol Reyes|Food Bank B" },
    { "", "assigned|Food Bank B|-|-", "-", "staff_joined|2026-01-04T00:00:00.000Z|-|Food Bank B" },
  };

  fixture_fill (f);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Page *page = page_new (400 + 10 * i, 9 + i);
      g_autofree char *on_client = g_strdup_printf ("{'client':'" CLIENT_C "','staff':'" OTHER_STAFF "','agency':'" AGENCY_B "','since':'2026-01-04T00:00:00.000Z','by':'" OTHER_STAFF "'%s}", cases[i].names);
      g_autofree char *on_case = g_strdup_printf ("{'client':'" CLIENT_C "','case':'%s','staff':'" OTHER_STAFF "','agency':'" AGENCY_B "','since':'2026-01-04T00:00:00.000Z','by':'" OTHER_STAFF "'%s}", kase, cases[i].names);
      g_autofree char *team = NULL, *of_case = NULL, *whole = NULL, *timeline = NULL, *lines = NULL, *cursor = g_strdup_printf ("c%u", 400 + 10 * i);
      g_autofree char *expected_team = NULL, *expected_case = NULL;

      if (i == 0)
        page_scope (page, SID_CARE_C, "care:" CLIENT_C ":" AGENCY_B);
      page_put (page, "organization", AGENCY_B, SID_DIR, 380, "{'name':'Food Bank B'}");
      page_put (page, "case", kase, SID_CARE_C, 380, "{'client':'" CLIENT_C "','agency':'" AGENCY_B "','title':'A home','phase':'open','number':'B-1'}");
      page_put (page, "assignment", "0197f444-0000-7000-8000-000000000001", SID_CARE_C, 390 + 10 * i, on_client);
      page_put (page, "assignment", "0197f444-0000-7000-8000-000000000002", SID_CARE_C, 391 + 10 * i, on_case);
      page_end (page, cursor, FALSE);
      page_apply (f, page);
      lines = history (f, CLIENT_C);
      assert_line (lines, cases[i].line);
      expected_team = g_strdup_printf ("%s|%s|Food Bank B", cases[i].staff, AGENCY_B);
      team = only_row (f, "client-team", CLIENT_C, 2, 4);
      g_assert_cmpstr (team, ==, expected_team);
      whole = only_row (f, "client-record-team", CLIENT_C, 2, 4);
      g_assert_cmpstr (whole, ==, expected_team);
      expected_case = g_strdup_printf ("%s|1|2026-01-04T00:00:00.000Z|%s|Food Bank B", cases[i].staff, AGENCY_B);
      of_case = only_row (f, "case-team", kase, 2, 6);
      g_assert_cmpstr (of_case, ==, expected_case);
      timeline = only_row (f, "case-timeline", kase, 1, 4);
      g_assert_cmpstr (timeline, ==, cases[i].joined);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/history/partners-D12", Fixture, NULL, fixture_set_up, test_partners, fixture_tear_down);
  g_test_add ("/store/history/assigned-D12", Fixture, NULL, fixture_set_up, test_assigned, fixture_tear_down);
  g_test_add ("/store/history/everything-C5", Fixture, NULL, fixture_set_up, test_everything, fixture_tear_down);
  g_test_add ("/store/history/C11-reasons", Fixture, NULL, fixture_set_up, test_reasons, fixture_tear_down);
  g_test_add ("/store/history/same-day-D12", Fixture, NULL, fixture_set_up, test_same_day, fixture_tear_down);
  g_test_add ("/store/history/given-D12", Fixture, NULL, fixture_set_up, test_given, fixture_tear_down);
  g_test_add ("/store/history/opened-U3", Fixture, NULL, fixture_set_up, test_opened, fixture_tear_down);
  g_test_add ("/store/history/unsent-fields", Fixture, NULL, fixture_set_up, test_unsent_fields, fixture_tear_down);
  g_test_add ("/store/history/sent-fields", Fixture, NULL, fixture_set_up, test_sent_fields, fixture_tear_down);
  g_test_add ("/store/history/load-known", Fixture, NULL, fixture_set_up, test_load_known, fixture_tear_down);
  g_test_add ("/store/history/same-by-hand", Fixture, NULL, fixture_set_up, test_same_by_hand, fixture_tear_down);
  return g_test_run ();
}
