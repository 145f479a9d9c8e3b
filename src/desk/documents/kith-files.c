/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-files.h"

#include <glib/gi18n.h>

#include "documents/kith-opened.h"
#include "kith-file-out.h"
#include "kith-protocol.h"
#include "kith-store-file.h"
#include "widgets/kith-health-notice.h"

struct _KithFiles
{
  GObject parent_instance;
  KithContext *context;
  GPtrArray *waiting;  /* (element-type Wish) until their file is here */
  KithOpened *opened;
};

G_DEFINE_FINAL_TYPE (KithFiles, kith_files, G_TYPE_OBJECT)

enum
{
  SIGNAL_READY,
  SIGNAL_LATE,
  SIGNAL_FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What somebody wants of a file: to see it, or a copy of it. */
typedef struct
{
  char *document, *client, *name;
  GFile *to;   /* NULL: to open it */
  gboolean asked, asking;
} Wish;

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_free (wish->document);
  g_free (wish->client);
  g_free (wish->name);
  g_clear_object (&wish->to);
  g_free (wish);
}

static void
fail (KithFiles    *self,
      const char   *document,
      const char   *title,
      const GError *error)
{
  gboolean handled = FALSE;

  g_signal_emit (self, signals[SIGNAL_FAILED], 0, document, error ? error->message : "", &handled);
  if (!handled && self->context)
    kith_context_problem (self->context, title, error);
}

/* ---- writing it out */

typedef struct
{
  KithFiles *self;
  char *document, *client;
  char *path;      /* the sealed file */
  KithStoreFile file;
  GFile *to;
  gboolean open;
} Give;

static void
give_free (gpointer data)
{
  Give *give = data;

  g_object_unref (give->self);
  kith_store_file_clear (&give->file);
  g_clear_object (&give->to);
  g_free (give->document);
  g_free (give->client);
  g_free (give->path);
  g_free (give);
}

static void
give_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Give *give = task_data;
  GError *error = NULL;
  g_autoptr (GFileOutputStream) stream = kith_file_out_begin (give->to, cancellable, &error);

  if (stream &&
      kith_file_out_end (stream, kith_blob_give (give->path, give->file.key, give->file.size, G_OUTPUT_STREAM (stream), cancellable, &error), cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* C7: with every copy of health information goes the notice; a program that shows the file does not know it. */
static void
say_given (KithFiles *self,
           Give      *give)
{
  const char *saved = give->open ? NULL : _("A copy was saved. It is not encrypted: keep it where others cannot read it.");
  g_autofree char *words = g_strjoin (" ", saved ? saved : kith_health_notice_short (), saved && give->file.health ? kith_health_notice_short () : NULL, NULL);

  if (saved || give->file.health)
    kith_context_toast (self->context, words);
}

static void
show_opened (KithFiles *self,
             Give      *give)
{
  g_autofree char *path = g_file_get_path (give->to);
  gboolean handled = FALSE;

  kith_opened_note (self->opened, give->document, path);
  kith_context_audit (self->context, "opened", give->client, "document", give->document, NULL);
  g_signal_emit (self, signals[SIGNAL_READY], 0, path, &handled);
}

static void
given_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  KithFiles *self = KITH_FILES (source);
  Give *give = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  if (!self->context) /* locked meanwhile */
    {
      if (give->open)
        g_file_delete (give->to, NULL, NULL);
      return;
    }
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      fail (self, give->document, give->open ? _("The file was not opened") : _("The copy was not saved"), error);
      return;
    }
  if (give->open)
    show_opened (self, give);
  say_given (self, give);
}

static void
give_out (KithFiles *self,
          Wish      *wish,
          Give      *give) /* transfer full */
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = wish->to ? NULL : kith_opened_place (self->opened, wish->document, wish->name, &error);

  give->self = g_object_ref (self);
  give->document = g_strdup (wish->document);
  give->client = g_strdup (wish->client);
  give->open = wish->to == NULL;
  give->to = wish->to ? g_object_ref (wish->to) : path ? g_file_new_for_path (path) : NULL;
  if (!give->to)
    {
      fail (self, wish->document, _("The file was not opened"), error);
      give_free (give);
      return;
    }
  if (!give->open) /* before it leaves Kith: a lock meanwhile leaves the copy where it is */
    kith_context_audit (self->context, "exported", give->client, "document", give->document, NULL);
  task = g_task_new (self, NULL, given_cb, NULL);
  g_task_set_task_data (task, give, give_free);
  g_task_run_in_thread (task, give_thread);
}

