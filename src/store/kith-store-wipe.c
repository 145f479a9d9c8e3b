/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What deleting leaves behind in the file, and taking it away for good (sync.md 2.3, I6).
 *
 * secure_delete overwrites a row where it lies when it is deleted. But when SQLite shares the cells of a page out anew, because rows
 * before or behind it came or went, the bytes of those that moved stay in the gap of their former page, and nothing tells where that was. So
 * whatever takes a row away for good puts a mark into the file, in its own transaction; as long as that stands, a rewriting of all pages is due. */

#include "kith-store-private.h"

#define SMALL_BYTES (8 * 1024 * 1024) /* rewritten in about a quarter of a second */

/* In the transaction that takes away. */
gboolean
kith_store_mark_wipe (KithStore *self, GError **error)
{
  if (self->wipe_due)
    return TRUE;
  self->wipe_due = TRUE; /* read again should the transaction fail */
  return kith_store_set_state_int (self, "wipe", 1, error);
}

/**
 * kith_store_get_wipe:
 *
 * Whether kith_store_wipe() is due, and if so whether it is short enough to be done between two things, or keeps the store's thread for
 * seconds and wants a quiet moment.
 */
KithWipe
kith_store_get_wipe (KithStore *self)
{
  if (!self->wipe_due)
    return KITH_WIPE_NONE;
  return kith_db_get_size (self->db) <= SMALL_BYTES ? KITH_WIPE_SHORT : KITH_WIPE_LONG;
}

/**
 * kith_store_wipe:
 *
 * Rewrites every page and empties the log, if that is due: what was forgotten is in no page any more, used or free. Readers go on meanwhile.
 * The mark goes last, so that being killed at any moment means that it is done once more. Errors: what the database failed with, among
 * it a full disk (room for the file once more is needed) and a reader that kept the log from being emptied; nothing is lost then, and
 * it stays due.
 */
gboolean
kith_store_wipe (KithStore *self, GError **error)
{
  if (!self->wipe_due)
    return TRUE;
  if (!kith_db_rewrite (self->db, error) || !kith_db_run (self->db, error, "state-drop", "s", "wipe"))
    return FALSE;
  self->wipe_due = FALSE;
  return TRUE;
}
