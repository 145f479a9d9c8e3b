/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "op-fixture.h"

#include "kith-access.h"
#include "kith-clock.h"

#define START G_GINT64_CONSTANT (1772442000000) /* a Monday, 2026-03-02T09:00Z */

struct _OpFixture
{
  KithMemoryWorld *world;
  KithWorld *desk;
  GPtrArray *kept; /* what op_get lent */
  gint64 now;
  gint64 lag;
  const char *late, *had, *ended; /* staff ids */
  KithOpContext *cx;              /* of what runs now */
  guint n;
  char *message;
  JsonObject *there;
};

const char *
op_id (const char *name)
{
  static GHashTable *ids;

  if (ids == NULL)
    ids = g_hash_table_new (g_str_hash, g_str_equal);
  if (!g_hash_table_contains (ids, name))
    {
      g_autofree char *id = kith_id_natural ("test", name);
      id[14] = '7'; /* as if made, not computed */
      g_hash_table_insert (ids, (gpointer) g_intern_string (name), (gpointer) g_intern_string (id));
    }
  return g_hash_table_lookup (ids, name);
}

char *
op_expand (const char *with_names)
{
  g_auto (GStrv) parts = g_strsplit (with_names, ":", -1);

  for (guint i = 1; parts[0] != NULL && parts[i] != NULL; i++)
    {
      const char *id = kith_id_is_valid (parts[i]) || g_str_equal (parts[i], "network") ? NULL : op_id (parts[i]);

      if (id == NULL) /* is one already */
        continue;

      g_free (parts[i]);
      parts[i] = g_strdup (id);
    }
  return g_strjoinv (":", parts);
}

KithWorld *
op_world (OpFixture *self)
{
  return KITH_WORLD (self->world);
}

KithWorld *
op_desk (OpFixture *self)
{
  return self->desk;
}

void
op_advance (OpFixture *self, gint64 ms)
{
  self->now += ms;
}

void
op_set_lag (OpFixture *self, gint64 ms)
{
  self->lag = ms;
}

void
op_set_late (OpFixture *self, const char *who)
{
  self->late = who != NULL ? op_id (who) : NULL;
}

void
op_set_had (OpFixture *self, const char *who)
{
  self->had = who != NULL ? op_id (who) : NULL;
}

void
op_set_ended (OpFixture *self, const char *who)
{
  self->ended = op_id (who);
}

char *
op_time (OpFixture *self, gint64 ms_from_now)
{
  return kith_time_format (self->now + ms_from_now);
}

const char *
op_message (OpFixture *self)
{
  return self->message != NULL ? self->message : "";
}

JsonObject *
op_now (OpFixture *self)
{
  return self->there;
}

/* ---- who sees what, by the facts ---- */

static char *
subject_of (KithWorld *world, const char *scope)
{
  g_auto (GStrv) parts = g_strsplit (scope, ":", 3);
  g_autoptr (KithRecord) referral = NULL;

  if (g_str_equal (parts[0], "dir") || g_str_equal (parts[0], "agency") || g_str_equal (parts[0], "user") ||
      g_str_equal (parts[0], "match") || g_str_equal (parts[0], "service") || g_str_equal (parts[0], "queue") ||
      g_str_equal (parts[0], "account") || g_str_equal (parts[0], "audit") || g_str_equal (parts[0], "contact"))
    return g_strdup (scope);
  if (g_str_has_prefix (parts[0], "case") || g_str_equal (parts[0], "amendment") || g_str_equal (parts[0], "agreed") || g_str_equal (parts[0], "why"))
    {
      const char *kind = g_str_has_prefix (parts[0], "case") ? "case" : g_str_equal (parts[0], "why") ? "client_reason" : "amendment_request";
      g_autoptr (KithRecord) of = kith_world_get (world, kind, parts[1], NULL);

      return g_strconcat ("client:", of != NULL ? kith_record_string (of, "client") : parts[1], NULL);
    }
  if (!g_str_has_prefix (parts[0], "referral"))
    return parts[1] != NULL ? g_strconcat ("client:", parts[1], NULL) : g_strdup (scope);
  referral = kith_world_get (world, "referral", parts[1], NULL);
  if (referral != NULL && kith_record_string (referral, "client") != NULL)
    return g_strconcat ("client:", kith_record_string (referral, "client"), NULL);
  return g_strconcat ("referral:", parts[1], NULL);
}

