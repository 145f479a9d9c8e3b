/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-import-maybes.h"

#include <glib/gi18n.h>

#include "attention/kith-match-card.h"
#include "kith-importer.h"
#include "kith-store-import.h"
#include "widgets/kith-cards.h"

#define MAX_CARDS 20 /* the next come when these are dealt with */

struct _KithImportMaybes
{
  AdwBin parent_instance;
  KithContext *context;
  GtkWidget *back; /* takes back what was said last */
  GtkLabel *said;
  GtkBox *cards;
  char *id;
  gboolean before, reading, again;
  guint n_deciding;
  gint64 last_row; /* 0: none that can be taken back */
  char *last_client;
};

G_DEFINE_FINAL_TYPE (KithImportMaybes, kith_import_maybes, ADW_TYPE_BIN)

enum
{
  SIGNAL_DECIDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void look (KithImportMaybes *self);

/* ---- saying who it is ---- */

typedef struct
{
  char *id, *client;
  gint64 row;
  KithImportVerdict verdict;
} Decision;

static void
decision_free (gpointer data)
{
  Decision *decision = data;

  g_free (decision->id);
  g_free (decision->client);
  g_free (decision);
}

static gpointer
decide_job (gpointer      store,
            gpointer      data,
            GCancellable *cancellable,
            GError      **error)
{
  Decision *decision = data;

  kith_store_import_decide (store, decision->id, decision->row, decision->client, decision->verdict, error);
  return NULL;
}

static void
decided_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (KithImportMaybes) self = user_data;
  g_autoptr (GError) error = NULL;

  kith_desktop_job_finish (KITH_DESKTOP (source), result, &error);
  self->n_deciding--;
  if (!self->context)
    return;
  if (error)
    kith_context_problem (self->context, _("That was not possible"), error);
  else if (!self->before)
    kith_importer_wake (kith_importer_get (self->context));
  look (self);
  g_signal_emit (self, signals[SIGNAL_DECIDED], 0);
}

static void
decide (KithImportMaybes *self,
        gint64            row,
        const char       *client,
        KithImportVerdict verdict)
{
  Decision *decision = g_new0 (Decision, 1);

  decision->id = g_strdup (self->id);
  decision->row = row;
  decision->client = g_strdup (client);
  decision->verdict = verdict;
  self->n_deciding++;
  kith_desktop_store_async (kith_context_get_desktop (self->context), decide_job, decision, decision_free, NULL, decided_cb, g_object_ref (self));
}

static void
show_last (KithImportMaybes *self,
           const char       *words)
{
  gtk_label_set_text (self->said, words ? words : "");
  gtk_widget_set_visible (gtk_widget_get_parent (self->back), words != NULL);
}

static char *
said_words (KithMatchCard *card,
            guint          choice)
{
  const char *row = kith_match_card_get_match (card), *number = kith_match_card_get_number (card);
  g_autofree char *like = g_strdup_printf ("%" G_GINT64_FORMAT, kith_match_card_get_like (card));

  if (choice != 0)
    return g_strdup_printf (_("Row %s: a different person"), row);
  if (kith_match_card_get_like (card) > 0) /* Translators: numbers of two rows */
    return g_strdup_printf (_("Row %s: the same person as row %s"), row, like);
  /* Translators: a row's and a client's number */
  return g_strdup_printf (_("Row %s: the same person as %s"), row, number ? number : "–");
}

/* The card goes at once: the next key is the next one's. */
static void
chosen_cb (KithMatchCard    *card,
           guint             choice,
           KithImportMaybes *self)
{
  int focused = kith_cards_get_focused (GTK_WIDGET (self->cards));
  g_autofree char *words = said_words (card, choice);

  g_free (self->last_client);
  self->last_client = g_strdup (kith_match_card_get_client (card));
  self->last_row = self->before ? g_ascii_strtoll (kith_match_card_get_match (card), NULL, 10) : 0;
  decide (self, g_ascii_strtoll (kith_match_card_get_match (card), NULL, 10), self->last_client, choice == 0 ? KITH_IMPORT_SAME : KITH_IMPORT_DIFFERENT);
  gtk_box_remove (self->cards, GTK_WIDGET (card));
  kith_cards_focus (GTK_WIDGET (self->cards), focused);
  show_last (self, self->last_row ? words : NULL);
}

