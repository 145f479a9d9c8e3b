/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Words whose record was taken away before they were sent (design.md 2.4), and two entries of one field: as their author reads and copies them. */

#include "clipboard-fixture.h"

#include "attention/kith-attention-card.h"
#include "attention/kith-attention-draft.h"
#include "attention/kith-attention-words.h"
#include "kith-draft-words.h"
#include "kith-draft.h"
#include "kith-operation.h"

#define GONE "c0000000-0000-7000-8000-0000000000f9" /* a client who is not on this computer */
#define GONE_CASE "ca000000-0000-7000-8000-0000000000f9"
#define GONE_REFERRAL "e0000000-0000-7000-8000-0000000000f9"
#define A_CASE "ca000000-0000-7000-8000-000000000001"
#define CLINIC "a0000000-0000-7000-8000-000000000002"

static JsonObject *
draft_of (const char *key, const char *body)
{
  return kith_json_new ("key", "s", key, "draft", "o", kith_json_parse_object (body, -1, NULL, NULL), "at", "i", NOW_MS, "expires", "i", NOW_MS + 86400000, NULL);
}

/* Yours, as of the page. */
static GtkWidget *
card_of (Fixture *fixture, JsonObject *draft)
{
  kith_attention_describe_draft ((KithStore *) fixture->desktop, draft, kith_context_get_side (fixture->context));
  return g_object_ref_sink (kith_attention_card_new_for_draft (fixture->context, draft));
}

/* ---- each kind of draft, as its form writes it and the purge leaves it ---- */

