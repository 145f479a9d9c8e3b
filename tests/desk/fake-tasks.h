/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* How much of what Kith gave to other threads has not been answered yet. */
guint fake_tasks_count_working (void);
