/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include "kith-id.h"

/* People at work: clients and consents. Whoever works acts on what the own desk shows; now and then on something it does not show. */

char *
sim_mark (Sim *self, const char *prefix)
{
  return g_strdup_printf ("%s-%u" SIM_MARK_END, prefix, ++self->marks);
}

/* Something of the list that this desk has, or now and then anything. NULL: nothing. */
const char *
sim_pick_held (SimDesk *desk, const char *kind, GPtrArray *ids)
{
  const char *id = sim_pick (desk->sim, ids);

  if (id == NULL || sim_chance (desk->sim, 40))
    return id;
  for (guint i = 0; i < 6; i++)
    {
      if (sim_desk_holds (desk, kind, id))
        return id;
      id = sim_pick (desk->sim, ids);
    }

  return NULL;
}

static const char *
draw_agency (Sim *self)
{
  return self->agencies[sim_below (self, SIM_N_AGENCIES)];
}

static void
add_if (JsonArray *list, const char *text, gboolean wanted)
{
  if (wanted)
    json_array_add_string_element (list, text);
}

/* What a consent says: from a moment to a few days, some classes, some agencies, now and then named disclosers. */
static JsonObject *
draw_consent (Sim *self, const char *id)
{
  static const char *const classes[] = { "client_billing", "client_health", "care", "case" };
  gint64 span = sim_chance (self, 300) ? 30 * SIM_MS_SECOND + sim_below (self, 60000) : (gint64) (1 + sim_below (self, 72)) * SIM_MS_HOUR;
  g_autofree char *term = kith_time_format (sim_wall (self) + span);
  JsonArray *covered = kith_json_strings ("client", NULL);
  JsonArray *receivers = json_array_new ();
  JsonArray *disclosers = NULL;
  g_autofree char *signed_on = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    add_if (covered, classes[i], sim_chance (self, 600));
  for (guint i = 0; i < SIM_N_AGENCIES; i++)
    add_if (receivers, self->agencies[i], sim_chance (self, 750));
  add_if (receivers, "network", sim_chance (self, 200) || json_array_get_length (receivers) == 0);
  if (sim_chance (self, 150))
    disclosers = kith_json_strings (draw_agency (self), NULL);

  /* Now and then a paper that was signed some days ago: what was taken back since it does not undo. */
  if (sim_corrects (self, 150))
    {
      g_autofree char *day = kith_time_format (sim_wall (self) - (gint64) sim_below (self, 4) * 24 * SIM_MS_HOUR);

      signed_on = g_strndup (day, strlen ("2026-01-01"));
    }
  return kith_json_new ("id", "s", id, "classes", "a", covered, "receivers", "a", receivers, "disclosers", "a", disclosers, "purpose", "s",
                        "To be helped", "term", "s", term, "how", "s", signed_on != NULL ? "written" : "verbal", "signed_on", "s", signed_on, "language", "s", "en", "grantor", "s", "self", "findable", "b",
                        sim_chance (self, 600), NULL);
}

static void
register_client (Sim *self, SimDesk *desk)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *number = kith_store_next_number (desk->store, &error);
  char *id = kith_store_new_id (desk->store);
  g_autofree char *name = sim_mark (self, "name");
  /* Some look like each other, some do not: the hub's matching has something to say (domain.md 5). */
  JsonObject *values = kith_json_new ("given_name", "s", name, "family_name", "s", sim_chance (self, 600) ? "Lopez" : "Okonkwo", "email", "s",
                                      "a@example.org", "date_of_birth", "s", sim_chance (self, 600) ? "1988-04-07" : "1961", NULL);
  JsonObject *billing = sim_chance (self, 400) ? kith_json_new ("insurance_provider", "s", "Medi-Cal", NULL) : NULL;
  JsonObject *consent = NULL;
  const char *different = sim_chance (self, 200) ? sim_pick_held (desk, "client", self->clients) : NULL;

  if (sim_chance (self, 700))
    {
      char *consent_id = kith_store_new_id (desk->store);

      consent = draw_consent (self, consent_id);
      json_object_set_string_member (consent, "permission", sim_chance (self, 900) ? "granted" : "refused");
      g_ptr_array_add (self->consents, consent_id);
    }
  g_ptr_array_add (self->clients, id);
  sim_desk_submit (desk, "client.register",
                   kith_json_new ("id", "s", id, "number", "s", number != NULL ? number : "?", "values", "o", values, "billing", "o", billing,
                                  "consent", "o", consent, "not_same", "a", different != NULL ? kith_json_strings (different, NULL) : NULL, NULL),
                   name, 0);
}

