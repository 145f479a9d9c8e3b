/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-actor.h"

#include "kith-json.h"

static const struct
{
  const char *code;
  KithDuties duty;
} duty_codes[] = {
  { "supervisor", KITH_DUTY_SUPERVISOR },
  { "agency_admin", KITH_DUTY_ADMIN },
  { "listings_editor", KITH_DUTY_LISTINGS },
  { "privacy_officer", KITH_DUTY_PRIVACY },
};

static KithActor *
actor_alloc (void)
{
  KithActor *self = g_new0 (KithActor, 1);

  self->services = g_ptr_array_new_with_free_func (g_free);
  self->managed = g_ptr_array_new_with_free_func (g_free);
  self->resources = g_ptr_array_new_with_free_func (g_free);

  return self;
}

/**
 * kith_actor_new_hub:
 *
 * The hub itself: its clock, its importers and its console.
 *
 * Returns: (transfer full): an actor of level %KITH_LEVEL_HUB
 */
KithActor *
kith_actor_new_hub (void)
{
  KithActor *self = actor_alloc ();

  self->user = g_strdup ("hub");
  self->name = g_strdup ("Kith hub");
  self->level = KITH_LEVEL_HUB;
  self->active = TRUE;
  self->trained = TRUE;

  return self;
}

static KithLevel
staff_level (KithRecord *staff)
{
  if (kith_record_is (staff, "level", "network"))
    return KITH_LEVEL_NETWORK;
  if (kith_record_is (staff, "level", "standard"))
    return KITH_LEVEL_STANDARD;

  /* Whatever is not understood gets the least. */
  return KITH_LEVEL_PORTAL;
}

static char *
staff_display_name (KithRecord *staff)
{
  const char *name = kith_record_string (staff, "name");
  const char *given = kith_record_string (staff, "given_name");
  const char *family = kith_record_string (staff, "family_name");

  if (name != NULL)
    return g_strdup (name);
  if (given != NULL && family != NULL)
    return g_strdup_printf ("%s %s", given, family);

  return g_strdup (given != NULL ? given : family != NULL ? family : "");
}

static guint
staff_duties (KithRecord *staff)
{
  guint duties = 0;

  for (guint i = 0; i < G_N_ELEMENTS (duty_codes); i++)
    if (kith_record_list_has (staff, "duties", duty_codes[i].code))
      duties |= duty_codes[i].duty;

  return duties;
}

/* U12: the role written beside the service wins over the person's own. */
static void
add_service (KithActor *self, KithRecord *staff_service)
{
  const char *service = kith_record_string (staff_service, "service");
  const char *role = kith_record_string (staff_service, "role");
  gboolean manages = self->role == KITH_ROLE_REFERRAL_MANAGER;

  if (service == NULL)
    return;

  if (role != NULL)
    manages = g_str_equal (role, "referral_manager");

  g_ptr_array_add (self->services, g_strdup (service));
  if (manages)
    g_ptr_array_add (self->managed, g_strdup (service));
}

static void
add_portal (KithActor *self, KithRecord *staff)
{
  JsonArray *resources = kith_record_array (staff, "resources");

  for (guint i = 0; resources != NULL && i < json_array_get_length (resources); i++)
    g_ptr_array_add (self->resources, g_strdup (json_array_get_string_element (resources, i)));
  self->edits_capacity = kith_record_bool (staff, "edits_capacity");
  self->changes_status = kith_record_bool (staff, "changes_status");
  self->sees_details = kith_record_bool (staff, "sees_details");
}

/**
 * kith_actor_new_for_staff:
 * @staff: a staff record
 * @services: (nullable) (element-type KithRecord): its staff_service records
 * @settings: (nullable): its agency's agency_settings
 * @organization: (nullable): its agency
 *
 * Returns: (transfer full): who that person is for the rules, active or not
 */
KithActor *
kith_actor_new_for_staff (KithRecord *staff, GPtrArray *services, KithRecord *settings, KithRecord *organization)
{
  KithActor *self = actor_alloc ();

  self->user = g_strdup (kith_record_get_id (staff));
  self->level = staff_level (staff);
  if (self->level != KITH_LEVEL_NETWORK)
    self->agency = g_strdup (kith_record_string (staff, "agency"));
  self->name = staff_display_name (staff);
  self->agency_name = organization != NULL ? g_strdup (kith_record_string (organization, "name")) : NULL;
  self->role = kith_record_is (staff, "role", "referral_manager") ? KITH_ROLE_REFERRAL_MANAGER : KITH_ROLE_CARE_COORDINATOR;
  self->duties = staff_duties (staff);
  self->health = kith_record_bool (staff, "health_access");
  self->active = kith_record_bool (staff, "active");
  self->trained = kith_record_bool (staff, "trained");
  self->lock_minutes = settings != NULL ? (guint) MAX (0, kith_record_int (settings, "lock_minutes")) : 0;
  self->narrow = settings != NULL && kith_record_bool (settings, "narrow");

  if (self->level == KITH_LEVEL_PORTAL)
    add_portal (self, staff);
  for (guint i = 0; services != NULL && i < services->len; i++)
    add_service (self, g_ptr_array_index (services, i));

  return self;
}

/**
 * kith_actor_free:
 * @self: (nullable) (transfer full)
 */
void
kith_actor_free (KithActor *self)
{
  if (self == NULL)
    return;

  g_free (self->user);
  g_free (self->agency);
  g_free (self->name);
  g_free (self->agency_name);
  g_ptr_array_unref (self->services);
  g_ptr_array_unref (self->managed);
  g_ptr_array_unref (self->resources);
  g_free (self);
}

/* A standard account that may work: active, and its training is complete (U17). */
static gboolean
works (const KithActor *self)
{
  return self->level == KITH_LEVEL_STANDARD && self->active && self->trained;
}

/**
 * kith_actor_has_duty:
 *
 * Duties go with standard accounts only; an inactive or untrained one has none.
 */
gboolean
kith_actor_has_duty (const KithActor *self, KithDuties duty)
{
  return works (self) && (self->duties & duty) != 0;
}

const char *
kith_actor_side (const KithActor *self)
{
  return self->level == KITH_LEVEL_NETWORK ? "network" : self->agency;
}

gboolean
kith_actor_manages (const KithActor *self, const char *service)
{
  return service != NULL && works (self) &&
         g_ptr_array_find_with_equal_func (self->managed, service, g_str_equal, NULL);
}

gboolean
kith_actor_sees_all_clients (const KithActor *self)
{
  if (kith_actor_has_duty (self, KITH_DUTY_SUPERVISOR))
    return TRUE;

  return works (self) && self->role == KITH_ROLE_REFERRAL_MANAGER && !self->narrow;
}

gboolean
kith_actor_follows (const KithActor *self, const char *resource)
{
  return self->level == KITH_LEVEL_PORTAL && self->active && resource != NULL &&
         g_ptr_array_find_with_equal_func (self->resources, resource, g_str_equal, NULL);
}
