/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-places.h"

#include <string.h>

#define GO "win.go::"

/* A call is taken, corrected and assigned by 2-1-1; a portal account with P11 reads those its referrals were made from. */
static gboolean
is_call_of (const KithActor *actor,
            const char      *record)
{
  static const char *const forms[] = { "new", "assign:", "again:", "edit:" };

  if (!actor || (actor->level != KITH_LEVEL_NETWORK && !(actor->level == KITH_LEVEL_PORTAL && actor->sees_details)))
    return FALSE;
  for (guint i = 0; record && i < G_N_ELEMENTS (forms); i++)
    if (g_str_has_prefix (record, forms[i]))
      return actor->level == KITH_LEVEL_NETWORK;
  return TRUE;
}

/**
 * kith_place_is_of:
 * @actor: (nullable): before it is known whose account it is, nothing is kept back but calls
 * @place: a page, or a page and what is shown there
 *
 * Network staff have no clients and places of their own, and send from a call; a portal account has what waits for it, its referrals, the queues
 * they stand in and its places, and nothing else.
 */
gboolean
kith_place_is_of (const KithActor *actor,
                  const char      *place)
{
  static const char *const not_network[] = { "clients", "cases", "capacity", NULL };
  static const char *const portal[] = { "today", "inbox", "board", "capacity", "attention", NULL };
  g_auto (GStrv) parts = g_strsplit (place, "/", 2);
  const char *page = parts[0] ? parts[0] : "";

  if (g_str_equal (page, "contacts"))
    return is_call_of (actor, parts[1]);
  if (!actor || actor->level == KITH_LEVEL_STANDARD)
    return TRUE;
  if (actor->level == KITH_LEVEL_PORTAL)
    return g_strv_contains (portal, page);
  return !g_strv_contains (not_network, page) && !g_str_equal (place, "sent/new");
}

/**
 * kith_action_is_of:
 * @action: with its target, as in the table of shortcuts
 *
 * Returns: whether it leads anywhere for this account
 */
gboolean
kith_action_is_of (const KithActor *actor,
                   const char      *action)
{
  static const struct { const char *action, *place; } leads[] = {
    { "win.ask-network", "clients" }, { "win.search-clients", "clients" }, { "win.new-client", "clients/new" }, { "win.import", "clients/import" }, { "win.assign", "clients" },
    { "win.direct", "directory" },
  };

  if (g_str_has_prefix (action, GO))
    return kith_place_is_of (actor, action + strlen (GO));
  for (guint i = 0; i < G_N_ELEMENTS (leads); i++)
    if (g_str_equal (action, leads[i].action))
      return kith_place_is_of (actor, leads[i].place);
  return TRUE;
}
