/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "kith-record.h"

#include "kith-json.h"
#include "kith-model-private.h"
#include "kith-scope.h"

/* Bodies are shared between copies and copied, one level deep, before the first change: nested values are never changed in place,
 * only replaced, so the nodes themselves may be shared for ever. */
typedef struct
{
  char *id;
  JsonObject *body;
  gboolean shared;
} KithRecordPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (KithRecord, kith_record, G_TYPE_OBJECT)

enum { PROP_ID = 1 };

#define PRIVATE(self) ((KithRecordPrivate *) kith_record_get_instance_private (self))

static void
kith_record_finalize (GObject *object)
{
  KithRecordPrivate *priv = PRIVATE (KITH_RECORD (object));

  g_free (priv->id);
  g_clear_pointer (&priv->body, json_object_unref);
  G_OBJECT_CLASS (kith_record_parent_class)->finalize (object);
}

static void
kith_record_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ID)
    g_value_set_string (value, PRIVATE (KITH_RECORD (object))->id);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
kith_record_class_init (KithRecordClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->finalize = kith_record_finalize;
  object_class->get_property = kith_record_get_property;
  g_object_class_install_property (object_class, PROP_ID,
    g_param_spec_string ("id", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
}

static void
kith_record_init (KithRecord *self)
{
}

/* Making */

static KithRecord *
record_new (const KithKind *kind, const char *id, JsonObject *body /* transfer full */, gboolean shared)
{
  KithRecord *self = g_object_new (kith_kind_get_gtype (kind), NULL);
  KithRecordPrivate *priv = PRIVATE (self);

  priv->id = g_strdup (id);
  priv->body = body;
  priv->shared = shared;
  return self;
}

/**
 * kith_record_new:
 * @id: (nullable): NULL for a part (phone, address), which has none
 *
 * Returns: (transfer full): a record with an empty body, not yet valid: kith_record_check() says what is missing
 */
KithRecord *
kith_record_new (const KithKind *kind, const char *id)
{
  g_return_val_if_fail (kind != NULL, NULL);
  return record_new (kind, id, json_object_new (), FALSE);
}

KithRecord *
kith_record_new_for_body (const KithKind *kind, const char *id, JsonObject *body)
{
  g_return_val_if_fail (kind != NULL && body != NULL, NULL);
  return record_new (kind, id, json_object_ref (body), TRUE);
}

/**
 * kith_record_parse:
 * @body: JSON, from outside as it may be: the guarded parser reads it. Members the kind does not know are kept.
 * @length: bytes, or -1
 * @error: #KithJsonError
 *
 * Fields are not checked against the table here, see kith_record_check().
 *
 * Returns: (transfer full): the record
 */
KithRecord *
kith_record_parse (const KithKind *kind, const char *id, const char *body, gssize length, GError **error)
{
  g_return_val_if_fail (kind != NULL, NULL);

  JsonObject *object = kith_json_parse_object (body, length, NULL, error);
  return object != NULL ? record_new (kind, id, object, FALSE) : NULL;
}

/**
 * kith_record_copy:
 *
 * Cheap: both share the body until one of them is changed.
 *
 * Returns: (transfer full): a record that can be changed without the other seeing it; for the same thread
 */
KithRecord *
kith_record_copy (KithRecord *self)
{
  KithRecordPrivate *priv = PRIVATE (self);

  priv->shared = TRUE;
  return record_new (kith_record_get_kind (self), priv->id, json_object_ref (priv->body), TRUE);
}

/* Reading */

JsonObject *
kith_record_peek_body (KithRecord *self)
{
  return PRIVATE (self)->body;
}

/**
 * kith_record_get_kind:
 *
 * Returns: (transfer none): the static description of its class
 */
const KithKind *
kith_record_get_kind (KithRecord *self)
{
  return KITH_RECORD_GET_CLASS (self)->kind;
}

/**
 * kith_record_get_id:
 *
 * Returns: (transfer none) (nullable): until the record goes; NULL for a part
 */
const char *
kith_record_get_id (KithRecord *self)
{
  return PRIVATE (self)->id;
}

JsonObject *
kith_record_get_body (KithRecord *self)
{
  KithRecordPrivate *priv = PRIVATE (self);

  priv->shared = TRUE; /* whoever keeps a reference keeps what was true now */
  return priv->body;
}

char *
kith_record_print (KithRecord *self)
{
  return kith_json_print_object (PRIVATE (self)->body);
}

const char *
kith_record_string (KithRecord *self, const char *field)
{
  return kith_json_string (PRIVATE (self)->body, field);
}

/**
 * kith_record_int:
 *
 * Returns: 0 also for a field that is missing or no integer
 */
gint64
kith_record_int (KithRecord *self, const char *field)
{
  return kith_json_int (PRIVATE (self)->body, field, 0);
}

/**
 * kith_record_bool:
 *
 * Returns: FALSE also for a field that is missing or no switch
 */
gboolean
kith_record_bool (KithRecord *self, const char *field)
{
  return kith_json_bool (PRIVATE (self)->body, field, FALSE);
}

/**
 * kith_record_array:
 *
 * Returns: (transfer none) (nullable): until the field changes; not to be changed itself: copies of the record share it
 */
JsonArray *
kith_record_array (KithRecord *self, const char *field)
{
  return kith_json_array (PRIVATE (self)->body, field);
}

/**
 * kith_record_object:
 *
 * Returns: (transfer none) (nullable): until the field changes; not to be changed itself: copies of the record share it
 */
JsonObject *
kith_record_object (KithRecord *self, const char *field)
{
  return kith_json_object (PRIVATE (self)->body, field);
}

/**
 * kith_record_list_has:
 * @field: a list of codes, ids or texts; a missing one holds nothing
 */
gboolean
kith_record_list_has (KithRecord *self, const char *field, const char *text)
{
  return kith_json_array_has (kith_record_array (self, field), text);
}

gboolean
kith_record_is (KithRecord *self, const char *field, const char *text)
{
  return g_strcmp0 (kith_record_string (self, field), text) == 0;
}

/* Changing */

static void
make_own (KithRecord *self)
{
  KithRecordPrivate *priv = PRIVATE (self);

  if (!priv->shared)
    return;

  JsonObject *own = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, priv->body);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    json_object_set_member (own, name, json_node_ref (node));
  json_object_unref (priv->body);
  priv->body = own;
  priv->shared = FALSE;
}

gboolean
kith_record_has (KithRecord *self, const char *field)
{
  JsonNode *node = json_object_get_member (kith_record_get_body (self), field);

  return node != NULL && !JSON_NODE_HOLDS_NULL (node);
}

void
kith_record_set_node (KithRecord *self, const char *field, JsonNode *value)
{
  g_autofree char *name = NULL;

  if (value != NULL && JSON_NODE_HOLDS_NULL (value))
    g_clear_pointer (&value, json_node_unref);
  if (value == NULL && !json_object_has_member (PRIVATE (self)->body, field))
    return;
  make_own (self);
  if (value != NULL && value == json_object_get_member (PRIVATE (self)->body, field))
    json_node_unref (value); /* json-glib would neither set it nor take the reference */
  else if (value != NULL)
    json_object_set_member (PRIVATE (self)->body, field, value);
  else
    json_object_remove_member (PRIVATE (self)->body, field);
  name = g_strdelimit (g_strdup (field), "_", '-');
  GParamSpec *pspec = g_object_class_find_property (G_OBJECT_GET_CLASS (self), name);
  if (pspec != NULL)
    g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

void
kith_record_set_string (KithRecord *self, const char *field, const char *value)
{
  if (value != NULL && *value == '\0')
    value = NULL;
  if (value != NULL && g_strcmp0 (value, kith_record_string (self, field)) == 0)
    return;
  kith_record_set_node (self, field, value != NULL ? json_node_init_string (json_node_alloc (), value) : NULL);
}

/**
 * kith_record_set_int:
 * @field: named in the kind's table. 0 is a value: kith_record_set_node() with NULL takes a field out.
 */
void
kith_record_set_int (KithRecord *self, const char *field, gint64 value)
{
  kith_record_set_node (self, field, json_node_init_int (json_node_alloc (), value));
}

/**
 * kith_record_set_bool:
 *
 * FALSE is stored; a missing field reads as FALSE too, kith_record_has() tells them apart.
 */
void
kith_record_set_bool (KithRecord *self, const char *field, gboolean value)
{
  kith_record_set_node (self, field, json_node_init_boolean (json_node_alloc (), value));
}

/**
 * kith_record_set_strings:
 * @values: (nullable) (array zero-terminated=1): copied; NULL or none takes the field out
 */
void
kith_record_set_strings (KithRecord *self, const char *field, const char *const *values)
{
  JsonArray *array;

  if (values == NULL || values[0] == NULL)
    {
      kith_record_set_node (self, field, NULL);
      return;
    }
  array = json_array_new ();
  for (guint i = 0; values[i] != NULL; i++)
    json_array_add_string_element (array, values[i]);
  kith_record_set_node (self, field, json_node_init_array (json_node_alloc (), array));
  json_array_unref (array);
}

/* As a whole */

gboolean
kith_record_check (KithRecord *self, GError **error)
{
  const KithKind *kind = kith_record_get_kind (self);

  return kith_fields_check (kind->fields, kind->n_fields, PRIVATE (self)->body, TRUE, error);
}

/**
 * kith_record_equal:
 *
 * Same kind, id and body, unknown members included; 1 and 1.0 are the same number.
 */
gboolean
kith_record_equal (KithRecord *a, KithRecord *b)
{
  KithRecordPrivate *pa = PRIVATE (a), *pb = PRIVATE (b);

  if (a == b)
    return TRUE;
  if (kith_record_get_kind (a) != kith_record_get_kind (b) || g_strcmp0 (pa->id, pb->id) != 0)
    return FALSE;
  return kith_json_equal_objects (pa->body, pb->body);
}

char *
kith_record_scope (KithRecord *self)
{
  const KithKind *kind = kith_record_get_kind (self);

  if (kind->scope_func != NULL)
    return kind->scope_func (self);
  return kind->scope != NULL ? kith_scope_expand (kind->scope, self) : NULL;
}
