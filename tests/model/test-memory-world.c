/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <locale.h>

#include "kind-samples.h"
#include "kith-id.h"
#include "kith-world.h"

#define A "0190a1b2-c3d4-7e5f-8a6b-0000000000aa"
#define B "0190a1b2-c3d4-7e5f-8a6b-0000000000bb"
#define C1 "0190a1b2-c3d4-7e5f-8a6b-0000000000c1"
#define C2 "0190a1b2-c3d4-7e5f-8a6b-0000000000c2"

static char *
put_care (KithWorld *world, const char *client, const char *agency, const char *family)
{
  g_autofree char *key = g_strdup_printf ("%s:%s", client, agency);
  char *id = kith_id_natural ("care", key);
  g_autoptr (KithRecord) record = kith_record_new (kith_kind_get ("care"), id);
  g_autoptr (GError) error = NULL;

  kith_record_set_string (record, "client", client);
  kith_record_set_string (record, "agency", agency);
  kith_record_set_string (record, "family_name", family);
  kith_world_put (world, record, &error);
  g_assert_no_error (error);
  return id;
}

static guint
count (KithWorld *world, const char *scope, const char *kind, const char *field, const char *value)
{
  gboolean complete = FALSE;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = kith_world_find (world, scope, kind, field, value, &complete, &error);

  g_assert_no_error (error);
  g_assert_true (complete);
  for (guint i = 1; i < found->len; i++)
    g_assert_cmpstr (kith_record_get_id (found->pdata[i - 1]), <, kith_record_get_id (found->pdata[i]));
  return found->len;
}

static void
test_get_put_remove (void)
{
  g_autoptr (KithWorld) world = KITH_WORLD (kith_memory_world_new ());
  g_autofree char *id = put_care (world, C1, A, "Lopez");
  g_autoptr (KithRecord) record = kith_world_get (world, "care", id, NULL);
  g_autoptr (KithRecord) again = NULL;

  /* A copy that is yours to change. */
  kith_record_set_string (record, "family_name", "Perez");
  again = kith_world_get (world, "care", id, NULL);
  g_assert_cmpstr (kith_record_string (again, "family_name"), ==, "Lopez");
  g_assert_true (kith_world_put (world, record, NULL));
  g_assert_cmpuint (count (world, NULL, "care", "family_name", "Lopez"), ==, 0);
  g_assert_cmpuint (count (world, NULL, "care", "family_name", "Perez"), ==, 1);
  /* What was put is not what is changed afterwards. */
  kith_record_set_string (record, "family_name", "Ruiz");
  g_assert_cmpuint (count (world, NULL, "care", "family_name", "Perez"), ==, 1);
  g_assert_true (kith_world_remove (world, "care", id, NULL));
  g_assert_null (kith_world_get (world, "care", id, NULL));
  g_assert_true (kith_world_remove (world, "care", id, NULL));
  g_assert_cmpuint (count (world, NULL, "care", "family_name", "Perez"), ==, 0);
}

static void
test_find (void)
{
  g_autoptr (KithWorld) world = KITH_WORLD (kith_memory_world_new ());
  g_autofree char *a1 = put_care (world, C1, A, "Lopez");
  g_autofree char *b1 = put_care (world, C1, B, "Lopez");
  g_autofree char *a2 = put_care (world, C2, A, "Lopez");

  g_assert_cmpuint (count (world, NULL, "care", "client", C1), ==, 2);
  g_assert_cmpuint (count (world, NULL, "care", "agency", A), ==, 2);
  g_assert_cmpuint (count (world, NULL, "care", "family_name", "Lopez"), ==, 3);
  g_assert_cmpuint (count (world, "care:" C1 ":" A, "care", "client", C1), ==, 1);
  g_assert_cmpuint (count (world, "care:" C1 ":" A, "care", NULL, NULL), ==, 1);
  g_assert_cmpuint (count (world, "care:" C2 ":" B, "care", NULL, NULL), ==, 0);
  g_assert_cmpuint (count (world, NULL, "care", "client", B), ==, 0);
  g_assert_cmpuint (count (world, NULL, "assignment", "client", C1), ==, 0);
}

