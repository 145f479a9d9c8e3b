/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-fixture.h"

#include <sodium.h>

static const guint8 auth[32] = { 1, 2, 3, 4, 5, 6, 7, 8 };
static guint n_databases;

static void
open_hub (HubFixture *self, const KithHubOptions *options)
{
  const KithHubOptions cheap = { .hash_ops = 1,
                                 .hash_memory = 8192,
                                 .page_rows = options != NULL ? options->page_rows : 0,
                                 .token_minutes = options != NULL ? options->token_minutes : 0,
                                 .lookup_most = options != NULL ? options->lookup_most : 0,
                                 .files = self->files,
                                 .agency_files = options != NULL ? options->agency_files : 0 };
  g_autoptr (GError) error = NULL;
  KithDb *db = kith_hub_open_db (self->name, TRUE, NULL, &error);

  g_assert_no_error (error);
  self->hub = kith_hub_new (db, KITH_CLOCK (self->clock), self->random, &cheap, &error);
  g_assert_no_error (error);
}

HubFixture *
hub_fixture_new_empty (const KithHubOptions *options)
{
  HubFixture *self = g_new0 (HubFixture, 1);

  g_assert_cmpint (sodium_init (), >=, 0);
  self->clock = kith_test_clock_new ();
  self->random = kith_random_new_seeded (7);
  self->name = g_strdup_printf ("hub-%u", n_databases++);
  self->files = options != NULL ? g_strdup (options->files) : NULL;
  open_hub (self, options);
  /* Whatever number a test writes is of a series that a former life of this hub gave away. */
  g_assert_true (kith_db_exec (kith_hub_get_db (self->hub), "UPDATE hub_state SET lanes = 400", NULL));
  return self;
}

HubFixture *
hub_fixture_new (const KithHubOptions *options)
{
  HubFixture *self = hub_fixture_new_empty (options);
  char **agencies[] = { &self->a, &self->b, &self->c };
  const char *names[] = { "Harbor House", "Bridge Clinic", "City Pantry" };
  g_autofree char *body = NULL;

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *agency = g_strdup_printf ("{\"name\":\"%s\"}", names[i]);
      *agencies[i] = hub_fixture_id (self);
      hub_fixture_put (self, "organization", *agencies[i], agency);
    }
  self->service = hub_fixture_id (self);
  body = g_strdup_printf ("{\"organization_id\":\"%s\",\"name\":\"Detox\",\"status\":\"active\",\"direct\":true}",
                          self->b);
  hub_fixture_put (self, "service", self->service, body);
  return self;
}

void
hub_fixture_restart (HubFixture *self)
{
  g_autoptr (GError) error = NULL;
  KithDb *holder = kith_hub_open_db (self->name, TRUE, NULL, &error); /* keeps the data while the hub is gone */

  g_assert_no_error (error);
  kith_hub_free (self->hub);
  open_hub (self, NULL);
  kith_db_close (holder);
}

void
hub_fixture_free (HubFixture *self)
{
  kith_hub_free (self->hub);
  g_clear_object (&self->clock);
  kith_random_free (self->random);
  g_free (self->name);
  g_free (self->files);
  g_free (self->a);
  g_free (self->b);
  g_free (self->c);
  g_free (self->service);
  g_free (self);
}

void
hub_fixture_wait_until (HubFixture *self, gint64 wall_ms)
{
  kith_manual_clock_advance (self->clock, wall_ms - kith_clock_wall_ms (KITH_CLOCK (self->clock)));
}

char *
hub_fixture_id (HubFixture *self)
{
  kith_manual_clock_advance (self->clock, 1);
  return kith_id_new (KITH_CLOCK (self->clock), self->random);
}

void
hub_fixture_put_all (HubFixture *self, const char *kind, GPtrArray *ids, GPtrArray *bodies)
{
  g_autoptr (GError) error = NULL;
  gint64 q;

  g_assert_true (kith_hub_begin (self->hub, &error));
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (KithRecord) record = kith_record_parse (kith_kind_get (kind), ids->pdata[i], bodies->pdata[i], -1, &error);

      g_assert_no_error (error);
      kith_world_put (self->hub->world, record, &error);
      g_assert_no_error (error);
    }
  kith_hub_settle_access (self->hub, &error);
  g_assert_no_error (error);
  kith_hub_stamp (self->hub, &q, &error);
  g_assert_no_error (error);
  kith_hub_commit (self->hub, &error);
  g_assert_no_error (error);
}

