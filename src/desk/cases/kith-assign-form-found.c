/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is there: who is on the client and on its cases, now. It may change while somebody stages: what is said before Save is what Save does (A9). */

#include "kith-assign-form-private.h"

#include <glib/gi18n.h>

/**
 * kith_assign_form_side_free:
 * @side: (transfer full): a KithAssignSide; its pane is the box's
 */
void
kith_assign_form_side_free (gpointer side)
{
  g_clear_object (&((KithAssignSide *) side)->watch);
  g_free (side);
}

static void
restaged (KithAssignForm *self)
{
  kith_assign_form_restage (self);
  kith_assign_form_refresh (self);
}

/* Whose assignment is ours to change: another agency's is not. Container only: the ids are the rows' */
static GPtrArray *
own_staff (KithAssignForm *self,
           GPtrArray      *rows,
           const char     *case_id) /* of that case only; NULL: all */
{
  const char *agency = kith_context_get_agency (kith_form_get_context (KITH_FORM (self)));
  GPtrArray *own = g_ptr_array_new ();

  for (guint i = 0; i < rows->len; i++)
    {
      KithRow *row = rows->pdata[i];
      const char *staff = kith_row_get_text (row, "staff"), *of = kith_row_get_text (row, "agency"), *name = kith_row_get_text (row, "staff_name");

      if (!staff || (of && g_strcmp0 (of, agency) != 0) || (case_id && g_strcmp0 (kith_row_get_text (row, "case"), case_id) != 0))
        continue;
      g_ptr_array_add (own, (gpointer) staff);
      g_hash_table_replace (self->names, g_strdup (staff), g_strdup (name ? name : _("Somebody")));
    }
  return own;
}

/* Than those who were there when they were read last. */
static gboolean
are_others (KithAssignForm *self,
            const char     *place,
            GPtrArray      *staff)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->names);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (kith_assign_plan_had (self->plan, place, id) != g_ptr_array_find_with_equal_func (staff, id, g_str_equal, NULL))
      return TRUE;
  return FALSE;
}

static void
found_cb (GPtrArray *rows,
          gpointer   user_data)
{
  KithAssignSide *side = user_data;
  KithAssignForm *self = side->form;
  g_autoptr (GPtrArray) own = own_staff (self, rows, NULL);

  if (side->found && are_others (self, kith_assign_pane_get_place (side->pane), own)) /* it was undone, or somebody else works there */
    gtk_widget_set_visible (self->saved, FALSE);
  side->found = TRUE;
  kith_assign_pane_set_present (side->pane, own);
  kith_assign_plan_set_found (self->plan, kith_assign_pane_get_place (side->pane), own);
  restaged (self);
}

/* Who is on the closed ones: they leave those too when they leave the client (A6). */
static void
find_closed (KithAssignForm *self)
{
  for (guint i = 0; self->closed_team && i < self->closed->len; i++)
    {
      const char *id = kith_row_get_id (self->closed->pdata[i]);
      g_autoptr (GPtrArray) own = own_staff (self, self->closed_team, id);

      kith_assign_plan_set_found (self->plan, id, own);
    }
}

static void
closed_team_cb (GPtrArray *rows,
                gpointer   user_data)
{
  KithAssignForm *self = user_data;

  g_clear_pointer (&self->closed_team, g_ptr_array_unref);
  self->closed_team = g_ptr_array_ref (rows);
  find_closed (self);
  restaged (self);
}

static void
tasks_cb (GPtrArray *rows,
          gpointer   user_data)
{
  KithAssignForm *self = user_data;

  g_clear_pointer (&self->tasks, g_ptr_array_unref);
  self->tasks = g_ptr_array_ref (rows);
  kith_assign_form_refresh (self);
}

