/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-assign-form.h"

#include <glib/gi18n.h>

#include "cases/kith-assign-pane.h"
#include "kith-format.h"
#include "kith-watch.h"
#include "widgets/kith-two-sides.h"

/* A pane and the query of who is there. */
typedef struct
{
  KithAssignForm *form; /* not owned: it owns this */
  KithAssignPane *pane;
  KithWatch *watch;
  gboolean found;
} Side;

struct _KithAssignForm
{
  KithForm parent_instance;
  char *client, *first; /* first: the case where one begins, or NULL */
  KithAssignPlan *plan;
  GPtrArray *sides;     /* (element-type Side): the client first */
  GHashTable *names;    /* staff id to name */
  GPtrArray *colleagues; /* (element-type KithRow), the best first */
  KithStaffNeed need;   /* of the client */
  JsonArray *restored;  /* a draft's changes, until all that is there has been found */
  GtkBox *client_box, *cases;
  GtkWidget *columns, *content, *no_cases, *saved;
  GtkLabel *summary;
  KithWatch *client_watch, *case_watch, *colleague_watch;
  GCancellable *may_job;
  gboolean cases_found, denied;
};

G_DEFINE_FINAL_TYPE (KithAssignForm, kith_assign_form, KITH_TYPE_FORM)

static void refresh (KithAssignForm *self);

static void
side_free (gpointer data)
{
  Side *side = data;

  g_clear_object (&side->watch);
  g_free (side);
}

/* Staging */

static void
staged (KithAssignForm *self)
{
  gtk_widget_set_visible (self->saved, FALSE);
  kith_form_touch (KITH_FORM (self));
  refresh (self);
}

static void
add_cb (KithAssignForm *self,
        const char     *staff,
        KithAssignPane *pane)
{
  kith_assign_plan_add (self->plan, kith_assign_pane_get_place (pane), staff);
  staged (self);
}

static void
remove_cb (KithAssignForm *self,
           const char     *staff,
           KithAssignPane *pane)
{
  kith_assign_plan_remove (self->plan, kith_assign_pane_get_place (pane), staff);
  staged (self);
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

      for (guint i = 0; i < self->sides->len; i++)
        {
          KithAssignPane *pane = ((Side *) self->sides->pdata[i])->pane;
          const char *place = kith_assign_pane_get_place (pane);
          gboolean has = kith_assign_plan_has (self->plan, place, staff), had = kith_assign_plan_had (self->plan, place, staff);

          if (has == had || has != adding)
            continue;
          g_string_append_printf (where, "%s%s", where->len > 0 ? ", " : "", *place ? kith_assign_pane_get_title (pane) : _("the client"));
        }
      if (where->len > 0)
        /* Translators: a name, then the client and cases */
        g_string_append_printf (text, adding ? _("%s is added to: %s") : _("%s is removed from: %s"),
                                (const char *) g_hash_table_lookup (self->names, staff), where->str);
      if (where->len > 0)
        g_string_append_c (text, '\n');
    }
}

static int
compare_names (gconstpointer a,
               gconstpointer b,
               gpointer      names)
{
  return g_utf8_collate (g_hash_table_lookup (names, *(const char *const *) a), g_hash_table_lookup (names, *(const char *const *) b));
}

static void
refresh (KithAssignForm *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n;
  g_autofree gpointer *people = g_hash_table_get_keys_as_array (self->names, &n);

  for (guint i = 0; i < self->sides->len; i++)
    kith_assign_pane_show (((Side *) self->sides->pdata[i])->pane, self->plan, self->names);
  g_qsort_with_data (people, (int) n, sizeof *people, compare_names, self->names);
  for (guint i = 0; i < n; i++)
    add_person (self, text, people[i]);
  if (text->len > 0)
    g_string_truncate (text, text->len - 1);
  gtk_label_set_text (self->summary, text->len > 0 ? text->str : _("Nothing yet. Nobody’s access changes before you save."));
}

/* What is there */

/* What was staged before the program was left: on what is there now; what is gone meanwhile falls out. */
static void
restage (KithAssignForm *self)
{
  gboolean whole = self->cases_found;

  for (guint i = 0; i < self->sides->len; i++)
    whole = whole && ((Side *) self->sides->pdata[i])->found;
  if (!whole || !self->restored)
    return;
  for (guint i = 0; i < json_array_get_length (self->restored); i++)
    {
      JsonObject *change = json_array_get_object_element (self->restored, i);
      const char *place = kith_json_string (change, "case"), *staff = kith_json_string (change, "staff");

      if (!staff || !kith_assign_plan_knows (self->plan, place ? place : ""))
        continue;
      if (g_strcmp0 (kith_json_string (change, "do"), "add") == 0)
        kith_assign_plan_add (self->plan, place ? place : "", staff);
      else
        kith_assign_plan_remove (self->plan, place ? place : "", staff);
    }
  g_clear_pointer (&self->restored, json_array_unref);
}

