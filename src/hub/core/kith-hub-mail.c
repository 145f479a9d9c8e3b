/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hub-mail.h"

#include "kith-hub-mail-private.h"
#include "kith-hub-private.h"
#include "kith-notice-mail.h"
#include "kith-referral-rules.h"

#define MINUTE_MS G_GINT64_CONSTANT (60000)
#define DAY_MS (G_GINT64_CONSTANT (24) * 60 * MINUTE_MS)
#define LONGEST_MS (6 * 60 * MINUTE_MS) /* between two attempts */
#define GIVE_UP_MS (4 * DAY_MS)         /* as mail servers do */
#define KEEP_DEAD_MS (30 * DAY_MS)
#define DIGEST_HOUR 7                   /* of Monday, where the agency is */
#define HOUR_MS (60 * MINUTE_MS)
#define AN_HOUR 6                       /* mails to one person (sync.md 5.8); what comes beside goes with the next */
#define ITEMS 100                       /* of one mail */

/**
 * kith_hub_mail_clear:
 *
 * Frees the texts; the number in the queue stays.
 */
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

void
kith_hub_set_translations (KithHub *self, const char *folder)
{
  g_free (self->translations);
  self->translations = g_strdup (folder);
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

/* That week is the one before. */
static gboolean
follows (const char *before, const char *week)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *noon = g_strconcat (week, "T12:00:00", NULL);
  g_autoptr (GDateTime) monday = g_date_time_new_from_iso8601 (noon, utc);
  g_autoptr (GDateTime) last = monday != NULL ? g_date_time_add_days (monday, -7) : NULL;
  g_autofree char *expected = last != NULL ? g_date_time_format (last, "%Y-%m-%d") : NULL;

  return g_strcmp0 (before, expected) == 0;
}

/* Who became a supervisor in the middle of the week waits for the next one, and so does everybody when mail is switched on: the first week
 * seen is only noted, unless it begins today, and so is a week in which it is off, or the first after weeks in which none was seen. */
