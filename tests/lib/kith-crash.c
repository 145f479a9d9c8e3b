/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a test program came to its end: the call stack of an abort, a trap (g_critical while G_DEBUG=fatal-criticals, or a
 * breakpoint) and a segmentation fault on standard error. A crash that shows once in hundreds of runs is only ever explained by
 * the run that met it. Linked as a whole, so that every test program has it without a word. */
#ifndef __SANITIZE_ADDRESS__ /* the sanitizer has its own */

#include <dlfcn.h>
#include <execinfo.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib.h>

#define DEEPEST 64
#define ROOM 24

/* Names and lines of what is the program's own: addr2line (binutils, there where a compiler is) reads them from its debug data. */
static void
name_own (void **frames, int n)
{
  static char offsets[DEEPEST][ROOM];
  static char program[64];
  char *argv[DEEPEST + 8] = { "addr2line", "-f", "-p", "-i", "-e", program, NULL };
  int argc = 6;
  Dl_info own, info;
  pid_t child;

  if (!dladdr (__extension__ (void *) name_own, &own))
    return;
  for (int i = 0; i < n; i++)
    if (dladdr (frames[i], &info) && info.dli_fbase == own.dli_fbase)
      {
        g_snprintf (offsets[i], ROOM, "0x%zx", (size_t) ((char *) frames[i] - (char *) own.dli_fbase) - 1);
        argv[argc++] = offsets[i];
      }
  argv[argc] = NULL;
  g_snprintf (program, sizeof program, "/proc/%d/exe", (int) getpid ());
  child = fork ();
  if (child == 0)
    {
      dup2 (STDERR_FILENO, STDOUT_FILENO);
      execvp (argv[0], argv);
      _exit (127);
    }
  if (child > 0)
    waitpid (child, NULL, 0);
}

static void
crashed (int number)
{
  static const char words[] = "--- the test program ended here:\n";
  void *frames[DEEPEST];
  int n;

  signal (number, SIG_DFL);
  n = backtrace (frames, DEEPEST);
  if (write (STDERR_FILENO, words, sizeof words - 1) > 0)
    {
      backtrace_symbols_fd (frames, n, STDERR_FILENO);
      name_own (frames, n);
    }
  raise (number);
}

__attribute__ ((constructor)) static void
watch (void)
{
  static const int signals[] = { SIGABRT, SIGTRAP, SIGSEGV };
  void *first[1];

  backtrace (first, 1); /* it loads a library at its first use: not in the handler */
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    signal (signals[i], crashed);
}

#else

typedef int kith_crash_is_the_sanitizers; /* ISO C forbids an empty file */

#endif
