/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-oracle-private.h"

#include <stdio.h>

/* ---- the rules ---- */

static gboolean
in_list (GPtrArray *list, const char *pooled_text)
{
  for (guint i = 0; i < list->len; i++)
    if (g_ptr_array_index (list, i) == pooled_text)
      return TRUE;
  return FALSE;
}

/* C1, C3, C4 */
static gboolean
consented (Client *client, guint data_class, const char *giver, const char *taker, gint64 now)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, client->consents);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Consent *consent = value;
      if (consent->granted && now < consent->term && (consent->classes & data_class) != 0 && in_list (consent->receivers, taker) &&
          (consent->disclosers == NULL || in_list (consent->disclosers, giver)))
        return TRUE;
    }

  return FALSE;
}

/* The agency has a reason of its own to know the client. */
static gboolean
related (Client *client, const char *agency)
{
  GHashTableIter iter;
  gpointer value;

  if (client->owner == agency)
    return TRUE;

  g_hash_table_iter_init (&iter, client->cares);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((Tie *) value)->agency == agency && ((Tie *) value)->opened)
      return TRUE;
  for (guint i = 0; i < client->referrals->len; i++)
    {
      Referral *referral = g_ptr_array_index (client->referrals, i);

      if (referral->agency_to == agency && referral->accepted && !referral->voided && !referral->revoked)
        return TRUE;
    }

  return FALSE;
}

/* of_case NULL: to the client. */
static gboolean
tied (Client *client, const char *user, const char *of_case)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, client->assignments);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((Tie *) value)->user == user && ((Tie *) value)->of_case == of_case)
      return TRUE;

  return FALSE;
}

static gboolean
is_narrow (KithOracle *self, const char *agency)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->narrow);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (value == agency)
      return TRUE;

  return FALSE;
}

/* Works with the client in the own agency: a supervisor with all, a referral manager with all that are not restricted, unless the
 * agency keeps managers to their assigned clients; else whoever is assigned. */
static gboolean
on_caseload (KithOracle *self, Person *person, Client *client)
{
  if (person->level != LEVEL_STANDARD)
    return FALSE;
  if (person->supervisor)
    return TRUE;
  if (g_strcmp0 (person->role, "referral_manager") == 0 && !is_narrow (self, person->agency) && !(client != NULL && client->restricted))
    return TRUE;

  return client != NULL && tied (client, person->id, NULL);
}

/* A2: the agency that runs the case its supervisors and those on the case, closed or not; another by consent for the class its
 * supervisors and those who work with the client. */
static gboolean
sees_case (Person *person, Case *of, guint data_class, gint64 now)
{
  if (person->level != LEVEL_STANDARD || of->agency == NULL || (data_class == CLASS_CASE_HEALTH && !person->health))
    return FALSE;
  if (person->agency == of->agency)
    return person->supervisor || tied (of->client, person->id, of->id);

  return (person->supervisor || tied (of->client, person->id, NULL)) && related (of->client, person->agency) &&
         consented (of->client, data_class, of->agency, person->agency, now);
}

static gboolean
sees_client (KithOracle *self, Person *person, Client *client, guint data_class, const char *holder, gint64 now)
{
  if (holder == NULL || !on_caseload (self, person, client))
    return FALSE;
  if (data_class == CLASS_CLIENT_HEALTH && !person->health)
    return FALSE;
  if (person->agency == holder)
    return TRUE;

  return related (client, person->agency) && consented (client, data_class, holder, person->agency, now);
}

/* U11, U12 */
static gboolean
manages (Person *person, const char *service)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, person->listings);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Listing *listing = value;
      if (listing->service == service)
        return g_strcmp0 (listing->role != NULL ? listing->role : person->role, "referral_manager") == 0;
    }

  return FALSE;
}

