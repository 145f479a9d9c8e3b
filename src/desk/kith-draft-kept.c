/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-draft-private.h"

#include <glib/gi18n.h>

/* Drafts on their way to the disk, and words that could not be written, which outlive the window they were typed in. */

#define AGAIN_S 5 /* between two tries */

/* What is to be written under a key, or dropped. Shared by the threads, not changed. */
typedef struct
{
  char *key, *scope;
  char *whose;       /* the key, and the person */
  char *user;
  JsonObject *words; /* NULL: dropped */
  KithDraftHow how;
  guint64 serial;    /* the later the higher */
} Job;

typedef struct
{
  GHashTable *kept;    /* whose → KithDraftKept */
  GHashTable *open;
  GHashTable *unsaved; /* whose → Job: nobody shows these words any more, and they are not on the disk; or they should be gone, and are there still */
  guint64 serial;
  guint again_id;
} Drafts;

static void
clear_job (gpointer data)
{
  Job *job = data;

  g_free (job->key);
  g_free (job->scope);
  g_free (job->whose);
  g_free (job->user);
  g_clear_pointer (&job->words, json_object_unref);
}

static void
job_unref (gpointer job)
{
  g_atomic_rc_box_release_full (job, clear_job);
}

static void
drafts_free (gpointer data)
{
  Drafts *drafts = data;

  g_clear_handle_id (&drafts->again_id, g_source_remove);
  g_hash_table_unref (drafts->kept);
  g_hash_table_unref (drafts->open);
  g_hash_table_unref (drafts->unsaved);
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
  drafts->unsaved = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, job_unref);
  g_object_set_data_full (G_OBJECT (context), "kith-drafts", drafts, drafts_free);
  return drafts;
}

static char *
whose_of (const char *user,
          const char *key)
{
  return g_strconcat (key, "\n", user, NULL);
}

static KithDraftKept *
find_kept (Drafts     *drafts,
           const char *whose)
{
  KithDraftKept *kept = g_hash_table_lookup (drafts->kept, whose);

  if (!kept)
    {
      kept = g_new0 (KithDraftKept, 1);
      g_hash_table_insert (drafts->kept, g_strdup (whose), kept);
    }
  return kept;
}

KithDraftKept *
kith_draft_kept (KithContext *context,
                 const char  *user,
                 const char  *key)
{
  g_autofree char *whose = whose_of (user, key);

  return find_kept (drafts_of (context), whose);
}

GHashTable *
kith_drafts_open (KithContext *context)
{
  return drafts_of (context)->open;
}

/* ---- writing ---- */

/* Returns: whether something was put aside, which whoever typed it is to know of */
static gpointer
save_job (gpointer      store,
          gpointer      data,
          GCancellable *cancellable,
          GError      **error)
{
  Job *job = data;
  gboolean aside = job->how == KITH_DRAFT_ASIDE;

  if (aside)
    kith_store_put_words_aside (store, job->key, job->scope, job->words, error);
  else if (job->how == KITH_DRAFT_WRITE || kith_store_put_draft_aside (store, job->key, &aside, error))
    kith_store_save_draft (store, job->key, job->scope, job->words, error);
  return GINT_TO_POINTER (aside);
}

typedef struct
{
  KithContext *context;
  KithDraft *draft; /* or NULL */
  Job *job;
} Saving;

static gboolean again_cb (gpointer context);

static void
keep_unsaved (KithContext *context,
              Job         *job)
{
  Drafts *drafts = drafts_of (context);
  Job *other = g_hash_table_lookup (drafts->unsaved, job->whose);

  if (!other || other->serial <= job->serial)
    g_hash_table_replace (drafts->unsaved, g_strdup (job->whose), g_atomic_rc_box_acquire (job));
  if (!drafts->again_id)
    drafts->again_id = g_timeout_add_seconds (AGAIN_S, again_cb, context);
}

/* What was there before these is over. */
static void
forget_unsaved (KithContext *context,
                Job         *job)
{
  Drafts *drafts = drafts_of (context);
  Job *other = g_hash_table_lookup (drafts->unsaved, job->whose);

  if (other && other->serial <= job->serial)
    g_hash_table_remove (drafts->unsaved, job->whose);
}

