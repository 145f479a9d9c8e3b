/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-service-view.h"

#include <glib/gi18n.h>

#include "kith-format.h"
#include "kith-watch.h"
#include "widgets/kith-facts.h"
#include "widgets/kith-status-pill.h"
#include "widgets/kith-wrap-box.h"

struct _KithServiceView
{
  AdwBin parent_instance;
  KithContext *context;
  GtkWidget *content;
  GtkLabel *name, *agency, *description, *alert;
  KithStatusPill *direct, *status;
  KithFacts *reach, *hours, *how, *places, *about;
  KithWatch *watch, *places_watch;
};

G_DEFINE_FINAL_TYPE (KithServiceView, kith_service_view, ADW_TYPE_BIN)

static JsonObject *
nth (JsonArray *array,
     guint      i)
{
  JsonNode *node = array && i < json_array_get_length (array) ? json_array_get_element (array, i) : NULL;

  return node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* The values of one member of each part, in one line each. */
static char *
join_parts (JsonObject *body,
            const char *list,
            const char *member,
            const char *separator)
{
  JsonArray *array = kith_json_array (body, list);
  GString *text = g_string_new (NULL);

  for (guint i = 0; array && i < json_array_get_length (array); i++)
    if (nth (array, i) && kith_json_string (nth (array, i), member))
      g_string_append_printf (text, "%s%s", text->len ? separator : "", kith_json_string (nth (array, i), member));
  return g_string_free (text, text->len == 0);
}

char *
kith_service_hours (JsonObject *schedule)
{
  const char *days = kith_json_string (schedule, "byday"), *opens = kith_json_string (schedule, "opens_at"), *closes = kith_json_string (schedule, "closes_at");
  g_auto (GStrv) codes = g_strsplit (days ? days : "", ",", -1);
  GString *text = g_string_new (NULL);

  for (guint i = 0; codes[i]; i++)
    if (strlen (codes[i]) >= 2)
      /* "1MO", the first Monday of a month, keeps its number. */
      g_string_append_printf (text, "%s%.*s%s", text->len ? ", " : "", (int) strlen (codes[i]) - 2, codes[i],
                              kith_format_code ("weekday", codes[i] + strlen (codes[i]) - 2));
  if (opens && closes)
    g_string_append_printf (text, "%s%.5s–%.5s", text->len ? " " : "", opens, closes);
  if (kith_json_string (schedule, "description"))
    g_string_append_printf (text, "%s%s", text->len ? "\n" : "", kith_json_string (schedule, "description"));
  return g_string_free (text, text->len == 0);
}

static void
add_phones (KithFacts  *facts,
            JsonObject *body)
{
  JsonArray *phones = kith_json_array (body, "phones");

  for (guint i = 0; phones && i < json_array_get_length (phones); i++)
    {
      JsonObject *phone = nth (phones, i);
      const char *description = phone ? kith_json_string (phone, "description") : NULL;

      if (phone && kith_json_string (phone, "number"))
        kith_facts_take (facts, _("Phone"), description ? g_strdup_printf ("%s (%s)", kith_json_string (phone, "number"), description)
                                                        : g_strdup (kith_json_string (phone, "number")));
    }
}

static void
show_reach (KithServiceView *self,
            JsonObject      *body,
            JsonObject      *agency)
{
  JsonArray *contacts = kith_json_array (body, "contacts");

  kith_facts_clear (self->reach);
  add_phones (self->reach, body);
  if (!kith_json_array (body, "phones") && agency)
    add_phones (self->reach, agency);
  for (guint i = 0; contacts && i < json_array_get_length (contacts); i++)
    {
      JsonObject *contact = nth (contacts, i);
      const char *name = contact ? kith_json_string (contact, "name") : NULL, *title = contact ? kith_json_string (contact, "title") : NULL;
      const char *email = contact ? kith_json_string (contact, "email") : NULL;

      if (name)
        kith_facts_take (self->reach, _("Contact"), g_strjoin (", ", name, title ? title : email, title ? email : NULL, NULL));
    }
  kith_facts_add (self->reach, _("Email"), kith_json_string (body, "email"));
  kith_facts_add (self->reach, _("Website"), kith_json_string (body, "url"));
}

static void
show_hours (KithServiceView *self,
            JsonObject      *body)
{
  JsonArray *schedules = kith_json_array (body, "schedules");

  kith_facts_clear (self->hours);
  for (guint i = 0; schedules && i < json_array_get_length (schedules); i++)
    if (nth (schedules, i))
      kith_facts_take (self->hours, i == 0 ? _("Open") : "", kith_service_hours (nth (schedules, i)));
}

static void
show_how (KithServiceView *self,
          JsonObject      *body)
{
  kith_facts_clear (self->how);
  kith_facts_add (self->how, _("For whom"), kith_json_string (body, "eligibility_description"));
  kith_facts_take (self->how, _("Bring along"), join_parts (body, "required_documents", "document", "\n"));
  kith_facts_add (self->how, _("To apply"), kith_json_string (body, "application_process"));
  kith_facts_add (self->how, _("Cost"), kith_json_string (body, "fees_description"));
  kith_facts_add (self->how, _("Wait"), kith_json_string (body, "wait_time"));
  kith_facts_take (self->how, _("Languages"), join_parts (body, "languages", "name", ", "));
  kith_facts_add (self->how, _("Interpreters"), kith_json_string (body, "interpretation_services"));
  kith_facts_take (self->how, _("Area"), join_parts (body, "service_areas", "name", ", "));
}

static void
show_about (KithServiceView *self,
            KithRow         *row,
            JsonObject      *body,
            JsonObject      *agency)
{
  const char *assured = kith_json_string (body, "assured_date");

  kith_facts_clear (self->about);
  kith_facts_add (self->about, _("Name"), agency ? kith_json_string (agency, "name") : kith_row_get_text (row, "organization_name"));
  kith_facts_add (self->about, _("Program"), kith_row_get_text (row, "program_name"));
  if (agency)
    {
      kith_facts_add (self->about, _("About"), kith_json_string (agency, "description"));
      kith_facts_add (self->about, _("Email"), kith_json_string (agency, "email"));
      kith_facts_add (self->about, _("Website"), kith_json_string (agency, "website"));
    }
  /* D19: that a listing is old must be seen. */
  kith_facts_take (self->about, _("Verified"), assured ? kith_format_date (assured) : g_strdup (_("Not verified: call before you send somebody")));
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
  show_reach (self, body, agency);
  show_hours (self, body);
  show_how (self, body);
  show_about (self, row, body, agency);
}

static void
places_cb (GPtrArray *rows,
           gpointer   user_data)
{
  KithServiceView *self = user_data;

  kith_facts_clear (self->places);
  for (guint i = 0; i < rows->len; i++)
    {
      JsonObject *place = kith_row_body (rows->pdata[i], "body");
      g_autofree char *address = place ? kith_format_address (nth (kith_json_array (place, "addresses"), 0)) : NULL;
      const char *name = place ? kith_json_string (place, "name") : NULL, *transport = place ? kith_json_string (place, "transportation") : NULL;

      if (place)
        kith_facts_take (self->places, name ? name : _("Address"), address && transport ? g_strdup_printf ("%s\n%s", address, transport)
                                                                   : g_strdup (address ? address : transport));
    }
}

static void
kith_service_view_dispose (GObject *object)
{
  KithServiceView *self = KITH_SERVICE_VIEW (object);

  g_clear_object (&self->watch);
  g_clear_object (&self->places_watch);
  gtk_widget_dispose_template (GTK_WIDGET (self), KITH_TYPE_SERVICE_VIEW);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (kith_service_view_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, KithServiceView, name)

static void
kith_service_view_class_init (KithServiceViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kith_service_view_dispose;
  g_type_ensure (KITH_TYPE_FACTS);
  g_type_ensure (KITH_TYPE_STATUS_PILL);
  g_type_ensure (KITH_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/kith/Kith/directory/kith-service-view.ui");
  BIND (content);
  BIND (name);
  BIND (agency);
  BIND (description);
  BIND (alert);
  BIND (direct);
  BIND (status);
  BIND (reach);
  BIND (hours);
  BIND (how);
  BIND (places);
  BIND (about);
}

static void
kith_service_view_init (KithServiceView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
kith_service_view_new (KithContext *context)
{
  KithServiceView *self = g_object_new (KITH_TYPE_SERVICE_VIEW, NULL);

  self->context = g_object_ref (context);
  return GTK_WIDGET (self);
}

void
kith_service_view_set_service (KithServiceView *self,
                               const char      *id)
{
  static const char *const kinds[] = { "service", "organization", "program", NULL };
  static const char *const place_kinds[] = { "location", "service_at_location", NULL };

  g_clear_object (&self->watch);
  g_clear_object (&self->places_watch);
  gtk_widget_set_visible (self->content, FALSE);
  if (!id)
    return;
  self->watch = kith_watch_new (self->context, "service", kinds, id, service_cb, self);
  self->places_watch = kith_watch_new (self->context, "service-locations", place_kinds, id, places_cb, self);
}
