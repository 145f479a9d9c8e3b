/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a scrolled window scrolls: a head, a bar and a body, each below the other. The head scrolls away, the bar stays in sight above the body; where it
 * would take too much of a small window, it scrolls in itself. Each part of the body has its own place to come back to. Children of a template: types
 * "head", "bar" and "body". */
#define KITH_TYPE_PINNED (kith_pinned_get_type ())
G_DECLARE_FINAL_TYPE (KithPinned, kith_pinned, KITH, PINNED, GtkWidget)

void kith_pinned_turn (KithPinned *self, const char *part);
void kith_pinned_forget (KithPinned *self);
GHashTable *kith_pinned_get_places (KithPinned *self); /* part to how far it is scrolled; for the next line alone */
void kith_pinned_set_places (KithPinned *self, GHashTable *places);

G_END_DECLS
