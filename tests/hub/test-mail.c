/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Mail about notices (P15, P16, C16, C17): who gets one and when none, the queue that outlives its hub, and the messages on a real SMTP server, read
 * for every value of the client. */

#include "hub-fixture.h"
#include "kith-hub-mailer.h"
#include "kith-notice-mail.h"
#include "mail-town.h"

#include <glib/gstdio.h>
#include <string.h>

/* ---- who gets mail ---- */

static void
test_addresses (void)
{
  static const struct { const char *address; gboolean valid;
  } cases[] = {
    { "ana@example.org", TRUE }, { "a.b+kith@mail.example.co", TRUE }, { "x@a-b.org", TRUE }, { NULL, FALSE }, { "", FALSE }, { "ana", FALSE },
    { "ana@", FALSE }, { "@example.org", FALSE }, { "ana@localhost", FALSE }, { "ana@example..org", FALSE }, { "a..b@example.org", FALSE },
    { ".a@example.org", FALSE }, { "-a@example.org", FALSE }, { "ana@-example.org", FALSE }, { "ana@exa mple.org", FALSE }, { "ana lee@example.org", FALSE },
    { "ana@example.org\r\nBcc: all@example.org", FALSE }, { "<ana@example.org>", FALSE }, { "ana@b@example.org", FALSE }, { "ana,bo@example.org", FALSE },
    { "\"ana\"@example.org", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].address);
      g_assert_true (kith_mail_address_is_valid (cases[i].address) == cases[i].valid);
    }
}

/* P15, P16, sync.md 5.8: to those alone who switched it on, and only to a valid address of an account at work; a step between is not mailed. */
static void
test_who (void)
{
  static const struct { const char *ben; guint mails;
  } cases[] = {
    { "\"email\":\"ben@b.example.org\"", 0 },                            { BEN, 1 },
    { "\"email\":\"ben@b.example.org\",\"mail_notices\":false", 0 },     { "", 0 },
    { "\"email\":\"ben at home\",\"mail_notices\":true", 0 },            { "\"email\":\"ben@b.example.org\",\"mail_digest\":true", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Town) t = town_new (cases[i].ben);

      send_referral (t);
      g_assert_cmpuint (waiting (t, NULL), ==, cases[i].mails);
    }
}

/* C16: nobody is told, so nothing is mailed; and a hub that carries no mail keeps no queue. */
static void
test_silence (void)
{
  g_autoptr (Town) t = town_new (BEN);

  kith_hub_set_mails (t->net->hub, FALSE);
  send_referral (t);
  g_assert_cmpuint (waiting (t, NULL), ==, 0);
  kith_hub_set_mails (t->net->hub, TRUE);
  desk_do_ok (t->a, "record.patch", "{\"t\":\"client\",\"id\":\"%s\",\"set\":{\"do_not_contact\":{\"old\":null,\"new\":true}}}", t->client);
  send_referral (t);
  g_assert_cmpuint (waiting (t, NULL), ==, 0);
}

/* P17: who had it is told that it is not theirs any more, who has it now that it came, the sender where somebody else sent it on; each by its
 * number alone. */
