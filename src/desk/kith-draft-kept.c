/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-draft-private.h"

#include <glib/gi18n.h>

/* Drafts on their way to the disk, and what outlives the window they were typed in: words that could not be written, words of what may be undone. */

#define AGAIN_S 5       /* between two tries */
#define MOST_UNDOABLE 8 /* more than are offered within the time of an undo */

typedef struct
{
  GHashTable *kept, *open;
  GHashTable *unsaved;  /* key → KithDraftJob: their windows are gone */
  GQueue undoable;      /* of Undoable, the newest first */
  guint again_id;
} Drafts;

typedef struct
{
  char *op_id;
  KithDraftJob *job;
} Undoable;

static void
undoable_free (gpointer data)
{
  Undoable *undoable = data;

  g_free (undoable->op_id);
  kith_draft_job_unref (undoable->job);
  g_free (undoable);
}

static void
drafts_free (gpointer data)
{
  Drafts *drafts = data;

  g_clear_handle_id (&drafts->again_id, g_source_remove);
  g_hash_table_unref (drafts->kept);
  g_hash_table_unref (drafts->open);
  g_hash_table_unref (drafts->unsaved);
  g_queue_clear_full (&drafts->undoable, undoable_free);
  g_free (drafts);
}

static Drafts *
drafts_of (KithContext *context)
{
  Drafts *drafts = g_object_get_data (G_OBJECT (context), "kith-drafts");

  if (drafts)
    return drafts;
  drafts = g_new0 (Drafts, 1);
  drafts->kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  drafts->open = g_hash_table_new (NULL, NULL);
  drafts->unsaved = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) kith_draft_job_unref);
  g_queue_init (&drafts->undoable);
  g_object_set_data_full (G_OBJECT (context), "kith-drafts", drafts, drafts_free);
  return drafts;
}

KithDraftKept *
kith_draft_kept (KithContext *context,
                 const char  *key)
{
  Drafts *drafts = drafts_of (context);
  KithDraftKept *kept = g_hash_table_lookup (drafts->kept, key);

  if (!kept)
    {
      kept = g_new0 (KithDraftKept, 1);
      g_hash_table_insert (drafts->kept, g_strdup (key), kept);
    }
  return kept;
}

GHashTable *
kith_drafts_open (KithContext *context)
{
  return drafts_of (context)->open;
}

/* ---- writing ---- */

KithDraftJob *
kith_draft_job_new (KithContext *context,
                    const char  *key,
                    const char  *scope,
                    JsonObject  *draft,
                    gboolean     aside)
{
  KithDraftJob *job = g_atomic_rc_box_new0 (KithDraftJob);

  job->key = g_strdup (key);
  job->scope = g_strdup (scope);
  job->user = g_strdup (kith_context_get_user (context));
  job->draft = draft;
  job->aside = aside;
  return job;
}

KithDraftJob *
kith_draft_job_ref (KithDraftJob *job)
{
  return g_atomic_rc_box_acquire (job);
}

static void
clear_job (gpointer data)
{
  KithDraftJob *job = data;

  g_free (job->key);
  g_free (job->scope);
  g_free (job->user);
  g_clear_pointer (&job->draft, json_object_unref);
}

void
kith_draft_job_unref (KithDraftJob *job)
{
  g_atomic_rc_box_release_full (job, clear_job);
}

static gpointer
save_job (gpointer      store,
          gpointer      data,
          GCancellable *cancellable,
          GError      **error)
{
  KithDraftJob *job = data;

  if (!job->aside || kith_store_put_draft_aside (store, job->key, error))
    kith_store_save_draft (store, job->key, job->scope, job->draft, error);
  return NULL;
}

static void
free_job (gpointer data)
{
  kith_draft_job_unref (data);
}

typedef struct
{
  KithContext *context;
  KithDraft *draft; /* or NULL */
  KithDraftJob *job;
} Saving;

static gboolean again_cb (gpointer context);

/* Nobody shows these words any more, and they are not on the disk; or they should be gone, and are there still. */
static void
keep_unsaved (KithContext  *context,
              KithDraftJob *job)
{
  Drafts *drafts = drafts_of (context);

  g_hash_table_replace (drafts->unsaved, g_strdup (job->key), kith_draft_job_ref (job));
  if (!drafts->again_id)
    drafts->again_id = g_timeout_add_seconds (AGAIN_S, again_cb, context);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Saving *saving = user_data;
  g_autoptr (KithContext) context = saving->context;
  g_autoptr (KithDraft) draft = saving->draft;
  KithDraftJob *job = saving->job;
  g_autoptr (GError) error = NULL;

  g_free (saving);
  kith_desktop_job_finish (KITH_DESKTOP (source), result, &error);
  if (!error)
    g_hash_table_remove (drafts_of (context)->unsaved, job->key); /* what is there now is newer */
  else if (job->draft && draft && draft->owner)
    {
      kith_draft_not_written (draft, job->aside);
      kith_context_problem (context, _("What you type cannot be kept as a draft just now"), error);
    }
  else
    keep_unsaved (context, job);
  kith_draft_job_unref (job);
}

