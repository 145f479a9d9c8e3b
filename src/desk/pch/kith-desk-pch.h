/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The libraries' headers that each file of the desktop reads: two thirds of what compiling it takes. Read once where a build asks for it (b_pch), as the
 * sanitized one does; the plain one does without, so that each file names what it needs. Compiled by itself, it has no guard. */
#include <adwaita.h>
#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
