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

  AdwToast *undo_toast; /* NULL: nothing to undo */
  char *undo_op;
  guint offline_id, build_id;
  gboolean opened; /* some place was */
  GVariant *open;  /* a{sv}: page to what was open there before a lock; NULL: nothing */
};

void kith_frame_show_toasts (KithFrame *self); /* kith-frame-toasts.c: those the context tells from now on */
