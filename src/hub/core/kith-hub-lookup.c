/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hub-private.h"

#include <glib/gi18n.h>

#include "kith-match.h"
#include "kith-name.h"

/* POST /v1/clients/search {"name":"ana ruiz","birth":"1988-04"} (U3, C14, design.md 2.4): people whom other agencies know and
 * who agreed that the network may find them. At most twenty, with just enough to recognise, each of them on record on both
 * sides before the answer leaves. What the person already sees is searched on their own computer. */

#define MAX_HITS 20
#define MAX_NAME 200
#define MAX_WORDS 12 /* more than any name has; each is looked up, while others wait */

typedef struct
{
  gint64 minute;
  guint count;
} Recent;

typedef struct
{
  KithHub *hub;
  KithActor *actor;
  GPtrArray *words; /* (element-type utf8) folded, the longest first */
  const char *birth;
  GPtrArray *hits;  /* (element-type KithRecord) */
  gboolean more;    /* there is somebody else, or nobody looked */
} Lookup;

static gboolean
refuse (KithHubAnswer *answer, guint status, const char *code, const char *message)
{
  kith_hub_answer_error (answer, status, code, message, NULL);
  return FALSE;
}

/* TRUE: it is one of the most that a person has in this minute. */
gboolean
kith_hub_take_turn (KithHub *self, GHashTable *turns, const char *user, guint most)
{
  gint64 minute = kith_hub_now (self) / (60 * 1000);
  Recent *recent = g_hash_table_lookup (turns, user);

  if (recent == NULL)
    {
      recent = g_new0 (Recent, 1);
      g_hash_table_insert (turns, g_strdup (user), recent);
    }
  if (recent->minute != minute)
    *recent = (Recent) { minute, 0 };
  return ++recent->count <= most;
}

static int
compare_lengths (gconstpointer a, gconstpointer b)
{
  gsize first = strlen (*(const char *const *) a), second = strlen (*(const char *const *) b);

  return first == second ? 0 : first > second ? -1 : 1;
}