/* A record that breaks its table, or belongs to nobody, is never stored. */
static void
test_put_checks (void)
{
  g_autoptr (KithWorld) world = KITH_WORLD (kith_memory_world_new ());
  g_autoptr (KithRecord) record = kith_record_new (kith_kind_get ("care"), SAMPLE_ID);
  g_autoptr (KithRecord) event = sample_record (kith_kind_get ("referral_event"));
  g_autoptr (GError) error = NULL;

  kith_record_set_string (record, "client", C1);
  g_assert_false (kith_world_put (world, record, &error));
  g_assert_error (error, KITH_MODEL_ERROR, KITH_MODEL_ERROR_INVALID);
  g_clear_error (&error);
  kith_record_set_string (event, "agency", NULL);
  g_assert_false (kith_world_put (world, event, &error));
  g_assert_error (error, KITH_MODEL_ERROR, KITH_MODEL_ERROR_INVALID);
  g_assert_null (kith_world_get (world, "care", SAMPLE_ID, NULL));
}

static void
test_find_needs_an_index (void)
{
  g_autoptr (KithWorld) world = KITH_WORLD (kith_memory_world_new ());

  g_test_expect_message (NULL, G_LOG_LEVEL_CRITICAL, "*KITH_FIELD_INDEXED*");
  g_assert_null (kith_world_find (world, NULL, "client", "email", "a@b", NULL, NULL));
  g_test_assert_expected_messages ();
}

static void
test_rollback (void)
{
  g_autoptr (KithMemoryWorld) memory = kith_memory_world_new ();
  KithWorld *world = KITH_WORLD (memory);
  g_autofree char *kept = put_care (world, C1, A, "Lopez");
  g_autofree char *removed = put_care (world, C2, A, "Ruiz");
  g_autofree char *added = NULL;
  g_autofree char *later = NULL;

  kith_memory_world_begin (memory);
  added = put_care (world, C2, B, "Diaz");
  g_free (put_care (world, C1, A, "Perez"));
  g_free (put_care (world, C1, A, "Gomez"));
  kith_world_remove (world, "care", removed, NULL);
  g_assert_cmpuint (count (world, NULL, "care", "agency", A), ==, 1);
  kith_memory_world_rollback (memory);
  g_assert_null (kith_world_get (world, "care", added, NULL));
  g_assert_cmpuint (count (world, NULL, "care", "family_name", "Lopez"), ==, 1);
  g_assert_cmpuint (count (world, NULL, "care", "family_name", "Ruiz"), ==, 1);
  g_assert_cmpuint (count (world, NULL, "care", "family_name", "Gomez"), ==, 0);

  /* Savepoints nest: what the inner one kept goes with the outer one. */
  kith_memory_world_begin (memory);
  g_free (put_care (world, C1, A, "Outer"));
  kith_memory_world_begin (memory);
  g_free (put_care (world, C1, A, "Inner"));
  kith_memory_world_rollback (memory);
  g_assert_cmpuint (count (world, NULL, "care", "family_name", "Outer"), ==, 1);
  kith_memory_world_begin (memory);
  g_free (put_care (world, C1, A, "Kept"));
  kith_memory_world_commit (memory);
  kith_memory_world_rollback (memory);
  g_assert_cmpuint (count (world, NULL, "care", "family_name", "Lopez"), ==, 1);

  kith_memory_world_begin (memory);
  later = put_care (world, C2, B, "Diaz");
  kith_memory_world_commit (memory);
  g_assert_cmpuint (count (world, NULL, "care", "family_name", "Diaz"), ==, 1);
}

static KithSees
sees_cb (KithWorld *world, const KithActor *actor, const char *scope, gpointer data)
{
  return strcmp (scope, data) == 0 ? KITH_SEES_ENDED : KITH_SEES_NOTHING;
}

static void
test_sees (void)
{
  g_autoptr (KithMemoryWorld) memory = kith_memory_world_new ();

  g_assert_cmpint (kith_world_sees (KITH_WORLD (memory), NULL, "dir"), ==, KITH_SEES_NOW);
  kith_memory_world_set_sees (memory, sees_cb, "client:C");
  g_assert_cmpint (kith_world_sees (KITH_WORLD (memory), NULL, "dir"), ==, KITH_SEES_NOTHING);
  g_assert_cmpint (kith_world_sees (KITH_WORLD (memory), NULL, "client:C"), ==, KITH_SEES_ENDED);
  g_assert_true (kith_world_holds (KITH_WORLD (memory), "client:C"));
  g_assert_true (kith_world_begin_scope (KITH_WORLD (memory), "client:C", NULL));
}

static void
collect_cb (gpointer record, gpointer data)
{
  g_string_append (data, kith_record_string (record, "family_name"));
}