static KithSees
fixture_sees (KithWorld *world, const KithActor *actor, const char *scope, gpointer data)
{
  OpFixture *self = data;

  if (self->late != NULL && g_strcmp0 (actor->user, self->late) == 0)
    return KITH_SEES_NOW;
  if (self->had != NULL && self->cx != NULL && g_strcmp0 (actor->user, self->had) == 0)
    {
      self->cx->late = TRUE;
      return KITH_SEES_NOW;
    }

  g_autofree char *subject = subject_of (world, scope);
  g_autoptr (GPtrArray) grants = kith_access_grants (world, subject, self->now, NULL);
  g_autoptr (GPtrArray) principals = kith_access_principals (actor);

  for (guint i = 0; i < grants->len; i++)
    {
      KithGrant *grant = g_ptr_array_index (grants, i);

      if (g_str_equal (grant->scope, scope) &&
          g_ptr_array_find_with_equal_func (principals, grant->principal, g_str_equal, NULL))
        return KITH_SEES_NOW;
    }
  return g_strcmp0 (actor->user, self->ended) == 0 ? KITH_SEES_ENDED : KITH_SEES_NOTHING;
}

/* ---- the network ---- */

void
op_put (OpFixture *self, const char *kind, const char *id, JsonObject *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithRecord) record = kith_record_new_for_body (kith_kind_get (kind), id, body);

  kith_world_put (op_world (self), record, &error);
  g_assert_no_error (error);
  json_object_unref (body);
}

void
op_set (OpFixture *self, const char *kind, const char *id, const char *field, JsonNode *value)
{
  g_autoptr (KithRecord) record = kith_world_get (op_world (self), kind, id, NULL);

  g_assert_nonnull (record);
  kith_record_set_node (record, field, value);
  g_assert_true (kith_world_put (op_world (self), record, NULL));
}

static void
add_agency (OpFixture *self, const char *name)
{
  g_autofree char *long_name = g_strdup_printf ("Agency %s", name);
  g_autofree char *settings = kith_id_natural ("agency_settings", op_id (name));

  op_put (self, "organization", op_id (name),
          kith_json_new ("name", "s", long_name, "description", "s", "An agency.", NULL));
  op_put (self, "agency_settings", settings,
          kith_json_new ("agency", "s", op_id (name), "victim_service", "b", g_str_equal (name, "V"), "response_days",
                         "i", (gint64) 2, "grace_days", "i", (gint64) 2, NULL));
}

static void
add_service (OpFixture *self, const char *name, const char *agency, const char *program, gboolean direct,
             const char *status)
{
  g_autofree char *long_name = g_strdup_printf ("Service %s", name);

  op_put (self, "service", op_id (name),
          kith_json_new ("organization_id", "s", op_id (agency), "program_id", "s",
                         program != NULL ? op_id (program) : NULL, "name", "s", long_name, "status", "s", status,
                         "direct", "b", direct, NULL));
}

static void
add_staff (OpFixture *self, const char *who, const char *agency, const char *level, const char *role, const char *duty,
           const char *services)
{
  gboolean trained = !g_str_has_suffix (who, "-new");
  gboolean active = !g_str_has_suffix (who, "-gone");
  g_auto (GStrv) list = g_strsplit (services != NULL ? services : "", " ", -1);

  op_put (self, "staff", op_id (who),
          kith_json_new ("agency", "s", agency != NULL ? op_id (agency) : NULL, "given_name", "s", who, "family_name",
                         "s", "Test", "name", "s", who, "level", "s", level, "role", "s", role, "duties", "a",
                         duty != NULL ? kith_json_strings (duty, NULL) : NULL, "active", "b", active, "trained", "b",
                         trained, NULL));
  for (guint i = 0; list[i] != NULL; i++)
    {
      g_auto (GStrv) part = g_strsplit (list[i], "=", 2);
      g_autofree char *key = g_strconcat (op_id (who), ":", op_id (part[0]), NULL);
      g_autofree char *id = kith_id_natural ("staff_service", key);

      op_put (self, "staff_service", id,
              kith_json_new ("staff", "s", op_id (who), "service", "s", op_id (part[0]), "agency", "s", op_id (agency),
                             "role", "s", part[1], NULL));
    }
}

