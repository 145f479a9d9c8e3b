/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hub-private.h"

#include "kith-hub-sql.h"

#include <glib/gi18n.h>

#define DEFAULT_VERIFY_SCOPES 2000
#define DEFAULT_TOKEN_MINUTES 10
#define DEFAULT_KEEP_DAYS 400
#define DEFAULT_AGENCY_FILES (G_GINT64_CONSTANT (10) << 30)
#define DEFAULT_LOOKUPS 12 /* a list of everybody is not to be had by patience */
#define DEFAULT_LOOKUP_MOST 1000

/* Of text: what one operation reads again and again, and those around it. Parsed it is ten times as much: more lies outside of the processor's
 * own memory, and to let go of it there costs more than to parse anew. */
#define PARSED_BYTES (128 * 1024)

/**
 * kith_hub_open_db:
 * @path: the file, or with @memory the name of a database in memory
 * @key: (nullable): 32 bytes
 *
 * Opens a database the way a hub needs it. Another process that serves or works on the same file makes it
 * KITH_DB_ERROR_IN_USE.
 *
 * Returns: (transfer full): the connection
 */
KithDb *
kith_hub_open_db (const char *path, gboolean memory, const guint8 *key, GError **error)
{
  const KithDbOptions options = { .path = path, .memory = memory, .key = key, .queries = KITH_HUB_QUERIES };

  kith_hub_sql_get_resource ();
  return kith_db_open (&options, error);
}

/**
 * kith_hub_random_hex:
 *
 * Returns: (transfer full): two digits a byte, of the hub's random source: what tokens and secrets are made of
 */
char *
kith_hub_random_hex (KithHub *self, gsize n_bytes)
{
  g_autofree guint8 *bytes = g_malloc (n_bytes);
  GString *text = g_string_new (NULL);

  kith_random_bytes (self->random, bytes, n_bytes);
  for (gsize i = 0; i < n_bytes; i++)
    g_string_append_printf (text, "%02x", bytes[i]);
  return g_string_free (text, FALSE);
}

static void
clear_marks (KithHubMarks *marks)
{
  g_clear_pointer (&marks->opened, g_array_unref);
  g_clear_pointer (&marks->closed, g_array_unref);
}

static void
touch_free (gpointer data)
{
  KithHubTouch *touch = data;

  g_free (touch->id);
  g_free (touch->scope);
  g_clear_object (&touch->before);
  g_clear_object (&touch->after);
  g_free (touch);
}

/* What everybody holds from the start, though no operation touched it: the directory. */
static gboolean
settle_fixed (KithHub *self, GError **error)
{
  gint64 q;

  if (self->q > 0 || self->options.reader)
    return TRUE;
  if (!kith_hub_begin (self, error))
    return FALSE;
  if (kith_hub_settle_subject (self, "dir", error) && kith_hub_stamp (self, &q, error) && kith_hub_commit (self, error))
    return TRUE;
  kith_hub_rollback (self);
  return FALSE;
}

