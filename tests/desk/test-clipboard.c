/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The clipboard of the whole desktop (ux.md 2.0, Privacy): Kith takes its own out of it, and nothing of anybody else's. */

#include "clipboard-fixture.h"

/* ux.md 2.0, Privacy: what Kith put there goes with a lock; what another program put there is none of its business. */
static void
test_lock_own (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  gdk_clipboard_set_text (clipboard_of (fixture), "copied");
  kith_window_lock (fixture->window);
  pump (100);
  text = copied (clipboard_of (fixture));
  g_assert_cmpstr (text ? text : "", ==, "");
}

#define OTHER "--another-program"
#define THEIRS "of another program"

/* This program once more, as another one that copies something and stays. */
G_NORETURN static void
be_another (void)
{
  gtk_init ();
  gdk_clipboard_set_text (gdk_display_get_clipboard (gdk_display_get_default ()), THEIRS);
  for (;;)
    g_main_context_iteration (NULL, TRUE);
}

static void
read_cb (GObject *clipboard, GAsyncResult *result, gpointer text)
{
  g_autofree char *read = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard), result, NULL);

  *(char **) text = g_strdup (read ? read : "");
}

static void
test_lock_others (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) other = NULL;
  g_autofree char *text = NULL;

#ifdef __SANITIZE_ADDRESS__
  g_test_skip ("GTK 4.8 loses what it reads with of another program's clipboard");
  return;
#endif
  gdk_clipboard_set_text (clipboard_of (fixture), "copied");
  pump (100);
  other = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, "/proc/self/exe", OTHER, NULL);
  g_assert_no_error (error);
  for (guint i = 0; i < 1000 && gdk_clipboard_is_local (clipboard_of (fixture)); i++)
    pump (20);
  g_assert_false (gdk_clipboard_is_local (clipboard_of (fixture)));
  kith_window_lock (fixture->window);
  pump (500);
  gdk_clipboard_read_text_async (clipboard_of (fixture), NULL, read_cb, &text);
  for (guint i = 0; i < 1000 && !text; i++)
    pump (20);
  g_assert_cmpstr (text, ==, THEIRS);
  g_subprocess_force_exit (other);
  g_subprocess_wait (other, NULL, NULL);
}

static GtkWidget *
text_in (Fixture *fixture, const char *name)
{
  GtkWidget *row = find_widget (GTK_WIDGET (fixture->window), name);

  g_assert_nonnull (row);
  return GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (row)));
}

static void
copy_all (GtkWidget *text)
{
  gtk_editable_select_region (GTK_EDITABLE (text), 0, -1);
  g_signal_emit_by_name (text, "copy-clipboard");
  pump (20);
}

/* ux.md 2.0, Privacy: a number one is known by is cleared after 45 s, where it lies there still; a name stays. */
static void
test_clear_soon (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = NULL, *after = NULL, *later = NULL;

  open_place (fixture, "clients/edit:" MARIA);
  pump (300);
  copy_all (text_in (fixture, "given_name"));
  g_assert_null (due (fixture));
  type_into (fixture, "medicaid_number", "91234567A");
  copy_all (text_in (fixture, "medicaid_number"));
  before = copied (clipboard_of (fixture));
  g_assert_cmpstr (before, ==, "91234567A");
  g_assert_nonnull (due (fixture));
  come_due (fixture);
  after = copied (clipboard_of (fixture));
  g_assert_cmpstr (after ? after : "", ==, "");
  g_assert_null (due (fixture));

  copy_all (text_in (fixture, "medicaid_number"));
  gdk_clipboard_set_text (clipboard_of (fixture), "something else");
  come_due (fixture);
  later = copied (clipboard_of (fixture));
  g_assert_cmpstr (later, ==, "something else");
}

static GtkWidget *
label_of (GtkWidget *widget, const char *text)
{
  GtkWidget *found = GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = label_of (child, text);
  return found;
}

/* The same out of the record, where it stands to be read. */
static void
test_clear_soon_record (Fixture *fixture, gconstpointer data)
{
  GtkWidget *label;

  open_place (fixture, "clients/" MARIA);
  for (guint i = 0; i < 50 && !label_of (GTK_WIDGET (fixture->window), "91234567A"); i++)
    pump (50);
  label = label_of (GTK_WIDGET (fixture->window), "91234567A");
  g_assert_nonnull (label);
  gtk_label_select_region (GTK_LABEL (label), 0, -1);
  g_signal_emit_by_name (label, "copy-clipboard");
  g_assert_nonnull (due (fixture));
  come_due (fixture);
}

int
main (int argc, char **argv)
{
  if (argc == 2 && g_str_equal (argv[1], OTHER))
    be_another ();
  fixture_begin (&argc, &argv);
  ADD ("clipboard/lock-own", NULL, test_lock_own);
  ADD ("clipboard/lock-others", NULL, test_lock_others);
  ADD ("clipboard/clear-soon", NULL, test_clear_soon);
  ADD ("clipboard/clear-soon-record", NULL, test_clear_soon_record);
  return g_test_run ();
}