/* Is on the receiving side as it stands now. */
static gboolean
receives (Person *person, Referral *referral, gboolean portal)
{
  if (person->level == LEVEL_NETWORK || referral->agency_to == NULL)
    return FALSE;
  if (person->level == LEVEL_PORTAL)
    {
      for (guint i = 0; portal && i < referral->resources->len; i++)
        if (in_list (person->resources, g_ptr_array_index (referral->resources, i)))
          return TRUE;
      return FALSE;
    }
  if (person->agency != referral->agency_to)
    return FALSE;
  if (person->id == referral->assignee || person->supervisor)
    return TRUE;

  return referral->service != NULL ? manages (person, referral->service) : g_strcmp0 (person->role, "referral_manager") == 0;
}

/* 2-1-1 runs the queues: what went to one it may hold where the client lets the network have it, or a release that names the network or
 * was written for nobody else (C5). */
static gboolean
in_queue_of (Person *person, Referral *referral, guint data_class, const char *network, gint64 now)
{
  if (person->level != LEVEL_NETWORK || !referral->queued || !referral->sent || referral->voided || referral->revoked)
    return FALSE;
  if ((referral->release & data_class) != 0 && now < referral->release_end && (referral->release_network || referral->agency_to == NULL))
    return TRUE;

  return referral->client != NULL && consented (referral->client, data_class, referral->agency, network, now);
}

/* May the receiver hold that class of what was sent? Inside one agency always. */
static gboolean
covered (Referral *referral, guint data_class, gint64 now)
{
  if (referral->revoked)
    return FALSE;
  if (referral->agency == referral->agency_to)
    return TRUE;
  if ((referral->release & data_class) != 0 && now < referral->release_end)
    return TRUE;

  return referral->client != NULL && consented (referral->client, data_class, referral->agency, referral->agency_to, now);
}

gboolean
kith_oracle_may_tell (KithOracle *self, const char *referral, gint64 now_ms)
{
  Referral *found = g_hash_table_lookup (self->referrals, kith_oracle_pooled (self, referral));
  Referral to_network;

  if (found == NULL || !found->sent || (found->agency_to == NULL && !found->queued))
    return TRUE; /* it went to nobody */
  if (found->agency_to == found->agency)
    return TRUE; /* and this to colleagues */
  if (found->agency_to != NULL)
    return covered (found, CLASS_CLIENT, now_ms);
  to_network = *found;
  to_network.agency_to = kith_oracle_pooled (self, "network");
  return covered (&to_network, CLASS_CLIENT, now_ms);
}

static gboolean
sends (KithOracle *self, Person *person, Referral *referral)
{
  /* P21: 2-1-1 sends as one. */
  if (person->level == LEVEL_NETWORK)
    return referral->agency == kith_oracle_pooled (self, "network");

  return person->level == LEVEL_STANDARD && person->agency == referral->agency &&
         (person->id == referral->author || on_caseload (self, person, referral->client));
}

static gboolean
sees_own_words (KithOracle *self, Person *person, Referral *referral, const char *side)
{
  if (side == referral->agency && sends (self, person, referral))
    return TRUE;

  for (guint i = 0; referral->former != NULL && i < referral->former->len; i += 2)
    {
      Referral then = { .agency_to = g_ptr_array_index (referral->former, i), .service = g_ptr_array_index (referral->former, i + 1), .resources = referral->resources };

      if (side == then.agency_to && receives (person, &then, FALSE))
        return TRUE;
    }

  return side != NULL && side == referral->agency_to && referral->sent && receives (person, referral, FALSE);
}

static gboolean
sees_brief (KithOracle *self, Person *person, Referral *referral, gint64 now)
{
  Client *client = referral->client;

  if (sends (self, person, referral))
    return TRUE;
  if (!referral->sent || referral->voided)
    return FALSE;
  if (in_queue_of (person, referral, CLASS_CLIENT, kith_oracle_pooled (self, "network"), now))
    return TRUE;
  if (receives (person, referral, TRUE) && (referral->accepted || covered (referral, CLASS_CLIENT, now)))
    return TRUE;

  /* D12 */
  return client != NULL && person->level == LEVEL_STANDARD && person->agency != referral->agency && on_caseload (self, person, client) &&
         related (client, person->agency) && consented (client, CLASS_CARE, referral->agency, person->agency, now);
}

