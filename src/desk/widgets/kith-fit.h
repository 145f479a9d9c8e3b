/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A small window whose template gives its size for ordinary text: as much larger as the text is, and no wider than the window it belongs to. In its init. */
void kith_fit_to_text (GtkWindow *window);

/* So large that what stands beside other things may have to stand below them. */
gboolean kith_text_is_large (GtkWidget *widget);

/* An avatar whose template gives its size for ordinary text: as much larger as the text is, which may change. */
void kith_fit_avatar (AdwAvatar *avatar);

G_END_DECLS
