/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-world.h"

G_BEGIN_DECLS

/* A client's request is answered within sixty days (C19): 45 CFR 164.526 sets them for a correction; for a restriction 164.522 sets none, and the agency's
 * same clock runs. Its deciders are told fourteen days before the last one, and when it is over. */
#define KITH_AMENDMENT_DAYS_AHEAD 14
typedef enum { KITH_AMENDMENT_WAITS, KITH_AMENDMENT_DUE, KITH_AMENDMENT_OVERDUE } KithAmendmentReminder;
gboolean kith_amendment_reminder (KithWorld *world, KithRecord *request, gint64 now_ms, KithAmendmentReminder *reminder, GError **error);
gboolean kith_amendment_is_correction (KithRecord *request); /* FALSE: a restriction, or another way to be reached */
gboolean kith_amendment_holds (KithRecord *request);         /* a restriction that was agreed and has not ended: it binds the agency */

G_END_DECLS