/* ---- is it here? */

static gpointer
look_job (gpointer      store,
          gpointer      data,
          GCancellable *cancellable,
          GError      **error)
{
  Wish *wish = data;
  Give *give = g_new0 (Give, 1);
  gboolean here, found = FALSE;

  if ((wish->asked || kith_store_want_file (store, wish->document, &here, error)) && kith_store_get_file (store, wish->document, &give->file, &found, error))
    {
      if (found)
        give->path = kith_store_file_path (store, wish->document);
      else
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("This file was removed, or you have no access to it any more."));
    }
  if (give->path)
    return give;
  kith_store_file_clear (&give->file);
  g_free (give);
  return NULL;
}

static const char *
say_failed (const char *code)
{
  if (g_str_equal (code, KITH_ERROR_BLOB_PENDING))
    return _("Whoever attached this file has not sent all of it yet. Try again later.");
  if (g_str_equal (code, KITH_ERROR_BLOB_MISMATCH))
    return _("The file did not arrive as it was. Try again; if it happens again, ask whoever attached it for a new copy.");
  if (g_str_equal (code, KITH_ERROR_BLOB_DAMAGED))
    return _("The hub’s copy of this file is damaged or gone. Ask whoever attached it to attach it once more; nothing else is lost.");
  if (g_str_equal (code, KITH_ERROR_FAILED))
    return _("The hub could not read this file. Try again later; if it happens again, tell whoever runs your network’s hub.");
  return _("The hub does not have this file, or you have no access to it any more.");
}

/* Out of what waits, before anybody hears of it, who may ask for the same once more. */
static void
take_wish (KithFiles *self,
           Wish      *wish)
{
  guint i;

  if (g_ptr_array_find (self->waiting, wish, &i))
    g_ptr_array_steal_index (self->waiting, i);
}

static void
fail_wish (KithFiles    *self,
           Wish         *wish,
           const GError *error)
{
  take_wish (self, wish);
  fail (self, wish->document, _("The file is not there"), error);
  wish_free (wish);
}

static void
wait_longer (KithFiles *self,
             Wish      *wish)
{
  gboolean handled = FALSE;

  take_wish (self, wish);
  g_signal_emit (self, signals[SIGNAL_LATE], 0, wish->document, &handled);
  if (handled || !self->context)
    {
      wish_free (wish);
      return;
    }
  g_ptr_array_add (self->waiting, wish);
  kith_context_toast (self->context, _("The file is being fetched. It opens when it is here."));
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  gpointer *pair = user_data;
  g_autoptr (KithFiles) self = pair[0];
  Wish *wish = pair[1];
  g_autoptr (GError) error = NULL;
  Give *give = kith_desktop_job_finish (KITH_DESKTOP (source), result, &error);
  gboolean first;

  g_free (pair);
  if (!self->context)
    {
      if (give)
        {
          give->self = g_object_ref (self);
          give_free (give);
        }
      return; /* the wishes are gone, too */
    }
  first = !wish->asked;
  wish->asked = TRUE;
  wish->asking = FALSE;
  if (!give)
    fail_wish (self, wish, error);
  else if (give->file.have == give->file.size)
    {
      take_wish (self, wish);
      give_out (self, wish, give);
      wish_free (wish);
    }
  else
    {
      if (give->file.failed)
        {
          g_autoptr (GError) failed = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, say_failed (give->file.failed));

          fail_wish (self, wish, failed);
        }
      else if (first)
        wait_longer (self, wish);
      give->self = g_object_ref (self);
      give_free (give);
    }
}

/* The job's own copy: the wish may go while it runs. */
static void
look (KithFiles *self,
      Wish      *wish)
{
  Wish *copy;
  gpointer *pair;

  if (wish->asking)
    return;
  wish->asking = TRUE;
  copy = g_new0 (Wish, 1);
  copy->document = g_strdup (wish->document);
  copy->asked = wish->asked;
  pair = g_new0 (gpointer, 2);
  pair[0] = g_object_ref (self);
  pair[1] = wish;
  kith_desktop_store_async (kith_context_get_desktop (self->context), look_job, copy, wish_free, NULL, looked_cb, pair);
}

