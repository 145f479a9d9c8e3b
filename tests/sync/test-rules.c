/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "network.h"

#include "kith-answers.h"

#include <string.h>

/* Rules about who may see what, from end to end: real desktop cores and a real hub core. What counts is which bytes came to a desk, and
 * which of them it keeps. */

typedef struct
{
  Network *net;
  char *ana, *ben, *bea;
  Desk *a, *b, *coordinator; /* a coordinator of A; the manager and supervisor of B; a coordinator of B */
} Town;

static void
set_up (Town *t, gconstpointer data)
{
  g_autofree char *health = NULL;

  t->net = network_new ();
  t->ana = network_add_staff (t->net, "ana", t->net->a, "care_coordinator", "supervisor");
  t->ben = network_add_staff (t->net, "ben", t->net->b, "referral_manager", "supervisor");
  t->bea = network_add_staff (t->net, "bea", t->net->b, "care_coordinator", NULL);
  health = g_strdup_printf ("{'staff':'%s','health_access':true}", t->ana);
  network_do (t->net, "staff.set_health_access", health);
  t->a = desk_new (t->net, "ana");
  t->b = desk_new (t->net, "ben");
  t->coordinator = desk_new (t->net, "bea");
  desk_run (t->a);
  desk_run (t->b);
  desk_run (t->coordinator);
}

static void
tear_down (Town *t, gconstpointer data)
{
  g_autoptr (GString) report = g_string_new (NULL);
  guint problems = 1;

  kith_hub_check (t->net->hub, report, &problems, NULL);
  g_assert_cmpstr (report->str, ==, problems == 0 ? report->str : "");
  desk_free (t->a);
  desk_free (t->b);
  desk_free (t->coordinator);
  network_free (t->net);
  g_free (t->ana);
  g_free (t->ben);
  g_free (t->bea);
}

static void
sync_all (Town *t)
{
  kith_manual_clock_advance (t->net->clock, 600000);
  for (guint i = 0; i < 2; i++)
    {
      desk_run (t->a);
      desk_run (t->b);
      desk_run (t->coordinator);
    }
}

static gboolean
holds (Desk *desk, const char *kind, const char *id)
{
  g_autofree char *field = desk_field (desk, kind, id, g_str_equal (kind, "client") ? "number" : g_str_equal (kind, "referral") ? "phase" : "agency");

  return field != NULL;
}

/* Is this word anywhere in the desk's file: rows, what the outbox and the pre-images keep, the index? */
static gboolean
keeps (Desk *desk, const char *word)
{
  KithDb *db = kith_store_get_db (desk->store);
  g_autoptr (KithDbStmt) tables = kith_db_prepare (db, "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'", NULL);
  gboolean found = FALSE;

  while (kith_db_step (tables, NULL) == KITH_DB_ROW)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT * FROM \"%s\"", kith_db_text (tables, 0));
      g_autoptr (KithDbStmt) rows = kith_db_prepare (db, sql, NULL);

      while (rows != NULL && kith_db_step (rows, NULL) == KITH_DB_ROW)
        for (int i = 0; i < kith_db_n_columns (rows); i++)
          {
            const char *text = kith_db_is_null (rows, i) ? NULL : kith_db_text (rows, i);

            if (text != NULL && strcasestr (text, word) != NULL)
              {
                g_test_message ("%s is in %s", word, kith_db_text (tables, 0));
                found = TRUE;
              }
          }
    }
  return found;
}

/* Of A, with consent for B to the end given; classes as in JSON. */
static char *
register_client (Town *t, const char *classes, const char *term)
{
  char *client = network_id (t->net);
  g_autofree char *consent = network_id (t->net);
  g_autofree char *number = kith_store_next_number (t->a->store, NULL);
  g_autofree char *op = desk_submit (t->a, "client.register",
    network_json ("{'id':'%s','number':'%s','values':{'given_name':'Mara','family_name':'Finch','contact_note':'Quokka'},"
                  "'health':{'health_note':'Wombat'},'billing':{'insurance_number':'Numbat'},'consent':{'id':'%s',"
                  "'permission':'granted','classes':[%s],'receivers':['%s'],'how':'verbal','purpose':'Referral','term':'%s'}}",
                  client, number, consent, classes, t->net->b, term));
  return client;
}

