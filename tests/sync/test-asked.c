/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What cannot be taken back once it is done (a paper) waits for the hub's word (P11, C13): refused there it leaves nothing behind, and where no
 * hub answers it is queued and counts once. */

#include "desktop-fixture.h"

#define CLIENT "0197c000-0000-7000-8000-0000000000c1"
#define REFERRAL "0197c000-0000-7000-8000-0000000000c2"

/* Bea of the same agency knows the client and has sent a referral; ana is assigned to the client, or no longer. */
static void
tell_ana (Fixture *f, Desk *bea, const char *what)
{
  g_rec_mutex_lock (&f->direct.mutex);
  g_free (desk_submit (bea, "assignment.apply", network_json ("{'client':'" CLIENT "','changes':[{'do':'%s','staff':'%s'}]}", what, f->ana)));
  desk_run (bea);
  g_rec_mutex_unlock (&f->direct.mutex);
}

static Desk *
make_referral (Fixture *f)
{
  Desk *bea;

  g_rec_mutex_lock (&f->direct.mutex);
  g_free (network_add_staff (f->net, "bea", f->net->a, "care_coordinator", "supervisor"));
  bea = desk_new (f->net, "bea");
  desk_run (bea);
  g_free (desk_submit (bea, "client.register", network_json ("{'id':'" CLIENT "','number':'ZB-0001','values':{'given_name':'Nora','family_name':'Quinn'}}")));
  g_free (desk_submit (bea, "referral.send",
                       network_json ("{'id':'" REFERRAL "','number':'ZB-0002','client':'" CLIENT "','type':'informational','service':'%s','need':'A bed'}", f->net->service)));
  desk_run (bea);
  g_rec_mutex_unlock (&f->direct.mutex);
  tell_ana (f, bea, "add");
  return bea;
}

static gint64
count_printed (Fixture *f)
{
  g_autoptr (KithDbStmt) stmt = NULL;
  gint64 n;

  g_rec_mutex_lock (&f->direct.mutex);
  stmt = kith_db_prepare (kith_hub_get_db (f->net->hub), "SELECT count(*) FROM audit_entry WHERE body ->> 'what' = 'printed'", NULL);
  g_assert_cmpint (kith_db_step (stmt, NULL), ==, KITH_DB_ROW);
  n = kith_db_int (stmt, 0);
  g_clear_pointer (&stmt, kith_db_reset);
  g_rec_mutex_unlock (&f->direct.mutex);
  return n;
}

static gboolean
ask (Fixture *f, gboolean *told, GError **error)
{
  g_autoptr (JsonObject) args = network_json ("{'referral':'" REFERRAL "','detail':'Paper'}");
  g_autoptr (GAsyncResult) result = NULL;

  kith_desktop_submit_asked_async (f->desktop, "referral.print", args, keep_cb, &result);
  AWAIT (result);
  return kith_desktop_submit_asked_finish (f->desktop, result, told, error);
}

static gboolean
sees_referral (Fixture *f, KithListModel *list)
{
  return g_list_model_get_n_items (G_LIST_MODEL (list)) == 1;
}

static KithListModel *
clients (Fixture *f)
{
  static const char *const kinds[] = { "client", "care", "assignment", "consent", "op", NULL };

  return kith_list_model_new (f->desktop, "clients-all", kinds, (const char *const[]) { f->ana, NULL });
}

static void
test_allowed (Fixture *f, gconstpointer data)
{
  g_autoptr (Desk) bea = make_referral (f);
  g_autoptr (KithListModel) list = NULL;
  g_autoptr (GError) error = NULL;
  gboolean told;

  sign_in (f);
  list = clients (f);
  kith_test_until (sees_referral (f, list));
  ask (f, &told, &error);
  g_assert_no_error (error);
  g_assert_true (told);
  g_assert_cmpint (count_printed (f), ==, 1);
  g_assert_cmpuint (get_uint (f, "waiting"), ==, 0);

  /* Something waits here: the hub hears of that first. */
  g_free (submit (f, "referral.note", network_json ("{'referral':'" REFERRAL "','text':'Before'}"), 0));
  ask (f, &told, &error);
  g_assert_no_error (error);
  g_assert_true (told);
  g_assert_cmpint (count_printed (f), ==, 2);
}

