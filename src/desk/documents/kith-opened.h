/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Files that are open, unsealed: in the session's memory where the system has one (XDG_RUNTIME_DIR), each for ten minutes at most. Main thread. */
typedef struct _KithOpened KithOpened;

KithOpened *kith_opened_new (void);
void kith_opened_free (KithOpened *self); /* all of them go */
char *kith_opened_place (KithOpened *self, const char *document, const char *name, GError **error);
void kith_opened_note (KithOpened *self, const char *document, const char *path);
void kith_opened_drop (KithOpened *self, const char *document);
GStrv kith_opened_list (KithOpened *self); /* documents */
void kith_opened_sweep (void);             /* what a Kith that ended badly left behind */

G_END_DECLS
