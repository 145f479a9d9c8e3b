/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-dumps.h"

#include <sys/resource.h>

/* C18: a crash leaves nothing of anybody on the disk. */
static void
test_none (void)
{
  g_autofree char *filter = NULL;
  g_autoptr (GError) error = NULL;
  struct rlimit limit;

  kith_forbid_dumps ();
  g_assert_cmpint (getrlimit (RLIMIT_CORE, &limit), ==, 0);
  g_assert_cmpuint (limit.rlim_cur, ==, 0);
  g_assert_cmpuint (limit.rlim_max, ==, 0);
  g_assert_true (g_file_get_contents ("/proc/self/coredump_filter", &filter, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (g_ascii_strtoull (filter, NULL, 16), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/dumps/none-C18", test_none);
  return g_test_run ();
}
