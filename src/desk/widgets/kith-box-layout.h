/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

void kith_box_layout_install (void); /* once is enough; before the first window, for all boxes that lie */
