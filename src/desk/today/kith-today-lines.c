/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "today/kith-today-lines.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cases/kith-task-edit.h"
#include "kith-format.h"
#include "kith-page.h"
#include "kith-shortcuts.h"
#include "referrals/kith-referral-brief.h"
#include "today/kith-today-acts.h"
#include "widgets/kith-cards.h"
#include "widgets/kith-status-pill.h"

#define LARGE_DPI (96 * 1024 * 3 / 2)

GtkWidget *
kith_today_line_new (const char *title,
                     const char *subtitle,
                     const char *place)
{
  GtkWidget *line = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), title ? title : "");
  adw_action_row_set_title_lines (ADW_ACTION_ROW (line), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (line), subtitle ? subtitle : "");
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (line), 0);
  if (place)
    {
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (line), TRUE);
      g_object_set_data_full (G_OBJECT (line), "place", g_strdup (place), g_free);
    }
  kith_cards_say (line, title);
  kith_cards_say (line, subtitle);
  kith_cards_say (line, place);
  return line;
}

/* One below the other where the words need the width. */
static gboolean
to_orientation (GBinding     *binding,
                const GValue *narrow,
                GValue       *orientation,
                gpointer      user_data)
{
  GtkWidget *ends = GTK_WIDGET (g_binding_dup_target (binding));
  int dpi = 0;

  g_object_get (gtk_widget_get_settings (ends), "gtk-xft-dpi", &dpi, NULL);
  g_value_set_enum (orientation, g_value_get_boolean (narrow) || dpi >= LARGE_DPI ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  g_object_unref (ends);
  return TRUE;
}

static void
rooted_cb (GtkWidget *ends)
{
  GtkWidget *page = gtk_widget_get_ancestor (ends, KITH_TYPE_PAGE);

  if (page)
    g_object_bind_property_full (page, "narrow", ends, "orientation", G_BINDING_SYNC_CREATE, to_orientation, NULL, NULL, NULL);
}

/**
 * kith_today_line_add_end:
 * @line: what kith_today_line_new() made
 * @widget: (transfer none): stands at its end, behind what was added before
 */
void
kith_today_line_add_end (GtkWidget *line,
                         GtkWidget *widget)
{
  GtkWidget *ends = g_object_get_data (G_OBJECT (line), "ends");

  if (!ends)
    {
      ends = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      gtk_widget_set_valign (ends, GTK_ALIGN_CENTER);
      g_signal_connect (ends, "notify::root", G_CALLBACK (rooted_cb), NULL);
      adw_action_row_add_suffix (ADW_ACTION_ROW (line), ends);
      g_object_set_data (G_OBJECT (line), "ends", ends);
    }
  gtk_widget_set_halign (widget, GTK_ALIGN_END);
  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (ends), widget);
}

/**
 * kith_today_key_new:
 * @action: its key is printed
 */
GtkWidget *
kith_today_key_new (const char *action)
{
  g_autofree char *key = kith_shortcuts_label (action);
  GtkWidget *hint = gtk_label_new (key);

  gtk_widget_add_css_class (hint, "key-hint");
  gtk_widget_set_valign (hint, GTK_ALIGN_CENTER);
  return hint;
}

/**
 * kith_today_line_add_pill:
 * @line: what kith_today_line_new() made
 */
void
kith_today_line_add_pill (GtkWidget  *line,
                          const char *icon,
                          const char *words,
                          const char *tone)
{
  GtkWidget *pill = kith_status_pill_new ();

  kith_status_pill_set (KITH_STATUS_PILL (pill), icon, words, tone);
  kith_cards_say (line, icon);
  kith_cards_say (line, words);
  kith_cards_say (line, tone);
  kith_today_line_add_end (line, pill);
}

void
kith_today_line_add_due (GtkWidget   *line,
                         KithContext *context,
                         const char  *date)
{
  gint64 now = kith_context_get_now (context);
  KithDue due = kith_format_due_state (date, now);
  gboolean late;
  g_autofree char *words = kith_format_due (date, now, &late);

  if (words)
    kith_today_line_add_pill (line, kith_due_icon (due), words, kith_due_tone (due));
}

static const struct
{
  const char *waits, *words, *page;
} waiting[] = {
  { "answer", NC_("verb", "Answer"), "inbox" },
  { "confirm", NC_("verb", "Confirm a decline"), "inbox" },
  { "contact", NC_("verb", "Follow up"), "inbox" },
  { "assign", NC_("verb", "Assign to a colleague"), "inbox" },
  { "consent", NC_("verb", "Ask for the client’s consent"), "sent" },
  { "send", NC_("verb", "The client has agreed, send"), "sent" },
  { "draft", NC_("verb", "Send or discard the draft"), "sent" },
  { "go_on", NC_("verb", "Came back, refer on"), "sent" },
  { "room", NC_("verb", "Keep a place that is free"), "inbox" },
  { "place", NC_("verb", "Waits for a place"), "inbox" },
  { "outcome", NC_("verb", "In service: record how it ends"), "inbox" },
  { "paused", NC_("verb", "Paused: take up again"), "inbox" },
};

