/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the field tables print is what SQLite takes, and what it does is what the header says. */

#include <locale.h>

#include "kind-samples.h"
#include "kith-db.h"
#include "kith-kind-sql.h"

static KithDb *
open_db (gboolean desk)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *schema = kith_kinds_print_schema (desk);
  static guint n_opened;
  g_autofree char *name = g_strdup_printf ("kinds-%u", n_opened++);
  KithDb *db = kith_db_open (&(KithDbOptions) { .path = name, .memory = TRUE }, &error);

  g_assert_no_error (error);
  kith_db_exec (db, schema, &error);
  g_assert_no_error (error);
  return db;
}

static void
put (KithDb *db, gboolean desk, KithRecord *record, gint64 scope)
{
  const KithKind *kind = kith_record_get_kind (record);
  g_autofree char *sql = kith_kind_sql_put (kind, desk);
  g_autofree char *body = kith_record_print (record);
  g_autofree char *find = kith_record_find_text (record);
  g_autofree char *digits = kith_record_digits (record);
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (db, sql, &error);
  int i = 1;

  g_assert_no_error (error);
  kith_db_bind_text (stmt, i++, kith_record_get_id (record));
  if (desk)
    {
      kith_db_bind_int (stmt, i++, scope);
      kith_db_bind_int (stmt, i++, 7);
    }
  kith_db_bind_text (stmt, i++, body);
  if (kith_kind_is_searched (kind))
    kith_db_bind_text (stmt, i++, find);
  if (kith_kind_has_digits (kind))
    kith_db_bind_text (stmt, i++, digits);
  kith_db_step_done (stmt, &error);
  g_assert_no_error (error);
}

static guint
count (KithDb *db, const char *sql, const char *value, gint64 scope)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (db, sql, &error);
  guint n = 0;

  g_assert_no_error (error);
  if (value != NULL)
    kith_db_bind_text (stmt, 1, value);
  if (scope != 0)
    kith_db_bind_int (stmt, value != NULL ? 2 : 1, scope);
  while (kith_db_step (stmt, &error) == KITH_DB_ROW)
    n++;
  g_assert_no_error (error);
  return n;
}

/* Every kind goes in, is found by every INDEXED field, and comes out as it was. */
static void
check_kind (KithDb *db, gboolean desk, const KithKind *kind)
{
  g_autoptr (KithRecord) record = sample_record (kind);
  g_autofree char *get = kith_kind_sql_get (kind, desk);
  g_autofree char *remove = kith_kind_sql_remove (kind);
  g_autoptr (GError) error = NULL;

  g_test_message ("%s", kind->name);
  put (db, desk, record, 3);
  put (db, desk, record, 3);
  {
    g_autoptr (KithDbStmt) stmt = kith_db_prepare (db, get, &error);
    g_autoptr (KithRecord) back = NULL;

    g_assert_no_error (error);
    kith_db_bind_text (stmt, 1, SAMPLE_ID);
    g_assert_cmpint (kith_db_step (stmt, &error), ==, KITH_DB_ROW);
    back = kith_record_parse (kind, SAMPLE_ID, kith_db_text (stmt, 0), -1, &error);
    g_assert_no_error (error);
    g_assert_true (kith_record_equal (record, back));
    if (desk)
      g_assert_cmpint (kith_db_int (stmt, 1), ==, 3);
  }
  for (guint i = 0; i < kind->n_fields; i++)
    {
      const KithField *field = &kind->fields[i];
      if (!(field->flags & KITH_FIELD_INDEXED))
        continue;

      g_autofree char *find = kith_kind_sql_find (kind, field->name, FALSE);
      const char *value = field->type == KITH_FIELD_BOOL ? "1" : kith_record_string (record, field->name);
      g_autofree char *plan = g_strconcat ("EXPLAIN QUERY PLAN ", find, NULL);
      g_autoptr (KithDbStmt) stmt = NULL;

      g_assert_cmpuint (count (db, find, value, 0), ==, 1);
      g_assert_cmpuint (count (db, find, "nobody", 0), ==, 0);
      stmt = kith_db_prepare (db, plan, &error);
      g_assert_no_error (error);
      kith_db_bind_text (stmt, 1, value);
      g_assert_cmpint (kith_db_step (stmt, &error), ==, KITH_DB_ROW);
      g_assert_true (g_str_has_prefix (kith_db_text (stmt, 3), "SEARCH"));
      if (desk)
        {
          g_autofree char *in_scope = kith_kind_sql_find (kind, field->name, TRUE);
          g_assert_cmpuint (count (db, in_scope, value, 3), ==, 1);
          g_assert_cmpuint (count (db, in_scope, value, 4), ==, 0);
        }
    }
  if (desk)
    {
      g_autofree char *all = kith_kind_sql_find (kind, NULL, TRUE);
      g_assert_cmpuint (count (db, all, NULL, 3), ==, 1);
      g_assert_cmpuint (count (db, all, NULL, 4), ==, 0);
    }
  g_assert_cmpuint (count (db, remove, SAMPLE_ID, 0), ==, 0);
  g_assert_cmpuint (count (db, get, SAMPLE_ID, 0), ==, 0);
}