static void
add_people (OpFixture *self, const char *agency, const char *prefix, const char *service)
{
  static const struct { const char *who, *level, *role, *duty; } people[] = {
    { "sup", "standard", "care_coordinator", "supervisor" }, { "rm", "standard", "referral_manager", NULL },
    { "cc", "standard", "care_coordinator", NULL },          { "cc2", "standard", "care_coordinator", NULL },
    { "admin", "standard", "care_coordinator", "agency_admin" }, { "new", "standard", "referral_manager", NULL },
    { "gone", "standard", "referral_manager", NULL },        { "portal", "portal", NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      g_autofree char *who = g_strconcat (prefix, "-", people[i].who, NULL);
      g_autofree char *own = g_str_equal (people[i].who, "cc2") && service != NULL
                                 ? g_strconcat (service, "=referral_manager", NULL)
                                 : g_strdup (service);

      add_staff (self, who, agency, people[i].level, people[i].role, people[i].duty, own);
    }
}

OpFixture *
op_fixture_new (void)
{
  static const char *const agencies[] = { "A", "B", "C", "V" };
  OpFixture *self = g_new0 (OpFixture, 1);

  kith_kinds_register ();
  self->world = kith_memory_world_new ();
  self->kept = g_ptr_array_new_with_free_func (g_object_unref);
  self->now = START;
  for (guint i = 0; i < G_N_ELEMENTS (agencies); i++)
    add_agency (self, agencies[i]);
  op_put (self, "program", op_id ("P"),
          kith_json_new ("organization_id", "s", op_id ("B"), "name", "s", "Program P", "description", "s", "x", NULL));
  add_service (self, "S", "B", "P", TRUE, "active");
  add_service (self, "S-info", "B", NULL, FALSE, "active");
  add_service (self, "S-shut", "B", NULL, TRUE, "temporarily_closed");
  add_service (self, "SA", "A", NULL, TRUE, "active");
  add_people (self, "A", "a", "SA");
  add_people (self, "B", "b", "S");
  add_people (self, "C", "c", NULL);
  add_people (self, "V", "v", NULL);
  add_staff (self, "b-rm2", "B", "standard", "referral_manager", NULL, NULL);
  add_staff (self, "net", NULL, "network", NULL, NULL, NULL);
  kith_memory_world_set_sees (self->world, fixture_sees, self);
  return self;
}

void
op_fixture_free (OpFixture *self)
{
  g_clear_object (&self->desk);
  g_clear_object (&self->world);
  g_ptr_array_unref (self->kept);
  g_clear_pointer (&self->there, json_object_unref);
  g_free (self->message);
  g_free (self);
}

KithActor *
op_actor (OpFixture *self, const char *who)
{
  g_autoptr (KithRecord) staff = NULL;
  g_autoptr (KithRecord) settings = NULL;
  g_autoptr (KithRecord) organization = NULL;
  g_autoptr (GPtrArray) services = NULL;
  const char *agency;

  if (g_str_equal (who, "hub"))
    return kith_actor_new_hub ();
  staff = kith_world_get (op_world (self), "staff", op_id (who), NULL);
  g_assert_nonnull (staff);
  services = kith_world_find (op_world (self), NULL, "staff_service", "staff", op_id (who), NULL, NULL);
  agency = kith_record_string (staff, "agency");
  if (agency != NULL)
    {
      g_autofree char *id = kith_id_natural ("agency_settings", agency);

      settings = kith_world_get (op_world (self), "agency_settings", id, NULL);
      organization = kith_world_get (op_world (self), "organization", agency, NULL);
    }
  return kith_actor_new_for_staff (staff, services, settings, organization);
}

/* ---- copies and dumps ---- */

typedef struct
{
  KithWorld *to;
  GString *dump;
} Copying;

static void
copy_one (gpointer data, gpointer user_data)
{
  Copying *copying = user_data;

  if (copying->to != NULL)
    g_assert_true (kith_world_put (copying->to, data, NULL));
  if (copying->dump != NULL)
    {
      g_autofree char *body = kith_record_print (data);
      g_string_append_printf (copying->dump, "%s %s %s\n", kith_record_get_kind (data)->name, kith_record_get_id (data),
                              body);
    }
}

static void
each_record (KithMemoryWorld *world, Copying *copying)
{
  guint n;
  const KithKind *const *kinds = kith_kinds_list (&n);

  for (guint i = 0; i < n; i++)
    kith_memory_world_foreach (world, kinds[i]->name, copy_one, copying);
}

static char *
dump_world (KithMemoryWorld *world)
{
  Copying copying = { NULL, g_string_new (NULL) };

  each_record (world, &copying);
  return g_string_free (copying.dump, FALSE);
}

/* ---- running ---- */

static const char *
run_in (OpFixture *self, KithWorld *world, gboolean hub, const KithActor *actor, const char *operation,
        JsonObject *args)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *number = g_strdup_printf ("op-%u", self->n);
  g_autofree char *op = kith_id_natural ("op", number);
  g_autofree char *hlc = g_strdup_printf ("%012" G_GINT64_MODIFIER "x-0000-test", self->now);
  g_auto (KithOpContext) cx = { 0 };
  gboolean done;

  cx.world = world;
  cx.actor = actor;
  cx.operation = kith_operation_get (operation);
  cx.op_id = op;
  cx.time_ms = self->now;
  cx.now_ms = hub ? self->now + self->lag : 0;
  cx.hlc = hlc;
  cx.hub = hub;
  g_assert_nonnull (cx.operation);
  g_clear_pointer (&self->message, g_free);
  g_clear_pointer (&self->there, json_object_unref);

  self->cx = &cx;
  done = kith_operation_run (&cx, args, &error);
  self->cx = NULL;
  g_assert_true (done == (error == NULL));
  if (done)
    return kith_outcome_code (cx.outcome);
  if (error->domain != KITH_REFUSAL)
    g_error ("%s failed: %s", operation, error->message);
  /* A refusal is a whole sentence for a person and shows no id. */
  g_assert_true (g_str_has_suffix (error->message, "."));
  self->message = g_strdup (error->message);
  self->there = cx.now != NULL ? json_object_ref (cx.now) : NULL;
  return kith_refusal_code (error->code);
}

