/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-oracle-private.h"

#include "kith-clock.h"
#include "kith-json.h"

/* ---- plumbing ---- */

const char *
kith_oracle_pooled (KithOracle *self, const char *text)
{
  return text != NULL ? g_string_chunk_insert_const (self->pool, text) : NULL;
}

static const char *
field (KithOracle *self, KithRecord *record, const char *name)
{
  return kith_oracle_pooled (self, kith_record_string (record, name));
}

static GPtrArray *
list_field (KithOracle *self, KithRecord *record, const char *name)
{
  JsonArray *array = kith_record_array (record, name);
  GPtrArray *list = g_ptr_array_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    g_ptr_array_add (list, (gpointer) kith_oracle_pooled (self, json_array_get_string_element (array, i)));

  return list;
}

static gint64
end_field (KithRecord *record, const char *name)
{
  const char *text = kith_record_string (record, name);
  gint64 ms = 0;

  if (text == NULL)
    return G_MAXINT64;
  return kith_time_parse (text, &ms) ? ms : G_MININT64;
}

static guint
classes_field (KithRecord *record, const char *name)
{
  static const char *const names[] = { "client", "client_billing", "client_health", "care", "case", "case_health" };
  guint classes = 0;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (kith_record_list_has (record, name, names[i]))
      classes |= 1u << i;

  return classes;
}

static void
person_free (Person *self)
{
  g_hash_table_unref (self->listings);
  g_clear_pointer (&self->resources, g_ptr_array_unref);
  g_free (self);
}

static void
consent_free (Consent *self)
{
  g_ptr_array_unref (self->receivers);
  g_clear_pointer (&self->disclosers, g_ptr_array_unref);
  g_free (self);
}

static void
referral_free (Referral *self)
{
  g_clear_pointer (&self->resources, g_ptr_array_unref);
  g_clear_pointer (&self->former, g_ptr_array_unref);
  g_free (self);
}

static void
contact_free (Contact *self)
{
  g_ptr_array_unref (self->referrals);
  g_free (self);
}

static void
client_free (Client *self)
{
  g_hash_table_unref (self->consents);
  g_hash_table_unref (self->assignments);
  g_hash_table_unref (self->cares);
  g_ptr_array_unref (self->referrals);
  g_ptr_array_unref (self->cases);
  g_ptr_array_unref (self->amendments);
  g_ptr_array_unref (self->whys);
  g_hash_table_unref (self->matches);
  g_free (self);
}

KithOracle *
kith_oracle_new (void)
{
  KithOracle *self = g_new0 (KithOracle, 1);

  self->pool = g_string_chunk_new (4096);
  self->people = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) person_free);
  self->clients = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) client_free);
  self->referrals = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) referral_free);
  self->cases = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->amendments = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->whys = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->matches = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->contacts = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) contact_free);
  self->agencies = g_hash_table_new (NULL, NULL);
  self->audited = g_hash_table_new (NULL, NULL);
  self->narrow = g_hash_table_new (NULL, NULL);
  self->rows = g_hash_table_new (NULL, NULL);
  self->services = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->queues = g_hash_table_new (NULL, NULL);
  return self;
}

void
kith_oracle_free (KithOracle *self)
{
  g_hash_table_unref (self->people);
  g_hash_table_unref (self->clients);
  g_hash_table_unref (self->referrals);
  g_hash_table_unref (self->cases);
  g_hash_table_unref (self->amendments);
  g_hash_table_unref (self->whys);
  g_hash_table_unref (self->matches);
  g_hash_table_unref (self->contacts);
  g_hash_table_unref (self->agencies);
  g_hash_table_unref (self->audited);
  g_hash_table_unref (self->narrow);
  g_hash_table_unref (self->services);
  g_hash_table_unref (self->queues);
  g_hash_table_unref (self->rows);
  g_string_chunk_free (self->pool);
  g_free (self);
}

static Person *
person_for (KithOracle *self, const char *id)
{
  Person *person = g_hash_table_lookup (self->people, id);

  if (person == NULL)
    {
      person = g_new0 (Person, 1);
      person->id = id;
      person->listings = g_hash_table_new_full (NULL, NULL, NULL, g_free);
      g_hash_table_insert (self->people, (gpointer) id, person);
    }

  return person;
}

