/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-print-window-private.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "kith-print-languages.h"
#include "kith-shortcuts.h"
#include "widgets/kith-choice-row.h"
#include "widgets/kith-fit.h"

G_DEFINE_FINAL_TYPE (KithPrintWindow, kith_print_window, ADW_TYPE_WINDOW)

/* ---- what is printed */

/* C19: whoever answers what clients ask to have corrected has that on paper, also where the client's record is not. */
static gboolean
only_corrections (KithPrintWindow *self)
{
  GPtrArray *client = self->rows[ASKED_CLIENT], *corrections = self->rows[ASKED_CORRECTIONS];

  return self->client && client && client->len == 0 && corrections && corrections->len > 0;
}

gboolean
kith_print_window_ready (KithPrintWindow *self)
{
  if (is_waiting (self))
    return kith_print_window_has_waiting (self);
  for (guint i = 0; i < self->n_asked; i++)
    if (!self->rows[i])
      return FALSE;
  if (!kith_print_window_has_parts (self) || !kith_print_window_has_more (self))
    return FALSE;
  return self->rows[ASKED_CLIENT]->len > 0 || only_corrections (self);
}

/* A hand-out says nothing of anybody; that this client was given it is noted afterwards. All else is noted before: kith_print_window_ask(). */
void
kith_print_window_note (KithPrintWindow *self, const char *what)
{
  if (is_handout (self) && self->about)
    kith_context_audit (self->context, what, self->about, self->kind, self->id, "Hand-out");
}

const char *
kith_print_window_title (KithPrintWindow *self)
{
  return self->client ? _(kith_paper_title (chosen_paper (self))) : is_waiting (self) ? kith_print_window_only_waits (self) ? _("Who waits") : _("Referrals") : is_handout (self) ? _("Hand-out") : is_contact (self) ? _("Contact record") : _("Referral");
}

void
kith_print_window_tell_as (KithPrintWindow *self, const char *words, gboolean wrong)
{
  gtk_label_set_text (self->problem, words ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), words != NULL);
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self->problem), "field-error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->problem), "field-error");
}

void
kith_print_window_tell (KithPrintWindow *self, const char *words)
{
  kith_print_window_tell_as (self, words, TRUE);
}

void
kith_print_window_set_asking (KithPrintWindow *self, gboolean asking)
{
  gboolean ready = !asking && kith_print_window_ready (self);

  self->asking = asking;
  gtk_widget_set_sensitive (self->print_button, ready);
  gtk_widget_set_sensitive (self->save_button, ready);
  if (ready && !self->entered) /* not Cancel, which comes first: Enter is for the paper */
    gtk_widget_grab_focus (self->print_button);
  self->entered = self->entered || ready;
}

/* The hub's word comes before the paper: of a whole record whether this person may have it (P11), of a client's papers that it is noted (C13). Where
 * no hub answers, what this computer holds may be read, and so it may be printed: the hub will take it as written before its author could know better,
 * and the page says so. Once for each paper and what is made of it. */
static void
allowed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KithPrintWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *next = g_object_steal_data (G_OBJECT (self), "next"); /* a no ends it */
  gboolean told, allowed = kith_desktop_submit_asked_finish (KITH_DESKTOP (source), result, &told, &error);

  if (!self->context || !gtk_widget_get_visible (GTK_WIDGET (self))) /* closed meanwhile: nothing is printed, and no place for a file is asked for */
    return;
  g_free (self->allowed_for);
  self->allowed_for = allowed ? g_strdup (self->asked_for) : NULL;
  kith_print_window_set_asking (self, FALSE);
  if (allowed && self->client)
    kith_print_window_note_parts (self);
  self->untold = allowed && !told;
  if (self->untold)
    kith_print_window_tell_as (self, _("The hub could not be asked now. It will be told that this was printed."), FALSE);
  else
    kith_print_window_tell (self, allowed ? NULL : error->message);
  if (allowed && next)
    gtk_widget_activate_action (GTK_WIDGET (self), next, NULL);
}

static char *
what_of (KithPrintWindow *self, const char *what)
{
  if (is_waiting (self))
    {
      g_autofree char *choice = kith_print_window_waiting_choice (self);

      return g_strdup_printf ("%s:%s", what, choice);
    }
  return self->client ? g_strdup_printf ("%s:%s", what, kith_print_window_detail (self)) : g_strconcat (what, ":record", NULL);
}

