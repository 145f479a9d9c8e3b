/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A window over the fake desktop, and real keys into it from outside the program (xdotool). Included by each test program, once. */
#pragma once

#include "../lib/keep-names.h"
#include "fake-desktop.h"
#include "hand.h"
#include "kith-application.h"
#include "kith-window.h"
#include "pump.h"
#include "strict-log.h"
#include "unpainted.h"

#include <gdk/x11/gdkx.h>

#ifndef AFTER_KEY_MS
#define AFTER_KEY_MS 120 /* less where what a key does is waited for */
#define AFTER_WORD_MS 150
#define AT_FIRST_MS 400
#endif

#define NOW_MS G_GINT64_CONSTANT (1795183500000) /* 20 November 2026, 14:05 UTC */
#define MARIA "c0000000-0000-7000-8000-000000000001"

static KithApplication *application;

typedef struct
{
  KithClock *clock;
  KithDesktop *desktop;
  KithContext *context;
  KithWindow *window;
  guint keys; /* pressed so far, words as one */
} Fixture;

G_GNUC_UNUSED static void
set_up (Fixture *fixture, gconstpointer data)
{
  strict_log_case ();
  fixture->clock = KITH_CLOCK (kith_manual_clock_new (NOW_MS));
  fixture->desktop = fake_desktop_new (fixture->clock, TRUE, TRUE);
  fixture->context = kith_context_new (fixture->desktop, fixture->clock);
  g_settings_reset (kith_context_get_settings (fixture->context), "last-page");
  g_settings_reset (kith_context_get_settings (fixture->context), "letter-keys");
  fixture->window = KITH_WINDOW (kith_window_new (GTK_APPLICATION (application), fixture->context));
  gtk_window_present (GTK_WINDOW (fixture->window));
  pump (AT_FIRST_MS); /* the pages whose numbers the sidebar shows, too */
}

/* What stands over it, or over that. */
static GtkWindow *
window_over (GtkWindow *window)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l; l = l->next)
    if (gtk_window_get_transient_for (l->data) == window && gtk_widget_get_mapped (l->data))
      return window_over (l->data);
  return window;
}

G_GNUC_UNUSED static GtkWindow *
front_window (Fixture *fixture)
{
  return window_over (GTK_WINDOW (fixture->window));
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

/* ---- keys from outside ---- */

/* There is no window manager to hand the focus on: the front window is given it before each key. */
static void
send (Fixture *fixture, const char *how, const char *what)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (front_window (fixture)));
  g_autofree char *line = g_strdup_printf ("windowfocus --sync %lu %s --delay 5 \"%s\"", gdk_x11_surface_get_xid (surface), how, what);

  g_assert_null (strpbrk (what, "\"\\$")); /* a line of a script */
  hand_do (line);
  gdk_display_sync (gdk_display_get_default ()); /* the key has come: it is answered before the program rests */
  pump (AFTER_KEY_MS);
  fixture->keys++;
}

G_GNUC_UNUSED static void
key (Fixture *fixture, const char *name)
{
  send (fixture, "key", name);
}

G_GNUC_UNUSED static void
word (Fixture *fixture, const char *text)
{
  send (fixture, "type", text);
  pump (AFTER_WORD_MS); /* an answer to what was typed */
}

G_GNUC_UNUSED static const char *
last_op (Fixture *fixture)
{
  guint n = fake_desktop_get_n_submitted (fixture->desktop);
  const char *op = NULL;

  if (n > 0)
    fake_desktop_get_submitted (fixture->desktop, n - 1, &op);
  return op ? op : "";
}

G_GNUC_UNUSED static char *
place (Fixture *fixture)
{
  return kith_frame_get_place (kith_window_get_frame (fixture->window));
}

/* What must have happened by now; and no more keys than ux.md 2.2 allows. */
#define BUDGET(fixture, most) \
  G_STMT_START \
    { \
      g_test_message ("counted %u, ux.md allows %u", (fixture)->keys, (guint) (most)); \
      g_assert_cmpuint ((fixture)->keys, <=, (most)); \
    } \
  G_STMT_END
#define ASSERT_PLACE(fixture, wanted) \
  G_STMT_START \
    { \
      g_autofree char *is = place (fixture); \
      for (guint tries = 0; tries < 100 && g_strcmp0 (is, (wanted)) != 0; tries++) \
        { \
          pump (20); \
          g_free (is); \
          is = place (fixture); \
        } \
      g_assert_cmpstr (is, ==, (wanted)); \
    } \
  G_STMT_END

G_GNUC_UNUSED static void
start_counting (Fixture *fixture)
{
  fixture->keys = 0;
}

G_GNUC_UNUSED static GtkWidget *
find_named (GtkWidget *widget, const char *type_name)
{
  GtkWidget *found = g_str_equal (G_OBJECT_TYPE_NAME (widget), type_name) && gtk_widget_get_mapped (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find_named (child, type_name);
  return found;
}

/* FALSE: there is no xdotool, and without it no key. */
static gboolean
keys_begin (int *argc, char ***argv)
{
  gboolean with_hand = hand_begin ();
  g_autoptr (GError) error = NULL;

  keep_names ();
  gtk_test_init (argc, argv, NULL);
  strict_log ();
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, "gtk-cursor-blink", FALSE, NULL); /* a cursor wants to be drawn with each frame */
#ifndef KITH_TEST_PAINTED
  paint_nothing ();
#endif
  application = kith_application_new (NULL);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  return with_hand;
}

#define ADD(path, test) g_test_add ("/keys/" path, Fixture, NULL, set_up, test, tear_down)
