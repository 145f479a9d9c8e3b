/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-revoke-window-private.h"

#include <glib/gi18n.h>

#include "kith-consent-card.h"
#include "kith-consent-preview.h"
#include "kith-ending.h"
#include "kith-format.h"
#include "kith-shortcuts.h"
#include "widgets/kith-choice-row.h"
#include "widgets/kith-fit.h"
#include "widgets/kith-unread.h"

G_DEFINE_FINAL_TYPE (KithRevokeWindow, kith_revoke_window, ADW_TYPE_WINDOW)

static void
tell (KithRevokeWindow *self,
      const char       *words)
{
  gtk_label_set_text (self->problem, words ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), words != NULL);
}

static void
changed_cb (KithRevokeWindow *self)
{
  if (self->closed)
    return;
  tell (self, NULL);
  if (self->draft)
    kith_draft_touch (self->draft);
}

gboolean
kith_revoke_window_takes_everything (KithRevokeWindow *self)
{
  return !self->consent || kith_switch_row_get_active (self->everything);
}

static JsonObject *
args_new (KithRevokeWindow *self,
          const char       *reason)
{
  gboolean all = kith_revoke_window_takes_everything (self);

  return kith_json_new (all ? "client" : "consent", "s", all ? self->client : self->consent, "reason", "s", reason, NULL);
}

/* ---- who loses sight ---- */

static void
add_loser (KithRevokeWindow *self,
           const KithSight  *sight)
{
  g_auto (GStrv) lost = kith_sight_lost (sight);
  g_autofree char *what = kith_sight_words ((const char *const *) lost);
  GtkWidget *row;

  if (!what)
    return;
  row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), sight->name ? sight->name : _("An agency of the network"));
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), what);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_list_box_append (self->losers, row);
  self->n_losers++;
}

static void
preview_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (KithRevokeWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sights = kith_desktop_preview_finish (KITH_DESKTOP (source), result, &error);
  GtkWidget *row;

  if (self->closed || g_task_get_cancellable (G_TASK (result)) != self->asked)
    return;
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->losers))))
    gtk_list_box_remove (self->losers, row);
  self->n_losers = 0;
  for (guint i = 0; sights && i < sights->len; i++)
    add_loser (self, sights->pdata[i]);
  gtk_label_set_text (self->no_losers, sights ? _("No agency sees anything by it now.") : _("This computer cannot tell. The hub knows all of them."));
  gtk_widget_set_visible (GTK_WIDGET (self->losers), self->n_losers > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->no_losers), self->n_losers == 0);
}

static void
ask_losers (KithRevokeWindow *self)
{
  g_cancellable_cancel (self->asked);
  g_clear_object (&self->asked);
  self->asked = g_cancellable_new ();
  /* Any reason will do: it changes nothing about who sees what. */
  kith_desktop_preview_async (kith_context_get_desktop (self->context), self->client, "consent.revoke", args_new (self, "-"), self->asked, preview_cb,
                              g_object_ref (self));
}

/* Not before it is known which referrals are to be decided about. */
static void
show_ready (KithRevokeWindow *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->commit_button), self->rows && (kith_revoke_window_takes_everything (self) || self->receivers));
}

/* What was decided already is not asked for again: the list is taken as it stood when the window opened. */
static void
referrals_cb (GPtrArray *rows,
              gpointer   user_data)
{
  KithRevokeWindow *self = user_data;

  if (self->rows)
    return;
  self->rows = g_ptr_array_ref (rows);
  kith_revoke_window_show_referrals (self);
  show_ready (self);
}

static void
consents_cb (GPtrArray *rows,
             gpointer   user_data)
{
  KithRevokeWindow *self = user_data;

  if (self->receivers)
    return;
  g_clear_pointer (&self->consents, g_ptr_array_unref);
  self->consents = g_ptr_array_ref (rows);
  for (guint i = 0; i < rows->len; i++)
    {
      JsonObject *body = kith_row_body (rows->pdata[i], "body");
      JsonArray *receivers = body ? kith_json_array (body, "receivers") : NULL;

      if (receivers && g_strcmp0 (kith_row_get_id (rows->pdata[i]), self->consent) == 0)
        self->receivers = json_array_ref (receivers);
    }
  kith_revoke_window_show_referrals (self);
  show_ready (self);
}

