/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Access rules as tables: who sees a scope after each step. Every expectation is also asked of the oracle. */
#include "access-fixture.h"

#include <string.h>

/* Agency A: ann referral manager, abe care coordinator, sue supervisor. Agency B runs service S of program P: bob manages S, ben is a
 * coordinator but manages S (U12), bea has S as coordinator, bix is a referral manager without S, bos supervisor; por and pod use the
 * portal for S, pod with the detail (P11). Agency C: cyd referral manager and supervisor. net: network staff. */
static const char *const everybody[] = { "abe", "ann", "bea", "ben", "bix", "bob", "bos", "cyd", "net", "pod", "por", "sue" };

static AccessFixture *
cast_new (void)
{
  AccessFixture *fx = access_fixture_new ();

  access_put (fx, "service", "S", "{'organization_id':'@B','program_id':'@P'}");
  access_put (fx, "staff", "ann", "{'agency':'@A','role':'referral_manager'}");
  access_put (fx, "staff", "abe", "{'agency':'@A'}");
  access_put (fx, "staff", "sue", "{'agency':'@A','duties':['supervisor']}");
  access_put (fx, "staff", "bob", "{'agency':'@B','role':'referral_manager'}");
  access_put (fx, "staff", "ben", "{'agency':'@B'}");
  access_put (fx, "staff", "bea", "{'agency':'@B'}");
  access_put (fx, "staff", "bix", "{'agency':'@B','role':'referral_manager'}");
  access_put (fx, "staff", "bos", "{'agency':'@B','duties':['supervisor']}");
  access_put (fx, "staff", "cyd", "{'agency':'@C','role':'referral_manager','duties':['supervisor']}");
  access_put (fx, "staff", "net", "{'level':'network'}");
  access_put (fx, "staff", "por", "{'agency':'@B','level':'portal','resources':['@S']}");
  access_put (fx, "staff", "pod", "{'agency':'@B','level':'portal','resources':['@S'],'sees_details':true}");
  access_put (fx, "staff_service", "bobS", "{'staff':'@bob','service':'@S','agency':'@B'}");
  access_put (fx, "staff_service", "benS", "{'staff':'@ben','service':'@S','agency':'@B','role':'referral_manager'}");
  access_put (fx, "staff_service", "beaS", "{'staff':'@bea','service':'@S','agency':'@B'}");
  access_put (fx, "client", "c", "{'agency':'@A'}");

  return fx;
}

static void
consent (AccessFixture *fx, const char *name, const char *classes, const char *receivers)
{
  access_put (fx, "consent", name, "{'client':'@c','agency':'@A','classes':[%s],'receivers':[%s]}", classes, receivers);
}

static void
referral (AccessFixture *fx, const char *extra)
{
  access_put (fx, "referral", "r",
              "{'client':'@c','agency':'@A','author':'@abe','agency_to':'@B','service':'@S','resources':['@S','@P','@B']}");
  access_put (fx, "referral", "r", "{%s}", extra);
}

/* A release lies with the detail. */
static void
release (AccessFixture *fx, const char *of, const char *fields)
{
  g_autofree char *name = g_strconcat (of, "_detail", NULL);
  const char *client = g_str_equal (of, "r") ? "'@c'" : "null";

  access_put (fx, "referral_detail", name, "{'referral':'@%s','client':%s,%s}", of, client, fields);
}

/* Exactly these people see it, in the order of the alphabet. */
static void
assert_sees (AccessFixture *fx, const char *scope_text, const char *names)
{
  g_autofree char *scope = access_scope (scope_text);
  g_autoptr (GString) got = g_string_new (NULL);
  g_autoptr (GString) oracle = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (everybody); i++)
    {
      const char *id = access_id (everybody[i]);

      if (access_sees (fx, id, scope))
        g_string_append_printf (got, "%s%s", got->len > 0 ? " " : "", everybody[i]);
      if (kith_oracle_visible (fx->oracle, id, scope, fx->now))
        g_string_append_printf (oracle, "%s%s", oracle->len > 0 ? " " : "", everybody[i]);
    }
  if (!g_str_equal (got->str, names) || !g_str_equal (oracle->str, names))
    g_test_message ("%s", scope_text);
  g_assert_cmpstr (got->str, ==, names);
  g_assert_cmpstr (oracle->str, ==, names);
}

