/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random histories of facts: after every event, grants × principals must say of everybody and every scope what the oracle says. */
#include "access-fixture.h"

#include "kith-json.h"
#include "kith-random.h"
#include "kith-test.h"

#define N_SEEDS 60
#define N_EVENTS 60
#define N_WORKERS 9 /* trained from the start: only they are given work (U17) */
#define HOUR G_GINT64_CONSTANT (3600000)

static const char *const agencies[] = { "A", "B", "C" };
static const char *const services[] = { "S0", "S1", "S2", "S3" }; /* Si is of agency i % 3, program P(i % 3) */

typedef struct
{
  AccessFixture *fx;
  KithRandom *random;
  guint n_staff, n_clients, n_consents, n_referrals, n_matches, n_cases;
  guint case_client[6], case_agency[6];
} History;

static guint
below (History *self, guint bound)
{
  return kith_random_below (self->random, bound);
}

static gboolean
chance (History *self, guint percent)
{
  return below (self, 100) < percent;
}

/* A JSON list of those of names that were drawn. */
static char *
draw_list (History *self, const char *const *names, guint n, guint percent, const char *prefix)
{
  g_autoptr (GString) text = g_string_new ("[");

  for (guint i = 0; i < n; i++)
    if (chance (self, percent))
      g_string_append_printf (text, "%s'%s%s'", text->len > 1 ? "," : "", prefix, names[i]);
  g_string_append_c (text, ']');

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
later (History *self, guint hours)
{
  return kith_time_format (self->fx->now + (gint64) (1 + below (self, hours)) * HOUR);
}

static char *
name_of (const char *kind, guint n)
{
  return g_strdup_printf ("%s%u", kind, n);
}

/* ---- events ---- */

static void
vary_staff (History *self, guint n, guint agency)
{
  static const char *const duties[] = { "supervisor", "agency_admin", "privacy_officer" };
  static const char *const roles[] = { "referral_manager", "care_coordinator", "care_coordinator" };
  g_autofree char *name = name_of ("u", n);
  g_autofree char *drawn = draw_list (self, duties, 3, 25, "");
  g_autofree char *own = g_strdup_printf ("P%u", agency);
  const char *directory[] = { services[agency], agencies[agency], own };
  g_autofree char *resources = draw_list (self, directory, 3, 40, "@");

  access_put (self->fx, "staff", name, "{'duties':%s,'role':'%s','health_access':%s,'resources':%s,'sees_details':%s}", drawn,
              roles[below (self, 3)], chance (self, 50) ? "true" : "false", resources, chance (self, 50) ? "true" : "false");

  for (guint s = agency; s < G_N_ELEMENTS (services); s += 3)
    {
      static const char *const listing_roles[] = { "null", "null", "'referral_manager'", "'care_coordinator'" };
      g_autofree char *row = g_strconcat (name, "x", services[s], NULL);

      if (chance (self, 70))
        access_put (self->fx, "staff_service", row, "{'staff':'@%s','service':'@%s','agency':'@%s','role':%s}", name, services[s],
                    agencies[agency], listing_roles[below (self, 4)]);
      else
        access_remove (self->fx, "staff_service", row);
    }
}

static void
add_staff (History *self, const char *level)
{
  guint n = self->n_staff++;
  g_autofree char *name = name_of ("u", n);

  if (g_str_equal (level, "network"))
    {
      access_put (self->fx, "staff", name, "{'level':'network'}");
      return;
    }
  access_put (self->fx, "staff", name, "{'level':'%s','agency':'@%s','trained':%s}", level, agencies[n % 3],
              n < N_WORKERS || chance (self, 50) ? "true" : "false");
  vary_staff (self, n, n % 3);
}

static void
change_staff (History *self)
{
  guint n = below (self, self->n_staff);
  g_autofree char *name = name_of ("u", n);
  g_autoptr (KithRecord) staff = kith_world_get (KITH_WORLD (self->fx->world), "staff", access_id (name), NULL);

  switch (below (self, 5))
    {
    case 0:
      add_staff (self, ((const char *[]) { "standard", "portal", "network" })[below (self, 3)]);
      break;
    case 1:
      access_put (self->fx, "staff", name, "{'trained':true}");
      break;
    case 2:
      access_put (self->fx, "staff", name, "{'active':%s}", chance (self, 50) ? "true" : "false");
      break;
    default:
      if (!kith_record_is (staff, "level", "network"))
        vary_staff (self, n, n % 3);
      break;
    }
}

static void
configure_agency (History *self)
{
  const char *agency = agencies[below (self, 3)];
  g_autofree char *row = g_strconcat ("set", agency, NULL);

  access_put (self->fx, "agency_settings", row, "{'agency':'@%s','narrow':%s}", agency, chance (self, 50) ? "true" : "false");
}

static void
add_client (History *self)
{
  g_autofree char *name = name_of ("c", self->n_clients);

  if (self->n_clients >= 5)
    return;
  self->n_clients++;
  access_put (self->fx, "client", name, "{'agency':'@%s'}", agencies[below (self, 3)]);
}

static void
restrict_client (History *self)
{
  g_autofree char *name = name_of ("c", below (self, self->n_clients));

  access_put (self->fx, "client", name, "{'restricted':%s}", chance (self, 50) ? "true" : "null");
}

static void
record_consent (History *self)
{
  static const char *const classes[] = { "client", "client_billing", "client_health", "care", "case", "case_health" };
  g_autofree char *name = name_of ("k", self->n_consents++);
  g_autofree char *drawn = draw_list (self, classes, 6, 65, "");
  g_autofree char *named = draw_list (self, agencies, 3, 70, "@");
  g_autofree char *receivers = chance (self, 60) ? g_strdup (named)
                               : g_str_equal (named, "[]") ? g_strdup ("['network']") : g_strconcat ("['network',", named + 1, NULL);
  g_autofree char *disclosers = chance (self, 30) ? draw_list (self, agencies, 3, 50, "@") : g_strdup ("null");
  g_autofree char *term = later (self, 60);
  gboolean granted = chance (self, 90);

  access_put (self->fx, "consent", name,
              "{'client':'@c%u','agency':'@A','classes':%s,'receivers':%s,'disclosers':%s,'term':'%s','permission':'%s','status':'%s','findable':%s}",
              below (self, self->n_clients), drawn, receivers, disclosers, term, granted ? "granted" : "refused",
              granted ? "in_force" : "refused", chance (self, 70) ? "true" : "false");
}

static void
end_consent (History *self)
{
  g_autofree char *name = NULL;

  if (self->n_consents == 0)
    return;
  name = name_of ("k", below (self, self->n_consents));
  access_put (self->fx, "consent", name, "{'status':'%s'}", ((const char *[]) { "revoked", "expired", "superseded" })[below (self, 3)]);
}

static void
assign (History *self, guint client, guint staff)
{
  g_autofree char *row = g_strdup_printf ("as%ux%u", client, staff);

  access_put (self->fx, "assignment", row, "{'client':'@c%u','staff':'@u%u','agency':'@%s'}", client, staff, agencies[staff % 3]);
}

static void
change_assignment (History *self)
{
  guint client = below (self, self->n_clients), staff = below (self, N_WORKERS);
  g_autofree char *row = g_strdup_printf ("as%ux%u", client, staff);

  if (chance (self, 60))
    assign (self, client, staff);
  else
    access_remove (self->fx, "assignment", row);
}

/* Facts alone: what rules keep apart (A11) may meet here. */
static void
add_case (History *self)
{
  g_autofree char *name = name_of ("k9x", self->n_cases);
  guint client = below (self, self->n_clients), agency = below (self, 3);

  if (self->n_cases >= G_N_ELEMENTS (self->case_client))
    return;
  self->case_client[self->n_cases] = client;
  self->case_agency[self->n_cases++] = agency;
  access_put (self->fx, "case", name, "{'client':'@c%u','agency':'@%s'}", client, agencies[agency]);
}

static void
change_case (History *self)
{
  guint n = below (self, MAX (self->n_cases, 1)), staff;
  g_autofree char *name = name_of ("k9x", n);
  g_autofree char *row = NULL;

  if (self->n_cases == 0)
    return;
  staff = self->case_agency[n] + 3 * below (self, 3);
  row = g_strdup_printf ("ask%ux%u", n, staff);
  if (chance (self, 20))
    access_put (self->fx, "case", name, "{'phase':'%s'}", chance (self, 50) ? "open" : "closed");
  else if (chance (self, 70))
    access_put (self->fx, "assignment", row, "{'client':'@c%u','case':'@%s','staff':'@u%u','agency':'@%s'}", self->case_client[n], name, staff,
                agencies[self->case_agency[n]]);
  else
    access_remove (self->fx, "assignment", row);
}

static void
add_care (History *self)
{
  guint client = below (self, self->n_clients), agency = below (self, 3);
  g_autofree char *row = g_strdup_printf ("care%ux%u", client, agency);

  access_put (self->fx, "care", row, "{'client':'@c%u','agency':'@%s'}", client, agencies[agency]);
}

static void
add_referral (History *self)
{
  g_autofree char *name = name_of ("r", self->n_referrals);
  guint service = below (self, 4), author = below (self, N_WORKERS);
  gboolean whole = chance (self, 20);
  g_autofree char *client = chance (self, 15) ? g_strdup ("null") : g_strdup_printf ("'@c%u'", below (self, self->n_clients));
  g_autofree char *service_text = whole ? g_strdup ("null") : g_strdup_printf ("'@%s'", services[service]);
  g_autofree char *resources = whole ? g_strdup_printf ("['@%s']", agencies[service % 3])
                                     : g_strdup_printf ("['@%s','@P%u','@%s']", services[service], service % 3, agencies[service % 3]);

  if (self->n_referrals >= 8)
    return;
  self->n_referrals++;
  access_put (self->fx, "referral", name,
              "{'client':%s,'agency':'@%s','author':'@u%u','agency_to':'@%s','service':%s,'resources':%s,'phase':'%s','turn':%s}", client,
              agencies[author % 3], author, agencies[service % 3], service_text, resources, chance (self, 80) ? "sent" : "draft",
              chance (self, 90) ? "1" : "null");
}

static void
answer_referral (History *self)
{
  static const char *const phases[] = { "sent", "accepted", "contacting", "in_service", "waitlisted", "paused", "declined", "recalled", "expired",
                                        "closed_resolved", "closed_unresolved", "voided", "draft", "pending_consent" };
  g_autofree char *name = NULL;
  g_autofree char *until = later (self, 40);
  g_autoptr (KithRecord) referral = NULL;
  guint receiver;

  if (self->n_referrals == 0)
    return;
  name = name_of ("r", below (self, self->n_referrals));
  referral = kith_world_get (KITH_WORLD (self->fx->world), "referral", access_id (name), NULL);

  switch (below (self, 7))
    {
    case 0:
      access_put (self->fx, "referral", name, "{'phase':'accepted','accepted':true}");
      break;
    case 6: /* into a queue, out of one, or with nobody but it */
      access_put (self->fx, "referral", name, chance (self, 60) ? "{'queue':'@q'}" : chance (self, 50) ? "{'queue':null}" : "{'queue':'@q','agency_to':null}");
      break;
    case 1:
      for (receiver = 0; receiver < 3; receiver++)
        if (kith_record_is (referral, "agency_to", access_id (agencies[receiver])))
          access_put (self->fx, "referral", name, "{'assignee':'@u%u'}", receiver + 3 * below (self, 3));
      break;
    case 2:
      access_put (self->fx, "referral", name, "{'revoked':%s}", chance (self, 50) ? "true" : "null");
      break;
    case 3:
      {
        g_autofree char *detail = g_strconcat (name, "_detail", NULL);
        g_autofree char *client = kith_record_string (referral, "client") != NULL ? g_strdup_printf ("'%s'", kith_record_string (referral, "client")) : g_strdup ("null");

        access_put (self->fx, "referral_detail", detail, "{'referral':'@%s','client':%s,'release_classes':['client'%s],'release_until':'%s'}", name, client,
                    chance (self, 50) ? ",'client_health'" : "", until);
      }
      break;
    default:
      access_put (self->fx, "referral", name, "{'phase':'%s'}", phases[below (self, G_N_ELEMENTS (phases))]);
      if (chance (self, 10))
        access_put (self->fx, "referral", name, "{'phase':'voided','accepted':null}");
      break;
    }
}

/* The ids of the two are in their order, as the operation keeps them. */
static void
change_match (History *self)
{
  guint a = below (self, self->n_clients), b = below (self, self->n_clients);
  g_autofree char *name = g_strdup_printf ("m%ux%u", MIN (a, b), MAX (a, b));

  if (a == b)
    return;
  self->n_matches++;
  if (chance (self, 10))
    access_remove (self->fx, "match", name);
  else
    access_put (self->fx, "match", name, "{'first':'@c%u','second':'@c%u','zone':'review','state':'%s'}", MIN (a, b), MAX (a, b),
                ((const char *[]) { "proposed", "proposed", "linked", "dismissed" })[below (self, 4)]);
}

static void
pass_time (History *self)
{
  self->fx->now += (gint64) (1 + below (self, 10)) * HOUR;
  if (self->n_matches > 0 || chance (self, 50)) /* where both rights to a match end, another opens (the hub looks before each answer) */
    access_sweep (self->fx);
}

static const struct
{
  void (*run) (History *self);
  guint weight;
} events[] = {
  { change_staff, 3 }, { configure_agency, 1 }, { add_client, 2 },   { restrict_client, 1 }, { record_consent, 6 }, { end_consent, 2 },
  { change_assignment, 5 }, { add_case, 2 }, { change_case, 5 }, { add_care, 2 },    { add_referral, 5 }, { answer_referral, 12 }, { pass_time, 2 },
  { change_match, 5 },
};

static void
step (History *self)
{
  guint total = 0, drawn;

  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    total += events[i].weight;
  drawn = below (self, total);
  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    {
      if (drawn < events[i].weight)
        {
          events[i].run (self);
          return;
        }
      drawn -= events[i].weight;
    }
}

/* ---- the comparison ---- */

/* No row may lie in a scope the oracle has never heard of: nobody would look there. */
static void
check_rows_lie_in (History *self, GPtrArray *scopes, guint seed, guint event)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->fx->grants);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      GPtrArray *grants = value;

      for (guint i = 0; i < grants->len; i++)
        {
          const KithGrant *grant = g_ptr_array_index (grants, i);

          if (!g_ptr_array_find_with_equal_func (scopes, grant->scope, g_str_equal, NULL))
            g_error ("seed %u event %u: a row for %s in %s", seed, event, grant->principal, grant->scope);
        }
    }
}

