/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include <string.h>

/* The network between desks and hub: a queue of what is under way, in the order of virtual time. */

typedef enum { EVENT_WORK, EVENT_REQUEST, EVENT_ANSWER, EVENT_FAIL, EVENT_WAKE, EVENT_HELD_OUT } EventType;

typedef struct
{
  EventType type;
  gint64 at;
  guint64 order;
  SimDesk *desk;
  guint life;

  guint64 serial;
  char *method, *path, *token, *range;
  char *device;       /* the computer that asked, as it was called then */
  GBytes *body;
  gboolean copy;      /* a doubled request: its answer reaches nobody */
  gboolean broken;    /* an answer that was cut or replaced on its way */

  guint status, retry_after;
  guint n_ops;        /* in the push that is answered */
  gint64 made_q, made_ms; /* the hub's q and time when it answered */
  guint made_life;        /* which hub it was */
  const char *content_type;
} Event;

void
sim_event_free (gpointer data)
{
  Event *event = data;

  g_free (event->method);
  g_free (event->path);
  g_free (event->token);
  g_free (event->device);
  g_free (event->range);
  g_clear_pointer (&event->body, g_bytes_unref);
  g_free (event);
}

static int
compare_events (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Event *x = a, *y = b;

  if (x->at != y->at)
    return x->at < y->at ? -1 : 1;

  return x->order < y->order ? -1 : x->order > y->order;
}

static void
schedule (Sim *self, Event *event, gint64 at)
{
  event->at = MAX (at, self->now);
  event->order = self->order++;
  g_sequence_insert_sorted (self->queue, event, compare_events, NULL);
}

static Event *
event_new (EventType type, SimDesk *desk)
{
  Event *event = g_new0 (Event, 1);

  event->type = type;
  event->desk = desk;
  event->life = desk != NULL ? desk->life : 0;

  return event;
}

static Event *
copy_request (const Event *from)
{
  Event *event = event_new (from->type, from->desk);

  event->life = from->life;
  event->serial = from->serial;
  event->method = g_strdup (from->method);
  event->path = g_strdup (from->path);
  event->token = g_strdup (from->token);
  event->device = g_strdup (from->device);
  event->range = g_strdup (from->range);
  event->body = from->body != NULL ? g_bytes_ref (from->body) : NULL;

  return event;
}

/* How long something is under way; slow networks change the order. */
static gint64
latency (Sim *self)
{
  if (!self->calm && sim_chance (self, self->faults.slow))
    return 1000 + sim_below (self, 20000);

  return 5 + sim_below (self, 60);
}

gboolean
sim_network_is_empty (Sim *self)
{
  return g_sequence_is_empty (self->queue);
}

/* ---- from a desk ---- */

static void
send_request (SimDesk *desk, KithSyncRequest *sent)
{
  Sim *self = desk->sim;
  Event *event = event_new (EVENT_REQUEST, desk);

  event->serial = sent->serial;
  event->method = g_strdup (sent->method);
  event->path = g_strdup (sent->path);
  event->token = g_strdup (sent->token);
  event->device = g_strdup (desk->device);
  event->range = g_strdup (sent->range);
  event->body = g_str_has_prefix (sent->path, KITH_PATH_PULL) ? sim_damage_forge (desk, sent->body) : NULL;
  if (event->body == NULL && sent->body != NULL)
    event->body = g_bytes_ref (sent->body);
  event->body = sim_old_words (desk, sent->path, event->body);
  sim_check_request (desk, sent->path, sent->body);
  sim_busy_sends (desk, sent);
  if (self->verbose && sent->body != NULL && sent->range == NULL)
    sim_log (self, "desk %u sends %.*s", desk->index, (int) g_bytes_get_size (sent->body), (const char *) g_bytes_get_data (sent->body, NULL));

  if (sim_desk_is_away (desk) || (!self->calm && sim_chance (self, self->faults.drop_request)))
    {
      event->type = EVENT_FAIL;
      schedule (self, event, self->now + 20 + sim_below (self, 3000));
      return;
    }
  if (!self->calm && sim_chance (self, self->faults.duplicate))
    {
      Event *twin = copy_request (event);

      twin->copy = TRUE;
      schedule (self, twin, self->now + latency (self));
    }
  schedule (self, event, self->now + latency (self));
}

