/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-demo.h"
#include "kith-id.h"
#include "kith-json.h"

#define BATCH 50
#define HOUR_MS G_GINT64_CONSTANT (3600000)
#define KITH_DEMO_TEAM 4 /* care coordinators of an agency whose people can sign in; other agencies have one */
#define PAST_DAYS 120 /* the network began then */

typedef struct
{
  char *id;
  char *service;         /* id of the one service that defines it */
  char *program;         /* id of the program that service belongs to */
  gboolean direct;
  KithActor *manager;    /* referral manager; NULL until the staff is there */
  KithActor *team[KITH_DEMO_TEAM]; /* care coordinators; the first is worker1, worker2 … */
  guint n_team;
} KithDemoAgency;

typedef struct
{
  KithHub *hub;
  const KithDemoOptions *options;
  KithRandom *random;
  KithActor *console;
  KithDemoAgency *agencies;
  GPtrArray *batch;      /* (element-type JsonObject) */
  const KithActor *batch_actor;
  const KithActor *worker; /* who looks after the client being made; borrowed from an agency's team */
  gint64 now;
  gint64 time;           /* when what is submitted next happened; 0: now */
  KithDemoProgress progress;
  gpointer user_data;
} KithDemo;

gboolean kith_demo_submit (KithDemo *demo, const KithActor *actor, const char *op, JsonObject *args, GError **error); /* args: transfer full */
gboolean kith_demo_flush (KithDemo *demo, GError **error);
char *kith_demo_make_id (KithDemo *demo, const char *kind, guint i);
void kith_demo_later (KithDemo *demo, guint max_hours); /* moves demo->time */
gboolean kith_demo_chance (KithDemo *demo, guint percent);
JsonArray *kith_demo_one (JsonObject *part);
gboolean kith_demo_build_staff (KithDemo *demo, guint i, GError **error); /* kith-demo-staff.c */
gboolean kith_demo_build_queues (KithDemo *demo, GError **error); /* kith-demo-queues.c */
char *kith_demo_queue_of (KithDemo *demo, guint agency);
JsonArray *kith_demo_answers (KithDemo *demo, guint agency, guint i);
gboolean kith_demo_build_record (KithDemo *demo, guint i, guint owner, const char *client, const char *before, GError **error); /* kith-demo-record.c; before: the client made before, of the same agency; NULL: none */
gboolean kith_demo_build_case (KithDemo *demo, guint i, const char *client, GError **error); /* kith-demo-cases.c */
gboolean kith_demo_build_calls (KithDemo *demo, GError **error); /* kith-demo-calls.c: 2-1-1 and what people called for */
gboolean kith_demo_build_clients (KithDemo *demo, GError **error); /* kith-demo-care.c: clients, consents, referrals and how they went */
