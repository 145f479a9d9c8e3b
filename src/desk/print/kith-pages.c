/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-pages.h"

#include <glib/gi18n.h>
#include <string.h>

#include "kith-signature.h"

#define FAMILY "Cantarell, Noto Sans, DejaVu Sans, sans-serif"
#define LABEL_PART 0.32 /* of the width: the column of labels */
#define FOOTER 44.0
#define GREY 0.36
#define SIGNATURE_HEIGHT 54.0

typedef enum
{
  BLOCK_KICKER,
  BLOCK_TITLE,
  BLOCK_SUBTITLE,
  BLOCK_HEADING,
  BLOCK_FACT,
  BLOCK_PARAGRAPH,
  BLOCK_ITEM,
  BLOCK_NOTICE,
  BLOCK_LINE,
  BLOCK_SIGNATURE
} BlockType;

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

typedef struct
{
  BlockType type;
  char *label, *text;
  GArray *points;
} Block;

typedef enum { ITEM_TEXT, ITEM_RULE, ITEM_BAR, ITEM_SIGNATURE } ItemType;

/* Something at a place of a page. */
typedef struct
{
  ItemType type;
  guint page;
  double x, y, width, height; /* y of a text: its base line */
  gboolean grey;
  PangoLayoutLine *line;      /* owned */
  GArray *points;             /* borrowed */
} Item;

struct _KithPages
{
  const KithCatalogue *catalogue;
  char *footer;
  GPtrArray *blocks; /* (element-type Block) */
  GArray *items;     /* (element-type Item) */
  GPtrArray *layouts; /* (element-type PangoLayout) that the lines are of */
  guint n_pages;

  /* while it is laid out */
  PangoContext *context;
  double width, height, y;
  guint page;
};

static void
block_free (gpointer data)
{
  Block *block = data;

  g_free (block->label);
  g_free (block->text);
  g_clear_pointer (&block->points, g_array_unref);
  g_free (block);
}

static void
item_clear (gpointer data)
{
  g_clear_pointer (&((Item *) data)->line, pango_layout_line_unref);
}

KithPages *
kith_pages_new (const KithCatalogue *catalogue)
{
  KithPages *self = g_new0 (KithPages, 1);

  self->catalogue = catalogue;
  self->blocks = g_ptr_array_new_with_free_func (block_free);
  self->items = g_array_new (FALSE, TRUE, sizeof (Item));
  g_array_set_clear_func (self->items, item_clear);
  self->layouts = g_ptr_array_new_with_free_func (g_object_unref);
  return self;
}

void
kith_pages_free (KithPages *self)
{
  g_ptr_array_unref (self->blocks);
  g_array_unref (self->items);
  g_ptr_array_unref (self->layouts);
  g_free (self->footer);
  g_free (self);
}

/* ---- what it says */

static Block *
add (KithPages  *self,
     BlockType   type,
     const char *label,
     const char *text)
{
  Block *block = g_new0 (Block, 1);

  block->type = type;
  block->label = g_strdup (label);
  block->text = g_utf8_make_valid (text ? text : "", -1);
  g_ptr_array_add (self->blocks, block);
  return block;
}

void
kith_pages_set_footer (KithPages  *self,
                       const char *text)
{
  g_free (self->footer);
  self->footer = g_strdup (text);
}

#define ADD(name, type) \
  void kith_pages_add_##name (KithPages *self, const char *text) \
  { \
    if (text && *text) \
      add (self, type, NULL, text); \
  }
ADD (kicker, BLOCK_KICKER)
ADD (title, BLOCK_TITLE)
ADD (subtitle, BLOCK_SUBTITLE)
ADD (heading, BLOCK_HEADING)
ADD (paragraph, BLOCK_PARAGRAPH)
ADD (item, BLOCK_ITEM)
ADD (notice, BLOCK_NOTICE)
ADD (line, BLOCK_LINE)

void
kith_pages_add_fact (KithPages  *self,
                     const char *label,
                     const char *text)
{
  if (text && *text)
    add (self, BLOCK_FACT, label, text);
}

void
kith_pages_take_fact (KithPages  *self,
                      const char *label,
                      char       *text)
{
  kith_pages_add_fact (self, label, text);
  g_free (text);
}

void
kith_pages_add_signature (KithPages  *self,
                          const char *label,
                          GArray     *points)
{
  add (self, BLOCK_SIGNATURE, NULL, label)->points = points;
}

/* ---- where it stands */

