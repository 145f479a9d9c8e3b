/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-file-words.h"
#include "kith-hsds-private.h"
#include "kith-json.h"

#include <glib/gi18n.h>
#include <string.h>

/* The nested form, as the API answers it: one record, or a page of them in "contents". Records inside of records are taken
 * out; what comes several times, once brief and once in full, becomes one. */

#define MAX_FILE (64 * 1024 * 1024) /* bytes: a file is parsed as a whole */

typedef struct
{
  JsonObject *raw;
  const char *file; /* borrowed from self->files */
  guint64 row;
} Found;

#define KITH_TYPE_HSDS_JSON (kith_hsds_json_get_type ())
G_DECLARE_FINAL_TYPE (KithHsdsJson, kith_hsds_json, KITH, HSDS_JSON, KithReader)

struct _KithHsdsJson
{
  KithReader parent_instance;

  GPtrArray *files; /* base names */
  char *source;

  GHashTable *by_id[KITH_HSDS_KINDS];  /* id → Found */
  GPtrArray *ids[KITH_HSDS_KINDS];     /* in the order they came */
  guint kind, at;                      /* what comes next */
  guint total, done;
};

G_DEFINE_FINAL_TYPE (KithHsdsJson, kith_hsds_json, KITH_TYPE_READER)

enum { TAXONOMY, TERM, ORGANIZATION, PROGRAM, LOCATION, SERVICE, SERVICE_AT_LOCATION };

/* Records that may stand in a record: under which member, and which link replaces them. */
typedef struct
{
  guint owner;
  const char *member;
  guint inner;
  const char *link_in_owner; /* for one record: the owner names it */
  const char *link_in_inner; /* for a list: each names the owner */
} Nesting;

static const Nesting nestings[] = {
  { TERM, "taxonomy_detail", TAXONOMY, "taxonomy_id", NULL },
  { ORGANIZATION, "programs", PROGRAM, NULL, "organization_id" },
  { ORGANIZATION, "locations", LOCATION, NULL, "organization_id" },
  { ORGANIZATION, "services", SERVICE, NULL, "organization_id" },
  { PROGRAM, "organization", ORGANIZATION, "organization_id", NULL },
  { SERVICE, "organization", ORGANIZATION, "organization_id", NULL },
  { SERVICE, "program", PROGRAM, "program_id", NULL },
  { SERVICE, "service_at_locations", SERVICE_AT_LOCATION, NULL, "service_id" },
  { SERVICE_AT_LOCATION, "location", LOCATION, "location_id", NULL },
  { SERVICE_AT_LOCATION, "service", SERVICE, "service_id", NULL },
  { LOCATION, "organization", ORGANIZATION, "organization_id", NULL },
};

static const char *extract (KithHsdsJson *self, guint kind, JsonObject *object, const char *file, guint64 row);

static void
found_free (gpointer data)
{
  Found *found = data;

  json_object_unref (found->raw);
  g_free (found);
}

static void
set_missing (JsonObject *object, const char *member, const char *value)
{
  if (value != NULL && !json_object_has_member (object, member))
    json_object_set_string_member (object, member, value);
}

/* Attributes carry their term in full; terms are records. */
static void
extract_terms (KithHsdsJson *self, JsonObject *object, const char *file, guint64 row)
{
  JsonArray *attributes = kith_json_array (object, "attributes");

  for (guint i = 0; attributes != NULL && i < json_array_get_length (attributes); i++)
    {
      JsonNode *node = json_array_get_element (attributes, i);
      JsonObject *attribute = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      JsonObject *term = attribute != NULL ? kith_json_object (attribute, "taxonomy_term") : NULL;

      if (term == NULL)
        continue;
      set_missing (attribute, "taxonomy_term_id", extract (self, TERM, term, file, row));
      json_object_remove_member (attribute, "taxonomy_term");
    }
}

static void
extract_list (KithHsdsJson *self, const Nesting *nesting, JsonArray *list, const char *owner, const char *file, guint64 row)
{
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonNode *node = json_array_get_element (list, i);

      if (!JSON_NODE_HOLDS_OBJECT (node))
        continue;
      set_missing (json_node_get_object (node), nesting->link_in_inner, owner);
      extract (self, nesting->inner, json_node_get_object (node), file, row);
    }
}

