/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-client-lines.h"

#include <glib/gi18n.h>

#include "kith-client-list.h"
#include "kith-format.h"
#include "widgets/kith-status-pill.h"
#include "widgets/kith-timeline-entry.h"

/* What has a day only stands at its noon: no time is read there. */
static char *
format_when (const char *at,
             gint64      now)
{
  g_autofree char *day = at && g_str_has_suffix (at, "T12:00:00.000Z") ? g_strndup (at, strlen ("2026-11-20")) : NULL;

  return day ? kith_format_date (day) : kith_format_time (at, now);
}

/* "17 Sep to 28 Sep": of a run of services. Yours */
static char *
format_run (KithRow *row)
{
  g_autofree char *from = kith_format_date (kith_row_get_text (row, "since"));
  const char *last = kith_row_get_text (row, "until");
  g_autofree char *to = last && g_strcmp0 (last, kith_row_get_text (row, "since")) != 0 ? kith_format_date (last) : NULL;

  return to ? g_strdup_printf (_("%s to %s"), from ? from : "", to) : g_steal_pointer (&from);
}

GtkWidget *
kith_client_history_entry_new (KithRow *row,
                               gint64   now)
{
  const char *type = kith_row_get_text (row, "type"), *what = kith_row_get_text (row, "title"), *agency = kith_row_get_text (row, "agency_name");
  const char *to = kith_row_get_text (row, "agency_to_name"), *who = kith_row_get_text (row, "who"), *ref = kith_row_get_text (row, "ref");
  gboolean given = g_strcmp0 (type, "given") == 0;
  gint64 count = kith_row_get_int (row, "count");
  g_autofree char *day = given ? format_run (row) : format_when (kith_row_get_text (row, "at"), now);
  g_autofree char *when = kith_format_join (day, given && what && *what ? what : NULL, NULL);
  g_autofree char *source = kith_client_source (row);
  g_autofree char *event = kith_format_join (when, agency, who && *who ? who : NULL);
  g_autofree char *meta = kith_format_join (event, source, NULL);
  g_autofree char *title = NULL;
  g_autofree char *action = NULL;
  g_autofree char *roles = NULL;
  const char *icon, *tone;

  what = what ? what : "";
  if (g_strcmp0 (type, "registered") == 0)
    icon = "contact-new-symbolic", tone = "", title = g_strdup (_("Registered"));
  else if (g_strcmp0 (type, "care") == 0)
    icon = "starred-symbolic", tone = "good", title = g_strdup (_("In care"));
  else if (g_strcmp0 (type, "record_opened") == 0)
    icon = "document-open-symbolic", tone = "", title = g_strdup (_("The shared record was opened"));
  else if (g_strcmp0 (type, "enrolled") == 0)
    icon = "list-add-symbolic", tone = "good", title = g_strdup_printf (_("Enrolled in %s"), what);
  else if (g_strcmp0 (type, "enrollment_ended") == 0)
    icon = "object-select-symbolic", tone = "", title = g_strdup_printf (_("%s: %s"), what, kith_format_code ("enrollment_end", kith_row_get_text (row, "to_phase")));
  else if (g_strcmp0 (type, "team_joined") == 0)
    icon = "contact-new-symbolic", tone = "good", title = g_strdup_printf (_("%s works with this client"), what);
  else if (g_strcmp0 (type, "team_role") == 0)
    icon = "contact-new-symbolic", tone = "", title = g_strdup_printf (_("%s has another role"), what);
  else if (g_strcmp0 (type, "assigned") == 0)
    icon = "avatar-default-symbolic", tone = "good", title = g_strdup_printf (_("%s was assigned"), *what ? what : _("Somebody"));
  else if (g_strcmp0 (type, "unassigned") == 0)
    icon = "avatar-default-symbolic", tone = "", title = g_strdup_printf (_("%s is no longer assigned"), *what ? what : _("Somebody"));
  else if (g_strcmp0 (type, "team_left") == 0)
    icon = "contact-new-symbolic", tone = "", title = g_strdup_printf (_("%s no longer works with this client"), what);
  else if (g_strcmp0 (type, "household_joined") == 0)
    icon = "go-home-symbolic", tone = "",
    /* Translators: as what: "Joined a household: Child" */
    title = kith_row_get_text (row, "to_phase") ? g_strdup_printf (_("Joined a household: %s"), kith_format_code ("hmis_relationship", kith_row_get_text (row, "to_phase")))
                                                : g_strdup (_("Joined a household"));
  else if (g_strcmp0 (type, "household_left") == 0)
    icon = "go-home-symbolic", tone = "", title = g_strdup (_("Left a household"));
  else if (given)
    icon = "list-add-symbolic", tone = "",
    /* Translators: what was given, how often: "Meal × 3" */
    title = count > 1 ? g_strdup_printf (_("%s × %u"), kith_format_code ("service_type", kith_row_get_text (row, "to_phase")), (guint) count)
                      : g_strdup (kith_format_code ("service_type", kith_row_get_text (row, "to_phase")));
  else if (g_strcmp0 (type, "task_done") == 0)
    icon = "object-select-symbolic", tone = "good",
    /* Translators: what was to be done */
    title = g_strdup_printf (_("Done: %s"), what);
  else if (g_str_has_prefix (type ? type : "", "consent"))
    icon = "changes-allow-symbolic", tone = g_str_has_suffix (type, "granted") ? "accent" : "warn",
    title = g_str_has_suffix (type, "granted") ? g_strdup_printf (_("Agreed to share with %s"), *what ? what : _("the network"))
            : g_str_has_suffix (type, "revoked") ? g_strdup (_("Took a consent back")) : g_strdup (_("Did not agree to share"));
  else
    {
      const char *phase = g_strcmp0 (type, "closed") == 0 && kith_row_get_text (row, "to_phase") ? kith_row_get_text (row, "to_phase") : type;

      icon = kith_phase_icon (phase);
      tone = kith_phase_tone (phase);
      if (g_strcmp0 (type, "sent") == 0 && to && g_strcmp0 (to, kith_row_get_text (row, "agency_name")) == 0)
        /* Translators: a service of the same agency */
        title = g_strdup_printf (_("Referred within the agency to %s"), what);
      else if (g_strcmp0 (type, "sent") == 0 && to)
        /* Translators: service, then agency */
        title = g_strdup_printf (_("Referred to %s, %s"), what, to);
      else
        /* Translators: service, then what happened: "Primary care visit: Accepted" */
        title = g_strdup_printf (_("%s: %s"), what, kith_format_code ("phase", phase));
    }
  if (g_strcmp0 (type, "team_role") == 0 && kith_row_get_text (row, "to_phase") && *kith_row_get_text (row, "to_phase") && kith_row_get_text (row, "text"))
    /* Translators: a role before, and the one since then */
    roles = g_strdup_printf (_("%s until then, now %s"), kith_row_get_text (row, "to_phase"), kith_row_get_text (row, "text"));
  if (g_strcmp0 (type, "consent_granted") == 0 && kith_row_get_text (row, "text"))
    /* Translators: what ends a consent before its day, in the client's words */
    roles = g_strdup_printf (_("Ends on its day, or when this happens: %s"), kith_row_get_text (row, "text"));
  if (ref)
    action = g_strdup_printf ("win.go::%s/%s", g_strcmp0 (agency, kith_row_get_text (row, "my_agency")) == 0 ? "inbox" : "sent", ref);
  return kith_timeline_entry_new (icon, tone, title, meta, roles ? roles : kith_row_get_text (row, "text"), FALSE, action);
}

