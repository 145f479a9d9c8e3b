/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-access-private.h"

#include "kith-json.h"
#include "kith-text.h"

/* ---- principals ---- */

static void
add_in (GPtrArray *principals, const char *kind, const char *key)
{
  if (key != NULL)
    g_ptr_array_add (principals, g_strconcat (kind, ":", key, NULL));
}

/* A portal user's directory records; P11 opens the detail in addition. */
static void
add_resources (GPtrArray *principals, const KithActor *actor)
{
  for (guint i = 0; i < actor->resources->len; i++)
    {
      add_in (principals, "resource", actor->resources->pdata[i]);
      if (actor->sees_details)
        add_in (principals, "resource_detail", actor->resources->pdata[i]);
    }
}

static void
add_standard (GPtrArray *principals, const KithActor *actor)
{
  gboolean supervisor = kith_actor_has_duty (actor, KITH_DUTY_SUPERVISOR);

  add_in (principals, "agency", actor->agency);
  for (guint i = 0; i < actor->managed->len; i++)
    {
      g_autofree char *key = g_strconcat (g_ptr_array_index (actor->managed, i), ":", actor->agency, NULL);

      add_in (principals, "service", key);
    }
  if (supervisor || actor->role == KITH_ROLE_REFERRAL_MANAGER)
    add_in (principals, "managers", actor->agency);
  if (supervisor)
    {
      add_in (principals, "cases", actor->agency);
      add_in (principals, "received", actor->agency);
    }
  if (kith_actor_sees_all_clients (actor))
    add_in (principals, "clients", actor->agency);
  if (kith_actor_has_duty (actor, KITH_DUTY_ADMIN))
    add_in (principals, "admin", actor->agency);
  if (kith_actor_has_duty (actor, KITH_DUTY_PRIVACY))
    add_in (principals, "privacy", actor->agency);
}

/**
 * kith_access_principals:
 *
 * What a person is member of, as the person stands now. Until the training is complete (U17) a standard account is in "user:U" alone;
 * an inactive one in nothing. With the health flag (U10) each principal has its twin. "service:S:A" names the agency too: a list of
 * services never reaches another agency's referrals.
 *
 * Returns: (transfer full) (element-type utf8): sorted
 */
GPtrArray *
kith_access_principals (const KithActor *actor)
{
  g_autoptr (GPtrArray) principals = g_ptr_array_new_with_free_func (g_free);
  guint n;

  if (!actor->active || actor->level == KITH_LEVEL_HUB)
    return g_steal_pointer (&principals);

  add_in (principals, "user", actor->user);
  if (actor->level != KITH_LEVEL_STANDARD || actor->trained)
    g_ptr_array_add (principals, g_strdup ("everyone"));
  if (actor->level == KITH_LEVEL_NETWORK)
    {
      g_ptr_array_add (principals, g_strdup ("network"));
      g_ptr_array_add (principals, g_strdup ("steward"));
    }
  else if (actor->level == KITH_LEVEL_PORTAL)
    add_resources (principals, actor);
  else if (actor->trained && actor->agency != NULL)
    add_standard (principals, actor);

  n = principals->len;
  for (guint i = 0; actor->health && i < n; i++)
    g_ptr_array_add (principals, g_strconcat (g_ptr_array_index (principals, i), "+health", NULL));
  kith_text_sort (principals);

  return g_steal_pointer (&principals);
}

/* ---- what a change touches ---- */

typedef struct
{
  const char *kind;
  const char *client_field; /* names the client it is a fact about; "" the record itself */
  const char *fields[20];   /* those that are facts about access; none: only being there is */
} Relevance;

static const Relevance relevant[] = {
  { "client", "", { "agency", "restricted" } },
  { "consent", "client", { "permission", "status", "classes", "receivers", "disclosers", "term", "findable" } },
  { "care", "client", { "opened_at" } },
  { "assignment", "client", { "staff", "agency", "case" } },
  { "case", "client", { "agency" } },
  { "amendment_request", "client", { "agency", "by", "type", "state", "ended_on", "end_agreed" } },
  { "client_reason", "client", { "agency" } },
  { "referral", "client",
    { "client", "agency", "author", "contact_record", "agency_to", "queue", "to_queue", "service", "phase", "resources", "assignee", "turn", "accepted", "revoked" } },
  { "referral_detail", "client", { "release_classes", "release_until", "release_network" } },
};

