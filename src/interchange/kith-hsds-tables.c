/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hsds-private.h"
#include "kith-json.h"
#include "kith-text.h"

#include <glib/gi18n.h>
#include <string.h>

/* The tabular form. Tables of parts (phones, schedules …) are read whole and hung on their owners; tables of records are
 * then read row by row. Links that lead nowhere are reported where they stand. */

/* In the order of kith_hsds_kinds. */
static const char *const record_files[KITH_HSDS_KINDS] = {
  "taxonomies.csv", "taxonomy_terms.csv", "organizations.csv", "programs.csv", "locations.csv", "services.csv", "service_at_location.csv",
};

typedef struct
{
  const char *file;
  const char *kind;     /* of the part */
  const char *name;     /* of the thing a row is, for links to it; NULL: nothing links to it */
  const char *member;   /* in the owner */
  const char *links[6]; /* columns; without "_id" they name the owner's thing */
  const char *thing;    /* when set: the column that names the owner's thing; links has one column */
} PartTable;

/* What others hang on comes later: languages hang on phones, phones on contacts; attributes and metadata on anything. */
static const PartTable part_tables[] = {
  { "attributes.csv", "attribute", NULL, "attributes", { "link_id" }, "link_entity" },
  { "metadata.csv", "metadata", NULL, "metadata", { "resource_id" }, "resource_type" },
  { "languages.csv", "language", "language", "languages", { "service_id", "location_id", "phone_id" } },
  { "phones.csv", "phone", "phone", "phones", { "location_id", "service_id", "organization_id", "contact_id", "service_at_location_id" } },
  { "contacts.csv", "contact", "contact", "contacts", { "organization_id", "service_id", "service_at_location_id", "location_id" } },
  { "addresses.csv", "directory_address", "address", "addresses", { "location_id" } },
  { "schedules.csv", "schedule", "schedule", "schedules", { "service_id", "location_id", "service_at_location_id" } },
  { "accessibility.csv", "accessibility", "accessibility", "accessibility", { "location_id" } },
  { "funding.csv", "funding", "funding", "funding", { "organization_id", "service_id" } },
  { "cost_options.csv", "cost_option", "cost_option", "cost_options", { "service_id" } },
  { "required_documents.csv", "required_document", "required_document", "required_documents", { "service_id" } },
  { "service_areas.csv", "service_area", "service_area", "service_areas", { "service_id", "service_at_location_id" } },
  { "organization_identifiers.csv", "organization_identifier", "organization_identifier", "organization_identifiers", { "organization_id" } },
};

typedef enum
{
  ROW_KNOWN = 1,
  ROW_YIELDED,
  ROW_LEFT_OUT,
} RowState;

#define KITH_TYPE_HSDS_TABLES (kith_hsds_tables_get_type ())
G_DECLARE_FINAL_TYPE (KithHsdsTables, kith_hsds_tables, KITH, HSDS_TABLES, KithReader)

struct _KithHsdsTables
{
  KithReader parent_instance;

  char *folder;
  JsonObject *tables; /* instead of the folder */
  char *source;
  guint64 size;
  guint64 done_bytes; /* of tables finished */
  gboolean loaded;

  GHashTable *ids;   /* thing → (id → RowState) */
  GHashTable *parts; /* "member thing/id" → GPtrArray of JsonObject */

  guint kind;        /* being read */
  KithHsdsTable *table;
};

G_DEFINE_FINAL_TYPE (KithHsdsTables, kith_hsds_tables, KITH_TYPE_READER)

/* *table is NULL without error when there is no such table. */
static gboolean
table_open (KithHsdsTables *self, const char *name, KithHsdsTable **table, GError **error)
{
  return kith_hsds_table_open (self->folder, self->tables, name, kith_reader_get_problems (KITH_READER (self)), table, error);
}

static GHashTable *
ids_of (KithHsdsTables *self, const char *thing)
{
  GHashTable *ids = g_hash_table_lookup (self->ids, thing);

  if (ids == NULL)
    {
      ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_hash_table_insert (self->ids, g_strdup (thing), ids);
    }
  return ids;
}

