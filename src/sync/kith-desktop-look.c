/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is kept here is damaged, and shows it while everything is open: whatever is read next may be wrong and what is written lost, so the person is led to
 * sign in at once, where a new copy begins (kith-desktop-rescue.c). Once a week every page is read for it, those too that nobody asks for. */

#include "kith-desktop-session-private.h"

#include <string.h>

/* --- what was met --------------------------------------------------------------------------------------------------- */

static gboolean
damage_cb (gpointer data)
{
  KithDesktop *self = data;

  if (self->damage == NULL)
    {
      self->damage = g_strdup (kith_rescue_words ());
      g_object_notify (G_OBJECT (self), "damage");
    }
  return G_SOURCE_REMOVE;
}

void
kith_desktop_post_damage (KithDesktop *self)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, damage_cb, g_object_ref (self), g_object_unref);
  g_source_attach (source, self->main);
}

static void
meet (KithSession *self)
{
  if (self->damaged)
    return;
  self->damaged = TRUE;
  kith_rescue_note (self->folder);
  kith_desktop_post_damage (self->desktop);
}

static gpointer
met_job (gpointer data, GCancellable *cancellable, GError **error)
{
  KithDesktop *desktop = data;

  if (desktop->session != NULL)
    meet (desktop->session);
  return NULL;
}

void
kith_desktop_reader_met_damage (KithDesktop *self)
{
  kith_db_thread_run_async (self->worker, G_PRIORITY_HIGH, met_job, g_object_ref (self), g_object_unref, NULL, NULL, NULL);
}

/* --- an index that is not as it should be ----------------------------------------------------------------------------- */

/* On the worker. What it meets itself is not mended once more: the disk is full perhaps. */
static void
mend_indexes (KithSession *self)
{
  g_autoptr (GError) error = NULL;

  if (!kith_store_mend_indexes (self->store, &error))
    g_warning ("an index for searching could not be made anew: %s", error->message);
  kith_db_take_index_broken (kith_store_get_db (self->store));
}

gpointer
kith_desktop_mend_indexes_job (gpointer data, GCancellable *cancellable, GError **error)
{
  KithDesktop *desktop = data;

  if (desktop->session != NULL)
    mend_indexes (desktop->session);
  return NULL;
}

/* --- the look ------------------------------------------------------------------------------------------------------- */

struct _KithLook
{
  KithSession *session; /* NULL: it was closed */
  GThread *thread;
  GCancellable *cancellable;
  GMainContext *context;
  char *path;
  guint8 key[32];
  gboolean sound, damaged; /* neither: it was called off, or could not be done */
  gboolean index_broken;
};

static void
look_free (gpointer data)
{
  KithLook *self = data;

  explicit_bzero (self->key, sizeof self->key);
  g_object_unref (self->cancellable);
  g_main_context_unref (self->context);
  g_free (self->path);
  g_free (self);
}

static gboolean
looked_cb (gpointer data)
{
  KithLook *self = data;
  KithSession *session = self->session;

  if (session == NULL)
    return G_SOURCE_REMOVE;
  g_thread_join (self->thread);
  session->look = NULL;
  if (self->damaged)
    meet (session);
  else if (self->sound)
    {
      kith_store_note_looked (session->store, NULL);
      if (self->index_broken)
        mend_indexes (session);
    }
  return G_SOURCE_REMOVE;
}

/* The index for searching is made from what is read here: one that is not as it should be loses nothing. */
static gboolean
is_of_index (const char *said)
{
  return strstr (said, "inverted index") != NULL;
}

static void
take_finding (KithLook *self, const char *said)
{
  if (is_of_index (said))
    self->index_broken = TRUE;
  else if (!g_str_equal (said, "ok"))
    self->damaged = TRUE;
}

static void
look (KithLook *self)
{
  const KithDbOptions options = { .path = self->path, .key = self->key, .readonly = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDb) db = kith_db_open (&options, &error);
  g_autoptr (KithDbStmt) stmt = NULL;
  KithDbStep step;

  if (db != NULL)
    kith_db_set_cancellable (db, self->cancellable);
  stmt = db != NULL ? kith_db_prepare (db, "PRAGMA quick_check (20)", &error) : NULL;
  if (stmt == NULL)
    {
      self->damaged = kith_rescue_is_damage (error);
      return;
    }
  while ((step = kith_db_step (stmt, &error)) == KITH_DB_ROW)
    take_finding (self, kith_db_text (stmt, 0));
  self->damaged = self->damaged || kith_rescue_is_damage (error);
  self->sound = step == KITH_DB_DONE && !self->damaged;
}

static gpointer
look_thread (gpointer data)
{
  KithLook *self = data;
  g_autoptr (GSource) source = g_idle_source_new ();

  look (self);
  g_source_set_callback (source, looked_cb, self, look_free);
  g_source_attach (source, self->context);
  return NULL;
}

static void
begin_look (KithSession *self)
{
  KithLook *look = g_new0 (KithLook, 1);
  g_autoptr (KithSecret) key = kith_keyslots_database_key (self->data_key);

  look->session = self;
  look->cancellable = g_cancellable_new ();
  look->context = g_main_context_ref (kith_db_thread_get_context (self->desktop->worker));
  look->path = g_build_filename (self->folder, "store.db", NULL);
  memcpy (look->key, kith_secret_bytes (key), sizeof look->key);
  self->look = look;
  look->thread = g_thread_new ("kith-look", look_thread, look);
}

/* Before the store is closed. It reaches into the statement that runs. */
void
kith_session_end_look (KithSession *self)
{
  KithLook *look = g_steal_pointer (&self->look);

  if (look == NULL)
    return;
  g_cancellable_cancel (look->cancellable);
  g_thread_join (look->thread);
  look->session = NULL; /* freed where the main loop takes its answer */
}

void
kith_session_watch_file (KithSession *self)
{
  KithSyncState state = kith_sync_engine_get_state (self->engine);

  if (kith_db_take_index_broken (kith_store_get_db (self->store)))
    mend_indexes (self);
  if (kith_db_is_damaged (kith_store_get_db (self->store)))
    meet (self);
  else if (self->look == NULL && !self->damaged && (state == KITH_SYNC_IDLE || state == KITH_SYNC_OFFLINE) && kith_store_look_due (self->store))
    begin_look (self);
}
