/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-referral-view-private.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "kith-referral-rules.h"
#include "referrals/kith-referral-brief.h"
#include "referrals/kith-referral-need.h"

/* What is shown */

static void
show_outcome (KithReferralView *self,
              KithRow          *row,
              const char       *reason,
              const char       *outcome)
{
  const char *words = kith_row_get_text (row, "end_text");
  g_autofree char *title = kith_referral_end_title (self->phase, reason, outcome, kith_row_get_text (row, "end_name"));

  gtk_widget_set_visible (self->outcome_card, title != NULL);
  gtk_widget_remove_css_class (self->outcome_card, "good");
  gtk_widget_remove_css_class (self->outcome_card, "warn");
  gtk_widget_add_css_class (self->outcome_card, g_strcmp0 (self->phase, "closed_resolved") == 0 ? "good" : "warn");
  gtk_label_set_text (self->outcome_title, title ? title : "");
  gtk_label_set_text (self->outcome_text, words ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->outcome_text), words != NULL);
}

static void
show_client (KithReferralView *self,
             KithRow          *row,
             JsonObject       *body,
             JsonObject       *detail)
{
  JsonObject *snapshot = detail ? kith_json_object (detail, "snapshot") : NULL;
  gint64 now = kith_context_get_now (self->context);
  const char *born = snapshot ? kith_json_string (snapshot, "date_of_birth") : NULL;
  g_autofree char *birth = born ? kith_format_birth (born, now) : snapshot ? g_strdup (_("Not known")) : NULL;
  const char *client = kith_json_string (body, "client");

  kith_facts_clear (self->client);
  kith_facts_set_title (self->client, g_strcmp0 (self->phase, "draft") == 0 || g_strcmp0 (self->phase, "pending_consent") == 0 ? _("The Client") : _("The client, as sent"));
  if (snapshot)
    {
      kith_facts_add (self->client, _("Preferred name"), kith_json_string (snapshot, "preferred_name"));
      kith_facts_add (self->client, _("Birth date"), birth);
      kith_facts_take (self->client, _("Phone"), kith_format_phones (snapshot, "\n"));
      kith_facts_take (self->client, _("Languages"), kith_format_languages (snapshot));
      kith_facts_take (self->client, _("Address"), kith_format_home (kith_json_object (snapshot, "address")));
    }
  /* C16: every receiver sees it, before anything else: as it was sent, and what the client's record says since. */
  gtk_widget_set_visible (self->do_not_contact, !kith_referral_is_brief (self->context) && kith_referral_no_contact (row, detail));
  if (self->composer)
    kith_composer_warn (self->composer, gtk_widget_get_visible (self->do_not_contact));
  gtk_widget_set_visible (self->hidden, detail == NULL && !kith_referral_is_brief (self->context));
  gtk_widget_set_visible (self->client_link, client && kith_row_get_int (row, "has_client") != 0 && !kith_referral_is_brief (self->context));
  if (client)
    {
      g_autofree char *place = g_strdup_printf ("clients/%s", client);

      /* The target first: a name whose action wants one is complained about. */
      gtk_actionable_set_action_target (GTK_ACTIONABLE (self->client_link), "s", place);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->client_link), "win.go");
    }
}

/* A decline that waits for its second step: the receiver's own, until it is confirmed. declined: a portal account knows that there is one (no more). */
static void
show_proposal (KithReferralView *self,
               JsonObject       *own,
               gboolean          waits,
               gboolean          declined)
{
  const char *reason = waits && own ? kith_json_string (own, "decline_reason") : NULL, *text = reason ? kith_json_string (own, "decline_text") : NULL;
  const char *by = reason ? kith_json_string (own, "declined_by") : NULL;
  /* Translators: who wants to decline a referral, and why: "Gil Foster proposes to decline: No capacity" */
  g_autofree char *title = reason ? g_strdup_printf (_("%s proposes to decline: %s"), by ? by : _("A colleague"), kith_format_reason ("decline_reason", reason, kith_json_string (own, "decline_name")))
                                    : waits && declined ? g_strdup (_("Declined, waits for confirmation")) : NULL;

  g_clear_pointer (&self->proposal, json_object_unref);
  if (reason)
    self->proposal = kith_json_new ("reason", "s", reason, "text", "s", text, "event", "s", kith_json_string (own, "decline_event"), NULL);
  gtk_widget_set_visible (self->proposal_card, title != NULL);
  gtk_label_set_text (self->proposal_title, title ? title : "");
  gtk_label_set_text (self->proposal_text, text ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->proposal_text), text != NULL);
}