static void
test_own_agency (void)
{
  g_autoptr (AccessFixture) fx = cast_new ();

  /* C1, A1: the agency's supervisors and referral managers; nobody elsewhere, the network's own staff neither. */
  assert_sees (fx, "client:@c", "ann sue");
  assert_sees (fx, "client_billing:@c", "ann sue");
  assert_sees (fx, "care:@c:@A", "ann sue");
  assert_sees (fx, "care:@c:@B", "");

  access_put (fx, "assignment", "c-abe", "{'client':'@c','staff':'@abe','agency':'@A'}");
  assert_sees (fx, "client:@c", "abe ann sue");
  assert_sees (fx, "care:@c:@A", "abe ann sue");
  access_remove (fx, "assignment", "c-abe");
  assert_sees (fx, "client:@c", "ann sue");
}

static void
test_narrow_agency (void)
{
  g_autoptr (AccessFixture) fx = cast_new ();

  access_put (fx, "agency_settings", "setA", "{'agency':'@A','narrow':true}");
  assert_sees (fx, "client:@c", "sue");
  access_put (fx, "assignment", "c-ann", "{'client':'@c','staff':'@ann','agency':'@A'}");
  assert_sees (fx, "client:@c", "ann sue");
  access_remove (fx, "assignment", "c-ann");
  access_put (fx, "agency_settings", "setA", "{'narrow':false}");
  assert_sees (fx, "client:@c", "ann sue");
}

static void
test_restricted_client (void)
{
  g_autoptr (AccessFixture) fx = cast_new ();

  consent (fx, "k", "'client','care'", "'@B'");
  referral (fx, "'phase':'accepted','accepted':true");
  access_put (fx, "assignment", "c-abe", "{'client':'@c','staff':'@abe','agency':'@A'}");
  access_put (fx, "client", "c", "{'restricted':true}");
  assert_sees (fx, "client:@c", "abe bos sue");
  assert_sees (fx, "referral:@r", "abe ben bob bos pod por sue");
  access_put (fx, "client", "c", "{'restricted':null}");
  assert_sees (fx, "client:@c", "abe ann bix bob bos sue");
}

static void
test_consent_needs_basis (void)
{
  g_autoptr (AccessFixture) fx = cast_new ();

  consent (fx, "k", "'client','client_billing','care'", "'@B','@C'");
  assert_sees (fx, "client:@c", "ann sue");
  referral (fx, "");
  assert_sees (fx, "client:@c", "ann sue");
  referral (fx, "'phase':'accepted','accepted':true");
  assert_sees (fx, "client:@c", "ann bix bob bos sue");
  assert_sees (fx, "client_billing:@c", "ann bix bob bos sue");
  assert_sees (fx, "care:@c:@A", "ann bix bob bos sue");

  /* Assigned people of the other agency, and closing changes nothing. */
  access_put (fx, "care", "c-B", "{'client':'@c','agency':'@B'}");
  access_put (fx, "assignment", "c-bea", "{'client':'@c','staff':'@bea','agency':'@B'}");
  referral (fx, "'phase':'closed_resolved'");
  assert_sees (fx, "client:@c", "ann bea bix bob bos sue");
  assert_sees (fx, "care:@c:@B", "bea bix bob bos");
}

static void
test_classes (void)
{
  g_autoptr (AccessFixture) fx = cast_new ();

  /* C11: class by class. */
  consent (fx, "k", "'client'", "'@B'");
  referral (fx, "'phase':'accepted','accepted':true");
  assert_sees (fx, "client:@c", "ann bix bob bos sue");
  assert_sees (fx, "client_billing:@c", "ann sue");
  assert_sees (fx, "care:@c:@A", "ann sue");

  /* The owner's right to what the other holds needs the owner among the receivers. */
  access_put (fx, "care", "c-B", "{'client':'@c','agency':'@B'}");
  consent (fx, "k2", "'care'", "'@A'");
  assert_sees (fx, "care:@c:@B", "ann bix bob bos sue");
  assert_sees (fx, "care:@c:@A", "ann sue");
}

static void
test_disclosers (void)
{
  g_autoptr (AccessFixture) fx = cast_new ();

  consent (fx, "k", "'client','care'", "'@B'");
  access_put (fx, "consent", "k", "{'disclosers':['@C']}");
  referral (fx, "'phase':'accepted','accepted':true");
  assert_sees (fx, "client:@c", "ann sue");
  assert_sees (fx, "referral_detail:@r", "abe ann sue");
  access_put (fx, "consent", "k", "{'disclosers':['@A','@C']}");
  assert_sees (fx, "client:@c", "ann bix bob bos sue");
}