static double
bottom (KithPages *self)
{
  return self->height - FOOTER;
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

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
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
      PangoRectangle logical;
      int top, end;
      double height, base;

      pango_layout_iter_get_line_extents (iter, NULL, &logical);
      pango_layout_iter_get_line_yrange (iter, &top, &end);
      height = (double) (end - top) / PANGO_SCALE;
      base = (double) (pango_layout_iter_get_baseline (iter) - top) / PANGO_SCALE;
      if (self->y + height > bottom (self) && self->y > 0)
        next_page (self);
      if (first && label)
        {
          PangoLayoutIter *of_label = pango_layout_get_iter (label);
          double y = self->y, label_width = (double) pango_layout_get_width (label) / PANGO_SCALE;

          do
            {
              PangoRectangle extents;
              int label_top, label_end;

              pango_layout_iter_get_line_extents (of_label, NULL, &extents);
              pango_layout_iter_get_line_yrange (of_label, &label_top, &label_end);
              put (self, (Item) { ITEM_TEXT, .x = place (self, 0, label_width) + (double) extents.x / PANGO_SCALE,
                                  .y = y + (double) (pango_layout_iter_get_baseline (of_label) - label_top) / PANGO_SCALE, .grey = TRUE,
                                  .line = pango_layout_line_ref (pango_layout_iter_get_line_readonly (of_label)) });
              y += (double) (label_end - label_top) / PANGO_SCALE;
            }
          while (pango_layout_iter_next_line (of_label));
          pango_layout_iter_free (of_label);
        }
      put (self, (Item) { ITEM_TEXT, .x = column + (double) logical.x / PANGO_SCALE, .y = self->y + base, .grey = grey,
                          .line = pango_layout_line_ref (pango_layout_iter_get_line_readonly (iter)) });
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

      put_text (self, layout, from, self->width - from, styles[block->type].grey, block->type == BLOCK_NOTICE, bullet);
      if (block->type == BLOCK_HEADING)
        put (self, (Item) { ITEM_RULE, .x = 0, .y = self->y + 2, .width = self->width, .height = 0.6 });
    }
  self->y += styles[block->type].after;
}

static void
put_footer (KithPages *self)
{
  for (self->page = 0; self->page < self->n_pages; self->page++)
    {
      g_autofree char *page = g_strdup_printf ("%u", self->page + 1), *pages = g_strdup_printf ("%u", self->n_pages);
      g_autofree char *number = kith_catalogue_fill (self->catalogue, N_("Page {page} of {pages}"), "page", page, "pages", pages, NULL);
      PangoLayout *text = layout_new (self, self->footer ? self->footer : "", self->width - 90, 8.5, FALSE);
      PangoLayout *right = layout_new (self, number, 80, 8.5, FALSE);
      PangoRectangle logical;
      PangoLayoutIter *iter = pango_layout_get_iter (text);
      double y = self->height - FOOTER + 12;

      put (self, (Item) { ITEM_RULE, .x = 0, .y = y - 6, .width = self->width, .height = 0.6 });
      do
        {
          int top, end;

          pango_layout_iter_get_line_extents (iter, NULL, &logical);
          pango_layout_iter_get_line_yrange (iter, &top, &end);
          put (self, (Item) { ITEM_TEXT, .x = place (self, 0, self->width - 90) + (double) logical.x / PANGO_SCALE,
                              .y = y + (double) (pango_layout_iter_get_baseline (iter) - top) / PANGO_SCALE, .grey = TRUE,
                              .line = pango_layout_line_ref (pango_layout_iter_get_line_readonly (iter)) });
          y += (double) (end - top) / PANGO_SCALE;
        }
      while (pango_layout_iter_next_line (iter));
      pango_layout_iter_free (iter);
      pango_layout_get_extents (right, NULL, &logical);
      put (self, (Item) { ITEM_TEXT, .x = kith_catalogue_is_rtl (self->catalogue) ? 0 : self->width - (double) logical.width / PANGO_SCALE,
                          .y = self->height - FOOTER + 12 + (double) pango_layout_get_baseline (right) / PANGO_SCALE, .grey = TRUE,
                          .line = pango_layout_line_ref (pango_layout_get_line_readonly (right, 0)) });
    }
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
  for (guint i = 0; i < self->blocks->len; i++)
    put_block (self, i);
  self->n_pages = self->page + 1;
  put_footer (self);
  self->context = NULL;
  return self->n_pages;
}

/* ---- on paper */

static void
draw_signature (cairo_t *cr,
                Item    *item)
{
  double scale = MIN (item->width / KITH_SIGNATURE_WIDTH, item->height / KITH_SIGNATURE_HEIGHT);

  cairo_set_line_width (cr, 1.4);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (guint i = 0; i < item->points->len; i++)
    {
      const KithSignaturePoint *point = &g_array_index (item->points, KithSignaturePoint, i);

      if (point->begins)
        cairo_move_to (cr, item->x + point->x * scale, item->y + point->y * scale);
      else
        cairo_line_to (cr, item->x + point->x * scale, item->y + point->y * scale);
    }
  cairo_stroke (cr);
}

void
kith_pages_draw (KithPages *self,
                 cairo_t   *cr,
                 guint      page)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      Item *item = &g_array_index (self->items, Item, i);
      double grey = item->grey ? GREY : item->type == ITEM_RULE ? 0.6 : item->type == ITEM_BAR ? 0.45 : 0;

      if (item->page != page)
        continue;
      cairo_set_source_rgb (cr, grey, grey, grey);
      switch (item->type)
        {
        case ITEM_TEXT:
          cairo_move_to (cr, item->x, item->y);
          pango_cairo_show_layout_line (cr, item->line);
          break;
        case ITEM_SIGNATURE:
          cairo_set_source_rgb (cr, 0.05, 0.1, 0.35);
          draw_signature (cr, item);
          break;
        case ITEM_RULE:
        case ITEM_BAR:
        default:
          cairo_rectangle (cr, item->x, item->y, item->width, item->height);
          cairo_fill (cr);
        }
    }
}

int
kith_pages_count_unknown (KithPages *self)
{
  int n = 0;

  for (guint i = 0; i < self->layouts->len; i++)
    n += pango_layout_get_unknown_glyphs_count (self->layouts->pdata[i]);
  return n;
}