static const struct
{
  const char *key, *body, *title;
  const char *lines[12]; /* of what is copied */
} drafts[] = {
  { "health:" GONE,
    "{\"values\":{\"allergies\":[\"Penicillin\",\"Nuts\"],\"pregnant\":\"1\",\"due_date\":\"2027-02-14\",\"provider\":\"Dr. Okafor\",\"health_note\":\"Faints in heat\"}}",
    "Health information of a client",
    { "Allergies: Penicillin, Nuts", "Pregnant: Yes", "Due date: 14 Feb 2027", "Doctor or clinic: Dr. Okafor", "About health: Faints in heat" } },
  { "edit:client:" GONE,
    "{\"pronouns\":\"she\",\"date_of_birth\":\"1988-04-07\",\"sex\":\"0\",\"do_not_contact\":true,\"phones\":[{\"number\":\"619-555-0142\",\"type\":\"cell\",\"safe_to_call\":true}],"
    "\"address\":{\"address_1\":\"1450 Palm Ave\",\"city\":\"San Diego\",\"postal_code\":\"92101\"},\"other_addresses\":[{\"address_1\":\"9 Oak St\"}],\"languages\":[\"es\",\"en\"],"
    "\"billing\":{\"insurance_provider\":\"Medi-Cal\",\"medicaid_number\":\"91234567A\",\"ssn\":\"123-45-6789\"},\"consent_choice\":0}",
    "Changes to a client",
    { "Pronouns: she", "Date of birth: 7 Apr 1988", "Sex: Female", "Do not contact: Yes", "619-555-0142, ", "Safe to call: Yes", "1450 Palm Ave, San Diego, 92101", "9 Oak St",
      "Languages: Spanish, English", "Insurance: Medi-Cal", "Medicaid number: 91234567A", "Social security number: 123-45-6789" } },
  { "client:new:" GONE,
    "{\"given_name\":\"Rosa\",\"health\":{\"conditions\":[\"Asthma\"]},\"consent_choice\":2,\"consent\":{\"purpose\":\"Never chosen\"},"
    "\"refusal\":{\"reason\":\"Wants to think\"},\"household\":{\"with\":\"" GONE "\",\"relationship\":\"2\"}}",
    "New member of a household", { "Given name: Rosa", "Health conditions: Asthma", "Reason: Wants to think" } },
  { "consent:client:" GONE,
    "{\"classes\":[\"client\",\"care\"],\"receivers\":[\"" CLINIC "\",\"network\"],\"names\":[\"Eastlake Family Clinic\"],\"purpose\":\"A check-up\",\"how\":\"verbal\","
    "\"witness\":\"Gloria Reyes\",\"until_text\":\"until spring\",\"grantor\":\"client\",\"term_choice\":3,\"refuses\":false,\"refusal\":{\"how\":\"verbal\"},"
    "\"representative\":\"Her mother\"}",
    "A consent",
    { "Agencies that may see it: ", "2-1-1", "Purpose: A check-up", "Witness: Gloria Reyes", "Ends: until spring", "Signed by: Her mother" } },
  { "refer:client:" GONE,
    "{\"search\":\"dent\",\"need\":\"Tooth ache\",\"urgency\":\"urgent\",\"request\":\"Two days of pain\",\"note\":\"Call first\",\"type\":\"direct\",\"target_name\":\"Dental care\","
    "\"service\":\"d0000000-0000-7000-8000-0000000000f9\",\"agency_name\":\"Gone Clinic\",\"basis\":\"\",\"until\":1,\"health\":false,"
    "\"answers\":[{\"form\":\"f\",\"version\":1,\"answers\":[{\"key\":\"q\",\"text\":\"Any allergy?\",\"value\":\"Latex\"},{\"key\":\"r\",\"text\":\"When?\",\"values\":[\"Morning\",\"Noon\"]}]}],"
    "\"files\":[{\"path\":\"/tmp/x\",\"name\":\"x-ray.pdf\"}]}",
    "A referral",
    { "Looked for: dent", "Need: Tooth ache", "Urgency: Urgent", "Request: Two days of pain", "Note: Call first", "Service: Dental care", "Any allergy?: Latex",
      "When?: Morning, Noon", "File: x-ray.pdf" } },
  { "note:referral:" GONE_REFERRAL, "{\"text\":\"He came by at noon.\"}", "A message", { "Note: He came by at noon." } },
  { "private-note:referral:" GONE_REFERRAL, "{\"text\":\"Ask Gloria.\"}", "A private note", { "Note: Ask Gloria." } },
  { "contact:referral:" GONE_REFERRAL, "{\"text\":\"She was tired.\",\"how\":\"phone\",\"result\":\"reached\"}", "A contact with the client",
    { "How: Phone", "Result: Reached the client", "In words: She was tired." } },
  { "note:case:" GONE_CASE, "{\"text\":\"Signed the lease.\",\"type\":\"progress\",\"sensitivity\":\"general\"}", "A case note",
    { "Type: Progress", "Sensitivity: General", "Note: Signed the lease." } },
  { "task:case:" GONE_CASE, "{\"subject\":\"Call the landlord\",\"due_on\":\"2026-11-24\",\"remind_at\":\"next tuesdy\"}", "A task",
    { "What: Call the landlord", "Due: 24 Nov 2026", "Reminder: next tuesdy" } },
  { "goal:case:" GONE_CASE, "{\"title\":\"A home\",\"description\":\"Near the school\",\"target_on\":\"2027-03\",\"sensitivity\":\"general\"}", "A goal",
    { "Goal: A home", "In words: Near the school", "To be reached by: Mar 2027" } },
  { "step:case:" GONE_CASE, "{\"next_step\":\"Visit the flat\",\"next_step_on\":\"2026-11-25\"}", "A next step", { "Visit the flat", "25 Nov 2026" } },
  { "service:client:" GONE, "{\"type\":\"shelter_night\",\"given_on\":\"2026-11-20\",\"count\":2,\"note\":\"Late arrival\"}", "A service given",
    { "Date: 20 Nov 2026", "How many: 2", "Note: Late arrival" } },
  { "revoke:" GONE ":", "{\"reason\":\"She moved away\"}", "A revocation", { "Reason: She moved away" } },
  { "reason:referral.decline:" GONE_REFERRAL, "{\"code\":\"other\",\"text\":\"No beds for dogs\"}", "Decline referral", { "In words: No beds for dogs" } },
  { "ask:alert.raise:client:" GONE ":{}", "{\"text\":\"Dog bites\",\"level\":\"high\",\"until\":\"2026-12-01\",\"picks\":{}}", "Raise alert", { "Dog bites", "1 Dec 2026" } },
  { "ask:task.add:client:" GONE ":{}", "{\"subject\":\"Bring the papers\",\"picks\":{\"staff\":{\"id\":\"a5000000-0000-7000-8000-0000000000f9\",\"words\":\"Marcus Reed\"},\"client\":{\"words\":\"mar\"}}}",
    "Add task", { "What: Bring the papers", "For: Marcus Reed" } },
  { "contact:edit:" GONE, "{\"person\":{\"values\":{\"name\":\"Mr. Ruiz\",\"city\":\"Chula Vista\",\"notes\":\"Has a car\"}},\"needs\":[{\"id\":\"n\",\"values\":{\"words\":\"Rent help\",\"note\":\"by Friday\"}}],"
    "\"answers\":[{\"form\":\"f\",\"answers\":[{\"key\":\"a\",\"text\":\"How many children?\",\"value\":\"3\"},{\"key\":\"b\"}]}]}",
    "Changes to a call", { "Name: Mr. Ruiz", "City: Chula Vista", "Notes: Has a car", "Need: Rent help", "Note: by Friday", "How many children?: 3" } },
  { "contact:assign:" GONE,
    "{\"name\":\"Mr. Ruiz\",\"phone\":\"619\",\"notes\":\"\",\"needs\":[{\"id\":\"n\",\"words\":\"Rent help\",\"service\":\"d0000000-0000-7000-8000-0000000000f9\",\"service_name\":\"Rent fund\"}],"
    "\"receiver\":{\"note\":\"Speaks softly\"},\"safe\":{\"message\":true},\"interpreter\":true}",
    "Needs of a call to assign", { "Name: Mr. Ruiz", "Phone: 619", "Need: Rent help", "Service: Rent fund", "Note: Speaks softly", "Needs an interpreter: Yes", "Safe to leave a message: Yes" } },
};

