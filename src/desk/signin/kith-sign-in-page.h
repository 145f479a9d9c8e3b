/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* The first time on this computer: hub, name, password. Needs the network. */
#define KITH_TYPE_SIGN_IN_PAGE (kith_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (KithSignInPage, kith_sign_in_page, KITH, SIGN_IN_PAGE, AdwBin)

void kith_sign_in_page_set_context (KithSignInPage *self, KithContext *context);
void kith_sign_in_page_preset (KithSignInPage *self, const char *hub_url, const char *login);
void kith_sign_in_page_get_typed (KithSignInPage *self, char **hub_url, char **login);
void kith_sign_in_page_tell (KithSignInPage *self, const char *words);
void kith_sign_in_page_ready (KithSignInPage *self); /* about to be seen: empties the password, takes the focus */

G_END_DECLS
