/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-attention-page-private.h"

#include <glib/gi18n.h>

#include "kith-attention-card.h"
#include "kith-attention-draft.h"
#include "kith-attention-lines.h"
#include "kith-attention-waiting.h"
#include "kith-attention-words.h"
#include "kith-desktop-reads.h"
#include "kith-format.h"
#include "kith-shortcuts.h"
#include "widgets/kith-cards.h"
#include "widgets/kith-unread.h"

#define LOAD_MS 120     /* changes come in bursts */
#define MAX_WAITING 100 /* rows; the chip says how many there are in all */

G_DEFINE_FINAL_TYPE (KithAttentionPage, kith_attention_page, KITH_TYPE_PAGE)

static KithContext *
context_of (KithAttentionPage *self)
{
  return kith_page_get_context (KITH_PAGE (self));
}

static guint
n_cards (KithAttentionPage *self)
{
  return self->n_operations + self->n_conflicts + self->n_drafts;
}

static void
update (KithAttentionPage *self)
{
  gint64 last;
  g_autofree char *when = NULL;
  g_autofree char *title = NULL;
  gboolean read;

  read = self->loaded && self->conflicts_read;
  kith_page_set_count (KITH_PAGE (self), n_cards (self));
  if (read)
    kith_context_set_needing (context_of (self), n_cards (self)); /* one number, beside the page and in every header */
  gtk_widget_set_visible (GTK_WIDGET (self->operations), self->n_operations > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->conflicts), self->n_conflicts > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->drafts), self->n_drafts > 0);
  gtk_widget_set_visible (self->held_group, self->n_held > 0);
  gtk_widget_set_visible (self->waiting_group, self->n_waiting > 0);
  g_object_get (kith_context_get_desktop (context_of (self)), "last-contact", &last, NULL);
  when = last ? kith_format_when (last, kith_context_get_now (context_of (self))) : NULL;
  /* Translators: a time */
  title = when ? g_strdup_printf (_("Everything Is with the Hub (%s)"), when) : g_strdup (_("Nothing Waits to Be Sent"));
  adw_status_page_set_title (self->none, title);
  gtk_stack_set_visible_child_name (self->stack, n_cards (self) + self->n_held + self->n_waiting > 0 ? "list" : read ? "none" : "unread");
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
  guint choice = g_str_equal (name, "attention.first") ? 0 : g_str_equal (name, "attention.second") ? 1 : 2;

  /* Without a card in focus the first one is meant: it is what one looks at. */
  if (!card)
    card = gtk_widget_get_first_child (GTK_WIDGET (self->n_operations ? self->operations : self->n_conflicts ? self->conflicts : self->drafts));
  if (card)
    kith_attention_card_choose (KITH_ATTENTION_CARD (card), choice);
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
  GPtrArray *attention, *outbox, *drafts; /* (element-type JsonObject) */
} Lists;

static void
lists_free (Lists *lists)
{
  g_clear_pointer (&lists->attention, g_ptr_array_unref);
  g_clear_pointer (&lists->outbox, g_ptr_array_unref);
  g_clear_pointer (&lists->drafts, g_ptr_array_unref);
  g_free (lists);
}

static void
describe_all (KithStore  *store,
              GPtrArray  *entries,
              const char *my_side)
{
  for (guint i = 0; i < entries->len; i++)
    kith_attention_describe (store, entries->pdata[i], my_side);
}

/* C13: what is noted of what somebody read goes with the rest and is no work of theirs: the number of what waits does not have it either. */
static void
drop_access_notes (GPtrArray *outbox)
{
  for (guint i = outbox->len; i > 0; i--)
    if (g_strcmp0 (kith_json_string (outbox->pdata[i - 1], "op"), "audit.record") == 0)
      g_ptr_array_remove_index (outbox, i - 1);
}

static gpointer
load_job (gpointer store, gpointer data, GCancellable *cancellable, GError **error)
{
  Lists *lists = g_new0 (Lists, 1);

  lists->attention = kith_store_list_attention (store, error);
  lists->outbox = lists->attention ? kith_store_list_outbox (store, error) : NULL;
  lists->drafts = lists->outbox ? kith_store_list_unsendable (store, error) : NULL;
  if (!lists->drafts)
    {
      lists_free (lists);
      return NULL;
    }
  describe_all (store, lists->attention, data);
  drop_access_notes (lists->outbox);
  if (lists->outbox->len > MAX_WAITING)
    g_ptr_array_set_size (lists->outbox, MAX_WAITING);
  describe_all (store, lists->outbox, data);
  for (guint i = 0; i < lists->drafts->len; i++)
    kith_attention_describe_draft (store, lists->drafts->pdata[i], data);
  return lists;
}

