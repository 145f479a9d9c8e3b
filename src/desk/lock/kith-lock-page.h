/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* Unlocking works without any network: the key is on this computer, sealed by the password. Signal "other-person": somebody else wants to sign in. */
#define KITH_TYPE_LOCK_PAGE (kith_lock_page_get_type ())
G_DECLARE_FINAL_TYPE (KithLockPage, kith_lock_page, KITH, LOCK_PAGE, AdwBin)

void kith_lock_page_set_context (KithLockPage *self, KithContext *context);
void kith_lock_page_tell (KithLockPage *self, const char *words);
void kith_lock_page_ready (KithLockPage *self);

G_END_DECLS
