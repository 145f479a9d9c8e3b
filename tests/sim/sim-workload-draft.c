/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include <string.h>

#include "kith-id.h"

/* Referrals that are kept as drafts (domain.md 2e): written anew, sent and discarded by their authors and by colleagues, some of whom have not heard
 * yet what the other did. Nobody but the sending side gets a byte of one: the oracle has no receiver for what was not sent, what a draft said and the
 * sent one does not say any more has none ever after (sim_may_read), and its id stands in no answer to anybody else.
 * In some seeds there are files on them: those that are taken off go with the act that says so, nobody else ever gets one, and the others go along. */

void
sim_draft_draw (Sim *self)
{
  KithRandom *random = kith_random_new_seeded (self->seed ^ G_GUINT64_CONSTANT (0x6472616674000000)); /* seeds without drafts are as they were */

  if (kith_random_below (random, 1000) < 300)
    self->faults.drafts = 200 + kith_random_below (random, 400);
  if (self->faults.drafts > 0 && kith_random_below (random, 1000) < 600 && sim_faults_has ("enclosed"))
    self->faults.enclosed = 100 + kith_random_below (random, 300);
  kith_random_free (random);
}

/* In one of those fields; the sent one now and then says just what the draft said. */
static JsonObject *
draw_args (Sim *self, SimDesk *desk, const char *client, const char *mark)
{
  gboolean answers = g_str_has_prefix (mark, "answer") || g_str_has_prefix (mark, "health"), note = g_str_has_prefix (mark, "note");
  const char *service = self->services[answers && sim_chance (self, 800) ? 0 : sim_below (self, SIM_N_SERVICES)];
  const char *queue = sim_chance (self, 150) ? self->queues[sim_below (self, SIM_N_QUEUES)] : NULL;
  gboolean whole = sim_chance (self, 150), alone = queue != NULL && sim_chance (self, 500);

  return kith_json_new ("client", "s", client, "type", "s", sim_chance (self, whole ? 100 : 850) ? "direct" : "warm", "service", "s", whole || alone ? NULL : service, "agency_to", "s",
                        whole && !alone ? self->agencies[sim_below (self, SIM_N_AGENCIES)] : NULL, "queue", "s", queue, "need", "s", "A bed", "urgency", "s", "soon",
                        "request", "s", answers || note ? NULL : mark, "note", "s", note ? mark : NULL, "answers", "a",
                        answers ? sim_draw_answers (self, desk, mark) : NULL, NULL);
}

static char *
draw_mark (Sim *self)
{
  static const char *const prefixes[] = { "request", "request", "answer", "health", "note" };

  return sim_mark (self, prefixes[sim_below (self, G_N_ELEMENTS (prefixes))]);
}

/* ---- files on it ---- */

static void
add_id (JsonArray *list, KithRecord *record, gboolean wanted)
{
  if (wanted)
    json_array_add_string_element (list, kith_record_get_id (record));
}

/* Those that this desk shows on it; yours. */
static GPtrArray *
enclosed (SimDesk *desk, const char *referral, const char *kind)
{
  g_autofree char *of = kith_id_natural (kind, referral);
  GPtrArray *files = kith_world_find (kith_store_get_world (desk->store), NULL, "document", "record", of, NULL, NULL);

  return files != NULL ? files : g_ptr_array_new ();
}

/* On a draft, now and then on one that has gone out meanwhile. */
static void
enclose (Sim *self, SimDesk *desk, const char *referral)
{
  const char *kind = sim_chance (self, 200) ? "referral_health" : "referral_detail";
  g_autofree char *id = kith_store_new_id (desk->store), *of = kith_id_natural (kind, referral), *name = sim_mark (self, "letter");
  g_autofree char *hash = g_strdup_printf (SIM_HASH "%056u", ++self->marks);
  JsonObject *args = kith_json_new ("id", "s", id, "t", "s", kind, "record", "s", of, "type", "s", "letter", "name", "s", name, "media_type", "s", "application/pdf", "size", "i",
                                    (gint64) 1200, "sha256", "s", hash, NULL);

  if (self->faults.files)
    sim_files_attach (desk, args, name);
  else
    sim_desk_submit (desk, "document.attach", args, name, 0);
}

