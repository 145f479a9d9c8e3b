/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

/* I23: the same operation over the whole world as of the desk's cursor with the desk's own waiting operations on top. What the desk
 * refuses the hub would refuse; what both do, both do to the same rows in the same way. Only a desk that has caught up is compared. */

struct _SimVerdict
{
  SimDesk *desk;
};

void
sim_verdict_free (SimVerdict *self)
{
  g_free (self);
}

SimVerdict *
sim_verdict_before (SimDesk *desk)
{
  SimVerdict *self;
  Sim *sim = desk->sim;

  if (sim_break_is_set () || !sim_network_is_held (desk) || !sim_chance (sim, 300) || !sim_clock_is_known (desk))
    return NULL;
  self = g_new0 (SimVerdict, 1);
  self->desk = desk;

  return self;
}

static KithSees
sees_cb (KithWorld *world, const KithActor *actor, const char *scope, gpointer user_data)
{
  Sim *self = user_data;

  if (actor->level == KITH_LEVEL_HUB || kith_oracle_visible (self->oracle, actor->user, scope, sim_wall (self)))
    return KITH_SEES_NOW;

  return KITH_SEES_NOTHING;
}

static KithActor *
load_actor (Sim *self, const char *user)
{
  KithWorld *world = KITH_WORLD (self->mirror);
  g_autoptr (KithRecord) staff = kith_world_get (world, "staff", user, NULL);
  const char *agency = staff != NULL ? kith_record_string (staff, "agency") : NULL;
  g_autoptr (GPtrArray) services = staff != NULL ? kith_world_find (world, NULL, "staff_service", "staff", user, NULL, NULL) : NULL;
  g_autoptr (GPtrArray) settings = agency != NULL ? kith_world_find (world, NULL, "agency_settings", "agency", agency, NULL, NULL) : NULL;
  g_autoptr (KithRecord) organization = agency != NULL ? kith_world_get (world, "organization", agency, NULL) : NULL;

  if (staff == NULL)
    return NULL;

  return kith_actor_new_for_staff (staff, services, settings != NULL && settings->len > 0 ? g_ptr_array_index (settings, 0) : NULL,
                                   organization);
}

static gboolean
run (SimVerdict *self, KithActor *actor, const char *op, JsonObject *args, const char *op_id, gint64 at, const char *hlc, GError **error)
{
  /* What the hub derives from it afterwards no desk does. */
  KithOperation operation = *kith_operation_get (op);
  g_auto (KithOpContext) cx = {
    .world = KITH_WORLD (self->desk->sim->mirror), .actor = actor, .operation = &operation, .op_id = op_id,
    .time_ms = at, .hlc = hlc, .hub = TRUE,
  };

  operation.derive = NULL;

  return kith_operation_run (&cx, args, error);
}

/* Added for somebody who does not see what it is about, which the hub alone knows: there it is nobody's (A6). */
static gboolean
is_freed (SimVerdict *self, const char *op, JsonObject *args)
{
  g_autoptr (KithRecord) task = NULL;
  g_autofree char *scope = NULL;
  const char *staff = kith_json_string (args, "staff");

  if (!g_str_equal (op, "task.add") || staff == NULL)
    return FALSE;
  task = kith_world_get (KITH_WORLD (self->desk->sim->mirror), "task", kith_json_string (args, "id"), NULL);
  scope = task != NULL ? kith_record_scope (task) : NULL;
  return task != NULL && kith_record_string (task, "staff") == NULL && !kith_oracle_visible (self->desk->sim->oracle, staff, scope, sim_wall (self->desk->sim));
}

/* The desk's own operations that the hub has not seen, in order; the one in question is left out. FALSE: the hub will refuse one of
 * them, or leave to nobody what it adds for somebody, what the desk shows is not what will be. */
