/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include <string.h>

#include "kith-sync-engine-private.h"

/* A hub that has too much to do, and what stands before it: a request is answered with 429 or 503, now and then by a page that is not the hub's,
 * and never reaches it; a push is larger than something on the way lets through (413). What must hold (sync.md 2.11): as long as Retry-After asks
 * for patience a desk sends nothing of that sort, whatever nudges it; and a push that was too large comes smaller. That all of it arrives in the
 * end the other checks see. */

static const char slow_down[] = "{\"error\":\"slow_down\",\"message\":\"Too many requests in a short time. Nothing was lost; it goes on by itself.\"}";
static const char unavailable[] = "{\"error\":\"unavailable\",\"message\":\"The hub cannot store anything right now. Nothing is lost; it is tried again.\"}";
static const char too_large[] = "{\"error\":\"too_large\",\"message\":\"This is larger than the hub takes. Nothing was stored.\"}";
static const char page[] = "<html><head><title>Sorry</title></head><body><h1>Sorry</h1></body></html>";

void
sim_busy_draw (Sim *self)
{
  if (sim_later_chance (self, 250))
    self->faults.busy = 1 + sim_later_below (self, 120);
  if (sim_later_chance (self, 120))
    self->faults.too_large = 600 + sim_later_below (self, 4000);
}

/* Of a push. */
guint
sim_busy_count_ops (GBytes *body)
{
  gsize length = 0;
  const char *text = body != NULL ? g_bytes_get_data (body, &length) : NULL;
  guint lines = 0;

  for (gsize i = 0; i < length; i++)
    lines += text[i] == '\n';
  return lines > 0 ? lines - 1 : 0;
}

static void
refuse (Sim *self, KithHubAnswer *answer, guint status, const char *text)
{
  gboolean hub = sim_later_chance (self, 650);

  answer->status = status;
  answer->content_type = hub ? KITH_TYPE_JSON_TEXT : "text/html";
  answer->body = hub ? g_bytes_new_static (text, strlen (text)) : g_bytes_new_static (page, strlen (page));
}

/**
 * sim_busy_refuses:
 * @answer: (out caller-allocates): set when it does
 *
 * Returns: whether that request is refused before the hub sees it
 */
gboolean
sim_busy_refuses (SimDesk *desk, const char *path, GBytes *body, KithHubAnswer *answer)
{
  Sim *self = desk->sim;

  *answer = (KithHubAnswer) { 0 };
  if (self->calm)
    return FALSE;
  if (self->faults.too_large > 0 && g_str_has_prefix (path, KITH_PATH_PUSH) && g_bytes_get_size (body) > self->faults.too_large && sim_busy_count_ops (body) > 1)
    refuse (self, answer, 413, too_large);
  else if (sim_later_chance (self, self->faults.busy))
    {
      gboolean many = sim_later_chance (self, 500);

      refuse (self, answer, many ? 429 : 503, many ? slow_down : unavailable);
      answer->retry_after = sim_later_chance (self, 800) ? 1 + sim_later_below (self, 20) : 0;
    }
  if (answer->status == 0)
    return FALSE;
  self->n_busy++;
  sim_log (self, "%s of desk %u: %u, Retry-After %u", path, desk->index, answer->status, answer->retry_after);
  return TRUE;
}

/**
 * sim_busy_answered:
 * @n_ops: of the push it answers
 *
 * Before the engine is told.
 */
void
sim_busy_answered (SimDesk *desk, guint64 serial, guint status, guint retry_after, guint n_ops)
{
  KithSyncEngine *engine = desk->engine;
  gboolean waits = serial == engine->waiting;
  KithSyncRequestType type = waits ? KITH_SYNC_WAIT : engine->current_type;

  if (serial == 0 || (!waits && serial != engine->current))
    return;
  if (status == 429 || status == 503)
    desk->patience[type] = kith_clock_mono_ms (KITH_CLOCK (desk->clock)) + (gint64) retry_after * SIM_MS_SECOND;
  if (type == KITH_SYNC_PUSH)
    desk->too_many = status == 413 ? n_ops : 0;
}

void
sim_busy_sends (SimDesk *desk, const KithSyncRequest *sent)
{
  gint64 left = desk->patience[sent->type] - kith_clock_mono_ms (KITH_CLOCK (desk->clock));
  guint n = sent->type == KITH_SYNC_PUSH ? sim_busy_count_ops (sent->body) : 0;

  if (left > 0 && sent->type != KITH_SYNC_ONLINE_OP) /* a person was told, and asks again */
    sim_fail (desk->sim, "2.11", "desk %u sends %s %" G_GINT64_FORMAT " ms before Retry-After is over", desk->index, sent->path, left);
  if (desk->too_many > 1 && n >= desk->too_many)
    sim_fail (desk->sim, "2.11", "desk %u sends %u operations at once, %u were too many", desk->index, n, desk->too_many);
}

/* Another process, or somebody signed in: nothing is remembered. */
void
sim_busy_begin (SimDesk *desk)
{
  memset (desk->patience, 0, sizeof desk->patience);
  desk->too_many = 0;
}
