/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include <string.h>

#include "kith-hub-private.h"
#include "kith-id.h"

/* The network's look-up (U3, C14, design.md 2.4): people of other agencies ask for somebody by name and birth, and open what they found. Who is found is
 * compared with the facts, both ways: nobody who may not be found, nobody less than all who fit; each is on record on both sides before the answer leaves; and
 * what is opened was shown to that person a quarter of an hour ago at most, and may be opened by what holds then: a consent may be taken back and a client
 * restricted in between. In a quarter of the seeds all that is done often. */

#define GOOD_FOR_MS (15 * 60 * SIM_MS_SECOND)

typedef struct
{
  char *what, *agency, *staff, *client;
} Entry;

typedef struct
{
  char *client, *by;
} Opened;

struct _SimLookup
{
  KithRandom *random;
  GHashTable *shown;   /* "user/client" → when, by this process of the hub */
  GPtrArray *logged;   /* (element-type Entry): since the request under way began */
  GPtrArray *opened;   /* (element-type Opened): by this commit */
  GHashTable *refused; /* ids of openings that were refused once */
  gboolean restarted;  /* the hub was: it knows nothing any more of what it showed */
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->what);
  g_free (entry->agency);
  g_free (entry->staff);
  g_free (entry->client);
  g_free (entry);
}

static void
opened_free (gpointer data)
{
  Opened *opened = data;

  g_free (opened->client);
  g_free (opened->by);
  g_free (opened);
}

static guint
below (Sim *self, guint bound)
{
  return kith_random_below (self->lookup->random, bound);
}

void
sim_lookup_draw (Sim *self)
{
  SimLookup *lookup = g_new0 (SimLookup, 1);

  lookup->random = kith_random_new_seeded (self->seed ^ G_GUINT64_CONSTANT (0x61736b6564000000));
  lookup->shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  lookup->logged = g_ptr_array_new_with_free_func (entry_free);
  lookup->opened = g_ptr_array_new_with_free_func (opened_free);
  lookup->refused = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->lookup = lookup;
  if (below (self, 1000) < 250 && sim_faults_has ("asked"))
    self->faults.asked = 20 + below (self, 100);
}

void
sim_lookup_free (SimLookup *self)
{
  kith_random_free (self->random);
  g_hash_table_unref (self->shown);
  g_ptr_array_unref (self->logged);
  g_ptr_array_unref (self->opened);
  g_hash_table_unref (self->refused);
  g_free (self);
}

/* ---- what is done ---- */

static void
found_cb (JsonObject *answer, const GError *error, gpointer user_data)
{
  sim_log (user_data, "look-up: %s", error != NULL ? error->message : "answered");
}

static void
ask (SimDesk *desk, const char *name, const char *birth)
{
  JsonObject *question = kith_json_new ("name", "s", name, "birth", "s", birth, NULL);

  sim_log (desk->sim, "desk %u asks the network", desk->index);
  kith_sync_engine_ask (desk->engine, KITH_PATH_SEARCH, question, found_cb, desk->sim);
  json_object_unref (question);
  desk->dirty = TRUE;
}

/* Somebody whom nobody here knows: by a name and a date of birth, as much of it as is known. */
void
sim_look_up (SimDesk *desk)
{
  static const char *const names[] = { "Lopez", "Okonkwo", "lop", "name" }, *const births[] = { "1988", "1988-04-07", "1961", "1988-04" };
  const char *birth = births[sim_below (desk->sim, 4)];

  ask (desk, names[sim_below (desk->sim, 4)], birth);
}

/* Two names, one name twice, too little, and what is no date. */
static void
ask_more (SimDesk *desk)
{
  static const struct
  {
    const char *name, *birth;
  } questions[] = {
    { "Lopez", "1988" },      { "name lopez", NULL }, { "Okonkwo name", NULL }, { "lop lopez", NULL }, { "OKONKWO", "1961" },
    { "Lopez", "1988-04-07" }, { "na", "1961" },       { "Lopez", NULL },        { "", "1988" },        { "value lop", "1988" },
    { "Lopez", "88" },
  };
  guint drawn = below (desk->sim, G_N_ELEMENTS (questions));

  ask (desk, questions[drawn].name, questions[drawn].birth);
}

