/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Of a list that is opened beside others only the first rows are read at once; it knows how many there are, and the others come when they are asked for. */

#include "desktop-fixture.h"

#include "kith-desktop-reads.h"

#define MANY 30
#define FIRST 5

static const char *
id_at (KithListModel *list, guint position)
{
  g_autoptr (KithRow) row = g_list_model_get_item (G_LIST_MODEL (list), position);

  return kith_row_get_id (row);
}

static void
test_first (Fixture *f, gconstpointer data)
{
  static const char *const kinds[] = { "client", NULL };
  const char *const args[] = { f->ana, NULL };
  g_autoptr (KithListModel) whole = NULL, list = NULL;

  sign_in (f);
  g_atomic_int_set (&f->direct.cut, TRUE); /* an answer of the hub would have the list looked at anew */
  for (guint i = 0; i < MANY; i++)
    {
      g_autofree char *id = network_id (f->net);

      g_free (submit (f, "client.register", network_json ("{'id':'%s','number':'KA-%04u','values':{'given_name':'Ana','family_name':'Q%02u'}}", id, i + 1, i), 0));
    }
  whole = kith_list_model_new (f->desktop, "clients-all", kinds, args);
  kith_test_until (g_list_model_get_n_items (G_LIST_MODEL (whole)) == MANY && !get_bool (whole, "loading"));
  list = kith_list_model_new_first (f->desktop, "clients-all", kinds, args, FIRST);
  kith_test_until (!get_bool (list, "loading"));
  g_assert_true (kith_list_model_is_known (list));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, MANY);
  for (guint i = 0; i < FIRST; i++)
    g_assert_nonnull (id_at (list, i));
  g_assert_null (id_at (list, FIRST)); /* it is on its way now */
  kith_test_until (id_at (list, FIRST) != NULL && id_at (list, MANY - 1) != NULL);
  for (guint i = 1; i < MANY; i++)
    g_assert_cmpstr (id_at (list, i - 1), !=, id_at (list, i));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/sync/first-look/first", Fixture, NULL, set_up, test_first, tear_down);
  return g_test_run ();
}
