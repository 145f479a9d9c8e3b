/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The hand at the keyboard and the mouse: one xdotool for the whole program, told what to do line by line. A process for each key would
 * cost more than what the key does: to begin one, the kernel copies what this program's memory looks like, shadow and all. */
#pragma once

#include <gio/gio.h>
#include <string.h>

static GSubprocess *hand;
static GDataInputStream *hand_says;

/* FALSE: there is no xdotool. */
static gboolean
hand_begin (void)
{
  g_autofree char *xdotool = g_find_program_in_path ("xdotool");
  g_autoptr (GError) error = NULL;

  if (!xdotool)
    return FALSE;
  hand = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, xdotool, "-", NULL);
  g_assert_no_error (error);
  hand_says = g_data_input_stream_new (g_subprocess_get_stdout_pipe (hand));
  return TRUE;
}

static void
hand_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (line, ==, "done"); /* NULL: it went away, and says why on the error output */
  *(gboolean *) user_data = TRUE;
}

/* xdotool's words, e.g. "key --delay 5 ctrl+k"; returns when it has done them, which is not yet when they are answered. */
static void
hand_do (const char *words)
{
  g_autofree char *lines = g_strdup_printf ("%s\nexec --sync echo done\n", words);
  g_autoptr (GError) error = NULL;
  gboolean done = FALSE;

  g_output_stream_write_all (g_subprocess_get_stdin_pipe (hand), lines, strlen (lines), NULL, NULL, &error);
  g_assert_no_error (error);
  g_data_input_stream_read_line_async (hand_says, G_PRIORITY_DEFAULT, NULL, hand_done_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}
