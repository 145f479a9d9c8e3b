/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-referral-view.h"

#include <glib/gi18n.h>

#include "kith-desktop-reads.h"
#include "kith-format.h"
#include "kith-reading.h"
#include "kith-referral-events.h"
#include "kith-split-page.h"
#include "kith-watch.h"
#include "referrals/kith-referral-brief.h"
#include "referrals/kith-referral-extra.h"
#include "referrals/kith-referral-left.h"
#include "referrals/kith-referral-need.h"
#include "referrals/kith-referral-place.h"
#include "referrals/kith-referral-steps.h"
#include "widgets/kith-facts.h"
#include "widgets/kith-loop.h"
#include "widgets/kith-status-pill.h"
#include "widgets/kith-timeline.h"

struct _KithReferralView
{
  AdwBin parent_instance;
  KithContext *context;
  char *id, *phase, *of_client, *of_call;
  gint64 turn;
  gboolean to_agency;
  JsonObject *steps; /* operation to the list of phases it may lead to */

  GtkWidget *scroller, *content, *story, *hidden, *pending, *do_not_contact, *taken_back;
  KithReferralLeft *left; /* in the place of what is not here */
  GtkLabel *name, *meta;
  KithStatusPill *pill, *urgency_pill, *due;
  KithLoop *loop;
  GtkWidget *outcome_card;
  GtkLabel *outcome_title, *outcome_text;
  KithFacts *need, *client, *facts;
  KithReferralExtra *extra;
  KithReferralPlace *place;
  GtkWidget *client_link, *previous_link, *next_link, *proposal_card;
  JsonObject *proposal; /* what it shows; NULL: nothing */
  GtkLabel *proposal_title, *proposal_text;
  KithTimeline *timeline;
  KithRow *row; GPtrArray *events; /* of what is shown; NULL: not read yet */
  GtkRevealer *composer_revealer;
  AdwBin *composer_place;
  KithComposer *composer;
  KithReading *reading; /* of the detail (C13) */
  KithWatch *watch, *event_watch;
  GCancellable *steps_job;
};

G_DEFINE_FINAL_TYPE (KithReferralView, kith_referral_view, ADW_TYPE_BIN)

enum
{
  SIGNAL_STEPS_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void ask_steps (KithReferralView *self); /* what may be done next */

static void
steps_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (KithReferralView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) steps = kith_desktop_job_finish (KITH_DESKTOP (source), result, &error);

  if (!self->context || g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result)))) /* of the one before: what had begun answers all the same */
    return;
  kith_desktop_tell_read (KITH_DESKTOP (source), self, error, (KithReadAgain) ask_steps);
  g_clear_pointer (&self->steps, json_object_unref);
  self->steps = g_steal_pointer (&steps);
  g_signal_emit (self, signals[SIGNAL_STEPS_CHANGED], 0);
}

static void
ask_steps (KithReferralView *self)
{
  g_cancellable_cancel (self->steps_job);
  g_clear_object (&self->steps_job);
  self->steps_job = g_cancellable_new ();
  kith_desktop_store_async (kith_context_get_desktop (self->context), kith_referral_steps_job, kith_json_new ("referral", "s", self->id, "now", "i", kith_context_get_now (self->context), NULL), (GDestroyNotify) json_object_unref, self->steps_job, steps_cb,
                            g_object_ref (self));
}

GPtrArray *
kith_referral_view_steps (KithReferralView *self,
                          const char       *operation)
{
  JsonArray *array = self->steps ? kith_json_array (self->steps, operation) : NULL;
  GPtrArray *phases;

  if (!array)
    return NULL;
  phases = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < json_array_get_length (array); i++)
    g_ptr_array_add (phases, g_strdup (json_array_get_string_element (array, i)));
  return phases;
}

/* What is shown */

