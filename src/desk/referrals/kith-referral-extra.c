/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-referral-extra.h"

#include <glib/gi18n.h>

#include "documents/kith-files.h"
#include "kith-document.h"
#include "kith-format.h"
#include "kith-watch.h"
#include "widgets/kith-answers.h"
#include "widgets/kith-cards.h"
#include "widgets/kith-facts.h"
#include "widgets/kith-health-notice.h"

struct _KithReferralExtra
{
  AdwBin parent_instance;
  KithContext *context;
  char *id, *client;
  GtkWidget *box, *files_box, *notice;
  gboolean received;                     /* it came from another agency */
  gboolean health_answers, health_files; /* there are any */
  GtkListBox *files_list;
  KithFacts *answers, *queues;
  KithFiles *files; /* NULL until one is opened */
  KithWatch *answer_watch, *file_watch, *queue_watch;
};

G_DEFINE_FINAL_TYPE (KithReferralExtra, kith_referral_extra, ADW_TYPE_BIN)

static void
update_visible (KithReferralExtra *self)
{
  GtkWidget *parts[] = { GTK_WIDGET (self->answers), self->files_box, GTK_WIDGET (self->queues) };
  gboolean any = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    any |= gtk_widget_get_visible (parts[i]);
  gtk_widget_set_visible (self->notice, self->received && (self->health_answers || self->health_files)); /* C7 */
  gtk_widget_set_visible (GTK_WIDGET (self), any);
}

static void
answers_cb (GPtrArray *rows,
            gpointer   user_data)
{
  KithReferralExtra *self = user_data;

  self->health_answers = kith_answers_show (self->answers, rows);
  update_visible (self);
}

static void
queues_cb (GPtrArray *rows,
           gpointer   user_data)
{
  KithReferralExtra *self = user_data;

  kith_facts_clear (self->queues);
  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *since = kith_format_time (kith_row_get_text (rows->pdata[i], "since"), kith_context_get_now (self->context));
      const char *status = kith_row_get_text (rows->pdata[i], "status"), *name = kith_row_get_text (rows->pdata[i], "name");

      /* Translators: a status, and since when: "Attempting contact, since 3 Nov" */
      kith_facts_take (self->queues, name ? name : "", since ? g_strdup_printf (_("%s, since %s"), status, since) : g_strdup (status));
    }
  update_visible (self);
}

/* Files */

static gboolean
is_health (KithRow *row)
{
  return g_strcmp0 (kith_row_get_text (row, "t"), "referral_health") == 0;
}

static GtkWidget *
button_new (const char *icon,
            const char *words,
            const char *action,
            KithRow    *row)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  const char *name = kith_row_get_text (row, "name");
  g_autofree char *label = g_strdup_printf ("%s: %s", words, name ? name : ""), *file_name = kith_document_file_name (name, kith_row_get_text (row, "media_type"));

  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", kith_row_get_id (row), file_name);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static GtkWidget *
file_new (KithReferralExtra *self,
          KithRow           *row)
{
  GtkWidget *line = adw_action_row_new ();
  g_autofree char *size = g_format_size ((guint64) MAX (kith_row_get_int (row, "size"), 0));
  g_autofree char *when = kith_format_time (kith_row_get_text (row, "at"), kith_context_get_now (self->context));
  g_autofree char *words = kith_format_join (kith_format_code ("document_type", kith_row_get_text (row, "type")), size, when,
                                      is_health (row) ? _("health information") : NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), kith_row_get_text (row, "name") ? kith_row_get_text (row, "name") : "");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (line), words);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (line), 2);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (line), 2);
  adw_action_row_add_prefix (ADW_ACTION_ROW (line), gtk_image_new_from_icon_name ("mail-attachment-symbolic"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (line), button_new ("document-open-symbolic", _("Open"), "referral-file.open", row));
  adw_action_row_add_suffix (ADW_ACTION_ROW (line), button_new ("document-save-symbolic", _("Save a copy"), "referral-file.save", row));
  return line;
}

static void
files_cb (GPtrArray *rows,
          gpointer   user_data)
{
  KithReferralExtra *self = user_data;
  KithCardsPlace *focused = kith_cards_clear (GTK_WIDGET (self->files_list));

  self->health_files = FALSE;
  for (guint i = 0; i < rows->len; i++)
    self->health_files |= is_health (rows->pdata[i]);
  for (guint i = 0; i < rows->len; i++)
    kith_cards_append (GTK_WIDGET (self->files_list), file_new (self, rows->pdata[i]), kith_row_get_id (rows->pdata[i]));
  gtk_widget_set_visible (self->files_box, rows->len > 0);
  update_visible (self);
  kith_cards_return (GTK_WIDGET (self->files_list), focused);
}