/* Linked records read as one, but each has consents of its own: this takes back none of theirs, and says so. */
static void
show_linked (KithRevokeWindow *self)
{
  gint64 now = kith_context_get_now (self->context);
  g_autoptr (GPtrArray) named = g_ptr_array_new (); /* the texts are the rows' */
  g_autofree char *numbers = NULL, *words = NULL;

  for (guint i = 0; self->linked_rows && i < self->linked_rows->len; i++)
    {
      JsonObject *body = kith_row_body (self->linked_rows->pdata[i], "body");
      const char *number = kith_row_get_text (self->linked_rows->pdata[i], "source");

      if (body && number && *number && g_strcmp0 (kith_consent_status (body, now), "in_force") == 0 &&
          !g_ptr_array_find_with_equal_func (named, number, g_str_equal, NULL))
        g_ptr_array_add (named, (gpointer) number);
    }
  g_ptr_array_add (named, NULL);
  numbers = g_strjoinv (", ", (char **) named->pdata);
  /* Translators: numbers of records */
  words = g_strdup_printf (_("Not what was agreed to in the linked record %s: it goes on being shared. Take that back at the consent itself, which the tab Consent shows too."), numbers);
  gtk_label_set_text (self->linked, words);
  gtk_widget_set_visible (GTK_WIDGET (self->linked), *numbers && kith_revoke_window_takes_everything (self));
}

static void
linked_cb (GPtrArray *rows,
           gpointer   user_data)
{
  KithRevokeWindow *self = user_data;

  g_clear_pointer (&self->linked_rows, g_ptr_array_unref);
  self->linked_rows = g_ptr_array_ref (rows);
  show_linked (self);
}

static void
scope_cb (KithRevokeWindow *self)
{
  if (self->closed || !self->context)
    return;
  kith_revoke_window_show_referrals (self);
  show_linked (self);
  show_ready (self);
  ask_losers (self);
}

/* ---- done ---- */

/* "Consent revoked. 2 agencies lose sight at their next contact; 1 referral recalled, 1 kept." */
static char *
result_words (KithRevokeWindow *self,
              guint             n_recalled,
              guint             n_kept)
{
  g_autoptr (GString) words = g_string_new (_("Consent revoked."));

  if (self->n_losers > 0)
    g_string_append_printf (words, ngettext (" %u agency loses sight at its next contact.", " %u agencies lose sight at their next contact.",
                                             self->n_losers), self->n_losers);
  if (n_recalled > 0)
    g_string_append_printf (words, ngettext (" %u referral recalled.", " %u referrals recalled.", n_recalled), n_recalled);
  if (n_kept > 0)
    g_string_append_printf (words, ngettext (" %u referral kept.", " %u referrals kept.", n_kept), n_kept);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
submitted_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (KithRevokeWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = kith_context_submit_finish (KITH_CONTEXT (source), result, &error);

  if (self->closed)
    {
      if (!done)
        kith_context_problem (KITH_CONTEXT (source), _("The consent was not revoked"), error);
      return;
    }
  if (done)
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  gtk_widget_set_sensitive (GTK_WIDGET (self->commit_button), TRUE);
  tell (self, error->message);
}

static void
commit_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  KithRevokeWindow *self = KITH_REVOKE_WINDOW (widget);
  g_autofree char *reason = kith_entry_text (self->reason);
  g_autofree char *words = NULL;
  guint n_recalled, n_kept;
  JsonObject *args;

  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->commit_button)))
    return;
  if (!reason)
    {
      tell (self, _("Say why, in the client’s words. “Asked” is enough."));
      gtk_widget_grab_focus (GTK_WIDGET (self->reason));
      return;
    }
  if (kith_revoke_window_is_undecided (self))
    {
      tell (self, _("Choose what becomes of each referral that is still shared."));
      return;
    }
  gtk_widget_set_sensitive (GTK_WIDGET (self->commit_button), FALSE);
  args = args_new (self, reason);
  kith_revoke_window_decide (self, args, &n_recalled, &n_kept);
  words = result_words (self, n_recalled, n_kept);
  kith_draft_submit (self->draft, "consent.revoke", args, words, FALSE, submitted_cb, g_object_ref (self));
}

static void
cancel_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  gtk_window_destroy (GTK_WINDOW (widget));
}

