/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-search.h"
#include "store-fixture.h"

/* What the windows show of one client: the named queries of lists-care.sql, over what was done on this computer. */

#define DOC "0197f111-0000-7000-8000-000000000001"
#define SHA "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
#define PROGRAM "0197e111-0000-7000-8000-000000000001"

static void
do_op (Fixture *f, const char *op, const char *args)
{
  g_autofree char *id = submit (f, op, args);

  g_assert_nonnull (id);
}

/* The client is in the agency's care, and the agency has a program. */
static void
fill (Fixture *f)
{
  Page *page;
  g_autofree char *care = kith_id_natural ("care", CLIENT_C ":" AGENCY_A);

  fixture_fill (f);
  page = page_new (300, 9);
  page_scope (page, SID_DIR, "dir");
  page_put (page, "program", PROGRAM, SID_DIR, 290, "{'organization_id':'" AGENCY_A "','name':'Night shelter'}");
  page_scope (page, SID_CARE_C, "care:" CLIENT_C ":" AGENCY_A);
  page_put (page, "care", care, SID_CARE_C, 291, "{'client':'" CLIENT_C "','agency':'" AGENCY_A "','since':'2026-01-01T00:00:00.000Z'}");
  page_filled (page, SID_CARE_C, 9);
  page_end (page, "c300", FALSE);
  page_apply (f, page);
}

/* U5, U6, D12: enrollments and care team at a glance, and in the history with who and when. */
static void
test_care (Fixture *f, gconstpointer data)
{
  fill (f);
  do_op (f, "enrollment.start",
         "{'id':'0197f000-0000-7000-8000-000000000001','client':'" CLIENT_C "','program':'" PROGRAM "','started_on':'2019-11-30'}");
  do_op (f, "care_team.join", "{'client':'" CLIENT_C "','staff':'" USER_U "','role':'Nurse','started_on':'2019-12-01'}");
  assert_column (f, "client-enrolled-here", 2, CLIENT_C, NULL, "Night shelter");
  assert_column (f, "client-enrollments", 6, CLIENT_C, NULL, "2019-11-30");
  assert_column (f, "client-enrollments", 5, CLIENT_C, NULL, "1");
  assert_column (f, "client-care-team", 3, CLIENT_C, NULL, "Nurse");
  do_op (f, "enrollment.end",
         "{'enrollment':'0197f000-0000-7000-8000-000000000001','ended_on':'2020-02-29','end_reason':'completed'}");
  assert_column (f, "client-enrolled-here", 2, CLIENT_C, NULL, "");
  assert_column (f, "client-enrollments", 8, CLIENT_C, NULL, "completed");
  do_op (f, "care_team.leave", "{'client':'" CLIENT_C "','staff':'" USER_U "','ended_on':'2020-03-01'}");
  assert_column (f, "client-care-team", 8, CLIENT_C, NULL, "2020-03-01");

  g_autofree char *types = column_texts (f, "client-history", 1, CLIENT_C, NULL);
  g_assert_nonnull (strstr (types, "team_left enrollment_ended team_joined enrolled"));

  do_op (f, "care_team.join", "{'client':'" CLIENT_C "','staff':'" USER_U "','role':'Nurse','started_on':'2020-04-01'}");
  do_op (f, "care_team.join", "{'client':'" CLIENT_C "','staff':'" USER_U "','role':'Chief','started_on':'2020-05-01'}");
  g_free (types);
  types = column_texts (f, "client-history", 1, CLIENT_C, NULL);
  g_assert_nonnull (strstr (types, "team_role team_joined team_left")); /* the role of before was not left */
}

/* The last one first, for "repeat the last". */
static void
test_services (Fixture *f, gconstpointer data)
{
  fill (f);
  do_op (f, "service.record",
         "{'id':'0197f000-0000-7000-8000-000000000001','client':'" CLIENT_C "','type':'night','given_on':'2026-01-02','count':2}");
  do_op (f, "service.record",
         "{'id':'0197f000-0000-7000-8000-000000000002','client':'" CLIENT_C "','type':'meal','given_on':'2025-12-31'}");
  do_op (f, "service.record",
         "{'id':'0197f000-0000-7000-8000-000000000003','client':'" CLIENT_C "','type':'ride','given_on':'2026-01-02'}");
  assert_column (f, "client-services", 1, CLIENT_C, NULL, "ride night meal");
  assert_column (f, "client-service-last", 1, CLIENT_C, NULL, "ride");

  /* Taken back: it is read with its reason, and neither repeated nor taken back again. */
  do_op (f, "service.void", "{'event':'0197f000-0000-7000-8000-000000000003','reason':'Recorded twice'}");
  assert_column (f, "client-services", 1, CLIENT_C, NULL, "ride night meal");
  assert_column (f, "client-services", 13, CLIENT_C, NULL, "Recorded twice - -");
  assert_column (f, "client-service-last", 1, CLIENT_C, NULL, "night");
}

/* C19: what is to be answered comes first; an answer given at the desk shows at once. */
static void
test_amendments (Fixture *f, gconstpointer data)
{
  fill (f);
  do_op (f, "amendment.ask",
         "{'id':'0197f000-0000-7000-8000-000000000001','client':'" CLIENT_C "','about':'Never','wanted':'Strike','asked_on':'2025-12-01'}");
  do_op (f, "amendment.ask", "{'id':'0197f000-0000-7000-8000-000000000002','client':'" CLIENT_C "','about':'Wrong','asked_on':'2025-12-20'}");
  assert_column (f, "client-amendments", 1, CLIENT_C, NULL, "Wrong Never");
  assert_column (f, "client-amendments", 4, CLIENT_C, NULL, "2026-02-18 2026-01-30");
  assert_column (f, "client-amendments", 8, CLIENT_C, NULL, "1 1");
  do_op (f, "amendment.decide",
         "{'request':'0197f000-0000-7000-8000-000000000002','answer':'refused','basis':'accurate','reason':'Checked','decided_on':'2025-12-30'}");
  assert_column (f, "client-amendments", 1, CLIENT_C, NULL, "Never Wrong");
  assert_column (f, "client-amendments", 5, CLIENT_C, NULL, "asked refused");
  assert_column (f, "client-amendments", 13, CLIENT_C, NULL, "- Checked");
}

