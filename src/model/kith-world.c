/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kith-world.h"

#include "kith-kind-sql.h"
#include "kith-refusal.h"

#include <glib/gi18n.h>

G_DEFINE_INTERFACE (KithWorld, kith_world, G_TYPE_OBJECT)

static void
kith_world_default_init (KithWorldInterface *iface)
{
}

KithRecord *
kith_world_get (KithWorld *self, const char *kind, const char *id, GError **error)
{
  const KithKind *table = kith_kind_get (kind);

  g_return_val_if_fail (table != NULL && id != NULL, NULL);
  return KITH_WORLD_GET_IFACE (self)->get (self, table, id, error);
}

gboolean
kith_world_put (KithWorld *self, KithRecord *record, GError **error)
{
  g_autofree char *scope = NULL;

  if (!kith_record_check (record, error))
    return FALSE;
  scope = kith_record_scope (record);
  if (scope == NULL)
    {
      kith_invalid (error, _("%s: it is not clear whom this belongs to."), _(kith_record_get_kind (record)->label));
      return kith_refusal_mark_words (error, 0);
    }
  if (!kith_world_holds (self, scope))
    return TRUE;
  return KITH_WORLD_GET_IFACE (self)->put (self, record, error);
}

/**
 * kith_world_remove:
 *
 * The record goes for good, at the hub with a line that tells desks. Most records are ended instead: their history stays.
 */
gboolean
kith_world_remove (KithWorld *self, const char *kind, const char *id, GError **error)
{
  const KithKind *table = kith_kind_get (kind);

  g_return_val_if_fail (table != NULL && id != NULL, FALSE);
  return KITH_WORLD_GET_IFACE (self)->remove (self, table, id, error);
}

/* A scope of one client, referral or case, in which it is better to look at all there is: the field may have its value in any number of others (each
 * consent of a network is in force). A scope of an agency or a person holds more than most values do. */
static gboolean
is_of_one (const KithKind *kind, const char *scope, const char *field)
{
  g_autofree char *value = NULL;
  KithFieldType type = kith_kind_get_field (kind, field)->type;
  const char *key;

  return (type == KITH_FIELD_REF || type == KITH_FIELD_CODE || type == KITH_FIELD_STRING) && kith_kind_scope_key (kind, scope, &key, &value) &&
         !g_str_equal (key, field) && !g_str_equal (key, "agency") && !g_str_equal (key, "staff");
}

static GPtrArray *
find_among_few (KithWorld *self, const char *scope, const KithKind *kind, const char *field, const char *value, gboolean *complete, GError **error)
{
  GPtrArray *found = KITH_WORLD_GET_IFACE (self)->find (self, scope, kind, NULL, NULL, complete, error);

  for (guint i = found != NULL ? found->len : 0; i-- > 0;)
    if (!kith_record_is (found->pdata[i], field, value))
      g_ptr_array_remove_index (found, i);
  return found;
}

GPtrArray *
kith_world_find (KithWorld *self, const char *scope, const char *kind, const char *field, const char *value,
                 gboolean *complete, GError **error)
{
  const KithKind *table = kith_kind_get (kind);
  gboolean ignored;

  g_return_val_if_fail (table != NULL, NULL);
  if (field != NULL)
    {
      const KithField *description = kith_kind_get_field (table, field);

      /* What no index serves would be a scan of the whole table at the hub. */
      g_return_val_if_fail (description != NULL && (description->flags & KITH_FIELD_INDEXED), NULL);
      g_return_val_if_fail (value != NULL, NULL);
    }
  else /* of queues a network has a few, each in a scope of its own */
    g_return_val_if_fail (scope != NULL || g_str_equal (kind, "queue"), NULL);
  if (complete == NULL)
    complete = &ignored;
  if (scope != NULL && field != NULL && is_of_one (table, scope, field))
    return find_among_few (self, scope, table, field, value, complete, error);
  return KITH_WORLD_GET_IFACE (self)->find (self, scope, table, field, value, complete, error);
}

gboolean
kith_world_holds (KithWorld *self, const char *scope)
{
  return KITH_WORLD_GET_IFACE (self)->holds (self, scope);
}

gboolean
kith_world_begin_scope (KithWorld *self, const char *scope, GError **error)
{
  return KITH_WORLD_GET_IFACE (self)->begin_scope (self, scope, error);
}

KithSees
kith_world_sees (KithWorld *self, const KithActor *actor, const char *scope)
{
  return KITH_WORLD_GET_IFACE (self)->sees (self, actor, scope);
}

gboolean
kith_world_number (KithWorld *self, const char *kind, const char *id, gint64 *number, GError **error)
{
  const KithKind *table = kith_kind_get (kind);

  g_return_val_if_fail (table != NULL && id != NULL, FALSE);
  *number = 0;
  return KITH_WORLD_GET_IFACE (self)->number == NULL || KITH_WORLD_GET_IFACE (self)->number (self, table, id, number, error);
}
