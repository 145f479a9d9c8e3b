/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include "kith-store-lease.h"

/* What was begun and not sent: where it is offered, and when it ends. */

#define DAY (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)

static void
save (Fixture *f, const char *key, const char *scope, const char *body)
{
  g_autoptr (JsonObject) draft = json (body);
  g_autoptr (GError) error = NULL;

  g_assert_true (kith_store_save_draft (f->store, key, scope, draft, &error));
  g_assert_no_error (error);
}

static char *
unsendable (Fixture *f)
{
  g_autoptr (GPtrArray) drafts = kith_store_list_unsendable (f->store, NULL);
  g_autoptr (GString) keys = g_string_new (NULL);

  for (guint i = 0; i < drafts->len; i++)
    g_string_append_printf (keys, "%s%s", i > 0 ? " " : "", kith_json_string (drafts->pdata[i], "key"));
  return g_string_free (g_steal_pointer (&keys), FALSE);
}

/* ---- of an account that is closed (C22, I21) */

/* A form that stands open writes its draft once more: it ends with the others, and not later each time it is written. */
static void
test_closed (Fixture *f, gconstpointer scope)
{
  g_autofree char *keys = NULL;
  g_autoptr (GError) error = NULL;

  fixture_fill (f);
  save (f, "client:new", scope, "{'given_name':'Mara'}");
  g_assert_true (kith_store_close_account (f->store, KITH_CLOSED_ACCOUNT, &error));
  g_assert_no_error (error);
  kith_manual_clock_advance (f->clock, 1000);
  save (f, "client:new", scope, "{'given_name':'Mara','family_name':'Gone'}");
  save (f, "refer:new", scope, "{'note':'Begun after it was closed'}");
  g_assert_cmpint (count (f, "SELECT count(*) FROM draft WHERE expires IS NULL"), ==, 0);
  keys = unsendable (f);
  g_assert_cmpstr (keys, ==, "client:new refer:new");
  kith_manual_clock_advance (f->clock, 5 * DAY);
  save (f, "client:new", scope, "{'given_name':'Mara','family_name':'Still here'}");
  g_assert_false (kith_store_is_spent (f->store));
  kith_manual_clock_advance (f->clock, 3 * DAY);
  g_assert_true (kith_store_close_account (f->store, KITH_CLOSED_ACCOUNT, &error)); /* the hub says so again: it is asked at each unlock */
  g_assert_no_error (error);
  g_assert_cmpint (count (f, "SELECT count(*) FROM draft"), ==, 0);
  g_assert_true (kith_store_is_spent (f->store));
}

/* I6: nor does such a form bring back what the record said. */
static void
test_closed_own_words (Fixture *f, gconstpointer data)
{
  fixture_fill (f);
  g_assert_true (kith_store_close_account (f->store, KITH_CLOSED_ACCOUNT, NULL));
  save (f, "account:new", NULL, "{'values':{'name':'Mine','email':'theirs'},'before':{'email':'theirs'}}");
  g_assert_cmpint (count (f, "SELECT count(*) FROM draft WHERE instr(body, 'Mine') > 0"), ==, 1);
  g_assert_cmpint (count (f, "SELECT count(*) FROM draft WHERE instr(body, 'theirs') > 0"), ==, 0);
}

/* Opened again: what is written on is a draft like others. */
static void
test_open_again (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture_fill (f);
  save (f, "client:new", NULL, "{'given_name':'Mara'}");
  g_assert_true (kith_store_close_account (f->store, KITH_CLOSED_ACCOUNT, NULL));
  g_assert_true (kith_store_set_refresh (f->store, "token", &error));
  g_assert_no_error (error);
  save (f, "client:new", NULL, "{'given_name':'Mara','family_name':'Back'}");
  g_assert_cmpint (count (f, "SELECT count(*) FROM draft WHERE expires IS NOT NULL"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, data, func) g_test_add ("/store/drafts/" name, Fixture, data, fixture_set_up, func, fixture_tear_down)
  ADD ("closed-C22", NULL, test_closed);
  ADD ("closed-of-a-record-C22", "client:" CLIENT_C, test_closed);
  ADD ("closed-own-words-I6", NULL, test_closed_own_words);
  ADD ("open-again", NULL, test_open_again);
  return g_test_run ();
}
