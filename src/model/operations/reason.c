/* SPDX-License-Identifier: GPL-3.0-or-later */

/* reason.put: what the network calls the reasons to decline and the outcomes, what it has beside Kith's own, and what of it is offered; by its staff, at
 * the hub (domain.md 2f). And the words of what was chosen, for the operations that decline and close. */

#include "operations/reason-common.h"

#include "kith-referral-rules.h"
#include "kith-refusal.h"

#define MOST_OWN 60     /* of one list: nobody reads more, and everybody in the network holds them */
#define MOST_RENAMED 20

/* ---- reason.put ---- */

/* Kith's own have one record each at most, wherever it is made. */
static gboolean
is_builtin (const char *id, const char *list, const char *code)
{
  g_autofree char *key = g_strconcat (list, ":", code, NULL);
  g_autofree char *natural = kith_id_natural ("reason_term", key);

  return g_str_equal (id, natural);
}

static const char *
english (const char *list, const char *code)
{
  return kith_vocabulary_english (kith_vocabulary_get (list), code);
}

/* Yours; NULL: nothing, and of Kith's own what it is called anyway. */
static char *
name_given (JsonObject *args, gboolean builtin)
{
  const char *given = kith_json_string (args, "name");
  g_autofree char *name = kith_text_blank (given) ? NULL : g_strstrip (g_strdup (given));

  if (builtin && g_strcmp0 (name, english (kith_json_string (args, "list"), kith_json_string (args, "code"))) == 0)
    return NULL;
  return g_steal_pointer (&name);
}

static char *
fold (const char *words)
{
  g_autofree char *plain = g_utf8_normalize (words, -1, G_NORMALIZE_ALL_COMPOSE);

  return g_utf8_casefold (plain, -1);
}

static KithRecord *
find_builtin (GPtrArray *all, const char *code)
{
  for (guint i = 0; i < all->len; i++)
    if (kith_record_bool (all->pdata[i], "builtin") && kith_record_is (all->pdata[i], "code", code))
      return all->pdata[i];
  return NULL;
}

/* What it is called: Kith's own words are in the catalogue of the windows. */
static const char *
called (KithRecord *term)
{
  const char *name = kith_record_string (term, "name");

  return name != NULL ? name : english (kith_record_string (term, "list"), kith_record_string (term, "code"));
}

static gboolean
refused_called (KithRecord *term, GError **error)
{
  return kith_record_string (term, "name") != NULL ? FALSE : kith_refusal_mark_words (error, 0);
}

static gboolean
refuse_same (KithRecord *term, gboolean retired, GError **error)
{
  kith_refuse (error, KITH_REFUSAL_INVALID,
               retired ? _("“%s” is on this list already and not offered now. Offer that again instead; nothing was changed.")
                       : _("“%s” is on this list already. Choose other words; nothing was changed."), called (term));
  return refused_called (term, error);
}

/* Two that read the same could not be told apart, in a list or afterwards. term: as it shall be. */
static gboolean
check_words (GPtrArray *all, KithRecord *term, GError **error)
{
  const char *list = kith_record_string (term, "list"), *id = kith_record_get_id (term);
  const KithVocabulary *codes = kith_vocabulary_get (list);
  g_autofree char *wanted = fold (called (term));

  for (guint i = 0; i < kith_vocabulary_size (codes); i++)
    {
      const char *code = kith_vocabulary_code (codes, i);
      KithRecord *builtin = find_builtin (all, code);
      g_autofree char *other = fold (english (list, code));

      if ((builtin != NULL && kith_record_string (builtin, "name") != NULL) || is_builtin (id, list, code))
        continue;
      if (g_str_equal (other, wanted))
        return refuse_same (term, builtin != NULL && kith_record_bool (builtin, "retired"), error);
    }
  for (guint i = 0; i < all->len; i++)
    {
      KithRecord *known = all->pdata[i];
      g_autofree char *other = kith_record_string (known, "name") != NULL ? fold (kith_record_string (known, "name")) : NULL;

      if (!g_str_equal (kith_record_get_id (known), id) && g_strcmp0 (other, wanted) == 0)
        return refuse_same (term, kith_record_bool (known, "retired"), error);
    }
  return TRUE;
}

static gboolean
ends_resolved (const char *list, const char *code)
{
  return g_str_equal (list, "outcome") && g_strcmp0 (kith_referral_outcome_phase (code), "closed_resolved") == 0;
}

