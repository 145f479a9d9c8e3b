/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

/* The bytes of attached files at the hub: who may send, who may read, in parts, and nothing else. */

#define SIZE (KITH_BLOB_PART + 1000)

typedef struct
{
  HubFixture *net;
  char *folder, *client, *document, *sha256, *path;
  GBytes *content;
  char *ana, *ben, *cyn, *adi;
  Desk *a, *a2, *b, *c; /* author, colleague who sees the client, and two of other agencies */
} Files;

static void
set_up (Files *f, gconstpointer data)
{
  KithHubOptions options = { .agency_files = data != NULL ? GPOINTER_TO_SIZE (data) : 0 };
  g_autoptr (JsonObject) outcome = NULL;
  g_autofree char *args = NULL;

  f->folder = g_dir_make_tmp ("kith-files-XXXXXX", NULL);
  options.files = f->folder;
  f->net = hub_fixture_new (&options);
  f->ana = hub_fixture_add_staff (f->net, "ana", f->net->a, "\"role\":\"referral_manager\"");
  f->adi = hub_fixture_add_staff (f->net, "adi", f->net->a, "\"role\":\"referral_manager\"");
  f->ben = hub_fixture_add_staff (f->net, "ben", f->net->b, "\"role\":\"referral_manager\"");
  f->cyn = hub_fixture_add_staff (f->net, "cyn", f->net->c, "\"role\":\"referral_manager\"");
  f->a = desk_new (f->net, "ana", f->ana);
  f->a2 = desk_new (f->net, "adi", f->adi);
  f->b = desk_new (f->net, "ben", f->ben);
  f->c = desk_new (f->net, "cyn", f->cyn);
  f->client = hub_fixture_id (f->net);
  args = g_strdup_printf ("{\"id\":\"%s\",\"number\":\"KK-0001\",\"values\":{\"given_name\":\"Mara\"}}", f->client);
  outcome = desk_do (f->a, "client.register", args);
  desk_expect (outcome, "applied", NULL);
  f->content = hub_fixture_content (SIZE);
  f->sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, f->content);
  f->document = hub_fixture_id (f->net);
  f->path = g_build_filename (f->folder, f->document, NULL);
  desk_attach (f->a, f->document, f->client, f->content);
}

static const char *
text_of (Desk *desk, const char *id)
{
  DeskRow *row = g_hash_table_lookup (desk->rows, id);

  g_assert_nonnull (row);
  return row->body;
}

static void
tear_down (Files *f, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (f->folder, 0, NULL);
  const char *name;

  hub_fixture_check (f->net);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (f->folder, name, NULL);
      g_unlink (path);
    }
  g_rmdir (f->folder);
  desk_free (f->a);
  desk_free (f->a2);
  desk_free (f->b);
  desk_free (f->c);
  hub_fixture_free (f->net);
  g_bytes_unref (f->content);
  g_free (f->folder);
  g_free (f->client);
  g_free (f->document);
  g_free (f->sha256);
  g_free (f->path);
  g_free (f->ana);
  g_free (f->adi);
  g_free (f->ben);
  g_free (f->cyn);
}

/* The whole answer as one text: status, range, body. */
static char *
ask (Files *f, Desk *desk, const char *method, const char *sha256, const char *document, const char *range, GBytes *body, guint *status, GBytes **bytes)
{
  g_autofree char *path = g_strconcat ("/v1/blob/", sha256, NULL), *query = g_strconcat ("document=", document, NULL);
  KithHubRequest request = { .method = method, .path = path, .query = query, .token = desk->token, .range = range, .body = body,
                             .content_type = body != NULL ? KITH_TYPE_BYTES : NULL };
  g_auto (KithHubAnswer) answer = { 0 };
  gsize length = 0;
  const char *data;

  kith_hub_handle (f->net->hub, &request, &answer);
  data = answer.body != NULL ? g_bytes_get_data (answer.body, &length) : NULL;
  *status = answer.status;
  if (bytes != NULL)
    *bytes = g_bytes_ref (answer.body);
  return g_strdup_printf ("%u %s %.*s", answer.status, answer.range != NULL ? answer.range : "", answer.status == 206 ? 0 : (int) length, data);
}

