/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* What was told about consents and is not read yet: ending in 30 and in 7 days, with Renew; revoked. By number alone (C17). Signal "changed". */
#define KITH_TYPE_ATTENTION_NOTICES (kith_attention_notices_get_type ())
G_DECLARE_FINAL_TYPE (KithAttentionNotices, kith_attention_notices, KITH, ATTENTION_NOTICES, AdwBin)

GtkWidget *kith_attention_notices_new (KithContext *context);
guint kith_attention_notices_count (KithAttentionNotices *self);

G_END_DECLS