/* One field, with the value the desk shows as the old one. The new value is used nowhere else, so that it can be followed (I14). */
static void
patch (Sim *self, SimDesk *desk)
{
  static const char *const client_fields[] = { "given_name", "family_name", "middle_name", "email", "contact_note", "described_as", "pronouns" };
  static const char *const case_fields[] = { "title", "next_step" };
  static const char *const kinds[] = { "client", "client_billing", "client_health", "case" };
  static const char *const form_fields[] = { NULL, "insurance_number", "health_note" };
  guint which = sim_chance (self, 400) ? 1 + sim_below (self, 3) : 0;
  const char *owner = which == 3 ? sim_pick_held (desk, "case", self->cases) : sim_pick_held (desk, "client", self->clients);
  const char *client = owner;
  const char *field = which == 3   ? case_fields[sim_below (self, G_N_ELEMENTS (case_fields))]
                      : which > 0 ? form_fields[which]
                                  : client_fields[sim_below (self, G_N_ELEMENTS (client_fields))];
  const char *kind = kinds[which];
  g_autofree char *natural = NULL;
  g_autoptr (KithRecord) record = NULL;
  g_autofree char *value = sim_mark (self, "value");
  JsonObject *change = json_object_new (), *set = json_object_new ();

  if (client != NULL && (which == 1 || which == 2))
    {
      natural = kith_id_natural (kind, client);
      client = natural;
    }
  record = sim_desk_get (desk, kind, client);
  if (client == NULL)
    {
      json_object_unref (change);
      json_object_unref (set);
      return;
    }
  if (record != NULL && kith_record_string (record, field) != NULL)
    json_object_set_string_member (change, "old", kith_record_string (record, field));
  else
    json_object_set_null_member (change, "old");
  json_object_set_string_member (change, "new", value);
  json_object_set_object_member (set, field, change);
  sim_desk_submit (desk, "record.patch",
                   kith_json_new ("t", "s", kind, "id", "s", client, "client", "s", natural != NULL ? owner : NULL, "set", "o", set, NULL), value, 0);
}

/* Somebody of the own agency, now and then of another. */
const char *
sim_colleague (SimDesk *desk)
{
  Sim *self = desk->sim;

  for (guint i = 0; i < 6; i++)
    {
      SimPerson *person = g_ptr_array_index (self->people, sim_below (self, self->people->len));

      if (person->agency == desk->person->agency || sim_chance (self, 50))
        return person->id;
    }

  return desk->person->id;
}

static void
assign (Sim *self, SimDesk *desk)
{
  const char *client = sim_pick_held (desk, "client", self->clients);
  JsonArray *changes;

  if (client == NULL)
    return;
  changes = json_array_new ();
  for (guint n = 1 + sim_below (self, 3); n > 0; n--)
    json_array_add_object_element (changes, kith_json_new ("do", "s", sim_chance (self, 520) ? "add" : "remove", "staff", "s",
                                                           sim_colleague (desk), NULL));
  sim_desk_submit (desk, "assignment.apply", kith_json_new ("client", "s", client, "changes", "a", changes, NULL), NULL, 0);
}