static guint
put_range (Files *f, Desk *desk, const char *document, GBytes *content, gsize first, gsize length, char **said)
{
  g_autoptr (GBytes) part = g_bytes_new_from_bytes (content, first, length);
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);
  g_autofree char *range = g_strdup_printf ("bytes %zu-%zu/%zu", first, first + length - 1, g_bytes_get_size (content));
  guint status;
  char *text = ask (f, desk, "PUT", hash, document, range, part, &status, NULL);

  if (said != NULL)
    *said = text;
  else
    g_free (text);
  return status;
}

static void
put_all (Files *f)
{
  g_assert_cmpuint (put_range (f, f->a, f->document, f->content, 0, KITH_BLOB_PART, NULL), ==, 200);
  g_assert_cmpuint (put_range (f, f->a, f->document, f->content, KITH_BLOB_PART, SIZE - KITH_BLOB_PART, NULL), ==, 200);
}

static guint
get (Files *f, Desk *desk, const char *document, const char *range, GBytes **bytes)
{
  guint status;
  g_autofree char *text = ask (f, desk, "GET", f->sha256, document, range, NULL, &status, bytes);

  return status;
}

/* Parts in order; from the middle again after a restart; a part twice is no harm; whoever sees the client reads the same bytes. */
static void
test_parts (Files *f, gconstpointer data)
{
  g_autoptr (GBytes) one = NULL, two = NULL, part = NULL;
  g_autofree char *said = NULL;
  gsize length;

  g_assert_cmpuint (get (f, f->a2, f->document, "bytes=0-262143", NULL), ==, 404);
  g_assert_cmpuint (put_range (f, f->a, f->document, f->content, KITH_BLOB_PART, SIZE - KITH_BLOB_PART, &said), ==, 409);
  g_assert_nonnull (strstr (said, "\"have\":0"));
  g_assert_cmpuint (put_range (f, f->a, f->document, f->content, 0, KITH_BLOB_PART, NULL), ==, 200);
  hub_fixture_restart (f->net);
  g_clear_pointer (&said, g_free);
  g_assert_cmpuint (put_range (f, f->a, f->document, f->content, 0, KITH_BLOB_PART, &said), ==, 409);
  g_assert_nonnull (strstr (said, "\"have\":262144"));
  g_assert_cmpuint (put_range (f, f->a, f->document, f->content, KITH_BLOB_PART, SIZE - KITH_BLOB_PART, NULL), ==, 200);
  g_assert_cmpuint (put_range (f, f->a, f->document, f->content, 0, KITH_BLOB_PART, NULL), ==, 200);

  g_assert_cmpuint (get (f, f->a2, f->document, "bytes=0-262143", &one), ==, 206);
  g_assert_cmpuint (get (f, f->a2, f->document, "bytes=262144-524287", &two), ==, 206);
  part = g_bytes_new_from_bytes (f->content, 0, KITH_BLOB_PART);
  g_assert_true (g_bytes_equal (one, part));
  g_clear_pointer (&part, g_bytes_unref);
  part = g_bytes_new_from_bytes (f->content, KITH_BLOB_PART, SIZE - KITH_BLOB_PART);
  g_assert_true (g_bytes_equal (two, part));

  /* On the disk nothing of it can be read. */
  g_autofree char *raw = NULL;
  g_assert_true (g_file_get_contents (f->path, &raw, &length, NULL));
  g_assert_null (memmem (raw, length, g_bytes_get_data (f->content, NULL), 64));
}

