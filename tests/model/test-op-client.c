/* SPDX-License-Identifier: GPL-3.0-or-later */

/* client.register, client.import: U4, C2, C15, and who may. */

#include "kith-import-id.h"
#include "op-fixture.h"

static JsonObject *
values_new (const char *given)
{
  return kith_json_new ("given_name", "s", given, "family_name", "s", "Lopez", "date_of_birth", "s", "1988", NULL);
}

static JsonObject *
register_args (const char *client, JsonObject *values)
{
  return kith_json_new ("id", "s", op_id (client), "number", "s", "KA-0001", "values", "o", values, NULL);
}

static void
test_roles (void)
{
  static const struct { const char *who, *expected; } cases[] = {
    { "a-cc", "applied" }, { "a-rm", "applied" }, { "a-sup", "applied" }, { "a-admin", "applied" },
    { "a-new", "denied" }, { "a-gone", "denied" }, { "a-portal", "denied" }, { "net", "denied" }, { "hub", "denied" },
    { "v-rm", "denied" }, /* C15 */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();

      op_assert (t, cases[i].who, "client.register", register_args ("C1", values_new ("Ana")), cases[i].expected);
      g_assert_cmpuint (op_count (t, "client"), ==, g_str_equal (cases[i].expected, "applied") ? 1 : 0);
    }
}

/* C17: mails carry the number, so it is one and no other text. */
static void
test_numbers (void)
{
  static const char *const bad[] = { "Ana Lopez, HIV clinic", "KA-", "K-0001", "ka-0001", "0001", "KA-0001 Ana", "KA-0001\n" };
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_register (t, "a-cc", "C1");
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      JsonObject *args = register_args ("C2", values_new ("Ana"));

      json_object_set_string_member (args, "number", bad[i]);
      op_assert (t, "a-cc", "client.register", args, "invalid");
      op_assert (t, "a-cc", "client.import",
                 kith_json_new ("agency", "s", op_id ("A"), "source", "s", "list", "source_id", "s", "9", "number", "s", bad[i], "values", "o",
                                values_new ("Ana"), NULL), "invalid");
      op_assert (t, "a-cc", "case.open",
                 kith_json_new ("id", "s", op_id ("K1"), "number", "s", bad[i], "client", "s", op_id ("C1"), "title", "s", "A home", NULL), "invalid");
    }
  g_assert_cmpuint (op_count (t, "client"), ==, 1);
}

static void
test_records (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  KithRecord *client, *care, *assignment;
  JsonObject *values;

  op_register (t, "a-cc", "C1");
  client = op_get (t, "client", op_id ("C1"));
  g_assert_cmpstr (kith_record_string (client, "agency"), ==, op_id ("A"));
  g_assert_cmpstr (kith_record_string (client, "number"), ==, "KA-0001");
  g_assert_cmpstr (kith_record_string (client, "registered_by"), ==, op_id ("a-cc"));
  g_assert_cmpstr (kith_record_string (client, "registered_by_name"), ==, "a-cc"); /* a partner has no staff of A (D12) */
  g_assert_cmpstr (kith_record_string (client, "registered_at"), ==, "2026-03-02T09:00:00.000Z");
  care = op_natural (t, "care", "C1:A");
  g_assert_cmpstr (kith_record_string (care, "family_name"), ==, "Lopez");
  g_assert_cmpstr (kith_record_string (care, "date_of_birth"), ==, "1988-04-07");
  assignment = op_natural (t, "assignment", "C1:a-cc");
  g_assert_cmpstr (kith_record_string (assignment, "agency"), ==, op_id ("A"));
  g_assert_cmpuint (op_count (t, "client_billing"), ==, 0);
  g_assert_cmpuint (op_count (t, "consent"), ==, 0);
  op_assert (t, "a-cc", "client.register", register_args ("C1", values_new ("Ana")), "exists");
  values = values_new ("Rosa");
  json_object_set_string_member (values, "second_family_name", "Hernández");
  op_assert (t, "a-cc", "client.register", register_args ("C2", values), "applied");
  g_assert_cmpstr (kith_record_string (op_natural (t, "care", "C2:A"), "second_family_name"), ==, "Hernández"); /* C1: as it knows the person for good */
}

