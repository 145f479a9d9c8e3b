/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

/* What a person sees of the outbox is as long as a page, however much waits: the store's one thread has the rest to do. */

static void
change_often (Fixture *f, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *args = g_strdup_printf ("{'t':'client','id':'" CLIENT_C "','set':{'email':{'old':'%s%s','new':'%u@example.org'}}}", i == 0 ? "jose" : "", i == 0 ? "@example.org" : "", i);
      g_autofree char *id = submit (f, "record.patch", args);
      g_autofree char *seen = submit (f, "audit.record", "{'what':'opened','client':'" CLIENT_C "','t':'client','record':'" CLIENT_C "'}");
    }
}

static void
test_outbox (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) few = NULL, all = NULL, held = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  fixture_fill (f);
  change_often (f, 30);
  few = kith_store_list_outbox (f->store, FALSE, 10, &n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (few->len, ==, 10);
  g_assert_cmpuint (n, ==, 30); /* C13: what was looked at goes with the rest and is nobody's work */
  for (guint i = 0; i < few->len; i++)
    g_assert_cmpstr (kith_json_string (few->pdata[i], "op"), ==, "record.patch");
  all = kith_store_list_outbox (f->store, FALSE, 100, &n, &error);
  g_assert_cmpuint (all->len, ==, 30);
  held = kith_store_list_outbox (f->store, TRUE, 100, &n, &error);
  g_assert_cmpuint (held->len, ==, 0);
  g_assert_cmpuint (n, ==, 0);
}

/* What was taken beside another change is told by that, and always there: only so the page knows what it need not tell twice. */
static void
test_attention (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) few = NULL, all = NULL;
  g_autoptr (JsonObject) sent = NULL;
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  guint n = 0;

  fixture_fill (f);
  change_often (f, 15);
  sent = push (f, &n);
  g_assert_cmpuint (n, ==, 30);
  for (guint i = 0; i < n; i++)
    {
      gboolean audit = g_str_equal (kith_json_string (op_at (sent, i), "op"), "audit.record");

      g_string_append_printf (lines, "{'n':%u,'id':'%s','st':'%s','code':'denied','message':'No.','q':%u}\n", i + 1, kith_json_string (op_at (sent, i), "id"),
                              audit ? "applied" : i == 28 ? "merged" : "rejected", 200 + i);
    }
  answer (f, lines->str);
  few = kith_store_list_attention (f->store, 5, &n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (few->len, ==, 6);
  g_assert_cmpstr (kith_json_string (few->pdata[0], "st"), ==, "rejected"); /* the oldest first */
  g_assert_cmpstr (kith_json_string (few->pdata[5], "st"), ==, "merged");
  g_assert_cmpuint (n, ==, 15);
  all = kith_store_list_attention (f->store, 100, NULL, &error);
  g_assert_cmpuint (all->len, ==, 15);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/store/outbox-list/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("outbox", test_outbox);
  ADD ("attention", test_attention);
  return g_test_run ();
}
