/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GSocketAddress *kith_hub_address_parse (const char *address, gboolean behind_proxy, GError **error); /* transfer full */

G_END_DECLS
