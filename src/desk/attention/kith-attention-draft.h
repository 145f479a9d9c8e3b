/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* Says what somebody had written that could not be sent any more (kith_store_list_unsendable()), all of it, by the fields of what it was to become.
 * For a job on the store's thread. Adds to the draft: "title" (what it was to be; not there: not known), "about" and "place" where the record is
 * still here, and "lines" ([{"label","value","typed","masked","guarded"}], masked: how a value is shown that is not for whoever looks over a shoulder; guarded:
 * it does not stay in the clipboard). */
void kith_attention_describe_draft (KithStore *store, JsonObject *draft, const char *my_side);

G_END_DECLS