static Client *
client_for (KithOracle *self, const char *id)
{
  Client *client = g_hash_table_lookup (self->clients, id);

  if (client == NULL)
    {
      client = g_new0 (Client, 1);
      client->id = id;
      client->consents = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) consent_free);
      client->assignments = g_hash_table_new_full (NULL, NULL, NULL, g_free);
      client->cares = g_hash_table_new_full (NULL, NULL, NULL, g_free);
      client->referrals = g_ptr_array_new ();
      client->cases = g_ptr_array_new ();
      client->amendments = g_ptr_array_new ();
      client->whys = g_ptr_array_new ();
      client->matches = g_hash_table_new (NULL, NULL);
      g_hash_table_insert (self->clients, (gpointer) id, client);
    }

  return client;
}

/* ---- facts ---- */

static void
put_staff (KithOracle *self, KithRecord *record, const char *id)
{
  Person *person = person_for (self, id);
  const char *level = kith_record_string (record, "level");

  person->known = TRUE;
  person->agency = field (self, record, "agency");
  person->role = field (self, record, "role");
  person->level = g_strcmp0 (level, "network") == 0 ? LEVEL_NETWORK : g_strcmp0 (level, "portal") == 0 ? LEVEL_PORTAL : LEVEL_STANDARD;
  person->active = kith_record_bool (record, "active");
  person->ready = kith_record_bool (record, "trained");
  person->supervisor = kith_record_list_has (record, "duties", "supervisor");
  person->admin = kith_record_list_has (record, "duties", "agency_admin");
  person->privacy = kith_record_list_has (record, "duties", "privacy_officer");
  person->health = kith_record_bool (record, "health_access");
  person->sees_details = kith_record_bool (record, "sees_details");
  g_clear_pointer (&person->resources, g_ptr_array_unref);
  person->resources = list_field (self, record, "resources");
  if (person->agency != NULL)
    g_hash_table_add (self->agencies, (gpointer) person->agency);
  else
    self->has_network = TRUE;
  self->touched = id;
}

static void
put_listing (KithOracle *self, KithRecord *record, const char *id)
{
  const char *staff = field (self, record, "staff");
  Listing *listing = g_new0 (Listing, 1);

  listing->service = field (self, record, "service");
  listing->role = field (self, record, "role");
  g_hash_table_insert (person_for (self, staff)->listings, (gpointer) id, listing);
  g_hash_table_insert (self->rows, (gpointer) id, (gpointer) staff);
  self->touched = staff;
}

static void
put_settings (KithOracle *self, KithRecord *record, const char *id)
{
  const char *agency = field (self, record, "agency");

  if (agency != NULL)
    g_hash_table_add (self->agencies, (gpointer) agency);
  if (kith_record_bool (record, "narrow"))
    g_hash_table_insert (self->narrow, (gpointer) id, (gpointer) agency);
  else
    g_hash_table_remove (self->narrow, id);
  self->touched = "*";
}

static void
put_client (KithOracle *self, KithRecord *record, const char *id)
{
  Client *client = client_for (self, id);

  client->owner = field (self, record, "agency");
  client->restricted = kith_record_bool (record, "restricted");
  self->touched = id;
}

static void
put_consent (KithOracle *self, KithRecord *record, const char *id)
{
  const char *client = field (self, record, "client");
  Consent *consent = g_new0 (Consent, 1);

  consent->id = id;
  consent->granted = kith_record_is (record, "permission", "granted") && kith_record_is (record, "status", "in_force");
  consent->findable = kith_record_bool (record, "findable");
  consent->classes = classes_field (record, "classes");
  consent->term = end_field (record, "term");
  consent->receivers = list_field (self, record, "receivers");
  if (kith_record_array (record, "disclosers") != NULL)
    consent->disclosers = list_field (self, record, "disclosers");
  g_hash_table_insert (client_for (self, client)->consents, (gpointer) id, consent);
  g_hash_table_insert (self->rows, (gpointer) id, (gpointer) client);
  self->touched = client;
}