static void
kith_revoke_window_dispose (GObject *object)
{
  KithRevokeWindow *self = KITH_REVOKE_WINDOW (object);

  self->closed = TRUE;
  if (self->draft) /* a lock closes it too */
    {
      kith_draft_flush (self->draft);
      g_object_run_dispose (G_OBJECT (self->draft));
    }
  g_clear_object (&self->draft);
  g_cancellable_cancel (self->asked);
  g_clear_object (&self->asked);
  g_clear_object (&self->referral_watch);
  g_clear_object (&self->consent_watch);
  g_clear_object (&self->linked_watch);
  g_clear_pointer (&self->linked_rows, g_ptr_array_unref);
  g_clear_pointer (&self->decisions, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->consents, g_ptr_array_unref);
  g_clear_pointer (&self->receivers, json_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), KITH_TYPE_REVOKE_WINDOW);
  g_clear_pointer (&self->client, g_free);
  g_clear_pointer (&self->consent, g_free);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_revoke_window_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, KithRevokeWindow, name)

static void
kith_revoke_window_class_init (KithRevokeWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_revoke_window_dispose;
  g_type_ensure (KITH_TYPE_SWITCH_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/clients/kith-revoke-window.ui");
  BIND (commit_button);
  BIND (problem);
  BIND (no_losers);
  BIND (restored);
  BIND (linked);
  BIND (reason);
  BIND (losers_group);
  BIND (referrals_group);
  BIND (offline);
  BIND (everything);
  BIND (losers);
  BIND (referrals);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, scope_cb);
  gtk_widget_class_install_action (widget_class, "form.commit", NULL, commit_action);
  gtk_widget_class_install_action (widget_class, "form.cancel", NULL, cancel_action);
  kith_shortcuts_install_class (widget_class, KITH_KEYS_FORM);
}

static void
kith_revoke_window_init (KithRevokeWindow *self)
{
  self->decisions = kith_revoke_decisions_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  kith_fit_to_text (GTK_WINDOW (self));
}

static JsonObject *
collect_draft (gpointer owner)
{
  g_autofree char *reason = kith_entry_text (KITH_REVOKE_WINDOW (owner)->reason);

  return reason ? kith_json_new ("reason", "s", reason, NULL) : NULL;
}

static void
restore_draft (gpointer    owner,
               JsonObject *draft,
               const char *words)
{
  KithRevokeWindow *self = owner;

  kith_entry_fill (GTK_EDITABLE (self->reason), kith_json_string (draft, "reason"));
  gtk_label_set_text (self->restored, words);
  gtk_widget_set_visible (GTK_WIDGET (self->restored), TRUE);
}

/* The reason, in the client's words; what becomes of each referral is chosen again, seeing how they stand. */
static void
keep_draft (KithRevokeWindow *self)
{
  g_autofree char *key = g_strdup_printf ("revoke:%s:%s", self->client, self->consent ? self->consent : ""), *scope = g_strconcat ("client:", self->client, NULL);

  self->draft = kith_draft_new (self->context, key, scope, collect_draft, restore_draft, self);
  kith_ending_close (self->context, scope, GTK_WINDOW (self));
}

void
kith_revoke_window_set_event (KithRevokeWindow *self, const char *event)
{
  /* Translators: why a consent is over: what the client had said would end it has happened */
  g_autofree char *words = g_strdup_printf (_("It ended as agreed: %s"), event);

  if (kith_draft_begin_fill (self->draft))
    {
      gtk_editable_set_text (GTK_EDITABLE (self->reason), words);
      kith_draft_end_fill (self->draft);
    }
}

GtkWidget *
kith_revoke_window_new (GtkWindow *parent, KithContext *context, const char *client, const char *consent)
{
  static const char *const referral_kinds[] = { "referral", NULL };
  static const char *const consent_kinds[] = { "consent", NULL }, *const linked_kinds[] = { "consent", "match", NULL };
  KithRevokeWindow *self = g_object_new (KITH_TYPE_REVOKE_WINDOW, "transient-for", parent, NULL);
  gint64 offline_since = 0;

  self->context = g_object_ref (context);
  self->client = g_strdup (client);
  kith_unread_add_strip (GTK_WIDGET (self->problem), context);
  self->consent = g_strdup (consent);
  g_object_get (kith_context_get_desktop (context), "offline-since", &offline_since, NULL);
  gtk_widget_set_visible (self->offline, offline_since != 0);
  gtk_widget_set_visible (GTK_WIDGET (self->everything), consent != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->commit_button), FALSE);
  self->referral_watch = kith_watch_new (context, "client-referrals", referral_kinds, client, referrals_cb, self);
  if (consent)
    self->consent_watch = kith_watch_new (context, "client-consents", consent_kinds, client, consents_cb, self);
  self->linked_watch = kith_watch_new (context, "client-record-consents", linked_kinds, client, linked_cb, self);
  ask_losers (self);
  keep_draft (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->reason));
  return GTK_WIDGET (self);
}
