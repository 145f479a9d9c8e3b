/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-reading.h"
#include "kith-referral-view.h"
#include "kith-watch.h"
#include "referrals/kith-referral-extra.h"
#include "referrals/kith-referral-left.h"
#include "referrals/kith-referral-place.h"
#include "widgets/kith-facts.h"
#include "widgets/kith-lines.h"
#include "widgets/kith-loop.h"
#include "widgets/kith-status-pill.h"

G_BEGIN_DECLS

struct _KithReferralView
{
  AdwBin parent_instance;
  KithContext *context;
  char *id, *phase, *status, *about, *of_client, *of_call;
  gint64 turn;
  gboolean to_agency, within; /* within: of one agency (domain.md 2b, internal) */
  JsonObject *steps; /* operation to the list of phases it may lead to */

  GtkWidget *scroller, *content, *columns, *story, *hidden, *pending, *do_not_contact, *taken_back;
  KithReferralLeft *left; /* in the place of what is not here */
  GtkLabel *story_title, *told, *name, *meta;
  KithStatusPill *pill, *urgency_pill, *due;
  KithLoop *loop;
  GtkWidget *outcome_card;
  GtkLabel *outcome_title, *outcome_text;
  KithFacts *need, *client, *facts;
  KithReferralExtra *extra;
  KithReferralPlace *place;
  GtkWidget *client_link, *previous_link, *next_link, *proposal_card;
  JsonObject *proposal; /* what it shows; NULL: nothing */
  GtkLabel *proposal_title, *proposal_text;
  AdwBin *timeline_place;
  KithLines *events; /* a part of them at a time: what stands above is not told by these */
  KithRow *row;      /* as shown; NULL: not read yet */
  GtkRevealer *composer_revealer;
  AdwBin *composer_place;
  KithComposer *composer;
  KithReading *reading; /* of the detail (C13) */
  KithWatch *watch;
  GCancellable *steps_job;
};

/* Of its row, as it changes: a KithWatchFunc. user_data: the view */
void kith_referral_view_show (GPtrArray *rows, gpointer user_data);

/* What may be done with it now, anew. */
void kith_referral_view_ask_steps (KithReferralView *self);

G_END_DECLS
