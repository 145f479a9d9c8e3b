/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include <string.h>

#include "kith-store-lease.h"
#include "kith-store-private.h"

/* What somebody is typing: forms that were begun and not sent, kept on one desk (design.md 2.4, 8). They outlive a crash, a lock and an update as they were
 * typed; Save does what they say and ends them, both or neither; nothing of them leaves before that. When access to their record ends they keep their author's
 * own words alone, nothing of the record beside them (I6), for seven days. */

#define KEPT_MS (7 * 24 * SIM_MS_HOUR)
/* A computer that died knows the hub's time from what it wrote down of it, which is not each answer's (sync.md 2.9, I22). */
#define BEHIND_MS (5 * 60 * 1000)

typedef struct
{
  char *kind, *id, *scope, *mark;
  JsonObject *draft; /* as the form had it */
  gboolean held;     /* the hub had told of its scope since it was typed last, or before */
  gboolean over;     /* its record was taken away */
  guint n_forgets;   /* of its desk by then */
} Typed;

static void
typed_free (gpointer data)
{
  Typed *typed = data;

  g_free (typed->kind);
  g_free (typed->id);
  g_free (typed->scope);
  g_free (typed->mark);
  json_object_unref (typed->draft);
  g_free (typed);
}

GHashTable *
sim_typed_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, typed_free);
}

/* For an image of a disk, and back. */
GHashTable *
sim_typed_copy (GHashTable *from)
{
  GHashTable *to = sim_typed_new ();
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, from);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      const Typed *typed = value;
      Typed *copy = g_memdup2 (typed, sizeof *typed);

      copy->kind = g_strdup (typed->kind);
      copy->id = g_strdup (typed->id);
      copy->scope = g_strdup (typed->scope);
      copy->mark = g_strdup (typed->mark);
      json_object_ref (copy->draft);
      g_hash_table_insert (to, g_strdup (key), copy);
    }
  return to;
}

static guint
below (Sim *self, guint bound)
{
  return kith_random_below (self->typed_random, bound);
}

void
sim_typed_draw (Sim *self)
{
  KithRandom *random = kith_random_new_seeded (self->seed ^ G_GUINT64_CONSTANT (0x7479706564000000));

  if (kith_random_below (random, 1000) < 250 && sim_faults_has ("typed"))
    {
      self->faults.typed = 60 + kith_random_below (random, 240);
      self->typed_random = g_steal_pointer (&random);
    }
  g_clear_pointer (&random, kith_random_free);
}

/* ---- what must hold ---- */

/* Without the record, and without what of it nobody changed. */
static JsonObject *
own_words (const Typed *typed)
{
  return g_str_equal (typed->kind, "client") ? kith_json_new ("values", "o", kith_json_new ("given_name", "s", typed->mark, NULL), NULL)
                                             : kith_json_new ("text", "s", typed->mark, NULL);
}

static gboolean
is_text_of (JsonObject *object, const char *text)
{
  g_autofree char *printed = kith_json_print_object (object);
  g_autoptr (JsonObject) here = kith_json_parse_object (text, -1, NULL, NULL);
  g_autofree char *other = here != NULL ? kith_json_print_object (here) : NULL;

  return g_strcmp0 (printed, other) == 0;
}

/* One that only own operations began goes with them, and nothing of the hub's with it. */
static gboolean
is_told_of (SimDesk *desk, const char *scope)
{
  g_autofree char *told = NULL;

  sim_sql_text (kith_store_get_db (desk->store), "SELECT 1 FROM scope WHERE name = ?1 AND sid IS NOT NULL", scope, &told);
  return told != NULL;
}

static void
check_over (SimDesk *desk, const char *key, Typed *typed, const char *body, gint64 expires)
{
  Sim *self = desk->sim;
  g_autoptr (JsonObject) own = own_words (typed);

  /* Of a record that only its author made, and the hub never told of, all is the author's own. */
  if (!is_text_of (own, body) && (typed->held || !is_text_of (typed->draft, body)))
    sim_fail (self, "I6", "desk %u keeps of “%s”, whose record was taken away, %s", desk->index, key, body);
  else if (!typed->over && desk->n_forgets == typed->n_forgets && kith_store_get_closed (desk->store) == KITH_CLOSED_NOT &&
           kith_oracle_visible (self->oracle, desk->person->id, typed->scope, desk->answer_ms) &&
           kith_oracle_visible (self->oracle, desk->person->id, typed->scope, sim_wall (self)))
    sim_fail (self, "2.3", "desk %u has “%s” as what cannot be sent any more, and its record is there", desk->index, key);
  else if (expires > kith_store_hub_ms (desk->store) + KEPT_MS + BEHIND_MS && self->n_accepted == 0)
    sim_fail (self, "2.3", "desk %u keeps “%s” for more than seven days", desk->index, key);
  typed->over = TRUE;
}

