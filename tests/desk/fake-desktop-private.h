/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fake-desktop.h"

struct _KithDesktop
{
  GObject parent_instance;
  KithClock *clock;
  JsonObject *data;        /* query name to rows */
  GHashTable *drafts;      /* key to JsonObject */
  GPtrArray *submitted;    /* {"op", "args"} */
  KithActor actor;
  KithWorld *world;
  char *refuse, *denied_client;
  gboolean has_store, unlocked, empty, password_changed;
  gint64 unlock_wait;
  int state;
  guint waiting, attention, undone, next_number;
  gint64 last_contact, offline_since;
};
