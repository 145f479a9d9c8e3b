/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-assign-form.h"

#include <glib/gi18n.h>

#include "cases/kith-assign-plan.h"
#include "kith-format.h"
#include "kith-watch.h"
#include "referrals/kith-reason-window.h"
#include "widgets/kith-status-pill.h"

/* One list of staff: the client's, or of one of its open cases. */
typedef struct
{
  char *id;    /* "": the client; else the case */
  char *title; /* of the case */
  AdwPreferencesGroup *group;
  GPtrArray *rows;
  GPtrArray *staff; /* ids in the order they are shown */
  KithWatch *watch;
  gboolean found;
} Pane;

struct _KithAssignForm
{
  KithForm parent_instance;
  char *client;
  KithAssignPlan *plan;
  GPtrArray *panes;     /* (element-type Pane): the client first */
  GHashTable *names;    /* staff id to name */
  GPtrArray *colleagues; /* (element-type KithRow): who can be given work */
  GtkFlowBox *columns;
  GtkBox *cases;
  GtkWidget *content, *no_cases, *summary_card;
  GtkLabel *summary;
  KithWatch *case_watch, *colleague_watch;
  gboolean cases_found;
};

G_DEFINE_FINAL_TYPE (KithAssignForm, kith_assign_form, KITH_TYPE_FORM)

static void refresh (KithAssignForm *self);

static void
pane_free (gpointer data)
{
  Pane *pane = data;

  g_clear_object (&pane->watch);
  g_free (pane->id);
  g_free (pane->title);
  g_ptr_array_unref (pane->rows);
  g_ptr_array_unref (pane->staff);
  g_free (pane);
}

static const char *
name_of (KithAssignForm *self,
         const char     *staff)
{
  const char *name = g_hash_table_lookup (self->names, staff);

  return name ? name : _("Somebody");
}

/* Staging */

static void
remove_cb (KithAssignForm *self,
           GtkButton      *button)
{
  kith_assign_plan_remove (self->plan, g_object_get_data (G_OBJECT (button), "place"), g_object_get_data (G_OBJECT (button), "staff"));
  refresh (self);
}

static void
again_cb (KithAssignForm *self,
          GtkButton      *button)
{
  kith_assign_plan_add (self->plan, g_object_get_data (G_OBJECT (button), "place"), g_object_get_data (G_OBJECT (button), "staff"));
  refresh (self);
}

static void
chosen_cb (KithReasonWindow *window,
           const char       *code,
           const char       *text,
           KithAssignForm   *self)
{
  kith_assign_plan_add (self->plan, g_object_get_data (G_OBJECT (window), "place"), code);
  refresh (self);
}

/* Type-ahead over those who are not there yet. */
static void
add_cb (KithAssignForm *self,
        GtkButton      *button)
{
  const char *place = g_object_get_data (G_OBJECT (button), "place");
  GtkWidget *window = kith_reason_window_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _("Assign"),
                                              *place ? _("This colleague works on the case, and with the client.")
                                                     : _("This colleague works with the client, and on all cases open now."),
                                              NULL, NULL, NULL, _("Assign"), FALSE);

  g_object_set_data_full (G_OBJECT (window), "place", g_strdup (place), g_free);
  for (guint i = 0; i < self->colleagues->len; i++)
    {
      KithRow *row = self->colleagues->pdata[i];
      gint64 load = kith_row_get_int (row, "load");
      g_autofree char *detail = g_strdup_printf (ngettext ("%s · %d in hand", "%s · %d in hand", load),
                                                 kith_format_code ("role", kith_row_get_text (row, "role")), (int) load);

      if (!kith_assign_plan_has (self->plan, place, kith_row_get_id (row)))
        kith_reason_window_add_choice (KITH_REASON_WINDOW (window), kith_row_get_id (row), kith_row_get_text (row, "name"), detail, FALSE);
    }
  g_signal_connect_object (window, "chosen", G_CALLBACK (chosen_cb), self, 0);
  gtk_window_present (GTK_WINDOW (window));
}

/* What is shown */

