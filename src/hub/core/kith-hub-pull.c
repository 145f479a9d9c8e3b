/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hub-pull.h"

#include <glib/gi18n.h>
#include <string.h>

/* POST /v1/sync/pull: one page (sync.md 2.3, 2.7). A round is fixed by q and H; which scopes are filled and which are
 * followed is decided as of H, so it does not shift under the pages. Whether anything of a scope may be sent is decided
 * now. */

#define NEWER_LIMIT 500 /* rows looked at that are newer than the round */
#define SCAN_LIMIT 50000 /* lines looked at in one page, visible or not */

char *
kith_hub_binding (const KithHubSession *session)
{
  return g_strconcat (session->device, "/", session->user, NULL);
}

/* What a cursor says must be possible; a first fill follows nothing from before its H. */
static gboolean
fits (KithHub *self, const KithCursor *cursor)
{
  return cursor->q <= self->q && cursor->served <= self->q && (!cursor->open || (cursor->H <= self->q && cursor->tail <= cursor->H));
}

/* One of this hub's that it still keeps what follows of; cursor is the caller's to clear in any case. */
gboolean
kith_hub_decode_cursor (KithHub *self, const char *text, const char *binding, KithCursor *cursor)
{
  return text != NULL && kith_cursor_decode (text, binding, cursor) && strcmp (cursor->epoch, self->epoch) == 0 &&
         self->horizon <= (cursor->open && cursor->q == 0 ? cursor->H : cursor->q);
}

gboolean
kith_hub_read_cursor (KithHub *self, const char *text, const KithHubSession *session, KithCursor *cursor, gboolean *known,
                      KithHubAnswer *answer, GError **error)
{
  g_autofree char *binding = kith_hub_binding (session);

  *known = kith_hub_decode_cursor (self, text, binding, cursor);
  if (*known && !kith_hub_knows_cursor (self, binding, cursor, known, error))
    return FALSE;
  *known = *known && fits (self, cursor);
  if (!*known)
    kith_hub_answer_error (answer, 410, KITH_ERROR_CURSOR_EXPIRED, _("This computer fetches everything anew. Unsent work stays."),
                           kith_json_new ("action", "s", "refill", NULL));
  return TRUE;
}

/* A finished round's cursor becomes the start of the next; a fresh one begins at nothing. */
static void
begin_round (KithHub *self, KithHubPage *page)
{
  KithCursor *cursor = &page->cursor;

  if (!cursor->open)
    {
      cursor->open = TRUE;
      cursor->round++;
      cursor->H = self->q;
      cursor->tail = cursor->q;
      cursor->priority = 0;
      cursor->sid = 0;
    }
  kith_hub_mark_cursor (self, page->binding, cursor);
}

static void
end_round (KithHubPage *page)
{
  KithCursor *cursor = &page->cursor;

  cursor->q = cursor->H;
  cursor->open = FALSE;
  g_clear_pointer (&cursor->t, g_free);
  g_clear_pointer (&cursor->id, g_free);
}

static GArray *
collect_scopes (KithHub *self, const char *query, const char *user, gint64 q, GError **error)
{
  g_autoptr (GArray) sids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (KithDbStmt) stmt = kith_db_query (self->db, query, error);
  KithDbStep step;

  if (stmt == NULL)
    return NULL;
  kith_db_bind_text (stmt, 1, user);
  kith_db_bind_int (stmt, 2, q);
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      gint64 sid = kith_db_int (stmt, 0);
      g_array_append_val (sids, sid);
    }
  return step == KITH_DB_DONE ? g_steal_pointer (&sids) : NULL;
}

