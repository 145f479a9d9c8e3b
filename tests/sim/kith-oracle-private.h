/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-oracle.h"

G_BEGIN_DECLS

/* The facts of the oracle, shared by kith-oracle-facts.c, which takes them in, and kith-oracle.c, which says what follows from them. */

/* Texts are pooled: equal ids are equal pointers. */
typedef enum { LEVEL_STANDARD, LEVEL_PORTAL, LEVEL_NETWORK } Level;
typedef enum { CLASS_CLIENT = 1, CLASS_BILLING = 2, CLASS_CLIENT_HEALTH = 4, CLASS_CARE = 8, CLASS_CASE = 16, CLASS_CASE_HEALTH = 32 } Class;

typedef struct
{
  const char *service;
  const char *role; /* NULL: the person's own */
} Listing;

typedef struct
{
  const char *id, *agency, *role;
  Level level;
  gboolean known, active, ready, supervisor, admin, privacy, health, sees_details;
  GHashTable *listings; /* row id → Listing */
  GPtrArray *resources;
} Person;

typedef struct
{
  const char *id;
  gboolean granted, findable;
  guint classes;
  gint64 term;
  GPtrArray *receivers;
  GPtrArray *disclosers; /* NULL: every agency */
} Consent;

typedef struct
{
  const char *user, *agency; /* care: user NULL */
  gboolean opened;           /* care: by client.open_shared */
  const char *of_case;       /* an assignment to a case, else NULL */
} Tie;

typedef struct _Client Client;

typedef struct
{
  const char *id, *agency;
  Client *client;
  gboolean open;
} Case;

/* What a client asks: to have something corrected, or kept from somebody; holds: the latter was agreed and binds the agency. */
typedef struct
{
  const char *id, *agency, *author;
  Client *client;
  gboolean holds;
} Amendment;

/* Why an agency restricted the record, or took down that a consent was taken back. */
typedef struct
{
  const char *id, *agency;
  Client *client;
} Why;

typedef struct
{
  const char *id;
  Client *first, *second;
  gboolean linked, proposed;
} Match;

/* A call to 2-1-1. */
typedef struct
{
  const char *id, *author;
  gboolean known;
  GPtrArray *referrals; /* made from it */
} Contact;

typedef struct
{
  const char *id, *author, *agency, *agency_to, *service, *assignee, *contact;
  Client *client; /* NULL: without a client record */
  gboolean sent, voided, live, accepted, revoked;
  gboolean queued; /* it is in a queue, or its sender put it in one and left it so */
  guint release;
  gboolean release_network; /* the release names 2-1-1 too */
  gint64 release_end;
  GPtrArray *resources;
  GPtrArray *former; /* who had it: agency and service (NULL: as a whole), by turns; or NULL */
} Referral;

struct _Client
{
  const char *id, *owner;
  gboolean restricted;
  GHashTable *consents;    /* id → Consent */
  GHashTable *assignments; /* id → Tie */
  GHashTable *cares;       /* id → Tie */
  GPtrArray *referrals;
  GPtrArray *cases;
  GPtrArray *amendments;   /* Amendment */
  GPtrArray *whys;         /* Why */
  GHashTable *matches;     /* a set of Match */
};

typedef struct
{
  const char *id, *agency, *program;
  gboolean known, counted; /* counted: somebody said how many places are free */
} Service;

struct _KithOracle
{
  GStringChunk *pool;
  GHashTable *people;
  GHashTable *clients;
  GHashTable *referrals;
  GHashTable *cases;
  GHashTable *amendments; /* id → Amendment, the client's */
  GHashTable *whys;       /* id → Why, the client's */
  GHashTable *matches;
  GHashTable *contacts;  /* id → Contact */
  gboolean has_network;  /* somebody belongs to no agency */
  GHashTable *agencies;  /* those with a scope of their own */
  GHashTable *audited;   /* agencies with an entry in their log */
  GHashTable *narrow;    /* settings id → agency */
  GHashTable *rows;      /* id of a row that belongs to a person or a client → which */
  GHashTable *services;  /* id → Service */
  GHashTable *queues;    /* a set of ids */
  const char *touched;
};

const char *kith_oracle_pooled (KithOracle *self, const char *text); /* NULL stays NULL */

G_END_DECLS
