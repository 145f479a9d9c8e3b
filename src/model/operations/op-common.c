/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "operations/op-common.h"

#include "kith-referral-rules.h"

#define HOUR_MS G_GINT64_CONSTANT (3600000)
#define CLOCK_AHEAD_MS HOUR_MS            /* a desk's clock, or what it knows of summer time */
#define FURTHEST_AHEAD_MS (14 * HOUR_MS) /* of UTC */
#define FIRST_DAY "1900-01-01"           /* whatever is said to have been before is a slip */

/* ---- who ---- */

gboolean
kith_op_working (const KithActor *actor)
{
  return actor->level == KITH_LEVEL_STANDARD && actor->active && actor->trained && actor->agency != NULL;
}

gboolean
kith_op_permit_worker (KithOpContext *cx, JsonObject *args, GError **error)
{
  if (kith_op_working (cx->actor))
    return TRUE;
  if (cx->actor->level == KITH_LEVEL_STANDARD && cx->actor->active && !cx->actor->trained)
    return kith_refuse (error, KITH_REFUSAL_DENIED, _("You can start as soon as your training is complete."));
  return kith_refuse (error, KITH_REFUSAL_DENIED,
                      _("Your account does not allow this. Ask your agency’s administrator."));
}

gboolean
kith_op_permit_hub (KithOpContext *cx, JsonObject *args, GError **error)
{
  if (cx->actor->level == KITH_LEVEL_HUB)
    return TRUE;
  return kith_refuse (error, KITH_REFUSAL_DENIED, _("Only the hub itself does this, when the time has come."));
}

gboolean
kith_op_permit_care (KithOpContext *cx, JsonObject *args, GError **error)
{
  if (cx->actor->agency == NULL)
    return kith_op_permit_worker (cx, args, error);
  if (!kith_op_check_care (cx, kith_json_string (args, "client"), error))
    return FALSE;
  return cx->late || kith_op_permit_worker (cx, args, error);
}

/**
 * kith_op_is_network:
 *
 * Returns: whether the actor is the hub itself, or active staff of the network (2-1-1)
 */
gboolean
kith_op_is_network (KithOpContext *cx)
{
  return cx->actor->level == KITH_LEVEL_HUB || (cx->actor->level == KITH_LEVEL_NETWORK && cx->actor->active);
}

gboolean
kith_op_permit_network (KithOpContext *cx, JsonObject *args, GError **error)
{
  if (kith_op_is_network (cx))
    return TRUE;
  return kith_refuse (error, KITH_REFUSAL_DENIED, _("Only network staff can do this. Ask the network’s help desk."));
}

gboolean
kith_op_administers (KithOpContext *cx, const char *agency)
{
  return kith_op_is_network (cx) || (agency != NULL && g_strcmp0 (cx->actor->agency, agency) == 0 &&
                                     kith_actor_has_duty (cx->actor, KITH_DUTY_ADMIN));
}

/* ---- rows ---- */

char *
kith_op_natural_id (const char *kind, ...)
{
  g_autoptr (GString) key = g_string_new (NULL);
  const char *value;
  va_list values;

  va_start (values, kind);
  while ((value = va_arg (values, const char *)) != NULL)
    {
      if (key->len > 0)
        g_string_append_c (key, ':');
      g_string_append (key, value);
    }
  va_end (values);
  return kith_id_natural (kind, key->str);
}

