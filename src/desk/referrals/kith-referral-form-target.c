/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a referral goes: a service, an agency as a whole, a queue; and what those ask (P2). */

#include "kith-context-day.h"
#include "kith-referral-form-private.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "widgets/kith-choice-row.h"

#define NETWORK "network" /* as a receiver: the network's own staff, 2-1-1 */

/* What is chosen */

/* Returns: whether it is known where it goes */
gboolean
kith_referral_form_is_chosen (KithReferralForm *self)
{
  return self->service || self->agency || self->queue;
}

gboolean
kith_referral_form_is_queue (KithReferralForm *self)
{
  return self->queue && !self->service;
}

static KithRow *
beside (KithReferralForm *self)
{
  guint i = adw_combo_row_get_selected (self->queue_row);

  return gtk_widget_get_visible (GTK_WIDGET (self->queue_row)) && self->fitting && i > 0 && i <= self->fitting->len ? self->fitting->pdata[i - 1] : NULL;
}

const char *
kith_referral_form_get_queue (KithReferralForm *self)
{
  KithRow *row;

  if (kith_referral_form_is_queue (self))
    return self->queue;
  row = kith_referral_form_gives_only (self) ? NULL : beside (self);
  return row ? kith_row_get_id (row) : NULL;
}

static gboolean
asks_something (JsonObject *form)
{
  JsonArray *questions = kith_json_array (form, "questions");

  for (guint i = 0; questions && i < json_array_get_length (questions); i++)
    if (!kith_json_bool (json_array_get_object_element (questions, i), "retired", FALSE))
      return TRUE;
  return FALSE;
}

/* The questions of one who asks; entries of a draft are filled in when they come. */
static void
show_form (KithReferralForm *self,
           AdwBin           *place,
           GPtrArray        *rows)
{
  KithContext *context = kith_form_get_context (KITH_FORM (self));
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (context));
  JsonObject *body = rows->len > 0 ? kith_row_body (rows->pdata[0], "body") : NULL;
  const char *id = body ? kith_row_get_id (rows->pdata[0]) : NULL;
  GtkWidget *before = adw_bin_get_child (place), *questions = NULL;
  g_autoptr (JsonObject) answered = before ? kith_question_rows_collect (KITH_QUESTION_ROWS (before)) : NULL;

  if (id && asks_something (body))
    {
      questions = kith_question_rows_new (id, body, actor && actor->health, kith_context_get_day_now (context));
      for (guint i = 0; self->answers && i < json_array_get_length (self->answers); i++)
        if (g_strcmp0 (kith_json_string (json_array_get_object_element (self->answers, i), "form"), id) == 0)
          kith_question_rows_restore (KITH_QUESTION_ROWS (questions), json_array_get_object_element (self->answers, i));
      if (answered && g_strcmp0 (kith_json_string (answered, "form"), id) == 0)
        kith_question_rows_restore (KITH_QUESTION_ROWS (questions), answered);
      g_signal_connect_object (questions, "changed", G_CALLBACK (kith_form_touch), self, G_CONNECT_SWAPPED);
    }
  adw_bin_set_child (place, questions);
  gtk_widget_set_visible (GTK_WIDGET (place), questions && !kith_referral_form_gives_only (self));
}

static void
service_form_cb (GPtrArray *rows,
                 gpointer   user_data)
{
  show_form (user_data, KITH_REFERRAL_FORM (user_data)->service_questions, rows);
}

static void
queue_form_cb (GPtrArray *rows,
               gpointer   user_data)
{
  show_form (user_data, KITH_REFERRAL_FORM (user_data)->queue_questions, rows);
}

static void
watch_form (KithReferralForm *self,
            KithWatch       **watch,
            AdwBin           *place,
            const char       *record,
            KithWatchFunc     func)
{
  static const char *const kinds[] = { "form", NULL };

  if (g_strcmp0 (g_object_get_data (G_OBJECT (place), "record"), record) == 0)
    return;
  g_object_set_data_full (G_OBJECT (place), "record", g_strdup (record), g_free);
  g_clear_object (watch);
  adw_bin_set_child (place, NULL);
  gtk_widget_set_visible (GTK_WIDGET (place), FALSE);
  if (record)
    *watch = kith_watch_new (kith_form_get_context (KITH_FORM (self)), "form-of", kinds, record, func, self);
}

