/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the client's pages offer: nothing that will be refused, nothing that only a wide window shows, and a household from any of its records. */

#include "desk-fixture.h"

#define MARIA "c0000000-0000-7000-8000-000000000001"
#define JIM "c0000000-0000-7000-8000-000000000003"

static guint
count_buttons (GtkWidget *widget, const char *action)
{
  guint n = GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action) == 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    n += count_buttons (child, action);
  return n;
}

/* Who said that an alert is over, when and why; and who did a task. */
static void
test_who_and_when (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "clients/" MARIA);
  pump (50);
  SAYS ("Caution · Marcus Reed · Harbor House · 12 Jan · cleared 2 Feb by Ana Delgado: Everybody is well again.");
  SAYS ("Ana Delgado · done 18 Nov by Marcus Reed");
}

/* D12: whom a partner has assigned, by whom and from where stands in the history; on its case with the agency, and where it gave no name the agency stands for it. */
static void
test_partner_assigned (Fixture *fixture, gconstpointer data)
{
  static const char *const kase = "ca000000-0000-7000-8000-000000000001";
  JsonArray *team = fake_desktop_list (fixture->desktop, "case-team");

  json_array_add_object_element (fake_desktop_list (fixture->desktop, "client-history"),
                                 kith_json_new ("_arg", "s", MARIA, "id", "s", "hb", "type", "s", "assigned", "at", "s", "2026-11-19T09:00:00.000Z", "agency_name", "s",
                                                "Eastlake Family Clinic", "who", "s", "Sol Reyes", "title", "s", "Bea Okoro", NULL));
  for (guint i = 0; i < 2; i++)
    json_array_add_object_element (team, kith_json_new ("_arg", "s", kase, "id", "s", i ? "as-b2" : "as-b1", "staff", "s", i ? "b-2" : "b-1", "staff_name", "s", i ? NULL : "Bea Okoro",
                                                        "active", "i", (gint64) 1, "since", "s", "2026-11-19T09:00:00.000Z", "agency", "s", "a0000000-0000-7000-8000-000000000002",
                                                        "agency_name", "s", i ? "Mile End Clinic" : "Eastlake Family Clinic", NULL));
  open_place (fixture, "clients/" MARIA);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find_widget (GTK_WIDGET (fixture->window), "history")), TRUE);
  pump (200);
  SAYS ("Bea Okoro was assigned");
  SAYS ("Eastlake Family Clinic · Sol Reyes");
  open_place (fixture, "cases/ca000000-0000-7000-8000-000000000001");
  pump (200);
  SAYS ("Bea Okoro");
  SAYS ("Eastlake Family Clinic · Since yesterday");
  SAYS ("Mile End Clinic");
  g_assert_false (says (GTK_WIDGET (fixture->window), "Mile End Clinic · Since"));
  g_assert_false (says (GTK_WIDGET (fixture->window), "Has left"));
}

/* Another agency's alert on a linked record is read; to clear it is theirs. */
static void
test_alert_of_others (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "clients/" JIM);
  pump (50);
  SAYS ("Has threatened staff with a knife.");
  g_assert_cmpuint (count_buttons (GTK_WIDGET (fixture->window), "client.clear-alert"), ==, 0);
  open_place (fixture, "clients/" MARIA);
  pump (50);
  g_assert_cmpuint (count_buttons (GTK_WIDGET (fixture->window), "client.clear-alert"), ==, 2);
}

