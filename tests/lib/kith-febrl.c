/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-febrl.h"

#include "kith-sheet.h"

#include <string.h>

typedef enum
{
  COLUMN_ID,
  COLUMN_GIVEN,
  COLUMN_SURNAME,
  COLUMN_NUMBER,
  COLUMN_ADDRESS_1,
  COLUMN_ADDRESS_2,
  COLUMN_SUBURB,
  COLUMN_POSTCODE,
  COLUMN_STATE,
  COLUMN_BIRTH,
  COLUMN_SOC_SEC,
  N_COLUMNS,
} Column;

static const char *const names[N_COLUMNS] = {
  "rec_id", "given_name", "surname", "street_number", "address_1", "address_2", "suburb", "postcode", "state", "date_of_birth", "soc_sec_id",
};

static gboolean
find_columns (KithSheet *sheet, int *columns, GError **error)
{
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      columns[i] = kith_sheet_find_column (sheet, names[i]);
      if (columns[i] < 0)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "The file has no column “%s”.", names[i]);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
read_person (const char *id, guint64 *person)
{
  char *end;

  if (!g_str_has_prefix (id, "rec-"))
    return FALSE;
  *person = g_ascii_strtoull (id + 4, &end, 10);
  return end > id + 4 && *end == '-';
}

static KithMatchPerson *
make_person (KithSheet *sheet, const int *columns)
{
  static const struct { KithMatchField field; Column column; } fields[] = {
    { KITH_MATCH_GIVEN, COLUMN_GIVEN }, { KITH_MATCH_FAMILY, COLUMN_SURNAME }, { KITH_MATCH_BIRTH, COLUMN_BIRTH },
    { KITH_MATCH_POSTCODE, COLUMN_POSTCODE }, { KITH_MATCH_UNIT, COLUMN_ADDRESS_2 }, { KITH_MATCH_CITY, COLUMN_SUBURB },
    { KITH_MATCH_STATE, COLUMN_STATE }, { KITH_MATCH_NUMBER, COLUMN_SOC_SEC },
  };
  KithMatchPerson *person = kith_match_person_new ();
  g_autofree char *street = g_strconcat (kith_sheet_get (sheet, (guint) columns[COLUMN_NUMBER]), " ",
                                         kith_sheet_get (sheet, (guint) columns[COLUMN_ADDRESS_1]), NULL);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    kith_match_person_add (person, fields[i].field, kith_sheet_get (sheet, (guint) columns[fields[i].column]));
  kith_match_person_add (person, KITH_MATCH_STREET, street);
  return person;
}

static gboolean
read_rows (KithFebrl *self, KithSheet *sheet, const int *columns, GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (KithMatchRow));
  g_autoptr (GArray) persons = g_array_new (FALSE, FALSE, sizeof (guint64));
  GError *failure = NULL;

  while (kith_sheet_next (sheet, &failure))
    {
      const char *texts[N_COLUMNS];
      guint64 person;
      KithMatchRow row;

      for (guint i = 0; i < N_COLUMNS; i++)
        texts[i] = g_string_chunk_insert_const (self->texts, kith_sheet_get (sheet, (guint) columns[i]));
      if (!read_person (texts[COLUMN_ID], &person))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "Row %" G_GUINT64_FORMAT ": “%s” is not a rec_id such as rec-223-org.",
                       kith_sheet_row (sheet), texts[COLUMN_ID]);
          return FALSE;
        }
      row = (KithMatchRow){ texts[COLUMN_GIVEN], texts[COLUMN_SURNAME], texts[COLUMN_BIRTH], texts[COLUMN_SUBURB], texts[COLUMN_STATE], texts[COLUMN_ADDRESS_1] };
      g_array_append_val (rows, row);
      g_array_append_val (persons, person);
      g_ptr_array_add (self->people, make_person (sheet, columns));
    }
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  self->n = rows->len;
  self->rows = (KithMatchRow *) (gpointer) g_array_free (g_steal_pointer (&rows), FALSE);
  self->persons = (guint64 *) (gpointer) g_array_free (g_steal_pointer (&persons), FALSE);
  return TRUE;
}

