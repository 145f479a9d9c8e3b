/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-fixture.h"
#include "kith-test.h"

/* The pull algorithm against a model (sync.md 2.3): scopes with several overlapping paths each, through grants and
 * through memberships, with and without an end; records made, changed, moved and deleted between pages; answers lost;
 * pages of a few rows. What the desk holds in the end is exactly what the hub would show, and on the way nothing closed
 * is ever sent or kept. */

#define SCOPES 6
#define PRINCIPALS 3
#define STEPS 150
#define SEEDS (60 / KITH_TEST_STEP (1, 3)) /* KITH_PULL_SEEDS=3000 by hand */

typedef struct
{
  HubFixture *net;
  Desk *desk;
  KithRandom *random;
  GPtrArray *live;                       /* ids of records that are there */
  char *scopes[SCOPES];
  char *subjects[SCOPES][PRINCIPALS];
  gint64 pids[PRINCIPALS], member[PRINCIPALS];   /* row of the open membership, 0: none */
  gint64 grant[SCOPES][PRINCIPALS];              /* row of the open grant, 0: none */
  gint64 end[SCOPES][PRINCIPALS];                /* its not_after, 0: none */
} Model;

static guint
below (Model *m, guint n)
{
  return kith_random_below (m->random, n);
}

static gboolean
is_open (Model *m, guint s)
{
  gint64 now = kith_clock_wall_ms (KITH_CLOCK (m->net->clock));

  for (guint k = 0; k < PRINCIPALS; k++)
    if (m->member[k] != 0 && m->grant[s][k] != 0 && (m->end[s][k] == 0 || m->end[s][k] > now))
      return TRUE;
  return FALSE;
}

static guint
scope_index (Model *m, const char *name)
{
  for (guint s = 0; s < SCOPES; s++)
    if (strcmp (m->scopes[s], name) == 0)
      return s;
  return SCOPES;
}

static KithRecord *
make_record (Model *m, const char *id, guint scope)
{
  KithRecord *record = kith_record_new (kith_kind_get ("conflict"), id);

  kith_record_set_string (record, "t", "client");
  kith_record_set_string (record, "record", id);
  kith_record_set_string (record, "field", "family_name");
  kith_record_set_string (record, "at", "2026-03-02T09:00:00.000Z");
  kith_record_set_string (record, "state", "open");
  kith_record_set_string (record, "scope", m->scopes[scope]);
  return record;
}

static void
write_record (Model *m, const char *id)
{
  g_autoptr (KithRecord) record = make_record (m, id, below (m, SCOPES));
  g_autoptr (GError) error = NULL;

  kith_world_put (m->net->hub->world, record, &error);
  g_assert_no_error (error);
}

static void
change_record (Model *m, const char *id, gboolean move)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithRecord) record = kith_world_get (m->net->hub->world, "conflict", id, &error);
  g_autofree char *text = g_strdup_printf ("%u", below (m, 1000000));

  g_assert_no_error (error);
  kith_record_set_string (record, "settled_by", text);
  if (move)
    kith_record_set_string (record, "scope", m->scopes[below (m, SCOPES)]);
  kith_world_put (m->net->hub->world, record, &error);
  g_assert_no_error (error);
}

static void
remove_record (Model *m, guint at)
{
  g_autoptr (GError) error = NULL;

  kith_world_remove (m->net->hub->world, "conflict", m->live->pdata[at], &error);
  g_assert_no_error (error);
  g_ptr_array_remove_index (m->live, at);
}