static char *
send_and_accept (Town *t, const char *client)
{
  char *referral = network_id (t->net);
  g_autofree char *number = kith_store_next_number (t->a->store, NULL);
  g_autofree char *sent = desk_submit (t->a, "referral.send",
    network_json ("{'id':'%s','number':'%s','client':'%s','type':'direct','service':'%s','need':'Bandicoot','urgency':'soon'}",
                  referral, number, client, t->net->service));
  g_autofree char *accepted = NULL;

  desk_run (t->a);
  desk_run (t->b);
  accepted = desk_submit (t->b, "referral.accept", network_json ("{'referral':'%s','from':'sent'}", referral));
  sync_all (t);
  return referral;
}

static char *
care_of (const char *client, const char *agency)
{
  g_autofree char *key = g_strconcat (client, ":", agency, NULL);

  return kith_id_natural ("care", key);
}

/* C4, C1: the term ends while B's desk is cut off. Where only that consent gave it the client is out of sight at once; B's own work stays.
 * Turning the clock back brings nothing back, and the next contact takes it off the computer. */
static void
test_ends_offline (Town *t, gconstpointer data)
{
  g_autofree char *client = register_client (t, "'client','care'", "2026-03-09T09:00:00.000Z");
  g_autofree char *referral = send_and_accept (t, client);
  g_autofree char *care = care_of (client, t->net->b);
  g_autoptr (GError) error = NULL;

  g_assert_true (holds (t->b, "client", client));
  g_assert_true (keeps (t->b, "Quokka"));
  t->b->cut = TRUE;
  kith_manual_clock_advance (t->net->clock, G_GINT64_CONSTANT (6) * 24 * 3600 * 1000);
  g_assert_true (kith_store_hide_ended (t->b->store, &error));
  g_assert_true (holds (t->b, "client", client)); /* a day before its end */
  kith_manual_clock_advance (t->net->clock, G_GINT64_CONSTANT (2) * 24 * 3600 * 1000);
  g_assert_true (kith_store_hide_ended (t->b->store, &error));
  g_assert_false (holds (t->b, "client", client));
  g_assert_true (holds (t->b, "care", care));
  g_assert_true (holds (t->b, "referral", referral));

  t->b->cut = FALSE;
  sync_all (t);
  g_assert_false (holds (t->b, "client", client));
  g_assert_false (keeps (t->b, "Quokka"));
  g_assert_true (holds (t->b, "care", care));
  g_assert_true (holds (t->a, "client", client)); /* the owner's own */
}

/* C5: one act at the hub purges what B was given from B's computer, to the last row; A's record and B's own work stay. */
static void
test_purge (Town *t, gconstpointer data)
{
  g_autofree char *client = register_client (t, "'client','client_billing','care'", "2027-03-01T00:00:00.000Z");
  g_autofree char *referral = send_and_accept (t, client);
  g_autofree char *care = care_of (client, t->net->b), *note = NULL, *revoke = NULL;

  note = desk_submit (t->b, "referral.private_note", network_json ("{'referral':'%s','text':'Own words'}", referral));
  sync_all (t);
  g_assert_true (keeps (t->b, "Quokka") && keeps (t->b, "Numbat") && keeps (t->b, "Bandicoot"));
  revoke = desk_submit (t->a, "consent.revoke", network_json ("{'client':'%s','reason':'They asked.'}", client));
  sync_all (t);
  g_assert_false (holds (t->b, "client", client));
  g_assert_false (keeps (t->b, "Quokka"));
  g_assert_false (keeps (t->b, "Numbat"));
  g_assert_false (keeps (t->b, "Bandicoot"));
  g_assert_true (keeps (t->b, "Own words"));
  g_assert_true (holds (t->b, "care", care));
  g_assert_true (holds (t->b, "referral", referral));
  g_assert_true (holds (t->a, "client", client));
  g_assert_true (keeps (t->a, "Quokka"));
}

