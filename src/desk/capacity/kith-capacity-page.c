/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "capacity/kith-capacity-page.h"

#include <glib/gi18n.h>

#include "capacity/kith-capacity-asks.h"
#include "capacity/kith-capacity-row.h"
#include "capacity/kith-capacity-week.h"
#include "capacity/kith-capacity-words.h"
#include "kith-shortcuts.h"
#include "kith-watch.h"
#include "widgets/kith-action-strip.h"
#include "widgets/kith-sync-chip.h"
#include "widgets/kith-unread.h"

struct _KithCapacityPage
{
  KithPage parent_instance;
  KithSyncChip *chip;
  GtkStack *stack;
  GtkLabel *summary;
  GtkButton *same;
  GtkListBox *rows, *others;
  GtkWidget *counted_box, *others_box;
  KithWatch *watch;
  GHashTable *shown; /* capacity → KithCapacityRow */
  guint n_open;      /* not confirmed today */
  gboolean awaited;  /* entered before there was a row */
};

G_DEFINE_FINAL_TYPE (KithCapacityPage, kith_capacity_page, KITH_TYPE_PAGE)

static KithContext *
context_of (KithCapacityPage *self)
{
  return kith_page_get_context (KITH_PAGE (self));
}

/* Supervisors, administrators and listings editors: the whole agency's. Others: what is on their own list (U11). */
static gboolean
sees_everything (KithCapacityPage *self)
{
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (context_of (self)));

  return actor && (actor->duties & (KITH_DUTY_SUPERVISOR | KITH_DUTY_ADMIN | KITH_DUTY_LISTINGS)) != 0;
}

/* P9: a portal account that may look only. */
static gboolean
may_edit (KithCapacityPage *self)
{
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (context_of (self)));

  return !actor || actor->level != KITH_LEVEL_PORTAL || actor->edits_capacity;
}

/* The row that has the focus, or the first */

static KithCapacityRow *
current_row (KithCapacityPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus ? gtk_widget_get_ancestor (focus, KITH_TYPE_CAPACITY_ROW) : NULL;

  return row ? KITH_CAPACITY_ROW (row) : NULL;
}

/* Showing */

static void
update_words (KithCapacityPage *self)
{
  guint n = g_hash_table_size (self->shown);
  g_autofree char *words = NULL;

  if (n > 0 && !may_edit (self))
    words = g_strdup (_("Your account may look at free places and not change them. Ask who gave you the account."));
  else if (n > 0 && self->n_open == 0)
    words = g_strdup (_("All numbers were confirmed today."));
  else if (n > 0)
    words = g_strdup_printf (ngettext ("%u of %u number is not confirmed today.", "%u of %u numbers are not confirmed today.", n), self->n_open, n);
  gtk_label_set_text (self->summary, words ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->summary), words != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->same), may_edit (self));
  gtk_widget_set_sensitive (GTK_WIDGET (self->same), self->n_open > 0);
  kith_page_set_count (KITH_PAGE (self), may_edit (self) ? self->n_open : 0);
}

static GtkWidget *
other_new (KithRow *row)
{
  GtkWidget *line = adw_action_row_new (), *start = gtk_button_new_with_label (_("Start Counting…"));
  const char *name = kith_row_get_text (row, "name"), *program = kith_row_get_text (row, "program_name");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), name ? name : "");
  adw_action_row_set_title_lines (ADW_ACTION_ROW (line), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (line), program ? program : "");
  gtk_widget_set_valign (start, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (start), "capacity.begin");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (start), "(ss)", kith_row_get_text (row, "service"), name ? name : "");
  adw_action_row_add_suffix (ADW_ACTION_ROW (line), start);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (line), start);
  return line;
}

static void
clear (GtkListBox *list)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (list))))
    gtk_list_box_remove (list, child);
}

static void
drop_gone (KithCapacityPage *self,
           GHashTable       *there)
{
  GHashTableIter iter;
  gpointer id, row;

  g_hash_table_iter_init (&iter, self->shown);
  while (g_hash_table_iter_next (&iter, &id, &row))
    if (!g_hash_table_contains (there, id))
      {
        gtk_list_box_remove (self->rows, row);
        g_hash_table_iter_remove (&iter);
      }
}

static gboolean focus_first (KithCapacityPage *self);

