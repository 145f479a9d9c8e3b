/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-fixture.h"

/* Bad input: a staff member of another agency asking for any id gets the same answer as for an id that does not exist.
 * Generated over all operations, each of their arguments that names a record, and each kind of person. */

typedef struct
{
  HubFixture *net;
  GHashTable *hidden; /* kind → id of a record that only A or B may see */
  char *known_staff;  /* of C itself */
  char *known_client; /* whom that person sees, or NULL: an id of another is asked for beside it */
} Net;

static const char *
first_code (const char *vocabulary)
{
  return kith_vocabulary_code (kith_vocabulary_get (vocabulary), 0);
}

/* A value that passes for the field; records it names are visible to whoever asks. */
static JsonNode *
plausible (Net *n, const KithField *field)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);
  g_autofree char *id = NULL;

  switch (field->type)
    {
    case KITH_FIELD_ID:
      id = hub_fixture_id (n->net);
      json_node_set_string (node, id);
      break;
    case KITH_FIELD_REF:
      json_node_set_string (node, g_strcmp0 (field->target, "service") == 0 ? n->net->service :
                                  g_strcmp0 (field->target, "staff") == 0 ? n->known_staff :
                                  g_strcmp0 (field->target, "client") == 0 && n->known_client != NULL ? n->known_client : n->net->c);
      break;
    case KITH_FIELD_DATE:
    case KITH_FIELD_PARTIAL_DATE:
      json_node_set_string (node, "2026-03-04");
      break;
    case KITH_FIELD_TIME:
      json_node_set_string (node, "2026-03-02T08:00:00.000Z");
      break;
    case KITH_FIELD_INT:
    case KITH_FIELD_NUMBER:
      json_node_set_int (node, 1);
      break;
    case KITH_FIELD_BOOL:
      json_node_set_boolean (node, TRUE);
      break;
    case KITH_FIELD_CODE:
      json_node_set_string (node, first_code (field->vocabulary));
      break;
    case KITH_FIELD_CODES:
    case KITH_FIELD_REFS:
    case KITH_FIELD_STRINGS:
    case KITH_FIELD_PARTS:
      json_node_free (node);
      node = json_node_new (JSON_NODE_ARRAY);
      json_node_take_array (node, json_array_new ());
      break;
    case KITH_FIELD_PART:
    case KITH_FIELD_JSON:
      json_node_free (node);
      node = json_node_new (JSON_NODE_OBJECT);
      json_node_take_object (node, json_object_new ());
      break;
    case KITH_FIELD_STRING:
    case KITH_FIELD_TEXT:
    default:
      json_node_set_string (node, "x");
    }
  return node;
}

/* all: optional arguments, too. */
static JsonObject *
build (Net *n, const KithOperation *operation, gboolean all, const char *special, const char *id)
{
  JsonObject *args = json_object_new ();

  for (guint i = 0; i < operation->n_args; i++)
    {
      const KithField *field = &operation->args[i];

      if (g_strcmp0 (field->name, special) == 0)
        json_object_set_string_member (args, field->name, id);
      else if (all || (field->flags & KITH_FIELD_REQUIRED) != 0)
        json_object_set_member (args, field->name, plausible (n, field));
    }
  return args;
}

/* Everything a person is told, but for the id of the operation itself. */
static char *
told (Desk *desk, const KithOperation *operation, JsonObject *args)
{
  g_autofree char *text = kith_json_print_object (args);
  g_autoptr (JsonObject) outcome = NULL;

  if (operation->runs == KITH_RUNS_ONLINE)
    {
      g_autofree char *id = hub_fixture_id (desk->net);
      g_autofree char *body = g_strdup_printf ("{\"id\":\"%s\",\"op\":\"%s\",\"a\":%s}", id, operation->name, text);

      g_assert_cmpuint (hub_request (desk->net, "POST", "/v1/op", desk->token, body, &outcome), ==, 200);
    }
  else
    outcome = desk_do (desk, operation->name, text);
  json_object_remove_member (outcome, "id");
  json_object_remove_member (outcome, "n");
  /* What is taken whatever it names (an audit entry) has a number of its own each time. */
  if (g_strcmp0 (kith_json_string (outcome, "st"), "applied") == 0)
    json_object_remove_member (outcome, "q");
  return kith_json_print_object (outcome);
}

