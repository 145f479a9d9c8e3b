/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-similar-pane.h"

#include <glib/gi18n.h>

#include "kith-client-row.h"
#include "kith-desktop-reads.h"
#include "kith-format.h"
#include "kith-json.h"
#include "widgets/kith-action-strip.h"
#include "widgets/kith-coming.h"

struct _KithSimilarPane
{
  AdwBin parent_instance;
  KithContext *context;
  GtkWidget *none, *offline;
  KithComing *coming;
  GtkBox *cards;
  AdwBin *ask_place;
  char *looked_for;     /* the values, as JSON */
  gboolean failed;      /* they could not be looked for */
  GPtrArray *similar;   /* (element-type KithRow), likeliest first; NULL: not looked yet */
  GPtrArray *dismissed; /* ids: "a different person" */
  GCancellable *search;
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
  SIGNAL_DIFFERENT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

#define MAX_CARDS 5

static const KithActionStripItem ask_network = { "win.ask-network", N_("Also Ask the Network…"), NULL };

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
  g_signal_emit (self, signals[SIGNAL_DIFFERENT], 0);
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

static gboolean
is_level (KithRow    *row,
          const char *column,
          const char *level)
{
  return g_strcmp0 (kith_row_field (row, column), level) == 0;
}

static gboolean
is_alike (KithRow    *row,
          const char *column)
{
  return is_level (row, column, "near") || is_level (row, column, "far");
}

static const char *
name_reason (KithRow *row)
{
  gboolean given = is_level (row, "given_level", "exact"), family = is_level (row, "family_level", "exact");

  if (g_strcmp0 (kith_row_field (row, "swapped"), "1") == 0)
    return _("Names swapped");
  if (given && family)
    return _("Same name");
  if ((given || is_alike (row, "given_level")) && (family || is_alike (row, "family_level")))
    return _("Similar name");
  if (family)
    return _("Same family name");
  if (given)
    return _("Same given name");
  return is_alike (row, "given_level") || is_alike (row, "family_level") ? _("Part of the name is similar") : NULL;
}

/* What matches, most telling first: "Same name · Same birth date · Same phone". */
static char *
reasons (KithRow *row)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  const char *name = name_reason (row);

  if (name)
    g_ptr_array_add (texts, (gpointer) name);
  if (is_level (row, "birth_level", "exact"))
    g_ptr_array_add (texts, (gpointer) _("Same birth date"));
  else if (is_level (row, "birth_level", "near"))
    g_ptr_array_add (texts, (gpointer) _("Nearly the same birth date"));
  if (is_level (row, "phone_level", "exact"))
    g_ptr_array_add (texts, (gpointer) _("Same phone"));
  if (is_level (row, "street_level", "exact") || is_level (row, "street_level", "near"))
    g_ptr_array_add (texts, (gpointer) _("Same household address"));
  g_ptr_array_add (texts, NULL);
  return g_strjoinv (" · ", (char **) texts->pdata);
}

static const char *
zone_text (KithRow *row)
{
  const char *zone = kith_row_field (row, "zone");

  if (g_strcmp0 (zone, "link") == 0)
    return _("Probably the same person");
  return g_strcmp0 (zone, "review") == 0 ? _("Maybe the same person") : NULL;
}

static void
add_card (KithSimilarPane *self,
          KithRow         *row)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *name = kith_client_row_name (row);
  g_autofree char *birth = kith_format_birth (kith_row_field (row, "date_of_birth"), kith_context_get_now (self->context));
  g_autofree char *meta = kith_format_join (birth, kith_row_field (row, "number"));
  g_autofree char *why = reasons (row);

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "match-card");
  gtk_box_append (GTK_BOX (card), label_new (name, "section-title"));
  gtk_box_append (GTK_BOX (card), label_new (meta, "meta"));
  if (zone_text (row))
    gtk_box_append (GTK_BOX (card), label_new (zone_text (row), "caption-heading"));
  gtk_box_append (GTK_BOX (card), label_new (why, "meta"));
  gtk_box_append (GTK_BOX (buttons), button_new (self, _("This Is Them"), kith_row_get_id (row), G_CALLBACK (picked_cb)));
  gtk_box_append (GTK_BOX (buttons), button_new (self, _("Different"), kith_row_get_id (row), G_CALLBACK (dismissed_cb)));
  gtk_box_append (GTK_BOX (card), buttons);
  gtk_box_append (self->cards, card);
  self->count++;
}

static void
fill (KithSimilarPane *self)
{
  GtkWidget *child;
  guint old = self->count;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->cards))))
    gtk_box_remove (self->cards, child);
  self->count = 0;
  for (guint i = 0; self->similar && i < self->similar->len && self->count < MAX_CARDS; i++)
    if (!g_ptr_array_find_with_equal_func (self->dismissed, kith_row_get_id (self->similar->pdata[i]), g_str_equal, NULL))
      add_card (self, self->similar->pdata[i]);
  gtk_widget_set_visible (self->none, self->count == 0 && !self->failed);
  if (old != self->count)
    g_object_notify (G_OBJECT (self), "count");
}