static void
test_drafts (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (drafts); i++)
    {
      g_autoptr (JsonObject) draft = draft_of (drafts[i].key, drafts[i].body);
      GtkWidget *card = card_of (fixture, draft);
      const char *text = kith_attention_card_get_text (KITH_ATTENTION_CARD (card));

      g_test_message ("%s:\n%s", drafts[i].key, text);
      g_assert_true (fake_holds (card, drafts[i].title));
      for (guint k = 0; k < G_N_ELEMENTS (drafts[i].lines) && drafts[i].lines[k]; k++)
        if (!strstr (text, drafts[i].lines[k]))
          g_error ("%s: “%s” is not in\n%s", drafts[i].key, drafts[i].lines[k], text);
      g_assert_null (strstr (text, "Never chosen"));
      g_assert_null (strstr (text, "c0000000-")); /* nobody reads an id */
      g_object_unref (card);
    }
}

/* I6: what the record said is not shown, whatever way it came here. */
static void
test_before (Fixture *fixture, gconstpointer data)
{
  static const struct { const char *key, *body; } cases[] = {
    { "health:" GONE, "{\"values\":{\"provider\":\"Mine\"},\"before\":{\"health_note\":\"Theirs\"}}" },
    { "edit:client:" GONE, "{\"pronouns\":\"Mine\",\"was\":{\"contact_note\":\"Theirs\"},\"billing_was\":{\"billing_note\":\"Theirs\"}}" },
    { "account:" GONE, "{\"name\":\"Mine\",\"before\":{\"email\":\"Theirs\"},\"links_before\":[{\"name\":\"Theirs\"}]}" },
    { "contact:edit:" GONE, "{\"person\":{\"before\":{\"notes\":\"Theirs\"},\"values\":{\"name\":\"Mine\"}},\"needs\":[{\"before\":{\"words\":\"Theirs\"},\"values\":{}}],"
      "\"answers\":[{\"form\":\"f\",\"read\":[{\"key\":\"a\",\"text\":\"Who?\",\"value\":\"Theirs\"}],\"answers\":[{\"key\":\"a\",\"text\":\"Who?\",\"value\":\"Mine\"}]}]}" },
    { "ask:household.join:client:" GONE ":{}", "{\"picks\":{\"head\":{\"id\":\"" GONE "\",\"words\":\"Theirs\"}},\"relation\":\"Mine\"}" },
    { "aside:1:note:referral:" GONE_REFERRAL, "{\"text\":\"Mine\",\"" KITH_STORE_DRAFT_OF "\":\"referral:Theirs\"}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) draft = draft_of (cases[i].key, cases[i].body);
      GtkWidget *card = card_of (fixture, draft);

      g_test_message ("%s", cases[i].key);
      g_assert_true (strstr (kith_attention_card_get_text (KITH_ATTENTION_CARD (card)), "Mine"));
      g_assert_null (strstr (kith_attention_card_get_text (KITH_ATTENTION_CARD (card)), "Theirs"));
      g_assert_false (fake_holds (card, "Theirs"));
      g_object_unref (card);
    }
}

/* Whose health information may not be seen any more may still be a client whom one works with. */
static void
test_about (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) here = draft_of ("health:" MARIA, "{\"values\":{\"provider\":\"Dr. Okafor\"}}"), gone = draft_of ("health:" GONE, "{\"values\":{}}");
  GtkWidget *card = card_of (fixture, here), *other = card_of (fixture, gone);

  g_assert_true (fake_holds (card, "María"));
  g_assert_cmpstr (kith_json_string (here, "place"), ==, "clients/" MARIA);
  g_assert_false (json_object_has_member (gone, "about"));
  g_object_unref (card);
  g_object_unref (other);
}

