/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-world.h"

G_BEGIN_DECLS

/* The one state machine of referrals (domain.md 2e): which step may follow which phase, and by whom. Pages ask it which
 * buttons to show, operations ask it before they act, and a refusal tells from it what can be done instead. */

/* What a person is to a referral; several may hold at once (an agency that refers to itself). */
typedef enum
{
  KITH_SIDE_SENDER = 1 << 0, /* author, those who see all of the sender's clients, its staff assigned to the client */
  KITH_SIDE_SENDER_CHIEF = 1 << 1, /* supervisor of the sending agency */
  KITH_SIDE_MANAGER = 1 << 2,      /* manages the service (a whole agency: its referral managers) (U13) */
  KITH_SIDE_CHIEF = 1 << 3,        /* supervisor of the receiving agency */
  KITH_SIDE_ASSIGNEE = 1 << 4,     /* the care coordinator it is assigned to (U15) */
  KITH_SIDE_CLOCK = 1 << 5,        /* the hub itself */
  KITH_SIDE_PORTAL = 1 << 7,       /* a portal account of where it went, that may change the status (P10) */
  KITH_SIDE_FOLLOWER = 1 << 8,     /* the same, whatever it may beside looking (P6, P20) */
  KITH_SIDE_NETWORK = 1 << 6,      /* network staff, while it is in a queue and with no agency */
} KithReferralSide;
#define KITH_SIDES_SENDER (KITH_SIDE_SENDER | KITH_SIDE_SENDER_CHIEF)
#define KITH_SIDES_RECEIVER (KITH_SIDE_MANAGER | KITH_SIDE_CHIEF | KITH_SIDE_ASSIGNEE)

typedef struct
{
  const char *operation; /* "referral.accept" */
  const char *to;        /* the phase it leads to; NULL: the phase stays */
} KithReferralStep;

guint kith_referral_sides (KithWorld *world, const KithActor *actor, KithRecord *referral,
                           GError **error); /* G_MAXUINT: the world failed */

gboolean kith_referral_step_exists (const char *operation, const char *from,
                                    const char *to); /* to NULL: a step that leaves the phase alone */
guint kith_referral_step_sides (const char *operation, const char *from, const char *to); /* from and to NULL: any */

/* The operation that leads from one phase to another; NULL: none does. */
const char *kith_referral_step_between (const char *from, const char *to);
/* Who can bring it there: by one step, or by the answer and one after it (queue.move). The phase it is in: whoever receives it. 0: no way. */
guint kith_referral_path_sides (const char *from, const char *to);

/* Whether queue.move takes it there: network staff run the queues, others have to be on its receiving side. */
gboolean kith_referral_may_move (gboolean network, guint sides, const char *from, const char *to);

/* What this person may do with the referral now, in the order a page shows it. (element-type KithReferralStep), owned
 * by the rules */
GPtrArray *kith_referral_next (KithWorld *world, const KithActor *actor, KithRecord *referral, GError **error);

/* What one side keeps of it for itself. */
gboolean kith_referral_get_own (KithWorld *world, KithRecord *referral, const char *agency, KithRecord **own, GError **error);
gboolean kith_referral_get_course (KithWorld *world, KithRecord *referral, KithRecord **course, GError **error);
gboolean kith_referral_may_be_warm (KithWorld *world, KithRecord *referral, gboolean *warm, GError **error); /* what is not known may be */

/* For a refusal: {"phase","next":[operation…],"by","at"}; who acted last only where the timeline is visible to this
 * person. */
JsonObject *kith_referral_now (KithWorld *world, const KithActor *actor, KithRecord *referral, GError **error);

gboolean kith_referral_phase_is_live (const char *phase); /* the receiver may hold the detail */
gboolean kith_referral_phase_is_open (const char *phase); /* accepted and not closed */
gboolean kith_referral_phase_was_sent (const char *phase); /* neither a draft, nor given by hand, nor void */
gboolean kith_referral_phase_is_ended (const char *phase);
gboolean kith_referral_phase_waits (const char *phase); /* the client has not got what it is for yet, and may still: not in service, not over */
gboolean kith_referral_phase_failed (const char *phase); /* over, and the client still without help: it may go on as a new one */
const char *kith_referral_phase_sentence (const char *phase); /* "The sender took this referral back." */
const char *kith_referral_outcome_phase (const char *outcome); /* closed_resolved, closed_unresolved; NULL: unknown */
const char *kith_referral_end_side (const char *list, const char *code); /* whose side a decline or an outcome was; NULL: unknown */
gboolean kith_referral_end_says_why (const char *list, const char *code); /* else words are asked for with it (domain.md 2e) */
const char *kith_referral_hud_result (const char *list, const char *code); /* HMIS ReferralResult, "1", "2" or "3"; NULL: unknown */

/* Working days: Monday to Friday without the closed days of the network's and the agency's calendar. Dates are ISO
 * days. */
#define KITH_RESPONSE_DAYS 2 /* when the receiver has set none (domain.md 1e) */
#define KITH_GRACE_DAYS 2
GTimeZone *kith_agency_zone (KithWorld *world, const char *agency, GError **error); /* UTC when it has set none; NULL: the world failed */
gboolean kith_agency_find_zone (KithWorld *world, const char *agency, GTimeZone **zone, GError **error); /* NULL when it has set none */
char *kith_referral_day (KithWorld *world, const char *agency, gint64 time_ms,
                         GError **error); /* the day it is there, by its time zone */
char *kith_referral_add_working_days (KithWorld *world, const char *agency, const char *day, guint n, GError **error);
/* Whose days and settings an answer is due by: the receiver's; "network": it went to a queue alone; NULL: it waits for nobody. */
const char *kith_referral_answerer (KithRecord *referral);
/* What the clock has to do with one that waits for an answer. Each is told once after the last check-in. */
typedef enum
{
  KITH_REMINDER_NONE,
  KITH_REMINDER_DUE,     /* the day has come: those at work who manage the service */
  KITH_REMINDER_OVERDUE, /* it is over: all who manage the service, and the sender */
  KITH_REMINDER_LAST,    /* the last day of grace: the supervisors */
  KITH_REMINDER_EXPIRED, /* over as well */
} KithReferralReminder;
gboolean kith_referral_reminder (KithWorld *world, KithRecord *referral, gint64 now_ms, KithReferralReminder *reminder, GError **error);
/* The same asked of many: settings and calendars are read once an agency. Good as long as nothing changes. */
typedef struct _KithReferralDays KithReferralDays;
KithReferralDays *kith_referral_days_new (KithWorld *world);
void kith_referral_days_free (KithReferralDays *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KithReferralDays, kith_referral_days_free)
gboolean kith_referral_days_reminder (KithReferralDays *self, KithRecord *referral, gint64 now_ms, KithReferralReminder *reminder, GError **error);
gboolean kith_referral_is_away (KithRecord *staff, const char *day); /* on leave that ISO day (staff.set_leave) */

/* Of the vocabulary referral_kind: its type, and whether it stays within one agency, or with 2-1-1 (domain.md 2b). NULL: the type is not known here. */
const char *kith_referral_kind (const char *type, const char *agency, const char *agency_to);
/* A status its queue has a name of its own for: that name; NULL: it is called as its phase is (P1, domain.md 2e). status: of the referral, or NULL. */
const char *kith_referral_own_status (const char *phase, const char *status);

G_END_DECLS
