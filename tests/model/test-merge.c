/* SPDX-License-Identifier: GPL-3.0-or-later */

/* record.patch, the merge rules under it (sync.md 2.5), and conflict.settle. */

#include <locale.h>

#include "kind-samples.h"
#include "kith-json.h"
#include "kith-merge.h"
#include "kith-operation.h"

#define CLIENT "0190a1b2-c3d4-7e5f-8a6b-0000000000c1"
#define AGENCY_A "0190a1b2-c3d4-7e5f-8a6b-0000000000aa"
#define AGENCY_B "0190a1b2-c3d4-7e5f-8a6b-0000000000bb"
#define ANA "0190a1b2-c3d4-7e5f-8a6b-0000000000d1"
#define BEN "0190a1b2-c3d4-7e5f-8a6b-0000000000d2"

/* One field, all ways it can have gone. H1 is an earlier hybrid time than H2. */
#define H1 "0193c4f2a1b0-0001-laneaa"
#define H2 "0193c4f2a1b0-0002-lanebb"
#define H3 "0193c4f2a1b0-0003-laneaa" /* of the computer of H1 */

static void
test_table (void)
{
  static const struct
  {
    const char *field, *current, *old, *value, *current_hlc, *hlc;
    KithMergeVerdict verdict;
    const char *merged;
  } cases[] = {
    /* nobody else touched it */
    { "email", "'a@x'", "'a@x'", "'b@x'", H2, H1, KITH_MERGE_APPLY, NULL },
    { "email", "null", "null", "'b@x'", NULL, H1, KITH_MERGE_APPLY, NULL },
    { "email", "null", "''", "'b@x'", NULL, H1, KITH_MERGE_APPLY, NULL },
    { "email", "'a@x'", "'a@x'", "null", NULL, H1, KITH_MERGE_APPLY, NULL },
    { "given_name", "'Ana'", "'Ana'", "'Anna'", H2, H1, KITH_MERGE_APPLY, NULL },
    { "phones", "null", "[]", "[{'number':'1'}]", NULL, H1, KITH_MERGE_APPLY, NULL },
    /* already so, whatever came before */
    { "email", "'b@x'", "'a@x'", "'b@x'", H2, H1, KITH_MERGE_SAME, NULL },
    { "given_name", "'Anna'", "'Ana'", "'Anna'", H2, H1, KITH_MERGE_SAME, NULL },
    { "given_name", "null", "'Ana'", "''", H2, H1, KITH_MERGE_SAME, NULL },
    { "address", "{'city':'X','country':'US'}", "null", "{'country':'US','city':'X'}", H2, H1, KITH_MERGE_SAME, NULL },
    /* class A: the newer one wins */
    { "email", "'c@x'", "'a@x'", "'b@x'", H1, H2, KITH_MERGE_MINE, NULL },
    { "email", "'c@x'", "'a@x'", "'b@x'", H2, H1, KITH_MERGE_THEIRS, NULL },
    { "email", "'c@x'", "'a@x'", "'b@x'", NULL, H1, KITH_MERGE_MINE, NULL },
    { "email", "'c@x'", "'a@x'", "'b@x'", H1, H1, KITH_MERGE_THEIRS, NULL },
    { "email", "null", "'a@x'", "'b@x'", H2, H1, KITH_MERGE_THEIRS, NULL },
    { "address", "{'city':'Y'}", "null", "{'city':'X'}", H1, H2, KITH_MERGE_MINE, NULL },
    /* class B: somebody must decide */
    { "given_name", "'Anja'", "'Ana'", "'Anna'", H1, H2, KITH_MERGE_CONFLICT, NULL },
    { "date_of_birth", "'1988'", "null", "'1989'", H2, H1, KITH_MERGE_CONFLICT, NULL },
    { "do_not_contact", "true", "null", "false", H1, H2, KITH_MERGE_CONFLICT, NULL },
    /* but not between two words of their own (I13); what came before them on the same computer, as from a copy that was put back, they may not know */
    { "given_name", "'Anja'", "'Ana'", "'Anna'", H1, H3, KITH_MERGE_APPLY, NULL },
    { "given_name", "'Anja'", "'Ana'", "'Anna'", H3, H1, KITH_MERGE_CONFLICT, NULL },
    { "given_name", "'Anja'", "'Ana'", "'Anna'", H1, H1, KITH_MERGE_APPLY, NULL }, /* both set back by the hub to one moment */
    { "given_name", "'Anja'", "'Ana'", "'Anna'", "0193c4f2a1b0-0001-hub", "0193c4f2a1b0-0002-hub", KITH_MERGE_CONFLICT, NULL }, /* may be two persons' */
    { "given_name", "'Anja'", "'Ana'", "'Anna'", "0193c4f2a1b0-0001-new", "0193c4f2a1b0-0002-new", KITH_MERGE_CONFLICT, NULL },
    { "given_name", "'Anja'", "'Ana'", "'Anna'", NULL, H1, KITH_MERGE_CONFLICT, NULL },
    /* a list of class B: own words add up, others' wait for a person */
    { "allergies", "['a','b']", "['a']", "['a','c']", H1, H3, KITH_MERGE_UNION, "['a','b','c']" },
    { "allergies", "['a','b']", "['a']", "['a','c']", H1, H2, KITH_MERGE_CONFLICT, NULL },
    /* sets: both sides' additions and removals; an addition beats a removal */
    { "languages", "['en','fr']", "['en']", "['en','es']", H2, H1, KITH_MERGE_UNION, "['en','fr','es']" },
    { "languages", "['fr']", "['en','fr']", "['en','es']", H2, H1, KITH_MERGE_UNION, "['es']" },
    { "languages", "['en','fr','es']", "['en','fr']", "['fr']", H2, H1, KITH_MERGE_UNION, "['fr','es']" },
    { "languages", "null", "['en']", "['en','es']", H2, H1, KITH_MERGE_UNION, "['es']" },
    { "languages", "['fr']", "['en']", "null", H2, H1, KITH_MERGE_UNION, "['fr']" },
    { "phones", "[{'number':'1'},{'number':'2'}]", "[{'number':'1'}]", "[{'number':'1','note':'x'}]", H2, H1, KITH_MERGE_UNION,
      "[{'number':'2'},{'number':'1','note':'x'}]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const KithField *of_client = kith_kind_get_field (kith_kind_get ("client"), cases[i].field);
      const KithField *field = of_client != NULL ? of_client : kith_kind_get_field (kith_kind_get ("client_health"), cases[i].field);
      g_autoptr (JsonNode) current = sample_json (cases[i].current);
      g_autoptr (JsonNode) old = sample_json (cases[i].old);
      g_autoptr (JsonNode) value = sample_json (cases[i].value);
      g_autoptr (JsonNode) merged = NULL;

      g_test_message ("%u: %s", i, cases[i].field);
      g_assert_cmpint (kith_merge_field (field, current, old, value, cases[i].current_hlc, cases[i].hlc, &merged), ==, cases[i].verdict);
      g_assert_cmpint (merged != NULL, ==, cases[i].merged != NULL);
      if (merged != NULL)
        {
          g_autoptr (JsonNode) expected = sample_json (cases[i].merged);
          g_assert_true (kith_json_equal (merged, expected));
        }
    }
}

/* A small hub: one client whom two agencies know at first hand, two workers. */

typedef struct
{
  KithMemoryWorld *world;
  KithActor ana, ben;
  guint n_ops;
} Hub;

static void
hub_init (Hub *hub)
{
  g_autoptr (KithRecord) client = kith_record_new (kith_kind_get ("client"), CLIENT);
  g_autoptr (KithRecord) enrollment = kith_record_new (kith_kind_get ("enrollment"), "0190a1b2-c3d4-7e5f-8a6b-0000000000e1");

  *hub = (Hub) { .world = kith_memory_world_new () };
  hub->ana = (KithActor) { .user = (char *) ANA, .agency = (char *) AGENCY_A, .name = (char *) "Ana", .active = TRUE, .trained = TRUE };
  hub->ben = (KithActor) { .user = (char *) BEN, .agency = (char *) AGENCY_B, .name = (char *) "Ben", .active = TRUE, .trained = TRUE };
  kith_record_set_string (client, "agency", AGENCY_A);
  kith_record_set_string (client, "given_name", "Rosa");
  kith_record_set_string (client, "family_name", "Lopez");
  g_assert_true (kith_world_put (KITH_WORLD (hub->world), client, NULL));
  kith_record_set_string (enrollment, "client", CLIENT);
  kith_record_set_string (enrollment, "agency", AGENCY_B);
  kith_record_set_string (enrollment, "program", "0190a1b2-c3d4-7e5f-8a6b-0000000000e2");
  kith_record_set_string (enrollment, "started_on", "2025-01-01");
  g_assert_true (kith_world_put (KITH_WORLD (hub->world), enrollment, NULL));
}

static void
hub_clear (Hub *hub)
{
  g_clear_object (&hub->world);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Hub, hub_clear)

/* Runs one operation; a refusal's code is returned, else the outcome's. */
static const char *
run (Hub *hub, KithActor *actor, const char *hlc, const char *operation, JsonObject *args, GPtrArray **conflicts)
{
  g_autofree char *op_id = g_strdup_printf ("0190a1b2-c3d4-7e5f-8a6b-%012u", ++hub->n_ops);
  g_auto (KithOpContext) cx = { .world = KITH_WORLD (hub->world), .actor = actor, .operation = kith_operation_get (operation),
                                .op_id = op_id, .time_ms = G_GINT64_CONSTANT (1763772000000) + hub->n_ops, .hlc = hlc, .hub = TRUE };
  g_autoptr (GError) error = NULL;

  if (!kith_operation_run (&cx, args, &error))
    {
      g_assert_cmpint (error->domain, ==, KITH_REFUSAL);
      g_assert_true (g_str_has_suffix (error->message, "."));
      g_test_message ("%s", error->message);
      return kith_refusal_code (error->code);
    }
  if (conflicts != NULL)
    *conflicts = g_steal_pointer (&cx.conflicts);
  return kith_outcome_code (cx.outcome);
}

static const char *
patch_record (Hub *hub, KithActor *actor, const char *hlc, const char *kind, const char *id, const char *set, GPtrArray **conflicts)
{
  g_autoptr (JsonObject) args = kith_json_new ("t", "s", kind, "id", "s", id, NULL);

  json_object_set_member (args, "set", sample_json (set));
  return run (hub, actor, hlc, "record.patch", args, conflicts);
}

static const char *
patch (Hub *hub, KithActor *actor, const char *hlc, const char *set)
{
  return patch_record (hub, actor, hlc, "client", CLIENT, set, NULL);
}

static char *
value_of (Hub *hub, const char *field)
{
  g_autoptr (KithRecord) client = kith_world_get (KITH_WORLD (hub->world), "client", CLIENT, NULL);
  return g_strdup (kith_record_string (client, field));
}

static GPtrArray *
about_client (Hub *hub, const char *kind)
{
  return kith_world_find (KITH_WORLD (hub->world), "client:" CLIENT, kind, "record", CLIENT, NULL, NULL);
}

/* How often the client's field history has this value. */
static guint
count_former (Hub *hub, const char *value)
{
  g_autoptr (GPtrArray) history = about_client (hub, "field_history");
  guint n = 0;

  for (guint i = 0; i < history->len; i++)
    n += kith_record_is (history->pdata[i], "value", value);
  return n;
}

/* The entry of that value (NULL: of nothing); there is one. */
static KithRecord *
find_former (GPtrArray *history, const char *value)
{
  KithRecord *found = NULL;

  for (guint i = 0; i < history->len; i++)
    if (g_strcmp0 (kith_record_string (history->pdata[i], "value"), value) == 0)
      {
        g_assert_null (found);
        found = history->pdata[i];
      }
  g_assert_nonnull (found);
  return found;
}

/* Every change of a field leaves what it said before, with who had said it and when; the first leaves that it said nothing (D12). */
static void
test_history (void)
{
  g_auto (Hub) hub;
  g_autoptr (GPtrArray) history = NULL;
  KithRecord *former;

  hub_init (&hub);
  g_assert_cmpstr (patch (&hub, &hub.ana, H1, "{'email':{'new':'1@x'}}"), ==, "applied");
  history = about_client (&hub, "field_history");
  g_assert_cmpuint (history->len, ==, 1);
  former = find_former (history, NULL);
  g_assert_cmpstr (kith_record_string (former, "by_name"), ==, NULL);
  g_assert_cmpstr (kith_record_string (former, "changed_by_name"), ==, "Ana");
  g_assert_cmpstr (kith_record_string (former, "kept_hlc"), ==, H1);
  g_ptr_array_unref (history);
  g_assert_cmpstr (patch (&hub, &hub.ben, H2, "{'email':{'old':'1@x','new':null}}"), ==, "applied");
  history = about_client (&hub, "field_history");
  g_assert_cmpuint (history->len, ==, 2);
  former = find_former (history, "1@x");
  g_assert_cmpstr (kith_record_string (former, "field"), ==, "email");
  g_assert_cmpstr (kith_record_string (former, "by_name"), ==, "Ana");
  g_assert_cmpstr (kith_record_string (former, "hlc"), ==, H1);
  g_assert_nonnull (kith_record_string (former, "at"));
}

/* What a list fills in, or takes back, never stands in the place of what its desk had not heard of, and is kept beside it (I14); a form goes on by the later one. */
static void
test_yields (void)
{
  g_auto (Hub) hub;
  g_autofree char *email = NULL, *emptied = NULL, *note = NULL;

  hub_init (&hub);
  g_assert_cmpstr (patch (&hub, &hub.ben, H1, "{'email':{'old':null,'new':'colleague@x'}}"), ==, "applied");
  g_assert_cmpstr (patch (&hub, &hub.ana, H2, "{'email':{'old':null,'new':'list@x','yields':true},'contact_note':{'old':null,'new':'Evenings','yields':true}}"), ==, "merged");
  email = value_of (&hub, "email");
  g_assert_cmpstr (email, ==, "colleague@x");
  note = value_of (&hub, "contact_note"); /* nobody else had said anything of it */
  g_assert_cmpstr (note, ==, "Evenings");
  g_assert_cmpuint (count_former (&hub, "list@x"), ==, 1);
  g_assert_cmpstr (patch (&hub, &hub.ana, H2, "{'email':{'old':'list@x','yields':true}}"), ==, "merged");
  g_free (email);
  email = value_of (&hub, "email");
  g_assert_cmpstr (email, ==, "colleague@x");
  g_assert_cmpstr (patch (&hub, &hub.ana, H2, "{'email':{'old':'colleague@x','yields':true}}"), ==, "applied");
  /* nor does what a person typed on this computer go for what a list on it says, which had not heard of it */
  g_assert_cmpstr (patch (&hub, &hub.ana, H1, "{'given_name':{'old':'Rosa','new':'Rosalia'}}"), ==, "applied");
  g_assert_cmpstr (patch (&hub, &hub.ana, H3, "{'given_name':{'old':'Rosa','new':'List','yields':true}}"), ==, "merged");
  g_free (note);
  note = value_of (&hub, "given_name");
  g_assert_cmpstr (note, ==, "Rosalia");
  emptied = value_of (&hub, "email");
  g_assert_null (emptied);
}

static void
test_apply_and_noop (void)
{
  g_auto (Hub) hub;
  g_autofree char *email = NULL;

  hub_init (&hub);
  g_assert_cmpstr (patch (&hub, &hub.ana, H1, "{'email':{'old':null,'new':'rosa@x.org'}}"), ==, "applied");
  g_assert_cmpstr (patch (&hub, &hub.ana, H1, "{'email':{'old':null,'new':'rosa@x.org'}}"), ==, "noop");
  g_assert_cmpstr (patch (&hub, &hub.ana, H1, "{}"), ==, "noop");
  email = value_of (&hub, "email");
  g_assert_cmpstr (email, ==, "rosa@x.org");
}

/* I13: a person's own earlier changes never conflict with their later ones. */
static void
test_own_changes_follow (void)
{
  g_auto (Hub) hub;
  g_autoptr (GPtrArray) conflicts = NULL;

  hub_init (&hub);
  g_assert_cmpstr (patch (&hub, &hub.ana, H1, "{'given_name':{'old':'Rosa','new':'Rosalia'},'email':{'new':'1@x'}}"), ==, "applied");
  g_assert_cmpstr (patch (&hub, &hub.ana, H1, "{'given_name':{'old':'Rosalia','new':'Rosalía'},'email':{'old':'1@x','new':'2@x'}}"), ==, "applied");
  conflicts = about_client (&hub, "conflict");
  g_assert_cmpuint (conflicts->len, ==, 0);
  g_assert_cmpuint (count_former (&hub, "Rosa") + count_former (&hub, "Rosalia") + count_former (&hub, "1@x"), ==, 3);
}

/* I13: they go on correcting what was shown to them as a proposal, beside what stood, and what the hub took at once since their agency may say it by now. */
static void
test_own_proposal_taken (void)
{
  g_auto (Hub) hub;
  g_autofree char *name = NULL;

  hub_init (&hub);
  g_assert_cmpstr (patch (&hub, &hub.ana, H1, "{'given_name':{'old':'Rosa','new':'Rosalia'}}"), ==, "applied");
  g_assert_cmpstr (patch (&hub, &hub.ana, H3, "{'given_name':{'old':'Rosa','new':'Rosalba'}}"), ==, "applied");
  name = value_of (&hub, "given_name");
  g_assert_cmpstr (name, ==, "Rosalba");
  g_assert_cmpuint (count_former (&hub, "Rosa") + count_former (&hub, "Rosalia"), ==, 2); /* nothing is lost */
  /* somebody else's word between the two is a conflict as ever */
  g_assert_cmpstr (patch (&hub, &hub.ben, H2, "{'given_name':{'old':'Rosalba','new':'Roza'}}"), ==, "applied");
  g_assert_cmpstr (patch (&hub, &hub.ana, H3, "{'given_name':{'old':'Rosalba','new':'Rosa'}}"), ==, "merged");
}

/* I13 and I14: the person goes on correcting a value that already waits in a conflict; the conflict follows. */
static void
test_conflict_follows (void)
{
  g_auto (Hub) hub;
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) second = NULL;
  g_autoptr (GPtrArray) conflicts = NULL;

  hub_init (&hub);
  g_assert_cmpstr (patch (&hub, &hub.ben, H1, "{'given_name':{'old':'Rosa','new':'Roza'}}"), ==, "applied");
  g_assert_cmpstr (patch_record (&hub, &hub.ana, H2, "client", CLIENT, "{'given_name':{'old':'Rosa','new':'Rosalia'}}", &first), ==, "merged");
  g_assert_cmpstr (patch_record (&hub, &hub.ana, H2, "client", CLIENT, "{'given_name':{'old':'Rosalia','new':'Rosalba'}}", &second), ==, "merged");
  conflicts = about_client (&hub, "conflict");
  g_assert_cmpuint (conflicts->len, ==, 1);
  g_assert_cmpstr (kith_record_get_id (conflicts->pdata[0]), ==, first->pdata[0]);
  g_assert_cmpstr (first->pdata[0], ==, second->pdata[0]);
  g_assert_cmpstr (kith_record_string (conflicts->pdata[0], "mine"), ==, "Rosalba");
  g_assert_cmpuint (count_former (&hub, "Rosalia"), ==, 1);
}