/* C19, C11: what was agreed stands among the alerts in the words of whoever answered, and is not cleared there; what a client asked does not, though it was accepted. */
static void
test_restrictions (Fixture *f, gconstpointer data)
{
  static const char *const agreed = "{'client':'" CLIENT_C "','agency':'" AGENCY_A "','level':'caution','text':'Say nothing','raised_at':'2026-06-01T00:00:00.000Z','kept':'restriction'%s}";
  g_autofree char *holds = g_strdup_printf (agreed, ""), *until = g_strdup_printf (agreed, ",'kept_until':'2026-03-01'");
  Page *page;

  fill (f);
  do_op (f, "alert.raise", "{'id':'0197f000-0000-7000-8000-000000000003','client':'" CLIENT_C "','level':'caution','text':'Dog'}");
  page = page_new (500, 20);
  page_scope (page, 70, "amendment:0197f000-0000-7000-8000-000000000002");
  page_put (page, "amendment_request", "0197f000-0000-7000-8000-000000000002", 70, 400,
            "{'client':'" CLIENT_C "','agency':'" AGENCY_B "','type':'restriction','about':'Theirs','asked_on':'2025-12-01','state':'accepted','keep':'Theirs'}");
  page_scope (page, 71, "agreed:0197f000-0000-7000-8000-000000000001");
  page_put (page, "alert", "0197f000-0000-7000-8000-000000000004", 71, 401, holds);
  page_filled (page, 71, 20);
  page_end (page, "c500", FALSE);
  page_apply (f, page);
  assert_column (f, "client-alerts", 2, CLIENT_C, "2026-01-01", "Say nothing Dog");
  assert_column (f, "client-alerts", 14, CLIENT_C, "2026-01-01", "restriction -");
  assert_column (f, "client-alerts", 13, CLIENT_C, "2026-01-01", "0 1"); /* it is ended, not cleared */
  assert_column (f, "client-amendments", 24, CLIENT_C, NULL, "Theirs");
  page = page_new (501, 21);
  page_put (page, "alert", "0197f000-0000-7000-8000-000000000004", 71, 501, until);
  page_end (page, "c501", FALSE);
  page_apply (f, page);
  assert_column (f, "client-alerts", 4, CLIENT_C, "2026-04-01", "1 1"); /* it holds for what came before */
  assert_column (f, "client-alerts", 15, CLIENT_C, "2026-04-01", "2026-03-01 -");
}

static void
test_record (Fixture *f, gconstpointer data)
{
  g_autofree char *billing = kith_id_natural ("client_billing", CLIENT_C);
  g_autofree char *patch = g_strdup_printf ("{'t':'client_billing','id':'%s','client':'" CLIENT_C "','set':{'ssn':{'old':'1','new':'2'}}}", billing);

  g_autofree char *types = NULL;

  fill (f);
  do_op (f, "alert.raise",
         "{'id':'0197f000-0000-7000-8000-000000000001','client':'" CLIENT_C "','level':'info','text':'Deaf','until':'2026-01-01'}");
  do_op (f, "alert.raise", "{'id':'0197f000-0000-7000-8000-000000000002','client':'" CLIENT_C "','level':'caution','text':'Dog'}");
  do_op (f, "alert.raise", "{'id':'0197f000-0000-7000-8000-000000000003','client':'" CLIENT_C "','level':'danger','text':'Bites'}");
  assert_column (f, "client-alerts", 2, CLIENT_C, "2026-01-01", "Bites Dog Deaf");
  assert_column (f, "client-alerts", 4, CLIENT_C, "2026-01-02", "1 1 0");

  do_op (f, "document.attach",
         "{'id':'" DOC "','t':'client','record':'" CLIENT_C "','type':'letter','name':'a.pdf','media_type':'application/pdf','size':3,'sha256':'" SHA "'}");
  assert_column (f, "client-documents", 4, CLIENT_C, NULL, "a.pdf");
  assert_column (f, "record-documents", 0, CLIENT_C, NULL, DOC);
  do_op (f, "document.remove", "{'document':'" DOC "','reason':'Wrong'}");
  assert_column (f, "record-documents", 0, CLIENT_C, NULL, "");
  assert_column (f, "client-documents", 14, CLIENT_C, NULL, "Wrong");

  assert_column (f, "client-record-documents", 4, CLIENT_C, NULL, "–"); /* C11 */
  assert_column (f, "client-health-documents", 4, CLIENT_C, NULL, "");

  do_op (f, "household.join", "{'client':'" CLIENT_D "','with':'" CLIENT_C "','relationship':'2'}");
  assert_column (f, "client-household", 0, CLIENT_C, NULL, CLIENT_D " " CLIENT_C); /* the own part last */
  assert_column (f, "client-household", 2, CLIENT_D, NULL, "1 2");
  assert_column (f, "client-household", 8, CLIENT_D, NULL, "0 1");
  do_op (f, "household.leave", "{'client':'" CLIENT_D "'}");
  assert_column (f, "client-household", 0, CLIENT_C, NULL, CLIENT_C);
  assert_column (f, "client-household", 0, CLIENT_D, NULL, "");
  do_op (f, "household.join", "{'client':'" CLIENT_D "','with':'" CLIENT_C "','relationship':'3'}");
  assert_column (f, "client-household", 2, CLIENT_D, NULL, "1 3"); /* once, though two stays are on record (D12) */
  types = column_texts (f, "client-history", 1, CLIENT_D, NULL);
  g_assert_nonnull (strstr (types, "household_joined"));
  g_assert_nonnull (strstr (types, "household_left"));

  do_op (f, "record.patch", "{'t':'client','id':'" CLIENT_C "','set':{'contact_note':{'old':null,'new':'First'}}}");
  do_op (f, "record.patch", "{'t':'client','id':'" CLIENT_C "','set':{'contact_note':{'old':'First','new':'Second'}}}");
  assert_column (f, "client-changes", 2, CLIENT_C, NULL, "contact_note contact_note");
  assert_column (f, "client-changes", 3, CLIENT_C, NULL, "\"First\" -"); /* who filled it in is read too */
  assert_column (f, "client-changes", 7, CLIENT_C, NULL, "{\"value\":\"First\"} {\"value\":null}");
  assert_column (f, "client-changes", 8, CLIENT_C, NULL, "{\"value\":\"Second\"} {\"value\":\"First\"}");
  assert_column (f, "client-changes", 10, CLIENT_C, NULL, "Ana Ruiz Ana Ruiz");
  do_op (f, "record.patch", "{'t':'client','id':'" CLIENT_C "','set':{'contact_note':{'old':'Second','new':null}}}");
  do_op (f, "record.patch", "{'t':'client','id':'" CLIENT_C "','set':{'contact_note':{'old':null,'new':'Third'}}}");
  do_op (f, "record.patch", "{'t':'client','id':'" CLIENT_C "','set':{'contact_note':{'old':'Third','new':'Fourth'}}}");
  assert_column (f, "client-changes", 3, CLIENT_C, NULL, "\"Third\" - \"Second\" \"First\" -");
  assert_column (f, "client-changes", 8, CLIENT_C, NULL, "{\"value\":\"Fourth\"} {\"value\":\"Third\"} {\"value\":null} {\"value\":\"Second\"} {\"value\":\"First\"}");
  assert_column (f, "client-changes", 12, CLIENT_C, NULL, "0 0 0 0 0");
}

