/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-referral-view-private.h"

#include <glib/gi18n.h>

#include "clients/kith-client-list.h"
#include "kith-desktop-reads.h"
#include "kith-referral-events.h"
#include "kith-split-page.h"
#include "referrals/kith-referral-brief.h"
#include "referrals/kith-referral-steps.h"
#include "widgets/kith-revealer.h"
#include "widgets/kith-timeline.h"
#include "widgets/kith-two-sides.h"

G_DEFINE_FINAL_TYPE (KithReferralView, kith_referral_view, ADW_TYPE_BIN)

/* px of the referral and of its story, each, with text of the usual size: in a window of 1400 they stand beside each other (ux.md 2.1), the list on their side. */
#define READABLE 380
#define GAP 24

enum
{
  SIGNAL_STEPS_CHANGED,
  N_SIGNALS
};

static const char *const kinds[] = { "referral", "referral_course", "referral_detail", "referral_own", "referral_event", "organization", "service", "staff", "hold", "capacity",
                                     "client", "match", "queue", "queue_status", NULL };

static guint signals[N_SIGNALS];

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
  kith_desktop_tell_read (KITH_DESKTOP (source), self, error, (KithReadAgain) kith_referral_view_ask_steps);
  g_clear_pointer (&self->steps, json_object_unref);
  self->steps = g_steal_pointer (&steps);
  g_signal_emit (self, signals[SIGNAL_STEPS_CHANGED], 0);
}

void
kith_referral_view_ask_steps (KithReferralView *self)
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

JsonObject *
kith_referral_view_get_proposal (KithReferralView *self)
{
  return self->proposal;
}

static GtkWidget *
event_line (KithRow *row,
            gpointer user_data)
{
  KithReferralView *self = user_data;

  return kith_referral_event_new (row, kith_context_get_now (self->context), self->within);
}

/* Of a portal account without the detail the words it wrote here, if there are any. */
static void
told_cb (guint    n,
         gpointer user_data)
{
  KithReferralView *self = user_data;

  gtk_widget_set_visible (self->story, n > 0 || !kith_referral_is_brief (self->context));
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
  kith_composer_warn (self->composer, gtk_widget_get_visible (self->do_not_contact));
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
  g_clear_object (&self->row);
  if (self->events)
    kith_lines_set_query (self->events, NULL, NULL, NULL);
  self->events = NULL;
  g_clear_object (&self->reading);
  self->composer = NULL;
  g_clear_pointer (&self->proposal, json_object_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), KITH_TYPE_REFERRAL_VIEW);
  g_clear_pointer (&self->steps, json_object_unref);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->phase, g_free);
  g_clear_pointer (&self->about, g_free);
  g_clear_pointer (&self->status, g_free);
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
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/referrals/kith-referral-view.ui");
  BIND (scroller), BIND (content), BIND (columns), BIND (left), BIND (story), BIND (story_title), BIND (hidden);
  BIND (do_not_contact), BIND (taken_back), BIND (pending);
  BIND (told), BIND (name), BIND (meta);
  BIND (due), BIND (pill), BIND (urgency_pill);
  BIND (loop);
  BIND (outcome_card), BIND (outcome_title), BIND (outcome_text);
  BIND (need), BIND (client), BIND (client_link);
  BIND (extra), BIND (place);
  BIND (previous_link), BIND (next_link);
  BIND (proposal_card), BIND (proposal_title), BIND (proposal_text);
  BIND (facts), BIND (timeline_place);
  BIND (composer_revealer), BIND (composer_place);
}

static void
place_changed_cb (KithReferralView *self)
{
  g_signal_emit (self, signals[SIGNAL_STEPS_CHANGED], 0);
}

static void
kith_referral_view_init (KithReferralView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_layout_manager (self->columns, kith_two_sides_new_of (READABLE, GAP));
  g_signal_connect_object (self->place, "changed", G_CALLBACK (place_changed_cb), self, G_CONNECT_SWAPPED);
  kith_revealer_rest (self->composer_revealer);
}

/* What may be done hangs on more than what the page shows: a place that is kept, who works where. */
static void
changed_cb (KithReferralView  *self,
            const char *const *changed)
{
  if (self->row && kith_reads_concern (kinds, changed))
    kith_referral_view_ask_steps (self);
}