gboolean
kith_op_get (KithOpContext *cx, const char *kind, const char *id, KithRecord **record, GError **error)
{
  g_autoptr (GError) local = NULL;

  *record = id != NULL ? kith_world_get (cx->world, kind, id, &local) : NULL;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * kith_op_new:
 *
 * Returns: (transfer full): an empty record of the kind
 */
KithRecord *
kith_op_new (const char *kind, const char *id)
{
  return kith_record_new (kith_kind_get (kind), id);
}

/* Two desks that begin it make the same record. */
static gboolean
begin_of_client (KithOpContext *cx, const KithKind *kind, const char *id, const char *client_id, KithRecord **record, GError **error)
{
  g_autoptr (KithRecord) client = NULL;

  if (!kith_op_need (cx, "client", client_id, &client, error))
    return FALSE;
  if (client == NULL)
    return TRUE;
  *record = kith_record_new (kind, id);
  kith_record_set_string (*record, "client", client_id);
  kith_record_set_string (*record, "agency", kith_record_string (client, "agency"));
  return TRUE;
}

/* An id that cannot be begun is any id, whoever is named beside it: a care record's or an imported client's can be worked out, and what is there and
 * another's is answered as what is not there (I5). Of one that can be begun, the scope is the same whether it is there or not. */
gboolean
kith_op_need_of_client (KithOpContext *cx, const KithKind *kind, const char *id, const char *client, KithRecord **record, gboolean *begun, GError **error)
{
  g_autofree char *expected = client != NULL && g_strcmp0 (kind->natural_key, "client") == 0 ? kith_id_natural (kind->name, client) : NULL;

  if (g_strcmp0 (expected, id) != 0)
    return kith_op_need (cx, kind->name, id, record, error);
  if (!kith_op_get (cx, kind->name, id, record, error))
    return FALSE;
  if (*record != NULL)
    return TRUE;
  if (!begin_of_client (cx, kind, id, client, record, error))
    return FALSE;
  if (begun != NULL)
    *begun = *record != NULL;
  return TRUE;
}

/* The sentence kith-operation.c has for what is not there: nobody learns which of the two it was. */
gboolean
kith_op_not_found (GError **error)
{
  return kith_refuse (error, KITH_REFUSAL_NOT_FOUND, _("This record was not found. Nothing was changed."));
}

/* An id that follows from something else (an imported client's from agency and number) can be worked out by anybody. It is
 * never a new record's: asking for it would tell whether it is there, and taking it would keep the real one out. Of a record
 * that is there only those are told who may see it; to others it is what any id is that they may not see (design.md 2.4). */
gboolean
kith_op_refuse_taken (KithOpContext *cx, const char *kind, const char *id, GError **error)
{
  g_autoptr (KithRecord) there = NULL;

  if (cx->actor->level != KITH_LEVEL_HUB && kith_id_is_computed (id))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("This id cannot be given to a new record. Nothing was changed."));
  if (!kith_op_get (cx, kind, id, &there, error))
    return FALSE;
  if (there == NULL)
    return TRUE;
  return kith_op_visible (cx, there, error) && kith_refuse (error, KITH_REFUSAL_EXISTS, _("This was already recorded."));
}

gboolean
kith_op_settings (KithOpContext *cx, const char *agency, KithRecord **settings, GError **error)
{
  g_autofree char *id = kith_op_natural_id ("agency_settings", agency, NULL);
  return kith_op_get (cx, "agency_settings", id, settings, error);
}

gboolean
kith_op_holds_none_here (KithOpContext *cx, const char *agency, GError **error)
{
  g_autoptr (KithRecord) settings = NULL;

  if (!kith_op_settings (cx, agency, &settings, error))
    return FALSE;
  if (settings != NULL && kith_record_bool (settings, "victim_service"))
    return kith_refuse (
        error, KITH_REFUSAL_DENIED,
        _("A victim service agency keeps its clients on a hub of its own. Nothing was sent to this network."));
  return TRUE;
}

void
kith_op_set_node (KithRecord *record, const char *field, JsonObject *from, const char *member)
{
  JsonNode *node = from != NULL ? json_object_get_member (from, member) : NULL;

  if (node != NULL)
    kith_record_set_node (record, field, JSON_NODE_HOLDS_NULL (node) ? NULL : json_node_copy (node));
}

void
kith_op_copy (KithRecord *record, JsonObject *args, const char *const *fields)
{
  for (; *fields != NULL; fields++)
    kith_op_set_node (record, *fields, args, *fields);
}

static gboolean
all_in (JsonArray *a, JsonArray *b)
{
  for (guint i = 0; a != NULL && i < json_array_get_length (a); i++)
    if (!kith_json_array_has (b, json_array_get_string_element (a, i)))
      return FALSE;
  return TRUE;
}

gboolean
kith_op_same_list (JsonArray *a, JsonArray *b)
{
  return all_in (a, b) && all_in (b, a);
}

void
kith_op_sign_change (KithOpContext *cx, KithRecord *history)
{
  g_autofree char *name = kith_op_clip (cx->actor->name, 255), *agency = kith_op_clip (cx->actor->agency_name, 255);

  kith_record_set_string (history, "changed_by_name", name);
  kith_record_set_string (history, "agency_name", agency);
}

