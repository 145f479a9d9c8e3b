/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

/* A database and its files belong together: a copy of both serves as it is, and what is missing or damaged is named. */

#define SIZE (KITH_BLOB_PART + 1000)

typedef struct
{
  HubFixture *net;
  char *folder, *files, *to, *to_files, *client, *whole, *half, *other;
  char *ana;
  Desk *a;
  GBytes *content;
} Pair;

static guint
put (KithHub *hub, const char *token, const char *document, GBytes *content, gsize first)
{
  gsize size = g_bytes_get_size (content), length = MIN (size - first, KITH_BLOB_PART);
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content), *path = g_strconcat (KITH_PATH_BLOB, hash, NULL);
  g_autofree char *query = g_strconcat ("document=", document, NULL);
  g_autofree char *range = g_strdup_printf ("bytes %zu-%zu/%zu", first, first + length - 1, size);
  g_autoptr (GBytes) part = g_bytes_new_from_bytes (content, first, length);
  KithHubRequest request = { .method = "PUT", .path = path, .query = query, .token = token, .range = range, .body = part, .content_type = KITH_TYPE_BYTES };
  g_auto (KithHubAnswer) answer = { 0 };

  kith_hub_handle (hub, &request, &answer);
  return answer.status;
}

static void
set_up (Pair *p, gconstpointer data)
{
  KithHubOptions options = { 0 };
  g_autoptr (JsonObject) outcome = NULL;
  g_autofree char *args = NULL;
  char **documents[] = { &p->whole, &p->half, &p->other };

  p->folder = g_dir_make_tmp ("kith-backup-XXXXXX", NULL);
  p->files = g_build_filename (p->folder, "files", NULL);
  p->to = g_build_filename (p->folder, "copy.db", NULL);
  p->to_files = g_strconcat (p->to, "-files", NULL);
  g_assert_cmpint (g_mkdir (p->files, 0700), ==, 0);
  options.files = p->files;
  p->net = hub_fixture_new (&options);
  p->ana = hub_fixture_add_staff (p->net, "ana", p->net->a, "\"role\":\"referral_manager\"");
  p->a = desk_new (p->net, "ana", p->ana);
  p->client = hub_fixture_id (p->net);
  args = g_strdup_printf ("{\"id\":\"%s\",\"number\":\"KK-0001\",\"values\":{\"given_name\":\"Mara\"}}", p->client);
  outcome = desk_do (p->a, "client.register", args);
  desk_expect (outcome, "applied", NULL);
  p->content = hub_fixture_content (SIZE);
  for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      *documents[i] = hub_fixture_id (p->net);
      desk_attach (p->a, *documents[i], p->client, p->content);
      g_assert_cmpuint (put (p->net->hub, p->a->token, *documents[i], p->content, 0), ==, 200);
      if (*documents[i] != p->half)
        g_assert_cmpuint (put (p->net->hub, p->a->token, *documents[i], p->content, KITH_BLOB_PART), ==, 200);
    }
}

