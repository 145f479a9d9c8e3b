/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-nav-row.h"

#include <glib/gi18n.h>

#include "kith-shortcuts.h"

struct _KithNavRow
{
  GtkListBoxRow parent_instance;
  KithPageClass *klass;
  KithPage *page; /* not owned: the frame holds both; NULL until it is built */
  GtkImage *image;
  GtkLabel *title, *count;
};

G_DEFINE_FINAL_TYPE (KithNavRow, kith_nav_row, GTK_TYPE_LIST_BOX_ROW)

static void
update (KithNavRow *self)
{
  guint n = self->page ? kith_page_get_count (self->page) : 0;
  const char *title = g_dpgettext (NULL, self->klass->title, 0);
  g_autofree char *text = g_strdup_printf ("%u", n);
  g_autofree char *spoken = g_strdup_printf (ngettext ("%s, %u waits", "%s, %u wait", n), title, n);

  gtk_label_set_text (self->count, text);
  gtk_widget_set_visible (GTK_WIDGET (self->count), n > 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  n > 0 ? spoken : title, -1);
}

static void
kith_nav_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), KITH_TYPE_NAV_ROW);
  g_clear_pointer (&KITH_NAV_ROW (object)->klass, g_type_class_unref);
  G_OBJECT_CLASS (kith_nav_row_parent_class)->dispose (object);
}

static void
kith_nav_row_class_init (KithNavRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_nav_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/widgets/kith-nav-row.ui");
  gtk_widget_class_bind_template_child (widget_class, KithNavRow, image);
  gtk_widget_class_bind_template_child (widget_class, KithNavRow, title);
  gtk_widget_class_bind_template_child (widget_class, KithNavRow, count);
}

static void
kith_nav_row_init (KithNavRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
kith_nav_row_new (GType page_type)
{
  KithNavRow *self = g_object_new (KITH_TYPE_NAV_ROW, NULL);
  KithPageClass *klass = g_type_class_ref (page_type);

  self->klass = klass;
  gtk_image_set_from_icon_name (self->image, klass->icon_name);
  gtk_label_set_text (self->title, g_dpgettext (NULL, klass->title, 0));
  kith_nav_row_show_key (self);
  if (g_str_equal (klass->name, "attention"))
    gtk_widget_add_css_class (GTK_WIDGET (self->count), "attention");
  update (self);
  return GTK_WIDGET (self);
}

/* The key that goes there now: another account has other pages, and other numbers for them. */
void
kith_nav_row_show_key (KithNavRow *self)
{
  g_autofree char *action = g_strconcat ("win.go::", self->klass->name, NULL);
  g_autofree char *key = kith_shortcuts_label (action);

  gtk_widget_set_tooltip_text (GTK_WIDGET (self), key);
}

/**
 * kith_nav_row_get_page_class:
 *
 * Returns: (transfer none): of the page it stands for, whether that is built or not
 */
KithPageClass *
kith_nav_row_get_page_class (KithNavRow *self)
{
  return self->klass;
}

KithPage *
kith_nav_row_get_page (KithNavRow *self)
{
  return self->page;
}

/**
 * kith_nav_row_set_page:
 * @page: borrowed: it must live as long as the row. Once; from then on the row shows its count.
 */
void
kith_nav_row_set_page (KithNavRow *self,
                       KithPage   *page)
{
  g_return_if_fail (!self->page);

  self->page = page;
  g_signal_connect_object (page, "notify::count", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
