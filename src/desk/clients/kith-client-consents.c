/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-client-consents.h"

#include <glib/gi18n.h>

#include "kith-client-list.h"
#include "kith-consent-card.h"
#include "kith-format.h"
#include "widgets/kith-wrap-box.h"

struct _KithClientConsents
{
  AdwBin parent_instance;
  KithContext *context;
  GtkWidget *record, *revoke_all, *none, *restrict_group, *restrict_row;
  GtkButton *restrict_button;
  GtkBox *cards;
  GPtrArray *rows; /* (element-type KithRow) as shown */
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

void
kith_client_consents_show (KithClientConsents *self,
                           GPtrArray          *rows)
{
  gint64 now = kith_context_get_now (self->context);
  guint own = 0;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->cards))))
    gtk_box_remove (self->cards, child);
  for (guint i = 0; i < rows->len; i++)
    {
      JsonObject *body = kith_row_body (rows->pdata[i], "body");
      g_autofree char *source = kith_client_source (rows->pdata[i]);

      if (!body)
        continue;
      if (source)
        add_heading (self, source);
      own += source == NULL;
      gtk_box_append (self->cards, kith_consent_card_new (rows->pdata[i], body, now));
    }
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  self->rows = g_ptr_array_ref (rows);
  gtk_widget_set_visible (self->none, own == 0);
  gtk_widget_set_visible (self->record, own > 0);
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
    withheld ? _("No consent in force shares this record with your agency any more: it ended, or the person took it back. What your agency did itself stays with it.")
    : ours   ? _("This client is private to your agency: no other agency sees that you know this person.")
             : _("No consent of this person is on this computer. The record is another agency’s."));
  gtk_widget_set_visible (adw_status_page_get_child (ADW_STATUS_PAGE (self->none)), !withheld);
  gtk_widget_set_sensitive (self->record, !withheld);
  gtk_widget_set_visible (self->revoke_all, body != NULL);
  gtk_widget_set_visible (self->restrict_group, body && !withheld && may_restrict (self, body));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->restrict_row), restricted ? _("This record is restricted") : _("Restrict this record"));
  gtk_button_set_label (self->restrict_button, restricted ? _("Lift…") : _("Restrict…"));
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
restrict_new (KithClientConsents *self)
{
  GtkWidget *group = adw_preferences_group_new ();

  self->restrict_row = adw_action_row_new ();
  self->restrict_button = GTK_BUTTON (button_new ("", "client.restrict"));
  gtk_widget_set_valign (GTK_WIDGET (self->restrict_button), GTK_ALIGN_CENTER);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (self->restrict_row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->restrict_row),
                               _("Then only supervisors and the staff assigned to this client see it, at every agency, and nobody finds it by the network."));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self->restrict_row), 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->restrict_row), GTK_WIDGET (self->restrict_button));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->restrict_row);
  return group;
}

static void
kith_client_consents_init (KithClientConsents *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18), *buttons = GTK_WIDGET (kith_wrap_box_new ());

  self->record = button_new (_("Record Consent"), "client.consent");
  /* Always: any agency that knows the client records it, also where no consent is on this computer: one that comes later, and was given before, is
   * taken back by it too (C4). */
  self->revoke_all = button_new (_("Revoke Everything…"), "client.revoke-all");
  kith_wrap_box_append (KITH_WRAP_BOX (buttons), self->record);
  kith_wrap_box_append (KITH_WRAP_BOX (buttons), self->revoke_all);
  self->cards = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  self->none = none_new ();
  self->restrict_group = restrict_new (self);
  gtk_box_append (GTK_BOX (box), buttons);
  gtk_box_append (GTK_BOX (box), self->none);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->cards));
  gtk_box_append (GTK_BOX (box), self->restrict_group);
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