/* U10: health information is a part of its own, on this computer only for who may see it; its files stand there and nowhere else. */
static void
test_health (Fixture *f, gconstpointer data)
{
  g_autofree char *id = kith_id_natural ("client_health", CLIENT_C);
  g_autofree char *attach = g_strdup_printf ("{'id':'" DOC "','t':'client_health','record':'%s','client':'" CLIENT_C "','type':'letter','name':'a.pdf',"
                                             "'media_type':'application/pdf','size':3,'sha256':'" SHA "'}", id);
  g_autofree char *patch = g_strdup_printf ("{'t':'client_health','id':'%s','client':'" CLIENT_C "','set':{'provider':{'old':null,'new':'Dr. Okafor'}}}", id);
  Page *page;

  fill (f);
  assert_column (f, "client-health", 0, CLIENT_C, NULL, "");
  page = page_new (500, 12);
  page_scope (page, 90, "client_health:" CLIENT_C);
  page_filled (page, 90, 12);
  page_end (page, "c500", FALSE);
  page_apply (f, page);
  assert_column (f, "client-health", 1, CLIENT_C, NULL, "-");
  assert_column (f, "client-health", 5, CLIENT_C, NULL, "1");
  do_op (f, "document.attach", attach); /* begins it */
  do_op (f, "record.patch", patch);
  assert_column (f, "client-health", 0, CLIENT_C, NULL, id);
  assert_column (f, "client-health-documents", 4, CLIENT_C, NULL, "a.pdf");
  assert_column (f, "client-record-documents", 4, CLIENT_C, NULL, "");
}

/* C20: the paper is attached to its consent and shown with it; removed, it takes nothing of the consent along. */
static void
test_scan (Fixture *f, gconstpointer data)
{
  const char *consent = "0197c000-0000-7000-8000-0000000000d1";
  g_autofree char *before = NULL, *after = NULL;

  fill (f);
  do_op (f, "consent.record", "{'id':'0197c000-0000-7000-8000-0000000000d1','client':'" CLIENT_C "','classes':['client'],'receivers':['" AGENCY_B "'],"
                              "'how':'signed','document':'" DOC "'}");
  assert_column (f, "client-consents", 7, CLIENT_C, NULL, "-");
  do_op (f, "document.attach",
         "{'id':'" DOC "','t':'consent','record':'0197c000-0000-7000-8000-0000000000d1','type':'consent','name':'scan.pdf','media_type':'application/pdf',"
         "'size':3,'sha256':'" SHA "'}");
  assert_column (f, "client-consents", 7, CLIENT_C, NULL, DOC);
  assert_column (f, "client-consents", 8, CLIENT_C, NULL, "scan.pdf");
  assert_column (f, "record-documents", 0, consent, NULL, DOC);
  before = column_texts (f, "client-consents", 6, CLIENT_C, NULL);
  do_op (f, "document.remove", "{'document':'" DOC "','reason':'Blurred'}");
  after = column_texts (f, "client-consents", 6, CLIENT_C, NULL);
  g_assert_cmpstr (after, ==, before);
  g_assert_nonnull (strstr (after, "in_force"));
  assert_column (f, "record-documents", 0, consent, NULL, "");
}

/* C20: also a file of the client's that the consent names. */
static void
test_scan_named (Fixture *f, gconstpointer data)
{
  fill (f);
  do_op (f, "document.attach",
         "{'id':'" DOC "','t':'client','record':'" CLIENT_C "','type':'consent','name':'scan.pdf','media_type':'application/pdf','size':3,'sha256':'" SHA "'}");
  do_op (f, "consent.record", "{'id':'0197c000-0000-7000-8000-0000000000d1','client':'" CLIENT_C "','classes':['client'],'receivers':['" AGENCY_B "'],"
                              "'how':'scanned','document':'" DOC "'}");
  assert_column (f, "client-consents", 7, CLIENT_C, NULL, DOC);
  assert_column (f, "client-consents", 8, CLIENT_C, NULL, "scan.pdf");
}

/* One person, one line: whichever record was found, the own agency's stands for them, wherever its id lies; each link more is counted. A record that
 * goes out of sight leaves the line to the other. */
static void
test_one_line (Fixture *f, gconstpointer data)
{
  static const char *const ids[] = { "01970000-0000-7000-8000-00000000b001", "0197ffff-0000-7000-8000-00000000b002" };
  g_autoptr (GError) error = NULL;
  Page *page;

  fill (f);
  page = page_new (500, 12);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *scope = g_strconcat ("client:", ids[i], NULL), *body = g_strdup_printf ("{'agency':'" AGENCY_B "','number':'KB-%u','given_name':'Pepe','family_name':'Zeta'}", i);

      page_scope (page, 70 + i, scope);
      page_put (page, "client", ids[i], 70 + i, 400 + i, body);
      page_filled (page, 70 + i, 12);
    }
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      gboolean before = strcmp (ids[i], CLIENT_C) < 0;
      g_autofree char *pair = g_strconcat (before ? ids[i] : CLIENT_C, ":", before ? CLIENT_C : ids[i], NULL), *match = kith_id_natural ("match", pair);
      g_autofree char *scope = g_strconcat ("match:", match, NULL);
      g_autofree char *body = g_strdup_printf ("{'first':'%s','second':'%s','state':'linked','zone':'link'}", before ? ids[i] : CLIENT_C, before ? CLIENT_C : ids[i]);

      page_scope (page, 80 + i, scope);
      page_put (page, "match", match, 80 + i, 410 + i, body);
      page_filled (page, 80 + i, 12);
    }
  page_end (page, "c500", FALSE);
  page_apply (f, page);

  assert_column (f, "clients-all", 0, USER_U, NULL, CLIENT_C " " CLIENT_D);
  assert_column (f, "clients-all", 13, USER_U, NULL, "2 0");
  assert_column (f, "clients-all-count", 0, NULL, NULL, "2");
  for (guint i = 0; i < 2; i++)
    {
      /* The others' name finds the line of the own record; nothing comes twice. */
      g_autoptr (GPtrArray) found = kith_search_run (kith_store_get_db (f->store), "client", i == 0 ? "pepe zeta" : "garc", 20, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (found->len, ==, 1);
      g_assert_cmpstr (found->pdata[0], ==, CLIENT_C);
    }
  assert_column (f, "client-links", 0, CLIENT_C, NULL, "01970000-0000-7000-8000-00000000b001 0197ffff-0000-7000-8000-00000000b002");
}

