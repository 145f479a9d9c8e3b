/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-document-row.h"

#include <glib/gi18n.h>

#include "clients/kith-client-list.h"
#include "kith-format.h"

static const char *
icon_of (const char *media)
{
  if (media && g_str_has_prefix (media, "image/"))
    return "image-x-generic-symbolic";
  if (media && g_str_has_prefix (media, "audio/"))
    return "audio-x-generic-symbolic";
  return "x-office-document-symbolic";
}

/* Where the bytes are, in words: nothing is said when they are where they should be. Yours */
static char *
state_of (KithRow     *row,
          const char **icon,
          const char **tone)
{
  gint64 size = MAX (kith_row_get_int (row, "size"), 1), have = kith_row_get_int (row, "have"), sent = kith_row_get_int (row, "sent");
  const char *failed = kith_row_get_text (row, "failed");
  gboolean ours = kith_row_get_int (row, "ours") != 0;

  *icon = "view-refresh-symbolic";
  *tone = "";
  if (failed && g_str_equal (failed, "blob_quota"))
    {
      *icon = "dialog-warning-symbolic";
      *tone = "warn";
      return g_strdup (_("No room at the hub"));
    }
  if (failed && (ours ? sent < size : have < size))
    {
      *icon = "dialog-warning-symbolic";
      *tone = "warn";
      return g_strdup (g_str_equal (failed, "blob_pending") ? _("Not sent yet by its author") : _("Not at the hub"));
    }
  if (kith_row_get_int (row, "pending"))
    return g_strdup (_("Not sent yet"));
  if (ours && sent < size)
    /* Translators: how much of a file has been sent: "Sending 40 %" */
    return sent == 0 ? g_strdup (_("Waiting to be sent")) : g_strdup_printf (_("Sending %u %%"), (guint) (100 * sent / size));
  if (kith_row_get_int (row, "wanted"))
    /* Translators: how much of a file has come: "Fetching 40 %" */
    return g_strdup_printf (_("Fetching %u %%"), (guint) (100 * have / size));
  if (have < size)
    {
      *icon = "folder-download-symbolic";
      return g_strdup (_("On the hub"));
    }
  *icon = "object-select-symbolic";
  *tone = "good";
  return g_strdup (_("On this computer"));
}

static GtkWidget *
menu_button_new (KithRow    *row,
                 const char *name)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenuItem) save = g_menu_item_new (_("Save a Copy…"), NULL);
  g_autofree char *label = g_strdup_printf (_("More for %s"), name);

  g_menu_item_set_action_and_target (save, "client.save-document", "s", kith_row_get_id (row));
  g_menu_append_item (menu, save);
  if (kith_row_get_int (row, "mine"))
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_("Remove…"), NULL);

      g_menu_item_set_action_and_target (item, "client.remove-document", "s", kith_row_get_id (row));
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return button;
}

/* Yours */
static char *
details (KithRow *row,
         gint64   now)
{
  gint64 bytes = kith_row_get_int (row, "size");
  g_autofree char *size = g_format_size ((guint64) MAX (bytes, 0)), *when = kith_format_time (kith_row_get_text (row, "at"), now);
  g_autofree char *source = kith_client_source (row);
  const char *parts[] = { kith_format_code ("document_type", kith_row_get_text (row, "type")), size, kith_row_get_text (row, "by_name"),
                          kith_row_get_text (row, "agency_name"), when, source };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] && *parts[i])
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", parts[i]);
  if (kith_row_get_text (row, "removed_at"))
    {
      g_autofree char *removed = kith_format_time (kith_row_get_text (row, "removed_at"), now);
      const char *by = kith_row_get_text (row, "removed_by_name"), *reason = kith_row_get_text (row, "remove_reason");

      /* Translators: when a file was removed, by whom, why */
      g_string_append_c (text, '\n');
      g_string_append_printf (text, _("Removed %s by %s: %s"), removed ? removed : "", by ? by : "", reason ? reason : "");
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The whole row opens the file: in a narrow window there is no place for a button and for words. */
void
kith_document_row_show (AdwActionRow *line,
                        KithRow      *row,
                        gint64        now)
{
  gboolean removed = kith_row_get_text (row, "removed_at") != NULL;
  const char *name = removed ? kith_format_code ("document_type", kith_row_get_text (row, "type")) : kith_row_get_text (row, "name") ? kith_row_get_text (row, "name") : "";
  const char *icon = "user-trash-symbolic", *tone = "";
  g_autofree char *facts = details (row, now), *state = removed ? NULL : state_of (row, &icon, &tone);
  g_autofree char *subtitle = state ? g_strconcat (facts, "\n", state, NULL) : g_strdup (facts);
  GtkWidget *image = gtk_image_new_from_icon_name (icon_of (kith_row_get_text (row, "media_type"))), *mark = gtk_image_new_from_icon_name (icon);

  gtk_widget_add_css_class (image, "dim-label");
  adw_action_row_add_prefix (line, image);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), name);
  adw_action_row_set_subtitle (line, subtitle);
  gtk_widget_add_css_class (mark, g_str_equal (tone, "warn") ? "warning" : g_str_equal (tone, "good") ? "success" : "dim-label");
  gtk_widget_set_tooltip_text (mark, state ? state : _("Removed"));
  adw_action_row_add_suffix (line, mark);
  if (removed)
    return;
  adw_action_row_add_suffix (line, menu_button_new (row, name));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (line), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (line), "s", kith_row_get_id (row));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (line), "client.open-document");
}
