/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include <string.h>

/* Pages of a pull that come late, twice or in another order. The store takes no page that answers another question than its last; and
 * were it to (a page without a nonce, a store that has been opened anew) no row may get older by it. Within a page the order of the
 * rows means nothing (sync.md 2.3, 2.7). */

#define MOST_KEPT 6
#define COMPARED_PER_MILLE 15

static GBytes *
pick_kept (SimDesk *desk, guint from)
{
  guint n = g_queue_get_length (&desk->pages);

  return n > from ? g_queue_peek_nth (&desk->pages, from + sim_below (desk->sim, n - from)) : NULL;
}

gboolean
sim_pages_swap (SimDesk *desk, GBytes **body)
{
  Sim *self = desk->sim;
  GBytes *kept;

  if (self->calm || !sim_chance (self, self->faults.stale) || (kept = pick_kept (desk, 0)) == NULL)
    return FALSE;
  sim_log (self, "desk %u: something on the way answers with an old page", desk->index);
  self->n_stale++;
  g_bytes_unref (*body);
  *body = g_bytes_ref (kept);

  return TRUE;
}

SimCopy *
sim_pages_before (SimDesk *desk)
{
  return sim_chance (desk->sim, COMPARED_PER_MILLE) ? sim_copy_new (desk) : NULL;
}

static gboolean
apply (KithStore *store, GBytes *body, GError **error)
{
  gboolean more;

  return kith_store_apply_page (store, body, &more, error);
}

/* ---- another order ---- */

static gboolean
is_row (const char *line)
{
  return g_str_has_prefix (line, "{\"put\"") || g_str_has_prefix (line, "{\"gone\"");
}

/* Between two lines that are no rows these come in any order, some of them twice. */
static GBytes *
reorder (Sim *self, GBytes *body)
{
  g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *other = g_string_new (NULL);

  for (guint from = 0, to; lines[from] != NULL; from = to)
    {
      for (to = from; lines[to] != NULL && is_row (lines[to]); to++)
        continue;
      for (guint i = to; i > from + 1; i--)
        {
          guint with = from + sim_below (self, i - from);
          char *line = lines[i - 1];

          lines[i - 1] = lines[with];
          lines[with] = line;
        }
      for (guint i = from; i < to; i++)
        g_string_append_printf (other, "%s\n", lines[i]);
      if (to > from && sim_chance (self, 500))
        g_string_append_printf (other, "%s\n", lines[from + sim_below (self, to - from)]);
      if (to == from && *lines[to] != '\0')
        g_string_append_printf (other, "%s\n", lines[to]);
      to += to == from;
    }

  return g_string_free_to_bytes (other);
}

static void
compare_order (SimDesk *desk, GBytes *body, SimCopy *before)
{
  g_autoptr (GBytes) other = reorder (desk->sim, body);
  g_autoptr (GError) error = NULL;
  const char *which = "";

  if (!apply (sim_copy_get_store (before), other, &error))
    {
      sim_fail (desk->sim, "I11", "desk %u refuses a page in another order: %s", desk->index, error->message);
      return;
    }
  for (guint hub_part = 0; hub_part < 2; hub_part++)
    {
      g_autoptr (GHashTable) a = sim_rows_of_store (desk->store, hub_part);
      g_autoptr (GHashTable) b = sim_rows_of_store (sim_copy_get_store (before), hub_part);

      if (!sim_rows_equal (a, b, &which) || !sim_rows_equal (b, a, &which))
        sim_fail (desk->sim, "I11", "desk %u: the order of a page's rows makes another %s", desk->index, which);
    }
}

/* ---- twice ---- */

static void
check_twice (SimDesk *desk, GBytes *body)
{
  g_autoptr (GError) error = NULL;

  if (apply (desk->store, body, &error) || !g_error_matches (error, KITH_STORE_ERROR, KITH_STORE_ERROR_PROTOCOL))
    sim_fail (desk->sim, "I9", "desk %u takes a page twice: %s", desk->index, error != NULL ? error->message : "no error");
}

/* ---- late ---- */

static gboolean
has_line (GBytes *body, const char *start)
{
  return memmem (g_bytes_get_data (body, NULL), g_bytes_get_size (body), start, strlen (start)) != NULL;
}

/* What it forgets, or takes away at the end of a fill whose first page was another, it may well bring back as it was: only pages without
 * are compared. */
static void
check_late (SimDesk *desk)
{
  GBytes *late = pick_kept (desk, 1);
  g_autoptr (GHashTable) before = NULL;
  g_autoptr (GHashTable) after = NULL;
  SimCopy *copy;
  GHashTableIter iter;
  gpointer key, value;

  if (late == NULL || desk->damage != NULL || has_line (late, "\n{\"forget\"") || has_line (late, "\n{\"filled\""))
    return;
  copy = sim_copy_new (desk);
  before = sim_rows_of_store (sim_copy_get_store (copy), TRUE);
  if (apply (sim_copy_get_store (copy), late, NULL))
    after = sim_rows_of_store (sim_copy_get_store (copy), TRUE);
  sim_copy_free (copy);
  if (after == NULL)
    return;
  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      SimRow *was = value, *is = g_hash_table_lookup (after, key);

      if (is != NULL && (is->q < was->q || (is->q == was->q && !g_str_equal (is->body, was->body))))
        sim_fail (desk->sim, "I9", "desk %u: a late page makes %s older: q %" G_GINT64_FORMAT ", was %" G_GINT64_FORMAT, desk->index,
                  (char *) key, is->q, was->q);
    }
}

void
sim_pages_after (SimDesk *desk, GBytes *body, SimCopy *before)
{
  Sim *self = desk->sim;

  if (desk->nonce == NULL || memmem (g_bytes_get_data (body, NULL), g_bytes_get_size (body), desk->nonce, strlen (desk->nonce)) == NULL)
    sim_fail (self, "I9", "desk %u: a page does not say which question it answers", desk->index);
  if (before != NULL)
    {
      compare_order (desk, body, before);
      sim_copy_free (before);
    }
  if (sim_chance (self, 2 * COMPARED_PER_MILLE))
    check_twice (desk, body);
  if (sim_chance (self, COMPARED_PER_MILLE))
    check_late (desk);
  g_queue_push_head (&desk->pages, g_bytes_ref (body));
  if (g_queue_get_length (&desk->pages) > MOST_KEPT)
    g_bytes_unref (g_queue_pop_tail (&desk->pages));
}
