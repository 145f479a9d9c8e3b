/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-client-list.h"
#include "widgets/kith-lines.h"

struct _KithClientList
{
  AdwBin parent_instance;
  KithContext *context;
  KithClientListKind kind;
  GtkWidget *empty;
  GtkWidget *people; /* of the household, those without a record; NULL: the list is another */
  gboolean has_people;
  KithSightOf sight;
  KithLines *lines;
};

/* kith-client-list-rows.c: fills a line of one list from a row of its query. */
void kith_client_list_show_alert (KithClientList *self, KithRow *row, AdwActionRow *line);
void kith_client_list_show_member (KithClientList *self, KithRow *row, AdwActionRow *line);
void kith_client_list_show_enrollment (KithClientList *self, KithRow *row, AdwActionRow *line);
void kith_client_list_show_case (KithClientList *self, KithRow *row, AdwActionRow *line);
void kith_client_list_show_service (KithClientList *self, KithRow *row, AdwActionRow *line);
void kith_client_list_show_relative (KithClientList *self, KithRow *row, AdwActionRow *line);
void kith_client_list_show_document (KithClientList *self, KithRow *row, AdwActionRow *line);
void kith_client_list_show_entry (KithClientList *self, KithRow *row, AdwActionRow *line);
void kith_client_list_show_amendment (KithClientList *self, KithRow *row, AdwActionRow *line);
void kith_client_list_show_decision (KithClientList *self, KithRow *row, AdwActionRow *line);
void kith_client_list_show_task (KithClientList *self, KithRow *row, AdwActionRow *line);