/* A referral of the client's, which leads to it. */
GtkWidget *
kith_client_referral_row_new (KithRow     *row,
                              KithContext *context)
{
  GtkWidget *line = adw_action_row_new (), *pill = kith_status_pill_new ();
  gint64 now = kith_context_get_now (context);
  g_autofree char *when = kith_format_time (kith_row_get_text (row, "sent_at"), now);
  g_autofree char *source = kith_client_source (row);
  g_autofree char *subtitle = kith_format_join (kith_row_get_text (row, "agency_name"), when ? when : _("not sent"), source);
  const char *box = g_strcmp0 (kith_row_get_text (row, "agency"), kith_context_get_agency (context)) == 0
                    || !kith_row_get_text (row, "agency") ? "sent" : "inbox";
  g_autofree char *place = g_strconcat (box, "/", kith_row_get_id (row), NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), kith_row_get_text (row, "resource_name") ? kith_row_get_text (row, "resource_name") : "");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (line), subtitle);
  kith_status_pill_set_status (KITH_STATUS_PILL (pill), kith_row_get_text (row, "phase"), kith_row_get_text (row, "status"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (line), pill);
  adw_action_row_add_suffix (ADW_ACTION_ROW (line), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (line), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (line), "s", place);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (line), "win.go");
  return line;
}
