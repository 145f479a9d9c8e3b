/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-client-reader.h"
#include "kith-command.h"
#include "kith-hub-private.h"
#include "kith-id.h"
#include "kith-import-id.h"
#include "kith-import.h"
#include "kith-json.h"
#include "kith-test.h"

#include <glib/gstdio.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Clients into a hub on disk: an import that is killed after any batch, goes on, is mended and read again loses nobody, doubles nobody, and says in
 * the end of every row what became of it. */

#define SOURCE "intake"
#define ROWS 220
#define LONG_ID 7 /* the hub refuses this row, not the reader: its number is too long */

typedef struct
{
  KithTestDir *dir;
  char *database, *csv;
  char *agency;
  const char *today; /* of who runs it */
} Place;

static KithHub *
open_hub (Place *p)
{
  const KithHubOptions cheap = { .hash_ops = 1, .hash_memory = 8192 };
  g_autoptr (KithClock) clock = kith_clock_new_system (); /* as the program that works on it */
  g_autoptr (GError) error = NULL;
  static KithRandom *random; /* a hub does not own its own */
  KithDb *db = kith_hub_open_db (p->database, FALSE, NULL, &error);
  KithHub *hub;

  g_assert_no_error (error);
  if (random == NULL)
    random = kith_random_new_system ();
  hub = kith_hub_new (db, clock, random, &cheap, &error);
  g_assert_no_error (error);
  return hub;
}

static void
place_init (Place *p)
{
  g_autoptr (KithActor) actor = kith_actor_new_hub ();
  g_autoptr (JsonObject) args = kith_json_new ("t", "s", "organization", "source", "s", "own", "source_id", "s", "1", "body", "o",
                                               kith_json_new ("name", "s", "Harbor House", NULL), NULL);
  g_auto (KithOpContext) result = { 0 };
  g_autoptr (KithHub) hub = NULL;
  g_autoptr (GError) error = NULL;

  *p = (Place) { .dir = kith_test_dir_new (), .today = "2026-03-02" };
  p->database = kith_test_dir_file (p->dir, "hub.db");
  p->csv = kith_test_dir_file (p->dir, "people.csv");
  p->agency = kith_id_natural ("organization", "own/1");
  hub = open_hub (p);
  kith_hub_submit (hub, actor, "directory.put", args, &result, &error);
  g_assert_no_error (error);
}

static void
place_clear (Place *p)
{
  kith_test_dir_free (p->dir);
  g_free (p->database);
  g_free (p->csv);
  g_free (p->agency);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

static gboolean
is_bad (guint i)
{
  return i == 3 || i == 60 || i == 150 || i == 215;
}

/* mended: the bad dates are right, in as many bytes. */
static void
write_file (Place *p, gboolean mended)
{
  g_autoptr (GString) text = g_string_new ("id,given_name,family_name,date_of_birth\n");
  g_autofree char *long_id = g_strnfill (250, '7');
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < ROWS; i++)
    {
      g_autofree char *id = i == LONG_ID ? g_strdup (long_id) : g_strdup_printf ("%u", i);

      g_string_append_printf (text, "%s,Given%u,Family%u,%s\n", id, i, i, is_bad (i) && !mended ? "1990-13-01" : "1990-12-01");
    }
  g_file_set_contents (p->csv, text->str, -1, &error);
  g_assert_no_error (error);
}

static KithReader *
open_file (Place *p, KithHub *hub)
{
  g_autofree char *import = kith_import_id (p->agency, SOURCE);
  const KithClientReaderOptions options = { .path = p->csv, .agency = p->agency, .source = SOURCE, .import = import, .today = p->today };
  g_autoptr (GError) error = NULL;
  KithReader *reader = kith_import_open_clients (hub, &options, &error);

  g_assert_no_error (error);
  return reader;
}

static void
die_cb (double done, const KithImportCounts *counts, gpointer user_data)
{
  guint *left = user_data;

  if (--*left == 0)
    kill (getpid (), SIGKILL);
}

