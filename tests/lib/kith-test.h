/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "kith-clock.h"

G_BEGIN_DECLS

/* What the tests of all folders share: a place on disk, a time, a bounded wait, the reference data. */

/* A directory of its own that goes with all it holds:
 *   g_autoptr (KithTestDir) dir = kith_test_dir_new ();
 *   g_autofree char *path = kith_test_dir_file (dir, "store.db"); */
typedef struct _KithTestDir KithTestDir;

KithTestDir *kith_test_dir_new (void);
void kith_test_dir_free (KithTestDir *self);
const char *kith_test_dir_path (KithTestDir *self);
char *kith_test_dir_file (KithTestDir *self, const char *name);                     /* the full path; nothing is made */
char *kith_test_dir_write (KithTestDir *self, const char *name, const char *text);  /* makes the file; its full path */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KithTestDir, kith_test_dir_free)

/* A Monday morning, 2026-03-02T09:00:00.000Z, that stands still. */
#define KITH_TEST_NOW G_GINT64_CONSTANT (1772442000000)
KithManualClock *kith_test_clock_new (void);

/* Runs the main context (NULL: the default one) until ready says so; FALSE: not within ms. A wait is never a fixed
 * sleep, and a limit is only there so that a broken test ends. */
typedef gboolean (*KithTestReady) (gpointer data);
gboolean kith_test_wait (GMainContext *context, KithTestReady ready, gpointer data, guint ms);

/* The same for a condition in the default main context, within a minute (a busy machine is slow); fails the test else. */
#define kith_test_until(condition) \
  G_STMT_START \
    { \
      gint64 kith_deadline_ = g_get_monotonic_time () + 60 * G_USEC_PER_SEC; \
      while (!(condition) && g_get_monotonic_time () < kith_deadline_) \
        kith_test_turn (NULL); \
      g_assert_true (condition); \
    } \
  G_STMT_END

void kith_test_turn (GMainContext *context); /* one turn: waits at most 5 ms for something to happen */

/* The surroundings (transfer full) for a Kith program that is run by itself: it forbids to be looked into, and so the search for leaks at its end. */
char **kith_test_environ (void);

/* How far to go on in a loop that lets each of many fail in turn: the sanitizers look at memory, and see the same code with every so many. */
#ifdef __SANITIZE_ADDRESS__
#define KITH_TEST_STEP(plain, sanitized) (sanitized)
#else
#define KITH_TEST_STEP(plain, sanitized) (plain)
#endif

/* The path of a file or folder of the reference data; NULL, and the test marked as skipped, where it is absent. */
char *kith_test_reference (const char *path);

G_END_DECLS