static void
focus_idle_cb (gpointer user_data)
{
  g_autoptr (KithCapacityPage) self = user_data;

  if (self->awaited)
    focus_first (self);
}

static gboolean
is_narrow (KithCapacityPage *self)
{
  gboolean narrow;

  g_object_get (self, "narrow", &narrow, NULL);
  return narrow;
}

static void
narrow_cb (KithCapacityPage *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->rows, i)); i++)
    kith_capacity_row_set_narrow (KITH_CAPACITY_ROW (row), is_narrow (self));
}

/* Rows that are there already stay themselves: what is typed in one, and which is open, is not lost when another changes. */
static void
rows_cb (GPtrArray *rows,
         gpointer   user_data)
{
  KithCapacityPage *self = user_data;
  g_autoptr (GHashTable) there = g_hash_table_new (g_str_hash, g_str_equal);
  guint n_others = 0;

  clear (self->others);
  self->n_open = 0;
  for (guint i = 0; i < rows->len; i++)
    {
      const char *capacity = kith_row_get_text (rows->pdata[i], "capacity");
      KithCapacityRow *row;

      if (!capacity)
        {
          if (!may_edit (self))
            continue;
          gtk_list_box_append (self->others, other_new (rows->pdata[i]));
          n_others++;
          continue;
        }
      g_hash_table_add (there, (gpointer) capacity);
      row = g_hash_table_lookup (self->shown, capacity);
      if (!row)
        {
          row = KITH_CAPACITY_ROW (kith_capacity_row_new (context_of (self), may_edit (self)));
          g_hash_table_insert (self->shown, g_strdup (capacity), row);
          kith_capacity_row_set_narrow (row, is_narrow (self));
          gtk_list_box_append (self->rows, GTK_WIDGET (row));
        }
      kith_capacity_row_show (row, rows->pdata[i]);
      self->n_open += !kith_capacity_confirmed_today (rows->pdata[i], kith_context_get_now (context_of (self)));
    }
  drop_gone (self, there);
  gtk_list_box_invalidate_sort (self->rows);
  gtk_widget_set_visible (self->counted_box, g_hash_table_size (self->shown) > 0);
  gtk_widget_set_visible (self->others_box, n_others > 0);
  gtk_stack_set_visible_child_name (self->stack, g_hash_table_size (self->shown) + n_others > 0 ? "list" : "none");
  update_words (self);
  if (self->awaited && rows->len > 0)
    g_idle_add_once (focus_idle_cb, g_object_ref (self)); /* not before the rows are mapped */
}

static int
sort_cb (GtkListBoxRow *a,
         GtkListBoxRow *b,
         gpointer       user_data)
{
  int by_name = g_utf8_collate (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (a)), adw_preferences_row_get_title (ADW_PREFERENCES_ROW (b)));

  return by_name ? by_name
                 : g_strcmp0 (kith_row_get_text (kith_capacity_row_get_row (KITH_CAPACITY_ROW (a)), "unit"),
                              kith_row_get_text (kith_capacity_row_get_row (KITH_CAPACITY_ROW (b)), "unit"));
}

/* A number that was typed and not saved is there again afterwards. */
static void
kith_capacity_page_flush (KithPage *page)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, KITH_CAPACITY_PAGE (page)->shown);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    kith_capacity_row_flush (row);
}

static void
look (KithCapacityPage *self)
{
  static const char *const kinds[] = { "capacity", "service", "staff_service", "referral", "hold", "agency_settings", "organization", "staff", "queue", "queue_resource", "op", NULL };
  static const char *const edits[] = { "capacity.more", "capacity.less", "capacity.edit", "capacity.plan", "capacity.same", "capacity.begin", "capacity.hold",
                                       "capacity.other", "capacity.stop" };
  const char *args[] = { kith_context_get_agency (context_of (self)), kith_context_get_user (context_of (self)), sees_everything (self) ? "1" : "0", NULL };

  g_clear_object (&self->watch);
  for (guint i = 0; i < G_N_ELEMENTS (edits); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), edits[i], may_edit (self));
  kith_capacity_page_flush (KITH_PAGE (self));
  clear (self->rows); /* another account: its rows are another's */
  g_hash_table_remove_all (self->shown);
  self->watch = kith_watch_new_args (context_of (self), "capacity-own", kinds, args, rows_cb, self);
}

