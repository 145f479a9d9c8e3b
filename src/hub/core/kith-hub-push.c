/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hub-push.h"

#include <glib/gi18n.h>
#include <string.h>

#define DAY_MS (G_GINT64_CONSTANT (24) * 3600 * 1000)

/* POST /v1/sync/push: reads the batch, checks it against the lane, runs what is new, answers every line (sync.md 2.4). */

/**
 * kith_push_item_free:
 * @self: (transfer full): with its result
 */
void
kith_push_item_free (KithPushItem *self)
{
  g_clear_pointer (&self->line, json_object_unref);
  g_free (self->raw);
  g_free (self->hash);
  g_free (self->hlc);
  g_free (self->bad);
  g_free (self->result);
  kith_hub_outcome_clear (&self->outcome);
  g_free (self);
}

/**
 * kith_hub_read_lane:
 * @number: the lane's row, as the session names it
 * @lane: (out): untouched on failure
 *
 * No such lane is a failure here: KITH_DB_ERROR_FAILED, since a session is never without one.
 */
gboolean
kith_hub_read_lane (KithHub *self, gint64 number, KithPushLane *lane, GError **error)
{
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, "lane-get", error);

  if (stmt == NULL)
    return FALSE;
  kith_db_bind_int (stmt, 1, number);
  if (kith_db_step (stmt, error) != KITH_DB_ROW)
    {
      if (error != NULL && *error == NULL)
        g_set_error_literal (error, KITH_DB_ERROR, KITH_DB_ERROR_FAILED, "a session without its lane");
      return FALSE;
    }
  lane->number = number;
  lane->last_n = kith_db_int (stmt, 3);
  lane->trying_n = kith_db_int (stmt, 4);
  lane->trying_count = kith_db_int (stmt, 5);
  lane->acked_q = kith_db_int (stmt, 6);
  return TRUE;
}

static gboolean
bad_request (KithHubAnswer *answer, const char *message)
{
  kith_hub_answer_error (answer, 400, KITH_ERROR_BAD_REQUEST, message, NULL);
  return FALSE;
}

/* A database that is an older copy of the one this computer knows finds that out by the cursor, and begins another life, before it takes what was
 * written by numbers that it gives a second time. */
static gboolean
meet_cursor (KithHub *self, const KithHubSession *session, const char *text, GError **error)
{
  g_auto (KithCursor) cursor = { 0 };
  g_autofree char *binding = kith_hub_binding (session);
  gboolean known;

  /* Of what lies before the horizon the hub keeps no runs: nothing is to be told from that. */
  return !kith_hub_decode_cursor (self, text, binding, &cursor) || kith_hub_knows_cursor (self, binding, &cursor, &known, error);
}

/* The first line. FALSE: answered, or error is set. */
static gboolean
read_header (KithHub *self, KithLineReader *reader, const KithHubSession *session, KithPushHeader *header,
             KithHubAnswer *answer, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (JsonObject) line = kith_line_reader_next_object (reader, &local);
  JsonObject *h = line != NULL ? kith_json_object (line, "h") : NULL;
  const char *device, *user, *epoch;

  if (h == NULL)
    return bad_request (answer, local != NULL ? local->message : _("The first line must be the header."));
  device = kith_json_string (h, "device");
  user = kith_json_string (h, "user");
  if (g_strcmp0 (device, session->device) != 0 || g_strcmp0 (user, session->user) != 0)
    {
      kith_hub_answer_error (answer, 403, KITH_ERROR_WRONG_LANE,
                             _("This computer is signed in as somebody else. Sign in again."), NULL);
      return FALSE;
    }
  epoch = kith_json_string (h, "epoch");
  if (!meet_cursor (self, session, kith_json_string (h, "cursor"), error))
    return FALSE;
  if (g_strcmp0 (epoch, self->epoch) != 0)
    {
      kith_hub_answer_error (answer, 409, KITH_ERROR_WRONG_EPOCH,
                             _("The hub was restored from a backup. Nothing is lost: what it lacks is sent again."),
                             kith_json_new ("epoch", "s", self->epoch, NULL));
      return FALSE;
    }
  header->first_n = kith_json_int (h, "first_n", 0);
  header->schema = kith_json_int (h, "schema", 0);
  header->wall = kith_json_int (h, "wall", 0);
  header->mono = kith_json_int (h, "mono", -1);
  header->boot = g_strdup (kith_json_string (h, "boot"));
  if (header->first_n < 1 || kith_json_int (h, "v", 1) != KITH_PROTOCOL_VERSION)
    return bad_request (answer, _("The header is not understood."));
  return TRUE;
}