static gboolean
load_ids (KithHsdsTables *self, const char *thing, const char *file, GError **error)
{
  GHashTable *ids = ids_of (self, thing);
  g_autoptr (KithHsdsTable) table = NULL;
  g_autoptr (GError) local = NULL;
  JsonObject *object;
  guint64 row;

  if (!table_open (self, file, &table, error))
    return FALSE;
  if (table == NULL)
    return TRUE;

  /* What is wrong with a row is told when it is read for good. */
  kith_problems_set_muted (kith_reader_get_problems (KITH_READER (self)), TRUE);
  while (kith_hsds_table_next (table, &object, &row, &local))
    {
      const char *id = object != NULL ? kith_json_string (object, "id") : NULL;

      if (id != NULL)
        g_hash_table_insert (ids, g_strdup (id), GINT_TO_POINTER (ROW_KNOWN));
      g_clear_pointer (&object, json_object_unref);
    }
  kith_problems_set_muted (kith_reader_get_problems (KITH_READER (self)), FALSE);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static char *
thing_of_column (const char *column)
{
  return g_strndup (column, strlen (column) - strlen ("_id"));
}

static void
hang (KithHsdsTables *self, const char *member, const char *thing, const char *id, JsonObject *part)
{
  g_autofree char *key = g_strconcat (member, " ", thing, "/", id, NULL);
  GPtrArray *list = g_hash_table_lookup (self->parts, key);

  if (list == NULL)
    {
      list = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
      g_hash_table_insert (self->parts, g_steal_pointer (&key), list);
    }
  g_ptr_array_add (list, json_object_ref (part));
}

static gboolean
holds (KithHsdsTables *self, const char *thing, const char *id)
{
  GHashTable *ids = thing != NULL ? g_hash_table_lookup (self->ids, thing) : NULL;

  return ids != NULL && g_hash_table_contains (ids, id);
}

/* An attribute or an entry of the metadata hangs on anything, and a column says on what. Things that are none of ours are
 * passed over, and so is a change of something that is gone. */
static void
hang_on_anything (KithHsdsTables *self, const PartTable *description, JsonObject *part, guint64 row)
{
  g_autofree char *id = g_strdup (kith_json_string (part, description->links[0]));
  g_autofree char *named = g_strdup (kith_json_string (part, description->thing));
  const char *thing = id != NULL && holds (self, named, id) ? named : NULL;

  for (guint i = 0; id != NULL && thing == NULL && i < KITH_HSDS_KINDS; i++)
    if (holds (self, kith_hsds_kinds[i], id))
      thing = kith_hsds_kinds[i];

  json_object_remove_member (part, description->links[0]);
  json_object_remove_member (part, description->thing);
  if (thing != NULL)
    hang (self, description->member, thing, id, part);
  else if (id != NULL && named != NULL && strcmp (description->kind, "attribute") == 0 && g_hash_table_contains (self->ids, named))
    kith_problems_add (kith_reader_get_problems (KITH_READER (self)), description->file, row, description->links[0], FALSE,
                       _("“%s” has no entry with the id %s"), named, id);
}

/* Takes a part's links out of it and hangs it on each owner there is. */
static void
hang_part (KithHsdsTables *self, const PartTable *description, JsonObject *part, guint64 row)
{
  KithProblems *problems = kith_reader_get_problems (KITH_READER (self));
  guint owners = 0, broken = 0;
  g_autoptr (GPtrArray) wrong = g_ptr_array_new ();
  g_autoptr (GHashTable) links = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  gpointer column, id;
  GHashTableIter iter;

  for (guint i = 0; i < G_N_ELEMENTS (description->links) && description->links[i] != NULL; i++)
    {
      const char *link = kith_json_string (part, description->links[i]);
      g_autofree char *thing = thing_of_column (description->links[i]);

      if (link == NULL)
        continue;
      if (g_hash_table_contains (ids_of (self, thing), link))
        g_hash_table_insert (links, (gpointer) description->links[i], g_strdup (link));
      else
        {
          g_ptr_array_add (wrong, (gpointer) description->links[i]);
          broken++;
        }
    }
  owners = g_hash_table_size (links);

  for (guint i = 0; i < wrong->len; i++)
    {
      g_autofree char *thing = thing_of_column (wrong->pdata[i]);

      kith_problems_add (problems, description->file, row, wrong->pdata[i], owners > 0, _("“%s” has no entry with the id %s"), thing,
                         kith_json_string (part, wrong->pdata[i]));
    }
  if (owners == 0 && broken == 0)
    kith_problems_add (problems, description->file, row, NULL, FALSE, _("belongs to nothing: no link is filled in"));

  for (guint i = 0; i < G_N_ELEMENTS (description->links) && description->links[i] != NULL; i++)
    if (json_object_has_member (part, description->links[i]))
      json_object_remove_member (part, description->links[i]);
  g_hash_table_iter_init (&iter, links);
  while (g_hash_table_iter_next (&iter, &column, &id))
    {
      g_autofree char *thing = thing_of_column (column);
      hang (self, description->member, thing, id, part);
    }
}

static void
check_term (KithHsdsTables *self, const char *file, JsonObject *part, guint64 row)
{
  const char *term = kith_json_string (part, "taxonomy_term_id");

  if (term == NULL || g_hash_table_contains (ids_of (self, "taxonomy_term"), term))
    return;
  kith_problems_add (kith_reader_get_problems (KITH_READER (self)), file, row, "taxonomy_term_id", TRUE,
                     _("“%s” has no entry with the id %s"), "taxonomy_term", term);
  json_object_remove_member (part, "taxonomy_term_id");
}

/* Puts what hangs on a thing into it. */
static void
collect_parts (KithHsdsTables *self, const char *thing, const char *id, JsonObject *owner)
{
  for (guint i = 0; i < G_N_ELEMENTS (part_tables); i++)
    {
      g_autofree char *key = g_strconcat (part_tables[i].member, " ", thing, "/", id, NULL);
      GPtrArray *list = g_hash_table_lookup (self->parts, key);
      JsonArray *array;

      if (list == NULL)
        continue;
      array = json_array_sized_new (list->len);
      for (guint k = 0; k < list->len; k++)
        json_array_add_object_element (array, json_object_ref (list->pdata[k]));
      json_object_set_array_member (owner, part_tables[i].member, array);
    }
}

static gboolean
load_parts (KithHsdsTables *self, const PartTable *description, GError **error)
{
  g_autoptr (KithHsdsTable) table = NULL;
  g_autoptr (GError) local = NULL;
  JsonObject *object;
  guint64 row;

  if (!table_open (self, description->file, &table, error))
    return FALSE;
  while (table != NULL && kith_hsds_table_next (table, &object, &row, &local))
    {
      g_autoptr (JsonObject) raw = object;
      KithHsdsPlace place = { kith_reader_get_problems (KITH_READER (self)), self->source, description->file, row, TRUE };
      g_autoptr (JsonObject) part = raw != NULL ? kith_hsds_shape_part (kith_kind_get (description->kind), raw, &place) : NULL;
      const char *id = part != NULL ? kith_json_string (part, "id") : NULL;

      if (part == NULL)
        continue;
      if (description->name != NULL && id != NULL)
        collect_parts (self, description->name, id, part);
      check_term (self, description->file, part, row);
      if (description->thing != NULL)
        hang_on_anything (self, description, part, row);
      else
        hang_part (self, description, part, row);
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
load (KithHsdsTables *self, GError **error)
{
  self->loaded = TRUE;
  for (guint i = 0; i < KITH_HSDS_KINDS; i++)
    if (!load_ids (self, kith_hsds_kinds[i], record_files[i], error))
      return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (part_tables); i++)
    if (part_tables[i].name != NULL && !load_ids (self, part_tables[i].name, part_tables[i].file, error))
      return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (part_tables); i++)
    if (!load_parts (self, &part_tables[i], error))
      return FALSE;
  return TRUE;
}

/* FALSE: the row refers to something it cannot be without. A record's link to its own kind (a parent) may lead out of the file. */
static gboolean
check_links (KithHsdsTables *self, const KithKind *kind, JsonObject *raw, const KithHsdsPlace *place)
{
  for (guint i = 0; i < kind->n_fields; i++)
    {
      const KithField *field = &kind->fields[i];
      const char *id = kith_json_string (raw, field->name);
      const char *target = field->target;
      gboolean required = (field->flags & KITH_FIELD_REQUIRED) != 0;
      RowState state;

      if (id == NULL || field->type != KITH_FIELD_REF || strcmp (target, kind->name) == 0)
        continue;
      state = GPOINTER_TO_INT (g_hash_table_lookup (ids_of (self, target), id));
      if (state == ROW_KNOWN || state == ROW_YIELDED)
        continue;
      if (state == ROW_LEFT_OUT)
        kith_problems_add (place->problems, place->file, place->row, field->name, !required, _("the entry of “%s” with the id %s was left out"), target, id);
      else
        kith_problems_add (place->problems, place->file, place->row, field->name, !required, _("“%s” has no entry with the id %s"), target, id);
      if (required)
        return FALSE;
      json_object_remove_member (raw, field->name);
    }
  return TRUE;
}

static JsonObject *
make_operation (KithHsdsTables *self, const char *kind_name, JsonObject *raw, const KithHsdsPlace *place)
{
  const KithKind *kind = kith_kind_get (kind_name);
  g_autofree char *id = g_strdup (kith_json_string (raw, "id"));
  GHashTable *ids = ids_of (self, kind_name);
  JsonObject *body = NULL;

  if (kith_text_blank (id))
    {
      kith_problems_add (place->problems, place->file, place->row, "id", FALSE, _("this must be filled in"));
      return NULL;
    }
  if (GPOINTER_TO_INT (g_hash_table_lookup (ids, id)) != ROW_KNOWN)
    {
      kith_problems_add (place->problems, place->file, place->row, "id", FALSE, _("the id %s is used a second time"), id);
      return NULL;
    }

  collect_parts (self, kind_name, id, raw);
  if (check_links (self, kind, raw, place))
    body = kith_hsds_shape (kind, raw, place);
  g_hash_table_insert (ids, g_strdup (id), GINT_TO_POINTER (body != NULL ? ROW_YIELDED : ROW_LEFT_OUT));
  return body != NULL ? kith_hsds_operation (kind_name, self->source, id, body) : NULL;
}

static gboolean
kith_hsds_tables_next (KithReader *reader, JsonObject **args, GError **error)
{
  KithHsdsTables *self = KITH_HSDS_TABLES (reader);
  g_autoptr (GError) local = NULL;

  if (!self->loaded && !load (self, error))
    return FALSE;

  while (self->kind < KITH_HSDS_KINDS)
    {
      g_autoptr (JsonObject) raw = NULL;
      KithHsdsPlace place = { kith_reader_get_problems (reader), self->source, record_files[self->kind], 0 };

      if (self->table == NULL && !table_open (self, place.file, &self->table, error))
        return FALSE;
      if (self->table == NULL || !kith_hsds_table_next (self->table, &raw, &place.row, &local))
        {
          if (local != NULL)
            {
              g_propagate_error (error, g_steal_pointer (&local));
              return FALSE;
            }
          self->done_bytes += kith_hsds_table_bytes_read (self->table);
          g_clear_pointer (&self->table, kith_hsds_table_free);
          self->kind++;
          continue;
        }
      *args = raw != NULL ? make_operation (self, kith_hsds_kinds[self->kind], raw, &place) : NULL;
      kith_reader_set_where (reader, place.file, place.row);
      if (*args != NULL)
        return TRUE;
    }
  return FALSE;
}

static double
kith_hsds_tables_progress (KithReader *reader)
{
  KithHsdsTables *self = KITH_HSDS_TABLES (reader);
  guint64 now = kith_hsds_table_bytes_read (self->table);

  if (self->tables != NULL)
    return (double) self->kind / KITH_HSDS_KINDS;
  return self->size > 0 ? (double) (self->done_bytes + now) / (double) self->size : 1.0;
}

static void
kith_hsds_tables_finalize (GObject *object)
{
  KithHsdsTables *self = KITH_HSDS_TABLES (object);

  g_free (self->folder);
  g_free (self->source);
  g_clear_pointer (&self->tables, json_object_unref);
  g_clear_pointer (&self->table, kith_hsds_table_free);
  g_hash_table_unref (self->ids);
  g_hash_table_unref (self->parts);

  G_OBJECT_CLASS (kith_hsds_tables_parent_class)->finalize (object);
}

static void
kith_hsds_tables_class_init (KithHsdsTablesClass *klass)
{
  KithReaderClass *reader_class = KITH_READER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = kith_hsds_tables_finalize;
  reader_class->operation = "directory.put";
  reader_class->next = kith_hsds_tables_next;
  reader_class->progress = kith_hsds_tables_progress;
}

static void
kith_hsds_tables_init (KithHsdsTables *self)
{
  self->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_hash_table_unref);
  self->parts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
}

