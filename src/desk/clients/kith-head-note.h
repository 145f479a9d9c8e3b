/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"
#include "widgets/kith-ask-window.h"

G_BEGIN_DECLS

/* A household has one head (HMIS). Where somebody is about to make a second, this says who is the first; it stops nobody, and is hidden otherwise. */
#define KITH_TYPE_HEAD_NOTE (kith_head_note_get_type ())
G_DECLARE_FINAL_TYPE (KithHeadNote, kith_head_note, KITH, HEAD_NOTE, AdwBin)

GtkWidget *kith_head_note_new (KithContext *context);
/* What is said so far: client joins with's household as relationship. client NULL: one who is being registered; with or relationship NULL: not said yet. */
void kith_head_note_set (KithHeadNote *self, const char *client, const char *with, const char *relationship);
void kith_head_note_add_to (KithAskWindow *window, KithContext *context); /* which asks for household.join */

G_END_DECLS
