/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The registry of kinds. Everything in it is built once, before the first question, and never changes: readers need no lock. */

#include "kith-kind.h"
#include "kith-model-private.h"

typedef struct
{
  const KithKind *kind;
  GType gtype;
  GHashTable *fields; /* name → KithField */
  gboolean searched;
  gboolean digits;
} KindInfo;

static GHashTable *by_name; /* (element-type utf8 KindInfo) */
static GHashTable *by_kind; /* (element-type KithKind KindInfo) */

/* A searched field in a nested part makes the record that carries the part searched. */
static gboolean
any_field_flag (const KithKind *kind, guint flag)
{
  for (guint i = 0; i < kind->n_fields; i++)
    {
      const KithField *field = &kind->fields[i];

      if (field->flags & flag)
        return TRUE;
      if (field->type == KITH_FIELD_PART || field->type == KITH_FIELD_PARTS)
        {
          KindInfo *part = g_hash_table_lookup (by_name, field->target);
          if (part != NULL && any_field_flag (part->kind, flag))
            return TRUE;
        }
    }
  return FALSE;
}

static void
add_kind (const KithKind *kind)
{
  KindInfo *info = g_new0 (KindInfo, 1);

  info->kind = kind;
  info->fields = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < kind->n_fields; i++)
    g_hash_table_insert (info->fields, (gpointer) kind->fields[i].name, (gpointer) &kind->fields[i]);
  info->gtype = kith_record_register_type (kind);
  g_hash_table_insert (by_name, (gpointer) kind->name, info);
  g_hash_table_insert (by_kind, (gpointer) kind, info);
}

void
kith_kinds_register (void)
{
  static gsize done = 0;

  if (!g_once_init_enter (&done))
    return;

  guint n_parts, n_tables;
  const KithKind *const *parts = kith_kinds_parts (&n_parts);
  const KithKind *const *tables = kith_kinds_tables (&n_tables);
  GHashTableIter iter;
  gpointer value;

  by_name = g_hash_table_new (g_str_hash, g_str_equal);
  by_kind = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < n_parts; i++)
    add_kind (parts[i]);
  for (guint i = 0; i < n_tables; i++)
    add_kind (tables[i]);
  g_hash_table_iter_init (&iter, by_kind);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      KindInfo *info = value;
      info->searched = any_field_flag (info->kind, KITH_FIELD_SEARCHED);
      info->digits = any_field_flag (info->kind, KITH_FIELD_DIGITS | KITH_FIELD_SOUND | KITH_FIELD_DAY);
    }
  g_once_init_leave (&done, 1);
}

static KindInfo *
info_for_kind (const KithKind *kind)
{
  kith_kinds_register ();
  return g_hash_table_lookup (by_kind, kind);
}

const KithKind *
kith_kind_get (const char *name)
{
  kith_kinds_register ();
  KindInfo *info = name != NULL ? g_hash_table_lookup (by_name, name) : NULL;
  return info != NULL ? info->kind : NULL;
}

const KithKind *const *
kith_kinds_list (guint *n_kinds)
{
  kith_kinds_register ();
  return kith_kinds_tables (n_kinds);
}

/**
 * kith_kind_get_gtype:
 *
 * Returns: the type of its records; G_TYPE_INVALID for a description that is not in the list of kinds
 */
GType
kith_kind_get_gtype (const KithKind *kind)
{
  KindInfo *info = info_for_kind (kind);
  return info != NULL ? info->gtype : G_TYPE_INVALID;
}

/**
 * kith_kind_get_field:
 * @name: (nullable): as in JSON, "given_name"
 *
 * Returns: (transfer none) (nullable): static; NULL: the kind has no such field
 */
const KithField *
kith_kind_get_field (const KithKind *kind, const char *name)
{
  KindInfo *info = info_for_kind (kind);
  return info != NULL && name != NULL ? g_hash_table_lookup (info->fields, name) : NULL;
}

gboolean
kith_kind_is_searched (const KithKind *kind)
{
  KindInfo *info = info_for_kind (kind);
  return info != NULL && info->searched;
}

gboolean
kith_kind_has_digits (const KithKind *kind)
{
  KindInfo *info = info_for_kind (kind);
  return info != NULL && info->digits;
}
