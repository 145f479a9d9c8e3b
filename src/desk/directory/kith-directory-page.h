/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "kith-page.h"
G_BEGIN_DECLS
#define KITH_TYPE_DIRECTORY_PAGE (kith_directory_page_get_type ())
G_DECLARE_FINAL_TYPE (KithDirectoryPage, kith_directory_page, KITH, DIRECTORY_PAGE, KithPage)
G_END_DECLS
