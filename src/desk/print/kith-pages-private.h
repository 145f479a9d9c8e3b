/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kith-pages.h"

G_BEGIN_DECLS

/* Of kith-pages.c and kith-pages-layout.c alone. */
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
  char *footer, *rests, *lost_notice;
  gboolean large;    /* type */
  guint n_lost;      /* texts that had letters of no font */
  GPtrArray *blocks; /* (element-type Block) */
  GArray *items;     /* (element-type Item) */
  GPtrArray *layouts; /* (element-type PangoLayout) that the lines are of */
  guint n_pages;

  /* while it is laid out */
  PangoContext *context;
  double width, height, y, footer_height;
  guint page;
};

G_END_DECLS