/* Keys */

static void
more_action (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  KithCapacityRow *row = current_row (KITH_CAPACITY_PAGE (widget));

  if (row)
    kith_capacity_row_step (row, g_str_equal (name, "capacity.more") ? 1 : -1);
}

static void
row_action (GtkWidget  *widget,
            const char *name,
            GVariant   *target)
{
  static const struct { const char *name; void (*act) (GtkWidget *widget, KithContext *context, KithRow *row);
  } acts[] = {
    { "capacity.edit", kith_capacity_ask_edit },
    { "capacity.plan", kith_capacity_ask_plan },
    { "capacity.other", kith_capacity_ask_other },
    { "capacity.stop", kith_capacity_stop },
  };
  KithCapacityRow *row = current_row (KITH_CAPACITY_PAGE (widget));

  for (guint i = 0; row && i < G_N_ELEMENTS (acts); i++)
    if (g_str_equal (name, acts[i].name))
      acts[i].act (widget, context_of (KITH_CAPACITY_PAGE (widget)), kith_capacity_row_get_row (row));
}

static void
hold_action (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  KithCapacityRow *row = current_row (KITH_CAPACITY_PAGE (widget));

  if (row)
    kith_capacity_row_hold (row);
}

static void
begin_action (GtkWidget  *widget,
              const char *name,
              GVariant   *target)
{
  const char *service, *title;

  g_variant_get (target, "(&s&s)", &service, &title);
  kith_capacity_ask_first (widget, context_of (KITH_CAPACITY_PAGE (widget)), service, title, "slot");
}

/* "As yesterday": all that nobody has confirmed today, but for those that are just being changed, and for what was left of a time that is over. */
static void
same_action (GtkWidget  *widget,
             const char *name,
             GVariant   *target)
{
  KithCapacityPage *self = KITH_CAPACITY_PAGE (widget);
  gint64 now = kith_context_get_now (context_of (self));
  guint n = 0, left = 0, over = 0;
  GHashTableIter iter;
  gpointer row;
  g_autofree char *words = NULL;
  g_autofree char *confirmed = NULL;

  g_hash_table_iter_init (&iter, self->shown);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    if (kith_capacity_row_is_changed (row))
      left++;
    else if (!kith_capacity_confirmed_today (kith_capacity_row_get_row (row), now))
      {
        if (kith_capacity_row_confirm (row))
          n++;
        else
          over++;
      }
  if (n > 0)
    confirmed = g_strdup_printf (ngettext ("%u number confirmed", "%u numbers confirmed", n), n);
  if (over > 0)
    {
      g_autofree char *rest = g_strdup_printf (ngettext ("%u number was for a time that is over. Say how many it is now, and press Enter.",
                                                         "%u numbers were for a time that is over. Say how many it is now, and press Enter.", over), over);

      words = confirmed ? g_strdup_printf ("%s. %s", confirmed, rest) : g_steal_pointer (&rest);
    }
  else if (n == 0 && left == 0)
    words = g_strdup (_("All numbers were confirmed today already"));
  else if (n == 0)
    words = g_strdup (_("Nothing else is to be confirmed. Press Enter on the number you changed."));
  else
    words = g_steal_pointer (&confirmed);
  kith_context_toast (context_of (self), words);
}