/* P12: more than the eight fields, of a portal account with P11 alone. */
static gboolean
sees_course (KithOracle *self, Person *person, Referral *referral, gint64 now)
{
  return (person->level != LEVEL_PORTAL || person->sees_details) && sees_brief (self, person, referral, now);
}

/* CLASS_CLIENT: the detail; CLASS_CLIENT_HEALTH: what of it is health information, with the flag alone (U10). */
static gboolean
sees_detail (KithOracle *self, Person *person, Referral *referral, guint data_class, gint64 now)
{
  if (data_class == CLASS_CLIENT_HEALTH && !person->health)
    return FALSE;
  if (sends (self, person, referral))
    return TRUE;
  if (!referral->sent || referral->voided || !referral->live)
    return FALSE;
  if (person->level == LEVEL_PORTAL && !person->sees_details)
    return FALSE;
  if (in_queue_of (person, referral, data_class, kith_oracle_pooled (self, "network"), now))
    return TRUE;

  return receives (person, referral, TRUE) && covered (referral, data_class, now);
}

/* The record of a call: 2-1-1's and its author's; of a portal account with P11, as long as it has the detail of what was made from it. */
static gboolean
sees_contact (KithOracle *self, Person *person, Contact *contact, gint64 now)
{
  if (!contact->known)
    return FALSE;
  if (person->level == LEVEL_NETWORK || person->id == contact->author)
    return TRUE;
  for (guint i = 0; person->level == LEVEL_PORTAL && i < contact->referrals->len; i++)
    if (sees_detail (self, person, g_ptr_array_index (contact->referrals, i), CLASS_CLIENT, now))
      return TRUE;

  return FALSE;
}

static gboolean
has_care (Client *client, const char *agency)
{
  GHashTable *tables[] = { client->cares, client->assignments };

  if (client->owner == agency)
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      GHashTableIter iter;
      gpointer value;

      g_hash_table_iter_init (&iter, tables[i]);
      while (g_hash_table_iter_next (&iter, NULL, &value))
        if (((Tie *) value)->agency == agency && ((Tie *) value)->of_case == NULL)
          return TRUE;
    }

  return FALSE;
}

static gboolean
visible_in_client (KithOracle *self, Person *person, const char *kind, const char *key, const char *rest, gint64 now)
{
  Client *client = g_hash_table_lookup (self->clients, key);

  if (client == NULL || client->owner == NULL)
    return FALSE;
  if (g_str_equal (kind, "client"))
    return sees_client (self, person, client, CLASS_CLIENT, client->owner, now);
  if (g_str_equal (kind, "client_billing"))
    return sees_client (self, person, client, CLASS_BILLING, client->owner, now);
  if (g_str_equal (kind, "client_health"))
    return sees_client (self, person, client, CLASS_CLIENT_HEALTH, client->owner, now);

  return rest != NULL && has_care (client, rest) && sees_client (self, person, client, CLASS_CARE, rest, now);
}

/* ---- two records that may be one person ---- */

/* The agency holds the client's identity: it registered the client, or has a reason and a consent. */
static gboolean
holds (Client *client, const char *agency, gint64 now)
{
  return client->owner == agency || (related (client, agency) && consented (client, CLASS_CLIENT, client->owner, agency, now));
}

static gboolean
findable (Client *client, gint64 now)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, client->consents);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((Consent *) value)->granted && ((Consent *) value)->findable && now < ((Consent *) value)->term)
      return TRUE;

  return FALSE;
}

/* Somebody of the agency may have both before them by one and the same right. */
static gboolean
agency_has_both (Match *match, const char *agency, gint64 now)
{
  GHashTableIter iter;
  gpointer value;

  if (!holds (match->first, agency, now) || !holds (match->second, agency, now))
    return FALSE;
  if (match->first->restricted == match->second->restricted)
    return TRUE;
  g_hash_table_iter_init (&iter, match->first->assignments);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Tie *tie = value;

      if (tie->agency == agency && tie->of_case == NULL && tied (match->second, tie->user, NULL))
        return TRUE;
    }

  return FALSE;
}

