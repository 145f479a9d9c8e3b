/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-first-rows.h"

#include <gtk/gtk.h>

#define FIRST 5
#define STEPS 4000

typedef struct
{
  GListStore *rows;
  KithFirstRows *seen;
  GPtrArray *shown; /* what whoever only hears of changes has of it; owns them */
} Lists;

static void
changed_cb (GListModel *seen,
            guint       position,
            guint       removed,
            guint       added,
            Lists      *lists)
{
  g_assert_cmpuint (position + removed, <=, lists->shown->len);
  if (removed > 0)
    g_ptr_array_remove_range (lists->shown, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (lists->shown, (int) (position + i), g_list_model_get_item (seen, position + i));
}

static void
assert_shown (Lists *lists,
              guint  most)
{
  guint n = MIN (most, g_list_model_get_n_items (G_LIST_MODEL (lists->rows)));

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (lists->seen)), ==, n);
  g_assert_cmpuint (lists->shown->len, ==, n);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GObject) row = g_list_model_get_item (G_LIST_MODEL (lists->rows), i), seen = g_list_model_get_item (G_LIST_MODEL (lists->seen), i);

      g_assert_true (row == seen);
      g_assert_true (lists->shown->pdata[i] == row);
    }
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (lists->seen), n));
}

static void
splice (Lists *lists,
        GRand *random)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (lists->rows));
  guint position = (guint) g_rand_int_range (random, 0, (int) n + 1);
  guint removed = (guint) g_rand_int_range (random, 0, (int) MIN (4, n - position) + 1), added = (guint) g_rand_int_range (random, 0, n > 20 ? 2 : 5);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < added; i++)
    g_ptr_array_add (rows, gtk_string_object_new (""));
  g_list_store_splice (lists->rows, position, removed, rows->pdata, added);
}

/* Whatever becomes of the list: the first rows of it, then all, and each change is told as it is. */
static void
test_changes (gconstpointer whole)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  g_autoptr (GListStore) rows = g_list_store_new (GTK_TYPE_STRING_OBJECT);
  g_autoptr (KithFirstRows) seen = kith_first_rows_new (G_LIST_MODEL (rows), FIRST);
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func (g_object_unref);
  Lists lists = { rows, seen, shown };

  g_signal_connect (seen, "items-changed", G_CALLBACK (changed_cb), &lists);
  for (guint i = 0; i < STEPS; i++)
    {
      splice (&lists, random);
      assert_shown (&lists, whole ? G_MAXUINT : FIRST);
      if (whole && i == 0)
        kith_first_rows_show_all (seen);
    }
}

/* What is seen already is not told anew: a list keeps what it made for it. */
static void
test_show_all (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  g_autoptr (GListStore) rows = g_list_store_new (GTK_TYPE_STRING_OBJECT);
  g_autoptr (KithFirstRows) seen = NULL;
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func (g_object_unref);
  Lists lists = { rows, NULL, shown };

  while (g_list_model_get_n_items (G_LIST_MODEL (rows)) < 3 * FIRST)
    splice (&lists, random);
  seen = lists.seen = kith_first_rows_new (G_LIST_MODEL (rows), FIRST);
  for (guint i = 0; i < FIRST; i++)
    g_ptr_array_add (shown, g_list_model_get_item (G_LIST_MODEL (seen), i));
  assert_shown (&lists, FIRST);
  g_signal_connect (seen, "items-changed", G_CALLBACK (changed_cb), &lists);
  kith_first_rows_show_all (seen);
  assert_shown (&lists, G_MAXUINT);
  kith_first_rows_show_all (seen);
  assert_shown (&lists, G_MAXUINT);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/desk/first-rows/first", GINT_TO_POINTER (FALSE), test_changes);
  g_test_add_data_func ("/desk/first-rows/whole", GINT_TO_POINTER (TRUE), test_changes);
  g_test_add_func ("/desk/first-rows/show-all", test_show_all);
  return g_test_run ();
}
