/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* "Nearest first", and below it where from: the place that is typed, else where they live of whom a service is looked for, else the own agency, as far as the
 * directory knows where that lies. Signal "changed": switched, or the point has come. */
#define KITH_TYPE_SERVICE_NEAR (kith_service_near_get_type ())
G_DECLARE_FINAL_TYPE (KithServiceNear, kith_service_near, KITH, SERVICE_NEAR, AdwBin)

GtkWidget *kith_service_near_new (void);
void kith_service_near_set_context (KithServiceNear *self, KithContext *context);
void kith_service_near_set_typed (KithServiceNear *self, const char *place); /* what is typed as the place */
void kith_service_near_set_home (KithServiceNear *self, const char *postal_code, const char *city); /* nullable */
gboolean kith_service_near_get_active (KithServiceNear *self);
void kith_service_near_set_active (KithServiceNear *self, gboolean active);
gboolean kith_service_near_is_typed (KithServiceNear *self); /* the point is of what is typed, if it is known */
KithRow *kith_service_near_get_point (KithServiceNear *self); /* latitude and longitude, borrowed; NULL: not asked for, or nobody knows */

JsonArray *kith_service_near_words (const char *text); /* as everything is found by: without accents and case; yours */
GtkWidget *kith_service_near_caption_new (const char *text); /* small words below a filter */

G_END_DECLS
