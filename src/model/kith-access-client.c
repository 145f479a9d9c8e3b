/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-access-private.h"
#include "kith-amendment-days.h"

/* The owner holds these three. */
static const char *const owner_classes[] = { "client", "client_billing", "client_health" };

static void
basis_free (KithBasis *self)
{
  g_free (self->agency);
  g_free (self->atom);
  g_free (self);
}

static void
consent_fact_free (KithConsentFact *self)
{
  g_object_unref (self->record);
  g_free (self->atom);
  g_free (self);
}

static void
add_basis (KithAccessFacts *self, const char *agency, char *atom)
{
  KithBasis *basis = g_new0 (KithBasis, 1);

  basis->agency = g_strdup (agency);
  basis->atom = atom;
  g_ptr_array_add (self->bases, basis);
}

/* An agency's own reason to know the client: it registered the client, opened it, or accepted a referral. It outlives every consent. */
static void
collect_bases (KithAccessFacts *self)
{
  self->bases = g_ptr_array_new_with_free_func ((GDestroyNotify) basis_free);
  if (self->owner != NULL)
    add_basis (self, self->owner, g_strdup ("owner"));
  for (guint i = 0; i < self->cares->len; i++)
    {
      KithRecord *care = g_ptr_array_index (self->cares, i);

      if (kith_record_string (care, "opened_at") != NULL)
        add_basis (self, kith_record_string (care, "agency"), g_strdup ("opened"));
    }

  for (guint i = 0; i < self->referrals->len; i++)
    {
      KithRecord *referral = g_ptr_array_index (self->referrals, i);

      if (kith_access_referral_basis (referral))
        add_basis (self, kith_record_string (referral, "agency_to"), g_strconcat ("accepted:", kith_record_get_id (referral), NULL));
    }
}

gboolean
kith_access_read_consents (KithAccessFacts *self, const char *client, GError **error)
{
  g_autofree char *scope = g_strconcat ("client:", client, NULL);
  g_autoptr (GPtrArray) consents = kith_world_find (self->world, scope, "consent", NULL, NULL, NULL, error);

  if (consents == NULL)
    return FALSE;

  self->consents = g_ptr_array_new_with_free_func ((GDestroyNotify) consent_fact_free);
  for (guint i = 0; i < consents->len; i++)
    {
      KithRecord *record = g_ptr_array_index (consents, i);
      gint64 until;

      if (kith_access_consent_in_force (record, self->now_ms, &until))
        {
          KithConsentFact *fact = g_new0 (KithConsentFact, 1);

          fact->record = g_object_ref (record);
          fact->atom = g_strconcat ("consent:", kith_record_get_id (record), NULL);
          fact->until = until;
          g_ptr_array_add (self->consents, fact);
        }
    }

  return TRUE;
}

/* Those to the client and those to one of its cases apart: they open different things (A1, A2). */
static gboolean
collect_assignments (KithAccessFacts *self, GError **error)
{
  g_autoptr (GPtrArray) all = kith_world_find (self->world, NULL, "assignment", "client", self->client, NULL, error);

  if (all == NULL)
    return FALSE;

  self->assignments = g_ptr_array_new_with_free_func (g_object_unref);
  self->case_assignments = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < all->len; i++)
    {
      KithRecord *assignment = g_ptr_array_index (all, i);

      g_ptr_array_add (kith_record_string (assignment, "case") != NULL ? self->case_assignments : self->assignments,
                       g_object_ref (assignment));
    }

  return TRUE;
}

static gboolean
collect_facts (KithAccessFacts *self, KithRecord *client, GError **error)
{
  self->client = g_strdup (kith_record_get_id (client));
  self->owner = g_strdup (kith_record_string (client, "agency"));
  self->restricted = kith_record_bool (client, "restricted");

  self->cares = kith_world_find (self->world, NULL, "care", "client", self->client, NULL, error);
  if (self->cares == NULL)
    return FALSE;
  if (!collect_assignments (self, error))
    return FALSE;
  self->cases = kith_world_find (self->world, NULL, "case", "client", self->client, NULL, error);
  if (self->cases == NULL)
    return FALSE;
  self->referrals = kith_world_find (self->world, NULL, "referral", "client", self->client, NULL, error);
  if (self->referrals == NULL || !kith_access_read_consents (self, self->client, error))
    return FALSE;
  collect_bases (self);

  return TRUE;
}

/* Agencies that do something with the client: each has a care scope of its own. */
static GPtrArray *
list_holders (KithAccessFacts *self)
{
  GPtrArray *holders = g_ptr_array_new ();
  GPtrArray *sources[] = { self->cares, self->assignments };

  if (self->owner != NULL)
    g_ptr_array_add (holders, self->owner);
  for (guint s = 0; s < G_N_ELEMENTS (sources); s++)
    for (guint i = 0; i < sources[s]->len; i++)
      {
        const char *agency = kith_record_string (g_ptr_array_index (sources[s], i), "agency");

        if (agency != NULL && !g_ptr_array_find_with_equal_func (holders, agency, g_str_equal, NULL))
          g_ptr_array_add (holders, (gpointer) agency);
      }

  return holders;
}

/* What holder has of the client: its own people who work with the client, and by consent those of other agencies (C1, A1). */
static void
open_held (KithAccessFacts *self, const char *scope, const char *data_class, const char *holder)
{
  kith_access_open_caseload (self, scope, holder, G_MAXINT64, "own", NULL);
  kith_access_open_consented (self, scope, data_class, holder, "");
}

