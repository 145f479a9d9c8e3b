/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who the client is: the head of the record and the facts of its first tab. */

#include "kith-client-view-private.h"

#include <glib/gi18n.h>

#include "kith-format.h"

static gboolean
is_unsent (JsonObject *body,
           JsonObject *before,
           const char *field)
{
  JsonNode *now = json_object_get_member (body, field), *then = before ? json_object_get_member (before, field) : NULL;

  return before && now && !(then && kith_json_equal (now, then));
}

/* What was changed here and the hub does not have yet says so at its label: it may still be refused, or lose to what somebody else wrote. */
static void
take (KithFacts  *facts,
      const char *label,
      char       *value, /* transfer full */
      JsonObject *body,
      JsonObject *before,
      const char *field)
{
  /* Translators: the label of a field that was changed */
  g_autofree char *marked = is_unsent (body, before, field) ? g_strdup_printf (_("%s • not sent yet"), label) : NULL;

  kith_facts_take (facts, marked ? marked : label, value);
}

static void
show_reach (KithClientView *self,
            JsonObject     *body,
            JsonObject     *before)
{
  kith_facts_clear (self->reach);
  take (self->reach, _("Phone"), kith_format_phones (body, "\n"), body, before, "phones");
  take (self->reach, _("Email"), kith_format_email (body), body, before, is_unsent (body, before, "safe_to_email") ? "safe_to_email" : "email");
  take (self->reach, _("Address"), kith_format_home (kith_json_object (body, "address")), body, before, "address");
  take (self->reach, _("Good to know"), g_strdup (kith_json_string (body, "contact_note")), body, before, "contact_note");
}

gboolean
kith_client_is_told (const KithField *field)
{
  return field->merge != KITH_MERGE_FIXED && field->type != KITH_FIELD_REF && field->type != KITH_FIELD_TIME;
}

/* What the kind has and no line above shows: a new field is seen at once. */
void
kith_client_add_fields (KithFacts         *facts,
                        const KithKind    *kind,
                        const char *const *but,
                        JsonObject        *body,
                        JsonObject        *before)
{
  for (guint i = 0; i < kind->n_fields; i++)
    {
      const KithField *field = &kind->fields[i];
      JsonNode *node = json_object_get_member (body, field->name);

      if (node && kith_client_is_told (field) && !(but && g_strv_contains (but, field->name)))
        take (facts, _(field->label), kith_format_field (field, node), body, before, field->name);
    }
}

static void
show_about (KithClientView *self,
            KithRow        *row,
            JsonObject     *body,
            JsonObject     *before)
{
  static const char *const shown[] = { "given_name", "middle_name", "family_name", "second_family_name", "other_names", "described_as", "date_of_birth",
                                       "pronouns", "sex", "phones", "email", "safe_to_email", "address", "languages", "interpreter_needed", "do_not_contact",
                                       "contact_note", NULL };
  gint64 now = kith_context_get_now (self->context);
  g_autofree char *registered = kith_format_time (kith_json_string (body, "registered_at"), now);
  const char *agency = kith_row_get_text (row, "agency_name"), *by = kith_row_get_text (row, "registered_by_name");

  kith_facts_clear (self->about);
  take (self->about, _("Also known as"), kith_format_strings (kith_json_array (body, "other_names"), ", "), body, before, "other_names");
  take (self->about, _("Pronouns"), g_strdup (kith_json_string (body, "pronouns")), body, before, "pronouns");
  take (self->about, _("Sex"), g_strdup (kith_format_code ("hmis_sex", kith_json_string (body, "sex"))), body, before, "sex");
  take (self->about, _("Languages"), kith_format_languages (body), body, before,
        is_unsent (body, before, "interpreter_needed") ? "interpreter_needed" : "languages"); /* one line says both */
  kith_client_add_fields (self->about, kith_kind_get ("client"), shown, body, before);
  if (registered)
    /* Translators: when, by whom, at which agency */
    kith_facts_take (self->about, _("Registered"), by ? g_strdup_printf (_("%s by %s, %s"), registered, by, agency ? agency : "")
                                                      : g_strdup_printf (_("%s, %s"), registered, agency ? agency : ""));
}

/* C19: why, where the own agency was told, and who sees it all the same. */
static void
show_restricted (KithClientView *self,
                 KithRow        *row,
                 JsonObject     *body)
{
  g_autofree char *since = kith_format_time (kith_json_string (body, "restricted_at"), kith_context_get_now (self->context));
  const char *by = kith_row_get_text (row, "restricted_by_name"), *why = kith_row_get_text (row, "restricted_why");
  gboolean restricted = kith_json_bool (body, "restricted", FALSE);
  g_autofree char *words = NULL;

  self->is_restricted = restricted;
  gtk_widget_set_visible (gtk_widget_get_parent (GTK_WIDGET (self->restricted)), restricted);
  if (!restricted)
    return;
  if (why)
    /* Translators: when, by whom, why */
    words = g_strdup_printf (_("Restricted %s by %s: %s\nOnly supervisors and the staff assigned to this client see this record."), since ? since : "",
                             by ? by : _("a colleague"), why);
  else
    /* Translators: when, by whom */
    words = g_strdup_printf (_("Restricted %s by %s.\nOnly supervisors and the staff assigned to this client see this record."), since ? since : "",
                             by ? by : _("a colleague"));
  gtk_label_set_text (self->restricted, words);
}

