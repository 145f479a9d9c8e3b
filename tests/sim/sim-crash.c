/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

/* The linker puts these in the place of SQLite's own (--wrap): a process that dies reaches its database no more. And what SQLite answers is seen. */

#define SQLITE_IOERR 10

int __real_sqlite3_step (void *stmt);
int __wrap_sqlite3_step (void *stmt);
int __real_sqlite3_exec (void *db, const char *sql, int (*func) (void *, int, char **, char **), void *data, char **message);
int __wrap_sqlite3_exec (void *db, const char *sql, int (*func) (void *, int, char **, char **), void *data, char **message);

static gboolean armed, dead;
static guint left;

int
__wrap_sqlite3_step (void *stmt)
{
  int code;

  if (armed && !dead)
    dead = left-- == 0;

  code = dead ? SQLITE_IOERR : __real_sqlite3_step (stmt);
  sim_full_note (code);
  return code;
}

int
__wrap_sqlite3_exec (void *db, const char *sql, int (*func) (void *, int, char **, char **), void *data, char **message)
{
  int code = __real_sqlite3_exec (db, sql, func, data, message);

  sim_full_note (code);
  return code;
}

void
sim_crash_arm (guint steps)
{
  armed = TRUE;
  dead = FALSE;
  left = steps;
}

gboolean
sim_crash_disarm (void)
{
  gboolean happened = dead;

  armed = dead = FALSE;

  return happened;
}

gboolean
sim_crash_happened (void)
{
  return dead;
}
