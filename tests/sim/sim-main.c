/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include <malloc.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

/* kith-sim: many seeds, in as many processes as there are processors (at most two by default). */

/* Databases in memory come and go: their memory is kept instead of being fetched anew from the kernel for each seed. For jemalloc, where kith-sim is
 * linked to it; for the allocator of the C library main() says so. */
extern const char *malloc_conf;
const char *malloc_conf = "dirty_decay_ms:-1,muzzy_decay_ms:-1";

#define MOST_JOBS 16
#define MANY_SEEDS 100

static gint n_seeds = 100, n_events = 500, n_jobs = 2;
static gint64 first_seed = 1;
static gboolean json, verbose, keep_going;
static char *seed_file, *wrong, *without;
static gint n_turns = 1;

static const GOptionEntry options[] = {
  { "seeds", 0, 0, G_OPTION_ARG_INT, &n_seeds, "How many seeds", "N" },
  { "first", 0, 0, G_OPTION_ARG_INT64, &first_seed, "The first one", "S" },
  { "events", 0, 0, G_OPTION_ARG_INT, &n_events, "Events per seed before the faults stop", "E" },
  { "jobs", 0, 0, G_OPTION_ARG_INT, &n_jobs, "Processes", "N" },
  { "seed-file", 0, 0, G_OPTION_ARG_FILENAME, &seed_file, "Run the seeds of a file: lines “seed events why”", "FILE" },
  { "turns", 0, 0, G_OPTION_ARG_INT, &n_turns, "With KITH_TURN set to any number: only every Nth of the file, others at another number", "N" },
  { "json", 0, 0, G_OPTION_ARG_NONE, &json, "End with one JSON line", NULL },
  { "verbose", 0, 0, G_OPTION_ARG_NONE, &verbose, "Tell every event", NULL },
  { "break", 0, 0, G_OPTION_ARG_STRING, &wrong, "Do something wrongly, in this way (sim-break.c): good only when the check that is there for it sees it", "WAY" },
  { "without", 0, 0, G_OPTION_ARG_STRING, &without, "Leave out faults (sim-faults.c)", "FAULT,…" },
  { "keep-going", 0, 0, G_OPTION_ARG_NONE, &keep_going, "Count all that fail", NULL },
  { NULL },
};

typedef struct
{
  guint64 seed;
  guint events;
  guint left_out; /* faults */
} Task;

typedef struct
{
  guint seeds, failed, events, twins, parts, seen; /* seen: of --break, by the check that is there for it */
  guint asked, hits, waited, typed, papers;
} Tally;

