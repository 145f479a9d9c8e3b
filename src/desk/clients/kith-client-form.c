/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-client-form.h"

#include <glib/gi18n.h>

#include "kith-consent-fields.h"
#include "kith-format.h"
#include "kith-similar-pane.h"
#include "kith-watch.h"
#include "widgets/kith-choice-row.h"

struct _KithClientForm
{
  KithForm parent_instance;
  char *client;         /* NULL: a new one */
  JsonObject *before;   /* the record as it was when the form opened; NULL for a new client */
  AdwFlap *flap;
  AdwBin *similar_place, *consent_place;
  KithSimilarPane *similar;
  KithConsentFields *consent;
  GtkWidget *consent_group;
  AdwEntryRow *given_name, *middle_name, *family_name, *second_family_name, *described_as, *date_of_birth, *pronouns;
  AdwEntryRow *phone, *email, *address_1, *city, *postal_code, *contact_note, *languages;
  AdwComboRow *sex, *consent_choice;
  GtkSwitch *safe_to_call, *interpreter_needed, *do_not_contact;
  GtkLabel *date_hint;
  GtkWidget *matches_button;
  GtkLabel *matches_label;
  KithWatch *watch;
};

G_DEFINE_FINAL_TYPE (KithClientForm, kith_client_form, KITH_TYPE_FORM)

/* Fields of one line, by the record's own names. */
static const struct
{
  const char *field;
  gsize row;
} lines[] = {
  { "given_name", G_STRUCT_OFFSET (KithClientForm, given_name) },
  { "middle_name", G_STRUCT_OFFSET (KithClientForm, middle_name) },
  { "family_name", G_STRUCT_OFFSET (KithClientForm, family_name) },
  { "second_family_name", G_STRUCT_OFFSET (KithClientForm, second_family_name) },
  { "described_as", G_STRUCT_OFFSET (KithClientForm, described_as) },
  { "pronouns", G_STRUCT_OFFSET (KithClientForm, pronouns) },
  { "email", G_STRUCT_OFFSET (KithClientForm, email) },
  { "contact_note", G_STRUCT_OFFSET (KithClientForm, contact_note) },
};

static AdwEntryRow *
line_row (KithClientForm *self,
          guint           i)
{
  return G_STRUCT_MEMBER (AdwEntryRow *, self, lines[i].row);
}

static int
this_year (KithClientForm *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (kith_context_get_now (kith_form_get_context (KITH_FORM (self))) / 1000);

  return g_date_time_get_year (now);
}

static void
set_line (JsonObject *object,
          const char *name,
          char       *text)
{
  if (text && *text)
    json_object_set_string_member (object, name, text);
  g_free (text);
}

static JsonArray *
split_words (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, ",;", -1);
  JsonArray *array = json_array_new ();

  for (guint i = 0; words[i]; i++)
    if (*g_strstrip (words[i]))
      json_array_add_string_element (array, words[i]);
  return array;
}

/* The first phone is the form's; others stay as they are. */
static void
collect_phone (KithClientForm *self,
               JsonObject     *values)
{
  g_autofree char *number = kith_entry_text (self->phone);
  JsonArray *old = self->before ? kith_json_array (self->before, "phones") : NULL;
  JsonArray *phones = json_array_new ();

  if (number)
    {
      JsonObject *phone = old && json_array_get_length (old) > 0 ? kith_json_copy_object (json_array_get_object_element (old, 0)) : json_object_new ();

      json_object_set_string_member (phone, "number", number);
      json_object_set_boolean_member (phone, "safe_to_call", gtk_switch_get_active (self->safe_to_call));
      json_array_add_object_element (phones, phone);
    }
  for (guint i = 1; old && i < json_array_get_length (old); i++)
    json_array_add_element (phones, json_node_copy (json_array_get_element (old, i)));
  if (json_array_get_length (phones) > 0)
    json_object_set_array_member (values, "phones", phones);
  else
    json_array_unref (phones);
}