static void
test_rerouted (void)
{
  static const struct { gboolean by_receiver; const char *to, *words;
  } expected[] = {
    { FALSE, "ben@b.example.org", "not with you any more" }, { FALSE, "cal@c.example.org", "New referral" }, { TRUE, "ana@a.example.org", "sent to another service" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (Town) t = town_new ("\"duties\":[\"supervisor\"]," BEN);
      g_auto (KithHubMail) mail = { 0 };
      g_autofree char *referral = NULL, *service = add_other_service (t);
      gboolean found = FALSE;

      if (expected[i].by_receiver)
        {
          g_autofree char *own = g_strdup_printf ("{\"organization_id\":\"%s\",\"name\":\"Day beds\",\"status\":\"active\",\"direct\":true}", t->net->b);
          g_autofree char *ana = g_strdup_printf ("{\"agency\":\"%s\",\"level\":\"standard\",\"role\":\"referral_manager\",\"name\":\"ana\",\"login\":\"ana\",\"active\":true,"
                                                  "\"trained\":true,\"email\":\"ana@a.example.org\",\"mail_notices\":true}", t->net->a);

          hub_fixture_put (t->net, "service", service, own);
          hub_fixture_put (t->net, "staff", t->ua, ana);
        }
      referral = make_referral (t);
      while (next (t, &mail))
        settle (t, mail.id, KITH_HUB_MAIL_SENT);
      if (expected[i].by_receiver)
        {
          g_autoptr (Desk) b = desk_new (t->net, "ben", t->ub);

          desk_do_ok (b, "referral.reroute", "{\"referral\":\"%s\",\"from\":\"sent\",\"service\":\"%s\"}", referral, service);
        }
      else
        {
          desk_do_ok (t->a, "referral.reroute", "{\"referral\":\"%s\",\"from\":\"sent\",\"service\":\"%s\"}", referral, service);
        }
      while (next (t, &mail))
        {
          g_test_message ("%s\n%s\n%s", mail.to, mail.subject, mail.text);
          g_assert_cmpstr (mail.subject, ==, "Kith: 1 new item, KK-1001"); /* what happened does not lie open in a list of messages */
          g_assert_null (strstr (mail.text, "Night beds"));
          assert_clean (mail.subject);
          assert_clean (mail.text);
          g_assert_nonnull (strstr (mail.text, "In Kith it stands in My Day, under News. Or press Ctrl+K and type the number.")); /* the way back */
          g_assert_null (strstr (mail.text, "://"));
          found |= g_str_equal (mail.to, expected[i].to) && strstr (mail.text, expected[i].words) != NULL;
          settle (t, mail.id, KITH_HUB_MAIL_SENT);
        }
      g_assert_true (found);
    }
}

/* ---- the queue ---- */

/* It outlives the hub, keeps nothing of anybody, and is tried again after 1, 2, 4 … minutes, for four days. */
static void
test_queue (void)
{
  g_autoptr (Town) t = town_new (BEN);
  g_auto (KithHubMail) mail = { 0 };
  gint64 passed = 0, wait = MINUTE, id;
  guint dead, tries = 0;
  g_autofree char *key = NULL;

  send_referral (t);
  hub_fixture_restart (t->net);
  kith_hub_set_mails (t->net->hub, TRUE);
  g_assert_true (next (t, &mail));
  g_assert_cmpstr (mail.to, ==, "ben@b.example.org");
  g_assert_nonnull (strstr (mail.subject, "KK-1001"));
  assert_clean (mail.subject);
  assert_clean (mail.text);
  key = g_strdup (mail.key);
  id = mail.id;
  while (passed <= 5 * 24 * 60 * MINUTE)
    {
      settle (t, id, KITH_HUB_MAIL_LATER);
      tries++;
      if (waiting (t, &dead) == 0)
        break;
      kith_manual_clock_advance (t->net->clock, wait - 1);
      g_assert_false (next (t, &mail));
      kith_manual_clock_advance (t->net->clock, 1);
      g_assert_true (next (t, &mail));
      g_assert_cmpstr (mail.key, ==, key);
      passed += wait;
      wait = MIN (2 * wait, 6 * 60 * MINUTE);
    }
  g_assert_cmpuint (dead, ==, 1);
  g_assert_cmpint (passed, >, 4 * 24 * 60 * MINUTE);
  g_assert_cmpuint (tries, <, 40);
}

/* What nobody wants any more by the time it would go does not go. */
static void
test_dropped (void)
{
  static const char *const changes[] = { "\"mail_notices\":false", "\"active\":false", "\"email\":\"nowhere\"", NULL /* read */ };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (Town) t = town_new (BEN);
      g_auto (KithHubMail) mail = { 0 };

      send_referral (t);
      if (changes[i] != NULL)
        {
          g_autofree char *body = g_strdup_printf ("{\"agency\":\"%s\",\"level\":\"standard\",\"role\":\"referral_manager\",\"name\":\"ben\",\"active\":true,"
                                                   "\"trained\":true," BEN "}", t->net->b);
          g_autoptr (JsonObject) changed = kith_json_parse_object (body, strlen (body), NULL, NULL);
          g_autofree char *set = g_strdup_printf ("{%s}", changes[i]);
          g_autoptr (JsonObject) members = kith_json_parse_object (set, strlen (set), NULL, NULL);
          g_autoptr (GList) names = json_object_get_members (members);
          g_autofree char *text = NULL;

          json_object_set_member (changed, names->data, json_node_copy (json_object_get_member (members, names->data)));
          text = kith_json_print_object (changed);
          hub_fixture_put (t->net, "staff", t->ub, text);
        }
      else
        {
          g_autoptr (Desk) b = desk_new (t->net, "ben", t->ub);
          GHashTableIter iter;
          gpointer id, row;

          desk_pull (b);
          g_hash_table_iter_init (&iter, b->rows);
          while (g_hash_table_iter_next (&iter, &id, &row))
            if (g_str_equal (((DeskRow *) row)->t, "notice"))
              {
                desk_do_ok (b, "notice.read", "{\"notice\":\"%s\"}", (char *) id);
                break;
              }
        }
      g_assert_false (next (t, &mail));
      g_assert_cmpuint (waiting (t, NULL), ==, 0);
    }
}