static char *
match_of (const char *a, const char *b)
{
  gboolean before = strcmp (a, b) < 0;
  g_autofree char *pair = g_strconcat (before ? a : b, ":", before ? b : a, NULL);

  return kith_id_natural ("match", pair);
}

static void
put_match (Page *page, guint sid, guint q, const char *a, const char *b, const char *state)
{
  g_autofree char *id = match_of (a, b), *scope = g_strconcat ("match:", id, NULL);
  gboolean before = strcmp (a, b) < 0;
  g_autofree char *body = g_strdup_printf ("{'first':'%s','second':'%s','state':'%s','zone':'link'}", before ? a : b, before ? b : a, state);

  page_scope (page, sid, scope);
  page_put (page, "match", id, sid, q, body);
  page_filled (page, sid, 12);
}

/* One hit, that one. */
static void
assert_found (Fixture *f, const char *text, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = kith_search_run (kith_store_get_db (f->store), "client", text, 20, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpstr (found->pdata[0], ==, expected);
}

#define LINKED "01970000-0000-7000-8000-00000000b001"
#define FAR "0197ffff-0000-7000-8000-00000000b002"
#define REFERRED "0197d000-0000-7000-8000-0000000000e1"

/* What is said of one of several records that are one person is read in each, with where it comes from: a danger, that they are not to be contacted,
 * consents, files, home and team; what was changed in its form; and, by a consent for care alone, that it was referred (D12). */
static void
test_read_as_one (Fixture *f, gconstpointer data)
{
  g_autofree char *types = NULL, *course = kith_id_natural ("referral_course", REFERRED);
  Page *page;

  fill (f);
  page = page_new (500, 20);
  page_scope (page, 70, "client:" LINKED);
  page_put (page, "client", LINKED, 70, 400, "{'agency':'" AGENCY_B "','number':'KB-0','given_name':'Pepe','family_name':'Zeta'}");
  page_scope (page, 71, "client:" FAR);
  page_put (page, "client", FAR, 71, 401,
            "{'agency':'" AGENCY_B "','number':'KB-1','given_name':'Pepe','family_name':'Zeta','do_not_contact':true,'_hlc':{'family_name':'0002'}}");
  page_put (page, "alert", "0197a000-0000-7000-8000-000000000001", 71, 402,
            "{'client':'" FAR "','agency':'" AGENCY_B "','level':'danger','text':'Knife','raised_at':'2025-01-01T00:00:00.000Z'}");
  page_put (page, "consent", "0197c000-0000-7000-8000-000000000001", 71, 403,
            "{'client':'" FAR "','agency':'" AGENCY_B "','permission':'granted','status':'in_force','classes':['client'],'receivers':['" AGENCY_A "'],'start':'2025-01-01T00:00:00.000Z'}");
  page_put (page, "document", DOC, 71, 404,
            "{'t':'client','record':'" FAR "','client':'" FAR "','agency':'" AGENCY_B "','type':'letter','name':'far.pdf','size':3,'sha256':'" SHA "',"
            "'at':'2025-01-01T00:00:00.000Z','scope':'client:" FAR "'}");
  page_put (page, "household_member", "0197b000-0000-7000-8000-000000000001", 71, 405,
            "{'client':'" FAR "','household':'0197b000-0000-7000-8000-00000000000a','relationship':'1'}");
  page_put (page, "field_history", "0197b000-0000-7000-8000-0000000000f1", 71, 406,
            "{'t':'client','record':'" FAR "','field':'family_name','value':'Zetta','hlc':'0001','kept_hlc':'0002','changed_by_name':'Ben','agency_name':'B',"
            "'at':'2025-01-02T00:00:00.000Z','scope':'client:" FAR "'}");
  page_put (page, "field_history", "0197b000-0000-7000-8000-0000000000f2", 71, 407,
            "{'t':'client','record':'" FAR "','field':'family_name','value':'Beta','by_name':'Ana','set_aside':true,'kept_hlc':'0002','changed_by_name':'Ana','agency_name':'A',"
            "'at':'2025-01-03T00:00:00.000Z','scope':'client:" FAR "'}");
  page_filled (page, 70, 12);
  page_filled (page, 71, 20);
  page_scope (page, 72, "referral:" REFERRED);
  page_put (page, "referral", REFERRED, 72, 408,
            "{'client':'" FAR "','agency':'" AGENCY_B "','phase':'closed','number':'KB-9','resource_name':'Dental'}");
  page_filled (page, 72, 20);
  page_scope (page, 73, "referral_course:" REFERRED);
  page_put (page, "referral_course", course, 73, 409,
            "{'referral':'" REFERRED "','type':'direct','sent_at':'2025-02-01T00:00:00.000Z','accepted_at':'2025-02-02T00:00:00.000Z','closed_at':'2025-03-01T00:00:00.000Z'}");
  page_filled (page, 73, 20);
  page_scope (page, 74, "client_billing:" CLIENT_C);
  page_filled (page, 74, 20);
  put_match (page, 80, 410, CLIENT_C, LINKED, "linked");
  put_match (page, 81, 411, LINKED, FAR, "linked");
  page_end (page, "c500", FALSE);
  page_apply (f, page);

  do_op (f, "alert.raise", "{'id':'0197f000-0000-7000-8000-000000000001','client':'" CLIENT_C "','level':'caution','text':'Dog'}");
  assert_column (f, "client-alerts", 2, CLIENT_C, "2026-01-01", "Knife Dog");
  assert_column (f, "client-alerts", 12, CLIENT_C, "2026-01-01", "KB-1 -");
  assert_column (f, "client-alerts", 2, FAR, "2026-01-01", "Knife Dog");
  assert_column (f, "client-alerts", 13, CLIENT_C, "2026-01-01", "0 1"); /* what another agency raised it clears */
  assert_column (f, "client", 8, CLIENT_C, NULL, "KB-1");
  assert_column (f, "client", 8, FAR, NULL, "-"); /* its own is in its body */
  assert_column (f, "client-record-consents", 11, CLIENT_C, NULL, "KB-1");
  assert_column (f, "client-record-consents", 10, CLIENT_C, NULL, FAR);
  assert_column (f, "client-consents", 0, CLIENT_C, NULL, ""); /* for what is done with this record */
  assert_column (f, "client-record-documents", 4, CLIENT_C, NULL, "far.pdf");
  assert_column (f, "client-record-documents", 21, CLIENT_C, NULL, FAR);
  assert_column (f, "client-record-documents", 22, CLIENT_C, NULL, "KB-1");
  assert_column (f, "client-documents", 4, CLIENT_C, NULL, "");
  assert_column (f, "client-household", 8, CLIENT_C, NULL, "1");
  assert_column (f, "client-household", 9, CLIENT_C, NULL, "KB-1");
  assert_column (f, "client-changes", 7, CLIENT_C, NULL, "{\"value\":\"Beta\"} {\"value\":\"Zetta\"}");
  assert_column (f, "client-changes", 8, CLIENT_C, NULL, "{\"value\":\"Zeta\"} {\"value\":\"Zeta\"}");
  assert_column (f, "client-changes", 12, CLIENT_C, NULL, "1 0");
  assert_column (f, "client-changes", 13, CLIENT_C, NULL, "KB-1 KB-1");

  do_op (f, "care_team.join", "{'client':'" CLIENT_C "','staff':'" USER_U "','role':'Nurse','started_on':'2019-12-01'}");
  do_op (f, "task.add", "{'id':'0197f000-0000-7000-8000-000000000002','client':'" CLIENT_C "','subject':'Visit'}");
  do_op (f, "service.record", "{'id':'0197f000-0000-7000-8000-000000000003','client':'" CLIENT_C "','type':'night','given_on':'2026-01-02'}");
  do_op (f, "enrollment.start",
         "{'id':'0197f000-0000-7000-8000-000000000004','client':'" CLIENT_C "','program':'" PROGRAM "','started_on':'2019-11-30'}");
  assert_column (f, "client-care-team", 3, FAR, NULL, "Nurse");
  assert_column (f, "client-care-team", 12, FAR, NULL, "KZ-0001");
  assert_column (f, "client-tasks", 1, FAR, NULL, "Visit");
  assert_column (f, "client-service-last", 1, FAR, NULL, "night");
  assert_column (f, "client-service-last", 14, FAR, NULL, CLIENT_C);
  assert_column (f, "client-enrolled-here", 2, FAR, NULL, "Night shelter");
  do_op (f, "case.open", "{'id':'0197f000-0000-7000-8000-000000000005','client':'" CLIENT_C "','number':'KZ-0009','title':'Home'}");
  assert_column (f, "client-care-team", 13, FAR, NULL, CLIENT_C); /* whose it is: an action on the line goes there */
  assert_column (f, "client-services", 14, FAR, NULL, "KZ-0001");
  assert_column (f, "client-services", 14, CLIENT_C, NULL, "-");
  assert_column (f, "client-enrollments", 13, FAR, NULL, "KZ-0001");
  assert_column (f, "client-enrolled-here", 5, FAR, NULL, "KZ-0001");
  assert_column (f, "client-cases", 17, FAR, NULL, "KZ-0001");
  assert_column (f, "client-cases", 17, CLIENT_C, NULL, "-");
  assert_column (f, "client-referrals", 24, CLIENT_C, NULL, "KB-1");
  assert_column (f, "client-referrals", 24, FAR, NULL, "-");
  assert_column (f, "client-record-billing", 4, FAR, NULL, "KZ-0001");
  assert_column (f, "client-record-billing", 4, CLIENT_C, NULL, "-");
  g_free (types);
  types = column_texts (f, "client-history", 12, FAR, NULL);
  g_assert_nonnull (strstr (types, "KZ-0001")); /* the night, the team, the program */
  g_free (types);
  types = column_texts (f, "client-history", 12, CLIENT_C, NULL);
  g_assert_nonnull (strstr (types, "KB-1")); /* the referral */
  g_free (types);
  types = column_texts (f, "client-history", 1, CLIENT_C, NULL);
  g_assert_nonnull (strstr (types, "closed"));
  g_assert_nonnull (strstr (types, "accepted"));
  g_assert_nonnull (strstr (types, "sent"));
}

/* Links reach further than one step: C is P, P is Q, Q is R, so all are one line and read as one, from whichever record; a circle ends. Taken back in
 * the middle, each side stays one. Whoever was said to be another person, and is still reached by a third, is marked (domain.md 5). */
static void
test_chain (Fixture *f, gconstpointer data)
{
  static const char *const ids[] = { "01970000-0000-7000-8000-00000000b001", "0197ffff-0000-7000-8000-00000000b002", "01970000-0000-7000-8000-00000000b003" };
  static const char *const all[] = { CLIENT_C, "01970000-0000-7000-8000-00000000b001", "0197ffff-0000-7000-8000-00000000b002",
                                     "01970000-0000-7000-8000-00000000b003" };
  g_autofree char *middle = match_of (ids[0], ids[1]), *args = g_strdup_printf ("{'match':'%s'}", middle);
  g_autofree char *shut = match_of (CLIENT_C, ids[2]), *shut_args = g_strdup_printf ("{'match':'%s'}", shut);
  Page *page;

  fill (f);
  page = page_new (500, 12);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *scope = g_strconcat ("client:", ids[i], NULL), *body = g_strdup_printf ("{'agency':'" AGENCY_B "','number':'KB-%u','given_name':'Pepe','family_name':'Zeta'}", i);

      page_scope (page, 70 + i, scope);
      page_put (page, "client", ids[i], 70 + i, 400 + i, body);
      page_filled (page, 70 + i, 12);
    }
  put_match (page, 80, 410, CLIENT_C, ids[0], "linked");
  put_match (page, 81, 411, ids[0], ids[1], "linked");
  put_match (page, 82, 412, ids[1], ids[2], "linked");
  put_match (page, 83, 413, CLIENT_C, ids[2], "proposed");
  page_end (page, "c500", FALSE);
  page_apply (f, page);
  do_op (f, "service.record",
         "{'id':'0197f000-0000-7000-8000-000000000001','client':'" CLIENT_C "','type':'night','given_on':'2026-01-02','count':2}");

  assert_column (f, "clients-all", 0, USER_U, NULL, CLIENT_C " " CLIENT_D);
  assert_column (f, "clients-all", 13, USER_U, NULL, "3 0");
  assert_column (f, "clients-all-count", 0, NULL, NULL, "2");
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      assert_column (f, "client-front", 0, all[i], USER_U, CLIENT_C);
      assert_column (f, "client-services", 1, all[i], NULL, "night");
    }
  assert_column (f, "client-links", 0, CLIENT_C, NULL, "01970000-0000-7000-8000-00000000b001 01970000-0000-7000-8000-00000000b003 0197ffff-0000-7000-8000-00000000b002");
  assert_column (f, "client-links", 7, CLIENT_C, NULL, "- KB-1 KB-0"); /* by way of whom */
  assert_column (f, "client-links", 8, CLIENT_C, NULL, "0 0 0");
  assert_found (f, "pepe zeta", CLIENT_C);

  do_op (f, "match.unlink", args); /* P is not Q: C and P here, Q and R there */
  assert_column (f, "client-links", 0, CLIENT_C, NULL, ids[0]);
  assert_column (f, "client-links", 0, ids[1], NULL, ids[2]);
  assert_column (f, "client-services", 1, ids[1], NULL, "");
  assert_column (f, "client-front", 0, ids[1], USER_U, ids[2]); /* the lower id of the two of that agency */
  assert_column (f, "clients-all", 13, USER_U, NULL, "1 0 1");
  assert_column (f, "clients-all-count", 0, NULL, NULL, "3");

  do_op (f, "match.link", args);
  do_op (f, "match.link", shut_args); /* a circle */
  assert_column (f, "clients-all", 13, USER_U, NULL, "3 0");
  assert_column (f, "client-links", 7, CLIENT_C, NULL, "- - KB-0");
  do_op (f, "match.unlink", shut_args); /* C is not R, and R is reached all the same */
  assert_column (f, "client-links", 8, CLIENT_C, NULL, "0 1 0");
  assert_column (f, "client-links", 8, ids[2], NULL, "0 0 1");
}

