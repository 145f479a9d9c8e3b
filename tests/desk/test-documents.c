/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files of a client: chosen or dropped, kept, opened while they are looked at, saved with an entry in the log. */

#include "desk-fixture.h"
#include "documents/kith-document-actions.h"
#include "documents/kith-files.h"
#include "documents/kith-opened.h"
#include "kith-id.h"
#include "kith-store-file.h"
#include "referrals/kith-referral-attach.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <unistd.h>

static char *
write_file (const char *name, const char *content, gsize length)
{
  g_autofree char *folder = g_dir_make_tmp ("kith-doc-XXXXXX", NULL);
  char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, content, (gssize) length, NULL));
  return path;
}

static void
remove_written (char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_unlink (path);
  g_rmdir (folder);
  g_free (path);
}

static GtkWidget *
clients_page (Fixture *fixture)
{
  GtkWidget *tab = find_widget (GTK_WIDGET (fixture->window), "documents");

  return gtk_widget_get_ancestor (tab, KITH_TYPE_PAGE);
}

static void
attach (Fixture *fixture, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  kith_document_actions_attach (clients_page (fixture), file);
  pump (300);
}

/* What cannot be attached is said before anything is read, and nothing is kept. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *name, *content;
    gsize length;
  } files[] = { { "empty.pdf", "", 0 }, { "program", "\177ELF\1\1\1", 7 }, { "page.html", "<!doctype html><html></html>", 28 } };

  open_place (fixture, "clients/" MARIA);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      char *path = write_file (files[i].name, files[i].content, files[i].length);

      attach (fixture, path);
      g_assert_null (front_window (fixture));
      g_assert_true (gtk_revealer_get_reveal_child (GTK_REVEALER (find_widget (GTK_WIDGET (fixture->window), "problem_strip"))));
      remove_written (path);
    }
}

/* A file belongs to whose record was open when it was chosen: somebody who is shown by the time a slow disk has answered does not get it. The window
 * says by name whose it will be. */
static void
test_attach_whose (Fixture *fixture, gconstpointer data)
{
  char *path = write_file ("Letter.pdf", "%PDF-1.4 a letter", 17);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  open_place (fixture, "clients/" MARIA);
  kith_document_actions_attach (clients_page (fixture), file);
  open_place (fixture, "clients/" NO_BILLING);
  wait_front_gone (fixture);
  SAYS ("another client is shown by now");
  open_place (fixture, "clients/" MARIA);
  attach (fixture, path);
  g_assert_true (says (GTK_WIDGET (front_window (fixture)), "For María López Hernández."));
  remove_written (path);
}

static gboolean
ready_cb (KithFiles *files, const char *path, char **seen)
{
  g_free (*seen);
  *seen = g_strdup (path);
  return TRUE;
}

