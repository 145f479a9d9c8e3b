/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kith-kind-sql.h"
#include "kith-json.h"
#include "kith-scope.h"

/* A kind or field may bear the name of a word of SQL: those of ours that do. */
static const char *const sql_words[] = { "case", NULL };

/**
 * kith_sql_name:
 * @name: of a kind or a field
 *
 * Returns: (transfer full): what stands for it in a statement; its search table's name, @name_find, needs no care
 */
char *
kith_sql_name (const char *name)
{
  return g_strv_contains (sql_words, name) ? g_strconcat ("\"", name, "\"", NULL) : g_strdup (name);
}

/* "case, at" with each name as it stands in a statement */
static char *
sql_columns (const char *columns)
{
  g_auto (GStrv) names = g_strsplit (columns, ", ", -1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      char *name = kith_sql_name (names[i]);

      g_free (names[i]);
      names[i] = name;
    }
  return g_strjoinv (", ", names);
}

static gboolean
has_find_table (const KithKind *kind)
{
  return kith_kind_is_searched (kind) || kith_kind_has_digits (kind);
}

/* "find, digits" with a prefix before each: ", new.find, new.digits" */
static char *
find_columns (const KithKind *kind, const char *prefix)
{
  return g_strdup_printf ("%s%s%s%s",
                          kith_kind_is_searched (kind) ? prefix : "", kith_kind_is_searched (kind) ? "find" : "",
                          kith_kind_has_digits (kind) ? prefix : "", kith_kind_has_digits (kind) ? "digits" : "");
}

/* Table */

static const char *
column_type (const KithField *field)
{
  switch (field->type)
    {
    case KITH_FIELD_INT:
      return "bigint";
    case KITH_FIELD_BOOL:
      return "boolean";
    case KITH_FIELD_ID:
    case KITH_FIELD_REF:
    case KITH_FIELD_STRING:
    case KITH_FIELD_DATE:
    case KITH_FIELD_PARTIAL_DATE:
    case KITH_FIELD_TIME:
    case KITH_FIELD_CODE:
      return "text";
    default:
      return NULL; /* a list, a part, long text or a fraction makes no column */
    }
}

static gboolean
is_column (const KithField *field)
{
  if (!(field->flags & (KITH_FIELD_INDEXED | KITH_FIELD_COLUMN)))
    return FALSE;
  g_return_val_if_fail (column_type (field) != NULL, FALSE);
  return TRUE;
}

/* At the desktop the body's columns are generated. The hub's are filled by its statements, out of the body as well: so that a change of the body that
 * leaves them as they are touches none of their indexes. */
static void
print_columns (GString *sql, const KithKind *kind, gboolean desk)
{
  for (guint i = 0; i < kind->n_fields; i++)
    if (is_column (&kind->fields[i]))
      {
        const char *name = kind->fields[i].name;
        g_autofree char *column = kith_sql_name (name);

        g_string_append_printf (sql, ",\n  %s %s", column, column_type (&kind->fields[i]));
        if (desk)
          g_string_append_printf (sql, " GENERATED ALWAYS AS (body ->> '%s') VIRTUAL", name);
      }
}

static void
print_table (GString *sql, const KithKind *kind, gboolean desk)
{
  g_autofree char *table = kith_sql_name (kind->name);

  g_string_append_printf (sql, "CREATE TABLE %s (\n", table);
  if (has_find_table (kind))
    g_string_append (sql, "  rid integer PRIMARY KEY,\n  id text NOT NULL UNIQUE,\n");
  else
    g_string_append (sql, "  id text NOT NULL PRIMARY KEY,\n");
  if (desk)
    g_string_append (sql, "  scope integer NOT NULL,\n  q integer NOT NULL,\n");
  g_string_append (sql, "  body text NOT NULL");
  if (kith_kind_is_searched (kind))
    g_string_append (sql, ",\n  find text");
  if (kith_kind_has_digits (kind))
    g_string_append (sql, ",\n  digits text");
  print_columns (sql, kind, desk);
  g_string_append (sql, "\n);\n");
}

/* Indexes. One field's carries the id too, so that rows come out in order and a look-up of ids alone never touches the table. */

static void
print_index (GString *sql, const KithKind *kind, const char *columns, gboolean drop)
{
  g_autofree char *first = g_strndup (columns, strcspn (columns, ","));
  g_autofree char *table = kith_sql_name (kind->name);
  g_autofree char *indexed = sql_columns (columns);

  if (drop)
    g_string_append_printf (sql, "DROP INDEX %s_by_%s;\n", kind->name, first);
  else
    g_string_append_printf (sql, "CREATE INDEX %s_by_%s ON %s (%s);\n", kind->name, first, table, indexed);
}

