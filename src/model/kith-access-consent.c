/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-access-private.h"

#include <glib/gi18n.h>

#include "kith-clock.h"
#include "kith-consent.h"
#include "kith-id.h"
#include "kith-json.h"
#include "kith-operation.h"

/* When a TIME field ends something: G_MAXINT64 when absent, 0 (long past) when it cannot be read: a deficient consent is none (C4). */
static gint64
end_of (KithRecord *record, const char *field)
{
  const char *text = kith_record_string (record, field);
  gint64 ms;

  if (text == NULL)
    return G_MAXINT64;

  return kith_time_parse (text, &ms) ? ms : 0;
}

/**
 * kith_access_consent_in_force:
 * @until: (out) (optional): its term in ms since 1970, G_MAXINT64 when it has none; set only when it was given and not revoked
 *
 * A term that cannot be read is long past: a deficient consent is none (C4). The client and the agencies are not looked at,
 * see kith_access_consent_covers().
 */
gboolean
kith_access_consent_in_force (KithRecord *consent, gint64 now_ms, gint64 *until)
{
  gint64 end;

  if (!kith_record_is (consent, "permission", "granted") || !kith_record_is (consent, "status", "in_force"))
    return FALSE;

  end = end_of (consent, "term");
  if (until != NULL)
    *until = end;

  return now_ms < end;
}

static gboolean
list_has (JsonObject *consent, const char *list, const char *text)
{
  JsonArray *array = kith_json_array (consent, list);

  return array != NULL && kith_json_array_has (array, text);
}

/**
 * kith_consent_covers:
 * @consent: the body of a consent, in force or not
 * @giver: (nullable): the agency that holds it; %NULL: somebody whom no list of disclosers names
 * @taker: (nullable): an agency, or "network"; %NULL: whoever it is for
 *
 * Returns: whether it lets that class of data go from one to the other (C3)
 */
gboolean
kith_consent_covers (JsonObject *consent, const char *data_class, const char *giver, const char *taker)
{
  if (!list_has (consent, "classes", data_class) || (taker != NULL && !list_has (consent, "receivers", taker)))
    return FALSE;

  return kith_json_array (consent, "disclosers") == NULL || (giver != NULL && list_has (consent, "disclosers", giver));
}

gboolean
kith_access_consent_covers (KithRecord *consent, const char *data_class, const char *giver, const char *taker)
{
  return kith_consent_covers (kith_record_get_body (consent), data_class, giver, taker);
}

/**
 * kith_access_consented:
 * @data_class: "client", "client_billing", "care" …
 * @giver: the agency that holds it
 * @taker: an agency, or "network"
 * @until: (out) (optional): when the last of the consents that cover it ends, ms; G_MAXINT64: no end; 0 when none does
 * @complete: (out) (optional): %FALSE on a desk that holds only some of the client's consents
 *
 * Rules C1, C3, C4.
 *
 * Returns: whether a consent in force covers it; %FALSE with @error when the world failed
 */
gboolean
kith_access_consented (KithWorld *world, const char *client, const char *data_class, const char *giver, const char *taker,
                       gint64 now_ms, gint64 *until, gboolean *complete, GError **error)
{
  g_autofree char *scope = g_strconcat ("client:", client, NULL);
  g_autoptr (GPtrArray) consents = kith_world_find (world, scope, "consent", NULL, NULL, complete, error);
  gint64 latest = 0;

  if (until != NULL)
    *until = 0;
  if (consents == NULL)
    return FALSE;

  for (guint i = 0; i < consents->len; i++)
    {
      KithRecord *consent = g_ptr_array_index (consents, i);
      gint64 end;

      if (kith_access_consent_in_force (consent, now_ms, &end) && kith_access_consent_covers (consent, data_class, giver, taker))
        latest = MAX (latest, end);
    }
  if (until != NULL)
    *until = latest;

  return latest > 0;
}

