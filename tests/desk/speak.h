/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib/gi18n.h>

/* The language of the windows made from now on; folder: of LANGUAGE/LC_MESSAGES/kith.mo, code NULL: English. To be called once with a
 * language before the first window: GLib decides at its first text whether this program is translated at all. */
G_GNUC_UNUSED static void
speak (const char *folder, const char *code)
{
  extern int _nl_msg_cat_cntr; /* gettext's own way to be told that LANGUAGE has changed */

  if (g_strcmp0 (g_getenv ("LANGUAGE"), code) == 0)
    return;
  if (code)
    g_setenv ("LANGUAGE", code, TRUE);
  else
    g_unsetenv ("LANGUAGE");
  _nl_msg_cat_cntr++;
  bindtextdomain (GETTEXT_PACKAGE, folder);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_dgettext (GETTEXT_PACKAGE, "Clients");
}