static void
look_again (KithSimilarPane *self)
{
  g_autofree char *text = g_steal_pointer (&self->looked_for);
  g_autoptr (JsonObject) values = text ? kith_json_parse_object (text, strlen (text), NULL, NULL) : NULL;

  if (values)
    kith_similar_pane_look (self, values);
}

static void
similar_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (KithSimilarPane) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = kith_desktop_similar_finish (KITH_DESKTOP (source), result, &error);

  /* Cancelled: a newer question is under way. */
  if (!self->context || (!rows && !kith_read_failed (error)))
    {
      g_clear_pointer (&rows, g_ptr_array_unref);
      return;
    }
  self->failed = rows == NULL;
  kith_desktop_tell_read (KITH_DESKTOP (source), self, error, (KithReadAgain) look_again);
  g_clear_pointer (&self->similar, g_ptr_array_unref);
  self->similar = rows;
  fill (self);
}

JsonArray *
kith_similar_pane_get_different (KithSimilarPane *self)
{
  JsonArray *ids = json_array_new ();

  for (guint i = 0; i < self->dismissed->len; i++)
    json_array_add_string_element (ids, self->dismissed->pdata[i]);
  return ids;
}

void
kith_similar_pane_set_different (KithSimilarPane *self,
                                 JsonArray       *ids)
{
  g_ptr_array_set_size (self->dismissed, 0);
  for (guint i = 0; ids && i < json_array_get_length (ids); i++)
    g_ptr_array_add (self->dismissed, g_strdup (json_array_get_string_element (ids, i)));
  fill (self);
}

/**
 * kith_similar_pane_look:
 * @self: a pane
 * @values: (transfer none): a client's fields as far as they are typed; not to be changed any more
 *
 * Asks anew when something changed. Answers that were overtaken are dropped.
 */
void
kith_similar_pane_look (KithSimilarPane *self,
                        JsonObject      *values)
{
  g_autofree char *text = kith_json_print_object (values);

  if (g_strcmp0 (text, self->looked_for) == 0)
    return;
  g_free (self->looked_for);
  self->looked_for = g_steal_pointer (&text);
  g_cancellable_cancel (self->search);
  g_clear_object (&self->search);
  self->search = g_cancellable_new ();
  /* A few more than are shown: some may have been dismissed. */
  kith_desktop_similar_async (kith_context_get_desktop (self->context), values, MAX_CARDS + self->dismissed->len, self->search, similar_cb,
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
  gtk_widget_dispose_template (GTK_WIDGET (self), KITH_TYPE_SIMILAR_PANE);
  g_clear_pointer (&self->similar, g_ptr_array_unref);
  g_clear_pointer (&self->dismissed, g_ptr_array_unref);
  g_clear_pointer (&self->looked_for, g_free);
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
  signals[SIGNAL_DIFFERENT] = g_signal_new ("different", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/clients/kith-similar-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, KithSimilarPane, none);
  gtk_widget_class_bind_template_child (widget_class, KithSimilarPane, coming);
  gtk_widget_class_bind_template_child (widget_class, KithSimilarPane, offline);
  gtk_widget_class_bind_template_child (widget_class, KithSimilarPane, cards);
  gtk_widget_class_bind_template_child (widget_class, KithSimilarPane, ask_place);
}

static void
kith_similar_pane_init (KithSimilarPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->dismissed = g_ptr_array_new_with_free_func (g_free);
  adw_bin_set_child (self->ask_place, kith_action_strip_new (&ask_network, 1));
}

static void
sync_state_cb (KithSimilarPane *self)
{
  KithSyncState state;

  if (!self->context)
    return;
  g_object_get (kith_context_get_desktop (self->context), "sync-state", &state, NULL);
  gtk_widget_set_visible (self->offline, state == KITH_SYNC_OFFLINE || state == KITH_SYNC_SIGN_IN);
}

/**
 * kith_similar_pane_new:
 *
 * Returns: (transfer floating): it names nobody before kith_similar_pane_look()
 */
GtkWidget *
kith_similar_pane_new (KithContext *context)
{
  KithSimilarPane *self = g_object_new (KITH_TYPE_SIMILAR_PANE, NULL);

  self->context = g_object_ref (context);
  kith_coming_set_context (self->coming, context);
  g_signal_connect_object (kith_context_get_desktop (context), "notify::sync-state", G_CALLBACK (sync_state_cb), self, G_CONNECT_SWAPPED);
  sync_state_cb (self);
  return GTK_WIDGET (self);
}