/* Drafts are no kind of record, so no change of the store tells of them. */
static void
tell_aside (KithContext *context)
{
  static const char *const kinds[] = { "draft", NULL };

  kith_context_toast (context, _("What you had begun there is under Needs Attention"));
  g_signal_emit_by_name (kith_context_get_desktop (context), "changed", kinds);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Saving *saving = user_data;
  g_autoptr (KithContext) context = saving->context;
  g_autoptr (KithDraft) draft = saving->draft;
  Job *job = saving->job;
  g_autoptr (GError) error = NULL;
  gboolean aside;

  g_free (saving);
  aside = kith_desktop_job_finish (KITH_DESKTOP (source), result, &error) != NULL && !error;
  if (!error)
    forget_unsaved (context, job);
  else if (job->words && draft && draft->owner)
    {
      kith_draft_not_written (draft, job->how);
      kith_context_problem (context, _("What you type cannot be kept as a draft just now"), error);
    }
  else
    keep_unsaved (context, job);
  if (aside)
    tell_aside (context);
  job_unref (job);
}

/* job: transfer full */
static void
run (KithContext *context,
     KithDraft   *draft,
     Job         *job)
{
  Saving *saving = g_new0 (Saving, 1);

  saving->context = g_object_ref (context);
  saving->draft = draft ? g_object_ref (draft) : NULL;
  saving->job = g_atomic_rc_box_acquire (job);
  kith_desktop_store_async (kith_context_get_desktop (context), save_job, job, job_unref, NULL, saved_cb, saving);
}

void
kith_draft_write (KithContext *context,
                  KithDraft   *draft,
                  const char  *key,
                  const char  *scope,
                  JsonObject  *words,
                  KithDraftHow how)
{
  Job *job = g_atomic_rc_box_new0 (Job);

  job->key = g_strdup (key);
  job->scope = g_strdup (scope);
  job->whose = how == KITH_DRAFT_ASIDE ? g_strdup_printf (KITH_STORE_DRAFT_ASIDE "%" G_GUINT64_FORMAT ":%s", drafts_of (context)->serial, key) /* beside all others */
                                       : whose_of (draft->user, key);
  job->user = g_strdup (draft->user);
  job->words = words;
  job->how = how;
  job->serial = find_kept (drafts_of (context), job->whose)->newest = ++drafts_of (context)->serial;
  run (context, draft, job);
}

/* ---- what could not be written ---- */

/* Nobody else gets them to see. Where something newer is on its way it says what became of it. */
static void
run_unsaved (KithContext *context,
             const char  *key)
{
  Drafts *drafts = drafts_of (context);
  GHashTableIter iter;
  gpointer data;

  g_hash_table_iter_init (&iter, drafts->unsaved);
  while (g_hash_table_iter_next (&iter, NULL, &data))
    {
      Job *job = data;

      if (g_strcmp0 (job->user, kith_context_get_user (context)) == 0 && (!key || g_str_equal (key, job->key)) &&
          find_kept (drafts, job->whose)->newest == job->serial)
        run (context, NULL, g_atomic_rc_box_acquire (job));
    }
}

void
kith_draft_write_unsaved (KithContext *context,
                          const char  *key)
{
  run_unsaved (context, key);
}

static gboolean
again_cb (gpointer context)
{
  Drafts *drafts = drafts_of (context);
  gboolean unlocked;

  g_object_get (kith_context_get_desktop (context), "unlocked", &unlocked, NULL);
  if (unlocked)
    run_unsaved (context, NULL);
  if (g_hash_table_size (drafts->unsaved) > 0)
    return G_SOURCE_CONTINUE;
  drafts->again_id = 0;
  return G_SOURCE_REMOVE;
}

void
kith_drafts_save_again (KithContext *context)
{
  run_unsaved (context, NULL);
}

gboolean
kith_drafts_are_unsaved (KithContext *context,
                         const char  *user)
{
  GHashTableIter iter;
  gpointer data;

  g_hash_table_iter_init (&iter, drafts_of (context)->unsaved);
  while (g_hash_table_iter_next (&iter, NULL, &data))
    if (((Job *) data)->words && g_strcmp0 (((Job *) data)->user, user) == 0)
      return TRUE;
  return FALSE;
}

/* ---- all that are open ---- */

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
kith_drafts_read_again (KithContext *context,
                        const char  *key)
{
  GHashTableIter iter;
  gpointer draft;

  g_hash_table_iter_init (&iter, drafts_of (context)->open);
  while (g_hash_table_iter_next (&iter, &draft, NULL))
    if (g_str_equal (((KithDraft *) draft)->key, key) && !((KithDraft *) draft)->submits)
      kith_draft_load (draft);
}
