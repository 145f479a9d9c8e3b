/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The wait after wrong passwords, kept beside the key file so that it outlives the program (sync.md 5.3). Who has the files can
 * remove this one: the cost of deriving the key is the real limit. */

#include "kith-desktop-private.h"

#include <glib/gstdio.h>

#define FREE_TRIES 5
#define FIRST_WAIT_S 5
#define LONGEST_WAIT_S (15 * 60)

typedef struct
{
  guint wrong;      /* tries in a row */
  gint64 last_ms;   /* wall, of the last one */
} Tries;

static char *
tries_path (const char *folder)
{
  return g_build_filename (folder, "tries", NULL);
}

static Tries
read_tries (const char *folder)
{
  g_autofree char *path = tries_path (folder);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint64 wrong;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return (Tries) { 0 };
  lines = g_strsplit (text, "\n", 3);
  /* What cannot be read counts as many: spoiling the file buys no tries. */
  if (g_strv_length (lines) < 2 || !g_ascii_string_to_unsigned (lines[0], 10, 0, G_MAXINT, &wrong, NULL))
    return (Tries) { FREE_TRIES, 0 };
  return (Tries) { (guint) wrong, g_ascii_strtoll (lines[1], NULL, 10) };
}

/* After five wrong tries each next one waits twice as long. */
static gint64
wait_ms (guint wrong)
{
  if (wrong < FREE_TRIES)
    return 0;
  return (gint64) MIN (LONGEST_WAIT_S, FIRST_WAIT_S << MIN (wrong - FREE_TRIES, 10)) * 1000;
}

/* A clock that was set back does not shorten the wait, and one set forward and back again does not make it longer than it is. */
gint64
kith_desktop_tries_left_ms (const char *folder, KithClock *clock)
{
  Tries tries = read_tries (folder);
  gint64 whole = wait_ms (tries.wrong);

  return CLAMP (tries.last_ms + whole - kith_clock_wall_ms (clock), 0, whole);
}

/* Not fatal when it cannot be written: a full disk must not lock anybody out, nor let anybody in. */
void
kith_desktop_tries_note_wrong (const char *folder, KithClock *clock)
{
  g_autofree char *path = tries_path (folder);
  g_autofree char *text = g_strdup_printf ("%u\n%" G_GINT64_FORMAT "\n", read_tries (folder).wrong + 1, kith_clock_wall_ms (clock));
  g_autoptr (GError) error = NULL;

  if (!g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    g_warning ("%s", error->message);
}

/**
 * kith_desktop_tries_forget:
 *
 * The right password came: the next wrong one is the first again.
 */
void
kith_desktop_tries_forget (const char *folder)
{
  g_autofree char *path = tries_path (folder);

  g_unlink (path);
}

/**
 * kith_desktop_get_unlock_wait:
 *
 * Returns: milliseconds until a password may be tried again, after too many wrong ones; 0: at once. Main thread: looks at a
 *   file of some twenty bytes, for the lock page only.
 */
gint64
kith_desktop_get_unlock_wait (KithDesktop *self)
{
  g_autofree char *hub = NULL;
  g_autofree char *login = NULL;
  g_autofree char *folder = NULL;

  if (!kith_desktop_last_place (self, &hub, &login))
    return 0;
  folder = kith_desktop_place (self, hub, login);
  return kith_desktop_tries_left_ms (folder, self->clock);
}