/* No consent asked: the own agency's people see the client, nobody else does (U4). */
static void
test_private (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_register (t, "a-cc", "C1");
  g_assert_true (op_sees (t, "a-cc", "client:C1"));
  g_assert_true (op_sees (t, "a-rm", "client:C1"));
  g_assert_false (op_sees (t, "a-cc2", "client:C1"));
  g_assert_false (op_sees (t, "b-rm", "client:C1"));
  g_assert_false (op_sees (t, "b-sup", "client:C1"));
  g_assert_false (op_sees (t, "net", "client:C1"));
}

static void
test_one_act (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args = register_args ("C1", values_new ("Ana"));

  json_object_set_object_member (args, "billing", kith_json_new ("insurance_provider", "s", "Medi-Cal", NULL));
  json_object_set_object_member (args, "consent",
                                 kith_json_new ("id", "s", op_id ("K1"), "permission", "s", "granted", "classes", "a",
                                                kith_json_strings ("client", NULL), "receivers", "a",
                                                kith_json_strings (op_id ("B"), NULL), "how", "s", "signed", NULL));
  op_assert (t, "a-cc", "client.register", args, "applied");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "status"), ==, "in_force");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "client"), ==, op_id ("C1"));
  g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "term"), ==, "2027-03-02T09:00:00.000Z");
  g_assert_cmpstr (kith_record_string (op_natural (t, "client_billing", "C1"), "insurance_provider"), ==, "Medi-Cal");
}

/* C2: the client is registered all the same. */
static void
test_refused_consent (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args = register_args ("C1", values_new ("Ana"));

  json_object_set_object_member (args, "consent",
                                 kith_json_new ("id", "s", op_id ("K1"), "permission", "s", "refused", "reason", "s",
                                                "Afraid.", NULL));
  op_assert (t, "a-cc", "client.register", args, "applied");
  g_assert_cmpstr (op_field (t, "consent", op_id ("K1"), "status"), ==, "refused");
  g_assert_cmpuint (op_count_with (t, "client_reason", "text", "Afraid."), ==, 1);
  g_assert_nonnull (op_get (t, "client", op_id ("C1")));
}

static void
test_form (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args;

  op_assert (t, "a-cc", "client.register", register_args ("C1", kith_json_new ("pronouns", "s", "she", NULL)),
             "invalid");
  op_assert (t, "a-cc", "client.register",
             register_args ("C1", kith_json_new ("given_name", "s", "Ana", "agency", "s", op_id ("B"), NULL)),
             "invalid");
  op_assert (t, "a-cc", "client.register",
             register_args ("C1", kith_json_new ("given_name", "s", "Ana", "restricted", "b", TRUE, NULL)), "invalid");
  op_assert (t, "a-cc", "client.register",
             register_args ("C1", kith_json_new ("given_name", "s", "Ana", "nonsense", "s", "x", NULL)), "invalid");
  op_assert (t, "a-cc", "client.register",
             register_args ("C1", kith_json_new ("given_name", "s", "Ana", "date_of_birth", "s", "1988-13", NULL)),
             "invalid");
  args = register_args ("C1", values_new ("Ana"));
  json_object_set_string_member (args, "billing", "x");
  op_assert (t, "a-cc", "client.register", args, "invalid");
  args = register_args ("C1", values_new ("Ana"));
  json_object_set_string_member (args, "values", "x");
  op_assert (t, "a-cc", "client.register", args, "invalid");
  args = register_args ("C1", values_new ("Ana"));
  json_object_set_object_member (args, "consent",
                                 kith_json_new ("id", "s", op_id ("K1"), "classes", "a",
                                                kith_json_strings ("client", NULL), NULL));
  op_assert (t, "a-cc", "client.register", args, "invalid");
  g_assert_cmpuint (op_count (t, "client"), ==, 0);
  g_assert_cmpuint (op_count (t, "consent"), ==, 0);
  op_assert (t, "a-cc", "client.register",
             register_args ("C1", kith_json_new ("described_as", "s", "Grey coat, station", NULL)), "applied");
  g_assert_cmpstr (kith_record_string (op_natural (t, "care", "C1:A"), "given_name"), ==, "Grey coat, station");
  op_assert (t, "a-cc", "client.register", register_args ("C2", kith_json_new ("given_name", "s", "Suharto", NULL)),
             "applied");
}

