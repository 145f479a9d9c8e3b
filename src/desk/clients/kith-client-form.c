/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "kith-client-form-private.h"
#include "kith-consent-form.h"
#include "kith-format.h"
#include "kith-id.h"
#include "kith-network-window.h"
#include "kith-text.h"
#include "widgets/kith-action-strip.h"
#include "widgets/kith-choice-row.h"

G_DEFINE_FINAL_TYPE (KithClientForm, kith_client_form, KITH_TYPE_FORM)

static void
changed_cb (KithClientForm *self)
{
  if (!kith_form_get_context (KITH_FORM (self)))
    return;
  if (self->similar)
    {
      g_autoptr (JsonObject) values = kith_client_form_values (self, FALSE);

      kith_similar_pane_look (self->similar, values);
      if (self->consent)
        kith_consent_fields_set_birth (self->consent, kith_json_string (values, "date_of_birth"));
    }
  kith_client_form_show_need (self);
  gtk_widget_set_visible (GTK_WIDGET (self->consent_place), adw_combo_row_get_selected (self->consent_choice) == 1);
  if (self->consent)
    gtk_widget_set_visible (kith_consent_fields_get_basis (self->consent), adw_combo_row_get_selected (self->consent_choice) == 1);
  gtk_widget_set_visible (GTK_WIDGET (self->refusal_place), adw_combo_row_get_selected (self->consent_choice) == 2);
  kith_form_touch (KITH_FORM (self));
}

static JsonObject *
kith_client_form_collect (KithForm *form)
{
  KithClientForm *self = KITH_CLIENT_FORM (form);
  JsonObject *draft = kith_client_form_values (self, TRUE), *billing = kith_client_form_billing (self, TRUE), *health = kith_client_form_health (self, TRUE);

  if (health)
    json_object_set_object_member (draft, "health", health);
  if (billing)
    json_object_set_object_member (draft, "billing", billing);
  if (self->before)
    json_object_set_object_member (draft, "was", json_object_ref (self->before));
  if (self->billing_before)
    json_object_set_object_member (draft, "billing_was", json_object_ref (self->billing_before));
  if (self->taken)
    json_object_set_object_member (draft, "taken_was", json_object_ref (self->taken));
  kith_client_form_collect_need (self, draft);
  json_object_set_int_member (draft, "consent_choice", adw_combo_row_get_selected (self->consent_choice));
  if (self->household)
    json_object_set_object_member (draft, "household", kith_household_rows_draft (self->household));
  if (self->similar)
    json_object_set_array_member (draft, "not_same", kith_similar_pane_get_different (self->similar));
  if (self->consent)
    json_object_set_object_member (draft, "consent", kith_consent_fields_draft (self->consent));
  if (self->refusal)
    {
      JsonObject *refusal = json_object_new ();

      kith_field_rows_collect (self->refusal, refusal, TRUE);
      json_object_set_object_member (draft, "refusal", refusal);
    }
  return draft;
}

/* A draft that says something of insurance and billing is compared with what its author had before them, be it nothing. One that says nothing
 * leaves them as they are now: nobody emptied what was not there, or not in sight, when it was written. */
static void
restore_billing (KithClientForm *self,
                 JsonObject     *draft)
{
  JsonObject *was = kith_json_object (draft, "billing_was"), *values = kith_json_object (draft, "billing");

  if (self->client && !was && !values)
    return;
  self->billing_taken = TRUE;
  g_clear_pointer (&self->billing_before, json_object_unref);
  self->billing_before = was ? json_object_ref (was) : NULL;
  kith_field_rows_show (self->billing, values);
}

/* A draft without the record its author had before them has only what they typed, since that record was taken away (kith_store_save_draft()): where the record is
 * here again, what they typed lies over it. */
static void
show_typed (KithClientForm *self)
{
  g_autoptr (JsonObject) values = self->before ? kith_json_copy_object (self->before) : json_object_new ();
  g_autoptr (GList) names = json_object_get_members (self->typed);

  for (GList *l = names; l; l = l->next)
    json_object_set_member (values, l->data, json_node_copy (json_object_get_member (self->typed, l->data)));
  kith_client_form_show (self, values);
}