static gboolean
queue_week (KithHub *self, KithRecord *staff, GError **error)
{
  gboolean wanted = kith_notice_mails (staff, NULL);
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
  if (before != NULL ? strcmp (before, week) >= 0 : !wanted)
    return TRUE;
  if (wanted && (follows (before, week) || g_strcmp0 (today, week) == 0) && !kith_db_run (self->db, error, "mail-add-week", "ssi", id, week, kith_hub_now (self)))
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

/* What belongs to one person and cannot be read holds up nobody else's mail. FALSE: it is the computer's trouble, which everybody shares */
static gboolean
pass_over (KithHub *self, GError **error)
{
  if (kith_hub_is_the_machines (*error))
    return FALSE;
  g_message ("A mail could not be written: %s. The others go on.", (*error)->message);
  self->counts.damaged++;
  g_clear_error (error);
  return TRUE;
}

static gboolean
queue_weeks (KithHub *self, GError **error)
{
  g_autoptr (KithDbTransaction) transaction = kith_db_transaction_begin (self->db, error);
  g_autoptr (GPtrArray) ids = transaction != NULL ? list_staff (self, error) : NULL;

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      g_autoptr (GError) local = NULL;
      g_autoptr (KithRecord) staff = kith_world_get (self->world, "staff", ids->pdata[i], &local);

      if ((staff != NULL && queue_week (self, staff, &local)) || (local != NULL && pass_over (self, &local)))
        continue;
      if (local != NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return ids != NULL && kith_db_run (self->db, error, "mail-prune", "i", kith_hub_now (self) - KEEP_DEAD_MS) &&
         kith_db_transaction_commit (transaction, error);
}

/**
 * kith_hub_queue_weeks:
 *
 * Once an hour at most, and only where somebody carries mail.
 */
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
  kith_db_bind_int (stmt, 2, kith_hub_now (self) - HOUR_MS);
  kith_db_bind_int (stmt, 3, AN_HOUR);
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

/* Still wanted: neither read meanwhile nor switched off. It goes into wanted, or its line goes unless it is the one that carries the others. */
static gboolean
take_notice (KithHub *self, const Line *line, KithRecord *staff, gint64 i, const char *id, GPtrArray *wanted, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (KithRecord) notice = kith_world_get (self->world, "notice", id, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (notice != NULL && !kith_record_bool (notice, "read") && kith_notice_mails (staff, kith_record_string (notice, "type")))
    {
      g_ptr_array_add (wanted, g_steal_pointer (&notice));
      return TRUE;
    }
  return i == line->i || kith_db_run (self->db, error, "mail-drop", "i", i);
}

/* It cannot be read: by itself, as one the server has no time for, until somebody has mended it. */
static gboolean
put_off (KithHub *self, gint64 i, GError **error)
{
  return kith_db_run (self->db, error, "mail-apart", "i", i) && kith_hub_settle_mail (self, i, KITH_HUB_MAIL_LATER, "a record that it tells of cannot be read", error);
}

/* What else waits for the same person. A mail that was tried before stays what it was. */
static gboolean
take_along (KithHub *self, const Line *line, KithRecord *staff, GPtrArray *wanted, GError **error)
{
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  KithDbStep step;

  if (line->attempts == 0 && !kith_db_run (self->db, error, "mail-take-along", "isii", line->i, line->staff, kith_hub_now (self), (gint64) ITEMS))
    return FALSE;
  {
    g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "mail-along", error);

    if (stmt == NULL)
      return FALSE;
    kith_db_bind_int (stmt, 1, line->i);
    while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
      {
        gint64 i = kith_db_int (stmt, 0);

        g_array_append_val (lines, i);
        g_ptr_array_add (ids, g_strdup (kith_db_text (stmt, 1)));
      }
    if (step == KITH_DB_FAILED)
      return FALSE;
  }
  for (guint k = 0; k < ids->len; k++)
    {
      g_autoptr (GError) local = NULL;
      gint64 i = g_array_index (lines, gint64, k);

      if (take_notice (self, line, staff, i, ids->pdata[k], wanted, &local) || (pass_over (self, &local) && put_off (self, i, error)))
        continue;
      if (local != NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return TRUE;
}

/* any: FALSE: nobody wants it any more. */
static gboolean
write_mail (KithHub *self, const Line *line, KithHubMail *mail, gboolean *any, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (KithRecord) staff = kith_world_get (self->world, "staff", line->staff, &local);
  g_autoptr (GPtrArray) wanted = g_ptr_array_new_with_free_func (g_object_unref);

  *any = FALSE;
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (staff == NULL)
    return TRUE;
  if (line->notice != NULL && (!take_notice (self, line, staff, line->i, line->notice, wanted, error) || !take_along (self, line, staff, wanted, error)))
    return FALSE;
  if (line->notice != NULL ? wanted->len == 0 : !kith_notice_mails (staff, NULL))
    return TRUE;
  *any = TRUE;
  mail->id = line->i;
  mail->to = g_strdup (kith_record_string (staff, "email"));
  mail->name = g_strdup (kith_record_string (staff, "name"));
  /* Another one when it says something else: whoever keeps one of a kind must not drop what is new. */
  mail->key = line->notice == NULL ? g_strdup_printf ("%s.%s", line->week, line->staff)
              : wanted->len == 1   ? g_strdup (kith_record_get_id (wanted->pdata[0]))
                                   : g_strdup_printf ("%s.%u", kith_record_get_id (wanted->pdata[0]), wanted->len);
  if (line->notice == NULL)
    return kith_hub_mail_write_week (self, mail, staff, line->week, error);
  kith_hub_mail_write_notices (self, mail, staff, wanted);
  return TRUE;
}

gboolean
kith_hub_next_mail (KithHub *self, KithHubMail *mail, gboolean *any, GError **error)
{
  *any = FALSE;
  for (;;)
    {
      g_auto (Line) line = { 0 };
      g_autoptr (GError) local = NULL;
      gboolean found;

      if (!read_line (self, &line, &found, error))
        return FALSE;
      if (!found)
        return TRUE;
      if (!write_mail (self, &line, mail, any, &local))
        {
          *any = FALSE;
          kith_hub_mail_clear (mail);
          if (pass_over (self, &local) && put_off (self, line.i, error))
            continue;
          if (local != NULL)
            g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (*any)
        return TRUE;
      if (!kith_db_run (self->db, error, "mail-done", "i", line.i))
        return FALSE;
    }
}

/* The last hour of that person, and the line. */
static gboolean
note_sent (KithHub *self, gint64 id, const char *staff, GError **error)
{
  gint64 now = kith_hub_now (self);
  g_autoptr (KithDbTransaction) transaction = kith_db_transaction_begin (self->db, error);

  return transaction != NULL && kith_db_run (self->db, error, "mail-sent-prune", "si", staff, now - HOUR_MS) &&
         kith_db_run (self->db, error, "mail-sent-add", "si", staff, now) && kith_db_run (self->db, error, "mail-done", "i", id) &&
         kith_db_transaction_commit (transaction, error);
}

/* 1, 2, 4 … minutes, at most six hours, for four days. */
gboolean
kith_hub_settle_mail (KithHub *self, gint64 id, KithHubMailResult result, const char *why, GError **error)
{
  gint64 at = 0, attempts = 0, now = kith_hub_now (self), wait;
  g_autofree char *staff = NULL;
  KithDbStep step;

  {
    g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "mail-state", error);

    if (stmt == NULL)
      return FALSE;
    kith_db_bind_int (stmt, 1, id);
    step = kith_db_step (stmt, error);
    if (step != KITH_DB_ROW)
      return step == KITH_DB_DONE;
    at = kith_db_int (stmt, 0);
    attempts = kith_db_int (stmt, 1);
    staff = g_strdup (kith_db_text (stmt, 2));
  }
  if (result == KITH_HUB_MAIL_SENT)
    return note_sent (self, id, staff, error);
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

/**
 * kith_hub_count_mail:
 * @waiting: (out): still to be sent
 * @dead: (out): given up, or refused for good
 */
gboolean
kith_hub_count_mail (KithHub *self, guint *waiting, guint *dead, GError **error)
{
  return count (self, 0, waiting, error) && count (self, 1, dead, error);
}

/**
 * kith_hub_revive_mail:
 * @n: (out): how many were given up, and are tried again from now on
 */
gboolean
kith_hub_revive_mail (KithHub *self, guint *n, GError **error)
{
  return count (self, 1, n, error) && kith_db_run (self->db, error, "mail-revive", "i", kith_hub_now (self));
}
