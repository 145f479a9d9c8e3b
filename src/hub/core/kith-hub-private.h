/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-access.h"
#include "kith-blob.h"
#include "kith-hlc.h"
#include "kith-hub.h"
#include "kith-id.h"
#include "kith-kind-sql.h"
#include "kith-record-cache.h"
#include "kith-protocol.h"
#include "kith-text.h"

#include <string.h>

G_BEGIN_DECLS

/* Shared by the kith-hub-*.c files only.
 *
 * A writing transaction: kith_hub_begin(), then operations one by one (kith_hub_apply), then kith_hub_stamp(), which gives
 * every touched record its q and every grant and membership that began or ended the last of them, then whatever tells of
 * it (outcomes), then kith_hub_commit(). Until stamped, rows of grants and members carry KITH_HUB_PENDING. */
#define KITH_HUB_PENDING G_GINT64_CONSTANT (0x4000000000000000)

typedef struct
{
  const KithKind *kind;
  char *id;
  char *scope;         /* where it lies now; NULL: it is gone */
  KithRecord *before;  /* as it was before this touch; NULL: it was not there */
  KithRecord *after;
} KithHubTouch;

/* Rows of one table that this transaction opened or closed. */
typedef struct
{
  GArray *opened; /* gint64 row numbers */
  GArray *closed;
} KithHubMarks;

/* How far the lists of a transaction had grown when an operation began: undoing it cuts them back. */
typedef struct
{
  guint touches;
  guint grants_opened, grants_closed;
  guint members_opened, members_closed;
} KithHubPoint;

/* How far the clock came in one of its lists (kith-hub-clock.c). */
#define KITH_HUB_LISTS 5
typedef struct
{
  char *after;      /* id of the last one looked at; NULL: the next is the first */
  gboolean left;    /* there may be more after it in this round */
} KithHubRound;

typedef struct
{
  guint64 requests, refused_requests, pushes, pulls, waits, ops_applied, ops_merged, ops_noop, ops_rejected, ops_parked;
  guint64 rows_sent, rows_missing, forgets, bytes_in, bytes_out, sign_ins, failed_sign_ins;
  guint64 clock_looks; /* records the clock looked at */
  guint64 damaged; /* records and subjects that could not be read: they were passed over, or closed */
  guint64 subjects_settled; /* clients, referrals, calls … of which it was worked out anew who may see them */
} KithHubCounts;

struct _KithHub
{
  KithDb *db;
  KithClock *clock;
  KithRandom *random;
  KithHubOptions options;
  KithWorld *world;
  KithHlc hlc;
  char *epoch;
  char **former;        /* epochs it had before it was restored from a backup */
  char *run;            /* the newest there is a line of: who hears the hub's state now hears it in this one */
  char *next_run;       /* this process's own, until it changes something; NULL: that is run */
  gboolean run_begins;  /* in the transaction under way */
  char *secret;
  gint64 q;             /* newest committed */
  gint64 horizon;
  gint64 noted_day;     /* since 1970: the last one whose number is on record */
  gboolean pruning;     /* there may be more that is too old */
  gboolean matching;    /* there are more clients to compare with others */
  KithHubRound rounds[KITH_HUB_LISTS];
  gint64 waiting_slot;  /* the quarter of an hour in which referrals that wait were looked at */
  gboolean waiting_stale; /* since then something has changed that their days depend on */
  gint64 causes_day;    /* since 1970: what grants without an end rest on is read once a day */
  gint64 causes_after;  /* the row up to which */
  gboolean causes_left; /* there are more of today */
  gint64 next_end;      /* ms: the first not_after of an open grant; G_MAXINT64: none */
  guint due_most;       /* subjects of a turn: nobody is answered meanwhile */
  char *due_after;      /* the subject up to which those past their end were closed; NULL: from the first */
  gboolean due_again;   /* what ended meanwhile, before that subject, is looked at now */

  gboolean writing;
  GPtrArray *touches;   /* (element-type KithHubTouch), in order, of the transaction under way */
  guint op_start;       /* where the operation under way begins in it */
  KithHubMarks grants, members;

  /* Documentation written before access ended (sync.md 2.4): set while such an operation is checked. */
  gint64 late_seen, late_acked; /* -1: does not apply */
  KithOpContext *late_cx; /* told so when it is used */

