/* SPDX-License-Identifier: GPL-3.0-or-later */

/* C17, P16: every kind of notice that is mailed, brought about as it comes about in a town, and its mail read for every value of the client that went in. */

#include "kith-notice-mail.h"
#include "mail-town.h"

#include <string.h>

#define REFERRAL "KK-1001"
#define CLIENT "KK-0001"
#define CASE "KK-3001"
#define SECRET "Knows nobody in town" /* of client_values: in every text that somebody writes */

typedef struct
{
  const char *who;  /* login; NULL: time goes by, to the moment that what says */
  const char *what; /* operation */
  const char *args; /* '@NAME' in it: the id of NAME, a new one where there is none yet; an apostrophe else a quotation mark */
  gboolean stale;   /* of a computer that had heard of nothing */
} Step;

typedef struct
{
  const char *type;
  const char *number; /* of the record it is about; NULL: it is about many, or many may be meant */
  const char *to;     /* login of somebody who gets it */
  Step steps[6];
} Kind;

#define SEND { "ana", "referral.send", "{'id':'@referral','number':'" REFERRAL "','client':'@client','type':'direct','service':'@service','need':'A dry bed','urgency':'soon'," \
               "'request':'" SECRET "','note':'" SECRET "'}" }
#define ACCEPT { "ben", "referral.accept", "{'referral':'@referral','from':'sent'}" }
#define CLOSE { "ben", "referral.close", "{'referral':'@referral','from':'accepted','outcome':'need_met','text':'" SECRET "'}" }
#define DECLINE { "ben", "referral.decline", "{'referral':'@referral','from':'sent','reason':'no_capacity','text':'" SECRET "'}" }
#define CONFIRM { "nia", "agency.configure", "{'agency':'@b','set':{'confirm_declines':true}}" }
#define OPEN_CASE { "amy", "case.open", "{'id':'@case','number':'" CASE "','client':'@client','title':'A dry bed'}" }
#define ASK { "ana", "amendment.ask", "{'id':'@request','client':'@client','about':'" SECRET "','wanted':'Canarybird','asked_on':'2026-03-01'}" }
#define GIVE_ART { "amy", "assignment.apply", "{'client':'@client','changes':[{'do':'add','staff':'@art'}]}" }

static const Kind kinds[] = {
  { "sent", REFERRAL, "ben", { SEND } },
  { "rerouted", REFERRAL, "ben", { SEND, { "ana", "referral.reroute", "{'referral':'@referral','from':'sent','service':'@other'}" } } },
  { "went_elsewhere", REFERRAL, "ana", { SEND, { "ben", "referral.reroute", "{'referral':'@referral','from':'sent','service':'@own'}" } } },
  { "recalled", REFERRAL, "ben", { SEND, { "ana", "referral.recall", "{'referral':'@referral','from':'sent','reason':'" SECRET "'}" } } },
  { "accepted", REFERRAL, "ana", { SEND, ACCEPT } },
  { "declined", REFERRAL, "ana", { SEND, DECLINE } },
  { "decline_proposed", REFERRAL, "sue", { CONFIRM, SEND, DECLINE } },
  { "decline_sent_back", REFERRAL, "ben",
    { CONFIRM, SEND, DECLINE, { "sue", "referral.confirm_decline", "{'referral':'@referral','from':'sent','confirm':false,'text':'" SECRET "'}" } } },
  { "assigned", REFERRAL, "cas", { SEND, ACCEPT, { "ben", "referral.assign", "{'referral':'@referral','staff':'@cas'}" } } },
  { "closed", REFERRAL, "ana", { SEND, ACCEPT, CLOSE } },
  { "reopened", REFERRAL, "ana", { SEND, ACCEPT, CLOSE, { "sue", "referral.reopen", "{'referral':'@referral','from':'closed_resolved','reason':'" SECRET "'}" } } },
  { "check_in", REFERRAL, "ben", { SEND, { "ana", "referral.check_in", "{'referral':'@referral','from':'sent','text':'" SECRET "'}" } } },
  { "more_time", REFERRAL, "ana", { SEND, { "ben", "referral.check_in", "{'referral':'@referral','from':'sent','text':'" SECRET "'}" } } },
  { "due", REFERRAL, "ben", { SEND, { NULL, "2026-03-04T12:00:00.000Z" } } },
  { "overdue", REFERRAL, "ben", { SEND, { NULL, "2026-03-04T12:00:00.000Z" }, { NULL, "2026-03-05T12:00:00.000Z" } } },
  { "unanswered", REFERRAL, "ana", { SEND, { NULL, "2026-03-04T12:00:00.000Z" }, { NULL, "2026-03-05T12:00:00.000Z" } } },
  { "expired", REFERRAL, "ana", { SEND, { NULL, "2026-03-30T12:00:00.000Z" } } },
  { "consent_revoked", REFERRAL, "ben", { SEND, { "ana", "consent.revoke", "{'client':'@client','reason':'" SECRET "'}" } } },
  { "consent_expiring", CLIENT, "ana",
    { { "ana", "consent.record", "{'id':'@consent','client':'@client','classes':['client'],'receivers':['@c'],'how':'verbal','purpose':'" SECRET "','term':'2026-06-01T00:00:00.000Z'}" },
      { NULL, "2026-05-10T12:00:00.000Z" } } },
  { "client_assigned", CLIENT, "art", { GIVE_ART } },
  { "case_assigned", CASE, "art", { GIVE_ART, OPEN_CASE, { "amy", "assignment.apply", "{'client':'@client','changes':[{'do':'add','staff':'@art','case':'@case'}]}" } } },
  { "caseload", NULL, "cay", { GIVE_ART, { "amy", "caseload.transfer", "{'transfer':'@transfer','from':'@art','to':'@cay','reason':'" SECRET "'}" } } },
  { "move_crossed", CLIENT, "ada",
    { { "amy", "caseload.transfer", "{'transfer':'@transfer','moves':[{'client':'@client','to':'@cay'}],'reason':'" SECRET "'}" },
      { "ada", "caseload.transfer", "{'transfer':'@crossed','moves':[{'client':'@client','to':'@art'}],'reason':'" SECRET "'}", .stale = TRUE } } },
  { "unassigned", CLIENT, "amy", { OPEN_CASE, { "amy", "task.add", "{'id':'@task','subject':'" SECRET "','case':'@case','staff':'@art'}" } } },
  { "amendment_due", CLIENT, "amy", { ASK, { NULL, "2026-04-16T12:00:00.000Z" } } },
  { "amendment_overdue", CLIENT, "amy", { ASK, { NULL, "2026-04-16T12:00:00.000Z" }, { NULL, "2026-05-01T12:00:00.000Z" } } },
};

