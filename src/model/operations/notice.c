/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Notices: a line in somebody's list that says which referral moved. They carry its number and nothing about the client
 * (C17). */

#include "kith-access.h"
#include "kith-referral-rules.h"
#include "operations/op-common.h"

/* ---- the hub's derive ---- */

#define ANSWERERS (KITH_NOTIFY_RECEIVER | KITH_NOTIFY_AT_WORK | KITH_NOTIFY_MANAGERS | KITH_NOTIFY_CHIEFS)

typedef struct
{
  KithOpContext *cx;
  KithRecord *referral, *client; /* one of them */
  const char *number; /* of the referral */
  const char *type;
  GHashTable *told; /* staff ids, each once */
} Telling;

gboolean
kith_op_number_for (KithOpContext *cx, KithRecord *client, const char *staff, const char **number, GError **error)
{
  g_autofree char *scope = client != NULL ? kith_record_scope (client) : NULL;
  g_autoptr (KithRecord) person = NULL;
  gboolean may;

  *number = NULL;
  if (client == NULL)
    return TRUE;
  if (!kith_op_get (cx, "staff", staff, &person, error))
    return FALSE;
  may = person != NULL && kith_record_is (client, "agency", kith_record_string (person, "agency"));
  if (!may && !kith_op_is_seen_by (cx, staff, scope, &may, error))
    return FALSE;
  *number = may ? kith_record_string (client, "number") : NULL;
  return TRUE;
}

static gboolean
tell (Telling *self, const char *staff, GError **error)
{
  const char *number = self->number;
  const char *client = self->client != NULL ? kith_record_get_id (self->client) : NULL, *about = self->referral != NULL ? kith_record_get_id (self->referral) : client;
  g_autofree char *key = NULL;
  g_autofree char *id = NULL;
  g_autofree char *time = NULL;
  g_autoptr (KithRecord) notice = NULL;

  if (g_strcmp0 (staff, self->cx->actor->user) == 0 || !g_hash_table_add (self->told, g_strdup (staff)))
    return TRUE;
  if (client != NULL && !kith_op_number_for (self->cx, self->client, staff, &number, error))
    return FALSE;
  /* One act may tell a person of several records, or two things of one. */
  key = g_strjoin (":", staff, self->type, about, NULL);
  id = kith_op_derive_id (self->cx, "notice", key);
  time = kith_op_time (self->cx);
  notice = kith_op_new ("notice", id);
  kith_record_set_string (notice, "staff", staff);
  kith_record_set_string (notice, "type", self->type);
  kith_record_set_string (notice, "referral", self->referral != NULL ? kith_record_get_id (self->referral) : NULL);
  kith_record_set_string (notice, "client", client);
  kith_record_set_string (notice, "number", number);
  kith_record_set_string (notice, "at", time);
  kith_record_set_bool (notice, "read", FALSE);
  return kith_world_put (self->cx->world, notice, error);
}

gboolean
kith_op_works (KithRecord *staff)
{
  return kith_record_is (staff, "level", "standard") && kith_record_bool (staff, "active") &&
         kith_record_bool (staff, "trained");
}

/* Somebody is always on leave. at_work: out: was anybody told who is not. */
static gboolean
tell_managers (Telling *self, const char *agency, gboolean away_too, gboolean *at_work, GError **error)
{
  g_autofree char *scope = g_strconcat ("agency:", agency, NULL);
  g_autofree char *day = kith_referral_day (self->cx->world, agency, MAX (self->cx->time_ms, self->cx->now_ms), error);
  g_autoptr (GPtrArray) all = day != NULL ? kith_world_find (self->cx->world, scope, "staff", NULL, NULL, NULL, error) : NULL;

  *at_work = FALSE;
  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      KithRecord *staff = g_ptr_array_index (all, i);
      gboolean concerned = FALSE, away = kith_referral_is_away (staff, day);

      if (!kith_op_works (staff) || (away && !away_too))
        continue;
      if (!kith_op_manages (self->cx, staff, kith_record_string (self->referral, "service"), &concerned, error))
        return FALSE;
      if (concerned && !tell (self, kith_record_get_id (staff), error))
        return FALSE;
      *at_work |= concerned && !away;
    }
  return all != NULL;
}

static gboolean
tell_agency (Telling *self, const char *agency, gboolean managers, GError **error)
{
  g_autofree char *scope = g_strconcat ("agency:", agency, NULL);
  g_autoptr (GPtrArray) all = kith_world_find (self->cx->world, scope, "staff", NULL, NULL, NULL, error);

  if (all == NULL)
    return FALSE;
  for (guint i = 0; i < all->len; i++)
    {
      KithRecord *staff = g_ptr_array_index (all, i);
      gboolean concerned = kith_record_list_has (staff, "duties", "supervisor");

      if (!kith_op_works (staff))
        continue;
      if (!concerned && managers &&
          !kith_op_manages (self->cx, staff, kith_record_string (self->referral, "service"), &concerned, error))
        return FALSE;
      if (concerned && !tell (self, kith_record_get_id (staff), error))
        return FALSE;
    }
  return TRUE;
}