/* A parent's children are added where the parent is read; it is they who join. */
static void
test_add_member (Fixture *fixture, gconstpointer data)
{
  GtkWidget *entry;
  JsonObject *args;
  const char *op;

  open_place (fixture, "clients/" MARIA);
  g_assert_true (act (fixture, "client.add-member"));
  pump (50);
  entry = find_widget (GTK_WIDGET (front_window (fixture)), "entry");
  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), "johnson");
  pump (400);
  g_signal_emit_by_name (entry, "entry-activated");
  pump (50);
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (GTK_WIDGET (front_window (fixture)), "relationship")), 2); /* nobody guesses it */
  gtk_widget_activate_action (GTK_WIDGET (front_window (fixture)), "form.commit", NULL);
  pump (100);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 1);
  args = fake_desktop_get_submitted (fixture->desktop, 0, &op);
  g_assert_cmpstr (op, ==, "household.join");
  g_assert_cmpstr (kith_json_string (args, "with"), ==, MARIA);
  g_assert_nonnull (kith_json_string (args, "client"));
  g_assert_cmpstr (kith_json_string (args, "client"), !=, MARIA);
}

static JsonObject *
find_submitted (Fixture *fixture, const char *op)
{
  const char *found;

  for (guint i = fake_desktop_get_n_submitted (fixture->desktop); i-- > 0;)
    {
      JsonObject *args = fake_desktop_get_submitted (fixture->desktop, i, &found);

      if (g_str_equal (found, op))
        return args;
    }
  g_assert_not_reached ();
}

static void
click (Fixture *fixture, const char *name)
{
  GtkWindow *front = front_window (fixture);
  GtkWidget *button = find_widget (front ? GTK_WIDGET (front) : GTK_WIDGET (fixture->window), name);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  pump (50);
}

/* Registered from the record of somebody who lives there: the household is chosen already, the address is one press, and whom the child shares with is asked
 * of the child (C2). One Save does both. */
static void
test_new_member (Fixture *fixture, gconstpointer data)
{
  JsonObject *registered, *joined, *values;
  GtkWidget *entry;

  open_place (fixture, "clients/" MARIA);
  g_assert_true (act (fixture, "client.add-member"));
  pump (50);
  entry = find_widget (GTK_WIDGET (front_window (fixture)), "entry");
  gtk_editable_set_text (GTK_EDITABLE (entry), "Lucia");
  pump (300);
  click (fixture, "client.new-member");
  pump (100);
  g_assert_null (front_window (fixture)); /* the question is over */
  SAYS ("New Member of the Household");
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (fixture->window)), find_widget (GTK_WIDGET (fixture->window), "given_name"))); /* the conversation begins with it */
  SAYS ("María López Hernández");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_widget (GTK_WIDGET (fixture->window), "given_name"))), ==, "Lucia"); /* typed once */
  g_assert_true (act (fixture, "form.commit")); /* nobody guesses it */
  SAYS ("Choose the relation to the head of the household.");
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 0);
  click (fixture, "household-take-over");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_widget (GTK_WIDGET (fixture->window), "family_name"))), ==, ""); /* offered, and not guessed */
  SAYS ("The same family name?");
  click (fixture, "household-same-name");
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (GTK_WIDGET (fixture->window), "relationship")), 2);
  g_assert_true (act (fixture, "form.commit"));
  pump (100);
  registered = find_submitted (fixture, "client.register");
  joined = find_submitted (fixture, "household.join");
  values = kith_json_object (registered, "values");
  g_assert_cmpstr (kith_json_string (kith_json_object (values, "address"), "address_1"), ==, "1450 Palm Ave, Apt 12");
  g_assert_cmpstr (kith_json_string (values, "family_name"), ==, "López");
  g_assert_null (kith_json_string (values, "second_family_name"));
  g_assert_cmpstr (kith_json_string (values, "given_name"), ==, "Lucia");
  g_assert_cmpstr (json_array_get_string_element (kith_json_array (values, "languages"), 0), ==, "es");
  g_assert_null (kith_json_object (registered, "consent"));
  g_assert_cmpstr (kith_json_string (joined, "with"), ==, MARIA);
  g_assert_cmpstr (kith_json_string (joined, "client"), ==, kith_json_string (registered, "id"));
}

/* domain.md 5: staff know of another record of the same person whom nobody proposed: it is looked for, stands beside this one, and is linked; what was decided
 * before is on the record, and is put right there. */