/* ---- the town, in which everybody asked for mail ---- */

typedef struct
{
  Town *town;
  GHashTable *ids; /* name → id */
} Place;

static void
add_person (Place *self, const char *login, const char *agency, const char *extra)
{
  g_autofree char *all = g_strdup_printf ("%s,\"email\":\"%s@example.org\",\"mail_notices\":true", extra, login);

  g_hash_table_insert (self->ids, g_strdup (login), hub_fixture_add_staff (self->town->net, login, agency, all));
}

/* Who is there already, with mail. */
static void
give_mail (Place *self, const char *login, const char *id, const char *agency, const char *extra)
{
  g_autofree char *body = g_strdup_printf ("{\"agency\":\"%s\",\"level\":\"standard\",\"name\":\"%s\",\"login\":\"%s\",\"active\":true,\"trained\":true,\"email\":\"%s@example.org\","
                                           "\"mail_notices\":true,%s}", agency, login, login, login, extra);

  hub_fixture_put (self->town->net, "staff", id, body);
  g_hash_table_insert (self->ids, g_strdup (login), g_strdup (id));
}

static void
place_clear (Place *self)
{
  town_free (self->town);
  g_hash_table_unref (self->ids);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

static void
place_init (Place *self)
{
  Town *t = self->town = town_new (BEN);
  HubFixture *net = t->net;
  g_autofree char *own = hub_fixture_id (net), *body = g_strdup_printf ("{\"organization_id\":\"%s\",\"name\":\"Day beds\",\"status\":\"active\",\"direct\":true}", net->b);

  self->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (self->ids, g_strdup ("other"), add_other_service (t));
  hub_fixture_put (net, "service", own, body);
  g_hash_table_insert (self->ids, g_strdup ("own"), g_steal_pointer (&own));
  g_hash_table_insert (self->ids, g_strdup ("client"), g_strdup (t->client));
  g_hash_table_insert (self->ids, g_strdup ("service"), g_strdup (net->service));
  g_hash_table_insert (self->ids, g_strdup ("b"), g_strdup (net->b));
  g_hash_table_insert (self->ids, g_strdup ("c"), g_strdup (net->c));
  give_mail (self, "ana", t->ua, net->a, "\"role\":\"referral_manager\"");
  give_mail (self, "ben", t->ub, net->b, "\"role\":\"referral_manager\"");
  give_mail (self, "sue", t->us, net->b, "\"role\":\"care_coordinator\",\"duties\":[\"supervisor\",\"agency_admin\"]");
  add_person (self, "cas", net->b, "\"role\":\"care_coordinator\"");
  add_person (self, "amy", net->a, "\"role\":\"care_coordinator\",\"duties\":[\"supervisor\"]");
  add_person (self, "ada", net->a, "\"role\":\"care_coordinator\",\"duties\":[\"supervisor\"]");
  add_person (self, "nia", NULL, "\"given_name\":\"Nia\"");
  add_person (self, "art", net->a, "\"role\":\"care_coordinator\"");
  add_person (self, "cay", net->a, "\"role\":\"care_coordinator\"");
}

static const char *
id_of (Place *self, const char *name)
{
  if (!g_hash_table_contains (self->ids, name))
    g_hash_table_insert (self->ids, g_strdup (name), hub_fixture_id (self->town->net));
  return g_hash_table_lookup (self->ids, name);
}

static char *
args_of (Place *self, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "'", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (parts[i][0] == '@')
      {
        const char *id = id_of (self, parts[i] + 1);

        g_free (parts[i]);
        parts[i] = g_strdup (id);
      }
  return g_strjoinv ("\"", parts);
}

/* The outcome of an operation whose computer said with it what it had heard of: nothing. */
static JsonObject *
do_stale (Desk *desk, const char *op, const char *args)
{
  g_autofree char *id = hub_fixture_id (desk->net), *plain = desk_op_line (desk, desk->n + 1, id, op, args);
  g_autoptr (GString) line = g_string_new (plain);
  g_autofree char *text = NULL;
  guint status;

  g_string_replace (line, "\"op\":", "\"base\":{},\"seen\":0,\"op\":", 1);
  text = desk_push_text (desk, line->str, desk->n + 1, &status);
  g_assert_cmpuint (status, ==, 200);
  desk->n++;
  return kith_json_parse_object (text, strchr (text, '\n') - text, NULL, NULL);
}

static void
take (Place *self, const Step *step)
{
  g_autofree char *args = step->args != NULL ? args_of (self, step->args) : NULL;
  gint64 at;

  if (step->who != NULL)
    {
      g_autoptr (Desk) desk = desk_new (self->town->net, step->who, id_of (self, step->who));
      g_autoptr (JsonObject) outcome = NULL;

      g_test_message ("%s: %s %s", step->who, step->what, args);
      if (kith_operation_get (step->what)->runs == KITH_RUNS_ONLINE)
        outcome = desk_online (desk, step->what, args);
      else
        outcome = step->stale ? do_stale (desk, step->what, args) : desk_do (desk, step->what, args);
      desk_expect (outcome, "applied", NULL);
      return;
    }
  g_assert_true (kith_time_parse (step->what, &at));
  hub_fixture_wait_until (self->town->net, at);
  hub_fixture_run_clock (self->town->net);
}

/* The record's number is what a mail is found by (P16, P17), and all it says. */
static void
assert_free_of_client (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (client_values); i++)
    if (!g_str_equal (client_values[i], CLIENT))
      g_assert_null (strcasestr (text, client_values[i]));
}