static void
show_outcome (KithReferralView *self,
              const char       *reason,
              const char       *outcome)
{
  g_autofree char *title = kith_referral_end_title (self->phase, reason, outcome);

  gtk_widget_set_visible (self->outcome_card, title != NULL);
  gtk_widget_remove_css_class (self->outcome_card, "good");
  gtk_widget_remove_css_class (self->outcome_card, "warn");
  gtk_widget_add_css_class (self->outcome_card, g_strcmp0 (self->phase, "closed_resolved") == 0 ? "good" : "warn");
  gtk_label_set_text (self->outcome_title, title ? title : "");
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
  if (snapshot)
    {
      kith_facts_add (self->client, _("Birth date"), birth);
      kith_facts_take (self->client, _("Phone"), kith_format_phones (snapshot, "\n"));
      kith_facts_take (self->client, _("Languages"), kith_format_languages (snapshot));
      kith_facts_take (self->client, _("Address"), kith_format_address (kith_json_object (snapshot, "address")));
    }
  /* C16: every receiver sees it, before anything else. */
  gtk_widget_set_visible (self->do_not_contact, snapshot && kith_json_bool (snapshot, "do_not_contact", FALSE));
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

JsonObject *
kith_referral_view_get_proposal (KithReferralView *self)
{
  return self->proposal;
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
  g_autofree char *title = reason ? g_strdup_printf (_("%s proposes to decline: %s"), by ? by : _("A colleague"), kith_format_code ("decline_reason", reason))
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

static void
show_facts (KithReferralView *self,
            KithRow          *row,
            JsonObject       *body,
            JsonObject       *course)
{
  gint64 now = kith_context_get_now (self->context);
  const char *from = kith_format_agency (kith_row_get_text (row, "agency_name"), kith_json_string (body, "agency")), *author = kith_row_get_text (row, "author_name");

  kith_facts_clear (self->facts);
  kith_facts_take (self->facts, _("From"), author ? g_strdup_printf ("%s, %s", from ? from : "", author) : g_strdup (from));
  kith_facts_add (self->facts, _("To"), kith_row_get_text (row, "agency_to_name"));
  kith_facts_add (self->facts, _("Service"), kith_json_string (body, "resource_name"));
  kith_facts_add (self->facts, _("Assigned to"), kith_row_get_text (row, "assignee_name"));
  kith_facts_add (self->facts, _("Type"), kith_format_code ("referral_type", kith_json_string (course, "type")));
  kith_facts_take (self->facts, _("Sent"), kith_format_time (kith_json_string (course, "sent_at"), now));
  kith_facts_add (self->facts, _("Number"), kith_json_string (body, "number"));
}

static void
referral_cb (GPtrArray *rows,
             gpointer   user_data)
{
  KithReferralView *self = user_data;
  KithRow *row = rows->len > 0 ? rows->pdata[0] : NULL;
  JsonObject *body = row ? kith_row_body (row, "body") : NULL;
  gboolean brief = kith_referral_is_brief (self->context); /* P12: eight fields, whatever else may be on this computer still */
  JsonObject *detail = row && !brief ? kith_row_body (row, "detail") : NULL, *course = row && !brief ? kith_row_body (row, "course") : NULL;
  g_autofree char *due = NULL, *meta = NULL;
  const char *urgency, *name, *number, *outcome;
  gboolean late = FALSE, sent;

  gtk_widget_set_visible (self->content, body != NULL);
  gtk_widget_set_visible (self->scroller, !kith_referral_left_show (self->left, self->context, body ? NULL : self->id));
  if (!body)
    return;
  g_free (self->phase);
  self->phase = g_strdup (kith_json_string (body, "phase"));
  sent = g_strcmp0 (self->phase, "sent") == 0;
  name = kith_json_string (body, "contact_name");
  gtk_label_set_text (self->name, name ? name : _("Name withheld"));
  number = kith_json_string (body, brief && kith_json_string (body, "contact_number") ? "contact_number" : "number");
  meta = kith_format_join (kith_json_string (body, kith_json_string (body, "resource_name") ? "resource_name" : "queue_name"), number);
  gtk_label_set_text (self->meta, meta);
  kith_status_pill_set_phase (self->pill, self->phase);
  urgency = detail ? kith_json_string (detail, "urgency") : NULL;
  outcome = detail ? kith_json_string (detail, "outcome") : NULL;
  kith_status_pill_set (self->urgency_pill, "dialog-warning-symbolic",
                        urgency && !g_str_equal (urgency, "routine") ? kith_format_code ("urgency", urgency) : NULL,
                        g_strcmp0 (urgency, "urgent") == 0 ? "bad" : "warn");
  due = sent && course ? kith_format_due (kith_json_string (course, "due_on"), kith_context_get_now (self->context), &late) : NULL;
  kith_status_pill_set (self->due, "document-open-recent-symbolic", due, late ? "bad" : "");
  gtk_widget_set_visible (self->pending, kith_row_get_int (row, "pending") != 0);
  gtk_widget_set_visible (GTK_WIDGET (self->loop), g_strcmp0 (self->phase, "given") != 0);
  gtk_widget_set_visible (self->taken_back, !brief && kith_json_bool (body, "revoked", FALSE));
  show_outcome (self, course ? kith_json_string (course, "reason") : NULL, outcome);
  g_set_object (&self->row, row);
  kith_referral_need_show (self->need, self->loop, row, self->events, brief);
  show_client (self, row, body, detail);
  show_proposal (self, brief ? NULL : kith_row_body (row, "own"), sent, kith_row_get_int (row, "decline_waits") != 0);
  g_free (self->of_client);
  self->of_client = g_strdup (kith_json_string (body, "client"));
  g_free (self->of_call);
  self->of_call = g_strdup (kith_json_string (body, "contact_record"));
  self->turn = kith_json_int (body, "turn", 0);
  self->to_agency = kith_json_string (body, "agency_to") != NULL;
  show_link (self->previous_link, _("Goes on from"), brief ? NULL : kith_row_get_text (row, "previous"), kith_row_get_text (row, "previous_number"));
  show_link (self->next_link, _("Went on as"), brief ? NULL : kith_row_get_text (row, "next"), kith_row_get_text (row, "next_number"));
  gtk_widget_set_visible (self->story, !brief);
  if (brief)
    kith_referral_brief_show (self->context, self->facts, body);
  else
    show_facts (self, row, body, course);
  kith_referral_extra_set_client (self->extra, self->of_client);
  kith_referral_place_follow (self->place, body, course);
  kith_reading_show (self->reading, "referral", detail ? self->id : NULL, self->of_client); /* more than the eight fields */
  ask_steps (self);
}

static void
events_cb (GPtrArray *rows,
           gpointer   user_data)
{
  KithReferralView *self = user_data;
  const char *words = kith_referral_end_words (rows);

  kith_timeline_clear (self->timeline); /* the query brings them oldest first; what is new is read first */
  for (guint i = rows->len; i > 0; i--)
    kith_referral_events_add (self->timeline, rows->pdata[i - 1], kith_context_get_now (self->context));
  gtk_label_set_text (self->outcome_text, words ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->outcome_text), words != NULL);
  g_clear_pointer (&self->events, g_ptr_array_unref);
  self->events = g_ptr_array_copy (rows, (GCopyFunc) g_object_ref, NULL); /* a watch empties its own when it reads again */
  if (self->row)
    kith_referral_need_show (self->need, self->loop, self->row, self->events, kith_referral_is_brief (self->context));
}

/* Writing */

/* Whoever wrote is at the record again, before what is written in goes: the window would find the toast itself, where no letter acts. */
static void
close_composer (KithReferralView *self, KithComposer *composer)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  if (!composer || composer != self->composer)
    return; /* gone before its answer came: by then something else is being written */
  if (!focus || gtk_widget_is_ancestor (focus, GTK_WIDGET (self->composer_place)))
    kith_split_page_open_detail_of (GTK_WIDGET (self));
  gtk_revealer_set_reveal_child (self->composer_revealer, FALSE);
  self->composer = NULL;
  adw_bin_set_child (self->composer_place, NULL);
}

