/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-text.h"

#include <string.h>

/* Letters that Unicode does not take apart, though people type them without their stroke. */
static const struct
{
  gunichar letter;
  const char *plain;
} strokes[] = {
  { 0x00e6, "ae" }, { 0x00f0, "d" }, { 0x00f8, "o" }, { 0x00fe, "th" }, { 0x0111, "d" }, { 0x0127, "h" },
  { 0x0131, "i" },  { 0x0138, "k" }, { 0x0142, "l" }, { 0x014b, "ng" }, { 0x0153, "oe" }, { 0x0167, "t" },
  { 0x0180, "b" },  { 0x0192, "f" }, { 0x019a, "l" }, { 0x01b6, "z" },  { 0x01dd, "e" },  { 0x01e5, "g" },
  { 0x0237, "j" },  { 0x0247, "e" }, { 0x0249, "j" }, { 0x024d, "r" },  { 0x024f, "y" },  { 0x0253, "b" },
  { 0x0256, "d" },  { 0x0257, "d" }, { 0x0259, "e" }, { 0x0268, "i" },  { 0x0289, "u" },
};

static gboolean
is_apostrophe (gunichar c)
{
  return c == '\'' || c == '`' || c == 0x00b4 || c == 0x02b9 || c == 0x02bb || c == 0x02bc || c == 0x02bd
         || c == 0x02be || c == 0x02bf || c == 0x05f3 || c == 0x2018 || c == 0x2019 || c == 0x201b || c == 0x2032
         || c == 0xa78c || c == 0xff07;
}

/* Marks that people leave out. Not every combining mark: in Indic scripts and Thai they are the vowels. */
static gboolean
is_accent (gunichar c)
{
  return (c >= 0x0300 && c <= 0x036f) || (c >= 0x0483 && c <= 0x0489) || (c >= 0x0591 && c <= 0x05c7)
         || (c >= 0x064b && c <= 0x065f) || c == 0x0670 || c == 0x0640 || (c >= 0x1ab0 && c <= 0x1aff)
         || (c >= 0x1dc0 && c <= 0x1dff) || (c >= 0x20d0 && c <= 0x20ff) || (c >= 0xfe00 && c <= 0xfe0f)
         || (c >= 0xfe20 && c <= 0xfe2f);
}

static gboolean
is_word (gunichar c)
{
  return g_unichar_isalnum (c) || g_unichar_ismark (c);
}

/* Before normalizing, as that turns the acute accent used for an apostrophe into a space. */
static char *
without_apostrophes (const char *text)
{
  GString *out = g_string_sized_new (strlen (text));

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (!is_apostrophe (c))
        g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}

static const char *
plain_letter (gunichar c)
{
  if (c < 0x00e6 || c > 0x0289)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (strokes); i++)
    if (strokes[i].letter == c)
      return strokes[i].plain;
  return NULL;
}

/* A cheap way for the many texts that are plain ASCII. */
static char *
fold_ascii (const char *text)
{
  char *out = g_malloc (strlen (text) + 1);
  gsize length = 0;

  for (; *text != '\0'; text++)
    {
      if (g_ascii_isalnum (*text))
        out[length++] = g_ascii_tolower (*text);
      else if (*text != '\'' && *text != '`' && length > 0 && out[length - 1] != ' ')
        out[length++] = ' ';
    }
  if (length > 0 && out[length - 1] == ' ')
    length--;
  out[length] = '\0';
  return out;
}

/**
 * kith_text_fold:
 * @text: (nullable): a name or other words, as people type them; broken UTF-8 is mended
 *
 * What two spellings of one name have in common, for searching: lower case, accents and strokes away, apostrophes
 * dropped ("O'Brien" is found as "obrien"), hyphens and all other punctuation made to spaces, one space between words.
 * A change here raises KITH_FOLD_VERSION.
 *
 * Returns: (transfer full): the folded text, empty for %NULL
 */