/* I14, class A: the newest wins, the loser is kept, whoever it was. */
static void
test_class_a (void)
{
  static const struct { const char *hlc_ben, *hlc_ana, *stays, *lost, *lost_by; } cases[] = {
    { H1, H2, "ana@x", "ben@x", "Ben" },
    { H2, H1, "ben@x", "ana@x", "Ana" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Hub) hub;
      g_autofree char *email = NULL;
      g_autoptr (GPtrArray) history = NULL;
      KithRecord *lost;

      hub_init (&hub);
      g_assert_cmpstr (patch (&hub, &hub.ben, cases[i].hlc_ben, "{'email':{'new':'ben@x'}}"), ==, "applied");
      g_assert_cmpstr (patch (&hub, &hub.ana, cases[i].hlc_ana, "{'email':{'new':'ana@x'}}"), ==, "merged");
      email = value_of (&hub, "email");
      g_assert_cmpstr (email, ==, cases[i].stays);
      history = about_client (&hub, "field_history");
      g_assert_cmpuint (history->len, ==, 2);
      g_assert_cmpstr (kith_record_string (find_former (history, NULL), "changed_by_name"), ==, "Ben"); /* who filled it in */
      lost = find_former (history, cases[i].lost);
      g_assert_cmpstr (kith_record_string (lost, "by_name"), ==, cases[i].lost_by);
      g_assert_cmpstr (kith_record_string (lost, "hlc"), ==, H1);
      g_assert_cmpstr (kith_record_string (lost, "field"), ==, "email");
    }
}

