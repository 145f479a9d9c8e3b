/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The statuses as they were read, and as they were typed before a lock. */

#include "board/kith-statuses-window-private.h"

static void
clear_rows (KithStatusesWindow *self)
{
  GtkListBoxRow *line;

  while ((line = gtk_list_box_get_row_at_index (self->rows, 0)))
    gtk_list_box_remove (self->rows, GTK_WIDGET (line));
  g_ptr_array_set_size (self->retired, 0);
}

static void
add_read (KithStatusesWindow *self,
          KithRow            *row)
{
  gtk_list_box_append (self->rows, kith_statuses_line_new (self, kith_row_get_id (row), kith_row_get_text (row, "name"), kith_row_get_text (row, "phase"), kith_row_get_int (row, "n")));
}

static void
show_read (KithStatusesWindow *self)
{
  self->filling = TRUE;
  clear_rows (self);
  for (guint i = 0; i < self->read->len; i++)
    add_read (self, self->read->pdata[i]);
  kith_statuses_window_update (self);
  self->filling = FALSE;
}

static KithRow *
read_of (KithStatusesWindow *self,
         const char         *id)
{
  for (guint i = 0; i < self->read->len; i++)
    if (g_strcmp0 (kith_row_get_id (self->read->pdata[i]), id) == 0)
      return self->read->pdata[i];
  return NULL;
}

static JsonObject *
describe (KithStatusesWindow *self)
{
  JsonArray *list = json_array_new (), *known = json_array_new ();
  GtkListBoxRow *line;

  for (int i = 0; (line = gtk_list_box_get_row_at_index (self->rows, i)); i++)
    json_array_add_object_element (list, kith_json_new ("id", "s", kith_statuses_line_get_id (line), "was", "s", kith_statuses_line_get_was (line), "name", "s",
                                                        kith_statuses_line_get_name (line), "phase", "s", kith_statuses_line_get_phase (line), NULL));
  for (guint i = 0; i < self->read->len; i++)
    json_array_add_string_element (known, kith_row_get_id (self->read->pdata[i]));
  return kith_json_new ("statuses", "a", list, "known", "a", known, NULL);
}

static JsonObject *
collect_draft (gpointer owner)
{
  KithStatusesWindow *self = owner;
  g_autoptr (JsonObject) draft = describe (self);
  g_autofree char *text = kith_json_print_object (draft);

  return g_strcmp0 (text, self->untouched) == 0 ? NULL : g_steal_pointer (&draft);
}

static gboolean
has (JsonArray  *array,
     const char *text)
{
  for (guint i = 0; array && i < json_array_get_length (array); i++)
    if (g_strcmp0 (json_array_get_string_element (array, i), text) == 0)
      return TRUE;
  return FALSE;
}

/* A status of the draft: one that is there, or a new one. What a colleague retired meanwhile stays away, and what was new and is there under its
 * name by now was saved. */
static void
add_drafted (KithStatusesWindow *self,
             JsonObject         *status,
             JsonArray          *known)
{
  const char *id = kith_json_string (status, "id"), *name = kith_json_string (status, "name");
  KithRow *row = id ? read_of (self, id) : NULL;
  GtkWidget *line;

  if (id && !row)
    return;
  for (guint i = 0; !id && i < self->read->len; i++)
    if (!has (known, kith_row_get_id (self->read->pdata[i])) && g_strcmp0 (kith_row_get_text (self->read->pdata[i], "name"), name) == 0)
      return;
  line = kith_statuses_line_new (self, id, name, kith_json_string (status, "phase"), row ? kith_row_get_int (row, "n") : 0);
  if (id) /* what somebody renamed meanwhile is compared with what was seen here */
    g_object_set_data_full (G_OBJECT (line), "was", g_strdup (kith_json_string (status, "was")), g_free);
  gtk_list_box_append (self->rows, line);
}

static gboolean
is_shown (KithStatusesWindow *self,
          const char         *id)
{
  GtkListBoxRow *line;

  for (int i = 0; (line = gtk_list_box_get_row_at_index (self->rows, i)); i++)
    if (g_strcmp0 (kith_statuses_line_get_id (line), id) == 0)
      return TRUE;
  return FALSE;
}

static void
restore_draft (gpointer    owner,
               JsonObject *draft,
               const char *words)
{
  KithStatusesWindow *self = owner;
  JsonArray *statuses = kith_json_array (draft, "statuses"), *known = kith_json_array (draft, "known");

  self->filling = TRUE;
  clear_rows (self);
  for (guint i = 0; statuses && i < json_array_get_length (statuses); i++)
    add_drafted (self, json_array_get_object_element (statuses, i), known);
  for (guint i = 0; i < self->read->len; i++)
    {
      const char *id = kith_row_get_id (self->read->pdata[i]);

      if (is_shown (self, id))
        continue;
      if (has (known, id)) /* taken out of the list here */
        g_ptr_array_add (self->retired, g_strdup (id));
      else /* a colleague's, since */
        add_read (self, self->read->pdata[i]);
    }
  kith_statuses_window_update (self);
  self->filling = FALSE;
  gtk_label_set_text (self->restored, words);
  gtk_widget_set_visible (self->restored_strip, TRUE);
}

void
kith_statuses_window_discard (GtkWidget  *widget,
                              const char *name,
                              GVariant   *target)
{
  KithStatusesWindow *self = KITH_STATUSES_WINDOW (widget);

  show_read (self);
  gtk_widget_set_visible (self->restored_strip, FALSE);
  kith_draft_forget (self->draft);
}

void
kith_statuses_window_keep_draft (KithStatusesWindow *self)
{
  g_autofree char *key = g_strconcat ("statuses:", self->queue, NULL);
  g_autoptr (JsonObject) untouched = NULL;

  show_read (self);
  untouched = describe (self);
  self->untouched = kith_json_print_object (untouched);
  self->draft = kith_draft_new (self->context, key, "dir", collect_draft, restore_draft, self);
}