  GHashTable *tables;     /* KithKind → its statements' texts */
  KithRecordCache *parsed; /* bodies read lately */
  GError *read_failure; /* of a look-up that could not say so itself, in the operation under way; NULL: none */

  gint64 seen_ms;       /* the highest time: kith-hub-time.c */
  gint64 seen_noted_ms; /* as it is on record */
  gint64 sure_ms, sure_mono; /* the clock when it could be believed last, and what the computer had counted then */
  gboolean sure;        /* since the hub was opened */
  gboolean doubt;       /* it cannot be believed now */
  gint64 doubt_said;    /* mono: the log was told */

  gint64 unsound_ms;      /* when the file was found damaged; 0: it was not */
  GHashTable *troubles;   /* lane number → what its pushes fail with for some time: kith-hub-trouble.c */
  GHashTable *calm_lanes; /* lane numbers whose "trying" mark was left by a failure, not by a crash */
  GHashTable *fills;      /* fill lists of rounds under way: an exact cache */
  gboolean watched;         /* somebody asks for pokes */
  KithHubPokes *pokes;      /* since they were taken last; NULL: nobody */
  gint64 refusals;          /* how often somebody's access was ended without a commit */
  GHashTable *poked_scopes; /* gint64 numbers of scopes that the transaction under way changes */
  GHashTable *lookups;    /* user → searches of the network in this minute */
  GHashTable *verifies;   /* user → comparisons in this minute */
  GHashTable *put_aside; /* a set: what the hub could not carry out by itself; it is not tried again in this process */
  GHashTable *handles;    /* what stands for a client who was found: kith-hub-handle.c */
  GHashTable *told;       /* lane number → q up to which a page was made for it last */
  GHashTable *waits;      /* how far a waiting cursor was looked at and found nothing */
  KithHubCounts counts;
  gboolean mails;         /* somebody carries mail */
  char *translations;     /* the folder they are in; NULL: mails are in English */
  gint64 mail_hour;       /* since 1970: overviews were looked for */
  char *files;            /* folder of the attached files; NULL: none */
  gboolean files_looked_at; /* since the hub was opened: what has no line was put aside */
  gboolean files_stale;   /* some may belong to nobody any more */

  void (*before_run) (const char *op_id, JsonObject *args); /* tests only: what a fault in an operation's code does */
};

/* Who asks: an access token, resolved. */
typedef struct
{
  char *family;
  char *user;
  char *device;
  gint64 lane;
} KithHubSession;
void kith_hub_session_clear (KithHubSession *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KithHubSession, kith_hub_session_clear)

/* kith-hub-time.c */
gint64 kith_hub_now (KithHub *self);
gboolean kith_hub_clock_is_sound (KithHub *self);
gboolean kith_hub_read_time (KithHub *self, GError **error);
gboolean kith_hub_note_time (KithHub *self, GError **error); /* on record, now and then */
gboolean kith_hub_check_clock (KithHub *self, KithHubAnswer *answer); /* FALSE: answered */
gboolean kith_hub_need_clock (KithHub *self, GError **error);

/* kith-hub.c */
char *kith_hub_random_hex (KithHub *self, gsize n_bytes);
gboolean kith_hub_scope_number (KithHub *self, const char *name, gboolean make, gint64 *sid, GError **error); /* 0: none */
gboolean kith_hub_principal_number (KithHub *self, const char *name, gboolean make, gint64 *pid, GError **error);

/* kith-hub-tables.c */
gboolean kith_hub_make_tables (KithHub *self, GError **error);

/* kith-hub-life.c */
const char *kith_hub_get_origin (KithHub *self);
gboolean kith_hub_read_life (KithHub *self, GError **error); /* when it is opened; a copy that was not used yet begins a life of its own */
gboolean kith_hub_begin_run (KithHub *self, gint64 q, GError **error); /* in the transaction that goes beyond q */
void kith_hub_end_run_begin (KithHub *self, gboolean committed);
void kith_hub_mark_cursor (KithHub *self, const char *binding, KithCursor *cursor); /* as told everything there is now */
gboolean kith_hub_knows_cursor (KithHub *self, const char *binding, const KithCursor *cursor, gboolean *known, GError **error);

