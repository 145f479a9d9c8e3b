/* SPDX-License-Identifier: GPL-3.0-or-later */

/* strict-log.h - every warning ends the test, but for two that say nothing about Kith.
 *
 * GTK warns "Trying to snapshot … without a current allocation" when a frame is drawn after a widget was shown and before
 * the next layout: on a busy machine any window does so now and then, and the following frame is right. It is printed and
 * passed over; whatever else is a warning or worse stays fatal.
 *
 * With Debian 13's GTK (4.18) any AdwMessageDialog, an empty program's too, has its labels measured narrower than they can be
 * ("Trying to measure GtkLabel … for width of …"). Before 4.18 the same words are ours to mend.
 */
#pragma once

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

/** strict_log: to be called once, after g_test_init() or gtk_test_init(). */
static inline void
strict_log (void)
{
  g_log_set_writer_func (strict_log_write, NULL, NULL);
}