/* Nobody could say any more that a need was met. */
static gboolean
check_left (GPtrArray *all, KithRecord *term, GError **error)
{
  const char *list = kith_record_string (term, "list");
  const KithVocabulary *codes = kith_vocabulary_get (list);
  gboolean left = FALSE;

  if (!kith_record_bool (term, "retired"))
    return TRUE;
  if (kith_record_bool (term, "builtin") && kith_record_is (term, "code", "other"))
    {
      kith_refuse (error, KITH_REFUSAL_INVALID, _("“%s” stays: without it, whoever finds nothing that fits would choose what is wrong. Nothing was changed."), called (term));
      return refused_called (term, error);
    }
  if (!ends_resolved (list, kith_record_string (term, "code")))
    return TRUE;
  for (guint i = 0; i < kith_vocabulary_size (codes); i++)
    if (ends_resolved (list, kith_vocabulary_code (codes, i)) && find_builtin (all, kith_vocabulary_code (codes, i)) == NULL)
      left |= !is_builtin (kith_record_get_id (term), list, kith_vocabulary_code (codes, i));
  for (guint i = 0; i < all->len; i++)
    left |= !kith_record_bool (all->pdata[i], "retired") && ends_resolved (list, kith_record_string (all->pdata[i], "code")) &&
            !g_str_equal (kith_record_get_id (all->pdata[i]), kith_record_get_id (term));
  return left || kith_refuse (error, KITH_REFUSAL_INVALID, _("This is the last outcome that says that a need was met: it stays. Nothing was changed."));
}

/* The first of a record: it comes behind those there are. */
static gboolean
begin (KithRecord *term, JsonObject *args, GPtrArray *all, gboolean builtin, GError **error)
{
  guint own = 0;
  gint64 place = 0;

  for (guint i = 0; i < all->len; i++)
    {
      own += !kith_record_bool (all->pdata[i], "builtin");
      place = MAX (place, kith_record_int (all->pdata[i], "place"));
    }
  if (!builtin && own >= MOST_OWN)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("A list holds at most %d entries of your own. Call one of them something else; nothing was changed."), MOST_OWN);
  if (!builtin && kith_id_is_computed (kith_record_get_id (term)))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("This id belongs to one of Kith’s own. Nothing was changed."));
  kith_record_set_string (term, "list", kith_json_string (args, "list"));
  kith_record_set_string (term, "code", kith_json_string (args, "code"));
  kith_record_set_bool (term, "builtin", builtin);
  kith_record_set_int (term, "place", place + 1);
  return TRUE;
}

static gboolean
rename_term (KithRecord *term, const char *name, GError **error)
{
  const char *before = kith_record_string (term, "name");
  JsonArray *known = kith_record_array (term, "former_names"), *names;
  JsonNode *node;

  if (g_strcmp0 (before, name) == 0)
    return TRUE;
  if (before != NULL && !kith_json_array_has (known, before))
    {
      if (known != NULL && json_array_get_length (known) >= MOST_RENAMED)
        return kith_refuse (error, KITH_REFUSAL_INVALID, _("“%s” was renamed very often. Stop offering it and add other words; nothing was changed."), before);
      names = json_array_new ();
      for (guint i = 0; known != NULL && i < json_array_get_length (known); i++)
        json_array_add_string_element (names, json_array_get_string_element (known, i));
      json_array_add_string_element (names, before);
      node = json_node_new (JSON_NODE_ARRAY);
      json_node_take_array (node, names);
      kith_record_set_node (term, "former_names", node);
    }
  kith_record_set_string (term, "name", name);
  return TRUE;
}

static gboolean
refuse_stale (KithOpContext *cx, KithRecord *before, GError **error)
{
  if (before != NULL)
    kith_op_now (cx, kith_json_new ("name", "s", kith_record_string (before, "name"), "by", "s", kith_record_string (before, "changed_by_name"), NULL));
  return kith_refuse (error, KITH_REFUSAL_STALE_STATE, _("Somebody else has changed this meanwhile. Look at the list again; nothing was changed."));
}

