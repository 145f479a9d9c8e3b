/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "capacity/kith-capacity-day.h"
#include "capacity/kith-capacity-week.h"
#include "kith-draft.h"
#include "kith-watch.h"

typedef struct
{
  GtkWidget *button;
  GtkLabel *name, *planned, *counted, *typed;
} Cell;

struct _KithCapacityWeek
{
  GtkBox parent_instance;
  KithContext *context;
  KithRow *row; /* of capacity-own */
  GTimeZone *zone; /* by whose clock its days and hours are */
  GtkLabel *title, *clock; /* clock: which that is, where it is not that of this computer */
  GtkWidget *days_box, *now_button;
  Cell cells[KITH_CAPACITY_DAYS];
  GPtrArray *days;   /* (element-type KithCapacityDay) */
  GPtrArray *plans, *counts; /* (element-type KithRow); NULL: not read yet */
  KithWatch *plan_watch, *count_watch;
  GHashTable *typed; /* day → number and one: what waits for Enter */
  KithDraft *draft;  /* of these; NULL: it is only looked at */
  gboolean editable;
};

/* kith-capacity-week.c */
void kith_capacity_week_update (KithCapacityWeek *self);
void kith_capacity_week_show_day (KithCapacityWeek *self, int i);

/* kith-capacity-week-plan.c */
KithCapacityDay *kith_capacity_week_day (KithCapacityWeek *self, int i);
int kith_capacity_week_typed (KithCapacityWeek *self, KithCapacityDay *day); /* −1: nothing */
void kith_capacity_week_set_typed (KithCapacityWeek *self, int i, int number);
gboolean kith_capacity_week_type (KithCapacityWeek *self, int i, guint key); /* FALSE: no key of a number */
void kith_capacity_week_plan (KithCapacityWeek *self, int i, gboolean every);
void kith_capacity_week_cancel (KithCapacityWeek *self, int i);
JsonObject *kith_capacity_week_collect_draft (gpointer owner);
void kith_capacity_week_restore_draft (gpointer owner, JsonObject *draft, const char *words);
