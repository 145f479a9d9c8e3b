/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-form.h"

G_BEGIN_DECLS

/* An agency's spreadsheet becomes clients: choose the file, say what its columns hold, see what would come in, import, and take it back
 * if it was wrong. What runs goes on without this form. */
#define KITH_TYPE_IMPORT_FORM (kith_import_form_get_type ())
G_DECLARE_FINAL_TYPE (KithImportForm, kith_import_form, KITH, IMPORT_FORM, KithForm)

GtkWidget *kith_import_form_new (KithContext *context);
void kith_import_form_open (KithImportForm *self, const char *path); /* as if that file had been chosen */

G_END_DECLS
