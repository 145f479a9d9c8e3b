/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cases/kith-case-composer.h"

G_BEGIN_DECLS

/* One case: what comes next, who is on it, what is to be done and to be reached, and everything that happened. Follows changes.
 * Signal "may-changed": what this person may do has changed. */
#define KITH_TYPE_CASE_VIEW (kith_case_view_get_type ())
G_DECLARE_FINAL_TYPE (KithCaseView, kith_case_view, KITH, CASE_VIEW, AdwBin)

GtkWidget *kith_case_view_new (KithContext *context);
void kith_case_view_set_case (KithCaseView *self, const char *id); /* NULL: none */
const char *kith_case_view_get_client (KithCaseView *self);        /* NULL before it is shown */
const char *kith_case_view_get_name (KithCaseView *self);          /* the client's; NULL before it is shown */
JsonObject *kith_case_view_get_body (KithCaseView *self);          /* as it is shown, borrowed; NULL: it is not */
gboolean kith_case_view_may (KithCaseView *self, const char *operation); /* as far as is known now */
KithRow *kith_case_view_find_goal (KithCaseView *self, const char *id); /* as it is shown, borrowed; NULL: it is not */
KithRow *kith_case_view_find_service (KithCaseView *self, const char *id); /* given to the client; the same */
void kith_case_view_record_service (KithCaseView *self);
void kith_case_view_compose (KithCaseView *self, KithCaseWriting what);
void kith_case_view_flush (KithCaseView *self);

G_END_DECLS