/* Attached, opened from what is kept here, saved: the same bytes, and each noted once (C13). What is open goes when Kith locks. */
static void
test_attach_open_save (Fixture *fixture, gconstpointer data)
{
  static const char content[] = "%PDF-1.4 a letter";
  char *path = write_file ("Letter.pdf", content, sizeof content - 1);
  g_autoptr (KithFiles) files = NULL;
  g_autofree char *seen = NULL, *text = NULL, *copy = g_strconcat (path, ".copy", NULL);
  g_autoptr (GFile) to = g_file_new_for_path (copy);
  JsonObject *args;
  GStatBuf info;
  guint n;

  /* A record that was on the screen for a moment was read: once, however often it is looked at again. */
  open_place (fixture, "clients/" NO_BILLING);
  open_place (fixture, "clients/" MARIA);
  g_assert_cmpuint (fake_desktop_get_n_noted (fixture->desktop), ==, 0);
  pump (1700);
  open_place (fixture, "inbox");
  open_place (fixture, "clients/" MARIA);
  pump (1700);
  g_assert_cmpuint (fake_desktop_get_n_noted (fixture->desktop), ==, 1);
  args = fake_desktop_get_noted (fixture->desktop, 0);
  g_assert_cmpstr (kith_json_string (args, "what"), ==, "opened");
  g_assert_cmpstr (kith_json_string (args, "client"), ==, MARIA);
  g_assert_cmpstr (kith_json_string (args, "t"), ==, "client");

  attach (fixture, path);
  g_assert_nonnull (front_window (fixture));
  gtk_editable_set_text (GTK_EDITABLE (in_front (fixture, "name")), "A letter.pdf");
  g_assert_true (commit_front (fixture));
  wait_front_gone (fixture);

  /* The id is what the fake kept it under: the folder has one file. */
  files = kith_files_new (fixture->context);
  g_signal_connect (files, "ready", G_CALLBACK (ready_cb), &seen);
  kith_files_open (files, fake_files_last (), MARIA, "../../A letter.pdf");
  pump (300);
  g_assert_nonnull (seen);
  g_assert_true (g_str_has_prefix (seen, g_get_user_runtime_dir ()));
  g_assert_null (strstr (seen, ".."  "/"));
  g_assert_true (g_file_get_contents (seen, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, content);
  g_assert_cmpint (g_stat (seen, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0077, ==, 0);
  n = fake_desktop_get_n_noted (fixture->desktop);
  args = fake_desktop_get_noted (fixture->desktop, n - 1);
  g_assert_cmpstr (kith_json_string (args, "what"), ==, "opened");
  g_assert_cmpstr (kith_json_string (args, "client"), ==, MARIA);
  g_assert_cmpstr (kith_json_string (args, "t"), ==, "document");
  kith_files_open (files, fake_files_last (), MARIA, "A letter.pdf");
  pump (300);
  g_assert_cmpuint (fake_desktop_get_n_noted (fixture->desktop), ==, n); /* the same reading */

  kith_files_save (files, fake_files_last (), MARIA, to);
  pump (300);
  g_clear_pointer (&text, g_free);
  g_assert_true (g_file_get_contents (copy, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, content);
  args = fake_desktop_get_noted (fixture->desktop, n);
  g_assert_cmpstr (kith_json_string (args, "what"), ==, "exported");
  g_assert_cmpint (g_stat (copy, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0077, ==, 0); /* of who asked for it alone */

  g_assert_true (g_file_test (seen, G_FILE_TEST_EXISTS));
  g_object_run_dispose (G_OBJECT (files));
  g_assert_false (g_file_test (seen, G_FILE_TEST_EXISTS));
  g_unlink (copy);
  remove_written (path);
}

static void
toast_cb (KithContext *context, const char *text, const char *op_id, GString *said)
{
  g_string_append_printf (said, "%s\n", text);
}

/* C7: a file about health leaves Kith with its notice, opened and as a copy; another has none. */
static void
test_health_file (Fixture *fixture, gconstpointer data)
{
  static const char content[] = "%PDF-1.4 a letter";
  char *path = write_file ("Letter.pdf", content, sizeof content - 1);
  g_autofree char *copy = g_strconcat (path, ".copy", NULL);
  g_autoptr (GFile) to = g_file_new_for_path (copy);
  g_autoptr (KithFiles) files = kith_files_new (fixture->context);
  g_autofree char *seen = NULL;
  g_autoptr (GString) said = g_string_new (NULL);

  g_signal_connect (files, "ready", G_CALLBACK (ready_cb), &seen);
  open_place (fixture, "clients/" MARIA);
  attach (fixture, path);
  g_assert_nonnull (front_window (fixture));
  g_assert_true (commit_front (fixture));
  wait_front_gone (fixture);
  g_signal_connect (fixture->context, "toast", G_CALLBACK (toast_cb), said);
  for (int health = 0; health < 2; health++)
    {
      json_object_set_string_member (fake_files_last_args (), "t", health ? "client_health" : "client");
      g_string_truncate (said, 0);
      kith_files_open (files, fake_files_last (), MARIA, "Letter.pdf");
      pump (300);
      g_assert_cmpint (strstr (said->str, "42 CFR part 2 prohibits") != NULL, ==, health);
      g_string_truncate (said, 0);
      kith_files_save (files, fake_files_last (), MARIA, to);
      pump (300);
      g_assert_nonnull (strstr (said->str, "It is not encrypted"));
      g_assert_cmpint (strstr (said->str, "42 CFR part 2 prohibits") != NULL, ==, health);
    }
  g_signal_handlers_disconnect_by_data (fixture->context, said);
  g_unlink (copy);
  remove_written (path);
}

static gboolean
failed_cb (KithFiles *files, const char *document, const char *why, guint *n)
{
  (*n)++;
  return TRUE;
}

/* Files in it; of the runtime directory only what Kith opens there. */
static guint
count_below (const char *folder, const char *prefix)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_str_has_prefix (name, prefix))
        n += g_file_test (path, G_FILE_TEST_IS_DIR) ? count_below (path, "") : 1;
    }
  return n;
}

/* What is kept was damaged behind its first part: what was saved in that place before stays, and nothing of it is left lying open. */
static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  gsize length = KITH_BLOB_PART + 1000;
  g_autofree char *content = g_strnfill (length, 'x');
  char *path = write_file ("Letter.pdf", content, length);
  g_autofree char *copy = g_strconcat (path, ".copy", NULL), *kept = NULL, *text = NULL;
  g_autoptr (GFile) to = g_file_new_for_path (copy);
  g_autoptr (KithFiles) files = NULL;
  gsize n_kept;
  guint n_failed = 0;

  memcpy (content, "%PDF-1.4", 8);
  g_assert_true (g_file_set_contents (path, content, (gssize) length, NULL));
  open_place (fixture, "clients/" MARIA);
  attach (fixture, path);
  g_assert_true (commit_front (fixture));
  wait_front_gone (fixture);
  kept = kith_store_file_path (NULL, fake_files_last ());
  g_assert_true (g_file_get_contents (kept, &text, &n_kept, NULL));
  text[n_kept - 1] ^= 1;
  g_assert_true (g_file_set_contents (kept, text, (gssize) n_kept, NULL));
  g_clear_pointer (&text, g_free);
  g_assert_true (g_file_set_contents (copy, "what was there", -1, NULL));

  files = kith_files_new (fixture->context);
  g_signal_connect (files, "failed", G_CALLBACK (failed_cb), &n_failed);
  kith_files_save (files, fake_files_last (), MARIA, to);
  for (guint i = 0; i < 100 && n_failed == 0; i++)
    pump (20);
  g_assert_cmpuint (n_failed, ==, 1);
  g_assert_true (g_file_get_contents (copy, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "what was there");

  kith_files_open (files, fake_files_last (), MARIA, "Letter.pdf");
  for (guint i = 0; i < 100 && n_failed == 1; i++)
    pump (20);
  g_assert_cmpuint (n_failed, ==, 2);
  g_assert_cmpuint (count_below (g_get_user_runtime_dir (), "kith-files-"), ==, 0);
  g_unlink (copy);
  remove_written (path);
}

typedef struct
{
  gboolean done, attached;
  char *why;
} Attached;

static void
attached_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Attached *attached = data;
  g_autoptr (GError) error = NULL;

  attached->attached = kith_files_attach_finish (KITH_CONTEXT (source), result, &error);
  attached->why = g_strdup (error ? error->message : "");
  attached->done = TRUE;
}