static void
test_same_person (Fixture *fixture, gconstpointer data)
{
  static const char mine[] = "fa000000-0000-7000-8000-0000000000a1", theirs[] = "fa000000-0000-7000-8000-0000000000a2";
  JsonArray *decisions = json_array_new ();
  JsonObject *args;
  GtkWidget *entry, *page;

  json_array_add_object_element (decisions, kith_json_new ("_arg", "s", MARIA, "id", "s", mine, "state", "s", "linked", "number", "s", "EC-0001", "given_name", "s", "Mary",
                                                           "by_name", "s", "Ana Delgado", "at", "s", "2026-11-03T10:00:00.000Z", "mine", "i", (gint64) 1, NULL));
  json_array_add_object_element (decisions, kith_json_new ("_arg", "s", MARIA, "id", "s", theirs, "state", "s", "dismissed", "number", "s", "EC-0002", "given_name", "s", "Marie",
                                                           "by_name", "s", "Sam Osei", "at", "s", "2026-11-04T10:00:00.000Z", "mine", "i", (gint64) 0, NULL));
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "client-decisions", decisions);
  open_place (fixture, "clients/" MARIA);
  g_assert_true (act (fixture, "client.same-person"));
  pump (50);
  entry = find_widget (GTK_WIDGET (front_window (fixture)), "entry");
  gtk_editable_set_text (GTK_EDITABLE (entry), "johnson");
  pump (400);
  g_signal_emit_by_name (entry, "entry-activated");
  pump (100);
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "Johnson")); /* beside each other */
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "Hernández"));
  gtk_widget_activate_action (GTK_WIDGET (front_window (fixture)), "form.commit", NULL);
  pump (100);
  args = find_submitted (fixture, "match.link");
  g_assert_cmpstr (kith_json_string (args, "client"), ==, MARIA);
  g_assert_cmpstr (kith_json_string (args, "other"), ==, "c0000000-0000-7000-8000-000000000019");
  g_assert_false (json_object_has_member (args, "match"));

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find_widget (find_widget (GTK_WIDGET (fixture->window), "tabs"), "history")), TRUE);
  pump (100);
  page = GTK_WIDGET (kith_frame_get_page (kith_window_get_frame (fixture->window)));
  SAYS ("Ana Delgado");
  SAYS ("Somebody else");
  g_assert_true (gtk_widget_activate_action (page, "client.unlink", "s", mine));
  g_assert_cmpstr (kith_json_string (find_submitted (fixture, "match.unlink"), "match"), ==, mine);
  g_assert_true (gtk_widget_activate_action (page, "client.link-again", "s", theirs));
  args = find_submitted (fixture, "match.link");
  g_assert_cmpstr (kith_json_string (args, "match"), ==, theirs);
  g_assert_cmpstr (kith_json_string (args, "over"), ==, "2026-11-04T10:00:00.000Z"); /* a colleague's word, by when it was said */
}

/* The name goes along; what else was said before the way was taken is kept where it was typed. */
static void
test_way_keeps (Fixture *fixture, gconstpointer data)
{
  static const char key[] = "ask:household.join:client:" MARIA ":{\"with\":\"" MARIA "\"}member";
  GtkWidget *entry;

  open_place (fixture, "clients/" MARIA);
  g_assert_true (act (fixture, "client.add-member"));
  pump (50);
  entry = find_widget (GTK_WIDGET (front_window (fixture)), "entry");
  gtk_editable_set_text (GTK_EDITABLE (entry), "Lucia");
  pump (800);
  click (fixture, "client.new-member");
  pump (800);
  g_assert_null (fake_desktop_get_draft (fixture->desktop, key));
  g_assert_false (says (GTK_WIDGET (fixture->window), "What you typed is kept"));

  open_place (fixture, "clients/" MARIA);
  g_assert_true (act (fixture, "client.add-member"));
  pump (50);
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (GTK_WIDGET (front_window (fixture)), "relationship")), 2);
  pump (800);
  g_assert_nonnull (fake_desktop_get_draft (fixture->desktop, key));
  click (fixture, "client.new-member");
  for (guint i = 0; i < 200 && !says (GTK_WIDGET (fixture->window), "What you typed is kept under “Add a Member”"); i++)
    pump (20); /* it goes again by itself */
  SAYS ("What you typed is kept under “Add a Member”");
  pump (800);
  g_assert_nonnull (fake_desktop_get_draft (fixture->desktop, key));
}

