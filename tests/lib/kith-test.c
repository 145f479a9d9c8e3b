/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-test.h"

#include <glib/gstdio.h>

struct _KithTestDir
{
  char *path;
};

KithTestDir *
kith_test_dir_new (void)
{
  KithTestDir *self = g_new0 (KithTestDir, 1);
  g_autoptr (GError) error = NULL;

  self->path = g_dir_make_tmp ("kith-test-XXXXXX", &error);
  g_assert_no_error (error);
  return self;
}

/* Links are removed, never followed. */
static void
remove_tree (const char *path)
{
  if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK) && g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
      const char *name;

      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *child = g_build_filename (path, name, NULL);

          remove_tree (child);
        }
    }
  g_remove (path);
}

void
kith_test_dir_free (KithTestDir *self)
{
  remove_tree (self->path);
  g_free (self->path);
  g_free (self);
}

const char *
kith_test_dir_path (KithTestDir *self)
{
  return self->path;
}

char *
kith_test_dir_file (KithTestDir *self, const char *name)
{
  return g_build_filename (self->path, name, NULL);
}

char *
kith_test_dir_write (KithTestDir *self, const char *name, const char *text)
{
  g_autoptr (GError) error = NULL;
  char *path = kith_test_dir_file (self, name);

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  return path;
}

KithManualClock *
kith_test_clock_new (void)
{
  return kith_manual_clock_new (KITH_TEST_NOW);
}

static gboolean
tick_cb (gpointer data)
{
  return G_SOURCE_REMOVE;
}

void
kith_test_turn (GMainContext *context)
{
  g_autoptr (GSource) tick = g_timeout_source_new (5);

  g_source_set_callback (tick, tick_cb, NULL, NULL);
  g_source_attach (tick, context);
  g_main_context_iteration (context, TRUE);
  g_source_destroy (tick);
}

gboolean
kith_test_wait (GMainContext *context, KithTestReady ready, gpointer data, guint ms)
{
  gint64 deadline = g_get_monotonic_time () + (gint64) ms * 1000;

  while (!ready (data))
    {
      if (g_get_monotonic_time () >= deadline)
        return FALSE;
      kith_test_turn (context);
    }
  return TRUE;
}

char *
kith_test_reference (const char *path)
{
  const char *root = g_getenv ("KITH_REFERENCE");
  g_autofree char *full = root != NULL ? g_build_filename (root, path, NULL) : NULL;

  if (full == NULL || !g_file_test (full, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("no reference data");
      return NULL;
    }
  return g_steal_pointer (&full);
}

char **
kith_test_environ (void)
{
  const char *options = g_getenv ("ASAN_OPTIONS");
  g_autofree char *without = g_strconcat (options != NULL ? options : "", options != NULL ? ":" : "", "detect_leaks=0", NULL);

  return g_environ_setenv (g_get_environ (), "ASAN_OPTIONS", without, TRUE);
}