gboolean
kith_print_window_is_allowed (KithPrintWindow *self, const char *what)
{
  g_autofree char *wanted = what_of (self, what);

  return is_handout (self) || g_strcmp0 (self->allowed_for, wanted) == 0;
}

void
kith_print_window_ask (KithPrintWindow *self, const char *what)
{
  g_autoptr (JsonObject) args = NULL;
  const char *op = self->client ? "audit.record" : is_waiting (self) ? "referral.print_list" : is_contact (self) ? "contact.print" : "referral.print";

  if (self->asking)
    return;
  g_free (self->asked_for);
  self->asked_for = what_of (self, what);
  kith_print_window_set_asking (self, TRUE);
  kith_print_window_tell_as (self, self->client ? _("Noting at the hub that this is printed…") : _("Asking the hub whether this may be printed…"), FALSE);
  if (self->client)
    args = kith_json_new ("what", "s", what, "client", "s", self->client, "t", "s", "client", "record", "s", self->client, "detail", "s",
                          kith_print_window_detail (self), NULL);
  else if (is_waiting (self))
    args = kith_print_window_waiting_args (self, what);
  else
    args = kith_json_new (self->kind, "s", self->id, "detail", "s", g_str_equal (what, "exported") ? "PDF" : "Paper", NULL);
  kith_desktop_submit_asked_async (kith_context_get_desktop (self->context), op, args, allowed_cb, g_object_ref (self));
}

/* TRUE: go on; else it is asked, and the action is done again when the answer is yes. */
gboolean
kith_print_window_may_print (KithPrintWindow *self, const char *action)
{
  const char *what = g_str_equal (action, "print.save") ? "exported" : "printed";

  if (!kith_print_window_is_sure (self, action))
    return FALSE;
  if (kith_print_window_is_allowed (self, what))
    return TRUE;
  if (self->asking)
    return FALSE;
  if (is_waiting (self) && kith_print_window_names_nobody (self))
    {
      g_free (self->allowed_for);
      self->allowed_for = what_of (self, what);
      return TRUE;
    }
  g_object_set_data_full (G_OBJECT (self), "next", g_strdup (action), g_free);
  kith_print_window_ask (self, what);
  return FALSE;
}

static void
cancel_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  gtk_window_destroy (GTK_WINDOW (widget));
}

/* Where the focus is stays: Enter prints (ux.md 2.2). Letters are switched off here, too. */
static void
language_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *target)
{
  KithPrintWindow *self = KITH_PRINT_WINDOW (widget);
  guint n = self->languages->len;

  if (n > 1 && g_settings_get_boolean (kith_context_get_settings (self->context), "letter-keys"))
    adw_combo_row_set_selected (self->language, (adw_combo_row_get_selected (self->language) + 1) % n);
}

/* ---- what there is */

/* In whose language it is at first; NULL: nobody's in particular */
static KithRow *
reader_row (KithPrintWindow *self)
{
  if (!is_handout (self))
    return client_row (self);
  return self->about && self->rows[ASKED_TAKER] && self->rows[ASKED_TAKER]->len > 0 ? self->rows[ASKED_TAKER]->pdata[0] : NULL;
}

/* Below the choice: which language that is to the client. */
static void
tell_language (KithPrintWindow *self)
{
  KithRow *who = reader_row (self);
  guint chosen = adw_combo_row_get_selected (self->language);
  g_autofree char *missing = who && chosen < self->languages->len
                                 ? kith_print_languages_missing (kith_row_body (who, "body"), self->languages->pdata[chosen]) : NULL;

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->language), missing ? missing : _("The client’s own, where there is a translation"));
}

void
kith_print_window_fill_languages (KithPrintWindow *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  KithRow *who = reader_row (self);

  kith_print_languages_fill (who ? kith_row_body (who, "body") : NULL, self->languages, names);
  kith_choice_row_set_words (self->language, names);
  tell_language (self);
  gtk_widget_set_visible (self->language_key, self->languages->len > 1 && g_settings_get_boolean (kith_context_get_settings (self->context), "letter-keys"));
}

