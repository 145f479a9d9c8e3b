/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <string.h>

/* What fell with a refused operation: its words are its author's own (sync.md 2.3, 2.6), are done again as far as that goes, and go only when somebody says so. */

#define MADE "0197c000-0000-7000-8000-0000000000aa"
#define MADE_CASE "0197c000-0000-7000-8000-0000000000ab"
#define NOTE(id, text) "{'id':'0197c000-0000-7000-8000-0000000000" id "','case':'" MADE_CASE "','type':'progress','sensitivity':'general','text':'" text "'}"
#define LOGGED "SELECT count(*) FROM op WHERE name = 'audit.record' AND st = 'waiting' AND args ->> 'what' = 'discarded' AND args ->> 'op' = "

static char *
refused (guint n, const char *op_id, gboolean root)
{
  return root ? g_strdup_printf ("{'n':%u,'id':'%s','st':'rejected','code':'denied','message':'Not now.'}\n", n, op_id)
              : g_strdup_printf ("{'n':%u,'id':'%s','st':'rejected','code':'after_refused','after':1,'message':'Not without the other.'}\n", n, op_id);
}

/* The first of them is refused, and the others fall with it. */
static void
refuse_all (Fixture *f, char **ids)
{
  g_autoptr (JsonObject) sent = push (f, NULL);

  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autofree char *line = refused (i + 1, ids[i], i == 0);

      g_string_append (lines, line);
    }
  answer (f, lines->str);
}

static GPtrArray *
attention_of (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *entries = kith_store_list_attention (f->store, G_MAXUINT, NULL, &error);

  g_assert_no_error (error);
  return entries;
}

static JsonArray *
chain_of (GPtrArray *entries, guint i)
{
  return kith_json_array (entries->pdata[i], "chain");
}

static const char *
word_of (JsonArray *chain, guint i, const char *argument)
{
  return kith_json_string (kith_json_object (json_array_get_object_element (chain, i), "args"), argument);
}

/* A case and what was written in it, as somebody types who does not know yet that their access has ended. */
static char **
write_case (Fixture *f)
{
  GStrvBuilder *builder = g_strv_builder_new ();
  const char *const ops[][2] = {
    { "case.open", "{'id':'" MADE_CASE "','client':'" CLIENT_C "','number':'KA-0009','title':'A home'}" },
    { "note.add", NOTE ("b1", "He signed the lease.") },
    { "note.add", NOTE ("b2", "The landlord called.") },
    { "note.add", NOTE ("b3", "Keys on Friday.") },
  };
  char **ids;

  for (guint i = 0; i < G_N_ELEMENTS (ops); i++)
    {
      g_autofree char *id = submit (f, ops[i][0], ops[i][1]);

      g_strv_builder_add (builder, id);
    }
  ids = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return ids;
}

static void
test_words (Fixture *f, gconstpointer data)
{
  g_auto (GStrv) ids = NULL;
  g_autoptr (GPtrArray) attention = NULL;
  JsonArray *chain;

  fixture_fill (f);
  ids = write_case (f);
  refuse_all (f, ids);
  attention = attention_of (f);
  g_assert_cmpuint (attention->len, ==, 1);
  chain = chain_of (attention, 0);
  g_assert_cmpuint (json_array_get_length (chain), ==, 4);
  g_assert_cmpstr (word_of (chain, 1, "text"), ==, "He signed the lease.");
  g_assert_cmpstr (word_of (chain, 2, "text"), ==, "The landlord called.");
  g_assert_cmpstr (word_of (chain, 3, "text"), ==, "Keys on Friday.");
}

/* Each act that is discarded is told of, and nothing of what was written in it (C13). */
static void
test_discarded (Fixture *f, gconstpointer data)
{
  g_auto (GStrv) ids = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GError) error = NULL;

  fixture_fill (f);
  ids = write_case (f);
  refuse_all (f, ids);
  g_assert_true (kith_store_settle (f->store, ids[0], FALSE, NULL, &error));
  g_assert_no_error (error);
  after = attention_of (f);
  g_assert_cmpuint (after->len, ==, 0);
  g_assert_cmpint (count (f, LOGGED "'case.open'"), ==, 1);
  g_assert_cmpint (count (f, LOGGED "'note.add'"), ==, 3);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE name = 'audit.record' AND instr(args, 'lease') > 0"), ==, 0);
}

