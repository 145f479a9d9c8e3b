/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "log/kith-log-filter.h"

#include <glib/gi18n.h>

#include "kith-clock.h"
#include "kith-dates.h"
#include "kith-kind.h"
#include "kith-text.h"

#define MONTHS 14 /* a computer holds what is not older than 400 days */
#define WORDS 3   /* the query takes as many */

void
kith_log_filter_clear (KithLogFilter *self)
{
  g_clear_pointer (&self->args, g_strfreev);
  g_clear_pointer (&self->in_words, g_free);
}

/* The first moment of the month so many months ago, as people here count it. */
static GDateTime *
month_begin (gint64 now_ms,
             int    ago)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (now_ms / 1000);
  g_autoptr (GDateTime) first = g_date_time_new_local (g_date_time_get_year (now), g_date_time_get_month (now), 1, 0, 0, 0);

  return g_date_time_add_months (first, -ago);
}

static char *
month_name (gint64 now_ms,
            int    ago)
{
  g_autoptr (GDateTime) begin = month_begin (now_ms, ago);

  /* TRANSLATORS: a month by itself, November 2026 */
  return kith_dates_format (begin, _("%OB %Y"));
}

GtkStringList *
kith_log_filter_months (gint64 now_ms)
{
  GtkStringList *list = gtk_string_list_new (NULL);

  gtk_string_list_append (list, _("All Months"));
  for (int i = 0; i < MONTHS; i++)
    gtk_string_list_take (list, month_name (now_ms, i));
  return list;
}

GtkStringList *
kith_log_filter_actions (void)
{
  GtkStringList *list = gtk_string_list_new (NULL);
  const KithVocabulary *actions = kith_vocabulary_get ("audit_action");

  gtk_string_list_append (list, _("Everything"));
  for (guint i = 0; i < kith_vocabulary_size (actions); i++)
    gtk_string_list_append (list, kith_vocabulary_label (actions, kith_vocabulary_code (actions, i)));
  return list;
}

static char *
begin_text (gint64 now_ms,
            int    ago)
{
  g_autoptr (GDateTime) begin = month_begin (now_ms, ago);

  return kith_time_format (g_date_time_to_unix (begin) * 1000);
}

static void
add_words (GPtrArray  *args,
           const char *text)
{
  g_autofree char *folded = kith_text_fold (text ? text : "");
  g_auto (GStrv) words = g_strsplit (folded, " ", WORDS);

  for (guint i = 0; i < WORDS; i++)
    g_ptr_array_add (args, i < g_strv_length (words) ? g_strdup (words[i]) : g_strdup (""));
}

void
kith_log_filter_make (KithLogFilter *self,
                      const char    *agency,
                      gint64         now_ms,
                      guint          month,
                      guint          action,
                      const char    *text)
{
  const KithVocabulary *actions = kith_vocabulary_get ("audit_action");
  const char *code = action > 0 && action <= kith_vocabulary_size (actions) ? kith_vocabulary_code (actions, action - 1) : NULL;
  g_autoptr (GPtrArray) args = g_ptr_array_new ();
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *name = month > 0 ? month_name (now_ms, (int) month - 1) : g_strdup (_("All Months"));

  kith_log_filter_clear (self);
  g_ptr_array_add (args, g_strdup (agency));
  g_ptr_array_add (args, month > 0 ? begin_text (now_ms, (int) month - 1) : g_strdup (""));
  g_ptr_array_add (args, month > 1 ? begin_text (now_ms, (int) month - 2) : g_strdup ("~"));
  g_ptr_array_add (args, g_strdup (code ? code : ""));
  add_words (args, text);
  g_ptr_array_add (args, NULL);
  self->args = (GStrv) g_ptr_array_steal (args, NULL);

  g_string_append (words, name);
  if (code)
    g_string_append_printf (words, ", %s", kith_vocabulary_label (actions, code));
  if (!kith_text_blank (text))
    g_string_append_printf (words, ", “%s”", text);
  self->in_words = g_string_free (g_steal_pointer (&words), FALSE);
}
