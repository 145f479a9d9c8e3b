/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-draft-private.h"

#include <glib/gi18n.h>

#include "kith-format.h"

G_DEFINE_FINAL_TYPE (KithDraft, kith_draft, G_TYPE_OBJECT)

#define SAVE_AFTER_MS 500
#define AGAIN_MS 5000 /* where it could not be written */

/* words: transfer full; NULL drops them. What stood there unseen is put aside. */
static void
save (KithDraft  *self,
      JsonObject *words)
{
  KithDraftHow how = self->unknown ? KITH_DRAFT_WRITE_OVER : KITH_DRAFT_WRITE;

  self->unknown = FALSE;
  kith_draft_kept (self->context, self->user, self->key)->writer = self;
  kith_draft_write (self->context, self, self->key, self->scope, words, how);
}

/* What is typed while the words before are on their way is in none of them; and where somebody else's are, these do not take their place. */
void
kith_draft_flush (KithDraft *self)
{
  JsonObject *words;

  g_clear_handle_id (&self->save_id, g_source_remove);
  if (self->held && !self->submits)
    return;
  words = self->touched && self->owner ? self->collect (self->owner) : NULL;
  if (words && (self->submits || self->waits))
    kith_draft_write (self->context, self, self->key, self->scope, words, KITH_DRAFT_ASIDE);
  else if (self->touched && self->owner && !self->submits && !self->waits)
    save (self, words);
  self->touched = FALSE;
}

void
kith_draft_hold (KithDraft *self,
                 gboolean   hold)
{
  if (hold && !self->submits)
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

/* What is being saved under its key may be this one's words before: until that is known they stay where they are. */
static gboolean
save_cb (gpointer user_data)
{
  KithDraft *self = user_data;

  if (self->waits)
    return G_SOURCE_CONTINUE;
  self->save_id = 0;
  kith_draft_flush (self);
  return G_SOURCE_REMOVE;
}

void
kith_draft_not_written (KithDraft   *self,
                        KithDraftHow how)
{
  self->touched = TRUE;
  self->unknown |= how == KITH_DRAFT_WRITE_OVER;
  if (!self->save_id && !self->held && !self->submits)
    self->save_id = g_timeout_add (AGAIN_MS, save_cb, self);
}

void
kith_draft_touch (KithDraft *self)
{
  if (self->restoring || !self->owner)
    return;
  self->touched = TRUE;
  g_clear_handle_id (&self->save_id, g_source_remove);
  if (!self->held && !self->submits)
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
  if (!self->waits) /* what stands there is another's, on its way */
    save (self, NULL);
}

void
kith_draft_keep_aside (KithDraft *self)
{
  if (!self->unknown)
    return;
  self->unknown = FALSE;
  if (!self->waits)
    kith_draft_write (self->context, self, self->key, self->scope, NULL, KITH_DRAFT_WRITE_OVER);
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
  g_autoptr (GError) error = NULL;
  Loaded *loaded = kith_desktop_job_finish (KITH_DESKTOP (source), result, &error);

  if (!loaded)
    {
      self->unknown &= error != NULL; /* what could not be read may be there */
      return;
    }
  /* What is typed by now stays: what was read is put aside before that is written over it. */
  if (self->owner && self->unknown && !self->touched)
    {
      g_autofree char *when = kith_format_when (loaded->saved_ms, kith_context_get_now (self->context));
      g_autofree char *words = g_strdup_printf (_("Draft from %s restored"), when);

      self->restored = TRUE;
      self->unknown = FALSE;
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
    g_hash_table_remove (kith_drafts_open (self->context), self);
  g_clear_object (&self->context);
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->scope, g_free);
  G_OBJECT_CLASS (kith_draft_parent_class)->dispose (object);
}

static void
kith_draft_finalize (GObject *object)
{
  g_free (KITH_DRAFT (object)->user);
  G_OBJECT_CLASS (kith_draft_parent_class)->finalize (object);
}

static void
kith_draft_class_init (KithDraftClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_draft_dispose;
  G_OBJECT_CLASS (klass)->finalize = kith_draft_finalize;
}

static void
kith_draft_init (KithDraft *self)
{
}

void
kith_draft_load (KithDraft *self)
{
  self->unknown = TRUE;
  self->waits = FALSE;
  kith_draft_write_unsaved (self->context, self->key);
  kith_desktop_store_async (kith_context_get_desktop (self->context), load_job, g_strdup (self->key), g_free, NULL, loaded_cb, g_object_ref (self));
}

void
kith_draft_again (KithDraft *self)
{
  g_clear_handle_id (&self->save_id, g_source_remove);
  self->touched = FALSE;
  self->held = FALSE;
  if (!self->submits)
    kith_draft_load (self);
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
  self->user = g_strdup (kith_context_get_user (context));
  self->collect = collect;
  self->restore = restore;
  self->owner = owner;
  g_hash_table_add (kith_drafts_open (context), self);
  if (kith_draft_kept (context, self->user, key)->saving > 0) /* what is there is being saved: offered once more it would be saved twice */
    self->unknown = self->waits = TRUE;
  else
    kith_draft_load (self);
  return self;
}
