/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a consent reaches, against the others of the same client: receivers named as a group, and which consent replaces which. */

#include "kith-access.h"
#include "operations/op-common.h"

#define DAY_MS (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)
#define MOST_RECEIVERS 500
#define MOST_IN_FORCE 50 /* of one client: nobody reads more, and all are gone through whenever access is worked out */

/* ---- receivers named as a group ---- */

static void
add_receiver (GHashTable *set, const char *agency)
{
  if (agency != NULL)
    g_hash_table_add (set, g_strdup (agency));
}

/* Agencies with an active service that takes direct referrals (D4), as the directory stands now. */
static gboolean
add_direct (KithOpContext *cx, GHashTable *set, GError **error)
{
  g_autoptr (GPtrArray) services = kith_world_find (cx->world, "dir", "service", "direct", "1", NULL, error);

  for (guint i = 0; services != NULL && i < services->len; i++)
    if (kith_record_is (g_ptr_array_index (services, i), "status", "active"))
      add_receiver (set, kith_record_string (g_ptr_array_index (services, i), "organization_id"));
  return services != NULL;
}

static gboolean
knows_of (KithOpContext *cx, KithRecord *referral)
{
  g_autofree char *scope = kith_record_scope (referral);

  return cx->actor->level == KITH_LEVEL_HUB || kith_world_sees (cx->world, cx->actor, scope) == KITH_SEES_NOW;
}

/* Those that whoever asked the client knows of: what others sent could not be named to the client (C3), and the consent, which every receiver
 * reads, would tell of it (C1). */
static gboolean
add_referred (KithOpContext *cx, const char *client, GHashTable *set, GError **error)
{
  g_autoptr (GPtrArray) referrals = kith_world_find (cx->world, NULL, "referral", "client", client, NULL, error);

  for (guint i = 0; referrals != NULL && i < referrals->len; i++)
    {
      KithRecord *referral = g_ptr_array_index (referrals, i);

      if (kith_access_referral_sent (referral) && knows_of (cx, referral))
        add_receiver (set, kith_record_string (referral, "agency_to"));
    }
  return referrals != NULL;
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

static void
write_receivers (KithRecord *consent, GHashTable *set)
{
  g_autoptr (GList) agencies = g_list_sort (g_hash_table_get_keys (set), compare_texts);
  JsonArray *array = json_array_new ();

  for (GList *l = agencies; l != NULL; l = l->next)
    json_array_add_string_element (array, l->data);
  kith_record_set_node (consent, "receivers", json_node_init_array (json_node_alloc (), array));
  json_array_unref (array);
}

/* A group becomes the agencies it means at this moment: who joins the network later was not agreed to (C3). */
gboolean
kith_op_name_receivers (KithOpContext *cx, KithRecord *consent, GError **error)
{
  g_autoptr (GHashTable) set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  JsonArray *named = kith_record_array (consent, "receivers");

  if (kith_record_array (consent, "receiver_classes") == NULL)
    return TRUE;
  for (guint i = 0; named != NULL && i < json_array_get_length (named); i++)
    add_receiver (set, json_array_get_string_element (named, i));
  if ((kith_record_list_has (consent, "receiver_classes", "direct") && !add_direct (cx, set, error)) ||
      (kith_record_list_has (consent, "receiver_classes", "referred") &&
       !add_referred (cx, kith_record_string (consent, "client"), set, error)))
    return FALSE;
  /* A desk may not know them all. */
  if (g_hash_table_size (set) == 0 && cx->hub)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("Nobody belongs to that group now. Choose the agencies by name."));
  if (g_hash_table_size (set) > MOST_RECEIVERS)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("These are too many agencies for one consent. Choose them by name."));
  write_receivers (consent, set);
  return TRUE;
}

/* ---- which replaces which ---- */

static gboolean
within (KithRecord *inner, KithRecord *outer, const char *field)
{
  JsonArray *list = kith_record_array (inner, field);

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    if (!kith_record_list_has (outer, field, json_array_get_string_element (list, i)))
      return FALSE;
  return TRUE;
}

/* Does outer open all that inner opens? What either is for is only written down: nobody sees more or less by it, so it keeps no older one in force either. */
static gboolean
covers (KithRecord *outer, KithRecord *inner)
{
  gboolean any_discloser = kith_record_array (outer, "disclosers") == NULL;

  return within (inner, outer, "classes") && within (inner, outer, "receivers") &&
         (any_discloser || (kith_record_array (inner, "disclosers") != NULL && within (inner, outer, "disclosers")));
}

static void
mark_superseded (KithRecord *older, KithRecord *newer)
{
  kith_record_set_string (older, "status", "superseded");
  kith_record_set_string (older, "superseded_at", kith_record_string (newer, "start"));
  kith_record_set_string (older, "superseded_by", kith_record_get_id (newer));
}

