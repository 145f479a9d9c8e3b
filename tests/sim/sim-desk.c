/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include "kith-sync-engine-private.h"

/* One desk: the real store and engine over a database in memory, with a clock of its own. */

static void
op_free (gpointer data)
{
  SimOp *op = data;

  g_free (op->op_id);
  g_free (op->op);
  g_free (op->mark);
  g_free (op->epoch);
  g_free (op->hlc);
  json_object_unref (op->args);
  g_free (op);
}

static KithDb *
open_db (const char *name)
{
  g_autoptr (GError) error = NULL;
  const KithDbOptions options = { .path = name, .memory = TRUE, .queries = "/org/kith/sql/store/queries" };
  KithDb *db = kith_db_open (&options, &error);

  if (db == NULL)
    g_error ("a desk's database does not open: %s", error->message);

  return db;
}

void
sim_desk_open (SimDesk *self)
{
  g_autoptr (GError) error = NULL;

  self->store = kith_store_new (open_db (self->db_name), KITH_CLOCK (self->clock), self->random, &error);
  if (self->store == NULL)
    g_error ("a store does not open: %s", error->message);
  sim_files_open (self);
  self->engine = kith_sync_engine_new (self->store, KITH_CLOCK (self->clock), self->random);
  if (self->token != NULL)
    kith_sync_engine_set_token (self->engine, self->token);
  sim_busy_begin (self);
  self->life++;
  self->wake_at = 0;
  self->dirty = TRUE;
}

void
sim_desk_close (SimDesk *self)
{
  g_clear_pointer (&self->engine, kith_sync_engine_free);
  if (self->store != NULL)
    kith_store_close (self->store);
  g_clear_object (&self->store);
}

/* The process is gone with its token; now and then the computer restarts. */
void
sim_desk_crash (SimDesk *self)
{
  sim_log (self->sim, "desk %u dies", self->index);
  self->sim->n_crashes++;
  self->n_forgets++;
  sim_desk_close (self);
  sim_crash_disarm ();
  if (sim_chance (self->sim, 500))
    kith_manual_clock_reboot (self->clock);
  g_clear_pointer (&self->token, g_free);
  g_clear_pointer (&self->refresh, g_free);
  sim_desk_open (self);
  sim_check_local_writes (self);
}

SimDesk *
sim_desk_new (Sim *sim, SimPerson *person)
{
  SimDesk *self = g_new0 (SimDesk, 1);
  static guint count;

  self->sim = sim;
  self->index = sim->desks->len;
  self->person = person;
  sim_old_begin (self);
  self->device = g_strdup_printf ("device-%u", self->index);
  self->db_name = g_strdup_printf ("sim-desk-%u", count++);
  self->holder = open_db (self->db_name);
  sim_image_store (self->holder);
  self->random = kith_random_new_seeded (sim->seed * 31 + self->index + 1);
  self->clock = kith_manual_clock_new (sim_wall (sim));
  self->announced = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_add (self->names, g_strdup (self->device));
  self->revoked_names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->ops = g_ptr_array_new_with_free_func (op_free);
  g_ptr_array_add (sim->desks, self);
  if (sim->faults.skew)
    {
      gint64 skew = (gint64) sim_below (sim, 20 * 365) * 24 * SIM_MS_HOUR - 10 * SIM_MS_YEAR;

      kith_manual_clock_set_wall (self->clock, sim_wall (sim) + skew);
    }
  sim_desk_open (self);
  sim_desk_sign_in (self);

  return self;
}

void
sim_desk_free (SimDesk *self)
{
  sim_desk_close (self);
  g_clear_pointer (&self->holder, kith_db_close);
  g_free (self->device);
  g_free (self->db_name);
  g_free (self->token);
  g_free (self->refresh);
  g_free (self->nonce);
  g_free (self->found);
  g_free (self->epoch);
  g_free (self->last_epoch);
  g_clear_pointer (&self->typed, g_hash_table_unref);
  g_clear_pointer (&self->damage, sim_damage_free);
  g_clear_pointer (&self->image, sim_image_free);
  g_hash_table_unref (self->announced);
  g_hash_table_unref (self->names);
  g_hash_table_unref (self->revoked_names);
  g_queue_clear_full (&self->pages, (GDestroyNotify) g_bytes_unref);
  g_object_unref (self->clock);
  kith_random_free (self->random);
  g_ptr_array_unref (self->ops);
  g_free (self);
}

/* ---- signing in ---- */

static JsonObject *
parse_body (KithHubAnswer *answer)
{
  gsize length;
  const char *text = g_bytes_get_data (answer->body, &length);

  return kith_json_parse_object (text, (gssize) length, NULL, NULL);
}

