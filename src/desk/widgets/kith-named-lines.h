/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A list of things that have names and are in use or not: what may be done with one stands behind "Change"; one that is not in use can be taken into use
 * again. The caller says what that is, in its own actions. A line is made anew only where it says something else: its open menu would close with it. */

typedef struct
{
  const char *id, *name;
  const char *words; /* below the name: they may change at any time */
  const char *key;   /* what else its menu is made of: another one is another line */
  GMenuModel *menu;  /* NULL: it is not in use, and this stands there: */
  const char *again, *again_label, *again_action; /* a button's words, for those who hear it which one, what it does */
  GVariant *target;                               /* and with what (transfer floating) */
} KithNamedThing;

void kith_named_lines_put (GtkListBox *box, guint position, const KithNamedThing *thing); /* in their order, from the first on; then: */
void kith_named_lines_end (GtkListBox *box, guint n); /* there are so many */

void kith_named_choice (GMenu *menu, const char *words, const char *action, GVariant *target); /* one more of what may be done; target: transfer floating */

G_END_DECLS
