/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Inbox and Sent on paper: the referral shown, and the list as it is. */

#include "kith-referrals-actions.h"

#include <glib/gi18n.h>

#include "kith-referral-brief.h"
#include "kith-referral-rules.h"
#include "print/kith-print-window.h"

/* The whole record with its history: not for whom only the eight fields are (P11, P12). */
static void
print_action (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  KithContext *context = kith_page_get_context (KITH_PAGE (widget));
  const char *id = kith_split_page_get_id (KITH_SPLIT_PAGE (widget));

  if (id && !kith_referral_is_brief (context))
    gtk_window_present (GTK_WINDOW (kith_print_window_new_for_record (GTK_WINDOW (gtk_widget_get_root (widget)), context, "referral", id)));
}

static gboolean
all_wait (const char *const *phases)
{
  for (; *phases; phases++)
    if (!kith_referral_phase_waits (*phases))
      return FALSE;
  return TRUE;
}

static void
print_list_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *target)
{
  KithReferralsPage *self = KITH_REFERRALS_PAGE (widget);
  const KithReferralTab *shown = &KITH_REFERRALS_PAGE_GET_CLASS (self)->tabs[kith_split_page_get_tab (KITH_SPLIT_PAGE (self))];
  const char *query;
  g_auto (GStrv) args = kith_referrals_page_get_asked (self, &query);
  g_autofree char *title = g_strdup_printf ("%s – %s", _(KITH_PAGE_GET_CLASS (self)->title), g_dpgettext (NULL, shown->list.label, 0));
  g_autoptr (GPtrArray) lists = g_ptr_array_new_with_free_func (kith_print_list_free);

  g_ptr_array_add (lists, kith_print_list_new (title, all_wait (shown->phases), query, (const char *const *) args));
  gtk_window_present (GTK_WINDOW (kith_print_window_new_waiting (GTK_WINDOW (gtk_widget_get_root (widget)), kith_page_get_context (KITH_PAGE (self)), NULL, lists, 0)));
}

void
kith_referrals_print_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "referral.print", NULL, print_action);
  gtk_widget_class_install_action (klass, "referral.print-list", NULL, print_list_action);
}

/* Beside the search; a narrow header has room for one. */
void
kith_referrals_print_add_button (KithSplitPage *page)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("document-print-symbolic");

  gtk_widget_set_name (button, "print-list");
  gtk_widget_set_tooltip_text (button, _("Print this list (Shift+Ctrl+P)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Print this list"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "referral.print-list");
  g_object_bind_property (page, "narrow", button, "visible", G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);
  kith_split_page_add_list_button (page, button);
}
