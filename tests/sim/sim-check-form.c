/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include "kith-store-private.h"

/* What a service must know before it takes a referral (P2), told apart from the rule: by what the desk itself had been sent; and what is left of
 * a former receiver where the next one reads (P17). */

static gboolean
goes_to_service (Sim *self, SimOp *op)
{
  return !kith_json_bool (op->args, "draft", FALSE) && (g_str_equal (op->op, "referral.send") || g_str_equal (op->op, "contact.assign")) && g_strcmp0 (kith_json_string (op->args, "service"), self->services[0]) == 0 &&
         g_strcmp0 (kith_json_string (op->args, "type"), "informational") != 0;
}

/* The one entry of the service's form, or NULL. */
static JsonObject *
entry_of (Sim *self, SimOp *op)
{
  JsonArray *entries = kith_json_array (op->args, "answers");

  for (guint i = 0; entries != NULL && i < json_array_get_length (entries); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (entries, i), "form"), self->form) == 0)
      return json_array_get_object_element (entries, i);
  return NULL;
}

static gboolean
has_answer (JsonObject *entry, const char *key)
{
  JsonArray *answers = kith_json_array (entry, "answers");

  for (guint i = 0; answers != NULL && i < json_array_get_length (answers); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (answers, i), "key"), key) == 0)
      return TRUE;
  return FALSE;
}

/* What is made of a call that is not here the hub alone looks at. */
static gboolean
is_left_to_hub (SimDesk *desk, SimOp *op)
{
  const char *contact = kith_json_string (op->args, "contact");
  g_autofree char *known = NULL;

  if (contact == NULL)
    return FALSE;
  sim_sql_text (kith_store_get_db (desk->store), "SELECT 1 FROM contact_record WHERE id = ?1", contact, &known);
  return known == NULL;
}

/* The desk says by what number it wrote this, and was told of the form by then; but an update that does not know what the older Kith kept of forms has
 * to fetch them anew, and had not. The question is no later one for that, and the hub asks it: what the desk says it has seen is of all the rest. */
static gboolean
is_laid_aside (SimDesk *desk, SimOp *op)
{
  g_autofree char *seen = NULL, *told = NULL;

  if (!desk->store->refilling)
    return FALSE;
  sim_sql_text (kith_store_get_db (desk->store), "SELECT seen FROM op WHERE op_id = ?1", op->op_id, &seen);
  sim_sql_text (kith_hub_get_db (desk->sim->hub), "SELECT q FROM sync_row WHERE t = 'form' AND id = ?1", desk->sim->form, &told);
  return seen != NULL && told != NULL && g_ascii_strtoll (seen, NULL, 10) >= g_ascii_strtoll (told, NULL, 10);
}

void
sim_check_asked (SimDesk *desk, SimOp *op)
{
  Sim *sim = desk->sim;
  g_autofree char *required = NULL, *version = NULL, *q = NULL;
  JsonObject *entry;
  gboolean current;

  if (!goes_to_service (sim, op))
    return;
  sim_sql_text (kith_store_get_db (desk->store), "SELECT 1 FROM form f, json_each (f.body, '$.questions') x WHERE f.id = ?1 AND x.value ->> 'key' = 'rooms' AND x.value ->> 'required'",
                sim->form, &required);
  sim_sql_text (kith_store_get_db (desk->store), "SELECT body ->> 'version' FROM form WHERE id = ?1", sim->form, &version);
  sim_sql_text (kith_store_get_db (desk->store), "SELECT q FROM form WHERE id = ?1", sim->form, &q);
  op->laid_aside = version == NULL && is_laid_aside (desk, op);
  op->asked = required != NULL && g_ascii_strtoll (q, NULL, 10) <= op->base_q;
  if (!op->asked || is_left_to_hub (desk, op))
    return;
  entry = entry_of (sim, op);
  current = entry != NULL && kith_json_int (entry, "version", 0) == g_ascii_strtoll (version, NULL, 10);
  if (entry == NULL || (current && !has_answer (entry, "rooms")))
    sim_fail (sim, "P2", "desk %u sends a referral to a service without the answer it asks for", desk->index);
}

