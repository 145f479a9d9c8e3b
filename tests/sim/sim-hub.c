/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include "kith-referral-rules.h"

/* The hub: opened, asked, killed; and after everything it commits, its facts read back and compared with what the rules say. */

static KithDb *
open_db (const char *name)
{
  g_autoptr (GError) error = NULL;
  KithDb *db = kith_hub_open_db (name, TRUE, NULL, &error);

  if (db == NULL)
    g_error ("the hub's database does not open: %s", error->message);

  return db;
}

/* files: the folder; NULL: it keeps none. */
KithHubOptions
sim_hub_options (Sim *self, const char *files)
{
  KithHubOptions options = { .hash_ops = 1, .hash_memory = 8192, .files = files };

  if (self->faults.small_pages)
    {
      options.page_rows = 7;
      options.verify_scopes = 12;
    }
  return options;
}

guint64
sim_hub_seed (Sim *self)
{
  return self->seed ^ G_GUINT64_CONSTANT (0x6875620000000000);
}

static void
make_db (Sim *self)
{
  static guint count;

  self->hub_db_name = g_strdup_printf ("sim-hub-%u", count++);
  self->hub_holder = open_db (self->hub_db_name);
}

void
sim_hub_open (Sim *self)
{
  g_autoptr (GError) error = NULL;
  KithHubOptions options;

  if (self->hub_db_name == NULL)
    {
      make_db (self);
      sim_image_hub (self->hub_holder);
    }
  g_free (self->hub_files);
  self->hub_files = sim_files_hub (self);
  options = sim_hub_options (self, self->hub_files);
  self->hub = kith_hub_new (open_db (self->hub_db_name), KITH_CLOCK (self->hub_clock), self->hub_random, &options, &error);
  if (self->hub == NULL)
    g_error ("the hub does not open: %s", error->message);
  sim_lookup_restarted (self);
}

void
sim_hub_close (Sim *self)
{
  g_clear_pointer (&self->hub, kith_hub_free);
}

/* The process is gone: nothing is committed any more, whoever waits is cut off. */
void
sim_hub_crash (Sim *self)
{
  sim_log (self, "the hub dies");
  sim_twin_note (self, SIM_ASK_REOPEN, NULL, NULL, NULL, NULL, NULL, NULL);
  self->n_crashes++;
  sim_hub_close (self);
  sim_crash_disarm ();
  sim_network_drop_held (self);
  sim_hub_open (self);
  sim_hub_after (self);
}

/* The process is gone, and its database is another. */
void
sim_hub_replace (Sim *self, KithDb *copy)
{
  sim_hub_close (self);
  g_clear_pointer (&self->hub_holder, kith_db_close);
  g_clear_pointer (&self->hub_db_name, g_free);
  make_db (self);
  sim_image_copy (self->hub_holder, copy);
  sim_hub_open (self);
}

/* ---- what it committed ---- */

static void
read_record (Sim *self, const KithKind *kind, const char *id, gint64 q)
{
  g_autofree char *sql = g_strdup_printf ("SELECT body FROM \"%s\" WHERE id = ?1", kind->name);
  g_autofree char *body = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (KithRecord) before = kith_world_get (KITH_WORLD (self->mirror), kind->name, id, NULL);
  g_autoptr (KithRecord) after = NULL;

  sim_sql_text (kith_hub_get_db (self->hub), sql, id, &body);
  if (body != NULL)
    {
      after = kith_record_parse (kind, id, body, -1, &error);
      if (after == NULL || !kith_world_put (KITH_WORLD (self->mirror), after, &error))
        {
          sim_fail (self, "I2", "the hub keeps a bad %s %s: %s", kind->name, id, error->message);
          return;
        }
      kith_oracle_put (self->oracle, after);
    }
  else
    {
      kith_world_remove (KITH_WORLD (self->mirror), kind->name, id, NULL);
      kith_oracle_remove (self->oracle, kind->name, id);
    }
  if (!self->rewinding)
    sim_check_change (self, before, after, q);
}

/* What a side keeps of a referral says who had it, its detail what it was released for: the oracle must know the referral by then. */
#define READ_ROWS "SELECT t, id, q FROM sync_row WHERE q > ?1 ORDER BY t IN ('referral_own', 'referral_detail'), q"

void
sim_hub_read_anew (Sim *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (kith_hub_get_db (self->hub), READ_ROWS, &error);

  if (stmt == NULL)
    g_error ("%s", error->message);
  g_object_unref (self->mirror);
  kith_oracle_free (self->oracle);
  self->mirror = kith_memory_world_new ();
  self->oracle = kith_oracle_new ();
  self->rewinding = TRUE;
  kith_db_bind_int (stmt, 1, 0);
  while (kith_db_step (stmt, &error) == KITH_DB_ROW)
    {
      g_autofree char *id = g_strdup (kith_db_text (stmt, 1));

      read_record (self, kith_kind_get (kith_db_text (stmt, 0)), id, kith_db_int (stmt, 2));
    }
  if (error != NULL)
    g_error ("%s", error->message);
  self->rewinding = FALSE;
  self->mirrored_q = kith_hub_get_q (self->hub);
}

