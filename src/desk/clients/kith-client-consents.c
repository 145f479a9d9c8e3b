/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-client-consents.h"

#include <glib/gi18n.h>

#include "kith-client-list.h"
#include "kith-consent-card.h"
#include "kith-format.h"
#include "widgets/kith-cards.h"

struct _KithClientConsents
{
  AdwBin parent_instance;
  KithContext *context;
  GtkWidget *record, *none, *acts, *revoke_row, *restrict_row;
  GtkButton *restrict_button;
  GtkBox *cards;
  GPtrArray *rows; /* (element-type KithRow) as shown */
  gboolean granted; /* once at least, for this record or a linked one */
  gboolean may_revoke, private, may_restrict; /* as the record says; private: this agency's own, known here alone as far as nothing was granted */
};

G_DEFINE_FINAL_TYPE (KithClientConsents, kith_client_consents, ADW_TYPE_BIN)

/* Whose consent: it counts for that record and for no other. */
static void
add_heading (KithClientConsents *self,
             const char         *source)
{
  /* Translators: "linked record KB-0007" */
  g_autofree char *words = g_strdup_printf (_("Of the %s"), source);
  GtkWidget *heading = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_label_set_wrap (GTK_LABEL (heading), TRUE);
  gtk_widget_add_css_class (heading, "section-title");
  gtk_box_append (self->cards, heading);
}

const char *
kith_client_consents_find_client (KithClientConsents *self,
                                  const char         *consent)
{
  for (guint i = 0; self->rows && i < self->rows->len; i++)
    if (g_strcmp0 (kith_row_get_id (self->rows->pdata[i]), consent) == 0)
      return kith_row_get_text (self->rows->pdata[i], "client");
  return NULL;
}

const char *
kith_client_consents_find_event (KithClientConsents *self,
                                 const char         *consent)
{
  for (guint i = 0; self->rows && i < self->rows->len; i++)
    if (g_strcmp0 (kith_row_get_id (self->rows->pdata[i]), consent) == 0)
      return kith_json_string (kith_row_body (self->rows->pdata[i], "body"), "end_event");
  return NULL;
}

/* Everything is taken back also where no consent is on this computer: any agency that knows the client records it, and one that comes later, and was given
 * before, goes with it too (C4). Only who never agreed to anything, and is known here alone, has nothing to take back. */
gboolean
kith_client_consents_may_revoke (KithClientConsents *self)
{
  return self->may_revoke && (self->granted || !self->private);
}

gboolean
kith_client_consents_may_restrict (KithClientConsents *self)
{
  return self->may_restrict;
}

/* What hardly anybody comes for stands below the rest. */
static void
show_acts (KithClientConsents *self)
{
  gboolean revoke = kith_client_consents_may_revoke (self);

  gtk_widget_set_visible (self->revoke_row, revoke);
  gtk_widget_set_visible (self->restrict_row, self->may_restrict);
  gtk_widget_set_visible (self->acts, revoke || self->may_restrict);
}

/* Of the cards whose agencies are being read. Returns: (transfer full) */
static GHashTable *
find_open (KithClientConsents *self)
{
  GHashTable *open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (GtkWidget *card = gtk_widget_get_first_child (GTK_WIDGET (self->cards)); card; card = gtk_widget_get_next_sibling (card))
    if (kith_cards_get_name (card) && kith_consent_card_is_open (card))
      g_hash_table_add (open, g_strdup (kith_cards_get_name (card)));
  return open;
}

static void
add_card (KithClientConsents *self,
          KithRow            *row,
          JsonObject         *body,
          GHashTable         *open)
{
  GtkWidget *card = kith_consent_card_new (row, body, kith_context_get_now (self->context));

  kith_cards_append (GTK_WIDGET (self->cards), card, kith_row_get_id (row));
  if (g_hash_table_contains (open, kith_row_get_id (row)))
    kith_consent_card_open (card);
}

void
kith_client_consents_show (KithClientConsents *self,
                           GPtrArray          *rows)
{
  g_autoptr (GHashTable) open = find_open (self);
  KithCardsPlace *focused = kith_cards_clear (GTK_WIDGET (self->cards));
  guint own = 0;

  self->granted = FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      JsonObject *body = kith_row_body (rows->pdata[i], "body");
      g_autofree char *source = kith_client_source (rows->pdata[i]);

      if (!body)
        continue;
      if (source)
        add_heading (self, source);
      own += source == NULL;
      self->granted = self->granted || g_strcmp0 (kith_json_string (body, "permission"), "granted") == 0;
      add_card (self, rows->pdata[i], body, open);
    }
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  self->rows = g_ptr_array_ref (rows);
  gtk_widget_set_visible (self->none, own == 0);
  gtk_widget_set_visible (self->record, own > 0);
  show_acts (self);
  kith_cards_return (GTK_WIDGET (self->cards), focused);
}

