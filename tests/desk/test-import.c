/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk-fixture.h"
#include "import/kith-import-form-private.h"
#include "kith-test.h"
#include "widgets/kith-pick-row.h"

#include <glib/gstdio.h>
#include <unistd.h>

/* A spreadsheet comes in: looked at, decided on, imported, taken back, by keyboard alone. */

static gboolean
count_is (GtkWidget  *form,
          const char *row,
          const char *count)
{
  GtkWidget *shown = find_widget (form, row);

  return shown && g_str_equal (gtk_label_get_text (g_object_get_data (G_OBJECT (shown), "count")), count);
}

static void
act_on_focus (Fixture    *fixture,
              const char *action)
{
  g_assert_true (gtk_widget_activate_action (gtk_root_get_focus (GTK_ROOT (fixture->window)), action, NULL));
}

/* By keyboard alone: the file's columns are recognised, nothing is taken before it is looked at, the focus never gets lost. */
static void
test_import (Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = g_test_build_filename (G_TEST_DIST, "data", "people.csv", NULL);
  GtkWidget *form;

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.import", NULL);
  pump (50);
  form = gtk_widget_get_ancestor (find_widget (GTK_WIDGET (fixture->window), "choose_button"), KITH_TYPE_IMPORT_FORM);
  kith_import_form_open (KITH_IMPORT_FORM (form), file);
  kith_test_until (find_widget (form, "columns"));
  g_assert_true (gtk_widget_activate_action (gtk_root_get_focus (GTK_ROOT (fixture->window)), "form.commit", NULL));
  kith_test_until (find_widget (form, "fresh_row"));
  g_assert_cmpstr (gtk_label_get_text (g_object_get_data (G_OBJECT (find_widget (form, "fresh_row")), "count")), ==, "5");
  g_assert_cmpstr (gtk_label_get_text (g_object_get_data (G_OBJECT (find_widget (form, "maybe_row")), "count")), ==, "2");
  g_assert_cmpstr (gtk_label_get_text (g_object_get_data (G_OBJECT (find_widget (form, "bad_row")), "count")), ==, "3");
  g_assert_null (find_widget (form, "taken_row"));
  kith_test_until (says (form, "Row 8 · Sam Johnson"));
  g_assert_null (find_widget (form, "remark_row"));

  /* Two may be somebody who is here: each is decided on by a key, and the last word can be taken back until the import. */
  kith_test_until (find_widget (form, "first"));
  act_on_focus (fixture, "attention.first");
  kith_test_until (count_is (form, "joined_row", "1"));
  g_assert_true (count_is (form, "maybe_row", "1"));
  act_on_focus (fixture, "attention.third");
  kith_test_until (count_is (form, "maybe_row", "2"));
  g_assert_null (find_widget (form, "joined_row"));
  act_on_focus (fixture, "attention.second");
  kith_test_until (count_is (form, "fresh_row", "6"));
  kith_test_until (count_is (form, "maybe_row", "1"));
  act_on_focus (fixture, "form.commit");
  kith_test_until (find_widget (form, "taken_row"));
  g_assert_true (count_is (form, "taken_row", "6"));

  /* The one left is decided on afterwards, and goes its way at once. */
  g_assert_true (count_is (form, "maybe_row", "1"));
  g_assert_nonnull (find_widget (form, "save_maybe"));
  act_on_focus (fixture, "attention.second");
  kith_test_until (count_is (form, "taken_row", "7"));
  g_assert_null (find_widget (form, "maybe_row"));
  /* It is asked first, with what goes and what stays; whoever just presses Enter leaves all as it is. */
  gtk_widget_activate (find_widget (form, "undo_button"));
  kith_test_until (front_window (fixture));
  g_assert_true (ADW_IS_MESSAGE_DIALOG (front_window (fixture)));
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "7 clients who came in with it go"));
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "worked with since stay"));
  g_assert_cmpstr (adw_message_dialog_get_default_response (ADW_MESSAGE_DIALOG (front_window (fixture))), ==, "cancel");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (front_window (fixture)), "cancel");
  pump (300);
  g_assert_null (find_widget (form, "undone_row"));
  g_assert_true (count_is (form, "taken_row", "7"));
  gtk_widget_activate (find_widget (form, "undo_button"));
  kith_test_until (front_window (fixture));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (front_window (fixture)), "undo");
  kith_test_until (find_widget (form, "undone_row"));
  g_assert_true (count_is (form, "undone_row", "7"));
  /* Nothing is in the way: what never came in is not called something that cannot be taken back. */
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (find_widget (form, "bad_row"))), ==, "Were not taken");
  g_assert_true (says (form, "They never came in"));
}

