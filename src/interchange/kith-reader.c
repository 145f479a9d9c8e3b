/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-reader.h"

G_DEFINE_QUARK (kith-reader-error-quark, kith_reader_error)

typedef struct
{
  KithProblems *problems;
  char *file;
  guint64 row;
  guint64 count;
} KithReaderPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (KithReader, kith_reader, G_TYPE_OBJECT)

#define PRIVATE(self) ((KithReaderPrivate *) kith_reader_get_instance_private (self))

static void
kith_reader_finalize (GObject *object)
{
  KithReaderPrivate *priv = PRIVATE (KITH_READER (object));

  kith_problems_unref (priv->problems);
  g_free (priv->file);

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
  PRIVATE (self)->problems = kith_problems_new (0);
}

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

char *
kith_reader_get_position (KithReader *self)
{
  return g_strdup_printf ("%" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT, PRIVATE (self)->count,
                          KITH_READER_GET_CLASS (self)->input_size (self));
}

gboolean
kith_reader_continue (KithReader *self, const char *position, GError **error)
{
  KithReaderPrivate *priv = PRIVATE (self);
  g_autoptr (GError) local = NULL;
  char *end = NULL;
  guint64 count = g_ascii_strtoull (position, &end, 10);

  g_return_val_if_fail (priv->count == 0, FALSE);

  if (*end != '/' || g_ascii_strtoull (end + 1, NULL, 10) != KITH_READER_GET_CLASS (self)->input_size (self))
    return TRUE;

  kith_problems_set_muted (priv->problems, TRUE);
  while (priv->count < count)
    {
      g_autoptr (JsonObject) args = NULL;

      if (!kith_reader_next (self, &args, &local))
        break;
    }
  kith_problems_set_muted (priv->problems, FALSE);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
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
