/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* A button with what narrows a search of services: open now, a language, a place, words on who can use it. It says how many are on. What is
 * chosen is kept nowhere else: it goes with the page. Signal "changed". */
#define KITH_TYPE_SERVICE_FILTER (kith_service_filter_get_type ())
G_DECLARE_FINAL_TYPE (KithServiceFilter, kith_service_filter, KITH, SERVICE_FILTER, AdwBin)

GtkWidget *kith_service_filter_new (KithContext *context);
gboolean kith_service_filter_is_active (KithServiceFilter *self);
char **kith_service_filter_args (KithServiceFilter *self, gboolean direct, gboolean free); /* of the query services-found, for any agency. Yours */
#define KITH_SERVICE_FILTER_OPEN 6 /* the argument that holds the moment it must be open at; '' for any */
#define KITH_SERVICE_FILTER_AGES 7 /* how old somebody is at least and at most, "[9,10]"; '' for anybody */

G_END_DECLS
