/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-attention-page.h"

#include <glib/gi18n.h>

#include "kith-attention-card.h"
#include "kith-format.h"
#include "kith-shortcuts.h"
#include "kith-watch.h"
#include "widgets/kith-status-pill.h"
#include "widgets/kith-sync-chip.h"

struct _KithAttentionPage
{
  KithPage parent_instance;
  KithSyncChip *chip;
  GtkStack *stack;
  GtkBox *operations, *conflicts;
  GtkWidget *waiting_group;
  GtkListBox *waiting;
  AdwStatusPage *none;

  KithWatch *conflict_watch;
  guint n_operations, n_conflicts, n_waiting;
};

G_DEFINE_FINAL_TYPE (KithAttentionPage, kith_attention_page, KITH_TYPE_PAGE)

static KithContext *
context_of (KithAttentionPage *self)
{
  return kith_page_get_context (KITH_PAGE (self));
}

static void
update (KithAttentionPage *self)
{
  gint64 last;
  g_autofree char *when = NULL;
  g_autofree char *text = NULL;

  kith_page_set_count (KITH_PAGE (self), self->n_operations + self->n_conflicts);
  gtk_widget_set_visible (GTK_WIDGET (self->operations), self->n_operations > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->conflicts), self->n_conflicts > 0);
  gtk_widget_set_visible (self->waiting_group, self->n_waiting > 0);
  g_object_get (kith_context_get_desktop (context_of (self)), "last-contact", &last, NULL);
  when = last ? kith_format_when (last, kith_context_get_now (context_of (self))) : NULL;
  text = when ? g_strdup_printf (_("Last contact %s. Nothing needs you."), when) : g_strdup (_("Nothing needs you."));
  adw_status_page_set_description (self->none, text);
  gtk_stack_set_visible_child_name (self->stack, self->n_operations + self->n_conflicts + self->n_waiting > 0 ? "list" : "none");
}

static void load (KithAttentionPage *self);

/* Settling */

typedef struct
{
  char *op_id;
  gboolean redo;
} Settle;

static void
settle_free (gpointer data)
{
  Settle *settle = data;

  g_free (settle->op_id);
  g_free (settle);
}

static gpointer
settle_job (gpointer      store,
            gpointer      data,
            GCancellable *cancellable,
            GError      **error)
{
  Settle *settle = data;
  g_autofree char *new_op_id = NULL;

  return GINT_TO_POINTER (kith_store_settle (store, settle->op_id, settle->redo, &new_op_id, error));
}

static void
settled_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (KithAttentionPage) self = user_data;
  g_autoptr (GError) error = NULL;

  kith_desktop_job_finish (KITH_DESKTOP (source), result, &error);
  if (!context_of (self))
    return;
  if (error)
    kith_context_problem (context_of (self), _("That was not possible"), error);
  load (self);
}

static void
settle (KithAttentionPage *self,
        const char        *op_id,
        gboolean           redo)
{
  Settle *job = g_new0 (Settle, 1);

  job->op_id = g_strdup (op_id);
  job->redo = redo;
  kith_desktop_store_async (kith_context_get_desktop (context_of (self)), settle_job, job, settle_free, NULL, settled_cb, g_object_ref (self));
}

static void
discard_response_cb (AdwMessageDialog  *dialog,
                     const char        *response,
                     KithAttentionPage *self)
{
  if (g_str_equal (response, "discard"))
    settle (self, g_object_get_data (G_OBJECT (dialog), "op-id"), FALSE);
}

