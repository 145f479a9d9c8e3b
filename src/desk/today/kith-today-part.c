/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "today/kith-today-part.h"

#include <glib/gi18n.h>

#include "today/kith-today-lines.h"
#include "widgets/kith-cards.h"

void
kith_today_part_watch (KithTodayPart     *self,
                       KithContext       *context,
                       const char        *query,
                       const char *const *kinds,
                       const char *const *args,
                       KithWatchFunc      func,
                       gpointer           user_data)
{
  g_clear_object (&self->watch);
  self->watch = kith_watch_new_args (context, query, kinds, args, func, user_data);
  if (!self->whole)
    kith_watch_set_limit (self->watch, self->limit);
}

void
kith_today_part_take (KithTodayPart *self,
                      GPtrArray     *rows)
{
  self->total = self->watch ? kith_watch_get_total (self->watch) : rows->len; /* NULL: it tells while it is being made */
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < (self->whole ? rows->len : MIN (rows->len, self->limit)); i++)
    g_ptr_array_add (self->rows, g_object_ref (rows->pdata[i]));
}

guint
kith_today_part_of_all (KithTodayPart *self,
                        const char    *column,
                        guint          n)
{
  return self->rows->len > 0 && self->rows->len < self->total ? (guint) kith_row_get_int (self->rows->pdata[0], column) : n;
}

void
kith_today_part_add (KithTodayPart *self,
                     KithContext   *context,
                     GPtrArray     *lines,
                     guint          which,
                     KithTodayMake  make)
{
  for (guint i = 0; self->rows && i < self->rows->len; i++)
    {
      GtkWidget *line = make (context, self->rows->pdata[i]);

      kith_cards_name (line, kith_row_get_id (self->rows->pdata[i]));
      g_ptr_array_add (lines, line);
    }
  kith_today_add_more (lines, which, self->rows ? self->rows->len : 0, self->total);
}

void
kith_today_part_show_more (KithTodayPart *self,
                           guint          step)
{
  self->limit += step;
  if (self->watch && !self->whole)
    kith_watch_set_limit (self->watch, self->limit);
}

void
kith_today_part_clear (KithTodayPart *self)
{
  g_clear_object (&self->watch);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  self->total = 0;
}

void
kith_today_add_more (GPtrArray *lines,
                     guint      which,
                     guint      shown,
                     guint      total)
{
  /* Translators: how many are shown, of how many */
  g_autofree char *words = g_strdup_printf (_("Show More (%u of %u)"), shown, total);
  g_autofree char *key = g_strdup_printf ("more:%u:%u", which, shown); /* what is shown then takes its place, and the focus */
  GtkWidget *line;

  if (shown >= total)
    return;
  line = kith_today_line_new (words, NULL, NULL);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (line), TRUE);
  g_object_set_data (G_OBJECT (line), "more", GUINT_TO_POINTER (which + 1));
  kith_cards_name (line, key);
  g_ptr_array_add (lines, line);
}

gboolean
kith_today_is_more (GtkWidget *line,
                    guint     *which)
{
  guint more = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (line), "more"));

  *which = more - 1;
  return more != 0;
}
