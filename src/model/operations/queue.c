/* SPDX-License-Identifier: GPL-3.0-or-later */

/* queue.create, .rename, .deactivate, .reactivate, .set_statuses, .link: network staff run the queues, at the hub (P1, P2). */

#include "operations/queue-common.h"

#define MOST_STATUSES 40
#define MOST_LINKS 500

static const char *const status_phases[] = {
  "sent", "accepted", "contacting", "in_service", "waitlisted", "paused", "declined", "recalled", "expired", "closed_resolved", "closed_unresolved", NULL,
};

static gboolean
load_queue (KithOpContext *cx, JsonObject *args, KithRecord **queue, GError **error)
{
  return kith_op_need (cx, "queue", kith_json_string (args, "queue"), queue, error);
}

/* Two queues of one name could not be told apart in a list. */
static gboolean
check_name (KithOpContext *cx, const char *name, const char *self, GError **error)
{
  g_autoptr (GPtrArray) same = NULL;

  if (kith_text_blank (name))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("Give the queue a name."));
  same = kith_world_find (cx->world, NULL, "queue", "name", name, NULL, error);
  if (same == NULL)
    return FALSE;
  for (guint i = 0; i < same->len; i++)
    if (g_strcmp0 (kith_record_get_id (g_ptr_array_index (same, i)), self) != 0)
      return kith_refuse (error, KITH_REFUSAL_INVALID, _("There is a queue of that name already. Choose another name."));
  return TRUE;
}

/* ---- statuses ---- */

static const KithField status_fields[] = {
  { "id", KITH_FIELD_STRING, N_("Status"), .max_length = 60 }, /* absent: a new one */
  { "name", KITH_FIELD_STRING, N_("Name"), KITH_FIELD_REQUIRED, .max_length = 60 },
  { "phase", KITH_FIELD_CODE, N_("Phase"), KITH_FIELD_REQUIRED, .vocabulary = "phase" },
};

static gboolean
check_one (JsonNode *node, GHashTable *names, GError **error)
{
  JsonObject *status = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_autofree char *folded = NULL;

  if (status == NULL)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("A status is not described as it should be."));
  if (!kith_fields_check (status_fields, G_N_ELEMENTS (status_fields), status, FALSE, error))
    return FALSE;
  if (kith_op_blank (status, "name"))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("Give each status a name."));
  if (!g_strv_contains (status_phases, kith_json_string (status, "phase")))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("A status cannot stand for that phase."));
  folded = g_utf8_casefold (kith_json_string (status, "name"), -1);
  if (!g_hash_table_add (names, g_steal_pointer (&folded)))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("Two statuses are called “%s”. Nothing was changed."), kith_json_string (status, "name"));
  return TRUE;
}

static gboolean
check_statuses (JsonArray *list, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n = list != NULL ? json_array_get_length (list) : 0;

  if (n == 0)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("A queue needs at least one status."));
  if (n > MOST_STATUSES)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("A queue can have at most %d statuses."), MOST_STATUSES);
  for (guint i = 0; i < n; i++)
    if (!check_one (json_array_get_element (list, i), names, error))
      return FALSE;
  return TRUE;
}

static KithRecord *
take_named (GPtrArray *known, const char *id)
{
  for (guint i = 0; id != NULL && i < known->len; i++)
    if (g_str_equal (kith_record_get_id (g_ptr_array_index (known, i)), id))
      return g_ptr_array_steal_index (known, i);
  return NULL;
}

static gboolean
put_status (KithOpContext *cx, const char *queue, JsonObject *given, guint place, GPtrArray *known, GError **error)
{
  const char *id = kith_json_string (given, "id");
  g_autoptr (KithRecord) status = take_named (known, id);

  if (id != NULL && status == NULL)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("The status “%s” belongs to another queue. Nothing was changed."), kith_json_string (given, "name"));
  if (status == NULL)
    {
      g_autofree char *key = g_strdup_printf ("%s:%u", queue, place);
      g_autofree char *new_id = kith_op_derive_id (cx, "queue_status", key);

      status = kith_op_new ("queue_status", new_id);
      kith_record_set_string (status, "queue", queue);
      kith_record_set_string (status, "phase", kith_json_string (given, "phase"));
    }
  else if (!kith_record_is (status, "phase", kith_json_string (given, "phase")))
    {
      return kith_refuse (error, KITH_REFUSAL_INVALID,
                          _("What “%s” stands for cannot change: referrals stood in it. Retire it and add another. Nothing was changed."),
                          kith_record_string (status, "name"));
    }
  kith_record_set_string (status, "name", kith_json_string (given, "name"));
  kith_record_set_int (status, "place", place);
  kith_record_set_bool (status, "retired", FALSE);
  return kith_world_put (cx->world, status, error);
}

