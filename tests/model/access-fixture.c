/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "access-fixture.h"

#include <string.h>

#include "kith-id.h"
#include "kith-json.h"

/* What a kind asks for and no rule here reads. */
static const struct
{
  const char *kind, *json;
} defaults[] = {
  { "staff", "{'given_name':'Kim','family_name':'Doe','name':'Kim Doe','level':'standard','role':'care_coordinator','active':true,"
             "'trained':true}" },
  { "client", "{'number':'KA-0001','given_name':'Ana','family_name':'Lopez'}" },
  { "consent", "{'permission':'granted','status':'in_force','classes':['client','care'],'receivers':[],'start':"
               "'2026-11-01T00:00:00.000Z','term':'2027-11-01T00:00:00.000Z','how':'verbal','grantor':'self'}" },
  { "referral", "{'number':'KA-0002','phase':'sent','turn':1}" },
  { "care", "{'since':'2026-11-01T00:00:00.000Z'}" },
  { "assignment", "{'since':'2026-11-01T00:00:00.000Z'}" },
  { "case", "{'number':'KA-0003','title':'Housing','phase':'open','opened_at':'2026-11-02T00:00:00.000Z'}" },
  { "organization", "{'name':'Harbor House','description':'Help'}" },
  { "service", "{'name':'Beds','status':'active'}" },
};

static void
free_array (gpointer array)
{
  g_ptr_array_unref (array);
}

AccessFixture *
access_fixture_new (void)
{
  AccessFixture *self = g_new0 (AccessFixture, 1);

  kith_kinds_register ();
  self->world = kith_memory_world_new ();
  self->oracle = kith_oracle_new ();
  self->grants = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_array);
  self->members = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_array);
  g_assert_true (kith_time_parse ("2026-11-22T00:00:00.000Z", &self->now));

  return self;
}

void
access_fixture_free (AccessFixture *self)
{
  g_object_unref (self->world);
  kith_oracle_free (self->oracle);
  g_hash_table_unref (self->grants);
  g_hash_table_unref (self->members);
  g_free (self);
}

const char *
access_id (const char *name)
{
  g_autofree char *id = kith_id_natural ("test", name);

  return g_intern_string (id);
}

static gboolean
replace_name_cb (const GMatchInfo *match, GString *result, gpointer user_data)
{
  g_autofree char *name = g_match_info_fetch (match, 1);

  g_string_append (result, access_id (name));
  return FALSE;
}

char *
access_scope (const char *text)
{
  static GRegex *names;

  if (names == NULL)
    names = g_regex_new ("@(\\w+)", 0, 0, NULL);

  return g_regex_replace_eval (names, text, -1, 0, 0, replace_name_cb, NULL, NULL);
}

static void
merge (KithRecord *record, const char *json)
{
  g_autofree char *with_ids = access_scope (json);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) values = NULL;
  JsonObjectIter iter;
  const char *field;
  JsonNode *value;

  g_strdelimit (with_ids, "'", '"');
  values = kith_json_parse_object (with_ids, (gssize) strlen (with_ids), NULL, &error);
  g_assert_no_error (error);

  json_object_iter_init (&iter, values);
  while (json_object_iter_next (&iter, &field, &value))
    kith_record_set_node (record, field, JSON_NODE_HOLDS_NULL (value) ? NULL : json_node_copy (value));
}

static KithActor *
load_actor (AccessFixture *self, KithRecord *staff)
{
  KithWorld *world = KITH_WORLD (self->world);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) services = kith_world_find (world, NULL, "staff_service", "staff", kith_record_get_id (staff), NULL, &error);
  g_autoptr (GPtrArray) settings = NULL;
  const char *agency = kith_record_string (staff, "agency");

  g_assert_no_error (error);
  if (agency != NULL)
    {
      settings = kith_world_find (world, NULL, "agency_settings", "agency", agency, NULL, &error);
      g_assert_no_error (error);
    }

  return kith_actor_new_for_staff (staff, services, settings != NULL && settings->len > 0 ? g_ptr_array_index (settings, 0) : NULL, NULL);
}

static void
recompute_person (AccessFixture *self, const char *user)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithRecord) staff = kith_world_get (KITH_WORLD (self->world), "staff", user, &error);
  g_autoptr (KithActor) actor = NULL;

  g_assert_no_error (error);
  if (staff == NULL)
    return;
  actor = load_actor (self, staff);
  g_hash_table_insert (self->members, g_strdup (user), kith_access_principals (actor));
}

static void
recompute_subject (AccessFixture *self, const char *subject)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *grants = kith_access_grants (KITH_WORLD (self->world), subject, self->now, &error);

  g_assert_no_error (error);
  g_hash_table_insert (self->grants, g_strdup (subject), grants);
}

static gboolean
has_row (GPtrArray *grants, const KithGrant *row)
{
  for (guint i = 0; grants != NULL && i < grants->len; i++)
    {
      const KithGrant *grant = g_ptr_array_index (grants, i);

      if (g_str_equal (grant->scope, row->scope) && g_str_equal (grant->principal, row->principal) &&
          g_str_equal (grant->reason, row->reason) && grant->not_after == row->not_after)
        return TRUE;
    }
  return FALSE;
}

static void
add_missing (GPtrArray *changed, GPtrArray *rows, GPtrArray *in)
{
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (!has_row (in, g_ptr_array_index (rows, i)))
      g_ptr_array_add (changed, g_ptr_array_index (rows, i));
}

