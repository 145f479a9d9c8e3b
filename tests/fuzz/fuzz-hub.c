/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "hub-fixture.h"
#include "kith-protocol.h"

#include <glib/gstdio.h>
#include <string.h>

/* What comes to the hub: a method, a path and a body, from somebody who signed in. Whatever it is, there is an answer with a status of the
 * protocol, the server's own errors (500) apart from none; and at the end all grants are what the facts say.
 * In the text @n is the next number of the desk's lane, @u a new id, @c @s @r @a @d a client, service, referral, agency, cursor, @D @U @e the desk, its person, the hub's epoch. */

#define PUSH "POST /v1/sync/push\n{\"h\":{\"v\":1,\"device\":\"@D\",\"user\":\"@U\",\"epoch\":\"@e\",\"schema\":1,\"first_n\":@n,\"wall\":1772442000000,\"mono\":1000,\"boot\":\"b\"}}\n"
#define OP(name, args) "{\"n\":@n,\"id\":\"@u\",\"op\":\"" name "\",\"a\":" args ",\"mono\":900,\"boot\":\"b\"}\n"

static const char *const seeds[] = {
  PUSH OP ("client.register", "{\"id\":\"@u\",\"number\":\"KK-0009\",\"values\":{\"given_name\":\"Bea\",\"family_name\":\"Moss\",\"date_of_birth\":\"1984-02\"}}"),
  PUSH OP ("record.patch", "{\"t\":\"client\",\"id\":\"@c\",\"set\":{\"email\":{\"old\":null,\"new\":\"a@example.org\"},\"phones\":{\"old\":null,\"new\":[{\"number\":\"555 0100\"}]}}}"),
  PUSH OP ("consent.record", "{\"id\":\"@u\",\"client\":\"@c\",\"classes\":[\"client\",\"care\"],\"receivers\":[\"@a\"],\"how\":\"verbal\",\"purpose\":\"Help\"}"),
  PUSH OP ("referral.send", "{\"id\":\"@u\",\"number\":\"KK-0010\",\"client\":\"@c\",\"type\":\"direct\",\"service\":\"@s\",\"need\":\"A bed\",\"urgency\":\"soon\"}"),
  PUSH OP ("referral.note", "{\"referral\":\"@r\",\"text\":\"Please call\"}"),
  PUSH OP ("assignment.apply", "{\"client\":\"@c\",\"changes\":[{\"do\":\"add\",\"staff\":\"@U\"}]}"),
  PUSH OP ("referral.recall", "{\"referral\":\"@r\",\"from\":\"sent\",\"reason\":\"client_withdrew\"}"),
  PUSH OP ("case.open", "{\"id\":\"@u\",\"client\":\"@c\",\"number\":\"KK-0011\",\"title\":\"Housing\",\"type\":\"housing\"}"),
  "POST /v1/sync/pull\n{\"v\":1,\"device\":\"@D\",\"user\":\"@U\",\"schema\":2,\"cursor\":\"@d\",\"max_rows\":50,\"max_bytes\":65536,\"forgot\":[1],\"refill\":[2],\"nonce\":\"00\"}",
  "POST /v1/sync/verify\n{\"cursor\":\"@d\",\"by\":\"scope\"}",
  "GET /v1/sync/wait?c=@d&t=0\n",
  "POST /v1/clients/search\n{\"name\":\"Ana Lopez\",\"birth\":\"1984\"}",
  "POST /v1/op\n{\"id\":\"@u\",\"op\":\"staff.set_duties\",\"a\":{\"staff\":\"@U\",\"duties\":[\"supervisor\",\"privacy_officer\"]}}",
  "POST /v1/sign-in/start\n{\"login\":\"ana\"}",
  "POST /v1/sign-in\n{\"login\":\"ana\",\"auth\":\"00\",\"device\":\"@D\"}",
  "POST /v1/token\n{\"refresh\":\"00\"}",
  "PUT /v1/blob/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08?document=@u\nbytes of a file",
  "GET /v1/blob/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08?document=@u\n",
  "GET /v1/hello\n",
  "GET /metrics\n",
  NULL,
};
static const char *const words[] = {
  "@c", "@s", "@r", "@a", "@u", "@U", "@d", "@n", "client", "referral", "staff", "consent", "case", "care", "direct", "informational", "granted", "refused", "supervisor", "network",
  "case.open", "case.close", "referral.accept", "referral.decline", "referral.recall", "referral.assign", "referral.reopen", "referral.reroute", "consent.revoke", "staff.add",
  "staff.deactivate", "staff.change_role", "queue.create", "queue.place", "contact.record", "form.put", "document.attach", "service.record", "household.join", "client.link",
  "conflict.settle", "agency.configure", "service.set_direct", "directory.put", "caseload.transfer", "enrollment.start", "goal.set", "note.add", "capacity.schedule", "amendment.ask",
  "POST", "GET", "PUT", "DELETE", "/v1/sync/push", "/v1/sync/pull", "/v1/sync/verify", "/v1/op", "/v1/lane", "/v1/token", "first_n", "cursor", "old", "new", "set", "values", NULL,
};
const char *const *fuzz_seeds = seeds;
const char *const *fuzz_words = words;
const guint fuzz_head_lines = 2;

#define EVERY 400 /* inputs until the hub is begun anew */