/* One by one, as the form's list has it here. */
static void
take_off (Sim *self, SimDesk *desk, JsonObject *args, const char *referral)
{
  static const char *const kinds[] = { "referral_detail", "referral_health" };
  JsonArray *off = json_array_new ();

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autoptr (GPtrArray) files = enclosed (desk, referral, kinds[k]);

      for (guint i = 0; i < files->len; i++)
        add_id (off, files->pdata[i], sim_chance (self, 400));
    }
  if (json_array_get_length (off) > 0)
    json_object_set_array_member (args, "taken_off", off);
  else
    json_array_unref (off);
}

static void
remove_one (Sim *self, SimDesk *desk, const char *referral)
{
  g_autoptr (GPtrArray) files = enclosed (desk, referral, "referral_detail");

  if (files->len > 0)
    sim_desk_submit (desk, "document.remove",
                     kith_json_new ("document", "s", kith_record_get_id (files->pdata[sim_below (self, files->len)]), "reason", "s", "Blurred", NULL), NULL, 0);
}

/* Something is done with them beside what becomes of the draft. */
static void
work_on_enclosed (Sim *self, SimDesk *desk, const char *referral)
{
  if (sim_chance (self, self->faults.enclosed))
    enclose (self, desk, referral);
  else if (self->faults.enclosed > 0 && sim_chance (self, 60))
    remove_one (self, desk, referral);
}

static void
begin (Sim *self, SimDesk *desk)
{
  const char *client = sim_pick_held (desk, "client", self->clients);
  g_autoptr (GError) error = NULL;
  g_autofree char *number = NULL, *mark = NULL;
  char *id;
  JsonObject *args;

  if (client == NULL)
    return;
  number = kith_store_next_number (desk->store, &error);
  id = kith_store_new_id (desk->store);
  mark = draw_mark (self);
  sim_add_referral (self, id);
  args = draw_args (self, desk, client, mark);
  json_object_set_string_member (args, "id", id);
  json_object_set_string_member (args, "number", number != NULL ? number : "?");
  json_object_set_boolean_member (args, "draft", TRUE);
  sim_desk_submit (desk, "referral.send", args, mark, sim_chance (self, 200) ? 8000 : 0);
  work_on_enclosed (self, desk, id);
}

/* As it was read here; now and then as somebody remembers it, or without a word of that. */
static void
add_seen (Sim *self, JsonObject *args, KithRecord *detail)
{
  const char *draft = detail != NULL ? kith_record_string (detail, "draft") : NULL;

  if (draft != NULL && sim_chance (self, 850))
    json_object_set_string_member (args, "draft_seen", draft);
  else if (sim_chance (self, 300))
    json_object_set_string_member (args, "draft_seen", "00000000-0000-8000-8000-000000000000");
}

/* Anew as a draft, or out it goes. */
static void
write_anew (Sim *self, SimDesk *desk, KithRecord *draft, gboolean send)
{
  const char *id = kith_record_get_id (draft), *number = kith_record_string (draft, "number");
  g_autofree char *of = kith_id_natural ("referral_detail", id);
  g_autoptr (KithRecord) detail = sim_desk_get (desk, "referral_detail", of);
  const char *request = detail != NULL ? kith_record_string (detail, "request") : NULL;
  gboolean same = send && request != NULL && g_str_has_prefix (request, "request-") && sim_chance (self, 500);
  g_autofree char *mark = same ? g_strdup (request) : draw_mark (self);
  JsonObject *args = draw_args (self, desk, kith_record_string (draft, "client"), mark);

  json_object_set_string_member (args, "id", id);
  json_object_set_string_member (args, "number", number != NULL ? number : "?");
  add_seen (self, args, detail);
  if (!send)
    json_object_set_boolean_member (args, "draft", TRUE);
  if (send && self->faults.unasked && sim_chance (self, 400))
    json_object_set_boolean_member (args, "wait", TRUE);
  if (self->faults.enclosed > 0 && sim_chance (self, 600))
    take_off (self, desk, args, id);
  work_on_enclosed (self, desk, id);
  sim_desk_submit (desk, "referral.send", args, mark, sim_chance (self, 200) ? 8000 : 0);
}

