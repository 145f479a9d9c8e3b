/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "faulty-vfs.h"
#include "store-fixture.h"

#include <string.h>

/* Every write of a working day fails in turn: what was answered with success is there afterwards, what was not left no
 * trace, and the store goes on (sync.md 4). */

#define PATCH "{'t':'client','id':'" CLIENT_C "','set':{'email':{'old':'jose@example.org','new':'new@example.org'}}}"
#define NTH_MOST 400
#define WIPE_MOST 4000 /* every page is written twice */

typedef struct
{
  gboolean submitted, numbered, answered, pulled;
} Day;

static GBytes *
page_of_the_day (void)
{
  Page *page = page_new (130, 2);

  page_put (page, "client", CLIENT_C, SID_CLIENT_C, 130, "{'agency':'" AGENCY_A "','number':'KZ-0001','given_name':'José','email':'new@example.org'}");
  page_put (page, "client", CLIENT_D, SID_CLIENT_D, 129, "{'agency':'" AGENCY_A "','number':'KZ-0002','given_name':'Marta','email':'m@example.org'}");
  page_end (page, "c130", FALSE);
  return page_bytes (page);
}

/* One step of each sort; stops at the first that fails. */
static void
run_day (Fixture *f, Day *day, char **op_id)
{
  g_autoptr (JsonObject) args = json (PATCH);
  g_autoptr (GBytes) push_body = NULL;
  g_autoptr (GBytes) page = page_of_the_day ();
  g_autoptr (GBytes) answer_body = NULL;
  g_autofree char *line = NULL;
  gboolean more;

  if (!day->submitted && !kith_store_submit (f->store, "record.patch", args, 0, op_id, NULL))
    return;
  day->submitted = TRUE;
  push_body = kith_store_next_push (f->store, 50, 100000, NULL, NULL);
  if (!day->answered && push_body == NULL)
    return;
  day->numbered = TRUE;
  line = g_strdup_printf ("{\"n\":1,\"id\":\"%s\",\"st\":\"applied\",\"q\":130}\n{\"end\":{}}\n", *op_id);
  answer_body = g_bytes_new (line, strlen (line));
  if (!day->answered && !kith_store_apply_push_answer (f->store, answer_body, NULL))
    return;
  day->answered = TRUE;
  day->pulled = kith_store_apply_page (f->store, page, &more, NULL);
}

/* What the store holds is what the steps that succeeded make, all of each and nothing of the others. */
static void
check_day (Fixture *f, const Day *day)
{
  g_autofree char *c = email_of (f, CLIENT_C);
  g_autofree char *d = email_of (f, CLIENT_D);
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (kith_store_get_db (f->store), "PRAGMA integrity_check", NULL);

  g_assert_cmpstr (c, ==, day->submitted ? "new@example.org" : "jose@example.org");
  g_assert_cmpstr (d, ==, day->pulled ? "m@example.org" : "marta@example.org");
  g_assert_cmpint (count (f, "SELECT count(*) FROM op"), ==, day->submitted);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE n IS NOT NULL"), ==, day->numbered);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE outcome IS NOT NULL"), ==, day->answered);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE st = 'done'"), ==, day->pulled);
  g_assert_cmpint (count (f, "SELECT count(*) FROM shadow WHERE t = 'client'"), ==, day->submitted && !day->pulled);
  g_assert_cmpstr (kith_store_get_cursor (f->store), ==, day->pulled ? "c130" : "c100");
  g_assert_cmpint (kith_store_get_cursor_q (f->store), ==, day->pulled ? 130 : 100);
  g_assert_cmpint (kith_db_step (stmt, NULL), ==, KITH_DB_ROW);
  g_assert_cmpstr (kith_db_text (stmt, 0), ==, "ok");
}

static gboolean
fail_nth (KithFault fault, guint nth, gboolean for_ever)
{
  Fixture f = { 0 };
  Day day = { 0 };
  g_autofree char *op_id = NULL;
  guint fired;

  fixture_set_up (&f, GINT_TO_POINTER (1));
  fixture_fill (&f);
  kith_faulty_vfs_arm (fault, nth, for_ever);
  run_day (&f, &day, &op_id);
  fired = kith_faulty_vfs_fired ();
  kith_faulty_vfs_disarm ();

  check_day (&f, &day);
  fixture_reopen (&f);
  check_day (&f, &day);
  run_day (&f, &day, &op_id); /* room again: it goes on where it stopped */
  g_assert_true (day.pulled);
  check_day (&f, &day);
  fixture_tear_down (&f, NULL);
  return fired > 0;
}

static void
fail_each (KithFault fault, gboolean for_ever, guint step)
{
  guint nth = 1;

  while (nth < NTH_MOST && fail_nth (fault, nth, for_ever))
    nth += step;
  g_test_message ("acts up to %u failed in turn", nth - step);
  g_assert_cmpuint (nth, >, 10);
  g_assert_cmpuint (nth, <, NTH_MOST);
}

static void
test_full (void)
{
  fail_each (KITH_FAULT_FULL, FALSE, 1);
}

static void
test_full_for_ever (void)
{
  fail_each (KITH_FAULT_FULL, TRUE, 4);
}

static void
test_ioerr (void)
{
  fail_each (KITH_FAULT_IOERR, FALSE, 3);
}

/* Rewriting the file after a forget: whichever write fails, everything is there, and it is due until it was done. */
static gboolean
fail_nth_of_wipe (KithFault fault, guint nth)
{
  Fixture f = { 0 };
  Page *page = page_new (110, 2);
  g_autofree char *d = NULL, *mark = NULL;
  gboolean done;
  guint fired;

  fixture_set_up (&f, GINT_TO_POINTER (1));
  fixture_fill (&f);
  page_line (page, "{'forget':[%d],'why':'consent_revoked'}", SID_CLIENT_C);
  page_end (page, "c110", FALSE);
  page_apply (&f, page);
  kith_faulty_vfs_arm (fault, nth, FALSE);
  done = kith_store_wipe (f.store, NULL);
  fired = kith_faulty_vfs_fired ();
  kith_faulty_vfs_disarm ();

  g_assert_true (done || kith_store_get_wipe (f.store) != KITH_WIPE_NONE);
  fixture_reopen (&f);
  g_assert_true (done || kith_store_get_wipe (f.store) != KITH_WIPE_NONE);
  d = email_of (&f, CLIENT_D);
  g_assert_cmpstr (d, ==, "marta@example.org");
  g_assert_true (kith_store_wipe (f.store, NULL));
  mark = kith_db_fetch_text (kith_store_get_db (f.store), NULL, "state-get", "s", "wipe");
  g_assert_null (mark);
  g_assert_cmpint (count (&f, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"), ==, 0);
  fixture_tear_down (&f, NULL);
  return fired > 0;
}

static void
test_wipe (void)
{
  guint nth = 1;

  while (nth < WIPE_MOST && fail_nth_of_wipe (nth % 2 == 0 ? KITH_FAULT_FULL : KITH_FAULT_IOERR, nth))
    nth += 1 + nth / 4;
  g_test_message ("acts up to %u failed in turn", nth);
  g_assert_cmpuint (nth, >, 10);
  g_assert_cmpuint (nth, <, WIPE_MOST);
}

int
main (int argc, char **argv)
{
  kith_faulty_vfs_install ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/faults/disk-full-once", test_full);
  g_test_add_func ("/store/faults/disk-full-for-ever", test_full_for_ever);
  g_test_add_func ("/store/faults/io-error", test_ioerr);
  g_test_add_func ("/store/faults/wipe", test_wipe);
  return g_test_run ();
}
