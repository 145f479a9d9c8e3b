/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-client-view-private.h"

#include <glib/gi18n.h>

#include "documents/kith-document-actions.h"
#include "kith-client-lines.h"
#include "kith-client-tabs.h"
#include "kith-consent-card.h"
#include "kith-format.h"
#include "referrals/kith-referral-row.h"
#include "widgets/kith-cards.h"
#include "widgets/kith-fit.h"

G_DEFINE_FINAL_TYPE (KithClientView, kith_client_view, ADW_TYPE_BIN)

#define LONGEST_S 60

enum
{
  SIGNAL_WITHHELD,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
update_pill (KithClientView *self)
{
  const char *found = self->consent_status;

  if (!gtk_widget_get_visible (GTK_WIDGET (self->consents))) /* they were not read: nobody says there is none */
    return;
  if (g_strcmp0 (found, "in_force") == 0)
    kith_status_pill_set (self->consent_pill, "object-select-symbolic", _("Consent in force"), "good");
  else if (g_strcmp0 (found, "refused") == 0)
    kith_status_pill_set (self->consent_pill, "action-unavailable-symbolic", _("Sharing refused"), "warn");
  else if (g_strcmp0 (found, "expired") == 0)
    kith_status_pill_set (self->consent_pill, "appointment-soon-symbolic", _("Consent has ended"), "warn");
  else
    kith_status_pill_set (self->consent_pill, "changes-prevent-symbolic", self->withheld ? _("Hidden by consent") : _("No consent in force"), "warn");
}

/* Nobody else can know the own client who never agreed to anything; of all others there may be more than is here. */
static void
update_sight (KithClientView *self)
{
  KithSightOf sight = self->withheld ? KITH_SIGHT_WITHHELD : !self->ours ? KITH_SIGHT_PART : self->never_shared ? KITH_SIGHT_WHOLE : KITH_SIGHT_OWN;

  for (guint i = 0; i < KITH_N_CLIENT_LISTS; i++)
    kith_client_list_set_sight (self->lists[i], sight);
  gtk_label_set_text (self->no_referrals, kith_client_none_words (sight, _("No referrals yet.")));
}

static void consents_cb (GPtrArray *rows, gpointer user_data);
static void wait_for_end (KithClientView *self, GPtrArray *rows);

/* The cards are made anew only when one of them has ended. */
static gboolean
term_cb (gpointer user_data)
{
  KithClientView *self = user_data;
  g_autoptr (GPtrArray) rows = g_ptr_array_ref (self->consent_rows);

  self->term_id = 0;
  if (self->next_end <= kith_context_get_now (self->context))
    consents_cb (rows, self);
  else
    wait_for_end (self, rows);
  return G_SOURCE_REMOVE;
}

/* C4: a term ends while the record is open, and no hub says so. The clock may be set meanwhile: a long time is waited for bit by bit. */
static void
wait_for_end (KithClientView *self,
              GPtrArray      *rows)
{
  gint64 now = kith_context_get_now (self->context);
  GPtrArray *kept = g_ptr_array_ref (rows);

  g_clear_handle_id (&self->term_id, g_source_remove);
  g_clear_pointer (&self->consent_rows, g_ptr_array_unref);
  self->consent_rows = kept;
  self->next_end = kith_consent_next_end (rows, now);
  if (self->next_end != G_MAXINT64)
    self->term_id = g_timeout_add_seconds ((guint) MIN ((self->next_end - now) / 1000 + 1, LONGEST_S), term_cb, self);
}

static void
consents_cb (GPtrArray *rows,
             gpointer   user_data)
{
  KithClientView *self = user_data;
  gint64 now = kith_context_get_now (self->context);

  gtk_widget_set_visible (GTK_WIDGET (self->consents), TRUE);
  kith_client_consents_show (self->consents, rows);
  self->consent_status = NULL;
  self->never_shared = TRUE;
  for (guint i = 0; i < rows->len; i++)
    {
      JsonObject *body = kith_row_body (rows->pdata[i], "body");
      const char *status = kith_consent_status (body, now);

      if (body && g_strcmp0 (kith_json_string (body, "permission"), "granted") == 0)
        self->never_shared = FALSE;
      if (kith_row_get_text (rows->pdata[i], "source")) /* for another record */
        continue;
      if (!self->consent_status || g_strcmp0 (status, "in_force") == 0)
        self->consent_status = g_intern_string (status);
    }
  update_sight (self);
  update_pill (self);
  wait_for_end (self, rows);
}

/* Only the own record of care is here. What needs the client's own record is not offered. */
void
kith_client_view_set_withheld (KithClientView *self,
                               gboolean        withheld)
{
  self->withheld = withheld;
  gtk_widget_set_visible (self->withheld_card, withheld);
  update_sight (self);
  update_pill (self);
  g_signal_emit (self, signals[SIGNAL_WITHHELD], 0);
}

static void
referrals_cb (GPtrArray *rows,
              gpointer   user_data)
{
  KithClientView *self = user_data;
  KithCardsPlace *focused = kith_cards_clear (GTK_WIDGET (self->referrals));

  for (guint i = 0; i < rows->len; i++)
    kith_cards_append (GTK_WIDGET (self->referrals), kith_client_referral_row_new (rows->pdata[i], self->context), kith_row_get_id (rows->pdata[i]));
  gtk_widget_set_visible (GTK_WIDGET (self->referrals), rows->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->no_referrals), rows->len == 0);
  kith_cards_return (GTK_WIDGET (self->referrals), focused);
}

