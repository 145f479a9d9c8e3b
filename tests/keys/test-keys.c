/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-keyslots.h"

#include <glib/gstdio.h>
#include <string.h>

#define OPS 2
#define MEMORY ((guint64) 19 << 20)

typedef struct
{
  char *folder, *path;
  KithKeyslotsInfo info;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = g_dir_make_tmp ("kith-keys-XXXXXX", NULL);
  f->path = g_build_filename (f->folder, "slots.json", NULL);
  f->info.hub = g_strdup ("https://hub.example.org");
  f->info.login = g_strdup ("ana");
  f->info.device = g_strdup ("d1");
  f->info.ops = OPS;
  f->info.memory = MEMORY;
  memset (f->info.salt, 7, sizeof f->info.salt);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_unlink (f->path);
  g_rmdir (f->folder);
  g_free (f->folder);
  g_free (f->path);
  kith_keyslots_info_clear (&f->info);
}

static gboolean
same (KithSecret *a, KithSecret *b)
{
  return kith_secret_length (a) == kith_secret_length (b) && memcmp (kith_secret_bytes (a), kith_secret_bytes (b), kith_secret_length (a)) == 0;
}

/* sync.md 5.1: the hub's half and the store's half come from one password, and differ from each other and by salt. */
static void
test_derive (void)
{
  guint8 salt[KITH_PASSWORD_SALT] = { 1 }, other[KITH_PASSWORD_SALT] = { 2 };
  g_autoptr (GError) error = NULL;
  g_autoptr (KithPassword) a = kith_password_derive ("three words in a row", salt, OPS, MEMORY, &error);
  g_autoptr (KithPassword) again = kith_password_derive ("three words in a row", salt, OPS, MEMORY, NULL);
  g_autoptr (KithPassword) salted = kith_password_derive ("three words in a row", other, OPS, MEMORY, NULL);

  g_assert_no_error (error);
  g_assert_true (same (a->auth, again->auth));
  g_assert_true (same (a->store, again->store));
  g_assert_false (same (a->auth, a->store));
  g_assert_false (same (a->auth, salted->auth));
}

/* The same letters typed composed and decomposed are one password. */
static void
test_normal_form (void)
{
  guint8 salt[KITH_PASSWORD_SALT] = { 1 };
  g_autoptr (KithPassword) composed = kith_password_derive ("contrase\303\261a larga", salt, OPS, MEMORY, NULL);
  g_autoptr (KithPassword) decomposed = kith_password_derive ("contrasen\314\203a larga", salt, OPS, MEMORY, NULL);

  g_assert_true (same (composed->auth, decomposed->auth));
}

static void
test_weak_parameters (void)
{
  guint8 salt[KITH_PASSWORD_SALT] = { 1 };
  g_autoptr (GError) error = NULL;

  g_assert_null (kith_password_derive ("three words in a row", salt, 1, MEMORY, &error));
  g_assert_error (error, KITH_PASSWORD_ERROR, KITH_PASSWORD_ERROR_WEAK_PARAMETERS);
  g_clear_error (&error);
  g_assert_null (kith_password_derive ("three words in a row", salt, 1000000, MEMORY, &error)); /* busy for days */
  g_assert_error (error, KITH_PASSWORD_ERROR, KITH_PASSWORD_ERROR_WEAK_PARAMETERS);
  g_clear_error (&error);
  g_assert_null (kith_password_derive ("three words in a row", salt, OPS, 1024, &error));
  g_assert_error (error, KITH_PASSWORD_ERROR, KITH_PASSWORD_ERROR_WEAK_PARAMETERS);
  g_clear_error (&error);
  g_assert_false (kith_password_check_length ("short", &error));
  g_assert_error (error, KITH_PASSWORD_ERROR, KITH_PASSWORD_ERROR_TOO_SHORT);
  g_clear_error (&error);
  g_assert_false (kith_password_check_length ("aaaaaaaaaaaaaaaaaaaa", &error)); /* long, and short all the same */
  g_assert_error (error, KITH_PASSWORD_ERROR, KITH_PASSWORD_ERROR_TOO_SHORT);
  g_clear_error (&error);
  g_assert_false (kith_password_check_length ("abcdabcdabcdabcd", &error));
  g_assert_error (error, KITH_PASSWORD_ERROR, KITH_PASSWORD_ERROR_TOO_SHORT);
  g_assert_true (kith_password_check_length ("fifteen letters", NULL));
}

