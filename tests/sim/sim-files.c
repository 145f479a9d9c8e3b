/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include <glib/gstdio.h>
#include <string.h>

#include "kith-store-file.h"

/* The bytes of attached files, in some of the seeds: in parts over a network that drops, cuts and doubles, to whoever may see the document and to
 * nobody else (I5), gone with it (I6), whole at the hub in the end (I1, I2), and nothing there that no document names. What is in a file follows
 * from its document's id: whoever has it, it can be said whether it is right. */

#define LONG_PER_MILLE 250 /* of more than one part */

struct _SimFiles
{
  char *folder;
  GHashTable *sizes; /* document → bytes */
};

static SimFiles *
files_of (Sim *self)
{
  if (self->files == NULL)
    {
      g_autoptr (GError) error = NULL;

      self->files = g_new0 (SimFiles, 1);
      self->files->folder = g_dir_make_tmp ("kith-sim-files-XXXXXX", &error);
      g_assert_no_error (error);
      self->files->sizes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    }
  return self->files;
}

static void
drop_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      if (g_file_test (file, G_FILE_TEST_IS_DIR))
        drop_folder (file);
      else
        g_unlink (file);
    }
  g_rmdir (path);
}

void
sim_files_free (SimFiles *self)
{
  drop_folder (self->folder);
  g_free (self->folder);
  g_hash_table_unref (self->sizes);
  g_free (self);
}

/* ---- where they lie ---- */

static char *
folder_of_desk (SimDesk *desk)
{
  g_autofree char *name = g_strdup_printf ("desk-%u", desk->index);

  return g_build_filename (files_of (desk->sim)->folder, name, NULL);
}

/* The desk's store was opened. */
void
sim_files_open (SimDesk *desk)
{
  g_autofree char *folder = NULL;
  g_autoptr (GError) error = NULL;

  if (!desk->sim->faults.files)
    return;
  folder = folder_of_desk (desk);
  if (!kith_store_set_files (desk->store, folder, &error))
    g_error ("a desk has no folder for files: %s", error->message);
}

/* A hub that is put back has another. */
char *
sim_files_hub (Sim *self)
{
  g_autofree char *name = NULL;
  char *folder;

  if (!self->faults.files)
    return NULL;
  name = g_strdup_printf ("hub-%u", self->hub_life);
  folder = g_build_filename (files_of (self)->folder, name, NULL);
  g_mkdir (folder, 0700);
  return folder;
}

/* ---- what is in them ---- */

static guint8 *
make_content (const char *document, gsize size)
{
  g_autoptr (KithRandom) random = kith_random_new_seeded (g_str_hash (document));
  guint8 *content = g_malloc (size);

  kith_random_bytes (random, content, size);
  return content;
}

static void
make (SimDesk *desk, JsonObject *args, const char *path, KithStoreFile *file)
{
  Sim *self = desk->sim;
  const char *document = kith_json_string (args, "id");
  gsize size = sim_chance (self, LONG_PER_MILLE) ? KITH_BLOB_PART + 1 + sim_below (self, KITH_BLOB_PART) : 1 + sim_below (self, 3000);
  g_autofree guint8 *content = make_content (document, size);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (content, (gssize) size, NULL);
  g_autoptr (GError) error = NULL;

  kith_blob_new_key (file->key);
  if (!kith_blob_take (stream, path, file->key, (gint64) size, &file->size, &file->sha256, NULL, &error))
    g_error ("a file cannot be kept: %s", error->message);
  json_object_set_int_member (args, "size", file->size);
  json_object_set_string_member (args, "sha256", file->sha256);
  g_hash_table_insert (files_of (self)->sizes, g_strdup (document), GUINT_TO_POINTER (size));
}

/* As the window does: it lies in the folder before its document is, and goes when that is refused. */
void
sim_files_attach (SimDesk *desk, JsonObject *args, const char *mark)
{
  g_autofree char *path = kith_store_file_path (desk->store, kith_json_string (args, "id"));
  g_auto (KithStoreFile) file = { 0 };

  make (desk, args, path, &file);
  desk->attaching = &file;
  if (!sim_desk_submit (desk, "document.attach", args, mark, sim_chance (desk->sim, 300) ? 8000 : 0))
    g_unlink (path);
  desk->attaching = NULL;
}

