/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-db-thread.h"
#include "kith-smtp.h"

G_BEGIN_DECLS

/* Carries the hub's mail: one at a time, the queue read and settled on the hub's thread, the server spoken to on another. Lives in the main
 * context of whoever made it; nothing of it blocks that. */
typedef struct _KithHubMailer KithHubMailer;

KithHubMailer *kith_hub_mailer_new (KithDbThread *thread, KithHub *hub, const KithSmtpOptions *options, guint interval_ms /* 0: 5 s */);
void kith_hub_mailer_free (KithHubMailer *self); /* before the hub: a mail under way is given up, and tried again later */

G_END_DECLS