/* As the other was taken back: by the same act. */
static void
mark_revoked (KithRecord *consent, KithRecord *as)
{
  static const struct { const char *own, *of_client; } fields[] = {
    { "revoked_at", "consents_revoked_at" },         { "revoked_by", "consents_revoked_by" },         { "revoked_by_name", "consents_revoked_by_name" },
    { "revoked_agency", "consents_revoked_agency" },
  };
  gboolean of_client = g_str_equal (kith_record_get_kind (as)->name, "client");

  kith_record_set_string (consent, "status", "revoked");
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    kith_record_set_string (consent, fields[i].own, kith_record_string (as, of_client ? fields[i].of_client : fields[i].own));
}

/* When it was given: on the day of the paper, which may be recorded long afterwards, else when it was recorded. */
static const char *
given (KithRecord *consent)
{
  const char *at = kith_record_string (consent, "given_at");

  return at != NULL ? at : kith_record_string (consent, "start");
}

/* Written down, or signed on paper, before the client took everything back, and sent later: whether or not anything was in force then (C4). */
static gboolean
check_taken_back (KithOpContext *cx, KithRecord *consent, GError **error)
{
  g_autoptr (KithRecord) client = NULL;
  const char *at;

  if (!kith_op_get (cx, "client", kith_record_string (consent, "client"), &client, error))
    return FALSE;
  at = client != NULL ? kith_record_string (client, "consents_revoked_at") : NULL;
  if (at != NULL && strcmp (at, given (consent)) > 0)
    mark_revoked (consent, client);
  return TRUE;
}

/* Of a paper only the day is known: on that day it comes after whatever its author says that it replaces. */
static gboolean
is_earlier (KithRecord *other, KithRecord *consent, gboolean named)
{
  gint64 other_ms, begin_ms;

  if (g_strcmp0 (given (other), given (consent)) <= 0)
    return TRUE;
  return named && kith_time_parse (kith_record_string (consent, "given_at"), &begin_ms) && kith_time_parse (given (other), &other_ms) && other_ms - begin_ms < DAY_MS;
}

/* One of the client's other consents against the new one, in the order in which they were given, not in which they arrived. */
static gboolean
weigh (KithOpContext *cx, KithRecord *consent, KithRecord *other, JsonArray *replaces, GError **error)
{
  const char *revoked_at = kith_record_string (other, "revoked_at");
  gboolean named = kith_json_array_has (replaces, kith_record_get_id (other)), earlier = is_earlier (other, consent, named);

  if (kith_record_is (other, "status", "in_force") && earlier && (named || covers (consent, other)))
    {
      mark_superseded (other, consent);
      return kith_world_put (cx->world, other, error);
    }
  if (!kith_record_is (consent, "status", "in_force") || !covers (other, consent))
    return TRUE;
  /* Whatever became of the newer one: what it had taken the place of does not begin again. */
  if (!earlier && !kith_record_is (other, "status", "revoked"))
    mark_superseded (consent, other);
  /* Written down before the client took it back, and sent later: it is taken back as well (C4). */
  if (revoked_at != NULL && strcmp (revoked_at, given (consent)) > 0)
    mark_revoked (consent, other);
  return TRUE;
}

/* Only one that would be in force takes a place. */
static gboolean
check_room (KithRecord *consent, GPtrArray *others, GError **error)
{
  guint n = 0;

  if (!kith_record_is (consent, "status", "in_force"))
    return TRUE;
  for (guint i = 0; i < others->len; i++)
    n += kith_record_is (g_ptr_array_index (others, i), "status", "in_force");
  return n < MOST_IN_FORCE ||
         kith_refuse (error, KITH_REFUSAL_INVALID, _("There are %u consents of this client in force already, so this one was not recorded. End one of those first."), n);
}

/* A newer consent takes the place of those whose whole scope it has, and of those it names. */
gboolean
kith_op_supersede (KithOpContext *cx, KithRecord *consent, JsonArray *replaces, GError **error)
{
  g_autofree char *scope = g_strconcat ("client:", kith_record_string (consent, "client"), NULL);
  g_autoptr (GPtrArray) others = NULL;

  if (!check_taken_back (cx, consent, error))
    return FALSE;
  if (kith_record_is (consent, "status", "revoked"))
    return TRUE; /* it replaces nothing */
  others = kith_world_find (cx->world, scope, "consent", NULL, NULL, NULL, error);
  for (guint i = 0; others != NULL && i < others->len; i++)
    if (kith_record_is (g_ptr_array_index (others, i), "permission", "granted") &&
        !weigh (cx, consent, g_ptr_array_index (others, i), replaces, error))
      return FALSE;
  return others != NULL && check_room (consent, others, error);
}
