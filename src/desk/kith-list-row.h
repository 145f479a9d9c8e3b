/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* One row of a list, of one fixed height: shows a KithRow, again when its columns arrive. */
#define KITH_TYPE_LIST_ROW (kith_list_row_get_type ())
G_DECLARE_DERIVABLE_TYPE (KithListRow, kith_list_row, KITH, LIST_ROW, AdwBin)

struct _KithListRowClass
{
  AdwBinClass parent_class;

  gboolean tall;                                     /* three lines, not two */
  char *(*update) (KithListRow *self, KithRow *row); /* returns what a screen reader says for it */
};

KithContext *kith_list_row_get_context (KithListRow *self);
KithRow *kith_list_row_get_row (KithListRow *self);
void kith_list_row_set_row (KithListRow *self, KithRow *row);
GtkWidget *kith_list_row_new (GType type, KithContext *context);

/* A selection that survives a reload: the same id stays selected, and when it left, what came after it. */
GtkSingleSelection *kith_list_selection_new (GListModel *model, gboolean select_first); /* (transfer full), model: transfer none */
const char *kith_list_selection_get_id (GtkSingleSelection *selection);
void kith_list_selection_look_for (GtkSingleSelection *selection, const char *id); /* selects it, now or when it arrives */
/* A list whose rows go to another one when something is decided: what is shown stays though its row is gone, but for the one move asked for here. */
void kith_list_selection_set_stays (GtkSingleSelection *selection);
void kith_list_selection_move_on (GtkSingleSelection *selection); /* when the row that is selected goes, the next one is */
gboolean kith_list_selection_has_moved_on (GtkSingleSelection *selection); /* what is selected now was not chosen, but came next */
gboolean kith_list_selection_move (GtkSingleSelection *selection, GtkListView *view, int by);

G_END_DECLS