/* A file that is read slowly, and a lock and an unlock meanwhile: what was kept of it until then belongs to nobody and is gone. Nothing is attached that is
 * not here, nor anything to what somebody else has opened since. */
static void
test_attach_locked (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = kith_context_new_id (fixture->context), *path = kith_store_file_path (NULL, id), *name = NULL;
  g_autoptr (GFile) slow = NULL;
  g_autoptr (GInputStream) stream = NULL;
  Attached attached = { 0 };
  int ends[2];

  open_place (fixture, "clients/" MARIA);
  g_assert_true (g_unix_open_pipe (ends, FD_CLOEXEC, NULL));
  name = g_strdup_printf ("/proc/self/fd/%d", ends[0]);
  slow = g_file_new_for_path (name);
  stream = G_INPUT_STREAM (g_file_read (slow, NULL, NULL));
  g_assert_nonnull (stream);
  g_assert_cmpint (write (ends[1], "%PDF-1.4", 8), ==, 8);
  kith_files_attach_async (fixture->context, stream,
                           kith_json_new ("id", "s", id, "t", "s", "client", "record", "s", MARIA, "name", "s", "Letter.pdf", "media_type", "s", "application/pdf",
                                          "type", "s", "letter", NULL),
                           NULL, attached_cb, &attached);
  for (guint i = 0; i < 250 && !g_file_test (path, G_FILE_TEST_EXISTS); i++)
    pump (20);
  kith_window_lock (fixture->window);
  pump (100);
  kith_desktop_unlock_async (fixture->desktop, "right", NULL, NULL, NULL);
  pump (100);
  g_assert_cmpint (g_unlink (path), ==, 0); /* as whoever opens the store finds no line for it */
  close (ends[1]);
  close (ends[0]);
  for (guint i = 0; i < 250 && !attached.done; i++)
    pump (20);
  g_assert_true (attached.done);
  g_test_message ("%s", attached.why);
  g_assert_false (attached.attached);
  g_assert_nonnull (strstr (attached.why, "Nothing was attached"));
  g_assert_cmpstr (fake_files_last (), !=, id);
  g_free (attached.why);
}