/* Names its record by kind and id. */
static const char *
id_beside_kind (const KithOperation *operation)
{
  gboolean kind = FALSE, record = FALSE;

  for (guint i = 0; i < operation->n_args; i++)
    {
      kind |= strcmp (operation->args[i].name, "t") == 0;
      record |= strcmp (operation->args[i].name, "record") == 0;
    }
  if (strcmp (operation->name, "record.patch") == 0)
    return "id";
  return kind && record ? "record" : NULL;
}

static guint
compare (Net *n, Desk *desk, const KithOperation *operation, const char *field, const char *kind, const char *hidden)
{
  for (guint all = 0; all < 2; all++)
    {
      g_autofree char *nothing = hub_fixture_id (n->net);
      g_autoptr (JsonObject) with_hidden = build (n, operation, all == 1, field, hidden);
      g_autoptr (JsonObject) with_nothing = build (n, operation, all == 1, field, nothing);
      g_autofree char *a = NULL;
      g_autofree char *b = NULL;

      if (id_beside_kind (operation) != NULL)
        {
          json_object_set_string_member (with_hidden, "t", kind);
          json_object_set_string_member (with_nothing, "t", kind);
        }
      if (strcmp (operation->name, "record.patch") == 0)
        {
          g_autoptr (JsonObject) change = kith_json_new ("old", "n", "new", "s", "x", NULL);
          json_object_set_object_member (with_hidden, "set",
                                         kith_json_new ("contact_note", "o", json_object_ref (change), NULL));
          json_object_set_object_member (with_nothing, "set",
                                         kith_json_new ("contact_note", "o", json_object_ref (change), NULL));
        }
      a = told (desk, operation, with_hidden);
      b = told (desk, operation, with_nothing);
      g_test_message ("%s %s=%s: %s", operation->name, field, kind, a);
      g_assert_cmpstr (a, ==, b);
      g_assert_null (strstr (a, "Canary"));
      g_assert_null (strstr (a, hidden));
    }
  return 2;
}

static void
hide (Net *n, const char *kind, const char *format, ...)
{
  g_autofree char *body = NULL;
  char *id = hub_fixture_id (n->net);
  va_list list;

  va_start (list, format);
  body = g_strdup_vprintf (format, list);
  va_end (list);
  hub_fixture_put (n->net, kind, id, body);
  g_hash_table_insert (n->hidden, g_strdup (kind), id);
}

/* What A agreed to keep from somebody (C19), and what its colleagues read of it, which lies in a scope of its own. */
static void
hide_agreed (Net *n, const char *client)
{
  const char *request;
  g_autofree char *alert = NULL, *body = NULL;

  hide (n, "amendment_request",
        "{\"client\":\"%s\",\"agency\":\"%s\",\"type\":\"restriction\",\"asked_on\":\"2026-03-01\",\"about\":\"Canary\",\"whom\":\"Canary\",\"state\":\"accepted\",\"keep\":\"Canary\","
        "\"reason\":\"Canary\",\"decided_on\":\"2026-03-02\",\"decided_by_name\":\"Canary\"}",
        client, n->net->a);
  request = g_hash_table_lookup (n->hidden, "amendment_request");
  alert = kith_id_natural ("alert", request);
  body = g_strdup_printf ("{\"client\":\"%s\",\"agency\":\"%s\",\"level\":\"caution\",\"text\":\"Canary\",\"request\":\"%s\",\"kept\":\"restriction\",\"raised_at\":\"2026-03-02T08:00:00.000Z\"}",
                          client, n->net->a, request);
  hub_fixture_put (n->net, "alert", alert, body);
}

