/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-split-page.h"

G_BEGIN_DECLS

/* Every service of the network, on this computer: who offers it, when it is open, whom to call. Read only. */
#define KITH_TYPE_DIRECTORY_PAGE (kith_directory_page_get_type ())
G_DECLARE_FINAL_TYPE (KithDirectoryPage, kith_directory_page, KITH, DIRECTORY_PAGE, KithSplitPage)

G_END_DECLS