const char *
op_run (OpFixture *self, const char *who, const char *operation, JsonObject *args)
{
  g_autoptr (JsonObject) owned = args;
  g_autoptr (KithActor) actor = op_actor (self, who);
  g_autoptr (KithMemoryWorld) twin = kith_memory_world_new ();
  g_autofree char *args_before = kith_json_print_object (args);
  g_autofree char *args_after = NULL;
  g_autofree char *dump = NULL;
  g_autofree char *twin_dump = NULL;
  Copying copying = { KITH_WORLD (twin), NULL };
  const char *twin_result, *result;

  self->n++;
  each_record (self->world, &copying);
  kith_memory_world_set_sees (twin, fixture_sees, self);
  kith_memory_world_begin (twin);
  twin_result = run_in (self, KITH_WORLD (twin), TRUE, actor, operation, args);
  if (self->message != NULL)
    kith_memory_world_rollback (twin);
  kith_memory_world_begin (self->world);
  result = run_in (self, op_world (self), TRUE, actor, operation, args);
  if (self->message != NULL)
    kith_memory_world_rollback (self->world);
  else
    kith_memory_world_commit (self->world);

  dump = dump_world (self->world);
  twin_dump = dump_world (twin);
  args_after = kith_json_print_object (args);
  g_assert_cmpstr (result, ==, twin_result);
  g_assert_cmpstr (dump, ==, twin_dump);
  g_assert_cmpstr (args_before, ==, args_after);
  return result;
}

const char *
op_try (OpFixture *self, const char *who, const char *operation, JsonObject *args)
{
  g_autoptr (JsonObject) owned = args;
  g_autoptr (KithActor) actor = op_actor (self, who);
  const char *result;

  self->n++;
  kith_memory_world_begin (self->world);
  result = run_in (self, op_world (self), TRUE, actor, operation, args);
  kith_memory_world_rollback (self->world);
  return result;
}

/* ---- a desk with part of the world ---- */

#define OP_TYPE_DESK (op_desk_get_type ())
G_DECLARE_FINAL_TYPE (OpDesk, op_desk, OP, DESK, GObject)
struct _OpDesk
{
  GObject parent_instance;
  KithMemoryWorld *rows;
  GHashTable *held;
};

static gboolean
desk_holds (KithWorld *world, const char *scope)
{
  return g_hash_table_contains (OP_DESK (world)->held, scope);
}

static KithRecord *
desk_get (KithWorld *world, const KithKind *kind, const char *id, GError **error)
{
  return kith_world_get (KITH_WORLD (OP_DESK (world)->rows), kind->name, id, error);
}

static gboolean
desk_put (KithWorld *world, KithRecord *record, GError **error)
{
  g_autofree char *scope = kith_record_scope (record);

  g_assert_true (desk_holds (world, scope));
  return kith_world_put (KITH_WORLD (OP_DESK (world)->rows), record, error);
}

