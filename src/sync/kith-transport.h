/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-sync-engine.h"

G_BEGIN_DECLS

/* Sends one request to the hub and gives its answer. The HTTP transport (sync/http) and the tests' direct one
 * (a hub in the same process) are its classes. Lives on the store's thread: callbacks come in the thread-default
 * main context of the caller. A transport knows its hub (the URL it was made for); requests carry paths. */
#define KITH_TYPE_TRANSPORT (kith_transport_get_type ())
G_DECLARE_DERIVABLE_TYPE (KithTransport, kith_transport, KITH, TRANSPORT, GObject)

typedef struct
{
  guint status;
  char *content_type; /* without parameters; NULL: none sent */
  GBytes *body;       /* decoded; never NULL */
  guint retry_after;  /* seconds, 0: none */
} KithTransportAnswer;

struct _KithTransportClass
{
  GObjectClass parent_class;

  /* request is only valid during the call: copy what is needed later. An error (any domain) means that no whole
   * answer came: the network is away, the connection was cut, the certificate was wrong. */
  void (*send_async) (KithTransport *self, const KithSyncRequest *request, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data);
  gboolean (*send_finish) (KithTransport *self, GAsyncResult *result, KithTransportAnswer *answer, GError **error);
};

void kith_transport_send_async (KithTransport *self, const KithSyncRequest *request, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
/* answer is filled only on TRUE; clear it with kith_transport_answer_clear(). */
gboolean kith_transport_send_finish (KithTransport *self, GAsyncResult *result, KithTransportAnswer *answer, GError **error);
void kith_transport_answer_clear (KithTransportAnswer *answer);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KithTransportAnswer, kith_transport_answer_clear)

/* Makes the transport for a hub's URL; called on the store's thread. (transfer full); NULL with an error for a URL
 * that cannot be (plain http to another machine). */
typedef KithTransport *(*KithTransportFactory) (const char *hub_url, gpointer user_data, GError **error);

G_END_DECLS
