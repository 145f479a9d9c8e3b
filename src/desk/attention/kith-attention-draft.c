/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Words that could not be sent (sync.md 2.3): as their form has written them into the draft, so that none of them is lost. What the record said
 * before ("before", "was", "…_was", "read") the store has taken out of it, and is not shown by whatever way it came here. */

#include "attention/kith-attention-draft.h"

#include <string.h>

#include <glib/gi18n.h>

#include "attention/kith-attention-words.h"
#include "kith-clipboard.h"
#include "kith-draft-words.h"
#include "kith-format.h"
#include "kith-id.h"
#include "kith-operation.h"
#include "kith-text.h"

typedef struct
{
  KithWorld *world;
  const char *key;
  JsonArray *lines;
} Draft;

typedef struct
{
  const KithField *fields;
  guint n;
} Fields;

/* Returns: those of a kind, or the arguments of an operation; none for NULL */
static Fields
fields_of (const char *of)
{
  const KithKind *kind = of ? kith_kind_get (of) : NULL;
  const KithOperation *operation = of && !kind ? kith_operation_get (of) : NULL;

  return kind ? (Fields){ kind->fields, kind->n_fields } : operation ? (Fields){ operation->args, operation->n_args } : (Fields){ NULL, 0 };
}

static const KithField *
field_in (Fields      fields,
          const char *name)
{
  for (guint i = 0; i < fields.n; i++)
    if (g_str_equal (fields.fields[i].name, name))
      return &fields.fields[i];
  return NULL;
}

static void
add (Draft      *d,
     const char *label,
     const char *value,
     const char *masked,
     gboolean    guarded)
{
  if (!kith_text_blank (value))
    json_array_add_object_element (d->lines, kith_json_new ("label", "s", label, "value", "s", value, "typed", "b", TRUE, "masked", "s", masked, "guarded", "b", guarded, NULL));
}

/* ---- one value */

/* Of the directory, as it was chosen: the draft has its name too. Of a client the name is the record's, and nothing where that is not here. */
static char *
chosen_name (const KithField *field,
             JsonObject      *values)
{
  g_autofree char *beside = g_strconcat (field->name, "_name", NULL);
  const char *name = kith_json_string (values, beside);

  if (!name && (g_str_equal (field->name, "service") || g_str_equal (field->name, "queue")))
    name = kith_json_string (values, "target_name");
  if (!name && g_str_equal (field->name, "agency_to"))
    name = kith_json_string (values, "agency_name");
  return g_strcmp0 (field->target, "client") == 0 ? NULL : g_strdup (name);
}

static char *
chosen_names (const KithField *field,
              JsonObject      *values)
{
  JsonArray *names = kith_json_array (values, g_str_equal (field->name, "disclosers") ? "discloser_names" : "names");

  return names ? kith_format_strings (names, ", ") : NULL;
}

/* A switch that is off says nothing. */
static gboolean
is_off (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN && !json_node_get_boolean (node);
}

static void
add_value (Draft           *d,
           const KithField *field,
           JsonObject      *values,
           JsonNode        *node)
{
  gboolean secret = (field->flags & KITH_FIELD_SECRET) != 0;
  g_autofree char *value = is_off (node) ? NULL : kith_attention_value (d->world, field, node), *masked = NULL;

  if (!value && field->type == KITH_FIELD_REF && JSON_NODE_HOLDS_VALUE (node))
    value = chosen_name (field, values);
  if (!value && field->type == KITH_FIELD_REFS && JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) > 0)
    value = chosen_names (field, values);
  masked = secret && value ? kith_format_masked (value) : NULL;
  add (d, _(field->label), value, masked, kith_clipboard_is_guarded (field));
}

/* ---- members that are no field of what it was to become */

/* What the heading says already, what no person wrote, and a signature, which is no words. */
static const char *const left_out[] = {
  "id", "from", "number", "client", "referral", "t", "device", "source", "source_id", "wording", "replaces", "previous", "draft", "draft_seen", "signature", "names",
  "discloser_names", "term_choice", "target_name", "agency_name", "service_name", "path", "counted", "at", "version", "with", "key", "form", "before", "was",
  "read", KITH_STORE_DRAFT_OF, NULL,
};

