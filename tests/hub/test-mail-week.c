/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The weekly overview of supervisors (C17; domain.md 1f, 4), and the language mail is written in. */

#include "mail-town.h"

#include <string.h>

static void
put_person (Town *t, const char *id, const char *name, const char *supervisor)
{
  g_autofree char *body = g_strdup_printf ("{\"agency\":\"%s\",\"level\":\"standard\",\"role\":\"care_coordinator\",\"name\":\"%s\",\"active\":true,"
                                           "\"trained\":true,\"supervisor\":\"%s\"}", t->net->b, name, supervisor);

  hub_fixture_put (t->net, "staff", id, body);
}

static void
tick (Town *t, const char *at)
{
  gint64 now;

  g_assert_true (kith_time_parse (at, &now));
  hub_fixture_wait_until (t->net, now);
  hub_fixture_run_clock (t->net);
}

/* Monday at seven, once; who was given to another supervisor meanwhile is counted in that one's mail. Nobody is named in it (C17, sync.md 5.8). */
static void
test_week (void)
{
  g_autoptr (Town) t = town_new ("\"duties\":[\"supervisor\"],\"email\":\"ben@b.example.org\",\"mail_digest\":true");
  g_auto (KithHubMail) mail = { 0 };
  g_autofree char *person = hub_fixture_id (t->net);
  guint seen = 0;

  put_person (t, person, "Carla Quill", t->ub);
  tick (t, "2026-03-03T12:00:00.000Z"); /* switched on in the middle of a week: the next one is the first */
  g_assert_cmpuint (waiting (t, NULL), ==, 0);
  tick (t, "2026-03-09T06:30:00.000Z");
  g_assert_cmpuint (waiting (t, NULL), ==, 0);
  tick (t, "2026-03-09T07:30:00.000Z");
  g_assert_cmpuint (waiting (t, NULL), ==, 2);
  put_person (t, person, "Carla Quill", t->us);
  while (next (t, &mail))
    {
      gboolean hers = g_str_equal (mail.to, "sue@b.example.org");

      g_test_message ("%s\n%s\n%s", mail.to, mail.subject, mail.text);
      g_assert_true (hers || g_str_equal (mail.to, "ben@b.example.org"));
      g_assert_true ((strstr (mail.text, "each of those you supervise") != NULL) == hers);
      g_assert_null (strstr (mail.text, "Carla"));
      g_assert_null (strstr (mail.text, "Quill"));
      assert_clean (mail.text);
      settle (t, mail.id, KITH_HUB_MAIL_SENT);
      seen++;
    }
  g_assert_cmpuint (seen, ==, 2);
  tick (t, "2026-03-10T09:30:00.000Z");
  g_assert_cmpuint (waiting (t, NULL), ==, 0);
}

static void
switch_week (Town *t, Desk *sue, gboolean on)
{
  g_autofree char *args = g_strdup_printf ("{\"staff\":\"%s\",\"mail_digest\":%s}", t->us, on ? "true" : "false");
  g_autoptr (JsonObject) outcome = desk_online (sue, "staff.set_notices", args);

  desk_expect (outcome, "applied", NULL);
}

static guint
settle_all (Town *t)
{
  g_auto (KithHubMail) mail = { 0 };
  guint n = 0;

  for (; next (t, &mail); n++)
    settle (t, mail.id, KITH_HUB_MAIL_SENT);
  return n;
}

/* C17: switched on again in the middle of a week it waits for the next Monday, whether it was off for one week or for several, and so does what a hub
 * that carried no mail for weeks begins with. */
static void
test_week_again (void)
{
  g_autoptr (Town) t = town_new ("");
  Desk *sue;

  tick (t, "2026-03-03T12:00:00.000Z");
  tick (t, "2026-03-09T07:30:00.000Z");
  g_assert_cmpuint (settle_all (t), ==, 1);
  tick (t, "2026-03-10T12:00:00.000Z");
  sue = desk_new (t->net, "sue", t->us);
  switch_week (t, sue, FALSE);
  tick (t, "2026-03-16T07:30:00.000Z");
  g_assert_cmpuint (settle_all (t), ==, 0);
  tick (t, "2026-03-18T12:00:00.000Z");
  desk_free (sue);
  sue = desk_new (t->net, "sue", t->us);
  switch_week (t, sue, TRUE);
  tick (t, "2026-03-18T13:30:00.000Z");
  g_assert_cmpuint (settle_all (t), ==, 0);
  tick (t, "2026-03-23T07:30:00.000Z");
  g_assert_cmpuint (settle_all (t), ==, 1);

  /* The hub was away on Monday: the week's is made up for. After weeks without mail it is not. */
  tick (t, "2026-03-31T12:00:00.000Z");
  g_assert_cmpuint (settle_all (t), ==, 1);
  tick (t, "2026-04-15T12:00:00.000Z");
  g_assert_cmpuint (settle_all (t), ==, 0);
  tick (t, "2026-04-20T07:30:00.000Z");
  g_assert_cmpuint (settle_all (t), ==, 1);
  desk_free (sue);
}

