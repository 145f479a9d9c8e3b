/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "staff/kith-staff-back.h"

#include <glib/gi18n.h>

#include "kith-frame.h"
#include "staff/kith-staff-mover.h"

typedef struct
{
  KithContext *context;
  char *transfer;
} Back;

static void
back_free (gpointer data)
{
  Back *self = data;

  g_object_unref (self->context);
  g_free (self->transfer);
  g_free (self);
}

static void
taken_back_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (KithContext) context = user_data;
  g_autoptr (GError) error = NULL;
  guint n;
  gboolean done = kith_staff_move_finish (result, &n, NULL, &error);

  kith_staff_tell_back (context, done, n, error);
}

void
kith_staff_tell_back (KithContext  *context,
                      gboolean      done,
                      guint         n,
                      const GError *error)
{
  if (done)
    kith_context_toast (context, n > 0 ? _("Taken back") : _("That was taken back before"));
  else
    kith_context_problem (context, n > 0 ? _("Stopped on the way. The rest can still be taken back.") : _("Nothing was taken back"), error);
}

static void
take_back (gpointer data)
{
  Back *self = data;

  kith_staff_take_back_async (self->context, self->transfer, NULL, NULL, taken_back_cb, g_object_ref (self->context));
}

void
kith_staff_offer_back (GtkWidget   *inside,
                       KithContext *context,
                       const char  *words,
                       const char  *transfer)
{
  Back *back = g_new0 (Back, 1);

  back->context = g_object_ref (context);
  back->transfer = g_strdup (transfer);
  kith_frame_offer_back (inside, words, take_back, back, back_free);
}
