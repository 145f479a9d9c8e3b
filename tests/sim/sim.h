/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-hub.h"
#include "kith-json.h"
#include "kith-oracle.h"
#include "kith-protocol.h"
#include "kith-store-lease.h"
#include "kith-sync-engine.h"

G_BEGIN_DECLS

/* One seeded network: the real hub core and several real desks in one thread, with a clock, randomness, a network and crashes
 * of our own (sync.md 3). Everything that is drawn comes from the seed, so a failing seed replays exactly. */

#define SIM_MS_SECOND G_GINT64_CONSTANT (1000)
#define SIM_MS_HOUR (G_GINT64_CONSTANT (3600) * SIM_MS_SECOND)
#define SIM_MS_YEAR (G_GINT64_CONSTANT (8766) * SIM_MS_HOUR)
#define SIM_N_AGENCIES 3
#define SIM_N_SERVICES 4
#define SIM_N_QUEUES 2
#define SIM_MAX_CLIENTS 6
#define SIM_MAX_REFERRALS 12
#define SIM_MAX_CASES 8
#define SIM_MAX_DESKS 7

typedef struct _Sim Sim;
typedef struct _SimDesk SimDesk;
typedef struct _SimDamage SimDamage;

/* Which faults are on, drawn per seed; rates in per mille of messages or events. */
typedef struct
{
  guint drop_request, drop_answer, duplicate, cut, portal, slow, expired, stale;
  guint partition, crash_hub, crash_desk, crash_inside, jump, damage, forge;
  guint take_away, pause;
  guint restore;        /* the hub is copied, and put back from the copy */
  guint fork;           /* disks are put back from an image */
  guint full_desk, full_hub; /* writes that find no room */
  guint clock;          /* the hub's clock jumps */
  guint busy;           /* requests that are refused before the hub sees them */
  guint too_large;      /* bytes: pushes larger than that do not come through; 0: all do */
  gboolean skew, small_pages, refresh;
  gboolean files;       /* what is attached has bytes */
  guint upgrade;        /* desks and the hub are updated */
  guint pair;           /* somebody has two computers */
  guint rescue;         /* what is kept on desks is damaged */
  guint old;            /* desks of an older Kith are updated */
  guint drafts;         /* of what is done with referrals, so much with drafts */
  guint enclosed;       /* of those, so many get a file */
  guint asked;          /* the network is asked for people, often */
  guint old_hub;        /* the hub is of an older Kith */
  guint typed;          /* forms are begun and not sent */
  guint papers;         /* whole records are printed */
  gboolean unasked;     /* a referral is written before the client was asked, and goes out later */
  gboolean kept;        /* it is said how many places there are in all, and how many are kept back */
  gboolean terms;       /* numbers of free places are of a period, or until a day; a call’s referral goes on from another */
  gboolean copied;      /* the hub is copied by whoever knows no better, without it knowing */
} SimFaults;

typedef struct
{
  char *id, *login;
  guint agency;         /* index; SIM_N_AGENCIES: none */
  gboolean account;     /* may sign in */
} SimPerson;

/* An operation a desk was told is done: it may never be lost (I3). */
typedef struct
{
  char *op_id, *op;
  JsonObject *args;
  char *mark;           /* unique text it writes, or NULL */
  guint agency;         /* its author's */
  gint64 base_q;        /* what the desk had seen */
  gboolean knew;        /* the referral it is about was on the desk */
  gboolean shown;       /* its words were seen there since */
  gboolean asked;       /* the desk had been told that the service must have an answer (P2) */
  gboolean laid_aside;  /* the service's form, told to a desk that says it has seen that much, was not there since its update */
  gboolean blind;       /* a change of a record that was not on the desk */
  gboolean withdrawn;   /* undone before it was sent */
  gboolean unknown;     /* of a newer Kith: what it writes is shown nowhere (I17) */
  gboolean gone;        /* its desk was put back to a time before it */
  gboolean settled;     /* stopped before it was sent, and dealt with: it is kept for thirty days, and nowhere else */
  guint n_forgets;      /* how often its desk had forgotten something when it was done */
  char *epoch;          /* the life of the hub that its desk knew */
  char *hlc;            /* in seeds with an older hub */
  guint life;           /* the hub that made the page its desk had applied last */
} SimOp;

