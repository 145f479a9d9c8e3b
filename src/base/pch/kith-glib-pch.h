/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The libraries' headers that nearly each file reads, read once for each of Kith's own libraries: a third of what compiling takes. Each file names what it
 * needs all the same, and tests/lint sees to it. Compiled by itself, it has no guard. */
#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