static void
put_event (Town *t, const char *referral, const char *type, const char *at, const char *staff)
{
  g_autofree char *id = hub_fixture_id (t->net);
  g_autofree char *body = staff != NULL ? g_strdup_printf ("{\"referral\":\"%s\",\"type\":\"%s\",\"at\":\"%s\",\"staff\":\"%s\"}", referral, type, at, staff)
                                        : g_strdup_printf ("{\"referral\":\"%s\",\"type\":\"%s\",\"at\":\"%s\"}", referral, type, at);

  hub_fixture_put (t->net, "referral_event", id, body);
}

static char *
put_referral (Town *t, const char *phase, const char *assignee)
{
  char *id = hub_fixture_id (t->net);
  g_autofree char *body = g_strdup_printf ("{\"agency\":\"%s\",\"agency_to\":\"%s\",\"type\":\"direct\",\"phase\":\"%s\",\"number\":\"KK-2001\",\"assignee\":\"%s\"}",
                                           t->net->a, t->net->b, phase, assignee);

  hub_fixture_put (t->net, "referral", id, body);
  return id;
}

/* domain.md 1f, 4: what was closed in the week stays whose it was then, whoever has it since; and the mail says the same whenever it goes at last. */
static void
test_week_closed (void)
{
  g_autoptr (Town) t = town_new ("\"duties\":[\"supervisor\"],\"email\":\"ben@b.example.org\",\"mail_digest\":true");
  g_auto (KithHubMail) mail = { 0 };
  g_autofree char *carla = hub_fixture_id (t->net), *dan = hub_fixture_id (t->net);
  g_autofree char *again = NULL, *once = NULL, *early = NULL, *late = NULL, *first = NULL;
  guint seen = 0;

  put_person (t, carla, "Carla Quill", t->ub);
  put_person (t, dan, "Dan Moss", t->ub);
  tick (t, "2026-03-03T12:00:00.000Z");
  again = put_referral (t, "accepted", dan); /* opened again, and with somebody else */
  put_event (t, again, "assigned", "2026-03-02T09:00:00.000Z", carla);
  put_event (t, again, "closed", "2026-03-04T09:00:00.000Z", NULL);
  put_event (t, again, "closed", "2026-03-05T09:00:00.000Z", NULL); /* twice, and counted once */
  put_event (t, again, "assigned", "2026-03-09T06:00:00.000Z", dan);
  once = put_referral (t, "closed_resolved", carla); /* before who had it was noted */
  put_event (t, once, "closed", "2026-03-08T23:00:00.000Z", NULL);
  early = put_referral (t, "closed_resolved", carla);
  put_event (t, early, "closed", "2026-03-01T23:59:00.000Z", NULL);
  late = put_referral (t, "closed_resolved", carla);
  put_event (t, late, "closed", "2026-03-09T05:00:00.000Z", NULL);
  tick (t, "2026-03-09T07:30:00.000Z");
  while (next (t, &mail))
    if (g_str_equal (mail.to, "ben@b.example.org"))
      {
        g_test_message ("%s", mail.text);
        g_assert_nonnull (strstr (mail.text, "Closed in the week before: 2"));
        g_assert_nonnull (strstr (mail.text, "\n  1, 0\n  0, 2\n")); /* Dan, and Carla */
        if (first != NULL)
          g_assert_cmpstr (mail.text, ==, first);
        g_free (first);
        first = g_strdup (mail.text);
        if (seen++ == 0)
          {
            settle (t, mail.id, KITH_HUB_MAIL_LATER);
            tick (t, "2026-03-12T09:30:00.000Z");
          }
        else
          settle (t, mail.id, KITH_HUB_MAIL_SENT);
      }
    else
      settle (t, mail.id, KITH_HUB_MAIL_SENT);
  g_assert_cmpuint (seen, ==, 2);
}

