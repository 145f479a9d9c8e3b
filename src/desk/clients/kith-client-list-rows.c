/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a row of each of a client's lists reads, and what its button does. */

#include "kith-client-list-private.h"

#include <glib/gi18n.h>

#include "amendments/kith-amendment-words.h"
#include "cases/kith-case-lists.h"
#include "documents/kith-document-row.h"
#include "kith-actor.h"
#include "kith-format.h"
#include "widgets/kith-status-pill.h"

static const char *
text_of (KithRow    *row,
         const char *column)
{
  const char *text = kith_row_get_text (row, column);

  return text ? text : "";
}

/* "7 Apr 2026"; NULL: no day. Yours */
static char *
day_of (KithRow    *row,
        const char *column)
{
  const char *day = kith_row_get_text (row, column);

  return day && *day ? kith_format_date (day) : NULL;
}

char *
kith_client_source (KithRow *row)
{
  const char *number = kith_row_get_text (row, "source");

  if (!number)
    return NULL;
  /* Translators: the number of a record that is said to be the same person */
  return *number ? g_strdup_printf (_("linked record %s"), number) : g_strdup (_("linked record"));
}

static void
set_line (AdwActionRow *line,
          const char   *title,
          char         *subtitle) /* transfer full */
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), title);
  adw_action_row_set_subtitle (line, subtitle ? subtitle : "");
  g_free (subtitle);
}