static GtkWidget *
button_new (KithAssignForm *self,
            Pane           *pane,
            const char     *staff,
            const char     *icon,
            const char     *words,
            GCallback       callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  g_object_set_data_full (G_OBJECT (button), "place", g_strdup (pane->id), g_free);
  g_object_set_data_full (G_OBJECT (button), "staff", g_strdup (staff), g_free);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
row_new (KithAssignForm *self,
         Pane           *pane,
         const char     *staff)
{
  gboolean has = kith_assign_plan_has (self->plan, pane->id, staff), had = kith_assign_plan_had (self->plan, pane->id, staff);
  const char *name = name_of (self, staff);
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *remove = g_strdup_printf (_("Remove %s"), name);
  g_autofree char *again = g_strdup_printf (_("Keep %s"), name);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  if (has != had)
    {
      GtkWidget *pill = kith_status_pill_new ();

      kith_status_pill_set (KITH_STATUS_PILL (pill), has ? "list-add-symbolic" : "list-remove-symbolic", has ? _("New") : _("Removed"),
                            has ? "good" : "warn");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), pill);
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             has ? button_new (self, pane, staff, "window-close-symbolic", remove, G_CALLBACK (remove_cb))
                                 : button_new (self, pane, staff, "edit-undo-symbolic", again, G_CALLBACK (again_cb)));
  return row;
}

static void
refresh_pane (KithAssignForm *self,
              Pane           *pane)
{
  for (guint i = 0; i < pane->rows->len; i++)
    adw_preferences_group_remove (pane->group, pane->rows->pdata[i]);
  g_ptr_array_set_size (pane->rows, 0);
  for (guint i = 0; i < self->colleagues->len; i++)
    {
      const char *staff = kith_row_get_id (self->colleagues->pdata[i]);

      if (kith_assign_plan_has (self->plan, pane->id, staff) && !g_ptr_array_find_with_equal_func (pane->staff, staff, g_str_equal, NULL))
        g_ptr_array_add (pane->staff, g_strdup (staff));
    }
  for (guint i = 0; i < pane->staff->len; i++)
    {
      const char *staff = pane->staff->pdata[i];

      if (!kith_assign_plan_has (self->plan, pane->id, staff) && !kith_assign_plan_had (self->plan, pane->id, staff))
        continue;
      g_ptr_array_add (pane->rows, row_new (self, pane, staff));
      adw_preferences_group_add (pane->group, pane->rows->pdata[pane->rows->len - 1]);
    }
  if (pane->rows->len == 0)
    {
      GtkWidget *nobody = adw_action_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (nobody), _("Nobody yet"));
      gtk_widget_add_css_class (nobody, "dim-label");
      g_ptr_array_add (pane->rows, nobody);
      adw_preferences_group_add (pane->group, nobody);
    }
}

/* What Save will do, with all that comes along (A3, A4, A6): one line a person. */
static void
add_person (KithAssignForm *self,
            GString        *text,
            const char     *staff)
{
  for (int adding = 1; adding >= 0; adding--)
    {
      g_autoptr (GString) where = g_string_new (NULL);

      for (guint i = 0; i < self->panes->len; i++)
        {
          Pane *pane = self->panes->pdata[i];
          gboolean has = kith_assign_plan_has (self->plan, pane->id, staff), had = kith_assign_plan_had (self->plan, pane->id, staff);

          if (has == had || has != adding)
            continue;
          if (where->len > 0)
            g_string_append (where, ", ");
          g_string_append (where, *pane->id ? pane->title : _("the client"));
        }
      if (where->len == 0)
        continue;
      if (text->len > 0)
        g_string_append_c (text, '\n');
      /* Translators: a name, then the client and cases */
      g_string_append_printf (text, adding ? _("%s is added to: %s") : _("%s is removed from: %s"), name_of (self, staff), where->str);
    }
}

static void
refresh (KithAssignForm *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  GHashTableIter iter;
  gpointer staff;

  for (guint i = 0; i < self->panes->len; i++)
    refresh_pane (self, self->panes->pdata[i]);
  g_hash_table_iter_init (&iter, self->names);
  while (g_hash_table_iter_next (&iter, &staff, NULL))
    add_person (self, text, staff);
  gtk_label_set_text (self->summary, text->len > 0 ? text->str : _("Nothing yet. Nobody’s access changes before you save."));
  kith_form_tell (KITH_FORM (self), NULL);
}

