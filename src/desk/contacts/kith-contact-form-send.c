/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Saving: the record first, then what is assigned from it: all of it or nothing. */

#include "kith-contact-form-private.h"

#include <glib/gi18n.h>

#include "kith-answers.h"
#include "kith-day-order.h"
#include "widgets/kith-choice-row.h"

#define DAY_MS G_GINT64_CONSTANT (86400000)

static void
add_step (GPtrArray  *steps,
          const char *operation,
          JsonObject *args,
          gboolean    numbered)
{
  g_ptr_array_add (steps, kith_store_step_new (operation, args, numbered));
}

/* ---- what is said */

static JsonArray *
need_lines (KithContactForm *self)
{
  JsonArray *lines = json_array_new ();

  for (guint i = 0; i < self->needs->len; i++)
    {
      KithContactNeed *need = self->needs->pdata[i];

      json_array_add_object_element (lines, kith_json_new ("id", "s", need->id, "words", "s", need->words, "term", "s", need->term, NULL));
    }
  return lines;
}

static JsonArray *
phones (KithContactForm *self)
{
  g_autofree char *number = kith_entry_text (self->phone);
  JsonArray *list;
  JsonObject *phone;

  if (!number)
    return NULL;
  list = json_array_new ();
  phone = kith_json_new ("number", "s", number, NULL);
  kith_answer_row_put (self->message, phone, "safe_to_leave_message");
  json_array_add_object_element (list, phone);
  return list;
}

static JsonArray *
looked_at (KithContactForm *self)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < self->resources->len; i++)
    json_array_add_string_element (list, self->resources->pdata[i]);
  return list;
}

/* answers: of the record, those that go along; NULL: none */
static JsonObject *
record_args (KithContactForm *self,
             JsonArray       *answers)
{
  g_autofree char *caller = gtk_widget_get_visible (GTK_WIDGET (self->caller_name)) ? kith_entry_text (self->caller_name) : NULL;
  g_autofree char *name = kith_entry_text (self->who), *postal_code = kith_entry_text (self->postal_code), *city = kith_entry_text (self->city);
  g_autofree char *email = kith_entry_text (self->email), *notes = kith_contact_form_notes (self), *born = kith_contact_form_read_birth (self);
  JsonObject *args = kith_json_new ("id", "s", self->made, "how", "s", kith_choice_row_get_code (self->how), "caller_kind", "s",
                                    kith_choice_row_get_code (self->caller_kind), "caller_name", "s", caller, "name", "s", name, "date_of_birth", "s",
                                    born && *born ? born : NULL, "phones", "a", phones (self), "email", "s", email, "city", "s", city, "postal_code", "s", postal_code,
                                    "referral", "s", self->referral, "notes", "s", *notes ? notes : NULL, "resources", "a", looked_at (self), "needs", "a",
                                    need_lines (self), "answers", "a", answers ? json_array_ref (answers) : NULL, NULL);

  kith_field_rows_collect (self->languages, args, FALSE);
  if (kith_switch_row_get_active (self->interpreter))
    json_object_set_boolean_member (args, "interpreter_needed", TRUE);
  if (kith_switch_row_get_active (self->do_not_contact))
    json_object_set_boolean_member (args, "do_not_contact", TRUE);
  return args;
}

/* The caller said yes on the phone, for so long (C1). */
static JsonObject *
release (KithContactForm *self)
{
  static const int days[] = { 30, 90, 183, 365 };
  guint term = MIN (adw_combo_row_get_selected (self->until), G_N_ELEMENTS (days) - 1);
  g_autofree char *until = kith_time_format (kith_context_get_now (kith_form_get_context (KITH_FORM (self))) + days[term] * DAY_MS);

  return kith_json_new ("classes", "a", kith_json_strings ("client", NULL), "until", "s", until, "basis", "s", "spoken_release", NULL);
}

