/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-access.h"
#include "kith-scope.h"

#include "kith-id.h"

#include <string.h>

/* Which records a grant rests on, as far as its scope and its reason name them. */

static void
add (GPtrArray *causes, const char *kind, const char *id)
{
  if (id != NULL && *id != '\0')
    g_ptr_array_add (causes, g_strconcat (kind, "/", id, NULL));
}

/* "consent:K", "accepted:R", "made:R"; NULL: no such atom. */
static const char *
after (const char *atom, const char *prefix)
{
  return g_str_has_prefix (atom, prefix) ? atom + strlen (prefix) : NULL;
}

/* What an agency has of its own of a referral, by its own facts, rests on nothing that another decides. */
static gboolean
is_own (char **atoms)
{
  static const char *const own[] = { "own", "author", "side", "former", NULL };

  for (guint i = 0; atoms[i] != NULL; i++)
    if (g_strv_contains (own, atoms[i]))
      return TRUE;
  return FALSE;
}

/**
 * kith_access_causes:
 * @scope: the grant's
 * @reason: the grant's
 *
 * Consents, releases and referrals by which somebody holds what is another's. An agency's own data rest on none: of the agency's own record
 * it may have the one good copy.
 *
 * Returns: (transfer full) (element-type utf8): "kind/id"
 */
GPtrArray *
kith_access_causes (const char *scope, const char *reason)
{
  GPtrArray *causes = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) atoms = g_strsplit (reason, " ", -1);
  g_autofree char *kind = kith_scope_part (scope, 0), *id = kith_scope_part (scope, 1);
  gboolean referral = kind != NULL && (g_str_equal (kind, "referral") || g_str_has_prefix (kind, "referral_"));

  for (guint i = 0; atoms[i] != NULL; i++)
    {
      add (causes, "consent", after (atoms[i], "consent:"));
      add (causes, "referral", after (atoms[i], "accepted:"));
      add (causes, "referral", after (atoms[i], "made:"));
      if (referral && g_str_equal (atoms[i], "release"))
        {
          g_autofree char *detail = kith_id_natural ("referral_detail", id != NULL ? id : "");

          add (causes, "referral_detail", detail);
        }
    }
  if (referral && !is_own (atoms))
    add (causes, "referral", id);
  return causes;
}
