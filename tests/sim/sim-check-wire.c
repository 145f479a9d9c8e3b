/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include <string.h>

#include "kith-hub-private.h"

/* Every answer is read before it leaves: each row, each name of a scope, and every byte that carries somebody's words (I5); each
 * outcome against the one given first (I4). */

/* ---- what a desk asks ---- */

static void
check_cursor (SimDesk *desk, JsonObject *body)
{
  const char *text = kith_json_string (body, "cursor");
  g_autofree char *binding = g_strconcat (desk->device, "/", desk->person->id, NULL);
  g_auto (KithCursor) cursor = { 0 };

  if (text == NULL || !kith_cursor_decode (text, binding, &cursor))
    {
      desk->last_q = 0;
      return;
    }
  if (g_strcmp0 (cursor.epoch, desk->last_epoch) != 0)
    {
      g_free (desk->last_epoch);
      desk->last_epoch = g_strdup (cursor.epoch);
      desk->last_q = 0;
    }
  if (cursor.q < desk->last_q)
    sim_fail (desk->sim, "I9", "desk %u goes back from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, desk->index, desk->last_q, cursor.q);
  desk->last_q = cursor.q;
}

void
sim_check_request (SimDesk *desk, const char *path, GBytes *body)
{
  gsize length;
  const char *text;
  g_autoptr (JsonObject) object = NULL;

  sim_old_hub_sends (desk, path, body);
  sim_typed_check_sent (desk, body);
  if (body == NULL || !g_str_has_prefix (path, KITH_PATH_PULL))
    return;
  text = g_bytes_get_data (body, &length);
  object = kith_json_parse_object (text, (gssize) length, NULL, NULL);
  if (object == NULL)
    return;
  check_cursor (desk, object);
  g_free (desk->nonce);
  desk->nonce = g_strdup (kith_json_string (object, "nonce"));
}

/* ---- I5 ---- */

static gboolean
sees_at (SimDesk *desk, const char *scope, gint64 at_ms)
{
  return kith_oracle_visible (desk->sim->oracle, desk->person->id, scope, at_ms);
}

static gboolean
sees (SimDesk *desk, const char *scope)
{
  return sees_at (desk, scope, sim_wall (desk->sim));
}

static const char *
scope_name (Sim *self, gint64 sid)
{
  const char *name = g_hash_table_lookup (self->scope_names, &sid);

  if (name == NULL)
    {
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, sid);
      char *found;

      sim_sql_text (kith_hub_get_db (self->hub), "SELECT name FROM scope WHERE sid = CAST(?1 AS INTEGER)", number, &found);
      if (found == NULL)
        return NULL;
      g_hash_table_insert (self->scope_names, g_memdup2 (&sid, sizeof sid), found);
      name = found;
    }

  return name;
}

static void
check_row (SimDesk *desk, const char *what, JsonObject *row)
{
  const char *scope = scope_name (desk->sim, kith_json_int (row, "s", 0));

  desk->sim->n_rows_checked++;
  sim_damage_row (desk, scope, kith_json_int (row, "q", 0));
  if (scope == NULL || !sees (desk, scope))
    sim_fail (desk->sim, "I5", "desk %u (%s) is sent %s %s %s of %s", desk->index, desk->person->login, what, kith_json_string (row, "t"),
              kith_json_string (row, "id"), scope);
}

/* By its sensitivity; "nowhere": the hub has not taken it. */
static char *
scope_of_written (Sim *self, const char *kind, const char *id)
{
  g_autoptr (KithRecord) note = kith_world_get (KITH_WORLD (self->mirror), kind, id, NULL);

  return note != NULL ? kith_record_scope (note) : g_strdup ("nowhere");
}

static char *
scope_of_file (Sim *self, const SimOp *op)
{
  const char *client = kith_json_string (op->args, "client");

  if (g_str_has_prefix (kith_json_string (op->args, "t"), "referral_"))
    return sim_draft_file_scope (self, op);
  return client != NULL ? g_strconcat ("client_health:", client, NULL) /* U10 */ : g_strconcat ("client:", kith_json_string (op->args, "record"), NULL);
}

/* Of a client a match shows what was compared, no other field. */
static gboolean
is_compared (const SimOp *op)
{
  JsonObject *set = kith_json_object (op->args, "set");

  return g_str_equal (op->op, "client.register") ||
         (set != NULL && (json_object_has_member (set, "given_name") || json_object_has_member (set, "family_name")));
}