static void
kith_client_form_restore (KithForm   *form,
                          JsonObject *draft)
{
  KithClientForm *self = KITH_CLIENT_FORM (form);
  JsonObject *was = kith_json_object (draft, "was");

  /* Changes are told against what its author had before them: what others changed since then is settled field by field, not overwritten. */
  if (was)
    {
      g_clear_pointer (&self->before, json_object_unref);
      self->before = json_object_ref (was);
    }
  g_clear_pointer (&self->taken, json_object_unref);
  if (kith_json_object (draft, "taken_was"))
    self->taken = json_object_ref (kith_json_object (draft, "taken_was"));
  g_clear_pointer (&self->typed, json_object_unref);
  self->typed = self->client && !was ? json_object_ref (draft) : NULL;
  if (self->typed)
    show_typed (self);
  else
    kith_client_form_show (self, draft);
  restore_billing (self, draft);
  adw_combo_row_set_selected (self->consent_choice, kith_json_int (draft, "consent_choice", 0));
  kith_client_form_restore_need (self, draft);
  if (self->health)
    {
      JsonObject *health = kith_json_object (draft, "health");

      kith_field_rows_show (self->health, health);
      gtk_expander_set_expanded (GTK_EXPANDER (self->health_group), health && json_object_get_size (health) > 0); /* what is sent is seen */
    }
  if (self->household)
    kith_household_rows_restore (self->household, kith_json_object (draft, "household"));
  if (self->similar)
    kith_similar_pane_set_different (self->similar, kith_json_array (draft, "not_same"));
  if (self->consent && kith_json_object (draft, "consent"))
    kith_consent_fields_restore (self->consent, kith_json_object (draft, "consent"));
  if (self->refusal && kith_json_object (draft, "refusal"))
    kith_field_rows_show (self->refusal, kith_json_object (draft, "refusal"));
}

/* Yours */
char *
kith_client_form_gone_words (void)
{
  return g_strdup (_("This client’s record is hidden by consent, or not on this computer any more. There is nothing to change."));
}

/* What may not be seen any more stands in no form either (C4): what was typed is in its draft. */
static void
show_gone (KithClientForm *self,
           gboolean        gone)
{
  g_autofree char *words = gone ? kith_client_form_gone_words () : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->flap), !gone);
  if (gone || self->gone)
    kith_form_tell (KITH_FORM (self), words);
  self->gone = gone;
}

/* The record to change: taken once. What others change meanwhile is settled field by field when this is sent. An agency that has its own care alone has no
 * record to change. */
static void
client_cb (GPtrArray *rows,
           gpointer   user_data)
{
  KithClientForm *self = user_data;
  KithRow *row = rows->len > 0 && g_strcmp0 (kith_row_get_text (rows->pdata[0], "held"), "care") != 0 ? rows->pdata[0] : NULL;
  JsonObject *body = row ? kith_row_body (row, "body") : NULL;

  show_gone (self, row == NULL);
  if (!body || self->before)
    return;
  self->before = json_object_ref (body);
  if (self->typed)
    show_typed (self);
  if (!kith_form_begin_fill (KITH_FORM (self)))
    return;
  kith_client_form_show (self, body);
  kith_form_end_fill (KITH_FORM (self));
}

/* No row: this person may not see insurance and billing. */
static void
billing_cb (GPtrArray *rows,
            gpointer   user_data)
{
  KithClientForm *self = user_data;
  KithRow *row = rows->len > 0 ? rows->pdata[0] : NULL;
  JsonObject *body = row ? kith_row_body (row, "body") : NULL;

  self->billing_known = TRUE;
  gtk_widget_set_visible (self->billing_group, row != NULL);
  if (!row || self->billing_id)
    return;
  self->billing_id = kith_id_natural ("client_billing", self->client);
  if (!body || self->billing_taken)
    return;
  self->billing_before = json_object_ref (body);
  kith_field_rows_follow (self->billing, NULL, body);
}

static void
similar_count_cb (KithClientForm *self)
{
  guint n;
  g_autofree char *text = NULL, *words = NULL, *line = NULL;

  if (!self->similar)
    return;
  g_object_get (self->similar, "count", &n, NULL);
  line = g_strdup_printf (ngettext ("%u person may be the same: look", "%u people may be the same: look", n), n);
  text = g_strdup_printf ("%u", n);
  words = g_strdup_printf (ngettext ("%u similar", "%u similar", n), n);
  gtk_label_set_text (self->matches_label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->matches_button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_widget_set_visible (self->matches_button, n > 0 && adw_flap_get_folded (self->flap));
  /* Where they do not stand beside the form, whoever types a name reads it above the form. */
  gtk_label_set_text (self->matches_words, line);
  gtk_widget_set_visible (self->matches_line, n > 0 && adw_flap_get_folded (self->flap));
}

static gboolean
after_folding_cb (gpointer user_data)
{
  similar_count_cb (user_data);
  return G_SOURCE_REMOVE;
}

/* Folding is told in the middle of an allocation, when nothing may be shown or hidden. */
static void
folded_cb (KithClientForm *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, after_folding_cb, g_object_ref (self), g_object_unref);
}

