/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-consent-form.h"

#include <glib/gi18n.h>

#include "kith-consent-fields.h"
#include "kith-format.h"
#include "kith-page.h"
#include "kith-watch.h"
#include "kith-operation.h"
#include "widgets/kith-field-rows.h"

struct _KithConsentForm
{
  KithForm parent_instance;
  char *client;
  GtkWidget *scroller;
  GtkCheckButton *agrees, *refuses;
  AdwBin *fields_place;
  KithConsentFields *fields;
  AdwPreferencesGroup *refuse_group;
  KithFieldRows *refusal;
  gboolean restored;
  char *replaces;       /* consent that is renewed */
  KithWatch *consents;
};

G_DEFINE_FINAL_TYPE (KithConsentForm, kith_consent_form, KITH_TYPE_FORM)

static void
changed_cb (KithConsentForm *self)
{
  gboolean refuses = gtk_check_button_get_active (self->refuses);

  gtk_widget_set_visible (GTK_WIDGET (self->fields_place), !refuses);
  gtk_widget_set_visible (GTK_WIDGET (self->refuse_group), refuses);
  if (self->fields)
    kith_form_touch (KITH_FORM (self));
}

static void
submitted_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (KithConsentForm) self = user_data;
  g_autoptr (GError) error = NULL;

  kith_form_set_busy (KITH_FORM (self), FALSE);
  if (!kith_context_submit_finish (KITH_CONTEXT (source), result, &error))
    {
      kith_form_tell (KITH_FORM (self), error->message);
      return;
    }
  kith_form_drop_draft (KITH_FORM (self));
  kith_form_done (KITH_FORM (self), self->client);
}

static void
kith_consent_form_commit (KithForm *form)
{
  KithConsentForm *self = KITH_CONSENT_FORM (form);
  KithContext *context = kith_form_get_context (form);
  gboolean refuses = gtk_check_button_get_active (self->refuses);
  const char *problem = refuses ? NULL : kith_consent_fields_problem (self->fields);
  g_autofree char *id = kith_context_new_id (context);
  g_autofree char *wrong = refuses ? kith_field_rows_check (self->refusal) : NULL;
  g_autofree char *done = NULL;
  JsonObject *args;

  if (problem || wrong)
    {
      kith_form_tell (form, problem ? problem : wrong);
      return;
    }
  kith_form_set_busy (form, TRUE);
  if (refuses)
    {
      args = kith_json_new ("id", "s", id, "client", "s", self->client, NULL);
      kith_field_rows_collect (self->refusal, args, FALSE);
    }
  else
    {
      args = kith_consent_fields_collect (self->fields);
      json_object_set_string_member (args, "id", id);
      json_object_set_string_member (args, "client", self->client);
      if (self->replaces)
        json_object_set_array_member (args, "replaces", kith_json_strings (self->replaces, NULL));
    }
  done = kith_page_done (GTK_WIDGET (form), refuses ? _("Refusal recorded") : _("Consent recorded"));
  kith_context_submit (context, refuses ? "consent.refuse" : "consent.record", args, done, FALSE, submitted_cb, g_object_ref (self));
}

static JsonObject *
kith_consent_form_collect (KithForm *form)
{
  KithConsentForm *self = KITH_CONSENT_FORM (form);
  JsonObject *draft = kith_consent_fields_draft (self->fields), *refusal = json_object_new ();

  json_object_set_boolean_member (draft, "refuses", gtk_check_button_get_active (self->refuses));
  kith_field_rows_collect (self->refusal, refusal, TRUE);
  json_object_set_object_member (draft, "refusal", refusal);
  return draft;
}

static void
kith_consent_form_restore (KithForm   *form,
                           JsonObject *draft)
{
  KithConsentForm *self = KITH_CONSENT_FORM (form);

  self->restored = TRUE;
  kith_consent_fields_restore (self->fields, draft);
  gtk_check_button_set_active (kith_json_bool (draft, "refuses", FALSE) ? self->refuses : self->agrees, TRUE);
  if (kith_json_object (draft, "refusal"))
    kith_field_rows_show (self->refusal, kith_json_object (draft, "refusal"));
}

static void
kith_consent_form_dispose (GObject *object)
{
  KithConsentForm *self = KITH_CONSENT_FORM (object);

  self->fields = NULL;
  self->refusal = NULL;
  g_clear_object (&self->consents);
  g_clear_pointer (&self->replaces, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), KITH_TYPE_CONSENT_FORM);
  g_clear_pointer (&self->client, g_free);
  G_OBJECT_CLASS (kith_consent_form_parent_class)->dispose (object);
}

