/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "store-fixture.h"

#include <string.h>

/* What comes to a desktop for an answer of its hub: pages, answers to pushes, sums. Whatever it is, the store is whole afterwards, what its
 * person did and the hub has not taken is still there, and the next good page is applied. */

#define HEAD "{\"h\":{\"kith\":1,\"epoch\":\"" EPOCH "\",\"H\":20,\"last_n\":0,\"now\":\"2026-03-02T09:00:00.000Z\",\"round\":7}}\n"

static const char *const seeds[] = {
  "P" HEAD "{\"name\":\"client:" CLIENT_X "\",\"scope\":40}\n"
      "{\"put\":{\"body\":{\"agency\":\"" AGENCY_A "\",\"given_name\":\"Xenia\",\"family_name\":\"Q\",\"phones\":[{\"number\":\"555 0100\"}]},\"id\":\"" CLIENT_X "\",\"q\":11,\"s\":40,\"t\":\"client\"}}\n"
      "{\"filled\":40,\"g\":7}\n{\"end\":{\"ack_n\":0,\"cursor\":\"next\",\"more\":false}}\n",
  "P" HEAD "{\"put\":{\"body\":{\"agency\":\"" AGENCY_A "\",\"given_name\":\"Cleo\",\"family_name\":\"R\"},\"id\":\"" CLIENT_C "\",\"q\":12,\"s\":4,\"t\":\"client\"}}\n"
      "{\"gone\":{\"id\":\"" CLIENT_D "\",\"q\":12,\"s\":5,\"t\":\"client\"}}\n{\"mark\":\"half\"}\n{\"end\":{\"cursor\":\"later\",\"more\":true}}\n",
  "P" HEAD "{\"forget\":[5,6],\"why\":\"consent_revoked\"}\n{\"until\":{\"4\":\"2026-03-02T08:00:00.000Z\"}}\n{\"end\":{\"cursor\":\"after\",\"more\":false}}\n",
  "P" HEAD "{\"op\":{\"n\":1,\"st\":\"applied\",\"q\":13}}\n{\"end\":{\"cursor\":\"done\",\"more\":false}}\n",
  "A{\"h\":{\"kith\":1,\"epoch\":\"" EPOCH "\",\"H\":20,\"last_n\":1}}\n{\"op\":{\"n\":1,\"st\":\"rejected\",\"code\":\"stale_state\",\"message\":\"Somebody was faster\",\"now\":[{\"t\":\"client\",\"id\":\"" CLIENT_C "\",\"body\":{\"email\":\"c@example.org\"}}]}}\n{\"end\":{\"ack_n\":1}}\n",
  "V{\"behind\":false,\"q\":20,\"rows\":3,\"sum\":\"fe9db6e9331ba857\",\"types\":{\"client\":{\"rows\":2,\"sum\":\"67a3067a05f8a98d\"}},\"scopes\":{\"4\":{\"rows\":1,\"sum\":\"00\"}}}",
  NULL,
};
static const char *const words[] = { "put", "gone", "forget", "filled", "scope", "until", "mark", "end", "op", "h", "refill", "client", "referral", "care", "consent", "staff", "case",
                                     "applied", "merged", "rejected", "parked", "body", "id", "q", "s", "t", CLIENT_C, CLIENT_D, REFERRAL_R, USER_U, "given_name", "phones", NULL };
const char *const *fuzz_seeds = seeds;
const char *const *fuzz_words = words;
const guint fuzz_head_lines = 1;

static Fixture fixture;
static guint tried;

#define EVERY 200 /* inputs until the store is begun anew */

static void
begin (void)
{
  fixture_set_up (&fixture, NULL);
  fixture_fill (&fixture);
  g_free (submit (&fixture, "record.patch", "{'t':'client','id':'" CLIENT_C "','set':{'email':{'old':null,'new':'own@example.org'}}}"));
}

static void
check (void)
{
  g_assert_cmpint (count (&fixture, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"), ==, 0);
  g_assert_cmpint (count (&fixture, "SELECT count(*) FROM op"), ==, 1); /* it was never sent: no answer can be to it */
  g_assert_true (kith_db_exec (kith_store_get_db (fixture.store), "INSERT INTO client_find (client_find, rank) VALUES ('integrity-check', 1)", NULL));
}

void
fuzz_begin (void)
{
  begin ();
}

void
fuzz_end (void)
{
  check ();
  fixture_tear_down (&fixture, NULL);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) body = size > 0 ? g_bytes_new (data + 1, size - 1) : NULL;
  g_autoptr (GError) error = NULL;
  KithVerify result;
  gboolean more, ok;
  gint64 before = count (&fixture, "SELECT count(*) FROM op");

  if (body == NULL)
    return 0;
  if (data[0] == 'A')
    ok = kith_store_apply_push_answer (fixture.store, body, &error);
  else if (data[0] == 'V')
    ok = kith_store_apply_verify (fixture.store, body, &result, &error);
  else
    ok = kith_store_apply_page (fixture.store, body, &more, &error);
  g_assert_true (ok == (error == NULL));
  g_assert_false (kith_db_in_transaction (kith_store_get_db (fixture.store)));
  if (!ok) /* refused as a whole */
    g_assert_cmpint (count (&fixture, "SELECT count(*) FROM op"), ==, before);
  if (++tried % EVERY == 0)
    {
      check ();
      fixture_tear_down (&fixture, NULL);
      begin ();
    }
  return 0;
}
