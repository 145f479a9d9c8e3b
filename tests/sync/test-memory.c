/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rescue-fixture.h"

#include <stdio.h>

/* sync.md 5: a lock wipes the key. The memory of the whole program is looked through for it, as whoever takes a picture of it would: what is in use,
 * and what was given back without being wiped. */

#define MASK 0xa5
#define PAGE ((gsize) 1 << 20)
#define MOST ((guint64) 1 << 30) /* the sanitizers reserve more at once, and keep nothing of ours there */
#define LONGEST 64
#define BEGINNING 16

/* What is looked for, in a form that is not found. */
typedef struct
{
  const char *name;
  guint8 masked[LONGEST];
  gsize length;
} Needle;

static guint8 *page; /* what was read of the memory; wiped after each look */

/* Without its beginning: an allocator writes over that when the memory is given back, and over no more. */
static void
take_needle (Needle *self, const char *name, const void *all, gsize all_length)
{
  const guint8 *bytes = (const guint8 *) all + BEGINNING;
  gsize length = all_length - BEGINNING;

  g_assert_cmpuint (length, <=, LONGEST);
  self->name = name;
  self->length = length;
  for (gsize i = 0; i < length; i++)
    self->masked[i] = bytes[i] ^ MASK;
}

static gboolean
is_at (const Needle *needle, const guint8 *at)
{
  for (gsize i = 0; i < needle->length; i++)
    if ((at[i] ^ MASK) != needle->masked[i])
      return FALSE;
  return TRUE;
}

static gboolean
page_has (const Needle *needle, gsize length)
{
  const guint8 *at = page, *end = page + length;

  while (at + needle->length <= end && (at = memchr (at, needle->masked[0] ^ MASK, (gsize) (end - at) - needle->length + 1)) != NULL)
    if (is_at (needle, at++))
      return TRUE;
  return FALSE;
}

static gboolean
part_has (int memory, const Needle *needle, guint64 from, guint64 to)
{
  gboolean found = FALSE;

  while (from + needle->length <= to && !found)
    {
      gssize got = pread (memory, page, MIN (PAGE, to - from), (off_t) from);

      if (got < (gssize) needle->length)
        break; /* a guard page, or none of the program's */
      found = page_has (needle, (gsize) got);
      from += (guint64) got == to - from ? (guint64) got : (guint64) got - needle->length + 1;
    }
  explicit_bzero (page, PAGE);
  return found;
}

static gboolean
memory_has (const Needle *needle)
{
  g_autofree char *maps = NULL;
  g_auto (GStrv) lines = NULL;
  int memory = open ("/proc/self/mem", O_RDONLY | O_CLOEXEC);
  gboolean found = FALSE;

  g_assert_cmpint (memory, >=, 0);
  g_assert_true (g_file_get_contents ("/proc/self/maps", &maps, NULL, NULL));
  lines = g_strsplit (maps, "\n", -1);
  for (guint i = 0; lines[i] != NULL && !found; i++)
    {
      guint64 from, to;
      char may;

      if (sscanf (lines[i], "%" G_GINT64_MODIFIER "x-%" G_GINT64_MODIFIER "x %c", &from, &to, &may) == 3 && may == 'r' && to - from <= MOST)
        found = part_has (memory, needle, from, to);
    }
  close (memory);
  return found;
}

#define IN_USE 3 /* of them, while somebody is unlocked */
#define N_NEEDLES 5

/* The keys of the file here, and the password's half that signs in; derived again, and forgotten. */
static void
take_needles (Fixture *f, Needle needles[N_NEEDLES])
{
  g_autofree char *slots = find_file (f, "keyslots"), *text = NULL;
  g_auto (KithKeyslotsInfo) info = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (KithPassword) keys = NULL;
  g_autoptr (KithSecret) data = NULL, database = NULL;

  g_assert_true (kith_keyslots_read_info (slots, &info, &error));
  keys = kith_password_derive (PASSWORD, info.salt, info.ops, info.memory, &error);
  g_assert_no_error (error);
  data = kith_keyslots_open_with_key (slots, keys->store, &error);
  g_assert_no_error (error);
  database = kith_keyslots_database_key (data);
  text = kith_hex_encode (kith_secret_bytes (database), kith_secret_length (database));
  take_needle (&needles[0], "The key of the files", kith_secret_bytes (data), kith_secret_length (data));
  take_needle (&needles[1], "The key of the database", kith_secret_bytes (database), kith_secret_length (database));
  take_needle (&needles[2], "What signs in", kith_secret_bytes (keys->auth), kith_secret_length (keys->auth));
  take_needle (&needles[3], "The key that the password opens the file with", kith_secret_bytes (keys->store), kith_secret_length (keys->store));
  take_needle (&needles[4], "The key of the database as text", text, strlen (text));
  explicit_bzero (text, strlen (text));
}

static gpointer
nothing_job (gpointer store, gpointer data, GCancellable *cancellable, GError **error)
{
  return NULL;
}

static void
test_wiped (Fixture *f, gconstpointer data)
{
  Needle needles[N_NEEDLES];
  g_autoptr (GAsyncResult) behind = NULL;

  page = g_malloc (PAGE);
  sign_in (f);
  take_needles (f, needles);
  for (guint i = 0; i < IN_USE; i++)
    if (!memory_has (&needles[i]))
      g_error ("%s is not found while it is in use: the search does not look where it lies", needles[i].name);

  kith_desktop_lock (f->desktop);
  kith_desktop_store_async (f->desktop, nothing_job, NULL, NULL, NULL, keep_cb, &behind); /* refused when the lock is done */
  AWAIT (behind);
  g_assert_false (get_bool (f->desktop, "unlocked"));
  for (guint i = 0; i < N_NEEDLES; i++)
    if (memory_has (&needles[i]))
      g_error ("%s is in the program’s memory after a lock", needles[i].name);
  g_free (page);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/sync/memory/5-wiped", Fixture, NULL, set_up, test_wiped, tear_down);
  return g_test_run ();
}
