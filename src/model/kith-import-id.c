/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-import-id.h"

#include "kith-id.h"

static void
append_name (GString *key, const char *name)
{
  g_string_append_c (key, '/');
  for (const char *p = name; *p != '\0'; p++)
    if (*p == '/' || *p == '%')
      g_string_append_printf (key, "%%%02X", (guint) *p);
    else
      g_string_append_c (key, *p);
}

char *
kith_import_id (const char *agency, const char *source)
{
  g_autoptr (GString) key = g_string_new (agency != NULL ? agency : "network");

  append_name (key, source);
  return kith_id_natural ("import", key->str);
}

/**
 * kith_import_client_id:
 *
 * Returns: (transfer full): the id that client.import gives the client: the same for the same agency, source and id there
 */
char *
kith_import_client_id (const char *agency, const char *source, const char *source_id)
{
  g_autoptr (GString) key = g_string_new (agency);

  append_name (key, source);
  append_name (key, source_id);
  return kith_id_natural ("client", key->str);
}