/* A desk begins the client's scopes and holds the whole of it from then on. */
static void
test_desk (void)
{
  static const char *const scopes[] = { "dir", "agency:A", "user:a-cc", NULL };
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autoptr (KithRecord) client = NULL;
  g_autofree char *care = op_expand ("care:C1:A");
  g_autofree char *billing = op_expand ("client_billing:C1");

  g_assert_cmpstr (op_run_desk (t, "a-cc", scopes, "client.register", register_args ("C1", values_new ("Ana"))), ==,
                   "applied");
  client = kith_world_get (op_desk (t), "client", op_id ("C1"), NULL);
  g_assert_nonnull (client);
  g_assert_true (kith_world_holds (op_desk (t), care));
  g_assert_true (kith_world_holds (op_desk (t), billing));
}

static JsonObject *
billing_args (const char *client, const char *insurance, gboolean begin)
{
  g_autofree char *id = kith_id_natural ("client_billing", op_id (client));
  JsonObject *change = kith_json_new ("old", "n", "new", "s", insurance, NULL);

  return kith_json_new ("t", "s", "client_billing", "id", "s", id, "client", "s", begin ? op_id (client) : NULL, "set", "o",
                        kith_json_new ("insurance_provider", "o", change, NULL), NULL);
}

/* Insurance asked for a day after the registration: the record begins then. A1: it is basic detail, not clinical. */
static void
test_billing_later (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  static const char *const scopes[] = { "dir", "agency:A", "user:a-cc", "client:C1", "client_billing:C1", NULL };
  g_autoptr (KithRecord) on_desk = NULL;
  g_autofree char *id = kith_id_natural ("client_billing", op_id ("C1"));

  op_register (t, "a-cc", "C1");
  op_assert (t, "a-cc", "record.patch", billing_args ("C1", "Medi-Cal", FALSE), "not_found");
  op_assert (t, "b-cc", "record.patch", billing_args ("C1", "Medi-Cal", TRUE), "not_found");
  op_assert (t, "b-cc", "record.patch", billing_args ("C9", "Medi-Cal", TRUE), "not_found"); /* the same as for nobody */
  g_assert_cmpuint (op_count (t, "client_billing"), ==, 0);

  op_run_desk (t, "a-cc", scopes, "record.patch", billing_args ("C1", "Medi-Cal", TRUE));
  on_desk = kith_world_get (op_desk (t), "client_billing", id, NULL);
  g_assert_nonnull (on_desk);

  op_assert (t, "a-cc", "record.patch", billing_args ("C1", "Medi-Cal", TRUE), "applied");
  g_assert_cmpstr (kith_record_string (op_natural (t, "client_billing", "C1"), "insurance_provider"), ==, "Medi-Cal");
  g_assert_cmpstr (kith_record_string (op_natural (t, "client_billing", "C1"), "agency"), ==, op_id ("A"));
  /* A second desk that began it too: the same record, merged as any other. */
  op_assert (t, "a-cc", "record.patch", billing_args ("C1", "Kaiser", TRUE), "merged");
  g_assert_cmpuint (op_count (t, "client_billing"), ==, 1);
}

/* An id that is not the one of that client, and a kind of which there may be many, begin nothing: they are answered as what is not
 * there, or one could ask what is another's (I5). */
static void
test_billing_wrong (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  JsonObject *args;

  op_register (t, "a-cc", "C1");
  args = billing_args ("C1", "Medi-Cal", TRUE);
  json_object_set_string_member (args, "id", op_id ("X1"));
  op_assert (t, "a-cc", "record.patch", args, "not_found");
  args = billing_args ("C1", "Medi-Cal", TRUE);
  json_object_set_string_member (args, "t", "staff");
  op_assert (t, "a-cc", "record.patch", args, "not_found");
}

