/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-assign-plan.h"

#include "kith-json.h"

typedef struct
{
  char *id; /* "": the client */
  gboolean closed;            /* a case nobody is put on (A3), and that is left with the client (A6) */
  GHashTable *before, *after; /* sets of staff ids */
} Place;

typedef struct
{
  gboolean add;
  char *place, *staff;
} Change;

struct _KithAssignPlan
{
  GPtrArray *places;  /* (element-type Place): the client first, then its cases */
  GPtrArray *changes; /* (element-type Change): in the order in which they were staged */
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
change_free (gpointer data)
{
  Change *change = data;

  g_free (change->place);
  g_free (change->staff);
  g_free (change);
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

static Place *
place_add (KithAssignPlan *self,
           const char     *id)
{
  Place *place = g_new0 (Place, 1);

  place->id = g_strdup (id);
  place->before = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  place->after = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_ptr_array_add (self->places, place);
  return place;
}

/* What each place is after Save: all that is staged, done to what is there now. */

static void
carry_out (KithAssignPlan *self,
           Change         *change)
{
  Place *client = self->places->pdata[0], *at = place_get (self, change->place);

  if (change->add)
    {
      g_hash_table_add (client->after, g_strdup (change->staff)); /* A4 */
      g_hash_table_add (at->after, g_strdup (change->staff));
    }
  else
    g_hash_table_remove (at->after, change->staff); /* A7 */
  for (guint i = 1; at == client && i < self->places->len; i++)
    {
      Place *place = self->places->pdata[i];

      if (!change->add)
        g_hash_table_remove (place->after, change->staff); /* A6 */
      else if (!place->closed)
        g_hash_table_add (place->after, g_strdup (change->staff)); /* A3 */
    }
}

static void
replay (KithAssignPlan *self)
{
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
  for (guint i = 0; i < self->changes->len; i++)
    carry_out (self, self->changes->pdata[i]);
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
  self->changes = g_ptr_array_new_with_free_func (change_free);
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
  g_ptr_array_unref (self->changes);
  g_free (self);
}

/* What is staged at a place, or (NULL) anywhere, for one person or (NULL) for all: it was never staged. Returns: whether there was any */
static gboolean
unstage (KithAssignPlan *self,
         const char     *place,
         const char     *staff,
         gboolean        removals) /* FALSE: additions too */
{
  gboolean any = FALSE;

  for (guint i = self->changes->len; i > 0; i--)
    {
      Change *change = self->changes->pdata[i - 1];

      if ((place && !g_str_equal (change->place, place)) || (staff && !g_str_equal (change->staff, staff)) || (removals && change->add))
        continue;
      g_ptr_array_remove_index (self->changes, i - 1);
      any = TRUE;
    }
  return any;
}

/**
 * kith_assign_plan_set_case:
 * @case_id: now known; known before, it may have been closed or reopened
 * @closed: only removal from the client reaches it (A3, A6); what was staged at it falls out
 */
void
kith_assign_plan_set_case (KithAssignPlan *self,
                           const char     *case_id,
                           gboolean        closed)
{
  Place *place = place_get (self, case_id);

  if (!place)
    place = place_add (self, case_id);
  place->closed = closed;
  if (closed)
    unstage (self, case_id, NULL, FALSE);
  replay (self);
}

/**
 * kith_assign_plan_drop_case:
 * @case_id: no case of the client any more; what was staged at it falls out
 */
void
kith_assign_plan_drop_case (KithAssignPlan *self,
                            const char     *case_id)
{
  Place *place = place_get (self, case_id);

  g_return_if_fail (place && *case_id);
  unstage (self, case_id, NULL, FALSE);
  g_ptr_array_remove (self->places, place);
  replay (self);
}

/* Returns: whether the place is the client, or a case of it that somebody can be put on */
gboolean
kith_assign_plan_knows (KithAssignPlan *self,
                        const char     *id)
{
  Place *place = place_get (self, id);

  return place && !place->closed;
}

/**
 * kith_assign_plan_set_found:
 * @place: one the plan knows
 * @staff: (element-type utf8): who is there now, before Save. What is staged stays staged
 */
void
kith_assign_plan_set_found (KithAssignPlan *self,
                            const char     *place,
                            GPtrArray      *staff)
{
  Place *at = place_get (self, place);

  g_return_if_fail (at);
  g_hash_table_remove_all (at->before);
  for (guint i = 0; i < staff->len; i++)
    g_hash_table_add (at->before, g_strdup (staff->pdata[i]));
  replay (self);
}

static void
stage (KithAssignPlan *self,
       gboolean        add,
       const char     *place,
       const char     *staff)
{
  Change *change = g_new0 (Change, 1);

  change->add = add;
  change->place = g_strdup (place);
  change->staff = g_strdup (staff);
  g_ptr_array_add (self->changes, change);
}

/* Whoever was there and is taken off in this plan stays: as if never taken off. Off and on again is something else: it would put them on every
 * open case (A3), off the closed ones (A6), and tell them so. */
static gboolean
keep (KithAssignPlan *self,
      const char     *place,
      const char     *staff)
{
  return kith_assign_plan_had (self, place, staff) && !kith_assign_plan_has (self, place, staff) && unstage (self, place, staff, TRUE);
}

/**
 * kith_assign_plan_add:
 * @place: one the plan knows. To the client means to all its open cases (A3), to a case to the client too (A4). Of somebody who was there and is
 *   staged to leave, the leaving is taken back and no more
 */
void
kith_assign_plan_add (KithAssignPlan *self,
                      const char     *place,
                      const char     *staff)
{
  gboolean kept;

  g_return_if_fail (kith_assign_plan_knows (self, place));
  kept = keep (self, "", staff);
  replay (self);
  kept = keep (self, place, staff) || kept;
  replay (self);
  if (kept && kith_assign_plan_has (self, place, staff))
    return;
  stage (self, TRUE, place, staff);
  replay (self);
}

/**
 * kith_assign_plan_remove:
 * @place: one the plan knows. From the client means from all its cases (A6), from a case from that alone (A7). Whoever is on the client only as
 *   staged leaves nothing staged
 */
void
kith_assign_plan_remove (KithAssignPlan *self,
                         const char     *place,
                         const char     *staff)
{
  g_return_if_fail (kith_assign_plan_knows (self, place));
  if (*place || kith_assign_plan_had (self, place, staff))
    stage (self, FALSE, place, staff);
  else
    unstage (self, NULL, staff, FALSE);
  replay (self);
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

/**
 * kith_assign_plan_changes:
 *
 * Returns: (transfer full): what is staged, in its order, as assignment.apply takes it
 */
JsonArray *
kith_assign_plan_changes (KithAssignPlan *self)
{
  JsonArray *changes = json_array_new ();

  for (guint i = 0; i < self->changes->len; i++)
    {
      Change *change = self->changes->pdata[i];

      json_array_add_object_element (changes, kith_json_new ("do", "s", change->add ? "add" : "remove", "staff", "s", change->staff, "case", "s",
                                                             *change->place ? change->place : NULL, NULL));
    }
  return changes;
}
