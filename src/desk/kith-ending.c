/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-ending.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "kith-watch.h"

struct _KithEnding
{
  GObject parent_instance;
  KithContext *context;
  KithWatch *watch;
  const char *words; /* not translated yet */
  int (*see) (GPtrArray *rows);
  int most;          /* that was seen of it so far */
  gboolean ended;
  KithEndingFunc func;
  gpointer user_data;
  GtkWindow *window; /* borrowed: to be closed; NULL: none */
};

G_DEFINE_FINAL_TYPE (KithEnding, kith_ending, G_TYPE_OBJECT)

/* How much of it is here: less than there was before, and access to what stands in the form has ended. */

static int
see_any (GPtrArray *rows)
{
  return rows->len > 0;
}

/* The record, or what their own agency keeps of them when the record is withheld. */
static int
see_client (GPtrArray *rows)
{
  return rows->len == 0 ? 0 : g_strcmp0 (kith_row_get_text (rows->pdata[0], "held"), "care") == 0 ? 1 : 2;
}

/* Those of linked records come after the client's own. */
static int
see_own (GPtrArray *rows)
{
  return rows->len > 0 && kith_row_get_int (rows->pdata[0], "own") != 0;
}

static int
see_detail (GPtrArray *rows)
{
  return rows->len == 0 ? 0 : kith_row_body (rows->pdata[0], "detail") ? 2 : 1;
}

static int
see_health (GPtrArray *rows)
{
  return rows->len == 0 ? 0 : kith_row_get_int (rows->pdata[0], "health") != 0 ? 2 : 1;
}

static const struct
{
  const char *scope, *query;
  const char *kinds[3];
  int (*see) (GPtrArray *rows);
  const char *words;
} table[] = {
  { "client", "client", { "client", "care" }, see_client,
    N_("Your access to this client has ended, so nothing of this form is shown any more. What you typed is kept as a draft.") },
  { "care", "client", { "client", "care" }, see_any,
    N_("Your access to this client has ended, so nothing of this form is shown any more. What you typed is kept as a draft.") },
  { "client_health", "client-health", { "client_health", "client" }, see_own,
    N_("Your access to this health information has ended, so nothing of this form is shown any more. What you typed is kept as a draft.") },
  { "contact", "contact", { "contact_record" }, see_any,
    N_("Your access to this call has ended, so nothing of this form is shown any more. What you typed is kept as a draft.") },
  { "referral_detail", "referral", { "referral", "referral_detail" }, see_detail,
    N_("Your access to this referral has ended, so nothing of this form is shown any more. What you typed is kept as a draft.") },
  { "amendment", "amendment", { "amendment_request" }, see_any, N_("Your access to what this client asks has ended. What you typed is kept as a draft.") },
  { "case", "case", { "case" }, see_any, N_("Your access to this case has ended. What you typed is kept as a draft.") },
  { "case_health", "case", { "case", "case_note" }, see_health, N_("Your access to this case has ended. What you typed is kept as a draft.") },
};

static void
rows_cb (GPtrArray *rows,
         gpointer   user_data)
{
  KithEnding *self = user_data;
  int seen = self->see (rows);
  gboolean ended = seen < self->most;

  self->most = MAX (self->most, seen);
  if (ended == self->ended)
    return;
  self->ended = ended;
  self->func (ended, self->user_data);
}

const char *
kith_ending_get_words (KithEnding *self)
{
  return _(self->words);
}

static void
kith_ending_dispose (GObject *object)
{
  g_clear_object (&KITH_ENDING (object)->watch);
  g_clear_object (&KITH_ENDING (object)->context);
  G_OBJECT_CLASS (kith_ending_parent_class)->dispose (object);
}

static void
kith_ending_class_init (KithEndingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_ending_dispose;
}

static void
kith_ending_init (KithEnding *self)
{
}

/**
 * kith_ending_new:
 * @scope: (nullable): "client:ID", "care:ID:AGENCY": what stands open belongs to it
 * @func: when it has ended, and when it has come back; before it was seen nothing can end
 * @user_data: borrowed: must outlive this
 *
 * Returns: (transfer full) (nullable):
 */
KithEnding *
kith_ending_new (KithContext   *context,
                 const char    *scope,
                 KithEndingFunc func,
                 gpointer       user_data)
{
  g_auto (GStrv) parts = g_strsplit (scope ? scope : "", ":", 3);

  for (guint i = 0; g_strv_length (parts) > 1 && i < G_N_ELEMENTS (table); i++)
    if (g_str_equal (parts[0], table[i].scope))
      {
        KithEnding *self = g_object_new (KITH_TYPE_ENDING, NULL);

        self->context = g_object_ref (context);
        self->words = table[i].words;
        self->see = table[i].see;
        self->func = func;
        self->user_data = user_data;
        self->watch = kith_watch_new (context, table[i].query, table[i].kinds, parts[1], rows_cb, self);
        return self;
      }
  return NULL;
}

static void
close_cb (gboolean ended,
          gpointer user_data)
{
  KithEnding *self = user_data;

  if (!ended)
    return;
  kith_context_toast (self->context, kith_ending_get_words (self));
  gtk_window_destroy (self->window);
}

static void
closed_cb (GtkWidget *window,
           gpointer   scope)
{
  g_object_set_data (G_OBJECT (window), scope, NULL);
}

/**
 * kith_ending_close:
 * @scope: (nullable): as for kith_ending_new()
 */
void
kith_ending_close (KithContext *context,
                   const char  *scope,
                   GtkWindow   *window)
{
  static const char health[] = "client_health:";
  KithEnding *self = kith_ending_new (context, scope, close_cb, NULL);
  const char *name = g_intern_string (scope);

  if (!self)
    return;
  self->window = window;
  self->user_data = self;
  g_object_set_data_full (G_OBJECT (window), name, self, g_object_unref);
  g_signal_connect (window, "destroy", G_CALLBACK (closed_cb), (gpointer) name);
  if (g_str_has_prefix (scope, health)) /* it ends with the client, where there was none of it, too */
    {
      g_autofree char *client = g_strconcat ("client:", scope + strlen (health), NULL);

      kith_ending_close (context, client, window);
    }
}
