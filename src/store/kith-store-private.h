/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-hlc.h"
#include "kith-id.h"
#include "kith-json.h"
#include "kith-kind-sql.h"
#include "kith-record-cache.h"
#include "kith-store-lease.h"
#include "kith-text.h"

G_BEGIN_DECLS

/* Shared by the files of this folder only. All of it runs on the store's thread, inside or around one transaction. */

#define KITH_STORE_QUERIES "/org/kith/sql/store/queries"
#define KITH_STORE_SCHEMA 1

struct _KithStore
{
  GObject parent_instance;

  KithDb *db;
  KithClock *clock;
  KithRandom *random; /* borrowed */
  KithWorld *world;

  /* mirrors of the table state; read again after a transaction that failed */
  char *device, *user, *lane_code, *epoch, *origin, *cursor;
  char *former_device; /* the lane forked and there is no other yet: what it went by */
  gint64 cursor_q;
  gint64 next_n, next_number;
  gint64 round;        /* the round the cursor is in; 0: between rounds */
  gint64 ratchet_ms;   /* highest time seen, or what the hub last told */
  gint64 contact_ms, contact_mono, contact_wall; /* hub's time at the last contact that told one, and ours then */
  char *contact_boot;
  gint64 looked_ms;    /* when every page of the file was read last; 0: never */
  gint64 hub_schema;   /* of the hub's protocol; 0: not known */
  gint64 lease_hours;  /* how long after met_ms what the hub told may show */
  gint64 met_ms;       /* ratchet at the last answer to a good token; 0: never */
  gint64 kept_ms;      /* ratchet as it is written down */
  gint64 last_contact_ms;
  gboolean unwritten;  /* what was noted of the time may not be in the file: its transaction failed */
  char *nonce;         /* of the pull asked last: another one's answer is not its answer; NULL: nothing was asked */
  gint64 next_end;     /* when the first scope's time is over, as kith_store_next_end_ms() says; 0: to be looked up */
  gint64 checked_ms; /* hub's time when the sums were last compared, or the store was first asked; 0: never */
  gboolean marked;   /* as open, in the file */
  gboolean unclean;  /* the last time it was not closed: what is here has to be compared */
  gboolean refilling, loaded;
  gboolean bulk;     /* all is being fetched from nothing: the file was told */
  KithClosed closed; /* the hub closed the account; nothing it told is here any more */
  gboolean mending;  /* scopes that differed were fetched anew: the sums are to be compared once more */
  gboolean by_scope; /* what the hub is asked for its sums by: where the last ones differed */
  JsonArray *parts;  /* of them, NULL: all */
  KithHlc hlc;

  gint64 last_i;
  gboolean purged;      /* this transaction took away what its user may read no more */
  gboolean forgot;      /* and whole records among it, on which what was refused since may have been built */
  gboolean dropped;     /* it took rows away that went elsewhere, or are over */
  gboolean wipe_due;    /* what went may still stand in some page */
  gint64 n_hidings;     /* scopes that were hidden since it was opened */
  gint64 sums_asked;    /* … when the hub was asked for its sums last */
  GError *read_failure; /* of a look-up that could not say so itself, in the operation under way; NULL: none */
  gint64 running;       /* the operation whose rows are being written; 0: none */
  GHashTable *sql;      /* KithKind → KithStoreSql */
  GHashTable *noted;    /* rows written in this transaction of which the index does not know yet */
  GHashTable *told;     /* KithStoreSql of kinds whose index was told something in this transaction */
  GHashTable *refind;   /* KithKind → gint64: the last row (rid) of those that are found in this Kith's way; kinds that have others */
  GHashTable *loose;    /* KithStoreSql of kinds whose index only notes in this transaction what goes, and is written anew at its end */
  KithRecordCache *parsed; /* bodies read lately */
  GHashTable *changed;  /* kind names, static */
  GPtrArray *outcomes;  /* op ids answered in this transaction */
  char *files;          /* folder of the attached files, NULL: none */
  GPtrArray *doomed;    /* paths of files that go when this transaction is committed */
};