/* In a process of its own, which is killed after so many batches. */
static void
run_killed (Place *p, guint batches)
{
  int status = 0;
  pid_t child = fork ();

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      g_autoptr (KithHub) hub = open_hub (p);
      g_autoptr (KithReader) reader = open_file (p, hub);
      KithImportCounts counts = { 0 };

      kith_import_run (&(KithConsole) { .hub = hub }, reader, p->agency, SOURCE, "csv", die_cb, &batches, &counts, NULL);
      _exit (0);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status));
  g_assert_cmpint (WTERMSIG (status), ==, SIGKILL);
}

/* To the end; the report as an object. */
static JsonObject *
run_whole (Place *p)
{
  g_autoptr (KithHub) hub = open_hub (p);
  g_autoptr (KithReader) reader = open_file (p, hub);
  g_autoptr (GError) error = NULL;
  g_autofree char *report = NULL;
  KithImportCounts counts = { 0 };
  JsonObject *object;

  kith_import_run (&(KithConsole) { .hub = hub }, reader, p->agency, SOURCE, "csv", NULL, NULL, &counts, &error);
  g_assert_no_error (error);
  report = kith_import_report (reader, SOURCE, &counts, TRUE);
  g_test_message ("%s", report);
  object = kith_json_parse_object (report, -1, NULL, &error);
  g_assert_no_error (error);
  return object;
}

static void
assert_report (JsonObject *report, gint64 taken, gint64 unchanged, gint64 refused)
{
  g_assert_cmpint (kith_json_int (report, "taken", -1), ==, taken);
  g_assert_cmpint (kith_json_int (report, "unchanged", -1), ==, unchanged);
  g_assert_cmpint (kith_json_int (report, "refused", -1), ==, refused);
}

static gboolean
has_client (KithHub *hub, Place *p, const char *source_id)
{
  g_autofree char *id = kith_import_client_id (p->agency, SOURCE, source_id);
  g_autoptr (GError) error = NULL;
  g_autoptr (KithRecord) client = kith_world_get (kith_hub_get_world (hub), "client", id, &error);

  g_assert_no_error (error);
  return client != NULL;
}

static void
assert_number (Place *p, const char *field, gint64 expected)
{
  g_autofree char *id = kith_import_id (p->agency, SOURCE);
  g_autoptr (KithHub) hub = open_hub (p);
  g_autoptr (KithRecord) record = kith_world_get (kith_hub_get_world (hub), "import", id, NULL);

  g_assert_nonnull (record);
  g_assert_true (kith_record_is (record, "state", "done"));
  g_assert_cmpint (kith_record_int (record, field), ==, expected);
}

/* Everybody who should be there is there, once. */
static void
assert_clients (Place *p, gboolean mended)
{
  g_autoptr (KithHub) hub = open_hub (p);
  g_autoptr (GPtrArray) all = kith_world_find (kith_hub_get_world (hub), NULL, "client", "agency", p->agency, NULL, NULL);
  guint expected = 0;

  for (guint i = 0; i < ROWS; i++)
    {
      g_autofree char *source_id = g_strdup_printf ("%u", i);
      const gboolean there = i != LONG_ID && (mended || !is_bad (i));

      g_assert_cmpint (has_client (hub, p, source_id), ==, there);
      expected += there;
    }
  g_assert_cmpuint (all->len, ==, expected);
}

/* The rows that were not taken, as a spreadsheet counts, with the field. */
static void
assert_listed (JsonObject *report, const char *expected)
{
  JsonArray *list = kith_json_array (kith_json_object (report, "problems"), "problems");
  g_autofree gint64 *rows = g_new0 (gint64, json_array_get_length (list) + 1);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint row = 1; row <= ROWS + 1; row++)
    for (guint i = 0; i < json_array_get_length (list); i++)
      {
        JsonObject *line = json_array_get_object_element (list, i);
        const char *field = kith_json_string (line, "field");

        if (kith_json_int (line, "row", 0) != row)
          continue;
        g_assert_cmpstr (kith_json_string (line, "file"), ==, "people.csv");
        g_assert_nonnull (kith_json_string (line, "reason"));
        g_assert_false (kith_json_bool (line, "taken", TRUE));
        g_assert_false (kith_json_bool (line, "here", FALSE));
        g_string_append_printf (text, "%u:%s ", row, field != NULL ? field : "");
      }
  g_assert_cmpstr (text->str, ==, expected);
}

