/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"
#include "kith-kind.h"

G_BEGIN_DECLS

/* What edits one field: made from its entry in the field table, so a new field needs no code here. KithFieldRows puts them together. */
typedef struct _KithEditor KithEditor;
typedef void (*KithEditorChanged) (gpointer owner);

/* What a field belongs to. A person is asked for what a record holds; within a part "not asked" differs from "no" too; what an act takes,
 * whoever does it sets. */
typedef enum
{
  KITH_EDITOR_OF_RECORD,
  KITH_EDITOR_OF_PART,
  KITH_EDITOR_OF_ACT,
} KithEditorOf;

struct _KithEditor
{
  const KithField *field;
  KithEditorOf of;
  GtkWidget *row;       /* for a boxed list; or, for what is a list itself, */
  GtkWidget *block;     /* something to stand below; both NULL: only the rows of parts */
  GPtrArray *parts;     /* (element-type KithEditor): the fields of a nested part; NULL: none */
  JsonObject *before;   /* a nested part as it was, for what has no row */
  KithContext *context;
  KithEditorChanged changed;
  gpointer owner;

  char *(*problem) (KithEditor *self); /* what is wrong with what was typed, in words for whoever typed it; NULL, or answers NULL: kith_field_check() says */
  JsonNode *(*get) (KithEditor *self, gboolean raw); /* NULL: blank. raw: as it is typed, for a draft. Transfer full */
  void (*set) (KithEditor *self, JsonNode *value);   /* NULL: blank */
  void (*clear) (KithEditor *self);                  /* frees what is below data */
  gpointer data;
};

/* label: instead of the field's own, or NULL.
 * NULL: a field that no form shows (ids, times, what operations keep). */
KithEditor *kith_editor_new (KithContext *context, const KithField *field, const char *label, KithEditorOf of, KithEditorChanged changed, gpointer owner);
void kith_editor_free (KithEditor *self);
const char *kith_editor_get_none (KithEditor *self); /* what stands where nothing was chosen */
GtkWidget *kith_editor_get_focus (KithEditor *self); /* the first thing to type into; borrowed */

/* Fields that hold more than one value: kith-editor-lists.c, -languages.c, -parts.c. */
void kith_editor_make_strings (KithEditor *self, const char *label);
void kith_editor_make_codes (KithEditor *self, const char *label);
void kith_editor_make_languages (KithEditor *self, const char *label);
void kith_editor_make_parts (KithEditor *self, const char *label);
void kith_editor_make_part (KithEditor *self);

/* Days and times: kith-editor-dates.c. */
void kith_editor_make_date (KithEditor *self, const char *label);
void kith_editor_make_moment (KithEditor *self, const char *label);

/* One line of text, on which others build. */
void kith_editor_make_line (KithEditor *self, const char *label);
JsonNode *kith_editor_text_node (char *text);          /* text: transfer full; NULL or empty: NULL. Yours */
const char *kith_editor_node_text (JsonNode *value);   /* NULL: no text */

/* For the implementers: somebody typed. */
void kith_editor_changed (KithEditor *self);
GPtrArray *kith_editors_of_part (KithEditor *self, KithEditorChanged changed, gpointer owner); /* the editors of the fields of the part it holds */
JsonObject *kith_editors_collect (GPtrArray *editors, JsonObject *before, gboolean raw);        /* before: members without a row stay. Transfer full */
void kith_editors_show (GPtrArray *editors, JsonObject *values);                                /* values may be NULL */
GtkWidget *kith_editor_list_new (void);                                /* a boxed list */
GtkWidget *kith_editor_remove_button_new (const char *words);
JsonNode *kith_editor_array_node (JsonArray *array);                   /* array: transfer full; NULL when it is empty. Yours */
JsonArray *kith_editor_node_array (JsonNode *value);                   /* NULL: no array. Borrowed */
const char *kith_editor_element_text (JsonArray *array, guint i);      /* NULL: no text */

G_END_DECLS
