/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "kith-open-clients.h"

G_BEGIN_DECLS

/* The tabs of the clients that are open side by side, in one line that scrolls; hidden while there is nothing to go to and fro between. What is pressed
 * is the page's: client.go-tab, client.close-one, each with the id. */
#define KITH_TYPE_OPEN_STRIP (kith_open_strip_get_type ())
G_DECLARE_FINAL_TYPE (KithOpenStrip, kith_open_strip, KITH, OPEN_STRIP, AdwBin)

GtkWidget *kith_open_strip_new (KithOpenClients *open);

G_END_DECLS
