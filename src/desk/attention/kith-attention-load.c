/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What "Needs attention" reads, and how it stands there: as much as is looked at, however much waits. It is read after every change, on the store's one thread. */

#include "kith-attention-page-private.h"

#include <glib/gi18n.h>

#include "kith-attention-draft.h"
#include "kith-attention-lines.h"
#include "kith-attention-waiting.h"
#include "kith-attention-words.h"
#include "kith-desktop-reads.h"
#include "widgets/kith-cards.h"

#define LOAD_MS 120     /* changes come in bursts */
#define MAX_WAITING 100 /* rows */

static KithContext *
context_of (KithAttentionPage *self)
{
  return kith_page_get_context (KITH_PAGE (self));
}

/* Reading */

typedef struct
{
  GPtrArray *attention, *outbox, *held, *drafts; /* (element-type JsonObject) */
  guint n_attention, n_outbox, n_held;           /* how many there are */
} Lists;

static void
lists_free (Lists *lists)
{
  g_clear_pointer (&lists->attention, g_ptr_array_unref);
  g_clear_pointer (&lists->outbox, g_ptr_array_unref);
  g_clear_pointer (&lists->held, g_ptr_array_unref);
  g_clear_pointer (&lists->drafts, g_ptr_array_unref);
  g_free (lists);
}

typedef struct
{
  char *side;
  guint operations, held; /* at most */
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;

  g_free (look->side);
  g_free (look);
}

static void
describe_all (KithStore  *store,
              GPtrArray  *entries,
              const char *my_side)
{
  for (guint i = 0; i < entries->len; i++)
    kith_attention_describe (store, entries->pdata[i], my_side);
}

static gpointer
load_job (gpointer store, gpointer data, GCancellable *cancellable, GError **error)
{
  Look *look = data;
  Lists *lists = g_new0 (Lists, 1);

  lists->attention = kith_store_list_attention (store, look->operations, &lists->n_attention, error);
  lists->held = lists->attention ? kith_store_list_outbox (store, TRUE, look->held, &lists->n_held, error) : NULL;
  lists->outbox = lists->held ? kith_store_list_outbox (store, FALSE, MAX_WAITING, &lists->n_outbox, error) : NULL;
  lists->drafts = lists->outbox ? kith_store_list_unsendable (store, error) : NULL;
  if (!lists->drafts)
    {
      lists_free (lists);
      return NULL;
    }
  describe_all (store, lists->attention, look->side);
  describe_all (store, lists->held, look->side);
  describe_all (store, lists->outbox, look->side);
  for (guint i = 0; i < lists->drafts->len; i++)
    kith_attention_describe_draft (store, lists->drafts->pdata[i], look->side);
  return lists;
}

/* Filling */

static void
clear (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))))
    gtk_box_remove (box, child);
}

static void
add_card (KithAttentionPage *self,
          GtkBox            *box,
          GtkWidget         *card)
{
  kith_cards_name (card, kith_attention_card_get_key (KITH_ATTENTION_CARD (card)));
  g_signal_connect_object (card, "chosen", G_CALLBACK (kith_attention_page_chosen_cb), self, 0);
  gtk_box_append (box, card);
}

static void
add_more (KithAttentionPage *self,
          guint              which,
          GtkBox            *box,
          guint              shown,
          guint              total)
{
  /* Translators: how many are shown, of how many */
  g_autofree char *words = g_strdup_printf (_("Show More (%u of %u)"), shown, total);
  GtkWidget *button;

  if (shown >= total)
    return;
  button = gtk_button_new_with_label (words);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "more-cards");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", which);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "attention.more");
  gtk_box_append (box, button);
}

void
kith_attention_page_show_conflicts (KithAttentionPage *self)
{
  KithCardsPlace *focused = kith_cards_leave (GTK_WIDGET (self->conflicts));
  guint shown = MIN (self->open->len, self->limits[KITH_ATTENTION_CONFLICTS]);

  clear (self->conflicts);
  for (guint i = 0; i < shown; i++)
    add_card (self, self->conflicts, kith_attention_card_new_for_conflict (context_of (self), self->open->pdata[i]));
  add_more (self, KITH_ATTENTION_CONFLICTS, self->conflicts, shown, self->open->len);
  self->n_conflicts = self->open->len;
  kith_attention_page_update (self);
  kith_cards_return (GTK_WIDGET (self->conflicts), focused);
}

/* A patch that was merged is told by the conflict it left, and all of those are in the list. */
static void
show_operations (KithAttentionPage *self,
                 Lists             *lists)
{
  guint shown = 0, covered = 0;

  for (guint k = 0; k < lists->attention->len; k++)
    if (kith_attention_page_n_conflicts_of (self, lists->attention->pdata[k]) > 0)
      covered++;
    else if (shown < self->limits[KITH_ATTENTION_OPERATIONS])
      {
        add_card (self, self->operations, kith_attention_card_new_for_operation (context_of (self), lists->attention->pdata[k]));
        shown++;
      }
  self->n_operations = lists->n_attention - MIN (covered, lists->n_attention);
  add_more (self, KITH_ATTENTION_OPERATIONS, self->operations, shown, self->n_operations);
}

