/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A referral that is kept as a draft, and what becomes of it when it is written anew or sent (domain.md 2e). */

#include "operations/form-common.h"
#include "operations/referral-common.h"

/* It goes where it went before: what was answered is of the same questions. */
static gboolean
goes_where (KithRecord *draft, JsonObject *args)
{
  return g_strcmp0 (kith_record_string (draft, "service"), kith_json_string (args, "service")) == 0 &&
         g_strcmp0 (kith_record_string (draft, "queue"), kith_json_string (args, "queue")) == 0;
}

/* Nothing hangs on it any more: the receiver would read that there is something about health. What is said anew makes it anew. */
static gboolean
drop_health (KithOpContext *cx, const char *id, GError **error)
{
  g_autoptr (KithRecord) health = NULL;

  return kith_op_get (cx, "referral_health", id, &health, error) && (health == NULL || kith_world_remove (cx->world, "referral_health", id, error));
}

/* What was answered in a draft is written anew with it: of another service's questions nothing stays, nor of files that were taken off, before or by this. Who may
 * not see what was said about health (U10) has not written it anew either: it stays, and goes nowhere else than it was meant for. */
static gboolean
drop_before (KithOpContext *cx, JsonObject *args, KithRecord *draft, GError **error)
{
  static const char *const kinds[] = { "referral_detail", "referral_health" };
  const char *referral = kith_record_get_id (draft);
  gboolean left = FALSE;

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autofree char *scope = g_strconcat (kinds[k], ":", referral, NULL), *of = kith_op_natural_id (kinds[k], referral, NULL);
      g_autoptr (GPtrArray) answers = kith_world_find (cx->world, scope, "form_answer", "record", of, NULL, error);
      g_autoptr (GPtrArray) files = answers != NULL ? kith_world_find (cx->world, scope, "document", "record", of, NULL, error) : NULL;

      if (files != NULL && k == 1 && !cx->actor->health)
        return answers->len + files->len == 0 || goes_where (draft, args) ||
               kith_refuse (error, KITH_REFUSAL_DENIED, _("This draft says something about health that you may not see. Somebody who may can send it elsewhere; nothing was changed."));
      left = FALSE;
      for (guint i = 0; answers != NULL && i < answers->len; i++)
        if (!kith_world_remove (cx->world, "form_answer", kith_record_get_id (answers->pdata[i]), error))
          return FALSE;
      for (guint i = 0; files != NULL && i < files->len; i++)
        if (kith_record_string (files->pdata[i], "removed_at") == NULL && !kith_json_array_has (kith_json_array (args, "taken_off"), kith_record_get_id (files->pdata[i])))
          left = TRUE;
        else if (!kith_world_remove (cx->world, "document", kith_record_get_id (files->pdata[i]), error))
          return FALSE;
      if (files == NULL || (k == 1 && !left && !drop_health (cx, of, error)))
        return FALSE;
    }
  return TRUE;
}

/* 2e: a draft is written anew, or sent, under its own id and number, by its author's side alone. *draft stays NULL: it is a new referral. */
gboolean
kith_op_find_draft (KithOpContext *cx, JsonObject *args, KithRecord **draft, GError **error)
{
  const char *id = kith_json_string (args, "id");
  const char *seen = kith_json_string (args, "draft_seen");
  g_autofree char *of = kith_op_natural_id ("referral_detail", id, NULL);
  g_autoptr (KithRecord) there = NULL;
  g_autoptr (KithRecord) detail = NULL;
  guint sides;

  if (!kith_op_get (cx, "referral", id, &there, error) || !kith_op_get (cx, "referral_detail", of, &detail, error))
    return FALSE;
  if (there == NULL || !kith_record_is (there, "phase", "draft"))
    return kith_op_refuse_taken (cx, "referral", id, error);
  sides = kith_referral_sides (cx->world, cx->actor, there, error);
  if (sides == G_MAXUINT)
    return FALSE;
  if ((sides & KITH_SIDES_SENDER) == 0)
    return kith_op_not_found (error);
  if (!kith_record_is (there, "client", kith_json_string (args, "client")))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("This draft is about another client. Nothing was changed."));
  if (seen != NULL && detail != NULL && !kith_record_is (detail, "draft", seen) && !kith_record_is (detail, "draft", cx->op_id))
    return kith_refuse (error, KITH_REFUSAL_STALE_STATE, _("Somebody has changed this draft meanwhile. Open it again; nothing was changed."));
  *draft = g_steal_pointer (&there);
  return drop_before (cx, args, *draft, error);
}

/* Nobody else has it, so there is nothing yet that its client must have agreed to. What is only given to the client goes nowhere, and is no draft. */
gboolean
kith_op_check_draft (JsonObject *args, GError **error)
{
  return !kith_json_bool (args, "draft", FALSE) || g_strcmp0 (kith_json_string (args, "type"), "informational") != 0 ||
         kith_refuse (error, KITH_REFUSAL_INVALID, _("Only what is to be sent is kept as a draft. Nothing was saved."));
}