/* I14, lists: both sides' changes stand, and what the list said before is kept, as for every other change of a field. */
static void
test_list_history (void)
{
  g_auto (Hub) hub;
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (JsonNode) before = sample_json ("['en','fr','es']"), after = sample_json ("['fr','es']");
  g_autoptr (KithRecord) client = NULL;
  guint kept = 0;

  hub_init (&hub);
  g_assert_cmpstr (patch (&hub, &hub.ana, H1, "{'languages':{'new':['en','fr']}}"), ==, "applied");
  g_assert_cmpstr (patch (&hub, &hub.ben, H1, "{'languages':{'old':['en','fr'],'new':['en','fr','es']}}"), ==, "applied");
  g_assert_cmpstr (patch (&hub, &hub.ana, H2, "{'languages':{'old':['en','fr'],'new':['fr']}}"), ==, "merged");
  client = kith_world_get (KITH_WORLD (hub.world), "client", CLIENT, NULL);
  g_assert_true (kith_merge_equal (json_object_get_member (kith_record_get_body (client), "languages"), after));
  history = about_client (&hub, "field_history");
  g_assert_cmpuint (history->len, ==, 3); /* nothing, Ana's and Ben's */
  for (guint i = 0; i < history->len; i++)
    kept += kith_merge_equal (json_object_get_member (kith_record_get_body (history->pdata[i]), "value"), before) &&
            kith_record_is (history->pdata[i], "by_name", "Ben");
  g_assert_cmpuint (kept, ==, 1);
}