struct _SimDesk
{
  Sim *sim;
  guint index;
  SimPerson *person;
  char *device, *db_name;
  KithDb *holder;       /* keeps the memory database across a crash */
  KithStore *store;
  KithSyncEngine *engine;
  KithManualClock *clock;
  KithRandom *random;
  char *token, *refresh;
  guint life;           /* counts restarts: what was asked in a former life is answered to nobody */
  gboolean cut_off;     /* partition */
  gint64 schema;        /* of the protocol, that its Kith knows */
  gint64 away_until;    /* its person is out of reach of any network */
  gboolean closed;      /* its person was deactivated, or it is not in use any more */
  gboolean revoked;     /* its lane was: the hub has nothing more to do with it (I21) … */
  gint64 revoked_q;     /* … since */
  GHashTable *names; /* all it has gone by: whoever revokes one of them revokes them all */
  GHashTable *revoked_names; /* of the computers that were revoked under it: one that was put back is one of them again */
  gboolean forsaken;    /* it was closed, and the hub that was put back knows nothing of that */
  char *epoch;          /* the life of the hub it has met */
  gboolean anew;        /* it fetches all anew since it met that */
  gboolean verified;    /* its sums were compared at the end */
  gboolean dirty;       /* its engine is to be asked for its next request */
  gint64 wake_at;       /* when it was last scheduled to be woken, 0: not */
  gint64 last_q;        /* I9 */
  char *last_epoch;     /* its life of the hub */
  GPtrArray *ops;       /* (element-type SimOp) */
  char *nonce;          /* of its last pull */
  GQueue pages;         /* of GBytes: those it was told lately, the newest first */
  char *found;          /* what the network called somebody it found last; NULL: nobody yet */
  guint n_forgets;      /* pages that took something away, and times when they may have */
  GHashTable *announced; /* names of the scopes it ever was told of */
  struct _KithStoreFile *attaching; /* what the operation under way attaches; NULL: nothing */
  SimDamage *damage;    /* rows that went astray and were not mended yet; NULL: none */
  guint met_life;       /* which hub made it */
  gint64 answer_q, answer_ms; /* the hub's q and time when the page applied last was made */
  struct _SimImage *image; /* of its disk; NULL: none */
  gboolean put_back;    /* its disk was, from one */
  guint n_devices;      /* how often it became another computer, before somebody signed in */
  gint64 full_until;    /* its disk is full */
  gint64 patience[KITH_SYNC_SEND_FILE + 1]; /* nothing of that sort is sent before; its mono ms */
  GHashTable *typed;    /* forms that were begun (sim-typed.c); NULL: none yet */
  const char *saving;   /* the form that the operation under way ends; NULL: none */
  guint too_many;       /* operations in the push that did not come through; 0: none */
};

struct _Sim
{
  guint64 seed;
  guint n_events, event;
  gboolean rewinding; /* the facts are read anew, nothing happens */
  gboolean verbose, calm, verifying; /* calm: faults and work have stopped; verifying: and all is quiet */
  SimFaults faults;
  gint64 now, base;       /* virtual ms since the start; wall time of the start */
  KithRandom *random;
  GSequence *queue;
  guint64 order;

  char *hub_db_name;
  KithHub *hub;
  KithDb *hub_holder;
  KithManualClock *hub_clock;
  KithRandom *hub_random;
  GPtrArray *held;        /* wait requests the hub has not answered */

  GPtrArray *people;      /* (element-type SimPerson) */
  GPtrArray *desks;       /* (element-type SimDesk) */
  char *agencies[SIM_N_AGENCIES];
  char *services[SIM_N_SERVICES];
  char *queues[SIM_N_QUEUES];
  char *form; /* what service 0 asks of those who refer to it */
  gboolean form_required; /* it must have an answer */
  guint n_former; /* how often it was looked for what is left of a former receiver */
  GPtrArray *clients, *referrals, *consents, *cases, *notes, *tasks, *transfers, *plans; /* ids that were tried, whether they came to be or not */
  guint marks;

