/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Rows of an import that may be somebody who is here, each beside who it may be, to be decided on one by one. Hidden while there is none.
 * Signal "decided": the counts may be others now. */
#define KITH_TYPE_IMPORT_MAYBES (kith_import_maybes_get_type ())
G_DECLARE_FINAL_TYPE (KithImportMaybes, kith_import_maybes, KITH, IMPORT_MAYBES, AdwBin)

GtkWidget *kith_import_maybes_new (KithContext *context);
/* Reads them anew. before: nothing is imported yet, so that what was said last can be taken back. */
void kith_import_maybes_look (KithImportMaybes *self, const char *id, gboolean before);
void kith_import_maybes_choose (KithImportMaybes *self, guint i); /* 0: same person, 1: different, of the one that has the focus; 2: takes back what was said last */

G_END_DECLS
