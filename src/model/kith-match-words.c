/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Words by which a store finds those who may be meant: few and short, as each record has its own in the index. What is asked for are two of
 * them together: both sounds, or a sound and the year. */

#include "kith-match.h"

#include "kith-text.h"

#include <string.h>

/* Soundex keeps the first letter as it is written. How it is written is what English and Spanish ears differ in most: one letter for
 * each sound that begins a name. */
static char
first_sound (const char *word)
{
  gboolean soft = word[1] == 'e' || word[1] == 'i' || word[1] == 'y';

  switch (word[0])
    {
    case 'c':
      return word[1] == 'h' ? 'c' : soft ? 's' : 'k';
    case 'q':
      return 'k';
    case 'z':
      return 's';
    case 'v':
      return 'b';
    case 'g':
      return soft ? 'j' : 'g';
    case 'x':
      return 'j';
    case 'y':
      return 'i';
    case 'p':
      return word[1] == 'h' ? 'f' : 'p';
    default:
      return word[0];
    }
}

/**
 * kith_match_sound_word:
 * @folded_word: a folded word
 * @word: set to "s" and four characters: its first sound and the three digits of its Soundex; "" without a letter a to z
 *
 * Katherine and Catarina, Vásquez and Básquez, Hernández and Ernández have one.
 */
void
kith_match_sound_word (const char *folded_word, char word[KITH_MATCH_WORD_SIZE])
{
  char code[KITH_MATCH_SOUNDEX_SIZE];

  *word = '\0';
  if (folded_word[0] == 'h' && folded_word[1] != '\0')
    folded_word++; /* not heard in Spanish */
  kith_match_soundex (folded_word, code);
  if (*code == '\0')
    return;
  /* Where letters of another script stand before it, the first letter is the code's. */
  code[0] = *folded_word == code[0] ? first_sound (folded_word) : code[0];
  g_snprintf (word, KITH_MATCH_WORD_SIZE, "s%s", code);
}

/**
 * kith_match_year_word:
 * @date: (nullable): whole or partial
 * @word: (out caller-allocates): "y1988"; "" when it is no date
 */
void
kith_match_year_word (const char *date, char word[KITH_MATCH_WORD_SIZE])
{
  *word = '\0';
  if (kith_text_is_partial_date (date))
    g_snprintf (word, KITH_MATCH_WORD_SIZE, "y%.4s", date);
}

/**
 * kith_match_day_word:
 * @date: (nullable): a whole date
 * @word: (out caller-allocates): "d0407", the smaller number first, so that month and day may be swapped; "" for a part of a date
 */
void
kith_match_day_word (const char *date, char word[KITH_MATCH_WORD_SIZE])
{
  const char *month, *day;

  *word = '\0';
  if (!kith_text_is_date (date))
    return;
  month = date + 5;
  day = date + 8;
  if (memcmp (month, day, 2) <= 0)
    g_snprintf (word, KITH_MATCH_WORD_SIZE, "d%.2s%.2s", month, day);
  else
    g_snprintf (word, KITH_MATCH_WORD_SIZE, "d%.2s%.2s", day, month);
}

/**
 * kith_match_swapped_day:
 * @date: (nullable): a date or a part of one
 *
 * Returns: (transfer full) (nullable): the date with month and day in each other's place; %NULL when that is none, or the same one
 */
char *
kith_match_swapped_day (const char *date)
{
  g_autofree char *swapped = NULL;

  if (!kith_text_is_date (date))
    return NULL;
  swapped = g_strdup_printf ("%.5s%.2s-%.2s", date, date + 8, date + 5);
  if (!kith_text_is_date (swapped) || strcmp (swapped, date) == 0)
    return NULL;
  return g_steal_pointer (&swapped);
}
