/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What every operation goes through before its own code: made from the table of operations, so a new one is tested by being there. */

#include <locale.h>

#include "kind-samples.h"
#include "kith-id.h"
#include "kith-json.h"
#include "kith-operation.h"

#define OTHER_ID "0190a1b2-c3d4-7e5f-8a6b-000000000002"
#define MY_AGENCY "0190a1b2-c3d4-7e5f-8a6b-0000000000aa"
#define MY_ID "0190a1b2-c3d4-7e5f-8a6b-0000000000dd"

static KithActor
new_actor (void)
{
  return (KithActor) { .user = (char *) MY_ID, .agency = (char *) MY_AGENCY, .name = (char *) "Ana", .active = TRUE, .trained = TRUE };
}

/* Arguments that pass the checks of form and name SAMPLE_ID wherever they name a record. */
static JsonNode *
sample_argument (const KithOperation *operation, const KithField *field)
{
  static const struct { const char *operation, *name, *json; } special[] = {
    { "record.patch", "t", "'client'" },
    { "record.patch", "id", "'" SAMPLE_ID "'" },
    { "record.patch", "set", "{'email':{'new':'x@y'}}" },
    { "directory.put", "t", "'service'" },
    { "document.attach", "t", "'consent'" },
    { "document.attach", "record", "'" SAMPLE_ID "'" },
    { "document.attach", "sha256", "'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'" },
    { "document.attach", "size", "12" },
    { "document.attach", "media_type", "'image/png'" },
    { "audit.record", "t", "'client'" },
    { "service.record", "count", "2" },
    { "caseload.transfer", "from", "'" SAMPLE_ID "'" },
    { "caseload.transfer", "moves", "[{'client':'" SAMPLE_ID "','from':'" SAMPLE_ID "','to':'" OTHER_ID "'}]" },
    { "contact.add_need", "term", "'" SAMPLE_ID "'" },
    { "household.join", "with", "'" OTHER_ID "'" },
    { NULL, "values", "{'given_name':'Ana'}" },
    { NULL, "changes", "[{'do':'add','staff':'" SAMPLE_ID "'}]" },
    { NULL, "services", "[{'service':'" SAMPLE_ID "'}]" },
    { NULL, "set", "{'narrow':true}" },
    { NULL, "keep", "[{'referral':'" SAMPLE_ID "','basis':'required_by_law','classes':['client'],'until':'2199-01-01T00:00:00.000Z'}]" },
    { NULL, "release", "{'classes':['client'],'basis':'required_by_law','until':'2199-01-01T00:00:00.000Z'}" },
    { NULL, "body", "{'name':'Pantry','organization_id':'" SAMPLE_ID "'}" },
    { NULL, "billing", "{}" },
    { NULL, "health", "{}" },
    { NULL, "term", "'2199-01-01T00:00:00.000Z'" },
    { NULL, "from", "'sent'" },
    { NULL, "trained", "false" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (special); i++)
    if (strcmp (special[i].name, field->name) == 0 &&
        (special[i].operation != NULL ? strcmp (special[i].operation, operation->name) == 0
                                      : (field->type == KITH_FIELD_JSON) == (strpbrk (special[i].json, "[{") != NULL)))
      return sample_json (special[i].json);
  if (field->type == KITH_FIELD_ID)
    return sample_json ("'" OTHER_ID "'");
  return sample_value (field);
}

static JsonObject *
sample_arguments (const KithOperation *operation)
{
  JsonObject *args = json_object_new ();

  for (guint i = 0; i < operation->n_args; i++)
    json_object_set_member (args, operation->args[i].name, sample_argument (operation, &operation->args[i]));
  /* A revocation names one of the three. */
  if (strcmp (operation->name, "consent.revoke") == 0)
    {
      json_object_remove_member (args, "consent");
      json_object_remove_member (args, "referral");
    }
  if (strcmp (operation->name, "client.register") == 0)
    json_object_remove_member (args, "consent");
  return args;
}

static char *
run (const KithOperation *operation, KithWorld *world, const KithActor *actor, JsonObject *args, gboolean hub)
{
  g_auto (KithOpContext) cx = { .world = world, .actor = actor, .operation = operation, .op_id = OTHER_ID,
                                .time_ms = G_GINT64_CONSTANT (1763772000000), .hlc = "0193c4f2a1b0-0001-laneaa", .hub = hub };
  g_autoptr (GError) error = NULL;

  if (kith_operation_run (&cx, args, &error))
    return g_strdup (kith_outcome_code (cx.outcome));
  g_assert_cmpint (error->domain, ==, KITH_REFUSAL);
  g_assert_cmpint (cx.outcome, ==, KITH_OUTCOME_REJECTED);
  g_assert_true (g_str_has_suffix (error->message, "."));
  return g_strdup_printf ("%s: %s", kith_refusal_code (error->code), error->message);
}

static void
assert_code (const char *result, const char *code)
{
  g_test_message ("%s", result);
  g_assert_true (g_str_has_prefix (result, code));
}

static void
test_names (void)
{
  static const char *const names[] = {
    "directory.put", "service.set_direct", "agency.configure", "conflict.settle", "staff.add", "staff.change_role", "staff.set_duties",
    "staff.set_health_access", "staff.set_trained", "staff.set_services", "staff.deactivate", "staff.set_notices", "client.register", "client.import", "client.import_undo", "import.record", "record.patch", "consent.record",
    "consent.refuse", "consent.revoke", "consent.expire", "assignment.apply", "referral.send", "referral.recall", "referral.accept",
    "referral.decline", "referral.assign", "referral.set_status", "referral.record_contact", "referral.note", "referral.private_note",
    "referral.close", "referral.reopen", "referral.void", "referral.expire", "referral.remind", "referral.check_in", "referral.snooze",
    "referral.confirm_decline", "referral.introduce", "referral.reroute", "notice.read", "client.restrict", "alert.raise", "alert.clear",
    "household.join", "household.leave", "document.attach", "document.remove", "enrollment.start", "enrollment.end", "care_team.join",
    "care_team.leave", "service.record", "service.void", "amendment.ask", "amendment.decide", "amendment.disagree", "amendment.end", "calendar.set", "audit.record", "client.looked_up", "client.open_shared",
    "match.propose", "match.link", "match.unlink", "match.dismiss",
    "case.open", "case.close", "case.reopen", "note.add", "note.amend", "assessment.record", "assessment.void", "goal.set", "task.add", "task.done", "task.snooze",
    "caseload.transfer", "caseload.undo",
    "capacity.observe", "capacity.schedule", "capacity.cancel", "capacity.begin", "hold.place", "hold.release", "hold.convert",
    "queue.create", "queue.rename", "queue.deactivate", "queue.reactivate", "queue.set_statuses", "queue.link", "queue.place", "queue.move", "queue.take_out", "form.put", "reason.put",
    "contact.record", "contact.add_need", "contact.assign", "contact.print", "referral.print", "referral.print_list",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const KithOperation *operation = kith_operation_get (names[i]);

      g_test_message ("%s", names[i]);
      g_assert_nonnull (operation);
      g_assert_cmpstr (operation->name, ==, names[i]);
      g_assert_nonnull (operation->label);
      g_assert_nonnull (operation->apply);
    }
  g_assert_null (kith_operation_get ("no.such"));
  g_assert_null (kith_operation_get (NULL));
}

/* Sync D9, design.md 2.2: what may wait in an outbox and what may not. */
static void
test_where_they_run (void)
{
  static const char *const online[] = { "staff.", "portal.", "agency.configure", "service.set_direct", "directory.put", "client.open_shared",
                                        "queue.create", "queue.rename", "queue.deactivate", "queue.reactivate", "queue.set_statuses", "queue.link", "form.put", "reason.put", NULL };
  static const char *const clock_only[] = { "consent.expire", "consent.remind", "amendment.remind", "referral.expire", "referral.remind", "client.looked_up", "match.propose", "capacity.begin", NULL };
  guint n;
  const KithOperation *const *all = kith_operations_list (&n);

  for (guint i = 0; i < n; i++)
    {
      KithRuns expected = g_strv_contains (clock_only, all[i]->name) ? KITH_RUNS_CLOCK : KITH_RUNS_DESK;

      for (guint k = 0; online[k] != NULL; k++)
        if (g_str_has_prefix (all[i]->name, online[k]))
          expected = KITH_RUNS_ONLINE;
      g_test_message ("%s", all[i]->name);
      g_assert_cmpint (all[i]->runs, ==, expected);
    }
}

static void
test_forms (void)
{
  g_autoptr (KithWorld) world = KITH_WORLD (kith_memory_world_new ());
  KithActor actor = new_actor ();
  guint n;
  const KithOperation *const *all = kith_operations_list (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (JsonObject) unknown = sample_arguments (all[i]);
      g_autofree char *result = NULL;

      g_test_message ("%s", all[i]->name);
      json_object_set_string_member (unknown, "surprise", "x");
      result = run (all[i], world, &actor, unknown, TRUE);
      assert_code (result, "invalid");

      for (guint k = 0; k < all[i]->n_args; k++)
        {
          const KithField *field = &all[i]->args[k];
          g_autoptr (JsonObject) missing = sample_arguments (all[i]);
          g_autoptr (JsonObject) wrong = sample_arguments (all[i]);
          g_autofree char *without = NULL;
          g_autofree char *mistaken = NULL;

          g_test_message ("%s", field->name);
          if (field->flags & KITH_FIELD_REQUIRED)
            {
              json_object_remove_member (missing, field->name);
              without = run (all[i], world, &actor, missing, TRUE);
              assert_code (without, "invalid");
            }
          if (field->type != KITH_FIELD_JSON)
            {
              json_object_set_member (wrong, field->name, sample_json (field->type == KITH_FIELD_PART ? "1" : "{}"));
              mistaken = run (all[i], world, &actor, wrong, TRUE);
              assert_code (mistaken, "invalid");
            }
        }
    }
}

static void
test_who_and_where (void)
{
  g_autoptr (KithWorld) world = KITH_WORLD (kith_memory_world_new ());
  guint n;
  const KithOperation *const *all = kith_operations_list (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (JsonObject) args = sample_arguments (all[i]);
      KithActor actor = new_actor ();
      g_autofree char *at_desk = run (all[i], world, &actor, args, FALSE);
      g_autofree char *inactive = NULL;

      g_test_message ("%s", all[i]->name);
      if (all[i]->runs == KITH_RUNS_ONLINE)
        assert_code (at_desk, "online_only");
      if (all[i]->runs == KITH_RUNS_CLOCK)
        assert_code (at_desk, "denied");
      actor.active = FALSE;
      inactive = run (all[i], world, &actor, args, TRUE);
      assert_code (inactive, "denied");
    }
}

static KithSees
sees_nothing_cb (KithWorld *world, const KithActor *actor, const char *scope, gpointer data)
{
  return KITH_SEES_NOTHING;
}

static KithMemoryWorld *
full_world (void)
{
  KithMemoryWorld *world = kith_memory_world_new ();
  guint n;
  const KithKind *const *kinds = kith_kinds_list (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (KithRecord) record = sample_record (kinds[i]);

      if (kith_record_string (record, "scope") != NULL)
        kith_record_set_string (record, "scope", "client:" SAMPLE_ID);
      g_assert_true (kith_world_put (KITH_WORLD (world), record, NULL));
    }
  kith_memory_world_set_sees (world, sees_nothing_cb, NULL);
  return world;
}

/* Sync 5.5: what is not to be seen answers as what does not exist: same code, same sentence, for every operation and everybody. */
static void
test_invisible_is_absent (void)
{
  static const struct { KithLevel level; KithRole role; guint duties; } people[] = {
    { KITH_LEVEL_STANDARD, KITH_ROLE_CARE_COORDINATOR, 0 },
    { KITH_LEVEL_STANDARD, KITH_ROLE_REFERRAL_MANAGER, KITH_DUTY_SUPERVISOR | KITH_DUTY_ADMIN | KITH_DUTY_LISTINGS | KITH_DUTY_PRIVACY },
    { KITH_LEVEL_PORTAL, KITH_ROLE_CARE_COORDINATOR, 0 },
  };
  guint n;
  const KithOperation *const *all = kith_operations_list (&n);

  for (guint i = 0; i < n; i++)
    for (guint k = 0; k < G_N_ELEMENTS (people); k++)
      {
        g_autoptr (KithMemoryWorld) empty = kith_memory_world_new ();
        g_autoptr (KithMemoryWorld) full = full_world ();
        g_autoptr (JsonObject) args = sample_arguments (all[i]);
        KithActor actor = new_actor ();
        g_autofree char *absent = NULL;
        g_autofree char *invisible = NULL;

        actor.level = people[k].level;
        actor.role = people[k].role;
        actor.duties = people[k].duties;
        kith_memory_world_set_sees (empty, sees_nothing_cb, NULL);
        absent = run (all[i], KITH_WORLD (empty), &actor, args, TRUE);
        invisible = run (all[i], KITH_WORLD (full), &actor, args, TRUE);
        g_test_message ("%s, person %u: %s", all[i]->name, k, absent);
        g_assert_cmpstr (absent, ==, invisible);
      }
}

/* The same where the directory and the own agency's part are seen, so that the operations' own code gets to look: what lies out of sight
 * changes no answer. */

static KithSees
sees_own_cb (KithWorld *world, const KithActor *actor, const char *scope, gpointer data)
{
  return strcmp (scope, "dir") == 0 || strstr (scope, MY_AGENCY) != NULL ? KITH_SEES_NOW : KITH_SEES_NOTHING;
}

static void
put_visible_cb (gpointer record, gpointer world)
{
  g_autofree char *scope = kith_record_scope (record);

  if (sees_own_cb (NULL, NULL, scope, NULL) == KITH_SEES_NOW)
    g_assert_true (kith_world_put (world, record, NULL));
}

/* The client of another agency, in whose care the own agency is as well. */
static void
put_own_care (KithMemoryWorld *world)
{
  g_autofree char *id = kith_id_natural ("care", SAMPLE_ID ":" MY_AGENCY);
  g_autoptr (KithRecord) care = kith_record_new (kith_kind_get ("care"), id);
  g_autoptr (KithRecord) organization = kith_record_new (kith_kind_get ("organization"), MY_AGENCY);

  kith_record_set_string (organization, "name", "Mine");
  g_assert_true (kith_world_put (KITH_WORLD (world), organization, NULL));
  kith_record_set_string (care, "client", SAMPLE_ID);
  kith_record_set_string (care, "agency", MY_AGENCY);
  g_assert_true (kith_world_put (KITH_WORLD (world), care, NULL));
}

static void
test_out_of_sight (void)
{
  guint n_all, n_kinds;
  const KithOperation *const *all = kith_operations_list (&n_all);
  const KithKind *const *kinds = kith_kinds_list (&n_kinds);

  for (guint i = 0; i < n_all; i++)
    {
      g_autoptr (KithMemoryWorld) full = full_world ();
      g_autoptr (KithMemoryWorld) visible = kith_memory_world_new ();
      g_autoptr (JsonObject) args = sample_arguments (all[i]);
      g_autofree char *with = NULL;
      g_autofree char *without = NULL;
      KithActor actor = new_actor ();

      /* Whoever has the client in care may record a revocation, seen or not (design.md 2.4). */
      if (strcmp (all[i]->name, "consent.revoke") == 0)
        continue;
      put_own_care (full);
      for (guint k = 0; k < n_kinds; k++)
        kith_memory_world_foreach (full, kinds[k]->name, put_visible_cb, visible);
      kith_memory_world_set_sees (full, sees_own_cb, NULL);
      kith_memory_world_set_sees (visible, sees_own_cb, NULL);
      actor.role = KITH_ROLE_REFERRAL_MANAGER;
      actor.duties = KITH_DUTY_SUPERVISOR | KITH_DUTY_ADMIN;
      /* A login is one in the whole network: that it is taken cannot be hidden. */
      if (json_object_has_member (args, "login"))
        json_object_set_string_member (args, "login", "somebody-else");
      if (strcmp (all[i]->name, "client.import") == 0)
        json_object_set_string_member (args, "agency", MY_AGENCY);
      with = run (all[i], KITH_WORLD (full), &actor, args, TRUE);
      without = run (all[i], KITH_WORLD (visible), &actor, args, TRUE);
      g_test_message ("%s: %s", all[i]->name, with);
      g_assert_cmpstr (with, ==, without);
    }
}

/* Hostile arguments: every node of every operation's arguments in turn becomes something else. */

static const char *const strange[] = {
  "null", "true", "0", "-1.5", "''", "'x'", "'" OTHER_ID "'", "[]", "{}", "[null]", "[1]", "['x']", "[[]]", "[{}]", "{'x':[{}]}",
  "'2026-02-30T99:99:99.999Z'", "'../../etc'", NULL,
};

/* A deep copy in which node number target (counted as they come, from 0) is replaced. *count: how many there are. */
static JsonNode *
copy_with (JsonNode *node, guint *count, guint target, const char *replacement)
{
  if ((*count)++ == target)
    return sample_json (replacement);
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      g_autoptr (JsonObject) copy = json_object_new ();
      JsonObjectIter iter;
      const char *name;
      JsonNode *value;

      json_object_iter_init_ordered (&iter, json_node_get_object (node));
      while (json_object_iter_next_ordered (&iter, &name, &value))
        json_object_set_member (copy, name, copy_with (value, count, target, replacement));
      return json_node_init_object (json_node_alloc (), copy);
    }
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      g_autoptr (JsonArray) copy = json_array_new ();

      for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
        json_array_add_element (copy, copy_with (json_array_get_element (json_node_get_array (node), i), count, target, replacement));
      return json_node_init_array (json_node_alloc (), copy);
    }
  return json_node_copy (node);
}