/* Whoever had seen q wrote on or after the day on which the hub came to it. Of a former life of the hub nobody has seen anything. */
static gboolean
find_floor (KithHub *self, KithPushHeader *header, gint64 seen, GError **error)
{
  gint64 day = 0;

  if (seen <= 0)
    {
      header->floor_ms = 0;
      return TRUE;
    }
  if (header->floor_ms != 0 && header->floor_seen == seen)
    return TRUE;
  if (!kith_db_fetch_int (self->db, &day, error, "day-of-number", "i", seen))
    return FALSE;
  header->floor_seen = seen;
  header->floor_ms = day * DAY_MS;
  return TRUE;
}

/* When its author did it, by the hub's clock: by the time since, while the computer was not restarted; else by its wall
 * clock, corrected by how wrong that is now (sync.md 2.9). Never in the future, and never before what its author had seen: a clock that stood
 * at 1970 must not date a revocation before the consents it takes back (C4). */
static gint64
author_time (KithHub *self, const KithPushHeader *header, JsonObject *op, gint64 hlc_ms)
{
  gint64 now = kith_hub_now (self);
  gint64 mono = kith_json_int (op, "mono", -1);
  gint64 wall = kith_json_int (op, "wall", hlc_ms);
  const char *boot = kith_json_string (op, "boot");
  gint64 time;

  if (mono >= 0 && header->mono >= mono && boot != NULL && g_strcmp0 (boot, header->boot) == 0)
    time = now - (header->mono - mono);
  else if (wall > 0 && header->wall > 0)
    time = now - (header->wall - wall);
  else
    time = now;
  return CLAMP (time, MIN (header->floor_ms, now), now);
}

/* A hybrid time too far ahead would win every merge for years: it is cut to the hub's. */
static char *
clamp_hlc (KithHub *self, const char *text, gint64 *ms)
{
  gint64 now = kith_hub_now (self);
  KithHlc fresh = { 0 };
  guint counter;

  *ms = 0;
  if (text == NULL || strlen (text) > 64 || !kith_hlc_parse (text, ms, &counter))
    {
      *ms = 0;
      return kith_hlc_tick (&self->hlc, now, "hub");
    }
  if (*ms <= now + MAX_AHEAD_MS)
    {
      kith_hlc_witness (&self->hlc, text, now + MAX_AHEAD_MS);
      return g_strdup (text);
    }
  return kith_hlc_tick (&fresh, now, kith_hlc_node (text));
}

static void
mark_bad (KithPushItem *item, const char *message)
{
  if (item->bad == NULL)
    item->bad = g_strdup (message);
}

gboolean
kith_push_item_is (const KithPushItem *self, const char *known)
{
  return self->line != NULL ? kith_hub_is_same_op (known, self->op_id, self->name, self->args) : g_strcmp0 (known, self->hash) == 0;
}

/* A line that cannot be read still has its number, since they follow each other: it ends as a refusal and holds nothing
 * up. NULL: the database failed. */
static KithPushItem *
read_item (KithHub *self, KithLineReader *reader, const char *text, gsize length, KithPushHeader *header, gint64 n, GError **failure)
{
  KithPushItem *item = g_new0 (KithPushItem, 1);
  g_autoptr (GError) error = NULL;
  const char *id;
  gint64 hlc_ms;

  item->n = n;
  item->outcome.refusal = -1;
  item->seen = -1;
  /* one that is too large is read all the same: the refusal must name it */
  if (length > KITH_LIMIT_OP)
    mark_bad (item, _("This change is larger than the hub takes."));
  if ((item->line = kith_line_reader_parse (reader, text, length, &error)) == NULL)
    mark_bad (item, error->message);
  if (item->line == NULL)
    {
      item->raw = g_strndup (text, MIN (length, 4096));
      item->hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) text, length);
      return item;
    }

  item->raw = g_strndup (text, length);
  item->seen = kith_json_int (item->line, "seen", -1);
  item->name = kith_json_string (item->line, "op");
  item->args = kith_json_object (item->line, "a");
  id = kith_json_string (item->line, "id");
  if (id != NULL && kith_id_is_valid (id))
    item->op_id = id;
  else
    mark_bad (item, _("This change has no valid id."));
  if (item->name == NULL || item->args == NULL)
    mark_bad (item, _("This change has no name or no arguments."));
  if (kith_json_int (item->line, "n", 0) != n)
    mark_bad (item, _("This change has the wrong number."));
  item->hash = kith_hub_op_hash (item->op_id, item->name, item->args);
  item->hlc = clamp_hlc (self, kith_json_string (item->line, "hlc"), &hlc_ms);
  if (!find_floor (self, header, MIN (item->seen, self->q), failure))
    {
      kith_push_item_free (item);
      return NULL;
    }
  item->time_ms = author_time (self, header, item->line, hlc_ms);
  return item;
}

