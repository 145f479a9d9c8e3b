/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-consent-card.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "kith-languages.h"
#include "widgets/kith-signature-pad.h"
#include "widgets/kith-status-pill.h"

const char *
kith_consent_status (JsonObject *body,
                     gint64      now)
{
  const char *status = body ? kith_json_string (body, "status") : NULL, *term = body ? kith_json_string (body, "term") : NULL;
  gint64 end;

  if (g_strcmp0 (status, "in_force") == 0 && term && (!kith_time_parse (term, &end) || end <= now))
    return "expired";
  return status;
}

gint64
kith_consent_next_end (GPtrArray *rows,
                       gint64     now)
{
  gint64 next = G_MAXINT64, end;

  for (guint i = 0; i < rows->len; i++)
    {
      JsonObject *body = kith_row_body (rows->pdata[i], "body");

      if (g_strcmp0 (kith_consent_status (body, now), "in_force") == 0 && kith_time_parse (kith_json_string (body, "term"), &end))
        next = MIN (next, end);
    }
  return next;
}

static void
add_line (GtkWidget  *box,
          char       *text, /* transfer full; NULL: no line */
          const char *style)
{
  GtkWidget *label;

  if (!text)
    return;
  label = gtk_label_new (text);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (style)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  g_free (text);
}

static char *
how_words (JsonObject *body,
           gint64      now)
{
  const char *how = kith_json_string (body, "how"), *signer = kith_json_string (body, "signer"), *witness = kith_json_string (body, "witness");
  const char *relation = kith_json_string (body, "relation"), *language = kith_json_string (body, "language");
  g_autofree char *recorded = kith_json_string (body, "signed_on") ? kith_format_time (kith_json_string (body, "start"), now) : NULL;
  GString *words = g_string_new (kith_format_code ("consent_how", how));

  if (signer)
    /* Translators: appended to "Signed on screen": a name */
    g_string_append_printf (words, _(" by %s"), signer);
  if (witness)
    /* Translators: appended to "Spoken": a name */
    g_string_append_printf (words, _(", witness: %s"), witness);
  if (recorded)
    /* Translators: appended to "On paper": a time */
    g_string_append_printf (words, _(", recorded %s"), recorded);
  if (relation)
    /* Translators: appended: "Mother", "Guardian" */
    g_string_append_printf (words, _(", for the client: %s"), relation);
  if (language)
    {
      g_autofree char *name = kith_language_name (language);

      /* Translators: appended: the language it was read in */
      g_string_append_printf (words, _(", read in %s"), name);
    }
  return g_string_free (words, words->len == 0);
}

static char *
when_words (KithRow    *row,
            JsonObject *body,
            const char *status,
            gint64      now)
{
  const char *signed_on = kith_json_string (body, "signed_on"), *from = signed_on ? signed_on : kith_json_string (body, "start");
  const char *to = kith_json_string (body, g_str_equal (status, "superseded") ? "superseded_at" : "term");
  gint64 seen = from && to && strncmp (from, to, 4) != 0 ? 0 : now; /* two days beside each other: both with their year, or neither */
  g_autofree char *start = signed_on ? kith_format_date (signed_on) : kith_format_time (from, seen);
  g_autofree char *end = kith_format_time (to, seen);
  g_autofree char *over = kith_format_time (kith_json_string (body, "revoked_at"), now);
  const char *by = kith_row_get_text (row, "revoked_by_name"), *why = kith_row_get_text (row, "why");

  if (g_str_equal (status, "revoked") && why)
    return by ? g_strdup_printf (_("Revoked %s by %s: %s"), over ? over : "", by, why) : g_strdup_printf (_("Revoked %s: %s"), over ? over : "", why);
  if (g_str_equal (status, "revoked"))
    return by ? g_strdup_printf (_("Revoked %s by %s"), over ? over : "", by) : g_strdup_printf (_("Revoked %s"), over ? over : "");
  if (g_str_equal (status, "superseded"))
    return g_strdup_printf (_("Given %s, replaced %s"), start ? start : "", end ? end : "");
  if (g_str_equal (status, "expired"))
    return g_strdup_printf (_("Given %s, ended %s"), start ? start : "", end ? end : "");
  if (g_str_equal (status, "in_force") && end)
    return g_strdup_printf (_("Given %s, until %s"), start ? start : "", end);
  return start ? g_strdup (start) : NULL;
}

