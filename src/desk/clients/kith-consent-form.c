/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-consent-form.h"

#include <glib/gi18n.h>

#include "kith-consent-card.h"
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
  GtkBox *content;      /* above what scrolls: how it is given */
  GtkCheckButton *agrees, *refuses;
  AdwBin *fields_place;
  KithConsentFields *fields;
  AdwPreferencesGroup *refuse_group;
  KithFieldRows *refusal;
  gboolean in_force;    /* there is a consent in force already */
  gboolean known;       /* which one that is */
  char *replaces;       /* consent that is renewed; "": which one is not known yet; NULL: none */
  gboolean care_only;   /* the own agency's part is all that is here: the person stands there and opens the record again */
  KithWatch *consents, *whose;
};

G_DEFINE_FINAL_TYPE (KithConsentForm, kith_consent_form, KITH_TYPE_FORM)

static void
changed_cb (KithConsentForm *self)
{
  gboolean refuses = gtk_check_button_get_active (self->refuses);

  gtk_widget_set_visible (GTK_WIDGET (self->fields_place), !refuses);
  gtk_widget_set_visible (GTK_WIDGET (self->refuse_group), refuses);
  if (!self->fields)
    return;
  gtk_widget_set_visible (kith_consent_fields_get_basis (self->fields), !refuses);
  kith_form_touch (KITH_FORM (self));
}

static void
submitted_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (KithConsentForm) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean saved = kith_context_submit_finish (KITH_CONTEXT (source), result, &error);

  if (!saved)
    kith_form_refused (KITH_FORM (self), KITH_CONTEXT (source), error);
  if (!saved || !kith_form_get_context (KITH_FORM (self))) /* locked or left meanwhile */
    return;
  kith_form_set_busy (KITH_FORM (self), FALSE);
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
  GPtrArray *steps;
  JsonObject *args;

  if (problem || wrong)
    {
      kith_form_tell (form, problem ? problem : wrong);
      if (problem)
        kith_consent_fields_focus_problem (self->fields);
      return;
    }
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
      if (self->care_only)
        json_object_set_boolean_member (args, "in_person", TRUE);
      else if (self->replaces && *self->replaces)
        json_object_set_array_member (args, "replaces", kith_json_strings (self->replaces, NULL));
    }
  done = refuses && self->in_force ? g_strdup (_("Refusal recorded. The consent given before stays in force until it is revoked."))
         : self->care_only         ? g_strdup (_("Consent recorded. The record opens once the hub has it, unless the referral that brought them to your agency was taken back."))
                                   : kith_page_done (GTK_WIDGET (form), refuses ? _("Refusal recorded") : _("Consent recorded"));
  steps = kith_store_steps_new ();
  g_ptr_array_add (steps, kith_store_step_new (refuses ? "consent.refuse" : "consent.record", args, FALSE));
  kith_form_submit (form, steps, done, submitted_cb, g_object_ref (self));
}

static JsonObject *
kith_consent_form_collect (KithForm *form)
{
  KithConsentForm *self = KITH_CONSENT_FORM (form);
  JsonObject *draft = kith_consent_fields_draft (self->fields), *refusal = json_object_new ();

  if (self->known)
    json_object_set_string_member (draft, "replaces", self->replaces);
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

  if (kith_json_string (draft, "replaces"))
    {
      g_free (self->replaces);
      self->replaces = g_strdup (kith_json_string (draft, "replaces"));
      self->known = TRUE;
    }
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
  g_clear_object (&self->whose);
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
  self->content = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  gtk_widget_set_vexpand (self->scroller, TRUE);
  gtk_box_append (self->content, self->scroller);
  kith_form_set_content (KITH_FORM (self), GTK_WIDGET (self->content));
}

/* From its end, either way: what runs out is renewed before that day as after it. G_MAXINT64: none to renew. */
static gint64
distance (KithConsentForm *self,
          JsonObject      *body)
{
  gint64 now = kith_context_get_now (kith_form_get_context (KITH_FORM (self))), end;
  const char *status = body ? kith_consent_status (body, now) : NULL, *term = body ? kith_json_string (body, "term") : NULL;

  if (g_strcmp0 (status, "in_force") != 0 && g_strcmp0 (status, "expired") != 0)
    return G_MAXINT64;
  return term && kith_time_parse (term, &end) ? ABS (end - now) : G_MAXINT64 - 1;
}

/* The one that was asked for; else the one whose end is nearest. */
static KithRow *
find_renewed (KithConsentForm *self,
              GPtrArray       *rows)
{
  KithRow *found = NULL;
  gint64 nearest = G_MAXINT64;

  for (guint i = 0; i < rows->len; i++)
    {
      gint64 from_end = distance (self, kith_row_body (rows->pdata[i], "body"));

      if (g_str_equal (self->replaces, kith_row_get_id (rows->pdata[i])))
        return rows->pdata[i];
      if (*self->replaces || from_end >= nearest)
        continue;
      nearest = from_end;
      found = rows->pdata[i];
    }
  return found;
}

