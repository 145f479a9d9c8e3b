/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "directory/kith-service-narrow.h"
#include "kith-contact-earlier.h"
#include "kith-contact-form.h"
#include "kith-watch.h"
#include "widgets/kith-field-rows.h"
#include "widgets/kith-status-pill.h"
#include "widgets/kith-suggest.h"
#include "widgets/kith-switch-row.h"

/* One line of the form: a need, and the service chosen for it. */
typedef struct
{
  char *id, *words;
  char *term, *term_name; /* of the taxonomy; NULL: none */
  char *service, *service_name, *agency, *agency_name; /* NULL: none yet */
  gboolean direct;          /* the service takes direct referrals */
  gboolean known;           /* of the record already */
  AdwActionRow *row;        /* owned by the list */
  GtkCheckButton *current;  /* what is looked for next is for this one */
  GtkButton *remove;
  KithStatusPill *pill;
  char *vacant;             /* what its service says of its free places; NULL: nothing, or not read yet */
  KithWatch *capacity;      /* of that service */
} KithContactNeed;

struct _KithContactForm
{
  KithForm parent_instance;
  char *contact;   /* whose needs are assigned; NULL: a new record */
  char *referral;  /* the warm referral it answers; NULL: none */
  char *previous;  /* the referral of this call it goes on from; NULL: none */
  char *previous_need; /* what that was for; NULL: none, or not known yet */
  char *client_of; /* the record, or the referral, has a client: consent decides; NULL: none */
  char *made;      /* the id of what is saved */
  gboolean quiet;  /* what changes was not typed: a draft that is on its way is still taken */
  gboolean filled; /* from the referral, once */
  gboolean has_terms; /* there is a taxonomy to name needs by */

  AdwBin *languages_place;
  KithFieldRows *languages;
  AdwBin *receiver_place;
  KithFieldRows *receiver; /* urgency, request and note, for whoever is asked (P12) */
  KithContactEarlier *earlier; /* calls from this number */
  GtkWidget *scroller, *who_group, *more_group, *notes_group, *release_group, *receiver_group;
  AdwPreferencesGroup *needs_group;
  AdwBin *suggest_place, *narrow_place;
  KithSuggest *suggest;
  KithServiceNarrow *narrow;
  AdwComboRow *how, *caller_kind, *queue, *until;
  AdwEntryRow *caller_name, *who, *phone, *postal_code, *city, *date_of_birth, *email, *need;
  KithSwitchRow *interpreter, *do_not_contact, *agreed;
  AdwComboRow *message;
  GtkTextView *notes;

  GtkCheckButton *anchor; /* of the needs' group, shown nowhere: one need alone is a choice too */
  GPtrArray *needs;      /* (element-type KithContactNeed) */
  GPtrArray *resources;  /* (element-type utf8): services looked at */
  GPtrArray *queues;     /* (element-type utf8): ids, as the rows of the drop-down after the first */
  GtkBox *questions;     /* KithQuestionRows of whoever asks */
  JsonArray *answers;    /* entries: of a draft, of the record, of what is asked now; NULL: none */
  char *asking;          /* whose questions those are */
  gboolean answered;     /* a question of the record's, here */
  char *queues_of;       /* the services that the queues offered take, as JSON */
  char *wanted_queue;    /* of a draft, until the queues are here */
  KithWatch *queues_watch, *needs_watch, *contact_watch, *referral_watch, *previous_watch, *forms_watch, *answers_watch, *terms_watch;
};

/* kith-contact-form.c */
char *kith_contact_form_notes (KithContactForm *self);      /* yours */
char *kith_contact_form_read_birth (KithContactForm *self); /* yours; NULL: not understood */
const char *kith_contact_form_queue (KithContactForm *self); /* NULL: none */
void kith_contact_form_changed (KithContactForm *self);
void kith_contact_form_choose_queue (KithContactForm *self, const char *queue);
char *kith_contact_form_asked (KithContactForm *self, const char *queue); /* the services that something is sent to, and the queue (or NULL), as JSON. Yours */
gboolean kith_contact_form_sends (KithContactForm *self);    /* something of the person goes to another agency */

/* kith-contact-form-draft.c */
JsonObject *kith_contact_form_collect (KithForm *form);
void kith_contact_form_restore (KithForm *form, JsonObject *draft);

/* kith-contact-form-needs.c */
KithContactNeed *kith_contact_form_add_need (KithContactForm *self, const char *id, const char *words, gboolean known);
void kith_contact_form_take_need (KithContactForm *self);    /* what is written in the entry becomes a line */
void kith_contact_form_choose (KithContactForm *self, KithContactNeed *need, const char *service, const char *name, const char *agency, const char *agency_name,
                               gboolean direct);
void kith_contact_form_choose_term (KithContactNeed *need, const char *term, const char *name);
void kith_contact_form_picked (KithContactForm *self, KithRow *row);
void kith_contact_form_clear_needs (KithContactForm *self);
extern const KithSuggestSource kith_contact_services;
void kith_contact_need_free (gpointer need);

/* kith-contact-form-questions.c */
void kith_contact_form_ask (KithContactForm *self);          /* whoever asks something of what is chosen */
void kith_contact_form_keep_answers (KithContactForm *self); /* into answers */
void kith_contact_form_take_recorded (KithContactForm *self, GPtrArray *rows); /* what the record has of answers */
JsonArray *kith_contact_form_answers (KithContactForm *self, const char *use, const char *service, const char *queue); /* NULL: none. Yours */
char *kith_contact_form_questions_problem (KithContactForm *self, GtkWidget **where);                                  /* NULL: none. Yours */

/* kith-contact-form-send.c */
void kith_contact_form_commit (KithForm *form);
