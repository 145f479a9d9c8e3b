/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-world.h"

G_BEGIN_DECLS

/* A draft that stands in Sent (domain.md 2e), as referral.send would be asked for it: its arguments, and "stands": it is no operation that waits. Yours; NULL without error:
 * it is none. */
JsonObject *kith_referral_draft_args (KithWorld *world, const char *referral, GError **error);

G_END_DECLS