static void
test_consent_ends (void)
{
  g_autoptr (AccessFixture) fx = cast_new ();

  consent (fx, "k", "'client','care'", "'@B'");
  access_put (fx, "consent", "k", "{'term':'2026-11-23T00:00:00.000Z'}");
  referral (fx, "'phase':'accepted','accepted':true");
  assert_sees (fx, "client:@c", "ann bix bob bos sue");
  assert_sees (fx, "referral_detail:@r", "abe ann ben bob bos pod sue");

  /* C4: at its term, before anybody wrote that it expired; the accepted referral itself stays known. */
  fx->now += G_GINT64_CONSTANT (86400000);
  assert_sees (fx, "client:@c", "ann sue");
  assert_sees (fx, "referral_detail:@r", "abe ann sue");
  assert_sees (fx, "referral:@r", "abe ann ben bob bos pod por sue");
  assert_sees (fx, "referral_course:@r", "abe ann ben bob bos pod sue");
  access_sweep (fx);
  access_put (fx, "consent", "k", "{'status':'expired'}");
  assert_sees (fx, "client:@c", "ann sue");

  /* The basis outlives it: a later consent opens again. */
  consent (fx, "k2", "'client'", "'@B'");
  assert_sees (fx, "client:@c", "ann bix bob bos sue");
  access_put (fx, "consent", "k2", "{'status':'revoked'}");
  assert_sees (fx, "client:@c", "ann sue");
}

static void
test_refused (void)
{
  g_autoptr (AccessFixture) fx = cast_new ();

  /* C2 */
  consent (fx, "k", "'client'", "'@B'");
  access_put (fx, "consent", "k", "{'permission':'refused','status':'refused'}");
  referral (fx, "");
  assert_sees (fx, "referral:@r", "abe ann sue");
  assert_sees (fx, "referral_detail:@r", "abe ann sue");
}

static void
test_receivers (void)
{
  g_autoptr (AccessFixture) fx = cast_new ();

  consent (fx, "k", "'client'", "'@B'");
  referral (fx, "");
  /* U12: ben manages S though coordinator, bea has S but does not manage it, bix is referral manager of other services.
   * P12: por sees the eight fields only; P11: pod sees the course and the detail. The author keeps it without being on the caseload. */
  assert_sees (fx, "referral:@r", "abe ann ben bob bos pod por sue");
  assert_sees (fx, "referral_course:@r", "abe ann ben bob bos pod sue");
  assert_sees (fx, "referral_detail:@r", "abe ann ben bob bos pod sue");
  assert_sees (fx, "referral_own:@r:@A", "abe ann sue");
  assert_sees (fx, "referral_own:@r:@B", "ben bob bos");

  /* To a whole agency: its referral managers. */
  referral (fx, "'service':null,'resources':['@B'],'turn':2");
  assert_sees (fx, "referral:@r", "abe ann bix bob bos sue");
  access_put (fx, "staff", "por", "{'resources':['@P','@B']}");
  assert_sees (fx, "referral:@r", "abe ann bix bob bos por sue");
  referral (fx, "'service':'@S','resources':['@S','@P','@X'],'turn':3");
  /* P14: by the program it belonged to at sending */
  assert_sees (fx, "referral:@r", "abe ann ben bob bos pod por sue");
}

