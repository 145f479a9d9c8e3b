/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* What is behind a number: who waits for a place, what is planned (each line can be cancelled), for which referrals places are
 * held, and the last counts. */
#define KITH_TYPE_CAPACITY_STORY (kith_capacity_story_get_type ())
G_DECLARE_FINAL_TYPE (KithCapacityStory, kith_capacity_story, KITH, CAPACITY_STORY, AdwPreferencesRow)

GtkWidget *kith_capacity_story_new (KithContext *context, KithRow *row, gboolean editable); /* row: of capacity-own */
gboolean kith_capacity_may_hold (KithContext *context, const char *service, KithRow *waiting);
void kith_capacity_hold (KithContext *context, KithRow *waiting); /* of capacity-waiting: a free place is kept for that referral */
void kith_capacity_story_flush (KithCapacityStory *self); /* what is typed in it goes into its draft now */
void kith_capacity_story_describe (KithCapacityStory *self, KithRow *row); /* of capacity-own: for whom, the note */

G_END_DECLS