static JsonObject *
import_args (const char *agency, const char *source_id, JsonObject *values)
{
  return kith_json_new ("agency", "s", op_id (agency), "source", "s", "old.csv", "source_id", "s", source_id, "values",
                        "o", values, NULL);
}

static void
test_import (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_assert (t, "hub", "client.import", import_args ("A", "17", values_new ("Ana")), "applied");
  g_assert_cmpuint (op_count (t, "client"), ==, 1);
  g_assert_cmpuint (op_count (t, "care"), ==, 1);
  g_assert_cmpuint (op_count (t, "assignment"), ==, 0);
  op_assert (t, "hub", "client.import", import_args ("A", "17", values_new ("Ana")), "noop");
  op_assert (t, "hub", "client.import", import_args ("A", "17", values_new ("Anna")), "noop");
  op_assert (t, "hub", "client.import", import_args ("B", "17", values_new ("Ana")), "applied");
  g_assert_cmpuint (op_count (t, "client"), ==, 2);
  op_assert (t, "a-cc", "client.import", import_args ("A", "18", values_new ("Ben")), "applied");
  g_assert_cmpuint (op_count (t, "assignment"), ==, 1);
  op_assert (t, "a-cc", "client.import", import_args ("B", "19", values_new ("Ben")), "denied");
  op_assert (t, "net", "client.import", import_args ("B", "19", values_new ("Ben")), "denied");
  op_assert (t, "hub", "client.import", import_args ("V", "1", values_new ("Ben")), "denied"); /* C15 */
  op_assert (t, "hub", "client.import", import_args ("A", "20", kith_json_new ("email", "s", "x@example.org", NULL)),
             "invalid");
}

static JsonObject *
undo_args (const char *agency, const char *source_id)
{
  JsonArray *clients = json_array_new ();

  json_array_add_object_element (clients, kith_json_new ("source_id", "s", source_id, NULL));
  return kith_json_new ("agency", "s", op_id (agency), "source", "s", "old.csv", "clients", "a", clients, NULL);
}

static char *
imported_id (const char *source_id)
{
  return kith_import_client_id (op_id ("A"), "old.csv", source_id);
}

static void
patch_name (OpFixture *t, const char *client, const char *old, const char *new)
{
  op_assert (t, "a-cc", "record.patch",
             kith_json_new ("t", "s", "client", "id", "s", client, "set", "o",
                            kith_json_new ("given_name", "o", kith_json_new ("old", "s", old, "new", "s", new, NULL), NULL), NULL),
             "applied");
}

/* Names with slashes stay apart, and names without have the id they always had. */
static void
test_import_ids (void)
{
  static const struct { const char *source, *source_id; } rows[] = {
    { "a", "b/c" }, { "a/b", "c" }, { "a%2Fb", "c" }, { "a%2fb", "c" }, { "a", "b%2Fc" }, { "", "a/b/c" }, { "a/b/c", "" },
  };
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *key = g_strconcat (op_id ("A"), "/old.csv/18", NULL), *plain = kith_id_natural ("client", key), *same = imported_id ("18");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_true (g_hash_table_add (ids, kith_import_client_id (op_id ("A"), rows[i].source, rows[i].source_id)));
  g_assert_cmpstr (plain, ==, same);
}

static JsonObject *
note_args (const char *id, const char *agency, const char *source)
{
  return kith_json_new ("id", "s", id, "agency", "s", op_id (agency), "source", "s", source, "state", "s", "running", NULL);
}

