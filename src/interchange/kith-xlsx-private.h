/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <libxml/xmlreader.h>

G_BEGIN_DECLS

/* One part of the package as a stream of XML. Nothing is fetched, no entity is resolved, and more than the limit is not unpacked: the
 * file comes from outside. */
typedef struct _KithXlsxPart KithXlsxPart;

KithXlsxPart *kith_xlsx_part_open (const char *path, const char *name, guint64 limit, GError **error); /* NULL without error: there is no such part */
void kith_xlsx_part_free (KithXlsxPart *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KithXlsxPart, kith_xlsx_part_free)

gboolean kith_xlsx_part_next (KithXlsxPart *self, GError **error);         /* to the next node; FALSE at the end, or with error */
gboolean kith_xlsx_part_starts (KithXlsxPart *self, const char *element);  /* the node begins this element, whatever its prefix */
gboolean kith_xlsx_part_ends (KithXlsxPart *self, const char *element);    /* … ends it; an empty element begins and ends at once */
const char *kith_xlsx_part_text (KithXlsxPart *self);                      /* of a text node; NULL: it is none */
char *kith_xlsx_part_attribute (KithXlsxPart *self, const char *name);     /* by local name; NULL: none. g_free() */
double kith_xlsx_part_done (KithXlsxPart *self);                           /* 0 … 1 */

/* What styles.xml says of each cell format. */
typedef struct
{
  guint8 date; /* 0: no date, 1: a date, 2: with a time */
  guint8 zeros; /* a number is filled with zeros to this many digits; 0: it is not */
} KithXlsxStyle;

typedef struct
{
  char *sheet;       /* name of the part of the first visible sheet */
  gboolean epoch_1904;
  GArray *styles;    /* KithXlsxStyle */
  GPtrArray *strings; /* shared ones (char *), in one chunk */
  GStringChunk *chunk;
} KithXlsxBook;

gboolean kith_xlsx_book_read (KithXlsxBook *self, const char *path, GError **error);
void kith_xlsx_book_clear (KithXlsxBook *self);

G_END_DECLS
