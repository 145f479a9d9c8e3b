/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-access-private.h"
#include "kith-scope.h"

#include <string.h>

#include "kith-json.h"
#include "kith-text.h"

#define LOG_DAYS G_GINT64_CONSTANT (400)

/**
 * kith_grant_free:
 * @self: (nullable) (transfer full): a grant
 */
void
kith_grant_free (KithGrant *self)
{
  if (self == NULL)
    return;

  g_free (self->scope);
  g_free (self->principal);
  g_free (self->reason);
  g_free (self);
}

static int
compare_grants (gconstpointer a, gconstpointer b)
{
  const KithGrant *x = *(KithGrant *const *) a;
  const KithGrant *y = *(KithGrant *const *) b;
  int order = strcmp (x->scope, y->scope);

  if (order == 0)
    order = strcmp (x->principal, y->principal);
  if (order == 0)
    order = strcmp (x->reason, y->reason);

  return order;
}

/* Two ways to the same row are one row, which ends when the later of them does. */
static void
drop_doubles (GPtrArray *grants)
{
  guint kept = 0;

  g_ptr_array_sort (grants, compare_grants);
  for (guint i = 0; i < grants->len; i++)
    {
      KithGrant *grant = g_ptr_array_index (grants, i);
      KithGrant *last = kept > 0 ? g_ptr_array_index (grants, kept - 1) : NULL;

      if (last != NULL && compare_grants (&last, &grant) == 0)
        {
          if (last->not_after != 0 && (grant->not_after == 0 || grant->not_after > last->not_after))
            last->not_after = grant->not_after;
          kith_grant_free (grant);
        }
      else
        {
          grants->pdata[kept++] = grant;
        }
    }
  grants->len = kept;
}

static void
open_row (KithAccessFacts *self, const char *scope, const char *principal, gint64 until, GPtrArray *atoms)
{
  KithGrant *grant;
  gsize kind_length = strcspn (scope, ":");
  gboolean health = kind_length > 7 && strncmp (scope + kind_length - 7, "_health", 7) == 0;

  if (until <= self->now_ms)
    return;

  kith_text_sort (atoms);
  g_ptr_array_add (atoms, NULL);

  grant = g_new0 (KithGrant, 1);
  grant->scope = g_strdup (scope);
  grant->principal = g_strconcat (principal, health ? "+health" : NULL, NULL);
  grant->reason = g_strjoinv (" ", (char **) atoms->pdata);
  grant->not_after = until == G_MAXINT64 ? 0 : until;
  g_ptr_array_add (self->grants, grant);

  g_ptr_array_set_size (atoms, (gint) atoms->len - 1);
}

static GPtrArray *
collect_atoms (va_list args)
{
  GPtrArray *atoms = g_ptr_array_new ();

  for (const char *atom = va_arg (args, const char *); atom != NULL; atom = va_arg (args, const char *))
    if (*atom != '\0')
      g_ptr_array_add (atoms, (gpointer) atom);

  return atoms;
}

void
kith_access_open (KithAccessFacts *self, const char *scope, const char *principal, gint64 until, ...)
{
  g_autoptr (GPtrArray) atoms = NULL;
  va_list args;

  va_start (args, until);
  atoms = collect_atoms (args);
  va_end (args);

  open_row (self, scope, principal, until, atoms);
}

static void
open_people (KithAccessFacts *self, const char *scope, const char *wide, const char *agency, gint64 until, GPtrArray *atoms)
{
  open_row (self, scope, wide, until, atoms);
  for (guint i = 0; self->assignments != NULL && i < self->assignments->len; i++)
    {
      KithRecord *assignment = g_ptr_array_index (self->assignments, i);
      const char *staff = kith_record_string (assignment, "staff");
      g_autofree char *user = g_strconcat ("user:", staff, NULL);
      g_autofree char *on = g_strconcat ("on:", staff, NULL);
      g_autoptr (GPtrArray) more = NULL;

      if (staff == NULL || !kith_record_is (assignment, "agency", agency))
        continue;

      more = g_ptr_array_copy (atoms, NULL, NULL);
      g_ptr_array_add (more, on);
      open_row (self, scope, user, until, more);
    }
}

