/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is printed of the directory: the service shown, or several of them on one paper. */

#include "kith-directory-page-private.h"

#include <glib/gi18n.h>

#include "print/kith-print-window.h"

#define MAX_HANDOUT 20 /* services on one paper: nobody takes more along */

/* What was typed is what is meant: the first, as for Enter. NULL: there is none */
static const char *
meant (KithDirectoryPage *self)
{
  if (!kith_split_page_get_id (KITH_SPLIT_PAGE (self)))
    kith_split_page_move (KITH_SPLIT_PAGE (self), 0);
  return kith_split_page_get_id (KITH_SPLIT_PAGE (self));
}

static void
print_handout_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *target)
{
  KithDirectoryPage *self = KITH_DIRECTORY_PAGE (widget);

  if (self->handout->len > 0)
    gtk_window_present (GTK_WINDOW (kith_print_window_new_handouts (GTK_WINDOW (gtk_widget_get_root (widget)), kith_page_get_context (KITH_PAGE (widget)), self->handout)));
}

/* Of one that is on the hand-out all of that; any other by itself. */
static void
print_action (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  KithDirectoryPage *self = KITH_DIRECTORY_PAGE (widget);
  const char *id = meant (self);

  if (id && g_ptr_array_find_with_equal_func (self->handout, id, g_str_equal, NULL))
    print_handout_action (widget, name, NULL);
  else if (id)
    gtk_window_present (GTK_WINDOW (kith_print_window_new_handout (GTK_WINDOW (gtk_widget_get_root (widget)), kith_page_get_context (KITH_PAGE (widget)), "service", id, NULL)));
}

void
kith_directory_show_handout (KithDirectoryPage *self)
{
  guint n = self->handout->len;
  /* Translators: a button: so many services are printed on one paper */
  g_autofree char *words = g_strdup_printf (ngettext ("Print %u Service…", "Print %u Services…", n), n);

  gtk_button_set_label (self->print_button, words);
  gtk_widget_set_visible (self->handout_box, n > 0);
}

/* ux.md 2.1: one after the other, then all on one paper; once more takes it off again. */
static void
handout_action (GtkWidget  *widget,
                const char *name,
                GVariant   *target)
{
  KithDirectoryPage *self = KITH_DIRECTORY_PAGE (widget);
  const char *id = meant (self);
  g_autofree char *words = NULL;
  guint at, n;

  if (!id)
    return;
  if (g_ptr_array_find_with_equal_func (self->handout, id, g_str_equal, &at))
    {
      g_ptr_array_remove_index (self->handout, at);
      n = self->handout->len;
      words = n > 0 ? g_strdup_printf (ngettext ("Taken off the hand-out. %u service is on it.", "Taken off the hand-out. %u services are on it.", n), n)
                    : g_strdup (_("Taken off the hand-out. Nothing is on it."));
    }
  else if (self->handout->len >= MAX_HANDOUT)
    words = g_strdup_printf (_("A hand-out has room for %d services. Print it first, or empty it."), MAX_HANDOUT);
  else
    {
      g_ptr_array_add (self->handout, g_strdup (id));
      n = self->handout->len;
      words = g_strdup_printf (ngettext ("Added to the hand-out. %u service is on it.", "Added to the hand-out. %u services are on it.", n), n);
    }
  kith_directory_show_handout (self);
  kith_context_toast (kith_page_get_context (KITH_PAGE (widget)), words);
}

static void
empty_action (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  KithDirectoryPage *self = KITH_DIRECTORY_PAGE (widget);

  g_ptr_array_set_size (self->handout, 0);
  kith_directory_show_handout (self);
  kith_context_toast (kith_page_get_context (KITH_PAGE (widget)), _("The hand-out is empty"));
  kith_page_search (KITH_PAGE (widget)); /* the button that had the focus is gone */
}

GtkWidget *
kith_directory_handout_box_new (KithDirectoryPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0), *empty = gtk_button_new_from_icon_name ("edit-clear-symbolic");

  self->print_button = GTK_BUTTON (gtk_button_new ());
  gtk_widget_set_name (GTK_WIDGET (self->print_button), "print_handout");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->print_button), "directory.print-handout");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (empty), "directory.empty");
  gtk_widget_set_tooltip_text (empty, _("Empty the Hand-Out"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (empty), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Empty the Hand-Out"), -1);
  gtk_widget_add_css_class (box, "linked");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->print_button));
  gtk_box_append (GTK_BOX (box), empty);
  self->handout_box = box;
  return box;
}

void
kith_directory_handout_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "directory.print", NULL, print_action);
  gtk_widget_class_install_action (klass, "directory.print-handout", NULL, print_handout_action);
  gtk_widget_class_install_action (klass, "directory.handout", NULL, handout_action);
  gtk_widget_class_install_action (klass, "directory.empty", NULL, empty_action);
}
