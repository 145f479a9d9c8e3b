/* SPDX-License-Identifier: GPL-3.0-or-later */

/* As src/base/pch/kith-glib-pch.h, for what has windows: two thirds of what compiling it takes. */
#include <adwaita.h>
#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
