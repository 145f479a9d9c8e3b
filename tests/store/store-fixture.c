/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include "kith-kept.h"
#include "kith-protocol.h"

#include <string.h>

static char *
quoted (const char *text)
{
  return g_strdelimit (g_strdup (text), "'", '"');
}

static void
open_store (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  KithDbOptions options = { .path = f->path, .memory = f->dir == NULL, .queries = "/org/kith/sql/store/queries" };
  KithDb *db = kith_db_open (&options, &error);

  g_assert_no_error (error);
  f->store = kith_store_new (db, KITH_CLOCK (f->clock), f->random, &error);
  g_assert_no_error (error);
}

void
fixture_set_up (Fixture *f, gconstpointer on_disk)
{
  static int counter;
  g_autoptr (GError) error = NULL;

  if (on_disk != NULL)
    {
      f->dir = kith_test_dir_new ();
      f->path = kith_test_dir_file (f->dir, "store.db");
    }
  else
    f->path = g_strdup_printf ("store test %d", counter++);
  f->clock = kith_test_clock_new ();
  f->random = kith_random_new_seeded (7);
  open_store (f);
  g_assert_true (kith_store_set_identity (f->store, "device-1", USER_U, "KA", EPOCH, &error));
  g_assert_no_error (error);
}

/* After every test the search index agrees with its tables, row by row. */
static void
check_search_index (Fixture *f)
{
  static const char *const kinds[] = { "client", "care", "referral", "service", "organization", "staff" };

  for (guint i = 0; f->store != NULL && i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *sql = g_strdup_printf ("INSERT INTO %s_find (%s_find, rank) VALUES ('integrity-check', 1)", kinds[i], kinds[i]);
      g_autoptr (GError) error = NULL;

      kith_db_exec (kith_store_get_db (f->store), sql, &error);
      g_assert_no_error (error);
    }
}

void
fixture_tear_down (Fixture *f, gconstpointer data)
{
  check_search_index (f);
  if (f->store != NULL)
    g_assert_cmpstr (kith_kept_differs (kith_store_get_db (f->store)), ==, NULL);
  g_clear_object (&f->store);
  g_clear_pointer (&f->random, kith_random_free);
  g_clear_object (&f->clock);
  g_clear_pointer (&f->path, g_free);
  g_clear_pointer (&f->dir, kith_test_dir_free);
}

void
fixture_reopen (Fixture *f)
{
  g_assert_nonnull (f->dir);
  g_clear_object (&f->store);
  open_store (f);
}

/* Row by row, as the hub adds them up: apart from the store's own code. */
void
fixture_verify_equal (Fixture *f)
{
  guint n;
  const KithKind *const *kinds = kith_kinds_list (&n);
  g_autoptr (GString) answer = g_string_new ("{\"q\":0,\"behind\":false,\"types\":{");
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  gboolean any = FALSE;
  KithVerify result;

  for (guint k = 0; k < n; k++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT id, q FROM \"%s\"", kinds[k]->name);
      g_autoptr (KithDbStmt) stmt = kith_db_prepare (kith_store_get_db (f->store), sql, NULL);
      g_autofree char *text = NULL;
      guint64 sum = 0;
      guint rows = 0;

      for (; stmt != NULL && kith_db_step (stmt, NULL) == KITH_DB_ROW; rows++)
        sum += kith_protocol_row_hash (kith_db_text (stmt, 0), kith_db_int (stmt, 1));
      text = kith_protocol_print_sum (sum);
      if (rows > 0)
        g_string_append_printf (answer, "%s\"%s\":{\"rows\":%u,\"sum\":\"%s\"}", any ? "," : "", kinds[k]->name, rows, text);
      any = any || rows > 0;
    }
  g_string_append (answer, "}}");
  g_assert_true (any);
  body = g_bytes_new (answer->str, answer->len);
  kith_store_apply_verify (f->store, body, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result, ==, KITH_VERIFY_DONE);
}

/* --- pages ------------------------------------------------------------------------------------------------------ */

Page *
page_new_of (const char *epoch, gint64 H, gint64 round, gint64 last_n)
{
  Page *page = g_new0 (Page, 1);

  page->text = g_string_new (NULL);
  page_line (page, "{'h':{'kith':1,'epoch':'%s','H':%d,'round':%d,'now':'2026-03-02T09:00:00.000Z','last_n':%d}}", epoch, (int) H,
             (int) round, (int) last_n);
  return page;
}

Page *
page_new_of_schema (gint64 H, gint64 round, gint64 schema)
{
  Page *page = g_new0 (Page, 1);

  page->text = g_string_new (NULL);
  page_line (page, "{'h':{'kith':1,'epoch':'%s','H':%d,'round':%d,'now':'2026-03-02T09:00:00.000Z','last_n':%d,'schema':%d}}", EPOCH, (int) H, (int) round,
             G_MAXINT32, (int) schema);
  return page;
}

