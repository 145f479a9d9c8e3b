/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Several clients open side by side: what stands in the tabs, by real keys and the mouse. Included by each test program, once. */
#pragma once

/* What is asserted is waited for. */
#define AFTER_KEY_MS 40
#define AFTER_WORD_MS 100
#define AT_FIRST_MS 100

#include "keys-fixture.h"

#include "clients/kith-client-view.h"
#include "clients/kith-clients-page.h"
#include "clients/kith-open-clients.h"
#include "kith-form.h"

#define RUTH "c0000000-0000-7000-8000-000000000024"
#define SAMUEL "c0000000-0000-7000-8000-000000000019"
#define KEIKO "c0000000-0000-7000-8000-000000000014"
#define BEN "b0000000-0000-7000-8000-0000000000b1"

/* What is in sight below, by its name; NULL: nothing is. */
G_GNUC_UNUSED static GtkWidget *
find (GtkWidget *widget, const char *name)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)), name) == 0 || g_str_equal (gtk_widget_get_name (widget), name))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find (child, name);
  return found;
}

G_GNUC_UNUSED static GtkWidget *
strip_of (Fixture *fixture)
{
  return find (GTK_WIDGET (fixture->window), "open-tabs");
}

/* The names in the tabs, as they stand there, the one shown in brackets: "María López Hernández, [Ruth Abramowitz]"; "": there are none. */
G_GNUC_UNUSED static char *
tabs_of (Fixture *fixture)
{
  GtkWidget *strip = strip_of (fixture), *tab = strip ? gtk_widget_get_first_child (find_named (strip, "GtkViewport")) : NULL;
  GString *words = g_string_new (NULL);

  for (tab = tab ? gtk_widget_get_first_child (tab) : NULL; tab; tab = gtk_widget_get_next_sibling (tab))
    {
      gboolean shown = gtk_widget_has_css_class (tab, "shown");
      GtkWidget *name = gtk_widget_get_first_child (tab);

      g_string_append_printf (words, "%s%s%s%s", words->len > 0 ? ", " : "", shown ? "[" : "", gtk_label_get_text (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (name)))), shown ? "]" : "");
      gtk_test_accessible_assert_role (GTK_ACCESSIBLE (name), GTK_ACCESSIBLE_ROLE_TAB);
      g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (name), GTK_ACCESSIBLE_PROPERTY_LABEL));
      g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (gtk_widget_get_last_child (tab)), GTK_ACCESSIBLE_PROPERTY_LABEL));
    }
  return g_string_free (words, FALSE);
}

#define ASSERT_TABS(fixture, wanted) \
  G_STMT_START \
    { \
      g_autofree char *is = NULL; \
      for (guint tries = 0; tries < 100 && g_strcmp0 (is, (wanted)) != 0; tries++) \
        { \
          if (tries > 0) \
            pump (20); \
          g_free (is); \
          is = tabs_of (fixture); \
        } \
      g_assert_cmpstr (is, ==, (wanted)); \
    } \
  G_STMT_END

#define MARIA_SAYS "María López Hernández"
#define RUTH_SAYS "Ruth Abramowitz"
#define SAMUEL_SAYS "Samuel Johnson"

G_GNUC_UNUSED static KithClientView *
view_of (Fixture *fixture)
{
  return kith_clients_page_get_view (KITH_CLIENTS_PAGE (kith_frame_get_page (kith_window_get_frame (fixture->window))));
}

G_GNUC_UNUSED static gboolean
says (GtkWidget *widget, const char *words)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), words))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    if (says (child, words))
      return TRUE;
  return FALSE;
}

/* In any label or tooltip of it, in sight or not. */
G_GNUC_UNUSED static gboolean
lies_anywhere (GtkWidget *widget, const char *words)
{
  const char *tooltip = gtk_widget_get_tooltip_text (widget);

  if ((tooltip && strstr (tooltip, words)) || (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), words)))
    {
      for (; widget; widget = gtk_widget_get_parent (widget))
        g_test_message ("“%s” in a %s", words, G_OBJECT_TYPE_NAME (widget));
      return TRUE;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    if (lies_anywhere (child, words))
      return TRUE;
  return FALSE;
}

G_GNUC_UNUSED static void
open_place (Fixture *fixture, const char *where)
{
  kith_frame_open (kith_window_get_frame (fixture->window), where);
  pump (60);
}

/* On the telephone about María; Ruth is looked up in Find Anything. */
G_GNUC_UNUSED static void
open_two (Fixture *fixture)
{
  open_place (fixture, "clients/" MARIA);
  key (fixture, "ctrl+k");
  word (fixture, "abramowitz");
  key (fixture, "ctrl+Return");
  ASSERT_PLACE (fixture, "clients/" RUTH);
  ASSERT_TABS (fixture, MARIA_SAYS ", [" RUTH_SAYS "]");
}

G_GNUC_UNUSED static GtkAdjustment *
scroll_of (Fixture *fixture)
{
  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (find (GTK_WIDGET (fixture->window), "scroller")));
}

G_GNUC_UNUSED static void
assert_scrolled (Fixture *fixture, double wanted)
{
  for (guint i = 0; i < 100 && ABS (gtk_adjustment_get_value (scroll_of (fixture)) - wanted) > 1; i++)
    pump (20);
  g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_value (scroll_of (fixture)), wanted, 1);
}

/* Down in María's history. */
G_GNUC_UNUSED static double
scroll_history (Fixture *fixture)
{
  GtkAdjustment *scroll;
  double left;

  open_place (fixture, "clients/" MARIA);
  key (fixture, "ctrl+Page_Up"); /* the last but one: the history */
  g_assert_cmpstr (kith_client_view_get_tab (view_of (fixture)), ==, "history");
  pump (300);
  scroll = scroll_of (fixture);
  left = MIN (200, gtk_adjustment_get_upper (scroll) - gtk_adjustment_get_page_size (scroll));
  g_assert_cmpfloat (left, >, 50);
  gtk_adjustment_set_value (scroll, left);
  return left;
}

/* The mouse, in the middle of what is in sight. button NULL: it rests there */
G_GNUC_UNUSED static void
point (Fixture *fixture, GtkWidget *widget, const char *button)
{
  GtkWindow *window = GTK_WINDOW (fixture->window);
  g_autofree char *xid = g_strdup_printf ("%lu", gdk_x11_surface_get_xid (gtk_native_get_surface (GTK_NATIVE (window))));
  g_autofree char *line = NULL;
  graphene_rect_t area;
  double x, y;

  g_assert_true (gtk_widget_compute_bounds (widget, GTK_WIDGET (window), &area));
  gtk_native_get_surface_transform (GTK_NATIVE (window), &x, &y);
  line = g_strdup_printf ("mousemove --window %s %d %d%s%s", xid, (int) (x + area.origin.x + area.size.width / 2), (int) (y + area.origin.y + area.size.height / 2),
                          button ? " click " : "", button ? button : "");
  hand_do (line);
  pump (60);
}
