/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-access-private.h"

#include "kith-clock.h"
#include "kith-json.h"

/* Phases in which the receiver may hold the detail: open work, and what it closed. */
static const char *const live_phases[] = {
  "sent", "accepted", "contacting", "in_service", "waitlisted", "paused", "closed_resolved", "closed_unresolved", NULL,
};
static const char *const unsent_phases[] = { "draft", "pending_consent", "given", NULL };

/* One receiver: what opens the eight fields (P12), what opens the course and the detail, and the facts that make it a receiver. */
typedef struct
{
  char *brief;
  char *detail; /* NULL: never */
  char *assignee_atom;
} Receiver;

/* Why the receiving side may hold a class of what was sent. */
typedef struct
{
  const char *atom;
  gboolean basic; /* class client */
  gboolean health; /* class client_health */
  gint64 until;
} Cover;

typedef struct
{
  KithRecord *record;
  KithRecord *detail; /* with its release; NULL: none, or not here */
  const char *id;
  const char *agency;
  const char *agency_to;
  char *turn;
  char *brief_scope;
  char *course_scope;
  char *detail_scope;
  char *health_scope;
  gboolean accepted;
  gboolean live;
} Sent;

static void
receiver_free (Receiver *self)
{
  g_free (self->brief);
  g_free (self->detail);
  g_free (self->assignee_atom);
  g_free (self);
}

gboolean
kith_access_referral_sent (KithRecord *referral)
{
  const char *phase = kith_record_string (referral, "phase");

  if (phase == NULL || (kith_record_string (referral, "agency_to") == NULL && kith_record_string (referral, "queue") == NULL))
    return FALSE;
  if (g_str_equal (phase, "voided"))
    return kith_record_int (referral, "turn") > 0;

  return !g_strv_contains (unsent_phases, phase);
}

gboolean
kith_access_referral_basis (KithRecord *referral)
{
  return kith_record_bool (referral, "accepted") && !kith_record_bool (referral, "revoked") &&
         !kith_record_is (referral, "phase", "voided") && kith_record_string (referral, "agency_to") != NULL;
}

static void
add_receiver (GPtrArray *receivers, char *brief, char *detail, char *assignee_atom)
{
  Receiver *receiver = g_new0 (Receiver, 1);

  receiver->brief = brief;
  receiver->detail = detail;
  receiver->assignee_atom = assignee_atom != NULL ? assignee_atom : g_strdup ("");
  g_ptr_array_add (receivers, receiver);
}

/* Staff of the receiving agency (U13, U14). Membership in service:S goes by person and agency, so a service that changes its agency
 * later carries nobody along. */
static GPtrArray *
list_staff_receivers (const Sent *sent)
{
  GPtrArray *receivers = g_ptr_array_new_with_free_func ((GDestroyNotify) receiver_free);
  const char *service = kith_record_string (sent->record, "service");
  const char *assignee = kith_record_string (sent->record, "assignee");
  char *line, *received;

  if (sent->agency_to == NULL)
    return receivers;
  line = service != NULL ? g_strconcat ("service:", service, ":", sent->agency_to, NULL)
                               : g_strconcat ("managers:", sent->agency_to, NULL);
  received = g_strconcat ("received:", sent->agency_to, NULL);
  add_receiver (receivers, line, g_strdup (line), NULL);
  add_receiver (receivers, received, g_strdup (received), NULL);
  if (assignee != NULL)
    {
      char *user = g_strconcat ("user:", assignee, NULL);

      add_receiver (receivers, user, g_strdup (user), g_strconcat ("assignee:", assignee, NULL));
    }

  return receivers;
}

