/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* For days that a form begins with or reads: today is the agency's, by whose clock operations judge. */
gint64 kith_context_get_day_now (KithContext *self);

G_END_DECLS
