/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What somebody wrote, as a card of "Needs attention" shows it and as it is copied. */

#include "kith-attention-lines.h"

#include <glib/gi18n.h>

#include "kith-json.h"

#define MAX_SHOWN 20 /* of what goes with an entry; all of it is copied */

gboolean
kith_attention_add_lines (KithFacts *facts,
                          JsonArray *lines,
                          gboolean   now,
                          GString   *text)
{
  gboolean guarded = FALSE;

  for (guint i = 0; lines && i < json_array_get_length (lines); i++)
    {
      JsonObject *line = json_array_get_object_element (lines, i);
      const char *label = kith_json_string (line, "label"), *value = kith_json_string (line, "value"), *masked = kith_json_string (line, "masked");
      /* Translators: a field, for its value at present: "Email now" */
      g_autofree char *words = now ? g_strdup_printf (_("%s now"), label) : NULL;

      if (facts)
        kith_facts_add (facts, words ? words : label, masked ? masked : value);
      guarded = guarded || kith_json_bool (line, "guarded", FALSE);
      if (text && kith_json_bool (line, "typed", FALSE))
        g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "\n" : "", label, value);
    }
  return guarded;
}

/* C13: a note for the access log is nobody's work; it goes with the rest. */
static gboolean
is_told (JsonObject *link)
{
  return g_strcmp0 (kith_json_string (link, "op"), "audit.record") != 0;
}

/* By name, so that who reads it elsewhere knows what they were. */
static gboolean
add_link (KithFacts  *facts,
          JsonObject *link,
          GString    *text)
{
  const char *label = kith_json_string (link, "label");
  g_autofree char *heading = facts && label ? g_strdup_printf (_("And with it: %s"), label) : NULL;
  g_autoptr (GString) words = g_string_new (NULL);
  gboolean guarded;

  if (heading)
    kith_facts_add_heading (facts, heading);
  guarded = kith_attention_add_lines (facts, kith_json_array (link, "lines"), FALSE, words);
  if (words->len > 0)
    g_string_append_printf (text, "%s%s\n%s", text->len > 0 ? "\n\n" : "", label ? label : "", words->str);
  return guarded;
}

gboolean
kith_attention_add_chain (KithFacts *facts,
                          JsonArray *chain,
                          GString   *text)
{
  guint n_shown = 0, n_more = 0; /* of those that are to be shown */
  gboolean guarded = FALSE;

  /* The first of them is the entry itself. */
  for (guint i = 1; chain && i < json_array_get_length (chain); i++)
    {
      JsonObject *link = json_array_get_object_element (chain, i);
      gboolean shows = facts && n_shown < MAX_SHOWN;

      if (!is_told (link))
        continue;
      guarded |= add_link (shows ? facts : NULL, link, text);
      n_shown += shows;
      n_more += facts && !shows;
    }
  if (n_more > 0)
    {
      g_autofree char *more = g_strdup_printf (ngettext ("And %u more, which is copied with the text", "And %u more, which are copied with the text", n_more), n_more);

      kith_facts_add_heading (facts, more);
    }
  return guarded;
}

/* Returns: whether it is the first of the chain that is called so; n: how many are */
static gboolean
count_same (JsonArray  *chain,
            guint       i,
            const char *label,
            guint      *n)
{
  *n = 0;
  for (guint k = 1; k < json_array_get_length (chain); k++)
    {
      JsonObject *link = json_array_get_object_element (chain, k);
      gboolean same = is_told (link) && g_strcmp0 (kith_json_string (link, "label"), label) == 0;

      if (same && k < i)
        return FALSE;
      *n += same;
    }
  return TRUE;
}

gboolean
kith_attention_is_held (JsonObject *entry)
{
  return kith_json_bool (entry, "older_hub", FALSE);
}

char *
kith_attention_chain_names (JsonArray *chain)
{
  g_autoptr (GString) names = g_string_new (NULL);
  guint n;

  for (guint i = 1; chain && i < json_array_get_length (chain); i++)
    {
      JsonObject *link = json_array_get_object_element (chain, i);
      const char *label = kith_json_string (link, "label");

      if (!label || !is_told (link) || !count_same (chain, i, label, &n))
        continue;
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", label);
      if (n > 1)
        g_string_append_printf (names, " (%u)", n);
    }
  return names->len > 0 ? g_strdup (names->str) : NULL;
}
