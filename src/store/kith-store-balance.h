/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-balance.h"
#include "kith-db.h"

G_BEGIN_DECLS

/* "Balance" over what this computer holds of an agency: kith-balance.h with the rows it needs. Reads only, on any connection to a store. */
typedef struct
{
  GPtrArray *people; /* (element-type KithProposalPerson) */
  GPtrArray *moves;  /* (element-type KithProposalMove): first those that can be made, then what nobody can take */
} KithProposal;

typedef struct
{
  char *id, *name;
  guint before, after; /* load */
  gboolean left, away;
} KithProposalPerson;

typedef struct
{
  char *client, *name, *number; /* name: given and family names, may be "" */
  char *from, *from_name, *to, *to_name; /* to NULL: stays */
  guint weight;
  KithBalanceFit lacks;
  char *need;
} KithProposalMove;

/* today: "2026-11-20", for leave. most: at most so many moves. NULL only with an error. */
KithProposal *kith_store_propose_balance (KithDb *db, const char *agency, const char *today, guint most, GError **error);
void kith_proposal_free (KithProposal *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KithProposal, kith_proposal_free)

G_END_DECLS
