/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A kind is one static field table in one file of kinds/. From it come validation, JSON, GObject properties, merge,
 * audit, form rows, import and export columns and the table's DDL (design.md 2.1). */

typedef enum
{
  KITH_FIELD_ID,      /* a new record's own id, made by the author */
  KITH_FIELD_REF,     /* id of a record of kind target */
  KITH_FIELD_STRING,  /* one line */
  KITH_FIELD_TEXT,    /* several lines */
  KITH_FIELD_DATE,    /* "2026-11-22" */
  KITH_FIELD_PARTIAL_DATE, /* "1988", "1988-04" or a whole date */
  KITH_FIELD_TIME,    /* ISO 8601 UTC with milliseconds */
  KITH_FIELD_INT,
  KITH_FIELD_NUMBER,
  KITH_FIELD_BOOL,
  KITH_FIELD_CODE,    /* one of vocabulary */
  KITH_FIELD_CODES,   /* a list of codes of vocabulary */
  KITH_FIELD_REFS,    /* a list of ids of kind target */
  KITH_FIELD_STRINGS, /* a list of one-line texts */
  KITH_FIELD_PART,    /* one nested part of kind target */
  KITH_FIELD_PARTS,   /* a list of nested parts of kind target */
  KITH_FIELD_JSON,    /* anything within the JSON limits (record.patch's set, a snapshot) */
} KithFieldType;

/* What happens when two people changed the same field (sync.md 2.5). */
typedef enum
{
  KITH_MERGE_FIXED, /* set when the record is made, or by its operations only; record.patch refuses it */
  KITH_MERGE_A,     /* newest hybrid time wins, the loser goes to field_history */
  KITH_MERGE_B,     /* the hub's value stays, a conflict record waits for a person */
} KithMergeClass;

typedef enum
{
  KITH_FIELD_REQUIRED = 1 << 0,
  KITH_FIELD_SEARCHED = 1 << 1, /* folded into find */
  KITH_FIELD_INDEXED  = 1 << 2, /* a generated column with an index */
  KITH_FIELD_COLUMN   = 1 << 3, /* a generated column (covered, sorted or joined) */
  KITH_FIELD_LOOSE    = 1 << 4, /* argument: the record named need not be visible to the actor; the operation checks by itself */
  KITH_FIELD_DIGITS   = 1 << 5, /* phone or number: searched by its last digits */
  KITH_FIELD_SOUND    = 1 << 6, /* a name: found by how it sounds */
  KITH_FIELD_DAY      = 1 << 7, /* a date: found by its year, and by month and day in either order */
  KITH_FIELD_MEANT    = 1 << 9, /* argument: without it the operation would be another one: it waits for a hub that knows it (since) */
  KITH_FIELD_SECRET   = 1 << 10, /* not for whoever looks over a shoulder: where it is entered it is hidden until asked for */
  KITH_FIELD_PARTNER  = 1 << 8, /* of a client: agencies that see it by consent put it right too (kith_access_may_replace) */
} KithFieldFlags;

typedef struct _KithVocabulary KithVocabulary;
typedef struct _KithKind KithKind;
typedef struct _KithRecord KithRecord;

typedef struct
{
  const char *name;   /* snake_case, as in JSON */
  KithFieldType type;
  const char *label;  /* N_() text for forms, "Given name" */
  guint flags;
  guint max_length;   /* characters; 0: 200 for STRING, 20,000 for TEXT */
  const char *vocabulary;
  const char *target; /* kind of REF, REFS, PART, PARTS */
  KithMergeClass merge;
  const char *hsds, *fhir, *hmis; /* name in the standards, or NULL */
  guint since;        /* argument: the schema of the protocol it came with; 0: the first. A hub of an older one is not sent it */
  const char *one;    /* STRINGS: N_() text of a line that takes one of them, "Condition"; NULL: label */
} KithField;

struct _KithKind
{
  const char *name;       /* snake_case: "service_at_location" */
  const char *type_name;  /* GType name: "KithServiceAtLocation" */
  const char *label;      /* N_("Service at a location") */
  const KithField *fields;
  guint n_fields;
  const char *natural_key; /* fields joined with ':' that make the id ("client:agency"), or NULL */
  const char *scope;       /* template: "client:{client}", "care:{client}:{agency}", "dir"; NULL: scope_func, or a part */
  char *(*scope_func) (KithRecord *record);
  const char *const *indexes; /* further indexes, "agency_to, phase, sent_at": what lists show and sort by. Their fields are COLUMN or INDEXED; each begins with another. NULL-ended, or NULL */
};

/* Registers every kind and its GType. Call once before any template is built; a second call does nothing. */
void kith_kinds_register (void);
const KithKind *kith_kind_get (const char *name);         /* NULL when unknown */
const KithKind *const *kith_kinds_list (guint *n_kinds);   /* those with a table, in the order they are synced; parts left out */
GType kith_kind_get_gtype (const KithKind *kind);
const KithField *kith_kind_get_field (const KithKind *kind, const char *name);
gboolean kith_kind_is_searched (const KithKind *kind); /* has a find column and an FTS table; a searched field of a nested part counts */
gboolean kith_kind_has_digits (const KithKind *kind);  /* has a digits column (kith_record_digits): a field of it is DIGITS, SOUND or DAY */

/* One field's value against its description; the message is a sentence that begins with the field's label. An explicit null counts as missing.
 * A REF to staff may also read "hub", a REF or REFS to organization "network". */
#define KITH_MODEL_ERROR (kith_model_error_quark ())
GQuark kith_model_error_quark (void);
typedef enum { KITH_MODEL_ERROR_INVALID } KithModelError;
gboolean kith_field_check (const KithField *field, JsonNode *value, GError **error);
gboolean kith_fields_check (const KithField *fields, guint n_fields, JsonObject *values, gboolean unknown_ok, GError **error);
gboolean kith_fields_check_given (const KithField *fields, guint n_fields, JsonObject *values, GError **error); /* required ones may be missing */

/* The table's DDL for SQLite, desk: with scope and q. Migrations carry this text; a test compares. */
char *kith_kind_print_ddl (const KithKind *kind, gboolean desk);

/* Vocabularies: code lists and their labels (domain.md 2e, 2f). */
const KithVocabulary *kith_vocabulary_get (const char *name);
guint kith_vocabulary_size (const KithVocabulary *self);
const char *kith_vocabulary_code (const KithVocabulary *self, guint i);
const char *kith_vocabulary_label (const KithVocabulary *self, const char *code); /* translated; the code itself when unknown */
const char *kith_vocabulary_english (const KithVocabulary *self, const char *code); /* the same, not translated */
gboolean kith_vocabulary_has (const KithVocabulary *self, const char *code);

G_END_DECLS
