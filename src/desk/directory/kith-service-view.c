/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-service-view.h"

#include <glib/gi18n.h>

#include "capacity/kith-capacity-box.h"
#include "directory/kith-direct-row.h"
#include "directory/kith-form-window.h"
#include "kith-format.h"
#include "kith-service-facts.h"
#include "kith-watch.h"
#include "widgets/kith-absent.h"
#include "widgets/kith-status-pill.h"
#include "widgets/kith-wrap-box.h"

struct _KithServiceView
{
  AdwBin parent_instance;
  KithContext *context;
  KithAbsent *absent; /* in the place of what is not here */
  GtkWidget *content;
  GtkScrolledWindow *scroller;
  GtkLabel *name, *agency, *description, *alert;
  KithStatusPill *direct, *status, *fresh;
  KithFacts *reach, *hours, *who, *how, *about, *entry;
  KithCapacityBox *capacity;
  GtkBox *places;
  GtkWidget *questions; /* for those who write what the service asks */
  KithDirectRow *switch_row;
  char *id;
  KithWatch *watch, *places_watch;
};

G_DEFINE_FINAL_TYPE (KithServiceView, kith_service_view, ADW_TYPE_BIN)

static void
show_fresh (KithServiceView *self,
            JsonObject      *body)
{
  gboolean stale;
  g_autofree char *fresh = kith_service_freshness (body, kith_context_get_now (self->context), &stale);

  kith_status_pill_set (self->fresh, stale ? "dialog-warning-symbolic" : "document-open-recent-symbolic", fresh, stale ? "warn" : "");
}

static void
service_cb (GPtrArray *rows,
            gpointer   user_data)
{
  KithServiceView *self = user_data;
  KithRow *row = rows->len > 0 ? rows->pdata[0] : NULL;
  JsonObject *body = row ? kith_row_body (row, "body") : NULL, *agency = row ? kith_row_body (row, "organization") : NULL;
  const char *status, *description, *alert, *name;
  gboolean active;

  gtk_widget_set_visible (self->content, body != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->scroller), !kith_absent_show (self->absent, self->context, "service", body ? NULL : self->id));
  if (!body)
    return;
  name = kith_json_string (body, "name");
  gtk_label_set_text (self->name, name ? name : "");
  gtk_label_set_text (self->agency, kith_row_get_text (row, "organization_name") ? kith_row_get_text (row, "organization_name") : "");
  description = kith_json_string (body, "description");
  gtk_label_set_text (self->description, description ? description : "");
  gtk_widget_set_visible (GTK_WIDGET (self->description), description != NULL);
  alert = kith_json_string (body, "alert");
  gtk_label_set_text (self->alert, alert ? alert : "");
  gtk_widget_set_visible (gtk_widget_get_parent (GTK_WIDGET (self->alert)), alert != NULL);
  status = kith_json_string (body, "status");
  active = !status || g_str_equal (status, "active");
  kith_status_pill_set (self->status, active ? "object-select-symbolic" : "media-playback-pause-symbolic",
                        status ? kith_format_code ("service_status", status) : NULL, active ? "good" : "warn");
  kith_status_pill_set (self->direct, "document-send-symbolic",
                        active ? kith_json_bool (body, "direct", FALSE) ? _("Takes direct referrals") : _("Information only") : NULL,
                        kith_json_bool (body, "direct", FALSE) ? "accent" : "");
  show_fresh (self, body);
  kith_direct_row_show (self->switch_row, self->id, kith_json_string (body, "organization_id"), name, kith_json_bool (body, "direct", FALSE), active);
  gtk_widget_set_visible (self->questions, active && kith_json_bool (body, "direct", FALSE) && kith_form_window_may (self->context, kith_json_string (body, "organization_id")));
  kith_service_facts_reach (self->reach, body, agency);
  kith_service_facts_hours (self->hours, kith_json_array (body, "schedules"), agency ? kith_json_string (agency, "time_zone") : NULL,
                            kith_context_get_now (self->context));
  kith_service_facts_who (self->who, body);
  kith_service_facts_how (self->how, body);
  kith_service_facts_agency (self->about, agency, kith_row_get_text (row, "program_name"));
  kith_service_facts_entry (self->entry, body, kith_context_get_now (self->context));
}