#define ALL_BAD "5:date_of_birth 9: 62:date_of_birth 152:date_of_birth 217:date_of_birth "

static void
test_whole (void)
{
  g_auto (Place) p;
  g_autoptr (JsonObject) first = NULL, again = NULL;

  place_init (&p);
  write_file (&p, FALSE);
  first = run_whole (&p);
  assert_report (first, ROWS - 5, 0, 5);
  g_assert_false (kith_json_bool (first, "continued", TRUE));
  assert_listed (first, ALL_BAD);
  assert_clients (&p, FALSE);
  assert_number (&p, "refused", 5);

  again = run_whole (&p);
  assert_report (again, 0, ROWS - 5, 5);
  assert_listed (again, ALL_BAD);
  assert_clients (&p, FALSE);
}

/* What was refused before the kill is counted and listed in the end as what came after it. */
static void
test_killed (void)
{
  for (guint batches = 1; batches <= 4; batches++)
    {
      g_auto (Place) p;
      g_autoptr (JsonObject) report = NULL;

      place_init (&p);
      write_file (&p, FALSE);
      run_killed (&p, batches);
      report = run_whole (&p);
      assert_report (report, ROWS - 5, 0, 5);
      g_assert_true (kith_json_bool (report, "continued", FALSE));
      assert_listed (report, ALL_BAD);
      assert_clients (&p, FALSE);
      assert_number (&p, "taken", ROWS - 5);
      assert_number (&p, "refused", 5);
    }
}

static void
test_killed_twice (void)
{
  g_auto (Place) p;
  g_autoptr (JsonObject) report = NULL;

  place_init (&p);
  write_file (&p, FALSE);
  run_killed (&p, 2);
  run_killed (&p, 1);
  report = run_whole (&p);
  assert_report (report, ROWS - 5, 0, 5);
  assert_listed (report, ALL_BAD);
  assert_clients (&p, FALSE);
}

/* Cut off before midnight and run again after it: it goes on all the same, and as if no day had passed. A file that is another one by then is read as of
 * the new day. */
static void
test_next_day (void)
{
  g_autoptr (KithClock) clock = kith_clock_new_system ();
  g_autofree char *day = kith_time_format (kith_clock_wall_ms (clock));

  day[strlen ("2026-11-22")] = '\0';
  for (guint changed = 0; changed < 2; changed++)
    {
      g_auto (Place) p;
      g_autoptr (JsonObject) report = NULL;

      place_init (&p);
      p.today = day;
      write_file (&p, FALSE);
      run_killed (&p, 2);
      p.today = "2099-01-01";
      if (changed)
        write_file (&p, TRUE);
      report = run_whole (&p);
      g_assert_true (kith_json_bool (report, "continued", FALSE) == !changed);
      if (!changed)
        assert_report (report, ROWS - 5, 0, 5);
      assert_clients (&p, changed);
    }
}

/* Mended in place: as many bytes, other people. None of them is passed over. */
static void
test_mended (void)
{
  for (guint batches = 1; batches <= 4; batches++)
    {
      g_auto (Place) p;
      g_autoptr (JsonObject) report = NULL;

      place_init (&p);
      write_file (&p, FALSE);
      run_killed (&p, batches);
      write_file (&p, TRUE);
      report = run_whole (&p);
      assert_clients (&p, TRUE);
      assert_listed (report, "9: ");
      g_assert_cmpint (kith_json_int (report, "taken", -1) + kith_json_int (report, "unchanged", -1), ==, ROWS - 1);
      g_assert_cmpint (kith_json_int (report, "refused", -1), ==, 1);
    }
}

