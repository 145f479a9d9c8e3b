/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-page.h"

G_BEGIN_DECLS

/* The sidebar and the pages beside it, with the toasts and the strips below. Lives from unlock to lock. */
#define KITH_TYPE_FRAME (kith_frame_get_type ())
G_DECLARE_FINAL_TYPE (KithFrame, kith_frame, KITH, FRAME, AdwBin)

GtkWidget *kith_frame_new (KithContext *context);
void kith_frame_prepare (KithFrame *self, const char *place);
void kith_frame_open (KithFrame *self, const char *place); /* "clients", "clients/ID", "clients/refer:ID" */
char *kith_frame_get_place (KithFrame *self);
GVariant *kith_frame_save_open (KithFrame *self); /* what is open on its pages besides that; NULL: nothing */
void kith_frame_restore_open (KithFrame *self, GVariant *saved); /* each page's when it is built */
KithPage *kith_frame_get_page (KithFrame *self);
void kith_frame_focus (KithFrame *self);
void kith_frame_back (KithFrame *self);
void kith_frame_toggle_sidebar (KithFrame *self);
void kith_frame_popup_menu (KithFrame *self);
void kith_frame_flush (KithFrame *self);
gboolean kith_frame_can_undo (KithFrame *self);
void kith_frame_undo_key (KithFrame *self); /* the key was pressed: as kith_frame_undo(), and where there is nothing it says so */
void kith_frame_undo (KithFrame *self);
/* words, with an Undo that calls back(data): for what is taken back by an act of its own. inside: a widget of the frame. */
void kith_frame_offer_back (GtkWidget *inside, const char *words, void (*back) (gpointer data), gpointer data, GDestroyNotify destroy);

G_END_DECLS