/* C11, U10, A1: class by class, and health for the flag alone: of anything else not a byte goes over the wire. */
static void
test_minimum (Town *t, gconstpointer data)
{
  static const struct { const char *classes; gboolean flag, billing, health; } cases[] = {
    { "'client'", FALSE, FALSE, FALSE },
    { "'client'", TRUE, FALSE, FALSE },
    { "'client','client_billing'", FALSE, TRUE, FALSE },
    { "'client','client_health'", FALSE, FALSE, FALSE },
    { "'client','client_health'", TRUE, FALSE, TRUE },
    { "'client','client_billing','client_health'", TRUE, TRUE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *flag = g_strdup_printf ("{'staff':'%s','health_access':%s}", t->ben, cases[i].flag ? "true" : "false");
      g_autofree char *client = NULL, *referral = NULL;

      if (i > 0)
        {
          tear_down (t, data);
          set_up (t, data);
          g_free (flag);
          flag = g_strdup_printf ("{'staff':'%s','health_access':%s}", t->ben, cases[i].flag ? "true" : "false");
        }
      network_do (t->net, "staff.set_health_access", flag);
      client = register_client (t, cases[i].classes, "2027-03-01T00:00:00.000Z");
      referral = send_and_accept (t, client);
      g_test_message ("%s, flag %d", cases[i].classes, cases[i].flag);
      g_assert_nonnull (strstr (t->b->seen->str, "Quokka"));
      g_assert_true ((strstr (t->b->seen->str, "Numbat") != NULL) == cases[i].billing);
      g_assert_true ((strstr (t->b->seen->str, "Wombat") != NULL) == cases[i].health);
      /* A coordinator of B whom nobody put on the client is told nothing of it at all (A1, U14). */
      g_assert_null (strstr (t->coordinator->seen->str, client));
      g_assert_null (strstr (t->coordinator->seen->str, "Quokka"));
    }
}

/* U11, U12: whoever manages the service, by the role for it, gets what is sent to it; with the service it goes from their computer. */
static void
test_services (Town *t, gconstpointer data)
{
  static const struct { const char *role; gboolean gets; } cases[] = {
    { NULL, FALSE },               /* has the service, is a coordinator */
    { "care_coordinator", FALSE },
    { "referral_manager", TRUE },  /* for this one service */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *role = cases[i].role != NULL ? g_strdup_printf (",'role':'%s'", cases[i].role) : g_strdup ("");
      g_autofree char *client = NULL, *referral = NULL, *with = NULL, *without = NULL;

      if (i > 0)
        {
          tear_down (t, data);
          set_up (t, data);
        }
      with = g_strdup_printf ("{'staff':'%s','services':[{'service':'%s'%s}]}", t->bea, t->net->service, role);
      without = g_strdup_printf ("{'staff':'%s','services':[]}", t->bea);
      network_do (t->net, "staff.set_services", with);
      client = register_client (t, "'client','care'", "2027-03-01T00:00:00.000Z");
      referral = send_and_accept (t, client);
      g_assert_true (holds (t->coordinator, "referral", referral) == cases[i].gets);
      g_assert_true (keeps (t->coordinator, "Bandicoot") == cases[i].gets);
      g_assert_true ((strstr (t->coordinator->seen->str, referral) != NULL) == cases[i].gets);
      network_do (t->net, "staff.set_services", without);
      sync_all (t);
      g_assert_false (holds (t->coordinator, "referral", referral));
      g_assert_false (keeps (t->coordinator, "Bandicoot"));
    }
}

/* U6, D12: who of A works with the client is told to B as consent for class care allows, by name, and opens nothing. */
static void
test_care_team (Town *t, gconstpointer data)
{
  static const struct { const char *classes; gboolean told; } cases[] = { { "'client'", FALSE }, { "'client','care'", TRUE } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *client = NULL, *referral = NULL, *join = NULL, *leave = NULL;

      if (i > 0)
        {
          tear_down (t, data);
          set_up (t, data);
        }
      client = register_client (t, cases[i].classes, "2027-03-01T00:00:00.000Z");
      referral = send_and_accept (t, client);
      join = desk_submit (t->a, "care_team.join",
                          network_json ("{'client':'%s','staff':'%s','role':'Platypus','started_on':'2026-03-01'}", client, t->ana));
      sync_all (t);
      g_assert_true (keeps (t->a, "Platypus"));
      g_assert_true (keeps (t->b, "Platypus") == cases[i].told);
      g_assert_true ((strstr (t->b->seen->str, "Platypus") != NULL) == cases[i].told);
      g_assert_null (strstr (t->coordinator->seen->str, "Platypus"));
      leave = desk_submit (t->a, "care_team.leave", network_json ("{'client':'%s','staff':'%s','ended_on':'2026-03-02'}", client, t->ana));
      sync_all (t);
      g_assert_true (keeps (t->a, "Platypus")); /* the history stays */
    }
}

/* C19: what the client asked to restrict leaves the computers of all but supervisors and those assigned, at the other agency too, and comes
 * back when it is lifted. */
static void
test_restricted (Town *t, gconstpointer data)
{
  g_autofree char *rm = network_add_staff (t->net, "rob", t->net->b, "referral_manager", NULL);
  g_autofree char *on = NULL, *off = NULL, *client = NULL, *referral = NULL;
  g_autofree char *services = g_strdup_printf ("{'staff':'%s','services':[{'service':'%s'}]}", rm, t->net->service);
  g_autoptr (Desk) manager = NULL;

  network_do (t->net, "staff.set_services", services);
  manager = desk_new (t->net, "rob");
  client = register_client (t, "'client','care'", "2027-03-01T00:00:00.000Z");
  referral = send_and_accept (t, client);
  desk_run (manager);
  g_assert_true (holds (manager, "client", client));
  on = desk_submit (t->a, "client.restrict", network_json ("{'client':'%s','restricted':true,'reason':'They asked.'}", client));
  sync_all (t);
  desk_run (manager);
  g_assert_false (holds (manager, "client", client));
  g_assert_false (keeps (manager, "Quokka"));
  g_assert_true (holds (t->b, "client", client)); /* the supervisor's */
  g_assert_true (holds (t->a, "client", client));
  off = desk_submit (t->a, "client.restrict", network_json ("{'client':'%s','restricted':false,'reason':'They asked.'}", client));
  sync_all (t);
  desk_run (manager);
  g_assert_true (holds (manager, "client", client));
}

/* What the author's own list says of the suggestion: of whom it waits, or what was kept; "": it is not there. Yours */
static char *
proposal_on (Desk *desk, const char *member)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = kith_store_list_attention (desk->store, G_MAXUINT, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < entries->len; i++)
    if (kith_json_string (entries->pdata[i], "proposal") != NULL)
      return g_strdup (kith_json_string (entries->pdata[i], member));
  return g_strdup ("");
}