static void
set_body (JsonObject *args, const char *name, const char *kind, const char *const *without)
{
  g_autoptr (KithRecord) record = sample_record (kith_kind_get (kind));

  for (; *without != NULL; without++)
    kith_record_set_node (record, *without, NULL);
  json_object_set_object_member (args, name, json_object_ref (kith_record_get_body (record)));
}

/* As rich as they come, so that there is much to spoil. */
static JsonObject *
rich_arguments (const KithOperation *operation)
{
  static const char *const set_by_operation[] = { "agency", "number", "registered_at", "registered_by", "source", "source_id", "restricted",
                                                  "restricted_at", "restricted_by", "restricted_reason", "client", NULL };
  static const char *const of_consent[] = { "client", "agency", "status", "start", "recorded_by", "revoked_at", "revoked_by", "revoke_reason",
                                            "document", NULL };
  static const char *const nothing[] = { NULL };
  JsonObject *args = sample_arguments (operation);

  if (g_str_has_prefix (operation->name, "client."))
    set_body (args, "values", "client", set_by_operation);
  if (strcmp (operation->name, "client.import") == 0)
    json_object_set_member (args, "values", sample_json ("{'other_names':['Ana','Anita']}"));
  if (strcmp (operation->name, "client.register") == 0)
    {
      set_body (args, "billing", "client_billing", set_by_operation);
      set_body (args, "health", "client_health", set_by_operation);
      set_body (args, "consent", "consent", of_consent);
    }
  if (strcmp (operation->name, "directory.put") == 0)
    set_body (args, "body", "service", nothing);
  if (strcmp (operation->name, "record.patch") == 0)
    json_object_set_member (args, "set", sample_json ("{'phones':{'old':[{'number':'1'}],'new':[{'number':'2'}]},'given_name':{'old':'x','new':'y'},"
                                                      "'address':{'old':{'city':'a'},'new':{'city':'b'}},'languages':{'old':['a'],'new':['b']}}"));
  return args;
}