/* alone: into the queue, without the need's service. */
static JsonObject *
assign_args (KithContactForm *self,
             KithContactNeed *need,
             gboolean         alone)
{
  g_autofree char *id = kith_context_new_id (kith_form_get_context (KITH_FORM (self)));
  const char *service = need && !alone ? need->service : NULL;
  gboolean given = service && !need->direct;
  const char *queue = given ? NULL : kith_contact_form_queue (self);
  JsonObject *args;

  args = kith_json_new ("contact", "s", self->made, "need", "s", need ? need->id : NULL, "id", "s", id, "type", "s", given ? "informational" : "direct",
                        "service", "s", service, "queue", "s", queue, "answers", "a",
                        given ? NULL : kith_contact_form_answers (self, NULL, service, queue), "release", "o",
                        need && need->direct && kith_switch_row_get_active (self->agreed) ? release (self) : NULL, NULL);
  if (!given)
    kith_field_rows_collect (self->receiver, args, FALSE);
  return args;
}

/* A queue goes with each service asked directly. Where none is, it takes the call by itself: for a need nothing was found for, else the first. */
static gboolean
queue_alone (KithContactForm  *self,
             KithContactNeed **need)
{
  *need = NULL;
  for (guint i = self->needs->len; i-- > 0;)
    {
      KithContactNeed *one = self->needs->pdata[i];

      if (one->direct)
        return FALSE;
      if (!*need || !one->service || (*need)->service)
        *need = one;
    }
  return kith_contact_form_queue (self) != NULL;
}

static guint
count_assigned (KithContactForm *self)
{
  KithContactNeed *need;
  guint n = queue_alone (self, &need);

  for (guint i = 0; i < self->needs->len; i++)
    n += ((KithContactNeed *) self->needs->pdata[i])->service != NULL;
  return n;
}

/* Refer on: what is assigned for the same need goes on from the referral that came to nothing. What is for another need leaves that one waiting; only
 * where it was for none does the first take its place. */
static void
link_previous (KithContactForm *self,
               GPtrArray       *assigned)
{
  JsonObject *linked = !self->previous_need && assigned->len > 0 ? assigned->pdata[0] : NULL;

  for (guint i = 0; self->previous_need && i < assigned->len; i++)
    if (g_strcmp0 (kith_json_string (assigned->pdata[i], "need"), self->previous_need) == 0)
      linked = assigned->pdata[i];
  if (self->previous && linked)
    json_object_set_string_member (linked, "previous", self->previous);
}

/* Arguments of contact.assign. (element-type JsonObject) (transfer container) */
static GPtrArray *
make_assigned (KithContactForm *self)
{
  GPtrArray *assigned = g_ptr_array_new ();
  KithContactNeed *waiting;

  for (guint i = 0; i < self->needs->len; i++)
    if (((KithContactNeed *) self->needs->pdata[i])->service)
      g_ptr_array_add (assigned, assign_args (self, self->needs->pdata[i], FALSE));
  if (queue_alone (self, &waiting))
    g_ptr_array_add (assigned, assign_args (self, waiting, TRUE));
  link_previous (self, assigned);
  return assigned;
}

/* As many of them as one operation takes, from the first on. NULL: there are none. Yours */
static JsonArray *
take_answers (JsonArray *all,
              guint      first)
{
  JsonArray *part;

  if (!all || first >= json_array_get_length (all))
    return NULL;
  part = json_array_new ();
  for (guint i = first; i < json_array_get_length (all) && i < first + KITH_ANSWERS_MOST_FORMS; i++)
    json_array_add_object_element (part, json_object_ref (json_array_get_object_element (all, i)));
  return part;
}

/* P2: a queue may have many forms of calls. What does not go along with the record follows it. */
static void
add_answers (KithContactForm *self,
             GPtrArray       *steps)
{
  g_autoptr (JsonArray) all = kith_contact_form_answers (self, "contact", NULL, NULL);
  g_autoptr (JsonArray) along = self->contact ? NULL : take_answers (all, 0);
  JsonArray *part;

  if (!self->contact)
    add_step (steps, "contact.record", record_args (self, along), TRUE);
  else if (!self->answered)
    return;
  for (guint first = along ? KITH_ANSWERS_MOST_FORMS : 0; (part = take_answers (all, first)); first += KITH_ANSWERS_MOST_FORMS)
    add_step (steps, "contact.answer", kith_json_new ("contact", "s", self->made, "answers", "a", part, NULL), FALSE);
}

