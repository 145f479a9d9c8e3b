/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-world.h"

G_BEGIN_DECLS

/* A request for correction is answered within sixty days (C19). Its deciders are told fourteen days before the last one, and when it is over. */
#define KITH_AMENDMENT_DAYS_AHEAD 14
typedef enum { KITH_AMENDMENT_WAITS, KITH_AMENDMENT_DUE, KITH_AMENDMENT_OVERDUE } KithAmendmentReminder;
gboolean kith_amendment_reminder (KithWorld *world, KithRecord *request, gint64 now_ms, KithAmendmentReminder *reminder, GError **error);

G_END_DECLS
