/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agency/kith-agency-page.h"

#include <glib/gi18n.h>

#include "agency/kith-account-window.h"
#include "agency/kith-settings-group.h"
#include "kith-format.h"
#include "kith-shortcuts.h"
#include "kith-watch.h"
#include "widgets/kith-ask-window.h"
#include "widgets/kith-cards.h"
#include "widgets/kith-stack.h"
#include "widgets/kith-status-pill.h"
#include "widgets/kith-suggest.h"
#include "widgets/kith-sync-chip.h"

struct _KithAgencyPage
{
  KithPage parent_instance;
  KithSyncChip *chip;
  GtkStack *stack;
  AdwBin *pick_place, *settings_place;
  GtkLabel *name;
  AdwPreferencesGroup *holidays_group, *accounts_group;
  GtkListBox *holidays, *accounts;
  GtkWidget *no_holidays, *no_accounts; /* said once they were read */
  KithSuggest *pick; /* network staff alone */
  KithSettingsGroup *settings;
  char *agency; /* "": none chosen, and the holidays are the network's */
  gboolean whole; /* not just what a supervisor changes */
  KithWatch *agency_watch, *holiday_watch, *account_watch;
};

G_DEFINE_FINAL_TYPE (KithAgencyPage, kith_agency_page, KITH_TYPE_PAGE)

static KithContext *
context_of (KithAgencyPage *self)
{
  return kith_page_get_context (KITH_PAGE (self));
}

static gboolean
is_network (KithAgencyPage *self)
{
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (context_of (self)));

  return actor && actor->level == KITH_LEVEL_NETWORK;
}

static gboolean
administers (KithAgencyPage *self)
{
  const char *own = kith_context_get_agency (context_of (self));

  return is_network (self) || (*own && kith_account_may_change (context_of (self), own));
}

static gboolean
supervises (KithAgencyPage *self)
{
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (context_of (self)));

  return actor && kith_actor_has_duty (actor, KITH_DUTY_SUPERVISOR);
}

static void
clear (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)))
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

static GtkWidget *
line_new (const char *title,
          const char *subtitle)
{
  GtkWidget *line = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), title ? title : "");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (line), subtitle ? subtitle : "");
  adw_action_row_set_title_lines (ADW_ACTION_ROW (line), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (line), 0);
  return line;
}

static GtkWidget *
pill_new (const char *icon,
          const char *words)
{
  GtkWidget *pill = kith_status_pill_new ();

  kith_status_pill_set (KITH_STATUS_PILL (pill), icon, words, "");
  gtk_widget_set_valign (pill, GTK_ALIGN_CENTER);
  return pill;
}

/* Holidays */

static void
remove_day (KithAgencyPage *self,
            const char     *date,
            const char     *name)
{
  g_autofree char *done = g_strdup_printf (_("Open again: %s"), name);

  kith_context_submit (context_of (self), "calendar.set",
                       kith_json_new ("agency", "s", *self->agency ? self->agency : NULL, "date", "s", date, "closed", "b", FALSE, NULL), done, TRUE, NULL, NULL);
}

static void
remove_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  const char *date, *day;

  g_variant_get (target, "(&s&s)", &date, &day);
  remove_day (KITH_AGENCY_PAGE (widget), date, day);
}

static void
add_day_line (KithAgencyPage *self,
              KithRow        *row)
{
  const char *name = kith_row_get_text (row, "name");
  gboolean mine = kith_row_get_int (row, "own") || !*self->agency;
  g_autofree char *date = kith_format_date (kith_row_get_text (row, "date"));
  GtkWidget *line = line_new (date, name);

  if (mine)
    {
      GtkWidget *remove = gtk_button_new_from_icon_name ("window-close-symbolic");
      g_autofree char *words = g_strdup_printf (_("Remove %s"), name ? name : date);

      gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (remove, "flat");
      gtk_widget_set_tooltip_text (remove, _("Remove"));
      gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
      gtk_actionable_set_action_target (GTK_ACTIONABLE (remove), "(ss)", kith_row_get_text (row, "date"), name ? name : "");
      gtk_actionable_set_action_name (GTK_ACTIONABLE (remove), "agency.remove-holiday");
      adw_action_row_add_suffix (ADW_ACTION_ROW (line), remove);
    }
  else
    adw_action_row_add_suffix (ADW_ACTION_ROW (line), pill_new ("network-workgroup-symbolic", _("Whole network")));
  kith_cards_append (GTK_WIDGET (self->holidays), line, kith_row_get_id (row));
}

