/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a board makes before its first frame, and what it makes after it. */

#include "desk-fixture.h"
#include "board/kith-board-lane.h"

#define AALIYAH "e0000000-0000-7000-8000-000000000001"
#define MANY 60

static GtkWidget *
lane_at (Fixture *fixture, guint at)
{
  GtkWidget *box = find_widget (GTK_WIDGET (fixture->window), "lanes_box"), *lane = box ? gtk_widget_get_first_child (box) : NULL;

  for (; lane && at > 0; at--)
    lane = gtk_widget_get_next_sibling (lane);
  return lane;
}

/* How many cards can be scrolled to. */
static guint
count_cards (GtkWidget *lane)
{
  GtkSelectionModel *model = lane ? gtk_list_view_get_model (GTK_LIST_VIEW (find_widget (lane, "list"))) : NULL;

  return model ? g_list_model_get_n_items (G_LIST_MODEL (model)) : 0;
}

/* As many more as Aaliyah's, in her lane, behind it. Returns: how many there are then */
static guint
add_cards (Fixture *fixture)
{
  JsonArray *cards = fake_desktop_list (fixture->desktop, "board-cards");
  JsonObject *hers = NULL;
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (cards); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (cards, i), "id"), AALIYAH) == 0)
      hers = json_array_get_object_element (cards, i);
  for (guint i = 0; i < json_array_get_length (cards); i++)
    n += g_strcmp0 (kith_json_string (json_array_get_object_element (cards, i), "status"), kith_json_string (hers, "status")) == 0;
  for (guint i = 0; i < MANY; i++)
    {
      JsonObject *card = kith_json_copy_object (hers);
      g_autofree char *id = g_strdup_printf ("e1000000-0000-7000-8000-%012u", i);

      json_object_set_string_member (card, "id", id);
      json_array_add_object_element (cards, card);
    }
  return n + MANY;
}

/* The first cards are there when it opens; the others come behind them, and nothing of what is shown and chosen changes. */
static void
test_first (Fixture *fixture, gconstpointer data)
{
  guint n = add_cards (fixture), first = 0;
  KithBoardLane *lane;

  kith_frame_open (kith_window_get_frame (fixture->window), "board");
  while ((first = count_cards (lane_at (fixture, 0))) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (first, <=, 20);
  lane = KITH_BOARD_LANE (lane_at (fixture, 0));
  g_assert_cmpuint (kith_board_lane_get_shown (lane), ==, n);
  kith_board_lane_enter (lane);
  g_assert_cmpstr (kith_row_get_id (kith_board_lane_get_card (lane)), ==, AALIYAH);
  while (count_cards (GTK_WIDGET (lane)) < n)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (count_cards (GTK_WIDGET (lane)), ==, n);
  g_assert_cmpstr (kith_row_get_id (kith_board_lane_get_card (lane)), ==, AALIYAH);
  /* So do those beyond the edge of the window. */
  while (!kith_board_lane_is_whole (KITH_BOARD_LANE (lane_at (fixture, 6))))
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (lane_at (fixture, 7));
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  ADD ("board/first-cards", NULL, test_first);
  return g_test_run ();
}
