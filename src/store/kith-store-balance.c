/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-store-balance.h"

#include <json-glib/json-glib.h>
#include <string.h>

typedef struct
{
  KithBalancePerson person;
  char *id, *name;
  char **languages, **skills;
} Person;

typedef struct
{
  KithBalanceWork work;
  char *client, *staff, *name, *number;
  char **languages, **types;
} Work;

static void
person_clear (gpointer data)
{
  Person *self = data;

  g_free (self->id);
  g_free (self->name);
  g_strfreev (self->languages);
  g_strfreev (self->skills);
}

static void
work_clear (gpointer data)
{
  Work *self = data;

  g_free (self->client);
  g_free (self->staff);
  g_free (self->name);
  g_free (self->number);
  g_strfreev (self->languages);
  g_strfreev (self->types);
}

static void
move_free (gpointer data)
{
  KithProposalMove *self = data;

  g_free (self->client);
  g_free (self->name);
  g_free (self->number);
  g_free (self->from);
  g_free (self->from_name);
  g_free (self->to);
  g_free (self->to_name);
  g_free (self->need);
  g_free (self);
}

static void
proposal_person_free (gpointer data)
{
  KithProposalPerson *self = data;

  g_free (self->id);
  g_free (self->name);
  g_free (self);
}

/**
 * kith_proposal_free:
 * @self: (transfer full): not NULL; with its people and moves
 */
void
kith_proposal_free (KithProposal *self)
{
  g_ptr_array_unref (self->people);
  g_ptr_array_unref (self->moves);
  g_free (self);
}

static char **
list_of (const char *json)
{
  g_autoptr (JsonNode) node = json != NULL ? json_from_string (json, NULL) : NULL;
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    if (json_node_get_value_type (json_array_get_element (array, i)) == G_TYPE_STRING)
      g_strv_builder_add (list, json_array_get_string_element (array, i));
  return g_strv_builder_end (list);
}

/* The columns of "staff-load". */
static gboolean
load_people (KithDb *db, const char *agency, const char *today, GArray *people, GError **error)
{
  enum { ID, NAME, ROLE, ACTIVE, LANGUAGES, SKILLS, AWAY_FROM, AWAY_UNTIL, SUPERVISOR, SUPERVISOR_NAME, TRAINED, CLIENTS, CASES, REFERRALS, TASKS, LOAD };
  g_autoptr (KithDbStmt) stmt = kith_db_query (db, "staff-load", error);
  KithDbStep step;

  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, agency);
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      const char *from = kith_db_text (stmt, AWAY_FROM), *until = kith_db_text (stmt, AWAY_UNTIL);
      gboolean active = kith_db_int (stmt, ACTIVE) != 0;
      gboolean away = from != NULL && strcmp (from, today) <= 0 && (until == NULL || strcmp (until, today) >= 0);
      Person person = { .id = g_strdup (kith_db_text (stmt, ID)), .name = g_strdup (kith_db_text (stmt, NAME)) };

      person.languages = list_of (kith_db_text (stmt, LANGUAGES));
      person.skills = list_of (kith_db_text (stmt, SKILLS));
      person.person = (KithBalancePerson) { .id = person.id, .takes = active && !away && kith_db_int (stmt, TRAINED) != 0, .gives_all = !active,
                                            .keeps = active && away, .load = (guint) kith_db_int (stmt, LOAD),
                                            .languages = (const char *const *) person.languages,
                                            .skills = (const char *const *) person.skills };
      if (strcmp (person.id, "unassigned") == 0) /* its clients are given out by hand: nobody's load falls by it */
        person_clear (&person);
      else
        g_array_append_val (people, person);
    }
  return step == KITH_DB_DONE;
}

