/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "op-fixture.h"

/* The beds of service S, as the tests of capacity count them. */

/* The unit in the key is no name. */
G_GNUC_UNUSED static char *
beds_id (void)
{
  g_autofree char *key = g_strconcat (op_id ("S"), ":bed", NULL);

  return kith_id_natural ("capacity", key);
}

/* -1: not said */
G_GNUC_UNUSED static gint64
free_beds (OpFixture *t)
{
  g_autofree char *id = beds_id ();
  KithRecord *row = op_get (t, "capacity", id);

  g_assert_nonnull (row);
  return kith_record_has (row, "free") ? kith_record_int (row, "free") : -1;
}

G_GNUC_UNUSED static JsonObject *
count_args (const char *service, int free)
{
  return kith_json_new ("service", "s", op_id (service), "unit", "s", "bed", "free", "i", (gint64) free, NULL);
}

G_GNUC_UNUSED static void
accept_another (OpFixture *t, const char *referral, const char *client, const char *consent)
{
  op_register (t, "a-cc", client);
  op_consent (t, "a-cc", consent, client, "B");
  op_send (t, "a-cc", referral, client, "S");
  op_assert (t, "b-rm", "referral.accept", op_step_args (referral, "sent"), "applied");
}

G_GNUC_UNUSED static const char *
beds_field (OpFixture *t, const char *field)
{
  g_autofree char *id = beds_id ();

  return op_field (t, "capacity", id, field);
}
