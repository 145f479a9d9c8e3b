/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A signature written on screen, small enough to lie in the consent itself (C3): pen strokes on a field of KITH_SIGNATURE_WIDTH by
 * KITH_SIGNATURE_HEIGHT, kept as the path of an SVG: "M120 44l3 2l-1 5M200 60l2 0". Nothing but these letters, digits, signs and
 * spaces is taken, so the text can be put into a picture or a form as it is. */
#define KITH_SIGNATURE_WIDTH 1000
#define KITH_SIGNATURE_HEIGHT 300
#define KITH_SIGNATURE_MOST 12000 /* bytes of the text */

typedef struct
{
  int x, y;
  gboolean begins; /* a stroke */
} KithSignaturePoint;

GArray *kith_signature_parse (const char *text);     /* (element-type KithSignaturePoint); NULL: it is none */
char *kith_signature_format (const GArray *points);  /* thinned until it fits; NULL when nothing was drawn */

G_END_DECLS