static void
show_waiting (KithAttentionPage *self,
              Lists             *lists)
{
  guint more = lists->n_outbox - MIN (lists->outbox->len, lists->n_outbox);

  self->n_waiting = 0;
  for (guint k = 0; k < lists->outbox->len; k++)
    {
      GtkWidget *row = kith_attention_waiting_row_new (context_of (self), lists->outbox->pdata[k]);

      if (!row)
        continue;
      gtk_list_box_append (self->waiting, row);
      self->n_waiting++;
    }
  if (more > 0)
    {
      g_autofree char *words = g_strdup_printf (ngettext ("And %u more", "And %u more", more), more);
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), words);
      gtk_list_box_append (self->waiting, row);
    }
}

static void
show_lists (KithAttentionPage *self,
            Lists             *lists)
{
  KithCardsPlace *operation = kith_cards_leave (GTK_WIDGET (self->operations)), *draft = kith_cards_leave (GTK_WIDGET (self->drafts)),
                 *held = kith_cards_leave (GTK_WIDGET (self->held));
  guint n_drafts = MIN (lists->drafts->len, self->limits[KITH_ATTENTION_DRAFTS]);
  GtkWidget *child;

  clear (self->operations);
  clear (self->drafts);
  clear (self->held);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->waiting))))
    gtk_list_box_remove (self->waiting, child);
  g_ptr_array_unref (self->entries);
  self->entries = g_ptr_array_ref (lists->attention);
  self->n_drafts = lists->drafts->len;
  self->n_held = lists->n_held;
  self->loaded = TRUE;
  show_operations (self, lists);
  for (guint k = 0; k < n_drafts; k++)
    add_card (self, self->drafts, kith_attention_card_new_for_draft (context_of (self), lists->drafts->pdata[k]));
  add_more (self, KITH_ATTENTION_DRAFTS, self->drafts, n_drafts, lists->drafts->len);
  for (guint k = 0; k < lists->held->len; k++)
    add_card (self, self->held, kith_attention_card_new_for_operation (context_of (self), lists->held->pdata[k]));
  add_more (self, KITH_ATTENTION_HELD, self->held, lists->held->len, lists->n_held);
  show_waiting (self, lists);
  kith_attention_page_update (self);
  kith_cards_return (GTK_WIDGET (self->operations), operation);
  kith_cards_return (GTK_WIDGET (self->drafts), draft);
  kith_cards_return (GTK_WIDGET (self->held), held);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (KithAttentionPage) self = user_data;
  g_autoptr (GError) error = NULL;
  Lists *lists = kith_desktop_job_finish (KITH_DESKTOP (source), result, &error);
  gboolean again = self->load_again;

  self->loading = self->load_again = FALSE;
  if (self->stack && context_of (self))
    kith_desktop_tell_read (KITH_DESKTOP (source), self, error, (KithReadAgain) kith_attention_page_load);
  if (lists && self->stack && context_of (self))
    show_lists (self, lists);
  g_clear_pointer (&lists, lists_free);
  if (again && self->stack && context_of (self))
    kith_attention_page_load (self);
}

/* One at a time: what changes meanwhile is read behind it, however often it does. */
void
kith_attention_page_load (KithAttentionPage *self)
{
  KithDesktop *desktop = kith_context_get_desktop (context_of (self));
  gboolean unlocked;
  Look *look;

  g_clear_handle_id (&self->load_id, g_source_remove);
  g_object_get (desktop, "unlocked", &unlocked, NULL);
  if (self->loading)
    {
      self->load_again = TRUE;
      return;
    }
  if (!unlocked)
    return;
  self->loading = TRUE;
  look = g_new0 (Look, 1);
  look->side = g_strdup (kith_context_get_side (context_of (self)));
  look->operations = self->limits[KITH_ATTENTION_OPERATIONS];
  look->held = self->limits[KITH_ATTENTION_HELD];
  kith_desktop_store_async (desktop, load_job, look, look_free, NULL, loaded_cb, g_object_ref (self));
}

static gboolean
load_cb (gpointer user_data)
{
  KithAttentionPage *self = user_data;

  self->load_id = 0;
  kith_attention_page_load (self);
  return G_SOURCE_REMOVE;
}

void
kith_attention_page_load_soon (KithAttentionPage *self)
{
  if (self->load_id == 0)
    self->load_id = g_timeout_add (LOAD_MS, load_cb, self);
}