static void
run_task (const Task *task, Tally *tally)
{
  SimResult result;

  sim_faults_leave_out (task->left_out);
  result = sim_run (task->seed, task->events, verbose);

  tally->seeds++;
  tally->events += result.events;
  tally->twins += result.twins;
  tally->parts += result.parts;
  tally->asked += result.asked;
  tally->hits += result.hits;
  tally->waited += result.waited;
  tally->typed += result.typed;
  tally->papers += result.papers;
  tally->seen += sim_break_is_seen (&result);
  if (wrong != NULL)
    {
      g_print ("%s\n", result.failure != NULL ? result.failure : "nothing was seen");
      fflush (stdout);
    }
  else if (result.failure != NULL)
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

/* What a process that ended in the middle of a seed leaves behind: shared with its parent. */
typedef struct
{
  Tally tally;
  guint next; /* task it is at */
  gboolean done;
} Share;

/* Every n_jobs-th task, from the one it is at. */
static void
run_share (GArray *tasks, Share *share, guint jobs)
{
  for (; share->next < tasks->len && (keep_going || share->tally.failed < 5) && share->tally.seen == 0; share->next += jobs)
    run_task (&g_array_index (tasks, Task, share->next), &share->tally);
  share->done = TRUE;
}

static GArray *
list_tasks (void)
{
  GArray *tasks = g_array_new (FALSE, FALSE, sizeof (Task));
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  guint left_out = without != NULL ? sim_faults_named (without) : 0, n_lines = 0;
  const char *turn;

  if (seed_file == NULL)
    {
      for (gint i = 0; i < n_seeds; i++)
        {
          Task task = { (guint64) first_seed + (guint64) i, (guint) n_events, left_out };

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
  turn = g_getenv ("KITH_TURN");
  if (n_turns < 1)
    n_turns = 1;
  for (guint i = 0; lines[i] != NULL; i++)
    {
      Task task = { .left_out = left_out };

      if (*lines[i] == '\0' || *lines[i] == '#')
        continue;
      if (g_str_equal (lines[i], "with all") || g_str_has_prefix (lines[i], "without "))
        {
          left_out = sim_faults_named (strchr (lines[i], ' ') + 1);
          continue;
        }
      if (sscanf (lines[i], "%" G_GUINT64_FORMAT " %u", &task.seed, &task.events) != 2)
        {
          g_printerr ("%s, line %u: not “seed events why”\n", seed_file, i + 1);
          exit (2);
        }
      if (turn == NULL || n_lines++ % (guint) n_turns == (guint) (g_ascii_strtoull (turn, NULL, 10) % (guint64) n_turns))
        g_array_append_val (tasks, task);
    }

  return tasks;
}

static void
begin_share (GArray *tasks, Share *share, guint jobs, pid_t *child)
{
  fflush (stdout);
  *child = fork ();
  if (*child < 0)
    g_error ("no process");
  if (*child > 0)
    return;
  run_share (tasks, share, jobs);
  fflush (stdout);
  _exit (0);
}

/* A process that died has failed in its seed, which is named; another goes on behind it. */
static Tally
run_in_processes (GArray *tasks, guint jobs)
{
  Tally sum = { 0 };
  pid_t children[MOST_JOBS], ended;
  Share *shares = mmap (NULL, sizeof *shares * MOST_JOBS, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

  if (shares == MAP_FAILED)
    g_error ("no memory to share");
  for (guint job = 0; job < jobs; job++)
    {
      shares[job].next = job;
      begin_share (tasks, &shares[job], jobs, &children[job]);
    }
  while ((ended = wait (NULL)) > 0)
    for (guint job = 0; job < jobs; job++)
      if (children[job] == ended && !shares[job].done && shares[job].next < tasks->len)
        {
          const Task *task = &g_array_index (tasks, Task, shares[job].next);

          g_print ("FAILED seed %" G_GUINT64_FORMAT ": its process ended\n  again: kith-sim --seeds 1 --first %" G_GUINT64_FORMAT " --events %u --verbose\n",
                   task->seed, task->seed, task->events);
          shares[job].tally.seeds++;
          shares[job].tally.failed++;
          shares[job].next += jobs;
          begin_share (tasks, &shares[job], jobs, &children[job]);
        }
  for (guint job = 0; job < jobs; job++)
    {
      sum.seeds += shares[job].tally.seeds;
      sum.failed += shares[job].tally.failed;
      sum.events += shares[job].tally.events;
      sum.twins += shares[job].tally.twins;
      sum.parts += shares[job].tally.parts;
      sum.asked += shares[job].tally.asked;
      sum.hits += shares[job].tally.hits;
      sum.waited += shares[job].tally.waited;
      sum.typed += shares[job].tally.typed;
      sum.papers += shares[job].tally.papers;
    }
  munmap (shares, sizeof *shares * MOST_JOBS);
  return sum;
}

/* What a dying process still says, or one without room, is of no interest, nor that the hub's clock is wrong while it is; any other warning is a
 * failure. */
static void
log_cb (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
  if ((level & (G_LOG_LEVEL_DEBUG | G_LOG_LEVEL_MESSAGE)) != 0 || ((sim_crash_happened () || sim_full_happened () || sim_clock_causes (message)) && (level & G_LOG_FLAG_FATAL) == 0))
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
  mallopt (M_MMAP_THRESHOLD, G_MAXINT);
  mallopt (M_TRIM_THRESHOLD, G_MAXINT);
  mallopt (M_TOP_PAD, 4 * 1024 * 1024);
  sqlite3_config (SQLITE_CONFIG_SINGLETHREAD);
  kith_kinds_register ();
  g_log_set_default_handler (log_cb, NULL);
  if (n_seeds < 1 || n_events < 1 || n_jobs < 1 || first_seed < 0)
    {
      g_printerr ("Seeds, events and processes are numbers from 1 on.\n");
      return 2;
    }
  if (without != NULL && sim_faults_named (without) == 0)
    {
      g_printerr ("There is no fault “%s” to leave out (sim-faults.c).\n", without);
      return 2;
    }
  if (wrong != NULL && !sim_break_set (wrong))
    {
      g_printerr ("There is no way “%s” to be wrong in (sim-break.c).\n", wrong);
      return 2;
    }
  tasks = list_tasks ();
  if (verbose || wrong != NULL || n_jobs == 1 || tasks->len == 1)
    {
      Share alone = { 0 };

      run_share (tasks, &alone, 1);
      tally = alone.tally;
    }
  else
    tally = run_in_processes (tasks, (guint) MIN (n_jobs, MOST_JOBS));
  /* What is wrong must be seen, and by the check that is there for it. */
  if (wrong != NULL && tally.seen == 0)
    {
      g_print ("FAILED: “%s” is wrong, and the check that is there for it saw it in none of %u seeds\n", wrong, tally.seeds);
      tally.failed++;
    }
  /* A check that compares nothing is none (I19; files). */
  if (tally.seeds >= MANY_SEEDS && tally.twins == 0)
    {
      g_print ("FAILED I19: not one of %u seeds was compared with its twin\n", tally.seeds);
      tally.failed++;
    }

  if (tally.seeds >= MANY_SEEDS && tally.parts == 0)
    {
      g_print ("FAILED files: in none of %u seeds was one fetched\n", tally.seeds);
      tally.failed++;
    }
  if (tally.seeds >= MANY_SEEDS && without == NULL && (tally.hits == 0 || tally.waited == 0 || tally.typed == 0 || tally.papers == 0))
    {
      g_print ("FAILED workload: in %u seeds %u were found in the network, %u operations waited for a newer hub, %u forms were begun, %u records printed\n",
               tally.seeds, tally.hits, tally.waited, tally.typed, tally.papers);
      tally.failed++;
    }

  seconds = (double) (g_get_monotonic_time () - start) / 1e6;
  if (json)
    g_print ("{\"seeds\":%u,\"failed\":%u,\"events\":%u,\"seconds\":%.1f}\n", tally.seeds, tally.failed, tally.events, seconds);
  else
    g_print ("%u seeds, %u failed, %u events, %.1f s\n", tally.seeds, tally.failed, tally.events, seconds);

  return tally.failed > 0 || tally.seeds == 0 ? 1 : 0;
}