KithFebrl *
kith_febrl_read (const char *path, GError **error)
{
  g_autoptr (KithFebrl) self = g_new0 (KithFebrl, 1);
  g_autoptr (KithSheet) sheet = kith_sheet_open (path, TRUE, error);
  int columns[N_COLUMNS];

  self->people = g_ptr_array_new_with_free_func ((GDestroyNotify) kith_match_person_free);
  self->texts = g_string_chunk_new (4096);
  if (sheet == NULL || !find_columns (sheet, columns, error) || !read_rows (self, sheet, columns, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
kith_febrl_free (KithFebrl *self)
{
  g_free (self->rows);
  g_free (self->persons);
  g_ptr_array_unref (self->people);
  g_string_chunk_free (self->texts);
  g_free (self);
}

static GHashTable *
count_persons (const KithFebrl *self)
{
  GHashTable *counts = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < self->n; i++)
    g_hash_table_insert (counts, &self->persons[i], GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, &self->persons[i])) + 1));
  return counts;
}

guint64
kith_febrl_true_pairs (const KithFebrl *self, const KithFebrl *other)
{
  g_autoptr (GHashTable) counts = count_persons (self), others = other != NULL ? count_persons (other) : NULL;
  GHashTableIter iter;
  gpointer person, count;
  guint64 pairs = 0;

  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &person, &count))
    {
      guint64 n = GPOINTER_TO_UINT (count);
      pairs += others != NULL ? n * GPOINTER_TO_UINT (g_hash_table_lookup (others, person)) : n * (n - 1) / 2;
    }
  return pairs;
}

void
kith_febrl_score (const KithFebrl *self, const KithFebrl *other, const KithMatchBatch *batch, KithFebrlScore *score)
{
  memset (score, 0, sizeof *score);
  score->truth = kith_febrl_true_pairs (self, other);
  for (guint i = 0; i < batch->pairs->len; i++)
    {
      const KithMatchPair *pair = &g_array_index (batch->pairs, KithMatchPair, i);
      gboolean same = self->persons[pair->a] == (other != NULL ? other : self)->persons[pair->b];

      *(pair->zone == KITH_MATCH_LINK ? &score->links : &score->review) += 1;
      *(pair->zone == KITH_MATCH_LINK ? &score->correct : &score->review_correct) += same;
    }
  score->precision = score->links > 0 ? (double) score->correct / (double) score->links : 0;
  score->recall = score->truth > 0 ? (double) score->correct / (double) score->truth : 0;
  score->f = score->correct > 0 ? 2 * score->precision * score->recall / (score->precision + score->recall) : 0;
}

guint
kith_febrl_fields (const char *text, GError **error)
{
  static const struct { const char *name; guint fields; } known[] = {
    { "name", KITH_MATCH_NAME }, { "dob", KITH_MATCH_BIT (KITH_MATCH_BIRTH) }, { "postcode", KITH_MATCH_BIT (KITH_MATCH_POSTCODE) },
    { "street", KITH_MATCH_BIT (KITH_MATCH_STREET) }, { "unit", KITH_MATCH_BIT (KITH_MATCH_UNIT) }, { "city", KITH_MATCH_BIT (KITH_MATCH_CITY) },
    { "state", KITH_MATCH_BIT (KITH_MATCH_STATE) }, { "id", KITH_MATCH_BIT (KITH_MATCH_NUMBER) },
  };
  g_auto (GStrv) words = g_strsplit (text != NULL ? text : "name,dob,postcode,street,unit,city,state,id", ",", -1);
  guint fields = 0;

  for (guint i = 0; words[i] != NULL; i++)
    {
      guint k = 0;

      while (k < G_N_ELEMENTS (known) && strcmp (known[k].name, g_strstrip (words[i])) != 0)
        k++;
      if (k == G_N_ELEMENTS (known))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                       "“%s” is no field to match by. There are name, dob, postcode, street, unit, city, state and id.", words[i]);
          return 0;
        }
      fields |= known[k].fields;
    }
  return fields;
}