/* A1: days of an insurance are read as the others are, and may lie ahead; of a social security number nobody behind the screen reads more than its end. */
static void
test_billing_columns (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;
  GtkWidget *form;
  int fd = g_file_open_tmp ("kith-insured-XXXXXX.csv", &path, NULL);

  close (fd);
  g_assert_true (g_file_set_contents (path, "Name,Insured until,SSN\nAnn,03/04/2031,123-45-6789\nBen,05/06/2031,\n", -1, NULL));
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.import", NULL);
  pump (50);
  form = gtk_widget_get_ancestor (find_widget (GTK_WIDGET (fixture->window), "choose_button"), KITH_TYPE_IMPORT_FORM);
  kith_import_form_open (KITH_IMPORT_FORM (form), path);
  kith_test_until (says (form, "Insured until"));
  SAYS ("03/04/2031 → 4 Mar 2031, or 3 Apr 2031");
  g_assert_false (says (form, "123-45"));
  SAYS ("6789");
  g_unlink (path);
}

/* How dates are read is shown by one of the file: what it says there, and which day that is; where it could be two days, both. */
static void
test_dates (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *dates, *shown, *chosen; /* one a row; chosen: with day/month/year */
  } files[] = {
    { "04/07/1988\n12/12/1949\n11/30/1975\n", "04/07/1988 → 7 Apr 1988", "11/30/1975 cannot be read so" },
    { "12/12/1949\n03/04/1988\n", "03/04/1988 → 4 Mar 1988, or 3 Apr 1988", "03/04/1988 → 3 Apr 1988" },
    { "1988-04-07\n", "1988-04-07 → 7 Apr 1988", "1988-04-07 cannot be read so" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_auto (GStrv) days = g_strsplit (files[i].dates, "\n", -1);
      g_autofree char *rows = g_strjoinv (",Ann\n", days), *text = g_strconcat ("DOB,Name\n", rows, NULL), *path = NULL;
      GtkWidget *form;
      int fd = g_file_open_tmp ("kith-dates-XXXXXX.csv", &path, NULL);

      close (fd);
      g_assert_true (g_file_set_contents (path, text, -1, NULL));
      if (i == 0)
        gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.import", NULL);
      pump (50);
      form = gtk_widget_get_ancestor (find_widget (GTK_WIDGET (fixture->window), i == 0 ? "choose_button" : "columns"), KITH_TYPE_IMPORT_FORM);
      if (i > 0)
        adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (form, "dates")), 0);
      kith_import_form_open (KITH_IMPORT_FORM (form), path);
      kith_test_until (says (form, files[i].shown));
      g_assert_false (says (form, "4/7/1988")); /* no example of another file */
      adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (form, "dates")), 3);
      pump (50);
      g_assert_true (says (form, files[i].chosen));
      g_unlink (path);
    }
}

/* Which of two numbers is the month cannot be seen from the file: that is asked before anything is read, and nothing is taken for it. */
static void
ask_of (Fixture *fixture, const char *text, const char *asked, guint answer, const char *read)
{
  g_autofree char *path = NULL;
  GtkWidget *form;
  int fd = g_file_open_tmp ("kith-dates-XXXXXX.csv", &path, NULL);

  close (fd);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.import", NULL);
  pump (50);
  form = gtk_widget_get_ancestor (find_widget (GTK_WIDGET (fixture->window), "choose_button"), KITH_TYPE_IMPORT_FORM);
  kith_import_form_open (KITH_IMPORT_FORM (form), path);
  kith_test_until (find_widget (form, "columns"));
  act_on_focus (fixture, "form.commit");
  kith_test_until (says (form, asked));
  kith_test_until (find_widget (form, "dates"));
  kith_test_until (gtk_root_get_focus (GTK_ROOT (fixture->window)) == find_widget (form, "dates"));
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_widget (form, "dates")), answer);
  act_on_focus (fixture, "form.commit");
  kith_test_until (find_widget (form, "fresh_row"));
  g_assert_true (says (form, read));
  g_unlink (path);
}

