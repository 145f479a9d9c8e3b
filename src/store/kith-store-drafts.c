/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What somebody is typing, what they opened last, and the nightly tidying up. */

#include "kith-store-private.h"

#define ARCHIVE_MS (30 * G_TIME_SPAN_DAY / 1000)

/**
 * kith_store_save_draft:
 * @key: which form: "note:referral:0197…"
 * @scope: (nullable): scope of the record it is about; when that is taken away the draft can no longer be sent
 * @draft: (nullable): NULL drops it
 */
gboolean
kith_store_save_draft (KithStore *self, const char *key, const char *scope, JsonObject *draft, GError **error)
{
  g_autofree char *text = NULL;

  if (draft == NULL)
    return kith_db_run (self->db, error, "draft-drop", "s", key);
  text = kith_json_print_object (draft);
  return kith_db_run (self->db, error, "draft-save", "sssi", key, scope, text, kith_clock_wall_ms (self->clock));
}

JsonObject *
kith_store_load_draft (KithStore *self, const char *key, gint64 *saved_ms, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "draft-load", error);

  if (stmt == NULL)
    return NULL;
  kith_db_bind_text (stmt, 1, key);
  if (kith_db_step (stmt, error) != KITH_DB_ROW)
    return NULL;
  if (saved_ms != NULL)
    *saved_ms = kith_db_int (stmt, 1);
  return kith_json_parse_object (kith_db_text (stmt, 0), -1, NULL, error);
}

GPtrArray *
kith_store_list_unsendable (KithStore *self, GError **error)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "drafts-unsendable", error);
  KithDbStep step;

  if (stmt == NULL)
    return NULL;
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    g_ptr_array_add (drafts, kith_json_new ("key", "s", kith_db_text (stmt, 0), "draft", "o", kith_store_parse_args (kith_db_text (stmt, 1)),
                                            "at", "i", kith_db_int (stmt, 2), "expires", "i", kith_db_int (stmt, 3), NULL));
  return step == KITH_DB_DONE ? g_steal_pointer (&drafts) : NULL;
}

gboolean
kith_store_note_opened (KithStore *self, const char *kind, const char *id, GError **error)
{
  return kith_db_run (self->db, error, "recent-note", "ssi", kind, id, kith_clock_wall_ms (self->clock)) &&
         kith_db_run (self->db, error, "recent-trim", "s", kind);
}

/**
 * kith_store_tidy:
 *
 * Nightly, after a pull: drops what the archive has kept for 30 days, and what of taken-away records was kept for seven, both by the hub's clock
 * (sync.md 2.9): a wall clock that jumps takes nothing away.
 */
gboolean
kith_store_tidy (KithStore *self, GError **error)
{
  gint64 now = kith_store_hub_ms (self);
  g_autofree char *old = kith_time_format (now - ARCHIVE_MS);
  g_autoptr (KithDbTransaction) transaction = kith_db_transaction_begin (self->db, error);
  gint64 over = 0;

  if (transaction == NULL || !kith_db_fetch_int (self->db, &over, error, "unsendable-over", "i", now))
    return FALSE;
  self->dropped = over != 0;
  return kith_store_end (self, transaction,
                         kith_db_run (self->db, error, "import-prune", "s", old) && kith_db_run (self->db, error, "import-prune-choices", "s", old) &&
                             kith_db_run (self->db, error, "import-prune-jobs", "s", old) &&
                             kith_db_run (self->db, error, "op-prune", "ii", now - ARCHIVE_MS, now) &&
                             kith_db_run (self->db, error, "op-row-prune", "") &&
                             kith_db_run (self->db, error, "op-scope-prune", "") &&
                             kith_db_run (self->db, error, "drafts-expire", "i", now) && kith_store_drop_unused_files (self, error),
                         error);
}
