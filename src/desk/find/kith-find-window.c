/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-find-window-private.h"

#include "kith-desktop-reads.h"
#include "kith-shortcuts.h"
#include "kith-text.h"
#include "widgets/kith-fit.h"

G_DEFINE_FINAL_TYPE (KithFindWindow, kith_find_window, ADW_TYPE_WINDOW)

static void
clear_list (KithFindWindow *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))))
    gtk_list_box_remove (self->list, child);
}

/* The entry keeps the focus, so the list does not follow by itself. */
static void
show_row (KithFindWindow *self,
          GtkListBoxRow  *row)
{
  GtkAdjustment *adjustment = gtk_list_box_get_adjustment (self->list);
  graphene_rect_t bounds;

  if (adjustment && gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self->list), &bounds))
    gtk_adjustment_clamp_page (adjustment, bounds.origin.y, bounds.origin.y + bounds.size.height + 12);
}

static const char *
action_of (GtkListBoxRow *row)
{
  return row ? g_object_get_data (G_OBJECT (row), "action") : NULL;
}

static void
select_first (KithFindWindow *self)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, 0);

  for (guint i = 1; self->chosen && i < kith_find_n_rows (self); i++)
    if (g_strcmp0 (action_of (gtk_list_box_get_row_at_index (self->list, (int) i)), self->chosen) == 0)
      row = gtk_list_box_get_row_at_index (self->list, (int) i);
  gtk_list_box_select_row (self->list, row);
  gtk_stack_set_visible_child_name (self->stack, self->error ? "unread" : row ? "list" : "none"); /* what was not searched does not count as not found */
  gtk_adjustment_set_value (gtk_list_box_get_adjustment (self->list), 0);
  if (row && self->chosen)
    show_row (self, row);
}

/* Together, when all have answered: rows that jump about under the finger are worse than 20 ms. */
static void
show_found (KithFindWindow *self)
{
  if (self->chosen) /* another one may have been chosen since the words were searched again */
    {
      g_free (self->chosen);
      self->chosen = g_strdup (action_of (gtk_list_box_get_selected_row (self->list)));
    }
  clear_list (self);
  for (guint k = 0; k < N_KINDS; k++)
    for (guint i = 0; self->found[k] && i < self->found[k]->len; i++)
      kith_find_add_found (self, k, self->found[k]->pdata[i]);
  kith_find_add_commands (self, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  if (self->found[FIND_CLIENT] && self->found[FIND_CLIENT]->len == 0)
    kith_find_add_elsewhere (self, self->sought);
  select_first (self);
}

static void search (KithFindWindow *self);

/* The same words: whoever was chosen stays it, if they are still there. */
static void
search_again (KithFindWindow *self)
{
  g_free (self->chosen);
  self->chosen = g_strdup (action_of (gtk_list_box_get_selected_row (self->list)));
  search (self);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (KithFindWindow) self = g_object_ref (g_object_get_data (user_data, "window"));
  guint which = GPOINTER_TO_UINT (g_object_get_data (user_data, "which"));
  GCancellable *search = g_object_get_data (user_data, "search");
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = kith_desktop_search_finish (KITH_DESKTOP (source), result, NULL, &error);
  void (*act) (KithFindWindow *);

  if (self->search == search && self->context)
    {
      g_clear_pointer (&self->found[which], g_ptr_array_unref);
      self->found[which] = g_steal_pointer (&rows);
      if (kith_read_failed (error) && !self->error)
        self->error = g_steal_pointer (&error);
      if (--self->pending == 0)
        {
          kith_desktop_tell_read (KITH_DESKTOP (source), self, self->error, (KithReadAgain) search_again);
          act = self->awaited;
          self->awaited = NULL;
          show_found (self);
          /* Whoever was chosen may have gone meanwhile: then nobody else is opened in their place. */
          if (act && !self->error && (!self->chosen || g_strcmp0 (action_of (gtk_list_box_get_selected_row (self->list)), self->chosen) == 0))
            act (self);
          if (self->again && self->context) /* not gone where that led */
            search_again (self);
        }
    }
  g_clear_pointer (&rows, g_ptr_array_unref);
  g_object_unref (user_data);
}

static void
search (KithFindWindow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  self->again = FALSE;
  self->pending = 0;
  g_free (self->sought);
  self->sought = g_strdup (text);
  g_cancellable_cancel (self->search);
  g_clear_object (&self->search);
  g_clear_error (&self->error);
  if (kith_text_blank (text) || text[0] == '>')
    {
      kith_desktop_tell_read (kith_context_get_desktop (self->context), self, NULL, NULL);
      clear_list (self);
      kith_find_add_commands (self, text[0] == '>' ? text + 1 : "");
      select_first (self);
      return;
    }
  self->search = g_cancellable_new ();
  self->pending = N_KINDS;
  for (guint k = 0; k < N_KINDS; k++)
    {
      GObject *question = g_object_new (G_TYPE_OBJECT, NULL);

      g_object_set_data_full (question, "window", g_object_ref (self), g_object_unref);
      g_object_set_data_full (question, "search", g_object_ref (self->search), g_object_unref);
      g_object_set_data (question, "which", GUINT_TO_POINTER (k));
      kith_desktop_search_async (kith_context_get_desktop (self->context), kith_find_kinds[k].kind, text, kith_find_kinds[k].limit, self->search, found_cb, question);
    }
}

static void
changed_cb (KithFindWindow *self)
{
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->entry)), self->sought) == 0)
    return;
  self->awaited = NULL;
  g_clear_pointer (&self->chosen, g_free);
  search (self);
}

