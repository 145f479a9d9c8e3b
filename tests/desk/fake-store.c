/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-desktop-private.h"
#include "kith-desktop-undo.h"
#include "kith-store-file.h"

/* The store, as far as jobs of the windows use it: they are given the desktop itself. */

static KithDesktop *
fake_of (KithStore *store)
{
  return (KithDesktop *) (gpointer) store;
}

gboolean
kith_store_save_draft (KithStore *self, const char *key, const char *scope, JsonObject *draft, GError **error)
{
  if (fake_of (self)->full)
    {
      g_set_error_literal (error, KITH_DB_ERROR, KITH_DB_ERROR_FULL, "the disk is full");
      return FALSE;
    }
  if (draft)
    g_hash_table_insert (fake_of (self)->drafts, g_strdup (key), json_object_ref (draft));
  else
    g_hash_table_remove (fake_of (self)->drafts, key);
  return TRUE;
}

gboolean
kith_store_put_draft_aside (KithStore *self, const char *key, gboolean *aside, GError **error)
{
  GHashTable *drafts = fake_of (self)->drafts;
  JsonObject *draft = g_hash_table_lookup (drafts, key);

  *aside = draft && !kith_json_bool (draft, KITH_STORE_DRAFT_CARRIED, FALSE);
  if (*aside)
    g_hash_table_insert (drafts, g_strconcat (KITH_STORE_DRAFT_ASIDE "1:", key, NULL), json_object_ref (draft));
  return TRUE;
}

gboolean
kith_store_put_words_aside (KithStore *self, const char *key, const char *scope, JsonObject *draft, GError **error)
{
  g_autofree char *aside = g_strconcat (KITH_STORE_DRAFT_ASIDE "1:", key, NULL);

  return kith_store_save_draft (self, aside, NULL, draft, error);
}

JsonObject *
kith_store_load_draft (KithStore *self, const char *key, gint64 *saved_ms, GError **error)
{
  JsonObject *draft = g_hash_table_lookup (fake_of (self)->drafts, key);

  if (saved_ms)
    *saved_ms = kith_clock_wall_ms (fake_of (self)->clock) - 12 * 60 * 1000;
  return draft ? json_object_ref (draft) : NULL;
}

/* Of one referral: what waits to be sent, as "unsent" says. */
gboolean
kith_store_get_unsent (KithStore *self, const char *op, const char *record, JsonObject **args, GError **error)
{
  JsonArray *unsent = kith_json_array (fake_of (self)->data, "unsent");

  *args = NULL;
  for (guint i = 0; unsent && i < json_array_get_length (unsent); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (unsent, i), "id"), record) == 0)
      *args = json_object_ref (json_array_get_object_element (unsent, i));
  return TRUE;
}

/* A Save of several steps: each as if it had been submitted by itself; a refusal is of all of them. */

struct _KithStoreStep
{
  char *op;
  JsonObject *args;
  gboolean numbered;
  gboolean draft; /* op is its key */
};

KithStoreStep *
kith_store_step_new_draft (const char *key, const char *scope, JsonObject *draft)
{
  KithStoreStep *self = kith_store_step_new (key, draft, FALSE);

  self->draft = TRUE;
  return self;
}

KithStoreStep *
kith_store_step_new_withdraw (const char *op, const char *record)
{
  return kith_store_step_new ("withdraw", kith_json_new ("op", "s", op, "id", "s", record, NULL), FALSE);
}

KithStoreStep *
kith_store_step_new (const char *op, JsonObject *args, gboolean numbered)
{
  KithStoreStep *self = g_new0 (KithStoreStep, 1);

  self->op = g_strdup (op);
  self->args = args;
  self->numbered = numbered;
  return self;
}

KithStoreStep *
kith_store_step_new_file (JsonObject *args, KithStoreFile *file)
{
  g_autofree char *op_id = NULL;

  kith_store_attach (NULL, args, file, 0, &op_id, NULL);
  kith_store_file_clear (file);
  return kith_store_step_new ("document.attach", args, FALSE);
}