/* 2-1-1's own staff, where a referral went to a queue alone (D2). */
static gboolean
tell_network (Telling *self, GError **error)
{
  g_autoptr (GPtrArray) all = kith_world_find (self->cx->world, "network", "staff", NULL, NULL, NULL, error);

  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      KithRecord *staff = g_ptr_array_index (all, i);

      if (kith_record_is (staff, "level", "network") && kith_record_bool (staff, "active") && !tell (self, kith_record_get_id (staff), error))
        return FALSE;
    }
  return all != NULL;
}

/* away: (out) (nullable): was told, and is on leave today */
static gboolean
tell_person (Telling *self, const char *staff, gboolean *told, gboolean *away, GError **error)
{
  g_autofree char *day = NULL;
  g_autoptr (KithRecord) person = NULL;

  *told = FALSE;
  if (!kith_op_get (self->cx, "staff", staff, &person, error))
    return FALSE;
  if (person == NULL || !kith_op_works (person))
    return TRUE;
  *told = TRUE;
  if (away != NULL)
    {
      day = kith_referral_day (self->cx->world, kith_record_string (person, "agency"), MAX (self->cx->time_ms, self->cx->now_ms), error);
      if (day == NULL)
        return FALSE;
      *away = kith_referral_is_away (person, day);
    }
  return tell (self, staff, error);
}

/* What asks the sender to do something, where the rest is news that can wait for who is on leave. */
static const char *const asks_sender[] = { "declined", "expired", "unanswered", "consent_revoked", NULL };

/* Whose it is there, and who stands in. */
static gboolean
tell_owners (Telling *self, const char *agency, GError **error)
{
  g_autoptr (GPtrArray) owners = kith_op_referral_owners (self->cx, self->referral, error);
  gboolean at_work = FALSE, reached, away = FALSE;

  if (owners == NULL)
    return FALSE;
  for (guint i = 0; i < owners->len; i++)
    {
      if (!tell_person (self, owners->pdata[i], &reached, &away, error))
        return FALSE;
      at_work |= reached && !away;
    }
  if (at_work || (owners->len > 0 && !g_strv_contains (asks_sender, self->type)))
    return TRUE;
  return agency == NULL || tell_agency (self, agency, FALSE, error);
}

/* What 2-1-1 sent itself: whoever took the call; when gone, the others. */
static gboolean
tell_call_taker (Telling *self, const char *author, GError **error)
{
  g_autoptr (KithRecord) person = NULL;

  if (!kith_op_get (self->cx, "staff", author, &person, error))
    return FALSE;
  if (person != NULL && kith_record_is (person, "level", "network") && kith_record_bool (person, "active"))
    return tell (self, author, error);
  return tell_network (self, error);
}

/* P16: the number a portal account finds among its eight fields. */
static const char *
number_of_contact (KithRecord *referral)
{
  return kith_record_string (referral, kith_record_string (referral, "contact_number") != NULL ? "contact_number" : "number");
}

/* P13: the portal accounts of where it went, also those that may only look: they read it and write notes (P20). They are few, in a network of
 * thousands. */
static gboolean
tell_portal (Telling *self, GError **error)
{
  JsonArray *resources = kith_record_array (self->referral, "resources");
  g_autoptr (GPtrArray) all = NULL;
  Telling of_contact = *self;

  if (resources == NULL || json_array_get_length (resources) == 0)
    return TRUE;
  of_contact.number = number_of_contact (self->referral);
  all = kith_world_find (self->cx->world, NULL, "staff", "level", "portal", NULL, error);
  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      KithRecord *staff = g_ptr_array_index (all, i);
      gboolean follows = FALSE;

      for (guint j = 0; j < json_array_get_length (resources) && !follows; j++)
        follows = kith_record_list_has (staff, "resources", json_array_get_string_element (resources, j));
      if (follows && kith_record_bool (staff, "active") && !tell (&of_contact, kith_record_get_id (staff), error))
        return FALSE;
    }
  return all != NULL;
}

/* What colleagues of one agency settle among themselves: nobody reaches out by it, and untold it would wait until it expires. */
static const char *const among_colleagues[] = { "decline_proposed", "decline_waits", "decline_sent_back", NULL };

