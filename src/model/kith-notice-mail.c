/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-notice-mail.h"

#include <string.h>

static gboolean
is_local (const char *text, gsize length)
{
  if (length == 0 || length > 64 || text[0] == '.' || text[0] == '-' || text[length - 1] == '.')
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]) && strchr (".!#$%&'*+/=?^_`{|}~-", text[i]) == NULL)
      return FALSE;
    else if (text[i] == '.' && text[i + 1] == '.')
      return FALSE;
  return TRUE;
}

static gboolean
is_domain (const char *text)
{
  g_auto (GStrv) labels = g_strsplit (text, ".", -1);

  if (g_strv_length (labels) < 2)
    return FALSE;
  for (guint i = 0; labels[i] != NULL; i++)
    {
      gsize length = strlen (labels[i]);

      if (length == 0 || length > 63 || labels[i][0] == '-' || labels[i][length - 1] == '-')
        return FALSE;
      for (const char *p = labels[i]; *p != '\0'; p++)
        if (!g_ascii_isalnum (*p) && *p != '-')
          return FALSE;
    }
  return TRUE;
}

gboolean
kith_mail_address_is_valid (const char *address)
{
  const char *at = address != NULL ? strchr (address, '@') : NULL;

  return at != NULL && strlen (address) <= 254 && is_local (address, (gsize) (at - address)) && is_domain (at + 1);
}

/* What asks for something or says how it ended; a note or a step between is seen when one looks. */
static const char *const mailed[] = {
  "sent", "rerouted", "went_elsewhere", "recalled", "accepted", "declined", "assigned", "closed", "reopened", "expired", "due", "overdue", "unanswered", "check_in", "more_time",
  "decline_proposed", "decline_sent_back", "consent_revoked", "consent_expiring", "client_assigned", "case_assigned", "caseload", "move_crossed", "unassigned", "amendment_due",
  "amendment_overdue", NULL
};

/**
 * kith_notice_mails:
 *
 * Nothing goes out that the person did not ask for (sync.md 5.8), to an account that is not at work, or to an address that is none (P16); the overview
 * is for supervisors.
 */
gboolean
kith_notice_mails (KithRecord *staff, const char *type)
{
  const char *field = type != NULL ? "mail_notices" : "mail_digest";

  if (!kith_record_bool (staff, "active") || !kith_mail_address_is_valid (kith_record_string (staff, "email")))
    return FALSE;
  if (!kith_record_bool (staff, field))
    return FALSE;
  return type != NULL ? g_strv_contains (mailed, type) : kith_record_list_has (staff, "duties", "supervisor");
}
