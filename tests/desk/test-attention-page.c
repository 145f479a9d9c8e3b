/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The page of what needs somebody, and of what is on its way: what waits long can be read and taken back, and however much there is, the page stays quick. */

#include "clipboard-fixture.h"

#include "attention/kith-attention-card.h"
#include "attention/kith-attention-page-private.h"
#include "kith-operation.h"

#define A_CASE "ca000000-0000-7000-8000-0000000000f9"

static void
look (Fixture *fixture)
{
  open_place (fixture, "attention");
  g_signal_emit_by_name (fixture->desktop, "changed", (const char *[]) { "op", NULL });
  pump (600);
}

static JsonArray *
put_list (Fixture *fixture, const char *name)
{
  JsonArray *rows = json_array_new ();

  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), name, rows);
  return rows;
}

static guint
count_children (Fixture *fixture, const char *box)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (find_widget (GTK_WIDGET (fixture->window), box)); child; child = gtk_widget_get_next_sibling (child))
    n++;
  return n;
}

static JsonObject *
note_of (const char *id, const char *words)
{
  return kith_json_new ("op_id", "s", id, "op", "s", "note.add", "label", "s", kith_operation_get ("note.add")->label, "at", "s", "2026-11-20T11:48:00.000Z", "st", "s", "waiting", "args", "o",
                        kith_json_new ("case", "s", A_CASE, "type", "s", "progress", "text", "s", words, NULL), NULL);
}

/* A case that an older hub does not know, and a note in it. */
static void
put_held (Fixture *fixture)
{
  JsonArray *outbox = put_list (fixture, "outbox"), *chain = json_array_new ();
  JsonObject *args = kith_json_new ("id", "s", A_CASE, "title", "s", "A home", NULL);
  JsonObject *entry = kith_json_new ("op_id", "s", "h1", "op", "s", "case.open", "label", "s", "Open case", "at", "s", "2026-11-20T11:48:00.000Z", "st", "s", "waiting", "args", "o", args,
                                     "older_hub", "b", TRUE, "message", "s", "The hub is older.", "chain", "a", chain, NULL);
  JsonObject *note = note_of ("h2", "Keys on Friday.");

  json_array_add_object_element (chain, kith_json_new ("op_id", "s", "h1", "op", "s", "case.open", "label", "s", "Open case", "args", "o", json_object_ref (args), NULL));
  json_array_add_object_element (chain, kith_json_copy_object (note));
  json_object_set_boolean_member (note, "older_hub", TRUE);
  json_array_add_object_element (outbox, entry);
  json_array_add_object_element (outbox, note);
  json_array_add_object_element (outbox, note_of ("w1", "On its way."));
}

static GtkWindow *
question (Fixture *fixture)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l; l = l->next)
    if (ADW_IS_MESSAGE_DIALOG (l->data) && gtk_widget_get_mapped (l->data))
      return l->data;
  return NULL;
}

/* sync.md 2.10: it may wait for weeks, for an update somebody else installs: its words are read and copied, and it is taken back, with what builds on it. */
static void
test_held (Fixture *fixture, gconstpointer data)
{
  KithAttentionCard *card;
  g_autofree char *text = NULL;
  guint needing;

  put_list (fixture, "attention");
  put_list (fixture, "outbox");
  put_list (fixture, "unsendable");
  look (fixture);
  needing = kith_context_get_needing (fixture->context);
  put_held (fixture);
  look (fixture);
  g_assert_cmpuint (kith_context_get_needing (fixture->context), ==, needing); /* it is nobody's to deal with */
  g_assert_cmpuint (count_children (fixture, "held"), ==, 2);
  g_assert_cmpuint (count_children (fixture, "waiting"), ==, 1);
  card = KITH_ATTENTION_CARD (gtk_widget_get_first_child (find_widget (GTK_WIDGET (fixture->window), "held")));
  g_assert_true (says (GTK_WIDGET (card), "A home"));
  g_assert_true (says (GTK_WIDGET (card), "Write note"));
  kith_attention_card_choose (card, 0); /* nothing to try again */
  kith_attention_card_choose (card, 1);
  text = copied (clipboard_of (fixture));
  g_assert_nonnull (strstr (text, "A home"));
  g_assert_nonnull (strstr (text, "Keys on Friday."));

  kith_attention_card_choose (card, 2);
  pump (100);
  g_assert_nonnull (question (fixture));
  g_assert_true (says (GTK_WIDGET (question (fixture)), "With it goes what builds on it: Write note."));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (question (fixture)), "discard");
  look (fixture);
  g_assert_cmpuint (count_children (fixture, "held"), ==, 1); /* the other goes in the store, which this one only plays */
}

/* ---- however much there is */