/* C4: the list says when what is in force ends: it shows an end that no hub has told of. */
static void
test_consent_until (Fixture *f, gconstpointer data)
{
  fill (f);
  assert_column (f, "clients-all", 14, USER_U, NULL, "- -");
  do_op (f, "consent.record", "{'id':'0197c000-0000-7000-8000-0000000000d2','client':'" CLIENT_C "','classes':['client'],'receivers':['" AGENCY_B "'],"
                              "'how':'signed','term':'2036-02-01T00:00:00.000Z'}");
  do_op (f, "consent.record", "{'id':'0197c000-0000-7000-8000-0000000000d3','client':'" CLIENT_C "','classes':['care'],'receivers':['" AGENCY_B "'],"
                              "'how':'signed','term':'2036-03-01T00:00:00.000Z'}");
  do_op (f, "consent.refuse", "{'id':'0197c000-0000-7000-8000-0000000000d4','client':'" CLIENT_D "'}");
  assert_column (f, "clients-all", 14, USER_U, NULL, "2036-03-01T00:00:00.000Z -");
}

#define OF_B "0197c000-0000-7000-8000-00000000bbbb"
#define CONFLICT "{'t':'client','record':'%s','field':'given_name','mine':'Other','theirs':'Here','at':'2026-01-02T00:00:00.000Z','state':'open'," \
                 "'scope':'client:%s','proposed':true,'mine_agency':'Birch Clinic'}"

