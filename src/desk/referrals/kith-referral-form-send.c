/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sending: a consent recorded in the form goes first, then the referral, then the files: all of it or nothing. */

#include "kith-referral-form-private.h"

#include <glib/gi18n.h>

#include "kith-day-order.h"
#include "kith-page.h"
#include "kith-text.h"
#include "print/kith-print-window.h"
#include "widgets/kith-choice-row.h"

static void
fail (KithReferralForm *self,
      const GError     *error)
{
  if (!kith_form_get_context (KITH_FORM (self))) /* locked meanwhile: the draft is there */
    return;
  kith_form_set_busy (KITH_FORM (self), FALSE);
  kith_form_tell (KITH_FORM (self), error->message);
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (KithReferralForm) self = user_data;
  g_autoptr (GError) error = NULL;

  if (kith_context_submit_finish (KITH_CONTEXT (source), result, &error))
    {
      kith_referral_form_sent (self);
      return;
    }
  kith_referral_attach_drop_kept (self->attach);
  kith_form_refused (KITH_FORM (self), KITH_CONTEXT (source), error);
}

/* A lock in between: it is sent, and nobody sees the form any more. */
void
kith_referral_form_sent (KithReferralForm *self)
{
  if (!kith_form_get_context (KITH_FORM (self)))
    return;
  /* D3: nothing is sent; the client goes there alone, with this in hand. */
  if (kith_referral_form_gives_only (self) && (self->service || self->agency))
    gtk_window_present (GTK_WINDOW (kith_print_window_new_handout (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), kith_form_get_context (KITH_FORM (self)),
                                                                   self->service ? "service" : "organization", self->service ? self->service : self->agency, self->client)));
  kith_form_done (KITH_FORM (self), self->client && !self->previous && !self->editing ? self->client : self->sent);
}

/* Nothing covers it, and the sender lets it wait. */
static gboolean
kept_back (KithReferralForm *self)
{
  return self->keeps && !self->drafts && !self->covered && !self->consent && !kith_referral_form_gives_only (self);
}

/* As it is read there. Yours; empty: nothing is said */
static char *
whole_request (KithReferralForm *self)
{
  g_autofree char *written = kith_referral_form_request (self), *first = kith_referral_form_first_words (self);

  if (!first || g_str_has_prefix (written, first)) /* it was sent so before, and is changed */
    return g_steal_pointer (&written);
  return g_strjoin ("\n", first, *written ? written : NULL, NULL);
}

static JsonObject *
collect_args (KithReferralForm *self)
{
  const char *type = kith_referral_form_type (self);
  /* A service that takes no direct referrals: the hand-off goes to its agency (D9). */
  gboolean to_agency = !kith_referral_form_is_queue (self) && (!self->service || (!self->direct && g_str_equal (type, "warm")));
  g_autofree char *need = kith_entry_text (self->need);
  g_autofree char *request = whole_request (self);
  g_autofree char *note = kith_referral_form_gives_only (self) ? NULL : kith_entry_text (self->note); /* P12: among the eight fields */
  JsonObject *args = kith_json_new ("id", "s", self->sent, "client", "s", self->client, "type", "s", type,
                                    "service", "s", to_agency ? NULL : self->service, "agency_to", "s", to_agency ? self->agency : NULL, "queue", "s",
                                    kith_referral_form_get_queue (self), "answers", "a", kith_referral_form_answers (self), "health", "b",
                                    kith_referral_attach_has_health (self->attach) && !kith_referral_form_gives_only (self), "need", "s", need,
                                    "urgency", "s", kith_choice_row_get_code (self->urgency), "request", "s", *request && !kith_referral_form_says_nothing (self) ? request : NULL, "note", "s", note,
                                    "release", "o", kith_referral_form_has_release (self) && !kith_referral_form_gives_only (self) && !self->covered && !self->drafts ? kith_referral_form_release (self) : NULL,
                                    "previous", "s", self->previous, NULL);

  if (kept_back (self))
    json_object_set_boolean_member (args, "wait", TRUE);
  if (self->drafts)
    json_object_set_boolean_member (args, "draft", TRUE);
  if (kith_referral_form_edits_standing (self))
    kith_referral_form_keep_of_original (self, args);
  if (!self->client && !self->of_call && !kith_referral_form_says_nothing (self))
    {
      g_autofree char *name = kith_entry_text (self->contact_name);
      g_autofree char *phone = kith_entry_text (self->phone);
      g_autofree char *born = kith_referral_form_read_birth (self);

      json_object_set_string_member (args, "contact_name", name);
      if (phone)
        json_object_set_string_member (args, "phone", phone);
      if (born && *born)
        json_object_set_string_member (args, "date_of_birth", born);
    }
  return args;
}

