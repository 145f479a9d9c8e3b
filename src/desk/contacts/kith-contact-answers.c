/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "contacts/kith-contact-answers.h"

#include <glib/gi18n.h>

#include "kith-answers.h"
#include "kith-context-day.h"
#include "kith-format.h"
#include "kith-watch.h"
#include "widgets/kith-question-rows.h"

/* One form that was answered. */
typedef struct
{
  char *form;
  gint64 version;   /* of the questions shown */
  JsonObject *read; /* the answers as they were read, which the typed ones are compared with */
  KithQuestionRows *rows;
  GtkLabel *meanwhile; /* somebody else corrected them while they stood here */
} Part;

struct _KithContactAnswers
{
  AdwBin parent_instance;
  KithContext *context;
  char *contact;
  GtkBox *box;
  GPtrArray *parts; /* (element-type Part) */
  JsonArray *draft; /* of which the answers are not read yet; NULL: none */
  gboolean quiet;   /* what changes was not typed */
  KithWatch *watch;
};

G_DEFINE_FINAL_TYPE (KithContactAnswers, kith_contact_answers, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
part_free (gpointer data)
{
  Part *part = data;

  g_free (part->form);
  json_object_unref (part->read);
  g_free (part);
}

/* ---- entries */

static JsonObject *
find (JsonArray  *list,
      const char *member,
      const char *value)
{
  for (guint i = 0; list && i < json_array_get_length (list); i++)
    if (g_strcmp0 (kith_json_string (json_array_get_object_element (list, i), member), value) == 0)
      return json_array_get_object_element (list, i);
  return NULL;
}

/* Two answers to one question; NULL: none. */
static gboolean
is_same (JsonObject *a,
         JsonObject *b)
{
  if (!a || !b)
    return a == b;
  return kith_json_equal (json_object_get_member (a, "value"), json_object_get_member (b, "value")) &&
         kith_json_equal (json_object_get_member (a, "values"), json_object_get_member (b, "values"));
}

static gboolean
says_the_same (JsonArray *a,
               JsonArray *b)
{
  if ((a ? json_array_get_length (a) : 0) != (b ? json_array_get_length (b) : 0))
    return FALSE;
  for (guint i = 0; a && i < json_array_get_length (a); i++)
    {
      JsonObject *answer = json_array_get_object_element (a, i);

      if (!is_same (answer, find (b, "key", kith_json_string (answer, "key"))))
        return FALSE;
    }
  return TRUE;
}

static JsonArray *
answers_of (JsonObject *entry)
{
  return entry ? kith_json_array (entry, "answers") : NULL;
}

/* ---- the questions */

/* As kith_access_contact_grants() and the rows of referral_detail have it (P11): nobody else, and no agency that has not been sent anything. */
char *
kith_contact_readers_words (gboolean with_call,
                            gboolean with_referral)
{
  const char *call = with_call ? _("Read by 2-1-1, and by portal accounts that may see contact record details and get a referral from this call.") : NULL;
  const char *referral = with_referral ? _("What is sent with a referral is read by 2-1-1, and by whoever gets it and may see its details.") : NULL;

  return g_strjoin (call && referral ? " " : "", call ? call : "", referral ? referral : "", NULL);
}

GtkWidget *
kith_contact_questions_new (KithContext *context,
                            const char  *form,
                            JsonObject  *body)
{
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (context));

  GtkWidget *rows = kith_question_rows_new (form, body, actor && actor->health, kith_context_get_day_now (context));
  gboolean with_call = g_strcmp0 (kith_json_string (body, "use"), "contact") == 0;
  g_autofree char *readers = kith_contact_readers_words (with_call, !with_call);

  kith_question_rows_set_readers (KITH_QUESTION_ROWS (rows), readers);
  return rows;
}

/* What was chosen stays a choice, whatever is offered today. */
static void
keep_choices (JsonObject *question,
              JsonObject *answer)
{
  JsonArray *offered = kith_json_array (question, "choices"), *values = kith_json_array (answer, "values"), *choices;
  const char *value = kith_json_string (answer, "value");

  if (!g_str_has_prefix (kith_json_string (question, "type") ? kith_json_string (question, "type") : "", "choice"))
    return;
  choices = json_array_new ();
  for (guint i = 0; offered && i < json_array_get_length (offered); i++)
    json_array_add_string_element (choices, json_array_get_string_element (offered, i));
  if (value && !kith_json_array_has (choices, value))
    json_array_add_string_element (choices, value);
  for (guint i = 0; values && i < json_array_get_length (values); i++)
    if (!kith_json_array_has (choices, json_array_get_string_element (values, i)))
      json_array_add_string_element (choices, json_array_get_string_element (values, i));
  json_object_set_array_member (question, "choices", choices);
}

