/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desktop-fixture.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* What is kept on a computer, and what a bad disk makes of it. */

/* Of the one person. */
G_GNUC_UNUSED static char *
find_file (Fixture *f, const char *name)
{
  g_autoptr (GDir) dir = g_dir_open (kith_test_dir_path (f->dir), 0, NULL);
  const char *entry;

  while ((entry = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (kith_test_dir_path (f->dir), entry, name, NULL);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&path);
    }
  g_assert_not_reached ();
}

G_GNUC_UNUSED static void
flip (const char *path, gsize at, gsize n)
{
  int fd = g_open (path, O_RDWR | O_CLOEXEC, 0);
  guint8 byte;

  g_assert_cmpint (fd, >=, 0);
  for (gsize i = 0; i < n; i++)
    {
      g_assert_cmpint (pread (fd, &byte, 1, (off_t) (at + i)), ==, 1);
      byte ^= 0x41;
      g_assert_cmpint (pwrite (fd, &byte, 1, (off_t) (at + i)), ==, 1);
    }
  close (fd);
}

G_GNUC_UNUSED static gboolean
hub_has (Fixture *f, const char *client)
{
  g_autoptr (KithRecord) record = NULL;

  g_rec_mutex_lock (&f->direct.mutex);
  record = kith_world_get (kith_hub_get_world (f->net->hub), "client", client, NULL);
  g_rec_mutex_unlock (&f->direct.mutex);
  return record != NULL;
}

typedef struct
{
  const char *table;
  gint64 page;
} Root;

G_GNUC_UNUSED static gpointer
find_root_job (gpointer store, gpointer data, GCancellable *cancellable, GError **error)
{
  Root *root = data;
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (kith_store_get_db (store), "SELECT rootpage FROM sqlite_master WHERE name = ?1", error);

  kith_db_bind_text (stmt, 1, root->table);
  g_assert_cmpint (kith_db_step (stmt, error), ==, KITH_DB_ROW);
  root->page = kith_db_int (stmt, 0);
  return NULL;
}

/* The page a table begins on, counted from 1. */
G_GNUC_UNUSED static gint64
find_root (Fixture *f, const char *table)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  Root root = { table, 0 };

  kith_desktop_store_async (f->desktop, find_root_job, &root, NULL, NULL, keep_cb, &result);
  AWAIT (result);
  kith_desktop_job_finish (f->desktop, result, &error);
  g_assert_no_error (error);
  return root.page;
}