/* What was asked for stands in the audit, in one line as all texts there. */
static gboolean
is_line (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

/* Who may, and whether it says enough: two words of a name, or one and when the person was born. FALSE: answered, or error is set. */
static gboolean
read_question (Lookup *self, JsonObject *body, KithHubAnswer *answer, GError **error)
{
  const KithActor *actor = self->actor;
  g_autoptr (GError) refusal = NULL;
  const char *name = kith_json_string (body, "name");
  g_autofree char *folded = NULL;
  g_auto (GStrv) words = NULL;

  if (!kith_access_may_ask_network (self->hub->world, actor, &refusal))
    {
      if (refusal->domain == KITH_REFUSAL)
        return refuse (answer, 403, KITH_ERROR_DENIED, refusal->message);
      g_propagate_error (error, g_steal_pointer (&refusal));
      return FALSE;
    }
  self->birth = kith_json_string (body, "birth");
  if (name == NULL || strlen (name) > MAX_NAME || !is_line (name) || (self->birth != NULL && !kith_text_is_partial_date (self->birth)))
    return refuse (answer, 400, KITH_ERROR_BAD_REQUEST, _("A search needs a name, and a date of birth reads 1988, 1988-04 or 1988-04-07."));
  folded = kith_text_fold (name);
  words = g_strsplit (folded, " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_ptr_array_add (self->words, g_strdup (words[i]));
  g_ptr_array_sort (self->words, compare_lengths);
  if (self->words->len > MAX_WORDS)
    return refuse (answer, 400, KITH_ERROR_BAD_REQUEST, _("These are more words than a name has. Type the given and the family names alone."));
  if (kith_name_count_words (folded) < (self->birth != NULL ? 1 : 2))
    return refuse (answer, 400, KITH_ERROR_BAD_REQUEST,
                   _("Type a given and a family name, or one name and the year of birth, to search the network."));
  if (!kith_hub_take_turn (self->hub, self->hub->lookups, actor->user, self->hub->options.lookups))
    {
      answer->retry_after = 60;
      kith_hub_answer_error (answer, 429, KITH_ERROR_SLOW_DOWN, _("Those were many searches in one minute. Please wait a little, then try again."), NULL);
      return FALSE;
    }
  return TRUE;
}

/* "1988" fits "1988-04-07" and the other way round: one of them may know no more. */
static gboolean
birth_fits (const char *asked, const char *known)
{
  gsize length;

  if (asked == NULL)
    return TRUE;
  if (known == NULL)
    return FALSE;
  length = MIN (strlen (asked), strlen (known));
  return strncmp (asked, known, length) == 0;
}

/* The words of all names of a person, folded. What else the index holds (numbers, how somebody looks) is nobody's to ask for here. */
static GPtrArray *
read_names (KithRecord *client)
{
  static const char *const names[] = { "given_name", "middle_name", "family_name", "second_family_name", "preferred_name" };
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) text = g_string_new (NULL);
  JsonArray *others = kith_record_array (client, "other_names");
  g_autofree char *folded = NULL;
  g_auto (GStrv) split = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (kith_record_string (client, names[i]) != NULL)
      g_string_append_printf (text, "%s ", kith_record_string (client, names[i]));
  for (guint i = 0; others != NULL && i < json_array_get_length (others); i++)
    g_string_append_printf (text, "%s ", json_array_get_string_element (others, i));
  folded = kith_text_fold (text->str);
  split = g_strsplit (folded, " ", -1);
  for (guint i = 0; split[i] != NULL; i++)
    if (*split[i] != '\0')
      g_ptr_array_add (words, g_strdup (split[i]));
  return words;
}

/* Each word typed is the beginning of a name of its own: "ana an" says no more than "ana". The longest words choose first: of those that
 * could take the same name, the shorter has the wider choice. */
static gboolean
names_fit (Lookup *self, KithRecord *client)
{
  g_autoptr (GPtrArray) names = read_names (client);

  for (guint i = 0; i < self->words->len; i++)
    {
      guint k = 0;

      while (k < names->len && !g_str_has_prefix (names->pdata[k], self->words->pdata[i]))
        k++;
      if (k == names->len)
        return FALSE;
      g_ptr_array_remove_index_fast (names, k);
    }
  return TRUE;
}

/* Outside what the person sees and the agency holds, and to be found by others. */
static gboolean
may_show (Lookup *self, KithRecord *client, gboolean *may, GError **error)
{
  KithHub *hub = self->hub;
  const char *id = kith_record_get_id (client);
  g_autofree char *scope = g_strconcat ("client:", id, NULL);
  g_autofree char *key = g_strconcat (id, ":", self->actor->agency, NULL);
  g_autofree char *care_id = kith_id_natural ("care", key);
  g_autoptr (KithRecord) care = NULL;
  g_autoptr (GError) local = NULL;
  gboolean sees;

  *may = FALSE;
  if (g_strcmp0 (kith_record_string (client, "agency"), self->actor->agency) == 0)
    return TRUE;
  if (!kith_hub_user_sees (hub, self->actor->user, scope, &sees, error))
    return FALSE;
  care = sees ? NULL : kith_world_get (hub->world, "care", care_id, &local);
  *may = !sees && local == NULL && care == NULL && kith_access_findable (hub->world, client, kith_hub_now (hub), &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* A year asked for narrows where the index is read, so that it reaches whoever many of the name stand before. */
static char *
match_text (GPtrArray *words, const char *birth)
{
  GString *match = g_string_new ("find : (");
  char year[KITH_MATCH_WORD_SIZE] = "";

  for (guint i = 0; i < words->len; i++)
    {
      g_autoptr (GString) word = g_string_new (words->pdata[i]);

      g_string_replace (word, "\"", "\"\"", 0);
      g_string_append_printf (match, "%s\"%s\" *", i > 0 ? " AND " : "", word->str);
    }
  g_string_append_c (match, ')');
  if (birth != NULL)
    kith_match_year_word (birth, year);
  if (*year != '\0')
    g_string_append_printf (match, " AND digits : (\"%s\")", year);
  return g_string_free (match, FALSE);
}

static gboolean
compare (Lookup *self, KithDbStmt *stmt, GError **error)
{
  g_autoptr (KithRecord) client = kith_record_cache_parse (self->hub->parsed, kith_kind_get ("client"), kith_db_text (stmt, 0), kith_db_text (stmt, 1),
                                                           error);
  gboolean may;

  if (client == NULL)
    return FALSE;
  if (!names_fit (self, client) || !birth_fits (self->birth, kith_record_string (client, "date_of_birth")))
    return TRUE;
  if (!may_show (self, client, &may, error))
    return FALSE;
  if (may && self->hits->len == MAX_HITS)
    self->more = TRUE;
  else if (may)
    g_ptr_array_add (self->hits, g_steal_pointer (&client));
  return TRUE;
}

/* One of those the index names. Who cannot be read, or whose consents cannot, may not be shown, and keeps nobody else from it. */
static gboolean
look_at (Lookup *self, KithDbStmt *stmt, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (compare (self, stmt, &local))
    return TRUE;
  if (kith_hub_is_the_machines (local))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  g_message ("A search of the network passes over client %s, which cannot be read: %s. Run kith-hub check.", kith_db_text (stmt, 0), local->message);
  self->hub->counts.damaged++;
  return TRUE;
}

static gboolean
find_hits (Lookup *self, GError **error)
{
  g_autofree char *match = match_text (self->words, self->birth);
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->hub->db, "lookup-findable", error);
  guint most = self->hub->options.lookup_most, n = 0;
  KithDbStep step = KITH_DB_DONE;

  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, match);
  kith_db_bind_text (stmt, 2, self->actor->agency);
  kith_db_bind_int (stmt, 3, most);
  while (!self->more && (step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      if (!look_at (self, stmt, error))
        return FALSE;
      n++;
    }
  self->more |= n == most;
  return step != KITH_DB_FAILED;
}

static gboolean
log_hits (Lookup *self, JsonObject *body, GError **error)
{
  g_autoptr (KithActor) hub = kith_actor_new_hub ();
  g_autofree char *detail = g_strjoin (" ", kith_json_string (body, "name"), self->birth, NULL);
  JsonArray *clients = json_array_new ();
  g_autoptr (JsonObject) args = kith_json_new ("staff", "s", self->actor->user, "clients", "a", clients, "detail", "s", detail, NULL);

  for (guint i = 0; i < self->hits->len; i++)
    json_array_add_string_element (clients, kith_record_get_id (self->hits->pdata[i]));
  return kith_hub_submit (self->hub, hub, "client.looked_up", args, NULL, error);
}

/* Name, year of birth, town: no agency, no number, nothing else (C14); the id is good for opening it, and for nothing else. */
static JsonObject *
describe (Lookup *self, KithRecord *client)
{
  static const char *const names[] = { "given_name", "middle_name", "family_name", "second_family_name", NULL };
  g_autofree char *handle = kith_hub_handle_new (self->hub, self->actor->user, kith_record_get_id (client));
  JsonObject *hit = kith_json_new ("id", "s", handle, NULL);
  const char *birth = kith_record_string (client, "date_of_birth");
  JsonObject *address = kith_record_object (client, "address");

  for (guint i = 0; names[i] != NULL; i++)
    if (kith_record_string (client, names[i]) != NULL)
      json_object_set_string_member (hit, names[i], kith_record_string (client, names[i]));
  if (birth != NULL)
    {
      g_autofree char *year = g_strndup (birth, 4);

      json_object_set_string_member (hit, "birth_year", year);
    }
  if (address != NULL && kith_json_string (address, "city") != NULL)
    json_object_set_string_member (hit, "city", kith_json_string (address, "city"));
  return hit;
}

static void
lookup_clear (Lookup *self)
{
  g_clear_pointer (&self->actor, kith_actor_free);
  g_clear_pointer (&self->words, g_ptr_array_unref);
  g_clear_pointer (&self->hits, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Lookup, lookup_clear)

/**
 * kith_hub_look_up:
 *
 * POST /v1/clients/search (U3, C14): each person found is on record as a disclosure before the answer leaves.
 *
 * Returns: FALSE only when the database failed; else it is answered
 */
gboolean
kith_hub_look_up (KithHub *self, const KithHubRequest *request, KithHubSession *session, KithHubAnswer *answer, GError **error)
{
  g_autoptr (JsonObject) body = kith_hub_read_body (request, KITH_LIMIT_SMALL_BODY, answer);
  g_auto (Lookup) lookup = { .hub = self };
  JsonArray *hits;

  if (body == NULL)
    return TRUE;
  lookup.words = g_ptr_array_new_with_free_func (g_free);
  lookup.hits = g_ptr_array_new_with_free_func (g_object_unref);
  lookup.actor = kith_hub_load_actor (self, session->user, error);
  if (lookup.actor == NULL)
    return FALSE;
  if (!read_question (&lookup, body, answer, error))
    return error == NULL || *error == NULL;
  if (!find_hits (&lookup, error) || !log_hits (&lookup, body, error))
    return FALSE;
  hits = json_array_new ();
  for (guint i = 0; i < lookup.hits->len; i++)
    json_array_add_object_element (hits, describe (&lookup, lookup.hits->pdata[i]));
  kith_hub_answer_json (answer, 200, kith_json_new ("hits", "a", hits, "more", "b", lookup.more, NULL));
  return TRUE;
}