/* By the field they stand for. */
static const struct
{
  const char *member, *of, *field;
} others[] = {
  { "agency", "referral.send", "agency_to" },
  { "basis", "referral_detail", "release_basis" },
  { "network", "referral_detail", "release_network" },
  { "interpreter", "contact_record", "interpreter_needed" },
  { "message", "client_phone", "safe_to_leave_message" },
  { "phone", "referral.send", "phone" },
  { "need", "referral.send", "need" },
  { "representative", "consent.record", "signer" },
  { "signed_text", "consent.record", "signed_on" },
  { "until_text", "consent.record", "term" },
};

static const struct
{
  const char *member, *label;
} searches[] = {
  { "search", N_("Looked for") },
  { "typed", N_("Looked for") },
};

static gboolean
is_record_before (const char *name)
{
  return g_strv_contains (left_out, name) || g_str_has_suffix (name, "_was") || g_str_has_suffix (name, "_before");
}

static const KithField *
stands_for (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (g_str_equal (others[i].member, name))
      return field_in (fields_of (others[i].of), others[i].field);
  return NULL;
}

/* No words are left out because nobody thought of them here. */
static void
add_other (Draft      *d,
           JsonObject *values,
           const char *name,
           JsonNode   *node)
{
  const KithField *field = stands_for (name);
  const char *text = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;

  if (g_str_equal (name, "until_text") && kith_json_string (values, "term")) /* it was understood */
    return;
  if (field)
    {
      add_value (d, field, values, node);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (searches); i++)
    if (g_str_equal (searches[i].member, name))
      {
        add (d, _(searches[i].label), text, NULL, FALSE);
        return;
      }
  if (text && !kith_id_is_valid (text))
    add (d, _("Also written"), text, NULL, FALSE);
}

/* ---- parts and lists of them */

static void walk (Draft *d, Fields fields, JsonObject *values);

static const struct
{
  const char *member, *of; /* of: NULL: as the whole */
} parts[] = {
  { "values", NULL },
  { "person", NULL },
  { "billing", "client_billing" },
  { "health", "client_health" },
  { "consent", "consent.record" },
  { "refusal", "consent.refuse" },
  { "household", "household.join" },
  { "spoken", "contact_record" },
  { "receiver", "contact.assign" },
  { "safe", NULL },
};

/* Consent is asked for in one form with its refusal: what was not chosen there is only kept for whoever chooses otherwise. */
static gboolean
is_chosen (JsonObject *values,
           const char *part)
{
  gboolean refusal = g_str_equal (part, "refusal"), consent = g_str_equal (part, "consent");

  if ((refusal || consent) && json_object_has_member (values, "consent_choice"))
    return kith_json_int (values, "consent_choice", 0) == (consent ? 1 : 2);
  return !refusal || kith_json_bool (values, "refuses", FALSE);
}

static void
add_part (Draft      *d,
          Fields      whole,
          JsonObject *values,
          const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (g_str_equal (parts[i].member, name) && is_chosen (values, name))
      walk (d, parts[i].of ? fields_of (parts[i].of) : whole, kith_json_object (values, name));
}

/* What a window let one choose: {"staff":{"id","words"}}. */
static void
add_picks (Draft      *d,
           Fields      fields,
           JsonObject *picks)
{
  for (guint i = 0; i < fields.n; i++)
    {
      const KithField *field = &fields.fields[i];
      JsonObject *pick = kith_json_object (picks, field->name);
      const char *id = pick ? kith_json_string (pick, "id") : NULL;
      g_autofree char *value = id ? kith_attention_value (d->world, field, json_object_get_member (pick, "id")) : NULL;

      if (pick)
        add (d, _(field->label), value ? value : !id || g_strcmp0 (field->target, "client") != 0 ? kith_json_string (pick, "words") : NULL, NULL, FALSE);
    }
  if (kith_json_bool (picks, "health", FALSE))
    add (d, _("Health information"), _("Yes"), NULL, FALSE);
}