static void
test_hostile_arguments (void)
{
  guint n, n_runs = 0, n_done = 0;
  const KithOperation *const *all = kith_operations_list (&n);
  g_autoptr (KithMemoryWorld) world = full_world ();
  g_autoptr (KithActor) hub = kith_actor_new_hub ();
  KithActor actor = new_actor ();

  kith_memory_world_set_sees (world, NULL, NULL);
  actor.agency = (char *) SAMPLE_ID;
  actor.duties = KITH_DUTY_SUPERVISOR | KITH_DUTY_ADMIN;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (JsonObject) args = rich_arguments (all[i]);
      g_autoptr (JsonNode) root = json_node_init_object (json_node_alloc (), args);
      guint n_nodes = 0;

      json_node_unref (copy_with (root, &n_nodes, G_MAXUINT, NULL));
      g_test_message ("%s: %u nodes", all[i]->name, n_nodes);
      for (guint target = 1; target < n_nodes; target++)
        for (guint k = 0; strange[k] != NULL; k++)
          for (guint who = 0; who < 2; who++)
            {
              guint count = 0;
              g_autoptr (JsonNode) spoilt = copy_with (root, &count, target, strange[k]);
              g_autofree char *result = NULL;

              kith_memory_world_begin (world);
              result = run (all[i], KITH_WORLD (world), who == 0 ? &actor : hub, json_node_get_object (spoilt), TRUE);
              kith_memory_world_rollback (world);
              n_runs++;
              n_done += strchr (result, ':') == NULL;
            }
    }
  g_test_message ("%u runs, %u of them done", n_runs, n_done);
  g_assert_cmpuint (n_done, >, 0);
}

