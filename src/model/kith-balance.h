/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "Balance": a proposal of who could take over which client, so that the work is spread more evenly. Pure: the same answer for the same
 * input, whatever the order it comes in. Nobody is moved by it; caseload.transfer does that. */

/* One who gives or takes. */
typedef struct
{
  const char *id;
  gboolean takes;         /* active, trained, and not on leave: work can be given to this person now */
  gboolean gives_all;     /* has left: nothing may stay */
  gboolean keeps;         /* on leave: what is theirs waits for them */
  guint load;             /* what the person has on their hands altogether, clients beyond `work` included */
  const char *const *languages; /* codes, NULL-ended; none known: the common one */
  const char *const *skills;    /* kinds of case, NULL-ended; none: any */
} KithBalancePerson;

/* A client with whoever works with them. */
typedef struct
{
  const char *client, *staff;
  guint weight;                 /* the client, and each open case, referral and task of that person's about them */
  const char *const *languages; /* that the client speaks, NULL-ended; the preferred one first; none known: any will do */
  const char *const *skills;    /* kinds of the client's open cases, NULL-ended */
} KithBalanceWork;

typedef enum
{
  KITH_BALANCE_FITS,
  KITH_BALANCE_NO_LANGUAGE, /* nobody who can be given work speaks a language of the client's */
  KITH_BALANCE_NO_SKILL,    /* or takes that kind of case */
  KITH_BALANCE_NOBODY,      /* nobody can be given work at all, or everybody is on it already */
} KithBalanceFit;

typedef struct
{
  const KithBalanceWork *work;
  const KithBalancePerson *to; /* NULL: it stays; see lacks */
  KithBalanceFit lacks;
  const char *need;            /* the language or kind of case that nobody has */
} KithBalanceMove;

#define KITH_BALANCE_COMMON_LANGUAGE "en" /* spoken by whoever has no languages recorded */

/* May this person be given this client, and if not, for want of what? need: set to the language or kind of case (may be NULL). */
KithBalanceFit kith_balance_fits (const KithBalancePerson *person, const KithBalanceWork *work, const char **need);

/**
 * kith_balance_propose:
 * @people: (array length=n_people): whose ids are distinct
 * @work: (array length=n_work): rows of people not in @people are left alone
 * @most: a proposal of at most this many moves; what has to go from those who left comes first
 *
 * What those who left hold goes to whoever fits and has least; then one client after the other goes from who has most to who has least, as
 * long as that makes the larger of the two loads smaller and they are more than a tenth of the mean (and 1) apart. A client never goes to
 * somebody who speaks none of their languages or takes no such case, to somebody on leave, or to somebody who is on it already; among those
 * who fit, the client's preferred language counts before an even load. Every client moves at most once.
 *
 * Returns: (transfer full) (element-type KithBalanceMove): the moves in the order they were chosen, then what nobody can take. Points into
 *   @people and @work
 */
GArray *kith_balance_propose (const KithBalancePerson *people, guint n_people, const KithBalanceWork *work, guint n_work, guint most);

G_END_DECLS
