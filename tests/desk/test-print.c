/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Papers: the texts in the client's language, names of every script, what must stand on them, and that each is noted (C13). */

#include "desk-fixture.h"
#include "kith-format.h"
#include "print/kith-handout.h"
#include "print/kith-print-window-private.h"

#include "paper-fixture.h"

static KithRow *
the_client (JsonObject *body)
{
  g_autoptr (JsonObject) columns = kith_json_new ("id", "s", MARIA, "body", "o", body, NULL);

  return fake_row_new (columns);
}

static JsonObject *
client_body (const char *given, const char *family)
{
  JsonObject *phone = kith_json_new ("number", "s", "619-555-0142", "type", "s", "mobile", "safe_to_call", "b", TRUE, "note", "s", "after six", NULL);
  JsonArray *phones = json_array_new ();

  json_array_add_object_element (phones, phone);
  return kith_json_new ("given_name", "s", given, "family_name", "s", family, "number", "s", "HA-0021", "date_of_birth", "s", "1988-04-07", "pronouns", "s",
                        "she/her", "phones", "a", phones, "languages", "a", kith_json_strings ("es", "vi", NULL), "interpreter_needed", "b", TRUE,
                        "sex", "s", "0", NULL);
}

static KithRow *
consent_named (const char *id, gboolean health, const char *receivers, const char *term)
{
  g_autoptr (JsonObject) columns = kith_json_new (
    "id", "s", id, "agency_name", "s", "Harbor House", "receiver_names", "s", "Bridge Street Clinic, City Pantry", "receiver_list", "s", receivers, "recorded_by_name", "s", "Ana Delgado", "body", "o",
    kith_json_new ("status", "s", "in_force", "permission", "s", "granted", "classes", "a", health ? kith_json_strings ("client", "client_health", NULL) : kith_json_strings ("client", "care", NULL),
                   "purpose", "s", "Housing and health", "start", "s", "2026-11-01T09:00:00.000Z", "term", "s", term, "how", "s", "signed", "grantor", "s", "self",
                   "signature", "s", "M100 200l60 -120l60 120l60 -90l80 40M500 120l200 30", "signer", "s", "María López Hernández", NULL),
    NULL);

  return fake_row_new (columns);
}

static KithRow *
consent_row (gboolean health)
{
  return consent_named ("k1", health, "[\"Bridge Street Clinic\",\"City Pantry\"]", "2027-11-01T09:00:00.000Z");
}

static char *
print_paper_to (KithPaper paper, const KithPaperFacts *facts, const KithCatalogue *catalogue, int *unknown, char **pdf)
{
  g_autoptr (KithPages) sheet = kith_paper_new (paper, facts, catalogue);

  return print_sheet (sheet, unknown, pdf);
}

static char *
print_paper (KithPaper paper, const KithPaperFacts *facts, const KithCatalogue *catalogue, int *unknown)
{
  return print_paper_to (paper, facts, catalogue, unknown, NULL);
}

static KithPaperFacts
facts_for (KithRow *client, GPtrArray *consents)
{
  return (KithPaperFacts) { client, consents, NULL, NULL, NULL, "Ana Delgado", "Harbor House", NOW_MS };
}

/* C3, C7: who printed, when, at which agency, on what basis; the notice of part 2 only where such records may be among what is shared. */
static void
test_face_sheet (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KithRow) client = the_client (client_body ("María", "López Hernández"));
  g_autoptr (GPtrArray) consents = g_ptr_array_new_with_free_func (g_object_unref);
  KithPaperFacts facts = facts_for (client, consents);
  g_autoptr (KithCatalogue) english = kith_catalogue_new (NULL);
  g_autofree char *plain = NULL, *health = NULL, *none = NULL;
  int unknown;

  none = print_paper (KITH_PAPER_FACE_SHEET, &facts, english, &unknown);
  assert_has (none, "no consent to share is in force");
  g_ptr_array_add (consents, consent_row (FALSE));
  plain = print_paper (KITH_PAPER_FACE_SHEET, &facts, english, &unknown);
  g_assert_cmpint (unknown, ==, 0);
  assert_has (plain, "María López Hernández");
  assert_has (plain, "7 April 1988");
  assert_has (plain, "619-555-0142");
  assert_has (plain, "Spanish, Vietnamese, needs an interpreter");
  assert_has (plain, "Printed 20 November 2026, 14:05");
  assert_has (plain, "by Ana Delgado, Harbor House");
  assert_has (plain, "Bridge Street Clinic");
  assert_has (plain, "1 November 2027");
  assert_has (plain, "Page 1 of 1");
  g_assert_null (strstr (plain, "42 CFR"));
  g_ptr_array_set_size (consents, 0);
  g_ptr_array_add (consents, consent_row (TRUE));
  health = print_paper (KITH_PAPER_FACE_SHEET, &facts, english, &unknown);
  assert_has (health, "42 CFR");
}

/* C4: a term ends without a network too, whatever was recorded last; C7: every consent in force counts for the notice; and which one a form is of can be
 * chosen. The network is no agency's name. */
