/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-head-note.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "kith-json.h"
#include "kith-watch.h"

struct _KithHeadNote
{
  AdwBin parent_instance;
  KithContext *context;
  GtkLabel *label;
  char *client, *with; /* of the watch */
  gboolean as_head;
  KithWatch *watch;    /* NULL: nobody was to be a head yet */
};

G_DEFINE_FINAL_TYPE (KithHeadNote, kith_head_note, ADW_TYPE_BIN)

#define HEAD "1" /* of the vocabulary hmis_relationship */

static void
show (KithHeadNote *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), self->as_head && *gtk_label_get_text (self->label));
}

static void
heads_cb (GPtrArray *rows,
          gpointer   user_data)
{
  KithHeadNote *self = user_data;
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *words = NULL;

  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *name = kith_format_row_name (rows->pdata[i]);

      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", name);
    }
  if (rows->len > 0 && kith_row_get_int (rows->pdata[0], "begins"))
    /* Translators: a client's name */
    words = g_strdup_printf (_("%s is in no household yet and becomes the head of this one. A household has one head: choose how the two are related instead."), names->str);
  else if (rows->len > 0)
    /* Translators: names of clients */
    words = g_strdup_printf (_("Already head of this household: %s. A household has one head: choose another relation here, or change theirs afterwards."), names->str);
  gtk_label_set_text (self->label, words ? words : "");
  show (self);
}

void
kith_head_note_set (KithHeadNote *self,
                    const char   *client,
                    const char   *with,
                    const char   *relationship)
{
  static const char *const kinds[] = { "household_member", "client", "match", NULL };
  const char *args[] = { client ? client : "", with, NULL };

  self->as_head = with && g_strcmp0 (relationship, HEAD) == 0;
  if (self->as_head && !(self->watch && g_str_equal (self->client, args[0]) && g_str_equal (self->with, with)))
    {
      gtk_label_set_text (self->label, ""); /* of somebody else */
      g_free (self->client);
      g_free (self->with);
      self->client = g_strdup (args[0]);
      self->with = g_strdup (with);
      if (self->watch)
        kith_watch_set_args (self->watch, args);
      else
        self->watch = kith_watch_new_args (self->context, "household-heads", kinds, args, heads_cb, self);
    }
  show (self);
}

static void
asked_cb (GtkWidget  *note,
          JsonObject *args)
{
  const char *client = kith_json_string (args, "client");

  kith_head_note_set (KITH_HEAD_NOTE (note), client, client ? kith_json_string (args, "with") : NULL, kith_json_string (args, "relationship"));
}

void
kith_head_note_add_to (KithAskWindow *window,
                       KithContext   *context)
{
  kith_ask_window_add_note (window, kith_head_note_new (context), asked_cb);
}

static void
kith_head_note_dispose (GObject *object)
{
  KithHeadNote *self = KITH_HEAD_NOTE (object);

  g_clear_object (&self->watch);
  g_clear_object (&self->context);
  g_clear_pointer (&self->client, g_free);
  g_clear_pointer (&self->with, g_free);
  G_OBJECT_CLASS (kith_head_note_parent_class)->dispose (object);
}

static void
kith_head_note_class_init (KithHeadNoteClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_head_note_dispose;
}

static void
kith_head_note_init (KithHeadNote *self)
{
  self->label = g_object_new (GTK_TYPE_LABEL, "name", "two-heads", "xalign", 0.0, "wrap", TRUE, "max-width-chars", 44, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "warning");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->label));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * kith_head_note_new:
 *
 * Returns: (transfer floating): hidden, until a second head would be made
 */
GtkWidget *
kith_head_note_new (KithContext *context)
{
  KithHeadNote *self = g_object_new (KITH_TYPE_HEAD_NOTE, NULL);

  self->context = g_object_ref (context);
  return GTK_WIDGET (self);
}