/* 42 CFR 2.31(a)(7): no clock knows when it has come. */
static void
add_end_event (GtkWidget  *box,
               JsonObject *body,
               const char *status)
{
  const char *event = kith_json_string (body, "end_event");

  if (!event)
    return;
  /* Translators: what ends a consent before its day, in the client's words */
  add_line (box, g_strdup_printf (_("Or when this happens: %s"), event), NULL);
  if (g_str_equal (status, "in_force"))
    add_line (box, g_strdup (_("When it has happened, end the consent here: nobody else notices.")), "meta");
}

static JsonNode *
read_list (KithRow    *row,
           const char *column)
{
  const char *text = kith_row_get_text (row, column);
  g_autoptr (JsonNode) node = text ? json_from_string (text, NULL) : NULL;

  return node && JSON_NODE_HOLDS_ARRAY (node) ? g_steal_pointer (&node) : NULL;
}

JsonArray *
kith_consent_row_names (KithRow    *row,
                        const char *column)
{
  g_autoptr (JsonNode) node = read_list (row, column);

  return node ? json_node_dup_array (node) : NULL;
}

char *
kith_consent_disclosers (KithRow *row)
{
  g_autoptr (JsonArray) names = kith_consent_row_names (row, "discloser_list");

  return names ? kith_format_strings (names, ", ") : NULL;
}

char *
kith_consent_receivers (KithRow    *row,
                        const char *network)
{
  g_autoptr (JsonNode) node = read_list (row, "receiver_list");
  const char *names = kith_row_get_text (row, "receiver_names");
  g_autoptr (GString) words = g_string_new (NULL);

  if (!node)
    return names && *names ? g_strdup (g_str_equal (names, "network") ? network : names) : NULL;
  for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
    {
      const char *name = json_array_get_string_element (json_node_get_array (node), i);

      g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "", g_strcmp0 (name, "network") == 0 ? network : name ? name : "");
    }
  return words->len > 0 ? g_string_free (g_steal_pointer (&words), FALSE) : NULL;
}

char *
kith_consent_group (KithRow      *row,
                    const char *(*code_words) (const char *code, gboolean begins, gpointer user_data),
                    gpointer      user_data)
{
  JsonObject *body = kith_row_body (row, "body");
  g_autoptr (JsonNode) classes = read_list (row, "receiver_classes"), list = read_list (row, "receiver_list");
  JsonArray *groups = classes ? json_node_get_array (classes) : body ? kith_json_array (body, "receiver_classes") : NULL;
  JsonArray *receivers = list ? json_node_get_array (list) : body ? kith_json_array (body, "receivers") : NULL;
  g_autoptr (GString) words = g_string_new (NULL);

  if (!groups || !kith_json_array_has (groups, "direct") || !receivers) /* few enough to be named */
    return NULL;
  for (guint i = 0; i < json_array_get_length (groups); i++)
    g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "", code_words (json_array_get_string_element (groups, i), i == 0, user_data));
  /* Translators: a group of agencies, then how many agencies these were when it was recorded */
  return g_strdup_printf (_("%s (%u)"), words->str, json_array_get_length (receivers));
}

static const char *
own_words (const char *code,
           gboolean    begins,
           gpointer    user_data)
{
  return kith_format_code (begins ? "receiver_class" : "receiver_class_within", code);
}

char *
kith_consent_receiver_words (KithRow *row)
{
  char *group = kith_consent_group (row, own_words, NULL), *names = group ? NULL : kith_consent_receivers (row, _("network staff"));

  return group ? group : names ? names : g_strdup (_("network staff"));
}