static void
found_cb (GPtrArray *rows,
          gpointer   user_data)
{
  Pane *pane = user_data;
  KithAssignForm *self = KITH_ASSIGN_FORM (g_object_get_data (G_OBJECT (pane->group), "form"));
  const char *agency = kith_context_get_agency (kith_form_get_context (KITH_FORM (self)));

  if (pane->found)
    return; /* staged against what was there */
  pane->found = TRUE;
  for (guint i = 0; i < rows->len; i++)
    {
      KithRow *row = rows->pdata[i];
      const char *staff = kith_row_get_text (row, "staff"), *of = kith_row_get_text (row, "agency"), *name = kith_row_get_text (row, "staff_name");

      if (!staff || (of && g_strcmp0 (of, agency) != 0))
        continue; /* another agency's is not ours to change */
      kith_assign_plan_found (self->plan, pane->id, staff);
      g_ptr_array_add (pane->staff, g_strdup (staff));
      if (name)
        g_hash_table_replace (self->names, g_strdup (staff), g_strdup (name));
    }
  refresh (self);
}

static Pane *
add_pane (KithAssignForm *self,
          const char     *id,
          const char     *title,
          const char     *words,
          const char     *description,
          const char     *query,
          const char     *of)
{
  static const char *const kinds[] = { "assignment", "staff", NULL };
  Pane *pane = g_new0 (Pane, 1);
  GtkWidget *add = gtk_button_new_with_label (_("Assign…"));

  pane->id = g_strdup (id);
  pane->title = g_strdup (title);
  pane->rows = g_ptr_array_new ();
  pane->staff = g_ptr_array_new_with_free_func (g_free);
  pane->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (pane->group, words);
  adw_preferences_group_set_description (pane->group, description);
  gtk_widget_set_name (add, *id ? "assign-case" : "assign-client");
  gtk_widget_set_valign (add, GTK_ALIGN_START);
  g_object_set_data_full (G_OBJECT (add), "place", g_strdup (id), g_free);
  g_object_set_data (G_OBJECT (pane->group), "form", self);
  g_signal_connect_object (add, "clicked", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_set_header_suffix (pane->group, add);
  g_ptr_array_add (self->panes, pane);
  pane->watch = kith_watch_new (kith_form_get_context (KITH_FORM (self)), query, kinds, of, found_cb, pane);
  return pane;
}

static void
cases_cb (GPtrArray *rows,
          gpointer   user_data)
{
  KithAssignForm *self = user_data;
  const char *agency = kith_context_get_agency (kith_form_get_context (KITH_FORM (self)));
  guint n = 0;

  if (self->cases_found)
    return;
  self->cases_found = TRUE;
  for (guint i = 0; i < rows->len; i++)
    {
      KithRow *row = rows->pdata[i];
      const char *id = kith_row_get_id (row), *title = kith_row_get_text (row, "title"), *number = kith_row_get_text (row, "number");
      g_autofree char *escaped = g_markup_escape_text (title ? title : "", -1);

      if (g_strcmp0 (kith_row_get_text (row, "phase"), "open") != 0 || g_strcmp0 (kith_row_get_text (row, "agency"), agency) != 0)
        continue;
      kith_assign_plan_add_case (self->plan, id);
      gtk_box_append (self->cases, GTK_WIDGET (add_pane (self, id, title, escaped, number, "case-team", id)->group));
      n++;
    }
  gtk_widget_set_visible (self->no_cases, n == 0);
}

static void
colleagues_cb (GPtrArray *rows,
               gpointer   user_data)
{
  KithAssignForm *self = user_data;

  g_ptr_array_set_size (self->colleagues, 0);
  for (guint i = 0; i < rows->len; i++)
    {
      const char *name = kith_row_get_text (rows->pdata[i], "name");

      g_ptr_array_add (self->colleagues, g_object_ref (rows->pdata[i]));
      if (name)
        g_hash_table_replace (self->names, g_strdup (kith_row_get_id (rows->pdata[i])), g_strdup (name));
    }
  refresh (self);
}

/* Save */

static void
submitted_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (KithAssignForm) self = user_data;
  g_autoptr (GError) error = NULL;

  kith_form_set_busy (KITH_FORM (self), FALSE);
  if (!kith_context_submit_finish (KITH_CONTEXT (source), result, &error))
    {
      kith_form_tell (KITH_FORM (self), error->message);
      return;
    }
  kith_form_done (KITH_FORM (self), "");
}