static void
ask_discard (KithAttentionPage *self,
             KithAttentionCard *card)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _("Discard This?"),
                                              _("What you did is forgotten and cannot be brought back. What you wrote can be copied first."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "discard", _("_Discard"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "op-id", g_strdup (kith_attention_card_get_key (card)), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (discard_response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
chosen_cb (KithAttentionCard *card,
           guint              choice,
           KithAttentionPage *self)
{
  static const char *const keep[] = { "mine", "theirs", "both" };
  g_autofree char *key = g_strdup (kith_attention_card_get_key (card));

  if (kith_attention_card_is_conflict (card))
    kith_context_submit (context_of (self), "conflict.settle", kith_json_new ("conflict", "s", key, "keep", "s", keep[choice], NULL), _("Settled"), FALSE,
                         NULL, NULL);
  else if (choice == 0)
    settle (self, key, TRUE);
  else if (choice == 1)
    {
      gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), kith_attention_card_get_text (card));
      kith_context_toast (context_of (self), _("Copied"));
    }
  else if (g_object_get_data (G_OBJECT (card), "merged"))
    settle (self, key, FALSE);
  else
    ask_discard (self, card);
}

static void
choice_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  KithAttentionPage *self = KITH_ATTENTION_PAGE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;
  GtkWidget *card = focus ? gtk_widget_get_ancestor (focus, KITH_TYPE_ATTENTION_CARD) : NULL;

  /* Without a card in focus the first one is meant: it is what one looks at. */
  if (!card)
    card = gtk_widget_get_first_child (GTK_WIDGET (self->n_operations ? self->operations : self->conflicts));
  if (card)
    kith_attention_card_choose (KITH_ATTENTION_CARD (card), g_str_equal (name, "attention.first") ? 0 : g_str_equal (name, "attention.second") ? 1 : 2);
}

/* Filling */

static void
clear (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))))
    gtk_box_remove (box, child);
}

typedef struct
{
  GPtrArray *attention, *outbox; /* (element-type JsonObject) */
} Lists;

static gpointer
load_job (gpointer      store,
          gpointer      data,
          GCancellable *cancellable,
          GError      **error)
{
  Lists *lists = g_new0 (Lists, 1);

  lists->attention = kith_store_list_attention (store, error);
  lists->outbox = lists->attention ? kith_store_list_outbox (store, error) : NULL;
  if (lists->outbox)
    return lists;
  g_clear_pointer (&lists->attention, g_ptr_array_unref);
  g_free (lists);
  return NULL;
}

static void
add_waiting (KithAttentionPage *self,
             JsonObject        *entry)
{
  const char *st = kith_json_string (entry, "st"), *label = kith_json_string (entry, "label");
  JsonObject *args = kith_json_object (entry, "args");
  const char *number = args ? kith_json_string (args, "number") : NULL;
  g_autofree char *when = kith_format_time (kith_json_string (entry, "at"), kith_context_get_now (context_of (self)));
  g_autofree char *subtitle = g_strjoin (" · ", when ? when : "", number, NULL);
  GtkWidget *row = adw_action_row_new (), *pill = kith_status_pill_new ();
  gboolean sending = g_strcmp0 (st, "sending") == 0;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label ? _(label) : kith_json_string (entry, "op"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  kith_status_pill_set (KITH_STATUS_PILL (pill), sending ? "emblem-synchronizing-symbolic" : "document-open-recent-symbolic",
                        sending ? _("Sending") : _("Waiting"), sending ? "accent" : "");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), pill);
  gtk_list_box_append (self->waiting, row);
  self->n_waiting++;
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (KithAttentionPage) self = user_data;
  g_autoptr (GError) error = NULL;
  Lists *lists = kith_desktop_job_finish (KITH_DESKTOP (source), result, &error);
  GtkWidget *child;

  if (!lists)
    return;
  if (self->stack && context_of (self))
    {
      clear (self->operations);
      while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->waiting))))
        gtk_list_box_remove (self->waiting, child);
      self->n_operations = self->n_waiting = 0;
      for (guint i = 0; i < lists->attention->len; i++)
        {
          JsonObject *entry = lists->attention->pdata[i];
          GtkWidget *card = kith_attention_card_new_for_operation (context_of (self), entry);

          g_object_set_data (G_OBJECT (card), "merged", GINT_TO_POINTER (g_strcmp0 (kith_json_string (entry, "st"), "merged") == 0));
          g_signal_connect_object (card, "chosen", G_CALLBACK (chosen_cb), self, 0);
          gtk_box_append (self->operations, card);
          self->n_operations++;
        }
      for (guint i = 0; i < lists->outbox->len; i++)
        {
          const char *st = kith_json_string (lists->outbox->pdata[i], "st");

          if (g_strcmp0 (st, "waiting") == 0 || g_strcmp0 (st, "sending") == 0)
            add_waiting (self, lists->outbox->pdata[i]);
        }
      update (self);
    }
  g_ptr_array_unref (lists->attention);
  g_ptr_array_unref (lists->outbox);
  g_free (lists);
}

