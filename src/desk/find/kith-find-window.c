/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-find-window.h"

#include <glib/gi18n.h>

#include "clients/kith-client-row.h"
#include "kith-desktop-reads.h"
#include "kith-format.h"
#include "kith-places.h"
#include "kith-shortcuts.h"
#include "kith-text.h"
#include "referrals/kith-referral-brief.h"
#include "widgets/kith-fit.h"
#include "widgets/kith-unread.h"

struct _KithFindWindow
{
  AdwWindow parent_instance;
  KithContext *context;
  GtkSearchEntry *entry;
  GtkStack *stack;
  KithUnread *unread;
  GtkListBox *list;
  GCancellable *search;
  guint pending; /* kinds whose answer is still to come */
  GError *error; /* one of them could not be searched */
  GPtrArray *found[6]; /* (element-type KithRow); of each kind of the store */
};

G_DEFINE_FINAL_TYPE (KithFindWindow, kith_find_window, ADW_TYPE_WINDOW)

enum
{
  FIND_CLIENT,
  FIND_CASE,
  FIND_REFERRAL,
  FIND_CALL,
  FIND_SERVICE,
  FIND_STAFF,
  FIND_PAGE,    /* from the table of shortcuts, not from the store */
  FIND_COMMAND,
};

#define N_KINDS FIND_PAGE
#define MAX_ROWS 12
#define CLIENT_PLACE "win.go::clients/"

G_STATIC_ASSERT (G_N_ELEMENTS (((KithFindWindow *) NULL)->found) == N_KINDS);

static const struct
{
  const char *kind, *title, *icon_name; /* title: N_() */
  guint limit;
} kinds[] = {
  [FIND_CLIENT] = { "client", N_("Clients"), "avatar-default-symbolic", 5 },
  [FIND_CASE] = { "case", N_("Cases"), "x-office-document-symbolic", 3 },
  [FIND_REFERRAL] = { "referral", N_("Referrals"), "document-send-symbolic", 4 },
  [FIND_CALL] = { "contact_record", N_("Calls"), "call-start-symbolic", 3 },
  [FIND_SERVICE] = { "service", N_("Services"), "x-office-address-book-symbolic", 3 },
  [FIND_STAFF] = { "staff", N_("Staff"), "system-users-symbolic", 3 },
  [FIND_PAGE] = { NULL, N_("Pages"), "go-jump-symbolic", 0 },
  [FIND_COMMAND] = { NULL, N_("Commands"), "system-run-symbolic", 0 },
};

static void
clear_list (KithFindWindow *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))))
    gtk_list_box_remove (self->list, child);
}

/* The group's name above its first row. */
static void
header_cb (GtkListBoxRow *row,
           GtkListBoxRow *before,
           gpointer       user_data)
{
  guint group = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "group"));
  GtkWidget *label;

  if (before && GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (before), "group")) == group)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  if (gtk_list_box_row_get_header (row))
    return;
  label = gtk_label_new (_(kinds[group].title));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_margin_start (label, 14);
  gtk_widget_set_margin_top (label, before ? 8 : 2);
  gtk_widget_set_margin_bottom (label, 2);
  gtk_widget_add_css_class (label, "meta");
  gtk_widget_add_css_class (label, "section-title");
  gtk_list_box_row_set_header (row, label);
}

static GtkWidget *
label_new (const char *text,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
add_row (KithFindWindow *self,
         guint           group,
         const char     *title,
         const char     *subtitle,
         const char     *hint,
         const char     *action)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  g_autofree char *said = g_strjoin (", ", title, subtitle && *subtitle ? subtitle : hint, NULL);

  gtk_widget_add_css_class (box, "find-row");
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (kinds[group].icon_name));
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), label_new (title, "find-title"));
  if (subtitle && *subtitle)
    gtk_box_append (GTK_BOX (words), label_new (subtitle, "meta"));
  gtk_box_append (GTK_BOX (box), words);
  if (hint)
    {
      GtkWidget *label = gtk_label_new (hint);

      gtk_widget_add_css_class (label, "meta");
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
  g_object_set_data (G_OBJECT (row), "group", GUINT_TO_POINTER (group));
  g_object_set_data_full (G_OBJECT (row), "action", g_strdup (action), g_free);
  gtk_list_box_append (self->list, row);
}