static void
collect_address (KithClientForm *self,
                 JsonObject     *values)
{
  JsonObject *old = self->before ? kith_json_object (self->before, "address") : NULL;
  JsonObject *address = old ? kith_json_copy_object (old) : json_object_new ();
  static const char *const names[] = { "address_1", "city", "postal_code" };
  AdwEntryRow *rows[] = { self->address_1, self->city, self->postal_code };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      json_object_remove_member (address, names[i]);
      set_line (address, names[i], kith_entry_text (rows[i]));
    }
  if (json_object_get_size (address) > 0)
    json_object_set_object_member (values, "address", address);
  else
    json_object_unref (address);
}

/* The record's fields as the form says them; blank ones are left out. */
static JsonObject *
collect_values (KithClientForm *self)
{
  JsonObject *values = json_object_new ();
  JsonArray *languages = split_words (gtk_editable_get_text (GTK_EDITABLE (self->languages)));

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    set_line (values, lines[i].field, kith_entry_text (line_row (self, i)));
  set_line (values, "date_of_birth", kith_date_read (gtk_editable_get_text (GTK_EDITABLE (self->date_of_birth)), this_year (self)));
  if (kith_choice_row_get_code (self->sex))
    json_object_set_string_member (values, "sex", kith_choice_row_get_code (self->sex));
  collect_phone (self, values);
  collect_address (self, values);
  if (json_array_get_length (languages) > 0)
    json_object_set_array_member (values, "languages", languages);
  else
    json_array_unref (languages);
  if (gtk_switch_get_active (self->interpreter_needed))
    json_object_set_boolean_member (values, "interpreter_needed", TRUE);
  if (gtk_switch_get_active (self->do_not_contact))
    json_object_set_boolean_member (values, "do_not_contact", TRUE);
  return values;
}

static void
set_entry (AdwEntryRow *row,
           const char  *text)
{
  gtk_editable_set_text (GTK_EDITABLE (row), text ? text : "");
}

static void
show_values (KithClientForm *self,
             JsonObject     *values)
{
  JsonArray *phones = kith_json_array (values, "phones");
  JsonObject *phone = phones && json_array_get_length (phones) > 0 ? json_array_get_object_element (phones, 0) : NULL;
  JsonObject *address = kith_json_object (values, "address");
  g_autofree char *languages = kith_format_strings (kith_json_array (values, "languages"), ", ");

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    set_entry (line_row (self, i), kith_json_string (values, lines[i].field));
  set_entry (self->date_of_birth, kith_json_string (values, "date_of_birth"));
  kith_choice_row_set_code (self->sex, kith_json_string (values, "sex"));
  set_entry (self->phone, phone ? kith_json_string (phone, "number") : NULL);
  gtk_switch_set_active (self->safe_to_call, phone ? kith_json_bool (phone, "safe_to_call", TRUE) : TRUE);
  set_entry (self->address_1, address ? kith_json_string (address, "address_1") : NULL);
  set_entry (self->city, address ? kith_json_string (address, "city") : NULL);
  set_entry (self->postal_code, address ? kith_json_string (address, "postal_code") : NULL);
  set_entry (self->languages, languages);
  gtk_switch_set_active (self->interpreter_needed, kith_json_bool (values, "interpreter_needed", FALSE));
  gtk_switch_set_active (self->do_not_contact, kith_json_bool (values, "do_not_contact", FALSE));
}

static void
changed_cb (KithClientForm *self)
{
  g_autofree char *date = NULL;
  g_autofree char *words = NULL;

  if (!kith_form_get_context (KITH_FORM (self)))
    return;
  date = kith_date_read (gtk_editable_get_text (GTK_EDITABLE (self->date_of_birth)), this_year (self));
  kith_entry_set_error (self->date_of_birth, date == NULL);
  if (!date)
    gtk_label_set_text (self->date_hint, _("Write it as 1988, 4/7/1988 or 7 Apr 1988."));
  else if (*date)
    {
      words = kith_format_birth (date, kith_context_get_now (kith_form_get_context (KITH_FORM (self))));
      gtk_label_set_text (self->date_hint, words);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->date_hint), !date || *date);
  if (self->similar)
    kith_similar_pane_look (self->similar, gtk_editable_get_text (GTK_EDITABLE (self->given_name)),
                            gtk_editable_get_text (GTK_EDITABLE (self->family_name)), date && *date ? date : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->consent_place), adw_combo_row_get_selected (self->consent_choice) == 1);
  kith_form_touch (KITH_FORM (self));
}