/* The list as it shall be, in its order; what is left out is retired. */
static gboolean
put_statuses (KithOpContext *cx, const char *queue, JsonArray *list, GError **error)
{
  g_autoptr (GPtrArray) known = NULL;
  guint n;

  if (!check_statuses (list, error))
    return FALSE;
  known = kith_queue_statuses (cx, queue, error);
  if (known == NULL)
    return FALSE;
  n = json_array_get_length (list);
  for (guint i = 0; i < n; i++)
    if (!put_status (cx, queue, json_array_get_object_element (list, i), i, known, error))
      return FALSE;
  for (guint i = 0; i < known->len; i++)
    {
      KithRecord *status = g_ptr_array_index (known, i);

      if (kith_record_bool (status, "retired"))
        continue;
      kith_record_set_bool (status, "retired", TRUE);
      kith_record_set_int (status, "place", n + i);
      if (!kith_world_put (cx->world, status, error))
        return FALSE;
    }
  return TRUE;
}

/* What a queue begins with, to be changed as one likes (P6; domain.md 2c). */
static JsonArray *
default_statuses (void)
{
  static const struct { const char *name, *phase;
  } defaults[] = {
    { N_("Referred"), "sent" },
    { N_("Attempting contact"), "contacting" },
    { N_("Enrolled"), "in_service" },
    { N_("On the wait list"), "waitlisted" },
    { N_("Graduated"), "closed_resolved" },
    { N_("No longer offered"), "closed_unresolved" },
    { N_("Declined"), "declined" },
  };
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (defaults); i++)
    json_array_add_object_element (list, kith_json_new ("name", "s", defaults[i].name, "phase", "s", defaults[i].phase, NULL));
  return list;
}

/* ---- the queue ---- */

static gboolean
create_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  static const char *const copied[] = { "name", "description", NULL };
  const char *id = kith_json_string (args, "id");
  g_autoptr (JsonArray) statuses = kith_json_array (args, "statuses") != NULL ? json_array_ref (kith_json_array (args, "statuses")) : default_statuses ();
  g_autofree char *scope = g_strconcat ("queue:", id, NULL);
  g_autoptr (KithRecord) queue = NULL;

  if (!kith_op_refuse_taken (cx, "queue", id, error) || !check_name (cx, kith_json_string (args, "name"), NULL, error))
    return FALSE;
  queue = kith_op_new ("queue", id);
  kith_op_copy (queue, args, copied);
  kith_op_sign (cx, queue, "created_at", "created_by", "created_by_name");
  return kith_world_begin_scope (cx->world, scope, error) && kith_world_put (cx->world, queue, error) &&
         put_statuses (cx, id, statuses, error);
}

/* What was written before keeps the old name: it was so then. */
static gboolean
rename_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  static const char *const copied[] = { "name", "description", NULL };
  g_autoptr (KithRecord) queue = NULL;

  if (!load_queue (cx, args, &queue, error))
    return FALSE;
  if (queue == NULL)
    return TRUE;
  if (!check_name (cx, kith_json_string (args, "name"), kith_record_get_id (queue), error))
    return FALSE;
  kith_op_copy (queue, args, copied);
  return kith_world_put (cx->world, queue, error);
}

static gboolean
set_inactive (KithOpContext *cx, JsonObject *args, gboolean inactive, GError **error)
{
  g_autoptr (KithRecord) queue = NULL;

  if (!load_queue (cx, args, &queue, error))
    return FALSE;
  if (queue == NULL)
    return TRUE;
  if (kith_record_bool (queue, "inactive") == inactive)
    {
      kith_op_noop (cx);
      return TRUE;
    }
  kith_record_set_bool (queue, "inactive", inactive);
  return kith_world_put (cx->world, queue, error);
}

static gboolean
deactivate_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  return set_inactive (cx, args, TRUE, error);
}

static gboolean
reactivate_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  return set_inactive (cx, args, FALSE, error);
}

static gboolean
statuses_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) queue = NULL;

  if (!load_queue (cx, args, &queue, error))
    return FALSE;
  return queue == NULL || put_statuses (cx, kith_record_get_id (queue), kith_json_array (args, "statuses"), error);
}