/* kith-hub-world.c */
KithWorld *kith_hub_world_new (KithHub *hub);
typedef struct _KithHubTable KithHubTable;
void kith_hub_table_free (KithHubTable *self);
gboolean kith_hub_world_write_row (KithHub *hub, KithRecord *record, const char *body, GError **error); /* body: as printed; nobody is told */
GPtrArray *kith_hub_world_list (KithHub *self, const KithKind *kind, GError **error);
char *kith_hub_world_read_body (KithHub *self, const KithKind *kind, const char *id, GError **error); /* NULL without error: none */

/* kith-hub-stamp.c */
gboolean kith_hub_begin (KithHub *self, GError **error);
gboolean kith_hub_stamp (KithHub *self, gint64 *q, GError **error); /* q: the transaction's last, or the newest when nothing was touched */
gboolean kith_hub_commit (KithHub *self, GError **error);
void kith_hub_rollback (KithHub *self);
void kith_hub_touch (KithHub *self, const KithKind *kind, const char *id, KithRecord *before, KithRecord *after);
KithHubPoint kith_hub_point (KithHub *self);
void kith_hub_cut (KithHub *self, const KithHubPoint *point);
guint kith_hub_count_touched (KithHub *self); /* different records in this transaction */

/* kith-hub-clock.c */
void kith_hub_note_waiting (KithHub *self, KithRecord *before, KithRecord *after); /* in the transaction that makes the change */

/* kith-hub-prune.c */
gboolean kith_hub_prune (KithHub *self, GError **error);

/* kith-hub-mail.c */
gboolean kith_hub_queue_notice (KithHub *self, KithRecord *notice, GError **error); /* in the transaction that makes it */
gboolean kith_hub_queue_weeks (KithHub *self, GError **error);

/* kith-hub-match.c */
gboolean kith_hub_match_clients (KithHub *self, guint *n_done, GError **error);

/* kith-hub-poke.c */
void kith_hub_poke_scope (KithHub *self, gint64 sid);
void kith_hub_poke_user (KithHub *self, const char *user);
void kith_hub_note_pokes (KithHub *self);

/* kith-hub-grants.c */
gboolean kith_hub_settle_access (KithHub *self, GError **error);                                /* after an operation: grants and members of what it touched */
gboolean kith_hub_settle_subject (KithHub *self, const char *subject, GError **error);
gboolean kith_hub_close_damaged (KithHub *self, const char *subject, gboolean all, GError **error);
gboolean kith_hub_settle_person (KithHub *self, const char *user, GError **error);
gboolean kith_hub_end_due (KithHub *self, gboolean *left, GError **error);                                      /* a transaction of its own when grants are past their end */
gboolean kith_hub_read_next_end (KithHub *self, GError **error);
GHashTable *kith_hub_wanted_grants (KithHub *self, const char *subject, GError **error);        /* key text → KithGrant */
GHashTable *kith_hub_wanted_principals (KithHub *self, const char *user, GError **error);          /* a set of names */
char *kith_hub_grant_key (const char *scope, const char *principal, const char *reason, gint64 not_after);

/* kith-hub-index.c */
gboolean kith_hub_mend_what_broke (KithHub *self, GError **error);

/* kith-hub-causes.c */
gboolean kith_hub_rests_on_damaged (KithHub *self, const char *subject, const char *scope, const char *reason, guint *n_read, gboolean *damaged, GError **error);
gboolean kith_hub_look_at_causes (KithHub *self, GError **error);

/* kith-hub-paths.c: what a person's paths to a scope say */
typedef struct
{
  gboolean any;        /* there is or was one */
  gboolean open;       /* now */
  gboolean ended_after; /* one ended after q */
  gboolean changed_after_h;
  gboolean live;       /* as of H */
  gint64 since;        /* earliest of the live ones */
  gint64 last_until;   /* latest end of those that ended */
  gint64 not_after;    /* of the open ones, the latest; 0: no end */
} KithHubPaths;
gboolean kith_hub_paths (KithHub *self, gint64 sid, const char *user, gint64 q, gint64 H, KithHubPaths *paths, GError **error);

/* kith-hub-run.c: one operation inside a transaction */
typedef struct
{
  const char *op_id;
  const char *name;
  JsonObject *args;
  gint64 time_ms;
  const char *hlc;
  gint64 seen;         /* -1: unknown */
  gint64 acked;        /* what the lane was told up to; -1: not a lane's */
  JsonObject *base;    /* what its author's computer changed by it; NULL: unknown */
  const char *series;  /* whose numbers its records may have; NULL: any, it is the hub's own */
} KithHubOp;

