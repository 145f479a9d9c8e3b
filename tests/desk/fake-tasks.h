/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* How much of what Kith gave to other threads has not been answered yet. */
guint fake_tasks_count_working (void);
/* Waits until other threads have done what they were given before, GTK's too: a window that goes while one of them loads an icon for it leaves the icon to that
 * thread, and GTK 4.8's cache does not bear that (strict-log.h). */
void fake_tasks_rest (void);
