/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the receiving agency writes down of its contact with a client (D7). */

#include "keys-fixture.h"

#include "widgets/kith-choice-row.h"

#define TAKEN "e0000000-0000-7000-8000-000000000006" /* worked on here */
#define KEY "contact:referral:" TAKEN
#define WORDS "Told her about the two open shifts; she comes on Monday."

static GtkWidget *
find_widget (GtkWidget *widget, const char *name)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)), name) == 0 || g_str_equal (gtk_widget_get_name (widget), name))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find_widget (child, name);
  return found;
}

static GtkWidget *
in_composer (Fixture *fixture, const char *name)
{
  GtkWidget *place = find_widget (GTK_WIDGET (fixture->window), "composer_place");

  return place ? find_widget (place, name) : NULL;
}

static void
open_composer (Fixture *fixture)
{
  kith_frame_open (kith_window_get_frame (fixture->window), "inbox/" TAKEN);
  for (guint i = 0; i < 100 && !find_widget (GTK_WIDGET (fixture->window), "loop"); i++)
    pump (20);
  pump (200);
  key (fixture, "c");
  for (guint i = 0; i < 100 && !in_composer (fixture, "how"); i++)
    pump (20);
  g_assert_nonnull (in_composer (fixture, "how"));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (in_composer (fixture, "title"))), ==, "Contact with the client: both agencies see it");
}

static void
write_contact (Fixture *fixture)
{
  kith_choice_row_set_code (ADW_COMBO_ROW (in_composer (fixture, "how")), "text");
  kith_choice_row_set_code (ADW_COMBO_ROW (in_composer (fixture, "result")), "left_message");
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (in_composer (fixture, "text"))), WORDS "  ", -1);
  gtk_widget_grab_focus (in_composer (fixture, "text"));
  pump (50);
}

static char *
written (Fixture *fixture)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (in_composer (fixture, "text")));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

/* The arguments of the one thing that was done. Borrowed */
static JsonObject *
recorded (Fixture *fixture)
{
  const char *op = NULL;
  JsonObject *args;

  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 1);
  args = fake_desktop_get_submitted (fixture->desktop, 0, &op);
  g_assert_cmpstr (op, ==, "referral.record_contact");
  return args;
}

static void
await_closed (Fixture *fixture)
{
  for (guint i = 0; i < 100 && in_composer (fixture, "how"); i++)
    pump (20);
  g_assert_null (in_composer (fixture, "how"));
}

/* D7: what is chosen and written is the operation; then the composer is gone, and its draft. */
static void
test_record (Fixture *fixture, gconstpointer data)
{
  JsonObject *args;

  open_composer (fixture);
  write_contact (fixture);
  key (fixture, "ctrl+Return");
  await_closed (fixture);
  args = recorded (fixture);
  g_assert_cmpstr (kith_json_string (args, "referral"), ==, TAKEN);
  g_assert_cmpstr (kith_json_string (args, "how"), ==, "text");
  g_assert_cmpstr (kith_json_string (args, "result"), ==, "left_message");
  g_assert_cmpstr (kith_json_string (args, "text"), ==, WORDS);
  pump (800); /* a draft is written half a second after the last change */
  g_assert_null (fake_desktop_get_draft (fixture->desktop, KEY));
}

/* Nobody was reached: there is nothing to be said in words, and the two choices are enough. */
static void
test_without_words (Fixture *fixture, gconstpointer data)
{
  JsonObject *args;

  open_composer (fixture);
  kith_choice_row_set_code (ADW_COMBO_ROW (in_composer (fixture, "result")), "no_answer");
  key (fixture, "ctrl+Return");
  await_closed (fixture);
  args = recorded (fixture);
  g_assert_cmpstr (kith_json_string (args, "how"), ==, "phone");
  g_assert_cmpstr (kith_json_string (args, "result"), ==, "no_answer");
  g_assert_false (json_object_has_member (args, "text") && !json_object_get_null_member (args, "text"));
}

/* ux.md: Escape closes it, sends nothing, and what was typed stands there when it is opened again. */
static void
test_escape (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;
  JsonObject *draft;

  open_composer (fixture);
  write_contact (fixture);
  key (fixture, "Escape");
  await_closed (fixture);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
  for (guint i = 0; i < 100 && !fake_desktop_get_draft (fixture->desktop, KEY); i++)
    pump (20);
  draft = fake_desktop_get_draft (fixture->desktop, KEY);
  g_assert_nonnull (draft);
  g_assert_cmpstr (kith_json_string (draft, "text"), ==, WORDS);
  g_assert_cmpstr (kith_json_string (draft, "how"), ==, "text");
  g_assert_cmpstr (kith_json_string (draft, "result"), ==, "left_message");

  open_composer (fixture);
  for (guint i = 0; i < 100 && g_strcmp0 (text, WORDS) != 0; i++)
    {
      pump (20);
      g_free (text);
      text = written (fixture);
    }
  g_assert_cmpstr (text, ==, WORDS);
  g_assert_cmpstr (kith_choice_row_get_code (ADW_COMBO_ROW (in_composer (fixture, "how"))), ==, "text");
  g_assert_cmpstr (kith_choice_row_get_code (ADW_COMBO_ROW (in_composer (fixture, "result"))), ==, "left_message");
  key (fixture, "ctrl+Return");
  await_closed (fixture);
  g_assert_cmpstr (kith_json_string (recorded (fixture), "text"), ==, WORDS);
}

int
main (int argc, char **argv)
{
  if (!keys_begin (&argc, &argv))
    return 77;
  ADD ("composer/record-contact-D7", test_record);
  ADD ("composer/record-contact-D7-without-words", test_without_words);
  ADD ("composer/record-contact-escape", test_escape);
  return g_test_run ();
}