/* As the rules have it (referral.snooze): those of an agency put theirs off. 2-1-1 puts off only what it sent itself; from a portal
 * account's day nothing goes. */
static gboolean
may_snooze (KithContext *context,
            KithRow     *row)
{
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (context));

  return actor && (actor->level == KITH_LEVEL_STANDARD ||
                   (actor->level == KITH_LEVEL_NETWORK && g_strcmp0 (kith_row_get_text (row, "agency"), kith_context_get_side (context)) == 0));
}

GtkWidget *
kith_today_referral_new (KithContext *context,
                         KithRow     *row)
{
  const char *waits = kith_row_get_text (row, "waits"), *step = NULL, *service = kith_row_get_text (row, "resource_name"), *queue = kith_row_get_text (row, "queue_name"), *name = kith_row_get_text (row, "contact_name");
  g_autofree char *title = NULL;
  g_autofree char *place = NULL;
  g_autofree char *subtitle = NULL;
  gboolean sent = g_strcmp0 (kith_row_get_text (row, "phase"), "sent") == 0, ours = FALSE, brief = kith_referral_is_brief (context);
  GtkWidget *line;

  for (guint i = 0; i < G_N_ELEMENTS (waiting); i++)
    if (g_strcmp0 (waits, waiting[i].waits) == 0)
      {
        ours = g_str_equal (waiting[i].page, "sent");
        step = g_dpgettext2 (NULL, "verb", waiting[i].words);
        /* Translators: what is to be done about a referral, and the service it is for: "Answer: Emergency food box" */
        title = g_strdup_printf (_("%s: %s"), step, service ? service : queue ? queue : "");
        place = g_strdup_printf ("%s/%s", waiting[i].page, kith_row_get_id (row));
      }
  /* P12: no other agency, no other day. */
  subtitle = brief ? kith_format_join (name ? name : _("Name withheld"), kith_referral_brief_number (row), NULL)
                   : kith_format_join (name ? name : _("Name withheld"), kith_row_get_text (row, ours ? "agency_to_name" : "agency_name"), kith_referral_number (context, row));
  if (g_strcmp0 (waits, "draft") == 0)
    {
      g_autofree char *before = g_steal_pointer (&subtitle), *day = kith_format_time (kith_row_get_text (row, "sent_at"), kith_context_get_now (context));
      /* Translators: of a draft; a day, "yesterday" */
      g_autofree char *kept = g_strdup_printf (_("from %s"), day ? day : "");

      subtitle = kith_format_join (before, kept, NULL);
    }
  if (kith_row_get_text (row, "instead_of"))
    {
      g_autofree char *before = g_steal_pointer (&subtitle);
      g_autofree char *whose = g_strdup_printf (_("In place of %s"), kith_row_get_text (row, "instead_of"));

      subtitle = kith_format_join (before, whose, NULL);
    }
  line = kith_today_line_new (title, subtitle, place);
  kith_today_line_add_due (line, context, sent && !brief ? kith_row_get_text (row, "due_on") : NULL);
  if (sent && !brief && g_strcmp0 (kith_row_get_text (row, "urgency"), "urgent") == 0)
    kith_today_line_add_pill (line, "dialog-warning-symbolic", kith_format_code ("urgency", "urgent"), "bad");
  if (may_snooze (context, row))
    kith_today_line_add_put_off (line, context, "referral", kith_row_get_id (row), name);
  return line;
}

GtkWidget *
kith_today_call_new (KithContext *context,
                     KithRow     *row)
{
  const char *name = kith_row_get_text (row, "name");
  gint64 n = kith_row_get_int (row, "open");
  g_autofree char *place = g_strconcat ("contacts/", kith_row_get_id (row), NULL);
  g_autofree char *when = kith_format_time (kith_row_get_text (row, "submitted_at"), kith_context_get_now (context));
  g_autofree char *subtitle = kith_format_join (kith_row_get_text (row, "number"), when, NULL);
  g_autofree char *open = g_strdup_printf (ngettext ("%u open", "%u open", (gulong) n), (guint) n);
  GtkWidget *line = kith_today_line_new (name ? name : _("Name not given"), subtitle, place);

  kith_today_line_add_pill (line, "call-start-symbolic", open, "");
  return line;
}