typedef struct
{
  KithOutcome outcome;
  int refusal;         /* KithRefusal, -1: none */
  char *code;
  char *message;
  JsonObject *words;   /* what the message was made of (kith-refusal.h); NULL: it is all there is */
  JsonObject *now;
  char *about;         /* scopes of the records now tells of, one space between; NULL: none */
  GPtrArray *conflicts;
  gint64 after;        /* n of the refused operation it builds on, 0: none */
  gboolean late;
} KithHubOutcome;
void kith_hub_outcome_clear (KithHubOutcome *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KithHubOutcome, kith_hub_outcome_clear)

/* FALSE: the database failed and the transaction is to be given up. */
gboolean kith_hub_apply (KithHub *self, const KithActor *actor, const KithHubOp *op, KithHubOutcome *outcome, GError **error);
JsonObject *kith_hub_outcome_line (const KithHubOutcome *outcome, gint64 n /* 0: none */, const char *op_id, gint64 q);
/* A stored outcome, to be given again: byte by byte, unless its reader has lost sight of what its "now" tells. NULL: the database failed. */
char *kith_hub_outcome_again (KithHub *self, const char *user, const char *result, const char *about, GError **error);

/* kith-hub-handle.c */
GHashTable *kith_hub_handles_new (void);
char *kith_hub_handle_new (KithHub *self, const char *user, const char *client);
char *kith_hub_handle_of (KithHub *self, const char *user, const char *client); /* the same, without making it good */
JsonObject *kith_hub_handle_resolve (KithHub *self, const char *user, JsonObject *args, KithHubOutcome *outcome);
void kith_hub_outcome_refuse (KithHubOutcome *outcome, int refusal, const char *message);
void kith_hub_outcome_park (KithHubOutcome *outcome, const char *code, const char *message);
void kith_hub_count_outcome (KithHub *self, KithOutcome outcome);
gboolean kith_hub_take_turn (KithHub *self, GHashTable *turns, const char *user, guint most); /* kith-hub-lookup.c: of a minute */
gboolean kith_hub_actor_is_stale (KithHub *self); /* the operation just run changed something an actor is made of */
char *kith_hub_op_hash (const char *op_id, const char *name, JsonObject *args);
gboolean kith_hub_is_same_op (const char *known, const char *op_id, const char *name, JsonObject *args);

/* kith-hub-own.c */
void kith_hub_add_own (KithHub *self, GPtrArray *ops, JsonObject *op);
gboolean kith_hub_is_everybodys (KithHub *self, const GError *error);
gboolean kith_hub_carry_out (KithHub *self, GPtrArray *ops, guint *n_done, GError **error);

/* kith-hub-trouble.c */
gboolean kith_hub_is_the_machines (const GError *error); /* whatever is done meets it, and it passes */
void kith_hub_park_crashed (KithHubOutcome *outcome);
void kith_hub_park_failed (KithHubOutcome *outcome);
gboolean kith_hub_trouble_lasts (KithHub *self, gint64 lane);
gboolean kith_hub_trouble_note (KithHub *self, gint64 lane, gint64 n, gboolean alone, const GError *error);
void kith_hub_trouble_over (KithHub *self, gint64 lane);
gboolean kith_hub_online_try (KithHub *self, const char *op_id, gboolean *crashed, GError **error);
gboolean kith_hub_online_came_back (KithHub *self, const char *op_id, GError **error);

/* kith-hub-account.c */
gboolean kith_hub_start_sign_in (KithHub *self, const KithHubRequest *request, KithHubAnswer *answer, GError **error);
gboolean kith_hub_sign_in (KithHub *self, const KithHubRequest *request, KithHubAnswer *answer, GError **error);

