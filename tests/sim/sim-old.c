/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include <string.h>

#include "kith-store-private.h"

/* Desks of an older Kith, until they are updated in mid-run (sync.md 2.10). An older one says so in all it asks, knows no argument of an operation that came
 * later, and does nothing there that would be something else without it. Where it is older than the hub works with it gets no page: what is done there
 * goes out all the same, and it catches up once it is updated. What must hold of a desk holds of it; nothing it sends is of a later Kith. */

static guint
below (Sim *self, guint bound)
{
  return kith_random_below (self->old_random, bound);
}

void
sim_old_draw (Sim *self)
{
  if (below (self, 1000) < 150 && sim_faults_has ("old"))
    self->faults.old = 5 + below (self, 30);
}

/* Before it asks anything. */
void
sim_old_begin (SimDesk *desk)
{
  Sim *self = desk->sim;

  desk->schema = KITH_PROTOCOL_SCHEMA;
  if (self->faults.old > 0 && below (self, 2) == 0)
    desk->schema = 1 + below (self, KITH_PROTOCOL_SCHEMA - 1);
}

static gboolean
is_old (SimDesk *desk)
{
  return desk->schema < KITH_PROTOCOL_SCHEMA;
}

/**
 * sim_old_args:
 * @args: (transfer full): as this Kith would do it
 *
 * Returns: (transfer full) (nullable): as the desk's does; NULL: that one does no such thing
 */
JsonObject *
sim_old_args (SimDesk *desk, const char *op, JsonObject *args)
{
  const KithOperation *operation = kith_operation_get (op);
  JsonObject *known;

  if (!is_old (desk) || operation == NULL)
    return args;
  if (kith_operation_needs (operation, args, desk->schema) > 0)
    {
      json_object_unref (args);
      return NULL;
    }
  known = kith_operation_args_for (operation, args, desk->schema);
  if (known == NULL)
    return args;
  json_object_unref (args);
  return known;
}

static void
check_line (SimDesk *desk, JsonObject *line)
{
  const KithOperation *operation = kith_json_string (line, "op") != NULL ? kith_operation_get (kith_json_string (line, "op")) : NULL;
  JsonObject *args = operation != NULL ? kith_json_object (line, "a") : NULL;
  g_autoptr (JsonObject) known = args != NULL ? kith_operation_args_for (operation, args, desk->schema) : NULL;

  if (known != NULL)
    sim_fail (desk->sim, "2.10", "desk %u, of schema %d, sends a %s of a later one", desk->index, (int) desk->schema, operation->name);
}

static void
check_push (SimDesk *desk, GBytes *body)
{
  g_autoptr (KithLineReader) reader = kith_line_reader_new (body, 0);
  JsonObject *line;

  while ((line = kith_line_reader_next_object (reader, NULL)) != NULL)
    {
      check_line (desk, line);
      json_object_unref (line);
    }
}

/**
 * sim_old_words:
 * @body: (transfer full) (nullable): of a request
 *
 * Returns: (transfer full) (nullable): as the desk's Kith says it
 */
GBytes *
sim_old_words (SimDesk *desk, const char *path, GBytes *body)
{
  g_autofree char *now = g_strdup_printf ("\"schema\":%d", KITH_PROTOCOL_SCHEMA), *then = g_strdup_printf ("\"schema\":%d", (int) desk->schema);
  GString *text;
  gsize length;

  if (!is_old (desk) || body == NULL || !g_str_has_prefix (path, "/v1/sync/"))
    return body;
  if (g_str_has_prefix (path, KITH_PATH_PUSH))
    check_push (desk, body);
  text = g_string_new_len (g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body));
  g_string_replace (text, now, then, 1);
  g_bytes_unref (body);
  length = text->len;
  return g_bytes_new_take (g_string_free (text, FALSE), length);
}

static gint64
schema_of (GBytes *body)
{
  gsize length = 0;
  const char *text = body != NULL ? g_bytes_get_data (body, &length) : NULL, *said = text != NULL ? g_strstr_len (text, (gssize) length, "\"schema\":") : NULL;

  return said != NULL ? g_ascii_strtoll (said + strlen ("\"schema\":"), NULL, 10) : KITH_PROTOCOL_SCHEMA;
}

/* Whoever is older than the hub works with hears that on asking for a page, and on nothing else. The desk may have been updated since it asked. */
void
sim_old_check_answer (SimDesk *desk, const char *path, GBytes *body, guint status)
{
  Sim *self = desk->sim;
  gboolean pull = g_str_has_prefix (path, KITH_PATH_PULL), refused = pull && schema_of (body) < KITH_PROTOCOL_SCHEMA_MIN;

  if (self->faults.old == 0)
    return;
  if (status == 426 && !refused)
    sim_fail (self, "2.10", "desk %u is told to be updated on %s, of schema %d", desk->index, path, (int) schema_of (body));
  else if (pull && status == 200 && refused)
    sim_fail (self, "2.10", "desk %u is given a page, of schema %d", desk->index, (int) schema_of (body));
}

static void
update (SimDesk *desk)
{
  sim_log (desk->sim, "desk %u is updated from schema %d", desk->index, (int) desk->schema);
  desk->sim->n_old++;
  desk->n_forgets++;
  desk->schema = KITH_PROTOCOL_SCHEMA;
  sim_desk_close (desk);
  g_clear_pointer (&desk->token, g_free);
  g_clear_pointer (&desk->refresh, g_free);
  sim_desk_open (desk);
  sim_check_local_writes (desk);
}

/* Before somebody works. */
void
sim_old_step (Sim *self)
{
  SimDesk *desk;

  if (self->faults.old == 0 || below (self, 1000) >= self->faults.old)
    return;
  desk = self->desks->pdata[below (self, self->desks->len)];
  if (!desk->closed && desk->damage == NULL && is_old (desk))
    update (desk);
}

/* The hub gives it nothing any more. */
void
sim_old_stop (SimDesk *desk)
{
  if (!desk->closed && desk->schema < KITH_PROTOCOL_SCHEMA_MIN)
    update (desk);
}
