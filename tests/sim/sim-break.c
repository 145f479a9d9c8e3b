/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include <string.h>

/* Does a check bite? With --break something is done wrongly in one way, and the run is good when the check that is there for it sees it.
 *
 * For the lane's check (I23, sim-lane.c) a desk's rows answer an operation wrongly, as a mistake in the store's SQL or in what it says of scopes would
 * make them; replay, sync and the hub go on as they are. For the others the linker puts the function of this file before the real one. */

#include "kith-kind.h"
#include "operations/op-common.h"
#include "kith-store-private.h"

static KithWorldInterface whole; /* as the store made it */
static const char *broken;       /* the name of one of ways; NULL: nothing is */
static gboolean at_work, printing;

/* And in whose failure it must show; NULL: the lane's. */
static const struct { const char *name, *rule; } ways[] = {
  { "get", NULL },   /* a referral that is here is not found */
  { "find", NULL },  /* the last of what was found is missing */
  { "holds", NULL }, /* a scope that is here is not, so what is written there is left to the hub */
  { "sees", NULL },  /* whatever there is was in sight once */
  { "put", NULL },   /* a referral is not written as it was to be */
  { "shown", "C14" },      /* everybody may be found by the network */
  { "withheld", "C14" },   /* nobody may */
  { "unfitted", "2.10" },  /* an older hub is sent what it does not know */
  { "stripped", "2.10" },  /* it is sent an operation without what makes it that operation */
  { "beside", "I6" },      /* the record stays beside what was typed into a form about it */
  { "untyped", "2.3" },    /* with a record goes what was typed into a form about it */
  { "unlogged", "C13" },   /* a paper is in no log */
  { "nobodys", "C13" },    /* a paper is in the log without its client */
  { "overseen", "P11" },   /* whoever names a record may print it */
};

static gboolean
is_wrong (const char *name)
{
  return broken != NULL && g_str_equal (broken, name);
}

static gboolean
is_broken (const char *name)
{
  return at_work && is_wrong (name);
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

/* The rule of who may be found by the network (C14). */
gboolean __real_kith_access_findable (KithWorld *world, KithRecord *client, gint64 now_ms, GError **error);
gboolean __wrap_kith_access_findable (KithWorld *world, KithRecord *client, gint64 now_ms, GError **error);

gboolean
__wrap_kith_access_findable (KithWorld *world, KithRecord *client, gint64 now_ms, GError **error)
{
  if (is_wrong ("shown") || is_wrong ("withheld"))
    return is_wrong ("shown");
  return __real_kith_access_findable (world, client, now_ms, error);
}

/* What a desk makes of an operation for an older hub (sync.md 2.10). */
JsonObject *__real_kith_operation_args_for (const KithOperation *operation, JsonObject *args, gint64 schema);
JsonObject *__wrap_kith_operation_args_for (const KithOperation *operation, JsonObject *args, gint64 schema);
gint64 __real_kith_operation_needs (const KithOperation *operation, JsonObject *args, gint64 schema);
gint64 __wrap_kith_operation_needs (const KithOperation *operation, JsonObject *args, gint64 schema);

JsonObject *
__wrap_kith_operation_args_for (const KithOperation *operation, JsonObject *args, gint64 schema)
{
  return is_wrong ("unfitted") ? NULL : __real_kith_operation_args_for (operation, args, schema);
}

gint64
__wrap_kith_operation_needs (const KithOperation *operation, JsonObject *args, gint64 schema)
{
  return is_wrong ("unfitted") || is_wrong ("stripped") ? 0 : __real_kith_operation_needs (operation, args, schema);
}

/* What becomes of what was typed when its record is taken away (sync.md 2.3). */
gboolean __real_kith_store_forget_drafts (KithStore *self, const char *scope, gint64 expires, GError **error);
gboolean __wrap_kith_store_forget_drafts (KithStore *self, const char *scope, gint64 expires, GError **error);

gboolean
__wrap_kith_store_forget_drafts (KithStore *self, const char *scope, gint64 expires, GError **error)
{
  g_autoptr (KithDbStmt) stmt = NULL;

  if (is_wrong ("beside"))
    return TRUE;
  if (!is_wrong ("untyped"))
    return __real_kith_store_forget_drafts (self, scope, expires, error);
  stmt = kith_db_prepare (self->db, "DELETE FROM draft WHERE scope = ?1", error);
  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, scope);
  return kith_db_step_done (stmt, error);
}

/* What a paper leaves in the log (C13), and who may have one (P11). */
gboolean __real_kith_op_audit (KithOpContext *cx, const char *what, const char *kind, const char *record, const char *client, const char *detail,
                               GError **error);
gboolean __wrap_kith_op_audit (KithOpContext *cx, const char *what, const char *kind, const char *record, const char *client, const char *detail,
                               GError **error);
gboolean __real_kith_operation_run (KithOpContext *cx, JsonObject *args, GError **error);
gboolean __wrap_kith_operation_run (KithOpContext *cx, JsonObject *args, GError **error);
KithSees __real_kith_world_sees (KithWorld *self, const KithActor *actor, const char *scope);
KithSees __wrap_kith_world_sees (KithWorld *self, const KithActor *actor, const char *scope);

gboolean
__wrap_kith_op_audit (KithOpContext *cx, const char *what, const char *kind, const char *record, const char *client, const char *detail,
                      GError **error)
{
  gboolean paper = g_str_equal (what, "printed");

  return (paper && is_wrong ("unlogged")) || __real_kith_op_audit (cx, what, kind, record, paper && is_wrong ("nobodys") ? NULL : client, detail, error);
}

gboolean
__wrap_kith_operation_run (KithOpContext *cx, JsonObject *args, GError **error)
{
  gboolean done;

  printing = strstr (cx->operation->name, ".print") != NULL;
  done = __real_kith_operation_run (cx, args, error);
  printing = FALSE;
  return done;
}

KithSees
__wrap_kith_world_sees (KithWorld *self, const KithActor *actor, const char *scope)
{
  return printing && is_wrong ("overseen") ? KITH_SEES_NOW : __real_kith_world_sees (self, actor, scope);
}

/* ---- which one, and is it seen? ---- */

/* Whether this failure is one of the check that is there for what is wrong. */
gboolean
sim_break_is_seen (const SimResult *result)
{
  for (guint i = 0; result->failure != NULL && i < G_N_ELEMENTS (ways); i++)
    if (is_wrong (ways[i].name))
      return ways[i].rule != NULL ? strstr (result->failure, ways[i].rule) != NULL : result->lane_bit;
  return FALSE;
}

/* FALSE: there is no such way. */
gboolean
sim_break_set (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    if (g_str_equal (ways[i].name, name))
      broken = ways[i].name;
  return broken != NULL;
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