static void
test_in_force (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KithRow) client = the_client (client_body ("María", "López Hernández"));
  g_autoptr (GPtrArray) consents = g_ptr_array_new_with_free_func (g_object_unref);
  KithPaperFacts facts = facts_for (client, consents);
  g_autoptr (KithCatalogue) english = kith_catalogue_new ("en");
  g_autofree char *over = NULL, *form = NULL, *two = NULL, *first = NULL, *second = NULL;
  int unknown;

  g_ptr_array_add (consents, consent_named ("k1", TRUE, "[\"Bridge Street Clinic\"]", "2026-11-02T09:00:00.000Z"));
  over = print_paper (KITH_PAPER_FACE_SHEET, &facts, english, &unknown);
  assert_has (over, "no consent to share is in force");
  g_assert_null (strstr (over, "42 CFR"));
  form = print_paper (KITH_PAPER_CONSENT, &facts, english, &unknown);
  assert_has (form, "Expired");

  g_ptr_array_set_size (consents, 0);
  g_ptr_array_add (consents, consent_named ("k1", FALSE, "[\"City Pantry\",\"network\"]", "2027-11-01T09:00:00.000Z"));
  g_ptr_array_add (consents, consent_named ("k2", TRUE, "[\"Bridge Street Clinic\"]", "2027-12-01T09:00:00.000Z"));
  two = print_paper (KITH_PAPER_FACE_SHEET, &facts, english, &unknown);
  assert_has (two, "42 CFR");
  assert_has (two, "City Pantry, network staff until 1 November 2027");
  assert_has (two, "Bridge Street Clinic until 1 December 2027");
  first = print_paper (KITH_PAPER_CONSENT, &facts, english, &unknown);
  assert_has (first, "Who may see it City Pantry, network staff");
  facts.consent = "k2";
  second = print_paper (KITH_PAPER_CONSENT, &facts, english, &unknown);
  assert_has (second, "Who may see it Bridge Street Clinic");
  facts.consent = ""; /* asked for anew */
  g_free (first);
  first = print_paper (KITH_PAPER_CONSENT, &facts, english, &unknown);
  assert_has (first, "☐");
  assert_has (first, "Witness, or who read it");
  g_assert_null (strstr (first, "City Pantry, network staff\n"));
}

/* C7: what printing rests on is on the paper whole, however many agencies the consents name; a group is named as one. */
static void
test_long_basis (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KithRow) client = the_client (client_body ("María", "López Hernández"));
  g_autoptr (GPtrArray) consents = g_ptr_array_new_with_free_func (g_object_unref);
  KithPaperFacts facts = facts_for (client, consents);
  g_autoptr (KithCatalogue) english = kith_catalogue_new ("en");
  g_autoptr (GString) list = g_string_new ("[");
  g_autofree char *group = NULL;
  int unknown;

  for (guint i = 0; i < 12; i++)
    g_string_append_printf (list, "%s\"Agency of the Harbor number %u\"", i > 0 ? "," : "", i);
  g_string_append (list, "]");
  for (guint n = 1; n < 6; n += 2)
    {
      g_autofree char *text = NULL;

      for (guint i = consents->len; i < n; i++)
        {
          g_autofree char *term = g_strdup_printf ("203%u-11-01T09:00:00.000Z", i);

          g_ptr_array_add (consents, consent_named ("k", FALSE, list->str, term));
        }
      text = print_paper (KITH_PAPER_FACE_SHEET, &facts, english, &unknown);
      for (guint i = 0; i < n; i++)
        {
          g_autofree char *end = g_strdup_printf ("November 203%u.", i);

          assert_has (text, end);
        }
      assert_has (text, "Page 1 of");
    }
  json_object_set_array_member (kith_row_body (consents->pdata[0], "body"), "receiver_classes", kith_json_strings ("direct", NULL));
  g_ptr_array_set_size (consents, 1);
  group = print_paper (KITH_PAPER_FACE_SHEET, &facts, english, &unknown);
  assert_has (group, "shared with every agency that takes direct referrals (12) until");
}

/* Where there are several the form is of the one that counts, or of another that is chosen; other papers are of none. */
static void
test_which_consent (Fixture *fixture, gconstpointer data)
{
  GtkWidget *combo;

  open_place (fixture, "clients/" MARIA);
  g_assert_true (act (fixture, "client.print"));
  pump (100);
  g_assert_null (in_front (fixture, "consent"));
  kith_print_window_choose (KITH_PRINT_WINDOW (front_window (fixture)), KITH_PAPER_CONSENT);
  combo = in_front (fixture, "consent");
  g_assert_nonnull (combo);
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (combo)), ==, 0);
  g_assert_true (g_str_has_prefix (gtk_string_list_get_string (GTK_STRING_LIST (adw_combo_row_get_model (ADW_COMBO_ROW (combo))), 0), "In force"));
  g_assert_true (g_str_has_prefix (gtk_string_list_get_string (GTK_STRING_LIST (adw_combo_row_get_model (ADW_COMBO_ROW (combo))), 1), "Revoked"));
  g_assert_cmpstr (gtk_string_list_get_string (GTK_STRING_LIST (adw_combo_row_get_model (ADW_COMBO_ROW (combo))), 2), ==, "A blank form, to be signed");
}

static void
assert_code (const KithCatalogue *catalogue, const char *vocabulary, const char *code, const char *expected)
{
  g_autofree char *words = kith_catalogue_code (catalogue, vocabulary, code);

  g_assert_cmpstr (words, ==, expected);
}

