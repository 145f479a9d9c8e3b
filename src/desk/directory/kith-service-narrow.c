/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-service-narrow.h"

#include <glib/gi18n.h>

#include "kith-desktop-reads.h"
#include "kith-format.h"
#include "kith-left-out.h"
#include "kith-service-filter.h"
#include "kith-service-row.h"
#include "kith-text.h"
#include "widgets/kith-status-pill.h"
#include "widgets/kith-wrap-box.h"

struct _KithServiceNarrow
{
  AdwBin parent_instance;
  KithContext *context;
  GtkCheckButton *only_free;
  KithServiceFilter *filter;
  KithLeftOut *left_out;
  char *birth; /* of whom it is for; NULL: anybody */
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

static void
clear_cb (KithServiceNarrow *self)
{
  gtk_check_button_set_active (self->only_free, FALSE);
  kith_service_filter_clear (self->filter);
  gtk_widget_grab_focus (GTK_WIDGET (self->only_free)); /* what had it is gone with what it told */
}

/* "[9,10]" of whoever is born then; NULL: nobody knows */
static char *
ages_of (KithServiceNarrow *self)
{
  int least, most;

  return kith_format_ages (self->birth, kith_context_get_now (self->context), &least, &most) ? g_strdup_printf ("[%d,%d]", least, most) : NULL;
}

/**
 * kith_service_narrow_set_birth:
 * @birth: (nullable): the date of birth of whom a service is looked for, as far as it is known
 *
 * A service whose ages leave them out is found last, and its row says so.
 */
void
kith_service_narrow_set_birth (KithServiceNarrow *self,
                               const char        *birth)
{
  g_free (self->birth);
  self->birth = g_strdup (birth);
}

/**
 * kith_service_narrow_set_home:
 * @postal_code: (nullable): of whom a service is looked for
 * @city: (nullable): where they live
 *
 * What the nearest are near to, where nobody types another place.
 */
void
kith_service_narrow_set_home (KithServiceNarrow *self,
                              const char        *postal_code,
                              const char        *city)
{
  kith_service_filter_set_home (self->filter, postal_code, city);
}

/**
 * kith_service_narrow_search_async:
 * @text: what is typed
 * @told: it is, or may be, a need in the words it was told in: what has but some of them is better than nothing
 * @limit: how many are wanted at most
 *
 * Services that fit, narrowed by what is chosen here; after them those of which something that was asked is not known.
 */
void
kith_service_narrow_search_async (KithServiceNarrow  *self,
                                  const char         *text,
                                  gboolean            told,
                                  guint               limit,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data)
{
  g_autofree char *ages = ages_of (self);
  gboolean free = gtk_check_button_get_active (self->only_free), filtered = free || kith_service_filter_is_active (self->filter);
  g_auto (GStrv) args = filtered || ages ? kith_service_filter_args (self->filter, FALSE, free) : NULL;

  kith_left_out_count (self->left_out, self->context, kith_text_blank (text) ? NULL : text, filtered ? (const char *const *) args : NULL);
  if (ages)
    {
      g_free (args[KITH_SERVICE_FILTER_AGES]);
      args[KITH_SERVICE_FILTER_AGES] = g_steal_pointer (&ages);
    }
  (told ? kith_desktop_search_told_async : kith_desktop_search_in_async) (kith_context_get_desktop (self->context), "service", args ? "services-found" : NULL,
                                                                          (const char *const *) args, text, limit, cancellable, callback, user_data);
}

/* Where nothing is typed nothing is searched, and nothing is left out. */
void
kith_service_narrow_follow (KithServiceNarrow *self,
                            KithSuggest       *suggest)
{
  if (self->context && kith_text_blank (kith_suggest_get_text (suggest)))
    kith_left_out_count (self->left_out, self->context, NULL, NULL);
}

/**
 * kith_service_narrow_describe:
 * @row: a service that was found
 *
 * How far away it is, why it is found at a place, what of it does not fit or is not known, its agency, how many places are free and how old that number is, whether it is the own agency's, and whether it takes direct referrals (D4).
 */
void
kith_service_narrow_describe (KithContext  *context,
                              gpointer      row,
                              AdwActionRow *line)
{
  const char *name = kith_row_field (row, "name"), *agency = kith_row_get_text (row, "organization_name"), *description = kith_row_field (row, "description");
  g_autofree char *vacant = kith_service_row_free_words (row, kith_context_get_now (context));
  g_autofree char *why = kith_service_row_why_words (row);
  const char *who = agency ? agency : description ? description : "";
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autofree char *subtitle = NULL;

  if (why)
    g_ptr_array_add (words, why);
  if (*who)
    g_ptr_array_add (words, (gpointer) who);
  if (vacant)
    g_ptr_array_add (words, vacant);
  g_ptr_array_add (words, NULL);
  subtitle = g_strjoinv (" · ", (char **) words->pdata);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), name ? name : "");
  adw_action_row_set_subtitle (line, subtitle);
  if (kith_service_row_is_own (row, context))
    adw_action_row_add_suffix (line, kith_status_pill_new_for ("user-home-symbolic", _("Your agency"), NULL));
  if (kith_row_get_int (row, "direct") != 0)
    adw_action_row_add_suffix (line, kith_status_pill_new_for ("document-send-symbolic", _("Direct"), "accent"));
}

static void
kith_service_narrow_dispose (GObject *object)
{
  g_clear_object (&KITH_SERVICE_NARROW (object)->context);
  g_clear_pointer (&KITH_SERVICE_NARROW (object)->birth, g_free);
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
  self->left_out = KITH_LEFT_OUT (kith_left_out_new ());
  g_signal_connect_object (self->left_out, "clear", G_CALLBACK (clear_cb), self, G_CONNECT_SWAPPED);
  kith_wrap_box_append (KITH_WRAP_BOX (box), GTK_WIDGET (self->filter));
  kith_wrap_box_append (KITH_WRAP_BOX (box), GTK_WIDGET (self->left_out));
  adw_bin_set_child (ADW_BIN (self), box);
  return GTK_WIDGET (self);
}