static void
collect_open_cb (gpointer data, gpointer user_data)
{
  if (kith_record_string (data, "ended_on") == NULL)
    g_ptr_array_add (user_data, g_strdup (kith_record_get_id (data)));
}

/* When somebody came in is put right; at once, or now and then without having read what stands there. */
static void
correct_enrollment (Sim *self, SimDesk *desk, const char *id)
{
  static const char *const days[] = { "2020-01-01", "2019-12-24", "2020-03-01" }; /* the last is after the end, where there is one */
  g_autoptr (KithRecord) record = sim_desk_get (desk, "enrollment", id);
  const char *old = record != NULL ? kith_record_string (record, "started_on") : days[0];
  JsonObject *change = kith_json_new ("old", "s", old, "new", "s", days[sim_below (self, 3)], NULL);

  sim_desk_submit (desk, "record.patch", kith_json_new ("t", "s", "enrollment", "id", "s", id, "set", "o", kith_json_new ("started_on", "o", change, NULL), NULL), NULL,
                   0);
}

/* Into the program of an agency, mostly the own, or out of it. */
static void
enroll (Sim *self, SimDesk *desk, const char *client)
{
  g_autoptr (GPtrArray) open = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *id = kith_store_new_id (desk->store);
  guint agency = sim_chance (self, 900) && desk->person->agency < SIM_N_AGENCIES ? desk->person->agency : sim_below (self, SIM_N_AGENCIES);
  g_autofree char *key = g_strdup_printf ("sim/org%u", agency);
  g_autofree char *program = kith_id_natural ("program", key);
  g_autofree char *mark = sim_mark (self, "joined");
  const char *there;

  kith_memory_world_foreach (self->mirror, "enrollment", collect_open_cb, open);
  there = sim_pick_held (desk, "enrollment", open);
  if (there != NULL && sim_corrects (self, 200))
    correct_enrollment (self, desk, there);
  else if (there != NULL && sim_chance (self, 500))
    sim_desk_submit (desk, "enrollment.end",
                     kith_json_new ("enrollment", "s", there, "ended_on", "s", "2020-02-01", "end_reason", "s", "left", NULL), NULL, 0);
  else
    sim_desk_submit (desk, "enrollment.start",
                     kith_json_new ("id", "s", id, "client", "s", client, "program", "s", program, "started_on", "s", "2020-01-01", "note", "s", mark, NULL),
                     mark, 0);
}

/* What is known of an attached file; its hash or its name is the canary. Now and then one of the own is removed. */
static void
attach_file (Sim *self, SimDesk *desk, const char *client)
{
  g_autofree char *id = kith_store_new_id (desk->store);
  g_autofree char *hash = g_strdup_printf (SIM_HASH "%056u", ++self->marks);
  g_autofree char *name = sim_mark (self, "letter");
  g_autoptr (GPtrArray) held = sim_chance (self, 250) ? kith_world_find (kith_store_get_world (desk->store), NULL, "document", "record", client, NULL, NULL) : NULL;

  if (held != NULL && held->len > 0)
    sim_desk_submit (desk, "document.remove",
                     kith_json_new ("document", "s", kith_record_get_id (held->pdata[sim_below (self, held->len)]), "reason", "s", "Blurred", NULL), NULL, 0);
  else
    {
      gboolean health = sim_chance (self, 250);
      g_autofree char *record = health ? kith_id_natural ("client_health", client) : g_strdup (client);
      JsonObject *args = kith_json_new ("id", "s", id, "t", "s", health ? "client_health" : "client", "record", "s", record, "client", "s", health ? client : NULL, "type",
                                        "s", "letter", "name", "s", name, "media_type", "s", "application/pdf", "size", "i", (gint64) 1200, "sha256", "s", hash, NULL);

      if (self->faults.files)
        sim_files_attach (desk, args, name);
      else
        sim_desk_submit (desk, "document.attach", args, sim_chance (self, 500) ? name : hash, 0);
    }
}

