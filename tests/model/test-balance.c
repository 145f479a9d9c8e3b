/* SPDX-License-Identifier: GPL-3.0-or-later */

/* "Balance": who could take over whom. Each case is a table; what must always hold is asked of random agencies. */

#include "kith-balance.h"

#define MOST 100

static const char *const english[] = { "en", NULL };
static const char *const spanish[] = { "es", NULL };
static const char *const both[] = { "en", "es", NULL };
static const char *const spanish_first[] = { "es", "en", NULL };
static const char *const tagalog[] = { "tl", NULL };
static const char *const housing[] = { "housing", NULL };
static const char *const legal[] = { "legal", NULL };

/* "c1:ana>ben c2:ana>-": what was proposed, "-": stays */
static void
assert_moves (const KithBalancePerson *people, guint n_people, const KithBalanceWork *work, guint n_work, guint most, const char *expected)
{
  g_autoptr (GArray) moves = kith_balance_propose (people, n_people, work, n_work, most);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < moves->len; i++)
    {
      KithBalanceMove *move = &g_array_index (moves, KithBalanceMove, i);

      g_string_append_printf (text, "%s%s:%s>%s", text->len > 0 ? " " : "", move->work->client, move->work->staff,
                              move->to != NULL ? move->to->id : "-");
    }
  g_assert_cmpstr (text->str, ==, expected);
}

#define ASSERT(people, work, expected) assert_moves (people, G_N_ELEMENTS (people), work, G_N_ELEMENTS (work), MOST, expected)

static void
test_level (void)
{
  const KithBalancePerson people[] = { { "ana", TRUE, .load = 8 }, { "ben", TRUE, .load = 2 } };
  const KithBalanceWork work[] = { { "c1", "ana", 2 }, { "c2", "ana", 1 }, { "c3", "ana", 1 }, { "c4", "ana", 4 } };

  /* the heaviest that helps: 8/2, then 4/6 is better than nothing more */
  ASSERT (people, work, "c4:ana>ben");
}

static void
test_enough (void)
{
  const KithBalancePerson people[] = { { "ana", TRUE, .load = 21 }, { "ben", TRUE, .load = 20 } };
  const KithBalanceWork work[] = { { "c1", "ana", 1 } };

  ASSERT (people, work, "");
}

static void
test_left (void)
{
  const KithBalancePerson people[] = { { "ana", TRUE, .load = 5 }, { "ben", TRUE, .load = 4 }, { "gil", .gives_all = TRUE, .load = 3 } };
  const KithBalanceWork work[] = { { "c1", "gil", 1 }, { "c2", "gil", 2 }, { "c3", "ana", 1 } };

  ASSERT (people, work, "c2:gil>ben c1:gil>ana");
}

/* Somebody on leave keeps what is theirs and gets nothing. */
static void
test_leave (void)
{
  const KithBalancePerson people[] = { { "ana", TRUE, .load = 9 }, { "ben", FALSE, .keeps = TRUE, .load = 0 }, { "kim", FALSE, .keeps = TRUE, .load = 30 },
                                       { "lea", TRUE, .load = 6 } };
  const KithBalanceWork work[] = { { "c1", "ana", 1 }, { "c2", "kim", 1 } };

  ASSERT (people, work, "c1:ana>lea");
}

static void
test_language (void)
{
  const KithBalancePerson people[] = { { "ana", TRUE, .load = 20, .languages = both }, { "ben", TRUE, .load = 0, .languages = english },
                                       { "eva", TRUE, .load = 10, .languages = both }, { "flo", TRUE, .load = 9 } };
  const KithBalanceWork only_spanish[] = { { "c1", "ana", 1, spanish } };
  const KithBalanceWork prefers[] = { { "c1", "ana", 1, spanish_first } };
  const KithBalanceWork any[] = { { "c1", "ana", 1 } };

  ASSERT (people, only_spanish, "c1:ana>eva"); /* not ben, who has least */
  ASSERT (people, prefers, "c1:ana>eva");      /* English would do, Spanish is preferred */
  ASSERT (people, any, "c1:ana>ben");
}

