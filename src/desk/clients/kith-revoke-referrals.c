/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The client's open referrals in the window that takes a consent back: each of one's own that nothing else covers is recalled or kept with a legal
 * basis, and nothing is chosen for whoever decides (C5). */

#include "kith-revoke-window-private.h"

#include <glib/gi18n.h>

#include "kith-consent-card.h"
#include "kith-consent.h"
#include "kith-format.h"
#include "kith-referral-rules.h"
#include "widgets/kith-choice-row.h"
#include "widgets/kith-switch-row.h"

#define DAY_MS (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)

/* What becomes of one referral. */
typedef struct
{
  char *referral;
  gboolean unanswered;
  AdwComboRow *choice, *basis, *until;
  KithSwitchRow *network, *health; /* health: NULL where nothing of it was sent */
} Decision;

enum
{
  UNDECIDED,
  RECALL,
  KEEP
};

static const struct
{
  int days;
  const char *label;
} spans[] = {
  { 30, N_("30 days") },
  { 90, N_("90 days") },
  { 365, N_("One year") },
};

static void
decision_free (gpointer data)
{
  Decision *decision = data;

  g_free (decision->referral);
  g_free (decision);
}

GPtrArray *
kith_revoke_decisions_new (void)
{
  return g_ptr_array_new_with_free_func (decision_free);
}

static void
choice_cb (AdwComboRow *choice)
{
  static const char *const of_keeping[] = { "basis", "until", "network", "health" };
  gboolean keeps = adw_combo_row_get_selected (choice) == KEEP;

  for (guint i = 0; i < G_N_ELEMENTS (of_keeping); i++)
    {
      GtkWidget *row = g_object_get_data (G_OBJECT (choice), of_keeping[i]);

      if (row)
        gtk_widget_set_visible (row, keeps);
    }
}

static AdwComboRow *
combo_new (const char *title,
           const char *subtitle)
{
  AdwComboRow *row = ADW_COMBO_ROW (adw_combo_row_new ());

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  if (subtitle)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  return row;
}

/* What is kept beyond the referral itself is said, not taken for granted (C1). */
static GtkWidget *
switch_row_new (const char  *title,
                const char  *name,
                KithSwitchRow **row)
{
  *row = KITH_SWITCH_ROW (kith_switch_row_new (title));
  gtk_widget_set_name (GTK_WIDGET (*row), name);
  return GTK_WIDGET (*row);
}

/* To whom it went: what went to a queue alone went to the network (kith_referral_answerer ()). */
static const char *
taker_of (KithRow *row)
{
  const char *to = kith_row_get_text (row, "agency_to");

  return !to && kith_row_get_text (row, "queue") ? "network" : to;
}

/* Does what is taken back let the receiver have it until now? Only that can be kept: what was over before is over (consent-keep.c). */
static gboolean
is_covered (KithRevokeWindow *self, KithRow *row)
{
  gint64 now = kith_context_get_now (self->context);
  gboolean all = kith_revoke_window_takes_everything (self);

  if (!self->consents) /* not read yet */
    return TRUE;
  for (guint i = 0; i < self->consents->len; i++)
    {
      JsonObject *body = kith_row_body (self->consents->pdata[i], "body");

      if (body && (all || g_strcmp0 (kith_row_get_id (self->consents->pdata[i]), self->consent) == 0) && g_strcmp0 (kith_consent_status (body, now), "in_force") == 0 &&
          kith_consent_covers (body, "client", kith_row_get_text (row, "agency"), taker_of (row)))
        return TRUE;
    }
  return FALSE;
}

