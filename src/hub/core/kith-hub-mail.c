/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hub-mail.h"

#include <glib/gi18n.h>

#include "kith-hub-private.h"
#include "kith-notice-mail.h"
#include "kith-referral-rules.h"

#define MINUTE_MS G_GINT64_CONSTANT (60000)
#define DAY_MS (G_GINT64_CONSTANT (24) * 60 * MINUTE_MS)
#define LONGEST_MS (6 * 60 * MINUTE_MS) /* between two attempts */
#define GIVE_UP_MS (4 * DAY_MS)         /* as mail servers do */
#define KEEP_DEAD_MS (30 * DAY_MS)
#define DIGEST_HOUR 7                   /* of Monday, where the agency is */

void
kith_hub_mail_clear (KithHubMail *self)
{
  g_clear_pointer (&self->to, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->subject, g_free);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->key, g_free);
}

void
kith_hub_set_mails (KithHub *self, gboolean mails)
{
  self->mails = mails;
}

/* ---- into the queue ---- */

gboolean
kith_hub_queue_notice (KithHub *self, KithRecord *notice, GError **error)
{
  const char *staff_id = kith_record_string (notice, "staff");
  g_autoptr (GError) local = NULL;
  g_autoptr (KithRecord) staff = NULL;

  if (!self->mails || kith_record_bool (notice, "read"))
    return TRUE;
  staff = kith_world_get (self->world, "staff", staff_id, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return staff == NULL || !kith_notice_mails (staff, kith_record_string (notice, "type")) ||
         kith_db_run (self->db, error, "mail-add-notice", "ssi", staff_id, kith_record_get_id (notice), kith_hub_now (self));
}

/* The Monday of the week it is there, once it is late enough; NULL without error: not yet. */
static char *
week_of (KithHub *self, const char *agency, GError **error)
{
  g_autoptr (GTimeZone) zone = kith_agency_zone (self->world, agency, error);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (kith_hub_now (self) / 1000);
  g_autoptr (GDateTime) there = zone != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  g_autoptr (GDateTime) monday = NULL;
  int day;

  if (there == NULL)
    return NULL;
  day = g_date_time_get_day_of_week (there);
  if (day == 1 && g_date_time_get_hour (there) < DIGEST_HOUR)
    return NULL;
  monday = g_date_time_add_days (there, 1 - day);
  return g_date_time_format (monday, "%Y-%m-%d");
}

/* Who became a supervisor in the middle of the week waits for the next one, and so does everybody when mail is switched on: the first week
 * seen is only noted, unless it begins today. */
static gboolean
queue_week (KithHub *self, KithRecord *staff, GError **error)
{
  const char *id = kith_record_get_id (staff), *agency = kith_record_string (staff, "agency");
  g_autoptr (GError) local = NULL;
  g_autofree char *week = week_of (self, agency, &local);
  g_autofree char *today = week != NULL ? kith_referral_day (self->world, agency, kith_hub_now (self), &local) : NULL;
  g_autofree char *before = NULL;
  KithDbStep step;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (week == NULL)
    return TRUE;
  {
    g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "mail-week-get", error);

    if (stmt == NULL)
      return FALSE;
    kith_db_bind_text (stmt, 1, id);
    step = kith_db_step (stmt, error);
    if (step == KITH_DB_FAILED)
      return FALSE;
    before = step == KITH_DB_ROW ? g_strdup (kith_db_text (stmt, 0)) : NULL;
  }
  if (before != NULL && strcmp (before, week) >= 0)
    return TRUE;
  if ((before != NULL || g_strcmp0 (today, week) == 0) && !kith_db_run (self->db, error, "mail-add-week", "ssi", id, week, kith_hub_now (self)))
    return FALSE;
  return kith_db_run (self->db, error, "mail-week-set", "ss", id, week);
}

static GPtrArray *
list_staff (KithHub *self, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "mail-staff", error);
  KithDbStep step;

  if (stmt == NULL)
    return NULL;
  kith_db_bind_text (stmt, 1, "standard");
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    g_ptr_array_add (ids, g_strdup (kith_db_text (stmt, 0)));
  return step == KITH_DB_DONE ? g_steal_pointer (&ids) : NULL;
}

