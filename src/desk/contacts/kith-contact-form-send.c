/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Saving: the record first, then what is assigned from it, one operation after the other. */

#include "kith-contact-form-private.h"

#include <glib/gi18n.h>

#include "widgets/kith-choice-row.h"

#define DAY_MS G_GINT64_CONSTANT (86400000)

typedef struct
{
  const char *operation;
  JsonObject *args; /* NULL: handed over */
} Step;

typedef struct
{
  KithContactForm *form;
  GPtrArray *steps; /* (element-type Step) */
  guint next;
} Saving;

static void
step_free (gpointer data)
{
  Step *step = data;

  g_clear_pointer (&step->args, json_object_unref);
  g_free (step);
}

static void
saving_free (Saving *saving)
{
  g_ptr_array_unref (saving->steps);
  g_object_unref (saving->form);
  g_free (saving);
}

static void
add_step (GPtrArray  *steps,
          const char *operation,
          JsonObject *args)
{
  Step *step = g_new0 (Step, 1);

  step->operation = operation;
  step->args = args;
  g_ptr_array_add (steps, step);
}

/* ---- what is said */

static JsonArray *
need_lines (KithContactForm *self)
{
  JsonArray *lines = json_array_new ();

  for (guint i = 0; i < self->needs->len; i++)
    {
      KithContactNeed *need = self->needs->pdata[i];

      json_array_add_object_element (lines, kith_json_new ("id", "s", need->id, "words", "s", need->words, NULL));
    }
  return lines;
}