static guint
n_rows (KithFindWindow *self)
{
  guint n = 0;

  while (gtk_list_box_get_row_at_index (self->list, n))
    n++;
  return n;
}

/* What makes no sense from here, or is here already, or is nothing for this account. */
static gboolean
is_offered (KithFindWindow     *self,
            const KithShortcut *shortcut)
{
  static const char *const out[] = { "win.find", "win.undo", "win.search", "win.back", "win.menu" };

  for (guint i = 0; i < G_N_ELEMENTS (out); i++)
    if (g_str_equal (shortcut->action, out[i]))
      return FALSE;
  return shortcut->keys == KITH_KEYS_WINDOW && kith_action_is_of (kith_desktop_get_actor (kith_context_get_desktop (self->context)), shortcut->action);
}

/* Everything with a key can be found by its words: pages first, then commands. */
static void
add_commands (KithFindWindow *self,
              const char     *text)
{
  guint n;
  const KithShortcut *table = kith_shortcuts_list (&n);

  for (guint group = FIND_PAGE; group <= FIND_COMMAND; group++)
    for (guint i = 0; i < n; i++)
      {
        gboolean page = g_str_has_prefix (table[i].action, "win.go::") && !strchr (table[i].action, '/'); /* "sent/new" begins something there */
        g_autofree char *key = NULL;

        if (page != (group == FIND_PAGE) || !is_offered (self, &table[i]) || !kith_text_begins (_(table[i].title), text) || n_rows (self) >= MAX_ROWS)
          continue;
        key = kith_shortcuts_label (table[i].action);
        add_row (self, group, _(table[i].title), NULL, key, table[i].action);
      }
}

static void
add_found (KithFindWindow *self,
           guint           which,
           KithRow        *row)
{
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (self->context));
  gint64 now = kith_context_get_now (self->context);
  const char *id = kith_row_get_id (row), *agency = kith_row_get_text (row, "organization_name");
  g_autofree char *action = NULL;
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;

  if (which == FIND_CLIENT)
    {
      g_autofree char *birth = kith_format_birth (kith_row_field (row, "date_of_birth"), now);

      title = kith_client_row_name (row);
      subtitle = kith_format_join (birth, kith_row_field (row, "number"));
      action = g_strconcat (CLIENT_PLACE, id, NULL);
    }
  else if (which == FIND_CASE)
    {
      g_autofree char *name = kith_format_row_name (row);

      title = g_strdup (kith_row_get_text (row, "title"));
      subtitle = kith_format_join (kith_row_get_text (row, "number"), name, kith_format_code ("case_phase", kith_row_get_text (row, "phase")));
      action = g_strdup_printf ("win.go::cases/%s", id);
    }
  else if (which == FIND_REFERRAL)
    {
      gboolean mine = g_strcmp0 (kith_row_field (row, "agency"), kith_context_get_side (self->context)) == 0;
      const char *number = kith_referral_number (self->context, row);

      title = g_strdup (kith_row_field (row, "contact_name") ? kith_row_field (row, "contact_name") : number);
      subtitle = kith_format_join (number, kith_referral_other_number (self->context, row), kith_row_field (row, "resource_name"), kith_format_referral_status (row));
      action = g_strdup_printf ("win.go::%s/%s", mine ? "sent" : "inbox", id);
    }
  else if (which == FIND_CALL)
    {
      const char *name = kith_row_get_text (row, "name"), *caller = kith_row_get_text (row, "caller_name");
      gint64 n_open = kith_row_get_int (row, "open");
      g_autofree char *when = kith_format_time (kith_row_get_text (row, "submitted_at"), now);
      g_autofree char *open = n_open > 0 ? g_strdup_printf (ngettext ("%u open", "%u open", (gulong) n_open), (guint) n_open) : NULL;

      title = g_strdup (name ? name : caller ? caller : _("Name not given"));
      subtitle = kith_format_join (kith_row_get_text (row, "number"), when, open);
      action = g_strdup_printf ("win.go::contacts/%s", id);
    }
  else if (which == FIND_STAFF)
    {
      const char *works_for = kith_row_get_text (row, "agency_name");

      title = g_strdup (kith_row_field (row, "name"));
      subtitle = kith_format_join (kith_format_code ("role", kith_row_field (row, "role")), works_for);
      action = g_strdup_printf ("win.go::inbox/staff:%s:%s", id, title ? title : "");
    }
  else
    {
      title = g_strdup (kith_row_field (row, "name"));
      subtitle = g_strdup (agency ? agency : kith_row_field (row, "description"));
      action = g_strdup_printf ("win.go::directory/%s", id);
    }
  if (kith_action_is_of (actor, action) && (which != FIND_STAFF || kith_place_is_of (actor, "staff")))
    add_row (self, which, title ? title : "", subtitle, NULL, action);
}

