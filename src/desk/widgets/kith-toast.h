/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A toast whose words take a second and a third line in a narrow window: "Accepted: Aaliyah Was…" does not say who was accepted. */
AdwToast *kith_toast_new (const char *text);

G_END_DECLS