/* As the forms themselves write them: a field whose name changes does not fall out. */
static void
test_forms (Fixture *fixture, gconstpointer data)
{
  static const struct { const char *place, *entry, *key, *line; } forms[] = {
    { "clients/health:" MARIA, "provider", "health:" MARIA, "Doctor or clinic: Kept for you" },
    { "clients/edit:" MARIA, "pronouns", "edit:client:" MARIA, "Pronouns: Kept for you" },
    { "clients/consent:" MARIA, "purpose", "consent:client:" MARIA, "Purpose: Kept for you" },
    { "clients/refer:" MARIA, "need", "refer:client:" MARIA, "Need: Kept for you" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (JsonObject) draft = NULL;
      GtkWidget *card;

      g_test_message ("%s", forms[i].place);
      open_place (fixture, forms[i].place);
      pump (300);
      type_into (fixture, forms[i].entry, "Kept for you");
      kith_drafts_flush (fixture->context);
      pump (100);
      g_assert_nonnull (fake_desktop_get_draft (fixture->desktop, forms[i].key));
      draft = kith_json_new ("key", "s", forms[i].key, "draft", "o", json_object_ref (fake_desktop_get_draft (fixture->desktop, forms[i].key)), NULL);
      card = card_of (fixture, draft);
      g_assert_true (strstr (kith_attention_card_get_text (KITH_ATTENTION_CARD (card)), forms[i].line));
      g_object_unref (card);
      open_place (fixture, "today");
    }
}

/* I6: what a form was begun with, or took over from another record, stands in its draft a second time, so that it goes with that record. */
static void
test_not_own_words (Fixture *fixture, gconstpointer data)
{
  JsonObject *draft, *taken;
  static const char *const names[] = { "address", "languages", "family_name" };

  open_place (fixture, "cases/" A_CASE);
  g_assert_true (act (fixture, "case.step"));
  type_into (fixture, "next_step_on", "2026-12-01");
  kith_drafts_flush (fixture->context);
  pump (100);
  draft = fake_desktop_get_draft (fixture->desktop, "step:case:" A_CASE);
  g_assert_cmpstr (kith_json_string (draft, "next_step_on"), ==, "2026-12-01");
  g_assert_cmpstr (kith_json_string (kith_json_object (draft, "before"), "next_step"), ==, "Call the landlord about the deposit");

  open_place (fixture, "clients/new:" MARIA);
  pump (300);
  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *button = find_widget (GTK_WIDGET (fixture->window), i == 0 ? "household-take-over" : "household-same-name");

      g_assert_nonnull (button);
      g_signal_emit_by_name (button, "clicked");
      pump (50);
    }
  type_into (fixture, "given_name", "Lucia");
  kith_drafts_flush (fixture->context);
  pump (100);
  draft = fake_desktop_get_draft (fixture->desktop, "client:new:" MARIA);
  taken = kith_json_object (draft, "taken_was");
  g_assert_nonnull (taken);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_true (json_object_has_member (taken, names[i]) && kith_json_equal (json_object_get_member (draft, names[i]), json_object_get_member (taken, names[i])));
}

