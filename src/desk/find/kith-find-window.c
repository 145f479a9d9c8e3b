/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-find-window.h"

#include <glib/gi18n.h>

#include "clients/kith-client-row.h"
#include "kith-format.h"
#include "kith-shortcuts.h"
#include "kith-text.h"

struct _KithFindWindow
{
  AdwWindow parent_instance;
  KithContext *context;
  GtkSearchEntry *entry;
  GtkStack *stack;
  GtkListBox *list;
  GCancellable *search;
  guint pending; /* kinds whose answer is still to come */
  GPtrArray *found[3];
};

G_DEFINE_FINAL_TYPE (KithFindWindow, kith_find_window, ADW_TYPE_WINDOW)

enum
{
  FIND_CLIENT,
  FIND_REFERRAL,
  FIND_SERVICE,
};

static const struct
{
  const char *kind, *icon_name;
  guint limit;
} kinds[] = {
  [FIND_CLIENT] = { "client", "avatar-default-symbolic", 6 },
  [FIND_REFERRAL] = { "referral", "document-send-symbolic", 3 },
  [FIND_SERVICE] = { "service", "x-office-address-book-symbolic", 3 },
};

static void
clear_list (KithFindWindow *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))))
    gtk_list_box_remove (self->list, child);
}

static void
add_row (KithFindWindow *self,
         const char     *icon_name,
         const char     *title,
         const char     *subtitle,
         const char     *hint,
         const char     *action)
{
  GtkWidget *row = adw_action_row_new (), *image = gtk_image_new_from_icon_name (icon_name);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
  if (hint)
    {
      GtkWidget *label = gtk_label_new (hint);

      gtk_widget_add_css_class (label, "meta");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
    }
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "action", g_strdup (action), g_free);
  gtk_list_box_append (self->list, row);
}

/* Everything with a key can be found by its words. */
static void
add_commands (KithFindWindow *self,
              const char     *text)
{
  g_autofree char *wanted = kith_text_fold (text);
  guint n;
  const KithShortcut *table = kith_shortcuts_list (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *folded = kith_text_fold (_(table[i].title));
      g_autofree char *key = kith_shortcuts_label (table[i].action);

      if (table[i].keys == KITH_KEYS_WINDOW && !g_str_equal (table[i].action, "win.find") && !g_str_equal (table[i].action, "win.undo")
          && (!*wanted || strstr (folded, wanted)))
        add_row (self, "system-run-symbolic", _(table[i].title), NULL, key, table[i].action);
    }
}

static void
add_found (KithFindWindow *self,
           guint           which,
           KithRow        *row)
{
  gint64 now = kith_context_get_now (self->context);
  const char *id = kith_row_get_id (row), *agency = kith_row_get_text (row, "organization_name");
  g_autofree char *action = NULL;
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;

  if (which == FIND_CLIENT)
    {
      g_autofree char *birth = kith_format_birth (kith_row_field (row, "date_of_birth"), now);

      title = kith_client_row_name (row);
      subtitle = g_strdup_printf ("%s · %s", birth, kith_row_field (row, "number") ? kith_row_field (row, "number") : "");
      action = g_strdup_printf ("win.go::clients/%s", id);
    }
  else if (which == FIND_REFERRAL)
    {
      gboolean mine = g_strcmp0 (kith_row_field (row, "agency"), kith_context_get_agency (self->context)) == 0;

      title = g_strdup (kith_row_field (row, "contact_name") ? kith_row_field (row, "contact_name") : kith_row_field (row, "number"));
      subtitle = g_strdup_printf ("%s · %s", kith_row_field (row, "resource_name") ? kith_row_field (row, "resource_name") : "",
                                  kith_format_code ("phase", kith_row_field (row, "phase")));
      action = g_strdup_printf ("win.go::%s/%s", mine ? "sent" : "inbox", id);
    }
  else
    {
      title = g_strdup (kith_row_field (row, "name"));
      subtitle = g_strdup (agency ? agency : kith_row_field (row, "description"));
      action = g_strdup_printf ("win.go::directory/%s", id);
    }
  add_row (self, kinds[which].icon_name, title ? title : "", subtitle, NULL, action);
}

