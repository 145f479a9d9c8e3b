/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-assign-form-private.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "widgets/kith-two-sides.h"

G_DEFINE_FINAL_TYPE (KithAssignForm, kith_assign_form, KITH_TYPE_FORM)

/* Staging */

static void
staged (KithAssignForm *self)
{
  gtk_widget_set_visible (self->saved, FALSE);
  kith_form_set_verb (KITH_FORM (self), _("Save"));
  kith_form_touch (KITH_FORM (self));
  kith_assign_form_refresh (self);
}

void
kith_assign_form_add_cb (KithAssignForm *self,
                         const char     *staff,
                         KithAssignPane *pane)
{
  kith_assign_plan_add (self->plan, kith_assign_pane_get_place (pane), staff);
  staged (self);
}

void
kith_assign_form_remove_cb (KithAssignForm *self,
                            const char     *staff,
                            KithAssignPane *pane)
{
  kith_assign_plan_remove (self->plan, kith_assign_pane_get_place (pane), staff);
  staged (self);
}

/* Whom one could choose */

static void
tell_panes (KithAssignForm *self)
{
  for (guint i = 0; i < self->sides->len; i++)
    kith_assign_pane_set_colleagues (((KithAssignSide *) self->sides->pdata[i])->pane, self->colleagues, &self->need);
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
  g_ptr_array_unref (self->colleagues);
  self->colleagues = g_ptr_array_ref (rows);
  tell_panes (self);
  self->colleagues_found = TRUE;
  kith_assign_form_restage (self);
  kith_assign_form_refresh (self);
}

/* Whom the client understands: the best colleague first. */
static void
client_cb (GPtrArray *rows,
           gpointer   user_data)
{
  KithAssignForm *self = user_data;
  KithRow *row = rows->len > 0 ? rows->pdata[0] : NULL;
  JsonObject *body = row ? kith_row_body (row, "body") : NULL;
  g_autofree char *name = body ? kith_format_client_name (body) : NULL;
  /* Whose record it opens; nobody's name once access has ended (C4). Translators: %s is the client's name */
  g_autofree char *title = name ? g_strdup_printf (_("Assigned Staff: %s"), name) : g_strdup (_("Assigned Staff"));

  kith_form_set_title (KITH_FORM (self), title);
  kith_staff_need_read (&self->need, row);
  tell_panes (self);
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
  kith_form_set_verb (KITH_FORM (self), NULL);
  for (guint i = 0; i < self->sides->len; i++)
    kith_assign_pane_set_editable (((KithAssignSide *) self->sides->pdata[i])->pane, FALSE);
  kith_assign_form_refresh (self);
  kith_form_tell (KITH_FORM (self), error->message);
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

  if (!done)
    kith_form_refused (KITH_FORM (self), KITH_CONTEXT (source), error);
  if (!done || !self->sides || !gtk_widget_get_root (GTK_WIDGET (self))) /* locked or left meanwhile */
    return;
  kith_form_set_busy (KITH_FORM (self), FALSE);
  kith_form_begin_anew (KITH_FORM (self));
  kith_assign_form_build (self);
  gtk_widget_set_visible (self->saved, TRUE);
  kith_form_set_verb (KITH_FORM (self), NULL);
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
  args = kith_json_new ("client", "s", self->client, NULL);
  json_object_set_array_member (args, "changes", kith_assign_plan_changes (self->plan));
  kith_form_submit_one (form, "assignment.apply", args, _("Assignments saved"), TRUE, submitted_cb, g_object_ref (self));
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
  g_clear_object (&self->closed_watch);
  g_clear_object (&self->task_watch);
  g_clear_object (&self->referral_watch);
  g_clear_object (&self->colleague_watch);
  g_clear_pointer (&self->sides, g_ptr_array_unref);
  g_clear_pointer (&self->closed, g_ptr_array_unref);
  g_clear_pointer (&self->closed_team, g_ptr_array_unref);
  g_clear_pointer (&self->tasks, g_ptr_array_unref);
  g_clear_pointer (&self->referrals, g_ptr_array_unref);
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
  self->sides = g_ptr_array_new_with_free_func (kith_assign_form_side_free);
  self->closed = g_ptr_array_new_with_free_func (g_object_unref);
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
  static const char *const staff_kinds[] = { "staff", "assignment", "staff_service", NULL };
  static const char *const client_kinds[] = { "client", "enrollment", "referral", NULL };
  KithAssignForm *self = g_object_new (KITH_TYPE_ASSIGN_FORM, NULL);
  g_autofree char *place = g_strconcat ("assign:", client, NULL);
  g_autofree char *key = g_strconcat ("assign:client:", client, NULL);
  g_autofree char *scope = g_strconcat ("care:", client, ":", kith_context_get_agency (context), NULL);

  self->client = g_strdup (client);
  self->first = g_strdup (case_id);
  kith_form_set_up (KITH_FORM (self), context, place, key, scope, _("Assigned Staff"), _("Save"));
  kith_assign_form_build (self);
  self->colleague_watch = kith_watch_new (context, "colleagues", staff_kinds, kith_context_get_agency (context), colleagues_cb, self);
  self->client_watch = kith_watch_new (context, "client", client_kinds, client, client_cb, self);
  self->may_job = g_cancellable_new ();
  kith_desktop_store_async (kith_context_get_desktop (context), may_job, g_strdup (client), g_free, self->may_job, may_cb, g_object_ref (self));
  return GTK_WIDGET (self);
}
