/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-document-actions.h"

#include <glib/gi18n.h>

#include "clients/kith-client-view.h"
#include "clients/kith-clients-page.h"
#include "documents/kith-files.h"
#include "kith-document.h"
#include "kith-id.h"
#include "kith-watch.h"
#include "widgets/kith-ask-window.h"

static KithContext *
context_of (GtkWidget *page)
{
  return kith_page_get_context (KITH_PAGE (page));
}

static const char *
client_of (GtkWidget *page)
{
  return kith_split_page_get_id (KITH_SPLIT_PAGE (page));
}

static KithClientView *
view_of (GtkWidget *page)
{
  return kith_clients_page_get_view (KITH_CLIENTS_PAGE (page));
}

static char *
name_of (GtkWidget  *page,
         const char *document)
{
  KithRow *row = kith_client_view_find_document (view_of (page), document);

  return kith_document_file_name (row ? kith_row_get_text (row, "name") : NULL, row ? kith_row_get_text (row, "media_type") : NULL);
}

/* Whose it is: a record linked with the one that is open has files of its own. */
static const char *
owner_of (GtkWidget  *page,
          const char *document)
{
  KithRow *row = kith_client_view_find_document (view_of (page), document);
  const char *client = row ? kith_row_get_text (row, "client") : NULL;

  return client ? client : client_of (page);
}

/* ---- attach */

