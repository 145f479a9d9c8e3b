/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"
#include "kith-papers.h"

G_BEGIN_DECLS

/* Which paper, in which language, on paper or as PDF. Each printing and each file is noted (C13), before it exists. */
#define KITH_TYPE_PRINT_WINDOW (kith_print_window_get_type ())
G_DECLARE_FINAL_TYPE (KithPrintWindow, kith_print_window, KITH, PRINT_WINDOW, AdwWindow)

GtkWidget *kith_print_window_new (GtkWindow *parent, KithContext *context, const char *client);
void kith_print_window_choose (KithPrintWindow *self, KithPaper paper); /* what is chosen at first */
/* kind: "contact" or "referral": the record itself, whole. The rules are asked before (P11, contact.print and referral.print): who may not gets none. */
GtkWidget *kith_print_window_new_for_record (GtkWindow *parent, KithContext *context, const char *kind, const char *id);
/* What somebody takes along of a service (D3). client: whose language it is in at first, and who is noted to have been given it; NULL: nobody. */
GtkWidget *kith_print_window_new_handout (GtkWindow *parent, KithContext *context, const char *kind, const char *id, const char *client);
/* Several services on one paper. services: (element-type utf8), at least one; copied. */
GtkWidget *kith_print_window_new_handouts (GtkWindow *parent, KithContext *context, GPtrArray *services);
/* Who waits: lists of referrals, each by its title (translated) and its query. title: the queue they are the statuses of; NULL: there is one. chosen: the one that is
 * printed at first; -1: all of them. */
typedef struct
{
  char *title;
  const char *query;
  char **args;
  gboolean waits; /* all in it wait (kith_referral_phase_waits ()) */
} KithPrintList;

KithPrintList *kith_print_list_new (const char *title, gboolean waits, const char *query, const char *const *args);
void kith_print_list_free (gpointer list);
GtkWidget *kith_print_window_new_waiting (GtkWindow *parent, KithContext *context, const char *title, GPtrArray *lists, int chosen);
/* Asks the hub for the paper as it is chosen, before it exists; where none answers it is queued, and the window says so. what: "printed" or "exported". */
void kith_print_window_ask (KithPrintWindow *self, const char *what);
/* As the choices stand, once it was allowed; made and written in a thread of its own. */
void kith_print_window_export_async (KithPrintWindow *self, const char *path, GAsyncReadyCallback callback, gpointer user_data);
gboolean kith_print_window_export_finish (KithPrintWindow *self, GAsyncResult *result, GError **error);

G_END_DECLS
