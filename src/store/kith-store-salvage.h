/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-store.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean opened;  /* something could be read at all */
  guint ops;        /* what a person did and was not sent; that they read something goes along uncounted */
  guint attention;  /* what the hub had answered, and they have not dealt with */
  guint drafts, files;
  guint unreadable; /* operations that are there, and whose words are not */
  guint bare;       /* files of which the line is there and not the bytes */
  guint imports;    /* lists that were coming in: their rows are not taken over, the file is chosen again */
  gboolean cut;     /* it could not be looked through to the end: there may have been more */
} KithSalvaged;

/* Into a store that is new, or has it in part already: what was not sent yet in the damaged one of the same person, in folder. hub_n: the last operation of
 * that one's lane the hub knows of: what it took beyond (before it was put back from a copy that says nothing of it) is sent again; G_MAXINT64: the hub does
 * not say. FALSE: the new one could not be written. */
gboolean kith_store_salvage (KithStore *self, const char *folder, const guint8 *key, gint64 hub_n, KithSalvaged *salvaged, GError **error);

G_END_DECLS
