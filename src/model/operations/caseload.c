/* SPDX-License-Identifier: GPL-3.0-or-later */

/* caseload.transfer: work goes from one person to another: all that somebody holds, or what a list names (a selection of clients, the
 * proposal of "Balance"). Large work: one operation moves a bounded part; those of one act share a transfer record, and caseload.undo
 * (caseload-undo.c) takes them back one by one. */

#include "operations/caseload-common.h"

#define MOST_CHANGES 200 /* after so many no further client, referral or task is begun */

/* ---- what is changed, and noted for the way back ---- */

typedef struct
{
  KithOpContext *cx;
  const char *agency;
  JsonArray *changes;
  gboolean more; /* stopped at the bound */
} Transfer;

static gboolean
is_full (Transfer *self)
{
  if (json_array_get_length (self->changes) >= MOST_CHANGES)
    self->more = TRUE;
  return self->more;
}

/* since and by tell an undo whether what was begun is still this act's (was: when the one before had begun), and give back what was ended. */
static void
note (Transfer *self, const char *what, const char *id, const char *client, const char *from, const char *to, const char *was)
{
  g_autofree char *time = kith_op_time (self->cx);

  json_array_add_object_element (self->changes, kith_json_new ("do", "s", what, "id", "s", id, "client", "s", client, "from", "s", from, "to",
                                                               "s", to, "since", "s", time, "was", "s", was, NULL));
}

static void
note_join (Transfer *self, const char *case_id, const char *client, const char *to)
{
  note (self, "join", case_id, client, NULL, to, NULL);
}

static void
note_leave (Transfer *self, KithRecord *assignment)
{
  json_array_add_object_element (self->changes,
                                 kith_json_new ("do", "s", "leave", "id", "s", kith_record_string (assignment, "case"), "client", "s",
                                                kith_record_string (assignment, "client"), "from", "s", kith_record_string (assignment, "staff"),
                                                "since", "s", kith_record_string (assignment, "since"), "by", "s",
                                                kith_record_string (assignment, "by"), NULL));
}

/* ---- assignments (A4, A6: the order keeps A11) ---- */

static gboolean
join_client (Transfer *self, const char *client, const char *to, GError **error)
{
  gboolean joined = FALSE;

  if (!kith_op_assign_to_client (self->cx, client, self->agency, to, &joined, error))
    return FALSE;
  if (joined)
    note_join (self, NULL, client, to);
  return TRUE;
}

/* Closed cases too: what somebody held goes to whoever goes on. */
static gboolean
move_case (Transfer *self, KithRecord *assignment, const char *to, GError **error)
{
  const char *case_id = kith_record_string (assignment, "case"), *client = kith_record_string (assignment, "client");
  gboolean left = FALSE, joined = FALSE;

  if (!kith_op_leave_case (self->cx, case_id, self->agency, kith_record_string (assignment, "staff"), &left, error))
    return FALSE;
  if (left)
    note_leave (self, assignment);
  if (!kith_op_join_case (self->cx, client, case_id, self->agency, to, &joined, error))
    return FALSE;
  if (joined)
    note_join (self, case_id, client, to);
  return TRUE;
}

static gboolean
move_client (Transfer *self, const char *client, const char *from, const char *to, GError **error)
{
  g_autofree char *own = kith_op_natural_id ("assignment", client, from, NULL);
  g_autoptr (GPtrArray) held = kith_world_find (self->cx->world, NULL, "assignment", "client", client, NULL, error);
  g_autoptr (KithRecord) on_client = NULL;
  gboolean left = FALSE;

  if (held == NULL || !kith_op_get (self->cx, "assignment", own, &on_client, error))
    return FALSE;
  if (on_client == NULL || !kith_record_is (on_client, "agency", self->agency))
    return TRUE;
  if (!join_client (self, client, to, error))
    return FALSE;
  for (guint i = 0; i < held->len; i++)
    {
      KithRecord *assignment = g_ptr_array_index (held, i);

      if (kith_record_string (assignment, "case") != NULL && kith_record_is (assignment, "staff", from) &&
          kith_record_is (assignment, "agency", self->agency) && !move_case (self, assignment, to, error))
        return FALSE;
    }
  if (!kith_op_leave_client (self->cx, client, self->agency, from, &left, error))
    return FALSE;
  if (left)
    note_leave (self, on_client);
  return TRUE;
}

