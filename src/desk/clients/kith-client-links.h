/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* The other records that were said to be this person: of each what it says otherwise than the one that is open, and whose record it is, so
 * that they read as one. Each can be opened and unlinked. Hidden when there is none. */
#define KITH_TYPE_CLIENT_LINKS (kith_client_links_get_type ())
G_DECLARE_FINAL_TYPE (KithClientLinks, kith_client_links, KITH, CLIENT_LINKS, AdwBin)

GtkWidget *kith_client_links_new (KithContext *context);
void kith_client_links_set_client (KithClientLinks *self, const char *id); /* NULL: nothing is asked for */

G_END_DECLS
