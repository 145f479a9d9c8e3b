/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-case-view.h"
#include "kith-reading.h"
#include "kith-watch.h"
#include "clients/kith-client-list.h"
#include "widgets/kith-absent.h"
#include "widgets/kith-facts.h"
#include "widgets/kith-lines.h"
#include "widgets/kith-status-pill.h"

struct _KithCaseView
{
  AdwBin parent_instance;
  KithContext *context;
  char *id, *client;
  JsonObject *body; /* of the case shown */
  JsonObject *may;  /* operation to boolean; NULL: not known yet */
  gboolean health;

  KithAbsent *absent; /* in the place of what is not here */
  GtkWidget *scroller, *content, *pending, *no_step, *outcome_card, *no_tasks, *no_goals, *nobody;
  GtkLabel *title, *meta, *outcome_title, *outcome_text;
  KithStatusPill *pill, *due;
  GtkButton *client_link;
  KithFacts *next;
  GPtrArray *goal_rows; /* (element-type KithRow) as shown */
  GtkListBox *tasks, *goals, *assessments, *team;
  AdwBin *timeline_place, *services_place;
  AdwBin *service_place; /* of the line a service is recorded in, while there is one */
  KithClientList *services; /* given to the case's client */
  GtkWidget *notice_place;
  KithLines *events;
  GtkRevealer *composer_revealer;
  AdwBin *composer_place;
  KithCaseComposer *composer;

  KithWatch *watch, *team_watch, *goal_watch, *assessment_watch, *task_watch;
  GCancellable *may_job;
  KithReading *reading; /* A2: what is written there is clinical (C13) */
};

/* kith-case-view-may.c */
void kith_case_view_ask_may (KithCaseView *self); /* "may-changed" tells when it is known */