static GPtrArray *
make_steps (KithContactForm *self)
{
  GPtrArray *steps = kith_store_steps_new ();
  g_autoptr (GPtrArray) assigned = make_assigned (self);

  add_answers (self, steps);
  for (guint i = 0; self->contact && i < self->needs->len; i++)
    {
      KithContactNeed *need = self->needs->pdata[i];

      if (!need->known)
        add_step (steps, "contact.add_need",
                  kith_json_new ("contact", "s", self->contact, "id", "s", need->id, "words", "s", need->words, "term", "s", need->term, NULL), FALSE);
    }
  for (guint i = 0; i < assigned->len; i++)
    add_step (steps, "contact.assign", assigned->pdata[i], TRUE);
  return steps;
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (KithContactForm) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean saved = kith_context_submit_finish (KITH_CONTEXT (source), result, &error);

  if (!saved)
    kith_form_refused (KITH_FORM (self), KITH_CONTEXT (source), error);
  else if (kith_form_get_context (KITH_FORM (self))) /* not locked or left meanwhile */
    kith_form_done (KITH_FORM (self), self->made);
}

/* Words, and where to put the focus. */
static const char *
problem (KithContactForm *self,
         GtkWidget      **where)
{
  g_autofree char *name = kith_entry_text (self->who), *caller = kith_entry_text (self->caller_name), *notes = kith_contact_form_notes (self);
  g_autofree char *born = kith_contact_form_read_birth (self);

  *where = GTK_WIDGET (self->date_of_birth);
  if (!self->contact && !born)
    return kith_day_is_first () ? _("The birth date is not understood. Write it as 1988, 7/4/1988 or 7 Apr 1988, or leave it empty.")
                                : _("The birth date is not understood. Write it as 1988, 4/7/1988 or 7 Apr 1988, or leave it empty.");
  *where = GTK_WIDGET (self->need);
  if (!self->contact && !name && !caller && !*notes && self->needs->len == 0)
    return _("Write down who called, what they need, or a note.");
  *where = GTK_WIDGET (self->suggest);
  if (self->contact && count_assigned (self) == 0 && !self->answered)
    return _("Choose a service for one of the needs, or a queue.");
  *where = GTK_WIDGET (self->who);
  if (!self->contact && kith_contact_form_sends (self) && !name && !caller)
    return _("Write the name the agency can ask for.");
  *where = GTK_WIDGET (self->agreed);
  if (kith_contact_form_sends (self) && !self->client_of && !kith_switch_row_get_active (self->agreed))
    return _("Ask the caller whether these agencies may be told, and note the answer. Without it, choose another service or a queue alone.");
  return NULL;
}

void
kith_contact_form_commit (KithForm *form)
{
  KithContactForm *self = KITH_CONTACT_FORM (form);
  GtkWidget *where;
  const char *wrong;
  g_autofree char *unanswered = NULL;

  if (*gtk_editable_get_text (GTK_EDITABLE (self->need)))
    kith_contact_form_take_need (self);
  wrong = problem (self, &where);
  unanswered = wrong ? NULL : kith_contact_form_questions_problem (self, &where);
  if (wrong || unanswered)
    {
      kith_form_tell (form, wrong ? wrong : unanswered);
      gtk_widget_grab_focus (where);
      return;
    }
  g_free (self->made);
  self->made = self->contact ? g_strdup (self->contact) : kith_context_new_id (kith_form_get_context (form));
  kith_form_submit (form, make_steps (self), self->contact ? _("Assigned") : self->referral ? _("Call recorded: the sender learns that you took it") : _("Call recorded"), saved_cb, g_object_ref (self));
}
