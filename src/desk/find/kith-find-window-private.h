/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-find-window.h"

#include "widgets/kith-coming.h"
#include "widgets/kith-unread.h"

/* The groups of what is found, in their order. */
enum
{
  FIND_CLIENT,
  FIND_CASE,
  FIND_REFERRAL,
  FIND_CALL,
  FIND_SERVICE,
  FIND_STAFF,
  FIND_PAGE,    /* from the table of shortcuts, not from the store */
  FIND_COMMAND,
};

#define N_KINDS FIND_PAGE
#define MAX_ROWS 12
#define CLIENT_PLACE "win.go::clients/"

typedef struct
{
  const char *kind, *title, *icon_name; /* title: N_() */
  guint limit;
} KithFindKind;

struct _KithFindWindow
{
  AdwWindow parent_instance;
  KithContext *context;
  GtkSearchEntry *entry;
  GtkStack *stack;
  KithUnread *unread;
  GtkListBox *list;
  KithComing *coming;
  GCancellable *search;
  guint pending; /* kinds whose answer is still to come */
  gboolean again; /* what is searched has changed since */
  char *sought;  /* what was searched for last; NULL: nothing yet */
  void (*awaited) (KithFindWindow *self); /* what is done with the one chosen, when the answer is there; NULL: nothing */
  char *chosen;  /* by its action: selected once more when the same was searched again; NULL: the first is */
  GError *error; /* one of them could not be searched */
  GPtrArray *found[N_KINDS]; /* (element-type KithRow); of each kind of the store */
};

/* kith-find-rows.c */
extern const KithFindKind kith_find_kinds[FIND_COMMAND + 1];
guint kith_find_n_rows (KithFindWindow *self);
void kith_find_add_found (KithFindWindow *self, guint which, KithRow *row);
void kith_find_add_commands (KithFindWindow *self, const char *text);
void kith_find_add_elsewhere (KithFindWindow *self, const char *text);
void kith_find_set_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data);
