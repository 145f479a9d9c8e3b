/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* The switch for direct referrals of one service (D4), for those who may say so: what it means, and who is told of what comes, or that nobody would be. */
#define KITH_TYPE_DIRECT_ROW (kith_direct_row_get_type ())
G_DECLARE_FINAL_TYPE (KithDirectRow, kith_direct_row, KITH, DIRECT_ROW, AdwBin)

GtkWidget *kith_direct_row_new (KithContext *context);
void kith_direct_row_show (KithDirectRow *self, const char *service, const char *agency, const char *name, gboolean direct, gboolean active);
gboolean kith_direct_row_enter (KithDirectRow *self); /* FALSE: it is not there */

G_END_DECLS
