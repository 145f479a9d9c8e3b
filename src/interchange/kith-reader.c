/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-reader.h"

#define READING "kith-reader 3" /* raise the number when a reader yields other operations from the same input: what stopped before starts over */
#define BUFFER (64 * 1024)

/**
 * kith_reader_error_quark:
 *
 * Returns: the domain of #KithReaderError: what makes an input unreadable as a whole. What is wrong with a row is in the reader's problems.
 */
G_DEFINE_QUARK (kith-reader-error-quark, kith_reader_error)

typedef struct
{
  KithProblems *problems;
  char *file;
  guint64 row;
  guint64 count;
  GPtrArray *inputs;   /* (element-type filename) */
  GString *settings;   /* each ended by a NUL */
  char *sum;           /* of all of both; NULL: nobody asked yet */
} KithReaderPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (KithReader, kith_reader, G_TYPE_OBJECT)

#define PRIVATE(self) ((KithReaderPrivate *) kith_reader_get_instance_private (self))

static void
kith_reader_finalize (GObject *object)
{
  KithReaderPrivate *priv = PRIVATE (KITH_READER (object));

  kith_problems_unref (priv->problems);
  g_free (priv->file);
  g_ptr_array_unref (priv->inputs);
  g_string_free (priv->settings, TRUE);
  g_free (priv->sum);

  G_OBJECT_CLASS (kith_reader_parent_class)->finalize (object);
}

static void
kith_reader_class_init (KithReaderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kith_reader_finalize;
}

static void
kith_reader_init (KithReader *self)
{
  KithReaderPrivate *priv = PRIVATE (self);

  priv->problems = kith_problems_new (0);
  priv->inputs = g_ptr_array_new_with_free_func (g_free);
  priv->settings = g_string_new (NULL);
  kith_reader_add_setting (self, READING);
}

/**
 * kith_reader_get_operation:
 *
 * Returns: (transfer none): "client.import", "directory.put": the same for all that this reader yields
 */
const char *
kith_reader_get_operation (KithReader *self)
{
  return KITH_READER_GET_CLASS (self)->operation;
}

gboolean
kith_reader_next (KithReader *self, JsonObject **args, GError **error)
{
  if (!KITH_READER_GET_CLASS (self)->next (self, args, error))
    return FALSE;
  PRIVATE (self)->count++;
  return TRUE;
}

KithProblems *
kith_reader_get_problems (KithReader *self)
{
  return PRIVATE (self)->problems;
}

const char *
kith_reader_get_file (KithReader *self)
{
  return PRIVATE (self)->file;
}

/**
 * kith_reader_get_row:
 *
 * Returns: the row of the last operation, as a spreadsheet counts; 0 where there are no rows
 */
guint64
kith_reader_get_row (KithReader *self)
{
  return PRIVATE (self)->row;
}

double
kith_reader_get_progress (KithReader *self)
{
  return CLAMP (KITH_READER_GET_CLASS (self)->progress (self), 0.0, 1.0);
}

guint64
kith_reader_get_count (KithReader *self)
{
  return PRIVATE (self)->count;
}

static gboolean
sum_file (GChecksum *sum, const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GError) local = NULL;
  g_autofree guint8 *buffer = g_malloc (BUFFER);
  guint64 size = 0;
  gssize got = -1;

  stream = g_file_read (file, NULL, &local);
  while (stream != NULL && (got = g_input_stream_read (G_INPUT_STREAM (stream), buffer, BUFFER, NULL, &local)) > 0)
    {
      g_checksum_update (sum, buffer, got);
      size += (guint64) got;
    }
  /* With the lengths nothing can move from one file to the next unseen. */
  g_checksum_update (sum, (const guint8 *) &size, sizeof size);
  if (got == 0)
    return TRUE;
  g_set_error (error, KITH_READER_ERROR, KITH_READER_ERROR_OPEN, "%s", local->message);
  return FALSE;
}

static const char *
get_sum (KithReader *self, GError **error)
{
  KithReaderPrivate *priv = PRIVATE (self);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  if (priv->sum != NULL)
    return priv->sum;
  g_checksum_update (sum, (const guint8 *) priv->settings->str, (gssize) priv->settings->len);
  for (guint i = 0; i < priv->inputs->len; i++)
    if (!sum_file (sum, priv->inputs->pdata[i], error))
      return NULL;
  priv->sum = g_strdup (g_checksum_get_string (sum));
  return priv->sum;
}

/**
 * kith_reader_get_position:
 *
 * Where the reader stands after the operation it yielded last. The input is read through for it once, by whoever asks first (or finds a
 * position): ask before reading, so that a file that is written to meanwhile counts as another one.
 *
 * Returns: (nullable): NULL with KITH_READER_ERROR_OPEN when the input cannot be read
 */
char *
kith_reader_get_position (KithReader *self, GError **error)
{
  const char *sum = get_sum (self, error);

  return sum != NULL ? g_strdup_printf ("%" G_GUINT64_FORMAT "/%s", PRIVATE (self)->count, sum) : NULL;
}

/**
 * kith_reader_find:
 * @position: what kith_reader_get_position() said, of this or an earlier reader
 * @count: (out): how many operations come before it; 0 when it is of another input, or none at all
 *
 * Reading starts at the beginning all the same, so that what is wrong is told of all rows; who has taken those operations leaves them out.
 *
 * Returns: FALSE with KITH_READER_ERROR_OPEN when the input cannot be read
 */
gboolean
kith_reader_find (KithReader *self, const char *position, guint64 *count, GError **error)
{
  const char *sum = get_sum (self, error);
  char *end = NULL;
  guint64 found = g_ascii_strtoull (position, &end, 10);

  *count = sum != NULL && *end == '/' && g_str_equal (end + 1, sum) ? found : 0;
  return sum != NULL;
}

void
kith_reader_set_where (KithReader *self, const char *file, guint64 row)
{
  KithReaderPrivate *priv = PRIVATE (self);

  if (g_strcmp0 (priv->file, file) != 0)
    {
      g_free (priv->file);
      priv->file = g_strdup (file);
    }
  priv->row = row;
}

void
kith_reader_add_input (KithReader *self, const char *path)
{
  g_ptr_array_add (PRIVATE (self)->inputs, g_strdup (path));
}

void
kith_reader_add_setting (KithReader *self, const char *text)
{
  if (text != NULL)
    g_string_append (PRIVATE (self)->settings, text);
  g_string_append_c (PRIVATE (self)->settings, '\0');
}
