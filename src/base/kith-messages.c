/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-messages.h"

#include <string.h>

#define MAGIC 0x950412deu

/* A table of texts and a table of what they mean, both as (length, place). */
struct _KithMessages
{
  GMappedFile *file;
  guint32 n, texts, meanings;
  gboolean swapped;
};

static guint32
word (const KithMessages *self, gsize at)
{
  gsize length = g_mapped_file_get_length (self->file);
  guint32 value = 0;

  if (at + 4 > length)
    return 0;
  memcpy (&value, g_mapped_file_get_contents (self->file) + at, 4);
  return self->swapped ? GUINT32_SWAP_LE_BE (value) : value;
}

/* The i-th text of a table; NULL when the file is not what it should be. */
static const char *
entry (const KithMessages *self, guint32 table, guint32 i)
{
  gsize length = g_mapped_file_get_length (self->file), size = word (self, table + 8 * (gsize) i), at = word (self, table + 8 * (gsize) i + 4);
  const char *contents = g_mapped_file_get_contents (self->file);

  return at + size < length && contents[at + size] == '\0' ? contents + at : NULL;
}

/**
 * kith_messages_new:
 *
 * Returns: (transfer full) (nullable): %NULL: there is no such file, or it is none of translations
 */
KithMessages *
kith_messages_new (const char *folder, const char *language, const char *domain)
{
  g_autofree char *name = g_strconcat (domain, ".mo", NULL);
  g_autofree char *path = g_build_filename (folder, language, "LC_MESSAGES", name, NULL);
  g_autoptr (KithMessages) self = g_new0 (KithMessages, 1);

  self->file = g_mapped_file_new (path, FALSE, NULL);
  if (self->file == NULL)
    return NULL;
  self->swapped = word (self, 0) == GUINT32_SWAP_LE_BE (MAGIC);
  if (!self->swapped && word (self, 0) != MAGIC)
    return NULL;
  self->n = word (self, 8);
  self->texts = word (self, 12);
  self->meanings = word (self, 16);
  return g_steal_pointer (&self);
}

/**
 * kith_messages_free:
 * @self: (transfer full): texts it gave are in its file: they end with it
 */
void
kith_messages_free (KithMessages *self)
{
  g_clear_pointer (&self->file, g_mapped_file_unref);
  g_free (self);
}

/* The texts are in order. Returns: (nullable): NULL: it has none */
static const char *
find (const KithMessages *self, const char *text)
{
  guint32 low = 0, high = self->n;

  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;
      const char *found = entry (self, self->texts, middle);
      int order = found ? strcmp (text, found) : -1;

      if (order == 0)
        {
          const char *meaning = entry (self, self->meanings, middle);

          return meaning && *meaning && g_utf8_validate (meaning, -1, NULL) ? meaning : NULL;
        }
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }
  return NULL;
}

const char *
kith_messages_get (const KithMessages *self, const char *text)
{
  return kith_messages_get_in (self, NULL, text);
}

/* What is of a context has a name of its own in the file: a word that is one in English may be several elsewhere, and which is meant hangs on the noun. */
const char *
kith_messages_get_in (const KithMessages *self, const char *context, const char *text)
{
  g_autofree char *named = context != NULL ? g_strconcat (context, "\004", text, NULL) : NULL;
  const char *meaning = self != NULL && *text != '\0' ? find (self, named != NULL ? named : text) : NULL;

  return meaning != NULL ? meaning : text;
}
