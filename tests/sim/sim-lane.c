/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include "kith-store-private.h"

/* I23, the other half: over the rows the lane held, and nothing else, the hub's code decides as the desk did and writes what the desk wrote. The rows
 * are taken from the desk's store before it acts and put into a world of another make: by the store's own SQL nothing is found here. */

#define SIM_TYPE_LANE (sim_lane_get_type ())
G_DECLARE_FINAL_TYPE (SimLane, sim_lane, SIM, LANE, GObject)

struct _SimLane
{
  GObject parent_instance;
  SimDesk *desk;
  GHashTable *stored;   /* "t/id" → SimRow */
  GHashTable *held;     /* scope → filled */
  GHashTable *loaded;   /* kinds whose rows lie in rows by now */
  gint64 n_stopped;     /* before it acted */
  GHashTable *written;  /* "t/id": what the hub's code wrote into them */
  KithMemoryWorld *rows;
};

/* What an operation looks at are few kinds: the others are never parsed. */
static KithWorld *
load (SimLane *self, const char *kind)
{
  g_autofree char *prefix = g_strconcat (kind, "/", NULL);
  GHashTableIter iter;
  gpointer key, value;

  if (!g_hash_table_add (self->loaded, (gpointer) g_intern_string (kind)))
    return KITH_WORLD (self->rows);
  g_hash_table_iter_init (&iter, self->stored);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      SimRow *row = value;
      g_autoptr (GError) error = NULL;
      g_autoptr (KithRecord) record = NULL;

      if (!g_str_has_prefix (key, prefix) || row->scope == NULL || !g_hash_table_contains (self->held, row->scope))
        continue;
      record = kith_record_parse (kith_kind_get (kind), (const char *) key + strlen (prefix), row->body, -1, &error);
      g_assert_no_error (error);
      kith_world_put (KITH_WORLD (self->rows), record, &error);
      g_assert_no_error (error);
    }
  return KITH_WORLD (self->rows);
}

static gboolean
lane_holds (KithWorld *world, const char *scope)
{
  return g_hash_table_contains (SIM_LANE (world)->held, scope);
}

static KithRecord *
lane_get (KithWorld *world, const KithKind *kind, const char *id, GError **error)
{
  return kith_world_get (load (SIM_LANE (world), kind->name), kind->name, id, error);
}

static gboolean
lane_put (KithWorld *world, KithRecord *record, GError **error)
{
  g_autofree char *scope = kith_record_scope (record);

  load (SIM_LANE (world), kith_record_get_kind (record)->name);
  if (!lane_holds (world, scope))
    return TRUE;
  g_hash_table_add (SIM_LANE (world)->written, g_strconcat (kith_record_get_kind (record)->name, "/", kith_record_get_id (record), NULL));
  return kith_world_put (KITH_WORLD (SIM_LANE (world)->rows), record, error);
}

static gboolean
lane_remove (KithWorld *world, const KithKind *kind, const char *id, GError **error)
{
  return kith_world_remove (load (SIM_LANE (world), kind->name), kind->name, id, error);
}

static GPtrArray *
lane_find (KithWorld *world, const char *scope, const KithKind *kind, const char *field, const char *value, gboolean *complete, GError **error)
{
  SimLane *self = SIM_LANE (world);

  *complete = scope != NULL && GPOINTER_TO_INT (g_hash_table_lookup (self->held, scope));
  return kith_world_find (load (self, kind->name), scope, kind->name, field, value, NULL, error);
}

static gboolean
lane_begin_scope (KithWorld *world, const char *scope, GError **error)
{
  g_hash_table_insert (SIM_LANE (world)->held, g_strdup (scope), GINT_TO_POINTER (TRUE));
  return TRUE;
}

static KithSees
lane_sees (KithWorld *world, const KithActor *actor, const char *scope)
{
  return lane_holds (world, scope) ? KITH_SEES_NOW : KITH_SEES_NOTHING;
}

static gboolean
lane_number (KithWorld *world, const KithKind *kind, const char *id, gint64 *number, GError **error)
{
  g_autofree char *key = g_strconcat (kind->name, "/", id, NULL);
  SimRow *row = g_hash_table_lookup (SIM_LANE (world)->stored, key);

  *number = row != NULL ? row->q : 0;
  return TRUE;
}

static void
lane_world_init (KithWorldInterface *iface)
{
  iface->get = lane_get;
  iface->put = lane_put;
  iface->remove = lane_remove;
  iface->find = lane_find;
  iface->holds = lane_holds;
  iface->begin_scope = lane_begin_scope;
  iface->sees = lane_sees;
  iface->number = lane_number;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SimLane, sim_lane, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (KITH_TYPE_WORLD, lane_world_init))

