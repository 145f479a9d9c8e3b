/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A window over the fake desktop, and what a test does with it. Included by each test program, once. */
#pragma once

#include "../lib/keep-names.h"
#include "fake-desktop.h"
#include "kith-application.h"
#include "kith-window.h"
#include "pump.h"
#include "strict-log.h"
#include "unpainted.h"
#include "widgets/kith-ask-window.h"
#include "widgets/kith-switch-row.h"

#define NOW_MS G_GINT64_CONSTANT (1795183500000) /* 20 November 2026, 14:05 UTC */
#define MARIA "c0000000-0000-7000-8000-000000000001"
#define NO_BILLING "c0000000-0000-7000-8000-000000000003"
#define WORKED_ON "e0000000-0000-7000-8000-000000000022"

static KithApplication *application;

typedef struct
{
  KithClock *clock;
  KithDesktop *desktop;
  KithContext *context;
  KithWindow *window;
} Fixture;

/* Those of the tests live in memory, for all of them: each begins with what a new computer has. */
static void
forget_settings (KithContext *context)
{
  g_autoptr (GSettingsSchema) schema = NULL;
  g_auto (GStrv) keys = NULL;

  g_object_get (kith_context_get_settings (context), "settings-schema", &schema, NULL);
  keys = g_settings_schema_list_keys (schema);
  for (guint i = 0; keys[i]; i++)
    g_settings_reset (kith_context_get_settings (context), keys[i]);
}

G_GNUC_UNUSED static void
set_up (Fixture *fixture, gconstpointer data)
{
  const char *how = data;

  strict_log_case ();
  fixture->clock = KITH_CLOCK (kith_manual_clock_new (NOW_MS));
  fixture->desktop = fake_desktop_new (fixture->clock, g_strcmp0 (how, "no-store") != 0, how == NULL);
  fixture->context = kith_context_new (fixture->desktop, fixture->clock);
  forget_settings (fixture->context);
  fixture->window = KITH_WINDOW (kith_window_new (GTK_APPLICATION (application), fixture->context));
  gtk_window_present (GTK_WINDOW (fixture->window));
  pump (50);
}

G_GNUC_UNUSED static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();
  KithWindow *window = g_object_ref (fixture->window);

  fake_tasks_rest ();
  for (GList *l = windows; l; l = l->next)
    if (l->data != window && gtk_window_get_transient_for (l->data) == GTK_WINDOW (window))
      gtk_window_destroy (l->data);
  gtk_window_destroy (GTK_WINDOW (window));
  pump (20);
  g_assert_finalize_object (window);
  g_object_unref (fixture->context);
  g_object_unref (fixture->desktop);
  g_object_unref (fixture->clock);
}

G_GNUC_UNUSED static GtkWidget *
find_widget (GtkWidget *widget, const char *name)
{
  const char *id = gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget));

  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (g_strcmp0 (id, name) == 0 || g_str_equal (gtk_widget_get_name (widget), name))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, name);

      if (found)
        return found;
    }
  return NULL;
}

/* The first button inside with this tooltip, or NULL. */
G_GNUC_UNUSED static GtkWidget *
find_button (GtkWidget *inside, const char *tooltip)
{
  GtkWidget *found = GTK_IS_BUTTON (inside) && g_strcmp0 (gtk_widget_get_tooltip_text (inside), tooltip) == 0 ? inside : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (inside); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find_button (child, tooltip);
  return found;
}

/* The first button in sight that says this, or NULL. */
G_GNUC_UNUSED static GtkWidget *
button_of (GtkWidget *widget, const char *label)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;
  if (GTK_IS_BUTTON (widget) && GTK_IS_BOX (gtk_button_get_child (GTK_BUTTON (widget)))) /* its key is printed beside its words */
    {
      GtkWidget *words = gtk_widget_get_first_child (gtk_button_get_child (GTK_BUTTON (widget)));

      if (GTK_IS_LABEL (words) && g_str_equal (gtk_label_get_text (GTK_LABEL (words)), label))
        return widget;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = button_of (child, label);
  return found;
}

G_GNUC_UNUSED static void
type_into (Fixture *fixture, const char *name, const char *text)
{
  GtkWidget *widget = find_widget (GTK_WIDGET (fixture->window), name);

  g_assert_nonnull (widget);
  gtk_editable_set_text (GTK_EDITABLE (widget), text);
  pump (80);
}

/* From where the person is: the focus, as a key does. */
G_GNUC_UNUSED static gboolean
act (Fixture *fixture, const char *action)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (fixture->window));
  gboolean done = gtk_widget_activate_action (focus ? focus : GTK_WIDGET (fixture->window), action, NULL);

  pump (50);
  return done;
}

G_GNUC_UNUSED static void
open_place (Fixture *fixture, const char *place)
{
  kith_frame_open (kith_window_get_frame (fixture->window), place);
  pump (80);
}

G_GNUC_UNUSED static GtkWindow *
front_window (Fixture *fixture)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l; l = l->next)
    if (gtk_window_get_transient_for (l->data) == GTK_WINDOW (fixture->window) && gtk_widget_get_mapped (l->data))
      return l->data;
  return NULL;
}

G_GNUC_UNUSED static GtkWidget *
in_front (Fixture *fixture, const char *name)
{
  GtkWindow *window = front_window (fixture);

  return window ? find_widget (GTK_WIDGET (window), name) : NULL;
}

G_GNUC_UNUSED static gboolean
commit_front (Fixture *fixture)
{
  gboolean done = gtk_widget_activate_action (GTK_WIDGET (front_window (fixture)), "form.commit", NULL);

  pump (50);
  return done;
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

#define SAYS(words) g_assert_true (says (GTK_WIDGET (fixture->window), words))

static void
fixture_begin (int *argc, char ***argv)
{
  g_autoptr (GError) error = NULL;

  keep_names ();
  gtk_test_init (argc, argv, NULL);
  strict_log ();
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, "gtk-cursor-blink", FALSE, NULL); /* a cursor that blinks wants to be drawn with each frame */
#ifndef KITH_TEST_PAINTED
  paint_nothing ();
#endif
  application = kith_application_new (NULL);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
}

/* The arguments of what was done last, which is that. Borrowed */
G_GNUC_UNUSED static JsonObject *
last_submitted (Fixture *fixture, const char *expected)
{
  const char *op;
  JsonObject *args;

  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), >, 0);
  args = fake_desktop_get_submitted (fixture->desktop, fake_desktop_get_n_submitted (fixture->desktop) - 1, &op);
  g_assert_cmpstr (op, ==, expected);
  return args;
}

/* What is on its way through other threads takes a busy computer longer. */
G_GNUC_UNUSED static void
wait_front_gone (Fixture *fixture)
{
  for (guint i = 0; i < 500 && front_window (fixture); i++)
    pump (20);
  g_assert_null (front_window (fixture));
}

/* Saves the window that asks, and it goes. */
G_GNUC_UNUSED static void
save_front (Fixture *fixture)
{
  g_assert_true (KITH_IS_ASK_WINDOW (front_window (fixture)));
  gtk_widget_activate_action (GTK_WIDGET (front_window (fixture)), "form.commit", NULL);
  pump (100);
  g_assert_null (front_window (fixture));
}

#define ADD(path, how, test) g_test_add ("/desk/" path, Fixture, how, set_up, test, tear_down)