void
kith_access_open_caseload (KithAccessFacts *self, const char *scope, const char *agency, gint64 until, ...)
{
  g_autofree char *wide = g_strconcat (self->restricted ? "cases:" : "clients:", agency, NULL);
  g_autoptr (GPtrArray) atoms = NULL;
  va_list args;

  va_start (args, until);
  atoms = collect_atoms (args);
  va_end (args);

  open_people (self, scope, wide, agency, until, atoms);
}

void
kith_access_open_cases (KithAccessFacts *self, const char *scope, const char *agency, gint64 until, ...)
{
  g_autofree char *wide = g_strconcat ("cases:", agency, NULL);
  g_autoptr (GPtrArray) atoms = NULL;
  va_list args;

  va_start (args, until);
  atoms = collect_atoms (args);
  va_end (args);

  open_people (self, scope, wide, agency, until, atoms);
}

/**
 * kith_access_facts_new:
 * @world: borrowed; must outlive the facts
 * @now_ms: milliseconds since 1970, UTC: what has ended by then opens nothing
 *
 * Returns: (transfer full): no facts and no grants yet
 */
KithAccessFacts *
kith_access_facts_new (KithWorld *world, gint64 now_ms)
{
  KithAccessFacts *self = g_new0 (KithAccessFacts, 1);

  self->world = world;
  self->now_ms = now_ms;
  self->grants = g_ptr_array_new_with_free_func ((GDestroyNotify) kith_grant_free);

  return self;
}

/**
 * kith_access_facts_free:
 * @self: (transfer full): not NULL; the world stays
 */
void
kith_access_facts_free (KithAccessFacts *self)
{
  g_free (self->client);
  g_free (self->owner);
  g_clear_pointer (&self->consents, g_ptr_array_unref);
  g_clear_pointer (&self->assignments, g_ptr_array_unref);
  g_clear_pointer (&self->case_assignments, g_ptr_array_unref);
  g_clear_pointer (&self->cases, g_ptr_array_unref);
  g_clear_pointer (&self->cares, g_ptr_array_unref);
  g_clear_pointer (&self->referrals, g_ptr_array_unref);
  g_clear_pointer (&self->bases, g_ptr_array_unref);
  g_clear_pointer (&self->grants, g_ptr_array_unref);
  g_clear_error (&self->failure);
  g_free (self);
}

/* A month of an agency's log leaves its privacy officers' computers 400 days after it is over, as all that the hub keeps for desks that
 * were away (sync.md 2.12); the hub keeps it (C13: six years). */
static gint64
end_of_log (const char *subject)
{
  g_autofree char *month = kith_scope_part (subject, 2);
  g_autofree char *first = g_strconcat (month != NULL ? month : "", "-01T00:00:00Z", NULL);
  g_autoptr (GDateTime) begin = g_date_time_new_from_iso8601 (first, NULL);
  g_autoptr (GDateTime) over = begin != NULL ? g_date_time_add_months (begin, 1) : NULL;

  return over != NULL ? (g_date_time_to_unix (over) + LOG_DAYS * 24 * 3600) * 1000 : G_MAXINT64;
}

static void
fixed_grants (KithAccessFacts *facts, const char *subject)
{
  /* A queue is its name and its statuses: what is in it lies with each referral. */
  if (g_str_equal (subject, "dir") || g_str_has_prefix (subject, "queue:"))
    {
      kith_access_open (facts, subject, "everyone", G_MAXINT64, "fixed", NULL);
      return;
    }

  /* The network's own log ("audit:network:…") is read at the hub alone. */
  if (g_str_has_prefix (subject, "audit:"))
    {
      g_autofree char *agency = kith_scope_part (subject, 1);
      g_autofree char *privacy = g_strconcat ("privacy:", agency, NULL);

      if (!g_str_equal (privacy, "privacy:network"))
        kith_access_open (facts, subject, privacy, end_of_log (subject), "fixed", NULL);
      return;
    }

  kith_access_open (facts, subject, subject, G_MAXINT64, "fixed", NULL);
  if (g_str_has_prefix (subject, "agency:"))
    kith_access_open (facts, subject, "network", G_MAXINT64, "fixed", NULL);
}

