/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A week of free places as the desktop reads it (lists-capacity.sql), and what one plan does to those before it here, before the hub has it (P4). */

#include "waiting-town.h"

#define CAPACITY "0197f500-0000-7000-8000-000000000001"
#define COUNT(n) "0197f600-0000-7000-8000-00000000000" n
#define PLAN(n) "0197f400-0000-7000-8000-00000000000" n

static void
put_count (Page *page, const char *id, const char *at, const char *more)
{
  put (page, "capacity_observation", id, "{'capacity':'" CAPACITY "','service':'" SERVICE_S "','unit':'bed','free':3,'observed_at':'%s'%s}", at, more);
}

static void
fill (Fixture *f)
{
  g_autofree char *link = kith_id_natural ("staff_service", USER_U ":" SERVICE_S);
  Page *page;

  fixture_fill (f);
  next_scope = 300;
  page = page_new (210, 3);
  put (page, "service", SERVICE_S, "{'organization_id':'" AGENCY_A "','name':'Beds','status':'active'}");
  put (page, "staff_service", link, "{'staff':'" USER_U "','service':'" SERVICE_S "','agency':'" AGENCY_A "','role':'referral_manager'}");
  put (page, "capacity", CAPACITY, "{'service':'" SERVICE_S "','agency':'" AGENCY_A "','unit':'bed','status':'open','free':3,'observed':3,'observed_status':'open','observed_at':'2026-03-04T08:00:00.000Z'}");
  put_count (page, COUNT ("1"), "2026-03-01T23:59:59.999Z", "");
  put_count (page, COUNT ("3"), "2026-03-03T09:00:00.000Z", ",'late':true"); /* it came in after the one of the fourth: of the third it is the last all the same */
  put_count (page, COUNT ("2"), "2026-03-02T00:00:00.000Z", "");
  put_count (page, COUNT ("4"), "2026-03-04T08:00:00.000Z", ",'plan':'" PLAN ("1") "'");
  put_count (page, COUNT ("5"), "2026-03-05T08:00:00.000Z", ",'words':true"); /* no count */
  put_count (page, COUNT ("6"), "2026-03-09T00:00:00.000Z", "");
  put (page, "capacity_plan", PLAN ("1"), "{'service':'" SERVICE_S "','unit':'bed','hour':'08:00','free':6,'weekdays':['MO','TU','FR'],'live':true,'at':'2026-02-01T08:00:00.000Z','done_on':'2026-03-03'}");
  put (page, "capacity_plan", PLAN ("5"), "{'service':'" SERVICE_S "','unit':'slot','hour':'08:00','free':6,'live':false,'cancelled_at':'2026-03-08T09:00:00.000Z'}");
  page_end (page, "c210", FALSE);
  page_apply (f, page);
}

/* Sync.md 2.5: what was counted in the week, in the order of the moments, whenever it came in. */
static void
test_week (Fixture *f, gconstpointer data)
{
  fill (f);
  ASSERT_COLUMN ("capacity-week", "id", COUNT ("2") " " COUNT ("3") " " COUNT ("4"), CAPACITY, "2026-03-02T00:00:00.000Z", "2026-03-09T00:00:00.000Z");
  ASSERT_COLUMN ("capacity-plans", "done_on", "2026-03-03", SERVICE_S);
  ASSERT_COLUMN ("capacity-plans", "at", "2026-02-01T08:00:00.000Z", SERVICE_S);
  ASSERT_COLUMN ("capacity-plans-cancelled", "id", PLAN ("5"), SERVICE_S, "slot");
  ASSERT_COLUMN ("capacity-plans-cancelled", "id", "", SERVICE_S, "bed");
}

/* P4: by whose clock the week is, for whoever holds no settings of the agency that say so: it stands with the agency. */
static void
test_zone (Fixture *f, gconstpointer data)
{
  Page *page;

  fill (f);
  ASSERT_COLUMN ("capacity-own", "time_zone", "-", AGENCY_A, USER_U, "1");
  next_scope = 301;
  page = page_new (211, 3);
  put (page, "organization", AGENCY_A, "{'name':'Harbor House','time_zone':'America/Los_Angeles'}");
  page_end (page, "c211", FALSE);
  page_apply (f, page);
  ASSERT_COLUMN ("capacity-own", "time_zone", "America/Los_Angeles", AGENCY_A, USER_U, "1");
}