void
hub_fixture_put (HubFixture *self, const char *kind, const char *id, const char *body)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GPtrArray) bodies = g_ptr_array_new ();

  g_ptr_array_add (ids, (gpointer) id);
  g_ptr_array_add (bodies, (gpointer) body);
  hub_fixture_put_all (self, kind, ids, bodies);
}

static char *
add_account (HubFixture *self, const char *login, const char *of, const char *extra)
{
  char *id = hub_fixture_id (self);
  g_autofree char *body = g_strdup_printf ("{%s,\"name\":\"%s\",\"login\":\"%s\",\"active\":true,\"trained\":true%s%s}", of, login, login,
                                           extra != NULL ? "," : "", extra != NULL ? extra : "");
  g_autoptr (GError) error = NULL;

  hub_fixture_put (self, "staff", id, body);
  kith_hub_set_account (self->hub, login, id, auth, sizeof auth, &error);
  g_assert_no_error (error);
  return id;
}

char *
hub_fixture_add_staff (HubFixture *self, const char *login, const char *agency, const char *extra)
{
  g_autofree char *of = agency != NULL ? g_strdup_printf ("\"agency\":\"%s\",\"level\":\"standard\"", agency) : g_strdup ("\"level\":\"network\"");

  return add_account (self, login, of, extra);
}

char *
hub_fixture_add_portal (HubFixture *self, const char *login, const char *agency, const char *resource, const char *extra)
{
  g_autofree char *of = g_strdup_printf ("\"agency\":\"%s\",\"level\":\"portal\",\"resources\":[\"%s\"]", agency, resource);

  return add_account (self, login, of, extra);
}

GBytes *
hub_fixture_content (gsize size)
{
  guint8 *data = g_malloc (size);

  for (gsize i = 0; i < size; i++)
    data[i] = (guint8) (i * 7 + i / 251);
  return g_bytes_new_take (data, size);
}

guint
hub_fixture_tick (HubFixture *self)
{
  g_autoptr (GError) error = NULL;
  guint n = 0;

  kith_hub_run_clock (self->hub, &n, &error);
  g_assert_no_error (error);
  return n;
}

guint
hub_fixture_run_clock (HubFixture *self)
{
  guint n = 0;

  do
    n += hub_fixture_tick (self);
  while (kith_hub_is_behind (self->hub));
  return n;
}

void
hub_fixture_damage (HubFixture *self, const char *kind, const char *id)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE %s SET body = substr(body, 1, length(body) - 1) || ',\"agency\":\"x\",\"agency\":\"y\"}' WHERE id = '%s'", kind, id);
  g_autoptr (GError) error = NULL;

  g_assert_true (kith_db_exec (kith_hub_get_db (self->hub), sql, &error));
  g_assert_no_error (error);
  kith_record_cache_free (self->hub->parsed);
  self->hub->parsed = kith_record_cache_new (4 * 1024 * 1024);
}

void
hub_fixture_check (HubFixture *self)
{
  g_autoptr (GString) report = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  guint n = 0;

  kith_hub_check (self->hub, report, &n, &error);
  g_assert_no_error (error);
  if (n > 0)
    g_test_message ("%s", report->str);
  g_assert_cmpuint (n, ==, 0);
}

guint
hub_request_raw (HubFixture *self, const KithHubRequest *request, char **text)
{
  g_auto (KithHubAnswer) answer = { 0 };
  gsize length = 0;
  const char *data;

  kith_hub_handle (self->hub, request, &answer);
  data = answer.body != NULL ? g_bytes_get_data (answer.body, &length) : NULL;
  if (text != NULL)
    *text = g_strndup (data != NULL ? data : "", length);
  return answer.status;
}

guint
hub_request (HubFixture *self, const char *method, const char *path, const char *token, const char *body,
             JsonObject **object)
{
  g_autoptr (GBytes) bytes = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;
  g_auto (GStrv) part = g_strsplit (path, "?", 2);
  const KithHubRequest request = { .method = method, .path = part[0], .query = part[1], .token = token, .body = bytes };
  g_autofree char *text = NULL;
  guint status = hub_request_raw (self, &request, &text);

  if (object != NULL)
    *object = *text != '\0' ? kith_json_parse_object (text, -1, NULL, NULL) : NULL;
  return status;
}