static gboolean
queue_weeks (KithHub *self, GError **error)
{
  g_autoptr (KithDbTransaction) transaction = kith_db_transaction_begin (self->db, error);
  g_autoptr (GPtrArray) ids = transaction != NULL ? list_staff (self, error) : NULL;

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      g_autoptr (KithRecord) staff = kith_world_get (self->world, "staff", ids->pdata[i], error);

      if (staff == NULL || (kith_notice_mails (staff, NULL) && !queue_week (self, staff, error)))
        return FALSE;
    }
  return ids != NULL && kith_db_run (self->db, error, "mail-prune", "i", kith_hub_now (self) - KEEP_DEAD_MS) &&
         kith_db_transaction_commit (transaction, error);
}

gboolean
kith_hub_queue_weeks (KithHub *self, GError **error)
{
  gint64 hour = kith_hub_now (self) / (60 * MINUTE_MS);

  if (!self->mails || hour == self->mail_hour)
    return TRUE;
  if (!queue_weeks (self, error))
    return FALSE;
  self->mail_hour = hour;
  return TRUE;
}

/* ---- out of it ---- */

typedef struct
{
  gint64 i, at, attempts;
  char *staff, *notice, *week;
} Line;

static void
line_clear (Line *self)
{
  g_free (self->staff);
  g_free (self->notice);
  g_free (self->week);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Line, line_clear)

static gboolean
read_line (KithHub *self, Line *line, gboolean *any, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "mail-next", error);
  KithDbStep step;

  if (stmt == NULL)
    return FALSE;
  kith_db_bind_int (stmt, 1, kith_hub_now (self));
  step = kith_db_step (stmt, error);
  *any = step == KITH_DB_ROW;
  if (!*any)
    return step == KITH_DB_DONE;
  line->i = kith_db_int (stmt, 0);
  line->staff = g_strdup (kith_db_text (stmt, 1));
  line->notice = g_strdup (kith_db_text (stmt, 2));
  line->week = g_strdup (kith_db_text (stmt, 3));
  line->at = kith_db_int (stmt, 4);
  line->attempts = kith_db_int (stmt, 5);
  return TRUE;
}

static char *
finish (GString *text)
{
  g_string_append (text, "\n");
  g_string_append (text, _("This message says no more on purpose: who it is about is shown in Kith alone.\n"
                           "You can switch these messages off in Kith, under Preferences."));
  g_string_append (text, "\n");
  return g_string_free (text, FALSE);
}

/* C17: what happened, and the number. */
static void
write_notice (KithHubMail *mail, KithRecord *notice)
{
  const char *number = kith_record_string (notice, "number");
  const char *words = kith_vocabulary_label (kith_vocabulary_get ("notice_type"), kith_record_string (notice, "type"));
  GString *text = g_string_new (NULL);

  /* Translators: the subject of a mail: what happened, and the number of the record */
  mail->subject = number != NULL ? g_strdup_printf (_("Kith: %s, %s"), words, number) : g_strdup_printf (_("Kith: %s"), words);
  g_string_append_printf (text, "%s\n", words);
  if (number != NULL)
    g_string_append_printf (text, _("Number: %s\n"), number);
  mail->text = finish (text);
}

static gboolean
add_people (KithHub *self, const char *supervisor, GString *text, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "mail-week-people", error);
  gboolean first = TRUE;
  KithDbStep step;

  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, supervisor);
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      if (first)
        g_string_append_printf (text, "\n%s\n", _("Whom you supervise, and how many referrals they have in work:"));
      first = FALSE;
      g_string_append_printf (text, "  %s: %d\n", kith_db_text (stmt, 0), (int) kith_db_int (stmt, 1));
    }
  return step == KITH_DB_DONE;
}

/* Counted when it is sent: who was given to another supervisor since stands there. */
static gboolean
write_week (KithHub *self, KithHubMail *mail, KithRecord *staff, const char *week, GError **error)
{
  const char *agency = kith_record_string (staff, "agency");
  static const char *const labels[] = { N_("Wait for an answer: %d"), N_("Of these past their day: %d"), N_("In work: %d"),
                                        N_("Of these assigned to nobody: %d"), N_("Closed in the last seven days: %d") };
  g_autofree char *today = kith_referral_day (self->world, agency, kith_hub_now (self), error);
  g_autofree char *since = kith_time_format (kith_hub_now (self) - 7 * DAY_MS);
  g_autoptr (GString) text = g_string_new (NULL);

  if (today == NULL)
    return FALSE;
  {
    g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "mail-week-agency", error);

    if (stmt == NULL)
      return FALSE;
    kith_db_bind_text (stmt, 1, agency);
    kith_db_bind_text (stmt, 2, today);
    kith_db_bind_text (stmt, 3, since);
    if (kith_db_step (stmt, error) != KITH_DB_ROW)
      return FALSE;
    g_string_append_printf (text, "%s\n", _("Referrals to your agency"));
    for (int i = 0; i < (int) G_N_ELEMENTS (labels); i++)
      {
        g_auto (GStrv) words = g_strsplit (_(labels[i]), "%d", 2);

        g_string_append_printf (text, "  %s%d%s\n", words[0], (int) kith_db_int (stmt, i), words[1] != NULL ? words[1] : "");
      }
  }
  if (!add_people (self, kith_record_get_id (staff), text, error))
    return FALSE;
  mail->subject = g_strdup_printf (_("Kith: the week of %s"), week);
  mail->text = finish (g_steal_pointer (&text));
  return TRUE;
}

