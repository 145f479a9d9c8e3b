/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-frame.h"

struct _KithFrame
{
  AdwBin parent_instance;
  KithContext *context;
  AdwToastOverlay *toasts;
  AdwLeaflet *leaflet;
  GtkWidget *sidebar;
  GtkListBox *nav;
  GtkStack *pages;
  GtkMenuButton *menu_button;
  GMenuModel *main_menu;
  GtkLabel *user_label, *agency_label;
  AdwAvatar *avatar;
  GtkRevealer *offline_strip, *problem_strip;
  GtkLabel *problem_title, *problem_text;

  gboolean undo_over; /* something could be undone, and cannot any more */
  AdwToast *said;     /* weak: the last message without an undo */
  AdwToast *no_undo;  /* weak: what says so, while it shows or waits to */
  GPtrArray *undos; /* kith-frame-toasts.c: what can be undone, the last one last; NULL: taken down */
  guint offline_id, build_id;
  gboolean opened; /* some place was */
  GVariant *open;  /* a{sv}: page to what was open there before a lock; NULL: nothing */
};

/* kith-frame-rows.c */
void kith_frame_show_rows (KithFrame *self);   /* of the sidebar: those of the account, and their numbers */

/* kith-frame-toasts.c */
void kith_frame_show_toasts (KithFrame *self); /* those the context tells from now on */
void kith_frame_undo_free (gpointer undo);     /* of undos */