/* The number stands there as it does on the record, and what is copied has all of it. */
static void
test_masked (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) draft = draft_of ("edit:client:" GONE, "{\"billing\":{\"ssn\":\"123-45-6789\"}}");
  GtkWidget *card = card_of (fixture, draft);

  g_assert_true (fake_holds (card, "••• 6789"));
  g_assert_false (fake_holds (card, "123-45"));
  g_assert_true (strstr (kith_attention_card_get_text (KITH_ATTENTION_CARD (card)), "123-45-6789"));
  g_assert_true (kith_attention_card_is_guarded (KITH_ATTENTION_CARD (card)));
  g_object_unref (card);
}

/* On the page itself: the second button takes all of it, with its labels, into the clipboard. */
static void
test_page (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) draft = draft_of ("edit:client:" GONE, "{\"pronouns\":\"she\",\"billing\":{\"medicaid_number\":\"91234567A\"}}");
  JsonArray *unsendable = json_array_new ();
  g_autofree char *text = NULL;
  GtkWidget *card;

  json_array_add_object_element (unsendable, json_object_ref (draft));
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "unsendable", unsendable);
  open_place (fixture, "attention");
  g_signal_emit_by_name (fixture->desktop, "changed", (const char *[]) { "op", NULL });
  for (guint i = 0; i < 100 && !says (GTK_WIDGET (fixture->window), "Changes to a client"); i++)
    pump (50);
  card = gtk_widget_get_first_child (find_widget (GTK_WIDGET (fixture->window), "drafts"));
  g_assert_true (says (card, "Changes to a client"));
  g_assert_true (says (card, "91234567A"));
  kith_attention_card_choose (KITH_ATTENTION_CARD (card), 1);
  pump (50);
  text = copied (clipboard_of (fixture));
  g_assert_cmpstr (text, ==, "Pronouns: she\nMedicaid number: 91234567A");
  come_due (fixture); /* there is a number in it */
}

/* C13: what is discarded is in the log, by what it was to become. Every kind of draft has an operation that exists, but those of no one act. */
static void
test_discarded (Fixture *fixture, gconstpointer data)
{
  static const struct { const char *key, *op; } cases[] = {
    { "edit:client:" GONE, "record.patch" }, { "client:new:" GONE, "client.register" }, { "health:" GONE, "record.patch" }, { "note:referral:" GONE_REFERRAL, "referral.note" },
    { "note:case:" GONE_CASE, "note.add" }, { "step:case:" GONE_CASE, "record.patch" }, { "reason:move:x:" GONE_REFERRAL, "queue.move" },
    { "ask:alert.raise:client:" GONE ":{}", "alert.raise" }, { "matches", "draft" }, { "never heard of", "draft" },
  };
  g_autoptr (JsonObject) draft = draft_of ("note:referral:" GONE_REFERRAL, "{\"text\":\"He came by at noon.\"}");
  JsonArray *unsendable = json_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (kith_draft_op (cases[i].key), ==, cases[i].op);
  for (guint i = 0; i < G_N_ELEMENTS (drafts); i++)
    g_assert_nonnull (kith_operation_get (kith_draft_op (drafts[i].key)));
  json_array_add_object_element (unsendable, json_object_ref (draft));
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "unsendable", unsendable);
  open_place (fixture, "attention");
  g_signal_emit_by_name (fixture->desktop, "changed", (const char *[]) { "op", NULL });
  for (guint i = 0; i < 100 && !says (GTK_WIDGET (fixture->window), "He came by at noon."); i++)
    pump (50);
  kith_attention_card_choose (KITH_ATTENTION_CARD (gtk_widget_get_first_child (find_widget (GTK_WIDGET (fixture->window), "drafts"))), 2);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (front_window (fixture)), "discard");
  for (guint i = 0; i < 100 && (fake_desktop_get_n_submitted (fixture->desktop) == 0 || says (GTK_WIDGET (fixture->window), "He came by at noon.")); i++)
    pump (50);
  g_assert_cmpstr (kith_json_string (last_submitted (fixture, "audit.record"), "op"), ==, "referral.note");
  g_assert_false (says (GTK_WIDGET (fixture->window), "He came by at noon."));
}