static gboolean
anybody_has_both (KithOracle *self, Match *match, gint64 now)
{
  GHashTableIter iter;
  gpointer agency;

  g_hash_table_iter_init (&iter, self->agencies);
  while (g_hash_table_iter_next (&iter, &agency, NULL))
    if (agency_has_both (match, agency, now))
      return TRUE;

  return agency_has_both (match, match->first->owner, now) || agency_has_both (match, match->second->owner, now);
}

/* Restricted clients are never proposed to anybody. Else: who has both as one of the caseload, both as assigned, or, both being
 * restricted, both as a supervisor; and the network where nobody has, as long as both may be found (C14). */
static gboolean
sees_match (KithOracle *self, Person *person, Match *match, gint64 now)
{
  Client *first = match->first, *second = match->second;

  if (first->owner == NULL || second->owner == NULL || ((first->restricted || second->restricted) && !match->linked))
    return FALSE;
  if (person->level == LEVEL_NETWORK)
    return match->proposed && findable (first, now) && findable (second, now) && !anybody_has_both (self, match, now);
  if (person->level != LEVEL_STANDARD || !holds (first, person->agency, now) || !holds (second, person->agency, now))
    return FALSE;
  if (tied (first, person->id, NULL) && tied (second, person->id, NULL))
    return TRUE;
  if (first->restricted != second->restricted)
    return FALSE;

  return person->supervisor ||
         (!first->restricted && g_strcmp0 (person->role, "referral_manager") == 0 && !is_narrow (self, person->agency));
}

/* A month of a log: on computers until 400 days after its last. */
static gboolean
log_is_kept (const char *month, gint64 now_ms)
{
  GDate date;
  unsigned year, number;

  if (month == NULL || sscanf (month, "%4u-%2u", &year, &number) != 2)
    return TRUE;
  g_date_set_dmy (&date, 1, number, (GDateYear) year);
  g_date_add_months (&date, 1);
  g_date_add_days (&date, 400);
  return now_ms < ((gint64) g_date_get_julian (&date) - 719163) * 24 * 3600 * 1000; /* days since 1 January 1970 */
}

/* P14: those who manage the service, its agency's supervisors, and portal users of it, its program or its agency, as the directory stands. */
static gboolean
sees_places (Person *person, Service *service)
{
  if (!service->known || !service->counted)
    return FALSE;
  if (person->level == LEVEL_PORTAL)
    return in_list (person->resources, service->id) || in_list (person->resources, service->agency) ||
           (service->program != NULL && in_list (person->resources, service->program));
  return person->level == LEVEL_STANDARD && person->agency == service->agency && (person->supervisor || manages (person, service->id));
}

/* P7: a portal account is its own, its agency's administrators' and the network's. */
static gboolean
sees_account (Person *person, Person *of)
{
  if (of == NULL || !of->known || of->level != LEVEL_PORTAL)
    return FALSE;
  return person == of || person->level == LEVEL_NETWORK ||
         (person->level == LEVEL_STANDARD && person->ready && person->admin && person->agency == of->agency);
}