static gboolean
lone_referral_grants (KithAccessFacts *facts, const char *id, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (KithRecord) referral = kith_world_get (facts->world, "referral", id, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return referral == NULL || kith_record_string (referral, "client") != NULL || kith_access_referral_grants (facts, referral, error);
}

static void
open_resource (KithAccessFacts *facts, const char *scope, const char *kind, const char *of, const char *agency)
{
  g_autofree char *principal = agency != NULL ? g_strjoin (":", kind, of, agency, NULL) : g_strjoin (":", kind, of, NULL);

  if (of != NULL)
    kith_access_open (facts, scope, principal, G_MAXINT64, "fixed", NULL);
}

/* Plans, counts and holds of a service: those who manage it, its agency's supervisors, and the portal users of the service, its program
 * and its agency (P14), as the directory stands now. Nobody before its places are counted. */
static gboolean
service_grants (KithAccessFacts *facts, const char *subject, GError **error)
{
  const char *id = subject + strlen ("service:");
  g_autoptr (GError) local_error = NULL;
  g_autoptr (KithRecord) service = kith_world_get (facts->world, "service", id, &local_error);
  g_autoptr (GPtrArray) counted = NULL;
  const char *agency;

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (service == NULL)
    return TRUE;
  counted = kith_world_find (facts->world, "dir", "capacity", "service", id, NULL, error);
  if (counted == NULL)
    return FALSE;
  if (counted->len == 0)
    return TRUE;

  agency = kith_record_string (service, "organization_id");
  open_resource (facts, subject, "service", id, agency);
  open_resource (facts, subject, "received", agency, NULL);
  open_resource (facts, subject, "resource", id, NULL);
  open_resource (facts, subject, "resource", kith_record_string (service, "program_id"), NULL);
  open_resource (facts, subject, "resource", agency, NULL);
  return TRUE;
}

/* A portal account and its switches: whoever it is, and those who set them. */
static gboolean
account_grants (KithAccessFacts *facts, const char *subject, GError **error)
{
  const char *id = subject + strlen ("account:");
  g_autoptr (GError) local_error = NULL;
  g_autoptr (KithRecord) staff = kith_world_get (facts->world, "staff", id, &local_error);
  g_autofree char *user = g_strconcat ("user:", id, NULL);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (staff == NULL)
    return TRUE;
  kith_access_open (facts, subject, user, G_MAXINT64, "fixed", NULL);
  open_resource (facts, subject, "admin", kith_record_string (staff, "agency"), NULL);
  kith_access_open (facts, subject, "network", G_MAXINT64, "fixed", NULL);
  return TRUE;
}

/**
 * kith_access_grants:
 * @subject: "dir", "network", "agency:A", "audit:A:2026-11", "user:U", "account:U", "client:C", "match:M", "contact:N", "service:S", or "referral:R" for a referral without a client record
 * @now_ms: the hub's time
 *
 * All rows that should be open now in every scope of the subject. Of a client these are client, client_billing and (with their
 * kinds) the health scopes, each agency's care scope, and the scopes of all its cases and referrals. Rows whose not_after is past are left
 * out: whoever keeps rows recomputes a subject when one of its rows passes its end.
 *
 * Returns: (transfer full) (element-type KithGrant): sorted, without doubles; %NULL with @error when the world failed
 */
GPtrArray *
kith_access_grants (KithWorld *world, const char *subject, gint64 now_ms, GError **error)
{
  g_autoptr (KithAccessFacts) facts = kith_access_facts_new (world, now_ms);

  if (g_str_has_prefix (subject, "client:"))
    {
      if (!kith_access_client_grants (facts, subject + strlen ("client:"), error))
        return NULL;
    }
  else if (g_str_has_prefix (subject, "referral:"))
    {
      if (!lone_referral_grants (facts, subject + strlen ("referral:"), error))
        return NULL;
    }
  else if (g_str_has_prefix (subject, "service:"))
    {
      if (!service_grants (facts, subject, error))
        return NULL;
    }
  else if (g_str_has_prefix (subject, "account:"))
    {
      if (!account_grants (facts, subject, error))
        return NULL;
    }
  else if (g_str_has_prefix (subject, "contact:"))
    {
      if (!kith_access_contact_grants (facts, subject + strlen ("contact:"), error))
        return NULL;
    }
  else if (g_str_has_prefix (subject, "match:"))
    {
      if (!kith_access_match_grants (facts, subject + strlen ("match:"), error))
        return NULL;
    }
  else
    {
      fixed_grants (facts, subject);
    }
  drop_doubles (facts->grants);

  return g_steal_pointer (&facts->grants);
}