static gboolean
run_waiting (SimVerdict *self, KithActor *actor, const char *but)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (kith_store_get_db (self->desk->store),
                                                 "SELECT op_id, name, args, at, hlc FROM op WHERE st IN ('waiting', 'sending') ORDER BY i", &error);

  gboolean all = TRUE;

  if (stmt == NULL)
    g_error ("%s", error->message);
  while (kith_db_step (stmt, &error) == KITH_DB_ROW)
    {
      const char *op_id = kith_db_text (stmt, 0);
      const char *text = kith_db_text (stmt, 2); /* NULL: went with its record */
      g_autoptr (JsonObject) args = text != NULL ? kith_json_parse_object (text, -1, NULL, NULL) : NULL;
      g_autoptr (GError) refusal = NULL;

      if (g_strcmp0 (op_id, but) == 0)
        continue;
      /* One that no hub knows shows here what will not be there (I17). */
      if (args == NULL || kith_operation_get (kith_db_text (stmt, 1)) == NULL)
        {
          all = FALSE;
          continue;
        }
      kith_memory_world_begin (self->desk->sim->mirror);
      if (run (self, actor, kith_db_text (stmt, 1), args, op_id, kith_db_int (stmt, 3), kith_db_text (stmt, 4), &refusal))
        {
          kith_memory_world_commit (self->desk->sim->mirror);
          all = all && !is_freed (self, kith_db_text (stmt, 1), args);
          continue;
        }
      kith_memory_world_rollback (self->desk->sim->mirror);
      all = FALSE;
    }

  return all;
}

/* Whether the desk shows the holds of these places as the whole world has them. It does not without the service's scope, where they lie; nor when an
 * own operation that waits asks for one, which only the hub gives (sync.md 2.5: "asked for, not confirmed"). */
static gboolean
knows_holds (SimVerdict *self, KithRecord *capacity)
{
  const char *id = kith_record_get_id (capacity);
  g_autofree char *scope = g_strconcat ("service:", kith_record_string (capacity, "service"), NULL);
  g_autofree char *held = NULL;
  g_autoptr (GPtrArray) here = NULL, there = NULL;

  sim_sql_text (kith_store_get_db (self->desk->store), "SELECT 1 FROM scope WHERE name = ?1 AND filled = 1 AND hidden = 0 AND stale = 0", scope,
                &held);
  if (held == NULL)
    return FALSE;
  here = kith_world_find (kith_store_get_world (self->desk->store), scope, "hold", "capacity", id, NULL, NULL);
  there = kith_world_find (KITH_WORLD (self->desk->sim->mirror), scope, "hold", "capacity", id, NULL, NULL);
  if (here->len != there->len)
    return FALSE;
  for (guint i = 0; i < there->len; i++)
    {
      g_autoptr (KithRecord) mine = sim_desk_get (self->desk, "hold", kith_record_get_id (there->pdata[i]));

      if (mine == NULL || !kith_record_is (mine, "state", kith_record_string (there->pdata[i], "state")))
        return FALSE;
    }
  return TRUE;
}

/* Whether the desk holds what covers the words of an event: without it they are shared as far as it can tell, and the hub keeps from the sender what nothing
 * covers (C4). */
static gboolean
knows_consents (SimVerdict *self, KithRecord *event)
{
  g_autoptr (KithRecord) referral = kith_world_get (KITH_WORLD (self->desk->sim->mirror), "referral", kith_record_string (event, "referral"), NULL);
  g_autofree char *scope = referral != NULL ? g_strconcat ("client:", kith_record_string (referral, "client"), NULL) : NULL;
  g_autofree char *held = NULL;

  sim_sql_text (kith_store_get_db (self->desk->store), "SELECT 1 FROM scope WHERE name = ?1 AND filled = 1 AND hidden = 0 AND stale = 0", scope != NULL ? scope : "", &held);
  return held != NULL;
}

/* Whether the hub knows of the referral: what waits before this operation makes one that it gives nobody here to see, and what may not be seen is not kept by a
 * revocation, without a word. At the real hub the grants follow with each operation. */
static gboolean
is_unsent (SimVerdict *self, KithRecord *detail)
{
  g_autofree char *scope = g_strconcat ("referral:", kith_record_string (detail, "referral"), NULL);

  return !kith_oracle_visible (self->desk->sim->oracle, self->desk->person->id, scope, sim_wall (self->desk->sim));
}

/* What the hub derives from what is not here, as the body says it, is not compared. */
static char *
without (const char *body, const char *const *derived)
{
  g_autoptr (JsonObject) object = kith_json_parse_object (body, -1, NULL, NULL);

  for (guint i = 0; derived[i] != NULL; i++)
    if (json_object_has_member (object, derived[i]))
      json_object_remove_member (object, derived[i]);
  return kith_json_print_object (object);
}

