/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How somebody is called. */

#include "kith-format.h"

#include <glib/gi18n.h>

static void
add_word (GString    *name,
          const char *word)
{
  if (word && *word)
    g_string_append_printf (name, "%s%s", name->len > 0 ? " " : "", word);
}

/* Returns: (transfer full): the parts that are known; else how the person was described; else words saying that there is no name */
char *
kith_format_name (const char *given,
                  const char *middle,
                  const char *family,
                  const char *second_family,
                  const char *described_as)
{
  GString *name = g_string_new (NULL);

  add_word (name, given);
  add_word (name, middle);
  add_word (name, family);
  add_word (name, second_family);
  if (name->len == 0)
    add_word (name, described_as);
  if (name->len == 0)
    g_string_append (name, _("Name not known"));
  return g_string_free (name, FALSE);
}

/* How somebody is called who gave none of the parts of a name. Borrowed; NULL: by no name at all */
static const char *
other_name (JsonObject *body)
{
  JsonArray *others = kith_json_array (body, "other_names");

  if (kith_json_string (body, "preferred_name"))
    return kith_json_string (body, "preferred_name");
  return others && json_array_get_length (others) > 0 ? json_array_get_string_element (others, 0) : NULL;
}

char *
kith_format_row_name (KithRow *row)
{
  return kith_format_name (kith_row_get_text (row, "given_name"), kith_row_get_text (row, "middle_name"), kith_row_get_text (row, "family_name"),
                           kith_row_get_text (row, "second_family_name"), NULL);
}

/* Returns: (transfer full): as kith_format_name(), or another name where there are no parts of one; "" for NULL */
char *
kith_format_client_name (JsonObject *body)
{
  const char *other;

  if (!body)
    return g_strdup ("");
  other = other_name (body);
  return kith_format_name (kith_json_string (body, "given_name"), kith_json_string (body, "middle_name"),
                           kith_json_string (body, "family_name"), kith_json_string (body, "second_family_name"),
                           other ? other : kith_json_string (body, "described_as"));
}