/* What was begun of somebody's health is gone on with from My Day, as all else is. */
static void
test_my_day (Fixture *fixture, gconstpointer data)
{
  JsonArray *begun = json_array_new ();

  json_array_add_object_element (begun, kith_json_new ("id", "s", "health:" MARIA, "at", "s", "1795179900000", "given_name", "s", "María", "scope", "s", "client_health:" MARIA, "about", "s",
                                                       MARIA, NULL));
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "drafts-begun", begun);
  g_signal_emit_by_name (fixture->desktop, "changed", (const char *[]) { "op", NULL });
  open_place (fixture, "today");
  pump (600);
  SAYS ("Health information of a client");
}

/* ---- what was noted of somebody ---- */

static GtkWidget *
button_in (GtkWidget *card, const char *name)
{
  for (GtkWidget *child = gtk_widget_get_first_child (card); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (child)), name) == 0 ? child : button_in (child, name);

      if (found)
        return found;
    }
  return NULL;
}

/* C13: a note for the access log is nobody's work. Refused, it says what it is, that nothing of theirs is lost, and what to do; it cannot be discarded. On its way it is
 * not shown, as it is not counted. */
static void
test_access_note (Fixture *fixture, gconstpointer data)
{
  JsonObject *entry = kith_json_new ("op_id", "s", "o", "op", "s", "audit.record", "label", "s", kith_operation_get ("audit.record")->label, "st", "s", "rejected", "code", "s", "denied",
                                     "message", "s", "The hub says why.", "at", "s", "2026-11-20T11:48:00.000Z", "args", "o",
                                     kith_json_new ("what", "s", "discarded", "client", "s", MARIA, "t", "s", "client", "op", "s", "note.add", NULL), NULL);
  JsonArray *attention = json_array_new (), *outbox = json_array_new ();
  GtkWidget *card;

  json_array_add_object_element (attention, entry);
  for (guint i = 0; i < 150; i++) /* more than the page shows: what somebody did stands all the same */
    json_array_add_object_element (outbox, kith_json_new ("op_id", "s", "w", "op", "s", "audit.record", "label", "s", "Note for the access log", "st", "s", "waiting", NULL));
  json_array_add_object_element (outbox, kith_json_new ("op_id", "s", "n", "op", "s", "note.add", "label", "s", "Write note", "st", "s", "waiting", NULL));
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "attention", attention);
  json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "outbox", outbox);
  open_place (fixture, "attention");
  g_signal_emit_by_name (fixture->desktop, "changed", (const char *[]) { "op", NULL });
  for (guint i = 0; i < 100 && !says (GTK_WIDGET (fixture->window), "The hub says why."); i++)
    pump (50);
  card = gtk_widget_get_first_child (find_widget (GTK_WIDGET (fixture->window), "operations"));
  g_assert_true (says (card, "Note for the access log"));
  g_assert_true (says (card, "Discarded a change of their own"));
  g_assert_true (says (card, kith_operation_get ("note.add")->label));
  g_assert_false (says (card, "note.add"));
  g_assert_true (says (card, "nothing you wrote is lost"));
  g_assert_true (says (card, "privacy officer"));
  g_assert_true (says (card, "The hub says why."));
  g_assert_true (gtk_widget_get_visible (button_in (card, "first")));
  g_assert_true (gtk_widget_get_visible (button_in (card, "second")));
  g_assert_false (gtk_widget_get_visible (button_in (card, "third")));
  g_assert_nonnull (strstr (kith_attention_card_get_text (KITH_ATTENTION_CARD (card)), "Discarded a change of their own"));
  g_assert_nonnull (strstr (kith_attention_card_get_text (KITH_ATTENTION_CARD (card)), "The hub says why."));
  g_assert_false (says (find_widget (GTK_WIDGET (fixture->window), "waiting"), "access log"));
  g_assert_true (says (find_widget (GTK_WIDGET (fixture->window), "waiting"), "Write note"));
}

