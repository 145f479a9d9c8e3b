/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-command.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <signal.h>
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