static void
collect_cb (gpointer data, gpointer user_data)
{
  if (kith_record_is (data, "phase", "draft"))
    g_ptr_array_add (user_data, g_strdup (kith_record_get_id (data)));
}

/* One that this desk has as a draft, now and then one of anybody. */
static KithRecord *
pick (Sim *self, SimDesk *desk)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (KithRecord) draft = NULL;
  const char *id;

  if (sim_chance (self, 60))
    {
      kith_memory_world_foreach (self->mirror, "referral", collect_cb, drafts);
      id = sim_pick (self, drafts);
      return id != NULL ? kith_world_get (KITH_WORLD (self->mirror), "referral", id, NULL) : NULL;
    }
  for (guint i = self->referrals->len; i > 0; i--)
    {
      g_clear_object (&draft);
      draft = sim_desk_get (desk, "referral", self->referrals->pdata[i - 1]);
      if (draft != NULL && kith_record_is (draft, "phase", "draft") && sim_chance (self, 600))
        return g_steal_pointer (&draft);
    }
  return NULL;
}

/* FALSE: something else is done with referrals. */
gboolean
sim_workload_draft (Sim *self, SimDesk *desk)
{
  g_autoptr (KithRecord) draft = NULL;
  guint drawn;

  if (self->faults.drafts == 0 || !sim_chance (self, self->faults.drafts))
    return FALSE;
  draft = pick (self, desk);
  drawn = sim_below (self, 100);
  if (draft == NULL || drawn < 15)
    begin (self, desk);
  else if (drawn < 50)
    write_anew (self, desk, draft, FALSE);
  else if (drawn < 85)
    write_anew (self, desk, draft, TRUE);
  else if (drawn < 95)
    sim_desk_submit (desk, "referral.void", kith_json_new ("referral", "s", kith_record_get_id (draft), "from", "s", "draft", "reason", "s", "Draft discarded", NULL), NULL, 0);
  else
    sim_desk_submit (desk, "referral.accept", kith_json_new ("referral", "s", kith_record_get_id (draft), "from", "s", "sent", NULL), NULL, 0); /* does not fit */
  return TRUE;
}

/* ---- what must hold ---- */

/* The words of a draft are the sending side's; what it says about health goes along with the sent one where whoever sends it may not see that (U10): it
 * is then still there. */
char *
sim_draft_scope (Sim *self, const SimOp *op)
{
  const char *id = kith_json_string (op->args, "id");
  gboolean health = g_str_has_prefix (op->mark, "health");

  if (health)
    {
      g_autofree char *scope = g_strconcat ("referral_health:", id, NULL);
      g_autoptr (GPtrArray) answers = kith_world_find (KITH_WORLD (self->mirror), scope, "form_answer", NULL, NULL, NULL, NULL);

      for (guint i = 0; answers != NULL && i < answers->len; i++)
        {
          g_autofree char *body = kith_record_print (answers->pdata[i]);

          if (strstr (body, op->mark) != NULL)
            return g_steal_pointer (&scope);
        }
    }
  return g_strconcat ("referral_own:", id, ":", op->agency < SIM_N_AGENCIES ? self->agencies[op->agency] : "network", NULL);
}