/* A list's own index that begins with the field serves look-ups by that field as well. */
static const char *
list_index (const KithKind *kind, const char *field)
{
  gsize length = strlen (field);

  for (guint i = 0; kind->indexes != NULL && kind->indexes[i] != NULL; i++)
    if (strncmp (kind->indexes[i], field, length) == 0 && kind->indexes[i][length] == ',')
      return kind->indexes[i];
  return NULL;
}

static void
print_indexes (GString *sql, const KithKind *kind, gboolean drop)
{
  for (guint i = 0; i < kind->n_fields; i++)
    {
      const char *name = kind->fields[i].name;
      const char *list = list_index (kind, name);
      g_autofree char *own = (kind->fields[i].flags & KITH_FIELD_INDEXED) ? g_strconcat (name, ", id", NULL) : NULL;

      if (list != NULL || own != NULL)
        print_index (sql, kind, list != NULL ? list : own, drop);
    }
}

/* Search */

static void
print_triggers (GString *sql, const KithKind *kind)
{
  const char *name = kind->name;
  g_autofree char *table = kith_sql_name (name);
  g_autofree char *columns = find_columns (kind, ", ");
  g_autofree char *new_columns = find_columns (kind, ", new.");
  g_autofree char *old_columns = find_columns (kind, ", old.");
  g_autofree char *insert = g_strdup_printf ("  INSERT INTO %s_find (rowid%s) VALUES (new.rid%s);\n", name, columns, new_columns);
  g_autofree char *delete = g_strdup_printf ("  INSERT INTO %s_find (%s_find, rowid%s) VALUES ('delete', old.rid%s);\n",
                                             name, name, columns, old_columns);
  gboolean find = kith_kind_is_searched (kind), digits = kith_kind_has_digits (kind);

  g_string_append_printf (sql, "CREATE TRIGGER %s_find_insert AFTER INSERT ON %s BEGIN\n%sEND;\n", name, table, insert);
  g_string_append_printf (sql, "CREATE TRIGGER %s_find_delete AFTER DELETE ON %s BEGIN\n%sEND;\n", name, table, delete);
  g_string_append_printf (sql, "CREATE TRIGGER %s_find_update AFTER UPDATE OF %s ON %s\nWHEN %s%s%s BEGIN\n%s%sEND;\n",
                          name, columns + 2, table,
                          find ? "old.find IS NOT new.find" : "", find && digits ? " OR " : "",
                          digits ? "old.digits IS NOT new.digits" : "", delete, insert);
}

static void
print_search (GString *sql, const KithKind *kind)
{
  g_autofree char *columns = find_columns (kind, ", ");

  /* The text is folded already: the tokenizer only cuts it into words. */
  g_string_append_printf (sql, "CREATE VIRTUAL TABLE %s_find USING fts5 (%s, content='%s', content_rowid='rid', prefix='2 3 4',\n"
                          "  columnsize=0, tokenize='unicode61 remove_diacritics 0');\n", kind->name, columns + 2, kind->name);
  print_triggers (sql, kind);
}

/**
 * kith_kind_print_ddl:
 * @kind: a kind with a table
 * @desk: whether it is the desktop's, with scope and q
 *
 * Returns: (transfer full): the statements that make the table, its indexes and its search, for SQLite
 */
char *
kith_kind_print_ddl (const KithKind *kind, gboolean desk)
{
  GString *sql = g_string_new (NULL);

  print_table (sql, kind, desk);
  print_indexes (sql, kind, FALSE);
  if (desk)
    print_index (sql, kind, "scope", FALSE);
  if (has_find_table (kind))
    print_search (sql, kind);
  return g_string_free (sql, FALSE);
}

char *
kith_kinds_print_schema (gboolean desk)
{
  GString *sql = g_string_new (NULL);
  guint n;
  const KithKind *const *kinds = kith_kinds_list (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *ddl = kith_kind_print_ddl (kinds[i], desk);
      g_string_append_printf (sql, "%s%s", i > 0 ? "\n" : "", ddl);
    }
  return g_string_free (sql, FALSE);
}

char *
kith_kind_sql_fill_begin (const KithKind *kind)
{
  GString *sql = g_string_new (NULL);

  print_indexes (sql, kind, TRUE);
  if (has_find_table (kind))
    g_string_append_printf (sql, "DROP TRIGGER IF EXISTS %s_find_insert;\nDROP TRIGGER IF EXISTS %s_find_delete;\nDROP TRIGGER IF EXISTS %s_find_update;\n",
                            kind->name, kind->name, kind->name);
  return g_string_free (sql, FALSE);
}

/**
 * kith_kind_sql_fill_end:
 *
 * Returns: (transfer full): SQL to run when a table has been filled without indexes and triggers: makes both, and the search index anew
 */
