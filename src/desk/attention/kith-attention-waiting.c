/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-attention-waiting.h"

#include <glib/gi18n.h>

#include "kith-attention-card.h"
#include "kith-format.h"
#include "widgets/kith-status-pill.h"
#include "kith-text.h"

static const struct
{
  const char *st, *icon, *text, *tone;
} states[] = {
  { "waiting", "document-open-recent-symbolic", N_("Waiting"), "" },
  { "sending", "view-refresh-symbolic", N_("Sending"), "accent" },
  { "sent", "object-select-symbolic", N_("Sent"), "good" },
};

static GtkWidget *
pill_new (const char *st)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_strcmp0 (states[i].st, st) == 0)
      {
        GtkWidget *pill = kith_status_pill_new ();

        kith_status_pill_set (KITH_STATUS_PILL (pill), states[i].icon, _(states[i].text), states[i].tone);
        gtk_widget_set_valign (pill, GTK_ALIGN_CENTER);
        return pill;
      }
  return NULL;
}

GtkWidget *
kith_attention_waiting_row_new (KithContext *context,
                                JsonObject  *entry)
{
  const char *label = kith_json_string (entry, "label"), *about = kith_json_string (entry, "about"), *place = kith_json_string (entry, "place");
  g_autofree char *when = kith_attention_when (context, entry);
  g_autofree char *what = kith_format_join (about ? about : when, about ? when : NULL);
  const char *message = kith_text_told (kith_json_string (entry, "message"));
  g_autofree char *subtitle = message ? g_strconcat (what, "\n", message, NULL) : g_strdup (what);
  GtkWidget *row, *pill = pill_new (kith_json_string (entry, "st"));

  if (!pill)
    return NULL;
  row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label ? label : kith_json_string (entry, "op"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), pill);
  if (place)
    {
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", place);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.go");
    }
  return row;
}