/* In the order of their ids, so that desk and hub stop at the same. */
static gboolean
move_clients (Transfer *self, const char *from, const char *to, GError **error)
{
  g_autoptr (GPtrArray) held = kith_world_find (self->cx->world, NULL, "assignment", "staff", from, NULL, error);
  g_autoptr (GPtrArray) clients = g_ptr_array_new ();

  if (held == NULL)
    return FALSE;
  for (guint i = 0; i < held->len; i++)
    {
      KithRecord *assignment = g_ptr_array_index (held, i);

      if (kith_record_is (assignment, "agency", self->agency) && kith_record_string (assignment, "case") == NULL)
        g_ptr_array_add (clients, (gpointer) kith_record_string (assignment, "client"));
    }
  kith_text_sort (clients);
  for (guint i = 0; i < clients->len && !is_full (self); i++)
    if (!kith_op_check_care (self->cx, g_ptr_array_index (clients, i), error) ||
        !move_client (self, g_ptr_array_index (clients, i), from, to, error))
      return FALSE;
  return TRUE;
}

/* ---- referrals and tasks; client NULL: all of them ---- */

static gboolean
move_referral (Transfer *self, KithRecord *referral, const char *from, const char *to, const char *name, GError **error)
{
  const char *client = kith_record_string (referral, "client");
  g_autoptr (KithRecord) own = NULL;

  if (!kith_op_receiver_own (self->cx, referral, &own, error) || !kith_op_visible (self->cx, referral, error) || (client != NULL && !join_client (self, client, to, error)) ||
      !kith_op_assign_referral (self->cx, referral, to, name, error))
    return FALSE;
  note (self, "referral", kith_record_get_id (referral), client, from, to, own != NULL ? kith_record_string (own, "assigned_at") : NULL);
  return TRUE;
}

