/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A hand-out of several services (ux.md 2.1, Directory): what the others on the same paper are. */

#include "kith-print-window-private.h"

static void
more_free (gpointer data)
{
  KithPrintMore *more = data;

  g_clear_object (&more->service_watch);
  g_clear_object (&more->places_watch);
  g_clear_pointer (&more->service, g_ptr_array_unref);
  g_clear_pointer (&more->places, g_ptr_array_unref);
  g_free (more);
}

static void
take (KithPrintMore *more, GPtrArray **place, GPtrArray *rows)
{
  g_clear_pointer (place, g_ptr_array_unref);
  *place = g_ptr_array_ref (rows);
  kith_print_window_set_asking (more->window, more->window->asking);
  kith_print_window_check_fonts (more->window);
}

static void
service_cb (GPtrArray *rows, gpointer more)
{
  take (more, &((KithPrintMore *) more)->service, rows);
}

static void
places_cb (GPtrArray *rows, gpointer more)
{
  take (more, &((KithPrintMore *) more)->places, rows);
}

void
kith_print_window_list_more (KithPrintWindow *self, guint n)
{
  self->more = g_ptr_array_new_with_free_func (more_free);
  for (guint i = 0; i < n; i++)
    {
      KithPrintMore *more = g_new0 (KithPrintMore, 1);

      more->window = self;
      g_ptr_array_add (self->more, more);
    }
}

void
kith_print_window_ask_more (KithPrintWindow *self, GPtrArray *ids)
{
  static const char *const kinds[] = { "service", "organization", "location", "service_at_location", NULL };

  for (guint i = 0; i < self->more->len; i++)
    {
      KithPrintMore *more = self->more->pdata[i];
      const char *id = ids->pdata[i + 1];

      more->service_watch = kith_watch_new (self->context, "service", kinds, id, service_cb, more);
      more->places_watch = kith_watch_new (self->context, "service-locations", kinds, id, places_cb, more);
    }
}

gboolean
kith_print_window_has_more (KithPrintWindow *self)
{
  for (guint i = 0; self->more && i < self->more->len; i++)
    {
      KithPrintMore *more = self->more->pdata[i];

      if (!more->service || !more->places)
        return FALSE;
    }
  return TRUE;
}
