/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk-fixture.h"
#include "kith-draft.h"
#include "kith-draft-words.h"
#include "kith-test.h"

/* What is being typed, between the keys and the disk: read late, not written, written twice, undone. */

#define KEY "note:referral:e0000000-0000-7000-8000-000000000006"
#define ASIDE KITH_STORE_DRAFT_ASIDE "1:" KEY

typedef struct
{
  char *text, *words;
  KithDraft *draft;
} Typed;

static JsonObject *
collect (gpointer owner)
{
  Typed *typed = owner;

  return typed->text ? kith_json_new ("text", "s", typed->text, NULL) : NULL;
}

static void
restore (gpointer owner, JsonObject *draft, const char *words)
{
  Typed *typed = owner;

  g_free (typed->text);
  g_free (typed->words);
  typed->text = g_strdup (kith_json_string (draft, "text"));
  typed->words = g_strdup (words);
}

static void
typed_open (Typed *typed, Fixture *fixture)
{
  *typed = (Typed) { .draft = kith_draft_new (fixture->context, KEY, NULL, collect, restore, typed) };
}

static void
type (Typed *typed, const char *text)
{
  g_free (typed->text);
  typed->text = g_strdup (text);
  kith_draft_touch (typed->draft);
}

/* As forms do when they go, also with a lock. */
static void
typed_close (Typed *typed)
{
  if (typed->draft)
    {
      kith_draft_flush (typed->draft);
      g_object_run_dispose (G_OBJECT (typed->draft));
    }
  g_clear_object (&typed->draft);
  g_clear_pointer (&typed->text, g_free);
  g_clear_pointer (&typed->words, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Typed, typed_close)

static const char *
kept (Fixture *fixture, const char *key)
{
  JsonObject *draft = fake_desktop_get_draft (fixture->desktop, key);

  return draft ? kith_json_string (draft, "text") : NULL;
}

/* Yesterday's words. */
static void
leave (Fixture *fixture, const char *text)
{
  g_auto (Typed) typed = { 0 };

  typed_open (&typed, fixture);
  pump (20);
  type (&typed, text);
  typed_close (&typed);
  pump (20);
  g_assert_cmpstr (kept (fixture, KEY), ==, text);
}

static void
test_given (Fixture *fixture, gconstpointer data)
{
  g_auto (Typed) typed = { 0 };

  leave (fixture, "yesterday");
  typed_open (&typed, fixture);
  pump (20);
  g_assert_cmpstr (typed.text, ==, "yesterday");
  g_assert_nonnull (strstr (typed.words, "Draft from"));
  type (&typed, "yesterday and today");
  typed_close (&typed);
  pump (20);
  g_assert_cmpstr (kept (fixture, KEY), ==, "yesterday and today");
  g_assert_null (kept (fixture, ASIDE));
}

/* It is read while somebody types already: what they type stays, and what was there is put aside before it is written over. */
static void
read_late (Fixture *fixture, const char *how)
{
  g_auto (Typed) typed = { 0 };

  leave (fixture, "yesterday");
  typed_open (&typed, fixture);
  type (&typed, "today");
  if (g_str_equal (how, "written before"))
    kith_draft_flush (typed.draft);
  else if (g_str_equal (how, "locked before"))
    typed_close (&typed);
  else if (g_str_equal (how, "forgotten before"))
    kith_draft_forget (typed.draft);
  pump (50);
  if (typed.draft)
    {
      g_assert_cmpstr (typed.text, ==, "today");
      g_assert_null (typed.words);
      type (&typed, "today and now");
      typed_close (&typed);
      pump (50);
    }
  g_assert_cmpstr (kept (fixture, KEY), ==, g_str_equal (how, "locked before") ? "today" : "today and now");
  g_assert_cmpstr (kept (fixture, ASIDE), ==, "yesterday");
}

/* A name of its own, and told as what it is. */
static void
test_aside_words (void)
{
  g_assert_true (kith_draft_is_aside (ASIDE));
  g_assert_false (kith_draft_is_aside (KEY));
  g_assert_cmpstr (kith_draft_key (ASIDE), ==, KEY);
  g_assert_cmpstr (kith_draft_key (KEY), ==, KEY);
  g_assert_cmpstr (kith_draft_title (ASIDE), ==, "A message");
  g_assert_cmpstr (kith_draft_of (ASIDE), ==, "referral.note");
  g_assert_cmpstr (kith_draft_title (KITH_STORE_DRAFT_ASIDE "1:ask:goal.set:case:1:{}"), ==, kith_draft_title ("ask:goal.set:case:1:{}"));
  g_assert_cmpstr (kith_draft_op (KITH_STORE_DRAFT_ASIDE "1:edit:client:1"), ==, "record.patch");
}

/* The disk is full for a while: the words stay where they are, and are written as soon as there is room, though nobody types. */
static void
test_full (Fixture *fixture, gconstpointer data)
{
  g_auto (Typed) typed = { 0 };

  typed_open (&typed, fixture);
  pump (20);
  fake_desktop_set_full (fixture->desktop, TRUE);
  type (&typed, "no room");
  kith_draft_flush (typed.draft);
  pump (50);
  g_assert_null (kept (fixture, KEY));
  g_assert_false (kith_drafts_are_unsaved (fixture->context, kith_context_get_user (fixture->context)));
  fake_desktop_set_full (fixture->desktop, FALSE);
  kith_draft_flush (typed.draft); /* as a lock does, or the next try */
  pump (50);
  g_assert_cmpstr (kept (fixture, KEY), ==, "no room");
}

/* Its window goes while there is no room: the words are kept for their author, and for nobody else. */
static void
full_and_closed (Fixture *fixture, gboolean reopened)
{
  g_auto (Typed) typed = { 0 }, again = { 0 };
  g_autofree char *user = g_strdup (kith_context_get_user (fixture->context)), *name = g_strdup ("Ana Delgado");

  typed_open (&typed, fixture);
  pump (20);
  fake_desktop_set_full (fixture->desktop, TRUE);
  type (&typed, "no room");
  typed_close (&typed);
  pump (50);
  g_assert_true (kith_drafts_are_unsaved (fixture->context, kith_context_get_user (fixture->context)));
  fake_desktop_set_full (fixture->desktop, FALSE);
  fake_desktop_set_person (fixture->desktop, "another", "Ben");
  kith_drafts_save_again (fixture->context);
  pump (50);
  g_assert_null (kept (fixture, KEY));
  g_assert_true (kith_drafts_are_unsaved (fixture->context, user));
  g_assert_false (kith_drafts_are_unsaved (fixture->context, "another"));
  fake_desktop_set_person (fixture->desktop, user, name);
  if (reopened) /* whoever opens it again is shown them */
    {
      typed_open (&again, fixture);
      pump (50);
      g_assert_cmpstr (again.text, ==, "no room");
    }
  else
    kith_drafts_save_again (fixture->context);
  pump (50);
  g_assert_cmpstr (kept (fixture, KEY), ==, "no room");
  g_assert_false (kith_drafts_are_unsaved (fixture->context, user));
}

/* A window that is to go stays, and says why; after the unlock the words are written. Closed once more it goes: that was read. */
static void
test_full_and_window_closed (Fixture *fixture, gconstpointer data)
{
  g_auto (Typed) typed = { 0 };
  g_autofree char *user = g_strdup (kith_context_get_user (fixture->context));

  typed_open (&typed, fixture);
  pump (20);
  type (&typed, "no room");
  fake_desktop_set_full (fixture->desktop, TRUE);
  gtk_window_close (GTK_WINDOW (fixture->window)); /* flushes what is open */
  typed_close (&typed);
  kith_test_until (kith_drafts_are_unsaved (fixture->context, user));
  g_assert_false (kith_drafts_are_unsaved (fixture->context, "another"));
  kith_test_until (says (GTK_WIDGET (fixture->window), "could not be written to this computer’s disk"));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (fixture->window)));
  g_assert_null (kith_window_get_frame (fixture->window));
}

