/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-similar-pane.h"

#include <glib/gi18n.h>

#include "kith-client-row.h"
#include "kith-format.h"
#include "kith-text.h"
#include "kith-watch.h"

struct _KithSimilarPane
{
  AdwBin parent_instance;
  KithContext *context;
  GtkWidget *none;
  GtkBox *cards;
  char *given, *date; /* what was looked for last */
  GPtrArray *by_name, *by_date; /* (element-type KithRow) */
  GPtrArray *dismissed;         /* ids: "a different person" */
  GCancellable *search;
  KithWatch *watch;
  guint count;
};

G_DEFINE_FINAL_TYPE (KithSimilarPane, kith_similar_pane, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_COUNT,
};

enum
{
  SIGNAL_PICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

#define MAX_CARDS 5

static void fill (KithSimilarPane *self);

static void
picked_cb (GtkButton       *button,
           KithSimilarPane *self)
{
  g_autofree char *id = g_strdup (g_object_get_data (G_OBJECT (button), "id"));

  g_signal_emit (self, signals[SIGNAL_PICKED], 0, id);
}

static void
dismissed_cb (GtkButton       *button,
              KithSimilarPane *self)
{
  g_ptr_array_add (self->dismissed, g_strdup (g_object_get_data (G_OBJECT (button), "id")));
  fill (self);
}

static GtkWidget *
button_new (KithSimilarPane *self,
            const char      *label,
            const char      *id,
            GCallback        callback)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  g_object_set_data_full (G_OBJECT (button), "id", g_strdup (id), g_free);
  g_signal_connect_object (button, "clicked", callback, self, 0);
  gtk_widget_set_hexpand (button, TRUE);
  return button;
}

static GtkWidget *
label_new (const char *text,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 32);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
add_card (KithSimilarPane *self,
          KithRow         *row,
          gboolean         name_matches,
          gboolean         date_matches)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *name = kith_client_row_name (row);
  g_autofree char *birth = kith_format_birth (kith_row_field (row, "date_of_birth"), kith_context_get_now (self->context));
  g_autofree char *meta = g_strjoin (" · ", birth, kith_row_field (row, "number"), NULL);

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "match-card");
  gtk_box_append (GTK_BOX (card), label_new (name, "section-title"));
  gtk_box_append (GTK_BOX (card), label_new (meta, "meta"));
  gtk_box_append (GTK_BOX (card), label_new (name_matches && date_matches ? _("Similar name and the same birth date")
                                             : date_matches ? _("The same birth date") : _("Similar name"), "meta"));
  gtk_box_append (GTK_BOX (buttons), button_new (self, _("This Is Them"), kith_row_get_id (row), G_CALLBACK (picked_cb)));
  gtk_box_append (GTK_BOX (buttons), button_new (self, _("Different"), kith_row_get_id (row), G_CALLBACK (dismissed_cb)));
  gtk_box_append (GTK_BOX (card), buttons);
  gtk_box_append (self->cards, card);
  self->count++;
}

static gboolean
has_id (GPtrArray  *rows,
        const char *id)
{
  for (guint i = 0; rows && i < rows->len; i++)
    if (g_strcmp0 (kith_row_get_id (rows->pdata[i]), id) == 0)
      return TRUE;
  return FALSE;
}

static void
fill (KithSimilarPane *self)
{
  GPtrArray *lists[] = { self->by_date, self->by_name };
  GtkWidget *child;
  guint old = self->count;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->cards))))
    gtk_box_remove (self->cards, child);
  self->count = 0;
  /* Both first, then the date, then the name. */
  for (int round = 0; round < 3; round++)
    for (guint i = 0; lists[round == 2] && i < lists[round == 2]->len && self->count < MAX_CARDS; i++)
      {
        KithRow *row = lists[round == 2]->pdata[i];
        const char *id = kith_row_get_id (row);
        gboolean both = has_id (self->by_name, id) && has_id (self->by_date, id);

        if (both == (round == 0) && !g_ptr_array_find_with_equal_func (self->dismissed, id, g_str_equal, NULL))
          add_card (self, row, both || round == 2, both || round == 1);
      }
  gtk_widget_set_visible (self->none, self->count == 0);
  if (old != self->count)
    g_object_notify (G_OBJECT (self), "count");
}

static void
by_date_cb (GPtrArray *rows,
            gpointer   user_data)
{
  KithSimilarPane *self = user_data;

  g_clear_pointer (&self->by_date, g_ptr_array_unref);
  self->by_date = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (self->by_date, g_object_ref (rows->pdata[i]));
  fill (self);
}

