/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cases/kith-assign-pane.h"

#include <glib/gi18n.h>

#include "staff/kith-staff-suggest.h"
#include "widgets/kith-status-pill.h"

struct _KithAssignPane
{
  AdwBin parent_instance;
  KithContext *context;
  char *place, *title;
  GtkListBox *list;
  GtkWidget *suggest;
  GPtrArray *staff;      /* (element-type utf8): in the order they are shown */
  GPtrArray *colleagues; /* (element-type KithRow) */
  KithAssignPlan *plan;  /* not owned; what was shown last */
  gboolean editable;
};

G_DEFINE_FINAL_TYPE (KithAssignPane, kith_assign_pane, ADW_TYPE_BIN)

enum
{
  SIGNAL_ADD,
  SIGNAL_REMOVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Select Staff: those who are not on it yet */

static gboolean
is_present (KithAssignPane *self,
            const char     *staff)
{
  return self->plan && kith_assign_plan_has (self->plan, self->place, staff);
}

static gboolean
pass_over (const char *staff,
           gpointer    self)
{
  return is_present (self, staff);
}

static void
picked_cb (KithAssignPane *self,
           KithRow        *row)
{
  g_signal_emit (self, signals[SIGNAL_ADD], 0, kith_row_get_id (row));
  kith_suggest_clear (KITH_SUGGEST (self->suggest));
  gtk_widget_grab_focus (self->suggest);
}

/* Those on it */

static void
button_cb (KithAssignPane *self,
           GtkButton      *button)
{
  const char *staff = g_object_get_data (G_OBJECT (button), "staff");

  g_signal_emit (self, signals[is_present (self, staff) ? SIGNAL_REMOVE : SIGNAL_ADD], 0, staff);
}

static GtkWidget *
button_new (KithAssignPane *self,
            const char     *staff,
            gboolean        has,
            const char     *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name (has ? "window-close-symbolic" : "edit-undo-symbolic");
  g_autofree char *words = g_strdup_printf (has ? _("Remove %s") : _("Keep %s"), name);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, words);
  gtk_widget_set_sensitive (button, self->editable);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  g_object_set_data_full (G_OBJECT (button), "staff", g_strdup (staff), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (button_cb), self, G_CONNECT_SWAPPED);
  return button;
}

/* A5: whoever opens a case has their supervisor on it. Of those who are on it here too. Yours; NULL: of nobody */
static char *
whose_supervisor (KithAssignPane *self,
                  const char     *staff)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < self->colleagues->len; i++)
    {
      KithRow *row = self->colleagues->pdata[i];
      const char *id = kith_row_get_id (row), *name = kith_row_get_text (row, "name");

      if (g_strcmp0 (kith_row_get_text (row, "supervisor"), staff) == 0 && kith_assign_plan_had (self->plan, self->place, id))
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", name ? name : "");
    }
  /* Translators: why somebody is on a case: names of those whose supervisor it is */
  return names->len > 0 ? g_strdup_printf (_("Supervisor of %s: on each case they open"), names->str) : NULL;
}

static GtkWidget *
row_new (KithAssignPane *self,
         const char     *staff,
         const char     *name)
{
  gboolean has = kith_assign_plan_has (self->plan, self->place, staff), had = kith_assign_plan_had (self->plan, self->place, staff);
  GtkWidget *row = adw_action_row_new (), *button = button_new (self, staff, has, name);
  g_autofree char *why = had ? whose_supervisor (self, staff) : NULL;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), why ? why : "");
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  if (has != had)
    {
      GtkWidget *pill = kith_status_pill_new ();

      kith_status_pill_set (KITH_STATUS_PILL (pill), has ? "list-add-symbolic" : "list-remove-symbolic", has ? C_("person", "New") : _("Removed"),
                            has ? "good" : "warn");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), pill);
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  g_object_set_data (G_OBJECT (row), "button", button);
  return row;
}

/* Whose cross has the focus, so that it has it again when the rows are made anew. Yours */
static char *
focused (KithAssignPane *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  return focus && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list)) ? g_strdup (g_object_get_data (G_OBJECT (focus), "staff")) : NULL;
}

static void
add_nobody (KithAssignPane *self)
{
  GtkWidget *nobody = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (nobody), _("Nobody yet"));
  gtk_widget_add_css_class (nobody, "dim-label");
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (nobody), FALSE);
  gtk_widget_set_focusable (nobody, FALSE);
  gtk_list_box_append (self->list, nobody);
}