static void
submit (Typed *typed, gboolean undo)
{
  kith_draft_submit (typed->draft, "referral.note", kith_json_new ("referral", "s", "e0000000-0000-7000-8000-000000000006", "text", "s", typed->text, NULL),
                     "Sent", undo, NULL, NULL);
}

/* The same is opened while it is on its way to the hub: refused, the words are shown there; taken, nothing is. */
static void
second_window (Fixture *fixture, const char *refusal)
{
  g_auto (Typed) first = { 0 }, second = { 0 };

  typed_open (&first, fixture);
  pump (20);
  type (&first, "twenty questions");
  fake_desktop_hold_answers (fixture->desktop);
  submit (&first, FALSE);
  typed_close (&first);
  pump (20);
  typed_open (&second, fixture);
  pump (50);
  g_assert_null (second.text);
  fake_desktop_answer_held (fixture->desktop, refusal);
  pump (50);
  g_assert_cmpstr (second.text, ==, refusal ? "twenty questions" : NULL);
  type (&second, "one more");
  typed_close (&second);
  pump (50);
  g_assert_cmpstr (kept (fixture, KEY), ==, "one more");
  g_assert_null (kept (fixture, ASIDE));
}

/* The second is left before that is decided: its words are its own, and the first's go where they go. */
static void
second_left (Fixture *fixture, const char *refusal)
{
  g_auto (Typed) first = { 0 }, second = { 0 };

  typed_open (&first, fixture);
  pump (20);
  type (&first, "twenty questions");
  fake_desktop_hold_answers (fixture->desktop);
  submit (&first, FALSE);
  typed_close (&first);
  typed_open (&second, fixture);
  pump (20);
  type (&second, "one more");
  typed_close (&second);
  pump (20);
  g_assert_cmpstr (kept (fixture, KEY), ==, "twenty questions");
  g_assert_cmpstr (kept (fixture, ASIDE), ==, "one more");
  fake_desktop_answer_held (fixture->desktop, refusal);
  pump (50);
  g_assert_cmpstr (kept (fixture, KEY), ==, refusal ? "twenty questions" : NULL);
  g_assert_cmpstr (kept (fixture, ASIDE), ==, "one more");
}

