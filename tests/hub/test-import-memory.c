/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "console.h"

#include <stdio.h>
#include <sys/resource.h>

#define MIB ((gint64) 1 << 20)

/* However long a list is, bringing it in takes no more memory: a list ten times as long may take a little more (the pages of the database that are kept
 * at hand, what an allocator leaves free), and far less than what it says of each. Three hundred thousand rows would take minutes; what a row leaves
 * behind shows with a third of them that are looked through, and with some thousands that are taken. */

/* The most memory at one time of a command that has ended, or of what it started; of the largest so far, in bytes. */
static gint64
most_memory (void)
{
  struct rusage usage;

  g_assert_cmpint (getrusage (RUSAGE_CHILDREN, &usage), ==, 0);
  return (gint64) usage.ru_maxrss * 1024;
}

/* One row at a time. Returns the bytes */
static gint64
write_people (const char *path, guint rows)
{
  FILE *file = fopen (path, "w");
  gint64 length;

  g_assert_nonnull (file);
  fputs ("id,given_name,family_name,date_of_birth,phone,address_1,city,postal_code\n", file);
  for (guint i = 0; i < rows; i++)
    fprintf (file, "%u,Ana%u,Lopez%u,%u-%02u-%02u,619-555-%04u,%u Harbor Street,San Diego,92113\n", i, i % 997, i, 1940 + i % 70, 1 + i % 12, 1 + i % 28,
             i % 10000, i);
  length = ftell (file);
  g_assert_cmpint (fclose (file), ==, 0);
  return length;
}

/* Returns bytes */
static gint64
import (Console *c, const char *name, guint rows, gboolean dry, gint64 *length)
{
  g_autofree char *path = kith_test_dir_file (c->dir, name);
  g_autofree char *counts = g_strdup_printf ("%s: %u. Unchanged: 0. Not taken: 0.", dry ? "Would be taken" : "Taken", rows);

  *length = write_people (path, rows);
  g_assert_cmpint (console_run (c, "import clients %s --agency Harbor%%House --database %s%s", path, c->database, dry ? " --dry-run" : " --new-source"), ==, 0);
  assert_says (c->out, counts);
  return most_memory ();
}

static void
assert_bounded (gboolean dry, guint few_rows, guint many_rows, gint64 most)
{
  g_auto (Console) c;
  gint64 few, many, short_list, long_list;

#ifdef __SANITIZE_ADDRESS__ /* what was given back is kept, to see who uses it still */
  few_rows = many_rows = 100;
#endif
  console_init (&c);
  few = import (&c, "few.csv", few_rows, dry, &short_list);
  many = import (&c, "many.csv", many_rows, dry, &long_list);
  g_test_message ("%" G_GINT64_FORMAT " bytes of a list of %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT " of one of %" G_GINT64_FORMAT, few, short_list, many, long_list);
#ifndef __SANITIZE_ADDRESS__
  g_assert_cmpint (many - few, <=, most);
#endif
}

/* First, as the largest so far is what is asked for. */
static void
test_dry (void)
{
  assert_bounded (TRUE, 10000, 100000, MIB);
}

/* A connection keeps that many pages of the file at hand (cache_size), and has not so many to keep of the short list. */
static void
test_taken (void)
{
  assert_bounded (FALSE, 1000, 6000, 18 * MIB);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hub/import-memory/dry", test_dry);
  g_test_add_func ("/hub/import-memory/taken", test_taken);
  return g_test_run ();
}
