/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-json.h"
#include "kith-protocol.h"
#include "kith-sync-engine.h"
#include "kith-sync-retry.h"
#include "kith-test.h"

/* An engine over a store, and a hub that is a script. */

#define USER "0197b000-0000-7000-8000-000000000001"
#define AGENCY "0197a000-0000-7000-8000-00000000000a"
#define EPOCH "7c000000-0000-4000-8000-000000000001"

typedef struct
{
  KithManualClock *clock;
  KithRandom *random;
  KithStore *store;
  KithSyncEngine *engine;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  static int counter;
  g_autofree char *name = g_strdup_printf ("engine test %d", counter++);
  KithDbOptions options = { .path = name, .memory = TRUE, .queries = "/org/kith/sql/store/queries" };
  g_autoptr (GError) error = NULL;
  KithDb *db = kith_db_open (&options, &error);

  g_assert_no_error (error);
  f->clock = kith_test_clock_new ();
  f->random = kith_random_new_seeded (3);
  f->store = kith_store_new (db, KITH_CLOCK (f->clock), f->random, &error);
  g_assert_no_error (error);
  kith_store_set_identity (f->store, "device-1", USER, "KA", EPOCH, &error);
  g_assert_no_error (error);
  f->engine = kith_sync_engine_new (f->store, KITH_CLOCK (f->clock), f->random);
  kith_sync_engine_set_token (f->engine, "token-1");
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  kith_sync_engine_free (f->engine);
  g_object_unref (f->store);
  kith_random_free (f->random);
  g_object_unref (f->clock);
}

/* --- the script --------------------------------------------------------------------------------------------------- */

static KithSyncRequest *
next (Fixture *f)
{
  gint64 wake;

  return kith_sync_engine_next (f->engine, &wake);
}

/* The next request must be of this type; it is answered. ' stands for ". */
static void
reply (Fixture *f, KithSyncRequestType type, guint status, const char *content_type, const char *text, guint retry_after)
{
  KithSyncRequest *request = next (f);
  g_autofree char *right = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr (GBytes) body = g_bytes_new (right, strlen (right));

  g_assert_nonnull (request);
  g_assert_cmpint (request->type, ==, type);
  kith_sync_engine_answer (f->engine, request->serial, status, content_type, body, retry_after);
  kith_sync_request_free (request);
}

G_GNUC_UNUSED static void
fail_next (Fixture *f, KithSyncRequestType type)
{
  KithSyncRequest *request = next (f);

  g_assert_nonnull (request);
  g_assert_cmpint (request->type, ==, type);
  kith_sync_engine_fail (f->engine, request->serial);
  kith_sync_request_free (request);
}

#define JSON KITH_TYPE_JSON_TEXT
#define LINES KITH_TYPE_LINES
#define HEADER "{'h':{'kith':1,'epoch':'" EPOCH "','H':10,'round':1}}\n"
#define STAFF HEADER \
  "{'scope':1,'name':'agency:" AGENCY "'}\n" \
  "{'put':{'t':'staff','id':'" USER "','s':1,'q':4,'body':{'agency':'" AGENCY "','name':'Ana','level':'standard','role':'care_coordinator'," \
  "'active':true,'trained':true}}}\n" \
  "{'filled':1,'g':1}\n"
#define END(cursor) "{'end':{'cursor':'" cursor "','ack_n':0,'more':false}}\n"

G_GNUC_UNUSED static void
first_pull (Fixture *f)
{
  reply (f, KITH_SYNC_PULL, 200, LINES, STAFF END ("c1"), 0);
}

#define CLIENT_1 "0197c000-0000-7000-8000-000000000001"
#define CLIENT_2 "0197c000-0000-7000-8000-000000000002"

G_GNUC_UNUSED static void
assert_state (Fixture *f, KithSyncState state)
{
  g_assert_cmpint (kith_sync_engine_get_state (f->engine), ==, state);
}