/* Committing */

typedef struct
{
  KithClientForm *self;
  char *id;
} Commit;

static void
commit_free (Commit *commit)
{
  g_object_unref (commit->self);
  g_free (commit->id);
  g_free (commit);
}

static void
submitted_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Commit *commit = user_data;
  g_autoptr (GError) error = NULL;

  kith_form_set_busy (KITH_FORM (commit->self), FALSE);
  if (kith_context_submit_finish (KITH_CONTEXT (source), result, &error))
    {
      kith_form_drop_draft (KITH_FORM (commit->self));
      kith_form_done (KITH_FORM (commit->self), commit->id);
    }
  else
    kith_form_tell (KITH_FORM (commit->self), error->message);
  commit_free (commit);
}

static void
number_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Commit *commit = user_data;
  KithClientForm *self = commit->self;
  KithContext *context = kith_form_get_context (KITH_FORM (self));
  g_autoptr (GError) error = NULL;
  g_autofree char *number = kith_desktop_job_finish (KITH_DESKTOP (source), result, &error);
  g_autofree char *consent_id = NULL;
  JsonObject *consent = NULL;
  guint choice = adw_combo_row_get_selected (self->consent_choice);

  if (!number)
    {
      kith_form_set_busy (KITH_FORM (self), FALSE);
      kith_form_tell (KITH_FORM (self), error->message);
      commit_free (commit);
      return;
    }
  commit->id = kith_context_new_id (context);
  consent_id = kith_context_new_id (context);
  if (choice > 0)
    {
      consent = choice == 1 ? kith_consent_fields_collect (self->consent) : json_object_new ();
      json_object_set_string_member (consent, "id", consent_id);
      json_object_set_string_member (consent, "permission", choice == 1 ? "granted" : "refused");
    }
  kith_context_submit (context, "client.register",
                       kith_json_new ("id", "s", commit->id, "number", "s", number, "values", "o", collect_values (self), "consent", "o", consent, NULL),
                       _("Client registered"), FALSE, submitted_cb, commit);
}

static gpointer
number_job (gpointer      store,
            gpointer      data,
            GCancellable *cancellable,
            GError      **error)
{
  return kith_store_next_number (store, error);
}

/* Only what was changed, each with what was there: so that two people's changes to two fields both stay. */
static JsonObject *
collect_changes (KithClientForm *self)
{
  g_autoptr (JsonObject) after = collect_values (self);
  JsonObject *set = json_object_new ();
  static const char *const others[] = { "date_of_birth", "sex", "phones", "address", "languages", "interpreter_needed", "do_not_contact" };

  for (guint i = 0; i < G_N_ELEMENTS (lines) + G_N_ELEMENTS (others); i++)
    {
      const char *field = i < G_N_ELEMENTS (lines) ? lines[i].field : others[i - G_N_ELEMENTS (lines)];
      JsonNode *old = json_object_get_member (self->before, field), *new = json_object_get_member (after, field);
      JsonObject *change;

      if (old == new || (old && new && kith_json_equal (old, new)))
        continue;
      if (!new && old && JSON_NODE_HOLDS_VALUE (old) && json_node_get_value_type (old) == G_TYPE_BOOLEAN && !json_node_get_boolean (old))
        continue;
      change = json_object_new ();
      json_object_set_member (change, "old", old ? json_node_copy (old) : json_node_new (JSON_NODE_NULL));
      json_object_set_member (change, "new", new ? json_node_copy (new) : json_node_new (JSON_NODE_NULL));
      json_object_set_object_member (set, field, change);
    }
  return set;
}