/* The engine has no token any more: a person signs in again. */
static gboolean
mend_session (SimDesk *desk)
{
  if (kith_sync_engine_get_state (desk->engine) != KITH_SYNC_SIGN_IN || sim_desk_is_away (desk))
    return FALSE;
  sim_desk_sign_in (desk);

  return !desk->closed;
}

static KithSyncRequest *
next_request (SimDesk *desk, gint64 *wake)
{
  SimFull *full = sim_full_arm_desk (desk);
  KithSyncRequest *request = kith_sync_engine_next (desk->engine, wake);

  if (full != NULL)
    sim_full_check_desk (desk, full, FALSE, FALSE);
  return request;
}

static void
send_all (SimDesk *desk, gint64 *wake)
{
  KithSyncRequest *request;

  while ((request = next_request (desk, wake)) != NULL)
    {
      send_request (desk, request);
      kith_sync_request_free (request);
    }
}

void
sim_network_pump (SimDesk *desk)
{
  Sim *self = desk->sim;
  gint64 wake = -1, at;

  desk->dirty = FALSE;
  if (desk->closed)
    return;
  send_all (desk, &wake);
  if (mend_session (desk))
    send_all (desk, &wake);
  if (wake < 0 || desk->closed)
    return;

  at = self->now + MAX (0, wake - kith_clock_mono_ms (KITH_CLOCK (desk->clock)));
  if (desk->wake_at == 0 || at < desk->wake_at)
    {
      desk->wake_at = at;
      schedule (self, event_new (EVENT_WAKE, desk), at);
    }
}

/* ---- at the hub ---- */

static void
fail_to (Event *request)
{
  Event *event;

  if (request->copy)
    return;
  event = event_new (EVENT_FAIL, request->desk);

  event->life = request->life;
  event->serial = request->serial;
  schedule (request->desk->sim, event, request->desk->sim->now + latency (request->desk->sim));
}

/* The answer goes back, or is lost or cut after the hub has committed what it says. */
static void
answer_to (Event *request, KithHubAnswer *answer)
{
  Sim *self = request->desk->sim;
  Event *event;

  if (request->copy)
    return;
  if (sim_desk_is_away (request->desk) || (!self->calm && sim_chance (self, self->faults.drop_answer)))
    {
      fail_to (request);
      return;
    }
  event = event_new (EVENT_ANSWER, request->desk);
  event->life = request->life;
  event->serial = request->serial;
  event->status = answer->status;
  event->retry_after = answer->retry_after;
  event->path = g_strdup (request->path);
  event->n_ops = g_str_has_prefix (request->path, KITH_PATH_PUSH) ? sim_busy_count_ops (request->body) : 0;
  event->made_q = kith_hub_get_q (self->hub);
  event->made_ms = sim_wall (self);
  event->made_life = self->hub_life;
  event->content_type = answer->content_type;
  event->body = answer->body != NULL ? g_bytes_ref (answer->body) : NULL;
  if (!self->calm && event->body != NULL && sim_chance (self, self->faults.cut))
    {
      GBytes *whole = event->body;

      event->broken = TRUE;
      event->body = g_bytes_new_from_bytes (whole, 0, sim_below (self, (guint) g_bytes_get_size (whole) + 1));
      g_bytes_unref (whole);
    }
  if (!self->calm && g_str_has_prefix (request->path, KITH_PATH_PULL) && sim_chance (self, self->faults.expired))
    {
      static const char text[] = "{\"error\":\"cursor_expired\",\"action\":\"refill\",\"message\":\"Too old.\"}";

      /* The hub no longer keeps what went since that cursor: everything is filled anew. */
      event->broken = TRUE;
      g_clear_pointer (&event->body, g_bytes_unref);
      event->body = g_bytes_new_static (text, strlen (text));
      event->status = 410;
      event->content_type = KITH_TYPE_JSON_TEXT;
    }
  if (!self->calm && sim_chance (self, self->faults.portal))
    {
      static const char page[] = "<html><body>Welcome to our free network. Please accept the terms.</body></html>";

      event->broken = TRUE;
      g_clear_pointer (&event->body, g_bytes_unref);
      event->body = g_bytes_new_static (page, strlen (page));
      event->status = 200;
      event->content_type = "text/html";
    }
  schedule (self, event, self->now + latency (self));
}

static void
hold (Event *request)
{
  Sim *self = request->desk->sim;
  Event *held = copy_request (request);
  Event *out = event_new (EVENT_HELD_OUT, request->desk);

  held->copy = request->copy;
  held->order = self->order++;
  g_ptr_array_add (self->held, held);
  out->serial = held->order;
  schedule (self, out, self->now + 55 * SIM_MS_SECOND);
}