/* A question in the words in which it was answered. What must be answered by now and was not is left open: nobody can ask the caller any more. Yours */
static JsonObject *
question_for (JsonObject *question,
              JsonObject *answer)
{
  JsonObject *asked = question ? kith_json_copy_object (question)
                               : kith_json_new ("key", "s", kith_json_string (answer, "key"), "type", "s", kith_json_string (answer, "type"), NULL);

  json_object_set_boolean_member (asked, "retired", FALSE);
  json_object_set_boolean_member (asked, "required", answer && question && !kith_json_bool (question, "retired", FALSE) && kith_json_bool (question, "required", FALSE));
  if (answer && kith_json_string (answer, "text"))
    json_object_set_string_member (asked, "text", kith_json_string (answer, "text"));
  if (answer)
    keep_choices (asked, answer);
  return asked;
}

/* What is asked, and what was answered and is not asked any more. body: of the form; NULL: it is not here. Yours */
static JsonObject *
form_for (JsonObject *body,
          JsonObject *read)
{
  JsonArray *all = body ? kith_json_array (body, "questions") : NULL, *answers = answers_of (read), *questions = json_array_new ();

  for (guint i = 0; all && i < json_array_get_length (all); i++)
    {
      JsonObject *question = json_array_get_object_element (all, i), *answer = find (answers, "key", kith_json_string (question, "key"));

      if (answer || !kith_json_bool (question, "retired", FALSE))
        json_array_add_object_element (questions, question_for (question, answer));
    }
  for (guint i = 0; answers && i < json_array_get_length (answers); i++)
    if (!find (all, "key", kith_json_string (json_array_get_object_element (answers, i), "key")))
      json_array_add_object_element (questions, question_for (NULL, json_array_get_object_element (answers, i)));
  return kith_json_new ("use", "s", "contact", "name", "s", kith_json_string (read, "form_name"), "introduction", "s", body ? kith_json_string (body, "introduction") : NULL,
                        "version", "i", body ? kith_json_int (body, "version", 0) : kith_json_int (read, "version", 0), "questions", "a", questions, NULL);
}

static void
changed_cb (KithContactAnswers *self)
{
  if (!self->quiet)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static Part *
add_part (KithContactAnswers *self,
          JsonObject         *read,
          JsonObject         *body)
{
  Part *part = g_new0 (Part, 1);
  g_autoptr (JsonObject) shown = form_for (body, read);
  GtkWidget *rows;

  part->form = g_strdup (kith_json_string (read, "form"));
  part->read = json_object_ref (read);
  part->version = kith_json_int (shown, "version", 0);
  rows = kith_contact_questions_new (self->context, part->form, shown);
  part->rows = KITH_QUESTION_ROWS (rows);
  part->meanwhile = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "xalign", 0.0, "visible", FALSE, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, NULL));
  gtk_widget_add_css_class (GTK_WIDGET (part->meanwhile), "meta");
  g_ptr_array_add (self->parts, part);
  gtk_box_append (self->box, rows);
  gtk_box_append (self->box, GTK_WIDGET (part->meanwhile));
  kith_question_rows_restore (part->rows, read);
  g_signal_connect_object (rows, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return part;
}

static Part *
find_part (KithContactAnswers *self,
           const char         *form)
{
  for (guint i = 0; i < self->parts->len; i++)
    if (g_strcmp0 (((Part *) self->parts->pdata[i])->form, form) == 0)
      return self->parts->pdata[i];
  return NULL;
}

/* ---- what is typed */

/* All answers as they stand here: what nobody touched in the words in which it was read, and what has no editor stays. Yours */
static JsonArray *
typed_of (Part *part)
{
  g_autoptr (JsonObject) entry = kith_question_rows_collect (part->rows);
  JsonArray *typed = answers_of (entry), *read = answers_of (part->read), *answers = json_array_new ();

  for (guint i = 0; typed && i < json_array_get_length (typed); i++)
    {
      JsonObject *answer = json_array_get_object_element (typed, i), *was = find (read, "key", kith_json_string (answer, "key"));

      json_array_add_object_element (answers, json_object_ref (is_same (answer, was) ? was : answer));
    }
  for (guint i = 0; read && i < json_array_get_length (read); i++)
    {
      JsonObject *was = json_array_get_object_element (read, i);

      if (!kith_question_rows_asks (part->rows, kith_json_string (was, "key")))
        json_array_add_object_element (answers, json_object_ref (was));
    }
  return answers;
}

