/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kith-merge.h"

#include "kith-hlc.h"
#include "kith-json.h"

#include <string.h>

static JsonNode *
present (JsonNode *node)
{
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return NULL;
  if (JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) == 0)
    return NULL;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING && *json_node_get_string (node) == '\0')
    return NULL;
  return node;
}

gboolean
kith_merge_equal (JsonNode *a, JsonNode *b)
{
  a = present (a);
  b = present (b);
  if (a == NULL || b == NULL)
    return a == b;
  return kith_json_equal (a, b);
}

static gboolean
list_has (JsonArray *array, JsonNode *element)
{
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    if (kith_json_equal (json_array_get_element (array, i), element))
      return TRUE;
  return FALSE;
}

static JsonArray *
list_of (JsonNode *node)
{
  node = present (node);
  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static guint
list_length (JsonArray *array)
{
  return array != NULL ? json_array_get_length (array) : 0;
}

/* current, less what I took away, and what I added at its end. */
static JsonNode *
merge_lists (JsonArray *current, JsonArray *old, JsonArray *value)
{
  g_autoptr (JsonArray) merged = json_array_new ();

  for (guint i = 0; i < list_length (current); i++)
    {
      JsonNode *element = json_array_get_element (current, i);
      if (!list_has (old, element) || list_has (value, element))
        json_array_add_element (merged, json_node_ref (element));
    }
  for (guint i = 0; i < list_length (value); i++)
    {
      JsonNode *element = json_array_get_element (value, i);
      if (!list_has (old, element) && !list_has (merged, element))
        json_array_add_element (merged, json_node_ref (element));
    }
  return json_node_init_array (json_node_alloc (), merged);
}

static gboolean
is_list (const KithField *field)
{
  return field->type == KITH_FIELD_CODES || field->type == KITH_FIELD_REFS || field->type == KITH_FIELD_STRINGS || field->type == KITH_FIELD_PARTS;
}

/* An earlier word of the same computer and person. Whoever writes knows what they wrote before, also where it was shown beside what stood (a proposal that
 * the hub took at once): it is no other's (I13). What the hub said for somebody, and what a computer said that had no name yet, may be anybody's. */
static gboolean
is_own_earlier (const char *current_hlc, const char *hlc)
{
  const char *node = kith_hlc_node (hlc);

  return node != NULL && !g_str_equal (node, "hub") && !g_str_equal (node, "new") && g_strcmp0 (node, kith_hlc_node (current_hlc)) == 0 &&
         strcmp (current_hlc, hlc) <= 0; /* the same: both were set back by the hub */
}

KithMergeVerdict
kith_merge_field (const KithField *field, JsonNode *current, JsonNode *old, JsonNode *value,
                  const char *current_hlc, const char *hlc, JsonNode **merged)
{
  if (kith_merge_equal (current, value))
    return KITH_MERGE_SAME;
  if (kith_merge_equal (current, old))
    return KITH_MERGE_APPLY;
  if (field->merge == KITH_MERGE_B && !is_own_earlier (current_hlc, hlc))
    return KITH_MERGE_CONFLICT;
  if (is_list (field))
    {
      *merged = merge_lists (list_of (current), list_of (old), list_of (value));
      return KITH_MERGE_UNION;
    }
  if (field->merge == KITH_MERGE_B)
    return KITH_MERGE_APPLY;
  return g_strcmp0 (hlc, current_hlc) > 0 ? KITH_MERGE_MINE : KITH_MERGE_THEIRS;
}
