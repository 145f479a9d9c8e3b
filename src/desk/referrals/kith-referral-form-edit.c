/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A referral that waits to be sent is written otherwise, in its place in the outbox: what was attached to it stays, unless it is taken off. So is what
 * 2-1-1 assigned from a call, whose need and person stay the call's. */

#include "kith-referral-form-private.h"

#include <glib/gi18n.h>

#include "kith-clock.h"
#include "kith-format.h"
#include "kith-page.h"
#include "kith-referral-draft.h"
#include "kith-text.h"

#define DAY_MS G_GINT64_CONSTANT (86400000)

static const char *const too_late = N_("It has gone out meanwhile, so nothing was changed. Recall it, or write to the other agency.");
static const char *const too_late_draft = N_("This draft was just kept by the hub, so nothing was changed. Leave the form and choose Change… again.");

/* As kith_referral_attach_draft() says it. Yours; NULL: none */
static JsonArray *
attached_of (KithReferralForm *self)
{
  JsonArray *files = self->attached->len > 0 ? json_array_new () : NULL;

  for (guint i = 0; i < self->attached->len; i++)
    {
      KithRow *row = self->attached->pdata[i];

      json_array_add_object_element (files, kith_json_new ("document", "s", kith_row_get_id (row), "name", "s", kith_row_get_text (row, "name"), "media", "s",
                                                           kith_row_get_text (row, "media_type"), "type", "s", kith_row_get_text (row, "type"), "health", "b",
                                                           g_strcmp0 (kith_row_get_text (row, "t"), "referral_health") == 0, "attached", "b", TRUE, NULL));
    }
  return files;
}

/* What a draft of the form would say. Yours */
static JsonObject *
make_draft (KithReferralForm *self,
            KithRow          *row)
{
  JsonObject *args = self->original, *release = kith_json_object (args, "release");
  const char *service = kith_json_string (args, "service"), *queue = kith_json_string (args, "queue");
  const char *agency = service ? kith_row_get_text (row, "agency") : kith_json_string (args, "agency_to");
  const char *of_agency = kith_row_get_text (row, "agency_name"), *of_queue = kith_row_get_text (row, "queue_name");
  gboolean alone = queue && !service && !agency;
  gint64 now = kith_context_get_now (kith_form_get_context (KITH_FORM (self))), until = 0;
  JsonObject *draft = kith_json_new (
    "service", "s", service, "agency", "s", alone ? "network" : agency, "queue", "s", queue, "target_name", "s",
    service ? kith_row_get_text (row, "service_name") : alone ? of_queue : of_agency, "agency_name", "s",
    alone ? _("the network’s staff (2-1-1)") : of_agency, "direct", "b", alone || kith_row_get_int (row, "direct") != 0, "type", "s", kith_json_string (args, "type"),
    "need", "s", kith_json_string (args, "need"), "urgency", "s", kith_json_string (args, "urgency"), "request", "s", kith_json_string (args, "request"), "note", "s",
    kith_json_string (args, "note"), "contact_name", "s",
    kith_json_string (args, "contact_name"), "date_of_birth", "s", kith_json_string (args, "date_of_birth"), "phone", "s", kith_json_string (args, "phone"), NULL);

  if (self->of_call)
    json_object_set_string_member (draft, "need", kith_json_string (args, "need_words"));
  json_object_set_array_member (draft, "files", attached_of (self));
  json_object_set_boolean_member (draft, "knows_attached", TRUE);
  if (kith_json_array (args, "answers"))
    json_object_set_array_member (draft, "answers", json_array_ref (kith_json_array (args, "answers")));
  if (release)
    {
      json_object_set_boolean_member (draft, "release", TRUE);
      json_object_set_string_member (draft, "basis", kith_json_string (release, "basis"));
      json_object_set_boolean_member (draft, "health", kith_json_array_has (kith_json_array (release, "classes"), "client_health"));
      json_object_set_boolean_member (draft, "network", kith_json_bool (release, "network", FALSE));
      if (kith_json_string (release, "until") && kith_time_parse (kith_json_string (release, "until"), &until))
        json_object_set_int_member (draft, "until", kith_referral_form_term ((int) ((until - now + DAY_MS / 2) / DAY_MS)));
    }
  return draft;
}

