/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kith-bench-net.h"

#include "kith-id.h"
#include "kith-json.h"
#include "kith-protocol.h"

#include <string.h>

/* The pages of a fill with many more clients than a hub was made to hold: what it sent of each client is sent once more under other ids and
 * numbers, with another name, birth date, address and phone. A hub takes in one client after the other, each as an operation; a hundred thousand of
 * them are minutes that say nothing of a desk. */

#define MARK_ROWS 500

/* A line about a scope of a client's. */
typedef struct
{
  JsonObject *line;
  gint64 sid;
  char *client;
} Line;

static void
line_clear (gpointer data)
{
  Line *self = data;

  json_object_unref (self->line);
  g_free (self->client);
}

/* "care:CLIENT:AGENCY"; NULL: of no client's */
static char *
client_of_scope (const char *name)
{
  g_auto (GStrv) parts = g_strsplit (name, ":", 3);

  if (!g_str_has_prefix (name, "client") && !g_str_has_prefix (name, "care:"))
    return NULL;
  return parts[0] != NULL && parts[1] != NULL && kith_id_is_valid (parts[1]) ? g_strdup (parts[1]) : NULL;
}

static const char *
until_sid (JsonObject *until)
{
  g_autoptr (GList) members = json_object_get_members (until);

  return members != NULL ? members->data : "";
}

static gint64
sid_of (JsonObject *line)
{
  JsonObject *put = kith_json_object (line, "put"), *until = kith_json_object (line, "until");

  if (put != NULL)
    return kith_json_int (put, "s", 0);
  if (until != NULL)
    return g_ascii_strtoll (until_sid (until), NULL, 10);
  return kith_json_int (line, "scope", kith_json_int (line, "filled", 0));
}

/* Who works with whom is not said of the others: a caseload does not grow with the agency. */
static gboolean
is_copied (JsonObject *line)
{
  JsonObject *put = kith_json_object (line, "put");

  return put == NULL || g_strcmp0 (kith_json_string (put, "t"), "assignment") != 0;
}

static void
collect (GBytes *page, GArray *lines, GHashTable *clients, JsonObject **header, gint64 *last_sid)
{
  g_autoptr (KithLineReader) reader = kith_line_reader_new (page, KITH_LIMIT_LINE);
  JsonObject *object;

  while ((object = kith_line_reader_next_object (reader, NULL)) != NULL)
    {
      Line line = { object, sid_of (object) };
      char *client = kith_json_string (object, "name") != NULL ? client_of_scope (kith_json_string (object, "name")) : NULL;

      *last_sid = MAX (*last_sid, line.sid);
      if (client != NULL)
        g_hash_table_replace (clients, g_memdup2 (&line.sid, sizeof line.sid), client);
      line.client = g_strdup (g_hash_table_lookup (clients, &line.sid));
      if (*header == NULL && json_object_has_member (object, "h"))
        *header = json_object_ref (object);
      if (line.client != NULL && is_copied (object))
        g_array_append_val (lines, line);
      else
        line_clear (&line);
    }
}

typedef struct
{
  KithRandom *random;
  gint64 sids, numbers; /* added to each */
  char *client;         /* the one before, */
  char *id;             /* and whom it stands for now */
} Copy;

static void
copy_put (Copy *self, JsonObject *put, const Line *line)
{
  const char *id = kith_json_string (put, "id");
  JsonObject *body = kith_json_object (put, "body");
  g_autofree char *key = g_strconcat (self->id, "/", id, NULL);
  g_autofree char *other = kith_id_natural (kith_json_string (put, "t"), key);

  json_object_set_int_member (put, "s", line->sid + self->sids);
  json_object_set_int_member (put, "q", kith_json_int (put, "q", 0) + self->numbers);
  if (g_strcmp0 (kith_json_string (put, "t"), "client") == 0)
    {
      g_autoptr (JsonObject) values = bench_client_values (self->random);
      g_autoptr (GList) names = json_object_get_members (values);

      for (GList *l = names; l != NULL; l = l->next)
        json_object_set_member (body, l->data, json_node_ref (json_object_get_member (values, l->data)));
    }
  else
    json_object_set_string_member (put, "id", other);
}