static void
test_dates_asked (Fixture *fixture, gconstpointer data)
{
  ask_of (fixture, "DOB,First name\n03/04/1988,Ann\n05/06/1990,Bea\n",
          "The dates in this file can be read in two ways: 03/04/1988 → 4 Mar 1988, or 3 Apr 1988.", 3, "03/04/1988 → 3 Apr 1988");
}

/* Each way of writing that can be asked about can be answered, and so can each column of dates. */
static void
test_dates_dashes (Fixture *fixture, gconstpointer data)
{
  ask_of (fixture, "DOB,First name\n03-04-1988,Ann\n05-06-1990,Bea\n",
          "The dates in this file can be read in two ways: 03-04-1988 → 4 Mar 1988, or 3 Apr 1988.", 7, "03-04-1988 → 3 Apr 1988");
}

/* Both ways occur: it is said in which rows, and that the others are left out whichever is chosen. */
static void
test_dates_both (Fixture *fixture, gconstpointer data)
{
  ask_of (fixture, "DOB,First name\n07/13/1988,Ann\n13/07/1988,Bea\n03/04/1990,Cyd\n", "the month comes first in row 2, and the day in row 3", 3,
          "03/04/1990 → 3 Apr 1990");
}

static void
test_dates_died (Fixture *fixture, gconstpointer data)
{
  ask_of (fixture, "DOB,First name,Died\n1921-12-30,Ann,03/04/1988\n1920-11-29,Bea,05/06/1990\n",
          "The dates in this file can be read in two ways: 03/04/1988 → 4 Mar 1988, or 3 Apr 1988.", 3, "3 Apr 1988");
}

/* C16: what a list says about calling somebody is offered a place, and goes in with the number. */
static void
test_safe_to_call (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;
  GtkWidget *form;
  int fd = g_file_open_tmp ("kith-phones-XXXXXX.csv", &path, NULL);

  close (fd);
  g_assert_true (g_file_set_contents (path, "First name,Phone,Safe to call,Phone 2,Phone 2 type\nAnn,619-555-0100,No,619-555-0101,Work\n", -1, NULL));
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.import", NULL);
  pump (50);
  form = gtk_widget_get_ancestor (find_widget (GTK_WIDGET (fixture->window), "choose_button"), KITH_TYPE_IMPORT_FORM);
  kith_import_form_open (KITH_IMPORT_FORM (form), path);
  kith_test_until (find_widget (form, "columns"));
  g_assert_true (says (form, "Phone: Safe to call"));
  g_assert_true (says (form, "Second phone: Type"));
  act_on_focus (fixture, "form.commit");
  kith_test_until (find_widget (form, "fresh_row"));
  g_assert_true (count_is (form, "fresh_row", "1"));
  g_unlink (path);
}

static gboolean
file_says (const char *path, const char *words)
{
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) && strstr (text, words);
}