static void
referrals_cb (GPtrArray *rows,
              gpointer   user_data)
{
  KithAssignForm *self = user_data;

  g_clear_pointer (&self->referrals, g_ptr_array_unref);
  self->referrals = g_ptr_array_ref (rows);
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
  kith_assign_pane_set_colleagues (side->pane, self->colleagues, &self->need);
  g_signal_connect_object (side->pane, "add", G_CALLBACK (kith_assign_form_add_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (side->pane, "remove", G_CALLBACK (kith_assign_form_remove_cb), self, G_CONNECT_SWAPPED);
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

static KithAssignSide *
get_side (KithAssignForm *self,
          const char     *place)
{
  for (guint i = 0; i < self->sides->len; i++)
    if (g_str_equal (kith_assign_pane_get_place (((KithAssignSide *) self->sides->pdata[i])->pane), place))
      return self->sides->pdata[i];
  return NULL;
}

static void
remove_side (KithAssignForm *self,
             KithAssignSide *side)
{
  GtkWidget *pane = GTK_WIDGET (side->pane), *client = kith_assign_pane_get_entry (((KithAssignSide *) self->sides->pdata[0])->pane);
  GtkRoot *root = gtk_widget_get_root (pane);
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  if (g_strcmp0 (self->first, kith_assign_pane_get_place (side->pane)) == 0)
    kith_form_set_first (KITH_FORM (self), client);
  if (focus && gtk_widget_is_ancestor (focus, pane))
    gtk_widget_grab_focus (client);
  g_ptr_array_remove (self->sides, side);
  gtk_box_remove (self->cases, pane);
}

static gboolean
has_id (gconstpointer row,
        gconstpointer id)
{
  return g_strcmp0 (kith_row_get_id ((KithRow *) row), id) == 0;
}

/* Cases that are open no more go with what was staged at them. */
static void
drop_gone (KithAssignForm *self,
           GPtrArray      *open,
           GPtrArray      *closed)
{
  for (guint i = self->sides->len - 1; i > 0; i--)
    {
      KithAssignSide *side = self->sides->pdata[i];
      g_autofree char *id = g_strdup (kith_assign_pane_get_place (side->pane));

      if (g_ptr_array_find_with_equal_func (open, id, has_id, NULL))
        continue;
      remove_side (self, side);
      kith_assign_plan_drop_case (self->plan, id);
    }
  for (guint i = 0; i < self->closed->len; i++)
    {
      const char *id = kith_row_get_id (self->closed->pdata[i]);

      if (!g_ptr_array_find_with_equal_func (open, id, has_id, NULL) && !g_ptr_array_find_with_equal_func (closed, id, has_id, NULL))
        kith_assign_plan_drop_case (self->plan, id);
    }
}

/* Those of a record linked with this one are another client's to the operation. */
static GPtrArray *
own_cases (KithAssignForm *self,
           GPtrArray      *rows,
           gboolean        open)
{
  const char *agency = kith_context_get_agency (kith_form_get_context (KITH_FORM (self)));
  GPtrArray *own = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < rows->len; i++)
    {
      KithRow *row = rows->pdata[i];

      if (g_strcmp0 (kith_row_get_text (row, "client"), self->client) == 0 && g_strcmp0 (kith_row_get_text (row, "agency"), agency) == 0 &&
          (g_strcmp0 (kith_row_get_text (row, "phase"), "open") == 0) == open)
        g_ptr_array_add (own, g_object_ref (row));
    }
  return own;
}

void
kith_assign_form_tell_fallen (KithAssignForm *self,
                              JsonArray      *staged,
                              gboolean        people)
{
  g_autoptr (GString) titles = g_string_new (NULL);
  g_autofree char *words = NULL, *cases = NULL;

  for (guint i = 0; i < json_array_get_length (staged); i++)
    {
      const char *place = kith_json_string (json_array_get_object_element (staged, i), "case"), *title = NULL;

      if (!place || get_side (self, place))
        continue;
      for (guint k = 0; k < self->closed->len; k++)
        if (has_id (self->closed->pdata[k], place))
          title = kith_row_get_text (self->closed->pdata[k], "title");
      title = title ? title : _("A case");
      if (!strstr (titles->str, title))
        g_string_append_printf (titles, "%s%s", titles->len > 0 ? ", " : "", title);
    }
  if (titles->len == 0 && !people)
    return;
  /* Translators: titles of cases */
  cases = titles->len > 0 ? g_strdup_printf (_("Not open any more: %s. What was staged there will not be saved; who should work with the client all the same is added to the client."), titles->str)
                          : NULL;
  words = g_strjoin (cases && people ? " " : "", cases ? cases : "", people ? _("Somebody who was to be added does not work at your agency any more.") : "", NULL);
  if (kith_assign_plan_is_empty (self->plan))
    kith_form_drop_draft (KITH_FORM (self));
  else
    kith_form_touch (KITH_FORM (self)); /* which takes away what was told before */
  kith_form_tell (KITH_FORM (self), words);
}

static void
cases_cb (GPtrArray *rows,
          gpointer   user_data)
{
  KithAssignForm *self = user_data;
  g_autoptr (GPtrArray) open = own_cases (self, rows, TRUE);
  g_autoptr (JsonArray) staged = kith_assign_plan_changes (self->plan);
  GPtrArray *closed = own_cases (self, rows, FALSE);
  GtkWidget *before = self->no_cases;

  self->cases_found = TRUE;
  drop_gone (self, open, closed);
  g_ptr_array_unref (self->closed);
  self->closed = closed;
  for (guint i = 0; i < closed->len; i++)
    kith_assign_plan_set_case (self->plan, kith_row_get_id (closed->pdata[i]), TRUE);
  for (guint i = 0; i < open->len; i++)
    {
      const char *id = kith_row_get_id (open->pdata[i]), *title = kith_row_get_text (open->pdata[i], "title");
      KithAssignSide *side = get_side (self, id);

      kith_assign_plan_set_case (self->plan, id, FALSE);
      if (!side)
        {
          side = add_side (self, id, title ? title : "", kith_row_get_text (open->pdata[i], "number"), "case-team", id);
          focus_first (self, side);
        }
      gtk_box_reorder_child_after (self->cases, GTK_WIDGET (side->pane), before);
      before = GTK_WIDGET (side->pane);
    }
  gtk_widget_set_visible (self->no_cases, open->len == 0);
  find_closed (self);
  kith_assign_form_tell_fallen (self, staged, FALSE);
  restaged (self);
}

void
kith_assign_form_build (KithAssignForm *self)
{
  static const char *const case_kinds[] = { "case", NULL }, *const closed_kinds[] = { "case", "assignment", "staff", NULL };
  static const char *const task_kinds[] = { "task", "case", NULL }, *const referral_kinds[] = { "referral", NULL };
  KithContext *context = kith_form_get_context (KITH_FORM (self));
  KithAssignSide *side;
  GtkWidget *child;

  g_clear_object (&self->case_watch);
  g_clear_object (&self->closed_watch);
  g_clear_object (&self->task_watch);
  g_clear_object (&self->referral_watch);
  g_ptr_array_set_size (self->sides, 0);
  g_ptr_array_set_size (self->closed, 0);
  g_clear_pointer (&self->closed_team, g_ptr_array_unref);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->client_box))))
    gtk_box_remove (self->client_box, child);
  while ((child = gtk_widget_get_last_child (GTK_WIDGET (self->cases))) && child != self->no_cases)
    gtk_box_remove (self->cases, child);
  g_clear_pointer (&self->plan, kith_assign_plan_free);
  self->plan = kith_assign_plan_new ();
  self->cases_found = FALSE;
  side = add_side (self, "", _("The client"),
                   _("Who may open the record and see the basic details. Whoever is added joins every open case; whoever is removed leaves every case, closed ones too."), "client-team",
                   self->client);
  kith_form_set_first (KITH_FORM (self), kith_assign_pane_get_entry (side->pane));
  self->case_watch = kith_watch_new (context, "client-cases", case_kinds, self->client, cases_cb, self);
  self->closed_watch = kith_watch_new (context, "client-closed-team", closed_kinds, self->client, closed_team_cb, self);
  self->task_watch = kith_watch_new (context, "client-tasks-open", task_kinds, self->client, tasks_cb, self);
  self->referral_watch = kith_watch_new (context, "client-referrals-open", referral_kinds, self->client, referrals_cb, self);
}