/* Case access (A2): the agency's supervisors and who is assigned to the case, also after it was closed; other agencies by consent for
 * that class. */
void
kith_access_case_grants (KithAccessFacts *self, KithRecord *record)
{
  static const char *const classes[] = { "case", "case_health" };
  const char *id = kith_record_get_id (record);
  const char *agency = kith_record_string (record, "agency");

  for (guint c = 0; agency != NULL && c < G_N_ELEMENTS (classes); c++)
    {
      g_autofree char *scope = g_strconcat (classes[c], ":", id, NULL);
      g_autofree char *wide = g_strconcat ("cases:", agency, NULL);

      kith_access_open (self, scope, wide, G_MAXINT64, "own", NULL);
      for (guint i = 0; i < self->case_assignments->len; i++)
        {
          KithRecord *assignment = g_ptr_array_index (self->case_assignments, i);
          const char *staff = kith_record_string (assignment, "staff");
          g_autofree char *user = g_strconcat ("user:", staff, NULL);
          g_autofree char *on = g_strconcat ("on_case:", staff, NULL);

          if (staff != NULL && kith_record_is (assignment, "case", id))
            kith_access_open (self, scope, user, G_MAXINT64, "own", on, NULL);
        }
      kith_access_open_consented (self, scope, classes[c], agency, "");
    }
}

/* What the client asks (C19): those who answer for the agency, and who took it down. What was agreed, in the words of whoever answered, as long as it holds,
 * all of that agency who work with the client, since they keep to it. No consent opens either: it is between the client and that agency. */
static gboolean
open_amendments (KithAccessFacts *self, GError **error)
{
  g_autoptr (GPtrArray) requests = kith_world_find (self->world, NULL, "amendment_request", "client", self->client, NULL, error);

  for (guint i = 0; requests != NULL && i < requests->len; i++)
    {
      KithRecord *request = g_ptr_array_index (requests, i);
      const char *agency = kith_record_string (request, "agency"), *by = kith_record_string (request, "by");
      g_autofree char *scope = g_strconcat ("amendment:", kith_record_get_id (request), NULL);
      g_autofree char *agreed = g_strconcat ("agreed:", kith_record_get_id (request), NULL);
      g_autofree char *supervisors = g_strconcat ("cases:", agency, NULL);
      g_autofree char *privacy = g_strconcat ("privacy:", agency, NULL);
      g_autofree char *author = g_strconcat ("user:", by, NULL);

      if (agency == NULL)
        continue;
      kith_access_open (self, scope, supervisors, G_MAXINT64, "answers", NULL);
      kith_access_open (self, scope, privacy, G_MAXINT64, "answers", NULL);
      if (by != NULL)
        kith_access_open (self, scope, author, G_MAXINT64, "author", NULL);
      if (kith_amendment_holds (request))
        kith_access_open_caseload (self, agreed, agency, G_MAXINT64, "agreed", NULL);
    }
  return requests != NULL;
}

/* Why something was done to the record, in the words of whoever did: those of their agency who work with the client, and nobody by any consent (C11, C19). */
static gboolean
open_reasons (KithAccessFacts *self, GError **error)
{
  g_autoptr (GPtrArray) reasons = kith_world_find (self->world, NULL, "client_reason", "client", self->client, NULL, error);

  for (guint i = 0; reasons != NULL && i < reasons->len; i++)
    {
      const char *agency = kith_record_string (reasons->pdata[i], "agency");
      g_autofree char *scope = g_strconcat ("why:", kith_record_get_id (reasons->pdata[i]), NULL);

      if (agency != NULL)
        kith_access_open_caseload (self, scope, agency, G_MAXINT64, "own", NULL);
    }
  return reasons != NULL;
}

/* All scopes of one client: its own, each agency's care scope, and those of its cases, referrals, requests for correction and reasons. A client that is not there has none. */
gboolean
kith_access_client_grants (KithAccessFacts *self, const char *client, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (KithRecord) record = kith_world_get (self->world, "client", client, &local_error);
  g_autoptr (GPtrArray) holders = NULL;

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (record == NULL)
    return TRUE;
  if (!collect_facts (self, record, error))
    return FALSE;

  for (guint i = 0; self->owner != NULL && i < G_N_ELEMENTS (owner_classes); i++)
    {
      g_autofree char *scope = g_strconcat (owner_classes[i], ":", client, NULL);

      open_held (self, scope, owner_classes[i], self->owner);
    }

  holders = list_holders (self);
  for (guint i = 0; i < holders->len; i++)
    {
      const char *holder = g_ptr_array_index (holders, i);
      g_autofree char *scope = g_strconcat ("care:", client, ":", holder, NULL);

      open_held (self, scope, "care", holder);
    }

  for (guint i = 0; i < self->cases->len; i++)
    kith_access_case_grants (self, g_ptr_array_index (self->cases, i));
  for (guint i = 0; i < self->referrals->len; i++)
    if (!kith_access_referral_grants (self, g_ptr_array_index (self->referrals, i), error))
      return FALSE;
  if (self->failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->failure));
      return FALSE;
    }

  return open_amendments (self, error) && open_reasons (self, error);
}