gboolean
kith_oracle_visible (KithOracle *self, const char *user, const char *scope, gint64 now_ms)
{
  Person *person = g_hash_table_lookup (self->people, kith_oracle_pooled (self, user));
  g_auto (GStrv) parts = NULL;
  const char *kind, *key, *rest;
  Referral *referral;

  if (person == NULL || !person->known || !person->active)
    return FALSE;
  parts = g_strsplit (scope, ":", 3);
  kind = parts[0];
  key = kith_oracle_pooled (self, parts[1]);
  rest = parts[1] != NULL ? kith_oracle_pooled (self, parts[2]) : NULL;

  if (g_str_equal (kind, "user"))
    return key == person->id;
  if (g_str_equal (kind, "account"))
    return sees_account (person, g_hash_table_lookup (self->people, key));
  if (person->level == LEVEL_STANDARD && !person->ready)
    return FALSE; /* U17 */
  if (g_str_equal (kind, "dir"))
    return TRUE;
  if (g_str_equal (kind, "queue"))
    return g_hash_table_contains (self->queues, key);
  if (g_str_equal (kind, "network"))
    return person->level == LEVEL_NETWORK;
  if (g_str_equal (kind, "agency"))
    return person->level == LEVEL_NETWORK || (person->level == LEVEL_STANDARD && person->agency == key);
  if (g_str_equal (kind, "audit"))
    return person->level == LEVEL_STANDARD && person->privacy && person->agency == key && log_is_kept (parts[2], now_ms);
  if (g_str_has_prefix (kind, "client") || g_str_equal (kind, "care"))
    return visible_in_client (self, person, kind, key, rest, now_ms);
  if (g_str_equal (kind, "case") || g_str_equal (kind, "case_health"))
    {
      Case *of = g_hash_table_lookup (self->cases, key);

      return of != NULL && sees_case (person, of, g_str_equal (kind, "case") ? CLASS_CASE : CLASS_CASE_HEALTH, now_ms);
    }

  if (g_str_equal (kind, "amendment"))
    {
      Amendment *asked = g_hash_table_lookup (self->amendments, key);

      return asked != NULL && asked->client->owner != NULL && person->level == LEVEL_STANDARD &&
             (person->id == asked->author || (person->agency == asked->agency && (person->supervisor || person->privacy)));
    }
  if (g_str_equal (kind, "agreed")) /* what colleagues keep to */
    {
      Amendment *asked = g_hash_table_lookup (self->amendments, key);

      return asked != NULL && asked->client->owner != NULL && person->level == LEVEL_STANDARD && person->agency == asked->agency && asked->holds &&
             on_caseload (self, person, asked->client);
    }
  if (g_str_equal (kind, "why")) /* the words of the agency that was told, whatever consents there are */
    {
      Why *why = g_hash_table_lookup (self->whys, key);

      return why != NULL && why->client->owner != NULL && person->level == LEVEL_STANDARD && person->agency == why->agency && on_caseload (self, person, why->client);
    }
  if (g_str_equal (kind, "service"))
    {
      Service *service = g_hash_table_lookup (self->services, key);

      return service != NULL && sees_places (person, service);
    }
  if (g_str_equal (kind, "contact"))
    {
      Contact *contact = g_hash_table_lookup (self->contacts, key);

      return contact != NULL && sees_contact (self, person, contact, now_ms);
    }
  if (g_str_equal (kind, "match"))
    {
      Match *match = g_hash_table_lookup (self->matches, key);

      return match != NULL && sees_match (self, person, match, now_ms);
    }

  referral = g_hash_table_lookup (self->referrals, key);
  if (referral == NULL)
    return FALSE;
  if (g_str_equal (kind, "referral"))
    return sees_brief (self, person, referral, now_ms);
  if (g_str_equal (kind, "referral_course"))
    return sees_course (self, person, referral, now_ms);
  if (g_str_equal (kind, "referral_detail"))
    return sees_detail (self, person, referral, CLASS_CLIENT, now_ms);
  if (g_str_equal (kind, "referral_health"))
    return sees_detail (self, person, referral, CLASS_CLIENT_HEALTH, now_ms);

  return g_str_equal (kind, "referral_own") && sees_own_words (self, person, referral, rest);
}

/* ---- A11 ---- */

char *
kith_oracle_stray (KithOracle *self)
{
  GHashTableIter clients, ties;
  gpointer value, tie;

  g_hash_table_iter_init (&clients, self->clients);
  while (g_hash_table_iter_next (&clients, NULL, &value))
    {
      Client *client = value;

      g_hash_table_iter_init (&ties, client->assignments);
      while (g_hash_table_iter_next (&ties, NULL, &tie))
        {
          const Tie *at = tie;
          const Case *of = at->of_case != NULL ? g_hash_table_lookup (self->cases, at->of_case) : NULL;

          if (at->of_case != NULL && (of == NULL || of->open) && !tied (client, at->user, NULL))
            return g_strdup_printf ("%s is on case %s of %s and not on the client", at->user, at->of_case, client->id);
        }
    }

  return NULL;
}

