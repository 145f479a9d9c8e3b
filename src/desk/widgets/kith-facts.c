/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-facts.h"

#include "kith-clipboard.h"
#include "widgets/kith-fit.h"

struct _KithFacts
{
  GtkWidget parent_instance;
  GtkLabel *title_label;
  GtkGrid *lines; /* the labels are one column, as wide as the longest of the card */
  int n;
  gboolean stacked, guarded;
};

G_DEFINE_FINAL_TYPE (KithFacts, kith_facts, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_TITLE,
};

static void
kith_facts_set_property (GObject      *object,
                         guint         id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  kith_facts_set_title (KITH_FACTS (object), g_value_get_string (value));
}

static void
kith_facts_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), KITH_TYPE_FACTS);
  G_OBJECT_CLASS (kith_facts_parent_class)->dispose (object);
}

static void
kith_facts_class_init (KithFactsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_facts_dispose;
  G_OBJECT_CLASS (klass)->set_property = kith_facts_set_property;
  g_object_class_install_property (G_OBJECT_CLASS (klass), PROP_TITLE,
                                   g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS));
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/widgets/kith-facts.ui");
  gtk_widget_class_bind_template_child (widget_class, KithFacts, title_label);
  gtk_widget_class_bind_template_child (widget_class, KithFacts, lines);
}

static void
kith_facts_init (KithFacts *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);
}

/**
 * kith_facts_clear:
 *
 * Takes all lines out and hides the card; its title stays for what is added next.
 */
void
kith_facts_clear (KithFacts *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->lines))))
    gtk_grid_remove (self->lines, child);
  self->n = 0;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * kith_facts_set_title:
 * @title: (nullable): NULL: none
 */
void
kith_facts_set_title (KithFacts  *self,
                      const char *title)
{
  gtk_label_set_text (self->title_label, title ? title : "");
  gtk_widget_set_visible (GTK_WIDGET (self->title_label), title != NULL);
}

void
kith_facts_set_stacked (KithFacts *self)
{
  self->stacked = TRUE;
}

void
kith_facts_set_guarded (KithFacts *self)
{
  self->guarded = TRUE;
}

void
kith_facts_add_heading (KithFacts  *self,
                        const char *words)
{
  GtkWidget *label;

  if (!words || !*words)
    return;
  label = gtk_label_new (words);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_set_margin_top (label, self->n > 0 ? 6 : 0);
  gtk_grid_attach (self->lines, label, 0, self->n++, 2, 1);
}

void
kith_facts_add (KithFacts  *self,
                const char *label,
                const char *value)
{
  GtkWidget *name, *text;
  gboolean stacked = self->stacked || kith_text_is_large (GTK_WIDGET (self)); /* beside labels that large hardly a word of the value has room */

  if (!value || !*value)
    return;
  name = gtk_label_new (label);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_yalign (GTK_LABEL (name), 0);
  gtk_label_set_wrap (GTK_LABEL (name), TRUE);
  if (!stacked)
    {
      gtk_label_set_width_chars (GTK_LABEL (name), 13);
      gtk_label_set_max_width_chars (GTK_LABEL (name), 13);
    }
  gtk_widget_add_css_class (name, "meta");
  text = gtk_label_new (value);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (text), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (text), TRUE);
  gtk_widget_set_can_focus (text, FALSE); /* one that is selectable but only not focusable would hold Tab for ever */
  if (self->guarded)
    kith_clipboard_guard (text);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_RELATION_LABELLED_BY, name, NULL, -1);
  gtk_label_set_yalign (GTK_LABEL (text), 0);
  if (stacked)
    {
      GtkWidget *both = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

      gtk_box_append (GTK_BOX (both), name);
      gtk_box_append (GTK_BOX (both), text);
      gtk_grid_attach (self->lines, both, 0, self->n++, 2, 1);
    }
  else
    {
      gtk_grid_attach (self->lines, name, 0, self->n, 1, 1);
      gtk_grid_attach (self->lines, text, 1, self->n++, 1, 1);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

void
kith_facts_take (KithFacts  *self,
                 const char *label,
                 char       *value)
{
  kith_facts_add (self, label, value);
  g_free (value);
}