static void
take_rows (KithPrintWindow *self, Asked asked, GPtrArray *rows)
{
  gboolean first = !self->rows[asked];

  g_clear_pointer (&self->rows[asked], g_ptr_array_unref);
  self->rows[asked] = g_ptr_array_ref (rows);
  if (is_handout (self) ? asked == (self->about ? (Asked) ASKED_TAKER : ASKED_CLIENT) && first : asked == ASKED_CLIENT && first && (rows->len > 0 || self->client))
    kith_print_window_fill_languages (self);
  if (only_corrections (self))
    kith_print_window_choose (self, KITH_PAPER_CORRECTIONS);
  if (self->client)
    gtk_widget_set_visible (GTK_WIDGET (self->paper), !only_corrections (self));
  kith_print_window_show_consents (self);
  kith_print_window_set_asking (self, self->asking);
  kith_print_window_check_fonts (self);
}

#define TAKE(name, asked) \
  static void name##_cb (GPtrArray *rows, gpointer self) { take_rows (self, asked, rows); }
TAKE (client, ASKED_CLIENT)
TAKE (consents, ASKED_CONSENTS)
TAKE (team, ASKED_TEAM)
TAKE (enrolled, ASKED_ENROLLED)
TAKE (alerts, ASKED_ALERTS)
TAKE (corrections, ASKED_CORRECTIONS)

static void
ask_record (KithPrintWindow *self)
{
  static const char *const kinds[] = { "contact_record", "contact_need", "referral", "referral_course", "referral_detail", "referral_event", "form_answer", "queue", "queue_status", "document", "consent", NULL };

  if (is_handout (self))
    {
      static const char *const service_kinds[] = { "service", "organization", "location", "service_at_location", "client", NULL };

      self->n_asked = self->about ? ASKED_TAKER + 1 : ASKED_OFFERED + 1;
      if (is_agency (self))
        self->watches[ASKED_OFFERED] = kith_watch_new (self->context, "organization-services", service_kinds, self->id, team_cb, self);
      else /* a service offers itself */
        self->rows[ASKED_OFFERED] = g_ptr_array_new ();
      self->watches[ASKED_RECORD] = kith_watch_new (self->context, self->kind, service_kinds, self->id, client_cb, self);
      self->watches[ASKED_PLACES] = kith_watch_new (self->context, is_agency (self) ? "organization-locations" : "service-locations", service_kinds, self->id, consents_cb, self);
      if (self->about)
        self->watches[ASKED_TAKER] = kith_watch_new (self->context, "client", service_kinds, self->about, enrolled_cb, self);
      return;
    }
  self->n_asked = is_contact (self) ? ASKED_CONTACT_FILES + 1 : ASKED_REFERRAL_CONSENTS + 1;
  self->watches[ASKED_RECORD] = kith_watch_new (self->context, self->kind, kinds, self->id, client_cb, self);
  self->watches[ASKED_NEEDS] = kith_watch_new (self->context, is_contact (self) ? "contact-needs" : "referral-events", kinds, self->id, consents_cb, self);
  if (!is_contact (self))
    {
      self->watches[ASKED_REFERRAL_ANSWERS] = kith_watch_new (self->context, "referral-answers", kinds, self->id, team_cb, self);
      self->watches[ASKED_REFERRAL_FILES] = kith_watch_new (self->context, "referral-documents", kinds, self->id, enrolled_cb, self);
      self->watches[ASKED_REFERRAL_CONSENTS] = kith_watch_new (self->context, "referral-consents", kinds, self->id, alerts_cb, self);
      return;
    }
  self->watches[ASKED_REFERRALS] = kith_watch_new (self->context, "contact-referrals", kinds, self->id, team_cb, self);
  self->watches[ASKED_RESOURCES] = kith_watch_new (self->context, "contact-resources", kinds, self->id, enrolled_cb, self);
  self->watches[ASKED_ANSWERS] = kith_watch_new (self->context, "contact-answers", kinds, self->id, alerts_cb, self);
  self->watches[ASKED_CONTACT_FILES] = kith_watch_new (self->context, "record-documents", kinds, self->id, corrections_cb, self);
}