void
kith_store_step_free (KithStoreStep *self)
{
  g_free (self->op);
  json_object_unref (self->args);
  g_free (self);
}

GPtrArray *
kith_store_steps_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) kith_store_step_free);
}

static void
take_steps (KithDesktop *self, GPtrArray *steps, const char *draft)
{
  for (guint i = 0; i < steps->len; i++)
    {
      KithStoreStep *step = steps->pdata[i];
      g_autofree char *number = step->numbered ? kith_store_next_number ((KithStore *) self, NULL) : NULL;

      if (step->draft)
        {
          g_hash_table_insert (self->drafts, g_strdup (step->op), json_object_ref (step->args));
          continue;
        }
      if (number)
        json_object_set_string_member (step->args, "number", number);
      g_ptr_array_add (self->submitted, kith_json_new ("op", "s", step->op, "args", "o", json_object_ref (step->args), NULL));
      fake_desktop_carry_out (self, step->op, step->args);
    }
  if (draft)
    g_hash_table_remove (self->drafts, draft);
}

void
kith_desktop_submit_all_async (KithDesktop *self, GPtrArray *steps, const char *draft, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  g_autoptr (GPtrArray) taken = steps;

  if (fake_desktop_answer_locked (self, task))
    return;
  if (self->refuse)
    {
      g_task_return_new_error (task, KITH_REFUSAL, KITH_REFUSAL_DENIED, "%s", self->refuse);
      g_clear_pointer (&self->refuse, g_free);
      return;
    }
  take_steps (self, taken, draft);
  g_task_return_boolean (task, TRUE);
}

gboolean
kith_desktop_submit_all_finish (KithDesktop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
kith_store_edit (KithStore *self, const char *op, JsonObject *args, const char *first, JsonObject *first_args, GPtrArray *then, const char *draft,
                 gboolean *edited, GError **error)
{
  if (first)
    g_ptr_array_add (fake_of (self)->submitted, kith_json_new ("op", "s", first, "args", "o", json_object_ref (first_args), NULL));
  g_ptr_array_add (fake_of (self)->submitted, kith_json_new ("op", "s", "edit", "args", "o", json_object_ref (args), NULL));
  if (then)
    take_steps (fake_of (self), then, draft);
  *edited = TRUE;
  return TRUE;
}

char *
kith_store_next_number (KithStore *self, GError **error)
{
  return g_strdup_printf ("HA-%04u", 120 + fake_of (self)->next_number++);
}

gboolean
kith_store_note_opened (KithStore *self, const char *kind, const char *id, GError **error)
{
  return TRUE;
}

static GPtrArray *
entries_of (KithStore *self, const char *list)
{
  JsonArray *rows = fake_of (self)->empty ? NULL : kith_json_array (fake_of (self)->data, list);
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);

  for (guint i = 0; rows && i < json_array_get_length (rows); i++)
    g_ptr_array_add (entries, json_object_ref (json_array_get_object_element (rows, i)));
  return entries;
}

GPtrArray *
kith_store_list_attention (KithStore *self, guint most, guint *n_all, GError **error)
{
  GPtrArray *entries = entries_of (self, "attention");
  guint n = 0;

  fake_of (self)->n_listed++;
  if (n_all)
    *n_all = entries->len;
  for (guint i = 0; i < entries->len;)
    if (g_strcmp0 (kith_json_string (entries->pdata[i], "st"), "merged") != 0 && n++ >= most)
      g_ptr_array_remove_index (entries, i);
    else
      i++;
  return entries;
}

GPtrArray *
kith_store_list_outbox (KithStore *self, gboolean held, guint most, guint *n_all, GError **error)
{
  GPtrArray *entries = entries_of (self, "outbox");

  for (guint i = entries->len; i > 0; i--)
    if (kith_json_bool (entries->pdata[i - 1], "older_hub", FALSE) != held || g_strcmp0 (kith_json_string (entries->pdata[i - 1], "op"), "audit.record") == 0)
      g_ptr_array_remove_index (entries, i - 1);
  if (n_all)
    *n_all = entries->len;
  g_ptr_array_set_size (entries, (int) MIN (entries->len, most));
  return entries;
}