static void
test_consent (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KithRow) client = the_client (client_body ("María", "López Hernández"));
  g_autoptr (GPtrArray) consents = g_ptr_array_new_with_free_func (g_object_unref);
  KithPaperFacts facts = facts_for (client, consents);
  g_autoptr (KithCatalogue) english = kith_catalogue_new ("en");
  g_autofree char *blank = NULL, *signed_one = NULL, *in_spanish = NULL;
  int unknown;

  blank = print_paper (KITH_PAPER_CONSENT, &facts, english, &unknown);
  assert_has (blank, "Witness, or who read it");
  assert_has (blank, "Version of the wording Kith 2");
  g_ptr_array_add (consents, consent_row (TRUE));
  signed_one = print_paper (KITH_PAPER_CONSENT, &facts, english, &unknown);
  assert_has (signed_one, "You can revoke this consent at any time");
  assert_has (signed_one, "Housing and health");
  assert_has (signed_one, "María López Hernández, 1 November 2026");
  g_assert_null (strstr (signed_one, "Witness, or who read it"));

  /* In Spanish, whatever the windows speak: at least what has been translated. */
  {
    g_autoptr (KithCatalogue) es = kith_catalogue_new_in (KITH_PO_DIR, "es");

    g_assert_cmpstr (kith_catalogue_get_language (es), ==, "es");
    g_assert_cmpstr (kith_catalogue_get (es, "Purpose"), !=, "Purpose");
    { /* whether or not this computer knows the language; a year alone is not made more */
      g_autofree char *day = kith_catalogue_date (es, "2026-12-04"), *month = kith_catalogue_date (es, "2026-12"), *year = kith_catalogue_date (es, "2026");

      g_assert_true (g_str_has_prefix (day, "4 ") && strstr (day, "diciembre") && g_str_has_suffix (day, "2026"));
      g_assert_true (g_str_has_prefix (month, "diciembre") && g_str_has_suffix (month, "2026"));
      g_assert_cmpstr (year, ==, "2026");
    }
    g_assert_cmpstr (kith_catalogue_get (es, "This text is in no catalogue"), ==, "This text is in no catalogue");
    assert_code (es, "need_status", "open", "Abierta"); /* a need: one word in English, and not "Abrir" or "Abierto" */
    assert_code (es, "event_type", "closed", "Cerrada"); /* a referral */
    assert_code (es, "event_type", "sent", "Enviada");
    in_spanish = print_paper (KITH_PAPER_CONSENT, &facts, es, &unknown);
    assert_has (in_spanish, kith_catalogue_get (es, "Purpose"));
    g_assert_cmpint (unknown, ==, 0);
  }
}

/* Names of every script that the fonts of this computer have: none is lost or replaced. */
static void
test_scripts (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *given, *family;
  } names[] = {
    { "Nguyễn", "Thị Hằng" }, { "Łukasz", "Żółkiewski" }, { "Олена", "Коваленко" }, { "Ελένη", "Παπαδοπούλου" }, { "王", "小明" }, { "佐藤", "さくら" }, { "김", "민준" },
    { "अनन्या", "शर्मा" }, { "রহিমা", "খাতুন" }, { "தமிழ்", "செல்வன்" }, { "محمد", "العمري" }, { "יעל", "כהן" },
  };
  g_autoptr (KithCatalogue) english = kith_catalogue_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (KithRow) client = the_client (client_body (names[i].given, names[i].family));
      KithPaperFacts facts = facts_for (client, NULL);
      g_autofree char *text = NULL;
      int unknown;

      text = print_paper (KITH_PAPER_FACE_SHEET, &facts, english, &unknown);
      g_test_message ("%s %s", names[i].given, names[i].family);
      g_assert_cmpint (unknown, ==, 0);
      if (i < 7) /* joined letters are written in their forms */
        assert_has (text, names[i].given);
    }
}

/* Where a word stands on the first page, as the PDF has it; FALSE: it does not. */
static gboolean
place_of (const char *path, const char *word, double *from, double *to)
{
  g_autofree char *tool = g_find_program_in_path ("pdftotext"), *boxes = NULL;
  g_autofree char *pattern = g_strdup_printf ("xMin=\"([0-9.]+)\" yMin=\"[0-9.]+\" xMax=\"([0-9.]+)\" yMax=\"[0-9.]+\">%s<", word);
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *a = NULL, *b = NULL;

  g_assert_true (g_spawn_sync (NULL, (char *[]) { tool, (char *) "-bbox", (char *) path, (char *) "-", NULL }, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &boxes,
                               NULL, NULL, NULL));
  if (!g_regex_match (regex, boxes, 0, &match))
    return FALSE;
  a = g_match_info_fetch (match, 1);
  b = g_match_info_fetch (match, 2);
  *from = g_ascii_strtod (a, NULL);
  *to = g_ascii_strtod (b, NULL);
  return TRUE;
}

