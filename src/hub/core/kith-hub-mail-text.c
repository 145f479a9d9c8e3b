/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a mail says: numbers of records, counts, and nothing of a client (P16, C17, sync.md 5.8). */

#include "kith-hub-mail-private.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "kith-hub-private.h"
#include "kith-messages.h"
#include "kith-referral-rules.h"
#include "kith-vocabulary-told.h"

/* The person's; NULL: English. "es_MX" where there is one, else "es". */
static KithMessages *
messages_of (KithHub *self, KithRecord *staff)
{
  const char *language = kith_record_string (staff, "mail_language");
  g_autofree char *alone = language != NULL ? g_strndup (language, strcspn (language, "_")) : NULL;
  KithMessages *messages = NULL;

  if (self->translations == NULL || alone == NULL || strchr (language, '/') != NULL || strchr (language, '.') != NULL)
    return NULL;
  messages = kith_messages_new (self->translations, language, GETTEXT_PACKAGE);
  return messages != NULL ? messages : kith_messages_new (self->translations, alone, GETTEXT_PACKAGE);
}

/* Translations come from files: no printf formats. Yours */
static char *
fill (const KithMessages *messages, const char *text, const char *place, const char *value)
{
  GString *filled = g_string_new (kith_messages_get (messages, text));

  g_string_replace (filled, place, value, 1);
  return g_string_free (filled, FALSE);
}

static char *
fill_number (const KithMessages *messages, const char *text, guint n)
{
  g_autofree char *number = g_strdup_printf ("%u", n);

  return fill (messages, text, "{n}", number);
}

static char *
finish (const KithMessages *messages, GString *text)
{
  g_string_append_printf (text, "\n%s\n", kith_messages_get (messages, N_("This message says no more on purpose: who it is about is shown in Kith alone.\n"
                                                                            "You can switch these messages off in Kith, under Preferences.")));
  return g_string_free (text, FALSE);
}

/* The way back (sync.md 5.8): by the number, without an address that could be followed from a mail. */
static char *
finish_notices (const KithMessages *messages, GString *text, gboolean numbered)
{
  g_string_append_printf (text, "\n%s\n", kith_messages_get (messages, numbered ? N_("In Kith it stands in My Day, under News. Or press Ctrl+K and type the number.")
                                                                                : N_("In Kith it stands in My Day, under News.")));
  return finish (messages, text);
}

static const char *
words_of (const KithMessages *messages, KithRecord *notice)
{
  return kith_vocabulary_told (kith_vocabulary_get ("notice_type"), kith_record_string (notice, "type"), messages);
}

/* What lies open in a list of messages: how many, and the number of one (sync.md 5.8). */
static char *
subject_of (const KithMessages *messages, guint n, const char *number)
{
  /* Translators: the subject of a mail; {n} is 2 or more */
  g_autofree char *items = n == 1 ? g_strdup (kith_messages_get (messages, N_("Kith: 1 new item"))) : fill_number (messages, N_("Kith: {n} new items"), n);

  return number != NULL ? g_strdup_printf ("%s, %s", items, number) : g_steal_pointer (&items);
}

/* C17: what happened, and the number. */
static void
write_notice (const KithMessages *messages, KithHubMail *mail, KithRecord *notice)
{
  const char *number = kith_record_string (notice, "number");
  GString *text = g_string_new (NULL);

  mail->subject = subject_of (messages, 1, number);
  g_string_append_printf (text, "%s\n", words_of (messages, notice));
  if (number != NULL)
    {
      g_autofree char *line = fill (messages, N_("Number: {number}"), "{number}", number);

      g_string_append_printf (text, "%s\n", line);
    }
  mail->text = finish_notices (messages, text, number != NULL);
}

void
kith_hub_mail_write_notices (KithHub *self, KithHubMail *mail, KithRecord *staff, GPtrArray *notices)
{
  g_autoptr (KithMessages) messages = messages_of (self, staff);
  g_autoptr (GString) text = NULL;
  gboolean numbered = FALSE;

  if (notices->len == 1)
    {
      write_notice (messages, mail, notices->pdata[0]);
      return;
    }
  text = g_string_new (NULL);
  mail->subject = subject_of (messages, notices->len, NULL);
  for (guint i = 0; i < notices->len; i++)
    {
      const char *number = kith_record_string (notices->pdata[i], "number");

      g_string_append_printf (text, number != NULL ? "%s: %s\n" : "%s\n", words_of (messages, notices->pdata[i]), number);
      numbered |= number != NULL;
    }
  mail->text = finish_notices (messages, g_steal_pointer (&text), numbered);
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
add_people (KithHub *self, const KithMessages *messages, const char *supervisor, const Week *week, GString *text, GError **error)
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
        g_string_append_printf (text, "\n%s\n", kith_messages_get (messages, N_("How many referrals each of those you supervise has in work, and closed in the week before; who that is stands in Kith, at Staff:")));
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
  static const char *const labels[] = { N_("Wait for an answer: {n}"), N_("Of these past their day: {n}"), N_("In work: {n}"),
                                        N_("Of these assigned to nobody: {n}"), N_("Closed in the week before: {n}") };
  g_autofree char *today = kith_referral_day (self->world, agency, kith_hub_now (self), error);
  g_autoptr (KithMessages) messages = messages_of (self, staff);
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
    kith_db_bind_int (stmt, 5, kith_hub_now (self));
    if (kith_db_step (stmt, error) != KITH_DB_ROW)
      return FALSE;
    g_string_append_printf (text, "%s\n", kith_messages_get (messages, N_("Referrals to your agency")));
    for (int i = 0; i < (int) G_N_ELEMENTS (labels); i++)
      {
        g_autofree char *line = fill_number (messages, labels[i], (guint) kith_db_int (stmt, i));

        g_string_append_printf (text, "  %s\n", line);
      }
  }
  if (!add_people (self, messages, kith_record_get_id (staff), &days, text, error))
    return FALSE;
  mail->subject = fill (messages, N_("Kith: the week of {day}"), "{day}", week);
  mail->text = finish (messages, g_steal_pointer (&text));
  return TRUE;
}
