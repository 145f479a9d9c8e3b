/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window of one referral: what it shows of a long story, and what it goes by while it shows a part. */

#include "desk-fixture.h"
#include "clients/kith-client-list.h"

#define LONG "e0000000-0000-7000-8000-000000000072" /* was in service; ended without help */

static void
add_events (Fixture *fixture, guint from, guint n, const char *type)
{
  for (guint i = from; i < from + n; i++)
    {
      g_autofree char *id = g_strdup_printf ("ev-long-%03u", i), *text = g_strdup_printf ("Word %03u.", i);

      json_array_add_object_element (fake_desktop_list (fixture->desktop, "referral-events"),
                                     kith_json_new ("_arg", "s", LONG, "id", "s", id, "type", "s", type, "at", "s", "2026-11-12T18:00:00.000Z", "actor_name", "s",
                                                    "Dr. Priya Nair", "text", "s", text, NULL));
    }
}

static GtkWidget *
shown (Fixture *fixture, const char *name)
{
  return find_widget (GTK_WIDGET (fixture->window), name);
}

static guint
count_lines (Fixture *fixture)
{
  guint n = 0;

  for (GtkWidget *line = shown (fixture, "timeline") ? gtk_widget_get_first_child (shown (fixture, "timeline")) : NULL; line; line = gtk_widget_get_next_sibling (line))
    n++;
  return n;
}

/* What is read arrives by and by: waits for it, with a bound. words: of the newest line */
static void
await_lines (Fixture *fixture, guint n, guint total, const char *words)
{
  g_autofree char *more = n < total ? g_strdup_printf ("Show More (%u of %u)", n, total) : NULL;
  const char *label = NULL;

  for (guint i = 0; i < 100; i++)
    {
      label = shown (fixture, "more") ? gtk_button_get_label (GTK_BUTTON (shown (fixture, "more"))) : NULL;
      if (count_lines (fixture) == n && g_strcmp0 (label, more) == 0 && says (GTK_WIDGET (fixture->window), words))
        break;
      pump (50);
    }
  g_assert_cmpuint (count_lines (fixture), ==, n);
  g_assert_cmpstr (label, ==, more);
  g_assert_true (says (GTK_WIDGET (fixture->window), words));
}

/* D8: what happened over years is shown by and by, the newest first. How far it came, the note it was sent with and the words of its end stand there all the same, and what
 * happens meanwhile takes nobody back to the beginning. */
static void
test_long (Fixture *fixture, gconstpointer data)
{
  static const char *const kinds[] = { "referral_event", NULL };
  guint before = 4; /* of fake-data.json */

  json_array_add_object_element (fake_desktop_list (fixture->desktop, "referral-events"),
                                 kith_json_new ("_arg", "s", LONG, "id", "s", "ev-long-sent", "type", "s", "sent", "to_phase", "s", "sent", "at", "s", "2026-10-02T15:40:00.000Z",
                                                "text", "s", "Comes with a small dog", NULL));
  add_events (fixture, 0, 195, "note");
  open_place (fixture, "sent/" LONG);
  await_lines (fixture, KITH_CLIENT_STEP, before + 196, "Word 194.");
  g_assert_false (says (GTK_WIDGET (fixture->window), "Word 000."));
  g_assert_false (says (GTK_WIDGET (fixture->window), "Not in service"));
  g_assert_true (says (GTK_WIDGET (fixture->window), "Comes with a small dog"));
  g_signal_emit_by_name (shown (fixture, "more"), "clicked");
  await_lines (fixture, 2 * KITH_CLIENT_STEP, before + 196, "Word 194.");

  add_events (fixture, 195, 1, "note");
  g_signal_emit_by_name (fixture->desktop, "changed", kinds);
  await_lines (fixture, 2 * KITH_CLIENT_STEP, before + 197, "Word 195.");
  for (guint now = 3 * KITH_CLIENT_STEP; now < before + 197 + KITH_CLIENT_STEP; now += KITH_CLIENT_STEP)
    {
      g_signal_emit_by_name (shown (fixture, "more"), "clicked");
      await_lines (fixture, MIN (now, before + 197), before + 197, "Word 195.");
    }
  g_assert_true (says (GTK_WIDGET (fixture->window), "Word 000."));
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  g_test_add ("/referral/long-D8", Fixture, NULL, set_up, test_long, tear_down);
  return g_test_run ();
}
