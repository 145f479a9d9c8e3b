/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include <string.h>

/* A hub that is older than its desks, until it is updated in mid-run, once or in steps (sync.md 2.10). It tells its schema with each page; what came later it
 * does not know: an operation it puts aside, an argument it refuses. A desk that has heard its schema keeps what would be another thing without such an
 * argument, sends the rest without it, and nothing is lost: once the hub is updated all that waited goes out and ends like any other (I3). Here the hub of
 * now is made to be an older one on its way in and out. */

struct _SimOldHub
{
  KithRandom *random;
  gint64 schema;     /* of the hub */
  GHashTable *early; /* ids of operations that had their number before their desk knew the schema: they go out as they are */
};

static guint
below (Sim *self, guint bound)
{
  return kith_random_below (self->old_hub->random, bound);
}

void
sim_old_hub_draw (Sim *self)
{
  KithRandom *random = kith_random_new_seeded (self->seed ^ G_GUINT64_CONSTANT (0x6f6c646875620000));

  if (kith_random_below (random, 1000) < 150 && sim_faults_has ("oldhub"))
    {
      self->old_hub = g_new0 (SimOldHub, 1);
      self->old_hub->random = g_steal_pointer (&random);
      self->faults.old_hub = 3 + below (self, 12);
      self->old_hub->schema = KITH_PROTOCOL_SCHEMA_MIN + below (self, KITH_PROTOCOL_SCHEMA - KITH_PROTOCOL_SCHEMA_MIN);
      self->old_hub->early = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    }
  g_clear_pointer (&random, kith_random_free);
}

void
sim_old_hub_free (SimOldHub *self)
{
  kith_random_free (self->random);
  g_hash_table_unref (self->early);
  g_free (self);
}

static gboolean
is_old (Sim *self)
{
  return self->old_hub != NULL && self->old_hub->schema < KITH_PROTOCOL_SCHEMA;
}

/* ---- what it does not know ---- */

/* As one of that schema would read it. */
static void
read_as_old (Sim *self, JsonObject *line)
{
  const char *name = kith_json_string (line, "op");
  const KithOperation *operation = name != NULL ? kith_operation_get (name) : NULL;
  JsonObject *args = operation != NULL ? kith_json_object (line, "a") : NULL;

  for (guint i = 0; args != NULL && i < operation->n_args; i++)
    {
      const KithField *field = &operation->args[i];
      JsonNode *value = (gint64) field->since > self->old_hub->schema ? json_object_get_member (args, field->name) : NULL;
      g_autofree char *later = g_strconcat ("later_", field->name, NULL);

      if (value == NULL)
        continue;
      if ((field->flags & KITH_FIELD_REQUIRED) != 0)
        {
          g_autofree char *unknown = g_strconcat ("later.", operation->name, NULL);

          json_object_set_string_member (line, "op", unknown);
          return;
        }
      json_object_set_member (args, later, json_node_copy (value));
      json_object_remove_member (args, field->name);
    }
}

/**
 * sim_old_hub_reads:
 * @body: (transfer full) (nullable): of a request
 *
 * Returns: (transfer full) (nullable): what the hub makes of it
 */
GBytes *
sim_old_hub_reads (Sim *self, const char *path, GBytes *body)
{
  gboolean push = g_str_has_prefix (path, KITH_PATH_PUSH);
  g_autoptr (KithLineReader) reader = NULL;
  g_autoptr (KithLineWriter) writer = NULL;
  g_autoptr (GBytes) whole = body;
  JsonObject *line;

  if (!is_old (self) || body == NULL || !(push || g_str_equal (path, KITH_PATH_OP)))
    return g_steal_pointer (&whole);
  reader = kith_line_reader_new (body, 0);
  writer = kith_line_writer_new ();
  while ((line = kith_line_reader_next_object (reader, NULL)) != NULL)
    {
      read_as_old (self, line);
      kith_line_writer_add (writer, line);
    }
  return kith_line_writer_finish (writer);
}

/**
 * sim_old_hub_path:
 *
 * Returns: (transfer full): the path as the hub is to read it: who waits says of which schema it takes the hub to be
 */