static void
row_free (gpointer data)
{
  DeskRow *row = data;

  g_free (row->t);
  g_free (row->body);
  g_free (row);
}

Desk *
desk_new (HubFixture *net, const char *login, const char *user)
{
  Desk *self = g_new0 (Desk, 1);
  g_autofree char *hex = g_malloc (65);
  g_autofree char *body = NULL;
  g_autoptr (JsonObject) answer = NULL;

  self->net = net;
  self->user = g_strdup (user);
  self->device = g_strdup_printf ("device-of-%s-%u", login, g_random_int ());
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, row_free);
  self->scopes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->untils = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->outcomes = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  self->seen = g_string_new (NULL);
  self->refill = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sodium_bin2hex (hex, 65, auth, sizeof auth);
  body = g_strdup_printf ("{\"login\":\"%s\",\"auth\":\"%s\",\"device\":\"%s\",\"schema\":1}", login, hex,
                          self->device);
  g_assert_cmpuint (hub_request (net, "POST", "/v1/sign-in", NULL, body, &answer), ==, 200);
  g_assert_cmpstr (kith_json_string (answer, "user"), ==, user);
  self->token = g_strdup (kith_json_string (answer, "token"));
  self->refresh = g_strdup (kith_json_string (answer, "refresh"));
  self->lane_code = g_strdup (kith_json_string (kith_json_object (answer, "lane"), "code"));
  return self;
}

void
desk_free (Desk *self)
{
  g_free (self->user);
  g_free (self->device);
  g_free (self->token);
  g_free (self->refresh);
  g_free (self->cursor);
  g_free (self->lane_code);
  g_hash_table_unref (self->rows);
  g_hash_table_unref (self->scopes);
  g_hash_table_unref (self->untils);
  g_hash_table_unref (self->refill);
  g_ptr_array_unref (self->outcomes);
  g_string_free (self->seen, TRUE);
  g_free (self);
}

char *
desk_push_text (Desk *self, const char *lines, gint64 first_n, guint *status)
{
  g_autofree char *body = g_strdup_printf (
      "{\"h\":{\"v\":1,\"device\":\"%s\",\"user\":\"%s\",\"epoch\":\"%s\",\"schema\":1,\"first_n\":%d,"
      "\"wall\":%" G_GINT64_FORMAT ",\"mono\":1000,\"boot\":\"b\"}}\n%s",
      self->device, self->user, kith_hub_get_epoch (self->net->hub), (int) first_n,
      kith_clock_wall_ms (KITH_CLOCK (self->net->clock)), lines);
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  const KithHubRequest request = { .method = "POST", .path = "/v1/sync/push", .token = self->token, .body = bytes };
  char *text = NULL;
  guint got = hub_request_raw (self->net, &request, &text);

  g_string_append (self->seen, text);
  if (status != NULL)
    *status = got;
  return text;
}

char *
desk_op_line (Desk *self, gint64 n, const char *id, const char *op, const char *args)
{
  return g_strdup_printf ("{\"n\":%d,\"id\":\"%s\",\"op\":\"%s\",\"a\":%s,\"mono\":900,\"boot\":\"b\"}\n", (int) n, id,
                          op, args);
}

JsonObject *
desk_do_seen (Desk *self, const char *op, const char *args, gint64 seen)
{
  g_autofree char *id = hub_fixture_id (self->net);
  g_autofree char *line = g_strdup_printf (
      "{\"n\":%d,\"id\":\"%s\",\"op\":\"%s\",\"a\":%s,\"seen\":%d,\"mono\":900,\"boot\":\"b\"}\n", (int) self->n + 1, id,
      op, args, (int) seen);
  guint status;
  g_autofree char *text = desk_push_text (self, line, self->n + 1, &status);
  char *end = strchr (text, '\n');
  JsonObject *outcome;

  if (status != 200)
    g_test_message ("%s: %s", op, text);
  g_assert_cmpuint (status, ==, 200);
  g_assert_nonnull (end);
  self->n++;
  outcome = kith_json_parse_object (text, end - text, NULL, NULL);
  g_assert_nonnull (outcome);
  return outcome;
}

