/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desktop-fixture.h"

/* The program ends: what was asked of the store before is done by then, whoever else still holds the desktop. */

static gpointer
slow_job (gpointer store, gpointer data, GCancellable *cancellable, GError **error)
{
  g_usleep (200 * 1000); /* as while a page is applied, or the file is written anew */
  return NULL;
}

static gpointer
save_job (gpointer store, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (JsonObject) draft = kith_json_new ("text", "s", "half a sentence", NULL);

  g_atomic_int_set ((int *) data, kith_store_save_draft (store, "client:new", NULL, draft, error));
  return NULL;
}

static gpointer
load_job (gpointer store, gpointer data, GCancellable *cancellable, GError **error)
{
  return kith_store_load_draft (store, "client:new", NULL, error);
}

static void
test_close (Fixture *f, gconstpointer data)
{
  g_autoptr (KithDesktop) held = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) draft = NULL;
  int saved = FALSE;

  sign_in (f);
  held = g_object_ref (f->desktop);
  kith_desktop_store_async (f->desktop, slow_job, NULL, NULL, NULL, NULL, NULL);
  kith_desktop_store_async (f->desktop, save_job, &saved, NULL, NULL, NULL, NULL);
  kith_desktop_close (f->desktop);
  g_assert_true (g_atomic_int_get (&saved));
  g_assert_false (get_bool (f->desktop, "unlocked"));

  /* Another process. */
  g_clear_object (&held);
  close_desktop (f);
  open_desktop (f);
  g_assert_true (unlock (f, PASSWORD, &error));
  g_assert_no_error (error);
  kith_desktop_store_async (f->desktop, load_job, NULL, NULL, NULL, keep_cb, &result);
  AWAIT (result);
  draft = kith_desktop_job_finish (f->desktop, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (kith_json_string (draft, "text"), ==, "half a sentence");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/sync/close", Fixture, NULL, set_up, test_close, tear_down);
  return g_test_run ();
}
