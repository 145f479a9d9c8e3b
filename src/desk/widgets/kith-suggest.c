/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-suggest.h"

#include <glib/gi18n.h>

#include "kith-desktop-reads.h"
#include "kith-text.h"
#include "kith-unread.h"
#include "widgets/kith-choice-row.h"

struct _KithSuggest
{
  AdwBin parent_instance;
  KithContext *context;
  const KithSuggestSource *source;
  char *kind; /* NULL: the source knows what it searches */
  KithSuggestDescribe describe;
  GtkListBox *list;
  AdwEntryRow *entry;
  AdwActionRow *nothing;
  GPtrArray *hits; /* the rows below the entry, (element-type GtkWidget), owned by the list */
  GCancellable *search;
  gboolean at_once; /* what there is is shown before anything is typed */
};

G_DEFINE_FINAL_TYPE (KithSuggest, kith_suggest, ADW_TYPE_BIN)

enum
{
  SIGNAL_PICKED,
  SIGNAL_CHANGED,
  SIGNAL_SHOWN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

#define MAX_HITS 6
#define MAX_AT_ONCE 4

static void
clear_hits (KithSuggest *self)
{
  for (guint i = 0; i < self->hits->len; i++)
    gtk_list_box_remove (self->list, self->hits->pdata[i]);
  g_ptr_array_set_size (self->hits, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->nothing), FALSE);
}

static void
pick (KithSuggest *self,
      GtkWidget   *line)
{
  g_autoptr (GObject) hit = g_object_ref (g_object_get_data (G_OBJECT (line), "hit"));

  g_signal_emit (self, signals[SIGNAL_PICKED], 0, hit);
}

static void
search_records (KithContext        *context,
                const char         *kind,
                const char         *text,
                guint               limit,
                GCancellable       *cancellable,
                GAsyncReadyCallback callback,
                gpointer            user_data)
{
  kith_desktop_search_async (kith_context_get_desktop (context), kind, text, limit, cancellable, callback, user_data);
}

static GPtrArray *
finish_records (GObject      *source,
                GAsyncResult *result,
                GError      **error)
{
  return kith_desktop_search_finish (KITH_DESKTOP (source), result, NULL, error);
}

static const KithSuggestSource records = { search_records, finish_records };

/* Below the entry, in the place of hits. */
static void
tell (KithSuggest *self,
      const char  *title,
      const char  *words)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->nothing), title);
  adw_action_row_set_subtitle (self->nothing, words);
  gtk_widget_set_visible (GTK_WIDGET (self->nothing), TRUE);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (KithSuggest) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = self->source->finish (source, result, &error);

  if (!self->context || (!rows && !kith_read_failed (error)))
    return;
  clear_hits (self);
  kith_desktop_tell_read (kith_context_get_desktop (self->context), self, error, (KithReadAgain) kith_suggest_search);
  if (!rows)
    {
      tell (self, _("This could not be searched"), kith_unread_words ());
      return;
    }
  for (guint i = 0; i < rows->len; i++)
    {
      GtkWidget *line = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line), FALSE);
      adw_action_row_set_title_lines (ADW_ACTION_ROW (line), 2);
      adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (line), 2);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (line), TRUE);
      self->describe (self->context, rows->pdata[i], ADW_ACTION_ROW (line));
      g_object_set_data_full (G_OBJECT (line), "hit", g_object_ref (rows->pdata[i]), g_object_unref);
      gtk_list_box_append (self->list, line);
      g_ptr_array_add (self->hits, line);
    }
  if (rows->len == 0 && !kith_text_blank (kith_suggest_get_text (self)))
    tell (self, _("Nothing matches"), _("Try a shorter or another word."));
  g_signal_emit (self, signals[SIGNAL_SHOWN], 0);
}

static void
changed_cb (KithSuggest *self)
{
  const char *text = kith_suggest_get_text (self);

  if (!self->context)
    return;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  g_cancellable_cancel (self->search);
  g_clear_object (&self->search);
  if (kith_text_blank (text) && !self->at_once)
    {
      kith_desktop_tell_read (kith_context_get_desktop (self->context), self, NULL, NULL);
      clear_hits (self);
      return;
    }
  self->search = g_cancellable_new ();
  self->source->search (self->context, self->kind, text, kith_text_blank (text) ? MAX_AT_ONCE : MAX_HITS, self->search, found_cb, g_object_ref (self));
}

