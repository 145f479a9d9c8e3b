/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is staged stays through a lock, with what it was begun from: of what a colleague saved meanwhile only what was touched here is otherwise. */

#include "agency/kith-account-window-private.h"

static JsonObject *
collect_draft (gpointer owner)
{
  KithAccountWindow *self = owner;
  g_autoptr (KithAccountChanges) all = kith_account_window_changes (self);
  JsonObject *draft;

  if (kith_account_changes_size (all) == 0)
    return NULL;
  draft = kith_json_new ("before", "o", json_object_ref (self->before), "links_before", "a", json_array_ref (self->links_before), "links", "a",
                         kith_account_links_describe (self->links), NULL);
  kith_field_rows_collect (self->rows, draft, TRUE);
  return draft;
}

/* lines: as kith_account_links_describe() told them */
static void
show_lines (KithAccountWindow *self,
            JsonArray         *lines)
{
  GtkListBoxRow *line;

  while ((line = gtk_list_box_get_row_at_index (self->links, 0)))
    gtk_list_box_remove (self->links, GTK_WIDGET (line));
  for (guint i = 0; lines && i < json_array_get_length (lines); i++)
    {
      JsonObject *one = json_array_get_object_element (lines, i);

      kith_account_window_add_line (self, kith_json_string (one, "id"), kith_json_string (one, "name"), kith_json_string (one, "role"), kith_json_string (one, "t"));
    }
}

static void
restore_draft (gpointer    owner,
               JsonObject *draft,
               const char *words)
{
  KithAccountWindow *self = owner;
  JsonObject *began = kith_json_object (draft, "before");
  JsonArray *links_began = kith_json_array (draft, "links_before");
  g_autoptr (JsonObject) now = json_object_ref (self->before);
  g_autoptr (GPtrArray) rows = g_ptr_array_ref (self->link_rows);
  g_autoptr (KithAccountChanges) left = NULL;

  if (!began || !links_began)
    return;
  json_object_unref (self->before);
  self->before = json_object_ref (began);
  kith_field_rows_show (self->rows, draft);
  kith_account_window_follow (self, now);
  json_array_unref (self->links_before);
  self->links_before = json_array_ref (links_began);
  show_lines (self, kith_json_array (draft, "links"));
  kith_account_window_take_links (rows, self);
  left = kith_account_window_changes (self);
  if (kith_account_changes_size (left) == 0) /* it was saved while the desk was locked */
    {
      kith_draft_forget (self->draft);
      return;
    }
  gtk_label_set_text (self->restored, words);
  gtk_widget_set_visible (self->restored_strip, TRUE);
}

void
kith_account_window_discard (GtkWidget  *widget,
                             const char *name,
                             GVariant   *target)
{
  KithAccountWindow *self = KITH_ACCOUNT_WINDOW (widget);
  g_autoptr (GPtrArray) rows = g_ptr_array_ref (self->link_rows);
  g_autoptr (JsonArray) none = json_array_new ();

  kith_field_rows_show (self->rows, self->before);
  show_lines (self, NULL);
  json_array_unref (self->links_before);
  self->links_before = g_steal_pointer (&none);
  kith_account_window_take_links (rows, self);
  gtk_widget_set_visible (self->restored_strip, FALSE);
  kith_draft_forget (self->draft);
}

/* From when all of it is here: what is restored lies over it. */
void
kith_account_window_keep_draft (KithAccountWindow *self)
{
  const char *agency = kith_json_string (self->before, "agency");
  g_autofree char *key = g_strconcat ("account:", self->staff, NULL);
  g_autofree char *scope = agency ? g_strconcat ("agency:", agency, NULL) : NULL;

  self->draft = kith_draft_new (self->context, key, scope, collect_draft, restore_draft, self);
}
