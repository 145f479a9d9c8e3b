/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Every key of the program, in one table: application accelerators, the letters of the pages and the shortcuts
 * window all come from it, so what is written is what happens. */
typedef enum
{
  KITH_KEYS_WINDOW,    /* accelerators of the application: they hold Ctrl, Alt or an F-key (a letter would be taken from entries) */
  KITH_KEYS_CLIENT,    /* letters, while the client's page has the focus */
  KITH_KEYS_REFERRAL,  /* letters of Inbox and Sent */
  KITH_KEYS_CASE,      /* letters of Cases */
  KITH_KEYS_CONTACT,   /* letters of Calls */
  KITH_KEYS_DIRECTORY, /* Directory */
  KITH_KEYS_PRINT,     /* the window before a paper */
  KITH_KEYS_TODAY,     /* letters of My Day */
  KITH_KEYS_STAFF,     /* letters of Staff */
  KITH_KEYS_BOARD,     /* Board */
  KITH_KEYS_CAPACITY,  /* Capacity */
  KITH_KEYS_WEEK,      /* the days of a service's week on Capacity */
  KITH_KEYS_AGENCY,    /* Agency */
  KITH_KEYS_CORRECTION, /* Corrections */
  KITH_KEYS_ATTENTION,
  KITH_KEYS_ORDER, /* lists whose lines are put in order by hand (kith-list-order.h) */
  KITH_KEYS_FORM,
} KithKeys;

typedef struct
{
  KithKeys keys;
  const char *action;  /* detailed name: "win.lock", "win.go::clients", "referral.accept" */
  const char *trigger; /* "<Control>l", "1|KP_1" */
  const char *title;   /* N_() */
} KithShortcut;

const KithShortcut *kith_shortcuts_list (guint *n);
char **kith_shortcuts_triggers (const KithShortcut *line);                 /* what does it for this account; empty: nothing. Yours */
const char *kith_shortcuts_group_title (KithKeys keys);                    /* translated */
void kith_shortcuts_install_window (GtkApplication *application);
/* pages: those the sidebar shows, in its order: Ctrl+1 goes to the first, and so on to Ctrl+9; a page that is not among them has no key. Nothing
 * before kith_shortcuts_install_window(). */
void kith_shortcuts_number_pages (const char *const *pages);
void kith_shortcuts_install_class (GtkWidgetClass *klass, KithKeys keys);  /* from class_init */
void kith_shortcuts_install_first (GtkWidget *widget, const char *action); /* before the widgets within have a say: for what they would take */
void kith_shortcuts_install_callback (GtkWidget *widget, const char *action, GtkShortcutFunc func); /* as the last, with its own way to do it: func's data is action */
GtkWidget *kith_shortcuts_window_new (KithKeys first);                     /* (transfer none): a toplevel; first: whose keys are at its top */
KithKeys kith_shortcuts_keys_of (const char *page);                        /* of the page or place of that name */
char *kith_shortcuts_label (const char *action);                           /* "Ctrl+L", for buttons and tooltips; NULL: none */

G_END_DECLS