static void
holidays_cb (GPtrArray *rows,
             gpointer   user_data)
{
  KithAgencyPage *self = user_data;
  KithCardsPlace *focused = kith_cards_leave (GTK_WIDGET (self->holidays));

  gtk_widget_set_visible (self->no_holidays, TRUE);
  clear (self->holidays);
  for (guint i = 0; i < rows->len; i++)
    add_day_line (self, rows->pdata[i]);
  kith_cards_return (GTK_WIDGET (self->holidays), focused);
}

static void
add_holiday_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *target)
{
  KithAgencyPage *self = KITH_AGENCY_PAGE (widget);
  g_autofree char *scope = *self->agency ? g_strconcat ("agency:", self->agency, NULL) : g_strdup ("dir");
  JsonObject *given = kith_json_new ("closed", "b", TRUE, "agency", "s", *self->agency ? self->agency : NULL, NULL);
  GtkWidget *window;

  window = kith_ask_window_new (GTK_WINDOW (gtk_widget_get_root (widget)), context_of (self), "calendar.set", _("Holiday"),
                                *self->agency ? _("The days in which an answer is due go on without it, for every referral sent from now on.")
                                              : _("For every agency of the network. The days in which an answer is due go on without it."),
                                _("Add"), _("Holiday added"), given, NULL);
  kith_ask_window_keep_draft (KITH_ASK_WINDOW (window), scope, NULL);
  gtk_window_present (GTK_WINDOW (window));
}

/* Accounts */

static char *
account_words (KithRow *row)
{
  gboolean portal = g_strcmp0 (kith_row_get_text (row, "level"), "portal") == 0;
  const char *role = kith_row_get_text (row, "role");
  int n = (int) kith_row_get_int (row, portal ? "n_resources" : "n_services");
  g_autoptr (GString) text = g_string_new (portal || !role ? kith_format_code ("level", kith_row_get_text (row, "level")) : kith_format_code ("role", role));

  if (portal)
    g_string_append_printf (text, ngettext (" · follows %d service or agency", " · follows %d services or agencies", (gulong) n), n);
  else if (n > 0)
    g_string_append_printf (text, ngettext (" · %d service", " · %d services", (gulong) n), n);
  if (!portal && kith_row_get_int (row, "health"))
    g_string_append_printf (text, " · %s", _("health information"));
  if (!portal && !kith_row_get_int (row, "trained"))
    g_string_append_printf (text, " · %s", _("training not complete"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
accounts_cb (GPtrArray *rows,
             gpointer   user_data)
{
  KithAgencyPage *self = user_data;
  KithCardsPlace *focused = kith_cards_leave (GTK_WIDGET (self->accounts));

  gtk_widget_set_visible (self->no_accounts, TRUE);
  clear (self->accounts);
  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *words = account_words (rows->pdata[i]);
      GtkWidget *line = line_new (kith_row_get_text (rows->pdata[i], "name"), words);

      if (!kith_row_get_int (rows->pdata[i], "active"))
        adw_action_row_add_suffix (ADW_ACTION_ROW (line), pill_new ("action-unavailable-symbolic", _("Deactivated")));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (line), TRUE);
      adw_action_row_add_suffix (ADW_ACTION_ROW (line), gtk_image_new_from_icon_name ("go-next-symbolic"));
      g_object_set_data_full (G_OBJECT (line), "staff", g_strdup (kith_row_get_id (rows->pdata[i])), g_free);
      kith_cards_append (GTK_WIDGET (self->accounts), line, kith_row_get_id (rows->pdata[i]));
    }
  kith_cards_return (GTK_WIDGET (self->accounts), focused);
}

static void
account_activated_cb (KithAgencyPage *self,
                      GtkListBoxRow  *line)
{
  gtk_window_present (GTK_WINDOW (kith_account_window_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), context_of (self),
                                                           g_object_get_data (G_OBJECT (line), "staff"))));
}

