/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-command.h"

#include "kith-client-reader.h"
#include "kith-hsds.h"
#include "kith-import-id.h"
#include "kith-import.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define ENDS_MOST 40 /* four for each row that ends the program; more than ten of them is another trouble */

/* ---- what this process is told while another does the work */

static volatile sig_atomic_t told;   /* the signal, or 0 */
static volatile sig_atomic_t worker; /* 0: none */

static const int stops[] = { SIGINT, SIGTERM, SIGHUP };

static void
told_cb (int signal)
{
  told = signal;
  if (worker > 0)
    kill ((pid_t) worker, signal);
}

/* What is ignored (nohup) stays so. */
static void
listen_for_stops (struct sigaction before[])
{
  const struct sigaction pass_on = { .sa_handler = told_cb, .sa_flags = SA_RESTART };

  for (guint i = 0; i < G_N_ELEMENTS (stops); i++)
    if (sigaction (stops[i], NULL, &before[i]) == 0 && before[i].sa_handler != SIG_IGN)
      sigaction (stops[i], &pass_on, NULL);
}

static void
leave_stops (const struct sigaction before[])
{
  for (guint i = 0; i < G_N_ELEMENTS (stops); i++)
    sigaction (stops[i], &before[i], NULL);
}

/* Begins the worker and waits for its end, however it comes. FALSE: there can be none. */
static gboolean
work_once (int (*run) (int argc, char **argv), int argc, char **argv, const struct sigaction before[], int *status)
{
  sigset_t all, as_before;
  pid_t parent = getpid (), child;

  sigfillset (&all);
  sigprocmask (SIG_BLOCK, &all, &as_before); /* nothing is told while it is not known whom to tell */
  child = fork ();
  if (child == 0)
    {
      leave_stops (before);
      prctl (PR_SET_PDEATHSIG, SIGKILL); /* it holds the database: it does not outlive who is thought to run it */
      if (getppid () != parent)
        _exit (1);
      sigprocmask (SIG_SETMASK, &as_before, NULL);
      exit (run (argc, argv));
    }
  worker = MAX (child, 0);
  sigprocmask (SIG_SETMASK, &as_before, NULL);
  if (child < 0)
    return FALSE;
  while (waitpid (child, status, 0) < 0 && errno == EINTR)
    ;
  worker = 0;
  return TRUE;
}

static gboolean
is_own_fault (int signal)
{
  return signal == SIGABRT || signal == SIGSEGV || signal == SIGBUS || signal == SIGFPE || signal == SIGILL;
}

/**
 * kith_command_survive:
 * @run: in a process of its own, before this one has made threads or opened anything
 *
 * What one row does to the program must not keep those behind it (kith_hub_submit_guarded()): where it ends by a fault of its own it is begun
 * again, and goes on. A signal that stops this process stops that one first.
 *
 * Returns: what @run returned in the end; 1 when it was ended from outside, or stopped again and again
 */
int
kith_command_survive (int (*run) (int argc, char **argv), int argc, char **argv)
{
  struct sigaction before[G_N_ELEMENTS (stops)];
  int status = 0;

  told = 0;
  listen_for_stops (before);
  for (guint ends = 1;; ends++)
    {
      if (!work_once (run, argc, argv, before, &status))
        {
          leave_stops (before);
          return run (argc, argv);
        }
      if (WIFEXITED (status) || told != 0 || !is_own_fault (WTERMSIG (status)) || ends == ENDS_MOST)
        break;
      g_printerr (_("Kith stopped while it took a row. What was taken is safe; it goes on, to find which row that is.\n"));
    }
  leave_stops (before);
  if (WIFEXITED (status))
    return WEXITSTATUS (status);
  if (told == 0 && is_own_fault (WTERMSIG (status)))
    {
      g_printerr (_("The import stopped %u times and was given up. What was taken is safe. Please report this.\n"), ENDS_MOST);
      return 1;
    }
  g_printerr (_("The import was ended (%s). What was taken is safe; run the same command again to go on.\n"), g_strsignal (WTERMSIG (status)));
  if (told != 0)
    raise (told); /* who told it sees that it was heard */
  return 1;
}

static void
progress_cb (double done, const KithImportCounts *counts, gpointer user_data)
{
  if (isatty (STDERR_FILENO))
    g_printerr ("\r  %3.0f %%   %" G_GUINT64_FORMAT "   ", done * 100, counts->taken + counts->unchanged + counts->refused);
}

/* --report: in which form. */
static gboolean
read_form (const char *name, gboolean *json)
{
  *json = g_strcmp0 (name, "json") == 0;
  if (name == NULL || *json || g_str_equal (name, "text"))
    return TRUE;
  g_printerr (_("kith-hub import: --report is text or json, not “%s”. Nothing was imported.\n"), name);
  return FALSE;
}

static int
run (KithHub *hub, KithReader *reader, const char *agency, const char *source, const char *format, gboolean json)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *report = NULL;
  KithImportCounts counts = { 0 };
  gboolean ok = kith_import_run (hub, reader, agency, source, format, progress_cb, NULL, &counts, &error);

  if (isatty (STDERR_FILENO))
    g_printerr ("\r                              \r");
  report = kith_import_report (reader, &counts, json);
  if (counts.continued && !json)
    g_print (_("Went on where the last run stopped.\n"));
  g_print ("%s\n", report);
  if (!ok)
    {
      g_printerr (_("The import stopped. What was taken is safe; run the same command again to go on.\n"));
      return kith_command_fail (error);
    }
  return 0;
}

