/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-match-list.h"

#include <glib/gi18n.h>

#include "kith-watch.h"
#include "widgets/kith-cards.h"

#define MAX_CARDS 50 /* the next come when these are dealt with */

struct _KithMatchList
{
  AdwBin parent_instance;
  KithContext *context;
  GtkBox *box;
  KithWatch *watch;
  GPtrArray *proposed; /* (element-type KithRow) */
  GHashTable *later;   /* ids put off */
  guint count;
};

G_DEFINE_FINAL_TYPE (KithMatchList, kith_match_list, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_COUNT,
};

static void show (KithMatchList *self);

static void
decide (KithMatchList *self,
        const char    *op,
        const char    *match,
        const char    *done)
{
  kith_context_submit (self->context, op, kith_json_new ("match", "s", match, NULL), done, TRUE, NULL, NULL);
}

/* As many as are shown, and those put off that stand among them. */
static void
read_enough (KithMatchList *self)
{
  kith_watch_set_limit (self->watch, MAX_CARDS + g_hash_table_size (self->later));
}

static void
chosen_cb (KithMatchCard *card,
           guint          choice,
           KithMatchList *self)
{
  const char *match = kith_match_card_get_match (card);

  if (choice == 0)
    decide (self, "match.link", match, _("Linked: the records read as one"));
  else if (choice == 1)
    decide (self, "match.dismiss", match, _("Remembered as different people"));
  else
    {
      g_hash_table_add (self->later, g_strdup (match));
      read_enough (self);
      show (self);
    }
}

static void
show (KithMatchList *self)
{
  KithCardsPlace *focused = kith_cards_leave (GTK_WIDGET (self->box));
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))))
    gtk_box_remove (self->box, child);
  self->count = 0;
  for (guint i = 0; i < self->proposed->len && self->count < MAX_CARDS; i++)
    if (!g_hash_table_contains (self->later, kith_row_get_id (self->proposed->pdata[i])))
      {
        GtkWidget *card = kith_match_card_new (self->context, self->proposed->pdata[i]);

        kith_cards_name (card, kith_row_get_id (self->proposed->pdata[i]));
        g_signal_connect_object (card, "chosen", G_CALLBACK (chosen_cb), self, 0);
        gtk_box_append (self->box, card);
        self->count++;
      }
  gtk_widget_set_visible (GTK_WIDGET (self), self->count > 0);
  kith_cards_return (GTK_WIDGET (self->box), focused);
  g_object_notify (G_OBJECT (self), "count");
}

static KithRow *
find_row (GPtrArray  *rows,
          const char *id)
{
  for (guint i = 0; i < rows->len; i++)
    if (g_strcmp0 (kith_row_get_id (rows->pdata[i]), id) == 0)
      return rows->pdata[i];
  return NULL;
}

/* Those that stand there keep their order, and what comes now goes after them: a key decides of the card one looks at, not of one that came between. */
static void
rows_cb (GPtrArray *rows,
         gpointer   user_data)
{
  KithMatchList *self = user_data;
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->proposed);

  self->proposed = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < before->len; i++)
    {
      KithRow *row = find_row (rows, kith_row_get_id (before->pdata[i]));

      if (row)
        g_ptr_array_add (self->proposed, g_object_ref (row));
    }
  for (guint i = 0; i < rows->len; i++)
    if (!find_row (before, kith_row_get_id (rows->pdata[i])))
      g_ptr_array_add (self->proposed, g_object_ref (rows->pdata[i]));
  show (self);
}

static void
kith_match_list_get_property (GObject    *object,
                              guint       id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  g_value_set_uint (value, KITH_MATCH_LIST (object)->count);
}

static void
kith_match_list_dispose (GObject *object)
{
  KithMatchList *self = KITH_MATCH_LIST (object);

  g_clear_object (&self->watch);
  g_clear_pointer (&self->proposed, g_ptr_array_unref);
  g_clear_pointer (&self->later, g_hash_table_unref);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_match_list_parent_class)->dispose (object);
}

static void
kith_match_list_class_init (KithMatchListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_match_list_dispose;
  G_OBJECT_CLASS (klass)->get_property = kith_match_list_get_property;
  g_object_class_install_property (G_OBJECT_CLASS (klass), PROP_COUNT,
                                   g_param_spec_uint ("count", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
}

static void
kith_match_list_init (KithMatchList *self)
{
  self->proposed = g_ptr_array_new_with_free_func (g_object_unref);
  self->later = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 14));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * kith_match_list_new:
 *
 * Returns: (transfer floating): the cards of all open matches this person holds, kept up to date
 */
GtkWidget *
kith_match_list_new (KithContext *context)
{
  static const char *const kinds[] = { "match", "client", NULL };
  KithMatchList *self = g_object_new (KITH_TYPE_MATCH_LIST, NULL);

  self->context = g_object_ref (context);
  self->watch = kith_watch_new (context, "matches-open", kinds, NULL, rows_cb, self);
  read_enough (self);
  return GTK_WIDGET (self);
}

/**
 * kith_match_list_get_later:
 *
 * Returns: how many of those that wait were put off since the list was made
 */
guint
kith_match_list_get_later (KithMatchList *self)
{
  guint n = 0;

  for (guint i = 0; i < self->proposed->len; i++)
    n += g_hash_table_contains (self->later, kith_row_get_id (self->proposed->pdata[i]));
  return n;
}

/**
 * kith_match_list_show_later:
 *
 * Nothing is put off any more.
 */
void
kith_match_list_show_later (KithMatchList *self)
{
  g_hash_table_remove_all (self->later);
  read_enough (self);
  show (self);
}

guint
kith_match_list_get_count (KithMatchList *self)
{
  return self->count;
}

void
kith_match_list_choose (KithMatchList *self,
                        guint          i)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL, *card = focus ? gtk_widget_get_ancestor (focus, KITH_TYPE_MATCH_CARD) : NULL;

  /* Without a card in focus the first one is meant: it is what one looks at. */
  if (!card)
    card = gtk_widget_get_first_child (GTK_WIDGET (self->box));
  if (card)
    kith_match_card_choose (KITH_MATCH_CARD (card), i);
}
