/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"
#include "staff/kith-staff-fit.h"

G_BEGIN_DECLS

/* One person, or what waits for somebody: what is known of the person, and the clients they work with, of whom any number is chosen.
 * Enter on a client opens the record. Signal "changed": who is shown, or who is chosen. */
#define KITH_TYPE_STAFF_VIEW (kith_staff_view_get_type ())
G_DECLARE_FINAL_TYPE (KithStaffView, kith_staff_view, KITH, STAFF_VIEW, AdwBin)

GtkWidget *kith_staff_view_new (KithContext *context);
void kith_staff_view_set_staff (KithStaffView *self, const char *id); /* of "staff-load"; NULL: nobody */
void kith_staff_view_set_row (KithStaffView *self, KithRow *row);     /* what the list knows of the person now */
const char *kith_staff_view_get_id (KithStaffView *self);
KithRow *kith_staff_view_get_row (KithStaffView *self);               /* NULL: not there yet. Borrowed */
gboolean kith_staff_view_is_waiting (KithStaffView *self);

GPtrArray *kith_staff_view_get_chosen (KithStaffView *self);          /* (transfer full) (element-type KithRow): only those that have arrived */
GPtrArray *kith_staff_view_get_held (KithStaffView *self);
guint kith_staff_view_n_chosen (KithStaffView *self);
GtkListView *kith_staff_view_get_list (KithStaffView *self); /* of the clients; borrowed, its model NULL while nobody is shown */
void kith_staff_view_choose (KithStaffView *self, const char *client); /* unless it is among the chosen: it alone */
char *kith_staff_view_preview (KithStaffView *self, gboolean all);     /* "3 clients · 2 open cases …". Yours */

void kith_staff_view_tell (KithStaffView *self, const char *words);    /* work under way; NULL: none */
/* The last move that can be taken back, NULL: none. */
const char *kith_staff_view_get_transfer (KithStaffView *self);

G_END_DECLS
