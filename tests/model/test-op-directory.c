/* SPDX-License-Identifier: GPL-3.0-or-later */

/* directory.put, service.set_direct (D4), notice.read, conflict.settle (I14). */

#include "op-fixture.h"

/* ---- directory ---- */

static JsonObject *
put_args (const char *name, gboolean direct)
{
  return kith_json_new ("t", "s", "service", "source", "s", "211.json", "source_id", "s", "s-1", "body", "o",
                        kith_json_new ("organization_id", "s", op_id ("B"), "name", "s", name, "status", "s", "active",
                                       "direct", "b", direct, "own_field", "s", "kept", NULL),
                        NULL);
}

static void
test_put (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autofree char *id = kith_id_natural ("service", "211.json/s-1");
  JsonObject *args;

  op_assert (t, "hub", "directory.put", put_args ("Pantry", TRUE), "applied");
  g_assert_cmpstr (op_field (t, "service", id, "name"), ==, "Pantry");
  g_assert_cmpstr (op_field (t, "service", id, "source"), ==, "211.json");
  g_assert_cmpstr (op_field (t, "service", id, "source_id"), ==, "s-1");
  g_assert_cmpstr (op_field (t, "service", id, "own_field"), ==, "kept");
  /* D4: a publisher cannot switch direct referrals on, nor off again. */
  g_assert_false (kith_record_bool (op_get (t, "service", id), "direct"));
  op_assert (t, "hub", "directory.put", put_args ("Pantry", FALSE), "noop");
  op_assert (t, "net", "service.set_direct", kith_json_new ("service", "s", id, "direct", "b", TRUE, NULL), "applied");
  op_assert (t, "hub", "directory.put", put_args ("Pantry", FALSE), "noop");
  op_assert (t, "hub", "directory.put", put_args ("Food pantry", FALSE), "applied");
  g_assert_true (kith_record_bool (op_get (t, "service", id), "direct"));
  g_assert_cmpstr (op_field (t, "service", id, "name"), ==, "Food pantry");
  g_assert_cmpuint (op_count (t, "service"), ==, 5);
  args = put_args ("", FALSE);
  op_assert (t, "hub", "directory.put", args, "invalid");
  args = put_args ("x", FALSE);
  json_object_set_string_member (args, "t", "client");
  op_assert (t, "hub", "directory.put", args, "invalid");
}

static void
test_put_kinds (void)
{
  static const struct { const char *t, *body; } cases[] = {
    { "organization", "{\"name\":\"X\",\"description\":\"x\"}" },
    { "program", "{\"name\":\"X\",\"description\":\"x\"}" },
    { "location", "{\"name\":\"X\",\"location_type\":\"physical\"}" },
    { "taxonomy", "{\"name\":\"Needs\",\"version\":\"2\"}" },
    { "taxonomy_term", "{\"name\":\"Food\",\"description\":\"x\"}" },
    { "calendar_day", "{\"date\":\"2026-12-25\",\"name\":\"Christmas\",\"closed\":true}" },
  };
  g_autoptr (OpFixture) t = op_fixture_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *key = g_strconcat ("src/", cases[i].t, NULL);
      g_autofree char *id = kith_id_natural (cases[i].t, key);

      for (guint again = 0; again < 2; again++)
        {
          JsonObject *body = kith_json_parse_object (cases[i].body, -1, NULL, NULL);

          if (g_str_equal (cases[i].t, "program"))
            json_object_set_string_member (body, "organization_id", op_id ("B"));
          op_assert (t, "hub", "directory.put",
                     kith_json_new ("t", "s", cases[i].t, "source", "s", "src", "source_id", "s", cases[i].t, "body",
                                    "o", body, NULL),
                     again ? "noop" : "applied");
        }
      g_assert_nonnull (op_get (t, cases[i].t, id));
    }
}

static void
test_directory_roles (void)
{
  static const struct { const char *who, *expected; } cases[] = {
    { "hub", "applied" },  { "net", "applied" },   { "b-admin", "denied" }, { "b-sup", "denied" },
    { "b-rm", "denied" },  { "a-admin", "denied" }, { "b-portal", "denied" }, { "b-gone", "denied" },
  };
  static const char *const scopes[] = { "dir", NULL };
  g_autoptr (OpFixture) desk = op_fixture_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();

      op_assert (t, cases[i].who, "directory.put", put_args ("Pantry", FALSE), cases[i].expected);
    }
  g_assert_cmpstr (op_run_desk (desk, "net", scopes, "directory.put", put_args ("x", FALSE)), ==, "online_only");
}