static void
test_tables (gconstpointer desk)
{
  g_autoptr (KithDb) db = open_db (GPOINTER_TO_INT (desk));
  guint n;
  const KithKind *const *kinds = kith_kinds_list (&n);

  for (guint i = 0; i < n; i++)
    check_kind (db, GPOINTER_TO_INT (desk), kinds[i]);
}

#define MATCH "SELECT id FROM client_find JOIN client ON client.rid = client_find.rowid WHERE client_find MATCH ?1"

static KithRecord *
new_client (const char *id, const char *family, const char *phone)
{
  KithRecord *client = kith_record_new (kith_kind_get ("client"), id);
  g_autofree char *phones = g_strdup_printf ("[{'number':'%s'}]", phone);

  kith_record_set_string (client, "family_name", family);
  kith_record_set_node (client, "phones", sample_json (phones));
  return client;
}

/* The search follows puts, changes, removals and a purge by scope, and stays whole. */
static void
test_search_follows (void)
{
  g_autoptr (KithDb) db = open_db (TRUE);
  g_autoptr (KithRecord) lopez = new_client ("1", "López-García", "(619) 555-0142");
  g_autoptr (KithRecord) ruiz = new_client ("2", "Ruiz", "619 555 9999");
  g_autofree char *secure = kith_kind_sql_secure_delete (kith_kind_get ("client"));
  g_autofree char *remove = kith_kind_sql_remove (kith_kind_get ("client"));
  g_autoptr (GError) error = NULL;

  g_assert_true (kith_db_exec (db, secure, NULL));
  put (db, TRUE, lopez, 3);
  put (db, TRUE, ruiz, 4);
  g_assert_cmpuint (count (db, MATCH, "find : lop*", 0), ==, 1);
  g_assert_cmpuint (count (db, MATCH, "find : gar* lop*", 0), ==, 1);
  g_assert_cmpuint (count (db, MATCH, "digits : 2410*", 0), ==, 1);
  g_assert_cmpuint (count (db, MATCH, "digits : 9999*", 0), ==, 1);
  g_assert_cmpuint (count (db, MATCH, "find : 2410*", 0), ==, 0);

  kith_record_set_string (lopez, "family_name", "Perez");
  put (db, TRUE, lopez, 3);
  g_assert_cmpuint (count (db, MATCH, "find : lop*", 0), ==, 0);
  g_assert_cmpuint (count (db, MATCH, "find : per*", 0), ==, 1);
  g_assert_cmpuint (count (db, MATCH, "digits : 2410*", 0), ==, 1);

  kith_db_exec (db, "DELETE FROM client WHERE scope = 3", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count (db, MATCH, "find : per*", 0), ==, 0);
  g_assert_cmpuint (count (db, MATCH, "find : ruiz", 0), ==, 1);
  g_assert_cmpuint (count (db, remove, "2", 0), ==, 0);
  g_assert_cmpuint (count (db, MATCH, "find : ruiz", 0), ==, 0);
  kith_db_exec (db, "INSERT INTO client_find (client_find, rank) VALUES ('integrity-check', 1)", &error);
  g_assert_no_error (error);
}

