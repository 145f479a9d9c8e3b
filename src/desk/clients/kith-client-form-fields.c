/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-client-form-private.h"

#include <glib/gi18n.h>

/* In the order of the conversation: what finds the person comes first, so that those who may be the same show while the rest is typed. Whatever else the kinds have appears under "More" and "Insurance and billing" by itself. */

static const KithFieldChoice who_fields[] = {
  { "given_name" },
  { "family_name" },
  { "second_family_name" },
  { "date_of_birth", N_("Birth date, or only the year") },
};

static const KithFieldChoice who_more_fields[] = {
  { "middle_name" },
  { "pronouns" },
  { "sex" },
  { "described_as", N_("Name not known? Describe the person") },
  { "other_names", N_("Another name they use") },
};

static const KithFieldChoice reach_fields[] = {
  { "phones" },
  { "email" },
  { "address" },
  { "contact_note", N_("Good to know before calling") },
  { "do_not_contact", N_("Do not contact: shown to everybody who opens the record") },
};

static const KithFieldChoice language_fields[] = {
  { "languages" },
  { "interpreter_needed" },
};

static KithFieldRows *
put_rows (KithClientForm *self,
          AdwBin         *place,
          GtkWidget      *rows)
{
  adw_bin_set_child (place, rows);
  return KITH_FIELD_ROWS (rows);
}

void
kith_client_form_make_rows (KithClientForm *self,
                            KithContext    *context)
{
  const KithKind *client = kith_kind_get ("client"), *billing = kith_kind_get ("client_billing");
  KithFieldRows *placed[KITH_CLIENT_ROWS + 1] = { NULL };
  static KithFieldRows *const none[] = { NULL };

  placed[0] = self->who = put_rows (self, self->who_place, kith_field_rows_new (context, client, who_fields, G_N_ELEMENTS (who_fields)));
  placed[1] = self->who_more = put_rows (self, self->who_more_place, kith_field_rows_new (context, client, who_more_fields, G_N_ELEMENTS (who_more_fields)));
  placed[2] = self->reach = put_rows (self, self->reach_place, kith_field_rows_new (context, client, reach_fields, G_N_ELEMENTS (reach_fields)));
  placed[3] = self->language = put_rows (self, self->language_place, kith_field_rows_new (context, client, language_fields, G_N_ELEMENTS (language_fields)));
  self->more = put_rows (self, self->more_place, kith_field_rows_new_rest (context, client, placed));
  self->billing = put_rows (self, self->billing_place, kith_field_rows_new_rest (context, billing, none));
  gtk_widget_set_visible (self->more_group, !kith_field_rows_is_empty (self->more));
}

/* Shown to those who may see health information, as long as they may (U23). */
static void
show_health (KithClientForm *self)
{
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (kith_form_get_context (KITH_FORM (self))));

  gtk_widget_set_visible (self->health_group, actor && actor->health);
}

void
kith_client_form_make_health (KithClientForm *self,
                              KithContext    *context)
{
  static KithFieldRows *const none[] = { NULL };

  self->health = put_rows (self, self->health_place, kith_field_rows_new_rest (context, kith_kind_get ("client_health"), none));
  g_signal_connect_object (context, "actor-changed", G_CALLBACK (show_health), self, G_CONNECT_SWAPPED);
  show_health (self);
}

/* It is of another record, and goes with that one out of a draft that could not be sent (I6). */
static void
note_taken (KithClientForm *self,
            JsonObject     *offered)
{
  g_autoptr (GList) names = json_object_get_members (offered);

  if (!self->taken)
    self->taken = json_object_new ();
  for (GList *l = names; l; l = l->next)
    json_object_set_member (self->taken, l->data, json_node_copy (json_object_get_member (offered, l->data)));
}

/* What was typed of them already gives way: who presses the button says that it is the same. */
static void
take_over_cb (KithClientForm *self,
              JsonObject     *offered)
{
  KithFieldRows *rows[] = { self->reach, self->language };
  g_autoptr (GList) names = json_object_get_members (offered);

  note_taken (self, offered);
  if (kith_json_string (offered, "family_name"))
    {
      kith_field_rows_set_text (self->who, "family_name", kith_json_string (offered, "family_name"));
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JsonObject) values = json_object_new ();

      kith_field_rows_collect (rows[i], values, TRUE);
      for (GList *l = names; l; l = l->next)
        json_object_set_member (values, l->data, json_node_copy (json_object_get_member (offered, l->data)));
      kith_field_rows_show (rows[i], values);
    }
}