/* Where a file on a referral lies; taken off a draft it is nowhere, and stays its side's own. */
char *
sim_draft_file_scope (Sim *self, const SimOp *op)
{
  const char *kind = kith_json_string (op->args, "t");
  g_autoptr (KithRecord) file = kith_world_get (KITH_WORLD (self->mirror), "document", kith_json_string (op->args, "id"), NULL);
  g_autoptr (KithRecord) record = kith_world_get (KITH_WORLD (self->mirror), kind, kith_json_string (op->args, "record"), NULL);
  const char *referral = record != NULL ? kith_record_string (record, "referral") : NULL;

  if (file != NULL)
    return kith_record_scope (file);
  /* What it was on says of which referral it is: after many others the list of what is worked with has it no more. */
  for (guint i = 0; referral == NULL && i < self->referrals->len; i++)
    {
      g_autofree char *of = kith_id_natural (kind, self->referrals->pdata[i]);

      if (g_str_equal (of, kith_json_string (op->args, "record")))
        referral = self->referrals->pdata[i];
    }
  return referral != NULL ? g_strconcat ("referral_own:", referral, ":", op->agency < SIM_N_AGENCIES ? self->agencies[op->agency] : "network", NULL)
                          : g_strdup ("nowhere");
}

static void
collect_unsent_cb (gpointer data, gpointer user_data)
{
  const char *phase = kith_record_string (data, "phase");

  if (g_strcmp0 (phase, "draft") == 0 || g_strcmp0 (phase, "pending_consent") == 0 || g_strcmp0 (phase, "given") == 0)
    g_ptr_array_add (user_data, g_strdup (kith_record_get_id (data)));
}

/* In another line than one of the agency's own log, which says of what a paper was made, a draft's too (C13). */
static gboolean
is_named (const char *text, gsize length, const char *id)
{
  const char *end = text + length, *at = text;

  while ((at = memmem (at, (gsize) (end - at), id, strlen (id))) != NULL)
    {
      const char *line = memrchr (text, '\n', (gsize) (at - text)), *stop = memchr (at, '\n', (gsize) (end - at));

      line = line != NULL ? line : text;
      stop = stop != NULL ? stop : end;
      if (memmem (line, (gsize) (stop - line), ",\"t\":\"audit_entry\"}", strlen (",\"t\":\"audit_entry\"}")) == NULL)
        return TRUE;
      at = stop;
    }
  return FALSE;
}

/* 2e, D3: an answer names no referral of another side that went to nobody, in a notice as little as anywhere else. */
void
sim_draft_check_answer (SimDesk *desk, const char *text, gsize length)
{
  Sim *self = desk->sim;
  g_autoptr (GPtrArray) unsent = NULL;

  if (self->faults.drafts == 0)
    return;
  unsent = g_ptr_array_new_with_free_func (g_free);
  kith_memory_world_foreach (self->mirror, "referral", collect_unsent_cb, unsent);
  for (guint i = 0; i < unsent->len; i++)
    {
      const char *id = unsent->pdata[i];
      g_autofree char *scope = g_strconcat ("referral:", id, NULL);

      if (is_named (text, length, id) && !kith_oracle_visible (self->oracle, desk->person->id, scope, sim_wall (self)))
        sim_fail (self, "2e", "desk %u (%s) is told of the referral %s, which was not sent", desk->index, desk->person->login, id);
    }
}

/* 2e, at the end: what was taken off a draft in an act that the hub took is on no referral, whoever it went to. A hub or a disk that was put back hears of
 * what was done in another order, and whoever may not see what is about health takes none of that off. */
void
sim_draft_check_taken_off (SimDesk *desk, const SimOp *op)
{
  Sim *self = desk->sim;
  JsonArray *off = kith_json_array (op->args, "taken_off");

  for (guint i = 0; off != NULL && self->n_restored == 0 && !desk->put_back && i < json_array_get_length (off); i++)
    {
      g_autoptr (KithRecord) file = kith_world_get (KITH_WORLD (self->mirror), "document", json_array_get_string_element (off, i), NULL);

      self->n_taken_off++;
      if (file != NULL && kith_record_is (file, "t", "referral_detail"))
        sim_fail (self, "2e", "%s was taken off the draft %s on desk %u, and is there", kith_record_get_id (file), kith_json_string (op->args, "id"), desk->index);
    }
}