/* At most six mails an hour to one person; what comes beside waits and goes together, nothing of it is lost, nobody else waits (sync.md 5.8). */
static void
test_rate (void)
{
  g_autoptr (Town) t = town_new (BEN);
  g_auto (KithHubMail) mail = { 0 };
  g_autofree char *service = add_other_service (t), *elsewhere = NULL;

  for (guint i = 0; i < 6; i++)
    {
      send_referral (t);
      g_assert_true (next (t, &mail));
      g_assert_nonnull (strstr (mail.subject, "KK-10"));
      settle (t, mail.id, KITH_HUB_MAIL_SENT);
      kith_manual_clock_advance (t->net->clock, MINUTE);
    }
  for (guint i = 0; i < 3; i++)
    send_referral (t);
  g_assert_false (next (t, &mail));
  g_assert_cmpuint (waiting (t, NULL), ==, 3);

  elsewhere = g_steal_pointer (&t->net->service);
  t->net->service = g_strdup (service);
  send_referral (t); /* to Cal, who had none */
  g_assert_true (next (t, &mail));
  g_assert_cmpstr (mail.to, ==, "cal@c.example.org");
  settle (t, mail.id, KITH_HUB_MAIL_SENT);
  g_free (t->net->service);
  t->net->service = g_steal_pointer (&elsewhere);

  kith_manual_clock_advance (t->net->clock, 53 * MINUTE);
  g_assert_false (next (t, &mail));
  kith_manual_clock_advance (t->net->clock, 2 * MINUTE); /* the first is an hour ago */
  g_assert_true (next (t, &mail));
  g_test_message ("%s\n%s", mail.subject, mail.text);
  g_assert_nonnull (strstr (mail.subject, "3 new items"));
  g_assert_nonnull (strstr (mail.text, "My Day"));
  for (guint i = 7; i <= 9; i++)
    {
      g_autofree char *number = g_strdup_printf ("KK-10%02u", i);

      g_assert_nonnull (strstr (mail.text, number));
    }
  assert_clean (mail.text);
  {
    g_autofree char *key = g_strdup (mail.key);

    settle (t, mail.id, KITH_HUB_MAIL_LATER);
    send_referral (t); /* comes after it was tried: it goes by itself, what was tried stays what it was */
    kith_manual_clock_advance (t->net->clock, MINUTE);
    g_assert_true (next (t, &mail));
    g_assert_nonnull (strstr (mail.subject, "KK-1011"));
    settle (t, mail.id, KITH_HUB_MAIL_SENT);
    g_assert_true (next (t, &mail));
    g_assert_cmpstr (mail.key, ==, key);
    g_assert_nonnull (strstr (mail.subject, "3 new items"));
    settle (t, mail.id, KITH_HUB_MAIL_SENT);
  }
  g_assert_cmpuint (waiting (t, NULL), ==, 0);
}

/* ---- a real server ---- */

typedef struct
{
  GSubprocess *process;
  char *folder, *address;
  guint n; /* read so far */
} Server;

