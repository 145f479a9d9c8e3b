/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Encrypted files of a hub and two desks, and a process that is killed at every k-th write or sync until its work is done: then
 * nothing may be lost, doubled or torn (I1, I2, I3, I4, I17). */
#include "kith-test.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#define OPERATIONS 16
#define MAX_LIVES 400

static const char *child_program;

static gboolean
run_child (int *signal_number, int *status, const char *verb, const char *folder, guint seed, const char *operations, const char *kill_at)
{
  g_autofree char *seed_text = g_strdup_printf ("%u", seed);
  const char *argv[] = { child_program, verb, folder, seed_text, operations, kill_at, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_NONE, &error);

  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait (child, NULL, &error));
  *signal_number = g_subprocess_get_if_signaled (child) ? g_subprocess_get_term_sig (child) : 0;
  *status = g_subprocess_get_if_exited (child) ? g_subprocess_get_exit_status (child) : -1;
  return *status == 0;
}

static void
test_seed (gconstpointer data)
{
  const guint seed = GPOINTER_TO_UINT (data);
  g_autoptr (KithTestDir) dir = kith_test_dir_new ();
  const char *folder = kith_test_dir_path (dir);
  g_autofree char *operations = g_strdup_printf ("%u", OPERATIONS);
  guint lives = 0, kills = 0, kill_at = 5 + seed * 3;
  int signal_number, status;

  g_assert_true (run_child (&signal_number, &status, "make", folder, seed, NULL, NULL));
  while (lives++ < MAX_LIVES)
    {
      g_autofree char *at = g_strdup_printf ("%u", kill_at);

      if (run_child (&signal_number, &status, "work", folder, seed, operations, at))
        break;
      g_assert_cmpint (signal_number, ==, SIGKILL); /* any other end is a fault of ours */
      kills++;
      /* A life too short to open the files would never get anywhere: let each be a little longer than the one before. */
      kill_at += 3 + kills % 7;
      if (kills % 6 == 0)
        g_assert_true (run_child (&signal_number, &status, "check", folder, seed, NULL, NULL));
    }
  g_assert_cmpuint (lives, <, MAX_LIVES);
  /* Something is to be forgotten at the other desk, or the check looks for nothing (I6). */
  g_assert_true (run_child (&signal_number, &status, "revoke", folder, seed, NULL, NULL));
  g_assert_true (run_child (&signal_number, &status, "check", folder, seed, NULL, NULL));
  g_test_message ("killed %u times", kills);
  g_assert_cmpuint (kills, >, 3);
}

/* Killed at every k-th write while the pages of a store are rewritten after a forget: it stays due until it was done whole, and neither
 * what is held nor what was forgotten comes to harm by it (I6). */
static void
test_wipe (void)
{
  g_autoptr (KithTestDir) dir = kith_test_dir_new ();
  const char *folder = kith_test_dir_path (dir);
  guint kill_at = 1, kills = 0;
  int signal_number, status;

  g_assert_true (run_child (&signal_number, &status, "make", folder, 1, NULL, NULL));
  g_assert_true (run_child (&signal_number, &status, "revoke", folder, 1, NULL, NULL));
  while (TRUE)
    {
      g_autofree char *at = g_strdup_printf ("%u", kill_at);

      if (run_child (&signal_number, &status, "wipe", folder, 1, at, NULL))
        break;
      g_assert_cmpint (signal_number, ==, SIGKILL);
      kill_at += 1 + kill_at / 5;
      kills++;
    }
  g_test_message ("killed %u times", kills);
  g_assert_cmpuint (kills, >, 20);
  g_assert_true (run_child (&signal_number, &status, "check", folder, 1, NULL, NULL));
}

/* The check itself: an operation that a desk's commit took and that is nowhere any more must be found out. */
static void
test_check_can_fail (void)
{
  g_autoptr (KithTestDir) dir = kith_test_dir_new ();
  const char *folder = kith_test_dir_path (dir);
  int signal_number, status;

  g_assert_true (run_child (&signal_number, &status, "make", folder, 1, NULL, NULL));
  g_assert_true (run_child (&signal_number, &status, "check", folder, 1, NULL, NULL));
  g_free (kith_test_dir_write (dir, "ledger", "0 0193c4f2-a1b0-7000-8000-000000000000 client.register\n"));
  g_assert_false (run_child (&signal_number, &status, "check", folder, 1, NULL, NULL));
  g_assert_cmpint (status, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (argc != 3)
    g_error ("Say which program to kill, and with how many seeds: test-crash KITH-CRASH-CHILD 20");
  child_program = argv[1];
  g_test_add_func ("/crash/check-can-fail", test_check_can_fail);
  g_test_add_func ("/crash/I6-wipe", test_wipe);
  for (guint seed = 1; seed <= (guint) atoi (argv[2]); seed++)
    {
      g_autofree char *path = g_strdup_printf ("/crash/I2-I3-I4/seed-%u", seed);

      g_test_add_data_func (path, GUINT_TO_POINTER (seed), test_seed);
    }
  return g_test_run ();
}