/* What there is of the parts, one after the other. Ends with (char *) -1: a part that is not known is NULL. */
static char *
join (const char *first,
      ...)
{
  g_autoptr (GString) text = g_string_new (NULL);
  va_list parts;

  va_start (parts, first);
  for (const char *part = first; part != GINT_TO_POINTER (-1); part = va_arg (parts, const char *))
    if (part && *part)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
  va_end (parts);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

#define join(...) join (__VA_ARGS__, GINT_TO_POINTER (-1))

/* What stands at the end of a line, one below the other: side by side a state and a button leave the words no room in a narrow window. */
static void
add_at_end (AdwActionRow *line,
            GtkWidget    *widget)
{
  GtkWidget *end = g_object_get_data (G_OBJECT (line), "kith-end");

  if (!end)
    {
      end = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
      gtk_widget_set_valign (end, GTK_ALIGN_CENTER);
      g_object_set_data (G_OBJECT (line), "kith-end", end);
      adw_action_row_add_suffix (line, end);
    }
  gtk_widget_set_halign (widget, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (end), widget);
}

/* label: for those who hear it, which one */
static GtkWidget *
button_new (const char *words,
            const char *label,
            const char *action,
            const char *target)
{
  GtkWidget *button = gtk_button_new_with_label (words);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (target)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static void
add_button (AdwActionRow *line,
            const char   *words,
            const char   *label,
            const char   *action,
            const char   *target)
{
  add_at_end (line, button_new (words, label, action, target));
}

/* What was mistyped is put right; of: for those who hear it, which one */
static GtkWidget *
pencil_new (const char *words,
            const char *of,
            const char *action,
            const char *target)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("document-edit-symbolic");

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, of, -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

/* Who said that it is over, when and why. Yours; NULL: nobody did */
static char *
cleared_words (KithRow *row,
               gint64   now)
{
  g_autofree char *when = kith_format_time (kith_row_get_text (row, "cleared_at"), now);
  const char *why = kith_row_get_text (row, "clear_reason");

  if (!when)
    return NULL;
  /* Translators: when an alert was cleared, by whom, why */
  return why ? g_strdup_printf (_("cleared %s by %s: %s"), when, text_of (row, "cleared_by_name"), why)
             : g_strdup_printf (_("cleared %s by %s"), when, text_of (row, "cleared_by_name"));
}

/* An alert says its own words; what was agreed with the client says what it is (C19). */
char *
kith_client_alert_words (KithRow *row)
{
  const char *kept = kith_row_get_text (row, "kept");
  g_autofree char *until = day_of (row, "kept_until");
  g_autofree char *said = kept ? g_strdup_printf (_("%s: %s"), kith_format_code ("amendment_type", kept), text_of (row, "text")) : g_strdup (text_of (row, "text"));

  /* Translators: what colleagues keep to; the day it ended without the client's agreement */
  return until ? g_strdup_printf (_("%s (until %s: what came before stays restricted)"), said, until) : g_steal_pointer (&said);
}

void
kith_client_list_show_alert (KithClientList *self, KithRow *row, AdwActionRow *line)
{
  const char *level = text_of (row, "level");
  gboolean active = kith_row_get_int (row, "active") != 0, danger = g_str_equal (level, "danger");
  g_autofree char *when = kith_format_time (kith_row_get_text (row, "raised_at"), kith_context_get_now (self->context));
  g_autofree char *day = day_of (row, "until");
  g_autofree char *until = day ? g_strdup_printf (C_("day", "until %s"), day) : NULL;
  g_autofree char *words = kith_client_alert_words (row), *label = g_strdup_printf (_("Clear the alert: %s"), words);
  const char *kept = kith_row_get_text (row, "kept");
  g_autofree char *cleared = cleared_words (row, kith_context_get_now (self->context));
  g_autofree char *source = kith_client_source (row);
  GtkWidget *icon = gtk_image_new_from_icon_name (g_str_equal (level, "info") ? "dialog-information-symbolic" : "dialog-warning-symbolic");

  gtk_widget_add_css_class (icon, !active ? "dim-label" : danger ? "error" : g_str_equal (level, "info") ? "accent" : "warning");
  adw_action_row_add_prefix (line, icon);
  if (active && danger)
    gtk_widget_add_css_class (GTK_WIDGET (line), "danger-line");
  set_line (line, words, join (kept ? _("agreed with the client") : kith_format_code ("alert_level", level), text_of (row, "raised_by_name"), text_of (row, "agency_name"), when, until, cleared, source));
  if (active && kith_row_get_int (row, "ours"))
    add_button (line, _("Clear…"), label, "client.clear-alert", kith_row_get_id (row));
  else if (!active)
    add_at_end (line, kith_status_pill_new_for ("object-select-symbolic", kith_row_get_text (row, "cleared_at") ? _("Cleared") : _("Over"), ""));
}

/* A line of client-care-team: who works with the client (U6); one's own membership can be ended. */
void
kith_client_list_show_member (KithClientList *self, KithRow *row, AdwActionRow *line)
{
  g_autofree char *from = day_of (row, "started_on");
  g_autofree char *to = day_of (row, "ended_on");
  g_autofree char *when = to ? g_strdup_printf (_("%s to %s"), from ? from : "", to) : from ? g_strdup_printf (_("since %s"), from) : NULL;
  g_autofree char *label = g_strdup_printf (_("%s no longer works with this client"), text_of (row, "name"));
  g_autofree char *over = g_strdup_printf (_("Correct until when %s worked with this client"), text_of (row, "name"));
  GtkWidget *box;
  g_autofree char *source = kith_client_source (row);

  set_line (line, text_of (row, "name"), join (text_of (row, "role"), text_of (row, "agency_name"), when, source));
  if (to)
    add_at_end (line, kith_status_pill_new_for ("object-select-symbolic", _("Former"), ""));
  else if (kith_row_get_int (row, "mine") && !kith_row_get_int (row, "assigned"))
    {
      g_autofree char *assign = g_strdup_printf (_("Assign %s to the client"), text_of (row, "name"));

      add_at_end (line, kith_status_pill_new_for ("dialog-warning-symbolic", _("Not assigned"), "warn")); /* named, which gives no access (U6) */
      if (!source)
        add_button (line, _("Assign…"), assign, "client.assign", NULL);
    }
  if (!kith_row_get_int (row, "mine"))
    return;
  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_box_append (GTK_BOX (box), pencil_new (_("Correct since when"), text_of (row, "name"), "client.correct-member", kith_row_get_id (row)));
  if (to && !kith_row_get_text (row, "role_after")) /* another role began that day: nobody left */
    gtk_box_append (GTK_BOX (box), button_new (_("Until…"), over, "client.correct-member-end", kith_row_get_id (row)));
  else if (!to)
    gtk_box_append (GTK_BOX (box), button_new (C_("verb", "Leave…"), label, "client.leave-team", kith_row_get_id (row)));
  add_at_end (line, box);
}

/* Which other record was said to be this person, or not; whoever sees both can say otherwise. */
void
kith_client_list_show_decision (KithClientList *self, KithRow *row, AdwActionRow *line)
{
  gboolean linked = g_strcmp0 (kith_row_get_text (row, "state"), "linked") == 0;
  g_autofree char *name = kith_format_row_name (row);
  g_autofree char *when = kith_format_time (kith_row_get_text (row, "at"), kith_context_get_now (self->context));
  /* Translators: a client's name, and the number of the record */
  g_autofree char *label = g_strdup_printf (linked ? _("Unlink %s, %s: they are different people") : _("%s, %s is the same person after all"), name, text_of (row, "number"));

  set_line (line, name, join (text_of (row, "number"), text_of (row, "agency_name"), when, text_of (row, "by_name")));
  add_at_end (line, kith_status_pill_new_for (linked ? "object-select-symbolic" : "window-close-symbolic", linked ? _("The same person") : _("Somebody else"), ""));
  add_button (line, linked ? _("Unlink") : _("Same Person"), label, linked ? "client.unlink" : "client.link-again", kith_row_get_id (row));
}

/* A line of an enrollment (U5): it can be ended by the agency whose program it is. */
void
kith_client_list_show_enrollment (KithClientList *self, KithRow *row, AdwActionRow *line)
{
  g_autofree char *from = day_of (row, "started_on");
  g_autofree char *to = day_of (row, "ended_on");
  g_autofree char *when = to ? g_strdup_printf (_("%s to %s"), from ? from : "", to) : from ? g_strdup_printf (_("since %s"), from) : NULL;
  g_autofree char *label = g_strdup_printf (_("End the enrollment in %s"), text_of (row, "program_name"));
  g_autofree char *over = g_strdup_printf (_("Correct the end of the enrollment in %s"), text_of (row, "program_name"));
  GtkWidget *box;
  gboolean ours = self->kind == KITH_CLIENT_ENROLLED_HERE || kith_row_get_int (row, "mine") != 0;
  g_autofree char *source = kith_client_source (row);

  set_line (line, text_of (row, "program_name"), join (text_of (row, "agency_name"), when,
                                                       kith_format_code ("enrollment_end", kith_row_get_text (row, "end_reason")), text_of (row, "by_name"),
                                                       text_of (row, "note"), source));
  if (to)
    add_at_end (line, kith_status_pill_new_for ("object-select-symbolic", _("Ended"), ""));
  if (!ours)
    return;
  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_box_append (GTK_BOX (box), pencil_new (_("Correct its start or its note"), text_of (row, "program_name"), "client.correct-enrollment", kith_row_get_id (row)));
  if (to)
    gtk_box_append (GTK_BOX (box), button_new (_("Its End…"), over, "client.correct-enrollment-end", kith_row_get_id (row)));
  else
    gtk_box_append (GTK_BOX (box), button_new (_("End…"), label, "client.end-enrollment", kith_row_get_id (row)));
  add_at_end (line, box);
}

/* A line of client-cases: leads to the case. */
void
kith_client_list_show_case (KithClientList *self, KithRow *row, AdwActionRow *line)
{
  gboolean open = g_str_equal (text_of (row, "phase"), "open");
  g_autofree char *day = day_of (row, "next_step_on");
  g_autofree char *when = kith_format_time (kith_row_get_text (row, open ? "opened_at" : "closed_at"), kith_context_get_now (self->context));
  g_autofree char *next = !open ? NULL : day ? g_strdup_printf (_("Next: %s, %s"), text_of (row, "next_step"), day)
                          : *text_of (row, "next_step") ? g_strdup_printf (_("Next: %s"), text_of (row, "next_step")) : NULL;
  g_autofree char *place = g_strconcat ("cases/", kith_row_get_id (row), NULL);
  g_autofree char *since = !when ? NULL : open ? g_strdup_printf (_("opened %s"), when) : g_strdup_printf (_("closed %s"), when);
  g_autofree char *source = kith_client_source (row);

  set_line (line, text_of (row, "title"), join (text_of (row, "number"), kith_format_code ("case_type", kith_row_get_text (row, "type")),
                                                text_of (row, "agency_name"), next ? next : since, kith_row_get_int (row, "pending") ? _("not sent yet") : NULL, source));
  if (!open)
    add_at_end (line, kith_status_pill_new_for ("object-select-symbolic", kith_row_get_text (row, "outcome") ? kith_format_reason ("outcome", kith_row_get_text (row, "outcome"), kith_row_get_text (row, "outcome_name")) : _("Closed"), ""));
  else if (kith_row_get_int (row, "mine"))
    add_at_end (line, kith_status_pill_new_for ("avatar-default-symbolic", _("Yours"), "accent"));
  adw_action_row_add_suffix (line, gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (line), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (line), "s", place);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (line), "win.go");
}

/* A line of a service that was given; what was taken back stays, struck from the counts. */
void
kith_client_list_show_service (KithClientList *self, KithRow *row, AdwActionRow *line)
{
  gint64 count = kith_row_get_int (row, "count");
  g_autofree char *day = day_of (row, "given_on");
  const char *type = kith_format_code ("service_type", kith_row_get_text (row, "type"));
  /* Translators: what was given, how often: "Meal × 3" */
  g_autofree char *title = count > 1 ? g_strdup_printf (_("%s × %u"), type, (guint) count) : g_strdup (type);
  g_autofree char *source = kith_client_source (row);

  if (kith_row_get_text (row, "voided_at"))
    {
      /* Translators: by whom, why: "taken back by Ana: recorded twice" */
      g_autofree char *why = g_strdup_printf (_("taken back by %s: %s"), text_of (row, "voided_by_name"), text_of (row, "void_reason"));

      set_line (line, title, join (day, text_of (row, "service_name"), text_of (row, "agency_name"), text_of (row, "by_name"), why, source));
      add_at_end (line, kith_status_pill_new_for ("edit-undo-symbolic", _("Does not count"), ""));
      return;
    }
  set_line (line, title, join (day, text_of (row, "service_name"), text_of (row, "agency_name"), text_of (row, "by_name"), text_of (row, "note"), source));
  if (kith_row_get_int (row, "mine"))
    {
      /* Translators: what was given */
      g_autofree char *label = g_strdup_printf (_("Take back: %s"), title);

      add_button (line, _("Take Back…"), label, "client.void-service", kith_row_get_id (row));
    }
}

/* C19: what the client asks, and what the agency answered. */
void
kith_client_list_show_amendment (KithClientList *self, KithRow *row, AdwActionRow *line)
{
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (self->context));
  const char *state = text_of (row, "state"), *wanted = kith_row_get_text (row, "wanted"), *reason = kith_row_get_text (row, "reason");
  gboolean asked = g_str_equal (state, "asked"), late = FALSE;
  g_autofree char *asked_on = day_of (row, "asked_on"), *decided_on = day_of (row, "decided_on");
  g_autofree char *should = wanted && *wanted ? g_strdup_printf (_("Should say: %s"), wanted) : NULL;
  KithDue day = kith_format_due_state (kith_row_get_text (row, "due_on"), kith_context_get_now (self->context));
  g_autofree char *due = asked ? kith_format_due (kith_row_get_text (row, "due_on"), kith_context_get_now (self->context), &late) : NULL;
  /* Translators: when it was asked, who took it down, whose record it is */
  g_autofree char *taken = g_strdup_printf (_("Asked %s, taken down by %s, %s"), asked_on ? asked_on : "", text_of (row, "by_name"), text_of (row, "agency_name"));
  g_autofree char *basis = join (kith_format_code ("amendment_refusal", kith_row_get_text (row, "basis")), reason);
  /* Translators: when, by whom, why */
  g_autofree char *answer = asked ? NULL : g_strdup_printf (_("Answered %s by %s. %s"), decided_on ? decided_on : "", text_of (row, "decided_by_name"), basis);
  g_autofree char *about = kith_amendment_about (row), *label = g_strdup_printf (_("Answer: %s"), about);
  g_autofree char *ended_on = day_of (row, "ended_on");
  /* Translators: when a restriction ended, by whom, why */
  g_autofree char *over = ended_on ? g_strdup_printf (_("Ended %s by %s. %s"), ended_on, text_of (row, "ended_by_name"), text_of (row, "end_reason")) : NULL;
  g_autofree char *ended = over ? g_strjoin (" ", over, kith_row_get_int (row, "end_agreed") ? _("The client agreed to the end.") : _("The client did not agree to the end."), NULL) : NULL;
  g_autofree char *end = g_strdup_printf (_("End: %s"), about);
  const char *words = kith_row_get_text (row, "disagreement");
  /* Translators: what the client wrote against a refusal */
  g_autofree char *disagrees = words ? g_strdup_printf (_("The client disagrees: %s"), words) : NULL;
  g_autofree char *record = g_strdup_printf (_("The client disagrees: %s"), text_of (row, "about"));
  g_autofree char *source = kith_client_source (row);
  const char *parts[] = { should, taken, answer, ended, disagrees, source }, *icon, *tone, *pill = kith_amendment_state (row, &icon, &tone);
  gboolean mine = kith_row_get_int (row, "mine") != 0;
  gboolean answers = mine && actor && (kith_actor_has_duty (actor, KITH_DUTY_SUPERVISOR) || kith_actor_has_duty (actor, KITH_DUTY_PRIVACY));
  g_autoptr (GString) subtitle = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i])
      g_string_append_printf (subtitle, "%s%s", subtitle->len > 0 ? "\n" : "", parts[i]);
  set_line (line, about, g_string_free (g_steal_pointer (&subtitle), FALSE));
  if (!asked)
    add_at_end (line, kith_status_pill_new_for (icon, pill, tone));
  if (answers && kith_amendment_row_holds (row))
    add_button (line, _("End…"), end, "client.end-amendment", kith_row_get_id (row));
  if (mine && g_str_equal (state, "refused") && !words && kith_amendment_row_is_correction (row))
    add_button (line, _("Disagrees…"), record, "client.disagree-amendment", kith_row_get_id (row));
  if (!asked)
    return;
  if (answers)
    add_button (line, _("Answer…"), label, "client.answer-amendment", kith_row_get_id (row));
  else
    add_at_end (line, kith_status_pill_new_for (kith_due_icon (day), due ? due : pill, kith_due_tone (day)));
}