/* One's own import is noted under its own id; any other id gets one answer, whether something is there or not (design.md 2.4). */
static void
test_import_record (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autofree char *of_a = kith_import_id (op_id ("A"), "old.csv"), *of_b = kith_import_id (op_id ("B"), "old.csv");
  g_autofree char *nothing = kith_import_id (op_id ("B"), "other.csv"), *network = kith_import_id (NULL, "hsds");
  const char *foreign[] = { of_b, nothing, network, op_id ("anything") };

  op_assert (t, "b-rm", "import.record", note_args (of_b, "B", "old.csv"), "applied");
  op_assert (t, "hub", "import.record", kith_json_new ("id", "s", network, "source", "s", "hsds", "state", "s", "running", NULL), "applied");
  op_assert (t, "a-cc", "import.record", note_args (of_a, "A", "old.csv"), "applied");
  for (guint i = 0; i < G_N_ELEMENTS (foreign); i++)
    op_assert (t, "a-cc", "import.record", note_args (foreign[i], "A", "old.csv"), "not_found");
  op_assert (t, "a-cc", "import.record", note_args (of_b, "B", "old.csv"), "denied");
  g_assert_cmpstr (op_field (t, "import", of_b, "agency"), ==, op_id ("B"));
  g_assert_cmpuint (op_count (t, "import"), ==, 3);
}

/* Said of a row of the file: it is not the one here who looks alike. The hub asks nobody again, and the row can be taken back all the same. */
static void
test_import_told_apart (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autofree char *id = imported_id ("23");
  g_autofree char *pair = NULL, *match = NULL;
  JsonObject *args = import_args ("A", "23", values_new ("Ana"));
  gboolean before;

  op_register (t, "a-cc", "C1");
  before = strcmp (op_id ("C1"), id) < 0;
  pair = g_strjoin (":", before ? op_id ("C1") : id, before ? id : op_id ("C1"), NULL);
  match = kith_id_natural ("match", pair);
  json_object_set_array_member (args, "not_same", kith_json_strings (op_id ("C1"), NULL));
  op_assert (t, "a-cc", "client.import", args, "applied");
  g_assert_cmpstr (op_field (t, "match", match, "state"), ==, "dismissed");
  op_assert (t, "hub", "match.propose", kith_json_new ("first", "s", before ? op_id ("C1") : id, "second", "s", before ? id : op_id ("C1"), "zone", "s", "link", NULL),
             "noop");
  op_assert (t, "a-cc", "client.import_undo", undo_args ("A", "23"), "applied");
  g_assert_null (op_get (t, "client", id));
  g_assert_null (op_get (t, "match", match));
}

/* An import can be taken back as a whole; what somebody has worked with since stays. */
static void
test_import_undo (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autofree char *key = g_strconcat (op_id ("A"), "/old.csv/18", NULL), *client = kith_id_natural ("client", key);
  JsonArray *changes = json_array_new ();

  op_assert (t, "a-cc", "client.import", import_args ("A", "17", values_new ("Ana")), "applied");
  op_assert (t, "a-cc", "client.import", import_args ("A", "18", values_new ("Ben")), "applied");
  op_assert (t, "a-cc", "client.import_undo", undo_args ("A", "17"), "applied");
  g_assert_cmpuint (op_count (t, "client"), ==, 1);
  g_assert_cmpuint (op_count (t, "care"), ==, 1);
  g_assert_cmpuint (op_count (t, "assignment"), ==, 1);
  op_assert (t, "a-cc", "client.import_undo", undo_args ("A", "17"), "applied"); /* gone already */

  /* A field was changed, a consent recorded, a colleague put on the client: each alone keeps it. */
  g_assert_cmpstr (op_try (t, "a-cc", "client.import_undo", undo_args ("A", "18")), ==, "applied");
  patch_name (t, client, "Ben", "Benjamin");
  op_assert (t, "a-cc", "client.import_undo", undo_args ("A", "18"), "noop");
  patch_name (t, client, "Benjamin", "Ben"); /* what it said between is somebody's word */
  op_assert (t, "a-cc", "client.import_undo", undo_args ("A", "18"), "noop");
  json_array_add_object_element (changes, kith_json_new ("do", "s", "add", "staff", "s", op_id ("a-cc2"), NULL));
  op_assert (t, "a-sup", "assignment.apply", kith_json_new ("client", "s", client, "changes", "a", changes, NULL), "applied");
  op_assert (t, "a-cc", "client.import_undo", undo_args ("A", "18"), "noop");
  g_assert_cmpuint (op_count (t, "client"), ==, 1);

  /* Nobody's say-so makes what was written over into what was imported. */
  op_assert (t, "a-cc", "client.import", import_args ("A", "22", values_new ("Dan")), "applied");
  g_autofree char *dan = imported_id ("22");
  JsonObject *args = undo_args ("A", "22"), *row = json_array_get_object_element (json_object_get_array_member (args, "clients"), 0);

  op_set (t, "client", dan, "family_name", json_node_init_string (json_node_alloc (), "Changed"));
  json_object_set_object_member (row, "values", kith_json_copy_object (kith_record_get_body (op_get (t, "client", dan))));
  op_assert (t, "a-cc", "client.import_undo", args, "noop");
  g_assert_cmpuint (op_count (t, "client"), ==, 2);

  /* Only one's own import, only for one's own agency. */
  op_assert (t, "a-cc", "client.import", import_args ("A", "19", values_new ("Cleo")), "applied");
  op_assert (t, "a-cc2", "client.import_undo", undo_args ("A", "19"), "noop");
  op_assert (t, "b-rm", "client.import_undo", undo_args ("A", "19"), "denied");
  op_assert (t, "a-cc", "client.import_undo", kith_json_new ("agency", "s", op_id ("A"), "source", "s", "old.csv", "clients", "a", json_array_new (), NULL),
             "invalid");
}

