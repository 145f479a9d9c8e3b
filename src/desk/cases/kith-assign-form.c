/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-assign-form-private.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "widgets/kith-two-sides.h"

G_DEFINE_FINAL_TYPE (KithAssignForm, kith_assign_form, KITH_TYPE_FORM)

static void
side_free (gpointer data)
{
  KithAssignSide *side = data;

  g_clear_object (&side->watch);
  g_free (side);
}

/* Staging */

static void
staged (KithAssignForm *self)
{
  gtk_widget_set_visible (self->saved, FALSE);
  kith_form_touch (KITH_FORM (self));
  kith_assign_form_refresh (self);
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

/* What is there */

static void
found_cb (GPtrArray *rows,
          gpointer   user_data)
{
  KithAssignSide *side = user_data;
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
  kith_assign_form_restage (self);
  kith_assign_form_refresh (self);
}

static KithAssignSide *
add_side (KithAssignForm *self,
          const char     *place,
          const char     *title,
          const char     *description,
          const char     *query,
          const char     *of)
{
  static const char *const kinds[] = { "assignment", "staff", NULL };
  KithContext *context = kith_form_get_context (KITH_FORM (self));
  KithAssignSide *side = g_new0 (KithAssignSide, 1);

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
             KithAssignSide *side)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  if (!self->first || !g_str_equal (self->first, kith_assign_pane_get_place (side->pane)))
    return;
  kith_form_set_first (KITH_FORM (self), kith_assign_pane_get_entry (side->pane));
  if (focus && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)) && kith_assign_plan_is_empty (self->plan))
    gtk_widget_grab_focus (kith_assign_pane_get_entry (side->pane));
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
  kith_assign_form_restage (self);
  kith_assign_form_refresh (self);
}

static void
sort_colleagues (KithAssignForm *self,
                 GPtrArray      *rows)
{
  g_autoptr (GPtrArray) sorted = kith_staff_best_first (rows, &self->need, 1, kith_context_get_now (kith_form_get_context (KITH_FORM (self))));

  g_ptr_array_unref (self->colleagues);
  self->colleagues = g_steal_pointer (&sorted);
  for (guint i = 0; i < self->sides->len; i++)
    kith_assign_pane_set_colleagues (((KithAssignSide *) self->sides->pdata[i])->pane, self->colleagues);
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
  kith_assign_form_refresh (self);
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
    kith_assign_pane_set_editable (((KithAssignSide *) self->sides->pdata[i])->pane, FALSE);
  kith_assign_form_refresh (self);
  kith_form_tell (KITH_FORM (self), error->message);
}

/* What is there is looked for, at first and again after Save. */
static void
build (KithAssignForm *self)
{
  static const char *const case_kinds[] = { "case", NULL };
  KithAssignSide *side;
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
  side = add_side (self, "", _("The client"),
                   _("Sees the basic details. Whoever is added joins every open case; whoever is removed leaves every case, closed ones too."), "client-team",
                   self->client);
  kith_form_set_first (KITH_FORM (self), kith_assign_pane_get_entry (side->pane));
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
  gtk_widget_grab_focus (kith_assign_pane_get_entry (((KithAssignSide *) self->sides->pdata[0])->pane));
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
  kith_staff_need_clear (&self->need);
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