KithReader *
kith_hsds_tables_new (const char *folder, const char *source, GError **error)
{
  g_autoptr (KithHsdsTables) self = g_object_new (KITH_TYPE_HSDS_TABLES, NULL);
  gboolean any = FALSE;

  self->folder = g_strdup (folder);
  self->source = g_strdup (source);
  for (guint i = 0; i < KITH_HSDS_KINDS; i++)
    {
      g_autofree char *path = g_build_filename (folder, record_files[i], NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, NULL, NULL);

      if (info == NULL)
        continue;
      any = TRUE;
      self->size += (guint64) g_file_info_get_size (info);
    }
  if (any)
    return KITH_READER (g_steal_pointer (&self));
  g_set_error (error, KITH_READER_ERROR, KITH_READER_ERROR_FORMAT,
               _("“%s” holds no table of an HSDS package (organizations.csv, services.csv …)."), folder);
  return NULL;
}

/**
 * kith_hsds_tables_new_for_json:
 * @file: where @tables come from: for the problems, and for telling whether the input is still the same
 * @tables: kept: an array by file name
 *
 * Returns: (transfer full): a reader of the tabular form
 */
KithReader *
kith_hsds_tables_new_for_json (const char *file, JsonObject *tables, const char *source)
{
  KithHsdsTables *self = g_object_new (KITH_TYPE_HSDS_TABLES, NULL);

  self->folder = g_path_get_basename (file);
  self->source = g_strdup (source);
  self->tables = json_object_ref (tables);
  kith_reader_add_input (KITH_READER (self), file);
  return KITH_READER (self);
}
