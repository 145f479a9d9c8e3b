/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What waits here for a newer hub, and what waits with it because it builds on that (sync.md 2.10). */

#include "kith-capacity-time.h"
#include "kith-consent.h"
#include "kith-protocol.h"
#include "kith-referral-rules.h"
#include "kith-store-private.h"

typedef struct
{
  gint64 i, needs;
  char *args; /* NULL: as they were */
} Fitted;

static void
fitted_free (gpointer data)
{
  Fitted *self = data;

  g_free (self->args);
  g_free (self);
}

static void
add_fitted (GPtrArray *fitted, gint64 i, gint64 needs, char *args)
{
  Fitted *one = g_new0 (Fitted, 1);

  one->i = i;
  one->needs = needs;
  one->args = args;
  g_ptr_array_add (fitted, one);
}

static gboolean
put_fitted (KithStore *self, GPtrArray *fitted, GError **error)
{
  for (guint k = 0; k < fitted->len; k++)
    {
      Fitted *one = fitted->pdata[k];

      if (one->args == NULL)
        kith_store_touch_outbox (self);
      if (one->args != NULL ? !kith_db_run (self->db, error, "op-set-args", "is", one->i, one->args) : !kith_db_run (self->db, error, "op-set-needs", "ii", one->i, one->needs))
        return FALSE;
    }
  return TRUE;
}

/* ---- what waits with it ---- */

/* Does one of the consents that wait cover it, and none that the hub has, or has before it? needs: 0: no; -1: the hub has none yet, and gets one after it. */
static gboolean
look_at_consents (KithStore *self, KithRecord *referral, gint64 i, gint64 *needs, GError **error)
{
  g_autofree char *scope = g_strconcat ("client:", kith_record_string (referral, "client"), NULL);
  g_autoptr (GPtrArray) consents = kith_world_find (self->world, scope, "consent", NULL, NULL, NULL, error);
  gint64 now = kith_store_hub_ms (self), of_waiting = 0;
  gboolean later = FALSE;

  *needs = 0;
  for (guint k = 0; consents != NULL && k < consents->len; k++)
    {
      KithRecord *consent = consents->pdata[k];
      gint64 waits = 0;

      if (!kith_access_consent_in_force (consent, now, NULL) ||
          !kith_consent_covers (kith_record_get_body (consent), "client", kith_record_string (referral, "agency"), kith_referral_answerer (referral)))
        continue;
      if (!kith_db_fetch_int (self->db, &waits, error, "op-made-waits", "iss", i, "consent", kith_record_get_id (consent)))
        return FALSE;
      if (waits == 0)
        return TRUE;
      later = later || waits < 0;
      of_waiting = MAX (of_waiting, waits);
    }
  *needs = of_waiting == 0 && later ? -1 : of_waiting;
  return consents != NULL;
}

/* A referral that goes out under a consent that the hub does not have yet would be refused there for want of it (C4). */
static gboolean
look_at_send (KithStore *self, gint64 i, JsonObject *args, gint64 *needs, GError **error)
{
  const char *id = kith_json_string (args, "id") != NULL ? kith_json_string (args, "id") : kith_json_string (args, "referral");
  g_autoptr (GError) local = NULL;
  g_autoptr (KithRecord) referral = id != NULL && !kith_json_bool (args, "draft", FALSE) ? kith_world_get (self->world, "referral", id, &local) : NULL;
  gboolean rests = FALSE;

  *needs = 0;
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (referral == NULL)
    return TRUE;
  return kith_store_rests_on_consent (self, referral, &rests, error) && (!rests || look_at_consents (self, referral, i, needs, error));
}

/* What an operation needs because it leans on one that waits without naming what that makes; needs: 0: it does not; -1: on one that goes out, after it. */
static gboolean
look_at_leaning (KithStore *self, gint64 i, const char *name, JsonObject *args, gint64 *needs, GError **error)
{
  *needs = 0;
  if (!g_str_equal (name, "capacity.observe"))
    return look_at_send (self, i, args, needs, error);
  /* A number alone goes by when it was counted, and partners wait for it; what is said beside it would stand there after what was said later. */
  return !kith_capacity_says_words (args) || kith_db_fetch_int (self->db, needs, error, "op-wrote-waits", "i", i);
}

static gboolean
find_leaning (KithStore *self, GPtrArray *found, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "op-may-lean", error);
  KithDbStep step;

  if (stmt == NULL)
    return FALSE;
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      gint64 i = kith_db_int (stmt, 0), needs = 0;
      g_autoptr (JsonObject) args = kith_store_parse_args (kith_db_text (stmt, 2));

      if (!look_at_leaning (self, i, kith_db_text (stmt, 1), args, &needs, error))
        return FALSE;
      if (needs > 0)
        add_fitted (found, i, needs, NULL);
    }
  return step == KITH_DB_DONE;
}