static void
ask (KithPrintWindow *self)
{
  static const char *const kinds[] = { "client", "consent", "assignment", "enrollment", "alert", "amendment_request", NULL };
  g_autofree char *today = kith_format_today (kith_context_get_now (self->context));
  const char *with_day[] = { self->client, today, NULL };

  self->watches[ASKED_CLIENT] = kith_watch_new (self->context, "client", kinds, self->client, client_cb, self);
  self->watches[ASKED_CONSENTS] = kith_watch_new (self->context, "client-consents", kinds, self->client, consents_cb, self);
  self->watches[ASKED_TEAM] = kith_watch_new (self->context, "client-team", kinds, self->client, team_cb, self);
  self->watches[ASKED_ENROLLED] = kith_watch_new (self->context, "client-enrolled-here", kinds, self->client, enrolled_cb, self);
  self->watches[ASKED_ALERTS] = kith_watch_new_args (self->context, "client-alerts", kinds, with_day, alerts_cb, self);
  self->watches[ASKED_CORRECTIONS] = kith_watch_new (self->context, "client-amendments", kinds, self->client, corrections_cb, self);
}

static void
picked_cb (KithPrintWindow *self)
{
  self->picked = self->picked || !self->filling;
}

/* ---- life */

static void
kith_print_window_dispose (GObject *object)
{
  KithPrintWindow *self = KITH_PRINT_WINDOW (object);

  if (self->running) /* locked: no page of it is drawn any more, wherever the printer is chosen */
    gtk_print_operation_cancel (self->running);
  for (guint i = 0; i < N_ASKED; i++)
    {
      g_clear_object (&self->watches[i]);
      g_clear_pointer (&self->rows[i], g_ptr_array_unref);
    }
  kith_print_window_forget_parts (self);
  g_clear_pointer (&self->more, g_ptr_array_unref);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_clear_pointer (&self->named, g_hash_table_unref);
  g_clear_pointer (&self->job, kith_print_job_unref);
  g_clear_object (&self->chooser);
  g_clear_pointer (&self->languages, g_ptr_array_unref);
  g_clear_pointer (&self->consents, g_ptr_array_unref);
  g_clear_pointer (&self->client, g_free);
  g_clear_pointer (&self->kind, g_free);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->about, g_free);
  g_clear_pointer (&self->asked_for, g_free);
  g_clear_pointer (&self->allowed_for, g_free);
  g_clear_object (&self->context);
  gtk_widget_dispose_template (GTK_WIDGET (self), KITH_TYPE_PRINT_WINDOW);
  G_OBJECT_CLASS (kith_print_window_parent_class)->dispose (object);
}