static void
make_hidden (Net *n)
{
  const char *a = n->net->a, *b = n->net->b;
  const char *client, *staff, *referral, *of;

  staff = hub_fixture_add_staff (n->net, "hid", a, "\"role\":\"referral_manager\"");
  g_hash_table_insert (n->hidden, g_strdup ("staff"), (char *) staff);
  hide (n, "client", "{\"agency\":\"%s\",\"number\":\"KK-0001\",\"given_name\":\"Ana\",\"family_name\":\"Canary\"}", a);
  client = g_hash_table_lookup (n->hidden, "client");
  hide (n, "client_billing", "{\"client\":\"%s\",\"agency\":\"%s\",\"insurance_provider\":\"Canary Health\"}", client,
        a);
  hide (
      n, "consent",
      "{\"client\":\"%s\",\"agency\":\"%s\",\"permission\":\"granted\",\"status\":\"in_force\",\"classes\":[\"client\"],\"receivers\":[\"%s\"],"
      "\"term\":\"2027-03-01T00:00:00.000Z\"}",
      client, a, b);
  hide (n, "client_health", "{\"client\":\"%s\",\"agency\":\"%s\",\"health_note\":\"Canary\"}", client, a);
  hide (n, "household_member", "{\"client\":\"%s\",\"agency\":\"%s\",\"household\":\"%s\"}", client, a, client);
  hide (n, "alert",
        "{\"client\":\"%s\",\"agency\":\"%s\",\"level\":\"danger\",\"text\":\"Canary\",\"raised_at\":\"2026-03-01T00:00:00.000Z\"}",
        client, a);
  hide (n, "document",
        "{\"t\":\"client\",\"record\":\"%s\",\"client\":\"%s\",\"agency\":\"%s\",\"name\":\"Canary.pdf\",\"sha256\":\"00\",\"scope\":\"client:%s\"}",
        client, client, a, client);
  hide (n, "enrollment",
        "{\"client\":\"%s\",\"agency\":\"%s\",\"program\":\"%s\",\"program_name\":\"Canary\",\"started_on\":\"2026-03-01\"}", client, a,
        client);
  hide (n, "care_team_member",
        "{\"client\":\"%s\",\"agency\":\"%s\",\"staff\":\"%s\",\"name\":\"Canary\",\"started_on\":\"2026-03-01\"}", client, a, staff);
  hide (n, "service_event",
        "{\"client\":\"%s\",\"agency\":\"%s\",\"type\":\"meal\",\"given_on\":\"2026-03-01\",\"count\":1,\"note\":\"Canary\"}", client, a);
  hide (n, "amendment_request",
        "{\"client\":\"%s\",\"agency\":\"%s\",\"asked_on\":\"2026-03-01\",\"about\":\"Canary\",\"state\":\"asked\"}", client, a);
  hide_agreed (n, client);
  hide (n, "audit_entry",
        "{\"staff\":\"%s\",\"agency\":\"%s\",\"what\":\"opened\",\"at\":\"2026-03-01T00:00:00.000Z\",\"detail\":\"Canary\"}", staff, a);
  hide (n, "care",
        "{\"client\":\"%s\",\"agency\":\"%s\",\"family_name\":\"Canary\",\"since\":\"2026-03-01T00:00:00.000Z\"}",
        client, a);
  hide (n, "assignment",
        "{\"client\":\"%s\",\"staff\":\"%s\",\"agency\":\"%s\",\"since\":\"2026-03-01T00:00:00.000Z\"}", client, staff,
        a);
  hide (n, "case",
        "{\"client\":\"%s\",\"agency\":\"%s\",\"number\":\"KK-0003\",\"title\":\"Canary\",\"phase\":\"open\","
        "\"opened_at\":\"2026-03-01T00:00:00.000Z\"}",
        client, a);
  of = g_hash_table_lookup (n->hidden, "case");
  hide (n, "case_note",
        "{\"case\":\"%s\",\"sensitivity\":\"health\",\"at\":\"2026-03-01T00:00:00.000Z\",\"text\":\"Canary\"}", of);
  hide (n, "goal",
        "{\"case\":\"%s\",\"sensitivity\":\"general\",\"since\":\"2026-03-01T00:00:00.000Z\",\"title\":\"Canary\",\"status\":\"active\"}",
        of);
  hide (n, "assessment",
        "{\"case\":\"%s\",\"sensitivity\":\"general\",\"name\":\"Canary\",\"assessed_on\":\"2026-03-01\",\"at\":\"2026-03-01T00:00:00.000Z\"}", of);
  hide (n, "transfer", "{\"agency\":\"%s\",\"by\":\"%s\",\"reason\":\"Canary\",\"state\":\"done\",\"parts\":1}", a, staff);
  hide (n, "task", "{\"case\":\"%s\",\"staff\":\"%s\",\"agency\":\"%s\",\"subject\":\"Canary\",\"done\":false}", of, staff, a);
  hide (
      n, "referral",
      "{\"client\":\"%s\",\"agency\":\"%s\",\"author\":\"%s\",\"agency_to\":\"%s\",\"service\":\"%s\",\"phase\":\"sent\","
      "\"turn\":1,\"number\":\"KK-0002\",\"contact_name\":\"Canary\"}",
      client, a, staff, b, n->net->service);
  referral = g_hash_table_lookup (n->hidden, "referral");
  hide (n, "referral_course", "{\"referral\":\"%s\",\"type\":\"direct\",\"sent_at\":\"2026-03-02T08:00:00.000Z\",\"reason\":\"Canary\"}", referral);
  hide (n, "referral_detail", "{\"referral\":\"%s\",\"agency\":\"%s\",\"need\":\"Canary\"}", referral, a);
  hide (n, "notice", "{\"staff\":\"%s\",\"type\":\"sent\",\"referral\":\"%s\",\"at\":\"2026-03-02T08:00:00.000Z\"}",
        staff, referral);
  hide (
      n, "import",
      "{\"agency\":\"%s\",\"source\":\"x\",\"format\":\"csv\",\"started\":\"2026-03-02T08:00:00.000Z\",\"state\":\"running\"}",
      a);
  hide (
      n, "conflict",
      "{\"t\":\"client\",\"record\":\"%s\",\"field\":\"family_name\",\"mine\":\"Canary\",\"theirs\":\"Sparrow\",\"at\":\"2026-03-02T08:00:00.000Z\","
      "\"state\":\"open\",\"scope\":\"client:%s\"}",
      client, client);
}

