/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "kith-pages.h"
#include "kith-print-window.h"
#include "kith-watch.h"

typedef enum { ASKED_CLIENT, ASKED_CONSENTS, ASKED_TEAM, ASKED_ENROLLED, ASKED_ALERTS, ASKED_CORRECTIONS, N_ASKED } Asked;
/* The same places of a record that is printed by itself. */
enum { ASKED_RECORD, ASKED_NEEDS, ASKED_REFERRALS, ASKED_RESOURCES, ASKED_ANSWERS, ASKED_EVENTS = ASKED_NEEDS, ASKED_REFERRAL_ANSWERS = ASKED_REFERRALS, ASKED_PLACES = ASKED_NEEDS, ASKED_TAKER = ASKED_REFERRALS };

struct _KithPrintWindow
{
  AdwWindow parent_instance;
  KithContext *context;
  char *client;      /* whose papers; NULL: a record's */
  char *kind, *id;   /* the record: "contact", "referral", or "service": a hand-out */
  char *about;       /* the client who takes a hand-out along; NULL: nobody in particular */
  guint n_asked;
  char *asked_for, *allowed_for; /* what is made of which paper: asked last; noted, and allowed. NULL: nothing yet */
  gboolean asking;   /* the hub, at present */
  gboolean untold;   /* it was allowed here; the hub could not be asked */
  AdwComboRow *paper, *language, *consent;
  GPtrArray *consents; /* (element-type KithRow) those that can be chosen, as they first came; NULL: not here yet */
  GtkLabel *problem, *about_paper;
  GtkWidget *print_button, *save_button;
  GtkFileChooserNative *chooser;
  GPtrArray *languages;              /* (element-type utf8) codes of the rows */
  KithWatch *watches[N_ASKED];
  GPtrArray *rows[N_ASKED];          /* (element-type KithRow); NULL: not here yet */
};

static inline gboolean
is_contact (KithPrintWindow *self)
{
  return g_strcmp0 (self->kind, "contact") == 0;
}

static inline gboolean
is_handout (KithPrintWindow *self)
{
  return g_strcmp0 (self->kind, "service") == 0;
}

static inline KithPaper
chosen_paper (KithPrintWindow *self)
{
  return (KithPaper) adw_combo_row_get_selected (self->paper);
}

/* NULL: its record is not on this computer */
static inline KithRow *
client_row (KithPrintWindow *self)
{
  return self->rows[ASKED_CLIENT]->len > 0 ? self->rows[ASKED_CLIENT]->pdata[0] : NULL;
}

/* One paper, laid out (kith-print-job.c). */
typedef struct
{
  KithCatalogue *catalogue;
  KithPages *sheet;
  guint pages;
} KithPrintJob;

/* Which consent its form is of, where there are several (kith-print-job.c). */
void kith_print_window_show_consents (KithPrintWindow *self);
KithPrintJob *kith_print_job_new (KithPrintWindow *self); /* as the choices stand */
void kith_print_job_free (gpointer job);
GtkPrintOperation *kith_print_operation_new (KithPrintWindow *self);