/* ---- what there is ---- */

gboolean
kith_oracle_findable (KithOracle *self, const char *user, const char *id, gint64 now_ms)
{
  Person *person = g_hash_table_lookup (self->people, kith_oracle_pooled (self, user));
  Client *client = g_hash_table_lookup (self->clients, kith_oracle_pooled (self, id));
  g_autofree char *scope = g_strconcat ("client:", id, NULL);

  return person != NULL && client != NULL && person->known && person->active && person->ready && person->level == LEVEL_STANDARD &&
         person->agency != NULL && !client->restricted && client->owner != NULL && client->owner != person->agency &&
         !has_care (client, person->agency) && findable (client, now_ms) && !kith_oracle_visible (self, user, scope, now_ms);
}

gboolean
kith_oracle_may_ask (KithOracle *self, const char *user)
{
  Person *person = g_hash_table_lookup (self->people, kith_oracle_pooled (self, user));

  return person != NULL && person->known && person->active && person->ready && person->level == LEVEL_STANDARD && person->agency != NULL;
}

gboolean
kith_oracle_may_open (KithOracle *self, const char *user, const char *id, gint64 now_ms)
{
  Person *person = g_hash_table_lookup (self->people, kith_oracle_pooled (self, user));
  Client *client = g_hash_table_lookup (self->clients, kith_oracle_pooled (self, id));

  return kith_oracle_may_ask (self, user) && client != NULL && client->owner != NULL && client->owner != person->agency && !client->restricted &&
         findable (client, now_ms) && consented (client, CLASS_CLIENT, client->owner, person->agency, now_ms);
}

GPtrArray *
kith_oracle_users (KithOracle *self)
{
  GPtrArray *users = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->people);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((Person *) value)->known)
      g_ptr_array_add (users, (gpointer) ((Person *) value)->id);

  return users;
}

static void
add_referral_scopes (GPtrArray *scopes, Referral *referral)
{
  g_ptr_array_add (scopes, g_strconcat ("referral:", referral->id, NULL));
  g_ptr_array_add (scopes, g_strconcat ("referral_course:", referral->id, NULL));
  g_ptr_array_add (scopes, g_strconcat ("referral_detail:", referral->id, NULL));
  g_ptr_array_add (scopes, g_strconcat ("referral_health:", referral->id, NULL));
  g_ptr_array_add (scopes, g_strconcat ("referral_own:", referral->id, ":", referral->agency, NULL));
  if (referral->agency_to != NULL && referral->agency_to != referral->agency)
    g_ptr_array_add (scopes, g_strconcat ("referral_own:", referral->id, ":", referral->agency_to, NULL));
  for (guint i = 0; referral->former != NULL && i < referral->former->len; i += 2)
    {
      char *own = g_strconcat ("referral_own:", referral->id, ":", (char *) g_ptr_array_index (referral->former, i), NULL);

      if (g_ptr_array_find_with_equal_func (scopes, own, g_str_equal, NULL))
        g_free (own);
      else
        g_ptr_array_add (scopes, own);
    }
}

