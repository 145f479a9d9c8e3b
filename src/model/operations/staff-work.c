/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the giving out of work asks of a person beside the account: whose supervisor (A5), which languages and kinds of case, when away.
 * Online like all of staff.*. */

#include "kith-notice-mail.h"
#include "operations/op-common.h"

/* ---- staff.set_supervisor ---- */

static gboolean
supervisor_permit (KithOpContext *cx, JsonObject *args, GError **error)
{
  g_autoptr (KithRecord) staff = NULL;

  if (!kith_op_need (cx, "staff", kith_json_string (args, "staff"), &staff, error))
    return FALSE;
  return staff == NULL || kith_op_administers (cx, kith_record_string (staff, "agency")) ||
         kith_refuse (error, KITH_REFUSAL_DENIED, _("Only your agency’s administrator or network staff can say who supervises whom."));
}

/* Does the way up from this person lead past staff? A ring that was there before ends the walk. */
static gboolean
is_above (KithOpContext *cx, const char *staff, KithRecord *person, gboolean *yes, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (KithRecord) next = g_object_ref (person);

  *yes = FALSE;
  while (next != NULL && g_hash_table_add (seen, g_strdup (kith_record_get_id (next))))
    {
      g_autofree char *up = g_strdup (kith_record_string (next, "supervisor"));

      g_clear_object (&next);
      if (up == NULL)
        return TRUE;
      if (g_str_equal (up, staff))
        {
          *yes = TRUE;
          return TRUE;
        }
      if (!kith_op_get (cx, "staff", up, &next, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_supervisor (KithOpContext *cx, KithRecord *staff, const char *id, GError **error)
{
  g_autoptr (KithRecord) person = NULL;
  gboolean ring;

  if (id == NULL)
    return TRUE;
  if (g_str_equal (id, kith_record_get_id (staff)))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("Nobody supervises themselves. Choose somebody else."));
  if (!kith_op_need (cx, "staff", id, &person, error))
    return FALSE;
  if (person == NULL)
    return TRUE;
  if (!kith_record_is (person, "agency", kith_record_string (staff, "agency")) || !kith_record_is (person, "level", "standard") ||
      !kith_record_bool (person, "active"))
    return kith_refuse (error, KITH_REFUSAL_NOT_ELIGIBLE, _("The supervisor must be an active person of the same agency."));
  if (!is_above (cx, kith_record_get_id (staff), person, &ring, error))
    return FALSE;
  return !ring || kith_refuse (error, KITH_REFUSAL_NOT_ELIGIBLE,
                               _("%s is supervised by this person, directly or through others. Change that first."),
                               kith_record_string (person, "name"));
}

static gboolean
load_standard (KithOpContext *cx, JsonObject *args, KithRecord **staff, GError **error)
{
  if (!kith_op_need (cx, "staff", kith_json_string (args, "staff"), staff, error))
    return FALSE;
  if (*staff != NULL && !kith_record_is (*staff, "level", "standard"))
    return kith_refuse (error, KITH_REFUSAL_NOT_ELIGIBLE, _("Only standard accounts are given clients and cases."));
  return TRUE;
}

/* Absent: nobody. */
static gboolean
supervisor_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  const char *supervisor = kith_json_string (args, "supervisor");
  g_autoptr (KithRecord) staff = NULL;

  if (!load_standard (cx, args, &staff, error))
    return FALSE;
  if (staff == NULL)
    return TRUE;
  if (g_strcmp0 (kith_record_string (staff, "supervisor"), supervisor) == 0)
    {
      kith_op_noop (cx);
      return TRUE;
    }
  if (!check_supervisor (cx, staff, supervisor, error))
    return FALSE;
  kith_record_set_string (staff, "supervisor", supervisor);
  return kith_world_put (cx->world, staff, error);
}

/* ---- staff.set_skills, .set_leave ---- */

/* One says it of oneself; supervisors and administrators of everybody in the agency. */
static gboolean
work_permit (KithOpContext *cx, JsonObject *args, GError **error)
{
  const char *id = kith_json_string (args, "staff");
  g_autoptr (KithRecord) staff = NULL;

  if (!kith_op_need (cx, "staff", id, &staff, error))
    return FALSE;
  if (staff == NULL || kith_op_administers (cx, kith_record_string (staff, "agency")) ||
      (kith_op_working (cx->actor) && (g_strcmp0 (id, cx->actor->user) == 0 ||
                                       (kith_actor_has_duty (cx->actor, KITH_DUTY_SUPERVISOR) &&
                                        kith_record_is (staff, "agency", cx->actor->agency)))))
    return TRUE;
  return kith_refuse (error, KITH_REFUSAL_DENIED, _("Only the person, a supervisor or the administrator of that agency can change this."));
}

/* Both lists as they are to be; absent: none. */
static gboolean
skills_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  static const char *const fields[] = { "languages", "skills" };
  g_autoptr (KithRecord) staff = NULL;
  gboolean changed = FALSE;

  if (!load_standard (cx, args, &staff, error))
    return FALSE;
  if (staff == NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (!kith_op_same_list (kith_record_array (staff, fields[i]), kith_json_array (args, fields[i])))
      {
        kith_record_set_node (staff, fields[i], NULL);
        kith_op_set_node (staff, fields[i], args, fields[i]);
        changed = TRUE;
      }
  if (changed)
    return kith_world_put (cx->world, staff, error);
  kith_op_noop (cx);
  return TRUE;
}

/* Both absent: back at work. Without an end nobody knows yet when. */
static gboolean
leave_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  const char *from = kith_json_string (args, "away_from"), *until = kith_json_string (args, "away_until");
  g_autoptr (KithRecord) staff = NULL;

  if (until != NULL && from == NULL)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("Say from which day the person is away."));
  if (until != NULL && g_strcmp0 (until, from) < 0)
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("The last day away is before the first. Correct one of them."));
  if (!load_standard (cx, args, &staff, error))
    return FALSE;
  if (staff == NULL)
    return TRUE;
  if (g_strcmp0 (kith_record_string (staff, "away_from"), from) == 0 && g_strcmp0 (kith_record_string (staff, "away_until"), until) == 0)
    {
      kith_op_noop (cx);
      return TRUE;
    }
  kith_record_set_string (staff, "away_from", from);
  kith_record_set_string (staff, "away_until", until);
  return kith_world_put (cx->world, staff, error);
}

