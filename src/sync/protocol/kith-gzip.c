/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-gzip.h"

#define STEP (64 * 1024)

/* Runs all of input through the converter. cap 0: no limit. */
static GBytes *
convert (GConverter *converter, GBytes *input, gsize cap, gboolean *cut, GError **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  gsize length;
  const guint8 *data = g_bytes_get_data (input, &length);
  gsize done = 0;

  for (;;)
    {
      gsize used = out->len, n_read = 0, n_written = 0;
      g_autoptr (GError) local = NULL;
      GConverterResult result;

      g_byte_array_set_size (out, (guint) (used + STEP));
      result = g_converter_convert (converter, data + done, length - done, out->data + used, STEP,
                                    G_CONVERTER_INPUT_AT_END, &n_read, &n_written, &local);
      g_byte_array_set_size (out, (guint) (used + n_written));
      done += n_read;
      if (cap > 0 && out->len > cap)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "The packed data is larger than allowed.");
          return NULL;
        }
      if (result == G_CONVERTER_FINISHED)
        break;
      if (result == G_CONVERTER_ERROR)
        {
          if (cut != NULL && g_error_matches (local, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT))
            {
              *cut = TRUE;
              break;
            }
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

GBytes *
kith_gzip_pack (GBytes *plain, GError **error)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 1);

  return convert (G_CONVERTER (compressor), plain, 0, NULL, error);
}

GBytes *
kith_gzip_unpack (GBytes *packed, gsize cap, gboolean *cut, GError **error)
{
  g_autoptr (GZlibDecompressor) decompressor = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);

  if (cut != NULL)
    *cut = FALSE;
  if (g_bytes_get_size (packed) == 0)
    {
      if (cut != NULL)
        {
          *cut = TRUE;
          return g_bytes_new (NULL, 0);
        }
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, "The packed data is cut short.");
      return NULL;
    }
  return convert (G_CONVERTER (decompressor), packed, cap, cut, error);
}