gboolean
kith_op_check_number (JsonObject *args, GError **error)
{
  const char *number = kith_json_string (args, "number");
  gsize letters = number != NULL ? strspn (number, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") : 0;
  const char *digits = letters >= 2 && number[letters] == '-' ? number + letters + 1 : NULL;

  if (digits != NULL && *digits != '\0' && digits[strspn (digits, "0123456789")] == '\0')
    return TRUE;
  return kith_refuse (error, KITH_REFUSAL_INVALID, _("The number of a record is letters, a hyphen and digits, as in NA-0007. Nothing was changed."));
}

/* The last day that can be over or today when the author does it: by the clock of their agency where it says its zone, which may run a little ahead
 * here; else for whoever is furthest ahead. It goes by the records and the operation alone, so that desk and hub say the same. Yours. *said: it has one */
static char *
latest_day (KithOpContext *cx, gboolean *said, GError **error)
{
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc ((cx->time_ms + CLOCK_AHEAD_MS) / 1000), there = NULL;

  if (!kith_agency_find_zone (cx->world, cx->actor->agency, &zone, error))
    return NULL;
  there = zone != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  *said = there != NULL;
  return *said ? g_date_time_format (there, "%Y-%m-%d") : kith_time_format (cx->time_ms + FURTHEST_AHEAD_MS);
}

/**
 * kith_op_check_day:
 * @name: of an argument, a day
 *
 * Refuses a day that is still to come where the author's agency is, and one before 1900. The moment is the author's, the zone is the one that is known where
 * the operation is applied: when an agency moves its clock between writing and the hub, the hub judges by the new one, and a day that has not begun by it
 * comes back to the author, who sends it again when it has. So all computers come to the same records, whatever each knew before.
 */
gboolean
kith_op_check_day (KithOpContext *cx, JsonObject *args, const char *name, GError **error)
{
  gboolean said = FALSE;
  g_autofree char *latest = latest_day (cx, &said, error);
  const char *day = kith_json_string (args, name);

  if (latest == NULL)
    return FALSE;
  if (day == NULL || strncmp (day, latest, strlen ("2026-11-22")) > 0)
    return kith_refuse (error, KITH_REFUSAL_INVALID,
                        said ? _("Choose today by your agency’s clock, or a day in the past.") : _("Choose today or a day in the past."));
  if (strcmp (day, FIRST_DAY) < 0)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("That day is too long ago. Choose one after 1899."));
  return TRUE;
}

/* A desk's clock may be a little ahead of the hub's: what is not another day reads as now. */
gboolean
kith_op_check_time (KithOpContext *cx, JsonObject *args, const char *name, char **time, GError **error)
{
  const char *said = kith_json_string (args, name);
  gint64 ms;

  if (said == NULL || !kith_time_parse (said, &ms) || ms >= cx->time_ms)
    *time = kith_op_time (cx);
  else
    *time = g_strdup (said);
  return said == NULL || kith_op_check_day (cx, args, name, error);
}

void
kith_op_sign (KithOpContext *cx, KithRecord *record, const char *at, const char *by, const char *by_name)
{
  g_autofree char *time = kith_op_time (cx);
  g_autofree char *name = kith_op_clip (cx->actor->name, 255);

  kith_record_set_string (record, at, time);
  kith_record_set_string (record, by, cx->actor->user);
  kith_record_set_string (record, by_name, name);
}

gboolean
kith_op_set_kept (KithOpContext *cx, KithRecord *record, const char *name, const char *text, GError **error)
{
  g_autoptr (JsonNode) value = text != NULL ? json_node_init_string (json_node_alloc (), text) : NULL;

  return kith_op_set_kept_node (cx, record, name, value, error);
}

char *
kith_op_clip (const char *text, guint max)
{
  if (text == NULL || g_utf8_strlen (text, -1) <= (glong) max)
    return g_strdup (text);
  return g_utf8_substring (text, 0, max);
}

/**
 * kith_op_blank:
 *
 * Returns: whether the argument is missing, no text, or only white space
 */
gboolean
kith_op_blank (JsonObject *args, const char *name)
{
  return kith_text_blank (kith_json_string (args, name));
}