static gboolean
is_part (Sim *self, const char *document, gint64 at, GBytes *part)
{
  gsize size = GPOINTER_TO_UINT (g_hash_table_lookup (files_of (self)->sizes, document)), length;
  const guint8 *bytes = g_bytes_get_data (part, &length);
  g_autofree guint8 *content = make_content (document, size);

  return at >= 0 && (gsize) at + length <= size && memcmp (content + at, bytes, length) == 0;
}

/* ---- people look at them ---- */

static void
collect_cb (gpointer data, gpointer user_data)
{
  if (kith_record_string (data, "removed_at") == NULL)
    g_ptr_array_add (user_data, g_strdup (kith_record_get_id (data)));
}

static const char *
path_of (KithRecord *document, char **path)
{
  *path = g_strdup_printf (KITH_PATH_BLOB "%s?document=%s", kith_record_string (document, "sha256"), kith_record_get_id (document));
  return *path;
}

/* Whoever asks by name and hash for one that their desk has never heard of, or sends one in somebody else's name: a desk that is not what it should be.
 * What comes back sim_files_check_answer() looks at. */
static void
forge (SimDesk *desk, KithRecord *document)
{
  Sim *self = desk->sim;
  gboolean put = sim_chance (self, 300);
  g_autofree char *whole = NULL;
  g_autofree char *range = put ? g_strdup_printf ("bytes 0-%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, kith_record_int (document, "size") - 1,
                                                  kith_record_int (document, "size"))
                               : g_strdup ("bytes=0-262143");
  g_autofree guint8 *content = g_malloc0 ((gsize) kith_record_int (document, "size"));
  g_autoptr (GBytes) body = put ? g_bytes_new (content, (gsize) kith_record_int (document, "size")) : NULL;
  g_auto (KithHubAnswer) answer = { 0 };

  if (desk->token == NULL || (put && kith_record_is (document, "by", desk->person->id)) ||
      !sim_hub_ask (self, desk, put ? "PUT" : "GET", path_of (document, &whole), desk->token, body, range, &answer))
    return;
  if (put && answer.status == 200)
    sim_fail (self, "I5", "desk %u sent bytes for a document of somebody else", desk->index);
}

/* Somebody who has the document and not its bytes; else whoever has it. */
static SimDesk *
find_reader (Sim *self, const char *id)
{
  guint first = sim_below (self, self->desks->len);
  SimDesk *has = NULL;

  for (guint i = 0; i < self->desks->len; i++)
    {
      SimDesk *desk = self->desks->pdata[(first + i) % self->desks->len];
      g_autofree char *path = kith_store_file_path (desk->store, id);

      if (desk->closed || desk->damage != NULL || !sim_desk_holds (desk, "document", id))
        continue;
      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        return desk;
      has = desk;
    }
  return has;
}

void
sim_files_look (SimDesk *desk)
{
  Sim *self = desk->sim;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (KithRecord) document = NULL;
  g_autoptr (GError) error = NULL;
  const char *id;
  gboolean here;

  all = g_ptr_array_new_with_free_func (g_free);
  kith_memory_world_foreach (self->mirror, "document", collect_cb, all);
  id = sim_pick (self, all);
  if (id == NULL)
    return;
  if (sim_chance (self, 300))
    {
      document = kith_world_get (KITH_WORLD (self->mirror), "document", id, NULL);
      forge (desk, document);
    }
  else if ((desk = find_reader (self, id)) != NULL)
    {
      self->n_looked += kith_store_want_file (desk->store, id, &here, &error);
      kith_sync_engine_nudge (desk->engine);
      desk->dirty = TRUE;
    }
}

static void
look_at_all (SimDesk *desk, GPtrArray *all)
{
  for (guint i = 0; i < all->len; i++)
    {
      g_autoptr (GError) error = NULL;
      gboolean here;

      if (sim_desk_holds (desk, "document", all->pdata[i]) && !kith_store_want_file (desk->store, all->pdata[i], &here, &error))
        sim_fail (desk->sim, "files", "desk %u may not look at %s: %s", desk->index, (char *) all->pdata[i], error->message);
    }
  kith_sync_engine_nudge (desk->engine);
  sim_network_pump (desk);
}