/* One act, one undo: every Friday is planned anew, so the plan of before is for the other days; taken back, all is as it was. */
static void
test_one_undo (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) args = json ("{'id':'" PLAN ("9") "','service':'" SERVICE_S "','unit':'bed','hour':'08:00','free':2,'weekdays':['FR']}");
  g_autoptr (GError) error = NULL;
  g_autofree char *op_id = NULL;
  gboolean undone;

  fill (f);
  kith_store_submit (f->store, "capacity.schedule", args, 8000, &op_id, &error);
  g_assert_no_error (error);
  ASSERT_COLUMN ("capacity-plans", "id", PLAN ("1") " " PLAN ("9"), SERVICE_S);
  ASSERT_COLUMN ("capacity-plans", "weekdays", "[\"MO\",\"TU\"] [\"FR\"]", SERVICE_S);
  g_assert_true (kith_store_undo (f->store, op_id, &undone, NULL, &error));
  g_assert_true (undone);
  ASSERT_COLUMN ("capacity-plans", "id", PLAN ("1"), SERVICE_S);
  ASSERT_COLUMN ("capacity-plans", "weekdays", "[\"MO\",\"TU\",\"FR\"]", SERVICE_S);
}

/* ux.md 2.1: a count is not sent yet, then refused: the hub's number stands, and the other beside it until somebody has decided. */
static void
test_refused (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) args = json ("{'service':'" SERVICE_S "','unit':'bed','free':2}");
  g_autoptr (GError) error = NULL;
  g_autofree char *op_id = NULL, *line = NULL;
  g_autoptr (JsonObject) sent = NULL;
  g_autofree char *link = kith_id_natural ("staff_service", USER_U ":" SERVICE_S), *capacity = kith_id_natural ("capacity", SERVICE_S ":bed");
  Page *page;

  fixture_fill (f);
  next_scope = 300;
  page = page_new (210, 3);
  put (page, "service", SERVICE_S, "{'organization_id':'" AGENCY_A "','name':'Beds','status':'active'}");
  put (page, "staff_service", link, "{'staff':'" USER_U "','service':'" SERVICE_S "','agency':'" AGENCY_A "','role':'referral_manager'}");
  put (page, "capacity", capacity, "{'service':'" SERVICE_S "','agency':'" AGENCY_A "','unit':'bed','status':'open','free':3,'observed':3,'observed_status':'open','observed_at':'2020-03-04T08:00:00.000Z'}");
  page_end (page, "c210", FALSE);
  page_apply (f, page);
  ASSERT_COLUMN ("capacity-own", "pending", "0", AGENCY_A, USER_U, "1");
  kith_store_submit (f->store, "capacity.observe", args, 0, &op_id, &error);
  g_assert_no_error (error);
  ASSERT_COLUMN ("capacity-own", "pending", "1", AGENCY_A, USER_U, "1");
  ASSERT_COLUMN ("capacity-own", "refused_free", "-", AGENCY_A, USER_U, "1");
  sent = push (f, NULL);
  line = g_strdup_printf ("{'n':1,'id':'%s','st':'rejected','code':'denied','message':'No.'}\n", op_id);
  answer (f, line);
  ASSERT_COLUMN ("capacity-own", "pending", "0", AGENCY_A, USER_U, "1");
  ASSERT_COLUMN ("capacity-own", "free", "3", AGENCY_A, USER_U, "1");
  ASSERT_COLUMN ("capacity-own", "refused_free", "2", AGENCY_A, USER_U, "1");
  g_assert_true (kith_store_settle (f->store, op_id, FALSE, NULL, &error));
  g_assert_no_error (error);
  ASSERT_COLUMN ("capacity-own", "refused_free", "-", AGENCY_A, USER_U, "1");
}

