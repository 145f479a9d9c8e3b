/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The comparators of domain.md 5a. Letters are Unicode characters; what lies behind the first 64 of a text does not count, so that
 * nothing is allocated and a hostile name costs no more than a long one. */

#include "kith-match.h"

#include <string.h>

#define MAX_LETTERS 64
#define PREFIX 4
#define PREFIX_WEIGHT 0.1

typedef struct
{
  gunichar letters[MAX_LETTERS];
  guint n;
} Word;

static void
read_word (Word *word, const char *text)
{
  word->n = 0;
  for (; text != NULL && *text != '\0' && word->n < MAX_LETTERS; text = g_utf8_next_char (text))
    word->letters[word->n++] = g_utf8_get_char (text);
}

/* Letters in common: the same one, at most half the longer word away, each used once. */
static guint
mark_common (const Word *a, const Word *b, guint8 *in_a, guint8 *in_b)
{
  guint longer = MAX (a->n, b->n), window = longer / 2 > 0 ? longer / 2 - 1 : 0, common = 0;

  memset (in_a, 0, a->n);
  memset (in_b, 0, b->n);
  for (guint i = 0; i < a->n; i++)
    {
      guint from = i > window ? i - window : 0, to = MIN (i + window + 1, b->n);

      for (guint k = from; k < to; k++)
        if (!in_b[k] && a->letters[i] == b->letters[k])
          {
            in_a[i] = in_b[k] = 1;
            common++;
            break;
          }
    }
  return common;
}

static double
jaro (const Word *a, const Word *b)
{
  guint8 in_a[MAX_LETTERS], in_b[MAX_LETTERS];
  guint common, out_of_order = 0, k = 0;

  if (a->n == 0 || b->n == 0)
    return 0;
  common = mark_common (a, b, in_a, in_b);
  if (common == 0)
    return 0;
  for (guint i = 0; i < a->n; i++)
    if (in_a[i])
      {
        while (!in_b[k])
          k++;
        out_of_order += a->letters[i] != b->letters[k++];
      }
  return ((double) common / a->n + (double) common / b->n + (double) (common - out_of_order / 2) / common) / 3;
}

/**
 * kith_match_jaro:
 * @a: (nullable): a word
 * @b: (nullable): another
 *
 * Returns: how alike they are, 0 (no letter in common, or one is empty) to 1 (the same); domain.md 5a
 */
double
kith_match_jaro (const char *a, const char *b)
{
  Word first, second;

  read_word (&first, a);
  read_word (&second, b);
  return jaro (&first, &second);
}

/**
 * kith_match_jaro_winkler:
 * @a: (nullable): a word
 * @b: (nullable): another
 *
 * Jaro, raised by a tenth of what is missing for each of up to four letters that both begin with: people mistype the beginning
 * of a name less than its end.
 *
 * Returns: 0 to 1; domain.md 5a
 */
double
kith_match_jaro_winkler (const char *a, const char *b)
{
  Word first, second;
  double value;
  guint prefix = 0;

  read_word (&first, a);
  read_word (&second, b);
  value = jaro (&first, &second);
  while (prefix < PREFIX && prefix < first.n && prefix < second.n && first.letters[prefix] == second.letters[prefix])
    prefix++;
  return value + prefix * PREFIX_WEIGHT * (1 - value);
}

/* With three rows of the table: the last but one is for swapped neighbours. */
static guint
edits (const Word *a, const Word *b, gboolean swaps)
{
  guint rows[3][MAX_LETTERS + 1];

  for (guint k = 0; k <= b->n; k++)
    rows[0][k] = k;
  for (guint i = 1; i <= a->n; i++)
    {
      guint *row = rows[i % 3], *above = rows[(i + 2) % 3], *second = rows[(i + 1) % 3];

      row[0] = i;
      for (guint k = 1; k <= b->n; k++)
        {
          guint same = a->letters[i - 1] == b->letters[k - 1] ? 0 : 1;

          row[k] = MIN (MIN (above[k] + 1, row[k - 1] + 1), above[k - 1] + same);
          if (swaps && i > 1 && k > 1 && a->letters[i - 1] == b->letters[k - 2] && a->letters[i - 2] == b->letters[k - 1])
            row[k] = MIN (row[k], second[k - 2] + 1);
        }
    }
  return rows[a->n % 3][b->n];
}

/**
 * kith_match_damerau:
 * @a: (nullable): a text
 * @b: (nullable): another
 *
 * Returns: letters to put in, take out, change, or swap with a neighbour to make one of the other (no letter edited twice)
 */
guint
kith_match_damerau (const char *a, const char *b)
{
  Word first, second;

  read_word (&first, a);
  read_word (&second, b);
  return edits (&first, &second, TRUE);
}

guint
kith_match_levenshtein (const char *a, const char *b)
{
  Word first, second;

  read_word (&first, a);
  read_word (&second, b);
  return edits (&first, &second, FALSE);
}

double
kith_match_levenshtein_similarity (const char *a, const char *b)
{
  Word first, second;

  read_word (&first, a);
  read_word (&second, b);
  if (first.n == 0 && second.n == 0)
    return 1;
  return 1 - (double) edits (&first, &second, FALSE) / MAX (first.n, second.n);
}

/* 0: a vowel, which parts equal sounds; '-': h and w, which do not. */
static char
sound_of (char letter)
{
  static const char sounds[] = "01230120022455012623010202"; /* a to z */

  if (letter == 'h' || letter == 'w')
    return '-';
  return sounds[letter - 'a'];
}

/**
 * kith_match_soundex:
 * @folded: a folded word; what is not a to z is passed over
 * @code: set to its letter and three digits ("r163"), or "" when it has no letter a to z
 *
 * American Soundex (National Archives): h and w do not part letters of one sound, vowels do.
 */
void
kith_match_soundex (const char *folded, char code[KITH_MATCH_SOUNDEX_SIZE])
{
  char last = 0;
  guint n = 0;

  memset (code, 0, KITH_MATCH_SOUNDEX_SIZE);
  for (; folded != NULL && *folded != '\0' && n < 4; folded++)
    {
      char sound;

      if (*folded < 'a' || *folded > 'z')
        continue;
      sound = sound_of (*folded);
      if (n == 0)
        code[n++] = *folded;
      else if (sound >= '1' && sound != last)
        code[n++] = sound;
      if (sound != '-')
        last = sound;
    }
  while (n > 0 && n < 4)
    code[n++] = '0';
}