static void
check_one (SimDesk *desk, const char *key, Typed *typed)
{
  Sim *self = desk->sim;
  g_autofree char *body = NULL, *expires = NULL;

  sim_sql_text (kith_store_get_db (desk->store), "SELECT body FROM draft WHERE key = ?1", key, &body);
  sim_sql_text (kith_store_get_db (desk->store), "SELECT expires FROM draft WHERE key = ?1", key, &expires);
  if (body == NULL)
    {
      if (!(typed->over && self->n_accepted > 0)) /* weeks went by at once */
        sim_fail (self, "2.3", "desk %u (%s) has lost what was typed into “%s”", desk->index, desk->person->login, key);
      return;
    }
  if (expires != NULL)
    {
      check_over (desk, key, typed, body, g_ascii_strtoll (expires, NULL, 10));
      return;
    }
  if (!is_text_of (typed->draft, body))
    sim_fail (self, "2.3", "desk %u: what was typed into “%s” is now %s", desk->index, key, body);
  if (is_told_of (desk, typed->scope))
    typed->held = TRUE;
  else if (typed->held && !desk->put_back && !desk->store->refilling) /* while all is fetched anew, what is there is told page by page */
    sim_fail (self, "I6", "desk %u keeps the record beside what was typed into “%s”, which was taken away", desk->index, key);
}

void
sim_typed_check (SimDesk *desk)
{
  GHashTableIter iter;
  gpointer key, value;

  if (desk->typed == NULL)
    return;
  g_hash_table_iter_init (&iter, desk->typed);
  while (g_hash_table_iter_next (&iter, &key, &value) && desk->sim->failure == NULL)
    check_one (desk, key, value);
}

/* What is only being typed is nobody's but its author's. */
void
sim_typed_check_sent (SimDesk *desk, GBytes *body)
{
  static const char canary[] = "typed-";

  if (desk->sim->faults.typed > 0 && body != NULL && memmem (g_bytes_get_data (body, NULL), g_bytes_get_size (body), canary, strlen (canary)) != NULL)
    sim_fail (desk->sim, "2.3", "desk %u sends what is only being typed", desk->index);
}

/* ---- what is done ---- */

static JsonObject *
make_draft (const Typed *typed, KithRecord *client)
{
  const char *given = client != NULL ? kith_record_string (client, "given_name") : NULL, *family = client != NULL ? kith_record_string (client, "family_name") : NULL;

  if (!g_str_equal (typed->kind, "client"))
    return kith_json_new ("text", "s", typed->mark, NULL);
  return kith_json_new ("values", "o", kith_json_new ("given_name", "s", typed->mark, "family_name", "s", family, NULL), "was", "o",
                        kith_json_new ("given_name", "s", given, "family_name", "s", family, NULL), NULL);
}

/* A process that dies in the middle of it had it saved, or has what was there before. */
static void
save (SimDesk *desk, const char *key, Typed *typed)
{
  Sim *self = desk->sim;
  const Typed *before = g_hash_table_lookup (desk->typed, key);
  g_autoptr (GError) error = NULL;
  gboolean saved, died;

  typed->held = is_told_of (desk, typed->scope);
  typed->n_forgets = desk->n_forgets;
  typed->over = before != NULL && before->over && !typed->held;
  if (!self->calm && below (self, 1000) < self->faults.crash_inside)
    sim_crash_arm (below (self, 8));
  saved = kith_store_save_draft (desk->store, key, typed->scope, typed->draft, &error);
  died = sim_crash_disarm ();
  sim_log (self, "desk %u types into “%s”: %s", desk->index, key, saved ? typed->mark : error->message);
  self->n_typed += saved;
  if (saved)
    g_hash_table_replace (desk->typed, g_strdup (key), typed);
  else
    typed_free (typed);
  if (!saved && !died)
    sim_fail (self, "store", "desk %u keeps nothing of what is typed: %s", desk->index, error->message);
  if (died)
    sim_desk_crash (desk);
  sim_typed_check (desk);
}