static void
select_first (KithFindWindow *self)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, 0);

  gtk_list_box_select_row (self->list, row);
  gtk_stack_set_visible_child_name (self->stack, self->error ? "unread" : row ? "list" : "none"); /* what was not searched does not count as not found */
  gtk_adjustment_set_value (gtk_list_box_get_adjustment (self->list), 0);
}

/* Together, when all have answered: rows that jump about under the finger are worse than 20 ms. */
static void
show_found (KithFindWindow *self)
{
  clear_list (self);
  for (guint k = 0; k < N_KINDS; k++)
    for (guint i = 0; self->found[k] && i < self->found[k]->len; i++)
      add_found (self, k, self->found[k]->pdata[i]);
  add_commands (self, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  select_first (self);
}

static void changed_cb (KithFindWindow *self);

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

  if (self->search == search && self->context)
    {
      g_clear_pointer (&self->found[which], g_ptr_array_unref);
      self->found[which] = g_steal_pointer (&rows);
      if (kith_read_failed (error) && !self->error)
        self->error = g_steal_pointer (&error);
      if (--self->pending == 0)
        {
          kith_desktop_tell_read (KITH_DESKTOP (source), self, self->error, (KithReadAgain) changed_cb);
          show_found (self);
        }
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
  g_clear_error (&self->error);
  if (kith_text_blank (text) || text[0] == '>')
    {
      kith_desktop_tell_read (kith_context_get_desktop (self->context), self, NULL, NULL);
      clear_list (self);
      add_commands (self, text[0] == '>' ? text + 1 : "");
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

/* A client beside who is open; what has no tabs is opened as ever. */
static gboolean
open_tab_cb (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   action)
{
  KithFindWindow *self = KITH_FIND_WINDOW (widget);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  const char *leads = row ? g_object_get_data (G_OBJECT (row), "action") : NULL;

  if (leads && g_str_has_prefix (leads, CLIENT_PLACE))
    g_object_set_data_full (G_OBJECT (row), "action", g_strconcat (CLIENT_PLACE "tab:", leads + strlen (CLIENT_PLACE), NULL), g_free);
  row_activated_cb (self, row);
  return GDK_EVENT_STOP;
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
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/find/kith-find-window.ui");
  gtk_widget_class_bind_template_child (widget_class, KithFindWindow, entry);
  gtk_widget_class_bind_template_child (widget_class, KithFindWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, KithFindWindow, unread);
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
  if (parent && gtk_widget_get_width (GTK_WIDGET (parent)) > 0)
    {
      int width, height;

      gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
      gtk_window_set_default_size (GTK_WINDOW (self), MIN (width, gtk_widget_get_width (GTK_WIDGET (parent)) - 24), height);
    }
  gtk_list_box_set_header_func (self->list, header_cb, NULL, NULL);
  changed_cb (self);
  return GTK_WIDGET (self);
}