static JsonObject *
insured_args (const char *source_id, const char *provider)
{
  JsonObject *args = import_args ("A", source_id, values_new ("Ana"));

  json_object_set_object_member (args, "billing", kith_json_new ("insurance_provider", "s", provider, "medicaid_number", "s", "M-77", NULL));
  return args;
}

static JsonObject *
insured_patch (const char *client, const char *old, const char *new)
{
  JsonObject *change = kith_json_new ("old", "s", old, "new", "s", new, NULL);
  g_autofree char *id = kith_id_natural ("client_billing", client);

  if (!old)
    json_object_set_null_member (change, "old");
  return kith_json_new ("t", "s", "client_billing", "id", "s", id, "client", "s", client, "set", "o", kith_json_new ("insurance_provider", "o", change, NULL), NULL);
}

/* A1: what a list says of insurance lies where it lies when somebody types it, for whom may see that; it goes when the import is taken back, unless
 * somebody has worked on it since. */
static void
test_import_billing (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();
  g_autofree char *one = imported_id ("31"), *two = imported_id ("32"), *three = imported_id ("33");
  g_autofree char *billing = kith_id_natural ("client_billing", one), *scope = g_strconcat ("client_billing:", one, NULL);
  g_autofree char *lies = NULL, *begun = kith_id_natural ("client_billing", three);
  g_autoptr (GPtrArray) history = NULL;
  JsonObject *args;

  op_assert (t, "a-cc", "client.import", insured_args ("31", "Medi-Cal"), "applied");
  lies = kith_record_scope (op_get (t, "client_billing", billing));
  g_assert_cmpstr (lies, ==, scope);
  g_assert_cmpstr (op_field (t, "client_billing", billing, "medicaid_number"), ==, "M-77");
  g_assert_cmpstr (op_field (t, "client_billing", billing, "agency"), ==, op_id ("A"));
  g_assert_cmpstr (op_try (t, "a-cc", "record.patch", insured_patch (one, "Medi-Cal", "Kaiser")), ==, "applied");
  g_assert_cmpstr (op_try (t, "b-rm", "record.patch", insured_patch (one, "Medi-Cal", "Kaiser")), ==, "not_found"); /* C1 */
  op_assert (t, "a-cc", "client.import", insured_args ("31", "Other"), "noop"); /* what is here already is the agency's */
  g_assert_cmpstr (op_field (t, "client_billing", billing, "insurance_provider"), ==, "Medi-Cal");
  op_assert (t, "a-cc", "client.import_undo", undo_args ("A", "31"), "applied");
  g_assert_null (op_get (t, "client", one));
  g_assert_null (op_get (t, "client_billing", billing));

  op_assert (t, "a-cc", "client.import", insured_args ("32", "Medi-Cal"), "applied");
  op_assert (t, "a-cc", "record.patch", insured_patch (two, "Medi-Cal", "Kaiser"), "applied");
  op_assert (t, "a-cc", "client.import_undo", undo_args ("A", "32"), "noop");
  op_assert (t, "a-cc", "client.import", import_args ("A", "33", values_new ("Ben")), "applied");
  op_assert (t, "a-cc", "record.patch", insured_patch (three, NULL, "Kaiser"), "applied"); /* begun by hand */
  op_assert (t, "a-cc", "client.import_undo", undo_args ("A", "33"), "noop");
  history = kith_world_find (op_world (t), NULL, "field_history", "record", begun, NULL, NULL);
  g_assert_cmpuint (history->len, ==, 1);
  g_assert_true (kith_world_remove (op_world (t), "field_history", kith_record_get_id (history->pdata[0]), NULL)); /* as by a Kith that kept none of what was empty */
  op_assert (t, "a-cc", "client.import_undo", undo_args ("A", "33"), "noop");
  g_assert_cmpstr (op_field (t, "client_billing", begun, "insurance_provider"), ==, "Kaiser");

  args = insured_args ("34", "Medi-Cal");
  json_object_set_string_member (json_object_get_object_member (args, "billing"), "agency", op_id ("B"));
  op_assert (t, "a-cc", "client.import", args, "invalid");
  args = insured_args ("34", "Medi-Cal");
  json_object_set_string_member (args, "billing", "Medi-Cal");
  op_assert (t, "a-cc", "client.import", args, "invalid");
}