static void
found_cb (GPtrArray *rows,
          gpointer   user_data)
{
  Side *side = user_data;
  KithAssignForm *self = side->form;
  const char *agency = kith_context_get_agency (kith_form_get_context (KITH_FORM (self)));
  const char *place = kith_assign_pane_get_place (side->pane);

  if (side->found)
    return; /* staged against what was there */
  side->found = TRUE;
  kith_assign_pane_set_present (side->pane, rows, agency);
  for (guint i = 0; i < rows->len; i++)
    {
      KithRow *row = rows->pdata[i];
      const char *staff = kith_row_get_text (row, "staff"), *of = kith_row_get_text (row, "agency"), *name = kith_row_get_text (row, "staff_name");

      if (!staff || (of && g_strcmp0 (of, agency) != 0))
        continue; /* another agency's is not ours to change */
      kith_assign_plan_found (self->plan, place, staff);
      g_hash_table_replace (self->names, g_strdup (staff), g_strdup (name ? name : _("Somebody")));
    }
  restage (self);
  refresh (self);
}

static Side *
add_side (KithAssignForm *self,
          const char     *place,
          const char     *title,
          const char     *description,
          const char     *query,
          const char     *of)
{
  static const char *const kinds[] = { "assignment", "staff", NULL };
  KithContext *context = kith_form_get_context (KITH_FORM (self));
  Side *side = g_new0 (Side, 1);

  side->form = self;
  side->pane = KITH_ASSIGN_PANE (kith_assign_pane_new (context, place, title, description));
  kith_assign_pane_set_editable (side->pane, !self->denied);
  kith_assign_pane_set_colleagues (side->pane, self->colleagues);
  g_signal_connect_object (side->pane, "add", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (side->pane, "remove", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (*place ? self->cases : self->client_box, GTK_WIDGET (side->pane));
  g_ptr_array_add (self->sides, side);
  side->watch = kith_watch_new (context, query, kinds, of, found_cb, side);
  return side;
}

/* The one that was come from has the focus, unless somebody types already. */
static void
focus_first (KithAssignForm *self,
             Side           *side)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  if (!self->first || !g_str_equal (self->first, kith_assign_pane_get_place (side->pane)))
    return;
  kith_form_set_first (KITH_FORM (self), GTK_WIDGET (side->pane));
  if (focus && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)) && kith_assign_plan_is_empty (self->plan))
    gtk_widget_grab_focus (GTK_WIDGET (side->pane));
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
      const char *id = kith_row_get_id (row), *title = kith_row_get_text (row, "title");

      if (g_strcmp0 (kith_row_get_text (row, "phase"), "open") != 0 || g_strcmp0 (kith_row_get_text (row, "agency"), agency) != 0)
        continue;
      kith_assign_plan_add_case (self->plan, id);
      focus_first (self, add_side (self, id, title ? title : "", kith_row_get_text (row, "number"), "case-team", id));
      n++;
    }
  gtk_widget_set_visible (self->no_cases, n == 0);
  restage (self);
  refresh (self);
}

static void
sort_colleagues (KithAssignForm *self,
                 GPtrArray      *rows)
{
  g_autoptr (GPtrArray) sorted = kith_staff_best_first (rows, &self->need, kith_context_get_now (kith_form_get_context (KITH_FORM (self))));

  g_ptr_array_unref (self->colleagues);
  self->colleagues = g_steal_pointer (&sorted);
  for (guint i = 0; i < self->sides->len; i++)
    kith_assign_pane_set_colleagues (((Side *) self->sides->pdata[i])->pane, self->colleagues);
}

static void
colleagues_cb (GPtrArray *rows,
               gpointer   user_data)
{
  KithAssignForm *self = user_data;

  for (guint i = 0; i < rows->len; i++)
    {
      const char *name = kith_row_get_text (rows->pdata[i], "name");

      g_hash_table_replace (self->names, g_strdup (kith_row_get_id (rows->pdata[i])), g_strdup (name ? name : _("Somebody")));
    }
  sort_colleagues (self, rows);
  refresh (self);
}