/* C1: only what this agency's word settles is laid before it: of its own clients, and of those enrolled here. */
static void
test_conflicts (Fixture *f, gconstpointer data)
{
  const char *own = "0197c000-0000-7000-8000-0000000000c1", *other = "0197c000-0000-7000-8000-0000000000c2";
  g_autofree char *care = kith_id_natural ("care", OF_B ":" AGENCY_A);
  g_autofree char *on_c = g_strdup_printf (CONFLICT, CLIENT_C, CLIENT_C), *on_b = g_strdup_printf (CONFLICT, OF_B, OF_B);
  Page *page;

  fill (f);
  page = page_new (400, 10);
  page_scope (page, SID_CLIENT_C, "client:" CLIENT_C);
  page_put (page, "conflict", own, SID_CLIENT_C, 350, on_c);
  page_scope (page, 60, "client:" OF_B);
  page_put (page, "client", OF_B, 60, 351, "{'agency':'" AGENCY_B "','number':'KB-1','given_name':'Bo'}");
  page_put (page, "conflict", other, 60, 352, on_b);
  page_filled (page, 60, 10);
  page_scope (page, 61, "care:" OF_B ":" AGENCY_A);
  page_put (page, "care", care, 61, 353, "{'client':'" OF_B "','agency':'" AGENCY_A "','since':'2026-01-01T00:00:00.000Z'}");
  page_filled (page, 61, 10);
  page_end (page, "c400", FALSE);
  page_apply (f, page);

  assert_column (f, "conflicts-open", 0, NULL, NULL, own);
  assert_column (f, "conflicts-open", 12, NULL, NULL, "1");
  assert_column (f, "conflicts-open", 13, NULL, NULL, "Birch Clinic");
  do_op (f, "enrollment.start",
         "{'id':'0197f000-0000-7000-8000-000000000001','client':'" OF_B "','program':'" PROGRAM "','started_on':'2019-11-30'}");
  assert_column (f, "conflicts-open", 2, NULL, NULL, CLIENT_C " " OF_B);
}

