/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Why a record was restricted, and why a consent was taken back, is between the client and the agency that was told it: whoever else reads the client's record
 * reads that it is so, since when and by whom (C1, C11, C19). */

#include "op-fixture.h"

#define WHY "Her brother works at the other agency"

typedef struct
{
  const char *kind;
  guint n; /* records with the words in a scope that consents open, or a referral */
} Search;

static void
search_one (gpointer data, gpointer user_data)
{
  static const char *const own[] = { "why:", "audit:", NULL };
  Search *search = user_data;
  g_autofree char *scope = kith_record_scope (data), *text = kith_json_print_object (kith_record_get_body (data));
  gboolean apart = FALSE;

  for (guint i = 0; own[i] != NULL; i++)
    apart |= scope != NULL && g_str_has_prefix (scope, own[i]);
  if (!apart && strstr (text, WHY) != NULL)
    {
      g_test_message ("%s in %s: %s", search->kind, scope, text);
      search->n++;
    }
}

static void
assert_apart (OpFixture *t)
{
  guint n;
  const KithKind *const *kinds = kith_kinds_list (&n);
  Search search = { NULL, 0 };

  for (guint i = 0; i < n; i++)
    {
      search.kind = kinds[i]->name;
      kith_memory_world_foreach (KITH_MEMORY_WORLD (op_world (t)), search.kind, search_one, &search);
    }
  g_assert_cmpuint (search.n, ==, 0);
}

static KithRecord *
why (OpFixture *t, const char *what)
{
  g_autoptr (GPtrArray) all = kith_world_find (op_world (t), NULL, "client_reason", "client", op_id ("C1"), NULL, NULL);

  g_assert_nonnull (all);
  for (guint i = 0; i < all->len; i++)
    if (kith_record_is (all->pdata[i], "what", what))
      return op_get (t, "client_reason", kith_record_get_id (all->pdata[i]));
  return NULL;
}

static void
assert_reads (OpFixture *t, KithRecord *reason, const char *who, gboolean reads)
{
  g_autofree char *scope = kith_record_scope (reason);

  g_test_message ("%s", who);
  g_assert_true (op_sees (t, who, scope) == reads);
}

static JsonObject *
restrict_args (gboolean restricted)
{
  return kith_json_new ("client", "s", op_id ("C1"), "restricted", "b", restricted, "reason", "s", WHY, NULL);
}

/* C11, C19: of whom it is kept, whoever of the agency works with them reads; no consent opens it. */
static void
test_restricted (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  KithRecord *reason;

  op_accepted (t, "R1");
  op_put_assignment (t, "C1", "b-cc", "B");
  op_assert (t, "a-sup", "client.restrict", restrict_args (TRUE), "applied");
  assert_apart (t);
  reason = why (t, "restricted");
  g_assert_nonnull (reason);
  g_assert_true (kith_record_is (reason, "text", WHY) && kith_record_is (reason, "agency", op_id ("A")) && kith_record_is (reason, "by_name", "a-sup"));
  g_assert_cmpstr (kith_record_string (reason, "at"), ==, op_field (t, "client", op_id ("C1"), "restricted_at"));
  assert_reads (t, reason, "a-sup", TRUE);
  assert_reads (t, reason, "a-cc", TRUE);
  assert_reads (t, reason, "a-cc2", FALSE);
  assert_reads (t, reason, "b-sup", FALSE);
  assert_reads (t, reason, "b-cc", FALSE);
  g_assert_true (op_sees (t, "b-cc", "client:C1"));
  op_assert (t, "a-sup", "client.restrict", restrict_args (TRUE), "noop");
  g_assert_cmpuint (op_count (t, "client_reason"), ==, 1);
}

/* An older hub wrote the words into the record: with the next change they go, they are of another one. */
static void
test_restricted_before (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_accepted (t, "R1");
  op_set (t, "client", op_id ("C1"), "restricted_reason", json_node_init_string (json_node_alloc (), WHY));
  op_assert (t, "a-sup", "client.restrict", kith_json_new ("client", "s", op_id ("C1"), "restricted", "b", TRUE, "reason", "s", "Asked", NULL), "applied");
  g_assert_cmpstr (op_field (t, "client", op_id ("C1"), "restricted_reason"), ==, "");
}

