/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hlc.h"

#include <string.h>

#define COUNTER_MAX 0xffff
#define MS_MAX G_GINT64_CONSTANT (0xffffffffffff)
#define NODE_MAX 64
#define NODE_AT 18 /* after the milliseconds, the counter and their dashes */

static void
step (KithHlc *self)
{
  if (self->counter < COUNTER_MAX)
    {
      self->counter++;
      return;
    }
  self->ms++;
  self->counter = 0;
}

/**
 * kith_hlc_tick:
 * @self: the last time given or witnessed; zeroed at first
 * @wall_ms: what the clock says; may have jumped back
 * @node: who gives it, to tell two of the same moment apart
 *
 * Returns: (transfer full): a time later than all before it
 */
char *
kith_hlc_tick (KithHlc *self, gint64 wall_ms, const char *node)
{
  g_return_val_if_fail (node != NULL && *node != '\0', NULL);

  if (wall_ms > self->ms)
    {
      self->ms = MIN (wall_ms, MS_MAX);
      self->counter = 0;
    }
  else
    step (self);
  return g_strdup_printf ("%012" G_GINT64_MODIFIER "x-%04x-%s", (guint64) self->ms, self->counter, node);
}

/**
 * kith_hlc_witness:
 * @self: is moved on, so that the next tick is later than @text
 * @text: (nullable): a time from somewhere else
 * @max_ms: what lies beyond is taken as @max_ms: one clock that runs ahead must not drag all others along
 *
 * Returns: %FALSE when @text is malformed (@self is untouched) or was clamped
 */
gboolean
kith_hlc_witness (KithHlc *self, const char *text, gint64 max_ms)
{
  gint64 ms;
  guint counter;
  gboolean clamped;

  if (!kith_hlc_parse (text, &ms, &counter))
    return FALSE;
  clamped = ms > max_ms;
  if (clamped)
    {
      ms = max_ms;
      counter = 0;
    }
  if (ms > self->ms || (ms == self->ms && counter > self->counter))
    {
      self->ms = ms;
      self->counter = counter;
    }
  return !clamped;
}

static gboolean
parse_hex (const char *text, guint count, gint64 *value)
{
  *value = 0;
  for (guint i = 0; i < count; i++)
    {
      if (!g_ascii_isxdigit (text[i]) || g_ascii_isupper (text[i]))
        return FALSE;
      *value = *value << 4 | g_ascii_xdigit_value (text[i]);
    }
  return TRUE;
}

/**
 * kith_hlc_parse:
 * @text: (nullable): 12 hex digits of ms, 4 of the counter, all small, and the node, as kith_hlc_tick() writes them
 * @ms: (out) (optional): milliseconds since 1970, UTC; untouched on failure
 * @counter: (out) (optional): tells two times of one millisecond apart; untouched on failure
 *
 * Returns: whether @text is such a time
 */
gboolean
kith_hlc_parse (const char *text, gint64 *ms, guint *counter)
{
  gint64 time, count;
  const char *node;
  gsize length;

  if (text == NULL || !parse_hex (text, 12, &time) || text[12] != '-' || !parse_hex (text + 13, 4, &count)
      || text[17] != '-')
    return FALSE;
  node = text + NODE_AT;
  length = strspn (node, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_.:");
  if (length == 0 || length > NODE_MAX || node[length] != '\0')
    return FALSE;
  if (ms != NULL)
    *ms = time;
  if (counter != NULL)
    *counter = (guint) count;
  return TRUE;
}

/**
 * kith_hlc_node:
 * @text: (nullable): a time as kith_hlc_tick() writes it
 *
 * Returns: (transfer none) (nullable): the node within @text, or %NULL when that is no such time
 */
const char *
kith_hlc_node (const char *text)
{
  return kith_hlc_parse (text, NULL, NULL) ? text + NODE_AT : NULL;
}