static void
kith_assign_form_commit (KithForm *form)
{
  KithAssignForm *self = KITH_ASSIGN_FORM (form);
  JsonObject *args;

  if (kith_assign_plan_is_empty (self->plan))
    {
      kith_form_tell (form, _("There is nothing to save."));
      return;
    }
  kith_form_set_busy (form, TRUE);
  args = kith_json_new ("client", "s", self->client, NULL);
  json_object_set_array_member (args, "changes", kith_assign_plan_changes (self->plan));
  kith_context_submit (kith_form_get_context (form), "assignment.apply", args, _("Saved. Check all assignments of this client once more."), FALSE,
                       submitted_cb, g_object_ref (self));
}

static void
kith_assign_form_dispose (GObject *object)
{
  KithAssignForm *self = KITH_ASSIGN_FORM (object);

  g_clear_object (&self->case_watch);
  g_clear_object (&self->colleague_watch);
  g_clear_pointer (&self->panes, g_ptr_array_unref);
  g_clear_pointer (&self->plan, kith_assign_plan_free);
  g_clear_pointer (&self->names, g_hash_table_unref);
  g_clear_pointer (&self->colleagues, g_ptr_array_unref);
  g_clear_pointer (&self->client, g_free);
  G_OBJECT_CLASS (kith_assign_form_parent_class)->dispose (object);
}

static void
kith_assign_form_class_init (KithAssignFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_assign_form_dispose;
  KITH_FORM_CLASS (klass)->commit = kith_assign_form_commit;
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass), "/org/kith/Kith/cases/kith-assign-form.ui");
  gtk_widget_class_bind_template_child (GTK_WIDGET_CLASS (klass), KithAssignForm, content);
  gtk_widget_class_bind_template_child (GTK_WIDGET_CLASS (klass), KithAssignForm, columns);
  gtk_widget_class_bind_template_child (GTK_WIDGET_CLASS (klass), KithAssignForm, cases);
  gtk_widget_class_bind_template_child (GTK_WIDGET_CLASS (klass), KithAssignForm, no_cases);
  gtk_widget_class_bind_template_child (GTK_WIDGET_CLASS (klass), KithAssignForm, summary);
}

static void
kith_assign_form_init (KithAssignForm *self)
{
  self->plan = kith_assign_plan_new ();
  self->panes = g_ptr_array_new_with_free_func (pane_free);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->colleagues = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  kith_form_set_content (KITH_FORM (self), self->content);
}

GtkWidget *
kith_assign_form_new (KithContext *context,
                      const char  *client)
{
  static const char *const staff_kinds[] = { "staff", NULL };
  static const char *const case_kinds[] = { "case", NULL };
  KithAssignForm *self = g_object_new (KITH_TYPE_ASSIGN_FORM, NULL);
  g_autofree char *place = g_strconcat ("assign:", client, NULL);
  g_autofree char *key = g_strconcat ("assign:client:", client, NULL);
  g_autofree char *scope = g_strconcat ("client:", client, NULL);

  self->client = g_strdup (client);
  kith_form_set_up (KITH_FORM (self), context, place, key, scope, _("Assigned Staff"), _("Save"));
  self->colleague_watch = kith_watch_new (context, "colleagues", staff_kinds, kith_context_get_agency (context), colleagues_cb, self);
  gtk_flow_box_insert (self->columns, GTK_WIDGET (add_pane (self, "", NULL, _("The client"), _("Sees the basic details. Whoever is added joins every open case."),
                                                            "client-team", client)->group), 0);
  self->case_watch = kith_watch_new (context, "client-cases", case_kinds, client, cases_cb, self);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->columns)); child; child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_focusable (child, FALSE);
  return GTK_WIDGET (self);
}