/* A note on a referral, or the name of a client. Where a form still stands open it goes on with what it had. */
static void
type (SimDesk *desk)
{
  Sim *self = desk->sim;
  gboolean of_client = below (self, 2) == 0;
  GPtrArray *ids = of_client ? self->clients : self->referrals;
  const char *kind = of_client ? "client" : "referral", *id = NULL;
  g_autofree char *key = NULL;
  g_autoptr (KithRecord) record = NULL;
  const Typed *before = NULL;
  Typed *typed;

  for (guint i = 0; ids->len > 0 && record == NULL && before == NULL && i < 4; i++)
    {
      id = ids->pdata[below (self, ids->len)];
      g_free (key);
      key = g_strconcat (of_client ? "client:" : "note:referral:", id, NULL);
      before = g_hash_table_lookup (desk->typed, key);
      record = sim_desk_get (desk, kind, id);
    }
  if (record == NULL && before == NULL)
    return;
  typed = g_new0 (Typed, 1);
  typed->kind = g_strdup (kind);
  typed->id = g_strdup (id);
  typed->scope = g_strconcat (kind, ":", id, NULL);
  typed->mark = sim_mark (self, "typed");
  typed->draft = make_draft (typed, record);
  if (record == NULL && of_client) /* the form has what it had */
    {
      g_autofree char *text = kith_json_print_object (before->draft);

      json_object_unref (typed->draft);
      typed->draft = kith_json_parse_object (text, -1, NULL, NULL);
      json_object_set_string_member (kith_json_object (typed->draft, "values"), "given_name", typed->mark);
    }
  save (desk, key, typed);
}

/* Any of those that were begun. Borrowed; NULL: none is. */
static const char *
pick (SimDesk *desk)
{
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (desk->typed), (GCompareFunc) strcmp);

  return keys != NULL ? g_list_nth_data (keys, below (desk->sim, g_list_length (keys))) : NULL;
}

static void
discard (SimDesk *desk, const char *key)
{
  g_autoptr (GError) error = NULL;

  if (!kith_store_save_draft (desk->store, key, NULL, NULL, &error))
    sim_fail (desk->sim, "store", "desk %u discards nothing: %s", desk->index, error->message);
  g_hash_table_remove (desk->typed, key);
}

/* What it says is done, and it is over: both or neither. */
static void
send (SimDesk *desk, const char *draft_key)
{
  Sim *self = desk->sim;
  g_autofree char *key = g_strdup (draft_key), *id = NULL, *value = NULL, *left = NULL;
  const Typed *typed = g_hash_table_lookup (desk->typed, key);
  g_autoptr (KithRecord) client = sim_desk_get (desk, "client", typed->id);
  gboolean done;

  if (!g_str_equal (typed->kind, "client") || client == NULL || kith_record_string (client, "given_name") == NULL)
    return;
  id = g_strdup (typed->id);
  value = sim_mark (self, "value");
  desk->saving = key;
  done = sim_desk_submit (desk, "record.patch",
                          kith_json_new ("t", "s", "client", "id", "s", id, "set", "o",
                                         kith_json_new ("given_name", "o", kith_json_new ("old", "s", kith_record_string (client, "given_name"), "new", "s", value, NULL), NULL), NULL),
                          value, 0);
  desk->saving = NULL;
  if (done)
    g_hash_table_remove (desk->typed, key);
  sim_sql_text (kith_store_get_db (desk->store), "SELECT 1 FROM draft WHERE key = ?1", key, &left);
  if (done && left != NULL)
    sim_fail (self, "2.3", "desk %u did what “%s” says, and has it still", desk->index, key);
  self->n_typed_sent += done;
}

/* As a lock does it: rewritten where that is due, closed, opened again. */
static void
lock (SimDesk *desk)
{
  g_autoptr (GError) error = NULL;

  if (desk->store->wipe_due && !kith_store_wipe (desk->store, &error))
    sim_fail (desk->sim, "store", "desk %u cannot be rewritten: %s", desk->index, error->message);
  desk->n_forgets++;
  sim_desk_close (desk);
  g_clear_pointer (&desk->token, g_free);
  g_clear_pointer (&desk->refresh, g_free);
  sim_desk_open (desk);
  sim_check_local_writes (desk);
}

/* Before somebody works. */
void
sim_typed_step (Sim *self)
{
  SimDesk *desk;
  guint drawn;

  if (self->faults.typed == 0 || below (self, 1000) >= self->faults.typed)
    return;
  desk = self->desks->pdata[below (self, self->desks->len)];
  drawn = below (self, 100);
  if (desk->closed || desk->damage != NULL)
    return;
  if (desk->typed == NULL)
    desk->typed = sim_typed_new ();
  if (drawn < 60 || g_hash_table_size (desk->typed) == 0)
    type (desk);
  else if (drawn < 78)
    send (desk, pick (desk));
  else if (drawn < 88)
    discard (desk, pick (desk));
  else
    lock (desk);
  sim_typed_check (desk);
}
