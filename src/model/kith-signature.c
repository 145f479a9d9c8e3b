/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-signature.h"

#include <string.h>

/* One number, -KITH_SIGNATURE_WIDTH to KITH_SIGNATURE_WIDTH; *text moves behind it. */
static gboolean
read_number (const char **text, int *number)
{
  gboolean minus = **text == '-';
  const char *at = *text + minus;
  int value = 0;

  if (!g_ascii_isdigit (*at))
    return FALSE;
  for (; g_ascii_isdigit (*at); at++)
    if ((value = value * 10 + (*at - '0')) > KITH_SIGNATURE_WIDTH)
      return FALSE;
  *text = at;
  *number = minus ? -value : value;
  return TRUE;
}

/**
 * kith_signature_parse:
 * @text: (nullable): as written by kith_signature_format(), from anybody
 *
 * Returns: (transfer full) (element-type KithSignaturePoint) (nullable): its points, at least one, all inside the field; %NULL when @text is
 *   anything else
 */
GArray *
kith_signature_parse (const char *text)
{
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (KithSignaturePoint));
  KithSignaturePoint point = { 0 };

  if (text == NULL || strlen (text) > KITH_SIGNATURE_MOST || *text != 'M')
    return NULL;
  while (*text != '\0')
    {
      int x, y;

      point.begins = *text == 'M';
      if (!point.begins && *text != 'l')
        return NULL;
      text++;
      if (!read_number (&text, &x) || *text++ != ' ' || !read_number (&text, &y))
        return NULL;
      point.x = point.begins ? x : point.x + x;
      point.y = point.begins ? y : point.y + y;
      if (point.x < 0 || point.x > KITH_SIGNATURE_WIDTH || point.y < 0 || point.y > KITH_SIGNATURE_HEIGHT)
        return NULL;
      g_array_append_val (points, point);
    }
  return g_steal_pointer (&points);
}

static const KithSignaturePoint *
point_at (const GArray *points, guint i)
{
  return &g_array_index (points, KithSignaturePoint, i);
}

/* Of each stroke the first point, every step-th and the last. */
static char *
write_path (const GArray *points, guint step)
{
  GString *path = g_string_new (NULL);
  const KithSignaturePoint *last = NULL;
  guint since = 0;

  for (guint i = 0; i < points->len; i++)
    {
      const KithSignaturePoint *point = point_at (points, i);
      gboolean ends = i + 1 == points->len || point_at (points, i + 1)->begins;

      if (point->begins)
        g_string_append_printf (path, "M%d %d", point->x, point->y);
      else if (++since < step && !ends)
        continue;
      else if (point->x != last->x || point->y != last->y)
        g_string_append_printf (path, "l%d %d", point->x - last->x, point->y - last->y);
      since = 0;
      last = point;
    }
  return g_string_free (path, FALSE);
}

/**
 * kith_signature_format:
 * @points: (element-type KithSignaturePoint): inside the field; the first begins a stroke
 *
 * Returns: (transfer full) (nullable): at most KITH_SIGNATURE_MOST bytes; a very long one loses points evenly. %NULL when there are no points, or
 *   so many strokes that they do not fit
 */
char *
kith_signature_format (const GArray *points)
{
  if (points->len == 0)
    return NULL;
  for (guint step = 1; step <= 64; step *= 2)
    {
      g_autofree char *path = write_path (points, step);

      if (strlen (path) <= KITH_SIGNATURE_MOST)
        return g_steal_pointer (&path);
    }
  return NULL;
}