/* Whom access has ended to is found no more, and stands here no more either (C4). One search at a time: a fill tells of many changes. */
static void
records_changed_cb (KithFindWindow *self,
                    char          **changed)
{
  static const char *const followed[] = { "client", "care", "case", "referral", "contact_record", "service", "staff", "match", NULL };

  if (!self->context || !self->search || !kith_reads_concern (followed, (const char *const *) changed))
    return;
  if (self->pending > 0)
    self->again = TRUE;
  else
    search_again (self);
}

static void
row_activated_cb (KithFindWindow *self,
                  GtkListBoxRow  *row)
{
  g_autofree char *action = g_strdup (action_of (row));
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
open_chosen (KithFindWindow *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  row_activated_cb (self, row ? row : gtk_list_box_get_row_at_index (self->list, 0));
}

/* A client beside who is open; what has no tabs is opened as ever. */
static void
open_tab (KithFindWindow *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  const char *leads = action_of (row);

  if (leads && g_str_has_prefix (leads, CLIENT_PLACE))
    g_object_set_data_full (G_OBJECT (row), "action", g_strconcat (CLIENT_PLACE "tab:", leads + strlen (CLIENT_PLACE), NULL), g_free);
  row_activated_cb (self, row);
}

/* Typed quickly, Enter comes before the answer: what still stands there is somebody else. */
static void
when_found (KithFindWindow *self,
            void          (*act) (KithFindWindow *))
{
  changed_cb (self); /* which the entry tells of a moment later */
  if (self->pending > 0)
    self->awaited = act;
  else
    act (self);
}

static gboolean
open_tab_cb (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   action)
{
  when_found (KITH_FIND_WINDOW (widget), open_tab);
  return GDK_EVENT_STOP;
}

static void
entry_activate_cb (KithFindWindow *self)
{
  when_found (self, open_chosen);
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
    {
      gtk_list_box_select_row (self->list, row);
      show_row (self, row);
    }
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
  g_clear_error (&self->error);
  g_clear_pointer (&self->chosen, g_free);
  g_clear_pointer (&self->sought, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), KITH_TYPE_FIND_WINDOW);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_find_window_parent_class)->dispose (object);
}

static void
kith_find_window_class_init (KithFindWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_find_window_dispose;
  g_type_ensure (KITH_TYPE_UNREAD);
  g_type_ensure (KITH_TYPE_COMING);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/find/kith-find-window.ui");
  gtk_widget_class_bind_template_child (widget_class, KithFindWindow, entry);
  gtk_widget_class_bind_template_child (widget_class, KithFindWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, KithFindWindow, unread);
  gtk_widget_class_bind_template_child (widget_class, KithFindWindow, list);
  gtk_widget_class_bind_template_child (widget_class, KithFindWindow, coming);
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
  kith_fit_to_text (GTK_WINDOW (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);
  kith_shortcuts_install_callback (GTK_WIDGET (self), "client.open-tab", open_tab_cb);
}

/**
 * kith_find_window_new:
 * @parent: (nullable): the window it belongs to, and is no wider than
 *
 * Returns: (transfer none): a window that is not shown yet; GTK keeps it until it is closed
 */
GtkWidget *
kith_find_window_new (KithContext *context,
                      GtkWindow   *parent)
{
  KithFindWindow *self = g_object_new (KITH_TYPE_FIND_WINDOW, "transient-for", parent, NULL);

  self->context = g_object_ref (context);
  kith_unread_set_context (self->unread, context);
  kith_coming_set_context (self->coming, context);
  g_signal_connect_object (kith_context_get_desktop (context), "changed", G_CALLBACK (records_changed_cb), self, G_CONNECT_SWAPPED);
  if (parent && gtk_widget_get_width (GTK_WIDGET (parent)) > 0)
    {
      int width, height;

      gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
      gtk_window_set_default_size (GTK_WINDOW (self), MIN (width, gtk_widget_get_width (GTK_WIDGET (parent)) - 24), height);
    }
  gtk_list_box_set_header_func (self->list, kith_find_set_header, NULL, NULL);
  changed_cb (self);
  return GTK_WIDGET (self);
}