/* Puts typed, which was compared with before, over what is read now: what nobody touched says what it says now. before: NULL: of typed alone it is known that it
 * was typed, since what was read had been taken away (kith_store_save_draft()). */
static void
show_over (KithContactAnswers *self,
           Part               *part,
           JsonArray          *before,
           JsonArray          *typed)
{
  JsonArray *now = answers_of (part->read), *shown = json_array_new ();
  g_autoptr (JsonObject) entry = kith_json_new ("answers", "a", shown, NULL);
  gboolean quiet = self->quiet;

  for (const char *const *key = kith_question_rows_keys (part->rows); *key; key++)
    {
      JsonObject *mine = find (typed, "key", *key), *answer = is_same (mine, find (before, "key", *key)) ? find (now, "key", *key) : mine;

      json_array_add_object_element (shown, answer ? json_object_ref (answer) : kith_json_new ("key", "s", *key, NULL)); /* emptied */
    }
  self->quiet = TRUE;
  kith_question_rows_restore (part->rows, entry);
  self->quiet = quiet;
  if (before && !says_the_same (before, now))
    gtk_label_set_text (part->meanwhile, _("Somebody else corrected these answers meanwhile: look through them before you save."));
  gtk_widget_set_visible (GTK_WIDGET (part->meanwhile), before && !says_the_same (before, now));
}

/* Of a draft, once what it is about is here; of a form whose answers are not it stays as it is. */
static void
take_draft (KithContactAnswers *self)
{
  g_autoptr (JsonArray) draft = g_steal_pointer (&self->draft), left = json_array_new ();

  for (guint i = 0; draft && i < json_array_get_length (draft); i++)
    {
      JsonObject *kept = json_array_get_object_element (draft, i);
      Part *part = find_part (self, kith_json_string (kept, "form"));

      if (part)
        show_over (self, part, kith_json_array (kept, "read"), kith_json_array (kept, "answers"));
      else
        json_array_add_object_element (left, json_object_ref (kept));
    }
  if (json_array_get_length (left) > 0)
    self->draft = g_steal_pointer (&left);
}

/* What was read before stands until somebody corrects it; a form that changes meanwhile is asked as it was when this was opened. */
static void
rows_cb (GPtrArray *rows,
         gpointer   user_data)
{
  KithContactAnswers *self = user_data;
  gboolean quiet = self->quiet;

  self->quiet = TRUE;
  for (guint i = 0; i < rows->len; i++)
    {
      JsonObject *read = kith_row_body (rows->pdata[i], "body");
      Part *part = read ? find_part (self, kith_json_string (read, "form")) : NULL;

      if (read && !part)
        add_part (self, read, kith_row_body (rows->pdata[i], "form"));
      else if (read && !kith_json_equal_objects (read, part->read))
        {
          g_autoptr (JsonArray) typed = typed_of (part);
          g_autoptr (JsonArray) none = json_array_new ();
          g_autoptr (JsonObject) before = part->read;

          part->read = json_object_ref (read);
          show_over (self, part, answers_of (before) ? answers_of (before) : none, typed);
        }
    }
  if (rows->len > 0)
    take_draft (self);
  gtk_widget_set_visible (GTK_WIDGET (self), self->parts->len > 0);
  self->quiet = quiet;
}

JsonArray *
kith_contact_answers_collect (KithContactAnswers *self)
{
  JsonArray *all = json_array_new ();

  for (guint i = 0; i < self->parts->len; i++)
    {
      Part *part = self->parts->pdata[i];

      json_array_add_object_element (all, kith_json_new ("form", "s", part->form, "read", "a",
                                                         answers_of (part->read) ? json_array_ref (answers_of (part->read)) : json_array_new (), "answers", "a",
                                                         typed_of (part), NULL));
    }
  for (guint i = 0; self->draft && i < json_array_get_length (self->draft); i++)
    json_array_add_object_element (all, json_object_ref (json_array_get_object_element (self->draft, i)));
  return all;
}