static void
test_nobody_fits (void)
{
  const KithBalancePerson people[] = { { "ana", TRUE, .load = 1, .languages = both, .skills = housing }, { "gil", .gives_all = TRUE, .load = 4 } };
  const KithBalanceWork work[] = { { "c1", "gil", 1, tagalog }, { "c2", "gil", 1, spanish, legal }, { "c3", "gil", 1, english, housing } };
  g_autoptr (GArray) moves = kith_balance_propose (people, G_N_ELEMENTS (people), work, G_N_ELEMENTS (work), MOST);
  KithBalanceMove *move;

  ASSERT (people, work, "c3:gil>ana c1:gil>- c2:gil>-");
  move = &g_array_index (moves, KithBalanceMove, 1);
  g_assert_cmpint (move->lacks, ==, KITH_BALANCE_NO_LANGUAGE);
  g_assert_cmpstr (move->need, ==, "tl");
  move = &g_array_index (moves, KithBalanceMove, 2);
  g_assert_cmpint (move->lacks, ==, KITH_BALANCE_NO_SKILL);
  g_assert_cmpstr (move->need, ==, "legal");
}

/* Two on one client: it does not go to whoever is on it already, and moves once. */
static void
test_shared (void)
{
  const KithBalancePerson people[] = { { "ana", TRUE, .load = 12 }, { "ben", TRUE, .load = 0 }, { "cem", TRUE, .load = 3 } };
  const KithBalanceWork work[] = { { "c1", "ana", 2 }, { "c1", "ben", 2 } };

  ASSERT (people, work, "c1:ana>cem");
}

static void
test_bound (void)
{
  const KithBalancePerson people[] = { { "ana", TRUE, .load = 9 }, { "ben", TRUE, .load = 0 } };
  const KithBalanceWork work[] = { { "c1", "ana", 1 }, { "c2", "ana", 1 }, { "c3", "ana", 1 } };

  assert_moves (people, 2, work, 3, 2, "c1:ana>ben c2:ana>ben");
  assert_moves (people, 0, work, 3, 2, "");
}

/* Whatever the agency looks like: nothing goes where it may not, nothing twice, no load rises above the largest there was, and the order of
 * the input does not matter. */