/* At the front desk: with whom a new client lives is found while one types, 4 keys: a word, Enter, the relation's letter, and on. A name that is nobody's
 * there is not lost without a word; and nobody joins whom the registration does not name. */
static void
test_lives_with (Fixture *fixture, gconstpointer data)
{
  GtkWidget *place, *entry;

  g_assert_true (act (fixture, "win.new-client"));
  pump (50);
  type_into (fixture, "given_name", "Lucia");
  place = find_widget (GTK_WIDGET (fixture->window), "lives-with");
  entry = find_widget (place, "entry");
  gtk_editable_set_text (GTK_EDITABLE (entry), "nobody of that name");
  pump (400);
  g_assert_true (act (fixture, "form.commit"));
  SAYS ("Choose with whom the client lives, or empty that line.");
  gtk_editable_set_text (GTK_EDITABLE (entry), "johnson");
  pump (400);
  g_signal_emit_by_name (entry, "entry-activated");
  pump (100);
  SAYS ("Johnson");
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (GTK_WIDGET (fixture->window), "relationship")), 2);
  click (fixture, "household-remove"); /* not there after all */
  g_assert_true (act (fixture, "form.commit"));
  pump (100);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, 1); /* the registration alone */
}

static void
choose_relation (Fixture *fixture, guint selected)
{
  GtkWindow *front = front_window (fixture);

  adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (front ? GTK_WIDGET (front) : GTK_WIDGET (fixture->window), "relationship")), selected);
  pump (100);
}

/* A household has one head (HMIS): who would make a second is told where they do it, and stopped by nothing; the list says where there are several. */
static void
test_two_heads (Fixture *fixture, gconstpointer data)
{
  GtkWidget *place, *entry;

  open_place (fixture, "clients/new:" MARIA); /* registered as a member */
  type_into (fixture, "given_name", "Lucia");
  choose_relation (fixture, 2);
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "two-heads"));
  choose_relation (fixture, 1);
  g_assert_nonnull (find_widget (GTK_WIDGET (fixture->window), "two-heads"));
  SAYS ("Already head of this household: María López.");
  choose_relation (fixture, 2);
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "two-heads"));
  choose_relation (fixture, 1);
  g_assert_true (act (fixture, "form.commit"));
  pump (100);
  g_assert_cmpstr (kith_json_string (find_submitted (fixture, "household.join"), "relationship"), ==, "1");

  open_place (fixture, "clients/" MARIA); /* who is here already, or is said anew */
  g_assert_true (act (fixture, "client.add-member"));
  pump (50);
  choose_relation (fixture, 1);
  g_assert_null (find_widget (GTK_WIDGET (front_window (fixture)), "two-heads")); /* nobody is chosen yet */
  entry = find_widget (GTK_WIDGET (front_window (fixture)), "entry");
  gtk_editable_set_text (GTK_EDITABLE (entry), "johnson");
  pump (400);
  g_signal_emit_by_name (entry, "entry-activated");
  pump (100);
  g_assert_nonnull (find_widget (GTK_WIDGET (front_window (fixture)), "two-heads"));
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "Already head of this household: María López."));
  choose_relation (fixture, 3);
  g_assert_null (find_widget (GTK_WIDGET (front_window (fixture)), "two-heads"));
  choose_relation (fixture, 1);
  gtk_widget_activate_action (GTK_WIDGET (front_window (fixture)), "form.commit", NULL);
  pump (100);
  g_assert_cmpstr (kith_json_string (find_submitted (fixture, "household.join"), "client"), !=, NULL);
  g_assert_null (front_window (fixture));

  g_assert_true (act (fixture, "win.new-client")); /* with somebody who begins a household so */
  pump (50);
  place = find_widget (GTK_WIDGET (fixture->window), "lives-with");
  entry = find_widget (place, "entry");
  gtk_editable_set_text (GTK_EDITABLE (entry), "johnson");
  pump (400);
  g_signal_emit_by_name (entry, "entry-activated");
  pump (100);
  choose_relation (fixture, 1);
  SAYS ("Samuel Johnson is in no household yet and becomes the head of this one.");

  open_place (fixture, "clients/" JIM);
  pump (50);
  g_signal_emit_by_name (find_widget (GTK_WIDGET (fixture->window), "household"), "clicked");
  pump (50);
  SAYS ("Several heads");
  open_place (fixture, "clients/" MARIA);
  pump (50);
  g_assert_false (says (GTK_WIDGET (fixture->window), "Several heads"));
}

