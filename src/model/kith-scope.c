/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kith-scope.h"

char *
kith_scope_expand (const char *scope_template, KithRecord *record)
{
  const char *rest = strchr (scope_template, '{');
  if (rest == NULL)
    return g_strdup (scope_template);

  g_autoptr (GString) scope = g_string_sized_new (96);
  const char *from = scope_template;

  while ((rest = strchr (from, '{')) != NULL)
    {
      const char *end = strchr (rest, '}');
      char field[64];

      g_return_val_if_fail (end != NULL && (gsize) (end - rest) < sizeof field, NULL);
      g_string_append_len (scope, from, rest - from);
      memcpy (field, rest + 1, end - rest - 1);
      field[end - rest - 1] = '\0';

      const char *value = strcmp (field, "id") == 0 ? kith_record_get_id (record) : kith_record_string (record, field);
      if (value == NULL)
        return NULL;
      g_string_append (scope, value);
      from = end + 1;
    }
  g_string_append (scope, from);
  return g_string_free (g_steal_pointer (&scope), FALSE);
}

/* 2-1-1's own staff and the import of a whole directory belong to no agency. */
char *
kith_scope_for_agency (KithRecord *record)
{
  const char *agency = kith_record_string (record, "agency");

  return agency != NULL ? g_strconcat ("agency:", agency, NULL) : g_strdup ("network");
}

/* Whatever is not understood gets the least, as the level itself (kith_actor_new_for_staff). */
char *
kith_scope_for_staff (KithRecord *record)
{
  if (kith_record_is (record, "level", "standard") || kith_record_is (record, "level", "network"))
    return kith_scope_for_agency (record);
  return g_strconcat ("account:", kith_record_get_id (record), NULL);
}

/* What nobody has called general is kept with what only those with the flag see. */
char *
kith_scope_by_sensitivity (KithRecord *record)
{
  return kith_scope_expand (kith_record_is (record, "sensitivity", "general") ? "case:{case}" : "case_health:{case}", record);
}

gboolean
kith_scope_is (const char *scope, const char *kind)
{
  gsize length = strlen (kind);
  return scope != NULL && strncmp (scope, kind, length) == 0 && (scope[length] == ':' || scope[length] == '\0');
}

char *
kith_scope_part (const char *scope, guint i)
{
  while (scope != NULL && i-- > 0)
    {
      scope = strchr (scope, ':');
      if (scope != NULL)
        scope++;
    }
  return scope != NULL ? g_strndup (scope, strcspn (scope, ":")) : NULL;
}