/* I14, class B: the hub's value stays, both lie in a conflict in the record's own scope. */
static void
test_class_b (void)
{
  g_auto (Hub) hub;
  g_autofree char *born = NULL;
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (GPtrArray) conflicts = NULL;

  hub_init (&hub);
  g_assert_cmpstr (patch (&hub, &hub.ben, H1, "{'date_of_birth':{'new':'1988-04'}}"), ==, "applied");
  g_assert_cmpstr (patch_record (&hub, &hub.ana, H2, "client", CLIENT, "{'date_of_birth':{'new':'1989-04-07'},'email':{'new':'r@x'}}", &ids),
                   ==, "merged");
  born = value_of (&hub, "date_of_birth");
  g_assert_cmpstr (born, ==, "1988-04");
  conflicts = about_client (&hub, "conflict");
  g_assert_cmpuint (conflicts->len, ==, 1);
  g_assert_cmpuint (ids->len, ==, 1);
  g_assert_cmpstr (kith_record_get_id (conflicts->pdata[0]), ==, ids->pdata[0]);
  g_assert_cmpstr (kith_record_string (conflicts->pdata[0], "mine"), ==, "1989-04-07");
  g_assert_cmpstr (kith_record_string (conflicts->pdata[0], "theirs"), ==, "1988-04");
  g_assert_cmpstr (kith_record_string (conflicts->pdata[0], "mine_by"), ==, "Ana");
  g_assert_cmpstr (kith_record_string (conflicts->pdata[0], "theirs_by"), ==, "Ben");
  g_assert_cmpstr (kith_record_string (conflicts->pdata[0], "state"), ==, "open");

  /* The other field of the same form went through. */
  g_free (born);
  born = value_of (&hub, "email");
  g_assert_cmpstr (born, ==, "r@x");
}