/* D12: what was given is a line for the whole run of it, and a follow-up that is done another. */
static void
test_history_given (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "clients/" MARIA);
  pump (50);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find_widget (find_widget (GTK_WIDGET (fixture->window), "tabs"), "history")), TRUE);
  pump (150);
  SAYS ("Night × 12");
  SAYS ("17 Sep 2026 to 28 Sep 2026 · Emergency overnight bed · Harbor House · Ana Delgado");
  SAYS ("Done: Call the landlord about the deposit");
}

/* C3: what ends a consent besides its day stands where it was given. */
static void
test_history_consent (Fixture *fixture, gconstpointer data)
{
  json_array_add_object_element (fake_desktop_list (fixture->desktop, "client-history"),
                                 kith_json_new ("_arg", "s", MARIA, "id", "s", "f0000000-0000-7000-8000-0000000000a7", "type", "s", "consent_granted", "at", "s", "2026-11-19T20:00:00.000Z",
                                                "agency_name", "s", "Harbor House", "who", "s", "Ana Delgado", "title", "s", "Mission Food Bank", "text", "s", "I leave the shelter", NULL));
  open_place (fixture, "clients/" MARIA);
  pump (50);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find_widget (find_widget (GTK_WIDGET (fixture->window), "tabs"), "history")), TRUE);
  pump (150);
  SAYS ("Agreed to share with Mission Food Bank");
  SAYS ("Ends on its day, or when this happens: I leave the shelter");
}

/* In the window, whatever was scrolled. */
static const char *
basis_in_sight (Fixture *fixture)
{
  GtkWidget *window = GTK_WIDGET (fixture->window), *label = find_widget (window, "basis");
  graphene_rect_t bounds;

  if (!label || !gtk_widget_compute_bounds (label, window, &bounds) || bounds.origin.y < 0 || bounds.origin.y + bounds.size.height > gtk_widget_get_height (window))
    return NULL;
  return gtk_label_get_text (GTK_LABEL (label));
}

/* C3: how a consent is given, by whom and for how long is in sight before it is recorded, in the smallest window too; also where it is recorded with a new
 * client. */
static void
test_basis (Fixture *fixture, gconstpointer data)
{
  g_autofree char *verbal = NULL;

  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 480);
  open_place (fixture, "clients/consent:" MARIA);
  pump (100);
  g_assert_nonnull (basis_in_sight (fixture));
  g_assert_true (g_str_has_prefix (basis_in_sight (fixture), "Recorded as: "));
  verbal = g_strdup (basis_in_sight (fixture));
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (GTK_WIDGET (fixture->window), "how")), 1);
  pump (50);
  g_assert_nonnull (basis_in_sight (fixture));
  g_assert_cmpstr (basis_in_sight (fixture), !=, verbal);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_widget (GTK_WIDGET (fixture->window), "refuses")), TRUE);
  pump (50);
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "basis"));
  g_assert_true (act (fixture, "win.new-client"));
  pump (100);
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "basis"));
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (GTK_WIDGET (fixture->window), "consent_choice")), 1);
  pump (100);
  g_assert_nonnull (basis_in_sight (fixture));
}

