/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-hub-ticks.h"

G_BEGIN_DECLS

/* What a command of kith-hub has done to the database. It is a request to whoever is its one writer: the hub the command opened, or the one
 * that serves, over a socket beside the database that only its owner may use. Requests and what comes back:
 *   {"what":"here"} → {}
 *   {"what":"submit","op","a"} → {}                  in the hub's own name
 *   {"what":"low_cost","login","low"} → {}           kith_hub_set_low_cost()
 *   {"what":"account","login","staff","auth"} → {}   kith_hub_set_account(); auth in base64
 *   {"what":"revoke","staff","device"?} → {"n"}      kith_hub_revoke_computer()
 *   {"what":"drop","number"} → {}                    one operation that was set aside
 *   {"what":"mend"} → {"n"}                          kith_hub_mend_indexes()
 *   {"what":"mail_again"} → {"n"}                    kith_hub_revive_mail()
 *   {"what":"rows","mark","ops"} → {"outcomes"}      kith_hub_submit_guarded(), in the hub's own name
 *   {"what":"rows_over","mark"} → {}                 kith_hub_guard_over() */
JsonObject *kith_hub_console_run (KithHub *hub, JsonObject *request, GError **error); /* on the hub's thread; transfer full */

char *kith_hub_console_path (const char *database); /* where the socket of this database is */
/* Asks the hub that serves there and waits; its refusals come as they are. G_IO_ERROR_NOT_CONNECTED: nobody serves there, nothing was done. */
JsonObject *kith_hub_console_ask (const char *path, JsonObject *request, GError **error);

typedef struct _KithHubConsole KithHubConsole;
KithHubConsole *kith_hub_console_new (GObject *server, KithDbThread *thread, KithHub *hub, KithHubTold told, gpointer user_data);
/* By the one writer alone: a socket that is there already is of one that was cut off. */
gboolean kith_hub_console_listen (KithHubConsole *self, const char *path, GError **error);
void kith_hub_console_stop (KithHubConsole *self); /* takes nothing more; the socket is gone */
void kith_hub_console_free (KithHubConsole *self);

G_END_DECLS