static void
list_recent (GBookmarkFile *recent, const char *uri)
{
  g_bookmark_file_set_mime_type (recent, uri, "application/pdf");
  g_bookmark_file_add_application (recent, uri, "Viewer", "viewer %u");
}

static gboolean
is_listed (const char *list, const char *uri)
{
  g_autoptr (GBookmarkFile) recent = g_bookmark_file_new ();

  g_bookmark_file_load_from_file (recent, list, NULL);
  return g_bookmark_file_has_item (recent, uri);
}

/* What was opened is told of by its name in the list of recent files, by whatever program showed it: there it goes with the file. What a Kith that ended
 * in the middle left behind goes at the next start. */
static void
test_recent (Fixture *fixture, gconstpointer data)
{
  g_autofree char *list = g_build_filename (g_get_user_data_dir (), "recently-used.xbel", NULL), *others = g_strdup ("file:///home/ana/Recipes.pdf");
  g_autofree char *left = g_strdup_printf ("%s/kith-files-%d-Xy12", g_get_user_runtime_dir (), (int) getpid ()), *in = g_build_filename (left, MARIA, NULL);
  g_autofree char *lost = g_build_filename (in, "Lost.pdf", NULL), *lost_uri = g_filename_to_uri (lost, NULL, NULL), *path = NULL, *uri = NULL;
  g_autoptr (GBookmarkFile) recent = g_bookmark_file_new ();
  KithOpened *opened = kith_opened_new ();
  g_autoptr (GError) error = NULL;
  GStatBuf info;

  path = kith_opened_place (opened, MARIA, "Letter of María.pdf", &error);
  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (path, "x", 1, NULL));
  g_assert_cmpint (g_mkdir_with_parents (in, 0700), ==, 0);
  g_assert_true (g_file_set_contents (lost, "x", 1, NULL));
  uri = g_filename_to_uri (path, NULL, NULL);
  list_recent (recent, uri);
  list_recent (recent, others);
  list_recent (recent, lost_uri);
  g_mkdir_with_parents (g_get_user_data_dir (), 0700);
  g_assert_true (g_bookmark_file_to_file (recent, list, &error));

  kith_opened_note (opened, MARIA, path);
  kith_opened_drop (opened, MARIA);
  for (guint i = 0; i < 250 && is_listed (list, uri); i++)
    pump (20);
  g_assert_false (is_listed (list, uri));
  g_assert_true (is_listed (list, others));
  g_assert_cmpint (g_stat (list, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0077, ==, 0);
  kith_opened_free (opened);

  list_recent (recent, lost_uri);
  g_assert_true (g_bookmark_file_to_file (recent, list, &error));
  kith_opened_sweep (); /* of a process of this number that was before */
  g_assert_false (g_file_test (left, G_FILE_TEST_EXISTS));
  for (guint i = 0; i < 250 && is_listed (list, lost_uri); i++)
    pump (20);
  g_assert_false (is_listed (list, lost_uri));
  g_assert_true (is_listed (list, others));
  g_unlink (list);
}