static void
args_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (KithReferralForm) self = user_data;
  g_autoptr (GError) error = NULL;
  JsonObject *args = kith_desktop_job_finish (KITH_DESKTOP (source), result, &error);
  g_autoptr (JsonObject) draft = NULL;

  if (!kith_form_get_context (KITH_FORM (self)) || !self->editing_row)
    {
      g_clear_pointer (&args, json_object_unref);
      return;
    }
  kith_form_set_busy (KITH_FORM (self), FALSE);
  if (!args)
    {
      kith_form_tell (KITH_FORM (self), error ? error->message : _(too_late));
      return;
    }
  self->original = args;
  self->of_call = kith_json_string (args, "contact") != NULL;
  gtk_widget_set_sensitive (GTK_WIDGET (self->need), !self->of_call);
  gtk_widget_set_visible (self->who_group, !self->client && !self->of_call);
  gtk_widget_set_visible (GTK_WIDGET (self->attach_place), !self->of_call);
  if (kith_referral_form_edits_draft (self))
    {
      kith_form_set_verb (KITH_FORM (self), _("Send"));
      kith_form_set_title (KITH_FORM (self), _("Finish the Draft"));
    }
  kith_referral_form_check (self);
  draft = make_draft (self, self->editing_row);
  kith_form_fill (KITH_FORM (self), draft);
}

static gpointer
args_job (gpointer      store,
          gpointer      data,
          GCancellable *cancellable,
          GError      **error)
{
  g_autoptr (KithRecord) need = NULL;
  JsonObject *args = NULL;

  if (!kith_store_get_unsent (store, "referral.send", data, &args, error) || args || !kith_store_get_unsent (store, "contact.assign", data, &args, error))
    return args;
  if (!args)
    return kith_referral_draft_args (kith_store_get_world (store), data, error);
  if (kith_json_string (args, "need"))
    need = kith_world_get (kith_store_get_world (store), "contact_need", kith_json_string (args, "need"), NULL);
  if (need)
    json_object_set_string_member (args, "need_words", kith_record_string (need, "words"));
  return args;
}

/* Once: what comes later is this form's own doing. */
static void
attached_cb (GPtrArray *rows,
             gpointer   user_data)
{
  KithReferralForm *self = user_data;

  if (self->attached)
    return;
  self->attached = g_ptr_array_ref (rows);
  kith_desktop_store_async (kith_context_get_desktop (kith_form_get_context (KITH_FORM (self))), args_job, g_strdup (self->editing), g_free, NULL, args_cb,
                            g_object_ref (self));
}

static void
target_cb (GPtrArray *rows,
           gpointer   user_data)
{
  static const char *const kinds[] = { "document", NULL };
  KithReferralForm *self = user_data;

  if (rows->len == 0 || self->editing_row)
    return;
  self->editing_row = g_object_ref (rows->pdata[0]);
  self->attached_watch = kith_watch_new (kith_form_get_context (KITH_FORM (self)), "referral-documents", kinds, self->editing, attached_cb, self);
}

void
kith_referral_form_begin_edit (KithReferralForm *self)
{
  static const char *const kinds[] = { "referral", NULL };

  kith_form_set_busy (KITH_FORM (self), TRUE);
  self->editing_watch = kith_watch_new (kith_form_get_context (KITH_FORM (self)), "referral-target", kinds, self->editing, target_cb, self);
}

gboolean
kith_referral_form_edits_draft (KithReferralForm *self)
{
  return self->original && kith_json_bool (self->original, "draft", FALSE);
}

gboolean
kith_referral_form_edits_standing (KithReferralForm *self)
{
  return self->original && kith_json_bool (self->original, "stands", FALSE);
}

/* Saving */

void
kith_referral_form_keep_of_original (KithReferralForm *self,
                                     JsonObject       *args)
{
  static const char *const kept[] = { "number", "previous", "contact_record", "contact", "draft_seen", NULL };

  for (guint i = 0; kept[i]; i++)
    if (json_object_has_member (self->original, kept[i]))
      json_object_set_member (args, kept[i], json_node_copy (json_object_get_member (self->original, kept[i])));
}