/* What a linked record says, with its source, where it is not what this one says too. */
static void
add_linked_billing (KithClientView *self,
                    KithRow        *row,
                    JsonObject     *own)
{
  const KithKind *kind = kith_kind_get ("client_billing");
  JsonObject *body = kith_row_body (row, "body");
  g_autofree char *source = kith_client_source (row);

  for (guint i = 0; body && i < kind->n_fields; i++)
    {
      const KithField *field = &kind->fields[i];
      JsonNode *value = json_object_get_member (body, field->name), *same = own ? json_object_get_member (own, field->name) : NULL;
      g_autofree char *words = NULL;

      if (!value || !kith_client_is_told (field) || (same && kith_json_equal (value, same)))
        continue;
      words = g_str_equal (field->name, "ssn") ? kith_format_masked (kith_json_string (body, "ssn")) : kith_format_field (field, value);
      if (words && *words)
        kith_facts_take (self->billing, _(field->label), kith_format_join (words, source, kith_row_get_text (row, "agency_name")));
    }
}

/* The social security number is shown masked. What another agency shares without that part is said to be hidden. */
static void
show_billing (KithClientView *self)
{
  static const char *const shown[] = { "ssn", NULL };
  GPtrArray *rows = self->billing_rows;
  gboolean own = rows && rows->len > 0 && !kith_row_get_text (rows->pdata[0], "source");
  JsonObject *body = own ? kith_row_body (rows->pdata[0], "body") : NULL;

  if (!rows)
    return;
  kith_facts_clear (self->billing);
  kith_facts_set_guarded (self->billing);
  if (!own && !self->ours)
    kith_facts_add (self->billing, _("All of it"), _("hidden by consent"));
  if (body)
    {
      kith_client_add_fields (self->billing, kith_kind_get ("client_billing"), shown, body,
                              kith_row_get_text (rows->pdata[0], "before") ? kith_row_body (rows->pdata[0], "before") : NULL);
      take (self->billing, _("Social security number"), kith_format_masked (kith_json_string (body, "ssn")), body,
            kith_row_get_text (rows->pdata[0], "before") ? kith_row_body (rows->pdata[0], "before") : NULL, "ssn");
    }
  for (guint i = own ? 1 : 0; i < rows->len; i++)
    add_linked_billing (self, rows->pdata[i], body);
}

/* Never blank. */
static void
show_withheld (KithClientView *self)
{
  const char *hidden = _("hidden by consent");

  kith_facts_clear (self->reach);
  kith_facts_add (self->reach, _("Phone"), hidden);
  kith_facts_add (self->reach, _("Email"), hidden);
  kith_facts_add (self->reach, _("Address"), hidden);
  kith_facts_clear (self->about);
  kith_facts_add (self->about, _("Sex"), hidden);
  kith_facts_add (self->about, _("Languages"), hidden);
  kith_facts_add (self->about, _("All else about the person"), hidden);
}

void
kith_client_view_client_cb (GPtrArray *rows,
           gpointer   user_data)
{
  KithClientView *self = user_data;
  KithRow *row = rows->len > 0 ? rows->pdata[0] : NULL;
  JsonObject *body = row ? kith_row_body (row, "body") : NULL, *before;
  g_autofree char *name = kith_format_client_name (body);
  g_autofree char *birth = NULL;
  g_autofree char *meta = NULL;
  g_autofree char *language = NULL;
  const char *pronouns, *number, *no_contact;
  gboolean alert, withheld;

  gtk_widget_set_visible (self->content, body != NULL);
  gtk_widget_set_visible (self->scroller, !kith_absent_show (self->absent, self->context, "client", body ? NULL : self->id));
  kith_reading_show (self->reading, "client", body ? self->id : NULL, self->id);
  withheld = row && g_strcmp0 (kith_row_get_text (row, "held"), "care") == 0;
  kith_client_consents_show_client (self->consents, body, withheld);
  kith_health_pane_show_client (self->health, withheld ? NULL : body);
  self->ours = body && !withheld && g_strcmp0 (kith_json_string (body, "agency"), kith_context_get_agency (self->context)) == 0;
  self->is_restricted = body && kith_json_bool (body, "restricted", FALSE);
  kith_client_view_set_withheld (self, withheld);
  kith_client_list_set_people (self->lists[KITH_CLIENT_HOUSEHOLD], withheld ? NULL : body);
  show_billing (self);
  if (!body)
    return;
  show_restricted (self, row, body);
  birth = kith_format_birth (kith_json_string (body, "date_of_birth"), kith_context_get_now (self->context));
  pronouns = kith_json_string (body, "pronouns");
  number = kith_json_string (body, "number");
  meta = kith_format_join (birth, pronouns ? pronouns : number, pronouns ? number : NULL);
  adw_avatar_set_text (self->avatar, name);
  gtk_label_set_text (self->name, name);
  gtk_label_set_text (self->meta, meta);
  gtk_widget_set_visible (self->pending, kith_row_get_int (row, "pending") != 0);
  language = withheld ? g_strdup (_("Language: hidden by consent")) : kith_format_languages (body);
  gtk_label_set_text (self->language, language ? language : "");
  gtk_widget_set_visible (GTK_WIDGET (self->language), language != NULL);
  no_contact = kith_row_get_text (row, "no_contact");
  alert = kith_json_bool (body, "do_not_contact", FALSE) || no_contact; /* whichever of the records says so (C16) */
  if (no_contact && *no_contact && !kith_json_bool (body, "do_not_contact", FALSE))
    {
      /* Translators: the number of a record that is said to be the same person */
      g_autofree char *words = g_strdup_printf (_("Do not contact this person, says the linked record %s. Ask your supervisor first."), no_contact);

      gtk_label_set_text (self->alert, words);
    }
  else
    gtk_label_set_text (self->alert, _("Do not contact this person. Ask your supervisor first."));
  gtk_widget_set_visible (gtk_widget_get_parent (GTK_WIDGET (self->alert)), alert);
  if (withheld)
    {
      show_withheld (self);
      return;
    }
  before = kith_row_get_text (row, "before") ? kith_row_body (row, "before") : NULL;
  show_reach (self, body, before);
  show_about (self, row, body, before);
}

