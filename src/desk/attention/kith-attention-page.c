/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-attention-page-private.h"

#include <glib/gi18n.h>

#include "kith-attention-card.h"
#include "kith-format.h"
#include "kith-shortcuts.h"
#include "widgets/kith-unread.h"

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

void
kith_attention_page_update (KithAttentionPage *self)
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

  /* Without a card in focus the first one is meant: it is what one looks at. Not of whoever asks for more of them. */
  if (!card && !(focus && gtk_widget_has_css_class (focus, "more-cards")))
    card = gtk_widget_get_first_child (GTK_WIDGET (self->n_operations ? self->operations : self->n_conflicts ? self->conflicts : self->drafts));
  if (card)
    kith_attention_card_choose (KITH_ATTENTION_CARD (card), choice);
}

static void
more_action (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  KithAttentionPage *self = KITH_ATTENTION_PAGE (widget);
  guint box = g_variant_get_uint32 (target);

  if (box >= KITH_ATTENTION_N_BOXES)
    return;
  self->limits[box] += KITH_ATTENTION_STEP;
  if (box == KITH_ATTENTION_CONFLICTS)
    kith_attention_page_show_conflicts (self); /* they are all here */
  else
    kith_attention_page_load (self);
}

static void
conflicts_cb (GPtrArray *rows,
              gpointer   user_data)
{
  KithAttentionPage *self = user_data;

  g_ptr_array_set_size (self->open, 0);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (self->open, g_object_ref (rows->pdata[i]));
  self->conflicts_read = TRUE;
  kith_attention_page_show_conflicts (self);
  kith_attention_page_load_soon (self);
}

static void
kith_attention_page_constructed (GObject *object)
{
  static const char *const kinds[] = { "conflict", NULL };
  KithAttentionPage *self = KITH_ATTENTION_PAGE (object);
  KithDesktop *desktop = kith_context_get_desktop (context_of (self));

  G_OBJECT_CLASS (kith_attention_page_parent_class)->constructed (object);
  kith_sync_chip_set_context (self->chip, context_of (self));
  g_signal_connect_object (desktop, "notify::attention", G_CALLBACK (kith_attention_page_load_soon), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desktop, "notify::waiting", G_CALLBACK (kith_attention_page_load_soon), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desktop, "outcome", G_CALLBACK (kith_attention_page_load_soon), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desktop, "changed", G_CALLBACK (kith_attention_page_load_soon), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desktop, "notify::last-contact", G_CALLBACK (kith_attention_page_update), self, G_CONNECT_SWAPPED);
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
  gtk_widget_class_install_action (widget_class, "attention.more", "u", more_action);
  kith_shortcuts_install_class (widget_class, KITH_KEYS_ATTENTION);
}

static void
kith_attention_page_init (KithAttentionPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->open = g_ptr_array_new_with_free_func (g_object_unref);
  self->entries = g_ptr_array_new ();
  for (guint i = 0; i < KITH_ATTENTION_N_BOXES; i++)
    self->limits[i] = KITH_ATTENTION_STEP;
}