static void
test_phases (void)
{
  static const struct
  {
    const char *phase, *brief, *detail;
  } rows[] = {
    { "draft", "abe ann sue", "abe ann sue" },
    { "pending_consent", "abe ann sue", "abe ann sue" },
    { "sent", "abe ann ben bob bos pod por sue", "abe ann ben bob bos pod sue" },
    { "contacting", "abe ann ben bob bos pod por sue", "abe ann ben bob bos pod sue" },
    { "waitlisted", "abe ann ben bob bos pod por sue", "abe ann ben bob bos pod sue" },
    { "declined", "abe ann ben bob bos pod por sue", "abe ann sue" },
    { "recalled", "abe ann ben bob bos pod por sue", "abe ann sue" },
    { "expired", "abe ann ben bob bos pod por sue", "abe ann sue" },
    { "closed_unresolved", "abe ann ben bob bos pod por sue", "abe ann ben bob bos pod sue" },
    { "voided", "abe ann sue", "abe ann sue" },
  };
  g_autoptr (AccessFixture) fx = cast_new ();

  consent (fx, "k", "'client'", "'@B'");
  referral (fx, "");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *phase = g_strdup_printf ("'phase':'%s'", rows[i].phase);
      g_auto (GStrv) parts = g_strsplit (rows[i].brief, "por ", 2);
      g_autofree char *course = g_strjoinv ("", parts); /* P12: whoever holds the referral, but for a portal account without P11 */

      referral (fx, phase);
      assert_sees (fx, "referral:@r", rows[i].brief);
      assert_sees (fx, "referral_course:@r", course);
      assert_sees (fx, "referral_detail:@r", rows[i].detail);
    }

  /* What the receiving side wrote for itself stays its own. */
  assert_sees (fx, "referral_own:@r:@B", "ben bob bos");

  /* D3 */
  referral (fx, "'phase':'given','turn':null");
  assert_sees (fx, "referral:@r", "abe ann sue");
  assert_sees (fx, "referral_own:@r:@B", "");
}

static void
test_assignee (void)
{
  g_autoptr (AccessFixture) fx = cast_new ();

  /* P17: re-assigning closes the former one's rows on it. */
  consent (fx, "k", "'client'", "'@B'");
  referral (fx, "'phase':'accepted','accepted':true,'assignee':'@bea'");
  assert_sees (fx, "referral:@r", "abe ann bea ben bob bos pod por sue");
  assert_sees (fx, "referral_detail:@r", "abe ann bea ben bob bos pod sue");
  assert_sees (fx, "referral_own:@r:@B", "bea ben bob bos");
  referral (fx, "'assignee':'@bix'");
  assert_sees (fx, "referral:@r", "abe ann ben bix bob bos pod por sue");
  assert_sees (fx, "referral_own:@r:@B", "ben bix bob bos");
}

static void
test_revoked_by_name (void)
{
  g_autoptr (AccessFixture) fx = cast_new ();

  consent (fx, "k", "'client','care'", "'@B'");
  referral (fx, "");
  referral (fx, "'revoked':true");
  assert_sees (fx, "referral:@r", "abe ann sue");

  /* Accepted: it stays known (C4), its detail and its basis do not, whatever consents remain. */
  referral (fx, "'phase':'accepted','accepted':true");
  assert_sees (fx, "referral:@r", "abe ann ben bob bos pod por sue");
  assert_sees (fx, "referral_course:@r", "abe ann ben bob bos pod sue");
  assert_sees (fx, "referral_detail:@r", "abe ann sue");
  assert_sees (fx, "client:@c", "ann sue");
}

static void
test_release (void)
{
  g_autoptr (AccessFixture) fx = cast_new ();

  /* C5: kept with a legal basis, for its classes and its time. */
  consent (fx, "k", "'client'", "'@B'");
  referral (fx, "");
  access_put (fx, "consent", "k", "{'status':'revoked'}");
  assert_sees (fx, "referral:@r", "abe ann sue");
  release (fx, "r", "'release_classes':['client'],'release_until':'2026-11-23T00:00:00.000Z','release_basis':'court_order'");
  assert_sees (fx, "referral_detail:@r", "abe ann ben bob bos pod sue");
  fx->now += G_GINT64_CONSTANT (86400000);
  assert_sees (fx, "referral_detail:@r", "abe ann sue");
  assert_sees (fx, "referral:@r", "abe ann sue");
}

static void
test_history_of_care (void)
{
  g_autoptr (AccessFixture) fx = cast_new ();

  /* D12: C knows the client by a referral of its own; class care shows it that A referred the client to B, not what it said. */
  consent (fx, "k", "'client','care'", "'@B','@C'");
  referral (fx, "");
  access_put (fx, "referral", "r2", "{'client':'@c','agency':'@A','author':'@ann','agency_to':'@C','phase':'accepted','accepted':true}");
  assert_sees (fx, "referral:@r", "abe ann ben bob bos cyd pod por sue");
  assert_sees (fx, "referral_course:@r", "abe ann ben bob bos cyd pod sue");
  assert_sees (fx, "referral_detail:@r", "abe ann ben bob bos pod sue");
  referral (fx, "'phase':'voided'");
  assert_sees (fx, "referral:@r", "abe ann sue");
  referral (fx, "'phase':'draft'");
  assert_sees (fx, "referral:@r", "abe ann sue");
}

