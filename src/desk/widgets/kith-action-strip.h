/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A button of the strip above a record, with its key printed on it. */
typedef struct
{
  const char *action;    /* detailed name without a target: "referral.accept" */
  const char *label;     /* N_() or NC_() */
  const char *css_class; /* or NULL */
  const char *context;   /* of a label that is NC_(); NULL: it is N_() */
  gboolean before;       /* stands before the one above it in the table, which stays in sight longer */
} KithActionStripItem;

#define KITH_TYPE_ACTION_STRIP (kith_action_strip_get_type ())
G_DECLARE_FINAL_TYPE (KithActionStrip, kith_action_strip, KITH, ACTION_STRIP, GtkWidget)

/* What can be done with the record shown, the next steps in sight and the rest in a menu: what its page has disabled is not offered. One line. */
GtkWidget *kith_action_strip_new (const KithActionStripItem *items, guint n_items);

/* One such button, of a menu of its own (transfer floating) */
GtkWidget *kith_action_strip_button_new (const KithActionStripItem *item);

/* Prints its key on a button of a template: beside its label, for as long as that stays what it is. */
void kith_action_strip_print_key (GtkButton *button);

/* What is to be done first now: it stands first, in sight and out. NULL: as in the table */
void kith_action_strip_set_first (KithActionStrip *self, const char *action);

/* Other words on its button, where the same act is called otherwise. words: translated; NULL: its own again */
void kith_action_strip_set_words (KithActionStrip *self, const char *action, const char *words);

/* Another record is shown: what stood where for the one before need not stand there any longer, though the pointer rests on it. */
void kith_action_strip_let_go (KithActionStrip *self);

G_END_DECLS
