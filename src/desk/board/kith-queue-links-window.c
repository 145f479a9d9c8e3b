/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "board/kith-queue-links-window.h"

#include <glib/gi18n.h>

#include "agency/kith-account-links.h"
#include "kith-format.h"
#include "kith-watch.h"
#include "widgets/kith-cards.h"
#include "widgets/kith-fit.h"
#include "widgets/kith-suggest.h"
#include "widgets/kith-unread.h"

struct _KithQueueLinksWindow
{
  AdwWindow parent_instance;
  KithContext *context;
  char *queue;
  AdwPreferencesGroup *choices_group;
  AdwBin *suggest_place;
  GtkListBox *links, *choices;
  GtkWidget *all; /* said while nothing is linked */
  GtkLabel *problem;
  KithWatch *links_watch, *choices_watch;
  GPtrArray *linked, *offered; /* (element-type KithRow) */
};

G_DEFINE_FINAL_TYPE (KithQueueLinksWindow, kith_queue_links_window, ADW_TYPE_WINDOW)

/* This window lies over the one that would tell of a refusal. */
static void
submitted_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GtkWidget) button = user_data;
  KithQueueLinksWindow *self = KITH_QUEUE_LINKS_WINDOW (gtk_widget_get_ancestor (button, KITH_TYPE_QUEUE_LINKS_WINDOW));
  g_autoptr (GError) error = NULL;
  gboolean done = kith_context_submit_finish (KITH_CONTEXT (source), result, &error);

  g_object_set_data (G_OBJECT (button), "asked", NULL);
  if (done)
    return;
  if (!self)
    {
      kith_context_problem (KITH_CONTEXT (source), _("That was not saved"), error);
      return;
    }
  gtk_label_set_text (self->problem, error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
}

/* One press is asked for once; the button keeps the focus, which it would lose were it insensitive meanwhile. */
static void
change (KithQueueLinksWindow *self,
        const char           *how,
        GtkWidget            *button,
        const char           *done)
{
  const char *resource = g_object_get_data (G_OBJECT (button), "resource");

  if (g_object_get_data (G_OBJECT (button), "asked"))
    return;
  g_object_set_data (G_OBJECT (button), "asked", GINT_TO_POINTER (TRUE));
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  kith_context_submit (self->context, "queue.link", kith_json_new ("queue", "s", self->queue, how, "a", kith_json_strings (resource, NULL), NULL), done, FALSE, submitted_cb,
                       g_object_ref (button));
}

static void
add_cb (KithQueueLinksWindow *self,
        GtkWidget            *button)
{
  change (self, "add", button, _("The queue takes its referrals"));
}

static void
remove_cb (KithQueueLinksWindow *self,
           GtkWidget            *button)
{
  change (self, "remove", button, _("Taken off the queue"));
}

/* Showing */

static GtkWidget *
line_new (KithQueueLinksWindow *self,
          KithRow              *row,
          const char           *icon,
          const char           *verb, /* with %s: what it is */
          GCallback             pressed)
{
  GtkWidget *line = adw_action_row_new (), *button = gtk_button_new_from_icon_name (icon);
  const char *name = kith_row_get_text (row, "name") ? kith_row_get_text (row, "name") : kith_row_get_id (row);
  g_autofree char *words = kith_format_join (kith_account_links_kind_words (kith_row_get_text (row, "t")), kith_row_get_text (row, "agency_name"), NULL);
  g_auto (GStrv) parts = g_strsplit (verb, "%s", 2);
  g_autofree char *label = g_strconcat (parts[0], name, parts[1], NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (line), words);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (line), 0);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_name (button, kith_row_get_id (row));
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (button), "resource", g_strdup (kith_row_get_id (row)), g_free);
  g_signal_connect_object (button, "clicked", pressed, self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (line), button);
  g_object_set_data (G_OBJECT (line), "button", button);
  return line;
}

