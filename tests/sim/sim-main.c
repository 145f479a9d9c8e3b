/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* kith-sim: many seeds, in as many processes as there are processors (at most two by default). */

static gint n_seeds = 100, n_events = 500, n_jobs = 2;
static gint64 first_seed = 1;
static gboolean json, verbose, keep_going;
static char *seed_file;

static const GOptionEntry options[] = {
  { "seeds", 0, 0, G_OPTION_ARG_INT, &n_seeds, "How many seeds", "N" },
  { "first", 0, 0, G_OPTION_ARG_INT64, &first_seed, "The first one", "S" },
  { "events", 0, 0, G_OPTION_ARG_INT, &n_events, "Events per seed before the faults stop", "E" },
  { "jobs", 0, 0, G_OPTION_ARG_INT, &n_jobs, "Processes", "N" },
  { "seed-file", 0, 0, G_OPTION_ARG_FILENAME, &seed_file, "Run the seeds of a file: lines “seed events why”", "FILE" },
  { "json", 0, 0, G_OPTION_ARG_NONE, &json, "End with one JSON line", NULL },
  { "verbose", 0, 0, G_OPTION_ARG_NONE, &verbose, "Tell every event", NULL },
  { "keep-going", 0, 0, G_OPTION_ARG_NONE, &keep_going, "Count all that fail", NULL },
  { NULL },
};

typedef struct
{
  guint64 seed;
  guint events;
} Task;

typedef struct
{
  guint seeds, failed, events;
} Tally;

static void
run_task (const Task *task, Tally *tally)
{
  SimResult result = sim_run (task->seed, task->events, verbose);

  tally->seeds++;
  tally->events += result.events;
  if (result.failure != NULL)
    {
      tally->failed++;
      g_print ("FAILED %s\n  again: kith-sim --seeds 1 --first %" G_GUINT64_FORMAT " --events %u --verbose\n", result.failure, task->seed,
               task->events);
      fflush (stdout);
    }
  else if (verbose)
    {
      g_print ("seed %" G_GUINT64_FORMAT ": %s\n", task->seed, result.counts);
    }
  sim_result_clear (&result);
}

/* Every n_jobs-th task, beginning with the job's own. */
static Tally
run_share (GArray *tasks, guint job, guint jobs)
{
  Tally tally = { 0 };

  for (guint i = job; i < tasks->len && (keep_going || tally.failed < 5); i += jobs)
    run_task (&g_array_index (tasks, Task, i), &tally);

  return tally;
}

static GArray *
list_tasks (void)
{
  GArray *tasks = g_array_new (FALSE, FALSE, sizeof (Task));
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;

  if (seed_file == NULL)
    {
      for (gint i = 0; i < n_seeds; i++)
        {
          Task task = { (guint64) first_seed + (guint64) i, (guint) n_events };

          g_array_append_val (tasks, task);
        }
      return tasks;
    }
  if (!g_file_get_contents (seed_file, &text, NULL, &error))
    {
      g_printerr ("%s\n", error->message);
      exit (2);
    }
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      Task task;

      if (sscanf (lines[i], "%" G_GUINT64_FORMAT " %u", &task.seed, &task.events) == 2)
        g_array_append_val (tasks, task);
    }

  return tasks;
}

static Tally
run_in_processes (GArray *tasks, guint jobs)
{
  Tally sum = { 0 };
  int pipes[16][2];

  for (guint job = 0; job < jobs; job++)
    {
      if (pipe (pipes[job]) != 0)
        g_error ("no pipe");
      fflush (stdout);
      if (fork () == 0)
        {
          Tally tally = run_share (tasks, job, jobs);

          if (write (pipes[job][1], &tally, sizeof tally) != sizeof tally)
            _exit (3);
          fflush (stdout);
          _exit (0);
        }
      close (pipes[job][1]);
    }
  for (guint job = 0; job < jobs; job++)
    {
      Tally tally = { 0 };

      /* A process that died without a word has failed. */
      if (read (pipes[job][0], &tally, sizeof tally) != sizeof tally)
        tally.failed = 1;
      close (pipes[job][0]);
      sum.seeds += tally.seeds;
      sum.failed += tally.failed;
      sum.events += tally.events;
    }
  while (wait (NULL) > 0)
    continue;

  return sum;
}

/* What a dying process still says is of no interest; any other warning is a failure. */
static void
log_cb (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
  if (sim_crash_happened () && (level & G_LOG_FLAG_FATAL) == 0)
    return;
  g_print ("%s\n", message);
  fflush (stdout);
  if ((level & (G_LOG_LEVEL_WARNING | G_LOG_LEVEL_CRITICAL)) != 0)
    abort ();
}

int
main (int argc, char *argv[])
{
  g_autoptr (GOptionContext) context = g_option_context_new ("— a made-up network that fails in every way, from a seed");
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) tasks = NULL;
  gint64 start = g_get_monotonic_time ();
  double seconds;
  Tally tally;

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  /* Databases in memory come and go: their memory is kept instead of being fetched anew from the kernel for each seed. */
  mallopt (M_MMAP_THRESHOLD, G_MAXINT);
  mallopt (M_TRIM_THRESHOLD, G_MAXINT);
  mallopt (M_TOP_PAD, 4 * 1024 * 1024);
  kith_kinds_register ();
  g_log_set_default_handler (log_cb, NULL);
  tasks = list_tasks ();
  if (verbose || n_jobs <= 1 || tasks->len == 1)
    tally = run_share (tasks, 0, 1);
  else
    tally = run_in_processes (tasks, (guint) MIN (n_jobs, 16));

  seconds = (double) (g_get_monotonic_time () - start) / 1e6;
  if (json)
    g_print ("{\"seeds\":%u,\"failed\":%u,\"events\":%u,\"seconds\":%.1f}\n", tally.seeds, tally.failed, tally.events, seconds);
  else
    g_print ("%u seeds, %u failed, %u events, %.1f s\n", tally.seeds, tally.failed, tally.events, seconds);

  return tally.failed > 0 ? 1 : 0;
}
