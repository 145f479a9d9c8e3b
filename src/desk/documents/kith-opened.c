/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-opened.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FOLDER "kith-files-"
#define OPEN_S 600 /* a program that shows it has long read it by then */

struct _KithOpened
{
  GHashTable *files; /* document → Opened */
  char *folder;      /* NULL: nothing was opened yet */
};

typedef struct
{
  KithOpened *all;
  char *document, *path;
  guint timeout;
} Opened;

/* ---- the list of recent files */

static gboolean
drop_listed (GBookmarkFile *recent)
{
  g_autofree char *prefix = g_build_filename (g_get_user_runtime_dir (), FOLDER, NULL), *uri = g_filename_to_uri (prefix, NULL, NULL);
  g_auto (GStrv) listed = g_bookmark_file_get_uris (recent, NULL);
  gboolean any = FALSE;

  for (guint i = 0; uri && listed[i]; i++)
    if (g_str_has_prefix (listed[i], uri))
      any |= g_bookmark_file_remove_item (recent, listed[i], NULL);
  return any;
}

static void
forget_thread (GTask        *task,
               gpointer      source,
               gpointer      task_data,
               GCancellable *cancellable)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "recently-used.xbel", NULL);
  g_autoptr (GBookmarkFile) recent = g_bookmark_file_new ();
  g_autoptr (GError) error = NULL;

  if (g_bookmark_file_load_from_file (recent, path, NULL) && drop_listed (recent))
    {
      if (!g_bookmark_file_to_file (recent, path, &error))
        g_message ("the list of recent files was not written: %s", error->message);
      g_chmod (path, 0600); /* as GTK has it */
    }
  if (task_data)
    g_rmdir (task_data);
  g_task_return_boolean (task, TRUE);
}

/* Whatever program showed a file notes its name there, for good, and a name may be somebody's. folder: goes last (transfer full; NULL: stays): where Kith
 * ends before, the next start finds it and does this once more. */
static void
forget_recent (char *folder)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_set_task_data (task, folder, g_free);
  g_task_run_in_thread (task, forget_thread);
}

/* ---- what is open */

static void
one_free (gpointer data)
{
  Opened *opened = data;
  g_autofree char *folder = g_path_get_dirname (opened->path);

  g_clear_handle_id (&opened->timeout, g_source_remove);
  g_unlink (opened->path);
  g_rmdir (folder);
  forget_recent (NULL);
  g_free (opened->document);
  g_free (opened->path);
  g_free (opened);
}

/**
 * kith_opened_new:
 *
 * Returns: (transfer full): nothing is open; the folder is made with the first file
 */
KithOpened *
kith_opened_new (void)
{
  KithOpened *self = g_new0 (KithOpened, 1);

  self->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, one_free);
  return self;
}

void
kith_opened_free (KithOpened *self)
{
  g_hash_table_unref (self->files);
  if (self->folder)
    forget_recent (self->folder);
  g_free (self);
}

static gboolean
over_cb (gpointer data)
{
  Opened *opened = data;

  opened->timeout = 0;
  g_hash_table_remove (opened->all->files, opened->document);
  return G_SOURCE_REMOVE;
}

/**
 * kith_opened_note:
 * @document: its id
 * @path: where kith_opened_place() put it: from now on the file is removed with the list, after ten minutes, or by kith_opened_drop()
 *
 * Noted once more its ten minutes begin anew; with another path the former file goes.
 */
void
kith_opened_note (KithOpened *self,
                  const char *document,
                  const char *path)
{
  Opened *opened = g_hash_table_lookup (self->files, document);

  if (opened && g_str_equal (opened->path, path)) /* once more: its time begins anew */
    {
      g_source_remove (opened->timeout);
      opened->timeout = g_timeout_add_seconds (OPEN_S, over_cb, opened);
      return;
    }
  opened = g_new0 (Opened, 1);
  opened->all = self;
  opened->document = g_strdup (document);
  opened->path = g_strdup (path);
  opened->timeout = g_timeout_add_seconds (OPEN_S, over_cb, opened);
  g_hash_table_replace (self->files, g_strdup (document), opened);
}

/**
 * kith_opened_drop:
 * @document: its id; the file goes now, whatever still shows it. One that is not open is no mistake.
 */
void
kith_opened_drop (KithOpened *self,
                  const char *document)
{
  g_hash_table_remove (self->files, document);
}

GStrv
kith_opened_list (KithOpened *self)
{
  g_autofree const char **keys = (const char **) g_hash_table_get_keys_as_array (self->files, NULL);

  return g_strdupv ((char **) keys);
}

/**
 * kith_opened_place:
 * @name: what the file is called; only its last part counts
 *
 * Returns: (transfer full): where the file may be written, in a folder only this person can enter
 */
char *
kith_opened_place (KithOpened *self,
                   const char *document,
                   const char *name,
                   GError    **error)
{
  g_autofree char *safe = g_strdelimit (g_strdup (name && *name ? name : "file"), "/\\:", '_');
  g_autofree char *folder = NULL;

  if (*safe == '.')
    *safe = '_';
  if (!self->folder)
    {
      g_autofree char *template = g_strdup_printf ("%s%d-XXXXXX", FOLDER, (int) getpid ());

      self->folder = g_build_filename (g_get_user_runtime_dir (), template, NULL);
      if (!g_mkdtemp (self->folder))
        {
          g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), _("There is no place for a file that is open: %s"), g_strerror (errno));
          g_clear_pointer (&self->folder, g_free);
          return NULL;
        }
    }
  folder = g_build_filename (self->folder, document, NULL);
  g_mkdir (folder, 0700);
  return g_build_filename (folder, safe, NULL);
}

static void
remove_all (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        remove_all (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}

/**
 * kith_opened_sweep:
 *
 * Before anything is opened: what is there under this process's own number is of one that had it before.
 */
void
kith_opened_sweep (void)
{
  g_autoptr (GDir) dir = g_dir_open (g_get_user_runtime_dir (), 0, NULL);
  gboolean any = FALSE;
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    if (g_str_has_prefix (name, FOLDER))
      {
        int pid = atoi (name + strlen (FOLDER));
        g_autofree char *path = g_build_filename (g_get_user_runtime_dir (), name, NULL);

        if (pid <= 0 || (pid != getpid () && (kill (pid, 0) == 0 || errno != ESRCH)))
          continue;
        remove_all (path);
        any = TRUE;
      }
  if (any)
    forget_recent (NULL);
}
