/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *kith_login_fold (const char *login); /* "Anna " is "anna": one sign-in name is one, however it is written; NULL: none */

G_END_DECLS