/* The first row that goes is put back again (a disk that was full); what is changed after that is whole for whoever opens the file next (I6). */
static void
test_search_taken_back (void)
{
  const char *name = "kinds-taken-back";
  g_autofree char *schema = kith_kinds_print_schema (TRUE);
  g_autofree char *secure = kith_kind_sql_secure_delete (kith_kind_get ("client"));
  g_autoptr (KithRecord) lopez = new_client ("1", "Lopez", "619 555 0142");
  g_autoptr (KithRecord) ruiz = new_client ("1", "Ruiz", "619 555 9999");
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDb) db = kith_db_open (&(KithDbOptions) { .path = name, .memory = TRUE }, &error);
  g_autoptr (KithDb) next = NULL;

  g_assert_no_error (error);
  g_assert_true (kith_db_exec (db, schema, NULL));
  g_assert_true (kith_db_exec (db, secure, NULL));
  put (db, TRUE, lopez, 3);
  g_assert_true (kith_db_exec (db, "BEGIN; DELETE FROM client; ROLLBACK", NULL));
  g_assert_true (kith_db_exec (db, "BEGIN", NULL));
  put (db, TRUE, ruiz, 3);
  g_assert_true (kith_db_exec (db, "COMMIT", NULL));

  next = kith_db_open (&(KithDbOptions) { .path = name, .memory = TRUE }, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count (next, MATCH, "find : ruiz", 0), ==, 1);
  g_assert_cmpuint (count (next, MATCH, "find : lopez", 0), ==, 0);
  kith_db_exec (next, "INSERT INTO client_find (client_find, rank) VALUES ('integrity-check', 1)", &error);
  g_assert_no_error (error);
}

static void
test_fill (void)
{
  g_autoptr (KithDb) db = open_db (TRUE);
  g_autoptr (KithRecord) lopez = new_client ("1", "Lopez", "619 555 0142");
  g_autofree char *find = kith_kind_sql_find (kith_kind_get ("client"), "family_name", FALSE);
  guint n;
  const KithKind *const *kinds = kith_kinds_list (&n);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *begin = kith_kind_sql_fill_begin (kinds[i]);
      kith_db_exec (db, begin, &error);
      g_assert_no_error (error);
    }
  put (db, TRUE, lopez, 3);
  g_assert_cmpuint (count (db, MATCH, "find : lop*", 0), ==, 0);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *end = kith_kind_sql_fill_end (kinds[i]);
      kith_db_exec (db, end, &error);
      g_assert_no_error (error);
    }
  g_assert_cmpuint (count (db, MATCH, "find : lop*", 0), ==, 1);
  g_assert_cmpuint (count (db, find, "Lopez", 0), ==, 1);
  kith_record_set_string (lopez, "family_name", "Perez");
  put (db, TRUE, lopez, 3);
  g_assert_cmpuint (count (db, MATCH, "find : lop*", 0), ==, 0);
}