static void
collect_id_cb (gpointer data, gpointer user_data)
{
  g_ptr_array_add (user_data, g_strdup (kith_record_get_id (data)));
}

/* One of a kind that this desk has, now and then any. Yours; NULL: none. */
char *
sim_draw_record (Sim *self, SimDesk *desk, const char *kind)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_free);

  kith_memory_world_foreach (self->mirror, kind, collect_id_cb, all);
  return g_strdup (sim_pick_held (desk, kind, all));
}

/* A service is recorded; some are taken back, at once or by somebody else later: another agency's too, which is refused. */
static void
give_service (Sim *self, SimDesk *desk, const char *client)
{
  g_autofree char *there = sim_draw_record (self, desk, "service_event");
  g_autofree char *id = kith_store_new_id (desk->store);
  g_autofree char *mark = sim_mark (self, "given");
  const char *wrong = sim_chance (self, 300) ? id : there;

  sim_desk_submit (desk, "service.record",
                   kith_json_new ("id", "s", id, "client", "s", client, "type", "s", "meal", "given_on", "s", "2020-01-01", "note", "s", mark, NULL), mark, 0);
  if (wrong != NULL && sim_chance (self, 600))
    sim_desk_submit (desk, "service.void", kith_json_new ("event", "s", wrong, "reason", "s", "Recorded twice", NULL), NULL, 0);
}

/* Whoever answers answers what they see; what is accepted that is no correction says what colleagues keep to. */
static void
answer (Sim *self, SimDesk *desk, const char *request, gboolean accepted)
{
  g_autoptr (KithRecord) record = kith_world_get (kith_store_get_world (desk->store), "amendment_request", request, NULL);
  const char *type = record != NULL ? kith_record_string (record, "type") : NULL;

  sim_desk_submit (desk, "amendment.decide",
                   kith_json_new ("request", "s", request, "type", "s", type, "answer", "s", accepted ? "accepted" : "refused", "basis", "s", accepted ? NULL : "accurate", "reason", "s",
                                  sim_requests (self, 900) ? "So it is" : NULL, "keep", "s", accepted && type != NULL ? "Say nothing" : NULL, "decided_on", "s", "2020-01-03", NULL), NULL, 0);
}

/* C19: the client asks for a correction or a restriction; somebody answers, now and then twice. */
static void
amend (Sim *self, SimDesk *desk, const char *client)
{
  g_autofree char *there = sim_draw_record (self, desk, "amendment_request");
  g_autofree char *id = kith_store_new_id (desk->store);
  g_autofree char *mark = sim_mark (self, "amend");
  gboolean accepted = sim_chance (self, 500);
  const char *which = sim_chance (self, 500) ? id : there;

  sim_desk_submit (desk, "amendment.ask",
                   kith_json_new ("id", "s", id, "client", "s", client, "type", "s", sim_corrected_type (self), "about", "s", mark, "asked_on", "s", "2020-01-01", NULL), mark, 0);
  if (which != NULL && sim_chance (self, 700))
    answer (self, desk, which, accepted);
  if (there != NULL && sim_requests (self, 300))
    sim_desk_submit (desk, "amendment.end", kith_json_new ("request", "s", there, "agreed", "b", sim_requests (self, 500), "end_reason", "s", "She asked", "ended_on", "s", "2020-01-05", NULL), NULL, 0);
  if (there != NULL && sim_chance (self, 400))
    sim_desk_submit (desk, "amendment.disagree",
                     kith_json_new ("request", "s", there, "disagreement", "s", sim_chance (self, 700) ? "No" : "Never", "disagreed_on", "s", "2020-01-04", NULL), NULL, 0);
}

