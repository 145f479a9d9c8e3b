/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-bench.h"

#include "kith-kind.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <sodium.h>
#include <stdio.h>
#include <time.h>

static const struct
{
  const char *name;
  BenchFunc run;
  const char *what;
  gboolean of_files; /* run by name alone, with the files that follow it */
} benches[] = {
  { "search", bench_search, "name search per keystroke, from text to rows" },
  { "similar", bench_similar, "who may be the person being registered, per letter" },
  { "fill", bench_fill, "first fill of a large store" },
  { "push", bench_push, "push of 10,000 local operations" },
  { "delta", bench_delta, "a change on one desk seen on another" },
  { "poll", bench_poll, "a poll that finds nothing new" },
  { "purge", bench_purge, "purge of 10,000 records from a store" },
  { "lookup", bench_lookup, "a search of the network through the hub" },
  { "lists", bench_lists, "pages that show all clients, a large agency's staff, and how to balance it" },
  { "board", bench_board, "the board of a queue with 50,000 referrals" },
  { "board-open", bench_board_open, "that board in its window, from the key to its cards" },
  { "board-scroll", bench_scroll, "a frame of that board while its lanes are scrolled" },
  { "capacity", bench_capacity, "what is free, from a million counts and holds" },
  { "matching", bench_matching, "the hub's look for duplicates, turn by turn" },
  { "start", bench_start, "start of the program until a large list can be used" },
  { "memory", bench_memory, "what the program then takes of memory" },
  { "record", bench_record, "a client's record with 2,000 services, in the window" },
  { "import", bench_import, "dry run of a spreadsheet of 300,000 people" },
  { "match", bench_match, "duplicates found in FILE.csv, or between FILE.csv and FILE2.csv", TRUE },
};

static char *folder;

double
bench_seconds (gint64 since_us)
{
  return (double) (g_get_monotonic_time () - since_us) / G_USEC_PER_SEC;
}

static double
read_cpu (clockid_t whose)
{
  struct timespec used = { 0 };

  clock_gettime (whose, &used);
  return (double) used.tv_sec + (double) used.tv_nsec / 1e9;
}

double
bench_cpu (void)
{
  return read_cpu (CLOCK_PROCESS_CPUTIME_ID);
}

double
bench_thread_cpu (void)
{
  return read_cpu (CLOCK_THREAD_CPUTIME_ID);
}

void
bench_add (GArray *figures, double value)
{
  g_array_append_val (figures, value);
}

static int
compare_figures (gconstpointer a, gconstpointer b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return left < right ? -1 : left > right;
}

double
bench_percentile (GArray *figures, double percent)
{
  guint at;

  if (figures->len == 0)
    return 0;
  g_array_sort (figures, compare_figures);
  at = (guint) ((figures->len - 1) * percent / 100.0 + 0.5);
  return g_array_index (figures, double, at);
}

double
bench_median (GArray *figures)
{
  return bench_percentile (figures, 50);
}

void
bench_result_init (BenchResult *result, const char *name, const char *unit, const char *goal)
{
  *result = (BenchResult) { .name = name, .unit = unit, .goal = goal };
  result->values = g_array_new (FALSE, FALSE, sizeof (double));
  result->limits = g_array_new (FALSE, FALSE, sizeof (double));
}

void
bench_say (const BenchOptions *options, const char *format, ...)
{
  va_list args;

  if (options->json)
    return;
  va_start (args, format);
  vprintf (format, args);
  va_end (args);
  putchar ('\n');
  fflush (stdout);
}

/* Four digits that mean something; json-glib would print all seventeen. */
static void
append_number (GString *line, const char *name, double value)
{
  char text[32];

  g_string_append_printf (line, "%s\"%s\":%s", line->len > 1 ? "," : "", name, g_ascii_formatd (text, sizeof text, "%.4g", value));
}

static void
append_more (GString *line, JsonObject *more)
{
  g_autoptr (GString) inner = g_string_new ("{");
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, more);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    if (json_node_get_value_type (node) == G_TYPE_INT64)
      g_string_append_printf (inner, "%s\"%s\":%" G_GINT64_FORMAT, inner->len > 1 ? "," : "", name, json_node_get_int (node));
    else
      append_number (inner, name, json_node_get_double (node));
  g_string_append_printf (line, ",\"more\":%s}", inner->str);
}

