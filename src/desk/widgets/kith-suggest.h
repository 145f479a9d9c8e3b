/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* An entry row that searches one kind while one types and shows up to six hits as rows below, in place: nothing pops up.
 * Down goes into the hits, Enter takes the first. Signal "picked" (KithRow). */
#define KITH_TYPE_SUGGEST (kith_suggest_get_type ())
G_DECLARE_FINAL_TYPE (KithSuggest, kith_suggest, KITH, SUGGEST, AdwBin)

typedef void (*KithSuggestDescribe) (KithRow *row, AdwActionRow *line); /* title, subtitle, suffixes */

GtkWidget *kith_suggest_new (KithContext *context, const char *kind, const char *title, KithSuggestDescribe describe);
void kith_suggest_clear (KithSuggest *self);
void kith_suggest_set_text (KithSuggest *self, const char *text);
const char *kith_suggest_get_text (KithSuggest *self);

G_END_DECLS
