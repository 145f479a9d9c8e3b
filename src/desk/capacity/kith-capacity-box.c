/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "capacity/kith-capacity-box.h"

#include "capacity/kith-capacity-words.h"
#include "kith-watch.h"
#include "widgets/kith-wrap-box.h"

struct _KithCapacityBox
{
  GtkBox parent_instance;
  KithContext *context;
  KithWatch *watch;
};

G_DEFINE_FINAL_TYPE (KithCapacityBox, kith_capacity_box, GTK_TYPE_BOX)

static GtkWidget *
words_new (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  return label;
}

/* By which number it is called, where it is said that one is to: to be read off or copied. */
static void
add_phones (KithCapacityBox *self,
            KithRow         *row)
{
  g_autofree char *words = kith_capacity_phones (row);
  GtkWidget *label = words ? words_new (words) : NULL;

  if (!label)
    return;
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_can_focus (label, FALSE); /* one that is selectable but only not focusable would hold Tab for ever */
  gtk_widget_add_css_class (label, "section-title");
  gtk_box_append (GTK_BOX (self), label);
}

static void
add_count (KithCapacityBox *self,
           KithRow         *row)
{
  gint64 now = kith_context_get_now (self->context), reserved = kith_row_get_int (row, "reserved");
  gboolean stale;
  g_autofree char *age = kith_capacity_age (row, now, &stale);
  const char *note = kith_row_get_text (row, "note"), *group = kith_row_get_text (row, "target_group");
  GtkWidget *line = kith_wrap_box_new (), *pill = kith_status_pill_new (), *old = kith_status_pill_new ();

  kith_capacity_pill (KITH_STATUS_PILL (pill), row, now);
  kith_status_pill_set (KITH_STATUS_PILL (old), stale ? "dialog-warning-symbolic" : "document-open-recent-symbolic", age, stale ? "warn" : "");
  kith_wrap_box_append (KITH_WRAP_BOX (line), pill);
  kith_wrap_box_append (KITH_WRAP_BOX (line), old);
  gtk_box_append (GTK_BOX (self), line);
  if (kith_capacity_assess_words (row))
    {
      gtk_box_append (GTK_BOX (self), words_new (kith_capacity_assess_words (row)));
      add_phones (self, row);
    }
  if (reserved > 0)
    {
      g_autofree char *kept = kith_capacity_reserved_words (row);

      gtk_box_append (GTK_BOX (self), words_new (kept));
    }
  if (group)
    gtk_box_append (GTK_BOX (self), words_new (group));
  if (note)
    gtk_box_append (GTK_BOX (self), words_new (note));
}

static void
add_caution (KithCapacityBox *self)
{
  GtkWidget *words = words_new (kith_capacity_caution ());

  gtk_widget_add_css_class (words, "meta");
  gtk_box_append (GTK_BOX (self), words);
}

static void
rows_cb (GPtrArray *rows,
         gpointer   user_data)
{
  KithCapacityBox *self = user_data;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_box_remove (GTK_BOX (self), child);
  for (guint i = 0; i < rows->len; i++)
    add_count (self, rows->pdata[i]);
  if (rows->len > 0)
    add_caution (self);
  gtk_widget_set_visible (GTK_WIDGET (self), rows->len > 0);
}

void
kith_capacity_box_set_service (KithCapacityBox *self,
                               KithContext     *context,
                               const char      *service)
{
  static const char *const kinds[] = { "capacity", NULL };

  g_clear_object (&self->watch);
  g_set_object (&self->context, context);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  if (service)
    self->watch = kith_watch_new (context, "capacity-of", kinds, service, rows_cb, self);
}

static void
kith_capacity_box_dispose (GObject *object)
{
  KithCapacityBox *self = KITH_CAPACITY_BOX (object);

  g_clear_object (&self->watch);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_capacity_box_parent_class)->dispose (object);
}

static void
kith_capacity_box_class_init (KithCapacityBoxClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_capacity_box_dispose;
}

static void
kith_capacity_box_init (KithCapacityBox *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