static gboolean
sees_a_match (SimDesk *desk, const char *client, gint64 at_ms)
{
  g_autoptr (GPtrArray) dependents = kith_oracle_dependents (desk->sim->oracle, client);

  for (guint i = 0; i < dependents->len; i++)
    if (g_str_has_prefix (g_ptr_array_index (dependents, i), "match:") && sees_at (desk, g_ptr_array_index (dependents, i), at_ms))
      return TRUE;

  return FALSE;
}

/* Words that came when the referral had gone elsewhere are their side's own (P17). */
static gboolean
is_own_word (Sim *self, const char *referral, const char *text)
{
  g_autoptr (GPtrArray) events = kith_world_find (KITH_WORLD (self->mirror), NULL, "referral_event", "referral", referral, NULL, NULL);

  for (guint i = 0; events != NULL && i < events->len; i++)
    if (kith_record_bool (events->pdata[i], "private") && kith_record_is (events->pdata[i], "text", text))
      return TRUE;
  return FALSE;
}

/* May this person read what that operation wrote, by any of the scopes it may lie in? */
gboolean
sim_may_read (SimDesk *desk, const SimOp *op, gint64 at_ms)
{
  Sim *self = desk->sim;
  const char *referral = kith_json_string (op->args, "referral");
  const char *client = kith_json_string (op->args, "id");
  g_autoptr (GPtrArray) scopes = NULL;
  const char *agency = op->agency < SIM_N_AGENCIES ? self->agencies[op->agency] : "network";
  g_autofree char *scope = NULL;

  if (g_str_equal (op->op, "referral.private_note") || (referral != NULL && is_own_word (self, referral, op->mark)))
    scope = g_strconcat ("referral_own:", referral, ":", agency, NULL);
  else if (g_str_equal (op->op, "amendment.ask"))
    scope = g_strconcat ("amendment:", client, NULL);
  else if (g_str_equal (op->op, "service.record"))
    scope = g_strconcat ("care:", kith_json_string (op->args, "client"), ":", agency, NULL);
  else if (g_str_equal (op->op, "document.attach"))
    scope = scope_of_file (self, op);
  else if (g_str_equal (op->op, "alert.raise"))
    scope = g_strconcat ("client:", kith_json_string (op->args, "client"), NULL);
  else if (g_str_has_prefix (op->op, "note."))
    scope = scope_of_written (self, "case_note", client);
  else if (g_str_equal (op->op, "assessment.record"))
    scope = scope_of_written (self, "assessment", client);
  else if (g_str_equal (op->op, "goal.set"))
    scope = scope_of_written (self, "goal", client);
  else if (g_str_equal (op->op, "enrollment.start"))
    scope = scope_of_written (self, "enrollment", client);
  else if (g_strcmp0 (kith_json_string (op->args, "t"), "case") == 0)
    scope = g_strconcat ("case:", client, NULL);
  else if (g_str_equal (op->op, "referral.send") && kith_json_bool (op->args, "draft", FALSE))
    scope = sim_draft_scope (self, op);
  else if (g_str_equal (op->op, "referral.send") && g_str_has_prefix (op->mark, "note"))
    scope = g_strconcat ("referral:", client, NULL); /* one of the eight fields (P12) */
  else if (g_str_equal (op->op, "referral.send"))
    scope = g_strconcat (strstr (op->mark, "health") != NULL ? "referral_health:" : "referral_detail:", client, NULL);
  else if (g_str_equal (op->op, "contact.record") || g_strcmp0 (kith_json_string (op->args, "t"), "contact_record") == 0)
    scope = g_strconcat ("contact:", client, NULL);
  else if (g_str_equal (op->op, "contact.assign"))
    scope = g_strconcat ("referral_detail:", client, NULL);
  else if (referral != NULL)
    scope = g_strconcat ("referral_detail:", referral, NULL);

  /* The last shared note is one of the eight fields (P12, P20). */
  if (g_str_equal (op->op, "referral.note"))
    {
      g_autofree char *brief = g_strconcat ("referral:", referral, NULL);

      if (sees_at (desk, brief, at_ms))
        return TRUE;
    }
  if (scope != NULL)
    return sees_at (desk, scope, at_ms);

  /* A value of a client may have been carried along into care records and referrals. */
  if (g_strcmp0 (kith_json_string (op->args, "t"), "client_billing") == 0)
    return TRUE;
  /* U10: what was written about somebody's health goes to nobody without the flag, by no way. */
  if (g_strcmp0 (kith_json_string (op->args, "t"), "client_health") == 0)
    {
      g_autofree char *health = g_strconcat ("client_health:", kith_json_string (op->args, "client"), NULL);

      return sees (desk, health);
    }
  scopes = kith_oracle_scopes (self->oracle, client);
  for (guint i = 0; i < scopes->len; i++)
    if (sees_at (desk, g_ptr_array_index (scopes, i), at_ms))
      return TRUE;

  return is_compared (op) && sees_a_match (desk, client, at_ms);
}

