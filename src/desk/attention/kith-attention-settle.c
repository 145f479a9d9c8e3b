/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What becomes of the cards of "Needs attention": done again, discarded, one of two values kept. */

#include "kith-attention-page-private.h"

#include <glib/gi18n.h>

#include "kith-attention-card.h"
#include "kith-clipboard.h"
#include "kith-draft-words.h"

typedef struct
{
  char *key;
  gboolean redo, draft;
} Settle;

static void
settle_free (gpointer data)
{
  Settle *settle = data;

  g_free (settle->key);
  g_free (settle);
}

static gpointer
settle_job (gpointer store, gpointer data, GCancellable *cancellable, GError **error)
{
  Settle *settle = data;
  g_autofree char *new_op_id = NULL;

  if (settle->draft)
    return GINT_TO_POINTER (kith_store_discard_draft (store, settle->key, kith_draft_op (settle->key), error));
  return GINT_TO_POINTER (kith_store_settle (store, settle->key, settle->redo, &new_op_id, error));
}

static void
settled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (KithAttentionPage) self = user_data;
  g_autoptr (GError) error = NULL;

  kith_desktop_job_finish (KITH_DESKTOP (source), result, &error);
  if (!kith_page_get_context (KITH_PAGE (self)))
    return;
  if (error)
    kith_context_problem (kith_page_get_context (KITH_PAGE (self)), _("That was not possible"), error);
  kith_attention_page_load (self);
}

static void
settle (KithAttentionPage *self, const char *key, gboolean redo, gboolean draft)
{
  Settle *job = g_new0 (Settle, 1);

  job->key = g_strdup (key);
  job->redo = redo;
  job->draft = draft;
  kith_desktop_store_async (kith_context_get_desktop (kith_page_get_context (KITH_PAGE (self))), settle_job, job, settle_free, NULL, settled_cb, g_object_ref (self));
}

/* A patch that was merged is told by the conflict it left, not a second time. */
static gboolean
covers (KithRow    *conflict,
        JsonObject *entry)
{
  JsonObject *args = kith_json_object (entry, "args"), *set = args ? kith_json_object (args, "set") : NULL;
  const char *field = kith_row_get_text (conflict, "field");

  return set && field && g_strcmp0 (kith_json_string (entry, "st"), "merged") == 0
         && g_strcmp0 (kith_json_string (args, "t"), kith_row_get_text (conflict, "t")) == 0
         && g_strcmp0 (kith_json_string (args, "id"), kith_row_get_text (conflict, "record")) == 0 && json_object_has_member (set, field);
}

guint
kith_attention_page_n_conflicts_of (KithAttentionPage *self,
            JsonObject        *entry)
{
  guint n = 0;

  for (guint i = 0; i < self->open->len; i++)
    n += covers (self->open->pdata[i], entry);
  return n;
}

/* With the last of its conflicts a merged patch is dealt with too. */
static void
settle_covered (KithAttentionPage *self,
                const char        *conflict)
{
  for (guint i = 0; i < self->open->len; i++)
    for (guint k = 0; k < self->entries->len && g_strcmp0 (kith_row_get_id (self->open->pdata[i]), conflict) == 0; k++)
      if (covers (self->open->pdata[i], self->entries->pdata[k]) && kith_attention_page_n_conflicts_of (self, self->entries->pdata[k]) == 1)
        settle (self, kith_json_string (self->entries->pdata[k], "op_id"), FALSE, FALSE);
}

static void
discard_response_cb (AdwMessageDialog *dialog, const char *response, KithAttentionPage *self)
{
  if (g_str_equal (response, "discard"))
    settle (self, g_object_get_data (G_OBJECT (dialog), "key"), FALSE, g_object_get_data (G_OBJECT (dialog), "draft") != NULL);
}

static void
ask_discard (KithAttentionPage *self,
             KithAttentionCard *card)
{
  const char *with = kith_attention_card_get_with (card), *words = _("What you did is forgotten and cannot be brought back. What you wrote can be copied first.");
  /* Translators: the names of what was done: "Write note (3), Add task" */
  g_autofree char *more = with ? g_strdup_printf (_("With it goes what builds on it: %s."), with) : NULL, *body = more ? g_strconcat (words, "\n\n", more, NULL) : g_strdup (words);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _("Discard This?"), body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "discard", _("_Discard"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "key", g_strdup (kith_attention_card_get_key (card)), g_free);
  g_object_set_data (G_OBJECT (dialog), "draft", GINT_TO_POINTER (kith_attention_card_is_draft (card)));
  g_signal_connect_object (dialog, "response", G_CALLBACK (discard_response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Carries out what was chosen on a card: a conflict is settled, an operation done anew or dropped, words copied or, after a question, discarded. */
void
kith_attention_page_chosen_cb (KithAttentionCard *card,
           guint              choice,
           KithAttentionPage *self)
{
  static const char *const keep[] = { "mine", "theirs", "both" };
  g_autofree char *key = g_strdup (kith_attention_card_get_key (card));

  if (kith_attention_card_is_conflict (card))
    {
      kith_context_submit (kith_page_get_context (KITH_PAGE (self)), "conflict.settle", kith_attention_card_settle (card, keep[choice]), _("Settled"), FALSE, NULL, NULL);
      settle_covered (self, key);
    }
  else if (choice == 0)
    settle (self, key, TRUE, FALSE);
  else if (choice == 1 && *kith_attention_card_get_text (card))
    {
      gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), kith_attention_card_get_text (card));
      if (kith_attention_card_is_guarded (card))
        kith_clipboard_clear_soon (GTK_WIDGET (self));
      kith_context_toast (kith_page_get_context (KITH_PAGE (self)), _("Copied"));
    }
  else if (kith_attention_card_is_told (card)) /* nothing is lost by it */
    settle (self, key, FALSE, FALSE);
  else
    ask_discard (self, card);
}
