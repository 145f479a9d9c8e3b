/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where something that was begun and not sent is gone on with. A form whose drafts stand nowhere here is one whose words nobody finds again: a test goes through
 * all that have a name (kith-draft-words.c). */

#include "today/kith-today-drafts.h"

#include <string.h>

#include "kith-draft-words.h"
#include "kith-places.h"

/* What is typed in a window comes back with the window, which is opened from there. */
static const struct
{
  const char *key, *place; /* place: with the id that ends the key */
} drafts[] = {
  { "client:new", "clients/new" },
  { "client:new:", "clients/new:%s" },
  { "edit:client:", "clients/edit:%s" },
  { "health:", "clients/health:%s" },
  { "consent:client:", "clients/consent:%s" },
  { "renew:client:", "clients/renew:%s" },
  { "renew:consent:", NULL /* clients/renew:CLIENT:CONSENT */ },
  { "refer:client:", "clients/refer:%s" },
  { "refer:new", "sent/new" },
  { "refer:edit:", NULL /* sent/edit:REFERRAL:CLIENT; once it has gone out, it stands in Needs Attention */ },
  { "refer:again:", NULL /* sent/again:REFERRAL:CLIENT */ },
  { "contact:new", "contacts/new" },
  { "contact:edit:", "contacts/edit:%s" },
  { "contact:assign:", "contacts/assign:%s" },
  { "contact:again:", NULL /* contacts/again:CALL:REFERRAL */ },
  { "call:referral:", "contacts/new:%s" },
  { "assign:client:", "cases/assign:%s" },
  { "service:client:", "clients/%s" },
  { "note:case:", "cases/%s" },
  { "task:case:", "cases/%s" },
  { "goal:case:", "cases/%s" },
  { "step:case:", "cases/%s" },
  { "statuses:", "board/%s" },
  { "form:service:", "directory/%s" },
  { "form:queue:", "board/%s" },
  { "form:contact:", NULL /* board/calls:QUEUE:FORM or :new */ },
  { "account:", "agency" },
  { "agency.configure:", "agency" },
  { "capacity:", "capacity" },
  /* Of these the place is the record's own, see place_of_record(). */
  { "note:referral:", NULL },
  { "private-note:referral:", NULL },
  { "contact:referral:", NULL },
  { "revoke:", NULL },
  { "reason:move:", NULL },
  { "ask:", NULL },
  { "reason:", NULL },
};

static const char *
id_of (const char *key)
{
  const char *colon = strrchr (key, ':');

  return colon ? colon + 1 : key;
}

static char *
place_of (guint       which,
          const char *key)
{
  g_auto (GStrv) parts = g_strsplit (drafts[which].place, "%s", 2);

  return g_strjoinv (id_of (key), parts);
}

/* The record that a scope is of, where it is of that kind: "client:ID". Borrowed; NULL: of another, or of none */
static const char *
id_in (const char *scope,
       const char *kind)
{
  return scope && g_str_has_prefix (scope, kind) ? scope + strlen (kind) : NULL;
}

/* Where a window is opened that belongs to no record: by what it does. */
static const char *
place_of_act (const char *key)
{
  static const struct { const char *op, *place; } places[] = {
    { "capacity.", "capacity" }, { "queue.", "board" }, { "reason.", "board" }, { "agency.", "agency" }, { "calendar.", "agency" }, { "staff.", "staff" }, { "form.", "directory" },
    { "client.open_shared:", "clients" }, /* the network is asked from there: of that client nothing is here yet */
  };
  const char *op = strchr (key, ':');

  for (guint i = 0; op && i < G_N_ELEMENTS (places); i++)
    if (g_str_has_prefix (op + 1, places[i].op))
      return places[i].place;
  return NULL;
}

/* Returns (transfer full) (nullable): where the record is shown that a draft is about; NULL: it is not here any more */
static char *
place_of_record (KithContext *context,
                 KithRow     *row)
{
  const char *scope = kith_row_get_text (row, "scope"), *about = kith_row_get_text (row, "about"), *agency = kith_row_get_text (row, "agency");

  if (!scope || !about)
    return g_strdup (place_of_act (kith_row_get_id (row)));
  if (g_str_has_prefix (scope, "referral"))
    return !agency ? NULL : g_strconcat (g_str_equal (kith_context_get_side (context), agency) ? "sent/" : "inbox/", about, NULL);
  if (g_str_has_prefix (scope, "case:") || g_str_has_prefix (scope, "case_health:"))
    return g_strconcat ("cases/", about, NULL);
  if (g_str_has_prefix (scope, "contact:"))
    return g_strconcat ("contacts/", about, NULL);
  if (g_str_has_prefix (scope, "client") || g_str_has_prefix (scope, "care:"))
    return g_strconcat ("clients/", about, NULL);
  if (g_str_has_prefix (scope, "amendment:"))
    return g_strconcat ("corrections/", about, NULL);
  return g_strdup (place_of_act (kith_row_get_id (row)));
}

/* Of those with two ids in their place. NULL: of another, or the second one is not here */
static char *
place_of_two (KithRow *row)
{
  const char *key = kith_row_get_id (row), *id = id_of (key), *scope = kith_row_get_text (row, "scope");
  const char *client = kith_row_get_text (row, "client"), *queue = kith_row_get_text (row, "queue");

  if (g_str_has_prefix (key, "renew:consent:") && client) /* else the consent is not here any more */
    return g_strdup_printf ("clients/renew:%s:%s", client, id);
  if (g_str_has_prefix (key, "form:contact:") && queue)
    return g_strdup_printf ("board/calls:%s:%s", queue, g_str_has_prefix (key, "form:contact:new:") ? "new" : id);
  if (g_str_has_prefix (key, "refer:edit:") || g_str_has_prefix (key, "refer:again:"))
    return g_strdup_printf ("sent/%s:%s:%s", g_str_has_prefix (key, "refer:edit:") ? "edit" : "again", id, id_in (scope, "client:") ? id_in (scope, "client:") : "");
  if (g_str_has_prefix (key, "contact:again:") && id_in (scope, "contact:"))
    return g_strdup_printf ("contacts/again:%s:%s", id_in (scope, "contact:"), id);
  return NULL;
}

char *
kith_today_draft_place (KithContext *context,
                        KithRow     *row,
                        const char **title)
{
  const char *key = kith_row_get_id (row);
  g_autofree char *place = NULL;

  *title = NULL;
  for (guint i = 0; !*title && i < G_N_ELEMENTS (drafts); i++)
    if (g_str_has_suffix (drafts[i].key, ":") ? g_str_has_prefix (key, drafts[i].key) : g_str_equal (key, drafts[i].key))
      {
        *title = kith_draft_title (key);
        place = drafts[i].place ? place_of (i, key) : place_of_two (row);
      }
  if (!place)
    place = place_of_record (context, row);
  if (!*title || !place || !kith_place_is_of (kith_desktop_get_actor (kith_context_get_desktop (context)), place))
    return NULL;
  return g_steal_pointer (&place);
}