/* Which agency */

static void
agency_cb (GPtrArray *rows,
           gpointer   user_data)
{
  KithAgencyPage *self = user_data;
  JsonObject *body = rows->len > 0 ? kith_row_body (rows->pdata[0], "body") : NULL;
  const char *name = body ? kith_json_string (body, "name") : NULL;

  gtk_label_set_text (self->name, name ? name : "");
  gtk_widget_set_visible (GTK_WIDGET (self->name), name != NULL);
}

static void
show_agency (KithAgencyPage *self,
             const char     *agency)
{
  static const char *const of_agency[] = { "organization", NULL };
  static const char *const of_days[] = { "calendar_day", NULL };
  static const char *const of_accounts[] = { "staff", "staff_service", NULL };
  gint64 now = kith_context_get_now (context_of (self));
  g_autoptr (GDateTime) today = g_date_time_new_from_unix_local (now / 1000);
  g_autofree char *day = g_date_time_format (today, "%Y-%m-%d");
  const char *args[] = { agency, day, NULL };
  gboolean one = *agency != '\0', whole = administers (self);

  g_free (self->agency);
  self->agency = g_strdup (agency);
  self->whole = whole;
  g_clear_object (&self->agency_watch);
  g_clear_object (&self->account_watch);
  clear (self->accounts); /* those of another stand there no longer, also if these cannot be read */
  clear (self->holidays);
  gtk_widget_set_visible (self->no_accounts, FALSE);
  gtk_widget_set_visible (self->no_holidays, FALSE);
  adw_bin_set_child (self->settings_place, NULL);
  self->settings = NULL;
  gtk_widget_set_visible (GTK_WIDGET (self->name), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->accounts_group), one && whole);
  gtk_widget_set_visible (GTK_WIDGET (self->holidays_group), whole);
  adw_preferences_group_set_description (self->holidays_group, one ? _("Working days do not count them.")
                                                                    : _("Of every agency of the network. Choose one above for its own, its settings and its accounts."));
  /* None chosen: 2-1-1's own, by whose days a queue is answered. */
  self->settings = KITH_SETTINGS_GROUP (kith_settings_group_new (context_of (self), one ? agency : "network"));
  adw_bin_set_child (self->settings_place, GTK_WIDGET (self->settings));
  if (one)
    {
      self->agency_watch = kith_watch_new (context_of (self), "organization", of_agency, agency, agency_cb, self);
      self->account_watch = kith_watch_new (context_of (self), "agency-accounts", of_accounts, agency, accounts_cb, self);
    }
  g_clear_object (&self->holiday_watch);
  self->holiday_watch = kith_watch_new_args (context_of (self), "holidays", of_days, args, holidays_cb, self);
}

static void
describe_agency (KithContext  *context,
                 gpointer      hit,
                 AdwActionRow *line)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), kith_row_field (hit, "name") ? kith_row_field (hit, "name") : "");
}

static void
picked_cb (KithAgencyPage *self,
           KithRow        *row)
{
  kith_suggest_clear (self->pick);
  show_agency (self, kith_row_get_id (row));
  if (self->settings)
    gtk_widget_child_focus (GTK_WIDGET (self->settings), GTK_DIR_TAB_FORWARD);
}

/* Whose desk it is may be known later than the page is built. */
static void
look (KithAgencyPage *self)
{
  gboolean network = is_network (self);
  const char *own = kith_context_get_agency (context_of (self));
  gboolean whole = administers (self), may = whole || (*own && supervises (self));

  gtk_stack_set_visible_child_name (self->stack, may ? "page" : "denied");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "agency.add-holiday", whole);
  gtk_widget_set_visible (GTK_WIDGET (self->pick_place), network);
  if (network && !self->pick)
    {
      self->pick = KITH_SUGGEST (kith_suggest_new (context_of (self), "organization", _("Agency"), describe_agency));
      adw_bin_set_child (self->pick_place, GTK_WIDGET (self->pick));
      g_signal_connect_object (self->pick, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
    }
  if (may && (!self->agency || self->whole != whole || (!network && g_strcmp0 (self->agency, own) != 0)))
    show_agency (self, network ? "" : own);
}