/* What is left out of a row that comes in is said before anything is taken, with whom it is about; so is one person in two rows of the list. */
static void
test_remarks (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL, *saved = g_build_filename (g_get_tmp_dir (), "kith-left-out.csv", NULL), *text = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (saved);
  GtkWidget *form;
  int fd = g_file_open_tmp ("kith-remarks-XXXXXX.csv", &path, NULL);

  close (fd);
  g_assert_true (g_file_set_contents (path, "ID,First name,Last name,DOB,Insurance\n1,Ann,Paz,1988-04-07,No\n2,Ben,Ito,1990-01-02,Aetna\n3,ann,paz,1988-04-07,\n", -1, NULL));
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.import", NULL);
  pump (50);
  form = gtk_widget_get_ancestor (find_widget (GTK_WIDGET (fixture->window), "choose_button"), KITH_TYPE_IMPORT_FORM);
  kith_import_form_open (KITH_IMPORT_FORM (form), path);
  kith_test_until (find_widget (form, "columns"));
  act_on_focus (fixture, "form.commit");
  kith_test_until (find_widget (form, "remark_row"));
  g_assert_true (count_is (form, "remark_row", "1"));
  g_assert_true (count_is (form, "fresh_row", "2"));
  g_assert_true (count_is (form, "maybe_row", "1"));
  kith_test_until (says (form, "Row 2 · Ann"));
  g_assert_true (says (form, "Insurance: “No” does not say which; nothing is recorded of it"));
  g_assert_true (says (form, "What Is Left Out or Changed"));
  kith_test_until (find_widget (form, "first"));
  g_assert_true (says (form, "Same person: one client comes in, as the earlier row says"));
  act_on_focus (fixture, "attention.first");
  kith_test_until (says (form, "Row 4: the same person as row 2"));
  kith_import_form_write_rows (KITH_IMPORT_FORM (form), KITH_IMPORT_REMARKED, file);
  kith_test_until (file_says (saved, "cut off"));
  g_assert_true (g_file_get_contents (saved, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "What was left out or changed"));
  g_assert_nonnull (strstr (text, "cut off"));
  /* Also when they have come in. */
  act_on_focus (fixture, "form.commit");
  kith_test_until (find_widget (form, "taken_row"));
  g_assert_true (count_is (form, "remark_row", "1"));
  g_assert_true (says (form, "What Was Left Out or Changed"));
  g_unlink (saved);
  g_unlink (path);
}

static GtkWidget *
open_text (Fixture *fixture, const char *text, char **path)
{
  GtkWidget *form;
  int fd = g_file_open_tmp ("kith-import-XXXXXX.csv", path, NULL);

  close (fd);
  g_assert_true (g_file_set_contents (*path, text, -1, NULL));
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.import", NULL);
  pump (50);
  form = gtk_widget_get_ancestor (find_widget (GTK_WIDGET (fixture->window), "choose_button"), KITH_TYPE_IMPORT_FORM);
  kith_import_form_open (KITH_IMPORT_FORM (form), *path);
  kith_test_until (find_widget (form, "columns"));
  return form;
}

static const char *
target_of (GtkWidget *form, guint column)
{
  KithImportForm *self = KITH_IMPORT_FORM (form);
  guint at = kith_pick_row_get_selected (self->rows->pdata[column]);

  return at > 0 ? self->targets->pdata[at - 1] : NULL;
}

static GtkWidget *
find_type (GtkWidget *inside, GType type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (inside, type) ? inside : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (inside); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find_type (child, type);
  return found;
}

/* Headings as lists have them; one that nobody knows is looked for among the fields by some of its letters, and Enter takes it. */
static void
test_headings (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;
  GtkWidget *form = open_text (fixture, "Client,Veteran,Interpreter?,Arrival\n\"Paz, Ann\",Yes,No,1988-04-07\n\"Ito, Ben\",No,No,1990-05-06\n", &path), *row, *entry;

  g_assert_cmpstr (target_of (form, 0), ==, "full_name");
  g_assert_cmpstr (target_of (form, 1), ==, "veteran_status");
  g_assert_cmpstr (target_of (form, 2), ==, "interpreter_needed");
  g_assert_null (target_of (form, 3));
  row = KITH_IMPORT_FORM (form)->rows->pdata[3];
  entry = find_type (row, GTK_TYPE_SEARCH_ENTRY);
  g_assert_nonnull (entry);
  g_assert_true (gtk_widget_activate_action (row, "pick-row.open", NULL));
  pump (100);
  gtk_editable_set_text (GTK_EDITABLE (entry), "of birth");
  pump (300);
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpstr (target_of (form, 3), ==, "date_of_birth");
  kith_test_until (says (form, "1988-04-07 → 7 Apr 1988"));
  g_unlink (path);
}

/* A day that will be refused is not promised: it is said before the check. */
static void
test_dates_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;
  GtkWidget *form = open_text (fixture, "Name,DOB\nAnn,2090-01-02\nBea,1988-04-07\n", &path);

  kith_test_until (says (form, "1988-04-07 → 7 Apr 1988"));
  g_assert_true (says (form, "Will not be taken: 2090-01-02 is in the future"));
  g_assert_false (says (form, "2 Jan 2090"));
  g_unlink (path);
}