static void
test_internal_referral (void)
{
  g_autoptr (AccessFixture) fx = cast_new ();

  access_put (fx, "staff_service", "abeT", "{'staff':'@abe','service':'@T','agency':'@A','role':'referral_manager'}");
  access_put (fx, "referral", "r3", "{'client':'@c','agency':'@A','author':'@ann','agency_to':'@A','service':'@T','resources':['@T']}");
  assert_sees (fx, "referral:@r3", "abe ann sue");
  assert_sees (fx, "referral_detail:@r3", "abe ann sue");
  assert_sees (fx, "client:@c", "ann sue");
}

static void
test_without_client (void)
{
  g_autoptr (AccessFixture) fx = cast_new ();

  /* C15: only its release opens it. */
  access_put (fx, "referral", "v", "{'agency':'@A','author':'@abe','agency_to':'@B','service':'@S','resources':['@S']}");
  assert_sees (fx, "referral_detail:@v", "abe ann sue");
  release (fx, "v", "'release_classes':['client'],'release_until':'2026-12-01T00:00:00.000Z'");
  assert_sees (fx, "referral_detail:@v", "abe ann ben bob bos pod sue");
  release (fx, "v", "'release_until':'2026-11-01T00:00:00.000Z'");
  assert_sees (fx, "referral_detail:@v", "abe ann sue");
}

static void
test_service_changes_hands (void)
{
  g_autoptr (AccessFixture) fx = cast_new ();

  /* Someone of C still lists a service that is B's by now. */
  access_put (fx, "staff", "cyd", "{'duties':[]}");
  access_put (fx, "staff_service", "cydS", "{'staff':'@cyd','service':'@S','agency':'@C'}");
  consent (fx, "k", "'client'", "'@B'");
  referral (fx, "");
  assert_sees (fx, "referral:@r", "abe ann ben bob bos pod por sue");
}

static void
test_people (void)
{
  g_autoptr (AccessFixture) fx = cast_new ();

  consent (fx, "k", "'client'", "'@B'");
  referral (fx, "");
  assert_sees (fx, "dir", "abe ann bea ben bix bob bos cyd net pod por sue");
  assert_sees (fx, "agency:@B", "bea ben bix bob bos net");
  assert_sees (fx, "user:@bob", "bob");
  assert_sees (fx, "network", "net");

  /* U17, and whoever was deactivated has nothing, not even the own scope. */
  access_put (fx, "staff", "bob", "{'trained':false}");
  access_put (fx, "staff", "bos", "{'active':false}");
  assert_sees (fx, "referral:@r", "abe ann ben pod por sue");
  assert_sees (fx, "dir", "abe ann bea ben bix cyd net pod por sue");
  assert_sees (fx, "user:@bob", "bob");
  assert_sees (fx, "user:@bos", "");

  /* U11 */
  access_remove (fx, "staff_service", "benS");
  assert_sees (fx, "referral:@r", "abe ann pod por sue");
}

static char *
principals_text (AccessFixture *fx, const char *name)
{
  GPtrArray *principals = g_hash_table_lookup (fx->members, access_id (name));
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < principals->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", (const char *) g_ptr_array_index (principals, i));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_principals (void)
{
  static const struct
  {
    const char *name, *principals;
  } rows[] = {
    { "abe", "agency:@A everyone user:@abe" },
    { "ann", "agency:@A clients:@A everyone managers:@A user:@ann" },
    { "sue", "agency:@A cases:@A clients:@A everyone managers:@A received:@A user:@sue" },
    { "ben", "agency:@B everyone service:@S:@B user:@ben" },
    { "bea", "agency:@B everyone user:@bea" },
    { "net", "everyone network steward user:@net" },
    { "por", "everyone resource:@S user:@por" },
    { "pod", "everyone resource:@S resource_detail:@S user:@pod" },
  };
  g_autoptr (AccessFixture) fx = cast_new ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *want = access_scope (rows[i].principals);
      g_autofree char *got = principals_text (fx, rows[i].name);

      g_assert_cmpstr (got, ==, want);
    }

  /* U10: with the flag, each has its twin; admin and privacy by duty. */
  access_put (fx, "staff", "abe", "{'health_access':true,'duties':['agency_admin','privacy_officer']}");
  {
    g_autofree char *want = access_scope ("admin:@A admin:@A+health agency:@A agency:@A+health everyone everyone+health privacy:@A "
                                          "privacy:@A+health user:@abe user:@abe+health");
    g_autofree char *got = principals_text (fx, "abe");

    g_assert_cmpstr (got, ==, want);
  }
}