/* A folder with a catalogue made of tests/data/print/LANGUAGE.po, or of nothing usable. */
static char *
make_catalogue (const char *language, gboolean spoilt)
{
  char *folder = g_dir_make_tmp ("kith-po-XXXXXX", NULL);
  g_autofree char *messages = g_build_filename (folder, language, "LC_MESSAGES", NULL), *mo = g_build_filename (messages, "kith.mo", NULL);
  g_autofree char *name = g_strconcat (language, ".po", NULL), *po = g_test_build_filename (G_TEST_DIST, "data", "print", name, NULL);
  g_autofree char *tool = g_find_program_in_path ("msgfmt");
  int status = 1;

  g_mkdir_with_parents (messages, 0700);
  if (spoilt)
    g_assert_true (g_file_set_contents (mo, "\xde\x12\x04\x95\0\0\0\0\xff\xff\xff\x7f\x10\0\0\0\xff\xff\xff\xff", 20, NULL));
  else
    {
      g_assert_true (g_spawn_sync (NULL, (char *[]) { tool, (char *) "-o", mo, po, NULL }, NULL, 0, NULL, NULL, NULL, NULL, &status, NULL));
      g_assert_cmpint (status, ==, 0);
    }
  return folder;
}

static void
drop_catalogue (char *folder, const char *language)
{
  g_autofree char *in = g_build_filename (folder, language, NULL), *messages = g_build_filename (in, "LC_MESSAGES", NULL);
  g_autofree char *mo = g_build_filename (messages, "kith.mo", NULL);

  g_unlink (mo);
  g_rmdir (messages);
  g_rmdir (in);
  g_rmdir (folder);
  g_free (folder);
}

/* Languages that run from the right: labels stand at the right, what they name to the left of them and against them, be it Arabic or Latin. */
static void
test_right_to_left (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *language, *given, *family, *phone, *purpose;
  } cases[] = { { "ar", "محمد", "العمري", "هاتف", "الغرض" }, { "he", "יעל", "כהן", "טלפון", "מטרה" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      char *folder = make_catalogue (cases[i].language, FALSE);
      g_autoptr (KithCatalogue) catalogue = kith_catalogue_new_in (folder, cases[i].language);
      g_autoptr (KithRow) client = the_client (client_body (cases[i].given, cases[i].family));
      g_autoptr (GPtrArray) consents = g_ptr_array_new_with_free_func (g_object_unref);
      KithPaperFacts facts = facts_for (client, consents);
      g_autofree char *sheet = NULL, *consent = NULL, *pdf = NULL, *signed_pdf = NULL;
      double from, to, number_from, number_to;
      int unknown;

      g_assert_true (kith_catalogue_is_rtl (catalogue));
      g_assert_cmpstr (kith_catalogue_get (catalogue, "Phone"), ==, cases[i].phone);
      sheet = print_paper_to (KITH_PAPER_FACE_SHEET, &facts, catalogue, &unknown, &pdf);
      g_assert_cmpint (unknown, ==, 0);
      assert_has (sheet, "619-555-0142"); /* not turned round */
      assert_has (sheet, "14:05");
      g_assert_true (place_of (pdf, "619-555-0142", &number_from, &number_to));
      g_test_message ("%s: the number from %.0f to %.0f", cases[i].language, number_from, number_to);
      g_assert_cmpfloat (number_to, <, 56.7 + 482 * 0.68); /* left of the column of labels */
      g_assert_cmpfloat (number_to, >, 56.7 + 482 * 0.45); /* and against it */

      g_ptr_array_add (consents, consent_row (TRUE));
      consent = print_paper_to (KITH_PAPER_CONSENT, &facts, catalogue, &unknown, &signed_pdf);
      g_assert_cmpint (unknown, ==, 0);
      assert_has (consent, "Housing");
      g_assert_true (place_of (signed_pdf, "Housing", &from, &to)); /* Latin words begin where the Arabic ones would */
      g_assert_cmpfloat (from, >, 56.7 + 482 * 0.3);
      g_unlink (pdf);
      g_unlink (signed_pdf);
      drop_catalogue (folder, cases[i].language);
    }

  /* A spoilt file is no catalogue, and no harm. */
  {
    char *folder = make_catalogue ("ar", TRUE);
    g_autoptr (KithCatalogue) spoilt = kith_catalogue_new_in (folder, "ar");

    g_assert_cmpstr (kith_catalogue_get (spoilt, "Phone"), ==, "Phone");
    drop_catalogue (folder, "ar");
  }
}

/* What no font has is not printed as boxes: a mark stands for it, and the paper says what the mark means. */
static void
test_no_font (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KithRow) client = the_client (client_body ("\U00012000\U00012001", "Enheduanna \U00012002 X"));
  KithPaperFacts facts = facts_for (client, NULL);
  g_autoptr (KithCatalogue) english = kith_catalogue_new (NULL);
  g_autofree char *text = NULL;
  int unknown;

  text = print_paper (KITH_PAPER_FACE_SHEET, &facts, english, &unknown);
  g_assert_cmpint (unknown, ==, 0);
  assert_has (text, "[…] Enheduanna […] X");
  assert_has (text, "stands for letters that this computer has no font for");
}