static void
copy_line (Copy *self, const Line *line, KithLineWriter *writer)
{
  g_autoptr (JsonObject) object = kith_json_copy_object (line->line);
  JsonObject *put = kith_json_object (object, "put"), *until = kith_json_object (object, "until");
  g_autofree char *text = NULL;
  g_autoptr (GString) other = NULL;

  if (g_strcmp0 (self->client, line->client) != 0)
    {
      g_autofree char *key = g_strdup_printf ("copy/%" G_GINT64_FORMAT "/%s", self->sids, line->client);

      g_free (self->client);
      g_free (self->id);
      self->client = g_strdup (line->client);
      self->id = kith_id_natural ("client", key);
    }
  if (put != NULL)
    copy_put (self, put, line);
  else if (until != NULL)
    {
      g_autofree char *sid = g_strdup_printf ("%" G_GINT64_FORMAT, line->sid + self->sids);
      JsonNode *time = json_node_ref (json_object_get_member (until, until_sid (until)));

      json_object_remove_member (until, until_sid (until));
      json_object_set_member (until, sid, time);
    }
  else
    json_object_set_int_member (object, json_object_has_member (object, "scope") ? "scope" : "filled", line->sid + self->sids);
  text = kith_json_print_object (object);
  other = g_string_new (text);
  g_string_replace (other, line->client, self->id, 0);
  kith_line_writer_add_text (writer, other->str);
}

static void
end_page (GPtrArray *pages, KithLineWriter *writer, gboolean more)
{
  g_autofree char *cursor = g_strdup_printf ("copied%u", pages->len);

  kith_line_writer_add (writer, kith_json_new ("end", "o", kith_json_new ("cursor", "s", cursor, "ack_n", "i", (gint64) 0, "more", "b", more, NULL), NULL));
  g_ptr_array_add (pages, kith_line_writer_finish (writer));
}

static void
write_copies (GPtrArray *pages, GArray *lines, JsonObject *header, gint64 last_sid, guint copies, KithRandom *random)
{
  g_autoptr (KithLineWriter) writer = kith_line_writer_new ();
  gint64 H = kith_json_int (kith_json_object (header, "h"), "H", 0);
  guint rows = 0, marked = 0;

  json_object_set_int_member (kith_json_object (header, "h"), "H", H * (copies + 1));
  kith_line_writer_add (writer, json_object_ref (header));
  for (guint k = 1; k <= copies; k++)
    {
      Copy copy = { .random = random, .sids = last_sid * k, .numbers = H * k };

      for (guint i = 0; i < lines->len; i++)
        {
          const Line *line = &g_array_index (lines, Line, i);

          copy_line (&copy, line, writer);
          rows += json_object_has_member (line->line, "put");
          if (!json_object_has_member (line->line, "filled") || (k == copies && i + 1 == lines->len))
            continue;
          if (rows >= KITH_LIMIT_PAGE_ROWS || kith_line_writer_get_size (writer) >= KITH_LIMIT_PAGE_BYTES)
            {
              end_page (pages, writer, TRUE);
              kith_line_writer_add (writer, json_object_ref (header));
              rows = marked = 0;
            }
          else if (rows - marked >= MARK_ROWS)
            {
              kith_line_writer_add (writer, kith_json_new ("mark", "s", "copied", NULL));
              marked = rows;
            }
        }
      g_free (copy.client);
      g_free (copy.id);
    }
  end_page (pages, writer, FALSE);
}

/* The last real page goes on. */
static void
open_last (GPtrArray *pages)
{
  GBytes *last = pages->pdata[pages->len - 1];
  GString *text = g_string_new_len (g_bytes_get_data (last, NULL), (gssize) g_bytes_get_size (last));

  g_string_replace (text, "\"more\":false", "\"more\":true", 0);
  g_bytes_unref (last);
  pages->pdata[pages->len - 1] = g_string_free_to_bytes (text);
}

void
bench_pages_copy (GPtrArray *pages, guint copies, KithRandom *random)
{
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (Line));
  g_autoptr (GHashTable) clients = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_autoptr (JsonObject) header = NULL;
  gint64 last_sid = 0;

  if (copies == 0)
    return;
  g_array_set_clear_func (lines, line_clear);
  for (guint i = 0; i < pages->len; i++)
    collect (pages->pdata[i], lines, clients, &header, &last_sid);
  open_last (pages);
  write_copies (pages, lines, header, last_sid, copies, random);
}