/* Together, when all have answered: rows that jump about under the finger are worse than 20 ms. */
static void
show_found (KithFindWindow *self)
{
  clear_list (self);
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    for (guint i = 0; self->found[k] && i < self->found[k]->len; i++)
      add_found (self, k, self->found[k]->pdata[i]);
  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
  gtk_stack_set_visible_child_name (self->stack, gtk_widget_get_first_child (GTK_WIDGET (self->list)) ? "list" : "none");
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (KithFindWindow) self = g_object_ref (g_object_get_data (user_data, "window"));
  guint which = GPOINTER_TO_UINT (g_object_get_data (user_data, "which"));
  GCancellable *search = g_object_get_data (user_data, "search");
  GPtrArray *rows = kith_desktop_search_finish (KITH_DESKTOP (source), result, NULL);

  if (self->search == search && self->context)
    {
      g_clear_pointer (&self->found[which], g_ptr_array_unref);
      self->found[which] = g_steal_pointer (&rows);
      if (--self->pending == 0)
        show_found (self);
    }
  g_clear_pointer (&rows, g_ptr_array_unref);
  g_object_unref (user_data);
}

static void
changed_cb (KithFindWindow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  g_cancellable_cancel (self->search);
  g_clear_object (&self->search);
  if (kith_text_blank (text) || text[0] == '>')
    {
      clear_list (self);
      add_commands (self, text[0] == '>' ? text + 1 : "");
      gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
      gtk_stack_set_visible_child_name (self->stack, gtk_widget_get_first_child (GTK_WIDGET (self->list)) ? "list" : "none");
      return;
    }
  self->search = g_cancellable_new ();
  self->pending = G_N_ELEMENTS (kinds);
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      GObject *question = g_object_new (G_TYPE_OBJECT, NULL);

      g_object_set_data_full (question, "window", g_object_ref (self), g_object_unref);
      g_object_set_data_full (question, "search", g_object_ref (self->search), g_object_unref);
      g_object_set_data (question, "which", GUINT_TO_POINTER (k));
      kith_desktop_search_async (kith_context_get_desktop (self->context), kinds[k].kind, text, kinds[k].limit, self->search, found_cb, question);
    }
}

static void
row_activated_cb (KithFindWindow *self,
                  GtkListBoxRow  *row)
{
  g_autofree char *action = row ? g_strdup (g_object_get_data (G_OBJECT (row), "action")) : NULL;
  g_autoptr (GtkWindow) parent = g_object_ref (gtk_window_get_transient_for (GTK_WINDOW (self)));
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  if (!action)
    return;
  gtk_window_destroy (GTK_WINDOW (self));
  if (g_action_parse_detailed_name (action, &name, &target, NULL))
    gtk_widget_activate_action_variant (GTK_WIDGET (parent), name, target);
}

static void
entry_activate_cb (KithFindWindow *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  row_activated_cb (self, row ? row : gtk_list_box_get_row_at_index (self->list, 0));
}

static void
close_cb (KithFindWindow *self)
{
  gtk_window_destroy (GTK_WINDOW (self));
}

static gboolean
key_cb (KithFindWindow *self,
        guint           key,
        guint           code,
        GdkModifierType mods)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int i = (row ? gtk_list_box_row_get_index (row) : -1) + (key == GDK_KEY_Down ? 1 : -1);

  if (key != GDK_KEY_Down && key != GDK_KEY_Up)
    return GDK_EVENT_PROPAGATE;
  row = i >= 0 ? gtk_list_box_get_row_at_index (self->list, i) : NULL;
  if (row)
    gtk_list_box_select_row (self->list, row);
  return GDK_EVENT_STOP;
}

static void
kith_find_window_dispose (GObject *object)
{
  KithFindWindow *self = KITH_FIND_WINDOW (object);

  g_cancellable_cancel (self->search);
  g_clear_object (&self->search);
  for (guint k = 0; k < G_N_ELEMENTS (self->found); k++)
    g_clear_pointer (&self->found[k], g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), KITH_TYPE_FIND_WINDOW);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_find_window_parent_class)->dispose (object);
}

static void
kith_find_window_class_init (KithFindWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_find_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/find/kith-find-window.ui");
  gtk_widget_class_bind_template_child (widget_class, KithFindWindow, entry);
  gtk_widget_class_bind_template_child (widget_class, KithFindWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, KithFindWindow, list);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
}

static void
kith_find_window_init (KithFindWindow *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);
}

GtkWidget *
kith_find_window_new (KithContext *context,
                      GtkWindow   *parent)
{
  KithFindWindow *self = g_object_new (KITH_TYPE_FIND_WINDOW, "transient-for", parent, NULL);

  self->context = g_object_ref (context);
  changed_cb (self);
  return GTK_WIDGET (self);
}
