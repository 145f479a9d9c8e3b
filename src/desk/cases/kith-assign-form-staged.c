/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is staged: in words before Save, kept as a draft, asked about before somebody leaves (A9). */

#include "kith-assign-form-private.h"

#include <glib/gi18n.h>

/* What a person taken off had to do there is nobody's then. */
static void
add_tasks (KithAssignForm *self,
           GString        *text,
           const char     *staff)
{
  const char *name = g_hash_table_lookup (self->names, staff);
  guint n = 0;

  for (guint i = 0; self->tasks && i < self->tasks->len; i++)
    {
      KithRow *row = self->tasks->pdata[i];
      const char *place = kith_row_get_text (row, "case") ? kith_row_get_text (row, "case") : "";

      n += g_strcmp0 (kith_row_get_text (row, "staff"), staff) == 0 && kith_assign_plan_had (self->plan, place, staff) &&
           !kith_assign_plan_has (self->plan, place, staff);
    }
  if (n > 0)
    /* Translators: how many, a name */
    g_string_append_printf (text, ngettext ("%u open task of %s waits for somebody then, on the page Staff\n", "%u open tasks of %s wait for somebody then, on the page Staff\n", n), n,
                            name);
}

static guint
count_referrals (KithAssignForm *self,
                 const char     *staff,
                 gboolean        sent)
{
  guint n = 0;

  for (guint i = 0; self->referrals && i < self->referrals->len; i++)
    n += g_strcmp0 (kith_row_get_text (self->referrals->pdata[i], "staff"), staff) == 0 && kith_row_get_int (self->referrals->pdata[i], "sent") == sent;
  return n;
}

/* Being taken off the client takes no referral away: it is given to somebody else by itself (P17), and whoever sent one goes on reading it. */
static void
add_referrals (KithAssignForm *self,
               GString        *text,
               const char     *staff)
{
  const char *name = g_hash_table_lookup (self->names, staff);
  guint n;

  if (!kith_assign_plan_had (self->plan, "", staff) || kith_assign_plan_has (self->plan, "", staff))
    return;
  n = count_referrals (self, staff, FALSE);
  if (n > 0)
    /* Translators: how many, a name */
    g_string_append_printf (text, ngettext ("%u open referral of this client stays with %s: give it to somebody else\n", "%u open referrals of this client stay with %s: give them to somebody else\n", n), n,
                            name);
  n = count_referrals (self, staff, TRUE);
  if (n > 0)
    /* Translators: how many, a name */
    g_string_append_printf (text, ngettext ("%u open referral of this client was sent by %s, who can go on reading it\n", "%u open referrals of this client were sent by %s, who can go on reading them\n", n), n,
                            name);
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
          KithAssignPane *pane = ((KithAssignSide *) self->sides->pdata[i])->pane;
          const char *place = kith_assign_pane_get_place (pane);
          gboolean has = kith_assign_plan_has (self->plan, place, staff), had = kith_assign_plan_had (self->plan, place, staff);

          if (has == had || has != adding)
            continue;
          g_string_append_printf (where, "%s%s", where->len > 0 ? ", " : "", *place ? kith_assign_pane_get_title (pane) : _("the client"));
        }
      for (guint i = 0; !adding && i < self->closed->len; i++)
        {
          KithRow *row = self->closed->pdata[i];
          const char *id = kith_row_get_id (row), *title = kith_row_get_text (row, "title");

          if (!kith_assign_plan_had (self->plan, id, staff) || kith_assign_plan_has (self->plan, id, staff))
            continue;
          g_string_append (where, where->len > 0 ? ", " : "");
          /* Translators: the title of a case that is closed */
          g_string_append_printf (where, _("%s (closed)"), title ? title : "");
        }
      if (where->len > 0)
        /* Translators: a name, then the client and cases */
        g_string_append_printf (text, adding ? _("%s is added to: %s") : _("%s is removed from: %s"),
                                (const char *) g_hash_table_lookup (self->names, staff), where->str);
      if (where->len > 0)
        g_string_append_c (text, '\n');
    }
  add_tasks (self, text, staff);
  add_referrals (self, text, staff);
}