static void
test_refusals (void)
{
  static const struct { const char *kind, *id, *set, *code; } cases[] = {
    { "client", CLIENT, "{'agency':{'old':'" AGENCY_A "','new':'" AGENCY_B "'}}", "invalid" }, /* set once */
    { "client", CLIENT, "{'restricted':{'new':false}}", "invalid" },                            /* its own operation */
    { "client", CLIENT, "{'no_such_field':{'new':'x'}}", "invalid" },
    { "client", CLIENT, "{'email':'x'}", "invalid" },
    { "client", CLIENT, "{'email':{'new':7}}", "invalid" },
    { "client", CLIENT, "{'date_of_birth':{'new':'yesterday'}}", "invalid" },
    { "client", CLIENT, "{'email':{'new':'ok@x'},'sex':{'new':'x'}}", "invalid" },
    { "client", CLIENT, "{'given_name':{'old':'Rosa'},'family_name':{'old':'Lopez'}}", "invalid" }, /* somebody without any name */
    { "client", CLIENT, "'x'", "invalid" },
    { "client", CLIENT, "null", "invalid" },
    { "client", "not-an-id", "{}", "invalid" },
    { "client", AGENCY_B, "{'email':{'new':'x'}}", "not_found" },
    { "referral", CLIENT, "{'phase':{'old':'sent','new':'accepted'}}", "invalid" },
    { "consent", CLIENT, "{'status':{'new':'in_force'}}", "invalid" },
    { "no_such_kind", CLIENT, "{}", "invalid" },
  };
  g_auto (Hub) hub;
  g_autofree char *email = NULL;

  hub_init (&hub);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s %s", cases[i].kind, cases[i].set);
      g_assert_cmpstr (patch_record (&hub, &hub.ana, H1, cases[i].kind, cases[i].id, cases[i].set, NULL), ==, cases[i].code);
    }
  email = value_of (&hub, "email");
  g_assert_null (email);
}