/* One of them is refused again: the others are done, and that one stays, with why. What builds on it stays with it. */
static void
test_redo_in_part (Fixture *f, gconstpointer data)
{
  char *ids[5] = { NULL };
  g_autofree char *redone = NULL;
  g_autoptr (GPtrArray) after = NULL, last = NULL;
  g_autoptr (JsonObject) again = NULL;
  g_autoptr (GError) error = NULL;
  KithStoreStatus status;
  guint n;

  fixture_fill (f);
  ids[0] = submit (f, "client.register", "{'id':'" MADE "','number':'KA-0009','values':{'given_name':'New'}}");
  ids[1] = submit (f, "case.open", "{'id':'" MADE_CASE "','client':'" MADE "','number':'KA-0010','title':'A home'}");
  ids[2] = submit (f, "note.add", NOTE ("b1", "He signed the lease."));
  ids[3] = submit (f, "record.patch", "{'t':'client','id':'" MADE "','set':{'pronouns':{'new':'she'}}}");
  refuse_all (f, ids);
  /* Whoever may change clients and open no cases any more, say: here an id that is taken meanwhile. */
  g_free (submit (f, "case.open", "{'id':'" MADE_CASE "','client':'" CLIENT_C "','number':'KA-0011','title':'Another'}"));

  g_assert_true (kith_store_settle (f->store, ids[0], TRUE, &redone, &error));
  g_assert_no_error (error);
  g_assert_nonnull (redone);
  after = attention_of (f);
  g_assert_cmpuint (after->len, ==, 1);
  g_assert_cmpstr (kith_json_string (after->pdata[0], "op_id"), ==, ids[1]);
  g_assert_cmpstr (kith_json_string (after->pdata[0], "st"), ==, "rejected");
  g_assert_cmpstr (kith_json_string (after->pdata[0], "code"), !=, "after_refused");
  g_assert_cmpuint (json_array_get_length (chain_of (after, 0)), ==, 2);
  g_assert_cmpstr (word_of (chain_of (after, 0), 1, "text"), ==, "He signed the lease.");
  kith_store_get_status (f->store, &status, NULL);
  g_assert_cmpuint (status.attention, ==, 1);
  again = push (f, &n);
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpstr (kith_json_string (op_at (again, 1), "op"), ==, "client.register");
  g_assert_cmpstr (kith_json_string (op_at (again, 2), "op"), ==, "record.patch");
  g_assert_cmpint (count (f, "SELECT count(*) FROM client WHERE id = '" MADE "'"), ==, 1);

  /* What stayed is settled as any other. */
  g_assert_true (kith_store_settle (f->store, ids[1], FALSE, NULL, &error));
  last = attention_of (f);
  g_assert_cmpuint (last->len, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_free (ids[i]);
}

/* The first of them is refused again: nothing is done, and all of it stays. */
static void
test_redo_refused (Fixture *f, gconstpointer data)
{
  g_auto (GStrv) ids = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GError) error = NULL;

  fixture_fill (f);
  ids = write_case (f);
  refuse_all (f, ids);
  g_free (submit (f, "case.open", "{'id':'" MADE_CASE "','client':'" CLIENT_D "','number':'KA-0011','title':'Another'}"));
  g_assert_false (kith_store_settle (f->store, ids[0], TRUE, NULL, &error));
  g_assert_nonnull (error);
  after = attention_of (f);
  g_assert_cmpuint (after->len, ==, 1);
  g_assert_cmpuint (json_array_get_length (chain_of (after, 0)), ==, 4);
}

/* The record goes, and with it, after seven days, the entry: nothing that fell with it is left behind where nobody sees it. */
static void
test_gone (Fixture *f, gconstpointer data)
{
  g_auto (GStrv) ids = NULL;
  g_autoptr (GPtrArray) kept = NULL, after = NULL;
  g_autoptr (GError) error = NULL;
  Page *page;

  fixture_fill (f);
  ids = write_case (f);
  refuse_all (f, ids);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op_row WHERE scope = 'client:" CLIENT_C "'"), ==, 0);
  kith_db_exec (kith_store_get_db (f->store), "UPDATE op_row SET scope = 'client:" CLIENT_C "' WHERE i = 1", &error); /* of what was refused alone */
  g_assert_no_error (error);
  page = page_new (140, 2);
  page_line (page, "{'forget':[%d],'why':'ended'}", SID_CLIENT_C);
  page_end (page, "c140", FALSE);
  page_apply (f, page);
  kept = attention_of (f);
  g_assert_cmpuint (kept->len, ==, 1);
  g_assert_cmpstr (word_of (chain_of (kept, 0), 3, "text"), ==, "Keys on Friday.");
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE attention = 1 AND expires IS NULL"), ==, 0);

  kith_manual_clock_advance (f->clock, 8 * G_TIME_SPAN_DAY / 1000);
  g_assert_true (kith_store_tidy (f->store, &error));
  g_assert_no_error (error);
  after = attention_of (f);
  g_assert_cmpuint (after->len, ==, 0);
  g_assert_cmpint (count (f, "SELECT count(*) FROM op WHERE instr(coalesce(args, ''), 'Keys on Friday') > 0"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/store/refused-chain/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("words", test_words);
  ADD ("discarded-C13", test_discarded);
  ADD ("redo-in-part", test_redo_in_part);
  ADD ("redo-refused", test_redo_refused);
  ADD ("gone-I6", test_gone);
  return g_test_run ();
}
