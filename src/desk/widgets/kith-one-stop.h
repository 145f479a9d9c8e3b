/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What one goes through with the arrows and leaves with Tab: a GtkListBox has no word for it before GTK 4.18, and marks row after row on the way out. */
#define KITH_TYPE_ONE_STOP (kith_one_stop_get_type ())
G_DECLARE_FINAL_TYPE (KithOneStop, kith_one_stop, KITH, ONE_STOP, AdwBin)

G_END_DECLS