  KithMemoryWorld *mirror; /* the hub's records as they are now */
  KithOracle *oracle;
  gint64 mirrored_q;
  SimDesk *asking;         /* whose request the hub is working on, NULL: its own */
  GHashTable *marked;      /* mark → SimOp that writes it, borrowed (I5) */
  GHashTable *outcomes;    /* op id → outcome line as first given (I2, I4) */
  GHashTable *lost;        /* the same, of a life of the hub that is over, which this one did not know when it began */
  struct _SimBackup *backup;
  struct _SimFiles *files;
  KithRandom *late_random; /* for faults that came later: seeds without them are as they were */
  KithRandom *later_random; /* the same, for those that came after these */
  KithRandom *clock_random; /* for jumps of the hub's clock alone */
  gint64 clock_off;         /* how far it is wrong now, not believed */
  guint n_accepted;         /* how often it was set ahead */
  gint64 ticked_ms; /* when the hub last did what was due, by its own time; 0: not yet */
  KithRandom *upgrade_random; /* for updates */
  KithRandom *rescue_random; /* for damaged copies; NULL: none in this seed */
  KithRandom *old_random; /* for older desks */
  KithRandom *pair_random; /* for people with two computers */
  KithRandom *term_random; /* for what 2-1-1 calls reasons: NULL: nothing of it in this seed */
  struct _SimLookup *lookup;
  struct _SimCorrected *corrected;
  struct _SimOldHub *old_hub; /* NULL: none in this seed */
  struct _SimPapers *papers;  /* NULL: none in this seed */
  KithRandom *typed_random;   /* for forms that are begun; NULL: none in this seed */
  KithRandom *assess_random;  /* for what is said of assessments beside a number; NULL: nothing of it in this seed */
  KithRandom *anew_random;    /* for consent given anew; NULL: none in this seed */
  KithRandom *mended_random;  /* for answers of a call that are put right; the same */
  guint hub_life;
  char *hub_files;
  GHashTable *changes;     /* "t/id/field" → GArray of SimChange (I13) */
  GHashTable *scope_names; /* sid → name */
  GHashTable *left;        /* user → q at which the account was deactivated (I21) */
  GHashTable *places;      /* free places to look at after this commit (I16) */
  GHashTable *counted;     /* count of free places → how many had come before it, and it (I16) */
  GHashTable *taken;       /* referrals taken up in this commit → their service */
  GHashTable *served;      /* referrals that were taken into service in this commit, wherever they went then */
  GHashTable *waits;       /* referrals that went to the wait list in this commit (1), or got a place kept (2) */
  GHashTable *opened, *joined; /* cases begun and assignments to cases made by this commit (A5) */
  GHashTable *told_at; /* referral → gint64, when a note of this commit was written */
  GHashTable *told, *uncovered; /* referrals into which words were put by this commit; clients and referrals whose consent or release moved in it (C4) */
  GHashTable *phases;      /* referral → phase its timeline ends with (I15) */
  GHashTable *acceptances; /* referral → how often (I15) */

  gint64 full_until;       /* the hub's disk is full */
  gboolean no_room;        /* the answer under way found it so */

  const char *pausing;     /* a service that takes no direct referrals for a while, NULL: none */
  SimDesk *paused;         /* whose referral waits to be sent there */
  gint64 resume_at;

  GPtrArray *asks;         /* everything the hub was asked, for its twin (I19); NULL: it has none */

  guint n_checks, n_rows_checked, n_conflicts, n_refused, n_applied, n_forgets, n_crashes, n_verdicts, n_lane_verdicts, n_twins, n_stale, n_purges, n_subsets;
  guint n_restored, n_counted, n_looked, n_sent, n_parts, n_busy, n_full, n_forked, n_clock, n_updated, n_paired, n_taken_off, n_old, n_rescued;
  guint n_opened, n_spoilt, n_mended, n_refetched, n_forged, n_hits, n_asked, n_shared, n_waited, n_typed, n_typed_sent, n_papers;
  gboolean lane_bit; /* the failure is one of sim-lane.c */
  char *failure;
};

typedef struct
{
  gint64 q;
  gint desk; /* -1: the hub itself */
} SimChange;

