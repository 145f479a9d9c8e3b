/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-balance.h"

#include <string.h>

typedef struct
{
  const KithBalancePerson *person;
  guint load;
  GPtrArray *work; /* (element-type KithBalanceWork): what can still go, the heaviest first */
} Desk;

typedef struct
{
  Desk *desks;
  guint n_desks;
  GHashTable *on;    /* "client staff" of every row: who is on whom */
  GHashTable *moved; /* clients that go somewhere already */
  GArray *moves;
  guint n_moves, most;
} Balance;

static gboolean
has (const char *const *list, const char *word)
{
  for (guint i = 0; list != NULL && list[i] != NULL; i++)
    if (strcmp (list[i], word) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
speaks (const KithBalancePerson *person, const char *language)
{
  if (person->languages == NULL || person->languages[0] == NULL)
    return strcmp (language, KITH_BALANCE_COMMON_LANGUAGE) == 0;
  return has (person->languages, language);
}

KithBalanceFit
kith_balance_fits (const KithBalancePerson *person, const KithBalanceWork *work, const char **need)
{
  gboolean spoken = work->languages == NULL || work->languages[0] == NULL;

  if (!person->takes)
    return KITH_BALANCE_NOBODY;
  for (guint i = 0; !spoken && work->languages[i] != NULL; i++)
    spoken = speaks (person, work->languages[i]);
  if (!spoken)
    {
      if (need != NULL)
        *need = work->languages[0];
      return KITH_BALANCE_NO_LANGUAGE;
    }
  if (person->skills == NULL || person->skills[0] == NULL)
    return KITH_BALANCE_FITS;
  for (guint i = 0; work->skills != NULL && work->skills[i] != NULL; i++)
    if (!has (person->skills, work->skills[i]))
      {
        if (need != NULL)
          *need = work->skills[i];
        return KITH_BALANCE_NO_SKILL;
      }
  return KITH_BALANCE_FITS;
}

static gboolean
prefers (const KithBalancePerson *person, const KithBalanceWork *work)
{
  return work->languages == NULL || work->languages[0] == NULL || speaks (person, work->languages[0]);
}

static gboolean
is_on (Balance *self, const KithBalanceWork *work, const KithBalancePerson *person)
{
  g_autofree char *key = g_strconcat (work->client, " ", person->id, NULL);

  return g_hash_table_contains (self->on, key);
}

static int
compare_work (gconstpointer a, gconstpointer b)
{
  const KithBalanceWork *one = *(const KithBalanceWork *const *) a, *two = *(const KithBalanceWork *const *) b;

  if (one->weight != two->weight)
    return one->weight > two->weight ? -1 : 1;
  return strcmp (one->client, two->client);
}

static int
compare_desks (gconstpointer a, gconstpointer b)
{
  return strcmp (((const Desk *) a)->person->id, ((const Desk *) b)->person->id);
}

/* The best of those who can take it; NULL: nobody, with what is lacking. below: only who has less than this. */
static Desk *
find_taker (Balance *self, const KithBalanceWork *work, guint below, KithBalanceFit *lacks, const char **need)
{
  Desk *best = NULL;

  *lacks = KITH_BALANCE_NOBODY;
  for (guint i = 0; i < self->n_desks; i++)
    {
      Desk *desk = &self->desks[i];
      const char *wants = NULL;
      KithBalanceFit fit = kith_balance_fits (desk->person, work, &wants);

      if (fit != KITH_BALANCE_FITS)
        {
          if (fit != KITH_BALANCE_NOBODY && *lacks != KITH_BALANCE_NO_SKILL) /* whoever lacked only the skill came closest */
            {
              *lacks = fit;
              *need = wants;
            }
          continue;
        }
      if (is_on (self, work, desk->person) || desk->load >= below)
        continue;
      if (best == NULL || prefers (desk->person, work) > prefers (best->person, work) ||
          (prefers (desk->person, work) == prefers (best->person, work) && desk->load < best->load))
        best = desk;
    }
  return best;
}

static void
add_move (Balance *self, Desk *from, const KithBalanceWork *work, Desk *to)
{
  KithBalanceMove move = { work, to->person, KITH_BALANCE_FITS, NULL };

  from->load -= MIN (from->load, work->weight);
  to->load += work->weight;
  g_hash_table_add (self->moved, (gpointer) work->client);
  g_hash_table_add (self->on, g_strconcat (work->client, " ", to->person->id, NULL));
  g_array_append_val (self->moves, move);
  self->n_moves++;
}

/* Those who left keep nothing. The heaviest first: what is light fills the gaps. */
static void
empty_desk (Balance *self, Desk *desk, GArray *left)
{
  for (guint i = 0; i < desk->work->len; i++)
    {
      const KithBalanceWork *work = desk->work->pdata[i];
      const char *need = NULL;
      KithBalanceFit lacks;
      Desk *to;

      if (self->n_moves >= self->most)
        return;
      if (g_hash_table_contains (self->moved, work->client)) /* of two who left */
        continue;
      to = find_taker (self, work, G_MAXUINT, &lacks, &need);
      if (to != NULL)
        add_move (self, desk, work, to);
      else
        {
          KithBalanceMove stays = { work, NULL, lacks, need };

          g_array_append_val (left, stays);
        }
    }
}

/* A move that helps: what goes is less than what lies between the two, so the larger load falls. */
static gboolean
move_one (Balance *self, Desk *from, guint tolerance)
{
  for (guint i = 0; i < from->work->len; i++)
    {
      const KithBalanceWork *work = from->work->pdata[i];
      const char *need;
      KithBalanceFit lacks;
      Desk *to;

      if (g_hash_table_contains (self->moved, work->client) || work->weight >= from->load)
        continue;
      to = find_taker (self, work, from->load - work->weight, &lacks, &need);
      if (to == NULL || from->load - to->load <= tolerance)
        continue;
      add_move (self, from, work, to);
      return TRUE;
    }
  return FALSE;
}

static guint
tolerance_of (Balance *self)
{
  guint n = 0, all = 0;

  for (guint i = 0; i < self->n_desks; i++)
    if (self->desks[i].person->takes)
      {
        n++;
        all += self->desks[i].load;
      }
  return n > 0 ? MAX (1, all / n / 10) : G_MAXUINT;
}

/* From whoever has most; when nothing of theirs can go, from the next. */
static void
level (Balance *self)
{
  guint tolerance = tolerance_of (self);
  g_autoptr (GHashTable) stuck = g_hash_table_new (NULL, NULL);

  while (self->n_moves < self->most)
    {
      Desk *most = NULL;

      for (guint i = 0; i < self->n_desks; i++)
        if (self->desks[i].person->takes && !g_hash_table_contains (stuck, &self->desks[i]) && (most == NULL || self->desks[i].load > most->load))
          most = &self->desks[i];
      if (most == NULL)
        return;
      if (!move_one (self, most, tolerance))
        g_hash_table_add (stuck, most);
    }
}

static void
lay_out (Balance *self, const KithBalancePerson *people, guint n_people, const KithBalanceWork *work, guint n_work)
{
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);

  self->desks = g_new0 (Desk, n_people);
  self->n_desks = n_people;
  for (guint i = 0; i < n_people; i++)
    self->desks[i] = (Desk) { &people[i], people[i].load, g_ptr_array_new () };
  if (n_people > 1)
    qsort (self->desks, n_people, sizeof *self->desks, compare_desks);
  for (guint i = 0; i < n_people; i++)
    g_hash_table_insert (by_id, (gpointer) self->desks[i].person->id, &self->desks[i]);
  for (guint i = 0; i < n_work; i++)
    {
      Desk *desk = g_hash_table_lookup (by_id, work[i].staff);

      g_hash_table_add (self->on, g_strconcat (work[i].client, " ", work[i].staff, NULL));
      if (desk != NULL && !desk->person->keeps)
        g_ptr_array_add (desk->work, (gpointer) &work[i]);
    }
  for (guint i = 0; i < n_people; i++)
    g_ptr_array_sort (self->desks[i].work, compare_work);
}

GArray *
kith_balance_propose (const KithBalancePerson *people, guint n_people, const KithBalanceWork *work, guint n_work, guint most)
{
  g_autoptr (GHashTable) on = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) moved = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GArray) left = g_array_new (FALSE, FALSE, sizeof (KithBalanceMove));
  GArray *moves = g_array_new (FALSE, FALSE, sizeof (KithBalanceMove));
  Balance self = { .on = on, .moved = moved, .moves = moves, .most = most };

  lay_out (&self, people, n_people, work, n_work);
  for (guint i = 0; i < self.n_desks; i++)
    if (self.desks[i].person->gives_all)
      empty_desk (&self, &self.desks[i], left);
  level (&self);
  if (left->len > 0)
    g_array_append_vals (moves, left->data, left->len);
  for (guint i = 0; i < self.n_desks; i++)
    g_ptr_array_unref (self.desks[i].work);
  g_free (self.desks);
  return moves;
}
