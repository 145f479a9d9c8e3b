/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Where a desktop stands in the hub's changes. Only the hub makes and reads one; for the desktop it is opaque text.
 * It authorises nothing: a forged one gives its owner what a fresh one would, or 410 (sync.md 2.7, 2.12). */
typedef struct
{
  char *epoch;
  gint64 q;        /* everything up to here is known */
  gint64 served;   /* the hub's newest q when this cursor was given: what its holder has been told about */
  char *run;       /* the hub's own: since when it had been going on by then */
  gint64 n;        /* outcomes of the lane's operations up to here were given */
  gint64 round;    /* generation of the round under way, or of the last one */

  gboolean open;   /* a round is under way; the rest is its state */
  gint64 H;
  int priority;    /* fill position: scopes up to (priority, sid) are done, this one up to (t, id) */
  gint64 sid;
  char *t, *id;    /* NULL: sid is filled, or with sid 0 none was begun */
  gint64 tail;     /* tail position */
} KithCursor;

void kith_cursor_clear (KithCursor *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KithCursor, kith_cursor_clear)

/* binding: whom it is given to (device and user); another's cursor does not decode. */
char *kith_cursor_encode (const KithCursor *self, const char *binding);
gboolean kith_cursor_decode (const char *text, const char *binding, KithCursor *cursor); /* FALSE: not one of ours; cursor is cleared */

G_END_DECLS
