/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Inbox and Sent: the lists of each. */

#include "kith-referrals-page.h"

#include <glib/gi18n.h>

#include "board/kith-queue-stats-window.h"
#include "kith-format.h"
#include "kith-watch.h"

struct _KithInboxPage
{
  KithReferralsPage parent_instance;
  GtkWidget *same; /* leads to records that may be one person; hidden while there is none */
  KithWatch *matches, *answered; /* answered: while nothing waits; else NULL */
};

G_DEFINE_FINAL_TYPE (KithInboxPage, kith_inbox_page, KITH_TYPE_REFERRALS_PAGE)

static void
matches_cb (GPtrArray *rows,
            gpointer   user_data)
{
  KithInboxPage *self = user_data;
  guint n = self->matches ? kith_watch_get_total (self->matches) : rows->len; /* NULL: it tells while it is being made */
  g_autofree char *words = g_strdup_printf (ngettext ("Maybe the Same: %u Person", "Maybe the Same: %u People", n), n);

  gtk_button_set_label (GTK_BUTTON (self->same), words);
  gtk_widget_set_visible (self->same, n > 0);
}

static void
answered_cb (GPtrArray *rows,
             gpointer   user_data)
{
  guint n = rows->len > 0 ? (guint) kith_row_get_int (rows->pdata[0], "answered") : 0;
  g_autofree char *words = n > 0 ? g_strdup_printf (ngettext ("%u referral was answered today.", "%u referrals were answered today.", n), n) : NULL;

  kith_split_page_set_tab_text (user_data, 0, words);
}

/* ux.md 2.1: when nothing waits, what was done today is told; it is counted then alone. */
static void
look_for_answered (KithInboxPage *self)
{
  static const char *const kinds[] = { "referral", "referral_course", NULL };
  KithListModel *waits = kith_split_page_get_tab_model (KITH_SPLIT_PAGE (self), 0);
  KithContext *context = kith_page_get_context (KITH_PAGE (self));
  g_autofree char *from = context ? kith_format_day_begin (kith_context_get_now (context)) : NULL;
  const char *side = context ? kith_context_get_side (context) : NULL, *args[] = { side ? side : "", from, NULL };
  guint waiting = 0;

  if (!waits || !context) /* being taken down */
    return;
  g_object_get (waits, "total", &waiting, NULL);
  if (waiting > 0)
    g_clear_object (&self->answered);
  else if (self->answered)
    kith_watch_set_args (self->answered, args);
  else
    self->answered = kith_watch_new_args (context, "inbox-answered", kinds, args, answered_cb, self);
}

static void
kith_inbox_page_dispose (GObject *object)
{
  g_clear_object (&KITH_INBOX_PAGE (object)->matches);
  g_clear_object (&KITH_INBOX_PAGE (object)->answered);
  G_OBJECT_CLASS (kith_inbox_page_parent_class)->dispose (object);
}

static void
add_footer (KithSplitPage *page,
            GtkWidget     *button)
{
  gtk_widget_set_margin_start (button, 12);
  gtk_widget_set_margin_end (button, 12);
  gtk_widget_set_margin_top (button, 6);
  gtk_widget_set_margin_bottom (button, 12);
  kith_split_page_set_footer (page, button);
}

static void
kith_inbox_page_constructed (GObject *object)
{
  static const char *const kinds[] = { "match", "client", NULL };
  KithInboxPage *self = KITH_INBOX_PAGE (object);

  G_OBJECT_CLASS (kith_inbox_page_parent_class)->constructed (object);
  self->same = gtk_button_new ();
  gtk_widget_set_name (self->same, "same");
  gtk_widget_set_visible (self->same, FALSE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->same), "s", "inbox/same");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->same), "win.go");
  add_footer (KITH_SPLIT_PAGE (object), self->same);
  self->matches = kith_watch_new (kith_page_get_context (KITH_PAGE (object)), "matches-open", kinds, NULL, matches_cb, self);
  g_signal_connect_object (kith_split_page_get_tab_model (KITH_SPLIT_PAGE (self), 0), "notify::total", G_CALLBACK (look_for_answered), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (kith_page_get_context (KITH_PAGE (self)), "actor-changed", G_CALLBACK (look_for_answered), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "map", G_CALLBACK (look_for_answered), NULL); /* another day has begun */
  look_for_answered (self);
  kith_watch_set_limit (self->matches, 1); /* how many there are is all that is shown */
}

static void
kith_inbox_page_class_init (KithInboxPageClass *klass)
{
  static const KithReferralTab tabs[] = {
    { { N_("referrals|New"), "inbox-new", N_("Nothing Waits for an Answer"), N_("New referrals to your services appear here."), TRUE, "object-select-symbolic" },
      { "sent" }, TRUE },
    { { N_("In Work"), "inbox-work", N_("Nothing in Work"), N_("What you accept stays here until it is closed with an outcome."), TRUE, "folder-documents-symbolic" },
      { "accepted", "contacting", "in_service", "waitlisted", "paused" } },
    { { N_("referrals|Closed"), "inbox-closed", N_("Nothing Closed Yet"), N_("Closed and declined referrals are kept here."), FALSE, "folder-symbolic" },
      { "closed_resolved", "closed_unresolved", "declined", "recalled", "expired", "voided" } },
  };

  G_OBJECT_CLASS (klass)->constructed = kith_inbox_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = kith_inbox_page_dispose;
  KITH_REFERRALS_PAGE_CLASS (klass)->found = "inbox-found";
  KITH_REFERRALS_PAGE_CLASS (klass)->services = "inbox-services";
  KITH_PAGE_CLASS (klass)->name = "inbox";
  KITH_PAGE_CLASS (klass)->title = N_("Inbox");
  KITH_PAGE_CLASS (klass)->icon_name = "mail-unread-symbolic";
  KITH_PAGE_CLASS (klass)->counts = TRUE;
  KITH_REFERRALS_PAGE_CLASS (klass)->tabs = tabs;
  KITH_REFERRALS_PAGE_CLASS (klass)->n_tabs = G_N_ELEMENTS (tabs);
}