/* I5: another agency hears of a hidden file exactly what it hears of one that does not exist, whatever it asks. */
static void
test_hidden (Files *f, gconstpointer data)
{
  static const char *const ranges[] = { "bytes=0-262143", "bytes 0-262143/263144", "bytes=1-2", NULL };
  g_autofree char *nothing = hub_fixture_id (f->net), *own = hub_fixture_id (f->net), *client = hub_fixture_id (f->net);
  g_autofree char *args = g_strdup_printf ("{\"id\":\"%s\",\"number\":\"KK-0002\",\"values\":{\"given_name\":\"Own\"}}", client);
  g_autoptr (JsonObject) outcome = desk_do (f->b, "client.register", args);
  Desk *desks[] = { f->b, f->c };

  desk_expect (outcome, "applied", NULL);
  put_all (f);
  for (guint d = 0; d < G_N_ELEMENTS (desks); d++)
    for (guint m = 0; m < 2; m++)
      for (guint r = 0; r < G_N_ELEMENTS (ranges); r++)
        {
          guint status;
          g_autoptr (GBytes) body = m == 0 ? NULL : g_bytes_new ("x", 1);
          g_autofree char *a = ask (f, desks[d], m == 0 ? "GET" : "PUT", f->sha256, f->document, ranges[r], body, &status, NULL);
          g_autofree char *b = ask (f, desks[d], m == 0 ? "GET" : "PUT", f->sha256, nothing, ranges[r], body, &status, NULL);
          g_autofree char *c = ask (f, desks[d], m == 0 ? "GET" : "PUT", "../../hub.db", f->document, ranges[r], body, &status, NULL);

          g_assert_cmpstr (a, ==, b);
          g_assert_cmpstr (a, ==, c);
          g_assert_cmpuint (status, ==, 404);
        }

  /* The same content attached elsewhere opens nothing and tells nothing: the hub has none of it until it is sent. */
  desk_attach (f->b, own, client, f->content);
  g_assert_cmpuint (get (f, f->b, own, "bytes=0-262143", NULL), ==, 404);
  g_autofree char *said = NULL;
  g_assert_cmpuint (put_range (f, f->b, own, f->content, KITH_BLOB_PART, SIZE - KITH_BLOB_PART, &said), ==, 409);
  g_assert_nonnull (strstr (said, "\"have\":0"));
  g_assert_cmpuint (get (f, f->b, f->document, "bytes=0-262143", NULL), ==, 404);
}

/* Who reads it does not write it; what arrives is what its SHA-256 says, or nothing is kept. */
static void
test_content (Files *f, gconstpointer data)
{
  g_autoptr (GBytes) first = g_bytes_new_from_bytes (f->content, 0, KITH_BLOB_PART);
  g_autoptr (GBytes) wrong = g_bytes_new_take (g_malloc0 (SIZE - KITH_BLOB_PART), SIZE - KITH_BLOB_PART);
  g_autofree char *said = NULL, *range = g_strdup_printf ("bytes %d-%d/%d", KITH_BLOB_PART, SIZE - 1, SIZE), *text = NULL;
  guint status;

  g_assert_cmpuint (put_range (f, f->a2, f->document, f->content, 0, KITH_BLOB_PART, NULL), ==, 404);
  g_assert_cmpuint (put_range (f, f->a, f->document, f->content, 0, KITH_BLOB_PART, NULL), ==, 200);
  text = ask (f, f->a, "PUT", f->sha256, f->document, range, wrong, &status, NULL);
  g_assert_cmpuint (status, ==, 409);
  g_assert_nonnull (strstr (text, KITH_ERROR_BLOB_MISMATCH));
  g_assert_cmpuint (get (f, f->a, f->document, "bytes=0-262143", NULL), ==, 404);
  put_all (f);

  /* Ranges that do not fit the file, or the body. */
  static const char *const bad[] = { "bytes 0-10/263144", "bytes 1-262144/263144", "bytes 0-262143/999", "bytes 0-262143", "0-262143/263144",
                                     "bytes 524288-524289/263144", "bytes 99999999999999999999-1/5", "bytes -5-6/7", NULL };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *t = ask (f, f->a, "PUT", f->sha256, f->document, bad[i], first, &status, NULL);
      g_assert_cmpuint (status, ==, 400);
    }
  static const char *const bad_get[] = { "bytes=1-5", "bytes=524288-600000", "bytes=-5", "bytes=5-1", "items=0-5", NULL };
  for (guint i = 0; i < G_N_ELEMENTS (bad_get); i++)
    g_assert_cmpuint (get (f, f->a, f->document, bad_get[i], NULL), ==, 416);
}

static void
spoil (Files *f, gsize at)
{
  g_autofree char *raw = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (f->path, &raw, &length, NULL));
  raw[at] ^= 1;
  g_assert_true (g_file_set_contents (f->path, raw, (gssize) length, NULL));
}

/* Bytes that were damaged or lost at the hub are told of as that, and for good: a desk asked for ever else, and nothing came behind. What is damaged on
 * its way is sent from the beginning. */