static gboolean
put_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  const char *id = kith_json_string (args, "id"), *list = kith_json_string (args, "list"), *code = kith_json_string (args, "code");
  gboolean builtin = is_builtin (id, list, code), retired = kith_json_bool (args, "retired", FALSE);
  g_autofree char *name = name_given (args, builtin);
  g_autoptr (KithRecord) before = NULL;
  g_autoptr (KithRecord) term = NULL;
  g_autoptr (GPtrArray) all = NULL;

  if (!kith_vocabulary_has (kith_vocabulary_get (list), code))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("Say which of Kith’s own it counts as, so that reports understand it."));
  if (name == NULL && !builtin)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("Say it in a few words."));
  if (!kith_op_get (cx, "reason_term", id, &before, error))
    return FALSE;
  if (before != NULL && (!kith_record_is (before, "list", list) || !kith_record_is (before, "code", code)))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("What it counts as cannot change: referrals ended by it. Stop offering it and add another; nothing was changed."));
  if (kith_json_int (args, "seen", 0) != (before != NULL ? kith_record_int (before, "version") : 0))
    return refuse_stale (cx, before, error);
  if (before != NULL && g_strcmp0 (kith_record_string (before, "name"), name) == 0 && kith_record_bool (before, "retired") == retired)
    {
      kith_op_noop (cx);
      return TRUE;
    }
  all = kith_world_find (cx->world, "dir", "reason_term", "list", list, NULL, error);
  if (all == NULL)
    return FALSE;
  term = before != NULL ? kith_record_copy (before) : kith_op_new ("reason_term", id);
  if ((before == NULL && !begin (term, args, all, builtin, error)) || !rename_term (term, name, error))
    return FALSE;
  kith_record_set_bool (term, "retired", retired);
  if (!check_words (all, term, error) || !check_left (all, term, error))
    return FALSE;
  kith_record_set_int (term, "version", before != NULL ? kith_record_int (before, "version") + 1 : 1);
  kith_op_sign (cx, term, "changed_at", "changed_by", "changed_by_name");
  return kith_world_put (cx->world, term, error);
}

/* ---- what was chosen ---- */

/* Words of the network's list and never typed for this client: like the code they count as, they stay where the code does, also when consent has ended
 * (C4); mails and the course, which more people hold than the detail, have the code alone (C11), and so have the eight fields (P12). One that
 * is no longer offered counts: whoever chose it may not have known. Who knew it by a former name said that one. */
gboolean
kith_op_reason_words (KithOpContext *cx, JsonObject *args, const char *list, const char *code, char **words, gboolean *says, GError **error)
{
  const char *id = kith_json_string (args, "reason_term"), *shown = kith_json_string (args, "term_name");
  g_autoptr (KithRecord) term = NULL;

  *words = NULL;
  *says = FALSE;
  if (id == NULL)
    return TRUE;
  if (!kith_op_get (cx, "reason_term", id, &term, error))
    return FALSE;
  *says = term == NULL || !kith_record_bool (term, "builtin");
  if (term == NULL)
    return !cx->hub || kith_refuse (error, KITH_REFUSAL_INVALID, _("The words chosen are not on the network’s list. Choose again; nothing was changed."));
  if (!kith_record_is (term, "list", list) || !kith_record_is (term, "code", code))
    {
      kith_refuse (error, KITH_REFUSAL_INVALID, _("“%s” counts as something else than was chosen. Choose again; nothing was changed."), called (term));
      return refused_called (term, error);
    }
  if (shown == NULL && kith_record_bool (term, "builtin"))
    return TRUE; /* it had no other name then */
  *words = g_strdup (shown != NULL && kith_json_array_has (kith_record_array (term, "former_names"), shown) ? shown : kith_record_string (term, "name"));
  return TRUE;
}

static const KithField put_args[] = {
  { "id", KITH_FIELD_ID, N_("Entry"), KITH_FIELD_REQUIRED },
  { "list", KITH_FIELD_CODE, N_("List"), KITH_FIELD_REQUIRED, .vocabulary = "reason_list" },
  { "code", KITH_FIELD_STRING, N_("Counts as"), KITH_FIELD_REQUIRED, .max_length = 40 },
  { "name", KITH_FIELD_STRING, N_("Words"), .max_length = 80 }, /* none: one of Kith's own by the name it has anyway */
  { "retired", KITH_FIELD_BOOL, N_("Not offered") },
  { "seen", KITH_FIELD_INT, N_("Version that was changed"), KITH_FIELD_REQUIRED }, /* 0: there was none */
};

const KithOperation kith_operations_reason[] = {
  { "reason.put", N_("Change reasons and outcomes"), KITH_RUNS_ONLINE, 0, put_args, G_N_ELEMENTS (put_args), kith_op_permit_network, put_apply },
  { NULL },
};