void
kith_referral_view_compose (KithReferralView *self,
                            KithCompose       what)
{
  if (!self->id)
    return;
  kith_referral_view_flush (self);
  self->composer = KITH_COMPOSER (kith_composer_new (self->context, self->id, what));
  g_signal_connect_object (self->composer, "closed", G_CALLBACK (close_composer), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->composer_place, GTK_WIDGET (self->composer));
  gtk_revealer_set_reveal_child (self->composer_revealer, TRUE);
  kith_split_page_open_detail_of (GTK_WIDGET (self)); /* folded, and begun from the list: what is typed is to be seen */
  gtk_widget_grab_focus (GTK_WIDGET (self->composer));
}

int
kith_referral_view_get_compose (KithReferralView *self)
{
  return self->composer ? (int) kith_composer_get_what (self->composer) : -1;
}

void
kith_referral_view_flush (KithReferralView *self)
{
  if (self->composer)
    kith_composer_flush (self->composer);
}

static void
kith_referral_view_dispose (GObject *object)
{
  KithReferralView *self = KITH_REFERRAL_VIEW (object);

  g_cancellable_cancel (self->steps_job);
  g_clear_object (&self->steps_job);
  g_clear_object (&self->watch);
  g_clear_object (&self->event_watch);
  g_clear_object (&self->row);
  g_clear_pointer (&self->events, g_ptr_array_unref);
  g_clear_object (&self->reading);
  self->composer = NULL;
  g_clear_pointer (&self->proposal, json_object_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), KITH_TYPE_REFERRAL_VIEW);
  g_clear_pointer (&self->steps, json_object_unref);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->phase, g_free);
  g_clear_pointer (&self->of_client, g_free);
  g_clear_pointer (&self->of_call, g_free);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_referral_view_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, KithReferralView, name)

