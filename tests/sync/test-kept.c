/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "network.h"

#include "kith-protocol.h"

#include <string.h>

/* The hub's file is damaged: a record of which it has no text any more stays where a good copy of it is (I3). */

typedef struct
{
  Network *net;
  Desk *desk;
  char *client, *text; /* as the hub had it */
} Loss;

static char *
register_client (Desk *desk)
{
  char *client = network_id (desk->net);
  g_autofree char *number = kith_store_next_number (desk->store, NULL);
  g_autofree char *op = desk_submit (desk, "client.register",
    network_json ("{'id':'%s','number':'%s','values':{'given_name':'Mara','family_name':'Canary'}}", client, number));

  return client;
}

static void
at_hub (Loss *f, const char *sql)
{
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (kith_hub_get_db (f->net->hub), sql, NULL);
  g_autoptr (GError) error = NULL;

  kith_db_bind_text (stmt, 1, f->client);
  if (strstr (sql, "?2") != NULL)
    kith_db_bind_text (stmt, 2, f->text);
  g_assert_true (kith_db_step_done (stmt, &error));
  g_assert_no_error (error);
}

static void
set_up (Loss *f, gconstpointer data)
{
  g_autofree char *ana = NULL;

  f->net = network_new ();
  ana = network_add_staff (f->net, "ana", f->net->a, "care_coordinator", NULL);
  f->desk = desk_new (f->net, "ana");
  desk_run (f->desk);
  f->client = register_client (f->desk);
  desk_run (f->desk);
  {
    g_autoptr (KithDbStmt) stmt = kith_db_prepare (kith_hub_get_db (f->net->hub), "SELECT body FROM client WHERE id = ?1", NULL);

    kith_db_bind_text (stmt, 1, f->client);
    g_assert_cmpint (kith_db_step (stmt, NULL), ==, KITH_DB_ROW);
    f->text = g_strdup (kith_db_text (stmt, 0));
  }
  at_hub (f, "DELETE FROM client WHERE id = ?1");
}

static void
tear_down (Loss *f, gconstpointer data)
{
  desk_free (f->desk);
  network_free (f->net);
  g_free (f->client);
  g_free (f->text);
}

static gboolean
has (Desk *desk, const char *client)
{
  g_autofree char *name = desk_field (desk, "client", client, "family_name");

  return name != NULL;
}

/* Sums are compared, and nothing is fetched for it. */
static void
assert_agrees (Desk *desk)
{
  g_string_truncate (desk->seen, 0);
  kith_sync_engine_verify_soon (desk->engine);
  desk_run (desk);
  g_assert_nonnull (strstr (desk->seen->str, "\"types\""));
  g_assert_null (strstr (desk->seen->str, "\"scopes\""));
  g_assert_null (strstr (desk->seen->str, "\"filled\""));
}

/* As after a cursor that the hub does not know any more; what is pushed brings the next pull. */
static void
fetch_all (Desk *desk)
{
  g_autofree char *other = NULL;
  g_autoptr (GError) error = NULL;

  kith_store_refill (desk->store, &error);
  g_assert_no_error (error);
  other = register_client (desk);
  g_string_truncate (desk->seen, 0);
  desk_run (desk);
  g_assert_nonnull (strstr (desk->seen->str, "\"filled\""));
  g_assert_true (has (desk, other));
}

static void
test_last_good_copy (Loss *f, gconstpointer data)
{
  assert_agrees (f->desk);
  fetch_all (f->desk);
  g_assert_true (has (f->desk, f->client));
  assert_agrees (f->desk);
}

/* Another computer of the same person never had it: it gets all else, and does not ask for that one again and again. */
static void
test_never_had (Loss *f, gconstpointer data)
{
  g_autoptr (Desk) other = desk_new (f->net, "ana");

  desk_run (other);
  g_assert_false (has (other, f->client));
  g_assert_true (kith_sync_engine_is_quiet (other->engine));
  assert_agrees (other);
}

/* Once the hub has its text again it counts as any other. */
static void
test_found_again (Loss *f, gconstpointer data)
{
  gint64 kept = 0;

  fetch_all (f->desk);
  g_assert_true (kith_db_fetch_int (kith_store_get_db (f->desk->store), &kept, NULL, "kept-any", ""));
  g_assert_cmpint (kept, ==, 1);
  at_hub (f, "INSERT INTO client (id, body, find, digits) VALUES (?1, ?2, '', '')");
  fetch_all (f->desk);
  kept = 0;
  g_assert_true (kith_db_fetch_int (kith_store_get_db (f->desk->store), &kept, NULL, "kept-any", ""));
  g_assert_cmpint (kept, ==, 0);
  g_assert_true (has (f->desk, f->client));
  assert_agrees (f->desk);
}

/* Whoever loses sight of it keeps nothing of it (I6). */
static void
test_forgotten (Loss *f, gconstpointer data)
{
  g_autofree char *args = NULL;
  gint64 kept = 0;

  fetch_all (f->desk);
  args = g_strdup_printf ("{'staff':'%s','reason':'Left'}", f->desk->user);
  network_do (f->net, "staff.deactivate", args);
  kith_sync_engine_nudge (f->desk->engine);
  g_free (register_client (f->desk));
  desk_run (f->desk);
  g_assert_false (has (f->desk, f->client));
  g_assert_true (kith_db_fetch_int (kith_store_get_db (f->desk->store), &kept, NULL, "kept-any", ""));
  g_assert_cmpint (kept, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/sync/kept/I3-last-good-copy", Loss, NULL, set_up, test_last_good_copy, tear_down);
  g_test_add ("/sync/kept/never-had", Loss, NULL, set_up, test_never_had, tear_down);
  g_test_add ("/sync/kept/found-again", Loss, NULL, set_up, test_found_again, tear_down);
  g_test_add ("/sync/kept/I6-forgotten", Loss, NULL, set_up, test_forgotten, tear_down);
  return g_test_run ();
}