static void
open_found (SimDesk *desk)
{
  if (desk->found == NULL)
    ask_more (desk);
  else
    sim_online (desk, "client.open_shared", kith_json_new ("client", "s", desk->found, "reason", "s", "They stand at the desk", NULL));
}

/* Somebody who was shown to somebody lately, or anybody. Yours; NULL: nobody is there. */
static char *
pick_shown (Sim *self)
{
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (self->lookup->shown), (GCompareFunc) strcmp);

  if (keys != NULL)
    return g_strdup (strchr (g_list_nth_data (keys, below (self, g_list_length (keys))), '/') + 1);
  return self->clients->len > 0 ? g_strdup (self->clients->pdata[below (self, self->clients->len)]) : NULL;
}

static void
collect_id_cb (gpointer data, gpointer user_data)
{
  g_ptr_array_add (user_data, g_strdup (kith_record_get_id (data)));
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* What the console of 2-1-1 decides of two that may be one. */
static void
link_some (Sim *self)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_free);

  kith_memory_world_foreach (self->mirror, "match", collect_id_cb, all);
  g_ptr_array_sort (all, compare_texts);
  if (all->len > 0)
    sim_hub_submit (self, below (self, 4) > 0 ? "match.link" : "match.unlink", kith_json_new ("match", "s", all->pdata[below (self, all->len)], NULL));
}

/* Somebody agrees to be found. */
static void
agree (Sim *self)
{
  g_autofree char *client = pick_shown (self), *id = kith_id_new (KITH_CLOCK (self->hub_clock), self->lookup->random);
  g_autofree char *term = kith_time_format (sim_wall (self) + (gint64) (1 + below (self, 48)) * SIM_MS_HOUR);

  if (client != NULL)
    sim_hub_submit (self, "consent.record",
                    kith_json_new ("id", "s", id, "client", "s", client, "classes", "a", kith_json_strings ("client", NULL), "receivers", "a",
                                   kith_json_strings (self->agencies[below (self, SIM_N_AGENCIES)], "network", NULL), "purpose", "s", "To be helped", "term", "s", term,
                                   "how", "s", "verbal", "language", "s", "en", "grantor", "s", "self", "findable", "b", TRUE, NULL));
}

/* Between finding somebody and opening the record. */
static void
take_back (Sim *self)
{
  g_autofree char *client = pick_shown (self);

  if (client == NULL)
    return;
  if (below (self, 2) == 0)
    sim_hub_submit (self, "consent.revoke", kith_json_new ("client", "s", client, "reason", "s", "The client asked", NULL));
  else
    sim_hub_submit (self, "client.restrict", kith_json_new ("client", "s", client, "restricted", "b", below (self, 3) > 0, "reason", "s", "Asked for", NULL));
}

/* Before somebody works. */
void
sim_lookup_step (Sim *self)
{
  SimDesk *desk;
  guint drawn;

  if (self->faults.asked == 0 || below (self, 1000) >= self->faults.asked)
    return;
  desk = self->desks->pdata[below (self, self->desks->len)];
  drawn = below (self, 100);
  if (desk->closed || desk->damage != NULL)
    return;
  if (drawn < 40)
    ask_more (desk);
  else if (drawn < 55)
    agree (self);
  else if (drawn < 75)
    open_found (desk);
  else if (drawn < 88)
    {
      take_back (self);
      if (below (self, 2) == 0)
        open_found (desk);
      else
        ask_more (desk);
    }
  else
    link_some (self);
}

/* ---- what the hub did ---- */

/* Before it is asked. */
void
sim_lookup_begin (Sim *self)
{
  if (self->lookup->restarted)
    g_hash_table_remove_all (self->lookup->shown);
  self->lookup->restarted = FALSE;
  g_ptr_array_set_size (self->lookup->logged, 0);
}

void
sim_lookup_restarted (Sim *self)
{
  self->lookup->restarted = TRUE;
}

