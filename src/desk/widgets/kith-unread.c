/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-unread.h"

#include <glib/gi18n.h>

#include "kith-desktop-reads.h"
#include "kith-page.h"

struct _KithUnread
{
  AdwBin parent_instance;
  KithContext *context;
  AdwStatusPage *status; /* NULL: all was read so far */
  guint wait_id;
};

#define LONG_MS 1000 /* nothing is said of what comes sooner (ux.md 2.0) */

G_DEFINE_FINAL_TYPE (KithUnread, kith_unread, ADW_TYPE_BIN)

const char *
kith_unread_words (void)
{
  return _("Reading changes nothing: what you saved stays as it is. Try again; if it cannot be read then either, lock Kith and unlock it, or tell whoever looks after this computer.");
}

/* ---- said once in a window: by the page where it shows what could not be read, else by the strip */

typedef struct
{
  GPtrArray *pages, *strips; /* (element-type GtkWidget): they take themselves out */
} Places;

static void
places_free (gpointer data)
{
  Places *places = data;

  g_ptr_array_unref (places->pages);
  g_ptr_array_unref (places->strips);
  g_free (places);
}

static void show_strips (KithContext *context);

static Places *
places_of (KithContext *context)
{
  Places *places = g_object_get_data (G_OBJECT (context), "unread-places");

  if (places)
    return places;
  places = g_new0 (Places, 1);
  places->pages = g_ptr_array_new ();
  places->strips = g_ptr_array_new ();
  g_object_set_data_full (G_OBJECT (context), "unread-places", places, places_free);
  g_signal_connect_object (kith_context_get_desktop (context), "notify::unread", G_CALLBACK (show_strips), context, G_CONNECT_SWAPPED);
  return places;
}

static gboolean
is_said (Places  *places,
         GtkRoot *root)
{
  for (guint i = 0; i < places->pages->len; i++)
    if (gtk_widget_get_root (places->pages->pdata[i]) == root)
      return TRUE;
  return FALSE;
}

static void
show_strips (KithContext *context)
{
  Places *places = places_of (context);
  gboolean unread;

  g_object_get (kith_context_get_desktop (context), "unread", &unread, NULL);
  for (guint i = 0; i < places->strips->len; i++)
    gtk_widget_set_visible (places->strips->pdata[i], unread && !is_said (places, gtk_widget_get_root (places->strips->pdata[i])));
}

/* Does this page say it, where it is seen? */
static void
say (KithUnread *self,
     gboolean    said)
{
  GPtrArray *pages = places_of (self->context)->pages;

  if (said == g_ptr_array_find (pages, self, NULL))
    return;
  if (said)
    g_ptr_array_add (pages, self);
  else
    g_ptr_array_remove (pages, self);
  show_strips (self->context);
}

static void
strip_gone_cb (GtkWidget *strip,
               gpointer   context)
{
  g_ptr_array_remove (places_of (context)->strips, strip);
}

static void
strip_again_cb (KithContext *context)
{
  kith_desktop_read_again (kith_context_get_desktop (context));
}

GtkWidget *
kith_unread_add_strip (GtkWidget   *sibling,
                       KithContext *context)
{
  GtkWidget *strip = g_object_new (GTK_TYPE_BOX, "spacing", 12, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, "visible", FALSE, NULL);
  GtkWidget *words = gtk_label_new (NULL), *again = gtk_button_new_with_label (_("Try Again"));
  g_autofree char *text = g_strdup_printf ("%s. %s", _("Part of what is kept on this computer could not be read"), kith_unread_words ());

  gtk_widget_set_name (words, "unread_text");
  gtk_label_set_text (GTK_LABEL (words), text);
  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (again, GTK_ALIGN_CENTER);
  g_signal_connect_object (again, "clicked", G_CALLBACK (strip_again_cb), context, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (strip), words);
  gtk_box_append (GTK_BOX (strip), again);
  gtk_widget_insert_before (strip, gtk_widget_get_parent (sibling), sibling);
  g_ptr_array_add (places_of (context)->strips, strip);
  g_signal_connect_data (strip, "destroy", G_CALLBACK (strip_gone_cb), g_object_ref (context), (GClosureNotify) (GCallback) g_object_unref, 0);
  show_strips (context);
  return strip;
}

static void
again_cb (KithUnread *self)
{
  if (self->context)
    kith_desktop_read_again (kith_context_get_desktop (self->context));
}

