/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-hub.h"

G_BEGIN_DECLS

/* A made-up network: agencies, services, staff, clients, consents, referrals. The same seed makes the same network, of any size.
 * Nobody in it exists. */
typedef struct
{
  guint agencies, clients;
  guint64 seed;
  guint accounts; /* how many agencies get people who can sign in: each costs 0.4 s */
} KithDemoOptions;

#define KITH_DEMO_PASSWORD "a demo is not a secret"

typedef void (*KithDemoProgress) (const char *what, guint done, guint of, gpointer user_data);

gboolean kith_demo_build (KithHub *hub, const KithDemoOptions *options, KithDemoProgress progress, gpointer user_data, GError **error);

/* The words it is made of. */
const char *kith_demo_given_name (KithRandom *random);
const char *kith_demo_family_name (KithRandom *random);
const char *kith_demo_street (KithRandom *random);
char *kith_demo_agency_name (guint i);

typedef struct
{
  const char *name, *description, *eligibility, *opens, *closes, *days;
  gboolean direct;
} KithDemoService;
const KithDemoService *kith_demo_service (guint i);
guint kith_demo_n_services (void);

G_END_DECLS
