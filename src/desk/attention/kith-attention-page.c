/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-attention-page.h"
#include <glib/gi18n.h>
struct _KithAttentionPage { KithPage parent_instance; };
G_DEFINE_FINAL_TYPE (KithAttentionPage, kith_attention_page, KITH_TYPE_PAGE)
static void kith_attention_page_class_init (KithAttentionPageClass *klass)
{ KITH_PAGE_CLASS (klass)->name = "attention"; KITH_PAGE_CLASS (klass)->title = N_("Needs attention"); KITH_PAGE_CLASS (klass)->icon_name = "dialog-warning-symbolic"; }
static void kith_attention_page_init (KithAttentionPage *self) {}