void
sim_lookup_note (Sim *self, KithRecord *before, KithRecord *after)
{
  const char *kind = kith_record_get_kind (after)->name;

  if (g_str_equal (kind, "audit_entry") && before == NULL)
    {
      Entry *entry = g_new0 (Entry, 1);

      entry->what = g_strdup (kith_record_string (after, "what"));
      entry->agency = g_strdup (kith_record_string (after, "agency"));
      entry->staff = g_strdup (kith_record_string (after, "staff"));
      entry->client = g_strdup (kith_record_string (after, "client"));
      g_ptr_array_add (self->lookup->logged, entry);
    }
  else if (g_str_equal (kind, "care") && kith_record_string (after, "opened_at") != NULL && (before == NULL || kith_record_string (before, "opened_at") == NULL))
    {
      Opened *opened = g_new0 (Opened, 1);

      opened->client = g_strdup (kith_record_string (after, "client"));
      opened->by = g_strdup (kith_record_string (after, "opened_by"));
      g_ptr_array_add (self->lookup->opened, opened);
    }
}

static guint
count_logged (Sim *self, const char *what, const char *agency, const char *staff, const char *client)
{
  guint n = 0;

  for (guint i = 0; i < self->lookup->logged->len; i++)
    {
      const Entry *entry = self->lookup->logged->pdata[i];

      n += g_strcmp0 (entry->what, what) == 0 && g_strcmp0 (entry->agency, agency) == 0 && g_strcmp0 (entry->staff, staff) == 0 &&
           g_strcmp0 (entry->client, client) == 0;
    }
  return n;
}

static const char *
owner_of (Sim *self, const char *id)
{
  g_autoptr (KithRecord) client = kith_world_get (KITH_WORLD (self->mirror), "client", id, NULL);

  return client != NULL ? g_intern_string (kith_record_string (client, "agency")) : NULL;
}

static gboolean
was_shown (Sim *self, const char *user, const char *client)
{
  g_autofree char *key = g_strconcat (user, "/", client, NULL);
  const gint64 *at = g_hash_table_lookup (self->lookup->shown, key);

  return at != NULL && sim_wall (self) < *at + GOOD_FOR_MS;
}

static const char *
agency_of (Sim *self, const char *user)
{
  for (guint i = 0; i < self->people->len; i++)
    {
      SimPerson *person = self->people->pdata[i];

      if (g_str_equal (person->id, user))
        return person->agency < SIM_N_AGENCIES ? self->agencies[person->agency] : NULL;
    }
  return NULL;
}

/* After each commit. */
void
sim_lookup_check_opened (Sim *self)
{
  for (guint i = 0; i < self->lookup->opened->len; i++)
    {
      const Opened *opened = self->lookup->opened->pdata[i];
      const char *by = opened->by != NULL ? opened->by : "";

      self->n_shared++;
      if (!kith_oracle_may_open (self->oracle, by, opened->client, sim_wall (self)))
        sim_fail (self, "C14", "client %s is opened by %s, and nothing allows it", opened->client, by);
      else if (!was_shown (self, by, opened->client))
        sim_fail (self, "C14", "client %s is opened by %s, to whom it was not shown", opened->client, by);
      else if (count_logged (self, "opened", agency_of (self, by), by, opened->client) != 1 ||
               count_logged (self, "disclosed", owner_of (self, opened->client), by, opened->client) != 1)
        sim_fail (self, "C14", "that client %s is opened by %s is not on record on both sides", opened->client, by);
    }
  g_ptr_array_set_size (self->lookup->opened, 0);
}

/* ---- what it answers ---- */

typedef struct
{
  SimDesk *desk;
  char **words;
  const char *birth;
  GPtrArray *ids; /* of those who fit and may be found */
} Question;

static char **
split (const char *text)
{
  g_autofree char *lower = g_ascii_strdown (text, -1);
  g_auto (GStrv) all = g_strsplit_set (lower, " -", -1);
  GPtrArray *words = g_ptr_array_new ();

  for (guint i = 0; all[i] != NULL; i++)
    if (*all[i] != '\0')
      g_ptr_array_add (words, g_strdup (all[i]));
  g_ptr_array_add (words, NULL);
  return (char **) g_ptr_array_free (words, FALSE);
}

/* Each word typed begins a name of its own. */
static gboolean
fit (char **words, char **names, guint taken)
{
  if (*words == NULL)
    return TRUE;
  for (guint i = 0; names[i] != NULL; i++)
    if ((taken & 1u << i) == 0 && g_str_has_prefix (names[i], *words) && fit (words + 1, names, taken | 1u << i))
      return TRUE;
  return FALSE;
}