static void
assert_says_sent (Fixture *fixture, gboolean sent)
{
  g_autoptr (JsonObject) draft = draft_of ("refer:edit:" GONE_REFERRAL, "{\"need\":\"Tooth ache\",\"note\":\"Bring the papers\"}");
  GtkWidget *card;

  json_object_set_int_member (draft, "expires", 0);
  json_object_set_boolean_member (draft, "sent", sent);
  card = card_of (fixture, draft);
  g_assert_true (fake_holds (card, "Changes to a referral"));
  g_assert_cmpint (fake_holds (card, "went out before"), ==, sent);
  g_assert_cmpint (fake_holds (card, "was not sent, or was taken back"), ==, !sent);
  g_assert_false (fake_holds (card, "no longer see"));
  g_assert_false (fake_holds (card, "Kept until"));
  g_assert_nonnull (strstr (kith_attention_card_get_text (KITH_ATTENTION_CARD (card)), "Bring the papers"));
  g_object_unref (card);
}

/* Changes to a referral that has gone out meanwhile: nothing was taken away, and they have no end. Of one that did not go out nothing else is said. */
static void
test_sent_meanwhile (Fixture *fixture, gconstpointer data)
{
  assert_says_sent (fixture, TRUE);
  assert_says_sent (fixture, FALSE);
}

/* ---- what fell with a refused one ---- */

#define OF_CASE(op, id, words) \
  kith_json_new ("op_id", "s", id, "op", "s", op, "label", "s", kith_operation_get (op)->label, "args", "o", \
                 kith_json_new ("id", "s", id, "case", "s", GONE_CASE, "type", "s", "progress", "text", "s", words, NULL), NULL)

/* Yours. A case that was not taken, and what was written in it meanwhile. */
static JsonObject *
refused_case (void)
{
  JsonObject *args = kith_json_new ("id", "s", GONE_CASE, "client", "s", GONE, "number", "s", "HA-0009", "title", "s", "A home", NULL);
  JsonArray *chain = json_array_new ();

  json_array_add_object_element (chain, kith_json_new ("op_id", "s", "o1", "op", "s", "case.open", "label", "s", "Open case", "args", "o", json_object_ref (args), NULL));
  json_array_add_object_element (chain, OF_CASE ("note.add", "o2", "He signed the lease."));
  json_array_add_object_element (chain, OF_CASE ("note.add", "o3", "Keys on Friday."));
  json_array_add_object_element (chain, kith_json_new ("op_id", "s", "o4", "op", "s", "audit.record", "label", "s", "Note for the access log", "args", "o",
                                                       kith_json_new ("what", "s", "opened", NULL), NULL));
  return kith_json_new ("op_id", "s", "o1", "op", "s", "case.open", "label", "s", "Open case", "st", "s", "rejected", "code", "s", "access_ended", "message", "s",
                        "The hub says why.", "at", "s", "2026-11-20T11:48:00.000Z", "args", "o", args, "chain", "a", chain, NULL);
}