void
kith_client_form_make_household (KithClientForm *self,
                                 KithContext    *context)
{
  self->household = KITH_HOUSEHOLD_ROWS (kith_household_rows_new (context));
  adw_bin_set_child (self->household_place, GTK_WIDGET (self->household));
  g_signal_connect_object (self->household, "take-over", G_CALLBACK (take_over_cb), self, G_CONNECT_SWAPPED);
}

static void
list_rows (KithClientForm *self,
           KithFieldRows  *rows[KITH_CLIENT_ROWS])
{
  rows[0] = self->who;
  rows[1] = self->who_more;
  rows[2] = self->reach;
  rows[3] = self->language;
  rows[4] = self->more;
}

JsonObject *
kith_client_form_values (KithClientForm *self,
                         gboolean        raw)
{
  JsonObject *values = json_object_new ();
  KithFieldRows *rows[KITH_CLIENT_ROWS];

  list_rows (self, rows);
  for (guint i = 0; i < KITH_CLIENT_ROWS; i++)
    kith_field_rows_collect (rows[i], values, raw);
  return values;
}

gboolean
kith_client_form_says_more (KithClientForm *self)
{
  static const char *const names[] = { "given_name", "family_name", "second_family_name", "middle_name", "date_of_birth", NULL };
  g_autoptr (JsonObject) values = kith_client_form_values (self, FALSE);

  g_autoptr (JsonObject) billing = kith_client_form_billing (self, TRUE);
  g_autoptr (JsonObject) health = kith_client_form_health (self, TRUE);

  kith_client_form_collect_need (self, values);
  for (guint i = 0; names[i]; i++)
    json_object_remove_member (values, names[i]);
  return json_object_get_size (values) > 0 || billing || health || adw_combo_row_get_selected (self->consent_choice) > 0;
}

JsonObject *
kith_client_form_billing (KithClientForm *self,
                          gboolean        raw)
{
  JsonObject *values = json_object_new ();

  kith_field_rows_collect (self->billing, values, raw);
  if (json_object_get_size (values) == 0)
    g_clear_pointer (&values, json_object_unref);
  return values;
}

JsonObject *
kith_client_form_health (KithClientForm *self,
                         gboolean        raw)
{
  JsonObject *values = json_object_new ();

  if (self->health && gtk_widget_get_visible (self->health_group))
    kith_field_rows_collect (self->health, values, raw);
  if (json_object_get_size (values) == 0)
    g_clear_pointer (&values, json_object_unref);
  return values;
}

/**
 * kith_client_form_show:
 * @values: the client's own fields, by name; billing is shown by itself
 */
void
kith_client_form_show (KithClientForm *self,
                       JsonObject     *values)
{
  KithFieldRows *rows[KITH_CLIENT_ROWS];

  list_rows (self, rows);
  for (guint i = 0; i < KITH_CLIENT_ROWS; i++)
    kith_field_rows_show (rows[i], values);
}

/* Only what was changed, each with what was there: so that two people's changes to two fields both stay. */
JsonObject *
kith_client_form_changes (KithClientForm *self)
{
  JsonObject *set = json_object_new ();
  KithFieldRows *rows[KITH_CLIENT_ROWS];

  list_rows (self, rows);
  for (guint i = 0; i < KITH_CLIENT_ROWS; i++)
    kith_field_rows_add_changes (rows[i], self->before, set);
  return set;
}

/* Returns: (transfer full): record.patch's set for client_billing; empty when nothing was changed */
JsonObject *
kith_client_form_billing_changes (KithClientForm *self)
{
  JsonObject *set = json_object_new ();

  kith_field_rows_add_changes (self->billing, self->billing_before, set);
  return set;
}

/* Any name by which they can be found again, as the operation has it. */
static gboolean
has_identity (KithFieldRows **rows)
{
  static const char *const names[] = { "given_name", "middle_name", "family_name", "second_family_name", "preferred_name", "other_names", "described_as" };
  g_autoptr (JsonObject) values = json_object_new ();

  for (guint i = 0; i < KITH_CLIENT_ROWS; i++)
    kith_field_rows_collect (rows[i], values, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (json_object_has_member (values, names[i]))
      return TRUE;
  return FALSE;
}

char *
kith_client_form_problem (KithClientForm *self)
{
  KithFieldRows *rows[KITH_CLIENT_ROWS];
  char *problem = NULL;

  list_rows (self, rows);
  if (!has_identity (rows))
    {
      kith_field_rows_focus (self->who, "given_name");
      return g_strdup (_("Enter a name, or describe the person."));
    }
  for (guint i = 0; i < KITH_CLIENT_ROWS && !problem; i++)
    problem = kith_field_rows_check (rows[i]);
  if (!problem)
    problem = kith_field_rows_check (self->billing);
  return problem || !self->health || !gtk_widget_get_visible (self->health_group) ? problem : kith_field_rows_check (self->health);
}