static void
sim_lane_finalize (GObject *object)
{
  SimLane *self = SIM_LANE (object);

  g_hash_table_unref (self->stored);
  g_hash_table_unref (self->held);
  g_hash_table_unref (self->loaded);
  g_hash_table_unref (self->written);
  g_object_unref (self->rows);
  G_OBJECT_CLASS (sim_lane_parent_class)->finalize (object);
}

static void
sim_lane_class_init (SimLaneClass *class)
{
  G_OBJECT_CLASS (class)->finalize = sim_lane_finalize;
}

static void
sim_lane_init (SimLane *self)
{
  self->held = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->loaded = g_hash_table_new (g_direct_hash, g_direct_equal);
  self->written = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->rows = kith_memory_world_new ();
}

static void
read_held (SimLane *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (kith_store_get_db (self->desk->store), "SELECT name, filled FROM scope WHERE hidden = 0", &error);

  if (stmt == NULL)
    g_error ("%s", error->message);
  while (kith_db_step (stmt, &error) == KITH_DB_ROW)
    g_hash_table_insert (self->held, g_strdup (kith_db_text (stmt, 0)), GINT_TO_POINTER (kith_db_int (stmt, 1) != 0));
}

/* C5: a revocation stops what waits to be sent, before it writes. The rows it then finds are not those that were here. */
static gint64
count_stopped (SimDesk *desk)
{
  g_autofree char *n = NULL;

  sim_sql_text (kith_store_get_db (desk->store), "SELECT count(*) FROM op WHERE n IS NULL AND code = 'consent_missing'", NULL, &n);
  return g_ascii_strtoll (n, NULL, 10);
}

SimLane *
sim_lane_before (SimDesk *desk)
{
  SimLane *self;

  if (!sim_chance (desk->sim, sim_break_is_set () ? 1000 : 40))
    return NULL;
  self = g_object_new (SIM_TYPE_LANE, NULL);
  self->desk = desk;
  self->n_stopped = count_stopped (desk);
  self->stored = sim_rows_of_store (desk->store, FALSE);
  read_held (self);
  return self;
}

/* ---- the verdict ---- */

static void fail (SimLane *self, const char *op, const char *what, ...) G_GNUC_PRINTF (3, 4);

static void
fail (SimLane *self, const char *op, const char *what, ...)
{
  Sim *sim = self->desk->sim;
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, what);
  text = g_strdup_vprintf (what, args);
  va_end (args);
  sim->lane_bit = sim->failure == NULL;
  sim_fail (sim, "I23", "%s of desk %u %s", op, self->desk->index, text);
}

static KithActor *
load_actor (SimLane *self)
{
  KithWorld *world = KITH_WORLD (self);
  const char *user = self->desk->person->id;
  g_autoptr (KithRecord) staff = kith_world_get (world, "staff", user, NULL);
  const char *agency = staff != NULL ? kith_record_string (staff, "agency") : NULL;
  g_autoptr (GPtrArray) services = staff != NULL ? kith_world_find (world, NULL, "staff_service", "staff", user, NULL, NULL) : NULL;
  g_autoptr (GPtrArray) settings = agency != NULL ? kith_world_find (world, NULL, "agency_settings", "agency", agency, NULL, NULL) : NULL;
  g_autoptr (KithRecord) organization = agency != NULL ? kith_world_get (world, "organization", agency, NULL) : NULL;

  return staff != NULL ? kith_actor_new_for_staff (staff, services, settings != NULL && settings->len > 0 ? settings->pdata[0] : NULL, organization) : NULL;
}

/* sync.md 2.5: a place is asked for here, the hub alone gives it. */
static gboolean
is_place (const char *op, KithRecord *record)
{
  const char *kind = kith_record_get_kind (record)->name;

  return g_str_has_prefix (op, "hold.") && (g_str_equal (kind, "hold") || g_str_equal (kind, "capacity"));
}

/* What the hub's code wrote where the desk holds the scope, the desk wrote too, if it is not what stood there before. */
static void
compare_written (SimLane *self, const char *op, GHashTable *here)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->written);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      g_auto (GStrv) parts = g_strsplit (key, "/", 2);
      g_autoptr (KithRecord) record = kith_world_get (KITH_WORLD (self), parts[0], parts[1], NULL);
      g_autofree char *body = record != NULL ? kith_record_print (record) : NULL;
      const SimRow *before = g_hash_table_lookup (self->stored, key);

      if (body != NULL && !g_hash_table_contains (here, key) && !is_place (op, record) && g_strcmp0 (before != NULL ? before->body : NULL, body) != 0)
        fail (self, op, "writes no %s, the hub over the same rows does:\n  before %s\n  hub    %s", (char *) key, before != NULL ? before->body : "nothing", body);
    }
}