static gboolean
load_work (KithDb *db, const char *agency, GArray *all, GError **error)
{
  enum { CLIENT, STAFF, WEIGHT, LANGUAGES, TYPES, GIVEN, FAMILY, NUMBER, SECOND, MIDDLE };
  g_autoptr (KithDbStmt) stmt = kith_db_query (db, "balance-work", error);
  KithDbStep step;

  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, agency);
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      const char *words[] = { kith_db_text (stmt, GIVEN), kith_db_text (stmt, MIDDLE), kith_db_text (stmt, FAMILY), kith_db_text (stmt, SECOND) };
      GString *name = g_string_new (NULL);
      Work one = { .client = g_strdup (kith_db_text (stmt, CLIENT)), .staff = g_strdup (kith_db_text (stmt, STAFF)),
                   .number = g_strdup (kith_db_text (stmt, NUMBER)) };

      for (guint i = 0; i < G_N_ELEMENTS (words); i++)
        if (words[i] != NULL && *words[i] != '\0')
          g_string_append_printf (name, "%s%s", name->len > 0 ? " " : "", words[i]);
      one.name = g_string_free (name, FALSE);
      one.languages = list_of (kith_db_text (stmt, LANGUAGES));
      one.types = list_of (kith_db_text (stmt, TYPES));
      one.work = (KithBalanceWork) { .client = one.client, .staff = one.staff, .weight = (guint) kith_db_int (stmt, WEIGHT),
                                     .languages = (const char *const *) one.languages, .skills = (const char *const *) one.types };
      g_array_append_val (all, one);
    }
  return step == KITH_DB_DONE;
}

static KithProposalPerson *
find_person (KithProposal *self, const char *id)
{
  for (guint i = 0; i < self->people->len; i++)
    if (strcmp (((KithProposalPerson *) self->people->pdata[i])->id, id) == 0)
      return self->people->pdata[i];
  return NULL;
}

static void
add_move (KithProposal *self, const KithBalanceMove *move, const Work *of)
{
  KithProposalPerson *from = find_person (self, of->staff), *to = move->to != NULL ? find_person (self, move->to->id) : NULL;
  KithProposalMove *one = g_new0 (KithProposalMove, 1);

  one->client = g_strdup (of->client);
  one->name = g_strdup (of->name);
  one->number = g_strdup (of->number);
  one->from = g_strdup (of->staff);
  one->from_name = g_strdup (from != NULL ? from->name : NULL);
  one->to = g_strdup (to != NULL ? to->id : NULL);
  one->to_name = g_strdup (to != NULL ? to->name : NULL);
  one->weight = of->work.weight;
  one->lacks = move->lacks;
  one->need = g_strdup (move->need);
  if (from != NULL && to != NULL)
    from->after -= MIN (from->after, one->weight);
  if (to != NULL)
    to->after += one->weight;
  g_ptr_array_add (self->moves, one);
}

KithProposal *
kith_store_propose_balance (KithDb *db, const char *agency, const char *today, guint most, GError **error)
{
  g_autoptr (GArray) people = g_array_new (FALSE, FALSE, sizeof (Person));
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (Work));
  g_autofree KithBalancePerson *persons = NULL;
  g_autofree KithBalanceWork *work = NULL;
  g_autoptr (GArray) moves = NULL;
  KithProposal *self;

  g_array_set_clear_func (people, person_clear);
  g_array_set_clear_func (all, work_clear);
  if (!load_people (db, agency, today, people, error) || !load_work (db, agency, all, error))
    return NULL;
  self = g_new0 (KithProposal, 1);
  self->people = g_ptr_array_new_with_free_func (proposal_person_free);
  self->moves = g_ptr_array_new_with_free_func (move_free);
  persons = g_new0 (KithBalancePerson, people->len + 1);
  work = g_new0 (KithBalanceWork, all->len + 1);
  for (guint i = 0; i < people->len; i++)
    {
      Person *person = &g_array_index (people, Person, i);
      KithProposalPerson *shown = g_new0 (KithProposalPerson, 1);

      persons[i] = person->person;
      *shown = (KithProposalPerson) { g_strdup (person->id), g_strdup (person->name), person->person.load, person->person.load,
                                      person->person.gives_all, person->person.keeps };
      g_ptr_array_add (self->people, shown);
    }
  for (guint i = 0; i < all->len; i++)
    work[i] = g_array_index (all, Work, i).work;
  moves = kith_balance_propose (persons, people->len, work, all->len, most);
  for (guint i = 0; i < moves->len; i++)
    {
      KithBalanceMove *move = &g_array_index (moves, KithBalanceMove, i);

      add_move (self, move, &g_array_index (all, Work, move->work - work));
    }
  return self;
}
