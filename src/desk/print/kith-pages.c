/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-pages-private.h"

#include "kith-signature.h"

#define GREY 0.36

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

/**
 * kith_pages_new:
 * @catalogue: kept, not owned: must outlive the pages
 *
 * Returns: (transfer full): an empty paper in that language
 */
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
kith_pages_set_large (KithPages *self)
{
  self->large = TRUE;
}

/**
 * kith_pages_free:
 * @self: (transfer full): not NULL
 */
void
kith_pages_free (KithPages *self)
{
  g_ptr_array_unref (self->blocks);
  g_array_unref (self->items);
  g_ptr_array_unref (self->layouts);
  g_free (self->footer);
  g_free (self->rests);
  g_free (self->lost_notice);
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
                       const char *text,
                       const char *rests)
{
  g_free (self->footer);
  g_free (self->rests);
  self->footer = g_strdup (text);
  self->rests = g_strdup (rests);
}

void
kith_pages_set_lost_notice (KithPages  *self,
                            const char *text)
{
  g_free (self->lost_notice);
  self->lost_notice = g_strdup (text);
}

/* kith_pages_add_kicker(), _title(), _subtitle(), _heading(), _paragraph(), _item(), _notice() and _line(): the text is copied, broken UTF-8
 * is mended, and NULL or "" adds nothing. */
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
kith_pages_add_label (KithPages  *self,
                      const char *label)
{
  if (label && *label)
    add (self, BLOCK_FACT, label, "");
}

/**
 * kith_pages_take_fact:
 * @label: as it is printed
 * @text: (nullable) (transfer full): NULL or "": nothing is added
 */
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

/**
 * kith_pages_draw:
 * @page: from 0, below what kith_pages_layout() said
 *
 * Draws in points, from the top left corner of what the margins leave.
 */
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

guint
kith_pages_count_lost (KithPages *self)
{
  return self->n_lost;
}

int
kith_pages_count_unknown (KithPages *self)
{
  int n = 0;

  for (guint i = 0; i < self->layouts->len; i++)
    n += pango_layout_get_unknown_glyphs_count (self->layouts->pdata[i]);
  return n;
}