static void
test_reasons (void)
{
  g_autoptr (AccessFixture) fx = cast_new ();
  g_autofree char *scope = access_scope ("client:@c");
  g_autofree char *subject = access_scope ("client:@c");
  g_autofree char *reason = access_scope ("accepted:@r consent:@k on:@bea");
  g_autoptr (GPtrArray) again = NULL;
  GPtrArray *grants;
  gboolean found = FALSE;

  consent (fx, "k", "'client'", "'@B'");
  referral (fx, "'phase':'accepted','accepted':true");
  access_put (fx, "assignment", "c-bea", "{'client':'@c','staff':'@bea','agency':'@B'}");

  grants = g_hash_table_lookup (fx->grants, subject);
  for (guint i = 0; i < grants->len; i++)
    {
      const KithGrant *grant = g_ptr_array_index (grants, i);
      gint64 term;

      g_assert_true (kith_time_parse ("2027-11-01T00:00:00.000Z", &term));
      if (g_str_equal (grant->scope, scope) && g_str_equal (grant->reason, reason))
        {
          found = TRUE;
          g_assert_cmpint (grant->not_after, ==, term);
        }
      if (strstr (grant->reason, "consent:") == NULL)
        g_assert_cmpint (grant->not_after, ==, 0);
    }
  g_assert_true (found);

  /* The same facts give the same rows in the same order. */
  again = kith_access_grants (KITH_WORLD (fx->world), subject, fx->now, NULL);
  g_assert_cmpuint (again->len, ==, grants->len);
  for (guint i = 0; i < grants->len; i++)
    {
      const KithGrant *a = g_ptr_array_index (grants, i), *b = g_ptr_array_index (again, i);

      g_assert_cmpstr (a->scope, ==, b->scope);
      g_assert_cmpstr (a->principal, ==, b->principal);
      g_assert_cmpstr (a->reason, ==, b->reason);
    }
}

static void
test_subjects (void)
{
  g_autoptr (AccessFixture) fx = cast_new ();
  g_autoptr (KithRecord) client = kith_world_get (KITH_WORLD (fx->world), "client", access_id ("c"), NULL);
  g_autoptr (KithRecord) patched = kith_record_copy (client);
  g_autoptr (KithRecord) restricted = kith_record_copy (client);
  g_autofree char *subject = access_scope ("client:@c");
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) one = NULL;

  kith_record_set_string (patched, "email", "ana@example.org");
  kith_record_set_bool (restricted, "restricted", TRUE);
  none = kith_access_subjects (client, patched);
  g_assert_cmpuint (none->len, ==, 0);
  one = kith_access_subjects (client, restricted);
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (one, 0), ==, subject);
}

static void
test_consented (void)
{
  static const struct
  {
    const char *data_class, *giver, *taker;
    gboolean consented;
  } rows[] = {
    { "client", "A", "B", TRUE },  { "client", "A", "C", FALSE },         { "client", "B", "A", FALSE },
    { "care", "A", "B", TRUE },    { "client_billing", "A", "B", FALSE }, { "case", "A", "B", FALSE },
    { "client", "C", "B", FALSE },
  };
  g_autoptr (AccessFixture) fx = cast_new ();
  g_autoptr (GError) error = NULL;
  gboolean complete = FALSE;
  gint64 until, term;

  consent (fx, "k", "'client','care'", "'@B'");
  access_put (fx, "consent", "k", "{'disclosers':['@A']}");
  consent (fx, "k2", "'client'", "'@B'");
  access_put (fx, "consent", "k2", "{'disclosers':['@A'],'term':'2029-01-01T00:00:00.000Z'}");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gboolean got = kith_access_consented (KITH_WORLD (fx->world), access_id ("c"), rows[i].data_class, access_id (rows[i].giver),
                                            access_id (rows[i].taker), fx->now, &until, &complete, &error);

      g_assert_no_error (error);
      g_assert_true (complete);
      g_assert_cmpint (got, ==, rows[i].consented);
      g_assert_cmpint (until != 0, ==, rows[i].consented);
    }

  kith_access_consented (KITH_WORLD (fx->world), access_id ("c"), "client", access_id ("A"), access_id ("B"), fx->now, &until, NULL, &error);
  g_assert_true (kith_time_parse ("2029-01-01T00:00:00.000Z", &term));
  g_assert_cmpint (until, ==, term);
}