static void
put_match (KithOracle *self, KithRecord *record, const char *id)
{
  Match *match = g_hash_table_lookup (self->matches, id);

  if (match == NULL)
    {
      match = g_new0 (Match, 1);
      match->id = id;
      match->first = client_for (self, field (self, record, "first"));
      match->second = client_for (self, field (self, record, "second"));
      g_hash_table_add (match->first->matches, match);
      g_hash_table_add (match->second->matches, match);
      g_hash_table_insert (self->matches, (gpointer) id, match);
    }
  match->linked = kith_record_is (record, "state", "linked");
  match->proposed = kith_record_is (record, "state", "proposed");
  self->touched = match->first->id;
}

static void
remove_match (KithOracle *self, const char *id)
{
  Match *match = g_hash_table_lookup (self->matches, id);

  if (match == NULL)
    return;
  self->touched = match->first->id;
  g_hash_table_remove (match->first->matches, match);
  g_hash_table_remove (match->second->matches, match);
  g_hash_table_remove (self->matches, id);
}

static void
put_tie (KithOracle *self, KithRecord *record, const char *id, gboolean assignment)
{
  const char *client_id = field (self, record, "client");
  Client *client = client_for (self, client_id);
  Tie *tie = g_new0 (Tie, 1);

  tie->agency = field (self, record, "agency");
  if (assignment)
    {
      tie->user = field (self, record, "staff");
      tie->of_case = field (self, record, "case");
    }
  else
    {
      tie->opened = kith_record_string (record, "opened_at") != NULL;
    }
  g_hash_table_insert (assignment ? client->assignments : client->cares, (gpointer) id, tie);
  g_hash_table_insert (self->rows, (gpointer) id, (gpointer) client_id);
  self->touched = client_id;
}

static void
put_case (KithOracle *self, KithRecord *record, const char *id)
{
  const char *client = field (self, record, "client");
  Case *of = g_hash_table_lookup (self->cases, id);

  if (of == NULL)
    {
      of = g_new0 (Case, 1);
      of->id = id;
      of->client = client_for (self, client);
      g_ptr_array_add (of->client->cases, of);
      g_hash_table_insert (self->cases, (gpointer) id, of);
    }
  of->agency = field (self, record, "agency");
  of->open = kith_record_is (record, "phase", "open");
  self->touched = client;
}

static void
put_amendment (KithOracle *self, KithRecord *record, const char *id)
{
  const char *client = field (self, record, "client");
  Amendment *asked = g_hash_table_lookup (self->amendments, id);

  if (asked == NULL)
    {
      asked = g_new0 (Amendment, 1);
      asked->id = id;
      asked->client = client_for (self, client);
      g_ptr_array_add (asked->client->amendments, asked);
      g_hash_table_insert (self->amendments, (gpointer) id, asked);
    }
  asked->agency = field (self, record, "agency");
  asked->author = field (self, record, "by");
  asked->holds = (kith_record_is (record, "type", "restriction") || kith_record_is (record, "type", "contact")) && kith_record_is (record, "state", "accepted") &&
                 (kith_record_string (record, "ended_on") == NULL || !kith_record_bool (record, "end_agreed"));
  self->touched = client;
}

static void
put_why (KithOracle *self, KithRecord *record, const char *id)
{
  const char *client = field (self, record, "client");
  Why *why = g_hash_table_lookup (self->whys, id);

  if (why == NULL)
    {
      why = g_new0 (Why, 1);
      why->id = id;
      why->client = client_for (self, client);
      g_ptr_array_add (why->client->whys, why);
      g_hash_table_insert (self->whys, (gpointer) id, why);
    }
  why->agency = field (self, record, "agency");
  self->touched = client;
}

