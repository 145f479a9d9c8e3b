/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-hub.h"
#include "kith-json.h"
#include "kith-sync-engine.h"

G_BEGIN_DECLS

/* One hub and two desks on encrypted files in one folder, opened again and again by processes that are killed. */
#define CRASH_DESKS 2

typedef struct
{
  KithStore *store;
  KithSyncEngine *engine;
  KithSyncRequest *held; /* a long poll the hub has not answered */
} CrashDesk;

typedef struct
{
  char *folder;
  KithClock *clock;
  KithRandom *random;
  KithHub *hub;
  CrashDesk desks[CRASH_DESKS];
  JsonObject *facts; /* what the set-up made: ids, sessions */
  int ledger;        /* file descriptor; a line for every operation whose local commit said yes */
  guint done;        /* lines in it when opened */
} CrashNet;

CrashNet *crash_net_make (const char *folder, guint64 seed);           /* unarmed: directory, staff, first fill */
CrashNet *crash_net_open (const char *folder, guint64 seed);
void crash_net_close (CrashNet *self);
void crash_net_sync (CrashNet *self, guint desk);                      /* until it only waits */
#define CRASH_FILE (256 * 1024 + 500)
void crash_net_attach (CrashNet *self, guint desk, const char *client);
void crash_net_submit (CrashNet *self, guint desk, const char *op, JsonObject *args); /* refused ones leave no line */

G_END_DECLS
