/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-text.h"

typedef struct
{
  const char *text;
  const char *expected;
} Row;

static void
test_fold (void)
{
  static const Row rows[] = {
    { NULL, "" },
    { "", "" },
    { " \t\n ", "" },
    { "--'--", "" },
    { "Maria", "maria" },
    { "  Ana   Maria ", "ana maria" },
    { "O'Brien", "obrien" },
    { "O\342\200\231Brien", "obrien" },          /* the curly one */
    { "O\302\264Brien", "obrien" },              /* the acute accent, used as one */
    { "D\312\274Angelo", "dangelo" },
    { "Smith-Jones", "smith jones" },
    { "Smith\342\200\223Jones", "smith jones" }, /* en dash */
    { "Smith\342\200\221Jones", "smith jones" }, /* hyphen that does not break */
    { "St. John", "st john" },
    { "José Núñez", "jose nunez" },
    { "Jose\314\201", "jose" },                  /* taken apart already */
    { "Łukasz Ñ 田", "lukasz n 田" },
    { "Đặng Thị Hồng", "dang thi hong" },
    { "Sørensen", "sorensen" },
    { "SØRENSEN", "sorensen" },
    { "Straße", "strasse" },
    { "STRASSE", "strasse" },
    { "Ægir Þór Garðarsson", "aegir thor gardarsson" },
    { "Œuvre", "oeuvre" },
    { "İstanbul", "istanbul" },
    { "Işık", "isik" },
    { "Ħamrun", "hamrun" },
    { "ﬁn", "fin" },                             /* ligature */
    { "Ｍａｒｉａ", "maria" },                   /* full width */
    { "Κωνσταντίνος", "κωνσταντινοσ" },          /* the last sigma too */
    { "Достоевский", "достоевскии" },
    { "مُحَمَّد", "محمد" },                      /* vowel marks left out */
    { "सीता", "सीता" },                          /* vowel signs are letters there */
    { "a\302\255b", "ab" },                      /* soft hyphen */
    { "KA-0012", "ka 0012" },
    { "a\377b", "a b" },                         /* broken UTF-8 is a gap */
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *folded = kith_text_fold (rows[i].text);
      g_autofree char *again = kith_text_fold (folded);
      g_autofree char *expected = g_utf8_normalize (rows[i].expected, -1, G_NORMALIZE_ALL);

      g_assert_cmpstr (folded, ==, expected);
      g_assert_cmpstr (again, ==, folded); /* what is folded stays */
    }
}

static void
test_digits (void)
{
  static const Row rows[] = {
    { NULL, "" },
    { "", "" },
    { "(555) 010-4477 ext. 3", "55501044773" },
    { "+1 555", "1555" },
    { "٠١٢", "012" },
    { "abc", "" },
    { "1\377" "2", "12" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *digits = kith_text_digits (rows[i].text);

      g_assert_cmpstr (digits, ==, rows[i].expected);
    }
}

static void
test_reverse (void)
{
  g_autofree char *some = kith_text_reverse ("5550104477");
  g_autofree char *empty = kith_text_reverse ("");
  g_autofree char *none = kith_text_reverse (NULL);

  g_assert_cmpstr (some, ==, "7744010555");
  g_assert_cmpstr (empty, ==, "");
  g_assert_cmpstr (none, ==, "");
}

static void
test_blank (void)
{
  g_assert_true (kith_text_blank (NULL));
  g_assert_true (kith_text_blank (""));
  g_assert_true (kith_text_blank (" \t\n"));
  g_assert_true (kith_text_blank ("\302\240\343\200\200")); /* spaces that do not look like one */
  g_assert_false (kith_text_blank (" a "));
  g_assert_false (kith_text_blank ("\377"));
}

static void
test_dates (void)
{
  static const struct
  {
    const char *text;
    gboolean partial;
    gboolean whole;
  } rows[] = {
    { "1988", TRUE, FALSE },        { "1988-04", TRUE, FALSE },     { "1988-04-07", TRUE, TRUE },
    { "1988-02-29", TRUE, TRUE },   { "1989-02-29", FALSE, FALSE }, { "1988-13", FALSE, FALSE },
    { "1988-00", FALSE, FALSE },    { "1988-04-31", FALSE, FALSE }, { "1988-04-00", FALSE, FALSE },
    { "88", FALSE, FALSE },         { "1988-4-7", FALSE, FALSE },   { "1988-04-07T", FALSE, FALSE },
    { "04/07/1988", FALSE, FALSE }, { "0000", FALSE, FALSE },       { "-988", FALSE, FALSE },
    { " 988", FALSE, FALSE },       { "1988-+4", FALSE, FALSE },    { "", FALSE, FALSE },
    { NULL, FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (kith_text_is_partial_date (rows[i].text) != rows[i].partial || kith_text_is_date (rows[i].text) != rows[i].whole)
      g_error ("wrong about %s", rows[i].text);
}

static void
test_begins (void)
{
  g_assert_true (kith_text_begins ("Nguyễn Thị Hoa", "hoa ngu"));
  g_assert_true (kith_text_begins ("Assign Staff", ""));
  g_assert_true (kith_text_begins ("Assign Staff", NULL));
  g_assert_true (kith_text_begins (NULL, " "));
  g_assert_false (kith_text_begins ("Nguyễn Thị Hoa", "oa"));
  g_assert_false (kith_text_begins ("Nguyễn Thị Hoa", "hoa x"));
  g_assert_false (kith_text_begins (NULL, "hoa"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/text/fold", test_fold);
  g_test_add_func ("/base/text/digits", test_digits);
  g_test_add_func ("/base/text/reverse", test_reverse);
  g_test_add_func ("/base/text/blank", test_blank);
  g_test_add_func ("/base/text/begins", test_begins);
  g_test_add_func ("/base/text/dates", test_dates);
  return g_test_run ();
}
