/* SPDX-License-Identifier: GPL-3.0-or-later */

/* More waits for one person than a page shows at first: My Day is told of all of it, the oldest first, and how much it is. */

#include "kith-store-private.h"
#include "waiting-town.h"

#define N 60 /* of each */
#define NOW "2026-03-10T08:00:00.000Z"
#define TODAY "2026-03-10"
#define REFERRALS STAFF ("7"), NOW, TODAY, "2026-02-01", NOW
#define TASKS STAFF ("7"), NOW, "2026-03-17", TODAY

static const char *
nth_id (guint of, guint i)
{
  static char id[37];

  g_snprintf (id, sizeof id, "0197f4%02x-0000-7000-8000-0000000000%02x", of, i);
  return id;
}

/* A manager's: N to answer, and N on the wait list; N tasks that are due and N that are not; N steps, and N cases without one; N calls, news, consents. */
static void
fill (Fixture *f)
{
  Page *page;

  fixture_fill (f);
  next_scope = 300;
  page = page_new (210, 3);
  put_staff (page, STAFF ("7"), "referral_manager", "");
  put (page, "staff", STAFF ("8"), "{'name':'At 2-1-1','level':'network','active':true}");
  for (guint i = 0; i < N; i++)
    {
      g_autofree char *key = g_strdup_printf ("%s:" STAFF ("7"), nth_id (4, i)), *stepless = g_strdup_printf ("%s:" STAFF ("7"), nth_id (5, i));
      g_autofree char *on = kith_id_natural ("assignment", key), *on_stepless = kith_id_natural ("assignment", stepless);
      g_autofree char *contact = g_strdup (nth_id (6, i)), *a_case = g_strdup (nth_id (4, i)), *other_case = g_strdup (nth_id (5, i));

      put (page, "referral", nth_id (0, i), "{'number':'KB-10%02u','type':'warm','agency':'" AGENCY_B "','agency_to':'" AGENCY_A "','phase':'sent','sent_at':'2026-03-01T09:%02u:00.000Z'}", i, N - 1 - i);
      put (page, "referral", nth_id (1, i), "{'number':'KB-20%02u','type':'warm','agency':'" AGENCY_B "','agency_to':'" AGENCY_A "','phase':'waitlisted','sent_at':'2026-02-01T09:%02u:00.000Z'}", i, i);
      put (page, "task", nth_id (2, i), "{'staff':'" STAFF ("7") "','agency':'" AGENCY_A "','subject':'Due %02u','due_on':'2026-03-%02u','done':false}", i, 10 - i % 9);
      put (page, "task", nth_id (3, i), "{'staff':'" STAFF ("7") "','agency':'" AGENCY_A "','subject':'Later %02u','due_on':'2026-03-12','done':false}", i);
      put (page, "case", a_case, "{'client':'" CLIENT_C "','agency':'" AGENCY_A "','number':'KA-00%02u','title':'A home','opened_at':'2026-03-02T09:00:00.000Z','phase':'open','next_step_on':'2026-03-11'}", i);
      put (page, "assignment", on, "{'client':'" CLIENT_C "','case':'%s','staff':'" STAFF ("7") "','agency':'" AGENCY_A "'}", a_case);
      put (page, "case", other_case, "{'client':'" CLIENT_C "','agency':'" AGENCY_A "','number':'KA-10%02u','title':'Papers','opened_at':'2026-03-02T09:%02u:00.000Z','phase':'open'%s}", i, i, i == 0 ? ",'next_step':'Ask'" : "");
      put (page, "assignment", on_stepless, "{'client':'" CLIENT_C "','case':'%s','staff':'" STAFF ("7") "','agency':'" AGENCY_A "'}", other_case);
      put (page, "contact_record", contact, "{'number':'KK-01%02u','submitted_at':'2026-03-01T09:%02u:00.000Z','author':'" STAFF ("8") "','name':'Ana'}", i, i);
      put (page, "contact_need", nth_id (7, i), "{'contact':'%s','words':'food','status':'open'}", contact);
      put (page, "notice", nth_id (8, i), "{'staff':'" STAFF ("7") "','type':'note','at':'2026-03-01T10:%02u:00.000Z','read':false}", i);
    }
  page_end (page, "c210", FALSE);
  page_apply (f, page);
}

static guint
count_ids (Fixture *f, const char *query, const char *const *args)
{
  g_autofree char *ids = column_of (f, query, args, "id");
  g_auto (GStrv) list = g_strsplit (ids, " ", -1);

  return g_strv_length (list);
}

#define COUNT(query, ...) count_ids (f, query, (const char *const[]) { __VA_ARGS__, NULL })

static char *
first_of (Fixture *f, const char *query, const char *column, const char *const *args)
{
  g_autofree char *all = column_of (f, query, args, column);

  return g_strndup (all, strcspn (all, " "));
}

#define ASSERT_FIRST(query, column, expected, ...)                                                                     \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_autofree char *first_ = first_of (f, query, column, (const char *const[]) { __VA_ARGS__, NULL });                \
    g_assert_cmpstr (first_, ==, expected);                                                                            \
  }                                                                                                                    \
  G_STMT_END

static void
test_more (Fixture *f, gconstpointer data)
{
  fill (f);
  g_assert_cmpuint (COUNT ("referrals-waiting", REFERRALS), ==, 2 * N + 1); /* and that of the fixture, which goes to the whole agency */
  ASSERT_FIRST ("referrals-waiting", "n_waiting", "61", REFERRALS);
  g_assert_cmpuint (COUNT ("tasks-due", TASKS), ==, 2 * N);
  ASSERT_FIRST ("tasks-due", "n_due", "60", TASKS);
  ASSERT_FIRST ("tasks-due", "due_on", "2026-03-02", TASKS);
  g_assert_cmpuint (COUNT ("cases-due", STAFF ("7"), "2026-03-17"), ==, N);
  g_assert_cmpuint (COUNT ("cases-stepless", STAFF ("7")), ==, N);
  ASSERT_FIRST ("cases-stepless", "number", "KA-1001", STAFF ("7")); /* without any step, the oldest; what says one stands behind those */
  g_assert_cmpuint (COUNT ("contacts-waiting", STAFF ("8"), TODAY), ==, N);
  ASSERT_FIRST ("contacts-waiting", "number", "KK-0100", STAFF ("8"), TODAY);
  g_assert_cmpuint (COUNT ("notices-new", STAFF ("7")), ==, N);
}

/* What is urgent, then what waits longest; what goes on by itself stands behind all that waits. */
static void
test_oldest (Fixture *f, gconstpointer data)
{
  const char *args[] = { REFERRALS, NULL };
  g_autofree char *later = NULL;

  fill (f);
  later = column_of (f, "referrals-waiting", args, "later");
  g_assert_cmpuint (strcspn (later, "1"), ==, 2 * (N + 1));
  g_assert_null (strchr (strchr (later, '1'), '0'));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/day/more-than-fifty", Fixture, NULL, fixture_set_up, test_more, fixture_tear_down);
  g_test_add ("/store/day/oldest-first", Fixture, NULL, fixture_set_up, test_oldest, fixture_tear_down);
  return g_test_run ();
}