static KithSees
sees_cb (KithWorld *world, const KithActor *actor, const char *scope, gpointer data)
{
  return *(KithSees *) data;
}

static void
test_visibility (void)
{
  g_auto (Hub) hub;
  KithSees sees = KITH_SEES_NOTHING;

  hub_init (&hub);
  kith_memory_world_set_sees (hub.world, sees_cb, &sees);
  g_assert_cmpstr (patch (&hub, &hub.ben, H1, "{'email':{'new':'x'}}"), ==, "not_found");
  sees = KITH_SEES_ENDED;
  g_assert_cmpstr (patch (&hub, &hub.ben, H1, "{'email':{'new':'x'}}"), ==, "access_ended");
  sees = KITH_SEES_NOW;
  g_assert_cmpstr (patch (&hub, &hub.ben, H1, "{'email':{'new':'x'}}"), ==, "applied");
}

static void
test_permission (void)
{
  g_auto (Hub) hub;
  g_autoptr (KithRecord) care = sample_record (kith_kind_get ("care"));
  g_autoptr (KithRecord) staff = sample_record (kith_kind_get ("staff"));
  const char *rename = "{'family_name':{'old':'Żó \\\"1\\\"','new':'Perez'}}";

  hub_init (&hub);
  kith_record_set_string (care, "agency", AGENCY_A);
  kith_record_set_string (staff, "agency", AGENCY_A);
  g_assert_true (kith_world_put (KITH_WORLD (hub.world), care, NULL));
  g_assert_true (kith_world_put (KITH_WORLD (hub.world), staff, NULL));

  g_assert_cmpstr (patch_record (&hub, &hub.ben, H1, "care", SAMPLE_ID, rename, NULL), ==, "denied");
  g_assert_cmpstr (patch_record (&hub, &hub.ana, H1, "care", SAMPLE_ID, rename, NULL), ==, "applied");

  /* A staff member's own entry, or the agency's administrator. */
  g_assert_cmpstr (patch_record (&hub, &hub.ana, H1, "staff", SAMPLE_ID, rename, NULL), ==, "denied");
  hub.ben.duties = KITH_DUTY_ADMIN;
  g_assert_cmpstr (patch_record (&hub, &hub.ben, H1, "staff", SAMPLE_ID, rename, NULL), ==, "denied");
  hub.ana.user = (char *) SAMPLE_ID;
  g_assert_cmpstr (patch_record (&hub, &hub.ana, H1, "staff", SAMPLE_ID, rename, NULL), ==, "applied");
  g_assert_cmpstr (patch_record (&hub, &hub.ana, H1, "staff", SAMPLE_ID, "{'role':{'new':'referral_manager'}}", NULL), ==, "invalid");

  hub.ana.trained = FALSE;
  g_assert_cmpstr (patch (&hub, &hub.ana, H1, "{'email':{'new':'x'}}"), ==, "denied");
  hub.ana.trained = TRUE;
  hub.ana.level = KITH_LEVEL_PORTAL;
  g_assert_cmpstr (patch (&hub, &hub.ana, H1, "{'email':{'new':'x'}}"), ==, "denied");
  hub.ana.level = KITH_LEVEL_STANDARD;
  hub.ana.active = FALSE;
  g_assert_cmpstr (patch (&hub, &hub.ana, H1, "{'email':{'new':'x'}}"), ==, "denied");
}