static KithReferralAttach *
find_attach (GtkWidget *in)
{
  if (KITH_IS_REFERRAL_ATTACH (in))
    return KITH_REFERRAL_ATTACH (in);
  for (GtkWidget *child = gtk_widget_get_first_child (in); child; child = gtk_widget_get_next_sibling (child))
    {
      KithReferralAttach *found = find_attach (child);

      if (found)
        return found;
    }
  return NULL;
}

/* A file sent with a referral is attached to its detail once it is made, one about health apart (U10). */
static void
test_refer (Fixture *fixture, gconstpointer data)
{
  static const char content[] = "%PDF-1.4 a letter";
  char *path = write_file ("Letter.pdf", content, sizeof content - 1);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *record = NULL;
  g_autoptr (JsonArray) draft = NULL;
  KithReferralAttach *attached;
  JsonObject *args;
  const char *op;

  open_place (fixture, "clients/refer:" MARIA);
  gtk_editable_set_text (GTK_EDITABLE (find_widget (find_widget (GTK_WIDGET (fixture->window), "suggest_place"), "entry")), "prim");
  pump (400);
  g_signal_emit_by_name (find_widget (find_widget (GTK_WIDGET (fixture->window), "suggest_place"), "entry"), "entry-activated");
  pump (50);
  type_into (fixture, "need", "A family doctor");
  attached = find_attach (GTK_WIDGET (fixture->window));
  kith_referral_attach_add (attached, file);
  pump (300);
  draft = kith_referral_attach_draft (attached);
  g_assert_cmpuint (json_array_get_length (draft), ==, 1);
  json_object_set_boolean_member (json_array_get_object_element (draft, 0), "health", TRUE);
  kith_referral_attach_restore (attached, draft);
  g_assert_true (kith_referral_attach_has_health (attached));
  g_assert_true (act (fixture, "form.commit"));
  pump (400);
  args = fake_desktop_get_submitted (fixture->desktop, 0, &op);
  g_assert_cmpstr (op, ==, "referral.send");
  g_assert_true (kith_json_bool (args, "health", FALSE));
  record = kith_id_natural ("referral_health", kith_json_string (args, "id"));
  args = fake_files_last_args ();
  g_assert_cmpstr (kith_json_string (args, "t"), ==, "referral_health");
  g_assert_cmpstr (kith_json_string (args, "record"), ==, record);
  g_assert_cmpstr (kith_json_string (args, "name"), ==, "Letter.pdf");
  remove_written (path);
}

