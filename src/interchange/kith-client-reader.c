/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-client-reader.h"

#include "kith-column-map.h"
#include "kith-json.h"
#include "kith-text.h"
#include "kith-value.h"

#include <glib/gi18n.h>
#include <string.h>

#define KITH_TYPE_CLIENT_READER (kith_client_reader_get_type ())
G_DECLARE_FINAL_TYPE (KithClientReader, kith_client_reader, KITH, CLIENT_READER, KithReader)

struct _KithClientReader
{
  KithReader parent_instance;

  char *path, *file, *agency, *source, *import, *today;
  guint64 size;
  KithSheet *sheet;
  GPtrArray *map;
  gboolean has_source_id;
  GString *reason;       /* why the row being read cannot be taken */
  GHashTable *ambiguous; /* set of targets whose dates could be meant either way round */
  GHashTable *seen; /* set of 64-bit hashes of source ids: a few bytes for each row of a large file */
};

G_DEFINE_FINAL_TYPE (KithClientReader, kith_client_reader, KITH_TYPE_READER)

/* What is read from one row. */
typedef struct
{
  JsonObject *values;
  JsonObject *address, *billing;
  JsonArray *phones;
  JsonObject *phone[KITH_COLUMN_PHONES]; /* in phones; NULL: nothing is said of it so far */
  char *source_id;
  guint64 row;
  gboolean bad;
} Person;

static void
person_clear (Person *person)
{
  g_clear_pointer (&person->values, json_object_unref);
  g_clear_pointer (&person->address, json_object_unref);
  g_clear_pointer (&person->billing, json_object_unref);
  g_clear_pointer (&person->phones, json_array_unref);
  g_free (person->source_id);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Person, person_clear)

/* Something is wrong with the row being read. taken: not so that it could not be taken. */
static void
tell (KithClientReader *self, guint64 row, const char *field, gboolean taken, const char *reason)
{
  kith_problems_add (kith_reader_get_problems (KITH_READER (self)), self->file, row, field, taken, "%s", reason);
  if (taken)
    return;
  if (self->reason->len > 0)
    g_string_append (self->reason, "; ");
  if (field != NULL)
    g_string_append_printf (self->reason, "%s: ", kith_column_label (field));
  g_string_append (self->reason, reason);
}

/* One set of error codes for whoever reads a reader's. */
static KithSheet *
open_sheet (const char *path, const char *file, GError **error)
{
  g_autoptr (GError) local = NULL;
  KithSheet *sheet = kith_sheet_open (path, TRUE, &local);

  if (sheet == NULL && g_error_matches (local, KITH_SHEET_ERROR, KITH_SHEET_ERROR_OPEN))
    g_set_error (error, KITH_READER_ERROR, KITH_READER_ERROR_OPEN, "%s", local->message);
  else if (sheet == NULL)
    g_set_error (error, KITH_READER_ERROR, KITH_READER_ERROR_FORMAT, "%s: %s", file, local->message);
  return sheet;
}

static void
guess_column (KithClientReader *self, KithColumn *column)
{
  g_autoptr (KithSheet) sheet = open_sheet (self->path, self->file, NULL);

  if (sheet == NULL || !kith_column_guess_format (column, sheet))
    return;
  g_hash_table_add (self->ambiguous, column->target);
  if (column->ways[0] == 0)
    kith_problems_add (kith_reader_get_problems (KITH_READER (self)), self->file, 1, column->target, TRUE,
                       _("day and month could be meant either way round; read as %s. Name the format in the mapping to be sure"), column->format);
}

static void
guess_dates (KithClientReader *self)
{
  for (guint i = 0; i < self->map->len; i++)
    {
      KithColumn *column = self->map->pdata[i];

      if (kith_column_is_date (column) && column->format == NULL)
        guess_column (self, column);
    }
}

