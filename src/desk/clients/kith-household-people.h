/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* Those of a client's household who have no record: they stand in the client's own, under the members who have one. */
GtkWidget *kith_household_people_new (void); /* floating; it shows nobody, and is out of sight */
gboolean kith_household_people_show (GtkWidget *self, JsonObject *body, gint64 now); /* body: of the client, NULL: nothing may be said. Returns: there is somebody */

G_END_DECLS
