/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What one Save of a form does: several operations, the files that go with them, and the end of its draft. All of it or nothing: a lock, a crash or
 * a refusal in between leaves no half behind, and no draft of what was done. */

#include "kith-store-file.h"
#include "kith-store-private.h"

struct _KithStoreStep
{
  char *op;
  JsonObject *args;
  gboolean numbered;
  gboolean withdrawn;
  char *draft_scope;  /* not NULL: a draft, whose key is op and whose words are args */
  KithStoreFile file; /* sha256 NULL: none */
};

/**
 * kith_store_step_new:
 * @args: (transfer full): its arguments
 * @numbered: whether "number" is to be the next of this computer's series
 */
KithStoreStep *
kith_store_step_new (const char *op, JsonObject *args, gboolean numbered)
{
  KithStoreStep *self = g_new0 (KithStoreStep, 1);

  self->op = g_strdup (op);
  self->args = args;
  self->numbered = numbered;
  return self;
}

/**
 * kith_store_step_new_file:
 * @args: (transfer full): of document.attach, without size and sha256
 * @file: (transfer full): what lies at the document's path already; cleared
 */
KithStoreStep *
kith_store_step_new_file (JsonObject *args, KithStoreFile *file)
{
  KithStoreStep *self = kith_store_step_new ("document.attach", args, FALSE);

  self->file = *file;
  memset (file, 0, sizeof *file);
  return self;
}

/**
 * kith_store_step_new_withdraw:
 * @op: an operation that makes a record of the id its argument "id" says
 *
 * Takes the operation that makes @record back: it was never put into a push, and leaves with its file. One that is not there is none to take.
 */
KithStoreStep *
kith_store_step_new_withdraw (const char *op, const char *record)
{
  KithStoreStep *self = kith_store_step_new (op, kith_json_new ("id", "s", record, NULL), FALSE);

  self->withdrawn = TRUE;
  return self;
}

/**
 * kith_store_step_new_draft:
 * @key: which form goes on with it
 * @scope: of the record it is about, as kith_store_save_draft() takes it; not NULL
 * @draft: (transfer full): what that form begins with
 *
 * What is said in one form and done in another is not lost between them.
 */
KithStoreStep *
kith_store_step_new_draft (const char *key, const char *scope, JsonObject *draft)
{
  KithStoreStep *self = kith_store_step_new (key, draft, FALSE);

  self->draft_scope = g_strdup (scope);
  return self;
}

/**
 * kith_store_step_free:
 * @self: (transfer full): not NULL
 */
void
kith_store_step_free (KithStoreStep *self)
{
  g_free (self->op);
  g_free (self->draft_scope);
  json_object_unref (self->args);
  kith_store_file_clear (&self->file);
  g_free (self);
}

GPtrArray *
kith_store_steps_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) kith_store_step_free);
}

static gboolean
withdraw (KithStore *self, const char *op, const char *record, GError **error)
{
  gint64 i;

  if (!kith_store_find_unsent (self, op, record, &i, NULL, error))
    return FALSE;
  return i == 0 || (kith_store_restore (self, error) && kith_store_drop_op (self, i, error) && kith_store_replay (self, error));
}

static gboolean
run_step (KithStore *self, KithStoreStep *step, GError **error)
{
  if (step->withdrawn)
    return withdraw (self, step->op, kith_json_string (step->args, "id"), error);
  if (step->draft_scope != NULL)
    return kith_store_save_draft (self, step->op, step->draft_scope, step->args, error);
  if (step->numbered)
    {
      g_autofree char *number = kith_store_take_number (self, error);

      if (number == NULL)
        return FALSE;
      json_object_set_string_member (step->args, "number", number);
    }
  if (step->file.sha256 != NULL)
    {
      g_autofree char *id = NULL;

      return kith_store_attach_within (self, step->args, &step->file, 0, &id, error);
    }
  return kith_store_submit_within (self, step->op, step->args, 0, NULL, error);
}

/* Inside a transaction of the caller's. */
gboolean
kith_store_run_steps (KithStore *self, GPtrArray *steps, const char *draft, GError **error)
{
  for (guint i = 0; i < steps->len; i++)
    if (!run_step (self, steps->pdata[i], error))
      return FALSE;
  return draft == NULL || kith_db_run (self->db, error, "draft-drop", "s", draft);
}

/**
 * kith_store_submit_all:
 * @steps: (element-type KithStoreStep): in their order; each sees what those before it did
 * @draft: (nullable): key of the draft that goes with it
 *
 * Errors: as kith_store_submit(), of the first that fails; nothing was changed.
 */
gboolean
kith_store_submit_all (KithStore *self, GPtrArray *steps, const char *draft, GError **error)
{
  g_autoptr (KithDbTransaction) transaction = kith_db_transaction_begin (self->db, error);

  return transaction != NULL && kith_store_end (self, transaction, kith_store_run_steps (self, steps, draft, error), error);
}
