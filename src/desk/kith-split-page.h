/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-list-row.h"
#include "kith-page.h"

G_BEGIN_DECLS

/* A page of one grammar: a list with a search entry, what is selected beside it, and a form that takes the place of both. */
#define KITH_TYPE_SPLIT_PAGE (kith_split_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (KithSplitPage, kith_split_page, KITH, SPLIT_PAGE, KithPage)

/* One of a page's lists: what its button says, and what stands in its place while it is empty. */
typedef struct
{
  const char *label, *query;            /* label and the words below: N_() */
  const char *empty_title, *empty_text;
  gboolean counted;                     /* the button says how many lie in it */
  const char *icon_name;                /* NULL: the page's */
  const char *button, *action;          /* below the words; NULL: none */
  const char *network_text;             /* for 2-1-1, in the place of empty_text; NULL: the same */
} KithSplitTab;

struct _KithSplitPageClass
{
  KithPageClass parent_class;

  GType row_type;                                         /* the KithListRow its lists are made of */
  void (*selected) (KithSplitPage *self, const char *id); /* shown beside; NULL: nothing is */
  void (*searched) (KithSplitPage *self, const char *text);
  gboolean (*is_searching) (KithSplitPage *self);         /* the answer is still to come; not there: it never is */
  void (*search_stopped) (KithSplitPage *self);           /* Escape in the entry */
  gboolean (*enter_record) (KithSplitPage *self);         /* takes the focus into the record that is opened; FALSE, or not there: the record itself has it */
  gboolean stays;                                         /* what is shown stays though its row is gone, until another one is chosen */
  void (*tab_chosen) (KithSplitPage *self, guint i);      /* a button above the list; shows that list, but for a page that says otherwise */
};

void kith_split_page_set_search (KithSplitPage *self, const char *placeholder, gboolean always); /* always: type-ahead; else Ctrl+F and a button bring it */
void kith_split_page_set_type_ahead (KithSplitPage *self, gboolean type_ahead); /* are letters pressed in the list searched for? */
/* Stands below the entry while it is shown. tooltip: of the button that brings both; NULL: the entry is always there. */
void kith_split_page_set_search_extra (KithSplitPage *self, GtkWidget *widget, const char *tooltip);
void kith_split_page_set_search_text (KithSplitPage *self, const char *text);
void kith_split_page_clear_search (KithSplitPage *self);
const char *kith_split_page_get_search (KithSplitPage *self);
/* model: of KithRow, kept as long as it is shown. The same id stays selected when it changes. */
void kith_split_page_set_model (KithSplitPage *self, GListModel *model, gboolean select_first);
void kith_split_page_set_unread (KithSplitPage *self, gboolean unread); /* of a list that the page fills itself */
void kith_split_page_select_id (KithSplitPage *self, const char *id); /* shows it, in the list or not */
const char *kith_split_page_get_id (KithSplitPage *self);             /* what is shown, or NULL */
gboolean kith_split_page_marks_another (KithSplitPage *self);         /* the list has the focus on a row, and what is shown is of another */
gboolean kith_split_page_is_shown (KithSplitPage *self);              /* and can be seen: beside the list, in its place, or as the row chosen */
void kith_split_page_move (KithSplitPage *self, int by);
gboolean kith_split_page_choose_first (KithSplitPage *self); /* where no row is chosen; FALSE: there is none */
/* What a key does with the row chosen. Typed quickly, it comes before the answer to what was typed: then when the page says that it is there. */
void kith_split_page_when_found (KithSplitPage *self, void (*act) (KithSplitPage *self));
void kith_split_page_found (KithSplitPage *self); /* of a page with is_searching */
KithRow *kith_split_page_find_row (KithSplitPage *self, double x, double y); /* at that place of the list; borrowed, NULL: none */
void kith_split_page_add_list_controller (KithSplitPage *self, GtkEventController *controller); /* transfer full */
void kith_split_page_add_list_key (KithSplitPage *self, const char *action); /* acts wherever the focus is in the list and its search, a row chosen or not */
gboolean kith_split_page_is_in_list (KithSplitPage *self);            /* that is where a key is pressed, not in the record beside or in its place */
void kith_split_page_move_on (KithSplitPage *self);                   /* of a page that stays: once, to the next row, when that of what is shown goes */
gboolean kith_split_page_has_moved_on (KithSplitPage *self);          /* what is shown was not chosen: it came next */
void kith_split_page_set_choose (KithSplitPage *self, const char *words); /* the same where there is a row to choose, and nothing where there is none */
void kith_split_page_set_placeholder (KithSplitPage *self, const char *icon_name, const char *words); /* beside the list, while nothing is shown */
/* What is shown. Where it is large it is made when it is first asked for: somebody who opens a page has chosen nothing yet. */
void kith_split_page_set_detail (KithSplitPage *self, GtkWidget *detail);
/* The same with what can be done, above the record. */
void kith_split_page_set_record (KithSplitPage *self, GtkWidget *strip, GtkWidget *view);
void kith_split_page_set_above (KithSplitPage *self, GtkWidget *widget); /* above both; once there is a record */
void kith_split_page_set_count_text (KithSplitPage *self, const char *text);
/* What the list says when it is empty; action is a detailed action name, NULL: no button. */
void kith_split_page_set_empty (KithSplitPage *self, const char *icon_name, const char *title, const char *description,
                                const char *button, const char *action);
void kith_split_page_add_list_button (KithSplitPage *self, GtkWidget *button);
void kith_split_page_add_filter (KithSplitPage *self, GtkWidget *widget);
void kith_split_page_set_footer (KithSplitPage *self, GtkWidget *widget); /* below the list */
/* A KithForm, or NULL: back to the list. When it is done it goes, and the record it made is opened. */
void kith_split_page_show_form (KithSplitPage *self, GtkWidget *form);
GtkWidget *kith_split_page_get_form (KithSplitPage *self);
void kith_split_page_open_detail_of (GtkWidget *widget);               /* of the page the widget is on, if it is on one */
void kith_split_page_open_detail (KithSplitPage *self);                /* when folded, goes to it; gives it the focus */

/* kith-split-page-tabs.c */
void kith_split_page_add_tab (KithSplitPage *self, const KithSplitTab *tab, KithListModel *model); /* model: transfer full */
guint kith_split_page_get_tab (KithSplitPage *self);
void kith_split_page_choose_tab (KithSplitPage *self, guint i);
KithListModel *kith_split_page_get_tab_model (KithSplitPage *self, guint i); /* borrowed; NULL: there is no such tab, or not yet */
void kith_split_page_set_tab_visible (KithSplitPage *self, guint i, gboolean visible);
void kith_split_page_set_tab_text (KithSplitPage *self, guint i, const char *text); /* while it is empty, in the place of its own; NULL: its own again */
void kith_split_page_show_tab (KithSplitPage *self);
void kith_split_page_show_found (KithSplitPage *self, const char *query, const char *const *kinds, const char *const *args, const char *where);

G_END_DECLS