char *
kith_text_fold (const char *text)
{
  g_autofree char *valid = NULL;
  g_autofree char *bare = NULL;
  g_autofree char *apart = NULL;
  g_autofree char *lower = NULL;
  GString *out;
  gboolean gap = FALSE;

  if (text == NULL)
    return g_strdup ("");
  if (g_str_is_ascii (text))
    return fold_ascii (text);

  valid = g_utf8_make_valid (text, -1);
  bare = without_apostrophes (valid);
  apart = g_utf8_normalize (bare, -1, G_NORMALIZE_ALL);
  lower = g_utf8_casefold (apart, -1);
  out = g_string_sized_new (strlen (lower));
  for (const char *at = lower; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      const char *plain;

      if (is_accent (c) || is_apostrophe (c) || g_unichar_type (c) == G_UNICODE_FORMAT)
        continue;
      if (!is_word (c))
        {
          gap = TRUE;
          continue;
        }
      if (gap && out->len > 0)
        g_string_append_c (out, ' ');
      gap = FALSE;
      plain = plain_letter (c);
      if (plain != NULL)
        g_string_append (out, plain);
      else
        g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}

/**
 * kith_text_digits:
 * @text: (nullable): a phone or record number as people type it; broken UTF-8 is mended
 *
 * Returns: (transfer full): its digits of any script as 0 to 9, empty for %NULL
 */
char *
kith_text_digits (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  GString *out = g_string_new (NULL);

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      int digit = g_unichar_digit_value (g_utf8_get_char (at));

      if (digit >= 0)
        g_string_append_c (out, (char) ('0' + digit));
    }
  return g_string_free (out, FALSE);
}

/**
 * kith_text_reverse:
 * @ascii: (nullable): the digits of a phone
 *
 * Returns: (transfer full): @ascii from its end, so that the last digits can be found by an index; empty for %NULL
 */
char *
kith_text_reverse (const char *ascii)
{
  return g_strreverse (g_strdup (ascii != NULL ? ascii : ""));
}

/**
 * kith_text_begins:
 * @text: (nullable): a name or a title
 * @typed: (nullable): what somebody looks for; nothing is found in everything
 *
 * Returns: whether each word of @typed begins a word of @text, both as kith_text_fold() has them, in any order
 */
gboolean
kith_text_begins (const char *text, const char *typed)
{
  g_autofree char *wanted = kith_text_fold (typed != NULL ? typed : ""), *folded = kith_text_fold (text != NULL ? text : "");
  g_autofree char *padded = g_strconcat (" ", folded, NULL);
  g_auto (GStrv) words = g_strsplit (wanted, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *start = g_strconcat (" ", words[i], NULL);

      if (*words[i] != '\0' && strstr (padded, start) == NULL)
        return FALSE;
    }
  return TRUE;
}

/**
 * kith_text_blank:
 * @text: (nullable): text that is not UTF-8 is not blank; white space is Unicode's
 */
gboolean
kith_text_blank (const char *text)
{
  if (text == NULL)
    return TRUE;
  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (!g_unichar_isspace (g_utf8_get_char (text)))
      return FALSE;
  return TRUE;
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * kith_text_sort:
 * @texts: (element-type utf8): none is NULL
 */
void
kith_text_sort (GPtrArray *texts)
{
  g_ptr_array_sort (texts, compare_texts);
}

static gboolean
is_digits (const char *text, gsize count)
{
  for (gsize i = 0; i < count; i++)
    if (!g_ascii_isdigit (text[i]))
      return FALSE;
  return TRUE;
}

/**
 * kith_text_is_partial_date:
 * @text: (nullable): a year, a month or a day of the years 1 to 9999, with hyphens and all its zeros; the day must exist
 */
gboolean
kith_text_is_partial_date (const char *text)
{
  int year, month = 1, day = 1;
  gsize length;

  if (text == NULL)
    return FALSE;
  length = strlen (text);
  if ((length != 4 && length != 7 && length != 10) || !is_digits (text, 4)
      || (length >= 7 && (text[4] != '-' || !is_digits (text + 5, 2)))
      || (length == 10 && (text[7] != '-' || !is_digits (text + 8, 2))))
    return FALSE;
  year = (int) g_ascii_strtoll (text, NULL, 10);
  if (length >= 7)
    month = (int) g_ascii_strtoll (text + 5, NULL, 10);
  if (length == 10)
    day = (int) g_ascii_strtoll (text + 8, NULL, 10);
  return year > 0 && g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year);
}

gboolean
kith_text_is_date (const char *text)
{
  return kith_text_is_partial_date (text) && strlen (text) == 10;
}

/**
 * kith_text_told:
 * @sentence: (nullable): as it came from the hub, which speaks English and is not told who reads it
 *
 * The hub refuses with the rules' own sentences, which the windows have too. One with a name or a number in it stays as it came.
 *
 * Returns: (nullable): in the language of the windows, where there is a translation
 */
const char *
kith_text_told (const char *sentence)
{
  return sentence != NULL && *sentence != '\0' ? g_dgettext (GETTEXT_PACKAGE, sentence) : sentence;
}