/* How often what needs somebody was read. */
guint
fake_desktop_count_listed (KithDesktop *self)
{
  return self->n_listed;
}

GPtrArray *
kith_store_list_unsendable (KithStore *self, GError **error)
{
  return entries_of (self, "unsendable");
}

/* As the real one: the entry in the log is submitted with it. */
gboolean
kith_store_discard_draft (KithStore *self, const char *key, const char *op, GError **error)
{
  JsonArray *rows = kith_json_array (fake_of (self)->data, "unsendable");

  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (rows, i), "key"), key) == 0)
      {
        json_array_remove_element (rows, i);
        g_ptr_array_add (fake_of (self)->submitted, kith_json_new ("op", "s", "audit.record", "args", "o", kith_json_new ("what", "s", "discarded", "op", "s", op, NULL), NULL));
        break;
      }
  return TRUE;
}

gboolean
kith_store_settle (KithStore *self, const char *op_id, gboolean redo, char **new_op_id, GError **error)
{
  static const char *const lists[] = { "attention", "outbox" };

  for (guint k = 0; k < G_N_ELEMENTS (lists); k++)
    {
      JsonArray *rows = kith_json_array (fake_of (self)->data, lists[k]);

      for (guint i = rows ? json_array_get_length (rows) : 0; i > 0; i--)
        if (g_strcmp0 (kith_json_string (json_array_get_object_element (rows, i - 1), "op_id"), op_id) == 0)
          json_array_remove_element (rows, i - 1);
    }
  if (new_op_id)
    *new_op_id = redo ? g_strdup ("op-redo") : NULL;
  return TRUE;
}

/* Everything that concerns a record of the fake's may be done by its supervisor; the rules themselves are the model's to test. */
gboolean
kith_store_may (KithStore *self, const char *op, JsonObject *args, GError **error)
{
  gboolean of_supervisor = g_str_equal (op, "case.reopen") || g_str_equal (op, "assignment.apply");

  if (fake_of (self)->denied_client && g_strcmp0 (kith_json_string (args, "client"), fake_of (self)->denied_client) == 0)
    {
      g_set_error (error, KITH_REFUSAL, KITH_REFUSAL_DENIED, "Another agency looks after this client now.");
      return FALSE;
    }
  if (g_str_equal (op, "service.set_direct") && (fake_of (self)->actor.level == KITH_LEVEL_NETWORK || kith_actor_has_duty (&fake_of (self)->actor, KITH_DUTY_ADMIN)))
    return TRUE;
  of_supervisor |= g_str_equal (op, "service.set_direct");
  if (!of_supervisor || kith_actor_has_duty (&fake_of (self)->actor, KITH_DUTY_SUPERVISOR))
    return TRUE;
  g_set_error (error, KITH_REFUSAL, KITH_REFUSAL_DENIED, "Only a supervisor of your agency can do this.");
  return FALSE;
}

/* Whatever else a test wants the rules to see: "records", of kind, id and body. */
static void
put_records (KithDesktop *desktop)
{
  JsonArray *rows = kith_json_array (desktop->data, "records");

  for (guint i = 0; rows && i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);
      g_autoptr (KithRecord) record = kith_record_new_for_body (kith_kind_get (kith_json_string (row, "kind")), kith_json_string (row, "id"), kith_json_object (row, "body"));

      g_autoptr (GError) error = NULL;

      kith_world_put (desktop->world, record, &error);
      g_assert_no_error (error);
    }
}

