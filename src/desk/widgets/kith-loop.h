/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* How far a referral has come round: sent, answered, in work, outcome. */
#define KITH_TYPE_LOOP (kith_loop_get_type ())
G_DECLARE_FINAL_TYPE (KithLoop, kith_loop, KITH, LOOP, GtkWidget)

void kith_loop_set (KithLoop *self, const char *phase, gboolean was_accepted, gboolean was_served, const char *outcome); /* outcome: a code or NULL */

G_END_DECLS