static gboolean
desk_remove (KithWorld *world, const KithKind *kind, const char *id, GError **error)
{
  return kith_world_remove (KITH_WORLD (OP_DESK (world)->rows), kind->name, id, error);
}

static GPtrArray *
desk_find (KithWorld *world, const char *scope, const KithKind *kind, const char *field, const char *value,
           gboolean *complete, GError **error)
{
  GPtrArray *found = kith_world_find (KITH_WORLD (OP_DESK (world)->rows), scope, kind->name, field, value, NULL, error);

  *complete = scope != NULL && desk_holds (world, scope);
  return found;
}

static gboolean
desk_begin_scope (KithWorld *world, const char *scope, GError **error)
{
  g_hash_table_add (OP_DESK (world)->held, g_strdup (scope));
  return TRUE;
}

static KithSees
desk_sees (KithWorld *world, const KithActor *actor, const char *scope)
{
  return desk_holds (world, scope) ? KITH_SEES_NOW : KITH_SEES_NOTHING;
}

static void
desk_world_init (KithWorldInterface *iface)
{
  iface->get = desk_get;
  iface->put = desk_put;
  iface->remove = desk_remove;
  iface->find = desk_find;
  iface->holds = desk_holds;
  iface->begin_scope = desk_begin_scope;
  iface->sees = desk_sees;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (OpDesk, op_desk, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (KITH_TYPE_WORLD, desk_world_init))

static void
op_desk_finalize (GObject *object)
{
  g_clear_object (&OP_DESK (object)->rows);
  g_hash_table_unref (OP_DESK (object)->held);
  G_OBJECT_CLASS (op_desk_parent_class)->finalize (object);
}

static void
op_desk_class_init (OpDeskClass *class)
{
  G_OBJECT_CLASS (class)->finalize = op_desk_finalize;
}

static void
op_desk_init (OpDesk *self)
{
  self->rows = kith_memory_world_new ();
  self->held = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
copy_held (gpointer data, gpointer user_data)
{
  OpDesk *desk = user_data;
  g_autofree char *scope = kith_record_scope (data);

  if (g_hash_table_contains (desk->held, scope))
    g_assert_true (kith_world_put (KITH_WORLD (desk->rows), data, NULL));
}

const char *
op_run_desk (OpFixture *self, const char *who, const char *const *scopes, const char *operation, JsonObject *args)
{
  g_autoptr (JsonObject) owned = args;
  g_autoptr (KithActor) actor = op_actor (self, who);
  OpDesk *desk = g_object_new (OP_TYPE_DESK, NULL);
  guint n;
  const KithKind *const *kinds = kith_kinds_list (&n);

  g_clear_object (&self->desk);
  self->desk = KITH_WORLD (desk);
  for (; *scopes != NULL; scopes++)
    g_hash_table_add (desk->held, op_expand (*scopes));
  for (guint i = 0; i < n; i++)
    kith_memory_world_foreach (self->world, kinds[i]->name, copy_held, desk);
  self->n++;
  return run_in (self, self->desk, FALSE, actor, operation, args);
}

/* ---- reading ---- */

KithRecord *
op_get (OpFixture *self, const char *kind, const char *id)
{
  KithRecord *record = kith_world_get (op_world (self), kind, id, NULL);

  if (record != NULL)
    g_ptr_array_add (self->kept, record);
  return record;
}

KithRecord *
op_natural (OpFixture *self, const char *kind, const char *key)
{
  g_autofree char *with_kind = g_strconcat ("x:", key, NULL);
  g_autofree char *expanded = op_expand (with_kind);
  g_autofree char *id = kith_id_natural (kind, expanded + 2);

  return op_get (self, kind, id);
}

const char *
op_field (OpFixture *self, const char *kind, const char *id, const char *field)
{
  KithRecord *record = op_get (self, kind, id);
  const char *value = record != NULL ? kith_record_string (record, field) : NULL;

  return value != NULL ? value : "";
}

const char *
op_phase (OpFixture *self, const char *referral)
{
  return op_field (self, "referral", op_id (referral), "phase");
}

void
op_assert_only_sender (OpFixture *self, const char *referral)
{
  static const char *const others[] = { "b-sup", "b-rm", "b-cc", "b-admin", "b-portal", "net", "c-sup" };
  static const char *const kinds[] = { "referral", "referral_course", "referral_detail", "referral_health" };
  g_autofree char *own = g_strconcat ("referral_own:", referral, ":B", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
        {
          g_autofree char *scope = g_strconcat (kinds[k], ":", referral, NULL);

          if (op_sees (self, others[i], scope))
            g_error ("%s sees %s", others[i], scope);
        }
      g_assert_false (op_sees (self, others[i], own));
    }
}

const char *
op_detail_field (OpFixture *self, const char *referral, const char *field)
{
  KithRecord *detail = op_natural (self, "referral_detail", referral);
  const char *value = detail != NULL ? kith_record_string (detail, field) : NULL;

  return value != NULL ? value : "";
}

const char *
op_course_field (OpFixture *self, const char *referral, const char *field)
{
  KithRecord *course = op_natural (self, "referral_course", referral);
  const char *value = course != NULL ? kith_record_string (course, field) : NULL;

  return value != NULL ? value : "";
}

typedef struct
{
  const char *field, *value;
  guint n;
} Counting;

static void
count_one (gpointer data, gpointer user_data)
{
  Counting *counting = user_data;

  if (counting->field == NULL || kith_record_is (data, counting->field, counting->value))
    counting->n++;
}

guint
op_count_with (OpFixture *self, const char *kind, const char *field, const char *value)
{
  Counting counting = { field, value, 0 };

  kith_memory_world_foreach (self->world, kind, count_one, &counting);
  return counting.n;
}

guint
op_count (OpFixture *self, const char *kind)
{
  return op_count_with (self, kind, NULL, NULL);
}

gboolean
op_sees (OpFixture *self, const char *who, const char *scope)
{
  g_autoptr (KithActor) actor = op_actor (self, who);
  g_autofree char *expanded = op_expand (scope);

  return kith_world_sees (op_world (self), actor, expanded) == KITH_SEES_NOW;
}

/* ---- ready-made steps ---- */

void
op_register (OpFixture *self, const char *who, const char *client)
{
  op_assert (self, who, "client.register",
             kith_json_new ("id", "s", op_id (client), "number", "s", "KA-0001", "values", "o",
                            kith_json_new ("given_name", "s", "Ana", "family_name", "s", "Lopez", "date_of_birth", "s",
                                           "1988-04-07", "address", "o",
                                           kith_json_new ("postal_code", "s", "92101", NULL), NULL),
                            NULL),
             "applied");
}

void
op_consent (OpFixture *self, const char *who, const char *consent, const char *client, const char *receiver)
{
  op_assert (self, who, "consent.record",
             kith_json_new ("id", "s", op_id (consent), "client", "s", op_id (client), "classes", "a",
                            kith_json_strings ("client", "care", NULL), "receivers", "a",
                            kith_json_strings (op_id (receiver), NULL), "how", "s", "verbal", NULL),
             "applied");
}

JsonObject *
op_send_args (const char *referral, const char *client, const char *type, const char *service)
{
  return kith_json_new ("id", "s", op_id (referral), "number", "s", "KA-0002", "client", "s",
                        client != NULL ? op_id (client) : NULL, "type", "s", type, "service", "s",
                        service != NULL ? op_id (service) : NULL, "need", "s", "Food", "urgency", "s", "soon",
                        "request", "s", "Needs food today.", "note", "s", "Speaks Spanish.", NULL);
}

void
op_send (OpFixture *self, const char *who, const char *referral, const char *client, const char *service)
{
  op_assert (self, who, "referral.send", op_send_args (referral, client, "direct", service), "applied");
}

JsonObject *
op_step_args (const char *referral, const char *from)
{
  return kith_json_new ("referral", "s", op_id (referral), "from", "s", from, NULL);
}

void
op_put_assignment (OpFixture *self, const char *client, const char *who, const char *agency)
{
  g_autofree char *key = g_strconcat (op_id (client), ":", op_id (who), NULL);
  g_autofree char *id = kith_id_natural ("assignment", key);

  op_put (self, "assignment", id,
          kith_json_new ("client", "s", op_id (client), "staff", "s", op_id (who), "agency", "s", op_id (agency),
                         NULL));
}

void
op_accepted (OpFixture *self, const char *referral)
{
  op_register (self, "a-cc", "C1");
  op_consent (self, "a-cc", "K1", "C1", "B");
  op_send (self, "a-cc", referral, "C1", "S");
  op_assert (self, "b-rm", "referral.accept", op_step_args (referral, "sent"), "applied");
}
