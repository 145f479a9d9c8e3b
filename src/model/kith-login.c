/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-login.h"

#include "kith-text.h"

#include <string.h>

#define MAX_LOGIN 200

/**
 * kith_login_fold:
 * @login: (nullable): a sign-in name as somebody wrote it
 *
 * Returns: (transfer full) (nullable): the name that accounts are kept and compared by; %NULL for one that is empty or longer than 200 bytes
 */
char *
kith_login_fold (const char *login)
{
  g_autofree char *trimmed = NULL;

  if (login == NULL || strlen (login) > MAX_LOGIN || kith_text_blank (login))
    return NULL;
  trimmed = g_strstrip (g_strdup (login));
  return g_utf8_casefold (trimmed, -1);
}