void
kith_draft_job_run (KithContext  *context,
                    KithDraft    *draft,
                    KithDraftJob *job)
{
  Saving *saving = g_new0 (Saving, 1);

  saving->context = g_object_ref (context);
  saving->draft = draft ? g_object_ref (draft) : NULL;
  saving->job = kith_draft_job_ref (job);
  kith_desktop_store_async (kith_context_get_desktop (context), save_job, job, free_job, NULL, saved_cb, saving);
}

/* ---- what could not be written ---- */

/* Those of whoever is here; nobody else gets them to see. */
static void
run_unsaved (KithContext *context)
{
  GHashTableIter iter;
  gpointer job;

  g_hash_table_iter_init (&iter, drafts_of (context)->unsaved);
  while (g_hash_table_iter_next (&iter, NULL, &job))
    if (g_strcmp0 (((KithDraftJob *) job)->user, kith_context_get_user (context)) == 0)
      kith_draft_job_run (context, NULL, kith_draft_job_ref (job));
}

static gboolean
again_cb (gpointer context)
{
  Drafts *drafts = drafts_of (context);
  gboolean unlocked;

  g_object_get (kith_context_get_desktop (context), "unlocked", &unlocked, NULL);
  if (unlocked)
    run_unsaved (context);
  if (g_hash_table_size (drafts->unsaved) > 0)
    return G_SOURCE_CONTINUE;
  drafts->again_id = 0;
  return G_SOURCE_REMOVE;
}

void
kith_drafts_save_again (KithContext *context)
{
  run_unsaved (context);
}

gboolean
kith_drafts_are_unsaved (KithContext *context)
{
  GHashTableIter iter;
  gpointer job;

  g_hash_table_iter_init (&iter, drafts_of (context)->unsaved);
  while (g_hash_table_iter_next (&iter, NULL, &job))
    if (((KithDraftJob *) job)->draft)
      return TRUE;
  return FALSE;
}

/* ---- what may be undone ---- */

void
kith_drafts_note_undo (KithContext  *context,
                       const char   *op_id,
                       KithDraftJob *job)
{
  Drafts *drafts = drafts_of (context);
  Undoable *undoable = g_new0 (Undoable, 1);

  undoable->op_id = g_strdup (op_id);
  undoable->job = job;
  g_queue_push_head (&drafts->undoable, undoable);
  if (g_queue_get_length (&drafts->undoable) > MOST_UNDOABLE)
    undoable_free (g_queue_pop_tail (&drafts->undoable));
}

static gpointer
put_back_job (gpointer      store,
              gpointer      data,
              GCancellable *cancellable,
              GError      **error)
{
  KithDraftJob *job = data;
  g_autoptr (GError) local = NULL;
  g_autoptr (JsonObject) there = kith_store_load_draft (store, job->key, NULL, &local);

  if (local)
    g_propagate_error (error, g_steal_pointer (&local));
  else if (!there) /* what was begun since comes first */
    kith_store_save_draft (store, job->key, job->scope, job->draft, error);
  return NULL;
}

void
kith_drafts_put_back (KithContext *context,
                      const char  *op_id)
{
  Drafts *drafts = drafts_of (context);

  for (GList *l = drafts->undoable.head; l; l = l->next)
    {
      Undoable *undoable = l->data;

      if (!g_str_equal (undoable->op_id, op_id))
        continue;
      kith_desktop_store_async (kith_context_get_desktop (context), put_back_job, kith_draft_job_ref (undoable->job), free_job, NULL, NULL, NULL);
      undoable_free (undoable);
      g_queue_delete_link (&drafts->undoable, l);
      return;
    }
}

void
kith_drafts_flush (KithContext *context)
{
  GHashTableIter iter;
  gpointer draft;

  g_hash_table_iter_init (&iter, drafts_of (context)->open);
  while (g_hash_table_iter_next (&iter, &draft, NULL))
    kith_draft_flush (draft);
}

void
kith_drafts_close (KithContext *context)
{
  kith_drafts_flush (context);
  g_queue_clear_full (&drafts_of (context)->undoable, undoable_free);
}
