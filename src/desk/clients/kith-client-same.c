/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two records that staff know to be one person, whatever the hub found (domain.md 5): linked by hand, and what was decided wrongly put right. */

#include "kith-client-actions-private.h"

#include <glib/gi18n.h>

#include "attention/kith-match-card.h"
#include "kith-clients-page.h"
#include "kith-format.h"
#include "kith-kind.h"
#include "kith-match.h"
#include "kith-watch.h"

#define MIN_HEIGHT 180 /* pixels */
#define MAX_HEIGHT 420

/* The two beside each other, as where the hub found them, once the other one is chosen. */
typedef struct
{
  KithContext *context;
  GtkScrolledWindow *place; /* owns this: the values wrap, and a window is never lower than they are in their narrowest shape */
  KithWatch *watches[2];
  KithRow *rows[2];   /* of the record that is open, and of the other */
  char *other;
} Compared;

static void
compared_free (gpointer data)
{
  Compared *self = data;

  for (guint i = 0; i < G_N_ELEMENTS (self->watches); i++)
    {
      g_clear_object (&self->watches[i]);
      g_clear_object (&self->rows[i]);
    }
  g_object_unref (self->context);
  g_free (self->other);
  g_free (self);
}

static KithRecord *
record_of (KithRow *row)
{
  return kith_record_new_for_body (kith_kind_get ("client"), kith_row_get_id (row), kith_row_body (row, "body"));
}

static void
show (Compared *self)
{
  gboolean whole = self->rows[0] && self->rows[1] && kith_row_body (self->rows[0], "body") && kith_row_body (self->rows[1], "body");

  if (whole)
    {
      g_autoptr (KithRecord) first = record_of (self->rows[0]), second = record_of (self->rows[1]);
      g_autoptr (KithRecord) match = kith_record_new (kith_kind_get ("match"), "");
      GtkWidget *card;

      kith_record_set_node (match, "first_values", kith_match_values (first));
      kith_record_set_node (match, "second_values", kith_match_values (second));
      kith_match_set_levels (match, first, second);
      card = kith_match_card_new_compared (kith_record_get_body (match), self->rows[0], self->rows[1]);
      gtk_widget_set_valign (card, GTK_ALIGN_START);
      gtk_scrolled_window_set_child (self->place, card);
    }
  else
    gtk_scrolled_window_set_child (self->place, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->place), whole);
}

static void
take (Compared  *self,
      guint      i,
      GPtrArray *rows)
{
  KithRow *row = rows->len > 0 ? rows->pdata[0] : NULL;

  g_set_object (&self->rows[i], row);
  show (self);
}

static void
own_cb (GPtrArray *rows,
        gpointer   user_data)
{
  take (user_data, 0, rows);
}

static void
other_cb (GPtrArray *rows,
          gpointer   user_data)
{
  take (user_data, 1, rows);
}

static void
asked_cb (GtkWidget  *place,
          JsonObject *args)
{
  static const char *const kinds[] = { "client", NULL };
  Compared *self = g_object_get_data (G_OBJECT (place), "compared");
  const char *client = kith_json_string (args, "client"), *other = kith_json_string (args, "other");

  if (client && !self->watches[0])
    self->watches[0] = kith_watch_new (self->context, "client", kinds, client, own_cb, self);
  if (g_strcmp0 (other, self->other) == 0)
    return;
  g_free (self->other);
  self->other = g_strdup (other);
  g_clear_object (&self->watches[1]);
  g_clear_object (&self->rows[1]);
  show (self);
  if (other)
    self->watches[1] = kith_watch_new (self->context, "client", kinds, other, other_cb, self);
}

static GtkWidget *
compared_new (KithContext *context)
{
  Compared *self = g_new0 (Compared, 1);

  self->context = g_object_ref (context);
  self->place = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER, "propagate-natural-height", TRUE, "min-content-height", MIN_HEIGHT,
                              "max-content-height", MAX_HEIGHT, NULL);
  gtk_widget_set_name (GTK_WIDGET (self->place), "compared");
  gtk_widget_set_visible (GTK_WIDGET (self->place), FALSE);
  g_object_set_data_full (G_OBJECT (self->place), "compared", self, compared_free);
  return GTK_WIDGET (self->place);
}

static void
same_person_action (GtkWidget  *page,
                    const char *name,
                    GVariant   *target)
{
  const char *client = kith_split_page_get_id (KITH_SPLIT_PAGE (page));
  KithAskWindow *window;
  JsonObject *given;

  if (!client)
    return;
  given = kith_json_new ("client", "s", client, NULL);
  json_object_set_null_member (given, "over"); /* nothing is taken back */
  window = kith_client_ask (page, "match.link", _("Another Record of the Same Person"), NULL, _("Link"), _("Linked: they read as one"),
                            given, NULL);
  kith_ask_window_add_client (window, "other", _("The other record: name, birth date or phone"));
  kith_ask_window_add_note (window, compared_new (kith_page_get_context (KITH_PAGE (page))), asked_cb);
  gtk_window_present (GTK_WINDOW (window));
}

static KithRow *
decision (GtkWidget *page,
          GVariant  *target)
{
  return kith_client_view_find (kith_clients_page_get_view (KITH_CLIENTS_PAGE (page)), KITH_CLIENT_DECISIONS, g_variant_get_string (target, NULL));
}

/* What a colleague said is taken back by naming when it was said: nobody overrules what they have not read. */
static void
link_again_action (GtkWidget  *page,
                   const char *name,
                   GVariant   *target)
{
  KithRow *row = decision (page, target);
  JsonObject *args;

  if (!row)
    return;
  args = kith_json_new ("match", "s", kith_row_get_id (row), NULL);
  if (!kith_row_get_int (row, "mine") && kith_row_get_text (row, "at"))
    json_object_set_string_member (args, "over", kith_row_get_text (row, "at"));
  kith_context_submit (kith_page_get_context (KITH_PAGE (page)), "match.link", args, _("Linked: they read as one"), TRUE, NULL, NULL);
}

static void
unlink_action (GtkWidget  *page,
               const char *name,
               GVariant   *target)
{
  if (decision (page, target))
    kith_context_submit (kith_page_get_context (KITH_PAGE (page)), "match.unlink", kith_json_new ("match", "s", g_variant_get_string (target, NULL), NULL),
                         _("Unlinked, and remembered as different people"), TRUE, NULL, NULL);
}

void
kith_client_same_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "client.same-person", NULL, same_person_action);
  gtk_widget_class_install_action (klass, "client.link-again", "s", link_again_action);
  gtk_widget_class_install_action (klass, "client.unlink", "s", unlink_action);
}
