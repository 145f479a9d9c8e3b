/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-assign-plan.h"

#include "kith-json.h"

typedef struct
{
  char *id; /* "": the client */
  GHashTable *before, *after; /* sets of staff ids */
} Place;

struct _KithAssignPlan
{
  GPtrArray *places;  /* the client first, then its open cases */
  JsonArray *changes;
};

static void
place_free (gpointer data)
{
  Place *place = data;

  g_free (place->id);
  g_hash_table_unref (place->before);
  g_hash_table_unref (place->after);
  g_free (place);
}

static void
place_add (KithAssignPlan *self,
           const char     *id)
{
  Place *place = g_new0 (Place, 1);

  place->id = g_strdup (id);
  place->before = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  place->after = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_ptr_array_add (self->places, place);
}

static Place *
place_get (KithAssignPlan *self,
           const char     *id)
{
  for (guint i = 0; i < self->places->len; i++)
    if (g_str_equal (((Place *) self->places->pdata[i])->id, id))
      return self->places->pdata[i];
  return NULL;
}

/**
 * kith_assign_plan_new:
 *
 * Returns: (transfer full): a plan that knows one place, the client, with nobody on it
 */
KithAssignPlan *
kith_assign_plan_new (void)
{
  KithAssignPlan *self = g_new0 (KithAssignPlan, 1);

  self->places = g_ptr_array_new_with_free_func (place_free);
  self->changes = json_array_new ();
  place_add (self, "");
  return self;
}

/**
 * kith_assign_plan_free:
 * @self: (transfer full): not NULL
 */
void
kith_assign_plan_free (KithAssignPlan *self)
{
  g_ptr_array_unref (self->places);
  json_array_unref (self->changes);
  g_free (self);
}

void
kith_assign_plan_add_case (KithAssignPlan *self,
                           const char     *case_id)
{
  if (!place_get (self, case_id))
    place_add (self, case_id);
}

/* Returns: whether the place is the client, or a case that was added */
gboolean
kith_assign_plan_knows (KithAssignPlan *self,
                        const char     *place)
{
  return place_get (self, place) != NULL;
}

/**
 * kith_assign_plan_found:
 * @place: one the plan knows; @staff is there before and, so far, after
 */
void
kith_assign_plan_found (KithAssignPlan *self,
                        const char     *place,
                        const char     *staff)
{
  Place *at = place_get (self, place);

  g_return_if_fail (at);
  g_hash_table_add (at->before, g_strdup (staff));
  g_hash_table_add (at->after, g_strdup (staff));
}

static void
stage (KithAssignPlan *self,
       const char     *what,
       const char     *place,
       const char     *staff)
{
  json_array_add_object_element (self->changes, kith_json_new ("do", "s", what, "staff", "s", staff, "case", "s", *place ? place : NULL, NULL));
}

void
kith_assign_plan_add (KithAssignPlan *self,
                      const char     *place,
                      const char     *staff)
{
  Place *client = self->places->pdata[0], *at = place_get (self, place);

  g_return_if_fail (at);
  stage (self, "add", place, staff);
  g_hash_table_add (client->after, g_strdup (staff)); /* A4 */
  g_hash_table_add (at->after, g_strdup (staff));
  for (guint i = 1; at == client && i < self->places->len; i++)
    g_hash_table_add (((Place *) self->places->pdata[i])->after, g_strdup (staff)); /* A3 */
}

/**
 * kith_assign_plan_remove:
 * @place: one the plan knows. From the client means from all its open cases (A6), from a case from that alone (A7).
 */
void
kith_assign_plan_remove (KithAssignPlan *self,
                         const char     *place,
                         const char     *staff)
{
  Place *client = self->places->pdata[0], *at = place_get (self, place);

  g_return_if_fail (at);
  stage (self, "remove", place, staff);
  g_hash_table_remove (at->after, staff); /* A7 */
  for (guint i = 1; at == client && i < self->places->len; i++)
    g_hash_table_remove (((Place *) self->places->pdata[i])->after, staff); /* A6 */
}

void
kith_assign_plan_reset (KithAssignPlan *self)
{
  json_array_unref (self->changes);
  self->changes = json_array_new ();
  for (guint i = 0; i < self->places->len; i++)
    {
      Place *place = self->places->pdata[i];
      GHashTableIter iter;
      gpointer staff;

      g_hash_table_remove_all (place->after);
      g_hash_table_iter_init (&iter, place->before);
      while (g_hash_table_iter_next (&iter, &staff, NULL))
        g_hash_table_add (place->after, g_strdup (staff));
    }
}

gboolean
kith_assign_plan_has (KithAssignPlan *self,
                      const char     *place,
                      const char     *staff)
{
  Place *at = place_get (self, place);

  return at && g_hash_table_contains (at->after, staff);
}

gboolean
kith_assign_plan_had (KithAssignPlan *self,
                      const char     *place,
                      const char     *staff)
{
  Place *at = place_get (self, place);

  return at && g_hash_table_contains (at->before, staff);
}

static gboolean
same (Place *place)
{
  GHashTableIter iter;
  gpointer staff;

  if (g_hash_table_size (place->before) != g_hash_table_size (place->after))
    return FALSE;
  g_hash_table_iter_init (&iter, place->before);
  while (g_hash_table_iter_next (&iter, &staff, NULL))
    if (!g_hash_table_contains (place->after, staff))
      return FALSE;
  return TRUE;
}

gboolean
kith_assign_plan_is_empty (KithAssignPlan *self)
{
  for (guint i = 0; i < self->places->len; i++)
    if (!same (self->places->pdata[i]))
      return FALSE;
  return TRUE;
}

JsonArray *
kith_assign_plan_changes (KithAssignPlan *self)
{
  return json_array_ref (self->changes);
}
