/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-draft.h"
#include "kith-reason-window.h"
#include "kith-watch.h"

G_BEGIN_DECLS

struct _KithReasonWindow
{
  AdwWindow parent_instance;
  GtkLabel *description, *problem, *none; /* none: in the place of the list, when nothing on it matches */
  GtkButton *commit_button;
  GtkSearchEntry *search;
  GtkListBox *list;
  GtkWidget *list_scroller, *text_group;
  AdwEntryRow *text;
  KithDraft *draft;  /* NULL: nothing is kept */
  KithWatch *terms;  /* what the network calls these, and has beside them */
  char *offered, *phase; /* the list offered; phase: of its outcomes those that end there, NULL: all */
  char *wanted;      /* the answer of a draft, or asked for; until it is among the choices */
  gboolean always_text, narrowed; /* narrowed: something was searched for */
  guint n_choices;
};

void kith_reason_list_fit (KithReasonWindow *self);
void kith_reason_list_select (KithReasonWindow *self, GtkListBoxRow *row);

/* What tells a row from all others: the network's entry, else the code. row: nullable */
const char *kith_reason_window_answer (GtkListBoxRow *row);

/* One more row. term: the network's entry, or NULL; side: a small word at the end, or NULL */
GtkWidget *kith_reason_window_add_answer (KithReasonWindow *self, const char *code, const char *term, const char *label, const char *detail, const char *side,
                                    gboolean wants_text);

G_END_DECLS