static JsonObject *
collect_consent (KithReferralForm *self)
{
  JsonObject *args = kith_consent_fields_collect (self->consent);
  g_autofree char *id = kith_context_new_id (kith_form_get_context (KITH_FORM (self)));

  json_object_set_string_member (args, "id", id);
  json_object_set_string_member (args, "client", self->client);
  return args;
}

/* With 2-1-1, which took the call. */
static gboolean
stays (KithReferralForm *self)
{
  return self->of_call && kith_referral_form_is_queue (self);
}

static JsonObject *
needed_consent (KithReferralForm *self)
{
  return !kith_referral_form_gives_only (self) && !self->drafts && !kept_back (self) && !self->covered && !stays (self) && !kith_referral_form_has_release (self) ? collect_consent (self) : NULL;
}

/* Those taken off a draft that stands: they go in the act that says so, for one that is refused is to take nothing. Yours; NULL: none */
static JsonArray *
taken_off (KithReferralForm *self)
{
  JsonArray *off = NULL;

  for (guint i = 0; self->attached && i < self->attached->len; i++)
    if (kith_referral_form_gives_only (self) || (self->knows_attached && !kith_referral_attach_keeps (self->attach, kith_row_get_id (self->attached->pdata[i]))))
      {
        off = off ? off : json_array_new ();
        json_array_add_string_element (off, kith_row_get_id (self->attached->pdata[i]));
      }
  return off;
}

/* files: (element-type KithStoreStep), transfer full. */
static void
send_with (KithReferralForm *self,
           GPtrArray        *files)
{
  JsonObject *consent = needed_consent (self), *args;
  JsonArray *off;
  GPtrArray *steps;
  g_autofree char *done = NULL;

  if (self->editing && !kith_referral_form_edits_standing (self))
    {
      kith_referral_form_save_edit (self, collect_args (self), consent, files);
      return;
    }
  steps = kith_store_steps_new ();
  done = kith_page_done (GTK_WIDGET (self), self->drafts ? _("Kept as a draft: it stands in Sent") : kept_back (self) ? _("Kept until the client agrees") : kith_referral_form_gives_only (self) ? (self->client ? _("Noted in the client’s history") : self->of_call ? _("Noted with the call") : _("Noted that it was given"))
                                            : kith_referral_form_is_internal (self) ? _("Goes to your colleagues")
                                            : g_str_equal (kith_referral_form_type (self), "warm") ? _("Warm hand-off goes out") : _("Referral goes out"));
  if (consent)
    g_ptr_array_add (steps, kith_store_step_new ("consent.record", consent, FALSE));
  args = collect_args (self);
  off = self->editing ? taken_off (self) : NULL;
  if (off)
    json_object_set_array_member (args, "taken_off", off);
  g_ptr_array_add (steps, kith_store_step_new ("referral.send", args, !self->editing)); /* a draft has its number */
  g_ptr_array_extend_and_steal (steps, files);
  kith_form_submit (KITH_FORM (self), steps, done, sent_cb, g_object_ref (self));
}

