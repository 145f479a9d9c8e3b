/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-bench-net.h"

#include "kith-id.h"
#include "kith-json.h"

#include <stdio.h>

/* The board of a queue with 50,000 referrals in Kith's own window: each lane is scrolled from its first card to its last, so fast that no frame shows
 * a card of the one before. What the main thread computes for a frame has to fit between two pictures of a screen that shows 60 a second. Beside it lists
 * of as many empty rows, scrolled likewise. There is no GL here: GTK draws by software, in the same thread, which a desk's graphics would take off it. */

#define REFERRALS 50000
#define OPEN_MS 150.0 /* the time the issue gives the board */
#define OPENINGS 7    /* each in a process of its own, where nothing of the page is there yet */
#define FRAMES 120 /* of each lane: two seconds */
#define SLOT_MS (1000.0 / 60)

typedef struct
{
  GArray *computed, *passed, *shares; /* ms, ms, percent of the rows in sight that were blank */
} Frames;

static void
frames_init (Frames *self)
{
  self->computed = g_array_new (FALSE, FALSE, sizeof (double));
  self->passed = g_array_new (FALSE, FALSE, sizeof (double));
  self->shares = g_array_new (FALSE, FALSE, sizeof (double));
}

static void
frames_clear (Frames *self)
{
  g_array_unref (self->computed);
  g_array_unref (self->passed);
  g_array_unref (self->shares);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Frames, frames_clear)

/* What the window printed, line by line. Yours; NULL: it did not come up */
static char **
run_window (const BenchOptions *options, const char *const *args, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (options->program);
  g_autofree char *program = g_build_filename (folder, "kith-bench-window", NULL);
  const char *argv[7] = { program, args[0], "0" };
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *out = NULL;

  for (guint i = 1; args[i] != NULL; i++)
    argv[i + 2] = args[i];
  process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, error);
  if (process == NULL || !g_subprocess_communicate_utf8 (process, NULL, NULL, &out, NULL, error))
    return NULL;
  if (g_subprocess_get_successful (process))
    return g_strsplit (out, "\n", -1);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "kith-bench-window %s did not come up", args[0]);
  return NULL;
}

static gboolean
run_frames (const BenchOptions *options, const char *const *args, Frames *frames, GError **error)
{
  g_auto (GStrv) lines = run_window (options, args, error);

  if (lines == NULL)
    return FALSE;
  for (guint i = 0; lines[i] != NULL; i++)
    {
      double computed, passed;
      guint in_sight, blank;

      if (sscanf (lines[i], "%lf %lf %u %u", &computed, &passed, &in_sight, &blank) != 4)
        continue;
      bench_add (frames->computed, computed);
      bench_add (frames->passed, passed);
      bench_add (frames->shares, in_sight > 0 ? 100.0 * blank / in_sight : 0);
    }
  if (frames->computed->len == 0)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "kith-bench-window %s drew nothing", args[0]);
  return frames->computed->len > 0;
}

/* How many cards stand in each lane, as the empty lists are given them. */
static char *
lane_sizes (KithDb *db, const char *queue, GPtrArray *ids, GError **error)
{
  g_autoptr (GString) sizes = g_string_new (NULL);

  for (guint i = 0; i < ids->len; i++)
    {
      gint64 n = 0;

      if (!kith_db_fetch_int (db, &n, error, "board-cards-count", "ss", queue, ids->pdata[i]))
        return NULL;
      g_string_append_printf (sizes, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "", n);
    }
  return g_string_free (g_steal_pointer (&sizes), FALSE);
}

static char *
make_board (const BenchOptions *options, const char *data_dir, guint n, GError **error)
{
  g_autoptr (BenchNet) net = NULL;
  g_autoptr (KithStore) store = bench_open_desk (options, data_dir, &net, error);
  g_autofree char *queue = kith_id_natural ("queue", "bench-scroll");
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  bench_say (options, "  writing %u referrals", n);
  if (store == NULL || !bench_fill_board (net, kith_store_get_db (store), queue, ids, n, error))
    return NULL;
  return lane_sizes (kith_store_get_db (store), queue, ids, error);
}