/* D4: whose staff answer says it, and the network. Never where nobody would be told of a referral, but by the network. */
static void
test_set_direct_roles (void)
{
  static const struct { const char *who, *expected; } cases[] = {
    { "hub", "applied" },   { "net", "applied" },  { "b-admin", "applied" },   { "b-sup", "applied" },   { "b-rm", "denied" },
    { "a-admin", "denied" }, { "a-sup", "denied" }, { "b-portal", "denied" }, { "b-gone", "denied" },
  };
  g_autoptr (OpFixture) alone = op_fixture_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();

      op_assert (t, cases[i].who, "service.set_direct", kith_json_new ("service", "s", op_id ("S-info"), "direct", "b", TRUE, NULL), cases[i].expected);
      op_assert (t, cases[i].who, "service.set_direct", kith_json_new ("service", "s", op_id ("S-info"), "direct", "b", FALSE, NULL), cases[i].expected);
    }
  op_set (alone, "staff", op_id ("b-sup"), "duties", NULL);
  op_assert (alone, "b-admin", "service.set_direct", kith_json_new ("service", "s", op_id ("S-info"), "direct", "b", TRUE, NULL), "invalid");
  g_assert_nonnull (strstr (op_message (alone), "Nobody would be told"));
  op_assert (alone, "b-admin", "service.set_direct", kith_json_new ("service", "s", op_id ("S"), "direct", "b", FALSE, NULL), "applied");
  op_assert (alone, "b-admin", "service.set_direct", kith_json_new ("service", "s", op_id ("S"), "direct", "b", TRUE, NULL), "applied"); /* b-rm manages it */
  op_assert (alone, "net", "service.set_direct", kith_json_new ("service", "s", op_id ("S-info"), "direct", "b", TRUE, NULL), "applied");
}

static void
test_set_direct (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_register (t, "a-cc", "C1");
  op_consent (t, "a-cc", "K1", "C1", "B");
  op_assert (t, "net", "service.set_direct", kith_json_new ("service", "s", op_id ("S"), "direct", "b", TRUE, NULL),
             "noop");
  op_assert (t, "net", "service.set_direct", kith_json_new ("service", "s", op_id ("S"), "direct", "b", FALSE, NULL),
             "applied");
  op_assert (t, "a-cc", "referral.send", op_send_args ("R1", "C1", "direct", "S"), "not_direct");
  op_assert (t, "net", "service.set_direct",
             kith_json_new ("service", "s", op_id ("S-info"), "direct", "b", TRUE, NULL), "applied");
  op_assert (t, "a-cc", "referral.send", op_send_args ("R1", "C1", "direct", "S-info"), "applied");
}

/* ---- notices ---- */

static void
take_first (gpointer data, gpointer user_data)
{
  char **id = user_data;

  if (*id == NULL && kith_record_is (data, "staff", op_id ("b-rm")))
    *id = g_strdup (kith_record_get_id (data));
}

static void
test_notice (void)
{
  static const char *const others[] = { "b-sup", "a-cc", "c-rm", "net", "b-gone" };
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autofree char *id = NULL;

  op_register (t, "a-cc", "C1");
  op_consent (t, "a-cc", "K1", "C1", "B");
  op_send (t, "a-cc", "R1", "C1", "S");
  kith_memory_world_foreach (KITH_MEMORY_WORLD (op_world (t)), "notice", take_first, &id);
  g_assert_nonnull (id);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    op_assert (t, others[i], "notice.read", kith_json_new ("notice", "s", id, NULL),
               g_str_equal (others[i], "b-gone") ? "denied" : "not_found");
  op_assert (t, "b-rm", "notice.read", kith_json_new ("notice", "s", id, NULL), "applied");
  g_assert_true (kith_record_bool (op_get (t, "notice", id), "read"));
  op_assert (t, "b-rm", "notice.read", kith_json_new ("notice", "s", id, NULL), "noop");
}

/* ---- conflicts ---- */

static void
with_conflict (OpFixture *t)
{
  g_autofree char *scope = op_expand ("client:C1");

  op_accepted (t, "R1");
  op_put (t, "conflict", op_id ("F1"),
          kith_json_new ("t", "s", "client", "record", "s", op_id ("C1"), "field", "s", "given_name", "mine", "s",
                         "Anna", "theirs", "s", "Ana", "mine_by", "s", "b-rm", "theirs_by", "s", "a-cc", "at", "s",
                         "2026-03-02T08:00:00.000Z", "state", "s", "open", "scope", "s", scope, NULL));
}

