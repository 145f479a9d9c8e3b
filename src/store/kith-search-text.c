/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One box for names, dates of birth (1988, 1988-04, 4/7/88), the last digits of a phone, numbers of records. */

#include "kith-search.h"

#include "kith-day-order.h"
#include "kith-match.h"
#include "kith-text.h"

#include <string.h>

#define SHORTEST_SOUND 3 /* letters: the sound of less is that of too many */

#define LEAST_DIGITS 3

/**
 * kith_search_text_free:
 * @self: (transfer full): not NULL
 */
void
kith_search_text_free (KithSearchText *self)
{
  g_clear_pointer (&self->words, g_ptr_array_unref);
  g_clear_pointer (&self->also, g_ptr_array_unref);
  g_free (self->digits);
  g_free (self->date_from);
  g_free (self->date_to);
  g_free (self);
}

static void
set_range (KithSearchText *self, const char *prefix)
{
  g_free (self->date_from);
  g_free (self->date_to);
  self->date_from = g_strdup (prefix);
  self->date_to = g_strconcat (prefix, "~", NULL); /* sorts behind every digit and hyphen */
}

/* "4/7/88" */
static gboolean
read_slashes (KithSearchText *self, const char *word)
{
  g_autofree char *date = kith_day_read_slashes (word);

  if (date == NULL)
    return FALSE;
  set_range (self, date);
  return TRUE;
}

/* A year alone may also be the end of a phone: it stays among the digits. */
static gboolean
read_date (KithSearchText *self, const char *word)
{
  guint64 year = g_ascii_strtoull (word, NULL, 10);

  if (strchr (word, '/') != NULL)
    return read_slashes (self, word);
  if (!kith_text_is_partial_date (word) || year < 1900 || year > 2099)
    return FALSE;
  set_range (self, word);
  return TRUE;
}

static void
add_words (KithSearchText *self, const char *word)
{
  g_autofree char *folded = kith_text_fold (word);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_ptr_array_add (self->words, g_strdup (words[i]));
}

static gboolean
looks_like_number (const char *text)
{
  g_autofree char *digits = kith_text_digits (text);
  gsize n = strlen (digits);

  return n >= LEAST_DIGITS && strspn (text, "0123456789 +-().") == strlen (text);
}

/**
 * kith_search_text_parse:
 * @text: (nullable): as it was typed
 *
 * Three digits and more, with the signs a phone may have and nothing else, are looked for as a number too. A year may be a date of birth and
 * the end of a number at once. A date with slashes is read in the order of the reader's country (kith-day-order.h); of two digits, years up to 30 are after 2000.
 *
 * Returns: (transfer full): what to look for; nothing at all for blank text
 */
KithSearchText *
kith_search_text_parse (const char *text)
{
  KithSearchText *self = g_new0 (KithSearchText, 1);
  g_autofree char *stripped = g_strstrip (g_strdup (text != NULL ? text : ""));
  g_auto (GStrv) words = g_strsplit_set (stripped, " \t\n", -1);
  g_autofree char *valid = g_utf8_make_valid (stripped, -1);

  self->words = g_ptr_array_new_with_free_func (g_free);
  if (looks_like_number (valid))
    {
      g_autofree char *digits = kith_text_digits (valid);
      self->digits = kith_text_reverse (digits);
    }
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *word = g_utf8_make_valid (words[i], -1);
      if (*word == '\0' || read_date (self, word))
        continue;
      add_words (self, word);
    }
  return self;
}

/* A name's sound, and that of the name it is short for; FALSE: too short, or a number. */
static gboolean
read_sounds (const char *word, char *sound, char *other)
{
  if (g_utf8_strlen (word, -1) < SHORTEST_SOUND)
    return FALSE;
  kith_match_sound_word (word, sound);
  kith_match_sound_word (kith_match_formal_name (word), other);
  return *sound != '\0' && *other != '\0';
}

/* ("sb100" OR "sr163") */
static gboolean
append_sounds (GString *match, const char *word)
{
  char sound[KITH_MATCH_WORD_SIZE], other[KITH_MATCH_WORD_SIZE];

  if (!read_sounds (word, sound, other))
    return FALSE;
  g_string_append_printf (match, "(\"%s\" OR \"%s\")", sound, other);
  return TRUE;
}