/* The rest: calls to 2-1-1 and what they were for, who may be one person, what is planned of another agency's service. */
static void
make_hidden_of_network (Net *n)
{
  const char *client = g_hash_table_lookup (n->hidden, "client"), *staff = g_hash_table_lookup (n->hidden, "staff");
  g_autofree char *other = hub_fixture_id (n->net);
  g_autofree char *body = g_strdup_printf ("{\"agency\":\"%s\",\"number\":\"KK-0011\",\"given_name\":\"Anna\",\"family_name\":\"Canary\"}", n->net->a);
  g_autofree char *counted = kith_id_natural ("capacity", n->net->service);
  g_autofree char *capacity = g_strdup_printf ("{\"service\":\"%s\",\"agency\":\"%s\",\"unit\":\"bed\",\"status\":\"open\"}", n->net->service, n->net->b);
  const char *contact;

  hub_fixture_put (n->net, "client", other, body);
  hide (n, "contact_record", "{\"number\":\"KK-0012\",\"submitted_at\":\"2026-03-01T00:00:00.000Z\",\"author\":\"%s\",\"name\":\"Canary\",\"notes\":\"Canary\"}", staff);
  contact = g_hash_table_lookup (n->hidden, "contact_record");
  hide (n, "contact_need", "{\"contact\":\"%s\",\"words\":\"Canary\",\"status\":\"open\"}", contact);
  hide (n, "match", "{\"first\":\"%s\",\"second\":\"%s\",\"state\":\"proposed\",\"zone\":\"review\"}", strcmp (client, other) < 0 ? client : other,
        strcmp (client, other) < 0 ? other : client);
  hub_fixture_put (n->net, "capacity", counted, capacity);
  hide (n, "capacity_plan", "{\"service\":\"%s\",\"agency\":\"%s\",\"unit\":\"bed\",\"hour\":\"08:00\",\"note\":\"Canary\",\"live\":true}", n->net->service, n->net->b);
}

/* What this person may see after all is no secret to it: its answers may differ. */
static void
drop_visible (Net *n, const char *user)
{
  GHashTableIter iter;
  gpointer kind, id;

  g_hash_table_iter_init (&iter, n->hidden);
  while (g_hash_table_iter_next (&iter, &kind, &id))
    {
      g_autoptr (KithRecord) record = kith_world_get (kith_hub_get_world (n->net->hub), kind, id, NULL);
      g_autofree char *scope = kith_record_scope (record);
      g_autoptr (GError) error = NULL;
      gboolean sees;

      g_assert_true (kith_hub_user_sees (n->net->hub, user, scope, &sees, &error));
      g_assert_no_error (error);
      if (sees)
        g_hash_table_iter_remove (&iter);
    }
}

/* Something new under an id that is taken by what this person may not see: the very words for an id that does not exist.
 * Whoever may not do it at all is told that instead, whatever the id. */
