/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* "Eastlake Family Clinic will see at once: …", in a label, a moment after the last change; computed by the store's thread with the access
 * function itself (C1, C3). Keep it as long as the label may change. */
#define KITH_TYPE_CONSENT_PREVIEW (kith_consent_preview_get_type ())
G_DECLARE_FINAL_TYPE (KithConsentPreview, kith_consent_preview, KITH, CONSENT_PREVIEW, GObject)

KithConsentPreview *kith_consent_preview_new (KithContext *context, GtkLabel *label);
/* args: transfer full. before: what stands there until the answer comes, and when there is none; ending: the last sentence, may be NULL. */
void kith_consent_preview_ask (KithConsentPreview *self, const char *client, const char *op, JsonObject *args, const char *before,
                               const char *ending);
void kith_consent_preview_say (KithConsentPreview *self, const char *words); /* nothing is asked, and an answer that is under way is not shown */

/* The sentences alone, one a line; NULL when nobody sees anything, before, after or later. Yours. */
char *kith_consent_preview_words (GPtrArray *sights);

G_END_DECLS