static void
refuse_many (Fixture *fixture, guint n)
{
  JsonArray *rows = put_list (fixture, "attention");

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("r%u", i), *words = g_strdup_printf ("Note %u.", i);
      JsonObject *entry = note_of (id, words);

      json_object_set_string_member (entry, "st", "rejected");
      json_array_add_object_element (rows, entry);
    }
}

static GtkWidget *
last_of (Fixture *fixture, const char *box)
{
  return gtk_widget_get_last_child (find_widget (GTK_WIDGET (fixture->window), box));
}

/* Twenty cards at a time; the number beside the page is that of all. */
static void
test_many_refused (Fixture *fixture, gconstpointer data)
{
  guint n;

  put_list (fixture, "attention");
  look (fixture);
  n = kith_context_get_needing (fixture->context);
  refuse_many (fixture, 55);
  look (fixture);
  g_assert_cmpuint (kith_context_get_needing (fixture->context), ==, n + 55);
  g_assert_cmpuint (count_children (fixture, "operations"), ==, 20 + 1);
  g_assert_true (says (last_of (fixture, "operations"), "Show More (20 of 55)"));
  for (guint i = 0; i < 2; i++)
    {
      gtk_widget_grab_focus (last_of (fixture, "operations"));
      g_assert_true (gtk_widget_activate (last_of (fixture, "operations")));
      pump (600);
    }
  g_assert_cmpuint (count_children (fixture, "operations"), ==, 55);
  g_assert_false (says (find_widget (GTK_WIDGET (fixture->window), "operations"), "Show More"));
}

/* A key decides something of a card; not of the first one where somebody asks for more of them. */
static void
test_more_and_keys (Fixture *fixture, gconstpointer data)
{
  put_list (fixture, "attention");
  refuse_many (fixture, 25);
  look (fixture);
  gtk_widget_grab_focus (last_of (fixture, "operations"));
  gtk_widget_activate_action (last_of (fixture, "operations"), "attention.third", NULL);
  pump (100);
  g_assert_null (question (fixture));
}

/* So many that wait are told of by number. */
static void
test_many_waiting (Fixture *fixture, gconstpointer data)
{
  JsonArray *outbox = put_list (fixture, "outbox");

  for (guint i = 0; i < 140; i++)
    {
      g_autofree char *id = g_strdup_printf ("w%u", i);

      json_array_add_object_element (outbox, note_of (id, "On its way."));
    }
  look (fixture);
  g_assert_cmpuint (count_children (fixture, "waiting"), ==, 100 + 1);
  g_assert_true (says (last_of (fixture, "waiting"), "And 40 more"));
}

/* Two people on one field, over and over: the same. */
static void
test_many_conflicts (Fixture *fixture, gconstpointer data)
{
  JsonArray *rows = put_list (fixture, "conflicts-open");

  for (guint i = 0; i < 30; i++)
    {
      g_autofree char *id = g_strdup_printf ("k%u", i);

      json_array_add_object_element (rows, kith_json_new ("id", "s", id, "t", "s", "client", "record", "s", MARIA, "field", "s", "pronouns", "mine", "s", "\"she\"", "theirs", "s", "\"they\"",
                                                          "mine_by", "s", "Ana Delgado", "theirs_by", "s", "Marcus Reed", "at", "s", "2026-11-20T11:48:00.000Z", "number", "s", "HA-0021",
                                                          NULL));
    }
  open_place (fixture, "attention");
  g_signal_emit_by_name (fixture->desktop, "changed", (const char *[]) { "conflict", NULL });
  pump (600);
  g_assert_cmpuint (count_children (fixture, "conflicts"), ==, 20 + 1);
  g_assert_true (gtk_widget_activate (last_of (fixture, "conflicts")));
  pump (600);
  g_assert_cmpuint (count_children (fixture, "conflicts"), ==, 30);
}

/* The store is asked once for what changes while it is being asked, however often it does. */
static void
test_one_look (Fixture *fixture, gconstpointer data)
{
  KithAttentionPage *page;
  guint n;

  look (fixture);
  page = KITH_ATTENTION_PAGE (gtk_widget_get_ancestor (find_widget (GTK_WIDGET (fixture->window), "operations"), KITH_TYPE_ATTENTION_PAGE));
  n = fake_desktop_count_listed (fixture->desktop);
  for (guint i = 0; i < 10; i++)
    kith_attention_page_load (page);
  pump (600);
  g_assert_cmpuint (fake_desktop_count_listed (fixture->desktop) - n, ==, 2);
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  ADD ("attention-page/held-2.10", NULL, test_held);
  ADD ("attention-page/many-refused", NULL, test_many_refused);
  ADD ("attention-page/more-and-keys", NULL, test_more_and_keys);
  ADD ("attention-page/many-waiting", NULL, test_many_waiting);
  ADD ("attention-page/many-conflicts", NULL, test_many_conflicts);
  ADD ("attention-page/one-look", NULL, test_one_look);
  return g_test_run ();
}
