/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A moment as the query services-found asks for it ("open"), JSON; yours. when: in the time zone of who asks. zones: nullable; by name, those of the
 * agencies that say theirs: by that clock their doors open. */
char *kith_open_at (GDateTime *when, const char *const *zones);

G_END_DECLS