/* As kith-hub-grants.c writes them. */
static void
toggle_grant (Model *m, guint s, guint k)
{
  KithHub *hub = m->net->hub;
  g_autoptr (GError) error = NULL;
  gint64 sid, i = 0;

  if (m->grant[s][k] != 0)
    {
      kith_db_run (hub->db, &error, "grant-close", "ii", m->grant[s][k], KITH_HUB_PENDING);
      g_assert_no_error (error);
      g_array_append_val (hub->grants.closed, m->grant[s][k]);
      m->grant[s][k] = 0;
      return;
    }
  m->end[s][k] = below (m, 4) == 0 ? kith_clock_wall_ms (KITH_CLOCK (m->net->clock)) + 1 + below (m, 40) : 0;
  kith_hub_scope_number (hub, m->scopes[s], TRUE, &sid, &error);
  g_assert_no_error (error);
  if (m->end[s][k] > 0)
    kith_db_fetch_int (hub->db, &i, &error, "grant-open", "iissii", sid, m->pids[k], "model", m->subjects[s][k],
                       KITH_HUB_PENDING, m->end[s][k]);
  else
    kith_db_fetch_int (hub->db, &i, &error, "grant-open", "iissin", sid, m->pids[k], "model", m->subjects[s][k],
                       KITH_HUB_PENDING);
  g_assert_no_error (error);
  g_array_append_val (hub->grants.opened, i);
  m->grant[s][k] = i;
}

static void
toggle_member (Model *m, guint k)
{
  KithHub *hub = m->net->hub;
  g_autoptr (GError) error = NULL;
  gint64 i = 0;

  if (m->member[k] != 0)
    {
      kith_db_run (hub->db, &error, "member-close", "ii", m->member[k], KITH_HUB_PENDING);
      g_assert_no_error (error);
      g_array_append_val (hub->members.closed, m->member[k]);
      m->member[k] = 0;
      return;
    }
  kith_db_fetch_int (hub->db, &i, &error, "member-open", "isi", m->pids[k], m->desk->user, KITH_HUB_PENDING);
  g_assert_no_error (error);
  g_array_append_val (hub->members.opened, i);
  m->member[k] = i;
}

/* One transaction of one to three changes. No path is toggled twice in one: the real code never does. */
static void
mutate (Model *m)
{
  KithHub *hub = m->net->hub;
  g_autoptr (GError) error = NULL;
  gboolean access = FALSE;
  gint64 q;

  kith_hub_begin (hub, &error);
  g_assert_no_error (error);
  for (guint i = 1 + below (m, 3); i > 0; i--)
    {
      guint what = below (m, 100);

      if (what < 25 || m->live->len == 0)
        {
          g_ptr_array_add (m->live, hub_fixture_id (m->net));
          write_record (m, m->live->pdata[m->live->len - 1]);
        }
      else if (what < 40)
        change_record (m, m->live->pdata[below (m, m->live->len)], FALSE);
      else if (what < 55)
        remove_record (m, below (m, m->live->len));
      else if (what < 68)
        change_record (m, m->live->pdata[below (m, m->live->len)], TRUE);
      else if (!access)
        {
          access = TRUE;
          if (what < 94)
            toggle_grant (m, below (m, SCOPES), below (m, PRINCIPALS));
          else
            toggle_member (m, below (m, PRINCIPALS));
        }
    }
  kith_hub_stamp (hub, &q, &error);
  g_assert_no_error (error);
  kith_hub_commit (hub, &error);
  g_assert_no_error (error);
}

/* The hub closes what is past its end before it answers. */
static void
expire (Model *m)
{
  gint64 now = kith_clock_wall_ms (KITH_CLOCK (m->net->clock));

  for (guint s = 0; s < SCOPES; s++)
    for (guint k = 0; k < PRINCIPALS; k++)
      if (m->grant[s][k] != 0 && m->end[s][k] != 0 && m->end[s][k] <= now)
        m->grant[s][k] = 0;
}

static void
assert_purged (Model *m)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, m->desk->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    {
      g_autofree char *sid = g_strdup_printf ("%" G_GINT64_FORMAT, ((DeskRow *) row)->sid);
      guint s = scope_index (m, g_hash_table_lookup (m->desk->scopes, sid));

      g_assert_true (s == SCOPES || is_open (m, s));
    }
}

