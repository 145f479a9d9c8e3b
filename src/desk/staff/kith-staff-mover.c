/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "staff/kith-staff-mover.h"

#include <glib/gi18n.h>

#define STEP 10   /* clients in one operation: the model's own bound */
#define MANY 2000 /* operations of one act: past it something is wrong */

typedef struct
{
  KithContext *context;
  char *transfer;
  GPtrArray *moves;   /* (element-type KithStaffMove); NULL: all that from holds, or the way back */
  char *from, *to;    /* from NULL: the way back */
  guint next, rounds; /* of moves; operations so far */
  GString *left_out;
  KithStaffProgress progress;
  gpointer progress_data;
} Act;

static void step (GTask *task);

/**
 * kith_staff_move_new:
 * @client: its id, copied as are the others
 * @name: (nullable): to say which one was left out
 * @from: (nullable): staff id; NULL: nobody is on it
 * @to: (nullable): staff id; NULL: set before it is carried out
 *
 * Returns: (transfer full): one line of a move
 */
KithStaffMove *
kith_staff_move_new (const char *client,
                     const char *name,
                     const char *from,
                     const char *to)
{
  KithStaffMove *self = g_new0 (KithStaffMove, 1);

  self->client = g_strdup (client);
  self->name = g_strdup (name);
  self->from = g_strdup (from);
  self->to = g_strdup (to);
  return self;
}

/**
 * kith_staff_move_free:
 * @self: (transfer full): not NULL
 */
void
kith_staff_move_free (KithStaffMove *self)
{
  g_free (self->client);
  g_free (self->name);
  g_free (self->from);
  g_free (self->to);
  g_free (self);
}

static void
act_free (gpointer data)
{
  Act *self = data;

  g_object_unref (self->context);
  g_clear_pointer (&self->moves, g_ptr_array_unref);
  g_string_free (self->left_out, TRUE);
  g_free (self->transfer);
  g_free (self->from);
  g_free (self->to);
  g_free (self);
}

/* Returns whether it is over: the page that asked is gone, or the program locks. */
static gboolean
is_cancelled (GTask *task)
{
  return g_task_get_cancellable (task) && g_cancellable_is_cancelled (g_task_get_cancellable (task));
}

static void
done (GTask *task)
{
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static void
tell_progress (GTask *task)
{
  Act *self = g_task_get_task_data (task);

  if (self->progress && !is_cancelled (task))
    self->progress (self->moves ? self->next : self->rounds, self->moves ? self->moves->len : 0, self->progress_data);
}

static void
next_part (GTask *task)
{
  Act *self = g_task_get_task_data (task);

  self->next = MIN (self->next + STEP, self->moves->len);
  tell_progress (task);
  step (task);
}

/* Is there more to do: what the transfer's record says, on the store's thread. */

static gpointer
state_job (gpointer      store,
           gpointer      data,
           GCancellable *cancellable,
           GError      **error)
{
  g_autoptr (KithRecord) transfer = kith_world_get (kith_store_get_world (store), "transfer", data, error);

  return transfer ? g_strdup (kith_record_string (transfer, "state")) : NULL;
}

static void
state_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  GTask *task = user_data;
  Act *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autofree char *state = kith_desktop_job_finish (KITH_DESKTOP (source), result, &error);

  if (error) /* what is left is not known to be nothing */
    {
      g_task_return_error (task, error);
      g_object_unref (task);
    }
  else if (g_strcmp0 (state, self->moves || self->from ? "running" : "undoing") == 0 && self->rounds < MANY)
    step (task); /* of a list the same part: it has more to move than one operation does */
  else if (self->moves)
    next_part (task);
  else
    done (task);
}

static void
submitted_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  GTask *task = user_data;
  Act *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (!kith_context_submit_finish (KITH_CONTEXT (source), result, &error))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  self->rounds++;
  if (!self->moves)
    tell_progress (task);
  kith_desktop_store_async (kith_context_get_desktop (self->context), state_job, g_strdup (self->transfer), g_free, NULL, state_cb, task);
}

static JsonObject *
next_args (Act *self)
{
  JsonObject *args = kith_json_new ("transfer", "s", self->transfer, NULL);
  JsonArray *moves;

  if (!self->moves)
    {
      if (self->from)
        {
          json_object_set_string_member (args, "from", self->from);
          json_object_set_string_member (args, "to", self->to);
        }
      return args;
    }
  moves = json_array_new ();
  for (guint i = self->next; i < MIN (self->next + STEP, self->moves->len); i++)
    {
      KithStaffMove *move = self->moves->pdata[i];

      json_array_add_object_element (moves, kith_json_new ("client", "s", move->client, "from", "s", move->from, "to", "s", move->to, NULL));
    }
  json_object_set_array_member (args, "moves", moves);
  return args;
}

