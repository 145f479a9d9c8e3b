/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-client-links.h"

#include <glib/gi18n.h>

#include "kith-client-view-private.h"
#include "kith-format.h"
#include "kith-kind.h"
#include "kith-watch.h"
#include "widgets/kith-cards.h"
#include "widgets/kith-facts.h"

struct _KithClientLinks
{
  AdwBin parent_instance;
  KithContext *context;
  GtkBox *box;
  JsonObject *own;   /* the record that is open; NULL: not here yet */
  GPtrArray *links;  /* (element-type KithRow) */
  KithWatch *own_watch, *links_watch;
};

G_DEFINE_FINAL_TYPE (KithClientLinks, kith_client_links, ADW_TYPE_BIN)

static gboolean
is_same (JsonNode *a,
         JsonNode *b)
{
  return a && b && kith_json_equal (a, b);
}

/* Each value with its source: the title of the card says whose they are. */
static void
add_values (KithClientLinks *self,
            KithFacts       *facts,
            JsonObject      *body)
{
  const KithKind *kind = kith_kind_get ("client");

  for (guint i = 0; i < kind->n_fields; i++)
    {
      const KithField *field = &kind->fields[i];
      JsonNode *value = json_object_get_member (body, field->name), *own = self->own ? json_object_get_member (self->own, field->name) : NULL;

      if (value && kith_client_is_told (field) && !is_same (value, own))
        kith_facts_take (facts, _(field->label),
                         g_str_equal (field->name, "phones")    ? kith_format_phones (body, "\n")
                         : g_str_equal (field->name, "address") ? kith_format_home (json_node_get_object (value))
                                                                : kith_format_field (field, value));
    }
}

static void
unlink_cb (GtkButton       *button,
           KithClientLinks *self)
{
  kith_context_submit (self->context, "match.unlink", kith_json_new ("match", "s", g_object_get_data (G_OBJECT (button), "match"), NULL),
                       _("Unlinked, and remembered as different people"), TRUE, NULL, NULL);
}

static GtkWidget *
button_new (const char *words,
            const char *said)
{
  GtkWidget *button = gtk_button_new_with_label (words);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
  return button;
}

/* How it comes to be read as one: linked with the record that is open, or with another of them. Yours; NULL: nothing to say. */
static char *
link_words (KithClientLinks *self,
            KithRow         *row)
{
  const char *by = kith_row_get_text (row, "by_name"), *through = kith_row_get_text (row, "through");
  g_autofree char *when = kith_format_time (kith_row_get_text (row, "at"), kith_context_get_now (self->context));

  if (kith_row_get_text (row, "match"))
    /* Translators: when two records were linked, and by whom */
    return by && when ? g_strdup_printf (_("Linked %s by %s"), when, by) : g_strdup (when);
  through = through ? through : _("another record");
  if (kith_row_get_int (row, "apart"))
    /* Translators: the number of a record between the two */
    return g_strdup_printf (_("Somebody said that this is a different person, and it is still linked by way of %s. Open that one and unlink whichever is not the same."),
                            through);
  /* Translators: the number of a record between the two */
  return g_strdup_printf (_("Linked by way of %s"), through);
}

static GtkWidget *
heading_new (KithClientLinks *self,
             KithRow         *row)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  const char *agency = kith_row_get_text (row, "agency_name"), *number = kith_row_get_text (row, "number"), *match = kith_row_get_text (row, "match");
  /* Translators: the number of a record and its agency */
  g_autofree char *title = g_strdup_printf (_("%s of %s"), number ? number : _("The record"), agency ? agency : _("another agency"));
  g_autofree char *meta = link_words (self, row);
  g_autofree char *open_said = g_strdup_printf (_("Open %s"), title), *unlink_said = g_strdup_printf (_("Unlink %s: they are different people"), title);
  g_autofree char *place = g_strconcat ("clients/", kith_row_get_id (row), NULL);
  GtkWidget *open = button_new (C_("verb", "Open"), open_said), *unlink;
  const char *texts[] = { title, meta };

  gtk_widget_set_hexpand (words, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (texts) && texts[i]; i++)
    {
      GtkWidget *label = gtk_label_new (texts[i]);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_widget_add_css_class (label, i == 0 ? "section-title" : !match && kith_row_get_int (row, "apart") ? "warning" : "meta");
      gtk_box_append (GTK_BOX (words), label);
    }
  gtk_actionable_set_action_target (GTK_ACTIONABLE (open), "s", place);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (open), "win.go");
  gtk_box_append (GTK_BOX (line), words);
  gtk_box_append (GTK_BOX (line), open);
  if (!match) /* which of the links between is wrong is seen there */
    return line;
  unlink = button_new (_("Unlink"), unlink_said);
  gtk_widget_set_name (unlink, "unlink");
  g_object_set_data_full (G_OBJECT (unlink), "match", g_strdup (match), g_free);
  g_signal_connect_object (unlink, "clicked", G_CALLBACK (unlink_cb), self, 0);
  gtk_box_append (GTK_BOX (line), unlink);
  return line;
}

