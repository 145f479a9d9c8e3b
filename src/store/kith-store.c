/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Opening, identity, state and time of the desktop's store. */

#include "kith-store-private.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (KithStore, kith_store, G_TYPE_OBJECT)

/**
 * kith_store_error_quark:
 *
 * Returns: the domain of #KithStoreError. What an operation may not do is KITH_REFUSAL, what the file fails with #KithDbError.
 */
G_DEFINE_QUARK (kith-store-error-quark, kith_store_error)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_OUTCOME,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
kith_store_finalize (GObject *object)
{
  KithStore *self = KITH_STORE (object);

  kith_store_close (self);
  g_clear_object (&self->world);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->sql, g_hash_table_unref);
  g_clear_pointer (&self->changed, g_hash_table_unref);
  g_clear_pointer (&self->refind, g_hash_table_unref);
  g_clear_pointer (&self->outcomes, g_ptr_array_unref);
  g_clear_pointer (&self->doomed, g_ptr_array_unref);
  g_clear_pointer (&self->files, g_free);
  g_clear_pointer (&self->device, g_free);
  g_clear_pointer (&self->former_device, g_free);
  g_clear_pointer (&self->user, g_free);
  g_clear_pointer (&self->lane_code, g_free);
  g_clear_pointer (&self->epoch, g_free);
  g_clear_pointer (&self->origin, g_free);
  g_clear_pointer (&self->cursor, g_free);
  g_clear_pointer (&self->nonce, g_free);
  g_clear_error (&self->read_failure);
  g_clear_pointer (&self->parts, json_array_unref);
  g_clear_pointer (&self->contact_boot, g_free);
  G_OBJECT_CLASS (kith_store_parent_class)->finalize (object);
}