/* More than the import's record has room for is refused by the hub: it is all told in the end nevertheless. */
static void
test_many_refused (void)
{
  g_auto (Place) p;
  g_autoptr (GString) text = g_string_new ("id,given_name,family_name,date_of_birth\n");
  g_autoptr (JsonObject) report = NULL;

  place_init (&p);
  for (guint i = 0; i < 400; i++)
    g_string_append_printf (text, "%0*u,Given%u,Family%u,1990-12-01\n", i % 8 == 0 ? 1 : 250, i, i, i);
  g_assert_true (g_file_set_contents (p.csv, text->str, -1, NULL));
  run_killed (&p, 7);
  report = run_whole (&p);
  g_assert_true (kith_json_bool (report, "continued", FALSE));
  g_assert_cmpint (kith_json_int (report, "taken", -1) + kith_json_int (report, "unchanged", -1), ==, 50);
  g_assert_cmpint (kith_json_int (report, "refused", -1), ==, 350);
  g_assert_cmpint (kith_json_int (kith_json_object (report, "problems"), "total", -1), ==, 350);
  assert_number (&p, "refused", 350);
}

static void
crash_cb (const char *op_id, JsonObject *args)
{
  g_autofree char *text = kith_json_print_object (args);

  if (strstr (text, "\"Family100\"") != NULL || strstr (text, "\"Family103\"") != NULL)
    abort ();
}

/* Until it ends by itself: how often the program ended. */
static guint
run_crashing (Place *p)
{
  for (guint ends = 0; ends < 20; ends++)
    {
      int status = 0;
      pid_t child = fork ();

      g_assert_cmpint (child, >=, 0);
      if (child == 0)
        {
          g_autoptr (KithHub) hub = open_hub (p);
          g_autoptr (KithReader) reader = open_file (p, hub);
          g_autofree char *path = kith_test_dir_file (p->dir, "report"), *report = NULL;
          KithImportCounts counts = { 0 };

          hub->before_run = crash_cb;
          kith_import_run (&(KithConsole) { .hub = hub }, reader, p->agency, SOURCE, "csv", NULL, NULL, &counts, NULL);
          report = kith_import_report (reader, SOURCE, &counts, TRUE);
          _exit (g_file_set_contents (path, report, -1, NULL) ? 0 : 1);
        }
      g_assert_cmpint (waitpid (child, &status, 0), ==, child);
      if (WIFEXITED (status))
        {
          g_assert_cmpint (WEXITSTATUS (status), ==, 0);
          return ends;
        }
      g_assert_cmpint (WTERMSIG (status), ==, SIGABRT);
    }
  g_assert_not_reached ();
}

/* I17: two rows end the program each time. They are listed with why, everybody behind them is taken; a Kith that can take them does, when it is run again. */
static void
test_crashing (void)
{
  g_auto (Place) p;
  g_autoptr (JsonObject) report = NULL, again = NULL;
  g_autofree char *path = NULL, *text = NULL;
  guint ends;

  place_init (&p);
  write_file (&p, FALSE);
  ends = run_crashing (&p);
  g_test_message ("%u ends", ends);
  g_assert_cmpuint (ends, <=, 6);
  assert_number (&p, "refused", 7);
  path = kith_test_dir_file (p.dir, "report");
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  report = kith_json_parse_object (text, -1, NULL, NULL);
  g_assert_nonnull (strstr (text, "stopped twice"));
  g_assert_cmpint (kith_json_int (report, "taken", -1) + kith_json_int (report, "unchanged", -1), ==, ROWS - 7);
  assert_listed (report, "5:date_of_birth 9: 62:date_of_birth 102: 105: 152:date_of_birth 217:date_of_birth ");
  again = run_whole (&p);
  assert_report (again, 2, ROWS - 7, 5);
  assert_clients (&p, FALSE);
}

static void
kill_cb (const char *op_id, JsonObject *args)
{
  g_autofree char *text = kith_json_print_object (args);

  if (strstr (text, "\"Family70\"") != NULL)
    kill (getpid (), SIGKILL);
}