static void
attached_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (kith_files_attach_finish (KITH_CONTEXT (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read_finish (G_FILE (source), result, &error);

  if (stream)
    kith_files_attach_async (g_task_get_source_object (task), G_INPUT_STREAM (stream), json_object_ref (g_task_get_task_data (task)), _("File attached"),
                             attached_cb, g_object_ref (task));
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, _("The file could not be read: %s. Nothing was attached."), error->message);
}

/* Whose file it is, from when it is asked for until the window says so: the page may show somebody else by the time a slow disk has answered. */
typedef struct
{
  GtkWidget *page;
  char *client;
  char *consent; /* the consent it proves; NULL: of none */
} Wanted;

static Wanted *
wanted_new (GtkWidget  *page,
            const char *client,
            const char *consent)
{
  Wanted *wanted = g_new0 (Wanted, 1);

  wanted->page = g_object_ref (page);
  wanted->client = g_strdup (client);
  wanted->consent = g_strdup (consent);
  return wanted;
}

static void
wanted_free (gpointer data)
{
  Wanted *wanted = data;

  g_object_unref (wanted->page);
  g_free (wanted->client);
  g_free (wanted->consent);
  g_free (wanted);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Wanted, wanted_free)

/* In the place of a plain submit: the bytes are kept first. */
static void
submit_file (KithContext        *context,
             JsonObject         *args,
             gpointer            file,
             GAsyncReadyCallback callback,
             gpointer            user_data)
{
  GTask *task = g_task_new (context, NULL, callback, user_data);

  g_task_set_task_data (task, args, (GDestroyNotify) json_object_unref);
  g_file_read_async (file, G_PRIORITY_DEFAULT, NULL, opened_cb, task);
}

static const char *
guess_type (const char *media)
{
  return g_str_has_prefix (media, "image/") ? "photo" : g_str_equal (media, "application/pdf") ? "letter" : "other";
}

/* Who it will be kept with is said by name: nobody has to trust that the right record is behind the window. Yours */
static char *
words_for (GtkWidget *page,
           gboolean   health)
{
  const char *name = kith_client_view_get_name (view_of (page));
  const char *kept = health ? _("It is kept encrypted on this computer and sent when the hub can be reached.")
                            : _("It is kept encrypted on this computer and sent when the hub can be reached. Whoever sees this client can open it.");

  /* Translators: a client's name, then a sentence */
  return name ? g_strdup_printf (_("For %s. %s"), name, kept) : g_strdup (kept);
}

static void
looked_at_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (Wanted) wanted = user_data;
  GtkWidget *page = wanted->page;
  const char *client = wanted->client, *consent = wanted->consent, *name;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, &error);
  g_autofree char *media = NULL, *words = NULL, *scope = NULL;
  const char *owner;
  gboolean health, about_health;
  KithAskWindow *window;

  if (gtk_widget_in_destruction (page) || !gtk_widget_get_root (page))
    return;
  if (g_strcmp0 (client_of (page), client) != 0)
    {
      kith_context_problem (context_of (page), _("The file was not attached: another client is shown by now. Go back to the client, and attach it again."), NULL);
      return;
    }
  if (!info || !kith_files_check (info, &media, &error))
    {
      kith_context_problem (context_of (page), _("The file was not attached"), error);
      return;
    }
  name = g_file_info_get_display_name (info);
  owner = consent ? kith_client_view_find_consent (view_of (page), consent) : NULL; /* of a linked record: there */
  health = !consent && kith_client_view_has_health (view_of (page)); /* a consent's paper lies with it */
  about_health = health && g_strcmp0 (kith_client_view_get_tab (view_of (page)), "health") == 0;
  words = words_for (page, health);
  /* Size and content are told by what is kept: these stand in for them until then. */
  window = KITH_ASK_WINDOW (kith_ask_window_new (
    GTK_WINDOW (gtk_widget_get_root (page)), context_of (page), "document.attach", _("Attach a File"), words, _("Attach"), NULL,
    kith_json_new ("t", "s", consent ? "consent" : "client", "record", "s", consent ? consent : client, "media_type", "s", media, "size", "i", (gint64) 1, "sha256", "s", "-", NULL),
    kith_json_new ("name", "s", name, "type", "s", consent ? "consent" : guess_type (media), NULL)));
  if (health) /* U10: who lacks the flag neither sees nor writes any */
    {
      g_autofree char *record = kith_id_natural ("client_health", client);

      kith_ask_window_add_switch (window, "health", _("Health information"),
                                  _("On: only those who may see health information can open it, and it stands under Health. Off: whoever sees this client can."),
                                  about_health, kith_json_new ("t", "s", "client_health", "record", "s", record, "client", "s", client, NULL));
    }
  kith_ask_window_set_submit (window, submit_file, g_object_ref (source), g_object_unref);
  scope = g_strconcat (health ? "client_health:" : "client:", owner ? owner : client, NULL); /* its name may tell of health */
  kith_ask_window_keep_draft (window, scope, name); /* comes back when the same file is attached again */
  gtk_window_present (GTK_WINDOW (window));
  if (!about_health)
    kith_client_view_show_tab (view_of (page), "documents");
}

static void
attach_wanted (GFile  *file,
               Wanted *wanted) /* transfer full */
{
  g_file_query_info_async (file, KITH_FILES_ATTRIBUTES, G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, NULL, looked_at_cb, wanted);
}

void
kith_document_actions_attach (GtkWidget *page,
                              GFile     *file)
{
  if (client_of (page))
    attach_wanted (file, wanted_new (page, client_of (page), NULL));
}

static void
chosen_cb (GtkNativeDialog *dialog,
           int              response,
           GtkWidget       *page)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;

  if (file)
    attach_wanted (file, wanted_new (page, g_object_get_data (G_OBJECT (dialog), "client"), g_object_get_data (G_OBJECT (dialog), "consent")));
  g_object_set_data (G_OBJECT (page), "file-chooser", NULL);
}

static GtkFileChooserNative *
choose (GtkWidget           *page,
        const char          *title,
        GtkFileChooserAction action,
        const char          *verb,
        GCallback            callback)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (title, GTK_WINDOW (gtk_widget_get_root (page)), action, verb, NULL);

  g_object_set_data_full (G_OBJECT (page), "file-chooser", chooser, g_object_unref);
  g_signal_connect_object (chooser, "response", callback, page, 0);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  return chooser;
}

