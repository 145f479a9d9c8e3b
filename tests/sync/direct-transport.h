/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-hub.h"
#include "kith-transport.h"

G_BEGIN_DECLS

/* A hub of the same process behind the transport class. One hub for many desks, each on its own thread: a lock lets one in
 * at a time, as the hub's writer thread would. */
typedef struct DirectHub DirectHub;

struct DirectHub
{
  DirectHub *beside; /* another way to the same hub, whose lock it is; NULL: it has its own */
  GRecMutex mutex;
  KithHub *hub;
  gint cut;  /* atomic: no network */
  gint older; /* atomic: it knows nothing of a password that takes the place of another */
  gint schema; /* atomic: of the protocol, which its pages tell; 0: its own */
  gint lost;    /* atomic; the answer to the sign-in so many from now does not come */
  gint garbled; /* atomic; it is none of a hub's */
  gint deaf; /* atomic: of what is new nobody is told before they ask */
  gint ill;  /* atomic: the status every request is answered with; 0: it is well */
  const char *says; /* atomic: its JSON then; NULL: that it failed */
  GString *heard; /* under the lock: every byte a desk sends, answered or not; NULL: not kept */
  gint asked; /* atomic: requests that came to their end, with an answer or without */
};

KithTransport *direct_transport_factory (const char *hub_url, gpointer direct_hub, GError **error);

G_END_DECLS