/* ---- staff.set_notices ---- */

/* The switch is the one thing a portal user changes about themselves (P15): where the mail goes, those say who gave out the account. */
static gboolean
is_more_than_the_switch (KithOpContext *cx, JsonObject *args)
{
  return cx->actor->level == KITH_LEVEL_PORTAL && (json_object_has_member (args, "email") || json_object_has_member (args, "mail_digest"));
}

static gboolean
notices_permit (KithOpContext *cx, JsonObject *args, GError **error)
{
  const char *id = kith_json_string (args, "staff");
  g_autoptr (KithRecord) staff = NULL;

  if (!kith_op_need (cx, "staff", id, &staff, error))
    return FALSE;
  if (is_more_than_the_switch (cx, args))
    return kith_refuse (error, KITH_REFUSAL_DENIED, _("Ask the administrator of your agency to change this: in the provider portal you switch mail on or off."));
  if (staff == NULL || (cx->actor->active && g_strcmp0 (id, cx->actor->user) == 0) || kith_op_administers (cx, kith_record_string (staff, "agency")))
    return TRUE;
  return kith_refuse (error, KITH_REFUSAL_DENIED, _("Only the person or the administrator of that agency can change this."));
}

/* It names a folder of translations. */
static gboolean
is_language (const char *code)
{
  gsize n = code != NULL ? strspn (code, "abcdefghijklmnopqrstuvwxyz") : 0;

  if (code == NULL)
    return TRUE;
  return (n == 2 || n == 3) && (code[n] == '\0' || (code[n] == '_' && strlen (code + n + 1) == 2 && strspn (code + n + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 2));
}

/* What is not said stays. */
static gboolean
notices_apply (KithOpContext *cx, JsonObject *args, GError **error)
{
  static const char *const fields[] = { "email", "mail_notices", "mail_digest", "mail_language" };
  const char *email = kith_json_string (args, "email");
  g_autoptr (KithRecord) before = NULL;
  g_autoptr (KithRecord) staff = NULL;

  if (!kith_text_blank (email) && !kith_mail_address_is_valid (email))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("This is no email address. Write it like ana@example.org."));
  if (!is_language (kith_json_string (args, "mail_language")))
    return kith_refuse (error, KITH_REFUSAL_INVALID, _("This is no code of a language, such as es. Nothing was changed."));
  if (!kith_op_need (cx, "staff", kith_json_string (args, "staff"), &before, error))
    return FALSE;
  if (before == NULL)
    return TRUE;
  staff = kith_record_copy (before);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (json_object_has_member (args, fields[i]))
      kith_op_set_node (staff, fields[i], args, fields[i]);
  if (kith_text_blank (email) && json_object_has_member (args, "email"))
    kith_record_set_string (staff, "email", NULL);
  if (!kith_record_equal (before, staff))
    return kith_world_put (cx->world, staff, error);
  kith_op_noop (cx);
  return TRUE;
}

#define ARG_STAFF { "staff", KITH_FIELD_REF, N_("Staff member"), KITH_FIELD_REQUIRED, .target = "staff" }

static const KithField supervisor_args[] = {
  ARG_STAFF, { "supervisor", KITH_FIELD_REF, N_("Supervisor"), .target = "staff" }
};
static const KithField skills_args[] = {
  ARG_STAFF,
  { "languages", KITH_FIELD_STRINGS, N_("Languages") },
  { "skills", KITH_FIELD_CODES, N_("Kinds of case"), .vocabulary = "case_type" },
};
static const KithField leave_args[] = {
  ARG_STAFF,
  { "away_from", KITH_FIELD_DATE, N_("Away from") },
  { "away_until", KITH_FIELD_DATE, N_("Away until") },
};

static const KithField notices_args[] = {
  ARG_STAFF,
  { "email", KITH_FIELD_STRING, N_("Email"), 0, 254 },
  { "mail_notices", KITH_FIELD_BOOL, N_("Notices by email") },
  { "mail_digest", KITH_FIELD_BOOL, N_("Weekly overview by email") },
  { "mail_language", KITH_FIELD_STRING, N_("Language of the mail"), 0, 20 }, /* "es", "zh_CN" */
};

const KithOperation kith_operations_staff_work[] = {
  { "staff.set_supervisor", N_("Change supervisor"), KITH_RUNS_ONLINE, 0, supervisor_args, G_N_ELEMENTS (supervisor_args),
    supervisor_permit, supervisor_apply },
  { "staff.set_skills", N_("Change languages and kinds of case"), KITH_RUNS_ONLINE, 0, skills_args, G_N_ELEMENTS (skills_args), work_permit,
    skills_apply },
  { "staff.set_leave", N_("Change leave"), KITH_RUNS_ONLINE, 0, leave_args, G_N_ELEMENTS (leave_args), work_permit, leave_apply },
  { "staff.set_notices", N_("Change notices by email"), KITH_RUNS_ONLINE, 0, notices_args, G_N_ELEMENTS (notices_args), notices_permit, notices_apply },
  { NULL },
};