static void
extract_nested (KithHsdsJson *self, guint kind, JsonObject *object, const char *id, const char *file, guint64 row)
{
  for (guint i = 0; i < G_N_ELEMENTS (nestings); i++)
    {
      const Nesting *nesting = &nestings[i];
      JsonNode *node = nesting->owner == kind ? json_object_get_member (object, nesting->member) : NULL;

      if (node == NULL)
        continue;
      if (nesting->link_in_owner != NULL && JSON_NODE_HOLDS_OBJECT (node))
        {
          JsonObject *inner = json_node_get_object (node);

          if (nesting->inner == PROGRAM)
            set_missing (inner, "organization_id", kith_json_string (object, "organization_id"));
          set_missing (object, nesting->link_in_owner, extract (self, nesting->inner, inner, file, row));
        }
      else if (nesting->link_in_inner != NULL && JSON_NODE_HOLDS_ARRAY (node))
        extract_list (self, nesting, json_node_get_array (node), id, file, row);
      json_object_remove_member (object, nesting->member);
    }
}

/* Brief and full views of one record: each member once. */
static void
add_missing_members (JsonObject *into, JsonObject *from)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, from);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    if (!json_object_has_member (into, name))
      json_object_set_member (into, name, json_node_copy (node));
}

/* Takes the record, and those in it, out of the object. Returns its id, borrowed; NULL when it has none. */
static const char *
extract (KithHsdsJson *self, guint kind, JsonObject *object, const char *file, guint64 row)
{
  const char *id = kith_json_string (object, "id");
  Found *found;

  if (id == NULL)
    {
      kith_problems_add (kith_reader_get_problems (KITH_READER (self)), file, row, "id", FALSE, _("an entry of “%s” has no id"), kith_hsds_kinds[kind]);
      return NULL;
    }
  extract_nested (self, kind, object, id, file, row);
  extract_terms (self, object, file, row);

  found = g_hash_table_lookup (self->by_id[kind], id);
  if (found != NULL)
    {
      add_missing_members (found->raw, object);
      return kith_json_string (found->raw, "id");
    }
  found = g_new0 (Found, 1);
  found->raw = json_object_ref (object);
  found->file = file;
  found->row = row;
  g_hash_table_insert (self->by_id[kind], g_strdup (id), found);
  g_ptr_array_add (self->ids[kind], g_strdup (id));
  self->total++;
  return kith_json_string (found->raw, "id");
}

static gboolean
has_any (JsonObject *object, const char *const *members)
{
  for (guint i = 0; members[i] != NULL; i++)
    if (json_object_has_member (object, members[i]))
      return TRUE;
  return FALSE;
}

/* Records do not say what they are; members that only one of them has do. -1: none of ours. */
static int
recognise (JsonObject *object)
{
  static const char *const at_location[] = { "location", "location_id", "service", NULL };
  static const char *const location[] = { "location_type", "latitude", "addresses", NULL };
  static const char *const service[] = { "status", "eligibility_description", "service_at_locations", "assured_date", NULL };
  static const char *const term[] = { "taxonomy_detail", "taxonomy", "term_uri", "code", NULL };
  static const char *const organization[] = { "website", "legal_status", "tax_status", "year_incorporated", "services", "programs",
                                              "organization_identifiers", "parent_organization_id", "logo", NULL };

  if (has_any (object, location))
    return LOCATION;
  if (has_any (object, service))
    return SERVICE;
  if (has_any (object, at_location))
    return SERVICE_AT_LOCATION;
  if (has_any (object, term))
    return TERM;
  if (json_object_has_member (object, "version") && json_object_has_member (object, "name")) /* the API's own page has the first too */
    return TAXONOMY;
  if (has_any (object, organization))
    return ORGANIZATION;
  return json_object_has_member (object, "organization_id") ? PROGRAM : -1;
}

static void
take_record (KithHsdsJson *self, JsonNode *node, const char *file, guint64 row)
{
  KithProblems *problems = kith_reader_get_problems (KITH_READER (self));
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  int kind = object != NULL ? recognise (object) : -1;

  if (kind >= 0)
    extract (self, (guint) kind, object, file, row);
  else
    kith_problems_add (problems, file, row, NULL, FALSE, _("this is not a record of an HSDS directory"));
}

