/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-watch.h"

G_BEGIN_DECLS

/* The clients somebody has open side by side, in the order of their tabs. Those that are kept stay until they are closed; of the others there is one,
 * and whoever is opened next takes its place. In memory alone; names are read anew whenever tabs are in sight, and go with them.
 * Signals: "changed": a tab came, went, or says something else; "gone": a client who was not shown is not on this computer any more, so the tab was closed.
 * Of whoever is shown the tab is out of sight as long as the record is away; it is closed when another one is shown. */
#define KITH_TYPE_OPEN_CLIENTS (kith_open_clients_get_type ())
G_DECLARE_FINAL_TYPE (KithOpenClients, kith_open_clients, KITH, OPEN_CLIENTS, GObject)

#define KITH_OPEN_CLIENTS_MOST 12 /* that are kept: more than anybody has in mind during one call */

/* How somebody came to a client: the later outranks the earlier. */
typedef enum
{
  KITH_LOOKED_AT, /* passed in the list */
  KITH_CHOSEN,    /* pressed there */
  KITH_OPENED,    /* led to, or the record had the focus */
} KithOpening;

typedef struct
{
  KithOpenClients *owner; /* borrowed */
  char *id, *name;        /* name NULL: not read yet, or not here */
  gboolean kept;
  KithOpening how;
  char *form;             /* the form that was open about it: "refer:ID"; NULL: none */
  char *part;             /* of the record, that was in sight; NULL: it was not left yet */
  GHashTable *scrolled;   /* how far, each part; NULL: the same */
  guint used;             /* the higher the later */
  gboolean seen, gone;    /* the record was here; and is no longer */
  KithWatch *watch;
} KithOpenClient;

KithOpenClients *kith_open_clients_new (KithContext *context);
guint kith_open_clients_get_n (KithOpenClients *self);
KithOpenClient *kith_open_clients_get (KithOpenClients *self, guint i); /* all that are returned are borrowed */
KithOpenClient *kith_open_clients_find (KithOpenClients *self, const char *id);
KithOpenClient *kith_open_clients_get_shown (KithOpenClients *self); /* NULL: what is shown has no tab */
KithOpenClient *kith_open_clients_get_last (KithOpenClients *self);  /* besides the one shown: used last; NULL: there is none */
KithOpenClient *kith_open_clients_get_next (KithOpenClients *self, int by); /* 1 or -1, round at the ends */
gboolean kith_open_clients_are_several (KithOpenClients *self); /* there is something to go to and fro between */

void kith_open_clients_show (KithOpenClients *self, const char *id); /* NULL: nobody */
void kith_open_clients_enter (KithOpenClients *self, KithOpening how); /* who is shown, so far at least */
gboolean kith_open_clients_keep (KithOpenClients *self);             /* who is shown; FALSE: no more can be kept */
gboolean kith_open_clients_open (KithOpenClients *self, const char *id); /* beside who was open; the same */
void kith_open_clients_close (KithOpenClients *self, const char *id);

GVariant *kith_open_clients_save (KithOpenClients *self); /* (transfer full): ids, no names; NULL: nobody is open */
const char *kith_open_clients_restore (KithOpenClients *self, GVariant *saved); /* borrowed: who was shown; NULL: nobody */

G_END_DECLS