/* Most days all is read: it is made when it is first needed. */
static void
make_status (KithUnread *self)
{
  GtkWidget *again = gtk_button_new_with_label (_("Try Again"));
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (self), KITH_TYPE_PAGE);
  const char *name = page ? kith_page_get_title (KITH_PAGE (page)) : NULL;
  /* Translators: the name of a page: “Clients” could not be read */
  g_autofree char *title = name ? g_strdup_printf (_("“%s” could not be read"), name) : g_strdup (_("This could not be read"));

  gtk_widget_set_halign (again, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (again, "pill");
  g_signal_connect_object (again, "clicked", G_CALLBACK (again_cb), self, G_CONNECT_SWAPPED);
  self->status = g_object_new (ADW_TYPE_STATUS_PAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, NULL); /* heard, as the strip is */
  adw_status_page_set_icon_name (self->status, "dialog-warning-symbolic");
  adw_status_page_set_title (self->status, title);
  adw_status_page_set_description (self->status, kith_unread_words ());
  adw_status_page_set_child (self->status, again);
  gtk_widget_add_css_class (GTK_WIDGET (self->status), "compact");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->status));
}

/* In the place of nothing. */
static gboolean
long_cb (gpointer data)
{
  KithUnread *self = data;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12), *spinner = gtk_spinner_new ();
  GtkWidget *words = g_object_new (GTK_TYPE_LABEL, "label", _("Reading…"), "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, NULL);

  self->wait_id = 0;
  self->status = NULL;
  gtk_widget_set_size_request (spinner, 24, 24);
  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_widget_add_css_class (words, "meta");
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), spinner);
  gtk_box_append (GTK_BOX (box), words);
  adw_bin_set_child (ADW_BIN (self), box);
  return G_SOURCE_REMOVE;
}

static void
unread_cb (KithUnread *self)
{
  gboolean unread;

  if (!self->context) /* on its way out */
    return;
  g_object_get (kith_context_get_desktop (self->context), "unread", &unread, NULL);
  g_clear_handle_id (&self->wait_id, g_source_remove);
  if (unread && !self->status)
    make_status (self);
  if (self->status)
    gtk_widget_set_visible (GTK_WIDGET (self->status), unread);
  say (self, unread && gtk_widget_get_mapped (GTK_WIDGET (self)));
  if (!unread && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->wait_id = g_timeout_add (LONG_MS, long_cb, self);
}

static void
kith_unread_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (kith_unread_parent_class)->map (widget);
  unread_cb (KITH_UNREAD (widget));
}

static void
kith_unread_unmap (GtkWidget *widget)
{
  KithUnread *self = KITH_UNREAD (widget);

  GTK_WIDGET_CLASS (kith_unread_parent_class)->unmap (widget);
  g_clear_handle_id (&self->wait_id, g_source_remove);
  if (self->context)
    say (self, FALSE);
  if (!self->status)
    adw_bin_set_child (ADW_BIN (self), NULL);
}

void
kith_unread_set_context (KithUnread  *self,
                         KithContext *context)
{
  if (!g_set_object (&self->context, context))
    return;
  g_signal_connect_object (kith_context_get_desktop (context), "notify::unread", G_CALLBACK (unread_cb), self, G_CONNECT_SWAPPED);
  unread_cb (self);
}

static void
kith_unread_root (GtkWidget *widget)
{
  GtkWidget *page = gtk_widget_get_ancestor (widget, KITH_TYPE_PAGE);

  GTK_WIDGET_CLASS (kith_unread_parent_class)->root (widget);
  if (page && kith_page_get_context (KITH_PAGE (page)))
    kith_unread_set_context (KITH_UNREAD (widget), kith_page_get_context (KITH_PAGE (page)));
}

static void
kith_unread_dispose (GObject *object)
{
  g_clear_handle_id (&KITH_UNREAD (object)->wait_id, g_source_remove);
  if (KITH_UNREAD (object)->context)
    say (KITH_UNREAD (object), FALSE);
  g_clear_object (&KITH_UNREAD (object)->context);
  G_OBJECT_CLASS (kith_unread_parent_class)->dispose (object);
}

static void
kith_unread_class_init (KithUnreadClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_unread_dispose;
  GTK_WIDGET_CLASS (klass)->root = kith_unread_root;
  GTK_WIDGET_CLASS (klass)->map = kith_unread_map;
  GTK_WIDGET_CLASS (klass)->unmap = kith_unread_unmap;
}

static void
kith_unread_init (KithUnread *self)
{
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
}
