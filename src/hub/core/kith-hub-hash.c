/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hub-hash.h"

/* What the hub keeps of a password's authenticator, and the work of comparing: a fifth of a second that is not spent on the hub's own thread. */

#define HASH_BYTES 32
#define HASH_OPS 2
#define HASH_MEMORY (19 * 1024 * 1024)

/**
 * kith_hub_hex:
 *
 * Returns: (transfer full): two lower-case digits for each byte
 */
char *
kith_hub_hex (const guint8 *bytes, gsize length)
{
  char *text = g_malloc (2 * length + 1);

  return sodium_bin2hex (text, 2 * length + 1, bytes, length);
}

/* "argon2id$ops$memory$salt$hash", all of it needed to check, so that the cost can be raised later. */
static gboolean
compute (const guint8 *auth, gsize length, guint64 ops, gsize memory, const guint8 *salt, guint8 *hash, GError **error)
{
  if (crypto_pwhash (hash, HASH_BYTES, (const char *) auth, length, salt, ops, memory, crypto_pwhash_ALG_ARGON2ID13) ==
      0)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "not enough memory to check a password");
  return FALSE;
}

/**
 * kith_hub_draw_cost:
 * @low: of an account that exists in a made-up network alone
 *
 * On the hub's thread: the random source is its.
 */
KithHubCost
kith_hub_draw_cost (KithHub *self, gboolean low)
{
  guint64 ops = low ? 0 : self->options.hash_ops > 0 ? self->options.hash_ops : HASH_OPS;
  gsize memory = low ? 0 : self->options.hash_memory > 0 ? self->options.hash_memory : HASH_MEMORY;
  KithHubCost cost = { MAX (ops, crypto_pwhash_OPSLIMIT_MIN), MAX (memory, crypto_pwhash_MEMLIMIT_MIN), { 0 } };

  kith_random_bytes (self->random, cost.salt, sizeof cost.salt);
  return cost;
}

/**
 * kith_hub_make_hash:
 *
 * Touches nothing of the hub.
 *
 * Returns: (transfer full) (nullable): NULL with an error when there is no memory for it
 */
char *
kith_hub_make_hash (const KithHubCost *cost, const guint8 *auth, gsize length, GError **error)
{
  guint8 hash[HASH_BYTES];
  g_autofree char *salt_text = NULL;
  g_autofree char *hash_text = NULL;

  if (!compute (auth, length, cost->ops, cost->memory, cost->salt, hash, error))
    return NULL;
  salt_text = kith_hub_hex (cost->salt, sizeof cost->salt);
  hash_text = kith_hub_hex (hash, sizeof hash);
  return g_strdup_printf ("argon2id$%" G_GUINT64_FORMAT "$%" G_GSIZE_FORMAT "$%s$%s", cost->ops, cost->memory, salt_text,
                          hash_text);
}

struct _KithHubWork
{
  char *stored;      /* what it is compared with; NULL: an unknown login */
  KithAuthenticator auth;
  guint64 ops;
  gsize memory;
  guint8 salt[crypto_pwhash_SALTBYTES], wanted[HASH_BYTES];
  gboolean usable, done, right;
  KithAuthenticator next; /* what takes its place if it is right */
  KithHubCost next_cost;
  char *next_hash;
  GError *error;
};

static gboolean
is_same (const KithAuthenticator *one, const KithAuthenticator *other)
{
  return one->length == other->length && sodium_memcmp (one->bytes, other->bytes, sizeof one->bytes) == 0;
}

/* For an unknown login the same work is done, and the answer is no. */
static KithHubWork *
work_new (KithHub *self, const char *stored, const KithAuthenticator *auth, const KithAuthenticator *next, gboolean low)
{
  g_auto (GStrv) part = stored != NULL ? g_strsplit (stored, "$", 5) : NULL;
  KithHubWork *work = g_new0 (KithHubWork, 1);

  work->stored = g_strdup (stored);
  work->auth = *auth;
  work->ops = MAX (self->options.hash_ops > 0 ? self->options.hash_ops : HASH_OPS, crypto_pwhash_OPSLIMIT_MIN);
  work->memory = MAX (self->options.hash_memory > 0 ? self->options.hash_memory : HASH_MEMORY, crypto_pwhash_MEMLIMIT_MIN);
  work->usable = part != NULL && g_strv_length (part) == 5 &&
                 sodium_hex2bin (work->salt, sizeof work->salt, part[3], strlen (part[3]), NULL, NULL, NULL) == 0 &&
                 sodium_hex2bin (work->wanted, sizeof work->wanted, part[4], strlen (part[4]), NULL, NULL, NULL) == 0;
  if (work->usable)
    {
      work->ops = g_ascii_strtoull (part[1], NULL, 10);
      work->memory = g_ascii_strtoull (part[2], NULL, 10);
    }
  work->next = *next;
  if (next->length > 0)
    work->next_cost = kith_hub_draw_cost (self, low);
  return work;
}

/**
 * kith_hub_work_do:
 *
 * Touches nothing of the hub: on whatever thread there is.
 */
void
kith_hub_work_do (KithHubWork *self)
{
  guint8 hash[HASH_BYTES];

  if (self->done)
    return;
  self->done = TRUE;
  if (compute (self->auth.bytes, self->auth.length, self->ops, self->memory, self->salt, hash, &self->error))
    self->right = sodium_memcmp (hash, self->wanted, sizeof hash) == 0 && self->usable;
  if (self->right && self->next.length > 0)
    self->next_hash = kith_hub_make_hash (&self->next_cost, self->next.bytes, self->next.length, &self->error);
}

void
kith_hub_work_free (KithHubWork *self)
{
  sodium_memzero (&self->auth, sizeof self->auth);
  sodium_memzero (&self->next, sizeof self->next);
  g_free (self->next_hash);
  g_clear_error (&self->error);
  g_free (self->stored);
  g_free (self);
}

/**
 * kith_hub_check_hash:
 * @stored: (nullable): NULL: nobody signs in by this name; it costs the same
 * @next: what takes its place if it is right; of length 0: nothing
 * @low: what next is kept at
 * @right: (out): is it right
 * @next_hash: (out) (nullable) (transfer full): what is kept of next
 *
 * An answer with work: not known yet, it goes out to be done and the same request comes back with it. Work that was done for what was stored before
 * it changed does not count.
 */
gboolean
kith_hub_check_hash (KithHub *self, const KithHubRequest *request, const char *stored, const KithAuthenticator *auth, const KithAuthenticator *next,
                     gboolean low, KithHubAnswer *answer, gboolean *right, char **next_hash, GError **error)
{
  const KithHubWork *done = request->work;
  g_autoptr (KithHubWork) own = NULL;

  if (done == NULL || !done->done || !is_same (&done->auth, auth) || !is_same (&done->next, next) || g_strcmp0 (done->stored, stored) != 0)
    {
      own = work_new (self, stored, auth, next, low);
      if (request->apart)
        {
          answer->work = g_steal_pointer (&own);
          return TRUE;
        }
      kith_hub_work_do (own);
      done = own;
    }
  if (done->error != NULL)
    {
      g_propagate_error (error, g_error_copy (done->error));
      return FALSE;
    }
  *right = done->right;
  *next_hash = g_strdup (done->next_hash);
  return TRUE;
}
