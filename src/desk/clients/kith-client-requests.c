/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the client asks of the agency about the record (C19): taken down, answered, disagreed with, ended. */

#include "kith-client-actions-private.h"

#include <glib/gi18n.h>

#include "amendments/kith-amendment-words.h"
#include "kith-clients-page.h"
#include "kith-format.h"

static KithClientView *
view_of (GtkWidget *page)
{
  return kith_clients_page_get_view (KITH_CLIENTS_PAGE (page));
}

/* given: transfer full, without the client */
static KithAskWindow *
ask (GtkWidget  *page,
     const char *title,
     const char *words,
     JsonObject *given)
{
  json_object_set_string_member (given, "client", kith_split_page_get_id (KITH_SPLIT_PAGE (page)));
  return kith_client_ask (page, "amendment.ask", title, words, C_("verb", "Record"), _("Request recorded"), given, kith_client_today (page, "asked_on"));
}

static void
ask_amendment_action (GtkWidget  *page,
                      const char *name,
                      GVariant   *target)
{
  JsonObject *given = json_object_new ();

  if (!kith_split_page_get_id (KITH_SPLIT_PAGE (page)))
    {
      json_object_unref (given);
      return;
    }
  json_object_set_null_member (given, "type"); /* what every hub knows */
  json_object_set_null_member (given, "whom");
  gtk_window_present (GTK_WINDOW (ask (
      page, _("A Correction the Client Asks For"),
      _("What is wrong in what your agency wrote. A supervisor or the privacy officer answers within 60 days, and the client is told. What another agency wrote, that agency corrects."),
      given)));
  kith_client_view_show_tab (view_of (page), "consent");
}

static void
ask_restriction_action (GtkWidget  *page,
                        const char *name,
                        GVariant   *target)
{
  JsonObject *given;
  JsonObject *contact;
  KithAskWindow *window;

  if (!kith_split_page_get_id (KITH_SPLIT_PAGE (page)))
    return;
  given = kith_json_new ("type", "s", "restriction", NULL);
  contact = kith_json_new ("type", "s", "contact", NULL);
  json_object_set_null_member (contact, "whom"); /* of a way to be reached nothing is kept from anybody */
  json_object_set_null_member (given, "wanted");
  window = ask (page, _("A Restriction the Client Asks For"),
                _("What is to be kept from somebody, or not to be used. A supervisor or the privacy officer answers within 60 days, and the client is told."), given);
  kith_ask_window_add_switch (window, "contact", _("It is about how to be reached"), _("At another address or in another way. Every reasonable wish is met."), FALSE, contact);
  gtk_window_present (GTK_WINDOW (window));
  kith_client_view_show_tab (view_of (page), "consent");
}

/* What carries a restriction out is done by itself, and by whoever answers; of a linked record, there. */
static void
add_ways (KithAskWindow *window,
          GtkWidget     *page,
          KithRow       *row)
{
  if (kith_row_get_text (row, "source"))
    {
      g_autofree char *way = g_strconcat ("win.go::clients/", kith_row_get_text (row, "client"), NULL);

      kith_ask_window_add_way (window, _("To the Client’s Record"), page, way);
      return;
    }
  if (kith_client_view_offers (view_of (page), "client.restrict"))
    kith_ask_window_add_way (window, kith_client_view_is_restricted (view_of (page)) ? _("Lift the Restriction of the Record…") : _("Restrict the Record…"), page, "client.restrict");
  kith_ask_window_add_way (window, _("Address, Phone, Do Not Contact…"), page, "client.edit");
  if (kith_client_view_offers (view_of (page), "client.revoke-all"))
    kith_ask_window_add_way (window, _("Revoke Consent…"), page, "client.revoke-all");
}

static void
answer_amendment_action (GtkWidget  *page,
                         const char *name,
                         GVariant   *target)
{
  KithRow *row = kith_client_view_find (view_of (page), KITH_CLIENT_AMENDMENTS, g_variant_get_string (target, NULL));
  g_autofree char *words = row ? kith_amendment_answer_words (row) : NULL;
  KithAskWindow *window;

  if (!row)
    return;
  window = kith_client_ask (page, "amendment.decide", _("Answer the Client"), words, C_("verb", "Answer"), _("Answered"), kith_amendment_given (row), kith_client_today (page, "decided_on"));
  if (!kith_amendment_row_is_correction (row))
    add_ways (window, page, row);
  gtk_window_present (GTK_WINDOW (window));
}

static void
disagree_amendment_action (GtkWidget  *page,
                           const char *name,
                           GVariant   *target)
{
  gtk_window_present (GTK_WINDOW (kith_client_ask (page, "amendment.disagree", _("The Client Disagrees"),
                                                   _("What the client wrote, word for word. It stays with the refusal and is printed with it."), _("Record"), _("Recorded"),
                                                   kith_json_new ("request", "s", g_variant_get_string (target, NULL), NULL),
                                                   kith_client_today (page, "disagreed_on"))));
}

static void
end_amendment_action (GtkWidget  *page,
                      const char *name,
                      GVariant   *target)
{
  gtk_window_present (GTK_WINDOW (kith_client_ask (page, "amendment.end", _("End What Was Agreed"), kith_amendment_end_words (), C_("verb", "End"), _("Ended"),
                                                   kith_json_new ("request", "s", g_variant_get_string (target, NULL), NULL), kith_client_today (page, "ended_on"))));
}

void
kith_client_requests_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "client.ask-amendment", NULL, ask_amendment_action);
  gtk_widget_class_install_action (klass, "client.ask-restriction", NULL, ask_restriction_action);
  gtk_widget_class_install_action (klass, "client.answer-amendment", "s", answer_amendment_action);
  gtk_widget_class_install_action (klass, "client.disagree-amendment", "s", disagree_amendment_action);
  gtk_widget_class_install_action (klass, "client.end-amendment", "s", end_amendment_action);
}