/* Every row the desk wrote, and none that it did not. The number of free places is derived at the hub. */
static void
compare_rows (SimLane *self, const char *op, const char *op_id)
{
  g_autoptr (GHashTable) here = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean stopped = count_stopped (self->desk) != self->n_stopped;
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (kith_store_get_db (self->desk->store),
                                                 "SELECT w.t, w.id, w.body, w.removed FROM op_row w JOIN op o ON o.i = w.i WHERE o.op_id = ?1 AND w.kept = 0", &error);

  if (stmt == NULL)
    g_error ("%s", error->message);
  kith_db_bind_text (stmt, 1, op_id);
  while (kith_db_step (stmt, &error) == KITH_DB_ROW)
    {
      g_autoptr (KithRecord) record = kith_world_get (KITH_WORLD (self), kith_db_text (stmt, 0), kith_db_text (stmt, 1), NULL);
      g_autofree char *body = record != NULL ? kith_record_print (record) : NULL;

      g_hash_table_add (here, g_strconcat (kith_db_text (stmt, 0), "/", kith_db_text (stmt, 1), NULL));
      if (!stopped && g_strcmp0 (kith_db_int (stmt, 3) != 0 ? NULL : kith_db_text (stmt, 2), body) != 0)
        fail (self, op, "writes another %s %s than the hub over the same rows:\n  desk %s\n  hub  %s", kith_db_text (stmt, 0), kith_db_text (stmt, 1),
              kith_db_text (stmt, 2), body);
    }
  if (!stopped)
    compare_written (self, op, here);
}

static void
read_op (SimDesk *desk, const char *op_id, gint64 *at, gint64 *seen, char **hlc)
{
  char *at_text, *seen_text;

  sim_sql_text (kith_store_get_db (desk->store), "SELECT at FROM op WHERE op_id = ?1", op_id, &at_text);
  sim_sql_text (kith_store_get_db (desk->store), "SELECT hlc FROM op WHERE op_id = ?1", op_id, hlc);
  sim_sql_text (kith_store_get_db (desk->store), "SELECT seen FROM op WHERE op_id = ?1", op_id, &seen_text);
  *at = at_text != NULL ? g_ascii_strtoll (at_text, NULL, 10) : 0;
  *seen = seen_text != NULL ? g_ascii_strtoll (seen_text, NULL, 10) : -1;
  g_free (at_text);
  g_free (seen_text);
}

static gboolean
run (SimLane *self, KithActor *actor, const KithOperation *known, JsonObject *args, const char *op_id, gint64 at, gint64 seen, const char *hlc, gboolean hub, GError **error)
{
  KithOperation operation = *known;
  g_auto (KithOpContext) cx = { .world = KITH_WORLD (self), .actor = actor, .operation = &operation, .op_id = op_id, .time_ms = at, .now_ms = at,
                                .hlc = hlc, .hub = hub, .seen = seen };

  operation.derive = NULL; /* what the hub derives from it no desk does */
  return kith_operation_run (&cx, args, error);
}

void
sim_lane_after (SimLane *self, const char *op, JsonObject *args, const char *op_id, const GError *refusal)
{
  SimDesk *desk = self->desk;
  Sim *sim = desk->sim;
  const KithOperation *known = kith_operation_get (op);
  g_autoptr (KithActor) actor = known != NULL && known->runs == KITH_RUNS_DESK && (refusal == NULL || refusal->domain == KITH_REFUSAL) ? load_actor (self) : NULL;
  g_autofree char *hlc = NULL;
  g_autoptr (GError) error = NULL;
  gint64 at = kith_store_hub_ms (desk->store), seen = sim_desk_cursor_q (desk); /* a form newer than this is not held against it (P2) */

  if (actor != NULL)
    {
      const char *id = op_id != NULL ? op_id : "00000000-0000-8000-8000-000000000000";
      gboolean taken;

      if (op_id != NULL)
        read_op (desk, op_id, &at, &seen, &hlc);
      sim->n_lane_verdicts++;
      kith_memory_world_begin (self->rows);
      taken = run (self, actor, known, args, id, at, seen, hlc, TRUE, &error);
      if (taken && refusal != NULL)
        fail (self, op, "is refused there (%s), the hub over the same rows would not", refusal->message);
      if (!taken && refusal == NULL)
        {
          /* The hub refuses what it knows nothing of; of what is not here a desk leaves that to it. By a desk's reading the rows must say the same. */
          kith_memory_world_rollback (self->rows);
          g_hash_table_remove_all (self->loaded);
          g_hash_table_remove_all (self->written);
          kith_memory_world_begin (self->rows);
          g_clear_error (&error);
          if (!(taken = run (self, actor, known, args, id, at, seen, hlc, FALSE, &error)))
            fail (self, op, "is taken there, the same rows in another world do not allow it: %s", error->message);
        }
      if (taken && refusal == NULL)
        compare_rows (self, op, op_id);
      kith_memory_world_rollback (self->rows);
    }
  g_object_unref (self);
}

void
sim_lane_free (SimLane *self)
{
  g_object_unref (self);
}