static guint
count_late (GArray *computed)
{
  guint n = 0;

  for (guint i = 0; i < computed->len; i++)
    n += g_array_index (computed, double, i) > SLOT_MS;
  return n;
}

static double
mean (GArray *figures)
{
  double sum = 0;

  for (guint i = 0; i < figures->len; i++)
    sum += g_array_index (figures, double, i);
  return figures->len > 0 ? sum / figures->len : 0;
}

/* From another page, as one comes to it after unlocking: the page is made, its queues, lanes and cards are read, and the first frame with them drawn. */
gboolean
bench_board_open (const BenchOptions *options, GError **error)
{
  guint n = options->clients > 0 ? options->clients : REFERRALS, runs = options->runs > 0 ? options->runs : OPENINGS;
  g_autofree char *data_dir = bench_path ("open"), *sizes = make_board (options, data_dir, n, error);
  const char *const args[] = { "open", data_dir, BENCH_PASSWORD, "clients", NULL };
  g_autoptr (GArray) computed = g_array_new (FALSE, FALSE, sizeof (double));
  BenchResult result;

  if (sizes == NULL)
    return FALSE;
  bench_result_init (&result, "board-open", "ms", "≤ 150 ms from the key to the first frame with the cards of its lanes, drawn by software");
  for (guint run = 0; run < runs; run++)
    {
      g_auto (GStrv) lines = run_window (options, args, error);
      double passed, used;

      if (lines == NULL)
        return FALSE;
      if (sscanf (lines[0], "%lf %lf", &passed, &used) != 2)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "kith-bench-window %s told nothing", args[0]);
          return FALSE;
        }
      bench_add (result.values, passed);
      bench_add (result.limits, OPEN_MS);
      bench_add (computed, used);
    }
  result.more = kith_json_new ("referrals", "i", (gint64) n, NULL);
  json_object_set_double_member (result.more, "main-thread", bench_median (computed));
  json_object_set_double_member (result.more, "most", bench_percentile (result.values, 100));
  bench_report (options, &result);
  return TRUE;
}

gboolean
bench_scroll (const BenchOptions *options, GError **error)
{
  guint n = options->clients > 0 ? options->clients : REFERRALS;
  g_autofree char *data_dir = bench_path ("scroll"), *sizes = make_board (options, data_dir, n, error);
  g_autofree char *frames = g_strdup_printf ("%u", FRAMES);
  const char *const board_args[] = { "board", data_dir, BENCH_PASSWORD, frames, NULL }, *const empty_args[] = { "lanes", sizes, frames, NULL };
  g_auto (Frames) board = { 0 }, empty = { 0 };
  BenchResult result;

  frames_init (&board);
  frames_init (&empty);
  if (sizes == NULL || !run_frames (options, empty_args, &empty, error) || !run_frames (options, board_args, &board, error))
    return FALSE;
  bench_result_init (&result, "board-scroll", "ms", "p99 of a frame within the 16.7 ms between two pictures, drawn by software; beside it empty lists as long");
  g_array_append_vals (result.values, board.computed->data, board.computed->len);
  g_array_append_vals (result.limits, empty.computed->data, empty.computed->len);
  result.more = kith_json_new ("referrals", "i", (gint64) n, "frames", "i", (gint64) board.computed->len, "over-16.7", "i", (gint64) count_late (board.computed), "empty-over-16.7", "i",
                               (gint64) count_late (empty.computed), NULL);
  json_object_set_double_member (result.more, "most", bench_percentile (board.computed, 100));
  json_object_set_double_member (result.more, "empty-p99", bench_percentile (empty.computed, 99));
  json_object_set_double_member (result.more, "empty-most", bench_percentile (empty.computed, 100));
  json_object_set_double_member (result.more, "between", bench_median (board.passed));
  json_object_set_double_member (result.more, "between-p99", bench_percentile (board.passed, 99));
  json_object_set_double_member (result.more, "empty-between", bench_median (empty.passed));
  json_object_set_double_member (result.more, "blank-percent", mean (board.shares));
  bench_report (options, &result);
  return TRUE;
}