/* What stands before the hyphen of a text that sim_mark() makes up. */
static const char *const words[] = { "name", "value", "request", "words", "given", "note", "graded", "aim", "joined", "letter", "amend", "health", "answer", "call" };

/* Where the word begins that ends before this hyphen; NULL: none does. */
static const char *
find_word (const char *text, const char *hyphen)
{
  for (guint w = 0; w < G_N_ELEMENTS (words); w++)
    {
      gsize length = strlen (words[w]);

      if ((gsize) (hyphen - text) >= length && hyphen[-1] == words[w][length - 1] && memcmp (hyphen - length, words[w], length) == 0)
        return hyphen - length;
    }
  return NULL;
}

/* from: where it begins; at: its first digit; ending: what it ends with. */
static void
tell_word (SimDesk *desk, const char *from, const char *at, const char *end, const char *ending, SimWordFunc func, gpointer user_data)
{
  char mark[80];
  gsize n;

  while (at < end && (gsize) (at - from) < sizeof mark - 2 && g_ascii_isdigit (*at))
    at++;
  if ((gsize) (end - at) < strlen (ending) || strncmp (at, ending, strlen (ending)) != 0)
    return;
  n = (gsize) (at - from) + strlen (ending);
  memcpy (mark, from, n);
  mark[n] = '\0';
  func (desk, mark, user_data);
}

/* The texts that sim_mark() makes up, wherever they stand: read once through, whatever they begin with. */
void
sim_foreach_word (SimDesk *desk, const char *text, gsize length, SimWordFunc func, gpointer user_data)
{
  const char *end = text + length, *at = text, *from;

  for (; (at = memchr (at, '-', (gsize) (end - at))) != NULL; at++)
    if (at + 1 < end && g_ascii_isdigit (at[1]) && (from = find_word (text, at)) != NULL)
      tell_word (desk, from, at + 1, end, SIM_MARK_END, func, user_data);
  for (at = text; (at = memmem (at, (gsize) (end - at), SIM_HASH, strlen (SIM_HASH))) != NULL; at += strlen (SIM_HASH))
    tell_word (desk, at, at + strlen (SIM_HASH), end, "", func, user_data);
}

static void
check_mark_cb (SimDesk *desk, const char *word, gpointer user_data)
{
  const SimOp *op = g_hash_table_lookup (desk->sim->marked, word);

  if (op != NULL && !sim_may_read (desk, op, sim_wall (desk->sim)))
    sim_fail (desk->sim, "I5", "desk %u (%s) is sent “%s” of %s", desk->index, desk->person->login, word, op->op);
}

/* ---- outcomes ---- */

static SimOp *
find_op (SimDesk *desk, const char *op_id)
{
  for (guint i = desk->ops->len; i > 0; i--)
    {
      SimOp *op = g_ptr_array_index (desk->ops, i - 1);

      if (g_str_equal (op->op_id, op_id))
        return op;
    }

  return NULL;
}

/* What a refusal tells: of what is not visible, nothing; after access ended the partner and the number alone (P17). */
static void
check_now (SimDesk *desk, JsonObject *line, SimOp *op)
{
  JsonObject *now = kith_json_object (line, "now");
  const char *code = kith_json_string (line, "code");
  const char *referral = op != NULL ? kith_json_string (op->args, "referral") : NULL;

  if (now == NULL || json_object_get_size (now) == 0)
    return;
  if (g_strcmp0 (code, "not_found") == 0)
    {
      sim_fail (desk->sim, "I5", "not_found tells more: op %s", op != NULL ? op->op : "?");
    }
  else if (g_strcmp0 (code, "access_ended") == 0)
    {
      if (json_object_has_member (now, "phase") || json_object_get_size (now) > 3)
        sim_fail (desk->sim, "I5", "access_ended tells more: op %s", op != NULL ? op->op : "?");
    }
  else if (referral != NULL)
    {
      g_autofree char *scope = g_strconcat ("referral:", referral, NULL);

      /* Whoever held it when this was done is told how it stood when it was decided, also when the answer comes late. */
      if (!sees (desk, scope) && !op->knew)
        sim_fail (desk->sim, "I5", "%s of %s tells what is there now", code, op->op);
    }
}