/* kith-store.c */
gboolean kith_store_set_state (KithStore *self, const char *key, const char *value, GError **error);
gboolean kith_store_set_state_int (KithStore *self, const char *key, gint64 value, GError **error);
gboolean kith_store_load_state (KithStore *self, GError **error);
void kith_store_touch (KithStore *self, const KithKind *kind);
void kith_store_touch_outbox (KithStore *self);          /* told as a kind of its own, "op" */
void kith_store_announce (KithStore *self);             /* after a commit */
gboolean kith_store_end_draft (KithStore *self, const char *key, const char *op_id, GError **error); /* op_id: of what may be undone, or NULL */
gboolean kith_store_put_draft_back (KithStore *self, const char *op_id, char **key, GError **error); /* key: NULL: nothing was typed for it */
gint64 kith_store_hub_ms (KithStore *self);              /* best reading of the hub's clock */
gint64 kith_store_ratchet (KithStore *self);             /* never runs backwards between contacts */
gboolean kith_store_end (KithStore *self, KithDbTransaction *transaction, gboolean ok, GError **error);

gboolean kith_store_has_policy (KithStore *self, JsonObject *header);                 /* a page's head says what is known: kith-store-time.c */
gboolean kith_store_take_policy (KithStore *self, JsonObject *header, GError **error);
void kith_store_keep_time_last (KithStore *self);        /* kith-store-time.c */

gboolean kith_import_make_known (KithDb *db, GError **error); /* kith-store-import-known.c */

/* kith-store-wipe.c */
gboolean kith_store_mark_wipe (KithStore *self, GError **error);

/* kith-store-rows.c: the only place that writes a kind's table. Scopes are numbered here by the store itself. */
typedef struct
{
  char *get, *add, *put, *remove, *in_scope, *drop_scope;
  char *old, *unindex, *index; /* search: what a row had there, taking it out, putting it in; NULL when the kind is not searched */
  char *last, *note, *overwrite, *anew; /* its last row; how its search forgets; its search written in one piece */
  char *proof, *rebuild; /* whether its search says what its rows say; its search made from them */
  gboolean searched, digits;
} KithStoreSql;
void kith_store_sql_free (gpointer data);
const KithStoreSql *kith_store_sql_for (KithStore *self, const KithKind *kind);

