/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a mail says: numbers of records, counts, and nothing of a client (P16, C17, sync.md 5.8). */

#include "kith-hub-mail-private.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "kith-hub-private.h"
#include "kith-referral-rules.h"

static char *
finish (GString *text)
{
  g_string_append (text, "\n");
  g_string_append (text, _("This message says no more on purpose: who it is about is shown in Kith alone.\n"
                           "You can switch these messages off in Kith, under Preferences."));
  g_string_append (text, "\n");
  return g_string_free (text, FALSE);
}

static const char *
words_of (KithRecord *notice)
{
  return kith_vocabulary_label (kith_vocabulary_get ("notice_type"), kith_record_string (notice, "type"));
}

/* What lies open in a list of messages: how many, and the number of one (sync.md 5.8). */
static char *
subject_of (guint n, const char *number)
{
  /* Translators: the subject of a mail */
  g_autofree char *items = g_strdup_printf (ngettext ("Kith: %u new item", "Kith: %u new items", n), n);

  /* Translators: how many new items there are, and the number of the record it is about */
  return number != NULL ? g_strdup_printf (_("%s, %s"), items, number) : g_steal_pointer (&items);
}

/* C17: what happened, and the number. */
void
kith_hub_mail_write_notice (KithHubMail *mail, KithRecord *notice)
{
  const char *number = kith_record_string (notice, "number"), *words = words_of (notice);
  GString *text = g_string_new (NULL);

  mail->subject = subject_of (1, number);
  g_string_append_printf (text, "%s\n", words);
  if (number != NULL)
    g_string_append_printf (text, _("Number: %s\n"), number);
  mail->text = finish (text);
}

void
kith_hub_mail_write_notices (KithHubMail *mail, GPtrArray *notices)
{
  GString *text = g_string_new (NULL);

  mail->subject = subject_of (notices->len, NULL);
  for (guint i = 0; i < notices->len; i++)
    {
      const char *number = kith_record_string (notices->pdata[i], "number");

      g_string_append_printf (text, number != NULL ? "%s: %s\n" : "%s\n", words_of (notices->pdata[i]), number);
    }
  mail->text = finish (text);
}

/* The seven days before the Monday, where the agency is: the same however often it is tried. */
typedef struct
{
  char *from, *to;
} Week;

static void
week_clear (Week *self)
{
  g_free (self->from);
  g_free (self->to);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Week, week_clear)

static gboolean
find_week (KithHub *self, const char *agency, const char *monday, Week *week, GError **error)
{
  g_autoptr (GTimeZone) zone = kith_agency_zone (self->world, agency, error);
  g_autoptr (GDateTime) to = NULL;
  g_autoptr (GDateTime) from = NULL;
  int year = 0, month = 0, day = 0;

  if (zone == NULL)
    return FALSE;
  if (sscanf (monday, "%d-%d-%d", &year, &month, &day) == 3)
    to = g_date_time_new (zone, year, month, day, 0, 0, 0);
  from = to != NULL ? g_date_time_add_days (to, -7) : NULL;
  if (from == NULL)
    {
      g_set_error (error, KITH_MODEL_ERROR, KITH_MODEL_ERROR_INVALID, "%s is no day", monday);
      return FALSE;
    }
  week->from = kith_time_format (g_date_time_to_unix (from) * 1000);
  week->to = kith_time_format (g_date_time_to_unix (to) * 1000);
  return TRUE;
}

static gboolean
add_people (KithHub *self, const char *supervisor, const Week *week, GString *text, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "mail-week-people", error);
  gboolean first = TRUE;
  KithDbStep step;

  if (stmt == NULL)
    return FALSE;
  kith_db_bind_text (stmt, 1, supervisor);
  kith_db_bind_text (stmt, 2, week->from);
  kith_db_bind_text (stmt, 3, week->to);
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      if (first)
        g_string_append_printf (text, "\n%s\n", _("How many referrals each of those you supervise has in work, and closed in the week before; who is shown in Kith:"));
      g_string_append_printf (text, "  %d, %d\n", (int) kith_db_int (stmt, 0), (int) kith_db_int (stmt, 1));
      first = FALSE;
    }
  return step == KITH_DB_DONE;
}

/* Who was given to another supervisor since stands there; what was closed goes by who had it then (domain.md 1f, 4). */
gboolean
kith_hub_mail_write_week (KithHub *self, KithHubMail *mail, KithRecord *staff, const char *week, GError **error)
{
  const char *agency = kith_record_string (staff, "agency");
  static const char *const labels[] = { N_("Wait for an answer: %d"), N_("Of these past their day: %d"), N_("In work: %d"),
                                        N_("Of these assigned to nobody: %d"), N_("Closed in the week before: %d") };
  g_autofree char *today = kith_referral_day (self->world, agency, kith_hub_now (self), error);
  g_auto (Week) days = { NULL };
  g_autoptr (GString) text = g_string_new (NULL);

  if (today == NULL || !find_week (self, agency, week, &days, error))
    return FALSE;
  {
    g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "mail-week-agency", error);

    if (stmt == NULL)
      return FALSE;
    kith_db_bind_text (stmt, 1, agency);
    kith_db_bind_text (stmt, 2, today);
    kith_db_bind_text (stmt, 3, days.from);
    kith_db_bind_text (stmt, 4, days.to);
    if (kith_db_step (stmt, error) != KITH_DB_ROW)
      return FALSE;
    g_string_append_printf (text, "%s\n", _("Referrals to your agency"));
    for (int i = 0; i < (int) G_N_ELEMENTS (labels); i++)
      {
        g_auto (GStrv) words = g_strsplit (_(labels[i]), "%d", 2);

        g_string_append_printf (text, "  %s%d%s\n", words[0], (int) kith_db_int (stmt, i), words[1] != NULL ? words[1] : "");
      }
  }
  if (!add_people (self, kith_record_get_id (staff), &days, text, error))
    return FALSE;
  mail->subject = g_strdup_printf (_("Kith: the week of %s"), week);
  mail->text = finish (g_steal_pointer (&text));
  return TRUE;
}
