/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"

G_BEGIN_DECLS

/* One entry of the sidebar: a title, an icon, a number that waits, and what fills the window beside it.
 * Property "narrow": the sidebar is folded away, so the page needs a way back to it.
 * A page is a query that yields a list model, a template that shows it, and operations its actions submit. */
#define KITH_TYPE_PAGE (kith_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (KithPage, kith_page, KITH, PAGE, AdwBin)

struct _KithPageClass
{
  AdwBinClass parent_class;

  const char *name, *title, *icon_name; /* title: N_() */
  gboolean counts;                      /* the sidebar shows its number: it is built in a quiet moment, not only when somebody goes there */

  void (*search) (KithPage *self);                     /* Ctrl+F: the page's search entry */
  gboolean (*back) (KithPage *self);                   /* Alt+Left and Escape: one step towards the sidebar; FALSE: already there */
  gboolean (*show_record) (KithPage *self, const char *place); /* "ID" or "verb:ID"; see get_place */
  char *(*get_place) (KithPage *self);                 /* where the person is, to come back to after a lock */
  GVariant *(*save_open) (KithPage *self);             /* what is open there besides, for after a lock: ids, no names (transfer full); NULL: nothing */
  void (*restore_open) (KithPage *self, GVariant *saved); /* before anything is shown there */
  gboolean (*leave) (KithPage *self, const char *next); /* as kith_form_leave(); NULL: never asks */
  void (*flush) (KithPage *self);                      /* write drafts now: the window is about to be blanked */
  const char *(*get_about) (KithPage *self);           /* the name of whom what is shown is about, for what is said of it; NULL: nobody */
  gboolean (*takes_keys) (KithPage *self);             /* FALSE: nothing is shown that the keys of a record could be meant for */
};

/* Gives the focus to what a page, or a form on it, is entered by. A stack that has just shown it may have put the focus somewhere in it. */
void kith_page_enter (GtkWidget *page_or_form);
KithContext *kith_page_get_context (KithPage *self);
const char *kith_page_get_title (KithPage *self);      /* translated */
guint kith_page_get_count (KithPage *self);
void kith_page_set_count (KithPage *self, guint count);
void kith_page_search (KithPage *self);
gboolean kith_page_back (KithPage *self);
gboolean kith_page_show_record (KithPage *self, const char *place);
char *kith_page_get_place (KithPage *self);
gboolean kith_page_leave (KithPage *self, const char *next); /* FALSE: somebody is asked first; next is done when they leave */
void kith_page_flush (KithPage *self);
gboolean kith_page_takes_keys (KithPage *self);
/* What a toast says: "Case closed: María López", by whom the page that widget is on, or is, is about now. Yours */
char *kith_page_done (GtkWidget *widget, const char *done);

G_END_DECLS