/* What it goes on from, or went on as: the sender's alone. */
static void
show_link (GtkWidget  *link,
           const char *words,
           const char *id,
           const char *number)
{
  /* Translators: how another referral belongs to this one, and its number: "Went on as KA-0012" */
  g_autofree char *label = g_strdup_printf (_("%s %s"), words, number ? number : "");
  g_autofree char *place = id ? g_strconcat ("sent/", id, NULL) : NULL;

  gtk_widget_set_visible (link, id != NULL);
  if (!id)
    return;
  gtk_button_set_label (GTK_BUTTON (link), label);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (link), "s", place);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (link), "win.go");
}

/* What sharing rests on where it is no consent, what of the client that covers, who reads it too, and when both sides lose sight of it (C4, C5). */
static void
add_release (KithReferralView *self,
             JsonObject       *detail)
{
  const char *basis = detail ? kith_json_string (detail, "release_basis") : NULL, *until = basis ? kith_json_string (detail, "release_until") : NULL;
  g_autofree char *classes = basis ? kith_format_codes ("data_class", kith_json_array (detail, "release_classes"), "; ") : NULL;
  gint64 end, now = kith_context_get_now (self->context);
  g_autofree char *day = NULL, *what = NULL;

  if (!basis)
    return;
  what = kith_format_join (kith_format_code ("legal_basis", basis), classes, kith_json_bool (detail, "release_network", FALSE) ? _("network staff too") : NULL);
  kith_facts_add (self->facts, _("Shared under a release"), what);
  if (!until || !kith_time_parse (until, &end))
    return;
  day = kith_format_time (until, 0); /* with its year */
  /* Translators: the day a release ended */
  kith_facts_take (self->facts, _("Shared until"), end > now ? g_strdup (day) : g_strdup_printf (_("%s (over)"), day));
}

static void
show_facts (KithReferralView *self,
            KithRow          *row,
            JsonObject       *body,
            JsonObject       *detail,
            JsonObject       *course)
{
  gint64 now = kith_context_get_now (self->context);
  const char *from = kith_format_agency (kith_row_get_text (row, "agency_name"), kith_json_string (body, "agency")), *author = kith_row_get_text (row, "author_name");

  kith_facts_clear (self->facts);
  kith_facts_take (self->facts, _("From"), author ? g_strdup_printf ("%s, %s", from ? from : "", author) : g_strdup (from));
  kith_facts_add (self->facts, _("To"), kith_row_get_text (row, "agency_to_name"));
  kith_facts_add (self->facts, _("Service"), kith_json_string (body, "resource_name"));
  kith_facts_add (self->facts, _("Assigned to"), kith_row_get_text (row, "assignee_name"));
  /* What its queue calls it stands above; this is what every agency understands by it. */
  kith_facts_add (self->facts, _("Phase"), kith_referral_own_status (self->phase, kith_json_string (body, "status")) ? kith_format_code ("phase", self->phase) : NULL);
  kith_facts_add (self->facts, _("Type"), kith_format_code ("referral_kind", kith_referral_kind (kith_json_string (course, "type"), kith_json_string (body, "agency"), kith_json_string (body, "agency_to"))));
  kith_facts_take (self->facts, _("Sent"), kith_format_time (kith_json_string (course, "sent_at"), now));
  kith_facts_add (self->facts, _("Number"), kith_json_string (body, "number"));
  kith_facts_add (self->facts, _("Contact record"), kith_referral_call_number (row)); /* by which a portal account knows it (P12) */
  add_release (self, detail);
}

/**
 * kith_referral_view_show:
 * @rows: (element-type KithRow): of the query "referral": one, or none where it is not here
 * @user_data: the view
 */
