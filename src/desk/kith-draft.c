/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-draft.h"

#include <glib/gi18n.h>

#include "kith-format.h"

struct _KithDraft
{
  GObject parent_instance;
  KithContext *context;
  char *key, *scope;
  KithDraftCollect collect;
  KithDraftRestore restore;
  gpointer owner; /* NULL: closed */
  guint save_id;
  gboolean restoring, restored, touched, held;
};

G_DEFINE_FINAL_TYPE (KithDraft, kith_draft, G_TYPE_OBJECT)

#define SAVE_AFTER_MS 500

typedef struct
{
  char *key, *scope;
  JsonObject *draft;
} SaveJob;

static void
save_job_free (gpointer data)
{
  SaveJob *job = data;

  g_free (job->key);
  g_free (job->scope);
  g_clear_pointer (&job->draft, json_object_unref);
  g_free (job);
}

static gpointer
save_job (gpointer      store,
          gpointer      data,
          GCancellable *cancellable,
          GError      **error)
{
  SaveJob *job = data;

  kith_store_save_draft (store, job->key, job->scope, job->draft, error);
  return NULL;
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (KithDraft) self = user_data;
  g_autoptr (GError) error = NULL;

  kith_desktop_job_finish (KITH_DESKTOP (source), result, &error);
  if (error && self->context)
    kith_context_problem (self->context, _("What you type cannot be kept as a draft just now"), error);
}

/* Of one key: whose words are on the disk, and how many times such words are on their way to be saved. */
typedef struct
{
  gconstpointer writer; /* only compared */
  guint saving;
} Kept;

static Kept *
kept_of (KithContext *context,
         const char  *key)
{
  GHashTable *all = g_object_get_data (G_OBJECT (context), "kith-drafts");
  Kept *kept;

  if (!all)
    {
      all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      g_object_set_data_full (G_OBJECT (context), "kith-drafts", all, (GDestroyNotify) g_hash_table_unref);
    }
  kept = g_hash_table_lookup (all, key);
  if (!kept)
    {
      kept = g_new0 (Kept, 1);
      g_hash_table_insert (all, g_strdup (key), kept);
    }
  return kept;
}

/* Those of a context that are open (KithDraft, not held). */
static GHashTable *
open_of (KithContext *context)
{
  GHashTable *open = g_object_get_data (G_OBJECT (context), "kith-drafts-open");

  if (!open)
    {
      open = g_hash_table_new (NULL, NULL);
      g_object_set_data_full (G_OBJECT (context), "kith-drafts-open", open, (GDestroyNotify) g_hash_table_unref);
    }
  return open;
}

/* draft: transfer full; NULL drops it. */
static void
save (KithDraft  *self,
      JsonObject *draft)
{
  SaveJob *job = g_new0 (SaveJob, 1);

  kept_of (self->context, self->key)->writer = self;
  job->key = g_strdup (self->key);
  job->scope = g_strdup (self->scope);
  job->draft = draft;
  kith_desktop_store_async (kith_context_get_desktop (self->context), save_job, job, save_job_free, NULL, saved_cb, g_object_ref (self));
}

void
kith_draft_flush (KithDraft *self)
{
  g_clear_handle_id (&self->save_id, g_source_remove);
  if (self->held)
    return;
  if (self->touched && self->owner)
    save (self, self->collect (self->owner));
  self->touched = FALSE;
}

void
kith_drafts_flush (KithContext *context)
{
  GHashTableIter iter;
  gpointer draft;

  g_hash_table_iter_init (&iter, open_of (context));
  while (g_hash_table_iter_next (&iter, &draft, NULL))
    kith_draft_flush (draft);
}

void
kith_draft_hold (KithDraft *self,
                 gboolean   hold)
{
  if (hold)
    kith_draft_flush (self);
  self->held = hold;
  if (!hold && self->touched)
    kith_draft_touch (self);
}

/* Returns: (transfer none): under which it is kept */
const char *
kith_draft_get_key (KithDraft *self)
{
  return self->key;
}

static gboolean
save_cb (gpointer user_data)
{
  KithDraft *self = user_data;

  self->save_id = 0;
  kith_draft_flush (self);
  return G_SOURCE_REMOVE;
}

void
kith_draft_touch (KithDraft *self)
{
  if (self->restoring || !self->owner)
    return;
  self->touched = TRUE;
  g_clear_handle_id (&self->save_id, g_source_remove);
  if (!self->held)
    self->save_id = g_timeout_add (SAVE_AFTER_MS, save_cb, self);
}

static void
give (KithDraft  *self,
      JsonObject *content,
      const char *words)
{
  self->restoring = TRUE;
  self->restore (self->owner, content, words);
  self->restoring = FALSE;
}

void
kith_draft_fill (KithDraft  *self,
                 JsonObject *content)
{
  if (self->owner && !self->restored)
    give (self, content, NULL);
}

gboolean
kith_draft_begin_fill (KithDraft *self)
{
  if (!self->owner || self->restored)
    return FALSE;
  self->restoring = TRUE;
  return TRUE;
}