void
kith_client_form_get_person (KithClientForm *self,
                             char          **name,
                             char          **birth)
{
  g_autoptr (JsonObject) values = self->client ? json_object_new () : kith_client_form_values (self, FALSE);
  const char *given = kith_json_string (values, "given_name"), *family = kith_json_string (values, "family_name");
  const char *date = kith_json_string (values, "date_of_birth");

  *name = given && family ? g_strdup_printf ("%s %s", given, family) : g_strdup (given ? given : family);
  *birth = date && kith_text_is_partial_date (date) ? g_strdup (date) : NULL;
}

static void
matches_action (GtkWidget  *widget,
                const char *name,
                GVariant   *target)
{
  KithClientForm *self = KITH_CLIENT_FORM (widget);

  adw_flap_set_reveal_flap (self->flap, TRUE);
  gtk_widget_child_focus (GTK_WIDGET (self->similar_place), GTK_DIR_TAB_FORWARD);
}

static void
commit_more_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *target)
{
  if (!kith_form_is_busy (KITH_FORM (widget)))
    kith_client_form_commit_more (KITH_CLIENT_FORM (widget));
}

static void
kith_client_form_dispose (GObject *object)
{
  KithClientForm *self = KITH_CLIENT_FORM (object);

  g_clear_object (&self->watch);
  g_clear_object (&self->billing_watch);
  if (self->similar)
    g_signal_handlers_disconnect_by_data (self->similar, self);
  self->similar = NULL;
  self->consent = NULL;
  self->refusal = NULL;
  self->health = NULL;
  self->household = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), KITH_TYPE_CLIENT_FORM);
  g_clear_pointer (&self->client, g_free);
  g_clear_pointer (&self->billing_id, g_free);
  g_clear_pointer (&self->before, json_object_unref);
  g_clear_pointer (&self->taken, json_object_unref);
  g_clear_pointer (&self->typed, json_object_unref);
  g_clear_pointer (&self->billing_before, json_object_unref);
  G_OBJECT_CLASS (kith_client_form_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, KithClientForm, name)

static void
kith_client_form_class_init (KithClientFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_client_form_dispose;
  KITH_FORM_CLASS (klass)->commit = kith_client_form_commit;
  KITH_FORM_CLASS (klass)->collect = kith_client_form_collect;
  KITH_FORM_CLASS (klass)->restore = kith_client_form_restore;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/clients/kith-client-form.ui");
  BIND (flap);
  BIND (similar_place);
  BIND (consent_place);
  BIND (refusal_place);
  BIND (consent_group);
  BIND (need_group);
  BIND (need);
  BIND (need_then);
  BIND (consent_choice);
  BIND (who_place);
  BIND (who_more_place);
  BIND (who_group);
  BIND (reach_place);
  BIND (language_place);
  BIND (household_place);
  BIND (household_group);
  BIND (more_members);
  BIND (more_place);
  BIND (more_group);
  BIND (billing_place);
  BIND (billing_group);
  BIND (health_place);
  BIND (health_group);
  BIND (matches_button);
  BIND (matches_line);
  BIND (matches_words);
  BIND (matches_label);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
  gtk_widget_class_install_action (widget_class, "form.matches", NULL, matches_action);
  gtk_widget_class_install_action (widget_class, "form.commit-more", NULL, commit_more_action);
}

static void
kith_client_form_init (KithClientForm *self)
{
  const char *choices[] = { _("Not asked yet"), _("Agrees to share"), _("Does not agree"), NULL };
  g_autoptr (GtkStringList) list = gtk_string_list_new (choices);

  gtk_widget_init_template (GTK_WIDGET (self));
  kith_choice_row_set_words (self->consent_choice, list);
  kith_client_form_begin_need (self);
  kith_form_set_content (KITH_FORM (self), GTK_WIDGET (self->flap));
  kith_form_add_header_widget (KITH_FORM (self), self->matches_button);
  kith_action_strip_print_key (self->more_members);
}