/* What else is done with a client: programs, the care team, services given, alerts, household, restriction, the audit log. */
static void
care (Sim *self, SimDesk *desk)
{
  const char *client = sim_pick_held (desk, "client", self->clients);
  const char *other = sim_pick_held (desk, "client", self->clients);
  g_autofree char *id = kith_store_new_id (desk->store);
  g_autofree char *mark = sim_mark (self, "given");
  const char *staff = sim_colleague (desk);

  if (client == NULL || other == NULL)
    return;
  switch (sim_below (self, 18))
    {
    case 14:
    case 15:
      amend (self, desk, client);
      break;
    case 12:
    case 13:
      attach_file (self, desk, client);
      break;
    case 0:
      sim_desk_submit (desk, "alert.raise",
                       kith_json_new ("id", "s", id, "client", "s", client, "level", "s", "caution", "text", "s", mark, NULL), mark, 0);
      break;
    case 1: /* few may: tried often */
    case 7:
    case 8:
    case 9:
      sim_desk_submit (desk, "client.restrict",
                       kith_json_new ("client", "s", client, "restricted", "b", sim_chance (self, 600), "reason", "s", "Asked for", NULL), NULL, 0);
      break;
    case 2:
      sim_desk_submit (desk, "care_team.join", kith_json_new ("client", "s", client, "staff", "s", staff, "started_on", "s", "2020-01-01", NULL),
                       NULL, 0);
      break;
    case 3:
      if (sim_correct_member (self, desk, client))
        break;
      sim_desk_submit (desk, "care_team.leave", kith_json_new ("client", "s", client, "staff", "s", staff, "ended_on", "s", "2020-02-01", NULL),
                       NULL, 0);
      break;
    case 4:
      sim_desk_submit (desk, "household.join", kith_json_new ("client", "s", client, "with", "s", other, "relationship", "s", "3", NULL), NULL, 0);
      break;
    case 5:
      sim_desk_submit (desk, "audit.record", kith_json_new ("what", "s", "opened", "client", "s", client, NULL), NULL, 0);
      break;
    case 10:
    case 11:
      enroll (self, desk, client);
      break;
    default:
      give_service (self, desk, client);
      break;
    }
}

/* Two records that may be one person: linked, unlinked, or said to be different; or linked by who knows better than what was compared. */
static void
decide_match (Sim *self, SimDesk *desk)
{
  static const char *const decisions[] = { "match.link", "match.link", "match.unlink", "match.dismiss" };
  g_autofree char *id = sim_draw_record (self, desk, "match");

  if (id == NULL || sim_chance (self, 300))
    {
      const char *one = sim_pick_held (desk, "client", self->clients), *other = sim_pick_held (desk, "client", self->clients);

      if (one != NULL && other != NULL && strcmp (one, other) != 0)
        sim_desk_submit (desk, "match.link", kith_json_new ("client", "s", one, "other", "s", other, NULL), NULL, 0);
    }
  else if (id != NULL)
    sim_desk_submit (desk, decisions[sim_below (self, G_N_ELEMENTS (decisions))], kith_json_new ("match", "s", id, NULL), NULL, 0);
}

void
sim_workload_client (Sim *self, SimDesk *desk)
{
  guint drawn = sim_below (self, 100);

  if (self->clients->len < 2 || (drawn < 20 && self->clients->len < SIM_MAX_CLIENTS))
    register_client (self, desk);
  else if (drawn < 50)
    patch (self, desk);
  else if (drawn < 75)
    assign (self, desk);
  else if (drawn < 82)
    decide_match (self, desk);
  else if (drawn < 85)
    sim_look_up (desk);
  else
    care (self, desk);
}

/* ---- consent ---- */

static void
record_consent (Sim *self, SimDesk *desk)
{
  const char *client = sim_pick_held (desk, "client", self->clients);
  char *id;

  if (client == NULL)
    return;
  id = kith_store_new_id (desk->store);
  g_ptr_array_add (self->consents, id);
  if (sim_chance (self, 80))
    {
      sim_desk_submit (desk, "consent.refuse", kith_json_new ("id", "s", id, "client", "s", client, "how", "s", "verbal", NULL), NULL, 0);
    }
  else
    {
      JsonObject *args = draw_consent (self, id);

      json_object_set_string_member (args, "client", client);
      sim_desk_submit (desk, "consent.record", args, NULL, 0);
    }
}

