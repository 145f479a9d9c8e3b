/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whose a referral is on the side that sent it. The query "referrals-waiting" follows the same rule, as far as a computer knows who is on a client. */

#include "operations/referral-common.h"

/* Who of the sending agency works with the client now, beside the author; *on: so does the author. */
static GPtrArray *
list_others (KithOpContext *cx, const char *client, const char *agency, const char *author, gboolean *on, GError **error)
{
  g_autofree char *scope = g_strconcat ("care:", client, ":", agency, NULL);
  g_autoptr (GPtrArray) assignments = kith_world_find (cx->world, scope, "assignment", "client", client, NULL, error);
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func (g_free);

  *on = FALSE;
  for (guint i = 0; assignments != NULL && i < assignments->len; i++)
    {
      const char *staff = kith_record_string (assignments->pdata[i], "staff");
      g_autoptr (KithRecord) person = NULL;

      if (g_strcmp0 (staff, author) == 0)
        {
          *on = TRUE;
          continue;
        }
      if (!kith_op_get (cx, "staff", staff, &person, error))
        return NULL;
      if (person != NULL && kith_op_works (person))
        g_ptr_array_add (others, g_strdup (staff));
    }
  return assignments != NULL ? g_steal_pointer (&others) : NULL;
}

/* Whoever never was on the client sent it for those who are, and waits for what comes of it: only being taken off it gives it out of hand. */
static gboolean
was_taken_off (KithOpContext *cx, const char *client, const char *agency, const char *author, gboolean *yes, GError **error)
{
  g_autofree char *scope = g_strconcat ("care:", client, ":", agency, NULL);
  g_autoptr (GPtrArray) past = kith_world_find (cx->world, scope, "past_assignment", "client", client, NULL, error);

  *yes = FALSE;
  for (guint i = 0; past != NULL && i < past->len; i++)
    *yes |= kith_record_is (past->pdata[i], "staff", author);
  return past != NULL;
}

/**
 * kith_op_referral_owners:
 * @referral: which an agency sent, or is about to send
 *
 * To whom it is news, and who goes on with it, on the side that sent it: its author; once that one was taken off the client, or has left, those of
 * the agency who work with the client now; where nobody does, the author again (U21, A6).
 *
 * Returns: (transfer full) (nullable) (element-type utf8): ids of staff who work; none: its supervisors'. %NULL when the world failed
 */
GPtrArray *
kith_op_referral_owners (KithOpContext *cx, KithRecord *referral, GError **error)
{
  const char *author = kith_record_string (referral, "author"), *agency = kith_record_string (referral, "agency");
  const char *client = kith_record_string (referral, "client");
  g_autoptr (GPtrArray) owners = NULL;
  g_autoptr (KithRecord) person = NULL;
  gboolean works, on = FALSE, off = FALSE;

  if (!kith_op_get (cx, "staff", author, &person, error))
    return NULL;
  works = person != NULL && kith_op_works (person);
  if (client != NULL && agency != NULL)
    {
      owners = list_others (cx, client, agency, author, &on, error);
      if (owners == NULL || (!on && !was_taken_off (cx, client, agency, author, &off, error)))
        return NULL;
    }
  else
    owners = g_ptr_array_new_with_free_func (g_free);
  if (works && (!off || owners->len == 0))
    {
      g_ptr_array_set_size (owners, 0);
      g_ptr_array_add (owners, g_strdup (author));
    }
  return g_steal_pointer (&owners);
}