static void
test_codes (void)
{
  KithOutcome outcome;

  for (int i = 0; i <= KITH_REFUSAL_AFTER_REFUSED; i++)
    g_assert_cmpint (kith_refusal_from_code (kith_refusal_code (i)), ==, i);
  for (int i = 0; i <= KITH_OUTCOME_PARKED; i++)
    {
      g_assert_true (kith_outcome_from_code (kith_outcome_code (i), &outcome));
      g_assert_cmpint (outcome, ==, i);
    }
  g_assert_cmpint (kith_refusal_from_code ("no_such"), ==, -1);
  g_assert_cmpint (kith_refusal_from_code (NULL), ==, -1);
  g_assert_false (kith_outcome_from_code ("no_such", &outcome));
}

static void
test_unknown (void)
{
  g_autoptr (KithWorld) world = KITH_WORLD (kith_memory_world_new ());
  g_autoptr (JsonObject) args = json_object_new ();
  KithActor actor = new_actor ();
  g_autofree char *result = run (NULL, world, &actor, args, TRUE);

  assert_code (result, "unknown_operation");
}

/* To show or hide an action: the same answer, and nothing is changed. */
static void
test_may (void)
{
  g_autoptr (KithWorld) world = KITH_WORLD (kith_memory_world_new ());
  g_autoptr (KithRecord) client = sample_record (kith_kind_get ("client"));
  g_autoptr (KithRecord) after = NULL;
  KithActor actor = new_actor ();
  const KithOperation *operation = kith_operation_get ("record.patch");
  g_autoptr (JsonObject) args = sample_arguments (operation);
  g_auto (KithOpContext) cx = { .world = world, .actor = &actor, .operation = operation, .op_id = OTHER_ID, .hub = TRUE };

  g_assert_false (kith_operation_may (&cx, args, NULL));
  g_assert_true (kith_world_put (world, client, NULL));
  g_assert_true (kith_operation_may (&cx, args, NULL));
  after = kith_world_get (world, "client", SAMPLE_ID, NULL);
  g_assert_true (kith_record_equal (client, after));

  /* Before anything is typed; but what is there must be right, and run wants it all. */
  json_object_remove_member (args, "set");
  g_assert_true (kith_operation_may (&cx, args, NULL));
  g_assert_false (kith_operation_run (&cx, args, NULL));
  json_object_set_string_member (args, "nonsense", "x");
  g_assert_false (kith_operation_may (&cx, args, NULL));
  json_object_remove_member (args, "nonsense");
  json_object_set_int_member (args, "id", 7);
  g_assert_false (kith_operation_may (&cx, args, NULL));
}

