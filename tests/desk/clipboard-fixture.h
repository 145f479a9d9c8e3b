/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What lies in the clipboard of the desktop, and until when. */
#pragma once

#include "desk-fixture.h"

G_GNUC_UNUSED static GdkClipboard *
clipboard_of (Fixture *fixture)
{
  return gtk_widget_get_clipboard (GTK_WIDGET (fixture->window));
}

G_GNUC_UNUSED static char *
copied (GdkClipboard *clipboard)
{
  GValue value = G_VALUE_INIT;
  char *text;

  g_value_init (&value, G_TYPE_STRING);
  if (!gdk_clipboard_get_content (clipboard) || !gdk_content_provider_get_value (gdk_clipboard_get_content (clipboard), &value, NULL))
    return NULL;
  text = g_value_dup_string (&value);
  g_value_unset (&value);
  return text;
}

/* When what was copied is cleared, which is then brought about now. NULL: it is not. */
G_GNUC_UNUSED static GSource *
due (Fixture *fixture)
{
  guint id = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (clipboard_of (fixture)), "kith-clear-soon"));

  return id ? g_main_context_find_source_by_id (NULL, id) : NULL;
}

G_GNUC_UNUSED static void
come_due (Fixture *fixture)
{
  gint64 left = g_source_get_ready_time (due (fixture)) - g_get_monotonic_time ();

  g_assert_cmpint (left, >, 43 * G_USEC_PER_SEC);
  g_assert_cmpint (left, <, 47 * G_USEC_PER_SEC);
  g_source_set_ready_time (due (fixture), 0);
  pump (50);
}