static Server *
server_new (const char *folder, const char *const *more)
{
  Server *self = g_new0 (Server, 1);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "hub", "smtp-server.py", NULL);
  g_autoptr (GDataInputStream) out = NULL;
  g_autofree char *line = NULL;
  g_autoptr (GError) error = NULL;

  self->folder = g_strdup (folder);
  g_ptr_array_add (argv, (char *) "/usr/bin/python3");
  g_ptr_array_add (argv, script);
  g_ptr_array_add (argv, self->folder);
  for (guint i = 0; more != NULL && more[i] != NULL; i++)
    g_ptr_array_add (argv, (char *) more[i]);
  g_ptr_array_add (argv, NULL);
  self->process = g_subprocess_newv ((const char *const *) argv->pdata, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  line = g_data_input_stream_read_line (out, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (line);
  self->address = g_strconcat ("localhost:", line, NULL);
  return self;
}

static void
server_free (Server *self)
{
  g_output_stream_close (g_subprocess_get_stdin_pipe (self->process), NULL, NULL);
  g_subprocess_wait (self->process, NULL, NULL);
  g_object_unref (self->process);
  g_free (self->folder);
  g_free (self->address);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Server, server_free)

/* The next message, its text decoded behind it; NULL: none was taken. */
static char *
server_read (Server *self)
{
  g_autofree char *name = g_strdup_printf ("%u", self->n);
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autofree char *text = NULL;
  g_autofree guchar *decoded = NULL;
  const char *body;
  gsize length;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return NULL;
  self->n++;
  body = strstr (text, "\r\n\r\n");
  g_assert_nonnull (body);
  decoded = g_base64_decode (body, &length);
  return g_strdup_printf ("%s\n%.*s", text, (int) length, (char *) decoded);
}

static char *
make_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("kith-mail-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (folder);
}

static void
make_certificate (const char *cert, const char *key)
{
  const char *argv[] = { "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
                         "subjectAltName=DNS:localhost", "-out", cert, "-keyout", key, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error);

  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (process, NULL, &error));
  g_assert_no_error (error);
}

static KithHubMail
a_mail (void)
{
  return (KithHubMail) { .id = 1, .to = (char *) "ben@b.example.org", .subject = (char *) "Kith: Überweisung angenommen, ein langer Betreff mit Ümläuten, KK-1001\nBcc: all@example.org",
                         .text = (char *) "Übung.\n", .key = (char *) "0190-1" };
}

/* TLS is asked for and gets its way: with a certificate that is trusted, and not one byte of the mail without. */
static void
test_tls (void)
{
  static const struct { KithSmtpTls tls; gboolean server_tls, smtps, trusted, right_password; KithHubMailResult result;
  } cases[] = {
    { KITH_SMTP_STARTTLS, TRUE, FALSE, TRUE, TRUE, KITH_HUB_MAIL_SENT },   { KITH_SMTP_TLS, TRUE, TRUE, TRUE, TRUE, KITH_HUB_MAIL_SENT },
    { KITH_SMTP_STARTTLS, TRUE, FALSE, FALSE, TRUE, KITH_HUB_MAIL_LATER }, { KITH_SMTP_STARTTLS, FALSE, FALSE, TRUE, TRUE, KITH_HUB_MAIL_LATER },
    { KITH_SMTP_TLS, TRUE, TRUE, FALSE, TRUE, KITH_HUB_MAIL_LATER },       { KITH_SMTP_STARTTLS, TRUE, FALSE, TRUE, FALSE, KITH_HUB_MAIL_LATER },
  };
  g_autofree char *keys = make_folder ();
  g_autofree char *cert = g_build_filename (keys, "cert.pem", NULL);
  g_autofree char *key = g_build_filename (keys, "key.pem", NULL);

  make_certificate (cert, key);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *with_tls[] = { "--tls", cert, key, "--auth", "kith", "secret", cases[i].smtps ? "--smtps" : NULL, NULL };
      g_autofree char *folder = make_folder ();
      g_autoptr (Server) server = server_new (folder, cases[i].server_tls ? with_tls : NULL);
      KithSmtpOptions options = { .server = server->address, .from = (char *) "kith@hub.example.org", .user = (char *) "kith",
                                  .password = (char *) (cases[i].right_password ? "secret" : "guess"), .ca_file = cases[i].trusted ? cert : NULL, .tls = cases[i].tls };
      KithHubMail mail = a_mail ();
      g_autofree char *why = NULL;
      g_autofree char *text = NULL;
      KithHubMailResult result = kith_smtp_send (&options, &mail, KITH_TEST_NOW, NULL, &why);

      g_test_message ("case %u: %s", i, why);
      g_assert_cmpint (result, ==, cases[i].result);
      text = server_read (server);
      g_assert_true ((text != NULL) == (result == KITH_HUB_MAIL_SENT));
      if (text != NULL)
        {
          g_assert_nonnull (strstr (text, "X-Encrypted: 1"));
          g_assert_nonnull (strstr (text, "X-User: kith"));
          g_assert_nonnull (strstr (text, "X-To: ben@b.example.org"));
          g_assert_nonnull (strstr (text, "Subject: =?UTF-8?B?"));
          g_assert_nonnull (strstr (text, "Message-ID: <0190-1@hub.example.org>"));
          g_assert_nonnull (strstr (text, "Übung."));
          g_assert_null (strstr (text, "\nBcc:"));
        }
      remove_folder (folder);
    }
  remove_folder (keys);
}

