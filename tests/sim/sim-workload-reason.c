/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include "kith-id.h"

/* What 2-1-1 calls reasons and outcomes, and has beside Kith's own: added, renamed, offered no more while desks are away; and desks that choose
 * by what they had been sent (domain.md 2f). */

#define MOST_KNOWN 6

static const struct { const char *list, *code;
} codes[] = { { "decline_reason", "no_capacity" }, { "outcome", "need_met" }, { "outcome", "no_show" }, { "outcome", "other" } };

static guint
draw (Sim *self, guint bound)
{
  return kith_random_below (self->term_random, bound);
}

static gboolean
chance (Sim *self, guint per_mille)
{
  return draw (self, 1000) < per_mille;
}

static JsonObject *
put_args (Sim *self, const char *id, const char *list, const char *code)
{
  g_autoptr (KithRecord) before = kith_world_get (KITH_WORLD (self->mirror), "reason_term", id, NULL);
  g_autofree char *name = g_strdup_printf ("Words %u", draw (self, 40));
  gint64 seen = before != NULL ? kith_record_int (before, "version") : 0;

  return kith_json_new ("id", "s", id, "list", "s", list, "code", "s", code, "name", "s", name, "retired", "b", (gboolean) chance (self, 300), "seen", "i",
                        chance (self, 950) ? seen : seen + 1, NULL);
}

/* By the network's staff at a computer, where there is one, or at the hub; now and then by whoever may not. */
static void
carry_out (Sim *self, JsonObject *args)
{
  SimDesk *desk = self->desks->pdata[draw (self, self->desks->len)];

  for (guint i = 0; i < self->desks->len && chance (self, 800); i++)
    if (((SimDesk *) self->desks->pdata[i])->person->agency == SIM_N_AGENCIES)
      desk = self->desks->pdata[i];
  if (desk->closed || (desk->person->agency != SIM_N_AGENCIES && chance (self, 900)))
    sim_hub_submit (self, "reason.put", args);
  else
    sim_online (desk, "reason.put", args);
}

void
sim_workload_reasons (Sim *self)
{
  g_autoptr (GPtrArray) known = NULL;
  const char *list, *code;
  g_autofree char *key = NULL;
  g_autofree char *id = NULL;
  guint which;

  if (self->term_random == NULL || chance (self, 500))
    return;
  which = draw (self, G_N_ELEMENTS (codes));
  list = codes[which].list;
  code = codes[which].code;
  known = kith_world_find (KITH_WORLD (self->mirror), "dir", "reason_term", NULL, NULL, NULL, NULL);
  key = g_strconcat (list, ":", code, NULL);
  if (chance (self, 300))
    id = kith_id_natural ("reason_term", key);
  else if (known->len < MOST_KNOWN)
    id = kith_id_new (KITH_CLOCK (self->hub_clock), self->term_random);
  else
    {
      KithRecord *term = known->pdata[draw (self, known->len)];

      id = g_strdup (kith_record_get_id (term));
      list = kith_record_string (term, "list");
      code = kith_record_string (term, "code");
    }
  carry_out (self, put_args (self, id, list, code));
}

/* Adds to args what the desk knows of that code; now and then of another, which is refused. */
void
sim_draw_term (Sim *self, SimDesk *desk, JsonObject *args, const char *code)
{
  KithDb *db = kith_store_get_db (desk->store);
  g_autofree char *id = NULL, *name = NULL;

  if (self->term_random == NULL || chance (self, 600))
    return;
  sim_sql_text (db, "SELECT id FROM reason_term WHERE code = ?1 AND name IS NOT NULL ORDER BY id DESC", chance (self, 970) ? code : "other", &id);
  if (id == NULL)
    return;
  sim_sql_text (db, "SELECT name FROM reason_term WHERE id = ?1", id, &name);
  json_object_set_string_member (args, "reason_term", id);
  if (name != NULL)
    json_object_set_string_member (args, "term_name", name);
}

/* 2f: nobody but the network's staff changes one. */
void
sim_check_term (Sim *self, KithRecord *term)
{
  if (self->asking != NULL && self->asking->person->agency != SIM_N_AGENCIES)
    sim_fail (self, "2f", "%s of an agency calls a reason “%s”", self->asking->person->login, kith_record_string (term, "name"));
}

/* Whatever they are called now: what was written is what the network once called just that code. */
void
sim_check_terms (Sim *self)
{
  static const char *const kinds[][2] = { { "referral_event", "coalesce (e.body ->> 'outcome', e.body ->> 'reason')" }, { "case_event", "e.body ->> 'outcome'" } };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT e.id FROM %s e WHERE e.body ->> 'term_name' IS NOT NULL AND NOT EXISTS (SELECT 1 FROM reason_term t "
                                              "WHERE t.code = %s AND (t.name = e.body ->> 'term_name' OR EXISTS (SELECT 1 FROM json_each (t.body, '$.former_names') n "
                                              "WHERE n.value = e.body ->> 'term_name'))) AND ?1 = ''", kinds[i][0], kinds[i][1]);
      g_autofree char *id = NULL;

      sim_sql_text (kith_hub_get_db (self->hub), sql, "", &id);
      if (id != NULL)
        sim_fail (self, "2f", "%s %s has words that the network never had for its code", kinds[i][0], id);
    }
}
