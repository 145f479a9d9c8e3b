/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-referral-row.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "referrals/kith-referral-brief.h"
#include "widgets/kith-status-pill.h"

struct _KithReferralRow
{
  KithListRow parent_instance;
  GtkLabel *name, *service, *meta, *due;
  GtkImage *due_icon;
  GtkWidget *due_box;
  KithStatusPill *pill;
  GtkWidget *pending;
};

G_DEFINE_FINAL_TYPE (KithReferralRow, kith_referral_row, KITH_TYPE_LIST_ROW)

static void
set_class (GtkWidget  *widget,
           const char *css_class,
           gboolean    set)
{
  if (set)
    gtk_widget_add_css_class (widget, css_class);
  else
    gtk_widget_remove_css_class (widget, css_class);
}

static char *
kith_referral_row_update (KithListRow *list_row,
                          KithRow     *row)
{
  KithReferralRow *self = KITH_REFERRAL_ROW (list_row);
  gint64 now = kith_context_get_now (kith_list_row_get_context (list_row));
  const char *name = kith_row_get_text (row, "contact_name"), *service = kith_row_get_text (row, "resource_name");
  const char *agency = kith_format_agency (kith_row_get_text (row, "agency_name"), kith_row_get_text (row, "agency_to") ? kith_row_get_text (row, "agency") : NULL), *phase = kith_row_get_text (row, "phase");
  const char *assignee = kith_row_get_text (row, "assignee_name"), *queue = kith_row_get_text (row, "queue_name");
  gboolean sent = g_strcmp0 (phase, "sent") == 0, late = FALSE, pending = kith_row_get_int (row, "pending") != 0;
  gboolean waits = sent && kith_row_get_int (row, "decline_waits") != 0; /* for its second step */
  gboolean brief = kith_referral_is_brief (kith_list_row_get_context (list_row)); /* P12: no other agency, no other day, nothing of what is asked */
  gboolean urgent = sent && !brief && g_strcmp0 (kith_row_get_text (row, "urgency"), "urgent") == 0;
  g_autofree char *due = sent && !brief ? kith_format_due (kith_row_get_text (row, "due_on"), now, &late) : NULL;
  KithDue state = due ? kith_format_due_state (kith_row_get_text (row, "due_on"), now) : KITH_DUE_NEVER;
  g_autofree char *when = kith_format_time (kith_row_get_text (row, "sent_at"), now), *when_due = NULL;
  g_autofree char *meta = brief ? g_strdup (kith_referral_brief_number (row)) : kith_format_join (when, agency, assignee); /* the end may be cut */

  if (!service)
    service = queue; /* it went to a queue alone */
  gtk_label_set_text (self->name, name ? name : _("Name withheld"));
  gtk_label_set_text (self->service, service ? service : "");
  gtk_label_set_text (self->meta, meta);
  gtk_label_set_text (self->due, due ? due : "");
  gtk_widget_set_visible (self->due_box, due != NULL);
  gtk_image_set_from_icon_name (self->due_icon, kith_due_icon (state));
  set_class (self->due_box, "late", late);
  set_class (self->due_box, "today", state == KITH_DUE_TODAY);
  if (urgent)
    kith_status_pill_set (self->pill, "dialog-warning-symbolic", kith_format_code ("urgency", "urgent"), "bad");
  else if (waits)
    kith_status_pill_set (self->pill, "dialog-question-symbolic", _("Declined, waits"), "warn");
  else
    kith_status_pill_set_status (self->pill, sent ? NULL : phase, kith_row_get_text (row, "status"));
  gtk_widget_set_visible (self->pending, pending);
  when_due = pending ? g_strdup (_("not sent yet")) : waits ? g_strdup (_("Declined, waits for confirmation")) : urgent && due ? g_strjoin (", ", _("urgent"), due, NULL)
             : g_strdup (due ? due : urgent ? _("urgent") : NULL);
  return g_strjoin (", ", name ? name : _("Name withheld"), service ? service : "", kith_format_referral_status (row), meta, when_due, NULL);
}

static void
kith_referral_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), KITH_TYPE_REFERRAL_ROW);
  G_OBJECT_CLASS (kith_referral_row_parent_class)->dispose (object);
}

static void
kith_referral_row_class_init (KithReferralRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_referral_row_dispose;
  KITH_LIST_ROW_CLASS (klass)->tall = TRUE;
  KITH_LIST_ROW_CLASS (klass)->update = kith_referral_row_update;
  g_type_ensure (KITH_TYPE_STATUS_PILL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/referrals/kith-referral-row.ui");
  gtk_widget_class_bind_template_child (widget_class, KithReferralRow, name);
  gtk_widget_class_bind_template_child (widget_class, KithReferralRow, service);
  gtk_widget_class_bind_template_child (widget_class, KithReferralRow, meta);
  gtk_widget_class_bind_template_child (widget_class, KithReferralRow, due);
  gtk_widget_class_bind_template_child (widget_class, KithReferralRow, due_box);
  gtk_widget_class_bind_template_child (widget_class, KithReferralRow, due_icon);
  gtk_widget_class_bind_template_child (widget_class, KithReferralRow, pill);
  gtk_widget_class_bind_template_child (widget_class, KithReferralRow, pending);
}

static void
kith_referral_row_init (KithReferralRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