/* Reads all that waits; TRUE: one of this kind was among it. */
static gboolean
read_mails (Place *self, const Kind *kind)
{
  g_auto (KithHubMail) mail = { 0 };
  g_autofree char *to = g_strconcat (kind->to, "@example.org", NULL);
  const char *words = kith_vocabulary_english (kith_vocabulary_get ("notice_type"), kind->type);
  gboolean found = FALSE;

  for (; next (self->town, &mail); settle (self->town, mail.id, KITH_HUB_MAIL_SENT))
    {
      g_test_message ("%s: %s | %s", mail.to, mail.subject, mail.text);
      assert_free_of_client (mail.subject);
      assert_free_of_client (mail.text);
      if (!g_str_equal (mail.to, to) || !g_str_has_prefix (mail.text, words))
        continue;
      found = TRUE;
      if (kind->number != NULL)
        {
          g_assert_nonnull (strstr (mail.subject, kind->number));
          g_assert_nonnull (strstr (mail.text, kind->number));
        }
      else
        {
          g_assert_null (strstr (mail.subject, "KK-"));
          g_assert_null (strstr (mail.text, "KK-"));
        }
    }
  return found;
}

/* C17: number of the record, and no value of the client; whoever of the town a mail goes to, on the way there too. */
static void
test_kind (gconstpointer data)
{
  const Kind *kind = data;
  g_auto (Place) place = { NULL };
  gboolean found = FALSE;

  place_init (&place);
  for (guint i = 0; i < G_N_ELEMENTS (kind->steps) && kind->steps[i].what != NULL; i++)
    {
      g_assert_false (found);
      take (&place, &kind->steps[i]);
      found = read_mails (&place, kind);
    }
  g_assert_true (found);
}

/* A kind that is mailed and is not looked at here is not to be. */
static void
test_all (void)
{
  const KithVocabulary *types = kith_vocabulary_get ("notice_type");
  const char *body = "{\"active\":true,\"email\":\"ben@b.example.org\",\"mail_notices\":true}";
  g_autoptr (GError) error = NULL;
  g_autoptr (KithRecord) staff = kith_record_parse (kith_kind_get ("staff"), "0190", body, -1, &error);
  guint mailed = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < kith_vocabulary_size (types); i++)
    {
      const char *type = kith_vocabulary_code (types, i);
      guint n = 0;

      for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
        n += g_str_equal (kinds[k].type, type);
      g_test_message ("%s", type);
      g_assert_cmpuint (n, ==, kith_notice_mails (staff, type) ? 1 : 0);
      mailed += n;
    }
  g_assert_cmpuint (mailed, ==, G_N_ELEMENTS (kinds));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hub/mail-kinds/C17-all", test_all);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path = g_strconcat ("/hub/mail-kinds/C17-P16-", kinds[i].type, NULL);

      g_test_add_data_func (path, &kinds[i], test_kind);
    }
  return g_test_run ();
}
