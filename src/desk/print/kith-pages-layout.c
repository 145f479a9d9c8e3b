/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where each line of a paper stands: columns from the side where reading begins, breaks between pages, and what no font has. */

#include "kith-pages-private.h"

#include <glib/gi18n.h>

#define FAMILY "Cantarell, Noto Sans, DejaVu Sans, sans-serif"
#define LABEL_PART 0.32 /* of the width: the column of labels */
#define LARGE 1.35
#define FOOTER 44.0       /* at least */
#define FOOTER_GAP 12.0
#define FOOTER_PART 0.2   /* of a page: what is longer ends the paper */
#define FOOTER_SIZE 8.5
#define SIGNATURE_HEIGHT 54.0
#define KEPT_WHOLE 70.0   /* what is lower than this is not parted */
#define NUMBER_WIDTH 80.0 /* of "Page 1 of 2" */

static const struct
{
  double size, before, after;
  gboolean bold, grey;
} styles[] = {
  [BLOCK_KICKER] = { 10, 0, 2, FALSE, TRUE },     [BLOCK_TITLE] = { 24, 0, 2, TRUE, FALSE },   [BLOCK_SUBTITLE] = { 13, 0, 8, FALSE, TRUE },
  [BLOCK_HEADING] = { 13, 16, 6, TRUE, FALSE },   [BLOCK_FACT] = { 12, 0, 5, FALSE, FALSE },   [BLOCK_PARAGRAPH] = { 12, 2, 6, FALSE, FALSE },
  [BLOCK_ITEM] = { 12, 0, 4, FALSE, FALSE },      [BLOCK_NOTICE] = { 10.5, 10, 10, FALSE, FALSE }, [BLOCK_LINE] = { 10, 34, 6, FALSE, TRUE },
  [BLOCK_SIGNATURE] = { 10, 14, 6, FALSE, TRUE },
};

static double
bottom (KithPages *self)
{
  return self->height - self->footer_height;
}

static void
next_page (KithPages *self)
{
  self->page++;
  self->y = 0;
}