static void
by_name_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (KithSimilarPane) self = user_data;
  GPtrArray *rows = kith_desktop_search_finish (KITH_DESKTOP (source), result, NULL);

  if (rows && self->context)
    {
      g_clear_pointer (&self->by_name, g_ptr_array_unref);
      self->by_name = rows;
      fill (self);
    }
  else
    g_clear_pointer (&rows, g_ptr_array_unref);
}

/* The beginning of each word: "Lop" finds López and Lopes while the rest is still to come. */
static char *
name_beginnings (const char *given,
                 const char *family)
{
  GString *text = g_string_new (NULL);
  const char *names[] = { given, family };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *folded = names[i] ? kith_text_fold (names[i]) : NULL;
      gsize keep = folded ? MIN (strlen (folded), strlen (folded) > 4 ? strlen (folded) - 1 : 4) : 0;

      if (keep >= 2)
        {
          g_autofree char *start = g_strndup (folded, keep);

          g_string_append_printf (text, "%s%s", text->len ? " " : "", g_strstrip (start));
        }
    }
  return g_string_free (text, FALSE);
}

void
kith_similar_pane_look (KithSimilarPane *self,
                        const char      *given,
                        const char      *family,
                        const char      *date_of_birth)
{
  static const char *const kinds[] = { "client", NULL };
  g_autofree char *name = name_beginnings (given, family);

  if (g_strcmp0 (date_of_birth, self->date) != 0)
    {
      g_free (self->date);
      self->date = g_strdup (date_of_birth);
      g_clear_object (&self->watch);
      g_clear_pointer (&self->by_date, g_ptr_array_unref);
      /* A bare year is shared by too many to say anything. */
      if (date_of_birth && strlen (date_of_birth) >= strlen ("1988-04"))
        self->watch = kith_watch_new (self->context, "clients-same-birth", kinds, date_of_birth, by_date_cb, self);
      fill (self);
    }
  if (g_strcmp0 (name, self->given) == 0)
    return;
  g_free (self->given);
  self->given = g_steal_pointer (&name);
  g_cancellable_cancel (self->search);
  g_clear_object (&self->search);
  if (!*self->given)
    {
      g_clear_pointer (&self->by_name, g_ptr_array_unref);
      fill (self);
      return;
    }
  self->search = g_cancellable_new ();
  kith_desktop_search_async (kith_context_get_desktop (self->context), "client", self->given, MAX_CARDS * 2, self->search, by_name_cb,
                             g_object_ref (self));
}

static void
kith_similar_pane_get_property (GObject    *object,
                                guint       id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  g_value_set_uint (value, KITH_SIMILAR_PANE (object)->count);
}

static void
kith_similar_pane_dispose (GObject *object)
{
  KithSimilarPane *self = KITH_SIMILAR_PANE (object);

  g_cancellable_cancel (self->search);
  g_clear_object (&self->search);
  g_clear_object (&self->watch);
  gtk_widget_dispose_template (GTK_WIDGET (self), KITH_TYPE_SIMILAR_PANE);
  g_clear_pointer (&self->by_name, g_ptr_array_unref);
  g_clear_pointer (&self->by_date, g_ptr_array_unref);
  g_clear_pointer (&self->dismissed, g_ptr_array_unref);
  g_clear_pointer (&self->given, g_free);
  g_clear_pointer (&self->date, g_free);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_similar_pane_parent_class)->dispose (object);
}

static void
kith_similar_pane_class_init (KithSimilarPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_similar_pane_dispose;
  G_OBJECT_CLASS (klass)->get_property = kith_similar_pane_get_property;
  g_object_class_install_property (G_OBJECT_CLASS (klass), PROP_COUNT,
                                   g_param_spec_uint ("count", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
  signals[SIGNAL_PICKED] = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/clients/kith-similar-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, KithSimilarPane, none);
  gtk_widget_class_bind_template_child (widget_class, KithSimilarPane, cards);
}

static void
kith_similar_pane_init (KithSimilarPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->dismissed = g_ptr_array_new_with_free_func (g_free);
}

GtkWidget *
kith_similar_pane_new (KithContext *context)
{
  KithSimilarPane *self = g_object_new (KITH_TYPE_SIMILAR_PANE, NULL);

  self->context = g_object_ref (context);
  return GTK_WIDGET (self);
}