/* Portal users of the directory records it went to, as the directory stood at sending (P13, P14); more than the eight fields only with P11. */
static void
add_portal_receivers (GPtrArray *receivers, const Sent *sent)
{
  JsonArray *resources = kith_record_array (sent->record, "resources");

  for (guint i = 0; resources != NULL && i < json_array_get_length (resources); i++)
    {
      const char *resource = json_array_get_string_element (resources, i);

      if (resource != NULL)
        add_receiver (receivers, g_strconcat ("resource:", resource, NULL), g_strconcat ("resource_detail:", resource, NULL), NULL);
    }
}

static void
add_cover (GArray *covers, const char *atom, gboolean basic, gboolean health, gint64 until)
{
  Cover cover = { atom, basic, health, until };

  g_array_append_val (covers, cover);
}

/* A release is for whom it was written: 2-1-1 too where it says so, or where nobody else was to have it (C5, C15). */
static gboolean
release_names (const Sent *sent, const char *taker)
{
  return !g_str_equal (taker, "network") || sent->agency_to == NULL || (sent->detail != NULL && kith_record_bool (sent->detail, "release_network"));
}

/* One that cannot be read is none. */
static gint64
release_end (KithRecord *detail)
{
  const char *text = kith_record_string (detail, "release_until");
  gint64 until = G_MAXINT64;

  return text == NULL || kith_time_parse (text, &until) ? until : 0;
}

/* Consents in force, a release (C5), or none needed inside one agency. A revocation that names the referral ends them all. */
static GArray *
list_covers (KithAccessFacts *facts, const Sent *sent, const char *taker)
{
  GArray *covers = g_array_new (FALSE, FALSE, sizeof (Cover));

  if (kith_record_bool (sent->record, "revoked"))
    return covers;

  for (guint i = 0; facts->consents != NULL && i < facts->consents->len; i++)
    {
      const KithConsentFact *consent = g_ptr_array_index (facts->consents, i);

      add_cover (covers, consent->atom,
                 kith_access_consent_covers (consent->record, "client", sent->agency, taker),
                 kith_access_consent_covers (consent->record, "client_health", sent->agency, taker),
                 consent->until);
    }

  if (sent->detail != NULL && release_names (sent, taker))
    add_cover (covers, "release", kith_record_list_has (sent->detail, "release_classes", "client"),
               kith_record_list_has (sent->detail, "release_classes", "client_health"), release_end (sent->detail));

  if (g_str_equal (sent->agency, taker))
    add_cover (covers, "internal", TRUE, TRUE, G_MAXINT64);

  return covers;
}

/* The eight fields and, to all but portal accounts without P11, the course: for the same reasons and as long. */
static void
open_brief (KithAccessFacts *facts, const Sent *sent, const Receiver *to, const char *turn, const char *cover, gint64 until)
{
  kith_access_open (facts, sent->brief_scope, to->brief, until, turn, cover, to->assignee_atom, NULL);
  kith_access_open (facts, sent->course_scope, to->detail, until, turn, cover, to->assignee_atom, NULL);
}

static void
open_received (KithAccessFacts *facts, const Sent *sent, const Receiver *to, const char *turn, gboolean accepted, GArray *covers)
{
  /* What was accepted stays known to who accepted it, whatever becomes of the consent (C4). */
  if (accepted)
    open_brief (facts, sent, to, turn, "accepted", G_MAXINT64);

  for (guint i = 0; i < covers->len; i++)
    {
      const Cover *cover = &g_array_index (covers, Cover, i);

      if (cover->basic)
        open_brief (facts, sent, to, turn, cover->atom, cover->until);
      if (cover->basic && sent->live)
        kith_access_open (facts, sent->detail_scope, to->detail, cover->until, turn, cover->atom, to->assignee_atom, "live",
                          NULL);
      if (cover->health && sent->live)
        kith_access_open (facts, sent->health_scope, to->detail, cover->until, turn, cover->atom, to->assignee_atom, "live",
                          NULL);
    }
}