static void
place_value (Person *person, const KithColumn *column, JsonNode *value)
{
  JsonObject **phone = &person->phone[column->phone];

  switch (column->place)
    {
    case KITH_COLUMN_FIELD:
      json_object_set_member (person->values, column->field->name, value);
      return;
    case KITH_COLUMN_ADDRESS:
      json_object_set_member (person->address, column->field->name, value);
      return;
    case KITH_COLUMN_PHONE:
      if (*phone == NULL)
        json_array_add_object_element (person->phones, *phone = json_object_new ());
      json_object_set_member (*phone, column->field->name, value);
      return;
    case KITH_COLUMN_BILLING:
      json_object_set_member (person->billing, column->field->name, value);
      return;
    case KITH_COLUMN_SOURCE_ID:
      json_node_unref (value);
      return;
    }
}

static void
read_column (KithClientReader *self, const KithColumn *column, Person *person)
{
  g_autofree char *text = kith_column_text (column, self->sheet);
  g_autofree char *reason = NULL;
  g_autoptr (GError) error = NULL;
  JsonNode *value;

  if (*text == '\0')
    return;
  if (column->place == KITH_COLUMN_SOURCE_ID)
    {
      person->source_id = g_steal_pointer (&text);
      return;
    }

  value = kith_column_value (column, text, self->today, &reason);
  if (value != NULL && !kith_field_check (column->field, value, &error))
    {
      g_clear_pointer (&value, json_node_unref);
      reason = (g_free (reason), g_strdup (error->message));
    }
  if (reason != NULL)
    tell (self, person->row, column->target, value != NULL, reason);
  if (value != NULL)
    place_value (person, column, value);
  else if (reason != NULL)
    person->bad = TRUE;
}