/* I17: killed within a batch, which no row is to blame for. That batch is run row by row, to see; those behind it are not. */
static void
test_killed_within (void)
{
  g_auto (Place) p;
  g_autoptr (GError) error = NULL;
  int status = 0;
  pid_t child;

  place_init (&p);
  write_file (&p, FALSE);
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      g_autoptr (KithHub) hub = open_hub (&p);
      g_autoptr (KithReader) reader = open_file (&p, hub);
      KithImportCounts counts = { 0 };

      hub->before_run = kill_cb;
      kith_import_run (&(KithConsole) { .hub = hub }, reader, p.agency, SOURCE, "csv", NULL, NULL, &counts, NULL);
      _exit (0);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status));
  {
    g_autoptr (KithHub) hub = open_hub (&p);
    g_autoptr (KithReader) reader = open_file (&p, hub);
    g_autoptr (KithDbStmt) tried = NULL;
    KithImportCounts counts = { 0 };

    g_assert_true (kith_db_exec (kith_hub_get_db (hub),
                                 "CREATE TABLE tried (op_id TEXT); CREATE TRIGGER count_tried AFTER INSERT ON online_try BEGIN INSERT INTO tried VALUES (new.op_id); END",
                                 &error));
    kith_import_run (&(KithConsole) { .hub = hub }, reader, p.agency, SOURCE, "csv", NULL, NULL, &counts, &error);
    g_assert_no_error (error);
    g_assert_true (counts.continued);
    g_assert_cmpuint (counts.refused, ==, 5);
    tried = kith_db_prepare (kith_hub_get_db (hub), "SELECT count(*) FROM tried", &error);
    g_assert_cmpint (kith_db_step (tried, &error), ==, KITH_DB_ROW);
    g_test_message ("%" G_GINT64_FORMAT " marks", kith_db_int (tried, 0));
    g_assert_cmpint (kith_db_int (tried, 0), >=, 50);
    g_assert_cmpint (kith_db_int (tried, 0), <=, 60);
  }
  assert_clients (&p, FALSE);
}

/* The database refuses one row and no other, for whatever reason: that is no reason to stop. */
static void
test_failing (void)
{
  g_auto (Place) p;
  g_autoptr (KithHub) hub = NULL;
  g_autoptr (KithReader) reader = NULL;
  g_autoptr (JsonObject) report = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  KithImportCounts counts = { 0 };

  place_init (&p);
  write_file (&p, FALSE);
  hub = open_hub (&p);
  reader = open_file (&p, hub);
  kith_db_exec (kith_hub_get_db (hub),
                "CREATE TRIGGER refuse BEFORE INSERT ON client WHEN new.body ->> '$.family_name' = 'Family100' BEGIN SELECT raise(ABORT, 'not this one'); END", &error);
  g_assert_no_error (error);
  kith_import_run (&(KithConsole) { .hub = hub }, reader, p.agency, SOURCE, "csv", NULL, NULL, &counts, &error);
  g_assert_no_error (error);
  text = kith_import_report (reader, SOURCE, &counts, TRUE);
  report = kith_json_parse_object (text, -1, NULL, NULL);
  assert_listed (report, "5:date_of_birth 9: 62:date_of_birth 102: 152:date_of_birth 217:date_of_birth ");
  assert_report (report, ROWS - 6, 0, 6);
}

static int
end_three_times (int argc, char **argv)
{
  g_autofree char *text = NULL;

  if (!g_file_get_contents (argv[0], &text, NULL, NULL))
    text = g_strdup ("");
  if (strlen (text) == 3)
    return 7;
  {
    g_autofree char *more = g_strconcat (text, "x", NULL);
    g_file_set_contents (argv[0], more, -1, NULL);
  }
  abort ();
}

static void
test_survive (void)
{
  g_autoptr (KithTestDir) dir = kith_test_dir_new ();
  g_autofree char *path = kith_test_dir_file (dir, "ends");

  g_assert_cmpint (kith_command_survive (end_three_times, 1, &path), ==, 7);
}

/* Says who it is, and goes on for ever. */
static int
go_on (int argc, char **argv)
{
  g_autofree char *text = g_strdup_printf ("%d", getpid ());

  g_file_set_contents (argv[0], text, -1, NULL);
  while (TRUE)
    pause ();
  return 0;
}

static gboolean
read_anew (const char *path, char **text)
{
  g_clear_pointer (text, g_free);
  return g_file_get_contents (path, text, NULL, NULL);
}