/* Reads every record with a number above the last one read; what they touch is compared with the oracle. */
void
sim_hub_after (Sim *self)
{
  gint64 newest = kith_hub_get_q (self->hub), before = self->mirrored_q;
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = NULL;
  g_autoptr (GPtrArray) touched = NULL;

  if (newest < self->mirrored_q)
    sim_fail (self, "I2", "the hub's q fell from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, self->mirrored_q, newest);
  if (newest == self->mirrored_q || self->failure != NULL)
    return;

  touched = g_ptr_array_new_with_free_func (g_free);
  stmt = kith_db_prepare (kith_hub_get_db (self->hub), READ_ROWS, &error);
  if (stmt == NULL)
    g_error ("%s", error->message);
  kith_db_bind_int (stmt, 1, self->mirrored_q);
  while (kith_db_step (stmt, &error) == KITH_DB_ROW)
    {
      const KithKind *kind = kith_kind_get (kith_db_text (stmt, 0));
      g_autofree char *id = g_strdup (kith_db_text (stmt, 1));
      const char *fact;

      read_record (self, kind, id, kith_db_int (stmt, 2));
      fact = kith_oracle_touched (self->oracle);
      if (fact != NULL && !g_ptr_array_find_with_equal_func (touched, fact, g_str_equal, NULL))
        g_ptr_array_add (touched, g_strdup (fact));
    }
  if (error != NULL)
    g_error ("%s", error->message);
  self->mirrored_q = newest;
  sim_check_subset (self);
  sim_check_places (self);
  sim_check_cases (self, before);
  sim_check_told (self);
  sim_lookup_check_opened (self);
  sim_papers_check (self);

  if (sim_chance (self, 30))
    sim_check_access (self, "*");
  else
    for (guint i = 0; i < touched->len; i++)
      sim_check_access (self, g_ptr_array_index (touched, i));
  sim_network_wake_held (self);
}

/* ---- asking it ---- */

static gboolean
died (Sim *self)
{
  if (!sim_crash_disarm ())
    return FALSE;

  sim_hub_crash (self);
  return TRUE;
}

gboolean
sim_hub_ask (Sim *self, SimDesk *desk, const char *method, const char *sent, const char *token, GBytes *asked, const char *range, KithHubAnswer *answer)
{
  g_autofree char *path = sim_old_hub_path (self, sent);
  g_autoptr (GBytes) body = sim_old_hub_reads (self, path, asked != NULL ? g_bytes_ref (asked) : NULL);
  g_auto (GStrv) parts = g_strsplit (path, "?", 2);
  KithHubRequest request = { .method = method, .path = parts[0], .query = parts[1], .token = token, .address = "127.0.0.1", .body = body, .range = range };

  gint64 before = kith_hub_get_q (self->hub);
  gboolean full;

  self->no_room = FALSE;
  sim_lookup_begin (self);
  sim_between_ask (desk, path);
  sim_full_arm_hub (self);
  if (!self->calm && sim_chance (self, self->faults.crash_inside))
    sim_crash_arm (sim_below (self, 120));
  sim_twin_note (self, SIM_ASK_REQUEST, desk, method, path, token, body, NULL);
  if (g_str_equal (path, KITH_PATH_LANE))
    sim_fork_asked (desk, body);
  self->asking = desk;
  kith_hub_handle (self->hub, &request, answer);
  full = sim_full_disarm (self, FALSE);
  if (died (self))
    {
      self->asking = NULL;
      kith_hub_answer_clear (answer);
      return FALSE;
    }
  if (full)
    sim_full_check_hub (self, answer);
  sim_clock_check (self, answer, before);
  sim_hub_after (self);
  self->asking = NULL;
  sim_old_hub_answers (self, path, answer);
  self->n_sent += range != NULL && body != NULL && answer->status == 200;
  if (answer->status == 206)
    sim_files_check_answer (desk, path, range, answer->body);

  return TRUE;
}

gboolean
sim_hub_submit (Sim *self, const char *op, JsonObject *args)
{
  g_autoptr (KithActor) actor = kith_actor_new_hub ();
  g_auto (KithOpContext) result = { 0 };
  g_autoptr (GError) error = NULL;
  gint64 before = kith_hub_get_q (self->hub);
  gboolean ok;

  sim_twin_note (self, SIM_ASK_SUBMIT, NULL, op, NULL, NULL, NULL, args);
  ok = kith_hub_submit (self->hub, actor, op, args, &result, &error);

  if (ok && sim_clock_in_doubt ())
    sim_fail (self, "I19", "%s by a hub whose clock is wrong", op);
  sim_clock_check (self, NULL, before);
  if (!ok && !sim_clock_in_doubt () && !g_error_matches (error, KITH_REFUSAL, error->code))
    sim_fail (self, "hub", "%s by the hub: %s", op, error->message);
  sim_log (self, "hub %s: %s", op, ok ? "done" : error->message);
  json_object_unref (args);
  sim_hub_after (self);

  return ok;
}

/* I21: by whatever name of it the hub knows, whoever was told of one stops all. A hub that was put back may not know what each followed. */
static void
check_names (Sim *self, SimDesk *desk)
{
  GHashTableIter names;
  gpointer name;

  g_hash_table_iter_init (&names, desk->names);
  while (desk->revoked && self->n_restored == 0 && g_hash_table_iter_next (&names, &name, NULL))
    {
      g_autofree char *left = NULL;

      sim_sql_text (kith_hub_get_db (self->hub), "SELECT 1 FROM lane WHERE device = ?1 AND revoked_at IS NULL", name, &left);
      if (left != NULL)
        sim_fail (self, "I21", "desk %u was revoked, and as %s it was not", desk->index, (char *) name);
    }
}

void
sim_hub_revoke (Sim *self, SimDesk *desk)
{
  g_autoptr (GError) error = NULL;
  GHashTableIter names;
  gpointer name;
  guint n = 0;

  if (sim_clock_in_doubt ()) /* told so, and does it later or not at all */
    return;
  sim_twin_note (self, SIM_ASK_REVOKE, NULL, desk->person->id, desk->device, NULL, NULL, NULL);
  if (!kith_hub_revoke_computer (self->hub, desk->person->id, desk->device, &n, &error))
    sim_fail (self, "hub", "revoking desk %u: %s", desk->index, error->message);
  sim_log (self, "desk %u is revoked", desk->index);
  desk->revoked = n > 0;
  g_hash_table_iter_init (&names, desk->names);
  while (desk->revoked && g_hash_table_iter_next (&names, &name, NULL))
    g_hash_table_add (desk->revoked_names, g_strdup (name));
  desk->revoked_q = kith_hub_get_q (self->hub);
  check_names (self, desk);
}

/* D2: after the clock's work no referral waits past its grace, and each is told of as far as its day has come. */
static void
check_waiting (Sim *self)
{
  for (guint i = 0; i < self->referrals->len; i++)
    {
      g_autoptr (KithRecord) referral = kith_world_get (kith_hub_get_world (self->hub), "referral", self->referrals->pdata[i], NULL);
      g_autoptr (KithRecord) course = NULL;
      KithReferralReminder reminder;

      if (referral == NULL || !kith_referral_get_course (kith_hub_get_world (self->hub), referral, &course, NULL) || course == NULL ||
          !kith_referral_reminder (kith_hub_get_world (self->hub), referral, kith_clock_wall_ms (KITH_CLOCK (self->hub_clock)), &reminder, NULL))
        continue;
      if (reminder == KITH_REMINDER_EXPIRED || kith_record_int (course, "reminded") < (gint64) reminder)
        sim_fail (self, "D2", "referral %s waits, due on %s, and was told of %d times", kith_record_get_id (referral),
                  kith_record_string (course, "due_on"), (int) kith_record_int (course, "reminded"));
    }
}

/* What is due by the hub's clock. */
void
sim_hub_tick (Sim *self)
{
  g_autoptr (GError) error = NULL;
  guint n_done = 0;
  gint64 before = kith_hub_get_q (self->hub);
  gboolean done, full;

  sim_twin_note (self, SIM_ASK_TICK, NULL, NULL, NULL, NULL, NULL, NULL);
  sim_full_arm_hub (self);
  if (!self->calm && sim_chance (self, self->faults.crash_inside))
    sim_crash_arm (sim_below (self, 60));
  done = kith_hub_run_clock (self->hub, &n_done, &error);
  full = sim_full_disarm (self, FALSE);
  if (!done && died (self))
    full = FALSE;
  else if (!done && !(full && g_error_matches (error, KITH_DB_ERROR, KITH_DB_ERROR_FULL)))
    sim_fail (self, "hub", "the clock's work: %s", error->message);
  else if (done && !full && !sim_clock_in_doubt () && !kith_hub_is_behind (self->hub)) /* a turn does not do more than so much */
    {
      /* What it went through may have begun before the clock was set ahead: the next turn begins anew. */
      if (self->ticked_ms != 0 && ABS (sim_wall (self) - self->ticked_ms) < SIM_MS_HOUR)
        check_waiting (self);
      self->ticked_ms = sim_wall (self);
    }
  sim_crash_disarm ();
  sim_clock_check (self, NULL, before);
  if (full)
    sim_full_check_hub (self, NULL);
  sim_hub_after (self);
}