/* A refusal takes nothing back (C4): somebody who means to end what is shared is told how. */
static void
show_in_force (KithConsentForm *self,
               GPtrArray       *rows)
{
  gint64 now = kith_context_get_now (kith_form_get_context (KITH_FORM (self)));

  self->in_force = FALSE;
  for (guint i = 0; i < rows->len; i++)
    self->in_force |= g_strcmp0 (kith_consent_status (kith_row_body (rows->pdata[i], "body"), now), "in_force") == 0;
  adw_preferences_group_set_description (self->refuse_group,
                                         self->in_force ? _("A consent given before stays in force, and the agencies it names go on seeing what it says. "
                                                            "To end that, revoke it in the client’s Consent tab.")
                                                        : _("The client is served all the same, and the record stays with your agency."));
}

static void
consents_cb (GPtrArray *rows,
             gpointer   user_data)
{
  KithConsentForm *self = user_data;
  KithRow *row = self->known || !self->replaces ? NULL : find_renewed (self, rows);
  g_autoptr (JsonArray) receivers = row ? kith_consent_row_names (row, "receiver_list") : NULL;
  g_autoptr (JsonArray) disclosers = row ? kith_consent_row_names (row, "discloser_list") : NULL;

  show_in_force (self, rows);
  if (!row)
    return;
  self->known = TRUE; /* what comes in meanwhile does not change what is being written */
  g_free (self->replaces);
  self->replaces = g_strdup (kith_row_get_id (row));
  if (!kith_form_begin_fill (KITH_FORM (self)))
    return;
  kith_consent_fields_renew (self->fields, kith_row_body (row, "body"), receivers, disclosers);
  kith_form_end_fill (KITH_FORM (self));
}

/* Where the record is not here, it is for this agency alone that it is opened again, and there is nothing to refuse that was asked. */
static void
whose_cb (GPtrArray *rows,
          gpointer   user_data)
{
  KithConsentForm *self = user_data;
  KithContext *context = kith_form_get_context (KITH_FORM (self));
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (context));
  gboolean care_only = rows->len > 0 && g_strcmp0 (kith_row_get_text (rows->pdata[0], "held"), "care") == 0;

  if (care_only == self->care_only)
    return;
  self->care_only = care_only;
  gtk_widget_set_visible (gtk_widget_get_ancestor (GTK_WIDGET (self->refuses), ADW_TYPE_ACTION_ROW), !care_only);
  if (care_only)
    gtk_check_button_set_active (self->agrees, TRUE);
  if (!care_only)
    kith_consent_fields_set_only (self->fields, NULL, NULL);
  if (!care_only || !actor || !kith_form_begin_fill (KITH_FORM (self)))
    return;
  kith_consent_fields_set_only (self->fields, actor->agency, actor->agency_name ? actor->agency_name : _("My agency"));
  kith_form_end_fill (KITH_FORM (self));
}

/**
 * kith_consent_refusal_rows_new:
 *
 * What the operation asks; it is always now.
 *
 * Returns: (transfer floating): a #KithFieldRows
 */
GtkWidget *
kith_consent_refusal_rows_new (KithContext *context)
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
  return rows;
}

GtkWidget *
kith_consent_form_new (KithContext *context,
                       const char  *client,
                       const char  *renew)
{
  static const char *const kinds[] = { "consent", NULL }, *const held_kinds[] = { "client", "care", NULL };
  KithConsentForm *self = g_object_new (KITH_TYPE_CONSENT_FORM, NULL);
  g_autofree char *place = renew && *renew ? g_strconcat ("renew:", client, ":", renew, NULL) : g_strconcat (renew ? "renew:" : "consent:", client, NULL);
  g_autofree char *scope = g_strconcat ("client:", client, NULL);
  g_autofree char *key = renew && *renew ? g_strconcat ("renew:consent:", renew, NULL) : g_strconcat (renew ? "renew:client:" : "consent:client:", client, NULL);

  self->client = g_strdup (client);
  self->replaces = g_strdup (renew);
  self->fields = KITH_CONSENT_FIELDS (kith_consent_fields_new (context));
  g_signal_connect_object (self->fields, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->fields_place, GTK_WIDGET (self->fields));
  gtk_box_prepend (self->content, kith_consent_fields_get_basis (self->fields));
  self->refusal = KITH_FIELD_ROWS (kith_consent_refusal_rows_new (context));
  g_signal_connect_object (self->refusal, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (self->refuse_group, GTK_WIDGET (self->refusal));
  kith_form_set_first (KITH_FORM (self), kith_consent_fields_get_first (self->fields));
  kith_form_set_up (KITH_FORM (self), context, place, key, scope, renew ? _("Renew Consent") : _("Record Consent"), renew ? _("Renew") : C_("verb", "Record"));
  kith_consent_fields_set_client (self->fields, client);
  self->consents = kith_watch_new (context, "client-consents", kinds, client, consents_cb, self);
  self->whose = kith_watch_new (context, "client", held_kinds, client, whose_cb, self);
  return GTK_WIDGET (self);
}
