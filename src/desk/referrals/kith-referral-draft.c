/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "referrals/kith-referral-draft.h"

#include "kith-id.h"
#include "kith-json.h"
#include "kith-referral-rules.h"

/* Of one form there are two records where some of its questions are about health: the entry is one again. */
static void
add_answers (JsonArray  *entries,
             KithRecord *record)
{
  const char *form = kith_record_string (record, "form");
  JsonArray *answers = kith_record_array (record, "answers"), *into = NULL;

  for (guint i = 0; i < json_array_get_length (entries); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (entries, i), "form"), form) == 0)
      into = kith_json_array (json_array_get_object_element (entries, i), "answers");
  if (!into)
    {
      into = json_array_new ();
      json_array_add_object_element (entries, kith_json_new ("form", "s", form, "version", "i", kith_record_int (record, "version"), "answers", "a", into, NULL));
    }
  for (guint i = 0; answers && i < json_array_get_length (answers); i++)
    json_array_add_element (into, json_node_copy (json_array_get_element (answers, i)));
}

static gboolean
find_answers (KithWorld  *world,
              const char *kind,
              const char *referral,
              JsonArray  *entries,
              GError    **error)
{
  g_autofree char *scope = g_strconcat (kind, ":", referral, NULL), *id = kith_id_natural (kind, referral);
  g_autoptr (GPtrArray) found = kith_world_find (world, scope, "form_answer", "record", id, NULL, error);

  for (guint i = 0; found && i < found->len; i++)
    add_answers (entries, found->pdata[i]);
  return found != NULL;
}

static KithRecord *
get_part (KithWorld  *world,
          const char *kind,
          const char *key,
          GError    **error)
{
  g_autofree char *id = kith_id_natural (kind, key);

  return kith_world_get (world, kind, id, error);
}

JsonObject *
kith_referral_draft_args (KithWorld  *world,
                          const char *id,
                          GError    **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (KithRecord) referral = kith_world_get (world, "referral", id, &local), detail = NULL, own = NULL, course = NULL;
  g_autoptr (JsonArray) entries = json_array_new ();
  g_autofree char *key = NULL;
  const char *service;
  JsonObject *args;

  if (!referral || !kith_record_is (referral, "phase", "draft"))
    {
      if (local)
        g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  key = g_strconcat (id, ":", kith_record_string (referral, "agency"), NULL);
  detail = get_part (world, "referral_detail", id, &local);
  own = local ? NULL : get_part (world, "referral_own", key, &local);
  if (local || !kith_referral_get_course (world, referral, &course, &local) || !find_answers (world, "referral_detail", id, entries, &local) ||
      !find_answers (world, "referral_health", id, entries, &local))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  service = kith_record_string (referral, "service");
  args = kith_json_new ("id", "s", id, "number", "s", kith_record_string (referral, "number"), "client", "s", kith_record_string (referral, "client"), "type", "s",
                        course ? kith_record_string (course, "type") : NULL, "service", "s", service, "agency_to", "s", service ? NULL : kith_record_string (referral, "agency_to"),
                        "queue", "s", kith_record_string (referral, "queue"), "need", "s", detail ? kith_record_string (detail, "need") : NULL, "urgency", "s",
                        detail ? kith_record_string (detail, "urgency") : NULL, "request", "s", detail ? kith_record_string (detail, "request") : NULL, "note", "s",
                        kith_record_string (referral, "note"), "previous", "s", own ? kith_record_string (own, "previous") : NULL, "draft", "b", TRUE, "stands", "b", TRUE,
                        "draft_seen", "s", detail ? kith_record_string (detail, "draft") : NULL, NULL);
  if (json_array_get_length (entries) > 0)
    json_object_set_array_member (args, "answers", json_array_ref (entries));
  return args;
}
