/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-hub.h"
#include "kith-store.h"

G_BEGIN_DECLS

/* The benchmarks of design.md 6. Each measures a figure and, in the same run, the limit it is held against: what the bare
 * engine, wire or toolkit below it takes for the same work. Ratios travel between machines, seconds do not. */
typedef struct
{
  gboolean json;     /* nothing on stdout but the JSON lines */
  guint clients;     /* 0: what the benchmark takes by itself */
  guint runs;        /* 0: what the benchmark takes by itself */
  const char *program; /* argv[0]: some run themselves again */
  char **files;        /* match: what stands behind its name */
  const char *fields;  /* match: "name,dob"; NULL: all */
} BenchOptions;

typedef struct
{
  const char *name;
  const char *unit;
  GArray *values; /* double, one each run or each measured act */
  GArray *limits;
  const char *goal; /* in words, for the reader */
  JsonObject *more; /* further figures, or NULL; transfer full */
} BenchResult;

typedef gboolean (*BenchFunc) (const BenchOptions *options, GError **error);

gboolean bench_search (const BenchOptions *options, GError **error);
gboolean bench_fill (const BenchOptions *options, GError **error);
gboolean bench_push (const BenchOptions *options, GError **error);
gboolean bench_delta (const BenchOptions *options, GError **error);
gboolean bench_poll (const BenchOptions *options, GError **error);
gboolean bench_purge (const BenchOptions *options, GError **error);
gboolean bench_lookup (const BenchOptions *options, GError **error);
gboolean bench_start (const BenchOptions *options, GError **error);
gboolean bench_record (const BenchOptions *options, GError **error);
gboolean bench_similar (const BenchOptions *options, GError **error);
gboolean bench_import (const BenchOptions *options, GError **error);
gboolean bench_board (const BenchOptions *options, GError **error);
gboolean bench_scroll (const BenchOptions *options, GError **error);
gboolean bench_board_open (const BenchOptions *options, GError **error);
gboolean bench_capacity (const BenchOptions *options, GError **error);
gboolean bench_lists (const BenchOptions *options, GError **error);
gboolean bench_matching (const BenchOptions *options, GError **error);
gboolean bench_match (const BenchOptions *options, GError **error);
gboolean bench_memory (const BenchOptions *options, GError **error);

/* A line for people as it goes along; nothing with --json. */
void bench_say (const BenchOptions *options, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* The last line of a benchmark: {"name","value","unit","limit","ratio","p99"}, value and limit being medians. Clears the result. */
void bench_report (const BenchOptions *options, BenchResult *result);
void bench_result_init (BenchResult *result, const char *name, const char *unit, const char *goal);
void bench_add (GArray *figures, double value);
double bench_median (GArray *figures);
double bench_percentile (GArray *figures, double percent);
double bench_seconds (gint64 since_us); /* since a g_get_monotonic_time () */
double bench_cpu (void); /* seconds this process has computed so far: what a disk or another program made it wait for is left out */
double bench_thread_cpu (void);                       /* the same of the calling thread alone */

/* A folder for this run, removed at the end of the program. */
char *bench_path (const char *name);
void bench_remove (const char *path); /* a database and what lies beside it */

G_END_DECLS