static char *
title_words (KithRow    *row,
             JsonObject *body)
{
  g_autofree char *words = NULL;

  if (g_strcmp0 (kith_json_string (body, "permission"), "refused") == 0)
    return g_strdup (_("Did not agree to share"));
  words = kith_consent_receiver_words (row);
  return g_str_equal (words, _("network staff")) ? g_strdup (_("Network staff")) : g_steal_pointer (&words);
}

/* Behind "Every agency of the network (12)": each by its name, one a line. Few are interested, so they are opened, by a key as well. */
static void
add_agencies (GtkWidget *box,
              KithRow   *row)
{
  g_autofree char *group = kith_consent_group (row, own_words, NULL);
  g_autoptr (JsonArray) names = group ? kith_consent_row_names (row, "receiver_list") : NULL;
  g_autofree char *list = NULL;
  GtkWidget *expander, *inner;

  for (guint i = 0; names && i < json_array_get_length (names); i++)
    if (g_strcmp0 (json_array_get_string_element (names, i), "network") == 0)
      {
        json_array_remove_element (names, i);
        json_array_add_string_element (names, _("network staff"));
        break;
      }
  list = names ? kith_format_strings (names, "\n") : NULL;
  if (!list)
    return;
  expander = gtk_expander_new (_("Which these are"));
  inner = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  add_line (inner, g_steal_pointer (&list), NULL);
  gtk_widget_set_name (expander, KITH_CONSENT_CARD_AGENCIES);
  gtk_expander_set_child (GTK_EXPANDER (expander), inner);
  gtk_box_append (GTK_BOX (box), expander);
}

static GtkExpander *
find_agencies (GtkWidget *card)
{
  for (GtkWidget *child = gtk_widget_get_first_child (card); child; child = gtk_widget_get_next_sibling (child))
    if (g_str_equal (gtk_widget_get_name (child), KITH_CONSENT_CARD_AGENCIES))
      return GTK_EXPANDER (child);
  return NULL;
}

gboolean
kith_consent_card_is_open (GtkWidget *card)
{
  GtkExpander *agencies = find_agencies (card);

  return agencies && gtk_expander_get_expanded (agencies);
}

void
kith_consent_card_open (GtkWidget *card)
{
  GtkExpander *agencies = find_agencies (card);

  if (agencies)
    gtk_expander_set_expanded (agencies, TRUE);
}

static GtkWidget *
button_new (const char *label,
            const char *action,
            const char *target)
{
  GtkWidget *button = label ? gtk_button_new_with_label (label) : gtk_button_new ();

  /* The target first: a name whose action wants one is complained about. */
  if (target)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static void
add_buttons (GtkWidget  *box,
             KithRow    *row,
             const char *status)
{
  gboolean in_force = g_str_equal (status, "in_force");
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_widget_set_margin_top (buttons, 6);
  if (in_force || g_str_equal (status, "expired"))
    gtk_box_append (GTK_BOX (buttons), button_new (_("Renew"), "client.renew", kith_row_get_id (row)));
  if (in_force)
    gtk_box_append (GTK_BOX (buttons), button_new (_("Revoke…"), "client.revoke", kith_row_get_id (row)));
  if (in_force && kith_json_string (kith_row_body (row, "body"), "end_event"))
    gtk_box_append (GTK_BOX (buttons), button_new (_("It Has Happened…"), "client.end-consent", kith_row_get_id (row)));
  if (gtk_widget_get_first_child (buttons))
    gtk_box_append (GTK_BOX (box), buttons);
  else
    g_object_ref_sink (buttons), g_object_unref (buttons);
}

/* C20: the file that proves it, which opens at a click; removed, it is said, and the consent is what it was. */
static void
add_scan (GtkWidget  *box,
          KithRow    *row,
          JsonObject *body)
{
  const char *scan = kith_row_get_text (row, "scan"), *name = kith_row_get_text (row, "scan_name");
  GtkWidget *button, *content, *label;
  g_autofree char *said = NULL;

  if (!scan)
    {
      if (g_strcmp0 (kith_json_string (body, "how"), "scanned") != 0)
        return;
      button = button_new (_("Attach the Scan…"), "client.attach-scan", kith_row_get_id (row));
      gtk_widget_set_halign (button, GTK_ALIGN_START);
      gtk_widget_set_margin_top (button, 4);
      gtk_box_append (GTK_BOX (box), button);
      return;
    }
  if (kith_row_get_text (row, "scan_removed"))
    {
      add_line (box, g_strdup (_("The file was removed.")), "meta");
      return;
    }
  content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  label = gtk_label_new (name ? name : _("Scan"));
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE); /* the end of a file's name says what it is */
  gtk_box_append (GTK_BOX (content), gtk_image_new_from_icon_name ("mail-attachment-symbolic"));
  gtk_box_append (GTK_BOX (content), label);
  button = button_new (NULL, "client.open-document", scan);
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_widget_set_name (button, "scan");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_margin_top (button, 4);
  /* Translators: the name of a file */
  said = g_strdup_printf (_("Open the file that shows it: %s"), name ? name : _("Scan"));
  gtk_widget_set_tooltip_text (button, said);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
  gtk_box_append (GTK_BOX (box), button);
}