/* Some referrals are kept with a legal basis (C5). */
static JsonArray *
draw_keep (Sim *self, SimDesk *desk)
{
  const char *referral = sim_chance (self, 400) ? sim_pick_held (desk, "referral", self->referrals) : NULL;
  g_autofree char *until = kith_time_format (sim_wall (self) + (gint64) (1 + sim_below (self, 48)) * SIM_MS_HOUR);
  JsonArray *keep;

  if (referral == NULL)
    return NULL;
  keep = json_array_new ();
  json_array_add_object_element (keep, kith_json_new ("referral", "s", referral, "basis", "s", "court_order", "classes", "a",
                                                      kith_json_strings ("client", NULL), "until", "s", until, "network", "b",
                                                      (gboolean) (referral[strlen (referral) - 1] % 2), NULL));

  return keep;
}

static JsonArray *
draw_recall (Sim *self, SimDesk *desk)
{
  const char *referral = sim_chance (self, 400) ? sim_pick_held (desk, "referral", self->referrals) : NULL;

  return referral != NULL ? kith_json_strings (referral, NULL) : NULL;
}

static void
revoke_consent (Sim *self, SimDesk *desk)
{
  const char *which[] = { "consent", "client", "referral" };
  GPtrArray *lists[] = { self->consents, self->clients, self->referrals };
  guint what = sim_chance (self, 600) ? 0 : 1 + sim_below (self, 2);
  const char *id = sim_pick_held (desk, which[what], lists[what]);

  if (id != NULL)
    sim_desk_submit (desk, "consent.revoke",
                     kith_json_new (which[what], "s", id, "reason", "s", "The client asked", "keep", "a", draw_keep (self, desk), "recall", "a",
                                    draw_recall (self, desk), NULL),
                     NULL, 0);
}

void
sim_workload_consent (Sim *self, SimDesk *desk)
{
  if (self->consents->len < 6 || (self->consents->len < 60 && sim_chance (self, 600)))
    record_consent (self, desk);
  else
    revoke_consent (self, desk);
}

/* ---- what else happens ---- */

/* The hub's own console and clock. */
void
sim_workload_hub (Sim *self)
{
  guint s = sim_below (self, SIM_N_SERVICES);
  g_autofree char *source_id = g_strdup_printf ("svc%u", s);
  g_autofree char *name = sim_mark (self, "Service");

  sim_workload_reasons (self);
  switch (sim_below (self, 7))
    {
    case 6:
      sim_workload_queues (self);
      break;
    case 0:
      sim_hub_submit (self, "directory.put",
                      kith_json_new ("t", "s", "service", "source", "s", "sim", "source_id", "s", source_id, "body", "o",
                                     kith_json_new ("organization_id", "s", self->agencies[s % SIM_N_AGENCIES], "name", "s", name, "status", "s",
                                                    "active", NULL),
                                     NULL));
      break;
    case 1:
      sim_hub_submit (self, "service.set_direct", kith_json_new ("service", "s", self->services[s], "direct", "b", sim_chance (self, 850), NULL));
      break;
    default:
      sim_hub_tick (self);
      break;
    }
}

static SimDesk *
draw_desk (Sim *self)
{
  for (guint i = 0; i < 8; i++)
    {
      SimDesk *desk = g_ptr_array_index (self->desks, sim_below (self, self->desks->len));

      if (!desk->closed && desk->damage == NULL)
        return desk;
    }

  return NULL;
}