static void
load (KithAttentionPage *self)
{
  gboolean unlocked;

  g_object_get (kith_context_get_desktop (context_of (self)), "unlocked", &unlocked, NULL);
  if (unlocked)
    kith_desktop_store_async (kith_context_get_desktop (context_of (self)), load_job, NULL, NULL, NULL, loaded_cb, g_object_ref (self));
}

static void
conflicts_cb (GPtrArray *rows,
              gpointer   user_data)
{
  KithAttentionPage *self = user_data;

  clear (self->conflicts);
  for (guint i = 0; i < rows->len; i++)
    {
      GtkWidget *card = kith_attention_card_new_for_conflict (context_of (self), rows->pdata[i]);

      g_signal_connect_object (card, "chosen", G_CALLBACK (chosen_cb), self, 0);
      gtk_box_append (self->conflicts, card);
    }
  self->n_conflicts = rows->len;
  update (self);
}

static void
kith_attention_page_constructed (GObject *object)
{
  static const char *const kinds[] = { "conflict", NULL };
  KithAttentionPage *self = KITH_ATTENTION_PAGE (object);
  KithDesktop *desktop = kith_context_get_desktop (context_of (self));

  G_OBJECT_CLASS (kith_attention_page_parent_class)->constructed (object);
  kith_sync_chip_set_context (self->chip, context_of (self));
  g_signal_connect_object (desktop, "notify::attention", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desktop, "notify::waiting", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desktop, "notify::last-contact", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  self->conflict_watch = kith_watch_new (context_of (self), "conflicts-open", kinds, NULL, conflicts_cb, self);
  load (self);
}

static void
kith_attention_page_dispose (GObject *object)
{
  KithAttentionPage *self = KITH_ATTENTION_PAGE (object);

  g_clear_object (&self->conflict_watch);
  gtk_widget_dispose_template (GTK_WIDGET (self), KITH_TYPE_ATTENTION_PAGE);
  G_OBJECT_CLASS (kith_attention_page_parent_class)->dispose (object);
}

static void
kith_attention_page_class_init (KithAttentionPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = kith_attention_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = kith_attention_page_dispose;
  KITH_PAGE_CLASS (klass)->name = "attention";
  KITH_PAGE_CLASS (klass)->title = N_("Needs Attention");
  KITH_PAGE_CLASS (klass)->icon_name = "dialog-warning-symbolic";
  g_type_ensure (KITH_TYPE_SYNC_CHIP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/attention/kith-attention-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KithAttentionPage, chip);
  gtk_widget_class_bind_template_child (widget_class, KithAttentionPage, stack);
  gtk_widget_class_bind_template_child (widget_class, KithAttentionPage, operations);
  gtk_widget_class_bind_template_child (widget_class, KithAttentionPage, conflicts);
  gtk_widget_class_bind_template_child (widget_class, KithAttentionPage, waiting_group);
  gtk_widget_class_bind_template_child (widget_class, KithAttentionPage, waiting);
  gtk_widget_class_bind_template_child (widget_class, KithAttentionPage, none);
  gtk_widget_class_install_action (widget_class, "attention.first", NULL, choice_action);
  gtk_widget_class_install_action (widget_class, "attention.second", NULL, choice_action);
  gtk_widget_class_install_action (widget_class, "attention.third", NULL, choice_action);
  kith_shortcuts_install_class (widget_class, KITH_KEYS_ATTENTION);
}

static void
kith_attention_page_init (KithAttentionPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