/* ---- what it is for ---- */

static gboolean
is_resource (KithOpContext *cx, const char *id, gboolean *yes, GError **error)
{
  static const char *const kinds[] = { "service", "program", "organization" };

  *yes = FALSE;
  for (guint i = 0; !*yes && i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (KithRecord) record = NULL;

      if (!kith_op_get (cx, kinds[i], id, &record, error))
        return FALSE;
      *yes = record != NULL;
    }
  return TRUE;
}

static gboolean
put_link (KithOpContext *cx, const char *queue, const char *resource, GError **error)
{
  g_autofree char *id = kith_op_natural_id ("queue_resource", queue, resource, NULL);
  g_autoptr (KithRecord) link = kith_op_new ("queue_resource", id);
  gboolean yes;

  if (!is_resource (cx, resource, &yes, error))
    return FALSE;
  if (!yes)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("What was chosen is not in the directory. Nothing was changed."));
  kith_record_set_string (link, "queue", queue);
  kith_record_set_string (link, "resource", resource);
  return kith_world_put (cx->world, link, error);
}

static gboolean
link_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  JsonArray *wanted = kith_json_array (args, "resources");
  guint n = wanted != NULL ? json_array_get_length (wanted) : 0;
  g_autofree char *scope = g_strconcat ("queue:", kith_json_string (args, "queue"), NULL);
  g_autoptr (KithRecord) queue = NULL;
  g_autoptr (GPtrArray) links = NULL;

  if (n > MOST_LINKS)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("A queue can be linked to at most %d services. Link their agency instead."), MOST_LINKS);
  if (!load_queue (cx, args, &queue, error))
    return FALSE;
  if (queue == NULL)
    return TRUE;
  links = kith_world_find (cx->world, scope, "queue_resource", "queue", kith_record_get_id (queue), NULL, error);
  if (links == NULL)
    return FALSE;
  for (guint i = 0; i < links->len; i++)
    {
      KithRecord *link = g_ptr_array_index (links, i);

      if (!kith_json_array_has (wanted, kith_record_string (link, "resource")) &&
          !kith_world_remove (cx->world, "queue_resource", kith_record_get_id (link), error))
        return FALSE;
    }
  for (guint i = 0; i < n; i++)
    if (!put_link (cx, kith_record_get_id (queue), json_array_get_string_element (wanted, i), error))
      return FALSE;
  return TRUE;
}

#define ARG_NAME { "name", KITH_FIELD_STRING, N_("Name"), KITH_FIELD_REQUIRED, .max_length = 80 }
#define ARG_DESCRIPTION { "description", KITH_FIELD_STRING, N_("What it is for"), .max_length = 300 }

static const KithField create_args[] = {
  { "id", KITH_FIELD_ID, N_("Queue"), KITH_FIELD_REQUIRED },
  ARG_NAME,
  ARG_DESCRIPTION,
  { "statuses", KITH_FIELD_JSON, N_("Statuses") },
};

static const KithField rename_args[] = {
  KITH_ARG_QUEUE,
  ARG_NAME,
  ARG_DESCRIPTION,
};

static const KithField queue_args[] = {
  KITH_ARG_QUEUE,
};

static const KithField statuses_args[] = {
  KITH_ARG_QUEUE,
  { "statuses", KITH_FIELD_JSON, N_("Statuses"), KITH_FIELD_REQUIRED },
};

static const KithField link_args[] = {
  KITH_ARG_QUEUE,
  { "resources", KITH_FIELD_STRINGS, N_("Resources") }, /* absent: whatever comes */
};

#define ONLINE(name, label, args, apply) { name, label, KITH_RUNS_ONLINE, 0, args, G_N_ELEMENTS (args), kith_op_permit_network, apply }

const KithOperation kith_operations_queue[] = {
  ONLINE ("queue.create", N_("Create queue"), create_args, create_apply),
  ONLINE ("queue.rename", N_("Rename queue"), rename_args, rename_apply),
  ONLINE ("queue.deactivate", N_("Deactivate queue"), queue_args, deactivate_apply),
  ONLINE ("queue.reactivate", N_("Use queue again"), queue_args, reactivate_apply),
  ONLINE ("queue.set_statuses", N_("Change statuses of a queue"), statuses_args, statuses_apply),
  ONLINE ("queue.link", N_("Say what a queue is for"), link_args, link_apply),
  { NULL },
};