Page *
page_new (gint64 H, gint64 round)
{
  return page_new_of (EPOCH, H, round, G_MAXINT32); /* nothing is lost */
}

void
page_line (Page *page, const char *format, ...)
{
  g_autofree char *line = NULL;
  va_list args;

  va_start (args, format);
  line = g_strdup_vprintf (format, args);
  va_end (args);
  g_string_append_printf (page->text, "%s\n", g_strdelimit (line, "'", '"'));
}

void
page_scope (Page *page, gint64 sid, const char *name)
{
  page_line (page, "{'scope':%d,'name':'%s'}", (int) sid, name);
}

void
page_put (Page *page, const char *kind, const char *id, gint64 sid, gint64 q, const char *body)
{
  page_line (page, "{'put':{'t':'%s','id':'%s','s':%d,'q':%d,'body':%s}}", kind, id, (int) sid, (int) q, body);
}

void
page_gone (Page *page, const char *kind, const char *id, gint64 sid, gint64 q)
{
  page_line (page, "{'gone':{'t':'%s','id':'%s','s':%d,'q':%d}}", kind, id, (int) sid, (int) q);
}

void
page_filled (Page *page, gint64 sid, gint64 round)
{
  page_line (page, "{'filled':%d,'g':%d}", (int) sid, (int) round);
}

void
page_end (Page *page, const char *cursor, gboolean more)
{
  page_line (page, "{'end':{'cursor':'%s','ack_n':0,'more':%s}}", cursor, more ? "true" : "false");
}

GBytes *
page_bytes (Page *page)
{
  GBytes *bytes = g_string_free_to_bytes (page->text);

  g_free (page);
  return bytes;
}

void
page_apply (Fixture *f, Page *page)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = page_bytes (page);
  gboolean more;

  kith_store_apply_page (f->store, bytes, &more, &error);
  g_assert_no_error (error);
}

gboolean
page_apply_text (Fixture *f, const char *text, GError **error)
{
  g_autofree char *right = quoted (text);
  g_autoptr (GBytes) bytes = g_bytes_new (right, strlen (right));
  gboolean more;

  return kith_store_apply_page (f->store, bytes, &more, error);
}

static gboolean
file_has (const char *path, const char *needle)
{
  g_autofree char *contents = NULL;
  gsize length = 0;

  return g_file_get_contents (path, &contents, &length, NULL) && memmem (contents, length, needle, strlen (needle)) != NULL;
}

gboolean
fixture_file_has (Fixture *f, const char *needle)
{
  g_autofree char *log = g_strconcat (f->path, "-wal", NULL);

  return file_has (f->path, needle) || file_has (log, needle);
}

void
fixture_fill (Fixture *f)
{
  Page *page = page_new (100, 1);
  g_autofree char *settings = kith_id_natural ("agency_settings", AGENCY_A);
  g_autofree char *detail = kith_id_natural ("referral_detail", REFERRAL_R);

  page_scope (page, SID_DIR, "dir");
  page_put (page, "organization", AGENCY_A, SID_DIR, 1, "{'name':'Alder House'}");
  page_put (page, "organization", AGENCY_B, SID_DIR, 2, "{'name':'Birch Clinic'}");
  page_put (page, "service", SERVICE_S, SID_DIR, 3, "{'organization_id':'" AGENCY_B "','name':'Night shelter','status':'active','direct':true}");
  page_filled (page, SID_DIR, 1);
  page_scope (page, SID_AGENCY, "agency:" AGENCY_A);
  page_put (page, "staff", USER_U, SID_AGENCY, 4,
            "{'agency':'" AGENCY_A "','given_name':'Ana','family_name':'Ruiz','name':'Ana Ruiz','level':'standard','role':'referral_manager',"
            "'duties':['supervisor'],'active':true,'trained':true}");
  page_put (page, "agency_settings", settings, SID_AGENCY, 5, "{'agency':'" AGENCY_A "','consent_term_days':365}");
  page_filled (page, SID_AGENCY, 1);
  page_scope (page, SID_USER, "user:" USER_U);
  page_filled (page, SID_USER, 1);
  page_scope (page, SID_CLIENT_C, "client:" CLIENT_C);
  page_put (page, "client", CLIENT_C, SID_CLIENT_C, 10,
            "{'agency':'" AGENCY_A "','number':'KZ-0001','given_name':'José','family_name':'García','email':'jose@example.org',"
            "'date_of_birth':'1988-04-07','registered_at':'2026-01-05T10:00:00.000Z'}");
  page_filled (page, SID_CLIENT_C, 1);
  page_scope (page, SID_CLIENT_D, "client:" CLIENT_D);
  page_put (page, "client", CLIENT_D, SID_CLIENT_D, 11,
            "{'agency':'" AGENCY_A "','number':'KZ-0002','given_name':'Marta','family_name':'Lopez','email':'marta@example.org',"
            "'registered_at':'2026-01-05T10:00:00.000Z'}");
  page_filled (page, SID_CLIENT_D, 1);
  page_scope (page, SID_REFERRAL, "referral:" REFERRAL_R);
  page_put (page, "referral", REFERRAL_R, SID_REFERRAL, 12,
            "{'agency':'" AGENCY_B "','agency_to':'" AGENCY_A "','client':'" CLIENT_X "','number':'KB-0001','phase':'sent','contact_name':'Li Wei'}");
  page_filled (page, SID_REFERRAL, 1);
  page_scope (page, SID_DETAIL, "referral_detail:" REFERRAL_R);
  page_put (page, "referral_detail", detail, SID_DETAIL, 13, "{'referral':'" REFERRAL_R "','agency':'" AGENCY_B "','need':'shelter'}");
  page_filled (page, SID_DETAIL, 1);
  page_end (page, "c100", FALSE);
  page_apply (f, page);
}

