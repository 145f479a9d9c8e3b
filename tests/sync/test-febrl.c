/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "network.h"

#include "kith-client-reader.h"
#include "kith-import-id.h"
#include "kith-import.h"

#include <string.h>

/* The closed loop with people from a file of the reference data: imported for one agency as kith-hub does it, one of them referred to another
 * agency whose desk is offline when it accepts. */

#define SOURCE "febrl"
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
record_consent (Network *net, Desk *desk, const char *client)
{
  g_autofree char *consent = network_id (net);
  g_autofree char *op = desk_submit (desk, "consent.record",
    network_json ("{'id':'%s','client':'%s','classes':['client','care'],'receivers':['%s'],'how':'verbal',"
                  "'purpose':'Referral','term':'2027-03-01T00:00:00.000Z'}", consent, client, net->b));
}

static char *
send_referral (Network *net, Desk *desk, const char *client)
{
  char *referral = network_id (net);
  g_autofree char *number = kith_store_next_number (desk->store, NULL);
  g_autofree char *op = desk_submit (desk, "referral.send",
    network_json ("{'id':'%s','number':'%s','client':'%s','type':'direct','service':'%s','need':'A bed','urgency':'soon'}",
                  referral, number, client, net->service));
  return referral;
}

static void
test_febrl (void)
{
  g_autofree char *path = kith_test_reference ("febrl/dataset1.csv");
  g_autoptr (Network) net = NULL;
  g_autoptr (Desk) a = NULL, b = NULL, c = NULL;
  g_autofree char *ana = NULL, *ben = NULL, *cyn = NULL, *client = NULL, *referral = NULL, *accept = NULL, *close = NULL;

  if (path == NULL)
    return;
  net = network_new ();
  import (net, path, 997, 0);
  import (net, path, 0, 997);
  ana = network_add_staff (net, "ana", net->a, "care_coordinator", "supervisor");
  ben = network_add_staff (net, "ben", net->b, "referral_manager", "supervisor");
  cyn = network_add_staff (net, "cyn", net->c, "referral_manager", "supervisor");
  a = desk_new (net, "ana");
  b = desk_new (net, "ben");
  c = desk_new (net, "cyn");
  desk_run (a);
  desk_run (b);
  desk_run (c);
  client = kith_import_client_id (net->a, SOURCE, FIRST);
  ASSERT_FIELD (a, "client", client, "family_name", "waller");
  ASSERT_FIELD (b, "client", client, "family_name", NULL);

  record_consent (net, a, client);
  referral = send_referral (net, a, client);
  desk_run (a);
  desk_run (b);
  ASSERT_FIELD (b, "referral", referral, "phase", "sent");

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
  {
    g_autofree char *detail = kith_id_natural ("referral_detail", referral);

    ASSERT_FIELD (a, "referral_detail", detail, "outcome", "need_met");
  }
  g_assert_null (strstr (c->seen->str, client));
  g_assert_null (strstr (c->seen->str, referral));
  g_assert_null (strstr (c->seen->str, "waller"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/febrl/imported-and-referred", test_febrl);
  return g_test_run ();
}
