/* SPDX-License-Identifier: GPL-3.0-or-later */

/* queue.create, .rename, .deactivate, .reactivate, .set_statuses, .link: network staff run the queues, at the hub (P1, P2). They name what
 * they change: what a colleague did meanwhile stays. */

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
  { "was", KITH_FIELD_STRING, N_("Name as it was seen"), .max_length = 60 }, /* of one that was in use; absent: it is brought back */
  { "name", KITH_FIELD_STRING, N_("Name"), KITH_FIELD_REQUIRED, .max_length = 60 },
  { "phase", KITH_FIELD_CODE, N_("Phase"), KITH_FIELD_REQUIRED, .vocabulary = "phase" },
};

static gboolean
check_given (JsonNode *node, GError **error)
{
  JsonObject *status = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  if (status == NULL)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("A status is not described as it should be."));
  if (!kith_fields_check (status_fields, G_N_ELEMENTS (status_fields), status, FALSE, error))
    return FALSE;
  if (kith_op_blank (status, "name"))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("Give each status a name."));
  if (!g_strv_contains (status_phases, kith_json_string (status, "phase")))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("A status cannot stand for that phase."));
  return TRUE;
}

/* Those in use, as they would be. */
static gboolean
check_statuses (GPtrArray *list, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (list->len == 0)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("A queue needs at least one status."));
  if (list->len > MOST_STATUSES)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("A queue can have at most %d statuses."), MOST_STATUSES);
  for (guint i = 0; i < list->len; i++)
    {
      const char *name = kith_record_string (g_ptr_array_index (list, i), "name");

      if (!g_hash_table_add (names, g_utf8_casefold (name, -1)))
        return kith_refuse (error, KITH_REFUSAL_INVALID, _("Two statuses are called “%s”. Nothing was changed."), name);
    }
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

/* Three ways: what was seen, what shall be, what is. */
static gboolean
rename_status (KithRecord *status, JsonObject *given, GError **error)
{
  const char *was = kith_json_string (given, "was"), *name = kith_json_string (given, "name"), *now = kith_record_string (status, "name");

  if (was == NULL)
    kith_record_set_bool (status, "retired", FALSE);
  else if (g_strcmp0 (name, was) == 0)
    return TRUE;
  else if (g_strcmp0 (now, was) != 0 && g_strcmp0 (now, name) != 0)
    return kith_refuse (error, KITH_REFUSAL_STALE_STATE, _("Somebody has changed the name of “%s” to “%s” meanwhile. Nothing was changed: look at the statuses again."),
                        was, now);
  kith_record_set_string (status, "name", name);
  return TRUE;
}

/* NULL: refused. */
static KithRecord *
make_status (KithOpContext *cx, const char *queue, JsonObject *given, guint place, GPtrArray *known, GError **error)
{
  const char *id = kith_json_string (given, "id"), *phase = kith_json_string (given, "phase");
  g_autoptr (KithRecord) status = take_named (known, id);

  if (id == NULL)
    {
      g_autofree char *key = g_strdup_printf ("%s:%u", queue, place);
      g_autofree char *new_id = kith_op_derive_id (cx, "queue_status", key);

      status = kith_op_new ("queue_status", new_id);
      kith_record_set_string (status, "queue", queue);
      kith_record_set_string (status, "phase", phase);
    }
  else if (status == NULL)
    {
      kith_refuse (error, KITH_REFUSAL_INVALID, _("The status “%s” belongs to another queue. Nothing was changed."), kith_json_string (given, "name"));
      return NULL;
    }
  else if (!kith_record_is (status, "phase", phase))
    {
      kith_refuse (error, KITH_REFUSAL_INVALID,
                   _("What “%s” stands for cannot change: referrals stood in it. Retire it and add another. Nothing was changed."),
                   kith_record_string (status, "name"));
      return NULL;
    }
  return rename_status (status, given, error) ? g_steal_pointer (&status) : NULL;
}

static gboolean
retire (GPtrArray *known, JsonArray *ids, GPtrArray *retired, GError **error)
{
  guint n = ids != NULL ? json_array_get_length (ids) : 0;

  for (guint i = 0; i < n; i++)
    {
      KithRecord *status = take_named (known, json_array_get_string_element (ids, i));

      if (status == NULL)
        return kith_refuse (error, KITH_REFUSAL_INVALID, _("The status that shall be retired belongs to another queue. Nothing was changed."));
      kith_record_set_bool (status, "retired", TRUE);
      g_ptr_array_add (retired, status);
    }
  return TRUE;
}

