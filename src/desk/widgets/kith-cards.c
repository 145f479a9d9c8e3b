/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-cards.h"

struct _KithCardsPlace
{
  int i;
  char *key;    /* NULL: it has none */
  GArray *path; /* guint: from the card down to what has the focus, child by child */
};

static void
place_free (KithCardsPlace *place)
{
  g_free (place->key);
  g_array_unref (place->path);
  g_free (place);
}

int
kith_cards_get_focused (GtkWidget *box)
{
  GtkRoot *root = gtk_widget_get_root (box);
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;
  int i = 0;

  for (GtkWidget *card = gtk_widget_get_first_child (box); focus && card; card = gtk_widget_get_next_sibling (card), i++)
    if (focus == card || gtk_widget_is_ancestor (focus, card))
      return i;
  return -1;
}

void
kith_cards_focus (GtkWidget *box,
                  int        i)
{
  GtkWidget *card = i >= 0 ? gtk_widget_get_first_child (box) : NULL;

  for (GtkWidget *next; card && i-- > 0 && (next = gtk_widget_get_next_sibling (card)) && gtk_widget_get_child_visible (next);) /* not to a list's placeholder */
    card = next;
  if (card)
    gtk_widget_child_focus (card, GTK_DIR_TAB_FORWARD);
}

/**
 * kith_cards_name:
 * @key: (nullable): one that no other card of the box has
 */
void
kith_cards_name (GtkWidget  *card,
                 const char *key)
{
  g_object_set_data_full (G_OBJECT (card), "card-key", g_strdup (key), g_free);
}

const char *
kith_cards_get_name (GtkWidget *card)
{
  return g_object_get_data (G_OBJECT (card), "card-key");
}

static guint
position_of (GtkWidget *child)
{
  guint i = 0;

  while ((child = gtk_widget_get_prev_sibling (child)))
    i++;
  return i;
}

/**
 * kith_cards_leave:
 *
 * Returns: (transfer full) (nullable): which card has the focus and which control of it; NULL: none has
 */
KithCardsPlace *
kith_cards_leave (GtkWidget *box)
{
  int i = kith_cards_get_focused (box);
  KithCardsPlace *place = i >= 0 ? g_new0 (KithCardsPlace, 1) : NULL;
  GtkWidget *widget;

  if (!place)
    return NULL;
  place->i = i;
  place->path = g_array_new (FALSE, FALSE, sizeof (guint));
  for (widget = gtk_root_get_focus (gtk_widget_get_root (box)); gtk_widget_get_parent (widget) != box; widget = gtk_widget_get_parent (widget))
    {
      guint at = position_of (widget);

      g_array_prepend_val (place->path, at);
    }
  place->key = g_strdup (kith_cards_get_name (widget));
  return place;
}

/**
 * kith_cards_clear:
 * @box: a GtkBox, or a GtkListBox without a placeholder
 *
 * Takes all cards out, to be made anew.
 *
 * Returns: (transfer full) (nullable): as kith_cards_leave()
 */
KithCardsPlace *
kith_cards_clear (GtkWidget *box)
{
  KithCardsPlace *place = kith_cards_leave (box);
  GtkWidget *card;

  while ((card = gtk_widget_get_first_child (box)))
    if (GTK_IS_LIST_BOX (box))
      gtk_list_box_remove (GTK_LIST_BOX (box), card);
    else
      gtk_box_remove (GTK_BOX (box), card);
  return place;
}

/**
 * kith_cards_append:
 * @key: (nullable): see kith_cards_name()
 */
void
kith_cards_append (GtkWidget  *box,
                   GtkWidget  *card,
                   const char *key)
{
  kith_cards_name (card, key);
  if (GTK_IS_LIST_BOX (box))
    gtk_list_box_append (GTK_LIST_BOX (box), card);
  else
    gtk_box_append (GTK_BOX (box), card);
}

static GtkWidget *
find_card (GtkWidget  *box,
           const char *key)
{
  GtkWidget *card = key ? gtk_widget_get_first_child (box) : NULL;

  while (card && g_strcmp0 (kith_cards_get_name (card), key) != 0)
    card = gtk_widget_get_next_sibling (card);
  return card;
}