char *
kith_search_sounds (const char *find)
{
  g_auto (GStrv) words = g_strsplit (find != NULL ? find : "", " ", -1);
  GString *sounds = g_string_new (" ");

  for (guint i = 0; words[i] != NULL; i++)
    {
      char sound[KITH_MATCH_WORD_SIZE] = "";

      if (*words[i] != '\0')
        kith_match_sound_word (words[i], sound);
      if (*sound != '\0')
        g_string_append_printf (sounds, "%s ", sound);
    }
  return g_string_free (sounds, FALSE);
}

static gboolean
has_sound (const char *sounds, const char *sound)
{
  g_autofree char *word = g_strconcat (" ", sound, " ", NULL);

  return strstr (sounds, word) != NULL;
}

gboolean
kith_search_text_sounds_like (const KithSearchText *self, const char *find)
{
  g_autofree char *sounds = kith_search_sounds (find);

  for (guint i = 0; i < self->words->len; i++)
    {
      char sound[KITH_MATCH_WORD_SIZE], other[KITH_MATCH_WORD_SIZE];

      if (!read_sounds (self->words->pdata[i], sound, other) || (!has_sound (sounds, sound) && !has_sound (sounds, other)))
        return FALSE;
    }
  return self->words->len > 0;
}

char *
kith_search_text_sounds (const KithSearchText *self)
{
  g_autoptr (GString) match = g_string_new ("digits : (");

  for (guint i = 0; i < self->words->len; i++)
    {
      if (i > 0)
        g_string_append (match, " AND ");
      if (!append_sounds (match, self->words->pdata[i]))
        return NULL;
    }
  g_string_append_c (match, ')');
  return self->words->len > 0 ? g_strdup (match->str) : NULL;
}

/* Begins with one letter alone: the index holds beginnings from two on, and to gather all words with this one takes a tenth of a
 * second among a million people. */
static gboolean
is_letter (const char *word)
{
  return g_utf8_strlen (word, -1) < 2;
}

guint
kith_search_text_letters (const KithSearchText *self)
{
  guint n = 0;

  for (guint i = 0; i < self->words->len; i++)
    n += is_letter (self->words->pdata[i]);
  return n;
}

gboolean
kith_search_text_has_digit (const KithSearchText *self)
{
  for (guint i = 0; i < self->words->len; i++)
    if (strpbrk (self->words->pdata[i], "0123456789") != NULL)
      return TRUE;
  return FALSE;
}

/* "maria" * for a beginning, without the star for a whole word. */
static void
append_word (GString *match, const char *word, gboolean prefixes)
{
  g_autoptr (GString) quoted = g_string_new (word);

  g_string_replace (quoted, "\"", "\"\"", 0);
  g_string_append_printf (match, "\"%s\"%s", quoted->str, prefixes ? " *" : "");
}

/**
 * kith_search_text_match:
 *
 * Words are folded: quotes cannot be among them, but nothing is left to chance.
 */
char *
kith_search_text_match (const KithSearchText *self, gboolean prefixes)
{
  GString *match = g_string_new ("find : (");
  const char *and = "";

  for (guint i = 0; i < self->words->len; i++)
    {
      GPtrArray *also = self->also != NULL ? self->also->pdata[i] : NULL;

      if (prefixes && is_letter (self->words->pdata[i]))
        continue;
      g_string_append_printf (match, "%s(", and);
      append_word (match, self->words->pdata[i], prefixes);
      for (guint k = 0; also != NULL && k < also->len; k++)
        {
          g_string_append (match, " OR ");
          append_word (match, also->pdata[k], prefixes);
        }
      g_string_append_c (match, ')');
      and = " AND ";
    }
  g_string_append_c (match, ')');
  return g_string_free (match, FALSE);
}

gboolean
kith_search_text_has (const KithSearchText *self, guint i, const char *find)
{
  GPtrArray *also = self->also != NULL ? self->also->pdata[i] : NULL;

  if (find == NULL)
    return FALSE;
  if (kith_search_fit (find, self->words->pdata[i]) > 0)
    return TRUE;
  for (guint k = 0; also != NULL && k < also->len; k++)
    if (kith_search_fit (find, also->pdata[k]) > 0)
      return TRUE;
  return FALSE;
}

int
kith_search_fit (const char *find, const char *word)
{
  gsize length = strlen (word);
  int best = 0;

  for (const char *at = find; at != NULL && *at != '\0'; at = strchr (at, ' '), at = at != NULL ? at + 1 : NULL)
    if (strncmp (at, word, length) == 0)
      {
        if (at[length] == ' ' || at[length] == '\0')
          return 2;
        best = 1;
      }
  return best;
}
