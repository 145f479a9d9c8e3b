/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is asked during a call (P2, P21): by the forms of calls, kept with the record; by the queue and the services it goes to, kept with each
 * referral. */

#include "kith-contact-answers.h"
#include "kith-contact-form-private.h"

#include "kith-format.h"
#include "widgets/kith-question-rows.h"

char *
kith_contact_form_asked (KithContactForm *self,
                         const char      *queue)
{
  JsonArray *records = json_array_new ();
  g_autoptr (JsonNode) node = json_node_init_array (json_node_alloc (), records);

  if (queue)
    json_array_add_string_element (records, queue);
  for (guint i = 0; i < self->needs->len; i++)
    {
      KithContactNeed *need = self->needs->pdata[i];

      if (need->direct && !kith_json_array_has (records, need->service))
        json_array_add_string_element (records, need->service);
    }
  json_array_unref (records);
  return json_to_string (node, FALSE);
}

static const char *
name_of (GtkWidget  *questions,
         const char *what)
{
  return g_object_get_data (G_OBJECT (questions), what);
}

static GtkWidget *
find_form (KithContactForm *self,
           const char      *form)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->questions)); child; child = gtk_widget_get_next_sibling (child))
    if (g_strcmp0 (name_of (child, "form"), form) == 0)
      return child;
  return NULL;
}

/* An entry of answers to this form: typed before it was drawn anew, of a draft, or of the record as it is. */
static void
fill_in (KithContactForm *self,
         GtkWidget       *questions)
{
  const char *form = name_of (questions, "form");

  for (guint i = 0; self->answers && i < json_array_get_length (self->answers); i++)
    {
      JsonObject *entry = json_array_get_object_element (self->answers, i);

      if (g_strcmp0 (kith_json_string (entry, "form"), form) == 0)
        kith_question_rows_restore (KITH_QUESTION_ROWS (questions), entry);
    }
}

static void
answered_cb (KithContactForm *self,
             GtkWidget       *questions)
{
  if (!self->quiet && g_strcmp0 (name_of (questions, "use"), "contact") == 0)
    self->answered = TRUE;
  kith_contact_form_changed (self);
}

/* What stands there: its version is another one when it is only linked to another queue. Yours */
static char *
asks (JsonObject *body)
{
  JsonArray *all = kith_json_array (body, "questions"), *asked = json_array_new ();
  g_autoptr (JsonObject) shown = kith_json_new ("name", "s", kith_json_string (body, "name"), "introduction", "s", kith_json_string (body, "introduction"), "questions", "a",
                                                asked, NULL);

  for (guint i = 0; all && i < json_array_get_length (all); i++)
    if (!kith_json_bool (json_array_get_object_element (all, i), "retired", FALSE))
      json_array_add_object_element (asked, json_object_ref (json_array_get_object_element (all, i)));
  return kith_json_print_object (shown);
}

static GtkWidget *
questions_new (KithContactForm *self,
               KithRow         *row,
               JsonObject      *body)
{
  GtkWidget *questions = kith_contact_questions_new (kith_form_get_context (KITH_FORM (self)), kith_row_get_id (row), body);

  g_object_set_data_full (G_OBJECT (questions), "form", g_strdup (kith_row_get_id (row)), g_free);
  g_object_set_data_full (G_OBJECT (questions), "use", g_strdup (kith_json_string (body, "use")), g_free);
  g_object_set_data_full (G_OBJECT (questions), "record", g_strdup (kith_json_string (body, "record")), g_free);
  g_object_set_data_full (G_OBJECT (questions), "asks", asks (body), g_free);
  fill_in (self, questions);
  g_signal_connect_object (questions, "changed", G_CALLBACK (answered_cb), self, G_CONNECT_SWAPPED);
  return questions;
}

static gboolean
asks_something (JsonObject *body)
{
  JsonArray *questions = body ? kith_json_array (body, "questions") : NULL;

  for (guint i = 0; questions && i < json_array_get_length (questions); i++)
    if (!kith_json_bool (json_array_get_object_element (questions, i), "retired", FALSE))
      return TRUE;
  return FALSE;
}

/* Who is asked as before and whose form is not asked any more: a colleague took it off the queue, or out of use, while the caller answered it. What
 * was answered goes along as it was asked. */
static gboolean
is_kept (KithContactForm *self,
         GtkWidget       *questions)
{
  g_autoptr (JsonObject) entry = NULL;

  if (g_strcmp0 (name_of (questions, "asking"), self->asking) == 0)
    entry = kith_question_rows_collect (KITH_QUESTION_ROWS (questions));
  return entry != NULL;
}

