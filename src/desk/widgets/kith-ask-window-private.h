/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-ask-window.h"
#include "kith-draft.h"
#include "kith-operation.h"
#include "kith-watch.h"
#include "widgets/kith-field-rows.h"
#include "widgets/kith-suggest.h"
#include "widgets/kith-switch-row.h"

struct _KithAskWindow
{
  AdwWindow parent_instance;
  KithContext *context;
  const KithOperation *operation;
  char *done;
  JsonObject *given;
  JsonObject *was; /* what the fields of a record said that is corrected, as a draft has them; NULL: it is none */
  GtkLabel *description, *problem;
  GtkButton *commit_button;
  GtkBox *picks_box;
  AdwBin *rows_place;
  KithFieldRows *rows;
  KithDraft *draft; /* NULL: what is typed is not kept */
  GPtrArray *picks; /* (element-type Pick) */
  GPtrArray *switches; /* (element-type KithSwitchRow); data "when-on" */
  GtkWidget *note;     /* NULL: none */
  KithAskNote note_func;
  gboolean closed, filling; /* filling: what changes is what the store said, not what somebody chose */
  KithAskSubmit submit; /* NULL: as the operation it is */
  gpointer submit_data;
  GDestroyNotify submit_destroy;
  JsonObject *now; /* borrowed, while "done" is told of: what the hub told with its answer */
};

/* One argument that names a record. */
typedef struct
{
  KithAskWindow *window;
  const KithField *field;
  AdwComboRow *row;     /* one of a list, or */
  KithSuggest *suggest; /* searched for */
  char *none;           /* said when the list is empty; NULL: nothing */
  GtkWidget *way;       /* offered then; NULL: nothing */
  char *unchosen;       /* what it is called when nobody of the list is chosen; NULL: as anywhere */
  char *skipped;        /* the id that unchosen stands for; not in the list a second time */
  gboolean with_me;     /* whoever asks is in the list, also where the query does not have them */
  GPtrArray *ids;       /* of the list; the first is NULL: nothing chosen */
  char *id;             /* of what was searched; of the list: what a draft says until it is there */
  KithWatch *watch;
} Pick;

/* kith-ask-window.c */
const KithField *kith_ask_window_find_arg (KithAskWindow *self, const char *name);
JsonObject *kith_ask_window_said (KithAskWindow *self); /* yours */
void kith_ask_window_changed (KithAskWindow *self);
void kith_ask_window_tell_note (KithAskWindow *self); /* what is said now */

/* kith-ask-window-was.c */
JsonObject *kith_ask_window_shown_of (KithAskWindow *self, JsonObject *draft); /* what the fields say of a draft; yours */

/* kith-ask-window-draft.c */
void kith_ask_select_pick (Pick *pick);
char *kith_ask_window_print_draft (KithAskWindow *self); /* what was said, to tell whether anything was; yours */

/* kith-ask-window-picks.c */
void kith_ask_pick_free (gpointer pick);
const char *kith_ask_picked_id (Pick *pick); /* NULL: nobody */
const char *kith_ask_window_none_words (KithAskWindow *self); /* why what must be chosen cannot be; NULL: it can, or nobody knows yet */