/* A partner's word on who a client is stands beside what is there, though nobody else touched it (C1). */
static gboolean
was_proposed (Sim *self, SimOp *op)
{
  g_autofree char *conflict = NULL;

  sim_sql_text (kith_hub_get_db (self->hub), "SELECT id FROM conflict WHERE record = ?1 AND body ->> 'proposed' LIMIT 1",
                kith_json_string (op->args, "id"), &conflict);
  return conflict != NULL;
}

static void
count_outcome (SimDesk *desk, JsonObject *line, SimOp *op)
{
  Sim *self = desk->sim;
  const char *status = kith_json_string (line, "st");

  if (g_strcmp0 (status, "applied") == 0)
    {
      self->n_applied++;
    }
  else if (g_strcmp0 (status, "rejected") == 0)
    {
      self->n_refused++;
    }
  else if (g_strcmp0 (status, "merged") == 0)
    {
      self->n_conflicts++;
      if (op != NULL && !sim_check_was_touched (self, desk, op) && !was_proposed (self, op))
        sim_fail (self, "I13", "%s of desk %u met a conflict, but nobody else had touched the field", op->op, desk->index);
    }
  sim_log (self, "outcome of %s: %s %s", op != NULL ? op->op : kith_json_string (line, "id"), status, kith_json_string (line, "code"));
}

static char *
without (const char *text, const char *member)
{
  g_autoptr (JsonObject) line = kith_json_parse_object (text, -1, NULL, NULL);

  json_object_remove_member (line, member);
  return kith_json_print_object (line);
}

/* An outcome whose reader has lost sight of what it was about: nothing of what is there, and no sentence of its own, nor what that was made of. */
static gboolean
is_less_of (const char *text, const char *whole)
{
  g_autofree char *less = without (whole, "now"), *unmade = without (less, "words"), *unsaid = without (unmade, "message"), *other = without (text, "message");

  return g_str_equal (less, text) || (strstr (text, "your access to what it was about has ended since") != NULL && g_str_equal (unsaid, other));
}

/* Byte by byte the same; only what a refusal told may be missing: this time, since its reader has lost sight of it; or the first time, since a
 * later operation of the same push ended their access, which they have again (I5). */
static gboolean
is_same_outcome (const char *first, const char *text)
{
  return g_str_equal (first, text) || is_less_of (text, first) || is_less_of (first, text);
}

static void
check_outcome (SimDesk *desk, JsonObject *line)
{
  Sim *self = desk->sim;
  const char *op_id = kith_json_string (line, "id");
  g_autofree char *text = NULL;
  const char *first;
  SimOp *op;

  if (op_id == NULL || kith_json_string (line, "st") == NULL)
    return;
  op = find_op (desk, op_id);
  if (op == NULL)
    sim_pair_check_outcome (desk, op_id);
  text = kith_json_print_object (line);
  first = g_hash_table_lookup (self->outcomes, op_id);
  if (first == NULL)
    {
      /* A repetition tells what was so when it was decided: the first time it was allowed. */
      check_now (desk, line, op);
      count_outcome (desk, line, op);
      g_hash_table_insert (self->outcomes, g_strdup (op_id), g_steal_pointer (&text));
    }
  else if (desk->put_back || self->n_restored > 0) /* on another lane, or of another life of the hub, it has another number */
    {
      g_autofree char *one = without (first, "n"), *other = without (text, "n");

      if (!is_same_outcome (one, other))
        sim_fail (self, "I4", "another outcome under another number: %s, then %s", first, text);
    }
  else if (!is_same_outcome (first, text))
    {
      sim_fail (self, "I4", "another outcome the second time: %s, then %s", first, text);
    }
}

/* ---- one answer ---- */

static void
check_forget (SimDesk *desk, JsonArray *sids)
{
  for (guint i = 0; i < json_array_get_length (sids); i++)
    {
      const char *scope = scope_name (desk->sim, json_array_get_int_element (sids, i));

      desk->sim->n_forgets++;
      sim_damage_forget (desk, scope);
      if (scope != NULL && sees (desk, scope))
        sim_fail (desk->sim, "I8", "desk %u is told to forget %s, which it may see", desk->index, scope);
    }
}