/* domain.md 2h: what is found says whether a place may be taken, and the number is of such places where there are any. */
static void
test_assessment (Fixture *f, gconstpointer data)
{
  static const struct { const char *bed, *slot, *free, *assess; } cases[] = {
    { "'status':'open','free':3", "'status':'open','free':7", "7", "0" },
    { "'status':'open','free':3", "'status':'open','free':7,'kind':'assess'", "3", "0" },
    { "'status':'open','free':3,'assess_first':true", "'status':'open','free':7,'kind':'assess'", "3", "1" },
    { "'status':'open','free':3,'assess_first':false,'kind':'service'", "'status':'none','free':0", "3", "0" },
    { "'status':'none','free':0", "'status':'open','free':7,'kind':'assess','assess_first':true", "7", "2" },
    { "'status':'none','free':0", "'status':'open','assess_first':true", "-", "1" },
    { "'status':'none','free':0,'assess_first':true", "'status':'waitlist','free':0,'kind':'assess'", "-", "-" },
  };

  fixture_fill (f);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *next = g_strdup_printf ("c%u", 221 + i);
      Page *page = page_new (221 + i, 3);

      g_test_message ("%u", i);
      next_scope = 410 + 10 * i;
      put (page, "service", SERVICE_S, "{'organization_id':'" AGENCY_A "','name':'Beds','status':'active'}");
      put (page, "capacity", CAPACITY, "{'service':'" SERVICE_S "','agency':'" AGENCY_A "','unit':'bed','observed_at':'2026-03-04T08:00:00.000Z',%s}", cases[i].bed);
      put (page, "capacity", "0197f500-0000-7000-8000-000000000002", "{'service':'" SERVICE_S "','agency':'" AGENCY_A "','unit':'slot','observed_at':'2026-03-04T08:00:00.000Z',%s}", cases[i].slot);
      page_end (page, next, FALSE);
      page_apply (f, page);
      ASSERT_COLUMN ("organization-services", "free", cases[i].free, AGENCY_A);
      ASSERT_COLUMN ("organization-services", "assess", cases[i].assess, AGENCY_A);
    }
}

/* P14: whoever follows an agency counts what of it is in a queue in use; what is followed itself is there in any case. */
static void
test_portal (Fixture *f, gconstpointer data)
{
  static const struct { const char *follows, *queue, *link, *names; } cases[] = {
    { AGENCY_A, "{'name':'Q','inactive':true}", NULL, "" },
    { "0197f700-0000-7000-8000-000000000001", "{'name':'Q','inactive':true}", NULL, "Meals" },
    { AGENCY_A, "{'name':'Q'}", NULL, "Beds Meals" }, /* it is for all */
    { AGENCY_A, "{'name':'Q'}", "0197f700-0000-7000-8000-000000000001", "Meals" },
    { AGENCY_A, "{'name':'Q'}", "0197f700-0000-7000-8000-000000000002", "Meals" }, /* its program */
    { AGENCY_A, "{'name':'Q'}", AGENCY_A, "Beds Meals" },
    { AGENCY_A, "{'name':'Q'}", AGENCY_B, "" },
  };

  fixture_fill (f);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *next = g_strdup_printf ("c%u", 211 + i), *me = g_strdup_printf ("{'agency':'" AGENCY_A "','level':'portal','resources':['%s']}", cases[i].follows);
      Page *page = page_new (211 + i, 3);

      next_scope = 310 + 10 * i;
      put (page, "service", SERVICE_S, "{'organization_id':'" AGENCY_A "','name':'Beds','status':'active'}");
      put (page, "service", "0197f700-0000-7000-8000-000000000001",
           "{'organization_id':'" AGENCY_A "','program_id':'0197f700-0000-7000-8000-000000000002','name':'Meals','status':'active'}");
      put (page, "staff", USER_U, "%s", me);
      put (page, "queue", "0197f700-0000-7000-8000-000000000003", "%s", cases[i].queue);
      if (cases[i].link)
        {
          g_autofree char *link = g_strdup_printf ("{'queue':'0197f700-0000-7000-8000-000000000003','resource':'%s'}", cases[i].link);

          put (page, "queue_resource", "0197f700-0000-7000-8000-000000000004", "%s", link);
        }
      page_end (page, next, FALSE);
      page_apply (f, page);
      g_test_message ("%u", i);
      ASSERT_COLUMN ("capacity-own", "name", cases[i].names, AGENCY_A, USER_U, "0");
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/capacity/P4-week", Fixture, NULL, fixture_set_up, test_week, fixture_tear_down);
  g_test_add ("/store/capacity/P4-zone", Fixture, NULL, fixture_set_up, test_zone, fixture_tear_down);
  g_test_add ("/store/capacity/P14-portal", Fixture, NULL, fixture_set_up, test_portal, fixture_tear_down);
  g_test_add ("/store/capacity/2h-assessment", Fixture, NULL, fixture_set_up, test_assessment, fixture_tear_down);
  g_test_add ("/store/capacity/refused", Fixture, NULL, fixture_set_up, test_refused, fixture_tear_down);
  g_test_add ("/store/capacity/P4-one-undo", Fixture, NULL, fixture_set_up, test_one_undo, fixture_tear_down);
  return g_test_run ();
}
