/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-file-out.h"

#define FRESH "kith-fresh" /* the file, where there was none */

/**
 * kith_file_out_begin:
 * @to: what is there stays until kith_file_out_end() puts the new file in its place
 *
 * Readable by its owner alone, whoever may read the one that is there: what Kith writes out is not encrypted.
 *
 * Returns: (transfer full) (nullable): to be ended by kith_file_out_end() before it is let go of: a stream that is only unreferenced replaces the former
 *   file with as much as was written
 */
GFileOutputStream *
kith_file_out_begin (GFile *to, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local = NULL;
  GFileOutputStream *stream = g_file_create (to, G_FILE_CREATE_PRIVATE, cancellable, &local);

  if (stream != NULL)
    g_object_set_data_full (G_OBJECT (stream), FRESH, g_object_ref (to), g_object_unref);
  else if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_EXISTS))
    stream = g_file_replace (to, NULL, FALSE, G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION, cancellable, error);
  else
    g_propagate_error (error, g_steal_pointer (&local));
  return stream;
}

/**
 * kith_file_out_end:
 * @whole: all of it was written; %FALSE: what was written goes, what was there before stays
 * @error: of the last writing; not touched where @whole is %FALSE
 *
 * Returns: whether the new file is there
 */
gboolean
kith_file_out_end (GFileOutputStream *stream, gboolean whole, GCancellable *cancellable, GError **error)
{
  GFile *fresh = g_object_get_data (G_OBJECT (stream), FRESH);
  g_autoptr (GCancellable) given_up = NULL;

  if (whole && g_output_stream_close (G_OUTPUT_STREAM (stream), cancellable, error))
    return TRUE;
  given_up = g_cancellable_new ();
  g_cancellable_cancel (given_up); /* closed so, nothing is replaced */
  g_output_stream_close (G_OUTPUT_STREAM (stream), given_up, NULL);
  if (fresh != NULL)
    g_file_delete (fresh, NULL, NULL);
  return FALSE;
}