static HubFixture *net;
static Desk *desk;
static KithTestDir *dir;
static char *user, *client, *referral;
static guint tried, applied;

static void
begin (void)
{
  g_autofree char *consent = NULL;
  g_autofree char *files = NULL;
  KithHubOptions options = { 0 };

  dir = kith_test_dir_new ();
  files = kith_test_dir_file (dir, "files");
  g_assert_cmpint (g_mkdir (files, 0700), ==, 0);
  options.files = files;
  net = hub_fixture_new (&options);
  user = hub_fixture_add_staff (net, "ana", net->a, "\"role\":\"referral_manager\",\"duties\":[\"supervisor\",\"privacy_officer\"],\"health_access\":true");
  desk = desk_new (net, "ana", user);
  client = hub_fixture_id (net);
  consent = hub_fixture_id (net);
  referral = hub_fixture_id (net);
  desk_do_ok (desk, "client.register", "{\"id\":\"%s\",\"number\":\"KK-0001\",\"values\":{\"given_name\":\"Ana\",\"family_name\":\"Lopez\"}}", client);
  desk_do_ok (desk, "consent.record", "{\"id\":\"%s\",\"client\":\"%s\",\"classes\":[\"client\"],\"receivers\":[\"%s\"],\"how\":\"verbal\",\"purpose\":\"Help\"}", consent,
              client, net->b);
  desk_do_ok (desk, "referral.send",
              "{\"id\":\"%s\",\"number\":\"KK-0002\",\"client\":\"%s\",\"type\":\"direct\",\"service\":\"%s\",\"need\":\"A bed\",\"urgency\":\"soon\"}", referral,
              client, net->service);
  desk_pull (desk);
}

static void
end (void)
{
  hub_fixture_run_clock (net);
  hub_fixture_check (net);
  g_clear_pointer (&desk, desk_free);
  g_clear_pointer (&net, hub_fixture_free);
  g_clear_pointer (&dir, kith_test_dir_free);
  g_clear_pointer (&user, g_free);
  g_clear_pointer (&client, g_free);
  g_clear_pointer (&referral, g_free);
}

void
fuzz_begin (void)
{
  begin ();
}

void
fuzz_end (void)
{
  end ();
  g_assert_cmpuint (applied, >=, 8); /* the good pushes did something, or nothing was tried here */
}

static const char *
meaning (char letter, char **owned)
{
  switch (letter)
    {
    case 'n':
      return *owned = g_strdup_printf ("%" G_GINT64_FORMAT, desk->n + 1);
    case 'u':
      return *owned = hub_fixture_id (net);
    case 'c':
      return client;
    case 's':
      return net->service;
    case 'r':
      return referral;
    case 'a':
      return net->b;
    case 'e':
      return kith_hub_get_epoch (net->hub);
    case 'd':
      return desk->cursor;
    case 'D':
      return desk->device;
    case 'U':
      return user;
    default:
      return NULL;
    }
}

static GString *
fill_in (const guint8 *data, gsize size)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < size; i++)
    {
      g_autofree char *owned = NULL;
      const char *value = data[i] == '@' && i + 1 < size ? meaning ((char) data[i + 1], &owned) : NULL;

      if (value == NULL)
        g_string_append_c (text, (char) data[i]);
      else
        {
          g_string_append (text, value);
          i++;
        }
    }
  return text;
}

/* What the desk is told moves it on: the next push is of the next number. */
static void
follow (const char *answer)
{
  const char *at = answer != NULL ? g_strrstr (answer, "\"ack_n\":") : NULL;

  if (at != NULL)
    desk->n = MAX (desk->n, g_ascii_strtoll (at + strlen ("\"ack_n\":"), NULL, 10));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GString) text = fill_in (data, size);
  const char *line = memchr (text->str, '\n', text->len);
  g_autofree char *head = line != NULL ? g_strndup (text->str, (gsize) (line - text->str)) : NULL;
  g_auto (GStrv) parts = head != NULL && g_utf8_validate (head, -1, NULL) ? g_strsplit (head, " ", 2) : NULL;
  g_autofree char *answer = NULL;
  char *query;
  guint status;
  KithHubRequest request = { 0 };
  g_autoptr (GBytes) body = NULL;

  if (parts == NULL || parts[0] == NULL || parts[1] == NULL)
    return 0;
  query = strchr (parts[1], '?');
  if (query != NULL)
    *query++ = '\0';
  body = g_bytes_new (line + 1, text->len - (gsize) (line + 1 - text->str));
  request = (KithHubRequest) { .method = parts[0], .path = parts[1], .query = query, .token = tried % 17 == 16 ? "not a token" : desk->token, .address = "127.0.0.1", .body = body };
  status = hub_request_raw (net, &request, &answer);
  if (status >= 500)
    g_printerr ("%s %s: %u %s\n%s\n", parts[0], parts[1], status, answer, text->str);
  g_assert_cmpuint (status, >=, 200);
  g_assert_cmpuint (status, <, 500);
  applied += answer != NULL && strstr (answer, "\"st\":\"applied\"") != NULL;
  follow (answer);
  kith_manual_clock_advance (net->clock, 1000);
  if (++tried % EVERY == 0)
    {
      end ();
      begin ();
    }
  return 0;
}