/* FALSE: answered, or error is set. */
static gboolean
read_items (KithHub *self, KithLineReader *reader, KithPushHeader *header, GPtrArray *items, KithHubAnswer *answer, GError **error)
{
  KithPushItem *item;
  const char *text;
  gsize length;

  while (kith_line_reader_next (reader, &text, &length))
    {
      if (items->len >= MAX_OPS)
        {
          kith_hub_answer_error (answer, 413, KITH_ERROR_TOO_LARGE, _("Too many changes at once. Send fewer."), NULL);
          return FALSE;
        }
      item = read_item (self, reader, text, length, header, header->first_n + items->len, error);
      if (item == NULL)
        return FALSE;
      g_ptr_array_add (items, item);
    }
  if (kith_line_reader_is_cut (reader))
    return bad_request (answer, _("The request was cut short."));
  return TRUE;
}

/* What the lane has sent before gets the answer it got then. FALSE: answered, or error is set. */
static gboolean
match_known (KithHub *self, const char *user, const KithPushLane *lane, GPtrArray *items, KithHubAnswer *answer,
             GError **error)
{
  for (guint i = 0; i < items->len; i++)
    {
      KithPushItem *item = items->pdata[i];
      g_autoptr (KithDbStmt) stmt = NULL;

      if (item->n > lane->last_n)
        return TRUE;
      stmt = kith_db_query (self->db, "op-by-n", error);
      if (stmt == NULL)
        return FALSE;
      kith_db_bind_int (stmt, 1, lane->number);
      kith_db_bind_int (stmt, 2, item->n);
      switch (kith_db_step (stmt, error))
        {
        case KITH_DB_FAILED:
          return FALSE;
        case KITH_DB_DONE:
          kith_hub_answer_error (answer, 409, KITH_ERROR_LANE_FORKED,
                                 _("The hub no longer keeps that answer. This computer has to sign in anew."), NULL);
          return FALSE;
        case KITH_DB_ROW:
        default:
          if (!kith_push_item_is (item, kith_db_text (stmt, 0)))
            {
              kith_hub_answer_error (
                  answer, 409, KITH_ERROR_LANE_FORKED,
                  _("This computer has sent something else under the same number. It was probably restored from a copy."),
                  NULL);
              return FALSE;
            }
          item->result = kith_hub_outcome_again (self, user, kith_db_text (stmt, 1), kith_db_text (stmt, 2), error);
          if (item->result == NULL)
            return FALSE;
        }
    }
  return TRUE;
}

/* What was so when it was decided may be nothing for its reader by now: a later operation of the same push ended their access (I5). */
static gboolean
add_result (KithHub *self, const char *user, const KithPushItem *item, KithLineWriter *writer, GError **error)
{
  g_autofree char *text = item->outcome.about != NULL ? kith_hub_outcome_again (self, user, item->result, item->outcome.about, error) : g_strdup (item->result);

  if (text == NULL)
    return FALSE;
  kith_line_writer_add_text (writer, text);
  return TRUE;
}

static gboolean
write_answer (KithHub *self, const char *user, GPtrArray *items, gint64 last_n, KithHubAnswer *answer, GError **error)
{
  g_autoptr (KithLineWriter) writer = kith_line_writer_new ();

  for (guint i = 0; i < items->len; i++)
    if (!add_result (self, user, items->pdata[i], writer, error))
      return FALSE;
  kith_line_writer_add (
      writer, kith_json_new ("end", "o", kith_json_new ("ack_n", "i", last_n, "target", "i", self->q, NULL), NULL));
  answer->status = 200;
  answer->content_type = KITH_TYPE_LINES;
  answer->body = kith_line_writer_finish (writer);
  return TRUE;
}

gboolean
kith_hub_push (KithHub *self, const KithHubRequest *request, KithHubSession *session, KithHubAnswer *answer,
               GError **error)
{
  g_autoptr (KithLineReader) reader = kith_line_reader_new (request->body, KITH_LIMIT_LINE);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) kith_push_item_free);
  g_auto (KithPushHeader) header = { 0 };
  KithPushLane lane;

  self->counts.pushes++;
  if (!read_header (self, reader, session, &header, answer, error))
    return error == NULL || *error == NULL;
  if (!read_items (self, reader, &header, items, answer, error))
    return error == NULL || *error == NULL;
  if (!kith_hub_read_lane (self, session->lane, &lane, error))
    return FALSE;
  if (header.first_n > lane.last_n + 1)
    {
      kith_hub_answer_error (answer, 409, KITH_ERROR_GAP,
                             _("Earlier changes of this computer are missing. It sends them first."),
                             kith_json_new ("expect", "i", lane.last_n + 1, NULL));
      return TRUE;
    }
  if (!match_known (self, session->user, &lane, items, answer, error))
    return error == NULL || *error == NULL;
  if (!kith_hub_push_run (self, session, &header, &lane, items, error))
    return FALSE;
  return write_answer (self, session->user, items, lane.last_n, answer, error);
}