/* Whatever is still to be filled in: no rule falls over what is not there. */
static void
test_may_without (void)
{
  guint n;
  const KithOperation *const *list = kith_operations_list (&n);

  for (guint k = 0; k < n; k++)
    for (guint i = 0; i <= list[k]->n_args; i++)
      {
        g_autoptr (KithWorld) world = KITH_WORLD (kith_memory_world_new ());
        g_autoptr (KithRecord) client = sample_record (kith_kind_get ("client"));
        g_autoptr (JsonObject) args = i < list[k]->n_args ? sample_arguments (list[k]) : json_object_new ();
        KithActor actor = new_actor ();
        g_auto (KithOpContext) cx = { .world = world, .actor = &actor, .operation = list[k], .op_id = OTHER_ID, .hub = TRUE };
        g_autoptr (GError) error = NULL;

        g_test_message ("%s without %s", list[k]->name, i < list[k]->n_args ? list[k]->args[i].name : "anything");
        kith_world_put (world, client, NULL);
        if (i < list[k]->n_args && json_object_has_member (args, list[k]->args[i].name))
          json_object_remove_member (args, list[k]->args[i].name);
        if (!kith_operation_may (&cx, args, &error))
          g_assert_nonnull (error);
      }
}

/* Refused for one word it does not know, the whole operation would be lost to an older hub for ever (sync.md 2.10): it gets the rest. */
static void
test_args_for (void)
{
  static const KithField fields[] = {
    { "id", KITH_FIELD_ID, "Id" },
    { "second", KITH_FIELD_STRING, "Came with the second", .since = 2 },
    { "third", KITH_FIELD_STRING, "Came with the third", .since = 3 },
  };
  static const KithOperation operation = { "some.thing", "Something", KITH_RUNS_DESK, 0, fields, G_N_ELEMENTS (fields) };
  static const char *const known[] = { "{\"id\":\"x\"}", "{\"id\":\"x\",\"second\":\"b\"}", NULL };

  for (gint64 schema = 1; schema <= 3; schema++)
    {
      g_autoptr (JsonObject) args = kith_json_new ("id", "s", "x", "second", "s", "b", "third", "s", "c", NULL);
      g_autoptr (JsonObject) fitted = kith_operation_args_for (&operation, args, schema);
      g_autofree char *text = fitted != NULL ? kith_json_print_object (fitted) : NULL;

      g_assert_cmpstr (text, ==, known[schema - 1]);
      g_assert_true (json_object_has_member (args, "third"));
    }
}

