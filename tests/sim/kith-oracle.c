/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-oracle.h"

#include <string.h>

#include "kith-clock.h"
#include "kith-json.h"

/* Texts are pooled: equal ids are equal pointers. */
typedef enum { LEVEL_STANDARD, LEVEL_PORTAL, LEVEL_NETWORK } Level;
typedef enum { CLASS_CLIENT = 1, CLASS_BILLING = 2, CLASS_CLIENT_HEALTH = 4, CLASS_CARE = 8, CLASS_CASE = 16, CLASS_CASE_HEALTH = 32 } Class;

typedef struct
{
  const char *service;
  const char *role; /* NULL: the person's own */
} Listing;

typedef struct
{
  const char *id, *agency, *role;
  Level level;
  gboolean known, active, ready, supervisor, privacy, health, sees_details;
  GHashTable *listings; /* row id → Listing */
  GPtrArray *resources;
} Person;

typedef struct
{
  const char *id;
  gboolean granted;
  guint classes;
  gint64 term;
  GPtrArray *receivers;
  GPtrArray *disclosers; /* NULL: every agency */
} Consent;

typedef struct
{
  const char *user, *agency; /* care: user NULL */
  gboolean opened;           /* care: by client.open_shared */
} Tie;

typedef struct _Client Client;

typedef struct
{
  const char *id, *author, *agency, *agency_to, *service, *assignee;
  Client *client; /* NULL: without a client record */
  gboolean sent, voided, live, accepted, revoked;
  guint release;
  gint64 release_end;
  GPtrArray *resources;
} Referral;

struct _Client
{
  const char *id, *owner;
  gboolean restricted;
  GHashTable *consents;    /* id → Consent */
  GHashTable *assignments; /* id → Tie */
  GHashTable *cares;       /* id → Tie */
  GPtrArray *referrals;
};

struct _KithOracle
{
  GStringChunk *pool;
  GHashTable *people;
  GHashTable *clients;
  GHashTable *referrals;
  gboolean has_network;  /* somebody belongs to no agency */
  GHashTable *agencies;  /* those with a scope of their own */
  GHashTable *audited;   /* agencies with an entry in their log */
  GHashTable *narrow;    /* settings id → agency */
  GHashTable *rows;      /* id of a row that belongs to a person or a client → which */
  const char *touched;
};

/* ---- plumbing ---- */

static const char *
pooled (KithOracle *self, const char *text)
{
  return text != NULL ? g_string_chunk_insert_const (self->pool, text) : NULL;
}

static const char *
field (KithOracle *self, KithRecord *record, const char *name)
{
  return pooled (self, kith_record_string (record, name));
}

static GPtrArray *
list_field (KithOracle *self, KithRecord *record, const char *name)
{
  JsonArray *array = kith_record_array (record, name);
  GPtrArray *list = g_ptr_array_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    g_ptr_array_add (list, (gpointer) pooled (self, json_array_get_string_element (array, i)));
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

static gboolean
in_list (GPtrArray *list, const char *pooled_text)
{
  for (guint i = 0; i < list->len; i++)
    if (g_ptr_array_index (list, i) == pooled_text)
      return TRUE;
  return FALSE;
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
  g_free (self);
}

static void
client_free (Client *self)
{
  g_hash_table_unref (self->consents);
  g_hash_table_unref (self->assignments);
  g_hash_table_unref (self->cares);
  g_ptr_array_unref (self->referrals);
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
  self->agencies = g_hash_table_new (NULL, NULL);
  self->audited = g_hash_table_new (NULL, NULL);
  self->narrow = g_hash_table_new (NULL, NULL);
  self->rows = g_hash_table_new (NULL, NULL);
  return self;
}

void
kith_oracle_free (KithOracle *self)
{
  g_hash_table_unref (self->people);
  g_hash_table_unref (self->clients);
  g_hash_table_unref (self->referrals);
  g_hash_table_unref (self->agencies);
  g_hash_table_unref (self->audited);
  g_hash_table_unref (self->narrow);
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
put_tie (KithOracle *self, KithRecord *record, const char *id, gboolean assignment)
{
  const char *client_id = field (self, record, "client");
  Client *client = client_for (self, client_id);
  Tie *tie = g_new0 (Tie, 1);

  tie->agency = field (self, record, "agency");
  if (assignment)
    tie->user = field (self, record, "staff");
  else
    tie->opened = kith_record_string (record, "opened_at") != NULL;
  g_hash_table_insert (assignment ? client->assignments : client->cares, (gpointer) id, tie);
  g_hash_table_insert (self->rows, (gpointer) id, (gpointer) client_id);
  self->touched = client_id;
}

static void
read_phase (Referral *referral, KithRecord *record)
{
  const char *phase = kith_record_string (record, "phase");
  const char *type = kith_record_string (record, "type");
  gboolean open_or_closed = FALSE;
  for (guint i = 0; phase != NULL && i < 8; i++)
    open_or_closed |= g_str_equal (phase, ((const char *[]) { "sent", "accepted", "contacting", "in_service", "waitlisted", "paused",
                                                             "closed_resolved", "closed_unresolved" })[i]);
  referral->live = open_or_closed;
  referral->voided = g_strcmp0 (phase, "voided") == 0;
  referral->sent = open_or_closed || g_strcmp0 (phase, "declined") == 0 || g_strcmp0 (phase, "recalled") == 0 ||
                   g_strcmp0 (phase, "expired") == 0 || (referral->voided && kith_record_string (record, "sent_at") != NULL);
  if (g_strcmp0 (type, "informational") == 0)
    referral->sent = FALSE;
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
      g_hash_table_insert (self->referrals, (gpointer) id, referral);
    }
  referral->author = field (self, record, "author");
  referral->agency = field (self, record, "agency");
  referral->agency_to = field (self, record, "agency_to");
  referral->service = field (self, record, "service");
  referral->assignee = field (self, record, "assignee");
  referral->accepted = kith_record_bool (record, "accepted");
  referral->revoked = kith_record_bool (record, "revoked");
  referral->release = classes_field (record, "release_classes");
  referral->release_end = end_field (record, "release_until");
  g_clear_pointer (&referral->resources, g_ptr_array_unref);
  referral->resources = list_field (self, record, "resources");
  read_phase (referral, record);
  self->touched = client != NULL ? client : "*";
}

void
kith_oracle_put (KithOracle *self, KithRecord *record)
{
  const char *kind = kith_record_get_kind (record)->name;
  const char *id = pooled (self, kith_record_get_id (record));

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
  else if (g_str_equal (kind, "referral"))
    put_referral (self, record, id);
  else if (g_str_equal (kind, "audit_entry") && kith_record_string (record, "agency") != NULL &&
           g_hash_table_add (self->audited, (gpointer) field (self, record, "agency")))
    self->touched = "*";
}

void
kith_oracle_remove (KithOracle *self, const char *kind, const char *id)
{
  const char *key = pooled (self, id);
  const char *of = g_hash_table_lookup (self->rows, key);

  self->touched = of;
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

/* ---- the rules ---- */

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

static gboolean
assigned (Client *client, Person *person)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, client->assignments);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((Tie *) value)->user == person->id)
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

  return client != NULL && assigned (client, person);
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