/* What the check found is in sight, also the second time; and what is restored is taken up by going on. */
static void
test_result_in_sight (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;
  GtkWidget *form = open_text (fixture, "Name,DOB\nAnn,2090-01-02\nBea,2091-04-07\nCyd,2092-01-02\nDan,2093-01-02\nEve,1988-04-07\n", &path);
  GtkAdjustment *bar;

  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 700, 480);
  kith_form_flush (KITH_FORM (form));
  gtk_widget_activate_action (form, "form.cancel", NULL);
  pump (100);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.import", NULL);
  pump (50);
  form = find_type (GTK_WIDGET (fixture->window), KITH_TYPE_IMPORT_FORM);
  kith_test_until (says (form, "Draft from"));
  kith_test_until (find_widget (form, "columns"));
  gtk_widget_activate_action (form, "form.commit", NULL);
  kith_test_until (find_widget (form, "fresh_row"));
  kith_test_until (!says (form, "Draft from"));
  kith_test_until (says (form, "Row 2"));
  pump (200);
  bar = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (gtk_widget_get_ancestor (find_widget (form, "fresh_row"), GTK_TYPE_SCROLLED_WINDOW)));
  gtk_adjustment_set_value (bar, gtk_adjustment_get_upper (bar));
  g_assert_cmpfloat (gtk_adjustment_get_value (bar), >, 0);
  gtk_widget_activate (find_widget (form, "back_button"));
  kith_test_until (g_str_equal (gtk_stack_get_visible_child_name (KITH_IMPORT_FORM (form)->stack), "map"));
  gtk_widget_activate_action (form, "form.commit", NULL);
  kith_test_until (find_widget (form, "fresh_row"));
  pump (200);
  g_assert_cmpfloat (gtk_adjustment_get_value (bar), ==, 0);
  g_unlink (path);
}

/* A list that comes again: who came in with it before is left as they are, or gets what is missing; before that is said there is nothing to import. */
static void
test_fill (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;
  GtkWidget *form = open_text (fixture, "First name,Last name\nAnn,Known\nBea,Known\n", &path), *fill;

  kith_test_until (find_widget (form, "columns"));
  gtk_widget_activate_action (form, "form.commit", NULL);
  kith_test_until (count_is (form, "same_row", "2"));
  fill = find_widget (form, "fill_row");
  g_assert_true (says (form, "The list says something of 2 clients that their records do not"));
  g_assert_true (says (form, "Nothing new would come in."));
  kith_switch_row_set_active (KITH_SWITCH_ROW (fill), TRUE);
  g_assert_true (says (form, "This would come in."));
  kith_switch_row_set_active (KITH_SWITCH_ROW (fill), FALSE);
  g_assert_true (says (form, "Nothing new would come in."));
  gtk_widget_grab_focus (fill);
  gtk_widget_activate (fill);
  g_assert_true (kith_switch_row_get_active (KITH_SWITCH_ROW (fill)));
  gtk_widget_activate_action (form, "form.commit", NULL);
  kith_test_until (count_is (form, "filled_row", "2"));
  g_assert_null (find_widget (form, "fill_row"));
  g_assert_null (find_widget (form, "same_row"));
  g_assert_null (find_widget (form, "joined_row"));
  kith_test_until (find_widget (form, "undo_button"));
  g_unlink (path);
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  ADD ("import/rows", NULL, test_import);
  ADD ("import/remarks", NULL, test_remarks);
  ADD ("import/dates", NULL, test_dates);
  ADD ("import/A1-billing-columns", NULL, test_billing_columns);
  ADD ("import/dates-asked", NULL, test_dates_asked);
  ADD ("import/dates-dashes", NULL, test_dates_dashes);
  ADD ("import/safe-to-call-C16", NULL, test_safe_to_call);
  ADD ("import/dates-both", NULL, test_dates_both);
  ADD ("import/dates-died", NULL, test_dates_died);
  ADD ("import/headings", NULL, test_headings);
  ADD ("import/dates-refused", NULL, test_dates_refused);
  ADD ("import/result-in-sight", NULL, test_result_in_sight);
  ADD ("import/fill", NULL, test_fill);
  return g_test_run ();
}
