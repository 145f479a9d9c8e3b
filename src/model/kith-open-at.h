/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A moment as the query services-found asks for it ("open"), JSON; yours. when: in the time zone of who asks. */
char *kith_open_at (GDateTime *when);

G_END_DECLS