/* Absence on a device is never a reason to refuse (design.md 2.2). */
static void
test_absent_at_a_desk (void)
{
  g_auto (Hub) hub;
  g_autoptr (JsonNode) set = sample_json ("{'email':{'new':'x'}}");
  g_autoptr (JsonObject) args = kith_json_new ("t", "s", "client", "id", "s", AGENCY_B, NULL);
  g_autoptr (GError) error = NULL;

  hub_init (&hub);
  g_auto (KithOpContext) cx = { .world = KITH_WORLD (hub.world), .actor = &hub.ana, .operation = kith_operation_get ("record.patch"),
                                .op_id = SAMPLE_ID, .hlc = H1 };
  json_object_set_member (args, "set", json_node_ref (set));
  kith_operation_run (&cx, args, &error);
  g_assert_no_error (error);
  g_assert_cmpint (cx.outcome, ==, KITH_OUTCOME_APPLIED);
}

/* ---- conflict.settle ---- */

/* Ben said Roza, then Ana Rosalia, both of what was Rosa: Roza stands. */
static char *
make_conflict (Hub *hub)
{
  g_autoptr (GPtrArray) ids = NULL;

  g_assert_cmpstr (patch (hub, &hub->ben, H1, "{'given_name':{'old':'Rosa','new':'Roza'}}"), ==, "applied");
  g_assert_cmpstr (patch_record (hub, &hub->ana, H2, "client", CLIENT, "{'given_name':{'old':'Rosa','new':'Rosalia'}}", &ids), ==, "merged");
  return g_strdup (ids->pdata[0]);
}

static const char *
settle (Hub *hub, KithActor *actor, const char *conflict, const char *keep)
{
  g_autoptr (JsonObject) args = kith_json_new ("conflict", "s", conflict, "keep", "s", keep, NULL);

  return run (hub, actor, H2, "conflict.settle", args, NULL);
}