/* C1, C4: what was never taken up is out of the supervisor's sight when the consent ends: what they do not see they are not told of either. */
static void
test_week_unseen (void)
{
  for (guint revoked = 0; revoked < 2; revoked++)
    {
      g_autoptr (Town) t = town_new ("");
      g_auto (KithHubMail) mail = { 0 };
      g_autofree char *referral = NULL;
      guint seen = 0;

      tick (t, "2026-03-12T12:00:00.000Z");
      settle_all (t);
      desk_free (t->a);
      t->a = desk_new (t->net, "ana", t->ua);
      referral = make_referral (t);
      if (revoked)
        desk_do_ok (t->a, "consent.revoke", "{\"client\":\"%s\",\"reason\":\"Asked\"}", t->client);
      tick (t, "2026-03-16T07:30:00.000Z");
      for (; next (t, &mail); settle (t, mail.id, KITH_HUB_MAIL_SENT))
        if (strstr (mail.text, "Wait for an answer") != NULL)
          {
            g_test_message ("%s", mail.text);
            g_assert_nonnull (strstr (mail.text, revoked ? "Wait for an answer: 0\n" : "Wait for an answer: 1\n"));
            seen++;
          }
      g_assert_cmpuint (seen, ==, 1);
    }
}

/* One file of two translations, in the order of what they are of. */
static void
write_translations (const char *folder, const char *language)
{
  static const char *const texts[] = { "Kith: 1 new item", "Number: {number}" }, *const meanings[] = { "Kith: 1 novedad", "Número: {number}" };
  g_autofree char *place = g_build_filename (folder, language, "LC_MESSAGES", NULL), *path = g_build_filename (place, "kith.mo", NULL);
  g_autoptr (GByteArray) file = g_byte_array_new ();
  guint32 head[7] = { 0x950412deu, 0, 2, 28, 44, 0, 60 }, table[8], at = 60;
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < 4; i++)
    {
      const char *word = i < 2 ? texts[i] : meanings[i - 2];

      table[2 * i] = (guint32) strlen (word);
      table[2 * i + 1] = at + (guint32) words->len;
      g_string_append_len (words, word, (gssize) strlen (word) + 1);
    }
  g_byte_array_append (file, (const guint8 *) head, sizeof head);
  g_byte_array_append (file, (const guint8 *) table, sizeof table);
  g_byte_array_append (file, (const guint8 *) words->str, (guint) words->len);
  g_assert_cmpint (g_mkdir_with_parents (place, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, (const char *) file->data, (gssize) file->len, NULL));
}

/* sync.md 5.8: mail is in the language of the person's windows, whatever the hub's computer speaks; where there is none, in English. */
static void
test_language (void)
{
  static const struct { const char *language, *subject, *number; } cases[] = {
    { "es_MX", "Kith: 1 novedad, KK-1001", "Número: KK-1001" }, { "es", "Kith: 1 novedad, KK-1001", "Número: KK-1001" },
    { "fr", "Kith: 1 new item, KK-1001", "Number: KK-1001" },   { "../es", "Kith: 1 new item, KK-1001", "Number: KK-1001" },
  };
  g_autofree char *folder = g_dir_make_tmp ("kith-mail-XXXXXX", NULL);

  write_translations (folder, "es");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *ben = g_strdup_printf (BEN ",\"mail_language\":\"%s\"", cases[i].language);
      g_autoptr (Town) t = town_new (ben);
      g_auto (KithHubMail) mail = { 0 };
      gboolean found = FALSE;

      kith_hub_set_translations (t->net->hub, folder);
      send_referral (t);
      for (; next (t, &mail); settle (t, mail.id, KITH_HUB_MAIL_SENT))
        if (g_str_equal (mail.to, "ben@b.example.org"))
          {
            g_assert_cmpstr (mail.subject, ==, cases[i].subject);
            g_assert_nonnull (strstr (mail.text, cases[i].number));
            found = TRUE;
          }
      g_assert_true (found);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hub/mail-week/C17", test_week);
  g_test_add_func ("/hub/mail-week/C17-again", test_week_again);
  g_test_add_func ("/hub/mail-week/1f4-closed", test_week_closed);
  g_test_add_func ("/hub/mail-week/C1-C4-unseen", test_week_unseen);
  g_test_add_func ("/hub/mail-week/language", test_language);
  return g_test_run ();
}
