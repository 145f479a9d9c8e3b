/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pangocairo.h>

#include "kith-catalogue.h"

G_BEGIN_DECLS

/* A printed page: a title, facts with their labels, paragraphs, lines to sign on. It is laid out once for a size of paper, breaks between
 * lines, and runs from the right where its language does. All measures are points. */
typedef struct _KithPages KithPages;

KithPages *kith_pages_new (const KithCatalogue *catalogue);
void kith_pages_free (KithPages *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KithPages, kith_pages_free)

void kith_pages_set_large (KithPages *self);                              /* type that is read without glasses: for who takes it along */
/* At the foot of every page, before its number: text, and rests (NULL: nothing), what printing rests on. Where that is long it ends the paper instead. */
void kith_pages_set_footer (KithPages *self, const char *text, const char *rests);
#define KITH_PAGES_LOST "[…]" /* in the place of letters that no font of this computer has */
void kith_pages_set_lost_notice (KithPages *self, const char *text);     /* printed where there are such letters */
void kith_pages_add_kicker (KithPages *self, const char *text);          /* a small line above the title: whose paper it is */
void kith_pages_add_title (KithPages *self, const char *text);
void kith_pages_add_subtitle (KithPages *self, const char *text);
void kith_pages_add_heading (KithPages *self, const char *text);         /* kept with what follows */
void kith_pages_add_fact (KithPages *self, const char *label, const char *text); /* NULL or "": nothing */
void kith_pages_add_label (KithPages *self, const char *label);          /* a fact that says no more than that */
void kith_pages_take_fact (KithPages *self, const char *label, char *text);
void kith_pages_add_paragraph (KithPages *self, const char *text);
void kith_pages_add_item (KithPages *self, const char *text);            /* of a list */
void kith_pages_add_notice (KithPages *self, const char *text);          /* set apart */
void kith_pages_add_line (KithPages *self, const char *label);           /* to write on */
void kith_pages_add_signature (KithPages *self, const char *label, GArray *points); /* (element-type KithSignaturePoint); transfer full */

guint kith_pages_layout (KithPages *self, PangoContext *context, double width, double height); /* how many pages */
void kith_pages_draw (KithPages *self, cairo_t *cr, guint page);
guint kith_pages_count_lost (KithPages *self);                           /* texts with letters that no font of this computer has, once laid out */
int kith_pages_count_unknown (KithPages *self);                          /* glyphs that came out as boxes: none */

G_END_DECLS