/* *victim: FALSE too where the settings of the agency are not here */
static gboolean
is_victim_service (KithWorld *world, const char *agency, gboolean *victim, GError **error)
{
  g_autofree char *id = kith_id_natural ("agency_settings", agency);
  g_autoptr (GError) local = NULL;
  g_autoptr (KithRecord) settings = kith_world_get (world, "agency_settings", id, &local);

  *victim = settings != NULL && kith_record_bool (settings, "victim_service");
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * kith_access_may_ask_network:
 *
 * Whom a victim service agency looks for is its client, and each agency that knows them would read in its log who was asking; it could open none of them
 * either (C15).
 *
 * Returns: FALSE with a %KITH_REFUSAL error, or another when the world failed
 */
gboolean
kith_access_may_ask_network (KithWorld *world, const KithActor *actor, GError **error)
{
  gboolean victim;

  if (actor->level != KITH_LEVEL_STANDARD || !actor->active || !actor->trained || actor->agency == NULL)
    return kith_refuse (error, KITH_REFUSAL_DENIED, _("Your account does not include searching the network."));
  if (!is_victim_service (world, actor->agency, &victim, error))
    return FALSE;
  return !victim || kith_refuse (error, KITH_REFUSAL_DENIED,
                                 _("A victim service agency does not ask the network: whom it looks for would be known there. Nothing was asked."));
}

/**
 * kith_access_findable:
 *
 * Rules C14, C15.
 *
 * Returns: whether other agencies may find @client by a search; %FALSE with @error when the world failed
 */
gboolean
kith_access_findable (KithWorld *world, KithRecord *client, gint64 now_ms, GError **error)
{
  const char *owner = kith_record_string (client, "agency");
  g_autofree char *scope = g_strconcat ("client:", kith_record_get_id (client), NULL);
  g_autoptr (GPtrArray) consents = NULL;
  g_autoptr (GError) local = NULL;
  gboolean victim = FALSE;

  if (owner == NULL || kith_record_bool (client, "restricted"))
    return FALSE;
  if (is_victim_service (world, owner, &victim, &local) && !victim)
    consents = kith_world_find (world, scope, "consent", NULL, NULL, NULL, &local);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  for (guint i = 0; consents != NULL && i < consents->len; i++)
    {
      KithRecord *consent = g_ptr_array_index (consents, i);

      if (kith_record_bool (consent, "findable") && kith_access_consent_in_force (consent, now_ms, NULL))
        return TRUE;
    }
  return FALSE;
}

/* C15: what a victim service agency itself writes down of whom it took in goes to nobody by what another agency asked its client for "every agency"; it asks
 * them itself, or is named among those who may share. *known: 0 not asked yet, 1 yes, 2 no. */
static gboolean
is_withheld (KithAccessFacts *self, const char *holder, KithRecord *consent, int *known)
{
  gboolean victim = TRUE;

  if (kith_record_array (consent, "disclosers") != NULL /* with the holder among them, or it would not cover this */ || kith_record_is (consent, "agency", holder))
    return FALSE;
  if (*known == 0)
    *known = self->failure == NULL && is_victim_service (self->world, holder, &victim, &self->failure) && !victim ? 2 : 1;
  return *known == 1;
}

void
kith_access_open_consented (KithAccessFacts *self, const char *scope, const char *data_class, const char *holder, const char *atom)
{
  int known = 0;

  for (guint i = 0; i < self->consents->len; i++)
    {
      const KithConsentFact *consent = g_ptr_array_index (self->consents, i);

      if (holder == NULL || !kith_access_consent_covers (consent->record, data_class, holder, NULL))
        continue;

      for (guint j = 0; j < self->bases->len; j++)
        {
          const KithBasis *basis = g_ptr_array_index (self->bases, j);

          if (g_strcmp0 (basis->agency, holder) == 0 || !kith_record_list_has (consent->record, "receivers", basis->agency) ||
              is_withheld (self, holder, consent->record, &known))
            continue;
          if (g_str_has_prefix (data_class, "case"))
            kith_access_open_cases (self, scope, basis->agency, consent->until, consent->atom, basis->atom, atom, NULL);
          else
            kith_access_open_caseload (self, scope, basis->agency, consent->until, consent->atom, basis->atom, atom, NULL);
        }
    }
}
