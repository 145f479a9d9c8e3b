/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-db.h"

G_BEGIN_DECLS

/* All of a file that has no key, through its one writer, into a new file that has one; compared with it. */
gboolean kith_db_encrypt (KithDb *self, const char *path, const guint8 *key, GError **error);

G_END_DECLS
