/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-coming.h"

#include <glib/gi18n.h>

struct _KithComing
{
  AdwBin parent_instance;
  KithContext *context;
};

G_DEFINE_FINAL_TYPE (KithComing, kith_coming, ADW_TYPE_BIN)

/**
 * kith_coming_is_filling:
 *
 * Returns: whether what the hub has for this person is not all on this computer yet
 */
gboolean
kith_coming_is_filling (KithContext *context)
{
  gboolean filling;

  g_object_get (kith_context_get_desktop (context), "filling", &filling, NULL);
  return filling;
}

/**
 * kith_coming_words:
 *
 * Returns: (transfer full) (nullable): what may be missing and why; NULL: nothing
 */
char *
kith_coming_words (KithContext *context)
{
  int state, refound;

  g_object_get (kith_context_get_desktop (context), "sync-state", &state, "refound", &refound, NULL);
  if (kith_coming_is_filling (context))
    return g_strdup (state == KITH_SYNC_OFFLINE ? _("Not all has come from the hub yet: the rest comes when it can be reached again.")
                                                : _("Not all has come from the hub yet: this computer is still being filled."));
  if (refound < 100)
    /* Translators: percent */
    return g_strdup_printf (_("Searching is brought up to date after an update: %d %%. Not all may be found yet."), refound);
  return NULL;
}

/* The label is made when there is something to say: nearly always there is not. */
static void
refresh (KithComing *self)
{
  g_autofree char *words = kith_coming_words (self->context);
  GtkWidget *label = adw_bin_get_child (ADW_BIN (self));

  if (words && !label)
    {
      label = gtk_label_new (NULL);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_add_css_class (label, "meta");
      adw_bin_set_child (ADW_BIN (self), label);
    }
  if (label && words)
    gtk_label_set_text (GTK_LABEL (label), words);
  gtk_widget_set_visible (GTK_WIDGET (self), words != NULL);
}

/**
 * kith_coming_set_context:
 * @context: kept. Once: it then follows the desktop's state
 */
void
kith_coming_set_context (KithComing  *self,
                         KithContext *context)
{
  static const char *const watched[] = { "notify::filling", "notify::refound", "notify::sync-state" };

  g_return_if_fail (self->context == NULL);
  self->context = g_object_ref (context);
  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_connect_object (kith_context_get_desktop (context), watched[i], G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
}

static void
kith_coming_dispose (GObject *object)
{
  g_clear_object (&KITH_COMING (object)->context);
  G_OBJECT_CLASS (kith_coming_parent_class)->dispose (object);
}

static void
kith_coming_class_init (KithComingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_coming_dispose;
}

static void
kith_coming_init (KithComing *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