/* Somebody can be told apart from nobody: any name, or a description ("unknown, grey coat, bench at the station"). */
gboolean
kith_op_check_identity (KithRecord *client, GError **error)
{
  static const char *const names[] = { "given_name",         "middle_name",  "family_name",
                                       "second_family_name", "preferred_name", "described_as", NULL };
  JsonArray *others = kith_record_array (client, "other_names");

  for (guint i = 0; names[i] != NULL; i++)
    if (!kith_text_blank (kith_record_string (client, names[i])))
      return TRUE;
  for (guint i = 0; others != NULL && i < json_array_get_length (others); i++)
    {
      JsonNode *node = json_array_get_element (others, i);

      /* Asked before anybody has looked at the types: the list may hold anything. */
      if (JSON_NODE_HOLDS_VALUE (node) && !kith_text_blank (json_node_get_string (node)))
        return TRUE;
    }
  return kith_refuse (error, KITH_REFUSAL_INVALID, _("Enter a name, or describe the person."));
}

/* What the agency does with the client must be in sight: its own record of care, which outlives consent. */
gboolean
kith_op_check_care (KithOpContext *cx, const char *client, GError **error)
{
  g_autofree char *id = kith_op_natural_id ("care", client, cx->actor->agency, NULL);
  g_autoptr (KithRecord) care = NULL;

  return kith_op_need (cx, "care", id, &care, error) && (care == NULL || kith_op_visible (cx, care, error));
}

/* Whoever gave no name is known by what the person was described as. */
KithRecord *
kith_op_new_care (KithOpContext *cx, KithRecord *client, const char *agency)
{
  static const char *const copied[] = { "given_name", "family_name", "second_family_name", "date_of_birth", NULL };
  g_autofree char *id = kith_op_natural_id ("care", kith_record_get_id (client), agency, NULL);
  g_autofree char *time = kith_op_time (cx);
  KithRecord *care = kith_op_new ("care", id);

  kith_record_set_string (care, "client", kith_record_get_id (client));
  kith_record_set_string (care, "agency", agency);
  kith_op_copy (care, kith_record_get_body (client), copied);
  if (kith_record_string (care, "given_name") == NULL && kith_record_string (care, "family_name") == NULL &&
      kith_record_string (care, "second_family_name") == NULL)
    kith_record_set_string (care, "given_name", kith_record_string (client, "described_as"));
  kith_record_set_string (care, "since", time);
  return care;
}

/* ---- staff ---- */

gboolean
kith_op_is_seen_by (KithOpContext *cx, const char *staff, const char *scope, gboolean *seen, GError **error)
{
  g_autoptr (KithRecord) person = NULL;
  g_autoptr (KithRecord) settings = NULL;
  g_autoptr (GPtrArray) services = NULL;
  g_autoptr (KithActor) actor = NULL;

  *seen = FALSE;
  if (!kith_op_get (cx, "staff", staff, &person, error))
    return FALSE;
  if (person == NULL)
    return TRUE;
  if ((kith_record_string (person, "agency") != NULL && !kith_op_settings (cx, kith_record_string (person, "agency"), &settings, error)) ||
      (services = kith_world_find (cx->world, NULL, "staff_service", "staff", staff, NULL, error)) == NULL)
    return FALSE;
  actor = kith_actor_new_for_staff (person, services, settings, NULL);
  *seen = kith_world_sees (cx->world, actor, scope) == KITH_SEES_NOW;
  return TRUE;
}

gboolean
kith_op_check_assignable (KithOpContext *cx, const char *staff, const char *agency, KithRecord **record, GError **error)
{
  g_autoptr (KithRecord) person = NULL;

  if (!kith_op_need (cx, "staff", staff, &person, error))
    return FALSE;
  if (person != NULL)
    {
      const char *name = kith_record_string (person, "name");

      /* Staff of other agencies are as absent as those who do not exist. */
      if (!kith_op_visible (cx, person, error))
        return FALSE;
      if (!kith_record_is (person, "agency", agency) || !kith_record_is (person, "level", "standard"))
        return kith_refuse (error, KITH_REFUSAL_NOT_ELIGIBLE, _("Only care staff of your own agency can be assigned."));
      if (!kith_record_bool (person, "active"))
        return kith_refuse (error, KITH_REFUSAL_NOT_ELIGIBLE, _("%s is no longer active and cannot be assigned."),
                            name != NULL ? name : "?");
      if (!kith_record_bool (person, "trained"))
        return kith_refuse (error, KITH_REFUSAL_NOT_ELIGIBLE,
                            _("%s has not completed the training yet and cannot be assigned."),
                            name != NULL ? name : "?");
    }
  if (record != NULL)
    *record = g_steal_pointer (&person);
  return TRUE;
}
