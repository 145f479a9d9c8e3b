/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-left-out.h"

#include <glib/gi18n.h>

#define LATER_MS 250 /* what is found comes first: each key of a word would count anew before it */
#define MOST 200 /* are counted: beyond that it is enough to know that there are many */

struct _KithLeftOut
{
  AdwBin parent_instance;
  GtkButton *button;
  GtkLabel *words;
  GCancellable *cancellable;
  KithContext *context; /* these: what is to be counted */
  char *text, **args;
  guint later_id;
  guint n_all, n_kept, waiting; /* waiting: for so many answers */
  gboolean more;
};

G_DEFINE_FINAL_TYPE (KithLeftOut, kith_left_out, ADW_TYPE_BIN)

enum
{
  SIGNAL_CLEAR,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

void
kith_left_out_set (KithLeftOut *self,
                   guint        n,
                   gboolean     more)
{
  /* Translators: a button below a search of services that filters narrow */
  g_autofree char *words = more && n == 0 ? g_strdup (_("Some services may not match: show all"))
                         : more ? g_strdup_printf (_("More than %'u services do not match: show all"), n)
                                : g_strdup_printf (ngettext ("%'u service does not match: show it", "%'u services do not match: show all", n), n);

  gtk_label_set_text (self->words, words);
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0 || more);
}

/* An answer to what nobody asks any more is passed over. */
static void
take (KithLeftOut  *self,
      GObject      *source,
      GAsyncResult *result,
      gboolean      all)
{
  gboolean more = FALSE;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = kith_desktop_search_finish (KITH_DESKTOP (source), result, &more, &error);

  if (!self->words || g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    return;
  if (!rows) /* whoever shows what is found says that it could not be read */
    {
      kith_left_out_set (self, 0, FALSE);
      return;
    }
  if (all)
    self->n_all = rows->len, self->more = more;
  else
    self->n_kept = rows->len;
  if (--self->waiting == 0)
    kith_left_out_set (self, self->n_all - MIN (self->n_kept, self->n_all), self->more);
}

static void
all_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (KithLeftOut) self = user_data;

  take (self, source, result, TRUE);
}

static void
kept_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (KithLeftOut) self = user_data;

  take (self, source, result, FALSE);
}

static void
stop (KithLeftOut *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->later_id, g_source_remove);
  g_clear_object (&self->context);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->args, g_strfreev);
}

static gboolean
count_cb (gpointer user_data)
{
  KithLeftOut *self = user_data;
  KithDesktop *desktop = kith_context_get_desktop (self->context);

  self->later_id = 0;
  self->cancellable = g_cancellable_new ();
  self->waiting = 2;
  kith_desktop_search_async (desktop, "service", self->text, MOST, self->cancellable, all_cb, g_object_ref (self));
  kith_desktop_search_in_async (desktop, "service", "services-found", (const char *const *) self->args, self->text, MOST, self->cancellable, kept_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

void
kith_left_out_count (KithLeftOut       *self,
                     KithContext       *context,
                     const char        *text,
                     const char *const *args)
{
  stop (self);
  if (!text || !args)
    {
      kith_left_out_set (self, 0, FALSE);
      return;
    }
  self->context = g_object_ref (context);
  self->text = g_strdup (text);
  self->args = g_strdupv ((char **) args);
  self->later_id = g_timeout_add (LATER_MS, count_cb, self);
}

static void
clicked_cb (KithLeftOut *self)
{
  g_signal_emit (self, signals[SIGNAL_CLEAR], 0);
}

static void
kith_left_out_dispose (GObject *object)
{
  KithLeftOut *self = KITH_LEFT_OUT (object);

  stop (self);
  self->words = NULL;
  G_OBJECT_CLASS (kith_left_out_parent_class)->dispose (object);
}

static void
kith_left_out_class_init (KithLeftOutClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_left_out_dispose;
  signals[SIGNAL_CLEAR] = g_signal_new ("clear", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kith_left_out_init (KithLeftOut *self)
{
  self->words = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->words, TRUE);
  gtk_label_set_xalign (self->words, 0);
  self->button = GTK_BUTTON (gtk_button_new ());
  gtk_button_set_child (self->button, GTK_WIDGET (self->words));
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "flat");
  gtk_widget_set_name (GTK_WIDGET (self->button), "left_out");
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->button));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * kith_left_out_new:
 *
 * Returns: (transfer floating): nothing is left out yet
 */
GtkWidget *
kith_left_out_new (void)
{
  return g_object_new (KITH_TYPE_LEFT_OUT, NULL);
}
