/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-fixture.h"

#include "kith-plan.h"

/* The schema is what the field tables print; every named query prepares; the hot ones use their indexes. */

/* Every line of the schema, but for the order in which it was made. */
static char *
objects_of (KithDb *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (db, "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name", &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  while (kith_db_step (stmt, &error) == KITH_DB_ROW)
    g_string_append_printf (text, "%s %s %s\n", kith_db_text (stmt, 0), kith_db_text (stmt, 1), kith_db_text (stmt, 2));
  g_assert_no_error (error);
  return g_string_free (text, FALSE);
}

static void
assert_has_objects (const char *objects, const char *wanted)
{
  g_auto (GStrv) lines = g_strsplit (wanted, "\n", -1);

  for (guint i = 0; lines[i]; i++)
    if (g_str_has_prefix (lines[i], "table ") || g_str_has_prefix (lines[i], "index ") || g_str_has_prefix (lines[i], "trigger "))
      {
        g_test_message ("%s", lines[i]);
        g_assert_nonnull (strstr (objects, lines[i]));
      }
}

/* The text of 0002-kinds.sql is that of a hub of long ago: what was added to a kind since comes when the hub is opened. */
static void
test_kinds (void)
{
  g_autoptr (HubFixture) net = hub_fixture_new_empty (NULL);
  const KithDbOptions options = { .path = "kinds", .memory = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDb) db = kith_db_open (&options, &error);
  g_autofree char *printed = kith_kinds_print_schema (FALSE), *wanted = NULL, *objects = objects_of (kith_hub_get_db (net->hub));

  g_assert_no_error (error);
  g_assert_true (kith_db_exec (db, printed, &error));
  wanted = objects_of (db);
  g_assert_nonnull (strstr (wanted, "table client "));
  assert_has_objects (objects, wanted);
}

static void
test_queries (void)
{
  g_autoptr (HubFixture) net = hub_fixture_new_empty (NULL);
  g_auto (GStrv) names = kith_db_query_names (kith_hub_get_db (net->hub));

  g_assert_cmpuint (g_strv_length (names), >, 60);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (KithDbStmt) stmt = kith_db_query (kith_hub_get_db (net->hub), names[i], &error);

      g_assert_no_error (error);
      g_assert_nonnull (stmt);
    }
}

