/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* Asks the network for a person other agencies know (U3, C14): only online, only those who agreed to be found, with just enough to recognise them.
 * "Open…" wants a reason and opens the shared record. What was found is held by this window alone and goes with it.
 * Signal "opened" (id): the record has arrived. */
#define KITH_TYPE_NETWORK_WINDOW (kith_network_window_get_type ())
G_DECLARE_FINAL_TYPE (KithNetworkWindow, kith_network_window, KITH, NETWORK_WINDOW, AdwWindow)

/* name, birth: what is known already, or NULL; when it is enough and the hub answers, it is asked at once. */
GtkWidget *kith_network_window_new (GtkWindow *parent, KithContext *context, const char *name, const char *birth);
/* "nguyen an 1988": what was typed in a search, as name and birth. Yours; NULL where there is nothing. */
void kith_network_window_split (const char *text, char **name, char **birth);

G_END_DECLS