/* signal to the import itself, or to the process that does the work for it: the one ends with the other, and says so. */
static void
end_by (int signal, gboolean worker, gboolean says)
{
  g_autoptr (KithTestDir) dir = kith_test_dir_new ();
  g_autofree char *path = kith_test_dir_file (dir, "worker"), *text = NULL;
  g_autoptr (GString) said = g_string_new (NULL);
  int status = 0, ends[2];
  char block[256];
  gssize n;
  pid_t child;

  g_assert_cmpint (pipe (ends), ==, 0);
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      dup2 (ends[1], STDERR_FILENO);
      close (ends[0]);
      close (ends[1]);
      _exit (kith_command_survive (go_on, 1, &path));
    }
  close (ends[1]);
  kith_test_until (read_anew (path, &text));
  g_assert_cmpint (kill (worker ? atoi (text) : child, signal), ==, 0);
  do /* until neither of them has it open */
    {
      g_assert_cmpint (poll (&(struct pollfd) { .fd = ends[0], .events = POLLIN }, 1, 60000), ==, 1);
      n = read (ends[0], block, sizeof block);
      g_string_append_len (said, block, MAX (n, 0));
    }
  while (n > 0);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  close (ends[0]);
  g_test_message ("%s", said->str);
  g_assert_true (says == (strstr (said->str, "run the same command again") != NULL));
  if (worker)
    g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 1);
  else
    g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == signal);
}

static void
test_told_to_stop (void)
{
  end_by (SIGKILL, TRUE, TRUE); /* the machine is out of memory */
  end_by (SIGTERM, TRUE, TRUE);
  end_by (SIGTERM, FALSE, TRUE);
  end_by (SIGINT, FALSE, TRUE);
  end_by (SIGKILL, FALSE, FALSE);
}

static void
test_text (void)
{
  g_auto (Place) p;
  g_autoptr (KithHub) hub = NULL;
  g_autoptr (KithReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *report = NULL;
  KithImportCounts counts = { 0 };

  place_init (&p);
  write_file (&p, FALSE);
  hub = open_hub (&p);
  reader = open_file (&p, hub);
  kith_import_run (&(KithConsole) { .hub = hub }, reader, p.agency, SOURCE, "csv", NULL, NULL, &counts, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (counts.refused, ==, 5);
  report = kith_import_report (reader, SOURCE, &counts, FALSE);
  g_assert_nonnull (strstr (report, "people.csv, row 5, date_of_birth: “1990-13-01” is not a date (left out)\n"));
  g_assert_nonnull (strstr (report, "Taken: 215. Unchanged: 0. Not taken: 5."));
}

static void
follow_cb (double done, const KithImportCounts *counts, gpointer user_data)
{
  GArray *steps = user_data;

  g_assert_true (steps->len == 0 || done >= g_array_index (steps, double, steps->len - 1));
  g_assert_cmpuint (counts->taken, >, 0);
  g_array_append_val (steps, done);
}

/* A long list that is only looked through shows how far that is, as one that is taken does. */
static void
test_dry_progress (void)
{
  g_auto (Place) p;
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (KithHub) hub = NULL;
  g_autoptr (KithReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  KithImportCounts counts = { 0 };

  place_init (&p);
  write_file (&p, FALSE);
  hub = open_hub (&p);
  reader = open_file (&p, hub);
  g_assert_true (kith_import_try (hub, reader, follow_cb, steps, &counts, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (steps->len, ==, 4); /* every fifty rows */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  kith_kinds_register ();
  g_test_add_func ("/hub/import/whole", test_whole);
  g_test_add_func ("/hub/import/killed", test_killed);
  g_test_add_func ("/hub/import/killed-twice", test_killed_twice);
  g_test_add_func ("/hub/import/mended", test_mended);
  g_test_add_func ("/hub/import/many-refused", test_many_refused);
  g_test_add_func ("/hub/import/I17-crashing", test_crashing);
  g_test_add_func ("/hub/import/I17-failing", test_failing);
  g_test_add_func ("/hub/import/I17-killed-within", test_killed_within);
  g_test_add_func ("/hub/import/survive", test_survive);
  g_test_add_func ("/hub/import/told-to-stop", test_told_to_stop);
  g_test_add_func ("/hub/import/text", test_text);
  g_test_add_func ("/hub/import/dry-progress", test_dry_progress);
  g_test_add_func ("/hub/import/next-day", test_next_day);
  return g_test_run ();
}
