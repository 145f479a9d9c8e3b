/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-transport.h"

G_DEFINE_ABSTRACT_TYPE (KithTransport, kith_transport, G_TYPE_OBJECT)

static void
kith_transport_class_init (KithTransportClass *klass)
{
}

static void
kith_transport_init (KithTransport *self)
{
}

/**
 * kith_transport_send_async:
 * @request: borrowed for the call
 * @cancellable: (nullable): the connection is closed; the hub may have done what was asked
 *
 * @callback runs once, in the thread-default main context of the caller.
 */
void
kith_transport_send_async (KithTransport *self, const KithSyncRequest *request, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (KITH_IS_TRANSPORT (self));
  g_return_if_fail (request != NULL);

  KITH_TRANSPORT_GET_CLASS (self)->send_async (self, request, cancellable, callback, user_data);
}

gboolean
kith_transport_send_finish (KithTransport *self, GAsyncResult *result, KithTransportAnswer *answer, GError **error)
{
  g_return_val_if_fail (KITH_IS_TRANSPORT (self), FALSE);
  g_return_val_if_fail (answer != NULL, FALSE);

  return KITH_TRANSPORT_GET_CLASS (self)->send_finish (self, result, answer, error);
}

/**
 * kith_transport_answer_clear:
 *
 * Frees type and body.
 */
void
kith_transport_answer_clear (KithTransportAnswer *answer)
{
  g_clear_pointer (&answer->content_type, g_free);
  g_clear_pointer (&answer->body, g_bytes_unref);
}