static gboolean
is_asked_for (const Question *question, KithRecord *client)
{
  static const char *const fields[] = { "given_name", "middle_name", "family_name", "second_family_name", "preferred_name" };
  const char *known = kith_record_string (client, "date_of_birth");
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (GStrv) names = NULL;

  if (question->birth != NULL && (known == NULL || !(g_str_has_prefix (known, question->birth) || g_str_has_prefix (question->birth, known))))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (kith_record_string (client, fields[i]) != NULL)
      g_string_append_printf (text, "%s ", kith_record_string (client, fields[i]));
  names = split (text->str);
  return fit (question->words, names, 0);
}

static void
expect_cb (gpointer data, gpointer user_data)
{
  Question *question = user_data;
  Sim *self = question->desk->sim;

  if (is_asked_for (question, data) && kith_oracle_findable (self->oracle, question->desk->person->id, kith_record_get_id (data), sim_wall (self)))
    g_ptr_array_add (question->ids, g_strdup (kith_record_get_id (data)));
}

/* Name, year of birth, town, as they stand there now. */
static gboolean
is_brief (JsonObject *hit, KithRecord *client)
{
  static const char *const names[] = { "given_name", "middle_name", "family_name", "second_family_name", NULL };
  JsonObjectIter iter;
  const char *member;
  JsonNode *node;

  json_object_iter_init (&iter, hit);
  while (json_object_iter_next (&iter, &member, &node))
    {
      const char *text = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
      const char *birth = kith_record_string (client, "date_of_birth");

      if (text == NULL)
        return FALSE;
      if (g_strv_contains (names, member) ? g_strcmp0 (text, kith_record_string (client, member)) != 0
          : g_str_equal (member, "birth_year") ? strlen (text) != 4 || birth == NULL || !g_str_has_prefix (birth, text)
                                               : !g_str_equal (member, "id") && !g_str_equal (member, "city"))
        return FALSE;
    }
  return TRUE;
}

/* Who stands behind what this person was given; NULL: nobody they may have been shown. */
static const char *
client_of_hit (SimDesk *desk, const char *handle)
{
  Sim *self = desk->sim;

  for (guint i = 0; i < self->clients->len; i++)
    {
      g_autofree char *own = kith_hub_handle_of (self->hub, desk->person->id, self->clients->pdata[i]);

      if (g_strcmp0 (own, handle) == 0)
        return self->clients->pdata[i];
    }
  return NULL;
}

static void
check_hit (const Question *question, JsonObject *hit)
{
  SimDesk *desk = question->desk;
  Sim *self = desk->sim;
  const char *handle = kith_json_string (hit, "id"), *id = client_of_hit (desk, handle);
  g_autoptr (KithRecord) client = id != NULL ? kith_world_get (KITH_WORLD (self->mirror), "client", id, NULL) : NULL;

  self->n_hits++;
  if (client == NULL || !kith_oracle_findable (self->oracle, desk->person->id, id, sim_wall (self)))
    sim_fail (self, "C14", "desk %u (%s) finds client %s in the network", desk->index, desk->person->login, id != NULL ? id : handle);
  else if (!is_brief (hit, client))
    sim_fail (self, "C14", "desk %u is told too much, or something else, of client %s", desk->index, id);
  else if (!is_asked_for (question, client))
    sim_fail (self, "C14", "desk %u is told of client %s, for whom it did not ask", desk->index, id);
  else if (count_logged (self, "disclosed", kith_record_string (client, "agency"), desk->person->id, id) != 1)
    sim_fail (self, "C14", "desk %u is told of client %s, and that is not on record", desk->index, id);
  else
    g_hash_table_replace (self->lookup->shown, g_strconcat (desk->person->id, "/", id, NULL), g_memdup2 ((gint64[]) { sim_wall (self) }, sizeof (gint64)));
  g_free (desk->found);
  desk->found = g_strdup (handle);
}

