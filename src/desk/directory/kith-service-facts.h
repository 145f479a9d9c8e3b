/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"
#include "widgets/kith-facts.h"

G_BEGIN_DECLS

/* The words of a service, an agency or a place, put into facts that are cleared first. */
void kith_service_facts_reach (KithFacts *facts, JsonObject *body, JsonObject *agency); /* phones, addresses on the net, people */
void kith_service_facts_hours (KithFacts *facts, JsonArray *schedules, const char *zone, gint64 now_ms);
void kith_service_facts_who (KithFacts *facts, JsonObject *body);                       /* who can use it, where, in which language */
void kith_service_facts_how (KithFacts *facts, JsonObject *body);                       /* how to apply, what to bring, what it costs */
void kith_service_facts_place (KithFacts *facts, JsonObject *location, JsonObject *at); /* at: what holds for this service there, or NULL */
void kith_service_facts_agency (KithFacts *facts, JsonObject *agency, const char *program);
void kith_service_facts_entry (KithFacts *facts, JsonObject *body, gint64 now_ms);

char *kith_service_facts_phones (JsonArray *phones); /* of a service or an agency, one a line; yours, NULL: none */

/* How fresh the entry is (D19): "Checked 3 Oct", "Checked 14 months ago", "Never checked". Yours; *stale: it wants a warning. */
char *kith_service_freshness (JsonObject *body, gint64 now_ms, gboolean *stale);

G_END_DECLS
