/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-desktop-private.h"
#include "kith-json.h"
#include "kith-store.h"

/* Answers that come later, because an import, a rebase or a fill keeps the store busy; and who sits there. */

void
fake_desktop_hold_answers (KithDesktop *self)
{
  g_object_set_data_full (G_OBJECT (self), "held", g_ptr_array_new_with_free_func (g_object_unref), (GDestroyNotify) g_ptr_array_unref);
}

gboolean
fake_desktop_holds (KithDesktop *self, GTask *task)
{
  GPtrArray *held = g_object_get_data (G_OBJECT (self), "held");

  if (held)
    g_ptr_array_add (held, g_object_ref (task));
  return held != NULL;
}

void
fake_desktop_answer_held (KithDesktop *self, const char *refusal)
{
  g_autoptr (GPtrArray) held = g_object_steal_data (G_OBJECT (self), "held");

  for (guint i = 0; i < held->len; i++)
    if (refusal)
      g_task_return_new_error (held->pdata[i], KITH_REFUSAL, KITH_REFUSAL_DENIED, "%s", refusal);
    else
      g_task_return_pointer (held->pdata[i], g_strdup ("op-held"), g_free);
}

void
fake_desktop_set_person (KithDesktop *self, const char *user, const char *name)
{
  self->actor.user = (char *) user;
  self->actor.name = (char *) name;
}

guint
fake_desktop_count_drafts (KithDesktop *self)
{
  return g_hash_table_size (self->drafts);
}

void
fake_desktop_set_full (KithDesktop *self, gboolean full)
{
  self->full = full;
}

/* As the real one: what was typed for an operation comes back with it, unless something else was begun there since. */
void
fake_drafts_end (KithDesktop *self, const char *key, const char *op_id)
{
  JsonObject *draft = g_hash_table_lookup (self->drafts, key);

  if (draft && op_id)
    {
      g_autofree char *member = g_strconcat ("undo:", op_id, NULL);

      g_object_set_data_full (G_OBJECT (self), member, kith_json_new ("key", "s", key, "draft", "o", json_object_ref (draft), NULL), (GDestroyNotify) json_object_unref);
    }
  g_hash_table_remove (self->drafts, key);
}

char *
fake_drafts_put_back (KithDesktop *self, const char *op_id)
{
  g_autofree char *member = g_strconcat ("undo:", op_id, NULL);
  g_autoptr (JsonObject) kept = g_object_steal_data (G_OBJECT (self), member);
  const char *key = kept ? kith_json_string (kept, "key") : NULL;

  if (key)
    g_hash_table_insert (self->drafts, g_strconcat (g_hash_table_contains (self->drafts, key) ? KITH_STORE_DRAFT_ASIDE "1:" : "", key, NULL),
                         json_object_ref (kith_json_object (kept, "draft")));
  return g_strdup (key ? key : "");
}