char *
kith_kind_sql_fill_end (const KithKind *kind)
{
  GString *sql = g_string_new (NULL);

  print_indexes (sql, kind, FALSE);
  if (has_find_table (kind))
    {
      g_string_append_printf (sql, "INSERT INTO %s_find (%s_find) VALUES ('rebuild');\n", kind->name, kind->name);
      print_triggers (sql, kind);
    }
  return g_string_free (sql, FALSE);
}

char *
kith_kind_sql_find_proof (const KithKind *kind)
{
  return has_find_table (kind) ? g_strdup_printf ("INSERT INTO %s_find (%s_find, rank) VALUES ('integrity-check', 1)", kind->name, kind->name) : NULL;
}

char *
kith_kind_sql_find_rebuild (const KithKind *kind)
{
  return has_find_table (kind) ? g_strdup_printf ("INSERT INTO %s_find (%s_find) VALUES ('rebuild')", kind->name, kind->name) : NULL;
}

/**
 * kith_kind_sql_set_aside:
 *
 * Returns: (transfer full): SQL that leaves the records of a hub's table in one called set_aside, and drops it with its indexes and its search
 */
char *
kith_kind_sql_set_aside (const KithKind *kind)
{
  g_autofree char *table = kith_sql_name (kind->name);

  return g_strdup_printf ("CREATE TABLE set_aside AS SELECT id, body FROM %s;\nDROP TABLE %s;\nDROP TABLE IF EXISTS %s_find;\n", table, table, kind->name);
}

char *
kith_kind_sql_secure_delete (const KithKind *kind)
{
  if (!has_find_table (kind))
    return NULL;
  /* The format of such an index SQLite (3.46) notes with the first row it takes out. Were that taken back, it would not note it again, and whoever opens the
   * file next would take the index for broken: it is noted at once. */
  return g_strdup_printf ("INSERT INTO %s_find (%s_find, rank) VALUES ('secure-delete', 1);\n"
                          "UPDATE %s_find_config SET v = 5 WHERE k = 'version';\n", kind->name, kind->name, kind->name);
}

/* Statements */

static char *
print_insert (const KithKind *kind, gboolean desk, gboolean replace)
{
  static const char *const desk_columns[] = { "scope", "q", "body", NULL };
  static const char *const hub_columns[] = { "body", NULL };
  g_autoptr (GString) columns = g_string_new ("id");
  g_autoptr (GString) values = g_string_new ("?1");
  g_autoptr (GString) updates = g_string_new (NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *table = kith_sql_name (kind->name);

  for (const char *const *name = desk ? desk_columns : hub_columns; *name != NULL; name++)
    g_ptr_array_add (names, (gpointer) *name);
  if (kith_kind_is_searched (kind))
    g_ptr_array_add (names, (gpointer) "find");
  if (kith_kind_has_digits (kind))
    g_ptr_array_add (names, (gpointer) "digits");
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);

      g_string_append_printf (columns, ", %s", name);
      g_string_append_printf (values, ", ?%u", i + 2);
      g_string_append_printf (updates, "%s%s = excluded.%s", i > 0 ? ", " : " UPDATE SET ", name, name);
    }
  for (guint i = 0; !desk && i < kind->n_fields; i++)
    if (is_column (&kind->fields[i]))
      {
        g_autofree char *column = kith_sql_name (kind->fields[i].name);

        g_string_append_printf (columns, ", %s", column);
        g_string_append_printf (values, ", ?2 ->> '%s'", kind->fields[i].name);
        g_string_append_printf (updates, ", %s = excluded.%s", column, column);
      }
  return g_strdup_printf ("INSERT INTO %s (%s) VALUES (%s) ON CONFLICT (id) DO%s",
                          table, columns->str, values->str, replace ? updates->str : " NOTHING");
}

char *
kith_kind_sql_put (const KithKind *kind, gboolean desk)
{
  return print_insert (kind, desk, TRUE);
}

/**
 * kith_kind_sql_add:
 *
 * Returns: (transfer full): as kith_kind_sql_put(), but a row of that id stays as it is and counts as no change
 */
char *
kith_kind_sql_add (const KithKind *kind, gboolean desk)
{
  return print_insert (kind, desk, FALSE);
}

char *
kith_kind_sql_set_body (const KithKind *kind)
{
  g_autofree char *table = kith_sql_name (kind->name);

  return g_strdup_printf ("UPDATE %s SET body = ?2 WHERE id = ?1", table);
}

/**
 * kith_kind_sql_columns_alike:
 *
 * Returns: whether two records of one kind surely have the same columns
 */
gboolean
kith_kind_sql_columns_alike (KithRecord *a, KithRecord *b)
{
  const KithKind *kind = kith_record_get_kind (a);

  for (guint i = 0; i < kind->n_fields; i++)
    if (is_column (&kind->fields[i]) && !kith_json_equal (json_object_get_member (kith_record_get_body (a), kind->fields[i].name),
                                                          json_object_get_member (kith_record_get_body (b), kind->fields[i].name)))
      return FALSE;
  return TRUE;
}

