/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-coming.h"

#include <glib/gi18n.h>

struct _KithComing
{
  AdwBin parent_instance;
  KithContext *context;
  GtkWidget *label, *again; /* NULL: there was nothing to say yet */
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

/* Why searching is not brought up to date any more; yours, NULL: it is, or waits for nothing. */
static char *
stopped (KithContext *context)
{
  int refound;
  char *trouble;

  g_object_get (kith_context_get_desktop (context), "refound", &refound, "refind-trouble", &trouble, NULL);
  if (refound == 100 || kith_coming_is_filling (context))
    g_clear_pointer (&trouble, g_free);
  return trouble;
}

/**
 * kith_coming_words:
 *
 * Returns: (transfer full) (nullable): what may be missing and why; NULL: nothing
 */
char *
kith_coming_words (KithContext *context)
{
  g_autofree char *trouble = stopped (context);
  int state, refound;

  g_object_get (kith_context_get_desktop (context), "sync-state", &state, "refound", &refound, NULL);
  if (kith_coming_is_filling (context))
    return g_strdup (state == KITH_SYNC_OFFLINE ? _("Not all has come from the hub yet: the rest comes when it can be reached again.")
                                                : _("Not all has come from the hub yet: this computer is still being filled."));
  if (trouble)
    return g_strdup (_("Searching could not be brought up to date after an update: not all may be found yet. Nothing is lost. Kith tries again by itself; if it stays so, tell whoever looks after "
                       "this computer."));
  if (refound < 100)
    /* Translators: percent */
    return g_strdup_printf (_("Searching is brought up to date after an update: %d %%. Not all may be found yet."), refound);
  return NULL;
}

static void
again_cb (KithComing *self)
{
  kith_desktop_refind_again (kith_context_get_desktop (self->context));
}

static void
make_label (KithComing *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_widget_add_css_class (self->label, "meta");
  self->again = gtk_button_new_with_label (_("Try Again"));
  gtk_widget_set_halign (self->again, GTK_ALIGN_START);
  g_signal_connect_object (self->again, "clicked", G_CALLBACK (again_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->label);
  gtk_box_append (GTK_BOX (box), self->again);
  adw_bin_set_child (ADW_BIN (self), box);
}

/* The label is made when there is something to say: nearly always there is not. */
static void
refresh (KithComing *self)
{
  g_autofree char *words = kith_coming_words (self->context), *trouble = stopped (self->context);

  if (words && !self->label)
    make_label (self);
  if (words)
    {
      gtk_label_set_text (GTK_LABEL (self->label), words);
      gtk_widget_set_tooltip_text (self->label, trouble); /* for whoever looks after the computer */
      gtk_widget_set_visible (self->again, trouble != NULL);
    }
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
  static const char *const watched[] = { "notify::filling", "notify::refound", "notify::refind-trouble", "notify::sync-state" };

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