static void
kith_referral_view_class_init (KithReferralViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_referral_view_dispose;
  signals[SIGNAL_STEPS_CHANGED] = g_signal_new ("steps-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (KITH_TYPE_STATUS_PILL);
  g_type_ensure (KITH_TYPE_FACTS);
  g_type_ensure (KITH_TYPE_LOOP);
  g_type_ensure (KITH_TYPE_REFERRAL_EXTRA);
  g_type_ensure (KITH_TYPE_REFERRAL_LEFT);
  g_type_ensure (KITH_TYPE_REFERRAL_PLACE);
  g_type_ensure (KITH_TYPE_TIMELINE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/referrals/kith-referral-view.ui");
  BIND (scroller), BIND (content), BIND (left), BIND (story), BIND (hidden);
  BIND (do_not_contact), BIND (taken_back), BIND (pending);
  BIND (name), BIND (meta);
  BIND (due), BIND (pill), BIND (urgency_pill);
  BIND (loop);
  BIND (outcome_card), BIND (outcome_title), BIND (outcome_text);
  BIND (need), BIND (client), BIND (client_link);
  BIND (extra), BIND (place);
  BIND (previous_link), BIND (next_link);
  BIND (proposal_card), BIND (proposal_title), BIND (proposal_text);
  BIND (facts), BIND (timeline);
  BIND (composer_revealer), BIND (composer_place);
}

static void
kith_referral_view_init (KithReferralView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
kith_referral_view_new (KithContext *context)
{
  KithReferralView *self = g_object_new (KITH_TYPE_REFERRAL_VIEW, NULL);

  self->context = g_object_ref (context);
  self->reading = kith_reading_new (context, self->content);
  return GTK_WIDGET (self);
}

void
kith_referral_view_set_referral (KithReferralView *self,
                                 const char       *id)
{
  static const char *const kinds[] = { "referral", "referral_course", "referral_detail", "referral_own", "organization", "service", "staff", "hold", "capacity", "queue", "queue_status", NULL };
  static const char *const event_kinds[] = { "referral_event", NULL };

  kith_referral_view_flush (self);
  close_composer (self, self->composer);
  g_free (self->id);
  self->id = g_strdup (id);
  g_clear_pointer (&self->phase, g_free);
  g_cancellable_cancel (self->steps_job); /* what may be done with the one before comes too late */
  g_clear_pointer (&self->steps, json_object_unref);
  g_clear_object (&self->watch);
  g_clear_object (&self->event_watch);
  g_clear_object (&self->row);
  g_clear_pointer (&self->events, g_ptr_array_unref);
  kith_timeline_clear (self->timeline); /* of the one before: nothing of it stands there if the other cannot be read */
  gtk_widget_set_visible (self->content, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->outcome_text), FALSE);
  kith_reading_show (self->reading, NULL, NULL, NULL);
  gtk_widget_set_visible (self->scroller, !kith_referral_left_show (self->left, self->context, NULL));
  g_signal_emit (self, signals[SIGNAL_STEPS_CHANGED], 0);
  kith_referral_place_set (self->place, self->context, kith_referral_is_brief (self->context) ? NULL : id);
  kith_referral_extra_set (self->extra, self->context, kith_referral_is_brief (self->context) ? NULL : id);
  if (!id)
    return;
  self->watch = kith_watch_new (self->context, "referral", kinds, id, referral_cb, self);
  self->event_watch = kith_watch_new (self->context, "referral-events", event_kinds, id, events_cb, self);
}

gboolean
kith_referral_view_declines_in_steps (KithReferralView *self)
{
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (self->context));

  return self->row && kith_row_get_int (self->row, "confirm_declines") != 0 && actor && !kith_actor_has_duty (actor, KITH_DUTY_SUPERVISOR);
}

const char *
kith_referral_view_get_phase (KithReferralView *self)
{
  return self->phase;
}

const char *
kith_referral_view_get_name (KithReferralView *self)
{
  return kith_referral_view_get_phase (self) ? gtk_label_get_text (self->name) : NULL;
}

const char *
kith_referral_view_get_accepted_words (KithReferralView *self)
{
  return kith_referral_place_accepted_words (self->place);
}

const char *
kith_referral_view_get_client (KithReferralView *self)
{
  return kith_referral_view_get_phase (self) ? self->of_client : NULL;
}

const char *
kith_referral_view_get_call (KithReferralView *self)
{
  return kith_referral_view_get_phase (self) ? self->of_call : NULL;
}

gint64
kith_referral_view_get_turn (KithReferralView *self)
{
  return kith_referral_view_get_phase (self) ? self->turn : 0;
}

gboolean
kith_referral_view_is_for_one_agency (KithReferralView *self)
{
  return kith_referral_view_get_phase (self) && !self->of_client && self->to_agency;
}