static void
read_phase (Referral *referral, KithRecord *record)
{
  const char *phase = kith_record_string (record, "phase");
  gboolean open_or_closed = FALSE;

  for (guint i = 0; phase != NULL && i < 8; i++)
    open_or_closed |= g_str_equal (phase, ((const char *[]) { "sent", "accepted", "contacting", "in_service", "waitlisted", "paused",
                                                             "closed_resolved", "closed_unresolved" })[i]);
  referral->live = open_or_closed;
  referral->voided = g_strcmp0 (phase, "voided") == 0;
  referral->sent = open_or_closed || g_strcmp0 (phase, "declined") == 0 || g_strcmp0 (phase, "recalled") == 0 ||
                   g_strcmp0 (phase, "expired") == 0 || (referral->voided && kith_record_int (record, "turn") > 0);
  if (referral->agency_to == NULL && !referral->queued)
    referral->sent = FALSE;
}

static Contact *
contact_for (KithOracle *self, const char *id)
{
  Contact *contact = g_hash_table_lookup (self->contacts, id);

  if (contact == NULL)
    {
      contact = g_new0 (Contact, 1);
      contact->id = id;
      contact->referrals = g_ptr_array_new ();
      g_hash_table_insert (self->contacts, (gpointer) id, contact);
    }
  return contact;
}

static void
put_contact (KithOracle *self, KithRecord *record, const char *id)
{
  Contact *contact = contact_for (self, id);

  if (!contact->known)
    self->touched = "*";
  contact->known = TRUE;
  contact->author = field (self, record, "author");
}

static void
put_referral (KithOracle *self, KithRecord *record, const char *id)
{
  const char *client = field (self, record, "client");
  Referral *referral = g_hash_table_lookup (self->referrals, id);

  if (referral == NULL)
    {
      referral = g_new0 (Referral, 1);
      referral->id = id;
      if (client != NULL)
        {
          referral->client = client_for (self, client);
          g_ptr_array_add (referral->client->referrals, referral);
        }
      referral->contact = field (self, record, "contact_record");
      if (referral->contact != NULL)
        g_ptr_array_add (contact_for (self, referral->contact)->referrals, referral);
      g_hash_table_insert (self->referrals, (gpointer) id, referral);
    }
  referral->author = field (self, record, "author");
  referral->agency = field (self, record, "agency");
  referral->agency_to = field (self, record, "agency_to");
  referral->service = field (self, record, "service");
  referral->queued = kith_record_string (record, "queue") != NULL || kith_record_bool (record, "to_queue");
  referral->assignee = field (self, record, "assignee");
  referral->accepted = kith_record_bool (record, "accepted");
  referral->revoked = kith_record_bool (record, "revoked");
  g_clear_pointer (&referral->resources, g_ptr_array_unref);
  referral->resources = list_field (self, record, "resources");
  read_phase (referral, record);
  self->touched = client != NULL ? client : "*";
}

/* The release that its detail tells of (P12). A detail of a referral that is not known yet comes with it, and is put again then. */
static void
put_detail (KithOracle *self, KithRecord *record)
{
  Referral *referral = g_hash_table_lookup (self->referrals, field (self, record, "referral"));

  if (referral == NULL)
    return;
  referral->release = classes_field (record, "release_classes");
  referral->release_network = kith_record_bool (record, "release_network");
  referral->release_end = end_field (record, "release_until");
  self->touched = referral->client != NULL ? referral->client->id : "*";
}

/* A side that had a referral (referral.reroute): "TURN:SERVICE" for each time. */
static void
put_own (KithOracle *self, KithRecord *record)
{
  Referral *referral = g_hash_table_lookup (self->referrals, field (self, record, "referral"));
  const char *agency = field (self, record, "agency");
  JsonArray *was = kith_record_array (record, "was_with");

  if (referral == NULL || was == NULL)
    return;
  if (referral->former == NULL)
    referral->former = g_ptr_array_new ();
  for (guint i = 0; i < referral->former->len; i += 2)
    if (g_ptr_array_index (referral->former, i) == agency)
      g_ptr_array_remove_range (referral->former, i, 2), i -= 2;
  for (guint i = 0; i < json_array_get_length (was); i++)
    {
      const char *service = strchr (json_array_get_string_element (was, i), ':') + 1;

      g_ptr_array_add (referral->former, (gpointer) agency);
      g_ptr_array_add (referral->former, *service != 0 ? (gpointer) kith_oracle_pooled (self, service) : NULL);
    }
  self->touched = referral->client != NULL ? referral->client->id : "*";
}