/* Whom the client understands: the best colleague first. */
static void
client_cb (GPtrArray *rows,
           gpointer   user_data)
{
  KithAssignForm *self = user_data;
  JsonObject *body = rows->len > 0 ? kith_row_body (rows->pdata[0], "body") : NULL;
  JsonArray *languages = body ? kith_json_array (body, "languages") : NULL;
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) same = g_ptr_array_ref (self->colleagues);
  g_autoptr (JsonNode) node = languages ? json_node_init_array (json_node_alloc (), languages) : NULL;

  text = node ? json_to_string (node, FALSE) : NULL;
  g_strfreev (self->need.languages);
  self->need.languages = kith_staff_list (text);
  sort_colleagues (self, same);
}

/* Who may: asked where the records are */

static gpointer
may_job (gpointer      store,
         gpointer      data,
         GCancellable *cancellable,
         GError      **error)
{
  g_autoptr (JsonObject) args = kith_json_new ("client", "s", data, NULL);

  return GINT_TO_POINTER (kith_store_may (store, "assignment.apply", args, error));
}

static void
may_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (KithAssignForm) self = user_data;
  g_autoptr (GError) error = NULL;

  if (kith_desktop_job_finish (KITH_DESKTOP (source), result, &error) || !error || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      !self->sides)
    return;
  self->denied = TRUE;
  for (guint i = 0; i < self->sides->len; i++)
    kith_assign_pane_set_editable (((Side *) self->sides->pdata[i])->pane, FALSE);
  refresh (self);
  kith_form_tell (KITH_FORM (self), error->message);
}

/* What is there is looked for, at first and again after Save. */
static void
build (KithAssignForm *self)
{
  static const char *const case_kinds[] = { "case", NULL };
  GtkWidget *child;

  g_clear_object (&self->case_watch);
  g_ptr_array_set_size (self->sides, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->client_box))))
    gtk_box_remove (self->client_box, child);
  while ((child = gtk_widget_get_last_child (GTK_WIDGET (self->cases))) && child != self->no_cases)
    gtk_box_remove (self->cases, child);
  g_clear_pointer (&self->plan, kith_assign_plan_free);
  self->plan = kith_assign_plan_new ();
  self->cases_found = FALSE;
  kith_form_set_first (KITH_FORM (self), GTK_WIDGET (add_side (self, "", _("The client"),
                                                               _("Sees the basic details. Whoever is added joins every open case; whoever is removed leaves every case, closed ones too."),
                                                               "client-team", self->client)->pane));
  self->case_watch = kith_watch_new (kith_form_get_context (KITH_FORM (self)), "client-cases", case_kinds, self->client, cases_cb, self);
}

/* Save */

static void
submitted_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (KithAssignForm) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = kith_context_submit_finish (KITH_CONTEXT (source), result, &error);

  if (!self->sides)
    return; /* left meanwhile */
  kith_form_set_busy (KITH_FORM (self), FALSE);
  if (!done)
    {
      kith_form_tell (KITH_FORM (self), error->message);
      return;
    }
  kith_form_drop_draft (KITH_FORM (self));
  build (self);
  gtk_widget_set_visible (self->saved, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (((Side *) self->sides->pdata[0])->pane));
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

static JsonObject *
kith_assign_form_collect (KithForm *form)
{
  KithAssignForm *self = KITH_ASSIGN_FORM (form);
  JsonObject *draft;

  if (kith_assign_plan_is_empty (self->plan))
    return NULL;
  draft = json_object_new ();
  json_object_set_array_member (draft, "changes", kith_assign_plan_changes (self->plan));
  return draft;
}

static void
kith_assign_form_restore (KithForm   *form,
                          JsonObject *draft)
{
  KithAssignForm *self = KITH_ASSIGN_FORM (form);
  JsonArray *changes = kith_json_array (draft, "changes");

  g_clear_pointer (&self->restored, json_array_unref);
  self->restored = changes ? json_array_ref (changes) : NULL;
  restage (self);
  refresh (self);
}

static void
leave_cb (AdwMessageDialog *dialog,
          const char       *response,
          KithForm         *form)
{
  if (g_str_equal (response, "save"))
    kith_assign_form_commit (form);
  else if (g_str_equal (response, "leave"))
    kith_form_cancel (form);
  else if (g_str_equal (response, "discard"))
    {
      kith_form_drop_draft (form);
      kith_form_done (form, NULL);
    }
}

