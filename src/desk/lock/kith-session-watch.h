/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What systemd-logind says of this person's sessions and of the computer: "lock" is emitted when a session of theirs is locked and before the computer
 * sleeps, which waits for kith_session_watch_locked(), some seconds at most. Without logind nothing is emitted: the idle clock still locks. */
#define KITH_TYPE_SESSION_WATCH (kith_session_watch_get_type ())
G_DECLARE_FINAL_TYPE (KithSessionWatch, kith_session_watch, KITH, SESSION_WATCH, GObject)

KithSessionWatch *kith_session_watch_new (GDBusConnection *bus);
void kith_session_watch_locked (KithSessionWatch *self);

G_END_DECLS
