/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-service-narrow.h"

#include <glib/gi18n.h>

#include "kith-desktop-reads.h"
#include "kith-format.h"
#include "kith-service-filter.h"
#include "kith-service-row.h"
#include "widgets/kith-status-pill.h"
#include "widgets/kith-wrap-box.h"

struct _KithServiceNarrow
{
  AdwBin parent_instance;
  KithContext *context;
  GtkCheckButton *only_free;
  KithServiceFilter *filter;
};

G_DEFINE_FINAL_TYPE (KithServiceNarrow, kith_service_narrow, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
changed_cb (KithServiceNarrow *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * kith_service_narrow_search_async:
 * @text: what is typed
 * @limit: how many are wanted at most
 *
 * Services that fit, narrowed by what is chosen here.
 */
void
kith_service_narrow_search_async (KithServiceNarrow  *self,
                                  const char         *text,
                                  guint               limit,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data)
{
  gboolean free = gtk_check_button_get_active (self->only_free), narrowed = free || kith_service_filter_is_active (self->filter);
  g_auto (GStrv) args = narrowed ? kith_service_filter_args (self->filter, FALSE, free) : NULL;

  kith_desktop_search_in_async (kith_context_get_desktop (self->context), "service", narrowed ? "services-found" : NULL, (const char *const *) args, text, limit,
                                cancellable, callback, user_data);
}

/**
 * kith_service_narrow_describe:
 * @row: a service that was found
 *
 * Its agency, how many places are free and how old that number is, whether its hours are known, and whether it takes direct referrals (D4).
 */
void
kith_service_narrow_describe (KithContext  *context,
                              gpointer      row,
                              AdwActionRow *line)
{
  const char *name = kith_row_field (row, "name"), *agency = kith_row_get_text (row, "organization_name"), *description = kith_row_field (row, "description");
  g_autofree char *vacant = kith_service_row_free_words (row, kith_context_get_now (context));
  const char *open = kith_service_row_open_words (row), *who = agency ? agency : description ? description : "";
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autofree char *subtitle = NULL;

  if (open)
    g_ptr_array_add (words, (gpointer) open);
  if (*who)
    g_ptr_array_add (words, (gpointer) who);
  if (vacant)
    g_ptr_array_add (words, vacant);
  g_ptr_array_add (words, NULL);
  subtitle = g_strjoinv (" · ", (char **) words->pdata);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), name ? name : "");
  adw_action_row_set_subtitle (line, subtitle);
  if (kith_row_get_int (row, "direct") != 0)
    {
      GtkWidget *pill = kith_status_pill_new ();

      kith_status_pill_set (KITH_STATUS_PILL (pill), "document-send-symbolic", _("Direct"), "accent");
      adw_action_row_add_suffix (line, pill);
    }
}

static void
kith_service_narrow_dispose (GObject *object)
{
  g_clear_object (&KITH_SERVICE_NARROW (object)->context);
  G_OBJECT_CLASS (kith_service_narrow_parent_class)->dispose (object);
}

static void
kith_service_narrow_class_init (KithServiceNarrowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_service_narrow_dispose;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kith_service_narrow_init (KithServiceNarrow *self)
{
}

/**
 * kith_service_narrow_new:
 *
 * Returns: (transfer floating): nothing is narrowed yet
 */
GtkWidget *
kith_service_narrow_new (KithContext *context)
{
  KithServiceNarrow *self = g_object_new (KITH_TYPE_SERVICE_NARROW, NULL);
  GtkWidget *box = kith_wrap_box_new ();

  self->context = g_object_ref (context);
  self->only_free = GTK_CHECK_BUTTON (gtk_check_button_new_with_mnemonic (_("Only ser_vices with places free now")));
  gtk_widget_set_name (GTK_WIDGET (self->only_free), "only_free");
  self->filter = KITH_SERVICE_FILTER (kith_service_filter_new (context));
  g_signal_connect_object (self->only_free, "toggled", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->filter, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  kith_wrap_box_append (KITH_WRAP_BOX (box), GTK_WIDGET (self->only_free));
  kith_wrap_box_append (KITH_WRAP_BOX (box), GTK_WIDGET (self->filter));
  adw_bin_set_child (ADW_BIN (self), box);
  return GTK_WIDGET (self);
}