/* Long names, and more than fits one page: nothing runs over an edge, the second page has its number, and headings stay with what follows. */
static void
test_two_pages (Fixture *fixture, gconstpointer data)
{
  JsonObject *body = client_body ("Guadalupe Esperanza de los Ángeles", "Featherstonehaugh-Cholmondeley y Etxeberria-Goikoetxea");
  g_autoptr (KithRow) client = NULL;
  g_autoptr (GPtrArray) alerts = g_ptr_array_new_with_free_func (g_object_unref);
  KithPaperFacts facts;
  g_autoptr (KithCatalogue) english = kith_catalogue_new (NULL);
  g_autofree char *text = NULL, *pdf = NULL;
  double from, to;
  int unknown;

  json_object_set_string_member (body, "email", "guadalupe.esperanza.de.los.angeles.featherstonehaugh-cholmondeley@a-very-long-domain.example.org");
  json_object_set_string_member (body, "contact_note", "Ring twice and wait.");
  client = the_client (body);
  for (guint i = 0; i < 24; i++)
    {
      g_autoptr (JsonObject) alert = kith_json_new ("id", "s", "x", "active", "i", (gint64) 1, "level", "s", "warning", "text", "s",
                                                    "Do not leave messages with the neighbours: one of them works for a landlord who is a party to a case.", NULL);

      g_ptr_array_add (alerts, fake_row_new (alert));
    }
  facts = facts_for (client, NULL);
  facts.alerts = alerts;
  text = print_paper_to (KITH_PAPER_FACE_SHEET, &facts, english, &unknown, &pdf);
  assert_has (text, "Page 1 of 2");
  assert_has (text, "Page 2 of 2");
  g_assert_true (place_of (pdf, "Cholmondeley", &from, &to) || place_of (pdf, "Featherstonehaugh-Cholmondeley", &from, &to));
  g_assert_cmpfloat (to, <, 56.7 + 482 + 1);
  g_unlink (pdf);
}

/* What left this computer, among all that is noted: that the page behind was read is told when its rows have come. */
static guint
n_exported (Fixture *fixture)
{
  guint n = 0;

  for (guint i = 0; i < fake_desktop_get_n_noted (fixture->desktop); i++)
    n += g_strcmp0 (kith_json_string (fake_desktop_get_noted (fixture->desktop, i), "what"), "exported") == 0;
  return n;
}

static void
wait_exported (Fixture *fixture, guint n)
{
  for (guint i = 0; i < 100 && n_exported (fixture) < n; i++)
    pump (50);
  pump (50);
}

static JsonObject *
last_exported (Fixture *fixture)
{
  for (guint i = fake_desktop_get_n_noted (fixture->desktop); i > 0; i--)
    if (g_strcmp0 (kith_json_string (fake_desktop_get_noted (fixture->desktop, i - 1), "what"), "exported") == 0)
      return fake_desktop_get_noted (fixture->desktop, i - 1);
  g_assert_not_reached ();
}

/* The window: the client's language first, a PDF as chosen, noted once for each paper, before it exists (C13); none where the hub says no. */
static void
test_window (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "kith-test-print.pdf", NULL), *text = NULL;
  g_autoptr (GError) error = NULL;
  KithPrintWindow *window;
  JsonObject *args;
  guint n;

  open_place (fixture, "clients/" MARIA);
  g_assert_true (act (fixture, "client.print"));
  window = KITH_PRINT_WINDOW (front_window (fixture));
  g_assert_nonnull (window);
  g_assert_true (gtk_widget_get_sensitive (in_front (fixture, "print_button")));
  fake_desktop_refuse_next (fixture->desktop, "Your account was closed. Nothing was changed.");
  gtk_widget_activate_action (GTK_WIDGET (window), "print.print", NULL);
  g_assert_true (says (GTK_WIDGET (window), "Noting at the hub"));
  g_assert_false (gtk_widget_get_sensitive (in_front (fixture, "print_button")));
  pump (100);
  g_assert_true (KITH_IS_PRINT_WINDOW (front_window (fixture))); /* refused: no paper, and why */
  g_assert_true (says (GTK_WIDGET (window), "Your account was closed."));
  g_assert_true (gtk_widget_get_sensitive (in_front (fixture, "print_button")));
  n = n_exported (fixture);
  kith_print_window_ask (window, "exported");
  wait_exported (fixture, n + 1);
  g_assert_cmpuint (n_exported (fixture), ==, n + 1); /* nothing is made yet */
  g_assert_false (export_to (window, "/nowhere/at/all.pdf", &error));
  g_clear_error (&error);
  export_to (window, path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_exported (fixture), ==, n + 1);
  args = last_exported (fixture);
  g_assert_cmpstr (kith_json_string (args, "what"), ==, "exported");
  g_assert_cmpstr (kith_json_string (args, "client"), ==, MARIA);
  g_assert_cmpstr (kith_json_string (args, "detail"), ==, "Face sheet");
  text = text_of_pdf (path);
  assert_has (text, "María López Hernández");
  assert_has (text, "Printed 20 November 2026, 14:05");
  g_unlink (path);
  /* Another paper is another entry; without a hub it is queued, and said. */
  fake_desktop_set_sync (fixture->desktop, KITH_SYNC_OFFLINE, 0, 0, NOW_MS, NOW_MS);
  kith_print_window_choose (window, KITH_PAPER_CORRECTIONS);
  kith_print_window_ask (window, "exported");
  wait_exported (fixture, n + 2);
  g_assert_cmpuint (n_exported (fixture), ==, n + 2);
  g_assert_true (says (GTK_WIDGET (window), "The hub could not be asked"));
  export_to (window, path, &error);
  g_assert_no_error (error);
  g_unlink (path);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* C19: what was asked, what was answered and what the client wrote against it, on one paper. */