/* "%s = %s ->> 'agency'" for each of the hub's columns, with a text between them; NULL: the kind has none */
static char *
each_column (const KithKind *kind, const char *between, const char *compare, const char *body)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < kind->n_fields; i++)
    if (is_column (&kind->fields[i]))
      {
        g_autofree char *column = kith_sql_name (kind->fields[i].name);

        g_string_append_printf (text, "%s%s %s %s ->> '%s'", text->len > 0 ? between : "", column, compare, body, kind->fields[i].name);
      }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

char *
kith_kind_sql_set_columns (const KithKind *kind)
{
  g_autofree char *table = kith_sql_name (kind->name), *columns = each_column (kind, ", ", "=", "?2");

  return g_strdup_printf ("UPDATE %s SET body = ?2%s%s WHERE id = ?1", table, columns != NULL ? ", " : "", columns != NULL ? columns : "");
}

/* A body that is no JSON is damage of another kind, and found elsewhere. */
static char *
astray (const KithKind *kind)
{
  g_autofree char *columns = each_column (kind, " OR ", "IS NOT", "body");

  return columns != NULL ? g_strdup_printf ("CASE WHEN json_valid (body) THEN %s END", columns) : NULL;
}

/**
 * kith_kind_sql_columns_proof:
 *
 * Returns: (transfer full) (nullable): SQL that tells the ids of those records of a hub's table whose columns are not what the body says; NULL: it has
 *   no columns
 */
char *
kith_kind_sql_columns_proof (const KithKind *kind)
{
  g_autofree char *table = kith_sql_name (kind->name), *where = astray (kind);

  return where != NULL ? g_strdup_printf ("SELECT id FROM %s WHERE %s", table, where) : NULL;
}

char *
kith_kind_sql_columns_rebuild (const KithKind *kind)
{
  g_autofree char *table = kith_sql_name (kind->name), *columns = each_column (kind, ", ", "=", "body"), *where = astray (kind);

  return columns != NULL ? g_strdup_printf ("UPDATE %s SET %s WHERE %s", table, columns, where) : NULL;
}

char *
kith_kind_sql_get (const KithKind *kind, gboolean desk)
{
  g_autofree char *table = kith_sql_name (kind->name);

  return g_strdup_printf ("SELECT body%s FROM %s WHERE id = ?1", desk ? ", scope, q" : "", table);
}

char *
kith_kind_sql_remove (const KithKind *kind)
{
  g_autofree char *table = kith_sql_name (kind->name);

  return g_strdup_printf ("DELETE FROM %s WHERE id = ?1", table);
}

char *
kith_kind_sql_find (const KithKind *kind, const char *field, gboolean with_scope)
{
  g_autofree char *table = kith_sql_name (kind->name);
  g_autofree char *column = field != NULL ? kith_sql_name (field) : NULL;
  g_autofree char *by_field = field != NULL ? g_strconcat (column, " = ?1", NULL) : NULL;
  const char *by_scope = !with_scope ? "" : field != NULL ? "+scope = ?2" : "scope = ?1";

  /* The plus keeps a scope of many records (dir) from being preferred to the field's own index. */
  return g_strdup_printf ("SELECT id, body FROM %s%s%s%s%s ORDER BY id", table,
                          field != NULL || with_scope ? " WHERE " : "", field != NULL ? by_field : "",
                          field != NULL && with_scope ? " AND " : "", by_scope);
}

/* Scopes at the hub */

static gboolean
is_key (const KithKind *kind, const char *name)
{
  const KithField *field = kith_kind_get_field (kind, name);

  return strcmp (name, "id") == 0 || (field != NULL && (field->flags & KITH_FIELD_INDEXED));
}

gboolean
kith_kind_scope_key (const KithKind *kind, const char *scope, const char **field, char **value)
{
  static const struct { const char *scope, *field; } keys[] = {
    { "agency", "agency" }, { "user", "staff" }, { "client", "client" }, { "client_billing", "client" },
    { "client_health", "client" }, { "care", "client" }, { "audit", "agency" },
    { "referral", "referral" }, { "referral_course", "referral" }, { "referral_detail", "referral" }, { "referral_health", "referral" }, { "referral_own", "referral" },
    { "case", "case" }, { "case_health", "case" }, { "amendment", "amendment_request" }, { "why", "client_reason" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (kith_scope_is (scope, keys[i].scope))
      {
        /* client:{id} is the client's own scope; every other kind in it names the client. */
        *field = g_strcmp0 (kind->name, keys[i].field) == 0 ? "id" : keys[i].field;
        if (!is_key (kind, *field))
          return FALSE;
        *value = kith_scope_part (scope, 1);
        return *value != NULL;
      }
  return FALSE;
}