/* As the hub does it: what follows from the rows that began or ended. */
static void
recompute_with_dependents (AccessFixture *self, const char *subject)
{
  GPtrArray *known = g_hash_table_lookup (self->grants, subject), *now;
  g_autoptr (GPtrArray) before = known != NULL ? g_ptr_array_ref (known) : NULL;
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_autoptr (GPtrArray) more = NULL;
  g_autoptr (GError) error = NULL;

  recompute_subject (self, subject);
  now = g_hash_table_lookup (self->grants, subject);
  add_missing (rows, before, now);
  add_missing (rows, now, before);
  more = kith_access_dependents (KITH_WORLD (self->world), subject, rows, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < more->len; i++)
    recompute_subject (self, g_ptr_array_index (more, i));
}

static void
changed (AccessFixture *self, KithRecord *before, KithRecord *after)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) subjects = kith_access_subjects (before, after);
  g_autoptr (GPtrArray) people = kith_access_people (KITH_WORLD (self->world), before, after, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < subjects->len; i++)
    recompute_with_dependents (self, g_ptr_array_index (subjects, i));
  for (guint i = 0; i < people->len; i++)
    recompute_person (self, g_ptr_array_index (people, i));
}

void
access_put (AccessFixture *self, const char *kind, const char *name, const char *json_format, ...)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithRecord) before = kith_world_get (KITH_WORLD (self->world), kind, access_id (name), &error);
  g_autoptr (KithRecord) after = before != NULL ? kith_record_copy (before) : kith_record_new (kith_kind_get (kind), access_id (name));
  g_autofree char *json = NULL;
  va_list args;

  g_assert_no_error (error);
  for (guint i = 0; before == NULL && i < G_N_ELEMENTS (defaults); i++)
    if (g_str_equal (defaults[i].kind, kind))
      merge (after, defaults[i].json);

  va_start (args, json_format);
  json = g_strdup_vprintf (json_format, args);
  va_end (args);
  merge (after, json);

  kith_world_put (KITH_WORLD (self->world), after, &error);
  g_assert_no_error (error);
  kith_oracle_put (self->oracle, after);
  changed (self, before, after);
}

void
access_remove (AccessFixture *self, const char *kind, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithRecord) before = kith_world_get (KITH_WORLD (self->world), kind, access_id (name), &error);

  g_assert_no_error (error);
  if (before == NULL)
    return;
  kith_world_remove (KITH_WORLD (self->world), kind, access_id (name), &error);
  g_assert_no_error (error);
  kith_oracle_remove (self->oracle, kind, access_id (name));
  changed (self, before, NULL);
}

void
access_sweep (AccessFixture *self)
{
  g_autoptr (GList) subjects = g_hash_table_get_keys (self->grants);

  for (GList *l = subjects; l != NULL; l = l->next)
    {
      GPtrArray *grants = g_hash_table_lookup (self->grants, l->data);
      gboolean ended = FALSE;

      for (guint i = 0; i < grants->len && !ended; i++)
        {
          const KithGrant *grant = g_ptr_array_index (grants, i);

          ended = grant->not_after != 0 && grant->not_after <= self->now;
        }
      if (ended)
        {
          g_autofree char *subject = g_strdup (l->data);

          recompute_subject (self, subject);
        }
    }
}

/* The subject a scope belongs to. */
static char *
subject_of (AccessFixture *self, const char *scope)
{
  g_auto (GStrv) parts = g_strsplit (scope, ":", 3);

  if (g_str_has_prefix (parts[0], "client") || g_str_equal (parts[0], "care"))
    return g_strconcat ("client:", parts[1], NULL);
  if (g_str_has_prefix (parts[0], "case"))
    {
      g_autoptr (KithRecord) of = kith_world_get (KITH_WORLD (self->world), "case", parts[1], NULL);

      return g_strconcat ("client:", of != NULL ? kith_record_string (of, "client") : "", NULL);
    }
  if (g_str_has_prefix (parts[0], "referral"))
    {
      g_autoptr (KithRecord) referral = kith_world_get (KITH_WORLD (self->world), "referral", parts[1], NULL);
      const char *client = referral != NULL ? kith_record_string (referral, "client") : NULL;

      return client != NULL ? g_strconcat ("client:", client, NULL) : g_strconcat ("referral:", parts[1], NULL);
    }

  return g_strdup (scope);
}

gboolean
access_sees (AccessFixture *self, const char *user_id, const char *scope)
{
  g_autofree char *subject = subject_of (self, scope);
  GPtrArray *members = g_hash_table_lookup (self->members, user_id);
  GPtrArray *grants = g_hash_table_lookup (self->grants, subject);

  for (guint i = 0; grants != NULL && members != NULL && i < grants->len; i++)
    {
      const KithGrant *grant = g_ptr_array_index (grants, i);

      if (g_str_equal (grant->scope, scope) && (grant->not_after == 0 || self->now < grant->not_after) &&
          g_ptr_array_find_with_equal_func (members, grant->principal, g_str_equal, NULL))
        return TRUE;
    }

  return FALSE;
}

char *
access_explain (AccessFixture *self, const char *user_id, const char *scope)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (KithRecord) staff = kith_world_get (KITH_WORLD (self->world), "staff", user_id, NULL);
  g_autofree char *body = staff != NULL ? kith_record_print (staff) : NULL;
  g_autofree char *subject = subject_of (self, scope);
  GPtrArray *members = g_hash_table_lookup (self->members, user_id);
  GPtrArray *grants = g_hash_table_lookup (self->grants, subject);

  g_string_append_printf (text, "%s %s\n", user_id, body);
  for (guint i = 0; members != NULL && i < members->len; i++)
    g_string_append_printf (text, "  in %s\n", (const char *) g_ptr_array_index (members, i));
  for (guint i = 0; grants != NULL && i < grants->len; i++)
    {
      const KithGrant *grant = g_ptr_array_index (grants, i);

      if (g_str_equal (grant->scope, scope))
        g_string_append_printf (text, "  %s to %s because %s\n", scope, grant->principal, grant->reason);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}