static void
test_random (void)
{
  static const char *const *const spoken[] = { NULL, english, spanish, both, tagalog, spanish_first };
  static const char *const *const able[] = { NULL, housing, legal };

  for (guint32 seed = 1; seed <= 300; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      guint n_people = g_rand_int_range (rand, 1, 9), n_work = g_rand_int_range (rand, 0, 60), most_load = 0;
      g_autofree KithBalancePerson *people = g_new0 (KithBalancePerson, n_people);
      g_autofree KithBalancePerson *turned = g_new0 (KithBalancePerson, n_people);
      g_autofree KithBalanceWork *work = g_new0 (KithBalanceWork, n_work + 1);
      g_autofree KithBalanceWork *work_turned = g_new0 (KithBalanceWork, n_work + 1);
      g_autofree guint *loads = g_new0 (guint, n_people);
      g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
      g_autoptr (GArray) moves = NULL;
      g_autoptr (GArray) again = NULL;
      static const char *const names[] = { "a", "b", "c", "d", "e", "f", "g", "h" };
      gboolean somebody_left = FALSE;

      for (guint i = 0; i < n_people; i++)
        {
          guint what = g_rand_int_range (rand, 0, 5);

          people[i] = (KithBalancePerson) { names[i], what > 1, what == 0, what == 1, 0, spoken[g_rand_int_range (rand, 0, 6)],
                                            able[g_rand_int_range (rand, 0, 3)] };
          somebody_left |= what == 0;
        }
      for (guint i = 0; i < n_work; i++)
        {
          guint who = g_rand_int_range (rand, 0, n_people);
          g_autofree char *client = g_strdup_printf ("c%u", i);

          work[i] = (KithBalanceWork) { g_intern_string (client), names[who], g_rand_int_range (rand, 1, 6), spoken[g_rand_int_range (rand, 0, 6)],
                                        able[g_rand_int_range (rand, 0, 3)] };
          people[who].load += work[i].weight;
        }
      for (guint i = 0; i < n_people; i++)
        {
          loads[i] = people[i].load;
          most_load = MAX (most_load, people[i].load);
          turned[n_people - 1 - i] = people[i];
        }
      for (guint i = 0; i < n_work; i++)
        work_turned[n_work - 1 - i] = work[i];
      moves = kith_balance_propose (people, n_people, work, n_work, MOST);
      again = kith_balance_propose (turned, n_people, work_turned, n_work, MOST);
      g_assert_cmpuint (moves->len, ==, again->len);
      for (guint i = 0; i < moves->len; i++)
        {
          KithBalanceMove *move = &g_array_index (moves, KithBalanceMove, i), *other = &g_array_index (again, KithBalanceMove, i);
          guint from = move->work->staff[0] - 'a', to = move->to != NULL ? move->to->id[0] - 'a' : 0;

          g_assert_cmpstr (move->work->client, ==, other->work->client);
          g_assert_cmpstr (move->to != NULL ? move->to->id : NULL, ==, other->to != NULL ? other->to->id : NULL);
          g_assert_true (g_hash_table_add (seen, (gpointer) move->work->client));
          g_assert_false (people[from].keeps);
          if (move->to == NULL)
            continue;
          g_assert_cmpint (kith_balance_fits (move->to, move->work, NULL), ==, KITH_BALANCE_FITS);
          g_assert_cmpuint (from, !=, to);
          if (!people[from].gives_all)
            g_assert_cmpuint (loads[to] + move->work->weight, <, loads[from]);
          loads[from] -= move->work->weight;
          loads[to] += move->work->weight;
        }
      for (guint i = 0; !somebody_left && i < n_people; i++)
        g_assert_cmpuint (loads[i], <=, most_load);
    }
}

/* A large agency, 10,000 clients of 40 people: as many moves as are asked for and no more. (How long it takes is no unit test's to say.) */
static void
test_large (void)
{
  g_autoptr (GStringChunk) ids = g_string_chunk_new (4096);
  g_autofree KithBalancePerson *people = g_new0 (KithBalancePerson, 40);
  g_autofree KithBalanceWork *work = g_new0 (KithBalanceWork, 10000);
  g_autoptr (GArray) moves = NULL;

  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *id = g_strdup_printf ("p%02u", i);

      people[i] = (KithBalancePerson) { g_string_chunk_insert (ids, id), TRUE, .load = i < 10 ? 1000 : 0, .languages = both };
    }
  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *id = g_strdup_printf ("c%05u", i);

      work[i] = (KithBalanceWork) { g_string_chunk_insert (ids, id), people[i % 10].id, 1, i % 3 == 0 ? spanish : english };
    }
  moves = kith_balance_propose (people, 40, work, 10000, 500);
  g_assert_cmpuint (moves->len, ==, 500);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/balance/level", test_level);
  g_test_add_func ("/model/balance/even-enough", test_enough);
  g_test_add_func ("/model/balance/those-who-left-U21", test_left);
  g_test_add_func ("/model/balance/leave", test_leave);
  g_test_add_func ("/model/balance/languages", test_language);
  g_test_add_func ("/model/balance/nobody-fits", test_nobody_fits);
  g_test_add_func ("/model/balance/shared", test_shared);
  g_test_add_func ("/model/balance/bound", test_bound);
  g_test_add_func ("/model/balance/random", test_random);
  g_test_add_func ("/model/balance/large", test_large);
  return g_test_run ();
}