/* Somebody may take what is staged for what is saved (A9). */
static gboolean
kith_assign_form_leave (KithForm *form)
{
  GtkWidget *dialog;

  if (kith_assign_plan_is_empty (KITH_ASSIGN_FORM (form)->plan))
    return TRUE;
  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (form))), _("Leave Without Saving?"),
                                   _("Nobody’s access has changed yet. What you chose is kept as a draft until you come back."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "stay", _("_Stay"), "discard", _("_Discard"), "leave", _("_Keep Draft"),
                                    "save", _("S_ave"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "save");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "stay");
  g_signal_connect_object (dialog, "response", G_CALLBACK (leave_cb), form, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  return FALSE;
}

static void
kith_assign_form_dispose (GObject *object)
{
  KithAssignForm *self = KITH_ASSIGN_FORM (object);

  g_cancellable_cancel (self->may_job);
  g_clear_object (&self->may_job);
  if (self->plan)
    kith_form_flush (KITH_FORM (self)); /* taken away by somebody who went elsewhere */
  g_clear_object (&self->client_watch);
  g_clear_object (&self->case_watch);
  g_clear_object (&self->colleague_watch);
  g_clear_pointer (&self->sides, g_ptr_array_unref);
  g_clear_pointer (&self->plan, kith_assign_plan_free);
  g_clear_pointer (&self->names, g_hash_table_unref);
  g_clear_pointer (&self->colleagues, g_ptr_array_unref);
  g_clear_pointer (&self->restored, json_array_unref);
  g_clear_pointer (&self->need.languages, g_strfreev);
  g_clear_pointer (&self->client, g_free);
  g_clear_pointer (&self->first, g_free);
  G_OBJECT_CLASS (kith_assign_form_parent_class)->dispose (object);
}

static void
kith_assign_form_class_init (KithAssignFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_assign_form_dispose;
  KITH_FORM_CLASS (klass)->commit = kith_assign_form_commit;
  KITH_FORM_CLASS (klass)->collect = kith_assign_form_collect;
  KITH_FORM_CLASS (klass)->restore = kith_assign_form_restore;
  KITH_FORM_CLASS (klass)->leave = kith_assign_form_leave;
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass), "/org/kith/Kith/cases/kith-assign-form.ui");
  gtk_widget_class_bind_template_child (GTK_WIDGET_CLASS (klass), KithAssignForm, content);
  gtk_widget_class_bind_template_child (GTK_WIDGET_CLASS (klass), KithAssignForm, columns);
  gtk_widget_class_bind_template_child (GTK_WIDGET_CLASS (klass), KithAssignForm, client_box);
  gtk_widget_class_bind_template_child (GTK_WIDGET_CLASS (klass), KithAssignForm, cases);
  gtk_widget_class_bind_template_child (GTK_WIDGET_CLASS (klass), KithAssignForm, no_cases);
  gtk_widget_class_bind_template_child (GTK_WIDGET_CLASS (klass), KithAssignForm, saved);
  gtk_widget_class_bind_template_child (GTK_WIDGET_CLASS (klass), KithAssignForm, summary);
}

static void
kith_assign_form_init (KithAssignForm *self)
{
  self->sides = g_ptr_array_new_with_free_func (side_free);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->colleagues = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_layout_manager (self->columns, kith_two_sides_new ());
  kith_form_set_content (KITH_FORM (self), self->content);
}

GtkWidget *
kith_assign_form_new (KithContext *context,
                      const char  *client,
                      const char  *case_id)
{
  static const char *const staff_kinds[] = { "staff", "assignment", NULL };
  static const char *const client_kinds[] = { "client", NULL };
  KithAssignForm *self = g_object_new (KITH_TYPE_ASSIGN_FORM, NULL);
  g_autofree char *place = g_strconcat ("assign:", client, NULL);
  g_autofree char *key = g_strconcat ("assign:client:", client, NULL);
  g_autofree char *scope = g_strconcat ("care:", client, ":", kith_context_get_agency (context), NULL);

  self->client = g_strdup (client);
  self->first = g_strdup (case_id);
  kith_form_set_up (KITH_FORM (self), context, place, key, scope, _("Assigned Staff"), _("Save"));
  build (self);
  self->colleague_watch = kith_watch_new (context, "colleagues", staff_kinds, kith_context_get_agency (context), colleagues_cb, self);
  self->client_watch = kith_watch_new (context, "client", client_kinds, client, client_cb, self);
  self->may_job = g_cancellable_new ();
  kith_desktop_store_async (kith_context_get_desktop (context), may_job, g_strdup (client), g_free, self->may_job, may_cb, g_object_ref (self));
  return GTK_WIDGET (self);
}