/* All is quiet: what the hub has whole comes to everybody who may see it. */
void
sim_files_look_at_all (Sim *self)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_free);

  kith_memory_world_foreach (self->mirror, "document", collect_cb, all);
  for (guint i = 0; i < self->desks->len && self->failure == NULL; i++)
    if (!((SimDesk *) self->desks->pdata[i])->closed)
      look_at_all (self->desks->pdata[i], all);
}

/* ---- what must hold ---- */

/* document (nullable): as its reader has it. */
static gboolean
may_read_as (SimDesk *desk, KithRecord *document, gint64 at_ms)
{
  g_autofree char *scope = document != NULL ? kith_record_scope (document) : NULL;

  return document != NULL && kith_record_string (document, "removed_at") == NULL && kith_oracle_visible (desk->sim->oracle, desk->person->id, scope, at_ms);
}

static gboolean
may_read (SimDesk *desk, const char *id, gint64 at_ms)
{
  g_autoptr (KithRecord) document = kith_world_get (KITH_WORLD (desk->sim->mirror), "document", id, NULL);

  return may_read_as (desk, document, at_ms);
}

/* I5: an answer of the hub with bytes in it. */
void
sim_files_check_answer (SimDesk *desk, const char *path, const char *range, GBytes *body)
{
  Sim *self = desk->sim;
  const char *id = strstr (path, "document=");
  gint64 at = -1;

  if (id == NULL || body == NULL)
    return;
  id += strlen ("document=");
  if (range != NULL && g_str_has_prefix (range, "bytes="))
    at = g_ascii_strtoll (range + strlen ("bytes="), NULL, 10);
  self->n_parts++;
  if (!may_read (desk, id, sim_wall (self)))
    sim_fail (self, "I5", "desk %u (%s) is sent bytes of document %s", desk->index, desk->person->login, id);
  else if (!is_part (self, id, at, body))
    sim_fail (self, "I1", "desk %u is sent other bytes than were attached to %s", desk->index, id);
}

/* One's own that the hub has not all of stays (sync.md 2.3); so does what an operation that waits, or asks for attention, names. */
static gboolean
is_own_unsent (SimDesk *desk, const char *id)
{
  g_autofree char *own = NULL;

  sim_sql_text (kith_store_get_db (desk->store),
                "SELECT 1 FROM file f WHERE f.document = ?1 AND f.op_id IS NOT NULL AND (f.sent < f.size OR EXISTS (SELECT 1 FROM op o WHERE o.op_id = f.op_id AND "
                "(o.st <> 'done' OR o.attention = 1)) OR EXISTS (SELECT 1 FROM op_row r JOIN op o ON o.i = r.i WHERE r.id = f.document AND o.st <> 'done'))",
                id, &own);
  return own != NULL;
}

/* That it was removed is a row like any other: it comes in its turn, in a later page perhaps. */
static gboolean
is_shown (SimDesk *desk, const char *id)
{
  g_autoptr (KithRecord) document = sim_desk_get (desk, "document", id);

  return may_read_as (desk, document, sim_wall (desk->sim)) || may_read_as (desk, document, desk->answer_ms);
}

/* A removal that waits can still be undone. */
static gboolean
is_being_removed (SimDesk *desk, const char *id)
{
  g_autofree char *waits = NULL;

  sim_sql_text (kith_store_get_db (desk->store), "SELECT 1 FROM op_row r JOIN op o ON o.i = r.i WHERE r.id = ?1 AND o.st <> 'done'", id, &waits);
  return waits != NULL;
}

static gboolean
is_hidden (SimDesk *desk, const char *id)
{
  g_autofree char *hidden = NULL;

  sim_sql_text (kith_store_get_db (desk->store), "SELECT 1 FROM hidden_row WHERE id = ?1", id, &hidden);
  return hidden != NULL;
}