/* Enter saves a number that was changed; else it opens the row, as in every list. A digit begins a number. The days of a week have keys of their own. */
static gboolean
key_cb (KithCapacityPage *self,
        guint             key,
        guint             code,
        GdkModifierType   state)
{
  KithCapacityRow *row = current_row (self);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  gboolean in_text = root && gtk_root_get_focus (root) && GTK_IS_TEXT (gtk_root_get_focus (root));
  gboolean in_week = root && gtk_root_get_focus (root) && gtk_widget_get_ancestor (gtk_root_get_focus (root), KITH_TYPE_CAPACITY_WEEK);
  char digit[] = { 0, 0 };

  if (!row || in_week || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  if (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter)
    return kith_capacity_row_save (row) ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
  digit[0] = (char) gdk_keyval_to_unicode (key);
  if (in_text || !may_edit (self) || !g_ascii_isdigit (digit[0]))
    return GDK_EVENT_PROPAGATE;
  kith_capacity_row_type (row, digit);
  return GDK_EVENT_STOP;
}

/* One comes here to change a number: entered from elsewhere, the focus is on the first of them, also when they arrive later. */
static gboolean
focus_first (KithCapacityPage *self)
{
  self->awaited = FALSE;
  return (gtk_widget_get_mapped (GTK_WIDGET (self->rows)) && gtk_widget_child_focus (GTK_WIDGET (self->rows), GTK_DIR_TAB_FORWARD)) ||
         (gtk_widget_get_mapped (GTK_WIDGET (self->others)) && gtk_widget_child_focus (GTK_WIDGET (self->others), GTK_DIR_TAB_FORWARD));
}

static gboolean
kith_capacity_page_focus (GtkWidget       *widget,
                          GtkDirectionType direction)
{
  KithCapacityPage *self = KITH_CAPACITY_PAGE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  gboolean entered = direction == GTK_DIR_TAB_FORWARD && root && !gtk_root_get_focus (root);

  if (entered && focus_first (self))
    return TRUE;
  self->awaited = entered;
  return GTK_WIDGET_CLASS (kith_capacity_page_parent_class)->focus (widget, direction);
}

static void
kith_capacity_page_constructed (GObject *object)
{
  KithCapacityPage *self = KITH_CAPACITY_PAGE (object);

  G_OBJECT_CLASS (kith_capacity_page_parent_class)->constructed (object);
  kith_sync_chip_set_context (self->chip, context_of (self));
  g_signal_connect_object (context_of (self), "actor-changed", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  look (self);
}

static void
kith_capacity_page_dispose (GObject *object)
{
  KithCapacityPage *self = KITH_CAPACITY_PAGE (object);

  g_clear_object (&self->watch);
  g_clear_pointer (&self->shown, g_hash_table_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), KITH_TYPE_CAPACITY_PAGE);
  G_OBJECT_CLASS (kith_capacity_page_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, KithCapacityPage, name)

static void
kith_capacity_page_class_init (KithCapacityPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = kith_capacity_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = kith_capacity_page_dispose;
  widget_class->focus = kith_capacity_page_focus;
  KITH_PAGE_CLASS (klass)->name = "capacity";
  KITH_PAGE_CLASS (klass)->title = N_("Capacity");
  KITH_PAGE_CLASS (klass)->icon_name = "view-grid-symbolic";
  KITH_PAGE_CLASS (klass)->counts = TRUE;
  KITH_PAGE_CLASS (klass)->flush = kith_capacity_page_flush;
  g_type_ensure (KITH_TYPE_SYNC_CHIP);
  g_type_ensure (KITH_TYPE_UNREAD);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/capacity/kith-capacity-page.ui");
  BIND (chip);
  BIND (stack);
  BIND (summary);
  BIND (same);
  BIND (rows);
  BIND (others);
  BIND (counted_box);
  BIND (others_box);
  gtk_widget_class_install_action (widget_class, "capacity.more", NULL, more_action);
  gtk_widget_class_install_action (widget_class, "capacity.less", NULL, more_action);
  gtk_widget_class_install_action (widget_class, "capacity.edit", NULL, row_action);
  gtk_widget_class_install_action (widget_class, "capacity.plan", NULL, row_action);
  gtk_widget_class_install_action (widget_class, "capacity.hold", NULL, hold_action);
  gtk_widget_class_install_action (widget_class, "capacity.other", NULL, row_action);
  gtk_widget_class_install_action (widget_class, "capacity.stop", NULL, row_action);
  gtk_widget_class_install_action (widget_class, "capacity.same", NULL, same_action);
  gtk_widget_class_install_action (widget_class, "capacity.begin", "(ss)", begin_action);
  kith_shortcuts_install_class (widget_class, KITH_KEYS_CAPACITY);
}

static void
kith_capacity_page_init (KithCapacityPage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  kith_action_strip_print_key (self->same);
  self->shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_list_box_set_sort_func (self->rows, sort_cb, NULL, NULL);
  g_signal_connect (self, "notify::narrow", G_CALLBACK (narrow_cb), NULL);
  /* Before the rows and their entries: Enter in a changed number is a save, wherever in the row the focus is. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