static gboolean
has_identity (JsonObject *values)
{
  static const char *const names[] = { "given_name", "middle_name", "family_name", "second_family_name", "preferred_name", "other_names", "described_as" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (json_object_has_member (values, names[i]))
      return TRUE;
  return FALSE;
}

/* FALSE: the row as such cannot be read. */
static gboolean
check_row (KithClientReader *self, guint64 row)
{
  g_autofree char *problem = kith_sheet_row_problem (self->sheet);
  const char *remark = kith_sheet_row_remark (self->sheet);

  if (problem != NULL)
    tell (self, row, NULL, FALSE, problem);
  else if (remark != NULL)
    tell (self, row, NULL, TRUE, remark);
  return problem == NULL;
}

/* TRUE the second time an id comes. */
static gboolean
is_repeated (KithClientReader *self, const char *id)
{
  guint64 hash = G_GUINT64_CONSTANT (14695981039346656037);

  for (const guchar *c = (const guchar *) id; *c != '\0'; c++)
    hash = (hash ^ *c) * G_GUINT64_CONSTANT (1099511628211);
  return !g_hash_table_add (self->seen, GSIZE_TO_POINTER ((gsize) hash));
}

/* What is said of a number that is not there says nothing. */
static void
drop_empty_phones (Person *person)
{
  for (guint i = json_array_get_length (person->phones); i-- > 0;)
    if (!json_object_has_member (json_array_get_object_element (person->phones, i), "number"))
      json_array_remove_element (person->phones, i);
  memset (person->phone, 0, sizeof person->phone);
}

static gboolean
finish_person (KithClientReader *self, Person *person)
{
  if (json_object_get_size (person->address) > 0)
    json_object_set_object_member (person->values, "address", g_steal_pointer (&person->address));
  drop_empty_phones (person);
  if (json_array_get_length (person->phones) > 0)
    json_object_set_array_member (person->values, "phones", g_steal_pointer (&person->phones));
  if (person->bad)
    return FALSE;
  if (!has_identity (person->values))
    {
      tell (self, person->row, NULL, FALSE, _("no name"));
      return FALSE;
    }

  if (person->source_id == NULL && self->has_source_id)
    {
      tell (self, person->row, "source_id", FALSE, _("this must be filled in"));
      return FALSE;
    }
  if (person->source_id == NULL)
    {
      /* Not by what is said of insurance: a list that came before such columns were read would bring everybody a second time. */
      g_autofree char *text = kith_json_print_object (person->values);
      person->source_id = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
    }
  if (is_repeated (self, person->source_id))
    {
      g_autofree char *shown = g_utf8_substring (person->source_id, 0, MIN (g_utf8_strlen (person->source_id, -1), 60));
      g_autofree char *twice = g_strdup_printf (_("the id %s is used a second time"), shown);

      if (self->has_source_id)
        tell (self, person->row, "source_id", FALSE, twice);
      else
        tell (self, person->row, NULL, FALSE, _("the same as a row before"));
      return FALSE;
    }
  return TRUE;
}

static JsonObject *
read_person (KithClientReader *self)
{
  g_auto (Person) person = {
    .values = json_object_new (), .address = json_object_new (), .billing = json_object_new (), .phones = json_array_new (), .row = kith_sheet_row (self->sheet),
  };

  if (!check_row (self, person.row))
    return NULL;
  for (guint i = 0; i < self->map->len; i++)
    read_column (self, self->map->pdata[i], &person);
  if (!finish_person (self, &person))
    return NULL;
  return kith_json_new ("agency", "s", self->agency, "source", "s", self->source, "source_id", "s", person.source_id, "values", "o",
                        g_steal_pointer (&person.values), "import", "s", self->import, "billing", "o",
                        json_object_get_size (person.billing) > 0 ? g_steal_pointer (&person.billing) : NULL, NULL);
}

/* To the next row that can be read at all; *args NULL: it cannot be taken, self->reason says why. */
static gboolean
read_row (KithClientReader *self, JsonObject **args, GError **error)
{
  g_autoptr (GError) local = NULL;

  g_string_truncate (self->reason, 0);
  if (kith_sheet_next (self->sheet, &local))
    {
      *args = read_person (self);
      kith_reader_set_where (KITH_READER (self), self->file, kith_sheet_row (self->sheet));
      return TRUE;
    }
  if (local != NULL)
    g_set_error (error, KITH_READER_ERROR, KITH_READER_ERROR_FORMAT, "%s: %s", self->file, local->message);
  return FALSE;
}

static gboolean
kith_client_reader_next (KithReader *reader, JsonObject **args, GError **error)
{
  while (read_row (KITH_CLIENT_READER (reader), args, error))
    if (*args != NULL)
      return TRUE;
  return FALSE;
}

gboolean
kith_client_reader_next_row (KithReader *reader, KithClientRow *row, GError **error)
{
  KithClientReader *self = KITH_CLIENT_READER (reader);

  *row = (KithClientRow) { 0 };
  if (!read_row (self, &row->args, error))
    return FALSE;
  row->row = kith_sheet_row (self->sheet);
  if (row->args == NULL)
    row->reason = g_strdup (self->reason->str);
  row->cells = json_array_new ();
  for (guint i = 0; i < kith_sheet_n_fields (self->sheet); i++)
    json_array_add_string_element (row->cells, kith_sheet_get (self->sheet, i));
  return TRUE;
}

/**
 * kith_client_row_clear:
 *
 * Frees what hangs on it; also good for a row that was never filled.
 */
void
kith_client_row_clear (KithClientRow *self)
{
  g_clear_pointer (&self->args, json_object_unref);
  g_clear_pointer (&self->reason, g_free);
  g_clear_pointer (&self->cells, json_array_unref);
}

const char *
kith_client_reader_get_date_format (KithReader *reader, const char *target, gboolean *ambiguous)
{
  KithClientReader *self = KITH_CLIENT_READER (reader);

  *ambiguous = g_hash_table_contains (self->ambiguous, target);
  for (guint i = 0; i < self->map->len; i++)
    if (strcmp (((KithColumn *) self->map->pdata[i])->target, target) == 0)
      return ((KithColumn *) self->map->pdata[i])->format;
  return NULL;
}

gboolean
kith_client_reader_has_ids (KithReader *reader)
{
  return KITH_CLIENT_READER (reader)->has_source_id;
}

char *
kith_client_reader_print_map (KithReader *reader, const char *target, const char *format)
{
  KithClientReader *self = KITH_CLIENT_READER (reader);

  return kith_column_map_print (self->map, self->sheet, target, format);
}

const char *
kith_client_reader_get_doubtful (KithReader *reader, const char **format)
{
  KithClientReader *self = KITH_CLIENT_READER (reader);

  for (guint i = 0; i < self->map->len; i++)
    {
      const KithColumn *column = self->map->pdata[i];

      if (!g_hash_table_contains (self->ambiguous, column->target))
        continue;
      *format = column->format;
      return column->target;
    }
  return NULL;
}

gboolean
kith_client_reader_get_ways (KithReader *reader, const char *target, guint64 ways[2])
{
  KithClientReader *self = KITH_CLIENT_READER (reader);

  for (guint i = 0; i < self->map->len; i++)
    {
      const KithColumn *column = self->map->pdata[i];

      if (strcmp (column->target, target) != 0 || column->ways[0] == 0)
        continue;
      memcpy (ways, column->ways, sizeof column->ways);
      return TRUE;
    }
  return FALSE;
}

static double
kith_client_reader_progress (KithReader *reader)
{
  KithClientReader *self = KITH_CLIENT_READER (reader);

  return self->size > 0 ? (double) kith_sheet_bytes_read (self->sheet) / (double) self->size : 1.0;
}

static void
kith_client_reader_finalize (GObject *object)
{
  KithClientReader *self = KITH_CLIENT_READER (object);

  g_clear_pointer (&self->sheet, kith_sheet_free);
  g_clear_pointer (&self->map, g_ptr_array_unref);
  g_hash_table_unref (self->seen);
  g_hash_table_unref (self->ambiguous);
  g_string_free (self->reason, TRUE);
  g_free (self->path);
  g_free (self->file);
  g_free (self->agency);
  g_free (self->source);
  g_free (self->import);
  g_free (self->today);

  G_OBJECT_CLASS (kith_client_reader_parent_class)->finalize (object);
}

static void
kith_client_reader_class_init (KithClientReaderClass *klass)
{
  KithReaderClass *reader_class = KITH_READER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = kith_client_reader_finalize;
  reader_class->operation = "client.import";
  reader_class->next = kith_client_reader_next;
  reader_class->progress = kith_client_reader_progress;
}

static void
kith_client_reader_init (KithClientReader *self)
{
  self->seen = g_hash_table_new (NULL, NULL);
  self->ambiguous = g_hash_table_new (g_str_hash, g_str_equal);
  self->reason = g_string_new (NULL);
}

/**
 * kith_client_reader_new:
 * @options: copied; nothing of it is kept
 * @error: KITH_READER_ERROR_MAPPING for a map that does not fit the header, _OPEN for a file that cannot be read, _FORMAT for one that is no sheet
 *
 * Reads the header, and for each column of dates without a format as many rows as it takes to see how they are written. Problems of rows are told only
 * as kith_reader_next() comes to them.
 *
 * Returns: (transfer full): the reader, of one thread at a time
 */
KithReader *
kith_client_reader_new (const KithClientReaderOptions *options, GError **error)
{
  g_autoptr (KithClientReader) self = g_object_new (KITH_TYPE_CLIENT_READER, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (options->path);
  g_autoptr (GFileInfo) info = NULL;

  self->path = g_strdup (options->path);
  self->file = g_path_get_basename (options->path);
  self->agency = g_strdup (options->agency);
  self->source = g_strdup (options->source);
  self->import = g_strdup (options->import);
  self->today = g_strdup (options->today);
  kith_reader_add_input (KITH_READER (self), self->path);
  kith_reader_add_setting (KITH_READER (self), options->map);
  kith_reader_add_setting (KITH_READER (self), self->today);

  self->sheet = open_sheet (self->path, self->file, error);
  if (self->sheet == NULL)
    return NULL;
  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, NULL, NULL);
  self->size = info != NULL ? (guint64) g_file_info_get_size (info) : 0;
  self->map = kith_column_map_new (options->map, self->sheet, error);
  if (self->map == NULL)
    return NULL;
  for (guint i = 0; i < self->map->len; i++)
    self->has_source_id |= ((KithColumn *) self->map->pdata[i])->place == KITH_COLUMN_SOURCE_ID;
  guess_dates (self);
  return KITH_READER (g_steal_pointer (&self));
}

char *
kith_client_reader_describe (KithReader *reader)
{
  KithClientReader *self = KITH_CLIENT_READER (reader);

  return kith_column_map_describe (self->map, self->sheet);
}
