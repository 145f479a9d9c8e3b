/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>

#include <glib/gi18n.h>

#include "kith-application.h"
#include "kith-dumps.h"
#include "kith-http-transport.h"

/* Before any text is looked up; the settings need no display. */
static void
take_language (void)
{
  g_autoptr (GSettings) settings = g_settings_new ("org.kith.Kith");
  g_autofree char *language = g_settings_get_string (settings, "language");

  if (*language)
    g_setenv ("LANGUAGE", language, TRUE);
}

int
main (int    argc,
      char **argv)
{
  const char *localedir = g_getenv ("KITH_LOCALEDIR"); /* uninstalled: the build directory's po */

  kith_desk_begin ();
  kith_forbid_dumps ();
  take_language ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, localedir ? localedir : KITH_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_application_name (_("Kith"));
  return kith_application_main (kith_http_transport_factory, "/proc/self/exe", argv);
}