static void
places_cb (GPtrArray *rows,
           gpointer   user_data)
{
  KithServiceView *self = user_data;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->places))))
    gtk_box_remove (self->places, child);
  for (guint i = 0; i < rows->len; i++)
    {
      JsonObject *location = kith_row_body (rows->pdata[i], "body");
      KithFacts *facts = g_object_new (KITH_TYPE_FACTS, NULL);

      if (location)
        kith_service_facts_place (facts, location, kith_row_body (rows->pdata[i], "at"));
      gtk_box_append (self->places, GTK_WIDGET (facts));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->places), rows->len > 0);
}

static void
kith_service_view_dispose (GObject *object)
{
  KithServiceView *self = KITH_SERVICE_VIEW (object);

  g_clear_object (&self->watch);
  g_clear_object (&self->places_watch);
  gtk_widget_dispose_template (GTK_WIDGET (self), KITH_TYPE_SERVICE_VIEW);
  g_clear_object (&self->context);
  g_clear_pointer (&self->id, g_free);
  G_OBJECT_CLASS (kith_service_view_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, KithServiceView, name)

static void
kith_service_view_class_init (KithServiceViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_service_view_dispose;
  g_type_ensure (KITH_TYPE_ABSENT);
  g_type_ensure (KITH_TYPE_CAPACITY_BOX);
  g_type_ensure (KITH_TYPE_FACTS);
  g_type_ensure (KITH_TYPE_STATUS_PILL);
  g_type_ensure (KITH_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/directory/kith-service-view.ui");
  BIND (absent);
  BIND (content);
  BIND (scroller);
  BIND (name);
  BIND (agency);
  BIND (description);
  BIND (alert);
  BIND (direct);
  BIND (status);
  BIND (fresh);
  BIND (capacity);
  BIND (reach);
  BIND (hours);
  BIND (who);
  BIND (how);
  BIND (places);
  BIND (about);
  BIND (entry);
}

static void
questions_cb (KithServiceView *self)
{
  gtk_window_present (GTK_WINDOW (kith_form_window_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->context, "service", self->id,
                                                        gtk_label_get_text (self->name))));
}

static void
kith_service_view_init (KithServiceView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->questions = gtk_button_new_with_mnemonic (_("_Questions for Referrals…"));
  gtk_widget_set_name (self->questions, "questions");
  gtk_widget_set_halign (self->questions, GTK_ALIGN_START);
  gtk_widget_set_visible (self->questions, FALSE);
  g_signal_connect_object (self->questions, "clicked", G_CALLBACK (questions_cb), self, G_CONNECT_SWAPPED);
  /* What stands for referrals to it, above all that is of the service: whoever looks for it does not know that it is there. */
  gtk_box_insert_child_after (GTK_BOX (gtk_widget_get_parent (GTK_WIDGET (self->places))), self->questions, GTK_WIDGET (self->description));
}

/**
 * kith_service_view_new:
 *
 * Returns: (transfer floating): it shows nothing before kith_service_view_set_service()
 */
GtkWidget *
kith_service_view_new (KithContext *context)
{
  KithServiceView *self = g_object_new (KITH_TYPE_SERVICE_VIEW, NULL);

  self->context = g_object_ref (context);
  self->switch_row = KITH_DIRECT_ROW (kith_direct_row_new (context));
  gtk_box_insert_child_after (GTK_BOX (gtk_widget_get_parent (self->questions)), GTK_WIDGET (self->switch_row), GTK_WIDGET (self->description));
  return GTK_WIDGET (self);
}

void
kith_service_view_set_service (KithServiceView *self,
                               const char      *id)
{
  static const char *const kinds[] = { "service", "organization", "program", NULL };
  static const char *const place_kinds[] = { "location", "service_at_location", NULL };
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  g_clear_object (&self->watch);
  g_clear_object (&self->places_watch);
  g_free (self->id);
  self->id = g_strdup (id);
  kith_capacity_box_set_service (self->capacity, self->context, id);
  places_cb (none, self); /* those of the one before */
  gtk_widget_set_visible (self->content, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->scroller), !kith_absent_show (self->absent, self->context, "service", NULL));
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  if (!id)
    return;
  self->watch = kith_watch_new (self->context, "service", kinds, id, service_cb, self);
  self->places_watch = kith_watch_new (self->context, "service-locations", place_kinds, id, places_cb, self);
}

gboolean
kith_service_view_enter_direct (KithServiceView *self)
{
  return self->id && kith_direct_row_enter (self->switch_row);
}
