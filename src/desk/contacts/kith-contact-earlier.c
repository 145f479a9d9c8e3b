/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-contact-earlier.h"

#include <glib/gi18n.h>
#include <string.h>

#include "kith-format.h"
#include "kith-text.h"
#include "kith-watch.h"

#define LEAST 7 /* digits: fewer end too many numbers while one types */
#define MOST 10 /* a country code is written or not */

struct _KithContactEarlier
{
  AdwBin parent_instance;
  KithContext *context;
  GtkListBox *list;
  char *match; /* what was asked; NULL: nothing */
  KithWatch *watch;
};

G_DEFINE_FINAL_TYPE (KithContactEarlier, kith_contact_earlier, ADW_TYPE_BIN)

/**
 * kith_contact_phone_match:
 * @text: (nullable): as it was typed
 * @least: digits without which it is no number yet
 *
 * Returns: (transfer full) (nullable): an expression for the index of calls
 */
char *
kith_contact_phone_match (const char *text,
                          gsize       least)
{
  g_autofree char *digits = text ? kith_text_digits (text) : NULL, *reversed = digits ? kith_text_reverse (digits) : NULL;

  if (!reversed || strlen (reversed) < least || strspn (text, "0123456789 +-().") != strlen (text))
    return NULL;
  if (strlen (reversed) > MOST)
    reversed[MOST] = '\0';
  return g_strdup_printf ("digits : \"%s\" *", reversed);
}

static void
clear (KithContactEarlier *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))))
    gtk_list_box_remove (self->list, row);
}

static void
add_call (KithContactEarlier *self,
          KithRow            *call)
{
  GtkWidget *row = adw_action_row_new ();
  gint64 n_open = kith_row_get_int (call, "open");
  const char *name = kith_row_get_text (call, "name");
  g_autofree char *when = kith_format_time (kith_row_get_text (call, "submitted_at"), kith_context_get_now (self->context));
  g_autofree char *open = n_open > 0 ? g_strdup_printf (ngettext ("%u open", "%u open", (gulong) n_open), (guint) n_open) : g_strdup (_("nothing open"));
  g_autofree char *meta = kith_format_join (kith_row_get_text (call, "number"), when, kith_row_get_text (call, "author_name"));
  g_autofree char *subtitle = kith_format_join (meta, open, NULL), *place = g_strconcat ("contacts/", kith_row_get_id (call), NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name ? name : _("Name not given"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", place);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.go");
  gtk_list_box_append (self->list, row);
}

static void
calls_cb (GPtrArray *rows,
          gpointer   user_data)
{
  KithContactEarlier *self = user_data;

  clear (self);
  for (guint i = 0; i < rows->len; i++)
    add_call (self, rows->pdata[i]);
  gtk_widget_set_visible (GTK_WIDGET (self), rows->len > 0);
}

void
kith_contact_earlier_look (KithContactEarlier *self,
                           KithContext        *context,
                           const char         *phone)
{
  static const char *const kinds[] = { "contact_record", "contact_need", NULL };
  g_autofree char *match = kith_contact_phone_match (phone, LEAST);

  if (g_strcmp0 (match, self->match) == 0)
    return;
  g_clear_object (&self->watch);
  g_free (self->match);
  self->match = g_steal_pointer (&match);
  g_set_object (&self->context, context);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  if (self->match)
    self->watch = kith_watch_new (context, "contacts-by-phone", kinds, self->match, calls_cb, self);
}

static void
kith_contact_earlier_dispose (GObject *object)
{
  KithContactEarlier *self = KITH_CONTACT_EARLIER (object);

  g_clear_object (&self->watch);
  g_clear_pointer (&self->match, g_free);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_contact_earlier_parent_class)->dispose (object);
}

static void
kith_contact_earlier_class_init (KithContactEarlierClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_contact_earlier_dispose;
}

static void
kith_contact_earlier_init (KithContactEarlier *self)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("Called Before"));
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->list));
  adw_bin_set_child (ADW_BIN (self), group);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