static GtkWidget *
pill_new (const char *status)
{
  GtkWidget *pill = kith_status_pill_new ();
  gboolean in_force = g_str_equal (status, "in_force");

  kith_status_pill_set (KITH_STATUS_PILL (pill), in_force ? "object-select-symbolic" : "action-unavailable-symbolic",
                        kith_format_code ("consent_status", status), in_force ? "good" : g_str_equal (status, "superseded") ? "" : "warn");
  gtk_widget_set_valign (pill, GTK_ALIGN_START);
  gtk_widget_set_halign (pill, GTK_ALIGN_START);
  return pill;
}

GtkWidget *
kith_consent_card_new (KithRow    *row,
                       JsonObject *body,
                       gint64      now)
{
  const char *status = kith_consent_status (body, now), *signature = kith_json_string (body, "signature");
  const char *by = kith_row_get_text (row, "recorded_by_name"), *agency = kith_row_get_text (row, "agency_name");
  g_autofree char *held = kith_consent_disclosers (row);
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  status = status ? status : "refused";
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "consent-card");
  if (!g_str_equal (status, "in_force"))
    gtk_widget_add_css_class (card, "past");
  gtk_box_append (GTK_BOX (card), pill_new (status));
  add_line (card, title_words (row, body), "heading");
  add_agencies (card, row);
  add_line (card, kith_format_codes ("data_class", kith_json_array (body, "classes"), "; "), NULL);
  if (held)
    /* Translators: agencies: what others have of the client is not shared by this consent */
    add_line (card, g_strdup_printf (_("Only what is held by: %s"), held), NULL);
  if (kith_json_string (body, "purpose"))
    /* Translators: the purpose of a consent */
    add_line (card, g_strdup_printf (_("For: %s"), kith_format_code ("consent_purpose", kith_json_string (body, "purpose"))), NULL);
  add_line (card, when_words (row, body, status, now), NULL);
  add_end_event (card, body, status);
  if (kith_json_bool (body, "findable", FALSE) && g_str_equal (status, "in_force"))
    add_line (card, g_strdup (_("May be found by the network")), NULL);
  if (!g_str_equal (status, "revoked")) /* else it stands with when */
    add_line (card, g_strdup (kith_row_get_text (row, "why")), NULL);
  add_line (card, how_words (body, now), "meta");
  if (by || agency)
    /* Translators: a person, then an agency */
    add_line (card, by && agency ? g_strdup_printf (_("Recorded by %s, %s"), by, agency) : g_strdup_printf (_("Recorded by %s"), by ? by : agency), "meta");
  if (signature)
    {
      GtkWidget *pad = kith_signature_pad_new (FALSE);

      kith_signature_pad_set_text (KITH_SIGNATURE_PAD (pad), signature);
      gtk_widget_set_halign (pad, GTK_ALIGN_START);
      gtk_box_append (GTK_BOX (card), pad);
    }
  add_scan (card, row, body);
  add_buttons (card, row, status);
  return card;
}