/* What is typed after Ctrl+Enter is not in what was sent: it is kept, and said where. */
static void
count_told_cb (KithContext *context, const char *text, const char *op_id, guint *n)
{
  *n += strstr (text, "is under Needs Attention") != NULL;
}

static void
typed_after (Fixture *fixture, const char *refusal)
{
  g_auto (Typed) typed = { 0 };
  guint told = 0;
  gulong id = g_signal_connect (fixture->context, "toast", G_CALLBACK (count_told_cb), &told);

  typed_open (&typed, fixture);
  pump (20);
  type (&typed, "a sentence");
  fake_desktop_hold_answers (fixture->desktop);
  submit (&typed, FALSE);
  type (&typed, "a sentence, and another");
  pump (700);
  g_assert_cmpstr (kept (fixture, KEY), ==, "a sentence");
  fake_desktop_answer_held (fixture->desktop, refusal);
  pump (20);
  typed_close (&typed);
  pump (50);
  g_assert_cmpstr (kept (fixture, KEY), ==, refusal ? "a sentence, and another" : NULL);
  g_assert_cmpstr (kept (fixture, ASIDE), ==, refusal ? NULL : "a sentence, and another");
  g_assert_cmpuint (told, ==, refusal ? 0 : 1);
  g_signal_handler_disconnect (fixture->context, id);
}

/* Typed in both: neither is lost. */
static void
test_second_typed (Fixture *fixture, gconstpointer data)
{
  g_auto (Typed) first = { 0 }, second = { 0 };

  typed_open (&first, fixture);
  pump (20);
  type (&first, "twenty questions");
  fake_desktop_hold_answers (fixture->desktop);
  submit (&first, FALSE);
  typed_close (&first);
  typed_open (&second, fixture);
  pump (20);
  type (&second, "one more");
  pump (800); /* its time to be written is over, but what stands there is not known to be over */
  g_assert_cmpstr (kept (fixture, KEY), ==, "twenty questions");
  fake_desktop_answer_held (fixture->desktop, "No.");
  pump (50);
  g_assert_cmpstr (second.text, ==, "one more");
  typed_close (&second);
  pump (50);
  g_assert_cmpstr (kept (fixture, KEY), ==, "one more");
  g_assert_cmpstr (kept (fixture, ASIDE), ==, "twenty questions");
}

/* What is undone is a draft again. What was begun there since stays, and what was undone is put aside. */
static void
undone (Fixture *fixture, const char *since)
{
  g_auto (Typed) typed = { 0 };

  typed_open (&typed, fixture);
  pump (20);
  type (&typed, "three sentences");
  submit (&typed, TRUE);
  typed_close (&typed);
  pump (50);
  g_assert_null (kept (fixture, KEY));
  if (since)
    leave (fixture, since);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL);
  kith_test_until (since ? kept (fixture, ASIDE) : kept (fixture, KEY));
  g_assert_cmpstr (kept (fixture, KEY), ==, since ? since : "three sentences");
  g_assert_cmpstr (kept (fixture, ASIDE), ==, since ? "three sentences" : NULL);
}

/* The same where it stands open again: it is shown there, or put aside before what is being typed takes its place. */
static void
undone_open (Fixture *fixture, const char *next)
{
  g_auto (Typed) typed = { 0 }, open = { 0 };

  typed_open (&typed, fixture);
  pump (20);
  type (&typed, "three sentences");
  submit (&typed, TRUE);
  typed_close (&typed);
  pump (50);
  typed_open (&open, fixture);
  pump (50);
  if (next)
    type (&open, next);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL);
  pump (100);
  g_assert_cmpstr (open.text, ==, next ? next : "three sentences");
  type (&open, "and so on");
  typed_close (&open);
  pump (50);
  g_assert_cmpstr (kept (fixture, KEY), ==, "and so on");
  g_assert_cmpstr (kept (fixture, ASIDE), ==, next ? "three sentences" : NULL);
}

/* Nobody typed anything: nothing is begun when it is undone. */
static void
test_undone_untyped (Fixture *fixture, gconstpointer data)
{
  g_auto (Typed) typed = { 0 };

  typed_open (&typed, fixture);
  pump (20);
  typed.text = g_strdup ("as it was proposed");
  submit (&typed, TRUE);
  typed_close (&typed);
  pump (50);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL);
  pump (100);
  g_assert_cmpuint (fake_desktop_count_drafts (fixture->desktop), ==, 0);
}

