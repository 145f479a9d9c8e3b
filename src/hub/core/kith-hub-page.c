/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-hub-pull.h"
#include "kith-policy.h"

/* One page of a pull as it is written: scopes announced before their first row, rows, resume points. */

/**
 * kith_hub_page_clear:
 *
 * Frees what the page owns; user and nonce were borrowed from the request.
 */
void
kith_hub_page_clear (KithHubPage *page)
{
  g_clear_pointer (&page->writer, kith_line_writer_free);
  g_clear_pointer (&page->scopes, g_hash_table_unref);
  g_clear_pointer (&page->refill, g_array_unref);
  g_clear_pointer (&page->binding, g_free);
  kith_cursor_clear (&page->cursor);
}

/**
 * kith_hub_page_is_full:
 *
 * Returns: whether rows or bytes have reached what one answer carries; announced scopes and marks count as bytes too
 */
gboolean
kith_hub_page_is_full (KithHubPage *page)
{
  return page->rows >= page->max_rows || kith_line_writer_get_size (page->writer) - page->base >= page->max_bytes;
}

/* What is known of a scope in this page: read once, since nothing can change while the page is made. */
KithHubPageScope *
kith_hub_page_scope (KithHub *self, KithHubPage *page, gint64 sid, GError **error)
{
  KithHubPageScope *scope = g_hash_table_lookup (page->scopes, &sid);

  if (scope != NULL)
    return scope;
  scope = g_new0 (KithHubPageScope, 1);
  scope->sid = sid;
  if (!kith_hub_paths (self, sid, page->user, page->cursor.q, page->cursor.H, &scope->paths, error))
    {
      g_free (scope);
      return NULL;
    }
  g_hash_table_insert (page->scopes, &scope->sid, scope);
  return scope;
}

static gboolean
announce (KithHub *self, KithHubPage *page, KithHubPageScope *scope, GError **error)
{
  GString *buffer = kith_line_writer_get_buffer (page->writer);
  g_autofree char *name = NULL;

  if (scope->announced)
    return TRUE;
  name = kith_db_fetch_text (self->db, error, "scope-name", "i", scope->sid);
  if (name == NULL)
    return FALSE;
  scope->announced = TRUE;
  g_string_append (buffer, "{\"name\":");
  kith_json_append_string (buffer, name);
  g_string_append_printf (buffer, ",\"scope\":%" G_GINT64_FORMAT "}\n", scope->sid);
  return TRUE;
}

/**
 * kith_hub_page_tell_until:
 * @scope: announced first where it was not
 *
 * Writes until when the person may see the scope, or null for no end, once a page: the desktop hides it then by itself.
 */
gboolean
kith_hub_page_tell_until (KithHub *self, KithHubPage *page, KithHubPageScope *scope, GError **error)
{
  GString *buffer = kith_line_writer_get_buffer (page->writer);

  if (scope->until_told)
    return TRUE;
  scope->until_told = TRUE;
  if (!announce (self, page, scope, error))
    return FALSE;
  g_string_append_printf (buffer, "{\"until\":{\"%" G_GINT64_FORMAT "\":", scope->sid);
  if (scope->paths.not_after > 0)
    {
      g_autofree char *text = kith_time_format (scope->paths.not_after);
      kith_json_append_string (buffer, text);
    }
  else
    g_string_append (buffer, "null");
  g_string_append (buffer, "}}\n");
  return TRUE;
}

/* A record without its text is a broken database. Whoever sees it goes on hearing of everything else, keeps what they have of it themselves, and
 * those who run the hub are told (metrics, and kith-hub check, which names it). */
static void
keep (KithHub *self, KithHubPage *page, KithHubPageScope *scope, const char *t, const char *id, gint64 q)
{
  self->counts.rows_missing++;
  kith_line_writer_add (page->writer,
                        kith_json_new ("kept", "o", kith_json_new ("t", "s", t, "id", "s", id, "s", "i", scope->sid, "q", "i", q, NULL), NULL));
}

/* The stored text goes out as it is: it is canonical JSON since it was put. */
gboolean
kith_hub_page_put (KithHub *self, KithHubPage *page, KithHubPageScope *scope, const char *t, const char *id, gint64 q,
                   GError **error)
{
  GString *buffer = kith_line_writer_get_buffer (page->writer);
  const KithKind *kind = kith_kind_get (t);
  g_autoptr (GError) local = NULL;
  g_autofree char *body = NULL;

  if (!announce (self, page, scope, error))
    return FALSE;
  body = kind != NULL ? kith_hub_world_read_body (self, kind, id, &local) : NULL;
  if (local != NULL && !g_error_matches (local, KITH_DB_ERROR, KITH_DB_ERROR_CORRUPT))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (body == NULL)
    {
      keep (self, page, scope, t, id, q);
      return TRUE;
    }
  g_string_append (buffer, "{\"put\":{\"body\":");
  g_string_append (buffer, body);
  g_string_append (buffer, ",\"id\":");
  kith_json_append_string (buffer, id);
  g_string_append_printf (buffer, ",\"q\":%" G_GINT64_FORMAT ",\"s\":%" G_GINT64_FORMAT ",\"t\":\"%s\"}}\n", q,
                          scope->sid, t);
  page->rows++;
  self->counts.rows_sent++;
  return TRUE;
}

/**
 * kith_hub_page_mark:
 *
 * Writes the cursor as it stands: a page cut behind this line counts up to here.
 */
void
kith_hub_page_mark (KithHub *self, KithHubPage *page)
{
  g_autofree char *text = kith_cursor_encode (&page->cursor, page->binding);

  kith_line_writer_add (page->writer, kith_json_new ("mark", "s", text, NULL));
  page->marked_rows = page->rows;
}

/* What the reader's agency lets a computer do without the hub; whoever is of none, and where it says nothing: as long as it may be at most. */
gboolean
kith_hub_read_offline_hours (KithHub *self, const char *user, gint64 *hours, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (KithRecord) staff = kith_world_get (self->world, "staff", user, &local), settings = NULL;
  const char *agency = staff != NULL ? kith_record_string (staff, "agency") : NULL;
  g_autofree char *id = agency != NULL ? kith_id_natural ("agency_settings", agency) : NULL;

  if (id != NULL)
    settings = kith_world_get (self->world, "agency_settings", id, &local);
  *hours = settings != NULL ? kith_record_int (settings, "offline_hours") : 0;
  if (*hours < 1 || *hours > KITH_OFFLINE_HOURS)
    *hours = KITH_OFFLINE_HOURS;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