/* Whoever is asked: what is only given to the client answers nothing. */
void
kith_referral_form_queue_changed (KithReferralForm *self)
{
  AdwBin *places[] = { self->service_questions, self->queue_questions };

  if (!kith_form_get_context (KITH_FORM (self)))
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->queue_row), self->service && self->direct && self->fitting && self->fitting->len > 0 && !kith_referral_form_gives_only (self));
  watch_form (self, &self->service_form_watch, self->service_questions, self->direct ? self->service : NULL, service_form_cb);
  watch_form (self, &self->queue_form_watch, self->queue_questions, kith_referral_form_get_queue (self), queue_form_cb);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    gtk_widget_set_visible (GTK_WIDGET (places[i]), adw_bin_get_child (places[i]) && !kith_referral_form_gives_only (self));
}

JsonArray *
kith_referral_form_answers (KithReferralForm *self)
{
  AdwBin *places[] = { self->service_questions, self->queue_questions };
  JsonArray *entries = json_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      GtkWidget *questions = gtk_widget_get_visible (GTK_WIDGET (places[i])) ? adw_bin_get_child (places[i]) : NULL;
      JsonObject *entry = questions ? kith_question_rows_collect (KITH_QUESTION_ROWS (questions)) : NULL;

      if (entry)
        json_array_add_object_element (entries, entry);
    }
  if (json_array_get_length (entries) == 0)
    g_clear_pointer (&entries, json_array_unref);
  return entries;
}

char *
kith_referral_form_questions_problem (KithReferralForm *self,
                                      GtkWidget       **where)
{
  AdwBin *places[] = { self->service_questions, self->queue_questions };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      GtkWidget *questions = gtk_widget_get_visible (GTK_WIDGET (places[i])) ? adw_bin_get_child (places[i]) : NULL;
      char *problem = questions ? kith_question_rows_problem (KITH_QUESTION_ROWS (questions), where) : NULL;

      if (problem)
        return problem;
    }
  return NULL;
}

/* The queues a service may be put in besides */

static void
fitting_cb (GPtrArray *rows,
            gpointer   user_data)
{
  KithReferralForm *self = user_data;
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  KithRow *before = beside (self);
  g_autofree char *chosen = g_strdup (before ? kith_row_get_id (before) : g_object_get_data (G_OBJECT (self->queue_row), "wanted"));
  guint selected = 0;

  g_clear_pointer (&self->fitting, g_ptr_array_unref);
  self->fitting = g_ptr_array_ref (rows);
  gtk_string_list_append (names, _("None"));
  for (guint i = 0; i < rows->len; i++)
    {
      gtk_string_list_append (names, kith_row_get_text (rows->pdata[i], "name"));
      if (g_strcmp0 (kith_row_get_id (rows->pdata[i]), chosen) == 0)
        selected = i + 1;
    }
  kith_choice_row_set_words (self->queue_row, names);
  adw_combo_row_set_selected (self->queue_row, selected);
  kith_referral_form_queue_changed (self);
}

static void
watch_fitting (KithReferralForm *self)
{
  static const char *const kinds[] = { "queue", "queue_resource", NULL };
  g_autofree char *services = self->service ? g_strdup_printf ("[\"%s\"]", self->service) : NULL;

  g_clear_object (&self->fitting_watch);
  g_clear_pointer (&self->fitting, g_ptr_array_unref);
  if (self->service && self->direct)
    self->fitting_watch = kith_watch_new (kith_form_get_context (KITH_FORM (self)), "queues-for", kinds, services, fitting_cb, self);
}

static void
queues_cb (GPtrArray *rows,
           gpointer   user_data)
{
  KithReferralForm *self = user_data;

  g_clear_pointer (&self->queues, g_ptr_array_unref);
  self->queues = g_ptr_array_ref (rows);
}

void
kith_referral_form_start (KithReferralForm *self)
{
  static const char *const kinds[] = { "queue", NULL };

  self->queues_watch = kith_watch_new (kith_form_get_context (KITH_FORM (self)), "queues-named", kinds, "", queues_cb, self);
}

/* Whether anybody there would read it */

static void
answers_cb (GPtrArray *rows,
            gpointer   user_data)
{
  KithReferralForm *self = user_data;
  gboolean unanswered = rows->len > 0 && g_strcmp0 (kith_row_get_text (rows->pdata[0], "answered"), "0") == 0;
  const char *type = kith_referral_form_type (self);

  if (unanswered == self->unanswered)
    return;
  self->unanswered = unanswered;
  kith_referral_form_set_types (self, type);
  kith_referral_form_type_changed (self);
}

