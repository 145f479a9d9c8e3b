/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* An entry row that searches while one types and shows up to six hits as rows below, in place: nothing pops up.
 * Down goes into the hits, Enter takes the first. Signals: "picked": the hit, a GObject of what is
 * searched; "changed": somebody typed; "shown": other hits stand there. */
#define KITH_TYPE_SUGGEST (kith_suggest_get_type ())
G_DECLARE_FINAL_TYPE (KithSuggest, kith_suggest, KITH, SUGGEST, AdwBin)

/* What is searched: finish gives the hits, (element-type GObject), or NULL with an error: not wanted any more, or it could not be searched. user_data is the
 * KithSuggest that asks, so that a source finds out where it stands. */
typedef struct
{
  void (*search) (KithContext *context, const char *what, const char *text, guint limit, GCancellable *cancellable,
                  GAsyncReadyCallback callback, gpointer user_data);
  GPtrArray *(*finish) (GObject *source, GAsyncResult *result, GError **error);
} KithSuggestSource;

typedef void (*KithSuggestDescribe) (KithContext *context, gpointer hit, AdwActionRow *line); /* title, subtitle, suffixes */

GtkWidget *kith_suggest_new (KithContext *context, const char *kind, const char *title, KithSuggestDescribe describe); /* records of a kind: hits are KithRow */
GtkWidget *kith_suggest_new_from (KithContext *context, const KithSuggestSource *source, const char *title, KithSuggestDescribe describe);
void kith_suggest_offer_at_once (KithSuggest *self);
gboolean kith_suggest_offers_at_once (KithSuggest *self);
void kith_suggest_search (KithSuggest *self); /* again, with what is typed: the source would find otherwise now */
void kith_suggest_clear (KithSuggest *self);
void kith_suggest_set_text (KithSuggest *self, const char *text);
void kith_suggest_type (KithSuggest *self, const char *text); /* as if somebody had typed it */
const char *kith_suggest_get_text (KithSuggest *self);

G_END_DECLS
