/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kith-print-schema desk|hub: the tables of all kinds, for the text of a migration. */

#include "kith-kind-sql.h"

int
main (int argc, char *argv[])
{
  if (argc != 2 || (strcmp (argv[1], "desk") != 0 && strcmp (argv[1], "hub") != 0))
    {
      g_printerr ("Usage: %s desk|hub\n", argv[0]);
      return 2;
    }
  g_autofree char *sql = kith_kinds_print_schema (strcmp (argv[1], "desk") == 0);
  g_print ("%s", sql);
  return 0;
}
