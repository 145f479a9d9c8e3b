/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-referral-attach-private.h"

#include <glib/gi18n.h>

#include "documents/kith-files.h"
#include "kith-format.h"
#include "referrals/kith-reason-window.h"
#include "widgets/kith-wrap-box.h"

G_DEFINE_FINAL_TYPE (KithReferralAttach, kith_referral_attach, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
item_free (gpointer data)
{
  KithAttached *item = data;

  g_free (item->path);
  g_free (item->document);
  g_free (item->name);
  g_free (item->media);
  g_free (item->type);
  g_free (item);
}

static KithAttached *
item_new (const char *path,
          const char *document,
          const char *name,
          const char *media,
          const char *type,
          gboolean    health)
{
  KithAttached *item = g_new0 (KithAttached, 1);

  item->path = g_strdup (path);
  item->document = g_strdup (document);
  item->name = g_strdup (name);
  item->media = g_strdup (media);
  item->type = g_strdup (type);
  item->health = health;
  return item;
}

/* What is shown */

static void fill (KithReferralAttach *self);

static void
changed (KithReferralAttach *self)
{
  fill (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
remove_cb (KithReferralAttach *self,
           GtkWidget          *button)
{
  g_ptr_array_remove (self->items, g_object_get_data (G_OBJECT (button), "item"));
  changed (self);
}

static void
health_cb (KithReferralAttach *self,
           GtkCheckButton     *check)
{
  KithAttached *item = g_object_get_data (G_OBJECT (check), "item");

  item->health = gtk_check_button_get_active (check);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static GtkWidget *
line_new (KithReferralAttach *self,
          KithAttached               *item)
{
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (self->context));
  GtkWidget *line = adw_action_row_new (), *take_off = gtk_button_new_from_icon_name ("list-remove-symbolic");
  g_autofree char *label = g_strdup_printf (_("Take off %s"), item->name);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), item->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (line), item->document && !item->attached ? _("A copy of the client’s file") : kith_format_code ("document_type", item->type));
  adw_action_row_set_title_lines (ADW_ACTION_ROW (line), 2);
  adw_action_row_add_prefix (ADW_ACTION_ROW (line), gtk_image_new_from_icon_name ("mail-attachment-symbolic"));
  if (actor && actor->health)
    {
      GtkWidget *check = gtk_check_button_new_with_label (_("Health information"));

      gtk_check_button_set_active (GTK_CHECK_BUTTON (check), item->health);
      gtk_widget_set_sensitive (check, !item->attached); /* it lies where it was attached */
      gtk_widget_set_tooltip_text (check, _("Only those who may see health information can open it"));
      g_object_set_data (G_OBJECT (check), "item", item);
      g_signal_connect_object (check, "toggled", G_CALLBACK (health_cb), self, G_CONNECT_SWAPPED);
      adw_action_row_add_suffix (ADW_ACTION_ROW (line), check);
    }
  gtk_widget_add_css_class (take_off, "flat");
  gtk_widget_set_valign (take_off, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (take_off, _("Take off"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (take_off), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data (G_OBJECT (take_off), "item", item);
  g_signal_connect_object (take_off, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (line), take_off);
  return line;
}

static void
fill (KithReferralAttach *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->list)))
    gtk_list_box_remove (GTK_LIST_BOX (self->list), child);
  for (guint i = 0; i < self->items->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list), line_new (self, self->items->pdata[i]));
  gtk_widget_set_visible (self->list, self->items->len > 0);
}

/* A file of this computer */

static void
looked_at_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (KithReferralAttach) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, &error);
  g_autofree char *media = NULL;
  g_autofree char *path = NULL;

  if (!self->context)
    return;
  if (!info || !kith_files_check (info, &media, &error))
    {
      kith_context_problem (self->context, _("The file was not attached"), error);
      return;
    }
  path = g_file_get_path (G_FILE (source));
  if (!path)
    return;
  g_ptr_array_add (self->items, item_new (path, NULL, g_file_info_get_display_name (info), media,
                                          g_str_has_prefix (media, "image/") ? "photo" : g_str_equal (media, "application/pdf") ? "letter" : "other", FALSE));
  changed (self);
}

