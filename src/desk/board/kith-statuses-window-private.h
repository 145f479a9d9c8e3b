/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board/kith-statuses-window.h"
#include "kith-draft.h"
#include "kith-watch.h"

G_BEGIN_DECLS

struct _KithStatusesWindow
{
  AdwWindow parent_instance;
  KithContext *context;
  char *queue;
  KithWatch *watch;  /* until they are here: from then on the window has its own */
  GPtrArray *retired; /* ids of those that were taken out of the list */
  GPtrArray *read;    /* (element-type KithRow) as they were read; NULL: not yet, and nothing can be added or saved */
  KithDraft *draft;   /* from then on */
  char *untouched;    /* what the draft would be, had nobody touched anything */
  gboolean filling;
  GtkListBox *rows;
  GtkLabel *problem, *restored;
  GtkWidget *save, *restored_strip;
};

/* kith-statuses-window.c: one line is an entry, and beside it what the status stands for */
const char *kith_statuses_line_get_id (GtkListBoxRow *line);    /* NULL: a new one */
const char *kith_statuses_line_get_was (GtkListBoxRow *line);   /* the name it had when it was read */
const char *kith_statuses_line_get_name (GtkListBoxRow *line);  /* as typed */
const char *kith_statuses_line_get_phase (GtkListBoxRow *line); /* the code */
GtkWidget *kith_statuses_line_new (KithStatusesWindow *self, const char *id, const char *name, const char *phase, gint64 n);
void kith_statuses_window_update (KithStatusesWindow *self);

/* kith-statuses-window-draft.c */
void kith_statuses_window_keep_draft (KithStatusesWindow *self); /* shows what was read, and what is restored over it */
void kith_statuses_window_discard (GtkWidget *widget, const char *name, GVariant *target);

G_END_DECLS
