/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* Agencies that are named one by one: a row for each, which takes it away, and an entry that finds the next. Signal "changed". */
#define KITH_TYPE_AGENCY_PICKS (kith_agency_picks_get_type ())
G_DECLARE_FINAL_TYPE (KithAgencyPicks, kith_agency_picks, KITH, AGENCY_PICKS, AdwBin)

GtkWidget *kith_agency_picks_new (KithContext *context, const char *label, const char *title); /* of the list, for those who hear it; of the entry */
void kith_agency_picks_add (KithAgencyPicks *self, const char *id, const char *name); /* one that is there already is not added again */
void kith_agency_picks_clear (KithAgencyPicks *self);
gboolean kith_agency_picks_is_empty (KithAgencyPicks *self);
JsonArray *kith_agency_picks_ids (KithAgencyPicks *self);   /* transfer full */
JsonArray *kith_agency_picks_names (KithAgencyPicks *self); /* in the same order; transfer full */
void kith_agency_picks_restore (KithAgencyPicks *self, JsonArray *ids, JsonArray *names); /* those instead; no name: the id is shown */

G_END_DECLS