static GtkWidget *
button_saying (GtkWidget *widget, const char *label)
{
  GtkWidget *found = GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0 ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = button_saying (child, label);
  return found;
}

/* The member who is here already joins the household that was chosen; nobody is registered twice, and the relation is not guessed. */
static void
test_found_joins (Fixture *fixture, gconstpointer data)
{
  for (int said = 0; said < 2; said++)
    {
      JsonObject *joined;

      open_place (fixture, "clients/new:" JIM);
      SAYS ("Since");
      if (said)
        {
          adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (GTK_WIDGET (fixture->window), "relationship")), 3);
          type_into (fixture, "since", "1 Nov 2026");
        }
      type_into (fixture, "given_name", "María");
      type_into (fixture, "family_name", "López");
      type_into (fixture, "date_of_birth", "1988-04-07");
      pump (400);
      g_signal_emit_by_name (button_saying (GTK_WIDGET (fixture->window), "This Is Them"), "clicked");
      pump (100);
      g_assert_null (find_widget (GTK_WIDGET (fixture->window), "given_name")); /* the form is over */
      if (!said)
        {
          adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (GTK_WIDGET (front_window (fixture)), "relationship")), 2);
          gtk_widget_activate_action (GTK_WIDGET (front_window (fixture)), "form.commit", NULL);
          pump (100);
        }
      joined = find_submitted (fixture, "household.join");
      g_assert_cmpstr (kith_json_string (joined, "client"), ==, MARIA);
      g_assert_cmpstr (kith_json_string (joined, "with"), ==, JIM);
      g_assert_cmpstr (kith_json_string (joined, "relationship"), ==, said ? "3" : "2");
      g_assert_cmpstr (kith_json_string (joined, "since"), ==, said ? "2026-11-01" : "2026-11-20");
      g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, said + 1); /* nobody was registered */
    }
}

/* Who registers a member and is called away finds the household, the relation and the name again. */
static void
test_member_kept (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "clients/new:" MARIA);
  type_into (fixture, "given_name", "Lucia");
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (GTK_WIDGET (fixture->window), "relationship")), 2);
  pump (100);
  g_assert_true (act (fixture, "form.cancel"));
  pump (100);
  g_assert_true (act (fixture, "win.new-client")); /* somebody else's */
  pump (100);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_widget (GTK_WIDGET (fixture->window), "given_name"))), ==, "");
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "household-remove"));
  open_place (fixture, "clients/new:" MARIA);
  pump (100);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_widget (GTK_WIDGET (fixture->window), "given_name"))), ==, "Lucia");
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (find_widget (GTK_WIDGET (fixture->window), "relationship"))), ==, 2);
  SAYS ("María López Hernández");
}

/* A key that is held, or pressed twice, registers one person: also the one that goes on to the next member. */
static void
test_once (Fixture *fixture, gconstpointer data)
{
  GtkWidget *field;
  guint n = 0;

  g_assert_true (act (fixture, "win.new-client"));
  pump (50);
  type_into (fixture, "given_name", "Zora");
  type_into (fixture, "family_name", "Quill");
  field = find_widget (GTK_WIDGET (fixture->window), "given_name");
  g_assert_true (gtk_widget_activate_action (field, "form.commit-more", NULL));
  gtk_widget_activate_action (field, "form.commit-more", NULL);
  pump (200);
  for (guint i = 0; i < fake_desktop_get_n_submitted (fixture->desktop); i++)
    {
      const char *op;

      fake_desktop_get_submitted (fixture->desktop, i, &op);
      n += g_str_equal (op, "client.register");
    }
  g_assert_cmpuint (n, ==, 1);
}

