/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-record.h"

G_BEGIN_DECLS

typedef enum { KITH_LEVEL_STANDARD, KITH_LEVEL_PORTAL, KITH_LEVEL_NETWORK, KITH_LEVEL_HUB } KithLevel; /* HUB: the clock, imports, the console */
typedef enum { KITH_ROLE_CARE_COORDINATOR, KITH_ROLE_REFERRAL_MANAGER } KithRole; /* U2 */
typedef enum
{
  KITH_DUTY_SUPERVISOR = 1 << 0,
  KITH_DUTY_ADMIN = 1 << 1,
  KITH_DUTY_LISTINGS = 1 << 2,
  KITH_DUTY_PRIVACY = 1 << 3,
} KithDuties;

/* Who does something: a staff record and its staff_service rows, in the form the rules read. */
typedef struct
{
  char *user;    /* staff id; for the hub "hub" */
  char *agency;  /* organization id; NULL for network staff and the hub */
  char *name;    /* display name, stored in events */
  char *agency_name;
  KithLevel level;
  KithRole role;
  guint duties;
  gboolean health; /* U10 */
  gboolean active;
  gboolean trained; /* U17 */
  guint lock_minutes; /* the longest its agency lets a desk stand open untouched; 0: not said */
  gboolean narrow;  /* the agency restricts referral managers to assigned clients */
  GPtrArray *services; /* service ids (U11) */
  GPtrArray *resources; /* of a portal account: the directory records it follows (P8) */
  gboolean edits_capacity, changes_status, sees_details; /* of a portal account (P9, P10, P11) */
  GPtrArray *managed;  /* those of them for which the person is referral manager (U12) */
} KithActor;

KithActor *kith_actor_new_hub (void);
/* settings (agency_settings) and organization may be NULL; services: staff_service records, may be NULL. */
KithActor *kith_actor_new_for_staff (KithRecord *staff, GPtrArray *services, KithRecord *settings, KithRecord *organization);
void kith_actor_free (KithActor *self);
gboolean kith_actor_has_duty (const KithActor *self, KithDuties duty);
gboolean kith_actor_follows (const KithActor *self, const char *resource); /* an active portal account of that directory record; NULL: no */
const char *kith_actor_side (const KithActor *self); /* what stands for it on a referral: its agency, "network" for network staff; the hub: NULL */
gboolean kith_actor_manages (const KithActor *self, const char *service); /* has the service, and the role for it, else the role, is referral manager */
gboolean kith_actor_sees_all_clients (const KithActor *self);             /* principal clients:A */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KithActor, kith_actor_free)

G_END_DECLS