static gboolean
take_file (KithHsdsJson *self, const char *path, GError **error)
{
  KithJsonLimits limits = { .max_bytes = MAX_FILE };
  g_autofree char *data = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) local = NULL;
  char *name = g_path_get_basename (path);
  JsonArray *list = NULL;
  gsize length;

  g_ptr_array_add (self->files, name);
  kith_reader_add_input (KITH_READER (self), path);
  if (!g_file_get_contents (path, &data, &length, &local))
    {
      g_autofree char *words = kith_file_words (path, local);

      g_set_error_literal (error, KITH_READER_ERROR, KITH_READER_ERROR_OPEN, words);
      return FALSE;
    }
  root = kith_json_parse (data, (gssize) length, &limits, &local);
  if (root == NULL)
    {
      g_set_error (error, KITH_READER_ERROR, KITH_READER_ERROR_FORMAT, "%s: %s", name, local->message);
      return FALSE;
    }

  if (JSON_NODE_HOLDS_ARRAY (root))
    list = json_node_get_array (root);
  else if (JSON_NODE_HOLDS_OBJECT (root))
    list = kith_json_array (json_node_get_object (root), "contents");
  if (list == NULL)
    take_record (self, root, name, 1);
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    take_record (self, json_array_get_element (list, i), name, i + 1);
  return TRUE;
}

static gboolean
kith_hsds_json_next (KithReader *reader, JsonObject **args, GError **error)
{
  KithHsdsJson *self = KITH_HSDS_JSON (reader);

  for (; self->kind < KITH_HSDS_KINDS; self->kind++, self->at = 0)
    while (self->at < self->ids[self->kind]->len)
      {
        const char *id = self->ids[self->kind]->pdata[self->at++];
        Found *found = g_hash_table_lookup (self->by_id[self->kind], id);
        KithHsdsPlace place = { kith_reader_get_problems (reader), self->source, found->file, found->row };
        JsonObject *body = kith_hsds_shape (kith_kind_get (kith_hsds_kinds[self->kind]), found->raw, &place);

        self->done++;
        kith_reader_set_where (reader, place.file, place.row);
        if (body == NULL)
          continue;
        *args = kith_hsds_operation (kith_hsds_kinds[self->kind], self->source, id, body);
        return TRUE;
      }
  return FALSE;
}

static double
kith_hsds_json_progress (KithReader *reader)
{
  KithHsdsJson *self = KITH_HSDS_JSON (reader);

  return self->total > 0 ? (double) self->done / self->total : 1.0;
}

static void
kith_hsds_json_finalize (GObject *object)
{
  KithHsdsJson *self = KITH_HSDS_JSON (object);

  for (guint i = 0; i < KITH_HSDS_KINDS; i++)
    {
      g_hash_table_unref (self->by_id[i]);
      g_ptr_array_unref (self->ids[i]);
    }
  g_ptr_array_unref (self->files);
  g_free (self->source);

  G_OBJECT_CLASS (kith_hsds_json_parent_class)->finalize (object);
}

static void
kith_hsds_json_class_init (KithHsdsJsonClass *klass)
{
  KithReaderClass *reader_class = KITH_READER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = kith_hsds_json_finalize;
  reader_class->operation = "directory.put";
  reader_class->next = kith_hsds_json_next;
  reader_class->progress = kith_hsds_json_progress;
}

static void
kith_hsds_json_init (KithHsdsJson *self)
{
  self->files = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < KITH_HSDS_KINDS; i++)
    {
      self->by_id[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, found_free);
      self->ids[i] = g_ptr_array_new_with_free_func (g_free);
    }
}

KithReader *
kith_hsds_json_new (const char *const *paths, const char *source, GError **error)
{
  g_autoptr (KithHsdsJson) self = g_object_new (KITH_TYPE_HSDS_JSON, NULL);

  self->source = g_strdup (source);
  for (guint i = 0; paths[i] != NULL; i++)
    if (!take_file (self, paths[i], error))
      return NULL;
  return KITH_READER (g_steal_pointer (&self));
}