static void
test_foreach_in_order (void)
{
  g_autoptr (KithMemoryWorld) memory = kith_memory_world_new ();
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 9; i > 0; i--)
    {
      g_autofree char *id = g_strdup_printf ("0190a1b2-c3d4-7e5f-8a6b-00000000000%u", i);
      g_autofree char *name = g_strdup_printf ("%u", i);
      g_autoptr (KithRecord) record = kith_record_new (kith_kind_get ("care"), id);

      kith_record_set_string (record, "client", C1);
      kith_record_set_string (record, "agency", A);
      kith_record_set_string (record, "family_name", name);
      g_assert_true (kith_world_put (KITH_WORLD (memory), record, NULL));
    }
  kith_memory_world_foreach (memory, "care", collect_cb, names);
  g_assert_cmpstr (names->str, ==, "123456789");
}

/* --- what a world is asked to read --- */

#define TEST_TYPE_ASKED (test_asked_get_type ())
G_DECLARE_FINAL_TYPE (TestAsked, test_asked, TEST, ASKED, GObject)

struct _TestAsked
{
  GObject parent_instance;
  KithWorld *kept;
  const char *field;
};

static GPtrArray *
asked_find (KithWorld *world, const char *scope, const KithKind *kind, const char *field, const char *value, gboolean *complete, GError **error)
{
  TEST_ASKED (world)->field = field;
  return kith_world_find (TEST_ASKED (world)->kept, scope, kind->name, field, value, complete, error);
}

static void
asked_world_init (KithWorldInterface *iface)
{
  iface->find = asked_find;
}

G_DEFINE_TYPE_WITH_CODE (TestAsked, test_asked, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (KITH_TYPE_WORLD, asked_world_init))

static void
test_asked_dispose (GObject *object)
{
  g_clear_object (&TEST_ASKED (object)->kept);
  G_OBJECT_CLASS (test_asked_parent_class)->dispose (object);
}

static void
test_asked_class_init (TestAskedClass *class)
{
  G_OBJECT_CLASS (class)->dispose = test_asked_dispose;
}

static void
test_asked_init (TestAsked *self)
{
  self->kept = KITH_WORLD (kith_memory_world_new ());
}

static void
put_enrollment (KithWorld *world, const char *id, const char *client, const char *agency)
{
  g_autoptr (KithRecord) record = kith_record_new (kith_kind_get ("enrollment"), id);
  g_autoptr (GError) error = NULL;

  kith_record_set_string (record, "client", client);
  kith_record_set_string (record, "agency", agency);
  kith_record_set_string (record, "program", B);
  kith_record_set_string (record, "started_on", "2026-01-05");
  kith_world_put (world, record, &error);
  g_assert_no_error (error);
}

/* Half of an agency may be in one program: to look whether one client is there already must not read them all. */
static void
test_reads_the_smaller (void)
{
  g_autoptr (TestAsked) asked = g_object_new (TEST_TYPE_ASKED, NULL);
  KithWorld *world = KITH_WORLD (asked);

  put_enrollment (asked->kept, "0190a1b2-c3d4-7e5f-8a6b-000000000001", C1, A);
  put_enrollment (asked->kept, "0190a1b2-c3d4-7e5f-8a6b-000000000002", C2, A);
  put_enrollment (asked->kept, "0190a1b2-c3d4-7e5f-8a6b-000000000003", C1, B);

  g_assert_cmpuint (count (world, "care:" C1 ":" A, "enrollment", "program", B), ==, 1);
  g_assert_null (asked->field);
  g_assert_cmpuint (count (world, "care:" C1 ":" A, "enrollment", "program", C1), ==, 0);
  g_assert_cmpuint (count (world, "care:" C1 ":" A, "enrollment", "client", C1), ==, 1); /* as small as the scope */
  g_assert_cmpstr (asked->field, ==, "client");
  g_assert_cmpuint (count (world, NULL, "enrollment", "program", B), ==, 3);
  g_assert_cmpstr (asked->field, ==, "program");
  g_assert_cmpuint (count (world, "agency:" A, "assignment", "client", C1), ==, 0); /* an agency has more than a client has */
  g_assert_cmpstr (asked->field, ==, "client");
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/world/get-put-remove", test_get_put_remove);
  g_test_add_func ("/model/world/find", test_find);
  g_test_add_func ("/model/world/put-checks", test_put_checks);
  g_test_add_func ("/model/world/find-needs-an-index", test_find_needs_an_index);
  g_test_add_func ("/model/world/rollback", test_rollback);
  g_test_add_func ("/model/world/sees", test_sees);
  g_test_add_func ("/model/world/foreach-in-order", test_foreach_in_order);
  g_test_add_func ("/model/world/reads-the-smaller", test_reads_the_smaller);
  return g_test_run ();
}