static void
choose_for (GtkWidget  *page,
            const char *consent)
{
  GtkFileChooserNative *chooser;

  if (!client_of (page))
    return;
  chooser = choose (page, _("Attach a File"), GTK_FILE_CHOOSER_ACTION_OPEN, _("_Attach"), G_CALLBACK (chosen_cb));
  g_object_set_data_full (G_OBJECT (chooser), "client", g_strdup (client_of (page)), g_free);
  g_object_set_data_full (G_OBJECT (chooser), "consent", g_strdup (consent), g_free);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
attach_action (GtkWidget  *page,
               const char *name,
               GVariant   *target)
{
  choose_for (page, NULL);
}

/* C20: the file that proves a consent belongs to it. */
static void
attach_scan_action (GtkWidget  *page,
                    const char *name,
                    GVariant   *target)
{
  choose_for (page, g_variant_get_string (target, NULL));
}

/* ---- what is attached */

static void
open_action (GtkWidget  *page,
             const char *name,
             GVariant   *target)
{
  const char *document = g_variant_get_string (target, NULL);
  g_autofree char *title = name_of (page, document);

  kith_files_open (kith_client_view_get_files (view_of (page)), document, owner_of (page, document), title);
}

static void
save_chosen_cb (GtkNativeDialog *dialog,
                int              response,
                GtkWidget       *page)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;
  g_autofree char *document = g_strdup (g_object_get_data (G_OBJECT (dialog), "document"));

  g_object_set_data (G_OBJECT (page), "file-chooser", NULL);
  if (file)
    kith_files_save (kith_client_view_get_files (view_of (page)), document, owner_of (page, document), file);
}

static void
save_action (GtkWidget  *page,
             const char *name,
             GVariant   *target)
{
  const char *document = g_variant_get_string (target, NULL);
  g_autofree char *title = name_of (page, document);
  GtkFileChooserNative *chooser = choose (page, _("Save a Copy"), GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), G_CALLBACK (save_chosen_cb));

  g_object_set_data_full (G_OBJECT (chooser), "document", g_strdup (document), g_free);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), title);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
remove_action (GtkWidget  *page,
               const char *name,
               GVariant   *target)
{
  const char *document = g_variant_get_string (target, NULL);
  gboolean health = kith_client_view_find (view_of (page), KITH_CLIENT_HEALTH_DOCUMENTS, document) != NULL; /* the reason may tell of it */
  g_autofree char *scope = g_strconcat (health ? "client_health:" : "client:", owner_of (page, document), NULL);
  GtkWidget *window = kith_ask_window_new (
    GTK_WINDOW (gtk_widget_get_root (page)), context_of (page), "document.remove", _("Remove the File"),
    _("It is deleted here, at the hub and wherever it was opened. That it was there stays on record; a consent it belongs to stays as it is."), _("Remove"),
    _("File removed"), kith_json_new ("document", "s", document, NULL), NULL);

  kith_ask_window_keep_draft (KITH_ASK_WINDOW (window), scope, NULL);
  gtk_window_present (GTK_WINDOW (window));
}

void
kith_document_actions_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "client.attach", NULL, attach_action);
  gtk_widget_class_install_action (klass, "client.attach-scan", "s", attach_scan_action);
  gtk_widget_class_install_action (klass, "client.open-document", "s", open_action);
  gtk_widget_class_install_action (klass, "client.save-document", "s", save_action);
  gtk_widget_class_install_action (klass, "client.remove-document", "s", remove_action);
}

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         GtkWidget     *widget)
{
  GSList *files = g_value_get_boxed (value);
  GtkWidget *page = gtk_widget_get_ancestor (widget, KITH_TYPE_CLIENTS_PAGE);

  if (!page || !client_of (page) || !files)
    return FALSE;
  if (files->next)
    kith_context_toast (context_of (page), _("One file at a time: the first one is attached"));
  kith_document_actions_attach (page, files->data);
  return TRUE;
}

void
kith_document_actions_add_drop (GtkWidget *widget)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), widget, 0);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (target));
}