static void
check_all_found (const Question *question, JsonArray *hits)
{
  Sim *self = question->desk->sim;

  for (guint i = 0; i < question->ids->len; i++)
    {
      g_autofree char *handle = kith_hub_handle_of (self->hub, question->desk->person->id, question->ids->pdata[i]);
      gboolean found = FALSE;

      for (guint k = 0; k < json_array_get_length (hits); k++)
        found |= g_strcmp0 (kith_json_string (json_array_get_object_element (hits, k), "id"), handle) == 0;
      if (!found)
        sim_fail (self, "C14", "desk %u (%s) is not told of client %s, who fits and may be found", question->desk->index, question->desk->person->login,
                  (char *) question->ids->pdata[i]);
    }
}

static void
check_found (Question *question, GBytes *body)
{
  SimDesk *desk = question->desk;
  Sim *self = desk->sim;
  g_autoptr (JsonObject) answer = kith_json_parse_object (g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body), NULL, NULL);
  JsonArray *hits = kith_json_array (answer, "hits");
  const char *agency = desk->person->agency < SIM_N_AGENCIES ? self->agencies[desk->person->agency] : NULL;

  self->n_asked++;
  for (guint i = 0; i < json_array_get_length (hits); i++)
    check_hit (question, json_array_get_object_element (hits, i));
  kith_memory_world_foreach (self->mirror, "client", expect_cb, question);
  check_all_found (question, hits);
  if (count_logged (self, "searched", agency, desk->person->id, NULL) != 1 || self->lookup->logged->len != 1 + json_array_get_length (hits))
    sim_fail (self, "C13", "desk %u searched the network, and its agency's log does not say that and no more", desk->index);
}

static void
check_search (SimDesk *desk, JsonObject *asked, guint status, GBytes *body)
{
  Sim *self = desk->sim;
  const char *name = kith_json_string (asked, "name");
  g_auto (GStrv) words = split (name);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  Question question = { desk, words, kith_json_string (asked, "birth"), ids };
  gboolean may = kith_oracle_may_ask (self->oracle, desk->person->id);
  gboolean enough = g_strv_length (words) >= (question.birth != NULL ? 1 : 2) && (question.birth == NULL || strlen (question.birth) != 2);

  if (status == 200 ? !may || !enough : status == 400 ? !may || enough : status == 403 && may)
    sim_fail (self, "C14", "desk %u (%s) asks the network for “%s” %s and is answered %u", desk->index, desk->person->login, name, question.birth, status);
  else if (status == 200)
    check_found (&question, body);
  else if (status == 400 || status == 403)
    self->n_asked++;
}

/* Nobody is kept from what they found and may open; what was decided once is told again as it was. */
static void
check_opening (SimDesk *desk, JsonObject *asked, GBytes *body)
{
  Sim *self = desk->sim;
  g_autoptr (JsonObject) outcome = kith_json_parse_object (g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body), NULL, NULL);
  JsonObject *args = kith_json_object (asked, "a");
  const char *client = args != NULL ? client_of_hit (desk, kith_json_string (args, "client")) : NULL;

  if (client == NULL || outcome == NULL || g_strcmp0 (kith_json_string (outcome, "st"), "rejected") != 0 || g_hash_table_contains (self->outcomes, kith_json_string (asked, "id")) ||
      !g_hash_table_add (self->lookup->refused, g_strdup (kith_json_string (asked, "id"))))
    return;
  if (was_shown (self, desk->person->id, client) && kith_oracle_may_open (self->oracle, desk->person->id, client, sim_wall (self)))
    sim_fail (self, "C14", "desk %u (%s) may open client %s, and is refused", desk->index, desk->person->login, client);
}

/**
 * sim_lookup_check_answer:
 * @asked: (nullable): the body of the request
 *
 * Before it is known otherwise what the answer says.
 */
void
sim_lookup_check_answer (SimDesk *desk, const char *path, GBytes *asked, guint status, GBytes *body)
{
  gboolean search = g_str_has_prefix (path, KITH_PATH_SEARCH);
  g_autoptr (JsonObject) question = NULL;

  if (asked == NULL || body == NULL || !(search || g_str_equal (path, KITH_PATH_OP)))
    return;
  question = kith_json_parse_object (g_bytes_get_data (asked, NULL), (gssize) g_bytes_get_size (asked), NULL, NULL);
  if (question == NULL)
    return;
  if (search)
    check_search (desk, question, status, body);
  else if (status == 200 && g_strcmp0 (kith_json_string (question, "op"), "client.open_shared") == 0)
    check_opening (desk, question, body);
}