/* First of all, and completely: what may be seen no longer. A page that is cut after this line has still purged. */
static gboolean
write_forgets (KithHub *self, KithHubPage *page, GArray *ended, GError **error)
{
  g_autoptr (JsonArray) forget = json_array_new ();
  guint n = 0;

  for (guint i = 0; i < ended->len; i++)
    {
      KithHubPageScope *scope = kith_hub_page_scope (self, page, g_array_index (ended, gint64, i), error);

      if (scope == NULL)
        return FALSE;
      if (!scope->paths.ended_after || scope->paths.open)
        continue;
      json_array_add_int_element (forget, scope->sid);
      n++;
    }
  self->counts.forgets += n;
  if (n > 0)
    kith_line_writer_add (page->writer, kith_json_new ("forget", "a", g_steal_pointer (&forget), NULL));
  return TRUE;
}

/* When each scope ends that came or went since q. A scope that is still to be filled is told of when its turn comes. */
static gboolean
write_untils (KithHub *self, KithHubPage *page, GArray *changed, GError **error)
{
  for (guint i = 0; i < changed->len; i++)
    {
      KithHubPageScope *scope = kith_hub_page_scope (self, page, g_array_index (changed, gint64, i), error);
      gboolean fill;

      if (scope == NULL)
        return FALSE;
      fill = scope->paths.live && scope->paths.since > page->cursor.q;
      if (scope->paths.open && (!fill || scope->paths.changed_after_h) &&
          !kith_hub_page_tell_until (self, page, scope, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_access (KithHub *self, KithHubPage *page, GError **error)
{
  g_autoptr (GArray) ended = collect_scopes (self, "scopes-ended", page->user, page->cursor.q, error);
  g_autoptr (GArray) lately = ended != NULL ? collect_scopes (self, "scopes-begun", page->user, page->cursor.H, error) : NULL;
  KithHubFill *list = lately != NULL ? kith_hub_fill_find (self, page, error) : NULL;

  return list != NULL && write_forgets (self, page, ended, error) && write_untils (self, page, ended, error) &&
         write_untils (self, page, kith_hub_fill_get_followed (list), error) && write_untils (self, page, lately, error);
}

/* Outcomes the cursor does not know of: an answer to a push may have been lost. */
static gboolean
write_outcomes (KithHub *self, KithHubPage *page, gint64 lane, gint64 last_n, GError **error)
{
  g_autoptr (KithDbStmt) stmt = NULL;
  KithDbStep step;

  if (page->cursor.n >= last_n)
    return TRUE;
  stmt = kith_db_query (self->db, "ops-after", error);
  if (stmt == NULL)
    return FALSE;
  kith_db_bind_int (stmt, 1, lane);
  kith_db_bind_int (stmt, 2, page->cursor.n);
  kith_db_bind_int (stmt, 3, last_n);
  while ((step = kith_db_step (stmt, error)) == KITH_DB_ROW)
    {
      g_autofree char *result = kith_hub_outcome_again (self, page->user, kith_db_text (stmt, 1), kith_db_text (stmt, 2), error);

      if (result == NULL)
        return FALSE;
      g_string_append_printf (kith_line_writer_get_buffer (page->writer), "{\"op\":%s}\n", result);
    }
  page->cursor.n = last_n;
  return step == KITH_DB_DONE;
}

typedef struct
{
  KithDbStmt *stmt;
  KithDbStep step;
} Stream;

static gint64
stream_q (const Stream *stream)
{
  return stream->step == KITH_DB_ROW ? kith_db_int (stream->stmt, 0) : G_MAXINT64;
}

static gboolean
send_change (KithHub *self, KithHubPage *page, Stream *stream, gboolean gone, GError **error)
{
  KithHubPageScope *scope = kith_hub_page_scope (self, page, kith_db_int (stream->stmt, 3), error);
  const char *t = kith_db_text (stream->stmt, 1), *id = kith_db_text (stream->stmt, 2);
  gint64 q = kith_db_int (stream->stmt, 0);

  if (scope == NULL)
    return FALSE;
  if (!scope->paths.open || !scope->paths.live || scope->paths.since > page->cursor.q)
    return TRUE;
  if (!gone)
    return kith_hub_page_put (self, page, scope, t, id, q, error);
  kith_line_writer_add (
      page->writer,
      kith_json_new ("gone", "o", kith_json_new ("t", "s", t, "id", "s", id, "s", "i", scope->sid, "q", "i", q, NULL),
                     NULL));
  page->rows++;
  return TRUE;
}

/* Changes in the scopes that are followed, in order. What left a scope and what came into another under one number stay
 * in one page. *done: H is reached. */
static gboolean
write_tail (KithHub *self, KithHubPage *page, gboolean *done, GError **error)
{
  g_autoptr (KithDbStmt) rows = kith_db_query (self->db, "rows-after", error);
  g_autoptr (KithDbStmt) moved = rows != NULL ? kith_db_query (self->db, "moved-after", error) : NULL;
  Stream streams[2] = { { moved, KITH_DB_ROW }, { rows, KITH_DB_ROW } };
  guint scanned = 0;

  if (moved == NULL)
    return FALSE;
  for (guint i = 0; i < 2; i++)
    {
      kith_db_bind_int (streams[i].stmt, 1, page->cursor.tail);
      kith_db_bind_int (streams[i].stmt, 2, page->cursor.H);
      streams[i].step = kith_db_step (streams[i].stmt, error);
      if (streams[i].step == KITH_DB_FAILED)
        return FALSE;
    }
  for (;;)
    {
      guint i = stream_q (&streams[0]) <= stream_q (&streams[1]) ? 0 : 1;
      gint64 q = stream_q (&streams[i]);

      if (q == G_MAXINT64)
        break;
      if (q > page->cursor.tail && (kith_hub_page_is_full (page) || scanned >= SCAN_LIMIT))
        return TRUE;
      if (!send_change (self, page, &streams[i], i == 0, error))
        return FALSE;
      scanned++;
      streams[i].step = kith_db_step (streams[i].stmt, error);
      if (streams[i].step == KITH_DB_FAILED)
        return FALSE;
      if (stream_q (&streams[0]) > q && stream_q (&streams[1]) > q)
        page->cursor.tail = q;
    }
  *done = TRUE;
  return TRUE;
}

static gboolean
write_head (KithHub *self, KithHubPage *page, gint64 last_n, GError **error)
{
  g_autofree char *now = kith_time_format (kith_hub_now (self));
  gint64 hours;

  if (!kith_hub_read_offline_hours (self, page->user, &hours, error))
    return FALSE;
  kith_line_writer_add (
      page->writer,
      kith_json_new ("h", "o",
                     kith_json_new ("kith", "i", (gint64) 1, "epoch", "s", self->epoch, "origin", "s", kith_hub_get_origin (self), "H", "i", page->cursor.H,
                                    "round", "i", page->cursor.round, "now", "s", now, "last_n", "i", last_n, "schema", "i", (gint64) KITH_PROTOCOL_SCHEMA, "nonce", "s", page->nonce, "policy", "o",
                                    kith_json_new ("offline_h", "i", hours, NULL), NULL),
                     NULL));
  return TRUE;
}

/* A record that was changed in the round and once more since then has only its newest number, beyond H. It goes out with the round's
 * last page all the same: without it a desk whose own write the round acknowledges would show what was there before, and whoever
 * edits that meets a conflict with himself (I12, I13). The next round sends it again, which changes nothing. */
static gboolean
write_newer (KithHub *self, KithHubPage *page, GError **error)
{
  g_autoptr (KithDbStmt) rows = kith_db_query (self->db, "rows-after", error);
  Stream stream = { rows, KITH_DB_DONE };

  if (rows == NULL)
    return FALSE;
  kith_db_bind_int (rows, 1, page->cursor.H);
  kith_db_bind_int (rows, 2, self->q);
  for (guint scanned = 0; scanned < NEWER_LIMIT && (stream.step = kith_db_step (rows, error)) == KITH_DB_ROW; scanned++)
    if (!send_change (self, page, &stream, FALSE, error))
      return FALSE;
  return stream.step != KITH_DB_FAILED;
}

static gboolean
write_page (KithHub *self, KithHubPage *page, gint64 lane, gint64 last_n, GError **error)
{
  gboolean filled = FALSE, done = FALSE;
  g_autofree char *text = NULL;

  if (!write_head (self, page, last_n, error))
    return FALSE;
  if (page->cursor.q != self->q && !write_access (self, page, error))
    return FALSE;
  if (!write_outcomes (self, page, lane, last_n, error))
    return FALSE;
  page->base = kith_line_writer_get_size (page->writer);
  if (page->cursor.H == page->cursor.q && page->refill->len == 0)
    filled = done = TRUE;
  if (!filled && !kith_hub_write_fills (self, page, &filled, error))
    return FALSE;
  /* from nothing on, every scope is filled and none is followed */
  if (filled && page->cursor.q == 0)
    done = TRUE;
  if (filled && !done && (!write_tail (self, page, &done, error) || (done && !write_newer (self, page, error))))
    return FALSE;
  if (done)
    end_round (page);
  text = kith_cursor_encode (&page->cursor, page->binding);
  kith_line_writer_add (
      page->writer,
      kith_json_new ("end", "o", kith_json_new ("cursor", "s", text, "ack_n", "i", last_n, "more", "b", !done, NULL),
                     NULL));
  return TRUE;
}

/* The lane has been told of everything up to the page its cursor came with. Only an end of access is worth writing
 * down: it bounds what may still be documented afterwards (sync.md 2.4). */
static gboolean
note_told (KithHub *self, const KithHubSession *session, gint64 served, gint64 acked, GError **error)
{
  g_autoptr (GArray) ended = NULL;

  if (served <= acked)
    return TRUE;
  ended = collect_scopes (self, "scopes-ended", session->user, acked, error);
  if (ended == NULL)
    return FALSE;
  return ended->len == 0 || kith_db_run (self->db, error, "lane-ack", "ii", session->lane, served);
}

/* A page was made for this lane up to now. Asked once more from where that began, it was lost, or somebody would be told everything and have
 * heard nothing: the first time it counts as lost, from then on as told. The same for who begins anew, after a restored hub or an old cursor:
 * what was written before waits behind that first page. */
static gboolean
note_served (KithHub *self, const KithHubSession *session, gint64 served, gint64 acked, GError **error)
{
  gint64 *before = g_hash_table_lookup (self->told, &session->lane);
  gint64 told = before != NULL && *before <= self->q ? *before : 0;

  if (!note_told (self, session, MAX (served, told), acked, error))
    return FALSE;
  g_hash_table_replace (self->told, g_memdup2 (&session->lane, sizeof session->lane), g_memdup2 (&self->q, sizeof self->q));
  return TRUE;
}

static guint
page_rows (KithHub *self, JsonObject *body)
{
  gint64 asked = kith_json_int (body, "max_rows", 0);

  return asked > 0 ? (guint) MIN (asked, (gint64) self->options.page_rows) : self->options.page_rows;
}

static const char *
page_nonce (JsonObject *body)
{
  const char *nonce = kith_json_string (body, "nonce");

  return nonce != NULL && strlen (nonce) <= KITH_LIMIT_NONCE ? nonce : NULL;
}

static gsize
page_bytes (KithHub *self, JsonObject *body)
{
  gint64 asked = kith_json_int (body, "max_bytes", 0);

  return asked > 0 ? (gsize) MIN (asked, (gint64) self->options.page_bytes) : self->options.page_bytes;
}

static gboolean
read_lane (KithHub *self, const KithHubSession *session, gint64 *last_n, gint64 *acked, GError **error)
{
  g_autoptr (KithDbStmt) lane = kith_db_query (self->db, "lane-get", error);
  KithDbStep step;

  if (lane == NULL)
    return FALSE;
  kith_db_bind_int (lane, 1, session->lane);
  step = kith_db_step (lane, error);
  if (step == KITH_DB_DONE)
    g_set_error (error, KITH_DB_ERROR, KITH_DB_ERROR_CORRUPT, "lane %" G_GINT64_FORMAT " is missing", session->lane);
  if (step != KITH_DB_ROW)
    return FALSE;
  *last_n = kith_db_int (lane, 3);
  *acked = kith_db_int (lane, 6);
  return TRUE;
}

/* It gets no page, whose head would tell which life of the hub this is; without that it could push no more after a restore. */
static void
refuse_old (KithHub *self, gint64 last_n, KithHubAnswer *answer)
{
  kith_hub_answer_error (answer, 426, KITH_ERROR_UPDATE,
                         _("The Kith on this computer is older than the hub works with. Update it to see what is new; what you do here is sent all the same."),
                         kith_json_new ("epoch", "s", self->epoch, "last_n", "i", last_n, NULL));
}

/**
 * kith_hub_pull:
 *
 * POST /v1/sync/pull: one page from the cursor on. A cursor that is too old, of another life of the hub or another person's is answered 410 with
 * "action":"refill".
 *
 * Returns: FALSE only when the database failed; else it is answered
 */
gboolean
kith_hub_pull (KithHub *self, const KithHubRequest *request, KithHubSession *session, KithHubAnswer *answer,
               GError **error)
{
  g_autoptr (JsonObject) body = kith_hub_read_body (request, KITH_LIMIT_PULL_BODY, answer);
  g_auto (KithHubPage) page = { 0 };
  const char *cursor;
  gint64 last_n, acked;
  gboolean known;

  if (body == NULL)
    return TRUE;
  self->counts.pulls++;
  page.refill = kith_hub_read_refill (body);
  if (page.refill == NULL)
    {
      kith_hub_answer_error (answer, 400, KITH_ERROR_BAD_REQUEST, _("Too many scopes are asked for anew. Nothing was sent."), NULL);
      return TRUE;
    }
  cursor = kith_json_string (body, "cursor");
  if (!read_lane (self, session, &last_n, &acked, error))
    return FALSE;
  if (kith_json_int (body, "schema", KITH_PROTOCOL_SCHEMA_MIN) < KITH_PROTOCOL_SCHEMA_MIN)
    {
      refuse_old (self, last_n, answer);
      return TRUE;
    }

  if (cursor == NULL)
    {
      page.cursor.epoch = g_strdup (self->epoch);
      page.cursor.n = last_n;
      page.cursor.round = (gint64) (kith_random_next (self->random) >> 24);
    }
  else if (!kith_hub_read_cursor (self, cursor, session, &page.cursor, &known, answer, error))
    return FALSE;
  else if (!known)
    return TRUE;
  if (!note_served (self, session, page.cursor.served, acked, error))
    return FALSE;

  page.user = session->user;
  page.nonce = page_nonce (body);
  page.binding = kith_hub_binding (session);
  page.writer = kith_line_writer_new ();
  page.scopes = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  page.max_rows = page_rows (self, body);
  page.max_bytes = page_bytes (self, body);
  begin_round (self, &page);
  /* outside a transaction a savepoint begins one: the page is read in one snapshot, its locks taken once */
  if (!kith_db_savepoint (self->db, "page", error))
    return FALSE;
  if (!write_page (self, &page, session->lane, last_n, error))
    {
      kith_db_rollback_to (self->db, "page");
      return FALSE;
    }
  if (!kith_db_release (self->db, "page", error))
    return FALSE;
  answer->status = 200;
  answer->content_type = KITH_TYPE_LINES;
  answer->body = kith_line_writer_finish (page.writer);
  return TRUE;
}