static JsonArray *
phones (KithContactForm *self)
{
  g_autofree char *number = kith_entry_text (self->phone);
  JsonArray *list;

  if (!number)
    return NULL;
  list = json_array_new ();
  json_array_add_object_element (list, kith_json_new ("number", "s", number, "safe_to_leave_message", "b", gtk_switch_get_active (self->message), NULL));
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

static JsonObject *
record_args (KithContactForm *self,
             const char      *number)
{
  g_autofree char *caller = gtk_widget_get_visible (GTK_WIDGET (self->caller_name)) ? kith_entry_text (self->caller_name) : NULL;
  g_autofree char *name = kith_entry_text (self->who), *postal_code = kith_entry_text (self->postal_code), *city = kith_entry_text (self->city);
  g_autofree char *email = kith_entry_text (self->email), *notes = kith_contact_form_notes (self), *born = kith_contact_form_read_birth (self);
  JsonObject *args = kith_json_new ("id", "s", self->made, "number", "s", number, "how", "s", kith_choice_row_get_code (self->how), "caller_kind", "s",
                                    kith_choice_row_get_code (self->caller_kind), "caller_name", "s", caller, "name", "s", name, "date_of_birth", "s",
                                    born && *born ? born : NULL, "phones", "a", phones (self), "email", "s", email, "city", "s", city, "postal_code", "s", postal_code,
                                    "referral", "s", self->referral, "notes", "s", *notes ? notes : NULL, "resources", "a", looked_at (self), "needs", "a",
                                    need_lines (self), NULL);

  if (gtk_switch_get_active (self->interpreter))
    json_object_set_boolean_member (args, "interpreter_needed", TRUE);
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

static JsonObject *
assign_args (KithContactForm *self,
             KithContactNeed *need,
             const char      *number)
{
  g_autofree char *id = kith_context_new_id (kith_form_get_context (KITH_FORM (self)));
  gboolean given = need && need->service && !need->direct;

  return kith_json_new ("contact", "s", self->made, "need", "s", need ? need->id : NULL, "id", "s", id, "number", "s", number, "type", "s",
                        given ? "informational" : "direct", "service", "s", need ? need->service : NULL, "queue", "s",
                        given ? NULL : kith_contact_form_queue (self), "release", "o",
                        need && need->direct && gtk_switch_get_active (self->agreed) ? release (self) : NULL, NULL);
}

/* Each need with a service; a queue without any takes the call as it is. */
static guint
count_assigned (KithContactForm *self)
{
  guint n = 0;

  for (guint i = 0; i < self->needs->len; i++)
    n += ((KithContactNeed *) self->needs->pdata[i])->service != NULL;
  return n > 0 ? n : kith_contact_form_queue (self) ? 1 : 0;
}

static GPtrArray *
make_steps (KithContactForm *self,
            GStrv            numbers)
{
  GPtrArray *steps = g_ptr_array_new_with_free_func (step_free);
  guint next = 0;
  gboolean any = FALSE;

  if (!self->contact)
    add_step (steps, "contact.record", record_args (self, numbers[next++]));
  for (guint i = 0; self->contact && i < self->needs->len; i++)
    {
      KithContactNeed *need = self->needs->pdata[i];

      if (!need->known)
        add_step (steps, "contact.add_need", kith_json_new ("contact", "s", self->contact, "id", "s", need->id, "words", "s", need->words, NULL));
    }
  for (guint i = 0; i < self->needs->len; i++)
    {
      KithContactNeed *need = self->needs->pdata[i];

      if (!need->service)
        continue;
      any = TRUE;
      add_step (steps, "contact.assign", assign_args (self, need, numbers[next++]));
    }
  if (!any && kith_contact_form_queue (self))
    add_step (steps, "contact.assign", assign_args (self, self->needs->len > 0 ? self->needs->pdata[0] : NULL, numbers[next++]));
  return steps;
}

/* ---- one after the other */

static void step_next (Saving *saving);

static void
step_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Saving *saving = user_data;
  KithContactForm *self = saving->form;
  g_autoptr (GError) error = NULL;

  if (kith_context_submit_finish (KITH_CONTEXT (source), result, &error))
    {
      step_next (saving);
      return;
    }
  kith_form_set_busy (KITH_FORM (self), FALSE);
  if (saving->next == 1) /* nothing was taken: all of it is still here */
    kith_form_tell (KITH_FORM (self), error->message);
  else
    {
      /* The record is safe, and what was assigned before; the rest is done from there. */
      kith_context_problem (KITH_CONTEXT (source), _("The call is recorded; not everything was assigned"), error);
      kith_form_drop_draft (KITH_FORM (self));
      kith_form_done (KITH_FORM (self), self->made);
    }
  saving_free (saving);
}

static void
step_next (Saving *saving)
{
  KithContactForm *self = saving->form;
  KithContext *context = kith_form_get_context (KITH_FORM (self));

  if (!context) /* locked meanwhile */
    {
      saving_free (saving);
      return;
    }
  if (saving->next < saving->steps->len)
    {
      Step *step = saving->steps->pdata[saving->next++];
      gboolean last = saving->next == saving->steps->len;

      kith_context_submit (context, step->operation, g_steal_pointer (&step->args), !last ? NULL : self->contact ? _("Assigned") : _("Call recorded"), FALSE, step_cb, saving);
      return;
    }
  kith_form_drop_draft (KITH_FORM (self));
  kith_form_done (KITH_FORM (self), self->made);
  saving_free (saving);
}

static gpointer
numbers_job (gpointer      store,
             gpointer      data,
             GCancellable *cancellable,
             GError      **error)
{
  guint n = GPOINTER_TO_UINT (data);
  g_auto (GStrv) numbers = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    if (!(numbers[i] = kith_store_next_number (store, error)))
      return NULL;
  return g_steal_pointer (&numbers);
}

static void
numbers_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (KithContactForm) self = user_data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) numbers = kith_desktop_job_finish (KITH_DESKTOP (source), result, &error);
  KithContext *context = kith_form_get_context (KITH_FORM (self));
  Saving *saving;

  if (!numbers || !context)
    {
      kith_form_set_busy (KITH_FORM (self), FALSE);
      if (context)
        kith_form_tell (KITH_FORM (self), error->message);
      return;
    }
  g_free (self->made);
  self->made = self->contact ? g_strdup (self->contact) : kith_context_new_id (context);
  saving = g_new0 (Saving, 1);
  saving->form = g_object_ref (self);
  saving->steps = make_steps (self, numbers);
  step_next (saving);
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
    return _("The birth date is not understood. Write it as 1988, 4/7/1988 or 7 Apr 1988, or leave it empty.");
  *where = GTK_WIDGET (self->need);
  if (!self->contact && !name && !caller && !*notes && self->needs->len == 0)
    return _("Write down who called, what they need, or a note.");
  *where = GTK_WIDGET (self->suggest);
  if (self->contact && count_assigned (self) == 0)
    return _("Choose a service for one of the needs, or a queue.");
  *where = GTK_WIDGET (self->who);
  if (!self->contact && kith_contact_form_sends (self) && !name && !caller)
    return _("Write the name the agency can ask for.");
  *where = GTK_WIDGET (self->agreed);
  if (kith_contact_form_sends (self) && !self->client_of && !gtk_switch_get_active (self->agreed))
    return _("Ask the caller whether these agencies may be told, and note the answer. Without it, choose another service or a queue alone.");
  return NULL;
}

void
kith_contact_form_commit (KithForm *form)
{
  KithContactForm *self = KITH_CONTACT_FORM (form);
  GtkWidget *where;
  const char *wrong;
  guint n;

  if (*gtk_editable_get_text (GTK_EDITABLE (self->need)))
    kith_contact_form_take_need (self);
  wrong = problem (self, &where);
  if (wrong)
    {
      kith_form_tell (form, wrong);
      gtk_widget_grab_focus (where);
      return;
    }
  kith_form_set_busy (form, TRUE);
  n = count_assigned (self) + (self->contact ? 0 : 1);
  kith_desktop_store_async (kith_context_get_desktop (kith_form_get_context (form)), numbers_job, GUINT_TO_POINTER (n), NULL, NULL, numbers_cb, g_object_ref (self));
}
