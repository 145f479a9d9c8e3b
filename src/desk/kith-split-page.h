/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-list-row.h"
#include "kith-page.h"

G_BEGIN_DECLS

/* A page of one grammar: a list with a search entry, what is selected beside it, and a form that takes the place of both. */
#define KITH_TYPE_SPLIT_PAGE (kith_split_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (KithSplitPage, kith_split_page, KITH, SPLIT_PAGE, KithPage)

struct _KithSplitPageClass
{
  KithPageClass parent_class;

  void (*selected) (KithSplitPage *self, const char *id); /* shown beside; NULL: nothing is */
  void (*searched) (KithSplitPage *self, const char *text);
  void (*search_stopped) (KithSplitPage *self);           /* Escape in the entry */
};

void kith_split_page_set_search (KithSplitPage *self, const char *placeholder, gboolean always); /* always: type-ahead; else Ctrl+F brings it */
void kith_split_page_set_type_ahead (KithSplitPage *self, gboolean type_ahead); /* are letters pressed in the list searched for? */
/* Stands below the entry while it is shown; a button in the header brings both. */
void kith_split_page_set_search_extra (KithSplitPage *self, GtkWidget *widget, const char *tooltip);
void kith_split_page_set_search_text (KithSplitPage *self, const char *text);
void kith_split_page_clear_search (KithSplitPage *self);
const char *kith_split_page_get_search (KithSplitPage *self);
/* model: of KithRow. The same id stays selected when it changes. */
void kith_split_page_set_model (KithSplitPage *self, GListModel *model, GType row_type, gboolean select_first);
void kith_split_page_select_id (KithSplitPage *self, const char *id); /* shows it, in the list or not */
const char *kith_split_page_get_id (KithSplitPage *self);             /* what is shown, or NULL */
gboolean kith_split_page_is_shown (KithSplitPage *self);              /* and can be seen: beside the list, in its place, or as the row chosen */
void kith_split_page_move (KithSplitPage *self, int by);
void kith_split_page_set_detail (KithSplitPage *self, GtkWidget *detail, const char *icon_name, const char *placeholder);
void kith_split_page_set_count_text (KithSplitPage *self, const char *text);
/* What the list says when it is empty; action is a detailed action name, NULL: no button. */
void kith_split_page_set_empty (KithSplitPage *self, const char *icon_name, const char *title, const char *description,
                                const char *button, const char *action);
void kith_split_page_add_list_button (KithSplitPage *self, GtkWidget *button);
void kith_split_page_add_filter (KithSplitPage *self, GtkWidget *widget);
void kith_split_page_set_footer (KithSplitPage *self, GtkWidget *widget); /* below the list */
void kith_split_page_show_form (KithSplitPage *self, GtkWidget *form); /* NULL: back to the list */
GtkWidget *kith_split_page_get_form (KithSplitPage *self);
void kith_split_page_open_detail (KithSplitPage *self);                /* when folded, goes to it; gives it the focus */

G_END_DECLS
