/* SPDX-License-Identifier: GPL-3.0-or-later */

/* strict-log.h - every warning ends the test, but for three that say nothing about Kith.
 *
 * GTK warns "Trying to snapshot … without a current allocation" when a frame is drawn after a widget was shown and before
 * the next layout: on a busy machine any window does so now and then, and the following frame is right. It is printed and
 * passed over; whatever else is a warning or worse stays fatal.
 *
 * With Debian 13's GTK (4.18) any AdwMessageDialog, an empty program's too, has its labels measured narrower than they can be
 * ("Trying to measure GtkLabel … for width of …"). Before 4.18 the same words are ours to mend.
 *
 * GTK 4.8 loads icons on other threads. Where a window goes in that moment, such a thread is the last to hold an icon, and the next window, which asks for
 * the same one, may find it half gone in GTK's own cache ("object_already_finalized" within gtk_icon_theme_lookup_icon). It is told NULL, and loads
 * the icon anew. A window that is made as another one closes is a thing of tests.
 *
 * And of GTK a tooltip that was due in the moment its window or menu went asks where the pointer is over a surface that is gone, and what is there. Kith asks
 * neither anywhere.
 */
#pragma once

#include <execinfo.h>
#include <stdlib.h>

#include <gtk/gtk.h>

static GLogWriterOutput
strict_log_write (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "MESSAGE") && fields[i].length < 0 &&
        (strstr (fields[i].value, "without a current allocation") ||
         (gtk_get_minor_version () >= 18 && strstr (fields[i].value, "Trying to measure GtkLabel"))))
      {
        g_printerr ("# passed over: %s\n", (const char *) fields[i].value);
        return G_LOG_WRITER_HANDLED;
      }
  return g_log_writer_default (level, fields, n_fields, data);
}

static gboolean
strict_log_in_icon_lookup (void)
{
  void *frames[24];
  int n = backtrace (frames, G_N_ELEMENTS (frames));
  char **names = backtrace_symbols (frames, n);
  gboolean found = FALSE;

  for (int i = 0; names && i < n; i++)
    found |= strstr (names[i], "gtk_icon_theme_lookup_icon") != NULL;
  free (names);
  return found;
}

static gboolean
strict_log_says_nothing (const char *message)
{
  return (strstr (message, "object_already_finalized") && strict_log_in_icon_lookup ()) ||
         strstr (message, "gdk_surface_get_device_position: assertion 'GDK_IS_SURFACE (surface)' failed") ||
         strstr (message, "_gtk_widget_find_at_coords: assertion 'GDK_IS_SURFACE (surface)' failed");
}

static GLogFunc strict_log_of_tests;

/* GLib's own says "Bail out!" of whatever would be fatal before it asks whether it is, and whoever reads that takes the test for failed. */
static void
strict_log_handle (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
  if (strict_log_says_nothing (message))
    g_printerr ("# passed over: %s\n", message);
  else
    strict_log_of_tests (domain, level, message, data);
}

/** strict_log: to be called once, after g_test_init() or gtk_test_init(). */
static inline void
strict_log (void)
{
  g_log_set_writer_func (strict_log_write, NULL, NULL);
  strict_log_of_tests = g_log_set_default_handler (strict_log_handle, NULL);
}

static gboolean
strict_log_is_fatal (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
  return !strict_log_says_nothing (message);
}

/** strict_log_case: at the beginning of each test: GLib forgets it with every one. */
G_GNUC_UNUSED static inline void
strict_log_case (void)
{
  g_test_log_set_fatal_handler (strict_log_is_fatal, NULL);
}
