/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A queue in use, as network staff make one at their desk: accounts of the provider portal ask for it (P3). Included by each test program, once. */
#pragma once

#include "kith-actor.h"
#include "kith-hub.h"
#include "kith-json.h"
#include "kith-test.h"

/* Nothing else has the database open. */
static void
add_queue (const char *database)
{
  g_autoptr (KithClock) clock = kith_clock_new_system (); /* as the program that works on it */
  g_autoptr (KithRandom) random = kith_random_new_system ();
  g_autoptr (KithActor) actor = kith_actor_new_hub ();
  g_autoptr (JsonObject) args = kith_json_new ("id", "s", "0197c100-0000-7000-8000-000000000001", "name", "s", "Housing", NULL);
  g_autoptr (GError) error = NULL;
  KithDb *db = kith_hub_open_db (database, FALSE, NULL, &error);
  KithHub *hub;

  g_assert_no_error (error);
  hub = kith_hub_new (db, clock, random, &(KithHubOptions) { 0 }, &error);
  g_assert_no_error (error);
  kith_hub_submit (hub, actor, "queue.create", args, NULL, &error);
  g_assert_no_error (error);
  kith_hub_free (hub);
}
