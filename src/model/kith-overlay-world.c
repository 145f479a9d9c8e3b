/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kith-overlay-world.h"

struct _KithOverlayWorld
{
  GObject parent_instance;
  KithWorld *base;
  KithWorld *upper;    /* what was written on top */
  GHashTable *touched; /* "kind/id" of what the base no longer tells of */
};

static void overlay_iface_init (KithWorldInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (KithOverlayWorld, kith_overlay_world, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KITH_TYPE_WORLD, overlay_iface_init))

static gboolean
is_touched (KithOverlayWorld *self, const KithKind *kind, const char *id)
{
  g_autofree char *key = g_strconcat (kind->name, "/", id, NULL);

  return g_hash_table_contains (self->touched, key);
}

static void
touch (KithOverlayWorld *self, const KithKind *kind, const char *id)
{
  g_hash_table_add (self->touched, g_strconcat (kind->name, "/", id, NULL));
}

static KithRecord *
overlay_get (KithWorld *world, const KithKind *kind, const char *id, GError **error)
{
  KithOverlayWorld *self = KITH_OVERLAY_WORLD (world);

  return kith_world_get (is_touched (self, kind, id) ? self->upper : self->base, kind->name, id, error);
}

static gboolean
overlay_put (KithWorld *world, KithRecord *record, GError **error)
{
  KithOverlayWorld *self = KITH_OVERLAY_WORLD (world);

  touch (self, kith_record_get_kind (record), kith_record_get_id (record));
  return kith_world_put (self->upper, record, error);
}

static gboolean
overlay_remove (KithWorld *world, const KithKind *kind, const char *id, GError **error)
{
  KithOverlayWorld *self = KITH_OVERLAY_WORLD (world);

  touch (self, kind, id);
  return kith_world_remove (self->upper, kind->name, id, error);
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return strcmp (kith_record_get_id (*(KithRecord *const *) a), kith_record_get_id (*(KithRecord *const *) b));
}

static GPtrArray *
overlay_find (KithWorld *world, const char *scope, const KithKind *kind, const char *field, const char *value, gboolean *complete,
              GError **error)
{
  KithOverlayWorld *self = KITH_OVERLAY_WORLD (world);
  g_autoptr (GPtrArray) found = kith_world_find (self->base, scope, kind->name, field, value, complete, error);
  g_autoptr (GPtrArray) upper = NULL;

  if (found == NULL)
    return NULL;
  for (guint i = found->len; i > 0; i--)
    if (is_touched (self, kind, kith_record_get_id (g_ptr_array_index (found, i - 1))))
      g_ptr_array_remove_index (found, i - 1);
  upper = kith_world_find (self->upper, scope, kind->name, field, value, NULL, error);
  if (upper == NULL)
    return NULL;
  for (guint i = 0; i < upper->len; i++)
    g_ptr_array_add (found, g_object_ref (g_ptr_array_index (upper, i)));
  g_ptr_array_sort (found, compare_ids);

  return g_steal_pointer (&found);
}

static gboolean
overlay_holds (KithWorld *world, const char *scope)
{
  return kith_world_holds (KITH_OVERLAY_WORLD (world)->base, scope);
}

static gboolean
overlay_begin_scope (KithWorld *world, const char *scope, GError **error)
{
  return TRUE;
}

static KithSees
overlay_sees (KithWorld *world, const KithActor *actor, const char *scope)
{
  return kith_world_sees (KITH_OVERLAY_WORLD (world)->base, actor, scope);
}

static gboolean
overlay_number (KithWorld *world, const KithKind *kind, const char *id, gint64 *number, GError **error)
{
  return kith_world_number (KITH_OVERLAY_WORLD (world)->base, kind->name, id, number, error);
}

static void
overlay_iface_init (KithWorldInterface *iface)
{
  iface->get = overlay_get;
  iface->put = overlay_put;
  iface->remove = overlay_remove;
  iface->find = overlay_find;
  iface->holds = overlay_holds;
  iface->begin_scope = overlay_begin_scope;
  iface->sees = overlay_sees;
  iface->number = overlay_number;
}

static void
kith_overlay_world_dispose (GObject *object)
{
  KithOverlayWorld *self = KITH_OVERLAY_WORLD (object);

  g_clear_object (&self->base);
  g_clear_object (&self->upper);
  g_clear_pointer (&self->touched, g_hash_table_unref);
  G_OBJECT_CLASS (kith_overlay_world_parent_class)->dispose (object);
}

static void
kith_overlay_world_class_init (KithOverlayWorldClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_overlay_world_dispose;
}

static void
kith_overlay_world_init (KithOverlayWorld *self)
{
  self->upper = KITH_WORLD (kith_memory_world_new ());
  self->touched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * kith_overlay_world_new:
 * @base: read, never written
 *
 * Returns: (transfer full): the base with whatever is written on top of it, for as long as this lives
 */
KithWorld *
kith_overlay_world_new (KithWorld *base)
{
  KithOverlayWorld *self = g_object_new (KITH_TYPE_OVERLAY_WORLD, NULL);

  self->base = g_object_ref (base);

  return KITH_WORLD (self);
}