typedef struct
{
  gint64 scope;
  gint64 q;
  char *body;
} KithStoreRow;
static inline void
kith_store_row_clear (KithStoreRow *row)
{
  g_clear_pointer (&row->body, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KithStoreRow, kith_store_row_clear)
gboolean kith_store_read_row (KithStore *self, const KithKind *kind, const char *id, KithStoreRow *row, gboolean *found, GError **error);
gboolean kith_store_write_row (KithStore *self, const KithKind *kind, const char *id, gint64 scope, gint64 q, const char *body,
                               KithRecord *record, GError **error); /* record: the parsed body, or NULL */
gboolean kith_store_take_row (KithStore *self, const KithKind *kind, const char *id, const KithStoreRow *row, char *texts[2], GError **error);
gboolean kith_store_delete_row (KithStore *self, const KithKind *kind, const char *id, GError **error);
gboolean kith_store_run_for_scope (KithStore *self, const KithKind *kind, const char *name, gint64 scope, const char *format, GError **error);
gboolean kith_store_delete_where (KithStore *self, const KithKind *kind, const char *name, gint64 scope, const char *also, GError **error);
gboolean kith_store_delete_scope_rows (KithStore *self, const char *name, gint64 scope, GError **error);
gboolean kith_kind_may_lie_in (const KithKind *kind, const char *scope);
char *kith_store_sql (const KithKind *kind, const char *format);

/* kith-store-index.c: what searching finds, told at the end of a transaction */
void kith_store_index_init (KithStore *self);
gboolean kith_store_index_note (KithStore *self, const KithKind *kind, const char *id, GError **error);
gboolean kith_store_index_made (KithStore *self, const KithKind *kind, const char *id, gint64 rid, char *texts[2], GError **error); /* texts: taken */
gboolean kith_store_index_written (KithStore *self, GError **error);
gboolean kith_store_index_flush (KithStore *self, GError **error);

/* kith-store-refind.c */
gboolean kith_store_refind_begin (KithStore *self, const KithKind *kind, GError **error);
gboolean kith_store_refind_drop (KithStore *self, const char *kind, GError **error);
void kith_store_refind_load (KithStore *self, const char *key, const char *value);

/* kith-store-file.c */
gboolean kith_store_sweep_files (KithStore *self, GError **error);       /* before a commit that took documents away */
gboolean kith_store_drop_unused_files (KithStore *self, GError **error);
void kith_store_remove_doomed (KithStore *self);

/* kith-store-tables.c */
gboolean kith_store_make_tables (KithStore *self, GError **error);

/* kith-store-world.c */
KithWorld *kith_store_world_new (KithStore *store);
gboolean kith_store_scope_number (KithStore *self, const char *name, gint64 *number, GError **error); /* 0: not held, or hidden */
gboolean kith_store_keep_shadow (KithStore *self, const KithKind *kind, const char *id, const KithStoreRow *row, GError **error);

/* kith-store-push.c */
gboolean kith_store_has_origin (KithStore *self, JsonObject *header);                                               /* kith-store-life.c */
gboolean kith_store_take_origin (KithStore *self, JsonObject *header, GError **error);                              /* kith-store-life.c */
gboolean kith_store_take_life (KithStore *self, const char *epoch, gint64 last_n, gint64 hub_q, GError **error); /* kith-store-life.c */
gboolean kith_store_resend (KithStore *self, gint64 n, GError **error);
gboolean kith_store_resend_all (KithStore *self, gint64 n, GError **error);

/* kith-rebase.c */
gboolean kith_store_restore (KithStore *self, GError **error); /* hub images back, scopes begun here gone */
gboolean kith_store_replay (KithStore *self, GError **error);  /* what is unsent on top again */
gboolean kith_store_has_pending (KithStore *self, gboolean *pending, GError **error);

/* kith-outbox.c */
gboolean kith_store_run (KithStore *self, const KithOperation *operation, KithActor *actor, gint64 i, const char *op_id, const char *hlc,
                         gint64 at, gint64 seen, JsonObject *args, GError **error);
JsonObject *kith_store_parse_args (const char *text);
/* A place before the waiting operation i, which becomes i + 1; between restore and replay. Then last_i is one more, when all of it was kept. */
gboolean kith_store_put_before (KithStore *self, gint64 i, const char *op, JsonObject *args, GError **error);
gboolean kith_store_set_base (KithStore *self, gint64 i, const char *text, GError **error); /* once it was replayed; an operation too large is refused */
gboolean kith_store_submit_within (KithStore *self, const char *op, JsonObject *args, gint64 undo_ms, char **op_id, GError **error);
gboolean kith_store_drop_op (KithStore *self, gint64 i, GError **error);
gboolean kith_store_find_unsent (KithStore *self, const char *op, const char *record, gint64 *i, char **args, GError **error);

/* kith-store-numbers.c */
char *kith_store_take_number (KithStore *self, GError **error);
typedef struct _KithStoreFile KithStoreFile;
gboolean kith_store_attach_within (KithStore *self, JsonObject *args, const KithStoreFile *file, gint64 undo_ms, char **op_id, GError **error);
gboolean kith_store_run_steps (KithStore *self, GPtrArray *steps, const char *draft, GError **error);

/* kith-outbox-results.c */
char *kith_store_revoked_client (KithStore *self, JsonObject *revocation);
gboolean kith_store_stop_sends (KithStore *self, const char *client, GError **error); /* kith-outbox-stop.c: after a revocation */
gboolean kith_store_send_ahead (KithStore *self, gint64 i, const char *key, GError **error); /* kith-outbox-ahead.c: the same */
gboolean kith_store_rests_on_consent (KithStore *self, KithRecord *referral, gboolean *rests, GError **error); /* kith-outbox-stop.c */
gboolean kith_store_fit_to_hub (KithStore *self, GError **error); /* kith-outbox-wait.c: before numbers are given */
gboolean kith_store_note_gone_out (KithStore *self, GError **error); /* kith-outbox-stop.c: what a revocation stopped had been sent before */
gboolean kith_store_take_result (KithStore *self, JsonObject *line, gboolean *rebase, GError **error);
gboolean kith_store_finish_reached (KithStore *self, guint *n_finished, GError **error);

/* Drafts and refused operations about a record that was taken away are kept this long for their author. */
#define KITH_STORE_UNSENDABLE_MS (7 * G_TIME_SPAN_DAY / 1000)

/* kith-store-scopes.c */
gboolean kith_store_announce_scope (KithStore *self, gint64 sid, const char *name, gint64 round, gint64 *number, GError **error);
char *kith_store_scope_of (KithStore *self, gint64 sid, gint64 *number, GError **error); /* NULL without error: not announced */
gboolean kith_store_forget_scope (KithStore *self, const char *scope, GError **error);
gboolean kith_store_forget_drafts (KithStore *self, const char *scope, gint64 expires, GError **error);
gboolean kith_store_set_until (KithStore *self, JsonObject *until, GError **error);
gboolean kith_store_unhide_all (KithStore *self, GError **error);
gboolean kith_store_hide_due (KithStore *self, gint64 now_ms, gboolean *hid, GError **error);

G_END_DECLS