static gboolean
move_referrals (Transfer *self, const char *client, const char *from, const char *to, const char *name, GError **error)
{
  g_autoptr (GPtrArray) referrals = kith_world_find (self->cx->world, NULL, "referral", "assignee", from, NULL, error);

  if (referrals == NULL)
    return FALSE;
  for (guint i = 0; i < referrals->len; i++)
    {
      KithRecord *referral = g_ptr_array_index (referrals, i);

      if (!kith_record_is (referral, "agency_to", self->agency) || (client != NULL && !kith_record_is (referral, "client", client)) ||
          !kith_referral_step_exists ("referral.assign", kith_record_string (referral, "phase"), NULL))
        continue;
      if (is_full (self))
        return TRUE;
      if (!move_referral (self, referral, from, to, name, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
move_task (Transfer *self, KithRecord *task, const char *from, const char *to, GError **error)
{
  note (self, "task", kith_record_get_id (task), NULL, from, to, kith_record_string (task, "assigned_at"));
  return kith_op_give_task (self->cx, task, to, error) && kith_world_put (self->cx->world, task, error);
}

/* Whoever gets it works with what it is about: it lies there (A4). From whoever had it, who may have left, or from nobody. */
static gboolean
hand_over (Transfer *self, KithRecord *task, const char *from, const char *to, GError **error)
{
  const char *case_id = kith_record_string (task, "case");
  g_autofree char *client = NULL;
  gboolean joined = FALSE;

  if (kith_record_string (task, "referral") == NULL && !kith_op_client_of_task (self->cx, task, &client, error))
    return FALSE;
  if (client != NULL && !join_client (self, client, to, error))
    return FALSE;
  if (client != NULL && case_id != NULL && !kith_op_join_case (self->cx, client, case_id, self->agency, to, &joined, error))
    return FALSE;
  if (joined)
    note_join (self, case_id, client, to);
  return move_task (self, task, from, to, error);
}

static gboolean
move_tasks (Transfer *self, const char *client, const char *from, const char *to, GError **error)
{
  g_autoptr (GPtrArray) tasks = kith_world_find (self->cx->world, NULL, "task", "staff", from, NULL, error);

  if (tasks == NULL)
    return FALSE;
  for (guint i = 0; i < tasks->len; i++)
    {
      KithRecord *task = g_ptr_array_index (tasks, i);
      g_autofree char *about = NULL;

      if (!kith_record_is (task, "agency", self->agency) || kith_record_bool (task, "done") || kith_op_is_own_task (task))
        continue;
      if (!kith_op_client_of_task (self->cx, task, &about, error))
        return FALSE;
      if (client != NULL && g_strcmp0 (about, client) != 0)
        continue;
      if (is_full (self))
        return TRUE;
      if (!hand_over (self, task, from, to, error))
        return FALSE;
    }
  return TRUE;
}

/* What nobody has to do about the client or (of: "case") one of its cases. */
static gboolean
give_tasks (Transfer *self, const char *of, const char *id, const char *to, GError **error)
{
  g_autoptr (GPtrArray) tasks = kith_world_find (self->cx->world, NULL, "task", of, id, NULL, error);

  for (guint i = 0; tasks != NULL && i < tasks->len; i++)
    {
      KithRecord *task = g_ptr_array_index (tasks, i);

      if (kith_record_string (task, "staff") == NULL && kith_record_is (task, "agency", self->agency) && !kith_record_bool (task, "done") &&
          !hand_over (self, task, NULL, to, error))
        return FALSE;
    }
  return tasks != NULL;
}

/* A client who waits for somebody: onto the client and every case open now (A3), as assigning does; with what nobody has to do, on closed cases too. */
static gboolean
give_client (Transfer *self, const char *client, const char *to, GError **error)
{
  g_autoptr (GPtrArray) cases = kith_world_find (self->cx->world, NULL, "case", "client", client, NULL, error);

  if (cases == NULL || !join_client (self, client, to, error) || !give_tasks (self, "client", client, to, error))
    return FALSE;
  for (guint i = 0; i < cases->len; i++)
    {
      KithRecord *record = g_ptr_array_index (cases, i);
      const char *case_id = kith_record_get_id (record);
      gboolean joined = FALSE;

      if (!kith_record_is (record, "agency", self->agency))
        continue;
      if (kith_record_is (record, "phase", "open") && !kith_op_join_case (self->cx, client, case_id, self->agency, to, &joined, error))
        return FALSE;
      if (joined)
        note_join (self, case_id, client, to);
      if (!give_tasks (self, "case", case_id, to, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- the two ways ---- */

static gboolean
move_all (Transfer *self, const char *from, const char *to, GError **error)
{
  g_autofree char *name = NULL;

  return kith_op_check_caseload_people (self->cx, from, to, &name, error) && move_clients (self, from, to, error) &&
         move_referrals (self, NULL, from, to, name, error) && move_tasks (self, NULL, from, to, error);
}

/* Rights are asked for each client; one that is not the agency's stops the whole step. */
static gboolean
move_listed (Transfer *self, JsonArray *moves, GError **error)
{
  if (!kith_op_check_caseload_moves (moves, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (moves); i++)
    {
      JsonObject *move = json_array_get_object_element (moves, i);
      const char *client = kith_json_string (move, "client");
      const char *from = kith_json_string (move, "from"), *to = kith_json_string (move, "to");
      g_autofree char *name = NULL;

      if (!kith_op_check_care (self->cx, client, error) || !kith_op_check_caseload_people (self->cx, from, to, &name, error))
        return FALSE;
      if (from == NULL ? !give_client (self, client, to, error)
                       : !move_client (self, client, from, to, error) || !move_referrals (self, client, from, to, name, error) ||
                           !move_tasks (self, client, from, to, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- the record of the act ---- */

static gboolean
load_transfer (KithOpContext *cx, JsonObject *args, KithRecord **transfer, GError **error)
{
  const char *id = kith_json_string (args, "transfer");
  g_autofree char *time = kith_op_time (cx);

  if (!kith_op_get (cx, "transfer", id, transfer, error))
    return FALSE;
  if (*transfer == NULL || !kith_record_is (*transfer, "by", cx->actor->user))
    {
      if (!kith_op_refuse_taken (cx, "transfer", id, error))
        return FALSE;
      *transfer = kith_op_new ("transfer", id);
      kith_record_set_string (*transfer, "agency", cx->actor->agency);
      kith_record_set_string (*transfer, "from", kith_json_string (args, "from"));
      kith_record_set_string (*transfer, "to", kith_json_string (args, "to"));
      kith_record_set_string (*transfer, "reason", kith_json_string (args, "reason"));
      kith_record_set_string (*transfer, "by", cx->actor->user);
      kith_record_set_string (*transfer, "by_name", cx->actor->name);
      kith_record_set_string (*transfer, "started", time);
      return TRUE;
    }
  if (kith_record_int (*transfer, "undone") > 0)
    return kith_refuse (error, KITH_REFUSAL_STALE_STATE, _("This transfer was taken back. Begin a new one."));
  return TRUE;
}

/* n: which part of the act this operation is. key: of the records that hold it; one that is there gets the changes that came to it. */
static gboolean
put_part (Transfer *self, KithRecord *transfer, gint64 n, const char *key, GError **error)
{
  g_autofree char *id = kith_op_derive_id (self->cx, "transfer_part", key);
  g_autoptr (KithRecord) part = NULL;
  JsonArray *before;

  if (!kith_op_get (self->cx, "transfer_part", id, &part, error))
    return FALSE;
  if (part == NULL)
    {
      part = kith_op_new ("transfer_part", id);
      kith_record_set_string (part, "transfer", kith_record_get_id (transfer));
      kith_record_set_string (part, "staff", self->cx->actor->user);
      kith_record_set_int (part, "n", n);
      kith_record_set_bool (part, "undone", FALSE);
    }
  before = kith_record_array (part, "changes");
  kith_record_set_int (transfer, "moved", kith_record_int (transfer, "moved") + json_array_get_length (self->changes) -
                       (before != NULL ? json_array_get_length (before) : 0));
  kith_record_set_node (part, "changes", json_node_init_array (json_node_alloc (), self->changes));
  return kith_world_put (self->cx->world, part, error);
}

static gboolean
transfer_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  const char *from = kith_json_string (args, "from"), *to = kith_json_string (args, "to");
  gboolean listed = json_object_has_member (args, "moves");
  g_autoptr (JsonArray) changes = json_array_new ();
  g_autoptr (KithRecord) transfer = NULL;
  Transfer self = { cx, cx->actor->agency, changes, FALSE };

  if (!listed && (from == NULL || to == NULL))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("Say whose work is to be moved, and to whom."));
  if (!load_transfer (cx, args, &transfer, error) ||
      !(listed ? move_listed (&self, kith_json_array (args, "moves"), error) : move_all (&self, from, to, error)))
    return FALSE;

  if (cx->hub && json_array_get_length (changes) == 0 && kith_record_is (transfer, "state", "done"))
    {
      /* A colleague may have moved all that this one of its operations was for: nothing is derived of what does nothing (C17). */
      kith_op_noop (cx);
      return kith_op_tell_crossed (cx, args, FALSE, error);
    }
  kith_record_set_string (transfer, "state", self.more ? "running" : "done");
  kith_record_set_int (transfer, "parts", kith_record_int (transfer, "parts") + 1);
  return put_part (&self, transfer, kith_record_int (transfer, "parts"), "", error) && kith_world_put (cx->world, transfer, error);
}

static JsonArray *
copy_changes (JsonArray *from)
{
  JsonArray *to = json_array_new ();

  for (guint i = 0; from != NULL && i < json_array_get_length (from); i++)
    json_array_add_element (to, json_node_copy (json_array_get_element (from, i)));
  return to;
}

/* What lies with the person alone no other desk holds: the hub adds it to the part, and what goes beyond its bound to further
 * records of the same part. All of it at once: the desk, which has not seen it, may have ended its act with this part, and may take it back before it hears. */
static gboolean
add_own_tasks (KithOpContext *cx, JsonObject *args, KithRecord *transfer, KithRecord *part, GError **error)
{
  const char *from = kith_json_string (args, "from"), *to = kith_json_string (args, "to");
  g_autofree char *scope = g_strconcat ("user:", from, NULL);
  g_autofree char *key = g_strdup ("");
  g_autoptr (GPtrArray) tasks = kith_world_find (cx->world, scope, "task", "staff", from, NULL, error);
  g_autoptr (JsonArray) changes = copy_changes (kith_record_array (part, "changes"));
  gint64 n = kith_record_int (part, "n");
  Transfer self = { cx, cx->actor->agency, changes, FALSE };

  for (guint i = 0; tasks != NULL && i < tasks->len; i++)
    {
      KithRecord *task = g_ptr_array_index (tasks, i);

      if (kith_record_bool (task, "done") || !kith_record_is (task, "agency", self.agency))
        continue;
      if (is_full (&self))
        {
          if (!put_part (&self, transfer, n, key, error))
            return FALSE;
          json_array_unref (changes);
          self = (Transfer) { cx, self.agency, changes = json_array_new (), FALSE };
          g_free (key);
          key = g_strdup_printf ("own-%u", i);
        }
      if (!move_task (&self, task, from, to, error))
        return FALSE;
    }
  return tasks != NULL && put_part (&self, transfer, n, key, error) && kith_world_put (cx->world, transfer, error);
}

/* Whoever takes over is told once, however many parts the act has; from the list of what this part changed. */
static gboolean
tell_takers (KithOpContext *cx, KithRecord *part, GError **error)
{
  JsonArray *changes = kith_record_array (part, "changes");

  for (guint i = 0; changes != NULL && i < json_array_get_length (changes); i++)
    {
      const char *to = kith_json_string (json_array_get_object_element (changes, i), "to");

      if (to != NULL && !kith_op_notify_work (cx, kith_record_string (part, "transfer"), to, "caseload", NULL, NULL, NULL, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
transfer_derive (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autofree char *id = kith_op_derive_id (cx, "transfer_part", "");
  g_autoptr (KithRecord) transfer = NULL;
  g_autoptr (KithRecord) part = NULL;

  if (!kith_op_get (cx, "transfer", kith_json_string (args, "transfer"), &transfer, error) ||
      !kith_op_get (cx, "transfer_part", id, &part, error))
    return FALSE;
  if (transfer == NULL || part == NULL)
    return TRUE;
  if (!json_object_has_member (args, "moves") && !add_own_tasks (cx, args, transfer, part, error))
    return FALSE;
  g_clear_object (&part); /* with what came to it */
  return kith_op_get (cx, "transfer_part", id, &part, error) && tell_takers (cx, part, error) && kith_op_tell_crossed (cx, args, FALSE, error);
}

static const KithField transfer_args[] = {
  { "transfer", KITH_FIELD_ID, N_("Transfer"), KITH_FIELD_REQUIRED },
  { "from", KITH_FIELD_REF, N_("From"), .target = "staff" },
  { "to", KITH_FIELD_REF, N_("To"), .target = "staff" },
  { "moves", KITH_FIELD_JSON, N_("Clients") },
  { "reason", KITH_FIELD_STRING, N_("Reason"), 0, 500 },
};

static const KithField undo_args[] = {
  { "transfer", KITH_FIELD_REF, N_("Transfer"), KITH_FIELD_REQUIRED, .target = "transfer" },
};

const KithOperation kith_operations_caseload[] = {
  { "caseload.transfer", N_("Move caseload"), KITH_RUNS_DESK, KITH_OPERATION_WHOLE, transfer_args, G_N_ELEMENTS (transfer_args), kith_op_permit_caseload,
    transfer_apply, transfer_derive },
  { "caseload.undo", N_("Take back the move of a caseload"), KITH_RUNS_DESK, KITH_OPERATION_WHOLE, undo_args, G_N_ELEMENTS (undo_args),
    kith_op_permit_caseload_undo, kith_op_apply_caseload_undo, kith_op_derive_caseload_undo },
  { NULL },
};
