/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-page.h"

G_BEGIN_DECLS

/* A page's row in the sidebar: icon, title, how many wait. It is there before the page is. */
#define KITH_TYPE_NAV_ROW (kith_nav_row_get_type ())
G_DECLARE_FINAL_TYPE (KithNavRow, kith_nav_row, KITH, NAV_ROW, GtkListBoxRow)

GtkWidget *kith_nav_row_new (GType page_type);                    /* a KithPage */
KithPageClass *kith_nav_row_get_page_class (KithNavRow *self);
KithPage *kith_nav_row_get_page (KithNavRow *self);               /* NULL: not built yet */
void kith_nav_row_show_key (KithNavRow *self);                    /* in its tooltip: the key that goes there now */
void kith_nav_row_set_page (KithNavRow *self, KithPage *page);

G_END_DECLS