/* Locked before it was answered: nobody is led anywhere, and the next member is not asked for. */
static void
test_locked_before (Fixture *fixture, gconstpointer data)
{
  g_assert_true (act (fixture, "win.new-client"));
  pump (50);
  type_into (fixture, "given_name", "Zora");
  type_into (fixture, "family_name", "Quill");
  fake_desktop_hold_answers (fixture->desktop);
  g_assert_true (gtk_widget_activate_action (find_widget (GTK_WIDGET (fixture->window), "given_name"), "form.commit-more", NULL));
  pump (50);
  g_assert_nonnull (find_widget (GTK_WIDGET (fixture->window), "given_name")); /* it is still being saved */
  kith_window_lock (fixture->window);
  pump (50);
  fake_desktop_answer_held (fixture->desktop, NULL);
  pump (100);
  g_assert_nonnull (find_submitted (fixture, "client.register"));
  g_assert_null (kith_window_get_frame (fixture->window));
}

/* Where who may be the same does not stand beside the form, it stands above the form, in words. */
static void
test_same_in_narrow (Fixture *fixture, gconstpointer data)
{
  GtkWidget *line;

  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 390, 700);
  pump (100);
  g_assert_true (act (fixture, "win.new-client"));
  pump (50);
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "matches_line")); /* nobody typed anything */
  type_into (fixture, "given_name", "María");
  type_into (fixture, "family_name", "López");
  pump (400);
  line = find_widget (GTK_WIDGET (fixture->window), "matches_line");
  g_assert_nonnull (line);
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (line)))), "may be the same"));
  g_signal_emit_by_name (line, "clicked");
  pump (300);
  SAYS ("Possibly the same person");
}

/* Whoever reaches for the phone, or for an envelope, reads first what is not safe there, and what the address is for. */
static void
test_not_safe (Fixture *fixture, gconstpointer data)
{
  open_place (fixture, "clients/" MARIA);
  pump (50);
  SAYS ("(619) 555-0142 (Mobile, safe to call)\n(619) 555-0199 (Home, not safe to call, not safe to text): sister");
  SAYS ("maria.lopez@example.org (not safe to send email)");
  SAYS ("1450 Palm Ave, Apt 12, San Diego, CA 92154 (Where the person usually is, not safe to send letters): The door behind the laundry.");
}

/* ux.md 2.0: text to 200 %: the initials of an avatar are text, and so grow with it, in a window that is open too; and go back. */
static void
test_avatar_grows (Fixture *fixture, gconstpointer data)
{
  GtkSettings *settings = gtk_settings_get_default ();
  AdwAvatar *avatar;
  int ordinary, dpi;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  open_place (fixture, "clients/" MARIA);
  pump (50);
  avatar = ADW_AVATAR (find_widget (GTK_WIDGET (fixture->window), "avatar"));
  ordinary = adw_avatar_get_size (avatar);
  g_object_set (settings, "gtk-xft-dpi", 2 * 96 * 1024, NULL);
  pump (50);
  g_assert_cmpint (adw_avatar_get_size (avatar), ==, 2 * ordinary);
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
  pump (50);
  g_assert_cmpint (adw_avatar_get_size (avatar), ==, ordinary);
}

/* Without the hub not everybody was looked through, and it is said who looks then, and where that shows. */
static void
test_same_offline (Fixture *fixture, gconstpointer data)
{
  g_assert_true (act (fixture, "win.new-client"));
  pump (50);
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "offline"));
  fake_desktop_set_sync (fixture->desktop, KITH_SYNC_OFFLINE, 0, 0, 0, 0);
  pump (50);
  SAYS ("The hub checks again when it is in reach");
  fake_desktop_set_sync (fixture->desktop, KITH_SYNC_IDLE, 0, 0, 0, 0);
  pump (50);
  g_assert_null (find_widget (GTK_WIDGET (fixture->window), "offline"));
}

