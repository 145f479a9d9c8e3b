/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "referrals/kith-referral-place.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "kith-watch.h"
#include "referrals/kith-referral-brief.h"

struct _KithReferralPlace
{
  AdwBin parent_instance;
  KithContext *context;
  KithWatch *watch;
  KithRow *row; /* of referral-place; NULL: not here */
  char *phase, *reason;
  gboolean receives, brief, asks;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (KithReferralPlace, kith_referral_place, ADW_TYPE_BIN)

static guint changed_signal;

static gboolean
has (KithReferralPlace *self,
     const char        *column)
{
  return self->row && kith_row_get_int (self->row, column) != 0;
}

/* Nobody has counted: -1. */
static int
n_free_of (KithRow *row)
{
  return row && kith_row_get_int (row, "counted") != 0 ? (int) kith_row_get_int (row, "free") : -1;
}

static int
n_free (KithReferralPlace *self)
{
  return n_free_of (self->row);
}

/* On a desk a place is asked for and no more: only the hub knows who came first. */
static char *
asked_words (KithReferralPlace *self,
             const char        *asked)
{
  if (g_str_equal (asked, "hold.release"))
    return g_strdup (_("The place is given back. Not confirmed yet."));
  if (g_str_equal (asked, "hold.convert"))
    return g_strdup (_("The client has taken up the place. Not confirmed yet."));
  if (g_str_equal (asked, "referral.accept") && n_free (self) == 0)
    return g_strdup (_("No place is free, as far as is known here: it goes on the wait list unless one becomes free."));
  if (n_free (self) >= 0)
    return g_strdup (_("A place is asked for, not confirmed yet."));
  return NULL;
}

static gboolean
is_phase (KithReferralPlace *self,
          const char        *phase)
{
  return g_strcmp0 (self->phase, phase) == 0;
}

static char *
held_words (KithReferralPlace *self)
{
  g_autofree char *since = kith_format_time (kith_row_get_text (self->row, "since"), kith_context_get_now (self->context));
  const char *unit = kith_format_code ("capacity_unit", kith_row_get_text (self->row, "unit"));

  /* Translators: what is counted (beds), and since when one of them is kept for this referral */
  return g_strdup_printf (_("A place is kept (%s), since %s."), unit ? unit : "", since ? since : "");
}

static char *
waiting_words (KithReferralPlace *self)
{
  const char *why = g_strcmp0 (self->reason, "no_capacity") == 0 ? _("No place was free: it is on the wait list.") : _("It is on the wait list and keeps no place.");
  int free = n_free (self);
  g_autofree char *now = free > 0 ? g_strdup_printf (ngettext ("%d place is free now.", "%d places are free now.", free), free) : NULL;

  return now ? g_strdup_printf ("%s %s", why, now) : g_strdup (why);
}

/* Of the eight fields (P12) none says since when a place is kept, or why it waits: a portal account without the detail is told what it asked for itself,
 * and what the directory tells everybody, how many are free. */
static char *
words (KithReferralPlace *self)
{
  const char *asked = self->row ? kith_row_get_text (self->row, "asked") : NULL;

  if (!self->row || !self->receives)
    return NULL;
  if (asked)
    return asked_words (self, asked);
  if (has (self, "held") && !self->brief)
    return held_words (self);
  if (is_phase (self, "waitlisted") && !self->brief)
    return waiting_words (self);
  if (is_phase (self, "sent") && n_free (self) == 0)
    return g_strdup (_("No place is free: accepted now, it goes on the wait list."));
  return NULL;
}

/* Accepting takes a free place that others may ask for too: only the hub knows who came first. */
gboolean
kith_referral_place_is_asked_for (KithReferralPlace *self)
{
  return self->receives && is_phase (self, "sent") && n_free (self) > 0;
}

static void
update (KithReferralPlace *self)
{
  g_autofree char *text = words (self);
  gboolean asks = kith_referral_place_is_asked_for (self);

  if (asks != self->asks)
    {
      self->asks = asks;
      g_signal_emit (self, changed_signal, 0);
    }

  gtk_label_set_text (self->label, text ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL);
}

static void
rows_cb (GPtrArray *rows,
         gpointer   user_data)
{
  KithReferralPlace *self = user_data;
  KithRow *row = rows->len > 0 ? rows->pdata[0] : NULL;

  g_set_object (&self->row, row);
  update (self);
}

void
kith_referral_place_set (KithReferralPlace *self,
                         KithContext       *context,
                         const char        *id)
{
  static const char *const kinds[] = { "referral", "hold", "capacity", NULL };

  g_clear_object (&self->watch);
  g_clear_object (&self->row);
  g_set_object (&self->context, context);
  self->brief = kith_referral_is_brief (context);
  update (self);
  if (id)
    self->watch = kith_watch_new (context, "referral-place", kinds, id, rows_cb, self);
}

void
kith_referral_place_follow (KithReferralPlace *self,
                            JsonObject        *referral,
                            JsonObject        *course)
{
  g_free (self->phase);
  g_free (self->reason);
  self->phase = g_strdup (kith_json_string (referral, "phase"));
  self->reason = course ? g_strdup (kith_json_string (course, "reason")) : NULL;
  self->receives = self->context && g_strcmp0 (kith_json_string (referral, "agency_to"), kith_context_get_side (self->context)) == 0;
  update (self);
}

const char *
kith_referral_place_accepted_words (KithReferralPlace *self)
{
  return kith_referral_place_told (self->row);
}

const char *
kith_referral_place_told (KithRow *row)
{
  int free = n_free_of (row);

  if (free < 0)
    return NULL;
  return free > 0 ? _("Accepted. A place is asked for, not confirmed yet") : _("Accepted. No place is free here: it goes on the wait list");
}

static void
kith_referral_place_dispose (GObject *object)
{
  KithReferralPlace *self = KITH_REFERRAL_PLACE (object);

  g_clear_object (&self->watch);
  g_clear_object (&self->row);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_referral_place_parent_class)->dispose (object);
}

static void
kith_referral_place_finalize (GObject *object)
{
  KithReferralPlace *self = KITH_REFERRAL_PLACE (object);

  g_free (self->phase);
  g_free (self->reason);
  G_OBJECT_CLASS (kith_referral_place_parent_class)->finalize (object);
}

static void
kith_referral_place_class_init (KithReferralPlaceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_referral_place_dispose;
  G_OBJECT_CLASS (klass)->finalize = kith_referral_place_finalize;
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kith_referral_place_init (KithReferralPlace *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *icon = gtk_image_new_from_icon_name ("view-grid-symbolic"), *label = gtk_label_new (NULL);

  self->label = GTK_LABEL (label);
  gtk_widget_set_name (label, "place-words");
  gtk_label_set_xalign (self->label, 0);
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_wrap_mode (self->label, PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "notice-card");
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