static void
assert_no_scan (HubFixture *net, const char *sql)
{
  g_autofree char *explain = g_strconcat ("EXPLAIN QUERY PLAN ", sql, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (kith_hub_get_db (net->hub), explain, &error);

  g_assert_no_error (error);
  while (kith_db_step (stmt, &error) == KITH_DB_ROW)
    {
      const char *step = kith_db_text (stmt, 3);

      g_test_message ("%s", step);
      g_assert_false (g_str_has_prefix (step, "SCAN") && strstr (step, "INDEX") == NULL &&
                      strstr (step, "SUBQUERY") == NULL);
      g_assert_null (strstr (step, "USE TEMP B-TREE FOR ORDER BY"));
    }
  g_assert_no_error (error);
}

static void
test_plans (void)
{
  g_autoptr (HubFixture) net = hub_fixture_new_empty (NULL);

  assert_no_scan (
      net,
      "SELECT m.since_q, g.since_q FROM scope_grant g JOIN member m ON m.pid = g.pid AND m.user_id = ?2 WHERE g.sid = ?1");
  assert_no_scan (net, "SELECT q, t, id, sid FROM sync_row WHERE q > ?1 AND q <= ?2 AND del = 0 ORDER BY q");
  assert_no_scan (net, "SELECT q, t, id, old_sid FROM sync_moved WHERE q > ?1 AND q <= ?2 ORDER BY q");
  assert_no_scan (
      net,
      "SELECT t, id, q FROM sync_row WHERE sid = ?1 AND del = 0 AND (t > ?2 OR (t = ?2 AND id > ?3)) ORDER BY t, id");
  assert_no_scan (
      net, "SELECT g.sid FROM member m JOIN scope_grant g ON g.pid = m.pid AND g.since_q > ?2 WHERE m.user_id = ?1");
  assert_no_scan (
      net, "SELECT g.sid FROM member m JOIN scope_grant g ON g.pid = m.pid AND g.until_q > ?2 WHERE m.user_id = ?1");
  assert_no_scan (net, "SELECT i FROM scope_grant WHERE subject = ?1 AND until_q IS NULL");
}

/* Nor does any other named query read what grows with the network. hub_day: a row a day; hub_run: one each time it was started; schema_migration: one of each numbered file; online_try: what is under way; sign_in_failure: those of a week, which are held back the more the more there are. */
static const char *const small[] = { "hub_day", "hub_run", "online_try", "schema_migration", "sign_in_failure", "sqlite_sequence", NULL };

static const KithPlanException exceptions[] = {
  { "blobs-all", "kith-hub backup and check" },
  { "blobs-to-drop", "after a document was removed" },
  { "check-lanes", "kith-hub check" },
  { "check-numbers", "kith-hub check" },
  { "check-places", "kith-hub check" },
  { "match-people", "one row" },
  { "member-users", "kith-hub check" },
  { "parked-all", "kith-hub parked" },
  { "parked-count", "few, or something is wrong" },
};

static void
test_scans (void)
{
  g_autoptr (HubFixture) net = hub_fixture_new_empty (NULL);

  kith_plan_assert_queries (kith_hub_get_db (net->hub), small, exceptions, G_N_ELEMENTS (exceptions));
}

#define UNDO_6_AND_LATER \
  "DROP TABLE mail_sent; DROP INDEX mail_by_with; ALTER TABLE mail DROP COLUMN with_i; ALTER TABLE lane DROP COLUMN revoked_at; ALTER TABLE hub_state DROP COLUMN seen_ms; ALTER TABLE lane DROP COLUMN former; ALTER TABLE lane DROP COLUMN computer; ALTER TABLE lane DROP COLUMN seen_at; DROP INDEX lane_user; " \
  "DROP TABLE online_try; ALTER TABLE hub_state DROP COLUMN copied_at; ALTER TABLE hub_state DROP COLUMN former;"

/* What a desk's cursor is known by stays. */
static void
upgrade_from (HubFixture *net, const char *undo)
{
  g_autofree char *sql = g_strconcat (HUB_SAY_WHO_ANSWERS, undo, UNDO_6_AND_LATER, " ALTER TABLE hub_run RENAME TO kept_run", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (kith_db_exec (kith_hub_get_db (net->hub), sql, &error));
  g_assert_no_error (error);
  hub_fixture_restart (net);
  g_assert_true (kith_db_exec (kith_hub_get_db (net->hub), "INSERT INTO hub_run SELECT * FROM kept_run; DROP TABLE kept_run", &error));
  g_assert_no_error (error);
  hub_fixture_restart (net);
}

/* A hub from before 0006-mail-rate.sql: who got mail without having asked for it goes on to get it, whoever switched it off does not, and
 * whoever comes later is asked first. */
static void
test_mail_kept (void)
{
  g_autoptr (HubFixture) net = hub_fixture_new (NULL);
  g_autofree char *ana = hub_fixture_add_staff (net, "ana", net->a, "\"role\":\"referral_manager\",\"email\":\"ana@example.org\"");
  g_autofree char *ben = hub_fixture_add_staff (net, "ben", net->a, "\"role\":\"referral_manager\",\"email\":\"ben@example.org\",\"mail_notices\":false");
  g_autofree char *cyn = hub_fixture_add_staff (net, "cyn", net->a, "\"role\":\"referral_manager\"");
  g_autofree char *dee = NULL;
  g_autoptr (Desk) desk = desk_new (net, "ana", ana);
  gint64 before;
  DeskRow *row;

  desk_pull (desk);
  before = kith_hub_get_q (net->hub);
  upgrade_from (net, "DELETE FROM schema_migration WHERE number >= 6;");
  g_assert_cmpint (kith_hub_get_q (net->hub), ==, before + 2);
  dee = hub_fixture_add_staff (net, "dee", net->a, "\"role\":\"referral_manager\",\"email\":\"dee@example.org\"");
  desk_pull (desk);
  row = g_hash_table_lookup (desk->rows, ana);
  g_assert_nonnull (strstr (row->body, "\"mail_notices\":true"));
  g_assert_nonnull (strstr (row->body, "\"mail_digest\":true"));
  row = g_hash_table_lookup (desk->rows, ben);
  g_assert_nonnull (strstr (row->body, "\"mail_notices\":false"));
  row = g_hash_table_lookup (desk->rows, cyn);
  g_assert_null (strstr (row->body, "mail_notices"));
  row = g_hash_table_lookup (desk->rows, dee);
  g_assert_null (strstr (row->body, "mail_notices"));
  hub_fixture_check (net);
}

/* A hub from before 0004-detail.sql: what everybody concerned held goes to the detail (P12), every desk fetches both anew, and nothing is lost. */
static void
test_detail_moved (void)
{
  g_autoptr (HubFixture) net = hub_fixture_new (NULL);
  g_autofree char *user = hub_fixture_add_staff (net, "ana", net->a, "\"role\":\"referral_manager\"");
  g_autofree char *client = hub_fixture_id (net), *referral = hub_fixture_id (net), *plain = hub_fixture_id (net);
  g_autofree char *detail = kith_id_natural ("referral_detail", referral), *plain_detail = kith_id_natural ("referral_detail", plain);
  g_autofree char *of_client = g_strdup_printf ("{\"agency\":\"%s\",\"number\":\"KK-0001\",\"given_name\":\"Ana\"}", net->a);
  g_autofree char *old = g_strdup_printf ("{\"agency\":\"%s\",\"author\":\"%s\",\"agency_to\":\"%s\",\"client\":\"%s\",\"number\":\"KK-0002\",\"type\":\"direct\","
                                          "\"phase\":\"closed_resolved\",\"outcome\":\"need_met\",\"release_classes\":[\"client\"],\"release_until\":\"2026-01-01T00:00:00.000Z\","
                                          "\"release_basis\":\"The judge said so\",\"release_network\":true}",
                                          net->a, user, net->b, client);
  g_autofree char *new = g_strdup_printf ("{\"agency\":\"%s\",\"author\":\"%s\",\"number\":\"KK-0003\",\"type\":\"informational\",\"phase\":\"given\"}", net->a, user);
  g_autofree char *of_old = g_strdup_printf ("{\"referral\":\"%s\",\"agency\":\"%s\",\"need\":\"A bed\"}", referral, net->a);
  g_autofree char *of_new = g_strdup_printf ("{\"referral\":\"%s\",\"agency\":\"%s\",\"need\":\"Food\"}", plain, net->a);
  g_autoptr (Desk) desk = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) body = NULL;
  gint64 before, lines = -1;
  DeskRow *row;

  hub_fixture_put (net, "client", client, of_client);
  hub_fixture_put (net, "referral", referral, old);
  hub_fixture_put (net, "referral_detail", detail, of_old);
  hub_fixture_put (net, "referral", plain, new);
  hub_fixture_put (net, "referral_detail", plain_detail, of_new);
  desk = desk_new (net, "ana", user);
  desk_pull (desk);
  before = kith_hub_get_q (net->hub);
  upgrade_from (net, "DELETE FROM schema_migration WHERE number >= 4; DROP TABLE account_low_cost;");

  /* The two that changed, by 0012-course.sql each referral and its course, and then who is given these. */
  g_assert_cmpint (kith_hub_get_q (net->hub), ==, before + 2 + 4 + 1);
  g_assert_true (kith_db_fetch_int (kith_hub_get_db (net->hub), &lines, &error, "check-rows-of-kind", "s", "referral"));
  g_assert_cmpint (lines, ==, 2);
  hub_fixture_check (net);
  desk_pull (desk);
  row = g_hash_table_lookup (desk->rows, referral);
  g_assert_null (strstr (row->body, "outcome"));
  g_assert_null (strstr (row->body, "release"));
  g_assert_nonnull (strstr (row->body, "closed_resolved"));
  row = g_hash_table_lookup (desk->rows, detail);
  body = kith_json_parse_object (row->body, -1, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (kith_json_string (body, "need"), ==, "A bed");
  g_assert_cmpstr (kith_json_string (body, "client"), ==, client);
  g_assert_cmpstr (kith_json_string (body, "outcome"), ==, "need_met");
  g_assert_true (kith_json_array_has (kith_json_array (body, "release_classes"), "client"));
  g_assert_cmpstr (kith_json_string (body, "release_until"), ==, "2026-01-01T00:00:00.000Z");
  g_assert_true (kith_json_bool (body, "release_network", FALSE));
  /* Words are no code of the list: they stay beside it. */
  g_assert_null (kith_json_string (body, "release_basis"));
  g_assert_cmpstr (kith_json_string (body, "release_words"), ==, "The judge said so");
}

typedef struct
{
  HubFixture *net;
  Desk *a, *b, *portal, *portal_detail;
  char *referrals[3];
} Referred;

/* Of a hub of before 0012-course.sql: all stands in the referral, and what was only given has a turn too. */
#define UNDO_12 \
  "UPDATE referral SET body = json_patch(body, (SELECT json_remove(y.body, '$.referral') FROM referral_course y WHERE y.referral = referral.id)); " \
  "UPDATE referral SET body = json_set(body, '$.turn', 1) WHERE body ->> 'turn' IS NULL; " \
  "DELETE FROM scope_grant WHERE sid IN (SELECT sid FROM scope WHERE name LIKE 'referral_course:%'); " \
  "DELETE FROM sync_row WHERE t = 'referral_course'; DELETE FROM scope WHERE name LIKE 'referral_course:%'; " \
  "DROP TABLE referral_course; DELETE FROM schema_migration WHERE number >= 12; ALTER TABLE hub_state DROP COLUMN seen_ms; ALTER TABLE lane DROP COLUMN former; ALTER TABLE lane DROP COLUMN computer; ALTER TABLE lane DROP COLUMN seen_at;"

static const char *
text_of (Desk *desk, const char *id)
{
  DeskRow *row = g_hash_table_lookup (desk->rows, id);

  return row != NULL ? row->body : "";
}

static char *
body_at_hub (HubFixture *net, const char *kind, const char *id)
{
  g_autoptr (KithRecord) record = kith_world_get (kith_hub_get_world (net->hub), kind, id, NULL);

  g_assert_nonnull (record);
  return kith_record_print (record);
}

/* One declined, one that waits, one only given; after a consent for all. */
static void
refer (Referred *t)
{
  g_autofree char *client = hub_fixture_id (t->net), *consent = hub_fixture_id (t->net);

  desk_do_ok (t->a, "client.register",
              "{\"id\":\"%s\",\"number\":\"KK-0001\",\"values\":{\"given_name\":\"Zenobia\"},\"consent\":{\"id\":\"%s\",\"permission\":\"granted\","
              "\"classes\":[\"client\"],\"receivers\":[\"%s\"],\"how\":\"verbal\",\"purpose\":\"Referral\"}}",
              client, consent, t->net->b);
  for (guint i = 0; i < G_N_ELEMENTS (t->referrals); i++)
    {
      t->referrals[i] = hub_fixture_id (t->net);
      desk_do_ok (t->a, "referral.send", "{\"id\":\"%s\",\"number\":\"KK-001%u\",\"client\":\"%s\",\"type\":\"%s\",\"service\":\"%s\"}", t->referrals[i], i,
                  client, i == 2 ? "informational" : "direct", t->net->service);
    }
  desk_do_ok (t->b, "referral.decline", "{\"referral\":\"%s\",\"from\":\"sent\",\"reason\":\"no_capacity\"}", t->referrals[0]);
}

/* A hub from before 0012-course.sql (P12): times, type and reason go to a record of their own, the same as a new hub makes, to whom had them and may; of a
 * portal account without the details they are taken. */
static void
test_course_moved (void)
{
  Referred t = { hub_fixture_new (NULL) };
  g_autofree char *ana = hub_fixture_add_staff (t.net, "ana", t.net->a, "\"role\":\"referral_manager\"");
  g_autofree char *ben = hub_fixture_add_staff (t.net, "ben", t.net->b, "\"role\":\"referral_manager\",\"duties\":[\"supervisor\"]");
  g_autofree char *pat = hub_fixture_add_portal (t.net, "pat", t.net->b, t.net->service, "\"changes_status\":true");
  g_autofree char *pia = hub_fixture_add_portal (t.net, "pia", t.net->b, t.net->service, "\"sees_details\":true");
  Desk *all[] = { t.a = desk_new (t.net, "ana", ana), t.b = desk_new (t.net, "ben", ben), t.portal = desk_new (t.net, "pat", pat),
                  t.portal_detail = desk_new (t.net, "pia", pia) };
  char *courses[3], *wanted[3], *brief[3];
  g_autoptr (GError) error = NULL;

  refer (&t);
  for (guint i = 0; i < G_N_ELEMENTS (t.referrals); i++)
    {
      courses[i] = kith_id_natural ("referral_course", t.referrals[i]);
      wanted[i] = body_at_hub (t.net, "referral_course", courses[i]);
      brief[i] = body_at_hub (t.net, "referral", t.referrals[i]);
    }
  g_assert_true (kith_db_exec (kith_hub_get_db (t.net->hub), UNDO_12, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    desk_pull (all[i]);
  g_assert_nonnull (strstr (text_of (t.portal, t.referrals[1]), "\"due_on\""));
  g_assert_nonnull (strstr (text_of (t.portal, t.referrals[0]), "no_capacity"));
  g_assert_nonnull (strstr (text_of (t.a, t.referrals[2]), "\"turn\":1"));

  hub_fixture_restart (t.net);
  hub_fixture_check (t.net);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    desk_pull (all[i]);
  for (guint i = 0; i < G_N_ELEMENTS (t.referrals); i++)
    {
      g_assert_cmpstr (text_of (t.a, courses[i]), ==, wanted[i]);
      g_assert_cmpstr (text_of (t.a, t.referrals[i]), ==, brief[i]);
      g_assert_cmpstr (text_of (t.b, courses[i]), ==, i == 2 ? "" : wanted[i]);
      g_assert_cmpstr (text_of (t.portal_detail, courses[i]), ==, i == 2 ? "" : wanted[i]);
      g_assert_cmpstr (text_of (t.portal, t.referrals[i]), ==, i == 2 ? "" : brief[i]);
      g_assert_cmpstr (text_of (t.portal, courses[i]), ==, "");
    }
  g_assert_null (strstr (brief[2], "turn"));
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    desk_free (all[i]);
  for (guint i = 0; i < G_N_ELEMENTS (t.referrals); i++)
    {
      g_free (t.referrals[i]);
      g_free (courses[i]);
      g_free (wanted[i]);
      g_free (brief[i]);
    }
  hub_fixture_free (t.net);
}

static gint64
n_found (KithDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (db, sql, &error);

  g_assert_no_error (error);
  g_assert_cmpint (kith_db_step (stmt, &error), ==, KITH_DB_ROW);
  return kith_db_int (stmt, 0);
}

/* The kinds as they were printed for hubs of 0003: whatever was added since is there when it is opened, every record still is, and is found. */
static void
test_old_kinds (void)
{
  g_autoptr (HubFixture) net = hub_fixture_new (NULL), new = hub_fixture_new_empty (NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "hub", "kinds-before-0004.sql", NULL);
  g_autofree char *referral = hub_fixture_id (net);
  g_autofree char *body = g_strdup_printf ("{\"agency\":\"%s\",\"number\":\"KK-0003\",\"type\":\"informational\",\"phase\":\"given\",\"contact_name\":\"Zacharias\"}", net->a);
  g_autofree char *old = NULL, *wanted = objects_of (kith_hub_get_db (new->hub)), *before = NULL, *after = NULL;
  KithDb *db = kith_hub_get_db (net->hub);
  g_autoptr (GString) sql = g_string_new (NULL), back = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  const KithKind *const *kinds;
  gint64 agencies;
  guint n;

  hub_fixture_put (net, "referral", referral, body);
  agencies = n_found (db, "SELECT count(*) FROM organization");
  g_assert_cmpint (agencies, ==, 3);
  kinds = kith_kinds_list (&n);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (sql, "CREATE TABLE \"new_%s\" AS SELECT id, body FROM \"%s\"; DROP TABLE \"%s\"; DROP TABLE IF EXISTS %s_find;", kinds[i]->name, kinds[i]->name,
                            kinds[i]->name, kinds[i]->name);
  g_assert_true (g_file_get_contents (path, &old, NULL, &error));
  g_string_append (sql, old);
  g_assert_true (kith_db_exec (db, sql->str, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *there = g_strdup_printf ("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = '%s'", kinds[i]->name);

      if (n_found (db, there) > 0)
        g_string_append_printf (back, "INSERT INTO \"%s\" (id, body) SELECT id, body FROM \"new_%s\";", kinds[i]->name, kinds[i]->name);
      g_string_append_printf (back, "DROP TABLE \"new_%s\";", kinds[i]->name);
    }
  g_string_append (back, "DELETE FROM schema_migration WHERE number >= 4; DROP TABLE account_low_cost; DROP TABLE hub_run; " UNDO_6_AND_LATER);
  g_assert_true (kith_db_exec (db, back->str, &error));
  g_assert_no_error (error);
  before = objects_of (db);
  g_assert_null (strstr (before, "table contact_record "));
  g_assert_null (strstr (before, "table reason_term "));
  g_assert_cmpint (n_found (db, "SELECT count(*) FROM referral_find WHERE referral_find MATCH 'zacharias'"), ==, 0);

  hub_fixture_restart (net);
  db = kith_hub_get_db (net->hub);
  after = objects_of (db);
  g_assert_nonnull (strstr (after, "table contact_record "));
  g_assert_nonnull (strstr (after, "table reason_term ")); /* domain.md 2f */
  assert_has_objects (after, wanted);
  g_assert_cmpint (n_found (db, "SELECT count(*) FROM organization"), ==, agencies);
  g_assert_cmpint (n_found (db, "SELECT count(*) FROM referral WHERE body ->> 'contact_name' = 'Zacharias'"), ==, 1);
  g_assert_cmpint (n_found (db, "SELECT count(*) FROM referral_find WHERE referral_find MATCH 'zacharias'"), ==, 1);
  hub_fixture_check (net);

  /* An index that went, one that is of no use any more, a search whose trigger was lost. */
  g_assert_true (kith_db_exec (db, "DROP INDEX referral_by_client; CREATE INDEX referral_by_nothing ON referral (id); DROP TRIGGER client_find_insert", &error));
  g_assert_no_error (error);
  hub_fixture_restart (net);
  g_free (before);
  before = objects_of (kith_hub_get_db (net->hub));
  g_assert_cmpstr (before, ==, after);
}

/* A hub from before 0013-confirms.sql: what portal accounts read of their agency's settings stands with the agency too, and their desks get it. */
static void
test_confirms_shown (void)
{
  g_autoptr (HubFixture) net = hub_fixture_new (NULL);
  g_autofree char *ben = hub_fixture_add_staff (net, "ben", net->b, "\"role\":\"referral_manager\""), *of_a = kith_id_natural ("agency_settings", net->a);
  g_autofree char *of_b = kith_id_natural ("agency_settings", net->b), *no = g_strdup_printf ("{\"agency\":\"%s\",\"grace_days\":3}", net->a);
  g_autofree char *yes = g_strdup_printf ("{\"agency\":\"%s\",\"confirm_declines\":true}", net->b);
  g_autoptr (Desk) desk = desk_new (net, "ben", ben);
  g_autoptr (GError) error = NULL;
  gint64 before;

  hub_fixture_put (net, "agency_settings", of_a, no);
  hub_fixture_put (net, "agency_settings", of_b, yes);
  g_assert_true (kith_db_exec (kith_hub_get_db (net->hub), HUB_SAY_WHO_ANSWERS, &error));
  desk_pull (desk);
  before = kith_hub_get_q (net->hub);
  g_assert_true (kith_db_exec (kith_hub_get_db (net->hub), "DELETE FROM schema_migration WHERE number >= 13; ALTER TABLE hub_state DROP COLUMN seen_ms; ALTER TABLE lane DROP COLUMN former; ALTER TABLE lane DROP COLUMN computer; ALTER TABLE lane DROP COLUMN seen_at;", &error));
  g_assert_no_error (error);
  hub_fixture_restart (net);
  g_assert_cmpint (kith_hub_get_q (net->hub), ==, before + 1);
  hub_fixture_check (net);
  desk_pull (desk);
  g_assert_nonnull (strstr (text_of (desk, net->b), "\"confirm_declines\":true"));
  g_assert_null (strstr (text_of (desk, net->a), "confirm_declines"));
}

/* A hub from before 0021-answered.sql: of each agency stands whether anybody answers there, and desks get it (D2, D4). */
static void
test_answered_shown (void)
{
  g_autoptr (HubFixture) net = hub_fixture_new (NULL);
  g_autofree char *ben = hub_fixture_add_staff (net, "ben", net->b, "\"role\":\"care_coordinator\",\"duties\":[\"supervisor\"]");
  g_autofree char *cat = hub_fixture_add_staff (net, "cat", net->a, "\"role\":\"care_coordinator\"");
  g_autoptr (Desk) desk = desk_new (net, "ben", ben);
  g_autoptr (GError) error = NULL;
  gint64 before;

  desk_pull (desk);
  before = kith_hub_get_q (net->hub);
  g_assert_true (kith_db_exec (kith_hub_get_db (net->hub), "DELETE FROM schema_migration WHERE number >= 21", &error));
  g_assert_no_error (error);
  hub_fixture_restart (net);
  g_assert_cmpint (kith_hub_get_q (net->hub), ==, before + n_found (kith_hub_get_db (net->hub), "SELECT count(*) FROM organization"));
  hub_fixture_check (net);
  desk_pull (desk);
  g_assert_nonnull (strstr (text_of (desk, net->b), "\"answered\":true"));
  g_assert_nonnull (strstr (text_of (desk, net->a), "\"answered\":false"));
}

static void
put_assigned (HubFixture *net, const char *id, const char *client, const char *case_id, const char *staff, const char *by, const char *names)
{
  g_autofree char *of = case_id != NULL ? g_strdup_printf ("\"case\":\"%s\",", case_id) : g_strdup ("");
  g_autofree char *body = g_strdup_printf ("{\"client\":\"%s\",%s\"staff\":\"%s\",\"agency\":\"%s\",\"since\":\"2026-01-04T00:00:00.000Z\",\"by\":\"%s\"%s}", client,
                                           of, staff, net->a, by, names);

  hub_fixture_put (net, "assignment", id, body);
}

/* A hub from before 0022-assigned-names.sql: who is assigned, and by whom, stands with it, for desks that do not know the agency's staff (D12): each name
 * that the hub knows and that is missing, each record under a number of its own, at every desk that has it. What stands there already stays. */
static void
test_assigned_named (void)
{
  static const char *const gone = "0197c000-0000-7000-8000-0000000000c9";
  static const struct
  {
    gboolean of_case, knows_staff, knows_by;
    const char *names, *name, *by_name; /* before; after: NULL: none */
    gboolean changed;
  } cases[] = {
    { FALSE, TRUE, TRUE, "", "amy", "ana", TRUE },
    { FALSE, TRUE, FALSE, "", "amy", NULL, TRUE },
    { FALSE, FALSE, TRUE, "", NULL, "ana", TRUE },
    { TRUE, TRUE, TRUE, "", "amy", "ana", TRUE },
    { FALSE, TRUE, TRUE, ",\"name\":\"Amy Old\"", "Amy Old", "ana", TRUE },
    { FALSE, FALSE, TRUE, ",\"name\":\"Amy Old\"", "Amy Old", "ana", TRUE }, /* a name that the hub does not know is not taken away */
    { FALSE, TRUE, TRUE, ",\"name\":\"Amy Old\",\"by_name\":\"Ana Old\"", "Amy Old", "Ana Old", FALSE },
    { FALSE, FALSE, FALSE, "", NULL, NULL, FALSE },
  };
  g_autoptr (HubFixture) net = hub_fixture_new (NULL);
  g_autofree char *ana = hub_fixture_add_staff (net, "ana", net->a, "\"role\":\"care_coordinator\",\"duties\":[\"supervisor\"]");
  g_autofree char *amy = hub_fixture_add_staff (net, "amy", net->a, "\"role\":\"care_coordinator\"");
  g_autofree char *client = hub_fixture_id (net), *case_id = hub_fixture_id (net);
  g_autoptr (Desk) desk = desk_new (net, "ana", ana);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  gint64 before, changed = 0;

  desk_do_ok (desk, "client.register", "{\"id\":\"%s\",\"number\":\"KK-0001\",\"values\":{\"given_name\":\"Zenobia\"}}", client);
  desk_do_ok (desk, "case.open", "{\"id\":\"%s\",\"number\":\"KK-0002\",\"client\":\"%s\",\"title\":\"Housing\"}", case_id, client);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      char *id = hub_fixture_id (net);

      g_ptr_array_add (ids, id);
      put_assigned (net, id, client, cases[i].of_case ? case_id : NULL, cases[i].knows_staff ? amy : gone, cases[i].knows_by ? ana : gone, cases[i].names);
      changed += cases[i].changed;
    }
  desk_pull (desk);
  before = kith_hub_get_q (net->hub);
  g_assert_true (kith_db_exec (kith_hub_get_db (net->hub), "DELETE FROM schema_migration WHERE number >= 22", &error));
  g_assert_no_error (error);
  hub_fixture_restart (net);
  g_assert_cmpint (kith_hub_get_q (net->hub), ==, before + changed);
  hub_fixture_check (net);
  desk_pull (desk);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *at_hub = body_at_hub (net, "assignment", ids->pdata[i]);
      g_autofree char *number = g_strdup_printf ("SELECT count(*) FROM sync_row WHERE t = 'assignment' AND id = '%s' AND q > %" G_GINT64_FORMAT, (char *) ids->pdata[i], before);
      g_autoptr (JsonObject) body = kith_json_parse_object (text_of (desk, ids->pdata[i]), -1, NULL, NULL);

      g_test_message ("%u: %s", i, at_hub);
      g_assert_nonnull (body);
      g_assert_cmpstr (kith_json_string (body, "name"), ==, cases[i].name);
      g_assert_cmpstr (kith_json_string (body, "by_name"), ==, cases[i].by_name);
      g_assert_cmpint (n_found (kith_hub_get_db (net->hub), number), ==, cases[i].changed);
    }
  g_assert_cmpint (n_found (kith_hub_get_db (net->hub), "SELECT count(*) - count(DISTINCT q) FROM sync_row"), ==, 0);
  hub_fixture_restart (net); /* once */
  g_assert_cmpint (kith_hub_get_q (net->hub), ==, before + changed);
}

/* A hub from before 0023-reasons.sql: the words why a consent was taken back, or a record restricted, leave what other agencies read, and those who work with the client at
 * the agency that was told go on reading them (C1, C11). Each once, under numbers of their own. */
static void
test_reasons_apart (void)
{
  g_autoptr (HubFixture) net = hub_fixture_new (NULL);
  g_autofree char *ana = hub_fixture_add_staff (net, "ana", net->a, "\"role\":\"referral_manager\""), *ben = NULL;
  g_autofree char *client = hub_fixture_id (net), *first = hub_fixture_id (net), *second = hub_fixture_id (net), *referral = hub_fixture_id (net), *old = NULL;
  g_autoptr (Desk) a = desk_new (net, "ana", ana), b = NULL;
  g_autoptr (GError) error = NULL;
  gint64 before;

  ben = hub_fixture_add_staff (net, "ben", net->b, "\"role\":\"referral_manager\",\"duties\":[\"supervisor\"]");
  b = desk_new (net, "ben", ben);

  desk_do_ok (a, "client.register", "{\"id\":\"%s\",\"number\":\"KK-0001\",\"values\":{\"given_name\":\"Zenobia\"}}", client);
  desk_do_ok (a, "consent.record", "{\"id\":\"%s\",\"client\":\"%s\",\"classes\":[\"client\"],\"receivers\":[\"%s\"],\"how\":\"verbal\"}", first, client, net->b);
  desk_do_ok (a, "consent.record", "{\"id\":\"%s\",\"client\":\"%s\",\"classes\":[\"care\"],\"receivers\":[\"%s\"],\"how\":\"verbal\"}", second, client, net->c);
  desk_do_ok (a, "referral.send", "{\"id\":\"%s\",\"number\":\"KK-0002\",\"client\":\"%s\",\"type\":\"direct\",\"service\":\"%s\",\"need\":\"A bed\",\"urgency\":\"soon\"}",
              referral, client, net->service);
  desk_do_ok (b, "referral.accept", "{\"referral\":\"%s\",\"from\":\"sent\"}", referral);
  old = g_strdup_printf ("UPDATE consent SET body = json_set(body, '$.revoked_at', '2026-01-06T00:00:00.000Z', '$.revoked_agency', '%s', '$.revoke_reason', 'Afraid of Crow') "
                         "WHERE id = '%s'; UPDATE consent SET body = json_set(body, '$.reason', 'Shy of Raven') WHERE id = '%s'; UPDATE client SET body = json_set(body, '$.restricted_at', '2026-01-05T00:00:00.000Z', '$.restricted_by', '%s', "
                         "'$.restricted_reason', 'Known to Heron', '$.consents_revoked_at', '2026-01-06T00:00:00.000Z', '$.consents_revoked_agency', '%s', "
                         "'$.consents_revoke_reason', 'Afraid of Crow') WHERE id = '%s'; DELETE FROM schema_migration WHERE number >= 23;",
                         net->a, second, first, ana, net->a, client);
  g_assert_true (kith_db_exec (kith_hub_get_db (net->hub), old, &error));
  g_assert_no_error (error);
  before = kith_hub_get_q (net->hub);
  hub_fixture_restart (net);
  g_assert_cmpint (n_found (kith_hub_get_db (net->hub), "SELECT count(*) FROM client_reason"), ==, 3);
  g_assert_cmpint (n_found (kith_hub_get_db (net->hub), "SELECT count(*) FROM client_reason WHERE what = 'revoked' AND body ->> 'text' = 'Afraid of Crow'"), ==, 1);
  g_assert_cmpint (n_found (kith_hub_get_db (net->hub), "SELECT count(*) FROM client WHERE body LIKE '%Crow%' OR body LIKE '%Heron%'"), ==, 0);
  g_assert_cmpint (n_found (kith_hub_get_db (net->hub), "SELECT count(*) FROM consent WHERE body LIKE '%Crow%' OR body LIKE '%Raven%'"), ==, 0);
  g_assert_cmpint (n_found (kith_hub_get_db (net->hub), "SELECT count(*) - count(DISTINCT q) FROM sync_row"), ==, 0);
  g_assert_cmpint (kith_hub_get_q (net->hub), >=, before + 4);
  desk_pull (a);
  desk_pull (b);
  hub_fixture_check (net);
  g_assert_true (desk_has (a, client) && desk_has (b, client));
  g_assert_nonnull (strstr (a->seen->str, "Afraid of Crow"));
  g_assert_nonnull (strstr (a->seen->str, "Known to Heron"));
  g_assert_nonnull (strstr (a->seen->str, "Shy of Raven"));
  g_assert_null (strstr (b->seen->str, "Raven"));
  g_assert_null (strstr (b->seen->str, "Crow"));
  g_assert_null (strstr (b->seen->str, "Heron"));
  before = kith_hub_get_q (net->hub);
  hub_fixture_restart (net); /* once */
  g_assert_cmpint (kith_hub_get_q (net->hub), ==, before);
}

/* A hub from before 0020-time-zones.sql: the clock a portal account plans by stands with the agency, and its desk gets it (P4). */
static void
test_zones_shown (void)
{
  g_autoptr (HubFixture) net = hub_fixture_new (NULL);
  g_autofree char *ben = hub_fixture_add_staff (net, "ben", net->b, "\"role\":\"referral_manager\""), *of_b = kith_id_natural ("agency_settings", net->b);
  g_autofree char *body = g_strdup_printf ("{\"agency\":\"%s\",\"time_zone\":\"America/Los_Angeles\"}", net->b);
  g_autoptr (Desk) desk = desk_new (net, "ben", ben);
  g_autoptr (GError) error = NULL;
  gint64 before;

  hub_fixture_put (net, "agency_settings", of_b, body);
  g_assert_true (kith_db_exec (kith_hub_get_db (net->hub), HUB_SAY_WHO_ANSWERS, &error));
  desk_pull (desk);
  before = kith_hub_get_q (net->hub);
  g_assert_true (kith_db_exec (kith_hub_get_db (net->hub), "DELETE FROM schema_migration WHERE number >= 20", &error));
  g_assert_no_error (error);
  hub_fixture_restart (net);
  g_assert_cmpint (kith_hub_get_q (net->hub), ==, before + 1);
  hub_fixture_check (net);
  desk_pull (desk);
  g_assert_nonnull (strstr (text_of (desk, net->b), "\"time_zone\":\"America/Los_Angeles\""));
  g_assert_null (strstr (text_of (desk, net->a), "time_zone"));
}

/* A numbered file changes a body: what people are found by follows when the hub is opened, though nothing wrote the row through it. */
static void
test_columns_follow (void)
{
  g_autoptr (HubFixture) net = hub_fixture_new (NULL);
  g_autofree char *ana = hub_fixture_add_staff (net, "ana", net->a, "\"role\":\"referral_manager\"");
  g_autoptr (GError) error = NULL;

  g_assert_true (kith_db_exec (kith_hub_get_db (net->hub), "UPDATE staff SET body = json_set (body, '$.level', 'portal', '$.active', json ('false')) WHERE login = 'ana';"
                               "DELETE FROM schema_migration WHERE number >= 17", &error));
  g_assert_no_error (error);
  g_assert_cmpint (n_found (kith_hub_get_db (net->hub), "SELECT count(*) FROM staff WHERE level = 'portal' AND NOT active"), ==, 0);
  hub_fixture_restart (net);
  g_assert_cmpint (n_found (kith_hub_get_db (net->hub), "SELECT count(*) FROM staff WHERE level = 'portal' AND NOT active"), ==, 1);
  g_assert_cmpint (n_found (kith_hub_get_db (net->hub), "SELECT count(*) FROM kind_columns WHERE made_to >= 17"), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hub/schema/kinds", test_kinds);
  g_test_add_func ("/hub/schema/queries", test_queries);
  g_test_add_func ("/hub/schema/plans", test_plans);
  g_test_add_func ("/hub/schema/scans", test_scans);
  g_test_add_func ("/hub/schema/detail-moved-P12", test_detail_moved);
  g_test_add_func ("/hub/schema/course-moved-P12", test_course_moved);
  g_test_add_func ("/hub/schema/confirms-shown", test_confirms_shown);
  g_test_add_func ("/hub/schema/zones-shown-P4", test_zones_shown);
  g_test_add_func ("/hub/schema/answered-shown-D2", test_answered_shown);
  g_test_add_func ("/hub/schema/assigned-named-D12", test_assigned_named);
  g_test_add_func ("/hub/schema/reasons-apart-C11", test_reasons_apart);
  g_test_add_func ("/hub/schema/old-kinds", test_old_kinds);
  g_test_add_func ("/hub/schema/mail-kept", test_mail_kept);
  g_test_add_func ("/hub/schema/columns-follow", test_columns_follow);
  return g_test_run ();
}
