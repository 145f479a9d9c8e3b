/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-announcer.h"
#include "kith-frame.h"

G_BEGIN_DECLS

/* The gate: sign-in, lock, or the frame with the pages. Locking takes the frame and every other window of the
 * program apart, so that nothing of a client stays in a widget; drafts are in the encrypted store. */
#define KITH_TYPE_WINDOW (kith_window_get_type ())
G_DECLARE_FINAL_TYPE (KithWindow, kith_window, KITH, WINDOW, AdwApplicationWindow)

GtkWidget *kith_window_new (GtkApplication *application, KithContext *context);
void kith_window_preset (KithWindow *self, const char *hub_url, const char *login); /* fills the sign-in page; either may be NULL */
gboolean kith_window_get_typed (KithWindow *self, char **hub_url, char **login);     /* what stands there */
void kith_window_tell (KithWindow *self, const char *words);                          /* before it is unlocked */
void kith_window_set_idle_minutes (KithWindow *self, guint minutes);                /* instead of what the settings say; 0: never; else 1 to 30 */
void kith_window_check_idle (KithWindow *self);                                       /* locks when nobody touched it for so long */
void kith_window_lock (KithWindow *self);
void kith_window_flush (KithWindow *self); /* what is being typed goes to the disk */
void kith_window_open_place (KithWindow *self, const char *place); /* now, or once it is unlocked */
KithAnnouncer *kith_window_get_announcer (KithWindow *self); /* NULL while locked */
KithFrame *kith_window_get_frame (KithWindow *self); /* NULL while locked */

G_END_DECLS