static void
add_wish (KithFiles  *self,
          const char *document,
          const char *client,
          const char *name,
          GFile      *to)
{
  Wish *wish;

  for (guint i = 0; i < self->waiting->len; i++)
    if (g_str_equal (((Wish *) self->waiting->pdata[i])->document, document) && (to != NULL) == (((Wish *) self->waiting->pdata[i])->to != NULL))
      return;
  wish = g_new0 (Wish, 1);
  wish->document = g_strdup (document);
  wish->client = g_strdup (client);
  wish->name = g_strdup (name);
  wish->to = to ? g_object_ref (to) : NULL;
  g_ptr_array_add (self->waiting, wish);
  look (self, wish);
}

/**
 * kith_files_open:
 * @client: (nullable): whose file it is, for the log (C13)
 * @name: what the file is called where it is opened: kith_document_file_name()
 */
void
kith_files_open (KithFiles  *self,
                 const char *document,
                 const char *client,
                 const char *name)
{
  add_wish (self, document, client, name, NULL);
}

/**
 * kith_files_save:
 * @client: (nullable): whose file it is, for the log (C13)
 * @to: where the unsealed copy goes, which nobody takes away later
 */
void
kith_files_save (KithFiles  *self,
                 const char *document,
                 const char *client,
                 GFile      *to)
{
  add_wish (self, document, client, NULL, to);
}

/* ---- what is open goes */

static gpointer
gone_job (gpointer      store,
          gpointer      data,
          GCancellable *cancellable,
          GError      **error)
{
  char **documents = data;
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; documents[i]; i++)
    {
      g_auto (KithStoreFile) file = { 0 };
      gboolean found = FALSE;

      if (!kith_store_get_file (store, documents[i], &file, &found, NULL) || !found)
        g_ptr_array_add (gone, g_strdup (documents[i]));
    }
  return g_steal_pointer (&gone);
}

static void
gone_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (KithFiles) self = user_data;
  g_autoptr (GPtrArray) gone = kith_desktop_job_finish (KITH_DESKTOP (source), result, NULL);

  for (guint i = 0; gone && self->context && i < gone->len; i++)
    kith_opened_drop (self->opened, gone->pdata[i]);
}

/* More of a file is here; or one was taken away, which takes what is open of it along (I6). */
static void
changed_cb (KithFiles         *self,
            const char *const *kinds)
{
  g_auto (GStrv) open = NULL;

  if (kinds && *kinds && !g_strv_contains (kinds, "file"))
    return;
  for (guint i = 0; i < self->waiting->len; i++)
    look (self, self->waiting->pdata[i]);
  open = kith_opened_list (self->opened);
  if (*open)
    kith_desktop_store_async (kith_context_get_desktop (self->context), gone_job, g_steal_pointer (&open), (GDestroyNotify) g_strfreev, NULL, gone_cb,
                              g_object_ref (self));
}

/* ---- life */

static void
launched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (KithFiles) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_app_info_launch_default_for_uri_finish (result, &error) && self->context)
    kith_context_problem (self->context, _("No program on this computer opens this file. You can save a copy of it."), error);
}

static gboolean
kith_files_ready (KithFiles  *self,
                  const char *path)
{
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);

  g_app_info_launch_default_for_uri_async (uri, NULL, NULL, launched_cb, g_object_ref (self));
  return TRUE;
}

static void
kith_files_dispose (GObject *object)
{
  KithFiles *self = KITH_FILES (object);

  g_clear_pointer (&self->opened, kith_opened_free);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_files_parent_class)->dispose (object);
}

static void
kith_files_class_init (KithFilesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_files_dispose;

  signals[SIGNAL_READY] = g_signal_new_class_handler ("ready", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, G_CALLBACK (kith_files_ready),
                                                      g_signal_accumulator_true_handled, NULL, NULL, G_TYPE_BOOLEAN, 1, G_TYPE_STRING);
  signals[SIGNAL_LATE] = g_signal_new ("late", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, g_signal_accumulator_true_handled, NULL, NULL, G_TYPE_BOOLEAN, 1,
                                       G_TYPE_STRING);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, g_signal_accumulator_true_handled, NULL, NULL, G_TYPE_BOOLEAN, 2,
                                         G_TYPE_STRING, G_TYPE_STRING);
}

static void
kith_files_init (KithFiles *self)
{
  self->waiting = g_ptr_array_new_with_free_func (wish_free);
  self->opened = kith_opened_new ();
}

KithFiles *
kith_files_new (KithContext *context)
{
  KithFiles *self = g_object_new (KITH_TYPE_FILES, NULL);

  self->context = g_object_ref (context);
  g_signal_connect_object (kith_context_get_desktop (context), "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}