static void
kept_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (KithReferralForm) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *files = kith_referral_attach_keep_finish (KITH_REFERRAL_ATTACH (source), result, &error);

  if (!files)
    fail (self, error);
  else if (kith_form_get_context (KITH_FORM (self)))
    send_with (self, files);
  else /* locked meanwhile: the draft is there, and names them */
    {
      g_ptr_array_unref (files);
      kith_referral_attach_drop_kept (KITH_REFERRAL_ATTACH (source));
    }
}

/* Words, and where to put the focus. */
static const char *
problem (KithReferralForm *self,
         GtkWidget       **where)
{
  g_autofree char *need = kith_entry_text (self->need);
  g_autofree char *name = kith_entry_text (self->contact_name);
  g_autofree char *born = kith_referral_form_read_birth (self);

  *where = GTK_WIDGET (self->need);
  if (self->editing && !self->original)
    return _("This referral has gone out and cannot be changed any more.");
  *where = GTK_WIDGET (self->contact_name);
  if (!self->client && !self->of_call && !kith_referral_form_says_nothing (self) && !name)
    return _("Write the name the client wants to be known by there.");
  *where = GTK_WIDGET (self->date_of_birth);
  if (!self->client && !self->of_call && !kith_referral_form_says_nothing (self) && !born)
    return kith_day_is_first () ? _("The birth date is not understood. Write it as 1988, 7/4/1988 or 7 Apr 1988, or leave it empty.")
                                : _("The birth date is not understood. Write it as 1988, 4/7/1988 or 7 Apr 1988, or leave it empty.");
  *where = GTK_WIDGET (self->suggest);
  if (!kith_referral_form_is_chosen (self))
    return _("Choose the service, the agency or the queue this goes to.");
  *where = GTK_WIDGET (self->need);
  if (kith_referral_form_gives_only (self) || self->drafts)
    return NULL;
  if (!need && !self->of_call)
    return _("Say in a few words what the client needs.");
  if (self->covered || kith_referral_form_has_release (self) || stays (self))
    return NULL;
  *where = self->check_button;
  if (self->keeps && !self->consent)
    return NULL;
  if (!self->consent)
    return _("The client’s consent is missing. Record it below, then send.");
  *where = GTK_WIDGET (self->consent);
  return kith_consent_fields_problem (self->consent);
}

/* Says what is missing and puts the focus there; else keeps the files and saves it all at once. What is being edited keeps its id. */
static void
commit (KithReferralForm *self)
{
  KithForm *form = KITH_FORM (self);
  GtkWidget *where;
  const char *wrong = problem (self, &where);
  g_autofree char *unanswered = wrong || self->drafts ? NULL : kith_referral_form_questions_problem (self, &where);

  if (wrong || unanswered)
    {
      kith_form_tell (form, wrong ? wrong : unanswered);
      if (where == GTK_WIDGET (self->consent) ? !kith_consent_fields_focus_problem (self->consent) : !gtk_widget_grab_focus (where))
        gtk_widget_child_focus (where, GTK_DIR_TAB_FORWARD);
      return;
    }
  kith_form_set_busy (form, TRUE);
  g_free (self->sent);
  self->sent = self->editing ? g_strdup (self->editing) : kith_context_new_id (kith_form_get_context (form));
  if (kith_referral_form_gives_only (self))
    send_with (self, kith_store_steps_new ());
  else
    kith_referral_attach_keep_async (self->attach, self->sent, kept_cb, g_object_ref (self));
}

/* One that waits already, and has not gone to the hub yet, goes on waiting when it is changed. */
void
kith_referral_form_commit (KithForm *form)
{
  KithReferralForm *self = KITH_REFERRAL_FORM (form);

  self->drafts = FALSE;
  self->keeps = self->original && kith_json_bool (self->original, "wait", FALSE);
  commit (self);
}

void
kith_referral_form_keep_draft (KithReferralForm *self)
{
  self->drafts = TRUE;
  commit (self);
}

/* 2e: nothing of it leaves until the client agrees. */
void
kith_referral_form_keep (KithReferralForm *self)
{
  self->drafts = FALSE;
  self->keeps = TRUE;
  commit (self);
}