/* Takes back what was done last, if it has not left yet. */
static void
undo (Sim *self, SimDesk *desk)
{
  SimOp *last = desk->ops->len > 0 ? g_ptr_array_index (desk->ops, desk->ops->len - 1) : NULL;
  g_autoptr (GError) error = NULL;
  gboolean undone = FALSE;

  if (last == NULL)
    return;
  if (!kith_store_undo (desk->store, last->op_id, &undone, NULL, &error))
    sim_fail (self, "store", "undo: %s", error->message);
  last->withdrawn |= undone;
}

/* With all that was built on it. */
static void
note_settled (SimDesk *desk)
{
  g_autofree char *ids = NULL;

  sim_sql_text (kith_store_get_db (desk->store), "SELECT group_concat(op_id) FROM op WHERE st = 'done' AND n IS NULL AND attention = 0", NULL, &ids);
  for (guint i = 0; ids != NULL && i < desk->ops->len; i++)
    ((SimOp *) desk->ops->pdata[i])->settled |= strstr (ids, ((SimOp *) desk->ops->pdata[i])->op_id) != NULL;
}

/* Deals with an entry of the attention list. What builds on others is only ever discarded: its Redo is many operations. */
static void
settle (Sim *self, SimDesk *desk)
{
  SimOp *op = desk->ops->len > 0 ? g_ptr_array_index (desk->ops, sim_below (self, desk->ops->len)) : NULL;
  g_autofree char *attention = NULL;
  g_autofree char *left = NULL;
  g_autofree char *again = NULL;
  g_autoptr (GError) error = NULL;
  gboolean redo;

  if (op == NULL)
    return;
  sim_sql_text (kith_store_get_db (desk->store), "SELECT 1 FROM op WHERE op_id = ?1 AND attention = 1", op->op_id, &attention);
  if (attention == NULL)
    return;
  redo = op->mark == NULL && g_str_has_prefix (op->op, "assignment");
  if (!redo && desk->schema < KITH_PROTOCOL_SCHEMA) /* a Kith of before noted nothing of what is discarded: this one would send what it does not know */
    return;
  kith_store_settle (desk->store, op->op_id, redo, &again, &error);
  sim_sql_text (kith_store_get_db (desk->store), "SELECT 1 FROM op WHERE op_id = ?1", op->op_id, &left);
  op->withdrawn |= left == NULL;
  note_settled (desk);
}

/* A newer Kith wrote an operation that this hub does not know: it is put aside, what follows goes on (I17). */
static void
turn_unknown (SimDesk *desk)
{
  SimOp *op = desk->ops->len > 0 ? g_ptr_array_index (desk->ops, desk->ops->len - 1) : NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *sql = NULL;

  if (op == NULL || !g_str_equal (op->op, "referral.note"))
    return;
  sql = g_strdup_printf ("UPDATE op SET name = 'referral.sing' WHERE op_id = '%s' AND n IS NULL AND st = 'waiting'", op->op_id);
  if (!kith_db_exec (kith_store_get_db (desk->store), sql, &error))
    sim_fail (desk->sim, "store", "%s", error->message);
  op->unknown |= kith_db_changes (kith_store_get_db (desk->store)) > 0;
}

static void
collect_cb (gpointer data, gpointer user_data)
{
  KithRecord *record = data;
  GPtrArray *found = user_data;

  if (kith_record_is (record, "state", "open") || (kith_record_get_kind (record) == kith_kind_get ("notice") && !kith_record_bool (record, "read")))
    g_ptr_array_add (found, g_strdup (kith_record_get_id (record)));
}

/* As the card of a conflict does: which is kept, and what was shown as the later entry. */
static void
settle_conflict (Sim *self, SimDesk *desk, const char *id)
{
  static const char *const keeps[] = { "mine", "theirs", "both" };
  g_autoptr (KithRecord) conflict = sim_desk_get (desk, "conflict", id);
  JsonObject *args = kith_json_new ("conflict", "s", id, "keep", "s", keeps[sim_below (self, 3)], NULL);
  JsonNode *mine = conflict != NULL ? json_object_get_member (kith_record_get_body (conflict), "mine") : NULL;

  json_object_set_member (args, "mine", mine != NULL ? json_node_copy (mine) : json_node_new (JSON_NODE_NULL));
  sim_desk_submit (desk, "conflict.settle", args, NULL, 0);
}