/* Answers to the questions of a form, which stand in the draft as they were asked. */
static void
add_answers (Draft      *d,
             JsonObject *entry)
{
  JsonArray *answers = kith_json_array (entry, "answers");

  for (guint i = 0; answers && i < json_array_get_length (answers); i++)
    {
      JsonObject *answer = json_array_get_object_element (answers, i);
      JsonArray *values = kith_json_array (answer, "values");
      g_autofree char *all = values ? kith_format_strings (values, ", ") : NULL;

      add (d, kith_json_string (answer, "text") ? kith_json_string (answer, "text") : _("Answer"), all ? all : kith_json_string (answer, "value"), NULL, FALSE);
    }
}

static void
add_change (Draft      *d,
            JsonObject *change)
{
  static const KithField staff = { "staff", KITH_FIELD_REF, NULL, .target = "staff" };
  g_autofree char *who = json_object_has_member (change, "staff") ? kith_attention_value (d->world, &staff, json_object_get_member (change, "staff")) : NULL;

  add (d, g_strcmp0 (kith_json_string (change, "do"), "remove") == 0 ? _("To be taken off") : _("To be assigned"), who, NULL, FALSE);
}

static void
add_entry (Draft      *d,
           const char *list,
           JsonObject *entry)
{
  const char *name = kith_json_string (entry, "name"), *text = name ? name : kith_json_string (entry, "text");

  if (g_str_equal (list, "answers"))
    add_answers (d, entry);
  else if (g_str_equal (list, "changes"))
    add_change (d, entry);
  else if (g_str_equal (list, "needs"))
    {
      static const char *const kept[] = { "words", "note" };
      JsonObject *values = kith_json_object (entry, "values") ? kith_json_object (entry, "values") : entry;
      const KithField *service = field_in (fields_of ("contact.assign"), "service");

      for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
        if (json_object_has_member (values, kept[i]))
          add_value (d, field_in (fields_of ("contact_need"), kept[i]), values, json_object_get_member (values, kept[i]));
      if (json_object_has_member (values, "service"))
        add_value (d, service, values, json_object_get_member (values, "service"));
    }
  else
    add (d, g_str_equal (list, "files") ? _("File") : g_str_equal (list, "links") ? _("Service") : _("Also written"), text, NULL, FALSE);
}

static void
add_list (Draft      *d,
          const char *name,
          JsonArray  *list)
{
  for (guint i = 0; i < json_array_get_length (list); i++)
    if (JSON_NODE_HOLDS_OBJECT (json_array_get_element (list, i)))
      add_entry (d, name, json_array_get_object_element (list, i));
}

/* ---- all of it */

/* A value of the field it is named as: no part of a form, which may have a field's name ("health"), nor a list with more in it than the field has. */
static gboolean
is_value (const KithField *field,
          JsonNode        *node)
{
  if (!field || field->type == KITH_FIELD_JSON || g_str_equal (field->name, "needs"))
    return FALSE;
  return !JSON_NODE_HOLDS_OBJECT (node) || field->type == KITH_FIELD_PART;
}

static void
add_rest (Draft      *d,
          Fields      fields,
          JsonObject *values,
          const char *name,
          JsonNode   *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node) && g_str_equal (name, "picks"))
    add_picks (d, fields, json_node_get_object (node));
  else if (JSON_NODE_HOLDS_OBJECT (node))
    add_part (d, fields, values, name);
  else if (JSON_NODE_HOLDS_ARRAY (node))
    add_list (d, name, json_node_get_array (node));
  else if (JSON_NODE_HOLDS_VALUE (node))
    add_other (d, values, name, node);
}