char *
sim_old_hub_path (Sim *self, const char *path)
{
  const char *schema = is_old (self) && g_str_has_prefix (path, KITH_PATH_WAIT) ? strstr (path, "&s=") : NULL;
  gint64 thought = schema != NULL ? g_ascii_strtoll (schema + strlen ("&s="), NULL, 10) : 0;

  if (schema == NULL || thought == 0)
    return g_strdup (path);
  return g_strdup_printf ("%.*s&s=%d", (int) (schema - path), path, thought == self->old_hub->schema ? KITH_PROTOCOL_SCHEMA : KITH_PROTOCOL_SCHEMA + 1);
}

/* In the head of each page. */
void
sim_old_hub_answers (Sim *self, const char *path, KithHubAnswer *answer)
{
  g_autofree char *now = g_strdup_printf ("\"schema\":%d", KITH_PROTOCOL_SCHEMA);
  g_autofree char *then = is_old (self) ? g_strdup_printf ("\"schema\":%d", (int) self->old_hub->schema) : NULL;
  GString *text;
  gsize length;

  if (then == NULL || answer->body == NULL || answer->status != 200 || !g_str_has_prefix (path, KITH_PATH_PULL))
    return;
  text = g_string_new_len (g_bytes_get_data (answer->body, NULL), (gssize) g_bytes_get_size (answer->body));
  g_string_replace (text, now, then, 1);
  length = text->len;
  g_bytes_unref (answer->body);
  answer->body = g_bytes_new_take (g_string_free (text, FALSE), length);
}

/* ---- its desks ---- */

/* Before a page is applied: what has its number goes out as it is. */
void
sim_old_hub_note_early (SimDesk *desk)
{
  g_autoptr (KithDbStmt) stmt = NULL;

  if (desk->sim->old_hub == NULL || kith_store_get_hub_schema (desk->store) != 0)
    return;
  stmt = kith_db_prepare (kith_store_get_db (desk->store), "SELECT op_id FROM op WHERE n IS NOT NULL", NULL);
  while (kith_db_step (stmt, NULL) == KITH_DB_ROW)
    g_hash_table_add (desk->sim->old_hub->early, g_strdup (kith_db_text (stmt, 0)));
}

/* As it was submitted; NULL: in a life of this desk that is not remembered. */
static const SimOp *
op_of (SimDesk *desk, const char *op_id)
{
  for (guint i = 0; i < desk->ops->len; i++)
    if (g_strcmp0 (((SimOp *) desk->ops->pdata[i])->op_id, op_id) == 0)
      return desk->ops->pdata[i];
  return NULL;
}

/* By the operation's description alone: what a desk makes of that is what is looked at here. */
static void
check_sent (SimDesk *desk, JsonObject *line)
{
  Sim *self = desk->sim;
  const char *op_id = kith_json_string (line, "id");
  const KithOperation *operation = kith_json_string (line, "op") != NULL ? kith_operation_get (kith_json_string (line, "op")) : NULL;
  JsonObject *args = operation != NULL ? kith_json_object (line, "a") : NULL;
  const SimOp *op = args != NULL ? op_of (desk, op_id) : NULL;
  int schema = (int) kith_store_get_hub_schema (desk->store);

  for (guint i = 0; args != NULL && !g_hash_table_contains (self->old_hub->early, op_id) && i < operation->n_args; i++)
    {
      const KithField *field = &operation->args[i];

      if ((int) field->since <= schema)
        continue;
      if (json_object_has_member (args, field->name))
        sim_fail (self, "2.10", "desk %u sends %s to a hub of schema %d, which does not know its “%s”", desk->index, operation->name, schema, field->name);
      else if (op != NULL && (field->flags & KITH_FIELD_MEANT) != 0 && json_object_has_member (op->args, field->name) &&
               (field->type != KITH_FIELD_BOOL || kith_json_bool (op->args, field->name, FALSE)))
        sim_fail (self, "2.10", "desk %u sends %s to a hub of schema %d without the “%s” that it was done with", desk->index, operation->name, schema,
                  field->name);
    }
}