/* An open conflict is settled, a notice read. */
static void
look_at (Sim *self, SimDesk *desk, const char *kind)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  const char *id;

  kith_memory_world_foreach (self->mirror, kind, collect_cb, found);
  id = sim_pick_held (desk, kind, found);
  if (id == NULL)
    return;
  if (g_str_equal (kind, "conflict"))
    settle_conflict (self, desk, id);
  else
    sim_desk_submit (desk, "notice.read", kith_json_new ("notice", "s", id, NULL), NULL, 0);
}

/* What people do beside working. */
static void
tidy (Sim *self, SimDesk *desk)
{
  switch (sim_below (self, 10))
    {
    case 6:
      turn_unknown (desk);
      break;
    case 0:
      kith_sync_engine_verify_soon (desk->engine);
      break;
    case 1:
      undo (self, desk);
      break;
    case 2:
      settle (self, desk);
      break;
    case 3:
      look_at (self, desk, "notice");
      break;
    default:
      look_at (self, desk, "conflict");
      break;
    }
  desk->dirty = TRUE;
}

static void
work_on_files (Sim *self, SimDesk *desk)
{
  const char *client = sim_pick_held (desk, "client", self->clients);

  if (client != NULL && sim_chance (self, 500))
    attach_file (self, desk, client);
  else
    sim_files_look (desk);
}

static void
work_once (Sim *self, SimDesk *desk)
{
  guint drawn;

  if (self->faults.files && sim_chance (self, 150))
    {
      work_on_files (self, desk);
      return;
    }
  drawn = sim_below (self, 100);
  if (drawn >= 2 && (desk->person->agency == SIM_N_AGENCIES ? sim_chance (self, 500) : sim_chance (self, 3)))
    sim_workload_contact (self, desk);
  else if (drawn < 2)
    sim_workload_hub (self);
  else if (drawn < 7)
    sim_workload_staff (self, desk);
  else if (drawn < 10)
    tidy (self, desk);
  else if (drawn < 30)
    sim_workload_client (self, desk);
  else if (drawn < 40)
    sim_workload_consent (self, desk);
  else if (drawn < 62)
    sim_workload_case (self, desk);
  else if (drawn < 86)
    sim_workload_referral (self, desk);
  else if (drawn < 94)
    sim_workload_queue (self, desk);
  else
    sim_workload_capacity (self, desk);
}

/* One person at two computers: what was done at one is done at the other too, by what that one shows. */
void
sim_workload_both (Sim *self, SimDesk *one, SimDesk *other, guint what)
{
  SimDesk *const desks[] = { one, other };

  for (guint i = 0; i < G_N_ELEMENTS (desks) && self->failure == NULL; i++)
    {
      SimDesk *desk = desks[i];

      switch (what)
        {
        case 0:
          look_at (self, desk, "notice");
          break;
        case 1:
          look_at (self, desk, "conflict");
          break;
        case 2:
          patch (self, desk);
          undo (self, desk);
          break;
        case 3:
          sim_workload_draft (self, desk);
          break;
        case 4:
          sim_workload_queue (self, desk);
          break;
        default:
          sim_workload_referral (self, desk);
          break;
        }
      desk->dirty = TRUE;
    }
}

/* Somebody does a few things in a row. */
void
sim_workload_step (Sim *self)
{
  SimDesk *desk = draw_desk (self);

  if (desk == NULL || sim_chance (self, 30))
    {
      sim_workload_hub (self);
      return;
    }
  for (guint n = 1 + sim_below (self, 3); n > 0 && !desk->closed && self->failure == NULL; n--)
    work_once (self, desk);
}