/* What a line says, to see whether it is to be made anew. */
static char *
line_key (KithRow *row)
{
  return g_strjoin ("\n", kith_row_get_id (row), kith_row_get_text (row, "t"), kith_row_get_text (row, "name") ? kith_row_get_text (row, "name") : "",
                    kith_row_get_text (row, "agency_name") ? kith_row_get_text (row, "agency_name") : "", NULL);
}

static GtkListBoxRow *
find_line (GtkListBox *list,
           const char *key)
{
  GtkListBoxRow *line;

  for (int i = 0; (line = gtk_list_box_get_row_at_index (list, i)); i++)
    if (g_strcmp0 (g_object_get_data (G_OBJECT (line), "key"), key) == 0)
      return line;
  return NULL;
}

/* Lines that did not change stay, with the focus; where the one goes that had it, its neighbour has it. */
static void
show (KithQueueLinksWindow *self,
      GtkListBox           *list,
      GPtrArray            *rows,
      const char           *icon,
      const char           *verb,
      GCallback             pressed)
{
  int focused = kith_cards_get_focused (GTK_WIDGET (list));
  GtkListBoxRow *at = focused >= 0 ? gtk_list_box_get_row_at_index (list, focused) : NULL;
  gboolean kept = FALSE;
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GtkListBoxRow *line;

  for (guint i = 0; i < rows->len; i++)
    {
      char *key = line_key (rows->pdata[i]);

      kept = kept || (at && g_strcmp0 (g_object_get_data (G_OBJECT (at), "key"), key) == 0);
      g_hash_table_add (keys, key);
    }
  for (int i = 0; (line = gtk_list_box_get_row_at_index (list, i));)
    if (g_hash_table_contains (keys, g_object_get_data (G_OBJECT (line), "key")))
      i++;
    else
      gtk_list_box_remove (list, GTK_WIDGET (line));
  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *key = line_key (rows->pdata[i]);
      GtkWidget *made;

      line = find_line (list, key);
      if (line && gtk_list_box_row_get_index (line) == (int) i)
        continue;
      if (line) /* it went to another place */
        {
          kept = kept && line != at;
          gtk_list_box_remove (list, GTK_WIDGET (line));
        }
      made = line_new (self, rows->pdata[i], icon, verb, pressed);
      g_object_set_data_full (G_OBJECT (made), "key", g_steal_pointer (&key), g_free);
      gtk_list_box_insert (list, made, (int) i);
    }
  if (focused < 0 || kept)
    return;
  line = gtk_list_box_get_row_at_index (list, MIN (focused, (int) rows->len - 1));
  if (line)
    gtk_widget_grab_focus (g_object_get_data (G_OBJECT (line), "button"));
  else
    gtk_widget_child_focus (GTK_WIDGET (self->suggest_place), GTK_DIR_TAB_FORWARD);
}

static gboolean
is_linked (KithQueueLinksWindow *self,
           const char           *resource)
{
  for (guint i = 0; self->linked && i < self->linked->len; i++)
    if (g_strcmp0 (kith_row_get_id (self->linked->pdata[i]), resource) == 0)
      return TRUE;
  return FALSE;
}

/* What is linked already is not offered once more. */
static void
show_choices (KithQueueLinksWindow *self)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  for (guint i = 0; self->offered && i < self->offered->len; i++)
    if (!is_linked (self, kith_row_get_id (self->offered->pdata[i])))
      g_ptr_array_add (rows, self->offered->pdata[i]);
  if (rows->len > 0)
    gtk_widget_set_visible (GTK_WIDGET (self->choices_group), TRUE); /* before a line is to take the focus */
  show (self, self->choices, rows, "list-add-symbolic", _("Add %s"), G_CALLBACK (add_cb));
  gtk_widget_set_visible (GTK_WIDGET (self->choices_group), rows->len > 0);
}

static void
keep (GPtrArray **kept,
      GPtrArray  *rows)
{
  g_clear_pointer (kept, g_ptr_array_unref);
  *kept = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (*kept, g_object_ref (rows->pdata[i]));
}

