/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a start leaves out. A process of its own: GTK starts once in each. */

#include "kith-application.h"

#include <string.h>

static gsize
default_theme_length (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();
  g_autofree char *css = NULL;

  gtk_css_provider_load_named (provider, "Default", NULL);
  css = gtk_css_provider_to_string (provider);
  return strlen (css);
}

static void
test_left_out (void)
{
  g_autoptr (KithApplication) application = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *theme = NULL;
  g_auto (GStrv) places = NULL;

  kith_desk_begin ();
  g_assert_true (gtk_init_check ());
  g_assert_cmpuint (default_theme_length (), <, 100);
  application = kith_application_new (NULL);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, &error));
  g_assert_no_error (error);

  /* What is shown is libadwaita's, and GTK's own is there again for whoever asks. */
  g_object_get (gtk_settings_get_default (), "gtk-theme-name", &theme, NULL);
  g_assert_cmpstr (theme, ==, "Adwaita-empty");
  g_assert_cmpuint (default_theme_length (), >, 10000);

  /* No place for icons was added behind those libadwaita adds: all icons would be looked for again. */
  places = gtk_icon_theme_get_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()));
  for (guint i = 0; places && places[i]; i++)
    g_assert_false (g_str_has_prefix (places[i], "/org/kith"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/start/left-out", test_left_out);
  return g_test_run ();
}
