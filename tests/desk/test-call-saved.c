/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A call that was just taken down is chosen in the list and in sight there, wherever one was before. */

#include "desk-fixture.h"
#include "kith-shortcuts.h"
#include "kith-split-page.h"

#define N_BEFORE 200

static void
set_up_network (Fixture *fixture, gconstpointer data)
{
  set_up (fixture, data);
  fake_desktop_set_network_staff (fixture->desktop);
  g_signal_emit_by_name (fixture->context, "actor-changed");
  pump (30);
}

static JsonObject *
call (const char *id, const char *name, guint open)
{
  return kith_json_new ("id", "s", id, "number", "s", "NA-0100", "submitted_at", "s", "2026-11-20T13:20:00.000Z", "how", "s", "phone", "caller_kind", "s", "self", "name", "s",
                        name, "open", "i", (gint64) open, NULL);
}

/* As many calls as a busy week has, the first of which is shown. */
static void
fill (Fixture *fixture)
{
  static const char *const kinds[] = { "contact_record", NULL };
  JsonArray *open = json_array_new (), *all = json_array_new ();

  for (guint i = 0; i < N_BEFORE; i++)
    {
      g_autofree char *id = g_strdup_printf ("cc000000-0000-7000-8000-000000001%03u", i), *name = g_strdup_printf ("Caller %u", i);

      json_array_add_object_element (open, call (id, name, 1));
      json_array_add_object_element (all, call (id, name, 1));
    }
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "contacts-open", open);
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "contacts-all", all);
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  open_place (fixture, "contacts/cc000000-0000-7000-8000-000000001000");
  pump (200);
}

/* Saves a call; what the store makes of it: it stands at the end of those that are open, if it is, and at the beginning of all. Yours: its id */
static char *
take (Fixture *fixture, guint open)
{
  static const char *const kinds[] = { "contact_record", NULL };
  guint n = fake_desktop_get_n_submitted (fixture->desktop);
  JsonObject *row;
  const char *op, *id;
  JsonArray *all = json_array_new (), *before = fake_desktop_list (fixture->desktop, "contacts-all");

  open_place (fixture, "contacts/new");
  pump (150);
  gtk_editable_set_text (GTK_EDITABLE (find_widget (GTK_WIDGET (fixture->window), "who")), "Zoe Last");
  gtk_widget_activate_action (find_widget (GTK_WIDGET (fixture->window), "who"), "form.commit", NULL);
  pump (200);
  id = kith_json_string (fake_desktop_get_submitted (fixture->desktop, n, &op), "id");
  g_assert_cmpstr (op, ==, "contact.record");
  if (open > 0)
    json_array_add_object_element (fake_desktop_list (fixture->desktop, "contacts-open"), call (id, "Zoe Last", open));
  json_array_add_object_element (all, call (id, "Zoe Last", open));
  for (guint i = 0; i < json_array_get_length (before); i++)
    json_array_add_object_element (all, json_object_ref (json_array_get_object_element (before, i)));
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "contacts-all", all);
  row = call (id, "Zoe Last", open);
  json_object_set_string_member (row, "_arg", id);
  json_object_set_object_member (row, "body", kith_json_new ("name", "s", "Zoe Last", NULL));
  json_array_add_object_element (fake_desktop_list (fixture->desktop, "contact"), row);
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  pump (400);
  return g_strdup (id);
}

/* The row of the list that says this, in sight: within what the list shows. NULL: none */
static GtkWidget *
row_in_sight (GtkWidget *view, GtkWidget *in, const char *words)
{
  GtkWidget *found = NULL;
  graphene_rect_t bounds;

  if (GTK_IS_LABEL (in) && g_str_equal (gtk_label_get_text (GTK_LABEL (in)), words) && gtk_widget_get_mapped (in) && gtk_widget_compute_bounds (in, view, &bounds) &&
      bounds.origin.y >= 0 && bounds.origin.y + bounds.size.height <= gtk_widget_get_height (view))
    return in;
  for (GtkWidget *child = gtk_widget_get_first_child (in); child && !found; child = gtk_widget_get_next_sibling (child))
    found = row_in_sight (view, child, words);
  return found;
}

static void
assert_chosen (Fixture *fixture, const char *id, guint tab)
{
  KithPage *page = kith_frame_get_page (kith_window_get_frame (fixture->window));
  GtkWidget *view = find_widget (GTK_WIDGET (page), "view");
  KithRow *row = gtk_single_selection_get_selected_item (GTK_SINGLE_SELECTION (gtk_list_view_get_model (GTK_LIST_VIEW (view))));

  g_assert_cmpuint (kith_split_page_get_tab (KITH_SPLIT_PAGE (page)), ==, tab);
  g_assert_cmpstr (kith_split_page_get_id (KITH_SPLIT_PAGE (page)), ==, id);
  g_assert_nonnull (row);
  g_assert_cmpstr (kith_row_get_id (row), ==, id);
  g_assert_nonnull (row_in_sight (view, view, "Zoe Last"));
}

/* The oldest stands first there, so the new one is far below. */
static void
test_open (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = NULL;

  fill (fixture);
  id = take (fixture, 1);
  assert_chosen (fixture, id, 0);
}

/* Nothing of it is open: it is among all. */
static void
test_settled (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = NULL;

  fill (fixture);
  id = take (fixture, 0);
  assert_chosen (fixture, id, 1);
}

/* From far down in all calls: it stands first. */
static void
test_all (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = NULL;

  fill (fixture);
  kith_split_page_choose_tab (KITH_SPLIT_PAGE (kith_frame_get_page (kith_window_get_frame (fixture->window))), 1);
  open_place (fixture, "contacts/cc000000-0000-7000-8000-000000001150");
  pump (200);
  id = take (fixture, 1);
  assert_chosen (fixture, id, 1);
}

/* The key that takes a call is written where people read it as it is written on the keys' list, from one table. */
static void
test_key (Fixture *fixture, gconstpointer data)
{
  g_autofree char *key = kith_shortcuts_label ("win.go::contacts/new"), *said = g_strdup_printf ("take calls down: `./dev run network1 portal1`, then %s.", key);
  g_autofree char *readme = NULL, *words = g_strdup_printf ("is taken down with %s.", key);
  g_autoptr (GError) error = NULL;

  g_file_get_contents (KITH_TEST_SRCDIR "/../README.md", &readme, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (readme, said));
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "contacts-all", json_array_new ());
  open_place (fixture, "contacts");
  kith_split_page_choose_tab (KITH_SPLIT_PAGE (kith_frame_get_page (kith_window_get_frame (fixture->window))), 1);
  pump (150);
  g_assert_nonnull (strstr (gtk_widget_get_tooltip_text (find_widget (GTK_WIDGET (fixture->window), "take-call")), key));
  g_assert_nonnull (strstr (adw_status_page_get_description (ADW_STATUS_PAGE (find_widget (GTK_WIDGET (fixture->window), "empty"))), words));
}

#define ADD_NETWORK(path, func) g_test_add ("/call-saved/" path, Fixture, NULL, set_up_network, func, tear_down)

int
main (int argc, char *argv[])
{
  fixture_begin (&argc, &argv);
  ADD_NETWORK ("open", test_open);
  ADD_NETWORK ("settled", test_settled);
  ADD_NETWORK ("all", test_all);
  ADD_NETWORK ("key", test_key);
  return g_test_run ();
}