void
sim_check_not_asked (SimDesk *desk, SimOp *op)
{
  g_autofree char *message = NULL;

  if (!goes_to_service (desk->sim, op) || op->asked || op->laid_aside || entry_of (desk->sim, op) != NULL)
    return;
  sim_sql_text (kith_store_get_db (desk->store), "SELECT message FROM op WHERE op_id = ?1 AND outcome = 'rejected' AND code = 'invalid'", op->op_id, &message);
  if (message != NULL && strstr (message, "must be answered first") != NULL)
    sim_fail (desk->sim, "P2", "desk %u is held to a question that came later: %s", desk->index, message);
}

/* ---- the former receiver ---- */

/* Who had it, of those for whom it is another's now. */
#define FORMER "SELECT r.id AS referral, o.agency AS agency FROM referral r JOIN referral_own o ON o.referral = r.id " \
               "WHERE r.body ->> 'turn' > 1 AND o.body ->> 'was_with' IS NOT NULL AND o.agency NOT IN (r.agency, coalesce (r.agency_to, ''))"

static void
check_desk (SimDesk *desk, const char *referral, const char *agency)
{
  static const char *const queries[] = {
    "SELECT e.id FROM referral_event e JOIN scope s ON s.i = e.scope WHERE s.name = 'referral_detail:' || ?1 AND e.body ->> 'type' <> 'taken_back' "
    "AND e.body ->> 'agency' = '",
    "SELECT d.id FROM document d JOIN scope s ON s.i = d.scope WHERE s.name IN ('referral_detail:' || ?1, 'referral_health:' || ?1) AND d.body ->> 'agency' = '",
  };

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autofree char *sql = g_strconcat (queries[i], agency, "' LIMIT 1", NULL);
      g_autofree char *row = NULL;

      sim_sql_text (kith_store_get_db (desk->store), sql, referral, &row);
      if (row != NULL)
        sim_fail (desk->sim, "P17", "desk %u reads %s of a former receiver of referral %s", desk->index, row, referral);
    }
}

/* Nobody has a row of an agency that had it before, but that agency itself (whose words lie in its own scope) and what the hub says of it. That a client
 * took back what was agreed is told to both sides by any agency that knows the client, also one that once had it (C4, C5). */
void
sim_check_former (Sim *self)
{
  static const char *const kinds[] = { "referral_event", "document" };
  KithDb *db = kith_hub_get_db (self->hub);
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (kinds) && self->failure == NULL; i++)
    {
      g_autofree char *sql = g_strdup_printf ("WITH former AS (" FORMER ") SELECT x.id FROM former f JOIN sync_row y ON y.t = '%s' AND y.del = 0 "
                                              "JOIN scope s ON s.sid = y.sid AND s.name IN ('referral_detail:' || f.referral, 'referral_health:' || f.referral) "
                                              "JOIN %s x ON x.id = y.id WHERE x.body ->> 'agency' = f.agency AND x.body ->> 'type' IS NOT 'taken_back' LIMIT 1",
                                              kinds[i], kinds[i]);
      g_autofree char *row = NULL;

      sim_sql_text (db, sql, NULL, &row);
      if (row != NULL)
        sim_fail (self, "P17", "the %s %s of a former receiver lies where the next one reads", kinds[i], row);
    }
  stmt = kith_db_prepare (db, FORMER, &error);
  if (stmt == NULL)
    g_error ("%s", error->message);
  while (kith_db_step (stmt, &error) == KITH_DB_ROW)
    for (guint i = 0; i < self->desks->len && self->failure == NULL; i++)
      {
        SimDesk *desk = g_ptr_array_index (self->desks, i);

        self->n_former++;
        if (!desk->closed)
          check_desk (desk, kith_db_text (stmt, 0), kith_db_text (stmt, 1));
      }
}