static void
save_action (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  KithAgencyPage *self = KITH_AGENCY_PAGE (widget);

  if (self->settings)
    kith_settings_group_save (self->settings);
}

/* The title before the words of the chip. */
static void
narrow_cb (KithAgencyPage *self)
{
  gboolean narrow;

  g_object_get (self, "narrow", &narrow, NULL);
  kith_sync_chip_set_compact (self->chip, narrow);
}

static gboolean
kith_agency_page_show_record (KithPage   *page,
                              const char *place)
{
  KithAgencyPage *self = KITH_AGENCY_PAGE (page);

  if (is_network (self))
    show_agency (self, place);
  return TRUE;
}

static char *
kith_agency_page_get_place (KithPage *page)
{
  KithAgencyPage *self = KITH_AGENCY_PAGE (page);

  return is_network (self) && self->agency && *self->agency ? g_strdup (self->agency) : NULL;
}

static void
kith_agency_page_flush (KithPage *page)
{
  KithAgencyPage *self = KITH_AGENCY_PAGE (page);

  if (self->settings)
    kith_settings_group_flush (self->settings);
}

static void
kith_agency_page_constructed (GObject *object)
{
  KithAgencyPage *self = KITH_AGENCY_PAGE (object);

  G_OBJECT_CLASS (kith_agency_page_parent_class)->constructed (object);
  kith_sync_chip_set_context (self->chip, context_of (self));
  g_signal_connect (self, "notify::narrow", G_CALLBACK (narrow_cb), NULL);
  g_signal_connect_object (context_of (self), "actor-changed", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  look (self);
}

static void
kith_agency_page_dispose (GObject *object)
{
  KithAgencyPage *self = KITH_AGENCY_PAGE (object);

  g_clear_object (&self->agency_watch);
  g_clear_object (&self->holiday_watch);
  g_clear_object (&self->account_watch);
  self->settings = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (object), KITH_TYPE_AGENCY_PAGE);
  g_clear_pointer (&self->agency, g_free);
  G_OBJECT_CLASS (kith_agency_page_parent_class)->dispose (object);
}

static void
kith_agency_page_class_init (KithAgencyPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  KithPageClass *page_class = KITH_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = kith_agency_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = kith_agency_page_dispose;
  page_class->name = "agency";
  page_class->title = N_("Agency");
  page_class->icon_name = "emblem-system-symbolic";
  page_class->show_record = kith_agency_page_show_record;
  page_class->get_place = kith_agency_page_get_place;
  page_class->flush = kith_agency_page_flush;
  g_type_ensure (KITH_TYPE_SYNC_CHIP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/agency/kith-agency-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KithAgencyPage, chip);
  gtk_widget_class_bind_template_child (widget_class, KithAgencyPage, stack);
  gtk_widget_class_bind_template_child (widget_class, KithAgencyPage, pick_place);
  gtk_widget_class_bind_template_child (widget_class, KithAgencyPage, settings_place);
  gtk_widget_class_bind_template_child (widget_class, KithAgencyPage, name);
  gtk_widget_class_bind_template_child (widget_class, KithAgencyPage, holidays_group);
  gtk_widget_class_bind_template_child (widget_class, KithAgencyPage, accounts_group);
  gtk_widget_class_bind_template_child (widget_class, KithAgencyPage, holidays);
  gtk_widget_class_bind_template_child (widget_class, KithAgencyPage, accounts);
  gtk_widget_class_bind_template_child (widget_class, KithAgencyPage, no_holidays);
  gtk_widget_class_bind_template_child (widget_class, KithAgencyPage, no_accounts);
  gtk_widget_class_bind_template_callback (widget_class, account_activated_cb);
  gtk_widget_class_install_action (widget_class, "agency.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "agency.add-holiday", NULL, add_holiday_action);
  gtk_widget_class_install_action (widget_class, "agency.remove-holiday", "(ss)", remove_action);
  kith_shortcuts_install_class (widget_class, KITH_KEYS_AGENCY);
}

static void
kith_agency_page_init (KithAgencyPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kith_stack_tell_readers (self->stack);
}
