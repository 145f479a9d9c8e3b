/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-client-filter.h"
#include "kith-clients-page.h"
#include "kith-open-clients.h"

struct _KithClientsPage
{
  KithSplitPage parent_instance;
  KithClientView *view; /* NULL: nobody was shown yet */
  KithOpenClients *open;
  gboolean placing;     /* on the way to a place: what was left was noted */
  KithListModel *all;   /* everybody, by name */
  KithListModel *some;  /* those the filter leaves; NULL: no filter is on */
  KithClientFilter *filter;
  GListStore *found;    /* what the search brought */
  GCancellable *search; /* the one under way */
  char *text;           /* what `found` answers; NULL: the list of all is shown */
  gboolean searching, again; /* again: what is searched may have changed since */
  gboolean more;        /* there are or may be others than those in `found` */
  GtkWidget *ask;       /* "Also Ask the Network", below what was found */
  GtkWidget *strip;     /* of what can be done with the record; NULL: nobody was shown yet */
  GtkWidget *tabs;      /* NULL: there was one client at a time so far */
};

void kith_clients_page_tell_words (KithClientsPage *self); /* kith-clients-page-words.c: above and instead of the list */

/* kith-clients-page-open.c: several clients open side by side. */
void kith_clients_page_install_tabs (KithClientsPageClass *klass);  /* from class_init */
void kith_clients_page_begin_tabs (KithClientsPage *self);
void kith_clients_page_watch_entered (KithClientsPage *self);       /* once there is a record */
void kith_clients_page_turn (KithClientsPage *self, const char *id); /* the record beside the list becomes that one's, where it was left */
void kith_clients_page_leave_form (KithClientsPage *self);          /* the form that is open comes back with its client's tab */
gboolean kith_clients_page_make_tab (KithClientsPage *self, const char *id); /* FALSE: no more fit, and it was said */
void kith_clients_page_drop_tab (KithClientsPage *self, const char *id);
