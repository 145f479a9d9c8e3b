/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-world.h"

G_BEGIN_DECLS

/* "What if": another world with changes on top that it never gets. It belongs to the thread of its base. */
#define KITH_TYPE_OVERLAY_WORLD (kith_overlay_world_get_type ())
G_DECLARE_FINAL_TYPE (KithOverlayWorld, kith_overlay_world, KITH, OVERLAY_WORLD, GObject)

KithWorld *kith_overlay_world_new (KithWorld *base);

G_END_DECLS