void
kith_referral_attach_add (KithReferralAttach *self,
                          GFile              *file)
{
  g_file_query_info_async (file, KITH_FILES_ATTRIBUTES, G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, NULL, looked_at_cb, g_object_ref (self));
}

static void
chosen_cb (KithReferralAttach *self,
           int                 response)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser)) : NULL;

  g_clear_object (&self->chooser);
  if (file)
    kith_referral_attach_add (self, file);
}

static void
choose_cb (KithReferralAttach *self)
{
  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_("Send a File Along"), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), GTK_FILE_CHOOSER_ACTION_OPEN, _("_Attach"), NULL);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* A document of the client's */

/* Whole on this computer: what is still to come from the hub could not go with the referral now. */
static gboolean
is_here (KithRow *row)
{
  return !kith_row_get_text (row, "removed_at") && kith_row_get_int (row, "size") > 0 && kith_row_get_int (row, "have") >= kith_row_get_int (row, "size");
}

static gboolean
is_about_health (KithRow *row)
{
  return g_strcmp0 (kith_row_get_text (row, "t"), "client_health") == 0;
}

static void
document_chosen_cb (KithReferralAttach *self,
                    const char         *id)
{
  for (guint i = 0; self->offered && i < self->offered->len; i++)
    if (g_strcmp0 (kith_row_get_id (self->offered->pdata[i]), id) == 0)
      {
        KithRow *row = self->offered->pdata[i];

        g_ptr_array_add (self->items, item_new (NULL, id, kith_row_get_text (row, "name"), kith_row_get_text (row, "media_type"), kith_row_get_text (row, "type"),
                                                is_about_health (row)));
        changed (self);
        return;
      }
}

static void
from_client_cb (KithReferralAttach *self)
{
  GtkWidget *window = kith_reason_window_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _("Send a Copy Along"),
                                              _("The files of this client that are on this computer. The receiver gets a copy of the one you choose, and sees no other."), NULL, NULL,
                                              NULL, _("Attach"), FALSE);

  for (guint i = 0; self->offered && i < self->offered->len; i++)
    {
      KithRow *row = self->offered->pdata[i];

      if (is_here (row))
        kith_reason_window_add_choice (KITH_REASON_WINDOW (window), kith_row_get_id (row), kith_row_get_text (row, "name"),
                                       is_about_health (row) ? _("health information") : kith_format_code ("document_type", kith_row_get_text (row, "type")), FALSE);
    }
  g_signal_connect_object (window, "chosen", G_CALLBACK (document_chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}

static void
documents_cb (GPtrArray *rows,
              gpointer   user_data)
{
  KithReferralAttach *self = user_data;
  GtkWidget *button = g_object_get_data (G_OBJECT (self), "from-client");
  gboolean any = FALSE;

  g_clear_pointer (&self->offered, g_ptr_array_unref);
  self->offered = g_ptr_array_ref (rows);
  for (guint i = 0; i < rows->len; i++)
    any |= is_here (rows->pdata[i]);
  gtk_widget_set_visible (button, any);
}

gboolean
kith_referral_attach_has_health (KithReferralAttach *self)
{
  for (guint i = 0; i < self->items->len; i++)
    if (((KithAttached *) self->items->pdata[i])->health)
      return TRUE;
  return FALSE;
}

/**
 * kith_referral_attach_keeps:
 * @document: one that was attached to the referral before
 *
 * Returns: whether it is still to go along
 */
gboolean
kith_referral_attach_keeps (KithReferralAttach *self,
                            const char         *document)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      KithAttached *item = self->items->pdata[i];

      if (item->attached && g_strcmp0 (item->document, document) == 0)
        return TRUE;
    }
  return FALSE;
}

