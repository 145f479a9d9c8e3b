/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "today/kith-today-news.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "referrals/kith-referral-brief.h"
#include "today/kith-today-lines.h"
#include "widgets/kith-cards.h"

void
kith_today_news_read (KithContext *context,
                      const char  *notice)
{
  kith_context_submit (context, "notice.read", kith_json_new ("notice", "s", notice, NULL), NULL, FALSE, NULL, NULL);
}

static void
read_cb (GtkButton   *button,
         KithContext *context)
{
  kith_today_news_read (context, g_object_get_data (G_OBJECT (button), "notice"));
}

static void
add_renew (GtkWidget  *row,
           const char *client)
{
  GtkWidget *button = gtk_button_new_with_label (_("Renew"));
  g_autofree char *place = g_strconcat ("clients/renew:", client, NULL);

  /* The target first: a name whose action wants one is complained about. */
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", place);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.go");
  kith_today_line_add_end (row, button);
  kith_cards_say (row, place);
}

static void
add_read (GtkWidget   *row,
          KithContext *context,
          const char  *id)
{
  GtkWidget *button = gtk_button_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("object-select-symbolic"));
  gtk_box_append (GTK_BOX (box), kith_today_key_new ("today.done"));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _("Read"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Read"), -1);
  gtk_widget_set_name (button, id);
  g_object_set_data_full (G_OBJECT (button), "notice", g_strdup (id), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (read_cb), context, 0);
  kith_today_line_add_end (row, button);
}

static char *
place_of (KithRow *notice)
{
  const char *case_id = kith_row_get_text (notice, "case"), *referral = kith_row_get_text (notice, "referral");
  const char *client = kith_row_get_text (notice, "client");

  if (case_id)
    return g_strconcat ("cases/", case_id, NULL);
  if (referral)
    return g_strconcat (kith_row_get_int (notice, "ours") ? "sent/" : "inbox/", referral, NULL);
  if (client && kith_row_get_int (notice, "here"))
    return g_strconcat ("clients/", client, NULL);
  return g_strcmp0 (kith_row_get_text (notice, "type"), "move_crossed") == 0 ? g_strdup ("staff") : NULL; /* who has what by now */
}

/* Of whom, from the record on this computer: a notice names nobody (C17). (transfer full) (nullable) */
static char *
about (KithRow *notice)
{
  const char *name = kith_row_get_text (notice, "name");

  if (name)
    return g_strdup (name);
  return kith_row_get_text (notice, "given_name") || kith_row_get_text (notice, "family_name") ? kith_format_row_name (notice) : NULL;
}

/* The number this person knows the referral by, wherever it is shown; else the one that was told. */
static const char *
number_of (KithContext *context,
           KithRow     *notice)
{
  const char *own = kith_row_get_text (notice, "referral_number"), *call = kith_row_get_text (notice, "contact_number");

  if (!own)
    return kith_row_get_text (notice, "number");
  return kith_referral_is_by_call (context) && call ? call : own;
}

GtkWidget *
kith_today_news_row_new (KithContext *context,
                         KithRow     *notice)
{
  const char *id = kith_row_get_id (notice), *type = kith_row_get_text (notice, "type"), *agency = kith_referral_is_brief (context) ? NULL : kith_row_get_text (notice, "agency_name"); /* P12 */
  g_autofree char *when = kith_format_time (kith_row_get_text (notice, "at"), kith_context_get_now (context)), *name = about (notice);
  g_autofree char *subtitle = kith_format_join (name, agency, number_of (context, notice), when);
  g_autofree char *place = place_of (notice);
  GtkWidget *row = kith_today_line_new (kith_format_code ("notice_type", type), subtitle, place);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE); /* it is read, wherever it leads */
  if ((g_strcmp0 (type, "consent_expiring") == 0 || g_strcmp0 (type, "consent_expired") == 0) && kith_row_get_int (notice, "here"))
    add_renew (row, kith_row_get_text (notice, "client"));
  add_read (row, context, id);
  g_object_set_data_full (G_OBJECT (row), "notice", g_strdup (id), g_free);
  return row;
}

/* In one transaction: each of them would have the whole day read again. */
void
kith_today_news_read_all (KithContext *context,
                          GtkListBox  *list,
                          guint        total)
{
  g_autofree char *words = NULL;
  GPtrArray *steps = g_ptr_array_new_with_free_func ((GDestroyNotify) kith_store_step_free);
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (list, i)); i++)
    if (g_object_get_data (G_OBJECT (row), "notice"))
      g_ptr_array_add (steps, kith_store_step_new ("notice.read", kith_json_new ("notice", "s", (const char *) g_object_get_data (G_OBJECT (row), "notice"), NULL), FALSE));
  words = steps->len < total ? g_strdup_printf (ngettext ("%u marked as read", "%u marked as read", steps->len), steps->len) : g_strdup (_("All read"));
  if (steps->len > 0)
    kith_context_submit_all (context, steps, NULL, words, NULL, NULL);
  else
    g_ptr_array_unref (steps);
}
