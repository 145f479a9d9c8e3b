/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One line of a list: the columns of a query, as text. A placeholder has none until its page arrives; of one that a search found
 * out of sight the id is known before. */

#include "kith-desktop-private.h"

struct _KithRow
{
  GObject parent_instance;
  GPtrArray *columns; /* (element-type utf8), shared by all rows of a query; empty until the first page came */
  GPtrArray *values;  /* (element-type utf8), nullable elements; NULL: loading */
  char *id;           /* while loading; NULL: it is not known yet */
};

G_DEFINE_FINAL_TYPE (KithRow, kith_row, G_TYPE_OBJECT)

static GParamSpec *loaded_pspec;

static void
kith_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boolean (value, KITH_ROW (object)->values != NULL);
}

static void
kith_row_finalize (GObject *object)
{
  KithRow *self = KITH_ROW (object);

  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_pointer (&self->values, g_ptr_array_unref);
  g_free (self->id);
  G_OBJECT_CLASS (kith_row_parent_class)->finalize (object);
}

static void
kith_row_class_init (KithRowClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = kith_row_get_property;
  G_OBJECT_CLASS (klass)->finalize = kith_row_finalize;
  loaded_pspec = g_param_spec_boolean ("loaded", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_property (G_OBJECT_CLASS (klass), 1, loaded_pspec);
}

static void
kith_row_init (KithRow *self)
{
}

KithRow *
kith_row_new_placeholder (GPtrArray *columns)
{
  KithRow *self = g_object_new (KITH_TYPE_ROW, NULL);

  self->columns = g_ptr_array_ref (columns);
  return self;
}

KithRow *
kith_row_new (GPtrArray *columns, GPtrArray *values)
{
  KithRow *self = kith_row_new_placeholder (columns);

  self->values = values;
  return self;
}

/* A placeholder for what is known to be there. */
KithRow *
kith_row_new_known (GPtrArray *columns, const char *id)
{
  KithRow *self = kith_row_new_placeholder (columns);

  self->id = g_strdup (id);
  return self;
}

/* Values for a placeholder, or newer ones of the same record. */
void
kith_row_fill (KithRow *self, GPtrArray *values)
{
  g_clear_pointer (&self->values, g_ptr_array_unref);
  self->values = values;
  g_object_notify_by_pspec (G_OBJECT (self), loaded_pspec);
}

/**
 * kith_row_same_id:
 *
 * Returns: whether the row has this id already; FALSE for a placeholder
 */
gboolean
kith_row_same_id (KithRow *self, GPtrArray *values)
{
  return self->values != NULL && g_strcmp0 (self->values->pdata[0], values->pdata[0]) == 0;
}

/**
 * kith_row_equal:
 *
 * Returns: whether nothing of it would change; FALSE for a placeholder
 */
gboolean
kith_row_equal (KithRow *self, GPtrArray *values)
{
  if (self->values == NULL || self->values->len != values->len)
    return FALSE;
  for (guint i = 0; i < values->len; i++)
    if (g_strcmp0 (self->values->pdata[i], values->pdata[i]) != 0)
      return FALSE;
  return TRUE;
}

gboolean
kith_row_same (KithRow *self, KithRow *other)
{
  g_return_val_if_fail (KITH_IS_ROW (self) && KITH_IS_ROW (other), FALSE);
  return other->values != NULL && kith_row_equal (self, other->values);
}

KithRow *
kith_row_freeze (KithRow *self)
{
  g_return_val_if_fail (KITH_IS_ROW (self), NULL);
  return self->values != NULL ? kith_row_new (self->columns, g_ptr_array_ref (self->values)) : kith_row_new_known (self->columns, self->id);
}

const char *
kith_row_get_id (KithRow *self)
{
  g_return_val_if_fail (KITH_IS_ROW (self), NULL);
  return self->values != NULL ? self->values->pdata[0] : self->id;
}

gboolean
kith_row_is_loaded (KithRow *self)
{
  g_return_val_if_fail (KITH_IS_ROW (self), FALSE);
  return self->values != NULL;
}

const char *
kith_row_get_text (KithRow *self, const char *column)
{
  g_return_val_if_fail (KITH_IS_ROW (self), NULL);
  for (guint i = 0; self->values != NULL && i < self->values->len; i++)
    if (g_str_equal (self->columns->pdata[i], column))
      return self->values->pdata[i];
  return NULL;
}

/**
 * kith_row_get_int:
 *
 * Returns: 0 also for a column that is null, is not there or has not arrived
 */
gint64
kith_row_get_int (KithRow *self, const char *column)
{
  const char *text = kith_row_get_text (self, column);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

GPtrArray *
kith_row_read (KithDbStmt *stmt)
{
  guint n = kith_db_n_columns (stmt);
  GPtrArray *values = g_ptr_array_new_full (n, g_free);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (values, g_strdup (kith_db_text (stmt, i)));
  return values;
}

/**
 * kith_row_read_columns:
 *
 * Returns: (transfer full) (element-type utf8): names of the statement's columns
 */
GPtrArray *
kith_row_read_columns (KithDbStmt *stmt)
{
  guint n = kith_db_n_columns (stmt);
  GPtrArray *columns = g_ptr_array_new_full (n, g_free);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (columns, g_strdup (kith_db_column_name (stmt, i)));
  return columns;
}
