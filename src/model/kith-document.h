/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What may be attached: a scan, a photo, a letter. The desk looks before it keeps a file, the hub again. */
#define KITH_DOCUMENT_MOST (G_GINT64_CONSTANT (25) << 20) /* bytes: a long scan; an hour on the slowest line, 2 MB a minute on an ordinary one */

gboolean kith_document_media_allowed (const char *media_type); /* "image/png": shown by a viewer, runs nothing by itself */
char *kith_document_file_name (const char *name, const char *media_type); /* what it is called where it is opened or saved */

G_END_DECLS
