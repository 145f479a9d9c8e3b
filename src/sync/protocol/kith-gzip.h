/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* gzip of whole bodies; level 1 is four times as fast as the default and nearly as small on rows (sync.md 2.11). */
GBytes *kith_gzip_pack (GBytes *plain, GError **error);

/* Decodes at most cap bytes: more is G_IO_ERROR_NO_SPACE, before it is in memory. With cut not NULL, a body that ends
 * too early gives what could be read and sets it, instead of failing. */
GBytes *kith_gzip_unpack (GBytes *packed, gsize cap, gboolean *cut, GError **error);

G_END_DECLS