void
kith_referral_view_show (GPtrArray *rows,
                         gpointer   user_data)
{
  KithReferralView *self = user_data;
  KithRow *row = rows->len > 0 ? rows->pdata[0] : NULL;
  JsonObject *body = row ? kith_row_body (row, "body") : NULL;
  gboolean brief = kith_referral_is_brief (self->context); /* P12: eight fields, whatever else may be on this computer still */
  JsonObject *detail = row && !brief ? kith_row_body (row, "detail") : NULL, *course = row && !brief ? kith_row_body (row, "course") : NULL;
  g_autofree char *meta = NULL, *call = NULL;
  const char *urgency, *name, *number, *other, *outcome;
  gboolean sent;

  gtk_widget_set_visible (self->content, body != NULL);
  gtk_widget_set_visible (self->scroller, !kith_referral_left_show (self->left, self->context, body ? NULL : self->id));
  if (!body)
    return;
  g_free (self->phase);
  self->phase = g_strdup (kith_json_string (body, "phase"));
  sent = g_strcmp0 (self->phase, "sent") == 0;
  name = kith_json_string (body, "contact_name");
  gtk_label_set_text (self->name, name ? name : _("Name withheld"));
  number = kith_referral_number (self->context, row);
  other = kith_referral_other_number (self->context, row);
  /* Translators: the number of the contact record a referral was made from: "Emergency overnight bed · KA-0012 · contact record NA-0007" */
  call = other && g_strcmp0 (other, kith_referral_call_number (row)) == 0 ? g_strdup_printf (_("contact record %s"), other) : g_strdup (other);
  g_free (self->about);
  self->about = number ? g_strdup_printf ("%s, %s", gtk_label_get_text (self->name), number) : g_strdup (gtk_label_get_text (self->name));
  meta = kith_format_join (kith_json_string (body, kith_json_string (body, "resource_name") ? "resource_name" : "queue_name"), number, call);
  gtk_label_set_text (self->meta, meta);
  kith_status_pill_set_status (self->pill, self->phase, kith_json_string (body, "status"));
  g_free (self->status);
  self->status = g_strdup (kith_format_status (self->phase, kith_json_string (body, "status")));
  urgency = detail ? kith_json_string (detail, "urgency") : NULL;
  outcome = detail ? kith_json_string (detail, "outcome") : NULL;
  kith_status_pill_set (self->urgency_pill, "dialog-warning-symbolic",
                        urgency && !g_str_equal (urgency, "routine") ? kith_format_code ("urgency", urgency) : NULL,
                        g_strcmp0 (urgency, "urgent") == 0 ? "bad" : "warn");
  kith_status_pill_set_due (self->due, sent && course ? kith_json_string (course, "due_on") : NULL, kith_context_get_now (self->context));
  gtk_widget_set_visible (self->pending, kith_row_get_int (row, "pending") != 0);
  gtk_widget_set_visible (GTK_WIDGET (self->loop), g_strcmp0 (self->phase, "given") != 0);
  gtk_widget_set_visible (self->taken_back, !brief && kith_json_bool (body, "revoked", FALSE));
  show_outcome (self, row, course ? kith_json_string (course, "reason") : NULL, outcome);
  g_set_object (&self->row, row);
  kith_referral_need_show (self->need, self->loop, row, brief);
  show_client (self, row, body, detail);
  show_proposal (self, brief ? NULL : kith_row_body (row, "own"), sent, kith_row_get_int (row, "decline_waits") != 0);
  g_free (self->of_client);
  self->of_client = g_strdup (kith_json_string (body, "client"));
  g_free (self->of_call);
  self->of_call = g_strdup (kith_json_string (body, "contact_record"));
  self->turn = kith_json_int (body, "turn", 0);
  self->to_agency = kith_json_string (body, "agency_to") != NULL;
  self->within = kith_json_string (body, "agency") && g_strcmp0 (kith_json_string (body, "agency"), kith_json_string (body, "agency_to")) == 0;
  show_link (self->previous_link, _("Goes on from"), brief ? NULL : kith_row_get_text (row, "previous"), kith_row_get_text (row, "previous_number"));
  show_link (self->next_link, _("Went on as"), brief ? NULL : kith_row_get_text (row, "next"), kith_row_get_text (row, "next_number"));
  if (!brief)
    gtk_widget_set_visible (self->story, TRUE);
  if (brief)
    kith_referral_brief_show (self->context, self->facts, row);
  else
    show_facts (self, row, body, detail, course);
  kith_referral_extra_set_client (self->extra, self->of_client, g_strcmp0 (kith_json_string (body, "agency"), kith_context_get_side (self->context)) != 0);
  kith_referral_place_follow (self->place, body, course);
  kith_reading_show (self->reading, "referral", detail ? self->id : NULL, self->of_client); /* more than the eight fields */
  kith_referral_view_ask_steps (self);
}