static void
add_decision (KithRevokeWindow *self, KithRow *row, const char *title, const char *subtitle)
{
  Decision *decision = g_new0 (Decision, 1);
  GtkWidget *group = adw_preferences_group_new (), *health = NULL;
  GtkWidget *network = switch_row_new (_("Network staff go on to see it too"), "keep-network", &decision->network);
  g_autoptr (GtkStringList) times = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) choices = gtk_string_list_new (NULL);

  decision->referral = g_strdup (kith_row_get_id (row));
  decision->unanswered = g_strcmp0 (kith_row_get_text (row, "phase"), "sent") == 0;
  gtk_string_list_append (choices, _("Choose…"));
  gtk_string_list_append (choices, decision->unanswered ? _("Recall") : _("End sharing"));
  if (is_covered (self, row))
    gtk_string_list_append (choices, _("Keep"));
  for (guint i = 0; i < G_N_ELEMENTS (spans); i++)
    gtk_string_list_append (times, _(spans[i].label));
  decision->choice = combo_new (title, subtitle);
  decision->basis = combo_new (_("Kept because of"), NULL);
  decision->until = combo_new (_("Kept for"), NULL);
  kith_choice_row_set_words (decision->choice, choices);
  kith_choice_row_set_vocabulary (decision->basis, "legal_basis", _("Choose…"));
  kith_choice_row_set_words (decision->until, times);
  gtk_widget_set_name (GTK_WIDGET (decision->choice), decision->referral);
  gtk_widget_set_name (GTK_WIDGET (decision->basis), "keep-basis");
  g_object_set_data (G_OBJECT (decision->choice), "basis", decision->basis);
  g_object_set_data (G_OBJECT (decision->choice), "until", decision->until);
  g_object_set_data (G_OBJECT (decision->choice), "network", network);
  if (kith_row_get_int (row, "has_health"))
    health = switch_row_new (_("With the health information that was sent"), "keep-health", &decision->health);
  g_object_set_data (G_OBJECT (decision->choice), "health", health);
  g_signal_connect (decision->choice, "notify::selected", G_CALLBACK (choice_cb), NULL);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (decision->choice));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (decision->basis));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (decision->until));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), network);
  if (health)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), health);
  gtk_box_append (self->referrals, group);
  g_ptr_array_add (self->decisions, decision);
  choice_cb (decision->choice);
}

static void
add_statement (KithRevokeWindow *self, const char *title, const char *subtitle, const char *statement)
{
  GtkWidget *group = adw_preferences_group_new (), *line = adw_action_row_new ();
  g_autofree char *words = g_strdup_printf ("%s\n%s", subtitle, statement);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (line), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (line), words);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (line), 0);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), line);
  gtk_box_append (self->referrals, group);
}

/* By one that stays in force when this one goes. */
static gboolean
another_covers (KithRevokeWindow *self, KithRow *row, const char *data_class)
{
  gint64 now = kith_context_get_now (self->context);

  if (kith_revoke_window_takes_everything (self))
    return FALSE;
  for (guint i = 0; self->consents && i < self->consents->len; i++)
    {
      JsonObject *body = kith_row_body (self->consents->pdata[i], "body");

      if (body && g_strcmp0 (kith_row_get_id (self->consents->pdata[i]), self->consent) != 0 && g_strcmp0 (kith_consent_status (body, now), "in_force") == 0 &&
          kith_consent_covers (body, data_class, kith_row_get_text (row, "agency"), taker_of (row)))
        return TRUE;
    }
  return FALSE;
}

/* A release that is not over (C5, C15). */
static gboolean
is_released (KithRevokeWindow *self, KithRow *row)
{
  const char *until = kith_row_get_text (row, "released");
  gint64 end;

  return until && (*until == '\0' || (kith_time_parse (until, &end) && kith_context_get_now (self->context) < end));
}

