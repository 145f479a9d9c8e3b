/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Nights, meals, rides: recorded, repeated with one key, and taken back where they were recorded twice or wrongly. */

#include "kith-client-actions-private.h"
#include "kith-client-view-private.h"

#include <glib/gi18n.h>

#include "kith-clients-page.h"
#include "kith-context-day.h"
#include "kith-format.h"
#include "kith-watch.h"

static void
record_service_action (GtkWidget  *page,
                       const char *name,
                       GVariant   *target)
{
  KithClientView *view = kith_clients_page_get_view (KITH_CLIENTS_PAGE (page));

  if (!kith_split_page_get_id (KITH_SPLIT_PAGE (page)))
    return;
  kith_client_view_show_tab (view, "services");
  kith_service_line_open (view->service_place, view->context, view->id);
}

/* The last service of the own agency that counts is asked for when it is wanted. The watch is kept by the page until it has answered. */
typedef struct
{
  GtkWidget *page; /* owns this */
  char *client, *done; /* done: says whose, as the key was pressed */
  gboolean take_back;  /* else: once more */
} Last;

static void
last_free (gpointer data)
{
  Last *last = data;

  g_free (last->client);
  g_free (last->done);
  g_free (last);
}

static gboolean
last_over (gpointer page)
{
  g_object_set_data (G_OBJECT (page), "last-service-watch", NULL);
  g_object_set_data (G_OBJECT (page), "last-service", NULL);
  return G_SOURCE_REMOVE;
}

static void
repeat (GtkWidget  *page,
        const char *client,
        KithRow    *row,
        const char *done)
{
  KithContext *context = kith_page_get_context (KITH_PAGE (page));
  g_autofree char *id = kith_context_new_id (context), *day = kith_format_today (kith_context_get_day_now (context));
  JsonObject *args = kith_json_new ("id", "s", id, "client", "s", client, "service", "s", kith_row_get_text (row, "service"), "type", "s",
                                    kith_row_get_text (row, "type"), "given_on", "s", day, NULL);

  if (kith_row_get_int (row, "count") > 0)
    json_object_set_int_member (args, "count", kith_row_get_int (row, "count"));
  kith_context_submit (context, "service.record", args, done, TRUE, NULL, NULL);
}

/* What is taken back is named: with the key nobody has pointed at it. */
void
kith_client_services_take_back (GtkWidget  *page,
                                const char *client,
                                KithRow    *row)
{
  const char *type = kith_format_code ("service_type", kith_row_get_text (row, "type")), *given_on = kith_row_get_text (row, "given_on");
  g_autofree char *day = given_on ? kith_format_date (given_on) : g_strdup ("");
  guint count = (guint) MAX (kith_row_get_int (row, "count"), 1);
  /* Translators: what was given, how often, on which day */
  g_autofree char *words = g_strdup_printf (_("%s × %u, %s. It stays in the record with your reason, and counts nowhere."), type, count, day);

  gtk_window_present (GTK_WINDOW (kith_client_ask_of (page, client, "service.void", _("Take Back a Service"), words, _("Take Back"), _("Service taken back"),
                                                      kith_json_new ("event", "s", kith_row_get_id (row), NULL), NULL)));
}

static void
last_service_cb (GPtrArray *rows,
                 gpointer   user_data)
{
  Last *last = user_data;
  GtkWidget *page = last->page;
  g_autofree char *client = g_steal_pointer (&last->client), *done = g_steal_pointer (&last->done);
  gboolean back = last->take_back;

  if (!client) /* answered already: this is the change that it made */
    return;
  g_idle_add_full (G_PRIORITY_DEFAULT, last_over, g_object_ref (page), g_object_unref); /* a watch is not dropped while it calls */
  if (rows->len == 0)
    {
      kith_context_toast (kith_page_get_context (KITH_PAGE (page)), back ? _("There is no service of your agency to take back") : _("There is no service to repeat yet"));
      return;
    }
  if (back)
    kith_client_services_take_back (page, client, rows->pdata[0]);
  else
    repeat (page, kith_row_get_text (rows->pdata[0], "client") ? kith_row_get_text (rows->pdata[0], "client") : client, rows->pdata[0], done); /* where the last one is */
  if (KITH_IS_CLIENTS_PAGE (page) && g_strcmp0 (kith_split_page_get_id (KITH_SPLIT_PAGE (page)), client) == 0) /* else somebody went on meanwhile */
    kith_client_view_show_tab (kith_clients_page_get_view (KITH_CLIENTS_PAGE (page)), "services");
}

static void
ask_last (GtkWidget  *page,
          const char *client,
          gboolean    back)
{
  static const char *const kinds[] = { NULL };
  Last *last;
  KithWatch *watch;

  if (!client || g_object_get_data (G_OBJECT (page), "last-service"))
    return;
  last = g_new0 (Last, 1);
  last->page = page;
  last->client = g_strdup (client);
  last->done = kith_page_done (page, _("The last service was recorded once more"));
  last->take_back = back;
  g_object_set_data_full (G_OBJECT (page), "last-service", last, last_free);
  watch = kith_watch_new (kith_page_get_context (KITH_PAGE (page)), "client-service-last", kinds, client, last_service_cb, last);
  g_object_set_data_full (G_OBJECT (page), "last-service-watch", watch, g_object_unref);
}

void
kith_client_services_repeat (GtkWidget  *page,
                             const char *client)
{
  ask_last (page, client, FALSE);
}

static void
repeat_service_action (GtkWidget  *page,
                       const char *name,
                       GVariant   *target)
{
  ask_last (page, kith_split_page_get_id (KITH_SPLIT_PAGE (page)), FALSE);
}

static void
void_last_service_action (GtkWidget  *page,
                          const char *name,
                          GVariant   *target)
{
  ask_last (page, kith_split_page_get_id (KITH_SPLIT_PAGE (page)), TRUE);
}

static void
void_service_action (GtkWidget  *page,
                     const char *name,
                     GVariant   *target)
{
  KithRow *row = kith_client_view_find (kith_clients_page_get_view (KITH_CLIENTS_PAGE (page)), KITH_CLIENT_SERVICES, g_variant_get_string (target, NULL));

  if (row)
    kith_client_services_take_back (page, kith_split_page_get_id (KITH_SPLIT_PAGE (page)), row);
}

void
kith_client_services_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "client.record-service", NULL, record_service_action);
  gtk_widget_class_install_action (klass, "client.repeat-service", NULL, repeat_service_action);
  gtk_widget_class_install_action (klass, "client.void-service", "s", void_service_action);
  gtk_widget_class_install_action (klass, "client.void-last-service", NULL, void_last_service_action);
}
