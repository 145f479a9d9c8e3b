/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The page of what needs somebody, and of what is on its way: what waits long can be read and taken back, and however much there is, the page stays quick. */

#include "clipboard-fixture.h"

#include "attention/kith-attention-card.h"
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

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  ADD ("attention-page/held-2.10", NULL, test_held);
  return g_test_run ();
}