static char *
auth_hex (SimPerson *person)
{
  guint8 auth[32] = { 0 };
  GString *hex = g_string_new (NULL);

  g_strlcpy ((char *) auth, person->login, sizeof auth);
  for (guint i = 0; i < sizeof auth; i++)
    g_string_append_printf (hex, "%02x", auth[i]);

  return g_string_free (hex, FALSE);
}

void
sim_desk_take_session (SimDesk *self, JsonObject *body)
{
  JsonObject *lane = kith_json_object (body, "lane");
  g_autoptr (GError) error = NULL;
  gint64 now = 0;

  kith_time_parse (kith_json_string (body, "now"), &now);
  if (!kith_store_note_contact (self->store, now, &error) || !kith_store_set_identity (self->store, self->device, kith_json_string (body, "user"), kith_json_string (lane, "code"),
                                kith_json_string (body, "epoch"), &error) ||
      !kith_store_set_lane (self->store, kith_json_int (lane, "last_n", 0), kith_json_int (lane, "next_number", 1), &error))
    g_error ("signed in, but the store says: %s", error->message);
  g_free (self->token);
  g_free (self->refresh);
  self->token = g_strdup (kith_json_string (body, "token"));
  self->refresh = g_strdup (kith_json_string (body, "refresh"));
  sim_busy_begin (self);
  kith_sync_engine_set_token (self->engine, self->token);
  kith_sync_engine_nudge (self->engine);
  self->dirty = TRUE;
}

gboolean
sim_desk_ask_to_sign_in (SimDesk *self, const char *device, const char *former, KithHubAnswer *answer)
{
  g_autofree char *hex = auth_hex (self->person);
  g_autoptr (JsonObject) json = kith_json_new ("login", "s", self->person->login, "auth", "s", hex, "device", "s", device, "former", "s", former, "schema", "i", self->schema, NULL);
  char *text = kith_json_print_object (json);
  g_autoptr (GBytes) request = g_bytes_new_take (text, strlen (text));

  return sim_hub_ask (self->sim, self, "POST", KITH_PATH_SIGN_IN, NULL, request, NULL, answer);
}

gboolean
sim_desk_is_away (SimDesk *self)
{
  return self->cut_off || self->sim->now < self->away_until;
}

/* A person at the desk signs in again, over a network that works for the moment. */
void
sim_desk_sign_in (SimDesk *self)
{
  g_auto (KithHubAnswer) answer = { 0 };
  g_autoptr (JsonObject) body = NULL;

  sim_fork_name (self);
  if (!sim_desk_ask_to_sign_in (self, self->device, kith_store_get_former_device (self->store), &answer))
    {
      self->dirty = TRUE;
      return;
    }
  body = parse_body (&answer);
  sim_log (self->sim, "desk %u signs in: %u %s", self->index, answer.status, answer.status != 200 && body != NULL ? kith_json_string (body, "error") : "");
  if (answer.status == 200)
    sim_desk_take_session (self, body);
  else if (answer.status == 503)
    self->dirty = TRUE;
  else if (answer.status == 401)
    {
      sim_pair_closed (self);
      kith_sync_engine_take_closed (self->engine, body);
      self->closed = TRUE;
    }
}

/* ---- what it has ---- */

KithRecord *
sim_desk_get (SimDesk *self, const char *kind, const char *id)
{
  g_autoptr (GError) error = NULL;
  KithRecord *record = id != NULL ? kith_world_get (kith_store_get_world (self->store), kind, id, &error) : NULL;

  if (error != NULL)
    sim_fail (self->sim, "store", "desk %u reads %s: %s", self->index, kind, error->message);

  return record;
}

gboolean
sim_desk_holds (SimDesk *self, const char *kind, const char *id)
{
  g_autoptr (KithRecord) record = sim_desk_get (self, kind, id);

  return record != NULL;
}

gint64
sim_desk_cursor_q (SimDesk *self)
{
  g_autofree char *text = NULL;
  g_autofree char *binding = g_strconcat (self->device, "/", self->person->id, NULL);
  g_auto (KithCursor) cursor = { 0 };

  sim_sql_text (kith_store_get_db (self->store), "SELECT value FROM state WHERE key = 'cursor'", NULL, &text);
  if (text == NULL || !kith_cursor_decode (text, binding, &cursor) || cursor.open)
    return -1;

  return cursor.q;
}

/* ---- doing something ---- */

