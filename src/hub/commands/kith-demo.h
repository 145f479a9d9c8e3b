/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-hub.h"

G_BEGIN_DECLS

/* A made-up network: agencies, services, staff, clients, consents, referrals, cases. The same seed makes the same network, of any size.
 * Nobody in it exists. */
typedef struct
{
  guint agencies, clients;
  guint64 seed;
  guint accounts; /* how many agencies get people who can sign in: each costs 0.4 s */
  KithClock *clock; /* the network's present; borrowed; NULL: the computer's */
} KithDemoOptions;

#define KITH_DEMO_PASSWORD "a demo is not a secret"

typedef void (*KithDemoProgress) (const char *what, guint done, guint of, gpointer user_data);

gboolean kith_demo_build (KithHub *hub, const KithDemoOptions *options, KithDemoProgress progress, gpointer user_data, GError **error);

/* Names that go together, as of one family. */
typedef struct
{
  const char *given, *family, *second_family; /* family: NULL for people of a single name */
  const char *language;                       /* NULL: English */
} KithDemoPerson;
void kith_demo_person (KithRandom *random, KithDemoPerson *person);

/* What is asked of one service and what becomes of it. */
typedef enum { KITH_DEMO_ANY, KITH_DEMO_HOUSED, KITH_DEMO_UNHOUSED } KithDemoHome;
typedef struct
{
  guint min_age, max_age;
  KithDemoHome home;
  struct { const char *need, *request; } asks[4];
  struct { const char *reason, *text; } declines[2];
  struct { const char *how, *result, *text; } contacts[3];
  struct { const char *outcome, *text; } ends[3]; /* the first is the usual one */
  const char *note;                               /* of the receiver to the sender */
} KithDemoStory;
const KithDemoStory *kith_demo_story (guint i); /* of kith_demo_service (i) */

/* The words it is made of. */
const char *kith_demo_given_name (KithRandom *random);
const char *kith_demo_family_name (KithRandom *random);
const char *kith_demo_street (KithRandom *random);
char *kith_demo_agency_name (guint i);

typedef struct
{
  const char *name, *description, *eligibility, *opens, *closes, *days;
  gboolean direct;
  const char *program;
} KithDemoService;
const KithDemoService *kith_demo_service (guint i);
guint kith_demo_n_services (void);

G_END_DECLS