static void
test_damaged (Files *f, gconstpointer data)
{
  g_autofree char *said = NULL, *text = NULL, *gone = NULL, *raw = NULL;
  gsize length;
  guint status;

  g_assert_cmpuint (put_range (f, f->a, f->document, f->content, 0, KITH_BLOB_PART, NULL), ==, 200);
  spoil (f, 100);
  g_assert_cmpuint (put_range (f, f->a, f->document, f->content, KITH_BLOB_PART, SIZE - KITH_BLOB_PART, &said), ==, 409);
  g_assert_nonnull (strstr (said, KITH_ERROR_BLOB_MISMATCH));
  g_assert_nonnull (strstr (said, "\"have\":0"));
  put_all (f);
  g_assert_cmpuint (get (f, f->a2, f->document, "bytes=0-262143", NULL), ==, 206);

  spoil (f, 100);
  text = ask (f, f->a2, "GET", f->sha256, f->document, "bytes=0-262143", NULL, &status, NULL);
  g_assert_cmpuint (status, ==, 404);
  g_assert_nonnull (strstr (text, KITH_ERROR_BLOB_DAMAGED));
  g_assert_null (strstr (text, f->folder));
  g_assert_cmpuint (get (f, f->a2, f->document, "bytes=262144-524287", NULL), ==, 206);
  spoil (f, 100);
  g_assert_true (g_file_get_contents (f->path, &raw, &length, NULL));
  g_unlink (f->path);
  gone = ask (f, f->a2, "GET", f->sha256, f->document, "bytes=262144-524287", NULL, &status, NULL);
  g_assert_cmpuint (status, ==, 404);
  g_assert_nonnull (strstr (gone, KITH_ERROR_BLOB_DAMAGED));
  g_assert_true (g_file_set_contents (f->path, raw, (gssize) length, NULL)); /* as somebody puts it back from a backup */
  g_assert_cmpuint (get (f, f->a2, f->document, "bytes=0-262143", NULL), ==, 206);
}

/* A file belongs to its document: removed with it, and unreadable from then on, also when the hub stopped in between. */
static void
test_removed (Files *f, gconstpointer data)
{
  g_autofree char *args = g_strdup_printf ("{\"document\":\"%s\",\"reason\":\"Blurred\"}", f->document);
  g_autoptr (JsonObject) outcome = NULL;

  put_all (f);
  hub_fixture_run_clock (f->net);
  g_assert_true (g_file_test (f->path, G_FILE_TEST_EXISTS));
  outcome = desk_do (f->a, "document.remove", args);
  desk_expect (outcome, "applied", NULL);
  g_assert_cmpuint (get (f, f->a, f->document, "bytes=0-262143", NULL), ==, 404);
  g_assert_cmpuint (put_range (f, f->a, f->document, f->content, 0, KITH_BLOB_PART, NULL), ==, 404);
  hub_fixture_run_clock (f->net);
  g_assert_false (g_file_test (f->path, G_FILE_TEST_EXISTS));
}

/* C11: what an older hub kept the name of loses it when the hub is brought up to date, and whoever holds it is told. */
static void
test_removed_of_old (Files *f, gconstpointer data)
{
  g_autofree char *args = g_strdup_printf ("{\"document\":\"%s\",\"reason\":\"Blurred\"}", f->document);
  g_autofree char *other = hub_fixture_id (f->net);
  g_autoptr (JsonObject) outcome = desk_do (f->a, "document.remove", args);
  g_autoptr (GError) error = NULL;
  gint64 q;

  desk_expect (outcome, "applied", NULL);
  desk_attach (f->a, other, f->client, f->content);
  g_assert_true (kith_db_exec (kith_hub_get_db (f->net->hub), HUB_SAY_WHO_ANSWERS "UPDATE document SET body = json_set(body, '$.name', 'Mara Okafor.pdf');"
                               "DELETE FROM schema_migration WHERE number >= 19; UPDATE kind_columns SET made_to = 18", &error));
  g_assert_no_error (error);
  desk_pull (f->a2);
  g_assert_nonnull (strstr (text_of (f->a2, f->document), "Mara Okafor.pdf"));
  q = kith_hub_get_q (f->net->hub);
  hub_fixture_restart (f->net);
  g_assert_cmpint (kith_hub_get_q (f->net->hub), ==, q + 1);
  desk_pull (f->a2);
  g_assert_null (strstr (text_of (f->a2, f->document), "Mara Okafor.pdf"));
  g_assert_nonnull (strstr (text_of (f->a2, f->document), "Blurred"));
  g_assert_nonnull (strstr (text_of (f->a2, other), "Mara Okafor.pdf"));
  hub_fixture_check (f->net);
}

