/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include <string.h>

/* Does the lane's check bite (I23, sim-lane.c)? With --break a desk's rows answer an operation wrongly in one way, as a mistake in the store's SQL
 * or in what it says of scopes would make them; replay, sync and the hub go on as they are. The run is good when the lane's check sees it. */

static KithWorldInterface whole; /* as the store made it */
static const char *broken;       /* one of names; NULL: nothing is */
static gboolean at_work;

/* get: a referral that is here is not found. find: the last of what was found is missing. holds: a scope that is here is not, so what is written
 * there is left to the hub. sees: whatever there is was in sight once. put: a referral is not written as it was to be. */
static const char *const names[] = { "get", "find", "holds", "sees", "put", "shown", "withheld", NULL };

static gboolean
is_broken (const char *name)
{
  return at_work && broken != NULL && g_str_equal (broken, name);
}

static KithRecord *
broken_get (KithWorld *world, const KithKind *kind, const char *id, GError **error)
{
  return is_broken ("get") && g_str_equal (kind->name, "referral") ? NULL : whole.get (world, kind, id, error);
}

static GPtrArray *
broken_find (KithWorld *world, const char *scope, const KithKind *kind, const char *field, const char *value, gboolean *complete, GError **error)
{
  GPtrArray *found = whole.find (world, scope, kind, field, value, complete, error);

  if (is_broken ("find") && found != NULL && found->len > 0)
    g_ptr_array_set_size (found, (int) found->len - 1);
  return found;
}

static gboolean
broken_holds (KithWorld *world, const char *scope)
{
  return !is_broken ("holds") && whole.holds (world, scope);
}

static KithSees
broken_sees (KithWorld *world, const KithActor *actor, const char *scope)
{
  return is_broken ("sees") ? KITH_SEES_ENDED : whole.sees (world, actor, scope);
}

static gboolean
broken_put (KithWorld *world, KithRecord *record, GError **error)
{
  if (is_broken ("put") && g_str_equal (kith_record_get_kind (record)->name, "referral"))
    kith_record_set_string (record, "phase", "sent");
  return whole.put (world, record, error);
}

/* The linker puts this before the rule of who may be found by the network (C14). shown: everybody may; withheld: nobody. */
gboolean __real_kith_access_findable (KithWorld *world, KithRecord *client, gint64 now_ms, GError **error);
gboolean __wrap_kith_access_findable (KithWorld *world, KithRecord *client, gint64 now_ms, GError **error);

gboolean
__wrap_kith_access_findable (KithWorld *world, KithRecord *client, gint64 now_ms, GError **error)
{
  if (broken != NULL && (g_str_equal (broken, "shown") || g_str_equal (broken, "withheld")))
    return g_str_equal (broken, "shown");
  return __real_kith_access_findable (world, client, now_ms, error);
}

/* Whether this failure is one of the check that is there for what is wrong. */
gboolean
sim_break_is_seen (const SimResult *result)
{
  if (broken == NULL || result->failure == NULL)
    return FALSE;
  return g_str_equal (broken, "shown") || g_str_equal (broken, "withheld") ? strstr (result->failure, "C14") != NULL : result->lane_bit;
}

/* FALSE: there is no such way. */
gboolean
sim_break_set (const char *name)
{
  if (!g_strv_contains (names, name))
    return FALSE;
  broken = name;
  return TRUE;
}

gboolean
sim_break_is_set (void)
{
  return broken != NULL;
}

/* Around what a desk's user does. */
void
sim_break_begin (SimDesk *desk)
{
  KithWorldInterface *iface;

  if (broken == NULL)
    return;
  iface = KITH_WORLD_GET_IFACE (kith_store_get_world (desk->store));
  if (whole.get == NULL)
    {
      whole = *iface;
      iface->get = broken_get;
      iface->find = broken_find;
      iface->holds = broken_holds;
      iface->sees = broken_sees;
      iface->put = broken_put;
    }
  at_work = TRUE;
}

void
sim_break_end (void)
{
  at_work = FALSE;
}
