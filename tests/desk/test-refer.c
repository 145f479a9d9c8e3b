/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a referral goes that is no direct one to a service: to an agency, by hand or on paper (D3, D4, D9). */

#include "desk-fixture.h"

static void
choose_first (Fixture *fixture, const char *text)
{
  GtkWidget *entry = find_widget (find_widget (GTK_WIDGET (fixture->window), "suggest_place"), "entry");

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  pump (400);
  g_signal_emit_by_name (entry, "entry-activated");
  pump (100);
}

/* D4, D9: a service that takes no direct referrals is handed off to its agency, which reads first which one is meant; the sender sees that before it goes. */
static void
test_refer_warm_names (Fixture *fixture, gconstpointer data)
{
  const char *op;
  JsonObject *args;
  GtkTextBuffer *request;

  open_place (fixture, "clients/refer:" MARIA);
  choose_first (fixture, "rapid");
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (GTK_WIDGET (fixture->window), "type")), 1);
  pump (50);
  SAYS ("What the agency reads begins with: For the service “Rapid re-housing for seniors and disabled adults”.");
  type_into (fixture, "need", "A home");
  request = gtk_text_view_get_buffer (GTK_TEXT_VIEW (find_widget (GTK_WIDGET (fixture->window), "request")));
  gtk_text_buffer_set_text (request, "Meet Linh on Friday.", -1);
  g_assert_true (act (fixture, "form.commit"));
  pump (100);
  args = fake_desktop_get_submitted (fixture->desktop, 0, &op);
  g_assert_cmpstr (op, ==, "referral.send");
  g_assert_cmpstr (kith_json_string (args, "type"), ==, "warm");
  g_assert_null (kith_json_string (args, "service"));
  g_assert_nonnull (kith_json_string (args, "agency_to"));
  g_assert_cmpstr (kith_json_string (args, "request"), ==, "For the service “Rapid re-housing for seniors and disabled adults”.\nMeet Linh on Friday.");
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  ADD ("refer/warm-names-D9", NULL, test_refer_warm_names);
  return g_test_run ();
}
