/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-record.h"

G_BEGIN_DECLS

/* Names of scopes: "dir", "client:C", "care:C:A" (design.md 2.4). */

char *kith_scope_expand (const char *scope_template, KithRecord *record); /* "{field}" by the field's text, "{id}" by the id; NULL when one is missing */
char *kith_scope_for_staff (KithRecord *record);                          /* "agency:A"; of a portal account "account:U": it is not in the agency */
char *kith_scope_for_agency (KithRecord *record);                         /* "agency:A" by the record's agency; without one it is the network's: "network" */
char *kith_scope_by_sensitivity (KithRecord *record);                     /* "case:K", or "case_health:K" for what its sensitivity keeps from those without the flag (U10) */
gboolean kith_scope_is (const char *scope, const char *kind);             /* "client:0190…" is "client"; "client_billing:…" is not */
char *kith_scope_part (const char *scope, guint i);                       /* 0: the kind, 1: the first id … ; NULL when there is none */

G_END_DECLS