static JsonObject *
settle_args (const char *keep)
{
  return kith_json_new ("conflict", "s", op_id ("F1"), "keep", "s", keep, NULL);
}

static void
test_settle (void)
{
  static const struct { const char *keep, *name; guint history; const char *lost; } cases[] = {
    { "mine", "Anna", 1, "Ana" }, { "theirs", "Ana", 0, NULL }, { "both", "Ana", 1, "Anna" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();

      with_conflict (t);
      op_assert (t, "a-cc", "conflict.settle", settle_args (cases[i].keep), "applied");
      g_assert_cmpstr (op_field (t, "client", op_id ("C1"), "given_name"), ==, cases[i].name);
      g_assert_cmpstr (op_field (t, "conflict", op_id ("F1"), "state"), ==, "settled");
      g_assert_cmpstr (op_field (t, "conflict", op_id ("F1"), "kept"), ==, cases[i].keep);
      g_assert_cmpstr (op_field (t, "conflict", op_id ("F1"), "settled_by"), ==, "a-cc");
      g_assert_cmpuint (op_count (t, "field_history"), ==, cases[i].history);
      if (cases[i].lost != NULL)
        g_assert_cmpuint (op_count_with (t, "field_history", "value", cases[i].lost), ==, 1);
      op_assert (t, "a-sup", "conflict.settle", settle_args (cases[i].keep), "noop");
      op_assert (t, "a-sup", "conflict.settle", settle_args (g_str_equal (cases[i].keep, "mine") ? "theirs" : "mine"),
                 "stale_state");
      g_assert_cmpstr (kith_json_string (op_now (t), "kept"), ==, cases[i].keep);
      g_assert_cmpstr (kith_json_string (op_now (t), "by"), ==, "a-cc");
    }
}

/* I14: what was not shown is not picked. The later entry was changed by its author while the settlement lay in an outbox. */
static void
test_settle_shown (void)
{
  static const struct { const char *keep, *shown, *expected; } cases[] = {
    { "mine", "Anna", "applied" },     { "theirs", "Anna", "applied" },     { "both", "Anna", "applied" },
    { "mine", "Hanna", "stale_state" }, { "theirs", "Hanna", "stale_state" }, { "both", "Hanna", "stale_state" },
    { "mine", NULL, "stale_state" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      JsonObject *args = settle_args (cases[i].keep);

      with_conflict (t);
      if (cases[i].shown != NULL)
        json_object_set_string_member (args, "mine", cases[i].shown);
      else
        json_object_set_null_member (args, "mine");
      op_assert (t, "a-cc", "conflict.settle", args, cases[i].expected);
      if (g_str_equal (cases[i].expected, "applied"))
        continue;
      g_assert_cmpstr (kith_json_string (op_now (t), "mine"), ==, "Anna");
      g_assert_cmpstr (op_field (t, "client", op_id ("C1"), "given_name"), ==, "Ana");
      g_assert_cmpstr (op_field (t, "conflict", op_id ("F1"), "state"), ==, "open");
      g_assert_cmpuint (op_count (t, "field_history"), ==, 0);
    }
}

static void
test_settle_roles (void)
{
  static const struct { const char *who, *expected;
  } cases[] = {
    { "a-cc", "applied" },    { "a-sup", "applied" }, { "b-rm", "denied" },   { "a-cc2", "not_found" },
    { "a-new", "not_found" }, { "a-gone", "denied" }, { "c-rm", "not_found" }, { "net", "not_found" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();

      with_conflict (t);
      op_assert (t, cases[i].who, "conflict.settle", settle_args ("mine"), cases[i].expected);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/op-directory/put-D4", test_put);
  g_test_add_func ("/model/op-directory/put-kinds", test_put_kinds);
  g_test_add_func ("/model/op-directory/roles", test_directory_roles);
  g_test_add_func ("/model/op-directory/set-direct-D4", test_set_direct);
  g_test_add_func ("/model/op-directory/set-direct-roles-D4", test_set_direct_roles);
  g_test_add_func ("/model/op-notice/read-only-own", test_notice);
  g_test_add_func ("/model/op-conflict/settle-I14", test_settle);
  g_test_add_func ("/model/op-conflict/settle-shown-I14", test_settle_shown);
  g_test_add_func ("/model/op-conflict/settle-roles", test_settle_roles);
  return g_test_run ();
}