JsonObject *
desk_online (Desk *self, const char *op, const char *args)
{
  g_autofree char *id = hub_fixture_id (self->net);
  g_autofree char *body = g_strdup_printf ("{\"id\":\"%s\",\"op\":\"%s\",\"a\":%s}", id, op, args);
  JsonObject *outcome = NULL;

  g_assert_cmpuint (hub_request (self->net, "POST", "/v1/op", self->token, body, &outcome), ==, 200);
  return outcome;
}

JsonObject *
desk_do (Desk *self, const char *op, const char *args)
{
  return desk_do_seen (self, op, args, 0);
}

void
desk_do_ok (Desk *self, const char *op, const char *format, ...)
{
  g_autofree char *args = NULL;
  g_autoptr (JsonObject) outcome = NULL;
  va_list list;

  va_start (list, format);
  args = g_strdup_vprintf (format, list);
  va_end (list);
  outcome = desk_do (self, op, args);
  desk_expect (outcome, "applied", NULL);
}

void
desk_expect (JsonObject *outcome, const char *st, const char *code)
{
  if (g_strcmp0 (kith_json_string (outcome, "st"), st) != 0 ||
      g_strcmp0 (kith_json_string (outcome, "code"), code) != 0)
    {
      g_autofree char *text = kith_json_print_object (outcome);
      g_test_message ("%s", text);
    }
  g_assert_cmpstr (kith_json_string (outcome, "st"), ==, st);
  g_assert_cmpstr (kith_json_string (outcome, "code"), ==, code);
}

static void
drop_rows (Desk *self, gint64 sid, gint64 keep_g)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    if (((DeskRow *) row)->sid == sid && ((DeskRow *) row)->g != keep_g)
      g_hash_table_iter_remove (&iter);
}

static char *
sid_text (gint64 sid)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, sid);
}

static void
apply_put (Desk *self, JsonObject *put, gint64 g)
{
  const char *id = kith_json_string (put, "id");
  DeskRow *old = g_hash_table_lookup (self->rows, id);
  g_autofree char *sid = sid_text (kith_json_int (put, "s", 0));
  DeskRow *row;

  g_assert_true (g_hash_table_contains (self->scopes, sid)); /* announced before its first row */
  g_assert_nonnull (kith_json_object (put, "body"));
  if (old != NULL && old->q > kith_json_int (put, "q", 0))
    return;
  row = g_new0 (DeskRow, 1);
  row->t = g_strdup (kith_json_string (put, "t"));
  row->body = kith_json_print_object (kith_json_object (put, "body"));
  row->sid = kith_json_int (put, "s", 0);
  row->q = kith_json_int (put, "q", 0);
  row->g = g;
  g_hash_table_replace (self->rows, g_strdup (id), row);
}

/* The rule every row on the wire must pass: its reader may see the scope now, by the grants (sync.md I5). */
static void
assert_allowed (Desk *self, JsonObject *line)
{
  g_autofree char *sid = sid_text (kith_json_int (line, "s", 0));
  const char *scope = g_hash_table_lookup (self->scopes, sid);
  g_autoptr (GError) error = NULL;
  gboolean sees = FALSE;

  if (scope == NULL)
    return;
  kith_hub_user_sees (self->net->hub, self->user, scope, &sees, &error);
  g_assert_no_error (error);
  g_assert_true (sees);
}