static GtkWidget *
history_line (KithRow *row,
              gpointer user_data)
{
  return kith_client_history_entry_new (row, kith_context_get_now (KITH_CLIENT_VIEW (user_data)->context));
}

static void
history_told (guint    n,
              gpointer user_data)
{
  gtk_widget_set_visible (KITH_CLIENT_VIEW (user_data)->no_history, n == 0);
}

static void
drop_watches (KithClientView *self)
{
  g_clear_object (&self->client_watch);
  g_clear_object (&self->billing_watch);
  g_clear_pointer (&self->billing_rows, g_ptr_array_unref);
  g_clear_object (&self->consent_watch);
  g_clear_handle_id (&self->term_id, g_source_remove);
  g_clear_pointer (&self->consent_rows, g_ptr_array_unref);
  g_clear_object (&self->referral_watch);
  g_clear_object (&self->team_watch);
  g_clear_object (&self->alert_watch);
}

/* Of the client before nothing stands there, and nothing says there is none, before it was read. */
static void
clear (KithClientView *self)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  referrals_cb (none, self);
  kith_lines_set_query (self->history, NULL, NULL, NULL);
  kith_client_view_team_cb (none, self);
  kith_facts_clear (self->billing);
  gtk_widget_set_visible (GTK_WIDGET (self->no_referrals), FALSE);
  gtk_widget_set_visible (self->no_history, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->consents), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->consent_pill), FALSE);
}

/* Tabs */

static const struct
{
  KithClientListKind kind;
  const char *tab;
} list_tabs[] = {
  { KITH_CLIENT_ALERTS, "overview" },
  { KITH_CLIENT_TASKS, "overview" },
  { KITH_CLIENT_CARE_TEAM, "overview" },
  { KITH_CLIENT_ENROLLED_HERE, "overview" },
  { KITH_CLIENT_CASES, "cases" },
  { KITH_CLIENT_SERVICES, "services" },
  { KITH_CLIENT_PROGRAMS, "services" },
  { KITH_CLIENT_AMENDMENTS, "consent" },
  { KITH_CLIENT_HOUSEHOLD, "household" },
  { KITH_CLIENT_DOCUMENTS, "documents" },
  { KITH_CLIENT_HEALTH_DOCUMENTS, "health" },
  { KITH_CLIENT_DECISIONS, "history" },
  { KITH_CLIENT_CHANGES, "history" },
  { KITH_CLIENT_LOG, "log" },
};