/* A line of a task that is about the client. */
void
kith_client_list_show_task (KithClientList *self, KithRow *row, AdwActionRow *line)
{
  kith_case_show_task (line, self->context, row);
}

/* A line of the household: the client's own leaves it, another's leads to that record. */
void
kith_client_list_show_relative (KithClientList *self, KithRow *row, AdwActionRow *line)
{
  g_autofree char *name = kith_format_row_name (row);
  g_autofree char *birth = kith_format_birth (kith_row_get_text (row, "date_of_birth"), kith_context_get_now (self->context));
  g_autofree char *place = g_strconcat ("clients/", kith_row_get_id (row), NULL);
  g_autofree char *source = kith_client_source (row);
  gboolean several = kith_row_get_int (row, "heads") > 1 && g_str_equal (text_of (row, "relationship"), "1");

  if (several) /* HMIS knows one */
    add_at_end (line, kith_status_pill_new_for ("dialog-warning-symbolic", _("Several heads"), "warn"));
  if (kith_row_get_int (row, "own"))
    {
      g_autofree char *from = day_of (row, "since");
      g_autofree char *when = from ? g_strdup_printf (_("since %s"), from) : NULL;
      g_autofree char *label = g_strdup_printf (_("%s no longer lives in this household"), name);

      set_line (line, name, join (kith_format_code ("hmis_relationship", kith_row_get_text (row, "relationship")), when, source));
      add_button (line, C_("verb", "Leave"), label, "client.leave-household", kith_row_get_id (row)); /* the record that lives there */
      return;
    }
  set_line (line, name, join (kith_format_code ("hmis_relationship", kith_row_get_text (row, "relationship")), birth, text_of (row, "number"), source));
  adw_action_row_add_suffix (line, gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (line), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (line), "s", place);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (line), "win.go");
}

/* A line of an attached file. */
void
kith_client_list_show_document (KithClientList *self, KithRow *row, AdwActionRow *line)
{
  kith_document_row_show (line, row, kith_context_get_now (self->context));
}

/* A line of the access log (C13). */
void
kith_client_list_show_entry (KithClientList *self, KithRow *row, AdwActionRow *line)
{
  g_autofree char *when = kith_format_time (kith_row_get_text (row, "at"), kith_context_get_now (self->context));
  const KithKind *kind = kith_kind_get (text_of (row, "t"));
  const char *of = kind && !g_str_equal (kind->name, "client") ? _(kind->label) : NULL;

  set_line (line, text_of (row, "staff_name"), join (kith_format_code ("audit_action", text_of (row, "what")), of, when, text_of (row, "detail")));
}