static void
links_cb (GPtrArray *rows,
          gpointer   user_data)
{
  KithQueueLinksWindow *self = user_data;

  keep (&self->linked, rows);
  show (self, self->links, rows, "window-close-symbolic", _("Remove %s"), G_CALLBACK (remove_cb));
  gtk_widget_set_visible (GTK_WIDGET (self->links), rows->len > 0);
  gtk_widget_set_visible (self->all, rows->len == 0);
  show_choices (self);
}

static void
choices_cb (GPtrArray *rows,
            gpointer   user_data)
{
  KithQueueLinksWindow *self = user_data;

  keep (&self->offered, rows);
  show_choices (self);
}

/* An agency's own, its programs and its services, to choose from. */
static void
picked_cb (KithQueueLinksWindow *self,
           KithRow              *agency,
           KithSuggest          *suggest)
{
  static const char *const kinds[] = { "service", "program", "organization", NULL };

  g_clear_object (&self->choices_watch);
  g_clear_pointer (&self->offered, g_ptr_array_unref); /* another's do not stand under this one's name, not even where these cannot be read */
  show_choices (self);
  adw_preferences_group_set_title (self->choices_group, kith_row_field (agency, "name") ? kith_row_field (agency, "name") : "");
  self->choices_watch = kith_watch_new (self->context, "agency-resources", kinds, kith_row_get_id (agency), choices_cb, self);
  kith_suggest_clear (suggest);
}

static void
describe (KithContext  *context,
          gpointer      row,
          AdwActionRow *line)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), kith_row_field (row, "name") ? kith_row_field (row, "name") : "");
}

static void
kith_queue_links_window_dispose (GObject *object)
{
  KithQueueLinksWindow *self = KITH_QUEUE_LINKS_WINDOW (object);

  g_clear_object (&self->links_watch);
  g_clear_object (&self->choices_watch);
  g_clear_pointer (&self->linked, g_ptr_array_unref);
  g_clear_pointer (&self->offered, g_ptr_array_unref);
  g_clear_pointer (&self->queue, g_free);
  g_clear_object (&self->context);
  gtk_widget_dispose_template (GTK_WIDGET (object), KITH_TYPE_QUEUE_LINKS_WINDOW);
  G_OBJECT_CLASS (kith_queue_links_window_parent_class)->dispose (object);
}

static void
kith_queue_links_window_class_init (KithQueueLinksWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_queue_links_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/board/kith-queue-links-window.ui");
  gtk_widget_class_bind_template_child (widget_class, KithQueueLinksWindow, choices_group);
  gtk_widget_class_bind_template_child (widget_class, KithQueueLinksWindow, suggest_place);
  gtk_widget_class_bind_template_child (widget_class, KithQueueLinksWindow, links);
  gtk_widget_class_bind_template_child (widget_class, KithQueueLinksWindow, choices);
  gtk_widget_class_bind_template_child (widget_class, KithQueueLinksWindow, all);
  gtk_widget_class_bind_template_child (widget_class, KithQueueLinksWindow, problem);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
kith_queue_links_window_init (KithQueueLinksWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kith_fit_to_text (GTK_WINDOW (self));
}

/**
 * kith_queue_links_window_new:
 * @queue: its id
 * @name: what it is called
 *
 * Returns: (transfer none): a window that is not shown yet; GTK keeps it until it is closed
 */
GtkWidget *
kith_queue_links_window_new (GtkWindow   *parent,
                             KithContext *context,
                             const char  *queue,
                             const char  *name)
{
  static const char *const kinds[] = { "queue_resource", "service", "program", "organization", NULL };
  KithQueueLinksWindow *self = g_object_new (KITH_TYPE_QUEUE_LINKS_WINDOW, "transient-for", parent, "title", name, NULL);
  GtkWidget *suggest = kith_suggest_new (context, "organization", _("Add: type the name of an agency"), describe);

  self->context = g_object_ref (context);
  self->queue = g_strdup (queue);
  kith_unread_add_strip (GTK_WIDGET (self->problem), context);
  g_signal_connect_object (suggest, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->suggest_place, suggest);
  self->links_watch = kith_watch_new (context, "queue-links", kinds, queue, links_cb, self);
  return GTK_WIDGET (self);
}
