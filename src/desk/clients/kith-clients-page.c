/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-clients-page.h"
#include <glib/gi18n.h>
struct _KithClientsPage { KithPage parent_instance; };
G_DEFINE_FINAL_TYPE (KithClientsPage, kith_clients_page, KITH_TYPE_PAGE)
static void kith_clients_page_class_init (KithClientsPageClass *klass)
{ KITH_PAGE_CLASS (klass)->name = "clients"; KITH_PAGE_CLASS (klass)->title = N_("Clients"); KITH_PAGE_CLASS (klass)->icon_name = "system-users-symbolic"; }
static void kith_clients_page_init (KithClientsPage *self) {}