static void
kith_store_class_init (KithStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kith_store_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", KITH_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRV);
  signals[SIGNAL_OUTCOME] = g_signal_new ("outcome", KITH_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
kith_store_init (KithStore *self)
{
  self->parsed = kith_record_cache_new (1024 * 1024);
  self->sql = g_hash_table_new_full (NULL, NULL, NULL, kith_store_sql_free);
  self->refind = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->changed = g_hash_table_new (g_str_hash, g_str_equal);
  self->outcomes = g_ptr_array_new_with_free_func (g_free);
  self->doomed = g_ptr_array_new_with_free_func (g_free);
}

/* --- state ------------------------------------------------------------------------------------------------------ */

gboolean
kith_store_set_state (KithStore *self, const char *key, const char *value, GError **error)
{
  return kith_db_run (self->db, error, "state-set", "ss", key, value);
}

/* As kith_store_set_state(), inside the caller's transaction; the mirror in memory is the caller's to set. */
gboolean
kith_store_set_state_int (KithStore *self, const char *key, gint64 value, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  return kith_store_set_state (self, key, text, error);
}

static void
take_text (GHashTable *state, const char *key, char **member)
{
  g_free (*member);
  *member = g_strdup (g_hash_table_lookup (state, key));
}

static gint64
number_of (GHashTable *state, const char *key, gint64 fallback)
{
  const char *text = g_hash_table_lookup (state, key);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : fallback;
}

/* What is known of the time is only read at opening: it is written seldom, so what is in memory is newer. */
static void
load_time (KithStore *self, GHashTable *state)
{
  take_text (state, "contact_boot", &self->contact_boot);
  self->ratchet_ms = number_of (state, "ratchet", 0);
  self->contact_ms = number_of (state, "contact", 0);
  self->contact_mono = number_of (state, "contact_mono", 0);
  self->contact_wall = number_of (state, "contact_wall", 0);
  self->last_contact_ms = number_of (state, "last_contact", 0);
  self->met_ms = number_of (state, "met", self->contact_ms);
  self->kept_ms = self->ratchet_ms;
  self->loaded = TRUE;
}

static void
load_refind (gpointer key, gpointer value, gpointer self)
{
  kith_store_refind_load (self, key, value);
}

/* Reads the mirrors again: at opening, and after a transaction was rolled back. */
gboolean
kith_store_load_state (KithStore *self, GError **error)
{
  g_autoptr (GHashTable) state = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "state-all", error);
  g_autofree char *hlc = NULL;
  KithDbStep step;

  if (stmt == NULL)
    return FALSE;
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    g_hash_table_insert (state, g_strdup (kith_db_text (stmt, 0)), g_strdup (kith_db_text (stmt, 1)));
  if (step == KITH_DB_FAILED)
    return FALSE;

  take_text (state, "device", &self->device);
  take_text (state, "former_device", &self->former_device);
  take_text (state, "user", &self->user);
  take_text (state, "lane_code", &self->lane_code);
  take_text (state, "epoch", &self->epoch);
  take_text (state, "origin", &self->origin);
  take_text (state, "cursor", &self->cursor);
  self->cursor_q = number_of (state, "cursor_q", 0);
  self->next_n = number_of (state, "next_n", 1);
  self->checked_ms = number_of (state, "checked", 0);
  self->next_number = number_of (state, "next_number", 1);
  self->round = number_of (state, "round", 0);
  self->refilling = number_of (state, "refilling", 0) != 0;
  self->looked_ms = number_of (state, "looked", 0);
  self->hub_schema = number_of (state, "hub_schema", 0);
  self->lease_hours = number_of (state, "lease_hours", KITH_OFFLINE_HOURS);
  self->closed = (KithClosed) number_of (state, "closed", KITH_CLOSED_NOT);
  self->mending = number_of (state, "mending", 0) != 0;
  self->wipe_due = number_of (state, "wipe", 0) != 0;

  g_hash_table_remove_all (self->refind);
  g_hash_table_foreach (state, load_refind, self);

  if (!self->loaded)
    load_time (self, state);

  if (!kith_db_fetch_int (self->db, &self->last_i, error, "op-last", ""))
    return FALSE;
  hlc = kith_db_fetch_text (self->db, NULL, "op-last-hlc", "");
  if (hlc != NULL)
    kith_hlc_witness (&self->hlc, hlc, G_MAXINT64);
  return TRUE;
}

/* --- opening ---------------------------------------------------------------------------------------------------- */

/* Kinds of an older Kith's "unknown" list that this one knows: their rows were passed over, so they are fetched now. */
static gboolean
fetch_new_kinds (KithStore *self, GError **error)
{
  g_autoptr (GPtrArray) known = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "unknown-kinds", error);
  KithDbStep step;

  if (stmt == NULL)
    return FALSE;
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    if (kith_kind_get (kith_db_text (stmt, 0)) != NULL)
      g_ptr_array_add (known, g_strdup (kith_db_text (stmt, 0)));
  if (step == KITH_DB_FAILED)
    return FALSE;
  g_clear_pointer (&stmt, kith_db_reset);
  if (known->len == 0)
    return TRUE;

  for (guint i = 0; i < known->len; i++)
    if (!kith_db_run (self->db, error, "unknown-kind-drop", "s", known->pdata[i]))
      return FALSE;
  return kith_store_refill (self, error);
}

/* A store that was not closed, because the program or the computer ended, is compared with the hub (sync.md 2.12). */
static gboolean
mark_open (KithStore *self, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *open = kith_db_fetch_text (self->db, &local, "state-get", "s", "open");

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  self->unclean = g_strcmp0 (open, "1") == 0;
  self->marked = self->unclean || kith_store_set_state (self, "open", "1", error);
  return self->marked;
}

/**
 * kith_store_new:
 * @db: (transfer full): an open writing connection with KITH_STORE_QUERIES as its queries
 * @clock: kept
 * @random: (transfer none): must outlive the store
 *
 * Migrates the file. Fails with what the database failed with; @db is closed then.
 */