GtkWidget *
kith_referral_view_new (KithContext *context)
{
  KithReferralView *self = g_object_new (KITH_TYPE_REFERRAL_VIEW, NULL);
  GtkWidget *timeline;

  self->context = g_object_ref (context);
  g_signal_connect_object (kith_context_get_desktop (context), "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  self->reading = kith_reading_new (context, self->content);
  timeline = kith_timeline_new ();
  gtk_widget_set_name (timeline, "timeline");
  self->events = KITH_LINES (kith_lines_new (context, timeline, KITH_CLIENT_STEP, event_line, told_cb, self));
  adw_bin_set_child (self->timeline_place, GTK_WIDGET (self->events));
  return GTK_WIDGET (self);
}

void
kith_referral_view_set_referral (KithReferralView *self,
                                 const char       *id)
{
  static const char *const event_kinds[] = { "referral_event", NULL }, *const said_kinds[] = { "referral", NULL };
  gboolean brief = kith_referral_is_brief (self->context);

  kith_referral_view_flush (self);
  close_composer (self, self->composer);
  g_free (self->id);
  self->id = g_strdup (id);
  g_clear_pointer (&self->phase, g_free);
  kith_referral_view_tell (self, NULL);
  g_cancellable_cancel (self->steps_job); /* what may be done with the one before comes too late */
  g_clear_pointer (&self->steps, json_object_unref);
  g_clear_object (&self->watch);
  g_clear_object (&self->row);
  kith_lines_set_query (self->events, NULL, NULL, NULL); /* of the one before: nothing of it stands there if the other cannot be read */
  gtk_widget_set_visible (self->content, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->outcome_text), FALSE);
  kith_reading_show (self->reading, NULL, NULL, NULL);
  gtk_widget_set_visible (self->scroller, !kith_referral_left_show (self->left, self->context, NULL));
  g_signal_emit (self, signals[SIGNAL_STEPS_CHANGED], 0);
  kith_referral_place_set (self->place, self->context, id);
  kith_referral_extra_set (self->extra, self->context, brief ? NULL : id);
  gtk_widget_set_visible (self->story, FALSE);
  gtk_label_set_text (self->story_title, brief ? _("What you wrote here") : _("What happened"));
  if (!id)
    return;
  self->watch = kith_watch_new (self->context, "referral", kinds, id, kith_referral_view_show, self);
  kith_lines_set_query (self->events, brief ? "referral-said" : "referral-timeline", brief ? said_kinds : event_kinds, (const char *const[]) { id, NULL });
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
kith_referral_view_get_about (KithReferralView *self)
{
  return kith_referral_view_get_phase (self) ? self->about : NULL;
}

const char *
kith_referral_view_get_status (KithReferralView *self)
{
  return kith_referral_view_get_phase (self) ? self->status : NULL;
}

void
kith_referral_view_tell (KithReferralView *self,
                         const char       *words)
{
  gtk_label_set_text (self->told, words ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->told), words != NULL);
}

const char *
kith_referral_view_get_accepted_words (KithReferralView *self)
{
  return kith_referral_place_accepted_words (self->place);
}

gboolean
kith_referral_view_asks_for_place (KithReferralView *self)
{
  return kith_referral_place_is_asked_for (self->place);
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

KithRow *
kith_referral_view_get_row (KithReferralView *self)
{
  return kith_referral_view_get_phase (self) ? self->row : NULL;
}

/* It goes with the row as it is shown. */
JsonObject *
kith_referral_view_get_person (KithReferralView *self)
{
  JsonObject *detail = kith_referral_view_get_phase (self) && self->row && !kith_referral_is_brief (self->context) ? kith_row_body (self->row, "detail") : NULL;

  return detail ? kith_json_object (detail, "snapshot") : NULL;
}

gint64
kith_referral_view_get_turn (KithReferralView *self)
{
  return kith_referral_view_get_phase (self) ? self->turn : 0;
}

gboolean
kith_referral_view_is_internal (KithReferralView *self)
{
  return kith_referral_view_get_phase (self) && self->within;
}

gboolean
kith_referral_view_is_for_one_agency (KithReferralView *self)
{
  return kith_referral_view_get_phase (self) && !self->of_client && self->to_agency;
}