static void
set_up_new (KithClientForm *self,
            KithContext    *context,
            const char     *with,
            const char     *text)
{
  g_autofree char *name = NULL, *birth = NULL;
  /* Of somebody's household: what is taken over from them goes with the access to them. */
  g_autofree char *place = with ? g_strconcat ("new:", with, NULL) : g_strdup ("new");
  g_autofree char *key = with ? g_strconcat ("client:new:", with, NULL) : g_strdup ("client:new");
  g_autofree char *scope = with ? g_strconcat ("client:", with, NULL) : NULL;

  self->similar = KITH_SIMILAR_PANE (kith_similar_pane_new (context));
  g_signal_connect_object (self->similar, "notify::count", G_CALLBACK (similar_count_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->similar, "picked", G_CALLBACK (kith_client_form_take_found), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->similar, "different", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->similar_place, GTK_WIDGET (self->similar));
  self->consent = KITH_CONSENT_FIELDS (kith_consent_fields_new (context));
  g_signal_connect_object (self->consent, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->consent_place, GTK_WIDGET (self->consent));
  gtk_box_prepend (GTK_BOX (gtk_widget_get_parent (self->matches_line)), kith_consent_fields_get_basis (self->consent));
  gtk_widget_set_visible (kith_consent_fields_get_basis (self->consent), FALSE);
  self->refusal = KITH_FIELD_ROWS (kith_consent_refusal_rows_new (context));
  g_signal_connect_object (self->refusal, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->refusal_place, GTK_WIDGET (self->refusal));
  kith_client_form_make_household (self, context);
  g_signal_connect_object (self->household, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  kith_form_set_up (KITH_FORM (self), context, place, key, scope, with ? _("New Member of the Household") : _("New Client"), _("Register"));
  kith_client_form_make_health (self, context);
  g_signal_connect_object (self->health, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  kith_network_window_split (text, &name, &birth);
  if ((name || birth || with) && kith_form_begin_fill (KITH_FORM (self)))
    {
      /* As it was searched for, in one: which of the words is the family's name nobody knows (domain.md: never guessed). */
      g_autoptr (JsonObject) who = kith_json_new ("given_name", "s", name, "date_of_birth", "s", birth, NULL);

      kith_field_rows_show (self->who, who);
      kith_household_rows_set_with (self->household, with);
      kith_form_end_fill (KITH_FORM (self));
    }
}

static void
set_up_edit (KithClientForm *self,
             KithContext    *context,
             const char     *client)
{
  static const char *const kinds[] = { "client", NULL };
  static const char *const billing_kinds[] = { "client_billing", NULL };
  g_autofree char *place = g_strconcat ("edit:", client, NULL);
  g_autofree char *key = g_strconcat ("edit:client:", client, NULL);
  g_autofree char *scope = g_strconcat ("client:", client, NULL);

  self->client = g_strdup (client);
  gtk_widget_set_visible (self->consent_group, FALSE);
  gtk_widget_set_visible (self->need_group, FALSE);
  gtk_widget_set_visible (self->household_group, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->more_members), FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "form.commit-more", FALSE);
  gtk_widget_set_visible (self->billing_group, FALSE);
  gtk_expander_set_expanded (GTK_EXPANDER (self->more_group), TRUE);
  gtk_expander_set_expanded (GTK_EXPANDER (self->billing_group), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->similar_place), FALSE);
  adw_flap_set_reveal_flap (self->flap, FALSE);
  adw_flap_set_locked (self->flap, TRUE);
  /* The record first, so that a draft restored later lies over it. */
  self->watch = kith_watch_new (context, "client", kinds, client, client_cb, self);
  self->billing_watch = kith_watch_new (context, "client-billing", billing_kinds, client, billing_cb, self);
  kith_form_set_up (KITH_FORM (self), context, place, key, scope, _("Edit Client"), _("Save"));
}

static KithClientForm *
form_new (KithContext *context)
{
  KithClientForm *self = g_object_new (KITH_TYPE_CLIENT_FORM, NULL);
  KithFieldRows **rows[] = { &self->who, &self->who_more, &self->reach, &self->language, &self->more, &self->billing };

  kith_client_form_make_rows (self, context);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_signal_connect_object (*rows[i], "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

GtkWidget *
kith_client_form_new (KithContext *context,
                      const char  *client,
                      const char  *text)
{
  KithClientForm *self = form_new (context);

  if (client)
    set_up_edit (self, context, client);
  else
    set_up_new (self, context, NULL, text);
  return GTK_WIDGET (self);
}

GtkWidget *
kith_client_form_new_member (KithContext *context,
                             const char  *with,
                             const char  *text)
{
  KithClientForm *self = form_new (context);

  set_up_new (self, context, with, text);
  /* The conversation begins with the name, as of everybody; what they are to the household comes right after it. */
  gtk_box_reorder_child_after (GTK_BOX (gtk_widget_get_parent (self->household_group)), self->household_group, self->who_group);
  return GTK_WIDGET (self);
}
