/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a referral goes: a service, an agency as a whole, a queue; and what those ask (P2). */

#include "kith-referral-form-private.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "kith-text.h"
#include "widgets/kith-choice-row.h"

#define NETWORK "network" /* as a receiver: the network's own staff, 2-1-1 */
#define MAX_AGENCIES 2
#define MAX_QUEUES 2

/* Searching */

typedef struct
{
  GTask *task;
  GPtrArray *services, *agencies, *queues; /* (element-type KithRow); NULL: still to come */
  GError *error; /* the first that could not be searched */
  guint limit, pending;
} Question;

static GQuark
kind_quark (void)
{
  return g_quark_from_static_string ("kith-target-kind");
}

/* "service", "organization" or "queue" */
static const char *
kind_of (KithRow *row)
{
  const char *kind = g_object_get_qdata (G_OBJECT (row), kind_quark ());

  return kind ? kind : "service";
}

static void
add_some (GPtrArray  *all,
          GPtrArray  *rows,
          const char *kind,
          guint       most)
{
  for (guint i = 0; rows && i < rows->len && i < most; i++)
    {
      g_object_set_qdata (rows->pdata[i], kind_quark (), (gpointer) kind);
      g_ptr_array_add (all, g_object_ref (rows->pdata[i]));
    }
}

static void
answer (Question *question)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);
  guint others = MIN (question->agencies ? question->agencies->len : 0, MAX_AGENCIES) + MIN (question->queues->len, MAX_QUEUES);

  add_some (all, question->services, "service", question->limit - others);
  add_some (all, question->queues, "queue", MAX_QUEUES);
  add_some (all, question->agencies, "organization", MAX_AGENCIES);
  if (question->error) /* half of what there is would pass for all */
    {
      g_ptr_array_unref (all);
      g_task_return_error (question->task, g_steal_pointer (&question->error));
    }
  else
    g_task_return_pointer (question->task, all, (GDestroyNotify) g_ptr_array_unref);
  g_clear_pointer (&question->services, g_ptr_array_unref);
  g_clear_pointer (&question->agencies, g_ptr_array_unref);
  g_ptr_array_unref (question->queues);
  g_object_unref (question->task);
  g_free (question);
}

static void
services_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Question *question = user_data;

  question->services = kith_desktop_search_finish (KITH_DESKTOP (source), result, NULL, question->error ? NULL : &question->error);
  if (--question->pending == 0)
    answer (question);
}

static void
agencies_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Question *question = user_data;

  question->agencies = kith_desktop_search_finish (KITH_DESKTOP (source), result, NULL, question->error ? NULL : &question->error);
  if (--question->pending == 0)
    answer (question);
}

static GPtrArray *
find_queues (KithReferralForm *self,
             const char       *text)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *wanted = kith_text_fold (text);

  for (guint i = 0; self->queues && i < self->queues->len; i++)
    {
      const char *description = kith_row_get_text (self->queues->pdata[i], "description");
      g_autofree char *words = g_strjoin (" ", kith_row_get_text (self->queues->pdata[i], "name"), description, NULL);
      g_autofree char *folded = kith_text_fold (words);

      if (strstr (folded, wanted))
        g_ptr_array_add (found, g_object_ref (self->queues->pdata[i]));
    }
  return found;
}

static void
search (KithContext        *context,
        const char         *kind,
        const char         *text,
        guint               limit,
        GCancellable       *cancellable,
        GAsyncReadyCallback callback,
        gpointer            user_data)
{
  KithDesktop *desktop = kith_context_get_desktop (context);
  KithReferralForm *form = KITH_REFERRAL_FORM (gtk_widget_get_ancestor (GTK_WIDGET (user_data), KITH_TYPE_REFERRAL_FORM));
  Question *question = g_new0 (Question, 1);

  question->task = g_task_new (user_data, cancellable, callback, user_data);
  question->limit = limit;
  question->pending = 2;
  question->queues = find_queues (form, text);
  if (!form->client)
    {
      g_autofree char *birth = kith_referral_form_read_birth (form);

      kith_service_narrow_set_birth (form->narrow, birth);
    }
  kith_service_narrow_search_async (form->narrow, text, limit, cancellable, services_cb, question);
  kith_desktop_search_async (desktop, "organization", text, MAX_AGENCIES, cancellable, agencies_cb, question);
}

static GPtrArray *
search_finish (GObject      *source,
               GAsyncResult *result,
               GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

const KithSuggestSource kith_referral_targets = { search, search_finish };

static void
add_pill (AdwActionRow *line,
          const char   *icon,
          const char   *words)
{
  GtkWidget *pill = kith_status_pill_new ();

  kith_status_pill_set (KITH_STATUS_PILL (pill), icon, words, "accent");
  adw_action_row_add_suffix (line, pill);
}

void
kith_referral_form_describe (KithContext  *context,
                             gpointer      row,
                             AdwActionRow *line)
{
  const char *name = kith_row_field (row, "name"), *kind = kind_of (row);
  const char *description = kith_row_get_text (row, "description") ? kith_row_get_text (row, "description") : kith_row_field (row, "description");

  if (g_str_equal (kind, "service"))
    {
      kith_service_narrow_describe (context, row, line);
      return;
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), name ? name : "");
  adw_action_row_set_subtitle (line, description ? description : "");
  if (g_str_equal (kind, "organization") && g_strcmp0 (kith_row_get_id (row), kith_context_get_agency (context)) == 0)
    add_pill (line, "user-home-symbolic", _("Your agency"));
  if (g_str_equal (kind, "queue"))
    add_pill (line, "view-dual-symbolic", _("Queue"));
  else
    add_pill (line, "system-users-symbolic", _("Agency"));
}

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
      questions = kith_question_rows_new (id, body, actor && actor->health, kith_context_get_now (context));
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
  const char *kind = kind_of (row), *id = kith_row_get_id (row), *name = kith_row_field (row, "name");
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
