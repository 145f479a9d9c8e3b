/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the windows are shown of cases, tasks and caseloads (lists-cases.sql). */

#include "kith-store-balance.h"
#include "kith-store-private.h"
#include "store-fixture.h"

#define CASE(n) "0197f000-0000-7000-8000-00000000000" n
#define STAFF(n) "0197b000-0000-7000-8000-00000000000" n
#define NOTE(n) "0197f100-0000-7000-8000-00000000000" n
#define ABSENT(n) "0197fa00-0000-7000-8000-00000000000" n
#define TASK(n) "0197f200-0000-7000-8000-00000000000" n

static int next_scope;

static void
put (Page *page, const char *kind, const char *id, const char *format, ...) G_GNUC_PRINTF (4, 5);
static void
put (Page *page, const char *kind, const char *id, const char *format, ...)
{
  g_autofree char *body = NULL;
  g_autofree char *json_text = NULL;
  g_autoptr (KithRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *scope = NULL;
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
put_case (Page *page, const char *id, const char *client, const char *number, const char *rest)
{
  put (page, "case", id, "{'client':'%s','agency':'" AGENCY_A "','number':'%s','title':'A home','opened_at':'2026-03-02T09:00:00.000Z',%s}", client,
       number, rest);
}

static void
put_on (Page *page, const char *client, const char *of_case, const char *staff)
{
  g_autofree char *key = g_strconcat (of_case != NULL ? of_case : client, ":", staff, NULL);
  g_autofree char *id = kith_id_natural ("assignment", key);

  if (of_case == NULL)
    put (page, "assignment", id, "{'client':'%s','staff':'%s','agency':'" AGENCY_A "'}", client, staff);
  else
    put (page, "assignment", id, "{'client':'%s','case':'%s','staff':'%s','agency':'" AGENCY_A "'}", client, of_case, staff);
}

static void
put_staff (Page *page, const char *id, const char *name, gboolean active)
{
  put (page, "staff", id, "{'agency':'" AGENCY_A "','given_name':'%s','name':'%s','level':'standard','role':'care_coordinator','active':%s,'trained':true}",
       name, name, active ? "true" : "false");
}

static void
put_care (Page *page, const char *client, const char *family)
{
  g_autofree char *key = g_strconcat (client, ":" AGENCY_A, NULL);
  g_autofree char *id = kith_id_natural ("care", key);

  put (page, "care", id, "{'client':'%s','agency':'" AGENCY_A "','family_name':'%s','since':'2026-01-05T10:00:00.000Z'}", client, family);
}

/* C: cases 1 (due in May), 2 (no date), 3 closed; D: case 4 (due in April), only Gil, who has left, is on it; X: care alone, nobody.
 * Ana (the person of this store) is on C, 1, 2 and 3; Ben on C alone. */
static void
fill (Fixture *f)
{
  Page *page;

  fixture_fill (f);
  next_scope = 300;
  page = page_new (210, 3);
  put_staff (page, STAFF ("2"), "Ben", TRUE);
  put_staff (page, STAFF ("3"), "Gil", FALSE);
  put_staff (page, STAFF ("4"), "Hal", FALSE); /* has left, holds nothing */
  put_care (page, CLIENT_C, "García");
  put_care (page, CLIENT_D, "Lopez");
  put_care (page, CLIENT_X, "Wei");
  put_case (page, CASE ("1"), CLIENT_C, "KA-0001", "'phase':'open','next_step':'Call','next_step_on':'2026-05-01'");
  put_case (page, CASE ("2"), CLIENT_C, "KA-0002", "'phase':'open'");
  put_case (page, CASE ("3"), CLIENT_C, "KA-0003", "'phase':'closed','closed_at':'2026-03-03T09:00:00.000Z','outcome':'need_met'");
  put_case (page, CASE ("4"), CLIENT_D, "KA-0004", "'phase':'open','next_step_on':'2026-04-01'");
  put_on (page, CLIENT_C, NULL, USER_U);
  put_on (page, CLIENT_C, CASE ("1"), USER_U);
  put_on (page, CLIENT_C, CASE ("2"), USER_U);
  put_on (page, CLIENT_C, CASE ("3"), USER_U);
  put_on (page, CLIENT_C, NULL, STAFF ("2"));
  put_on (page, CLIENT_D, NULL, STAFF ("3"));
  put_on (page, CLIENT_D, CASE ("4"), STAFF ("3"));
  put (page, "case_note", NOTE ("1"), "{'case':'" CASE ("1") "','sensitivity':'general','at':'2026-03-02T10:00:00.000Z','text':'Met'}");
  put (page, "case_note", NOTE ("2"), "{'case':'" CASE ("1") "','amends':'" NOTE ("1") "','first':'" NOTE ("1") "','sensitivity':'general','at':'2026-03-02T12:00:00.000Z','text':'Met twice'}");
  put (page, "case_note", NOTE ("3"), "{'case':'" CASE ("2") "','sensitivity':'general','at':'2026-03-02T10:00:00.000Z','text':'Other'}");
  put (page, "case_note", NOTE ("4"), "{'case':'" CASE ("1") "','sensitivity':'general','at':'2026-03-02T11:00:00.000Z','text':'Later'}");
  put (page, "assessment", NOTE ("5"), "{'case':'" CASE ("1") "','name':'Screening','assessed_on':'2026-03-02','score':11,'sensitivity':'general','at':'2026-03-02T11:00:00.000Z'}");
  put (page, "goal", NOTE ("6"), "{'case':'" CASE ("1") "','title':'A flat','status':'active','since':'2026-03-02T11:00:00.000Z','sensitivity':'general'}");
  put (page, "case_event", NOTE ("a"), "{'case':'" CASE ("1") "','type':'opened','at':'2026-03-02T09:00:00.000Z'}");
  put (page, "case_event", NOTE ("b"), "{'case':'" CASE ("1") "','type':'note','at':'2026-03-02T10:00:00.000Z','record':'" NOTE ("1") "','sensitivity':'general'}");
  put (page, "case_event", NOTE ("c"), "{'case':'" CASE ("1") "','type':'note','at':'2026-03-02T11:00:00.000Z','record':'" NOTE ("9") "','sensitivity':'health'}");
  put (page, "case_event", NOTE ("e"), "{'case':'" CASE ("3") "','type':'closed','at':'2026-03-03T12:00:00.000Z','outcome':'need_met','text':'Moved in'}");
  put (page, "case_event", NOTE ("d"), "{'case':'" CASE ("1") "','type':'amendment','at':'2026-03-02T12:00:00.000Z','record':'" NOTE ("2") "','sensitivity':'general'}");
  put (page, "transfer_part", NOTE ("7"), "{'transfer':'" NOTE ("8") "','staff':'" USER_U "','n':1,'changes':[{'do':'join','id':null,'client':'" CLIENT_C "','to':'" STAFF ("2") "'},"
       "{'do':'join','id':'" CASE ("1") "','client':'" CLIENT_C "','to':'" STAFF ("2") "'},{'do':'leave','client':'" CLIENT_C "','from':'" STAFF ("3") "'}]}");
  put (page, "transfer_part", NOTE ("f"), "{'transfer':'" NOTE ("0") "','staff':'" USER_U "','n':1,'changes':[{'do':'join','client':'" CLIENT_C "','to':'" STAFF ("2") "'},"
       "{'do':'join','client':'" CLIENT_D "','to':'" USER_U "'}]}");
  put (page, "task", TASK ("1"), "{'case':'" CASE ("1") "','staff':'" USER_U "','agency':'" AGENCY_A "','subject':'Call','done':false}");
  put (page, "task", TASK ("2"), "{'client':'" CLIENT_C "','staff':'" USER_U "','agency':'" AGENCY_A "','subject':'Visit','due_on':'2026-04-02','done':false}");
  put (page, "task", TASK ("3"), "{'staff':'" USER_U "','agency':'" AGENCY_A "','subject':'Report','due_on':'2026-04-01','done':false}");
  put (page, "task", TASK ("4"), "{'case':'" CASE ("1") "','staff':'" USER_U "','agency':'" AGENCY_A "','subject':'Old','done':true}");
  put (page, "task", TASK ("5"), "{'case':'" CASE ("2") "','agency':'" AGENCY_A "','subject':'Nobody’s','due_on':'2026-04-03','done':false}");
  put (page, "task", TASK ("6"), "{'client':'" CLIENT_C "','agency':'" AGENCY_B "','subject':'A partner’s','done':false}");
  page_end (page, "c210", FALSE);
  page_apply (f, page);
}

/* Rows of a named query, each as the columns named in shown (numbers, "0 3"), separated by " | ". */
static char *
rows (Fixture *f, const char *query, const char *first, const char *second, const char *shown)
{
  g_auto (GStrv) columns = g_strsplit (shown, " ", -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_query (kith_store_get_db (f->store), query, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  kith_db_bind_text (stmt, 1, first);
  if (second != NULL)
    kith_db_bind_text (stmt, 2, second);
  while (kith_db_step (stmt, &error) == KITH_DB_ROW)
    {
      if (text->len > 0)
        g_string_append (text, " | ");
      for (guint i = 0; columns[i] != NULL; i++)
        {
          const char *value = kith_db_text (stmt, atoi (columns[i]));

          g_string_append_printf (text, "%s%s", i > 0 ? " " : "", value != NULL ? value : "-");
        }
    }
  g_assert_no_error (error);
  return g_string_free (text, FALSE);
}

static void
test_lists (Fixture *f, gconstpointer data)
{
  static const struct { const char *query, *first, *second, *shown, *expected; } cases[] = {
    /* number, next step, family name */
    { "cases-mine", USER_U, NULL, "1 9 12", "KA-0001 2026-05-01 García | KA-0002 - García" },
    { "cases-mine", STAFF ("2"), NULL, "1", "" },
    { "cases-all", USER_U, AGENCY_A, "1 14", "KA-0004 0 | KA-0001 1 | KA-0002 1 | KA-0003 1" },
    /* active first */
    { "client-cases", CLIENT_C, NULL, "1 4 15", "KA-0001 open 1 | KA-0002 open 1 | KA-0003 closed 1" },
    { "client-cases", CLIENT_X, NULL, "1", "" },
    { "client-cases-open", CLIENT_C, NULL, "1", "A home · KA-0001 | A home · KA-0002" },
    { "client-cases-open", CLIENT_X, NULL, "1", "" },
    /* how many clients, how many have them now, who that is, whose record is here */
    { "transfer-moved", NOTE ("8"), NULL, "1 2 3 4 6", "1 1 Ben 1 García" },
    { "transfer-moved", NOTE ("0"), NULL, "1 2", "2 2" }, { "transfer-moved", NOTE ("1"), NULL, "1", "" },
    { "case", CASE ("1"), NULL, "2 4 5 6", "Alder House García 1 0" },
    { "case", CASE ("3"), NULL, "8", "Moved in" }, { "case", CASE ("1"), NULL, "8", "-" },
    { "cases-closed", USER_U, AGENCY_A, "1 14", "KA-0003 1" },
    /* on paper: an amendment behind what it amends */
    { "client-case-notes", CLIENT_C, NULL, "2 9 10 11", "KA-0001 Met - 1 | KA-0001 Met twice 2026-03-02T10:00:00.000Z 0 | KA-0001 Later - 0 | KA-0002 Other - 0" },
    { "client-assessments", CLIENT_C, NULL, "2 5 9 12", "KA-0001 Screening 11 general" },
    { "client-goals", CLIENT_C, NULL, "2 5 6 14", "KA-0001 A flat active -" },
    { "client-case-notes", CLIENT_D, NULL, "2", "" },
    { "case-team", CASE ("4"), NULL, "2 3", "Gil 0" },
    /* type, text, hidden, amended: that there is a note one may not see is seen, what it says is not */
    { "case-timeline", CASE ("1"), NULL, "1 8 9 11", "amendment Met twice 0 0 | note - 1 0 | note Met 0 1 | opened - 0 0" },
    { "tasks-mine", USER_U, NULL, "1 11 15", "Report - - | Visit - García | Call KA-0001 García" },
    { "case-tasks", CASE ("1"), NULL, "1 5", "Call 0 | Old 1" },
    { "client-tasks", CLIENT_C, NULL, "1 8", "Visit Ana Ruiz | A partner’s -" },
    /* name, active, clients, cases, referrals, tasks; who has left and holds something stands last */
    { "cases-due", USER_U, "2026-05-01", "1 3", "KA-0001 Call" },
    { "cases-due", USER_U, "2026-04-30", "1", "" },
    { "cases-stepless", USER_U, NULL, "1 3 7", "KA-0002 - García" }, { "cases-stepless", STAFF ("3"), NULL, "1", "" },
    { "case-colleagues", CASE ("1"), NULL, "1", "Ana Ruiz" },
    { "staff-load", AGENCY_A, NULL, "1 3 11 12 13 14 15", "- 1 2 1 0 1 0 | Ana Ruiz 1 1 2 0 3 6 | Ben 1 1 0 0 0 1 | Gil 0 1 1 0 0 2" },
    /* what a person who has left holds waits for somebody (U21) */
    { "staff-waits", AGENCY_A, NULL, "3 5 7 9", "García 0 1 - | Lopez 1 0 Gil | Wei 0 0 -" },
    { "staff-holds", USER_U, NULL, "3 5 6 7", "García 2 0 2" },
    { "balance-work", AGENCY_A, NULL, "2 6", "5 García | 1 García | 2 Lopez" },
    { "client-team", CLIENT_C, NULL, "2", "Ana Ruiz | Ben" },
    { "client-closed-team", CLIENT_C, NULL, "2 4", "Ana Ruiz " CASE ("3") },
    { "client-tasks-open", CLIENT_C, NULL, "1 2", USER_U " " CASE ("1") " | " USER_U " - | - " CASE ("2") " | - -" },
    { "client-closed-team", CLIENT_D, NULL, "2 4", "" },
  };

  fill (f);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *got = rows (f, cases[i].query, cases[i].first, cases[i].second, cases[i].shown);

      g_test_message ("%s", cases[i].query);
      g_assert_cmpstr (got, ==, cases[i].expected);
    }
}

/* A6, P17: what stays with whoever is taken off a client: what they work on, and what they sent; not what is over. */
static void
test_referrals_open (Fixture *f, gconstpointer data)
{
  static const struct { const char *phase, *assignee, *author, *expected; } cases[] = {
    { "accepted", STAFF ("2"), "", STAFF ("2") " 0" },    { "in_service", STAFF ("2"), "", STAFF ("2") " 0" },
    { "closed_resolved", STAFF ("2"), STAFF ("3"), "" },  { "declined", "", STAFF ("3"), "" },
    { "sent", "", STAFF ("3"), STAFF ("3") " 1" },        { "draft", "", STAFF ("3"), "" },
    { "pending_consent", "", STAFF ("3"), "" }, /* nobody has sent these */
    { "contacting", STAFF ("2"), STAFF ("3"), STAFF ("2") " 0 | " STAFF ("3") " 1" },
  };

  fill (f);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *cursor = g_strdup_printf ("c%u", 300 + i), *assignee = *cases[i].assignee ? g_strdup_printf (",'assignee':'%s'", cases[i].assignee) : g_strdup ("");
      g_autofree char *author = *cases[i].author ? g_strdup_printf (",'author':'%s'", cases[i].author) : g_strdup (""), *got = NULL;
      Page *page = page_new (300 + i, 4 + i);

      next_scope = 600 + (int) i;
      put (page, "referral", NOTE ("7"), "{'client':'" CLIENT_X "','agency':'" AGENCY_A "','agency_to':'" AGENCY_A "','number':'KA-0100','phase':'%s'%s%s}", cases[i].phase, assignee, author);
      page_end (page, cursor, FALSE);
      page_apply (f, page);
      got = rows (f, "client-referrals-open", CLIENT_X, NULL, "1 2");
      g_test_message ("%s", cases[i].phase);
      g_assert_cmpstr (got, ==, cases[i].expected);
    }
}

/* Two persons with the same first family name are told apart by the second, and by the middle name that stands over their own page, wherever cases, tasks and staff are listed. */
static void
test_second_names (Fixture *f, gconstpointer data)
{
  static const struct { const char *query, *first, *second, *shown, *expected; } lists[] = {
    { "cases-mine", USER_U, NULL, "1 16", "KA-0001 Ruiz | KA-0002 Ruiz" },
    { "cases-all", USER_U, AGENCY_A, "1 16", "KA-0004 - | KA-0001 Ruiz | KA-0002 Ruiz | KA-0003 Ruiz" },
    { "cases-closed", USER_U, AGENCY_A, "1 16", "KA-0003 Ruiz" },
    { "case", CASE ("1"), NULL, "9", "Ruiz" },
    { "tasks-mine", USER_U, NULL, "1 18", "Report - | Visit Ruiz | Call Ruiz" },
    { "cases-due", USER_U, "2026-05-01", "1 8", "KA-0001 Ruiz" },
    { "staff-holds", USER_U, NULL, "3 11", "García Ruiz" },
    { "balance-work", AGENCY_A, NULL, "6 8", "García Ruiz | García Ruiz | Lopez -" },
  };
  static const struct { const char *query, *first, *second, *shown, *expected; } middles[] = {
    { "cases-mine", USER_U, NULL, "1 17", "KA-0001 Inés | KA-0002 Inés" }, { "case", CASE ("1"), NULL, "10", "Inés" },
    { "tasks-mine", USER_U, NULL, "1 19", "Report - | Visit Inés | Call Inés" }, { "staff-holds", USER_U, NULL, "3 12", "García Inés" },
  };
  g_autofree char *id = NULL;

  fill (f);
  id = submit (f, "record.patch", "{'t':'client','id':'" CLIENT_C "','set':{'second_family_name':{'old':null,'new':'Ruiz'},'middle_name':{'old':null,'new':'Inés'}}}");
  for (guint i = 0; i < G_N_ELEMENTS (middles); i++)
    {
      g_autofree char *got = rows (f, middles[i].query, middles[i].first, middles[i].second, middles[i].shown);

      g_test_message ("%s", middles[i].query);
      g_assert_cmpstr (got, ==, middles[i].expected);
    }
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autofree char *got = rows (f, lists[i].query, lists[i].first, lists[i].second, lists[i].shown);

      g_test_message ("%s", lists[i].query);
      g_assert_cmpstr (got, ==, lists[i].expected);
    }
}

static char *
due_at (Fixture *f, const char *now)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_query (kith_store_get_db (f->store), "tasks-due", &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  kith_db_bind_text (stmt, 1, USER_U);
  kith_db_bind_text (stmt, 2, now);
  kith_db_bind_text (stmt, 3, "2026-04-08");
  while (kith_db_step (stmt, &error) == KITH_DB_ROW)
    g_string_append_printf (text, "%s%s%s", text->len > 0 ? " | " : "", kith_db_text (stmt, 1), kith_db_text (stmt, 7) != NULL ? "" : " (nobody)");
  g_assert_no_error (error);
  return g_string_free (text, FALSE);
}

static char *
due (Fixture *f)
{
  return due_at (f, "2026-04-01T10:00:00.000Z");
}

/* What was put off comes back at its time, not before. */
static void
test_put_off (Fixture *f, gconstpointer data)
{
  g_autofree char *before = NULL, *after = NULL;
  Page *page = page_new (230, 4);

  fill (f);
  put (page, "task", TASK ("1"), "{'agency':'" AGENCY_A "','staff':'" USER_U "','case':'" CASE ("1") "','subject':'Call','done':false,"
                                 "'snoozed_until':'2026-04-02T07:00:00.000Z'}");
  page_end (page, "c230", FALSE);
  page_apply (f, page);
  before = due_at (f, "2026-04-02T06:59:59.999Z");
  g_assert_null (strstr (before, "Call"));
  after = due_at (f, "2026-04-02T07:00:00.000Z");
  g_assert_nonnull (strstr (after, "Call"));
}

/* A6: what nobody of the agency has to do any more is seen by its supervisors, and by nobody else among what they have to do. */
static void
test_nobodys (Fixture *f, gconstpointer data)
{
  g_autofree char *own = NULL, *all = NULL;
  Page *page;

  fill (f);
  all = due (f);
  g_assert_cmpstr (all, ==, "Report | Visit | Nobody’s (nobody) | Call");
  page = page_new (230, 4);
  put (page, "staff", USER_U, "{'agency':'" AGENCY_A "','given_name':'Ana','name':'Ana Ruiz','level':'standard','role':'care_coordinator','active':true,"
                              "'trained':true}");
  page_end (page, "c230", FALSE);
  page_apply (f, page);
  own = due (f);
  g_assert_cmpstr (own, ==, "Report | Visit | Call");
}

/* Who has left gives what is theirs to who has least; a client goes to nobody who is on it already, and what nobody can take is told. */
static void
test_balance (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithProposal) proposal = NULL;
  KithProposalMove *move;
  KithProposalPerson *ben;

  fill (f);
  proposal = kith_store_propose_balance (kith_store_get_db (f->store), AGENCY_A, "2026-03-02", 100, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (proposal->people->len, ==, 3); /* not what waits for somebody */
  g_assert_cmpuint (proposal->moves->len, ==, 1);
  move = proposal->moves->pdata[0];
  g_assert_cmpstr (move->client, ==, CLIENT_D);
  g_assert_cmpstr (move->from_name, ==, "Gil");
  g_assert_cmpstr (move->to_name, ==, "Ben");
  g_assert_cmpuint (move->weight, ==, 2);
  ben = proposal->people->pdata[1];
  g_assert_cmpstr (ben->name, ==, "Ben");
  g_assert_cmpuint (ben->before, ==, 1);
  g_assert_cmpuint (ben->after, ==, 3);
}

static char *
how_absent (Fixture *f, const char *kind, const char *record)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_query (kith_store_get_db (f->store), "absent", &error);

  g_assert_no_error (error);
  kith_db_bind_text (stmt, 1, STAFF ("7"));
  kith_db_bind_text (stmt, 2, kind);
  kith_db_bind_text (stmt, 3, record);
  g_assert_cmpint (kith_db_step (stmt, &error), ==, KITH_DB_ROW);
  g_assert_cmpstr (kith_db_text (stmt, 0), ==, record);
  return g_strdup (kith_db_text (stmt, 1) != NULL ? kith_db_text (stmt, 1) : "unknown");
}

