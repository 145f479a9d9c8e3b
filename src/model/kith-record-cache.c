/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kith-record-cache.h"

typedef struct
{
  const KithKind *kind;
  char *id;
  char *text;
  KithRecord *record;
} Entry;

struct _KithRecordCache
{
  GHashTable *entries; /* set of Entry, by kind and id */
  gsize bytes, max_bytes;
};

static guint
entry_hash (gconstpointer data)
{
  const Entry *entry = data;
  return g_str_hash (entry->id) ^ g_direct_hash (entry->kind);
}

static gboolean
entry_equal (gconstpointer a, gconstpointer b)
{
  const Entry *left = a, *right = b;
  return left->kind == right->kind && strcmp (left->id, right->id) == 0;
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->id);
  g_free (entry->text);
  g_clear_object (&entry->record);
  g_free (entry);
}

KithRecordCache *
kith_record_cache_new (gsize max_bytes)
{
  KithRecordCache *self = g_new0 (KithRecordCache, 1);

  self->entries = g_hash_table_new_full (entry_hash, entry_equal, entry_free, NULL);
  self->max_bytes = max_bytes;
  return self;
}

/**
 * kith_record_cache_free:
 * @self: (nullable) (transfer full): records it gave out stay good
 */
void
kith_record_cache_free (KithRecordCache *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->entries);
  g_free (self);
}

static void
keep (KithRecordCache *self, Entry *known, KithRecord *record, const char *body)
{
  gsize length = strlen (body);
  Entry *entry;

  if (length > self->max_bytes / 16)
    return;
  self->bytes -= known != NULL ? strlen (known->text) : 0;
  /* Full: begin anew. What is in use comes back with the next read; an order of use would cost more than it saves. */
  if (self->bytes + length > self->max_bytes)
    {
      g_hash_table_remove_all (self->entries);
      self->bytes = 0;
    }
  entry = g_new0 (Entry, 1);
  entry->kind = kith_record_get_kind (record);
  entry->id = g_strdup (kith_record_get_id (record));
  entry->text = g_strdup (body);
  entry->record = kith_record_copy (record);
  self->bytes += length;
  g_hash_table_replace (self->entries, entry, entry);
}

KithRecord *
kith_record_cache_parse (KithRecordCache *self, const KithKind *kind, const char *id, const char *body, GError **error)
{
  Entry key = { .kind = kind, .id = (char *) id };
  Entry *known = g_hash_table_lookup (self->entries, &key);
  KithRecord *record;

  if (known != NULL && strcmp (known->text, body) == 0)
    return kith_record_copy (known->record);
  record = kith_record_parse (kind, id, body, -1, error);
  if (record != NULL)
    keep (self, known, record, body);
  return record;
}