/* The sender's people: who works with the client there, and the author, for good. */
static void
open_sender (KithAccessFacts *facts, const Sent *sent)
{
  const char *author = kith_record_string (sent->record, "author");
  g_autofree char *user = author != NULL ? g_strconcat ("user:", author, NULL) : NULL;
  g_autofree char *own = g_strconcat ("referral_own:", sent->id, ":", sent->agency, NULL);
  const char *scopes[] = { sent->brief_scope, sent->course_scope, sent->detail_scope, own, sent->health_scope };

  for (guint i = 0; i < G_N_ELEMENTS (scopes); i++)
    {
      if (g_str_equal (sent->agency, "network"))
        kith_access_open (facts, scopes[i], "network", G_MAXINT64, "own", NULL);
      else
        kith_access_open_caseload (facts, scopes[i], sent->agency, G_MAXINT64, "own", NULL);
      if (user != NULL)
        kith_access_open (facts, scopes[i], user, G_MAXINT64, "author", NULL);
    }
}

/* The receiver's own words on it stay its own, also when it was voided or the consent ended. */
static void
open_own_words (KithAccessFacts *facts, const Sent *sent, GPtrArray *receivers)
{
  g_autofree char *own = NULL;

  if (sent->agency_to == NULL)
    return;
  own = g_strconcat ("referral_own:", sent->id, ":", sent->agency_to, NULL);

  for (guint i = 0; i < receivers->len; i++)
    {
      const Receiver *to = g_ptr_array_index (receivers, i);

      kith_access_open (facts, own, to->brief, G_MAXINT64, "side", to->assignee_atom, NULL);
    }
}

/* Who had it before it was sent elsewhere goes on reading its own words, and nothing else of it. */
static gboolean
open_former_words (KithAccessFacts *facts, const Sent *sent, GError **error)
{
  g_autoptr (GPtrArray) all = NULL;

  if (kith_record_int (sent->record, "turn") <= 1)
    return TRUE;
  all = kith_world_find (facts->world, NULL, "referral_own", "referral", sent->id, NULL, error);
  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      const char *agency = kith_record_string (all->pdata[i], "agency");
      JsonArray *was = kith_record_array (all->pdata[i], "was_with");
      g_autofree char *own = g_strconcat ("referral_own:", sent->id, ":", agency, NULL);

      for (guint k = 0; was != NULL && k < json_array_get_length (was); k++)
        {
          const char *entry = json_array_get_string_element (was, k), *service = entry != NULL ? strchr (entry, ':') : NULL;
          g_autofree char *line = NULL, *received = g_strconcat ("received:", agency, NULL);

          if (service == NULL)
            continue;
          line = service[1] != 0 ? g_strconcat ("service", service, ":", agency, NULL) : g_strconcat ("managers:", agency, NULL);
          kith_access_open (facts, own, line, G_MAXINT64, entry, "former", NULL);
          kith_access_open (facts, own, received, G_MAXINT64, entry, "former", NULL);
        }
    }
  return all != NULL;
}

/* What went to a queue is 2-1-1's to see, also when it is with an agency, which cannot take that from 2-1-1, where the client's consent
 * or a release names the network. */
static void
open_queue (KithAccessFacts *facts, const Sent *sent)
{
  g_autoptr (GArray) covers = NULL;
  Receiver network = { (char *) "network", (char *) "network", (char *) "" };

  if (kith_record_string (sent->record, "queue") == NULL && !kith_record_bool (sent->record, "to_queue"))
    return;
  covers = list_covers (facts, sent, "network");
  open_received (facts, sent, &network, "queue", FALSE, covers);
}

static void
sent_clear (Sent *self)
{
  g_clear_object (&self->detail);
  g_free (self->turn);
  g_free (self->brief_scope);
  g_free (self->course_scope);
  g_free (self->detail_scope);
  g_free (self->health_scope);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sent, sent_clear)