/* --- doing ------------------------------------------------------------------------------------------------------ */

JsonObject *
json (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *right = quoted (text);
  JsonObject *object = kith_json_parse_object (right, -1, NULL, &error);

  g_assert_no_error (error);
  return object;
}

char *
submit (Fixture *f, const char *op, const char *args)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = json (args);
  char *id = NULL;

  kith_store_submit (f->store, op, object, 0, &id, &error);
  g_assert_no_error (error);
  return id;
}

char *
email_of (Fixture *f, const char *client)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithRecord) record = kith_world_get (kith_store_get_world (f->store), "client", client, &error);

  g_assert_no_error (error);
  return record != NULL ? g_strdup (kith_record_string (record, "email")) : NULL;
}

gint64
count (Fixture *f, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_prepare (kith_store_get_db (f->store), sql, &error);

  g_assert_no_error (error);
  g_assert_cmpint (kith_db_step (stmt, &error), ==, KITH_DB_ROW);
  return kith_db_int (stmt, 0);
}

JsonObject *
push (Fixture *f, guint *n_ops)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = kith_store_next_push (f->store, KITH_LIMIT_PUSH_OPS, KITH_LIMIT_PUSH, n_ops, &error);
  g_autoptr (KithLineReader) reader = NULL;
  g_autoptr (JsonObject) line = NULL;
  JsonArray *ops = json_array_new ();
  JsonObject *result;

  g_assert_no_error (error);
  if (body == NULL)
    {
      json_array_unref (ops);
      return NULL;
    }
  reader = kith_line_reader_new (body, 0);
  line = kith_line_reader_next_object (reader, &error);
  g_assert_no_error (error);
  result = kith_json_new ("h", "o", json_object_ref (kith_json_object (line, "h")), NULL);
  for (JsonObject *op; (op = kith_line_reader_next_object (reader, &error)) != NULL;)
    json_array_add_object_element (ops, op);
  json_object_set_array_member (result, "ops", ops);
  return result;
}

JsonObject *
op_at (JsonObject *sent, guint i)
{
  return json_array_get_object_element (kith_json_array (sent, "ops"), i);
}

void
answer (Fixture *f, const char *lines)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *right = quoted (lines);
  g_autofree char *text = g_strconcat (right, "{\"end\":{\"ack_n\":0,\"target\":0}}\n", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  kith_store_apply_push_answer (f->store, bytes, &error);
  g_assert_no_error (error);
}

void
finish_one (Fixture *f)
{
  g_autofree char *id = submit (f, "record.patch", "{'t':'client','id':'" CLIENT_C "','set':{'email':{'old':'jose@example.org','new':'new@example.org'}}}");
  g_autoptr (JsonObject) sent = push (f, NULL);
  g_autofree char *line = g_strdup_printf ("{'n':1,'id':'%s','st':'applied','q':90}\n", id);

  answer (f, line); /* the cursor is there already */
}

/* The texts of a column, one space between; "-" for nothing. */
char *
column_texts (Fixture *f, const char *query, int col, const char *a, const char *b)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_query (kith_store_get_db (f->store), query, &error);
  g_autoptr (GString) texts = g_string_new (NULL);

  g_assert_no_error (error);
  if (a != NULL)
    kith_db_bind_text (stmt, 1, a);
  if (b != NULL)
    kith_db_bind_text (stmt, 2, b);
  while (kith_db_step (stmt, &error) == KITH_DB_ROW)
    g_string_append_printf (texts, "%s%s", texts->len > 0 ? " " : "", kith_db_is_null (stmt, col) ? "-" : kith_db_text (stmt, col));
  g_assert_no_error (error);
  return g_string_free (g_steal_pointer (&texts), FALSE);
}

void
assert_column (Fixture *f, const char *query, int col, const char *a, const char *b, const char *expected)
{
  g_autofree char *got = column_texts (f, query, col, a, b);

  g_test_message ("%s: %s", query, got);
  g_assert_cmpstr (got, ==, expected);
}
