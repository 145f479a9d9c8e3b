/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "staff/kith-staff-suggest.h"

#include "kith-format.h"
#include "kith-text.h"
#include "kith-watch.h"

/* What a suggest of colleagues knows; it is its data "staff". */
typedef struct
{
  KithSuggest *suggest; /* not owned: it owns this */
  KithContext *context;
  GPtrArray *colleagues; /* (element-type KithRow), the best first, each with data "words" */
  KithStaffPassed passed;
  gpointer passed_data;
  KithStaffNeed need;                  /* of the client it is for, */
  KithWatch *client_watch, *colleague_watch; /* looked for here; NULL: told from outside */
} Staff;

static void
staff_free (gpointer data)
{
  Staff *self = data;

  g_clear_object (&self->client_watch);
  g_clear_object (&self->colleague_watch);
  kith_staff_need_clear (&self->need);
  g_ptr_array_unref (self->colleagues);
  g_object_unref (self->context);
  g_free (self);
}

static Staff *
staff_of (KithSuggest *suggest)
{
  return g_object_get_data (G_OBJECT (suggest), "staff");
}

static void
search (KithContext        *context,
        const char         *what,
        const char         *text,
        guint               limit,
        GCancellable       *cancellable,
        GAsyncReadyCallback callback,
        gpointer            asker)
{
  Staff *self = staff_of (asker);
  g_autoptr (GTask) task = g_task_new (asker, cancellable, callback, asker);
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; self && i < self->colleagues->len && found->len < limit; i++)
    {
      KithRow *row = self->colleagues->pdata[i];

      if (!(self->passed && self->passed (kith_row_get_id (row), self->passed_data)) && kith_text_begins (kith_row_get_text (row, "name"), text))
        g_ptr_array_add (found, g_object_ref (row));
    }
  g_task_return_pointer (task, found, (GDestroyNotify) g_ptr_array_unref);
}

static GPtrArray *
search_finish (GObject      *source,
               GAsyncResult *result,
               GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static const KithSuggestSource source = { search, search_finish };

static void
describe (KithContext  *context,
          gpointer      hit,
          AdwActionRow *line)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), kith_row_get_text (hit, "name") ? kith_row_get_text (hit, "name") : "");
  adw_action_row_set_subtitle (line, g_object_get_data (hit, "words"));
  kith_staff_mark_load (GTK_WIDGET (line), hit);
}

GtkWidget *
kith_staff_suggest_new (KithContext *context,
                        const char  *title)
{
  GtkWidget *suggest = kith_suggest_new_from (context, &source, title, describe);
  Staff *self = g_new0 (Staff, 1);

  self->suggest = KITH_SUGGEST (suggest);
  self->context = g_object_ref (context);
  self->colleagues = g_ptr_array_new_with_free_func (g_object_unref);
  g_object_set_data_full (G_OBJECT (suggest), "staff", self, staff_free);
  return suggest;
}

void
kith_staff_suggest_set_colleagues (KithSuggest         *suggest,
                                   GPtrArray           *rows,
                                   const KithStaffNeed *need)
{
  Staff *self = staff_of (suggest);
  gint64 now = kith_context_get_now (self->context);
  GPtrArray *best = kith_staff_best_first (rows, need, 1, now);

  g_ptr_array_unref (self->colleagues);
  self->colleagues = best;
  for (guint i = 0; i < best->len; i++)
    {
      g_autofree char *words = kith_staff_choice_words (best->pdata[i], need, 1, now), *why = i == 0 ? kith_staff_best_words (best, need, 1, now) : NULL;

      g_object_set_data_full (best->pdata[i], "words", kith_format_join (why ? why : words, why ? words : NULL, NULL), g_free);
    }
  if (self->colleague_watch && kith_text_blank (kith_suggest_get_text (suggest)))
    kith_suggest_search (suggest);
}

void
kith_staff_suggest_pass_over (KithSuggest    *suggest,
                              KithStaffPassed passed,
                              gpointer        data)
{
  Staff *self = staff_of (suggest);

  self->passed = passed;
  self->passed_data = data;
}

static void
colleagues_cb (GPtrArray *rows,
               gpointer   user_data)
{
  Staff *self = user_data;

  kith_staff_suggest_set_colleagues (self->suggest, rows, &self->need);
}

static void
client_cb (GPtrArray *rows,
           gpointer   user_data)
{
  Staff *self = user_data;
  g_autoptr (GPtrArray) same = g_ptr_array_ref (self->colleagues);

  kith_staff_need_read (&self->need, rows->len > 0 ? rows->pdata[0] : NULL);
  kith_staff_suggest_set_colleagues (self->suggest, same, &self->need);
}

GtkWidget *
kith_staff_suggest_new_for (KithContext *context,
                            const char  *title,
                            const char  *client)
{
  static const char *const staff_kinds[] = { "staff", "assignment", "staff_service", NULL }, *const client_kinds[] = { "client", "enrollment", "referral", NULL };
  GtkWidget *suggest = kith_staff_suggest_new (context, title);
  Staff *self = staff_of (KITH_SUGGEST (suggest));

  kith_suggest_offer_at_once (KITH_SUGGEST (suggest));
  self->colleague_watch = kith_watch_new (context, "colleagues", staff_kinds, kith_context_get_agency (context), colleagues_cb, self);
  if (client)
    self->client_watch = kith_watch_new (context, "client", client_kinds, client, client_cb, self);
  return suggest;
}