/* Those that cannot be opened are told of by their names, and nothing goes without them before somebody took them off. */
static void
test_refer_lost (Fixture *fixture, gconstpointer data)
{
  static const char content[] = "%PDF-1.4 a letter";
  char *path = write_file ("Letter.pdf", content, sizeof content - 1);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (JsonArray) draft = NULL, all = json_array_new ();
  KithReferralAttach *attached;
  GtkWidget *place, *problem;
  const char *op;
  guint n = fake_desktop_get_n_submitted (fixture->desktop);

  open_place (fixture, "clients/refer:" MARIA);
  place = find_widget (GTK_WIDGET (fixture->window), "suggest_place");
  gtk_editable_set_text (GTK_EDITABLE (find_widget (place, "entry")), "prim");
  pump (400);
  g_signal_emit_by_name (find_widget (place, "entry"), "entry-activated");
  pump (50);
  type_into (fixture, "need", "A family doctor");
  attached = find_attach (GTK_WIDGET (fixture->window));
  kith_referral_attach_add (attached, file);
  pump (300);
  draft = kith_referral_attach_draft (attached);
  json_array_add_object_element (all, kith_json_new ("document", "s", "d0000000-0000-7000-8000-0000000000ff", "name", "s", "Gone.pdf", NULL));
  json_array_add_object_element (all, kith_json_new ("path", "s", "/nowhere/Lost.pdf", "name", "s", "Lost.pdf", "media", "s", "application/pdf", NULL));
  json_array_add_object_element (all, json_object_ref (json_array_get_object_element (draft, 0)));
  kith_referral_attach_restore (attached, all);
  g_assert_true (act (fixture, "form.commit"));
  for (guint i = 0; i < 50 && !find_widget (GTK_WIDGET (fixture->window), "problem_label"); i++)
    pump (100);
  problem = find_widget (GTK_WIDGET (fixture->window), "problem_label");
  g_assert_nonnull (problem);
  g_test_message ("%s", gtk_label_get_text (GTK_LABEL (problem)));
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (problem)), "“Gone.pdf”, “Lost.pdf” cannot go along."));
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, n);
  kith_referral_attach_restore (attached, draft);
  g_assert_true (act (fixture, "form.commit"));
  pump (400);
  g_assert_cmpuint (fake_desktop_get_n_submitted (fixture->desktop), ==, n + 2);
  fake_desktop_get_submitted (fixture->desktop, n, &op);
  g_assert_cmpstr (op, ==, "referral.send");
  fake_desktop_get_submitted (fixture->desktop, n + 1, &op);
  g_assert_cmpstr (op, ==, "document.attach");
  g_assert_cmpstr (kith_json_string (fake_files_last_args (), "name"), ==, "Letter.pdf");
  remove_written (path);
}

static gboolean
write_text (GtkWidget *widget, const char *text)
{
  if (GTK_IS_TEXT_VIEW (widget))
    {
      gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget)), text, -1);
      return TRUE;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    if (write_text (child, text))
      return TRUE;
  return FALSE;
}

static void
test_remove (Fixture *fixture, gconstpointer data)
{
  const char *op;
  JsonObject *args;
  guint n;

  open_place (fixture, "clients/" MARIA);
  for (n = 0; n < 8; n++)
    g_assert_true (act (fixture, "client.next-tab"));
  n = fake_desktop_get_n_submitted (fixture->desktop);
  gtk_widget_activate_action (clients_page (fixture), "client.remove-document", "s", "d0000000-0000-7000-8000-000000000004");
  pump (50);
  write_text (in_front (fixture, "reason"), "Blurred");
  gtk_widget_activate_action (GTK_WIDGET (front_window (fixture)), "form.cancel", NULL); /* a lock closes it as well */
  pump (50);
  g_assert_null (front_window (fixture));
  gtk_widget_activate_action (clients_page (fixture), "client.remove-document", "s", "d0000000-0000-7000-8000-000000000004");
  pump (300);
  g_assert_true (commit_front (fixture)); /* with the reason as it was typed */
  args = fake_desktop_get_submitted (fixture->desktop, n, &op);
  g_assert_cmpstr (op, ==, "document.remove");
  g_assert_cmpstr (kith_json_string (args, "document"), ==, "d0000000-0000-7000-8000-000000000004");
  g_assert_cmpstr (kith_json_string (args, "reason"), ==, "Blurred");
}

int
main (int argc, char **argv)
{
  fixture_begin (&argc, &argv);
  ADD ("documents/attach-whose", NULL, test_attach_whose);
  ADD ("documents/refused", NULL, test_refused);
  ADD ("documents/attach-open-save-C13", NULL, test_attach_open_save);
  ADD ("documents/health-file-C7", NULL, test_health_file);
  ADD ("documents/damaged-whole-or-not-at-all", NULL, test_damaged);
  ADD ("documents/attach-locked", NULL, test_attach_locked);
  ADD ("documents/recent", NULL, test_recent);
  ADD ("documents/refer", NULL, test_refer);
  ADD ("documents/refer-lost", NULL, test_refer_lost);
  ADD ("documents/remove", NULL, test_remove);
  return g_test_run ();
}