static void
add_client_scopes (KithOracle *self, GPtrArray *scopes, Client *client)
{
  GHashTableIter iter;
  gpointer key;

  g_ptr_array_add (scopes, g_strconcat ("client:", client->id, NULL));
  g_ptr_array_add (scopes, g_strconcat ("client_billing:", client->id, NULL));
  g_ptr_array_add (scopes, g_strconcat ("client_health:", client->id, NULL));
  g_hash_table_iter_init (&iter, self->agencies);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (has_care (client, key))
      g_ptr_array_add (scopes, g_strconcat ("care:", client->id, ":", (const char *) key, NULL));
  for (guint i = 0; i < client->cases->len; i++)
    {
      const Case *of = g_ptr_array_index (client->cases, i);

      g_ptr_array_add (scopes, g_strconcat ("case:", of->id, NULL));
      g_ptr_array_add (scopes, g_strconcat ("case_health:", of->id, NULL));
    }
  for (guint i = 0; i < client->amendments->len; i++)
    {
      const Amendment *asked = g_ptr_array_index (client->amendments, i);

      g_ptr_array_add (scopes, g_strconcat ("amendment:", asked->id, NULL));
      g_ptr_array_add (scopes, g_strconcat ("agreed:", asked->id, NULL));
    }
  for (guint i = 0; i < client->whys->len; i++)
    g_ptr_array_add (scopes, g_strconcat ("why:", ((const Why *) g_ptr_array_index (client->whys, i))->id, NULL));
  for (guint i = 0; i < client->referrals->len; i++)
    add_referral_scopes (scopes, g_ptr_array_index (client->referrals, i));
}

static void
add_all_scopes (KithOracle *self, GPtrArray *scopes)
{
  GHashTableIter iter;
  gpointer key, value;

  g_ptr_array_add (scopes, g_strdup ("dir"));
  if (self->has_network)
    g_ptr_array_add (scopes, g_strdup ("network"));
  g_hash_table_iter_init (&iter, self->agencies);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (scopes, g_strconcat ("agency:", (const char *) key, NULL));
  g_hash_table_iter_init (&iter, self->audited);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (scopes, g_strconcat ("audit:", (const char *) key, NULL));
  g_hash_table_iter_init (&iter, self->people);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (((Person *) value)->known)
      {
        g_ptr_array_add (scopes, g_strconcat ("user:", (const char *) key, NULL));
        if (((Person *) value)->level == LEVEL_PORTAL)
          g_ptr_array_add (scopes, g_strconcat ("account:", (const char *) key, NULL));
      }
  g_hash_table_iter_init (&iter, self->clients);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    add_client_scopes (self, scopes, value);
  g_hash_table_iter_init (&iter, self->services);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (((Service *) value)->counted)
      g_ptr_array_add (scopes, g_strconcat ("service:", (const char *) key, NULL));
  g_hash_table_iter_init (&iter, self->queues);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (scopes, g_strconcat ("queue:", (const char *) key, NULL));
  g_hash_table_iter_init (&iter, self->matches);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (scopes, g_strconcat ("match:", (const char *) key, NULL));
  g_hash_table_iter_init (&iter, self->contacts);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (scopes, g_strconcat ("contact:", (const char *) key, NULL));
  g_hash_table_iter_init (&iter, self->referrals);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((Referral *) value)->client == NULL)
      add_referral_scopes (scopes, value);
}

GPtrArray *
kith_oracle_scopes (KithOracle *self, const char *client)
{
  GPtrArray *scopes = g_ptr_array_new_with_free_func (g_free);

  if (client == NULL)
    {
      add_all_scopes (self, scopes);
    }
  else
    {
      Client *found = g_hash_table_lookup (self->clients, kith_oracle_pooled (self, client));

      if (found != NULL)
        add_client_scopes (self, scopes, found);
    }

  return scopes;
}

GPtrArray *
kith_oracle_dependents (KithOracle *self, const char *client)
{
  GPtrArray *scopes = g_ptr_array_new_with_free_func (g_free);
  Client *found = g_hash_table_lookup (self->clients, kith_oracle_pooled (self, client));
  GHashTableIter iter;
  gpointer value;

  if (found == NULL)
    return scopes;
  g_hash_table_iter_init (&iter, found->matches);
  while (g_hash_table_iter_next (&iter, &value, NULL))
    g_ptr_array_add (scopes, g_strconcat ("match:", ((Match *) value)->id, NULL));
  for (guint i = 0; i < found->referrals->len; i++)
    if (((Referral *) g_ptr_array_index (found->referrals, i))->contact != NULL)
      g_ptr_array_add (scopes, g_strconcat ("contact:", ((Referral *) g_ptr_array_index (found->referrals, i))->contact, NULL));

  return scopes;
}