static void
kith_client_form_commit (KithForm *form)
{
  KithClientForm *self = KITH_CLIENT_FORM (form);
  KithContext *context = kith_form_get_context (form);
  g_autofree char *date = kith_date_read (gtk_editable_get_text (GTK_EDITABLE (self->date_of_birth)), this_year (self));
  g_autofree char *given = kith_entry_text (self->given_name);
  g_autofree char *family = kith_entry_text (self->family_name);
  g_autofree char *described = kith_entry_text (self->described_as);
  Commit *commit;

  if (!given && !family && !described)
    {
      kith_form_tell (form, _("Enter a name, or describe the person."));
      gtk_widget_grab_focus (GTK_WIDGET (self->given_name));
      return;
    }
  if (!date)
    {
      kith_form_tell (form, _("The birth date is not understood. Write it as 1988, 4/7/1988 or 7 Apr 1988, or leave it empty."));
      gtk_widget_grab_focus (GTK_WIDGET (self->date_of_birth));
      return;
    }
  if (!self->client && adw_combo_row_get_selected (self->consent_choice) == 1 && kith_consent_fields_problem (self->consent))
    {
      kith_form_tell (form, kith_consent_fields_problem (self->consent));
      return;
    }
  kith_form_set_busy (form, TRUE);
  commit = g_new0 (Commit, 1);
  commit->self = g_object_ref (self);
  if (!self->client)
    {
      kith_desktop_store_async (kith_context_get_desktop (context), number_job, NULL, NULL, NULL, number_cb, commit);
      return;
    }
  commit->id = g_strdup (self->client);
  kith_context_submit (context, "record.patch",
                       kith_json_new ("t", "s", "client", "id", "s", self->client, "set", "o", collect_changes (self), NULL),
                       _("Saved"), FALSE, submitted_cb, commit);
}

static JsonObject *
kith_client_form_collect (KithForm *form)
{
  KithClientForm *self = KITH_CLIENT_FORM (form);
  JsonObject *draft = collect_values (self);

  json_object_set_string_member (draft, "date_text", gtk_editable_get_text (GTK_EDITABLE (self->date_of_birth)));
  json_object_set_int_member (draft, "consent_choice", adw_combo_row_get_selected (self->consent_choice));
  if (self->consent)
    json_object_set_object_member (draft, "consent", kith_consent_fields_draft (self->consent));
  return draft;
}

static void
kith_client_form_restore (KithForm   *form,
                          JsonObject *draft)
{
  KithClientForm *self = KITH_CLIENT_FORM (form);

  show_values (self, draft);
  set_entry (self->date_of_birth, kith_json_string (draft, "date_text"));
  adw_combo_row_set_selected (self->consent_choice, kith_json_int (draft, "consent_choice", 0));
  if (self->consent && kith_json_object (draft, "consent"))
    kith_consent_fields_restore (self->consent, kith_json_object (draft, "consent"));
}

/* The record to change: taken once. What others change meanwhile is settled field by field when this is sent. */
static void
client_cb (GPtrArray *rows,
           gpointer   user_data)
{
  KithClientForm *self = user_data;
  JsonObject *body = rows->len > 0 ? kith_row_body (rows->pdata[0], "body") : NULL;

  if (!body || self->before)
    return;
  self->before = json_object_ref (body);
  show_values (self, body);
}

static void
similar_count_cb (KithClientForm *self)
{
  guint n;
  g_autofree char *text = NULL;

  if (!self->similar)
    return;
  g_object_get (self->similar, "count", &n, NULL);
  text = g_strdup_printf (ngettext ("%u may be the same", "%u may be the same", n), n);
  gtk_label_set_text (self->matches_label, text);
  gtk_widget_set_visible (self->matches_button, n > 0 && adw_flap_get_folded (self->flap));
}