/* C4, C5: dated, with its reason, by whoever the client told it; another agency that the client lets go on reading the record reads that it was, not why. */
static void
test_revoked (void)
{
  static const struct { const char *who, *agency, *reader, *others[4]; const char *member, *name;
  } cases[] = {
    { "a-cc", "A", "a-sup", { "b-sup", "c-sup", "a-cc2" }, "consent", "K1" },
    { "a-cc", "A", "a-sup", { "b-sup", "c-sup", "a-cc2" }, "client", "C1" },
    { "b-rm", "B", "b-sup", { "a-sup", "a-cc", "c-sup" }, "consent", "K1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      KithRecord *reason;

      op_accepted (t, "R1");
      op_consent (t, "a-cc", "K2", "C1", "C");
      op_assert (t, cases[i].who, "consent.revoke", kith_json_new (cases[i].member, "s", op_id (cases[i].name), "reason", "s", WHY, NULL), "applied");
      assert_apart (t);
      reason = why (t, "revoked");
      g_assert_nonnull (reason);
      g_assert_true (kith_record_is (reason, "text", WHY) && kith_record_is (reason, "agency", op_id (cases[i].agency)));
      g_assert_cmpstr (kith_record_string (reason, "at"), ==, op_field (t, "consent", op_id ("K1"), "revoked_at"));
      assert_reads (t, reason, cases[i].reader, TRUE);
      for (guint k = 0; cases[i].others[k] != NULL; k++)
        assert_reads (t, reason, cases[i].others[k], FALSE);
      g_assert_cmpuint (op_count (t, "client_reason"), ==, 1);
      /* What is so already is not said twice. */
      if (g_str_equal (cases[i].member, "consent"))
        op_assert (t, cases[i].who, "consent.revoke", kith_json_new ("consent", "s", op_id ("K1"), "reason", "s", WHY, NULL), "noop");
      g_assert_cmpuint (op_count (t, "client_reason"), ==, 1);
    }
}

/* C2, C11: who is served all the same need not explain themselves to another agency; at registration it is the same. */
static void
test_refused (void)
{
  for (guint registered = 0; registered < 2; registered++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      KithRecord *reason;

      if (registered)
        op_assert (t, "a-cc", "client.register",
                   kith_json_new ("id", "s", op_id ("C1"), "number", "s", "KA-0001", "values", "o", kith_json_new ("given_name", "s", "Ana", NULL), "consent", "o",
                                  kith_json_new ("id", "s", op_id ("K0"), "permission", "s", "refused", "reason", "s", WHY, NULL), NULL), "applied");
      else
        {
          op_accepted (t, "R1");
          op_assert (t, "a-cc", "consent.refuse", kith_json_new ("id", "s", op_id ("K0"), "client", "s", op_id ("C1"), "reason", "s", WHY, NULL), "applied");
        }
      assert_apart (t);
      reason = why (t, "refused");
      g_assert_nonnull (reason);
      g_assert_cmpstr (kith_record_string (reason, "at"), ==, op_field (t, "consent", op_id ("K0"), "start"));
      assert_reads (t, reason, "a-cc", TRUE);
      assert_reads (t, reason, "b-sup", FALSE);
    }
}

/* Recorded before and sent late, it is taken back by what was said since, and carries no words of it. */
static void
test_revoked_late (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_accepted (t, "R1");
  op_advance (t, OP_DAY);
  op_assert (t, "a-cc", "consent.revoke", kith_json_new ("client", "s", op_id ("C1"), "reason", "s", WHY, NULL), "applied");
  op_advance (t, -OP_DAY / 2);
  op_consent (t, "a-cc", "K3", "C1", "C");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K3"), "status"), ==, "revoked");
  assert_apart (t);
}

/* The author's computer has the words at once, without a network too; one that does not know whose client it is leaves them to the hub. */
static void
test_desk (void)
{
  static const char *const scopes[] = { "dir", "agency:A", "user:a-sup", "client:C1", NULL }, *const less[] = { "dir", "agency:B", "user:b-rm", "referral:R1", NULL };
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autoptr (GPtrArray) all = NULL;

  op_accepted (t, "R1");
  g_assert_cmpstr (op_run_desk (t, "a-sup", scopes, "client.restrict", restrict_args (TRUE)), ==, "applied");
  all = kith_world_find (op_desk (t), NULL, "client_reason", "client", op_id ("C1"), NULL, NULL);
  g_assert_cmpuint (all->len, ==, 1);
  g_assert_cmpstr (op_run_desk (t, "b-rm", less, "consent.revoke", kith_json_new ("consent", "s", op_id ("K1"), "reason", "s", WHY, NULL)), ==, "applied");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/op-client-reason/C11-C19-restricted", test_restricted);
  g_test_add_func ("/model/op-client-reason/C11-restricted-before", test_restricted_before);
  g_test_add_func ("/model/op-client-reason/C1-C5-revoked", test_revoked);
  g_test_add_func ("/model/op-client-reason/C2-C11-refused", test_refused);
  g_test_add_func ("/model/op-client-reason/C4-revoked-late", test_revoked_late);
  g_test_add_func ("/model/op-client-reason/desk", test_desk);
  return g_test_run ();
}