static Service *
service_for (KithOracle *self, const char *id)
{
  Service *service = g_hash_table_lookup (self->services, id);

  if (service == NULL)
    {
      service = g_new0 (Service, 1);
      service->id = id;
      g_hash_table_insert (self->services, (gpointer) id, service);
    }
  return service;
}

static void
put_service (KithOracle *self, KithRecord *record, const char *id)
{
  Service *service = service_for (self, id);
  const char *agency = field (self, record, "organization_id");
  const char *program = field (self, record, "program_id");

  if (service->counted && (service->agency != agency || service->program != program))
    self->touched = "*";
  service->known = TRUE;
  service->agency = agency;
  service->program = program;
}

static void
put_capacity (KithOracle *self, KithRecord *record)
{
  Service *service = service_for (self, field (self, record, "service"));

  if (!service->counted)
    self->touched = "*";
  service->counted = TRUE;
}

void
kith_oracle_put (KithOracle *self, KithRecord *record)
{
  const char *kind = kith_record_get_kind (record)->name;
  const char *id = kith_oracle_pooled (self, kith_record_get_id (record));

  self->touched = NULL;
  if (g_str_equal (kind, "staff"))
    put_staff (self, record, id);
  else if (g_str_equal (kind, "staff_service"))
    put_listing (self, record, id);
  else if (g_str_equal (kind, "agency_settings"))
    put_settings (self, record, id);
  else if (g_str_equal (kind, "client"))
    put_client (self, record, id);
  else if (g_str_equal (kind, "consent"))
    put_consent (self, record, id);
  else if (g_str_equal (kind, "assignment"))
    put_tie (self, record, id, TRUE);
  else if (g_str_equal (kind, "care"))
    put_tie (self, record, id, FALSE);
  else if (g_str_equal (kind, "case"))
    put_case (self, record, id);
  else if (g_str_equal (kind, "amendment_request"))
    put_amendment (self, record, id);
  else if (g_str_equal (kind, "client_reason"))
    put_why (self, record, id);
  else if (g_str_equal (kind, "referral_own"))
    put_own (self, record);
  else if (g_str_equal (kind, "referral_detail"))
    put_detail (self, record);
  else if (g_str_equal (kind, "referral"))
    put_referral (self, record, id);
  else if (g_str_equal (kind, "contact_record"))
    put_contact (self, record, id);
  else if (g_str_equal (kind, "match"))
    put_match (self, record, id);
  else if (g_str_equal (kind, "service"))
    put_service (self, record, id);
  else if (g_str_equal (kind, "capacity"))
    put_capacity (self, record);
  else if (g_str_equal (kind, "queue"))
    {
      if (g_hash_table_add (self->queues, (gpointer) id))
        self->touched = "*";
    }
  else if (g_str_equal (kind, "audit_entry") && kith_record_string (record, "agency") != NULL)
    {
      g_autofree char *month = g_strdup_printf ("%s:%.7s", kith_record_string (record, "agency"), kith_record_string (record, "at"));

      if (g_hash_table_add (self->audited, (gpointer) kith_oracle_pooled (self, month)))
        self->touched = "*";
    }
}

void
kith_oracle_remove (KithOracle *self, const char *kind, const char *id)
{
  const char *key = kith_oracle_pooled (self, id);
  const char *of = g_hash_table_lookup (self->rows, key);

  self->touched = of;
  if (g_str_equal (kind, "match"))
    remove_match (self, key);
  if (of == NULL)
    return;
  if (g_str_equal (kind, "staff_service"))
    g_hash_table_remove (person_for (self, of)->listings, key);
  else if (g_str_equal (kind, "assignment"))
    g_hash_table_remove (client_for (self, of)->assignments, key);
  else if (g_str_equal (kind, "care"))
    g_hash_table_remove (client_for (self, of)->cares, key);
  else if (g_str_equal (kind, "consent"))
    g_hash_table_remove (client_for (self, of)->consents, key);
}

const char *
kith_oracle_touched (KithOracle *self)
{
  return self->touched;
}