static PangoLayout *
layout_new (KithPages  *self,
            const char *text,
            double      width,
            double      size,
            gboolean    bold)
{
  PangoLayout *layout = pango_layout_new (self->context);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string (FAMILY);

  /* Most are put together of pieces, which follow each other as the paper runs: a number, and whose it is. */
  pango_layout_set_auto_dir (layout, FALSE);
  pango_font_description_set_absolute_size (font, size * (self->large ? LARGE : 1.0) * PANGO_SCALE);
  pango_font_description_set_weight (font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_line_spacing (layout, 1.15);
  pango_layout_set_text (layout, text, -1);
  g_ptr_array_add (self->layouts, layout);
  return layout;
}

static double
height_of (PangoLayout *layout)
{
  int height;

  pango_layout_get_size (layout, NULL, &height);
  return (double) height / PANGO_SCALE;
}

/* A column that begins so far from where reading begins. */
static double
place (KithPages *self,
       double     from,
       double     width)
{
  return kith_catalogue_is_rtl (self->catalogue) ? self->width - from - width : from;
}

static void
put (KithPages *self,
     Item       item)
{
  item.page = self->page;
  g_array_append_val (self->items, item);
}

/* The line an iterator stands on, at the side of a column where reading begins, whatever the line's own direction: a Latin name in an Arabic paper
 * stands under the others. Returns its height. */
static double
put_line (KithPages       *self,
          PangoLayoutIter *iter,
          double           column,
          double           width,
          double           y,
          gboolean         grey)
{
  PangoRectangle logical;
  int top, end;
  double line_width;

  pango_layout_iter_get_line_extents (iter, NULL, &logical);
  pango_layout_iter_get_line_yrange (iter, &top, &end);
  line_width = (double) logical.width / PANGO_SCALE;
  put (self, (Item) { ITEM_TEXT, .x = kith_catalogue_is_rtl (self->catalogue) ? column + width - line_width : column,
                      .y = y + (double) (pango_layout_iter_get_baseline (iter) - top) / PANGO_SCALE, .grey = grey,
                      .line = pango_layout_line_ref (pango_layout_iter_get_line_readonly (iter)) });
  return (double) (end - top) / PANGO_SCALE;
}

/* All lines of a layout below each other, on one page. */
static void
put_lines (KithPages   *self,
           PangoLayout *layout,
           double       column,
           double       width,
           double       y)
{
  PangoLayoutIter *iter = pango_layout_get_iter (layout);

  do
    y += put_line (self, iter, column, width, y, TRUE);
  while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
}

/* The lines of a layout from y on, over as many pages as they need; bar: a stroke beside them. label: stands before the first. */
static void
put_text (KithPages   *self,
          PangoLayout *layout,
          double       from,
          double       width,
          gboolean     grey,
          gboolean     bar,
          PangoLayout *label)
{
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  double column = place (self, from, width);
  gboolean first = TRUE;

  do
    {
      int top, end;
      double height;

      pango_layout_iter_get_line_yrange (iter, &top, &end);
      height = (double) (end - top) / PANGO_SCALE;
      if (self->y + height > bottom (self) && self->y > 0)
        next_page (self);
      if (first && label)
        {
          double label_width = (double) pango_layout_get_width (label) / PANGO_SCALE;

          put_lines (self, label, place (self, 0, label_width), label_width, self->y);
        }
      put_line (self, iter, column, width, self->y, grey);
      if (bar)
        put (self, (Item) { ITEM_BAR, .x = place (self, 0, 3), .y = self->y - 2, .width = 3, .height = height + 4 });
      self->y += height;
      first = FALSE;
    }
  while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
}

static void
put_fact (KithPages *self,
          Block     *block)
{
  double label_width = self->width * LABEL_PART, from = label_width + 12, start;
  PangoLayout *label = layout_new (self, block->label, label_width, styles[BLOCK_FACT].size, FALSE);
  PangoLayout *text = layout_new (self, block->text, self->width - from, styles[BLOCK_FACT].size, FALSE);

  if (self->y + MIN (height_of (label), bottom (self)) > bottom (self))
    next_page (self);
  start = self->y;
  put_text (self, text, from, self->width - from, FALSE, FALSE, label);
  if (self->y > start) /* on one page: the label may be the taller one */
    self->y = MAX (self->y, start + height_of (label));
}

static void
put_signature (KithPages *self,
               Block     *block)
{
  double width = self->width * 0.62;
  PangoLayout *label = layout_new (self, block->text, self->width, styles[block->type].size, FALSE);
  double need = height_of (label) + 4 + (block->points ? SIGNATURE_HEIGHT : 0);

  if (self->y + need > bottom (self))
    next_page (self);
  if (block->points)
    {
      put (self, (Item) { ITEM_SIGNATURE, .x = place (self, 0, width), .y = self->y, .width = width, .height = SIGNATURE_HEIGHT, .points = block->points });
      self->y += SIGNATURE_HEIGHT;
    }
  put (self, (Item) { ITEM_RULE, .x = place (self, 0, width), .y = self->y, .width = width, .height = 0.8 });
  self->y += 4;
  put_text (self, label, 0, self->width, TRUE, FALSE, NULL);
}

/* A heading is not left alone at the foot of a page. */
static double
needed (KithPages *self,
        guint      i)
{
  Block *block = self->blocks->pdata[i];

  return block->type == BLOCK_HEADING && i + 1 < self->blocks->len ? 60 : 0;
}

static void
put_block (KithPages *self,
           guint      i)
{
  Block *block = self->blocks->pdata[i];
  double from = block->type == BLOCK_NOTICE ? 14 : block->type == BLOCK_ITEM ? 16 : 0;

  if (self->y > 0)
    self->y += styles[block->type].before;
  if (self->y + needed (self, i) > bottom (self))
    next_page (self);
  if (block->type == BLOCK_FACT)
    put_fact (self, block);
  else if (block->type == BLOCK_LINE || block->type == BLOCK_SIGNATURE)
    put_signature (self, block);
  else
    {
      PangoLayout *layout = layout_new (self, block->text, self->width - from, styles[block->type].size, styles[block->type].bold);
      PangoLayout *bullet = block->type == BLOCK_ITEM ? layout_new (self, "•", 12, styles[BLOCK_ITEM].size, FALSE) : NULL;

      /* Sentences run as the language they are written in does. */
      pango_layout_set_auto_dir (layout, block->type == BLOCK_PARAGRAPH || block->type == BLOCK_ITEM || block->type == BLOCK_NOTICE);
      if (height_of (layout) < KEPT_WHOLE && self->y + height_of (layout) > bottom (self)) /* no line of two alone on the next page */
        next_page (self);
      put_text (self, layout, from, self->width - from, styles[block->type].grey, block->type == BLOCK_NOTICE, bullet);
      if (block->type == BLOCK_HEADING)
        put (self, (Item) { ITEM_RULE, .x = 0, .y = self->y + 2, .width = self->width, .height = 0.6 });
    }
  self->y += styles[block->type].after;
}

static PangoLayout *
footer_new (KithPages *self)
{
  g_autofree char *text = g_strjoin (" ", self->footer ? self->footer : "", self->rests, NULL);

  return layout_new (self, text, self->width - NUMBER_WIDTH - 10, FOOTER_SIZE, FALSE);
}

/* However many consents a paper rests on, nothing of them runs off the page (C7). */
static void
measure_footer (KithPages *self)
{
  double height = height_of (footer_new (self));

  if (self->rests && height > self->height * FOOTER_PART)
    {
      kith_pages_add_notice (self, self->rests);
      g_clear_pointer (&self->rests, g_free);
      height = height_of (footer_new (self));
    }
  self->footer_height = MAX (FOOTER, FOOTER_GAP + height);
}

static void
put_footer (KithPages *self)
{
  double y = self->height - self->footer_height + FOOTER_GAP;

  for (self->page = 0; self->page < self->n_pages; self->page++)
    {
      g_autofree char *page = g_strdup_printf ("%u", self->page + 1), *pages = g_strdup_printf ("%u", self->n_pages);
      g_autofree char *text = kith_catalogue_fill (self->catalogue, N_("Page {page} of {pages}"), "page", page, "pages", pages, NULL);
      PangoLayout *number = layout_new (self, text, NUMBER_WIDTH, FOOTER_SIZE, FALSE);
      double width = self->width - NUMBER_WIDTH - 10;
      PangoRectangle logical;

      put (self, (Item) { ITEM_RULE, .x = 0, .y = y - 6, .width = self->width, .height = 0.6 });
      put_lines (self, footer_new (self), place (self, 0, width), width, y);
      /* to the very end of the line */
      pango_layout_get_extents (number, NULL, &logical);
      put_lines (self, number, place (self, self->width - (double) logical.width / PANGO_SCALE, (double) logical.width / PANGO_SCALE),
                 (double) logical.width / PANGO_SCALE, y);
    }
}

/* ---- letters that no font has */

/* Whether the glyphs of a run for the character at this place of the text are real ones. */
static gboolean
is_lost (PangoLayoutLine *line,
         int              at)
{
  for (GSList *l = line->runs; l; l = l->next)
    {
      PangoGlyphItem *run = l->data;

      if (at < run->item->offset || at >= run->item->offset + run->item->length)
        continue;
      for (int i = 0; i < run->glyphs->num_glyphs; i++)
        if (run->item->offset + run->glyphs->log_clusters[i] == at && (run->glyphs->glyphs[i].glyph & PANGO_GLYPH_UNKNOWN_FLAG))
          return TRUE;
    }
  return FALSE;
}

/* (transfer full): the text with a mark for each stretch that would be boxes; NULL: all of it can be drawn. */
static char *
without_lost (KithPages  *self,
              const char *text)
{
  PangoLayout *layout = text && *text ? layout_new (self, text, 1e5, 12, FALSE) : NULL;
  g_autoptr (GString) kept = NULL;
  gboolean lost = FALSE;

  if (!layout || pango_layout_get_unknown_glyphs_count (layout) == 0)
    return NULL;
  kept = g_string_new (NULL);
  for (const char *c = text; *c; c = g_utf8_next_char (c))
    {
      int line = 0;

      pango_layout_index_to_line_x (layout, (int) (c - text), FALSE, &line, NULL);
      if (!is_lost (pango_layout_get_line_readonly (layout, line), (int) (c - text)))
        g_string_append_len (kept, c, g_utf8_next_char (c) - c);
      else if (!lost)
        g_string_append (kept, KITH_PAGES_LOST);
      lost = is_lost (pango_layout_get_line_readonly (layout, line), (int) (c - text));
    }
  return g_string_free (g_steal_pointer (&kept), FALSE);
}

static void
replace_lost (KithPages *self,
              char     **text)
{
  char *kept = without_lost (self, *text);

  if (!kept)
    return;
  g_free (*text);
  *text = kept;
  self->n_lost++;
}

/* Boxes say nothing to anybody: a mark stands in their place, and a notice tells what it means. */
static void
replace_all_lost (KithPages *self)
{
  for (guint i = 0; i < self->blocks->len; i++)
    {
      Block *block = self->blocks->pdata[i];

      replace_lost (self, &block->text);
      replace_lost (self, &block->label);
    }
  replace_lost (self, &self->footer);
  replace_lost (self, &self->rests);
  if (self->n_lost > 0 && self->lost_notice)
    kith_pages_add_notice (self, self->lost_notice);
  g_clear_pointer (&self->lost_notice, g_free);
  g_ptr_array_set_size (self->layouts, 0);
}

guint
kith_pages_layout (KithPages    *self,
                   PangoContext *context,
                   double        width,
                   double        height)
{
  pango_context_set_base_dir (context, kith_catalogue_is_rtl (self->catalogue) ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
  pango_context_set_language (context, pango_language_from_string (kith_catalogue_get_language (self->catalogue)));
  g_array_set_size (self->items, 0);
  g_ptr_array_set_size (self->layouts, 0);
  self->context = context;
  self->width = width;
  self->height = height;
  self->page = 0;
  self->y = 0;
  replace_all_lost (self);
  measure_footer (self);
  for (guint i = 0; i < self->blocks->len; i++)
    put_block (self, i);
  self->n_pages = self->page + 1;
  put_footer (self);
  self->context = NULL;
  return self->n_pages;
}