void
kith_contact_answers_restore (KithContactAnswers *self,
                              JsonArray          *draft)
{
  g_clear_pointer (&self->draft, json_array_unref);
  self->draft = draft ? json_array_ref (draft) : NULL;
  if (self->parts->len > 0)
    take_draft (self);
}

char *
kith_contact_answers_problem (KithContactAnswers *self,
                              GtkWidget         **where)
{
  for (guint i = 0; i < self->parts->len; i++)
    {
      char *problem = kith_question_rows_problem (((Part *) self->parts->pdata[i])->rows, where);

      if (problem)
        return problem;
    }
  return NULL;
}

/* What an operation says of them: of what was taken back that it is, since an entry without answers is none. Yours */
static JsonArray *
corrected (JsonArray *typed,
           JsonArray *read)
{
  JsonArray *answers = json_array_new ();

  for (guint i = 0; i < json_array_get_length (typed); i++)
    json_array_add_object_element (answers, json_object_ref (json_array_get_object_element (typed, i)));
  for (guint i = 0; read && i < json_array_get_length (read); i++)
    {
      const char *key = kith_json_string (json_array_get_object_element (read, i), "key");

      if (!find (typed, "key", key))
        json_array_add_object_element (answers, kith_json_new ("key", "s", key, NULL));
    }
  return answers;
}

static void
add_step (KithContactAnswers *self,
          GPtrArray          *steps,
          JsonArray          *entries,
          JsonArray          *seen)
{
  if (json_array_get_length (entries) == 0)
    return;
  g_ptr_array_add (steps, kith_store_step_new ("contact.answer", kith_json_new ("contact", "s", self->contact, "answers", "a", json_array_ref (entries), "seen", "a",
                                                                                json_array_ref (seen), NULL), FALSE));
}

void
kith_contact_answers_add_steps (KithContactAnswers *self,
                                GPtrArray          *steps)
{
  g_autoptr (JsonArray) entries = json_array_new (), seen = json_array_new ();

  for (guint i = 0; i < self->parts->len; i++)
    {
      Part *part = self->parts->pdata[i];
      JsonArray *read = answers_of (part->read);
      g_autoptr (JsonArray) typed = typed_of (part);

      if (says_the_same (typed, read))
        continue;
      json_array_add_object_element (entries, kith_json_new ("form", "s", part->form, "version", "i", part->version, "answers", "a", corrected (typed, read), NULL));
      if (read && json_array_get_length (read) > 0)
        json_array_add_object_element (seen, kith_json_new ("form", "s", part->form, "version", "i", kith_json_int (part->read, "version", 0), "answers", "a",
                                                            json_array_ref (read), NULL));
      if (json_array_get_length (entries) < KITH_ANSWERS_MOST_FORMS)
        continue;
      add_step (self, steps, entries, seen);
      g_clear_pointer (&entries, json_array_unref);
      g_clear_pointer (&seen, json_array_unref);
      entries = json_array_new ();
      seen = json_array_new ();
    }
  add_step (self, steps, entries, seen);
}

/* ---- life */

static void
kith_contact_answers_dispose (GObject *object)
{
  KithContactAnswers *self = KITH_CONTACT_ANSWERS (object);

  g_clear_object (&self->watch);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_clear_pointer (&self->draft, json_array_unref);
  g_clear_pointer (&self->contact, g_free);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_contact_answers_parent_class)->dispose (object);
}

static void
kith_contact_answers_class_init (KithContactAnswersClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_contact_answers_dispose;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", KITH_TYPE_CONTACT_ANSWERS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kith_contact_answers_init (KithContactAnswers *self)
{
  self->parts = g_ptr_array_new_with_free_func (part_free);
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * kith_contact_answers_new:
 * @contact: id of the contact record
 *
 * Returns: (transfer floating): hidden until answers are read
 */
GtkWidget *
kith_contact_answers_new (KithContext *context,
                          const char  *contact)
{
  static const char *const kinds[] = { "form_answer", NULL };
  KithContactAnswers *self = g_object_new (KITH_TYPE_CONTACT_ANSWERS, NULL);

  self->context = g_object_ref (context);
  self->contact = g_strdup (contact);
  self->watch = kith_watch_new (context, "contact-answered", kinds, contact, rows_cb, self);
  return GTK_WIDGET (self);
}