gboolean
kith_op_notify (KithOpContext *cx, KithRecord *referral, const char *type, KithNotify whom, GError **error)
{
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Telling telling = { .cx = cx, .referral = referral, .number = kith_record_string (referral, "number"), .type = type, .told = told };
  const char *agency = kith_record_string (referral, "agency");
  const char *agency_to = kith_record_string (referral, "agency_to");
  gboolean reached, silent, away = FALSE;

  if (!kith_op_is_silent (cx, referral, &silent, error))
    return FALSE;
  if (silent && !g_strv_contains (among_colleagues, type))
    return TRUE;
  if (!kith_access_referral_sent (referral)) /* 2e, D3: it is nobody else's, whatever happens to it */
    whom &= KITH_NOTIFY_SENDER;
  if ((whom & KITH_NOTIFY_SENDER) != 0 && g_strcmp0 (agency, "network") == 0)
    {
      if (!tell_call_taker (&telling, kith_record_string (referral, "author"), error))
        return FALSE;
    }
  else if ((whom & KITH_NOTIFY_SENDER) != 0 && !tell_owners (&telling, agency, error))
    return FALSE;
  if ((whom & KITH_NOTIFY_ASSIGNEE) != 0)
    {
      if (!tell_person (&telling, kith_record_string (referral, "assignee"), &reached, &away, error))
        return FALSE;
      if (!reached)
        whom |= KITH_NOTIFY_RECEIVER;
    }
  if (agency_to == NULL)
    return (whom & ANSWERERS) == 0 || kith_referral_answerer (referral) == NULL || tell_network (&telling, error);
  if ((whom & (KITH_NOTIFY_AT_WORK | KITH_NOTIFY_MANAGERS)) != 0)
    {
      if (!tell_managers (&telling, agency_to, (whom & KITH_NOTIFY_MANAGERS) != 0, &reached, error))
        return FALSE;
      if (!reached)
        whom |= KITH_NOTIFY_CHIEFS;
    }
  if (away && !g_str_equal (type, "assigned")) /* who assigned it knows */
    {
      if (!tell_managers (&telling, agency_to, FALSE, &reached, error))
        return FALSE;
      if (!reached)
        whom |= KITH_NOTIFY_CHIEFS;
    }
  if ((whom & KITH_NOTIFY_CHIEFS) != 0 && !tell_agency (&telling, agency_to, FALSE, error))
    return FALSE;
  if ((whom & KITH_NOTIFY_RECEIVER) != 0 && !tell_agency (&telling, agency_to, TRUE, error))
    return FALSE;
  return (whom & (KITH_NOTIFY_RECEIVER | KITH_NOTIFY_AT_WORK | KITH_NOTIFY_MANAGERS | KITH_NOTIFY_PORTAL)) == 0 || tell_portal (&telling, error);
}

gboolean
kith_op_notify_client (KithOpContext *cx, const char *client_id, const char *agency, const char *type, GError **error)
{
  g_autofree char *scope = g_strconcat ("care:", client_id, ":", agency, NULL);
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (KithRecord) client = NULL;
  g_autoptr (GPtrArray) assignments = NULL;
  Telling telling = { .cx = cx, .type = type, .told = told };
  gboolean any = FALSE, reached, silent;

  if (!kith_op_get (cx, "client", client_id, &client, error) || (client != NULL && !kith_op_is_client_silent (cx, client_id, &silent, error)))
    return FALSE;
  if (client == NULL || silent)
    return TRUE;
  telling.client = client;
  assignments = kith_world_find (cx->world, scope, "assignment", "client", client_id, NULL, error);
  if (assignments == NULL)
    return FALSE;
  for (guint i = 0; i < assignments->len; i++)
    {
      if (!tell_person (&telling, kith_record_string (g_ptr_array_index (assignments, i), "staff"), &reached, NULL, error))
        return FALSE;
      any |= reached;
    }
  return any || tell_agency (&telling, agency, FALSE, error);
}

/* The own agency's work is told of whatever the client wishes for themselves (C16): nobody reaches out by it. */
static gboolean
put_own_notice (KithOpContext *cx, const char *of, const char *staff, const char *type, const char *client, const char *case_id,
                const char *number, GError **error)
{
  g_autofree char *id = kith_id_derive (of, "notice", staff);
  g_autofree char *time = kith_op_time (cx);
  g_autoptr (KithRecord) person = NULL;
  g_autoptr (KithRecord) notice = NULL;

  if (!kith_op_get (cx, "staff", staff, &person, error) || !kith_op_get (cx, "notice", id, &notice, error))
    return FALSE;
  if (person == NULL || !kith_op_works (person) || notice != NULL)
    return TRUE;
  notice = kith_op_new ("notice", id);
  kith_record_set_string (notice, "staff", staff);
  kith_record_set_string (notice, "type", type);
  kith_record_set_string (notice, "client", client);
  kith_record_set_string (notice, "case", case_id);
  kith_record_set_string (notice, "number", number);
  kith_record_set_string (notice, "at", time);
  kith_record_set_bool (notice, "read", FALSE);
  return kith_world_put (cx->world, notice, error);
}