KithStore *
kith_store_new (KithDb *db, KithClock *clock, KithRandom *random, GError **error)
{
  g_autoptr (KithStore) self = g_object_new (KITH_TYPE_STORE, NULL);

  kith_kinds_register ();
  self->db = db;
  self->clock = g_object_ref (clock);
  self->random = random;
  self->world = kith_store_world_new (self);
  kith_store_index_init (self);
  /* What is deleted is overwritten: a purge leaves nothing in free pages (sync.md 2.3). */
  if (!kith_db_exec (db, "PRAGMA secure_delete = ON", error) || !kith_db_migrate (db, "/org/kith/sql/store", error) ||
      !kith_store_make_tables (self, error) || !kith_db_run (db, error, "drafts-of-calls", "") || !kith_store_load_state (self, error) || !fetch_new_kinds (self, error) ||
      !mark_open (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * kith_store_close:
 *
 * The store writes no more and its key may be wiped. May be called again; dropping the last reference does it too. Neither what waits to be
 * rewritten (kith_store_wipe()) nor the outbox is touched.
 */
void
kith_store_close (KithStore *self)
{
  if (self->db != NULL && self->loaded)
    kith_store_keep_time_last (self);
  if (self->db != NULL && self->marked)
    kith_store_set_state (self, "open", "0", NULL); /* not written: the sums are compared once more than needed */
  g_clear_pointer (&self->db, kith_db_close);
  g_clear_pointer (&self->noted, g_hash_table_unref);
  g_clear_pointer (&self->loose, g_hash_table_unref);
  g_clear_pointer (&self->told, g_hash_table_unref);
  g_clear_pointer (&self->parsed, kith_record_cache_free); /* nothing readable outlives the file */
}

/**
 * kith_store_get_db:
 *
 * Returns: (transfer none): the one writing connection; NULL once the store is closed
 */
KithDb *
kith_store_get_db (KithStore *self)
{
  return self->db;
}

/**
 * kith_store_get_world:
 *
 * Returns: (transfer none): what operations read and write here. A put outside of an operation has no place in the outbox and is lost at the next
 *   rebase.
 */
KithWorld *
kith_store_get_world (KithStore *self)
{
  return self->world;
}

/* --- who -------------------------------------------------------------------------------------------------------- */

/* Returns (transfer none) (nullable): staff id; NULL before the first sign-in */
const char *
kith_store_get_user (KithStore *self)
{
  return self->user;
}

/* Returns (transfer none) (nullable): this computer's id for that user; NULL before the first sign-in */
const char *
kith_store_get_device (KithStore *self)
{
  return self->device;
}

/**
 * kith_store_get_former_device:
 *
 * Returns: (nullable): the name this computer had until its lane forked, as long as it has no other: the hub is told when it signs in under a new one, so
 * that whoever revokes one of them revokes both (I21)
 */
const char *
kith_store_get_former_device (KithStore *self)
{
  return self->former_device;
}

/* Returns (transfer none) (nullable): the life of the hub that numbers here are of; NULL: nothing was heard yet */
const char *
kith_store_get_epoch (KithStore *self)
{
  return self->epoch;
}

/* Returns (transfer none) (nullable): the life of the hub that all its lives come from; NULL: it did not say */
const char *
kith_store_get_origin (KithStore *self)
{
  return self->origin;
}

static GPtrArray *
find_services (KithStore *self, GError **error)
{
  gboolean complete;

  return kith_world_find (self->world, NULL, "staff_service", "staff", self->user, &complete, error);
}

/**
 * kith_store_load_actor:
 *
 * Returns: (transfer full): the signed-in person as the rules read them; NULL with NO_STAFF as long as the hub has not
 *   sent their staff record
 */
KithActor *
kith_store_load_actor (KithStore *self, GError **error)
{
  g_autoptr (KithRecord) staff = NULL;
  g_autoptr (KithRecord) settings = NULL;
  g_autoptr (KithRecord) organization = NULL;
  g_autoptr (GPtrArray) services = NULL;
  g_autoptr (GError) failure = NULL;
  const char *agency;

  if (self->user != NULL)
    staff = kith_world_get (self->world, "staff", self->user, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  if (staff == NULL)
    {
      g_set_error_literal (error, KITH_STORE_ERROR, KITH_STORE_ERROR_NO_STAFF,
                           self->closed == KITH_CLOSED_COMPUTER  ? _("This computer may not be used for this account any more. Whoever runs your network’s hub can say why.")
                           : self->closed == KITH_CLOSED_ACCOUNT ? _("This account is closed. Ask your agency’s administrator.")
                                                                 : _("Kith is still fetching your account from the hub. Try again in a moment."));
      return NULL;
    }

  agency = kith_record_string (staff, "agency");
  if (agency != NULL)
    {
      g_autofree char *settings_id = kith_id_natural ("agency_settings", agency);

      settings = kith_world_get (self->world, "agency_settings", settings_id, &failure);
      if (failure == NULL)
        organization = kith_world_get (self->world, "organization", agency, &failure);
    }
  if (failure == NULL)
    services = find_services (self, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  return kith_actor_new_for_staff (staff, services, settings, organization);
}

/* --- what changed ----------------------------------------------------------------------------------------------- */

/* "changed" will name this kind after the commit. */
void
kith_store_touch (KithStore *self, const KithKind *kind)
{
  g_hash_table_add (self->changed, (gpointer) kind->name);
}

void
kith_store_touch_outbox (KithStore *self)
{
  g_hash_table_add (self->changed, (gpointer) "op");
}

/* Tells the world outside what a committed transaction did. The outbox is a pseudo kind of its own. */
void
kith_store_announce (KithStore *self)
{
  g_autoptr (GPtrArray) outcomes = g_steal_pointer (&self->outcomes);
  g_autofree const char **kinds = (const char **) g_hash_table_get_keys_as_array (self->changed, NULL);

  self->outcomes = g_ptr_array_new_with_free_func (g_free);
  g_hash_table_remove_all (self->changed);
  if (kinds[0] != NULL)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0, kinds);
  for (guint i = 0; i < outcomes->len; i++)
    g_signal_emit (self, signals[SIGNAL_OUTCOME], 0, outcomes->pdata[i]);
}

/* What was purged must not lie in the write-ahead log until that happens to be written over. A reader in the middle of
 * something can hold this up; then the next ordinary checkpoint does it. */
static void
empty_log (KithStore *self)
{
  if (!self->purged)
    return;
  self->purged = FALSE;
  kith_db_exec (self->db, "PRAGMA wal_checkpoint (TRUNCATE)", NULL);
}

/* Commits when ok, else undoes everything and brings the mirrors back to what the file says. */
gboolean
kith_store_end (KithStore *self, KithDbTransaction *transaction, gboolean ok, GError **error)
{
  self->next_end = 0;
  /* A file goes with its document's row, or with the last operation that kept it: the row may have come long before that. */
  if (ok && (self->purged || g_hash_table_contains (self->changed, "document") || g_hash_table_contains (self->changed, "op")))
    ok = kith_store_sweep_files (self, error);
  if (ok && (self->purged || self->dropped))
    ok = kith_store_mark_wipe (self, error);
  self->dropped = self->forgot = FALSE;
  if (ok && kith_db_transaction_commit (transaction, error))
    {
      empty_log (self);
      kith_store_remove_doomed (self);
      kith_store_announce (self);
      return TRUE;
    }
  kith_db_rollback (self->db);
  g_hash_table_remove_all (self->changed);
  g_ptr_array_set_size (self->outcomes, 0);
  g_ptr_array_set_size (self->doomed, 0);
  self->running = 0;
  self->purged = FALSE;
  self->unwritten = self->loaded;
  kith_store_load_state (self, NULL);
  return FALSE;
}