/* I14: whatever is picked, the other value is found in the conflict or in the field's history. */
static void
test_settle (void)
{
  static const struct { const char *keep, *stays, *in_history; } cases[] = {
    { "theirs", "Roza", NULL },
    { "mine", "Rosalia", "Roza" },
    { "both", "Roza", "Rosalia" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Hub) hub;
      g_autofree char *id = NULL;
      g_autofree char *name = NULL;
      g_autoptr (KithRecord) conflict = NULL;

      hub_init (&hub);
      id = make_conflict (&hub);
      g_assert_cmpstr (settle (&hub, &hub.ben, id, cases[i].keep), ==, "applied");
      name = value_of (&hub, "given_name");
      g_assert_cmpstr (name, ==, cases[i].stays);
      g_assert_cmpuint (count_former (&hub, "Roza") + count_former (&hub, "Rosalia"), ==, cases[i].in_history != NULL ? 1 : 0);
      if (cases[i].in_history != NULL)
        g_assert_cmpuint (count_former (&hub, cases[i].in_history), ==, 1);
      conflict = kith_world_get (KITH_WORLD (hub.world), "conflict", id, NULL);
      g_assert_cmpstr (kith_record_string (conflict, "state"), ==, "settled");
      g_assert_cmpstr (kith_record_string (conflict, "kept"), ==, cases[i].keep);
      g_assert_cmpstr (kith_record_string (conflict, "settled_by"), ==, "Ben");
      g_assert_cmpstr (kith_record_string (conflict, "mine"), ==, "Rosalia");
      g_assert_cmpstr (kith_record_string (conflict, "theirs"), ==, "Roza");

      /* Settled twice the same way is settled; another way comes too late. */
      g_assert_cmpstr (settle (&hub, &hub.ana, id, cases[i].keep), ==, "noop");
      g_assert_cmpstr (settle (&hub, &hub.ana, id, i == 0 ? "mine" : "theirs"), ==, "stale_state");
    }
}

/* The picked value is a new one: who still edits what was there before it gets a conflict, not a silent overwrite. */
static void
test_settle_then_edit (void)
{
  g_auto (Hub) hub;
  g_autofree char *id = NULL;

  hub_init (&hub);
  id = make_conflict (&hub);
  g_assert_cmpstr (settle (&hub, &hub.ben, id, "mine"), ==, "applied");
  g_assert_cmpstr (patch (&hub, &hub.ana, H3, "{'given_name':{'old':'Roza','new':'Rosina'}}"), ==, "merged");
  g_assert_cmpstr (patch (&hub, &hub.ana, H3, "{'given_name':{'old':'Rosalia','new':'Rosina'}}"), ==, "applied");
}

static void
test_settle_refusals (void)
{
  g_auto (Hub) hub;
  g_autofree char *id = NULL;
  KithSees sees = KITH_SEES_NOTHING;

  hub_init (&hub);
  id = make_conflict (&hub);
  g_assert_cmpstr (settle (&hub, &hub.ana, id, "neither"), ==, "invalid");
  g_assert_cmpstr (settle (&hub, &hub.ana, SAMPLE_ID, "mine"), ==, "not_found");
  hub.ana.level = KITH_LEVEL_PORTAL;
  g_assert_cmpstr (settle (&hub, &hub.ana, id, "mine"), ==, "denied");
  hub.ana.level = KITH_LEVEL_STANDARD;
  kith_memory_world_set_sees (hub.world, sees_cb, &sees);
  g_assert_cmpstr (settle (&hub, &hub.ana, id, "mine"), ==, "not_found");
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/merge/table", test_table);
  g_test_add_func ("/model/patch/apply-and-noop", test_apply_and_noop);
  g_test_add_func ("/model/merge/every-change-is-kept", test_history);
  g_test_add_func ("/model/patch/I14-yields", test_yields);
  g_test_add_func ("/model/patch/I13-own-changes-follow", test_own_changes_follow);
  g_test_add_func ("/model/patch/I13-own-proposal-taken", test_own_proposal_taken);
  g_test_add_func ("/model/patch/I13-conflict-follows", test_conflict_follows);
  g_test_add_func ("/model/patch/I14-class-a", test_class_a);
  g_test_add_func ("/model/patch/I14-class-b", test_class_b);
  g_test_add_func ("/model/patch/I14-lists", test_list_history);
  g_test_add_func ("/model/patch/refusals", test_refusals);
  g_test_add_func ("/model/patch/visibility", test_visibility);
  g_test_add_func ("/model/patch/permission", test_permission);
  g_test_add_func ("/model/patch/absent-at-a-desk", test_absent_at_a_desk);
  g_test_add_func ("/model/settle/I14-each-way", test_settle);
  g_test_add_func ("/model/settle/then-edit", test_settle_then_edit);
  g_test_add_func ("/model/settle/refusals", test_settle_refusals);
  return g_test_run ();
}
