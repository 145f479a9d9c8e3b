/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "staff/kith-staff-moved.h"

#include <glib/gi18n.h>

#include "kith-clock.h"
#include "kith-format.h"
#include "kith-watch.h"

#define BACK_DAYS 7 /* how long a move can be taken back from here */

struct _KithStaffMoved
{
  KithContext *context;
  KithStaffMovedFunc func;
  gpointer user_data;
  KithRow *row;      /* of the transfer; NULL: none */
  KithRow *who;      /* whom it moved; NULL: not known, or not yet */
  KithWatch *watch, *who_watch;
};

static void
who_cb (GPtrArray *rows,
        gpointer   user_data)
{
  KithStaffMoved *self = user_data;
  KithRow *row = rows->len > 0 ? rows->pdata[0] : NULL;

  g_set_object (&self->who, row);
  self->func (self->user_data);
}

/* Of this person, and not too long ago. */
static gboolean
can_go_back (KithStaffMoved *self,
             JsonObject     *body)
{
  gint64 started = 0;

  if (!body || g_strcmp0 (kith_json_string (body, "by"), kith_context_get_user (self->context)) != 0 ||
      g_strcmp0 (kith_json_string (body, "state"), "undone") == 0 || kith_json_int (body, "moved", 0) == 0)
    return FALSE;
  kith_time_parse (kith_json_string (body, "started"), &started);
  return kith_context_get_now (self->context) - started <= BACK_DAYS * G_GINT64_CONSTANT (86400000);
}

static void
transfers_cb (GPtrArray *rows,
              gpointer   user_data)
{
  static const char *const kinds[] = { "transfer_part", "client", "staff", NULL };
  KithStaffMoved *self = user_data;
  KithRow *row = NULL;

  for (guint i = 0; i < rows->len && !row; i++)
    if (can_go_back (self, kith_row_body (rows->pdata[i], "body")))
      row = rows->pdata[i];
  if (!row || g_strcmp0 (kith_row_get_id (row), kith_staff_moved_get_transfer (self)) != 0)
    {
      g_clear_object (&self->who_watch);
      g_clear_object (&self->who);
    }
  g_set_object (&self->row, row);
  if (row && !self->who_watch)
    self->who_watch = kith_watch_new (self->context, "transfer-moved", kinds, kith_row_get_id (row), who_cb, self);
  self->func (self->user_data);
}

KithStaffMoved *
kith_staff_moved_new (KithContext       *context,
                      KithStaffMovedFunc func,
                      gpointer           user_data)
{
  static const char *const kinds[] = { "transfer", NULL };
  KithStaffMoved *self = g_new0 (KithStaffMoved, 1);

  self->context = g_object_ref (context);
  self->func = func;
  self->user_data = user_data;
  self->watch = kith_watch_new (context, "transfers", kinds, kith_context_get_agency (context), transfers_cb, self);
  return self;
}

void
kith_staff_moved_free (KithStaffMoved *self)
{
  g_clear_object (&self->watch);
  g_clear_object (&self->who_watch);
  g_clear_object (&self->row);
  g_clear_object (&self->who);
  g_object_unref (self->context);
  g_free (self);
}

const char *
kith_staff_moved_get_transfer (KithStaffMoved *self)
{
  return self->row ? kith_row_get_id (self->row) : NULL;
}

/* Of a list of clients: who it was, where that was one, and who has them now, where that is one. */
static char *
named_words (KithStaffMoved *self,
             const char     *when)
{
  guint clients = self->who ? (guint) kith_row_get_int (self->who, "clients") : 0;
  gint64 takers = self->who ? kith_row_get_int (self->who, "takers") : 0;
  const char *to = takers == 1 ? kith_row_get_text (self->who, "to_name") : NULL;
  g_autofree char *client = clients == 1 && kith_row_get_text (self->who, "here") ? kith_format_row_name (self->who) : NULL;

  if (client && to) /* Translators: a client, a colleague, when */
    return g_strdup_printf (_("%s is now with %s (%s)."), client, to, when);
  if (clients > 0 && to) /* Translators: how many, a colleague, when */
    return g_strdup_printf (ngettext ("%u client is now with %s (%s).", "%u clients are now with %s (%s).", clients), clients, to, when);
  if (clients > 0 && takers == 0) /* nobody took them; Translators: how many, when */
    return g_strdup_printf (ngettext ("%u client was moved (%s).", "%u clients were moved (%s).", clients), clients, when);
  if (clients > 0) /* Translators: how many, when */
    return g_strdup_printf (ngettext ("%u client was given to other colleagues (%s).", "%u clients were given to other colleagues (%s).", clients), clients, when);
  return g_strdup_printf (_("Work was moved, %s."), when);
}

char *
kith_staff_moved_words (KithStaffMoved *self)
{
  JsonObject *body = self->row ? kith_row_body (self->row, "body") : NULL;
  const char *to = self->row ? kith_row_get_text (self->row, "to_name") : NULL, *from = self->row ? kith_row_get_text (self->row, "from_name") : NULL;
  g_autofree char *when = body ? kith_format_time (kith_json_string (body, "started"), kith_context_get_now (self->context)) : NULL;

  if (!body)
    return g_strdup ("");
  if (to && from) /* Translators: from whom, to whom, when */
    return g_strdup_printf (_("%s’s work went to %s, %s."), from, to, when ? when : "");
  return named_words (self, when ? when : "");
}