/* P1, P13, design.md 2.4: a queue everybody reads; what is in it only who sees the referral, and 2-1-1 where the client lets it. */
static void
test_queues (void)
{
  g_autoptr (AccessFixture) fx = cast_new ();

  access_put (fx, "queue", "q", "{'name':'Housing'}");
  assert_sees (fx, "queue:@q", "abe ann bea ben bix bob bos cyd net pod por sue");
  access_put (fx, "staff", "bix", "{'trained':false}");
  assert_sees (fx, "queue:@q", "abe ann bea ben bob bos cyd net pod por sue");

  /* Of an agency, in a queue: that alone opens nothing to the network. */
  consent (fx, "k", "'client'", "'@B'");
  referral (fx, "'queue':'@q'");
  assert_sees (fx, "referral:@r", "abe ann ben bob bos pod por sue");
  consent (fx, "k2", "'client'", "'network'");
  assert_sees (fx, "referral:@r", "abe ann ben bob bos net pod por sue");
  assert_sees (fx, "referral_detail:@r", "abe ann ben bob bos net pod sue");
  assert_sees (fx, "referral_own:@r:@B", "ben bob bos");
  assert_sees (fx, "client:@c", "ann sue");
  access_put (fx, "referral", "r", "{'queue':null}");
  assert_sees (fx, "referral:@r", "abe ann ben bob bos pod por sue");

  /* To a queue alone: 2-1-1 is the receiver; no agency sees it, a portal user neither. */
  access_put (fx, "referral", "r", "{'queue':'@q','agency_to':null,'service':null,'resources':null}");
  assert_sees (fx, "referral:@r", "abe ann net sue");
  access_put (fx, "consent", "k2", "{'status':'revoked'}");
  assert_sees (fx, "referral:@r", "abe ann sue");
  release (fx, "r", "'release_classes':['client'],'release_until':'2026-11-30T00:00:00.000Z'");
  assert_sees (fx, "referral:@r", "abe ann net sue");
  access_put (fx, "referral", "r", "{'phase':'declined'}");
  assert_sees (fx, "referral:@r", "abe ann net sue");
  assert_sees (fx, "referral_detail:@r", "abe ann sue");
  access_put (fx, "referral", "r", "{'phase':'voided'}");
  assert_sees (fx, "referral:@r", "abe ann sue");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/access/A1-C1-own-agency-and-assigned", test_own_agency);
  g_test_add_func ("/model/access/narrow-agency", test_narrow_agency);
  g_test_add_func ("/model/access/restricted-client", test_restricted_client);
  g_test_add_func ("/model/access/C1-consent-needs-a-basis", test_consent_needs_basis);
  g_test_add_func ("/model/access/C11-class-by-class", test_classes);
  g_test_add_func ("/model/access/C3-disclosers", test_disclosers);
  g_test_add_func ("/model/access/C4-consent-ends", test_consent_ends);
  g_test_add_func ("/model/access/C2-refused", test_refused);
  g_test_add_func ("/model/access/P12-P14-U12-receivers", test_receivers);
  g_test_add_func ("/model/access/D3-phases", test_phases);
  g_test_add_func ("/model/access/P17-assignee", test_assignee);
  g_test_add_func ("/model/access/C4-revoked-by-name", test_revoked_by_name);
  g_test_add_func ("/model/access/C5-release", test_release);
  g_test_add_func ("/model/access/D12-history-of-care", test_history_of_care);
  g_test_add_func ("/model/access/internal-referral", test_internal_referral);
  g_test_add_func ("/model/access/C15-without-client-record", test_without_client);
  g_test_add_func ("/model/access/P1-P13-queues", test_queues);
  g_test_add_func ("/model/access/U11-service-changes-hands", test_service_changes_hands);
  g_test_add_func ("/model/access/U11-U17-people", test_people);
  g_test_add_func ("/model/access/U10-principals", test_principals);
  g_test_add_func ("/model/access/reasons-are-canonical", test_reasons);
  g_test_add_func ("/model/access/subjects", test_subjects);
  g_test_add_func ("/model/access/C1-consented", test_consented);

  return g_test_run ();
}