static void
drop (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        drop (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static void
tear_down (Pair *p, gconstpointer data)
{
  desk_free (p->a);
  hub_fixture_free (p->net);
  drop (p->folder);
  g_bytes_unref (p->content);
  g_free (p->folder);
  g_free (p->files);
  g_free (p->to);
  g_free (p->to_files);
  g_free (p->client);
  g_free (p->whole);
  g_free (p->half);
  g_free (p->other);
  g_free (p->ana);
}

static gboolean
back_up (Pair *p, guint *n_files, GString *report, guint *n, GError **error)
{
  const KithHubBackup backup = { kith_hub_get_db (p->net->hub), NULL, p->files, p->to, p->to_files, KITH_CLOCK (p->net->clock) };

  return kith_hub_back_up (&backup, n_files, report, n, error);
}

/* The copy is a hub of its own life, in order, and goes on where it was: reading, and taking the rest of what was half sent. */
static void
test_copy (Pair *p, gconstpointer data)
{
  const KithHubOptions options = { .hash_ops = 1, .hash_memory = 8192, .files = p->to_files };
  g_autoptr (GString) report = g_string_new (NULL);
  g_autoptr (KithHub) copy = NULL;
  g_autoptr (GError) error = NULL;
  guint n_files = 0, n = 0;
  gint64 lanes[2] = { 0, 0 };

  g_assert_true (back_up (p, &n_files, report, &n, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_files, ==, 3);
  g_assert_cmpuint (n, ==, 0);

  /* what happens afterwards is not in it */
  g_assert_cmpuint (put (p->net->hub, p->a->token, p->half, p->content, KITH_BLOB_PART), ==, 200);

  copy = kith_hub_new (kith_hub_open_db (p->to, FALSE, NULL, &error), KITH_CLOCK (p->net->clock), p->net->random, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (kith_hub_get_epoch (copy), !=, kith_hub_get_epoch (p->net->hub));
  g_assert_true (kith_db_fetch_int (p->net->hub->db, &lanes[0], &error, "lanes-taken", "") &&
                 kith_db_fetch_int (copy->db, &lanes[1], &error, "lanes-taken", ""));
  g_assert_cmpint (lanes[1], >, lanes[0]); /* no lane code is given twice */
  g_assert_true (kith_hub_check (copy, report, &n, &error));
  g_test_message ("%s", report->str);
  g_assert_cmpuint (n, ==, 0);
  g_assert_cmpuint (put (copy, p->a->token, p->half, p->content, KITH_BLOB_PART), ==, 200);
  g_assert_true (kith_hub_check (copy, report, &n, &error));
  g_assert_cmpuint (n, ==, 0);
}

static KithHub *
open_copy (Pair *p, const char *name, gboolean reader)
{
  g_autofree char *path = g_build_filename (p->folder, name, NULL), *bytes = NULL;
  const KithHubOptions options = { .hash_ops = 1, .hash_memory = 8192, .reader = reader };
  g_autoptr (GError) error = NULL;
  KithHub *hub;
  gsize length;

  g_assert_true (g_file_get_contents (p->to, &bytes, &length, NULL) && g_file_set_contents (path, bytes, (gssize) length, NULL));
  hub = kith_hub_new (kith_hub_open_db (path, FALSE, NULL, &error), KITH_CLOCK (p->net->clock), p->net->random, &options, &error);
  g_assert_no_error (error);
  return hub;
}

/* I2: each time the same backup is put to use another life begins, with lane codes of its own; to look at it begins none, nor does a restart. */
static void
test_each_use (Pair *p, gconstpointer data)
{
  g_autoptr (GString) report = g_string_new (NULL);
  g_autoptr (GHashTable) epochs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (KithHub) looked_at = NULL, again = NULL;
  g_autoptr (GError) error = NULL;
  guint n_files, n;
  gint64 taken = -1;

  g_assert_true (back_up (p, &n_files, report, &n, &error));
  g_hash_table_add (epochs, g_strdup (kith_hub_get_epoch (p->net->hub)));
  looked_at = open_copy (p, "look.db", TRUE);
  g_assert_cmpstr (kith_hub_get_epoch (looked_at), ==, kith_hub_get_epoch (p->net->hub));
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *name = g_strdup_printf ("use-%u.db", i), *path = g_build_filename (p->folder, name, NULL);
      g_autoptr (KithHub) hub = open_copy (p, name, FALSE);
      g_autofree char *epoch = g_strdup (kith_hub_get_epoch (hub));
      gint64 lanes = 0;

      g_assert_true (g_hash_table_add (epochs, g_strdup (epoch)));
      g_assert_true (kith_db_fetch_int (hub->db, &lanes, &error, "lanes-taken", ""));
      g_assert_cmpint (lanes, !=, taken);
      taken = lanes;
      g_clear_pointer (&hub, kith_hub_free);
      again = kith_hub_new (kith_hub_open_db (path, FALSE, NULL, &error), KITH_CLOCK (p->net->clock), p->net->random, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (kith_hub_get_epoch (again), ==, epoch);
      g_clear_pointer (&again, kith_hub_free);
    }
}

/* Never over a backup that is there. */
static void
test_again (Pair *p, gconstpointer data)
{
  g_autoptr (GString) report = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  guint n_files, n;

  g_assert_true (back_up (p, &n_files, report, &n, &error));
  g_assert_false (back_up (p, &n_files, report, &n, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
}

typedef void (*Harm) (const char *path);

static void
lose (const char *path)
{
  g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
cut_short (const char *path)
{
  g_assert_cmpint (truncate (path, KITH_BLOB_PART + 500), ==, 0);
}

static void
spoil (const char *path)
{
  g_autofree char *data = NULL;
  gsize length = 0;

  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  data[length / 2] ^= 1;
  g_assert_true (g_file_set_contents (path, data, (gssize) length, NULL));
}

/* Named are the document, its agency and its day; not its name, and no other. A backup says the same and copies the rest. */
static void
test_harm (Pair *p, gconstpointer harm)
{
  g_autofree char *path = g_build_filename (p->files, p->whole, NULL), *copied = g_build_filename (p->to_files, p->other, NULL);
  g_autoptr (GString) report = g_string_new (NULL), of_backup = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  guint n_files = 0, n = 0;

  hub_fixture_check (p->net);
  ((Harm) harm) (path);
  g_assert_true (kith_hub_check (p->net->hub, report, &n, &error));
  g_test_message ("%s", report->str);
  g_assert_cmpuint (n, ==, 1);
  g_assert_nonnull (strstr (report->str, p->whole));
  g_assert_nonnull (strstr (report->str, "Harbor House"));
  g_assert_null (strstr (report->str, p->other));
  g_assert_null (strstr (report->str, p->half));
  g_assert_null (strstr (report->str, "Letter"));

  g_assert_true (back_up (p, &n_files, of_backup, &n, &error));
  g_assert_cmpuint (n, ==, 1);
  g_assert_nonnull (strstr (of_backup->str, p->whole));
  g_assert_true (g_file_test (copied, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/hub/backup/copy", Pair, NULL, set_up, test_copy, tear_down);
  g_test_add ("/hub/backup/I2-each-use", Pair, NULL, set_up, test_each_use, tear_down);
  g_test_add ("/hub/backup/again", Pair, NULL, set_up, test_again, tear_down);
  g_test_add ("/hub/backup/lost", Pair, lose, set_up, test_harm, tear_down);
  g_test_add ("/hub/backup/cut-short", Pair, cut_short, set_up, test_harm, tear_down);
  g_test_add ("/hub/backup/spoilt", Pair, spoil, set_up, test_harm, tear_down);
  return g_test_run ();
}