/* "PATH" → "path's last part", what the source is called when nobody says. */
static char *
default_source (const char *path)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);

  return g_path_get_basename (absolute);
}

static int
import_hsds (int argc, char **argv)
{
  g_auto (KithCommandDatabase) database = { 0 };
  g_autofree char *source = NULL, *report = NULL;
  const GOptionEntry entries[] = {
    KITH_COMMAND_DATABASE_ENTRIES (&database),
    { "source", 0, 0, G_OPTION_ARG_STRING, &source, N_("What the source is called; ids are kept apart by it"), N_("NAME") },
    { "report", 0, 0, G_OPTION_ARG_STRING, &report, N_("text or json"), N_("FORM") },
    { NULL }
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (KithHub) hub = NULL;
  g_autoptr (KithReader) reader = NULL;
  gboolean json;

  if (!kith_command_parse (&argc, &argv, _("PATH"), _("Imports a directory in HSDS 3 form: a folder of CSV tables, or JSON."), entries))
    return 2;
  if (!read_form (report, &json))
    return 2;
  if (argc != 2)
    {
      g_printerr (_("kith-hub import hsds: give one folder or file.\n"));
      return 2;
    }
  if (source == NULL)
    source = default_source (argv[1]);
  hub = kith_command_open_hub (&database, FALSE, &error);
  reader = hub != NULL ? kith_hsds_reader_new (argv[1], source, &error) : NULL;
  if (reader == NULL)
    return kith_command_fail (error);
  return run (hub, reader, NULL, source, "hsds", json);
}

/**
 * kith_command_import_hsds:
 *
 * kith-hub import hsds PATH: a directory in HSDS's form. May be run again: ids follow from the source's name and its ids.
 *
 * Returns: 0, 1 when it failed, 2 when the command line is wrong
 */
int
kith_command_import_hsds (int argc, char **argv)
{
  return kith_command_survive (import_hsds, argc, argv);
}

static int
import_clients (int argc, char **argv)
{
  g_auto (KithCommandDatabase) database = { 0 };
  g_autofree char *source = NULL, *report = NULL, *agency = NULL, *map = NULL, *agency_id = NULL, *today = NULL, *import = NULL;
  const GOptionEntry entries[] = {
    KITH_COMMAND_DATABASE_ENTRIES (&database),
    { "agency", 0, 0, G_OPTION_ARG_STRING, &agency, N_("Whose clients they are: the agency’s id or name; required"), N_("AGENCY") },
    { "map", 0, 0, G_OPTION_ARG_STRING, &map, N_("Which column is which: given_name=first,date_of_birth=dob:%d/%m/%Y,… or febrl"), N_("MAP") },
    { "source", 0, 0, G_OPTION_ARG_STRING, &source, N_("What the source is called; ids are kept apart by it"), N_("NAME") },
    { "report", 0, 0, G_OPTION_ARG_STRING, &report, N_("text or json"), N_("FORM") },
    { NULL }
  };
  g_autoptr (KithClock) clock = kith_clock_new_system ();
  g_autoptr (GError) error = NULL;
  g_autoptr (KithHub) hub = NULL;
  g_autoptr (KithReader) reader = NULL;
  KithClientReaderOptions options = { 0 };
  gboolean json;

  if (!kith_command_parse (&argc, &argv, _("FILE"), _("Imports an agency’s clients from a CSV file with a header row."), entries))
    return 2;
  if (!read_form (report, &json))
    return 2;
  if (argc != 2 || agency == NULL)
    {
      g_printerr (_("kith-hub import clients: give one file, and --agency.\n"));
      return 2;
    }
  if (source == NULL)
    source = default_source (argv[1]);
  hub = kith_command_open_hub (&database, FALSE, &error);
  if (hub == NULL || (agency_id = kith_command_find_agency (hub, agency, &error)) == NULL)
    return kith_command_fail (error);

  import = kith_import_id (agency_id, source);
  today = kith_time_format (kith_clock_wall_ms (clock));
  today[strlen ("2026-11-22")] = '\0';
  options = (KithClientReaderOptions) { .path = argv[1], .agency = agency_id, .source = source, .import = import, .map = map, .today = today };
  reader = kith_import_open_clients (hub, &options, &error);
  if (reader == NULL)
    return kith_command_fail (error);
  if (!json)
    {
      g_autofree char *columns = kith_client_reader_describe (reader);
      g_print ("%s\n", columns);
    }
  return run (hub, reader, agency_id, source, "csv", json);
}

/**
 * kith_command_import_clients:
 *
 * kith-hub import clients FILE: an agency's clients from a CSV file. They come in private to the agency, without a consent.
 *
 * Returns: 0, 1 when it failed, 2 when the command line is wrong
 */
int
kith_command_import_clients (int argc, char **argv)
{
  return kith_command_survive (import_clients, argc, argv);
}
