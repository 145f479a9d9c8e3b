/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hub-address.h"

#include <glib/gi18n.h>

#define USUAL_PORT 8080 /* as the help says */

/**
 * kith_hub_address_parse:
 * @address: an address and a port, "127.0.0.1:8080"; port 0 for any, none for 8080
 * @behind_proxy: whether a proxy on another computer does the TLS; else only loopback is taken, as the hub speaks plain HTTP
 *
 * Returns: (transfer full) (nullable): where to listen, or %NULL with @error set
 */
GSocketAddress *
kith_hub_address_parse (const char *address, gboolean behind_proxy, GError **error)
{
  g_autoptr (GSocketConnectable) parsed = g_network_address_parse (address, USUAL_PORT, NULL);
  g_autoptr (GInetAddress) inet = NULL;

  if (parsed != NULL)
    {
      const char *host = g_network_address_get_hostname (G_NETWORK_ADDRESS (parsed));

      inet = g_inet_address_new_from_string (g_str_equal (host, "localhost") ? "127.0.0.1" : host);
    }
  if (inet == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("“%s” is not an address and a port up to 65535: give it as 127.0.0.1:8080"),
                   address);
      return NULL;
    }
  if (!g_inet_address_get_is_loopback (inet) && !behind_proxy)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                   _("The hub speaks plain HTTP and so listens on loopback only. Put a TLS proxy in front of it, "
                     "or give --behind-proxy when the proxy is on another machine."));
      return NULL;
    }
  return g_inet_socket_address_new (inet, g_network_address_get_port (G_NETWORK_ADDRESS (parsed)));
}
