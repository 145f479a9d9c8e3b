/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-access.h"

#include <string.h>

#include "kith-scope.h"

/* What is known of a client itself, in the order in which it lies apart. What agencies do with a client has an agency of its own. */
static const char *const of_client[] = { "client", "client_billing", "client_health", NULL };

static gboolean
is_enrolled (KithWorld *world, const char *client, const char *agency, gboolean *complete, gboolean *enrolled, GError **error)
{
  g_autofree char *scope = g_strconcat ("care:", client, ":", agency, NULL);
  g_autoptr (GPtrArray) found = kith_world_find (world, scope, "enrollment", "client", client, complete, error);

  *enrolled = FALSE;
  for (guint i = 0; found != NULL && i < found->len; i++)
    *enrolled |= kith_record_string (found->pdata[i], "ended_on") == NULL;
  return found != NULL;
}

/**
 * kith_access_may_replace:
 * @record: one that the actor sees and may write in
 * @may: (out): whether this person's word takes the place of a value that is there; %FALSE: it is a proposal beside it
 *
 * Who a person is (names, date of birth, numbers, health) was looked at by the agency that registered them, and by one where they are
 * enrolled now. An agency that sees the record by consent alone (C1) may add what is missing, put right how to reach the person, and
 * propose the rest. On a desk that does not hold the agency's own care the hub decides.
 *
 * Returns: %FALSE with @error when the world failed
 */
gboolean
kith_access_may_replace (KithWorld *world, const KithActor *actor, KithRecord *record, const KithField *field, gboolean *may, GError **error)
{
  const char *kind = kith_record_get_kind (record)->name;
  const char *client = strcmp (kind, "client") == 0 ? kith_record_get_id (record) : kith_record_string (record, "client");
  gboolean complete, enrolled;

  *may = TRUE;
  if (actor->level == KITH_LEVEL_HUB || (field->flags & KITH_FIELD_PARTNER) || !g_strv_contains (of_client, kind) ||
      kith_record_is (record, "agency", actor->agency))
    return TRUE;
  if (!is_enrolled (world, client, actor->agency, &complete, &enrolled, error))
    return FALSE;
  *may = enrolled || !complete;
  return TRUE;
}