/* What the hub only proposes goes with the client, what somebody decided keeps it; who looked stays written down (C13). */
static void
test_import_undo_match (void)
{
  static const char *const decisions[] = { NULL, "match.link", "match.dismiss" };

  for (guint i = 0; i < G_N_ELEMENTS (decisions); i++)
    {
      g_autoptr (OpFixture) t = op_fixture_new ();
      guint kept = decisions[i] != NULL;
      g_autofree char *one = imported_id ("20"), *two = imported_id ("21");
      gboolean before = strcmp (one, two) < 0;
      const char *first = before ? one : two, *second = before ? two : one;
      g_autofree char *pair = g_strconcat (first, ":", second, NULL), *match = kith_id_natural ("match", pair);

      op_assert (t, "a-cc", "client.import", import_args ("A", "20", values_new ("Ana")), "applied");
      op_assert (t, "a-cc", "client.import", import_args ("A", "21", values_new ("Anna")), "applied");
      op_assert (t, "hub", "match.propose", kith_json_new ("first", "s", first, "second", "s", second, "zone", "s", "review", NULL), "applied");
      op_assert (t, "a-cc", "audit.record", kith_json_new ("what", "s", "opened", "client", "s", one, NULL), "applied");
      if (decisions[i] != NULL)
        op_assert (t, "a-cc", decisions[i], kith_json_new ("match", "s", match, NULL), "applied");
      op_assert (t, "a-cc", "client.import_undo", undo_args ("A", "20"), kept == 1 ? "noop" : "applied");
      g_assert_cmpuint (op_count (t, "match"), ==, kept);
      g_assert_cmpuint (op_count (t, "client"), ==, 1 + kept);
      g_assert_cmpuint (op_count (t, "audit_entry"), ==, 1);
    }
}

/* ---- client.open_shared (U3, C14; design.md 2.4); the look-up before it: tests/hub/test-lookup.c ---- */

static JsonObject *
open_args (const char *client)
{
  return kith_json_new ("client", "s", op_id (client), "reason", "s", "He came to our door", NULL);
}

