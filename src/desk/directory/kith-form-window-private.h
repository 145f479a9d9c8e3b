/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-draft.h"
#include "kith-form-window.h"
#include "kith-watch.h"

G_BEGIN_DECLS

/* One question: its words, and below how it is answered. */
typedef struct
{
  char *key;
  gboolean known; /* answered so before: how, and whether about health, stays */
  GtkWidget *line, *text, *type, *choices;
  GtkCheckButton *required, *health;
} KithFormQuestion;

struct _KithFormWindow
{
  AdwWindow parent_instance;
  KithContext *context;
  gint64 seen; /* its version; 0: there was none */
  gint64 read_version; /* the one whose questions were read; a form that is linked to another queue has a newer one with the same */
  char *use, *record, *form, *name; /* form: NULL: a new one */
  char *introduction, *about; /* about: the record, or the queue, its draft is kept under */
  JsonArray *queues;    /* of a form of calls: those whose calls it is asked of; none: of every call */
  AdwEntryRow *called;  /* of a form of calls: its name; else it is not shown */
  GtkWidget *called_list;
  GtkLabel *words, *shared; /* shared: where else it is asked */
  GPtrArray *questions; /* (element-type KithFormQuestion), in their order */
  GtkListBox *list;
  GtkLabel *problem;
  GtkWidget *add, *save; /* insensitive until the questions are here: what is new has no place before them */
  gboolean loaded, inactive; /* inactive: not in use; of a form of calls saving does not change that */
  gboolean read_inactive;    /* as it was read */
  GtkWidget *retire;         /* not in use any more, or again: of a service's or a queue's form that is there */
  KithWatch *watch; /* until they are here: from then on the window has its own */
  JsonArray *read;  /* the questions as they were read, those retired left out */
  char *read_name;  /* what it is called as it was read */
  KithDraft *draft; /* from then on */
  char *untouched;  /* what it would be, had nobody touched anything */
  gboolean filling;
  GtkLabel *restored;
  GtkWidget *restored_strip;
};

/* kith-form-window-questions.c */
void kith_form_question_free (gpointer question);
void kith_form_window_order (GtkWidget *widget, const char *name, GVariant *target); /* order.up, .down: the question with the focus */
KithFormQuestion *kith_form_window_add_question (KithFormWindow *self, JsonObject *given, gboolean known); /* given: NULL: a new one; known: it is in the form already */
JsonArray *kith_form_window_collect (KithFormWindow *self, gboolean all);                                  /* all: those without words too, as a draft keeps them */

/* kith-form-window-retired.c */
GtkWidget *kith_form_window_buttons_new (KithFormWindow *self); /* below the questions */
void kith_form_window_set_inactive (KithFormWindow *self, gboolean inactive); /* of a service's or a queue's; nothing of a form of calls */

/* kith-form-window-draft.c */
GtkWidget *kith_form_window_strip_new (KithFormWindow *self);
void kith_form_window_focus_first (KithFormWindow *self);
void kith_form_window_show_read (KithFormWindow *self);
JsonArray *kith_form_window_asked_of (JsonObject *body);                                            /* those not retired. Yours */
void kith_form_window_take_links (KithFormWindow *self, KithRow *row, JsonObject *body);             /* where it is asked, and its version */
void kith_form_window_follow_links (KithFormWindow *self, KithRow *row, JsonObject *body);           /* the same, as long as its questions are what was read */
void kith_form_window_keep_draft (KithFormWindow *self); /* from when the questions are here: what is restored lies over them */
void kith_form_window_touch (KithFormWindow *self);
void kith_form_window_discard (GtkWidget *widget, const char *name, GVariant *target);

G_END_DECLS
