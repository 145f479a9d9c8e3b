/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agency/kith-account-window-private.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "kith-shortcuts.h"
#include "referrals/kith-reason-window.h"
#include "widgets/kith-ask-window.h"
#include "widgets/kith-fit.h"
#include "widgets/kith-unread.h"

G_DEFINE_FINAL_TYPE (KithAccountWindow, kith_account_window, ADW_TYPE_WINDOW)

gboolean
kith_account_may_change (KithContext *context,
                         const char  *agency)
{
  const KithActor *actor = kith_desktop_get_actor (kith_context_get_desktop (context));

  return actor && (actor->level == KITH_LEVEL_NETWORK ||
                   (kith_actor_has_duty (actor, KITH_DUTY_ADMIN) && g_strcmp0 (actor->agency, agency) == 0));
}

static void
tell (KithAccountWindow *self,
      const char        *words)
{
  gtk_label_set_text (self->problem, words ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), words != NULL);
}

KithAccountChanges *
kith_account_window_changes (KithAccountWindow *self)
{
  g_autoptr (JsonObject) after = json_object_new ();
  g_autoptr (JsonArray) links = kith_account_links_collect (self->links);

  kith_field_rows_collect (self->rows, after, FALSE);
  return self->portal ? kith_account_changes_of_portal (self->staff, self->before, self->links_before, after, links)
                      : kith_account_changes_of_standard (self->staff, self->before, self->links_before, after, links);
}

/* U21. As the rules have it: nobody ends their own account, whose way back would be another's. */
static gboolean
may_deactivate (KithAccountWindow *self)
{
  return self->may && self->before && kith_json_bool (self->before, "active", FALSE) && g_strcmp0 (self->staff, kith_context_get_user (self->context)) != 0;
}

static void
update (KithAccountWindow *self)
{
  g_autoptr (KithAccountChanges) all = self->before && self->links_before ? kith_account_window_changes (self) : NULL;

  gtk_widget_set_sensitive (self->save, all && !self->busy && self->may && kith_account_changes_size (all) > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "account.add", self->may && self->before && self->links_before && !self->busy);
  gtk_widget_set_visible (self->leave_group, may_deactivate (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "account.deactivate", may_deactivate (self) && !self->busy);
}

static void
changed_cb (KithAccountWindow *self)
{
  tell (self, NULL);
  update (self);
  if (self->draft)
    kith_draft_touch (self->draft);
}

/* Lines */

static void
remove_cb (KithAccountWindow *self,
           GtkWidget         *button)
{
  GtkWidget *line = gtk_widget_get_ancestor (button, GTK_TYPE_LIST_BOX_ROW);
  int at = line ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (line)) : -1;
  GtkListBoxRow *next;

  if (at < 0)
    return;
  gtk_list_box_remove (self->links, line);
  next = gtk_list_box_get_row_at_index (self->links, at > 0 ? at - 1 : 0);
  gtk_widget_grab_focus (next ? g_object_get_data (G_OBJECT (next), "remove") : self->add);
  changed_cb (self);
}

/**
 * kith_account_window_add_line:
 * @id: of the service or of the directory record that is followed
 * @name: as it is shown
 * @role: (nullable): in that service (U12); NULL: the account's own. Standard accounts only
 * @t: (nullable): the record's kind, for accounts of the portal (P8)
 *
 * Stages one line; nothing is told to the hub before Save. Whether it is there already is for the caller to see.
 */