static void
add_waiting (KithAttentionPage *self,
             JsonObject        *entry)
{
  GtkWidget *row = kith_attention_waiting_row_new (context_of (self), entry);

  if (!row)
    return;
  gtk_list_box_append (self->waiting, row);
  self->n_waiting++;
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
show_lists (KithAttentionPage *self,
            Lists             *lists)
{
  KithCardsPlace *operation = kith_cards_leave (GTK_WIDGET (self->operations)), *draft = kith_cards_leave (GTK_WIDGET (self->drafts)),
                 *held = kith_cards_leave (GTK_WIDGET (self->held));
  GtkWidget *child;

  clear (self->operations);
  clear (self->drafts);
  clear (self->held);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->waiting))))
    gtk_list_box_remove (self->waiting, child);
  g_ptr_array_unref (self->entries);
  self->entries = g_ptr_array_ref (lists->attention);
  self->n_operations = 0;
  self->n_drafts = lists->drafts->len;
  self->n_held = self->n_waiting = 0;
  self->loaded = TRUE;
  for (guint k = 0; k < lists->attention->len; k++)
    if (kith_attention_page_n_conflicts_of (self, lists->attention->pdata[k]) == 0)
      {
        add_card (self, self->operations, kith_attention_card_new_for_operation (context_of (self), lists->attention->pdata[k]));
        self->n_operations++;
      }
  for (guint k = 0; k < lists->drafts->len; k++)
    add_card (self, self->drafts, kith_attention_card_new_for_draft (context_of (self), lists->drafts->pdata[k]));
  for (guint k = 0; k < lists->outbox->len; k++)
    if (kith_attention_is_held (lists->outbox->pdata[k]))
      {
        add_card (self, self->held, kith_attention_card_new_for_operation (context_of (self), lists->outbox->pdata[k]));
        self->n_held++;
      }
    else
      add_waiting (self, lists->outbox->pdata[k]);
  update (self);
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

  if (self->stack && context_of (self))
    kith_desktop_tell_read (KITH_DESKTOP (source), self, error, (KithReadAgain) kith_attention_page_load);
  if (lists && self->stack && context_of (self))
    show_lists (self, lists);
  g_clear_pointer (&lists, lists_free);
}

void
kith_attention_page_load (KithAttentionPage *self)
{
  KithDesktop *desktop = kith_context_get_desktop (context_of (self));
  gboolean unlocked;

  g_clear_handle_id (&self->load_id, g_source_remove);
  g_object_get (desktop, "unlocked", &unlocked, NULL);
  if (unlocked)
    kith_desktop_store_async (desktop, load_job, g_strdup (kith_context_get_side (context_of (self))), g_free, NULL, loaded_cb, g_object_ref (self));
}

static gboolean
load_cb (gpointer user_data)
{
  KithAttentionPage *self = user_data;

  self->load_id = 0;
  kith_attention_page_load (self);
  return G_SOURCE_REMOVE;
}

static void
load (KithAttentionPage *self)
{
  if (self->load_id == 0)
    self->load_id = g_timeout_add (LOAD_MS, load_cb, self);
}

static void
conflicts_cb (GPtrArray *rows,
              gpointer   user_data)
{
  KithAttentionPage *self = user_data;
  KithCardsPlace *focused = kith_cards_leave (GTK_WIDGET (self->conflicts));

  g_ptr_array_set_size (self->open, 0);
  clear (self->conflicts);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (self->open, g_object_ref (rows->pdata[i]));
  for (guint i = 0; i < rows->len; i++)
    add_card (self, self->conflicts, kith_attention_card_new_for_conflict (context_of (self), rows->pdata[i]));
  self->n_conflicts = rows->len;
  self->conflicts_read = TRUE;
  update (self);
  kith_cards_return (GTK_WIDGET (self->conflicts), focused);
  load (self);
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
  g_signal_connect_object (desktop, "outcome", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desktop, "changed", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desktop, "notify::last-contact", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  self->conflict_watch = kith_watch_new (context_of (self), "conflicts-open", kinds, NULL, conflicts_cb, self);
  kith_attention_page_load (self);
}

static void
kith_attention_page_dispose (GObject *object)
{
  KithAttentionPage *self = KITH_ATTENTION_PAGE (object);

  g_clear_handle_id (&self->load_id, g_source_remove);
  g_clear_object (&self->conflict_watch);
  gtk_widget_dispose_template (GTK_WIDGET (self), KITH_TYPE_ATTENTION_PAGE);
  G_OBJECT_CLASS (kith_attention_page_parent_class)->dispose (object);
}

static void
kith_attention_page_finalize (GObject *object)
{
  KithAttentionPage *self = KITH_ATTENTION_PAGE (object);

  g_ptr_array_unref (self->open);
  g_ptr_array_unref (self->entries);
  G_OBJECT_CLASS (kith_attention_page_parent_class)->finalize (object);
}

static void
kith_attention_page_class_init (KithAttentionPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = kith_attention_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = kith_attention_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = kith_attention_page_finalize;
  KITH_PAGE_CLASS (klass)->name = "attention";
  KITH_PAGE_CLASS (klass)->title = N_("Needs Attention");
  KITH_PAGE_CLASS (klass)->icon_name = "dialog-warning-symbolic";
  KITH_PAGE_CLASS (klass)->counts = TRUE;
  g_type_ensure (KITH_TYPE_SYNC_CHIP);
  g_type_ensure (KITH_TYPE_UNREAD);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/attention/kith-attention-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KithAttentionPage, chip);
  gtk_widget_class_bind_template_child (widget_class, KithAttentionPage, stack);
  gtk_widget_class_bind_template_child (widget_class, KithAttentionPage, operations);
  gtk_widget_class_bind_template_child (widget_class, KithAttentionPage, conflicts);
  gtk_widget_class_bind_template_child (widget_class, KithAttentionPage, drafts);
  gtk_widget_class_bind_template_child (widget_class, KithAttentionPage, held_group);
  gtk_widget_class_bind_template_child (widget_class, KithAttentionPage, held);
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
  self->open = g_ptr_array_new_with_free_func (g_object_unref);
  self->entries = g_ptr_array_new ();
}