static int
compare_names (gconstpointer a,
               gconstpointer b,
               gpointer      names)
{
  return g_utf8_collate (g_hash_table_lookup (names, *(const char *const *) a), g_hash_table_lookup (names, *(const char *const *) b));
}

void
kith_assign_form_refresh (KithAssignForm *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n;
  g_autofree gpointer *people = g_hash_table_get_keys_as_array (self->names, &n);

  for (guint i = 0; i < self->sides->len; i++)
    kith_assign_pane_show (((KithAssignSide *) self->sides->pdata[i])->pane, self->plan, self->names);
  g_qsort_with_data (people, (int) n, sizeof *people, compare_names, self->names);
  for (guint i = 0; i < n; i++)
    add_person (self, text, people[i]);
  if (text->len > 0)
    g_string_truncate (text, text->len - 1);
  gtk_label_set_text (self->summary, text->len > 0 ? text->str : _("Nothing yet. Nobody’s access changes before you save."));
}

static gboolean
is_colleague (KithAssignForm *self,
              const char     *staff)
{
  for (guint i = 0; i < self->colleagues->len; i++)
    if (g_strcmp0 (kith_row_get_id (self->colleagues->pdata[i]), staff) == 0)
      return TRUE;
  return FALSE;
}

/* What was staged before the program was left: on what is there now; what is gone meanwhile falls out, and that is said. */
void
kith_assign_form_restage (KithAssignForm *self)
{
  gboolean whole = self->cases_found && self->closed_team && self->colleagues_found, left = FALSE;
  g_autoptr (JsonArray) restored = NULL;

  for (guint i = 0; i < self->sides->len; i++)
    whole = whole && ((KithAssignSide *) self->sides->pdata[i])->found;
  if (!whole || !self->restored)
    return;
  restored = g_steal_pointer (&self->restored);
  for (guint i = 0; i < json_array_get_length (restored); i++)
    {
      JsonObject *change = json_array_get_object_element (restored, i);
      const char *place = kith_json_string (change, "case"), *staff = kith_json_string (change, "staff");

      if (!staff || !kith_assign_plan_knows (self->plan, place ? place : ""))
        continue;
      if (g_strcmp0 (kith_json_string (change, "do"), "add") == 0 && !is_colleague (self, staff))
        left = TRUE;
      else if (g_strcmp0 (kith_json_string (change, "do"), "add") == 0)
        kith_assign_plan_add (self->plan, place ? place : "", staff);
      else
        kith_assign_plan_remove (self->plan, place ? place : "", staff);
    }
  kith_assign_form_tell_fallen (self, restored, left);
}

/* Returns: (transfer full) (nullable): the staged changes in their order; NULL: nothing is staged */
JsonObject *
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

/* Changes of a draft are staged once their places have been read. */
void
kith_assign_form_restore (KithForm   *form,
                          JsonObject *draft)
{
  KithAssignForm *self = KITH_ASSIGN_FORM (form);
  JsonArray *changes = kith_json_array (draft, "changes");

  g_clear_pointer (&self->restored, json_array_unref);
  self->restored = changes ? json_array_ref (changes) : NULL;
  kith_assign_form_restage (self);
  kith_assign_form_refresh (self);
}

static void
leave_cb (AdwMessageDialog *dialog,
          const char       *response,
          KithForm         *form)
{
  if (g_str_equal (response, "save"))
    KITH_FORM_GET_CLASS (form)->commit (form);
  else if (g_str_equal (response, "leave"))
    kith_form_cancel (form);
  else if (g_str_equal (response, "discard"))
    {
      kith_form_drop_draft (form);
      kith_form_done (form, NULL);
    }
}

/* Somebody may take what is staged for what is saved (A9), whichever way they leave. After "Save" the page stays, to be checked; what is being saved is not asked about. */
gboolean
kith_assign_form_leave (KithForm *form)
{
  GtkWidget *dialog;

  if (kith_form_is_busy (form) || kith_assign_plan_is_empty (KITH_ASSIGN_FORM (form)->plan))
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