/* By what is offered at the referral: the sender recalls what nobody answered, either side takes back what is worked on. Yours */
static char *
who_ends (KithRevokeWindow *self, KithRow *row)
{
  const char *own = kith_context_get_agency (self->context), *sender = kith_row_get_text (row, "sender_name"), *receiver = kith_row_get_text (row, "agency_name");
  gboolean sent = g_strcmp0 (kith_row_get_text (row, "phase"), "sent") == 0, ours = g_strcmp0 (kith_row_get_text (row, "agency"), own) == 0;

  if (!sender)
    sender = _("another agency");
  if (sent && ours)
    return g_strdup (_("It is released on a legal basis of its own: it stays shared. “Recall…” at the referral ends that."));
  if (sent)
    return g_strdup_printf (_("It is released on a legal basis of its own: it stays shared. %s, which sent it, can end that."), sender);
  if (ours || g_strcmp0 (kith_row_get_text (row, "agency_to"), own) == 0)
    return g_strdup (_("It is released on a legal basis of its own: it stays shared. “Consent Withdrawn…” at the referral ends that."));
  if (!receiver)
    return g_strdup_printf (_("It is released on a legal basis of its own: it stays shared. %s, which sent it, can end that."), sender);
  return g_strdup_printf (_("It is released on a legal basis of its own: it stays shared. %s, which sent it, or %s can end that."), sender, receiver);
}

/* Why the receiver keeps sight of it; NULL: nothing but this consent covers it. Yours */
static char *
why_it_stays (KithRevokeWindow *self, KithRow *row)
{
  gboolean health = kith_row_get_int (row, "has_health") != 0;

  if (another_covers (self, row, "client"))
    return g_strdup (health && !another_covers (self, row, "client_health") ? _("Another consent in force covers it: it stays shared, without the health information that was sent.")
                                                                            : _("Another consent in force covers it: it stays shared."));
  if (is_released (self, row))
    return who_ends (self, row);
  return NULL;
}

/* Of this record: a revocation says nothing about those of a linked one. Inside one agency nothing is shared. */
static gboolean
concerned (KithRevokeWindow *self,
           KithRow          *row)
{
  const char *phase = kith_row_get_text (row, "phase"), *to = taker_of (row);

  if (!phase || (!g_str_equal (phase, "sent") && !kith_referral_phase_is_open (phase)) ||
      g_strcmp0 (kith_row_get_text (row, "client"), self->client) != 0 || (to && g_strcmp0 (kith_row_get_text (row, "agency"), to) == 0))
    return FALSE;
  return kith_revoke_window_takes_everything (self) || (to && self->receivers && kith_json_array_has (self->receivers, to));
}

/* Only the sender recalls: another agency's ends with the consent, and its sender decides the rest. Yours */
static char *
theirs (KithRow *row)
{
  const char *sender = kith_row_get_text (row, "sender_name");

  return g_strdup_printf (_("Sent by %s, which alone can recall it. It is no longer shared."), sender ? sender : _("another agency"));
}

/* What was decided about a referral before stays decided, as far as it is asked again. */
static void
take_over (KithRevokeWindow *self, GPtrArray *before)
{
  for (guint i = 0; i < self->decisions->len; i++)
    for (guint j = 0; j < before->len; j++)
      {
        Decision *now = self->decisions->pdata[i], *then = before->pdata[j];

        if (!g_str_equal (now->referral, then->referral))
          continue;
        if (adw_combo_row_get_selected (then->choice) < g_list_model_get_n_items (adw_combo_row_get_model (now->choice)))
          adw_combo_row_set_selected (now->choice, adw_combo_row_get_selected (then->choice));
        adw_combo_row_set_selected (now->basis, adw_combo_row_get_selected (then->basis));
        adw_combo_row_set_selected (now->until, adw_combo_row_get_selected (then->until));
        kith_switch_row_set_active (now->network, kith_switch_row_get_active (then->network));
        if (now->health && then->health)
          kith_switch_row_set_active (now->health, kith_switch_row_get_active (then->health));
      }
}

/* The rows of the decisions made before are read once more after they have left the window. */
static void
hold_rows (GPtrArray *decisions, GPtrArray *held)
{
  for (guint i = 0; i < decisions->len; i++)
    {
      Decision *decision = decisions->pdata[i];

      g_ptr_array_add (held, g_object_ref (decision->choice));
      g_ptr_array_add (held, g_object_ref (decision->basis));
      g_ptr_array_add (held, g_object_ref (decision->until));
      g_ptr_array_add (held, g_object_ref (decision->network));
      if (decision->health)
        g_ptr_array_add (held, g_object_ref (decision->health));
    }
}

