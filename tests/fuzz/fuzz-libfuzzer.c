/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <string.h>

int LLVMFuzzerInitialize (int *argc, char ***argv);

/* The folder given as corpus begins with the good inputs of the target. */
int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  fuzz_begin ();
  for (int i = 1; i < *argc; i++)
    if ((*argv)[i][0] != '-' && g_file_test ((*argv)[i], G_FILE_TEST_IS_DIR))
      for (guint k = 0; fuzz_seeds[k] != NULL; k++)
        {
          g_autofree char *name = g_strdup_printf ("good-%u", k);
          g_autofree char *path = g_build_filename ((*argv)[i], name, NULL);

          g_file_set_contents (path, fuzz_seeds[k], -1, NULL);
        }
  return 0;
}