static guint
compare (History *self, guint seed, guint event)
{
  g_autoptr (GPtrArray) users = kith_oracle_users (self->fx->oracle);
  g_autoptr (GPtrArray) scopes = kith_oracle_scopes (self->fx->oracle, NULL);
  guint seen = 0;

  check_rows_lie_in (self, scopes, seed, event);
  for (guint u = 0; u < users->len; u++)
    for (guint s = 0; s < scopes->len; s++)
      {
        const char *user = g_ptr_array_index (users, u), *scope = g_ptr_array_index (scopes, s);
        gboolean want = kith_oracle_visible (self->fx->oracle, user, scope, self->fx->now);
        gboolean got = access_sees (self->fx, user, scope);

        seen += want;
        if (got != want)
          {
            g_autofree char *why = access_explain (self->fx, user, scope);

            g_error ("seed %u event %u: %s %s %s\n%s", seed, event, user, got ? "must not see" : "should see", scope, why);
          }
      }

  return seen;
}

static guint
run_history (guint seed)
{
  History self = { .fx = access_fixture_new (), .random = kith_random_new_seeded (seed) };
  guint seen = 0;

  for (guint i = 0; i < G_N_ELEMENTS (services); i++)
    access_put (self.fx, "service", services[i], "{'organization_id':'@%s','program_id':'@P%u'}", agencies[i % 3], i % 3);
  for (guint i = 0; i < N_WORKERS; i++)
    add_staff (&self, "standard");
  add_staff (&self, "portal");
  add_staff (&self, "portal");
  add_staff (&self, "network");
  add_client (&self);

  for (guint event = 1; event <= N_EVENTS; event++)
    {
      step (&self);
      seen += compare (&self, seed, event);
    }
  access_fixture_free (self.fx);
  kith_random_free (self.random);

  return seen;
}

static void
test_random (void)
{
  guint seen = 0;

  for (guint seed = 1; seed <= N_SEEDS; seed += KITH_TEST_STEP (1, 3))
    seen += run_history (seed);
  g_assert_cmpuint (seen, >, N_SEEDS * N_EVENTS);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/access/random-facts-against-the-oracle", test_random);

  return g_test_run ();
}