static void
test_corrections (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "kith-test-corrections.pdf", NULL), *text = NULL;
  g_autoptr (GError) error = NULL;
  JsonArray *rows = fake_desktop_list (fixture->desktop, "client-amendments");

  json_object_set_string_member (json_array_get_object_element (rows, 2), "disagreement", "It is mine, and it is wrong.");
  json_object_set_string_member (json_array_get_object_element (rows, 2), "disagreed_on", "2026-09-20");
  open_place (fixture, "clients/" MARIA);
  g_assert_true (act (fixture, "client.print"));
  kith_print_window_choose (KITH_PRINT_WINDOW (front_window (fixture)), KITH_PAPER_CORRECTIONS);
  adw_combo_row_set_selected (ADW_COMBO_ROW (in_front (fixture, "language")), 1); /* English */
  kith_print_window_ask (KITH_PRINT_WINDOW (front_window (fixture)), "exported");
  pump (50);
  export_to (KITH_PRINT_WINDOW (front_window (fixture)), path, &error);
  g_assert_no_error (error);
  text = text_of_pdf (path);
  assert_has (text, "The house was sold.");
  assert_has (text, "Another agency wrote it");
  assert_has (text, "It is mine, and it is wrong.");
  assert_has (text, "20 September 2026");
  g_unlink (path);
}

static void
put_rows (Fixture *fixture, const char *query, JsonObject *first, JsonObject *second)
{
  JsonArray *rows = json_array_new ();

  json_array_add_object_element (rows, first);
  json_array_add_object_element (rows, second);
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), query, rows);
}

#define OF_CASE(id, secrecy) "_arg", "s", MARIA, "id", "s", id, "case", "s", "ca000000-0000-7000-8000-000000000001", "number", "s", "HA-C-0011", "client", "s", MARIA, \
  "sensitivity", "s", secrecy, "author_name", "s", "Ana Delgado"

/* The whole record as a PDF, read back; notes: with what was written in the cases. loses: the right to what is about health ends while the window is open. n: as many entries that has. Yours */
static char *
print_whole (Fixture *fixture, gboolean notes, gboolean loses, guint n)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "kith-notes.pdf", NULL);
  g_autoptr (GError) error = NULL;
  guint before = n_exported (fixture);
  KithPrintWindow *window;
  char *text;

  open_place (fixture, "clients/" MARIA);
  g_assert_true (act (fixture, "client.print"));
  window = KITH_PRINT_WINDOW (front_window (fixture));
  adw_combo_row_set_selected (ADW_COMBO_ROW (in_front (fixture, "language")), 1); /* English */
  g_assert_null (in_front (fixture, "notes")); /* the face sheet has none */
  kith_print_window_choose (window, KITH_PAPER_RECORD);
  for (guint i = 0; i < 600 && !gtk_widget_get_sensitive (in_front (fixture, "save_button")); i++)
    pump (20);
  kith_switch_row_set_active (KITH_SWITCH_ROW (in_front (fixture, "notes")), notes);
  if (loses)
    {
      fake_desktop_set_health (fixture->desktop, FALSE);
      g_signal_emit_by_name (fixture->context, "actor-changed");
    }
  kith_print_window_ask (window, "exported");
  wait_exported (fixture, before + n);
  g_assert_cmpuint (n_exported (fixture), ==, before + n);
  export_to (window, path, &error);
  g_assert_no_error (error);
  text = text_of_pdf (path);
  g_unlink (path);
  gtk_window_destroy (GTK_WINDOW (window));
  pump (50);
  return text;
}

/* C19, C13, U10, C7: notes with their amendments, assessments and goals go along, unless whoever prints leaves them out; what only some may see goes with those
 * alone, says so, and carries the federal notice. Each case of which there are lines has an entry of its own. */
