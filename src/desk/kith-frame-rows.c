/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which rows the sidebar has, and the numbers they are reached by. */

#include "kith-frame-private.h"

#include "amendments/kith-amendments-page.h"
#include "kith-places.h"
#include "kith-shortcuts.h"
#include "widgets/kith-nav-row.h"

/* What is seen is what is counted: Ctrl+3 is the third row, whatever the account has not. */
static void
number_rows (KithFrame *self)
{
  g_autoptr (GPtrArray) pages = g_ptr_array_new ();

  for (int i = 0; gtk_list_box_get_row_at_index (self->nav, i); i++)
    {
      GtkWidget *row = GTK_WIDGET (gtk_list_box_get_row_at_index (self->nav, i));

      if (gtk_widget_get_visible (row))
        g_ptr_array_add (pages, (gpointer) kith_nav_row_get_page_class (KITH_NAV_ROW (row))->name);
    }
  g_ptr_array_add (pages, NULL);
  kith_shortcuts_number_pages ((const char *const *) pages->pdata);
  for (int i = 0; gtk_list_box_get_row_at_index (self->nav, i); i++)
    kith_nav_row_show_key (KITH_NAV_ROW (gtk_list_box_get_row_at_index (self->nav, i)));
}

/* Those of whoever is signed in. */
void
kith_frame_show_rows (KithFrame *self)
{
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (self->context));

  for (int i = 0; gtk_list_box_get_row_at_index (self->nav, i); i++)
    {
      GtkWidget *row = GTK_WIDGET (gtk_list_box_get_row_at_index (self->nav, i));
      const char *name = kith_nav_row_get_page_class (KITH_NAV_ROW (row))->name;

      gtk_widget_set_visible (row, kith_place_is_of (actor, name));
      /* Who gives out work, and who says who that is. */
      if (g_str_equal (name, "staff"))
        gtk_widget_set_visible (row, actor && (kith_actor_has_duty (actor, KITH_DUTY_SUPERVISOR) || kith_actor_has_duty (actor, KITH_DUTY_ADMIN)));
      if (g_str_equal (name, "agency"))
        gtk_widget_set_visible (row, actor && (kith_actor_has_duty (actor, KITH_DUTY_ADMIN) || kith_actor_has_duty (actor, KITH_DUTY_SUPERVISOR) || actor->level == KITH_LEVEL_NETWORK));
      if (g_str_equal (name, "corrections"))
        gtk_widget_set_visible (row, kith_amendments_may_answer (self->context));
      if (g_str_equal (name, "log"))
        gtk_widget_set_visible (row, actor && kith_actor_has_duty (actor, KITH_DUTY_PRIVACY));
    }
  number_rows (self);
}
