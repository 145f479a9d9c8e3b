/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-attention-card.h"
#include "kith-attention-page.h"
#include "kith-watch.h"
#include "widgets/kith-sync-chip.h"

#define KITH_ATTENTION_STEP 20 /* cards more at a time */

enum
{
  KITH_ATTENTION_OPERATIONS,
  KITH_ATTENTION_CONFLICTS,
  KITH_ATTENTION_DRAFTS,
  KITH_ATTENTION_HELD,
  KITH_ATTENTION_N_BOXES
};

struct _KithAttentionPage
{
  KithPage parent_instance;
  KithSyncChip *chip;
  GtkStack *stack;
  GtkBox *operations, *conflicts, *drafts, *held; /* held: what waits for a newer hub */
  GtkWidget *held_group, *waiting_group;
  GtkListBox *waiting;
  AdwStatusPage *none;

  KithWatch *conflict_watch;
  GPtrArray *open;    /* conflicts; (element-type KithRow) */
  GPtrArray *entries; /* operations that need somebody, as last read, as many as are shown; (element-type JsonObject) */
  guint limits[KITH_ATTENTION_N_BOXES]; /* cards that are shown of each, at most */
  guint n_operations, n_conflicts, n_drafts, n_held, n_waiting;
  gboolean loaded, conflicts_read; /* what needs somebody, what contradicts: it was read */
  guint load_id; /* a look at the store is due */
  gboolean loading, load_again; /* one is under way; another one is to come behind it */
};

/* kith-attention-page.c */
void kith_attention_page_update (KithAttentionPage *self); /* numbers, and what is to be seen */

/* kith-attention-load.c */
void kith_attention_page_load (KithAttentionPage *self); /* reads anew what needs somebody */
void kith_attention_page_load_soon (KithAttentionPage *self);
void kith_attention_page_show_conflicts (KithAttentionPage *self);

/* kith-attention-settle.c */
guint kith_attention_page_n_conflicts_of (KithAttentionPage *self, JsonObject *entry); /* that tell of the same patch: it needs no card of its own */
void kith_attention_page_chosen_cb (KithAttentionCard *card, guint choice, KithAttentionPage *self);