/* The overview begins with the alerts themselves: they are not said twice. */
void
kith_client_view_update_alerts (KithClientView *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->alerts), gtk_widget_get_first_child (GTK_WIDGET (self->alerts)) &&
                                                         g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "overview") != 0);
}

/* Seen from every part of the record: what counts today, the gravest first. */
void
kith_client_view_alerts_cb (GPtrArray *rows,
                            gpointer   user_data)
{
  KithClientView *self = user_data;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->alerts))))
    gtk_box_remove (self->alerts, child);
  for (guint i = 0; i < rows->len; i++)
    {
      KithRow *row = rows->pdata[i];
      const char *level = kith_row_get_text (row, "level");
      GtkWidget *card, *icon, *label;
      g_autofree char *source = kith_client_source (row);
      g_autofree char *text = NULL;
      g_autofree char *said = NULL;
      g_autofree char *words = NULL;

      if (kith_row_get_int (row, "active") == 0 || g_strcmp0 (level, "info") == 0) /* the rest is read in the overview */
        continue;
      card = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
      icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
      text = kith_client_alert_words (row);
      /* Translators: how grave, then what: "Danger: bites" */
      said = kith_row_get_text (row, "kept") ? g_strdup (text) : g_strdup_printf (_("%s: %s"), kith_format_code ("alert_level", level), text);
      words = kith_format_join (said, source, NULL);
      label = gtk_label_new (words);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      gtk_widget_set_hexpand (label, TRUE);
      gtk_widget_add_css_class (card, "card");
      gtk_widget_add_css_class (card, "notice-card");
      gtk_widget_add_css_class (card, g_strcmp0 (level, "danger") == 0 ? "bad" : "warn");
      gtk_box_append (GTK_BOX (card), icon);
      gtk_box_append (GTK_BOX (card), label);
      gtk_box_append (self->alerts, card);
    }
  kith_client_view_update_alerts (self);
}

/* Of the watch on client_billing. */
void
kith_client_view_billing_cb (GPtrArray *rows,
                             gpointer   user_data)
{
  KithClientView *self = user_data;

  g_clear_pointer (&self->billing_rows, g_ptr_array_unref);
  self->billing_rows = g_ptr_array_ref (rows);
  show_billing (self);
}

/* Of the watch on the agencies and staff who work with the client. */
void
kith_client_view_team_cb (GPtrArray *rows,
                          gpointer   user_data)
{
  KithClientView *self = user_data;

  kith_facts_clear (self->team);
  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *since = kith_format_time (kith_row_get_text (rows->pdata[i], "since"), kith_context_get_now (self->context));
      const char *agency = kith_row_get_text (rows->pdata[i], "agency_name"), *staff = kith_row_get_text (rows->pdata[i], "staff_name");
      g_autofree char *source = kith_client_source (rows->pdata[i]);
      /* Translators: agency, then a date */
      g_autofree char *words = since ? g_strdup_printf (_("%s, since %s"), agency ? agency : "", since) : g_strdup (agency);

      kith_facts_take (self->team, staff ? staff : agency ? agency : "", kith_format_join (words, source, NULL));
    }
}

/* Returns: whether an act on who may know it is offered for the record shown: "client.restrict", "client.revoke-all" */
gboolean
kith_client_view_offers (KithClientView *self,
                         const char     *action)
{
  return g_str_equal (action, "client.restrict") ? kith_client_consents_may_restrict (self->consents) : kith_client_consents_may_revoke (self->consents);
}

const char *
kith_client_view_find_end_event (KithClientView *self,
                                 const char     *consent)
{
  return kith_client_consents_find_event (self->consents, consent);
}