static void
consent_findable (OpFixture *t, const char *consent)
{
  op_assert (t, "a-cc", "consent.record",
             kith_json_new ("id", "s", op_id (consent), "client", "s", op_id ("C1"), "classes", "a", kith_json_strings ("client", "care", NULL),
                            "receivers", "a", kith_json_strings (op_id ("B"), NULL), "how", "s", "written", "findable", "b", TRUE, NULL),
             "applied");
}

/* The consent ends what it gave, not the basis: a later one opens again. */
static void
test_open_shared (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_register (t, "a-cc", "C1");
  op_assert (t, "b-cc", "client.open_shared", open_args ("C1"), "not_found");
  consent_findable (t, "K1");
  g_assert_false (op_sees (t, "b-cc", "client:C1"));
  op_set (t, "client", op_id ("C1"), "second_family_name", json_node_init_string (json_node_alloc (), "Ruiz"));
  op_assert (t, "b-cc", "client.open_shared", open_args ("C1"), "applied");
  g_assert_cmpstr (kith_record_string (op_natural (t, "care", "C1:B"), "second_family_name"), ==, "Ruiz");
  g_assert_true (op_sees (t, "b-cc", "client:C1"));
  g_assert_true (op_sees (t, "b-cc", "care:C1:A"));
  g_assert_true (op_sees (t, "b-cc", "care:C1:B"));
  g_assert_cmpstr (kith_record_string (op_natural (t, "care", "C1:B"), "opened_by_name"), ==, "b-cc");
  g_assert_false (op_sees (t, "b-cc", "client_billing:C1"));
  g_assert_false (op_sees (t, "b-cc2", "client:C1"));

  op_assert (t, "a-cc", "consent.revoke", kith_json_new ("client", "s", op_id ("C1"), "reason", "s", "Asked", NULL), "applied");
  g_assert_false (op_sees (t, "b-cc", "client:C1"));
  g_assert_true (op_sees (t, "b-cc", "care:C1:B"));
  op_assert (t, "b-cc2", "client.open_shared", open_args ("C1"), "not_found");
  op_advance (t, OP_DAY);
  consent_findable (t, "K2");
  g_assert_true (op_sees (t, "b-cc", "client:C1"));
}

static void
test_open_restricted (void)
{
  g_autoptr (OpFixture) t = op_fixture_new ();

  op_register (t, "a-cc", "C1");
  consent_findable (t, "K1");
  op_assert (t, "a-sup", "client.restrict",
             kith_json_new ("client", "s", op_id ("C1"), "restricted", "b", TRUE, "reason", "s", "Asked", NULL), "applied");
  op_assert (t, "b-cc", "client.open_shared", open_args ("C1"), "not_found");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/op-client/register-C15-U17-roles", test_roles);
  g_test_add_func ("/model/op-client/register-records", test_records);
  g_test_add_func ("/model/op-client/register-C17-numbers", test_numbers);
  g_test_add_func ("/model/op-client/register-U4-private-without-consent", test_private);
  g_test_add_func ("/model/op-client/register-U4-one-act", test_one_act);
  g_test_add_func ("/model/op-client/register-C2-refused", test_refused_consent);
  g_test_add_func ("/model/op-client/register-form", test_form);
  g_test_add_func ("/model/op-client/register-desk", test_desk);
  g_test_add_func ("/model/op-client/billing-later-A1", test_billing_later);
  g_test_add_func ("/model/op-client/billing-wrong", test_billing_wrong);
  g_test_add_func ("/model/op-client/import-C15", test_import);
  g_test_add_func ("/model/op-client/import-ids", test_import_ids);
  g_test_add_func ("/model/op-client/import-record", test_import_record);
  g_test_add_func ("/model/op-client/import-told-apart", test_import_told_apart);
  g_test_add_func ("/model/op-client/import-undo", test_import_undo);
  g_test_add_func ("/model/op-client/C13-import-undo-match", test_import_undo_match);
  g_test_add_func ("/model/op-client/A1-import-billing", test_import_billing);
  g_test_add_func ("/model/op-client/open-shared-U3-C14", test_open_shared);
  g_test_add_func ("/model/op-client/open-shared-restricted", test_open_restricted);
  return g_test_run ();
}