/* The rules are asked about the referral shown: a world in memory holds the fake's referrals. */
KithWorld *
kith_store_get_world (KithStore *self)
{
  KithDesktop *desktop = fake_of (self);
  JsonArray *rows = kith_json_array (desktop->data, "referral"), *clients = kith_json_array (desktop->data, "client");

  g_clear_object (&desktop->world);
  desktop->world = KITH_WORLD (kith_memory_world_new ());
  for (guint i = 0; i < json_array_get_length (clients); i++)
    {
      JsonObject *row = json_array_get_object_element (clients, i);
      g_autoptr (KithRecord) client = kith_record_new_for_body (kith_kind_get ("client"), kith_json_string (row, "id"), kith_json_object (row, "body"));

      kith_world_put (desktop->world, client, NULL);
    }
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);
      g_autoptr (KithRecord) referral = kith_record_new_for_body (kith_kind_get ("referral"), kith_json_string (row, "id"), kith_json_object (row, "body"));
      g_autofree char *course_id = kith_id_natural ("referral_course", kith_json_string (row, "id"));
      g_autoptr (KithRecord) course = kith_json_object (row, "course") ? kith_record_new_for_body (kith_kind_get ("referral_course"), course_id, kith_json_object (row, "course")) : NULL;
      g_autoptr (GError) error = NULL;

      kith_world_put (desktop->world, referral, &error);
      g_assert_no_error (error);
      if (course)
        kith_record_set_string (course, "referral", kith_json_string (row, "id"));
      g_assert_true (!course || kith_world_put (desktop->world, course, &error));
    }
  put_records (desktop);
  return desktop->world;
}

KithActor *
kith_store_load_actor (KithStore *self, GError **error)
{
  KithActor *actor = kith_actor_new_hub ();
  KithActor *mine = &fake_of (self)->actor;

  g_free (actor->user);
  actor->user = g_strdup (mine->user);
  g_free (actor->agency);
  actor->agency = g_strdup (mine->agency);
  actor->level = mine->level;
  actor->role = mine->role;
  actor->duties = KITH_DUTY_SUPERVISOR;
  actor->active = actor->trained = TRUE;
  actor->changes_status = mine->changes_status;
  actor->sees_details = mine->sees_details;
  for (guint i = 0; mine->resources && i < mine->resources->len; i++)
    g_ptr_array_add (actor->resources, g_strdup (mine->resources->pdata[i]));
  return actor;
}

/* db is the desktop, as store_async hands it over. */
gboolean
kith_desktop_each_row (gpointer db, const char *query, const char *const *args, KithDesktopRowFunc func, gpointer data, GCancellable *cancellable,
                       GError **error)
{
  KithDesktop *self = db;
  JsonArray *all = kith_json_array (self->data, query);

  for (guint i = 0; all && i < json_array_get_length (all); i++)
    {
      g_autoptr (KithRow) row = fake_row_new (json_array_get_object_element (all, i));
      const char *arg = kith_json_string (json_array_get_object_element (all, i), "_arg");

      if (arg && args && g_strcmp0 (args[0], arg) != 0)
        continue;
      if (json_object_has_member (json_array_get_object_element (all, i), "breaks"))
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "locked");
          return FALSE;
        }
      if (!func (row, data, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- undo ---- */

void
fake_desktop_set_sent (KithDesktop *self, const char *op_id)
{
  self->sent = op_id;
}

void
kith_desktop_undo_async (KithDesktop *self, const char *op_id, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  if (g_strcmp0 (op_id, self->sent) == 0)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "It is with the hub already.");
      return;
    }
  self->undone++;
  self->last_undone = g_intern_string (op_id);
  g_task_return_pointer (task, fake_drafts_put_back (self, op_id), g_free);
}

gboolean
kith_desktop_undo_finish (KithDesktop *self, GAsyncResult *result, char **draft, GError **error)
{
  char *key = g_task_propagate_pointer (G_TASK (result), error);
  gboolean undone = key != NULL;

  *draft = undone && *key ? g_steal_pointer (&key) : NULL;
  g_free (key);
  return undone;
}

void
kith_desktop_can_undo_async (KithDesktop *self, const char *op_id, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_return_boolean (task, g_strcmp0 (op_id, self->sent) != 0);
}