static gboolean
field_differs (KithRecord *before, KithRecord *after, const char *field)
{
  JsonNode *a = json_object_get_member (kith_record_get_body (before), field);
  JsonNode *b = json_object_get_member (kith_record_get_body (after), field);

  if (a == NULL || b == NULL)
    return a != b;

  return !kith_json_equal (a, b);
}

static gboolean
facts_differ (const Relevance *relevance, KithRecord *before, KithRecord *after)
{
  if (before == NULL || after == NULL)
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (relevance->fields) && relevance->fields[i] != NULL; i++)
    if (field_differs (before, after, relevance->fields[i]))
      return TRUE;

  return FALSE;
}

static void
add_subject (GPtrArray *subjects, char *subject)
{
  if (g_ptr_array_find_with_equal_func (subjects, subject, g_str_equal, NULL))
    g_free (subject);
  else
    g_ptr_array_add (subjects, subject);
}

static void
add_client_subject (GPtrArray *subjects, const Relevance *relevance, KithRecord *record)
{
  const char *client;

  if (record == NULL)
    return;

  client = *relevance->client_field == '\0' ? kith_record_get_id (record) : kith_record_string (record, relevance->client_field);
  if (client != NULL)
    add_subject (subjects, g_strconcat ("client:", client, NULL));
  else if (g_str_equal (relevance->kind, "referral_detail"))
    add_subject (subjects, g_strconcat ("referral:", kith_record_string (record, "referral"), NULL));
  else
    add_subject (subjects, g_strconcat ("referral:", kith_record_get_id (record), NULL));
}

/* Scopes with fixed grants come into being with the first record that lies in them. */
static void
add_fixed_subject (GPtrArray *subjects, KithRecord *before, KithRecord *after)
{
  g_autofree char *scope = NULL;

  if (after == NULL)
    return;
  if (before == NULL && g_str_equal (kith_record_get_kind (after)->name, "staff"))
    add_subject (subjects, g_strconcat ("user:", kith_record_get_id (after), NULL));

  scope = kith_record_scope (after);
  if (scope != NULL && before == NULL &&
      (g_str_equal (scope, "dir") || g_str_equal (scope, "network") || g_str_has_prefix (scope, "agency:") ||
       g_str_has_prefix (scope, "user:") || g_str_has_prefix (scope, "account:") || g_str_has_prefix (scope, "audit:") || g_str_has_prefix (scope, "queue:")))
    add_subject (subjects, g_steal_pointer (&scope));
}

/* A service's scope is there once its places are counted; who sees it goes by the directory as it stands now (design.md 2.4). */
static void
add_service_subject (GPtrArray *subjects, KithRecord *before, KithRecord *after)
{
  KithRecord *any = after != NULL ? after : before;

  if (g_str_equal (kith_record_get_kind (any)->name, "capacity"))
    {
      if (before == NULL || after == NULL)
        add_subject (subjects, g_strconcat ("service:", kith_record_string (any, "service"), NULL));
    }
  else if (before != NULL && (after == NULL || field_differs (before, after, "organization_id") || field_differs (before, after, "program_id")))
    {
      add_subject (subjects, g_strconcat ("service:", kith_record_get_id (any), NULL));
    }
}

/* The call a referral was made from, where that changes: what else changes it is told by the rows (kith_access_dependents()). */
static void
add_contact_subjects (GPtrArray *subjects, KithRecord *before, KithRecord *after)
{
  if (before != NULL && after != NULL && !field_differs (before, after, "contact_record"))
    return;
  if (before != NULL)
    kith_access_add_contact (subjects, before);
  if (after != NULL)
    kith_access_add_contact (subjects, after);
}

/**
 * kith_access_subjects:
 * @before: (nullable): the record as it was
 * @after: (nullable): the record as it is
 *
 * Returns: (transfer full) (element-type utf8): what to recompute; empty for a change that is no fact about access
 */
