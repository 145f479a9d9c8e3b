/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-match-form.h"

#include <glib/gi18n.h>

#include "kith-match-list.h"
#include "kith-shortcuts.h"

struct _KithMatchForm
{
  KithForm parent_instance;
  GtkStack *stack;
  AdwStatusPage *later;
  KithMatchList *matches;
};

G_DEFINE_FINAL_TYPE (KithMatchForm, kith_match_form, KITH_TYPE_FORM)

static void
count_cb (KithMatchForm *self)
{
  gboolean left = kith_match_list_get_count (self->matches) > 0;
  guint later = kith_match_list_get_later (self->matches);
  g_autofree char *words = g_strdup_printf (ngettext ("%u pair of records that may be one person still waits. It stands here again when you come back to this page.",
                                                      "%u pairs of records that may be one person still wait. They stand here again when you come back to this page.", later), later);

  adw_status_page_set_description (self->later, words);
  gtk_stack_set_visible_child_name (self->stack, left ? "list" : later > 0 ? "later" : "none");
  if (!left)
    kith_form_focus_verb (KITH_FORM (self)); /* what had the focus is decided */
}

static void
again_cb (KithMatchForm *self)
{
  kith_match_list_show_later (self->matches);
  gtk_widget_child_focus (GTK_WIDGET (self->matches), GTK_DIR_TAB_FORWARD);
}

static void
choice_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  kith_match_list_choose (KITH_MATCH_FORM (widget)->matches, g_str_equal (name, "attention.first") ? 0 : g_str_equal (name, "attention.second") ? 1 : 2);
}

static void
kith_match_form_commit (KithForm *form)
{
  kith_form_done (form, NULL);
}

/* What was decided is sent; there is nothing else to keep. */
static JsonObject *
kith_match_form_collect (KithForm *form)
{
  return NULL;
}

static void
kith_match_form_class_init (KithMatchFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  KITH_FORM_CLASS (klass)->commit = kith_match_form_commit;
  KITH_FORM_CLASS (klass)->collect = kith_match_form_collect;
  gtk_widget_class_install_action (widget_class, "attention.first", NULL, choice_action);
  gtk_widget_class_install_action (widget_class, "attention.second", NULL, choice_action);
  gtk_widget_class_install_action (widget_class, "attention.third", NULL, choice_action);
  kith_shortcuts_install_class (widget_class, KITH_KEYS_ATTENTION);
}

static void
kith_match_form_init (KithMatchForm *self)
{
  GtkWidget *none = adw_status_page_new (), *later = adw_status_page_new (), *again = gtk_button_new_with_mnemonic (_("_Show Them Now"));

  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (none), "object-select-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (none), _("Nobody Is Here Twice"));
  adw_status_page_set_description (ADW_STATUS_PAGE (none), _("Records that may be one person come here when the hub finds them."));
  gtk_stack_add_named (self->stack, none, "none");
  self->later = ADW_STATUS_PAGE (later);
  adw_status_page_set_icon_name (self->later, "document-open-recent-symbolic");
  adw_status_page_set_title (self->later, _("Put Off for Later"));
  gtk_widget_set_name (again, "again");
  gtk_widget_set_halign (again, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (again, "pill");
  g_signal_connect_object (again, "clicked", G_CALLBACK (again_cb), self, G_CONNECT_SWAPPED);
  adw_status_page_set_child (self->later, again);
  gtk_stack_add_named (self->stack, later, "later");
}

/**
 * kith_match_form_new:
 *
 * Returns: (transfer floating): what the hub found that this person may decide on, the likeliest first
 */
GtkWidget *
kith_match_form_new (KithContext *context)
{
  KithMatchForm *self = g_object_new (KITH_TYPE_MATCH_FORM, NULL);
  GtkWidget *scroller = gtk_scrolled_window_new (), *clamp = adw_clamp_new ();

  self->matches = KITH_MATCH_LIST (kith_match_list_new (context));
  gtk_widget_set_name (GTK_WIDGET (self->matches), "matches");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 680);
  gtk_widget_set_margin_start (clamp, 12);
  gtk_widget_set_margin_end (clamp, 12);
  gtk_widget_set_margin_top (clamp, 18);
  gtk_widget_set_margin_bottom (clamp, 24);
  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (self->matches));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_stack_add_named (self->stack, scroller, "list");
  gtk_stack_set_visible_child_name (self->stack, "list");
  kith_form_set_content (KITH_FORM (self), GTK_WIDGET (self->stack));
  kith_form_set_up (KITH_FORM (self), context, "same", "matches", NULL, _("Maybe the Same"), _("Done"));
  g_signal_connect_object (self->matches, "notify::count", G_CALLBACK (count_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