static void
kith_inbox_page_init (KithInboxPage *self)
{
}

struct _KithSentPage
{
  KithReferralsPage parent_instance;
  GtkWidget *without; /* sends without a client record: for agencies that have none here (C15) */
  KithWatch *settings;
};

G_DEFINE_FINAL_TYPE (KithSentPage, kith_sent_page, KITH_TYPE_REFERRALS_PAGE)

static void
settings_cb (GPtrArray *rows,
             gpointer   user_data)
{
  gtk_widget_set_visible (KITH_SENT_PAGE (user_data)->without, rows->len > 0 && kith_row_get_int (rows->pdata[0], "victim_service") != 0);
}

static void
sent_actor_changed_cb (KithSentPage *self)
{
  kith_watch_set_arg (self->settings, kith_context_get_agency (kith_page_get_context (KITH_PAGE (self))));
}

static void
kith_sent_page_dispose (GObject *object)
{
  g_clear_object (&KITH_SENT_PAGE (object)->settings);
  G_OBJECT_CLASS (kith_sent_page_parent_class)->dispose (object);
}

/* D3, D13: what became of what was sent, and how much was given to clients without being sent anywhere. */
static void
statistics_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *target)
{
  KithContext *context = kith_page_get_context (KITH_PAGE (widget));
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (context));
  const char *side = actor && actor->level == KITH_LEVEL_NETWORK ? kith_format_agency (NULL, "network") : actor && actor->agency_name ? actor->agency_name : _("Your agency");

  gtk_window_present (GTK_WINDOW (kith_queue_stats_window_new (GTK_WINDOW (gtk_widget_get_root (widget)), context, NULL, side)));
}

static void
kith_sent_page_constructed (GObject *object)
{
  static const char *const kinds[] = { "agency_settings", NULL };
  KithSentPage *self = KITH_SENT_PAGE (object);
  KithContext *context = kith_page_get_context (KITH_PAGE (object));
  GtkWidget *button = self->without = gtk_button_new_from_icon_name ("list-add-symbolic");

  G_OBJECT_CLASS (kith_sent_page_parent_class)->constructed (object);
  gtk_widget_set_tooltip_text (button, _("Send without a client record (Shift+Ctrl+N)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Send without a client record"), -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", "sent/new");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.go");
  gtk_widget_set_name (button, "send-without");
  gtk_widget_set_visible (button, FALSE);
  kith_split_page_add_list_button (KITH_SPLIT_PAGE (object), button);
  button = gtk_button_new_with_label (_("Statistics"));
  gtk_widget_set_name (button, "sent-statistics");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "sent.statistics");
  add_footer (KITH_SPLIT_PAGE (object), button);
  self->settings = kith_watch_new (context, "agency-terms", kinds, kith_context_get_agency (context), settings_cb, self);
  g_signal_connect_object (context, "actor-changed", G_CALLBACK (sent_actor_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
kith_sent_page_class_init (KithSentPageClass *klass)
{
  static const KithReferralTab tabs[] = {
    { { N_("referrals|Open"), "sent-open", N_("Nothing Open"), N_("Open a client and press R to send a referral. What becomes of it shows here."), TRUE, "document-send-symbolic",
        .network_text = N_("Open a call and assign its needs to send a referral. What becomes of it shows here.") },
      { "pending_consent", "sent", "accepted", "contacting", "in_service", "waitlisted", "paused" }, TRUE },
    { { N_("referrals|Drafts"), "sent-drafts", N_("No Drafts"), N_("What is kept as a draft stands here until it is sent. Nobody else sees it."), TRUE, "document-edit-symbolic" },
      { "draft" } },
    { { N_("referrals|Closed"), "sent-closed", N_("Nothing Closed Yet"), N_("Referrals that came back with an outcome are kept here."), FALSE, "folder-symbolic" },
      { "closed_resolved", "closed_unresolved", "declined", "recalled", "expired", "voided" } },
    { { N_("referrals|Information"), "sent-given", N_("No Information Given Yet"), N_("What clients take along and act on by themselves is counted here."), TRUE, "document-print-symbolic" },
      { "given" } },
  };

  G_OBJECT_CLASS (klass)->constructed = kith_sent_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = kith_sent_page_dispose;
  KITH_REFERRALS_PAGE_CLASS (klass)->found = "sent-found";
  KITH_REFERRALS_PAGE_CLASS (klass)->services = "sent-services";
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "sent.statistics", NULL, statistics_action);
  KITH_PAGE_CLASS (klass)->name = "sent";
  KITH_PAGE_CLASS (klass)->title = N_("referrals|Sent");
  KITH_PAGE_CLASS (klass)->icon_name = "document-send-symbolic";
  KITH_REFERRALS_PAGE_CLASS (klass)->tabs = tabs;
  KITH_REFERRALS_PAGE_CLASS (klass)->n_tabs = G_N_ELEMENTS (tabs);
}

static void
kith_sent_page_init (KithSentPage *self)
{
}
