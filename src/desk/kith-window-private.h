/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-window.h"
#include "kith-shortcuts.h"
#include "lock/kith-lock-page.h"
#include "lock/kith-session-watch.h"
#include "signin/kith-sign-in-page.h"

struct _KithWindow
{
  AdwApplicationWindow parent_instance;
  KithContext *context;
  GtkStack *gate;
  KithSignInPage *sign_in; /* these two: NULL: not needed so far */
  KithLockPage *lock;
  AdwBin *content;

  KithFrame *frame;     /* owned by content; NULL while locked, though what it will be may lie there (prepare_id) */
  KithAnnouncer *announcer; /* as long as the frame is there */
  char *place;          /* where to come back to after a lock: "clients/ID" */
  GVariant *open;       /* what is open besides, ids alone, and whose that is */
  char *open_whose;
  char *whose, *user;   /* whose place that is, NULL: anybody's, who was asked to go there; and whose frame it is */
  gint64 last_input_ms; /* mono */
  int idle_minutes;     /* -1: as the settings say */
  guint idle_id, prepare_id;
  KithSessionWatch *session;
  GtkWidget *cover, *show_button; /* NULL: not needed so far */
  GtkWidget *covered_focus; /* weak: what had the focus when the screen was covered */
  gboolean covered;     /* the frame is there and out of sight */
  gboolean announces;   /* is told when the window is looked at */
  gboolean closing;     /* goes as soon as the store is closed */
};

void kith_window_class_install_actions (GtkWidgetClass *klass);
void kith_window_begin_to_announce (KithWindow *self); /* kith-window-news.c; as long as there is a frame */
void kith_window_show_locked (KithWindow *self);       /* kith-window-gate.c; lock or sign-in */
void kith_window_show_pages (KithWindow *self);        /* the frame is there */
void kith_window_update_actions (KithWindow *self);
void kith_window_note_input (KithWindow *self);   /* the idle clock begins anew */
void kith_window_close_others (KithWindow *self);
void kith_window_watch_others (KithWindow *self);
gboolean kith_window_is_over (GtkWindow *window, GtkWindow *other); /* or over what stands over it */
void kith_window_cover (KithWindow *self);        /* kith-window-cover.c: hides what is in sight, or shows it again */
void kith_window_hide_new (KithWindow *self, GtkWidget *window); /* from its "show" */
void kith_window_forget_cover (KithWindow *self); /* what was covered goes */
void kith_window_tell_kept (KithWindow *self); /* what became of a damaged copy, if there was one */