static gboolean
ask_hub (Event *event, gboolean *waits)
{
  SimDesk *desk = event->desk;
  g_auto (KithHubAnswer) answer = { 0 };

  *waits = FALSE;
  if (sim_busy_refuses (desk, event->path, event->body, &answer))
    {
      answer_to (event, &answer);
      return TRUE;
    }
  if (!sim_hub_ask (desk->sim, desk, event->method, event->path, event->token, event->body, event->range, &answer))
    return FALSE;
  if (answer.wait)
    {
      *waits = TRUE;
      return TRUE;
    }
  sim_old_check_answer (desk, event->path, event->body, answer.status);
  sim_lookup_check_answer (desk, event->path, event->body, answer.status, answer.body);
  sim_check_answer (desk, event->device, event->path, answer.status, answer.body);
  answer_to (event, &answer);

  return TRUE;
}

static void
handle_request (Event *event)
{
  gboolean waits;

  if (!ask_hub (event, &waits))
    fail_to (event);
  else if (waits)
    hold (event);
}

void
sim_network_drop_held (Sim *self)
{
  for (guint i = 0; i < self->held->len; i++)
    fail_to (g_ptr_array_index (self->held, i));
  g_ptr_array_set_size (self->held, 0);
}

/* Whoever waits is asked about again by itself: an answer made inside another one would tell of a state that is not reached yet. */
void
sim_network_wake_held (Sim *self)
{
  for (guint i = 0; i < self->held->len; i++)
    {
      Event *event = copy_request (g_ptr_array_index (self->held, i));

      event->copy = ((Event *) g_ptr_array_index (self->held, i))->copy;
      event->type = EVENT_REQUEST;
      schedule (self, event, self->now);
    }
  g_ptr_array_set_size (self->held, 0);
}

gboolean
sim_network_is_held (SimDesk *desk)
{
  for (guint i = 0; i < desk->sim->held->len; i++)
    {
      Event *held = g_ptr_array_index (desk->sim->held, i);

      if (held->desk == desk && held->life == desk->life && !held->copy)
        return TRUE;
    }

  return FALSE;
}

static void
let_go (Sim *self, guint64 order)
{
  for (guint i = 0; i < self->held->len; i++)
    {
      Event *held = g_ptr_array_index (self->held, i);

      if (held->order == order)
        {
          KithHubAnswer nothing = { .status = 204 };

          answer_to (held, &nothing);
          g_ptr_array_remove_index_fast (self->held, i);
          return;
        }
    }
}

/* ---- at the desk ---- */

static gboolean
is_page (Event *event)
{
  return event->status == 200 && !event->broken && g_str_has_prefix (event->path, KITH_PATH_PULL);
}

static gboolean
tells_sums (Event *event)
{
  static const char said[] = "\"behind\":false";

  return event->status == 200 && !event->broken && event->body != NULL && sim_damage_were_compared (event->desk) &&
         g_str_has_prefix (event->path, KITH_PATH_VERIFY) &&
         memmem (g_bytes_get_data (event->body, NULL), g_bytes_get_size (event->body), said, strlen (said)) != NULL;
}

static void
note_forgets (SimDesk *desk)
{
  g_autofree char *some = NULL;

  sim_sql_text (kith_store_get_db (desk->store), "SELECT 1 FROM forgotten UNION SELECT 1 FROM scope WHERE stale = 1 LIMIT 1", NULL, &some);
  desk->n_forgets += some != NULL;
}