/* sync.md 5.3: unlock needs the file and the password, nothing else. */
static void
test_slots (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithPassword) password = kith_password_derive ("three words in a row", f->info.salt, OPS, MEMORY, NULL);
  g_autoptr (KithSecret) key = kith_keyslots_create (f->path, &f->info, password->store, &error);
  g_autoptr (KithSecret) opened = NULL;
  g_auto (KithKeyslotsInfo) info = { 0 };
  GStatBuf st;

  g_assert_no_error (error);
  opened = kith_keyslots_open (f->path, "three words in a row", &error);
  g_assert_no_error (error);
  g_assert_true (same (key, opened));
  g_assert_true (kith_keyslots_read_info (f->path, &info, NULL));
  g_assert_cmpstr (info.login, ==, "ana");
  g_assert_cmpint (g_stat (f->path, &st), ==, 0);
  g_assert_cmpint (st.st_mode & 0777, ==, 0600);

  g_assert_null (kith_keyslots_open (f->path, "three words in a roe", &error));
  g_assert_error (error, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_WRONG_PASSWORD);
  g_clear_error (&error);
  g_assert_null (kith_keyslots_create (f->path, &f->info, password->store, &error));
  g_assert_error (error, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_FAILED);
}

static void
test_slots_bound_to_owner (Fixture *f, gconstpointer data)
{
  g_autoptr (KithPassword) password = kith_password_derive ("three words in a row", f->info.salt, OPS, MEMORY, NULL);
  g_autoptr (KithSecret) key = kith_keyslots_create (f->path, &f->info, password->store, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GString) moved = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_get_contents (f->path, &text, NULL, NULL));
  moved = g_string_new (text);
  g_assert_cmpuint (g_string_replace (moved, "\"ana\"", "\"eve\"", 0), ==, 1);
  g_assert_true (g_file_set_contents (f->path, moved->str, -1, NULL));
  g_assert_null (kith_keyslots_open_with_key (f->path, password->store, &error));
  g_assert_error (error, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_DAMAGED);
  g_clear_error (&error);
  g_assert_cmpuint (g_string_replace (moved, "\"sum\"", "\"sun\"", 0), ==, 1); /* whoever means to changes that too */
  g_assert_true (g_file_set_contents (f->path, moved->str, -1, NULL));
  g_assert_null (kith_keyslots_open_with_key (f->path, password->store, &error));
  g_assert_error (error, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_WRONG_PASSWORD);
}

static void
test_slots_damaged (Fixture *f, gconstpointer data)
{
  static const char *const bad[] = { "", "{}", "not json", "{\"v\":1,\"hub\":\"h\",\"login\":\"l\",\"device\":\"d\",\"salt\":\"zz\"}" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_auto (KithKeyslotsInfo) info = { 0 };
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents (f->path, bad[i], -1, NULL));
      g_assert_false (kith_keyslots_read_info (f->path, &info, &error));
      g_assert_error (error, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_DAMAGED);
    }
}

static void
replace_in (Fixture *f, const char *what, const char *with)
{
  g_autofree char *text = NULL;
  g_autoptr (GString) changed = NULL;

  g_assert_true (g_file_get_contents (f->path, &text, NULL, NULL));
  changed = g_string_new (text);
  g_assert_cmpuint (g_string_replace (changed, what, with, 0), ==, 1);
  g_assert_true (g_file_set_contents (f->path, changed->str, -1, NULL));
}