/* kith-hub-session.c */
gboolean kith_hub_refresh (KithHub *self, const KithHubRequest *request, KithHubAnswer *answer, GError **error);
gboolean kith_hub_new_lane (KithHub *self, const KithHubRequest *request, KithHubSession *session, KithHubAnswer *answer, GError **error);
/* In the caller's transaction: finds it, or makes it. former: the lane this store went by until now, 0: none. *lane 0: this person has made too many today. */
gboolean kith_hub_find_lane (KithHub *self, const char *device, const char *user, gint64 former, gint64 *lane, GError **error);
gboolean kith_hub_check_series (KithHub *self, const char *user, const char *number, gboolean *own, GError **error);
void kith_hub_refuse_lane (KithHubAnswer *answer);
gboolean kith_hub_valid_device (const char *device);
gboolean kith_hub_name_computer (KithHub *self, gint64 lane, const char *name, GError **error);
void kith_hub_refuse_person (KithHub *self, const char *user, const char *code, KithHubAnswer *answer);
gboolean kith_hub_check_computer (KithHub *self, const char *user, const char *device, KithHubAnswer *answer, GError **error); /* FALSE without error: answered, it was revoked */
JsonObject *kith_hub_describe_lane (KithHub *self, gint64 lane, GError **error);
gboolean kith_hub_open_session (KithHub *self, const char *user, gint64 lane, JsonObject *answer, GError **error);
gboolean kith_hub_is_token (const char *text); /* by its form */
/* FALSE: answer is filled, or error is set. */
gboolean kith_hub_authenticate (KithHub *self, const char *token, KithHubSession *session, KithHubAnswer *answer, GError **error);

/* Handlers of the router. FALSE with error set: the database failed. */
gboolean kith_hub_push (KithHub *self, const KithHubRequest *request, KithHubSession *session, KithHubAnswer *answer, GError **error);
gboolean kith_hub_online (KithHub *self, const KithHubRequest *request, KithHubSession *session, KithHubAnswer *answer, GError **error);
gboolean kith_hub_pull (KithHub *self, const KithHubRequest *request, KithHubSession *session, KithHubAnswer *answer, GError **error);
gboolean kith_hub_wait (KithHub *self, const KithHubRequest *request, KithHubSession *session, KithHubAnswer *answer, GError **error);
gboolean kith_hub_verify (KithHub *self, const KithHubRequest *request, KithHubSession *session, KithHubAnswer *answer, GError **error);
gboolean kith_hub_look_up (KithHub *self, const KithHubRequest *request, KithHubSession *session, KithHubAnswer *answer, GError **error);
gboolean kith_hub_blob (KithHub *self, const KithHubRequest *request, KithHubSession *session, KithHubAnswer *answer, GError **error);
/* NULL: the bytes are those of this SHA-256; else what is wrong with them. (transfer full) */
char *kith_hub_file_fault (const char *path, const guint8 key[KITH_BLOB_KEY], gint64 size, const char *sha256);
/* A database like that of a hub and its folder: names in the report what is not there or not right. */
gboolean kith_hub_check_files (KithDb *db, const char *files, GString *report, guint *n_problems, GError **error);
gboolean kith_hub_sort_strays (KithHub *self, GError **error); /* what has no line is put aside */
gboolean kith_hub_sweep_files (KithHub *self, GError **error); /* kith-hub-blob.c: after a document was removed */
void kith_hub_print_metrics (KithHub *self, const KithHubRequest *request, KithHubAnswer *answer);

/* kith-hub-pull.c */
char *kith_hub_binding (const KithHubSession *session);
/* known FALSE: it is answered, "refill": expired, or not ours. */
gboolean kith_hub_decode_cursor (KithHub *self, const char *text, const char *binding, KithCursor *cursor);
gboolean kith_hub_read_cursor (KithHub *self, const char *text, const KithHubSession *session, KithCursor *cursor, gboolean *known, KithHubAnswer *answer, GError **error);
gboolean kith_hub_has_news (KithHub *self, const char *user, gint64 path_q, gint64 row_q, gboolean *news, GError **error);
typedef struct _KithHubFill KithHubFill;
void kith_hub_fill_free (KithHubFill *self);

/* kith-hub-router.c: answers */
void kith_hub_answer_json (KithHubAnswer *answer, guint status, JsonObject *object); /* transfer full */
void kith_hub_answer_error (KithHubAnswer *answer, guint status, const char *code, const char *message, JsonObject *more);
JsonObject *kith_hub_read_body (const KithHubRequest *request, gsize max_bytes, KithHubAnswer *answer); /* NULL: answered */
char *kith_hub_query_value (const char *query, const char *name);

G_END_DECLS