static void
step (GTask *task)
{
  Act *self = g_task_get_task_data (task);

  if (self->moves && self->next >= self->moves->len)
    done (task);
  else
    kith_context_submit (self->context, self->moves || self->from ? "caseload.transfer" : "caseload.undo", next_args (self), NULL, FALSE,
                         submitted_cb, task);
}

/* What was taken back before is not taken back again: nothing would be done, and it would be said that it was. */
static void
before_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  g_autofree char *state = kith_desktop_job_finish (KITH_DESKTOP (source), result, NULL); /* where it cannot be read the operation says why */

  if (g_strcmp0 (state, "undone") == 0)
    done (task);
  else
    step (task);
}

/* Rights, row by row (domain.md 1f 5): one row that may not be moved does not stop the others. */

static gpointer
rights_job (gpointer      store,
            gpointer      data,
            GCancellable *cancellable,
            GError      **error)
{
  Act *self = data;

  for (guint i = self->moves->len; i > 0; i--)
    {
      KithStaffMove *move = self->moves->pdata[i - 1];
      g_autoptr (JsonObject) args = kith_json_new ("client", "s", move->client, NULL);
      g_autoptr (GError) refused = NULL;

      if (kith_store_may (store, "assignment.apply", args, &refused))
        continue;
      g_string_append_printf (self->left_out, "%s%s: %s", self->left_out->len > 0 ? "\n" : "", move->name ? move->name : "",
                              refused ? refused->message : "");
      g_ptr_array_remove_index (self->moves, i - 1);
    }
  return NULL;
}

static void
rights_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  GError *error = NULL;

  kith_desktop_job_finish (KITH_DESKTOP (source), result, &error);
  if (!error)
    {
      step (task);
      return;
    }
  g_task_return_error (task, error);
  g_object_unref (task);
}

static Act *
act_new (KithContext        *context,
         KithStaffProgress   progress,
         GCancellable       *cancellable,
         GAsyncReadyCallback callback,
         gpointer            user_data,
         GTask             **task)
{
  Act *self = g_new0 (Act, 1);

  self->context = g_object_ref (context);
  self->left_out = g_string_new (NULL);
  self->progress = progress;
  self->progress_data = user_data;
  *task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_check_cancellable (*task, FALSE); /* work begun is ended: cancelling only says that nobody looks any more */
  g_task_set_task_data (*task, self, act_free);
  return self;
}

void
kith_staff_move_async (KithContext        *context,
                       GPtrArray          *moves,
                       KithStaffProgress   progress,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  GTask *task;
  Act *self = act_new (context, progress, cancellable, callback, user_data, &task);

  self->transfer = kith_context_new_id (context);
  self->moves = moves;
  kith_desktop_store_async (kith_context_get_desktop (context), rights_job, self, NULL, NULL, rights_cb, task);
}

void
kith_staff_move_all_async (KithContext        *context,
                           const char         *from,
                           const char         *to,
                           KithStaffProgress   progress,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  GTask *task;
  Act *self = act_new (context, progress, cancellable, callback, user_data, &task);

  self->transfer = kith_context_new_id (context);
  self->from = g_strdup (from);
  self->to = g_strdup (to);
  step (task);
}

/**
 * kith_staff_take_back_async:
 * @transfer: id of the transfer record; parts that are taken back already are passed over, and of a whole one nothing is done
 *
 * As kith_staff_move_async(), part by part.
 */
void
kith_staff_take_back_async (KithContext        *context,
                            const char         *transfer,
                            KithStaffProgress   progress,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  GTask *task;
  Act *self = act_new (context, progress, cancellable, callback, user_data, &task);

  self->transfer = g_strdup (transfer);
  kith_desktop_store_async (kith_context_get_desktop (context), state_job, g_strdup (transfer), g_free, NULL, before_cb, task);
}

/* Returns: (transfer none) (nullable): as long as @result is there */
const char *
kith_staff_move_get_transfer (GAsyncResult *result)
{
  Act *self = g_task_get_task_data (G_TASK (result));

  return self->moves || self->from ? self->transfer : NULL;
}

gboolean
kith_staff_move_finish (GAsyncResult *result,
                        guint        *n_done,
                        char        **left_out,
                        GError      **error)
{
  Act *self = g_task_get_task_data (G_TASK (result));

  if (n_done)
    *n_done = self->moves ? self->next : self->rounds;
  if (left_out)
    *left_out = self->left_out->len > 0 ? g_strdup (self->left_out->str) : NULL;
  return g_task_propagate_boolean (G_TASK (result), error);
}