static void
similar_picked_cb (KithClientForm *self,
                   const char     *id)
{
  kith_form_drop_draft (KITH_FORM (self));
  kith_form_done (KITH_FORM (self), id);
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
kith_client_form_dispose (GObject *object)
{
  KithClientForm *self = KITH_CLIENT_FORM (object);

  g_clear_object (&self->watch);
  if (self->similar)
    g_signal_handlers_disconnect_by_data (self->similar, self);
  self->similar = NULL;
  self->consent = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), KITH_TYPE_CLIENT_FORM);
  g_clear_pointer (&self->client, g_free);
  g_clear_pointer (&self->before, json_object_unref);
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
  BIND (consent_group);
  BIND (consent_choice);
  BIND (given_name);
  BIND (middle_name);
  BIND (family_name);
  BIND (second_family_name);
  BIND (described_as);
  BIND (date_of_birth);
  BIND (date_hint);
  BIND (pronouns);
  BIND (sex);
  BIND (phone);
  BIND (safe_to_call);
  BIND (email);
  BIND (address_1);
  BIND (city);
  BIND (postal_code);
  BIND (contact_note);
  BIND (languages);
  BIND (interpreter_needed);
  BIND (do_not_contact);
  BIND (matches_button);
  BIND (matches_label);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, similar_count_cb);
  gtk_widget_class_install_action (widget_class, "form.matches", NULL, matches_action);
}

static void
kith_client_form_init (KithClientForm *self)
{
  const char *choices[] = { _("Not asked yet"), _("Agrees to share"), _("Does not agree"), NULL };
  g_autoptr (GtkStringList) list = gtk_string_list_new (choices);

  gtk_widget_init_template (GTK_WIDGET (self));
  kith_choice_row_set_vocabulary (self->sex, "hmis_sex", _("Not asked"));
  adw_combo_row_set_model (self->consent_choice, G_LIST_MODEL (list));
  kith_form_set_content (KITH_FORM (self), GTK_WIDGET (self->flap));
  kith_form_add_header_widget (KITH_FORM (self), self->matches_button);
}

static void
set_up_new (KithClientForm *self,
            KithContext    *context,
            const char     *text)
{
  g_auto (GStrv) words = text ? g_strsplit (text, " ", 2) : NULL;

  self->similar = KITH_SIMILAR_PANE (kith_similar_pane_new (context));
  g_signal_connect_object (self->similar, "notify::count", G_CALLBACK (similar_count_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->similar, "picked", G_CALLBACK (similar_picked_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->similar_place, GTK_WIDGET (self->similar));
  self->consent = KITH_CONSENT_FIELDS (kith_consent_fields_new (context));
  g_signal_connect_object (self->consent, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->consent_place, GTK_WIDGET (self->consent));
  kith_form_set_up (KITH_FORM (self), context, "new", "client:new", NULL, _("New Client"), _("Register"));
  if (words && words[0] && !g_ascii_isdigit (words[0][0]))
    {
      set_entry (self->given_name, words[0]);
      set_entry (self->family_name, words[1]);
    }
}

static void
set_up_edit (KithClientForm *self,
             KithContext    *context,
             const char     *client)
{
  static const char *const kinds[] = { "client", NULL };
  g_autofree char *place = g_strconcat ("edit:", client, NULL);
  g_autofree char *key = g_strconcat ("edit:client:", client, NULL);
  g_autofree char *scope = g_strconcat ("client:", client, NULL);

  self->client = g_strdup (client);
  gtk_widget_set_visible (self->consent_group, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->similar_place), FALSE);
  adw_flap_set_reveal_flap (self->flap, FALSE);
  adw_flap_set_locked (self->flap, TRUE);
  /* The record first, so that a draft restored later lies over it. */
  self->watch = kith_watch_new (context, "client", kinds, client, client_cb, self);
  kith_form_set_up (KITH_FORM (self), context, place, key, scope, _("Edit Client"), _("Save"));
}

GtkWidget *
kith_client_form_new (KithContext *context,
                      const char  *client,
                      const char  *text)
{
  KithClientForm *self = g_object_new (KITH_TYPE_CLIENT_FORM, NULL);

  if (client)
    set_up_edit (self, context, client);
  else
    set_up_new (self, context, text);
  return GTK_WIDGET (self);
}