/* At the hub a new body alone touches no index; one whose columns are others is found by these, and by nothing it said before. */
static void
test_columns (void)
{
  const KithKind *kind = kith_kind_get ("client");
  g_autoptr (KithDb) db = open_db (FALSE);
  g_autoptr (KithRecord) lopez = new_client ("1", "Lopez", "619 555 0142"), perez = new_client ("1", "Perez", "619 555 0142");
  g_autofree char *alone = kith_kind_sql_set_body (kind), *set = kith_kind_sql_set_columns (kind), *find = kith_kind_sql_find (kind, "family_name", FALSE);
  g_autofree char *explain = g_strconcat ("EXPLAIN ", alone, NULL), *proof = kith_kind_sql_columns_proof (kind), *rebuild = kith_kind_sql_columns_rebuild (kind);
  g_autofree char *body = kith_record_print (perez);
  g_autoptr (GError) error = NULL;

  put (db, FALSE, lopez, 0);
  g_assert_true (kith_kind_sql_columns_alike (lopez, lopez));
  g_assert_false (kith_kind_sql_columns_alike (lopez, perez));
  {
    g_autoptr (KithDbStmt) stmt = kith_db_prepare (db, explain, &error);

    g_assert_no_error (error);
    while (kith_db_step (stmt, &error) == KITH_DB_ROW)
      g_assert_cmpstr (kith_db_text (stmt, 1), !=, "IdxInsert");
  }
  for (guint columns = 0; columns < 2; columns++)
    {
      g_autoptr (KithDbStmt) stmt = kith_db_prepare (db, columns ? set : alone, &error);

      g_assert_no_error (error);
      kith_db_bind_text (stmt, 1, "1");
      kith_db_bind_text (stmt, 2, body);
      g_assert_true (kith_db_step_done (stmt, &error));
      g_assert_cmpuint (count (db, find, "Lopez", 0), ==, columns ? 0 : 1);
      g_assert_cmpuint (count (db, find, "Perez", 0), ==, columns ? 1 : 0);
      g_assert_cmpuint (count (db, proof, NULL, 0), ==, columns ? 0 : 1);
    }
  g_assert_true (kith_db_exec (db, "UPDATE client SET family_name = NULL", &error));
  g_assert_true (kith_db_exec (db, rebuild, &error));
  g_assert_cmpuint (count (db, find, "Perez", 0), ==, 1);
}

static void
test_scope_keys (void)
{
  static const struct { const char *kind, *scope, *field, *value; } cases[] = {
    { "client", "client:C", "id", "C" },
    { "consent", "client:C", "client", "C" },
    { "client_billing", "client_billing:C", "client", "C" },
    { "care", "care:C:A", "client", "C" },
    { "assignment", "care:C:A", "client", "C" },
    { "assignment", "case:K", "case", "K" },
    { "case", "case:K", "id", "K" },
    { "case_note", "case_health:K", "case", "K" },
    { "task", "care:C:A", "client", "C" },
    { "task", "user:U", "staff", "U" },
    { "referral", "referral:R", "id", "R" },
    { "referral_course", "referral_course:R", "referral", "R" },
    { "referral_detail", "referral_detail:R", "referral", "R" },
    { "referral_own", "referral_own:R:A", "referral", "R" },
    { "referral_event", "referral_own:R:A", "referral", "R" },
    { "staff", "agency:A", "agency", "A" },
    { "notice", "user:U", "staff", "U" },
    { "organization", "dir", NULL, NULL },
    { "staff", "network", NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *field = NULL;
      g_autofree char *value = NULL;

      g_test_message ("%s in %s", cases[i].kind, cases[i].scope);
      g_assert_cmpint (kith_kind_scope_key (kith_kind_get (cases[i].kind), cases[i].scope, &field, &value), ==, cases[i].field != NULL);
      g_assert_cmpstr (field, ==, cases[i].field);
      g_assert_cmpstr (value, ==, cases[i].value);
    }
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/model/kind-sql/desk-tables", GINT_TO_POINTER (TRUE), test_tables);
  g_test_add_data_func ("/model/kind-sql/hub-tables", GINT_TO_POINTER (FALSE), test_tables);
  g_test_add_func ("/model/kind-sql/search-follows", test_search_follows);
  g_test_add_func ("/model/kind-sql/search-taken-back-I6", test_search_taken_back);
  g_test_add_func ("/model/kind-sql/fill", test_fill);
  g_test_add_func ("/model/kind-sql/columns", test_columns);
  g_test_add_func ("/model/kind-sql/scope-keys", test_scope_keys);
  return g_test_run ();
}
