/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

/* A household has one head (HMIS, relationship to head of household): who would make a second is told of it. */

static void
join (Fixture *f, const char *client, const char *with, const char *relationship)
{
  g_autofree char *args = g_strdup_printf ("{'client':'%s','with':'%s','relationship':'%s'}", client, with, relationship);
  g_autofree char *id = submit (f, "household.join", args);
}

/* The warning reads what household.join does: whoever is in no household begins one as its head. */
static void
test_heads (Fixture *f, gconstpointer data)
{
  fixture_fill (f);
  assert_column (f, "household-heads", 0, "", CLIENT_C, CLIENT_C); /* one who is being registered */
  assert_column (f, "household-heads", 1, "", CLIENT_C, "1");      /* it begins so */
  assert_column (f, "household-heads", 0, CLIENT_D, CLIENT_C, CLIENT_C);
  join (f, CLIENT_D, CLIENT_C, "2");
  assert_column (f, "household-heads", 0, "", CLIENT_C, CLIENT_C);
  assert_column (f, "household-heads", 0, "", CLIENT_D, CLIENT_C); /* with whomever of them */
  assert_column (f, "household-heads", 1, "", CLIENT_D, "0");
  assert_column (f, "household-heads", 0, CLIENT_D, CLIENT_C, CLIENT_C);
  assert_column (f, "household-heads", 0, CLIENT_C, CLIENT_D, ""); /* the head, said anew */
  assert_column (f, "client-household", 11, CLIENT_C, NULL, "1 1");
  join (f, CLIENT_D, CLIENT_C, "1");
  assert_column (f, "client-household", 11, CLIENT_C, NULL, "2 2");
  join (f, CLIENT_C, CLIENT_D, "3");
  assert_column (f, "client-household", 11, CLIENT_C, NULL, "1 1");
  assert_column (f, "household-heads", 0, CLIENT_C, CLIENT_D, CLIENT_D);
}

/* Whoever is in a household takes one in who is in none: that one begins nothing. */
static void
test_taken_in (Fixture *f, gconstpointer data)
{
  g_autofree char *left = NULL;

  fixture_fill (f);
  join (f, CLIENT_D, CLIENT_C, "2");
  left = submit (f, "household.leave", "{'client':'" CLIENT_D "'}");
  assert_column (f, "household-heads", 0, CLIENT_C, CLIENT_D, "");
  assert_column (f, "household-heads", 0, CLIENT_D, CLIENT_C, CLIENT_C);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/household/heads", Fixture, NULL, fixture_set_up, test_heads, fixture_tear_down);
  g_test_add ("/store/household/taken-in", Fixture, NULL, fixture_set_up, test_taken_in, fixture_tear_down);
  return g_test_run ();
}