/* C1: what a partner says of who somebody is comes to the owner as a suggestion, and the other way what the owner made of it. */
static void
test_proposal (Town *t, gconstpointer data)
{
  g_autofree char *client = register_client (t, "'client','care'", "2027-03-01T00:00:00.000Z");
  g_autofree char *referral = send_and_accept (t, client);
  g_autofree char *patch = desk_submit (t->b, "record.patch",
    network_json ("{'t':'client','id':'%s','set':{'given_name':{'old':'Mara','new':'Maria'},'email':{'new':'mara@example.org'}}}", client));
  g_autofree char *name = NULL, *email = NULL, *settle = NULL, *after = NULL;
  g_autofree char *waits = NULL, *whom = NULL, *kept = NULL, *by = NULL, *none = NULL;
  g_autoptr (KithDbStmt) open = NULL;

  sync_all (t);
  name = desk_field (t->a, "client", client, "given_name");
  email = desk_field (t->a, "client", client, "email");
  g_assert_cmpstr (name, ==, "Mara");
  g_assert_cmpstr (email, ==, "mara@example.org");
  waits = proposal_on (t->b, "proposal");
  whom = proposal_on (t->b, "decides");
  none = proposal_on (t->a, "proposal");
  g_assert_cmpstr (waits, ==, "open");
  g_assert_cmpstr (whom, ==, "Alder House");
  g_assert_cmpstr (none, ==, "");
  open = kith_db_query (kith_store_get_db (t->a->store), "conflicts-open", NULL);
  g_assert_cmpint (kith_db_step (open, NULL), ==, KITH_DB_ROW);
  g_assert_cmpstr (kith_db_text (open, 4), ==, "\"Maria\"");
  settle = desk_submit (t->a, "conflict.settle", network_json ("{'conflict':'%s','keep':'mine'}", kith_db_text (open, 0)));
  g_clear_pointer (&open, kith_db_reset);
  sync_all (t);
  after = desk_field (t->b, "client", client, "given_name");
  g_assert_cmpstr (after, ==, "Maria");
  kept = proposal_on (t->b, "proposal");
  by = proposal_on (t->b, "decided_by");
  g_assert_cmpstr (kept, ==, "mine");
  g_assert_cmpstr (by, !=, NULL);
}

