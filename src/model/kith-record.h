/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-kind.h"

G_BEGIN_DECLS

/* One record: a kind, an id and the body as it travels, unknown members kept. GTypes of the kinds are subclasses with one
 * property per field ("given-name"), so GtkExpression and list models work with no boilerplate. */
#define KITH_TYPE_RECORD (kith_record_get_type ())
G_DECLARE_DERIVABLE_TYPE (KithRecord, kith_record, KITH, RECORD, GObject)

struct _KithRecordClass
{
  GObjectClass parent_class;
  const KithKind *kind;
};

KithRecord *kith_record_new (const KithKind *kind, const char *id);
KithRecord *kith_record_new_for_body (const KithKind *kind, const char *id, JsonObject *body); /* body: transfer none, shared; copied before the first change */
KithRecord *kith_record_parse (const KithKind *kind, const char *id, const char *body, gssize length, GError **error);
KithRecord *kith_record_copy (KithRecord *self);

const KithKind *kith_record_get_kind (KithRecord *self);
const char *kith_record_get_id (KithRecord *self);
JsonObject *kith_record_get_body (KithRecord *self); /* borrowed, do not change */
char *kith_record_print (KithRecord *self);          /* canonical JSON of the body; the id is not in it */

/* Properties: "id"; one per field, writable where it is one text, number, date, code or switch; a CODE has "NAME-label" beside it, translated; a list of
 * texts is a GStrv, a list of parts a GListModel made on asking, one part a KithRecord. */

/* By field name; a missing one is NULL, 0, FALSE. Strings are borrowed until the field changes. */
const char *kith_record_string (KithRecord *self, const char *field);
gint64 kith_record_int (KithRecord *self, const char *field);
gboolean kith_record_bool (KithRecord *self, const char *field);
JsonArray *kith_record_array (KithRecord *self, const char *field);
JsonObject *kith_record_object (KithRecord *self, const char *field);
gboolean kith_record_list_has (KithRecord *self, const char *field, const char *text);
gboolean kith_record_has (KithRecord *self, const char *field); /* is there, and not null */
gboolean kith_record_is (KithRecord *self, const char *field, const char *text); /* equal strings; NULL equals missing */

void kith_record_set_string (KithRecord *self, const char *field, const char *value); /* NULL or "" removes */
void kith_record_set_int (KithRecord *self, const char *field, gint64 value);
void kith_record_set_bool (KithRecord *self, const char *field, gboolean value);
void kith_record_set_node (KithRecord *self, const char *field, JsonNode *value);     /* transfer full; NULL removes */
void kith_record_set_strings (KithRecord *self, const char *field, const char *const *values);

gboolean kith_record_check (KithRecord *self, GError **error); /* every field against the table; unknown members pass */
gboolean kith_record_equal (KithRecord *a, KithRecord *b);
char *kith_record_scope (KithRecord *self);                    /* the one scope it lies in (design.md 3) */
char *kith_record_find_text (KithRecord *self);                /* folded text of the searched fields, nested ones too; NULL when the kind is not searched */
gboolean kith_record_found_alike (KithRecord *a, KithRecord *b); /* two of one kind whose find text and digits are surely the same */
char *kith_record_digits (KithRecord *self);                   /* words to look up, one space between: the DIGITS fields' digits, each reversed; sounds of the SOUND fields, years and days of the DAY fields (kith_match_sound_word ()); NULL when the kind has none */

G_END_DECLS