/* What is spoilt is not what holds the key: the seal opens. */
static void
test_slots_spoilt (Fixture *f, gconstpointer data)
{
  g_autoptr (KithPassword) password = kith_password_derive ("three words in a row", f->info.salt, OPS, MEMORY, NULL);
  g_autoptr (KithPassword) wrong = kith_password_derive ("four words in a row", f->info.salt, OPS, MEMORY, NULL);
  g_autoptr (KithSecret) key = kith_keyslots_create (f->path, &f->info, password->store, NULL), opened = NULL, version = NULL;
  g_autoptr (GError) error = NULL;

  replace_in (f, "\"sum\":\"", "\"sum\":\"0");
  opened = kith_keyslots_open (f->path, "three words in a row", &error);
  g_assert_no_error (error);
  g_assert_cmpmem (kith_secret_bytes (opened), kith_secret_length (opened), kith_secret_bytes (key), kith_secret_length (key));
  g_assert_null (kith_keyslots_open_with_key (f->path, wrong->store, &error));
  g_assert_error (error, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_DAMAGED);
  g_clear_error (&error);
  replace_in (f, "\"v\":1", "\"v\":3");
  version = kith_keyslots_open_with_key (f->path, password->store, &error);
  g_assert_no_error (error);
  g_assert_nonnull (version);
}

/* Nor is one of a Kith to come, however it looks. */
static void
test_slots_newer (Fixture *f, gconstpointer data)
{
  g_auto (KithKeyslotsInfo) info = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (f->path, "{\"v\":2,\"slots\":[]}", -1, NULL));
  g_assert_false (kith_keyslots_read_info (f->path, &info, &error));
  g_assert_error (error, KITH_KEYSLOTS_ERROR, KITH_KEYSLOTS_ERROR_NEWER);
}

static void
test_rewrap_and_destroy (Fixture *f, gconstpointer data)
{
  g_autoptr (KithPassword) old = kith_password_derive ("three words in a row", f->info.salt, OPS, MEMORY, NULL);
  g_autoptr (KithPassword) new = kith_password_derive ("four words in a row", f->info.salt, OPS, MEMORY, NULL);
  g_autoptr (KithSecret) key = kith_keyslots_create (f->path, &f->info, old->store, NULL);
  g_autoptr (KithSecret) opened = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (kith_keyslots_rewrap (f->path, key, &f->info, new->store, &error));
  g_assert_no_error (error);
  g_assert_null (kith_keyslots_open_with_key (f->path, old->store, NULL));
  opened = kith_keyslots_open_with_key (f->path, new->store, NULL);
  g_assert_true (same (key, opened));
  g_assert_true (kith_keyslots_destroy (f->path, &error));
  g_assert_false (g_file_test (f->path, G_FILE_TEST_EXISTS));
  g_assert_true (kith_keyslots_destroy (f->path, &error));
}

static void
test_hex (void)
{
  guint8 bytes[2];

  g_assert_true (kith_hex_decode ("0aFf", bytes, 2));
  g_assert_cmpuint (bytes[0], ==, 0x0a);
  g_assert_cmpuint (bytes[1], ==, 0xff);
  g_assert_false (kith_hex_decode ("0aF", bytes, 2));
  g_assert_false (kith_hex_decode ("0aFg", bytes, 2));
  g_assert_false (kith_hex_decode ("0aff00", bytes, 2));
  g_assert_false (kith_hex_decode (NULL, bytes, 2));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/keys/sync-5.1-derive", test_derive);
  g_test_add_func ("/keys/normal-form", test_normal_form);
  g_test_add_func ("/keys/weak-parameters", test_weak_parameters);
  g_test_add_func ("/keys/hex", test_hex);
  g_test_add ("/keys/sync-5.3-slots", Fixture, NULL, set_up, test_slots, tear_down);
  g_test_add ("/keys/bound-to-owner", Fixture, NULL, set_up, test_slots_bound_to_owner, tear_down);
  g_test_add ("/keys/damaged", Fixture, NULL, set_up, test_slots_damaged, tear_down);
  g_test_add ("/keys/spoilt", Fixture, NULL, set_up, test_slots_spoilt, tear_down);
  g_test_add ("/keys/newer", Fixture, NULL, set_up, test_slots_newer, tear_down);
  g_test_add ("/keys/rewrap-and-destroy", Fixture, NULL, set_up, test_rewrap_and_destroy, tear_down);
  return g_test_run ();
}