/* Offered to whom the operation would let do it. */
static gboolean
may_restrict (KithClientConsents *self,
              JsonObject         *body)
{
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (self->context));

  return actor && g_strcmp0 (kith_json_string (body, "agency"), actor->agency) == 0 &&
         (kith_actor_has_duty (actor, KITH_DUTY_SUPERVISOR) || kith_actor_has_duty (actor, KITH_DUTY_PRIVACY));
}

void
kith_client_consents_show_client (KithClientConsents *self,
                                  JsonObject         *body,
                                  gboolean            withheld)
{
  gboolean restricted = body && kith_json_bool (body, "restricted", FALSE);
  gboolean ours = body && !withheld && g_strcmp0 (kith_json_string (body, "agency"), kith_context_get_agency (self->context)) == 0;

  /* An own client without a consent is known here alone; another agency's is not here for want of one, or was opened in another way. */
  adw_status_page_set_title (ADW_STATUS_PAGE (self->none), withheld ? _("Hidden by Consent") : _("No Consent Recorded"));
  adw_status_page_set_description (
    ADW_STATUS_PAGE (self->none),
    withheld ? _("No consent in force shares this record with your agency any more: it ended, or the person took it back. What your agency did itself stays with it. "
                 "When the person is with you and agrees again, record it: the record opens for your agency once the hub has it, unless the referral that brought them to you was taken back.")
    : ours   ? _("This client is private to your agency: no other agency sees that you know this person.")
             : _("No consent of this person is on this computer. The record is another agency’s."));
  self->may_revoke = body != NULL;
  self->private = ours;
  self->may_restrict = body && !withheld && may_restrict (self, body);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->restrict_row), restricted ? _("This record is restricted") : _("Restrict this record"));
  kith_client_list_button_set_words (self->restrict_button, restricted ? _("Lift…") : _("Restrict…"), "client.restrict");
  show_acts (self);
}

static void
kith_client_consents_dispose (GObject *object)
{
  KithClientConsents *self = KITH_CLIENT_CONSENTS (object);

  g_clear_object (&self->context);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (kith_client_consents_parent_class)->dispose (object);
}

static void
kith_client_consents_class_init (KithClientConsentsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_client_consents_dispose;
}

static GtkWidget *
button_new (const char *label,
            const char *action)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static GtkWidget *
none_new (void)
{
  GtkWidget *page = adw_status_page_new (), *button = button_new (_("Record Consent"), "client.consent");

  adw_status_page_set_title (ADW_STATUS_PAGE (page), _("No Consent Recorded"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page), _("This client is private to your agency: no other agency sees that you know this person."));
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  gtk_widget_add_css_class (button, "suggested-action");
  adw_status_page_set_child (ADW_STATUS_PAGE (page), button);
  gtk_widget_add_css_class (page, "compact");
  gtk_widget_set_size_request (page, -1, 280); /* it would scroll inside itself, its button out of sight; so no picture either, above two rows of tabs */
  return page;
}

static GtkWidget *
act_new (const char *title,
         const char *words,
         GtkWidget  *button)
{
  GtkWidget *row = adw_action_row_new ();

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static GtkWidget *
acts_new (KithClientConsents *self)
{
  GtkWidget *group = adw_preferences_group_new (), *revoke = kith_client_list_button_new (N_("Revoke All…"), "client.revoke-all");

  gtk_widget_set_name (revoke, "revoke-all");
  gtk_accessible_update_property (GTK_ACCESSIBLE (revoke), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Revoke everything"), -1);
  self->restrict_button = GTK_BUTTON (kith_client_list_button_new (N_("Restrict…"), "client.restrict"));
  self->revoke_row = act_new (_("Revoke everything"), _("Ends all sharing of this client, also by a consent that is not on this computer."), revoke);
  self->restrict_row = act_new ("", _("Then only supervisors and the staff assigned to this client see it, at every agency, and nobody finds it by the network."),
                                GTK_WIDGET (self->restrict_button));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->revoke_row);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->restrict_row);
  return group;
}

static void
kith_client_consents_init (KithClientConsents *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  self->record = button_new (_("Record Consent"), "client.consent");
  gtk_widget_set_halign (self->record, GTK_ALIGN_START);
  self->cards = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  self->none = none_new ();
  self->acts = acts_new (self);
  gtk_box_append (GTK_BOX (box), self->record);
  gtk_box_append (GTK_BOX (box), self->none);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->cards));
  gtk_box_append (GTK_BOX (box), self->acts);
  adw_bin_set_child (ADW_BIN (self), box);
}

/**
 * kith_client_consents_new:
 *
 * Returns: (transfer floating): no card before kith_client_consents_show()
 */
GtkWidget *
kith_client_consents_new (KithContext *context)
{
  KithClientConsents *self = g_object_new (KITH_TYPE_CLIENT_CONSENTS, NULL);

  self->context = g_object_ref (context);
  return GTK_WIDGET (self);
}