/* Members of it that the hub derives from what the desk does not hold; NULL: none. */
static const char *const *
derived_of (SimVerdict *self, const char *op, JsonObject *args, KithRecord *hub)
{
  static const char *const given[] = { "staff", "assigned_at", "_by", "_hlc", NULL }; /* of one that is new these say of nothing else */
  static const char *const counted[] = { "free", "held", "status", NULL }, *const told[] = { "private", "reason", "text", NULL };
  static const char *const released[] = { "release_basis", "release_classes", "release_network", "release_until", NULL };
  const char *kind = kith_record_get_kind (hub)->name;

  if (g_str_equal (kind, "capacity") && !knows_holds (self, hub))
    return counted;
  if (g_str_equal (kind, "task") && is_freed (self, op, args))
    return given;
  if (g_str_equal (kind, "referral_detail") && g_str_equal (op, "consent.revoke") && is_unsent (self, hub))
    return released;
  return g_str_equal (kind, "referral_event") && !knows_consents (self, hub) ? told : NULL;
}

static gboolean
is_same (SimVerdict *self, const char *op, JsonObject *args, KithRecord *hub, const char *here, const char *there)
{
  const char *const *derived;
  g_autofree char *less_here = NULL, *less_there = NULL;

  if (g_strcmp0 (here, there) == 0)
    return TRUE;
  if (here == NULL || there == NULL || (derived = derived_of (self, op, args, hub)) == NULL)
    return FALSE;
  less_here = without (here, derived);
  less_there = without (there, derived);
  return g_str_equal (less_here, less_there);
}

/* Every row the desk wrote, in the scopes it holds, as the hub would write it. */
static void
compare_rows (SimVerdict *self, const char *op, JsonObject *args, const char *op_id)
{
  Sim *sim = self->desk->sim;
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (kith_store_get_db (self->desk->store),
                                                 "SELECT w.t, w.id, w.body, w.removed FROM op_row w JOIN op o ON o.i = w.i WHERE o.op_id = ?1 AND w.kept = 0",
                                                 &error);

  if (stmt == NULL)
    g_error ("%s", error->message);
  kith_db_bind_text (stmt, 1, op_id);
  while (kith_db_step (stmt, &error) == KITH_DB_ROW)
    {
      g_autoptr (KithRecord) record = kith_world_get (KITH_WORLD (sim->mirror), kith_db_text (stmt, 0), kith_db_text (stmt, 1), NULL);
      g_autofree char *body = record != NULL ? kith_record_print (record) : NULL;

      if (!is_same (self, op, args, record, kith_db_int (stmt, 3) != 0 ? NULL : kith_db_text (stmt, 2), body))
        sim_fail (sim, "I23", "%s of desk %u writes another %s %s:\n  desk %s\n  hub  %s", op, self->desk->index, kith_db_text (stmt, 0),
                  kith_db_text (stmt, 1), kith_db_text (stmt, 2), body);
    }
}

static void
read_op (SimDesk *desk, const char *op_id, gint64 *at, char **hlc)
{
  char *at_text;

  sim_sql_text (kith_store_get_db (desk->store), "SELECT at FROM op WHERE op_id = ?1", op_id, &at_text);
  sim_sql_text (kith_store_get_db (desk->store), "SELECT hlc FROM op WHERE op_id = ?1", op_id, hlc);
  *at = at_text != NULL ? g_ascii_strtoll (at_text, NULL, 10) : 0;
  g_free (at_text);
}

void
sim_verdict_after (SimVerdict *self, const char *op, JsonObject *args, const char *op_id, const GError *refusal)
{
  SimDesk *desk = self->desk;
  Sim *sim = desk->sim;
  g_autoptr (KithActor) actor = load_actor (sim, desk->person->id);
  g_autoptr (GError) error = NULL;
  g_autofree char *hlc = NULL;
  gint64 at = sim_wall (sim);
  gboolean taken;

  if (actor == NULL || kith_operation_get (op) == NULL || (refusal != NULL && refusal->domain != KITH_REFUSAL))
    {
      sim_verdict_free (self);
      return;
    }
  sim->n_verdicts++;
  if (op_id != NULL)
    read_op (desk, op_id, &at, &hlc);

  kith_memory_world_set_sees (sim->mirror, sees_cb, sim);
  kith_memory_world_begin (sim->mirror);
  if (!run_waiting (self, actor, op_id))
    goto out;
  taken = run (self, actor, op, args, op_id != NULL ? op_id : "00000000-0000-8000-8000-000000000000", at, hlc, &error);
  if (taken && refusal != NULL)
    sim_fail (sim, "I23", "desk %u refuses %s (%s), the hub would not", desk->index, op, refusal->message);
  else if (taken)
    compare_rows (self, op, args, op_id);
  else if (refusal == NULL)
    sim_log (sim, "the hub would refuse %s: %s", op, error->message);
out:
  kith_memory_world_rollback (sim->mirror);
  kith_memory_world_set_sees (sim->mirror, NULL, NULL);
  sim_verdict_free (self);
}
