/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a referral can go, found in one search: services, agencies as a whole, queues. */

#include "kith-referral-form-private.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "kith-text.h"

#define MAX_AGENCIES 2
#define MAX_QUEUES 2

typedef struct
{
  GTask *task;
  GPtrArray *services, *agencies, *queues; /* (element-type KithRow); NULL: still to come */
  GError *error; /* the first that could not be searched */
  guint limit, pending;
} Question;

static GQuark
kind_quark (void)
{
  return g_quark_from_static_string ("kith-target-kind");
}

const char *
kith_referral_form_kind_of (KithRow *row)
{
  const char *kind = g_object_get_qdata (G_OBJECT (row), kind_quark ());

  return kind ? kind : "service";
}

static void
add_some (GPtrArray  *all,
          GPtrArray  *rows,
          const char *kind,
          guint       most)
{
  for (guint i = 0; rows && i < rows->len && i < most; i++)
    {
      g_object_set_qdata (rows->pdata[i], kind_quark (), (gpointer) kind);
      g_ptr_array_add (all, g_object_ref (rows->pdata[i]));
    }
}

static void
answer (Question *question)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);
  guint others = MIN (question->agencies ? question->agencies->len : 0, MAX_AGENCIES) + MIN (question->queues->len, MAX_QUEUES);

  add_some (all, question->services, "service", question->limit - others);
  add_some (all, question->queues, "queue", MAX_QUEUES);
  add_some (all, question->agencies, "organization", MAX_AGENCIES);
  if (question->error) /* half of what there is would pass for all */
    {
      g_ptr_array_unref (all);
      g_task_return_error (question->task, g_steal_pointer (&question->error));
    }
  else
    g_task_return_pointer (question->task, all, (GDestroyNotify) g_ptr_array_unref);
  g_clear_pointer (&question->services, g_ptr_array_unref);
  g_clear_pointer (&question->agencies, g_ptr_array_unref);
  g_ptr_array_unref (question->queues);
  g_object_unref (question->task);
  g_free (question);
}

static void
services_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Question *question = user_data;

  question->services = kith_desktop_search_finish (KITH_DESKTOP (source), result, NULL, question->error ? NULL : &question->error);
  if (--question->pending == 0)
    answer (question);
}

static void
agencies_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Question *question = user_data;

  question->agencies = kith_desktop_search_finish (KITH_DESKTOP (source), result, NULL, question->error ? NULL : &question->error);
  if (--question->pending == 0)
    answer (question);
}

static GPtrArray *
find_queues (KithReferralForm *self,
             const char       *text)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *wanted = kith_text_fold (text);

  for (guint i = 0; self->queues && i < self->queues->len; i++)
    {
      const char *description = kith_row_get_text (self->queues->pdata[i], "description");
      g_autofree char *words = g_strjoin (" ", kith_row_get_text (self->queues->pdata[i], "name"), description, NULL);
      g_autofree char *folded = kith_text_fold (words);

      if (strstr (folded, wanted))
        g_ptr_array_add (found, g_object_ref (self->queues->pdata[i]));
    }
  return found;
}

static void
search (KithContext        *context,
        const char         *kind,
        const char         *text,
        guint               limit,
        GCancellable       *cancellable,
        GAsyncReadyCallback callback,
        gpointer            user_data)
{
  KithDesktop *desktop = kith_context_get_desktop (context);
  KithReferralForm *form = KITH_REFERRAL_FORM (gtk_widget_get_ancestor (GTK_WIDGET (user_data), KITH_TYPE_REFERRAL_FORM));
  Question *question = g_new0 (Question, 1);

  question->task = g_task_new (user_data, cancellable, callback, user_data);
  question->limit = limit;
  question->pending = 2;
  question->queues = find_queues (form, text);
  if (!form->client)
    {
      g_autofree char *birth = kith_referral_form_read_birth (form);

      kith_service_narrow_set_birth (form->narrow, birth);
    }
  kith_service_narrow_search_async (form->narrow, text, FALSE, limit, cancellable, services_cb, question);
  kith_desktop_search_async (desktop, "organization", text, MAX_AGENCIES, cancellable, agencies_cb, question);
}

static GPtrArray *
search_finish (GObject      *source,
               GAsyncResult *result,
               GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

const KithSuggestSource kith_referral_targets = { search, search_finish };

void
kith_referral_form_describe (KithContext  *context,
                             gpointer      row,
                             AdwActionRow *line)
{
  const char *name = kith_row_field (row, "name"), *kind = kith_referral_form_kind_of (row);
  const char *description = kith_row_get_text (row, "description") ? kith_row_get_text (row, "description") : kith_row_field (row, "description");

  if (g_str_equal (kind, "service"))
    {
      kith_service_narrow_describe (context, row, line);
      return;
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), name ? name : "");
  adw_action_row_set_subtitle (line, description ? description : "");
  if (g_str_equal (kind, "organization") && g_strcmp0 (kith_row_get_id (row), kith_context_get_agency (context)) == 0)
    adw_action_row_add_suffix (line, kith_status_pill_new_for ("user-home-symbolic", _("Your agency"), "accent"));
  if (g_str_equal (kind, "queue"))
    adw_action_row_add_suffix (line, kith_status_pill_new_for ("view-dual-symbolic", _("Queue"), "accent"));
  else
    adw_action_row_add_suffix (line, kith_status_pill_new_for ("system-users-symbolic", _("Agency"), "accent"));
  if (g_str_equal (kind, "organization") && kith_row_body (row, "body") && !kith_json_bool (kith_row_body (row, "body"), "answered", TRUE))
    adw_action_row_add_suffix (line, kith_status_pill_new_for ("dialog-information-symbolic", _("Information only"), "accent"));
}