/* any: FALSE: nobody wants it any more. */
static gboolean
write_mail (KithHub *self, const Line *line, KithHubMail *mail, gboolean *any, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (KithRecord) staff = kith_world_get (self->world, "staff", line->staff, &local);
  g_autoptr (KithRecord) notice = local == NULL && line->notice != NULL ? kith_world_get (self->world, "notice", line->notice, &local) : NULL;

  *any = FALSE;
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (staff == NULL || (line->notice != NULL && (notice == NULL || kith_record_bool (notice, "read"))) ||
      !kith_notice_mails (staff, notice != NULL ? kith_record_string (notice, "type") : NULL))
    return TRUE;
  *any = TRUE;
  mail->id = line->i;
  mail->to = g_strdup (kith_record_string (staff, "email"));
  mail->name = g_strdup (kith_record_string (staff, "name"));
  mail->key = line->notice != NULL ? g_strdup (line->notice) : g_strdup_printf ("%s.%s", line->week, line->staff);
  if (notice == NULL)
    return write_week (self, mail, staff, line->week, error);
  write_notice (mail, notice);
  return TRUE;
}

gboolean
kith_hub_next_mail (KithHub *self, KithHubMail *mail, gboolean *any, GError **error)
{
  *any = FALSE;
  for (;;)
    {
      g_auto (Line) line = { 0 };
      gboolean found;

      if (!read_line (self, &line, &found, error))
        return FALSE;
      if (!found)
        return TRUE;
      if (!write_mail (self, &line, mail, any, error))
        return FALSE;
      if (*any)
        return TRUE;
      if (!kith_db_run (self->db, error, "mail-done", "i", line.i))
        return FALSE;
    }
}

/* 1, 2, 4 … minutes, at most six hours, for four days. */
gboolean
kith_hub_settle_mail (KithHub *self, gint64 id, KithHubMailResult result, const char *why, GError **error)
{
  gint64 at = 0, attempts = 0, now = kith_hub_now (self), wait;

  if (result == KITH_HUB_MAIL_SENT)
    return kith_db_run (self->db, error, "mail-done", "i", id);
  if (result == KITH_HUB_MAIL_LATER)
    {
      g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "mail-state", error);

      if (stmt == NULL)
        return FALSE;
      kith_db_bind_int (stmt, 1, id);
      switch (kith_db_step (stmt, error))
        {
        case KITH_DB_ROW:
          at = kith_db_int (stmt, 0);
          attempts = kith_db_int (stmt, 1);
          break;
        case KITH_DB_DONE:
          return TRUE;
        case KITH_DB_FAILED:
        default:
          return FALSE;
        }
    }
  if (result == KITH_HUB_MAIL_REFUSED || now - at > GIVE_UP_MS)
    return kith_db_run (self->db, error, "mail-dead", "is", id, why);
  wait = MIN (MINUTE_MS << MIN (attempts, 16), LONGEST_MS);
  return kith_db_run (self->db, error, "mail-again", "iis", id, now + wait, why);
}

static gboolean
count (KithHub *self, gint64 dead, guint *n, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "mail-count", error);

  if (stmt == NULL)
    return FALSE;
  kith_db_bind_int (stmt, 1, dead);
  if (kith_db_step (stmt, error) != KITH_DB_ROW)
    return FALSE;
  *n = (guint) kith_db_int (stmt, 0);
  return TRUE;
}

gboolean
kith_hub_count_mail (KithHub *self, guint *waiting, guint *dead, GError **error)
{
  return count (self, 0, waiting, error) && count (self, 1, dead, error);
}
