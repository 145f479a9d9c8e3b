/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "network.h"

#include "kith-client-reader.h"
#include "kith-hsds.h"
#include "kith-id.h"
#include "kith-import-id.h"
#include "kith-import.h"

#include <string.h>

/* The closed loop with people from a file of the reference data: imported for one agency as kith-hub does it, one of them referred to another
 * agency whose desk is offline when it accepts. */

#define SOURCE "febrl"
#define DIRECTORY "hsds"
#define FIRST "rec-223-org" /* waller */

#define ASSERT_FIELD(desk, kind, id, field, expected) \
  G_STMT_START { g_autofree char *value_ = desk_field (desk, kind, id, field); g_assert_cmpstr (value_, ==, expected); } G_STMT_END

static void
import (Network *net, const char *path, guint64 taken, guint64 unchanged)
{
  g_autofree char *id = kith_import_id (net->a, SOURCE);
  const KithClientReaderOptions options = { .path = path, .agency = net->a, .source = SOURCE, .import = id, .map = "febrl", .today = "2026-03-02" };
  g_autoptr (GError) error = NULL;
  g_autoptr (KithReader) reader = kith_client_reader_new (&options, &error);
  KithImportCounts counts = { 0 };

  g_assert_no_error (error);
  kith_import_run (&(KithConsole) { .hub = net->hub }, reader, net->a, SOURCE, "csv", NULL, NULL, &counts, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (counts.taken, ==, taken);
  g_assert_cmpuint (counts.unchanged, ==, unchanged);
  g_assert_cmpuint (counts.refused, ==, 3); /* days that never were */
}

static void
import_directory (Network *net, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithReader) reader = kith_hsds_reader_new (path, DIRECTORY, &error);
  KithImportCounts counts = { 0 };

  g_assert_no_error (error);
  kith_import_run (&(KithConsole) { .hub = net->hub }, reader, NULL, DIRECTORY, "hsds", NULL, NULL, &counts, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (counts.taken, ==, 7);
  g_assert_cmpuint (counts.refused, ==, 0);
}

static void
record_consent (Network *net, Desk *desk, const char *client, const char *receiver)
{
  g_autofree char *consent = network_id (net);
  g_autofree char *op = desk_submit (desk, "consent.record",
    network_json ("{'id':'%s','client':'%s','classes':['client','care'],'receivers':['%s'],'how':'verbal',"
                  "'purpose':'Referral','term':'2027-03-01T00:00:00.000Z'}", consent, client, receiver));
}

static char *
send_referral (Network *net, Desk *desk, const char *client, const char *service)
{
  char *referral = network_id (net);
  g_autofree char *number = kith_store_next_number (desk->store, NULL);
  g_autofree char *op = desk_submit (desk, "referral.send",
    network_json ("{'id':'%s','number':'%s','client':'%s','type':'direct','service':'%s','need':'A bed','urgency':'soon'}",
                  referral, number, client, service));
  return referral;
}

/* From A's client to a service of B, whose desk accepts without a network; then B's outcome at A, and not a byte of it at C. */
static void
run_loop (Network *net, const char *b_agency, const char *service)
{
  g_autofree char *ana = network_add_staff (net, "ana", net->a, "care_coordinator", "supervisor");
  g_autofree char *ben = network_add_staff (net, "ben", b_agency, "referral_manager", "supervisor");
  g_autofree char *cyn = network_add_staff (net, "cyn", net->c, "referral_manager", "supervisor");
  g_autoptr (Desk) a = desk_new (net, "ana"), b = desk_new (net, "ben"), c = desk_new (net, "cyn");
  g_autofree char *client = kith_import_client_id (net->a, SOURCE, FIRST);
  g_autofree char *referral = NULL, *accept = NULL, *close = NULL, *detail = NULL;

  desk_run (a);
  desk_run (b);
  desk_run (c);
  ASSERT_FIELD (a, "client", client, "family_name", "waller");
  ASSERT_FIELD (b, "client", client, "family_name", NULL);

  record_consent (net, a, client, b_agency);
  referral = send_referral (net, a, client, service);
  desk_run (a);
  desk_run (b);
  ASSERT_FIELD (b, "referral", referral, "phase", "sent");
  ASSERT_FIELD (b, "referral", referral, "service", service);

  b->cut = TRUE;
  accept = desk_submit (b, "referral.accept", network_json ("{'referral':'%s','from':'sent'}", referral));
  desk_run (b);
  ASSERT_FIELD (b, "referral", referral, "phase", "accepted");
  desk_run (a);
  ASSERT_FIELD (a, "referral", referral, "phase", "sent");
  b->cut = FALSE;
  kith_manual_clock_advance (net->clock, 600000);
  desk_run (b);
  desk_run (a);
  ASSERT_FIELD (a, "referral", referral, "phase", "accepted");
  ASSERT_FIELD (b, "client", client, "family_name", "waller");

  close = desk_submit (b, "referral.close", network_json ("{'referral':'%s','from':'accepted','outcome':'need_met'}", referral));
  desk_run (b);
  desk_run (a);
  desk_run (c);
  ASSERT_FIELD (a, "referral", referral, "phase", "closed_resolved");
  detail = kith_id_natural ("referral_detail", referral);
  ASSERT_FIELD (a, "referral_detail", detail, "outcome", "need_met");
  g_assert_null (strstr (c->seen->str, client));
  g_assert_null (strstr (c->seen->str, referral));
  g_assert_null (strstr (c->seen->str, "waller"));
}

static void
test_febrl (void)
{
  g_autofree char *path = kith_test_reference ("febrl/dataset1.csv");
  g_autoptr (Network) net = NULL;

  if (path == NULL)
    return;
  net = network_new ();
  import (net, path, 997, 0);
  import (net, path, 0, 997);
  run_loop (net, net->b, net->service);
}

/* The same to a service that came with a directory, as HSDS's own example has it: its agency and service are in nobody's test. */
static void
test_directory (void)
{
  g_autofree char *path = kith_test_reference ("febrl/dataset1.csv");
  g_autofree char *directory = path != NULL ? kith_test_reference ("hsds/3.0/examples/csv") : NULL;
  g_autofree char *agency = kith_id_natural ("organization", DIRECTORY "/d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610");
  g_autofree char *service = kith_id_natural ("service", DIRECTORY "/ac148810-d857-441c-9679-408f346de14b");
  g_autofree char *direct = g_strdup_printf ("{'service':'%s','direct':true}", service);
  g_autoptr (Network) net = NULL;

  if (directory == NULL)
    return;
  net = network_new ();
  import_directory (net, directory);
  import (net, path, 997, 0);
  network_do (net, "service.set_direct", direct);
  run_loop (net, agency, service);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/febrl/imported-and-referred", test_febrl);
  g_test_add_func ("/sync/febrl/referred-to-a-service-of-hsds", test_directory);
  return g_test_run ();
}