GPtrArray *
kith_access_subjects (KithRecord *before, KithRecord *after)
{
  GPtrArray *subjects = g_ptr_array_new_with_free_func (g_free);
  const char *kind = kith_record_get_kind (after != NULL ? after : before)->name;

  if (g_str_equal (kind, "match"))
    {
      if (before == NULL || after == NULL || field_differs (before, after, "state"))
        g_ptr_array_add (subjects, g_strconcat ("match:", kith_record_get_id (after != NULL ? after : before), NULL));
      return subjects;
    }
  if (g_str_equal (kind, "contact_record"))
    {
      if (before == NULL || after == NULL)
        g_ptr_array_add (subjects, g_strconcat ("contact:", kith_record_get_id (after != NULL ? after : before), NULL));
      return subjects;
    }
  if (g_str_equal (kind, "capacity") || g_str_equal (kind, "service"))
    add_service_subject (subjects, before, after);
  for (guint i = 0; i < G_N_ELEMENTS (relevant); i++)
    if (g_str_equal (kind, relevant[i].kind))
      {
        if (!facts_differ (&relevant[i], before, after))
          return subjects;

        add_client_subject (subjects, &relevant[i], before);
        add_client_subject (subjects, &relevant[i], after);
        if (g_str_equal (kind, "referral"))
          add_contact_subjects (subjects, before, after);

        return subjects;
      }
  add_fixed_subject (subjects, before, after);

  return subjects;
}

static gboolean
add_staff_of (GPtrArray *people, KithWorld *world, const char *agency, GError **error)
{
  g_autoptr (GPtrArray) staff = kith_world_find (world, NULL, "staff", "agency", agency, NULL, error);

  if (staff == NULL)
    return FALSE;
  for (guint i = 0; i < staff->len; i++)
    add_subject (people, g_strdup (kith_record_get_id (g_ptr_array_index (staff, i))));

  return TRUE;
}

/**
 * kith_access_people:
 * @before: (nullable): the record as it was
 * @after: (nullable): the record as it is
 *
 * Returns: (transfer full) (element-type utf8): staff ids; %NULL with @error when the world failed
 */
GPtrArray *
kith_access_people (KithWorld *world, KithRecord *before, KithRecord *after, GError **error)
{
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func (g_free);
  KithRecord *any = after != NULL ? after : before;
  const char *kind = kith_record_get_kind (any)->name;

  if (g_str_equal (kind, "staff"))
    {
      add_subject (people, g_strdup (kith_record_get_id (any)));
    }
  else if (g_str_equal (kind, "staff_service"))
    {
      KithRecord *both[] = { before, after };

      for (guint i = 0; i < G_N_ELEMENTS (both); i++)
        if (both[i] != NULL && kith_record_string (both[i], "staff") != NULL)
          add_subject (people, g_strdup (kith_record_string (both[i], "staff")));
    }
  else if (g_str_equal (kind, "agency_settings"))
    {
      gboolean was = before != NULL && kith_record_bool (before, "narrow");
      gboolean is = after != NULL && kith_record_bool (after, "narrow");

      if (was != is && kith_record_string (any, "agency") != NULL &&
          !add_staff_of (people, world, kith_record_string (any, "agency"), error))
        return NULL;
    }

  return g_steal_pointer (&people);
}

static gboolean
is_victim_service (KithRecord *settings)
{
  return settings != NULL && g_str_equal (kith_record_get_kind (settings)->name, "agency_settings") && kith_record_bool (settings, "victim_service");
}

/**
 * kith_access_closed_by:
 * @before: (nullable): the record as it was
 * @after: (nullable): the record as it is
 *
 * Returns: (transfer none) (nullable): the agency that became a victim service agency by that: of its clients fewer consents cover anything than did (C15)
 */
const char *
kith_access_closed_by (KithRecord *before, KithRecord *after)
{
  return is_victim_service (after) && !is_victim_service (before) ? kith_record_string (after, "agency") : NULL;
}

/**
 * kith_access_opened_by:
 * @before: (nullable): the record as it was
 * @after: (nullable): the record as it is
 *
 * Returns: (transfer none) (nullable): the agency that is no victim service agency any more by that: of its clients more consents may cover something (C15)
 */
const char *
kith_access_opened_by (KithRecord *before, KithRecord *after)
{
  return is_victim_service (before) && !is_victim_service (after) ? kith_record_string (before, "agency") : NULL;
}