static guint
compare_taken (Net *n, Desk *desk, const char *name, const char *client, const char *hidden)
{
  const KithOperation *operation = kith_operation_get (name);
  g_autofree char *nothing = hub_fixture_id (n->net);
  g_autofree char *patch = g_strdup_printf (
      "{\"t\":\"client\",\"id\":\"%s\",\"set\":{\"contact_note\":{\"old\":null,\"new\":\"x\"}}}", nothing);
  g_autoptr (JsonObject) missing = desk_do (desk, "record.patch", patch);
  g_autoptr (JsonObject) args = build (n, operation, FALSE, "id", hidden);
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;

  if (strcmp (name, "client.register") == 0)
    json_object_set_object_member (args, "values", kith_json_new ("given_name", "s", "Bo", NULL));
  if (strcmp (name, "import.record") == 0)
    json_object_set_string_member (args, "agency", n->net->c);
  if (strcmp (name, "staff.add") == 0)
    {
      json_object_set_string_member (args, "agency", n->net->c);
      json_object_set_string_member (args, "role", "care_coordinator");
    }
  if (json_object_has_member (args, "client"))
    json_object_set_string_member (args, "client", client);
  if (json_object_has_member (args, "number"))
    json_object_set_string_member (args, "number", "KK-0077");
  if (g_str_has_prefix (name, "consent."))
    {
      if (strcmp (name, "consent.record") == 0)
        {
          json_object_set_array_member (args, "classes", kith_json_strings ("client", NULL));
          json_object_set_array_member (args, "receivers", kith_json_strings (n->net->b, NULL));
          json_object_set_string_member (args, "how", "written");
        }
    }
    if (id_beside_kind (operation) != NULL)
      {
        json_object_set_string_member (args, "t", "client");
        json_object_set_string_member (args, id_beside_kind (operation), client);
        json_object_set_string_member (args, "sha256", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        json_object_set_string_member (args, "media_type", "image/png");
      }
  json_object_remove_member (missing, "id");
  json_object_remove_member (missing, "n");
  a = told (desk, operation, args);
  b = kith_json_print_object (missing);
  g_test_message ("%s id taken: %s", name, a);
  g_assert_null (strstr (a, "Canary"));
  if (strcmp (name, "staff.add") == 0 && strstr (a, "\"denied\"") != NULL)
    return 0;
  g_assert_cmpstr (a, ==, b);
  return 1;
}

/* All operations that make a record under an id they are given. */
static guint
compare_all_taken (Net *n, Desk *desk)
{
  g_autofree char *client = hub_fixture_id (n->net);
  g_autofree char *text = g_strdup_printf ("{\"id\":\"%s\",\"number\":\"KK-0008\",\"values\":{\"given_name\":\"Own\"}}", client);
  g_autoptr (JsonObject) own = desk_do (desk, "client.register", text);
  const KithOperation *const *list;
  guint n_ops, compared = 0;

  desk_expect (own, "applied", NULL);
  list = kith_operations_list (&n_ops);
  for (guint i = 0; i < n_ops; i++)
    {
      g_autofree char *family = g_strndup (list[i]->name, strcspn (list[i]->name, "."));
      gboolean makes = FALSE;

      for (guint k = 0; k < list[i]->n_args; k++)
        makes = makes || (list[i]->args[k].type == KITH_FIELD_ID && strcmp (list[i]->args[k].name, "id") == 0);
      if (!makes || !g_hash_table_contains (n->hidden, family) || list[i]->runs == KITH_RUNS_CLOCK)
        continue;
      make_hidden (n); /* others: what was refused once is the beginning of a chain */
      compared += compare_taken (n, desk, list[i]->name, client, g_hash_table_lookup (n->hidden, family));
    }
  return compared;
}

/* Directory kinds are there for everybody. */
static gboolean
is_public (const char *kind)
{
  static const char *const kinds[] = { "organization",        "program",       "service", "location",
                                       "service_at_location", "taxonomy", "taxonomy_term", "reason_term", NULL };

  return g_strv_contains (kinds, kind);
}

typedef struct
{
  const char *name;
  KithLevel level;
  const char *extra;
  gboolean untrained;
  guint compared; /* more than so many */
  const char *sees; /* of what is hidden from others, or NULL */
} Person;

static const Person people[] = {
  { "coordinator", KITH_LEVEL_STANDARD, "\"role\":\"care_coordinator\"", FALSE, 200 },
  { "manager", KITH_LEVEL_STANDARD, "\"role\":\"referral_manager\"", FALSE, 200 },
  { "supervisor", KITH_LEVEL_STANDARD, "\"role\":\"referral_manager\",\"duties\":[\"supervisor\"]", FALSE, 200 },
  { "admin", KITH_LEVEL_STANDARD, "\"role\":\"care_coordinator\",\"duties\":[\"agency_admin\",\"privacy_officer\"],\"health_access\":true", FALSE, 200 },
  { "untrained", KITH_LEVEL_STANDARD, "\"role\":\"referral_manager\",\"duties\":[\"supervisor\"]", TRUE, 200 }, /* U17 */
  { "portal", KITH_LEVEL_PORTAL, "\"edits_capacity\":true,\"changes_status\":true,\"sees_details\":true", FALSE, 200 },
  { "network", KITH_LEVEL_NETWORK, NULL, FALSE, 120, "contact_record" },
};

static char *
add_person (Net *n, const Person *person)
{
  g_autofree char *body = NULL, *service = NULL, *of_c = NULL;
  char *user;

  if (person->level == KITH_LEVEL_NETWORK)
    return hub_fixture_add_staff (n->net, "cyn", NULL, person->extra);
  if (person->level == KITH_LEVEL_PORTAL)
    {
      service = hub_fixture_id (n->net);
      of_c = g_strdup_printf ("{\"organization_id\":\"%s\",\"name\":\"Lunch\",\"status\":\"active\",\"direct\":true}", n->net->c);
      hub_fixture_put (n->net, "service", service, of_c);
      return hub_fixture_add_portal (n->net, "cyn", n->net->c, service, person->extra);
    }
  user = hub_fixture_add_staff (n->net, "cyn", n->net->c, person->extra);
  if (!person->untrained)
    return user;
  body = g_strdup_printf ("{\"agency\":\"%s\",\"level\":\"standard\",\"name\":\"cyn\",\"login\":\"cyn\",\"active\":true,\"trained\":false,%s}", n->net->c, person->extra);
  hub_fixture_put (n->net, "staff", user, body);
  return user;
}

/* Somebody C looks after, and this person for C. */
static char *
add_known_client (Net *n, const char *user)
{
  char *client = hub_fixture_id (n->net);
  g_autofree char *id = hub_fixture_id (n->net), *body = g_strdup_printf ("{\"agency\":\"%s\",\"number\":\"KK-0021\",\"given_name\":\"Own\"}", n->net->c);
  g_autofree char *assigned = g_strdup_printf ("{\"client\":\"%s\",\"staff\":\"%s\",\"agency\":\"%s\",\"since\":\"2026-03-01T00:00:00.000Z\"}", client, user, n->net->c);
  g_autofree char *scope = g_strconcat ("client:", client, NULL);
  g_autoptr (GError) error = NULL;
  gboolean sees;

  hub_fixture_put (n->net, "client", client, body);
  hub_fixture_put (n->net, "assignment", id, assigned);
  g_assert_true (kith_hub_user_sees (n->net->hub, user, scope, &sees, &error));
  g_assert_true (sees);
  return client;
}

/* What the arguments of operations name is either there for everybody or among what is hidden here: a new kind of target is not forgotten. */
static void
assert_all_targets (Net *n, const KithOperation *operation)
{
  static const char *const everybody[] = { "queue", "queue_status", NULL };

  for (guint k = 0; k < operation->n_args; k++)
    {
      const KithField *field = &operation->args[k];

      if (field->type == KITH_FIELD_REF && !is_public (field->target) && !g_strv_contains (everybody, field->target) && !g_hash_table_contains (n->hidden, field->target))
        g_error ("%s: nothing hidden of kind %s", operation->name, field->target);
    }
}

static void
test_person (gconstpointer data)
{
  const Person *person = data;
  Net n = { .net = hub_fixture_new (NULL), .hidden = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free) };
  g_autofree char *user = NULL, *known_client = NULL;
  g_autoptr (Desk) desk = NULL;
  const KithOperation *const *list;
  GHashTableIter iter;
  gpointer kind, id;
  guint n_ops, compared = 0;

  make_hidden (&n);
  make_hidden_of_network (&n);
  user = add_person (&n, person);
  n.known_staff = user;
  known_client = person->level == KITH_LEVEL_STANDARD && !person->untrained ? add_known_client (&n, user) : NULL;
  n.known_client = known_client;
  desk = desk_new (n.net, "cyn", user);
  list = kith_operations_list (&n_ops);
  for (guint i = 0; i < n_ops; i++)
    if (list[i]->runs != KITH_RUNS_CLOCK)
      assert_all_targets (&n, list[i]);
  if (person->sees != NULL)
    {
      drop_visible (&n, user);
      g_assert_false (g_hash_table_contains (n.hidden, person->sees));
    }
  for (guint i = 0; i < n_ops; i++)
    {
      if (list[i]->runs == KITH_RUNS_CLOCK)
        continue;
      if (id_beside_kind (list[i]) != NULL)
        {
          g_hash_table_iter_init (&iter, n.hidden);
          while (g_hash_table_iter_next (&iter, &kind, &id))
            compared += compare (&n, desk, list[i], id_beside_kind (list[i]), kind, id);
        }
      for (guint k = 0; k < list[i]->n_args; k++)
        {
          const KithField *field = &list[i]->args[k];

          if (field->type == KITH_FIELD_REF && !is_public (field->target) &&
              g_hash_table_contains (n.hidden, field->target))
            compared += compare (&n, desk, list[i], field->name, field->target,
                                 g_hash_table_lookup (n.hidden, field->target));
        }
    }
  g_test_message ("%u compared", compared);
  g_assert_cmpuint (compared, >, person->compared);
  if (person->level == KITH_LEVEL_STANDARD && !person->untrained)
    g_assert_cmpuint (compare_all_taken (&n, desk), >=, 4);

  desk_pull (desk);
  g_hash_table_iter_init (&iter, n.hidden);
  while (g_hash_table_iter_next (&iter, NULL, &id))
    g_assert_false (desk_has (desk, id));
  if (person->sees == NULL)
    g_assert_null (strstr (desk->seen->str, "Canary"));
  hub_fixture_check (n.net);
  g_hash_table_unref (n.hidden);
  hub_fixture_free (n.net);
}