/* Only of my clients, and what falls between now and the day asked for; not what was given for a few days, nor what a notice tells of. */
static void
test_expiring (Fixture *f, gconstpointer data)
{
  Page *page;

  fill (f);
  do_op (f, "consent.record",
         "{'id':'0197f000-0000-7000-8000-000000000001','client':'" CLIENT_C "','classes':['client'],'receivers':['" AGENCY_B
         "'],'how':'written','term':'2099-03-01T00:00:00.000Z'}");
  assert_column (f, "consents-expiring", 1, "2099-02-01T00:00:00.000Z", "2099-03-01T00:00:00.000Z", "");
  page = page_new (490, 15);
  page_put (page, "assignment", "0197f000-0000-7000-8000-000000000009", SID_CARE_C, 440, "{'client':'" CLIENT_C "','staff':'" USER_U "','agency':'" AGENCY_A "'}");
  page_end (page, "c490", FALSE);
  page_apply (f, page);
  assert_column (f, "consents-expiring", 1, "2099-02-01T00:00:00.000Z", "2099-03-01T00:00:00.000Z", CLIENT_C);
  assert_column (f, "consents-expiring", 1, "2099-02-01T00:00:00.000Z", "2099-02-28T00:00:00.000Z", "");
  assert_column (f, "consents-expiring", 1, "2099-03-01T00:00:00.000Z", "2099-04-01T00:00:00.000Z", "");

  page = page_new (500, 20);
  page_put (page, "consent", "0197f000-0000-7000-8000-000000000002", SID_CLIENT_C, 450,
            "{'client':'" CLIENT_C "','agency':'" AGENCY_A "','permission':'granted','status':'in_force','start':'2098-05-01T00:00:00.000Z','term':'2098-05-20T00:00:00.000Z'}");
  page_end (page, "c500", FALSE);
  page_apply (f, page);
  assert_column (f, "consents-expiring", 1, "2098-05-02T00:00:00.000Z", "2098-06-01T00:00:00.000Z", "");
  assert_column (f, "consents-expiring", 1, "2098-05-15T00:00:00.000Z", "2098-06-14T00:00:00.000Z", CLIENT_C); /* the last seven days of nineteen */
  page = page_new (510, 30);
  page_scope (page, 70, "user:" USER_U);
  page_put (page, "notice", "0197f000-0000-7000-8000-000000000003", 70, 505,
            "{'staff':'" USER_U "','type':'consent_expiring','client':'" CLIENT_C "','at':'2098-05-13T00:00:00.000Z'}");
  page_end (page, "c510", FALSE);
  page_apply (f, page);
  assert_column (f, "consents-expiring", 1, "2098-05-15T00:00:00.000Z", "2098-06-14T00:00:00.000Z", "");
}

#define SEND(id, number, client, more)                                                                                                     \
  "{'id':'0197f000-0000-7000-8000-0000000000" id "','number':'" number "','client':'" client "','type':'direct','service':'" SERVICE_S "','need':'Bed'" more "}"
#define CONSENT(id, client)                                                                                                                \
  "{'id':'0197f000-0000-7000-8000-0000000000" id "','client':'" client "','classes':['client'],'receivers':['" AGENCY_B "'],'how':'written'}"

/* C4, C5: what has not left this computer is stopped by a revocation, and its author is told; what something else covers goes out. */
static void
test_stopped (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) sent = NULL;
  g_autoptr (GString) names = g_string_new (NULL);
  guint n;

  fill (f);
  do_op (f, "consent.record", CONSENT ("01", CLIENT_C));
  do_op (f, "consent.record", CONSENT ("02", CLIENT_D));
  do_op (f, "referral.send", SEND ("11", "KA-0011", CLIENT_C, ""));
  do_op (f, "referral.send",
         "{'id':'0197f000-0000-7000-8000-000000000012','number':'KA-0012','contact_name':'Jo','type':'direct','service':'" SERVICE_S "','need':'Bed',"
         "'release':{'classes':['client'],'basis':'required_by_law','until':'2026-12-31T00:00:00.000Z'}}");
  do_op (f, "referral.send", SEND ("13", "KA-0013", CLIENT_D, ""));
  g_assert_cmpint (count (f, "SELECT count(*) FROM referral WHERE phase = 'sent' AND agency_to = '" AGENCY_B "'"), ==, 3);
  do_op (f, "consent.revoke", "{'client':'" CLIENT_C "','reason':'She asked'}");

  g_assert_cmpint (count (f, "SELECT count(*) FROM referral WHERE number = 'KA-0011'"), ==, 0);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE attention = 1 AND code = 'consent_missing'"), ==, 1);
  sent = push (f, &n);
  for (guint i = 0; i < n; i++)
    {
      JsonObject *op = json_array_get_object_element (kith_json_array (sent, "ops"), i);

      g_string_append_printf (names, "%s ", kith_json_string (op, "op"));
    }
  g_assert_cmpstr (names->str, ==, "consent.record consent.revoke consent.record referral.send referral.send ");
}

/* The same of one that was sent before and is to go to another agency (C4, C5): it stays where it was. */
static void
test_reroute_stopped (Fixture *f, gconstpointer data)
{
#define AGENCY_E "0197a000-0000-7000-8000-00000000000e"
#define SERVICE_E "0197e000-0000-7000-8000-00000000000e"
  Page *page;

  fill (f);
  page = page_new (330, 12);
  page_put (page, "organization", AGENCY_E, SID_DIR, 325, "{'name':'Elm House'}");
  page_put (page, "service", SERVICE_E, SID_DIR, 326, "{'organization_id':'" AGENCY_E "','name':'Beds','status':'active','direct':true}");
  page_end (page, "c330", FALSE);
  page_apply (f, page);
  do_op (f, "consent.record", CONSENT ("01", CLIENT_C));
  do_op (f, "consent.record",
         "{'id':'0197f000-0000-7000-8000-000000000002','client':'" CLIENT_C "','classes':['client'],'receivers':['" AGENCY_E "'],'how':'written'}");
  do_op (f, "referral.send", SEND ("11", "KA-0011", CLIENT_C, ""));
  do_op (f, "referral.reroute", "{'referral':'0197f000-0000-7000-8000-000000000011','from':'sent','service':'" SERVICE_E "'}");
  g_assert_cmpint (count (f, "SELECT count(*) FROM referral WHERE agency_to = '" AGENCY_E "'"), ==, 1);
  do_op (f, "consent.revoke", "{'consent':'0197f000-0000-7000-8000-000000000002','reason':'She asked'}");
  g_assert_cmpint (count (f, "SELECT count(*) FROM referral WHERE agency_to = '" AGENCY_E "'"), ==, 0);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE attention = 1 AND name = 'referral.reroute' AND code = 'consent_missing'"), ==, 1);
}