KithHub *
kith_hub_new (KithDb *db, KithClock *clock, KithRandom *random, const KithHubOptions *options, GError **error)
{
  g_autoptr (KithHub) self = g_new0 (KithHub, 1);

  kith_kinds_register ();
  self->db = db;
  self->clock = g_object_ref (clock);
  self->random = random;
  if (options != NULL)
    self->options = *options;
  if (self->options.page_rows == 0)
    self->options.page_rows = KITH_LIMIT_PAGE_ROWS;
  if (self->options.page_bytes == 0)
    self->options.page_bytes = KITH_LIMIT_PAGE_BYTES;
  if (self->options.verify_scopes == 0)
    self->options.verify_scopes = DEFAULT_VERIFY_SCOPES;
  if (self->options.token_minutes == 0)
    self->options.token_minutes = DEFAULT_TOKEN_MINUTES;
  if (self->options.lookups == 0)
    self->options.lookups = DEFAULT_LOOKUPS;
  if (self->options.lookup_most == 0)
    self->options.lookup_most = DEFAULT_LOOKUP_MOST;
  if (self->options.keep_days == 0)
    self->options.keep_days = DEFAULT_KEEP_DAYS;

  self->files = g_strdup (self->options.files);
  self->options.files = NULL; /* the caller's */
  self->files_stale = self->files != NULL;
  if (self->options.agency_files == 0)
    self->options.agency_files = DEFAULT_AGENCY_FILES;

  self->touches = g_ptr_array_new_with_free_func (touch_free);
  self->grants.opened = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->grants.closed = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->members.opened = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->members.closed = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->parsed = kith_record_cache_new (PARSED_BYTES);
  self->tables = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, (GDestroyNotify) kith_hub_table_free);
  self->troubles = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->calm_lanes = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->fills = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) kith_hub_fill_free);
  self->poked_scopes = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->lookups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->verifies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->put_aside = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->handles = kith_hub_handles_new ();
  self->told = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->waits = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->late_seen = self->late_acked = -1;
  self->due_most = 20;
  self->world = kith_hub_world_new (self);

  if (!kith_db_migrate (db, KITH_HUB_SQL, error) || !kith_hub_make_tables (self, error) || !kith_hub_read_life (self, error) ||
      !kith_hub_read_time (self, error) || !settle_fixed (self, error) ||
      !kith_hub_read_next_end (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * kith_hub_free:
 * @self: (nullable) (transfer full): on its own thread; a transaction under way is rolled back, the database closed. The random source is the
 *   caller's.
 */
void
kith_hub_free (KithHub *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->world);
  g_clear_pointer (&self->touches, g_ptr_array_unref);
  clear_marks (&self->grants);
  clear_marks (&self->members);
  g_clear_pointer (&self->tables, g_hash_table_unref);
  g_clear_pointer (&self->parsed, kith_record_cache_free);
  g_clear_pointer (&self->troubles, g_hash_table_unref);
  g_clear_pointer (&self->calm_lanes, g_hash_table_unref);
  g_clear_error (&self->read_failure);
  g_clear_pointer (&self->fills, g_hash_table_unref);
  g_clear_pointer (&self->told, g_hash_table_unref);
  g_clear_pointer (&self->waits, g_hash_table_unref);
  g_clear_pointer (&self->lookups, g_hash_table_unref);
  g_clear_pointer (&self->verifies, g_hash_table_unref);
  g_clear_pointer (&self->put_aside, g_hash_table_unref);
  g_clear_pointer (&self->handles, g_hash_table_unref);
  g_clear_pointer (&self->pokes, kith_hub_pokes_free);
  g_clear_pointer (&self->poked_scopes, g_hash_table_unref);
  for (guint i = 0; i < KITH_HUB_LISTS; i++)
    g_free (self->rounds[i].after);
  g_clear_pointer (&self->db, kith_db_close);
  g_clear_object (&self->clock);
  g_free (self->epoch);
  g_free (self->run);
  g_free (self->next_run);
  g_free (self->due_after);
  g_strfreev (self->former);
  g_free (self->secret);
  g_free (self->files);
  g_free (self->translations);
  g_free (self);
}

/**
 * kith_hub_get_db:
 *
 * Returns: (transfer none): the one writing connection. What is written through it past the operations gets no q and reaches nobody.
 */
KithDb *
kith_hub_get_db (KithHub *self)
{
  return self->db;
}

/**
 * kith_hub_get_epoch:
 *
 * Returns: (transfer none): which life of the database this is: a desktop that met another one begins anew
 */
const char *
kith_hub_get_epoch (KithHub *self)
{
  return self->epoch;
}

gint64
kith_hub_get_q (KithHub *self)
{
  return self->q;
}

KithWorld *
kith_hub_get_world (KithHub *self)
{
  return self->world;
}

/* Fill order (sync.md 2.7): what the windows need first, and few rows, comes first. */
static gint64
priority_of (const char *scope)
{
  static const struct
  {
    const char *prefix;
    gint64 priority;
  } table[] = {
    { "user:", 0 }, { "agency:", 0 }, { "network", 0 }, { "account:", 0 }, { "dir", 1 },
    { "referral:", 3 }, { "referral_course:", 3 }, { "referral_detail:", 3 }, { "referral_health:", 3 }, { "referral_own:", 3 }, { "queue:", 3 }, { "service:", 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_str_has_prefix (scope, table[i].prefix))
      return table[i].priority;
  return 4;
}

gboolean
kith_hub_scope_number (KithHub *self, const char *name, gboolean make, gint64 *sid, GError **error)
{
  *sid = 0;
  if (!kith_db_fetch_int (self->db, sid, error, "scope-find", "s", name))
    return FALSE;
  if (*sid != 0 || !make)
    return TRUE;
  return kith_db_run (self->db, error, "scope-new", "si", name, priority_of (name)) &&
         kith_db_fetch_int (self->db, sid, error, "scope-find", "s", name);
}

/**
 * kith_hub_principal_number:
 * @make: whether a name that is new gets a number; in a transaction then
 * @pid: (out): 0: it has none
 */
gboolean
kith_hub_principal_number (KithHub *self, const char *name, gboolean make, gint64 *pid, GError **error)
{
  *pid = 0;
  if (!kith_db_fetch_int (self->db, pid, error, "principal-find", "s", name))
    return FALSE;
  if (*pid != 0 || !make)
    return TRUE;
  return kith_db_run (self->db, error, "principal-new", "s", name) &&
         kith_db_fetch_int (self->db, pid, error, "principal-find", "s", name);
}

/**
 * kith_hub_load_actor:
 *
 * Returns: (transfer full) (nullable): the person as the staff record stands now, active or not; NULL with G_IO_ERROR_NOT_FOUND
 *   when there is none
 */
KithActor *
kith_hub_load_actor (KithHub *self, const char *user, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (KithRecord) staff = kith_world_get (self->world, "staff", user, &local);
  g_autoptr (KithRecord) settings = NULL;
  g_autoptr (KithRecord) organization = NULL;
  g_autoptr (GPtrArray) services = NULL;
  const char *agency;

  if (staff == NULL)
    {
      if (local != NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      else
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no such person.");
      return NULL;
    }
  agency = kith_record_string (staff, "agency");
  services = kith_world_find (self->world, NULL, "staff_service", "staff", user, NULL, &local);
  if (local == NULL && agency != NULL)
    {
      g_autofree char *settings_id = kith_id_natural ("agency_settings", agency);
      settings = kith_world_get (self->world, "agency_settings", settings_id, &local);
      if (local == NULL)
        organization = kith_world_get (self->world, "organization", agency, &local);
    }
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return kith_actor_new_for_staff (staff, services, settings, organization);
}

gboolean
kith_hub_user_sees (KithHub *self, const char *user, const char *scope, gboolean *sees, GError **error)
{
  KithHubPaths paths = { 0 };
  gint64 sid;

  *sees = FALSE;
  if (!kith_hub_scope_number (self, scope, FALSE, &sid, error))
    return FALSE;
  if (sid != 0 && !kith_hub_paths (self, sid, user, 0, 0, &paths, error))
    return FALSE;
  *sees = paths.open;
  return TRUE;
}