static void
watch_answers (KithReferralForm *self)
{
  static const char *const kinds[] = { "organization", NULL };

  g_clear_object (&self->answers_watch);
  self->unanswered = FALSE;
  if (self->agency && !kith_referral_form_is_queue (self))
    self->answers_watch = kith_watch_new (kith_form_get_context (KITH_FORM (self)), "agency-answers", kinds, self->agency, answers_cb, self);
}

/* Choosing */

/**
 * kith_referral_form_add_target:
 * @draft: gets the members kith_referral_form_choose() reads
 */
void
kith_referral_form_add_target (KithReferralForm *self,
                               JsonObject       *draft)
{
  g_autoptr (JsonObject) target = kith_json_new ("service", "s", self->service, "agency", "s", self->agency, "queue", "s", kith_referral_form_get_queue (self),
                                                 "target_name", "s", self->target_name, "agency_name", "s", self->agency_name, "direct", "b", self->direct, NULL);
  g_autoptr (GList) members = json_object_get_members (target);

  for (GList *l = members; l; l = l->next)
    json_object_set_member (draft, l->data, json_node_copy (json_object_get_member (target, l->data)));
}

static void
take (char       **member,
      JsonObject  *target,
      const char  *name)
{
  g_free (*member);
  *member = g_strdup (kith_json_string (target, name));
}

static gboolean
is_own (KithReferralForm *self)
{
  return g_strcmp0 (self->agency, kith_context_get_agency (kith_form_get_context (KITH_FORM (self)))) == 0;
}

void
kith_referral_form_choose (KithReferralForm *self,
                           JsonObject       *target)
{
  take (&self->service, target, "service");
  take (&self->agency, target, "agency");
  take (&self->queue, target, "queue");
  take (&self->target_name, target, "target_name");
  take (&self->agency_name, target, "agency_name");
  if (!self->agency_name)
    self->agency_name = g_strdup (_("that agency"));
  self->direct = kith_json_bool (target, "direct", FALSE);
  g_object_set_data_full (G_OBJECT (self->queue_row), "wanted", self->service ? g_strdup (self->queue) : NULL, g_free);
  kith_capacity_box_set_service (self->capacity, kith_form_get_context (KITH_FORM (self)), self->service);
  gtk_widget_set_visible (self->chosen_group, kith_referral_form_is_chosen (self));
  gtk_widget_set_visible (GTK_WIDGET (self->suggest_place), !kith_referral_form_is_chosen (self));
  gtk_widget_set_visible (GTK_WIDGET (self->narrow_place), !kith_referral_form_is_chosen (self));
  if (kith_referral_form_is_chosen (self))
    {
      const char *where = self->service ? self->agency_name : kith_referral_form_is_queue (self) ? _("A queue of 2-1-1") : _("The agency as a whole");
      /* Nobody is told anything outside. Translators: of where a referral goes, after the name of the agency */
      g_autofree char *words = kith_format_join (where, is_own (self) ? _("your own agency") : NULL);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->chosen_row), self->target_name ? self->target_name : "");
      adw_action_row_set_subtitle (self->chosen_row, words);
    }
  if (self->consent && self->agency)
    kith_consent_fields_add_receiver (self->consent, self->agency, self->agency_name);
  watch_fitting (self);
  watch_answers (self);
  kith_referral_form_set_types (self, NULL);
  kith_referral_form_queue_changed (self);
  kith_referral_form_check (self);
}

/**
 * kith_referral_form_pick:
 * @row: a service, an agency or a queue that was found
 */
void
kith_referral_form_pick (KithReferralForm *self,
                         KithRow          *row)
{
  const char *kind = kith_referral_form_kind_of (row), *id = kith_row_get_id (row), *name = kith_row_field (row, "name");
  const char *agency = kith_row_get_text (row, "organization") ? kith_row_get_text (row, "organization") : kith_row_field (row, "organization_id");
  g_autoptr (JsonObject) target = NULL;

  if (g_str_equal (kind, "queue"))
    target = kith_json_new ("queue", "s", id, "agency", "s", NETWORK, "target_name", "s", name, "agency_name", "s", _("the network’s staff (2-1-1)"), "direct", "b", TRUE, NULL);
  else if (g_str_equal (kind, "organization"))
    target = kith_json_new ("agency", "s", id, "target_name", "s", name, "agency_name", "s", name, NULL);
  else
    target = kith_json_new ("service", "s", id, "agency", "s", agency, "target_name", "s", name, "agency_name", "s", kith_row_get_text (row, "organization_name"),
                            "direct", "b", kith_row_get_int (row, "direct") != 0, NULL);
  kith_referral_form_choose (self, target);
}