static void
sent_init (Sent *self, KithRecord *referral)
{
  const char *id = kith_record_get_id (referral);
  const char *phase = kith_record_string (referral, "phase");

  self->record = referral;
  self->id = id;
  self->agency = kith_record_string (referral, "agency");
  self->agency_to = kith_record_string (referral, "agency_to");
  self->turn = g_strdup_printf ("to:%" G_GINT64_FORMAT, kith_record_int (referral, "turn"));
  self->brief_scope = g_strconcat ("referral:", id, NULL);
  self->course_scope = g_strconcat ("referral_course:", id, NULL);
  self->detail_scope = g_strconcat ("referral_detail:", id, NULL);
  self->health_scope = g_strconcat ("referral_health:", id, NULL);
  self->accepted = kith_record_bool (referral, "accepted");
  self->live = phase != NULL && g_strv_contains (live_phases, phase);
}

static gboolean
read_detail (KithAccessFacts *facts, Sent *sent, GError **error)
{
  g_autoptr (GPtrArray) details = kith_world_find (facts->world, NULL, "referral_detail", "referral", sent->id, NULL, error);

  if (details != NULL && details->len > 0)
    sent->detail = g_object_ref (details->pdata[0]);
  return details != NULL;
}

/* The eight fields, the course and the detail, for the receiver, its portal users and, of a queue, the network. Takes the portal into receivers. */
static gboolean
open_to_receivers (KithAccessFacts *facts, Sent *sent, GPtrArray *receivers, GError **error)
{
  g_autoptr (GArray) covers = NULL;

  if (!kith_record_bool (sent->record, "revoked") && !read_detail (facts, sent, error))
    return FALSE;
  if (sent->agency_to != NULL)
    {
      add_portal_receivers (receivers, sent);
      covers = list_covers (facts, sent, sent->agency_to);
      for (guint i = 0; i < receivers->len; i++)
        open_received (facts, sent, g_ptr_array_index (receivers, i), sent->turn, sent->accepted, covers);
    }
  open_queue (facts, sent);
  return TRUE;
}

/* Every scope of one referral; facts hold its client's consents, assignments and bases, if it has a client. */
gboolean
kith_access_referral_grants (KithAccessFacts *facts, KithRecord *referral, GError **error)
{
  g_autoptr (GPtrArray) receivers = NULL;
  g_auto (Sent) sent = { 0 };

  sent_init (&sent, referral);
  if (sent.agency == NULL)
    return TRUE;
  open_sender (facts, &sent);
  if (!kith_access_referral_sent (referral))
    return TRUE;

  receivers = list_staff_receivers (&sent);
  open_own_words (facts, &sent, receivers);
  if (!open_former_words (facts, &sent, error))
    return FALSE;
  if (kith_record_is (referral, "phase", "voided"))
    return TRUE;
  if (!open_to_receivers (facts, &sent, receivers, error))
    return FALSE;

  /* The history of care (D12): agencies that know the client see that it was referred, by consent for class care. */
  if (facts->client != NULL)
    {
      kith_access_open_consented (facts, sent.brief_scope, "care", sent.agency, "history");
      kith_access_open_consented (facts, sent.course_scope, "care", sent.agency, "history");
    }
  return TRUE;
}

gboolean
kith_access_received_grants (KithAccessFacts *facts, KithRecord *referral, GError **error)
{
  const char *client = kith_record_string (referral, "client");
  g_autoptr (GPtrArray) receivers = NULL;
  g_autoptr (GError) local = NULL;
  g_autoptr (KithRecord) record = client != NULL ? kith_world_get (facts->world, "client", client, &local) : NULL;
  g_auto (Sent) sent = { 0 };

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  sent_init (&sent, referral);
  if ((client != NULL && record == NULL) || sent.agency == NULL || !kith_access_referral_sent (referral) ||
      kith_record_is (referral, "phase", "voided"))
    return TRUE;
  if (client != NULL && !kith_access_read_consents (facts, client, error))
    return FALSE;
  receivers = list_staff_receivers (&sent);
  return open_to_receivers (facts, &sent, receivers, error);
}
