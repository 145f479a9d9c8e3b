/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clients/kith-client-view.h"
#include "kith-split-page.h"

G_BEGIN_DECLS

/* Everybody on this computer: search as you type, the record beside, registering and referring in place of both. */
#define KITH_TYPE_CLIENTS_PAGE (kith_clients_page_get_type ())
G_DECLARE_FINAL_TYPE (KithClientsPage, kith_clients_page, KITH, CLIENTS_PAGE, KithSplitPage)

KithClientView *kith_clients_page_get_view (KithClientsPage *self); /* borrowed */
void kith_clients_page_ask_network (KithClientsPage *self); /* about whom is searched for, or being registered */

G_END_DECLS
