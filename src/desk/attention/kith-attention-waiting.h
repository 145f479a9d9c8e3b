/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* One line for what is on its way to the hub: waiting, sending or sent. entry: as of kith_store_list_outbox(), after
 * kith_attention_describe(). NULL for any other state: those are cards. */
GtkWidget *kith_attention_waiting_row_new (KithContext *context, JsonObject *entry);

G_END_DECLS