/* A desk that knows better sends nothing that the hub does not know. */
void
sim_old_hub_sends (SimDesk *desk, const char *path, GBytes *body)
{
  g_autoptr (KithLineReader) reader = NULL;
  JsonObject *line;

  if (!is_old (desk->sim) || body == NULL || !g_str_has_prefix (path, KITH_PATH_PUSH) || kith_store_get_hub_schema (desk->store) == 0)
    return;
  reader = kith_line_reader_new (body, 0);
  while ((line = kith_line_reader_next_object (reader, NULL)) != NULL)
    {
      check_sent (desk, line);
      json_object_unref (line);
    }
}

/* What the hub put aside waits on its desk under another id: it is followed by its hybrid time, which no other has. */
void
sim_old_hub_follow (SimDesk *desk)
{
  for (guint i = 0; desk->sim->old_hub != NULL && i < desk->ops->len; i++)
    {
      SimOp *op = desk->ops->pdata[i];
      g_autofree char *here = NULL, *now = NULL;

      if (op->hlc == NULL || op->withdrawn)
        continue;
      sim_sql_text (kith_store_get_db (desk->store), "SELECT st FROM op WHERE op_id = ?1", op->op_id, &here);
      if (here == NULL)
        sim_sql_text (kith_store_get_db (desk->store), "SELECT op_id FROM op WHERE hlc = ?1", op->hlc, &now);
      if (now == NULL)
        continue;
      sim_log (desk->sim, "desk %u: %s %s waits as %s", desk->index, op->op, op->op_id, now);
      g_free (op->op_id);
      op->op_id = g_steal_pointer (&now);
    }
}

void
sim_old_hub_remember (SimDesk *desk, SimOp *op)
{
  if (desk->sim->old_hub != NULL)
    sim_sql_text (kith_store_get_db (desk->store), "SELECT hlc FROM op WHERE op_id = ?1", op->op_id, &op->hlc);
}

/* ---- it is updated ---- */

static void
count_waiting (Sim *self)
{
  for (guint i = 0; i < self->desks->len; i++)
    {
      SimDesk *desk = self->desks->pdata[i];
      g_autofree char *n = NULL;

      sim_sql_text (kith_store_get_db (desk->store), "SELECT count(*) FROM op WHERE needs > 0", NULL, &n);
      self->n_waited += (guint) g_ascii_strtoull (n, NULL, 10);
    }
}

static void
update (Sim *self, gint64 schema)
{
  count_waiting (self);
  sim_log (self, "the hub is updated from schema %d to %d", (int) self->old_hub->schema, (int) schema);
  self->old_hub->schema = schema;
  sim_twin_note (self, SIM_ASK_REOPEN, NULL, NULL, NULL, NULL, NULL, NULL);
  sim_hub_close (self);
  sim_network_drop_held (self);
  sim_hub_open (self);
  sim_hub_after (self);
}

/* What no hub of before knows: it waits. */
static void
print_later (Sim *self)
{
  SimDesk *desk = self->desks->pdata[below (self, self->desks->len)];
  const char *id = self->referrals->len > 0 ? self->referrals->pdata[below (self, self->referrals->len)] : NULL;

  if (id != NULL && !desk->closed && desk->damage == NULL && sim_desk_holds (desk, "referral", id))
    sim_desk_submit (desk, "referral.print_list", kith_json_new ("referrals", "a", kith_json_strings (id, NULL), "detail", "s", SIM_PAPER_LIST, NULL), NULL, 0);
}

/* Before somebody works. */
void
sim_old_hub_step (Sim *self)
{
  if (is_old (self) && below (self, 1000) < 60)
    print_later (self);
  if (is_old (self) && below (self, 1000) < self->faults.old_hub)
    update (self, self->old_hub->schema + 1 + below (self, (guint) (KITH_PROTOCOL_SCHEMA - self->old_hub->schema)));
}

void
sim_old_hub_stop (Sim *self)
{
  if (is_old (self))
    update (self, KITH_PROTOCOL_SCHEMA);
}
