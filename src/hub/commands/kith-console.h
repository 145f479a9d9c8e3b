/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-command.h"

G_BEGIN_DECLS

/* A hub as a command has it that changes something: it looks things up in its own view, and has the change made by the one writer. */
typedef struct
{
  KithHub *hub; /* owned where it was opened; to look at */
  char *serve;  /* the socket of the hub that serves and writes; NULL: hub is the writer */
} KithConsole;

/* Beside a hub that serves, too. */
gboolean kith_console_open (KithConsole *self, const KithCommandDatabase *database, GError **error);
gboolean kith_console_look (KithConsole *self, const KithCommandDatabase *database, GError **error); /* nothing is to be changed */
/* A line for each row of a query without inputs; none: the line where there is no row. */
gboolean kith_console_list (const KithConsole *self, const char *query, void (*print) (KithDbStmt *row), const char *none, GError **error);
void kith_console_clear (KithConsole *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KithConsole, kith_console_clear)

/* request: of kith-hub-console.h, transfer full. What is looked up afterwards is as it stands then. */
JsonObject *kith_console_ask (const KithConsole *self, JsonObject *request, GError **error);
gboolean kith_console_do (const KithConsole *self, JsonObject *request, GError **error); /* the same, where nothing comes back */
/* Rows of a list, all or as far as they go, and that all of them came through (kith_hub_submit_guarded()). ops, outcomes: (element-type JsonObject) */
gboolean kith_console_rows (const KithConsole *self, const char *mark, GPtrArray *ops, GPtrArray *outcomes, GError **error);
gboolean kith_console_rows_over (const KithConsole *self, const char *mark, GError **error);
/* Submits in the hub's own name; a refusal becomes the error. */
gboolean kith_console_submit (const KithConsole *self, const char *op, JsonObject *args, GError **error);
/* Derives what a desk would derive from this password and stores the account. Takes 0.4 s. made_up: of a network in which nobody exists; at the
 * least cost a desk takes, 0.03 s. */
gboolean kith_console_set_password (const KithConsole *self, const char *login, const char *staff, const char *password, gboolean made_up, GError **error);

G_END_DECLS