static KithFiles *
get_files (KithReferralExtra *self)
{
  if (!self->files)
    self->files = kith_files_new (self->context);
  return self->files;
}

static void
open_action (GtkWidget  *widget,
             const char *action,
             GVariant   *target)
{
  KithReferralExtra *self = KITH_REFERRAL_EXTRA (widget);
  const char *document, *name;

  g_variant_get (target, "(&s&s)", &document, &name);
  kith_files_open (get_files (self), document, self->client, name);
}

static void
save_chosen_cb (GtkNativeDialog   *dialog,
                int                response,
                KithReferralExtra *self)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;
  g_autofree char *document = g_strdup (g_object_get_data (G_OBJECT (dialog), "document"));

  g_object_set_data (G_OBJECT (self), "chooser", NULL);
  if (file && self->context)
    kith_files_save (get_files (self), document, self->client, file);
}

static void
save_action (GtkWidget  *widget,
             const char *action,
             GVariant   *target)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (_("Save a Copy"), GTK_WINDOW (gtk_widget_get_root (widget)), GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), NULL);
  const char *document, *name;

  g_variant_get (target, "(&s&s)", &document, &name);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  g_object_set_data_full (G_OBJECT (chooser), "document", g_strdup (document), g_free);
  g_object_set_data_full (G_OBJECT (widget), "chooser", chooser, g_object_unref);
  g_signal_connect_object (chooser, "response", G_CALLBACK (save_chosen_cb), widget, 0);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/**
 * kith_referral_extra_set_client:
 * @client: (nullable): whose files these are, for the log (C13)
 * @received: whether it came from another agency: what is there about health stands under its notice then (C7)
 */
void
kith_referral_extra_set_client (KithReferralExtra *self,
                                const char        *client,
                                gboolean           received)
{
  g_free (self->client);
  self->client = g_strdup (client);
  self->received = received;
  update_visible (self);
}

void
kith_referral_extra_set (KithReferralExtra *self,
                         KithContext       *context,
                         const char        *id)
{
  static const char *const answer_kinds[] = { "form_answer", NULL };
  static const char *const file_kinds[] = { "document", NULL };
  static const char *const queue_kinds[] = { "queue", "queue_item", "queue_status", NULL };

  g_set_object (&self->context, context);
  g_free (self->id);
  self->id = g_strdup (id);
  g_clear_object (&self->answer_watch);
  g_clear_object (&self->file_watch);
  g_clear_object (&self->queue_watch);
  kith_facts_clear (self->answers);
  kith_facts_clear (self->queues);
  self->received = self->health_answers = self->health_files = FALSE;
  gtk_widget_set_visible (self->files_box, FALSE);
  update_visible (self);
  if (!id)
    return;
  self->answer_watch = kith_watch_new (context, "referral-answers", answer_kinds, id, answers_cb, self);
  self->file_watch = kith_watch_new (context, "referral-documents", file_kinds, id, files_cb, self);
  self->queue_watch = kith_watch_new (context, "referral-queues", queue_kinds, id, queues_cb, self);
}

static void
kith_referral_extra_dispose (GObject *object)
{
  KithReferralExtra *self = KITH_REFERRAL_EXTRA (object);

  g_clear_object (&self->answer_watch);
  g_clear_object (&self->file_watch);
  g_clear_object (&self->queue_watch);
  g_clear_object (&self->files);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->client, g_free);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_referral_extra_parent_class)->dispose (object);
}

static void
kith_referral_extra_class_init (KithReferralExtraClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_referral_extra_dispose;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "referral-file.open", "(ss)", open_action);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "referral-file.save", "(ss)", save_action);
}

static void
kith_referral_extra_init (KithReferralExtra *self)
{
  GtkWidget *title = gtk_label_new (_("Files that go with it"));

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  self->answers = g_object_new (KITH_TYPE_FACTS, "title", _("Questions answered"), "visible", FALSE, NULL);
  kith_facts_set_stacked (self->answers);
  self->queues = g_object_new (KITH_TYPE_FACTS, "title", _("Queues"), "visible", FALSE, NULL);
  self->files_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  self->files_list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->files_list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->files_list), "boxed-list");
  gtk_widget_add_css_class (title, "section-title");
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_box_append (GTK_BOX (self->files_box), title);
  gtk_box_append (GTK_BOX (self->files_box), GTK_WIDGET (self->files_list));
  self->notice = kith_health_notice_new ();
  gtk_widget_set_visible (self->notice, FALSE);
  gtk_box_append (GTK_BOX (self->box), self->notice);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->answers));
  gtk_box_append (GTK_BOX (self->box), self->files_box);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->queues));
  gtk_widget_set_visible (self->files_box, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  adw_bin_set_child (ADW_BIN (self), self->box);
}