static void
test_whole_notes (Fixture *fixture, gconstpointer data)
{
  g_autofree char *all = NULL, *without = NULL, *no_health = NULL, *lost = NULL;
  const char *note, *amendment;

  put_rows (fixture, "client-case-notes", kith_json_new (OF_CASE ("n1", "general"), "type", "s", "progress", "at", "s", "2026-10-05T16:00:00.000Z", "text", "s", "The landlord waits.",
                                                         "amended", "i", (gint64) 1, NULL),
            kith_json_new (OF_CASE ("n2", "part2"), "at", "s", "2026-10-07T16:00:00.000Z", "amends_at", "s", "2026-10-05T16:00:00.000Z", "text", "s", "He goes to the program.", NULL));
  put_rows (fixture, "client-assessments", kith_json_new (OF_CASE ("m1", "general"), "name", "s", "Housing needs", "assessed_on", "s", "2026-10-08", "score", "s", "11", "summary", "s",
                                                          "Three in one room.", "void_reason", "s", "It was another María", "answers", "s", "{\"answers\":[{\"question\":\"Where?\",\"answer\":\"In the shelter\"}]}", NULL),
            kith_json_new (OF_CASE ("m2", "health"), "name", "s", "PHQ-9", "assessed_on", "s", "2026-10-09", "score", "s", "14", NULL));
  put_rows (fixture, "client-goals", kith_json_new (OF_CASE ("g1", "general"), "title", "s", "A flat near the school", "status", "s", "active", "target_on", "s", "2027-01-15", "since", "s",
                                                    "2026-10-28T16:20:00.000Z", NULL),
            kith_json_new (OF_CASE ("g2", "health"), "title", "s", "Sleeps through the night", "status", "s", "active", "since", "s", "2026-11-18T17:20:00.000Z", NULL));
  all = print_whole (fixture, TRUE, FALSE, 3);
  note = strstr (all, "The landlord waits.");
  amendment = strstr (all, "He goes to the program.");
  g_assert_true (note && amendment && note < amendment);
  assert_has (all, "Taken back · It was another María");
  assert_has (all, "amended later");
  assert_has (all, "amends the note of 5 October 2026");
  assert_has (all, "Substance use treatment");
  assert_has (all, "Housing needs · score 11 · HA-C-0011");
  assert_has (all, "Three in one room.");
  assert_has (all, "Where?: In the shelter");
  assert_has (all, "PHQ-9");
  assert_has (all, "A flat near the school · Active · to be reached by 15 January 2027");
  assert_has (all, "Sleeps through the night");
  assert_has (all, "42 CFR");
  g_assert_null (strstr (all, "Not on this paper: case notes"));
  g_assert_cmpstr (kith_json_string (last_exported (fixture), "t"), ==, "case");
  g_assert_cmpstr (kith_json_string (last_exported (fixture), "record"), ==, "ca000000-0000-7000-8000-000000000002");
  g_assert_cmpstr (kith_json_string (last_exported (fixture), "client"), ==, MARIA);

  /* A case has its line without them, too, and the second has no more than that. */
  without = print_whole (fixture, FALSE, FALSE, 3);
  assert_has (without, "HA-C-0014");
  g_assert_null (strstr (without, "The landlord waits."));
  g_assert_null (strstr (without, "Housing needs"));
  g_assert_null (strstr (without, "A flat near the school"));
  assert_has (without, "Not on this paper: case notes");
  g_assert_cmpstr (kith_json_string (last_exported (fixture), "t"), ==, "case");
  g_assert_cmpstr (kith_json_string (last_exported (fixture), "record"), ==, "ca000000-0000-7000-8000-000000000002");
  g_assert_cmpstr (kith_json_string (last_exported (fixture), "detail"), ==, "Whole record, without case notes");

  fake_desktop_set_health (fixture->desktop, FALSE);
  no_health = print_whole (fixture, TRUE, FALSE, 3);
  assert_has (no_health, "The landlord waits.");
  assert_has (no_health, "Housing needs");
  assert_has (no_health, "Health information is not on this paper");
  g_assert_null (strstr (no_health, "He goes to the program."));
  g_assert_null (strstr (no_health, "PHQ-9"));
  g_assert_null (strstr (no_health, "Sleeps through the night"));
  g_assert_null (strstr (no_health, "42 CFR"));

  fake_desktop_set_health (fixture->desktop, TRUE);
  lost = print_whole (fixture, TRUE, TRUE, 3);
  assert_has (lost, "The landlord waits.");
  assert_has (lost, "Health information is not on this paper");
  g_assert_null (strstr (lost, "He goes to the program."));
  g_assert_null (strstr (lost, "PHQ-9"));
}

static gboolean
tick_cb (gpointer n)
{
  (*(guint *) n)++;
  return G_SOURCE_CONTINUE;
}