static void
deliver (Event *event)
{
  SimDesk *desk = event->desk;
  Sim *self = desk->sim;
  g_autofree char *kept = NULL;
  SimCopy *before = NULL;
  SimFull *full;
  gboolean died;
  g_autoptr (GBytes) empty = g_bytes_new (NULL, 0);

  if (event->life != desk->life || desk->closed)
    return;
  if (is_page (event) && sim_pages_swap (desk, &event->body))
    {
      event->broken = TRUE;
      kept = g_strdup (kith_store_get_cursor (desk->store));
    }
  if (is_page (event))
    before = sim_pages_before (desk);
  sim_old_hub_note_early (desk);
  full = sim_full_arm_desk (desk);
  if (!self->calm && sim_chance (self, self->faults.crash_inside))
    sim_crash_arm (sim_below (self, 80));
  sim_busy_answered (desk, event->serial, event->status, event->retry_after, event->n_ops);
  kith_sync_engine_answer (desk->engine, event->serial, event->status, event->content_type, event->body != NULL ? event->body : empty,
                           event->retry_after);
  desk->dirty = TRUE;
  died = sim_crash_disarm ();
  if (full != NULL)
    event->broken |= sim_full_check_desk (desk, full, FALSE, died);
  if (died)
    {
      g_clear_pointer (&before, sim_copy_free);
      sim_desk_crash (desk);
      return;
    }
  note_forgets (desk);
  sim_old_hub_follow (desk);
  sim_restore_met (desk); /* what another life of the hub had no more is taken away like by a forget: known before anybody asks for it */
  sim_typed_check (desk);
  sim_fork_met (desk);
  if (kept != NULL && !g_str_equal (kept, kith_store_get_cursor (desk->store)))
    sim_fail (self, "I9", "desk %u took an old page for the answer to its question", desk->index);
  desk->answer_q = event->made_life == self->hub_life ? event->made_q : -1;
  desk->answer_ms = event->made_ms;
  if (is_page (event))
    desk->met_life = event->made_life;
  sim_damage_answered (desk, event->status, tells_sums (event));
  if (event->status == 200 && !event->broken && g_str_has_prefix (event->path, KITH_PATH_PUSH))
    {
      sim_check_words (desk);
      sim_between_push_and_pull (desk);
    }
  else if (g_str_has_prefix (event->path, KITH_PATH_PULL))
    sim_check_images (desk);
  if (self->verifying && tells_sums (event))
    sim_check_sums (desk);
  if (is_page (event))
    {
      sim_check_page (desk);
      sim_pages_after (desk, event->body, before);
    }
  else
    {
      g_clear_pointer (&before, sim_copy_free);
    }
}

static void
advance (Sim *self, gint64 at)
{
  gint64 ms = at - self->now;

  if (ms <= 0)
    return;
  self->now = at;
  kith_manual_clock_advance (self->hub_clock, ms);
  for (guint i = 0; i < self->desks->len; i++)
    kith_manual_clock_advance (((SimDesk *) g_ptr_array_index (self->desks, i))->clock, ms);
}

static void
dispatch (Sim *self, Event *event)
{
  switch (event->type)
    {
    case EVENT_WORK:
      if (self->calm)
        break;
      sim_faults_step (self);
      sim_between_step (self);
      sim_workload_step (self);
      sim_network_schedule_work (self);
      break;
    case EVENT_REQUEST:
      handle_request (event);
      break;
    case EVENT_ANSWER:
      deliver (event);
      break;
    case EVENT_FAIL:
      if (event->life == event->desk->life && !event->desk->closed)
        {
          kith_sync_engine_fail (event->desk->engine, event->serial);
          event->desk->dirty = TRUE;
        }
      break;
    case EVENT_WAKE:
      event->desk->wake_at = 0;
      event->desk->dirty = TRUE;
      break;
    case EVENT_HELD_OUT:
      let_go (self, event->serial);
      break;
    }
}

void
sim_network_step (Sim *self)
{
  GSequenceIter *first = g_sequence_get_begin_iter (self->queue);
  Event *event;

  if (!g_sequence_iter_is_end (first))
    {
      event = g_sequence_get (first);
      advance (self, event->at);
      self->event++;
      if (self->verbose && event->desk != NULL && event->type != EVENT_WAKE)
        sim_log (self, "desk %u %s %s %u", event->desk->index,
                 ((const char *[]) { "works", "asks", "is told", "gets no answer", "wakes", "waited" })[event->type],
                 event->path != NULL ? event->path : "", event->status);
      dispatch (self, event);
      g_sequence_remove (first);
    }
  for (guint i = 0; i < self->desks->len && self->failure == NULL; i++)
    {
      SimDesk *desk = g_ptr_array_index (self->desks, i);

      if (desk->dirty)
        sim_network_pump (desk);
    }
}

void
sim_network_schedule_work (Sim *self)
{
  gint64 pause;

  if (self->calm)
    return;
  pause = 1 + sim_below (self, 120);
  if (self->faults.files && sim_chance (self, 100)) /* files are sent when nothing else is left to do */
    pause += sim_below (self, 10000);
  schedule (self, event_new (EVENT_WORK, NULL), self->now + pause);
}