/* The queries of a tab run from when it is first shown for a client. */
static void
fill_tab (KithClientView *self)
{
  static const char *const billing_kinds[] = { "client_billing", "client", "match", NULL };
  static const char *const referral_kinds[] = { "referral", "referral_course", "match", NULL };
  static const char *const team_kinds[] = { "assignment", "care", "match", NULL };
  static const char *const history_kinds[] = { "referral", "referral_course", "referral_event", "consent", "care", "client", "enrollment", "care_team_member", "assignment", "past_assignment", "household_member", "match", "service_event", "task", "client_reason", NULL };
  const char *tab = gtk_stack_get_visible_child_name (self->stack);

  kith_pinned_turn (KITH_PINNED (self->content), tab);
  kith_client_view_update_alerts (self);
  if (!self->id || !tab || !g_hash_table_add (self->filled, g_strdup (tab)))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (list_tabs); i++)
    if (g_str_equal (list_tabs[i].tab, tab))
      kith_client_list_set_client (self->lists[list_tabs[i].kind], self->id);
  /* A consent shows the file that proves it, which opens as it does among the documents. */
  if (g_str_equal (tab, "consent") && g_hash_table_add (self->filled, g_strdup ("documents")))
    kith_client_list_set_client (self->lists[KITH_CLIENT_DOCUMENTS], self->id);
  if (g_str_equal (tab, "overview"))
    {
      self->billing_watch = kith_watch_new (self->context, "client-record-billing", billing_kinds, self->id, kith_client_view_billing_cb, self);
      self->team_watch = kith_watch_new (self->context, "client-record-team", team_kinds, self->id, kith_client_view_team_cb, self);
    }
  else if (g_str_equal (tab, "referrals"))
    self->referral_watch = kith_watch_new (self->context, "client-referrals", referral_kinds, self->id, referrals_cb, self);
  else if (g_str_equal (tab, "history"))
    kith_lines_set_query (self->history, "client-history", history_kinds, (const char *const[]) { self->id, NULL });
}

static void
add_lists (KithClientView *self)
{
  GtkBox *boxes[] = { self->overview, self->health_page, self->cases, self->services, self->consent, self->household, self->documents, self->history_page, self->log };
  static const char *const names[] = { "overview", "health", "cases", "services", "consent", "household", "documents", "history", "log" };

  for (guint i = 0; i < G_N_ELEMENTS (list_tabs); i++)
    for (guint k = 0; k < G_N_ELEMENTS (names); k++)
      if (g_str_equal (list_tabs[i].tab, names[k]))
        {
          KithClientListKind kind = list_tabs[i].kind;

          self->lists[kind] = KITH_CLIENT_LIST (kith_client_list_new (self->context, kind));
          if (kind == KITH_CLIENT_ALERTS) /* before all else */
            gtk_box_prepend (boxes[k], GTK_WIDGET (self->lists[kind]));
          else
            gtk_box_append (boxes[k], GTK_WIDGET (self->lists[kind]));
        }
}

void
kith_client_view_show_tab (KithClientView *self,
                           const char     *name)
{
  kith_client_tabs_show (self->tabs, name);
}

void
kith_client_view_move_tab (KithClientView *self,
                           int             by)
{
  kith_client_tabs_move (self->tabs, by);
}

static void
kith_client_view_dispose (GObject *object)
{
  KithClientView *self = KITH_CLIENT_VIEW (object);

  drop_watches (self);
  if (self->history)
    kith_lines_set_query (self->history, NULL, NULL, NULL);
  self->history = NULL;
  g_clear_object (&self->reading);
  if (self->files) /* what is open goes now, whoever still waits for an answer */
    g_object_run_dispose (G_OBJECT (self->files));
  g_clear_object (&self->files);
  gtk_widget_dispose_template (GTK_WIDGET (self), KITH_TYPE_CLIENT_VIEW);
  g_clear_pointer (&self->filled, g_hash_table_unref);
  g_clear_pointer (&self->id, g_free);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_client_view_parent_class)->dispose (object);
}

