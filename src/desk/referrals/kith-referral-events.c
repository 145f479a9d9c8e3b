/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-referral-events.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "widgets/kith-status-pill.h"
#include "widgets/kith-timeline-entry.h"

GtkWidget *
kith_referral_event_new (KithRow *row,
                         gint64   now,
                         gboolean internal)
{
  const char *type = kith_row_get_text (row, "type"), *to = kith_row_get_text (row, "to_phase"), *from = kith_row_get_text (row, "from_phase");
  const char *who = kith_row_get_text (row, "actor_name"), *agency = kith_row_get_text (row, "agency_name"), *reason = kith_row_get_text (row, "reason");
  const char *words = kith_row_get_text (row, "term_name"); /* the network's, as they were then */
  g_autofree char *when = kith_format_time (kith_row_get_text (row, "at"), now);
  g_autofree char *meta = kith_format_join (when, who && *who ? who : agency, who && *who ? agency : NULL);
  g_autofree char *title = NULL;
  const char *icon = kith_phase_icon (to ? to : type), *tone = kith_phase_tone (to ? to : type);

  if (g_strcmp0 (type, "note") == 0)
    icon = "chat-message-new-symbolic", tone = "", title = g_strdup (_("Message"));
  else if (g_strcmp0 (type, "private_note") == 0)
    icon = "changes-prevent-symbolic", tone = "warn", title = g_strdup (_("Private note"));
  else if (g_strcmp0 (type, "contact") == 0)
    {
      icon = "call-start-symbolic", tone = "";
      /* Translators: how, then what came of it: "Phone: Left a message" */
      title = g_strdup_printf (_("%s: %s"), kith_format_code ("contact_how", kith_row_get_text (row, "how")),
                               kith_format_code ("contact_result", kith_row_get_text (row, "result")));
    }
  else if (g_strcmp0 (type, "introduced") == 0)
    /* Translators: an introduction from person to person, and how: "Introduced: In person" */
    icon = "system-users-symbolic", tone = "good", title = g_strdup_printf (_("Introduced: %s"), kith_format_code ("contact_how", kith_row_get_text (row, "how")));
  else if (g_strcmp0 (type, "check_in") == 0)
    icon = "document-open-recent-symbolic", tone = "", title = g_strdup (kith_format_code ("event_type", type));
  else if (g_strcmp0 (type, "went_on") == 0 || g_strcmp0 (type, "goes_on") == 0 || g_strcmp0 (type, "rerouted") == 0)
    icon = "document-send-symbolic", tone = "", title = g_strdup (kith_format_code ("event_type", type));
  else if (g_strcmp0 (type, "decline_proposed") == 0)
    icon = "dialog-question-symbolic", tone = "warn", title = g_strdup_printf (_("Decline proposed: %s"), kith_format_reason ("decline_reason", reason, words));
  else if (g_strcmp0 (type, "decline_sent_back") == 0 || g_strcmp0 (type, "taken_back") == 0)
    icon = "edit-undo-symbolic", tone = "warn", title = g_strdup (kith_format_code ("event_type", type));
  else if (g_strcmp0 (type, "assigned") == 0)
    icon = "avatar-default-symbolic", tone = "", title = g_strdup (_("Assigned"));
  else if (g_strcmp0 (type, "closed") == 0)
    title = g_strdup_printf (_("Closed: %s"), kith_format_reason ("outcome", kith_row_get_text (row, "outcome"), words));
  else if (g_strcmp0 (type, "declined") == 0)
    title = g_strdup_printf (_("Declined: %s"), kith_format_reason ("decline_reason", reason, words));
  else if (g_strcmp0 (type, "sent") == 0 && g_strcmp0 (to, "pending_consent") == 0)
    title = g_strdup (kith_format_code ("phase", to));
  else if (g_strcmp0 (type, "sent") == 0 && internal)
    title = g_strdup (_("Sent within the agency"));
  else if (g_strcmp0 (type, "status") == 0 && kith_row_get_text (row, "status")) /* in the words of its queue */
    title = g_strdup (kith_row_get_text (row, "status"));
  else if (g_strcmp0 (type, "status") == 0 && to)
    title = from && g_strcmp0 (from, to) != 0 ? g_strdup_printf ("%s → %s", kith_format_code ("phase", from), kith_format_code ("phase", to))
                                               : g_strdup (kith_format_code ("phase", to));
  else
    title = g_strdup (kith_format_code ("event_type", type));
  /* What went along with it stands above the timeline. */
  return kith_timeline_entry_new (icon, tone, title, meta, g_strcmp0 (type, "sent") == 0 ? NULL : kith_row_get_text (row, "text"),
                                  kith_row_get_int (row, "private") != 0, NULL);
}
