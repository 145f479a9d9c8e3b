/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* Services that answer a text: those whose own words do, best first, then the services of agencies whose name does.
 * func is called when the first have come and again as the agencies' services come in, until the search is stopped. */
#define KITH_TYPE_DIRECTORY_SEARCH (kith_directory_search_get_type ())
G_DECLARE_FINAL_TYPE (KithDirectorySearch, kith_directory_search, KITH, DIRECTORY_SEARCH, GObject)

/* rows: (element-type KithRow) (transfer none), NULL with error set */
typedef void (*KithDirectorySearchFunc) (KithDirectorySearch *self, GPtrArray *rows, const GError *error, gpointer user_data);

/* args: of services-found, NULL: among all services */
KithDirectorySearch *kith_directory_search_new (KithContext *context, const char *text, const char *const *args, guint limit, KithDirectorySearchFunc func,
                                                gpointer user_data);
void kith_directory_search_stop (KithDirectorySearch *self);
const char *kith_directory_search_get_text (KithDirectorySearch *self);

G_END_DECLS
