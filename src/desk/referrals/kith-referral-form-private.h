/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "capacity/kith-capacity-box.h"
#include "kith-referral-attach.h"
#include "kith-referral-form.h"
#include "clients/kith-consent-fields.h"
#include "directory/kith-service-narrow.h"
#include "kith-watch.h"
#include "widgets/kith-question-rows.h"
#include "widgets/kith-status-pill.h"
#include "widgets/kith-suggest.h"
#include "widgets/kith-switch-row.h"

struct _KithReferralForm
{
  KithForm parent_instance;
  char *client;         /* NULL: without a client record, under a written release (C15) */
  char *previous;       /* the referral this one goes on from; NULL: none */
  char *sent;           /* the referral's id, once it is made */
  char *editing;        /* one that waits to be sent and is written otherwise; NULL: a new one */
  JsonObject *original; /* its arguments, once they are here */
  gboolean of_call;     /* what is changed was assigned from a call, which has the need and whose it is (contact.assign) */
  KithRow *editing_row; /* the names of where it goes */
  gboolean knows_attached; /* the form has listed them: what is not among its files any more was taken off */
  GPtrArray *attached;  /* what goes with it so far, (element-type KithRow); NULL: not read yet */
  /* Where to: a service, an agency as a whole, or a queue, which is 2-1-1's (agency: "network"); all NULL: not chosen yet. */
  char *service, *agency, *queue, *target_name, *agency_name;
  gboolean direct;      /* the service takes direct referrals */
  gboolean unanswered;  /* nobody at the agency answers in Kith: nothing can be handed to the whole of it (D4, D9) */
  gboolean filled;      /* from the previous one, once */
  gboolean keeps;       /* without consent it is kept until the client agrees */
  gboolean drafts;      /* it is kept as a draft, whatever is missing */
  gboolean covered;     /* a consent in force covers the agency chosen */

  KithCapacityBox *capacity;
  GtkWidget *scroller, *chosen_group, *who_group, *release_group, *request_box;
  AdwBin *suggest_place, *narrow_place, *consent_place, *attach_place, *service_questions, *queue_questions; /* the last two: KithQuestionRows, of who asks */
  KithReferralAttach *attach;
  KithSuggest *suggest;
  KithServiceNarrow *narrow;
  AdwActionRow *client_row, *previous_row, *chosen_row;
  AdwEntryRow *need, *note, *contact_name, *date_of_birth, *phone;
  GtkMenuButton *template_button; /* of the note */
  AdwComboRow *urgency, *type, *queue_row, *basis, *until;
  KithSwitchRow *health, *network;
  GtkTextView *request;
  GtkWidget *check_card, *check_button, *wait_button, *draft_button;
  GtkImage *check_image;
  GtkLabel *check_title, *check_text, *how_words, *request_title, *kept;
  KithConsentFields *consent; /* NULL until it is recorded here */

  GPtrArray *consents; /* bodies, (element-type JsonObject) */
  GPtrArray *queues;   /* in use, (element-type KithRow) */
  GPtrArray *fitting;  /* those the service chosen may be put in besides, as queue_row shows them after "none" (element-type KithRow) */
  JsonArray *answers;  /* of a draft, until their questions are there; or NULL */
  KithWatch *client_watch, *consent_watch, *kept_watch, *previous_watch, *queues_watch, *fitting_watch, *service_form_watch, *queue_form_watch, *editing_watch, *attached_watch, *template_watch, *answers_watch;
};

/* kith-referral-form-check.c */
const char *kith_referral_form_type (KithReferralForm *self);            /* of referral_type, as the drop-down says */
gboolean kith_referral_form_gives_only (KithReferralForm *self);         /* D3 */
void kith_referral_form_set_types (KithReferralForm *self, const char *type); /* what the service chosen takes; type: to select, or NULL */
gboolean kith_referral_form_is_unanswered (KithReferralForm *self);      /* only information can be given: nobody would read more there */
gboolean kith_referral_form_has_release (KithReferralForm *self);
void kith_referral_form_check (KithReferralForm *self);                  /* says what lets it go out, or what is missing */
JsonObject *kith_referral_form_release (KithReferralForm *self);         /* yours */
void kith_referral_form_fill_release (KithReferralForm *self);
int kith_referral_form_term (int days);                                  /* which of the terms offered is nearest */

/* kith-referral-form-search.c */
extern const KithSuggestSource kith_referral_targets; /* services, agencies and queues; hits are KithRow */
void kith_referral_form_describe (KithContext *context, gpointer row, AdwActionRow *line);
const char *kith_referral_form_kind_of (KithRow *row); /* of such a hit: "service", "organization" or "queue" */

/* kith-referral-form-target.c */
void kith_referral_form_pick (KithReferralForm *self, KithRow *row);
void kith_referral_form_choose (KithReferralForm *self, JsonObject *target); /* as kith_referral_form_add_target() wrote it; {}: nothing */
void kith_referral_form_add_target (KithReferralForm *self, JsonObject *draft);
gboolean kith_referral_form_is_chosen (KithReferralForm *self);
gboolean kith_referral_form_is_internal (KithReferralForm *self);  /* to this agency itself */
gboolean kith_referral_form_is_queue (KithReferralForm *self);     /* to a queue, and to no agency */
const char *kith_referral_form_get_queue (KithReferralForm *self); /* the queue it goes to, also beside a service; NULL: none */
void kith_referral_form_queue_changed (KithReferralForm *self);
void kith_referral_form_start (KithReferralForm *self);            /* begins to watch queues */
JsonArray *kith_referral_form_answers (KithReferralForm *self);    /* yours; NULL: none */
char *kith_referral_form_questions_problem (KithReferralForm *self, GtkWidget **where); /* yours; NULL: none */

/* kith-referral-form.c */
void kith_referral_form_type_changed (KithReferralForm *self); /* says what the type means, and asks for what it needs */
char *kith_referral_form_read_birth (KithReferralForm *self); /* yours; NULL: not understood */
char *kith_referral_form_request (KithReferralForm *self);    /* yours */
char *kith_referral_form_first_words (KithReferralForm *self); /* which service a hand-off to its agency is about; yours, NULL: it goes to what was chosen */
gboolean kith_referral_form_says_nothing (KithReferralForm *self); /* of the client: what a victim service agency only gave them is noted without (C15) */

/* kith-referral-form-edit.c */
gboolean kith_referral_form_edits_draft (KithReferralForm *self);  /* one that was kept as such, at the hub already or on the way there */
gboolean kith_referral_form_edits_standing (KithReferralForm *self); /* at the hub already: it is sent again under its id */
void kith_referral_form_keep_of_original (KithReferralForm *self, JsonObject *args); /* what the form does not ask */
void kith_referral_form_begin_edit (KithReferralForm *self);
void kith_referral_form_save_edit (KithReferralForm *self, JsonObject *args, JsonObject *consent, GPtrArray *files); /* takes all; consent may be NULL */

/* kith-referral-form-note.c */
void kith_referral_form_note_class_init (GtkWidgetClass *widget_class);
void kith_referral_form_offer_templates (KithReferralForm *self); /* begins to watch them */

/* kith-referral-form-send.c */
void kith_referral_form_sent (KithReferralForm *self); /* it is in the outbox: files follow, the form is over */
void kith_referral_form_commit (KithForm *form);
void kith_referral_form_keep_draft (KithReferralForm *self); /* nobody else gets it; it stands in Sent */
void kith_referral_form_keep (KithReferralForm *self); /* the same; without consent it waits for it */
