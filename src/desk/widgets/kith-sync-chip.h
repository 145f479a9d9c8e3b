/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* Where this computer stands with the hub, in a glyph and words: in every header. Green only after the hub's acknowledgement.
 * Pressed, it opens Needs attention. Set the property "context". */
#define KITH_TYPE_SYNC_CHIP (kith_sync_chip_get_type ())
G_DECLARE_FINAL_TYPE (KithSyncChip, kith_sync_chip, KITH, SYNC_CHIP, AdwBin)

void kith_sync_chip_set_context (KithSyncChip *self, KithContext *context);
/* The words alone, for tests. */
char *kith_sync_words (KithSyncState state, guint waiting, guint attention, gboolean filling, gint64 last_contact_ms, gint64 offline_since_ms, gint64 now_ms,
                       const char **icon_name, const char **tone);
char *kith_sync_next_words (gint64 next_ms, gint64 now_ms); /* "Next try in 40 s; Ctrl+R asks the hub now." next_ms 0: it does not try by itself. Yours */
gboolean kith_sync_chip_get_compact (KithSyncChip *self);
void kith_sync_chip_set_compact (KithSyncChip *self, gboolean compact); /* few words, for a header that has more in it */

G_END_DECLS
