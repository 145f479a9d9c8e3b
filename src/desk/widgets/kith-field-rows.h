/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-context.h"
#include "kith-kind.h"

G_BEGIN_DECLS

/* Rows that edit some fields of a kind, made from its field table: what a kind gains, its form gains. Each row's widget name is the field's
 * name. Signals: "changed": somebody typed; "activated": Enter in a line. */
#define KITH_TYPE_FIELD_ROWS (kith_field_rows_get_type ())
G_DECLARE_FINAL_TYPE (KithFieldRows, kith_field_rows, KITH, FIELD_ROWS, AdwBin)

typedef struct
{
  const char *name;
  const char *label; /* N_(): instead of the field's own; NULL: its own */
} KithFieldChoice;

/* fields: in this order; those the kind does not have, and those no form shows, are left out. Of a record that is there only those may be
 * named that a form may change. */
GtkWidget *kith_field_rows_new (KithContext *context, const KithKind *kind, const KithFieldChoice *fields, guint n_fields);
/* Every field that a form may change and that is not among the lists given (NULL-ended, of KithFieldRows). */
GtkWidget *kith_field_rows_new_rest (KithContext *context, const KithKind *kind, KithFieldRows *const *others);
/* Fields of no kind: the arguments of an operation. */
GtkWidget *kith_field_rows_new_fields (KithContext *context, const KithField *const *fields, guint n_fields);
gboolean kith_field_rows_is_empty (KithFieldRows *self);

void kith_field_rows_show (KithFieldRows *self, JsonObject *values);
void kith_field_rows_collect (KithFieldRows *self, JsonObject *values, gboolean raw); /* blank ones are left out; raw: as typed, for a draft */
void kith_field_rows_add_changes (KithFieldRows *self, JsonObject *before, JsonObject *set); /* record.patch's set: {"old","new"} of what was changed */
/* Somebody else changed the record: before: what the rows were compared with, now: what from here on. Rows that nobody touched show now, the
 * others stay; in a list of codes what was added and taken off here is done to the list as it is now. Nothing is told as "changed". */
void kith_field_rows_follow (KithFieldRows *self, JsonObject *before, JsonObject *now);
/* NULL: all can be stored; else a sentence, and the field has the focus. Yours */
char *kith_field_rows_check (KithFieldRows *self);
char *kith_field_rows_get_text (KithFieldRows *self, const char *field);           /* as typed; NULL: blank. Yours */
void kith_field_rows_set_text (KithFieldRows *self, const char *field, const char *text); /* one of them, NULL: blank; the others stay */
gboolean kith_field_rows_focus (KithFieldRows *self, const char *field);
void kith_field_rows_set_asked (KithFieldRows *self, const char *field, gboolean asked); /* FALSE: out of sight; what was typed there stays */

G_END_DECLS
