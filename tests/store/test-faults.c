/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "faulty-vfs.h"
#include "store-fixture.h"

#include "kith-store-file.h"
#include "kith-test.h"

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
  fail_each (KITH_FAULT_FULL, FALSE, KITH_TEST_STEP (1, 9));
}

static void
test_full_for_ever (void)
{
  fail_each (KITH_FAULT_FULL, TRUE, KITH_TEST_STEP (4, 19));
}

static void
test_ioerr (void)
{
  fail_each (KITH_FAULT_IOERR, FALSE, KITH_TEST_STEP (3, 13));
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
    nth += 1 + nth / KITH_TEST_STEP (4, 2);
  g_test_message ("acts up to %u failed in turn", nth);
  g_assert_cmpuint (nth, >, 10);
  g_assert_cmpuint (nth, <, WIPE_MOST);
}

/* A referral, the consent it needs and the file that goes with it are one Save (D1): whichever write fails, and however Kith ends, all of it is there
 * or none, and the draft is there exactly when it is not. */

#define DOCUMENT "0197f100-0000-7000-8000-000000000001"
#define SENT "0197d000-0000-7000-8000-0000000000a1"

static void
open_files (Fixture *f)
{
  g_autofree char *folder = kith_test_dir_file (f->dir, "files");
  g_autoptr (GError) error = NULL;

  kith_store_set_files (f->store, folder, &error);
  g_assert_no_error (error);
}

/* The sealed bytes, as they lie there before anything names them. */
static void
keep_file (Fixture *f, KithStoreFile *file)
{
  g_autoptr (GInputStream) from = g_memory_input_stream_new_from_data ("A letter", 8, NULL);
  g_autofree char *path = kith_store_file_path (f->store, DOCUMENT);
  g_autoptr (GError) error = NULL;

  kith_blob_new_key (file->key);
  kith_blob_take (from, path, file->key, 1000, &file->size, &file->sha256, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
save_all (Fixture *f)
{
  g_autoptr (GPtrArray) steps = kith_store_steps_new ();
  g_autofree char *detail = kith_id_natural ("referral_detail", SENT);
  g_autoptr (GError) error = NULL;
  KithStoreFile file = { 0 };

  keep_file (f, &file);
  g_ptr_array_add (steps, kith_store_step_new ("consent.record", json ("{'id':'0197c000-0000-7000-8000-0000000000d1','client':'" CLIENT_C
                                               "','classes':['client'],'receivers':['" AGENCY_B "'],'how':'written'}"), FALSE));
  g_ptr_array_add (steps, kith_store_step_new ("referral.send", json ("{'id':'" SENT "','client':'" CLIENT_C "','type':'direct','service':'" SERVICE_S
                                               "','need':'Bed'}"), TRUE));
  g_ptr_array_add (steps, kith_store_step_new_file (kith_json_new ("id", "s", DOCUMENT, "t", "s", "referral_detail", "record", "s", detail, "type", "s", "letter", "name",
                                                                   "s", "Letter.pdf", "media_type", "s", "application/pdf", NULL), &file));
  return kith_store_submit_all (f->store, steps, "refer:" CLIENT_C, &error);
}

/* What is in the store, whichever it is: TRUE: all of it. */
static gboolean
check_saved (Fixture *f)
{
  gboolean all = count (f, "SELECT count(*) FROM op") > 0;
  g_autofree char *path = kith_store_file_path (f->store, DOCUMENT);
  g_autoptr (JsonObject) draft = NULL;

  draft = kith_store_load_draft (f->store, "refer:" CLIENT_C, NULL, NULL);
  g_assert_true ((draft != NULL) == !all);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op"), ==, all ? 3 : 0);
  g_assert_cmpint (count (f, "SELECT count(*) FROM consent WHERE id = '0197c000-0000-7000-8000-0000000000d1'"), ==, all);
  g_assert_cmpint (count (f, "SELECT count(*) FROM referral WHERE id = '" SENT "' AND number IS NOT NULL"), ==, all);
  g_assert_cmpint (count (f, "SELECT count(*) FROM document WHERE id = '" DOCUMENT "'"), ==, all);
  g_assert_cmpint (count (f, "SELECT count(*) FROM file WHERE document = '" DOCUMENT "' AND sent = 0"), ==, all);
  g_assert_true (!all || g_file_test (path, G_FILE_TEST_EXISTS));
  return all;
}

static gboolean
fail_nth_of_save (KithFault fault, guint nth)
{
  Fixture f = { 0 };
  g_autoptr (JsonObject) draft = json ("{'need':'Bed'}");
  guint fired;
  gboolean saved;

  fixture_set_up (&f, GINT_TO_POINTER (1));
  fixture_fill (&f);
  open_files (&f);
  g_assert_true (kith_store_save_draft (f.store, "refer:" CLIENT_C, "client:" CLIENT_C, draft, NULL));
  kith_faulty_vfs_arm (fault, nth, FALSE);
  saved = save_all (&f);
  fired = kith_faulty_vfs_fired ();
  kith_faulty_vfs_disarm ();
  g_assert_true (check_saved (&f) == saved);

  fixture_reopen (&f); /* as after a crash */
  open_files (&f);
  if (!check_saved (&f))
    {
      g_autofree char *path = kith_store_file_path (f.store, DOCUMENT);

      g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS)); /* nobody can read it any more */
      g_assert_true (save_all (&f));
      g_assert_true (check_saved (&f));
    }
  fixture_tear_down (&f, NULL);
  return fired > 0;
}

static void
test_save (void)
{
  static const KithFault faults[] = { KITH_FAULT_FULL, KITH_FAULT_IOERR };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      guint nth = 1;

      while (nth < NTH_MOST && fail_nth_of_save (faults[i], nth))
        nth += KITH_TEST_STEP (1, 4);
      g_test_message ("acts up to %u failed in turn", nth);
      g_assert_cmpuint (nth, >, 3);
      g_assert_cmpuint (nth, <, NTH_MOST);
    }
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
  g_test_add_func ("/store/faults/save-with-file", test_save);
  return g_test_run ();
}
