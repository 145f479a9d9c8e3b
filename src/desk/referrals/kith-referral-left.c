/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "referrals/kith-referral-left.h"

#include <glib/gi18n.h>

struct _KithReferralLeft
{
  AdwBin parent_instance;
  AdwStatusPage *page;
  char *referral; /* NULL: hidden */
  KithWatch *watch;
};

G_DEFINE_FINAL_TYPE (KithReferralLeft, kith_referral_left, ADW_TYPE_BIN)

static KithWatch *
watch_new (KithContext  *context,
           const char   *referral,
           const char   *words,
           KithWatchFunc func,
           gpointer      user_data)
{
  static const char *const kinds[] = { "notice", "referral", NULL };
  const char *args[] = { kith_context_get_user (context), referral, words, NULL };

  return kith_watch_new_args (context, "referral-left", kinds, args, func, user_data);
}

KithWatch *
kith_referral_left_watch (KithContext  *context,
                          const char   *words,
                          KithWatchFunc func,
                          gpointer      user_data)
{
  return watch_new (context, "", words, func, user_data);
}

const char *
kith_referral_left_title (void)
{
  return _("Reassigned: Contact the Partner");
}

char *
kith_referral_left_words (KithRow *left)
{
  const char *number = left ? kith_row_get_text (left, "number") : NULL;

  if (number)
    return g_strdup_printf (_("%s is not with you any more. The partner that sent it can say where it is now."), number);
  return g_strdup (_("This record is not on this computer. It was reassigned, or is not shared with you any more: the partner that sent it can say where it is now."));
}

static void
left_cb (GPtrArray *rows,
         gpointer   user_data)
{
  KithReferralLeft *self = user_data;
  g_autofree char *words = kith_referral_left_words (rows->len > 0 ? rows->pdata[0] : NULL);

  adw_status_page_set_description (self->page, words);
  gtk_widget_set_visible (GTK_WIDGET (self->page), TRUE);
}

gboolean
kith_referral_left_show (KithReferralLeft *self,
                         KithContext      *context,
                         const char       *referral)
{
  gtk_widget_set_visible (GTK_WIDGET (self), referral != NULL);
  if (g_strcmp0 (referral, self->referral) == 0)
    return referral != NULL;
  g_clear_object (&self->watch);
  g_free (self->referral);
  self->referral = g_strdup (referral);
  gtk_widget_set_visible (GTK_WIDGET (self->page), FALSE); /* until it is known what to say */
  if (referral)
    self->watch = watch_new (context, referral, "", left_cb, self);
  return referral != NULL;
}

static void
kith_referral_left_dispose (GObject *object)
{
  KithReferralLeft *self = KITH_REFERRAL_LEFT (object);

  g_clear_object (&self->watch);
  g_clear_pointer (&self->referral, g_free);
  G_OBJECT_CLASS (kith_referral_left_parent_class)->dispose (object);
}

static void
kith_referral_left_class_init (KithReferralLeftClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kith_referral_left_dispose;
}

static void
kith_referral_left_init (KithReferralLeft *self)
{
  GtkWidget *page = adw_status_page_new ();

  self->page = ADW_STATUS_PAGE (page);
  adw_status_page_set_icon_name (self->page, "mail-forward-symbolic");
  adw_status_page_set_title (self->page, kith_referral_left_title ());
  adw_bin_set_child (ADW_BIN (self), page);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