/* A person whom the server does not know is given up; one whose server asks to come again, or is not there, is not. Nor is anybody because of the hub's
 * own address, of its right to send, or of a list it was put on: that can be mended, and the mail goes then. */
static void
test_refused (void)
{
  static const struct { const char *option, *value, *with; KithHubMailResult first, second;
  } cases[] = {
    { "--refuse", "ben@b.example.org", NULL, KITH_HUB_MAIL_REFUSED, KITH_HUB_MAIL_REFUSED },
    { "--refuse", "ben@b.example.org", "550-5.1.1 The account does not exist.\r\n550 5.1.1 Try another.", KITH_HUB_MAIL_REFUSED, KITH_HUB_MAIL_REFUSED },
    { "--refuse", "ben@b.example.org", "553 5.1.3 no address", KITH_HUB_MAIL_REFUSED, KITH_HUB_MAIL_REFUSED },
    { "--later", "1", NULL, KITH_HUB_MAIL_LATER, KITH_HUB_MAIL_SENT },
    { "--refuse", "ben@b.example.org", "550 5.7.1 relaying denied", KITH_HUB_MAIL_LATER, KITH_HUB_MAIL_LATER },
    { "--refuse", "ben@b.example.org", "550 authentication required", KITH_HUB_MAIL_LATER, KITH_HUB_MAIL_LATER },
    { "--refuse", "ben@b.example.org", "551 5.1.8 sender has no address here", KITH_HUB_MAIL_LATER, KITH_HUB_MAIL_LATER },
    { "--refuse", "ben@b.example.org", "554 5.7.1 blocked, see 5.1.1", KITH_HUB_MAIL_LATER, KITH_HUB_MAIL_LATER },
    { "--refuse-sender", "553 5.7.1 sender address rejected: not owned by user", NULL, KITH_HUB_MAIL_LATER, KITH_HUB_MAIL_LATER },
    { "--refuse-sender", "550 5.1.1 no such sender", NULL, KITH_HUB_MAIL_LATER, KITH_HUB_MAIL_LATER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *more[] = { cases[i].option, cases[i].value, cases[i].with != NULL ? "--with" : NULL, cases[i].with, NULL };
      g_autofree char *folder = make_folder ();
      g_autoptr (Server) server = server_new (folder, more);
      KithSmtpOptions options = { .server = server->address, .from = (char *) "kith@hub.example.org", .tls = KITH_SMTP_PLAIN };
      KithHubMail mail = a_mail ();
      g_autofree char *why = NULL;
      g_autofree char *again = NULL;

      g_test_message ("case %u", i);
      g_assert_cmpint (kith_smtp_send (&options, &mail, KITH_TEST_NOW, NULL, &why), ==, cases[i].first);
      g_assert_nonnull (why);
      g_assert_null (strstr (why, "ben@"));
      g_assert_cmpint (kith_smtp_send (&options, &mail, KITH_TEST_NOW, NULL, &again), ==, cases[i].second);
      remove_folder (folder);
    }
  {
    KithSmtpOptions options = { .server = (char *) "localhost:1", .from = (char *) "kith@hub.example.org", .tls = KITH_SMTP_PLAIN };
    KithHubMail mail = a_mail ();
    g_autofree char *why = NULL;

    g_assert_cmpint (kith_smtp_send (&options, &mail, KITH_TEST_NOW, NULL, &why), ==, KITH_HUB_MAIL_LATER);
  }
}

typedef struct
{
  Town *town;
  guint left;
} Job;

static gpointer
begin_on_thread (gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;

  g_autofree char *service = NULL, *referral = NULL;

  job->town = town_new (BEN);
  service = add_other_service (job->town);
  send_referral (job->town);
  referral = make_referral (job->town);
  desk_do_ok (job->town->a, "referral.reroute", "{\"referral\":\"%s\",\"from\":\"sent\",\"service\":\"%s\"}", referral, service);
  return job->town->net->hub;
}

static gpointer
end_on_thread (gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;

  job->left = waiting (job->town, NULL);
  town_free (job->town);
  return NULL;
}

static gboolean
has_all (const char *text)
{
  return strstr (text, "KK-1001") != NULL && strstr (text, "KK-1002") != NULL && strstr (text, "it was sent elsewhere") != NULL && strstr (text, "X-To: cal@c.example.org") != NULL;
}

/* From a referral that is sent to the message on the server, with the hub on its thread: each once, and none says anything of the client. */
static void
test_whole_way (void)
{
  g_autofree char *folder = make_folder ();
  g_autoptr (Server) server = server_new (folder, NULL);
  KithSmtpOptions options = { .server = server->address, .from = (char *) "kith@hub.example.org", .tls = KITH_SMTP_PLAIN };
  g_autoptr (KithDbThread) thread = kith_db_thread_new ("hub");
  g_autoptr (GString) all = g_string_new (NULL);
  Job job = { NULL };
  gint64 until = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;
  KithHub *hub = kith_db_thread_run (thread, begin_on_thread, &job, NULL);
  KithHubMailer *mailer = kith_hub_mailer_new (thread, hub, &options, 20);

  /* Two that came, one that went elsewhere and came there: of those to one person some may go together. */
  while (!(has_all (all->str)) && g_get_monotonic_time () < until)
    {
      g_autofree char *text = server_read (server);

      if (text != NULL)
        g_string_append (all, text);
      else
        g_main_context_iteration (NULL, TRUE);
    }
  for (gint64 end = g_get_monotonic_time () + G_USEC_PER_SEC / 2; g_get_monotonic_time () < end;) /* no fifth, and the queue settled */
    g_main_context_iteration (NULL, TRUE);
  kith_hub_mailer_free (mailer);
  kith_db_thread_run (thread, end_on_thread, &job, NULL);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (server->n, <=, 4);
  g_assert_null (server_read (server));
  g_assert_cmpuint (job.left, ==, 0);
  g_assert_nonnull (strstr (all->str, "KK-1001"));
  g_assert_nonnull (strstr (all->str, "KK-1002"));
  g_assert_nonnull (strstr (all->str, "it was sent elsewhere"));
  g_assert_nonnull (strstr (all->str, "X-To: cal@c.example.org"));
  assert_clean (all->str);
  remove_folder (folder);
}

/* ---- the file of options ---- */

static void
test_options (void)
{
  static const struct { const char *text, *wrong;
  } cases[] = {
    { "[mail]\nserver=mail.example.org:587\nfrom=kith@example.org\n", NULL },
    { "[mail]\nserver=localhost:25\nfrom=kith@example.org\ntls=none\n", NULL },
    { "[mail]\nserver=[::1]:25\nfrom=kith@example.org\ntls=none\n", NULL },
    { "[mail]\nserver=mail.example.org:25\nfrom=kith@example.org\ntls=none\n", "this computer" },
    { "[mail]\nserver=mail.example.org\nfrom=kith@example.org\ntls=maybe\n", "tls" },
    { "[mail]\nfrom=kith@example.org\n", "server" },
    { "[mail]\nserver=a@b/c\nfrom=kith@example.org\n", "server" },
    { "[mail]\nserver=mail.example.org\n", "from" },
    { "[mail]\nserver=mail.example.org\nfrom=kith@example.org\nuser=kith\n", "password-file" },
    { "[mail]\nserver=mail.example.org\nfrom=kith@example.org\nuser=kith\npassword-file=/nowhere/at/all\n", "nowhere" },
    { "nothing", "" },
  };
  g_autofree char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "mail.conf", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (KithSmtpOptions) options = NULL;

      g_assert_true (g_file_set_contents (path, cases[i].text, -1, NULL));
      options = kith_smtp_options_load (path, &error);
      g_test_message ("case %u: %s", i, error != NULL ? error->message : "taken");
      g_assert_true ((options != NULL) == (cases[i].wrong == NULL));
      if (cases[i].wrong != NULL)
        g_assert_nonnull (strstr (error->message, cases[i].wrong));
    }
  remove_folder (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hub/mail/P16-addresses", test_addresses);
  g_test_add_func ("/hub/mail/P15-P16-who", test_who);
  g_test_add_func ("/hub/mail/C16-silence", test_silence);
  g_test_add_func ("/hub/mail/P17-rerouted", test_rerouted);
  g_test_add_func ("/hub/mail/C17-queue", test_queue);
  g_test_add_func ("/hub/mail/dropped", test_dropped);
  g_test_add_func ("/hub/mail/rate", test_rate);
  g_test_add_func ("/hub/mail/options", test_options);
  g_test_add_func ("/hub/mail/server-tls", test_tls);
  g_test_add_func ("/hub/mail/server-refuses", test_refused);
  g_test_add_func ("/hub/mail/C17-whole-way", test_whole_way);
  return g_test_run ();
}