/* ux.md 2.1: a field that was changed and has not gone out says so itself; the others do not. */
static void
test_unsent_field (Fixture *fixture, gconstpointer data)
{
  JsonArray *list = fake_desktop_list (fixture->desktop, "client");
  JsonObject *client = NULL;
  g_autofree char *before = NULL;

  for (guint i = 0; i < json_array_get_length (list) && !client; i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (list, i), "id"), MARIA) == 0)
      client = json_array_get_object_element (list, i);
  {
    g_autoptr (JsonObject) was = kith_json_copy_object (kith_json_object (client, "body"));

    json_object_set_string_member (was, "email", "maria.before@example.org");
    json_object_remove_member (was, "contact_note");
    json_object_remove_member (was, "interpreter_needed");
    before = kith_json_print_object (was);
  }
  json_object_set_boolean_member (kith_json_object (client, "body"), "interpreter_needed", TRUE);
  json_object_set_string_member (client, "before", before);
  list = fake_desktop_list (fixture->desktop, "client-record-billing");
  for (guint i = 0; i < json_array_get_length (list); i++)
    json_object_set_string_member (json_array_get_object_element (list, i), "before", "{}"); /* the hub has none */
  open_place (fixture, "clients/" MARIA);
  pump (50);
  SAYS ("Email • not sent yet");
  SAYS ("Good to know • not sent yet");
  SAYS ("Languages • not sent yet"); /* an interpreter is needed: it stands in that line */
  SAYS ("Insurance • not sent yet");
  SAYS ("Social security number • not sent yet");
  SAYS ("Phone");
  SAYS ("Address");
}

/* A screen reader is told what a switch is, what of, and how it stands. */
static void
test_switch_heard (Fixture *fixture, gconstpointer data)
{
  GtkWidget *row;

  open_place (fixture, "clients/consent:" MARIA);
  pump (200);
  row = find_widget (GTK_WIDGET (fixture->window), "network");
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_ROLE_SWITCH);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, "Network staff");
  g_assert_false (gtk_test_accessible_has_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY)); /* its name would be said twice */
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "People of 2-1-1 who help clients and agencies across the network");
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_CHECKED, GTK_ACCESSIBLE_TRISTATE_FALSE);
  kith_switch_row_set_active (KITH_SWITCH_ROW (row), TRUE);
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_CHECKED, GTK_ACCESSIBLE_TRISTATE_TRUE);
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  ADD ("clients/alert-of-others", NULL, test_alert_of_others);
  ADD ("clients/avatar-grows", NULL, test_avatar_grows);
  ADD ("clients/same-offline", NULL, test_same_offline);
  ADD ("clients/same-by-hand", NULL, test_same_person);
  ADD ("clients/found-joins", NULL, test_found_joins);
  ADD ("clients/who-and-when", NULL, test_who_and_when);
  ADD ("clients/partner-assigned-D12", NULL, test_partner_assigned);
  ADD ("clients/unsent-field", NULL, test_unsent_field);
  ADD ("clients/add-member", NULL, test_add_member);
  ADD ("clients/not-safe", NULL, test_not_safe);
  ADD ("clients/consent-basis-C3", NULL, test_basis);
  ADD ("clients/new-member", NULL, test_new_member);
  ADD ("clients/new-member-keeps", NULL, test_way_keeps);
  ADD ("clients/lives-with", NULL, test_lives_with);
  ADD ("clients/two-heads-of-a-household", NULL, test_two_heads);
  ADD ("clients/history-given-D12", NULL, test_history_given);
  ADD ("clients/history-consent-C3", NULL, test_history_consent);
  ADD ("clients/member-kept", NULL, test_member_kept);
  ADD ("clients/registered-once", NULL, test_once);
  ADD ("clients/locked-before-answer", NULL, test_locked_before);
  ADD ("clients/same-in-narrow", NULL, test_same_in_narrow);
  ADD ("switch-heard", NULL, test_switch_heard);
  return g_test_run ();
}