/* Records said to be one person read as one, until they are unlinked; what they are is in the list (domain.md 5). */
static void
test_linked (Fixture *f, gconstpointer data)
{
  g_autofree char *match = kith_id_natural ("match", CLIENT_C ":" CLIENT_D), *args = g_strdup_printf ("{'match':'%s'}", match);
  g_autofree char *scope = g_strconcat ("match:", match, NULL);
  g_autofree char *alone = NULL, *both = NULL, *after = NULL;
  Page *page;

  fill (f);
  page = page_new (320, 11);
  page_scope (page, 40, scope);
  page_put (page, "match", match, 40, 315,
            "{'first':'" CLIENT_C "','second':'" CLIENT_D "','state':'proposed','zone':'link','first_values':{'agency':'" AGENCY_A "'}}");
  page_filled (page, 40, 11);
  page_end (page, "c320", FALSE);
  page_apply (f, page);
  assert_column (f, "matches-open", 0, NULL, NULL, match);
  assert_column (f, "client-links", 0, CLIENT_C, NULL, "");
  assert_column (f, "clients-all", 13, USER_U, NULL, "0 0");
  do_op (f, "service.record",
         "{'id':'0197f000-0000-7000-8000-000000000001','client':'" CLIENT_C "','type':'night','given_on':'2026-01-02','count':2}");
  assert_column (f, "client-services", 1, CLIENT_D, NULL, "");
  alone = column_texts (f, "client-history", 0, CLIENT_C, NULL);

  do_op (f, "match.link", args);
  assert_column (f, "matches-open", 0, NULL, NULL, "");
  assert_column (f, "client-links", 0, CLIENT_C, NULL, CLIENT_D);
  assert_column (f, "client-links", 0, CLIENT_D, NULL, CLIENT_C);
  assert_column (f, "client-links", 1, CLIENT_D, NULL, match);
  assert_column (f, "clients-all", 13, USER_U, NULL, "1"); /* one line for the two */
  assert_column (f, "clients-all", 0, USER_U, NULL, CLIENT_C);
  assert_column (f, "clients-all-count", 0, NULL, NULL, "1");
  assert_column (f, "client-services", 1, CLIENT_D, NULL, "night");
  both = column_texts (f, "client-history", 0, CLIENT_C, NULL);
  g_assert_cmpuint (strlen (both), >, strlen (alone));

  do_op (f, "match.unlink", args);
  assert_column (f, "client-links", 0, CLIENT_C, NULL, "");
  assert_column (f, "client-services", 1, CLIENT_D, NULL, "");
  assert_column (f, "matches-open", 0, NULL, NULL, ""); /* remembered */
  after = column_texts (f, "client-history", 0, CLIENT_C, NULL);
  g_assert_cmpstr (after, ==, alone);
}

/* The rows of the agency's log that these narrow down to, by their detail. */
static char *
log_of (Fixture *f, const char *from, const char *until, const char *what, const char *w1, const char *w2)
{
  const char *const args[] = { AGENCY_A, from, until, what, w1, w2, "" };
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_query (kith_store_get_db (f->store), "audit-log", &error);
  g_autoptr (GString) texts = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (args); i++)
    kith_db_bind_text (stmt, (int) i + 1, args[i]);
  while (kith_db_step (stmt, &error) == KITH_DB_ROW)
    g_string_append (texts, kith_db_text (stmt, 10));
  g_assert_no_error (error);
  return g_string_free (g_steal_pointer (&texts), FALSE);
}

static void
assert_log (Fixture *f, const char *from, const char *until, const char *what, const char *w1, const char *w2, const char *expected)
{
  g_autofree char *got = log_of (f, from, until, what, w1, w2);

  g_assert_cmpstr (got, ==, expected);
}

/* C13: the log by month, by what was done, by who did it and with whose record; the last first. */
static void
test_log (Fixture *f, gconstpointer data)
{
  Page *page;

  fill (f);
  page = page_new (400, 10);
  page_scope (page, 901, "audit:" AGENCY_A ":2026-02");
  page_scope (page, 902, "audit:" AGENCY_A ":2026-03");
#define ENTRY(id, sid, q, at, what, who, staff, more) \
  page_put (page, "audit_entry", "0197c111-0000-7000-8000-00000000000" id, sid, q, \
            "{'agency':'" AGENCY_A "','staff':'" staff "','staff_name':'" who "','what':'" what "','at':'" at "'" more "}")
  ENTRY ("1", 901, 301, "2026-02-28T23:59:59.999Z", "opened", "Ana Ruiz", USER_U, ",'client':'" CLIENT_C "','t':'client','detail':'a'");
  ENTRY ("2", 902, 302, "2026-03-01T00:00:00.000Z", "printed", "Ana Ruiz", USER_U, ",'client':'" CLIENT_D "','t':'client','detail':'b'");
  ENTRY ("3", 902, 303, "2026-03-05T10:00:00.000Z", "searched", "Zoë Novak", "0197a999-0000-7000-8000-000000000009", ",'detail':'c'");
  ENTRY ("4", 902, 304, "2026-03-05T10:00:00.000Z", "opened", "Ana Ruiz", USER_U, ",'client':'0197b999-0000-7000-8000-000000000009','detail':'d'");
  page_filled (page, 901, 10);
  page_filled (page, 902, 10);
  page_end (page, "c400", FALSE);
  page_apply (f, page);

  assert_log (f, "", "~", "", "", "", "dcba");
  assert_log (f, "2026-03-01T00:00:00.000Z", "2026-04-01T00:00:00.000Z", "", "", "", "dcb");
  assert_log (f, "", "2026-03-01T00:00:00.000Z", "", "", "", "a");
  assert_log (f, "", "~", "opened", "", "", "da");
  assert_log (f, "", "~", "", "ruiz", "", "dba");
  assert_log (f, "", "~", "", "jose", "", "a");          /* the client */
  assert_log (f, "", "~", "", "ana", "marta", "b");      /* who, and with whom */
  assert_log (f, "", "~", "", "novak", "", "c");         /* somebody who is not in the list of colleagues */
  assert_log (f, "", "~", "printed", "jose", "", "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("/store/client/U5-U6-D12-care", test_care);
  ADD ("/store/client/services", test_services);
  ADD ("/store/client/C19-amendments", test_amendments);
  ADD ("/store/client/C19-restrictions", test_restrictions);
  ADD ("/store/client/C13-log", test_log);
  ADD ("/store/client/linked", test_linked);
  ADD ("/store/client/one-line", test_one_line);
  ADD ("/store/client/chain-of-links", test_chain);
  ADD ("/store/client/C16-D12-read-as-one", test_read_as_one);
  ADD ("/store/client/C4-consent-until", test_consent_until);
  ADD ("/store/client/record", test_record);
  ADD ("/store/client/U10-health", test_health);
  ADD ("/store/client/C20-scan", test_scan);
  ADD ("/store/client/C20-scan-named", test_scan_named);
  ADD ("/store/client/C1-conflicts", test_conflicts);
  ADD ("/store/client/expiring", test_expiring);
  ADD ("/store/client/C5-revocation-stops-sends", test_stopped);
  ADD ("/store/client/C4-C5-revocation-stops-reroutes", test_reroute_stopped);
  return g_test_run ();
}