static void
show (KithClientLinks *self)
{
  KithCardsPlace *focused = kith_cards_clear (GTK_WIDGET (self->box));

  for (guint i = 0; i < self->links->len; i++)
    {
      KithRow *row = self->links->pdata[i];
      JsonObject *body = kith_row_body (row, "body");
      GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *facts = g_object_new (KITH_TYPE_FACTS, NULL);

      gtk_widget_add_css_class (card, "card");
      gtk_widget_add_css_class (card, "match-card");
      gtk_widget_add_css_class (facts, "plain");
      gtk_box_append (GTK_BOX (card), heading_new (self, row));
      if (body)
        add_values (self, KITH_FACTS (facts), body);
      gtk_box_append (GTK_BOX (card), facts);
      kith_cards_append (GTK_WIDGET (self->box), card, kith_row_get_id (row));
    }
  gtk_widget_set_visible (GTK_WIDGET (self), self->links->len > 0);
  kith_cards_return (GTK_WIDGET (self->box), focused);
}

static void
own_cb (GPtrArray *rows,
        gpointer   user_data)
{
  KithClientLinks *self = user_data;
  JsonObject *body = rows->len > 0 ? kith_row_body (rows->pdata[0], "body") : NULL;

  g_clear_pointer (&self->own, json_object_unref);
  self->own = body ? json_object_ref (body) : NULL;
  show (self);
}

static void
links_cb (GPtrArray *rows,
          gpointer   user_data)
{
  KithClientLinks *self = user_data;

  g_ptr_array_set_size (self->links, 0);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (self->links, g_object_ref (rows->pdata[i]));
  show (self);
}

static void
kith_client_links_dispose (GObject *object)
{
  KithClientLinks *self = KITH_CLIENT_LINKS (object);

  g_clear_object (&self->own_watch);
  g_clear_object (&self->links_watch);
  g_clear_pointer (&self->own, json_object_unref);
  g_clear_pointer (&self->links, g_ptr_array_unref);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_client_links_parent_class)->dispose (object);
}

static void
kith_client_links_class_init (KithClientLinksClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_client_links_dispose;
}

static void
kith_client_links_init (KithClientLinks *self)
{
  self->links = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * kith_client_links_new:
 *
 * Returns: (transfer floating): hidden until there are records that were said to be this person
 */
GtkWidget *
kith_client_links_new (KithContext *context)
{
  KithClientLinks *self = g_object_new (KITH_TYPE_CLIENT_LINKS, NULL);
  GtkWidget *group = adw_preferences_group_new ();

  self->context = g_object_ref (context);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("The same person"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                         _("What the linked records say otherwise. All other parts of the record show those of all, each with the number of the record it is of."));
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 10));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->box));
  adw_bin_set_child (ADW_BIN (self), group);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  return GTK_WIDGET (self);
}

void
kith_client_links_set_client (KithClientLinks *self,
                              const char      *id)
{
  static const char *const own_kinds[] = { "client", NULL };
  static const char *const link_kinds[] = { "match", "client", "organization", NULL };

  g_clear_object (&self->own_watch);
  g_clear_object (&self->links_watch);
  g_clear_pointer (&self->own, json_object_unref);
  g_ptr_array_set_size (self->links, 0);
  show (self); /* nobody sees those of the client before */
  if (!id)
    return;
  self->own_watch = kith_watch_new (self->context, "client", own_kinds, id, own_cb, self);
  self->links_watch = kith_watch_new (self->context, "client-links", link_kinds, id, links_cb, self);
}