/* An imported client's id follows from agency, source and number, so anybody can work it out: taking it for a client of
 * one's own must tell nothing of whether it is there, and must not stand in the way of the import. */
static void
test_worked_out_id (void)
{
  g_autoptr (HubFixture) net = hub_fixture_new (NULL);
  g_autofree char *user = hub_fixture_add_staff (net, "cyn", net->c, "\"role\":\"referral_manager\"");
  g_autoptr (Desk) desk = desk_new (net, "cyn", user);
  g_autoptr (KithActor) hub = kith_actor_new_hub ();
  char *told_of[2];

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", 4711 + i);
      g_autofree char *key = g_strconcat (net->a, "/hmis/", number, NULL);
      g_autofree char *id = kith_id_natural ("client", key);
      g_autofree char *text = g_strdup_printf ("{\"id\":\"%s\",\"number\":\"KK-0009\",\"values\":{\"given_name\":\"X\"}}", id);
      g_autoptr (JsonObject) args = kith_json_new ("agency", "s", net->a, "source", "s", "hmis", "source_id", "s", number,
                                                   "values", "o", kith_json_new ("given_name", "s", "Ana", NULL), NULL);
      g_autoptr (KithRecord) client = NULL;
      g_autoptr (JsonObject) outcome = NULL;
      g_autoptr (GError) error = NULL;

      if (i == 0 && !kith_hub_submit (net->hub, hub, "client.import", args, NULL, &error))
        g_assert_no_error (error);
      outcome = desk_do (desk, "client.register", text);
      json_object_remove_member (outcome, "id");
      json_object_remove_member (outcome, "n");
      told_of[i] = kith_json_print_object (outcome);
      if (i == 1 && !kith_hub_submit (net->hub, hub, "client.import", args, NULL, &error))
        g_assert_no_error (error);
      client = kith_world_get (kith_hub_get_world (net->hub), "client", id, &error);
      g_assert_no_error (error);
      g_assert_nonnull (client);
      g_assert_cmpstr (kith_record_string (client, "agency"), ==, net->a);
    }
  g_assert_cmpstr (told_of[0], ==, told_of[1]);
  g_free (told_of[0]);
  g_free (told_of[1]);
  hub_fixture_check (net);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hub/cross-agency/worked-out-id", test_worked_out_id);
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      g_autofree char *name = g_strconcat ("/hub/cross-agency/", people[i].name, NULL);

      g_test_add_data_func (name, &people[i], test_person);
    }
  return g_test_run ();
}
