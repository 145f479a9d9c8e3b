/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-directory-page.h"
#include <glib/gi18n.h>
struct _KithDirectoryPage { KithPage parent_instance; };
G_DEFINE_FINAL_TYPE (KithDirectoryPage, kith_directory_page, KITH_TYPE_PAGE)
static void kith_directory_page_class_init (KithDirectoryPageClass *klass)
{ KITH_PAGE_CLASS (klass)->name = "directory"; KITH_PAGE_CLASS (klass)->title = N_("Directory"); KITH_PAGE_CLASS (klass)->icon_name = "x-office-address-book-symbolic"; }
static void kith_directory_page_init (KithDirectoryPage *self) {}