static GtkWidget *
nth_child (GtkWidget *widget,
           guint      i)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  while (child && i-- > 0)
    child = gtk_widget_get_next_sibling (child);
  return child;
}

/**
 * kith_cards_return:
 * @place: (transfer full) (nullable): of kith_cards_leave()
 *
 * To the same control of the same card, wherever it stands now. Where that card is gone, to the one in its place.
 */
void
kith_cards_return (GtkWidget      *box,
                   KithCardsPlace *place)
{
  GtkWidget *card = place ? find_card (box, place->key) : NULL, *widget = card;

  for (guint i = 0; widget && i < place->path->len; i++)
    widget = nth_child (widget, g_array_index (place->path, guint, i));
  if (!place)
    return;
  if (!card)
    kith_cards_focus (box, place->i);
  else if (!(widget && gtk_widget_grab_focus (widget)))
    gtk_widget_child_focus (card, GTK_DIR_TAB_FORWARD);
  place_free (place);
}

/**
 * kith_cards_say:
 * @words: (nullable): of what it shows, or of what it does
 */
void
kith_cards_say (GtkWidget  *card,
                const char *words)
{
  const char *said = g_object_get_data (G_OBJECT (card), "card-says");

  g_object_set_data_full (G_OBJECT (card), "card-says", g_strconcat (said ? said : "", "\n", words, NULL), g_free);
}

static gboolean
says_same (GtkWidget *card,
           GtkWidget *other)
{
  return g_strcmp0 (g_object_get_data (G_OBJECT (card), "card-says"), g_object_get_data (G_OBJECT (other), "card-says")) == 0;
}

/* Those that stay in the list take the place of the new ones that say the same; the others go. */
static void
keep_cards (GtkListBox *list,
            GPtrArray  *cards)
{
  g_autoptr (GHashTable) kept = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < cards->len; i++)
    {
      GtkWidget *before = find_card (GTK_WIDGET (list), kith_cards_get_name (cards->pdata[i]));

      if (before && says_same (before, cards->pdata[i]) && g_hash_table_add (kept, before))
        {
          g_object_unref (cards->pdata[i]);
          cards->pdata[i] = g_object_ref (before);
        }
    }
  for (GtkWidget *card = gtk_widget_get_first_child (GTK_WIDGET (list)), *next; card; card = next)
    {
      next = gtk_widget_get_next_sibling (card);
      if (!g_hash_table_contains (kept, card))
        gtk_list_box_remove (list, card);
    }
}

/**
 * kith_cards_fill:
 * @list: without a placeholder
 * @cards: (transfer full) (element-type GtkListBoxRow): all there are now, each with its name and with what it says
 *
 * The card in focus is not taken out as long as it is one of them and says the same: its menu stays open.
 *
 * Returns: (transfer full) (nullable): as kith_cards_leave(); NULL also where the focus has stayed
 */
KithCardsPlace *
kith_cards_fill (GtkListBox *list,
                 GPtrArray  *cards)
{
  GtkWidget *focused = nth_child (GTK_WIDGET (list), (guint) MAX (kith_cards_get_focused (GTK_WIDGET (list)), 0)), *here;
  KithCardsPlace *place = kith_cards_leave (GTK_WIDGET (list));

  g_ptr_array_set_free_func (cards, g_object_unref);
  for (guint i = 0; i < cards->len; i++)
    g_object_ref_sink (cards->pdata[i]);
  if (!place)
    focused = NULL;
  keep_cards (list, cards);
  for (guint i = 0; i < cards->len; i++)
    {
      GtkWidget *card = cards->pdata[i];

      while ((here = nth_child (GTK_WIDGET (list), i)) != card && card == focused) /* what stands before it comes back behind it */
        gtk_list_box_remove (list, here);
      if (here == card)
        continue;
      if (gtk_widget_get_parent (card))
        gtk_list_box_remove (list, card);
      gtk_list_box_insert (list, card, (int) i);
    }
  if (focused && g_ptr_array_find (cards, focused, NULL))
    {
      place_free (place);
      place = NULL;
    }
  g_ptr_array_unref (cards);
  return place;
}
