/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The templates an agency keeps for the note that goes along with a referral (ux.md 2.1). One is chosen behind the note and joins what is written there. */

#include "kith-referral-form-private.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "kith-shortcuts.h"
#include "widgets/kith-choice-row.h"

#define SHOWN 60 /* of a template, in the menu: enough to tell them apart */

static char *
words_in_menu (const char *template)
{
  g_autoptr (GString) words = g_string_new (template);

  if (g_utf8_strlen (template, -1) > SHOWN)
    {
      g_string_truncate (words, (gsize) (g_utf8_offset_to_pointer (template, SHOWN - 1) - template));
      g_string_append (words, "…");
    }
  g_string_replace (words, "_", "__", 0); /* no mnemonic */
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
templates_cb (GPtrArray *rows,
              gpointer   user_data)
{
  KithReferralForm *self = user_data;
  JsonObject *body = rows->len > 0 ? kith_row_body (rows->pdata[0], "body") : NULL;
  JsonArray *templates = body ? kith_json_array (body, "note_templates") : NULL;
  guint n = templates ? json_array_get_length (templates) : 0;
  g_autoptr (GMenu) menu = g_menu_new ();

  for (guint i = 0; i < n; i++)
    {
      const char *template = json_array_get_string_element (templates, i);
      g_autofree char *words = words_in_menu (template);
      g_autoptr (GMenuItem) item = g_menu_item_new (words, NULL);

      g_menu_item_set_action_and_target (item, "form.use-template", "s", template);
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_menu_model (self->template_button, G_MENU_MODEL (menu));
  gtk_widget_set_visible (GTK_WIDGET (self->template_button), n > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "form.note-template", n > 0);
}

static void
open_action (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  gtk_menu_button_popup (KITH_REFERRAL_FORM (widget)->template_button);
}

/* Nothing that is written there goes. */
static void
use_action (GtkWidget  *widget,
            const char *name,
            GVariant   *target)
{
  KithReferralForm *self = KITH_REFERRAL_FORM (widget);
  GtkEditable *note = GTK_EDITABLE (self->note);
  g_autofree char *written = kith_entry_text (self->note);
  const char *template = g_variant_get_string (target, NULL);

  if (!written)
    gtk_editable_set_text (note, template);
  else
    {
      g_autofree char *more = g_strconcat (g_str_has_suffix (gtk_editable_get_text (note), " ") ? "" : " ", template, NULL);
      int end = (int) g_utf8_strlen (gtk_editable_get_text (note), -1);

      gtk_editable_insert_text (note, more, -1, &end);
    }
  gtk_widget_grab_focus (GTK_WIDGET (self->note));
  gtk_editable_set_position (note, -1);
}

void
kith_referral_form_note_class_init (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "form.note-template", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "form.use-template", "s", use_action);
}

void
kith_referral_form_offer_templates (KithReferralForm *self)
{
  static const char *const kinds[] = { "agency_settings", NULL };
  KithContext *context = kith_form_get_context (KITH_FORM (self));
  g_autofree char *keys = kith_shortcuts_label ("form.note-template");
  /* Translators: %s: keys, like Ctrl+T */
  g_autofree char *words = g_strdup_printf (_("Templates of your agency (%s)"), keys);

  gtk_widget_set_tooltip_text (GTK_WIDGET (self->template_button), words);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "form.note-template", FALSE);
  self->template_watch = kith_watch_new (context, "agency-settings", kinds, kith_context_get_agency (context), templates_cb, self);
}
