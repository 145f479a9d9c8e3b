/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* Moves the import that is running: a little at a time on the store's thread, again whenever the hub has answered. There is one for the
 * whole window, so that an import goes on whatever page is shown, and after a restart. Signal "moved": counts may be others now. */
#define KITH_TYPE_IMPORTER (kith_importer_get_type ())
G_DECLARE_FINAL_TYPE (KithImporter, kith_importer, KITH, IMPORTER, GObject)

KithImporter *kith_importer_get (KithContext *context); /* (transfer none): the context's */
void kith_importer_wake (KithImporter *self);           /* there may be something to do */

G_END_DECLS