/* A database put beside the folder by hand that is older than what lies there, or another one: what it does not know is somebody's only copy. It is put aside,
 * is there again when the right database comes back, and goes when it is old. */
static void
test_strays (Files *f, gconstpointer data)
{
  g_autofree char *stray_id = hub_fixture_id (f->net), *stray = g_build_filename (f->folder, stray_id, NULL), *aside = g_build_filename (f->folder, "lost", stray_id, NULL);
  KithDb *db;
  g_autoptr (GError) error = NULL;

  put_all (f);
  g_assert_true (g_file_set_contents (stray, "x", 1, NULL));
  db = kith_hub_get_db (f->net->hub);
  g_assert_true (kith_db_exec (db, "CREATE TABLE kept_line AS SELECT * FROM blob; DELETE FROM blob", &error));
  hub_fixture_restart (f->net);
  hub_fixture_run_clock (f->net);
  g_assert_false (g_file_test (stray, G_FILE_TEST_EXISTS) || g_file_test (f->path, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));

  db = kith_hub_get_db (f->net->hub);
  g_assert_true (kith_db_exec (db, "INSERT INTO blob SELECT * FROM kept_line", &error));
  hub_fixture_restart (f->net);
  hub_fixture_run_clock (f->net);
  g_assert_cmpuint (get (f, f->a, f->document, "bytes=0-262143", NULL), ==, 206);
  g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));

  kith_manual_clock_advance (f->net->clock, 401 * G_GINT64_CONSTANT (86400000));
  hub_fixture_tick (f->net); /* it ran all the while */
  hub_fixture_restart (f->net);
  hub_fixture_run_clock (f->net);
  g_assert_false (g_file_test (aside, G_FILE_TEST_EXISTS));
}

/* Without access the author may still send what they attached before, and read nothing. */
static void
test_access_ended (Files *f, gconstpointer data)
{
  g_autofree char *body = g_strdup_printf ("{\"agency\":\"%s\",\"name\":\"ana\",\"login\":\"ana\",\"level\":\"standard\",\"active\":true,\"trained\":true,"
                                           "\"role\":\"care_coordinator\"}", f->net->a);
  g_autoptr (KithDbStmt) stmt = NULL;
  g_autoptr (GError) error = NULL;

  hub_fixture_put (f->net, "staff", f->ana, body);
  stmt = kith_db_prepare (kith_hub_get_db (f->net->hub), "SELECT id FROM assignment WHERE client = ?", &error);
  g_assert_no_error (error);
  kith_db_bind_text (stmt, 1, f->client);
  if (kith_db_step (stmt, NULL) == KITH_DB_ROW)
    {
      g_autofree char *id = g_strdup (kith_db_text (stmt, 0));
      gint64 q;

      g_clear_pointer (&stmt, kith_db_reset);
      g_assert_true (kith_hub_begin (f->net->hub, &error));
      g_assert_true (kith_world_remove (f->net->hub->world, "assignment", id, &error));
      g_assert_true (kith_hub_settle_access (f->net->hub, &error) && kith_hub_stamp (f->net->hub, &q, &error) && kith_hub_commit (f->net->hub, &error));
    }
  put_all (f);
  g_assert_cmpuint (get (f, f->a, f->document, "bytes=0-262143", NULL), ==, 404);
  g_assert_cmpuint (get (f, f->a2, f->document, "bytes=0-262143", NULL), ==, 206);
}

static void
test_quota (Files *f, gconstpointer data)
{
  g_autofree char *second = hub_fixture_id (f->net);

  put_all (f);
  desk_attach (f->a, second, f->client, f->content);
  g_assert_cmpuint (put_range (f, f->a, second, f->content, 0, KITH_BLOB_PART, NULL), ==, 507);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func, quota) g_test_add ("/hub/blob/" name, Files, GSIZE_TO_POINTER (quota), set_up, func, tear_down)
  ADD ("parts", test_parts, 0);
  ADD ("I5-hidden", test_hidden, 0);
  ADD ("content", test_content, 0);
  ADD ("removed", test_removed, 0);
  ADD ("removed-of-old-C11", test_removed_of_old, 0);
  ADD ("damaged", test_damaged, 0);
  ADD ("strays", test_strays, 0);
  ADD ("access-ended", test_access_ended, 0);
  ADD ("quota", test_quota, SIZE + 5);
  return g_test_run ();
}