static void
kith_client_view_class_init (KithClientViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_client_view_dispose;
  signals[SIGNAL_WITHHELD] = g_signal_new ("withheld", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (KITH_TYPE_ABSENT);
  g_type_ensure (KITH_TYPE_STATUS_PILL);
  g_type_ensure (KITH_TYPE_FACTS);
  g_type_ensure (KITH_TYPE_WRAP_BOX);
  g_type_ensure (KITH_TYPE_PINNED);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/clients/kith-client-view.ui");
  gtk_widget_class_bind_template_child (widget_class, KithClientView, absent);
  gtk_widget_class_bind_template_child (widget_class, KithClientView, scroller);
  gtk_widget_class_bind_template_child (widget_class, KithClientView, content);
  gtk_widget_class_bind_template_child (widget_class, KithClientView, pending);
  gtk_widget_class_bind_template_child (widget_class, KithClientView, no_history);
  gtk_widget_class_bind_template_child (widget_class, KithClientView, restricted);
  gtk_widget_class_bind_template_child (widget_class, KithClientView, avatar);
  gtk_widget_class_bind_template_child (widget_class, KithClientView, name);
  gtk_widget_class_bind_template_child (widget_class, KithClientView, meta);
  gtk_widget_class_bind_template_child (widget_class, KithClientView, language);
  gtk_widget_class_bind_template_child (widget_class, KithClientView, alert);
  gtk_widget_class_bind_template_child (widget_class, KithClientView, alerts);
  gtk_widget_class_bind_template_child (widget_class, KithClientView, withheld_card);
  gtk_widget_class_bind_template_child (widget_class, KithClientView, consent_pill);
  gtk_widget_class_bind_template_child (widget_class, KithClientView, reach);
  gtk_widget_class_bind_template_child (widget_class, KithClientView, about);
  gtk_widget_class_bind_template_child (widget_class, KithClientView, billing);
  gtk_widget_class_bind_template_child (widget_class, KithClientView, team);
  gtk_widget_class_bind_template_child (widget_class, KithClientView, referrals);
  gtk_widget_class_bind_template_child (widget_class, KithClientView, no_referrals);
  gtk_widget_class_bind_template_child (widget_class, KithClientView, referrals_group);
  gtk_widget_class_bind_template_child (widget_class, KithClientView, consents_place);
  gtk_widget_class_bind_template_child (widget_class, KithClientView, service_place);
  gtk_widget_class_bind_template_child (widget_class, KithClientView, history_place);
  gtk_widget_class_bind_template_child (widget_class, KithClientView, tabs);
  gtk_widget_class_bind_template_child (widget_class, KithClientView, stack);
  gtk_widget_class_bind_template_child (widget_class, KithClientView, overview);
  gtk_widget_class_bind_template_child (widget_class, KithClientView, health_page);
  gtk_widget_class_bind_template_child (widget_class, KithClientView, cases);
  gtk_widget_class_bind_template_child (widget_class, KithClientView, services);
  gtk_widget_class_bind_template_child (widget_class, KithClientView, consent);
  gtk_widget_class_bind_template_child (widget_class, KithClientView, household);
  gtk_widget_class_bind_template_child (widget_class, KithClientView, documents);
  gtk_widget_class_bind_template_child (widget_class, KithClientView, history_page);
  gtk_widget_class_bind_template_child (widget_class, KithClientView, log);
}

static void
kith_client_view_init (KithClientView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kith_fit_avatar (self->avatar);
  self->filled = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  kith_client_tabs_fill (self->tabs, self->stack);
  kith_document_actions_add_drop (GTK_WIDGET (self));
  g_signal_connect_object (self->stack, "notify::visible-child", G_CALLBACK (fill_tab), self, G_CONNECT_SWAPPED);
}

KithFiles *
kith_client_view_get_files (KithClientView *self)
{
  return self->files;
}

KithRow *
kith_client_view_find_document (KithClientView *self,
                                const char     *id)
{
  KithRow *row = kith_client_view_find (self, KITH_CLIENT_DOCUMENTS, id);

  return row ? row : kith_client_view_find (self, KITH_CLIENT_HEALTH_DOCUMENTS, id);
}

const char *
kith_client_view_find_consent (KithClientView *self,
                               const char     *consent)
{
  return kith_client_consents_find_client (self->consents, consent);
}

gboolean
kith_client_view_has_health (KithClientView *self)
{
  return kith_health_pane_is_open (self->health);
}

const char *
kith_client_view_get_tab (KithClientView *self)
{
  return gtk_stack_get_visible_child_name (self->stack);
}

/* Returns: (transfer full): how far each part is scrolled */
GHashTable *
kith_client_view_get_scrolled (KithClientView *self)
{
  return kith_pinned_get_places (KITH_PINNED (self->content));
}

void
kith_client_view_set_scrolled (KithClientView *self,
                               GHashTable     *scrolled)
{
  kith_pinned_set_places (KITH_PINNED (self->content), scrolled);
}

KithRow *
kith_client_view_find (KithClientView    *self,
                       KithClientListKind kind,
                       const char        *id)
{
  return kith_client_list_find (self->lists[kind], id);
}

/**
 * kith_client_view_new:
 *
 * Returns: (transfer floating): it shows nobody before kith_client_view_set_client()
 */
GtkWidget *
kith_client_view_new (KithContext *context)
{
  KithClientView *self = g_object_new (KITH_TYPE_CLIENT_VIEW, NULL);

  self->context = g_object_ref (context);
  self->reading = kith_reading_new (context, self->content);
  self->consents = KITH_CLIENT_CONSENTS (kith_client_consents_new (context));
  adw_bin_set_child (self->consents_place, GTK_WIDGET (self->consents));
  self->history = KITH_LINES (kith_lines_new (context, kith_timeline_new (), KITH_CLIENT_STEP, history_line, history_told, self));
  adw_bin_set_child (self->history_place, GTK_WIDGET (self->history));
  self->files = kith_files_new (context);
  self->links = KITH_CLIENT_LINKS (kith_client_links_new (context));
  gtk_box_prepend (self->overview, GTK_WIDGET (self->links)); /* below the alerts */
  self->health = KITH_HEALTH_PANE (kith_health_pane_new (context));
  gtk_box_append (self->health_page, GTK_WIDGET (self->health));
  add_lists (self);
  adw_preferences_group_set_header_suffix (self->referrals_group, kith_client_list_button_new (N_("Send Referral"), "client.refer"));
  g_object_bind_property (self->health, "open", self->lists[KITH_CLIENT_HEALTH_DOCUMENTS], "visible", G_BINDING_SYNC_CREATE);
  return GTK_WIDGET (self);
}

/* The log is there for privacy officers alone: the others hold none of it. */
static void
update_log_tab (KithClientView *self)
{
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (self->context));

  kith_client_tabs_set_shown (self->tabs, "log", actor && (actor->duties & KITH_DUTY_PRIVACY) != 0);
}