static gboolean
sends (KithOracle *self, Person *person, Referral *referral)
{
  return person->level == LEVEL_STANDARD && person->agency == referral->agency &&
         (person->id == referral->author || on_caseload (self, person, referral->client));
}

static gboolean
sees_own_words (KithOracle *self, Person *person, Referral *referral, const char *side)
{
  if (side == referral->agency && sends (self, person, referral))
    return TRUE;

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
  if (receives (person, referral, TRUE) && (referral->accepted || covered (referral, CLASS_CLIENT, now)))
    return TRUE;

  /* D12 */
  return client != NULL && person->level == LEVEL_STANDARD && person->agency != referral->agency && on_caseload (self, person, client) &&
         related (client, person->agency) && consented (client, CLASS_CARE, referral->agency, person->agency, now);
}

static gboolean
sees_detail (KithOracle *self, Person *person, Referral *referral, gint64 now)
{
  if (sends (self, person, referral))
    return TRUE;
  if (!referral->sent || referral->voided || !referral->live)
    return FALSE;
  if (person->level == LEVEL_PORTAL && !person->sees_details)
    return FALSE;

  return receives (person, referral, TRUE) && covered (referral, CLASS_CLIENT, now);
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
        if (((Tie *) value)->agency == agency)
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

gboolean
kith_oracle_visible (KithOracle *self, const char *user, const char *scope, gint64 now_ms)
{
  Person *person = g_hash_table_lookup (self->people, pooled (self, user));
  g_auto (GStrv) parts = NULL;
  const char *kind, *key, *rest;
  Referral *referral;

  if (person == NULL || !person->known || !person->active)
    return FALSE;
  parts = g_strsplit (scope, ":", 3);
  kind = parts[0];
  key = pooled (self, parts[1]);
  rest = parts[1] != NULL ? pooled (self, parts[2]) : NULL;

  if (g_str_equal (kind, "user"))
    return key == person->id;
  if (person->level == LEVEL_STANDARD && !person->ready)
    return FALSE; /* U17 */
  if (g_str_equal (kind, "dir"))
    return TRUE;
  if (g_str_equal (kind, "network"))
    return person->level == LEVEL_NETWORK;
  if (g_str_equal (kind, "agency"))
    return person->level == LEVEL_NETWORK || (person->level == LEVEL_STANDARD && person->agency == key);
  if (g_str_equal (kind, "audit"))
    return person->level == LEVEL_STANDARD && person->privacy && person->agency == key;
  if (g_str_has_prefix (kind, "client") || g_str_equal (kind, "care"))
    return visible_in_client (self, person, kind, key, rest, now_ms);

  referral = g_hash_table_lookup (self->referrals, key);
  if (referral == NULL)
    return FALSE;
  if (g_str_equal (kind, "referral"))
    return sees_brief (self, person, referral, now_ms);
  if (g_str_equal (kind, "referral_detail"))
    return sees_detail (self, person, referral, now_ms);

  return g_str_equal (kind, "referral_own") && sees_own_words (self, person, referral, rest);
}

/* ---- what there is ---- */

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
  g_ptr_array_add (scopes, g_strconcat ("referral_detail:", referral->id, NULL));
  g_ptr_array_add (scopes, g_strconcat ("referral_own:", referral->id, ":", referral->agency, NULL));
  if (referral->agency_to != NULL && referral->agency_to != referral->agency)
    g_ptr_array_add (scopes, g_strconcat ("referral_own:", referral->id, ":", referral->agency_to, NULL));
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
      g_ptr_array_add (scopes, g_strconcat ("user:", (const char *) key, NULL));
  g_hash_table_iter_init (&iter, self->clients);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    add_client_scopes (self, scopes, value);
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
      Client *found = g_hash_table_lookup (self->clients, pooled (self, client));

      if (found != NULL)
        add_client_scopes (self, scopes, found);
    }

  return scopes;
}