/* I6: what lies in a desk's folder. */
void
sim_files_check_purged (SimDesk *desk)
{
  Sim *self = desk->sim;
  g_autofree char *folder = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (!self->faults.files)
    return;
  folder = folder_of_desk (desk);
  dir = g_dir_open (folder, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *line = NULL;

      sim_sql_text (kith_store_get_db (desk->store), "SELECT 1 FROM file WHERE document = ?1", name, &line);
      if (line == NULL)
        sim_fail (self, "I6", "desk %u (%s) has bytes of %s, of which it knows nothing", desk->index, desk->person->login, name);
      else if (!is_shown (desk, name) && !is_own_unsent (desk, name) && !is_being_removed (desk, name) && !is_hidden (desk, name))
        sim_fail (self, "I6", "desk %u (%s) still has the bytes of document %s", desk->index, desk->person->login, name);
    }
}

/* ---- at the end ---- */

static void
check_line (SimDesk *desk, const char *id)
{
  Sim *self = desk->sim;
  g_auto (KithStoreFile) file = { 0 };
  g_autofree char *path = kith_store_file_path (desk->store, id);
  g_autoptr (GError) error = NULL;
  gboolean found = FALSE;

  g_autofree char *whole = NULL;

  if (!kith_store_get_file (desk->store, id, &file, &found, &error) || !found)
    return;
  sim_sql_text (kith_hub_get_db (self->hub), "SELECT 1 FROM blob WHERE document = ?1 AND whole = 1", id, &whole);
  if (!desk->closed && whole != NULL && file.have < file.size && may_read (desk, id, sim_wall (self)) && may_read (desk, id, desk->answer_ms))
    sim_fail (self, "I1", "desk %u has %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " bytes of document %s: %s", desk->index, file.have, file.size, id, file.failed);
  for (gint64 at = 0; at < file.have; at += KITH_BLOB_PART)
    {
      g_autoptr (GBytes) part = kith_blob_read (path, file.key, file.size, at, &error);

      if (part == NULL || !is_part (self, id, at, part))
        sim_fail (self, "I1", "desk %u has other bytes than were attached to %s: %s", desk->index, id, error != NULL ? error->message : "they differ");
      if (part == NULL)
        return;
    }
}

/* Whose computer is gone has taken with it what it had not sent. */
static gboolean
has_author (Sim *self, const char *id)
{
  for (guint d = 0; d < self->desks->len; d++)
    {
      SimDesk *desk = self->desks->pdata[d];
      g_autofree char *here = NULL;

      if (desk->closed)
        continue;
      sim_sql_text (kith_store_get_db (desk->store), "SELECT 1 FROM file WHERE document = ?1 AND sent IS NOT NULL", id, &here);
      if (here != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
check_at_hub_cb (gpointer data, gpointer user_data)
{
  Sim *self = user_data;
  const char *id = kith_record_get_id (data);
  g_autofree char *whole = NULL;

  if (kith_record_string (data, "removed_at") != NULL || !g_hash_table_contains (files_of (self)->sizes, id))
    return;
  sim_sql_text (kith_hub_get_db (self->hub), "SELECT 1 FROM blob WHERE document = ?1 AND whole = 1", id, &whole);
  if (whole == NULL && has_author (self, id))
    sim_fail (self, "I2", "the bytes of document %s never came to the hub", id);
}

/* Nothing lies there that no document names. */
static void
check_folder (Sim *self)
{
  g_autofree char *folder = sim_files_hub (self);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autoptr (KithRecord) document = kith_world_get (KITH_WORLD (self->mirror), "document", name, NULL);

      if (document == NULL || kith_record_string (document, "removed_at") != NULL)
        sim_fail (self, "I6", "the hub keeps bytes of %s, which is no document any more", name);
    }
}

/* After the hub's clock has had its turn. */
void
sim_files_check_end (Sim *self)
{
  if (!self->faults.files)
    return;
  for (guint i = 0; i < self->desks->len && self->failure == NULL; i++)
    {
      SimDesk *desk = self->desks->pdata[i];
      g_autoptr (GError) error = NULL;
      g_autoptr (KithDbStmt) stmt = kith_db_prepare (kith_store_get_db (desk->store), "SELECT document FROM file", &error);

      while (stmt != NULL && kith_db_step (stmt, &error) == KITH_DB_ROW)
        check_line (desk, kith_db_text (stmt, 0));
    }
  kith_memory_world_foreach (self->mirror, "document", check_at_hub_cb, self);
  check_folder (self);
}