/* design.md 2.4: one's own words outlive the access, those too that could not be taken without another's. They are read, and copied all at once. */
static void
test_chain (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) entry = refused_case ();
  GtkWidget *card;
  const char *text, *title, *first, *second;

  kith_attention_describe ((KithStore *) fixture->desktop, entry, kith_context_get_side (fixture->context));
  card = g_object_ref_sink (kith_attention_card_new_for_operation (fixture->context, entry));
  g_assert_true (fake_holds (card, "He signed the lease."));
  g_assert_true (fake_holds (card, "Keys on Friday."));
  g_assert_true (fake_holds (card, kith_operation_get ("note.add")->label));
  g_assert_false (fake_holds (card, "access log")); /* C13: nobody did it knowingly */
  text = kith_attention_card_get_text (KITH_ATTENTION_CARD (card));
  g_test_message ("%s", text);
  title = strstr (text, "A home");
  first = strstr (text, "He signed the lease.");
  second = strstr (text, "Keys on Friday.");
  g_assert_true (title && first && second && title < first && first < second);
  g_assert_nonnull (strstr (text, kith_operation_get ("note.add")->label));
  g_assert_null (strstr (text, "ca000000-"));
  g_assert_cmpstr (kith_attention_card_get_with (KITH_ATTENTION_CARD (card)), ==, "Write note (2)"); /* told of before it is discarded */
  g_object_unref (card);
}

/* ---- two entries of one field ---- */

/* C16 and all of class B: codes by their words, yes and no, days as days are written. */
static void
test_conflicts (Fixture *fixture, gconstpointer data)
{
  static const struct { const char *field, *mine, *theirs; const char *says[2], *not[2]; } cases[] = {
    { "sex", "\"0\"", "\"1\"", { "Female", "Male" }, { "\n0", "\n1" } },
    { "do_not_contact", "true", "null", { "Yes", "(empty)" }, { "true", "null" } },
    { "do_not_contact", "false", "true", { "No\n", "Yes\n" }, { "true", "false" } },
    { "date_of_birth", "\"1988-04-07\"", "\"1988\"", { "7 Apr 1988", "1988\n" }, { "1988-04-07", "\"1988\"" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonArray) rows = json_array_new ();
      JsonObject *args;
      g_autofree char *mine = NULL;
      GtkWidget *card;

      json_array_add_object_element (rows, kith_json_new ("id", "s", "k1", "t", "s", "client", "record", "s", MARIA, "field", "s", cases[i].field, "mine", "s", cases[i].mine, "theirs", "s",
                                                          cases[i].theirs, "mine_by", "s", "Ana Delgado", "theirs_by", "s", "Marcus Reed", "at", "s", "2026-11-20T11:48:00.000Z", "number",
                                                          "s", "HA-0021", NULL));
      json_object_set_array_member (fake_desktop_get_data (fixture->desktop), "conflicts-open", json_array_ref (rows));
      open_place (fixture, "attention");
      g_signal_emit_by_name (fixture->desktop, "changed", (const char *[]) { "conflict", NULL });
      pump (500);
      card = gtk_widget_get_first_child (find_widget (GTK_WIDGET (fixture->window), "conflicts"));
      g_test_message ("%s: %s, %s", cases[i].field, cases[i].mine, cases[i].theirs);
      for (guint k = 0; k < 2; k++)
        {
          g_assert_true (fake_holds (card, cases[i].says[k]));
          g_assert_false (fake_holds (card, cases[i].not[k]));
        }
      args = kith_attention_card_settle (KITH_ATTENTION_CARD (card), "mine"); /* I14: what was shown, as it is kept */
      mine = kith_json_print (json_object_get_member (args, "mine"));
      g_assert_cmpstr (mine, ==, cases[i].mine);
      json_object_unref (args);
    }
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  ADD ("unsent/drafts-2.4", NULL, test_drafts);
  ADD ("unsent/before-I6", NULL, test_before);
  ADD ("unsent/access-note-C13", NULL, test_access_note);
  ADD ("unsent/chain-2.4", NULL, test_chain);
  ADD ("unsent/sent-meanwhile", NULL, test_sent_meanwhile);
  ADD ("unsent/about", NULL, test_about);
  ADD ("unsent/forms-2.4", NULL, test_forms);
  ADD ("unsent/not-own-words-I6", NULL, test_not_own_words);
  ADD ("unsent/masked", NULL, test_masked);
  ADD ("unsent/page", NULL, test_page);
  ADD ("unsent/discarded-C13", NULL, test_discarded);
  ADD ("unsent/my-day", NULL, test_my_day);
  ADD ("unsent/conflicts-C16", NULL, test_conflicts);
  return g_test_run ();
}