void
kith_draft_end_fill (KithDraft *self)
{
  self->restoring = FALSE;
}

void
kith_draft_forget (KithDraft *self)
{
  g_clear_handle_id (&self->save_id, g_source_remove);
  self->touched = FALSE;
  save (self, NULL);
}

typedef struct
{
  KithDraft *draft;
  KithContext *context; /* the draft's, also when its window is gone */
  char *key;
  GAsyncReadyCallback callback;
  gpointer user_data;
} Submit;

static void
submitted_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Submit *submit = user_data;
  g_autoptr (KithDraft) self = submit->draft;
  g_autoptr (KithContext) context = submit->context;
  g_autofree char *key = submit->key;
  g_autoptr (GError) error = NULL;
  Kept *kept = kept_of (context, key);

  kept->saving--;
  if (g_task_had_error (G_TASK (result)))
    kith_draft_hold (self, FALSE);
  else if (kept->writer == self) /* else the next one is being written there by now */
    {
      SaveJob *job = g_new0 (SaveJob, 1);

      job->key = g_steal_pointer (&key);
      kith_desktop_store_async (kith_context_get_desktop (context), save_job, job, save_job_free, NULL, NULL, NULL);
    }
  if (submit->callback)
    submit->callback (source, result, submit->user_data);
  else if (!kith_context_submit_finish (context, result, &error))
    kith_context_problem (context, _("That was not saved"), error);
  g_free (submit);
}

void
kith_draft_submit (KithDraft          *self,
                   const char         *op,
                   JsonObject         *args,
                   const char         *done,
                   gboolean            undo,
                   GAsyncReadyCallback callback,
                   gpointer            user_data)
{
  Submit *submit = g_new0 (Submit, 1);

  submit->draft = g_object_ref (self);
  submit->context = g_object_ref (self->context);
  submit->key = g_strdup (self->key);
  submit->callback = callback;
  submit->user_data = user_data;
  kith_draft_hold (self, TRUE);
  kept_of (self->context, self->key)->writer = self;
  kept_of (self->context, self->key)->saving++;
  kith_context_submit (self->context, op, args, done, undo, submitted_cb, submit);
}

typedef struct
{
  JsonObject *draft;
  gint64 saved_ms;
} Loaded;

static gpointer
load_job (gpointer      store,
          gpointer      data,
          GCancellable *cancellable,
          GError      **error)
{
  gint64 saved_ms = 0;
  JsonObject *draft = kith_store_load_draft (store, data, &saved_ms, error);
  Loaded *loaded;

  if (!draft)
    return NULL;
  loaded = g_new0 (Loaded, 1);
  loaded->draft = draft;
  loaded->saved_ms = saved_ms;
  return loaded;
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (KithDraft) self = user_data;
  Loaded *loaded = kith_desktop_job_finish (KITH_DESKTOP (source), result, NULL);

  if (!loaded)
    return;
  if (self->owner && !self->touched)
    {
      g_autofree char *when = kith_format_when (loaded->saved_ms, kith_context_get_now (self->context));
      g_autofree char *words = g_strdup_printf (_("Draft from %s restored"), when);

      self->restored = TRUE;
      give (self, loaded->draft, kith_json_bool (loaded->draft, KITH_DRAFT_CARRIED, FALSE) ? NULL : words); /* nobody left anything there */
    }
  json_object_unref (loaded->draft);
  g_free (loaded);
}

static void
kith_draft_dispose (GObject *object)
{
  KithDraft *self = KITH_DRAFT (object);

  g_clear_handle_id (&self->save_id, g_source_remove);
  self->owner = NULL;
  if (self->context)
    g_hash_table_remove (open_of (self->context), self);
  g_clear_object (&self->context);
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->scope, g_free);
  G_OBJECT_CLASS (kith_draft_parent_class)->dispose (object);
}

static void
kith_draft_class_init (KithDraftClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_draft_dispose;
}

static void
kith_draft_init (KithDraft *self)
{
}

/* An older one of the key is given in a later turn. */
static void
load (KithDraft *self)
{
  kith_desktop_store_async (kith_context_get_desktop (self->context), load_job, g_strdup (self->key), g_free, NULL, loaded_cb, g_object_ref (self));
}

void
kith_draft_again (KithDraft *self)
{
  g_clear_handle_id (&self->save_id, g_source_remove);
  self->touched = FALSE;
  self->held = FALSE;
  load (self);
}

KithDraft *
kith_draft_new (KithContext     *context,
                const char      *key,
                const char      *scope,
                KithDraftCollect collect,
                KithDraftRestore restore,
                gpointer         owner)
{
  KithDraft *self = g_object_new (KITH_TYPE_DRAFT, NULL);

  self->context = g_object_ref (context);
  self->key = g_strdup (key);
  self->scope = g_strdup (scope);
  self->collect = collect;
  self->restore = restore;
  self->owner = owner;
  g_hash_table_add (open_of (context), self);
  if (kept_of (context, key)->saving > 0) /* what is there is being saved: offered once more it would be saved twice */
    return self;
  load (self);
  return self;
}
