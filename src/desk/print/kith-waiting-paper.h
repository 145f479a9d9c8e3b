/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"
#include "kith-pages.h"

G_BEGIN_DECLS

/* Who waits, in which order and since when, as the Board or the Inbox has it: a list of referrals for a desk or a wall. */
typedef struct
{
  char *title;     /* a status, or the list of the Inbox */
  gboolean waits;  /* all in it wait (kith_referral_phase_waits ()): it is called so, too when nobody does */
  guint n;         /* so many of its rows are printed: the first */
  GPtrArray *rows; /* (element-type KithRow) of board-cards, board-found, inbox-… or sent-…, in their order; borrowed */
} KithWaitingPart;

typedef struct
{
  const char *title;           /* the queue; NULL: there is one part, which says it */
  GPtrArray *parts;            /* (element-type KithWaitingPart) */
  gboolean without_names;      /* numbers and initials */
  gboolean brief;              /* P12: nothing but the eight fields */
  gboolean by_call;            /* a portal account knows each by the number of the contact record, with the details or without (P12, P16) */
  gboolean phases;             /* each line says its status: the parts are none */
  guint left_out;              /* how many more there are */
  const char *printer, *agency;
  gint64 now;                  /* wall ms */
} KithWaitingFacts;

KithPages *kith_waiting_paper_new (const KithWaitingFacts *facts, const KithCatalogue *catalogue);

G_END_DECLS
