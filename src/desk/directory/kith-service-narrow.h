/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"
#include "widgets/kith-suggest.h"

G_BEGIN_DECLS

/* Below an entry that searches services in place: only those with places free now, and the directory's filters. Whoever sends and whoever takes a
 * call look for services with the same. Signal "changed". */
#define KITH_TYPE_SERVICE_NARROW (kith_service_narrow_get_type ())
G_DECLARE_FINAL_TYPE (KithServiceNarrow, kith_service_narrow, KITH, SERVICE_NARROW, AdwBin)

GtkWidget *kith_service_narrow_new (KithContext *context);
void kith_service_narrow_set_birth (KithServiceNarrow *self, const char *birth);
void kith_service_narrow_set_home (KithServiceNarrow *self, const char *postal_code, const char *city);
void kith_service_narrow_search_async (KithServiceNarrow *self, const char *text, gboolean told, guint limit, GCancellable *cancellable, GAsyncReadyCallback callback,
                                       gpointer user_data); /* ends with kith_desktop_search_finish() */
void kith_service_narrow_follow (KithServiceNarrow *self, KithSuggest *suggest); /* what is typed where it is searched */
void kith_service_narrow_describe (KithContext *context, gpointer row, AdwActionRow *line); /* of what was found, as KithSuggestDescribe */

G_END_DECLS
