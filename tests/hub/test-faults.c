/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-fixture.h"

#include "faulty-vfs.h"

/* Every write of a push fails in turn, once with no room on the disk and once with an I/O error. The answer says try again,
 * and the same push afterwards is done exactly once (sync.md 4, I2, I4). */

#define CLIENTS 3

static char *
push_lines (HubFixture *net, Desk *desk, char **clients)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < CLIENTS; i++)
    {
      g_autofree char *id = hub_fixture_id (net);
      g_autofree char *args = NULL;
      g_autofree char *line = NULL;

      clients[i] = hub_fixture_id (net);
      args = g_strdup_printf ("{\"id\":\"%s\",\"number\":\"KK-000%u\",\"values\":{\"given_name\":\"Ana\"}}", clients[i], i);
      line = desk_op_line (desk, i + 1, id, "client.register", args);
      g_string_append (lines, line);
    }
  return g_string_free (g_steal_pointer (&lines), FALSE);
}

/* FALSE: there were fewer than nth writes. */
static gboolean
run_nth (KithFault fault, guint nth)
{
  g_autoptr (KithTestDir) dir = kith_test_dir_new ();
  g_autofree char *path = kith_test_dir_file (dir, "hub.db");
  const KithHubOptions cheap = { .hash_ops = 1, .hash_memory = 8192 };
  HubFixture net = { .clock = kith_test_clock_new (), .random = kith_random_new_seeded (5) };
  g_autoptr (GError) error = NULL;
  g_autofree char *agency = NULL;
  g_autofree char *user = NULL;
  g_autofree char *lines = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  char *clients[CLIENTS];
  Desk *desk;
  guint status, fired;

  net.hub = kith_hub_new (kith_hub_open_db (path, FALSE, NULL, &error), KITH_CLOCK (net.clock), net.random, &cheap, &error);
  g_assert_no_error (error);
  agency = hub_fixture_id (&net);
  hub_fixture_put (&net, "organization", agency, "{\"name\":\"Harbor House\"}");
  user = hub_fixture_add_staff (&net, "ana", agency, "\"role\":\"referral_manager\"");
  desk = desk_new (&net, "ana", user);
  lines = push_lines (&net, desk, clients);

  kith_faulty_vfs_arm (fault, nth, FALSE);
  first = desk_push_text (desk, lines, 1, &status);
  fired = kith_faulty_vfs_fired ();
  kith_faulty_vfs_disarm ();
  g_assert_true (status == 200 || (fired > 0 && (status == 503 || status == 500)));

  second = desk_push_text (desk, lines, 1, &status);
  g_assert_cmpuint (status, ==, 200);
  for (guint i = 0; i < CLIENTS; i++)
    {
      g_autoptr (KithRecord) client = kith_world_get (kith_hub_get_world (net.hub), "client", clients[i], NULL);

      g_assert_nonnull (client);
      g_free (clients[i]);
    }
  g_assert_null (strstr (second, "parked")); /* a failure is no crash */
  g_assert_null (strstr (second, "rejected"));
  hub_fixture_check (&net);

  desk_free (desk);
  kith_hub_free (net.hub);
  g_object_unref (net.clock);
  kith_random_free (net.random);
  return fired > 0;
}

static void
test_fault (gconstpointer data)
{
  guint nth = 1;

  while (run_nth (GPOINTER_TO_INT (data), nth))
    nth += 1 + nth / 12;
  g_assert_cmpuint (nth, >, 5);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  kith_faulty_vfs_install ();
  g_test_add_data_func ("/hub/faults/full", GINT_TO_POINTER (KITH_FAULT_FULL), test_fault);
  g_test_add_data_func ("/hub/faults/io", GINT_TO_POINTER (KITH_FAULT_IOERR), test_fault);
  return g_test_run ();
}