static void
apply_line (Desk *self, JsonObject *line, gint64 *g, gboolean *started, gboolean *more)
{
  JsonObject *part;
  JsonArray *forget = kith_json_array (line, "forget");
  JsonObject *until = kith_json_object (line, "until");

  if ((part = kith_json_object (line, "h")) != NULL)
    {
      g_assert_false (*started);
      *g = kith_json_int (part, "round", -1);
    }
  *started = TRUE;
  for (guint i = 0; forget != NULL && i < json_array_get_length (forget); i++)
    {
      drop_rows (self, json_array_get_int_element (forget, i), -1);
      self->forgets++;
    }
  if (until != NULL)
    {
      g_autoptr (GList) members = json_object_get_members (until);
      for (GList *l = members; l != NULL; l = l->next)
        {
          const char *time = kith_json_string (until, l->data);
          g_hash_table_replace (self->untils, g_strdup (l->data), g_strdup (time != NULL ? time : ""));
        }
    }
  if (json_object_has_member (line, "scope"))
    g_hash_table_replace (self->scopes, sid_text (kith_json_int (line, "scope", 0)),
                          g_strdup (kith_json_string (line, "name")));
  if ((part = kith_json_object (line, "op")) != NULL)
    g_ptr_array_add (self->outcomes, json_object_ref (part));
  if ((part = kith_json_object (line, "put")) != NULL)
    {
      assert_allowed (self, part);
      apply_put (self, part, *g);
    }
  if ((part = kith_json_object (line, "gone")) != NULL)
    {
      DeskRow *row = g_hash_table_lookup (self->rows, kith_json_string (part, "id"));
      assert_allowed (self, part);
      if (row != NULL && row->sid == kith_json_int (part, "s", 0) && row->q <= kith_json_int (part, "q", 0))
        g_hash_table_remove (self->rows, kith_json_string (part, "id"));
    }
  if (json_object_has_member (line, "filled"))
    {
      g_autofree char *sid = sid_text (kith_json_int (line, "filled", 0));

      drop_rows (self, kith_json_int (line, "filled", 0), kith_json_int (line, "g", -1));
      g_hash_table_remove (self->refill, sid);
    }
  if ((part = kith_json_object (line, "end")) != NULL)
    {
      g_free (self->cursor);
      self->cursor = g_strdup (kith_json_string (part, "cursor"));
      *more = kith_json_bool (part, "more", FALSE);
      if (!*more)
        g_hash_table_remove_all (self->refill);
    }
}

static char *
print_refill (Desk *self)
{
  g_autofree char **sids = (char **) g_hash_table_get_keys_as_array (self->refill, NULL);

  return g_strjoinv (",", sids);
}

gboolean
desk_pull_page (Desk *self, guint max_rows, gboolean lose)
{
  g_autofree char *cursor = self->cursor != NULL ? g_strdup_printf ("\"%s\"", self->cursor) : g_strdup ("null");
  g_autofree char *refill = print_refill (self);
  g_autofree char *body = g_strdup_printf (
      "{\"v\":1,\"device\":\"%s\",\"user\":\"%s\",\"schema\":%d,\"cursor\":%s,\"max_rows\":%u,\"refill\":[%s]}", self->device,
      self->user, KITH_PROTOCOL_SCHEMA, cursor, max_rows, refill);
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  const KithHubRequest request = { .method = "POST", .path = "/v1/sync/pull", .token = self->token, .body = bytes };
  g_autofree char *text = NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (KithLineReader) reader = NULL;
  gboolean started = FALSE, more = FALSE;
  gint64 g = -1;
  JsonObject *line;
  guint status = hub_request_raw (self->net, &request, &text);

  if (status != 200)
    g_test_message ("%s", text);
  g_assert_cmpuint (status, ==, 200);
  g_string_append (self->seen, text);
  if (lose)
    return TRUE;
  answer = g_bytes_new (text, strlen (text));
  reader = kith_line_reader_new (answer, 0);
  while ((line = kith_line_reader_next_object (reader, NULL)) != NULL)
    {
      apply_line (self, line, &g, &started, &more);
      json_object_unref (line);
    }
  g_assert_false (kith_line_reader_is_cut (reader));
  return more;
}

void
desk_pull (Desk *self)
{
  for (guint i = 0; i < 10000; i++)
    if (!desk_pull_page (self, 0, FALSE))
      return;
  g_assert_not_reached ();
}

gboolean
desk_has (Desk *self, const char *id)
{
  return g_hash_table_contains (self->rows, id);
}

void
desk_attach (Desk *self, const char *document, const char *client, GBytes *content)
{
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);
  g_autofree char *args = g_strdup_printf ("{\"id\":\"%s\",\"t\":\"client\",\"record\":\"%s\",\"type\":\"letter\",\"name\":\"Letter.pdf\","
                                           "\"media_type\":\"application/pdf\",\"size\":%u,\"sha256\":\"%s\"}",
                                           document, client, (guint) g_bytes_get_size (content), hash);
  g_autoptr (JsonObject) outcome = desk_do (self, "document.attach", args);

  desk_expect (outcome, "applied", NULL);
}