static void
check_line (SimDesk *desk, JsonObject *line)
{
  JsonObject *put = kith_json_object (line, "put"), *gone = kith_json_object (line, "gone"), *op = kith_json_object (line, "op");
  JsonArray *forget = kith_json_array (line, "forget");
  const char *scope = kith_json_string (line, "name");

  if (json_object_has_member (line, "h"))
    sim_damage_header (desk, kith_json_object (line, "h"));
  if (put != NULL)
    check_row (desk, "put", put);
  else if (gone != NULL)
    check_row (desk, "gone", gone);
  else if (op != NULL)
    check_outcome (desk, op);
  else if (forget != NULL)
    check_forget (desk, forget);
  else if (json_object_has_member (line, "scope") && scope != NULL)
    {
      if (!sees (desk, scope))
        sim_fail (desk->sim, "I5", "desk %u is told of scope %s", desk->index, scope);
      sim_papers_note_shown (desk, scope);
    }
  else if (json_object_has_member (line, "st"))
    check_outcome (desk, line);
}

/* Weeks that go by at once end more than one request closes. */
static gboolean
is_closing (Sim *self, GBytes *body)
{
  gsize length = 0;
  const char *text = body != NULL ? g_bytes_get_data (body, &length) : NULL;

  return self->n_accepted > 0 && text != NULL && g_strstr_len (text, (gssize) length, "closing access that has come to its end") != NULL;
}

/* What was asked before a disk was put back comes from a computer of another name. Whoever revokes one revokes all it went by till then; but a hub that was put
 * back may not know of all. */
static gboolean
is_revoked (SimDesk *desk, const char *device)
{
  g_autofree char *revoked = NULL;

  if (g_str_equal (device, desk->device))
    return desk->revoked;
  if (desk->sim->n_restored == 0)
    return g_hash_table_contains (desk->revoked_names, device);
  sim_sql_text (kith_hub_get_db (desk->sim->hub), "SELECT 1 FROM lane WHERE device = ?1 AND revoked_at IS NOT NULL", device, &revoked);
  return revoked != NULL;
}

void
sim_check_answer (SimDesk *desk, const char *device, const char *path, guint status, GBytes *body)
{
  g_autoptr (KithLineReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  gboolean data = FALSE;
  JsonObject *line;
  gsize length;
  const char *text;

  if (status >= 500 && !(status == 503 && (desk->sim->no_room || sim_clock_in_doubt () || is_closing (desk->sim, body))))
    sim_fail (desk->sim, "hub", "%s answers %u", path, status);
  if (body == NULL || status == 206) /* sim-files.c */
    return;
  text = g_bytes_get_data (body, &length);
  sim_log (desk->sim, "answer %u to desk %u: %.*s", status, desk->index, (int) MIN (length, 40000), text);
  if (g_str_has_prefix (path, KITH_PATH_SEARCH) && status == 200) /* sim-lookup.c */
    return;
  sim_foreach_word (desk, text, length, check_mark_cb, NULL);
  sim_draft_check_answer (desk, text, length);
  if (status != 200 || !(g_str_has_prefix (path, "/v1/sync/pu") || g_str_has_prefix (path, KITH_PATH_OP)))
    return;
  if (g_hash_table_contains (desk->sim->left, desk->person->id))
    sim_fail (desk->sim, "I21", "desk %u is answered though %s was deactivated", desk->index, desk->person->login);
  if (is_revoked (desk, device))
    sim_fail (desk->sim, "I21", "desk %u is answered though it was revoked", desk->index);

  reader = kith_line_reader_new (body, 0);
  while ((line = kith_line_reader_next_object (reader, &error)) != NULL)
    {
      gboolean forget = json_object_has_member (line, "forget");

      /* I7: what ends is told before anything else, so that a page cut behind it has purged */
      if (forget && data)
        sim_fail (desk->sim, "I7", "desk %u is told to forget after it was sent rows", desk->index);
      data = data || !(forget || json_object_has_member (line, "h"));
      check_line (desk, line);
      json_object_unref (line);
    }
  if (error != NULL)
    sim_fail (desk->sim, "hub", "%s gives a bad line: %s", path, error->message);
}
