/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* A button with what narrows a search of services: open now, a language, a place, what it costs, words on who can use it; and what orders it, the nearest first. It says how
 * many are on. What is chosen is kept nowhere else: it goes with the page. Signal "changed". */
#define KITH_TYPE_SERVICE_FILTER (kith_service_filter_get_type ())
G_DECLARE_FINAL_TYPE (KithServiceFilter, kith_service_filter, KITH, SERVICE_FILTER, AdwBin)

GtkWidget *kith_service_filter_new (KithContext *context);
gboolean kith_service_filter_is_active (KithServiceFilter *self);
void kith_service_filter_clear (KithServiceFilter *self);
void kith_service_filter_set_home (KithServiceFilter *self, const char *postal_code, const char *city); /* of whom it is for, as far as known */
char **kith_service_filter_args (KithServiceFilter *self, gboolean direct, gboolean free); /* of the query services-found, for any agency. Yours */
#define KITH_SERVICE_FILTER_OPEN 6 /* the argument that holds the moment it must be open at; '' for any */
#define KITH_SERVICE_FILTER_AGES 7 /* how old somebody is at least and at most, "[9,10]"; '' for anybody */
#define KITH_SERVICE_FILTER_POINT 8 /* where the nearest are wanted from, "[32.7,-117.1]"; '' for nowhere */
#define KITH_SERVICE_FILTER_NO_COST 9 /* today, where it must cost nothing; '' for any */

G_END_DECLS
