/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a new client came for (ux.md 2.1: who, reach, need). A client record has no such field: it is a referral that is begun at once, or something to
 * follow up. Either is written in the same Save, so that nothing said at the front desk is lost. */

#include "kith-client-form-private.h"

#include <glib/gi18n.h>

#include "kith-draft.h"
#include "kith-json.h"
#include "kith-kind.h"
#include "widgets/kith-choice-row.h"

enum { NEED_REFER, NEED_FOLLOW_UP };

void
kith_client_form_begin_need (KithClientForm *self)
{
  const char *choices[] = { _("Send a referral with it"), _("Follow it up myself"), NULL };
  g_autoptr (GtkStringList) list = gtk_string_list_new (choices);

  kith_choice_row_set_words (self->need_then, list);
}

void
kith_client_form_show_need (KithClientForm *self)
{
  g_autofree char *need = kith_entry_text (self->need);

  gtk_widget_set_visible (GTK_WIDGET (self->need_then), need != NULL);
}

void
kith_client_form_collect_need (KithClientForm *self,
                               JsonObject     *draft)
{
  g_autofree char *need = self->client ? NULL : kith_entry_text (self->need);

  if (!need)
    return;
  json_object_set_string_member (draft, "need", need);
  json_object_set_int_member (draft, "need_then", adw_combo_row_get_selected (self->need_then));
}

void
kith_client_form_restore_need (KithClientForm *self,
                               JsonObject     *draft)
{
  kith_entry_set (self->need, kith_json_string (draft, "need"));
  adw_combo_row_set_selected (self->need_then, kith_json_int (draft, "need_then", NEED_REFER));
  kith_client_form_show_need (self);
}

/* As the record it becomes takes it. */
char *
kith_client_form_need_problem (KithClientForm *self)
{
  const KithField *field = kith_kind_get_field (kith_kind_get ("referral_detail"), "need");
  g_autofree char *need = kith_entry_text (self->need);

  if (!need || g_utf8_strlen (need, -1) <= (glong) field->max_length)
    return NULL;
  gtk_widget_grab_focus (GTK_WIDGET (self->need));
  return g_strdup_printf (ngettext ("What they came for: at most %u letter.", "What they came for: at most %u letters.", field->max_length), field->max_length);
}

char *
kith_client_form_add_need (KithClientForm *self,
                           GPtrArray      *steps,
                           const char     *client)
{
  g_autofree char *need = kith_entry_text (self->need), *id = NULL, *key = NULL, *scope = NULL;

  if (!need)
    return NULL;
  if (adw_combo_row_get_selected (self->need_then) == NEED_FOLLOW_UP)
    {
      id = kith_context_new_id (kith_form_get_context (KITH_FORM (self)));
      g_ptr_array_add (steps, kith_store_step_new ("task.add", kith_json_new ("id", "s", id, "client", "s", client, "subject", "s", need, NULL), FALSE));
      return NULL;
    }
  key = g_strconcat ("refer:client:", client, NULL);
  scope = g_strconcat ("client:", client, NULL);
  g_ptr_array_add (steps, kith_store_step_new_draft (key, scope, kith_json_new ("need", "s", need, KITH_DRAFT_CARRIED, "b", TRUE, NULL)));
  return g_strconcat ("clients/refer:", client, NULL);
}

typedef struct
{
  KithContext *context;
  char *key, *scope; /* of the referral that is begun; NULL: it is followed up */
  char *need;
} Begun;

static void
begun_free (Begun *self)
{
  g_object_unref (self->context);
  g_free (self->key);
  g_free (self->scope);
  g_free (self->need);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Begun, begun_free)

/* What a referral that was begun for them says stays. */
static gpointer
begin_job (gpointer      store,
           gpointer      data,
           GCancellable *cancellable,
           GError      **error)
{
  Begun *self = data;
  gint64 saved_ms;
  g_autoptr (GError) local = NULL;
  g_autoptr (JsonObject) before = kith_store_load_draft (store, self->key, &saved_ms, &local);
  g_autoptr (JsonObject) draft = NULL;
  const char *was = before ? kith_json_string (before, "need") : NULL;
  g_autofree char *need = was && *was ? g_strdup_printf ("%s\n%s", was, self->need) : g_strdup (self->need);

  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  draft = before ? kith_json_copy_object (before) : kith_json_new (KITH_DRAFT_CARRIED, "b", TRUE, NULL);
  json_object_set_string_member (draft, "need", need);
  return GINT_TO_POINTER (kith_store_save_draft (store, self->key, self->scope, draft, error));
}

/* The form is gone by now: the words stand in what is said. */
static void
tell_lost (Begun        *self,
           const GError *error)
{
  /* Translators: the words somebody wrote down of a client's need */
  g_autofree char *title = g_strdup_printf (_("What they came for was not kept. Write it down in a referral: “%s”"), self->need);

  kith_context_problem (self->context, title, error);
}

static void
begun_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Begun) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!kith_desktop_job_finish (KITH_DESKTOP (source), result, &error) && error)
    tell_lost (self, error);
}

static void
added_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Begun) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!kith_context_submit_finish (KITH_CONTEXT (source), result, &error))
    tell_lost (self, error);
}

char *
kith_client_form_hand_over_need (KithClientForm *self,
                                 const char     *client)
{
  KithContext *context = kith_form_get_context (KITH_FORM (self));
  g_autofree char *need = self->client ? NULL : kith_entry_text (self->need);
  Begun *begun;

  if (!need)
    return NULL;
  kith_entry_set (self->need, NULL);
  begun = g_new0 (Begun, 1);
  begun->context = g_object_ref (context);
  begun->need = g_steal_pointer (&need);
  if (adw_combo_row_get_selected (self->need_then) == NEED_FOLLOW_UP)
    {
      g_autofree char *id = kith_context_new_id (context);
      JsonObject *args = kith_json_new ("id", "s", id, "client", "s", client, "subject", "s", begun->need, NULL);

      kith_context_submit (context, "task.add", args, _("Added to what is to follow up: what they came for"), TRUE, added_cb, begun);
      return NULL;
    }
  begun->key = g_strconcat ("refer:client:", client, NULL);
  begun->scope = g_strconcat ("client:", client, NULL);
  kith_desktop_store_async (kith_context_get_desktop (context), begin_job, begun, NULL, NULL, begun_cb, begun);
  return g_strconcat ("clients/refer:", client, NULL);
}
