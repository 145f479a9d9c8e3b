/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hsds-private.h"

#include "kith-id.h"
#include "kith-value.h"

#include <glib/gi18n.h>

const char *const kith_hsds_kinds[KITH_HSDS_KINDS] = {
  "taxonomy", "taxonomy_term", "organization", "program", "location", "service", "service_at_location",
};

/* What may never come in from a file: it is decided here (D4), or written by the operation. */
static const char *const own_members[] = { "id", "direct", "source", "source_id", NULL };

static JsonObject *shape (const KithKind *kind, JsonObject *raw, const KithHsdsPlace *place, const char *path, gboolean top);

/* The record's id as directory.put makes it. */
static JsonNode *
reference (const KithField *field, const char *source_id, const KithHsdsPlace *place)
{
  g_autofree char *key = g_strconcat (place->source, "/", source_id, NULL);
  g_autofree char *id = kith_id_natural (field->target, key);

  return json_node_init_string (json_node_alloc (), id);
}

/* A list of parts; a part that is wrong is left out of it, not the whole record. */
static JsonNode *
shape_parts (const KithField *field, JsonNode *node, const KithHsdsPlace *place, const char *path)
{
  const KithKind *kind = kith_kind_get (field->target);
  JsonArray *in = json_node_get_array (node);
  g_autoptr (JsonArray) out = json_array_new ();

  for (guint i = 0; i < json_array_get_length (in); i++)
    {
      g_autofree char *part_path = g_strdup_printf ("%s[%u].", path, i);
      JsonNode *element = json_array_get_element (in, i);
      JsonObject *part = NULL;

      if (JSON_NODE_HOLDS_OBJECT (element))
        part = shape (kind, json_node_get_object (element), place, part_path, FALSE);
      else
        kith_problems_add (place->problems, place->file, place->row, part_path, TRUE, _("an entry with fields of its own is meant here"));
      if (part != NULL && json_object_get_size (part) > 0)
        json_array_add_object_element (out, part);
      else
        g_clear_pointer (&part, json_object_unref);
    }
  return json_array_get_length (out) > 0 ? json_node_init_array (json_node_alloc (), out) : NULL;
}

/* FALSE: a required value is wrong. */
static gboolean
shape_field (const KithField *field, JsonNode *node, const KithHsdsPlace *place, const char *path, JsonObject *out)
{
  gboolean required = (field->flags & KITH_FIELD_REQUIRED) != 0;
  g_autofree char *reason = NULL;
  g_autofree char *name = g_strconcat (path, field->name, NULL);
  g_autoptr (GError) error = NULL;
  JsonNode *value;

  value = kith_value_from_json (field, node, &reason);
  if (value != NULL && field->type == KITH_FIELD_PARTS)
    {
      g_autoptr (JsonNode) parts = value;
      value = shape_parts (field, parts, place, name);
    }
  else if (value != NULL && field->type == KITH_FIELD_REF && !place->keep_refs)
    {
      g_autoptr (JsonNode) text = value;
      value = reference (field, json_node_get_string (text), place);
    }

  /* References that are not Kith's yet would not pass; the owner's check sees them again. */
  if (value != NULL && !(place->keep_refs && (field->type == KITH_FIELD_REF || field->type == KITH_FIELD_PARTS)) &&
      !kith_field_check (field, value, &error))
    {
      reason = (g_free (reason), g_strdup (error->message));
      g_clear_pointer (&value, json_node_unref);
    }
  if (reason != NULL)
    kith_problems_add (place->problems, place->file, place->row, name, value != NULL || !required, "%s", reason);
  else if (value == NULL && required)
    kith_problems_add (place->problems, place->file, place->row, name, FALSE, _("this must be filled in"));
  if (value != NULL)
    json_object_set_member (out, field->name, value);
  return value != NULL || !required;
}

static JsonObject *
shape (const KithKind *kind, JsonObject *raw, const KithHsdsPlace *place, const char *path, gboolean top)
{
  g_autoptr (JsonObject) out = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  for (guint i = 0; i < kind->n_fields; i++)
    {
      const KithField *field = &kind->fields[i];

      if (top && g_strv_contains (own_members, field->name))
        continue;
      node = json_object_get_member (raw, field->name);
      if ((node != NULL || (field->flags & KITH_FIELD_REQUIRED)) && !shape_field (field, node, place, path, out))
        return NULL;
    }

  json_object_iter_init_ordered (&iter, raw);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    if (kith_kind_get_field (kind, name) == NULL && !JSON_NODE_HOLDS_NULL (node) && !(top && g_strv_contains (own_members, name)))
      json_object_set_member (out, name, json_node_copy (node));
  return g_steal_pointer (&out);
}

JsonObject *
kith_hsds_shape (const KithKind *kind, JsonObject *raw, const KithHsdsPlace *place)
{
  return shape (kind, raw, place, "", TRUE);
}

JsonObject *
kith_hsds_shape_part (const KithKind *kind, JsonObject *raw, const KithHsdsPlace *place)
{
  return shape (kind, raw, place, "", FALSE);
}

JsonObject *
kith_hsds_operation (const char *kind, const char *source, const char *source_id, JsonObject *body)
{
  JsonObject *args = json_object_new ();

  json_object_set_string_member (args, "t", kind);
  json_object_set_string_member (args, "source", source);
  json_object_set_string_member (args, "source_id", source_id);
  json_object_set_object_member (args, "body", body);
  return args;
}
