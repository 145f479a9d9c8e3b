/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define KITH_JSON_ERROR (kith_json_error_quark ())
GQuark kith_json_error_quark (void);

typedef enum
{
  KITH_JSON_ERROR_TOO_LARGE, /* the text, or one object with more than 4096 members */
  KITH_JSON_ERROR_TOO_DEEP,
  KITH_JSON_ERROR_NOT_UTF8,
  KITH_JSON_ERROR_SYNTAX,
  KITH_JSON_ERROR_DUPLICATE, /* the same member twice in one object */
  KITH_JSON_ERROR_NUMBER,    /* NaN, infinity, an integer above 2^53 */
  KITH_JSON_ERROR_NOT_OBJECT,
} KithJsonError;

typedef struct
{
  gsize max_bytes; /* 0: 4 MiB */
  guint max_depth; /* 0: 32 */
} KithJsonLimits;

/* The guard and the parser in one: size and UTF-8 are looked at before anything is built, then syntax, depth, duplicate
 * members, numbers, lone surrogates and NUL as they come. json-glib's own parser never sees a byte: it overflows the stack
 * on deep nesting and leaks on some malformed bodies (sync.md D12). Error messages are sentences for a person. */
JsonNode *kith_json_parse (const char *data, gssize length, const KithJsonLimits *limits, GError **error);
JsonObject *kith_json_parse_object (const char *data, gssize length, const KithJsonLimits *limits, GError **error); /* transfer full */

/* Canonical text: members sorted, no white space; equal values give equal bytes. */
char *kith_json_print (JsonNode *node);
char *kith_json_print_object (JsonObject *object);
gboolean kith_json_equal (JsonNode *a, JsonNode *b);
gboolean kith_json_equal_objects (JsonObject *a, JsonObject *b);
void kith_json_append_string (GString *out, const char *text); /* in quotes, as the canonical text has it */
JsonObject *kith_json_copy_object (JsonObject *object); /* deep */

/* Suspicious getters: a missing member or another type gives NULL or the fallback, never a critical. Borrowed. */
const char *kith_json_string (JsonObject *object, const char *name);
gint64 kith_json_int (JsonObject *object, const char *name, gint64 fallback);
gboolean kith_json_bool (JsonObject *object, const char *name, gboolean fallback);
JsonObject *kith_json_object (JsonObject *object, const char *name);
JsonArray *kith_json_array (JsonObject *object, const char *name);
gboolean kith_json_array_has (JsonArray *array, const char *text); /* array may be NULL */

/* Builds an object from (name, type, value)… ended by NULL; type is one character: s text (NULL: left out), i gint64,
 * b gboolean, o JsonObject (transfer full, NULL: left out), a JsonArray (the same), n null.
 *   kith_json_new ("client", "s", id, "count", "i", (gint64) 3, NULL) */
JsonObject *kith_json_new (const char *first_name, ...) G_GNUC_NULL_TERMINATED;
JsonArray *kith_json_strings (const char *first, ...) G_GNUC_NULL_TERMINATED;

G_END_DECLS
