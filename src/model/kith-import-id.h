/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Ids that follow from where something was imported from, so that a list read again doubles nothing. A slash in a name is none between
 * names: "a/b" with number "c" is not "a" with number "b/c". */
char *kith_import_id (const char *agency, const char *source); /* of the import record; agency NULL: the network's own */
char *kith_import_client_id (const char *agency, const char *source, const char *source_id);

G_END_DECLS