void
kith_assign_pane_show (KithAssignPane *self,
                       KithAssignPlan *plan,
                       GHashTable     *names)
{
  g_autofree char *staff_focused = focused (self);
  GtkWidget *child, *again = NULL;
  guint n = 0;

  self->plan = plan;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))))
    gtk_list_box_remove (self->list, child);
  /* Whoever is new here stands last. */
  for (guint i = 0; i < self->colleagues->len; i++)
    {
      const char *staff = kith_row_get_id (self->colleagues->pdata[i]);

      if (is_present (self, staff) && !g_ptr_array_find_with_equal_func (self->staff, staff, g_str_equal, NULL))
        g_ptr_array_add (self->staff, g_strdup (staff));
    }
  for (guint i = 0; i < self->staff->len; i++)
    {
      const char *staff = self->staff->pdata[i], *name = g_hash_table_lookup (names, staff);
      GtkWidget *row;

      if (!is_present (self, staff) && !kith_assign_plan_had (plan, self->place, staff))
        continue;
      row = row_new (self, staff, name ? name : _("Somebody"));
      gtk_list_box_append (self->list, row);
      if (g_strcmp0 (staff, staff_focused) == 0)
        again = g_object_get_data (G_OBJECT (row), "button");
      n++;
    }
  if (n == 0)
    add_nobody (self);
  if (again)
    gtk_widget_grab_focus (again);
  else if (staff_focused) /* it was new, and is gone altogether */
    gtk_widget_grab_focus (self->suggest);
}

/**
 * kith_assign_pane_set_present:
 * @staff: (element-type utf8): who is on it, in their order
 */
void
kith_assign_pane_set_present (KithAssignPane *self,
                              GPtrArray      *staff)
{
  g_ptr_array_set_size (self->staff, 0);
  for (guint i = 0; i < staff->len; i++)
    g_ptr_array_add (self->staff, g_strdup (staff->pdata[i]));
}

void
kith_assign_pane_set_colleagues (KithAssignPane      *self,
                                 GPtrArray           *rows,
                                 const KithStaffNeed *need)
{
  g_ptr_array_unref (self->colleagues);
  self->colleagues = g_ptr_array_ref (rows);
  kith_staff_suggest_set_colleagues (KITH_SUGGEST (self->suggest), rows, need);
}

/**
 * kith_assign_pane_set_editable:
 * @editable: FALSE: who is on it can be read; nobody can be put on it. Crosses go with the next kith_assign_pane_show()
 */
void
kith_assign_pane_set_editable (KithAssignPane *self,
                               gboolean        editable)
{
  self->editable = editable;
  gtk_widget_set_visible (self->suggest, editable);
}

/**
 * kith_assign_pane_get_place:
 *
 * Returns: (transfer none): id of the case; "" for the client
 */
const char *
kith_assign_pane_get_place (KithAssignPane *self)
{
  return self->place;
}

/**
 * kith_assign_pane_get_title:
 *
 * Returns: (transfer none): as it stands above the pane
 */
const char *
kith_assign_pane_get_title (KithAssignPane *self)
{
  return self->title;
}

GtkWidget *
kith_assign_pane_get_entry (KithAssignPane *self)
{
  return self->suggest;
}

static void
kith_assign_pane_dispose (GObject *object)
{
  KithAssignPane *self = KITH_ASSIGN_PANE (object);

  self->plan = NULL;
  g_clear_pointer (&self->colleagues, g_ptr_array_unref);
  g_clear_pointer (&self->staff, g_ptr_array_unref);
  g_clear_pointer (&self->place, g_free);
  g_clear_pointer (&self->title, g_free);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_assign_pane_parent_class)->dispose (object);
}

static void
kith_assign_pane_class_init (KithAssignPaneClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_assign_pane_dispose;
  signals[SIGNAL_ADD] = g_signal_new ("add", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_REMOVE] = g_signal_new ("remove", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
kith_assign_pane_init (KithAssignPane *self)
{
  self->staff = g_ptr_array_new_with_free_func (g_free);
  self->colleagues = g_ptr_array_new_with_free_func (g_object_unref);
  self->editable = TRUE;
}

/* Long titles wrap. */
static GtkWidget *
label_new (const char *text,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

GtkWidget *
kith_assign_pane_new (KithContext *context,
                      const char  *place,
                      const char  *title,
                      const char  *description)
{
  KithAssignPane *self = g_object_new (KITH_TYPE_ASSIGN_PANE, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8), *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  self->context = g_object_ref (context);
  self->place = g_strdup (place);
  self->title = g_strdup (title);
  gtk_box_append (GTK_BOX (words), label_new (title, "section-title"));
  if (description)
    gtk_box_append (GTK_BOX (words), label_new (description, "meta"));
  gtk_box_append (GTK_BOX (box), words);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  self->suggest = kith_staff_suggest_new (context, _("Assign: type a colleague’s name"));
  kith_staff_suggest_pass_over (KITH_SUGGEST (self->suggest), pass_over, self);
  gtk_widget_set_name (self->suggest, *place ? "assign-case" : "assign-client");
  g_signal_connect_object (self->suggest, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (box), self->suggest);
  adw_bin_set_child (ADW_BIN (self), box);
  return GTK_WIDGET (self);
}
