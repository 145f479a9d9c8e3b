/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What leaves Kith as a file: whole, or not at all. Whatever thread may wait for a disk. */
GFileOutputStream *kith_file_out_begin (GFile *to, GCancellable *cancellable, GError **error);
gboolean kith_file_out_end (GFileOutputStream *stream, gboolean whole, GCancellable *cancellable, GError **error);

G_END_DECLS