/* The words of the line of that type, as the windows read them; NULL: it has none. Yours */
static char *
words_on (Desk *desk, const char *referral, const char *type)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) events = kith_db_query (kith_store_get_db (desk->store), "referral-events", &error);
  char *words = NULL;

  g_assert_no_error (error);
  kith_db_bind_text (events, 1, referral);
  while (kith_db_step (events, &error) == KITH_DB_ROW)
    if (g_strcmp0 (kith_db_text (events, 1), type) == 0)
      {
        g_free (words);
        words = g_strdup (kith_db_text (events, 15));
      }
  g_assert_no_error (error);
  g_assert_cmpstr (kith_db_column_name (events, 15), ==, "term_name");
  return words;
}

/* The same of the end it has now. Yours */
static char *
end_name_on (Desk *desk, const char *referral)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) stmt = kith_db_query (kith_store_get_db (desk->store), "referral", &error);

  g_assert_no_error (error);
  kith_db_bind_text (stmt, 1, referral);
  g_assert_cmpint (kith_db_step (stmt, &error), ==, KITH_DB_ROW);
  for (int i = 0; i < kith_db_n_columns (stmt); i++)
    if (g_strcmp0 (kith_db_column_name (stmt, i), "end_name") == 0)
      return g_strdup (kith_db_text (stmt, i));
  g_assert_not_reached ();
}

static guint
n_offered (Desk *desk, const char *list, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KithDbStmt) terms = kith_db_query (kith_store_get_db (desk->store), "reason-terms", &error);
  guint n = 0;

  g_assert_no_error (error);
  kith_db_bind_text (terms, 1, list);
  while (kith_db_step (terms, &error) == KITH_DB_ROW)
    n += g_strcmp0 (kith_db_text (terms, 3), name) == 0 && kith_db_int (terms, 5) == 0;
  return n;
}

/* domain.md 2f: 2-1-1 adds words; B, cut off, declines with them; meanwhile they are called something else and offered no more. What B said is what A
 * reads, and another name changes no history. */
