/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "kith-actor.h"

G_BEGIN_DECLS

/* Which places and commands an account has: the sidebar, the keys and "Find anything" ask here. What may be done there is asked of the model. */
gboolean kith_place_is_of (const KithActor *actor, const char *place);   /* "clients", "contacts/new"; actor: NULL before it is known */
gboolean kith_action_is_of (const KithActor *actor, const char *action); /* detailed: "win.go::clients", "win.import" */

G_END_DECLS
