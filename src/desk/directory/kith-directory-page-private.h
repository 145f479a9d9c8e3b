/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-directory-page.h"
#include "kith-directory-search.h"
#include "kith-left-out.h"
#include "kith-service-filter.h"
#include "kith-service-view.h"

struct _KithDirectoryPage
{
  KithSplitPage parent_instance;
  KithServiceView *view;
  GtkToggleButton *everything, *direct, *free;
  KithServiceFilter *filter;
  KithListModel *all, *narrowed; /* every service; those that the filters leave */
  GListStore *found;
  KithDirectorySearch *search; /* the last one */
  KithDirectorySearch *wide;   /* the same without the filters; NULL: nothing is narrowed */
  guint n_wide, n_kept;        /* what that found, and what the narrower one did */
  KithLeftOut *left_out;
  gboolean searching;          /* the list shows what was found */
  guint look_id;               /* what is open now closes */
  GPtrArray *handout;          /* (element-type utf8) services that go on one paper */
  GtkWidget *handout_box;
  GtkButton *print_button;
};

/* kith-directory-handout.c: several services on one paper (ux.md 2.1) */
GtkWidget *kith_directory_handout_box_new (KithDirectoryPage *self); /* (transfer floating): the way to print them */
void kith_directory_show_handout (KithDirectoryPage *self);          /* how many are on it */
void kith_directory_handout_install (GtkWidgetClass *klass);         /* directory.print, .handout, .print-handout, .empty */