static gboolean
put_in_order (KithOpContext *cx, GPtrArray *list, guint *place, GError **error)
{
  for (guint i = 0; i < list->len; i++, (*place)++)
    {
      kith_record_set_int (g_ptr_array_index (list, i), "place", *place);
      if (!kith_world_put (cx->world, g_ptr_array_index (list, i), error))
        return FALSE;
    }
  return TRUE;
}

/* Those given come first, in their order; one that is not named, whoever added it meanwhile, stays behind them. */
static gboolean
put_statuses (KithOpContext *cx, const char *queue, JsonArray *given, JsonArray *retiring, GError **error)
{
  g_autoptr (GPtrArray) used = g_ptr_array_new_with_free_func (g_object_unref), retired = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) known = kith_queue_statuses (cx, queue, error);
  guint n = given != NULL ? json_array_get_length (given) : 0, place = 0;

  if (known == NULL || !retire (known, retiring, retired, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      KithRecord *status;

      if (!check_given (json_array_get_element (given, i), error) ||
          (status = make_status (cx, queue, json_array_get_object_element (given, i), i, known, error)) == NULL)
        return FALSE;
      g_ptr_array_add (kith_record_bool (status, "retired") ? retired : used, status);
    }
  for (guint i = 0; i < known->len; i++)
    g_ptr_array_add (kith_record_bool (g_ptr_array_index (known, i), "retired") ? retired : used, g_object_ref (g_ptr_array_index (known, i)));
  return check_statuses (used, error) && put_in_order (cx, used, &place, error) && put_in_order (cx, retired, &place, error);
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
         put_statuses (cx, id, statuses, NULL, error);
}

/* What was written before keeps the old name: it was so then. What is shown of a referral is the name of now, by the queue's id (lists-referrals.sql). */
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
  return queue == NULL || put_statuses (cx, kith_record_get_id (queue), kith_json_array (args, "statuses"), kith_json_array (args, "retire"), error);
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

/* Takes the link to resource out of links: it was there. */
static gboolean
take_link (GPtrArray *links, const char *resource)
{
  for (guint i = 0; i < links->len; i++)
    if (kith_record_is (g_ptr_array_index (links, i), "resource", resource))
      return g_ptr_array_remove_index (links, i) != NULL;
  return FALSE;
}

static gboolean
refuse_too_many_links (GError **error)
{
  return kith_refuse (error, KITH_REFUSAL_INVALID, _("A queue can be linked to at most %d services. Link their agency instead."), MOST_LINKS);
}

static gboolean
link_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  JsonArray *add = kith_json_array (args, "add"), *take_off = kith_json_array (args, "remove");
  guint n_add = add != NULL ? json_array_get_length (add) : 0, n_remove = take_off != NULL ? json_array_get_length (take_off) : 0, changed = 0, n;
  g_autofree char *scope = g_strconcat ("queue:", kith_json_string (args, "queue"), NULL);
  g_autoptr (KithRecord) queue = NULL;
  g_autoptr (GPtrArray) links = NULL;

  if (n_add > MOST_LINKS)
    return refuse_too_many_links (error);
  if (!load_queue (cx, args, &queue, error))
    return FALSE;
  if (queue == NULL)
    return TRUE;
  links = kith_world_find (cx->world, scope, "queue_resource", "queue", kith_record_get_id (queue), NULL, error);
  if (links == NULL)
    return FALSE;
  n = links->len;
  for (guint i = 0; i < n_remove; i++)
    {
      const char *resource = json_array_get_string_element (take_off, i);
      g_autofree char *id = kith_op_natural_id ("queue_resource", kith_record_get_id (queue), resource, NULL);

      if (!take_link (links, resource))
        continue;
      changed++;
      n--;
      if (!kith_world_remove (cx->world, "queue_resource", id, error))
        return FALSE;
    }
  for (guint i = 0; i < n_add; i++)
    {
      if (take_link (links, json_array_get_string_element (add, i)))
        continue;
      changed++;
      n++;
      if (!put_link (cx, kith_record_get_id (queue), json_array_get_string_element (add, i), error))
        return FALSE;
    }
  if (n > MOST_LINKS)
    return refuse_too_many_links (error);
  if (changed == 0)
    kith_op_noop (cx);
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
  { "statuses", KITH_FIELD_JSON, N_("Statuses"), KITH_FIELD_REQUIRED }, /* in their order; one not named stays as it is */
  { "retire", KITH_FIELD_STRINGS, N_("Statuses to retire") },
};

static const KithField link_args[] = {
  KITH_ARG_QUEUE,
  { "add", KITH_FIELD_STRINGS, N_("Resources to link") },
  { "remove", KITH_FIELD_STRINGS, N_("Resources to take off") }, /* none left: whatever comes */
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
