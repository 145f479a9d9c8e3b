/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* prefix: of the reader's country, as glibc's locale has it, "1" in North America; "" or NULL: not known, the shape is kept. */
gboolean kith_format_has_areas (const char *prefix);

G_END_DECLS
