/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-attention-words.h"

#include <glib/gi18n.h>

#include "kith-clipboard.h"
#include "kith-format.h"

typedef struct
{
  KithWorld *world;
  const char *my_side;
  JsonObject *entry;
} Describe;

static gboolean
is_text (JsonNode *node)
{
  return node && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
}

static KithRecord *
look_up (KithWorld  *world,
         const char *kind,
         const char *id)
{
  return world && id && kith_kind_get (kind) ? kith_world_get (world, kind, id, NULL) : NULL;
}

/* Values */

static char *
name_of (KithWorld  *world,
         const char *kind,
         const char *id)
{
  g_autoptr (KithRecord) record = kind ? look_up (world, kind, id) : NULL;

  if (record && g_str_equal (kind, "client"))
    return kith_format_client_name (kith_record_get_body (record));
  return g_strdup (kith_format_agency (record ? kith_record_string (record, "name") : NULL, id));
}

static char *
names_of (KithWorld       *world,
          const KithField *field,
          JsonArray       *ids)
{
  g_autoptr (JsonArray) names = json_array_new ();

  for (guint i = 0; i < json_array_get_length (ids); i++)
    {
      JsonNode *node = json_array_get_element (ids, i);
      g_autofree char *name = is_text (node) ? name_of (world, field->target, json_node_get_string (node)) : NULL;

      if (name)
        json_array_add_string_element (names, name);
    }
  return kith_format_strings (names, ", ");
}

/* A moment as the day it is here; what was typed and is none yet, as it was typed. */
static char *
time_words (const char *text)
{
  g_autofree char *day = NULL;
  gint64 ms;

  if (!kith_time_parse (text, &ms))
    return g_strdup (text);
  day = kith_format_today (ms);
  return kith_format_date (day);
}

char *
kith_attention_value (KithWorld       *world,
                      const KithField *field,
                      JsonNode        *node)
{
  const char *text = is_text (node) ? json_node_get_string (node) : NULL;

  if (!node || JSON_NODE_HOLDS_NULL (node))
    return NULL;
  switch (field->type)
    {
    case KITH_FIELD_TIME:
      return text ? time_words (text) : NULL;
    case KITH_FIELD_REF:
      return text ? name_of (world, field->target, text) : NULL;
    case KITH_FIELD_REFS:
      return JSON_NODE_HOLDS_ARRAY (node) ? names_of (world, field, json_node_get_array (node)) : NULL;
    case KITH_FIELD_ID:
    case KITH_FIELD_JSON:
      return NULL;
    case KITH_FIELD_STRING:
    case KITH_FIELD_TEXT:
    case KITH_FIELD_DATE:
    case KITH_FIELD_PARTIAL_DATE:
    case KITH_FIELD_INT:
    case KITH_FIELD_NUMBER:
    case KITH_FIELD_BOOL:
    case KITH_FIELD_CODE:
    case KITH_FIELD_CODES:
    case KITH_FIELD_STRINGS:
    case KITH_FIELD_PART:
    case KITH_FIELD_PARTS:
    default:
      return kith_format_field (field, node);
    }
}

/* Whom it is about */

static void
set_about (Describe   *d,
           const char *name,
           const char *number,
           char       *place)
{
  g_autofree char *about = kith_format_join (name ? name : number, name ? number : NULL);

  if (*about)
    json_object_set_string_member (d->entry, "about", about);
  if (place)
    json_object_set_string_member (d->entry, "place", place);
  g_free (place);
}

static gboolean
about_client (Describe   *d,
              const char *id,
              const char *number)
{
  g_autoptr (KithRecord) client = look_up (d->world, "client", id);
  g_autofree char *name = client ? kith_format_client_name (kith_record_get_body (client)) : NULL;

  if (!client)
    return FALSE;
  set_about (d, name, number ? number : kith_record_string (client, "number"), g_strconcat ("clients/", id, NULL));
  return TRUE;
}

static gboolean
about_referral (Describe   *d,
                const char *id)
{
  g_autoptr (KithRecord) referral = look_up (d->world, "referral", id);
  gboolean sent = referral && g_strcmp0 (kith_record_string (referral, "agency"), d->my_side) == 0;

  if (!referral)
    return FALSE;
  set_about (d, kith_record_string (referral, "contact_name"), kith_record_string (referral, "number"),
             g_strconcat (sent ? "sent/" : "inbox/", id, NULL));
  return TRUE;
}

/* A record by its kind: itself, or the client or referral it belongs to. */
static gboolean
about_record (Describe   *d,
              const char *kind,
              const char *id)
{
  g_autoptr (KithRecord) record = NULL;

  if (!kind || !id)
    return FALSE;
  if (g_str_equal (kind, "client"))
    return about_client (d, id, NULL);
  if (g_str_equal (kind, "referral"))
    return about_referral (d, id);
  record = look_up (d->world, kind, id);
  if (!record)
    return FALSE;
  if (kith_kind_get_field (kith_record_get_kind (record), "referral") && about_referral (d, kith_record_string (record, "referral")))
    return TRUE;
  return kith_kind_get_field (kith_record_get_kind (record), "client") && about_client (d, kith_record_string (record, "client"), NULL);
}