/* Lists the referrals the choice concerns: with a question for each of one's own agency that ends with it, as a statement for the others. */
void
kith_revoke_window_show_referrals (KithRevokeWindow *self)
{
  g_autoptr (GPtrArray) before = self->decisions, held = g_ptr_array_new_with_free_func (g_object_unref);
  GtkWidget *child;

  self->decisions = kith_revoke_decisions_new ();
  hold_rows (before, held);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->referrals))))
    gtk_box_remove (self->referrals, child);
  for (guint i = 0; self->rows && i < self->rows->len; i++)
    {
      KithRow *row = self->rows->pdata[i];
      const char *title = kith_row_get_text (row, "resource_name"), *to = kith_row_get_text (row, "agency_name");
      g_autofree char *subtitle = g_strdup_printf ("%s · %s", to ? to : "", kith_format_referral_status (row));
      g_autofree char *statement = NULL;

      if (!concerned (self, row))
        continue;
      statement = why_it_stays (self, row);
      if (!statement && g_strcmp0 (kith_row_get_text (row, "agency"), kith_context_get_agency (self->context)) != 0)
        statement = theirs (row);
      if (statement)
        add_statement (self, title ? title : "", subtitle, statement);
      else
        add_decision (self, row, title ? title : "", subtitle);
    }
  take_over (self, before);
  gtk_widget_set_visible (self->referrals_group, gtk_widget_get_first_child (GTK_WIDGET (self->referrals)) != NULL);
}

gboolean
kith_revoke_window_is_undecided (KithRevokeWindow *self)
{
  for (guint i = 0; i < self->decisions->len; i++)
    {
      Decision *decision = self->decisions->pdata[i];
      guint choice = adw_combo_row_get_selected (decision->choice);
      gboolean without_basis = choice == KEEP && !kith_choice_row_get_code (decision->basis);

      if (choice != UNDECIDED && !without_basis)
        continue;
      gtk_widget_grab_focus (GTK_WIDGET (without_basis ? decision->basis : decision->choice));
      return TRUE;
    }
  return FALSE;
}

void
kith_revoke_window_decide (KithRevokeWindow *self, JsonObject *args, guint *n_recalled, guint *n_kept)
{
  g_autoptr (JsonArray) keep = json_array_new ();
  g_autoptr (JsonArray) recall = json_array_new ();

  for (guint i = 0; i < self->decisions->len; i++)
    {
      Decision *decision = self->decisions->pdata[i];
      guint span = MIN (adw_combo_row_get_selected (decision->until), G_N_ELEMENTS (spans) - 1);
      g_autofree char *until = kith_time_format (kith_context_get_now (self->context) + spans[span].days * DAY_MS);

      if (adw_combo_row_get_selected (decision->choice) == KEEP)
        {
          gboolean health = decision->health && kith_switch_row_get_active (decision->health);
          JsonArray *classes = health ? kith_json_strings ("client", "client_health", NULL) : kith_json_strings ("client", NULL);

          json_array_add_object_element (keep, kith_json_new ("referral", "s", decision->referral, "basis", "s", kith_choice_row_get_code (decision->basis),
                                                              "classes", "a", classes, "until", "s", until, "network", "b",
                                                              kith_switch_row_get_active (decision->network), NULL));
        }
      else
        json_array_add_string_element (recall, decision->referral);
    }
  *n_recalled = json_array_get_length (recall);
  *n_kept = json_array_get_length (keep);
  if (*n_recalled > 0)
    json_object_set_array_member (args, "recall", json_array_ref (recall));
  if (*n_kept > 0)
    json_object_set_array_member (args, "keep", json_array_ref (keep));
}