static void
remember (SimDesk *self, const char *op_id, const char *op, JsonObject *args, const char *mark, gint64 base_q, gboolean blind)
{
  SimOp *done = g_new0 (SimOp, 1);

  done->op_id = g_strdup (op_id);
  done->op = g_strdup (op);
  done->args = json_object_ref (args);
  done->mark = g_strdup (mark);
  done->agency = self->person->agency;
  done->base_q = base_q;
  done->n_forgets = self->n_forgets;
  done->epoch = g_strdup (kith_store_get_epoch (self->store));
  done->life = self->met_life;
  done->blind = blind;
  done->knew = sim_desk_holds (self, "referral", kith_json_string (args, "referral"));
  g_ptr_array_add (self->ops, done);
  sim_check_asked (self, done);
  sim_old_hub_remember (self, done);
  if (mark != NULL)
    g_hash_table_insert (self->sim->marked, done->mark, done);
}

/* What is shown is not what the hub had: the record is not here, or lies under what an operation wrote that the hub has taken and whose
 * rows have not come yet. */
static gboolean
sees_no_value (SimDesk *self, const char *t, const char *id)
{
  g_autofree char *covered = NULL;

  sim_sql_text (kith_store_get_db (self->store), "SELECT 1 FROM op o JOIN op_row w ON w.i = o.i WHERE o.st = 'sent' AND w.id = ?1", id, &covered);

  return covered != NULL || !sim_desk_holds (self, t, id);
}

/* By a form's Save, which ends what was typed into it. */
static gboolean
save (SimDesk *self, const char *op, JsonObject *args, GError **error)
{
  g_autoptr (GPtrArray) steps = kith_store_steps_new ();

  g_ptr_array_add (steps, kith_store_step_new (op, kith_json_copy_object (args), FALSE));
  return kith_store_submit_all (self->store, steps, self->saving, error);
}

/* The desk's user does something. What the store says is done goes on the list of what may not be lost. */
gboolean
sim_desk_submit (SimDesk *self, const char *op, JsonObject *given, const char *mark, gint64 undo_ms)
{
  Sim *sim = self->sim;
  g_autoptr (JsonObject) args = sim_old_args (self, op, given);
  g_autoptr (GError) error = NULL;
  g_autofree char *op_id = NULL;
  gboolean blind = args != NULL && g_str_equal (op, "record.patch") && sees_no_value (self, kith_json_string (args, "t"), kith_json_string (args, "id"));
  gint64 base_q;
  SimVerdict *verdict;
  SimLane *lane;
  SimFull *full;
  gboolean done, died, no_room;

  if (args == NULL)
    return FALSE;
  base_q = sim_desk_cursor_q (self);
  verdict = sim_verdict_before (self);
  lane = sim_lane_before (self);

  full = sim_full_arm_desk (self);
  if (!sim->calm && sim_chance (sim, sim->faults.crash_inside))
    sim_crash_arm (sim_below (sim, 40));
  sim_break_begin (self);
  done = self->saving != NULL    ? save (self, op, args, &error)
         : self->attaching != NULL ? kith_store_attach (self->store, args, self->attaching, undo_ms, &op_id, &error)
                                   : kith_store_submit (self->store, op, args, undo_ms, &op_id, &error);
  sim_break_end ();
  died = sim_crash_disarm ();
  no_room = sim_full_happened ();
  if (done && self->saving != NULL)
    sim_sql_text (kith_store_get_db (self->store), "SELECT op_id FROM op ORDER BY i DESC LIMIT 1", NULL, &op_id);
  if (full != NULL)
    sim_full_check_desk (self, full, !done, died);
  sim_log (sim, "desk %u %s: %s", self->index, op, done ? op_id : error->message);
  if (done)
    remember (self, op_id, op, args, mark, base_q, blind);
  if (died)
    {
      g_clear_pointer (&verdict, sim_verdict_free);
      g_clear_pointer (&lane, sim_lane_free);
      sim_desk_crash (self);
      return done;
    }
  if (!done && error->domain != KITH_REFUSAL && !g_error_matches (error, KITH_STORE_ERROR, KITH_STORE_ERROR_NO_STAFF) &&
      !(no_room && g_error_matches (error, KITH_DB_ERROR, KITH_DB_ERROR_FULL)))
    sim_fail (sim, "store", "desk %u %s: %s", self->index, op, error->message);
  if (verdict != NULL)
    sim_verdict_after (verdict, op, args, op_id, done ? NULL : error);
  if (lane != NULL)
    sim_lane_after (lane, op, args, op_id, done ? NULL : error);
  sim_check_desk_subset (self);
  if (done)
    kith_sync_engine_nudge (self->engine);
  self->dirty = TRUE;

  return done;
}