void
kith_suggest_search (KithSuggest *self)
{
  changed_cb (self);
}

static void
row_activated_cb (KithSuggest   *self,
                  GtkListBoxRow *line)
{
  if (g_object_get_data (G_OBJECT (line), "hit"))
    pick (self, GTK_WIDGET (line));
}

static void
entry_activated_cb (KithSuggest *self)
{
  if (self->hits->len > 0)
    pick (self, self->hits->pdata[0]);
}

static gboolean
key_cb (KithSuggest    *self,
        guint           key,
        guint           code,
        GdkModifierType mods)
{
  return key == GDK_KEY_Down && self->hits->len > 0 && gtk_widget_grab_focus (self->hits->pdata[0]);
}

static gboolean
kith_suggest_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (KITH_SUGGEST (widget)->entry));
}

static void
kith_suggest_dispose (GObject *object)
{
  KithSuggest *self = KITH_SUGGEST (object);

  g_cancellable_cancel (self->search);
  g_clear_object (&self->search);
  adw_bin_set_child (ADW_BIN (self), NULL); /* a bound direct child: the bin must not unparent it again */
  gtk_widget_dispose_template (GTK_WIDGET (self), KITH_TYPE_SUGGEST);
  g_clear_object (&self->context);
  g_clear_pointer (&self->kind, g_free);
  g_clear_pointer (&self->hits, g_ptr_array_unref);
  G_OBJECT_CLASS (kith_suggest_parent_class)->dispose (object);
}

static void
kith_suggest_class_init (KithSuggestClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_suggest_dispose;
  widget_class->grab_focus = kith_suggest_grab_focus;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SHOWN] = g_signal_new ("shown", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_PICKED] = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_OBJECT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/widgets/kith-suggest.ui");
  gtk_widget_class_bind_template_child (widget_class, KithSuggest, list);
  gtk_widget_class_bind_template_child (widget_class, KithSuggest, entry);
  gtk_widget_class_bind_template_child (widget_class, KithSuggest, nothing);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_activated_cb);
}

static void
kith_suggest_init (KithSuggest *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->hits = g_ptr_array_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);
}

GtkWidget *
kith_suggest_new (KithContext        *context,
                  const char         *kind,
                  const char         *title,
                  KithSuggestDescribe describe)
{
  KithSuggest *self = KITH_SUGGEST (kith_suggest_new_from (context, &records, title, describe));

  self->kind = g_strdup (kind);
  return GTK_WIDGET (self);
}

/**
 * kith_suggest_new_from:
 * @source: what is searched; static
 * @title: translated, of the entry
 * @describe: fills the row of one hit
 *
 * Returns: (transfer floating): an empty entry
 */
GtkWidget *
kith_suggest_new_from (KithContext             *context,
                       const KithSuggestSource *source,
                       const char              *title,
                       KithSuggestDescribe      describe)
{
  KithSuggest *self = g_object_new (KITH_TYPE_SUGGEST, NULL);

  self->context = g_object_ref (context);
  self->source = source;
  self->describe = describe;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->entry), title);
  return GTK_WIDGET (self);
}

/**
 * kith_suggest_offer_at_once:
 *
 * Shows the first of what there is before anything is typed: of a short list, whose best stand first.
 */
void
kith_suggest_offer_at_once (KithSuggest *self)
{
  self->at_once = TRUE;
}

gboolean
kith_suggest_offers_at_once (KithSuggest *self)
{
  return self->at_once;
}

/**
 * kith_suggest_clear:
 *
 * Empties the entry and takes the hits away.
 */
void
kith_suggest_clear (KithSuggest *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  clear_hits (self);
}

/**
 * kith_suggest_set_text:
 * @text: (nullable): what was picked before, say; nothing is searched by it
 */
void
kith_suggest_set_text (KithSuggest *self,
                       const char  *text)
{
  kith_entry_fill (GTK_EDITABLE (self->entry), text);
  g_cancellable_cancel (self->search); /* nobody typed it: what was picked is not offered again */
  clear_hits (self);
}

void
kith_suggest_type (KithSuggest *self,
                   const char  *text)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
}

/**
 * kith_suggest_get_text:
 *
 * Returns: (transfer none): as typed, until the next change
 */
const char *
kith_suggest_get_text (KithSuggest *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}
