/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-file-words.h"

#include <glib/gi18n.h>

static gboolean
is (const GError *error, int of_file, int of_io)
{
  return g_error_matches (error, G_FILE_ERROR, of_file) || g_error_matches (error, G_IO_ERROR, of_io);
}

char *
kith_file_words (const char *path, const GError *error)
{
  if (is (error, G_FILE_ERROR_NOENT, G_IO_ERROR_NOT_FOUND) || is (error, G_FILE_ERROR_NOTDIR, G_IO_ERROR_NOT_DIRECTORY))
    return g_strdup_printf (_("“%s” does not exist."), path);
  if (is (error, G_FILE_ERROR_ISDIR, G_IO_ERROR_IS_DIRECTORY) || g_file_test (path, G_FILE_TEST_IS_DIR))
    return g_strdup_printf (_("“%s” is a folder, not a file."), path);
  if (is (error, G_FILE_ERROR_ACCES, G_IO_ERROR_PERMISSION_DENIED) || g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_PERM))
    return g_strdup_printf (_("“%s” may not be read by whom Kith runs as here."), path);
  return g_strdup_printf (_("“%s” cannot be read: %s"), path, error->message);
}