/* sim.c */
void sim_fail (Sim *self, const char *invariant, const char *format, ...) G_GNUC_PRINTF (3, 4);
void sim_log (Sim *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
gboolean sim_chance (Sim *self, guint per_mille);
guint sim_below (Sim *self, guint bound);
const char *sim_pick (Sim *self, GPtrArray *texts); /* NULL when empty */
guint sim_later_below (Sim *self, guint bound);       /* for sim-busy.c and what came after it */
gboolean sim_later_chance (Sim *self, guint per_mille);
gint64 sim_wall (Sim *self);
void sim_sql_text (KithDb *db, const char *sql, const char *arg, char **text); /* first column of the first row, or NULL */

typedef struct
{
  char *failure;   /* NULL: passed */
  guint events;
  guint twins;     /* 1: compared with a second hub (I19) */
  guint parts;     /* of files that left the hub */
  guint asked, hits, waited, typed, papers; /* see the README’s rows of look-ups, older hubs, forms, papers */
  gboolean lane_bit;
  char *counts;    /* what happened, for the log */
} SimResult;
void sim_result_clear (SimResult *self);
SimResult sim_run (guint64 seed, guint n_events, gboolean verbose);

/* sim-crash.c: a process that dies in the middle of its work: from the k-th step of a statement on, nothing reaches the database */
void sim_crash_arm (guint steps);
gboolean sim_crash_disarm (void); /* whether it happened */
gboolean sim_crash_happened (void);

/* sim-image.c */
void sim_image_store (KithDb *to); /* the tables of a store into an empty database */
void sim_image_hub (KithDb *to);
guint sim_image_page_bytes (void); /* of databases in memory, and of files they are copied to */
void sim_image_copy (KithDb *to, KithDb *from);

typedef struct _SimCopy SimCopy; /* of a desk's store */
SimCopy *sim_copy_new (SimDesk *desk);
KithStore *sim_copy_get_store (SimCopy *self);
void sim_copy_free (SimCopy *self);

/* sim-rows.c */
typedef struct
{
  char *scope, *body;
  gint64 q;
} SimRow;
GHashTable *sim_rows_of_store (KithStore *store, gboolean hub_part); /* "t/id" → SimRow; hub_part: without what waits on top */
GHashTable *sim_rows_of_hub (Sim *self);
gboolean sim_rows_equal (GHashTable *a, GHashTable *b, const char **which);

/* sim-check-pages.c: pages that come late, twice or in another order */
gboolean sim_pages_swap (SimDesk *desk, GBytes **body);                /* TRUE: something on the way answers with a page it has kept */
SimCopy *sim_pages_before (SimDesk *desk);                            /* NULL: this page is not compared */
void sim_pages_after (SimDesk *desk, GBytes *body, SimCopy *before);  /* frees before */

/* sim-check-purge.c */
void sim_check_purged (SimDesk *desk);  /* I6 */
void sim_check_images (SimDesk *desk);  /* I6: images of the own operations, after every page, cut or not */
void sim_check_indexes (SimDesk *desk);
void sim_check_revoked (Sim *self);     /* I21, at the end */

/* sim-damage.c: rows that go astray */
void sim_damage_desk (SimDesk *desk);
gboolean sim_damage_were_compared (SimDesk *desk);
void sim_damage_answered (SimDesk *desk, guint status, gboolean compared);
void sim_damage_header (SimDesk *desk, JsonObject *header);
void sim_damage_row (SimDesk *desk, const char *scope, gint64 q); /* on its way to it */
GBytes *sim_damage_forge (SimDesk *desk, GBytes *body);           /* NULL: what it asks for stays as it is */
void sim_damage_all (SimDesk *desk);                              /* everything is fetched anew */
void sim_damage_forget (SimDesk *desk, const char *scope);
void sim_damage_free (SimDamage *self);

/* sim-setup.c */
void sim_setup (Sim *self);
SimPerson *sim_add_person (Sim *self, const char *id, const char *login, guint agency);
void sim_give_account (Sim *self, SimPerson *person);
void sim_set_account (KithHub *hub, const char *login, const char *staff);

/* sim-hub.c */
KithHubOptions sim_hub_options (Sim *self, const char *files);
guint64 sim_hub_seed (Sim *self);
void sim_hub_open (Sim *self);
void sim_hub_close (Sim *self);
void sim_hub_crash (Sim *self);
gboolean sim_hub_submit (Sim *self, const char *op, JsonObject *args); /* as the hub; FALSE: refused */
void sim_hub_revoke (Sim *self, SimDesk *desk); /* its lane, from the console */
/* TRUE: answered; FALSE: the hub died under it. */
gboolean sim_hub_ask (Sim *self, SimDesk *desk, const char *method, const char *path, const char *token, GBytes *body, const char *range, KithHubAnswer *answer);
void sim_hub_tick (Sim *self);
void sim_hub_replace (Sim *self, KithDb *copy); /* by a copy of itself */
void sim_hub_read_anew (Sim *self);     /* what is known of its records goes back to what it has */
void sim_hub_after (Sim *self);         /* whatever the hub committed: facts, grants, phases */

/* sim-desk.c */
SimDesk *sim_desk_new (Sim *self, SimPerson *person);
void sim_desk_free (SimDesk *self);
void sim_desk_open (SimDesk *self);
void sim_desk_close (SimDesk *self);
void sim_desk_crash (SimDesk *self);
void sim_desk_sign_in (SimDesk *self);
gboolean sim_desk_ask_to_sign_in (SimDesk *self, const char *device, const char *former, KithHubAnswer *answer); /* FALSE: the hub died under it */
void sim_desk_take_session (SimDesk *self, JsonObject *body);
gboolean sim_desk_is_away (SimDesk *self); /* nothing goes through */
gboolean sim_desk_holds (SimDesk *self, const char *kind, const char *id);
KithRecord *sim_desk_get (SimDesk *self, const char *kind, const char *id); /* NULL: not here */
gboolean sim_desk_submit (SimDesk *self, const char *op, JsonObject *args, const char *mark, gint64 undo_ms); /* args: transfer full */
gint64 sim_desk_cursor_q (SimDesk *self);

/* sim-network.c */
void sim_network_pump (SimDesk *desk);  /* sends what its engine has to send */
void sim_network_step (Sim *self);      /* the next event */
void sim_network_schedule_work (Sim *self);
void sim_network_wake_held (Sim *self); /* after a commit */
void sim_network_drop_held (Sim *self); /* the hub died */
gboolean sim_network_is_held (SimDesk *desk); /* the hub holds a question of it: there is nothing new */
gboolean sim_network_is_empty (Sim *self);
void sim_event_free (gpointer event);

/* sim-faults.c */
void sim_faults_draw (Sim *self);
void sim_faults_step (Sim *self);       /* crashes, partitions, jumps */
void sim_faults_stop (Sim *self);
guint sim_faults_named (const char *names); /* "pair,…": bits for the next; 0: there is none of that name */
void sim_faults_leave_out (guint bits); /* for the whole process, until it is said anew */
gboolean sim_faults_has (const char *name); /* not left out */

/* sim-busy.c: a hub that has too much to do, and what stands before it */
void sim_busy_draw (Sim *self);
guint sim_busy_count_ops (GBytes *body);
gboolean sim_busy_refuses (SimDesk *desk, const char *path, GBytes *body, KithHubAnswer *answer);
void sim_busy_answered (SimDesk *desk, guint64 serial, guint status, guint retry_after, guint n_ops);
void sim_busy_sends (SimDesk *desk, const KithSyncRequest *sent);
void sim_busy_begin (SimDesk *desk);

/* sim-upgrade.c: a desk or the hub is updated */
void sim_upgrade_draw (Sim *self);
void sim_upgrade_step (Sim *self);

/* sim-old.c: desks of an older Kith */
void sim_old_draw (Sim *self);
void sim_old_begin (SimDesk *desk);
JsonObject *sim_old_args (SimDesk *desk, const char *op, JsonObject *args); /* transfer full; NULL: its Kith does no such thing */
GBytes *sim_old_words (SimDesk *desk, const char *path, GBytes *body);      /* transfer full */
void sim_old_step (Sim *self);
void sim_old_check_answer (SimDesk *desk, const char *path, GBytes *body, guint status); /* body: what was asked */
void sim_old_stop (SimDesk *desk);

/* sim-rescue.c: what is kept on a desk is damaged */
void sim_rescue_draw (Sim *self);
void sim_rescue_step (Sim *self);

/* sim-pair.c: two computers of one person */
void sim_pair_draw (Sim *self);
void sim_pair_step (Sim *self);
void sim_pair_closed (SimDesk *desk); /* the hub says so */
void sim_pair_check_outcome (SimDesk *desk, const char *op_id); /* which is none of its own */

/* sim-clock.c: the hub's clock jumps */
void sim_clock_draw (Sim *self);
void sim_clock_step (Sim *self);
void sim_clock_set_right (Sim *self);
gboolean sim_clock_in_doubt (void);
gboolean sim_clock_is_known (SimDesk *desk); /* its time is the hub's */
gboolean sim_clock_causes (const char *warning);
gboolean sim_clock_is_over (const SimDesk *desk, const SimOp *op, gboolean sent); /* the days it is kept on its desk */
void sim_clock_check (Sim *self, const KithHubAnswer *answer, gint64 q); /* q: the hub's before */

/* sim-fork.c: a desk whose disk is put back */
typedef struct _SimImage SimImage;
void sim_image_free (SimImage *self);
void sim_fork_draw (Sim *self);
void sim_fork_step (Sim *self);
void sim_fork_image (SimDesk *desk); /* makes one, or puts it back */
void sim_fork_met (SimDesk *desk);  /* after an answer */
void sim_fork_asked (SimDesk *desk, GBytes *body);
void sim_fork_rename (SimDesk *desk, const char *device); /* it goes by another name */
void sim_fork_name (SimDesk *desk); /* before it signs in */

/* sim-full.c: a disk without room */
typedef struct _SimFull SimFull;
void sim_full_draw (Sim *self);
SimFull *sim_full_arm_desk (SimDesk *desk);
gboolean sim_full_check_desk (SimDesk *desk, SimFull *before, gboolean refused, gboolean died); /* frees before */
gboolean sim_full_arm_hub (Sim *self);
void sim_full_check_hub (Sim *self, const KithHubAnswer *answer);
gboolean sim_full_disarm (Sim *self, gboolean died);
void sim_full_note (int code);
gboolean sim_full_happened (void);

/* sim-restore.c: a hub that is put back from a backup */
typedef struct _SimBackup SimBackup;
void sim_restore_draw (Sim *self);
void sim_backup_free (SimBackup *self);
void sim_restore_step (Sim *self);
void sim_restore_met (SimDesk *desk);                            /* after an answer */
gboolean sim_restore_was_before (Sim *self, const SimOp *op);    /* done on numbers of another life of the hub */
gboolean sim_restore_is_gone (SimDesk *desk, const SimOp *op);   /* acknowledged, lost, and nobody can send it again */

/* sim-files.c: the bytes of attached files */
struct _KithStoreFile;
typedef struct _SimFiles SimFiles;
void sim_files_free (SimFiles *self);
void sim_files_open (SimDesk *desk);
char *sim_files_hub (Sim *self); /* the folder of the hub as it is now, yours; NULL: it keeps none */
void sim_files_attach (SimDesk *desk, JsonObject *args, const char *mark); /* args: of document.attach, transfer full */
void sim_files_look (SimDesk *desk);
void sim_files_look_at_all (Sim *self); /* everybody, at all they see */
void sim_files_check_answer (SimDesk *desk, const char *path, const char *range, GBytes *body); /* I5 */
void sim_files_check_purged (SimDesk *desk); /* I6 */
void sim_files_check_end (Sim *self);

/* sim-lookup.c: the network is asked for people */
typedef struct _SimLookup SimLookup;
typedef struct _SimCorrected SimCorrected;
void sim_corrected_draw (Sim *self);
void sim_corrected_free (SimCorrected *self);
gboolean sim_corrects (Sim *self, guint chance);
const char *sim_corrected_type (Sim *self);
gboolean sim_correct_member (Sim *self, SimDesk *desk, const char *client);
gboolean sim_requests (Sim *self, guint chance);
void sim_lookup_draw (Sim *self);
void sim_lookup_free (SimLookup *self);
void sim_look_up (SimDesk *desk);
void sim_lookup_step (Sim *self);
void sim_lookup_begin (Sim *self);     /* before the hub is asked */
void sim_lookup_restarted (Sim *self); /* the hub was */
void sim_lookup_note (Sim *self, KithRecord *before, KithRecord *after);
void sim_lookup_check_opened (Sim *self); /* by this commit */
void sim_lookup_check_answer (SimDesk *desk, const char *path, GBytes *asked, guint status, GBytes *body);

/* sim-old-hub.c: a hub of an older Kith */
typedef struct _SimOldHub SimOldHub;
void sim_old_hub_draw (Sim *self);
void sim_old_hub_free (SimOldHub *self);
GBytes *sim_old_hub_reads (Sim *self, const char *path, GBytes *body); /* transfer full */
char *sim_old_hub_path (Sim *self, const char *path);
void sim_old_hub_answers (Sim *self, const char *path, KithHubAnswer *answer);
void sim_old_hub_note_early (SimDesk *desk); /* before a page is applied */
void sim_old_hub_sends (SimDesk *desk, const char *path, GBytes *body);
void sim_old_hub_follow (SimDesk *desk); /* operations that wait under another id */
void sim_old_hub_remember (SimDesk *desk, SimOp *op);
void sim_old_hub_step (Sim *self);
void sim_old_hub_stop (Sim *self);

/* sim-typed.c: forms that were begun */
void sim_typed_draw (Sim *self);
GHashTable *sim_typed_new (void);
GHashTable *sim_typed_copy (GHashTable *from);
void sim_typed_step (Sim *self);
void sim_typed_check (SimDesk *desk);
void sim_typed_check_sent (SimDesk *desk, GBytes *body);

/* sim-anew.c: consent given anew where the person stands */
void sim_anew_draw (Sim *self);
void sim_anew_step (Sim *self);

/* sim-mended.c: answers of a call that are put right */
void sim_mended_draw (Sim *self);
void sim_mended_step (Sim *self);

/* sim-papers.c: whole records that are printed */
#define SIM_PAPER_LIST "List of who waits" /* what such a paper is called in the log */
typedef struct _SimPapers SimPapers;
void sim_papers_draw (Sim *self);
void sim_papers_free (SimPapers *self);
void sim_papers_step (Sim *self);
void sim_papers_note_shown (SimDesk *desk, const char *scope);
void sim_papers_note (Sim *self, KithRecord *before, KithRecord *after);
void sim_papers_check (Sim *self); /* after a commit */
void sim_papers_check_end (Sim *self);

/* sim-between.c */
void sim_between_push_and_pull (SimDesk *desk);
void sim_between_sends (SimDesk *desk, const char *service);
void sim_between_step (Sim *self);
void sim_between_ask (SimDesk *desk, const char *path);

/* sim-workload.c, sim-workload-capacity.c, sim-workload-case.c, sim-workload-contact.c, sim-workload-referral.c, sim-workload-staff.c */
void sim_workload_step (Sim *self);
void sim_workload_both (Sim *self, SimDesk *one, SimDesk *other, guint what); /* the same, on both */
void sim_workload_client (Sim *self, SimDesk *desk);
void sim_workload_case (Sim *self, SimDesk *desk);
void sim_workload_consent (Sim *self, SimDesk *desk);
void sim_workload_referral (Sim *self, SimDesk *desk);
void sim_workload_staff (Sim *self, SimDesk *desk);
void sim_capacity_draw (Sim *self);
void sim_workload_capacity (Sim *self, SimDesk *desk);
void sim_workload_contact (Sim *self, SimDesk *desk); /* a call to 2-1-1 */
void sim_add_referral (Sim *self, char *id); /* takes id: others may work with it from here on */
/* sim-workload-draft.c */
void sim_draft_draw (Sim *self);
gboolean sim_workload_draft (Sim *self, SimDesk *desk); /* FALSE: something else is done with referrals */
char *sim_draft_scope (Sim *self, const SimOp *op);     /* where what it says lies */
char *sim_draft_file_scope (Sim *self, const SimOp *op); /* where a file on a referral lies */
void sim_draft_check_taken_off (SimDesk *desk, const SimOp *op); /* which the hub took */
void sim_draft_check_answer (SimDesk *desk, const char *text, gsize length);
JsonArray *sim_draw_answers (Sim *self, SimDesk *desk, const char *mark); /* to the form of the first service; yours */
void sim_workload_queue (Sim *self, SimDesk *desk);
void sim_workload_queues (Sim *self); /* 2-1-1 changes one of them */
void sim_workload_reasons (Sim *self); /* it changes what reasons and outcomes are called, in seeds that have that */
void sim_draw_term (Sim *self, SimDesk *desk, JsonObject *args, const char *code); /* the network's words for it, as this desk knows them */
void sim_check_term (Sim *self, KithRecord *term); /* after it was changed */
void sim_check_terms (Sim *self);
void sim_workload_hub (Sim *self);
const char *sim_pick_held (SimDesk *desk, const char *kind, GPtrArray *ids); /* something this desk has, now and then anything; or NULL */
char *sim_draw_record (Sim *self, SimDesk *desk, const char *kind);          /* the same of all there are of the kind; yours */
const char *sim_colleague (SimDesk *desk); /* id of somebody of the own agency, now and then of another */
#define SIM_HASH "f11ef11e" /* the SHA-256 of a file begins so, digits follow: a canary of its own */
#define SIM_MARK_END "z" /* in an index an id stands right behind a text: "value-50" and the id 3ec3… are not "value-503" */
char *sim_mark (Sim *self, const char *prefix); /* a text used nowhere else */
typedef void (*SimWordFunc) (SimDesk *desk, const char *word, gpointer user_data);
void sim_foreach_word (SimDesk *desk, const char *bytes, gsize length, SimWordFunc func, gpointer user_data); /* each such text in there */
void sim_online (SimDesk *desk, const char *op, JsonObject *args);

/* sim-check-wire.c: every answer, before it leaves */
void sim_check_request (SimDesk *desk, const char *path, GBytes *body);
gboolean sim_may_read (SimDesk *desk, const SimOp *op, gint64 at_ms); /* what that operation wrote, by any scope it may lie in */
void sim_check_answer (SimDesk *desk, const char *device, const char *path, guint status, GBytes *body);
/* sim-check-access.c */
void sim_check_access (Sim *self, const char *touched); /* client id, user id, "*" */
void sim_check_subset (Sim *self);  /* A11 at the hub */
/* sim-check-facts.c */
void sim_check_change (Sim *self, KithRecord *before, KithRecord *after, gint64 q);
void sim_check_phases (Sim *self); /* I15 */
void sim_check_asked (SimDesk *desk, SimOp *op);    /* P2: a desk sends nothing without an answer it knew of */
void sim_check_not_asked (SimDesk *desk, SimOp *op); /* at the end: and is held to none it could not know of */
void sim_check_former (Sim *self);                  /* P17: of a former receiver nothing lies where the next one reads */
JsonObject *sim_form_args (Sim *self);              /* form.put of what service 0 asks */
gboolean sim_check_was_touched (Sim *self, SimDesk *desk, SimOp *op); /* another lane changed one of its fields since its base (I13) */
/* sim-check-case.c: A5 */
void sim_check_note_case (Sim *self, KithRecord *before, KithRecord *after);
void sim_check_cases (Sim *self, gint64 since);
void sim_check_note_told (Sim *self, KithRecord *before, KithRecord *after);
void sim_check_told (Sim *self);
/* sim-check-capacity.c: I16 */
void sim_check_note_places (Sim *self, KithRecord *before, KithRecord *after);
void sim_check_places (Sim *self);
/* sim-check-desk.c */
void sim_check_page (SimDesk *desk);                  /* after an answer: I7, I8, I12 */
void sim_check_words (SimDesk *desk);                 /* after any answer: I12 */
void sim_check_sums (SimDesk *desk);                  /* after an answer to verify (I1) */
void sim_check_desk_subset (SimDesk *desk);           /* A11, as far as the desk can know */
void sim_check_exact (SimDesk *desk);                 /* what it has is what its person may see, no more, no less (I1) */
void sim_check_rebase (SimDesk *desk);                /* I11 */
void sim_check_local_writes (SimDesk *desk);          /* I3 */
/* sim-check-end.c */
void sim_check_end (Sim *self);
/* sim-twin.c */
typedef enum { SIM_ASK_REQUEST, SIM_ASK_SUBMIT, SIM_ASK_TICK, SIM_ASK_ACCOUNT, SIM_ASK_REVOKE, SIM_ASK_REOPEN } SimAskType;
void sim_twin_draw (Sim *self);
void sim_twin_note (Sim *self, SimAskType type, SimDesk *desk, const char *a, const char *b, const char *c, GBytes *body, JsonObject *args);
void sim_twin_check (Sim *self);
/* sim-verdict.c */
typedef struct _SimVerdict SimVerdict;
SimVerdict *sim_verdict_before (SimDesk *desk);       /* NULL: the desk is behind, nothing to compare with */
void sim_verdict_after (SimVerdict *self, const char *op, JsonObject *args, const char *op_id, const GError *refusal); /* frees it */
void sim_verdict_free (SimVerdict *self);

/* sim-break.c */
gboolean sim_break_set (const char *name); /* for the whole process */
gboolean sim_break_is_set (void);
gboolean sim_break_is_seen (const SimResult *result);
void sim_break_begin (SimDesk *desk);
void sim_break_end (void);

/* sim-lane.c: I23, over the rows the lane held alone */
typedef struct _SimLane SimLane;
SimLane *sim_lane_before (SimDesk *desk); /* NULL: this operation is not compared */
void sim_lane_after (SimLane *self, const char *op, JsonObject *args, const char *op_id, const GError *refusal); /* frees it */
void sim_lane_free (SimLane *self);

G_END_DECLS
