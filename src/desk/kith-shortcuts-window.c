/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table of keys as a window. */

#include "kith-shortcuts.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "widgets/kith-fit.h"

static GtkWidget *
group_new (KithKeys keys)
{
  GtkWidget *group = adw_preferences_group_new ();
  guint n;
  const KithShortcut *table = kith_shortcuts_list (&n);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), kith_shortcuts_group_title (keys));
  for (guint i = 0; i < n; i++)
    {
      g_auto (GStrv) triggers = NULL;
      GtkWidget *row, *keys_label;

      if (table[i].keys != keys)
        continue;
      triggers = kith_shortcuts_triggers (&table[i]);
      if (!triggers[0]) /* a page this account has not */
        continue;
      row = adw_action_row_new ();
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(table[i].title));
      keys_label = gtk_shortcut_label_new (triggers[0]);
      gtk_widget_set_valign (keys_label, GTK_ALIGN_CENTER);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), keys_label);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
  return group;
}

/**
 * kith_shortcuts_window_new:
 * @first: the keys of the page that is shown: they come first, those that act everywhere after them
 *
 * One list that scrolls and can be searched: GtkShortcutsWindow is as tall as its longest group, taller than a small screen.
 *
 * Returns: (transfer none): a toplevel; GTK keeps it until it is closed
 */
GtkWidget *
kith_shortcuts_window_new (KithKeys first)
{
  GtkWidget *window = adw_preferences_window_new (), *page = adw_preferences_page_new ();

  gtk_window_set_title (GTK_WINDOW (window), _("Keyboard Shortcuts"));
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), 560, 600);
  if (first != KITH_KEYS_WINDOW)
    adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group_new (first)));
  for (guint keys = KITH_KEYS_WINDOW; keys <= KITH_KEYS_FORM; keys++)
    if (keys != first || keys == KITH_KEYS_WINDOW)
      adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group_new (keys)));
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (window), ADW_PREFERENCES_PAGE (page));
  kith_fit_to_text (GTK_WINDOW (window));
  return window;
}