GtkWidget *
kith_today_step_new (KithContext *context,
                     KithRow     *row)
{
  g_autofree char *name = kith_format_row_name (row);
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", name, kith_row_get_text (row, "title"));
  g_autofree char *place = g_strconcat ("cases/", kith_row_get_id (row), NULL);
  const char *step = kith_row_get_text (row, "next_step"), *day = kith_row_get_text (row, "next_step_on");
  GtkWidget *line = kith_today_line_new (step ? step : day ? _("Next step") : _("No next step"), subtitle, place);

  kith_today_line_add_due (line, context, day);
  return line;
}

/**
 * kith_today_task_place:
 * @row: of "tasks-due"
 *
 * Returns: (transfer full) (nullable): where the task's subject is; %NULL: it is about nothing but itself
 */
char *
kith_today_task_place (KithContext *context,
                       KithRow     *row)
{
  const char *of = kith_row_get_text (row, "case");

  if (of)
    return g_strconcat ("cases/", of, NULL);
  if (kith_row_get_text (row, "referral"))
    return g_strconcat (g_strcmp0 (kith_row_get_text (row, "referral_agency"), kith_context_get_side (context)) == 0 ? "sent/" : "inbox/",
                        kith_row_get_text (row, "referral"), NULL);
  return kith_row_get_text (row, "client") ? g_strconcat ("clients/", kith_row_get_text (row, "client"), NULL) : NULL;
}

static void
toggled_cb (GtkWidget *check)
{
  gtk_widget_activate_action (check, "today.tick", "(ss)", g_object_get_data (G_OBJECT (check), "task"), g_object_get_data (G_OBJECT (check), "subject"));
}

/**
 * kith_today_task_new:
 * @row: of "tasks-due"
 * @due: (out): its day, or the time to be reminded of it, has come
 *
 * Returns: (transfer none): its line
 */
GtkWidget *
kith_today_task_new (KithContext *context,
                     KithRow     *row,
                     gboolean    *due)
{
  static const char *const corrected[] = { "due_on", "remind_at", "staff", "agency" };
  gint64 now = kith_context_get_now (context);
  gboolean late = FALSE;
  g_autofree char *today = kith_format_today (now);
  g_autofree char *iso = kith_time_format (now);
  g_autofree char *left = kith_format_due (kith_row_get_text (row, "due_on"), now, &late);
  KithDue state = kith_format_due_state (kith_row_get_text (row, "due_on"), now);
  gboolean known = kith_row_get_text (row, "given_name") || kith_row_get_text (row, "family_name");
  g_autofree char *name = known ? kith_format_row_name (row) : g_strdup ("");
  const char *number = kith_row_get_text (row, "case_number") ? kith_row_get_text (row, "case_number") : kith_row_get_text (row, "referral_number");
  const char *remind = kith_row_get_text (row, "remind_at"), *due_on = kith_row_get_text (row, "due_on"), *subject = kith_row_get_text (row, "subject");
  g_autofree char *subtitle = number && *name ? g_strdup_printf ("%s · %s", name, number) : g_strdup (number ? number : name);
  g_autofree char *place = kith_today_task_place (context, row);
  g_autofree char *whose = kith_format_join (kith_row_get_text (row, "staff") ? NULL : C_("task", "Not assigned"), subtitle, NULL);
  GtkWidget *line = kith_today_line_new (subject, whose, place), *check = gtk_check_button_new (), *edit;
  gboolean reminded = remind && strcmp (remind, iso) <= 0;

  /* One pill: two of them leave the words no room in a narrow window. */
  if (left || reminded)
    kith_today_line_add_pill (line, reminded ? "alarm-symbolic" : kith_due_icon (state), left ? left : _("Reminder"), left && state != KITH_DUE_LATER ? kith_due_tone (state) : reminded ? "accent" : "");
  kith_today_line_add_put_off (line, context, "task", kith_row_get_id (row), subject);
  edit = kith_task_edit_add_to (line, context, row);
  if (edit)
    kith_today_line_add_end (line, edit);
  for (guint i = 0; i < G_N_ELEMENTS (corrected); i++) /* what is corrected is what stands there now */
    kith_cards_say (line, kith_row_get_text (row, corrected[i]));
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (check, _("Done"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, subject, -1);
  g_object_set_data_full (G_OBJECT (check), "task", g_strdup (kith_row_get_id (row)), g_free);
  g_object_set_data_full (G_OBJECT (check), "subject", g_strdup (subject), g_free);
  g_signal_connect (check, "toggled", G_CALLBACK (toggled_cb), NULL);
  adw_action_row_add_prefix (ADW_ACTION_ROW (line), kith_today_key_new ("today.done"));
  adw_action_row_add_prefix (ADW_ACTION_ROW (line), check); /* before the key */
  *due = reminded || (due_on && strcmp (due_on, today) <= 0);
  return line;
}