static void
test_reasons (Town *t, gconstpointer data)
{
  g_autofree char *client = register_client (t, "'client','care'", "2027-03-01T00:00:00.000Z"), *referral = network_id (t->net), *term = network_id (t->net);
  g_autofree char *number = kith_store_next_number (t->a->store, NULL), *sent = NULL, *declined = NULL, *of_b = NULL, *before = NULL, *after = NULL, *reason = NULL;
#define PUT "{'id':'%s','list':'decline_reason','code':'no_capacity','name':'%s','retired':%s,'seen':%d}"
  g_autofree char *made = g_strdup_printf (PUT, term, "Wait list closed for the season", "false", 0);
  g_autofree char *renamed = g_strdup_printf (PUT, term, "Closed until spring", "false", 1);
  g_autofree char *retired = g_strdup_printf (PUT, term, "Closed until spring", "true", 2);

  network_do (t->net, "reason.put", made);
  sent = desk_submit (t->a, "referral.send",
                      network_json ("{'id':'%s','number':'%s','client':'%s','type':'direct','service':'%s','need':'Bandicoot','urgency':'soon'}", referral, number,
                                    client, t->net->service));
  sync_all (t);
  g_assert_cmpuint (n_offered (t->b, "decline_reason", "Wait list closed for the season"), ==, 1);
  g_assert_cmpuint (n_offered (t->b, "", "Wait list closed for the season"), ==, 1);
  g_assert_cmpuint (n_offered (t->b, "outcome", "Wait list closed for the season"), ==, 0);
  t->b->cut = TRUE;
  declined = desk_submit (t->b, "referral.decline",
                          network_json ("{'referral':'%s','from':'sent','reason':'no_capacity','reason_term':'%s','term_name':'Wait list closed for the season'}", referral, term));
  of_b = words_on (t->b, referral, "declined");
  g_assert_cmpstr (of_b, ==, "Wait list closed for the season");
  network_do (t->net, "reason.put", renamed);
  network_do (t->net, "reason.put", retired);
  t->b->cut = FALSE;
  sync_all (t);
  before = words_on (t->a, referral, "declined");
  g_assert_cmpstr (before, ==, "Wait list closed for the season");
  g_assert_cmpuint (n_offered (t->b, "decline_reason", "Closed until spring"), ==, 0);
  {
    g_autofree char *key = g_strdup (referral), *course = kith_id_natural ("referral_course", key);

    reason = desk_field (t->a, "referral_course", course, "reason");
    g_assert_cmpstr (reason, ==, "no_capacity");
  }
  sync_all (t);
  after = end_name_on (t->a, referral);
  g_assert_cmpstr (after, ==, "Wait list closed for the season");
}

/* ---- a call with many forms (P2) ---- */

#define FORM "0197f000-0000-7000-8000-0000000000"

/* Entries of the forms from first on, as many as there are or go into one operation. Yours */
static JsonArray *
answers_from (guint first, guint n, guint most, guint value)
{
  JsonArray *entries = json_array_new ();

  for (guint i = first; i < n && i < first + most; i++)
    json_array_add_object_element (entries, network_json ("{'form':'" FORM "%02u','version':1,'answers':[{'key':'how','value':'%u'}]}", i, value + i));
  return entries;
}

static void
add_answer_steps (GPtrArray *steps, const char *call, guint first, guint n, guint value)
{
  for (; first < n; first += KITH_ANSWERS_MOST_FORMS)
    g_ptr_array_add (steps, kith_store_step_new ("contact.answer", kith_json_new ("contact", "s", call, "answers", "a",
                                                 answers_from (first, n, KITH_ANSWERS_MOST_FORMS, value), NULL), FALSE));
}

static void
save (Town *t, Desk *desk, GPtrArray *steps)
{
  g_autoptr (GError) error = NULL;

  kith_store_submit_all (desk->store, steps, NULL, &error);
  g_assert_no_error (error);
  kith_sync_engine_nudge (desk->engine);
  kith_manual_clock_advance (t->net->clock, 60000);
  desk_run (desk);
}