static void
say_about (Describe *d)
{
  JsonObject *args = kith_json_object (d->entry, "args"), *values = args ? kith_json_object (args, "values") : NULL;
  JsonArray *records = kith_json_array (d->entry, "records");

  if (args && (about_referral (d, kith_json_string (args, "referral")) || about_client (d, kith_json_string (args, "client"), kith_json_string (args, "number"))
               || about_record (d, kith_json_string (args, "t"), kith_json_string (args, "id"))
               || about_record (d, "consent", kith_json_string (args, "consent"))))
    return;
  for (guint i = 0; records && i < json_array_get_length (records); i++)
    {
      const char *text = is_text (json_array_get_element (records, i)) ? json_array_get_string_element (records, i) : "";
      g_auto (GStrv) parts = g_strsplit (text, "/", 2);

      if (parts[0] && about_record (d, parts[0], parts[1]))
        return;
    }
  if (values)
    {
      g_autofree char *name = kith_format_client_name (values);

      set_about (d, name, kith_json_string (args, "number"), NULL);
    }
  else if (args)
    set_about (d, kith_json_string (args, "contact_name"), kith_json_string (args, "number"), NULL);
}

void
kith_attention_say_about (KithStore  *store,
                          JsonObject *entry,
                          const char *my_side,
                          const char *kind,
                          const char *id)
{
  Describe d = { .world = kith_store_get_world (store), .my_side = my_side, .entry = entry };

  about_record (&d, kind, id);
}

/* What was entered */

static void
add_line (JsonArray  *lines,
          const char *label,
          const char *value,
          gboolean    typed)
{
  if (value && *value)
    json_array_add_object_element (lines, kith_json_new ("label", "s", label, "value", "s", value, "typed", "b", typed, NULL));
}

/* As the number it is stands in the form: hidden, and not to stay in the clipboard. */
static void
guard_last (JsonArray       *lines,
            const KithField *field)
{
  guint n = json_array_get_length (lines);
  JsonObject *line = n > 0 ? json_array_get_object_element (lines, n - 1) : NULL;
  g_autofree char *masked = line && field->flags & KITH_FIELD_SECRET ? kith_format_masked (kith_json_string (line, "value")) : NULL;

  if (masked)
    json_object_set_string_member (line, "masked", masked);
  if (line)
    json_object_set_boolean_member (line, "guarded", kith_clipboard_is_guarded (field));
}

/* An operation that an argument names (audit.record), as a person calls it. */
static char *
operation_words (JsonNode *node)
{
  const KithOperation *operation = is_text (node) ? kith_operation_get (json_node_get_string (node)) : NULL;

  return operation ? g_strdup (_(operation->label)) : NULL;
}

/* Values that say something to a person: not ids, not what the entry's heading says already. */
static void
add_fields (Describe        *d,
            JsonArray       *lines,
            const KithField *fields,
            guint            n_fields,
            JsonObject      *values)
{
  static const char *const known[] = { "from", "number", "client", "referral", "t", "device", "source", "source_id" };

  for (guint i = 0; i < n_fields; i++)
    {
      const KithField *field = &fields[i];
      g_autofree char *value = NULL;
      gboolean skip = FALSE;

      for (guint k = 0; k < G_N_ELEMENTS (known); k++)
        skip = skip || g_str_equal (known[k], field->name);
      if (skip || !json_object_has_member (values, field->name))
        continue;
      value = g_str_equal (field->name, "op") ? operation_words (json_object_get_member (values, field->name))
                                              : kith_attention_value (d->world, field, json_object_get_member (values, field->name));
      add_line (lines, _(field->label), value, field->type == KITH_FIELD_TEXT || field->type == KITH_FIELD_STRING);
    }
}

static void
add_patch (Describe   *d,
           JsonArray  *lines,
           JsonArray  *there,
           JsonObject *args)
{
  const KithKind *kind = kith_kind_get (kith_json_string (args, "t"));
  JsonObject *set = kith_json_object (args, "set");
  g_autoptr (KithRecord) record = kind ? look_up (d->world, kind->name, kith_json_string (args, "id")) : NULL;

  for (guint i = 0; kind && set && i < kind->n_fields; i++)
    {
      const KithField *field = &kind->fields[i];
      JsonObject *change = kith_json_object (set, field->name);
      g_autofree char *new = change ? kith_attention_value (d->world, field, json_object_get_member (change, "new")) : NULL;
      g_autofree char *now = change && record ? kith_attention_value (d->world, field, json_object_get_member (kith_record_get_body (record), field->name)) : NULL;

      if (!change)
        continue;
      add_line (lines, _(field->label), new ? new : _("(emptied)"), new != NULL);
      if (new)
        guard_last (lines, field);
      if (record)
        add_line (there, _(field->label), now ? now : _("(empty)"), FALSE);
      if (record && now)
        guard_last (there, field);
    }
}

void
kith_attention_describe (KithStore  *store,
                         JsonObject *entry,
                         const char *my_side)
{
  Describe d = { .world = kith_store_get_world (store), .my_side = my_side, .entry = entry };
  JsonObject *args = kith_json_object (entry, "args"), *values = args ? kith_json_object (args, "values") : NULL;
  const KithOperation *operation = kith_json_string (entry, "op") ? kith_operation_get (kith_json_string (entry, "op")) : NULL;
  JsonArray *lines = json_array_new (), *there = json_array_new (), *chain = kith_json_array (entry, "chain");
  const KithKind *client = kith_kind_get ("client");

  say_about (&d);
  if (args && kith_json_object (args, "set") && kith_json_string (args, "t"))
    add_patch (&d, lines, there, args);
  else if (args && operation)
    add_fields (&d, lines, operation->args, operation->n_args, args);
  if (values && client)
    add_fields (&d, lines, client->fields, client->n_fields, values);
  json_object_set_array_member (entry, "lines", lines);
  json_object_set_array_member (entry, "there", there);
  /* What goes with it, in the same words; the first of them is the entry itself. */
  for (guint i = 1; chain && i < json_array_get_length (chain); i++)
    kith_attention_describe (store, json_array_get_object_element (chain, i), my_side);
}