/* A question that was closed while it was being sent is not offered again once it was. */
static void
ask_closed (Fixture *fixture, const char *refusal)
{
  GtkWidget *ask = kith_ask_window_new (GTK_WINDOW (fixture->window), fixture->context, "referral.private_note", "Note", NULL, "Send", "Sent",
                                        kith_json_new ("referral", "s", "e0000000-0000-7000-8000-000000000006", NULL), NULL);
  GtkWidget *field;
  guint n;

  kith_ask_window_keep_draft (KITH_ASK_WINDOW (ask), "referral:e0000000-0000-7000-8000-000000000006", NULL);
  gtk_window_present (GTK_WINDOW (ask));
  pump (50);
  field = gtk_root_get_focus (GTK_ROOT (ask));
  g_assert_true (GTK_IS_EDITABLE (field) || GTK_IS_TEXT_VIEW (field));
  if (GTK_IS_TEXT_VIEW (field))
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (field)), "words", -1);
  else
    gtk_editable_set_text (GTK_EDITABLE (field), "words");
  pump (50);
  fake_desktop_hold_answers (fixture->desktop);
  gtk_widget_activate_action (ask, "form.commit", NULL);
  pump (50);
  n = fake_desktop_count_drafts (fixture->desktop);
  g_assert_cmpuint (n, ==, 1); /* until it is taken */
  gtk_widget_activate_action (ask, "form.cancel", NULL);
  pump (50);
  fake_desktop_answer_held (fixture->desktop, refusal);
  pump (50);
  g_assert_cmpuint (fake_desktop_count_drafts (fixture->desktop), ==, refusal ? 1 : 0);
}

/* The fixture's argument is how the desktop begins. */
#define CASE(name, func, how) static void name (Fixture *fixture, gconstpointer data) { func (fixture, how); }
CASE (test_read_late_typing, read_late, "typing")
CASE (test_read_late_written, read_late, "written before")
CASE (test_read_late_locked, read_late, "locked before")
CASE (test_read_late_forgotten, read_late, "forgotten before")
CASE (test_second_window_refused, second_window, "No.")
CASE (test_second_window_taken, second_window, NULL)
CASE (test_full_closed, full_and_closed, FALSE)
CASE (test_full_reopened, full_and_closed, TRUE)
CASE (test_second_left_taken, second_left, NULL)
CASE (test_second_left_refused, second_left, "No.")
CASE (test_typed_after_taken, typed_after, NULL)
CASE (test_typed_after_refused, typed_after, "No.")
CASE (test_undone_open, undone_open, NULL)
CASE (test_undone_open_typed, undone_open, "the next one")
CASE (test_undone, undone, NULL)
CASE (test_undone_since, undone, "another")
CASE (test_ask_closed_taken, ask_closed, NULL)
CASE (test_ask_closed_refused, ask_closed, "No.")

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  ADD ("draft/given", NULL, test_given);
  ADD ("draft/read-late-typing", NULL, test_read_late_typing);
  ADD ("draft/read-late-written", NULL, test_read_late_written);
  ADD ("draft/read-late-locked", NULL, test_read_late_locked);
  ADD ("draft/read-late-forgotten", NULL, test_read_late_forgotten);
  g_test_add_func ("/desk/draft/aside-words", test_aside_words);
  ADD ("draft/full", NULL, test_full);
  ADD ("draft/full-and-closed", NULL, test_full_closed);
  ADD ("draft/full-and-reopened", NULL, test_full_reopened);
  ADD ("draft/full-and-window-closed", NULL, test_full_and_window_closed);
  ADD ("draft/second-window-refused", NULL, test_second_window_refused);
  ADD ("draft/second-window-taken", NULL, test_second_window_taken);
  ADD ("draft/second-window-typed", NULL, test_second_typed);
  ADD ("draft/second-left-taken", NULL, test_second_left_taken);
  ADD ("draft/second-left-refused", NULL, test_second_left_refused);
  ADD ("draft/typed-after-taken", NULL, test_typed_after_taken);
  ADD ("draft/typed-after-refused", NULL, test_typed_after_refused);
  ADD ("draft/undone-open", NULL, test_undone_open);
  ADD ("draft/undone-open-typed", NULL, test_undone_open_typed);
  ADD ("draft/undone-untyped", NULL, test_undone_untyped);
  ADD ("draft/undone", NULL, test_undone);
  ADD ("draft/undone-since", NULL, test_undone_since);
  ADD ("draft/ask-closed-taken", NULL, test_ask_closed_taken);
  ADD ("draft/ask-closed-refused", NULL, test_ask_closed_refused);
  return g_test_run ();
}
