/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-reads.h"

#include <gio/gio.h>

#include "kith-db.h"

struct _KithReads
{
  GObject *owner; /* whose this is; not held */
  const char *property;
  GHashTable *failed; /* reader, not held → KithReadAgain */
};

KithReads *
kith_reads_new (GObject *owner, const char *property)
{
  KithReads *self = g_new0 (KithReads, 1);

  self->owner = owner;
  self->property = property;
  self->failed = g_hash_table_new (NULL, NULL);
  return self;
}

static void
notify_if (KithReads *self, gboolean before)
{
  if (before != kith_reads_any_failed (self))
    g_object_notify (self->owner, self->property);
}

/* The page was left, the window closed: nobody shows what was not read. */
static void
gone_cb (gpointer data, GObject *reader)
{
  KithReads *self = data;

  g_hash_table_remove (self->failed, reader);
  notify_if (self, TRUE);
}

static void
drop_all (KithReads *self)
{
  GHashTableIter iter;
  gpointer reader;

  g_hash_table_iter_init (&iter, self->failed);
  while (g_hash_table_iter_next (&iter, &reader, NULL))
    {
      g_object_weak_unref (reader, gone_cb, self);
      g_hash_table_iter_remove (&iter);
    }
}

void
kith_reads_free (KithReads *self)
{
  drop_all (self);
  g_hash_table_unref (self->failed);
  g_free (self);
}

gboolean
kith_read_failed (const GError *error)
{
  return error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED) &&
         !g_error_matches (error, KITH_DB_ERROR, KITH_DB_ERROR_CANCELLED);
}

/**
 * kith_reads_tell:
 * @self: the reads of one desktop
 * @reader: (type GObject): who read; forgotten when it goes
 * @error: (nullable): why it could not; %NULL: it could. What was called off changes nothing
 * @again: how @reader reads once more
 *
 * Each reader has one state: what it was told last.
 */
void
kith_reads_tell (KithReads *self, gpointer reader, const GError *error, KithReadAgain again)
{
  gboolean before = kith_reads_any_failed (self), known = g_hash_table_contains (self->failed, reader);

  if (error != NULL && !kith_read_failed (error))
    return;
  if (error != NULL && !known)
    {
      g_object_weak_ref (reader, gone_cb, self);
      g_hash_table_insert (self->failed, reader, (gpointer) again);
    }
  else if (error == NULL && known)
    {
      g_object_weak_unref (reader, gone_cb, self);
      g_hash_table_remove (self->failed, reader);
    }
  notify_if (self, before);
}

gboolean
kith_reads_any_failed (KithReads *self)
{
  return g_hash_table_size (self->failed) > 0;
}

/* All are forgotten first: one that fails again is told again, also to who cannot see that it still stands there. */
void
kith_reads_again (KithReads *self)
{
  g_autoptr (GPtrArray) readers = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) funcs = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer reader, again;

  g_hash_table_iter_init (&iter, self->failed);
  while (g_hash_table_iter_next (&iter, &reader, &again))
    {
      g_ptr_array_add (readers, g_object_ref (reader));
      g_ptr_array_add (funcs, again);
    }
  kith_reads_forget (self);
  for (guint i = 0; i < readers->len; i++)
    ((KithReadAgain) funcs->pdata[i]) (readers->pdata[i]);
}

void
kith_reads_forget (KithReads *self)
{
  gboolean before = kith_reads_any_failed (self);

  drop_all (self);
  notify_if (self, before);
}

gboolean
kith_reads_concern (const char *const *kinds, const char *const *changed)
{
  gboolean any = changed == NULL || changed[0] == NULL;

  for (guint i = 0; kinds[i] != NULL && !any; i++)
    any = g_strv_contains (changed, kinds[i]);
  return any;
}
