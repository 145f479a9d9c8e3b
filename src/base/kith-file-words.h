/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Why a file or folder could not be read, for a person: "“people.csv” does not exist." error: of GLib's files or GIO's. g_free() */
char *kith_file_words (const char *path, const GError *error);

G_END_DECLS