typedef struct
{
  const char *op;
  JsonObject *args, *consent;
  GPtrArray *files; /* (element-type KithStoreStep) */
  char *draft;
  gboolean edited;
} Edit;

static void
edit_free (gpointer data)
{
  Edit *edit = data;

  json_object_unref (edit->args);
  g_clear_pointer (&edit->consent, json_object_unref);
  g_ptr_array_unref (edit->files);
  g_free (edit->draft);
  g_free (edit);
}

static gpointer
edit_job (gpointer      store,
          gpointer      data,
          GCancellable *cancellable,
          GError      **error)
{
  Edit *edit = data;

  if (!kith_store_edit (store, edit->op, edit->args, edit->consent ? "consent.record" : NULL, edit->consent, edit->files, edit->draft,
                        &edit->edited, error))
    return NULL;
  return GINT_TO_POINTER (edit->edited ? 1 : 2);
}

typedef struct
{
  KithReferralForm *form;
  KithContext *context; /* the form's, which may have it no more when this is done */
} Saving;

static void
edited_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Saving *saving = user_data;
  g_autoptr (KithReferralForm) self = saving->form;
  g_autoptr (KithContext) of_form = saving->context;
  g_autoptr (GError) error = NULL;
  int done = GPOINTER_TO_INT (kith_desktop_job_finish (KITH_DESKTOP (source), result, &error));
  KithContext *context = kith_form_get_context (KITH_FORM (self));
  gboolean was_draft = kith_json_bool (self->original, "draft", FALSE);

  g_free (saving);
  if (done != 1)
    {
      kith_referral_attach_drop_kept (self->attach);
      if (!error)
        g_set_error_literal (&error, KITH_REFUSAL, KITH_REFUSAL_DENIED, was_draft ? _(too_late_draft) : _(too_late));
      kith_form_refused (KITH_FORM (self), of_form, error);
    }
  else if (context) /* not locked meanwhile */
    {
      g_autofree char *words = kith_page_done (GTK_WIDGET (self), self->drafts ? _("Kept as a draft: it stands in Sent") : was_draft ? _("Referral goes out") : _("Referral changed"));

      kith_context_toast (context, words);
      kith_referral_form_sent (self);
    }
}

/* args: as for a new one, transfer full. What the form does not ask stays as it was; what was attached and taken off leaves the outbox, and this computer. consent: recorded in the form; it goes out before the
 * referral that needs it, transfer full. files: attached with it, transfer full. */
void
kith_referral_form_save_edit (KithReferralForm *self,
                              JsonObject       *args,
                              JsonObject       *consent,
                              GPtrArray        *files)
{
  static const char *const of_the_call[] = { "client", "need", "health", "contact_name", "date_of_birth", "phone", NULL };
  KithContext *context = kith_form_get_context (KITH_FORM (self));
  Edit *edit = g_new0 (Edit, 1);
  Saving *saving = g_new0 (Saving, 1);

  for (guint i = 0; self->of_call && of_the_call[i]; i++)
    json_object_remove_member (args, of_the_call[i]);
  kith_referral_form_keep_of_original (self, args);
  if (self->of_call && json_object_has_member (self->original, "need"))
    json_object_set_string_member (args, "need", kith_json_string (self->original, "need"));
  for (guint i = 0; i < self->attached->len; i++)
    if (kith_referral_form_gives_only (self) || (self->knows_attached && !kith_referral_attach_keeps (self->attach, kith_row_get_id (self->attached->pdata[i]))))
      g_ptr_array_insert (files, 0, kith_store_step_new_withdraw ("document.attach", kith_row_get_id (self->attached->pdata[i])));
  edit->op = self->of_call ? "contact.assign" : "referral.send";
  edit->args = args;
  edit->consent = consent;
  edit->files = files;
  edit->draft = g_strdup (kith_form_get_draft_key (KITH_FORM (self)));
  saving->form = g_object_ref (self);
  saving->context = g_object_ref (context);
  kith_desktop_store_async (kith_context_get_desktop (context), edit_job, edit, edit_free, NULL, edited_cb, saving);
}