static void
kith_print_window_class_init (KithPrintWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_print_window_dispose;
  g_type_ensure (KITH_TYPE_SWITCH_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/print/kith-print-window.ui");
  gtk_widget_class_bind_template_child (widget_class, KithPrintWindow, paper);
  gtk_widget_class_bind_template_child (widget_class, KithPrintWindow, language);
  gtk_widget_class_bind_template_child (widget_class, KithPrintWindow, language_key);
  gtk_widget_class_bind_template_child (widget_class, KithPrintWindow, consent);
  gtk_widget_class_bind_template_child (widget_class, KithPrintWindow, notes);
  gtk_widget_class_bind_template_child (widget_class, KithPrintWindow, names);
  gtk_widget_class_bind_template_child (widget_class, KithPrintWindow, problem);
  gtk_widget_class_bind_template_child (widget_class, KithPrintWindow, about_paper);
  gtk_widget_class_bind_template_child (widget_class, KithPrintWindow, print_button);
  gtk_widget_class_bind_template_child (widget_class, KithPrintWindow, save_button);
  gtk_widget_class_install_action (widget_class, "print.print", NULL, kith_print_window_print);
  gtk_widget_class_install_action (widget_class, "print.save", NULL, kith_print_window_save);
  gtk_widget_class_install_action (widget_class, "print.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "print.language", NULL, language_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "print.cancel", NULL);
  kith_shortcuts_install_class (widget_class, KITH_KEYS_PRINT);
}

static void
kith_print_window_init (KithPrintWindow *self)
{
  g_autoptr (GtkStringList) papers = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  kith_fit_to_text (GTK_WINDOW (self));
  self->languages = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < KITH_N_PAPERS; i++)
    gtk_string_list_append (papers, _(kith_paper_title (i)));
  kith_choice_row_set_words (self->paper, papers);
  g_signal_connect_object (self->paper, "notify::selected", G_CALLBACK (kith_print_window_ask_parts), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->paper, "notify::selected", G_CALLBACK (kith_print_window_show_consents), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->paper, "notify::selected", G_CALLBACK (kith_print_window_check_fonts), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->consent, "notify::selected", G_CALLBACK (kith_print_window_check_fonts), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->language, "notify::selected", G_CALLBACK (kith_print_window_check_fonts), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->language, "notify::selected", G_CALLBACK (tell_language), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->notes, "notify::active", G_CALLBACK (kith_print_window_check_fonts), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->consent, "notify::selected", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
}

/**
 * kith_print_window_new:
 * @client: its id
 *
 * Returns: (transfer none): a modal window that is not shown yet; printing is off until the rows it needs have been read; GTK keeps it until it is
 *   closed
 */
GtkWidget *
kith_print_window_new (GtkWindow *parent, KithContext *context, const char *client)
{
  KithPrintWindow *self = g_object_new (KITH_TYPE_PRINT_WINDOW, "transient-for", parent, "modal", TRUE, NULL);

  self->context = g_object_ref (context);
  self->client = g_strdup (client);
  self->n_asked = N_ASKED;
  g_signal_connect_object (context, "actor-changed", G_CALLBACK (kith_print_window_forget_unreadable), self, G_CONNECT_SWAPPED);
  ask (self);
  kith_print_window_ask_parts (self);
  return GTK_WIDGET (self);
}

void
kith_print_window_choose (KithPrintWindow *self, KithPaper paper)
{
  adw_combo_row_set_selected (self->paper, paper);
}

/* n_more: further services, that kith_print_window_ask_more() asks for. */
static GtkWidget *
new_for (GtkWindow   *parent,
         KithContext *context,
         const char  *kind,
         const char  *id,
         const char  *about,
         guint        n_more)
{
  KithPrintWindow *self = g_object_new (KITH_TYPE_PRINT_WINDOW, "transient-for", parent, "modal", TRUE, NULL);

  self->context = g_object_ref (context);
  self->kind = g_strdup (kind);
  self->id = g_strdup (id);
  self->about = g_strdup (about);
  gtk_widget_set_visible (GTK_WIDGET (self->paper), FALSE);
  /* D3: it is about a service or an agency and rests on nobody's consent. */
  if (is_agency (self))
    gtk_label_set_text (self->about_paper, about ? _("What the directory says of this agency, to take along. Nothing on it is about the client; that they were given it stands in the log of your agency.")
                                                 : _("What the directory says of this agency, to take along. Nothing on it is about anybody."));
  else if (is_handout (self))
    gtk_label_set_text (self->about_paper, about ? _("What the directory says of this service, to take along. Nothing on it is about the client; that they were given it stands in the log of your agency.")
                                                 : _("What the directory says of this service, to take along. Nothing on it is about anybody."));
  if (n_more > 0)
    kith_print_window_list_more (self, n_more);
  ask_record (self);
  return GTK_WIDGET (self);
}

GtkWidget *
kith_print_window_new_for_record (GtkWindow *parent, KithContext *context, const char *kind, const char *id)
{
  return new_for (parent, context, kind, id, NULL, 0);
}

GtkWidget *
kith_print_window_new_handout (GtkWindow *parent, KithContext *context, const char *kind, const char *id, const char *client)
{
  return new_for (parent, context, kind, id, client, 0);
}

GtkWidget *
kith_print_window_new_handouts (GtkWindow *parent, KithContext *context, GPtrArray *services)
{
  KithPrintWindow *self = KITH_PRINT_WINDOW (new_for (parent, context, "service", services->pdata[0], NULL, services->len - 1));
  g_autofree char *words = NULL;

  if (services->len < 2)
    return GTK_WIDGET (self);
  words = g_strdup_printf (ngettext ("What the directory says of %u service, to take along. Nothing on it is about anybody.",
                                     "What the directory says of %u services, to take along. Nothing on it is about anybody.", services->len), services->len);
  gtk_label_set_text (self->about_paper, words);
  kith_print_window_ask_more (self, services);
  return GTK_WIDGET (self);
}