void
kith_account_window_add_line (KithAccountWindow *self,
                              const char        *id,
                              const char        *name,
                              const char        *role,
                              const char        *t)
{
  GtkWidget *line = self->portal ? kith_account_links_followed_new (id, name, t) : kith_account_links_service_new (id, name, role);
  GtkWidget *pick = g_object_get_data (G_OBJECT (line), "role"), *remove = g_object_get_data (G_OBJECT (line), "remove");

  if (pick)
    g_signal_connect_object (pick, "notify::selected", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_visible (remove, self->may);
  g_signal_connect_object (remove, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  gtk_list_box_append (self->links, line);
}

/* Adding: by name, of what belongs to the agency */

static void
chosen_cb (KithAccountWindow *self,
           const char        *id)
{
  for (guint i = 0; i < self->choices->len; i++)
    {
      KithRow *row = self->choices->pdata[i];

      if (g_strcmp0 (kith_row_get_id (row), id) == 0 && !kith_account_links_find (self->links, id))
        kith_account_window_add_line (self, id, kith_row_get_text (row, "name"), NULL, kith_row_get_text (row, "t"));
    }
  changed_cb (self);
  gtk_widget_grab_focus (self->add); /* one more, or Save */
}

static void
add_action (GtkWidget  *widget,
            const char *name,
            GVariant   *target)
{
  KithAccountWindow *self = KITH_ACCOUNT_WINDOW (widget);
  GtkWidget *window = kith_reason_window_new (GTK_WINDOW (self), self->portal ? _("Follow a Record of the Directory") : _("Add a Service"), NULL, NULL, NULL, NULL,
                                              _("Add"), FALSE);

  for (guint i = 0; i < self->choices->len; i++)
    {
      KithRow *row = self->choices->pdata[i];

      if (!kith_account_links_find (self->links, kith_row_get_id (row)))
        kith_reason_window_add_choice (KITH_REASON_WINDOW (window), kith_row_get_id (row), kith_row_get_text (row, "name"),
                                       self->portal ? kith_account_links_kind_words (kith_row_get_text (row, "t")) : NULL, FALSE);
    }
  kith_reason_window_type_ahead (KITH_REASON_WINDOW (window));
  g_signal_connect_object (window, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}

static void
choices_cb (GPtrArray *rows,
            gpointer   user_data)
{
  KithAccountWindow *self = user_data;

  g_ptr_array_set_size (self->choices, 0);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (self->choices, g_object_ref (rows->pdata[i]));
}

/* As it is, and as somebody else makes it meanwhile: what is sent is a whole list, so a list begun here takes in what a colleague did, and only
 * what was touched here is otherwise. */

void
kith_account_window_take_links (GPtrArray *rows,
                                gpointer   user_data)
{
  KithAccountWindow *self = user_data;
  JsonArray *now = kith_account_links_of_rows (rows, self->portal);
  const char *role;

  gtk_label_set_text (self->no_links, self->portal ? _("Nothing yet: the account sees no referral.") : _("None yet.")); /* not before they were read */
  if (self->links_before)
    kith_account_links_follow (self->links, self->links_before, now);
  for (guint i = 0; i < rows->len; i++)
    {
      const char *id = kith_row_get_id (rows->pdata[i]);

      if (!kith_account_links_find (self->links, id) && !(self->links_before && kith_account_links_get (self->links_before, id, &role)))
        kith_account_window_add_line (self, id, kith_row_get_text (rows->pdata[i], "name"), kith_row_get_text (rows->pdata[i], "role"), kith_row_get_text (rows->pdata[i], "t"));
    }
  g_clear_pointer (&self->links_before, json_array_unref);
  self->links_before = now;
  g_ptr_array_ref (rows);
  g_clear_pointer (&self->link_rows, g_ptr_array_unref);
  self->link_rows = rows;
  update (self);
  if (self->may && !self->draft)
    kith_account_window_keep_draft (self);
}

/* The form's rows are the arguments of the operations that change them. */
static KithFieldRows *
rows_new (KithAccountWindow *self)
{
  static const char *const of_standard[] = { "staff.change_role", "staff.set_health_access", "staff.set_duties", NULL };
  static const char *const of_portal[] = { "portal.set_permissions", NULL };
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();

  for (const char *const *op = self->portal ? of_portal : of_standard; *op; op++)
    {
      const KithOperation *operation = kith_operation_get (*op);

      for (guint i = 0; i < operation->n_args; i++)
        if (!g_str_equal (operation->args[i].name, "staff") && !g_str_equal (operation->args[i].name, "was"))
          g_ptr_array_add (fields, (gpointer) &operation->args[i]);
    }
  return KITH_FIELD_ROWS (kith_field_rows_new_fields (self->context, (const KithField *const *) fields->pdata, fields->len));
}

static char *
about_words (KithAccountWindow *self)
{
  const char *email = kith_json_string (self->before, "email"), *login = kith_json_string (self->before, "login");
  const char *state = !kith_json_bool (self->before, "active", FALSE) ? _("Deactivated")
                      : !self->portal && !kith_json_bool (self->before, "trained", FALSE) ? _("Training not complete") : NULL;
  g_autoptr (GString) text = g_string_new (kith_format_code ("level", kith_json_string (self->before, "level")));
  const char *parts[] = { login, email, state };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] && *parts[i])
      g_string_append_printf (text, " · %s", parts[i]);
  if (!self->may)
    g_string_append_printf (text, "\n%s", _("The administrator of the agency and network staff change this."));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
kith_account_window_follow (KithAccountWindow *self,
                            JsonObject        *body)
{
  g_autofree char *about = NULL;

  kith_field_rows_follow (self->rows, self->before, body);
  json_object_ref (body);
  json_object_unref (self->before);
  self->before = body;
  about = about_words (self);
  gtk_label_set_text (self->about, about);
  update (self);
}

static void
account_cb (GPtrArray *rows,
            gpointer   user_data)
{
  static const char *const of_services[] = { "staff_service", "service", NULL };
  static const char *const of_directory[] = { "service", "program", "organization", NULL };
  static const char *const of_accounts[] = { "staff", NULL };
  KithAccountWindow *self = user_data;
  JsonObject *body = rows->len > 0 ? kith_row_body (rows->pdata[0], "body") : NULL;
  g_autofree char *about = NULL;
  const char *agency;

  if (!body)
    return;
  if (self->before)
    {
      kith_account_window_follow (self, body);
      return;
    }
  self->before = json_object_ref (body);
  agency = kith_json_string (body, "agency");
  self->portal = g_strcmp0 (kith_json_string (body, "level"), "portal") == 0;
  self->may = kith_account_may_change (self->context, agency);
  about = about_words (self);
  gtk_window_set_title (GTK_WINDOW (self), kith_json_string (body, "name"));
  gtk_label_set_text (self->about, about);
  gtk_widget_set_visible (self->save, self->may);
  gtk_button_set_label (GTK_BUTTON (self->cancel), self->may ? _("_Cancel") : _("_Close"));
  self->rows = rows_new (self);
  adw_bin_set_child (self->rows_place, GTK_WIDGET (self->rows));
  kith_field_rows_show (self->rows, body);
  gtk_widget_set_sensitive (GTK_WIDGET (self->rows), self->may);
  gtk_widget_set_sensitive (GTK_WIDGET (self->links), self->may);
  g_signal_connect_object (self->rows, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_set_title (self->links_group, self->portal ? _("Follows") : _("Services"));
  adw_preferences_group_set_description (self->links_group, self->portal ? _("Referrals to these appear in the account’s inbox, whatever queue they came by.")
                                                                          : _("A referral manager of a service answers what comes in for it."));
  self->choice_watch = kith_watch_new (self->context, self->portal ? "agency-resources" : "organization-services", of_directory, agency ? agency : "", choices_cb, self);
  self->link_watch = kith_watch_new (self->context, self->portal ? "account-resources" : "staff-services", self->portal ? of_accounts : of_services, self->staff, kith_account_window_take_links,
                                     self);
  update (self);
}

/* Save */

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (KithAccountWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = g_task_propagate_boolean (G_TASK (result), &error);

  self->busy = FALSE;
  if (done)
    kith_context_toast (KITH_CONTEXT (source), _("Saved"));
  else if (self->closed)
    kith_context_problem (KITH_CONTEXT (source), _("Not all of it was saved"), error);
  if (self->closed)
    return;
  if (done)
    {
      kith_draft_forget (self->draft);
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  tell (self, error->message);
  update (self);
}

static void
commit_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  KithAccountWindow *self = KITH_ACCOUNT_WINDOW (widget);

  if (!gtk_widget_get_sensitive (self->save) || !self->may)
    return;
  tell (self, NULL);
  self->busy = TRUE;
  kith_account_changes_submit (kith_account_window_changes (self), self->context, saved_cb, g_object_ref (self));
  update (self);
}

/* Whoever leaves */

static void
deactivated_cb (KithAccountWindow *self)
{
  if (self->draft)
    kith_draft_forget (self->draft);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
deactivate_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *target)
{
  KithAccountWindow *self = KITH_ACCOUNT_WINDOW (widget);
  const char *agency = kith_json_string (self->before, "agency");
  g_autofree char *scope = agency ? g_strconcat ("agency:", agency, NULL) : NULL;
  g_autofree char *words = g_strdup_printf (self->portal ? _("%s is signed out everywhere at once. There is no way back: whoever returns gets another account.")
                                                         : _("%s is signed out everywhere at once, and what they were given goes from their computers at the next contact. Their clients, cases and "
                                                             "tasks wait under Staff until a supervisor gives them to somebody. There is no way back: whoever returns gets another account."),
                                            kith_json_string (self->before, "name"));
  GtkWidget *window = kith_ask_window_new (GTK_WINDOW (self), self->context, "staff.deactivate", _("Deactivate Account"), words, C_("verb", "Deactivate"), _("Account deactivated"),
                                           kith_json_new ("staff", "s", self->staff, NULL), NULL);

  g_signal_connect_object (window, "done", G_CALLBACK (deactivated_cb), self, G_CONNECT_SWAPPED);
  if (scope)
    kith_ask_window_keep_draft (KITH_ASK_WINDOW (window), scope, NULL);
  gtk_window_present (GTK_WINDOW (window));
}

static void
cancel_action (GtkWidget  *widget,
               const char *name,
               GVariant   *target)
{
  gtk_window_destroy (GTK_WINDOW (widget));
}

static void
kith_account_window_dispose (GObject *object)
{
  KithAccountWindow *self = KITH_ACCOUNT_WINDOW (object);

  if (self->draft && !self->closed) /* a lock closes it too */
    {
      kith_draft_flush (self->draft);
      g_object_run_dispose (G_OBJECT (self->draft));
    }
  g_clear_object (&self->draft);
  self->closed = TRUE;
  g_clear_object (&self->account_watch);
  g_clear_object (&self->link_watch);
  g_clear_object (&self->choice_watch);
  self->rows = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (object), KITH_TYPE_ACCOUNT_WINDOW);
  g_clear_pointer (&self->before, json_object_unref);
  g_clear_pointer (&self->links_before, json_array_unref);
  g_clear_pointer (&self->link_rows, g_ptr_array_unref);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  g_clear_pointer (&self->staff, g_free);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_account_window_parent_class)->dispose (object);
}

static void
kith_account_window_class_init (KithAccountWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_account_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/agency/kith-account-window.ui");
  gtk_widget_class_bind_template_child (widget_class, KithAccountWindow, about);
  gtk_widget_class_bind_template_child (widget_class, KithAccountWindow, problem);
  gtk_widget_class_bind_template_child (widget_class, KithAccountWindow, no_links);
  gtk_widget_class_bind_template_child (widget_class, KithAccountWindow, restored);
  gtk_widget_class_bind_template_child (widget_class, KithAccountWindow, restored_strip);
  gtk_widget_class_bind_template_child (widget_class, KithAccountWindow, save);
  gtk_widget_class_bind_template_child (widget_class, KithAccountWindow, cancel);
  gtk_widget_class_bind_template_child (widget_class, KithAccountWindow, add);
  gtk_widget_class_bind_template_child (widget_class, KithAccountWindow, rows_place);
  gtk_widget_class_bind_template_child (widget_class, KithAccountWindow, links_group);
  gtk_widget_class_bind_template_child (widget_class, KithAccountWindow, links);
  gtk_widget_class_install_action (widget_class, "account.add", NULL, add_action);
  gtk_widget_class_bind_template_child (widget_class, KithAccountWindow, leave_group);
  gtk_widget_class_install_action (widget_class, "account.deactivate", NULL, deactivate_action);
  gtk_widget_class_install_action (widget_class, "account.discard", NULL, kith_account_window_discard);
  gtk_widget_class_install_action (widget_class, "form.commit", NULL, commit_action);
  gtk_widget_class_install_action (widget_class, "form.cancel", NULL, cancel_action);
  kith_shortcuts_install_class (widget_class, KITH_KEYS_FORM);
}

static void
kith_account_window_init (KithAccountWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kith_fit_to_text (GTK_WINDOW (self));
  self->choices = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "account.add", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "account.deactivate", FALSE);
}

/**
 * kith_account_window_new:
 * @parent: (nullable): the window it belongs to
 * @staff: id of the staff member whose account it is
 *
 * Returns: (transfer none): a window that is not shown yet and fills as soon as the account is read; GTK keeps it until it is closed
 */
GtkWidget *
kith_account_window_new (GtkWindow   *parent,
                         KithContext *context,
                         const char  *staff)
{
  static const char *const kinds[] = { "staff", NULL };
  KithAccountWindow *self = g_object_new (KITH_TYPE_ACCOUNT_WINDOW, "transient-for", parent, NULL);

  self->context = g_object_ref (context);
  self->staff = g_strdup (staff);
  kith_unread_add_strip (GTK_WIDGET (self->problem), context);
  self->account_watch = kith_watch_new (context, "account", kinds, staff, account_cb, self);
  return GTK_WIDGET (self);
}