/* A link leads to what is not here: what the store still knows of it. */
static void
test_absent (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *kind, *record, *how;
  } records[] = {
    { "client", ABSENT ("1"), "named" }, { "service", ABSENT ("2"), "named" }, { "case", ABSENT ("3"), "named" },
    { "client", ABSENT ("4"), "left" },  { "case", ABSENT ("5"), "left" },     { "client", ABSENT ("6"), "unknown" },
    { "case", ABSENT ("7"), "over" },    { "client", ABSENT ("8"), "named" },  { "service", ABSENT ("9"), "unknown" },
  };
  Page *page = page_new (230, 3);
  g_autofree char *coming = NULL;

  fixture_fill (f);
  next_scope = 500;
  put (page, "referral", ABSENT ("a"), "{'number':'NA-0017','agency':'" AGENCY_A "','phase':'sent','client':'" ABSENT ("1") "','service':'" ABSENT ("2") "'}");
  put (page, "notice", ABSENT ("b"), "{'staff':'" STAFF ("7") "','type':'assigned','case':'" ABSENT ("3") "','at':'2026-03-01T09:00:00.000Z'}");
  put (page, "notice", ABSENT ("c"), "{'staff':'" STAFF ("7") "','type':'consent_revoked','client':'" ABSENT ("8") "','at':'2026-03-01T09:00:00.000Z'}");
  put (page, "notice", ABSENT ("d"), "{'staff':'" STAFF ("8") "','type':'consent_revoked','client':'" ABSENT ("6") "','at':'2026-03-01T09:00:00.000Z'}");
  put (page, "past_assignment", ABSENT ("e"), "{'client':'" ABSENT ("4") "','case':'" ABSENT ("5") "','staff':'" STAFF ("7") "','agency':'" AGENCY_A "','ended_at':'2026-03-01T09:00:00.000Z'}");
  page_end (page, "c230", FALSE);
  page_apply (f, page);
  g_assert_true (kith_db_exec (kith_store_get_db (f->store), "INSERT INTO hidden_row VALUES ('case', '" ABSENT ("7") "', 1, 1, '{}')", NULL));
  g_assert_true (kith_db_exec (kith_store_get_db (f->store), "UPDATE scope SET filled = 1", NULL));
  for (guint i = 0; i < G_N_ELEMENTS (records); i++)
    {
      g_autofree char *how = how_absent (f, records[i].kind, records[i].record);

      g_test_message ("%s %s", records[i].kind, records[i].record);
      g_assert_cmpstr (how, ==, records[i].how);
    }
  /* What has not come yet is not told as taken away: the record's own scope, or on a new computer what comes to everybody. */
  g_assert_true (kith_db_exec (kith_store_get_db (f->store), "INSERT INTO scope (name, filled) VALUES ('client:" ABSENT ("6") "', 0)", NULL));
  coming = how_absent (f, "client", ABSENT ("6"));
  g_assert_cmpstr (coming, ==, "coming");
  g_assert_true (kith_db_exec (kith_store_get_db (f->store), "UPDATE scope SET filled = 0 WHERE name = 'dir'", NULL));
  for (guint i = 0; i < G_N_ELEMENTS (records); i++)
    {
      g_autofree char *how = how_absent (f, records[i].kind, records[i].record);

      g_assert_cmpstr (how, ==, g_str_equal (records[i].how, "over") ? "over" : "coming");
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/cases/lists", Fixture, NULL, fixture_set_up, test_lists, fixture_tear_down);
  g_test_add ("/store/cases/second-family-names", Fixture, NULL, fixture_set_up, test_second_names, fixture_tear_down);
  g_test_add ("/store/cases/A6-P17-referrals-open", Fixture, NULL, fixture_set_up, test_referrals_open, fixture_tear_down);
  g_test_add ("/store/cases/A6-nobodys", Fixture, NULL, fixture_set_up, test_nobodys, fixture_tear_down);
  g_test_add ("/store/cases/put-off", Fixture, NULL, fixture_set_up, test_put_off, fixture_tear_down);
  g_test_add ("/store/cases/balance", Fixture, NULL, fixture_set_up, test_balance, fixture_tear_down);
  g_test_add ("/store/cases/absent", Fixture, NULL, fixture_set_up, test_absent, fixture_tear_down);
  return g_test_run ();
}
