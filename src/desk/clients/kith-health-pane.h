/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* Health information of a client and of the records linked with it, each with its source (U10, C11). Who may not see it reads why. */
#define KITH_TYPE_HEALTH_PANE (kith_health_pane_get_type ())
G_DECLARE_FINAL_TYPE (KithHealthPane, kith_health_pane, KITH, HEALTH_PANE, AdwBin)

GtkWidget *kith_health_pane_new (KithContext *context);
void kith_health_pane_set_client (KithHealthPane *self, const char *id); /* NULL: nothing is asked for */
void kith_health_pane_show_client (KithHealthPane *self, JsonObject *body); /* whose client it is; NULL: not here */
/* Signal "notify::open" too. */
gboolean kith_health_pane_is_open (KithHealthPane *self); /* it can be read, written, and files can belong to it */

G_END_DECLS