void
bench_report (const BenchOptions *options, BenchResult *result)
{
  g_autoptr (GString) line = g_string_new ("{");
  double value = bench_median (result->values), limit = bench_median (result->limits);
  double ratio = limit > 0 ? value / limit : 0, p99 = bench_percentile (result->values, 99);

  bench_say (options, "%s: %.4g %s, limit %.4g %s, ratio %.2f, p99 %.4g %s (%u measured); goal: %s", result->name, value, result->unit, limit,
             result->unit, ratio, p99, result->unit, result->values->len, result->goal);

  g_string_append_printf (line, "\"name\":\"%s\"", result->name);
  append_number (line, "value", value);
  g_string_append_printf (line, ",\"unit\":\"%s\"", result->unit);
  append_number (line, "limit", limit);
  append_number (line, "ratio", ratio);
  append_number (line, "p99", p99);
  if (result->more != NULL)
    append_more (line, result->more);
  g_string_append_c (line, '}');
  puts (line->str);
  fflush (stdout);

  g_clear_pointer (&result->more, json_object_unref);
  g_array_unref (result->values);
  g_array_unref (result->limits);
}

char *
bench_path (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

void
bench_remove (const char *path)
{
  static const char *const tails[] = { "", "-wal", "-shm", "-journal", ".lock" };

  for (guint i = 0; i < G_N_ELEMENTS (tails); i++)
    {
      g_autofree char *name = g_strconcat (path, tails[i], NULL);
      g_unlink (name);
    }
}

static void
remove_folder (const char *place)
{
  g_autoptr (GDir) dir = g_dir_open (place, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (place, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        remove_folder (path);
      else
        g_unlink (path);
    }
  g_rmdir (place);
}

/* One that works on files is not among "all of them". */
static gboolean
wanted (char **names, guint i)
{
  if (names == NULL || g_strv_length (names) == 0)
    return !benches[i].of_files;
  return g_strv_contains ((const char *const *) names, benches[i].name);
}

/* "match FILE FILE2": what follows the name of such a one is no further name. */
static void
take_files (BenchOptions *options, char **names)
{
  guint k = 0;

  while (k < G_N_ELEMENTS (benches) && !(benches[k].of_files && names != NULL && g_strcmp0 (names[0], benches[k].name) == 0))
    k++;
  if (k == G_N_ELEMENTS (benches))
    return;
  options->files = g_strdupv (names + 1);
  for (guint i = 1; names[i] != NULL; i++)
    g_clear_pointer (&names[i], g_free);
}

static gboolean
known (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (benches); i++)
    if (g_strcmp0 (benches[i].name, name) == 0)
      return TRUE;
  return FALSE;
}

static char *
describe (void)
{
  GString *text = g_string_new ("Benchmarks:\n");

  for (guint i = 0; i < G_N_ELEMENTS (benches); i++)
    g_string_append_printf (text, "  %-12s %s\n", benches[i].name, benches[i].what);
  g_string_append (text, "\nThe last line of each is JSON: name, value, unit, limit, ratio, p99. Value and limit are medians.\n");
  return g_string_free (text, FALSE);
}

int
main (int argc, char **argv)
{
  BenchOptions options = { .program = argv[0] };
  int clients = 0, runs = 0;
  g_auto (GStrv) names = NULL;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, "Only the JSON lines", NULL },
    { "clients", 0, 0, G_OPTION_ARG_INT, &clients, "How many clients, instead of each benchmark's own number", "N" },
    { "fields", 0, 0, G_OPTION_ARG_STRING, &options.fields, "match: by these alone", "name,dob,postcode,street,unit,city,state,id" },
    { "runs", 0, 0, G_OPTION_ARG_INT, &runs, "How many runs", "N" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &names, NULL, "[NAME…]" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autofree char *description = describe ();
  g_autoptr (GError) error = NULL;
  int status = 0;

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_description (context, description);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return 2;
    }
  take_files (&options, names);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (!known (names[i]))
      {
        fprintf (stderr, "There is no benchmark “%s”.\n%s", names[i], description);
        return 2;
      }
  options.clients = (guint) MAX (clients, 0);
  options.runs = (guint) MAX (runs, 0);
  if (sodium_init () < 0)
    return 1;
  kith_kinds_register ();
  folder = g_dir_make_tmp ("kith-bench-XXXXXX", &error);
  if (folder == NULL)
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }

  for (guint i = 0; i < G_N_ELEMENTS (benches); i++)
    {
      if (!wanted (names, i))
        continue;
      bench_say (&options, "== %s: %s", benches[i].name, benches[i].what);
      if (!benches[i].run (&options, &error))
        {
          fprintf (stderr, "%s: %s\n", benches[i].name, error->message);
          g_clear_error (&error);
          status = 1;
        }
    }
  remove_folder (folder);
  g_free (folder);
  g_strfreev (options.files);
  g_free ((char *) options.fields);
  return status;
}
