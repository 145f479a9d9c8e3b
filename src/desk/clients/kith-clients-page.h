/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "kith-page.h"
G_BEGIN_DECLS
#define KITH_TYPE_CLIENTS_PAGE (kith_clients_page_get_type ())
G_DECLARE_FINAL_TYPE (KithClientsPage, kith_clients_page, KITH, CLIENTS_PAGE, KithPage)
G_END_DECLS