/* C19: the whole record has what the face sheet leaves out, thousands of lines too; the windows go on while it is laid out and written. */
static void
test_whole_record (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "kith-whole.pdf", NULL), *text = NULL, *sheet = NULL;
  JsonArray *services = fake_desktop_list (fixture->desktop, "client-services");
  g_autoptr (GtkPrintOperation) operation = NULL;
  Export export = { FALSE };
  g_autoptr (GError) error = NULL;
  JsonObject *linked;
  KithPrintWindow *window;
  guint ticks = 0, id, frozen;
  gint64 began;

  for (guint i = 0; i < 5000; i++)
    {
      JsonObject *service = kith_json_copy_object (json_array_get_object_element (services, 1));
      g_autofree char *key = g_strdup_printf ("service-%u", i), *note = g_strdup_printf ("Night %u", i);

      json_object_set_string_member (service, "id", key);
      json_object_set_string_member (service, "note", note);
      json_array_add_object_element (services, service);
    }
  linked = kith_json_copy_object (json_array_get_object_element (fake_desktop_list (fixture->desktop, "client-links"), 0));
  json_object_set_string_member (linked, "_arg", MARIA);
  json_array_add_object_element (fake_desktop_list (fixture->desktop, "client-links"), linked);
  open_place (fixture, "clients/" MARIA);
  g_assert_true (act (fixture, "client.print"));
  window = KITH_PRINT_WINDOW (front_window (fixture));
  adw_combo_row_set_selected (ADW_COMBO_ROW (in_front (fixture, "language")), 1); /* English */
  kith_print_window_choose (window, KITH_PAPER_RECORD);
  for (guint i = 0; i < 600 && !gtk_widget_get_sensitive (in_front (fixture, "save_button")); i++)
    pump (20);
  g_assert_true (gtk_widget_get_sensitive (in_front (fixture, "save_button")));
  /* Its words are made for the look at the fonts, and beside the windows, whose thread would be told so (fake-row.c): nobody makes them again. */
  for (guint i = 0; i < 600 && fake_row_count_frozen () < 5000; i++)
    pump (20);
  frozen = fake_row_count_frozen ();
  g_assert_cmpuint (frozen, >, 5000);
  kith_print_window_ask (window, "exported");
  pump (50);
  /* C13: each record of which there are lines on it has an entry of its own. */
  wait_exported (fixture, 4);
  g_assert_cmpuint (n_exported (fixture), ==, 4);
  g_assert_cmpstr (kith_json_string (last_exported (fixture), "client"), ==, kith_json_string (linked, "id"));
  g_assert_cmpstr (kith_json_string (last_exported (fixture), "detail"), ==, "Whole record");
  export.error = &error;
  began = g_get_monotonic_time ();
  kith_print_window_export_async (window, path, exported_cb, &export);
  g_test_message ("its words took %.1f ms of the windows", (double) (g_get_monotonic_time () - began) / 1000);
  id = g_idle_add (tick_cb, &ticks);
  while (!export.done)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (id);
  g_assert_no_error (error);
  g_assert_cmpuint (fake_row_count_frozen (), ==, frozen);
  g_test_message ("the windows' turn came %u times meanwhile", ticks);
  g_assert_cmpuint (ticks, >, 100);
  text = text_of_pdf (path);
  assert_has (text, "Household");
  assert_has (text, "Cases");
  assert_has (text, "Services given");
  assert_has (text, "Referrals");
  assert_has (text, "HA-0051");
  assert_has (text, "Not on this paper: what was written with each referral");
  assert_has (text, "Night 0");
  assert_has (text, "Night 4999");

  /* A printer gets what was laid out beside the windows too. */
  g_clear_pointer (&text, g_free);
  g_unlink (path);
  operation = kith_print_operation_new (window);
  gtk_print_operation_set_export_filename (operation, path);
  g_assert_cmpint (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL, &error), ==, GTK_PRINT_OPERATION_RESULT_APPLY);
  g_assert_no_error (error);
  text = text_of_pdf (path);
  assert_has (text, "Night 0");
  assert_has (text, "Night 4999");
  g_assert_cmpuint (fake_row_count_frozen (), ==, frozen);
  kith_print_window_choose (window, KITH_PAPER_FACE_SHEET);
  kith_print_window_ask (window, "exported");
  pump (50);
  g_assert_cmpuint (n_exported (fixture), ==, 5); /* of this one alone */
  export_to (window, path, &error);
  g_assert_no_error (error);
  sheet = text_of_pdf (path);
  g_assert_null (strstr (sheet, "Night 0"));
  assert_has (sheet, "Mateo López"); /* with whom she lives */
  g_unlink (path);
}

/* D3: what a client takes along, in their language and with nothing about them. */
static void
test_handout (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KithCatalogue) spanish = kith_catalogue_new_in (KITH_PO_DIR, "es");
  g_autoptr (KithRow) service = row_of (json_object_ref (json_array_get_object_element (fake_desktop_list (fixture->desktop, "service"), 0)));
  g_autoptr (GPtrArray) places = rows_of (json_object_ref (json_array_get_object_element (fake_desktop_list (fixture->desktop, "service-locations"), 0)), NULL);
  KithHandoutFacts facts = { service, places, "Harbor House", NOW_MS };
  g_autoptr (KithPages) sheet = kith_handout_new (&facts, spanish);
  int unknown;
  g_autofree char *text = print_sheet (sheet, &unknown, NULL);

  g_assert_cmpint (unknown, ==, 0);
  assert_has (text, "Emergency food box");
  assert_has (text, "Mission Food Bank");
  assert_has (text, "2850 Main Street");
  assert_has (text, "619-555-0111");
  assert_has (text, kith_catalogue_get (spanish, "Address"));
  assert_has (text, kith_catalogue_get (spanish, "To apply"));
  assert_has (text, ", 14:05"); /* printed when: the day in words, the minute */
  if (g_str_equal (kith_catalogue_get_language (spanish), "es"))
    g_assert_true (strstr (text, "noviembre") && !strstr (text, "To apply"));
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  ADD ("print/face-sheet-C7", NULL, test_face_sheet);
  ADD ("print/corrections-C19", NULL, test_corrections);
  ADD ("print/consent-C3", NULL, test_consent);
  ADD ("print/in-force-C4-C7", NULL, test_in_force);
  ADD ("print/long-basis-C7", NULL, test_long_basis);
  ADD ("print/which-consent", NULL, test_which_consent);
  ADD ("print/scripts", NULL, test_scripts);
  ADD ("print/right-to-left", NULL, test_right_to_left);
  ADD ("print/no-font", NULL, test_no_font);
  ADD ("print/two-pages", NULL, test_two_pages);
  ADD ("print/window-C13", NULL, test_window);
  ADD ("print/whole-record-C19", NULL, test_whole_record);
  ADD ("print/whole-record-notes-C19-C13", NULL, test_whole_notes);
  ADD ("print/handout-D3", NULL, test_handout);
  return g_test_run ();
}