/* The hub knows better than this computer: nothing is queued, nothing is on record as printed, nothing needs attention. */
static void
test_refused (Fixture *f, gconstpointer data)
{
  g_autoptr (Desk) bea = make_referral (f);
  g_autoptr (KithListModel) list = NULL;
  g_autoptr (GError) error = NULL;
  gboolean told;

  sign_in (f);
  list = clients (f);
  kith_test_until (sees_referral (f, list));
  g_atomic_int_set (&f->direct.deaf, TRUE);
  tell_ana (f, bea, "remove");
  g_assert_true (sees_referral (f, list)); /* not told yet */
  g_assert_false (ask (f, &told, &error));
  g_assert_error (error, KITH_REFUSAL, KITH_REFUSAL_ACCESS_ENDED);
  g_atomic_int_set (&f->direct.deaf, FALSE);
  kith_test_until (!sees_referral (f, list));
  g_assert_cmpint (count_printed (f), ==, 0);
  g_assert_cmpuint (get_uint (f, "waiting"), ==, 0);
  g_assert_cmpuint (get_uint (f, "attention"), ==, 0);
  /* Now this computer knows too. */
  g_clear_error (&error);
  g_assert_false (ask (f, &told, &error));
  g_assert_error (error, KITH_REFUSAL, KITH_REFUSAL_DENIED);
}

/* No hub: what is held here may be printed (sync.md 2.3); the hub is told when it answers, and takes it as written before its author knew better. */
static void
test_offline (Fixture *f, gconstpointer data)
{
  g_autoptr (Desk) bea = make_referral (f);
  g_autoptr (KithListModel) list = NULL;
  g_autoptr (GError) error = NULL;
  gboolean told;

  sign_in (f);
  list = clients (f);
  kith_test_until (sees_referral (f, list));
  g_atomic_int_set (&f->direct.cut, TRUE);
  ask (f, &told, &error);
  g_assert_no_error (error);
  g_assert_false (told);
  kith_test_until (get_uint (f, "waiting") == 1);
  tell_ana (f, bea, "remove"); /* meanwhile */
  g_atomic_int_set (&f->direct.cut, FALSE);
  kith_desktop_try_now (f->desktop);
  kith_test_until (get_uint (f, "waiting") == 0 && count_printed (f) == 1);
  kith_test_until (!sees_referral (f, list));
  g_assert_cmpint (count_printed (f), ==, 1);
  g_assert_cmpuint (get_uint (f, "attention"), ==, 0);
}

/* I20: a hub that does not know the question yet cannot be asked: as without one, it is told of it once it is brought up to date. */
static void
test_older_hub (Fixture *f, gconstpointer data)
{
  g_autoptr (Desk) bea = make_referral (f);
  g_autoptr (KithListModel) list = NULL;
  g_autoptr (JsonObject) args = network_json ("{'referrals':['" REFERRAL "'],'detail':'Paper'}");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gboolean told;

  g_atomic_int_set (&f->direct.schema, 5);
  sign_in (f);
  list = clients (f);
  kith_test_until (sees_referral (f, list));
  kith_desktop_submit_asked_async (f->desktop, "referral.print_list", args, keep_cb, &result);
  AWAIT (result);
  g_assert_true (kith_desktop_submit_asked_finish (f->desktop, result, &told, &error));
  g_assert_no_error (error);
  g_assert_false (told);
  g_assert_cmpint (count_printed (f), ==, 0);
  kith_test_until (get_uint (f, "waiting") == 1);
  g_atomic_int_set (&f->direct.schema, 0);
  g_rec_mutex_lock (&f->direct.mutex);
  g_free (desk_submit (bea, "referral.note", network_json ("{'referral':'" REFERRAL "','text':'There is something new'}")));
  desk_run (bea);
  g_rec_mutex_unlock (&f->direct.mutex);
  kith_test_until (get_uint (f, "waiting") == 0 && count_printed (f) == 1);
  g_assert_cmpuint (get_uint (f, "attention"), ==, 0);
}

/* Locked while the hub has not answered: who waits is told. */
static void
test_locked (Fixture *f, gconstpointer data)
{
  g_autoptr (Desk) bea = make_referral (f);
  g_autoptr (KithListModel) list = NULL;
  g_autoptr (JsonObject) args = network_json ("{'referral':'" REFERRAL "'}");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gboolean told;

  sign_in (f);
  list = clients (f);
  kith_test_until (sees_referral (f, list));
  g_rec_mutex_lock (&f->direct.mutex); /* the hub is busy */
  kith_desktop_submit_asked_async (f->desktop, "referral.print", args, keep_cb, &result);
  kith_desktop_lock (f->desktop);
  g_rec_mutex_unlock (&f->direct.mutex);
  AWAIT (result);
  if (!kith_desktop_submit_asked_finish (f->desktop, result, &told, &error))
    g_assert_nonnull (error); /* it was answered in the last moment, or it was not */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/sync/asked/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("P11-allowed", test_allowed);
  ADD ("P11-refused", test_refused);
  ADD ("P11-offline", test_offline);
  ADD ("I20-older-hub", test_older_hub);
  ADD ("locked", test_locked);
  return g_test_run ();
}
