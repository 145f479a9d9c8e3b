/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-bench.h"

#include "kith-febrl.h"

#include <stdio.h>

/* Duplicates in one file of FEBRL's form, or between two, by Kith's own matcher with its fixed weights: how many are found, how many of these
 * are right, and how long it takes from people in memory to the list of pairs. */

#define SLOW_US (2 * G_USEC_PER_SEC)

static void
tell (guint64 done, guint64 of, gpointer user_data)
{
  gint64 begun = *(const gint64 *) user_data;

  if (g_get_monotonic_time () - begun > SLOW_US)
    fprintf (stderr, "\r%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " pairs compared", done, of);
}

static void
print_json (const KithMatchBatch *batch, const KithFebrlScore *score, double seconds)
{
  printf ("{\"name\":\"match\",\"pairs\":%" G_GUINT64_FORMAT ",\"links\":%" G_GUINT64_FORMAT ",\"correct\":%" G_GUINT64_FORMAT
          ",\"true\":%" G_GUINT64_FORMAT ",\"precision\":%.4f,\"recall\":%.4f,\"f\":%.4f,\"review\":%" G_GUINT64_FORMAT ",\"review_correct\":%" G_GUINT64_FORMAT ",\"seconds\":%.3f}\n",
          batch->candidates, score->links, score->correct, score->truth, score->precision, score->recall, score->f, score->review, score->review_correct, seconds);
}

static gboolean
match_files (const BenchOptions *options, const char *path, const char *other_path, GError **error)
{
  g_autoptr (KithFebrl) first = NULL, second = NULL;
  g_autoptr (KithMatchBatch) batch = NULL;
  KithFebrlScore score;
  guint fields = kith_febrl_fields (options->fields, error);
  gint64 begun;
  double seconds;

  if (fields == 0)
    return FALSE;
  first = kith_febrl_read (path, error);
  if (first == NULL)
    return FALSE;
  second = other_path != NULL ? kith_febrl_read (other_path, error) : NULL;
  if (second == NULL && other_path != NULL)
    return FALSE;
  begun = g_get_monotonic_time ();
  batch = kith_match_batch (first->people, second != NULL ? second->people : NULL, fields, tell, &begun);
  seconds = bench_seconds (begun);
  if (seconds * G_USEC_PER_SEC > SLOW_US)
    fputc ('\n', stderr);
  kith_febrl_score (first, second, batch, &score);
  bench_say (options, "match: %" G_GUINT64_FORMAT " pairs compared, %" G_GUINT64_FORMAT " links, precision %.4f, recall %.4f, F %.4f, %.3f s; goal: a second for 5,000 × 5,000",
             batch->candidates, score.links, score.precision, score.recall, score.f, seconds);
  print_json (batch, &score, seconds);
  return TRUE;
}

gboolean
bench_match (const BenchOptions *options, GError **error)
{
  guint n = options->files != NULL ? g_strv_length (options->files) : 0;

  if (n == 0 || n > 2)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "Name one file of FEBRL's form to find duplicates in, or two to match with each other.");
      return FALSE;
    }
  return match_files (options, options->files[0], options->files[1], error);
}