JsonArray *
kith_referral_attach_draft (KithReferralAttach *self)
{
  JsonArray *draft = self->items->len > 0 ? json_array_new () : NULL;

  for (guint i = 0; i < self->items->len; i++)
    {
      KithAttached *item = self->items->pdata[i];

      json_array_add_object_element (draft, kith_json_new ("path", "s", item->path, "document", "s", item->document, "name", "s", item->name, "media", "s", item->media,
                                                           "type", "s", item->type, "health", "b", item->health, "attached", "b", item->attached, NULL));
    }
  return draft;
}

/**
 * kith_referral_attach_restore:
 * @draft: (nullable) (transfer none): what kith_referral_attach_draft() gave; takes the place of what is attached. What is neither a file nor a
 *   document is left out.
 */
void
kith_referral_attach_restore (KithReferralAttach *self,
                              JsonArray          *draft)
{
  g_ptr_array_set_size (self->items, 0);
  for (guint i = 0; draft && i < json_array_get_length (draft); i++)
    {
      JsonObject *item = json_array_get_object_element (draft, i);

      if (kith_json_string (item, "name") && (kith_json_string (item, "path") || kith_json_string (item, "document")))
        {
          KithAttached *attached = item_new (kith_json_string (item, "path"), kith_json_string (item, "document"), kith_json_string (item, "name"),
                                             kith_json_string (item, "media"), kith_json_string (item, "type"), kith_json_bool (item, "health", FALSE));

          attached->attached = kith_json_bool (item, "attached", FALSE);
          g_ptr_array_add (self->items, attached);
        }
    }
  fill (self);
}

static void
kith_referral_attach_dispose (GObject *object)
{
  KithReferralAttach *self = KITH_REFERRAL_ATTACH (object);

  g_clear_object (&self->documents);
  g_clear_object (&self->chooser);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_referral_attach_parent_class)->dispose (object);
}

static void
kith_referral_attach_finalize (GObject *object)
{
  KithReferralAttach *self = KITH_REFERRAL_ATTACH (object);

  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->kept);
  g_clear_pointer (&self->offered, g_ptr_array_unref);
  g_free (self->client);
  G_OBJECT_CLASS (kith_referral_attach_parent_class)->finalize (object);
}

static void
kith_referral_attach_class_init (KithReferralAttachClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_referral_attach_dispose;
  G_OBJECT_CLASS (klass)->finalize = kith_referral_attach_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", KITH_TYPE_REFERRAL_ATTACH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kith_referral_attach_init (KithReferralAttach *self)
{
  self->items = g_ptr_array_new_with_free_func (item_free);
  self->kept = g_ptr_array_new_with_free_func (g_free);
}

static GtkWidget *
button_new (KithReferralAttach *self,
            const char         *label,
            GCallback           callback)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  return button;
}

GtkWidget *
kith_referral_attach_new (KithContext *context,
                          const char  *client)
{
  static const char *const kinds[] = { "document", "file", NULL };
  KithReferralAttach *self = g_object_new (KITH_TYPE_REFERRAL_ATTACH, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8), *title = gtk_label_new (_("Files sent along")), *buttons = kith_wrap_box_new ();
  GtkWidget *from_client = button_new (self, _("From the Client’s _Files…"), G_CALLBACK (from_client_cb));

  self->context = g_object_ref (context);
  self->client = g_strdup (client);
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_widget_add_css_class (title, "section-title");
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_set_visible (self->list, FALSE);
  kith_wrap_box_append (KITH_WRAP_BOX (buttons), button_new (self, _("_Attach a File…"), G_CALLBACK (choose_cb)));
  kith_wrap_box_append (KITH_WRAP_BOX (buttons), from_client);
  gtk_widget_set_visible (from_client, FALSE);
  g_object_set_data (G_OBJECT (self), "from-client", from_client);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), self->list);
  gtk_box_append (GTK_BOX (box), buttons);
  adw_bin_set_child (ADW_BIN (self), box);
  if (client)
    self->documents = kith_watch_new (context, "client-documents", kinds, client, documents_cb, self);
  return GTK_WIDGET (self);
}