/* What it leaned on may have been undone, or another consent covers it by now: then it goes out, and what names what it makes. It waits on where it asks for a
 * newer hub by itself, or names what an operation wrote that waits. */
static gboolean
let_go (KithStore *self, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "op-may-lean-no-more", error);
  g_autoptr (GArray) free_now = g_array_new (FALSE, FALSE, sizeof (gint64));
  KithDbStep step;

  if (stmt == NULL)
    return FALSE;
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      gint64 i = kith_db_int (stmt, 0), needs = 0, named = 0;
      g_autoptr (JsonObject) args = kith_store_parse_args (kith_db_text (stmt, 2));
      const KithOperation *operation = kith_operation_get (kith_db_text (stmt, 1));

      if (operation == NULL || kith_operation_needs (operation, args, self->hub_schema) > 0)
        continue;
      if (!kith_db_fetch_int (self->db, &named, error, "op-leans-on-waiting", "i", i) ||
          !look_at_leaning (self, i, kith_db_text (stmt, 1), args, &needs, error))
        return FALSE;
      if (named == 0 && needs == 0)
        g_array_append_val (free_now, i);
    }
  if (step == KITH_DB_FAILED)
    return FALSE;
  g_clear_pointer (&stmt, kith_db_reset);
  for (guint k = 0; k < free_now->len; k++)
    if (!kith_db_run (self->db, error, "op-forget-needs", "i", g_array_index (free_now, gint64, k)))
      return FALSE;
  if (free_now->len > 0)
    kith_store_touch_outbox (self);
  return TRUE;
}

/* What waits for a newer hub goes before all that builds on it, and that before what builds on that. */
static gboolean
keep_order (KithStore *self, gboolean older, GError **error)
{
  gint64 any = 0;

  if (!kith_db_fetch_int (self->db, &any, error, "op-any-needs", "") || (any != 0 && older && !let_go (self, error)))
    return FALSE;
  while (any != 0)
    {
      g_autoptr (GPtrArray) leaning = g_ptr_array_new_with_free_func (fitted_free);

      if (!kith_db_run (self->db, error, "op-lean-on-waiting", ""))
        return FALSE;
      any = kith_db_changes (self->db);
      if (any != 0)
        kith_store_touch_outbox (self);
      if (!find_leaning (self, leaning, error) || !put_fitted (self, leaning, error))
        return FALSE;
      any += leaning->len;
    }
  return TRUE;
}

/* ---- what is as it is ---- */

/* Those that have no number yet: which wait (waits), or what the others are without what such a hub does not know. */
static gboolean
look_at_all (KithStore *self, gboolean waits, GPtrArray *fitted, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "op-not-numbered", error);
  KithDbStep step;

  if (stmt == NULL)
    return FALSE;
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      g_autoptr (JsonObject) args = kith_store_parse_args (kith_db_text (stmt, 2)), known = NULL;
      const KithOperation *operation = kith_operation_get (kith_db_text (stmt, 1));
      gint64 needs = operation != NULL && waits ? kith_operation_needs (operation, args, self->hub_schema) : 0;

      if (operation != NULL && !waits)
        known = kith_operation_args_for (operation, args, self->hub_schema);
      if (needs > 0 || known != NULL)
        add_fitted (fitted, kith_db_int (stmt, 0), needs, known != NULL ? kith_json_print_object (known) : NULL);
    }
  return step == KITH_DB_DONE;
}

/**
 * kith_store_fit_to_hub:
 *
 * The hub is older than this Kith and would refuse an operation for an argument that it does not know (sync.md 2.10). It gets the rest, unless that would be
 * something else: that waits for a newer hub, and with it, as it is, what builds on it. What goes out under a number stays the same from then on, whatever the
 * hub is by the time it goes out again.
 */
gboolean
kith_store_fit_to_hub (KithStore *self, GError **error)
{
  gboolean older = self->hub_schema != 0 && self->hub_schema < KITH_PROTOCOL_SCHEMA;
  g_autoptr (GPtrArray) waiting = g_ptr_array_new_with_free_func (fitted_free), rest = g_ptr_array_new_with_free_func (fitted_free);

  if (older && (!look_at_all (self, TRUE, waiting, error) || !put_fitted (self, waiting, error)))
    return FALSE;
  if (!keep_order (self, older, error))
    return FALSE;
  return !older || (look_at_all (self, FALSE, rest, error) && put_fitted (self, rest, error));
}