/* In the order of the fields, as the form asks for them; then what is none of them. */
static void
walk (Draft      *d,
      Fields      fields,
      JsonObject *values)
{
  g_autoptr (GList) names = json_object_get_members (values);

  for (guint i = 0; i < fields.n; i++)
    {
      JsonNode *node = is_record_before (fields.fields[i].name) ? NULL : json_object_get_member (values, fields.fields[i].name);

      if (node && is_value (&fields.fields[i], node))
        add_value (d, &fields.fields[i], values, node);
    }
  for (GList *l = names; l; l = l->next)
    if (!is_record_before (l->data) && !is_value (field_in (fields, l->data), json_object_get_member (values, l->data)))
      add_rest (d, fields, values, l->data, json_object_get_member (values, l->data));
}

/* A reason: words, and which answer they go with, of a vocabulary or of the network's own words for it. */
static char *
answer_words (Draft      *d,
              Fields      fields,
              const char *code)
{
  static const char *const more[] = { "decline_reason", "outcome", "phase" };
  g_autoptr (KithRecord) term = code ? kith_world_get (d->world, "reason_term", code, NULL) : NULL;

  if (term && kith_record_string (term, "name"))
    return g_strdup (kith_record_string (term, "name"));
  if (term)
    code = kith_record_string (term, "code");
  for (guint i = 0; code && i < fields.n; i++)
    if (fields.fields[i].type == KITH_FIELD_CODE && kith_vocabulary_has (kith_vocabulary_get (fields.fields[i].vocabulary), code))
      return g_strdup (kith_format_code (fields.fields[i].vocabulary, code));
  for (guint i = 0; code && i < G_N_ELEMENTS (more); i++)
    if (kith_vocabulary_has (kith_vocabulary_get (more[i]), code))
      return g_strdup (kith_format_code (more[i], code));
  return NULL;
}

static void
add_reason (Draft      *d,
            Fields      fields,
            JsonObject *body)
{
  const KithField *text = field_in (fields, "text") ? field_in (fields, "text") : field_in (fields, "reason");
  g_autofree char *answer = answer_words (d, fields, kith_json_string (body, "code"));

  add (d, _("Reason"), answer, NULL, FALSE);
  add (d, text ? _(text->label) : _("In words"), kith_json_string (body, "text"), NULL, FALSE);
}

/* ---- whom it is about */

static const struct
{
  const char *part, *kind;
} abouts[] = {
  { "client", "client" }, { "client_health", "client" }, { "client_billing", "client" }, { "care", "client" }, { "health", "client" }, { "revoke", "client" },
  { "case", "case" }, { "case_health", "case" }, { "referral", "referral" }, { "referral_detail", "referral" }, { "referral_own", "referral" },
  { "refer", "referral" }, /* refer:edit:ID, refer:again:ID */
};

static void
say_about (KithStore  *store,
           JsonObject *draft,
           const char *key,
           const char *my_side)
{
  g_auto (GStrv) words = g_strsplit_set (key, ":.", -1);

  for (guint i = 0; words[0] && words[i + 1]; i++)
    for (guint k = 0; k < G_N_ELEMENTS (abouts) && !json_object_has_member (draft, "about"); k++)
      {
        const char *id = kith_id_is_valid (words[i + 1]) ? words[i + 1] : words[i + 2] && kith_id_is_valid (words[i + 2]) ? words[i + 2] : NULL;

        if (id && g_str_equal (words[i], abouts[k].part))
          kith_attention_say_about (store, draft, my_side, abouts[k].kind, id);
      }
}

void
kith_attention_describe_draft (KithStore  *store,
                               JsonObject *draft,
                               const char *my_side)
{
  const char *kept = kith_json_string (draft, "key"), *key = kept ? kith_draft_key (kept) : NULL, *title = key ? kith_draft_title (key) : NULL;
  Draft d = { .key = key, .lines = json_array_new () };
  JsonObject *body = kith_json_object (draft, "draft");
  Fields fields = fields_of (key ? kith_draft_of (key) : NULL);

  if (title)
    json_object_set_string_member (draft, "title", title);
  if (key)
    say_about (store, draft, key, my_side);
  d.world = kith_store_get_world (store);
  if (body && key && g_str_has_prefix (key, "reason:"))
    add_reason (&d, fields, body);
  else if (body)
    walk (&d, fields, body);
  json_object_set_array_member (draft, "lines", d.lines);
}