/* Each form's answer is there once, with its own value. */
static void
assert_answered (KithWorld *world, const char *call, guint n, guint value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = kith_world_find (world, NULL, "form_answer", "record", call, NULL, &error);
  guint seen = 0;

  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, n);
  for (guint i = 0; i < all->len; i++)
    {
      guint form = (guint) atoi (kith_record_string (all->pdata[i], "form") + strlen (FORM));
      JsonArray *answers = kith_record_array (all->pdata[i], "answers");
      g_autofree char *expected = g_strdup_printf ("%u", value + form);

      g_assert_cmpuint (json_array_get_length (answers), ==, 1);
      g_assert_cmpstr (kith_json_string (json_array_get_object_element (answers, 0), "value"), ==, expected);
      seen |= 1u << form;
    }
  g_assert_cmpuint (seen, ==, (1u << n) - 1);
}

/* P2: a hub takes the answers to four forms in one operation. What is more follows the record, in the same Save, and a call that is there already is
 * answered the same way: all of it is at the hub, and nothing waits or was refused. */
static void
test_many_forms (Town *t, gconstpointer data)
{
  static const guint numbers[] = { 4, 5, 8 };
  g_autofree char *nan = network_add_staff (t->net, "nan", NULL, NULL, NULL);
  Desk *desk = desk_new (t->net, "nan");
  KithWorld *hub = kith_hub_get_world (t->net->hub), *here = kith_store_get_world (desk->store);

  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *form = g_strdup_printf ("{'id':'" FORM "%02u','use':'contact','name':'Form %u','questions':[{'key':'how','text':'How many?','type':'number'}]}", i, i);

      network_do (t->net, "form.put", form);
    }
  desk_run (desk);
  for (guint k = 0; k < G_N_ELEMENTS (numbers); k++)
    {
      guint n = numbers[k];
      g_autofree char *call = network_id (t->net), *refused = network_id (t->net);
      g_autoptr (GPtrArray) steps = kith_store_steps_new ();
      g_autoptr (GPtrArray) again = kith_store_steps_new ();
      g_autoptr (GPtrArray) whole = kith_store_steps_new ();
      g_autoptr (GError) error = NULL;

      g_ptr_array_add (steps, kith_store_step_new ("contact.record", kith_json_new ("id", "s", call, "how", "s", "phone", "name", "s", "Ana Lopez", "answers", "a",
                                                   answers_from (0, n, KITH_ANSWERS_MOST_FORMS, 10), NULL), TRUE));
      add_answer_steps (steps, call, KITH_ANSWERS_MOST_FORMS, n, 10);
      g_assert_cmpuint (steps->len, ==, n > 4 ? 2 : 1);
      save (t, desk, steps);
      assert_answered (hub, call, n, 10);
      assert_answered (here, call, n, 10);
      add_answer_steps (again, call, 0, n, 50);
      save (t, desk, again);
      assert_answered (hub, call, n, 50);
      assert_answered (here, call, n, 50);
      g_ptr_array_add (whole, kith_store_step_new ("contact.record", kith_json_new ("id", "s", refused, "how", "s", "phone", "name", "s", "Ana Lopez", "answers", "a",
                                                   answers_from (0, n, n, 10), NULL), TRUE));
      g_assert_true (kith_store_submit_all (desk->store, whole, NULL, &error) == (n <= KITH_ANSWERS_MOST_FORMS)); /* why they are parted */
      desk_run (desk);
      for (guint i = 0; i < 2; i++)
        {
          gint64 left = -1;

          g_assert_true (kith_db_fetch_int (kith_store_get_db (desk->store), &left, NULL, i == 0 ? "op-count-waiting" : "op-count-attention", ""));
          g_assert_cmpint (left, ==, 0);
        }
    }
  desk_free (desk);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/sync/rules/" name, Town, NULL, set_up, func, tear_down)
  ADD ("C4-C1-ends-offline", test_ends_offline);
  ADD ("C5-purge", test_purge);
  ADD ("C11-U10-minimum", test_minimum);
  ADD ("U11-U12-services", test_services);
  ADD ("U6-care-team", test_care_team);
  ADD ("C19-restricted", test_restricted);
  ADD ("C1-proposal", test_proposal);
  ADD ("2f-reasons", test_reasons);
  ADD ("P2-many-forms", test_many_forms);
  return g_test_run ();
}
