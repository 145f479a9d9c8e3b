/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-record.h"

G_BEGIN_DECLS

/* How many days ahead the end of this consent is to be announced now: 30, 7, or 0 for nothing to do. */
guint kith_consent_reminder_due (KithRecord *consent, gint64 now_ms);

G_END_DECLS