static void
kith_consent_form_class_init (KithConsentFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_consent_form_dispose;
  KITH_FORM_CLASS (klass)->commit = kith_consent_form_commit;
  KITH_FORM_CLASS (klass)->collect = kith_consent_form_collect;
  KITH_FORM_CLASS (klass)->restore = kith_consent_form_restore;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/clients/kith-consent-form.ui");
  gtk_widget_class_bind_template_child (widget_class, KithConsentForm, scroller);
  gtk_widget_class_bind_template_child (widget_class, KithConsentForm, agrees);
  gtk_widget_class_bind_template_child (widget_class, KithConsentForm, refuses);
  gtk_widget_class_bind_template_child (widget_class, KithConsentForm, fields_place);
  gtk_widget_class_bind_template_child (widget_class, KithConsentForm, refuse_group);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
kith_consent_form_init (KithConsentForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kith_form_set_content (KITH_FORM (self), self->scroller);
}

/* The one that is renewed: what is in force, or else the last that was given. */
static void
consents_cb (GPtrArray *rows,
             gpointer   user_data)
{
  KithConsentForm *self = user_data;

  for (guint i = 0; !self->replaces && i < rows->len; i++)
    {
      JsonObject *body = kith_row_body (rows->pdata[i], "body");
      const char *names = kith_row_get_text (rows->pdata[i], "receiver_list");
      g_autoptr (JsonNode) list = names ? json_from_string (names, NULL) : NULL;

      if (!body || g_strcmp0 (kith_json_string (body, "permission"), "granted") != 0)
        continue;
      self->replaces = g_strdup (kith_row_get_id (rows->pdata[i]));
      if (!self->restored)
        kith_consent_fields_renew (self->fields, body, list && JSON_NODE_HOLDS_ARRAY (list) ? json_node_get_array (list) : NULL);
    }
}

/* Who said no, how, in which language, before whom, and why if they say (C2, C3): what the operation asks. It is always now. */
static KithFieldRows *
refusal_new (KithConsentForm *self,
             KithContext     *context)
{
  const KithOperation *operation = kith_operation_get ("consent.refuse");
  g_autoptr (GPtrArray) asked = g_ptr_array_new ();
  g_autoptr (JsonObject) preset = kith_json_new ("how", "s", "verbal", "grantor", "s", "self", NULL);
  GtkWidget *rows;

  for (guint i = 0; i < operation->n_args; i++)
    if (!g_str_equal (operation->args[i].name, "id") && !g_str_equal (operation->args[i].name, "client"))
      g_ptr_array_add (asked, (gpointer) &operation->args[i]);
  rows = kith_field_rows_new_fields (context, (const KithField *const *) asked->pdata, asked->len);
  gtk_widget_set_name (rows, "refusal");
  kith_field_rows_show (KITH_FIELD_ROWS (rows), preset);
  g_signal_connect_object (rows, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return KITH_FIELD_ROWS (rows);
}

GtkWidget *
kith_consent_form_new (KithContext *context,
                       const char  *client,
                       gboolean     renew)
{
  static const char *const kinds[] = { "consent", NULL };
  KithConsentForm *self = g_object_new (KITH_TYPE_CONSENT_FORM, NULL);
  g_autofree char *place = g_strconcat (renew ? "renew:" : "consent:", client, NULL);
  g_autofree char *scope = g_strconcat ("client:", client, NULL);
  g_autofree char *key = g_strconcat (renew ? "renew:client:" : "consent:client:", client, NULL);

  self->client = g_strdup (client);
  self->fields = KITH_CONSENT_FIELDS (kith_consent_fields_new (context));
  g_signal_connect_object (self->fields, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->fields_place, GTK_WIDGET (self->fields));
  self->refusal = refusal_new (self, context);
  adw_preferences_group_add (self->refuse_group, GTK_WIDGET (self->refusal));
  kith_form_set_first (KITH_FORM (self), kith_consent_fields_get_first (self->fields));
  kith_form_set_up (KITH_FORM (self), context, place, key, scope, renew ? _("Renew Consent") : _("Record Consent"), renew ? _("Renew") : C_("verb", "Record"));
  kith_consent_fields_set_client (self->fields, client);
  if (renew)
    self->consents = kith_watch_new (context, "client-consents", kinds, client, consents_cb, self);
  return GTK_WIDGET (self);
}
