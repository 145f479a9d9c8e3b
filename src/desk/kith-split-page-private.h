/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-split-page.h"
#include "widgets/kith-action-strip.h"
#include "widgets/kith-coming.h"
#include "widgets/kith-sync-chip.h"

typedef struct
{
  GtkStack *stack;
  AdwLeaflet *leaflet;
  GtkWidget *list_pane, *detail_pane;
  GtkLabel *title;
  GtkBox *list_box, *list_buttons, *filters;
  GtkSearchBar *search_bar;
  GtkSearchEntry *search_entry;
  GtkRevealer *search_extra;
  GtkWidget *search_button; /* NULL: the entry is always there */
  GtkLabel *count_label;
  KithComing *coming;
  GtkStack *list_stack, *detail_stack;
  GtkListView *view;
  AdwStatusPage *empty, *placeholder;
  const char *empty_icon; /* interned */
  char *empty_title, *empty_text; /* said when all is here */
  const char *beside_icon, *beside_words; /* interned; NULL: none */
  gboolean beside_of_row; /* said where there is a row to choose alone */
  GtkButton *empty_button;
  AdwBin *detail;
  KithActionStrip *strip; /* above a record; NULL: none */
  KithSyncChip *list_chip, *detail_chip;
  int tight; /* px: so wide the list and the detail with all words of its chip do not fit beside each other */

  GtkSingleSelection *selection;
  GPtrArray *tabs; /* kith-split-page-tabs.c; NULL: one list */
  GtkWidget *form;
  char *id;             /* shown beside */
  char *sought;         /* what was searched for last; NULL: nothing */
  void (*awaited) (KithSplitPage *self); /* what is done with the row chosen, when the answer to that is there; NULL: nothing */
  gboolean always, settling, form_from_detail;
  gboolean unread;             /* what a page fills itself could not be read */
  gboolean row_awaited;        /* what is shown is not in the list yet: it is brought into sight when it comes */
  gboolean record_awaited;     /* opened before its row was there: the focus goes into it when it comes */
  gboolean list_awaited;       /* entered before there was a list: the focus goes there when it comes */
  gconstpointer awaiting_focus; /* where it is until then; only compared */
} KithSplitPagePrivate;

KithSplitPagePrivate *kith_split_page_get_private (KithSplitPage *self);

void kith_split_page_search_changed (KithSplitPage *self); /* kith-split-page-search.c; of the entry */

/* kith-split-page-tabs.c */
void kith_split_page_update_list (KithSplitPage *self);
void kith_split_page_actor_changed (KithSplitPage *self);
void kith_split_page_tell_coming (KithSplitPage *self); /* what an empty list says, as long as not all is here */

/* kith-split-page-focus.c */
gboolean kith_split_page_back (KithPage *page);
gboolean kith_split_page_focus (GtkWidget *widget, GtkDirectionType direction);
void kith_split_page_list_came (KithSplitPage *self);
void kith_split_page_show_selected (KithSplitPage *self); /* scrolled to, at once or when the list has its place on the screen */
void kith_split_page_keep_focus (KithSplitPage *self); /* before rows go */
void kith_split_page_take_arrows (KithSplitPage *self); /* up and down in the list */