/* Of those still asked nothing typed is lost: a form whose questions did not change stays as it is. */
static void
forms_cb (GPtrArray *rows,
          gpointer   user_data)
{
  KithContactForm *self = user_data;
  GtkWidget *after = NULL;
  gboolean quiet = self->quiet;

  kith_contact_form_keep_answers (self);
  self->quiet = TRUE;
  for (guint i = 0; i < rows->len; i++)
    {
      JsonObject *body = kith_row_body (rows->pdata[i], "body");
      GtkWidget *known = find_form (self, kith_row_get_id (rows->pdata[i]));
      g_autofree char *now = NULL;

      if (!asks_something (body))
        continue;
      now = asks (body);
      if (known && g_strcmp0 (name_of (known, "asks"), now) != 0)
        {
          gtk_box_remove (self->questions, known);
          known = NULL;
        }
      if (!known)
        gtk_box_append (self->questions, known = questions_new (self, rows->pdata[i], body));
      kith_question_rows_set_version (KITH_QUESTION_ROWS (known), kith_json_int (body, "version", 0));
      g_object_set_data_full (G_OBJECT (known), "asking", g_strdup (self->asking), g_free);
      g_object_set_data (G_OBJECT (known), "kept", NULL);
      gtk_box_reorder_child_after (self->questions, known, after);
      after = known;
    }
  for (GtkWidget *gone = after ? gtk_widget_get_next_sibling (after) : gtk_widget_get_first_child (GTK_WIDGET (self->questions)), *next; gone; gone = next)
    {
      next = gtk_widget_get_next_sibling (gone);
      if (is_kept (self, gone))
        g_object_set_data (G_OBJECT (gone), "kept", self);
      else
        gtk_box_remove (self->questions, gone);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->questions), gtk_widget_get_first_child (GTK_WIDGET (self->questions)) != NULL);
  self->quiet = quiet;
}

/* Whoever asks now. */
void
kith_contact_form_ask (KithContactForm *self)
{
  static const char *const kinds[] = { "form", "referral", NULL };
  g_autofree char *records = kith_contact_form_asked (self, kith_contact_form_queue (self));
  const char *args[] = { records, self->contact ? self->contact : "", NULL };

  if (!kith_form_get_context (KITH_FORM (self)) || g_strcmp0 (records, self->asking) == 0)
    return;
  g_free (self->asking);
  self->asking = g_strdup (records);
  g_clear_object (&self->forms_watch);
  self->forms_watch = kith_watch_new_args (kith_form_get_context (KITH_FORM (self)), "forms-asked", kinds, args, forms_cb, self);
}

/* What is answered takes the place of what was kept of that form. */
void
kith_contact_form_keep_answers (KithContactForm *self)
{
  g_autoptr (JsonArray) kept = json_array_new ();

  for (guint i = 0; self->answers && i < json_array_get_length (self->answers); i++)
    if (!find_form (self, kith_json_string (json_array_get_object_element (self->answers, i), "form")))
      json_array_add_object_element (kept, json_object_ref (json_array_get_object_element (self->answers, i)));
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->questions)); child; child = gtk_widget_get_next_sibling (child))
    {
      JsonObject *entry = kith_question_rows_collect (KITH_QUESTION_ROWS (child));

      if (entry)
        json_array_add_object_element (kept, entry);
    }
  g_clear_pointer (&self->answers, json_array_unref);
  self->answers = g_steal_pointer (&kept);
}

/* Entries of an operation: use: "contact": of the record; else of what goes to this service, with that queue. NULL: none. Yours */
JsonArray *
kith_contact_form_answers (KithContactForm *self,
                           const char      *use,
                           const char      *service,
                           const char      *queue)
{
  g_autoptr (JsonArray) entries = json_array_new ();

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->questions)); child; child = gtk_widget_get_next_sibling (child))
    {
      gboolean of_record = g_strcmp0 (name_of (child, "use"), "contact") == 0;
      const char *record = name_of (child, "record");
      JsonObject *entry = NULL;

      if (of_record ? use != NULL : !use && record && (g_strcmp0 (record, service) == 0 || g_strcmp0 (record, queue) == 0))
        entry = kith_question_rows_collect (KITH_QUESTION_ROWS (child));
      if (entry)
        json_array_add_object_element (entries, entry);
    }
  return json_array_get_length (entries) > 0 ? g_steal_pointer (&entries) : NULL;
}

char *
kith_contact_form_questions_problem (KithContactForm *self,
                                     GtkWidget      **where)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->questions)); child; child = gtk_widget_get_next_sibling (child))
    {
      g_autoptr (JsonObject) entry = name_of (child, "kept") ? kith_question_rows_collect (KITH_QUESTION_ROWS (child)) : NULL;
      char *problem = name_of (child, "kept") && !entry ? NULL : kith_question_rows_problem (KITH_QUESTION_ROWS (child), where); /* taken back, and not asked any more */

      if (problem)
        return problem;
    }
  return NULL;
}

/* Once, and what was typed meanwhile counts. */
void
kith_contact_form_take_recorded (KithContactForm *self,
                                 GPtrArray       *rows)
{
  if (!self->answers)
    self->answers = json_array_new ();
  for (guint i = 0; i < rows->len; i++)
    {
      JsonObject *body = kith_row_body (rows->pdata[i], "body");
      const char *form = body ? kith_json_string (body, "form") : NULL;
      GtkWidget *questions = form ? find_form (self, form) : NULL;
      gboolean known = !form, quiet = self->quiet;

      for (guint k = 0; !known && k < json_array_get_length (self->answers); k++)
        known = g_strcmp0 (kith_json_string (json_array_get_object_element (self->answers, k), "form"), form) == 0;
      if (known || self->answered)
        continue;
      json_array_add_object_element (self->answers, json_object_ref (body));
      self->quiet = TRUE;
      if (questions)
        kith_question_rows_restore (KITH_QUESTION_ROWS (questions), body);
      self->quiet = quiet;
    }
}