/* sync.md 2.10: what an older hub would refuse, or would do otherwise, waits for a newer one; also where what is new is the kind of record a form is of. */
static void
test_waits_for_newer (void)
{
  static const struct { const char *op, *args; gint64 needs; } cases[] = {
    { "record.patch", "{\"t\":\"client\",\"id\":\"x\",\"set\":{}}", 0 },
    { "record.patch", "{\"t\":\"goal\",\"id\":\"x\",\"set\":{}}", 0 },
    { "record.patch", "{\"t\":\"task\",\"id\":\"x\",\"set\":{}}", 6 },
    { "record.patch", "{\"t\":\"enrollment\",\"id\":\"x\",\"set\":{}}", 6 },
    { "record.patch", "{\"t\":\"care_team_member\",\"id\":\"x\",\"set\":{}}", 6 },
    { "record.patch", "{\"id\":\"x\"}", 0 },
    { "amendment.ask", "{\"id\":\"x\",\"about\":\"x\"}", 0 },
    { "amendment.ask", "{\"id\":\"x\",\"about\":\"x\",\"type\":\"restriction\"}", 6 },
    { "amendment.end", "{\"request\":\"x\",\"end_reason\":\"x\"}", 6 },
    { "amendment.decide", "{\"request\":\"x\",\"answer\":\"accepted\"}", 0 },
    { "contact.answer", "{\"contact\":\"x\",\"answers\":[]}", 0 },
    { "contact.answer", "{\"contact\":\"x\",\"answers\":[],\"seen\":[]}", 6 },
    { "amendment.decide", "{\"request\":\"x\",\"answer\":\"accepted\",\"type\":\"restriction\",\"keep\":\"x\"}", 6 },
    { "assessment.void", "{\"assessment\":\"x\",\"reason\":\"Twice\"}", 6 },
    { "consent.record", "{\"id\":\"x\"}", 0 },
    { "consent.record", "{\"id\":\"x\",\"signed_on\":\"2026-02-20\"}", 6 },
    { "capacity.observe", "{\"service\":\"x\",\"unit\":\"bed\",\"free\":3}", 0 },
    { "capacity.observe", "{\"service\":\"x\",\"unit\":\"bed\",\"assess_first\":false}", 0 },
    { "capacity.observe", "{\"service\":\"x\",\"unit\":\"bed\",\"assess_first\":true}", 6 },
    { "capacity.observe", "{\"service\":\"x\",\"unit\":\"bed\",\"kind\":\"assess\"}", 6 },
    { "client.import", "{\"values\":{}}", 0 },
    { "client.import", "{\"values\":{},\"billing\":{}}", 6 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) args = kith_json_parse_object (cases[i].args, -1, NULL, NULL);

      g_test_message ("%u", i);
      g_assert_cmpint (kith_operation_needs (kith_operation_get (cases[i].op), args, 5), ==, cases[i].needs);
      g_assert_cmpint (kith_operation_needs (kith_operation_get (cases[i].op), args, 6), ==, 0);
    }
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/operation/names", test_names);
  g_test_add_func ("/model/operation/args-for-an-older-hub", test_args_for);
  g_test_add_func ("/model/operation/waits-for-a-newer-hub", test_waits_for_newer);
  g_test_add_func ("/model/operation/where-they-run", test_where_they_run);
  g_test_add_func ("/model/operation/forms", test_forms);
  g_test_add_func ("/model/operation/who-and-where", test_who_and_where);
  g_test_add_func ("/model/operation/invisible-is-absent", test_invisible_is_absent);
  g_test_add_func ("/model/operation/out-of-sight", test_out_of_sight);
  g_test_add_func ("/model/operation/hostile-arguments", test_hostile_arguments);
  g_test_add_func ("/model/operation/codes", test_codes);
  g_test_add_func ("/model/operation/unknown", test_unknown);
  g_test_add_func ("/model/operation/may", test_may);
  g_test_add_func ("/model/operation/may-without", test_may_without);
  return g_test_run ();
}