static void
take_back (KithImportMaybes *self)
{
  if (self->last_row)
    decide (self, self->last_row, self->last_client, KITH_IMPORT_OPEN);
  self->last_row = 0;
  show_last (self, NULL);
}

void
kith_import_maybes_choose (KithImportMaybes *self,
                           guint             i)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL, *card = focus ? gtk_widget_get_ancestor (focus, KITH_TYPE_MATCH_CARD) : NULL;

  if (i == 2)
    {
      take_back (self);
      return;
    }
  /* Without a card in focus the first one is meant: it is what one looks at. */
  if (!card)
    card = gtk_widget_get_first_child (GTK_WIDGET (self->cards));
  if (card)
    kith_match_card_choose (KITH_MATCH_CARD (card), i);
}

/* ---- those that are open ---- */

static gpointer
list_job (gpointer      store,
          gpointer      id,
          GCancellable *cancellable,
          GError      **error)
{
  return kith_store_import_list_maybe (store, id, MAX_CARDS, error);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (KithImportMaybes) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = kith_desktop_job_finish (KITH_DESKTOP (source), result, &error);
  gboolean again = self->again;
  GtkWidget *child;
  int focused;

  self->reading = self->again = FALSE;
  if (!self->context)
    return;
  if (again || self->n_deciding > 0 || !list) /* of before what is being said */
    {
      if (again)
        look (self);
      return;
    }
  focused = kith_cards_get_focused (GTK_WIDGET (self->cards));
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->cards))))
    gtk_box_remove (self->cards, child);
  for (guint i = 0; i < list->len; i++)
    {
      GtkWidget *card = kith_match_card_new_for_row (self->context, list->pdata[i]);

      g_signal_connect_object (card, "chosen", G_CALLBACK (chosen_cb), self, 0);
      gtk_box_append (self->cards, card);
    }
  kith_cards_focus (GTK_WIDGET (self->cards), focused);
  gtk_widget_set_visible (GTK_WIDGET (self), list->len > 0 || self->last_row);
}

static void
look (KithImportMaybes *self)
{
  self->again = self->reading;
  if (self->reading || !self->id)
    return;
  self->reading = TRUE;
  kith_desktop_store_async (kith_context_get_desktop (self->context), list_job, g_strdup (self->id), g_free, NULL, listed_cb, g_object_ref (self));
}

void
kith_import_maybes_look (KithImportMaybes *self,
                         const char       *id,
                         gboolean          before)
{
  if (g_strcmp0 (self->id, id) != 0 || self->before != before)
    {
      self->last_row = 0;
      show_last (self, NULL);
    }
  self->before = before;
  if (id != self->id)
    {
      g_free (self->id);
      self->id = g_strdup (id);
    }
  look (self);
}

static void
kith_import_maybes_dispose (GObject *object)
{
  KithImportMaybes *self = KITH_IMPORT_MAYBES (object);

  g_clear_object (&self->context);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->last_client, g_free);
  G_OBJECT_CLASS (kith_import_maybes_parent_class)->dispose (object);
}

static void
kith_import_maybes_class_init (KithImportMaybesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_import_maybes_dispose;
  signals[SIGNAL_DECIDED] = g_signal_new ("decided", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kith_import_maybes_init (KithImportMaybes *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14), *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *hint = gtk_label_new ("3");
  GtkWidget *inside = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->said = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->said, 0);
  gtk_label_set_wrap (self->said, TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->said), TRUE);
  gtk_widget_add_css_class (hint, "key-hint");
  gtk_widget_set_valign (hint, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (inside), gtk_label_new (_("Take Back")));
  gtk_box_append (GTK_BOX (inside), hint);
  self->back = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->back), inside);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->back), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Take Back"), -1);
  g_signal_connect_object (self->back, "clicked", G_CALLBACK (take_back), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->said));
  gtk_box_append (GTK_BOX (line), self->back);
  gtk_widget_set_visible (line, FALSE);
  self->cards = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 14));
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->cards));
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * kith_import_maybes_new:
 *
 * Returns: (transfer floating): nothing to be seen until kith_import_maybes_look()
 */
GtkWidget *
kith_import_maybes_new (KithContext *context)
{
  KithImportMaybes *self = g_object_new (KITH_TYPE_IMPORT_MAYBES, NULL);

  self->context = g_object_ref (context);
  return GTK_WIDGET (self);
}