gboolean
kith_op_notify_work (KithOpContext *cx, const char *of, const char *staff, const char *type, const char *client, const char *case_id,
                     const char *number, GError **error)
{
  return g_strcmp0 (staff, cx->actor->user) == 0 || put_own_notice (cx, of, staff, type, client, case_id, number, error);
}

gboolean
kith_op_notify_deciders (KithOpContext *cx, KithRecord *request, const char *type, GError **error)
{
  g_autofree char *scope = g_strconcat ("agency:", kith_record_string (request, "agency"), NULL);
  g_autoptr (GPtrArray) all = kith_world_find (cx->world, scope, "staff", NULL, NULL, NULL, error);

  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      KithRecord *staff = g_ptr_array_index (all, i);

      if ((kith_record_list_has (staff, "duties", "supervisor") || kith_record_list_has (staff, "duties", "privacy_officer")) &&
          !kith_op_notify_work (cx, cx->op_id, kith_record_get_id (staff), type, kith_record_string (request, "client"), NULL,
                                kith_record_string (request, "number"), error))
        return FALSE;
    }
  return all != NULL;
}

gboolean
kith_op_notify_author (KithOpContext *cx, const char *client_id, const char *type, GError **error)
{
  return kith_op_notify_author_of (cx, cx->op_id, client_id, type, error);
}

gboolean
kith_op_notify_author_of (KithOpContext *cx, const char *of, const char *client_id, const char *type, GError **error)
{
  g_autofree char *scope = client_id != NULL ? g_strconcat ("client:", client_id, NULL) : NULL;
  g_autoptr (KithRecord) client = NULL;

  /* Who has nothing but the own agency's record of care learns no number of another's record (C1). */
  if (scope != NULL && kith_world_sees (cx->world, cx->actor, scope) == KITH_SEES_NOW && !kith_op_get (cx, "client", client_id, &client, error))
    return FALSE;
  return put_own_notice (cx, of, cx->actor->user, type, client_id, NULL, client != NULL ? kith_record_string (client, "number") : NULL,
                         error);
}

/* No word to the client follows from it, so it is said whatever the client wishes (C16). */
gboolean
kith_op_notify_actor (KithOpContext *cx, KithRecord *referral, const char *type, gboolean read, GError **error)
{
  g_autofree char *id = NULL;
  g_autofree char *key = NULL;
  g_autofree char *time = kith_op_time (cx);
  g_autoptr (KithRecord) notice = NULL;

  if (cx->actor->level == KITH_LEVEL_HUB)
    return TRUE;
  key = g_strjoin (":", cx->actor->user, type, kith_record_get_id (referral), NULL);
  id = kith_op_derive_id (cx, "notice", key);
  notice = kith_op_new ("notice", id);
  kith_record_set_string (notice, "staff", cx->actor->user);
  kith_record_set_string (notice, "type", type);
  kith_record_set_string (notice, "referral", kith_record_get_id (referral));
  kith_record_set_string (notice, "number", cx->actor->level == KITH_LEVEL_PORTAL ? number_of_contact (referral) : kith_record_string (referral, "number"));
  kith_record_set_string (notice, "at", time);
  kith_record_set_bool (notice, "read", read);
  return kith_world_put (cx->world, notice, error);
}

/* ---- notice.read ---- */

static gboolean
read_permit (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) notice = NULL;

  if (!kith_op_need (cx, "notice", kith_json_string (args, "notice"), &notice, error))
    return FALSE;
  if (notice != NULL && !kith_record_is (notice, "staff", cx->actor->user))
    return kith_op_not_found (error);
  return TRUE;
}

static gboolean
read_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) notice = NULL;

  if (!kith_op_need (cx, "notice", kith_json_string (args, "notice"), &notice, error))
    return FALSE;
  if (notice == NULL)
    return TRUE;
  if (kith_record_bool (notice, "read"))
    {
      kith_op_noop (cx);
      return TRUE;
    }
  kith_record_set_bool (notice, "read", TRUE);
  return kith_world_put (cx->world, notice, error);
}

static const KithField read_args[] = {
  { "notice", KITH_FIELD_REF, N_("Notice"), KITH_FIELD_REQUIRED, .target = "notice" },
};

const KithOperation kith_operations_notice[] = {
  { "notice.read", N_("Mark notice as read"), KITH_RUNS_DESK, 0, read_args, G_N_ELEMENTS (read_args), read_permit,
    read_apply },
  { NULL },
};