static void
assert_same (Model *m)
{
  guint n = 0, wanted = 0;
  GHashTableIter iter;
  gpointer row;

  for (guint i = 0; i < m->live->len; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *scope = kith_db_fetch_text (m->net->hub->db, &error, "check-row", "ss", "conflict",
                                                   m->live->pdata[i]);
      DeskRow *held = g_hash_table_lookup (m->desk->rows, m->live->pdata[i]);
      g_autofree char *body = NULL;

      g_assert_no_error (error);
      if (!is_open (m, scope_index (m, scope)))
        continue;
      wanted++;
      g_assert_nonnull (held);
      body = kith_hub_world_read_body (m->net->hub, kith_kind_get ("conflict"), m->live->pdata[i], &error);
      g_assert_cmpstr (held->body, ==, body);
    }
  g_hash_table_iter_init (&iter, m->desk->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    n += g_strcmp0 (((DeskRow *) row)->t, "conflict") == 0;
  g_assert_cmpuint (n, ==, wanted);
}

static void
assert_verified (Model *m)
{
  g_autofree char *body = g_strdup_printf ("{\"cursor\":\"%s\",\"by\":\"type\"}", m->desk->cursor);
  g_autoptr (JsonObject) answer = NULL;
  g_autofree char *sum_text = NULL;
  GHashTableIter iter;
  gpointer id, row;
  guint64 sum = 0;

  g_assert_cmpuint (hub_request (m->net, "POST", "/v1/sync/verify", m->desk->token, body, &answer), ==, 200);
  g_assert_false (kith_json_bool (answer, "behind", TRUE));
  g_assert_cmpint (kith_json_int (answer, "rows", -1), ==, g_hash_table_size (m->desk->rows));
  g_hash_table_iter_init (&iter, m->desk->rows);
  while (g_hash_table_iter_next (&iter, &id, &row))
    sum += kith_protocol_row_hash (id, ((DeskRow *) row)->q);
  sum_text = kith_protocol_print_sum (sum);
  g_assert_cmpstr (kith_json_string (answer, "sum"), ==, sum_text);
}

/* A waiting desk is woken exactly when a pull would bring something: never too late, which is what must not happen. */
static void
assert_poked (Model *m)
{
  g_autofree char *path = m->desk->cursor != NULL ? g_strdup_printf ("/v1/sync/wait?c=%s&t=55", m->desk->cursor) : NULL;
  guint rows = g_hash_table_size (m->desk->rows);

  if (path == NULL || hub_request (m->net, "GET", path, m->desk->token, NULL, NULL) != 204)
    return;
  desk_pull (m->desk);
  g_assert_cmpuint (g_hash_table_size (m->desk->rows), ==, rows);
}

/* What is here of a scope is lost, or was never what it should be: the desk asks for it anew, between two rounds; now and then for one that
 * it may not see or that does not exist. Sums tell where (sync.md 2.7). */
static void
damage (Model *m)
{
  guint s = below (m, SCOPES);
  g_autofree char *nowhere = g_strdup_printf ("%u", 100000 + below (m, 10));
  GHashTableIter iter;
  gpointer id, row;
  gint64 sid;
  char *text;

  kith_hub_scope_number (m->net->hub, m->scopes[s], TRUE, &sid, NULL);
  text = g_strdup_printf ("%" G_GINT64_FORMAT, sid);
  g_hash_table_add (m->desk->refill, text);
  if (below (m, 4) == 0)
    g_hash_table_add (m->desk->refill, g_steal_pointer (&nowhere));
  if (!is_open (m, s) || !g_hash_table_contains (m->desk->scopes, text))
    return; /* nothing of it is here; nothing may come */
  g_hash_table_iter_init (&iter, m->desk->rows);
  while (g_hash_table_iter_next (&iter, &id, &row))
    {
      DeskRow *held = row;

      if (held->sid != sid)
        continue;
      held->q = 0;
      if (below (m, 2) == 0)
        g_hash_table_iter_remove (&iter);
      else if (below (m, 2) == 0)
        {
          g_free (held->body);
          held->body = g_strdup ("{}");
        }
    }
}

static void
run_seed (guint64 seed)
{
  static const guint sizes[] = { 1, 2, 3, 8 };
  g_autoptr (HubFixture) net = hub_fixture_new_empty (NULL);
  g_autofree char *agency = hub_fixture_id (net);
  g_autofree char *user = hub_fixture_add_staff (net, "ana", agency, NULL);
  g_autoptr (Desk) desk = desk_new (net, "ana", user);
  g_autoptr (KithRandom) random = kith_random_new_seeded (seed);
  g_autoptr (GPtrArray) live = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  Model m = { .net = net, .desk = desk, .random = random, .live = live };
  gboolean more = TRUE, left;

  for (guint s = 0; s < SCOPES; s++)
    {
      g_autofree char *id = hub_fixture_id (net);
      m.scopes[s] = g_strconcat ("client:", id, NULL);
      for (guint k = 0; k < PRINCIPALS; k++)
        {
          g_autofree char *nobody = hub_fixture_id (net);
          m.subjects[s][k] = g_strconcat ("referral:", nobody, NULL);
        }
    }
  for (guint k = 0; k < PRINCIPALS; k++)
    {
      g_autofree char *name = g_strdup_printf ("model:%u", k);
      kith_hub_principal_number (net->hub, name, TRUE, &m.pids[k], &error);
      g_assert_no_error (error);
    }

  for (guint step = 0; step < STEPS; step++)
    {
      static const guint bursts[] = { 0, 1, 1, 2, 5, 12 };

      /* A request closes what is past its end; without one, the next change must not meet it still open: subjects are
       * made up here and closing one would take the newer grant with it. */
      do
        g_assert_true (kith_hub_end_due (net->hub, &left, &error));
      while (left);
      for (guint i = bursts[below (&m, G_N_ELEMENTS (bursts))]; i > 0; i--)
        mutate (&m);
      kith_manual_clock_advance (net->clock, below (&m, 10));
      kith_hub_read_next_end (net->hub, NULL);
      expire (&m);
      if (below (&m, 4) == 0)
        continue;
      if (below (&m, 5) == 0)
        {
          desk_pull_page (desk, sizes[below (&m, G_N_ELEMENTS (sizes))], TRUE);
          continue;
        }
      more = desk_pull_page (desk, sizes[below (&m, G_N_ELEMENTS (sizes))], FALSE);
      assert_purged (&m);
      if (!more && below (&m, 3) == 0)
        assert_poked (&m);
      if (below (&m, 60) == 0)
        g_clear_pointer (&desk->cursor, g_free); /* a refill over what is there */
      else if (!more && below (&m, 3) == 0)
        damage (&m);
    }
  kith_hub_read_next_end (net->hub, NULL);
  for (guint i = 0; i < 3000 && (desk_pull_page (desk, 3, FALSE) || i < 2); i++)
    ;
  desk_pull (desk);
  assert_same (&m);
  assert_verified (&m);

  for (guint s = 0; s < SCOPES; s++)
    {
      g_free (m.scopes[s]);
      for (guint k = 0; k < PRINCIPALS; k++)
        g_free (m.subjects[s][k]);
    }
}

static void
test_model (void)
{
  const char *first = g_getenv ("KITH_PULL_FIRST"), *count = g_getenv ("KITH_PULL_SEEDS");
  guint64 begin = first != NULL ? g_ascii_strtoull (first, NULL, 10) : 1;
  guint64 n = count != NULL ? g_ascii_strtoull (count, NULL, 10) : SEEDS;

  for (guint64 seed = begin; seed < begin + n; seed++)
    {
      g_test_message ("seed %" G_GUINT64_FORMAT, seed);
      run_seed (seed);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hub/pull/differential", test_model);
  return g_test_run ();
}
