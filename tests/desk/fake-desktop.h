/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* The desktop without store, hub or threads, behind the same header: rows come from fake-data.json, answers come in the next turn of the
 * main loop, and what was submitted can be read back. It carries out only as much of an operation as the windows need to be looked at. */
KithDesktop *fake_desktop_new (KithClock *clock, gboolean has_store, gboolean unlocked);
void fake_desktop_set_sync (KithDesktop *self, KithSyncState state, guint waiting, guint attention, gint64 last_contact_ms, gint64 offline_since_ms);
void fake_desktop_set_coming (KithDesktop *self, gboolean filling, int refound); /* the hub has more for this person; percent that searching finds */
void fake_desktop_set_refind_trouble (KithDesktop *self, const char *trouble); /* why that does not go on; NULL: it does */
void fake_desktop_set_kept (KithDesktop *self, const char *words); /* a damaged copy was set aside at sign-in */
void fake_desktop_close_account (KithDesktop *self, gboolean revoked); /* revoked: only on this computer */
void fake_desktop_set_password_changed (KithDesktop *self, gboolean changed);
void fake_desktop_set_lock_minutes (KithDesktop *self, guint minutes); /* the agency's policy */
void fake_desktop_deny_client (KithDesktop *self, const char *client);    /* nothing may be done with that one */
void fake_desktop_set_unlock_wait (KithDesktop *self, gint64 milliseconds); /* what is left of it */
void fake_desktop_set_empty (KithDesktop *self, gboolean empty);           /* every list empty */
void fake_desktop_set_unreadable (KithDesktop *self, gboolean unreadable); /* from now on every list, search and look into the store fails */
#define FAKE_ALL "*"                                                         /* arg: all lists */
void fake_desktop_set_late (KithDesktop *self, const char *arg);            /* lists of that argument are read only when this is NULL again, and something changes */
void fake_desktop_refuse_next (KithDesktop *self, const char *message);    /* the next submit is refused with this sentence */
void fake_desktop_hold_answers (KithDesktop *self); /* to what is submitted from now on, until fake_desktop_answer_held() */
void fake_desktop_answer_held (KithDesktop *self, const char *refusal); /* NULL: all was taken */
guint fake_desktop_get_n_submitted (KithDesktop *self);
JsonObject *fake_desktop_get_submitted (KithDesktop *self, guint i, const char **op); /* borrowed */
void fake_desktop_note (KithDesktop *self, JsonObject *args);
guint fake_desktop_get_n_noted (KithDesktop *self);                          /* audit.record, apart from the rest */
JsonObject *fake_desktop_get_noted (KithDesktop *self, guint i);            /* its arguments, borrowed */
JsonObject *fake_files_last_args (void);                                     /* its arguments, borrowed */
const char *fake_files_last (void);                                         /* the document attached last */
guint fake_desktop_get_n_undone (KithDesktop *self);
guint fake_desktop_count_listed (KithDesktop *self); /* how often what needs attention was read */
guint fake_desktop_count_tries (KithDesktop *self); /* how often the hub was to be tried at once */
void fake_desktop_set_sent (KithDesktop *self, const char *op_id); /* static; it is with the hub already */
const char *fake_desktop_get_last_undone (KithDesktop *self); /* "op-N": of the N-th submitted */
JsonObject *fake_desktop_get_draft (KithDesktop *self, const char *key);   /* borrowed, or NULL */
guint fake_desktop_count_drafts (KithDesktop *self);
void fake_desktop_set_full (KithDesktop *self, gboolean full); /* no draft can be written */
JsonObject *fake_desktop_get_data (KithDesktop *self);                      /* query to rows, borrowed */
JsonArray *fake_desktop_list (KithDesktop *self, const char *query);        /* what a list holds, borrowed; NULL: nothing */
/* How the hub answers when the network is asked; the people are fake-data.json's "network". */
typedef enum { FAKE_NETWORK_WELL, FAKE_NETWORK_CUT, FAKE_NETWORK_BUSY, FAKE_NETWORK_SLOW, FAKE_NETWORK_MANY, FAKE_NETWORK_TIRED, FAKE_NETWORK_LATE /* what is opened does not come yet */ } FakeNetwork;
void fake_desktop_set_network (KithDesktop *self, FakeNetwork how);
guint fake_desktop_get_n_asked (KithDesktop *self);                         /* how often it was */
void fake_network_carry_out (KithDesktop *self, const char *op, JsonObject *args); /* client.open_shared, match.* */
void fake_agency_carry_out (KithDesktop *self, const char *op, JsonObject *args);  /* what an agency settles: accounts, settings, holidays, corrections */
/* What a client asks of the agency that is no correction (C19): FAKE_RESTRICTION is to be answered, or agreed; in all lists that show it. */
#define FAKE_RESTRICTION "aa000000-0000-7000-8000-000000000005"
void fake_agency_restrict (KithDesktop *self, const char *client, gboolean agreed);
JsonObject *fake_network_now (KithDesktop *self, const char *op, JsonObject *args); /* what the hub tells with it (transfer full), or NULL */
void fake_network_arrive (KithDesktop *self, const char *found); /* the record of a hit comes */
void fake_desktop_set_person (KithDesktop *self, const char *user, const char *name); /* who signs in next; both stay the caller's */
/* Of the person signed in, while unlocked: KithDuty. */
static inline void
fake_desktop_set_duties (KithDesktop *self, int duties)
{
  ((KithActor *) kith_desktop_get_actor (self))->duties = duties;
}
static inline void
fake_desktop_set_health (KithDesktop *self, gboolean health)
{
  ((KithActor *) kith_desktop_get_actor (self))->health = health;
}
static inline void
fake_desktop_set_network_staff (KithDesktop *self)
{
  ((KithActor *) kith_desktop_get_actor (self))->level = KITH_LEVEL_NETWORK;
}
static inline void
fake_desktop_set_level (KithDesktop *self, KithLevel level)
{
  ((KithActor *) kith_desktop_get_actor (self))->level = level;
}
/* What a search keeps of which lists: fake-found.c. */
const char *const *fake_found_lists (const char *query);
gboolean fake_found_keeps (const char *query, char **args, JsonObject *row);
void fake_found_order (GPtrArray *rows); /* of KithRow */
guint fake_found_count_unsure (GPtrArray *rows);
KithRow *fake_row_new (JsonObject *columns);
void fake_rows_keep (GPtrArray *rows, GPtrArray *before);
guint fake_row_count_frozen (void); /* how often a row was handed to another thread, since the program began */
gboolean fake_holds (GtkWidget *widget, const char *words); /* a label says this, in sight or not: of a card that stands nowhere */
void fake_row_set_long_names (gboolean long_names); /* from now on names are as long as the longest that people bring */

G_END_DECLS