void
kith_client_view_set_client (KithClientView *self,
                             const char     *id)
{
  static const char *const client_kinds[] = { "client", "organization", "staff", "match", "care", "client_reason", NULL };
  static const char *const consent_kinds[] = { "consent", "match", "client_reason", NULL };
  static const char *const alert_kinds[] = { "alert", "match", NULL };
  g_autofree char *today = kith_format_today (kith_context_get_now (self->context));
  const char *alert_args[] = { id, today, NULL };
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  drop_watches (self);
  kith_service_line_close (self->service_place);
  kith_reading_show (self->reading, NULL, NULL, NULL);
  gtk_widget_set_visible (self->scroller, !kith_absent_show (self->absent, self->context, "client", NULL));
  g_hash_table_remove_all (self->filled);
  self->never_shared = FALSE;
  for (guint i = 0; i < KITH_N_CLIENT_LISTS; i++)
    kith_client_list_set_client (self->lists[i], NULL);
  g_free (self->id);
  self->id = g_strdup (id);
  kith_client_links_set_client (self->links, id);
  kith_health_pane_set_client (self->health, id);
  gtk_widget_set_visible (self->content, FALSE);
  kith_pinned_forget (KITH_PINNED (self->content));
  kith_client_view_alerts_cb (none, self); /* nobody sees those of the client before */
  clear (self);
  update_log_tab (self);
  if (!id)
    return;
  self->client_watch = kith_watch_new (self->context, "client", client_kinds, id, kith_client_view_client_cb, self);
  self->consent_watch = kith_watch_new (self->context, "client-record-consents", consent_kinds, id, consents_cb, self);
  self->alert_watch = kith_watch_new_args (self->context, "client-alerts", alert_kinds, alert_args, kith_client_view_alerts_cb, self);
  fill_tab (self);
}

gboolean
kith_client_view_is_withheld (KithClientView *self)
{
  return self->withheld;
}

gboolean
kith_client_view_is_restricted (KithClientView *self)
{
  return self->is_restricted;
}

const char *
kith_client_view_get_name (KithClientView *self)
{
  return self->id && gtk_widget_get_visible (self->content) ? gtk_label_get_text (self->name) : NULL;
}
